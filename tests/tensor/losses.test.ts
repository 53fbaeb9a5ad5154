import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';
import { gradientError, randoms } from './central.js';

const R = randoms(3);
const list = (t: tf.Tensor): number[] => t.numpy().ravel().tolist() as number[];

const near = (a: readonly number[], b: readonly number[]): void => {
  for (const [i, v] of a.entries()) expect(v).toBeCloseTo(b[i], 6);
};

describe('losses', () => {
  const y = tf.constant(
    np.array([
      [0, 1, 0.5, 2],
      [1, 0.25, 3, 0],
    ]),
  );
  const p = tf.constant(
    np.array([
      [0.2, 0.9, 2.5, 1],
      [0.6, 0.5, 0.1, 0.3],
    ]),
  );
  const one = (f: (y: number, p: number) => number): number[] =>
    (y.tolist() as number[][]).map(
      (row, i) => row.reduce((s, v, j) => s + f(v, (p.tolist() as number[][])[i][j]), 0) / 4,
    );
  const huber = (d: number): number => (Math.abs(d) <= 1 ? d * d * 0.5 : Math.abs(d) - 0.5);
  test.each<[string, (y: number, p: number) => number]>([
    ['mean_squared_error', (a, b) => (a - b) ** 2],
    ['mean_absolute_error', (a, b) => Math.abs(a - b)],
    ['mean_squared_logarithmic_error', (a, b) => (Math.log(Math.max(a, 1e-7) + 1) - Math.log(b + 1)) ** 2],
    ['mean_absolute_percentage_error', (a, b) => (100 * Math.abs(a - b)) / Math.max(a, 1e-7)],
    ['huber', (a, b) => huber(a - b)],
    ['log_cosh', (a, b) => Math.log(Math.cosh(b - a))],
    ['poisson', (a, b) => b - a * Math.log(b + 1e-7)],
    ['hinge', (a, b) => Math.max(1 - a * b, 0)],
    ['squared_hinge', (a, b) => Math.max(1 - a * b, 0) ** 2],
  ])('%s is the mean of its terms', (name, term) => {
    const f = (tf.losses as unknown as Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>)[name];
    list(f(y, p)).forEach((v, i) => {
      expect(v / one(term)[i]).toBeCloseTo(1, 9);
    });
    const positive = tf.add(y, 0.5);
    expect(gradientError((q) => f(positive, q), [tf.constant(np.array([[0.3, 0.8, 1.7, 0.6]]))])).toBeLessThan(1e-6);
  });
  test('cross entropies of logits and of probabilities agree', () => {
    const z = R(4, 3);
    const classes = tf.constant([2, 0, 1, 1], 'int32');
    const hot = tf.one_hot(classes, 3, { dtype: 'float64' });
    const q = tf.nn.softmax(z);
    const all = [
      tf.losses.sparse_categorical_crossentropy(classes, z, true),
      tf.losses.sparse_categorical_crossentropy(classes, q),
      tf.losses.categorical_crossentropy(hot, z, true),
      tf.losses.categorical_crossentropy(hot, q),
    ].map(list);
    for (const l of all) near(l, all[0]);
    const b = tf.losses.binary_crossentropy(hot, z, true);
    near(list(tf.losses.binary_crossentropy(hot, tf.nn.sigmoid(z))), list(b));
  });
  test('put a batch together by sums, means, or not at all, with weights', () => {
    const [a, b] = [tf.constant([[1], [2]]), tf.constant([[0], [4]])];
    const of = (o: object): tf.losses.Loss => new tf.losses.MeanSquaredError(o);
    expect(of({})(a, b).item()).toBe(2.5);
    expect(of({ reduction: 'sum' })(a, b).item()).toBe(5);
    expect(list(of({ reduction: 'none' })(a, b))).toEqual([1, 4]);
    expect(of({})(a, b, [1, 0.5]).item()).toBe(1.5);
    expect(() => of({ reduction: 'most' })).toThrow('Invalid value for argument `reduction`');
    expect(
      tf
        .function((x: tf.Tensor) => of({})(x, b))(a)
        .item(),
    ).toBe(2.5);
  });
  test('leave out a class that is to be ignored', () => {
    const f = new tf.losses.SparseCategoricalCrossentropy({ from_logits: true, ignore_class: -1, reduction: 'none' });
    expect(
      list(
        f(
          [0, -1],
          [
            [0, 0],
            [5, 0],
          ],
        ),
      )[1],
    ).toBe(0);
  });
});

describe('metrics', () => {
  test('gather over batches, in traced functions, too', () => {
    const accuracy = new tf.metrics.SparseCategoricalAccuracy();
    const feed = tf.function((y: tf.Tensor, p: tf.Tensor) => {
      accuracy.update_state(y, p);
    });
    feed(
      tf.constant([1, 0], 'int32'),
      tf.constant([
        [0, 1],
        [0, 1],
      ]),
    );
    feed(
      tf.constant([1, 1], 'int32'),
      tf.constant([
        [0, 1],
        [0, 1],
      ]),
    );
    expect(accuracy.result().item()).toBe(0.75);
    accuracy.reset_state();
    expect(accuracy.result().item()).toBe(0);
  });
  test('weigh', () => {
    const m = new tf.metrics.Mean();
    m.update_state([1, 3], [1, 3]);
    expect(m.result().item()).toBe(2.5);
  });
});
