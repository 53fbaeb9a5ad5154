import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import { packTo, permute, reshapeTo } from '../../core/ops/move.js';
import { windowsOf } from '../../core/ops/windows.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
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
  padded,
  padsOf,
  type PerAxis,
  perAxis,
  tensor,
  windowAttrs,
} from './frame.js';

/** Blocks of images moved between space, depth and batch; dilation and erosion. */

const blocksFit = (fn: string, n: number, size: number): void => {
  if (n % size !== 0)
    throw new InvalidArgumentError(`tf.nn.${fn}: Dimension size ${n} must be evenly divisible by ${size}`);
};
type Rest = (string | { data_format?: string })[];
const sizeChecked = (fn: string, size: number): number => {
  if (!Number.isInteger(size) || size < 2)
    throw new InvalidArgumentError(`tf.nn.${fn}: Value for attr 'block_size' of ${size} must be at least minimum 2`);
  return size;
};

/**
 * Blocks of pixels as channels: [b, h, w, c] becomes [b, h / s, w / s, s * s * c].
 * @example tf.nn.space_to_depth([[[[1], [2]], [[3], [4]]]], 2).numpy().ravel() // → array([1., 2., 3., 4.], dtype=float32)
 */
export const space_to_depth = (input: TensorLike, block_size: number, ...rest: Rest): Tensor =>
  runAs('tf.nn.space_to_depth', () => {
    const fn = 'space_to_depth';
    const s = sizeChecked(fn, block_size);
    const { x, back } = laid(
      fn,
      asTensor(input),
      2,
      channelsLast(fn, named<{ data_format: string }>(fn, ['data_format'], rest).data_format, 2),
    );
    const [b, h, w, c] = x.shape;
    blocksFit(fn, h, s);
    blocksFit(fn, w, s);
    const split = permute(reshapeTo(x, [b, h / s, s, w / s, s, c]), [0, 1, 3, 2, 4, 5]);
    return back(tensor(packTo(split, [b, h / s, w / s, s * s * c])));
  });

/**
 * Channels as blocks of pixels: the reverse of `space_to_depth`.
 * @example tf.nn.depth_to_space([[[[1, 2, 3, 4]]]], 2).shape // → [ 1, 2, 2, 1 ]
 */
export const depth_to_space = (input: TensorLike, block_size: number, ...rest: Rest): Tensor =>
  runAs('tf.nn.depth_to_space', () => {
    const fn = 'depth_to_space';
    const s = sizeChecked(fn, block_size);
    const { x, back } = laid(
      fn,
      asTensor(input),
      2,
      channelsLast(fn, named<{ data_format: string }>(fn, ['data_format'], rest).data_format, 2),
    );
    const [b, h, w, c] = x.shape;
    blocksFit(fn, c, s * s);
    const split = permute(reshapeTo(x, [b, h, w, s, s, c / (s * s)]), [0, 1, 3, 2, 4, 5]);
    return back(tensor(packTo(split, [b, h * s, w * s, c / (s * s)])));
  });

type Pairs = readonly (readonly number[])[] | Tensor;
const listOf = <T>(x: T | Tensor): T => (x instanceof Tensor ? (x.tolist() as T) : x);
const product = (l: readonly number[]): number => l.reduce((a, b) => a * b, 1);

/**
 * Blocks of positions moved into the batch, after zeros were put around them.
 * @example tf.space_to_batch([[[[1], [2]], [[3], [4]]]], [2, 2], [[0, 0], [0, 0]]).shape // → [ 4, 1, 1, 1 ]
 */
export function space_to_batch(input: TensorLike, block_shape: readonly number[] | Tensor, paddings: Pairs): Tensor {
  return runAs('tf.space_to_batch', () => {
    const block = listOf(block_shape);
    const pads = listOf(paddings).map((p) => [p[0], p[1]] as const);
    const given = asTensor(input);
    const m = block.length;
    if (pads.length !== m || given.ndim <= m)
      throw new InvalidArgumentError(`tf.space_to_batch: paddings should have one pair for each of ${m} blocks`);
    const rest = given.shape.slice(m + 1);
    // padded wants one axis behind those it pads.
    const flat = tensor(reshapeTo(given, [...given.shape.slice(0, m + 1), product(rest)]));
    const x = padded(flat, pads);
    const lengths = x.shape.slice(1, m + 1);
    lengths.forEach((n, i) => {
      blocksFit('space_to_batch', n, block[i]);
    });
    const split = reshapeTo(x, [x.shape[0], ...lengths.flatMap((n, i) => [n / block[i], block[i]]), product(rest)]);
    const axes = block.map((_, i) => 2 + 2 * i);
    const moved = permute(split, [...axes, 0, ...axes.map((a) => a - 1), 2 * m + 1]);
    return tensor(packTo(moved, [x.shape[0] * product(block), ...lengths.map((n, i) => n / block[i]), ...rest]));
  });
}

