import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { accessor, forEachOffset, isHost, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import {
  asDtype,
  type DType,
  type DTypeLike,
  type DTypeName,
  float64,
  isText,
  isTime,
  type DTypeArg,
  type DTypeText,
} from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { maskBytes } from '../../core/ops/masks.js';
import { concatenateTo } from '../../core/ops/join.js';
import { broadcastTo, expandAxes, movedAxis, permute, reshapeTo, sliceAxis, withDtype } from '../../core/ops/move.js';
import { resultType, type WeakKind } from '../../core/promote.js';
import { typeName } from '../../core/python/kind.js';
import { fn } from '../../core/signature.js';
import { broadcastShapes, normalizeAxis } from '../../core/view.js';
import type { Known, NDArray } from '../ndarray.js';
import * as u from '../ufuncs.js';
import { checkDevice, newArray } from './make.js';
import { fillNumbers } from './progression.js';
import { arange } from './range.js';

/** Numbers with equal distances, or equal ratios, between two ends. */

const isNumber = (x: unknown): x is number | bigint | boolean =>
  typeof x === 'number' || typeof x === 'bigint' || typeof x === 'boolean';

/** A number of samples. @throws TypeError, ValueError `Number of samples, -2, must be non-negative.` */
function samples(num: unknown): number {
  const n = num instanceof ArrayValue ? Number(num.valueOf()) : Number(num);
  if (!Number.isInteger(n)) throw new TypeError(`'${typeName(num)}' object cannot be interpreted as an integer`);
  if (n < 0) throw new ValueError(`Number of samples, ${n}, must be non-negative.`);
  return n;
}

/** dtype that a computation with these endpoints has: always inexact. */
function inexact(ends: readonly unknown[]): DType {
  const strong: DType[] = [];
  const weak: WeakKind[] = ['float'];
  for (const e of ends) {
    if (isNumber(e)) continue;
    strong.push(toArray(e).dtype);
  }
  return resultType(strong, weak);
}

/** The first-axis grid for numbers: one loop. */
function line(
  start: number,
  stop: number,
  num: number,
  div: number,
  endpoint: boolean,
): { y: NDArray<'float64'>; step: number } {
  const y = newArray([num], float64) as NDArray<'float64'>;
  const { array, base } = typedView(y.buffer as HostBuffer, Float64Array);
  const out = array as Float64Array;
  const delta = stop - start;
  const step = div > 0 ? delta / div : Number.NaN;
  if (div > 0 && step === 0) for (let i = 0; i < num; i++) out[base + i] = (i / div) * delta + start;
  else fillNumbers(y, start, div > 0 ? step : delta);
  if (endpoint && num > 1) out[base + num - 1] = stop;
  return { y, step };
}

/** Whether any element of a readable array is zero. */
function anyZero(a: ArrayValue): boolean {
  if (a.interpreter !== null || !isHost(a.buffer)) return false;
  if (a.dtype.index < 0) return maskBytes(a, 'linspace').includes(0);
  const read = accessor(a.buffer, a.dtype.part);
  const half = a.dtype.kind === 'c' ? a.dtype.itemsize / 2 : 0;
  let found = false;
  forEachOffset(a.shape, a.strides, a.offset, (p) => {
    if (Number(read.get(p)) === 0 && Number(read.get(p + half)) === 0) found = true;
  });
  return found;
}

function spaced(
  start: unknown,
  stop: unknown,
  num: number,
  endpoint: boolean,
  dtype: DType | null,
  axis: number,
): { y: ArrayValue; step: ArrayValue } {
  const div = endpoint ? num - 1 : num;
  let y: ArrayValue;
  let step: ArrayValue;
  if (isNumber(start) && isNumber(stop)) {
    const made = line(Number(start), Number(stop), num, div, endpoint);
    y = made.y;
    step = toArray(made.step);
    normalizeAxis(axis, 1);
  } else {
    const dt = inexact([start, stop]);
    if (isTime(dt)) resultType([dt, dt], ['float']);
    const from = withDtype(toArray(start), dt);
    const to = withDtype(toArray(stop), dt);
    const delta = u.subtract(to, from) as ArrayValue;
    const places = arange(0, num, 1, dt as DType<'float64'>);
    const i = reshapeTo(places, [num, ...new Array<number>(delta.ndim).fill(1)]);
    if (div > 0) {
      step = u.divide(delta, div) as ArrayValue;
      // A step that underflows to zero would lose the difference: scale the places first.
      y = (anyZero(step) ? u.multiply(u.divide(i, div), delta) : u.multiply(i, step)) as ArrayValue;
    } else {
      step = toArray(Number.NaN);
      y = u.multiply(i, delta) as ArrayValue;
    }
    y = u.add(y, from) as ArrayValue;
    if (endpoint && num > 1) {
      const last = broadcastTo(to, y.shape.slice(1));
      y = concatenateTo([sliceAxis(y, 0, 0, num - 1), expandAxes(last, [0])], 0, dt);
    }
    const k = normalizeAxis(axis, y.ndim);
    if (k !== 0) y = permute(y, movedAxis(y.ndim, 0, k));
  }
  if (dtype !== null) {
    if (dtype.kind === 'i' || dtype.kind === 'u') y = u.floor(y) as ArrayValue;
    y = withDtype(y, dtype);
  }
  return { y, step };
}

/** Keywords of `np.linspace`. */
export interface LinspaceKeywords<N extends DTypeText = DTypeName> {
  num?: number;
  endpoint?: boolean;
  retstep?: boolean;
  dtype?: DTypeArg<N> | null;
  axis?: number;
  device?: 'cpu' | null;
}

export interface Linspace {
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    kw: LinspaceKeywords<N> & { retstep: true },
  ): [NDArray<Known<N>>, NDArray];
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num: number,
    kw: LinspaceKeywords<N> & { retstep: true },
  ): [NDArray<Known<N>>, NDArray];
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num: number,
    endpoint: boolean,
    retstep: true,
    kw?: LinspaceKeywords<N>,
  ): [NDArray<Known<N>>, NDArray];
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num?: number,
    endpoint?: boolean,
    retstep?: false,
    dtype?: DTypeArg<N> | null,
    axis?: number,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(start: ArrayLike, stop: ArrayLike, kw: LinspaceKeywords<N>): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num: number,
    kw: LinspaceKeywords<N>,
  ): NDArray<Known<N>>;
}

