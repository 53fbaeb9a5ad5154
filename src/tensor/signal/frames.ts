import type { DTypeLike } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { normalizeAxis } from '../../core/view.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { dct, irfft, rfft } from './transforms.js';
import { hann_window, type Window } from './windows.js';

/** Signals in frames, their spectra, and what is derived from those. */

const tensor = (x: unknown): Tensor => x as Tensor;
const last = (t: Tensor): number => t.shape[t.ndim - 1];

interface FrameOptions {
  pad_end: boolean;
  pad_value: number;
  axis: number;
}
/**
 * Frames of an axis: `frame_length` samples every `frame_step`, as an axis of frames before the one of samples. With `pad_end` also the
 * frames that go beyond the end.
 * @example tf.signal.frame([1, 2, 3, 4, 5], 3, 2).numpy().tolist() // → [ [ 1, 2, 3 ], [ 3, 4, 5 ] ]
 */
export function frame(
  signal: TensorLike,
  frame_length: number,
  frame_step: number,
  ...rest: (boolean | number | Partial<FrameOptions>)[]
): Tensor {
  const o = options<FrameOptions>('signal.frame', ['pad_end', 'pad_value', 'axis'], rest);
  return runAs('tf.signal.frame', () => {
    if (!(frame_length >= 1) || !(frame_step >= 1))
      throw new ValueError(
        `tf.signal.frame: frame_length and frame_step must be >= 1, got ${frame_length}, ${frame_step}`,
      );
    let t = convert_to_tensor(signal as never) as Tensor;
    const axis = normalizeAxis(o.axis ?? -1, t.ndim);
    const n = t.shape[axis];
    const count = o.pad_end ? Math.ceil(n / frame_step) : Math.max(0, 1 + Math.floor((n - frame_length) / frame_step));
    const more = Math.max(0, frame_length + frame_step * (count - 1) - n);
    if (o.pad_end && more > 0) {
      const widths = t.shape.map((_, i) => (i === axis ? [0, more] : [0, 0]));
      t = tensor(np.pad(t, widths as never, { mode: 'constant', constant_values: o.pad_value ?? 0 } as never));
    }
    const starts = np.expand_dims(np.multiply(np.arange(count, { dtype: 'int64' } as never), frame_step), { axis: 1 });
    const places = np.add(starts, np.arange(frame_length, { dtype: 'int64' } as never) as never);
    return tensor(np.take(t, places as never, { axis }));
  });
}

/**
 * The signal (…, (frames - 1) frame_step + length) in which frames (…, frames, length) overlap, added up.
 * @example tf.signal.overlap_and_add([[1, 1, 1], [1, 1, 1]], 2).numpy() // → array([1., 1., 2., 1., 1.], dtype=float32)
 */
export function overlap_and_add(signal: TensorLike, frame_step: number): Tensor {
  return runAs('tf.signal.overlap_and_add', () => {
    const t = convert_to_tensor(signal as never) as Tensor;
    if (t.ndim < 2) throw new ValueError(`tf.signal.overlap_and_add: the signal must have rank >= 2, got ${t.ndim}`);
    const [frames, length] = t.shape.slice(-2);
    const lead = t.shape.slice(0, -2);
    const pieces = Math.ceil(length / frame_step);
    const none = lead.map(() => [0, 0]);
    const whole = np.pad(
      t,
      [...none, [0, 0], [0, pieces * frame_step - length]] as never,
      { mode: 'constant' } as never,
    );
    // The k-th stretches of all frames lie one after the other, k steps on.
    const parts = Array.from({ length: pieces }, (_, k) => {
      const stretch = tensor(whole).at('...', `${k * frame_step}:${(k + 1) * frame_step}`);
      const row = np.reshape(stretch, [...lead, frames * frame_step] as never);
      const around = [k * frame_step, (pieces - 1 - k) * frame_step];
      return np.pad(row, [...none, around] as never, { mode: 'constant' } as never);
    });
    const sum = tensor(parts.reduce((a, b) => np.add(a, b) as never));
    return sum.at('...', `:${(frames - 1) * frame_step + length}`);
  });
}

const enclosing = (n: number): number => 2 ** Math.ceil(Math.log2(n));
interface Stft {
  fft_length: number | null;
  window_fn: Window | null;
  pad_end: boolean;
}
const windowFor = (fn: Window | null | undefined, n: number, t: Tensor): Tensor | null => {
  if (fn === null) return null;
  const dtype: DTypeLike = t.dtype.name === 'complex128' || t.dtype.name === 'float64' ? 'float64' : 'float32';
  return (fn ?? hann_window)(n, { dtype });
};
/**
 * The short-time Fourier transform: rfft of windowed frames, (…, frames, fft_length / 2 + 1). `fft_length` is the power of two that holds a
 * frame unless given.
 * @example tf.signal.stft(tf.ones([16]), 8, 4).shape // → [ 3, 5 ]
 */
export function stft(
  signals: TensorLike,
  frame_length: number,
  frame_step: number,
  ...rest: (number | boolean | Window | null | Partial<Stft>)[]
): Tensor {
  const o = options<Stft>('signal.stft', ['fft_length', 'window_fn', 'pad_end'], rest);
  return runAs('tf.signal.stft', () => {
    const framed = frame(signals, frame_length, frame_step, { pad_end: o.pad_end ?? false });
    const window = windowFor(o.window_fn, frame_length, framed);
    const weighted = window === null ? framed : tensor(np.multiply(framed, window));
    return rfft(weighted, [o.fft_length ?? enclosing(frame_length)]);
  });
}
/**
 * The signal of a short-time Fourier transform: inverse transforms, windowed, overlapped and added. What {@link stft} was given comes back with
 * the window of {@link inverse_stft_window_fn}.
 * @example tf.signal.inverse_stft(tf.signal.stft(tf.ones([16]), 8, 4), 8, 4).shape // → [ 16 ]
 */
