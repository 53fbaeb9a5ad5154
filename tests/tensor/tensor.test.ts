import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../src/index.js';

const float = (values: number[]) => np.array(values, 'float64');

describe('ways into tensors and back', () => {
  test('an array becomes a tensor and an array again without a copy', () => {
    const a = np.arange(6).astype('float32').reshape(2, 3);
    const p = interop.profile(() => {
      const t = tf.convert_to_tensor(a);
      return { t, back: t.numpy() };
    });
    expect(p.copies).toBe(0);
    expect(p.result.t.buffer).toBe(a.buffer);
    expect(p.result.back.buffer).toBe(a.buffer);
    expect(String(p.result.back)).toBe(String(a));
  });
  test('writing to the array leaves the tensor as it was, at the price of one visible copy', () => {
    const a = float([1, 2, 3]);
    const t = tf.constant(a);
    const p = interop.profile(() => a.set([0], 9));
    expect(p.count('copy-on-write')).toBe(1);
    expect(t.tolist()).toEqual([1, 2, 3]);
    expect(a.tolist()).toEqual([9, 2, 3]);
    expect(interop.profile(() => a.set([1], 8)).copies).toBe(0);
  });
  test('views of a converted array follow it, and the tensor does not', () => {
    const a = np.arange(6).astype('float64');
    const v = a.at('2:5');
    const t = tf.constant(a);
    v.set([0], 77);
    expect(a.tolist()).toEqual([0, 1, 77, 3, 4, 5]);
    expect(v.tolist()).toEqual([77, 3, 4]);
    expect(t.tolist()).toEqual([0, 1, 2, 3, 4, 5]);
  });
  test('writing to the array of a tensor does not change the tensor', () => {
    const t = tf.constant([1, 2, 3]);
    const a = t.numpy();
    a.iadd(1);
    expect(a.tolist()).toEqual([2, 3, 4]);
    expect(t.tolist()).toEqual([1, 2, 3]);
  });
  test('a wrapped typed array is copied into a tensor, since its owner can still write it', () => {
    const mine = new Float64Array([1, 2, 3]);
    const p = interop.profile(() => tf.convert_to_tensor(np.asarray(mine)));
    expect(p.count('external')).toBe(1);
    mine[0] = 100;
    expect(p.result.tolist()).toEqual([1, 2, 3]);
  });
  test('numbers are float32, bigints int64, booleans bool, arrays what they are', () => {
    expect(tf.constant([1, 2]).dtype.name).toBe('float32');
    expect(tf.constant([1n]).dtype.name).toBe('int64');
    expect(tf.constant([true]).dtype.name).toBe('bool');
    expect(tf.constant(float([1])).dtype.name).toBe('float64');
    expect(tf.constant(3, { shape: [2, 2] }).tolist()).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });
  test('a dtype asked for costs one copy that the ledger shows', () => {
    const a = float([1, 2]);
    const p = interop.profile(() => tf.convert_to_tensor(a, { dtype: 'float32' }));
    expect(p.records.map((r) => [r.reason, r.by, r.bytes])).toEqual([['dtype', 'tf.convert_to_tensor', 8]]);
    expect(() => interop.policy('forbid', () => tf.convert_to_tensor(a, { dtype: 'float32' }))).toThrow(
      'implicit copy',
    );
  });
});

describe('np on tensors', () => {
  test('gives tensors with the values that arrays give', () => {
    const a = float([3, 1, 2]);
    const t = tf.constant(a);
    for (const f of [np.sort, np.cumsum, np.exp, np.max, np.argmax, np.mean, np.unique, np.flip] as ((x: unknown) => {
      tolist(): unknown;
    })[]) {
      const r = f(t);
      expect(r).toBeInstanceOf(tf.Tensor);
      expect(r.tolist()).toEqual(f(a).tolist());
    }
  });
  test('mixed with arrays and numbers gives a tensor by the promotion of NumPy', () => {
    const r = np.add(tf.constant([1, 2]), float([0.5, 0.5]));
    expect(r).toBeInstanceOf(tf.Tensor);
    expect(r.dtype.name).toBe('float64');
    expect(np.add(float([1]), tf.constant([1]))).toBeInstanceOf(tf.Tensor);
    expect(np.concatenate([tf.constant([1]), float([2])])).toBeInstanceOf(tf.Tensor);
  });
  test('refuses a tensor as out', () => {
    expect(() => np.add(float([1]), 1, { out: tf.constant([1]) as never })).toThrow('tensors are immutable');
  });
  test('a fraction is no integer: it is refused, not cut off', () => {
    const i = tf.constant([1, 2], 'int32');
    expect(() => i.add(2.5)).toThrow('Cannot convert 2.5 to EagerTensor of dtype int32');
    expect(() => tf.constant([[1], [1.5]], 'int32')).toThrow('Cannot convert 1.5 to EagerTensor of dtype int32');
  });
  test('operators of tensors do not promote, np functions do', () => {
    const i = tf.constant([1, 2], 'int32');
    expect(() => i.add(tf.constant([1, 2]))).toThrow('int32 and float32');
    expect(np.add(i, tf.constant([1, 2])).dtype.name).toBe('float64');
  });
  test('operators are methods on tensors too', () => {
    const t = tf.constant([1, 2]);
    expect(t.add(1).mul(t).tolist()).toEqual([2, 6]);
    expect('iadd' in t).toBe(false);
  });
});