/**
 * The reverse of `space_to_batch`: positions moved back from the batch, and what `crops` says cut off.
 * @example tf.batch_to_space([[[[1]]], [[[2]]], [[[3]]], [[[4]]]], [2, 2], [[0, 0], [0, 0]]).numpy().ravel() // → array([1., 2., 3., 4.], dtype=float32)
 */
export function batch_to_space(input: TensorLike, block_shape: readonly number[] | Tensor, crops: Pairs): Tensor {
  return runAs('tf.batch_to_space', () => {
    const block = listOf(block_shape);
    const cuts = listOf(crops).map((p) => [p[0], p[1]] as const);
    const x = asTensor(input);
    const m = block.length;
    blocksFit('batch_to_space', x.shape[0], product(block));
    const batch = x.shape[0] / product(block);
    const rest = x.shape.slice(m + 1);
    const lengths = x.shape.slice(1, m + 1);
    const split = reshapeTo(x, [...block, batch, ...lengths, product(rest)]);
    const moved = permute(split, [m, ...block.flatMap((_, i) => [m + 1 + i, i]), 2 * m + 1]);
    const whole = tensor(packTo(moved, [batch, ...lengths.map((n, i) => n * block[i]), product(rest)]));
    const left = lengths.map((n, i) => n * block[i] - cuts[i][0] - cuts[i][1]);
    return tensor(packTo(cropped(whole, cuts, left), [batch, ...left, ...rest]));
  });
}

interface MorphOptions {
  strides?: PerAxis;
  padding?: Padding;
  data_format?: string;
  dilations?: PerAxis;
}
function dilate(fn: string, input: TensorLike, filters: TensorLike, o: MorphOptions): Tensor {
  const [x, f] = together(fn, [input, filters]);
  if (x.ndim !== 4 || f.ndim !== 3)
    throw new ValueError(`tf.nn.${fn}: the input must have 4 axes and the filters 3, got ${x.ndim} and ${f.ndim}`);
  channelsLast(fn, o.data_format, 2);
  const size = f.shape.slice(0, 2);
  const step = perAxis(fn, 'strides', o.strides, 2, true);
  const dilation = perAxis(fn, 'dilations', o.dilations, 2, true);
  const lengths = x.shape.slice(1, 3);
  const pads = padsOf(fn, o.padding, lengths, size, step, dilation, true);
  const w = windowAttrs(size, step, dilation);
  checkFits(fn, lengths, pads, w);
  const view = windowsOf(padded(x, pads, Number.NEGATIVE_INFINITY), w);
  return tensor(np.max(np.add(view as never, f) as never, { axis: [3, 4] }));
}
type MorphRest = (PerAxis | Padding | string | MorphOptions)[];
const MORPH = ['strides', 'padding', 'data_format', 'dilations'] as const;

/**
 * Grey-scale dilation: the largest sum of an entry and the filter's, over each window. Filters are [height, width, channels].
 * @example tf.nn.dilation2d(tf.ones([1, 2, 2, 1]), [[[1]], [[2]]], [1, 1, 1, 1], 'VALID', 'NHWC', [1, 1, 1, 1]).numpy().ravel() // → array([3., 3.], dtype=float32)
 */
export const dilation2d = (input: TensorLike, filters: TensorLike, ...rest: MorphRest): Tensor =>
  runAs('tf.nn.dilation2d', () => dilate('dilation2d', input, filters, named<MorphOptions>('dilation2d', MORPH, rest)));
/**
 * Grey-scale erosion: the smallest difference of an entry and the filter's (turned around), over each window.
 * @example tf.nn.erosion2d(tf.ones([1, 2, 2, 1]), [[[1]], [[2]]], [1, 1, 1, 1], 'VALID', 'NHWC', [1, 1, 1, 1]).numpy().ravel() // → array([-1., -1.], dtype=float32)
 */
export const erosion2d = (value: TensorLike, filters: TensorLike, ...rest: MorphRest): Tensor =>
  runAs('tf.nn.erosion2d', () => {
    const [x, f] = together('erosion2d', [value, filters]);
    const turned = tensor(np.flip(f, { axis: [0, 1] }));
    const o = named<MorphOptions>('erosion2d', MORPH, rest);
    return tensor(np.negative(dilate('erosion2d', tensor(np.negative(x)), turned, o)));
  });
