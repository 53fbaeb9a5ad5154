import type { ArrayValue } from '../array.js';
import { host, typedView } from '../device/access.js';
import { addressOf, placeKernels, type Width } from '../device/cpu/places.js';
import type { HostBuffer } from '../device/device.js';
import { bool } from '../dtype.js';
import { isC } from '../view.js';
import { type Cells, cells, CHUNK, type Positions, roomFor } from './cells.js';
import { truthOfStructures } from './structures.js';
import { copyAs } from './copy.js';

/** Masks: counting, finding and picking true elements. */

/** A mask's bytes in C order. All but 0 are true: memory that was something else may hold any. */
export function maskBytes(given: ArrayValue, by: string): Uint8Array {
  const mask = given.dtype.kind === 'V' ? truthOfStructures(given) : given;
  const m = mask.dtype === bool && isC(mask.shape, mask.strides, 1) ? mask : copyAs(mask, bool, 'C');
  const at = m.offset;
  return host(m.buffer, by).bytes.subarray(at, at + m.size);
}

/** How many bytes of up to 255 words are not 0. */
function countWords(w: Uint32Array, from: number, to: number): number {
  let s = 0;
  for (let i = from; i < to; i++) {
    const x = w[i];
    s = (s + (((((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x) >>> 7) & 0x01010101)) | 0;
  }
  return (s & 255) + ((s >>> 8) & 255) + ((s >>> 16) & 255) + (s >>> 24);
}

/** Masks shorter than this are not worth a call of a kernel. */
const SHORT = 128;

export function countTrue(m: Uint8Array): number {
  const address = m.length < SHORT ? -1 : addressOf(m);
  if (address >= 0) return placeKernels().count(address, m.length);
  let n = 0;
  let i = 0;
  while (i < m.length && (m.byteOffset + i) % 4 !== 0) n += -m[i++] >>> 31;
  // Nothing is left for whole words where a short mask ends before the first of them.
  const words =
    i < m.length ? new Uint32Array(m.buffer, m.byteOffset + i, Math.floor((m.length - i) / 4)) : new Uint32Array(0);
  for (let k = 0; k < words.length; k += 255) n += countWords(words, k, Math.min(words.length, k + 255));
  for (i += words.length * 4; i < m.length; i++) n += -m[i] >>> 31;
  return n;
}

type Places = Int32Array | Float64Array;

/**
 * Places of true bytes, from place `from` on, written to `out` from `k` on while there is room up to `end`; gives the place to go on from. Without a
 * branch on the mask: a place is always written, and kept when the mask is true.
 */
function findDense(m: Uint8Array, from: number, to: number, out: Places, k: number, end: number): number {
  let j = k;
  let i = from;
  for (; i < to && j < end; i++) {
    out[j] = i;
    j += -m[i] >>> 31;
  }
  return j;
}

/** The same where few are true: four bytes that are all false are passed at once. */
function findSparse(m: Uint8Array, from: number, to: number, out: Places, k: number, end: number): number {
  let j = k;
  let i = from;
  while (i < to && j < end) {
    if (i + 3 < to && (m[i] | m[i + 1] | m[i + 2] | m[i + 3]) === 0) i += 4;
    else {
      if (m[i] !== 0) out[j++] = i;
      i++;
    }
  }
  return j;
}

/** Places in C order of the true bytes among those from `from` to `to`, written to `out`; gives how many. */
function find(m: Uint8Array, from: number, to: number, out: Places, sparse: boolean, left: number): number {
  return sparse
    ? findSparse(m, from, to, out, 0, Math.min(left, out.length))
    : findDense(m, from, to, out, 0, Math.min(left, out.length));
}

const near = new Int32Array(CHUNK);
let far: Float64Array | null = null;

/** Where places are put; those of more than 2^31 elements need floats. */
const roomForPlaces = (m: Uint8Array): Places => (m.length <= 0x7fffffff ? near : (far ??= new Float64Array(CHUNK)));

/** Calls `visit` with chunks of the places of true bytes; every chunk is overwritten by the next. */
export function eachTrue(m: Uint8Array, count: number, visit: (places: Places, n: number, done: number) => void): void {
  const sparse = count * 16 < m.length;
  const places = roomForPlaces(m);
  let done = 0;
  for (let i = 0; done < count; i += CHUNK) {
    const n = find(m, i, Math.min(m.length, i + CHUNK), places, sparse, count - done);
    if (n > 0) visit(places, n, done);
    done += n;
  }
}

/** The one step between neighbours of a view in C order, or null when there is none. */
export function evenStep(shape: readonly number[], strides: readonly number[]): number | null {
  let step: number | null = null;
  let reach = 0;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] === 1) continue;
    if (step === null) step = strides[d];
    else if (strides[d] !== reach) return null;
    reach = strides[d] * shape[d];
  }
  return step ?? 0;
}

