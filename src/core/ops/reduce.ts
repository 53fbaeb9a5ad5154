import { ArrayValue, faceOf } from '../array.js';
import { fromScalar } from '../coerce.js';
import type { AnyOperand, Kernel } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { bind, type Primitive } from '../dispatch.js';
import { bool, type DType, type DTypeName, float64, int64, uint64 } from '../dtype.js';
import { IndexError, TypeError, ValueError } from '../errors.js';
import * as x from '../ir/expr.js';
import type { Expr, ReduceProgram } from '../ir/expr.js';
import { canCast } from '../promote.js';
import {
  broadcastShapes,
  broadcastStrides,
  keptStrides,
  kOrder,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  shapeOfReduced,
  sizeOf,
  stridesInOrder,
} from '../view.js';
import { conflicts, contiguousCopy, copyAs } from './copy.js';
import { applyBody, argParts, castParts, checkOutput, type Loop, loopsOf, noLoop, type UfuncRow } from './row.js';
import { deviceOf, release } from './operand.js';

/**
 * The methods of binary ufuncs that fold: reduce, accumulate, reduceat. Each is the row's own scalar body as the combine
 * step of a reduction program.
 */

export interface ReduceOptions {
  readonly axis: number | readonly number[] | null | undefined;
  readonly dtype: DType | null;
  readonly out: ArrayValue | null;
  readonly keepdims: boolean;
  /** undefined: the ufunc's identity; null: start with the first element. */
  readonly initial: unknown;
  readonly where: ArrayValue | null;
}