/**
 * `num` evenly spaced samples from `start` to `stop`, both included unless `endpoint` is false.
 *
 * @param start number or array; arrays give one line of samples for each pair of elements
 * @param axis where the samples go in the result
 * @returns the samples, or with `retstep` the pair (samples, step)
 * @throws ValueError `Number of samples, -2, must be non-negative.`
 * @example np.linspace(0, 1, 5) // → array([0.  , 0.25, 0.5 , 0.75, 1.  ])
 */
export const linspace: Linspace = /*@__PURE__*/ fn(
  'linspace',
  'start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None',
  (start, stop, num, endpoint, retstep, dtype, axis, device) => {
    checkDevice(device);
    const type = dtype === null ? null : asDtype(dtype as DTypeLike);
    const { y, step } = spaced(start, stop, samples(num), Boolean(endpoint), type, axis);
    return retstep ? [y, step] : y;
  },
);

/** Keywords of `np.logspace` and `np.geomspace`. */
export interface LogspaceKeywords<N extends DTypeText = DTypeName> {
  num?: number;
  endpoint?: boolean;
  base?: ArrayLike;
  dtype?: DTypeArg<N> | null;
  axis?: number;
}

export interface Logspace {
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num?: number,
    endpoint?: boolean,
    base?: ArrayLike,
    dtype?: DTypeArg<N> | null,
    axis?: number,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(start: ArrayLike, stop: ArrayLike, kw: LogspaceKeywords<N>): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num: number,
    kw: LogspaceKeywords<N>,
  ): NDArray<Known<N>>;
}

