import { copyAs } from '../../core/ops/copy.js';
import { toArray } from '../../core/coerce.js';
import type { DType, DTypeLike } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { ignoring, reportedAs } from '../../core/errstate.js';
import { argExtreme, countOf } from '../../core/ops/fold.js';
import { broadcastTo, reshapeTo, withDtype } from '../../core/ops/move.js';
import { mapElements } from '../../core/ops/elementwise.js';
import { reduceRow } from '../../core/ops/reduce.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { applyRow, type UfuncOptions, PLAIN } from '../../core/ops/execute.js';
import { Weak } from '../../core/ops/operand.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { sqrt } from '../../core/ops/ufuncs/elementary.js';
import { isnan, logical_and, logical_not } from '../../core/ops/ufuncs/logic.js';
import { deviation, divide_count, replace_nan } from '../../core/ops/ufuncs/shaping.js';
import { compare, truthy } from '../../core/python/compare.js';
import { fn } from '../../core/signature.js';
import { normalizeAxes } from '../../core/view.js';
import { maskOf, singleOut } from '../ufunc.js';
import { type ArrayValue, axisOf, discard, dtypeOf, isInexact, NDArray, readable } from './common.js';
import { cumprod, cumsum, type RunningFunction } from './cumulative.js';
import type { ArgFunction } from './extremes.js';
import {
  anyAtMost,
  degrees,
  into,
  lone,
  meanOf,
  type MeanFunction,
  replacing,
  squares,
  varianceOf,
  type VarianceFunction,
} from './moments.js';
import type { ExtremeFunction, SumFunction } from './reductions.js';

/** Reductions that pass over NaN. */

/** `a` with a number in the place of NaN; `a` itself where its dtype has no NaN. */
const without = (a: ArrayValue, by: number): ArrayValue =>
  a.dtype.kind === 'O'
    ? mapElements(a, a.dtype, (v) => (truthy(compare('!=', v, v)) ? (Number.isInteger(by) ? BigInt(by) : by) : v))
    : isInexact(a.dtype)
      ? (applyRow(replace_nan, [a, new Weak(by, 'float')], asCopy(a)) as ArrayValue)
      : a;

/** NumPy replaces elements in a copy, whose stretched axes lie innermost. */
const asCopy = (a: ArrayValue): UfuncOptions =>
  a.interpreter !== null || a.strides.every((s, i) => s !== 0 || a.shape[i] === 1)
    ? PLAIN
    : { ...PLAIN, out: [copyAs(a, a.dtype)] };

const SUM = 'a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>';

const summing = (name: string, row: UfuncRow, neutral: number): SumFunction =>
  fn<SumFunction>(
    name,
    SUM,
    (a, axis, dtype, out, keepdims, initial, where) => {
      const v = toArray(a);
      const clean = without(v, neutral);
      const r = reduceRow(row, clean, {
        axis: axisOf(axis),
        dtype: dtypeOf(dtype),
        out: singleOut(out, name),
        keepdims: Boolean(keepdims),
        initial,
        where: maskOf(where),
      });
      if (clean !== v) discard(clean);
      return r;
    },
    'primitive',
  );

/**
 * Sum along axes with NaN counted as zero.
 * @throws AxisError
 * @example np.nansum([1, NaN, 2]) // → array(3.)
 */
export const nansum: SumFunction = /*@__PURE__*/ summing('nansum', arithmetic.add, 0);

/**
 * Product along axes with NaN counted as one.
 * @throws AxisError
 * @example np.nanprod([2, NaN, 3]) // → array(6.)
 */
export const nanprod: SumFunction = /*@__PURE__*/ summing('nanprod', arithmetic.multiply, 1);

/** Whether any element is NaN, where it can be seen. */
function anyNaN(v: ArrayValue): boolean {
  if (!isInexact(v.dtype) || !readable(v)) return false;
  const n = countOf(v, { what: 'notnan', axis: null, keepdims: false });
  const found = Number(n.valueOf()) < v.size;
  discard(n);
  return found;
}

/** `plain` is the reduction that NaN wins: where none is in its result there was none at all. */
const extreme = (name: string, row: UfuncRow, plain: UfuncRow): ExtremeFunction =>
  fn<ExtremeFunction>(
    name,
    'a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>',
    (a, axis, out, keepdims, initial, where) => {
      const v = toArray(a);
      const options = {
        axis: axisOf(axis),
        dtype: null,
        out: singleOut(out, name),
        keepdims: Boolean(keepdims),
        initial,
        where: maskOf(where),
      };
      if (v.dtype.kind === 'O') {
        const end = row === arithmetic.fmax ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
        return reduceRow(plain, without(v, end), options);
      }
      const simple = options.out === null && initial === undefined && options.where === null;
      if (simple && v instanceof NDArray && v.size > 0 && v.dtype.kind === 'f') {
        const quick = reduceRow(plain, v, options);
        if (!anyNaN(quick)) return quick;
        discard(quick);
      }
      const r = reduceRow(row, v, options);
      if (anyNaN(r)) warn('RuntimeWarning', 'All-NaN slice encountered');
      return r;
    },
    'primitive',
  );