export function inverse_stft(
  stfts: TensorLike,
  frame_length: number,
  frame_step: number,
  ...rest: (number | Window | null | Partial<Omit<Stft, 'pad_end'>>)[]
): Tensor {
  const o = options<Stft>('signal.inverse_stft', ['fft_length', 'window_fn'], rest);
  return runAs('tf.signal.inverse_stft', () => {
    const n = o.fft_length ?? enclosing(frame_length);
    let frames = irfft(stfts, [n]);
    if (n > frame_length) frames = frames.at('...', `:${frame_length}`);
    else if (n < frame_length) {
      const widths = frames.shape.map((_, i) => (i === frames.ndim - 1 ? [0, frame_length - n] : [0, 0]));
      frames = tensor(np.pad(frames, widths as never, { mode: 'constant' } as never));
    }
    const window = windowFor(o.window_fn, frame_length, frames);
    return overlap_and_add(window === null ? frames : tensor(np.multiply(frames, window)), frame_step);
  });
}
/** The window with which {@link inverse_stft} undoes a window: it, over the sum of the squares that overlap. @example tf.signal.inverse_stft_window_fn(2)(4).shape // → [ 4 ] */
export function inverse_stft_window_fn(frame_step: number, forward_window_fn: Window = hann_window): Window {
  return (frame_length, ...rest) => {
    const forward = forward_window_fn(frame_length, ...rest);
    const overlaps = Math.ceil(frame_length / frame_step);
    const more = overlaps * frame_step - frame_length;
    const squares = np.pad(np.square(forward), [[0, more]] as never, { mode: 'constant' } as never);
    const sums = np.sum(np.reshape(squares, [overlaps, frame_step]), { axis: 0, keepdims: true });
    const tiled = np.reshape(np.tile(sums as never, [overlaps, 1]), [overlaps * frame_step]) as never as Tensor;
    return tensor(np.divide(forward, tiled.at(`:${frame_length}`)));
  };
}

interface Mel {
  num_mel_bins: number;
  num_spectrogram_bins: number;
  sample_rate: number;
  lower_edge_hertz: number;
  upper_edge_hertz: number;
  dtype: DTypeLike;
}
const mel = (hertz: number): number => 1127 * Math.log1p(hertz / 700);
/**
 * Weights (num_spectrogram_bins, num_mel_bins) that take linear frequencies to mel: triangles, equally spaced on the mel scale.
 * @throws ValueError for bins or edges that make no sense
 * @example tf.signal.linear_to_mel_weight_matrix({ num_mel_bins: 4, num_spectrogram_bins: 9 }).shape // → [ 9, 4 ]
 */
export function linear_to_mel_weight_matrix(...rest: (number | DTypeLike | Partial<Mel>)[]): Tensor {
  const names = [
    'num_mel_bins',
    'num_spectrogram_bins',
    'sample_rate',
    'lower_edge_hertz',
    'upper_edge_hertz',
    'dtype',
  ];
  const o = options<Mel>('signal.linear_to_mel_weight_matrix', names as never, rest as never);
  const [bins, spectrum, rate] = [o.num_mel_bins ?? 20, o.num_spectrogram_bins ?? 129, o.sample_rate ?? 8000];
  const [low, high] = [o.lower_edge_hertz ?? 125, o.upper_edge_hertz ?? 3800];
  if (bins <= 0) throw new ValueError(`num_mel_bins must be positive. Got: ${bins}`);
  if (low < 0) throw new ValueError(`lower_edge_hertz must be non-negative. Got: ${low}`);
  if (low >= high) throw new ValueError(`lower_edge_hertz ${low} >= upper_edge_hertz ${high}`);
  if (rate <= 0) throw new ValueError(`sample_rate must be positive. Got: ${rate}`);
  if (high > rate / 2)
    throw new ValueError(
      `upper_edge_hertz must not be larger than the Nyquist frequency (sample_rate / 2). Got ${high} for sample_rate: ${rate}`,
    );
  const [from, to] = [mel(low), mel(high)];
  const edge = (k: number): number => from + ((to - from) * k) / (bins + 1);
  const weights = Array.from({ length: spectrum }, (_, i) => {
    const m = mel((rate / 2) * (i / (spectrum - 1)));
    return Array.from({ length: bins }, (_, k) => {
      // The lowest frequency, which is constant, has no weight.
      if (i === 0) return 0;
      const [a, b, c] = [edge(k), edge(k + 1), edge(k + 2)];
      return Math.max(0, Math.min((m - a) / (b - a), (c - m) / (c - b)));
    });
  });
  return cast(convert_to_tensor(np.array(weights) as never), (o.dtype ?? 'float32') as never) as Tensor;
}
/** Mel-frequency cepstral coefficients: the orthonormal cosine transform of the last axis. @example tf.signal.mfccs_from_log_mel_spectrograms(tf.ones([2, 4])).shape // → [ 2, 4 ] */
export function mfccs_from_log_mel_spectrograms(log_mel_spectrograms: TensorLike): Tensor {
  const t = convert_to_tensor(log_mel_spectrograms as never) as Tensor;
  if (last(t) === 0) throw new ValueError('num_mel_bins must be positive. Got: 0');
  return tensor(np.multiply(dct(t, { type: 2 }), 1 / Math.sqrt(2 * last(t))));
}
