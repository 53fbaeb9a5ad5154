import { InvalidArgumentError, shapeText } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike } from '../convert.js';
import { softplus } from '../nn/activations.js';
import { log_softmax } from '../nn/activations.js';
import { sparse_softmax_cross_entropy_with_logits } from '../nn/entropies.js';
import { l2_normalize } from '../nn/normalization.js';
import { sigmoid } from '../math.js';
import type { Tensor } from '../tensor.js';

/** Losses as functions: from targets and predictions to one number for each entry of the batch. */

const tensor = (x: unknown): Tensor => x as Tensor;
const EPSILON = 1e-7;

const sub = (a: unknown, b: unknown): Tensor => tensor(np.subtract(a as never, b as never));
const add = (a: unknown, b: unknown): Tensor => tensor(np.add(a as never, b as never));
const mul = (a: unknown, b: unknown): Tensor => tensor(np.multiply(a as never, b as never));
const div = (a: unknown, b: unknown): Tensor => tensor(np.divide(a as never, b as never));
const atLeast = (a: unknown, b: number): Tensor => tensor(np.maximum(a as never, b));
const within = (a: unknown): Tensor => tensor(np.clip(a as never, EPSILON, 1 - EPSILON));
const log = (a: unknown): Tensor => tensor(np.log(a as never));
const mean = (a: unknown, axis = -1): Tensor =>
  (a as Tensor).ndim === 0 ? (a as Tensor) : tensor(np.mean(a as never, { axis }));
const sum = (a: unknown, axis = -1): Tensor => tensor(np.sum(a as never, { axis }));

/** Predictions as a floating tensor. */
const predictions = (x: TensorLike): Tensor => {
  const p = convert_to_tensor(x as never) as Tensor;
  return p.dtype.kind === 'f' ? p : (cast(p, 'float32') as Tensor);
};

/** Targets in the predictions' dtype, and both of one rank: a last axis of length 1 is there or not. */
export function paired(y_true: TensorLike, y_pred: TensorLike): [y: Tensor, p: Tensor] {
  let p = predictions(y_pred);
  const given = convert_to_tensor(y_true as never) as Tensor;
  let y = given.dtype === p.dtype ? given : (cast(given, p.dtype as never) as Tensor);
  const fit = (longer: Tensor, shorter: Tensor): [Tensor, Tensor] =>
    shorter.ndim === 1
      ? [longer, tensor(np.expand_dims(shorter, { axis: -1 }))]
      : [tensor(np.squeeze(longer, { axis: -1 as never })), shorter];
  if (p.ndim === y.ndim + 1 && p.shape[p.ndim - 1] === 1) [p, y] = fit(p, y);
  else if (y.ndim === p.ndim + 1 && y.shape[y.ndim - 1] === 1) [y, p] = fit(y, p);
  for (let i = 1; i <= Math.min(y.ndim, p.ndim); i++) {
    const [m, n] = [y.shape[y.ndim - i], p.shape[p.ndim - i]];
    if (m !== n && m !== 1 && n !== 1)
      throw new InvalidArgumentError(`Incompatible shapes: ${shapeText(y.shape)} vs. ${shapeText(p.shape)}`);
  }
  return [y, p];
}

export type LossFunction = (y_true: TensorLike, y_pred: TensorLike, ...rest: any[]) => Tensor;

const of =
  (name: string, f: (y: Tensor, p: Tensor) => Tensor): LossFunction =>
  (y_true, y_pred) =>
    runAs(`tf.losses.${name}`, () => f(...paired(y_true, y_pred)));

/** Mean of the squared differences. @example tf.losses.mean_squared_error([[0, 1]], [[1, 1]]).numpy() // → array([0.5], dtype=float32) */
export const mean_squared_error: LossFunction = of('mean_squared_error', (y, p) => mean(np.square(sub(p, y))));
/** Mean of the absolute differences. @example tf.losses.mean_absolute_error([[0, 1]], [[2, 1]]).numpy() // → array([1.], dtype=float32) */
export const mean_absolute_error: LossFunction = of('mean_absolute_error', (y, p) => mean(np.abs(sub(p, y))));
/** Mean difference in percent of the target. @example tf.losses.mean_absolute_percentage_error([[2]], [[1]]).numpy() // → array([50.], dtype=float32) */
export const mean_absolute_percentage_error: LossFunction = of('mean_absolute_percentage_error', (y, p) =>
  mul(mean(np.abs(div(sub(y, p), atLeast(np.abs(y), EPSILON)))), 100),
);
/** Mean squared difference of log(1 + x). @example tf.losses.mean_squared_logarithmic_error([[0]], [[0]]).numpy() // → array([0.], dtype=float32) */
export const mean_squared_logarithmic_error: LossFunction = of('mean_squared_logarithmic_error', (y, p) => {
  const l = (x: Tensor): Tensor => log(add(atLeast(x, EPSILON), 1));
  return mean(np.square(sub(l(p), l(y))));
});

