import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { AxisError, ValueError } from '../../core/errors.js';
import { asPermutation, axisNamed, movedAxis, permute } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { axisTuple, integers } from './common.js';

/** Axes in another order: always views. */

export interface Transpose {
  <A extends ArrayLike>(a: A, axes?: readonly number[] | null): Like<A>;
  <A extends ArrayLike>(a: A, kw: { axes?: readonly number[] | null }): Like<A>;
}

const body = (a: unknown, axes: unknown): ArrayValue => {
  const x = toArray(a);
  return permute(x, asPermutation(axes === null ? null : integers(axes, 'transpose'), x.ndim));
};

/**
 * A view with the axes reversed, or in the order given.
 *
 * @throws ValueError `axes don't match array`, `repeated axis in transpose`
 * @example np.transpose(np.zeros([2, 3, 4]), [1, 0, 2]).shape // → [ 3, 2, 4 ]
 */
export const transpose: Transpose = /*@__PURE__*/ fn('transpose', 'a, axes=None', body, 'primitive');

/** The Array API's name for {@link transpose}. @example np.permute_dims(np.zeros([2, 3]), [1, 0]).shape // → [ 3, 2 ] */
export const permute_dims: Transpose = /*@__PURE__*/ fn('permute_dims', 'a, axes=None', body, 'primitive');

/** The last two axes exchanged. */
export function matrixTransposed(x: ArrayValue): ArrayValue {
  const axes = Array.from({ length: x.ndim }, (_, i) => i);
  [axes[x.ndim - 1], axes[x.ndim - 2]] = [x.ndim - 2, x.ndim - 1];
  return permute(x, axes);
}

/**
 * A view with the last two axes exchanged: a stack of matrices, each transposed.
 *
 * @throws ValueError `Input array must be at least 2-dimensional, but it is 1`
 * @example np.matrix_transpose(np.zeros([5, 2, 3])).shape // → [ 5, 3, 2 ]
 */
export const matrix_transpose: <A extends ArrayLike>(x: A) => Like<A> = /*@__PURE__*/ fn(
  'matrix_transpose',
  'x, /',
  (a) => {
    const x = toArray(a);
    if (x.ndim < 2) throw new ValueError(`Input array must be at least 2-dimensional, but it is ${x.ndim}`);
    return matrixTransposed(x);
  },
);

export interface Swapaxes {
  <A extends ArrayLike>(a: A, axis1: number, axis2: number): Like<A>;
}

/**
 * A view with two axes exchanged.
 *
 * @throws AxisError `axis1: axis 3 is out of bounds for array of dimension 2`
 * @example np.swapaxes(np.zeros([2, 3, 4]), 0, 2).shape // → [ 4, 3, 2 ]
 */
export const swapaxes: Swapaxes = /*@__PURE__*/ fn('swapaxes', 'a, axis1, axis2', (a, axis1, axis2) => {
  const x = toArray(a);
  const i = axisNamed(axis1, x.ndim, 'axis1');
  const j = axisNamed(axis2, x.ndim, 'axis2');
  const axes = Array.from({ length: x.ndim }, (_, k) => k);
  [axes[i], axes[j]] = [j, i];
  return permute(x, axes);
});

export interface Moveaxis {
  <A extends ArrayLike>(a: A, source: number | readonly number[], destination: number | readonly number[]): Like<A>;
}

/**
 * A view with axes moved to new places; the others keep their order.
 *
 * @throws AxisError; ValueError when the lists differ in length or name an axis twice
 * @example np.moveaxis(np.zeros([2, 3, 4]), 0, -1).shape // → [ 3, 4, 2 ]
 */
export const moveaxis: Moveaxis = /*@__PURE__*/ fn('moveaxis', 'a, source, destination', (a, source, destination) => {
  const x = toArray(a);
  const from = axisTuple(source, x.ndim, 'source');
  const to = axisTuple(destination, x.ndim, 'destination');
  if (from.length !== to.length)
    throw new ValueError('`source` and `destination` arguments must have the same number of elements');
  const order = Array.from({ length: x.ndim }, (_, i) => i).filter((i) => !from.includes(i));
  const pairs = to.map((d, i) => [d, from[i]] as const).sort((p, q) => p[0] - q[0]);
  for (const [d, s] of pairs) order.splice(d, 0, s);
  return permute(x, order);
});

/**
 * A view with one axis rolled back until it lies before `start`. {@link moveaxis} says the same more plainly.
 *
 * @throws AxisError
 * @example np.rollaxis(np.zeros([2, 3, 4]), 2).shape // → [ 4, 2, 3 ]
 */
export const rollaxis: <A extends ArrayLike>(a: A, axis: number, start?: number) => Like<A> = /*@__PURE__*/ fn(
  'rollaxis',
  'a, axis, start=0',
  (a, axis, from, start = Number(from)) => {
    const x = toArray(a);
    const n = x.ndim;
    const k = normalizeAxis(axis, n);
    let to = start < 0 ? start + n : start;
    if (!(to >= 0 && to < n + 1)) {
      const e = new AxisError(start, n);
      e.message = `'start' arg requires ${-n} <= start < ${n + 1}, but ${start} was passed in`;
      throw e;
    }
    if (k < to) to--;
    return permute(x, movedAxis(n, k, to));
  },
);
