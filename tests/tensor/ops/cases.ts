import { tf } from '../../../src/index.js';

const A = [
  [0.3, 0.7, -0.2],
  [0.9, -0.5, 0.4],
];
const B = [
  [0.5, 0.25, 1.5],
  [1.2, 0.8, 0.6],
];
const v = [0.3, -0.8, 0.5, 1.25];
const ids = tf.constant([1, 0, 1, 2], 'int32');
const rows = tf.constant([1, 0, 1], 'int64');

/** Functions of floating tensors that have a gradient. */
export const DIFFERENTIABLE: [string, (...x: any[]) => any, ...unknown[]][] = [
  ['convert_to_tensor of a list', (a, b) => tf.convert_to_tensor([a, [b, a]].flat()), A, B],
  [
    'convert_to_tensor of nested lists with numbers',
    (a) =>
      tf.convert_to_tensor([
        [a, 1],
        [2, a],
      ] as never),
    0.5,
  ],
  ['cast', (a) => tf.cast(tf.cast(a, 'float64'), 'float64'), A],
  ['saturate_cast', (a) => tf.saturate_cast(a, 'float64'), A],
  ['fill', (a) => tf.fill([2, 3], a), 0.5],
  ['linspace', (a, b) => tf.linspace(a, b, 5), 0.5, 2],
  ['linspace of tensors along an axis', (a, b) => tf.linspace(a, b, 4, { axis: 1 }), A, B],
  ['meshgrid', (a, b) => tf.meshgrid(a, b, { indexing: 'ij' }), v, [1, 2]],
  ['one_hot', (on, off) => tf.one_hot(ids, 3, { on_value: on, off_value: off }), 0.5, 2],
  ['reshape', (a) => tf.reshape(a, [3, -1]), A],
  ['transpose', (a) => tf.transpose(a, { perm: [1, 0] }), A],
  ['expand_dims and squeeze', (a) => tf.squeeze(tf.expand_dims(a, 1)), A],
  ['concat', (a, b) => tf.concat([a, b], { axis: 1 }), A, B],
  ['stack', (a, b) => tf.stack([a, b], { axis: -1 }), A, B],
  ['unstack', (a) => tf.unstack(a, { axis: 1 }), A],
  ['split into equal parts', (a) => tf.split(a, 3, 1), A],
  ['split by sizes, one of them open', (a) => tf.split(a, [1, -1], { axis: 1 }), A],
  ['tile', (a) => tf.tile(a, [2, 1]), A],
  ['repeat', (a) => tf.repeat(a, [1, 0, 2], { axis: 1 }), A],
  [
    'pad',
    (a) =>
      tf.pad(
        a,
        [
          [1, 0],
          [0, 2],
        ],
        { constant_values: 3 },
      ),
    A,
  ],
  [
    'pad by reflection',
    (a) =>
      tf.pad(
        a,
        [
          [1, 0],
          [2, 2],
        ],
        'REFLECT',
      ),
    A,
  ],
  [
    'pad by symmetry',
    (a) =>
      tf.pad(
        a,
        [
          [1, 2],
          [3, 0],
        ],
        'SYMMETRIC',
      ),
    A,
  ],
  ['reverse', (a) => tf.reverse(a, [0, 1]), A],
  ['roll', (a) => tf.roll(a, [1, -1], [0, 1]), A],
  ['slice', (a) => tf.slice(a, [0, 1], [-1, 2]), A],
  ['strided_slice', (a) => tf.strided_slice(a, [0, 2], [2, 0], [1, -1]), A],
  ['t.at', (a) => a.at('...', null, '::2'), A],
  ['gather', (a) => tf.gather(a, [2, 0, 2], { axis: 1 }), A],
  [
    'gather with batch_dims',
    (a) =>
      tf.gather(
        a,
        [
          [2, 0],
          [1, 1],
        ] as never,
        { batch_dims: 1 },
      ),
    A,
  ],
  [
    'gather with batch_dims and axis',
    (a) => tf.gather(tf.reshape(a, [2, 1, 3]), [[2], [1]] as never, { axis: 2, batch_dims: 1 }),
    A,
  ],
  [
    'gather_nd',
    (a) =>
      tf.gather_nd(a, [
        [0, 1],
        [1, 2],
        [0, 1],
      ]),
    A,
  ],
  ['gather_nd with batch_dims', (a) => tf.gather_nd(a, [[2], [0]], { batch_dims: 1 }), A],
  ['scatter_nd', (u) => tf.scatter_nd([[1], [3], [1], [0]], u, [5]), v],
  ['tensor_scatter_nd_update', (t, u) => tf.tensor_scatter_nd_update(t, [[0], [2]], u), v, [9, 8]],
  ['tensor_scatter_nd_update of rows', (t, u) => tf.tensor_scatter_nd_update(t, [[1]], u), A, [[1, 2, 3]]],
  ['tensor_scatter_nd_add', (t, u) => tf.tensor_scatter_nd_add(t, [[0], [0]], u), v, [9, 8]],
  [
    'tensor_scatter_nd_sub',
    (t, u) =>
      tf.tensor_scatter_nd_sub(
        t,
        [
          [0, 1],
          [1, 1],
        ],
        u,
      ),
    A,
    [9, 8],
  ],
  ['tensor_scatter_nd_max', (t, u) => tf.tensor_scatter_nd_max(t, [[0], [2], [0]], u), v, [9, -8, 3]],
  ['tensor_scatter_nd_min', (t, u) => tf.tensor_scatter_nd_min(t, [[0], [2], [0]], u), v, [9, -8, -3]],
  ['boolean_mask', (a) => tf.boolean_mask(a, [true, false, true], { axis: 1 }), A],
  ['where', (a, b) => tf.where(tf.greater(a, b), a, b), A, B],
  ['broadcast_to', (a) => tf.broadcast_to(a, [2, 2, 3]), A],
  [
    'space_to_batch',
    (a) =>
      tf.space_to_batch(
        tf.reshape(a, [1, 2, 3, 1]),
        [2, 2],
        [
          [0, 0],
          [1, 0],
        ],
      ),
    A,
  ],
  ['batch_to_space', (a) => tf.batch_to_space(tf.reshape(a, [6, 1, 1]), [3], [[1, 0]]), A],
  ['reverse_sequence', (a) => tf.reverse_sequence(a, [2, 3], { seq_axis: 1 }), A],
  [
    'dynamic_stitch',
    (a, b) =>
      tf.dynamic_stitch(
        [
          [0, 2],
          [1, 3],
        ],
        [a, b],
      ),
    A,
    B,
  ],
  ['reduce_sum', (a) => tf.reduce_sum(a, { axis: 1, keepdims: true }), A],
  ['reduce_prod', (a) => tf.reduce_prod(a, 0), A],
  ['reduce_max', (a) => tf.reduce_max(a, [0, 1]), A],
  ['reduce_min', (a) => tf.reduce_min(a, 1), A],
  ['reduce_mean', (a) => tf.reduce_mean(a, -1), A],
  ['reduce_variance', (a) => tf.math.reduce_variance(a, 1), A],
  ['reduce_std', (a) => tf.math.reduce_std(a), A],
  ['reduce_euclidean_norm', (a) => tf.math.reduce_euclidean_norm(a, 0), A],
  ['reduce_logsumexp', (a) => tf.reduce_logsumexp(a, { axis: 1 }), A],
  ['cumsum', (a) => tf.cumsum(a, { axis: 1, reverse: true }), A],
  ['cumprod', (a) => tf.math.cumprod(a, { axis: 1, exclusive: true }), A],
  ['cumulative_logsumexp', (a) => tf.math.cumulative_logsumexp(a, { axis: 1 }), A],
  ['cumulative_logsumexp from the end', (a) => tf.math.cumulative_logsumexp(a, { axis: 1, reverse: true }), A],
  ['unsorted_segment_sum', (a) => tf.math.unsorted_segment_sum(a, ids, 4), v],
  ['unsorted_segment_mean', (a) => tf.math.unsorted_segment_mean(a, ids, 4), v],
  ['unsorted_segment_sqrt_n', (a) => tf.math.unsorted_segment_sqrt_n(a, ids, 4), v],
  ['unsorted_segment_prod', (a) => tf.math.unsorted_segment_prod(a, ids, 4), v],
  ['unsorted_segment_prod with a zero', (a) => tf.math.unsorted_segment_prod(a, ids, 4), [0, 2, 3, 0]],
  ['unsorted_segment_prod with two zeros', (a) => tf.math.unsorted_segment_prod(a, ids, 4), [0, 2, 0, 1]],
  ['unsorted_segment_max', (a) => tf.math.unsorted_segment_max(a, ids, 3), v],
  ['unsorted_segment_min', (a) => tf.math.unsorted_segment_min(a, ids, 3), v],
  [
    'unsorted_segment_sum by a matrix of ids',
    (a) =>
      tf.math.unsorted_segment_sum(
        a,
        [
          [0, -1, 1],
          [1, 0, 0],
        ] as never,
        2,
      ),
    A,
  ],
  ['segment_sum', (a) => tf.math.segment_sum(a, [0, 0, 2, 2]), v],
  ['segment_mean', (a) => tf.math.segment_mean(a, [0, 0, 1, 1]), v],
  ['segment_prod', (a) => tf.math.segment_prod(a, [0, 0, 1, 1]), v],
  ['segment_max', (a) => tf.math.segment_max(a, [0, 0, 2, 2]), v],
  ['segment_min', (a) => tf.math.segment_min(a, [0, 0, 1, 1]), v],
  ['top_k', (a) => tf.math.top_k(a, 2).values, A],
  ['approx_min_k', (a) => tf.math.approx_min_k(a, 1, { reduction_dimension: 0 }).values, A],
  ['sort', (a) => tf.sort(a, { direction: 'DESCENDING' }), A],
  ['sort along the first axis', (a) => tf.sort(a, 0), A],
  ['clip_by_value', (a) => tf.clip_by_value(a, -0.3, 0.5), A],
  ['clip_by_norm', (a) => tf.clip_by_norm(a, 0.5), A],
  ['clip_by_norm over axes', (a) => tf.clip_by_norm(a, 0.5, [1]), A],
  ['clip_by_global_norm', (a, b) => tf.clip_by_global_norm([a, b], 0.5)[0], A, v],
  ['global_norm', (a, b) => tf.linalg.global_norm([a, b]), A, v],
  ['add_n', (a, b) => tf.add_n([a, b, a]), A, B],
  ['accumulate_n', (a, b) => tf.math.accumulate_n([a, b, a]), A, B],
  ['multiply_no_nan', (a, b) => tf.math.multiply_no_nan(a, b), A, B],
  ['divide_no_nan', (a, b) => tf.math.divide_no_nan(a, b), A, B],
  ['reciprocal_no_nan', (a) => tf.math.reciprocal_no_nan(a), B],
  ['xlogy', (a, b) => tf.math.xlogy(a, b), A, B],
  ['xlog1py', (a, b) => tf.math.xlog1py(a, b), A, B],
  ['xdivy', (a, b) => tf.math.xdivy(a, b), A, B],
  ['sigmoid', (a) => tf.sigmoid(a), A],
  ['sigmoid at zero', (a) => tf.sigmoid(a), [0]],
  ['polyval', (c, x) => tf.math.polyval(tf.unstack(c), x), v, B],
  ['squared_difference', (a, b) => tf.math.squared_difference(a, b), A, B],
  ['floormod', (a, b) => tf.math.floormod(a, b), A, B],
  ['truncatemod', (a, b) => tf.truncatemod(a, b), A, B],
  ['rsqrt', (a) => tf.math.rsqrt(a), B],
  [
    'complex and its parts',
    (a, b) => [tf.math.real(tf.square(tf.complex(a, b))), tf.math.angle(tf.complex(a, b))],
    A,
    B,
  ],
  ['bincount of weights', (w) => tf.math.bincount(ids, { weights: w, minlength: 3, maxlength: 3 }), v],
  [
    'confusion_matrix of weights',
    (w) => tf.math.confusion_matrix(rows, [0, 1, 1], { num_classes: 2, weights: w, dtype: 'float64' }),
    [0.5, 1, 2],
  ],
];

