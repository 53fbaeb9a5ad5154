import { shapeText, ValueError } from '../../core/errors.js';
import { matmulOf } from '../../core/ops/contract.js';
import { packTo, reshapeTo } from '../../core/ops/move.js';
import { windowsOf } from '../../core/ops/windows.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, type TensorLike, together } from '../convert.js';
import { decisive } from '../elsewhere.js';
import type { Tensor } from '../tensor.js';
import { conv1d_transpose, conv2d_transpose, conv3d_transpose } from './convolution.js';
import {
  asTensor,
  channelsLast,
  floating,
  laid,
  named,
  type Padding,
  padded,
  padsOf,
  type PerAxis,
  perAxis,
  tensor,
  windowAttrs,
} from './frame.js';
import { batch_normalization } from './normalization.js';

/** Functions of tf.nn that others are made of, or that are made of others. */

/**
 * Convolution transposed, over as many axes as the filters have beside their last two.
 * @example tf.nn.conv_transpose([[[1], [2]]], [[[1]], [[1]]], [1, 4, 1], 2).numpy().ravel() // → array([1., 1., 2., 2.], dtype=float32)
 */
export const conv_transpose = (input: TensorLike, filters: TensorLike, ...rest: any[]): Tensor => {
  const d = asTensor(filters).ndim - 2;
  const f = [conv1d_transpose, conv2d_transpose, conv3d_transpose][d - 1];
  if (f === undefined)
    throw new ValueError(
      `tf.nn.conv_transpose: \`filters\` must have 3, 4 or 5 axes. Received: filters.shape=${shapeText(asTensor(filters).shape)}`,
    );
  return f(input, filters, ...rest);
};
/**
 * The transpose of a convolution with holes, `rate` apart.
 * @example tf.nn.atrous_conv2d_transpose(tf.ones([1, 1, 1, 1]), tf.ones([2, 2, 1, 1]), [1, 3, 3, 1], 2, 'VALID').numpy().sum().item() // → 4
 */
export const atrous_conv2d_transpose = (
  value: TensorLike,
  filters: TensorLike,
  output_shape: readonly number[],
  rate: number,
  padding: Padding,
): Tensor => conv2d_transpose(value, filters, { output_shape, strides: 1, padding, dilations: rate });

interface Depthwise {
  strides: PerAxis;
  padding: Padding;
  data_format: string | null;
  dilations: PerAxis;
}
const DEPTHWISE = ['strides', 'padding', 'data_format', 'dilations'] as const;

/**
 * The gradient of `depthwise_conv2d` by its input.
 * @example tf.nn.depthwise_conv2d_backprop_input([1, 2, 2, 1], tf.ones([2, 2, 1, 1]), tf.ones([1, 1, 1, 1]), [1, 1, 1, 1], 'VALID').numpy().ravel() // → array([1., 1., 1., 1.], dtype=float32)
 */
export function depthwise_conv2d_backprop_input(
  input_sizes: readonly number[],
  filter: TensorLike,
  out_backprop: TensorLike,
  ...rest: unknown[]
): Tensor {
  const fn = 'depthwise_conv2d_backprop_input';
  const o = named<Depthwise>(fn, DEPTHWISE, rest);
  return runAs(`tf.nn.${fn}`, () => {
    const [f, given] = together(fn, [filter, out_backprop]);
    const last = channelsLast(fn, o.data_format, 2);
    const [h, w, c, m] = f.shape;
    // Every channel apart: a batch entry of its own, so that one transposed convolution is enough for each.
    const { x: g } = laid(fn, given, 2, last);
    const n = g.shape[0];
    const sizes = last ? input_sizes.slice(1, 3) : input_sizes.slice(2, 4);
    const parts = Array.from({ length: c }, (_, k) => {
      const own = np.take(g, Array.from({ length: m }, (_v, i) => k * m + i) as never, { axis: 3 });
      const kernel = np.reshape(np.take(f, k as never, { axis: 2 }) as never, [h, w, 1, m]);
      return conv2d_transpose(own as never, kernel as never, {
        output_shape: [n, ...sizes, 1],
        strides: perAxis(fn, 'strides', o.strides, 2, last),
        padding: o.padding ?? 'VALID',
        dilations: perAxis(fn, 'dilations', o.dilations, 2, last),
      });
    });
    const all = np.concatenate(parts as never, { axis: 3 } as never);
    return tensor(last ? all : np.transpose(all as never, [0, 3, 1, 2] as never));
  });
}
/**
 * The gradient of `depthwise_conv2d` by its filter.
 * @example tf.nn.depthwise_conv2d_backprop_filter(tf.ones([1, 2, 2, 1]), [2, 2, 1, 1], tf.ones([1, 1, 1, 1]), [1, 1, 1, 1], 'VALID').numpy().ravel() // → array([1., 1., 1., 1.], dtype=float32)
 */
