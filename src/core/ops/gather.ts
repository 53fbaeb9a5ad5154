import type { ArrayValue } from '../array.js';
import { type TypedArray, typedView } from '../device/access.js';
import type { DeviceBuffer, HostBuffer } from '../device/device.js';
import { host } from '../device/access.js';
import { bool, type DType, float64, int64 } from '../dtype.js';
import { IndexError } from '../errors.js';
import { byteBounds, broadcastStrides, isC, sameShape, sizeOf } from '../view.js';
import { copyAs } from './copy.js';

/**
 * Moving elements by position. Elements are moved as bits, in the widest unit that is safe: a float64 as one, a 64-bit integer as
 * two 32-bit words (through a float its bits could change).
 *
 * Loops are written out for each class of typed array: a loop that meets more than one class is several times slower.
 */

/** Positions of elements in units, relative to the first element of a view. */
export type Positions = Int32Array | Float64Array;

interface Unit {
  readonly make: Int32ArrayConstructor | Uint8ArrayConstructor | Uint16ArrayConstructor | Float64ArrayConstructor;
  /** Units of one element, next to each other. */
  readonly count: number;
}

export function unitOf(d: DType): Unit {
  switch (d.itemsize) {
    case 1:
      return { make: Uint8Array, count: 1 };
    case 2:
      return { make: Uint16Array, count: 1 };
    case 4:
      return { make: Int32Array, count: 1 };
    case 8:
      return d === float64 ? { make: Float64Array, count: 1 } : { make: Int32Array, count: 2 };
    default:
      return { make: Float64Array, count: 2 };
  }
}

/** Memory of a view in units: where its first element is, and its strides. */
export interface Cells {
  readonly array: TypedArray;
  readonly at: number;
  readonly strides: readonly number[];
  readonly unit: Unit;
}

export function cells(a: ArrayValue, by: string): Cells {
  const unit = unitOf(a.dtype);
  const { array, base } = typedView(host(a.buffer as DeviceBuffer, by), unit.make as never);
  const w = unit.make.BYTES_PER_ELEMENT;
  return { array, at: base + a.offset / w, strides: a.strides.map((s) => s / w), unit };
}

/** Room for n positions in a view: 32-bit where they suffice. One scratch of 4 MB at most is kept. */
let scratch = new Int32Array(0);
export function roomFor(n: number, of: ArrayValue): Positions {
  const [lo, hi] = byteBounds(of.shape, of.strides, 0, of.dtype.itemsize);
  const w = unitOf(of.dtype).make.BYTES_PER_ELEMENT;
  if (hi / w > 0x7fffffff || lo / w < -0x7fffffff) return new Float64Array(n);
  if (n > 1 << 20) return new Int32Array(n);
  if (scratch.length < n) scratch = new Int32Array(Math.min(1 << 20, Math.max(1024, n * 2)));
  return scratch.subarray(0, n);
}

/** Positions of every element of a shape, in C order. */
export function spread(shape: readonly number[], strides: readonly number[]): Positions {
  const n = sizeOf(shape);
  let reach = 0;
  for (let d = 0; d < shape.length; d++) reach += Math.abs(strides[d]) * (shape[d] - 1);
  const out = reach > 0x7fffffff ? new Float64Array(n) : new Int32Array(n);
  if (n === 0) return out;
  let filled = 1;
  out[0] = 0;
  // Grow from the innermost axis outwards: each further position repeats what is there, shifted.
  for (let d = shape.length - 1; d >= 0; d--) {
    const block = filled;
    for (let i = 1; i < shape[d]; i++) {
      const shift = i * strides[d];
      for (let k = 0; k < block; k++) out[filled++] = out[k] + shift;
    }
  }
  return out;
}

