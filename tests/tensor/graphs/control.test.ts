import { describe, expect, test } from '@jest/globals';
import { bind1, type Primitive } from '../../../src/core/dispatch.js';
import { np, tf } from '../../../src/index.js';
import { addRules } from '../../../src/tensor/gradient/rules.js';

/** Decisions and loops: in a graph as they are outside of one, and so are their gradients. */

const list = (t: any): any => (Array.isArray(t) ? t.map(list) : t === null ? null : t.numpy().tolist());
const c = (x: any): any => tf.constant(np.asarray(x, 'float64') as never);
const gradients = (f: (...xs: any[]) => any, ...xs: any[]): any[] => {
  const tape = new tf.GradientTape();
  tape.watch(xs);
  return tape.gradient(f(...xs), xs) as any[];
};
/** Values and gradients of a function, traced and not. */
function alike(f: (...xs: any[]) => any, ...xs: any[]): void {
  const traced = tf.function(f);
  expect(list(traced(...xs))).toEqual(list(f(...xs)));
  const [eager, graph] = [gradients(f, ...xs), gradients(traced, ...xs)];
  eager.forEach((g, i) => {
    if (g === null) expect(graph[i] === null || list(np.count_nonzero(graph[i])) === 0).toBe(true);
    else expect(np.allclose(graph[i], g, { rtol: 1e-12 } as never)).toBe(true);
  });
}

describe('decisions', () => {
  const f = (x: any): any =>
    tf.cond(
      tf.reduce_sum(x).gt(0),
      () => tf.sqrt(x),
      () => tf.square(x),
    );
  test('tf.cond runs the branch that the value chooses', () => {
    alike(f, c([4, 9]));
    alike(f, c([-4, 2]));
  });
  test('branches assign variables, and what one does not assign stays', () => {
    const [v, u] = [new tf.Variable([1, 2]), new tf.Variable([0, 0])];
    const g = tf.function((x: any) => {
      tf.cond(
        x.gt(0),
        () => {
          v.assign_add([1, 1]);
          return x;
        },
        () => {
          u.assign([5, 5]);
          return x;
        },
      );
      return tf.add(v, u);
    });
    expect(list(g(tf.constant(1)))).toEqual([2, 3]);
    expect(list(g(tf.constant(-1)))).toEqual([7, 8]);
    expect([list(v), list(u)]).toEqual([
      [2, 3],
      [5, 5],
    ]);
  });
  test('branches must give the same structure and dtypes', () => {
    const wrong =
      (a: () => any, b: () => any): any =>
      () =>
        tf.function((x: any) => tf.cond(x.gt(0), a, b))(tf.constant(1));
    expect(
      wrong(
        () => tf.constant(1),
        () => [tf.constant(1)],
      ),
    ).toThrow('structure of return values');
    expect(
      wrong(
        () => tf.constant(1),
        () => tf.constant(1, 'int32'),
      ),
    ).toThrow('structure of return values');
    expect(
      wrong(
        () => tf.constant(1),
        () => tf.constant([1, 2]),
      ),
    ).toThrow('one shape');
  });
  test('tf.switch_case and tf.case', () => {
    const s = (i: any): any =>
      tf.switch_case(
        i,
        [0, 1, 2].map((k) => () => tf.constant(10 * k)),
      );
    for (const i of [0, 1, 2, 7, -1]) {
      const index = tf.constant(i, 'int32');
      expect(tf.function(s)(index).item()).toBe(s(index).item());
    }
    const k = (x: any): any =>
      tf.case(
        [
          [x.lt(3), () => tf.square(x)],
          [x.lt(9), () => tf.negative(x)],
        ],
        { default: () => tf.sqrt(x) },
      );
    for (const x of [2, 5, 16]) alike(k, c(x));
    const open = tf.function((x: any) =>
      tf.case([
        [x.lt(0), () => tf.square(x)],
        [x.gt(9), () => tf.sqrt(x)],
      ]),
    );
    expect(open(c(16)).item()).toBe(4);
    expect(() => open(c(5))).toThrow('none of the conditions');
    expect(() => tf.case([[false, () => tf.constant(1)]])).toThrow('None of'.toLowerCase());
  });
  test('gradients taken inside of the function', () => {
    const g = tf.function((x: any) => {
      const tape = new tf.GradientTape();
      tape.watch(x);
      return tape.gradient(f(x), x);
    });
    expect(list(g(c([4, 16])))).toEqual([0.25, 0.125]);
    expect(list(g(c([-4, 1])))).toEqual([-8, 2]);
  });
});

