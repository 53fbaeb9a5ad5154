import { describe, expect, test } from '@jest/globals';
import { tf } from '../../../src/index.js';

const i32 = (x: unknown): InstanceType<typeof tf.Tensor> => tf.constant(x as never, 'int32');
const said = (t: any): [string, unknown] => [t.dtype.name, t.tolist()];
const LEAST = -3.4028234663852886e38;

describe('values worked out by hand', () => {
  const cases: [string, () => any, string, unknown][] = [
    ['range counts down', () => tf.range(5, 0, -2), 'int32', [5, 3, 1]],
    ['range of a tensor has its dtype', () => tf.range(tf.constant(2n)), 'int64', [0, 1]],
    ['range with a fraction is float32', () => tf.range(0, 1, 0.5), 'float32', [0, 0.5]],
    ['linspace of one', () => tf.linspace(3, 9, 1), 'float32', [3]],
    ['linspace in the dtype of its ends', () => tf.linspace(tf.constant(0, 'float64'), 1, 3), 'float64', [0, 0.5, 1]],
    [
      'one_hot with an axis',
      () => tf.one_hot(i32([0, 2]), 3, { axis: 0, dtype: 'int8' }),
      'int8',
      [
        [1, 0],
        [0, 0],
        [0, 1],
      ],
    ],
    [
      'one_hot of values',
      () => tf.one_hot(i32([1, -1]), 2, { on_value: true, off_value: false }),
      'bool',
      [
        [false, true],
        [false, false],
      ],
    ],
    ['eye in batches', () => tf.eye(1, 2, [2]), 'float32', [[[1, 0]], [[1, 0]]]],
    ['repeat of a list', () => tf.repeat([1, 2], [0, 3]), 'float32', [2, 2, 2]],
    ['pad of a value', () => tf.pad(i32([1]), [[1, 1]], { constant_values: 7 }), 'int32', [7, 1, 7]],
    ['pad by symmetry', () => tf.pad([1, 2, 3], [[2, 1]], 'SYMMETRIC'), 'float32', [2, 1, 1, 2, 3, 3]],
    [
      'strided_slice with masks',
      () =>
        tf.strided_slice(
          [
            [1, 2],
            [3, 4],
          ],
          [0, 1],
          [0, 0],
          { shrink_axis_mask: 2, end_mask: 1 },
        ),
      'float32',
      [2, 4],
    ],
    [
      'gather of batches',
      () =>
        tf.gather(
          [
            [1, 2],
            [3, 4],
          ],
          [[1], [0]],
          { batch_dims: 1 },
        ),
      'float32',
      [[2], [3]],
    ],
    [
      'gather keeps a middle axis',
      () =>
        tf.gather(
          [
            [
              [1, 2],
              [3, 4],
            ],
          ],
          [1],
          { axis: 1 },
        ),
      'float32',
      [[[3, 4]]],
    ],
    [
      'gather_nd of rows',
      () =>
        tf.gather_nd(
          [
            [1, 2],
            [3, 4],
          ],
          [[1]],
        ),
      'float32',
      [[3, 4]],
    ],
    [
      'scatter_nd of rows',
      () =>
        tf.scatter_nd(
          [[2], [0]],
          [
            [1, 2],
            [3, 4],
          ],
          [3, 2],
        ),
      'float32',
      [
        [3, 4],
        [0, 0],
        [1, 2],
      ],
    ],
    [
      'tensor_scatter_nd_update takes the last of repeated places',
      () => tf.tensor_scatter_nd_update([0, 0], [[1], [1]], [5, 6]),
      'float32',
      [0, 6],
    ],
    [
      'tensor_scatter_nd_min of integers',
      () => tf.tensor_scatter_nd_min(i32([5, 5]), [[0], [0]], i32([7, 3])),
      'int32',
      [3, 5],
    ],
    [
      'boolean_mask along an axis',
      () =>
        tf.boolean_mask(
          [
            [1, 2],
            [3, 4],
          ],
          [false, true],
          { axis: 1 },
        ),
      'float32',
      [[2], [4]],
    ],
    [
      'where without choices gives places',
      () =>
        tf.where([
          [true, false],
          [false, true],
        ]),
      'int64',
      [
        [0, 0],
        [1, 1],
      ],
    ],
    ['dynamic_stitch in order', () => tf.dynamic_stitch([[1, 0], [1]], [[10, 20], [30]]), 'float32', [20, 30]],
    [
      'reverse_sequence',
      () =>
        tf.reverse_sequence(
          i32([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          [3, 1],
          { seq_axis: 1, batch_axis: 0 },
        ),
      'int32',
      [
        [3, 2, 1],
        [4, 5, 6],
      ],
    ],
    [
      'space_to_batch of a grid',
      () =>
        tf.space_to_batch(
          tf.reshape(tf.range(4), [1, 2, 2, 1]),
          [2, 2],
          [
            [0, 0],
            [0, 0],
          ],
        ),
      'int32',
      [[[[0]]], [[[1]]], [[[2]]], [[[3]]]],
    ],
    [
      'cumsum exclusive and reversed',
      () => tf.cumsum([1, 2, 3], { exclusive: true, reverse: true }),
      'float32',
      [5, 3, 0],
    ],
    ['cumprod exclusive', () => tf.math.cumprod(i32([2, 3, 4]), { exclusive: true }), 'int32', [1, 2, 6]],
    [
      'cumulative_logsumexp begins with the least float',
      () => tf.math.cumulative_logsumexp([5, 0], { exclusive: true }),
      'float32',
      [LEAST, 5],
    ],
    ['sums of bytes wrap around', () => tf.reduce_sum(tf.constant([200, 100], 'uint8')), 'uint8', 44],
    ['means of integers are rounded toward zero', () => tf.reduce_mean(i32([-1, -2])), 'int32', -1],
    ['the largest of nothing', () => tf.reduce_max(tf.zeros([2, 0]), 1), 'float32', [-Infinity, -Infinity]],
    ['the smallest integer of nothing', () => tf.reduce_min(tf.zeros([0], 'int8')), 'int8', 127],
    ['the sum of exponentials of nothing', () => tf.reduce_logsumexp(tf.zeros([0])), 'float32', -Infinity],
    [
      'segment_max has zeros where ids are left out',
      () => tf.math.segment_max([-1, -2, -3], [0, 0, 2]),
      'float32',
      [-1, 0, -3],
    ],
    [
      'segment_prod has ones turned into zeros only by data',
      () => tf.math.segment_prod([2, 3, 4], [0, 0, 2]),
      'float32',
      [6, 1, 4],
    ],
    [
      'unsorted_segment_max has the least float',
      () => tf.math.unsorted_segment_max([-1, -2], [0, 0], 2),
      'float32',
      [-1, LEAST],
    ],
    [
      'unsorted_segment_min has the largest integer',
      () => tf.math.unsorted_segment_min(i32([1]), [0], 2),
      'int32',
      [1, 2147483647],
    ],
    ['negative segments are left out', () => tf.math.unsorted_segment_sum([1, 2, 4], [0, -1, 0], 1), 'float32', [5]],
    ['segment_mean of integers', () => tf.math.segment_mean(i32([1, 2, 7]), [0, 0, 1]), 'int32', [1, 7]],
    [
      'in_top_k counts ties at the edge',
      () =>
        tf.math.in_top_k(
          [0, 1, 2],
          [
            [1, 1],
            [1, 1],
            [1, 0],
          ],
          1,
        ),
      'bool',
      [true, true, false],
    ],
    ['in_top_k is false where something is not finite', () => tf.math.in_top_k([0], [[1, NaN]], 2), 'bool', [false]],
    ['bincount stops at maxlength', () => tf.math.bincount(i32([1, 5, 1]), { maxlength: 3 }), 'int32', [0, 2, 0]],
    [
      'bincount of rows',
      () =>
        tf.math.bincount(
          i32([
            [1, 1],
            [0, 2],
          ]),
          { axis: -1 },
        ),
      'int32',
      [
        [0, 2, 0],
        [1, 0, 1],
      ],
    ],
    [
      'confusion_matrix with weights',
      () => tf.math.confusion_matrix([0, 1], [1, 1], { weights: [2, 3], dtype: 'float32' }),
      'float32',
      [
        [0, 2],
        [0, 3],
      ],
    ],
    ['histogram_fixed_width', () => tf.histogram_fixed_width([0, 0.25, 5], [0, 1], 4), 'int32', [1, 1, 0, 1]],
    [
      'searchsorted by rows',
      () =>
        tf.searchsorted(
          [
            [1, 2],
            [3, 4],
          ],
          [[2], [2]],
          { side: 'right', out_type: 'int64' },
        ),
      'int64',
      [[2], [0]],
    ],
    [
      'argsort downwards keeps equals in order',
      () => tf.argsort([1, 2, 1], { direction: 'DESCENDING' }),
      'int32',
      [1, 0, 2],
    ],
    ['unique in order of appearance', () => tf.unique([3, 1, 3]).y, 'float32', [3, 1]],
    [
      'truncatediv of 64 bits',
      () => tf.truncatediv(tf.constant([-9007199254740993n]), 2n as never),
      'int64',
      [-4503599627370496],
    ],
    ['multiply_no_nan', () => tf.math.multiply_no_nan([Infinity, 2], [0, 3]), 'float32', [0, 6]],
    ['xdivy', () => tf.math.xdivy([0, 1], [0, 4]), 'float32', [0, 0.25]],
    ['clip_by_norm of zeros', () => tf.clip_by_norm([0, 0], 1), 'float32', [0, 0]],
    ['sigmoid at the ends', () => tf.sigmoid([-200, 200]), 'float32', [0, 1]],
    ['right_shift keeps the sign', () => tf.bitwise.right_shift(i32([-5]), 1), 'int32', [-3]],
    [
      'saturate_cast stays below the end that rounds up',
      () => tf.saturate_cast([1e20, -1e20], 'int32'),
      'int32',
      [2147483520, -2147483648],
    ],
    [
      'bitcast takes a last axis together',
      () => tf.bitcast(tf.constant([[0, 128, 63 + 1, 64]], 'uint8'), 'float32'),
      'float32',
      [3.0078125],
    ],
    ['unravel_index', () => tf.unravel_index(i32([5]), [2, 3]), 'int32', [[1], [2]]],
    [
      'paddings for blocks',
      () =>
        tf.required_space_to_batch_paddings(
          [5, 4],
          [3, 2],
          [
            [1, 0],
            [0, 0],
          ],
        )[0],
      'int32',
      [
        [1, 0],
        [0, 0],
      ],
    ],
    ['crops for blocks', () => tf.required_space_to_batch_paddings([5], [4])[1], 'int32', [[0, 3]]],
    ['numbers with bigints are float32', () => tf.constant([1.5, 2n] as never), 'float32', [1.5, 2]],
  ];
  for (const [title, f, dtype, value] of cases) test(title, () => expect(said(f())).toEqual([dtype, value]));
});
