import type { ArrayValue } from '../../core/array.js';
import { bind1, type Primitive, primitive } from '../../core/dispatch.js';
import type { DType } from '../../core/dtype.js';
import { isDescribed } from '../../core/device/shapes.js';
import { zeroFill } from '../../core/ops/contract.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { fromArray, tensorFace } from '../tensor.js';
import { getDevice } from '../../core/device/registry.js';
import { cStrides, sizeOf } from '../../core/view.js';
import { noteRead } from './reads.js';

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

/** A tensor of its own over the same memory. */
export const alias = (t: ArrayValue): ArrayValue => t.face.view(t, t.dtype, t.shape, t.strides, t.offset);

/** The same value, through which no gradient comes. */
const stopPrimitive: Primitive = primitive('stop_gradient', ([t]) => alias(t));
export const stopped = (t: ArrayValue): ArrayValue => bind1(stopPrimitive, [t], {});

/** What a variable holds once this value was assigned to it: a source of its own for tapes, as everything that is read of a variable. */
const heldPrimitive: Primitive<{ readonly variable: object }> = primitive('held', ([t], { variable }) => {
  const mine = alias(t);
  noteRead(variable, mine);
  return mine;
});
export const held = (t: ArrayValue, variable: object): ArrayValue => bind1(heldPrimitive, [t], { variable });
