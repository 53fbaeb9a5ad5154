import type { ArrayLike } from '../core/coerce.js';
import { asDtype, type DTypeLike } from '../core/dtype.js';
import { runAs } from '../core/transfers.js';
import { asNDArray, NDArray } from '../ndarray/ndarray.js';
import { convert_to_tensor } from '../tensor/convert.js';
import { Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';
import { readNeighbour, waitFor } from './neighbours/index.js';

/** Conversions by name, for those who do not want to think of the class they have. */

/** How arrays of other libraries are read. */
export interface ConvertOptions {
  /** What becomes of missing values (Arrow, frames): 'raise', the default; 'nan'; or a value in their place. */
  nulls?: unknown;
  /** dtype of plain memory (ArrayBuffers, Blobs): uint8 unless given. */
  dtype?: DTypeLike;
}

/** What the conversions take: arrays, tensors, data, and what other libraries have. */
export type Convertible = ArrayLike | Variable | object;

/**
 * The NDArray of anything: a tensor's memory is shared (copy-on-write), an array is itself. Tensors of TensorFlow.js and onnxruntime, vectors and tables
 * of Apache Arrow, arrays of scijs and stdlib, frames, ImageData, ArrayBuffers and Node's Buffers are known by their shape,
 * and share their memory where that is possible.
 *
 * @throws ValueError for missing values, unless `nulls` says what becomes of them; for what can only be waited for (see `to_array_async`)
 * @example interop.to_array(tf.constant([1, 2])) // → array([1., 2.], dtype=float32)
 */
export function to_array(x: Convertible, options: ConvertOptions = {}): NDArray {
  return runAs('interop.to_array', () => {
    if (x instanceof Variable) return x.numpy();
    if (x instanceof Tensor) return x.numpy();
    if (x instanceof NDArray) return x;
    const dtype = options.dtype === undefined ? undefined : asDtype(options.dtype);
    return (readNeighbour(x, { ...options, dtype })?.array as NDArray | undefined) ?? asNDArray(x);
  });
}

/**
 * The same for what has to be waited for: Blobs, files and Responses, tensors of other libraries that are on a device, promises of
 * any of them.
 * @example await interop.to_array_async(new Blob([new Uint8Array([1, 2])])) // → array([1, 2], dtype=uint8)
 */
export function to_array_async(x: unknown, options: ConvertOptions = {}): Promise<NDArray> {
  return waitFor(x).then((ready) => to_array(ready as Convertible, options));
}

/**
 * The Tensor of anything: an array's memory is shared (copy-on-write), a tensor is itself. Arrays of other libraries are taken as by
 * `to_array`; memory that they may write is copied, since tensors do not change.
 * @example interop.to_tensor(np.arange(2)) // → <tf.Tensor: shape=(2,), dtype=int64, numpy=array([0, 1])>
 */
export function to_tensor(x: Convertible, options: ConvertOptions = {}): Tensor {
  if (x instanceof Variable || x instanceof Tensor || x instanceof NDArray) return convert_to_tensor(x);
  return runAs('interop.to_tensor', () => {
    const dtype = options.dtype === undefined ? undefined : asDtype(options.dtype);
    return convert_to_tensor((readNeighbour(x, { ...options, dtype })?.array ?? x) as ArrayLike);
  });
}
