import type { ArrayValue } from '../array.js';
import { host, typedView } from '../device/access.js';
import { addressOf, placeKernels, type Width } from '../device/cpu/places.js';
import { int64 } from '../dtype.js';
import { IndexError } from '../errors.js';
import { announce } from '../transfers.js';
import { broadcastStrides, cStrides, isC } from '../view.js';
import { type Cells, CHUNK, type Positions, spread } from './cells.js';
import { copyAs } from './copy.js';

/**
 * Moving elements by position. Loops are written out for each class of typed array: a loop that meets more than one class is
 * several times slower.
 */

const outOf = (i: number, axis: number, n: number): IndexError =>
  new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${n}`);

/** Below so many elements a loop in JavaScript is as fast as the call of a kernel. */
const FEW = 64;

/** Indices while they are within bounds, in 32-bit arithmetic: `out[at + i] (+)= index * stride`; gives the first that is not done (or the end). */
function narrowFirst(
  out: Int32Array,
  at: number,
  count: number,
  w: Int32Array,
  p: number,
  n: number,
  stride: number,
): number {
  for (let i = 0, q = p; i < count; i++, q += 2) {
    const v = w[q];
    const k = v < 0 ? (v + n) | 0 : v;
    if (w[q + 1] !== v >> 31 || k < 0 || k >= n) return i;
    out[at + i] = Math.imul(k, stride);
  }
  return count;
}
function narrowNext(
  out: Int32Array,
  at: number,
  count: number,
  w: Int32Array,
  p: number,
  n: number,
  stride: number,
): number {
  for (let i = 0, q = p; i < count; i++, q += 2) {
    const v = w[q];
    const k = v < 0 ? (v + n) | 0 : v;
    if (w[q + 1] !== v >> 31 || k < 0 || k >= n) return i;
    out[at + i] += Math.imul(k, stride);
  }
  return count;
}

/** An index array as 64-bit words in C order, and what its entries are multiplied by. */
export interface IndexReader {
  readonly words: Int32Array;
  readonly at: number;
  readonly stride: number;
  readonly n: number;
  readonly axis: number;
}

/** @param stride,n,axis of the axis that is indexed: units from place to place, its length, and its name in messages */
export function indexReader(given: ArrayValue, stride: number, n: number, axis: number, by: string): IndexReader {
  const plain = given.dtype === int64 && isC(given.shape, given.strides, 8);
  if (!plain) announce(given.dtype === int64 ? 'order' : 'dtype', given.size * 8, given.dtype.name, 'int64');
  const index = plain ? given : copyAs(given, int64, 'C');
  const { array, base } = typedView(host(index.buffer, by), Int32Array);
  return { words: array as Int32Array, at: base + index.offset / 4, stride, n, axis };
}

/**
 * Positions of index entries `from` … `from + count - 1`, written to `out` from `at` on; `first` sets them, otherwise they are added.
 * @throws IndexError naming the first index that is out of bounds
 */
export function addIndices(
  out: Positions,
  at: number,
  r: IndexReader,
  from: number,
  count: number,
  first: boolean,
): void {
  const { words: w, n, stride } = r;
  let i = 0;
  if (n <= 0x7fffffff && out instanceof Int32Array) {
    const p = r.at + 2 * from;
    const a = count < FEW ? -1 : addressOf(w);
    const to = count < FEW ? -1 : addressOf(out);
    if (a >= 0 && to >= 0) i = placeKernels().positions(a + p * 4, count, n, stride, to + at * 4, first ? 0 : 1);
    else i = first ? narrowFirst(out, at, count, w, p, n, stride) : narrowNext(out, at, count, w, p, n, stride);
  }
  for (; i < count; i++) {
    const p = r.at + 2 * (from + i);
    const v = w[p + 1] === w[p] >> 31 ? w[p] : w[p + 1] * 4294967296 + (w[p] >>> 0);
    const k = v < 0 ? v + n : v;
    if (k < 0 || k >= n) throw outOf(v, r.axis, n);
    out[at + i] = first ? k * stride : out[at + i] + k * stride;
  }
}

function addRow(out: Positions, k: number, n: number, p: Positions, at: number, step: number, first: boolean): void {
  if (first) for (let j = 0; j < n; j++) out[k + j] = p[at + j * step];
  else for (let j = 0; j < n; j++) out[k + j] += p[at + j * step];
}

/** Adds positions of one shape, stretched over a larger one, to positions there. */
export function addStretched(
  out: Positions,
  p: Positions,
  from: readonly number[],
  shape: readonly number[],
  first: boolean,
): void {
  const nd = shape.length;
  const steps = broadcastStrides(from, cStrides(from, 1), shape);
  const inner = nd === 0 ? 1 : shape[nd - 1];
  const step = nd === 0 ? 0 : steps[nd - 1];
  const rows = spread(shape.slice(0, -1), steps.slice(0, -1));
  for (let r = 0; r < rows.length; r++) addRow(out, r * inner, inner, p, rows[r], step, first);
}

// ---- moving ----------------------------------------------------------------------------------------------------------

/** Splits a view's axes that no index array takes: those before the indexed ones go outside, those after inside. */
export interface Walk {
  readonly outer: Positions;
  readonly inner: Positions;
  /** Units that lie together at each inner position. */
  readonly run: number;
}

export function walk(shape: readonly number[], c: Cells, outer: readonly number[], inner: readonly number[]): Walk {
  const rest = inner.slice();
  let run = c.unit.count;
  while (rest.length > 0) {
    const d = rest[rest.length - 1];
    if (shape[d] !== 1 && c.strides[d] !== run) break;
    run *= shape[d];
    rest.pop();
  }
  const pick = (axes: readonly number[]): Positions =>
    spread(
      axes.map((d) => shape[d]),
      axes.map((d) => c.strides[d]),
    );
  return { outer: pick(outer), inner: pick(rest), run };
}

// Four loads, then four stores: a processor that cannot tell whether a store hits the next load waits otherwise (measured: a third of the time).
function take64(s: Float64Array, d: Float64Array, at: number, p: Positions, from: number, n: number, k: number): void {
  let i = from;
  for (; i + 3 < n; i += 4) {
    const a = s[at + p[i]];
    const b = s[at + p[i + 1]];
    const c = s[at + p[i + 2]];
    const e = s[at + p[i + 3]];
    d[k + i] = a;
    d[k + i + 1] = b;
    d[k + i + 2] = c;
    d[k + i + 3] = e;
  }
  for (; i < n; i++) d[k + i] = s[at + p[i]];
}
function take32(s: Int32Array, d: Int32Array, at: number, p: Positions, from: number, n: number, k: number): void {
  let i = from;
  for (; i + 3 < n; i += 4) {
    const a = s[at + p[i]];
    const b = s[at + p[i + 1]];
    const c = s[at + p[i + 2]];
    const e = s[at + p[i + 3]];
    d[k + i] = a;
    d[k + i + 1] = b;
    d[k + i + 2] = c;
    d[k + i + 3] = e;
  }
  for (; i < n; i++) d[k + i] = s[at + p[i]];
}
function take16(s: Uint16Array, d: Uint16Array, at: number, p: Positions, from: number, n: number, k: number): void {
  let i = from;
  for (; i + 3 < n; i += 4) {
    const a = s[at + p[i]];
    const b = s[at + p[i + 1]];
    const c = s[at + p[i + 2]];
    const e = s[at + p[i + 3]];
    d[k + i] = a;
    d[k + i + 1] = b;
    d[k + i + 2] = c;
    d[k + i + 3] = e;
  }
  for (; i < n; i++) d[k + i] = s[at + p[i]];
}
function take8(s: Uint8Array, d: Uint8Array, at: number, p: Positions, from: number, n: number, k: number): void {
  let i = from;
  for (; i + 3 < n; i += 4) {
    const a = s[at + p[i]];
    const b = s[at + p[i + 1]];
    const c = s[at + p[i + 2]];
    const e = s[at + p[i + 3]];
    d[k + i] = a;
    d[k + i + 1] = b;
    d[k + i + 2] = c;
    d[k + i + 3] = e;
  }
  for (; i < n; i++) d[k + i] = s[at + p[i]];
}
function takePairs(s: Int32Array, d: Int32Array, at: number, p: Positions, from: number, n: number, k: number): void {
  let i = from;
  let j = k + 2 * from;
  for (; i + 1 < n; i += 2, j += 4) {
    const q = at + p[i];
    const r = at + p[i + 1];
    const a = s[q];
    const b = s[q + 1];
    const c = s[r];
    const e = s[r + 1];
    d[j] = a;
    d[j + 1] = b;
    d[j + 2] = c;
    d[j + 3] = e;
  }
  for (; i < n; i++, j += 2) {
    const q = at + p[i];
    d[j] = s[q];
    d[j + 1] = s[q + 1];
  }
}

/** Bytes from which a block copy beats a loop. */
const BLOCK = 128;

/** Size of the elements that are moved one by one, or 0 where longer runs are. */
const widthOf = (c: Cells, w: Walk): Width | 0 => {
  const size = w.run * c.unit.make.BYTES_PER_ELEMENT;
  return w.inner.length === 1 &&
    w.inner[0] === 0 &&
    (size === 1 || size === 2 || size === 4 || size === 8 || size === 16)
    ? size
    : 0;
};

/**
 * `dst[i]` = the element of `src` at index i of the reader, where kernels reach everything; false where they do not.
 * @throws IndexError naming the first index that is out of bounds
 */
export function takeCells(src: Cells, dst: Cells, w: Walk, r: IndexReader, n: number): boolean {
  const size = widthOf(src, w);
  if (size === 0 || r.n > 0x7fffffff) return false;
  const from = addressOf(src.array);
  const to = addressOf(dst.array);
  const at = addressOf(r.words);
  if (from < 0 || to < 0 || at < 0) return false;
  const u = src.unit.make.BYTES_PER_ELEMENT;
  const done = placeKernels().take[size](from + src.at * u, r.stride * u, at + r.at * 4, n, r.n, to + dst.at * u);
  if (done < n) addIndices(new Int32Array(1), 0, r, done, 1, true);
  return true;
}

/** `dst` (in C order) = elements of `src` at every outer position, position and inner position. */
export function gatherCells(src: Cells, dst: Cells, w: Walk, p: Positions): void {
  const { outer, inner, run } = w;
  const s = src.array;
  const d = dst.array;
  let k = dst.at;
  if (run === 0 || inner.length === 0) return;
  const size = widthOf(src, w);
  if (size !== 0 && p.length >= FEW && p instanceof Int32Array) {
    const from = addressOf(s);
    const to = addressOf(d);
    const at = addressOf(p);
    if (from >= 0 && to >= 0 && at >= 0) {
      const u = src.unit.make.BYTES_PER_ELEMENT;
      const get = placeKernels().get[size];
      for (let o = 0; o < outer.length; o++)
        get(from + (src.at + outer[o]) * u, u, at, p.length, to + k * u + o * p.length * size);
      return;
    }
  }
  if (inner.length === 1 && (run === 1 || (run === 2 && src.unit.make === Int32Array))) {
    const all = p.length;
    for (let o = 0; o < outer.length; o++, k += run * all) {
      const at = src.at + outer[o];
      for (let i = 0; i < all; i += CHUNK) {
        const n = Math.min(all, i + CHUNK);
        if (run === 2) takePairs(s as Int32Array, d as Int32Array, at, p, i, n, k);
        else if (src.unit.make === Float64Array) take64(s as Float64Array, d as Float64Array, at, p, i, n, k);
        else if (src.unit.make === Int32Array) take32(s as Int32Array, d as Int32Array, at, p, i, n, k);
        else if (src.unit.make === Uint16Array) take16(s as Uint16Array, d as Uint16Array, at, p, i, n, k);
        else take8(s as Uint8Array, d as Uint8Array, at, p, i, n, k);
      }
    }
    return;
  }
  const blocks = run * src.unit.make.BYTES_PER_ELEMENT >= BLOCK;
  const here = s === d;
  for (let o = 0; o < outer.length; o++) {
    for (let i = 0; i < p.length; i++) {
      const at = src.at + outer[o] + p[i];
      for (let j = 0; j < inner.length; j++, k += run) {
        const q = at + inner[j];
        if (!blocks) for (let r = 0; r < run; r++) (d as Float64Array)[k + r] = (s as Float64Array)[q + r];
        else if (here) (d as Float64Array).copyWithin(k, q, q + run);
        else (d as Float64Array).set((s as Float64Array).subarray(q, q + run), k);
      }
    }
  }
}

function put64(
  s: Float64Array,
  d: Float64Array,
  at: number,
  p: Positions,
  from: number,
  n: number,
  k: number,
  step: number,
): void {
  for (let i = from, j = k; i < n; i++, j += step) d[at + p[i]] = s[j];
}
function put32(
  s: Int32Array,
  d: Int32Array,
  at: number,
  p: Positions,
  from: number,
  n: number,
  k: number,
  step: number,
): void {
  for (let i = from, j = k; i < n; i++, j += step) d[at + p[i]] = s[j];
}
function put16(
  s: Uint16Array,
  d: Uint16Array,
  at: number,
  p: Positions,
  from: number,
  n: number,
  k: number,
  step: number,
): void {
  for (let i = from, j = k; i < n; i++, j += step) d[at + p[i]] = s[j];
}
function put8(
  s: Uint8Array,
  d: Uint8Array,
  at: number,
  p: Positions,
  from: number,
  n: number,
  k: number,
  step: number,
): void {
  for (let i = from, j = k; i < n; i++, j += step) d[at + p[i]] = s[j];
}
function putPairs(
  s: Int32Array,
  d: Int32Array,
  at: number,
  p: Positions,
  from: number,
  n: number,
  k: number,
  step: number,
): void {
  for (let i = from, j = k; i < n; i++, j += 2 * step) {
    const q = at + p[i];
    d[q] = s[j];
    d[q + 1] = s[j + 1];
  }
}

/** The reverse of `gatherCells`: elements of `src`, in C order, or its only element (`single`), go to the positions in `dst`. */
export function scatterCells(dst: Cells, w: Walk, p: Positions, src: Cells, single: boolean): void {
  const { outer, inner, run } = w;
  const s = src.array;
  const d = dst.array;
  const unit = src.unit.count;
  let k = src.at;
  if (run === 0 || inner.length === 0) return;
  const size = widthOf(dst, w);
  if (size !== 0 && size === unit * src.unit.make.BYTES_PER_ELEMENT && p.length >= FEW && p instanceof Int32Array) {
    const from = addressOf(s);
    const to = addressOf(d);
    const at = addressOf(p);
    if (from >= 0 && to >= 0 && at >= 0) {
      const u = src.unit.make.BYTES_PER_ELEMENT;
      const put = placeKernels().put[size];
      const step = single ? 0 : size;
      for (let o = 0; o < outer.length; o++)
        put(to + (dst.at + outer[o]) * u, u, at, p.length, from + k * u + o * p.length * step, step);
      return;
    }
  }
  if (inner.length === 1 && (run === 1 || (run === 2 && unit === 2 && src.unit.make === Int32Array))) {
    const step = single ? 0 : 1;
    const all = p.length;
    for (let o = 0; o < outer.length; o++) {
      const at = dst.at + outer[o];
      for (let i = 0; i < all; i += CHUNK) {
        const n = Math.min(all, i + CHUNK);
        if (run === 2) putPairs(s as Int32Array, d as Int32Array, at, p, i, n, k, step);
        else if (src.unit.make === Float64Array) put64(s as Float64Array, d as Float64Array, at, p, i, n, k, step);
        else if (src.unit.make === Int32Array) put32(s as Int32Array, d as Int32Array, at, p, i, n, k, step);
        else if (src.unit.make === Uint16Array) put16(s as Uint16Array, d as Uint16Array, at, p, i, n, k, step);
        else put8(s as Uint8Array, d as Uint8Array, at, p, i, n, k, step);
        k += step * run * (n - i);
      }
    }
    return;
  }
  for (let o = 0; o < outer.length; o++) {
    for (let i = 0; i < p.length; i++) {
      const at = dst.at + outer[o] + p[i];
      for (let j = 0; j < inner.length; j++) {
        const q = at + inner[j];
        if (single) for (let r = 0; r < run; r++) (d as Float64Array)[q + r] = (s as Float64Array)[k + (r % unit)];
        else {
          for (let r = 0; r < run; r++) (d as Float64Array)[q + r] = (s as Float64Array)[k + r];
          k += run;
        }
      }
    }
  }
}
