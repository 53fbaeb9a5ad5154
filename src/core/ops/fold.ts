import { type ArrayValue, faceOf, isCContiguous } from '../array.js';
import { CONTAINER, forEachOffset, isHost, typedView } from '../device/access.js';
import { elementsOf as anyElements, elementsOf as readElements } from '../device/elements.js';
import type { AnyOperand, HostBuffer } from '../device/device.js';
import { countingType } from '../device/types.js';
import { allocate } from '../coerce.js';
import { bind1, type Primitive } from '../dispatch.js';
import {
  bool,
  byName,
  type DType,
  float32,
  float64,
  int32,
  int64,
  isFloat,
  isText,
  isTime,
  kernelName,
  nativeOf,
} from '../dtype.js';
import { ValueError, TypeError } from '../errors.js';
import { canCast } from '../promote.js';
import { truthOfStructures } from './structures.js';
import * as x from '../ir/expr.js';
import type { Expr, ReduceProgram } from '../ir/expr.js';
import { equals } from '../python/compare.js';
import {
  broadcastStrides,
  isC,
  keptStrides,
  kOrder,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  shapeOfReduced,
  sizeOf,
  stridesInOrder,
} from '../view.js';
import { assignTo, conflicts, contiguousCopy, copyAs, orderedStrides } from './copy.js';
import { mapElements } from './elementwise.js';
import { orderingOf } from './ordering.js';
import { countTrue, maskBytes } from './masks.js';
import { extremeAt } from './order.js';
import { reduceRow } from './reduce.js';
import { keyed } from './sort.js';
import { argParts } from './row.js';
import { deviceOf, release } from './operand.js';
import { maximum, minimum } from './ufuncs/arithmetic.js';

/**
 * Folds that are no ufunc's own reduction: positions of extremes, counts, and sums of squared deviations. Each is a
 * reduction program, so that elements are read once and no temporary is made.
 */

interface Fold {
  readonly name: string;
  readonly program: ReduceProgram;
  /** The inputs; the first has the shape that is folded, the others broadcast to it. */
  readonly inputs: readonly ArrayValue[];
  readonly axes: readonly number[];
  readonly keepdims: boolean;
  readonly type: DType;
  readonly out: ArrayValue | null;
  /** Whose memory order the result follows; C order without. */
  readonly order?: readonly number[];
}

/** Runs a fold now. `out`, when given, has been checked for its shape. */
export function runFold(f: Fold): ArrayValue {
  const [a] = f.inputs;
  const reduced = a.shape.map(() => false);
  for (const k of f.axes) reduced[k] = true;
  const shape = shapeOfReduced(a.shape, reduced, f.keepdims);
  const device = deviceOf(f.inputs, f.name);
  let inputs = f.inputs;
  let out = f.out;
  const laid = f.order === undefined ? undefined : keptStrides(a.shape, f.order, reduced, f.keepdims, f.type.itemsize);
  if (out === null) out = faceOf(f.inputs).fresh(device.allocate(sizeOf(shape) * f.type.itemsize), f.type, shape, laid);
  else {
    out.face.beforeWrite(out, f.name);
    const target = out;
    inputs = inputs.map((v) => (conflicts(target, v) ? contiguousCopy(v) : v));
  }
  const args: AnyOperand[] = [...inputs, out];
  const strides = inputs.map((v) => broadcastStrides(v.shape, v.strides, a.shape));
  const own = out.strides;
  let k = 0;
  strides.push(reduced.map((r) => (r ? (f.keepdims && k++, 0) : own[k++])));
  if (out.size > 0) device.prepare(f.program).run(a.shape, args, strides, reduced);
  for (const [i, v] of inputs.entries()) if (v !== f.inputs[i]) release(v);
  return out;
}

const memo = new Map<string, ReduceProgram>();
export const programOf = (key: string, make: () => ReduceProgram): ReduceProgram => {
  let p = memo.get(key);
  if (p === undefined) memo.set(key, (p = make()));
  return p;
};

// ---- positions of extremes -------------------------------------------------------------------------------------------

/** Whether value `a` comes before `b` among candidates for the extreme: NaN first of all, then by size (complex numbers by real part, then imaginary). */
function beats(a: readonly Expr[], b: readonly Expr[], largest: boolean): Expr {
  const more = largest ? x.gt : x.lt;
  if (a.length === 1) {
    const m = more(a[0], b[0]);
    return isFloat(a[0].type) ? x.or(m, x.and(x.isnan(a[0]), x.not(x.isnan(b[0])))) : m;
  }
  const nan = (v: readonly Expr[]): Expr => x.or(x.isnan(v[0]), x.isnan(v[1]));
  const m = x.or(more(a[0], b[0]), x.and(x.eq(a[0], b[0]), more(a[1], b[1])));
  return x.and(x.not(nan(b)), x.or(nan(a), m));
}

