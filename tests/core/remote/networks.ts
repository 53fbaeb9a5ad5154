import { np as numpy, tf as tensors } from '../../../src/index.js';

const np: any = numpy;
const tf: any = tensors;

/** What networks are made of, each with operands of float32 and int32. */

const rng = np.random.default_rng(3);
const R = (...s: number[]): any => tf.constant(rng.standard_normal(s).astype('float32'));
const I = (n: number, ...s: number[]): any => tf.constant(rng.integers(0, n, { size: s }).astype('int32'));
const P = (...s: number[]): any => tf.constant(rng.uniform(0.1, 0.9, s).astype('float32'));
export const NETWORKS: [string, (...x: any[]) => any, ...any[]][] = [];
for (const f of 'relu relu6 leaky_relu softplus softmax log_softmax elu silu selu gelu softsign crelu sigmoid tanh l2_loss'.split(
  ' ',
))
  NETWORKS.push([f, (x) => tf.nn[f](x), R(3, 4)]);
NETWORKS.push(['gelu approx', (x) => tf.nn.gelu(x, true), R(3, 4)]);
NETWORKS.push(['conv2d', (x, w) => tf.nn.conv2d(x, w, 1, 'SAME'), R(2, 6, 6, 2), R(3, 3, 2, 3)]);
NETWORKS.push(['conv2d valid stride', (x, w) => tf.nn.conv2d(x, w, 2, 'VALID'), R(2, 6, 6, 2), R(3, 3, 2, 3)]);
NETWORKS.push(['conv1d', (x, w) => tf.nn.conv1d(x, w, 1, 'SAME'), R(2, 6, 2), R(3, 2, 3)]);
NETWORKS.push(['conv3d', (x, w) => tf.nn.conv3d(x, w, 1, 'SAME'), R(1, 3, 3, 3, 2), R(2, 2, 2, 2, 2)]);
NETWORKS.push([
  'depthwise',
  (x, w) => tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME'),
  R(2, 5, 5, 2),
  R(3, 3, 2, 2),
]);
NETWORKS.push([
  'conv2d_transpose',
  (x, w) => tf.nn.conv2d_transpose(x, w, [2, 6, 6, 2], 2, 'SAME'),
  R(2, 3, 3, 3),
  R(3, 3, 2, 3),
]);
NETWORKS.push(['max_pool2d', (x) => tf.nn.max_pool2d(x, 2, 2, 'VALID'), R(2, 6, 6, 2)]);
NETWORKS.push(['avg_pool2d', (x) => tf.nn.avg_pool2d(x, 3, 2, 'SAME'), R(2, 6, 6, 2)]);
NETWORKS.push(['max_pool same', (x) => tf.nn.max_pool2d(x, 3, 2, 'SAME'), R(2, 5, 5, 2)]);
NETWORKS.push(['max_pool_with_argmax', (x) => tf.nn.max_pool_with_argmax(x, 2, 2, 'VALID').output, R(2, 6, 6, 2)]);
NETWORKS.push(['bias_add', (x, b) => tf.nn.bias_add(x, b), R(2, 3, 4), R(4)]);
NETWORKS.push(['embedding_lookup', (p, i) => tf.nn.embedding_lookup(p, i), R(5, 3), I(5, 2, 4)]);
NETWORKS.push(['embedding_lookup list ids', (p) => tf.nn.embedding_lookup(p, [0, 3, 3]), R(5, 3)]);
NETWORKS.push(['moments', (x) => tf.nn.moments(x, [0, 1]), R(3, 4, 2)]);
NETWORKS.push([
  'batch_norm',
  (x, m, v, o, s) => tf.nn.batch_normalization(x, m, v, o, s, 1e-3),
  R(3, 4),
  R(4),
  P(4),
  R(4),
  R(4),
]);
NETWORKS.push(['l2_normalize', (x) => tf.nn.l2_normalize(x, -1), R(3, 4)]);
NETWORKS.push(['lrn', (x) => tf.nn.local_response_normalization(x), R(1, 2, 2, 8)]);
NETWORKS.push(['weighted_moments', (x, w) => tf.nn.weighted_moments(x, [0], w), R(3, 4), P(3, 4)]);
NETWORKS.push(['softmax_xent', (y, x) => tf.nn.softmax_cross_entropy_with_logits(y, x), P(3, 4), R(3, 4)]);
NETWORKS.push(['sparse xent', (y, x) => tf.nn.sparse_softmax_cross_entropy_with_logits(y, x), I(4, 3), R(3, 4)]);
NETWORKS.push(['sigmoid xent', (y, x) => tf.nn.sigmoid_cross_entropy_with_logits(y, x), P(3, 4), R(3, 4)]);
NETWORKS.push(['weighted xent', (y, x) => tf.nn.weighted_cross_entropy_with_logits(y, x, 2), P(3, 4), R(3, 4)]);
NETWORKS.push(['log_poisson', (y, x) => tf.nn.log_poisson_loss(y, x, true), P(3, 4), R(3, 4)]);
NETWORKS.push(['zero_fraction', (x) => tf.nn.zero_fraction(tf.nn.relu(x)), R(3, 4)]);
NETWORKS.push(['space_to_depth', (x) => tf.nn.depth_to_space(tf.nn.space_to_depth(x, 2), 2), R(1, 4, 4, 2)]);
NETWORKS.push([
  'dilation2d',
  (x, f) => tf.nn.dilation2d(x, f, [1, 1, 1, 1], 'SAME', 'NHWC', [1, 1, 1, 1]),
  R(1, 4, 4, 2),
  R(2, 2, 2),
]);
NETWORKS.push(['clip_by_value', (x) => tf.clip_by_value(x, -0.5, 0.5), R(3, 4)]);
NETWORKS.push(['clip_by_norm', (x) => tf.clip_by_norm(x, 1.5), R(3, 4)]);
NETWORKS.push(['clip_by_global_norm', (x, y) => tf.clip_by_global_norm([x, y], 1.5)[0], R(3, 4), R(3)]);
NETWORKS.push(['einsum', (x, y) => tf.einsum('bij,jk->bik', x, y), R(2, 3, 4), R(4, 2)]);
NETWORKS.push(['tensordot', (x, y) => tf.tensordot(x, y, 1), R(2, 3, 4), R(4, 2)]);
NETWORKS.push(['matmul transposed', (x, y) => tf.matmul(x, y, { transpose_b: true }), R(2, 3, 4), R(2, 5, 4)]);
NETWORKS.push(['where one_hot', (i, x) => tf.where(tf.cast(tf.one_hot(i, 4), 'bool'), x, 0), I(4, 3), R(3, 4)]);
NETWORKS.push(['gather', (x, i) => tf.gather(x, i, { axis: 1 }), R(3, 4), I(4, 5)]);
NETWORKS.push(['gather batch', (x, i) => tf.gather(x, i, { axis: 1, batch_dims: 1 }), R(3, 4), I(4, 3, 2)]);
NETWORKS.push(['gather_nd', (x, i) => tf.gather_nd(x, i), R(3, 4), I(3, 5, 2)]);
NETWORKS.push(['scatter_nd', (i, u) => tf.scatter_nd(i, u, [4, 3]), I(4, 5, 1), R(5, 3)]);
NETWORKS.push(['tensor_scatter_nd_add', (x, i, u) => tf.tensor_scatter_nd_add(x, i, u), R(4, 3), I(4, 5, 1), R(5, 3)]);
NETWORKS.push(['tensor_scatter_nd_max', (x, i, u) => tf.tensor_scatter_nd_max(x, i, u), R(4, 3), I(4, 5, 1), R(5, 3)]);
NETWORKS.push(['segsum', (x, i) => tf.math.unsorted_segment_sum(x, i, 4), R(5, 3), I(4, 5)]);
NETWORKS.push(['segmean', (x, i) => tf.math.unsorted_segment_mean(x, i, 4), R(5, 3), I(4, 5)]);
NETWORKS.push(['segmax', (x, i) => tf.math.unsorted_segment_max(x, i, 4), R(5, 3), I(4, 5)]);
NETWORKS.push(['cumsum', (x) => tf.cumsum(x, { axis: 1, exclusive: true, reverse: true }), R(3, 4)]);
NETWORKS.push(['cumprod', (x) => tf.math.cumprod(x, { axis: 1 }), R(3, 4)]);
NETWORKS.push(['top_k', (x) => tf.math.top_k(x, 2).values, R(3, 7)]);
NETWORKS.push(['band_part', (x) => tf.linalg.band_part(x, 1, 0), R(2, 4, 4)]);
NETWORKS.push([
  'diag',
  (x) => [tf.linalg.diag(x), tf.linalg.diag_part(tf.linalg.diag(x)), tf.linalg.trace(tf.linalg.diag(x))],
  R(2, 4),
]);
NETWORKS.push(['set_diag', (x, d) => tf.linalg.set_diag(x, d), R(2, 4, 4), R(2, 4)]);
NETWORKS.push(['norm', (x) => [tf.norm(x), tf.norm(x, 1, { axis: 1 })], R(3, 4)]);
NETWORKS.push(['std', (x) => [tf.math.reduce_std(x, 1), tf.math.reduce_variance(x)], R(3, 4)]);
NETWORKS.push([
  'tile pad stack roll reverse',
  (x) => [
    tf.tile(x, [2, 1]),
    tf.pad(
      x,
      [
        [1, 1],
        [0, 2],
      ],
      'REFLECT',
    ),
    tf.stack([x, x], 1),
    tf.roll(x, 2, 1),
    tf.reverse(x, [1]),
  ],
  R(3, 4),
]);
NETWORKS.push(['reverse_sequence', (x, n) => tf.reverse_sequence(x, n, 1, 0), R(3, 4), I(5, 3)]);
NETWORKS.push([
  'boolean ops',
  (x) => [tf.reduce_any(tf.greater(x, 0), 1), tf.logical_and(tf.greater(x, 0), tf.less(x, 1)), tf.equal(x, x)],
  R(3, 4),
]);
NETWORKS.push([
  'casts',
  (x, i) => [tf.cast(x, 'int32'), tf.cast(i, 'float32'), tf.cast(x, 'bool'), tf.cast(i, 'uint32')],
  R(3, 4),
  I(5, 3),
]);
NETWORKS.push([
  'int math',
  (i) => [
    i.add(1),
    tf.math.floordiv(i, 2),
    tf.math.floormod(i, 3),
    tf.pow(i, 2),
    tf.reduce_sum(i),
    tf.reduce_max(i),
    tf.reduce_mean(i),
    tf.math.cumsum(i),
  ],
  I(9, 3, 3),
]);
NETWORKS.push(['at', (x) => [x.at(0), x.at('1:, ::2'), x.at(np.newaxis, '...', -1), x.at([0, 2])], R(3, 4)]);
NETWORKS.push(['linspace', (x) => tf.linspace(x, tf.add(x, 1), 4), R(3)]);
NETWORKS.push(['range like', (x) => [tf.zeros_like(x), tf.ones_like(x), tf.fill([2], tf.reduce_sum(x))], R(3)]);
for (const l of 'mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error hinge squared_hinge categorical_hinge log_cosh kl_divergence poisson huber cosine_similarity binary_crossentropy binary_focal_crossentropy categorical_crossentropy'.split(
  ' ',
))
  NETWORKS.push([`loss ${l}`, (y, p) => tf.losses[l](y, p), P(3, 4), P(3, 4)]);
