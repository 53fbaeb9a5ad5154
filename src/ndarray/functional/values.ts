import { ArrayValue } from '../../core/array.js';
import { allocate, toArray } from '../../core/coerce.js';
import type { HostBuffer } from '../../core/device/device.js';
import { elementsOf } from '../../core/device/elements.js';
import { type DType, objectDtype } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { setElement } from '../../core/ops/assign.js';
import { broadcastTo, reshapeTo } from '../../core/ops/move.js';
import { broadcastShapes, sizeOf } from '../../core/view.js';
import { listOf } from '../indexing/data.js';
import { elements, type NDArray } from '../ndarray.js';

/** Between arrays and the JavaScript values that users' functions take and give. */

/** Stretches arrays to their common shape and lists their values in C order. */
export function stretch(arrays: readonly NDArray[]): { shape: number[]; columns: (readonly unknown[])[] } {
  const shape = broadcastShapes(arrays.map((a) => a.shape));
  return { shape: [...shape], columns: arrays.map((a) => valuesOf(broadcastTo(a, shape) as NDArray)) };
}

/** The values of an array in C order. */
export const valuesOf = (a: NDArray): readonly unknown[] =>
  listOf(reshapeTo(a, [sizeOf(a.shape)]) as NDArray, false) as unknown[];

/** An array of values in C order. It is written when all are known: memory may move while a user's function runs. */
export function gather(results: readonly unknown[], shape: readonly number[], dtype: DType): NDArray {
  if (dtype.kind === 'O') return boxed(results, shape);
  const numeric = 'biufc'.includes(dtype.kind);
  if (!numeric) return reshapeTo(toArray(results, dtype), shape) as NDArray;
  const out = allocate(shape, dtype) as NDArray;
  const plain = dtype.kind === 'f' && dtype.itemsize > 2;
  const { array, base } = elements(out);
  for (let i = 0; i < results.length; i++) {
    const v = results[i];
    if (plain && typeof v === 'number') array[base + i] = v;
    else if (Array.isArray(v) || (v instanceof ArrayValue && v.ndim > 0))
      throw new ValueError('setting an array element with a sequence.');
    else setElement(out, i * dtype.itemsize, v);
  }
  return out;
}

/** The objects of a list, in C order: what `np.frompyfunc`'s functions give. Lists and arrays among them are objects too. */
export function boxed(values: readonly unknown[], shape: readonly number[]): NDArray {
  const out = allocate(shape, objectDtype) as NDArray;
  const { set } = elementsOf(out.buffer as HostBuffer, objectDtype);
  for (let i = 0; i < values.length; i++) set(i * objectDtype.itemsize, values[i]);
  return out;
}