describe('loops', () => {
  const power = (n: number) => (x: any) =>
    tf.while_loop(
      (i: any) => tf.less(i, n),
      (i: any, s: any) => [tf.add(i, 1), tf.multiply(s, x)],
      [tf.constant(0), tf.ones_like(x)],
    )[1];
  test('tf.while_loop', () => {
    alike(power(5), c([2, 3]));
    alike(power(0), c([2, 3]));
    const n = tf.function(
      (k: any) =>
        tf.while_loop(
          (i: any) => tf.less(i, k),
          (i: any) => [tf.add(i, 1)],
          [tf.constant(0)],
          { maximum_iterations: 4 },
        )[0],
    );
    expect([n(tf.constant(3)).item(), n(tf.constant(9)).item()]).toEqual([3, 4]);
  });
  test('variables are read and assigned turn by turn', () => {
    const v = new tf.Variable([1, 1]);
    const f = tf.function(() =>
      tf.while_loop(
        (i: any) => tf.less(i, 3),
        (i: any) => {
          v.assign(tf.multiply(v, 2));
          return [tf.add(i, 1)];
        },
        [tf.constant(0)],
      ),
    );
    f();
    expect(list(v)).toEqual([8, 8]);
    const g = tf.function((x: any) => {
      const tape = new tf.GradientTape();
      const y = tf.while_loop(
        (i: any) => tf.less(i, 2),
        (i: any, s: any) => [tf.add(i, 1), tf.multiply(s, v)],
        [tf.constant(0), x],
      )[1];
      return tape.gradient(y, v);
    });
    expect(list(g(tf.constant([1, 1])))).toEqual([16, 16]);
  });
  test('what changes its shape or structure is refused', () => {
    const run =
      (body: (x: any) => any): any =>
      () =>
        tf.function((x: any) => tf.while_loop(() => true, body, [x]))(tf.constant([1]));
    expect(run((x) => [tf.concat([x, x], 0)])).toThrow(
      'enters the loop with shape (1,), but has shape (2,) after one iteration',
    );
    expect(run((x) => [tf.cast(x, 'int32')])).toThrow('must return what it was given');
  });
  const E = c([
    [1, 2],
    [3, 4],
    [5, 7],
  ]);
  const k = c([0.5, 2]);
  test.each<[string, (e: any, k: any) => any]>([
    ['tf.map_fn', (e, s) => tf.map_fn((x: any) => tf.multiply(tf.sin(x), s), e)],
    ['tf.map_fn of a nest', (e, s) => tf.map_fn(([a, b]: any) => tf.add(tf.multiply(a, s), b), [e, e])],
    ['tf.vectorized_map', (e, s) => tf.vectorized_map((x: any) => tf.tensordot(x, s, 1), e)],
    ['tf.scan', (e, s) => tf.scan((a: any, x: any) => tf.add(tf.multiply(a, s), x), e)],
    ['tf.scan backwards', (e, s) => tf.scan((a: any, x: any) => tf.add(tf.multiply(a, s), x), e, { reverse: true })],
    ['tf.scan with an initializer', (e, s) => tf.scan((a: any, x: any) => tf.add(tf.multiply(a, s), x), e, s)],
    ['tf.foldl', (e, s) => tf.foldl((a: any, x: any) => tf.subtract(tf.multiply(a, s), x), e)],
    ['tf.foldr', (e, s) => tf.foldr((a: any, x: any) => tf.subtract(tf.multiply(a, s), x), e, { initializer: s })],
  ])('%s', (_name, f) => {
    alike(f, E, k);
  });
  test('of no entries', () => {
    const none = tf.zeros([0, 2]);
    const f = (e: any): any => tf.map_fn((x: any) => tf.reduce_sum(x), e);
    expect([f(none).shape, tf.function(f)(none).shape]).toEqual([[0], [0]]);
  });
});

