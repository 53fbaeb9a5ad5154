import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import type { TensorLike } from '../convert.js';
import { sigmoid } from '../math.js';
import { reduce_logsumexp } from '../reduce.js';
import { erf } from '../special/one.js';
import type { Tensor } from '../tensor.js';
import { asTensor, floating, named, tensor } from './frame.js';

/** Activations. */

/** max(x, 0) @example tf.nn.relu([-1, 2]).numpy() // → array([0., 2.], dtype=float32) */
export const relu = (features: TensorLike): Tensor =>
  // Zero comes first, so that the slope at zero is zero.
  tensor(np.maximum(0, asTensor(features)));
/** min(max(x, 0), 6) @example tf.nn.relu6([-1, 9]).numpy() // → array([0., 6.], dtype=float32) */
export const relu6 = (features: TensorLike): Tensor => tensor(np.minimum(6, relu(features)));
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
  const axis = named<AxisOption>('softmax', ['axis'], rest).axis ?? -1;
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
  const axis = named<AxisOption>('log_softmax', ['axis'], rest).axis ?? -1;
  return runAs('tf.nn.log_softmax', () => {
    const t = floating('log_softmax', logits);
    return tensor(np.subtract(t, reduce_logsumexp(t, axis, true)));
  });
}
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
/** The same as {@link silu}. @example tf.nn.swish([0, 2]).numpy() // → array([0.      , 1.761594], dtype=float32) */
export const swish: typeof silu = silu;
const [SELU_SCALE, SELU_ALPHA] = [1.0507009873554804934193349852946, 1.6732632423543772848170429916717];
/** scale * elu(x, alpha), with the two numbers that keep mean and variance. @example tf.nn.selu([-1, 2]).numpy() // → array([-1.1113307,  2.101402 ], dtype=float32) */
export const selu = (features: TensorLike): Tensor => {
  const t = floating('selu', features);
  const below = np.multiply(np.expm1(np.minimum(t, 0)), SELU_SCALE * SELU_ALPHA);
  return tensor(np.where(np.greater(t, 0), np.multiply(t, SELU_SCALE), below));
};
/**
 * x times the normal distribution's share below x (D. Hendrycks and K. Gimpel, arXiv:1606.08415), or an approximation by tanh.
 * @example tf.nn.gelu([0, 2]).numpy() // → array([0.       , 1.9544997], dtype=float32)
 */
export const gelu = (features: TensorLike, ...rest: (boolean | { approximate?: boolean })[]): Tensor => {
  const { approximate = false } = named<{ approximate?: boolean }>('gelu', ['approximate'], rest);
  return runAs('tf.nn.gelu', () => {
    const x = floating('gelu', features);
    const share = approximate
      ? np.tanh(np.multiply(Math.sqrt(2 / Math.PI), np.add(x, np.multiply(0.044715, np.power(x, 3)) as never)))
      : erf(np.multiply(x, Math.SQRT1_2) as never);
    return tensor(np.multiply(np.multiply(0.5, x), np.add(1, share as never) as never));
  });
};
/** x / (1 + |x|) @example tf.nn.softsign([-1, 3]).numpy() // → array([-0.5 ,  0.75], dtype=float32) */
export const softsign = (features: TensorLike): Tensor => {
  const t = floating('softsign', features);
  return tensor(np.divide(t, np.add(np.abs(t), 1)));
};
/**
 * relu of the values and of their negatives, end to end along an axis.
 * @example tf.nn.crelu([-1, 2]).numpy() // → array([0., 2., 1., 0.], dtype=float32)
 */
export const crelu = (features: TensorLike, axis = -1): Tensor => {
  const t = floating('crelu', features);
  return relu(tensor(np.concatenate([t, np.negative(t) as never], { axis })));
};
