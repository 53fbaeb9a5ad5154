import { ArrayValue, faceOf } from '../array.js';
import { fromScalar } from '../coerce.js';
import { type AnyOperand, type Device, Immediate, type Kernel } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { bind, type Primitive } from '../dispatch.js';
import { bool, type DType, int64, isText, isTime, kernelName, type NumericName, uint64 } from '../dtype.js';
import { TypeError, UFuncInputCastingError, ValueError } from '../errors.js';
import { canCast } from '../promote.js';
import { TIME_ARITHMETIC } from './loops/time.js';
import * as x from '../ir/expr.js';
import type { Expr, ReduceProgram } from '../ir/expr.js';
import {
  broadcastShapes,
  broadcastStrides,
  keptStrides,
  normalizeAxes,
  sameShape,
  shapeOfReduced,
  sizeOf,
} from '../view.js';
import { conflicts, contiguousCopy, copyAs, assignTo } from './copy.js';
import { floatErrors } from '../errstate.js';
import { watchedFold } from './flags/watch.js';
import { memoryDoor } from '../door.js';
import { native } from './odd-memory.js';
import { eachFoldKernel } from './loops/kernel.js';
import { otherFold, resolve } from './loops/resolve.js';
import { applyBody, argParts, castParts, type Loop, loopsOf, noLoop, resolveLoop, type UfuncRow } from './row.js';
import { deviceOf, release } from './operand.js';
import { narrowLoop } from './narrow.js';
import { lent, placed } from './place.js';

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

/**
 * The loop a reduction runs: in == out, at least int64 for sums and products of small integers, unless a dtype is asked for. An output
 * takes part in the choice as the first operand does.
 */
export function reductionLoop(row: UfuncRow, input: DType, given: DType | null, out: DType | null): Loop {
  let asked = given;
  if (asked === null && out === null && (row.name === 'add' || row.name === 'multiply')) {
    if (input.kind === 'b' || (input.kind === 'i' && input.itemsize < 8)) asked = int64;
    else if (input.kind === 'u' && input.itemsize < 8) asked = uint64;
  }
  const logical = row.name.startsWith('logical_');
  const unmatched = (): TypeError =>
    new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
  if (logical || row.comparison === true) {
    if (asked !== null && asked.kind !== 'b') throw unmatched();
    const d = asked ?? input;
    const found = loopsOf(row).find(
      (l) => l.ins[0] === l.ins[1] && l.ins[0] === d && (logical || l.outs[0] === l.ins[0]),
    );
    if (found === undefined) throw unmatched();
    return found;
  }
  if (row.name === 'gcd' || row.name === 'lcm') {
    const d = asked ?? input;
    if (!loopsOf(row).some((l) => l.ins[0] === d)) throw noLoop(row.name, [asked, input], asked);
  }
  const loop = resolveLoop(row, [out ?? input, input], 'unsafe', asked === null ? null : [asked, asked, asked]);
  if (loop.ins[0] !== loop.ins[1] || loop.ins[0] !== loop.outs[0]) throw unmatched();
  return loop;
}

/** The dtype in which accumulators are kept: the loop's output (for logical reductions over any input, bool). */
export const accType = (loop: Loop): DType => loop.outs[0];