/**
 * Largest element along axes, passing over NaN. Where there is nothing else: NaN, with a RuntimeWarning.
 * @throws ValueError for an empty axis without `initial`
 * @example np.nanmax([1, NaN, 3]) // → array(3.)
 */
export const nanmax: ExtremeFunction = /*@__PURE__*/ extreme('nanmax', arithmetic.fmax, arithmetic.maximum);

/**
 * Smallest element along axes, passing over NaN. Where there is nothing else: NaN, with a RuntimeWarning.
 * @throws ValueError for an empty axis without `initial`
 * @example np.nanmin([1, NaN, 3]) // → array(1.)
 */
export const nanmin: ExtremeFunction = /*@__PURE__*/ extreme('nanmin', arithmetic.fmin, arithmetic.minimum);

const position = (name: string, largest: boolean): ArgFunction =>
  fn<ArgFunction>(
    name,
    'a, axis=None, out=None, *, keepdims=<no value>',
    (a, axis, out, keepdims) => {
      const v = toArray(a);
      const at = axis ?? null;
      if (isInexact(v.dtype) && v.size > 0) {
        const n = countOf(v, { what: 'notnan', axis: at, keepdims: false });
        if (anyAtMost(n, 0)) throw new ValueError('All-NaN slice encountered');
        discard(n);
      }
      const clean = without(v, largest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
      const r = argExtreme(clean, { largest, axis: at, out: singleOut(out, name), keepdims: Boolean(keepdims) });
      if (clean !== v) discard(clean);
      return r;
    },
    'primitive',
  );

/**
 * Index of the largest element along an axis, passing over NaN.
 * @throws ValueError `All-NaN slice encountered`
 * @example np.nanargmax([NaN, 1, 3]) // → array(2)
 */
export const nanargmax: ArgFunction = /*@__PURE__*/ position('nanargmax', true);

/**
 * Index of the smallest element along an axis, passing over NaN.
 * @throws ValueError `All-NaN slice encountered`
 * @example np.nanargmin([NaN, 1, 3]) // → array(1)
 */
export const nanargmin: ArgFunction = /*@__PURE__*/ position('nanargmin', false);

const running = (name: string, f: RunningFunction, neutral: number): RunningFunction =>
  fn<RunningFunction>(
    name,
    'a, axis=None, dtype=None, out=None',
    (a, axis, dtype, out) => {
      const v = toArray(a);
      const clean = without(v, neutral);
      const r = f(clean, axis, dtype as DTypeLike | null, out);
      if (clean !== v) discard(clean, r);
      return r;
    },
    'composite',
  );

/**
 * Cumulative sum with NaN counted as zero.
 * @throws AxisError
 * @example np.nancumsum([1, NaN, 2]) // → array([1., 1., 3.])
 */
export const nancumsum: RunningFunction = /*@__PURE__*/ running('nancumsum', cumsum, 0);

/**
 * Cumulative product with NaN counted as one.
 * @throws AxisError
 * @example np.nancumprod([2, NaN, 3]) // → array([2., 2., 6.])
 */
export const nancumprod: RunningFunction = /*@__PURE__*/ running('nancumprod', cumprod, 1);

function requireInexact(of: DType, dtype: DType | null, out: ArrayValue | null): void {
  if (of.kind === 'O') return;
  if (dtype !== null && !isInexact(dtype)) throw new TypeError('If a is inexact, then dtype must be inexact');
  if (out !== null && !isInexact(out.dtype)) throw new TypeError('If a is inexact, then out must be inexact');
}

/** Counts of the elements that take part: neither NaN nor masked out. */
function counts(
  v: ArrayValue,
  axis: number | readonly number[] | null,
  keepdims: boolean,
  where: ArrayValue | null,
): ArrayValue {
  if (where === null) return countOf(v, { what: 'notnan', axis, keepdims });
  const nan = applyRow(isnan, [v]) as ArrayValue;
  const valid = replacing(logical_not, nan);
  const both = applyRow(logical_and, [valid, broadcastTo(where, v.shape)]) as ArrayValue;
  const n = countOf(both, { what: 'nonzero', axis, keepdims });
  discard(both);
  discard(valid);
  return n;
}

/**
 * Mean along axes, passing over NaN. Of nothing: NaN, with a RuntimeWarning.
 * @throws TypeError when `dtype` or `out` is not inexact
 * @example np.nanmean([1, NaN, 3]) // → array(2.)
 */
export const nanmean: MeanFunction = /*@__PURE__*/ fn<MeanFunction>(
  'nanmean',
  'a, axis=None, dtype=None, out=None, keepdims=<no value>, *, where=<no value>',
  (a, axis, dtype, out, keepdims, where) =>
    nanMeanOf(toArray(a), axisOf(axis), dtypeOf(dtype), singleOut(out, 'nanmean'), Boolean(keepdims), maskOf(where)),
  'primitive',
);

/** Dividing by counts of zero gives the NaN that is meant, and is no error. */
const BY_COUNT = ['invalid', 'divide'] as const;

export function nanMeanOf(
  v: ArrayValue,
  axis: number | readonly number[] | null,
  dtype: DType | null,
  out: ArrayValue | null,
  keepdims: boolean,
  where: ArrayValue | null,
): ArrayValue {
  if (!isInexact(v.dtype) && v.dtype.kind !== 'O') return meanOf(v, { axis, dtype, out, keepdims, where });
  requireInexact(v.dtype, dtype, out);
  const n = counts(v, axis, keepdims, where);
  const clean = without(v, 0);
  const total = lone(reduceRow(arithmetic.add, clean, { axis, dtype, out, keepdims, initial: undefined, where }), out);
  discard(clean);
  const r = ignoring(BY_COUNT, () =>
    out !== null ? (applyRow(divide_count, [out, n], into(out)) as ArrayValue) : replacing(divide_count, total, n),
  );
  if (anyAtMost(n, 0)) warn('RuntimeWarning', 'Mean of empty slice');
  discard(n);
  return r;
}

const spread = (name: string, root: boolean): VarianceFunction =>
  fn<VarianceFunction>(
    name,
    'a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, correction=<no value>',
    (a, axis, dtype, out, ddof, keepdims, where, center, correction) => {
      const options = {
        axis: axisOf(axis),
        dtype: dtypeOf(dtype),
        out: singleOut(out, name),
        ddof: degrees(ddof, correction),
        keepdims: Boolean(keepdims),
        where: maskOf(where),
        mean: center === undefined ? null : toArray(center),
      };
      const v = toArray(a);
      const r = isInexact(v.dtype) || v.dtype.kind === 'O' ? nanVariance(v, options) : varianceOf(v, options);
      return root ? replacing(sqrt, r) : r;
    },
    'primitive',
  );

function nanVariance(v: ArrayValue, o: Parameters<typeof varianceOf>[1]): ArrayValue {
  requireInexact(v.dtype, o.dtype, o.out);
  const axes = normalizeAxes(o.axis, v.ndim);
  const n = counts(v, axes, true, o.where);
  let center = o.mean;
  if (center === null) {
    const clean = without(v, 0);
    const total = reduceRow(arithmetic.add, clean, {
      axis: axes,
      dtype: o.dtype,
      out: null,
      keepdims: true,
      initial: undefined,
      where: o.where,
    });
    discard(clean);
    center = ignoring(BY_COUNT, () => replacing(divide_count, total, n));
  }
  const x =
    v.dtype.kind === 'O'
      ? without(applyRow(arithmetic.subtract, [v, center]) as ArrayValue, 0)
      : (applyRow(deviation, [v, center]) as ArrayValue);
  if (center !== o.mean) discard(center);
  const sq = reportedAs('multiply', () => squares(x));
  discard(x);
  const sum = reduceRow(arithmetic.add, sq, {
    axis: axes,
    dtype: o.dtype,
    out: o.out,
    keepdims: o.keepdims,
    initial: undefined,
    where: o.where,
  });
  const total = lone(sum, o.out);
  discard(sq);
  const free = applyRow(arithmetic.subtract, [
    reshapeTo(n, total.shape),
    new Weak(o.ddof, Number.isInteger(o.ddof) ? 'int' : 'float'),
  ]) as ArrayValue;
  // Counts below one are bad, whatever the quotient would be: 0/0 makes them NaN.
  const bad = anyAtMost(n, o.ddof);
  let r = ignoring(BY_COUNT, () =>
    o.out !== null
      ? (applyRow(divide_count, [o.out, free], into(o.out)) as ArrayValue)
      : replacing(divide_count, total, free),
  );
  if (bad) {
    warn('RuntimeWarning', 'Degrees of freedom <= 0 for slice.');
    const fixed = applyRow(arithmetic.maximum, [free, new Weak(0, 'int')]) as ArrayValue;
    const zero = applyRow(arithmetic.multiply, [fixed, new Weak(0, 'float')]) as ArrayValue;
    const nan = ignoring(BY_COUNT, () => applyRow(arithmetic.divide, [zero, fixed]) as ArrayValue);
    // `nan` is NaN where degrees of freedom are missing and 0 elsewhere.
    r =
      o.out !== null
        ? (applyRow(arithmetic.add, [r, nan], into(r)) as ArrayValue)
        : replacing(arithmetic.add, r, withDtype(nan, r.dtype));
    for (const t of [fixed, zero, nan]) discard(t);
  }
  discard(free);
  discard(n);
  return r;
}

/**
 * Variance along axes, passing over NaN; see `var`. Where N - ddof is not positive: NaN, with a RuntimeWarning.
 * @throws TypeError when `dtype` or `out` is not inexact, ValueError when both `ddof` and `correction` are given
 * @example np.nanvar([1, NaN, 3]) // → array(1.)
 */
export const nanvar: VarianceFunction = /*@__PURE__*/ spread('nanvar', false);

/**
 * Standard deviation along axes, passing over NaN; see `std`.
 * @throws TypeError when `dtype` or `out` is not inexact, ValueError when both `ddof` and `correction` are given
 * @example np.nanstd([1, NaN, 3]) // → array(1.)
 */
export const nanstd: VarianceFunction = /*@__PURE__*/ spread('nanstd', true);
