import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

type Update = (w: number, g: number, t: number) => number;
const near = (a: readonly number[], b: readonly number[], places = 10): void => {
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => {
    expect(x).toBeCloseTo(b[i], places);
  });
};
/** Three steps on w * w + sin(w) in float64, by the optimizer and by a formula for numbers. */
function follow(optimizer: tf.optimizers.Optimizer, update: Update, traced = false): [number[], number[]] {
  const w = new tf.Variable(np.array([0.7, -1.2]));
  const loss = (): tf.Tensor => tf.reduce_sum(tf.add(tf.square(w), tf.sin(w)));
  const plain = (): void => {
    optimizer.minimize(loss, [w]);
  };
  const step = traced ? tf.function(plain) : plain;
  const out = [0.7, -1.2];
  const states = out.map(() => update);
  for (let t = 1; t <= 3; t++) {
    step();
    out.forEach((x, i) => {
      out[i] = states[i](x, 2 * x + Math.cos(x), t * 10 + i);
    });
  }
  return [w.numpy().tolist() as unknown as number[], out];
}
/** A formula whose state is kept apart for the two entries. */
const keeping = <S>(make: () => S, f: (w: number, g: number, t: number, s: S) => number): Update => {
  const kept = [make(), make()];
  return (w, g, t) => f(w, g, Math.floor(t / 10), kept[t % 10]);
};

const RATE = 0.1;
const zero = (): { m: number; v: number; a: number; p: number } => ({ m: 0, v: 0, a: 0, p: 1 });
const lr = Math.fround(RATE);

const cases: [string, () => tf.optimizers.Optimizer, () => Update][] = [
  ['SGD', () => new tf.optimizers.SGD(RATE), () => (w, g) => w - lr * g],
  [
    'SGD with momentum',
    () => new tf.optimizers.SGD(RATE, 0.9),
    () => keeping(zero, (w, g, _, s) => w + (s.m = 0.9 * s.m - lr * g)),
  ],
  [
    "SGD with Nesterov's momentum",
    () => new tf.optimizers.SGD({ learning_rate: RATE, momentum: 0.9, nesterov: true }),
    () =>
      keeping(zero, (w, g, _, s) => {
        s.m = 0.9 * s.m - lr * g;
        return w + 0.9 * s.m - lr * g;
      }),
  ],
  [
    'Adam',
    () => new tf.optimizers.Adam(RATE),
    () =>
      keeping(zero, (w, g, t, s) => {
        s.m += (g - s.m) * (1 - 0.9);
        s.v += (g * g - s.v) * (1 - 0.999);
        return w - (lr * Math.sqrt(1 - 0.999 ** t) * s.m) / ((1 - 0.9 ** t) * (Math.sqrt(s.v) + 1e-7));
      }),
  ],
  [
    'AdamW',
    () => new tf.optimizers.AdamW(RATE, 0.3),
    () =>
      keeping(zero, (w, g, t, s) => {
        s.m += (g - s.m) * (1 - 0.9);
        s.v += (g * g - s.v) * (1 - 0.999);
        const rest = w - w * 0.3 * lr;
        return rest - (lr * Math.sqrt(1 - 0.999 ** t) * s.m) / ((1 - 0.9 ** t) * (Math.sqrt(s.v) + 1e-7));
      }),
  ],
  [
    'Adam with the largest variance so far',
    () => new tf.optimizers.Adam({ learning_rate: RATE, beta_2: 0.5, amsgrad: true }),
    () =>
      keeping(zero, (w, g, t, s) => {
        s.m += (g - s.m) * (1 - 0.9);
        s.v += (g * g - s.v) * 0.5;
        s.a = Math.max(s.a, s.v);
        return w - (lr * Math.sqrt(1 - 0.5 ** t) * s.m) / ((1 - 0.9 ** t) * (Math.sqrt(s.a) + 1e-7));
      }),
  ],
  [
    'RMSprop, centered, with momentum',
    () => new tf.optimizers.RMSprop({ learning_rate: RATE, momentum: 0.5, centered: true }),
    () =>
      keeping(zero, (w, g, _, s) => {
        s.v = 0.9 * s.v + (1 - 0.9) * g * g;
        s.a = 0.9 * s.a + (1 - 0.9) * g;
        s.m = 0.5 * s.m + (lr * g) / Math.sqrt(s.v - s.a * s.a + 1e-7);
        return w - s.m;
      }),
  ],
  [
    'Adagrad',
    () => new tf.optimizers.Adagrad(RATE),
    () =>
      keeping(
        () => ({ v: 0.1 }),
        (w, g, _, s) => w - (lr * g) / Math.sqrt((s.v += g * g) + 1e-7),
      ),
  ],
  [
    'Adadelta',
    () => new tf.optimizers.Adadelta(RATE),
    () =>
      keeping(zero, (w, g, _, s) => {
        s.v = 0.95 * s.v + (1 - 0.95) * g * g;
        const move = (Math.sqrt(s.a + 1e-7) * g) / Math.sqrt(s.v + 1e-7);
        s.a = 0.95 * s.a + (1 - 0.95) * move * move;
        return w - lr * move;
      }),
  ],
  [
    'Adamax',
    () => new tf.optimizers.Adamax(RATE),
    () =>
      keeping(zero, (w, g, t, s) => {
        s.m += (g - s.m) * (1 - 0.9);
        s.v = Math.max(0.999 * s.v, Math.abs(g));
        return w - (lr * s.m) / ((1 - 0.9 ** t) * (s.v + 1e-7));
      }),
  ],
  [
    'Nadam',
    () => new tf.optimizers.Nadam(RATE),
    () =>
      keeping(zero, (w, g, t, s) => {
        const u = (n: number): number => 0.9 * (1 - 0.5 * 0.96 ** n);
        s.p *= u(t);
        s.m += (g - s.m) * (1 - 0.9);
        s.v += (g * g - s.v) * (1 - 0.999);
        const ahead = (u(t + 1) * s.m) / (1 - s.p * u(t + 1)) + ((1 - u(t)) * g) / (1 - s.p);
        return w - (lr * ahead) / (Math.sqrt(s.v / (1 - 0.999 ** t)) + 1e-7);
      }),
  ],
  [
    'Ftrl',
    () =>
      new tf.optimizers.Ftrl({ learning_rate: RATE, l1_regularization_strength: 0.1, l2_regularization_strength: 0.2 }),
    () =>
      keeping(
        () => ({ n: 0.1, z: 0 }),
        (w, g, _, s) => {
          const n = s.n + g * g;
          s.z += g - ((Math.sqrt(n) - Math.sqrt(s.n)) / lr) * w;
          s.n = n;
          return (Math.min(Math.max(s.z, -0.1), 0.1) - s.z) / (Math.sqrt(n) / lr + 2 * 0.2);
        },
      ),
  ],
];

