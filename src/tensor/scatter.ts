import { InvalidArgumentError, shapeText } from '../core/errors.js';
import { type ScatterStep, scatterFold } from '../core/ops/scatter-fold.js';
import { runAs } from '../core/transfers.js';
import { sameShape } from '../core/view.js';
import * as np from '../ndarray/index.js';
import { convert_to_tensor, inDtype, type TensorLike, together } from './convert.js';
import { asIndices, places } from './slicing.js';
import { Tensor } from './tensor.js';

/** Tensors with updates in the places that rows of indices name. */

export type ScatterOp = (tensor: TensorLike, indices: TensorLike, updates: TensorLike) => Tensor;

/** The tensor after the updates, each in its place, in order. @internal */
export function scattered(name: string, step: ScatterStep, x: Tensor, indices: TensorLike, updates: Tensor): Tensor {
  const i = asIndices(indices);
  const where = places(name, x.shape, i);
  const wanted = [...i.shape.slice(0, -1), ...x.shape.slice(where.length)];
  if (updates.ndim > 0 && !sameShape(updates.shape, wanted))
    throw new InvalidArgumentError(
      `tf.${name}: Must have updates.shape = indices.shape[:-1] + params_shape[indices.shape[-1]:], got updates.shape: [${updates.shape.join(',')}], indices.shape: [${i.shape.join(',')}], params_shape: [${x.shape.join(',')}]`,
    );
  const full =
    updates.ndim === 0 && wanted.length > 0 ? (np.broadcast_to(updates, wanted) as unknown as Tensor) : updates;
  if (x.dtype.kind === 'c' && (step === 'maximum' || step === 'minimum'))
    throw new InvalidArgumentError(`tf.${name}: dtype ${x.dtype.name} is not allowed`);
  return scatterFold(x, full, where, { step }) as Tensor;
}

const row =
  (name: string, step: ScatterStep): ScatterOp =>
  (t, indices, updates) =>
    runAs(`tf.${name}`, () => {
      const [x, u] = together(name, [t, updates]);
      return scattered(name, step, x, indices, u);
    });

/**
 * The tensor with the updates in the places that rows of indices name; of repeated places the last one counts.
 * @throws InvalidArgumentError when an index is out of range, or the updates do not fit
 * @example tf.tensor_scatter_nd_update([1, 2, 3], [[0], [2]], [9, 8]).numpy() // → array([9., 2., 8.], dtype=float32)
 */
export const tensor_scatter_nd_update: ScatterOp = row('tensor_scatter_nd_update', 'update');
/**
 * The tensor with the updates added in the places that rows of indices name, repeated ones included.
 * @example tf.tensor_scatter_nd_add([1, 2, 3], [[0], [0]], [9, 8]).numpy() // → array([18.,  2.,  3.], dtype=float32)
 */
export const tensor_scatter_nd_add: ScatterOp = row('tensor_scatter_nd_add', 'add');
/**
 * The tensor with the updates subtracted in the places that rows of indices name, repeated ones included.
 * @example tf.tensor_scatter_nd_sub([1, 2, 3], [[0], [0]], [9, 8]).numpy() // → array([-16.,   2.,   3.], dtype=float32)
 */
export const tensor_scatter_nd_sub: ScatterOp = row('tensor_scatter_nd_sub', 'subtract');
/**
 * The larger of the tensor and the updates in the places that rows of indices name. Equal ones share the gradient.
 * @example tf.tensor_scatter_nd_max([1, 2, 3], [[0], [2]], [9, 0]).numpy() // → array([9., 2., 3.], dtype=float32)
 */
export const tensor_scatter_nd_max: ScatterOp = row('tensor_scatter_nd_max', 'maximum');
/**
 * The smaller of the tensor and the updates in the places that rows of indices name. Equal ones share the gradient.
 * @example tf.tensor_scatter_nd_min([1, 2, 3], [[0], [2]], [9, 0]).numpy() // → array([1., 2., 0.], dtype=float32)
 */
export const tensor_scatter_nd_min: ScatterOp = row('tensor_scatter_nd_min', 'minimum');

/**
 * A tensor of zeros with the updates added at rows of indices. @throws InvalidArgumentError when an index is out of range
 * @example tf.scatter_nd([[1], [3], [1]], [5, 6, 7], [4]).numpy() // → array([ 0., 12.,  0.,  6.], dtype=float32)
 */
export const scatter_nd = (indices: TensorLike, updates: TensorLike, shape: readonly number[] | Tensor): Tensor =>
  runAs('tf.scatter_nd', () => {
    const u = convert_to_tensor(updates) as Tensor;
    const lengths = shape instanceof Tensor ? ([shape.tolist()].flat() as number[]).map(Number) : [...shape];
    if (lengths.some((n) => n < 0))
      throw new InvalidArgumentError(`tf.scatter_nd: the shape ${shapeText(lengths)} has a negative length`);
    return scattered('scatter_nd', 'add', convert_to_tensor(np.zeros(lengths, u.dtype)) as Tensor, indices, u);
  });

/** Entries along the first axis of a tensor, named by single indices, after updates. @internal */
export function scatterRows(
  name: string,
  step: ScatterStep,
  x: Tensor,
  indices: TensorLike,
  updates: TensorLike,
): Tensor {
  const i = asIndices(indices);
  const [, u] = together(name, [x, updates]);
  return scattered(name, step, x, np.expand_dims(i, { axis: -1 }) as unknown as Tensor, inDtype(u, x.dtype));
}
