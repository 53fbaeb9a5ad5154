import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';
import { type Fn, gradientError, randoms } from './central.js';

const R = randoms(7);
const list = (t: tf.Tensor): number[] => t.numpy().ravel().tolist() as number[];
const close = (a: readonly number[], b: readonly number[]): void => {
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => {
    expect(x).toBeCloseTo(b[i], 9);
  });
};

/** A convolution by its definition: [n, h, w, c] and [p, q, c / groups, o]. */
function byDefinition(
  x: tf.Tensor,
  f: tf.Tensor,
  step: readonly number[],
  dilation: readonly number[],
  pads: readonly (readonly number[])[],
): number[] {
  const [n, h, w, c] = x.shape;
  const [p, q, deep, o] = f.shape;
  const [X, F] = [list(x), list(f)];
  const out: number[] = [];
  const size = (m: number, k: number, i: number): number =>
    Math.floor((m + pads[i][0] + pads[i][1] - (k - 1) * dilation[i] - 1) / step[i]) + 1;
  const groups = c / deep;
  for (let b = 0; b < n; b++)
    for (let i = 0; i < size(h, p, 0); i++)
      for (let j = 0; j < size(w, q, 1); j++)
        for (let m = 0; m < o; m++) {
          let sum = 0;
          const g = Math.floor(m / (o / groups));
          for (let k = 0; k < p; k++)
            for (let l = 0; l < q; l++) {
              const y = i * step[0] + k * dilation[0] - pads[0][0];
              const z = j * step[1] + l * dilation[1] - pads[1][0];
              if (y < 0 || z < 0 || y >= h || z >= w) continue;
              for (let d = 0; d < deep; d++)
                sum += X[((b * h + y) * w + z) * c + g * deep + d] * F[((k * q + l) * deep + d) * o + m];
            }
          out.push(sum);
        }
  return out;
}

describe('convolutions', () => {
  const x = R(2, 5, 6, 4);
  test('are sums over windows, for every padding, stride, dilation and group', () => {
    const f = R(3, 2, 4, 3);
    const none = [
      [0, 0],
      [0, 0],
    ];
    close(list(tf.nn.conv2d(x, f, 1, 'VALID')), byDefinition(x, f, [1, 1], [1, 1], none));
    close(list(tf.nn.conv2d(x, f, [1, 2, 1, 1], 'VALID')), byDefinition(x, f, [2, 1], [1, 1], none));
    const same = [
      [1, 1],
      [0, 0],
    ];
    close(list(tf.nn.conv2d(x, f, 2, 'SAME')), byDefinition(x, f, [2, 2], [1, 1], same));
    const given = [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ];
    close(list(tf.nn.conv2d(x, f, 1, given)), byDefinition(x, f, [1, 1], [1, 1], given.slice(1, 3)));
    close(list(tf.nn.conv2d(x, f, 1, 'VALID', { dilations: 2 })), byDefinition(x, f, [1, 1], [2, 2], none));
    const grouped = R(3, 2, 2, 6);
    close(list(tf.nn.conv2d(x, grouped, 1, 'VALID')), byDefinition(x, grouped, [1, 1], [1, 1], none));
  });

  test('with channels first are the same', () => {
    const f = R(3, 2, 4, 3);
    const first = tf.nn.conv2d(tf.transpose(x, [0, 3, 1, 2]), f, 1, 'SAME', 'NCHW');
    close(list(tf.transpose(first, [0, 2, 3, 1])), list(tf.nn.conv2d(x, f, 1, 'SAME')));
  });

  test('of every channel alone are groups of one channel', () => {
    const f = R(2, 2, 4, 2);
    const deep = tf.nn.depthwise_conv2d(x, f, [1, 1, 1, 1], 'VALID');
    const second = tf.nn.conv2d(x.at(':, :, :, 2:3'), f.at(':, :, 2:3'), 1, 'VALID');
    close(list(deep.at(':, :, :, 4:6')), list(second));
    expect(tf.nn.separable_conv2d(x, f, R(1, 1, 8, 3), [1, 1, 1, 1], 'SAME').shape).toEqual([2, 5, 6, 3]);
  });

  test('transposed are the gradients by the input', () => {
    const f = R(3, 2, 4, 3);
    const y = R(2, 3, 3, 3);
    const tape = new tf.GradientTape();
    tape.watch(x);
    const g = tape.gradient(tf.nn.conv2d(x, f, 2, 'SAME'), x, { output_gradients: y });
    close(list(tf.nn.conv2d_transpose(y, f, [2, 5, 6, 4], 2, 'SAME')), list(g as tf.Tensor));
  });

  test('have gradients that central differences confirm', () => {
    const cases: [Fn, ...tf.Tensor[]][] = [
      [(a, f) => tf.nn.conv2d(a, f, 2, 'SAME'), R(1, 4, 5, 2), R(3, 2, 2, 3)],
      [(a, f) => tf.nn.conv2d(a, f, 1, 'SAME', { dilations: [1, 2] }), R(1, 4, 5, 2), R(2, 2, 2, 2)],
      [(a, f) => tf.nn.conv2d(a, f, 1, 'VALID'), R(1, 3, 3, 4), R(2, 2, 2, 4)],
      [(a, f) => tf.nn.conv1d(a, f, 2, 'SAME'), R(2, 5, 2), R(3, 2, 2)],
      [(a, f) => tf.nn.conv3d(a, f, [1, 1, 1, 1, 1], 'VALID'), R(1, 2, 3, 3, 2), R(2, 2, 2, 2, 1)],
      [(a, f) => tf.nn.depthwise_conv2d(a, f, [1, 1, 1, 1], 'SAME'), R(1, 3, 3, 2), R(2, 2, 2, 2)],
      [(a, f) => tf.nn.conv2d_transpose(a, f, [1, 4, 4, 2], 2), R(1, 2, 2, 3), R(3, 3, 2, 3)],
    ];
    for (const [f, ...xs] of cases) expect(gradientError(f, xs)).toBeLessThan(1e-6);
  });

  test('refuse channels and windows that do not fit', () => {
    expect(() => tf.nn.conv2d(x, R(2, 2, 3, 1), 1, 'VALID')).toThrow(
      'input depth must be evenly divisible by filter depth: 4 vs 3',
    );
    expect(() => tf.nn.conv2d(x, R(7, 2, 4, 1), 1, 'VALID')).toThrow('Computed output size would be negative');
    expect(() => tf.nn.conv2d(x, R(2, 2, 4, 1), 1, 'FULL')).toThrow('"SAME", "VALID"');
    expect(() => tf.nn.conv2d(tf.cast(x, 'float32'), R(2, 2, 4, 1), 1, 'SAME')).toThrow('use tf.cast');
  });
});

