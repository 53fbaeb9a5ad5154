import { ValueError } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { Callable } from '../callable.js';
import { cast, convert_to_tensor, options, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import * as f from './functions.js';

/** Losses as objects that are called: the functions with their options, and how a batch becomes one number. */

const tensor = (x: unknown): Tensor => x as Tensor;

/** How the losses of a batch are put together. */
export const Reduction: {
  readonly AUTO: 'auto';
  readonly NONE: 'none';
  readonly SUM: 'sum';
  readonly SUM_OVER_BATCH_SIZE: 'sum_over_batch_size';
} = { AUTO: 'auto', NONE: 'none', SUM: 'sum', SUM_OVER_BATCH_SIZE: 'sum_over_batch_size' };
const REDUCTIONS = ['auto', 'none', 'sum', 'sum_over_batch_size', 'mean', 'mean_with_sample_weight'];

/** Values times their weights, which lack axes at the end or have length 1 there. */
export function weighted(values: Tensor, sample_weight: TensorLike | null): [values: Tensor, weights: Tensor | null] {
  if (sample_weight === null) return [values, null];
  const given = convert_to_tensor(sample_weight as never) as Tensor;
  let w = given.dtype === values.dtype ? given : (cast(given, values.dtype as never) as Tensor);
  let v = values;
  if (w.ndim === v.ndim + 1 && w.shape[w.ndim - 1] === 1) w = tensor(np.squeeze(w, { axis: -1 as never }));
  else if (v.ndim === w.ndim + 1 && v.shape[v.ndim - 1] === 1 && w.ndim > 0)
    v = tensor(np.squeeze(v, { axis: -1 as never }));
  while (w.ndim > 0 && w.ndim < v.ndim) w = tensor(np.expand_dims(w, { axis: -1 }));
  return [tensor(np.multiply(v, w)), w];
}

export interface LossOptions {
  reduction?: string | null;
  name?: string;
}
export interface Loss {
  (
    y_true: TensorLike,
    y_pred: TensorLike,
    sample_weight?: TensorLike | null | { sample_weight?: TensorLike | null },
  ): Tensor;
}
/**
 * What all losses are. A loss of one's own says in `evaluate` what the loss of each entry is.
 * @example
 * class Cubed extends tf.losses.Loss {
 *   evaluate(y, p) { return tf.pow(tf.abs(tf.subtract(y, p)), 3); }
 * }
 * new Cubed()([0, 0], [1, 2]).item() // → 4.5
 */
export abstract class Loss extends Callable {
  declare readonly reduction: string;
  constructor(options: LossOptions = {}) {
    super();
    const reduction = options.reduction === undefined ? 'sum_over_batch_size' : (options.reduction ?? 'none');
    if (!REDUCTIONS.includes(reduction))
      throw new ValueError(
        `Invalid value for argument \`reduction\`. Expected one of ${REDUCTIONS.join(', ')}. Received: reduction=${reduction}`,
      );
    hidden(this, 'reduction', reduction);
    if (options.name !== undefined) hidden(this, 'name', options.name);
  }
  /** The losses of the entries, not put together. */
  abstract evaluate(y_true: TensorLike, y_pred: TensorLike): Tensor;
  override invoke(
    y_true: TensorLike,
    y_pred: TensorLike,
    ...rest: (TensorLike | null | { sample_weight?: TensorLike | null })[]
  ): Tensor {
    const sample_weight =
      options<{ sample_weight: TensorLike }>('losses.Loss', ['sample_weight'], rest).sample_weight ?? null;
    return runAs(`tf.losses.${this.constructor.name}`, () => {
      const [v, w] = weighted(this.evaluate(y_true, y_pred), sample_weight);
      if (this.reduction === 'none') return v;
      const sum = tensor(np.sum(v));
      if (this.reduction === 'sum') return sum;
      if (this.reduction === 'mean_with_sample_weight' && w !== null)
        return tensor(np.divide(sum, np.sum(np.broadcast_to(w, v.shape as never) as never) as never));
      // Of nothing the mean is zero.
      return v.size === 0 ? sum : tensor(np.divide(sum, v.size));
    });
  }
}
hidden(Loss, 'name', 'Loss');

export interface LossClass<O extends object = object> {
  new (...args: (number | boolean | string | null | (LossOptions & O))[]): Loss;
}

/** A class from a function: its options in order, `reduction` where it stands among them. */
function made<O extends object>(name: string, body: f.LossFunction, names: readonly string[]): LossClass<O> {
  const all = [...names, 'name'];
  const c = class extends Loss {
    declare readonly options: Record<string, unknown>;
    constructor(...args: unknown[]) {
      const o = options<Record<string, unknown>>(`losses.${name}`, all, args);
      super({ reduction: o.reduction as string | undefined, name: o.name as string | undefined });
      const { reduction: _, name: __, ...rest } = o;
      hidden(this, 'options', rest);
    }
    override evaluate(y_true: TensorLike, y_pred: TensorLike): Tensor {
      return body(y_true, y_pred, this.options);
    }
  };
  hidden(c, 'name', name);
  return c as unknown as LossClass<O>;
}
const R = ['reduction'] as const;
const CROSS = ['from_logits', 'label_smoothing', 'axis', 'reduction'] as const;

/** {@link f.mean_squared_error} of a batch as one number. @example new tf.losses.MeanSquaredError()([0, 1], [1, 1]).item() // → 0.5 */
export const MeanSquaredError: LossClass = made('MeanSquaredError', f.mean_squared_error, R);
/** {@link f.mean_absolute_error} of a batch as one number. @example new tf.losses.MeanAbsoluteError()([0, 1], [2, 1]).item() // → 1 */
export const MeanAbsoluteError: LossClass = made('MeanAbsoluteError', f.mean_absolute_error, R);
/** {@link f.mean_absolute_percentage_error} of a batch as one number. @example new tf.losses.MeanAbsolutePercentageError()([[2]], [[1]]).item() // → 50 */
export const MeanAbsolutePercentageError: LossClass = made(
  'MeanAbsolutePercentageError',
  f.mean_absolute_percentage_error,
  R,
);
/** {@link f.mean_squared_logarithmic_error} of a batch as one number. @example new tf.losses.MeanSquaredLogarithmicError()([[0]], [[0]]).item() // → 0 */
export const MeanSquaredLogarithmicError: LossClass = made(
  'MeanSquaredLogarithmicError',
  f.mean_squared_logarithmic_error,
  R,
);
/** {@link f.hinge} of a batch as one number. @example new tf.losses.Hinge()([[1, -1]], [[0.5, 1]]).item() // → 1.25 */
export const Hinge: LossClass = made('Hinge', f.hinge, R);
/** {@link f.squared_hinge} of a batch as one number. @example new tf.losses.SquaredHinge()([[1, -1]], [[0, 1]]).item() // → 2.5 */
export const SquaredHinge: LossClass = made('SquaredHinge', f.squared_hinge, R);
/** {@link f.categorical_hinge} of a batch as one number. @example new tf.losses.CategoricalHinge()([[0, 1]], [[0.5, 1]]).item() // → 0.5 */
export const CategoricalHinge: LossClass = made('CategoricalHinge', f.categorical_hinge, R);
/** {@link f.log_cosh} of a batch as one number. @example new tf.losses.LogCosh()([[0]], [[0]]).item() // → 0 */
export const LogCosh: LossClass = made('LogCosh', f.log_cosh, R);
/** {@link f.kl_divergence} of a batch as one number. @example new tf.losses.KLDivergence()([[0, 1]], [[0, 1]]).item() // → 0 */
export const KLDivergence: LossClass = made('KLDivergence', f.kl_divergence, R);
/** {@link f.poisson} of a batch as one number. @example new tf.losses.Poisson({ reduction: 'none' })([[1], [1]], [[1], [1]]).shape // → [ 2 ] */
export const Poisson: LossClass = made('Poisson', f.poisson, R);
/** {@link f.huber} of a batch as one number; `delta` is the first argument. @example new tf.losses.Huber(1)([[0, 0]], [[0.5, 3]]).item() // → 1.3125 */
export const Huber: LossClass<{ delta?: number }> = made('Huber', f.huber, ['delta', 'reduction']);
/** {@link f.cosine_similarity} of a batch as one number. @example new tf.losses.CosineSimilarity()([[0, 2]], [[0, 3]]).item() // → -1 */
export const CosineSimilarity: LossClass<{ axis?: number }> = made('CosineSimilarity', f.cosine_similarity, [
  'axis',
  'reduction',
]);
/** {@link f.binary_crossentropy} of a batch as one number. @example new tf.losses.BinaryCrossentropy({ from_logits: true })([[1]], [[0]]).item() // → 0.6931471824645996 */
export const BinaryCrossentropy: LossClass<f.CrossentropyOptions> = made(
  'BinaryCrossentropy',
  f.binary_crossentropy,
  CROSS,
);
/** {@link f.binary_focal_crossentropy} of a batch as one number. @example new tf.losses.BinaryFocalCrossentropy({ gamma: 2 })([[1]], [[0.5]]).item() // → 0.1732867956161499 */
export const BinaryFocalCrossentropy: LossClass<f.FocalOptions> = made(
  'BinaryFocalCrossentropy',
  f.binary_focal_crossentropy,
  ['apply_class_balancing', 'alpha', 'gamma', ...CROSS],
);
/** {@link f.categorical_crossentropy} of a batch as one number. @example new tf.losses.CategoricalCrossentropy({ from_logits: true })([[0, 1]], [[0, 0]]).item() // → 0.6931471824645996 */
export const CategoricalCrossentropy: LossClass<f.CrossentropyOptions> = made(
  'CategoricalCrossentropy',
  f.categorical_crossentropy,
  CROSS,
);
/**
 * {@link f.sparse_categorical_crossentropy} of a batch as one number.
 * @example
 * const loss = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true });
 * loss([1, 0], [[0, 0], [0, 0]]).item() // → 0.6931471824645996
 */
export const SparseCategoricalCrossentropy: LossClass<f.SparseOptions> = made(
  'SparseCategoricalCrossentropy',
  f.sparse_categorical_crossentropy,
  ['from_logits', 'ignore_class', 'reduction', 'axis'],
);
/** {@link f.categorical_focal_crossentropy} of a batch as one number. @example new tf.losses.CategoricalFocalCrossentropy({ alpha: 1, gamma: 0 })([[0, 1]], [[0.5, 0.5]]).item() // → 0.6931471824645996 */
export const CategoricalFocalCrossentropy: LossClass<f.FocalOptions> = made(
  'CategoricalFocalCrossentropy',
  f.categorical_focal_crossentropy,
  ['alpha', 'gamma', ...CROSS],
);
/** {@link f.tversky} of a batch as one number. @example new tf.losses.Tversky()([[1, 0]], [[1, 0]]).item() // → 0 */
export const Tversky: LossClass<{ alpha?: number; beta?: number; axis?: number }> = made('Tversky', f.tversky, [
  'alpha',
  'beta',
  'reduction',
  'axis',
]);
