import { InvalidArgumentError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { windowSum } from '../../core/ops/windows.js';
import * as np from '../../ndarray/index.js';
import { type TensorLike, together } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { floating, named, padded, tensor } from './frame.js';

/** Means, variances, and what is normalised by them. */

type Axes = number | readonly number[];
const listed = (axes: Axes): number[] => (typeof axes === 'number' ? [axes] : [...axes]);

/** Mean and variance over axes. @example tf.nn.moments([[1, 2], [3, 6]], [0])[1].numpy() // → array([1., 4.], dtype=float32) */
export function moments(
  x: TensorLike,
  axes: Axes,
  ...rest: (boolean | null | { keepdims?: boolean; shift?: null })[]
): [mean: Tensor, variance: Tensor] {
  return runAs('tf.nn.moments', () => {
    const t = floating('moments', x);
    const keepdims =
      named<{ shift: null; keepdims: boolean }>('moments', ['shift', 'keepdims'], rest).keepdims ?? false;
    const o = { axis: listed(axes), keepdims: true };
    const mean = tensor(np.mean(t, o));
    const variance = tensor(np.mean(np.square(np.subtract(t, mean)) as never, o));
    const squeezed = (v: Tensor): Tensor => (keepdims ? v : tensor(np.squeeze(v, { axis: o.axis as never })));
    return [squeezed(mean), squeezed(variance)];
  });
}

/**
 * Mean and variance over axes, entries counted by weights that broadcast with them.
 * @example tf.nn.weighted_moments([1, 2, 3], [0], [1, 0, 1])[0].item() // → 2
 */
export function weighted_moments(
  x: TensorLike,
  axes: Axes,
  frequency_weights: TensorLike,
  ...rest: (boolean | { keepdims?: boolean })[]
): [mean: Tensor, variance: Tensor] {
  return runAs('tf.nn.weighted_moments', () => {
    const keepdims = named<{ keepdims: boolean }>('weighted_moments', ['keepdims'], rest).keepdims ?? false;
    const [t, w] = together('weighted_moments', [floating('weighted_moments', x), frequency_weights]);
    const o = { axis: listed(axes), keepdims: true };
    const counts = tensor(np.broadcast_to(w, np.broadcast_shapes(t.shape as never, w.shape as never) as never));
    const total = np.sum(counts, o);
    const mean = tensor(np.divide(np.sum(np.multiply(t, w), o) as never, total as never));
    const variance = tensor(
      np.divide(np.sum(np.multiply(np.square(np.subtract(t, mean)), w), o) as never, total as never),
    );
    const squeezed = (v: Tensor): Tensor => (keepdims ? v : tensor(np.squeeze(v, { axis: o.axis as never })));
    return [squeezed(mean), squeezed(variance)];
  });
}

/**
 * Mean and variance from a count, a sum and a sum of squares, both of values less `shift`.
 * @example tf.nn.normalize_moments(2, [4], [10], null)[1].numpy() // → array([1.], dtype=float32)
 */
export function normalize_moments(
  counts: TensorLike,
  mean_ss: TensorLike,
  variance_ss: TensorLike,
  shift: TensorLike | null = null,
): [mean: Tensor, variance: Tensor] {
  return runAs('tf.nn.normalize_moments', () => {
    const [n, m, v] = together('normalize_moments', [counts, mean_ss, variance_ss]);
    const divisor = np.reciprocal(n);
    const shifted = np.multiply(m, divisor);
    const mean = shift === null ? shifted : np.add(shifted, together('normalize_moments', [m, shift])[1]);
    return [tensor(mean), tensor(np.subtract(np.multiply(v, divisor), np.square(shifted)))];
  });
}

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + offset; `offset` and `scale` may be null.
 * @example tf.nn.batch_normalization([1, 3], 2, 1, null, null, 0).numpy() // → array([-1.,  1.], dtype=float32)
 */
export function batch_normalization(
  x: TensorLike,
  mean: TensorLike,
  variance: TensorLike,
  offset: TensorLike | null,
  scale: TensorLike | null,
  variance_epsilon: number,
): Tensor {
  return runAs('tf.nn.batch_normalization', () => {
    const given = [floating('batch_normalization', x), mean, variance, offset ?? 0, scale ?? 1];
    const [t, m, v, beta, gamma] = together('batch_normalization', given);
    let inv = np.reciprocal(np.sqrt(np.add(v, variance_epsilon)));
    if (scale !== null) inv = np.multiply(inv, gamma) as never;
    const bias = np.subtract(beta, np.multiply(m, inv));
    return tensor(np.add(np.multiply(t, inv), bias));
  });
}

/**
 * The tensor divided by its Euclidean norm over an axis or several; norms below sqrt(epsilon) count as that.
 * @example tf.math.l2_normalize([3, 4]).numpy() // → array([0.6, 0.8], dtype=float32)
 */
export function l2_normalize(
  x: TensorLike,
  ...rest: (Axes | null | { axis?: Axes | null; epsilon?: number })[]
): Tensor {
  const o = named<{ axis: number; epsilon: number }>('l2_normalize', ['axis', 'epsilon'], rest);
  const t = floating('l2_normalize', x);
  const squares = np.sum(np.square(t), { axis: o.axis ?? null, keepdims: true });
  return tensor(np.divide(t, np.sqrt(np.maximum(squares as never, o.epsilon ?? 1e-12))));
}

/**
 * Values divided by (bias + alpha * the sum of squares over the channels nearby) ** beta.
 * @param input of shape [batch, height, width, channels]
 * @example tf.nn.local_response_normalization([[[[3]]]], 0, 0, 1, 1).item() // → 0.3333333432674408
 */
export function local_response_normalization(
  input: TensorLike,
  ...rest: (number | { depth_radius?: number; bias?: number; alpha?: number; beta?: number })[]
): Tensor {
  return runAs('tf.nn.local_response_normalization', () => {
    const o = named<{ depth_radius: number; bias: number; alpha: number; beta: number }>(
      'local_response_normalization',
      ['depth_radius', 'bias', 'alpha', 'beta'],
      rest,
    );
    const t = floating('local_response_normalization', input);
    if (t.ndim !== 4) throw new InvalidArgumentError('in must be 4-dimensional');
    const r = o.depth_radius ?? 5;
    // Channels as the middle axis of three, with nothing around them.
    const n = t.shape[0] * t.shape[1] * t.shape[2];
    const c = t.shape[3];
    const squares = tensor(np.reshape(np.square(t), [n, c, 1]));
    const sums = windowSum(padded(squares, [[r, r]]), { first: 1, size: [2 * r + 1], step: [1], dilation: [1] });
    const around = np.reshape(sums as never, t.shape as never);
    return tensor(
      np.divide(t, np.power(np.add(np.multiply(around as never, o.alpha ?? 1), o.bias ?? 1), o.beta ?? 0.5)),
    );
  });
}
