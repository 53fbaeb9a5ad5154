import type { ArrayLike } from '../core/coerce.js';
import { asNDArray, NDArray } from '../ndarray/ndarray.js';
import { convert_to_tensor } from '../tensor/convert.js';
import { Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';

/** Conversions by name, for those who do not want to think of the class they have. */

/** The NDArray of anything: a tensor's memory is shared (copy-on-write), an array is itself. */
export function to_array(x: ArrayLike | Variable): NDArray {
  if (x instanceof Variable) return x.numpy();
  if (x instanceof Tensor) return x.numpy();
  return x instanceof NDArray ? x : asNDArray(x);
}

/** The Tensor of anything: an array's memory is shared (copy-on-write), a tensor is itself. */
export const to_tensor = (x: ArrayLike | Variable): Tensor => convert_to_tensor(x);
