import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

const { InvalidArgumentError } = tf.errors;

describe('ways into tensors', () => {
  test('tensors and variables inside of lists are packed in their dtype', () => {
    const x = tf.constant([1, 2], 'int32');
    const packed = tf.convert_to_tensor([x, x, [3, 4]]);
    expect(packed.dtype.name).toBe('int32');
    expect(packed.tolist()).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
    ]);
    expect(tf.constant([new tf.Variable([5, 6]), tf.constant([7, 8])]).tolist()).toEqual([
      [5, 6],
      [7, 8],
    ]);
    expect(() => tf.convert_to_tensor([x, tf.constant([1, 2])])).toThrow(
      'cannot pack tensors of different dtypes into one: int32 and float32',
    );
  });
  test('ragged lists are refused', () => {
    expect(() => tf.constant([[1, 2], [3]])).toThrow("Can't convert non-rectangular Python sequence to Tensor.");
    expect(() => tf.constant([tf.constant([1, 2]), tf.constant([1])])).toThrow(
      "Can't convert non-rectangular Python sequence to Tensor.",
    );
  });
  test('a shape that a constant does not fill is a TypeError', () => {
    expect(() => tf.constant([1, 2], { shape: [3] })).toThrow('has 2 elements, but got `shape` (3,) with 3 elements');
  });
});

describe('np functions on tensors', () => {
  test('named results keep their names, and each name is the entry at its place', () => {
    const r = np.unique_counts(tf.constant([3, 1, 3]));
    expect(r.values).toBeInstanceOf(tf.Tensor);
    expect(r.values.tolist()).toEqual([1, 3]);
    expect(r.counts.tolist()).toEqual([1, 2]);
    const [values, counts] = r;
    expect(values).toBe(r.values);
    expect(counts).toBe(r.counts);
    expect(np.unique_all(tf.constant([3, 1, 3])).inverse_indices.tolist()).toEqual([1, 0, 1]);
  });
});

describe('arithmetic under TensorFlow', () => {
  test('integers divide in float32 up to 16 bits and in float64 above', () => {
    expect(tf.divide(tf.constant([1], 'int16'), tf.constant([2], 'int16')).dtype.name).toBe('float32');
    expect(tf.truediv(tf.constant([1], 'int32'), 2).dtype.name).toBe('float64');
    expect(tf.divide(tf.constant([1], 'int32'), 2).item()).toBe(0.5);
  });
  test('integers divided by zero are an InvalidArgumentError, floats inf', () => {
    expect(() => tf.math.floordiv(tf.constant([1], 'int32'), tf.constant([0], 'int32'))).toThrow(
      'Integer division by zero',
    );
    expect(() => tf.math.floormod(tf.constant([1], 'int32'), 0)).toThrow(InvalidArgumentError);
    expect(tf.math.floordiv([1], [0]).item()).toBe(Number.POSITIVE_INFINITY);
  });
  test('shapes that do not broadcast are an InvalidArgumentError that names both', () => {
    expect(() => tf.add([1, 2], [1, 2, 3])).toThrow('Incompatible shapes: [2] vs. [3]');
    expect(() => tf.add([1, 2], [1, 2, 3])).toThrow(InvalidArgumentError);
    expect(tf.add([[1], [2]], [10, 20]).shape).toEqual([2, 2]);
  });
  test('the functions without nan give 0 where the other factor is zero', () => {
    expect(tf.math.divide_no_nan([1, 6], [0, 3]).tolist()).toEqual([0, 2]);
    expect(tf.math.multiply_no_nan([Number.NaN, Number.POSITIVE_INFINITY], [0, 0]).tolist()).toEqual([0, 0]);
    expect(tf.math.xlogy([0, 1], [0, 1]).tolist()).toEqual([0, 0]);
  });
  test('complex joins two parts, and real, imag, angle take them apart', () => {
    const z = tf.complex([3, 0], [4, 1]);
    expect(z.dtype.name).toBe('complex64');
    expect(tf.abs(z).tolist()).toEqual([5, 1]);
    expect([tf.math.real(z).tolist(), tf.math.imag(z).tolist()]).toEqual([
      [3, 0],
      [4, 1],
    ]);
    expect(tf.math.angle(z).at(1).item()).toBeCloseTo(Math.PI / 2, 6);
  });
});

describe('reductions', () => {
  test('take one axis, a list of axes, or all', () => {
    const t = tf.reshape(tf.range(24), [2, 3, 4]);
    expect(tf.reduce_sum(t).item()).toBe(276);
    expect(tf.reduce_sum(t, [0, 2]).tolist()).toEqual([60, 92, 124]);
    expect(tf.reduce_max(t, { axis: [-1, 0], keepdims: true }).shape).toEqual([1, 3, 1]);
    expect(tf.reduce_mean(t, -1).dtype.name).toBe('int32');
    expect(tf.reduce_logsumexp(tf.zeros([2, 3, 4]), [0, 2]).shape).toEqual([3]);
    expect(tf.math.count_nonzero(t, 0).dtype.name).toBe('int64');
  });
});

