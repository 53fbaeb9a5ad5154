import { hidden } from '../core/inspect.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { Callable } from './callable.js';
import { cast, convert_to_tensor, options, type TensorLike } from './convert.js';
import { weighted } from './losses/classes.js';
import * as f from './losses/functions.js';
import { in_top_k } from './nn/lookup.js';
import type { Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** tf.metrics: numbers that are gathered over many batches. Their state is variables, so that they work in traced functions, too. */

const tensor = (x: unknown): Tensor => x as Tensor;
const floats = (x: TensorLike): Tensor => {
  const t = convert_to_tensor(x as never) as Tensor;
  return t.dtype.name === 'float32' ? t : (cast(t, 'float32') as Tensor);
};

export interface Metric {
  /** Takes a batch in, and gives the result of all up to it. */
  (...args: any[]): Tensor;
}
/**
 * What all metrics do: `update_state`, `result`, `reset_state`; called, they do the first two.
 * @example
 * const m = new tf.metrics.Mean();
 * m.update_state([1, 3]);
 * m.reset_state();
 * m(5).item() // → 5
 */
export abstract class Metric extends Callable {
  declare readonly variables: Variable[];
  constructor() {
    super();
    hidden(this, 'variables', []);
  }
  /** A number of the state, zero at first. */
  protected weight(name: string): Variable {
    const v = new Variable(0 as never, { name, trainable: false, dtype: 'float32' });
    this.variables.push(v);
    return v;
  }
  abstract update_state(...args: any[]): void;
  abstract result(): Tensor;
  reset_state(): void {
    for (const v of this.variables) v.assign(0);
  }
  override invoke(...args: unknown[]): Tensor {
    this.update_state(...args);
    return this.result();
  }
}
hidden(Metric, 'name', 'Metric');

type Weight = TensorLike | null | { sample_weight?: TensorLike | null };
const weightOf = (rest: readonly Weight[]): TensorLike | null =>
  options<{ sample_weight: TensorLike }>('metrics.Metric', ['sample_weight'], rest).sample_weight ?? null;

/** The sum of values. @example new tf.metrics.Sum()([1, 3]).item() // → 4 */
export class Sum extends Metric {
  declare readonly total: Variable;
  constructor() {
    super();
    hidden(this, 'total', this.weight('total'));
  }
  override update_state(values: TensorLike, ...rest: Weight[]): void {
    this.total.assign_add(np.sum(weighted(floats(values), weightOf(rest))[0]) as never);
  }
  override result(): Tensor {
    return this.total.value() as Tensor;
  }
}

/**
 * The (weighted) mean of values. @example new tf.metrics.Mean()([1, 3]).item() // → 2
 */
export class Mean extends Metric {
  declare readonly total: Variable;
  declare readonly count: Variable;
  constructor() {
    super();
    hidden(this, 'total', this.weight('total'));
    hidden(this, 'count', this.weight('count'));
  }
  override update_state(values: TensorLike, ...rest: Weight[]): void {
    runAs('tf.metrics.Mean', () => {
      const [v, w] = weighted(floats(values), weightOf(rest));
      this.total.assign_add(np.sum(v) as never);
      this.count.assign_add((w === null ? v.size : np.sum(np.broadcast_to(w, v.shape as never) as never)) as never);
    });
  }
  /** The mean; zero of nothing. */
  override result(): Tensor {
    const [t, n] = [this.total.value(), this.count.value()];
    const none = np.equal(n as never, 0);
    return tensor(
      np.where(
        none as never,
        0 as never,
        np.divide(t as never, np.where(none as never, 1 as never, n as never) as never) as never,
      ),
    );
  }
}

type Values = (y_true: TensorLike, y_pred: TensorLike, o: Record<string, any>) => Tensor;
export interface MetricClass<O extends object = object> {
  new (...args: (number | boolean | string | (O & { name?: string }))[]): Metric;
}
/** The mean of a function of targets and predictions. */
function meanOf<O extends object>(
  name: string,
  values: Values,
  names: readonly string[] = [],
  finish: (t: Tensor) => Tensor = (t) => t,
): MetricClass<O> {
  const c = class extends Mean {
    declare readonly options: Record<string, unknown>;
    constructor(...args: unknown[]) {
      super();
      const { name: _, ...o } = options<Record<string, unknown>>(`metrics.${name}`, [...names, 'name'], args);
      hidden(this, 'options', o);
    }
    override update_state(y_true: any, y_pred: any, ...rest: any[]): void {
      super.update_state(values(y_true, y_pred, this.options), ...rest);
    }
    override result(): Tensor {
      return finish(super.result());
    }
  };
  hidden(c, 'name', name);
  return c as unknown as MetricClass<O>;
}

const asTensor = (x: TensorLike): Tensor => convert_to_tensor(x as never) as Tensor;
/** Classes by number, without a last axis of length 1. */
const classes = (x: TensorLike, p: Tensor): Tensor => {
  const y = asTensor(x);
  return y.ndim === p.ndim && y.shape[y.ndim - 1] === 1 ? tensor(np.squeeze(y, { axis: -1 as never })) : y;
};
const best = (x: TensorLike): Tensor => tensor(np.argmax(asTensor(x), { axis: -1 }));

/** How often predictions equal targets. @example new tf.metrics.Accuracy()([1, 2, 3], [1, 2, 4]).numpy().round(3).item() // → 0.6669999957084656 */
export const Accuracy: MetricClass = meanOf('Accuracy', (y, p) => {
  const [a, b] = f.paired(y, p);
  return floats(tensor(np.equal(a, b)));
});
/** How often probabilities are on the right side of the threshold. @example new tf.metrics.BinaryAccuracy()([1, 0], [0.9, 0.8]).item() // → 0.5 */
export const BinaryAccuracy: MetricClass<{ threshold?: number }> = meanOf(
  'BinaryAccuracy',
  (y, p, o) => {
    const [a, b] = f.paired(y, p);
    return floats(tensor(np.equal(a, floats(tensor(np.greater(b, o.threshold ?? 0.5))))));
  },
  ['threshold'],
);
/** How often the largest prediction is that of the one-hot target. @example new tf.metrics.CategoricalAccuracy()([[0, 1]], [[0.4, 0.6]]).item() // → 1 */
export const CategoricalAccuracy: MetricClass = meanOf('CategoricalAccuracy', (y, p) =>
  floats(tensor(np.equal(best(y), best(p)))),
);
/** How often the largest prediction is that of the class. @example new tf.metrics.SparseCategoricalAccuracy()([1, 0], [[0.4, 0.6], [0.1, 0.9]]).item() // → 0.5 */
export const SparseCategoricalAccuracy: MetricClass = meanOf('SparseCategoricalAccuracy', (y, p) => {
  const t = asTensor(p);
  return floats(tensor(np.equal(classes(y, t), best(t))));
});
/** How often the class is among the k largest predictions (5). @example new tf.metrics.SparseTopKCategoricalAccuracy(1)([1, 0], [[0.4, 0.6], [0.1, 0.9]]).item() // → 0.5 */
export const SparseTopKCategoricalAccuracy: MetricClass<{ k?: number }> = meanOf(
  'SparseTopKCategoricalAccuracy',
  (y, p, o) => floats(in_top_k(classes(y, asTensor(p)), p, o.k ?? 5)),
  ['k'],
);
/** As {@link SparseTopKCategoricalAccuracy}, of one-hot targets. @example new tf.metrics.TopKCategoricalAccuracy(2)([[0, 1, 0]], [[0.2, 0.3, 0.5]]).item() // → 1 */
export const TopKCategoricalAccuracy: MetricClass<{ k?: number }> = meanOf(
  'TopKCategoricalAccuracy',
  (y, p, o) => floats(in_top_k(best(y), p, o.k ?? 5)),
  ['k'],
);
/** Mean squared difference over all batches. @example new tf.metrics.MeanSquaredError()([[0], [2]], [[0], [0]]).item() // → 2 */
export const MeanSquaredError: MetricClass = meanOf('MeanSquaredError', f.mean_squared_error);
/** Mean absolute difference over all batches. @example new tf.metrics.MeanAbsoluteError()([[0], [2]], [[0], [0]]).item() // → 1 */
export const MeanAbsoluteError: MetricClass = meanOf('MeanAbsoluteError', f.mean_absolute_error);
/** Root of the mean squared difference. @example new tf.metrics.RootMeanSquaredError()([[0], [2]], [[0], [0]]).numpy().round(4).item() // → 1.414199948310852 */
export const RootMeanSquaredError: MetricClass = meanOf('RootMeanSquaredError', f.mean_squared_error, [], (t) =>
  tensor(np.sqrt(t)),
);
/** Mean binary cross entropy over all batches. @example new tf.metrics.BinaryCrossentropy()([[1]], [[0.5]]).item() // → 0.6931471824645996 */
export const BinaryCrossentropy: MetricClass<f.CrossentropyOptions> = meanOf(
  'BinaryCrossentropy',
  f.binary_crossentropy,
  ['from_logits', 'label_smoothing'],
);
/** Mean cross entropy of one-hot targets. @example new tf.metrics.CategoricalCrossentropy()([[0, 1]], [[0.5, 0.5]]).item() // → 0.6931471824645996 */
export const CategoricalCrossentropy: MetricClass<f.CrossentropyOptions> = meanOf(
  'CategoricalCrossentropy',
  f.categorical_crossentropy,
  ['from_logits', 'label_smoothing', 'axis'],
);
/** Mean cross entropy of classes by number. @example new tf.metrics.SparseCategoricalCrossentropy()([1], [[0.5, 0.5]]).item() // → 0.6931471824645996 */
export const SparseCategoricalCrossentropy: MetricClass<f.SparseOptions> = meanOf(
  'SparseCategoricalCrossentropy',
  f.sparse_categorical_crossentropy,
  ['from_logits', 'ignore_class', 'axis'],
);
