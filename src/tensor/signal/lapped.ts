import { ValueError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { frame, overlap_and_add } from './frames.js';
import { dct } from './transforms.js';
import { vorbis_window, type Window } from './windows.js';

/** The modified discrete cosine transform: frames that overlap by half, as many numbers as there are samples. */

const tensor = (x: unknown): Tensor => x as Tensor;
const turned = (x: unknown): unknown => np.flip(x as never, -1);
const joined = (...parts: unknown[]): Tensor => tensor(np.concatenate(parts as never, { axis: -1 } as never));
type Norm = 'ortho' | null;

/**
 * Frames of `frame_length` samples, each as half as many coefficients.
 * @param rest window_fn (vorbis_window, or null for none), pad_end (false), norm (null or 'ortho')
 * @throws ValueError for a length that is no multiple of 4
 * @example tf.signal.mdct(tf.ones([16]), 8).shape // → [ 3, 4 ]
 */
export function mdct(
  signals: TensorLike,
  frame_length: number,
  ...rest: (Window | boolean | Norm | { window_fn?: Window | null; pad_end?: boolean; norm?: Norm })[]
): Tensor {
  const o = options<{ window_fn: Window | null; pad_end: boolean; norm: Norm }>(
    'signal.mdct',
    ['window_fn', 'pad_end', 'norm'],
    rest,
  );
  return runAs('tf.signal.mdct', () => {
    if (frame_length % 4 !== 0)
      throw new ValueError(`The frame length must be a multiple of 4. Received: frame_length=${frame_length}`);
    const given = convert_to_tensor(signals as never) as Tensor;
    let frames: unknown = frame(given, frame_length, frame_length / 2, { pad_end: o.pad_end ?? false });
    const window = o.window_fn === undefined ? vorbis_window : o.window_fn;
    frames =
      window === null
        ? np.multiply(frames as never, Math.SQRT1_2)
        : np.multiply(frames as never, window(frame_length, { dtype: given.dtype }) as never);
    const [a, b, c, d] = np.split(frames as never, 4, -1) as unknown as Tensor[];
    const rearranged = joined(np.subtract(np.negative(turned(c) as never), d), np.subtract(a, turned(b) as never));
    return dct(rearranged, { type: 4, norm: o.norm ?? null });
  });
}

/**
 * The reverse of {@link mdct}: its samples, but for the first and last half frame, which no other frame overlaps.
 * @param rest window_fn (vorbis_window), norm (null or 'ortho'): those of the transform
 * @example
 * const x = tf.range(32, { dtype: 'float32' });
 * const y = tf.signal.inverse_mdct(tf.signal.mdct(x, 8));
 * np.allclose(y.at('4:28').numpy(), np.arange(4, 28), { atol: 1e-4 }) // → true
 */
export function inverse_mdct(
  mdcts: TensorLike,
  ...rest: (Window | Norm | { window_fn?: Window | null; norm?: Norm })[]
): Tensor {
  const o = options<{ window_fn: Window | null; norm: Norm }>('signal.inverse_mdct', ['window_fn', 'norm'], rest);
  return runAs('tf.signal.inverse_mdct', () => {
    const given = convert_to_tensor(mdcts as never) as Tensor;
    const half = given.shape[given.ndim - 1];
    // Twice it is the samples again, times as many as there are unless it is normalised.
    const again = dct(given, { type: 4, norm: o.norm ?? null });
    const samples = o.norm === 'ortho' ? again : np.multiply(again, 0.5 / half);
    const [a, b] = np.split(samples as never, 2, -1) as unknown as Tensor[];
    const back = turned(a);
    const frames = joined(b, np.negative(turned(b) as never), np.negative(back as never), np.negative(a));
    const window = o.window_fn === undefined ? vorbis_window : o.window_fn;
    const weighted =
      window === null
        ? np.multiply(frames, Math.SQRT1_2)
        : np.multiply(frames, window(2 * half, { dtype: given.dtype }) as never);
    return overlap_and_add(weighted as never, half);
  });
}
