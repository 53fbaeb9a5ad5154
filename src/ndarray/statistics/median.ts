import { assignTo, orderedStrides } from '../../core/ops/copy.js';
import { allocate, toArray } from '../../core/coerce.js';
import type { HostBuffer } from '../../core/device/device.js';
import { elementsOf } from '../../core/device/elements.js';
import { roundHalf } from '../../core/ir/evaluate.js';
import { type DType, float64, isText, isTime } from '../../core/dtype.js';
import { ValueError, warn } from '../../core/errors.js';
import { INVALID, reportFlags } from '../../core/errstate.js';
import { applyRow } from '../../core/ops/execute.js';
import { isnan } from '../../core/ops/ufuncs/logic.js';
import { reduceRow } from '../../core/ops/reduce.js';
import { add } from '../../core/ops/ufuncs/arithmetic.js';
import { copyAs } from '../../core/ops/copy.js';
import { permute, reshapeTo } from '../../core/ops/move.js';
import { laneOf, sortPlaces } from '../../core/ops/order.js';
import { less } from '../../core/python/compare.js';
import { LoneInteger } from '../../core/python/kind.js';
import { ADD, DIVIDE, operate } from '../../core/python/operators.js';
import { NAT } from '../../core/scalars/time.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, keptStrides } from '../../core/view.js';
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
import { lone } from './moments.js';
import { nanMeanOf } from './nan.js';
import { selectAll } from './select.js';
import { timeMedian } from './times.js';

/** Medians. */

/** Keywords of `median`. */
export interface MedianKeywords {
  axis?: Axis;
  out?: Out;
  /** Allows the array's memory to be used for the calculation; it is not needed here and has no effect. */
  overwrite_input?: boolean;
  keepdims?: boolean;
}
export type MedianFunction = <A extends ArrayLike>(
  a: A,
  axis?: Axis | MedianKeywords,
  out?: Out | MedianKeywords,
  overwrite_input?: boolean | MedianKeywords,
  keepdims?: boolean | MedianKeywords,
  kw?: MedianKeywords,
) => Reduced<A>;

/** Axes of a function that reduces several at once. @throws AxisError, ValueError `repeated axis` */
export function reducedAxes(axis: unknown, ndim: number): number[] {
  const given = axisOf(axis);
  if (given === null) return Array.from({ length: ndim }, (_, i) => i);
  const axes = (Array.isArray(given) ? given : [given]).map((k: number) => normalizeAxis(k, ndim));
  if (new Set(axes).size !== axes.length) throw new ValueError('repeated axis');
  return axes;
}

/** The shape of a result: the kept axes, with the reduced ones as 1 when asked for. */
export const keptShape = (shape: readonly number[], axes: readonly number[], keepdims: boolean): number[] =>
  keepdims ? shape.map((n, i) => (axes.includes(i) ? 1 : n)) : shape.filter((_, i) => !axes.includes(i));

/** Rounds to the precision that NumPy sums a dtype in. */
const rounder = (d: DType): ((x: number) => number) =>
  d.part === 'float32' ? Math.fround : d.part === 'float16' ? Math.fround : (x) => x;

/** Moves NaN to the end of a stretch; gives how many values are left before them. */
export function numbersFirst(v: Float64Array, lo: number, n: number): number {
  let count = 0;
  for (let i = lo; i < lo + n; i++) if (v[i] === v[i]) count++;
  if (count === n) return n;
  let to = lo;
  for (let i = lo; i < lo + n; i++) {
    const x = v[i];
    if (x === x) v[to++] = x;
  }
  v.fill(Number.NaN, to, lo + n);
  return count;
}

/** The median of the n values from lo on, none of which is NaN. */
function middleOf(v: Float64Array, lo: number, n: number, fit: (x: number) => number): number {
  const h = n >> 1;
  if (n % 2 === 1) {
    selectAll(v, lo, lo + n - 1, [h]);
    return v[lo + h] + 0;
  }
  selectAll(v, lo, lo + n - 1, [h - 1, h]);
  return fit(v[lo + h - 1] + v[lo + h]) / 2;
}

const wideMiddle = (v: BigInt64Array | BigUint64Array, lo: number, n: number): number => {
  const s = v.subarray(lo, lo + n).sort();
  const h = n >> 1;
  return n % 2 === 1 ? Number(s[h]) : (Number(s[h - 1]) + Number(s[h])) / 2;
};