const outOf = (i: number, axis: number, n: number): IndexError => new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${n}`);

/**
 * Adds indices along one axis to positions: `out[k] (+)= normalised index[k] * stride`, over the indices broadcast to `shape`.
 * @throws IndexError naming the first index that is out of bounds
 */
export function addIndices(out: Positions, given: ArrayValue, shape: readonly number[], stride: number, n: number, axis: number, first: boolean, by: string): void {
  let index = given;
  if (index.dtype !== int64) index = copyAs(index, int64, 'C');
  const { array, base } = typedView(host(index.buffer, by), Int32Array);
  const w = array as Int32Array;
  const count = out.length;
  let p = base + index.offset / 4;
  if (sameShape(index.shape, shape) && isC(index.shape, index.strides, 8)) {
    if (first) {
      for (let i = 0; i < count; i++, p += 2) {
        let v = w[p];
        if (w[p + 1] !== v >> 31) v = w[p + 1] * 4294967296 + (v >>> 0);
        const k = v < 0 ? v + n : v;
        if (k < 0 || k >= n) throw outOf(v, axis, n);
        out[i] = k * stride;
      }
    } else {
      for (let i = 0; i < count; i++, p += 2) {
        let v = w[p];
        if (w[p + 1] !== v >> 31) v = w[p + 1] * 4294967296 + (v >>> 0);
        const k = v < 0 ? v + n : v;
        if (k < 0 || k >= n) throw outOf(v, axis, n);
        out[i] += k * stride;
      }
    }
    return;
  }
  const at = spread(
    shape,
    broadcastStrides(index.shape, index.strides, shape).map((s) => s / 4),
  );
  for (let i = 0; i < count; i++) {
    const q = p + at[i];
    let v = w[q];
    if (w[q + 1] !== v >> 31) v = w[q + 1] * 4294967296 + (v >>> 0);
    const k = v < 0 ? v + n : v;
    if (k < 0 || k >= n) throw outOf(v, axis, n);
    out[i] = first ? k * stride : out[i] + k * stride;
  }
}

// ---- masks -----------------------------------------------------------------------------------------------------------

/** A mask's bytes in C order, each 0 or 1. */
export function maskBytes(mask: ArrayValue, by: string): Uint8Array {
  const m = mask.dtype === bool && isC(mask.shape, mask.strides, 1) ? mask : copyAs(mask, bool, 'C');
  const at = m.offset;
  return host(m.buffer, by).bytes.subarray(at, at + m.size);
}

export function countTrue(m: Uint8Array): number {
  let n = 0;
  for (let i = 0; i < m.length; i++) n += m[i];
  return n;
}

/** Positions of a view's elements where the mask, over all of the given axes, is true; in C order. */
export function maskPositions(m: Uint8Array, count: number, shape: readonly number[], strides: readonly number[], of: ArrayValue): Positions {
  const out = roomFor(count, of);
  const nd = shape.length;
  if (count === 0) return out;
  if (nd === 0) {
    out[0] = 0;
    return out;
  }
  const inner = shape[nd - 1];
  const step = strides[nd - 1];
  const index = new Array<number>(nd).fill(0);
  let k = 0;
  let row = 0;
  for (let i = 0; k < count; i += inner) {
    // Without a branch on the mask: a position is written always, and kept when the mask is true.
    for (let j = 0; j < inner && k < count; j++) {
      out[k] = row + j * step;
      k += m[i + j];
    }
    let d = nd - 2;
    for (; d >= 0; d--) {
      row += strides[d];
      if (++index[d] < shape[d]) break;
      row -= strides[d] * shape[d];
      index[d] = 0;
    }
    if (d < 0) break;
  }
  return out;
}

/** Elements of an evenly spaced row where the mask is true, one after the other. */
function compressRow(m: Uint8Array, src: Cells, step: number, dst: Cells, count: number): void {
  let p = src.at;
  let k = dst.at;
  const end = k + count * src.unit.count;
  let i = 0;
  if (src.unit.count === 2) {
    const s = src.array as Float64Array;
    const d = dst.array as Float64Array;
    for (; k < end; i++, p += step) {
      d[k] = s[p];
      d[k + 1] = s[p + 1];
      k += m[i] << 1;
    }
    return;
  }
  switch (src.unit.make) {
    case Float64Array: {
      const s = src.array as Float64Array;
      const d = dst.array as Float64Array;
      for (; k < end; i++, p += step) {
        d[k] = s[p];
        k += m[i];
      }
      return;
    }
    case Int32Array: {
      const s = src.array as Int32Array;
      const d = dst.array as Int32Array;
      for (; k < end; i++, p += step) {
        d[k] = s[p];
        k += m[i];
      }
      return;
    }
    case Uint16Array: {
      const s = src.array as Uint16Array;
      const d = dst.array as Uint16Array;
      for (; k < end; i++, p += step) {
        d[k] = s[p];
        k += m[i];
      }
      return;
    }
    default: {
      const s = src.array as Uint8Array;
      const d = dst.array as Uint8Array;
      for (; k < end; i++, p += step) {
        d[k] = s[p];
        k += m[i];
      }
    }
  }
}

/** The one step between neighbours of a view in C order, or null when there is none. */
function evenStep(shape: readonly number[], strides: readonly number[]): number | null {
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

/** `out = x[mask]` for a mask over all axes, where x is evenly spaced; false when it is not. */
export function compressInto(out: ArrayValue, x: ArrayValue, m: Uint8Array, count: number): boolean {
  const src = cells(x, 'getitem');
  const step = evenStep(x.shape, src.strides);
  if (step === null) return false;
  compressRow(m, src, step, cells(out, 'getitem'), count);
  return true;
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

function take64(s: Float64Array, d: Float64Array, at: number, p: Positions, k: number): void {
  for (let i = 0; i < p.length; i++) d[k + i] = s[at + p[i]];
}
function take32(s: Int32Array, d: Int32Array, at: number, p: Positions, k: number): void {
  for (let i = 0; i < p.length; i++) d[k + i] = s[at + p[i]];
}
function take16(s: Uint16Array, d: Uint16Array, at: number, p: Positions, k: number): void {
  for (let i = 0; i < p.length; i++) d[k + i] = s[at + p[i]];
}
function take8(s: Uint8Array, d: Uint8Array, at: number, p: Positions, k: number): void {
  for (let i = 0; i < p.length; i++) d[k + i] = s[at + p[i]];
}
function takePairs(s: Int32Array, d: Int32Array, at: number, p: Positions, k: number): void {
  for (let i = 0, j = k; i < p.length; i++, j += 2) {
    const q = at + p[i];
    d[j] = s[q];
    d[j + 1] = s[q + 1];
  }
}

/** Bytes from which a block copy beats a loop. */
const BLOCK = 128;

/** `dst` (in C order) = elements of `src` at every outer position, position and inner position. */
export function gatherCells(src: Cells, dst: Cells, w: Walk, p: Positions): void {
  const { outer, inner, run } = w;
  const s = src.array;
  const d = dst.array;
  let k = dst.at;
  if (run === 0 || inner.length === 0) return;
  if (inner.length === 1 && (run === 1 || (run === 2 && src.unit.make === Int32Array))) {
    for (let o = 0; o < outer.length; o++, k += run * p.length) {
      const at = src.at + outer[o];
      if (run === 2) takePairs(s as Int32Array, d as Int32Array, at, p, k);
      else if (src.unit.make === Float64Array) take64(s as Float64Array, d as Float64Array, at, p, k);
      else if (src.unit.make === Int32Array) take32(s as Int32Array, d as Int32Array, at, p, k);
      else if (src.unit.make === Uint16Array) take16(s as Uint16Array, d as Uint16Array, at, p, k);
      else take8(s as Uint8Array, d as Uint8Array, at, p, k);
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

function put64(s: Float64Array, d: Float64Array, at: number, p: Positions, k: number, step: number): void {
  for (let i = 0, j = k; i < p.length; i++, j += step) d[at + p[i]] = s[j];
}
function put32(s: Int32Array, d: Int32Array, at: number, p: Positions, k: number, step: number): void {
  for (let i = 0, j = k; i < p.length; i++, j += step) d[at + p[i]] = s[j];
}
function put16(s: Uint16Array, d: Uint16Array, at: number, p: Positions, k: number, step: number): void {
  for (let i = 0, j = k; i < p.length; i++, j += step) d[at + p[i]] = s[j];
}
function put8(s: Uint8Array, d: Uint8Array, at: number, p: Positions, k: number, step: number): void {
  for (let i = 0, j = k; i < p.length; i++, j += step) d[at + p[i]] = s[j];
}
function putPairs(s: Int32Array, d: Int32Array, at: number, p: Positions, k: number, step: number): void {
  for (let i = 0, j = k; i < p.length; i++, j += 2 * step) {
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
  if (inner.length === 1 && (run === 1 || (run === 2 && unit === 2 && src.unit.make === Int32Array))) {
    const step = single ? 0 : 1;
    for (let o = 0; o < outer.length; o++, k += step * run * p.length) {
      const at = dst.at + outer[o];
      if (run === 2) putPairs(s as Int32Array, d as Int32Array, at, p, k, step);
      else if (src.unit.make === Float64Array) put64(s as Float64Array, d as Float64Array, at, p, k, step);
      else if (src.unit.make === Int32Array) put32(s as Int32Array, d as Int32Array, at, p, k, step);
      else if (src.unit.make === Uint16Array) put16(s as Uint16Array, d as Uint16Array, at, p, k, step);
      else put8(s as Uint8Array, d as Uint8Array, at, p, k, step);
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

/** int64 coordinates of the true elements of a mask in C order, one array for each axis. */
export function coordinates(m: Uint8Array, count: number, shape: readonly number[], fresh: (axis: number) => ArrayValue): ArrayValue[] {
  const nd = shape.length;
  const outs = shape.map((_, d) => fresh(d));
  if (count === 0) return outs;
  const words = outs.map((a) => typedView(a.buffer as HostBuffer, Int32Array));
  const at = words.map(({ base }, i) => base + outs[i].offset / 4);
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
      q += m[i + j] << 1;
      k += m[i + j];
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
