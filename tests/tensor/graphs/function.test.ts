import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';

/** tf.function: when a function is traced, what it may capture and assign, and what it refuses. */

const list = (t: any): any => (Array.isArray(t) ? t.map(list) : t.numpy().tolist());
const thrown = (f: () => unknown): Error => {
  try {
    f();
  } catch (e) {
    return e as Error;
  }
  throw new Error('nothing was thrown');
};

describe('a traced function', () => {
  test('is traced once for each dtype, shape, number and object', () => {
    let traces = 0;
    const f = tf.function((x: any, n: any = 1) => {
      traces++;
      return tf.multiply(x, n);
    });
    const seen = (...args: [any, any?]): number => {
      f(...args);
      return traces;
    };
    expect(seen(tf.constant([1, 2]))).toBe(1);
    expect(seen(tf.constant([3, 4]))).toBe(1);
    expect(seen(np.array([3, 4], 'float32'))).toBe(1);
    expect(seen(tf.constant([1, 2, 3]))).toBe(2);
    expect(seen(tf.constant([1, 2], 'float64'))).toBe(3);
    expect(seen(tf.constant([1, 2]), 2)).toBe(4);
    expect(seen(tf.constant([1, 2]), tf.constant(2))).toBe(5);
    expect(seen(tf.constant([1, 2]), tf.constant(9))).toBe(5);
    expect(f.experimental_get_tracing_count()).toBe(5);
    expect(f.python_function(tf.constant(2), 3).item()).toBe(6);
  });

  test('takes and gives nests, and keyword objects', () => {
    const f = tf.function(({ a, b }: any, { scale }: any) => ({
      sum: tf.add(a, b[0]),
      rest: [tf.multiply(b[1], scale), null, 'text'],
    }));
    const r: any = f({ a: tf.constant(1), b: [tf.constant(2), tf.constant(3)] }, { scale: tf.constant(4) });
    expect([r.sum.item(), r.rest[0].item(), r.rest[1], r.rest[2]]).toEqual([3, 12, null, 'text']);
  });

  test('returns numbers and variables as tensors', () => {
    const v = new tf.Variable([5]);
    const f = tf.function(() => [3, true, v, np.array([1, 2])]);
    expect(list(f())).toEqual([3, true, [5], [1, 2]]);
  });

  test('an input signature binds, converts and refuses', () => {
    const f = tf.function((x: any) => tf.square(x), { input_signature: [new tf.TensorSpec([null], 'float32')] });
    expect(list(f([1, 2]))).toEqual([1, 4]);
    expect(list(f(tf.constant([1, 2, 3])))).toEqual([1, 4, 9]);
    expect(() => f(tf.constant([[1]]))).toThrow('Can not cast TensorSpec(shape=(1, 1), dtype=tf.float32, name=None)');
    expect(() => f(tf.constant([1], 'int32'))).toThrow('TensorSpec(shape=(None,), dtype=tf.float32, name=None)');
    expect(() => (f as any)()).toThrow('takes 1 arguments');
  });

  test('reads and assigns variables in the order of the program', () => {
    const v = new tf.Variable([1, 2]);
    const f = tf.function((x: any) => {
      const before = v.value();
      v.assign(x);
      const between = v.value();
      v.assign_add([1, 1]);
      return [before, between, v.value()];
    });
    expect(list(f(tf.constant([7, 8])))).toEqual([
      [1, 2],
      [7, 8],
      [8, 9],
    ]);
    expect(list(v)).toEqual([8, 9]);
    expect(list(f(tf.constant([0, 0])))).toEqual([
      [8, 9],
      [0, 0],
      [1, 1],
    ]);
  });

  test('may make variables in its first call alone', () => {
    let v: any = null;
    const once = tf.function((x: any) => {
      if (v === null) v = new tf.Variable([10]);
      return tf.add(v, x);
    });
    expect(list(once(tf.constant(1)))).toEqual([11]);
    expect(list(once(tf.constant([1, 2])))).toEqual([11, 12]);
    const always = tf.function((x: any) => tf.add(new tf.Variable([1]), x));
    const e = thrown(() => always(tf.constant(1)));
    expect([e.name, e.message]).toEqual([
      'ValueError',
      expect.stringContaining('only supports singleton tf.Variables created on the first call'),
    ]);
    expect(thrown(() => tf.function((x: any) => new tf.Variable(x))(tf.constant(1))).name).toBe('ValueError');
  });

  test('captures what arrays hold when it is traced', () => {
    const a = np.array([1, 2], 'float32');
    const f = tf.function((x: any) => np.add(x, a));
    expect(list(f(tf.constant([0, 0])))).toEqual([1, 2]);
    a.set([0], 9);
    expect(list(f(tf.constant([0, 0])))).toEqual([1, 2]);
  });

  test('results belong to the caller: giving one back leaves constants and arguments whole', () => {
    const f = tf.function((x: any) => [tf.constant([1, 2]), x]);
    const x = tf.constant([3, 4]);
    for (const t of f(x)) t.dispose();
    expect(list(f(x))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('calls others, which see its tensors, and methods have their object', () => {
    const inner = tf.function((y: any) => tf.square(y));
    const outer = tf.function((x: any) => {
      const own = tf.function((y: any) => tf.add(x, y));
      return tf.add(inner(x), own(tf.constant(1)));
    });
    expect(outer(tf.constant(3)).item()).toBe(13);
    expect(outer(tf.constant(4)).item()).toBe(21);
    class Model {
      constructor(readonly w: any) {}
      call: any = tf.function(function (this: Model, x: any) {
        return tf.multiply(this.w, x);
      });
    }
    expect([
      new Model(tf.constant(3)).call(tf.constant(2)).item(),
      new Model(tf.constant(5)).call(tf.constant(2)).item(),
    ]).toEqual([6, 10]);
  });

  test('warns when most calls trace it again', () => {
    const said: string[] = [];
    const before = process.emitWarning;
    process.emitWarning = ((w: unknown) => said.push(String((w as Error).message ?? w))) as never;
    try {
      const f = tf.function((x: any, n: number) => tf.add(x, n), { name: 'shifted' });
      for (let i = 0; i < 8; i++) f(tf.constant(1), i);
    } finally {
      process.emitWarning = before;
    }
    expect(said.filter((s) => s.includes('<function shifted> triggered tf.function retracing'))).toHaveLength(1);
  });

  test('runs as it is written when functions run eagerly', () => {
    tf.config.run_functions_eagerly(true);
    try {
      expect(tf.function((x: any) => x.item() + 1)(tf.constant(2))).toBe(3);
      expect(tf.config.functions_run_eagerly()).toBe(true);
    } finally {
      tf.config.run_functions_eagerly(false);
    }
  });
});

describe('what has no value while a function is traced is refused', () => {
  const refusals: readonly [string, (x: any) => unknown][] = [
    ['Tensor.numpy', (x) => tf.add(x, 1).numpy()],
    ['Tensor.item', (x) => tf.add(x, 1).item()],
    ['a comparison', (x) => (tf.add(x, 1) as any) > 0],
    ['an addition', (x) => (tf.add(x, 1) as any) + 1],
    ['Number', (x) => Number(tf.add(x, 1))],
    ['JSON', (x) => JSON.stringify(tf.add(x, 1))],
    ['a mask', (x) => x.at(tf.add(x, 1).gt(0))],
    ['nonzero', (x) => np.nonzero(tf.add(x, 1))],
    ['unique', (x) => np.unique(tf.add(x, 1))],
    ['a store', (x) => np.zeros(2).set([':'], tf.add(x, 1) as never)],
    ['an array of tensors', (x) => np.array([tf.add(x, 1), x] as never)],
    ['a shape', (x) => tf.reshape(x, tf.cast(tf.add(x, 1), 'int32') as never)],
  ];
  test.each(refusals)('%s names the operation and the line', (_name, f) => {
    const e = thrown(() => tf.function(f)(tf.constant([1, 2])));
    expect(e.name).toBe('NotImplementedError');
    expect(e.message).toMatch(/function\.test\.(ts|js):\d+/);
    expect(e.message).toMatch(/'(add|greater|cast)'/);
  });

  test('tensors of a traced function are out of scope elsewhere', () => {
    let leaked: any;
    tf.function((x: any) => {
      leaked = tf.add(x, 1);
      return x;
    })(tf.constant(1));
    expect(thrown(() => tf.add(leaked, 1)).message).toContain('out of scope');
    expect(thrown(() => tf.function((x: any) => tf.add(x, leaked))(tf.constant(1))).message).toContain('out of scope');
    expect(() => leaked.numpy()).toThrow('symbolic');
  });

  test('a function that calls itself without end says so', () => {
    const f: any = tf.function((x: any) => f(tf.add(x, 1)));
    expect(thrown(() => f(tf.constant(1))).name).toBe('RecursionError');
  });

  test('an array as out=', () => {
    expect(() => tf.function((x: any) => np.add(x, 1, { out: np.zeros(2) }))(tf.constant([1, 2]))).toThrow('out');
  });
});

describe('the host in a graph', () => {
  test('functions of np that need values run when the graph does', () => {
    const x = tf.constant([3, 1, 2]);
    for (const f of [
      (t: any) => np.sort(t),
      (t: any) => np.median(t),
      (t: any) => np.interp(t, [0, 2, 4], [0, 1, 0]),
      (t: any) => np.quantile(t, 0.3),
      (t: any) => np.convolve(t, [1, 2]),
    ] as ((t: any) => any)[]) {
      const traced = tf.function(f);
      expect(list(traced(x))).toEqual(list(f(x)));
      expect(list(traced(tf.constant([9, 7, 8])))).toEqual(list(f(tf.constant([9, 7, 8]))));
    }
    const [counts, edges] = tf.function((t: any) => np.histogram(t, { bins: 2 }))(x) as any;
    expect([list(counts), list(edges)]).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
  });

  test('py_function sees values in every run, and gradients follow it', () => {
    const seen: number[] = [];
    const f = tf.function((x: any) => {
      tf.py_function((v: any) => void seen.push(v.item()), [x], []);
      return tf.py_function((v: any) => tf.multiply(v, v), [x], 'float32');
    });
    f(tf.constant(2));
    f(tf.constant(3));
    expect(seen).toEqual([2, 3]);
    const x = tf.constant(3);
    const tape = new tf.GradientTape();
    tape.watch(x);
    expect((tape.gradient(f(x), x) as any).item()).toBe(6);
    const g = tf.function((t: any) => tf.numpy_function((a: any) => np.flip(a), [t], 'float32'));
    expect(list(g(tf.constant([1, 2])))).toEqual([2, 1]);
    const wrong = tf.function((t: any) => tf.numpy_function((a: any) => np.sum(a), [t], 'float32'));
    expect(() => wrong(tf.constant([1, 2]))).toThrow('{ shape: … }');
  });

  test('printing and assertions happen in every run, in order', () => {
    const lines: string[] = [];
    const o = { output_stream: (s: string) => void lines.push(s) };
    const f = tf.function((x: any) => {
      tf.print('first', x, o);
      tf.debugging.assert_positive(x, 'must be positive');
      tf.print('then', o);
      return x;
    });
    f(tf.constant([1, 2.5]));
    expect(lines).toEqual(['first [1 2.5]\n', 'then\n']);
    const e = thrown(() => f(tf.constant([-1, 2])));
    expect([e.name, e.message]).toEqual(['InvalidArgumentError', expect.stringContaining('must be positive')]);
    expect(lines.at(-1)).toBe('first [-1 2]\n');
    const outer = tf.function((x: any) => f(tf.add(x, 1)));
    outer(tf.constant([4, 5]));
    expect(lines.slice(-2)).toEqual(['first [5 6]\n', 'then\n']);
  });
});
