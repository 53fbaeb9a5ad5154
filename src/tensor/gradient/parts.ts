import type { ArrayValue } from '../../core/array.js';
import type { DType } from '../../core/dtype.js';
import { isDescribed } from '../../core/device/shapes.js';
import { zeroFill } from '../../core/ops/contract.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { fromArray, tensorFace } from '../tensor.js';
import { getDevice } from '../../core/device/registry.js';
import { cStrides, sizeOf } from '../../core/view.js';

/** Tensors that gradients begin with. */

/** Zeros of a shape and dtype on a device. */
export function zerosOn(shape: readonly number[], dtype: DType, device: string): ArrayValue {
  const buffer = getDevice(device).allocate(sizeOf(shape) * dtype.itemsize);
  const strides = cStrides(shape, dtype.itemsize);
  zeroFill({ buffer, offset: 0, dtype }, shape, strides);
  return tensorFace.fresh(buffer, dtype, shape);
}

export const zerosLike = (t: ArrayValue): ArrayValue =>
  zerosOn(t.shape, t.dtype, isDescribed(t.buffer) ? 'cpu' : t.buffer.device.name);

/** An array as a tensor that takes part in computations with another one. */
export const constantOf = (a: NDArray, _like: ArrayValue): ArrayValue => fromArray(a);
