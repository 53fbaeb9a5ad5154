import { isCContiguous } from '../../core/array.js';
import { allocate, toArray } from '../../core/coerce.js';
import { accessor, CONTAINER, type TypedArray, typedView } from '../../core/device/access.js';
import { kernels } from '../../core/device/cpu/gemm.js';
import type { HostBuffer } from '../../core/device/device.js';
import { complex128, type DType, float64, isText } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { elementsOf } from '../../core/device/elements.js';
import { copyAs } from '../../core/ops/copy.js';
import { laneOf } from '../../core/ops/order.js';
import { ADD, MULTIPLY, operate } from '../../core/python/operators.js';
import { release } from '../../core/ops/operand.js';
import { promote } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import type { ArrayLike, ArrayValue, NDArray } from './common.js';
import { productOfTimes } from '../contraction/times.js';
import { writer } from './lanes.js';

/** Sliding products of two sequences. */

/** `full`: wherever the sequences overlap; `same`: the length of the longer; `valid`: wherever they overlap completely. */
export type SlidingMode = 'full' | 'same' | 'valid';
export type SlidingFunction = (a: ArrayLike, v: ArrayLike, mode?: SlidingMode | { mode?: SlidingMode }) => NDArray;

const MODES: readonly SlidingMode[] = ['valid', 'same', 'full'];

function modeOf(mode: unknown): SlidingMode {
  if ((typeof mode === 'number' || typeof mode === 'bigint') && MODES[Number(mode)] !== undefined)
    return MODES[Number(mode)];
  if (typeof mode === 'string') {
    const found = MODES.find((m) => m === mode);
    if (found !== undefined) return found;
  }
  if (mode === null || typeof mode === 'object') throw new TypeError('convolve/correlate mode not understood');
  throw new ValueError(`mode must be one of 'valid', 'same', or 'full' (got '${String(mode)}')`);
}

function sequence(x: unknown): ArrayValue {
  const a = toArray(x);
  if (a.ndim > 1) throw new ValueError('object too deep for desired array');
  if (isText(a.dtype)) throw new ValueError('data type must provide an itemsize');
  return a;
}

/** Values of a sequence in a dtype that JavaScript computes with: float64 (pairs for complex), or bigints for 64-bit integers. */
function load(a: ArrayValue, type: DType): { values: TypedArray; base: number; address: number; free: () => void } {
  const wide = type.itemsize === 8 && (type.kind === 'i' || type.kind === 'u');
  const d = type.kind === 'c' ? complex128 : wide ? type : float64;
  // What lies as it must is read in its place.
  const there = a.dtype === d && isCContiguous(a) && a.offset % d.itemsize === 0;
  const c =
    there && Number.isInteger(typedView(a.buffer as HostBuffer, CONTAINER[d.part]).base) ? a : copyAs(a, d, 'C');
  const { array, base } = typedView(c.buffer as HostBuffer, CONTAINER[c.dtype.part]);
  const { address } = c.buffer as HostBuffer;
  return {
    values: array,
    base: base + c.offset / array.BYTES_PER_ELEMENT,
    address: address < 0 ? -1 : address + c.offset,
    free: () => {
      if (c !== a) release(c);
    },
  };
}

