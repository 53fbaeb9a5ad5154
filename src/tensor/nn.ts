import { runAs } from '../core/transfers.js';
import { InvalidArgumentError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { reduce_logsumexp } from './reduce.js';
import type { Tensor } from './tensor.js';

/** Activations and losses. */

const tensor = (x: unknown): Tensor => x as Tensor;
const floating = (name: string, x: TensorLike): Tensor => {
  const t = convert_to_tensor(x as never);
  if (t.dtype.kind !== 'f') throw new InvalidArgumentError(`tf.nn.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`);
  return t;
};

/** max(x, 0) @example tf.nn.relu([-1, 2]).numpy() // → array([0., 2.], dtype=float32) */
export const relu = (features: TensorLike): Tensor => tensor(np.maximum(convert_to_tensor(features as never), 0));
/** min(max(x, 0), 6) @example tf.nn.relu6([-1, 9]).numpy() // → array([0., 6.], dtype=float32) */
export const relu6 = (features: TensorLike): Tensor => tensor(np.minimum(relu(features), 6));
/** x above zero, alpha * x below. @example tf.nn.leaky_relu([-1, 2]).numpy() // → array([-0.2,  2. ], dtype=float32) */
export const leaky_relu = (features: TensorLike, alpha = 0.2): Tensor => {
  const t = floating('leaky_relu', features);
  return tensor(np.where(np.greater(t, 0), t, np.multiply(t, alpha)));
};
/** log(1 + exp(x)), safe from overflow. @example tf.math.softplus([0]).numpy() // → array([0.6931472], dtype=float32) */
export const softplus = (features: TensorLike): Tensor => tensor(np.logaddexp(floating('softplus', features), 0));

interface AxisOption {
  axis?: number;
}
/**
 * exp(x) / sum(exp(x)) along an axis (the last unless given), safe from overflow.
 * @example tf.nn.softmax([1, 1]).numpy() // → array([0.5, 0.5], dtype=float32)
 */
export function softmax(logits: TensorLike, ...rest: (number | AxisOption)[]): Tensor {
  const axis = options<AxisOption>('nn.softmax', ['axis'], rest).axis ?? -1;
  return runAs('tf.nn.softmax', () => {
    const t = floating('softmax', logits);
    const e = np.exp(np.subtract(t, np.max(t, { axis, keepdims: true }) as never));
    return tensor(np.divide(e, np.sum(e, { axis, keepdims: true }) as never));
  });
}
/**
 * x - log(sum(exp(x))) along an axis.
 * @example tf.nn.log_softmax([1000, 1000]).numpy() // → array([-0.69317627, -0.69317627], dtype=float32)
 */
export function log_softmax(logits: TensorLike, ...rest: (number | AxisOption)[]): Tensor {
  const axis = options<AxisOption>('nn.log_softmax', ['axis'], rest).axis ?? -1;
  return runAs('tf.nn.log_softmax', () => {
    const t = floating('log_softmax', logits);
    return tensor(np.subtract(t, reduce_logsumexp(t, axis, true)));
  });
}
/**
 * Cross entropy between label distributions and logits, along the last axis.
 * @example tf.nn.softmax_cross_entropy_with_logits({ labels: [0, 1], logits: [0, 0] }).item() // → 0.6931471824645996
 */
export function softmax_cross_entropy_with_logits(...args: [{ labels: TensorLike; logits: TensorLike; axis?: number }] | [TensorLike, TensorLike, number?]): Tensor {
  const first = args[0] as { labels?: TensorLike; logits?: TensorLike; axis?: number };
  const keyed = args.length === 1 && first.labels !== undefined;
  const labels = keyed ? (first.labels as TensorLike) : (args[0] as TensorLike);
  const logits = keyed ? (first.logits as TensorLike) : (args[1] as TensorLike);
  const axis = (keyed ? first.axis : (args[2] as number | undefined)) ?? -1;
  return runAs('tf.nn.softmax_cross_entropy_with_logits', () => {
    const [y, z] = together('softmax_cross_entropy_with_logits', [labels, logits]);
    return tensor(np.negative(np.sum(np.multiply(y, log_softmax(z, axis)), { axis }) as never));
  });
}
/**
 * Element-wise cross entropy of labels in [0, 1] with sigmoid(logits), safe from overflow.
 * @example tf.nn.sigmoid_cross_entropy_with_logits({ labels: [1], logits: [0] }).numpy() // → array([0.6931472], dtype=float32)
 */
export function sigmoid_cross_entropy_with_logits(o: { labels: TensorLike; logits: TensorLike }): Tensor {
  const [y, z] = together('sigmoid_cross_entropy_with_logits', [o.labels, o.logits]);
  return tensor(np.add(np.subtract(np.maximum(z, 0), np.multiply(z, y)), np.log1p(np.exp(np.negative(np.abs(z))))));
}
/** A vector added along the last axis. @example tf.nn.bias_add([[1, 2]], [10, 20]).numpy() // → array([[11., 22.]], dtype=float32) */
export const bias_add = (value: TensorLike, bias: TensorLike): Tensor => {
  const [v, b] = together('bias_add', [value, bias]);
  return tensor(np.add(v, b));
};
export { sigmoid, tanh } from './math.js';