const same = (a: readonly Expr[], b: readonly Expr[]): Expr => x.not(x.or(beats(a, b, true), beats(b, a, true)));

/** Accumulates (value, position); equal values keep the smaller position, so that elements may be taken in any order. */
function argProgram(d: DType, largest: boolean, counting: 'int64' | 'int32'): ReduceProgram {
  const compute = d.part === 'float16' ? 'float32' : d.part;
  const n = d.parts;
  const leaf = (kind: typeof x.acc): Expr[] => Array.from({ length: n }, (_, i) => kind(i, compute));
  const [av, vv] = [leaf(x.acc), leaf(x.val)];
  const [ai, vi] = [x.acc(n, counting), x.val(n, counting)];
  const take = x.or(beats(vv, av, largest), x.and(same(av, vv), x.lt(vi, ai)));
  return {
    kind: 'reduce',
    name: largest ? 'argmax' : 'argmin',
    operands: [kernelName(d)],
    map: [...argParts(0, d).map((e) => x.cast(e, compute)), x.cast(x.position, counting)],
    combine: [...vv.map((v, i) => x.select(take, v, av[i])), x.select(take, vi, ai)],
    initial: null,
    order: 'any',
    results: [{ dtype: counting, parts: [ai] }],
  };
}

export interface ArgAttrs {
  readonly [key: string]: unknown;
  readonly largest: boolean;
  readonly axis: number | null;
  readonly out: ArrayValue | null;
  readonly keepdims: boolean;
}

function runArg([a]: readonly ArrayValue[], { largest, axis, out, keepdims }: ArgAttrs): ArrayValue {
  const name = largest ? 'argmax' : 'argmin';
  if (a.dtype.kind === 'V') throw new TypeError('data type not ordered');
  const axes =
    axis === null
      ? normalizeAxes(null, a.ndim)
      : a.ndim === 0 && (axis === 0 || axis === -1)
        ? []
        : [normalizeAxis(axis, Math.max(a.ndim, 1))];
  const count = axes.reduce((n, k) => n * a.shape[k], 1);
  if (count === 0 && (axis === null || a.shape.every((n, i) => n > 0 || i === axes[0])))
    throw new ValueError(`attempt to get ${name} of an empty sequence`);
  const reduced = a.shape.map((_, i) => axes.includes(i));
  if (out !== null) {
    if (!sameShape(out.shape, shapeOfReduced(a.shape, reduced, keepdims)))
      throw new ValueError('output array does not match result of np.' + name + '.');
    if (out.dtype !== int64) {
      // As NumPy: the result is made in int64 and then cast.
      if (!canCast(out.dtype, int64, 'safe'))
        throw new TypeError(
          `Cannot cast ${out.ndim === 0 ? 'scalar' : 'array data'} from ${out.dtype.repr()} to dtype('int64') according to the rule 'safe'`,
        );
      const made = runArg([a], { largest, axis, out: null, keepdims });
      out.face.beforeWrite(out, name);
      assignTo(out, made);
      release(made);
      return out;
    }
  }
  if (a.dtype.kind === 'O') return argElements(a, axes, largest, keepdims, out);
  if (a.dtype.part === undefined) return byOrder(a, axes, largest, keepdims, out);
  if (out === null && axes.length > 0) {
    const quick = bySearch(a, axes, largest, count, keepdims);
    if (quick !== null) return quick;
  }
  const counting = countingType(deviceOf([a], name));
  const program = programOf(`${name}${a.dtype.char}${counting}`, () => argProgram(a.dtype, largest, counting));
  return runFold({ name, program, inputs: [a], axes, keepdims, type: byName[counting], out });
}