/** The loop a reduction runs: in == out, at least int64 for sums and products of small integers, unless a dtype is asked for. */
export function reductionLoop(row: UfuncRow, input: DType, asked: DType | null, out: DType | null): Loop {
  let d = asked ?? input;
  if (asked === null && (row.name === 'add' || row.name === 'multiply')) {
    if (out !== null) d = out;
    else if (d.kind === 'b' || (d.kind === 'i' && d.itemsize < 8)) d = int64;
    else if (d.kind === 'u' && d.itemsize < 8) d = uint64;
  }
  // Integers divide as float64, not as the smallest float that holds them.
  if (asked === null && row.name === 'divide' && d.kind !== 'f' && d.kind !== 'c') d = float64;
  const logical = row.name.startsWith('logical_');
  const loops = loopsOf(row);
  if (logical && asked !== null && asked.kind !== 'b')
    throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
  if ((row.name === 'gcd' || row.name === 'lcm') && d.kind === 'b') throw noLoop(row.name, [null, d]);
  if (row.name === 'subtract') row.refuse?.([d, d]);
  const foldable = (l: Loop): boolean =>
    l.ins[0] === l.ins[1] && (l.outs[0] === l.ins[0] || (logical && l.outs[0] === bool));
  let found: Loop | undefined;
  if (logical && asked === null) found = loops.find((l) => foldable(l) && l.ins[0] === d);
  else found = loops.find((l) => foldable(l) && l.ins[0] === d && (logical || l.outs[0] === d));
  if (found === undefined && asked === null) found = loops.find((l) => foldable(l) && canCast(d, l.ins[0], 'safe'));
  if (found === undefined) {
    if (loops.some((l) => l.ins[0] === d || canCast(d, l.ins[0], 'safe'))) {
      throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
    }
    if (row.name === 'gcd' || row.name === 'lcm') throw noLoop(row.name, [null, d]);
    throw new TypeError(
      `ufunc '${row.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
    );
  }
  return found;
}

/** The dtype in which accumulators are kept: the loop's output (for logical reductions over any input, bool). */
const accType = (loop: Loop): DType => loop.outs[0];

interface FoldSpec {
  readonly row: UfuncRow;
  readonly loop: Loop;
  readonly input: DType;
  readonly out: DType;
  readonly kind: 'reduce' | 'scan';
  readonly masked: boolean;
  /** Where the fold starts. */
  readonly start: 'identity' | 'first' | 'operand';
}

/** The identity as components of a dtype. */
function identityParts(row: UfuncRow, d: DType): readonly Expr[] {
  const id = row.identity === null ? 0 : Number(row.identity);
  const re = x.konst(
    d.part,
    d.kind === 'b' ? id !== 0 : d.itemsize === 8 && d.kind !== 'f' && d.kind !== 'c' ? BigInt(id) : id,
  );
  return d.kind === 'c' ? [re, x.konst(d.part, 0)] : [re];
}

function foldProgram(s: FoldSpec): ReduceProgram {
  const { row, loop, input, out } = s;
  const A = accType(loop);
  const k = A.parts;
  const part = (kind: typeof x.acc, d: DType): Expr[] => Array.from({ length: k }, (_, i) => kind(i, d.part));
  const accs = part(x.acc, A);
  const vals = part(x.val, A);
  // A logical reduction sees numbers as truth values once; everything else folds in the loop's own dtype.
  let map = castParts(argParts(0, input), input, loop.ins[0]);
  if (loop.ins[0] !== A) map = castParts(map, loop.ins[0], A);
  const operands: DTypeName[] = [input.name];
  // Masked elements take part as a value that changes nothing: the identity, or the start itself where folding it in again does
  // no harm. Where there is no such value (subtract, divide) the mask is folded along and decides each step.
  const stepwise = s.masked && row.identity === null && row.order !== 'any';
  if (s.masked) {
    operands.push('bool');
    const mask = x.arg(1, 'bool');
    const neutral = row.identity !== null ? identityParts(row, A) : argParts(2, A);
    map = stepwise ? [...map, mask] : map.map((e, i) => x.select(mask, e, neutral[i]));
  }
  let initial: readonly Expr[] | null = null;
  if (s.start === 'identity') initial = identityParts(row, A);
  else if (s.start === 'operand') {
    operands.push(A.name);
    initial = argParts(s.masked ? 2 : 1, A);
  }
  const stepLoop = loop.ins[0] === A ? loop : { ...loop, ins: [A, A] };
  let combine = applyBody(row, stepLoop, [accs, vals], [A, A])[0];
  if (stepwise) {
    const used = x.val(k, 'bool');
    combine = [...combine.map((e, i) => x.select(used, e, accs[i])), x.or(x.acc(k, 'bool'), used)];
    initial = [...(initial ?? []), x.konst('bool', 0)];
  }
  return {
    kind: s.kind,
    name: `${row.name}.${s.kind}`,
    operands,
    map,
    combine,
    initial,
    // Which of several complex NaN is kept depends on the order.
    order:
      row.order === 'any' && A.kind === 'c'
        ? 'sequential'
        : row.order === 'pairwise' && A.kind !== 'f' && A.kind !== 'c'
          ? 'any'
          : row.order === 'sequential' && A.kind !== 'f' && A.kind !== 'c' && isCommutativeExact(row)
            ? 'any'
            : row.order,
    results: [{ dtype: out.name, parts: castParts(accs, A, out) }],
    buffered: input !== loop.ins[0],
  };
}

/** Rows whose integer and bool forms give one answer in whatever order they are folded. */
const isCommutativeExact = (row: UfuncRow): boolean =>
  [
    'add',
    'multiply',
    'maximum',
    'minimum',
    'fmax',
    'fmin',
    'bitwise_and',
    'bitwise_or',
    'bitwise_xor',
    'logical_and',
    'logical_or',
    'logical_xor',
  ].includes(row.name);

/** What a reduction of one input dtype needs, found once: its loop, and its programs by kind, mask, start and output. */
interface FoldPlan {
  readonly loop: Loop;
  readonly programs: (ReduceProgram | undefined)[];
}
const folds = new WeakMap<UfuncRow, (FoldPlan | undefined)[]>();

function foldPlan(row: UfuncRow, input: DType, asked: DType | null, out: DType | null): FoldPlan {
  let table = folds.get(row);
  if (table === undefined) folds.set(row, (table = []));
  const key = (input.index * 16 + (asked === null ? 0 : asked.index + 1)) * 16 + (out === null ? 0 : out.index + 1);
  return (table[key] ??= { loop: reductionLoop(row, input, asked, out), programs: [] });
}

const STARTS = { identity: 0, first: 1, operand: 2 } as const;

function foldKernel(plan: FoldPlan, s: FoldSpec, device: { prepare(p: ReduceProgram): Kernel }): Kernel {
  const key = ((s.out.index * 2 + (s.kind === 'scan' ? 1 : 0)) * 2 + (s.masked ? 1 : 0)) * 3 + STARTS[s.start];
  return device.prepare((plan.programs[key] ??= foldProgram(s)));
}

function requireBinary(row: UfuncRow, method: string): void {
  if (row.nin !== 2) throw new ValueError(`${method} only supported for binary functions`);
  if (row.nout !== 1) throw new ValueError(`${method} only supported for functions returning a single value`);
}

/** Strides as an iterator counts them: 0 along axes of length 1. */
const stretchless = (a: ArrayValue): number[] => a.strides.map((s, i) => (a.shape[i] === 1 ? 0 : s));

/** Everything of an array folded into one element, or one axis folded: no mask, no output, no start of its own. */
function runSimple(row: UfuncRow, a: ArrayValue, axis: number | null, o: ReduceOptions): ArrayValue | null {
  const nd = a.shape.length;
  const plan = foldPlan(row, a.dtype, o.dtype, null);
  const { loop } = plan;
  const start = row.identity !== null ? 'identity' : 'first';
  if (start === 'first' && a.size === 0) return null;
  if (o.dtype === null && loop.ins[0] !== a.dtype && !canCast(a.dtype, loop.ins[0], 'same_kind')) return null;
  const A = accType(loop);
  const { device } = a.buffer;
  const shape: number[] = [];
  const reduced: boolean[] = new Array(nd);
  let n = 1;
  for (let i = 0; i < nd; i++) {
    reduced[i] = axis === null || i === axis;
    if (!reduced[i]) {
      shape.push(a.shape[i]);
      n *= a.shape[i];
    } else if (o.keepdims) shape.push(1);
  }
  const laid = shape.length < 2 ? undefined : keptStrides(a.shape, a.strides, reduced, o.keepdims, A.itemsize);
  const out = a.face.fresh(device.allocate(n * A.itemsize), A, shape, laid);
  if (n === 0) return out;
  const steps: number[] = new Array(nd);
  let k = 0;
  for (let i = 0; i < nd; i++) {
    if (!reduced[i]) steps[i] = out.strides[k++];
    else {
      steps[i] = 0;
      if (o.keepdims) k++;
    }
  }
  foldKernel(plan, { row, loop, input: a.dtype, out: A, kind: 'reduce', masked: false, start }, device).run(
    a.shape,
    [a, out],
    [a.strides, steps],
    reduced,
  );
  return out;
}

/** Runs a reduction now. */
function runReduce(row: UfuncRow, a: ArrayValue, o: ReduceOptions): ArrayValue {
  requireBinary(row, 'reduce');
  if (
    o.out === null &&
    o.where === null &&
    o.initial === undefined &&
    a.buffer.device === hostDevice() &&
    (row.reorderable || a.shape.length < 2)
  ) {
    const nd = a.shape.length;
    const { axis } = o;
    const all = axis === null || axis === undefined;
    if (all || (typeof axis === 'number' && Number.isInteger(axis) && axis >= -nd && axis < nd)) {
      const done = runSimple(row, a, all ? null : (axis as number) < 0 ? (axis as number) + nd : (axis as number), o);
      if (done !== null) return done;
    }
  }
  const axes = normalizeAxes(o.axis, a.ndim);
  if (axes.length > 1 && !row.reorderable)
    throw new ValueError(`reduction operation '${row.name}' is not reorderable, so at most one axis may be specified`);
  const plan = foldPlan(row, a.dtype, o.dtype, o.out?.dtype ?? null);
  const { loop } = plan;
  if (!canCast(a.dtype, loop.ins[0], 'same_kind') && o.dtype === null && !row.name.startsWith('logical_')) {
    throw new TypeError(
      `Cannot cast array data from ${a.dtype.repr()} to ${loop.ins[0].repr()} according to the rule 'same_kind'`,
    );
  }
  const A = accType(loop);
  const outType = o.out?.dtype ?? A;
  if (o.out !== null) checkOutput(row, 0, A, outType, 'same_kind');

  const reduced = new Array<boolean>(a.ndim).fill(false);
  for (const k of axes) reduced[k] = true;
  let shape: readonly number[] = a.shape;
  let mask: ArrayValue | null = null;
  if (o.where !== null) {
    mask = o.where;
    shape = broadcastShapes([a.shape, mask.shape]);
    if (!sameShape(shape, a.shape)) throw new ValueError('where: the mask must broadcast to the shape of the operand');
  }
  const kept = shapeOfReduced(shape, reduced, false);
  const resultShape = o.keepdims ? shapeOfReduced(shape, reduced, true) : kept;
  const count = axes.reduce((n, k) => n * shape[k], 1);
  // With `initial: null` NumPy starts from the first element, as it does where there is no identity.
  const useIdentity = o.initial === undefined && row.identity !== null;
  const withOperand = o.initial !== undefined && o.initial !== null;
  if (!useIdentity && !withOperand) {
    if (mask !== null)
      throw new ValueError(
        `reduction operation '${row.name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
      );
    if (count === 0 && sizeOf(kept) > 0)
      throw new ValueError(`zero-size array to reduction operation ${row.name} which has no identity`);
  }
  const device = deviceOf([a], row.name);
  const face = faceOf([a]);
  let out = o.out;
  if (out !== null) {
    if (!sameShape(out.shape, resultShape)) {
      if (out.ndim !== resultShape.length) {
        throw new ValueError(
          `output parameter for reduction operation ${row.name} has the wrong number of dimensions: Found ${out.ndim} but expected ${resultShape.length}${o.keepdims ? " (must match the operand's when keepdims=True)" : ''}`,
        );
      }
      throw new ValueError(
        `output parameter for reduction operation ${row.name} has a non-reduction dimension not equal to one or does not match the operand's shape`,
      );
    }
    out.face.beforeWrite(out, row.name);
  } else {
    const laid = keptStrides(shape, a.strides, reduced, o.keepdims, outType.itemsize);
    out = face.fresh(device.allocate(sizeOf(resultShape) * outType.itemsize), outType, resultShape, laid);
  }

  let input = a;
  const temporaries: ArrayValue[] = [];
  if (o.out !== null && conflicts(out, a)) {
    input = contiguousCopy(a);
    temporaries.push(input);
  }
  const kernel = foldKernel(
    plan,
    {
      row,
      loop,
      input: a.dtype,
      out: outType,
      kind: 'reduce',
      masked: mask !== null,
      start: withOperand ? 'operand' : useIdentity ? 'identity' : 'first',
    },
    device,
  );
  const args: AnyOperand[] = [input];
  const strides: (readonly number[])[] = [input.strides];
  if (mask !== null) {
    args.push(mask);
    strides.push(broadcastStrides(mask.shape, mask.strides, shape));
  }
  if (withOperand) {
    const start = o.initial instanceof ArrayValue ? copyAs(o.initial, A) : fromScalar(o.initial, A);
    args.push(start);
    strides.push(broadcastStrides(start.shape, start.strides, shape));
  }
  args.push(out);
  let k = 0;
  const outStrides = out.strides;
  strides.push(shape.map((_, i) => (reduced[i] ? (o.keepdims && k++, 0) : outStrides[k++])));
  if (sizeOf(kept) > 0) kernel.run(shape, args, strides, reduced);
  for (const t of temporaries) release(t);
  return out;
}