export interface FoldSpec {
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

export function foldProgram(s: FoldSpec): ReduceProgram {
  const { row, loop, input, out } = s;
  const A = accType(loop);
  const k = A.parts;
  const part = (kind: typeof x.acc, d: DType): Expr[] => Array.from({ length: k }, (_, i) => kind(i, d.part));
  const accs = part(x.acc, A);
  const vals = part(x.val, A);
  // A logical reduction sees numbers as truth values once; everything else folds in the loop's own dtype.
  let map = castParts(argParts(0, input), input, loop.ins[0]);
  if (loop.ins[0] !== A) map = castParts(map, loop.ins[0], A);
  const operands: NumericName[] = [kernelName(input)];
  // Masked elements take part as a value that changes nothing: the identity, or the start itself where folding it in again does
  // no harm. Where there is no such value (subtract, divide) the mask is folded along and decides each step.
  // A complex 1 is not neutral either: infinities times its imaginary zero are NaN.
  const stepwise =
    s.masked && ((row.identity === null && row.order !== 'any') || (A.kind === 'c' && row.name === 'multiply'));
  if (s.masked) {
    operands.push('bool');
    const mask = x.arg(1, 'bool');
    const neutral = row.identity !== null ? identityParts(row, A) : argParts(2, A);
    map = stepwise ? [...map, mask] : map.map((e, i) => x.select(mask, e, neutral[i]));
  }
  let initial: readonly Expr[] | null = null;
  if (s.start === 'identity') initial = identityParts(row, A);
  else if (s.start === 'operand') {
    operands.push(kernelName(A));
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
    results: [{ dtype: kernelName(out), parts: castParts(accs, A, out) }],
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
export interface FoldPlan {
  readonly loop: Loop;
  readonly programs: (ReduceProgram | undefined)[];
}
const folds = new WeakMap<UfuncRow, (FoldPlan | undefined)[]>();

export function foldPlan(
  row: UfuncRow,
  input: DType,
  asked: DType | null,
  out: DType | null,
  method = 'reduce',
): FoldPlan {
  if (input.index < 0 || (asked !== null && asked.index < 0) || (out !== null && out.index < 0)) {
    // What logical folds of text are asked for is what they give, whatever they read.
    const truth = isText(input) && row.name.startsWith('logical_') && asked?.kind === 'b';
    const wanted = truth ? null : (asked ?? (out?.kind === 'O' ? out : null));
    // An output is the first operand of the step, and may have no loop with the second.
    if (asked === null && out !== null && out.kind !== 'O' && input.kind !== 'O')
      resolve(row, [out, input], 'unsafe', null);
    return { loop: otherFold(row, input, wanted, method), programs: [] };
  }
  let table = folds.get(row);
  if (table === undefined) folds.set(row, (table = []));
  const key = (input.index * 16 + (asked === null ? 0 : asked.index + 1)) * 16 + (out === null ? 0 : out.index + 1);
  return (table[key] ??= { loop: reductionLoop(row, input, asked, out), programs: [] });
}

const otherPrograms = new WeakMap<UfuncRow, Map<string, ReduceProgram>>();

/** The kernel of a fold over dates or durations. */
function otherFoldKernel(s: FoldSpec, device: Device): Kernel {
  let table = otherPrograms.get(s.row);
  if (table === undefined) otherPrograms.set(s.row, (table = new Map()));
  const key = [s.loop.text, s.loop.ins[0].str, s.input.str, s.out.str, s.kind, s.masked, s.start].join('|');
  let program = table.get(key);
  if (program === undefined) table.set(key, (program = foldProgram(s)));
  return device.prepare(program);
}

const narrowPrograms = new WeakMap<UfuncRow, Map<string, ReduceProgram>>();
/** The program of a fold whose loop is another one on devices without 64-bit types. */
function narrowFold(s: FoldSpec): ReduceProgram {
  let table = narrowPrograms.get(s.row);
  if (table === undefined) narrowPrograms.set(s.row, (table = new Map()));
  const key = [s.loop.text, s.input.char, s.out.char, s.kind, s.masked, s.start].join('|');
  let program = table.get(key);
  if (program === undefined) table.set(key, (program = foldProgram(s)));
  return program;
}

const STARTS = { identity: 0, first: 1, operand: 2 } as const;

export function foldKernel(plan: FoldPlan, s: FoldSpec, device: Device): Kernel {
  if (s.loop.each !== undefined) return eachFoldKernel(s);
  if (s.input.index < 0 || s.out.index < 0) return otherFoldKernel(s, device);
  const loop = narrowLoop(s.row, s.loop, device);
  if (loop !== s.loop) return device.prepare(narrowFold({ ...s, loop }));
  const key = ((s.out.index * 2 + (s.kind === 'scan' ? 1 : 0)) * 2 + (s.masked ? 1 : 0)) * 3 + STARTS[s.start];
  const program = (plan.programs[key] ??= foldProgram(s));
  const kernel = device.prepare(program);
  return floatErrors.watching ? watchedFold(s, program, device, kernel) : kernel;
}

export function requireBinary(row: UfuncRow, method: string): void {
  if (row.nin !== 2) throw new ValueError(`${method} only supported for binary functions`);
  if (row.nout !== 1) throw new ValueError(`${method} only supported for functions returning a single value`);
}

/** Strides as an iterator counts them: 0 along axes of length 1. */
export const stretchless = (a: ArrayValue): number[] => a.strides.map((s, i) => (a.shape[i] === 1 ? 0 : s));

/** Everything of an array folded into one element, or one axis folded: no mask, no output, no start of its own. */
function runSimple(row: UfuncRow, a: ArrayValue, axis: number | null, o: ReduceOptions): ArrayValue | null {
  const nd = a.shape.length;
  const plan = foldPlan(row, a.dtype, o.dtype, null);
  const { loop } = plan;
  const start = row.identity !== null ? 'identity' : 'first';
  if (start === 'first' && a.size === 0) return null;
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

/** The shape of an operand under a mask, which may be longer where the operand has length 1. */
function remapped(shape: readonly number[], mask: readonly number[]): readonly number[] {
  try {
    return broadcastShapes([shape, mask]);
  } catch {
    const text = (s: readonly number[]): string => (s.length === 1 ? `(${s[0]},)` : `(${s.join(',')})`);
    throw new ValueError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${text(shape)} ${text(mask)} `,
    );
  }
}

/** Objects (and text) that are to be folded as numbers, as those numbers. */
export function asFolded(row: UfuncRow, a: ArrayValue, asked: DType | null, method = 'reduce'): ArrayValue {
  if (asked === null || asked.index < 0 || a.dtype.index >= 0) return a;
  if (isTime(a.dtype) && TIME_ARITHMETIC.has(row.name)) return a;
  if (a.dtype.layout !== null && row.name.startsWith('logical_')) {
    if (asked.kind === 'b') return a;
    throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${row.name}`);
  }
  if (a.dtype.layout !== null && !canCast(a.dtype, asked, 'unsafe'))
    throw new UFuncInputCastingError(
      `Cannot cast ufunc '${row.name}' input 0 from ${a.dtype.repr()} to ${asked.repr()} with casting rule 'unsafe'`,
    );
  // Texts that are added grow.
  if (row.name === 'add' && isText(a.dtype)) foldPlan(row, a.dtype, null, null, method);
  const { loop } = foldPlan(row, a.dtype, asked, null);
  return loop.each === undefined ? copyAs(a, loop.ins[1]) : a;
}

/** @throws TypeError for structures of several fields, which are neither true nor false, in a fold that asks */
export function requireTruth(row: UfuncRow, d: DType): void {
  if (d.layout !== null && row.name.startsWith('logical_') && !canCast(d, bool, 'unsafe'))
    throw new TypeError(
      `Iterator operand 1 dtype could not be cast from ${d.repr()} to dtype('bool') according to the rule 'unsafe'`,
    );
}

/** Whether results of one dtype are written as another that kernels of folds do not cast to. */
export const isElsewhere = (out: DType, made: DType): boolean => out !== made && (out.index < 0 || made.index < 0);

/** A finished result, cast into the output that was asked for. */
export function castInto(made: ArrayValue, out: ArrayValue): ArrayValue {
  assignTo(out, made);
  release(made);
  return out;
}

/** Runs a reduction now. */
function runReduce(row: UfuncRow, given: ArrayValue, o: ReduceOptions): ArrayValue {
  requireBinary(row, 'reduce');
  // A structure of one field is as true as that.
  const asked = given.dtype.layout !== null && row.name.startsWith('logical_') && canCast(given.dtype, bool, 'unsafe');
  const a = asFolded(row, asked ? copyAs(given, bool) : given, o.dtype);
  if (
    o.out === null &&
    o.where === null &&
    o.initial === undefined &&
    a.dtype.layout === null &&
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
  // A single element has the axes 0 and -1, which say nothing.
  const axes = a.ndim === 0 && (o.axis === 0 || o.axis === -1) ? [] : normalizeAxes(o.axis, a.ndim);
  const plan = foldPlan(row, a.dtype, o.dtype, o.out?.dtype ?? null);
  if (axes.length > 1 && !row.reorderable)
    throw new ValueError(`reduction operation '${row.name}' is not reorderable, so at most one axis may be specified`);
  const { loop } = plan;
  const A = accType(loop);
  const outType = o.out?.dtype ?? A;

  const reduced = new Array<boolean>(a.ndim).fill(false);
  for (const k of axes) reduced[k] = true;
  let shape: readonly number[] = a.shape;
  let mask: ArrayValue | null = null;
  if (o.where !== null) {
    mask = placed([a, o.where], row.name)[1];
    if (mask.ndim > a.ndim)
      throw new ValueError('input operand has more dimensions than allowed by the axis remapping');
    shape = remapped(a.shape, mask.shape);
  }
  const kept = shapeOfReduced(shape, reduced, false);
  const resultShape = o.keepdims ? shapeOfReduced(shape, reduced, true) : kept;
  const count = axes.reduce((n, k) => n * shape[k], 1);
  // With `initial: null` NumPy starts from the first element, as it does where there is no identity.
  const useIdentity = o.initial === undefined && row.identity !== null;
  const withOperand = o.initial !== undefined && o.initial !== null;
  if (mask !== null && !withOperand && A.kind === 'O')
    throw new ValueError(
      `reduction operation '${row.name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
    );
  if (!useIdentity && !withOperand) {
    if (mask !== null)
      throw new ValueError(
        `reduction operation '${row.name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
      );
    if (count === 0) throw new ValueError(`zero-size array to reduction operation ${row.name} which has no identity`);
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
    if (isElsewhere(outType, A)) return castInto(runReduce(row, a, { ...o, out: null }), out);
  } else {
    const masked = mask === null ? null : broadcastStrides(mask.shape, mask.strides, shape);
    const laid = keptStrides(shape, a.strides, reduced, o.keepdims, outType.itemsize, masked);
    out = face.fresh(device.allocate(sizeOf(resultShape) * outType.itemsize), outType, resultShape, laid);
  }

  requireTruth(row, a.dtype);
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
    const lone = A.kind === 'O' && Number.isInteger(o.initial) ? BigInt(o.initial as number) : o.initial;
    const made = lone instanceof ArrayValue ? copyAs(lone, A) : fromScalar(lone, A);
    const start = lent(made, A, device, row.name);
    args.push(start);
    strides.push(start instanceof Immediate ? [] : broadcastStrides(start.shape, start.strides, shape));
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

/** A result that was made in a native copy of `out`, in `out` itself. */
export function writtenBack(result: ArrayValue, copy: ArrayValue | null, out: ArrayValue | null): ArrayValue {
  if (out === null || copy === out) return result;
  out.face.beforeWrite(out, 'reduce');
  assignTo(out, result);
  return out;
}

/** `ufunc.reduce` on an array value. */
export function reduceRow(row: UfuncRow, a: ArrayValue, options: ReduceOptions): ArrayValue {
  if (memoryDoor() !== null) {
    const [input, out, where] = [native(a), native(options.out), native(options.where)];
    if (input !== a || out !== options.out || where !== options.where)
      return writtenBack(reduceRow(row, input, { ...options, out, where }), out, options.out);
  }
  return a.interpreter === null
    ? runReduce(row, a, options)
    : (bind(reducePrimitive, [a], { row, options }) as ArrayValue);
}
