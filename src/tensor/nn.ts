import { runAs } from '../core/transfers.js';
import { InvalidArgumentError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { sigmoid } from './math.js';
import { reduce_logsumexp } from './reduce.js';
import type { Tensor } from './tensor.js';

/** Activations and losses. */

const tensor = (x: unknown): Tensor => x as Tensor;
const floating = (name: string, x: TensorLike): Tensor => {
  const t = convert_to_tensor(x as never);
  if (t.dtype.kind !== 'f')
    throw new InvalidArgumentError(
      `tf.nn.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`,
    );
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
export function softmax_cross_entropy_with_logits(
  ...args: [{ labels: TensorLike; logits: TensorLike; axis?: number }] | [TensorLike, TensorLike, number?]
): Tensor {
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
/** log(1 / (1 + exp(-x))), safe from overflow. @example tf.math.log_sigmoid([0]).numpy() // → array([-0.6931472], dtype=float32) */
export const log_sigmoid = (x: TensorLike): Tensor =>
  tensor(np.negative(softplus(np.negative(floating('log_sigmoid', x)))));
/** x above zero, exp(x) - 1 below. @example tf.nn.elu([-1, 2]).numpy() // → array([-0.63212055,  2.        ], dtype=float32) */
export const elu = (features: TensorLike): Tensor => {
  const t = floating('elu', features);
  return tensor(np.where(np.greater(t, 0), t, np.expm1(np.minimum(t, 0))));
};
/** x * sigmoid(beta * x). @example tf.nn.silu([0, 2]).numpy() // → array([0.      , 1.761594], dtype=float32) */
export const silu = (features: TensorLike, beta = 1): Tensor => {
  const t = floating('silu', features);
  return tensor(np.multiply(t, sigmoid(np.multiply(t, beta))));
};
/**
 * The tensor divided by its Euclidean norm over an axis or several; norms below sqrt(epsilon) count as that.
 * @example tf.math.l2_normalize([3, 4]).numpy() // → array([0.6, 0.8], dtype=float32)
 */
export function l2_normalize(
  x: TensorLike,
  ...rest: (number | readonly number[] | null | { axis?: number | readonly number[] | null; epsilon?: number })[]
): Tensor {
  const o = options<{ axis: number; epsilon: number }>('math.l2_normalize', ['axis', 'epsilon'], rest as never);
  const t = floating('l2_normalize', x);
  const squares = np.sum(np.square(t), { axis: o.axis ?? null, keepdims: true });
  return tensor(np.divide(t, np.sqrt(np.maximum(squares, o.epsilon ?? 1e-12))));
}
/** Mean and variance over axes. @example tf.nn.moments([[1, 2], [3, 6]], [0])[1].numpy() // → array([1., 4.], dtype=float32) */
export function moments(
  x: TensorLike,
  axes: readonly number[],
  ...rest: (boolean | null | { keepdims?: boolean })[]
): [mean: Tensor, variance: Tensor] {
  const t = floating('moments', x);
  const o = {
    axis: [...axes],
    keepdims: options<{ keepdims: boolean }>('nn.moments', ['keepdims'], rest).keepdims ?? false,
  };
  return [tensor(np.mean(t, o)), tensor(np.var(t, o))];
}
/** The fraction of values that are zero, as float32. @example tf.nn.zero_fraction([0, 1, 0, 2]).item() // → 0.5 */
export const zero_fraction = (value: TensorLike): Tensor =>
  tensor(np.mean(np.equal(convert_to_tensor(value as never), 0), { dtype: 'float32' }));
export { sigmoid, tanh } from './math.js';