describe('gradients of traced functions', () => {
  const cube = (x: any): any => tf.reduce_sum(tf.multiply(tf.multiply(x, x), tf.sin(x)));
  test('of higher order', () => {
    const traced = tf.function(cube);
    const third = (f: (x: any) => any): any => {
      const x = c([0.3, 0.7]);
      const tapes = [0, 1, 2].map(() => {
        const t = new tf.GradientTape();
        t.watch(x);
        return t;
      });
      let y = f(x);
      for (const t of tapes.reverse()) y = t.gradient(y, x);
      return y;
    };
    expect(np.allclose(third(traced), third(cube), { rtol: 1e-12 } as never)).toBe(true);
  });
  test('of several results, some of them the same or an argument', () => {
    const f = tf.function((x: any) => [x, x, tf.add(x, 0), tf.constant(1)]);
    expect(
      list(
        gradients(
          (x) => {
            const [p, q, r] = f(x);
            return tf.add(tf.add(p, q), r);
          },
          c([1, 2]),
        )[0],
      ),
    ).toEqual([3, 3]);
  });
  test('of variables, and a function that calls one', () => {
    const v = new tf.Variable([1, 2]);
    const inner = tf.function((x: any) => tf.multiply(v, x));
    const outer = tf.function((x: any) => tf.reduce_sum(inner(tf.square(x))));
    const tape = new tf.GradientTape();
    const y = outer(tf.constant([3, 4]));
    expect(list(tape.gradient(y, v))).toEqual([9, 16]);
  });
  test('of an operation whose gradient is a function that keeps tensors of the traced function', () => {
    // log(1 + e) with a gradient of its own, which reads e.
    const kept: Primitive<any> = { name: 'kept', run: ([x]) => x.face.view(x, x.dtype, x.shape, x.strides, x.offset) };
    addRules({ kept: ([g], { attrs }) => [(attrs as any).grad(g)] });
    const f = (x: any): any => {
      const e = tf.exp(x);
      const grad = (g: any): any => tf.multiply(g, tf.subtract(1, tf.divide(1, tf.add(1, e))));
      return tf.reduce_sum(tf.add(bind1(kept, [x], { grad }) as any, tf.sin(x)));
    };
    const x = c([0.3, 0.7]);
    const twice = (h: (x: any) => any): any => {
      const [outer, inner] = [new tf.GradientTape(), new tf.GradientTape()];
      outer.watch(x);
      inner.watch(x);
      const g = inner.gradient(h(x), x) as any;
      return [list(g), list(outer.gradient(g, x))];
    };
    expect(twice(tf.function(f))[0]).toEqual(list(gradients(f, x)[0]));
    const nested = tf.function((t: any) =>
      tf.cond(
        tf.reduce_sum(t).gt(0),
        () => f(t),
        () => tf.reduce_sum(t),
      ),
    );
    expect(list(gradients(nested, x)[0])).toEqual(list(gradients(f, x)[0]));
  });
  test('of whole Jacobians', () => {
    const f = tf.function((x: any) => tf.multiply(x, x));
    const x = tf.constant([1, 2]);
    const tape = new tf.GradientTape();
    tape.watch(x);
    expect(list(tape.jacobian(f(x), x))).toEqual([
      [2, 0],
      [0, 4],
    ]);
  });
});
