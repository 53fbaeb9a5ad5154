import { allocate, toArray } from '../../core/coerce.js';
import { accessor, forEachOffset } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { type DType, float64, isText, isTime } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError, warn } from '../../core/errors.js';
import { roundHalf } from '../../core/ir/evaluate.js';
import { copyAs } from '../../core/ops/copy.js';
import { broadcastTo } from '../../core/ops/move.js';
import { applyRow } from '../../core/ops/execute.js';
import { release, Weak } from '../../core/ops/operand.js';
import { divide } from '../../core/ops/ufuncs/arithmetic.js';
import { promote } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { normalizeAxes } from '../../core/view.js';
import { singleOut } from '../ufunc.js';
import {
  type ArrayLike,
  type ArrayValue,
  type Axis,
  axisOf,
  isInexact,
  type NDArray,
  type Out,
  type Reduced,
} from './common.js';
import { deliver, type Lanes, lanesOf, writer } from './lanes.js';
import { keptShape, numbersFirst, reducedAxes } from './median.js';
import { weightsFor } from './moments.js';
import { nanMeanOf } from './nan.js';
import { METHODS, type QuantileMethod, type Rounder } from './quantile-methods.js';
import { selectAll } from './select.js';
import { timeQuantiles } from './times.js';

/** Quantiles and percentiles. */

export type QuantileMethodName =
  | 'inverted_cdf'
  | 'averaged_inverted_cdf'
  | 'closest_observation'
  | 'interpolated_inverted_cdf'
  | 'hazen'
  | 'weibull'
  | 'linear'
  | 'median_unbiased'
  | 'normal_unbiased'
  | 'lower'
  | 'higher'
  | 'midpoint'
  | 'nearest';

/** Keywords of `quantile` and `percentile`. */
export interface QuantileKeywords {
  axis?: Axis;
  out?: Out;
  /** Allows the array's memory to be used for the calculation; it is not needed here and has no effect. */
  overwrite_input?: boolean;
  /** How to choose between values; see Hyndman and Fan (1996). */
  method?: QuantileMethodName;
  keepdims?: boolean;
  /** Weights of the values, for the method 'inverted_cdf'. */
  weights?: ArrayLike | null;
}
export type QuantileFunction = <A extends ArrayLike>(
  a: A,
  q: ArrayLike,
  axis?: Axis | QuantileKeywords,
  out?: Out | QuantileKeywords,
  overwrite_input?: boolean | QuantileKeywords,
  method?: QuantileMethodName | QuantileKeywords,
  keepdims?: boolean | QuantileKeywords,
  kw?: QuantileKeywords,
) => Reduced<A>;

/** The fractions asked for. A lone number has no dtype of its own. */
interface Fractions {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  /** null: a lone number. */
  readonly dtype: DType | null;
  /** Whether they are integers, as a lone bigint is: places are whole then. */
  readonly integral: boolean;
}

function numbers(a: ArrayValue): number[] {
  const out: number[] = [];
  if (a.dtype.kind === 'O') {
    const { get } = elementsOf(a.buffer as HostBuffer, a.dtype);
    forEachOffset(a.shape, a.strides, a.offset, (p) => out.push(Number(get(p))));
    return out;
  }
  const read = accessor(a.buffer as HostBuffer, a.dtype.part);
  forEachOffset(a.shape, a.strides, a.offset, (p) => {
    out.push(Number(read.get(p)));
  });
  return out;
}

function fractions(q: unknown, percent: boolean): Fractions {
  let f: Fractions;
  if (typeof q === 'number' || typeof q === 'bigint') {
    const value = percent ? Number(q) / 100 : Number(q);
    f = { values: [value], shape: [], dtype: null, integral: typeof q === 'bigint' && !percent };
  } else {
    const given = toArray(q);
    if (isText(given.dtype))
      throw new TypeError(
        `'<=' not supported between instances of 'float' and 'numpy.${given.dtype.kind === 'U' ? 'str_' : 'bytes_'}'`,
      );
    const a = percent ? (applyRow(divide, [given, new Weak(100, 'int')]) as ArrayValue) : given;
    f = { values: numbers(a), shape: a.shape, dtype: a.dtype, integral: !isInexact(a.dtype) };
    if (a !== given) release(a);
  }
  if (!f.values.every((v) => v >= 0 && v <= 1))
    throw new ValueError(
      percent ? 'Percentiles must be in the range [0, 100]' : 'Quantiles must be in the range [0, 1]',
    );
  if (f.shape.length > 2) throw new ValueError('q must be a scalar or 1d');
  return f;
}