for (const l of 'MeanSquaredError Huber BinaryCrossentropy CategoricalCrossentropy KLDivergence'.split(' '))
  NETWORKS.push([`loss class ${l}`, (y, p) => new tf.losses[l]()(y, p), P(3, 4), P(3, 4)]);
NETWORKS.push([
  'loss sparse',
  (y, p) => new tf.losses.SparseCategoricalCrossentropy({ from_logits: true })(y, p),
  I(4, 3),
  R(3, 4),
]);
NETWORKS.push([
  'loss sparse probs',
  (y, p) => new tf.losses.SparseCategoricalCrossentropy()(y, tf.nn.softmax(p)),
  I(4, 3),
  R(3, 4),
]);
for (const m of 'Mean Sum'.split(' ')) NETWORKS.push([`metric ${m}`, (x) => new tf.metrics[m]()(x), R(3, 4)]);
NETWORKS.push(['metric sparse acc', (y, p) => new tf.metrics.SparseCategoricalAccuracy()(y, p), I(4, 3), R(3, 4)]);
NETWORKS.push([
  'metric topk',
  (y, p) => new tf.metrics.SparseTopKCategoricalAccuracy({ k: 2 })(y, p),
  I(4, 3),
  R(3, 4),
]);
NETWORKS.push(['metric acc', (y, p) => new tf.metrics.CategoricalAccuracy()(y, p), P(3, 4), R(3, 4)]);
NETWORKS.push(['metric binacc', (y, p) => new tf.metrics.BinaryAccuracy()(tf.round(y), p), P(3, 4), P(3, 4)]);
NETWORKS.push([
  'metric mse',
  (y, p) => [new tf.metrics.MeanSquaredError()(y, p), new tf.metrics.RootMeanSquaredError()(y, p)],
  P(3, 4),
  P(3, 4),
]);
for (const o of 'SGD Momentum RMSprop Adagrad Adadelta Ftrl Adam AdamW Adamax Nadam'.split(' '))
  NETWORKS.push([
    `optimizer ${o}`,
    (w, x) => {
      const v = new tf.Variable(w);
      const opt = new tf.optimizers[o](0.1);
      for (let i = 0; i < 3; i++) {
        const tape = new tf.GradientTape();
        opt.minimize(tf.reduce_sum(tf.square(tf.multiply(v, x))), [v], tape);
      }
      return v.value();
    },
    R(3, 4),
    R(3, 4),
  ]);