/** Functions without a gradient, and operands of other dtypes. */
export const PLAIN: [string, (...x: any[]) => any, ...unknown[]][] = [
  ['argmax', (a) => tf.argmax(a, { axis: 1, output_type: 'int32' }), A],
  ['argmin', (a) => tf.argmin(a), A],
  ['argsort', (a) => tf.argsort(a, { direction: 'DESCENDING' }), A],
  ['top_k indices', (a) => tf.math.top_k(a, 2).indices, A],
  ['in_top_k', (p) => tf.math.in_top_k([1, 2], p, 1), A],
  ['searchsorted', (s, x) => tf.searchsorted(s, x, { side: 'right' }), [1, 3, 5], [3, 4]],
  [
    'searchsorted by rows',
    (s, x) => tf.searchsorted(s, x),
    [
      [1, 3, 5],
      [2, 4, 6],
    ],
    [[3], [4]],
  ],
  ['bincount', (x) => tf.math.bincount(x, { minlength: 4, maxlength: 4 }), tf.constant([1, 1, 7, 0], 'int32')],
  [
    'bincount of rows',
    (x) => tf.math.bincount(x, { minlength: 3, maxlength: 3, axis: -1, binary_output: true }),
    tf.constant(
      [
        [1, 1],
        [2, 9],
      ],
      'int64',
    ),
  ],
  ['confusion_matrix', (y) => tf.math.confusion_matrix(y, [0, 1, 1], { num_classes: 3 }), rows],
  ['count_nonzero', (a) => tf.math.count_nonzero(a, { axis: 1 }), A],
  ['histogram_fixed_width', (a) => tf.histogram_fixed_width(a, [0, 1], { nbins: 4 }), A],
  ['invert_permutation', (p) => tf.math.invert_permutation(p), tf.constant([2, 0, 1], 'int32')],
  ['is_non_decreasing', (a) => tf.math.is_non_decreasing(a), A],
  ['is_strictly_increasing', (a) => tf.math.is_strictly_increasing(a), [1, 2, 3]],
  ['is_non_decreasing of nothing', (a) => tf.math.is_non_decreasing(a), []],
  [
    'reduce_all',
    (a) => tf.reduce_all(a, 0),
    [
      [true, false],
      [true, true],
    ],
  ],
  [
    'reduce_any',
    (a) => tf.reduce_any(a, { axis: 1 }),
    [
      [true, false],
      [false, false],
    ],
  ],
  [
    'reduce_mean of integers',
    (a) => tf.reduce_mean(a, 1),
    tf.constant(
      [
        [-1, -2],
        [3, 4],
      ],
      'int32',
    ),
  ],
  [
    'reduce_logsumexp of integers cast',
    (a) => tf.reduce_logsumexp(tf.cast(a, 'float32')),
    tf.constant([1, 2], 'int32'),
  ],
  ['floordiv', (a) => tf.math.floordiv(a, 2), tf.constant([7, -7], 'int32')],
  ['truncatediv', (a) => tf.truncatediv(a, -2), tf.constant([7, -7, 6], 'int64')],
  ['truncatemod', (a) => tf.truncatemod(a, 3), tf.constant([7, -7], 'int32')],
  ['pow of integers', (a) => tf.pow(a, a), tf.constant([3, 2], 'int32')],
  ['bitcast', (a) => tf.bitcast(a, 'uint8'), tf.constant([1, 2], 'int32')],
  ['left_shift', (a) => tf.bitwise.left_shift(a, 3), tf.constant([1, -2], 'int8')],
  ['right_shift', (a) => tf.bitwise.right_shift(a, 1), tf.constant([129, 2], 'uint8')],
  ['invert', (a) => tf.bitwise.invert(a), tf.constant([1, -2], 'int16')],
  ['saturate_cast', (a) => tf.saturate_cast(a, 'int8'), [-1e9, 5.7, 1e9]],
  ['unravel_index', (i) => tf.unravel_index(i, [3, 3]), tf.constant([2, 5], 'int64')],
  ['sequence_mask', (n) => tf.sequence_mask(n, 3, 'int32'), tf.constant([1, 3], 'int32')],
  ['shape and size', (a) => [tf.shape(a), tf.size(a), tf.rank(a), ...tf.shape_n([a, [a]])], A],
  ['zeros_like and ones_like', (a) => [tf.zeros_like(a), tf.ones_like(a, { dtype: 'int32' })], A],
  [
    'tensor_scatter_nd_max of integers',
    (t) => tf.tensor_scatter_nd_max(t, [[0], [0]], [9n, 3n]),
    tf.constant([5n, 1n]),
  ],
  [
    'segment products of wide integers',
    (t) => tf.math.unsorted_segment_prod(t, [0, 0, 1], 3),
    tf.constant([4000000007n, 2000000011n, 3n]),
  ],
  ['scatter of float16', (u) => tf.scatter_nd([[1], [1]], u, [2]), tf.constant([0.5, 0.25], 'float16')],
  ['scatter of complex', (u) => tf.math.unsorted_segment_prod(u, [0, 0], 1), tf.complex([1, 2], [3, 4])],
  [
    'strings of slices of bool',
    (a) => tf.reverse(tf.tensor_scatter_nd_update(a, [[0]], [true]), [0]),
    [false, true, false],
  ],
];
