import type { ArrayValue } from '../../core/array.js';
import { allocate } from '../../core/coerce.js';
import { IndexError } from '../../core/errors.js';
import { parseIndex } from '../../core/ops/entries.js';
import { cells } from '../../core/ops/cells.js';
import { getPlanned, setElement, setitem } from '../../core/ops/index.js';
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

/**
 * The element at a byte offset as an array of no dimensions, with memory of its own. It is read-only, as NumPy's scalars are:
 * `a.at(0).iadd(1)` must not pass for a change of `a`.
 */
export function elementAt(a: NDArray, at: number): NDArray {
  const out = allocate([], a.dtype, a.face) as NDArray;
  const from = cells(a, 'getitem');
  const to = cells(out, 'getitem');
  const p = from.at + (at - a.offset) / from.unit.make.BYTES_PER_ELEMENT;
  for (let i = 0; i < from.unit.count; i++) to.array[to.at + i] = from.array[p + i];
  out.writeable = false;
  return out;
}

/** `a[index]`. */
export function getIndex(a: NDArray, index: readonly unknown[]): NDArray {
  const at = integersOnly(a, index);
  if (at >= 0) {
    const n = index.length;
    return n === a.shape.length ? elementAt(a, at) : a.viewOf(a.dtype, a.shape.slice(n), a.strides.slice(n), at);
  }
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