/** The same for elements that kernels do not compare. */
function byOrder(
  a: ArrayValue,
  axes: readonly number[],
  largest: boolean,
  keepdims: boolean,
  given: ArrayValue | null,
): ArrayValue {
  const whole = axes.length === a.ndim;
  const from = whole && a.ndim > 1 ? copyAs(a, a.dtype, 'C') : a;
  const reduced = a.shape.map((_, i) => axes.includes(i));
  const out = given ?? allocate(shapeOfReduced(a.shape, reduced, keepdims), int64, a.face);
  const { set } = anyElements(out.buffer as HostBuffer, int64);
  if (whole) {
    const step = a.ndim === 1 ? a.strides[0] : a.dtype.itemsize;
    set(out.offset, extremeAt(from, from.offset, step, a.size, largest));
    return out;
  }
  const [k] = axes;
  const others = (_: number, i: number): boolean => i !== k;
  const places: number[] = [];
  forEachOffset(a.shape.filter(others), a.strides.filter(others), a.offset, (at) => places.push(at));
  let i = 0;
  const strides = keepdims ? out.strides.filter(others) : out.strides;
  forEachOffset(a.shape.filter(others), strides, out.offset, (at) =>
    set(at, extremeAt(a, places[i++], a.strides[k], a.shape[k], largest)),
  );
  return out;
}

/** The same for objects, which are compared one by one. */
function argElements(
  a: ArrayValue,
  axes: readonly number[],
  largest: boolean,
  keepdims: boolean,
  out: ArrayValue | null,
): ArrayValue {
  const { less, greater } = orderingOf(a.dtype);
  const beats = largest ? greater : less;
  const reduced = a.shape.map((_, i) => axes.includes(i));
  const target = out ?? allocate(shapeOfReduced(a.shape, reduced, keepdims), int64, a.face);
  out?.face.beforeWrite(out, largest ? 'argmax' : 'argmin');
  const take = (of: readonly number[], wanted: boolean): number[] => of.filter((_, i) => reduced[i] === wanted);
  const { get } = readElements(a.buffer as HostBuffer, a.dtype);
  const write = readElements(target.buffer as HostBuffer, int64);
  const places: number[] = [];
  forEachOffset(target.shape, target.strides, target.offset, (at) => places.push(at));
  let k = 0;
  forEachOffset(take(a.shape, false), take(a.strides, false), a.offset, (start) => {
    let best: unknown;
    let at = 0;
    let i = 0;
    forEachOffset(take(a.shape, true), take(a.strides, true), start, (p) => {
      const v = get(p);
      if (i === 0 || beats(v, best)) {
        best = v;
        at = i;
      }
      i++;
    });
    write.set(places[k++], at);
  });
  return target;
}

/** Longer runs are looked through in stretches of this many elements, of which only one is read twice. */
const STRETCH = 1024;
/** So few elements are looked at one by one. */
const FEW = 64;
const keptShape = (shape: readonly number[], axes: readonly number[], keepdims: boolean): number[] => {
  const out: number[] = [];
  for (let i = 0; i < shape.length; i++)
    if (!axes.includes(i)) out.push(shape[i]);
    else if (keepdims) out.push(1);
  return out;
};
/** Runs below this length are not worth two steps. */
const SHORTEST = 256;

/** Dtypes whose runs are searched here: few, so that the search loops stay fast. */
const SEARCHED: ReadonlySet<DType> = new Set<DType>([float64, float32, int32]);

/**
 * Long contiguous runs in the host's memory: the extremes of stretches by the fast kernel, then a search in the one stretch that
 * holds the first of them. Null where that does not apply.
 */