describe('linalg', () => {
  const batch = tf.reshape(tf.range(1, 9), [2, 2, 2]);
  test('diag makes matrices, diag_part takes them back, on any diagonal', () => {
    for (const k of [-2, -1, 0, 1, 2]) {
      const m = tf.linalg.diag(
        [
          [1, 2],
          [3, 4],
        ],
        { k },
      );
      expect(m.tolist()).toEqual([np.diag([1, 2], k).tolist(), np.diag([3, 4], k).tolist()]);
      expect(tf.linalg.diag_part(m, { k }).tolist()).toEqual([
        [1, 2],
        [3, 4],
      ]);
    }
  });
  test('band_part keeps so many diagonals on each side', () => {
    const m = np.arange(1, 13).reshape(3, 4);
    expect(tf.linalg.band_part(m, 0, -1).tolist()).toEqual(np.triu(m).tolist());
    expect(tf.linalg.band_part(m, -1, 0).tolist()).toEqual(np.tril(m).tolist());
    expect(tf.linalg.band_part(m, 1, 1).tolist()).toEqual(np.triu(np.tril(m, 1), -1).tolist());
    expect(tf.linalg.band_part(batch, 0, 0).tolist()).toEqual([
      [
        [1, 0],
        [0, 4],
      ],
      [
        [5, 0],
        [0, 8],
      ],
    ]);
  });
  test('trace, matrix_transpose and adjoint go over the last two axes', () => {
    expect(tf.linalg.trace(batch).tolist()).toEqual([5, 13]);
    expect(tf.linalg.matrix_transpose(batch).tolist()).toEqual([
      [
        [1, 3],
        [2, 4],
      ],
      [
        [5, 7],
        [6, 8],
      ],
    ]);
    expect(
      tf.linalg
        .adjoint(tf.complex([[1, 2]], [[3, 4]]))
        .at(1, 0)
        .item(),
    ).toEqual(np.complex(2, -4));
    expect(() => tf.linalg.matrix_transpose([1])).toThrow(InvalidArgumentError);
  });
  test('norm is of everything, of vectors or of matrices', () => {
    const m = tf.constant([
      [1, -2],
      [3, 4],
    ]);
    expect(tf.norm(m).item()).toBeCloseTo(Math.sqrt(30), 5);
    expect(tf.norm(m, 1).item()).toBe(10);
    expect(tf.norm(m, { ord: 1, axis: [0, 1] }).item()).toBe(6);
    expect(tf.norm(m, { ord: Number.POSITIVE_INFINITY, axis: [-2, -1] }).item()).toBe(7);
    expect(tf.norm(m, { ord: 3, axis: 0 }).numpy().at(0).item()).toBeCloseTo(28 ** (1 / 3), 5);
    expect(tf.norm(m, { axis: 1, keepdims: true }).shape).toEqual([2, 1]);
    expect(tf.norm(m, { ord: 2, axis: [0, 1] }).item()).toBeCloseTo(5.1166727, 5);
    expect(() => tf.norm(m, 'nuclear')).toThrow('ord');
  });
  test('eye takes columns and a batch shape', () => {
    expect(tf.eye(2, 3).shape).toEqual([2, 3]);
    expect(tf.eye(2, { batch_shape: [3], dtype: 'int32' }).shape).toEqual([3, 2, 2]);
  });
});

