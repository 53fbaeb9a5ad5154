import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np, tf } from '../../../src/index.js';

/**
 * Random programs of tf functions, loops and decisions over matrices: run at once, under a tape, and traced they give the same values; their gradients
 * are the same ones eagerly, traced, in a traced function, and along a line by differences.
 */

type T = any;
const N = 3;
const F: any = tf;

/** What a program is made of: functions of one or two matrices of N by N, whose values stay small and whose slopes exist nearly everywhere. */
const UNARY: Readonly<Record<string, (x: T) => T>> = {
  tanh: (x) => F.tanh(x),
  sin: (x) => F.sin(x),
  sigmoid: (x) => F.sigmoid(x),
  softplus: (x) => F.nn.softplus(x),
  exp: (x) => F.exp(F.negative(F.square(x))),
  log1p: (x) => F.math.log1p(F.square(x)),
  sqrt: (x) => F.sqrt(F.add(F.square(x), 1)),
  erf: (x) => F.math.erf(x),
  gelu: (x) => F.nn.gelu(x),
  softmax: (x) => F.nn.softmax(x),
  logsumexp: (x) => F.subtract(x, F.reduce_logsumexp(x, 1, true)),
  transpose: (x) => F.transpose(x),
  reverse: (x) => F.reverse(x, [0]),
  roll: (x) => F.roll(x, 1, 1),
  gather: (x) => F.gather(x, [2, 0, 0]),
  tile: (x) => F.strided_slice(F.tile(x, [2, 1]), [1, 0], [4, 3]),
  cumsum: (x) => F.multiply(F.cumsum(x, 1), 0.5),
  cumprod: (x) => F.math.cumprod(F.tanh(x), 0),
  mean: (x) => F.add(x, F.reduce_mean(x, 0, true)),
  max: (x) => F.subtract(x, F.reduce_max(x, 1, true)),
  std: (x) => F.divide(x, F.add(F.math.reduce_std(x), 1)),
  sort: (x) => F.sort(x, 1),
  norm: (x) => F.math.l2_normalize(x, 1),
  clip: (x) => F.clip_by_value(x, -0.7, 0.9),
  where: (x) => F.where(F.greater(x, 0), F.square(x), F.sin(x)),
  segments: (x) => F.math.unsorted_segment_sum(x, F.constant([1, 0, 1], 'int32'), 3),
  scatter: (x) => F.tensor_scatter_nd_update(x, [[1]], F.reshape(F.sin(F.gather(x, 0)), [1, 3])),
  pad: (x) =>
    F.slice(
      F.pad(
        x,
        [
          [1, 0],
          [0, 1],
        ],
        'REFLECT',
      ),
      [0, 1],
      [3, 3],
    ),
  inverse: (x) => F.linalg.inv(F.add(F.multiply(F.tanh(x), 0.3), F.eye(N, { dtype: 'float64' }))),
  cholesky: (x) =>
    F.linalg.cholesky(F.add(F.matmul(F.tanh(x), F.tanh(x), { transpose_b: true }), F.eye(N, { dtype: 'float64' }))),
  conv: (x) =>
    F.reshape(F.nn.conv2d(F.reshape(x, [1, 3, 3, 1]), F.constant([[[[0.5]], [[-1]]]], 'float64'), 1, 'SAME'), [3, 3]),
  pool: (x) => F.reshape(F.nn.max_pool2d(F.reshape(x, [1, 3, 3, 1]), 2, 1, 'SAME'), [3, 3]),
  stop: (x) => F.add(x, F.stop_gradient(F.sin(x))),
  cond: (x) =>
    F.cond(
      F.reduce_sum(x).gt(0),
      () => F.sin(x),
      () => F.multiply(x, 0.5),
    ),
  map_fn: (x) => F.map_fn((row: T) => F.multiply(row, F.tanh(F.reduce_sum(row))), x),
  scan: (x) => F.scan((a: T, row: T) => F.tanh(F.add(F.multiply(a, 0.5), row)), x, F.zeros([3], 'float64')),
  foldr: (x) =>
    F.add(
      x,
      F.foldr((a: T, row: T) => F.tanh(F.add(a, row)), x, F.zeros([3], 'float64')),
    ),
  while_loop: (x) =>
    F.while_loop(
      (i: T) => F.less(i, 3),
      (i: T, y: T) => [F.add(i, 1), F.sin(F.add(y, F.multiply(x, 0.5)))],
      [F.constant(0, 'int32'), x],
    )[1],
  counted: (x) =>
    F.while_loop(
      (y: T) => F.less(F.reduce_sum(F.square(y)), 20),
      (y: T) => [F.add(F.multiply(y, 1.5), 0.3)],
      [x],
    )[0],
};
const BINARY: Readonly<Record<string, (x: T, y: T) => T>> = {
  add: (x, y) => F.add(x, y),
  subtract: (x, y) => F.subtract(x, y),
  multiply: (x, y) => F.multiply(F.tanh(x), y),
  divide: (x, y) => F.divide(x, F.add(F.square(y), 1)),
  matmul: (x, y) => F.matmul(F.tanh(x), F.tanh(y)),
  maximum: (x, y) => F.maximum(x, y),
  atan2: (x, y) => F.atan2(x, F.add(F.square(y), 0.5)),
  squared_difference: (x, y) => F.tanh(F.math.squared_difference(x, y)),
  einsum: (x, y) => F.multiply(F.einsum('ij,ik->jk', F.tanh(x), F.tanh(y)), 0.5),
  concat: (x, y) => F.slice(F.concat([x, y], 0), [2, 0], [3, 3]),
  stack: (x, y) => F.reduce_sum(F.stack([F.sin(x), y], 2), 2),
  xent: (x, y) =>
    F.add(x, F.expand_dims(F.nn.softmax_cross_entropy_with_logits({ labels: F.nn.softmax(x), logits: y }), 1)),
  select: (x, y) => F.where(F.less(x, y), F.sin(x), F.cos(y)),
};