/** Labels 0 and 1 as -1 and 1; others as they are. */
function signs(y: Tensor): Tensor {
  const binary = np.logical_and.reduce(np.logical_or(np.equal(y, 0), np.equal(y, 1)) as never, { axis: null } as never);
  return tensor(np.where(binary as never, sub(mul(y, 2), 1) as never, y as never));
}
/** Mean of max(1 - y * p, 0), labels -1 and 1 (or 0 and 1). @example tf.losses.hinge([[1, -1]], [[0.5, 1]]).numpy() // → array([1.25], dtype=float32) */
export const hinge: LossFunction = of('hinge', (y, p) => mean(atLeast(sub(1, mul(signs(y), p)), 0)));
/** Mean of max(1 - y * p, 0) ** 2. @example tf.losses.squared_hinge([[1, -1]], [[0, 1]]).numpy() // → array([2.5], dtype=float32) */
export const squared_hinge: LossFunction = of('squared_hinge', (y, p) =>
  mean(np.square(atLeast(sub(1, mul(signs(y), p)), 0))),
);
/** max(largest wrong - right + 1, 0), of one-hot targets. @example tf.losses.categorical_hinge([[0, 1]], [[0.5, 1]]).numpy() // → array([0.5], dtype=float32) */
export const categorical_hinge: LossFunction = of('categorical_hinge', (y, p) => {
  const right = sum(mul(y, p));
  const wrong = np.max(mul(sub(1, y), p), { axis: -1 });
  return atLeast(add(sub(wrong, right), 1), 0);
});
/** Mean of log(cosh(p - y)). @example tf.losses.log_cosh([[0]], [[0]]).numpy() // → array([0.], dtype=float32) */
export const log_cosh: LossFunction = of('log_cosh', (y, p) => {
  const d = sub(p, y);
  return mean(sub(add(d, softplus(mul(d, -2))), Math.LN2));
});
/** Sum of y * log(y / p): how far distributions are apart. @example tf.losses.kl_divergence([[0, 1]], [[0.5, 0.5]]).numpy().round(4) // → array([0.6931], dtype=float32) */
export const kl_divergence: LossFunction = of('kl_divergence', (y, p) => {
  const [a, b] = [y, p].map((x) => tensor(np.clip(x, EPSILON, 1)));
  return sum(mul(a, log(div(a, b))));
});
/** Mean of p - y * log(p). @example tf.losses.poisson([[1]], [[1]]).numpy().round(4) // → array([1.], dtype=float32) */
export const poisson: LossFunction = of('poisson', (y, p) => mean(sub(p, mul(y, log(add(p, EPSILON))))));

/**
 * Squares near the target and straight lines from `delta` on.
 * @example tf.losses.huber([[0, 0]], [[0.5, 3]]).numpy() // → array([1.3125], dtype=float32)
 */
export function huber(y_true: TensorLike, y_pred: TensorLike, ...rest: (number | { delta?: number })[]): Tensor {
  const delta = options<{ delta: number }>('losses.huber', ['delta'], rest).delta ?? 1;
  return runAs('tf.losses.huber', () => {
    const [y, p] = paired(y_true, y_pred);
    const size = np.abs(sub(p, y));
    const near = mul(np.square(size), 0.5);
    const far = sub(mul(size, delta), 0.5 * delta * delta);
    return mean(np.where(np.less_equal(size, delta), near as never, far as never));
  });
}

/**
 * The negative cosine of the angle between targets and predictions: -1 where they point the same way.
 * @example tf.losses.cosine_similarity([[0, 2]], [[0, 3]]).numpy() // → array([-1.], dtype=float32)
 */
