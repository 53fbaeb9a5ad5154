import { toArray } from '../../core/coerce.js';
import { accessor } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { type DType, type DTypeLike, float32, float64, isTime, complex128 } from '../../core/dtype.js';
import { TypeError, ValueError, warn, ZeroDivisionError } from '../../core/errors.js';
import { floatErrors } from '../../core/errstate.js';
import { countOf } from '../../core/ops/fold.js';
import { likeOrder, squaredDeviations } from '../../core/ops/deviations.js';
import { broadcastTo, castTo, permute, reshapeTo, withDtype } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import type { UfuncRow } from '../../core/ops/row.js';
import { applyRow, type UfuncOptions } from '../../core/ops/execute.js';
import { type UfuncOperand, Weak } from '../../core/ops/operand.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { sqrt } from '../../core/ops/ufuncs/elementary.js';
import {
  divide_count,
  divide_count_half,
  divide_count_half_scalar,
  square_magnitude,
} from '../../core/ops/ufuncs/shaping.js';
import { promote, resultType } from '../../core/promote.js';
import { isNumberKind, kindOf } from '../../core/python/kind.js';
import { fn } from '../../core/signature.js';
import { normalizeAxes, sameShape } from '../../core/view.js';
import { maskOf, singleOut } from '../ufunc.js';
import {
  type ArrayLike,
  type ArrayValue,
  type Axis,
  axisOf,
  countAlong,
  discard,
  dtypeOf,
  NDArray,
  type Out,
  readable,
  type Reduced,
  sizeOf,
} from './common.js';

/** Means, variances and standard deviations, to the bit as NumPy makes them. */

export const into = (out: ArrayValue): UfuncOptions => ({
  out: [out],
  where: null,
  dtype: null,
  signature: null,
  casting: 'unsafe',
  order: 'K',
});
const PLAIN_REDUCE = { axis: null, dtype: null, out: null, keepdims: false, initial: undefined, where: null } as const;

/** Applies a row whose first operand is a temporary: in its place for arrays, into fresh memory for classes that never write. */
export function replacing(row: UfuncRow, a: ArrayValue, ...rest: UfuncOperand[]): ArrayValue {
  if (a instanceof NDArray && a.size === 1 && a.dtype.kind === 'f' && a.dtype.itemsize > 2 && !floatErrors.watching) {
    // One element: the kernel's launch would cost more than all the rest.
    const by = rest[0];
    const n = rest.length === 1 && by instanceof Weak ? Number(by.value) : null;
    if (row === sqrt || (row === divide_count && n !== null)) {
      const at = accessor(a.buffer as HostBuffer, a.dtype.part);
      const v = at.get(a.offset) as number;
      at.set(a.offset, row === sqrt ? Math.sqrt(v) : v / (n as number));
      return a;
    }
  }
  if (!(a instanceof NDArray)) return applyRow(row, [a, ...rest]) as ArrayValue;
  // What is made of inexact numbers here goes back into them without being forced to, which is quicker to find.
  const options = into(a);
  const inexact = a.dtype.kind === 'f' || a.dtype.kind === 'c';
  return applyRow(row, [a, ...rest], inexact ? { ...options, casting: 'same_kind' } : options) as ArrayValue;
}

/** How many elements are reduced: a number, or for a mask an int64 array with its own count for each result. */
export type Count = number | ArrayValue;

export function countWhere(v: ArrayValue, axes: readonly number[], mask: ArrayValue | null, keepdims: boolean): Count {
  if (mask === null) return countAlong(v, axes);
  return countOf(broadcastTo(mask, v.shape), { what: 'nonzero', axis: axes, keepdims });
}

/** Whether any count is at most `limit`; false where counts cannot be looked at. */
export function anyAtMost(count: Count, limit: number): boolean {
  if (typeof count === 'number') return count <= limit;
  if (count.size === 0 || !readable(count)) return false;
  const least = reduceRow(arithmetic.minimum, count, PLAIN_REDUCE);
  const n = Number(least.valueOf());
  discard(least);
  return n <= limit;
}

const weak = (n: number): Weak => new Weak(n, Number.isInteger(n) ? 'int' : 'float');
const operandOf = (c: Count): UfuncOperand => (typeof c === 'number' ? weak(c) : c);

/** The dtype in which a mean is summed. */
const sumType = (d: DType, asked: DType | null): DType | null =>
  asked ?? (d.kind === 'b' || d.kind === 'i' || d.kind === 'u' ? float64 : null);

export interface MomentOptions {
  readonly axis: number | readonly number[] | null;
  readonly dtype: DType | null;
  readonly out: ArrayValue | null;
  readonly keepdims: boolean;
  readonly where: ArrayValue | null;
}

