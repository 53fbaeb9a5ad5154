import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { IndexError, ValueError, ZeroDivisionError } from '../../core/errors.js';
import { inNativeOrder } from '../../core/ops/copy.js';
import { movedAxis, permute, sliceAxis } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { integers } from './common.js';
import { entries } from './join.js';

/** Cutting arrays into views. */

export type Sections = number | readonly number[] | ArrayLike;

export interface Split {
  <A extends ArrayLike>(ary: A, indices_or_sections: Sections, axis?: number): Like<A>[];
  <A extends ArrayLike>(ary: A, indices_or_sections: Sections, kw: { axis?: number }): Like<A>[];
}

const isList = (x: unknown): boolean =>
  Array.isArray(x) || ArrayBuffer.isView(x) || (x instanceof ArrayValue && x.ndim > 0);

/** A slice bound as Python clamps it. */
const clamp = (i: number, n: number): number => (i < 0 ? Math.max(0, i + n) : Math.min(i, n));

function cut(a: ArrayValue, sections: unknown, axis: number): ArrayValue[] {
  if (!Number.isInteger(axis) || axis < -a.ndim || axis >= a.ndim) throw new IndexError('tuple index out of range');
  const k = normalizeAxis(axis, a.ndim);
  const n = a.shape[k];
  let bounds: number[];
  if (isList(sections)) bounds = [0, ...integers(sections, 'split'), n];
  else {
    const [count] = integers(sections, 'split', true);
    if (count <= 0) throw new ValueError('number sections must be larger than 0.');
    const each = Math.floor(n / count);
    const extra = n % count;
    bounds = [0];
    for (let i = 0; i < count; i++) bounds.push(bounds[i] + each + (i < extra ? 1 : 0));
  }
  return bounds.slice(0, -1).map((from, i) => {
    const lo = clamp(from, n);
    return sliceAxis(a, k, Math.min(lo, n), Math.max(lo, clamp(bounds[i + 1], n)));
  });
}

/** @throws ValueError `array split does not result in an equal division` */
function even(a: ArrayValue, sections: unknown, axis: number): ArrayValue[] {
  if (!isList(sections)) {
    const [count] = integers(sections, 'split', true);
    if (axis < -a.ndim || axis >= a.ndim) throw new IndexError('tuple index out of range');
    if (count === 0) throw new ZeroDivisionError('integer modulo by zero');
    if (a.shape[normalizeAxis(axis, a.ndim)] % count !== 0)
      throw new ValueError('array split does not result in an equal division');
  }
  return cut(a, sections, axis);
}

/**
 * An array cut into views along an axis: into equal parts, or at indices.
 *
 * @param indices_or_sections number of equal parts, or where to cut
 * @throws ValueError `array split does not result in an equal division`
 * @example np.split([1, 2, 3, 4], [3]) // → [ array([1., 2., 3.]), array([4.]) ]
 */
export const split: Split = /*@__PURE__*/ fn('split', 'ary, indices_or_sections, axis=0', (ary, sections, axis) =>
  even(toArray(ary), sections, axis),
);

/**
 * As {@link split}, but parts may differ in length by one.
 *
 * @throws ValueError `number sections must be larger than 0.`
 * @example np.array_split(np.arange(5), 2) // → [ array([0, 1, 2]), array([3, 4]) ]
 */
export const array_split: Split = /*@__PURE__*/ fn(
  'array_split',
  'ary, indices_or_sections, axis=0',
  (ary, sections, axis) => cut(toArray(ary), sections, axis),
);

export interface SplitAlong {
  <A extends ArrayLike>(ary: A, indices_or_sections: Sections): Like<A>[];
}

/**
 * Cuts side by side: along the second axis, or the only one of a vector.
 *
 * @throws ValueError `hsplit only works on arrays of 1 or more dimensions`
 * @example np.hsplit([[1, 2], [3, 4]], 2)[1] // → array([[2.],
 * //          [4.]])
 */
export const hsplit: SplitAlong = /*@__PURE__*/ fn('hsplit', 'ary, indices_or_sections', (ary, sections) => {
  const a = toArray(ary);
  if (a.ndim === 0) throw new ValueError('hsplit only works on arrays of 1 or more dimensions');
  return even(a, sections, a.ndim > 1 ? 1 : 0);
});

/**
 * Cuts along the first axis.
 *
 * @throws ValueError `vsplit only works on arrays of 2 or more dimensions`
 * @example np.vsplit([[1, 2], [3, 4]], 2)[1] // → array([[3., 4.]])
 */
export const vsplit: SplitAlong = /*@__PURE__*/ fn('vsplit', 'ary, indices_or_sections', (ary, sections) => {
  const a = toArray(ary);
  if (a.ndim < 2) throw new ValueError('vsplit only works on arrays of 2 or more dimensions');
  return even(a, sections, 0);
});

/**
 * Cuts along the third axis.
 *
 * @throws ValueError `dsplit only works on arrays of 3 or more dimensions`
 * @example np.dsplit(np.zeros([2, 3, 4]), 2)[0].shape // → [ 2, 3, 2 ]
 */
export const dsplit: SplitAlong = /*@__PURE__*/ fn('dsplit', 'ary, indices_or_sections', (ary, sections) => {
  const a = toArray(ary);
  if (a.ndim < 3) throw new ValueError('dsplit only works on arrays of 3 or more dimensions');
  return even(a, sections, 2);
});

/**
 * The entries along an axis, as views without it: the inverse of stack.
 *
 * @throws ValueError `Input array must be at least 1-d.`
 * @example np.unstack([[1, 2], [3, 4]], { axis: -1 })[0] // → array([1., 3.])
 */
export const unstack: <A extends ArrayLike>(x: A, kw?: { axis?: number }) => Like<A>[] = /*@__PURE__*/ fn(
  'unstack',
  'x, /, *, axis=0',
  (x, axis) => {
    const a = toArray(x);
    if (a.ndim === 0) throw new ValueError('Input array must be at least 1-d.');
    const parts = entries(permute(a, movedAxis(a.ndim, normalizeAxis(axis, a.ndim), 0)));
    // Single elements are scalars in NumPy, and those are native.
    return a.ndim === 1 ? parts.map(inNativeOrder) : parts;
  },
);