/** A program: each step is a function of values before it. */
const step = fc.record({
  unary: fc.boolean(),
  one: fc.constantFrom(...Object.keys(UNARY)),
  two: fc.constantFrom(...Object.keys(BINARY)),
  from: fc.tuple(fc.nat(20), fc.nat(20)),
});
const matrix = fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 9, maxLength: 9 });
const program = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 7 }),
  x: matrix,
  y: matrix,
  line: matrix,
});

const runOf =
  (steps: readonly { unary: boolean; one: string; two: string; from: readonly [number, number] }[]) =>
  (x: T, y: T): T => {
    const values: T[] = [x, y];
    for (const s of steps) {
      // The newest values are what most steps go on with.
      const at = (k: number): T => values[values.length - 1 - (k % Math.min(values.length, 4))];
      values.push(s.unary ? UNARY[s.one](at(s.from[0])) : BINARY[s.two](at(s.from[0]), at(s.from[1])));
    }
    return values[values.length - 1];
  };
const bits = (t: T): string =>
  `${t.dtype.name}[${t.shape}]${JSON.stringify(
    np
      .ravel(t.numpy())
      .view('int64')
      .tolist({ bigint: true } as never)
      .map(String),
  )}`;
const near = (a: T, b: T): boolean => np.allclose(a.numpy(), b.numpy(), { rtol: 1e-9, atol: 1e-10 } as never) as never;
const tensor = (data: readonly number[]): T => tf.constant(np.reshape(np.array(data), [N, N]) as never);

describe('random programs of tf functions', () => {
  test('give the same values and gradients eagerly, under tapes and traced', () => {
    fc.assert(
      fc.property(program, ({ steps, x: a, y: b }) => {
        const [x, y] = [a, b].map(tensor);
        const f = runOf(steps);
        const value = f(x, y);
        const traced = tf.function(f);
        const tape = new tf.GradientTape();
        tape.watch([x, y]);
        const taped = f(x, y);
        tape.stop();
        expect([bits(taped), bits(traced(x, y)), bits(traced(x, y))]).toEqual([bits(value), bits(value), bits(value)]);
        if (!np.all(np.isfinite(value.numpy()))) return;
        const loss = (g: T) => (u: T, v: T) => F.reduce_sum(F.tanh(g(u, v)));
        const gradients = (g: T): T[] => F.grad(g, [0, 1])(x, y);
        const eager = gradients(loss(f));
        for (const other of [
          gradients(loss(traced)),
          gradients(tf.function(loss(f))),
          tf.function((u: T, v: T) => F.grad(loss(f), [0, 1])(u, v))(x, y),
        ])
          expect(eager.map((g, i) => near(g, (other as T[])[i]))).toEqual([true, true]);
      }),
      { numRuns: 60, seed: 20 },
    );
  });
  test('have the slopes that differences have, where these agree with each other', () => {
    let compared = 0;
    fc.assert(
      fc.property(program, ({ steps, x: a, y: b, line }) => {
        const [x, y, d] = [a, b, line].map(tensor);
        // What holds a gradient back, and what jumps, has other differences.
        if (
          steps.some(
            (s) => s.unary && ['stop', 'cond', 'where', 'counted', 'sort', 'max', 'pool', 'clip'].includes(s.one),
          )
        )
          return;
        if (steps.some((s) => !s.unary && ['maximum', 'select'].includes(s.two))) return;
        const f = runOf(steps);
        const loss = (u: T): T => F.reduce_sum(F.tanh(f(u, y)));
        const at = (h: number): number => loss(F.add(x, F.multiply(d, h))).item();
        const slope = (h: number): number => (at(h) - at(-h)) / (2 * h);
        const [wide, narrow] = [slope(2e-5), slope(1e-5)];
        if (!(Math.abs(wide - narrow) < 1e-6 * (1 + Math.abs(narrow)))) return;
        compared++;
        const g = F.reduce_sum(F.multiply(F.grad(loss)(x), d)).item();
        expect(Math.abs(g - narrow) / (1 + Math.abs(narrow))).toBeLessThan(1e-5);
      }),
      { numRuns: 80, seed: 21 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});
