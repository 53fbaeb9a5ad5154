import { ValueError } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import * as np from '../../ndarray/index.js';
import { Callable } from '../callable.js';
import { cast, convert_to_tensor, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';

/** tf.optimizers.schedules: learning rates that change with the number of steps taken. */

const tensor = (x: unknown): Tensor => x as Tensor;
/** The step as float32. */
const asStep = (x: TensorLike): Tensor => {
  const t = convert_to_tensor((x instanceof Variable ? x.value() : x) as never) as Tensor;
  return t.dtype.name === 'float32' ? t : cast(t, 'float32');
};

export interface LearningRateSchedule {
  (step: TensorLike): Tensor;
}
/**
 * What all schedules are: called with a step, they give the learning rate.
 * @example
 * class Halved extends tf.optimizers.schedules.LearningRateSchedule {
 *   rate(step) { return tf.divide(0.5, tf.add(step, 1)); }
 * }
 * new Halved()(1).item() // → 0.25
 */
export abstract class LearningRateSchedule extends Callable {
  /** The rate at a step, a float32 tensor. */
  abstract rate(step: Tensor): Tensor;
  override invoke(step: TensorLike): Tensor {
    return this.rate(asStep(step));
  }
}
hidden(LearningRateSchedule, 'name', 'LearningRateSchedule');

/** Members of a schedule from positional arguments or one object of them. */
function settle<T extends object>(self: object, name: string, defaults: T, given: readonly unknown[]): void {
  const names = Object.keys(defaults);
  const last = given[given.length - 1];
  const keyed =
    typeof last === 'object' &&
    last !== null &&
    !Array.isArray(last) &&
    Object.getPrototypeOf(last) === Object.prototype;
  const positional = keyed ? given.slice(0, -1) : given;
  const named = keyed ? (last as Record<string, unknown>) : {};
  for (const k of Object.keys(named))
    if (!names.includes(k) && k !== 'name')
      throw new ValueError(`${name}: unknown argument '${k}'; it takes ${names.join(', ')}`);
  names.forEach((k, i) => {
    const v = named[k] ?? positional[i] ?? (defaults as Record<string, unknown>)[k];
    if (v === undefined) throw new ValueError(`${name}: missing argument '${k}'`);
    hidden(self, k, v);
  });
}
const need = undefined as unknown as number;

/**
 * initial * decay_rate ** (step / decay_steps), the exponent an integer with `staircase`.
 * @example new tf.optimizers.schedules.ExponentialDecay(0.1, 10, 0.5)(20).item() // → 0.02500000037252903
 */
export class ExponentialDecay extends LearningRateSchedule {
  declare initial_learning_rate: number;
  declare decay_steps: number;
  declare decay_rate: number;
  declare staircase: boolean;
  constructor(...args: unknown[]) {
    super();
    settle(
      this,
      'ExponentialDecay',
      { initial_learning_rate: need, decay_steps: need, decay_rate: need, staircase: false },
      args,
    );
  }
  override rate(step: Tensor): Tensor {
    const p = np.divide(step, this.decay_steps);
    return tensor(
      np.multiply(np.power(this.decay_rate, this.staircase ? np.floor(p) : p) as never, this.initial_learning_rate),
    );
  }
}

/**
 * initial / (1 + decay_rate * step / decay_steps).
 * @example new tf.optimizers.schedules.InverseTimeDecay(1, 1, 1)(3).item() // → 0.25
 */
export class InverseTimeDecay extends LearningRateSchedule {
  declare initial_learning_rate: number;
  declare decay_steps: number;
  declare decay_rate: number;
  declare staircase: boolean;
  constructor(...args: unknown[]) {
    super();
    settle(
      this,
      'InverseTimeDecay',
      { initial_learning_rate: need, decay_steps: need, decay_rate: need, staircase: false },
      args,
    );
  }
  override rate(step: Tensor): Tensor {
    const p = np.divide(step, this.decay_steps);
    return tensor(
      np.divide(this.initial_learning_rate, np.add(np.multiply(this.staircase ? np.floor(p) : p, this.decay_rate), 1)),
    );
  }
}

/**
 * One value up to each boundary (included), and the last one after.
 * @example new tf.optimizers.schedules.PiecewiseConstantDecay([2, 4], [1, 0.5, 0.1])(3).item() // → 0.5
 */
export class PiecewiseConstantDecay extends LearningRateSchedule {
  declare boundaries: readonly number[];
  declare values: readonly number[];
  constructor(...args: unknown[]) {
    super();
    settle(
      this,
      'PiecewiseConstantDecay',
      { boundaries: need as unknown as number[], values: need as unknown as number[] },
      args,
    );
    if (this.boundaries.length !== this.values.length - 1)
      throw new ValueError(
        `The length of boundaries should be 1 less than the length of values. Received: boundaries=[${this.boundaries.join(', ')}] of length ${this.boundaries.length}, and values=[${this.values.join(', ')}] of length ${this.values.length}.`,
      );
  }
  override rate(step: Tensor): Tensor {
    let out: unknown = convert_to_tensor(this.values[this.values.length - 1]);
    for (let i = this.boundaries.length - 1; i >= 0; i--)
      out = np.where(np.less_equal(step, this.boundaries[i]), convert_to_tensor(this.values[i]) as never, out as never);
    return tensor(out);
  }
}

/**
 * From the initial rate to `end_learning_rate` over `decay_steps`, as a power of what is left; with `cycle` again and again.
 * @example new tf.optimizers.schedules.PolynomialDecay(1, 10, 0)(5).item() // → 0.5
 */
export class PolynomialDecay extends LearningRateSchedule {
  declare initial_learning_rate: number;
  declare decay_steps: number;
  declare end_learning_rate: number;
  declare power: number;
  declare cycle: boolean;
  constructor(...args: unknown[]) {
    super();
    settle(
      this,
      'PolynomialDecay',
      { initial_learning_rate: need, decay_steps: need, end_learning_rate: 0.0001, power: 1, cycle: false },
      args,
    );
  }
  override rate(step: Tensor): Tensor {
    const n = this.decay_steps;
    const span = this.cycle ? np.multiply(np.maximum(np.ceil(np.divide(step, n)), 1), n) : n;
    const at = this.cycle ? step : np.minimum(step, n);
    const left = np.power(np.subtract(1, np.divide(at as never, span as never)), this.power);
    const range = this.initial_learning_rate - this.end_learning_rate;
    return tensor(np.add(np.multiply(left as never, range), this.end_learning_rate));
  }
}

/**
 * Half a cosine from the initial rate to `alpha` of it over `decay_steps`; before that, with `warmup_target`, a straight way up to that.
 * @example new tf.optimizers.schedules.CosineDecay(1, 10)(10).item() // → 0
 */
export class CosineDecay extends LearningRateSchedule {
  declare initial_learning_rate: number;
  declare decay_steps: number;
  declare alpha: number;
  declare warmup_target: number | null;
  declare warmup_steps: number;
  constructor(...args: unknown[]) {
    super();
    const named = args[args.length - 1] as { name?: string };
    void named;
    settle(
      this,
      'CosineDecay',
      { initial_learning_rate: need, decay_steps: need, alpha: 0, warmup_target: null, warmup_steps: 0 },
      args,
    );
  }
  override rate(step: Tensor): Tensor {
    const top = this.warmup_target ?? this.initial_learning_rate;
    const late = this.warmup_target === null ? step : np.subtract(step, this.warmup_steps);
    const part = np.divide(np.minimum(late as never, this.decay_steps), this.decay_steps);
    const cosine = np.multiply(np.add(np.cos(np.multiply(part as never, Math.PI)), 1), 0.5);
    const decayed = np.multiply(np.add(np.multiply(cosine as never, 1 - this.alpha), this.alpha), top);
    if (this.warmup_target === null) return tensor(decayed);
    const up = np.add(
      np.multiply(np.divide(step, this.warmup_steps), this.warmup_target - this.initial_learning_rate),
      this.initial_learning_rate,
    );
    return tensor(np.where(np.less(step, this.warmup_steps), up as never, decayed as never));
  }
}

/**
 * Cosines that begin anew, each `t_mul` times as long and `m_mul` times as high as the one before.
 * @example new tf.optimizers.schedules.CosineDecayRestarts(1, 10)(10).item() // → 1
 */
export class CosineDecayRestarts extends LearningRateSchedule {
  declare initial_learning_rate: number;
  declare first_decay_steps: number;
  declare t_mul: number;
  declare m_mul: number;
  declare alpha: number;
  constructor(...args: unknown[]) {
    super();
    settle(
      this,
      'CosineDecayRestarts',
      { initial_learning_rate: need, first_decay_steps: need, t_mul: 2, m_mul: 1, alpha: 0 },
      args,
    );
  }
  override rate(step: Tensor): Tensor {
    const done = np.divide(step, this.first_decay_steps);
    let round: unknown;
    let part: unknown;
    if (this.t_mul === 1) {
      round = np.floor(done);
      part = np.subtract(done, round as never);
    } else {
      const t = this.t_mul;
      const inner = np.subtract(1, np.multiply(done, 1 - t));
      round = np.floor(np.divide(np.log(inner as never), Math.log(t)));
      const begun = np.divide(np.subtract(1, np.power(t, round as never)), 1 - t);
      part = np.divide(np.subtract(done, begun as never), np.power(t, round as never));
    }
    const cosine = np.multiply(np.add(np.cos(np.multiply(part as never, Math.PI)), 1), 0.5);
    const high = np.power(this.m_mul, round as never);
    const decayed = np.add(np.multiply(np.multiply(cosine as never, high as never), 1 - this.alpha), this.alpha);
    return tensor(np.multiply(decayed as never, this.initial_learning_rate));
  }
}
