import { InvalidArgumentError, shapeText, ValueError } from '../../core/errors.js';
import { matmulOf } from '../../core/ops/contract.js';
import { packTo, permute, reshapeTo } from '../../core/ops/move.js';
import { overlapAdd, windowsOf } from '../../core/ops/windows.js';
import { runAs } from '../../core/transfers.js';
import { type TensorLike, together } from '../convert.js';
import { Tensor } from '../tensor.js';
import {
  asTensor,
  channelsLast,
  checkFits,
  cropped,
  laid,
  named,
  type Padding,
  type Pads,
  padded,
  padsOf,
  type PerAxis,
  perAxis,
  tensor,
  windowAttrs,
  type WindowOptions,
} from './frame.js';

/** Convolutions: windows of the input as rows of a matrix, times the filters as columns. */

const sizeOf = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);

/** [N, S…, C] and filters [K…, C / groups, O] to [N, O…, O]. */
function convolve(x: Tensor, f: Tensor, step: readonly number[], dilation: readonly number[]): Tensor {
  const d = step.length;
  const size = f.shape.slice(0, d);
  const [deep, out] = f.shape.slice(d);
  const groups = x.shape[d + 1] / deep;
  const view = windowsOf(x, windowAttrs(size, step, dilation));
  const places = view.shape.slice(0, d + 1);
  const k = sizeOf(size) * deep;
  if (groups === 1) {
    const rows = packTo(view, [sizeOf(places), k]);
    return tensor(reshapeTo(matmulOf(rows, reshapeTo(f, [k, out])), [...places, out]));
  }
  // One product for each group of channels.
  const split = reshapeTo(view, [...view.shape.slice(0, -1), groups, deep]);
  const n = split.ndim;
  const front = permute(split, [n - 2, ...Array.from({ length: n - 2 }, (_, i) => i), n - 1]);
  const rows = packTo(front, [groups, sizeOf(places), k]);
  const columns = permute(reshapeTo(f, [k, groups, out / groups]), [1, 0, 2]);
  const product = permute(matmulOf(rows, columns), [1, 0, 2]);
  return tensor(packTo(product, [...places, out]));
}

interface ConvOptions extends WindowOptions {
  input?: TensorLike;
  filters?: TensorLike;
}
const CONV = ['input', 'filters', 'strides', 'padding', 'data_format', 'dilations'] as const;

function run(fn: string, d: number, o: ConvOptions): Tensor {
  return runAs(`tf.nn.${fn}`, () => {
    const [given, f] = together(fn, [o.input as TensorLike, o.filters as TensorLike]);
    const last = channelsLast(fn, o.data_format, d);
    const { x, back } = laid(fn, given, d, last);
    if (f.ndim !== d + 2)
      throw new ValueError(
        `tf.nn.${fn}: \`filters\` must have ${d + 2} axes. Received: filters.shape=${shapeText(f.shape)}`,
      );
    const step = perAxis(fn, 'strides', o.strides, d, last);
    const dilation = perAxis(fn, 'dilations', o.dilations, d, last);
    const [c, deep, out] = [x.shape[d + 1], ...f.shape.slice(d)];
    if (deep === 0 || c % deep !== 0)
      throw new InvalidArgumentError(
        `tf.nn.${fn}: input depth must be evenly divisible by filter depth: ${c} vs ${deep}`,
      );
    if (out % (c / deep) !== 0)
      throw new InvalidArgumentError(
        `tf.nn.${fn}: output depth must be evenly divisible by number of groups: ${out} vs ${c / deep}`,
      );
    const size = f.shape.slice(0, d);
    const lengths = x.shape.slice(1, d + 1);
    const pads = padsOf(fn, o.padding ?? 'VALID', lengths, size, step, dilation, last);
    checkFits(fn, lengths, pads, windowAttrs(size, step, dilation));
    return back(convolve(padded(x, pads), f, step, dilation));
  });
}

type ConvRest = (PerAxis | Padding | string | (ConvOptions & { stride?: PerAxis }))[];

/**
 * Convolution over two axes of a batch of images.
 *
 * @param input of shape [batch, height, width, channels], or with `data_format: 'NCHW'` [batch, channels, height, width]
 * @param filters of shape [height, width, channels / groups, outputs]: fewer channels than the input's make groups
 * @param strides, padding, data_format, dilations: padding is 'VALID', 'SAME', or a list of pairs for all axes
 * @throws InvalidArgumentError for channels that do not fit, and where not one window fits
 * @example
 * const image = tf.reshape(tf.range(9, { dtype: 'float32' }), [1, 3, 3, 1]);
 * tf.nn.conv2d(image, tf.ones([2, 2, 1, 1]), 1, 'VALID').numpy().ravel() // → array([ 8., 12., 20., 24.], dtype=float32)
 */
