import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';
import { Philox } from '../../src/tensor/random/philox.js';

/** Random values: TensorFlow's bits, moments and distributions, repeatability. */

const list = (t: any): any => t.numpy().tolist();
const close = (a: any, b: number[]): void =>
  expect(list(tf.reshape(a, [-1]))).toEqual(b.map((v) => expect.closeTo(v, 6)));

describe('values are those that TensorFlow documents', () => {
  test('splitting and folding seeds', () => {
    expect(list(tf.random.split([1, 2], 3))).toEqual([
      [1105988140, 1738052849],
      [-335576002, 370444179],
      [10670227, -246211131],
    ]);
    close(tf.random.stateless_normal([3], [1105988140, 1738052849]), [-0.59835213, -0.9578608, 0.9002807]);
    close(tf.random.stateless_normal([3], tf.random.fold_in([1, 2], 3)), [0.03197195, 0.8979765, 0.13253039]);
  });
  test('generators, and how their state moves', () => {
    const g = tf.random.Generator.from_seed(1234);
    close(g.normal([2, 3]), [0.9356609, 1.0854305, -0.93788373, -0.5061547, 1.3169702, 0.7137579]);
    expect(g.state.numpy().tolist()).toEqual([2770, 0, 0]);
    close(
      tf.random.Generator.from_seed(123, 'philox').normal([2, 3]),
      [0.8673864, -0.29899067, -0.9310337, -1.5828488, 1.2481191, -0.6770643],
    );
    expect(list(tf.random.create_rng_state([12, 34], 'threefry'))).toEqual([12, 34]);
  });
  test('the global seed with a seed of the operation goes on', () => {
    tf.random.set_seed(5);
    const draw = (): number => tf.random.uniform([], { maxval: 3, dtype: 'int32', seed: 10 }).item();
    expect([draw(), draw()]).toEqual([2, 0]);
  });
});

