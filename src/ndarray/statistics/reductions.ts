import { toArray } from '../../core/coerce.js';
import { bool, type DTypeLike } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import { reduceRow } from '../../core/ops/reduce.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { applyRow } from '../../core/ops/execute.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import * as logic from '../../core/ops/ufuncs/logic.js';
import { countOf } from '../../core/ops/fold.js';
import { fn } from '../../core/signature.js';
import { maskOf, singleOut } from '../ufunc.js';
import {
  type ArrayLike,
  type Axis,
  axisOf,
  discard,
  dtypeOf,
  NDArray,
  type Out,
  type Reduced,
  type Truth,
  truth,
} from './common.js';

/** Reductions that are a ufunc and a word. */

/** Keywords of `sum` and `prod`. */
export interface SumKeywords {
  axis?: Axis;
  /** dtype of the accumulator and the result. By default that of the array, but at least int64 for integers and bool. */
  dtype?: DTypeLike | null;
  out?: Out;
  /** Leaves the reduced axes in the result with length 1. */
  keepdims?: boolean;
  /** Where to start. */
  initial?: ArrayLike;
  /** Elements to take part. */
  where?: ArrayLike;
}
/** Keywords of `max` and `min`. */
export type ExtremeKeywords = Omit<SumKeywords, 'dtype'>;

export type SumFunction = <A extends ArrayLike>(
  a: A,
  axis?: Axis | SumKeywords,
  dtype?: DTypeLike | null | SumKeywords,
  out?: Out | SumKeywords,
  keepdims?: boolean | SumKeywords,
  initial?: ArrayLike | SumKeywords,
  where?: ArrayLike | SumKeywords,
  kw?: SumKeywords,
) => Reduced<A>;

export type ExtremeFunction = <A extends ArrayLike>(
  a: A,
  axis?: Axis | ExtremeKeywords,
  out?: Out | ExtremeKeywords,
  keepdims?: boolean | ExtremeKeywords,
  initial?: ArrayLike | ExtremeKeywords,
  where?: ArrayLike | ExtremeKeywords,
  kw?: ExtremeKeywords,
) => Reduced<A>;

const SUM = 'a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>';
const EXTREME = 'a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>';

/** A reduction with a dtype: a row and a name. */
const summing = (name: string, row: UfuncRow): SumFunction =>
  fn<SumFunction>(
    name,
    SUM,
    (a, axis, dtype, out, keepdims, initial, where) =>
      reduceRow(row, toArray(a), {
        axis: axisOf(axis),
        dtype: dtypeOf(dtype),
        out: singleOut(out, name),
        keepdims: Boolean(keepdims),
        initial,
        where: maskOf(where),
      }),
    'primitive',
  );

const extreme = (name: string, row: UfuncRow): ExtremeFunction =>
  fn<ExtremeFunction>(
    name,
    EXTREME,
    (a, axis, out, keepdims, initial, where) =>
      reduceRow(row, toArray(a), {
        axis: axisOf(axis),
        dtype: null,
        out: singleOut(out, name),
        keepdims: Boolean(keepdims),
        initial,
        where: maskOf(where),
      }),
    'primitive',
  );

/**
 * Sum of array elements over given axes.
 *
 * Floats are added in pairs of blocks, so that rounding errors grow with the logarithm of the count. Integers wrap modulo 2^bits; those
 * narrower than 64 bits and bool are summed as int64 (uint64 for unsigned ones). The sum of nothing is `initial`, or 0.
 *
 * @returns an array without the axes (0-d for all of them)
 * @throws AxisError, ValueError `duplicate value in 'axis'`
 * @example np.sum([[0, 1], [0, 5]], {axis: 1}) // → array([1., 5.])
 */
export const sum: SumFunction = /*@__PURE__*/ summing('sum', arithmetic.add);

/**
 * Product of array elements over given axes. dtypes are as for {@link sum}; the product of nothing is `initial`, or 1.
 *
 * @returns an array without the axes (0-d for all of them)
 * @throws AxisError, ValueError `duplicate value in 'axis'`
 * @example np.prod([[1, 2], [3, 4]], 1) // → array([ 2., 12.])
 */
export const prod: SumFunction = /*@__PURE__*/ summing('prod', arithmetic.multiply);

/**
 * Largest element along axes, in the array's dtype; a NaN wins. Complex numbers are ordered by real part, then imaginary.
 *
 * @throws ValueError `zero-size array to reduction operation maximum which has no identity` unless `initial` is given
 * @example np.max([[0, 1], [2, 3]], {axis: 0}) // → array([2., 3.])
 */
export const max: ExtremeFunction = /*@__PURE__*/ extreme('max', arithmetic.maximum);
/** The same as {@link max}. @example np.amax([[0, 1], [2, 3]], { axis: 0 }) // → array([2., 3.]) */
export const amax: ExtremeFunction = /*@__PURE__*/ extreme('amax', arithmetic.maximum);

/**
 * Smallest element along axes, in the array's dtype; a NaN wins. Complex numbers are ordered by real part, then imaginary.
 *
 * @throws ValueError `zero-size array to reduction operation minimum which has no identity` unless `initial` is given
 * @example np.min([[0, 1], [2, 3]], {axis: 0}) // → array([0., 1.])
 */
export const min: ExtremeFunction = /*@__PURE__*/ extreme('min', arithmetic.minimum);
/** The same as {@link min}. @example np.amin([[0, 1], [2, 3]], { axis: 0 }) // → array([0., 1.]) */
export const amin: ExtremeFunction = /*@__PURE__*/ extreme('amin', arithmetic.minimum);

