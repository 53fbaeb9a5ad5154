import type { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import { nativeOf } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { repeatAlong } from '../../core/ops/join.js';
import { broadcastTo, expandAxes, packTo, reshapeTo, sliceAxis, castTo } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, sizeOf } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { fresh, integers } from './common.js';
import type { Dims } from './shape.js';

/** The same elements several times. */

export interface Tile {
  <A extends ArrayLike>(A: A, reps: Dims | ArrayLike): Like<A>;
}

/**
 * An array repeated as a whole along each axis.
 *
 * @param reps how often along each axis; missing leading axes are put in front
 * @throws ValueError `negative dimensions are not allowed`
 * @example np.tile([1, 2], [2, 2]) // → array([[1., 2., 1., 2.],
 * //          [1., 2., 1., 2.]])
 */
export const tile: Tile = /*@__PURE__*/ fn('tile', 'A, reps', (A, reps) => {
  const a = toArray(A);
  let counts = integers(reps, 'tile');
  if (counts.some((n) => n < 0)) throw new ValueError('negative dimensions are not allowed');
  const nd = Math.max(a.ndim, counts.length);
  counts = [...new Array<number>(nd - counts.length).fill(1), ...counts];
  const shape = [...new Array<number>(nd - a.ndim).fill(1), ...a.shape];
  if (counts.every((n) => n === 1)) {
    const copy = castTo(a, a.dtype);
    return nd === a.ndim ? copy : expandAxes(copy, [...Array(nd - a.ndim).keys()]);
  }
  const axis = counts.findIndex((n) => n !== 1);
  const tail = shape.slice(axis).reduce((p, n) => p * n, 1);
  if (counts.every((n, i) => n === 1 || i === axis) && tail * a.dtype.itemsize >= 256) {
    // One axis only: what follows it is one long block that comes several times.
    const blocks = packTo(a, [tail === 0 ? 0 : a.size / tail, tail]);
    return reshapeTo(
      repeatAlong(blocks, 0, counts[axis]),
      shape.map((n, i) => n * counts[i]),
    );
  }
  // (n0, n1, …) → (r0, n0, r1, n1, …): the copies stretch over axes of their own, then merge with the axes they repeat.
  const spread = reshapeTo(
    a,
    shape.flatMap((n) => [1, n]),
  );
  const full = shape.flatMap((n, i) => [counts[i], n]);
  return packTo(
    broadcastTo(spread, full),
    shape.map((n, i) => n * counts[i]),
  );
});

export interface Repeat {
  <A extends ArrayLike>(a: A, repeats: Dims | ArrayLike, axis?: number | null): Like<A>;
  <A extends ArrayLike>(a: A, repeats: Dims | ArrayLike, kw: { axis?: number | null }): Like<A>;
}

/** Each entry along an axis several times; without an axis, of the flattened array. */
export function repeated(given: ArrayValue, repeats: unknown, axis: unknown): ArrayValue {
  const a = axis === null ? packTo(given, [given.size]) : given.ndim === 0 ? reshapeTo(given, [1]) : given;
  const k = axis === null ? 0 : normalizeAxis(axis as number, Math.max(1, given.ndim));
  const counts = integers(repeats, 'repeat', true);
  const n = a.shape[k];
  if (counts.length === 1) {
    const [count] = counts;
    if (count < 0) throw new ValueError('negative dimensions are not allowed');
    const shape = a.shape.map((m, i) => (i === k ? m * count : m));
    const spread = [...a.shape.slice(0, k + 1), count, ...a.shape.slice(k + 1)];
    if (count === 1) return fresh(a);
    // Single elements go faster one by one; longer entries as a broadcast copy.
    if (k === a.ndim - 1) return repeatAlong(a, k, count);
    return packTo(broadcastTo(expandAxes(a, [k + 1]), spread), shape);
  }
  if (counts.length !== n)
    throw new ValueError(`operands could not be broadcast together with shape (${n},) (${counts.length},)`);
  if (counts.some((c) => c < 0)) throw new ValueError('repeats may not contain negative values.');
  return repeatAlong(a, k, counts);
}

/**
 * Each element (or each entry along an axis) several times.
 *
 * @param repeats one count for all, or one for each
 * @throws ValueError when there are not as many counts as entries
 * @example np.repeat([1, 2], 2) // → array([1., 1., 2., 2.])
 */
export const repeat: Repeat = /*@__PURE__*/ fn('repeat', 'a, repeats, axis=None', (a, repeats, axis) =>
  repeated(toArray(a), repeats, axis),
);

export interface Resize {
  <A extends ArrayLike>(a: A, new_shape: Dims): Like<A>;
}

/**
 * A new array of the given shape, filled with repeated copies of the elements in C order.
 *
 * @throws ValueError ``all elements of `new_shape` must be non-negative``
 * @example np.resize([1, 2, 3], [2, 4]) // → array([[1., 2., 3., 1.],
 * //          [2., 3., 1., 2.]])
 */
export const resize: Resize = /*@__PURE__*/ fn('resize', 'a, new_shape', (a, newShape) => {
  const given = toArray(a);
  const shape = integers(newShape, 'resize');
  if (shape.some((n) => n < 0)) throw new ValueError('all elements of `new_shape` must be non-negative');
  const n = sizeOf(shape);
  // Zeros are no text '0' but none.
  if (given.size === 0 || n === 0) return allocate(shape, given.dtype, given.face, true);
  const x = given.dtype.isnative ? given : copyAs(given, nativeOf(given.dtype));
  const flat = packTo(x, [x.size]);
  const times = Math.ceil(n / x.size);
  if (times === 1) return packTo(fresh(sliceAxis(flat, 0, 0, n)), shape);
  const many = packTo(broadcastTo(flat, [times, x.size]), [times * x.size]);
  return reshapeTo(sliceAxis(many, 0, 0, n), shape);
});