function scale(out: Positions, at: number, from: Places, n: number, step: number): void {
  for (let i = 0; i < n; i++) out[at + i] = from[i] * step;
}

/** Positions of a view's elements where the mask, over all of the given axes, is true; in C order. */
export function maskPositions(
  m: Uint8Array,
  count: number,
  shape: readonly number[],
  strides: readonly number[],
  of: ArrayValue,
): Positions {
  const out = roomFor(count, of);
  if (count === 0) return out;
  const nd = shape.length;
  const step = evenStep(shape, strides);
  if (step !== null) {
    eachTrue(m, count, (found, n, done) => scale(out, done, found, n, step));
    return out;
  }
  eachTrue(m, count, (found, n, done) => {
    for (let i = 0; i < n; i++) {
      let k = found[i];
      let at = 0;
      for (let d = nd - 1; d > 0; d--) {
        const q = Math.floor(k / shape[d]);
        at += (k - q * shape[d]) * strides[d];
        k = q;
      }
      out[done + i] = at + k * strides[0];
    }
  });
  return out;
}

/** Elements of an evenly spaced row where the mask is true, one after the other; gives the place to go on from. */
function pick64(
  m: Uint8Array,
  from: number,
  to: number,
  s: Float64Array,
  p: number,
  step: number,
  d: Float64Array,
  k: number,
  end: number,
): number {
  let j = k;
  for (let i = from, q = p; i < to && j < end; i++, q += step) {
    d[j] = s[q];
    j += -m[i] >>> 31;
  }
  return j;
}
function pick32(
  m: Uint8Array,
  from: number,
  to: number,
  s: Int32Array,
  p: number,
  step: number,
  d: Int32Array,
  k: number,
  end: number,
): number {
  let j = k;
  for (let i = from, q = p; i < to && j < end; i++, q += step) {
    d[j] = s[q];
    j += -m[i] >>> 31;
  }
  return j;
}
function pick16(
  m: Uint8Array,
  from: number,
  to: number,
  s: Uint16Array,
  p: number,
  step: number,
  d: Uint16Array,
  k: number,
  end: number,
): number {
  let j = k;
  for (let i = from, q = p; i < to && j < end; i++, q += step) {
    d[j] = s[q];
    j += -m[i] >>> 31;
  }
  return j;
}
function pick8(
  m: Uint8Array,
  from: number,
  to: number,
  s: Uint8Array,
  p: number,
  step: number,
  d: Uint8Array,
  k: number,
  end: number,
): number {
  let j = k;
  for (let i = from, q = p; i < to && j < end; i++, q += step) {
    d[j] = s[q];
    j += -m[i] >>> 31;
  }
  return j;
}
function pickPairs(
  m: Uint8Array,
  from: number,
  to: number,
  s: Int32Array,
  p: number,
  step: number,
  d: Int32Array,
  k: number,
  end: number,
): number {
  let j = k;
  for (let i = from, q = p; i < to && j < end; i++, q += step) {
    d[j] = s[q];
    d[j + 1] = s[q + 1];
    j += (-m[i] >>> 31) << 1;
  }
  return j;
}

