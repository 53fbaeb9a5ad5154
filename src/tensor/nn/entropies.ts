import { isHost } from '../../core/device/access.js';
import { ramp } from '../ramp.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../../core/errors.js';
import { sameShape } from '../../core/view.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { type TensorLike, together } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { log_softmax, softplus } from './activations.js';
import { asTensor, floating, named, tensor } from './frame.js';

/** Losses from logits. */

interface Labelled {
  labels: TensorLike;
  logits: TensorLike;
}

/** @throws TypeError for an argument that is not there */
function required<T extends object>(fn: string, o: Partial<T>, names: readonly (keyof T & string)[]): T {
  for (const n of names)
    if (o[n] === undefined) throw new TypeError(`tf.nn.${fn}() missing 1 required argument: '${n}'`);
  return o as T;
}

/**
 * Cross entropy between label distributions and logits, along the last axis.
 * @example tf.nn.softmax_cross_entropy_with_logits({ labels: [0, 1], logits: [0, 0] }).item() // → 0.6931471824645996
 */
export function softmax_cross_entropy_with_logits(
  ...args: [Labelled & { axis?: number }] | [TensorLike, TensorLike, number?]
): Tensor {
  const fn = 'softmax_cross_entropy_with_logits';
  const o = required<Labelled & { axis?: number }>(fn, named(fn, ['labels', 'logits', 'axis'], args), [
    'labels',
    'logits',
  ]);
  return runAs(`tf.nn.${fn}`, () => {
    const [z, y] = together(fn, [floating(fn, o.logits), o.labels]);
    const axis = o.axis ?? -1;
    return tensor(np.negative(np.sum(np.multiply(y, log_softmax(z, axis)), { axis }) as never));
  });
}

/**
 * Cross entropy between classes by number and logits: labels have the shape of the logits without their last axis.
 * @throws InvalidArgumentError for a label outside of the classes, ValueError for shapes that do not go together
 * @example tf.nn.sparse_softmax_cross_entropy_with_logits({ labels: [1], logits: [[0, 0]] }).numpy() // → array([0.6931472], dtype=float32)
 */
export function sparse_softmax_cross_entropy_with_logits(...args: [Labelled] | [TensorLike, TensorLike]): Tensor {
  const fn = 'sparse_softmax_cross_entropy_with_logits';
  const o = required<Labelled>(fn, named(fn, ['labels', 'logits'], args), ['labels', 'logits']);
  return runAs(`tf.nn.${fn}`, () => {
    const z = floating(fn, o.logits);
    const given = asTensor(o.labels);
    const y = given.dtype.kind === 'f' ? given.astype('int64') : given;
    if (z.ndim === 0) throw new ValueError('Logits cannot be scalars - received shape ().');
    if (!sameShape(y.shape, z.shape.slice(0, -1)))
      throw new ValueError(
        `\`labels.shape\` must equal \`logits.shape\` except for the last dimension. Received: labels.shape=${shapeText(y.shape)} and logits.shape=${shapeText(z.shape)}`,
      );
    const n = z.shape[z.ndim - 1];
    const hit = np.equal(np.expand_dims(y, { axis: -1 }) as never, ramp(n, y.dtype) as never);
    const chosen = np.sum(np.where(hit as never, log_softmax(z), 0 as never) as never, { axis: -1 });
    // A class that there is not has no loss: TensorFlow refuses it on the CPU.
    if (y.interpreter === null && y.size > 0 && isHost(y.buffer)) {
      const [lo, hi] = [Number(np.min(y)), Number(np.max(y))];
      if (lo < 0 || hi >= n)
        throw new InvalidArgumentError(
          `Received a label value of ${lo < 0 ? lo : hi} which is outside the valid range of [0, ${n}).`,
        );
    }
    return tensor(np.negative(chosen as never));
  });
}

