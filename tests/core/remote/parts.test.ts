import { describe, expect, test } from '@jest/globals';
import { byName } from '../../../src/core/dtype.js';
import { drawnOn } from '../../../src/core/random/counted.js';
import { interop, np as numpy, tf as tensors } from '../../../src/index.js';
import { bounded, filled } from '../../../src/tensor/random/fill.js';
import { Philox } from '../../../src/tensor/random/philox.js';
import { tensorFace } from '../../../src/tensor/tensor.js';
import { counts, patience, remote } from './device.js';
import { difference, isThere, read, sent } from './support.js';

const np: any = numpy;
const tf: any = tensors;
const ints = (list: unknown): any => tf.constant(list, 'int32');
const there = (f: () => any): any => tf.device(remote.name, f);

describe('places', () => {
  const x = sent(tf.constant([10, 20, 30]));
  test('that the host names are checked before they go to the device', () => {
    expect(() => np.take(x, [0, 3])).toThrow('index 3 is out of bounds for axis 0 with size 3');
    expect(() => tf.gather(x, ints([-4]))).toThrow('tf.gather');
    expect(read(np.take(x, [0, -1])).tolist()).toEqual([10, 30]);
  });
  test('that lie on the device read 0 out of range, and write nothing', () => {
    const places = sent(ints([0, 3, 2, -7]));
    expect(read(tf.gather(x, places)).tolist()).toEqual([10, 0, 30, 0]);
    const values = sent(tf.constant([1, 2, 3, 4]));
    const rows = tf.expand_dims(places, 1);
    expect(read(tf.scatter_nd(rows, values, [3])).tolist()).toEqual([1, 0, 3]);
  });
  test('that are named again count again', () => {
    const rows = sent(ints([[1], [1], [0]]));
    const values = sent(tf.constant([1, 2, 4]));
    expect(read(tf.tensor_scatter_nd_add(x, rows, values)).tolist()).toEqual([14, 23, 30]);
    expect(read(tf.tensor_scatter_nd_sub(x, rows, values)).tolist()).toEqual([6, 17, 30]);
    expect(read(tf.tensor_scatter_nd_max(x, rows, sent(tf.constant([99, 2, Number.NaN])))).tolist()).toEqual([
      Number.NaN,
      99,
      30,
    ]);
  });
  test('of several axes, before and behind others, are those of arrays', () => {
    const a = np.arange(120, { dtype: 'float32' }).reshape(2, 3, 4, 5);
    const t = sent(tf.constant(a));
    const [i, j] = [np.array([[1, 0, -1]], 'int32'), np.array([[3], [-4]], 'int32')];
    for (const entries of [
      [':', i, j],
      [i, ':', j],
      ['...', i, j],
      [1, ':', j, ':2'],
      [':', i, ':', 2],
    ])
      for (const index of [entries, entries.map((e: any) => (e instanceof np.NDArray ? sent(tf.constant(e)) : e))])
        expect(difference([t.at(...index)], [a.at(...entries)], 0)).toBe('');
  });
});

describe('order', () => {
  const rng = np.random.default_rng(5);
  test.each([1, 2, 3, 8, 31, 100])('of %i values is stable, with NaN last, up and down', (n) => {
    const a = rng.integers(-3, 4, { size: [2, n] }).astype('float32');
    if (n > 2) a.set([0, 1], Number.NaN);
    const t = sent(tf.constant(a));
    const want = np.argsort(a, { axis: 1, kind: 'stable' }).astype('int32');
    expect(difference([np.argsort(t, { axis: 1 }), np.sort(t, { axis: 1 })], [want, np.sort(a, { axis: 1 })], 0)).toBe(
      '',
    );
    const down = tf.argsort(tf.constant(a), { direction: 'DESCENDING' });
    expect(difference([tf.argsort(t, { direction: 'DESCENDING' })], [down], 0)).toBe('');
    const words = tf.constant(rng.integers(0, 2 ** 32, { size: [n, 2], dtype: 'uint32' }));
    expect(difference([tf.sort(sent(words), { axis: 0 })], [tf.sort(words, { axis: 0 })], 0)).toBe('');
  });
  test('is searched from both sides', () => {
    const a = tf.constant([-1, 0, 0, 2, 2, 2, 7]);
    const v = tf.constant([-2, -1, 0, 1, 2, 7, 9, Number.NaN]);
    for (const side of ['left', 'right'])
      expect(difference([tf.searchsorted(sent(a), sent(v), { side })], [tf.searchsorted(a, v, { side })], 0)).toBe('');
  });
});