export function depthwise_conv2d_backprop_filter(
  input: TensorLike,
  filter_sizes: readonly number[],
  out_backprop: TensorLike,
  ...rest: unknown[]
): Tensor {
  const fn = 'depthwise_conv2d_backprop_filter';
  const o = named<Depthwise>(fn, DEPTHWISE, rest);
  return runAs(`tf.nn.${fn}`, () => {
    const [given, back] = together(fn, [input, out_backprop]);
    const last = channelsLast(fn, o.data_format, 2);
    const { x } = laid(fn, given, 2, last);
    const { x: g } = laid(fn, back, 2, last);
    const [h, w, c, m] = filter_sizes;
    const step = perAxis(fn, 'strides', o.strides, 2, last);
    const dilation = perAxis(fn, 'dilations', o.dilations, 2, last);
    const pads = padsOf(fn, o.padding ?? 'VALID', x.shape.slice(1, 3), [h, w], step, dilation, last);
    // [N, y, x, h, w, C]: a product for each channel over all places.
    const view = windowsOf(padded(x, pads), windowAttrs([h, w], step, dilation));
    const places = g.shape[0] * g.shape[1] * g.shape[2];
    const rows = np.transpose(tensor(packTo(view, [places, h * w, c])) as never, [2, 1, 0] as never);
    const columns = np.transpose(tensor(reshapeTo(g, [places, c, m])) as never, [1, 0, 2] as never);
    const product = tensor(matmulOf(rows as never, columns as never));
    return tensor(np.reshape(np.transpose(product as never, [1, 0, 2] as never) as never, [h, w, c, m]));
  });
}

/**
 * `batch_normalization` with its arguments in an older order: beta is added, gamma multiplied where it is asked for.
 * @example tf.nn.batch_norm_with_global_normalization([[[[3]]]], [1], [4], [0.5], [2], 0, true).item() // → 2.5
 */
export const batch_norm_with_global_normalization = (
  input: TensorLike,
  mean: TensorLike,
  variance: TensorLike,
  beta: TensorLike,
  gamma: TensorLike,
  variance_epsilon: number,
  scale_after_normalization: boolean,
): Tensor =>
  batch_normalization(input, mean, variance, beta, scale_after_normalization ? gamma : null, variance_epsilon);

/**
 * What `normalize_moments` takes: how many values there are, their sum and the sum of their squares, of x less `shift` where it is given.
 * @example tf.nn.sufficient_statistics([1, 3], [0])[2].item() // → 10
 */
export function sufficient_statistics(
  x: TensorLike,
  axes: number | readonly number[],
  ...rest: (TensorLike | boolean | null | { shift?: TensorLike | null; keepdims?: boolean })[]
): [count: Tensor, mean_ss: Tensor, variance_ss: Tensor, shift: Tensor | null] {
  const o = named<{ shift: TensorLike | null; keepdims: boolean }>(
    'sufficient_statistics',
    ['shift', 'keepdims'],
    rest,
  );
  return runAs('tf.nn.sufficient_statistics', () => {
    const t = floating('sufficient_statistics', x);
    const shift = o.shift === undefined || o.shift === null ? null : together('sufficient_statistics', [t, o.shift])[1];
    const m = shift === null ? t : np.subtract(t, shift);
    const axis = (typeof axes === 'number' ? [axes] : [...axes]) as number[];
    const keep = { axis, keepdims: o.keepdims ?? false };
    const n = axis.reduce((k, a) => k * t.shape[a < 0 ? a + t.ndim : a], 1);
    return [
      convert_to_tensor(n as never, { dtype: t.dtype } as never) as Tensor,
      tensor(np.sum(m as never, keep)),
      tensor(np.sum(np.square(m as never) as never, keep)),
      shift,
    ];
  });
}

