import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../src/index.js';

const grid = (): tf.Tensor => tf.reshape(tf.range(12), [3, 4]);

describe('indexing a tensor', () => {
  test('integers and slices give views of its memory', () => {
    const t = grid();
    const p = interop.profile(() => [t.at(1), t.at(':, 1:3'), t.at('...', -1)]);
    expect(p.copies).toBe(0);
    expect(p.result.map((v) => v.tolist())).toEqual([
      [4, 5, 6, 7],
      [
        [1, 2],
        [5, 6],
        [9, 10],
      ],
      [3, 7, 11],
    ]);
    for (const v of p.result) expect(v.buffer).toBe(t.buffer);
  });
  test('masks and integer arrays, as arrays or tensors, give tensors', () => {
    const t = grid();
    expect(t.at(np.array([2, 0], 'int64')).tolist()).toEqual([
      [8, 9, 10, 11],
      [0, 1, 2, 3],
    ]);
    expect(t.at(t.gt(8))).toBeInstanceOf(tf.Tensor);
    expect(t.at(t.gt(8)).tolist()).toEqual([9, 10, 11]);
    expect(t.at(tf.constant([0, 2], 'int32'), tf.constant([1, 3], 'int32')).tolist()).toEqual([1, 11]);
  });
  test('an index out of bounds is an IndexError', () => {
    expect(() => grid().at(3)).toThrow('index 3 is out of bounds for axis 0 with size 3');
  });
});

describe('parts of tensors by function', () => {
  test('slice takes sizes from starts, -1 for the rest', () => {
    expect(tf.slice(grid(), [1, 2], [2, -1]).tolist()).toEqual([
      [6, 7],
      [10, 11],
    ]);
    expect(() => tf.slice(grid(), [1, 2], [3, 1])).toThrow('Expected size[0] in [0, 2], but got 3');
    expect(() => tf.slice(grid(), [0], [1])).toThrow(tf.errors.InvalidArgumentError);
  });
  test('strided_slice reads its masks bit by bit', () => {
    const t = tf.constant([
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
      [
        [3, 3, 3],
        [4, 4, 4],
      ],
      [
        [5, 5, 5],
        [6, 6, 6],
      ],
    ]);
    expect(tf.strided_slice(t, [1, 0, 0], [2, 1, 3], [1, 1, 1]).tolist()).toEqual([[[3, 3, 3]]]);
    expect(tf.strided_slice(t, [1, -1, 0], [2, -3, 3], [1, -1, 1]).tolist()).toEqual([
      [
        [4, 4, 4],
        [3, 3, 3],
      ],
    ]);
    expect(tf.strided_slice(t, [1, 1], [0, 0], { begin_mask: 2, end_mask: 2, shrink_axis_mask: 1 }).shape).toEqual([
      2, 3,
    ]);
    expect(tf.strided_slice(t, [0, 0], [1, 0], { ellipsis_mask: 1, new_axis_mask: 2 }).shape).toEqual([3, 2, 3, 1]);
    expect(() => tf.strided_slice(t, [0], [1], [0])).toThrow('strides[0] must be non-zero');
  });
  test('gather takes entries along an axis, batch by batch if asked, and refuses negative indices', () => {
    expect(tf.gather(grid(), [2, 0], { axis: 1 }).tolist()).toEqual([
      [2, 0],
      [6, 4],
      [10, 8],
    ]);
    expect(
      tf
        .gather(
          [
            [1, 2],
            [3, 4],
          ],
          [
            [1, 0],
            [0, 0],
          ],
          { batch_dims: 1 },
        )
        .tolist(),
    ).toEqual([
      [2, 1],
      [3, 3],
    ]);
    expect(() => tf.gather([1, 2, 3], [3])).toThrow('is not in [0, 3)');
    expect(() => tf.gather([1, 2, 3], [-1])).toThrow(tf.errors.InvalidArgumentError);
  });
  test('gather_nd and scatter_nd undo one another', () => {
    const indices = [
      [0, 1],
      [2, 3],
    ];
    expect(tf.gather_nd(grid(), indices).tolist()).toEqual([1, 11]);
    expect(tf.gather_nd(grid(), [[1]]).tolist()).toEqual([[4, 5, 6, 7]]);
    expect(tf.gather_nd(tf.scatter_nd(indices, [5, 7], [3, 4]), indices).tolist()).toEqual([5, 7]);
    expect(tf.scatter_nd([[1], [1]], [2, 3], [3]).tolist()).toEqual([0, 5, 0]);
    expect(
      tf
        .tensor_scatter_nd_update(
          [
            [1, 2],
            [3, 4],
          ],
          [[1]],
          [[9, 9]],
        )
        .tolist(),
    ).toEqual([
      [1, 2],
      [9, 9],
    ]);
    expect(() => tf.gather_nd(grid(), [[0, 9]])).toThrow(tf.errors.InvalidArgumentError);
  });
  test('an update leaves the tensor that it starts from as it was', () => {
    const t = tf.constant([1, 2, 3]);
    tf.tensor_scatter_nd_update(t, [[0]], [9]);
    expect(t.tolist()).toEqual([1, 2, 3]);
  });
  test('boolean_mask selects along the leading axes and refuses others', () => {
    expect(tf.boolean_mask(grid(), [true, false, true]).shape).toEqual([2, 4]);
    expect(() => tf.boolean_mask(grid(), [true, false])).toThrow('Shapes (3,) and (2,) are incompatible');
  });
});

describe('methods of a tensor', () => {
  test('reshape, ravel and transpose give tensors on the same memory', () => {
    const t = grid();
    expect(t.reshape(4, -1).shape).toEqual([4, 3]);
    expect(t.reshape([2, 6]).buffer).toBe(t.buffer);
    expect(t.ravel().shape).toEqual([12]);
    expect(t.transpose().tolist()).toEqual(t.T.tolist());
    expect(tf.zeros([2, 3, 4]).transpose(1, 0, 2).shape).toEqual([3, 2, 4]);
    expect(() => t.reshape(5)).toThrow('cannot reshape array of size 12 into shape (5,)');
  });
  test('astype casts, and is the tensor itself in its own dtype', () => {
    const t = tf.constant([1.8, -1.8]);
    expect(t.astype('int32').tolist()).toEqual([1, -1]);
    expect(t.astype('float32')).toBe(t);
  });
  test('dtype.size is the number of bytes of an element', () => {
    expect([tf.int32.size, tf.constant(1, 'float64').dtype.size]).toEqual([4, 8]);
    expect([tf.int32.is_integer, tf.float16.is_floating, tf.bool.is_bool, tf.complex64.is_complex]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
  test('to(device) is the tensor itself on its device, and an error that lists the devices elsewhere', () => {
    const t = tf.constant([1]);
    expect(t.to('cpu')).toBe(t);
    expect(t.to('/device:CPU:0')).toBe(t);
    expect(() => t.to('tpu')).toThrow("unknown device 'tpu'");
  });
  test('data and array wait for the values', async () => {
    const t = tf.constant([
      [1, 2],
      [3, 4],
    ]).T;
    expect(await t.data()).toEqual(new Float32Array([1, 3, 2, 4]));
    expect((await t.array()).tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});
