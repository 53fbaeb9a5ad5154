import { isCContiguous } from '../../core/array.js';
import { allocate, toArray } from '../../core/coerce.js';
import { accessor, typedView } from '../../core/device/access.js';
import { countAt, countingBytes, countingKernels } from '../../core/device/cpu/counting.js';
import { withScratch } from '../../core/device/cpu/scratch.js';
import type { HostBuffer } from '../../core/device/device.js';
import { complex128, float64, int64, isText } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { applyRow } from '../../core/ops/execute.js';
import { searchNumbersByKey } from '../../core/ops/search.js';
import { release, Weak } from '../../core/ops/operand.js';
import { subtract } from '../../core/ops/ufuncs/arithmetic.js';
import { canCast } from '../../core/promote.js';
import { typeName } from '../../core/python/kind.js';
import { fn } from '../../core/signature.js';
import { type ArrayLike, type ArrayValue, type NDArray, sizeOf } from './common.js';
import { searchIn } from '../sorting/search.js';
import { writer } from './lanes.js';
import { refuseTimes } from './times.js';

/** Counting into bins, and reading between points. */

/** The values of an array as float64 numbers in C order. */
export function floats(a: ArrayValue): Float64Array {
  return floatsOf(a).slice();
}

/** The same, to be read at once: the array's own memory where it lies so. */
export function floatsOf(a: ArrayValue): Float64Array {
  if (a.dtype === float64 && isCContiguous(a) && a.offset % 8 === 0) {
    const { array, base } = typedView(a.buffer as HostBuffer, Float64Array);
    if (Number.isInteger(base))
      return (array as Float64Array).subarray(base + a.offset / 8, base + a.offset / 8 + a.size);
  }
  const c = copyAs(a, float64, 'C');
  const { array, base } = typedView(c.buffer as HostBuffer, Float64Array);
  const at = base + c.offset / 8;
  const out = (array as Float64Array).slice(at, at + a.size);
  release(c);
  return out;
}

/** @throws TypeError for objects, which are not safely numbers */
function refuseObjects(arrays: readonly ArrayValue[]): void {
  for (const a of arrays)
    if (a.dtype.kind === 'O')
      throw new TypeError(
        `Cannot cast array data from ${a.dtype.repr()} to ${float64.repr()} according to the rule 'safe'`,
      );
}

/** Sums of weights at int64 places below 2^31, read as pairs of words. */
function sumsAt(w: Int32Array, at: number, by: Float64Array, sums: Float64Array): void {
  for (let i = 0, q = at; i < by.length; i++, q += 2) sums[w[q]] += by[i];
}
function extentOfWords(w: Int32Array, at: number, n: number): number {
  let top = -1;
  let wide = 0;
  for (let i = 0, q = at; i < n; i++, q += 2) {
    const low = w[q];
    wide |= w[q + 1] | (low & -2147483648);
    if (low > top) top = low;
  }
  return wide === 0 ? top : -2;
}
function tallyAt(w: Int32Array, at: number, n: number, bins: number): Int32Array {
  // Counters of neighbours lie apart: a counter that was written a moment ago is slow to read.
  const count = new Int32Array(bins);
  const other = bins <= 65536 ? new Int32Array(bins) : count;
  let q = at;
  for (let i = 1; i < n; i += 2, q += 4) {
    count[w[q]]++;
    other[w[q + 2]]++;
  }
  if (n % 2 === 1) count[w[q]]++;
  if (other !== count) for (let k = 0; k < bins; k++) count[k] += other[k];
  return count;
}

/** Counts of int64 numbers in the heap; null where they are elsewhere, or some cannot be counted. */
function countsInHeap(v: ArrayValue, least: number): NDArray | null {
  const { address } = v.buffer as HostBuffer;
  if (!(address >= 0) || v.size === 0) return null;
  const most = countingKernels().extent(address + v.offset, v.size);
  if (most < 0) return null;
  const bins = Math.max(most + 1, least);
  const out = allocate([bins], int64) as NDArray;
  const to = (out.buffer as HostBuffer).address;
  const done =
    to >= 0 &&
    withScratch(countingBytes(bins), (scratch) => countAt(address + v.offset, v.size, bins, to + out.offset, scratch));
  if (done) return out;
  release(out);
  return null;
}

/** The least (at most 0) and the largest (at least -1) of some numbers. */
function extent(at: Float64Array): [number, number] {
  let top = -1;
  let least = 0;
  for (let i = 0; i < at.length; i++) {
    const k = at[i];
    if (k > top) top = k;
    if (k < least) least = k;
  }
  return [least, top];
}

function tally(at: Float64Array, count: Float64Array): void {
  for (let i = 0; i < at.length; i++) count[at[i]]++;
}

