import type { ArrayLike } from '../core/coerce.js';
import { asNDArray, NDArray } from '../ndarray/ndarray.js';
import { convert_to_tensor } from '../tensor/convert.js';
import { Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';

/** Conversions by name, for those who do not want to think of the class they have. */

/**
 * The NDArray of anything: a tensor's memory is shared (copy-on-write), an array is itself.
 * @example interop.to_array(tf.constant([1, 2])) // → array([1., 2.], dtype=float32)
 */
export function to_array(x: ArrayLike | Variable): NDArray {
  if (x instanceof Variable) return x.numpy();
  if (x instanceof Tensor) return x.numpy();
  return x instanceof NDArray ? x : asNDArray(x);
}

/**
 * The Tensor of anything: an array's memory is shared (copy-on-write), a tensor is itself.
 * @example interop.to_tensor(np.arange(2)) // → <tf.Tensor: shape=(2,), dtype=int64, numpy=array([0, 1])>
 */
export const to_tensor = (x: ArrayLike | Variable): Tensor => convert_to_tensor(x);