describe('tf functions', () => {
  test('never promote between tensors', () => {
    expect(() => tf.add(tf.constant([1], 'int32'), tf.constant([1], 'float32'))).toThrow('int32 and float32');
    expect(tf.add(tf.constant([1], 'int32'), 2).dtype.name).toBe('int32');
    expect(tf.add(tf.constant([1]), float([2])).dtype.name).toBe('float32');
  });
  test('matmul takes transposed operands as views', () => {
    const a = tf.constant([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const p = interop.profile(() => tf.matmul(a, a, { transpose_a: true }));
    expect(p.copies).toBe(0);
    expect(p.result.tolist()).toEqual([
      [35, 44],
      [44, 56],
    ]);
    expect(() => tf.matmul(a, a)).toThrow('Matrix size-incompatible: In[0]: [3,2], In[1]: [3,2]');
  });
  test('reductions keep the dtype', () => {
    const i = tf.constant(
      [
        [1, 2],
        [3, 5],
      ],
      'int32',
    );
    expect(tf.reduce_sum(i).dtype.name).toBe('int32');
    expect(tf.reduce_mean(i).item()).toBe(2);
    expect(tf.reduce_sum(i, { axis: 0 }).tolist()).toEqual([4, 7]);
    expect(tf.reduce_max(i, 1, true).shape).toEqual([2, 1]);
    expect(tf.reduce_all(tf.constant([true, false])).item()).toBe(false);
    expect(tf.reduce_logsumexp(tf.constant([1000, 1000])).item()).toBeCloseTo(1000 + Math.log(2), 3);
  });
  test('shapes, slices and choices', () => {
    const t = tf.reshape(tf.range(6), [2, 3]);
    expect(t.dtype.name).toBe('int32');
    expect(tf.transpose(t).shape).toEqual([3, 2]);
    expect(tf.concat([t, t], 0).shape).toEqual([4, 3]);
    expect(tf.stack([t, t], { axis: 2 }).shape).toEqual([2, 3, 2]);
    expect(tf.split(t, 3, { axis: 1 }).map((s) => s.shape)).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
    expect(tf.where(tf.greater(t, 2), t, tf.zeros_like(t)).tolist()).toEqual([
      [0, 0, 0],
      [3, 4, 5],
    ]);
    expect(tf.gather(t, tf.constant([1, 0], 'int32'), { axis: 1 }).tolist()).toEqual([
      [1, 0],
      [4, 3],
    ]);
    expect(tf.one_hot(tf.constant([0, 2], 'int32'), 3).tolist()).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(() => tf.reshape(t, [4])).toThrow(
      'tf.reshape: input of shape (2, 3) has 6 values, but the requested shape is (4,)',
    );
    expect(tf.cumsum(tf.constant([1, 2, 3]), { exclusive: true }).tolist()).toEqual([0, 1, 3]);
    expect(tf.cumsum(tf.constant([1, 2, 3]), { reverse: true }).tolist()).toEqual([6, 5, 3]);
  });
  test('softmax is safe from overflow and sums to one', () => {
    const s = tf.nn.softmax(
      tf.constant([
        [1000, 1000],
        [0, 1],
      ]),
    );
    expect(s.tolist()).toEqual([
      [0.5, 0.5],
      [expect.closeTo(0.2689414, 6), expect.closeTo(0.7310586, 6)],
    ]);
  });
});

describe('variables', () => {
  test('hold a tensor that assignments replace', () => {
    const v = new tf.Variable([1, 2], { name: 'v' });
    const before = v.value();
    v.assign_add([1, 1]).assign_sub([0, 1]);
    expect(v.numpy().tolist()).toEqual([2, 2]);
    expect(before.tolist()).toEqual([1, 2]);
    expect(np.sum(v as never)).toBeInstanceOf(tf.Tensor);
    expect(v.mul(2).tolist()).toEqual([4, 4]);
    expect(() => v.assign([1, 2, 3])).toThrow(
      'Shape mismatch. The variable shape (2), and the assigned value shape (3) are incompatible',
    );
  });
});

describe('printing', () => {
  test('tensors print as TensorFlow prints them', () => {
    expect(String(tf.constant([1, 2]))).toBe('tf.Tensor([1. 2.], shape=(2,), dtype=float32)');
    expect(String(tf.constant([[1], [2]]))).toBe('tf.Tensor(\n[[1.]\n [2.]], shape=(2, 1), dtype=float32)');
    expect(tf.constant([1, 2]).repr()).toBe(
      '<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>',
    );
    expect(tf.constant(2).repr()).toBe('<tf.Tensor: shape=(), dtype=float32, numpy=2.0>');
  });
});