const exact: Rounder = (x) => x;
const rounderOf = (d: DType): Rounder =>
  d.name === 'float32' ? Math.fround : d.name === 'float16' ? roundHalf : exact;

/** b - a in the dtype of the array: integers wrap. */
function differenceIn(d: DType): (a: number, b: number) => number {
  const bits = d.itemsize * 8;
  switch (d.kind) {
    case 'b':
      return () => {
        throw new TypeError(
          'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
        );
      };
    case 'i':
      return bits > 32 ? (a, b) => b - a : (a, b) => ((b - a) << (32 - bits)) >> (32 - bits);
    case 'u':
      return bits > 32 ? (a, b) => b - a : (a, b) => ((b - a) << (32 - bits)) >>> (32 - bits);
    default: {
      const r = rounderOf(d);
      return (a, b) => r(b - a);
    }
  }
}

/** Linear interpolation in NumPy's steps, for an array's dtype and q's: from the nearer end, so that it is monotonic. */
function interpolation(
  d: DType,
  q: DType | null,
): { result: DType; lerp: (a: number, b: number, t: number) => number } {
  const result =
    q === null
      ? d.kind === 'f'
        ? d
        : float64
      : promote(isInexact(d) ? d : promote(d, float64), isInexact(q) ? q : float64);
  const r = rounderOf(result);
  const ofQ = q === null ? exact : rounderOf(q);
  const difference = differenceIn(d);
  return {
    result,
    lerp: (a, b, t) => {
      const diff = difference(a, b);
      return t >= 0.5 ? r(r(b) - r(r(diff) * r(ofQ(1 - t)))) : r(r(a) + r(r(diff) * r(t)));
    },
  };
}

/** One stretch of sorted-as-needed values, seen through a method: calls `put` with the quantile of each fraction. */
function quantilesOf(
  v: Float64Array,
  lo: number,
  n: number,
  f: Fractions,
  m: QuantileMethod,
  r: Rounder,
  lerp: (a: number, b: number, t: number) => number,
  discrete: boolean,
  put: (k: number, x: number) => void,
): void {
  const places = f.values.map((q) => m.place(n, q, r));
  const below = places.map((p) => (discrete ? p : p >= n - 1 ? n - 1 : p < 0 ? 0 : Math.floor(p)));
  const above = places.map((p, i) => (discrete || p >= n - 1 || p < 0 ? below[i] : below[i] + 1));
  const wanted = [...new Set([...below, ...above])].sort((x, y) => x - y);
  selectAll(v, lo, lo + n - 1, wanted);
  for (let k = 0; k < places.length; k++) {
    const a = v[lo + below[k]];
    if (discrete || m.part === null) {
      put(k, a);
      continue;
    }
    // NumPy counts the last place as -1 here.
    const from = places[k] >= n - 1 ? -1 : below[k];
    put(k, lerp(a, v[lo + above[k]], r(m.part(r(places[k] - from), places[k]))));
  }
}

/** The same for 64-bit integers that float64 does not hold: places are taken exactly, differences as float64. */
function wideQuantiles(
  v: BigInt64Array | BigUint64Array,
  lo: number,
  n: number,
  f: Fractions,
  m: QuantileMethod,
  r: Rounder,
  discrete: boolean,
  put: (k: number, x: number | bigint) => void,
): void {
  const s = v.subarray(lo, lo + n).sort();
  const wrap = v instanceof BigInt64Array ? (x: bigint) => BigInt.asIntN(64, x) : (x: bigint) => BigInt.asUintN(64, x);
  f.values.forEach((q, k) => {
    const place = m.place(n, q, r);
    const i = discrete ? place : place >= n - 1 ? n - 1 : place < 0 ? 0 : Math.floor(place);
    if (discrete || m.part === null) {
      put(k, s[i]);
      return;
    }
    const j = place >= n - 1 || place < 0 ? i : i + 1;
    const t = r(m.part(r(place - (place >= n - 1 ? -1 : i)), place));
    const diff = Number(wrap(s[j] - s[i]));
    put(k, t >= 0.5 ? Number(s[j]) - diff * (1 - t) : Number(s[i]) + diff * t);
  });
}