export function cosine_similarity(
  y_true: TensorLike,
  y_pred: TensorLike,
  ...rest: (number | { axis?: number })[]
): Tensor {
  const axis = options<{ axis: number }>('losses.cosine_similarity', ['axis'], rest).axis ?? -1;
  return runAs('tf.losses.cosine_similarity', () => {
    const [y, p] = paired(y_true, y_pred);
    return tensor(np.negative(sum(mul(l2_normalize(y, axis), l2_normalize(p, axis)), axis)));
  });
}

export interface CrossentropyOptions {
  from_logits?: boolean;
  label_smoothing?: number;
  axis?: number;
}
type CrossRest = (boolean | number | CrossentropyOptions)[];
const CROSS = ['from_logits', 'label_smoothing', 'axis'] as const;

/** Cross entropies, element by element, of probabilities or logits. */
const binaryTerms = (y: Tensor, p: Tensor, logits: boolean): Tensor => {
  if (logits) return sub(softplus(p), mul(p, y));
  const q = within(p);
  return tensor(np.negative(add(mul(y, log(q)), mul(sub(1, y), log(sub(1, q))))));
};
const smoothed = (y: Tensor, by: number, classes: number): Tensor => (by === 0 ? y : add(mul(y, 1 - by), by / classes));

/**
 * Mean cross entropy of labels 0 and 1 with probabilities (logits with `from_logits`).
 * @example tf.losses.binary_crossentropy([[1]], [[0.5]]).numpy() // → array([0.6931472], dtype=float32)
 */
export function binary_crossentropy(y_true: TensorLike, y_pred: TensorLike, ...rest: CrossRest): Tensor {
  const o = options<CrossentropyOptions>('losses.binary_crossentropy', CROSS, rest);
  return runAs('tf.losses.binary_crossentropy', () => {
    const [y, p] = paired(y_true, y_pred);
    return mean(binaryTerms(smoothed(y, o.label_smoothing ?? 0, 2), p, o.from_logits ?? false), o.axis ?? -1);
  });
}

export interface FocalOptions extends CrossentropyOptions {
  apply_class_balancing?: boolean;
  alpha?: number;
  gamma?: number;
}
/**
 * Cross entropy in which what is predicted well counts less: times (1 - probability of the label) ** gamma.
 * @example tf.losses.binary_focal_crossentropy([[1]], [[0.5]]).numpy() // → array([0.1732868], dtype=float32)
 */
export function binary_focal_crossentropy(
  y_true: TensorLike,
  y_pred: TensorLike,
  ...rest: (boolean | number | FocalOptions)[]
): Tensor {
  const o = options<FocalOptions>(
    'losses.binary_focal_crossentropy',
    ['apply_class_balancing', 'alpha', 'gamma', ...CROSS],
    rest,
  );
  return runAs('tf.losses.binary_focal_crossentropy', () => {
    const [given, p] = paired(y_true, y_pred);
    const y = smoothed(given, o.label_smoothing ?? 0, 2);
    const q = o.from_logits ? sigmoid(p) : p;
    const right = add(mul(y, q), mul(sub(1, y), sub(1, q)));
    const focus = np.power(sub(1, right), o.gamma ?? 2);
    let terms = mul(focus, binaryTerms(y, o.from_logits ? p : q, o.from_logits ?? false));
    const alpha = o.alpha ?? 0.25;
    if (o.apply_class_balancing) terms = mul(terms, add(mul(y, alpha), mul(sub(1, y), 1 - alpha)));
    return mean(terms, o.axis ?? -1);
  });
}

/**
 * Cross entropy of one-hot (or soft) targets with probabilities (logits with `from_logits`).
 * @example tf.losses.categorical_crossentropy([[0, 1]], [[0.5, 0.5]]).numpy() // → array([0.6931472], dtype=float32)
 */
export function categorical_crossentropy(y_true: TensorLike, y_pred: TensorLike, ...rest: CrossRest): Tensor {
  const o = options<CrossentropyOptions>('losses.categorical_crossentropy', CROSS, rest);
  const axis = o.axis ?? -1;
  return runAs('tf.losses.categorical_crossentropy', () => {
    const [given, p] = paired(y_true, y_pred);
    const y = smoothed(given, o.label_smoothing ?? 0, given.shape.at(axis) as number);
    const logs = o.from_logits ? log_softmax(p, axis) : log(within(div(p, np.sum(p, { axis, keepdims: true }))));
    return tensor(np.negative(sum(mul(y, logs), axis)));
  });
}

