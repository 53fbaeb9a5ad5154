import { type ArrayValue, isCContiguous } from '../../core/array.js';
import { type ArrayLike, fromScalar, toArray } from '../../core/coerce.js';
import { halfToNumber, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { bool, type DType, float64, int64, isTime, objectDtype, uint8, uint64 } from '../../core/dtype.js';
import { DTypePromotionError, TypeError, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { searchElements } from '../../core/ops/order.js';
import { release } from '../../core/ops/operand.js';
import { searchElementsByKey } from '../../core/ops/search.js';
import { keyed } from '../../core/ops/sort.js';
import { promote } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { announce } from '../../core/transfers.js';
import { asNDArray, type NDArray } from '../ndarray.js';
import { componentsOf, indexArray, positions } from './flat.js';

/** Binary search in sorted arrays. */

export type Side = 'left' | 'right';
type Order = Float64Array | null;

/** Whether number x is in front of y: NaN is behind all numbers. */
const before = (x: number, y: number): boolean => x < y || (y !== y && x === x);

/** From so many keys on kernels search. */
const MANY = 32;

/** Positions of the keys `v` among the sorted elements of `a`; both contiguous, of one dtype. `sorter` lists places in a. */
export function search(a: ArrayValue, v: ArrayValue, right: boolean, sorter: Order): Uint32Array {
  if (a.dtype.part === undefined)
    return searchElements(a, v, right, sorter === null ? (i) => i : (i) => place(sorter, i, a.size));
  if (a.dtype.kind === 'c') return searchComplex(a, v, right, sorter);
  if (sorter === null && v.size >= MANY) {
    const found = searchElementsByKey(a, v, right);
    if (found !== null) return found;
  }
  if (a.dtype === int64 || a.dtype === uint64) return searchWide(a, v, right, sorter);
  return searchNumbers(a, v, right, sorter);
}

function place(sorter: Float64Array, i: number, n: number): number {
  const p = sorter[i];
  if (p < 0 || p >= n) throw new ValueError('Sorter index out of range.');
  return p;
}

function searchNumbers(a: ArrayValue, v: ArrayValue, right: boolean, sorter: Order): Uint32Array {
  const half = a.dtype.part === 'float16';
  const x = componentsOf(a);
  const y = componentsOf(v);
  const xs = x.array as Float64Array;
  const ys = y.array as Float64Array;
  const n = a.size;
  const out = new Uint32Array(v.size);
  let last = Number.NaN;
  let lo = 0;
  let hi = n;
  for (let i = 0; i < out.length; i++) {
    const key = half ? halfToNumber(ys[y.at + i]) : ys[y.at + i];
    // Keys that come in order leave only one side to search.
    if (i > 0 && (before(last, key) || key === last)) hi = n;
    else lo = 0;
    if (i === 0) hi = n;
    else if (lo === 0 && hi < n) hi = Math.min(n, hi + 1);
    last = key;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      const at = x.at + (sorter === null ? mid : place(sorter, mid, n));
      const e = half ? halfToNumber(xs[at]) : xs[at];
      if (right ? !before(key, e) : before(e, key)) lo = mid + 1;
      else hi = mid;
    }
    out[i] = lo;
  }
  return out;
}

/** 64-bit integers, as two words: the high one with its sign, if there is one. */
function searchWide(a: ArrayValue, v: ArrayValue, right: boolean, sorter: Order): Uint32Array {
  const lows = typedView(a.buffer as HostBuffer, Uint32Array);
  const signed = a.dtype === int64;
  const Word = signed ? Int32Array : Uint32Array;
  const lo32 = lows.array as Uint32Array;
  const hi32 = typedView(a.buffer as HostBuffer, Word).array as Int32Array;
  const vlo32 = typedView(v.buffer as HostBuffer, Uint32Array).array as Uint32Array;
  const vviews = typedView(v.buffer as HostBuffer, Word);
  const vhi32 = vviews.array as Int32Array;
  const x0 = lows.base + a.offset / 4;
  const y0 = vviews.base + v.offset / 4;
  const n = a.size;
  const out = new Uint32Array(v.size);
  for (let i = 0; i < out.length; i++) {
    const kl = vlo32[y0 + 2 * i];
    const kh = vhi32[y0 + 2 * i + 1];
    let lo = 0;
    let hi = n;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      const at = x0 + 2 * (sorter === null ? mid : place(sorter, mid, n));
      const el = lo32[at];
      const eh = hi32[at + 1];
      const go = right ? eh < kh || (eh === kh && el <= kl) : eh < kh || (eh === kh && el < kl);
      if (go) lo = mid + 1;
      else hi = mid;
    }
    out[i] = lo;
  }
  return out;
}

/** Order of complex numbers: those without NaN by real, then imaginary part; then NaN as the imaginary part, as the real one, as both. */
function complexBefore(ar: number, ai: number, br: number, bi: number): boolean {
  const ca = (ar !== ar ? 2 : 0) + (ai !== ai ? 1 : 0);
  const cb = (br !== br ? 2 : 0) + (bi !== bi ? 1 : 0);
  if (ca !== cb) return ca < cb;
  if (ar < br) return true;
  return (ar === br || ar !== ar) && ai < bi;
}

