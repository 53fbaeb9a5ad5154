import { ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { isComplex } from '../../core/complex.js';
import { ValueError } from '../../core/errors.js';
import { asReadOrder, expandAxes, permute, reshapeTo, resolveShape, squeezeAxes } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { kOrder, normalizeAxes, sizeOf, asOrder } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { axisTuple, integers } from './common.js';

/** Shapes: asking for them and changing them without moving elements where that can be. */

export type Dims = number | readonly number[];
export type ReadOrder = 'C' | 'F' | 'A';

export interface Reshape {
  <A extends ArrayLike>(a: A, shape: Dims, order?: ReadOrder, kw?: { copy?: boolean | null }): Like<A>;
  <A extends ArrayLike>(a: A, shape: Dims, kw: { order?: ReadOrder; copy?: boolean | null }): Like<A>;
}

/**
 * The same elements in another shape: a view where strides can say it, else a copy.
 *
 * @param shape new lengths; one of them may be -1 and follows from the others
 * @param order 'C' reads and places the last axis fastest, 'F' the first, 'A' as the array lies in memory
 * @param copy true: always; null: when needed; false: never
 * @throws ValueError `cannot reshape array of size 6 into shape (4,)`, `can only specify one unknown dimension`
 * @example np.reshape(np.arange(6), [2, -1]) // → array([[0, 1, 2],
 * //          [3, 4, 5]])
 */
export const reshape: Reshape = /*@__PURE__*/ fn(
  'reshape',
  "a, /, shape, order='C', *, copy=None",
  (a, shape, order, copy) => {
    const x = toArray(a);
    const read = asReadOrder(x, order, 'reshaping');
    return reshapeTo(x, resolveShape(integers(shape, 'reshape'), x.size), read, copy === null ? null : Boolean(copy));
  },
  'primitive',
);

/** Elements in one dimension. `always`: a copy in any case. */
export function flattened(a: ArrayValue, given: unknown, always: boolean): ArrayValue {
  const order = asOrder(given, 'C');
  const copy = always ? true : null;
  const n = [a.size];
  if (order === 'K') {
    if (isCContiguous(a)) return reshapeTo(a, n, 'C', copy);
    if (isFContiguous(a)) return reshapeTo(a, n, 'F', copy);
    const inMemory = a.ndim < 2 ? a : permute(a, kOrder(a.shape, [a.strides]));
    return reshapeTo(inMemory, n, 'C', isCContiguous(inMemory) || always ? copy : 'order');
  }
  // The result is contiguous: steps that a view could have are copied away.
  const read = asReadOrder(a, order, 'ravel');
  return reshapeTo(a, n, read, (read === 'F' ? isFContiguous(a) : isCContiguous(a)) || always ? copy : 'order');
}

export interface Ravel {
  <A extends ArrayLike>(a: A, order?: ReadOrder | 'K'): Like<A>;
  <A extends ArrayLike>(a: A, kw: { order?: ReadOrder | 'K' }): Like<A>;
}

/**
 * All elements in one dimension; a copy only when needed.
 *
 * @param order 'K' reads elements in the order they have in memory
 * @example np.ravel([[1, 2], [3, 4]]) // → array([1., 2., 3., 4.])
 */
export const ravel: Ravel = /*@__PURE__*/ fn(
  'ravel',
  "a, order='C'",
  (a, order) => flattened(toArray(a), order, false),
  'primitive',
);

export interface Squeeze {
  <A extends ArrayLike>(a: A, axis?: number | readonly number[] | null): Like<A>;
  <A extends ArrayLike>(a: A, kw: { axis?: number | readonly number[] | null }): Like<A>;
}

/**
 * A view without axes of length 1: all of them, or the given ones.
 *
 * @throws ValueError `cannot select an axis to squeeze out which has size not equal to one`
 * @example np.squeeze([[[1, 2]]]).shape // → [ 2 ]
 */
export const squeeze: Squeeze = /*@__PURE__*/ fn(
  'squeeze',
  'a, axis=None',
  (a, axis) => {
    const x = toArray(a);
    if (axis === null) {
      const ones = x.shape.flatMap((n, i) => (n === 1 ? [i] : []));
      return ones.length === 0 ? x : squeezeAxes(x, ones);
    }
    // NumPy takes axes 0 and -1 of an array without dimensions.
    if (x.ndim === 0 && (axis === 0 || axis === -1)) return x;
    const axes = normalizeAxes(axis, x.ndim);
    for (const k of axes)
      if (x.shape[k] !== 1)
        throw new ValueError('cannot select an axis to squeeze out which has size not equal to one');
    return squeezeAxes(x, axes);
  },
  'primitive',
);

export interface ExpandDims {
  <A extends ArrayLike>(a: A, axis: number | readonly number[]): Like<A>;
  <A extends ArrayLike>(a: A, kw: { axis: number | readonly number[] }): Like<A>;
}

/**
 * A view with new axes of length 1 at the given places of the result.
 *
 * @throws AxisError; ValueError `repeated axis`
 * @example np.expand_dims([1, 2], 0).shape // → [ 1, 2 ]
 */
export const expand_dims: ExpandDims = /*@__PURE__*/ fn('expand_dims', 'a, axis', (a, axis) => {
  const x = toArray(a);
  const list = Array.isArray(axis) ? axis : [axis];
  return expandAxes(x, axisTuple(list, x.ndim + list.length));
});

export interface AtLeast {
  <A extends ArrayLike>(a: A): Like<A>;
  <A extends ArrayLike>(...arys: readonly A[]): Like<A>[];
}

const each =
  (lift: (a: ArrayValue) => ArrayValue) =>
  (arys: unknown[]): unknown => {
    const out = arys.map((a) => lift(toArray(a)));
    return out.length === 1 ? out[0] : out;
  };

/** At least one axis. */
export const lift1 = (a: ArrayValue): ArrayValue => (a.ndim === 0 ? reshapeTo(a, [1]) : a);
/** At least two axes: a vector becomes a row. */
export const lift2 = (a: ArrayValue): ArrayValue =>
  a.ndim === 0 ? reshapeTo(a, [1, 1]) : a.ndim === 1 ? expandAxes(a, [0]) : a;
/** At least three axes: a vector runs along the middle one, a matrix along the first two. */
export const lift3 = (a: ArrayValue): ArrayValue =>
  a.ndim === 0 ? reshapeTo(a, [1, 1, 1]) : a.ndim === 1 ? expandAxes(a, [0, 2]) : a.ndim === 2 ? expandAxes(a, [2]) : a;

/** Inputs with at least one dimension: one array, or a list when several are given. @example np.atleast_1d(5) // → array([5.]) */
export const atleast_1d: AtLeast = /*@__PURE__*/ fn('atleast_1d', '*arys', each(lift1));

/** Inputs with at least two dimensions; vectors become rows. @example np.atleast_2d([1, 2]).shape // → [ 1, 2 ] */
export const atleast_2d: AtLeast = /*@__PURE__*/ fn('atleast_2d', '*arys', each(lift2));

/**
 * Inputs with at least three dimensions; vectors of n elements become (1, n, 1), matrices (m, n, 1).
 * @example np.atleast_3d([1, 2]).shape // → [ 1, 2, 1 ]
 */
export const atleast_3d: AtLeast = /*@__PURE__*/ fn('atleast_3d', '*arys', each(lift3));

/** The shape of an array-like, as a list of lengths. @example np.shape([[1, 2]]) // → [ 1, 2 ] */
export const shape: (a: ArrayLike) => number[] = /*@__PURE__*/ fn('shape', 'a', (a) => [...toArray(a).shape]);

/**
 * The number of dimensions of an array-like.
 *
 * @example np.ndim([[1, 2]]) // → 2
 */
export const ndim: (a: ArrayLike) => number = /*@__PURE__*/ fn('ndim', 'a', (a) => toArray(a).ndim);

/**
 * The number of elements, in all or along axes.
 *
 * @throws AxisError
 * @example np.size([[1, 2]], 1) // → 2
 */
export const size: (
  a: ArrayLike,
  axis?: number | readonly number[] | null | { axis?: number | readonly number[] | null },
) => number = /*@__PURE__*/ fn('size', 'a, axis=None', (a, axis) => {
  const x = toArray(a);
  return axis === null ? x.size : sizeOf(normalizeAxes(axis, x.ndim).map((k) => x.shape[k]));
});

/**
 * Whether a value is a scalar: a number, bigint, boolean, string or complex number. Arrays, 0-dimensional ones included, are not.
 *
 * @example np.isscalar(3.1) // → true
 */
export const isscalar: (element: unknown) => boolean = /*@__PURE__*/ fn(
  'isscalar',
  'element',
  (e) =>
    ['number', 'bigint', 'boolean', 'string'].includes(typeof e) ||
    (isComplex(e) && !((e as object) instanceof ArrayValue)),
  'conversion',
);

/** Python's protocol of iteration is JavaScript's. */
function iterates(y: unknown): boolean {
  if (y instanceof ArrayValue) return y.ndim > 0;
  return (
    typeof y === 'string' ||
    (typeof y === 'object' && y !== null && typeof (y as Iterable<unknown>)[Symbol.iterator] === 'function')
  );
}

/**
 * Whether a value can be iterated over. 0-dimensional arrays cannot.
 *
 * @example np.iterable([1]) // → true
 */
export const iterable: (y: unknown) => boolean = /*@__PURE__*/ fn('iterable', 'y', iterates, 'conversion');