describe('arithmetic without 64-bit types', () => {
  const special = [
    0,
    -0,
    1,
    -1,
    0.1,
    1e-45,
    -3e-39,
    1.1754944e-38,
    7.3,
    -1e10,
    3.4028235e38,
    Infinity,
    -Infinity,
    Number.NaN,
  ];
  const rng = np.random.default_rng(6);
  const wide = np.ldexp(
    rng.standard_normal(50).astype('float32'),
    rng.integers(-120, 120, { size: 50 }).astype('int32'),
  );
  const x = np.concatenate([np.array(special, 'float32'), wide]).astype('float32');
  const [a, b] = [
    np.repeat(x, 12),
    np.ravel(
      np.stack(
        Array.from({ length: 12 }, (_, k) => np.roll(x, 5 * k)),
        1,
      ),
    ),
  ];
  test.each(['fmod', 'remainder', 'floor_divide', 'divmod'])('%s is exact', (name) => {
    const want = [np[name](a, b)].flat();
    const got = [np[name](sent(tf.constant(a)), sent(tf.constant(b)))].flat();
    want.forEach((w: any, i: number) => {
      const g = read(got[i]);
      expect(np.array_equal(g, w, { equal_nan: true })).toBe(true);
      expect(np.array_equal(np.signbit(g), np.signbit(w)) || np.isnan(w).any()).toBeTruthy();
    });
  });
  test('frexp and ldexp are exact', () => {
    const t = sent(tf.constant(x));
    expect(difference(np.frexp(t), np.frexp(x), 0)).toBe('');
    const n = rng.integers(-300, 300, { size: x.size }).astype('int32');
    expect(difference([np.ldexp(t, sent(tf.constant(n)))], [np.ldexp(x, n)], 0)).toBe('');
  });
  test('error functions and logarithms of sums are near', () => {
    const v = tf.constant(np.linspace(-9, 9, 2001).astype('float32'));
    for (const f of [tf.math.erf, tf.math.erfc]) {
      const [got, want] = [read(f(sent(v))), f(v).numpy()];
      const error = np.max(np.abs(np.divide(np.subtract(got, want), np.maximum(np.abs(want), 1e-37))));
      expect(Number(error)).toBeLessThan(f === tf.math.erf ? 3e-7 : 2e-5);
    }
    const w = tf.reverse(tf.multiply(v, 3), [0]);
    for (const f of [np.logaddexp, np.logaddexp2]) expect(difference([f(sent(v), sent(w))], [f(v, w)], 1e-6)).toBe('');
  });
  test('means divide by counts as they are', () => {
    const t = tf.constant(rng.standard_normal([7, 3]).astype('float32'));
    for (const f of [np.mean, np.var, np.std, tf.reduce_mean]) expect(difference([f(sent(t))], [f(t)], 1e-6)).toBe('');
  });
});

describe('random numbers', () => {
  const key = Uint32Array.of(123456789, 987654321);
  const counter = Uint32Array.of(0xfffffffe, 0xffffffff, 7, 9);
  const n = 1000;
  const drawn = (kind: 'uniform' | 'normal' | 'integers' | 'bounded', dtype: string, bounds: number[] = []): any =>
    read(drawnOn(remote, kind, [n], (byName as any)[dtype], key, counter, tensorFace, bounds));
  const source = (): Philox => new Philox(counter.slice(), key);
  test('are those of the host, over the carry of the counter', () => {
    const { int32, float32 } = byName;
    expect(drawn('integers', 'int32').tolist()).toEqual(filled(source(), 'integers', int32, n).tolist());
    expect(drawn('bounded', 'int32', [-5, 14]).tolist()).toEqual(bounded(source(), -5n, 9n, int32, n).tolist());
    expect(drawn('uniform', 'float32').tolist()).toEqual(filled(source(), 'uniform', float32, n).tolist());
    const want = filled(source(), 'normal', float32, n);
    expect(np.allclose(drawn('normal', 'float32'), want, { rtol: 1e-5, atol: 1e-5 })).toBe(true);
  });
  test('of one seed are the same on both', () => {
    const here = tf.random.stateless_uniform([50], [1, 2]);
    const far = there(() => tf.random.stateless_uniform([50], [1, 2]));
    expect(isThere(far)).toBe(true);
    expect(difference([far], [here], 0)).toBe('');
  });
  test('drop out where the values are', () => {
    const x = sent(tf.ones([2000]));
    const before = counts.uploads;
    const y = tf.nn.dropout(x, 0.25, { seed: 3 });
    expect(counts.uploads).toBe(before);
    const share = Number(np.mean(np.equal(read(y), 0)));
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(Number(np.max(read(y)))).toBeCloseTo(4 / 3, 6);
  });
});