/**
 * Element-wise cross entropy of labels in [0, 1] with sigmoid(logits), safe from overflow.
 * @throws ValueError when the shapes differ
 * @example tf.nn.sigmoid_cross_entropy_with_logits({ labels: [1], logits: [0] }).numpy() // → array([0.6931472], dtype=float32)
 */
export function sigmoid_cross_entropy_with_logits(...args: [Labelled] | [TensorLike, TensorLike]): Tensor {
  const fn = 'sigmoid_cross_entropy_with_logits';
  const o = required<Labelled>(fn, named(fn, ['labels', 'logits'], args), ['labels', 'logits']);
  return runAs(`tf.nn.${fn}`, () => {
    const [z, y] = together(fn, [floating(fn, o.logits), o.labels]);
    sameShapes(z, y);
    // max(z, 0) - z y + log(1 + exp(-|z|)), with slopes that meet at zero.
    return tensor(np.subtract(softplus(z), np.multiply(z, y)));
  });
}
function sameShapes(z: Tensor, y: Tensor): void {
  if (!sameShape(z.shape, y.shape))
    throw new ValueError(
      `\`logits\` and \`labels\` must have the same shape, received (${shapeText(z.shape)} vs ${shapeText(y.shape)}).`,
    );
}

/**
 * As `sigmoid_cross_entropy_with_logits`, with positive labels counted `pos_weight` times.
 * @example tf.nn.weighted_cross_entropy_with_logits([1], [0], 2).numpy() // → array([1.3862944], dtype=float32)
 */
export function weighted_cross_entropy_with_logits(
  ...args: [Labelled & { pos_weight: TensorLike }] | [TensorLike, TensorLike, TensorLike]
): Tensor {
  const fn = 'weighted_cross_entropy_with_logits';
  const o = required<Labelled & { pos_weight: TensorLike }>(fn, named(fn, ['labels', 'logits', 'pos_weight'], args), [
    'labels',
    'logits',
    'pos_weight',
  ]);
  return runAs(`tf.nn.${fn}`, () => {
    const [z, y, q] = together(fn, [floating(fn, o.logits), o.labels, o.pos_weight]);
    sameShapes(z, y);
    const weight = np.add(1, np.multiply(np.subtract(q, 1), y));
    return tensor(np.add(np.multiply(np.subtract(1, y), z), np.multiply(weight, softplus(np.negative(z) as never))));
  });
}

/** Half the sum of squares. @example tf.nn.l2_loss([3, 4]).item() // → 12.5 */
export const l2_loss = (t: TensorLike): Tensor =>
  runAs('tf.nn.l2_loss', () => tensor(np.multiply(np.sum(np.square(floating('l2_loss', t))) as never, 0.5)));

/**
 * exp(log_input) - log_input * targets; with `compute_full_loss` Stirling's log(targets!) is added.
 * @example tf.nn.log_poisson_loss([1], [0]).numpy() // → array([1.], dtype=float32)
 */
export function log_poisson_loss(
  targets: TensorLike,
  log_input: TensorLike,
  ...rest: (boolean | { compute_full_loss?: boolean })[]
): Tensor {
  const fn = 'log_poisson_loss';
  const full = named<{ compute_full_loss: boolean }>(fn, ['compute_full_loss'], rest).compute_full_loss ?? false;
  return runAs(`tf.nn.${fn}`, () => {
    const [c, y] = together(fn, [floating(fn, log_input), targets]);
    sameShapes(c, y);
    const loss = np.subtract(np.exp(c), np.multiply(c, y));
    if (!full) return tensor(loss);
    const large = np.greater(y, 1);
    const safe = np.where(large, y, 1 as never);
    const stirling = np.add(
      np.subtract(np.multiply(safe as never, np.log(safe as never)), safe as never),
      np.multiply(np.log(np.multiply(safe as never, 2 * Math.PI)), 0.5),
    );
    return tensor(np.add(loss, np.where(large, stirling as never, 0 as never) as never));
  });
}