function bySearch(
  a: ArrayValue,
  axes: readonly number[],
  largest: boolean,
  n: number,
  keepdims: boolean,
): ArrayValue | null {
  const few = a.size <= FEW;
  if ((n < SHORTEST && !few) || !SEARCHED.has(a.dtype) || !isHost(a.buffer) || !isCContiguous(a)) return null;
  if (axes.length !== a.ndim && axes[0] !== a.ndim - 1) return null;
  const rows = a.size / n;
  const w = a.dtype.itemsize;
  if (few) {
    const out = faceOf([a]).fresh(a.buffer.device.allocate(rows * 8), int64, keptShape(a.shape, axes, keepdims));
    const data = elementsOf(a, CONTAINER[a.dtype.part]);
    const words = elementsOf(out, Int32Array);
    for (let i = 0; i < rows; i++) {
      words.array[words.base + 2 * i] = firstExtreme(data.array, data.base + i * n, n, largest);
      words.array[words.base + 2 * i + 1] = 0;
    }
    return out;
  }
  const length = n < 4 * STRETCH ? n : STRETCH;
  const whole = Math.floor(n / length);
  const left = n - whole * length;
  const row = largest ? maximum : minimum;
  const options = { axis: 2, dtype: null, out: null, keepdims: false, initial: undefined, where: null };
  const extremes = (skip: number, count: number, each: number): ArrayValue =>
    reduceRow(row, a.face.view(a, a.dtype, [rows, count, each], [n * w, each * w, w], a.offset + skip * w), options);
  const tops = extremes(0, whole, length);
  const last = left > 0 ? extremes(whole * length, 1, left) : null;
  const reduced = a.shape.map((_, i) => axes.includes(i));
  const out = faceOf([a]).fresh(a.buffer.device.allocate(rows * 8), int64, shapeOfReduced(a.shape, reduced, keepdims));
  const make = CONTAINER[a.dtype.part];
  const data = elementsOf(a, make);
  const best = elementsOf(tops, make);
  const end = last === null ? null : elementsOf(last, make);
  const words = elementsOf(out, Int32Array);
  for (let i = 0; i < rows; i++) {
    const at = best.base + i * whole;
    let t = firstExtreme(best.array, at, whole, largest);
    let top = best.array[at + t];
    if (end !== null && top === top) {
      // What does not fill a stretch comes last, and wins only if it is better.
      const v = end.array[end.base + i];
      if (v !== v || (largest ? v > top : v < top)) {
        t = whole;
        top = v;
      }
    }
    const from = data.base + i * n + t * length;
    const found = t * length + firstEqual(data.array, from, top);
    words.array[words.base + 2 * i] = found;
    words.array[words.base + 2 * i + 1] = Math.floor(found / 2 ** 32);
  }
  release(tops);
  if (last !== null) release(last);
  return out;
}

/** The elements of a contiguous array in the host's memory. */
function elementsOf(
  a: ArrayValue,
  make: (typeof CONTAINER)[keyof typeof CONTAINER],
): { array: Float64Array; base: number } {
  const { array, base } = typedView(a.buffer as HostBuffer, make);
  return { array: array as Float64Array, base: base + a.offset / array.BYTES_PER_ELEMENT };
}

/** Index of the first extreme among n elements; a NaN is one. */
function firstExtreme(v: Float64Array, from: number, n: number, largest: boolean): number {
  let best = v[from];
  let at = 0;
  for (let i = 1; i < n && best === best; i++) {
    const x = v[from + i];
    if (x !== x || (largest ? x > best : x < best)) {
      best = x;
      at = i;
    }
  }
  return at;
}

/** How far from `from` on a value, which is there, occurs first. */
function firstEqual(v: Float64Array, from: number, value: number): number {
  let i = from;
  if (value === value) while (v[i] !== value) i++;
  else while (v[i] === v[i]) i++;
  return i - from;
}

const argPrimitive: Primitive<ArgAttrs> = { name: 'argextreme', run: runArg };

/** Counts of time such that the first NaT is the extreme: as the smallest it already is, as the largest one less wraps. */
function timeKeys(a: ArrayValue, largest: boolean): ArrayValue {
  const k = largest ? keyed(a) : a.dtype.isnative ? a : copyAs(a, nativeOf(a.dtype), 'C');
  return k.face.view(k, int64, k.shape, k.strides, k.offset);
}

/**
 * Index of the first largest (or smallest) element along an axis, or of the flattened array; a NaN counts as both.
 * @throws ValueError `attempt to get argmax of an empty sequence`
 */
export const argExtreme = (a: ArrayValue, attrs: ArgAttrs): ArrayValue =>
  bind1(
    argPrimitive,
    [isTime(a.dtype) ? timeKeys(a, attrs.largest) : a.dtype.isnative ? a : copyAs(a, nativeOf(a.dtype))],
    attrs,
  );

// ---- counts ----------------------------------------------------------------------------------------------------------

/** What is counted: values that are not zero, or values that are not NaN. */
export type Counted = 'nonzero' | 'notnan';

function countProgram(d: DType, what: Counted, counting: 'int64' | 'int32'): ReduceProgram {
  const parts = argParts(0, d).map((e) => (e.type === 'float16' ? x.cast(e, 'float32') : e));
  const tests = parts.map((e) => (what === 'nonzero' ? (e.type === 'bool' ? e : x.ne(e, 0)) : x.not(x.isnan(e))));
  const test =
    tests.length === 1 ? tests[0] : what === 'nonzero' ? x.or(tests[0], tests[1]) : x.and(tests[0], tests[1]);
  return {
    kind: 'reduce',
    name: `count_${what}`,
    operands: [kernelName(d)],
    map: [x.cast(test, counting)],
    combine: [x.add(x.acc(0, counting), x.val(0, counting))],
    initial: [x.konst(counting, 0)],
    order: 'any',
    results: [{ dtype: counting, parts: [x.acc(0, counting)] }],
  };
}