export const conv2d = (input: TensorLike, filters: TensorLike, ...rest: ConvRest): Tensor =>
  run('conv2d', 2, { ...named<ConvOptions>('conv2d', CONV.slice(2) as never, rest), input, filters });

/**
 * Convolution over three axes: input [batch, depth, height, width, channels].
 * @example tf.nn.conv3d(tf.ones([1, 2, 2, 2, 1]), tf.ones([2, 2, 2, 1, 1]), [1, 1, 1, 1, 1], 'VALID').item() // → 8
 */
export const conv3d = (input: TensorLike, filters: TensorLike, ...rest: ConvRest): Tensor =>
  run('conv3d', 3, { ...named<ConvOptions>('conv3d', CONV.slice(2) as never, rest), input, filters });

/**
 * Convolution over one axis: input [batch, width, channels], filters [width, channels, outputs].
 * @example tf.nn.conv1d([[[1], [2], [3]]], [[[1]], [[1]]], 1, 'VALID').numpy().ravel() // → array([3., 5.], dtype=float32)
 */
export const conv1d = (input: TensorLike, filters: TensorLike, ...rest: ConvRest): Tensor => {
  const { stride, ...o } = named<ConvOptions & { stride: PerAxis }>(
    'conv1d',
    ['stride', 'padding', 'data_format', 'dilations', 'strides'],
    rest,
  );
  return run('conv1d', 1, { strides: stride ?? null, ...o, input, filters });
};

/**
 * Convolution over as many axes as the filters have beside their last two.
 * @example tf.nn.convolution([[[1], [2], [3]]], [[[1]], [[1]]]).shape // → [ 1, 2, 1 ]
 */
export const convolution = (input: TensorLike, filters: TensorLike, ...rest: ConvRest): Tensor => {
  const f = asTensor(filters);
  const d = f.ndim - 2;
  if (d < 1 || d > 3)
    throw new ValueError(
      `tf.nn.convolution: \`filters\` must have 3, 4 or 5 axes. Received: filters.shape=${shapeText(f.shape)}`,
    );
  const o = named<ConvOptions>('convolution', ['strides', 'padding', 'data_format', 'dilations'], rest);
  return run('convolution', d, { ...o, input, filters: f });
};

/**
 * Convolution with holes: filters whose entries stand `rate` apart.
 * @example tf.nn.atrous_conv2d(tf.ones([1, 5, 5, 1]), tf.ones([3, 3, 1, 1]), 2, 'VALID').item() // → 9
 */
export const atrous_conv2d = (
  value: TensorLike,
  filters: TensorLike,
  ...rest: (number | Padding | { rate?: number; padding?: Padding })[]
): Tensor => {
  const o = named<{ rate: number; padding: Padding }>('atrous_conv2d', ['rate', 'padding'], rest);
  return run('atrous_conv2d', 2, { input: value, filters, strides: 1, padding: o.padding, dilations: o.rate });
};

/** Filters [h, w, c, m], m outputs of every channel alone, as filters of c groups. */
function depthwise(fn: string, input: TensorLike, filter: TensorLike, o: WindowOptions): Tensor {
  const [x, f] = together(fn, [input, filter]);
  if (f.ndim !== 4)
    throw new ValueError(`tf.nn.${fn}: the filter must have 4 axes. Received: shape=${shapeText(f.shape)}`);
  const [h, w, c, m] = f.shape;
  const channels = x.shape[channelsLast(fn, o.data_format, 2) ? x.ndim - 1 : x.ndim - 3];
  if (c !== channels)
    throw new InvalidArgumentError(`tf.nn.${fn}: input and filter must have the same depth: ${channels} vs ${c}`);
  return run(fn, 2, { ...o, input: x, filters: tensor(reshapeTo(f, [h, w, 1, c * m])) });
}

/**
 * Convolution of every channel alone: filter [height, width, channels, multiplier] gives channels * multiplier outputs.
 * @example tf.nn.depthwise_conv2d(tf.ones([1, 2, 2, 3]), tf.ones([2, 2, 3, 1]), [1, 1, 1, 1], 'VALID').numpy().ravel() // → array([4., 4., 4.], dtype=float32)
 */
export const depthwise_conv2d = (input: TensorLike, filter: TensorLike, ...rest: ConvRest): Tensor =>
  runAs('tf.nn.depthwise_conv2d', () =>
    depthwise(
      'depthwise_conv2d',
      input,
      filter,
      named<WindowOptions>('depthwise_conv2d', ['strides', 'padding', 'data_format', 'dilations'], rest),
    ),
  );

/**
 * A depthwise convolution, and one of 1 × 1 filters over its outputs.
 * @example tf.nn.separable_conv2d(tf.ones([1, 2, 2, 3]), tf.ones([2, 2, 3, 1]), tf.ones([1, 1, 3, 1]), [1, 1, 1, 1], 'VALID').item() // → 12
 */