/** The mean of an array value. */
export function meanOf(v: ArrayValue, { axis, dtype, out, keepdims, where }: MomentOptions): ArrayValue {
  const axes = normalizeAxes(axis, v.ndim);
  const count = countWhere(v, axes, where, keepdims);
  if (anyAtMost(count, 0)) warn('RuntimeWarning', 'Mean of empty slice');
  // Half precision is summed in single precision, and so is its mean unless the result has a place already.
  const half = dtype === null && v.dtype.name === 'float16';
  const total = reduceRow(arithmetic.add, v, {
    axis,
    dtype: half ? float32 : sumType(v.dtype, dtype),
    out,
    keepdims,
    initial: undefined,
    where,
  });
  const by = operandOf(count);
  if (total.dtype.kind === 'O' && out === null) return replacing(divide_count, lone(total, out), by);
  if (out !== null) return applyRow(divide_count, [out, by], into(out)) as ArrayValue;
  if (!half) return replacing(divide_count, total, by);
  const r = applyRow(total.ndim === 0 ? divide_count_half_scalar : divide_count_half, [total, by]) as ArrayValue;
  discard(total);
  return r;
}

/** Keywords of `mean`. */
export interface MeanKeywords {
  axis?: Axis;
  dtype?: DTypeLike | null;
  out?: Out;
  keepdims?: boolean;
  where?: ArrayLike;
}
export type MeanFunction = <A extends ArrayLike>(
  a: A,
  axis?: Axis | MeanKeywords,
  dtype?: DTypeLike | null | MeanKeywords,
  out?: Out | MeanKeywords,
  keepdims?: boolean | MeanKeywords,
  kw?: MeanKeywords,
) => Reduced<A>;

/**
 * Arithmetic mean along axes.
 *
 * Integers and bool are averaged in float64, float16 in float32 with a float16 result; other dtypes in themselves. Of nothing: NaN, with
 * a RuntimeWarning.
 *
 * @returns an array without the axes (0-d for all of them)
 * @throws AxisError, ValueError `duplicate value in 'axis'`
 * @example np.mean([[1, 2], [3, 4]], {axis: 0}) // → array([2., 3.])
 */
export const mean: MeanFunction = /*@__PURE__*/ fn<MeanFunction>(
  'mean',
  'a, axis=None, dtype=None, out=None, keepdims=<no value>, *, where=<no value>',
  (a, axis, dtype, out, keepdims, where) =>
    meanOf(toArray(a), {
      axis: axisOf(axis),
      dtype: dtypeOf(dtype),
      out: singleOut(out, 'mean'),
      keepdims: Boolean(keepdims),
      where: maskOf(where),
    }),
  'primitive',
);

export interface VarianceOptions extends MomentOptions {
  readonly ddof: number;
  /** A mean that is known already, in the shape that `keepdims` gives. */
  readonly mean: ArrayValue | null;
}

/** |x|²; of objects, their products with their conjugates. */
export function squares(x: ArrayValue): ArrayValue {
  if (x.dtype.kind !== 'O') return applyRow(square_magnitude, [x]) as ArrayValue;
  const other = applyRow(arithmetic.conjugate, [x]) as ArrayValue;
  const r = applyRow(arithmetic.multiply, [x, other]) as ArrayValue;
  discard(other);
  return r;
}

/**
 * A fold of objects to a single one: in NumPy no array but the object itself, so that a number among them is divided as NumPy's own are.
 * @throws TypeError for text
 */
export function lone(total: ArrayValue, out: ArrayValue | null): ArrayValue {
  if (total.dtype.kind !== 'O' || total.ndim > 0 || out !== null || !(total instanceof NDArray)) return total;
  const v: unknown = total.item();
  const k = kindOf(v);
  if (k === 'str')
    throw new TypeError(
      "ufunc 'divide' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''",
    );
  if (!isNumberKind(k)) return total;
  return castTo(total, k === 'complex' ? complex128 : float64);
}

/** Σ|v - mean|² in two passes over memory: for layouts, masks and classes that the fused fold does not take. */
function squaredSum(v: ArrayValue, center: ArrayValue, type: DType | null, o: MomentOptions): ArrayValue {
  const laid =
    v instanceof NDArray &&
    sameShape(
      center.shape,
      v.shape.map((n, i) => (center.shape[i] === 1 ? 1 : n)),
    )
      ? likeOrder(center, v)
      : center;
  const x = applyRow(arithmetic.subtract, [v, laid]) as ArrayValue;
  const sq = squares(x);
  discard(x);
  if (laid !== center) discard(laid);
  const r = reduceRow(arithmetic.add, sq, {
    axis: o.axis,
    dtype: type,
    out: o.out,
    keepdims: o.keepdims,
    initial: undefined,
    where: o.where,
  });
  discard(sq);
  return r;
}