/** Complex values of one stretch, in NumPy's order: by real part, then imaginary; those with a NaN last. Third: how many have none. */
function complexMiddle(
  v: Float64Array,
  lo: number,
  n: number,
  skipNaN: boolean,
  fit: (x: number) => number,
): [number, number, number] {
  const at = Array.from({ length: n }, (_, i) => lo + 2 * i);
  const bad = (p: number): boolean => Number.isNaN(v[p]) || Number.isNaN(v[p + 1]);
  const good = at.filter((p) => !bad(p)).sort((p, q) => v[p] - v[q] || v[p + 1] - v[q + 1]);
  if (good.length === 0 || (good.length < n && !skipNaN)) {
    // NumPy gives the value that sorts last: NaN in both halves, then in the real part, then in the imaginary part; then by the other half.
    const rank = (p: number): number => (Number.isNaN(v[p]) ? 2 : 0) + (Number.isNaN(v[p + 1]) ? 1 : 0);
    const other = (p: number): number => (Number.isNaN(v[p]) ? (Number.isNaN(v[p + 1]) ? 0 : v[p + 1]) : v[p]);
    const last = at
      .filter(bad)
      .reduce((p, q) => (rank(q) > rank(p) || (rank(q) === rank(p) && other(q) > other(p)) ? q : p));
    return [v[last], v[last + 1], good.length];
  }
  const h = good.length >> 1;
  const b = good[h];
  // A mean divides by a complex number, by which an infinite half makes the other one NaN.
  const mean = (re: number, im: number, n: number): [number, number, number] => [
    (re + im * 0) / n,
    (im - re * 0) / n,
    good.length,
  ];
  if (good.length % 2 === 1) return mean(v[b], v[b + 1], 1);
  const a = good[h - 1];
  return mean(fit(v[a] + v[b]), fit(v[a + 1] + v[b + 1]), 2);
}

function medians(
  a: ArrayValue,
  lanes: Lanes,
  put: (i: number, re: number, im?: number) => void,
  skipNaN: boolean,
): number {
  const { values, base, rows, length: n } = lanes;
  const fit = rounder(a.dtype);
  const half = a.dtype.name === 'float16';
  let empty = 0;
  for (let i = 0; i < rows; i++) {
    if (a.dtype.kind === 'c') {
      const [re, im, count] = complexMiddle(values as Float64Array, base + 2 * i * n, n, skipNaN, fit);
      if (count === 0) empty++;
      put(i, re, im);
      continue;
    }
    const lo = base + i * n;
    if (!(values instanceof Float64Array)) {
      put(i, wideMiddle(values, lo, n));
      continue;
    }
    const good = isInexact(a.dtype) ? numbersFirst(values, lo, n) : n;
    if (good === 0) empty++;
    const r = good === 0 || (good < n && !skipNaN) ? Number.NaN : middleOf(values, lo, good, fit);
    put(i, half ? roundHalf(r) : r);
  }
  return empty;
}

/** The same for objects, by their own order and arithmetic. */
function medianOfObjects(a: NDArray, axes: readonly number[], keepdims: boolean): NDArray {
  const kept = a.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const order = [...kept, ...axes];
  const turned = copyAs(permute(a, order), a.dtype, 'C');
  const n = axes.reduce((p, k) => p * a.shape[k], 1);
  const result = allocate(keptShape(a.shape, axes, keepdims), a.dtype) as NDArray;
  if (n === 0) warn('RuntimeWarning', 'Mean of empty slice');
  const { set } = elementsOf(result.buffer as HostBuffer, a.dtype);
  const w = a.dtype.itemsize;
  for (let i = 0; i < result.size; i++) {
    const lane = laneOf(turned, i * n * w, w, n);
    const places = sortPlaces(Uint32Array.from(lane.keys()), (x, y) => less(lane[x], lane[y]));
    const high = lane[places[n >> 1]];
    if (n === 0) set(i * w, Number.NaN);
    else if (n % 2 === 1) set(i * w, operate(DIVIDE, high, new LoneInteger(1)));
    else set(i * w, operate(DIVIDE, operate(ADD, lane[places[(n >> 1) - 1]], high), new LoneInteger(2)));
  }
  // One value is made an array again, whatever it is then.
  if (kept.length === 0 && keepdims) return reshapeTo(toArray([result.item()]), result.shape) as NDArray;
  return lone(result, null) as NDArray;
}

