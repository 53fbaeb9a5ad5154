import { accessor, CONTAINER, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { elementsOf } from '../../core/device/elements.js';
import { complex128, float64 } from '../../core/dtype.js';
import { UFuncOutputCastingError, ValueError } from '../../core/errors.js';
import { assignTo, copyAs } from '../../core/ops/copy.js';
import { reduceRow } from '../../core/ops/reduce.js';
import { release } from '../../core/ops/operand.js';
import { maximum, minimum } from '../../core/ops/ufuncs/arithmetic.js';
import { canCast } from '../../core/promote.js';
import { broadcastShapes, sameShape, tight } from '../../core/view.js';
import { type ArrayValue, type NDArray, sizeOf } from './common.js';

/**
 * The values along the reduced axes, one stretch after the other, to be rearranged freely. Every real dtype fits into float64 without
 * loss, except for 64-bit integers beyond 2^53, which stay bigints.
 */
export interface Lanes {
  /** rows × length values; complex ones as pairs. */
  readonly values: Float64Array | BigInt64Array | BigUint64Array;
  readonly base: number;
  readonly rows: number;
  readonly length: number;
  /** The shape that is left: the kept axes in order. */
  readonly kept: readonly number[];
  /** To be called when done. */
  free(): void;
}

const SAFE = 2 ** 53;

/** Whether a 64-bit integer array holds nothing beyond what float64 holds. */
function fits(a: ArrayValue): boolean {
  if (a.dtype.itemsize !== 8 || (a.dtype.kind !== 'i' && a.dtype.kind !== 'u') || a.size === 0) return true;
  const options = { axis: null, dtype: null, out: null, keepdims: false, initial: undefined, where: null };
  return [maximum, minimum].every((row) => {
    const r = reduceRow(row, a, options);
    const v = accessor(r.buffer as HostBuffer, r.dtype.part).get(r.offset);
    release(r);
    return v <= SAFE && v >= -SAFE;
  });
}

/** A copy of the values with the reduced axes last. */
export function lanesOf(a: ArrayValue, axes: readonly number[]): Lanes {
  const keptAxes = a.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const order = [...keptAxes, ...axes.slice().sort((i, j) => i - j)];
  const kept = keptAxes.map((i) => a.shape[i]);
  const length = axes.reduce((n, k) => n * a.shape[k], 1);
  const type = a.dtype.kind === 'c' ? complex128 : fits(a) ? float64 : a.dtype;
  const view = a.face.view(
    a,
    a.dtype,
    order.map((i) => a.shape[i]),
    order.map((i) => a.strides[i]),
    a.offset,
  );
  const copy = copyAs(view, type, 'C');
  const { array, base } = typedView(copy.buffer as HostBuffer, CONTAINER[copy.dtype.part]);
  return {
    values: array as Float64Array | BigInt64Array | BigUint64Array,
    base: base + copy.offset / array.BYTES_PER_ELEMENT,
    rows: sizeOf(kept),
    length,
    kept,
    free: () => release(copy),
  };
}

/** Writes values into the elements of a fresh C-contiguous array. */
export function writer(out: ArrayValue): (index: number, re: number | bigint, im?: number) => void {
  const { itemsize, kind } = out.dtype;
  if (out.dtype.index < 0) {
    const { set } = elementsOf(out.buffer as HostBuffer, out.dtype);
    return (i, re) => set(out.offset + i * itemsize, re);
  }
  const at = accessor(out.buffer as HostBuffer, out.dtype.part);
  if (kind !== 'c') return (i, re) => at.set(out.offset + i * itemsize, re);
  return (i, re, im = 0) => {
    at.set(out.offset + i * itemsize, re);
    at.set(out.offset + i * itemsize + itemsize / 2, im);
  };
}

/** The operation of NumPy's that writes the results: a ufunc fills a larger array, a reduction and `take` want the very shape. */
export type Writes = 'add' | 'reduce' | 'take' | 'assign';

/** @throws ValueError for a shape that the results do not fit into */
function checkRoom(shape: readonly number[], out: readonly number[], writes: Writes): void {
  if (sameShape(out, shape)) return;
  if (writes === 'take') throw new ValueError('output array does not match result of ndarray.take');
  if (writes === 'reduce' && out.length !== shape.length)
    throw new ValueError(
      `output parameter for reduction operation add has the wrong number of dimensions: Found ${out.length} but expected ${shape.length}`,
    );
  const refused = new ValueError(
    `operands could not be broadcast together with shapes ${tight(shape)} ${tight(shape)} ${tight(out)} `,
  );
  let whole: readonly number[];
  try {
    whole = broadcastShapes([shape, out]);
  } catch {
    throw refused;
  }
  if (writes === 'reduce') throw refused;
  if (!sameShape(whole, out))
    throw new ValueError(
      `non-broadcastable output operand with shape ${tight(out)} doesn't match the broadcast shape ${tight(whole)}`,
    );
}

/**
 * Moves a finished result into the array that was asked for, or returns it as it is.
 * @throws ValueError for another shape, UFuncTypeError for a dtype it may not be cast to
 */
export function deliver(result: NDArray, out: ArrayValue | null, by: string, writes: Writes = 'add'): ArrayValue {
  if (out === null) return result;
  checkRoom(result.shape, out.shape, writes);
  if (writes === 'add' && !canCast(result.dtype, out.dtype, 'same_kind')) {
    throw new UFuncOutputCastingError(
      `Cannot cast ufunc 'add' output from ${result.dtype.repr()} to ${out.dtype.repr()} with casting rule 'same_kind'`,
    );
  }
  out.face.beforeWrite(out, by);
  assignTo(out, result);
  release(result);
  return out;
}