/** @throws TypeError for text, which is no number without being asked to be */
function refuseText(a: ArrayValue): void {
  if (isText(a.dtype))
    throw new TypeError(
      `Cannot cast array data from ${a.dtype.repr()} to dtype('float64') according to the rule 'safe'`,
    );
}

/** The values as pairs of float64 numbers in C order. */
function pairs(a: ArrayValue): Float64Array {
  const c = copyAs(a, complex128, 'C');
  const v = new Float64Array(2 * a.size);
  const read = accessor(c.buffer as HostBuffer, 'float64');
  for (let i = 0; i < v.length; i++) v[i] = read.get(c.offset + 8 * i) as number;
  release(c);
  return v;
}

/** A fresh array of numbers. */
export function int64Of(values: ArrayLike_<number>, shape: readonly number[]): NDArray {
  const out = allocate(shape, int64) as NDArray;
  const { array, base } = typedView(out.buffer as HostBuffer, Int32Array);
  const words = array as Int32Array;
  const n = sizeOf(shape);
  for (let i = 0, p = base; i < n; i++, p += 2) {
    words[p] = values[i];
    words[p + 1] = Math.floor(values[i] / 4294967296);
  }
  return out;
}
interface ArrayLike_<T> {
  readonly [i: number]: T;
}
export function float64Of(values: Float64Array, shape: readonly number[]): NDArray {
  const out = allocate(shape, float64) as NDArray;
  const { array, base } = typedView(out.buffer as HostBuffer, Float64Array);
  (array as Float64Array).set(values, base);
  return out;
}

/** One weight for each element. @throws TypeError for what is no float64, ValueError for another length */
function weightsFor(weights: unknown, v: ArrayValue): Float64Array {
  const w = toArray(weights);
  if (!canCast(w.dtype, float64, 'safe'))
    throw new TypeError(
      `Cannot cast array data from ${w.dtype.repr()} to ${float64.repr()} according to the rule 'safe'`,
    );
  if (w.size !== v.size || w.ndim !== 1) throw new ValueError("The weights and list don't have the same length.");
  return floatsOf(w);
}

/** Keywords of `bincount`. */
export interface BincountKeywords {
  weights?: ArrayLike | null;
  /** The least number of bins. */
  minlength?: number;
}
export type BincountFunction = (
  x: ArrayLike,
  weights?: ArrayLike | null | BincountKeywords,
  minlength?: number | BincountKeywords,
  kw?: BincountKeywords,
) => NDArray;

/**
 * Counts how often each non-negative integer occurs, or sums up the weights of its occurrences.
 *
 * @returns bin i holds the count (int64) or the sum of weights (float64) of the integer i
 * @throws ValueError for negative integers or weights of another length; TypeError for arrays of floats
 * @example np.bincount([0, 1, 1, 3]) // → array([1, 2, 0, 1])
 */
export const bincount: BincountFunction = /*@__PURE__*/ fn<BincountFunction>(
  'bincount',
  'x, /, weights=None, minlength=0',
  (x, weights, minlength) => {
    let v = toArray(x);
    if (v.ndim !== 1)
      throw new ValueError(
        v.ndim === 0 ? 'object of too small depth for desired array' : 'object too deep for desired array',
      );
    if (v.size > 0 && !'iub'.includes(v.dtype.kind)) {
      if (!Array.isArray(x))
        throw new TypeError(
          `Cannot cast array data from ${v.dtype.repr()} to ${int64.repr()} according to the rule 'safe'`,
        );
      if (v.dtype.kind !== 'f' || !floats(v).every(Number.isInteger)) {
        v = toArray(x, int64);
        warn(
          'DeprecationWarning',
          'Non-integer input passed to bincount. In a future version of NumPy, this will be an error. (Deprecated NumPy 2.1)',
        );
      }
    }
    if (!Number.isInteger(Number(minlength)))
      throw new TypeError(`'${typeName(minlength)}' object cannot be interpreted as an integer`);
    if (minlength < 0) throw new ValueError("'minlength' must not be negative");
    if (v.dtype.kind !== 'f') {
      const there = v.dtype === int64 && isCContiguous(v);
      const quick = there && weights === null ? countsInHeap(v, Number(minlength)) : null;
      if (quick !== null) return quick;
      const c = copyAs(v, int64, 'C');
      const view = typedView(c.buffer as HostBuffer, Int32Array);
      const words = view.array as Int32Array;
      const start = view.base + c.offset / 4;
      const most = extentOfWords(words, start, v.size);
      const bins = Math.max(most + 1, Number(minlength));
      const by = weights === null || most < 0 ? null : weightsFor(weights, v);
      const found =
        most < -1 ? null : by === null ? int64Of(tallyAt(words, start, v.size, bins), [bins]) : new Float64Array(bins);
      if (found instanceof Float64Array) sumsAt(words, start, by as Float64Array, found);
      release(c);
      if (found !== null) return found instanceof Float64Array ? float64Of(found, [bins]) : found;
    }
    const at = floats(v);
    const [least, top] = extent(at);
    if (least < 0) throw new ValueError("'list' argument must have no negative elements");
    const n = Math.max(top + 1, Number(minlength));
    // More than any typed array holds: the error of memory that cannot be had.
    if (n > 2 ** 31) allocate([n], int64);
    if (weights === null || at.length === 0) {
      const count = new Float64Array(n);
      tally(at, count);
      return int64Of(count, [n]);
    }
    const by = weightsFor(weights, v);
    const sums = new Float64Array(n);
    for (let i = 0; i < at.length; i++) sums[at[i]] += by[i];
    return float64Of(sums, [n]);
  },
  'host',
);