describe('optimizers', () => {
  test.each(cases)('%s changes variables by its formula', (_, make, update) => {
    near(...follow(make(), update()), 7);
  });
  test.each(cases)('%s does the same as a traced function', (_, make, update) => {
    const [eager] = follow(make(), update());
    const [traced] = follow(make(), update(), true);
    expect(traced).toEqual(eager);
  });
  test('count their steps, and take a schedule for their rate', () => {
    const w = new tf.Variable(0);
    const optimizer = new tf.optimizers.SGD(new tf.optimizers.schedules.PiecewiseConstantDecay([0], [1, 0.5]));
    const step = tf.function(() => void optimizer.minimize(() => tf.negative(w), [w]));
    step();
    step();
    expect(w.numpy().item()).toBe(1.5);
    expect(optimizer.iterations.numpy().item()).toBe(2);
  });
  test('shorten gradients, each or all together', () => {
    const grads = [tf.constant([3, 4]), tf.constant([0, 12])];
    const moved = (o: object): number[][] => {
      const vars = grads.map(() => new tf.Variable([0, 0]));
      new tf.optimizers.SGD({ learning_rate: 1, ...o }).apply_gradients(grads.map((g, i) => [g, vars[i]]));
      return vars.map((v) => v.numpy().tolist() as unknown as number[]);
    };
    expect(moved({ clipvalue: 3.5 })).toEqual([
      [-3, -3.5],
      [0, -3.5],
    ]);
    near(moved({ clipnorm: 1 }).flat(), [-0.6, -0.8, 0, -1], 6);
    near(moved({ global_clipnorm: 1.3 }).flat(), [-0.3, -0.4, 0, -1.2], 6);
    expect(() => moved({ clipvalue: 1, clipnorm: 1 })).toThrow('At most one of');
  });
  test('need a tape for a loss that is a tensor, and at least one gradient', () => {
    const w = new tf.Variable(1);
    expect(() => new tf.optimizers.SGD().minimize(tf.constant(1), [w])).toThrow('`tape` is required');
    expect(() => new tf.optimizers.SGD().apply_gradients([[null, w]])).toThrow(
      "No gradients provided for any variable: ('Variable:0').",
    );
  });
});

describe('schedules', () => {
  const s = tf.optimizers.schedules;
  const at = (f: tf.optimizers.schedules.LearningRateSchedule, steps: number[]): number[] =>
    steps.map((n) => f(n).item() as number);
  test('give the rates of their formulas', () => {
    near(at(new s.ExponentialDecay(0.1, 10, 0.5, true), [0, 9, 10, 25]), [0.1, 0.1, 0.05, 0.025], 6);
    near(at(new s.InverseTimeDecay(0.1, 10, 0.5), [0, 10]), [0.1, 0.1 / 1.5], 6);
    near(at(new s.PiecewiseConstantDecay([5, 10], [1, 0.5, 0.1]), [0, 5, 6, 10, 11]), [1, 1, 0.5, 0.5, 0.1], 6);
    near(at(new s.PolynomialDecay(1, 10, 0.1, 2), [0, 5, 10, 20]), [1, 0.325, 0.1, 0.1], 6);
    near(at(new s.PolynomialDecay(1, 10, 0, 1, true), [0, 5, 15]), [1, 0.5, 0.25], 6);
    near(at(new s.CosineDecay(1, 10, 0.1), [0, 5, 10, 20]), [1, 0.55, 0.1, 0.1], 6);
    near(
      at(
        new s.CosineDecay({ initial_learning_rate: 0, decay_steps: 10, warmup_target: 1, warmup_steps: 4 }),
        [0, 2, 4, 14],
      ),
      [0, 0.5, 1, 0],
      6,
    );
    near(at(new s.CosineDecayRestarts(1, 10, 2, 0.5), [0, 5, 10, 20, 30]), [1, 0.5, 0.5, 0.25, 0.25], 5);
  });
  test('refuse what is not there', () => {
    expect(() => new s.ExponentialDecay(0.1)).toThrow("missing argument 'decay_steps'");
    expect(() => new s.PiecewiseConstantDecay([1], [1])).toThrow('The length of boundaries should be 1 less');
  });
});