describe('the way there and back', () => {
  const t = tf.constant([
    [1, 2],
    [3, 4],
  ]);
  test('is in the ledger, and is refused where copies are', async () => {
    const p = interop.profile(() => t.to(remote.name));
    expect(p.records.map((r) => [r.reason, r.bytes, r.from, r.to, r.by])).toEqual([
      ['device', 16, 'cpu:0', 'remote:0', 'Tensor.to'],
    ]);
    expect(() => interop.policy('forbid', () => t.to(remote.name))).toThrow(interop.CopyForbiddenError);
    const back = await interop.profile(async () => await sent(t).T.array());
    expect(back.result.tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(back.records.map((r) => `${r.from} ${r.to} ${r.bytes}`)).toContain('remote:0 cpu:0 16');
  });
  test('can be waited for only', async () => {
    const far = sent(t);
    for (const f of [() => far.numpy(), () => far.item(), () => far.to('cpu'), () => np.unique(far)])
      expect(f).toThrow('remote:0');
    expect(Array.from((await far.data()) as Float32Array)).toEqual([1, 2, 3, 4]);
    expect(String(far)).toBe('<tf.Tensor: shape=(2, 2), dtype=float32, device=remote:0>');
  });
  test('is gone back by the gradient, for which this device makes one wait', () => {
    const tape = new tf.GradientTape();
    tape.watch(t);
    const y = tf.multiply(t.to(remote.name), 3);
    expect(() => tape.gradient(y, t)).toThrow('cannot be read synchronously');
  });
  test('is not gone by functions whose results have a shape that depends on values, even where the host could wait', () => {
    const whole = sent(ints([0, 1, 1]));
    patience.waits = true;
    try {
      for (const [name, f] of [
        ['tf.unique', () => tf.unique(whole)],
        ['tf.math.bincount', () => tf.math.bincount(whole)],
        ['tf.math.confusion_matrix', () => tf.math.confusion_matrix(whole, whole)],
        ['tf.math.segment_sum', () => tf.math.segment_sum(sent(tf.ones([3])), whole)],
        ['tf.sequence_mask', () => tf.sequence_mask(whole)],
      ] as const)
        expect(f).toThrow(`${name}: needs values in the host's memory, but a tensor lives on remote:0`);
      expect(read(tf.math.bincount(whole, { minlength: 3, maxlength: 3 })).tolist()).toEqual([1, 2, 0]);
      expect(read(tf.math.confusion_matrix(whole, whole, 2)).tolist()).toEqual([
        [1, 0],
        [0, 2],
      ]);
    } finally {
      patience.waits = false;
    }
  });
  test('is short where the host can wait: values and gradients come back at once', () => {
    patience.waits = true;
    try {
      const far = sent(t);
      expect(difference([far.numpy(), far.to('cpu')], [t.numpy(), t], 0)).toBe('');
      expect(tf.reduce_sum(far).item()).toBe(10);
      expect(String(far.T.at(1))).toBe('tf.Tensor([2. 4.], shape=(2,), dtype=float32)');
      const tape = new tf.GradientTape();
      tape.watch(t);
      const g = tape.gradient(tf.multiply(tf.square(t.to(remote.name)), 3), t);
      expect(g.device).toBe('cpu:0');
      expect(g.tolist()).toEqual([
        [6, 12],
        [18, 24],
      ]);
    } finally {
      patience.waits = false;
    }
  });
  test('is none for tensors on two devices: an error names both', () => {
    expect(() => tf.add(sent(t), t)).toThrow('remote:0 and cpu:0');
    expect(() => tf.matmul(t, sent(t))).toThrow('cpu:0 and remote:0');
    const truth = tf.cast(t, 'bool');
    for (const f of [
      () => np.add(sent(t), t),
      () => np.maximum(t, sent(t)),
      () => np.add(sent(t), new tf.Variable(t)),
      () => np.add.outer(sent(t), t),
      () => np.concatenate([t, sent(t)]),
      () => np.block([[t], [sent(t)]]),
      () => np.where(truth, sent(t), 0),
      () => np.sum(sent(t), { where: truth }),
      () => np.clip(sent(t), { min: t, max: 9 }),
      () => np.einsum('ij,jk', sent(t), t),
      () => sent(t).add(t),
      () => tf.where(truth, sent(t), sent(t)),
    ])
      expect(f).toThrow(/different devices.*(remote:0 and cpu:0|cpu:0 and remote:0)/);
    expect(
      isThere(
        tf.add(sent(t), [
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBe(true);
    expect(isThere(tf.add(sent(t), np.ones([2, 2])))).toBe(true);
    expect(isThere(np.add(np.ones([2, 2], 'float32'), sent(t)))).toBe(true);
    expect(isThere(np.add(sent(t), tf.constant(2)))).toBe(true);
  });
  test('is gone under the name of the function that it is gone for', () => {
    const { records } = interop.profile(() => {
      np.add(sent(t), np.ones([2, 2], 'float32'));
      there(() => new tf.Variable([1, 2])).assign([3, 4]);
    });
    expect(records.map((r: any) => r.by)).toEqual(['Tensor.to', 'add', 'tf.Variable', 'Variable.assign']);
  });
  test('is gone by what tf.device places', () => {
    for (const f of [
      () => tf.constant([1, 2]),
      () => tf.zeros([2]),
      () => tf.ones([2], 'int32'),
      () => tf.fill([2], 7),
      () => tf.range(3),
      () => tf.eye(2),
      () => tf.linspace(0, 1, 3),
      () => tf.random.normal([2]),
      () => tf.random.gamma([2], 1),
      () => new tf.Variable([1, 2]),
      () => tf.one_hot([0, 1], 2),
      () => tf.add([1, 2], [3, 4]),
    ])
      expect(there(f).device).toBe(remote.name);
    expect(() => there(() => tf.constant([1n]))).toThrow(/int64.*remote:0/);
    expect(() => there(() => tf.zeros([2], 'float64'))).toThrow(/float64.*remote:0/);
    expect(tf.constant([1]).device).toBe('cpu:0');
  });
  test('is gone once by a tensor that a traced function is given again', () => {
    const w = sent(t);
    const f = tf.function((a: any, b: any) => tf.exp(tf.multiply(tf.negative(tf.exp(a)), tf.matmul(b, a))));
    const want = f(t, t);
    for (const uploads of [1, 0]) {
      const before = counts.uploads;
      expect(difference([f(t, w)], [want], 1e-5)).toBe('');
      expect(counts.uploads - before).toBe(uploads);
    }
  });
  test('is gone by what a traced function makes, each time where its call stands', () => {
    const f = tf.function(() => tf.add(tf.constant([1, 2]), tf.ones([2])));
    const g = tf.function((x: any) => [tf.add(x, 1), there(() => tf.constant([5]))]);
    for (const _ of [1, 2]) {
      expect(there(() => f()).device).toBe(remote.name);
      expect(read(there(() => f())).tolist()).toEqual([2, 3]);
      expect(f().device).toBe('cpu:0');
      expect(g(tf.constant([1])).map((r: any) => r.device)).toEqual(['cpu:0', remote.name]);
      expect(there(() => g(tf.constant([1]))).map((r: any) => r.device)).toEqual([remote.name, remote.name]);
    }
  });
  test('is not gone by what optimizers and generators count in 64 bits, whereas a variable of such a dtype is refused', () => {
    there(() => {
      const v = new tf.Variable([1, 2]);
      for (const optimizer of [new tf.optimizers.Adam(0.5), new tf.optimizers.Nadam(0.5)]) {
        optimizer.apply_gradients([[tf.ones([2]), v]]);
        expect(optimizer.iterations.device).toBe('cpu:0');
        expect(Number(optimizer.iterations.value().item())).toBe(1);
      }
      expect(isThere(v)).toBe(true);
      const generator = tf.random.Generator.from_seed(3);
      expect(generator.state.device).toBe('cpu:0');
      expect(isThere(generator.normal([2]))).toBe(true);
      expect(() => new tf.Variable([1n])).toThrow(/tf\.Variable.*int64.*remote:0/);
    });
  });
  test('is gone by what a variable there is assigned', () => {
    const v = there(() => new tf.Variable([1, 2]));
    v.assign([3, 4]);
    v.assign_add(np.array([1, 1]));
    expect(isThere(v)).toBe(true);
    expect(read(v).tolist()).toEqual([4, 5]);
  });
});
