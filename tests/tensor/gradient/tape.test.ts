import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { np, tf } from '../../../src/index.js';
import type { Value } from './check.js';

const said: string[] = [];
let before: ReturnType<typeof setWarningHandler>;
beforeEach(() => {
  said.length = 0;
  before = setWarningHandler((category, message) => said.push(`${category}: ${message}`));
});
afterEach(() => {
  setWarningHandler(before);
});

const of = (x: Value): Value => (x === null ? null : x.numpy().tolist());
const c = (x: unknown, dtype?: string): Value => tf.constant(x as never, dtype as never);

describe('a tape', () => {
  test('needs no new, and records from when it is made until a gradient is taken', () => {
    const x = c(3);
    const tape = tf.GradientTape();
    tape.watch(x);
    const y = tf.multiply(x, x);
    expect(of(tape.gradient(y, x))).toBe(6);
    expect(tape).toBeInstanceOf(tf.GradientTape);
    expect(new tf.GradientTape()).toBeInstanceOf(tf.GradientTape);
  });
  test('gives one set of gradients only, unless it is persistent', () => {
    const x = c(3);
    const once = tf.GradientTape();
    once.watch(x);
    const y = tf.square(x);
    once.gradient(y, x);
    for (const again of [
      () => once.gradient(y, x),
      () => once.jacobian(y, x),
      () => once.batch_jacobian(c([1]), c([1])),
    ])
      expect(again).toThrow(
        'A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)',
      );
    const often = tf.GradientTape({ persistent: true });
    often.watch(x);
    const z = tf.square(x);
    expect([of(often.gradient(z, x)), of(often.gradient(z, x))]).toEqual([6, 6]);
    often.stop();
  });
  test('records inside of with, and again after it', () => {
    const x = c(2);
    const tape = tf.GradientTape({ persistent: true });
    const y = tape.with((t) => {
      t.watch(x);
      return tf.square(x);
    });
    const outside = tf.square(x);
    const z = tape.with(() => tf.multiply(y, x));
    expect([of(tape.gradient(y, x)), of(tape.gradient(outside, x)), of(tape.gradient(z, x))]).toEqual([4, null, 12]);
  });
  test('records nothing in stop_recording, and forgets in reset', () => {
    const x = c(2);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    const y = tape.stop_recording(() => tf.square(x));
    expect(of(tape.gradient(y, x))).toBeNull();
    const z = tf.square(x);
    tape.reset();
    expect(of(tape.gradient(z, x))).toBeNull();
    tape.watch(x);
    expect(of(tape.gradient(tf.square(x), x))).toBe(4);
    tape.stop();
    expect(() => tape.stop_recording(() => 1)).toThrow('Trying to stop recording a tape which is not recording.');
  });
  test('in another: gradients of gradients', () => {
    const x = c(3);
    const outer = tf.GradientTape();
    outer.watch(x);
    const inner = tf.GradientTape();
    inner.watch(x);
    const y = tf.multiply(tf.multiply(x, x), x);
    const first = inner.gradient(y, x);
    expect([of(first), of(outer.gradient(first as Value, x))]).toEqual([27, 18]);
  });
  test('that is persistent and records still gives higher orders itself', () => {
    const x = c(2);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    let y: Value = tf.pow(x, 4);
    const orders = [];
    for (let i = 0; i < 4; i++) {
      y = tape.gradient(y, x);
      orders.push(of(y));
    }
    tape.stop();
    expect(orders).toEqual([32, 48, 48, 24]);
  });
  test('reaches through np as through tf, and views that are not contiguous', () => {
    const x = c([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    const mean = np.mean(np.square(x));
    const third = np.divide(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      3,
    );
    expect(np.allclose((tape.gradient(mean as never, x) as Value).numpy(), third)).toBe(true);
    const view = x.T.at('::-1, ::-1');
    expect(
      of(
        tape.gradient(
          np.multiply(view, [
            [1, 2],
            [3, 4],
            [5, 6],
          ]) as never,
          x,
        ),
      ),
    ).toEqual([
      [6, 4, 2],
      [5, 3, 1],
    ]);
    tape.stop();
  });
});

describe('sources and targets', () => {
  test('come in lists and objects, and gradients in the same form', () => {
    const [a, b] = [c(2), c(5)];
    const tape = tf.GradientTape();
    tape.watch({ a, list: [b] });
    const y = tf.multiply(a, b);
    const g = tape.gradient([y, tf.square(a)], { a, list: [b, a] }) as Value;
    expect([of(g.a), g.list.map(of)]).toEqual([9, [2, 9]]);
  });
  test('that nothing connects have null, or zeros', () => {
    const [a, b] = [c([1, 2]), c([3, 4])];
    const tape = tf.GradientTape({ persistent: true });
    tape.watch([a, b]);
    const y = tf.square(a);
    tape.stop();
    expect(of(tape.gradient(y, b))).toBeNull();
    expect(of(tape.gradient(y, b, { unconnected_gradients: tf.UnconnectedGradients.ZERO }))).toEqual([0, 0]);
    expect(of(tape.gradient(y, b, null, 'zero'))).toEqual([0, 0]);
    expect(() => tape.gradient(y, b, { unconnected_gradients: 'nonsense' as never })).toThrow(
      "Unknown value for unconnected_gradients: 'nonsense'",
    );
  });
  test('that were not watched or are integers have null, and a warning says why', () => {
    const x = c([1, 2]);
    const tape = tf.GradientTape({ persistent: true });
    expect(of(tape.gradient(tf.square(x), x))).toBeNull();
    expect(said.join()).toMatch(/shape \(2,\) and dtype float32 that was not watched/);
    const i = c([1, 2], 'int32');
    tape.watch(i);
    expect(said.join()).toContain('The dtype of the watched tensor must be floating (e.g. tf.float32), got tf.int32');
    expect(of(tape.gradient(tf.multiply(i, i), i))).toBeNull();
    expect(said.join()).toContain('The dtype of the target tensor must be floating');
    expect(said.join()).toContain('The dtype of the source tensor must be floating');
    tape.stop();
  });
  test('of integers in between cut the way', () => {
    const x = c([1.5, 2.5]);
    const tape = tf.GradientTape();
    tape.watch(x);
    expect(of(tape.gradient(tf.cast(tf.cast(x, 'int32'), 'float32'), x))).toBeNull();
  });
  test('may be the same tensor, or a result on the way', () => {
    const x = c(3);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    const y = tf.square(x);
    const z = tf.square(y);
    tape.stop();
    expect([of(tape.gradient(x, x)), of(tape.gradient(z, y)), of(tape.gradient(z, x))]).toEqual([1, 18, 108]);
  });
  test('begin with the gradients that are given', () => {
    const x = c([1, 2]);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    const y = tf.square(x);
    tape.stop();
    expect(of(tape.gradient(y, x, { output_gradients: c([10, 100]) }))).toEqual([20, 400]);
    expect(of(tape.gradient(y, x, [10, 100]))).toEqual([20, 400]);
    expect(of(tape.gradient([y, x], x, { output_gradients: [c([1, 1]), null] }))).toEqual([3, 5]);
    expect(() => tape.gradient(y, x, { output_gradients: c([1, 2, 3]) })).toThrow(
      'an output gradient of shape (3,) and dtype float32 does not fit a target of shape (2,) and dtype float32',
    );
    expect(() => tape.gradient([y, y], x, { output_gradients: [c([1, 2])] })).toThrow(
      '1 output gradients for 2 targets',
    );
  });
  test('that are no tensors are refused', () => {
    const x = c(1);
    const tape = tf.GradientTape({ persistent: true });
    expect(() => tape.watch(3 as never)).toThrow("Passed in object 3 of type 'number', not tf.Tensor or tf.Variable");
    expect(() => tape.gradient(null as never, x)).toThrow('but received None');
    expect(() => tape.gradient(3 as never, x)).toThrow("the target is no tensor but of type 'number'");
    expect(() => tape.gradient(x, 3 as never)).toThrow("a source is no tensor but of type 'number'");
    tape.stop();
  });
  test('keep their dtype and shape: halves, single, complex, without axes, empty', () => {
    for (const dtype of ['float16', 'float32', 'float64', 'complex64', 'complex128']) {
      for (const shape of [[], [3], [0], [2, 0, 3]]) {
        const x = tf.cast(tf.ones(shape), dtype as never) as Value;
        const tape = tf.GradientTape();
        tape.watch(x);
        const y = tf.reduce_sum(tf.multiply(tf.square(x), x));
        const g = tape.gradient(y, x) as Value;
        expect([g.dtype.name, g.shape]).toEqual([dtype, shape]);
        if (x.size > 0) expect(Number(np.real(g.numpy().ravel().at(0)))).toBe(3);
      }
    }
  });
});

describe('variables', () => {
  test('are watched when they are read, if they are trainable', () => {
    const w = new tf.Variable([1, 2]);
    const fixed = new tf.Variable([1, 2], { trainable: false });
    const tape = tf.GradientTape();
    const y = tf.multiply(tf.square(w), fixed);
    expect(tape.watched_variables()).toEqual([w]);
    const [g, none] = tape.gradient(y, [w, fixed]) as Value;
    expect([of(g), of(none)]).toEqual([[2, 8], null]);
  });
  test('are not, with watch_accessed_variables: false, but for those that are watched', () => {
    const [a, b] = [new tf.Variable(2), new tf.Variable(3)];
    const tape = tf.GradientTape({ watch_accessed_variables: false });
    tape.watch(a);
    const y = tf.multiply(a, b);
    expect((tape.gradient(y, [a, b]) as Value).map(of)).toEqual([3, null]);
  });
  test('that are assigned between reads have the sum of both reads, not of what was assigned', () => {
    const v = new tf.Variable(2);
    const tape = tf.GradientTape();
    const a = tf.square(v);
    v.assign_add(v);
    const b = tf.square(v);
    expect(of(tape.gradient(tf.add(a, b), v))).toBe(2 * 2 + 2 * 4);
  });
  test('are targets, too, and other things than the tensor that they were made of', () => {
    const v = new tf.Variable(2);
    const t = tf.GradientTape();
    expect(of(t.gradient(v, v))).toBe(1);
    const x = c(3);
    const w = new tf.Variable(x);
    const tape = tf.GradientTape();
    tape.watch(x);
    expect(of(tape.gradient(tf.multiply(x, w), x))).toBe(3);
  });
});

describe('Jacobians', () => {
  const data = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  test('have the shape of the target, then of the source', () => {
    const x = c(data);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    const y = tf.reduce_sum(tf.square(x), 1);
    const j = tape.jacobian(y, x) as Value;
    expect(j.shape).toEqual([2, 2, 3]);
    expect(of(j)).toEqual([
      [
        [2, 4, 6],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [8, 10, 12],
      ],
    ]);
    expect(of(tape.batch_jacobian(tf.reshape(y, [2, 1]), x))).toEqual([[[2, 4, 6]], [[8, 10, 12]]]);
    tape.stop();
  });
  test('come from tapes that are not persistent', () => {
    for (const f of ['jacobian', 'batch_jacobian'] as const) {
      const x = c(data);
      const tape = tf.GradientTape();
      tape.watch(x);
      const y = tf.multiply(x, x);
      expect(((tape as Value)[f](y, x) as Value).shape).toEqual(f === 'jacobian' ? [2, 3, 2, 3] : [2, 3, 3]);
      expect(() => tape.gradient(y, x)).toThrow(/non-persistent/);
    }
  });
  test('of each entry of a batch agree with those of the whole', () => {
    const x = c(data);
    const tape = tf.GradientTape({ persistent: true });
    tape.watch(x);
    const y = tf.matmul(
      tf.sin(x),
      c([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    const whole = tape.jacobian(y, x) as Value;
    const each = tape.batch_jacobian(y, x);
    tape.stop();
    for (const i of [0, 1]) expect(of(each.at(i))).toEqual(of(whole.at([i, ':', i])));
  });
  test('of nothing, of what is not connected, and of batches that differ', () => {
    const [x, other] = [c(data), c(data)];
    const tape = tf.GradientTape({ persistent: true });
    tape.watch([x, other]);
    const y = tf.square(x);
    const nothing = x.at(':, 3:');
    expect((tape.jacobian(nothing, x) as Value).shape).toEqual([2, 0, 2, 3]);
    expect(tape.jacobian(y, other)).toBeNull();
    expect(of(tape.jacobian(y, other, { unconnected_gradients: 'zero' }))).toEqual(np.zeros([2, 3, 2, 3]).tolist());
    expect(of(tape.batch_jacobian(y, other))).toEqual(np.zeros([2, 3, 3]).tolist());
    expect(() => tape.batch_jacobian(y, c([1, 2, 3]))).toThrow(
      'Need first dimension of target shape (2, 3) and source shape (3,) to match.',
    );
    tape.stop();
  });
  test('can be recorded: of gradients they are second derivatives', () => {
    const x = c([1, 2]);
    const outer = tf.GradientTape({ persistent: true });
    outer.watch(x);
    const inner = tf.GradientTape();
    inner.watch(x);
    const y = tf.pow(x, 3);
    const j = inner.jacobian(y, x) as Value;
    const h = outer.jacobian(j, x) as Value;
    outer.stop();
    expect(h.shape).toEqual([2, 2, 2]);
    expect(of(h.at(1, 1))).toEqual([0, 12]);
  });
});

describe('complex gradients are the conjugate of the derivative', () => {
  test('of analytic functions and of real ones', () => {
    const z = tf.constant(np.array([np.complex(1, 2)]));
    const g = (f: (z: Value) => Value): string => {
      const tape = tf.GradientTape();
      tape.watch(z);
      return String(tape.gradient(f(z), z)?.numpy());
    };
    expect(g((x) => tf.square(x))).toBe('[2.-4.j]');
    expect(g((x) => tf.square(tf.abs(x)))).toBe('[2.+4.j]');
    expect(g((x) => tf.math.real(x))).toBe('[1.+0.j]');
    expect(g((x) => tf.math.imag(x))).toBe('[0.+1.j]');
  });
});

describe('traced functions', () => {
  test('give the same gradients with a tape inside and a tape outside', () => {
    const w = new tf.Variable([
      [0.5, -1],
      [2, 0.25],
    ]);
    const x = c([
      [1, 2],
      [3, 4],
    ]);
    const f = (a: Value): Value => tf.reduce_sum(tf.tanh(tf.matmul(a, w)));
    const inside = (a: Value): Value => {
      const tape = tf.GradientTape();
      tape.watch(a);
      return tape.gradient(f(a), [a, w]);
    };
    const plain = (inside(x) as Value[]).map(of);
    expect((tf.function(inside)(x) as Value[]).map(of)).toEqual(plain);
    const tape = tf.GradientTape();
    tape.watch(x);
    expect((tape.gradient(tf.function(f)(x), [x, w]) as Value).map(of)).toEqual(plain);
  });
  test('assign variables as functions that are not traced do', () => {
    const run = (wrap: (f: () => Value) => () => Value): Value => {
      const v = new tf.Variable(2);
      const f = wrap(() => {
        const a = tf.square(v);
        v.assign_add(v);
        return tf.add(a, tf.square(v));
      });
      const tape = tf.GradientTape();
      const y = f();
      return [of(tape.gradient(y, v)), of(v.value())];
    };
    expect(run((f) => f)).toEqual([12, 4]);
    expect(run((f) => tf.function(f) as never)).toEqual([12, 4]);
  });
});
