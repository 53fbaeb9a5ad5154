import { type ArrayValue, isCContiguous } from '../../core/array.js';
import { allocate } from '../../core/coerce.js';
import { CONTAINER, type TypedArray, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { bool, int64, isTime, NAT } from '../../core/dtype.js';
import { copyAs } from '../../core/ops/copy.js';
import { comparerOf, elementsAt } from '../../core/ops/order.js';
import { laneOf, orderingOf } from '../../core/ops/ordering.js';
import { sizeOf } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';

/** Rows of elements in the host's memory, as the set functions handle them: one-dimensional, or the rows of a matrix. */

/** Elements of an array as a typed array of its components (bits for float16), and the index of the first. */
export function componentsOf(a: ArrayValue): { array: TypedArray; at: number } {
  const { array, base } = typedView(a.buffer as HostBuffer, CONTAINER[a.dtype.part]);
  return { array, at: base + a.offset / array.BYTES_PER_ELEMENT };
}

/** A contiguous one-dimensional view of the elements in C order, or a copy where there is none. */
export function ravelled(a: ArrayValue): ArrayValue {
  const c = isCContiguous(a) ? a : copyAs(a, a.dtype, 'C');
  return c.face.view(c, c.dtype, [c.size], [c.dtype.itemsize], c.offset);
}

/** A fresh contiguous one-dimensional copy. */
export function flatCopy(a: ArrayValue): ArrayValue {
  const c = copyAs(a, a.dtype, 'C');
  return c.face.view(c, c.dtype, [c.size], [c.dtype.itemsize], c.offset);
}

/** Rows of `width` elements (of a contiguous array), picked by number. */
export function takeRows(a: ArrayValue, rows: Uint32Array, width: number, shape: readonly number[]): ArrayValue {
  const out = allocate(shape, a.dtype);
  const bytes = a.dtype.itemsize * width;
  // The widest unit that divides a row and the place of the first.
  const all = bytes | a.offset;
  const unit = all % 4 === 0 ? 4 : all % 2 === 0 ? 2 : 1;
  const make = unit === 4 ? Int32Array : unit === 2 ? Uint16Array : Uint8Array;
  const from = typedView(a.buffer as HostBuffer, make);
  const to = typedView(out.buffer as HostBuffer, make);
  const src = from.array as Int32Array;
  const dst = to.array as Int32Array;
  const start = from.base + a.offset / unit;
  const w = bytes / unit;
  let p = to.base;
  if (w === 1) for (let i = 0; i < rows.length; i++) dst[p++] = src[start + rows[i]];
  else if (w === 2) {
    for (let i = 0; i < rows.length; i++) {
      const q = start + 2 * rows[i];
      dst[p++] = src[q];
      dst[p++] = src[q + 1];
    }
  } else {
    for (let i = 0; i < rows.length; i++) {
      const q = start + w * rows[i];
      for (let k = 0; k < w; k++) dst[p++] = src[q + k];
    }
  }
  return out;
}

export const take = (a: ArrayValue, indices: Uint32Array): ArrayValue => takeRows(a, indices, 1, [indices.length]);

/** Whether elements differ from those before them; the first one does. NaN differs from everything. */
export function changes(a: ArrayValue): Uint8Array {
  const n = a.size;
  const out = new Uint8Array(n);
  if (n === 0) return out;
  out[0] = 1;
  const ordering = a.dtype.index < 0 ? orderingOf(a.dtype) : null;
  if (ordering !== null) {
    const values = laneOf(a, a.offset, a.dtype.itemsize, n);
    for (let i = 1; i < n; i++) out[i] = ordering.equal(values[i], values[i - 1]) ? 0 : 1;
    return out;
  }
  const part = a.dtype.part;
  if (part === undefined) {
    const compare = comparerOf(a.dtype);
    const values = elementsAt(a, a.offset, a.dtype.itemsize, n);
    for (let i = 1; i < n; i++) out[i] = compare(values[i - 1], values[i]) === 0 ? 0 : 1;
    return out;
  }
  if (part === 'int64' || part === 'uint64') {
    const { array, base } = typedView(a.buffer as HostBuffer, Int32Array);
    const w = array as Int32Array;
    for (let i = 1, p = base + a.offset / 4 + 2; i < n; i++, p += 2)
      out[i] = w[p] !== w[p - 2] || w[p + 1] !== w[p - 1] ? 1 : 0;
    if (isTime(a.dtype)) for (let i = 1; i < n; i++) if (isNaNAt(a, i)) out[i] = 1;
    return out;
  }
  const { array, at } = componentsOf(a);
  const v = array as Float64Array;
  if (part === 'float16') {
    // Bits: zeros of both signs are equal, NaNs are not.
    for (let i = 1; i < n; i++) {
      const x = v[at + i];
      const y = v[at + i - 1];
      const same = x === y ? (x & 0x7fff) <= 0x7c00 : ((x | y) & 0x7fff) === 0;
      out[i] = same ? 0 : 1;
    }
  } else if (a.dtype.kind === 'c') {
    for (let i = 1, p = at + 2; i < n; i++, p += 2) out[i] = v[p] !== v[p - 2] || v[p + 1] !== v[p - 1] ? 1 : 0;
  } else for (let i = 1, p = at + 1; i < n; i++, p++) out[i] = v[p] !== v[p - 1] ? 1 : 0;
  return out;
}

/** Whether an element (of a contiguous array) is, or has, a NaN. */
export function isNaNAt(a: ArrayValue, i: number): boolean {
  if (a.dtype.part === undefined) return false;
  const { array, at } = componentsOf(a);
  if (isTime(a.dtype)) return (array[at + i] as unknown) === NAT;
  if (a.dtype.kind === 'c') return Number.isNaN(array[at + 2 * i]) || Number.isNaN(array[at + 2 * i + 1]);
  if (a.dtype.part === 'float16') return ((array[at + i] as number) & 0x7fff) > 0x7c00;
  return a.dtype.kind === 'f' && Number.isNaN(array[at + i]);
}

/** Positions of the flags that are set. */
export function flagged(flags: Uint8Array): Uint32Array {
  let n = 0;
  for (let i = 0; i < flags.length; i++) n += flags[i];
  const out = new Uint32Array(n);
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i] !== 0) out[k++] = i;
  return out;
}

/** A fresh int64 array of indices or counts. */
export function indexArray(values: Uint32Array, shape: readonly number[] = [values.length]): NDArray<'int64'> {
  const out = allocate(shape, int64);
  const { array, base } = typedView(out.buffer as HostBuffer, Int32Array);
  const to = array as Int32Array;
  for (let i = 0, p = base; i < sizeOf(shape); i++) {
    to[p++] = values[i];
    to[p++] = 0;
  }
  return out as NDArray<'int64'>;
}

/** A fresh bool array. */
export function boolArray(values: Uint8Array, shape: readonly number[]): NDArray<'bool'> {
  const out = allocate(shape, bool);
  (out.buffer as HostBuffer).bytes.set(values);
  return out as NDArray<'bool'>;
}

/** Positions as numbers, of an array of integers. */
export function positions(a: ArrayValue): Float64Array {
  const c = ravelled(a);
  const { array, at } = componentsOf(c);
  const out = new Float64Array(c.size);
  for (let i = 0; i < out.length; i++) out[i] = Number(array[at + i]);
  return out;
}