export interface ReduceAttrs {
  readonly [key: string]: unknown;
  readonly row: UfuncRow;
  readonly options: ReduceOptions;
}
const reducePrimitive: Primitive<ReduceAttrs> = {
  name: 'reduce',
  run: ([a], { row, options }) => runReduce(row, a, options),
};

/** `ufunc.reduce` on an array value. */
export function reduceRow(row: UfuncRow, a: ArrayValue, options: ReduceOptions): ArrayValue {
  return a.interpreter === null
    ? runReduce(row, a, options)
    : (bind(reducePrimitive, [a], { row, options }) as ArrayValue);
}

/** `ufunc.accumulate`: the running fold along one axis. */
export function accumulateRow(
  row: UfuncRow,
  a: ArrayValue,
  axis: number,
  dtype: DType | null,
  given: ArrayValue | null,
): ArrayValue {
  requireBinary(row, 'accumulate');
  if (a.ndim === 0) throw new TypeError('cannot accumulate on a scalar');
  const k = normalizeAxis(axis, a.ndim);
  const plan = foldPlan(row, a.dtype, dtype, given?.dtype ?? null);
  const { loop } = plan;
  const outType = given?.dtype ?? accType(loop);
  if (given !== null) {
    checkOutput(row, 0, accType(loop), outType, 'same_kind');
    if (!sameShape(given.shape, a.shape))
      throw new ValueError(
        `provided out is the wrong size for the accumulation: ${given.shape.join(',')} for ${a.shape.join(',')}`,
      );
    given.face.beforeWrite(given, row.name);
  }
  const device = deviceOf([a], row.name);
  const laid = stridesInOrder(a.shape, kOrder(a.shape, [stretchless(a)]), outType.itemsize);
  const out = given ?? faceOf([a]).fresh(device.allocate(a.size * outType.itemsize), outType, a.shape, laid);
  let input = a;
  if (given !== null && out.buffer === a.buffer) input = contiguousCopy(a);
  const reduced = a.shape.map((_, i) => i === k);
  const kernel = foldKernel(
    plan,
    { row, loop, input: a.dtype, out: outType, kind: 'scan', masked: false, start: 'first' },
    device,
  );
  if (a.size > 0) kernel.run(a.shape, [input, out], [input.strides, out.strides], reduced);
  if (input !== a) release(input);
  return out;
}

