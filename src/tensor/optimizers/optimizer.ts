import { ValueError, TypeError, warn } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { runAs } from '../../core/transfers.js';
import { isKeywords } from '../../core/signature.js';
import * as np from '../../ndarray/index.js';
import { cast, convert_to_tensor, type TensorLike } from '../convert.js';
import { deviceElsewhere } from '../elsewhere.js';
import type { GradientTape } from '../gradient/tape.js';
import { GradientTape as Tape } from '../gradient/tape.js';
import { Tensor } from '../tensor.js';
import { hostVariable, Variable } from '../variable.js';
import { LearningRateSchedule } from './schedules.js';

/** What all optimizers do: learning rates, steps, slots, clipping, decay of weights. A class of its own says how one variable changes. */

export const tensor = (x: unknown): Tensor => x as Tensor;
export type Num = number | Tensor;

export interface CommonOptions {
  learning_rate?: number | LearningRateSchedule | Variable | Tensor;
  name?: string;
  /** Decay of weights, apart from the gradient: a share of the learning rate. */
  weight_decay?: number | null;
  /** Gradients longer than this are shortened, each for itself. */
  clipnorm?: number | null;
  /** Gradients' elements are kept between this and its negative. */
  clipvalue?: number | null;
  /** Gradients are shortened together, so that the norm of all is at most this. */
  global_clipnorm?: number | null;
  /** Keeps a running mean of the variables, which `finalize_variable_values` puts in their place. */
  use_ema?: boolean;
  ema_momentum?: number;
}

/** Options from positional arguments, in the order of `names`, and one object of the others. */
export function settled<T extends object>(name: string, defaults: T, given: readonly unknown[]): T {
  const names = Object.keys(defaults);
  const out = { ...defaults } as Record<string, unknown>;
  given.forEach((v, i) => {
    if (isKeywords(v) && i === given.length - 1) {
      for (const [k, w] of Object.entries(v)) {
        if (!(k in COMMON) && !names.includes(k))
          throw new TypeError(`tf.optimizers.${name}() got an unexpected keyword argument '${k}'`);
        if (w !== undefined) out[k] = w;
      }
    } else if (i >= names.length)
      throw new TypeError(`tf.optimizers.${name}() takes at most ${names.length} positional arguments`);
    else if (v !== undefined) out[names[i]] = v;
  });
  return out as T;
}
const COMMON: CommonOptions = {
  learning_rate: 0.001,
  name: undefined,
  weight_decay: null,
  clipnorm: null,
  clipvalue: null,
  global_clipnorm: null,
  use_ema: false,
  ema_momentum: 0.99,
};

/** What one variable's step may need beside its gradient. */
export interface Step {
  /** The learning rate, in the variable's dtype. */
  readonly rate: Tensor;
  /** The number of this step, from 1, in the variable's dtype. */
  readonly count: Tensor;
  /** A value that is kept from step to step, in the variable's shape unless another is given, zeros (or `fill`) at first. */
  slot(name: string, fill?: number, shape?: readonly number[]): Variable;
}

/**
 * What all optimizers do. One of one's own says in `update` what a variable becomes.
 * @example
 * class Signs extends tf.optimizers.Optimizer {
 *   update(value, gradient, { rate }) { return tf.subtract(value, tf.multiply(tf.sign(gradient), rate)); }
 * }
 * const w = new tf.Variable([3, -4]);
 * new Signs('Signs', { learning_rate: 0.5 }).minimize(() => tf.square(w), [w]);
 * w.numpy() // → array([ 2.5, -3.5], dtype=float32)
 */
export abstract class Optimizer {
  /** The number of steps taken, an int64 variable. */
  readonly iterations: Variable;
  readonly name: string;
  protected readonly common: CommonOptions;
  private rate: Variable | LearningRateSchedule;
  private readonly slots = new Map<Variable, Map<string, Variable>>();