/** Keywords of `ptp`. */
export interface PtpKeywords {
  axis?: Axis;
  out?: Out;
  keepdims?: boolean;
}
export type PtpFunction = <A extends ArrayLike>(
  a: A,
  axis?: Axis | PtpKeywords,
  out?: Out | PtpKeywords,
  keepdims?: boolean | PtpKeywords,
  kw?: PtpKeywords,
) => Reduced<A>;

/**
 * Range of values along axes: maximum minus minimum, in the array's dtype (integers may wrap).
 *
 * @throws ValueError for an empty axis, TypeError for bool
 * @example np.ptp([[4, 9, 2], [10, 6, 7]], 1) // → array([7., 4.])
 */
export const ptp: PtpFunction = /*@__PURE__*/ fn<PtpFunction>(
  'ptp',
  'a, axis=None, out=None, keepdims=<no value>',
  (a, axis, out, keepdims) => {
    const v = toArray(a);
    const target = singleOut(out, 'ptp');
    const options = { axis: axisOf(axis), dtype: null, keepdims: Boolean(keepdims), initial: undefined, where: null };
    const high = reduceRow(arithmetic.maximum, v, { ...options, out: target });
    const low = reduceRow(arithmetic.minimum, v, { ...options, out: null });
    const r =
      target === null
        ? applyRow(arithmetic.subtract, [high, low])
        : applyRow(arithmetic.subtract, [high, low], {
            out: [target],
            where: null,
            dtype: null,
            signature: null,
            casting: 'same_kind',
            order: 'K',
          });
    discard(high, target);
    discard(low);
    // Single objects are no arrays in NumPy, and what is made of numbers is a number.
    if (r instanceof NDArray && r.dtype.kind === 'O' && r.ndim === 0 && target === null) return toArray(r.item());
    return r;
  },
  'primitive',
);

/** Keywords of `all` and `any`. */
export interface TruthKeywords {
  axis?: Axis;
  out?: Out;
  keepdims?: boolean;
  where?: ArrayLike;
}
export interface TruthFunction {
  <A extends ArrayLike>(a: A): Truth<A>;
  <A extends ArrayLike>(a: A, axis: null | { where: ArrayLike }): Truth<A>;
  <A extends ArrayLike>(
    a: A,
    axis: Axis | TruthKeywords,
    out?: Out | TruthKeywords,
    keepdims?: boolean | TruthKeywords,
    kw?: TruthKeywords,
  ): Reduced<A>;
}

const truthful = (name: string, row: UfuncRow, answer: (trueOnes: number, size: number) => boolean): TruthFunction =>
  fn<TruthFunction>(
    name,
    'a, axis=None, out=None, keepdims=<no value>, *, where=<no value>',
    (a, axis, out, keepdims, where) => {
      const target = singleOut(out, name);
      const v = toArray(a);
      if (v.dtype.layout !== null && v.dtype.layout.length > 1)
        throw new TypeError(
          `Iterator operand 1 dtype could not be cast from ${v.dtype.repr()} to dtype('bool') according to the rule 'unsafe'`,
        );
      if (
        axisOf(axis) === null &&
        target === null &&
        !keepdims &&
        (where === undefined || where === true) &&
        v instanceof NDArray &&
        v.dtype.layout === null
      ) {
        // One boolean of a whole array: the true elements are counted, which is the fastest of all passes.
        const n = countOf(v, { what: 'nonzero', axis: null, keepdims: false });
        const count = Number(n.valueOf());
        discard(n);
        return answer(count, v.size);
      }
      const r = reduceRow(row, v, {
        axis: axisOf(axis),
        dtype: bool,
        out: target,
        keepdims: Boolean(keepdims),
        initial: undefined,
        where: maskOf(where),
      });
      return axisOf(axis) === null && target === null && !keepdims ? truth(r) : r;
    },
    'primitive',
  );

/**
 * Whether all elements along axes are true; NaN is true. Of nothing: true.
 *
 * @returns without an axis a JavaScript boolean (a bool Tensor for tensors); with one a bool array
 * @example np.all([[true, false], [true, true]], {axis: 0}) // → array([ True, False])
 */
export const all: TruthFunction = /*@__PURE__*/ truthful('all', logic.logical_and, (n, size) => n === size);

/**
 * Whether any element along axes is true; NaN is true. Of nothing: false.
 *
 * @returns without an axis a JavaScript boolean (a bool Tensor for tensors); with one a bool array
 * @example np.any([[true, false], [false, false]], {axis: 0}) // → array([ True, False])
 */
export const any: TruthFunction = /*@__PURE__*/ truthful('any', logic.logical_or, (n) => n > 0);

/** Keywords of `count_nonzero`. */
export interface CountKeywords {
  axis?: Axis;
  keepdims?: boolean;
}
export type CountFunction = <A extends ArrayLike>(a: A, axis?: Axis | CountKeywords, kw?: CountKeywords) => Reduced<A>;

/**
 * Counts the elements that are not zero (that are true).
 *
 * @returns an int64 array without the axes (0-d for all of them)
 * @example np.count_nonzero([[0, 1, 7, 0], [3, 0, 2, 19]], {axis: 0}) // → array([1, 1, 2, 1])
 */
export const count_nonzero: CountFunction = /*@__PURE__*/ fn<CountFunction>(
  'count_nonzero',
  'a, axis=None, *, keepdims=False',
  (a, axis, keepdims) => countOf(toArray(a), { what: 'nonzero', axis: axisOf(axis), keepdims: Boolean(keepdims) }),
  'primitive',
);
