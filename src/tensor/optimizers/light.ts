import { ValueError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { cast } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { Adam, AdamW, Adamax, Nadam } from './moments.js';
import { type CommonOptions, Optimizer, settled, type Step, tensor } from './optimizer.js';
import type { LearningRateSchedule } from './schedules.js';
import { Adadelta, Adagrad, Ftrl, RMSprop, SGD } from './slopes.js';

/** Optimizers that keep little: signs of running means, and squares by rows and columns. */

type Rate = number | LearningRateSchedule;
type Args<T> = (Rate | number | boolean | (CommonOptions & T))[];

const sub = (a: unknown, b: unknown): Tensor => tensor(np.subtract(a as never, b as never));
const add = (a: unknown, b: unknown): Tensor => tensor(np.add(a as never, b as never));
const mul = (a: unknown, b: unknown): Tensor => tensor(np.multiply(a as never, b as never));
const div = (a: unknown, b: unknown): Tensor => tensor(np.divide(a as never, b as never));
const least = (a: unknown, b: unknown): Tensor => tensor(np.minimum(a as never, b as never));
const most = (a: unknown, b: unknown): Tensor => tensor(np.maximum(a as never, b as never));
const mean = (a: unknown, axis: number, keepdims = false): Tensor => tensor(np.mean(a as never, { axis, keepdims }));
const rootMeanSquare = (a: Tensor): Tensor => tensor(np.sqrt(np.mean(np.square(a)) as never));

/**
 * Steps of one length along the signs of a running mean of slopes (Chen and others 2023).
 * @param args learning_rate (0.001), beta_1 (0.9), beta_2 (0.99), and what all optimizers take
 * @example
 * const w = new tf.Variable([1, -2]);
 * new tf.optimizers.Lion(0.5).minimize(() => tf.square(w), [w]);
 * w.numpy() // → array([ 0.5, -1.5], dtype=float32)
 */
export class Lion extends Optimizer {
  private readonly o: { beta_1: number; beta_2: number };
  constructor(...args: Args<{ beta_1?: number; beta_2?: number }>) {
    const o = settled('Lion', { learning_rate: 0.001 as Rate, beta_1: 0.9, beta_2: 0.99 }, args);
    super('Lion', o);
    if (!(o.beta_1 > 0 && o.beta_1 <= 1))
      throw new ValueError(
        `Argument \`beta_1\` must be in the [0, 1] range. Otherwise, the optimizer degenerates to SignSGD. Received: beta_1=${o.beta_1}.`,
      );
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const { beta_1, beta_2 } = this.o;
    const m = step.slot('momentum');
    const before = m.value();
    const direction = np.sign(add(mul(before, beta_1), mul(g, 1 - beta_1)));
    m.assign(add(mul(before, beta_2), mul(g, 1 - beta_2)) as never);
    return sub(value, mul(direction, step.rate));
  }
}

interface AdafactorOptions {
  beta_2_decay?: number;
  epsilon_1?: number;
  epsilon_2?: number;
  clip_threshold?: number;
  relative_step?: boolean;
}
/**
 * Slopes divided by the roots of running means of their squares, which are kept for rows and columns of matrices alone (Shazeer and Stern 2018).
 * @param args learning_rate (0.001), beta_2_decay (-0.8), epsilon_1 (1e-30), epsilon_2 (0.001), clip_threshold (1), relative_step (true), and
 * what all optimizers take
 * @example
 * const w = new tf.Variable([[1, 2], [3, 4]]);
 * const optimizer = new tf.optimizers.Adafactor(0.5);
 * optimizer.minimize(() => tf.square(w), [w]);
 * optimizer.variables.map((v) => v.shape).slice(-2) // → [ [ 2 ], [ 2 ] ]
 */
export class Adafactor extends Optimizer {
  private readonly o: Required<AdafactorOptions>;
  constructor(...args: Args<AdafactorOptions>) {
    const o = settled(
      'Adafactor',
      {
        learning_rate: 0.001 as Rate,
        beta_2_decay: -0.8,
        epsilon_1: 1e-30,
        epsilon_2: 0.001,
        clip_threshold: 1,
        relative_step: true,
      },
      args,
    );
    super('Adafactor', o);
    this.o = o;
  }
  protected override update(value: Tensor, g: Tensor, step: Step): Tensor {
    const o = this.o;
    const count = cast(step.count, value.dtype as never) as Tensor;
    const root = div(1, np.sqrt(count));
    const rate = o.relative_step ? least(step.rate, root) : step.rate;
    const size = mul(most(rootMeanSquare(value), o.epsilon_2), least(rate, root));
    const squares = add(np.square(g), o.epsilon_1);
    const keep = sub(1, np.power(count, o.beta_2_decay as never));
    const kept = (name: string, now: Tensor): Tensor => {
      const slot = step.slot(name, 0, now.shape);
      const next = add(mul(slot.value(), keep), mul(now, sub(1, keep)));
      slot.assign(next as never);
      return next;
    };
    let v: Tensor;
    if (g.ndim >= 2) {
      const rows = kept('row', mean(squares, -1));
      const columns = kept('column', mean(squares, -2));
      const share = div(rows, mean(rows, -1, true));
      v = mul(np.expand_dims(share, { axis: -1 }), np.expand_dims(columns, { axis: -2 }));
    } else v = kept('velocity', squares);
    const u = div(g, np.sqrt(v));
    const cut = most(div(rootMeanSquare(u), o.clip_threshold), 1);
    return sub(value, mul(size, div(u, cut)));
  }
}

const CLASSES: Readonly<Record<string, new () => Optimizer>> = {
  adadelta: Adadelta,
  adafactor: Adafactor,
  adagrad: Adagrad,
  adam: Adam,
  adamax: Adamax,
  adamw: AdamW,
  ftrl: Ftrl,
  lion: Lion,
  nadam: Nadam,
  rmsprop: RMSprop,
  sgd: SGD,
};
/** The optimizer of a name, with what it takes where nothing is said, or the one given. @throws ValueError for another name @example tf.optimizers.get('sgd').name // → 'SGD' */
export function get(identifier: string | Optimizer): Optimizer {
  if (typeof identifier !== 'string') return identifier;
  const c = CLASSES[identifier.toLowerCase()];
  if (c === undefined) throw new ValueError(`Could not interpret optimizer identifier: ${identifier}`);
  return new c();
}