/** The variance of an array value. */
export function varianceOf(v: ArrayValue, o: VarianceOptions): ArrayValue {
  const { axis, out, keepdims, where, ddof } = o;
  const axes = normalizeAxes(axis, v.ndim);
  const count = countWhere(v, axes, where, keepdims);
  if (anyAtMost(count, ddof)) warn('RuntimeWarning', 'Degrees of freedom <= 0 for slice');
  const type = sumType(v.dtype, o.dtype);
  if (isTime(v.dtype))
    applyRow(arithmetic.square, [v.dtype.kind === 'M' ? (applyRow(arithmetic.add, [v, v]) as ArrayValue) : v]);
  let center = o.mean;
  if (center === null) {
    const total = reduceRow(arithmetic.add, v, {
      axis,
      dtype: type,
      out: null,
      keepdims: true,
      initial: undefined,
      where,
    });
    const by = typeof count === 'number' ? count : reshapeTo(count, total.shape);
    center = replacing(divide_count, total, operandOf(by));
  }
  const expected = v.shape.map((n, i) => (axes.includes(i) ? 1 : n));
  let r: ArrayValue | null = null;
  // Errors are told of the passes that NumPy makes.
  if (
    !floatErrors.watching &&
    out === null &&
    where === null &&
    v instanceof NDArray &&
    center instanceof NDArray &&
    v.size > 0 &&
    v.dtype.kind !== 'O' &&
    sameShape(center.shape, expected)
  ) {
    r = squaredDeviations(v, center, axes, type, keepdims);
  }
  r ??= lone(squaredSum(v, center, type, { axis, dtype: type, out, keepdims, where }), out);
  if (center !== o.mean) discard(center);
  let by: UfuncOperand;
  if (typeof count === 'number') by = weak(Math.max(count - ddof, 0));
  else {
    const free = applyRow(arithmetic.subtract, [count, weak(ddof)]) as ArrayValue;
    by = applyRow(arithmetic.maximum, [free, weak(0)]) as ArrayValue;
    discard(free);
  }
  return out !== null ? (applyRow(divide_count, [out, by], into(out)) as ArrayValue) : replacing(divide_count, r, by);
}

/** ddof from its two names. @throws ValueError when both are given */
export function degrees(ddof: unknown, correction: unknown): number {
  if (correction === undefined) return Number(ddof);
  if (Number(ddof) !== 0) throw new ValueError("ddof and correction can't be provided simultaneously.");
  return Number(correction);
}

/** Keywords of `var` and `std`. */
export interface VarianceKeywords extends MeanKeywords {
  /** The sum of squares is divided by N - ddof. */
  ddof?: number;
  /** The mean, when it is known, with the reduced axes kept. */
  mean?: ArrayLike;
  /** The Array API's name for ddof. */
  correction?: number;
}
export type VarianceFunction = <A extends ArrayLike>(
  a: A,
  axis?: Axis | VarianceKeywords,
  dtype?: DTypeLike | null | VarianceKeywords,
  out?: Out | VarianceKeywords,
  ddof?: number | VarianceKeywords,
  keepdims?: boolean | VarianceKeywords,
  kw?: VarianceKeywords,
) => Reduced<A>;

const SPREAD =
  'a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, correction=<no value>';

const spread = (name: string, finish: (v: ArrayValue) => ArrayValue): VarianceFunction =>
  fn<VarianceFunction>(
    name,
    SPREAD,
    (a, axis, dtype, out, ddof, keepdims, where, center, correction) =>
      finish(
        varianceOf(toArray(a), {
          axis: axisOf(axis),
          dtype: dtypeOf(dtype),
          out: singleOut(out, name),
          ddof: degrees(ddof, correction),
          keepdims: Boolean(keepdims),
          where: maskOf(where),
          mean: center === undefined ? null : toArray(center),
        }),
      ),
    'primitive',
  );

/**
 * Variance along axes: the mean of |x - mean|², with N - ddof in place of N.
 *
 * Integers and bool are computed in float64; complex numbers give a real variance. A RuntimeWarning when N - ddof is not positive.
 *
 * @throws ValueError when both `ddof` and `correction` are given, AxisError
 * @example np.var([1, 2, 3, 4]) // → array(1.25)
 */
export const var_: VarianceFunction = /*@__PURE__*/ spread('var', (v) => v);

/**
 * Standard deviation along axes: the square root of {@link var_}.
 *
 * @throws ValueError when both `ddof` and `correction` are given, AxisError
 * @example np.std([[1, 2], [3, 4]], {axis: 1, ddof: 1}) // → array([0.70710678, 0.70710678])
 */