  constructor(name: string, options: CommonOptions) {
    this.name = options.name ?? name;
    this.common = { ...COMMON, ...options };
    this.iterations = hostVariable(np.asarray(0, 'int64') as never, { name: 'iteration' });
    const { clipnorm, clipvalue, global_clipnorm } = this.common;
    const clips = [clipnorm, clipvalue, global_clipnorm].filter((c) => c !== null && c !== undefined);
    if (clips.length > 1)
      throw new ValueError(
        `At most one of \`clipnorm\`, \`clipvalue\` and \`global_clipnorm\` can be set. Received: clipnorm=${clipnorm}, clipvalue=${clipvalue}, global_clipnorm=${global_clipnorm}.`,
      );
    for (const [k, c] of Object.entries({ clipnorm, clipvalue, global_clipnorm }))
      if (c !== null && c !== undefined && !(c > 0))
        throw new ValueError(`\`${k}\` must be positive. Received: ${k}=${c}`);
    this.rate = Optimizer.rateOf(this.common.learning_rate as number);
  }

  private static rateOf(x: number | LearningRateSchedule | Variable | Tensor): Variable | LearningRateSchedule {
    if (x instanceof LearningRateSchedule || x instanceof Variable) return x;
    return new Variable(convert_to_tensor(x as never) as never, { name: 'learning_rate', trainable: false });
  }

  /** The learning rate: a variable, or what a schedule gives at this step. Numbers and schedules can be put in its place. */
  get learning_rate(): Variable | Tensor {
    return this.rate instanceof LearningRateSchedule ? this.rate(this.iterations) : this.rate;
  }
  set learning_rate(x: number | LearningRateSchedule | Variable | Tensor) {
    if (this.rate instanceof Variable && !(x instanceof LearningRateSchedule) && !(x instanceof Variable))
      this.rate.assign(x as number);
    else this.rate = Optimizer.rateOf(x);
  }
  get lr(): Variable | Tensor {
    return this.learning_rate;
  }
  set lr(x: number | LearningRateSchedule | Variable | Tensor) {
    this.learning_rate = x;
  }

  /** The optimizer's own variables: steps, learning rate, slots. */
  get variables(): Variable[] {
    const own = [...this.slots.values()].flatMap((m) => [...m.values()]);
    return [this.iterations, ...(this.rate instanceof Variable ? [this.rate] : []), ...own];
  }

  /** Makes the slots for these variables now, rather than in the first step. */
  build(var_list: readonly Variable[]): void {
    for (const v of var_list) if (!this.slots.has(v)) this.slots.set(v, new Map());
  }

  private slotOf(v: Variable, name: string, fill = 0, shape: readonly number[] = v.shape): Variable {
    let mine = this.slots.get(v);
    if (mine === undefined) this.slots.set(v, (mine = new Map()));
    let s = mine.get(name);
    if (s === undefined) {
      const value = v.held;
      const start =
        deviceElsewhere(value) === null
          ? np.full(shape as never, fill, { dtype: v.dtype } as never)
          : np.full_like(value, fill, { shape } as never);
      s = new Variable(start as never, { name: `${v.name}/${name}`, trainable: false });
      mine.set(name, s);
    }
    return s;
  }

  /** The new value of a variable. */
  protected abstract update(value: Tensor, gradient: Tensor, step: Step): Tensor;
  /** What is done once in a step, before variables change. */
  protected prepare(_count: Tensor): void {}

  /** A float64 number that an optimizer keeps for all variables together. */
  protected factor(name: string, fill: number): Variable {
    let mine = this.slots.get(this.iterations);
    if (mine === undefined) this.slots.set(this.iterations, (mine = new Map()));
    let s = mine.get(name);
    if (s === undefined) {
      s = hostVariable(np.asarray(fill, 'float64') as never, { name });
      mine.set(name, s);
    }
    return s;
  }