describe('poolings', () => {
  const x = R(2, 5, 6, 3);
  test('take the largest, or the mean of what lies inside', () => {
    const corner = x.at('0, 4:, 4:, 1');
    expect(tf.nn.max_pool2d(x, 2, 2, 'SAME').at(0, 2, 2, 1).item()).toBe(tf.reduce_max(corner).item());
    expect(Number(tf.nn.avg_pool2d(x, 2, 2, 'SAME').at(0, 2, 2, 1).item())).toBeCloseTo(
      Number(tf.reduce_mean(corner).item()),
      12,
    );
    expect(
      tf.nn
        .max_pool(tf.constant([[[1], [5], [3]]], 'int32'), 2, 1, 'SAME')
        .numpy()
        .ravel()
        .tolist(),
    ).toEqual([5, 5, 3]);
  });
  test('say where the largest stands', () => {
    const { output, argmax } = tf.nn.max_pool_with_argmax(x, 2, 2, 'VALID', { include_batch_in_index: true });
    expect(np.take(x.numpy().ravel(), argmax.numpy()).tolist()).toEqual(output.numpy().tolist());
  });
  test('give the gradient of equal entries to the first', () => {
    const flat = tf.ones([1, 2, 2, 1]);
    const tape = new tf.GradientTape();
    tape.watch(flat);
    expect(list(tape.gradient(tf.nn.max_pool2d(flat, 2, 2, 'VALID'), flat) as tf.Tensor)).toEqual([1, 0, 0, 0]);
  });
  test('have gradients that central differences confirm', () => {
    const cases: Fn[] = [
      (a) => tf.nn.max_pool2d(a, 2, 2, 'VALID'),
      (a) => tf.nn.max_pool2d(a, 3, 1, 'SAME'),
      (a) => tf.nn.avg_pool2d(a, 3, 2, 'SAME'),
      (a) => tf.nn.local_response_normalization(a, 1, 1, 0.5, 0.7),
      (a) => tf.nn.dilation2d(a, tf.zeros([2, 2, 3], 'float64'), 1, 'SAME', 'NHWC', 1),
    ];
    for (const f of cases) expect(gradientError(f, [R(1, 4, 5, 3)])).toBeLessThan(1e-6);
  });
  test('have gradients of gradients', () => {
    const f = R(2, 2, 1, 2);
    const slope = (a: tf.Tensor): tf.Tensor => {
      const tape = new tf.GradientTape();
      tape.watch(a);
      const y = tf.nn.max_pool2d(tf.square(tf.nn.conv2d(a, f, 1, 'SAME')), 2, 2, 'SAME');
      return tape.gradient(tf.reduce_sum(tf.square(y)), a) as tf.Tensor;
    };
    expect(gradientError(slope, [R(1, 4, 4, 1)])).toBeLessThan(1e-4);
  });
});