/** Σ_j a[t - (m - 1) + j] v[j] for t of the mode's range, where a is the longer one. */
function slide(a: ArrayValue, v: ArrayValue, mode: SlidingMode, conjugate: boolean, reverse: boolean): NDArray {
  const counted = productOfTimes(a, v, (x, y) => slide(x, y, mode, conjugate, reverse));
  if (counted !== null) return counted as NDArray;
  const type = promote(a.dtype, v.dtype);
  const n = a.size;
  const m = v.size;
  const [first, count] =
    mode === 'full' ? [0, n + m - 1] : mode === 'same' ? [m - 1 - (m >> 1), n] : [m - 1, n - m + 1];
  const out = allocate([count], type) as NDArray;
  if (type.kind === 'O') {
    const [x, y] = [a, v].map((s) => laneOf(copyAs(s, type, 'C'), 0, type.itemsize, s.size));
    const { set } = elementsOf(out.buffer as HostBuffer, type);
    for (let k = 0; k < count; k++) {
      const t = first + k;
      let s: unknown = 0n;
      const from = Math.max(0, m - 1 - t);
      for (let j = from; j < Math.min(m, n + m - 1 - t); j++) {
        const term = operate(MULTIPLY, x[t - (m - 1) + j], y[j]);
        s = j === from ? term : operate(ADD, s, term);
      }
      set((reverse ? count - 1 - k : k) * type.itemsize, s);
    }
    return out;
  }
  const put = writer(out);
  const x = load(a, type);
  const y = load(v, type);
  const at = (k: number): number => (reverse ? count - 1 - k : k);
  // Where the shorter one lies within the longer one, four sums are made at a time.
  const inner = type === float64 ? Math.max(0, m - 1 - first) : count;
  const within = type === float64 ? Math.max(0, Math.min(count, n - first) - inner) & ~3 : 0;
  const [xa, ya, za] = [x.address, y.address, (out.buffer as HostBuffer).address];
  if (within > 0 && !reverse && xa >= 0 && ya >= 0 && za >= 0)
    // Two vectors of neighbouring sums at a time, as a product of a vector with a matrix whose rows lie one element apart.
    kernels('f64').columns(ya, 8, xa + 8 * (first + inner - (m - 1)), 8, za + 8 * inner, within, m, 1);
  else if (within > 0)
    insideTerms(
      x.values as Float64Array,
      y.values as Float64Array,
      x.base + first + inner - (m - 1),
      y.base,
      m,
      within,
      typedView(out.buffer as HostBuffer, Float64Array),
      at(inner),
      reverse ? -1 : 1,
    );
  for (let k = 0; k < count; k++) {
    if (k === inner && within > 0) {
      k += within - 1;
      continue;
    }
    const t = first + k;
    const from = Math.max(0, m - 1 - t);
    const to = Math.min(m, n + m - 1 - t);
    const p = x.base + t - (m - 1);
    if (type.kind === 'c')
      complexTerm(
        x.values as Float64Array,
        y.values as Float64Array,
        x.base + 2 * (t - (m - 1)),
        y.base,
        from,
        to,
        conjugate,
        at(k),
        put,
      );
    else if (x.values instanceof Float64Array) {
      const s =
        type.kind === 'i' || type.kind === 'u'
          ? wrappedTerm(x.values, y.values as Float64Array, p, y.base, from, to)
          : plainTerm(x.values, y.values as Float64Array, p, y.base, from, to);
      put(at(k), type.kind === 'b' ? Number(s !== 0) : s);
    } else {
      let s = 0n;
      for (let j = from; j < to; j++) s += (x.values[p + j] as bigint) * (y.values[y.base + j] as bigint);
      put(at(k), type.kind === 'u' ? BigInt.asUintN(64, s) : BigInt.asIntN(64, s));
    }
  }
  x.free();
  y.free();
  return out;
}

function plainTerm(x: Float64Array, y: Float64Array, p: number, q: number, from: number, to: number): number {
  let s = 0;
  for (let j = from; j < to; j++) s += x[p + j] * y[q + j];
  return s;
}

/** `count` (a multiple of four) sums of m products each, written to `out` from element `to` on, or backwards. */
function insideTerms(
  x: Float64Array,
  y: Float64Array,
  p: number,
  q: number,
  m: number,
  count: number,
  out: { array: TypedArray; base: number },
  to: number,
  step: number,
): void {
  const d = out.array as Float64Array;
  for (let k = 0, i = out.base + to; k < count; k += 4, i += 4 * step) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0, r = p + k; j < m; j++, r++) {
      const v = y[q + j];
      s0 += x[r] * v;
      s1 += x[r + 1] * v;
      s2 += x[r + 2] * v;
      s3 += x[r + 3] * v;
    }
    d[i] = s0;
    d[i + step] = s1;
    d[i + 2 * step] = s2;
    d[i + 3 * step] = s3;
  }
}

