import { InvalidArgumentError, TypeError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import * as u from '../ndarray/ufuncs.js';
import { convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { maximum, minimum } from './math.js';
import { op } from './op.js';
import type { Tensor } from './tensor.js';

/** Values and tensors limited in size. */

const tensor = (x: unknown): Tensor => x as Tensor;

/**
 * Values limited to an interval; the bounds are inclusive.
 * @throws InvalidArgumentError where the bounds do not broadcast to the tensor
 * @example tf.clip_by_value([1, 5, 9], 2, 6).numpy() // → array([2., 5., 6.], dtype=float32)
 */
export function clip_by_value(t: TensorLike, clip_value_min: TensorLike, clip_value_max: TensorLike): Tensor {
  return op('clip_by_value', () => {
    const [x, lo, hi] = together('clip_by_value', [t, clip_value_min, clip_value_max]);
    const out = maximum(minimum(x, hi), lo);
    if (out.size !== x.size)
      throw new InvalidArgumentError(
        `tf.clip_by_value: Incompatible shapes: [${x.shape.join(',')}] vs. [${out.shape.join(',')}]`,
      );
    return out;
  });
}

/**
 * The tensor scaled down to an Euclidean norm of at most `clip_norm`, over all values or over axes.
 * @example tf.clip_by_norm([3, 4], 1).numpy() // → array([0.6, 0.8], dtype=float32)
 */
export function clip_by_norm(
  t: TensorLike,
  clip_norm: TensorLike,
  ...rest: (number | readonly number[] | null | { axes?: number | readonly number[] | null })[]
): Tensor {
  return op('clip_by_norm', () => {
    const axes = options<{ axes: number }>('clip_by_norm', ['axes'], rest as never).axes ?? null;
    const [x, most] = together('clip_by_norm', [t, clip_norm]);
    const sum = np.sum(np.square(np.abs(x)), { axis: axes as number, keepdims: true });
    // The gradient of a root is not taken where there is nothing to take it of.
    const some = np.greater(sum as never, 0);
    const size = np.where(some, np.sqrt(np.where(some, sum as never, 1 as never)), sum as never);
    return tensor(u.divide(u.multiply(x, most), u.maximum(size as never, most)));
  });
}

/**
 * The Euclidean norm of all values of several tensors together; null entries are left out.
 * @throws InvalidArgumentError for tensors of two dtypes
 * @example tf.linalg.global_norm([[3], [4]]).item() // → 5
 */
export function global_norm(t_list: readonly (TensorLike | null)[]): Tensor {
  return op('linalg.global_norm', () => {
    if (!Array.isArray(t_list)) throw new TypeError('t_list should be a sequence');
    const all = together(
      'global_norm',
      t_list.filter((t) => t !== null),
    );
    if (all.length === 0) return convert_to_tensor(0) as Tensor;
    const squares = all.map((t) => np.sum(np.square(np.abs(t))));
    return tensor(np.sqrt(squares.reduce((a, b) => np.add(a as never, b as never) as never)));
  });
}

/**
 * Tensors scaled down together so that their common Euclidean norm is at most `clip_norm`, and that norm before.
 * @example
 * const [list, norm] = tf.clip_by_global_norm([[3, 4], [0]], 2.5);
 * list[0].tolist() // → [ 1.5, 2 ]
 * norm.item() // → 5
 */
export function clip_by_global_norm(
  t_list: readonly (TensorLike | null)[],
  clip_norm: TensorLike,
  ...rest: (TensorLike | { use_norm?: TensorLike | null })[]
): [list: (Tensor | null)[], norm: Tensor] {
  return op('clip_by_global_norm', () => {
    const given = options<{ use_norm: TensorLike | null }>('clip_by_global_norm', ['use_norm'], rest).use_norm ?? null;
    const norm = given === null ? global_norm(t_list) : (convert_to_tensor(given) as Tensor);
    const [size, most] = together('clip_by_global_norm', [norm, clip_norm]);
    const scale = u.multiply(most, u.minimum(u.reciprocal(size), u.reciprocal(most)));
    // A norm that is not finite makes everything nan: it is not to be overlooked.
    const factor = u.add(scale, u.subtract(size, size));
    return [t_list.map((t) => (t === null ? null : tensor(u.multiply(convert_to_tensor(t), factor)))), norm];
  });
}
