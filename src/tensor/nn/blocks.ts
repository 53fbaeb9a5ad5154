import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import { packTo, permute, reshapeTo } from '../../core/ops/move.js';
import { windowsOf } from '../../core/ops/windows.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { type TensorLike, together } from '../convert.js';
import type { Tensor } from '../tensor.js';
import {
  asTensor,
  channelsLast,
  checkFits,
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
