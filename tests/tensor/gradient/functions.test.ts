import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';
import { check, type Value } from './check.js';

const of = (x: Value): Value => (x === null ? null : x.numpy().tolist());
const c = (x: unknown, dtype?: string): Value => tf.constant(x as never, dtype as never);

describe('gradients of functions', () => {
  test('by the first argument, by another, by several', () => {
    const f = (x: Value, y: Value): Value => tf.reduce_sum(tf.multiply(tf.square(x), y));
    expect(of(tf.grad(f)([1, 2], 3))).toEqual([6, 12]);
    expect(of((tf.grad(f, 1) as Value)([1, 2], 3))).toBe(5);
    expect((tf.grad(f, [0, 1]) as Value)([1, 2], 3).map(of)).toEqual([[6, 12], 5]);
  });
  test('by nests of tensors and variables', () => {
    const w = new tf.Variable(2);
    const f = ([a, b]: Value): Value => tf.multiply(tf.multiply(a, b), a);
    expect((tf.grad(f) as Value)([c(3), w]).map(of)).toEqual([12, 9]);
  });
  test('with the value, and zeros where nothing leads', () => {
    const [y, g] = (tf.value_and_grad((x: Value) => tf.square(x)) as Value)(3);
    expect([of(y), of(g)]).toEqual([9, 6]);
    expect(of(tf.grad((_x: Value) => c(1))([1, 2]))).toEqual([0, 0]);
  });
  test('of gradients, and of what is traced', () => {
    const f = (x: Value): Value => tf.pow(x, 4);
    expect(of(tf.grad(tf.grad(tf.grad(f) as never) as never)(2))).toBe(48);
    expect(of((tf.function(tf.grad(f)) as Value)(c(2)))).toBe(32);
    expect(of(tf.grad(tf.function(f) as never)(2))).toBe(32);
  });
  test('refuse integers, and results that are none', () => {
    expect(() => tf.grad((x: Value) => x)(c([1], 'int32'))).toThrow(/got a tensor of dtype int32 and shape \(1,\)/);
    expect(() => tf.grad((_x: Value) => 3 as never)(1)).toThrow('the function must return a tensor, got number');
    expect(() => tf.grad((x: Value) => tf.cast(x, 'int32'))(1)).toThrow(/floating tensor, got one of dtype int32/);
    expect(() => (tf.grad((x: Value) => x, 2) as Value)(1)).toThrow('there is no argument 2');
  });
  test('stop recording when the function throws', () => {
    expect(() =>
      tf.grad(() => {
        throw new Error('no');
      })(1),
    ).toThrow('no');
    const x = c(1);
    const tape = tf.GradientTape();
    tape.watch(x);
    expect(of(tape.gradient(tf.square(x), x))).toBe(2);
  });
});

describe('second derivatives', () => {
  test('of one argument and between several', () => {
    expect(of(tf.hessian((x: Value) => tf.reduce_sum(tf.pow(x, 3)))([1, 2]))).toEqual([
      [6, 0],
      [0, 12],
    ]);
    const all = (tf.hessian((x: Value, y: Value) => tf.multiply(tf.square(x), y), [0, 1]) as Value)(2, 3);
    expect(all.map((r: Value[]) => r.map(of))).toEqual([
      [6, 4],
      [4, 0],
    ]);
  });
  test('of several results', () => {
    const h = tf.hessian((x: Value) => tf.square(x))([1, 2]) as Value;
    expect([h.shape, of(h)]).toEqual([
      [2, 2, 2],
      [
        [
          [2, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 2],
        ],
      ],
    ]);
  });
  test('are symmetric for a function of all entries', () => {
    const x = c(
      np.array([
        [0.3, 0.7],
        [0.2, -0.5],
      ]),
    );
    const h = (tf.hessian((a: Value) => np.linalg.det(np.exp(a)) as never)(x) as Value).numpy().reshape(4, 4);
    expect(np.allclose(h, h.T)).toBe(true);
  });
});