function pickRow(m: Uint8Array, src: Cells, step: number, dst: Cells, count: number): void {
  const s = src.array as never;
  const d = dst.array as never;
  const { make } = src.unit;
  let k = dst.at;
  const end = k + count * src.unit.count;
  for (let i = 0; k < end; i += CHUNK) {
    const to = Math.min(m.length, i + CHUNK);
    const p = src.at + i * step;
    if (src.unit.count === 2) k = pickPairs(m, i, to, s, p, step, d, k, end);
    else if (make === Float64Array) k = pick64(m, i, to, s, p, step, d, k, end);
    else if (make === Int32Array) k = pick32(m, i, to, s, p, step, d, k, end);
    else if (make === Uint16Array) k = pick16(m, i, to, s, p, step, d, k, end);
    else k = pick8(m, i, to, s, p, step, d, k, end);
  }
}

/** `out = x[mask]` for a mask over all axes, where x is evenly spaced and many are true; false otherwise. */
export function compressInto(out: ArrayValue, x: ArrayValue, m: Uint8Array, count: number): boolean {
  const src = cells(x, 'getitem');
  const step = evenStep(x.shape, src.strides);
  if (step === null || src.unit.count > 2) return false;
  const dst = cells(out, 'getitem');
  const from = addressOf(src.array);
  const to = addressOf(dst.array);
  const mask = addressOf(m);
  if (m.length >= SHORT && from >= 0 && to >= 0 && mask >= 0 && x.dtype.itemsize > 0) {
    const w = src.unit.make.BYTES_PER_ELEMENT;
    const size = (w * src.unit.count) as Width;
    const at = to + dst.at * w;
    placeKernels().pick[size](mask, m.length, from + src.at * w, step * w, at, at + count * size);
    return true;
  }
  if (count * 16 < m.length) return false;
  pickRow(m, src, step, dst, count);
  return true;
}

/** Places as 64-bit integers. */
function widen(w: Int32Array, at: number, from: Places, n: number): void {
  for (let i = 0, q = at; i < n; i++, q += 2) {
    w[q] = from[i];
    w[q + 1] = from[i] / 0x100000000;
  }
}

/** int64 coordinates of the true elements of a mask in C order, one array for each axis. */
export function coordinates(
  m: Uint8Array,
  count: number,
  shape: readonly number[],
  fresh: (axis: number) => ArrayValue,
): ArrayValue[] {
  const nd = shape.length;
  const outs = shape.map((_, d) => fresh(d));
  if (count === 0) return outs;
  const words = outs.map((a) => typedView(a.buffer as HostBuffer, Int32Array));
  const at = words.map(({ base }, i) => base + outs[i].offset / 4);
  if (nd === 1) {
    const to = addressOf(words[0].array);
    const mask = addressOf(m);
    if (m.length >= SHORT && to >= 0 && mask >= 0) {
      const first = to + at[0] * 4;
      placeKernels().find(mask, m.length, 0, first, first + count * 8);
      return outs;
    }
    eachTrue(m, count, (found, n, done) => widen(words[0].array as Int32Array, at[0] + 2 * done, found, n));
    return outs;
  }
  const last = words[nd - 1].array as Int32Array;
  const inner = shape[nd - 1];
  const index = new Array<number>(nd).fill(0);
  let k = 0;
  for (let i = 0; k < count; i += inner) {
    let q = at[nd - 1] + 2 * k;
    const before = k;
    for (let j = 0; j < inner && k < count; j++) {
      last[q] = j;
      last[q + 1] = 0;
      const one = -m[i + j] >>> 31;
      q += one << 1;
      k += one;
    }
    for (let d = 0; d < nd - 1 && k > before; d++) {
      const w = words[d].array as Int32Array;
      const v = index[d];
      for (let r = at[d] + 2 * before, end = at[d] + 2 * k; r < end; r += 2) {
        w[r] = v;
        w[r + 1] = 0;
      }
    }
    let d = nd - 2;
    for (; d >= 0; d--) {
      if (++index[d] < shape[d]) break;
      index[d] = 0;
    }
    if (d < 0) break;
  }
  return outs;
}
