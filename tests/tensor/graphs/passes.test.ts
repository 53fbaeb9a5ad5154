import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';
import { nameOf } from '../../../src/core/graph/graph.js';
import { verify } from '../../../src/core/graph/passes.js';

/** What the passes leave of a graph, what becomes one kernel, and the memory that a plan takes. */

const graphOf = (f: (...xs: any[]) => any, ...xs: any[]): any => tf.function(f).get_concrete_function(...xs).graph;
const operations = (g: any): string[] => g.nodes.filter((n: any) => n.primitive !== null).map(nameOf);
const x = tf.constant([
  [1, 2],
  [3, 4],
]);

describe('simplification', () => {
  test.each<[string, (x: any) => any, string[]]>([
    ['neutral operands', (t) => tf.subtract(tf.divide(tf.multiply(t, 1), 1), 0), []],
    ['inverses', (t) => tf.negative(tf.negative(tf.transpose(tf.transpose(t)))), []],
    ['what is settled', (t) => tf.abs(tf.abs(t)), ['absolute']],
    ['chains of reshapes', (t) => tf.reshape(tf.reshape(t, [4]), [1, 4]), ['reshape']],
    ['casts there and back', (t) => tf.cast(tf.cast(t, 'float64'), 'float32'), []],
    ['x + 0 stays, since it makes 0 of -0', (t) => tf.add(t, 0), ['add']],
    ['a cast that loses stays', (t) => tf.cast(tf.cast(t, 'float16'), 'float32'), ['cast', 'cast']],
    [
      'common subexpressions',
      (t) => tf.add(tf.exp(tf.sin(t)), tf.square(tf.exp(tf.sin(t)))),
      ['sin', 'exp', 'square', 'add'],
    ],
    [
      'what nothing needs',
      (t) => {
        tf.exp(t);
        return tf.sin(t);
      },
      ['sin'],
    ],
    ['constants', (t) => tf.multiply(t, tf.sqrt(tf.reshape(tf.constant([4, 9]), [1, 2]))), ['multiply']],
  ])('%s', (_name, f, left) => {
    const g = graphOf(f, x).simplified();
    verify(g);
    expect(operations(g)).toEqual(left);
  });
});

describe('fusion', () => {
  test('a chain of elementwise operations is one kernel', () => {
    const f = (a: any, b: any): any => {
      let z: any = tf.add(tf.multiply(a, b), 1);
      for (const op of [tf.sin, tf.exp, tf.sqrt, tf.square]) z = op(z);
      return tf.where(tf.greater(z, 2), tf.cast(z, 'float32'), tf.subtract(a, b));
    };
    const c = tf.function(f).get_concrete_function(x, x);
    expect(c.callable.plan.length).toBe(1);
    verify(c.graph.optimized());
    expect(c(x, x).numpy().tolist()).toEqual(f(x, x).numpy().tolist());
  });

  test('a reduction takes what stands before and behind it', () => {
    const c = tf
      .function((a: any) => tf.sqrt(tf.reduce_mean(tf.square(tf.subtract(a, 1)), 1)))
      .get_concrete_function(x);
    expect(operations(c.graph.optimized())).toEqual(['subtract·square·add.reduce·true_divide·sqrt']);
    expect(c(x).numpy().tolist()).toEqual([Math.fround(Math.sqrt(0.5)), Math.fround(Math.sqrt(6.5))]);
  });

  test('a value that is needed elsewhere is another result of the kernel', () => {
    const c = tf.function((a: any) => [tf.exp(tf.sin(a)), tf.sin(a)]).get_concrete_function(x);
    expect(c.callable.plan.length).toBe(1);
  });

  test('nothing is joined around what must run between', () => {
    const c = tf
      .function((a: any) => {
        const s = tf.sin(a);
        return tf.add(s, tf.matmul(s, s));
      })
      .get_concrete_function(x);
    verify(c.graph.optimized());
    expect(operations(c.graph.optimized())).toEqual(['sin', 'matmul', 'add']);
  });

  test('verify finds a value that is read before it is there', () => {
    const g = graphOf((t) => tf.sin(tf.cos(t)), x);
    expect(() => verify({ ...g, results: g.results, assigns: [], nodes: [...g.nodes].reverse() })).toThrow(
      'before it is there',
    );
  });
});

describe('what a graph shows', () => {
  const g = graphOf(
    (a: any) =>
      tf.cond(
        tf.reduce_sum(a).gt(0),
        () => tf.sqrt(a),
        () => tf.square(a),
      ),
    x,
  );
  test('text has a line for every operation, with types and places', () => {
    expect(String(g)).toMatch(/%\d+ = add\.reduce\(%0\) : float32\[\] {2}# passes\.test\.ts:\d+/);
    expect(String(g)).toContain('true_fn() {');
  });
  test('Mermaid and DOT name every node and edge', () => {
    expect(g.to_mermaid().split('\n')[0]).toBe('flowchart TD');
    expect(g.to_mermaid()).toContain('n0(["argument 0<br/>float32[2, 2]"])');
    expect(g.to_dot()).toMatch(/^digraph ".*" \{[\s\S]*n0 -> n1;[\s\S]*\}$/);
  });
  test('concrete functions describe what they take and give', () => {
    const c = tf
      .function((a: any, o: any) => ({ y: tf.multiply(a, o.k) }))
      .get_concrete_function(new tf.TensorSpec([2], 'float32'), { k: 3 });
    expect(String((c.structured_outputs as any).y)).toBe('TensorSpec(shape=(2,), dtype=tf.float32, name=None)');
    expect(String((c.structured_input_signature as any)[0])).toBe(
      'TensorSpec(shape=(2,), dtype=tf.float32, name=None)',
    );
    expect(
      c(tf.constant([1, 2]))
        .y.numpy()
        .tolist(),
    ).toEqual([3, 6]);
    expect(() => c(tf.constant([1, 2, 3]))).toThrow('argument 0 was traced as');
  });
});

describe('memory', () => {
  test('ten thousand steps of training keep memory bounded', () => {
    const w = new tf.Variable(np.ones([64, 64], 'float32') as never);
    const step = tf.function((a: any) => {
      const tape = new tf.GradientTape();
      const loss = tf.reduce_mean(tf.square(tf.subtract(tf.matmul(a, w), 1)));
      w.assign_sub(tf.multiply(tape.gradient(loss, w) as never, 0.01));
      return loss;
    });
    const a = tf.constant(np.full([32, 64], 0.1, 'float32') as never);
    const run = (n: number): void => {
      for (let i = 0; i < n; i++) step(a);
    };
    run(1000);
    const before = process.memoryUsage().rss;
    run(10_000);
    // Ten thousand steps hand out more than a gigabyte.
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
    expect(Number.isFinite(step(a).item())).toBe(true);
  });
});
