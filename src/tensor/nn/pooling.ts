import { countingDtype } from '../elsewhere.js';
import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import { packTo, reshapeTo } from '../../core/ops/move.js';
import { windowMax, windowsOf, windowSum } from '../../core/ops/windows.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { cast, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import type { DTypeLike } from '../../core/dtype.js';
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

/** Poolings: each window's largest entry, or mean. */

interface PoolOptions {
  ksize?: PerAxis;
  strides?: PerAxis;
  padding?: Padding;
  data_format?: string | null;
  dilations?: PerAxis;
}
type Rest = (PerAxis | Padding | string | PoolOptions)[];

/** What stands around the input where it must never be the largest. */
const lowest = (t: Tensor): number | bigint =>
  t.dtype.kind === 'f'
    ? Number.NEGATIVE_INFINITY
    : t.dtype.kind === 'u' || t.dtype.kind === 'b'
      ? 0
      : (np.iinfo(t.dtype as never) as { min: number | bigint }).min;

function pooled(fn: string, kind: 'MAX' | 'AVG', d: number, input: TensorLike, o: PoolOptions): Tensor {
  return runAs(`tf.nn.${fn}`, () => {
    const last = channelsLast(fn, o.data_format, d);
    const { x, back } = laid(fn, asTensor(input), d, last);
    if (o.ksize === undefined || o.ksize === null)
      throw new ValueError(`tf.nn.${fn}() missing 1 required argument: 'ksize'`);
    const size = perAxis(fn, 'ksize', o.ksize, d, last);
    const step = perAxis(fn, 'strides', o.strides, d, last);
    const dilation = perAxis(fn, 'dilations', o.dilations, d, last);
    const lengths = x.shape.slice(1, d + 1);
    const pads = padsOf(fn, o.padding, lengths, size, step, dilation, last);
    const w = windowAttrs(size, step, dilation);
    const places = checkFits(fn, lengths, pads, w);
    if (kind === 'MAX') return back(tensor(windowMax(padded(x, pads, lowest(x)), w)));
    if (x.dtype.kind !== 'f') throw new InvalidArgumentError(`tf.nn.${fn}: dtype ${x.dtype.name} is not allowed`);
    const sum = windowSum(padded(x, pads), w);
    // Entries around the input do not count.
    const share = places.map((n, i) =>
      Array.from({ length: n }, (_, p) => {
        let inside = 0;
        for (let k = 0; k < size[i]; k++) {
          const at = p * step[i] + k * dilation[i] - pads[i][0];
          if (at >= 0 && at < lengths[i]) inside++;
        }
        return inside;
      }),
    );
    let counts: unknown = np.asarray(1, x.dtype);
    share.forEach((list, i) => {
      const shape = new Array<number>(d + 1).fill(1);
      shape[i] = list.length;
      counts = np.multiply(counts as never, np.reshape(np.asarray(list, x.dtype), shape));
    });
    const even = share.every((list) => list.every((n) => n === list[0]));
    const by = even ? share.reduce((n, list) => n * list[0], 1) : asTensor(counts);
    return back(tensor(np.divide(sum as never, by as never)));
  });
}

const NAMES = ['ksize', 'strides', 'padding', 'data_format'] as const;
const poolOf =
  (fn: string, kind: 'MAX' | 'AVG', d: number): ((input: TensorLike, ...rest: Rest) => Tensor) =>
  (input, ...rest) =>
    pooled(fn, kind, d, input, named<PoolOptions>(fn, NAMES, rest));

type Pool = (input: TensorLike, ...rest: Rest) => Tensor;
/**
 * The largest entry of each window of a batch of images. Of equal entries the first gets the gradient.
 * @throws InvalidArgumentError where not one window fits
 * @example
 * const image = tf.reshape(tf.range(16, { dtype: 'float32' }), [1, 4, 4, 1]);
 * tf.nn.max_pool2d(image, 2, 2, 'VALID').numpy().ravel() // → array([ 5.,  7., 13., 15.], dtype=float32)
 */
export const max_pool2d: Pool = poolOf('max_pool2d', 'MAX', 2);
/** The largest entry of each window of sequences. @example tf.nn.max_pool1d([[[1], [3], [2], [0]]], 2, 2, 'VALID').numpy().ravel() // → array([3., 2.], dtype=float32) */
export const max_pool1d: Pool = poolOf('max_pool1d', 'MAX', 1);
/** The largest entry of each window of volumes. @example tf.nn.max_pool3d(tf.ones([1, 2, 2, 2, 1]), 2, 2, 'VALID').item() // → 1 */
export const max_pool3d: Pool = poolOf('max_pool3d', 'MAX', 3);
/**
 * The mean of each window of a batch of images; what 'SAME' puts around them does not count.
 * @example tf.nn.avg_pool2d(tf.ones([1, 3, 3, 1]), 2, 2, 'SAME').numpy().ravel() // → array([1., 1., 1., 1.], dtype=float32)
 */
