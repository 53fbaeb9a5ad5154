import { ValueError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import type { Tensor } from '../tensor.js';
import { type CommonOptions, Optimizer, settled, type Step, tensor } from './optimizer.js';
import type { LearningRateSchedule } from './schedules.js';

/** Optimizers by the slope, and by sums of squares of slopes. */

type Rate = number | LearningRateSchedule;
type Args<T> = (Rate | number | boolean | (CommonOptions & T))[];

const sub = (a: unknown, b: unknown): Tensor => tensor(np.subtract(a as never, b as never));
const add = (a: unknown, b: unknown): Tensor => tensor(np.add(a as never, b as never));
const mul = (a: unknown, b: unknown): Tensor => tensor(np.multiply(a as never, b as never));
const div = (a: unknown, b: unknown): Tensor => tensor(np.divide(a as never, b as never));
const sqrt = (a: unknown): Tensor => tensor(np.sqrt(a as never));
const square = (a: unknown): Tensor => tensor(np.square(a as never));

/**
 * Steps down the slope, with `momentum` also along what the steps before it went.
 * @param args learning_rate (0.01), momentum (0), nesterov (false), and what all optimizers take: weight_decay, clipnorm, clipvalue, global_clipnorm, use_ema
 * @example
 * const w = new tf.Variable(3);
 * const optimizer = new tf.optimizers.SGD(0.1);
 * optimizer.minimize(() => tf.square(w), [w]);
 * w.numpy().item() // → 2.4000000953674316
 */
export class SGD extends Optimizer {
  private readonly o: { momentum: number; nesterov: boolean };
  constructor(...args: Args<{ momentum?: number; nesterov?: boolean }>) {
    const o = settled('SGD', { learning_rate: 0.01 as Rate, momentum: 0, nesterov: false }, args);
    super('SGD', o);
    if (!(o.momentum >= 0 && o.momentum <= 1)) throw new ValueError('`momentum` must be a float between [0, 1].');
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { momentum, nesterov } = this.o;
    const down = mul(g, step.rate);
    if (momentum === 0) return sub(value, down);
    const m = step.slot('momentum');
    const now = sub(mul(m.value(), momentum), down);
    m.assign(now as never);
    return nesterov ? add(value, sub(mul(now, momentum), down)) : add(value, now);
  }
}

/**
 * SGD whose momentum must be said: `new tf.optimizers.Momentum(0.01, 0.9)`.
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.Momentum(0.5, 0.9).minimize(() => tf.multiply(w, 2), [w]).numpy().item() // → 1
 */
export class Momentum extends SGD {}

/**
 * Slopes divided by the root of a running mean of their squares; `centered` takes their mean off.
 * @param args learning_rate (0.001), rho (0.9), momentum (0), epsilon (1e-7), centered (false), and what all optimizers take
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.RMSprop(0.1).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.6837999820709229
 */
export class RMSprop extends Optimizer {
  private readonly o: { rho: number; momentum: number; epsilon: number; centered: boolean };
  constructor(...args: Args<{ rho?: number; momentum?: number; epsilon?: number; centered?: boolean }>) {
    const o = settled(
      'RMSprop',
      { learning_rate: 0.001 as Rate, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
      args,
    );
    super('RMSprop', o);
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { rho, momentum, epsilon, centered } = this.o;
    const velocity = step.slot('velocity');
    const v = add(mul(velocity.value(), rho), mul(square(g), 1 - rho));
    velocity.assign(v as never);
    let under = v;
    if (centered) {
      const average = step.slot('average_gradient');
      const a = add(mul(average.value(), rho), mul(g, 1 - rho));
      average.assign(a as never);
      under = sub(v, square(a));
    }
    const move = div(mul(g, step.rate), sqrt(add(under, epsilon)));
    if (momentum === 0) return sub(value, move);
    const m = step.slot('momentum');
    const now = add(mul(m.value(), momentum), move);
    m.assign(now as never);
    return sub(value, now);
  }
}

/**
 * Slopes divided by the root of the sum of all squares so far.
 * @param args learning_rate (0.001), initial_accumulator_value (0.1), epsilon (1e-7), and what all optimizers take
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.Adagrad(0.5).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.5060999989509583
 */
export class Adagrad extends Optimizer {
  private readonly o: { initial_accumulator_value: number; epsilon: number };
  constructor(...args: Args<{ initial_accumulator_value?: number; epsilon?: number }>) {
    const o = settled('Adagrad', { learning_rate: 0.001 as Rate, initial_accumulator_value: 0.1, epsilon: 1e-7 }, args);
    super('Adagrad', o);
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const sum = step.slot('accumulator', this.o.initial_accumulator_value);
    const now = add(sum.value(), square(g));
    sum.assign(now as never);
    return sub(value, div(mul(g, step.rate), sqrt(add(now, this.o.epsilon))));
  }
}

/**
 * Steps as long as those before, by running means of squares of both.
 * @param args learning_rate (0.001), rho (0.95), epsilon (1e-7), and what all optimizers take
 * @example
 * const w = new tf.Variable(1);
 * new tf.optimizers.Adadelta(1).minimize(() => tf.square(w), [w]);
 * w.numpy().round(4).item() // → 0.9986000061035156
 */
export class Adadelta extends Optimizer {
  private readonly o: { rho: number; epsilon: number };
  constructor(...args: Args<{ rho?: number; epsilon?: number }>) {
    const o = settled('Adadelta', { learning_rate: 0.001 as Rate, rho: 0.95, epsilon: 1e-7 }, args);
    super('Adadelta', o);
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { rho, epsilon } = this.o;
    const [slopes, moves] = [step.slot('accumulated_grad'), step.slot('accumulated_delta_var')];
    const s = add(mul(slopes.value(), rho), mul(square(g), 1 - rho));
    slopes.assign(s as never);
    const before = moves.value();
    const move = div(mul(sqrt(add(before, epsilon)), g), sqrt(add(s, epsilon)));
    moves.assign(add(mul(before, rho), mul(square(move), 1 - rho)) as never);
    return sub(value, mul(move, step.rate));
  }
}

interface FtrlOptions {
  learning_rate_power?: number;
  initial_accumulator_value?: number;
  l1_regularization_strength?: number;
  l2_regularization_strength?: number;
  l2_shrinkage_regularization_strength?: number;
  beta?: number;
}
/**
 * "Follow the regularized leader": weights that small slopes do not move from zero.
 * @param args learning_rate (0.001), learning_rate_power (-0.5), initial_accumulator_value (0.1), l1_regularization_strength (0),
 * l2_regularization_strength (0), l2_shrinkage_regularization_strength (0), beta (0), and what all optimizers take
 * @example
 * const w = new tf.Variable(0);
 * new tf.optimizers.Ftrl(0.5).minimize(() => tf.multiply(w, 2), [w]);
 * w.numpy().round(4).item() // → -0.49390000104904175
 */
export class Ftrl extends Optimizer {
  private readonly o: Required<FtrlOptions>;
  constructor(...args: Args<FtrlOptions>) {
    const o = settled(
      'Ftrl',
      {
        learning_rate: 0.001 as Rate,
        learning_rate_power: -0.5,
        initial_accumulator_value: 0.1,
        l1_regularization_strength: 0,
        l2_regularization_strength: 0,
        l2_shrinkage_regularization_strength: 0,
        beta: 0,
      },
      args,
    );
    super('Ftrl', o);
    if (o.learning_rate_power > 0)
      throw new ValueError(
        `\`learning_rate_power\` needs to be negative or zero. Received: learning_rate_power=${o.learning_rate_power}.`,
      );
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const o = this.o;
    const [sum, linear] = [step.slot('accumulator', o.initial_accumulator_value), step.slot('linear')];
    const power = (x: unknown): Tensor => tensor(np.power(x as never, -o.learning_rate_power));
    const before = sum.value();
    const now = add(before, square(g));
    const slope = add(g, mul(value, 2 * o.l2_shrinkage_regularization_strength));
    const sigma = div(sub(power(now), power(before)), step.rate);
    const l = sub(add(linear.value(), slope), mul(sigma, value));
    const under = add(add(div(power(now), step.rate), 2 * o.l2_regularization_strength), div(o.beta, step.rate));
    const inside = np.clip(l, -o.l1_regularization_strength, o.l1_regularization_strength);
    linear.assign(l as never);
    sum.assign(now as never);
    return div(sub(inside, l), under);
  }
}