export const std: VarianceFunction = /*@__PURE__*/ spread('std', (v) => replacing(sqrt, v));

/** Keywords of `average`. */
export interface AverageKeywords {
  axis?: Axis;
  weights?: ArrayLike | null;
  /** Gives [average, sum of weights]. */
  returned?: boolean;
  keepdims?: boolean;
}
export interface AverageFunction {
  <A extends ArrayLike>(a: A, kw: AverageKeywords & { returned: true }): [Reduced<A>, Reduced<A>];
  <A extends ArrayLike>(a: A, axis: Axis, weights: ArrayLike | null, returned: true): [Reduced<A>, Reduced<A>];
  <A extends ArrayLike>(
    a: A,
    axis?: Axis | AverageKeywords,
    weights?: ArrayLike | null | AverageKeywords,
    returned?: boolean | AverageKeywords,
    kw?: AverageKeywords,
  ): Reduced<A>;
}

/** Weights in the shape of `a`, or one that broadcasts to it. */
export function weightsFor(a: ArrayValue, weights: unknown, axis: Axis): ArrayValue {
  const w = toArray(weights);
  if (sameShape(a.shape, w.shape)) return w;
  if (axis === null) throw new TypeError('Axis must be specified when shapes of a and weights differ.');
  const axes = normalizeAxes(axis, a.ndim);
  if (
    !sameShape(
      w.shape,
      axes.map((k) => a.shape[k]),
    )
  )
    throw new ValueError('Shape of weights must be consistent with shape of a along specified axis.');
  const order = axes.map((_, i) => i).sort((i, j) => axes[i] - axes[j]);
  return reshapeTo(
    permute(w, order),
    a.shape.map((n, i) => (axes.includes(i) ? n : 1)),
  );
}

/** Whether a 0-d or larger result holds a zero, where it can be seen. */
function hasZero(v: ArrayValue): boolean {
  if (!readable(v)) return false;
  const n = countOf(v, { what: 'nonzero', axis: null, keepdims: false });
  const zeros = v.size - Number(n.valueOf());
  discard(n);
  return zeros > 0;
}

/**
 * Weighted average along axes: Σ a·w / Σ w. Integers are averaged in float64.
 *
 * @returns the average, or [average, sum of weights] when `returned`
 * @throws ZeroDivisionError when weights sum to zero; TypeError, ValueError when the weights' shape does not fit
 * @example np.average([1, 2, 3, 4], {weights: [4, 3, 2, 1]}) // → array(2.)
 */
export const average: AverageFunction = /*@__PURE__*/ fn<AverageFunction>(
  'average',
  'a, axis=None, weights=None, returned=False, *, keepdims=<no value>',
  (a, axis, weights, returned, keepdims) => {
    const v = toArray(a);
    const ax = axisOf(axis);
    const along = ax === null ? null : normalizeAxes(ax, v.ndim);
    const keep = Boolean(keepdims);
    let avg: ArrayValue;
    let scale: ArrayValue | null = null;
    if (weights === null) {
      avg = meanOf(v, { axis: along, dtype: null, out: null, keepdims: keep, where: null });
      // NumPy reads the scale, a float, in the dtype of the mean.
      if (isTime(v.dtype)) throw new ValueError('Could not convert object to NumPy timedelta');
      if (returned) scale = withDtype(toArray(v.size / sizeOf(avg.shape)), avg.dtype);
    } else {
      const w = weightsFor(v, weights, along);
      if (isTime(v.dtype)) resultType([v.dtype, w.dtype, float64]);
      const type =
        v.dtype.kind === 'f' || v.dtype.kind === 'c'
          ? promote(v.dtype, w.dtype)
          : promote(promote(v.dtype, w.dtype), float64);
      const reduce = { axis: along, out: null, keepdims: keep, initial: undefined, where: null };
      scale = reduceRow(arithmetic.add, w, { ...reduce, dtype: type });
      if (hasZero(scale)) throw new ZeroDivisionError("Weights sum to zero, can't be normalized");
      const product = applyRow(arithmetic.multiply, [v, w], {
        out: null,
        where: null,
        dtype: type,
        signature: null,
        casting: 'same_kind',
        order: 'K',
      }) as ArrayValue;
      const total = reduceRow(arithmetic.add, product, { ...reduce, dtype: null });
      discard(product);
      avg = applyRow(arithmetic.divide, [total, scale]) as ArrayValue;
      discard(total);
    }
    if (!returned) return avg;
    const s = scale as ArrayValue;
    return [avg, sameShape(s.shape, avg.shape) ? s : applyRow(arithmetic.positive, [broadcastTo(s, avg.shape)])];
  },
  'primitive',
);
