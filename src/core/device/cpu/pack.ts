import type { TypedArray } from '../access.js';

/**
 * Between arrays as they lie in memory and the packed panels of gemm.ts. Packing reads through tables of offsets, one for each of the
 * two axes, so that strided, transposed and interleaved operands cost what contiguous ones cost.
 *
 * The functions for 4 and 8 bytes are written apart so that each only ever sees one class of typed array, which is what
 * makes engines compile them well.
 */
export type Offsets = Int32Array | Float64Array;

/** Where a panel is read from: base + major[i] + minor[k], in elements; majors from `from` to `to` become tiles of `width`. */
export interface Window {
  readonly base: number;
  readonly major: Offsets;
  readonly from: number;
  readonly to: number;
  readonly minor: Offsets;
  readonly k0: number;
  readonly k1: number;
  readonly width: number;
}

/** Eight-byte elements. */
export function packDoubles(dst: Float64Array, at: number, src: Float64Array, w: Window): void {
  const { base, major, from, to, minor, k0, k1, width } = w;
  let p = at;
  for (let i = from; i < to; i += width) {
    if (i + 4 <= to && width === 4) {
      const r0 = base + major[i];
      const r1 = base + major[i + 1];
      const r2 = base + major[i + 2];
      const r3 = base + major[i + 3];
      for (let k = k0; k < k1; k++) {
        const o = minor[k];
        dst[p] = src[r0 + o];
        dst[p + 1] = src[r1 + o];
        dst[p + 2] = src[r2 + o];
        dst[p + 3] = src[r3 + o];
        p += 4;
      }
    } else {
      const n = Math.min(width, to - i);
      for (let k = k0; k < k1; k++) {
        const o = base + minor[k];
        for (let j = 0; j < n; j++) dst[p + j] = src[major[i + j] + o];
        for (let j = n; j < width; j++) dst[p + j] = 0;
        p += width;
      }
    }
  }
}

/** Four-byte elements, whatever they are: their bits are moved. */
export function packWords(dst: Int32Array, at: number, src: Int32Array, w: Window): void {
  const { base, major, from, to, minor, k0, k1, width } = w;
  let p = at;
  for (let i = from; i < to; i += width) {
    if (i + width <= to) {
      for (let j = 0; j < width; j += 4) {
        const r0 = base + major[i + j];
        const r1 = base + major[i + j + 1];
        const r2 = base + major[i + j + 2];
        const r3 = base + major[i + j + 3];
        let q = p + j;
        for (let k = k0; k < k1; k++) {
          const o = minor[k];
          dst[q] = src[r0 + o];
          dst[q + 1] = src[r1 + o];
          dst[q + 2] = src[r2 + o];
          dst[q + 3] = src[r3 + o];
          q += width;
        }
      }
      p += (k1 - k0) * width;
    } else {
      const n = to - i;
      for (let k = k0; k < k1; k++) {
        const o = base + minor[k];
        for (let j = 0; j < n; j++) dst[p + j] = src[major[i + j] + o];
        for (let j = n; j < width; j++) dst[p + j] = 0;
        p += width;
      }
    }
  }
}

/** 64-bit integers, as pairs of words: a float64 could not be trusted to carry their bits. Offsets still count elements. */
export function packWide(dst: Int32Array, at: number, src: Int32Array, w: Window): void {
  const { base, major, from, to, minor, k0, k1, width } = w;
  let p = at * 2;
  for (let i = from; i < to; i += width) {
    const n = Math.min(width, to - i);
    for (let k = k0; k < k1; k++) {
      const o = base + minor[k];
      for (let j = 0; j < n; j++) {
        const q = (major[i + j] + o) * 2;
        dst[p] = src[q];
        dst[p + 1] = src[q + 1];
        p += 2;
      }
      for (let j = n; j < width; j++) {
        dst[p] = 0;
        dst[p + 1] = 0;
        p += 2;
      }
    }
  }
}

/** Narrow integers and bool, widened to 32 bits. */
export function packNarrow(dst: Int32Array, at: number, src: TypedArray, w: Window, bool: boolean): void {
  const { base, major, from, to, minor, k0, k1, width } = w;
  const s = src as Int8Array;
  let p = at;
  for (let i = from; i < to; i += width) {
    const n = Math.min(width, to - i);
    for (let k = k0; k < k1; k++) {
      const o = base + minor[k];
      for (let j = 0; j < n; j++) {
        const v = s[major[i + j] + o];
        dst[p + j] = bool ? (v !== 0 ? 1 : 0) : v;
      }
      for (let j = n; j < width; j++) dst[p + j] = 0;
      p += width;
    }
  }
}

/** float16, widened to float32. `bits` and `dst` are the same memory. */
export function packHalf(bits: Int32Array, dst: Float32Array, at: number, src: Uint16Array, w: Window): void {
  const { base, major, from, to, minor, k0, k1, width } = w;
  let p = at;
  for (let i = from; i < to; i += width) {
    const n = Math.min(width, to - i);
    for (let k = k0; k < k1; k++) {
      const o = base + minor[k];
      for (let j = 0; j < n; j++) {
        // The exponent is 112 too small in its new place, also for subnormals; infinity and NaN keep all its bits set.
        const h = src[major[i + j] + o];
        bits[p + j] = ((h & 0x8000) << 16) | ((h & 0x7fff) << 13) | ((h & 0x7c00) === 0x7c00 ? 0x7f800000 : 0);
        dst[p + j] *= 2 ** 112;
      }
      for (let j = n; j < width; j++) dst[p + j] = 0;
      p += width;
    }
  }
}

