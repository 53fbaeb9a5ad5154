import { memoryDoor } from '../door.js';
import { native } from './odd-memory.js';
import { type ArrayValue, faceOf } from '../array.js';
import { bind, type Primitive } from '../dispatch.js';
import type { DType } from '../dtype.js';
import { IndexError, TypeError, ValueError } from '../errors.js';
import { kOrder, normalizeAxes, sameShape, sizeOf, stridesInOrder } from '../view.js';
import { contiguousCopy } from './copy.js';
import { deviceOf, release } from './operand.js';
import {
  accType,
  asFolded,
  castInto,
  foldKernel,
  foldPlan,
  isElsewhere,
  requireBinary,
  requireTruth,
  stretchless,
  writtenBack,
} from './reduce.js';
import type { UfuncRow } from './row.js';

/** The folds along one axis that keep more than their end: accumulate and reduceat. */

/** What the folds along one axis need to know. */
export interface AlongAttrs {
  readonly [key: string]: unknown;
  readonly row: UfuncRow;
  readonly axis: AxisLike;
  readonly dtype: DType | null;
  readonly out: ArrayValue | null;
}
type AxisLike = number | readonly number[] | null;

/** The one axis that a fold along an axis has. */
function oneAxis(axis: AxisLike, ndim: number, method: string): number {
  if (ndim === 0 && (axis === 0 || axis === -1)) throw new TypeError(`cannot ${method} on a scalar`);
  const axes = normalizeAxes(axis, ndim);
  if (ndim === 0) throw new TypeError(`cannot ${method} on a scalar`);
  if (axes.length !== 1) throw new ValueError(`${method} does not allow multiple axes`);
  return axes[0];
}

const spell = (s: readonly number[]): string => (s.length === 1 ? `(${s[0]},)` : `(${s.join(',')})`);

/** An output that does not have the shape of the result. */
function misfit(out: ArrayValue, a: ArrayValue, shape: readonly number[]): ValueError {
  return new ValueError(
    `operands could not be broadcast together with remapped shapes [original->remapped]: ${spell(out.shape)}->${spell(out.shape)} ${spell(a.shape)}->${spell(shape)} `,
  );
}

const accumulatePrimitive: Primitive<AlongAttrs> = {
  name: 'accumulate',
  run: ([a], { row, axis, dtype, out }) => runAccumulate(row, a, axis, dtype, out),
};

/** `ufunc.accumulate`: the running fold along one axis. */
export function accumulateRow(
  row: UfuncRow,
  a: ArrayValue,
  axis: AxisLike,
  dtype: DType | null,
  out: ArrayValue | null,
): ArrayValue {
  return a.interpreter === null
    ? runAccumulate(row, a, axis, dtype, out)
    : (bind(accumulatePrimitive, [a], { row, axis, dtype, out }) as ArrayValue);
}

function runAccumulate(
  row: UfuncRow,
  a: ArrayValue,
  axis: AxisLike,
  dtype: DType | null,
  given: ArrayValue | null,
): ArrayValue {
  requireBinary(row, 'accumulate');
  if (memoryDoor() !== null) {
    const [input, out] = [native(a), native(given)];
    if (input !== a || out !== given) return writtenBack(runAccumulate(row, input, axis, dtype, out), out, given);
  }
  const folded = asFolded(row, a, dtype, 'accumulate');
  if (folded !== a) return runAccumulate(row, folded, axis, dtype, given);
  const k = oneAxis(axis, a.ndim, 'accumulate');
  const plan = foldPlan(row, a.dtype, dtype, given?.dtype ?? null, 'accumulate');
  const { loop } = plan;
  const outType = given?.dtype ?? accType(loop);
  if (given !== null) {
    if (!sameShape(given.shape, a.shape)) {
      if (a.ndim === 1 && given.ndim === 1)
        throw new ValueError('provided out is the wrong size for the accumulation.');
      throw misfit(given, a, a.shape);
    }
    given.face.beforeWrite(given, row.name);
    if (isElsewhere(outType, accType(loop))) return castInto(runAccumulate(row, a, axis, dtype, null), given);
  }
  const device = deviceOf([a], row.name);
  const laid = stridesInOrder(a.shape, kOrder(a.shape, [stretchless(a)]), outType.itemsize);
  const out = given ?? faceOf([a]).fresh(device.allocate(a.size * outType.itemsize), outType, a.shape, laid);
  requireTruth(row, a.dtype);
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

const reduceatPrimitive: Primitive<AlongAttrs & { readonly indices: readonly number[] }> = {
  name: 'reduceat',
  run: ([a], { row, indices, axis, dtype, out }) => runReduceat(row, a, indices, axis, dtype, out),
};

/** `ufunc.reduceat`: folds of the slices between consecutive indices along one axis. */
export function reduceatRow(
  row: UfuncRow,
  a: ArrayValue,
  indices: readonly number[],
  axis: AxisLike,
  dtype: DType | null,
  out: ArrayValue | null,
): ArrayValue {
  return a.interpreter === null
    ? runReduceat(row, a, indices, axis, dtype, out)
    : (bind(reduceatPrimitive, [a], { row, indices, axis, dtype, out }) as ArrayValue);
}

function runReduceat(
  row: UfuncRow,
  a: ArrayValue,
  indices: readonly number[],
  axis: AxisLike,
  dtype: DType | null,
  given: ArrayValue | null,
): ArrayValue {
  requireBinary(row, 'reduceat');
  if (memoryDoor() !== null) {
    const [input, out] = [native(a), native(given)];
    if (input !== a || out !== given)
      return writtenBack(runReduceat(row, input, indices, axis, dtype, out), out, given);
  }
  const folded = asFolded(row, a, dtype, 'reduceat');
  if (folded !== a) return runReduceat(row, folded, indices, axis, dtype, given);
  const k = oneAxis(axis, a.ndim, 'reduceat');
  const n = a.shape[k];
  for (const at of indices) {
    if (at < 0 || at >= n) throw new IndexError(`index ${at} out-of-bounds in ${row.name}.reduceat [0, ${n})`);
  }
  const plan = foldPlan(row, a.dtype, dtype, given?.dtype ?? null, 'reduceat');
  const { loop } = plan;
  const outType = given?.dtype ?? accType(loop);
  const shape = a.shape.map((m, i) => (i === k ? indices.length : m));
  const device = deviceOf([a], row.name);
  if (given !== null) {
    if (!sameShape(given.shape, shape)) throw misfit(given, a, shape);
    given.face.beforeWrite(given, row.name);
    if (isElsewhere(outType, accType(loop))) return castInto(runReduceat(row, a, indices, axis, dtype, null), given);
  }
  // The axis of the slices says nothing about the order.
  const steps = stretchless(a).map((s, i) => (i === k ? 0 : s));
  const laid = stridesInOrder(shape, kOrder(shape, [steps]), outType.itemsize);
  const out = given ?? faceOf([a]).fresh(device.allocate(sizeOf(shape) * outType.itemsize), outType, shape, laid);
  requireTruth(row, a.dtype);
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