export const separable_conv2d = (
  input: TensorLike,
  depthwise_filter: TensorLike,
  pointwise_filter: TensorLike,
  ...rest: ConvRest
): Tensor =>
  runAs('tf.nn.separable_conv2d', () => {
    const o = named<WindowOptions>('separable_conv2d', ['strides', 'padding', 'data_format', 'dilations'], rest);
    const deep = depthwise('separable_conv2d', input, depthwise_filter, o);
    return run('separable_conv2d', 2, {
      input: deep,
      filters: pointwise_filter,
      strides: 1,
      padding: 'VALID',
      data_format: o.data_format,
    });
  });

// ---- transposed ------------------------------------------------------------------------------------------------------

interface TransposeOptions extends WindowOptions {
  output_shape?: readonly number[] | Tensor;
}
type TransposeRest = (readonly number[] | Tensor | PerAxis | Padding | string | TransposeOptions)[];

/** The gradient of a convolution by its input: filters are [K…, outputs, inputs]. */
function transposed(fn: string, d: number, input: TensorLike, filters: TensorLike, rest: readonly unknown[]): Tensor {
  return runAs(`tf.nn.${fn}`, () => {
    const o = named<TransposeOptions>(fn, ['output_shape', 'strides', 'padding', 'data_format', 'dilations'], rest);
    const [given, f] = together(fn, [input, filters]);
    const last = channelsLast(fn, o.data_format, d);
    const { x, back } = laid(fn, given, d, last);
    const step = perAxis(fn, 'strides', o.strides, d, last);
    const dilation = perAxis(fn, 'dilations', o.dilations, d, last);
    const size = f.shape.slice(0, d);
    const [out, deep] = f.shape.slice(d);
    const asked = o.output_shape instanceof Tensor ? (o.output_shape.tolist() as number[]) : o.output_shape;
    if (asked === undefined) throw new ValueError(`tf.nn.${fn}() missing 1 required argument: 'output_shape'`);
    const whole =
      asked.length === d ? [x.shape[0], ...asked, out] : last ? asked : [asked[0], ...asked.slice(2), asked[1]];
    if (deep !== x.shape[d + 1])
      throw new InvalidArgumentError(
        `tf.nn.${fn}: input channels does not match filter's input channels, ${x.shape[d + 1]} != ${deep}`,
      );
    if (whole[d + 1] !== out)
      throw new ValueError(
        `tf.nn.${fn}: output_shape does not match filter's output channels, ${whole[d + 1]} != ${out}`,
      );
    const lengths = whole.slice(1, d + 1).map(Number);
    const pads: Pads = padsOf(fn, o.padding ?? 'SAME', lengths, size, step, dilation, last);
    const w = windowAttrs(size, step, dilation);
    const places = checkFits(fn, lengths, pads, w);
    if (places.some((n, i) => n !== x.shape[1 + i]))
      throw new InvalidArgumentError(
        `tf.nn.${fn}: Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = ${x.shape.slice(1, d + 1).join(',')}, computed = ${places.join(',')}`,
      );
    const k = sizeOf(size) * out;
    const rows = matmulOf(packTo(x, [sizeOf(x.shape.slice(0, d + 1)), deep]), permute(reshapeTo(f, [k, deep]), [1, 0]));
    const apart = reshapeTo(rows, [x.shape[0], ...places, ...size, out]);
    const full = lengths.map((n, i) => n + pads[i][0] + pads[i][1]);
    return back(cropped(tensor(overlapAdd(apart, w, [x.shape[0], ...full, out])), pads, lengths));
  });
}

/**
 * The transpose of `conv2d`: from a result's shape back to an input's. Filters are [height, width, outputs, inputs].
 * @param output_shape the shape of the result
 * @example tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 1, 1]), [1, 4, 4, 1], 2).shape // → [ 1, 4, 4, 1 ]
 */
export const conv2d_transpose = (input: TensorLike, filters: TensorLike, ...rest: TransposeRest): Tensor =>
  transposed('conv2d_transpose', 2, input, filters, rest);
/**
 * The transpose of `conv1d`.
 * @example tf.nn.conv1d_transpose([[[1], [2]]], [[[1]], [[1]]], [1, 4, 1], 2).numpy().ravel() // → array([1., 1., 2., 2.], dtype=float32)
 */
export const conv1d_transpose = (input: TensorLike, filters: TensorLike, ...rest: TransposeRest): Tensor =>
  transposed('conv1d_transpose', 1, input, filters, rest);
/**
 * The transpose of `conv3d`.
 * @example tf.nn.conv3d_transpose(tf.ones([1, 1, 1, 1, 1]), tf.ones([2, 2, 2, 1, 1]), [1, 2, 2, 2, 1], 2).shape // → [ 1, 2, 2, 2, 1 ]
 */
export const conv3d_transpose = (input: TensorLike, filters: TensorLike, ...rest: TransposeRest): Tensor =>
  transposed('conv3d_transpose', 3, input, filters, rest);