/** `ufunc.reduceat`: folds of the slices between consecutive indices along one axis. */
export function reduceatRow(
  row: UfuncRow,
  a: ArrayValue,
  indices: readonly number[],
  axis: number,
  dtype: DType | null,
  given: ArrayValue | null,
): ArrayValue {
  requireBinary(row, 'reduceat');
  if (a.ndim === 0) throw new TypeError('cannot reduceat on a scalar');
  const k = normalizeAxis(axis, a.ndim);
  const n = a.shape[k];
  for (const at of indices) {
    if (at < 0 || at >= n) throw new IndexError(`index ${at} out-of-bounds in ${row.name}.reduceat [0, ${n})`);
  }
  const plan = foldPlan(row, a.dtype, dtype, given?.dtype ?? null);
  const { loop } = plan;
  const outType = given?.dtype ?? accType(loop);
  const shape = a.shape.map((m, i) => (i === k ? indices.length : m));
  const device = deviceOf([a], row.name);
  if (given !== null) {
    checkOutput(row, 0, accType(loop), outType, 'same_kind');
    if (!sameShape(given.shape, shape)) throw new ValueError('reduceat: out has the wrong shape');
    given.face.beforeWrite(given, row.name);
  }
  // The axis of the slices says nothing about the order.
  const steps = stretchless(a).map((s, i) => (i === k ? 0 : s));
  const laid = stridesInOrder(shape, kOrder(shape, [steps]), outType.itemsize);
  const out = given ?? faceOf([a]).fresh(device.allocate(sizeOf(shape) * outType.itemsize), outType, shape, laid);
  const input = given !== null && out.buffer === a.buffer ? contiguousCopy(a) : a;
  const kernel = foldKernel(
    plan,
    { row, loop, input: a.dtype, out: outType, kind: 'reduce', masked: false, start: 'first' },
    device,
  );
  const reduced = a.shape.map((_, i) => i === k);
  for (let j = 0; j < indices.length && a.size > 0; j++) {
    const from = indices[j];
    const to = j + 1 < indices.length ? indices[j + 1] : n;
    const length = Math.max(1, to - from);
    const slice = a.shape.map((m, i) => (i === k ? length : m));
    kernel.run(
      slice,
      [
        { dtype: input.dtype, buffer: input.buffer, offset: input.offset + from * input.strides[k] },
        { dtype: out.dtype, buffer: out.buffer, offset: out.offset + j * out.strides[k] },
      ],
      [input.strides, out.strides.map((s, i) => (i === k ? 0 : s))],
      reduced,
    );
  }
  if (input !== a) release(input);
  return out;
}