describe('activations and losses from logits', () => {
  const f = tf.nn as unknown as Record<string, (x: tf.Tensor) => tf.Tensor>;
  test.each(
    'relu relu6 leaky_relu elu selu silu softplus softsign sigmoid tanh crelu softmax log_softmax log_sigmoid'.split(
      ' ',
    ),
  )('the gradient of %s is what central differences say, eagerly and traced', (name) => {
    expect(gradientError(f[name], [R(3, 4)])).toBeLessThan(1e-6);
  });
  test('the slope of relu at zero is zero', () => {
    const x = tf.constant([0]);
    const tape = new tf.GradientTape();
    tape.watch(x);
    expect(list(tape.gradient(tf.nn.relu(x), x) as tf.Tensor)).toEqual([0]);
  });
  test('stay finite for huge logits', () => {
    const z = tf.constant([[1e4, -1e4]]);
    expect(list(tf.nn.sigmoid_cross_entropy_with_logits({ labels: [[1, 1]], logits: z }))).toEqual([0, 1e4]);
    expect(list(tf.nn.softmax_cross_entropy_with_logits({ labels: [[0, 1]], logits: z }))).toEqual([2e4]);
    expect(
      list(tf.nn.sparse_softmax_cross_entropy_with_logits({ labels: tf.constant([1], 'int32'), logits: z })),
    ).toEqual([2e4]);
  });
  test('have gradients that central differences confirm', () => {
    const [y, z] = [tf.nn.softmax(R(2, 3)), R(2, 3)];
    const cases: Fn[] = [
      (a) => tf.nn.softmax_cross_entropy_with_logits(y, a),
      (a) => tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant([2, 0], 'int32'), a),
      (a) => tf.nn.sigmoid_cross_entropy_with_logits(y, a),
      (a) => tf.nn.weighted_cross_entropy_with_logits(y, a, 2.5),
      (a) => tf.nn.log_poisson_loss(y, a, true),
      (a) => tf.nn.batch_normalization(a, tf.nn.moments(a, [0])[0], tf.nn.moments(a, [0])[1], null, null, 1e-3),
      (a) => tf.nn.weighted_moments(a, [0], y)[1],
      (a) => tf.nn.l2_normalize(a, 1),
    ];
    for (const c of cases) expect(gradientError(c, [z])).toBeLessThan(1e-6);
  });
  test('refuse labels that name no class', () => {
    expect(() => tf.nn.sparse_softmax_cross_entropy_with_logits([3], [[0, 0]])).toThrow(
      'outside the valid range of [0, 2)',
    );
  });
});

describe('moving blocks', () => {
  test('between space and depth, and space and batch, comes back', () => {
    const x = R(2, 4, 6, 4);
    close(list(tf.nn.depth_to_space(tf.nn.space_to_depth(x, 2), 2)), list(x));
    const pads = [
      [1, 1],
      [0, 3],
    ];
    close(list(tf.batch_to_space(tf.space_to_batch(x, [2, 3], pads), [2, 3], pads)), list(x));
  });
});

describe('dropout', () => {
  test('keeps the mean, and is the same for a seed', () => {
    const x = tf.ones([100, 100]);
    const y = tf.nn.dropout(x, { rate: 0.25, seed: 3 });
    expect(Number(tf.reduce_mean(y).item())).toBeCloseTo(1, 1);
    expect(new Set(list(y))).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    expect(list(tf.nn.dropout(x, { rate: 0.25, seed: 3 }))).toEqual(list(y));
    const rows = tf.nn.dropout(x, 0.5, { noise_shape: [100, 1], seed: 1 });
    expect(tf.reduce_all(tf.equal(rows, rows.at(':, :1'))).item()).toBe(true);
  });
  test('draws anew in every run of a traced function', () => {
    const f = tf.function((x: tf.Tensor) => tf.nn.dropout(x, 0.5, { seed: 1 }));
    const x = tf.ones([200]);
    expect(list(f(x))).not.toEqual(list(f(x)));
    expect(f.experimental_get_tracing_count()).toBe(1);
  });
});