/** Weighted quantiles of one stretch: the first value at which the cumulated weight reaches the fraction. */
function weightedQuantiles(
  v: ArrayLike_,
  lo: number,
  n: number,
  w: Float64Array,
  wlo: number,
  f: Fractions,
  put: (k: number, x: number | bigint) => void,
): void {
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) =>
    v[lo + i] < v[lo + j] ? -1 : v[lo + i] > v[lo + j] ? 1 : i - j,
  );
  const cdf = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) cdf[i] = total = i === 0 ? w[wlo + order[0]] : total + w[wlo + order[i]];
  const r = f.dtype !== null && f.dtype.kind === 'f' ? rounderOf(f.dtype) : exact;
  for (let i = 0; i < n; i++) cdf[i] = r(cdf[i] / total);
  if (Number.isNaN(cdf[n - 1])) throw new ValueError('Weights included NaN, inf or were all zero.');
  // Values of no weight at the start are never chosen, not even by the fraction 0.
  for (let i = 0; i < n && cdf[i] === 0; i++) cdf[i] = -1;
  f.values.forEach((q, k) => {
    let i = 0;
    while (i < n - 1 && cdf[i] < q) i++;
    put(k, v[lo + order[i]]);
  });
}
type ArrayLike_ = Float64Array | BigInt64Array | BigUint64Array;

interface Request {
  readonly q: Fractions;
  readonly axis: unknown;
  readonly out: ArrayValue | null;
  readonly method: string;
  readonly keepdims: boolean;
  readonly weights: ArrayValue | null;
  readonly skipNaN: boolean;
  readonly by: string;
}

function compute(a: NDArray, o: Request): ArrayValue {
  const { q } = o;
  const m = METHODS[o.method];
  if (m === undefined || !Object.hasOwn(METHODS, o.method)) {
    throw new ValueError(
      `'${o.method}' is not a valid method. Use one of: dict_keys([${Object.keys(METHODS)
        .map((k) => `'${k}'`)
        .join(', ')}])`,
    );
  }
  if (isText(a.dtype)) {
    const name = `'numpy.${a.dtype.kind === 'U' ? 'str_' : 'bytes_'}'`;
    throw new TypeError(`unsupported operand type(s) for -: ${name} and ${name}`);
  }
  const axes = reducedAxes(o.axis, a.ndim);
  if (isTime(a.dtype)) {
    const shape = keptShape(a.shape, axes, o.keepdims);
    return deliver(timeQuantiles(a, q, axes, shape, o.skipNaN, m), o.out, o.by);
  }
  const whole = m.part === null || (o.method === 'linear' && q.integral);
  const discrete = whole || o.weights !== null;
  const { result: type, lerp } = interpolation(a.dtype, q.dtype);
  if (!discrete && a.dtype.kind === 'b' && a.shape[axes[0] ?? 0] !== 0) lerp(0, 0, 0);
  const kept = keptShape(a.shape, axes, o.keepdims);
  const out = allocate([...q.shape, ...kept], discrete ? a.dtype : type) as NDArray;
  const lanes = lanesOf(a, axes);
  const { values, base, rows, length: n } = lanes;
  if (n === 0) {
    lanes.free();
    throw new IndexError(`index ${isInexact(a.dtype) ? -1 : 0} is out of bounds for axis 0 with size 0`);
  }
  let weights: Lanes | null = null;
  if (o.weights !== null) weights = lanesOf(broadcastTo(o.weights, a.shape), axes);
  const write = writer(out);
  const r = q.dtype === null ? exact : rounderOf(q.dtype);
  const count = q.values.length;
  const floats = isInexact(a.dtype);
  const toType = rounderOf(out.dtype);
  const wide = out.dtype.itemsize === 8 && (out.dtype.kind === 'i' || out.dtype.kind === 'u');
  let empty = 0;
  for (let i = 0; i < rows && count > 0; i++) {
    const lo = base + i * n;
    const put = (k: number, x: number | bigint): void =>
      write(k * rows + i, typeof x === 'bigint' ? x : wide ? BigInt(x) : toType(x));
    let good = n;
    if (floats) {
      const v = values as Float64Array;
      if (weights !== null && o.skipNaN)
        good = dropWithWeights(v, lo, n, weights.values as Float64Array, weights.base + i * n);
      else good = weights === null ? numbersFirst(v, lo, n) : v.subarray(lo, lo + n).some(Number.isNaN) ? 0 : n;
      if (good === 0 || (good < n && !o.skipNaN)) {
        if (good === 0) empty++;
        for (let k = 0; k < count; k++) put(k, Number.NaN);
        continue;
      }
    }
    if (weights !== null)
      weightedQuantiles(values, lo, good, weights.values as Float64Array, weights.base + i * n, q, put);
    else if (values instanceof Float64Array) quantilesOf(values, lo, good, q, m, r, lerp, whole, put);
    else wideQuantiles(values, lo, good, q, m, r, whole, put);
  }
  lanes.free();
  weights?.free();
  if (o.skipNaN && empty > 0) warn('RuntimeWarning', 'All-NaN slice encountered');
  return deliver(out, o.out, o.by, o.skipNaN ? 'assign' : whole ? 'take' : 'add');
}