export interface SparseOptions {
  from_logits?: boolean;
  ignore_class?: number | null;
  axis?: number;
}
/**
 * Cross entropy of classes by number with probabilities (logits with `from_logits`); `ignore_class` has no loss.
 * @throws InvalidArgumentError for a class that there is not
 * @example tf.losses.sparse_categorical_crossentropy([1], [[0.5, 0.5]]).numpy() // → array([0.6931472], dtype=float32)
 */
export function sparse_categorical_crossentropy(
  y_true: TensorLike,
  y_pred: TensorLike,
  ...rest: (boolean | number | null | SparseOptions)[]
): Tensor {
  const o = options<SparseOptions>(
    'losses.sparse_categorical_crossentropy',
    ['from_logits', 'ignore_class', 'axis'],
    rest,
  );
  return runAs('tf.losses.sparse_categorical_crossentropy', () => {
    let p = predictions(y_pred);
    const axis = o.axis ?? -1;
    if (axis !== -1 && axis !== p.ndim - 1) p = tensor(np.moveaxis(p, axis, -1));
    let y = convert_to_tensor(y_true as never) as Tensor;
    if (y.dtype.kind === 'f') y = cast(y, 'int64') as Tensor;
    if (y.ndim === p.ndim && y.shape[y.ndim - 1] === 1) y = tensor(np.squeeze(y, { axis: -1 as never }));
    const logits = o.from_logits ? p : log(within(p));
    const ignored = o.ignore_class ?? null;
    if (ignored === null) return sparse_softmax_cross_entropy_with_logits(y, logits);
    const keep = np.not_equal(y, ignored);
    const safe = tensor(np.where(keep, y as never, 0 as never));
    return tensor(np.where(keep, sparse_softmax_cross_entropy_with_logits(safe, logits) as never, 0 as never));
  });
}

/**
 * Cross entropy of one-hot targets in which what is predicted well counts less: times alpha (1 - probability) ** gamma.
 * @example tf.losses.categorical_focal_crossentropy([[0, 1]], [[0.5, 0.5]]).numpy() // → array([0.0433217], dtype=float32)
 */
export function categorical_focal_crossentropy(
  y_true: TensorLike,
  y_pred: TensorLike,
  ...rest: (boolean | number | Omit<FocalOptions, 'apply_class_balancing'>)[]
): Tensor {
  const o = options<FocalOptions>('losses.categorical_focal_crossentropy', ['alpha', 'gamma', ...CROSS], rest);
  const axis = o.axis ?? -1;
  return runAs('tf.losses.categorical_focal_crossentropy', () => {
    const [given, p] = paired(y_true, y_pred);
    const y = smoothed(given, o.label_smoothing ?? 0, given.shape.at(axis) as number);
    const q = within(o.from_logits ? np.exp(log_softmax(p, axis)) : div(p, np.sum(p, { axis, keepdims: true })));
    const focus = mul(np.power(sub(1, q), o.gamma ?? 2), o.alpha ?? 0.25);
    return tensor(np.negative(sum(mul(focus, mul(y, log(q))), axis)));
  });
}

/**
 * One less Tversky's index of how far targets and predictions overlap: `alpha` weighs what is predicted wrongly, `beta` what is missed.
 * @example tf.losses.tversky([[1, 0]], [[1, 0]]).item() // → 0
 */
export function tversky(
  y_true: TensorLike,
  y_pred: TensorLike,
  ...rest: (number | { alpha?: number; beta?: number; axis?: number | null })[]
): Tensor {
  const o = options<{ alpha: number; beta: number; axis: number | null }>(
    'losses.tversky',
    ['alpha', 'beta', 'axis'],
    rest,
  );
  return runAs('tf.losses.tversky', () => {
    const [y, p] = paired(y_true, y_pred);
    const over = (x: Tensor): Tensor => tensor(np.sum(x, { axis: o.axis ?? null }));
    const common = over(mul(y, p));
    const wrong = over(mul(sub(1, y), p));
    const missed = over(mul(y, sub(1, p)));
    const all = add(common, add(mul(wrong, o.alpha ?? 0.5), mul(missed, o.beta ?? 0.5)));
    return sub(1, div(add(common, EPSILON), add(all, EPSILON)));
  });
}