export const avg_pool2d: Pool = poolOf('avg_pool2d', 'AVG', 2);
/** The mean of each window of sequences. @example tf.nn.avg_pool1d([[[1], [3], [2], [0]]], 2, 2, 'VALID').numpy().ravel() // → array([2., 1.], dtype=float32) */
export const avg_pool1d: Pool = poolOf('avg_pool1d', 'AVG', 1);
/** The mean of each window of volumes. @example tf.nn.avg_pool3d(tf.ones([1, 2, 2, 2, 1]), 2, 2, 'VALID').item() // → 1 */
export const avg_pool3d: Pool = poolOf('avg_pool3d', 'AVG', 3);

const axesOf = (fn: string, x: Tensor): number => {
  const d = x.ndim - 2;
  if (d < 1 || d > 3) throw new ValueError(`tf.nn.${fn}: the input must have 3, 4 or 5 axes, got ${x.ndim}`);
  return d;
};
/** The largest entry of each window, over as many axes as the input has beside batch and channels. @example tf.nn.max_pool(tf.ones([1, 4, 4, 2]), 2, 2, 'SAME').shape // → [ 1, 2, 2, 2 ] */
export const max_pool: Pool = (input, ...rest) => {
  const x = asTensor(input);
  return pooled('max_pool', 'MAX', axesOf('max_pool', x), x, named<PoolOptions>('max_pool', NAMES, rest));
};
/** The mean of each window, over as many axes as the input has beside batch and channels. @example tf.nn.avg_pool(tf.ones([1, 4, 4, 2]), 2, 2, 'SAME').shape // → [ 1, 2, 2, 2 ] */
export const avg_pool: Pool = (input, ...rest) => {
  const x = asTensor(input);
  return pooled('avg_pool', 'AVG', axesOf('avg_pool', x), x, named<PoolOptions>('avg_pool', NAMES, rest));
};

/**
 * Poolings by name: `pooling_type` is 'MAX' or 'AVG'.
 * @example tf.nn.pool(tf.ones([1, 4, 4, 1]), [2, 2], 'AVG', [2, 2], 'VALID').shape // → [ 1, 2, 2, 1 ]
 */
export function pool(
  input: TensorLike,
  window_shape: readonly number[],
  pooling_type: string,
  ...rest: (PerAxis | Padding | string | Omit<PoolOptions, 'ksize'>)[]
): Tensor {
  const o = named<PoolOptions>('pool', ['strides', 'padding', 'data_format', 'dilations'], rest);
  if (pooling_type !== 'MAX' && pooling_type !== 'AVG')
    throw new ValueError(`tf.nn.pool: Unsupported pooling_type: ${pooling_type}.`);
  return pooled('pool', pooling_type, window_shape.length, input, {
    ...o,
    padding: o.padding ?? 'VALID',
    ksize: window_shape,
  });
}

/**
 * The largest entry of each window and where it stands: its place in the image's values in C order (with the batch's, `include_batch_in_index`).
 * @example tf.nn.max_pool_with_argmax([[[[1], [5]], [[7], [2]]]], 2, 2, 'VALID').argmax.item() // → 2
 */
export function max_pool_with_argmax(
  input: TensorLike,
  ...rest: (
    | PerAxis
    | string
    | (PoolOptions & { output_dtype?: DTypeLike; include_batch_in_index?: boolean })
    | DTypeLike
    | boolean
  )[]
): Tensor[] & { output: Tensor; argmax: Tensor } {
  return runAs('tf.nn.max_pool_with_argmax', () => {
    const fn = 'max_pool_with_argmax';
    const o = named<PoolOptions & { output_dtype: DTypeLike; include_batch_in_index: boolean }>(
      fn,
      ['ksize', 'strides', 'padding', 'data_format', 'output_dtype', 'include_batch_in_index'],
      rest,
    );
    const x = asTensor(input);
    const size = perAxis(fn, 'ksize', o.ksize, 2, true);
    const step = perAxis(fn, 'strides', o.strides, 2, true);
    const one = [1, 1];
    const lengths = x.shape.slice(1, 3);
    const pads = padsOf(fn, o.padding, lengths, size, step, one, true);
    const w = windowAttrs(size, step, one);
    checkFits(fn, lengths, pads, w);
    const wide = padded(x, pads, lowest(x));
    const output = tensor(windowMax(wide, w));
    // Where every value stands, beside the values.
    const [n, h, wd, c] = x.shape;
    const count = countingDtype(x);
    const own = np.reshape(np.arange(h * wd * c, { dtype: count } as never), [1, h, wd, c]);
    const places = padded(asTensor(own), pads);
    const flat = (t: Tensor): Tensor => {
      const v = windowsOf(t, w);
      return tensor(packTo(v, [v.shape[0], v.shape[1], v.shape[2], size[0] * size[1], c]));
    };
    const at = np.argmax(flat(wide), { axis: 3, keepdims: true } as never);
    const all = np.broadcast_to(flat(places), [n, ...output.shape.slice(1, 3), size[0] * size[1], c]);
    let index = tensor(reshapeTo(np.take_along_axis(all as never, at as never, 3) as never, output.shape));
    if (o.include_batch_in_index) {
      const first = np.reshape(np.multiply(np.arange(n, { dtype: count } as never), h * wd * c), [n, 1, 1, 1]);
      index = tensor(np.add(index, asTensor(first)));
    }
    const argmax = o.output_dtype === undefined ? index : cast(index, o.output_dtype);
    return Object.assign([output, argmax], { output, argmax });
  });
}