NETWORKS.push([
  'optimizer clipping, decay',
  (w, x) => {
    const v = new tf.Variable(w);
    const opt = new tf.optimizers.Adam({
      learning_rate: new tf.optimizers.schedules.ExponentialDecay(0.1, 2, 0.9),
      global_clipnorm: 1,
    });
    for (let i = 0; i < 3; i++) {
      const tape = new tf.GradientTape();
      opt.minimize(tf.reduce_sum(tf.square(tf.multiply(v, x))), [v], tape);
    }
    return v.value();
  },
  R(3, 4),
  R(3, 4),
]);
NETWORKS.push([
  'variable',
  (w, d) => {
    const v = new tf.Variable(w);
    v.assign_add(d);
    v.assign_sub(tf.multiply(d, 2));
    v.assign(tf.multiply(v, 2));
    v.scatter_nd_update([[0]], d.at('0:1'));
    return v.value();
  },
  R(3, 4),
  R(3, 4),
]);
NETWORKS.push([
  'map_fn, while, cond',
  (x) => [
    tf.map_fn((r: any) => tf.reduce_sum(r), x),
    tf.while_loop(
      (i: any) => tf.less(i, 3),
      (i: any, a: any) => [tf.add(i, 1), tf.multiply(a, 2)],
      [tf.constant(0, 'int32'), x],
    )[1],
  ],
  R(3, 4),
]);
NETWORKS.push(['scan', (x) => tf.scan((a: any, b: any) => tf.add(a, b), x), R(3, 4)]);
NETWORKS.push(['dropout rate 0', (x) => tf.nn.dropout(x, 0), R(3, 4)]);
NETWORKS.push(['stop grad', (x) => tf.multiply(tf.stop_gradient(x), x), R(3)]);
NETWORKS.push(['erf', (x) => [tf.math.erf(x), tf.math.erfc(x)], R(30)]);
NETWORKS.push([
  'atan2 etc',
  (x, y) => [
    tf.math.atan2(x, y),
    tf.math.xlogy(x, y),
    tf.math.rsqrt(y),
    tf.math.expm1(x),
    tf.math.log1p(y),
    tf.sin(x),
    tf.tan(x),
    tf.math.asinh(x),
    tf.round(x),
    tf.sign(x),
    tf.math.reciprocal_no_nan(x),
    tf.math.divide_no_nan(x, y),
  ],
  R(30),
  P(30),
]);
