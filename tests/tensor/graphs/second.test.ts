import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';

/** Second and third derivatives through loops and decisions of traced functions: those of the same loops run turn by turn. */

const x = tf.constant([0.7, 1.3], 'float64');
const half = tf.constant(0.5, 'float64');
const count = (): any => tf.constant(0, 'int32');

const functions: Record<string, (v: any) => any> = {
  'while_loop of a known number of turns': (v) =>
    tf.reduce_sum(
      tf.while_loop(
        (i, _) => tf.less(i, 4),
        (i, y) => [tf.add(i, 1), tf.multiply(y, tf.sin(tf.multiply(y, v)))],
        [count(), v],
      )[1],
    ),
  'while_loop that values end': (v) =>
    tf.reduce_sum(
      tf.while_loop(
        (_, y) => tf.less(tf.reduce_sum(y), 50),
        (i, y) => [tf.add(i, 1), tf.add(y, tf.multiply(y, v))],
        [count(), v],
      )[1],
    ),
  map_fn: (v) => tf.reduce_sum(tf.map_fn((e: any) => tf.multiply(tf.sin(e), tf.reduce_sum(tf.square(v))), v)),
  scan: (v) => tf.reduce_sum(tf.scan((a: any, e: any) => tf.multiply(tf.sin(e), tf.add(a, tf.reduce_sum(v))), v, half)),
  foldr: (v) => tf.foldr((a: any, e: any) => tf.multiply(tf.sin(e), tf.add(a, e)), v, half),
  cond: (v) =>
    tf.cond(
      tf.reduce_sum(v).gt(0),
      () => tf.reduce_sum(tf.pow(v, 3)),
      () => tf.reduce_sum(v),
    ),
  'a loop in a loop': (v) =>
    tf.reduce_sum(
      tf.map_fn(
        (e: any) =>
          tf.while_loop(
            (i, _) => tf.less(i, 3),
            (i, y) => [tf.add(i, 1), tf.multiply(tf.cos(y), tf.multiply(e, tf.reduce_sum(v)))],
            [count(), e],
          )[1],
        v,
      ),
    ),
  py_function: (v) => tf.reduce_sum(tf.py_function((t: any) => tf.pow(t, 3), [v], 'float64')),
};

/** The ways to a matrix of second derivatives that meet a traced function. */
const ways: Record<string, (f: (v: any) => any) => any> = {
  'hessian of a traced function': (f) => tf.hessian(tf.function(f))(x),
  'a traced hessian': (f) => tf.function(tf.hessian(f))(x),
  'tapes around a traced function': (f) => {
    const traced = tf.function(f);
    const outer = new tf.GradientTape();
    outer.watch(x);
    const inner = new tf.GradientTape();
    inner.watch(x);
    return outer.jacobian(inner.gradient(traced(x), x) as any, x);
  },
  'tapes in a traced function': (f) =>
    tf.function((v: any) => {
      const outer = new tf.GradientTape();
      outer.watch(v);
      const inner = new tf.GradientTape();
      inner.watch(v);
      return outer.jacobian(inner.gradient(f(v), v) as any, v);
    })(x),
};

const agree = (a: any, b: any): void =>
  expect(np.allclose(a.numpy(), b.numpy(), { rtol: 1e-9, atol: 1e-12 } as never)).toBe(true);

describe.each(Object.entries(functions))('%s', (_, f) => {
  test('has the second derivatives of central differences', () => {
    const h = 1e-6;
    const slope = (i: number, by: number): any =>
      (tf.grad(f) as any)(tf.constant([0.7 + (i === 0 ? by : 0), 1.3 + (i === 1 ? by : 0)], 'float64')).numpy();
    const numeric = np.stack([0, 1].map((i) => np.divide(np.subtract(slope(i, h), slope(i, -h)), 2 * h)) as never);
    expect(np.allclose(tf.hessian(f)(x).numpy(), numeric, { rtol: 1e-6, atol: 1e-6 } as never)).toBe(true);
  });
  test.each(Object.entries(ways))('%s gives what it gives untraced', (_name, way) => {
    agree(way(f), tf.hessian(f)(x));
  });
  test('and the third derivatives', () => {
    const third = (g: any): any => tf.grad((v: any) => tf.reduce_sum(tf.hessian(g)(v)))(x);
    agree(third(tf.function(f)), third(f));
    agree(tf.function((v: any) => tf.grad((u: any) => tf.reduce_sum(tf.hessian(f)(u)))(v))(x), third(f));
  });
});