/** Closes the gaps that NaN leave, in values and weights alike. */
function dropWithWeights(v: Float64Array, lo: number, n: number, w: Float64Array, wlo: number): number {
  let to = 0;
  for (let i = 0; i < n; i++) {
    const x = v[lo + i];
    if (x !== x) continue;
    v[lo + to] = x;
    w[wlo + to] = w[wlo + i];
    to++;
  }
  return to;
}

const SIGNATURE = (keepdims: string): string =>
  `a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=${keepdims}, *, weights=None`;

const quantiles = (name: string, percent: boolean, skipNaN: boolean): QuantileFunction =>
  fn<QuantileFunction>(
    name,
    SIGNATURE(skipNaN ? '<no value>' : 'False'),
    (a, q, axis, out, _overwrite, method, keepdims, weights) => {
      const v = toArray(a) as NDArray;
      if (v.dtype.kind === 'c') throw new TypeError('a must be an array of real numbers');
      const f = fractions(q, percent);
      let w: ArrayValue | null = null;
      if (weights !== null) {
        if (method !== 'inverted_cdf')
          throw new ValueError(`Only method 'inverted_cdf' supports weights. Got: ${String(method)}.`);
        const ax = axisOf(axis);
        w = weightsFor(v, weights, ax === null ? null : normalizeAxes(ax, v.ndim));
        if (w.dtype.kind === 'O') w = copyAs(w, float64);
        if (numbers(w).some((x) => x < 0)) throw new ValueError('Weights must be non-negative.');
      }
      const target = singleOut(out, name);
      if (skipNaN && v.size === 0) return nanMeanOf(v, axisOf(axis), null, target, Boolean(keepdims), null);
      return compute(v, {
        q: f,
        axis,
        out: target,
        method,
        keepdims: Boolean(keepdims),
        weights: w,
        skipNaN,
        by: name,
      });
    },
    'host',
  );

/**
 * Quantiles along axes: the values below which the fractions q of the data lie.
 *
 * The shape of q comes first in the result. A lone number keeps the dtype of floats; integers give float64, except with the methods
 * that choose one of the values. A NaN makes the quantile NaN.
 *
 * @param q fractions between 0 and 1
 * @throws ValueError `Quantiles must be in the range [0, 1]`, TypeError for complex numbers
 * @example np.quantile([[10, 7, 4], [3, 2, 1]], 0.5, {axis: 0}) // → array([6.5, 4.5, 2.5])
 */
export const quantile: QuantileFunction = /*@__PURE__*/ quantiles('quantile', false, false);

/**
 * Percentiles along axes: {@link quantile} with q in hundredths.
 *
 * @param q numbers between 0 and 100
 * @throws ValueError `Percentiles must be in the range [0, 100]`, TypeError for complex numbers
 * @example np.percentile([1, 2, 3, 4], [25, 75]) // → array([1.75, 3.25])
 */
export const percentile: QuantileFunction = /*@__PURE__*/ quantiles('percentile', true, false);

/**
 * Quantiles along axes, passing over NaN; see {@link quantile}. Where there is nothing else: NaN, with a RuntimeWarning.
 *
 * @throws ValueError `Quantiles must be in the range [0, 1]`, TypeError for complex numbers
 * @example np.nanquantile([1, NaN, 3], 0.5) // → array(2.)
 */
export const nanquantile: QuantileFunction = /*@__PURE__*/ quantiles('nanquantile', false, true);

/**
 * Percentiles along axes, passing over NaN; see {@link percentile}. Where there is nothing else: NaN, with a RuntimeWarning.
 *
 * @throws ValueError `Percentiles must be in the range [0, 100]`, TypeError for complex numbers
 * @example np.nanpercentile([1, NaN, 3], 50) // → array(2.)
 */
export const nanpercentile: QuantileFunction = /*@__PURE__*/ quantiles('nanpercentile', true, true);
