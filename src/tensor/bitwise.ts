/** tf.bitwise: bits of integers. */
import { InvalidArgumentError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { convert_to_tensor, type TensorLike, together } from './convert.js';
import { op } from './op.js';
import type { Tensor } from './tensor.js';

export { bitwise_and, bitwise_or, bitwise_xor } from './math.js';

const integer = (name: string, t: Tensor): Tensor => {
  if (!'iu'.includes(t.dtype.kind))
    throw new InvalidArgumentError(`tf.bitwise.${name}: dtype ${t.dtype.name} is not allowed; it is an integer's`);
  return t;
};
const shift =
  (name: 'left_shift' | 'right_shift') =>
  (x: TensorLike, y: TensorLike): Tensor =>
    op(`bitwise.${name}`, () => {
      const [a, b] = together(name, [x, y]).map((t) => integer(name, t));
      // Shifts by a negative number, or by the width and more, are not defined: those count as the least or the widest shift.
      const by = np.clip(b, 0, a.dtype.itemsize * 8 - 1);
      return np[name](a, by as never) as unknown as Tensor;
    });

/** Bits moved to the left. @example tf.bitwise.left_shift(tf.constant([1, 3], 'int32'), 2).numpy() // → array([ 4, 12], dtype=int32) */
export const left_shift: (x: TensorLike, y: TensorLike) => Tensor = shift('left_shift');
/** Bits moved to the right, signs kept. @example tf.bitwise.right_shift(tf.constant([-8, 8], 'int32'), 1).numpy() // → array([-4,  4], dtype=int32) */
export const right_shift: (x: TensorLike, y: TensorLike) => Tensor = shift('right_shift');
/** All bits the other way. @example tf.bitwise.invert(tf.constant([0, 5], 'int32')).numpy() // → array([-1, -6], dtype=int32) */
export const invert = (x: TensorLike): Tensor =>
  op('bitwise.invert', () => np.invert(integer('invert', convert_to_tensor(x) as Tensor)) as unknown as Tensor);
