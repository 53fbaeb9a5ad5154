import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';

const slices = (values: number[], indices: number[]): InstanceType<typeof tf.IndexedSlices> =>
  new tf.IndexedSlices(tf.constant(values), tf.constant(indices, 'int32'));

describe('variables', () => {
  test('parts are updated in place of others, and what was read before stays', () => {
    const v = new tf.Variable([1, 2, 3]);
    const before = v.value();
    expect(v.scatter_nd_update([[0], [2]], [9, 8])).toBe(v);
    expect(v.value().tolist()).toEqual([9, 2, 8]);
    expect(before.tolist()).toEqual([1, 2, 3]);
    v.scatter_nd_add([[0], [0]], [1, 1])
      .scatter_nd_sub([[1]], [1])
      .scatter_nd_max([[1]], [5])
      .scatter_nd_min([[2]], [0]);
    expect(v.value().tolist()).toEqual([11, 5, 0]);
  });
  test('slices are updates along the first axis', () => {
    const v = new tf.Variable([8, 6, 4]);
    v.scatter_update(slices([1], [0]))
      .scatter_add(slices([1, 1], [1, 1]))
      .scatter_sub(slices([1], [2]));
    expect(v.value().tolist()).toEqual([1, 8, 3]);
    v.scatter_mul(slices([3], [0]))
      .scatter_div(slices([2], [1]))
      .scatter_max(slices([9], [2]))
      .scatter_min(slices([-1], [0]));
    expect(v.value().tolist()).toEqual([-1, 4, 9]);
    expect(() => v.scatter_add([1] as never)).toThrow('sparse_delta is not IndexedSlices');
  });
  test('batches of slices go along the last axis', () => {
    const v = new tf.Variable(np.zeros([2, 3], 'float32'));
    v.batch_scatter_update(new tf.IndexedSlices(tf.constant([[5], [6]]), tf.constant([[2], [0]], 'int32')));
    expect(v.value().tolist()).toEqual([
      [0, 0, 5],
      [6, 0, 0],
    ]);
  });
  test('an index is read by at and written by set', () => {
    const v = new tf.Variable([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(v.at(1, '1:').tolist()).toEqual([5, 6]);
    v.set([':', 0], [7, 8]).set(0, 0);
    expect(v.value().tolist()).toEqual([
      [0, 0, 0],
      [8, 5, 6],
    ]);
    expect(v.gather_nd([[1, 0]]).tolist()).toEqual([8]);
    expect(v.sparse_read([1]).tolist()).toEqual([[8, 5, 6]]);
  });
  test('shapes and dtypes are held', () => {
    const v = new tf.Variable([1, 2], { name: 'w', trainable: false });
    expect([v.name, v.trainable, v.get_shape().as_list()]).toEqual(['w', false, [2]]);
    expect(() => v.assign_add(1)).toThrow('Cannot update variable with shape [2] using a Tensor with shape []');
    expect(() => v.assign([1])).toThrow('Shape mismatch');
    expect(() => v.assign(tf.constant([1, 2], 'int32'))).toThrow('value has dtype int32');
    expect(() => v.scatter_nd_add([[5]], [1])).toThrow(tf.errors.InvalidArgumentError);
  });
  test('updates of parts are traced, and gradients come through them', () => {
    const v = new tf.Variable([1, 2, 3]);
    const step = tf.function((x: any) => {
      v.scatter_nd_add([[1]], tf.reshape(x, [1]));
      v.set([0], x);
      return tf.reduce_sum(v.value());
    });
    expect(step(tf.constant(5)).item()).toBe(15);
    expect(v.value().tolist()).toEqual([5, 7, 3]);
  });
  test('a module finds its variables and modules', () => {
    class Inner extends tf.Module {
      w = new tf.Variable([1]);
    }
    class OuterLayer extends tf.Module {
      list = [new Inner(), { deep: new Inner() }];
      b = new tf.Variable([0], { trainable: false });
    }
    const m = new OuterLayer();
    expect([m.name, m.variables.length, m.trainable_variables.length, m.submodules.length]).toEqual([
      'outer_layer',
      3,
      2,
      2,
    ]);
  });
});

describe('shapes as objects', () => {
  test('unknown lengths go with any', () => {
    const s = new tf.TensorShape([null, 3]);
    expect([s.rank, s.is_fully_defined(), s.num_elements(), String(s)]).toEqual([2, false, null, '(None, 3)']);
    expect(s.merge_with([2, null]).as_list()).toEqual([2, 3]);
    expect(s.concatenate([4]).as_list()).toEqual([null, 3, 4]);
    expect(() => s.merge_with([2, 4])).toThrow('Shapes (None, 3) and (2, 4) are incompatible');
    expect(() => new tf.TensorShape(null).as_list()).toThrow('as_list() is not defined on an unknown TensorShape.');
    expect(tf.ones([2, 3]).get_shape().is_compatible_with(s)).toBe(true);
    expect(() => tf.ones([2]).set_shape([3])).toThrow('not compatible with supplied shape (3,)');
  });
});

describe('nests', () => {
  test('functions are mapped over nests of one form', () => {
    expect(tf.nest.map_structure((a, b) => a * b, { x: [1, 2] }, { x: [3, 4] })).toEqual({ x: [3, 8] });
    expect(() => tf.nest.map_structure((a) => a, [1], [1, 2])).toThrow("don't have the same nested structure");
    expect(() => tf.nest.assert_same_structure([1], { 0: 1 })).toThrow("don't have the same sequence type");
    expect(() => tf.nest.pack_sequence_as([0, 0], [1])).toThrow(
      'Structure had 2 atoms, but flat_sequence had 1 items.',
    );
  });
});

describe('dtypes', () => {
  test('they are told by name, and tell their limits', () => {
    expect([tf.as_dtype('half').name, tf.double.name, tf.complex64.real_dtype.name]).toEqual([
      'float16',
      'float64',
      'float32',
    ]);
    expect([tf.int8.min, tf.int8.max, tf.bool.max, tf.uint16.is_unsigned]).toEqual([-128, 127, true, true]);
    expect(() => tf.as_dtype('U5')).toThrow('to a TensorFlow DType');
  });
  test('every pair of tensors of two dtypes is refused, and every array that would lose values', () => {
    const names = [
      'int8',
      'uint8',
      'int32',
      'int64',
      'float16',
      'float32',
      'float64',
      'complex64',
      'complex128',
    ] as const;
    const level = (n: string): number => (n.startsWith('c') ? 2 : n.startsWith('f') ? 1 : 0);
    for (const a of names) {
      for (const b of names) {
        const t = tf.constant([1], a);
        if (a !== b) expect(() => tf.add(t, tf.constant([1], b))).toThrow(`${a} and ${b}`);
        const array = np.array([1], b);
        if (level(b) > level(a)) expect(() => tf.add(t, array)).toThrow('use tf.cast');
        else expect(tf.add(t, array).dtype.name).toBe(a);
      }
    }
  });
});