/** A warning for each NaT among medians that pass over NaT. */
function warnOfNothing(result: NDArray): void {
  const { get } = elementsOf(result.buffer as HostBuffer, result.dtype);
  for (let i = 0; i < result.size; i++)
    if (get(result.offset + i * result.dtype.itemsize) === NAT) warn('RuntimeWarning', 'All-NaN slice encountered');
}

function medianOf(
  a: NDArray,
  axis: unknown,
  out: ArrayValue | null,
  keepdims: boolean,
  skipNaN: boolean,
  by: string,
): ArrayValue {
  // Text can be put in order, but has no mean: the sum of it says so.
  if (isText(a.dtype))
    reduceRow(add, a, { axis: null, dtype: null, out: null, keepdims: false, initial: undefined, where: null });
  const axes = reducedAxes(axis, a.ndim);
  const writes = skipNaN ? 'assign' : 'reduce';
  if (isTime(a.dtype)) {
    const result = timeMedian(a, axes, keptShape(a.shape, axes, keepdims), skipNaN);
    if (skipNaN) warnOfNothing(result);
    return deliver(result, out, by, writes);
  }
  if (a.dtype.kind === 'O') return deliver(medianOfObjects(a, axes, keepdims), out, by, writes);
  const type = isInexact(a.dtype) ? a.dtype : float64;
  const result = allocate(keptShape(a.shape, axes, keepdims), type) as NDArray;
  if (result.size > 0) {
    const put = writer(result);
    const lanes = lanesOf(a, axes);
    if (lanes.length === 0) {
      warn('RuntimeWarning', 'Mean of empty slice');
      if (!skipNaN) reportFlags(INVALID, 'divide');
      for (let i = 0; i < result.size; i++) put(i, Number.NaN, Number.NaN);
    } else {
      const empty = medians(a, lanes, put, skipNaN);
      for (let i = 0; skipNaN && i < empty; i++) warn('RuntimeWarning', 'All-NaN slice encountered');
    }
    lanes.free();
  }
  // NumPy reduces a sorted copy of the array, or, passing over NaN, the array.
  const order = skipNaN ? a.strides : orderedStrides(a, 'K', 1);
  const reduced = a.shape.map((_, i) => axes.includes(i));
  const laid =
    axes.length === 1 && out === null ? keptStrides(a.shape, order, reduced, keepdims, type.itemsize) : undefined;
  if (laid === undefined) return deliver(result, out, by, writes);
  const moved = a.face.fresh(result.buffer.device.allocate(result.nbytes), type, result.shape, laid);
  assignTo(moved, result);
  result.dispose();
  return moved;
}

/**
 * Median along axes: the middle value in order of size, or the mean of the two middle ones. Integers and bool give float64. A NaN makes the
 * median NaN; of nothing it is NaN, with a RuntimeWarning.
 *
 * @throws AxisError, ValueError `repeated axis`
 * @example np.median([[10, 7, 4], [3, 2, 1]], {axis: 0}) // → array([6.5, 4.5, 2.5])
 */
export const median: MedianFunction = /*@__PURE__*/ fn<MedianFunction>(
  'median',
  'a, axis=None, out=None, overwrite_input=False, keepdims=False',
  (a, axis, out, _overwrite, keepdims) =>
    medianOf(toArray(a) as NDArray, axis, singleOut(out, 'median'), Boolean(keepdims), false, 'median'),
  'host',
);

/**
 * Median along axes, passing over NaN. Where there is nothing else: NaN, with a RuntimeWarning.
 *
 * @throws AxisError, ValueError `repeated axis`
 * @example np.nanmedian([[10, NaN, 4], [3, 2, 1]]) // → array(3.)
 */
export const nanmedian: MedianFunction = /*@__PURE__*/ fn<MedianFunction>(
  'nanmedian',
  'a, axis=None, out=None, overwrite_input=False, keepdims=<no value>',
  (a, axis, out, _overwrite, keepdims) => {
    const v = toArray(a) as NDArray;
    const target = singleOut(out, 'nanmedian');
    if (v.size === 0) return nanMeanOf(v, axisOf(axis), null, target, Boolean(keepdims), null);
    // Of text it is the search for NaN that is refused.
    if (isText(v.dtype) || v.dtype.kind === 'V') applyRow(isnan, [v]);
    return medianOf(v, axis, target, Boolean(keepdims), true, 'nanmedian');
  },
  'host',
);