describe('order', () => {
  test('sort and argsort go either way, equals in the order they stand', () => {
    expect(tf.sort([[3, 1, 2]], { direction: 'DESCENDING' }).tolist()).toEqual([[3, 2, 1]]);
    expect(tf.argsort([2, 1, 2, 1]).tolist()).toEqual([1, 3, 0, 2]);
    expect(tf.argsort([2, 1, 2, 1], { direction: 'DESCENDING' }).tolist()).toEqual([0, 2, 1, 3]);
    expect(
      tf
        .argsort(
          [
            [1, 2],
            [2, 1],
          ],
          0,
          'DESCENDING',
        )
        .tolist(),
    ).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(() => tf.sort([1], { direction: 'UP' as 'ASCENDING' })).toThrow('should be one of');
  });
  test('top_k gives values and int32 indices, by place and by name', () => {
    const [values, indices] = tf.math.top_k(
      [
        [1, 9, 5],
        [4, 4, 2],
      ],
      2,
    );
    expect(values.tolist()).toEqual([
      [9, 5],
      [4, 4],
    ]);
    expect(indices.tolist()).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(indices.dtype.name).toBe('int32');
    expect(() => tf.math.top_k([1], { k: 2 })).toThrow('at least k columns');
  });
  test('unique keeps the order in which values first stand', () => {
    const { y, idx, count } = tf.unique_with_counts([4, 5, 1, 2, 3, 4, 5]);
    expect(y.tolist()).toEqual([4, 5, 1, 2, 3]);
    expect(idx.tolist()).toEqual([0, 1, 2, 3, 4, 0, 1]);
    expect(count.tolist()).toEqual([2, 2, 1, 1, 1]);
    expect(() => tf.unique([[1]])).toThrow('unique expects a 1D vector.');
  });
  test('searchsorted, bincount and confusion_matrix give int32', () => {
    expect(
      tf
        .searchsorted(
          [
            [1, 3, 5],
            [2, 4, 6],
          ],
          [[3], [3]],
          { side: 'right' },
        )
        .tolist(),
    ).toEqual([[2], [1]]);
    expect(tf.math.bincount([1, 1, 4], { minlength: 6 }).tolist()).toEqual([0, 2, 0, 0, 1, 0]);
    expect(tf.math.bincount([0, 1, 1], { weights: [0.5, 1, 2] }).tolist()).toEqual([0.5, 3]);
    expect(tf.math.confusion_matrix([0, 1, 2], [0, 2, 2]).tolist()).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 1],
    ]);
    expect(() => tf.math.confusion_matrix([3], [0], { num_classes: 2 })).toThrow('`labels` out of bound');
  });
});

describe('shapes', () => {
  test('concat and expand_dims need an axis, and concat lengths that fit', () => {
    expect(tf.concat([[[1]], [[2]]], { axis: 1 }).tolist()).toEqual([[1, 2]]);
    expect(() => tf.concat([[[1, 2]], [[3]]], 0)).toThrow(
      'Dimensions of inputs should match: shape[0] = [1,2] vs. shape[1] = [1,1]',
    );
    expect(tf.expand_dims([1, 2], -1).shape).toEqual([2, 1]);
    expect(() => tf.expand_dims([1])).toThrow("missing 1 required positional argument: 'axis'");
  });
  test('shape and size take an out_type', () => {
    expect(tf.shape([[1, 2]], 'int64').dtype.name).toBe('int64');
    expect(tf.size([[1, 2]], { out_type: 'int64' }).dtype.name).toBe('int64');
  });
  test('ensure_shape lets fitting tensors through', () => {
    expect(() => tf.ensure_shape([[1, 2]], [null, 3])).toThrow('[1,2] vs. [?,3]');
  });
  test('meshgrid gives a tensor for each vector', () => {
    expect(tf.meshgrid([1, 2, 3], [4, 5], { indexing: 'ij' })[1].tolist()).toEqual([
      [4, 5],
      [4, 5],
      [4, 5],
    ]);
  });
});

describe('activations and scaling', () => {
  test('are safe from overflow', () => {
    expect(tf.math.log_sigmoid([-1000, 1000]).tolist()).toEqual([-1000, -0]);
    expect(tf.nn.elu([-1000, 3]).tolist()).toEqual([-1, 3]);
    expect(tf.nn.silu([-1000, 0]).tolist()).toEqual([-0, 0]);
    expect(tf.nn.softmax([1000, 1000]).tolist()).toEqual([0.5, 0.5]);
  });
  test('clip_by_norm scales long vectors only, l2_normalize all', () => {
    expect(
      tf
        .clip_by_norm(
          [
            [3, 4],
            [0.3, 0.4],
          ],
          1,
          1,
        )
        .at(1)
        .numpy()
        .repr(),
    ).toBe('array([0.3, 0.4], dtype=float32)');
    expect(tf.norm(tf.clip_by_norm([3, 4], 2)).item()).toBeCloseTo(2, 6);
    expect(tf.norm(tf.math.l2_normalize([3, 4])).item()).toBeCloseTo(1, 6);
    expect(tf.math.l2_normalize([0, 0]).tolist()).toEqual([0, 0]);
  });
  test('moments gives mean and variance', () => {
    const [mean, variance] = tf.nn.moments(
      [
        [1, 2],
        [3, 6],
      ],
      [0],
      { keepdims: true },
    );
    expect([mean.tolist(), variance.tolist()]).toEqual([[[2, 4]], [[1, 4]]]);
  });
  test('sequence_mask is as wide as the longest, or as asked', () => {
    expect(tf.sequence_mask([1, 0, 2]).tolist()).toEqual([
      [true, false],
      [false, false],
      [true, true],
    ]);
    expect(tf.sequence_mask([1], 3, 'float32').tolist()).toEqual([[1, 0, 0]]);
  });
});