/** How many of the ascending edges lie before x: below it, or also at it. NaN comes after everything. */
export function rank(edges: Float64Array, x: number, inclusive: boolean): number {
  let lo = 0;
  let hi = edges.length;
  while (lo < hi) {
    const m = (lo + hi) >>> 1;
    const e = edges[m];
    const before = Number.isNaN(x) ? !Number.isNaN(e) || inclusive : inclusive ? e <= x : e < x;
    if (before) lo = m + 1;
    else hi = m;
  }
  return lo;
}

/** The same for many numbers. */
export function ranks(edges: Float64Array, xs: Float64Array, inclusive: boolean): ArrayLike_<number> {
  const few = xs.length < 32 || xs.length < edges.length >> 4;
  return (few ? null : searchNumbersByKey(edges, xs, inclusive)) ?? xs.map((x) => rank(edges, x, inclusive));
}

/** Keywords of `digitize`. */
export interface DigitizeKeywords {
  /** Whether bins include their right edge instead of their left one. */
  right?: boolean;
}
export type DigitizeFunction = (
  x: ArrayLike,
  bins: ArrayLike,
  right?: boolean | DigitizeKeywords,
  kw?: DigitizeKeywords,
) => NDArray;

/**
 * Index of the bin to which each value belongs: i for bins[i-1] <= x < bins[i], 0 below all of them. Bins may ascend or descend.
 *
 * @returns int64, in the shape of `x`
 * @throws ValueError when bins are not monotonic, TypeError for complex numbers
 * @example np.digitize([0.2, 6.4, 3.0], [0, 1, 2.5, 4, 10]) // → array([1, 4, 3])
 */
export const digitize: DigitizeFunction = /*@__PURE__*/ fn<DigitizeFunction>(
  'digitize',
  'x, bins, right=False',
  (x, bins, right) => {
    const v = toArray(x);
    const b = toArray(bins);
    if (v.dtype.kind === 'c') throw new TypeError('x may not be complex');
    if (!canCast(b.dtype, float64, 'safe'))
      throw new TypeError(
        `Cannot cast array data from ${b.dtype.repr()} to ${float64.repr()} according to the rule 'safe'`,
      );
    if (b.ndim !== 1)
      throw new ValueError(
        b.ndim === 0 ? 'object of too small depth for desired array' : 'object too deep for desired array',
      );
    const edges = floats(b);
    let up = true;
    let down = true;
    for (let i = 1; i < edges.length; i++) {
      if (edges[i] < edges[i - 1]) up = false;
      if (edges[i] > edges[i - 1]) down = false;
    }
    if (!up && !down) throw new ValueError('bins must be monotonically increasing or decreasing');
    const n = edges.length;
    // As `searchsorted` compares: integers as integers, beyond 2^53 too.
    const ascending = up ? b : b.face.view(b, b.dtype, b.shape, [-b.strides[0]], b.offset + (n - 1) * b.strides[0]);
    const found = searchIn(ascending, x, right ? 'left' : 'right', null);
    return up ? found : (applyRow(subtract, [new Weak(n, 'int'), found]) as NDArray);
  },
  'host',
);

/** Keywords of `interp`. */
export interface InterpKeywords {
  /** The value for x < xp[0]; fp[0] unless given. */
  left?: number | null;
  /** The value for x > xp[-1]; fp[-1] unless given. */
  right?: number | null;
  /** Reads x and xp as angles of this period. */
  period?: number | null;
}
export type InterpFunction = (
  x: ArrayLike,
  xp: ArrayLike,
  fp: ArrayLike,
  left?: number | null | InterpKeywords,
  right?: number | null | InterpKeywords,
  period?: number | null | InterpKeywords,
  kw?: InterpKeywords,
) => NDArray;