  /**
   * One step along gradients: pairs of a gradient and a variable. Pairs whose gradient is null are left out, with a warning.
   * @returns the number of steps taken
   * @throws ValueError when there is no gradient at all
   */
  apply_gradients(grads_and_vars: Iterable<readonly [TensorLike | null, Variable]>): Variable {
    return runAs(`tf.optimizers.${this.name}.apply_gradients`, () => {
      const all = [...grads_and_vars];
      const pairs = all.filter((p): p is readonly [TensorLike, Variable] => p[0] !== null && p[0] !== undefined);
      const names = (list: typeof all): string => list.map(([, v]) => `'${v.name}'`).join(', ');
      if (pairs.length === 0) throw new ValueError(`No gradients provided for any variable: (${names(all)}).`);
      if (pairs.length < all.length)
        warn(
          'UserWarning',
          `Gradients do not exist for variables (${names(all.filter((p) => p[0] === null || p[0] === undefined))}) when minimizing the loss. If using \`model.compile()\`, did you forget to provide a \`loss\` argument?`,
        );
      const gradients = this.clipped(
        pairs.map(([g, v]) => convert_to_tensor(g as never, { dtype: v.dtype } as never) as Tensor),
      );
      const rate = this.learning_rate;
      const rateNow = (rate instanceof Variable ? rate.value() : rate) as Tensor;
      const count = tensor(np.add(this.iterations.value(), 1));
      this.prepare(count);
      pairs.forEach(([, v], i) => {
        const before = v.value() as Tensor;
        const step: Step = {
          rate: rateNow.dtype === v.dtype ? rateNow : cast(rateNow, v.dtype as never),
          count: cast(count, v.dtype as never) as Tensor,
          slot: (name, fill, shape) => this.slotOf(v, name, fill, shape),
        };
        const decay = this.common.weight_decay ?? null;
        const start =
          decay === null ? before : tensor(np.subtract(before, np.multiply(np.multiply(before, decay), step.rate)));
        const after = this.update(start, gradients[i], step);
        v.assign(after as never);
        if (this.common.use_ema) {
          const m = this.common.ema_momentum as number;
          const mean = step.slot('average');
          // The first mean is the value itself.
          const first = np.equal(step.count, 1);
          const old = np.where(first, after as never, mean.value() as never);
          mean.assign(np.add(np.multiply(old as never, m), np.multiply(after, 1 - m)) as never);
        }
      });
      this.iterations.assign(count as never);
      return this.iterations;
    });
  }

  /** Puts the running means in the variables' place, where `use_ema` keeps them. */
  finalize_variable_values(var_list: readonly Variable[]): void {
    for (const v of var_list) {
      const mean = this.slots.get(v)?.get('average');
      if (mean !== undefined) v.assign(mean.value() as never);
    }
  }

  private clipped(g: Tensor[]): Tensor[] {
    const { clipnorm, clipvalue, global_clipnorm } = this.common;
    if (clipvalue) return g.map((t) => tensor(np.clip(t, -clipvalue, clipvalue)));
    const squares = (t: Tensor): Tensor => tensor(np.sum(np.square(t)));
    const shortened = (t: Tensor, norm: unknown, most: number): Tensor =>
      tensor(np.multiply(t, np.divide(most, np.maximum(norm as never, most))));
    if (clipnorm) return g.map((t) => shortened(t, np.sqrt(squares(t)), clipnorm));
    if (!global_clipnorm) return g;
    const norm = np.sqrt(g.map(squares).reduce((a, b) => tensor(np.add(a, b))));
    return g.map((t) => shortened(t, norm, global_clipnorm));
  }

  /**
   * Gradients of a loss, and a step along them. The loss is a function of no arguments, or a tensor with the tape that recorded it.
   * @throws ValueError for a tensor without a tape
   */
  minimize(
    loss: (() => TensorLike) | Tensor,
    var_list: readonly Variable[] | (() => readonly Variable[]),
    options: GradientTape | { tape?: GradientTape | null } | null = null,
  ): Variable {
    return this.apply_gradients(this.compute_gradients(loss, var_list, options));
  }

  /** Gradients of a loss, each with its variable: what `apply_gradients` takes. */
  compute_gradients(
    loss: (() => TensorLike) | Tensor,
    var_list: readonly Variable[] | (() => readonly Variable[]),
    options: GradientTape | { tape?: GradientTape | null } | null = null,
  ): [Tensor | null, Variable][] {
    let tape = options instanceof Tape ? options : (options?.tape ?? null);
    let value: Tensor;
    if (loss instanceof Tensor) {
      if (tape === null)
        throw new ValueError(
          `\`tape\` is required when a \`Tensor\` loss is passed. Received: loss=${loss.repr()}, tape=null.`,
        );
      value = loss;
    } else {
      tape ??= new Tape();
      value = convert_to_tensor(loss() as never) as Tensor;
    }
    const list = typeof var_list === 'function' ? var_list() : var_list;
    const gradients = tape.gradient(value, [...list]) as (Tensor | null)[];
    return list.map((v, i) => [gradients[i], v]);
  }
}
hidden(Optimizer, 'name', 'Optimizer');