/**
 * Numbers spaced evenly on a log scale: `base ** linspace(start, stop, num)`.
 * @example np.logspace(0, 2, 3) // → array([  1.,  10., 100.])
 */
export const logspace: Logspace = /*@__PURE__*/ fn(
  'logspace',
  'start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0',
  (start, stop, num, endpoint, base, dtype, axis) => {
    let from = start;
    let to = stop;
    let b = base;
    if (!isNumber(base) && toArray(base).ndim > 0) {
      const all = [start, stop, base].map((e) => toArray(e));
      const nd = broadcastShapes(all.map((e) => e.shape)).length;
      const lifted = all.map((e) => reshapeTo(e, [...new Array<number>(nd - e.ndim).fill(1), ...e.shape]));
      [from, to] = lifted;
      b = expandAxes(lifted[2], [normalizeAxis(axis, nd + 1)]);
    }
    const { y } = spaced(from, to, samples(num), Boolean(endpoint), null, axis);
    const out = u.power(b, y) as ArrayValue;
    return dtype === null ? out : withDtype(out, asDtype(dtype as DTypeLike));
  },
);

export interface Geomspace {
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num?: number,
    endpoint?: boolean,
    dtype?: DTypeArg<N> | null,
    axis?: number,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    kw: Omit<LogspaceKeywords<N>, 'base'>,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    start: ArrayLike,
    stop: ArrayLike,
    num: number,
    kw: Omit<LogspaceKeywords<N>, 'base'>,
  ): NDArray<Known<N>>;
}

/**
 * Numbers in geometric progression from `start` to `stop`; complex endpoints spiral.
 *
 * @throws ValueError `Geometric sequence cannot include zero`
 * @example np.geomspace(1, 1000, 4) // → array([   1.,   10.,  100., 1000.])
 */
export const geomspace: Geomspace = /*@__PURE__*/ fn(
  'geomspace',
  'start, stop, num=50, endpoint=True, dtype=None, axis=0',
  (start, stop, num, endpoint, dtype, axis) => {
    const n = samples(num);
    const a = toArray(start);
    const b = toArray(stop);
    if (isText(a.dtype) || isText(b.dtype)) resultType([a.dtype, b.dtype], ['float']);
    if (anyZero(a) || anyZero(b)) throw new ValueError('Geometric sequence cannot include zero');
    const want = dtype === null ? null : asDtype(dtype as DTypeLike);
    const dt = resultType([a.dtype, b.dtype, want ?? float64], ['float']);
    const from = withDtype(a, dt);
    const to = withDtype(b, dt);
    // Turn the start to the positive real axis, go in a straight line in the logarithm, and turn back: reals stay exactly real.
    const turn = u.sign(from) as ArrayValue;
    const first = u.divide(from, turn) as ArrayValue;
    const last = u.divide(to, turn) as ArrayValue;
    const { y } = spaced(u.log10(first), u.log10(last), n, Boolean(endpoint), null, 0);
    let out = withDtype(u.power(10, y) as ArrayValue, dt);
    if (n > 0) {
      // exp(log(x)) need not be x: the ends are put in as they were given.
      const row = (e: ArrayValue): ArrayValue => expandAxes(broadcastTo(e, out.shape.slice(1)), [0]);
      const ends = n > 1 && endpoint;
      out = concatenateTo(
        ends ? [row(first), sliceAxis(out, 0, 1, n - 1), row(last)] : [row(first), sliceAxis(out, 0, 1, n)],
        0,
        dt,
      );
    }
    out = u.multiply(out, turn) as ArrayValue;
    const k = normalizeAxis(axis, out.ndim);
    if (k !== 0) out = permute(out, movedAxis(out.ndim, 0, k));
    return want === null ? out : withDtype(out, want);
  },
);