const mod = (x: number, p: number): number => {
  const r = x % p;
  return r !== 0 && r < 0 !== p < 0 ? r + p : r;
};

function interpolate(
  x: Float64Array,
  xp: Float64Array,
  fp: Float64Array,
  left: number,
  right: number,
  y: Float64Array,
): void {
  const put = (i: number, value: number): void => {
    y[i] = value;
  };
  const n = xp.length;
  const places = ranks(xp, x, true);
  for (let i = 0; i < x.length; i++) {
    const v = x[i];
    if (v !== v) put(i, v);
    else if (n === 1) put(i, v < xp[0] ? left : v > xp[0] ? right : fp[0]);
    else if (v > xp[n - 1]) put(i, right);
    else if (v < xp[0]) put(i, left);
    else {
      const j = places[i] - 1;
      // At a point its own value: a slope beside it may not be finite.
      if (j >= n - 1 || xp[j] === v) put(i, fp[Math.min(j, n - 1)]);
      else {
        const slope = (fp[j + 1] - fp[j]) / (xp[j + 1] - xp[j]);
        let at = slope * (v - xp[j]) + fp[j];
        if (at !== at) {
          at = slope * (v - xp[j + 1]) + fp[j + 1];
          if (at !== at && fp[j] === fp[j + 1]) at = fp[j];
        }
        put(i, at);
      }
    }
  }
}

/**
 * Linear interpolation of a function given at ascending points.
 *
 * @param xp the points; with `period` in any order
 * @param fp the values there, real or complex
 * @returns float64 (complex128 for complex values), in the shape of `x`
 * @throws ValueError `fp and xp are not of the same length.`, `array of sample points is empty`
 * @example np.interp(2.5, [1, 2, 3], [3, 2, 0]) // → array(1.)
 */
export const interp: InterpFunction = /*@__PURE__*/ fn<InterpFunction>(
  'interp',
  'x, xp, fp, left=None, right=None, period=None',
  (x, points, values, left, right, period) => {
    const v = toArray(x);
    const p = toArray(points);
    const f = toArray(values);
    for (const e of [p, f, v]) refuseText(e);
    const complex = f.dtype.kind === 'c';
    refuseTimes(f, p, v);
    refuseObjects([v, p, f]);
    let xs = floatsOf(v);
    let xp = floats(p);
    let parts = complex ? pairs(f) : floats(f);
    const width = complex ? 2 : 1;
    if (p.ndim !== 1 || f.ndim !== 1)
      throw new ValueError(
        period !== null
          ? 'Data points must be 1-D sequences'
          : p.ndim === 0 || f.ndim === 0
            ? 'object of too small depth for desired array'
            : 'object too deep for desired array',
      );
    if (p.shape[0] !== f.shape[0] && (period !== null || p.size > 0))
      throw new ValueError(`fp and xp are not of the same length${period !== null ? '' : '.'}`);
    if (p.size === 0) throw new ValueError('array of sample points is empty');
    const ends = [left, right].map((e) => (e === null || period !== null ? null : toArray(e)));
    if (period !== null) {
      if (period === 0) throw new ValueError('period must be a non-zero value');
      const t = Math.abs(Number(period));
      xs = xs.map((e) => mod(e, t));
      const turned = xp.map((e) => mod(e, t));
      const order = Array.from(turned.keys()).sort((i, j) => turned[i] - turned[j] || i - j);
      const n = order.length;
      const round = [order[n - 1], ...order, order[0]];
      xp = Float64Array.from(round, (k, i) => turned[k] + (i === 0 ? -t : i === n + 1 ? t : 0));
      const old = parts;
      parts = new Float64Array(width * round.length);
      for (let i = 0; i < round.length; i++)
        for (let c = 0; c < width; c++) parts[width * i + c] = old[width * round[i] + c];
    }
    const results: Float64Array[] = [];
    const n = xp.length;
    for (let c = 0; c < width; c++) {
      const fp = complex ? Float64Array.from({ length: n }, (_, i) => parts[2 * i + c]) : parts;
      const [lo, hi] = ends.map((e, k) =>
        e === null ? fp[k === 0 ? 0 : n - 1] : complex ? pairs(e)[c] : floats(e)[0],
      );
      const r = new Float64Array(xs.length);
      interpolate(xs, xp, fp, lo, hi, r);
      results.push(r);
    }
    if (!complex) return float64Of(results[0], v.shape);
    const out = allocate(v.shape, complex128) as NDArray;
    const put = writer(out);
    for (let i = 0; i < xs.length; i++) put(i, results[0][i], results[1][i]);
    return out;
  },
  'host',
);