const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);

/** float16 bits of a float32 given by its bits, rounded half to even. */
function halfBits(b: number): number {
  const sign = (b >>> 16) & 0x8000;
  const a = b & 0x7fffffff;
  if (a > 0x7f800000) return sign | 0x7e00;
  if (a >= 0x47800000) return sign | 0x7c00;
  if (a < 0x38800000) {
    // Subnormal: adding one half leaves the rounded multiple of 2^-24 in the lowest bits.
    singleBits[0] = a;
    single[0] += 0.5;
    return sign | (singleBits[0] - 0x3f000000);
  }
  return sign | ((a - 0x38000000 + 0xfff + ((a >> 13) & 1)) >> 13);
}

/** Where tiles go: rows `r0 …` and columns `c0 …`, `m` by `n` of them; tiles of 4 by `width` elements start at `at`, column tile by column tile. */
export interface Target {
  readonly at: number;
  readonly width: number;
  readonly m: number;
  readonly n: number;
  readonly base: number;
  readonly rows: Offsets;
  readonly r0: number;
  readonly columns: Offsets;
  readonly c0: number;
}

export function unpackDoubles(dst: Float64Array, src: Float64Array, t: Target): void {
  const { at, width, m, n, base, rows, r0, columns, c0 } = t;
  let p = at;
  for (let j = 0; j < n; j += width) {
    const w = Math.min(width, n - j);
    const whole = w === 4;
    for (let i = 0; i < m; i += 4) {
      const h = Math.min(4, m - i);
      for (let r = 0; r < h; r++) {
        const o = base + rows[r0 + i + r];
        const q = p + r * width;
        const c = c0 + j;
        if (whole) {
          dst[o + columns[c]] = src[q];
          dst[o + columns[c + 1]] = src[q + 1];
          dst[o + columns[c + 2]] = src[q + 2];
          dst[o + columns[c + 3]] = src[q + 3];
        } else for (let x = 0; x < w; x++) dst[o + columns[c + x]] = src[q + x];
      }
      p += 4 * width;
    }
  }
}

export function unpackWords(dst: Int32Array, src: Int32Array, t: Target): void {
  const { at, width, m, n, base, rows, r0, columns, c0 } = t;
  let p = at;
  for (let j = 0; j < n; j += width) {
    const w = Math.min(width, n - j);
    for (let i = 0; i < m; i += 4) {
      const h = Math.min(4, m - i);
      for (let r = 0; r < h; r++) {
        const o = base + rows[r0 + i + r];
        const q = p + r * width;
        for (let x = 0; x < w; x++) dst[o + columns[c0 + j + x]] = src[q + x];
      }
      p += 4 * width;
    }
  }
}

/** What becomes of an element that is neither float64 nor of four bytes. */
export type Finish = 'wide' | 'narrow' | 'bool' | 'half';

export function unpackOther(dst: TypedArray, src: TypedArray, t: Target, finish: Finish): void {
  const { at, width, m, n, base, rows, r0, columns, c0 } = t;
  const s = src as Int32Array;
  const d = dst as Int32Array;
  let p = at;
  for (let j = 0; j < n; j += width) {
    const w = Math.min(width, n - j);
    for (let i = 0; i < m; i += 4) {
      const h = Math.min(4, m - i);
      for (let r = 0; r < h; r++) {
        for (let x = 0; x < w; x++) {
          const o = base + rows[r0 + i + r] + columns[c0 + j + x];
          const q = p + r * width + x;
          if (finish === 'wide') {
            d[2 * o] = s[2 * q];
            d[2 * o + 1] = s[2 * q + 1];
          } else d[o] = finish === 'half' ? halfBits(s[q]) : finish === 'bool' ? (s[q] !== 0 ? 1 : 0) : s[q];
        }
      }
      p += 4 * width;
    }
  }
}

/**
 * Complex results: rows and columns of the packed product alternate between real and imaginary parts, so that each 2 by 2 square
 * holds the four real products of one element. Offsets count real numbers; targets count elements.
 */
export function unpackComplex(dst: Float64Array | Float32Array, src: Float64Array | Float32Array, t: Target): void {
  const { at, width, m, n, base, rows, r0, columns, c0 } = t;
  let p = at;
  for (let j = 0; j < 2 * n; j += width) {
    const w = Math.min(width, 2 * n - j);
    for (let i = 0; i < 2 * m; i += 4) {
      const h = Math.min(4, 2 * m - i);
      for (let r = 0; r < h; r += 2) {
        for (let x = 0; x < w; x += 2) {
          const o = base + rows[r0 + (i + r) / 2] + columns[c0 + (j + x) / 2];
          const q = p + r * width + x;
          dst[o] = src[q] - src[q + width + 1];
          dst[o + 1] = src[q + 1] + src[q + width];
        }
      }
      p += 4 * width;
    }
  }
}