function searchComplex(a: ArrayValue, v: ArrayValue, right: boolean, sorter: Order): Uint32Array {
  const x = componentsOf(a);
  const y = componentsOf(v);
  const xs = x.array as Float64Array;
  const ys = y.array as Float64Array;
  const n = a.size;
  const out = new Uint32Array(v.size);
  for (let i = 0; i < out.length; i++) {
    const kr = ys[y.at + 2 * i];
    const ki = ys[y.at + 2 * i + 1];
    let lo = 0;
    let hi = n;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      const at = x.at + 2 * (sorter === null ? mid : place(sorter, mid, n));
      if (right ? !complexBefore(kr, ki, xs[at], xs[at + 1]) : complexBefore(xs[at], xs[at + 1], kr, ki)) lo = mid + 1;
      else hi = mid;
    }
    out[i] = lo;
  }
  return out;
}

/** The array contiguous and in a dtype: itself, or a temporary. */
export function prepared(a: ArrayValue, d: DType, temporaries: ArrayValue[]): ArrayValue {
  // Truth values are made 0 and 1: their memory may hold other bytes.
  if (a.dtype === d && isCContiguous(a) && d !== bool) return a;
  announce(a.dtype === d ? 'order' : 'dtype', a.size * d.itemsize, a.dtype.name, d.name);
  const out = copyAs(a, d === bool ? uint8 : d, 'C');
  temporaries.push(out);
  return out;
}

/** The dtype in which elements are compared: what has none in common is compared as objects. */
function comparedAs(a: DType, v: DType): DType {
  try {
    return promote(a, v);
  } catch (e) {
    if (e instanceof DTypePromotionError) return objectDtype;
    throw e;
  }
}

/** Keywords of `searchsorted`. */
export interface SearchKeywords {
  side?: Side;
  /** Places in `a` in order of its elements, as `argsort` gives them, where `a` itself is not sorted. */
  sorter?: ArrayLike | null;
}
export type SearchSorted = (
  a: ArrayLike,
  v: ArrayLike,
  side?: Side | SearchKeywords,
  sorter?: ArrayLike | null | SearchKeywords,
  kw?: SearchKeywords,
) => NDArray;

/** The body of `searchsorted`. */
export function searchIn(x: unknown, w: unknown, side: unknown, given: unknown): NDArray {
  if (side !== 'left' && side !== 'right')
    throw new ValueError(`search side must be 'left' or 'right' (got '${String(side)}')`);
  const a = asNDArray(x);
  // An integer beside an array of integers stands for itself, also where float64 could not tell its neighbours apart.
  const whole = (typeof w === 'number' && Number.isSafeInteger(w)) || typeof w === 'bigint';
  const v = asNDArray(
    whole && (a.dtype.kind === 'i' || a.dtype.kind === 'u' || a.dtype.kind === 'm')
      ? fromScalar(BigInt(w as number), w < 0 || a.dtype !== uint64 ? int64 : uint64)
      : w,
  );
  if (a.ndim > 1) throw new ValueError('object too deep for desired array');
  if (a.ndim < 1) throw new ValueError('object of too small depth for desired array');
  let sorter: Order = null;
  if (given !== null && given !== undefined) {
    const s = toArray(given);
    const whole = s.dtype.kind === 'i' || s.dtype.kind === 'u';
    // Numbers in a list are float64, and integers all the same.
    const listed = Array.isArray(given) && s.dtype === float64;
    const numbers = whole || listed ? positions(s) : null;
    if (numbers === null || (listed && !numbers.every(Number.isInteger)))
      throw new TypeError('sorter must only contain integers');
    if (s.size !== a.size) throw new ValueError('sorter.size must equal a.size');
    sorter = numbers;
  }
  const d = comparedAs(a.dtype, v.dtype);
  const temporaries: ArrayValue[] = [];
  const table = prepared(a, d, temporaries);
  const keys = prepared(v, d, temporaries);
  const found = isTime(d)
    ? search(keyed(table), keyed(keys), side === 'right', sorter)
    : search(table, keys, side === 'right', sorter);
  for (const t of temporaries) release(t);
  return indexArray(found, v.shape);
}

/**
 * Where elements would go in a sorted array: i such that a[i-1] < v <= a[i] (side 'left') or a[i-1] <= v < a[i] (side 'right').
 * NaN counts as larger than all numbers. The result is int64, of the shape of `v`.
 * @throws ValueError when `a` does not have one dimension
 * @example np.searchsorted([1, 2, 3], [2, 5]) // → array([1, 3])
 */
export const searchsorted: SearchSorted & FunctionFacts = /*@__PURE__*/ fn<SearchSorted>(
  'searchsorted',
  "a, v, side='left', sorter=None",
  searchIn,
  'host',
);