/** Integers up to 32 bits, modulo 2^32: the typed array that takes the sum cuts it to its width. */
function wrappedTerm(x: Float64Array, y: Float64Array, p: number, q: number, from: number, to: number): number {
  let s = 0;
  for (let j = from; j < to; j++) s = (s + Math.imul(x[p + j], y[q + j])) | 0;
  return s;
}

function complexTerm(
  x: Float64Array,
  y: Float64Array,
  p: number,
  q: number,
  from: number,
  to: number,
  conjugate: boolean,
  k: number,
  put: (i: number, re: number, im: number) => void,
): void {
  let re = 0;
  let im = 0;
  for (let j = from; j < to; j++) {
    const [a, b, c] = [x[p + 2 * j], x[p + 2 * j + 1], y[q + 2 * j]];
    const d = conjugate ? -y[q + 2 * j + 1] : y[q + 2 * j + 1];
    re += a * c - b * d;
    im += a * d + b * c;
  }
  put(k, re, im);
}

/** A view that runs backwards. */
const backwards = (a: ArrayValue): ArrayValue =>
  a.ndim === 0 ? a : a.face.view(a, a.dtype, a.shape, [-a.strides[0]], a.offset + (a.shape[0] - 1) * a.strides[0]);

/**
 * Discrete convolution of two sequences.
 *
 * @param mode 'full' (the default), 'same' or 'valid'
 * @throws ValueError for empty sequences, more than one axis, or an unknown mode
 * @example np.convolve([1, 2, 3], [0, 1, 0.5]) // → array([0. , 1. , 2.5, 4. , 1.5])
 */
export const convolve: SlidingFunction = /*@__PURE__*/ fn<SlidingFunction>(
  'convolve',
  "a, v, mode='full'",
  (x, y, mode) => {
    let a = sequence(x);
    let v = sequence(y);
    if (a.size === 0) throw new ValueError('a cannot be empty');
    if (v.size === 0) throw new ValueError('v cannot be empty');
    if (v.size > a.size) [a, v] = [v, a];
    return slide(a, backwards(v), modeOf(mode), false, false);
  },
  'host',
);

/**
 * Cross-correlation of two sequences: c[k] = Σ a[n + k]·conj(v[n]).
 *
 * @param mode 'valid' (the default), 'same' or 'full'
 * @throws ValueError for empty sequences, more than one axis, or an unknown mode
 * @example np.correlate([1, 2, 3], [0, 1, 0.5]) // → array([3.5])
 */
export const correlate: SlidingFunction = /*@__PURE__*/ fn<SlidingFunction>(
  'correlate',
  "a, v, mode='valid'",
  (x, y, mode) => {
    const a = sequence(x);
    const v = sequence(y);
    const m = modeOf(mode);
    if (a.size === 0) throw new ValueError('first array argument cannot be empty');
    if (v.size === 0) throw new ValueError('second array argument cannot be empty');
    if (v.size <= a.size) return slide(a, v, m, true, false);
    // The longer one slides under the shorter; results come out backwards, with the other operand conjugated.
    return conjugated(slide(v, a, m, true, true));
  },
  'host',
);

/** In place. */
function conjugated(a: NDArray): NDArray {
  if (a.dtype.kind !== 'c') return a;
  const at = accessor(a.buffer as HostBuffer, a.dtype.part);
  const half = a.dtype.itemsize / 2;
  for (let i = 0; i < a.size; i++)
    at.set(i * a.dtype.itemsize + half, -(at.get(i * a.dtype.itemsize + half) as number));
  return a;
}
