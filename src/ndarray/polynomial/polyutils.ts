import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { ValueError } from '../../core/errors.js';
import { str } from '../../core/python/repr.js';
import { fn } from '../../core/signature.js';
import { array } from '../creation/convert.js';
import type { NDArray } from '../ndarray.js';
import { formatFloatOf } from './format.js';
import { asSeries, listed, minus, nth, over, part, plus, times, trimmed, type Value } from './algebra.js';

/** np.polynomial.polyutils: what all families of series use. */

/**
 * A series without zeros at its end; its first coefficient stays. Lists give lists.
 * @example np.polynomial.polyutils.trimseq([1, 2, 0, 0]) // → [ 1, 2 ]
 */
export const trimseq: <S extends ArrayLike>(seq: S) => S = /*@__PURE__*/ fn(
  'trimseq',
  'seq',
  (seq: unknown) => {
    if (seq instanceof ArrayValue) return trimmed(listed(seq));
    const list = Array.isArray(seq) ? seq : [...(seq as Iterable<unknown>)];
    let n = list.length;
    while (n > 1 && Number(list[n - 1]) === 0) n--;
    return list.slice(0, n);
  },
  'host',
);

/**
 * Lists of coefficients as arrays of the floating dtype they have in common, without zeros at their ends unless `trim` is false.
 * @throws ValueError for empty lists, more than one dimension, or no common dtype
 * @example np.polynomial.polyutils.as_series([[1, 2, 0], [3]]) // → [ array([1., 2.]), array([3.]) ]
 */
export const as_series: (alist: readonly ArrayLike[], trim?: boolean | { trim?: boolean }) => NDArray[] =
  /*@__PURE__*/ fn(
    'as_series',
    'alist, trim=True',
    (alist: Iterable<unknown>, trim: boolean) => asSeries([...alist], trim),
    'host',
  );

/**
 * A series without coefficients at its end that are not greater than `tol`.
 * @throws ValueError for a negative tolerance
 * @example np.polynomial.polyutils.trimcoef([0, 0, 3, 0, 5, 0, 0]) // → array([0., 0., 3., 0., 5.])
 */
export const trimcoef: (c: ArrayLike, tol?: number | { tol?: number }) => NDArray = /*@__PURE__*/ fn(
  'trimcoef',
  'c, tol=0',
  (given: unknown, tol: number) => {
    if (tol < 0) throw new ValueError('tol must be non-negative');
    const [c] = asSeries([given]);
    const large = ((c.abs() as Value).gt(tol) as NDArray).tolist() as boolean[];
    const last = large.lastIndexOf(true);
    return last < 0 ? times(part(c, 0, 1), 0) : part(c, 0, last + 1).copy();
  },
  'host',
);

/**
 * The interval that holds all points; of complex points the corners of the smallest rectangle.
 * @example np.polynomial.polyutils.getdomain([3, -1, 2]) // → array([-1.,  3.])
 */
export const getdomain: (x: ArrayLike) => NDArray = /*@__PURE__*/ fn(
  'getdomain',
  'x',
  (given: unknown) => {
    const [x] = asSeries([given], false);
    if (x.dtype.kind !== 'c') return array([x.min(), x.max()]);
    const [re, im] = [x.real as NDArray, x.imag as NDArray];
    const corners = array([re.min(), re.max()]).astype('complex128') as NDArray;
    corners.imag = array([im.min(), im.max()]) as never;
    return corners;
  },
  'host',
);

/** off and scl of the linear map off + scl·x that takes one interval to another. */
export function linearMap(old: Value, now: Value): [off: Value, scl: Value] {
  const at = (v: Value, i: number): Value => (v instanceof ArrayValue ? nth(v, i) : v[i]);
  const [a, b, c, d] = [at(old, 0), at(old, 1), at(now, 0), at(now, 1)];
  const length = minus(b, a);
  return [over(minus(times(b, c), times(a, d)), length), over(minus(d, c), length)];
}

/**
 * The parameters of the linear map from one interval to another, off + scl·x.
 * @example np.polynomial.polyutils.mapparms([-1, 1], [-2, 2]) // → [ 0, 2 ]
 */
export const mapparms: (old: ArrayLike, new_: ArrayLike) => [off: any, scl: any] = /*@__PURE__*/ fn(
  'mapparms',
  'old, new',
  (old: Value, now: Value) => linearMap(old, now),
  'host',
);

/** Points of one interval, mapped to another; series are substituted. */
export function mapped(given: Value, old: Value, now: Value): Value {
  const x = Array.isArray(given) || ArrayBuffer.isView(given) ? toArray(given) : given;
  const [off, scl] = linearMap(old, now);
  return plus(off, times(scl, x));
}

/**
 * Points mapped by the linear map that takes one interval to another.
 * @example np.polynomial.polyutils.mapdomain([-1, 0, 1], [-1, 1], [0, 4]) // → array([0., 2., 4.])
 */
export const mapdomain: (x: ArrayLike, old: ArrayLike, new_: ArrayLike) => any = /*@__PURE__*/ fn(
  'mapdomain',
  'x, old, new',
  (x: Value, old: Value, now: Value) => mapped(x, old, now),
);

/**
 * A coefficient as series print it: with the digits of the printing options, in scientific notation when very large or small.
 * @param parens puts numbers in scientific notation in parentheses
 * @example np.polynomial.polyutils.format_float(0.5) // → '0.5'
 */
export const format_float: (x: unknown, parens?: boolean) => string = /*@__PURE__*/ fn(
  'format_float',
  'x, parens=False',
  (x: unknown, parens: boolean) => {
    if (typeof x === 'number') return formatFloatOf(x, parens);
    if (x instanceof ArrayValue && x.dtype.kind === 'f' && x.ndim === 0) return formatFloatOf(x as NDArray, parens);
    return x instanceof ArrayValue ? String(x) : str(x);
  },
  'conversion',
);
