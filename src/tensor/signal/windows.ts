import { asDtype, type DTypeLike } from '../../core/dtype.js';
import * as np from '../../ndarray/index.js';
import { bessel_i0 } from '../special/ufuncs.js';
import { cast, convert_to_tensor, options } from '../convert.js';
import type { Tensor } from '../tensor.js';

/** Windows: weights of the samples of a frame. */

export type Window = (window_length: number, ...rest: any[]) => Tensor;
const inDtype = (x: unknown, dtype: DTypeLike): Tensor =>
  cast(convert_to_tensor(x as never) as Tensor, asDtype(dtype) as never) as Tensor;

const raisedCosine =
  (name: string, a: number, b: number) =>
  (
    window_length: number,
    ...rest: readonly (boolean | DTypeLike | { periodic?: boolean; dtype?: DTypeLike })[]
  ): Tensor => {
    const o = options<{ periodic: boolean; dtype: DTypeLike }>(`signal.${name}`, ['periodic', 'dtype'], rest as never);
    if (window_length === 1) return inDtype(np.ones([1]), o.dtype ?? 'float32');
    // Of an odd length the periodic window is the symmetric one.
    const even = 1 - (window_length % 2);
    const n = window_length + ((o.periodic ?? true) ? even : 0) - 1;
    const angle = np.multiply(np.arange(window_length), (2 * Math.PI) / n);
    return inDtype(np.subtract(a, np.multiply(np.cos(angle), b)), o.dtype ?? 'float32');
  };
/** Hann's window. @example tf.signal.hann_window(4).numpy() // → array([0. , 0.5, 1. , 0.5], dtype=float32) */
export const hann_window: Window = raisedCosine('hann_window', 0.5, 0.5);
/** Hamming's window. @example tf.signal.hamming_window(2).shape // → [ 2 ] */
export const hamming_window: Window = raisedCosine('hamming_window', 0.54, 0.46);

const kaiser = (n: number, beta: number): any => {
  if (n === 1) return np.ones([1]);
  const x = np.linspace(-1, 1, n);
  const inside = np.sqrt(np.maximum(np.subtract(1, np.square(x)), 0));
  return np.divide(bessel_i0(np.multiply(inside, beta)), bessel_i0(np.float64(beta) as never));
};
type Shaped = readonly (number | DTypeLike | { beta?: number; dtype?: DTypeLike })[];
/** Kaiser's window. @example tf.signal.kaiser_window(3, 5).shape // → [ 3 ] */
export const kaiser_window = (window_length: number, ...rest: Shaped): Tensor => {
  const o = options<{ beta: number; dtype: DTypeLike }>('signal.kaiser_window', ['beta', 'dtype'], rest as never);
  return inDtype(kaiser(window_length, o.beta ?? 12), o.dtype ?? 'float32');
};
/** The window that is derived from Kaiser's, of even length: squares half a window apart sum to 1. @example tf.signal.kaiser_bessel_derived_window(4).shape // → [ 4 ] */
export const kaiser_bessel_derived_window = (window_length: number, ...rest: Shaped): Tensor => {
  const o = options<{ beta: number; dtype: DTypeLike }>(
    'signal.kaiser_bessel_derived_window',
    ['beta', 'dtype'],
    rest as never,
  );
  const half = Math.floor(window_length / 2);
  const sums = np.cumsum(kaiser(half + 1, o.beta ?? 12)) as any;
  const rising = np.sqrt(np.divide(sums.at(`:${half}`), sums.at(-1)));
  return inDtype(np.concatenate([rising, np.flip(rising)] as never), o.dtype ?? 'float32');
};
/** The window of Vorbis. @example tf.signal.vorbis_window(2).numpy() // → array([0.70710677, 0.70710677], dtype=float32) */
export const vorbis_window = (
  window_length: number,
  ...rest: readonly (DTypeLike | { dtype?: DTypeLike })[]
): Tensor => {
  const o = options<{ dtype: DTypeLike }>('signal.vorbis_window', ['dtype'], rest as never);
  const place = np.multiply(np.add(np.arange(window_length), 0.5), Math.PI / window_length);
  return inDtype(np.sin(np.multiply(np.square(np.sin(place)), Math.PI / 2)), o.dtype ?? 'float32');
};