export interface CountAttrs {
  readonly [key: string]: unknown;
  readonly what: Counted;
  readonly axis: number | readonly number[] | null;
  readonly keepdims: boolean;
}

function runCount([given]: readonly ArrayValue[], { what, axis, keepdims }: CountAttrs): ArrayValue {
  if (what === 'notnan' && given.dtype.kind === 'O') {
    const valid = mapElements(given, bool, (v) => equals(v, v));
    return runCount([valid], { what: 'nonzero', axis, keepdims });
  }
  const a =
    given.dtype.kind === 'V'
      ? truthOfStructures(given)
      : given.dtype.part === undefined
        ? copyAs(given, bool, 'C')
        : given;
  if (axis === null && a.dtype === bool && isC(a.shape, a.strides, 1) && isHost(a.buffer)) {
    const out = allocate(keepdims ? a.shape.map(() => 1) : [], int64, a.face);
    const { array, base } = typedView(out.buffer as HostBuffer, Int32Array);
    array[base + out.offset / 4] =
      what === 'notnan' ? a.size : a.size <= FEW ? countFew(a) : countTrue(maskBytes(a, 'count'));
    array[base + out.offset / 4 + 1] = 0;
    return out;
  }
  const counting = countingType(deviceOf([a], 'count_nonzero'));
  const program = programOf(`count ${what} ${a.dtype.char}${counting}`, () => countProgram(a.dtype, what, counting));
  return runFold({
    name: program.name,
    program,
    inputs: [a],
    axes: normalizeAxes(axis, a.ndim),
    keepdims,
    type: byName[counting],
    out: null,
    // NumPy sums a copy as bool, or what text that is not empty has been compared to.
    order:
      given.dtype === bool
        ? given.strides
        : isText(given.dtype)
          ? stridesInOrder(given.shape, kOrder(given.shape, [given.strides]), 1)
          : orderedStrides(given, 'K', 1),
  });
}

function countFew(a: ArrayValue): number {
  const { array, base } = typedView(a.buffer as HostBuffer, Uint8Array);
  let n = 0;
  for (let i = 0, at = base + a.offset; i < a.size; i++, at++) if (array[at] !== 0) n++;
  return n;
}
const countPrimitive: Primitive<CountAttrs> = { name: 'count', run: runCount };

/** Number of elements with a property along axes: int64, or int32 on devices that count in that. */
export const countOf = (a: ArrayValue, attrs: CountAttrs): ArrayValue => bind1(countPrimitive, [a], attrs);

/** Whether elements differ (where both are NaN: unless `equalNaN`), counted. */
function differenceProgram(d: DType, equalNaN: boolean, counting: 'int64' | 'int32'): ReduceProgram {
  const read = (i: number): Expr[] => argParts(i, d).map((e) => (e.type === 'float16' ? x.cast(e, 'float32') : e));
  const [a, b] = [read(0), read(1)];
  const differ = a.map((e, i) => x.ne(e, b[i])).reduce((p, q) => x.or(p, q));
  const nan = (v: readonly Expr[]): Expr => v.map((e) => x.isnan(e)).reduce((p, q) => x.or(p, q));
  return {
    kind: 'reduce',
    name: 'count_differences',
    operands: [kernelName(d), kernelName(d)],
    map: [x.cast(equalNaN ? x.and(differ, x.not(x.and(nan(a), nan(b)))) : differ, counting)],
    combine: [x.add(x.acc(0, counting), x.val(0, counting))],
    initial: [x.konst(counting, 0)],
    order: 'any',
    results: [{ dtype: counting, parts: [x.acc(0, counting)] }],
  };
}

/** Number of places at which two arrays of one shape and dtype differ. */
export function differences(a: ArrayValue, b: ArrayValue, equalNaN: boolean): ArrayValue {
  const counting = countingType(deviceOf([a, b], 'array_equal'));
  const program = programOf(`differ ${a.dtype.char}${equalNaN}${counting}`, () =>
    differenceProgram(a.dtype, equalNaN, counting),
  );
  return runFold({
    name: 'array_equal',
    program,
    inputs: [a, b],
    axes: normalizeAxes(null, a.ndim),
    keepdims: false,
    type: byName[counting],
    out: null,
  });
}