describe('words of random bits', () => {
  const words = (state: bigint[], n: number): number[] =>
    list(tf.random.Generator.from_state(np.array(state), 'philox').uniform_full_int([n], { dtype: 'uint32' }));
  test('are those that the authors of Philox publish', () => {
    expect(words([0n, 0n, 0n], 4)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(words([-1n, -1n, -1n], 4)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  });
  test('carry from one word of the counter to the next', () => {
    const all = words([-2n, 7n, 99n], 16);
    expect(all.slice(0, 4)).toEqual(words([-2n, 7n, 99n], 4));
    expect(all.slice(8)).toEqual(words([0n, 8n, 99n], 8));
    const one = new Philox(Uint32Array.of(0xfffffffe, 0xffffffff, 7, 0), Uint32Array.of(99, 0));
    expect(Array.from(one.words(16))).toEqual(all);
    expect(Array.from(one.skipped(2 ** 33 + 5).counter)).toEqual(Array.from(one.skipped(2n ** 33n + 5n).counter));
  });
  test('a value stays what it is, however many follow it', () => {
    for (const dtype of ['float16', 'float32', 'float64']) {
      const of = (n: number): number[] => list(tf.random.stateless_normal([n], [3, 4], { dtype } as never));
      expect(of(1001).slice(0, 7)).toEqual(of(7));
      const cut = (n: number): number[] => list(tf.random.stateless_truncated_normal([n], [3, 4], { dtype } as never));
      expect(cut(1001).slice(0, 7)).toEqual(cut(7));
      expect(cut(1001).every((v) => Math.abs(v) < 2)).toBe(true);
    }
  });
});

describe('repeatability', () => {
  test('the same global seed gives the same sequence', () => {
    const run = (): unknown => {
      tf.random.set_seed(9);
      return [
        tf.random.normal([3]),
        tf.random.uniform([2]),
        tf.random.gamma([2], 2),
        tf.random.shuffle([1, 2, 3, 4]),
      ].map(list);
    };
    expect(run()).toEqual(run());
  });
  test('without a seed values differ', () => {
    expect(list(tf.random.normal([4]))).not.toEqual(list(tf.random.normal([4])));
  });
  test('traced functions draw at every run, and stateless ones give what they give untraced', () => {
    const f = tf.function(() => tf.random.normal([3]));
    expect(list(f())).not.toEqual(list(f()));
    const g = tf.random.Generator.from_seed(3);
    const other = tf.random.Generator.from_seed(3);
    const h = tf.function(() => g.uniform([2]));
    expect([list(h()), list(h())]).toEqual([list(other.uniform([2])), list(other.uniform([2]))]);
    const s = tf.function((seed: any) => tf.random.stateless_uniform([4], { seed }));
    expect(list(s(tf.constant([1, 2], 'int32')))).toEqual(list(tf.random.stateless_uniform([4], [1, 2])));
  });
  test('split generators are independent, reset ones begin again', () => {
    const g = tf.random.Generator.from_seed(1);
    const [a, b] = g.split(2).map((x) => list(x.uniform([3])));
    expect(a).not.toEqual(b);
    const first = list(g.normal([2]));
    g.reset_from_seed(1);
    expect(list(g.split(2)[0].uniform([3]))).toEqual(a);
    expect(list(g.normal([2]))).toEqual(first);
  });
  test('gradients come through the parameters', () => {
    const m = tf.constant(2, 'float64');
    const tape = new tf.GradientTape();
    tape.watch(m);
    const y = tf.reduce_sum(tf.random.stateless_normal([5], { seed: [1, 2], mean: m, dtype: 'float64' }));
    expect((tape.gradient(y, m) as any).item()).toBe(5);
  });
});

describe('distributions', () => {
  const N = 20000;
  const moments = (t: any, mean: number, variance: number): void => {
    const x = t.numpy().astype('float64');
    expect(Math.abs(Number(np.mean(x)) - mean)).toBeLessThan(6 * Math.sqrt(variance / N));
    expect(Math.abs(Number(np.var(x)) / variance - 1)).toBeLessThan(0.12);
  };
  const S = [7, 8];
  for (const dtype of ['float32', 'float64', 'float16'] as const)
    test(`uniform and normal of ${dtype}`, () => {
      moments(tf.random.stateless_uniform([N], { seed: S, dtype }), 0.5, 1 / 12);
      moments(tf.random.stateless_normal([N], { seed: S, mean: 1, stddev: 2, dtype }), 1, 4);
      const t = tf.random.stateless_truncated_normal([N], { seed: S, dtype });
      moments(t, 0, 0.7737);
      expect(Number(np.max(np.abs(t.numpy())))).toBeLessThanOrEqual(2);
    });
  test('by Kolmogorov and Smirnov normals are normal', () => {
    const x = np.sort(tf.random.stateless_normal([N], { seed: S, dtype: 'float64' }).numpy());
    const cdf = np.multiply(0.5, tf.math.erfc(np.multiply(x, -Math.SQRT1_2)).numpy());
    const gap = Number(np.max(np.abs(np.subtract(cdf, np.divide(np.arange(N), N)))));
    expect(gap * Math.sqrt(N)).toBeLessThan(2);
  });
  test('gamma, Poisson and binomial', () => {
    for (const a of [0.4, 1, 5]) moments(tf.random.stateless_gamma([N], { seed: S, alpha: a, dtype: 'float64' }), a, a);
    for (const l of [0.7, 4, 40]) moments(tf.random.stateless_poisson([N], { seed: S, lam: l }), l, l);
    for (const [n, p] of [
      [10, 0.3],
      [100, 0.7],
      [1000, 0.05],
    ])
      moments(tf.random.stateless_binomial([N], { seed: S, counts: n, probs: p }), n * p, n * p * (1 - p));
  });
  test('integers and categories', () => {
    moments(tf.random.stateless_uniform([N], { seed: S, minval: -10, maxval: 10, dtype: 'int64' }), -0.5, 33.25);
    moments(tf.random.stateless_categorical([[Math.log(0.2), Math.log(0.8)]], N, { seed: S }), 0.8, 0.16);
    expect(list(tf.sort(tf.random.experimental.stateless_shuffle([5, 3, 1], S)))).toEqual([1, 3, 5]);
  });
  test('parameters broadcast to the end of the shape', () => {
    expect(tf.random.gamma([10], [0.5, 1.5], { beta: [[3], [4]] }).shape).toEqual([10, 2, 2]);
    const p = tf.random.poisson([2000], [1, 50]).numpy();
    expect(Number(np.mean((p as any).at(':', 0)))).toBeLessThan(2);
    expect(Number(np.mean((p as any).at(':', 1)))).toBeGreaterThan(45);
  });
});

test('errors name what is wrong', () => {
  expect(() => tf.random.uniform([2], { dtype: 'int32' })).toThrow('Must specify maxval for integer dtype');
  expect(() => tf.random.uniform([2], { minval: 3, maxval: 3, dtype: 'int32' })).toThrow(
    'Need minval < maxval, got 3 >= 3',
  );
  expect(() => tf.random.normal([2], { dtype: 'int8' })).toThrow("got invalid value <dtype: 'int8'>");
  expect(() => tf.random.stateless_normal([2], [1, 2, 3])).toThrow('seed must have shape [2], not [3]');
  expect(() => tf.random.normal([-1])).toThrow();
});

describe('gradients of gamma variates by their concentration', () => {
  const draws = (alpha: any, n = 200): any =>
    tf.random.stateless_gamma([n, ...alpha.shape], [4, 5], { alpha, dtype: 'float64' } as never);
  test('keep the value of the distribution function', () => {
    const alpha = tf.constant([0.2, 1, 2.5, 30], 'float64');
    const wide = tf.broadcast_to(alpha, [200, 4]);
    const tape = new tf.GradientTape();
    tape.watch(wide);
    const x = tf.random.stateless_gamma([200, 4], [4, 5], { alpha: wide, dtype: 'float64' } as never);
    const g = (tape.gradient(x, wide) as any).numpy();
    // P(a + h, x + h g) = P(a, x): central differences along the gradient.
    const h = 1e-6;
    const at = (d: number): any =>
      tf.math.igamma(tf.add(wide, d), tf.constant(np.add(x.numpy(), np.multiply(g, d)) as never)).numpy();
    const change = np.divide(np.subtract(at(h), at(-h)), 2 * h);
    expect((np.max(np.abs(change)) as any).item()).toBeLessThan(1e-6);
  });
  test('are summed over what was broadcast, and have the mean that the mean of the distribution asks for', () => {
    const alpha = tf.constant([0.5, 2, 8], 'float64');
    const tape = new tf.GradientTape();
    tape.watch(alpha);
    const mean = tf.reduce_mean(draws(alpha, 20000), 0);
    // The mean is alpha, so that its derivative is 1.
    expect((tape.gradient(mean, alpha) as any).numpy().tolist()).toEqual([1, 1, 1].map((v) => expect.closeTo(v, 1)));
  });
  test('go on through what is made of the variates: the mean of a Dirichlet distribution, and beta', () => {
    const alpha = tf.constant([1, 2, 3], 'float64');
    const tape = new tf.GradientTape();
    tape.watch(alpha);
    const x = draws(alpha, 20000);
    const share = tf.reduce_mean(tf.divide(x, tf.reduce_sum(x, -1, true)), 0);
    // E x_i = a_i / s: d E x_0 / d a = ((s - a_0), -a_0, -a_0) / s^2.
    const g = (tape.gradient(share.at(0), alpha) as any).numpy().tolist();
    expect(g).toEqual([5 / 36, -1 / 36, -1 / 36].map((v) => expect.closeTo(v, 2)));
  });
  test('are those of the same function traced, and by a rate, too', () => {
    const f = (a: any, b: any): any =>
      tf.reduce_sum(
        tf.square(tf.random.stateless_gamma([50], [1, 2], { alpha: a, beta: b, dtype: 'float64' } as never)),
      );
    const [a, b] = [tf.constant(2.5, 'float64'), tf.constant(0.7, 'float64')];
    const now = (tf.grad(f, [0, 1]) as any)(a, b).map((t: any) => t.item());
    const traced = (tf.grad(tf.function(f), [0, 1]) as any)(a, b).map((t: any) => t.item());
    expect(traced).toEqual(now.map((v: number) => expect.closeTo(v, 8)));
    const h = 1e-6;
    const byRate = (f(a, tf.add(b, h)).item() - f(a, tf.subtract(b, h)).item()) / (2 * h);
    expect(now[1] / byRate).toBeCloseTo(1, 6);
  });
});
