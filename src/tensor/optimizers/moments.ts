import * as np from '../../ndarray/index.js';
import { cast } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { type CommonOptions, Optimizer, settled, type Step, tensor } from './optimizer.js';
import type { LearningRateSchedule } from './schedules.js';

/** Optimizers by running means of slopes and of their squares. */

type Rate = number | LearningRateSchedule;
type Args<T> = (Rate | number | boolean | (CommonOptions & T))[];

const sub = (a: unknown, b: unknown): Tensor => tensor(np.subtract(a as never, b as never));
const add = (a: unknown, b: unknown): Tensor => tensor(np.add(a as never, b as never));
const mul = (a: unknown, b: unknown): Tensor => tensor(np.multiply(a as never, b as never));
const div = (a: unknown, b: unknown): Tensor => tensor(np.divide(a as never, b as never));
const sqrt = (a: unknown): Tensor => tensor(np.sqrt(a as never));
const square = (a: unknown): Tensor => tensor(np.square(a as never));
const power = (a: number, b: Tensor): Tensor => tensor(np.power(a, b as never));

interface AdamOptions {
  beta_1?: number;
  beta_2?: number;
  epsilon?: number;
  amsgrad?: boolean;
}
const ADAM = { learning_rate: 0.001 as Rate, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false };

/** Moves a running mean toward a value. */
function toward(step: Step, name: string, value: Tensor, keep: number): Tensor {
  const slot = step.slot(name);
  const before = slot.value();
  const now = add(before, mul(sub(value, before), 1 - keep));
  slot.assign(now as never);
  return now;
}

/**
 * Running means of slopes, divided by the roots of those of their squares.
 * @param args learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), amsgrad (false), and what all optimizers take: weight_decay,
 * clipnorm, clipvalue, global_clipnorm, use_ema
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.Adam(0.1).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.8999999761581421
 */
export class Adam extends Optimizer {
  private readonly o: Required<AdamOptions>;
  constructor(...args: Args<AdamOptions>) {
    const o = settled('Adam', ADAM, args);
    super('Adam', o);
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { beta_1, beta_2, epsilon, amsgrad } = this.o;
    const rate = mul(step.rate, div(sqrt(sub(1, power(beta_2, step.count))), sub(1, power(beta_1, step.count))));
    const m = toward(step, 'momentum', g, beta_1);
    let v = toward(step, 'velocity', square(g), beta_2);
    if (amsgrad) {
      const top = step.slot('velocity_hat');
      v = tensor(np.maximum(top.value() as never, v));
      top.assign(v as never);
    }
    return sub(value, div(mul(m, rate), add(sqrt(v), epsilon)));
  }
}

/**
 * Adam with decay of weights.
 * @param args learning_rate (0.001), weight_decay (0.004), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), amsgrad (false), and what all optimizers take
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.AdamW(0.1, 0.5).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.8500000238418579
 */
export class AdamW extends Adam {
  constructor(...args: Args<AdamOptions>) {
    const { learning_rate, ...rest } = ADAM;
    super(settled('AdamW', { learning_rate, weight_decay: 0.004, ...rest, name: 'AdamW' }, args));
  }
}

/**
 * Adam by the largest slope so far rather than the squares.
 * @param args learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), and what all optimizers take
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.Adamax(0.1).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.8999999761581421
 */
export class Adamax extends Optimizer {
  private readonly o: Required<Omit<AdamOptions, 'amsgrad'>>;
  constructor(...args: Args<Omit<AdamOptions, 'amsgrad'>>) {
    const { amsgrad: _, ...defaults } = ADAM;
    const o = settled('Adamax', defaults, args);
    super('Adamax', o);
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { beta_1, beta_2, epsilon } = this.o;
    const m = toward(step, 'momentum', g, beta_1);
    const top = step.slot('norm');
    const u = tensor(np.maximum(mul(top.value(), beta_2), np.abs(g)));
    top.assign(u as never);
    return sub(value, div(mul(m, step.rate), mul(sub(1, power(beta_1, step.count)), add(u, epsilon))));
  }
}

/**
 * Adam with Nesterov's look ahead.
 * @param args learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), and what all optimizers take
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.Nadam(0.1).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.8937000036239624
 */
export class Nadam extends Optimizer {
  private readonly o: Required<Omit<AdamOptions, 'amsgrad'>>;
  private product: Tensor | null = null;
  constructor(...args: Args<Omit<AdamOptions, 'amsgrad'>>) {
    const { amsgrad: _, ...defaults } = ADAM;
    const o = settled('Nadam', defaults, args);
    super('Nadam', o);
    this.o = o;
  }
  /** The momentum at a step, which grows to beta_1. */
  private momentum(count: Tensor): Tensor {
    return mul(sub(1, mul(power(0.96, count), 0.5)), this.o.beta_1);
  }
  protected override prepare(count: Tensor): void {
    const all = this.factor('product', 1);
    this.product = mul(all.value(), this.momentum(cast(count, 'float64') as Tensor));
    all.assign(this.product as never);
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { beta_1, beta_2, epsilon } = this.o;
    const now = this.momentum(step.count);
    const next = this.momentum(add(step.count, 1));
    const product = cast(this.product as Tensor, g.dtype as never) as Tensor;
    const m = toward(step, 'momentum', g, beta_1);
    const v = toward(step, 'velocity', square(g), beta_2);
    const ahead = add(div(mul(m, next), sub(1, mul(product, next))), div(mul(g, sub(1, now)), sub(1, product)));
    return sub(value, div(mul(ahead, step.rate), add(sqrt(div(v, sub(1, power(beta_2, step.count)))), epsilon)));
  }
}
