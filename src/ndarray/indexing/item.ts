import { ArrayValue } from '../../core/array.js';
import { allocate } from '../../core/coerce.js';
import { int64, nativeOf } from '../../core/dtype.js';
import { IndexError } from '../../core/errors.js';
import { parseIndex } from '../../core/ops/entries.js';
import { unitOf } from '../../core/ops/cells.js';
import { host, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { getPlanned } from '../../core/ops/index.js';
import { setElement, setitem } from '../../core/ops/assign.js';
import { assignTo } from '../../core/ops/copy.js';
import { fieldAt, namedFields } from '../../core/ops/structures.js';
import { planIndex, viewGeometry } from '../../core/ops/plan.js';
import { beginning } from '../../core/transfers.js';
import type { NDArray } from '../ndarray.js';

/** `a[index]` and `a[index] = value` for arrays, with short ways for integers. */

/** Byte offset of an index of integers only, or -1 when it is another kind of index. */
function integersOnly(a: ArrayValue, index: readonly unknown[]): number {
  const n = index.length;
  const { shape, strides } = a;
  if (n === 0 || n > shape.length) return -1;
  let at = a.offset;
  for (let d = 0; d < n; d++) {
    const k = index[d];
    if (typeof k !== 'number' || !Number.isInteger(k)) return -1;
    const m = shape[d];
    if (k < -m || k >= m) {
      for (let e = d + 1; e < n; e++) if (typeof index[e] !== 'number' || !Number.isInteger(index[e])) return -1;
      throw new IndexError(`index ${k} is out of bounds for axis ${d} with size ${m}`);
    }
    at += (k < 0 ? k + m : k) * strides[d];
  }
  return at;
}

/** Elements of structures: their fields read as elements do. */
const records = new WeakSet<NDArray>();

/** Whether an array is the element of an array of structures. */
export const isRecord = (a: NDArray): boolean => records.has(a);

/** What an index of names, or of a place in a record, gives; null for others. */
function fieldIndex(a: NDArray, index: readonly unknown[]): NDArray | null {
  const k = index[0];
  const field =
    a.shape.length === 0 && index.length === 1 && typeof k === 'number' && Number.isInteger(k)
      ? (fieldAt(a, k) as NDArray)
      : (namedFields(a, index) as NDArray | null);
  return field;
}

/**
 * The element at a byte offset as an array of no dimensions, with memory of its own. It is read-only, as NumPy's scalars are:
 * `a.at(0).iadd(1)` must not pass for a change of `a`.
 */
export function elementAt(a: NDArray, at: number): NDArray {
  // A structure's element is a record: a view, through which its fields are written.
  if (a.dtype.layout !== null) {
    const record = a.viewOf(a.dtype, [], [], at);
    records.add(record);
    return record;
  }
  if (!a.dtype.isnative && a.dtype.kind !== 'V') {
    const out = allocate([], nativeOf(a.dtype), a.face) as NDArray;
    assignTo(out, a.viewOf(a.dtype, [], [], at));
    out.writeable = false;
    return out;
  }
  const out = allocate([], a.dtype, a.face) as NDArray;
  const { make, count } = unitOf(a.dtype);
  const from = typedView(host(a.buffer, 'getitem'), make);
  const to = typedView(out.buffer as HostBuffer, make);
  const p = from.base + at / make.BYTES_PER_ELEMENT;
  if (Number.isInteger(p)) for (let i = 0; i < count; i++) to.array[to.base + i] = from.array[p + i];
  else assignTo(out, a.viewOf(a.dtype, [], [], at));
  out.writeable = false;
  return out;
}

/** Up to so many indices are taken one by one. */
const FEW = 32;

/**
 * The elements of a numeric array of one axis at a few int64 indices; null for all else. Kernels and plans for a handful of
 * elements cost several times what moving them does.
 */
function fewOf(a: NDArray, k: unknown): NDArray | null {
  if (!(k instanceof ArrayValue) || k.dtype !== int64 || k.shape.length !== 1 || k.shape[0] > FEW) return null;
  if (a.shape.length !== 1 || a.dtype.index < 0 || a.interpreter !== null || k.interpreter !== null) return null;
  const { make, count } = unitOf(a.dtype);
  const w = make.BYTES_PER_ELEMENT;
  const from = typedView(host(a.buffer, 'getitem'), make);
  const at = from.base + a.offset / w;
  const step = a.strides[0] / w;
  const words = typedView(host(k.buffer, 'getitem'), Int32Array);
  const first = words.base + k.offset / 4;
  const next = k.strides[0] / 4;
  if (!Number.isInteger(at) || !Number.isInteger(step) || !Number.isInteger(first) || !Number.isInteger(next))
    return null;
  const n = a.shape[0];
  const out = allocate([k.shape[0]], a.dtype, a.face) as NDArray;
  const to = typedView(out.buffer as HostBuffer, make);
  for (let i = 0, p = first, q = to.base; i < k.shape[0]; i++, p += next) {
    const low = words.array[p] as number;
    const v = low < 0 ? low + n : low;
    // What is out of bounds is said where all indices are read.
    if (words.array[p + 1] !== low >> 31 || v < 0 || v >= n) return null;
    for (let c = 0, r = at + v * step; c < count; c++) to.array[q++] = from.array[r + c];
  }
  return out;
}

/** `a[index]`. */
export function getIndex(a: NDArray, index: readonly unknown[]): NDArray {
  if (a.dtype.layout !== null) {
    const field = fieldIndex(a, index);
    if (field !== null) return records.has(a) && field.ndim === 0 ? elementAt(field, field.offset) : field;
  }
  const at = integersOnly(a, index);
  if (at >= 0) {
    const n = index.length;
    return n === a.shape.length ? elementAt(a, at) : a.viewOf(a.dtype, a.shape.slice(n), a.strides.slice(n), at);
  }
  const few = index.length === 1 ? fewOf(a, index[0]) : null;
  if (few !== null) return few;
  const plan = planIndex(a.shape, parseIndex(index));
  if (plan.parts.length > 0) return getPlanned(a, plan) as NDArray;
  const g = viewGeometry(plan.steps, a.strides, a.offset);
  if (plan.scalar) return elementAt(a, g.offset);
  const view = a.viewOf(a.dtype, g.shape, g.strides, g.offset);
  return plan.copy ? copyOf(view) : view;
}

function copyOf(a: NDArray): NDArray {
  const out = allocate(a.shape, a.dtype, a.face) as NDArray;
  setitem(out, ['...'], a);
  return out;
}

/** `a[index] = value`. */
export function setIndex(a: NDArray, index: unknown, value: unknown): void {
  if (a.dtype.hasobject) beginning();
  const entries = Array.isArray(index) ? (index as readonly unknown[]) : [index];
  if (a.dtype.layout !== null) {
    const field = fieldIndex(a, entries);
    if (field !== null) {
      a.face.beforeWrite(a, 'assignment');
      if (records.has(a) && field.ndim === 0) setElement(field, field.offset, value);
      else setitem(field, ['...'], value);
      return;
    }
  }
  if (
    entries.length === a.shape.length &&
    (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
  ) {
    a.face.beforeWrite(a, 'assignment');
    const at = integersOnly(a, entries);
    if (at >= 0) {
      setElement(a, at, value);
      return;
    }
  }
  setitem(a, entries, value);
}