/**
 * Losses of entries, weighted, as a number for a batch of the size given: their sum over it.
 * @example tf.nn.compute_average_loss([1, 3], { global_batch_size: 4 }).item() // → 1
 */
export function compute_average_loss(
  per_example_loss: TensorLike,
  ...rest: (TensorLike | number | null | { sample_weight?: TensorLike | null; global_batch_size?: number | null })[]
): Tensor {
  const o = named<{ sample_weight: TensorLike | null; global_batch_size: number | null }>(
    'compute_average_loss',
    ['sample_weight', 'global_batch_size'],
    rest,
  );
  return runAs('tf.nn.compute_average_loss', () => {
    const t = floating('compute_average_loss', per_example_loss);
    const size = o.global_batch_size ?? (t.ndim === 0 ? 1 : t.shape[0]);
    if (!(size > 0)) throw new ValueError(`global_batch_size must be positive. Received: ${String(size)}`);
    const w = o.sample_weight ?? null;
    const values = w === null ? t : np.multiply(...(together('compute_average_loss', [t, w]) as [Tensor, Tensor]));
    return tensor(np.divide(np.sum(values as never) as never, size));
  });
}
/** The sum of a regularization loss: there is one replica. @example tf.nn.scale_regularization_loss([1, 2]).item() // → 3 */
export const scale_regularization_loss = (regularization_loss: TensorLike): Tensor =>
  runAs('tf.nn.scale_regularization_loss', () =>
    tensor(np.sum(floating('scale_regularization_loss', regularization_loss))),
  );

/**
 * Isotonic regression: the values along the last axis that are nearest to the inputs and never rise (or, with `decreasing: false`, never fall), with
 * the number of the run that each belongs to.
 * @example tf.nn.isotonic_regression([3, 1, 2])[0].numpy() // → array([3. , 1.5, 1.5], dtype=float32)
 */
export function isotonic_regression(
  inputs: TensorLike,
  ...rest: (boolean | number | { decreasing?: boolean; axis?: number })[]
): [output: Tensor, segments: Tensor] {
  const o = named<{ decreasing: boolean; axis: number }>('isotonic_regression', ['decreasing', 'axis'], rest);
  return runAs('tf.nn.isotonic_regression', () => {
    const axis = o.axis ?? -1;
    const given = floating('isotonic_regression', inputs);
    const t = np.moveaxis(given, axis, -1);
    const x = (o.decreasing ?? true) ? t : np.negative(t);
    const n = x.shape[x.ndim - 1];
    // Which entries make a run is a matter of values; their means are not, and so have gradients.
    const values = np.reshape(decisive(x as unknown as Tensor), [-1, Math.max(1, n)]).tolist() as number[][];
    const runs = np.reshape(
      np.array(
        values.flatMap((row) => (n === 0 ? [] : pooled(row))),
        { dtype: 'int32' } as never,
      ),
      x.shape as never,
    );
    const same = np.equal(
      np.expand_dims(runs as never, { axis: -1 }) as never,
      np.expand_dims(runs as never, { axis: -2 }) as never,
    );
    const weights = np.asarray(
      np.divide(same as never, np.sum(same as never, { axis: -1, keepdims: true }) as never) as never,
      { dtype: given.dtype } as never,
    );
    const means = np.squeeze(
      np.matmul(convert_to_tensor(weights as never) as never, np.expand_dims(t, { axis: -1 }) as never) as never,
      { axis: -1 } as never,
    );
    return [
      tensor(np.moveaxis(means as never, -1, axis)),
      tensor(np.moveaxis(convert_to_tensor(runs as never) as never, -1, axis)),
    ];
  });
}
/** The run of each entry: neighbours are joined as long as their means rise. */
function pooled(row: readonly number[]): number[] {
  const runs: { sum: number; count: number }[] = [];
  for (const v of row) {
    runs.push({ sum: v, count: 1 });
    while (runs.length > 1) {
      const [a, b] = runs.slice(-2);
      if (a.sum / a.count > b.sum / b.count) break;
      runs.splice(-2, 2, { sum: a.sum + b.sum, count: a.count + b.count });
    }
  }
  return runs.flatMap(({ count }, k) => new Array<number>(count).fill(k));
}