describe("gradients of one's own", () => {
  const log1pexp = tf.custom_gradient((x: Value) => {
    const e = tf.exp(x);
    return [tf.math.log1p(e), (g: Value) => tf.multiply(g, tf.subtract(1, tf.divide(1, tf.add(e, 1))))];
  });
  test('stand in for those of what was computed, in all orders, eagerly and traced', () => {
    expect(of(tf.grad(log1pexp as never)(100))).toBe(1);
    check((x) => log1pexp(x), [[0.3, -2, 1.5]]);
  });
  test('of several arguments and results', () => {
    const f = tf.custom_gradient((x: Value, y: Value) => [
      [tf.multiply(x, y), tf.add(x, y)],
      (a: Value, b: Value) => [tf.multiply(a, 10), tf.multiply(b, 100)],
    ]);
    const [x, y] = [c(2), c(3)];
    const tape = tf.GradientTape();
    tape.watch([x, y]);
    const [p, q] = f(x, y) as Value;
    expect([of(p), of(q)]).toEqual([6, 5]);
    expect((tape.gradient([p, q], [x, y]) as Value).map(of)).toEqual([10, 100]);
  });
  test('of variables that are read', () => {
    const w = new tf.Variable(3);
    const f = tf.custom_gradient((x: Value) => [
      tf.multiply(x, w),
      (g: Value, { variables }: Value) => [tf.multiply(g, 7), variables.map(() => tf.multiply(g, 11))],
    ]);
    const x = c(2);
    const tape = tf.GradientTape();
    tape.watch(x);
    expect((tape.gradient(f(x), [x, w]) as Value).map(of)).toEqual([7, 11]);
    const careless = tf.custom_gradient((a: Value) => [tf.multiply(a, w), (g: Value) => g]);
    expect(() => tf.grad(careless as never)(2)).toThrow(/must accept a 'variables' keyword argument/);
  });
  test('are refused when they do not fit', () => {
    expect(() => tf.custom_gradient(((x: Value) => x) as never)(1)).toThrow(/must return a pair/);
    const many = tf.custom_gradient((x: Value) => [tf.square(x), (g: Value) => [g, g]]);
    expect(() => tf.grad(many as never)(1)).toThrow(
      'custom_gradient function expected to return 1 gradients, but returned 2 instead.',
    );
    const wide = tf.custom_gradient((x: Value) => [tf.square(x), () => c([1, 2, 3])]);
    expect(() => tf.grad(wide as never)([1, 2])).toThrow(
      /gradient 0 has shape \(3,\) and dtype float32, which does not fit/,
    );
  });
  test('in a traced function under a tape', () => {
    const x = c(2);
    const f = tf.function((a: Value) => tf.multiply(log1pexp(tf.square(a)) as Value, a));
    const tape = tf.GradientTape();
    tape.watch(x);
    const traced = of(tape.gradient(f(x), x));
    expect(traced).toBeCloseTo(of(tf.grad((a: Value) => tf.multiply(log1pexp(tf.square(a)) as Value, a))(2)), 5);
  });
});

describe('what stops and what is computed again', () => {
  test('no gradient comes through stop_gradient', () => {
    expect(of(tf.grad((x: Value) => tf.multiply(tf.stop_gradient(tf.square(x)), x))(3))).toBe(9);
    check((x) => tf.add(tf.square(x), tf.subtract(tf.stop_gradient(x), tf.stop_gradient(x))), [[0.3, 2]]);
  });
  test('recompute_grad gives the same gradients, of variables too', () => {
    const w = new tf.Variable(3);
    let runs = 0;
    const f = (x: Value): Value => {
      runs++;
      return tf.multiply(tf.sin(x), w);
    };
    const x = c(2);
    const gradients = (g: (x: Value) => Value): Value => {
      const tape = tf.GradientTape();
      tape.watch(x);
      return (tape.gradient(g(x), [x, w]) as Value).map(of);
    };
    const plain = gradients(f);
    runs = 0;
    expect(gradients(tf.recompute_grad(f))).toEqual(plain);
    expect(runs).toBe(2);
    check(
      tf.recompute_grad((a: Value) => tf.sin(tf.square(a))),
      [[0.3, -1.2]],
    );
  });
});
