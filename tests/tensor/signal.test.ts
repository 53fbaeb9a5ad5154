import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

/** tf.signal against SciPy and its own inverses. */

const golden = JSON.parse(readFileSync(join(__dirname, '../golden/cosines.json'), 'utf8'));
const x = tf.constant(golden.x, 'float64');
const same = (a: any, b: any, tol = 1e-10): void => {
  const [p, q] = [a, b].map((t) => t.numpy?.() ?? np.array(t));
  expect(p.shape).toEqual(q.shape);
  expect(Number(np.max(np.abs(np.subtract(p, q)) as never))).toBeLessThan(tol);
};
const noise = tf.constant(np.random.default_rng(2).standard_normal([3, 64]) as never);

describe('tf.signal', () => {
  test('cosine transforms of all types are those of SciPy, and are undone', () => {
    for (const type of [1, 2, 3, 4]) {
      same(tf.signal.dct(x, { type }), golden.plain[type]);
      if (type === 1) continue;
      same(tf.signal.dct(x, { type, norm: 'ortho' }), golden.ortho[type]);
      same(tf.signal.dct(x, { type, n: 10 }), golden.longer[type]);
      same(tf.signal.idct(tf.signal.dct(x, { type, norm: 'ortho' }), { type, norm: 'ortho' }), x);
    }
    expect(() => tf.signal.dct(x, { type: 5 })).toThrow('Only Types I, II, III and IV');
  });
  test('windows are those of SciPy', () => {
    for (const [name, want] of Object.entries(golden.windows))
      same((tf.signal as any)[name](9, { dtype: 'float64' }), want);
    expect(tf.signal.hann_window(4).numpy().tolist()).toEqual([0, 0.5, 1, 0.5]);
    const k = tf.square(tf.signal.kaiser_bessel_derived_window(8, { dtype: 'float64' }));
    same(tf.add((k as any).at(':4'), (k as any).at('4:')), [1, 1, 1, 1]);
  });
  test('Fourier transforms keep their precision and are undone', () => {
    const z = tf.cast(noise, 'complex64');
    expect(tf.signal.fft(z).dtype.name).toBe('complex64');
    same(tf.signal.ifft2d(tf.signal.fft2d(z)), z, 1e-5);
    same(tf.signal.irfft(tf.signal.rfft(noise)), noise);
    same(tf.signal.irfft2d(tf.signal.rfft2d(noise)), noise);
    same(tf.signal.irfftnd(tf.signal.rfftnd(noise, { axes: [0, 1] }), { axes: [0, 1] }), noise);
    expect(tf.signal.rfft(noise, [16]).shape).toEqual([3, 9]);
    same(tf.signal.ifftshift(tf.signal.fftshift(noise)), noise);
    expect(() => tf.signal.fft(noise)).toThrow('dtype float64 is not allowed');
  });
  test('frames and their sum', () => {
    expect(tf.signal.frame([1, 2, 3, 4, 5], 3, 2, { pad_end: true }).numpy().tolist()).toEqual([
      [1, 2, 3],
      [3, 4, 5],
      [5, 0, 0],
    ]);
    expect(tf.signal.frame(tf.ones([2, 10, 3]), 4, 2, { axis: 1 }).shape).toEqual([2, 4, 4, 3]);
    same(tf.signal.overlap_and_add(tf.signal.frame(noise, 8, 8), 8), noise);
    expect(
      tf.signal
        .overlap_and_add(tf.ones([3, 5]), 2)
        .numpy()
        .tolist(),
    ).toEqual([1, 1, 2, 2, 3, 2, 2, 1, 1]);
  });
  test('short-time transforms are undone by the window that belongs to theirs', () => {
    const s = tf.signal.stft(noise, 16, 4);
    expect(s.shape).toEqual([3, 13, 9]);
    const back = tf.signal.inverse_stft(s, 16, 4, { window_fn: tf.signal.inverse_stft_window_fn(4) });
    same((back as any).at(':', '16:48'), (noise as any).at(':', '16:48'));
    same(tf.function((v: any) => tf.signal.frame(v, 16, 4))(noise), tf.signal.frame(noise, 16, 4));
  });
  test('mel weights are triangles', () => {
    const w = tf.signal
      .linear_to_mel_weight_matrix({ num_mel_bins: 3, num_spectrogram_bins: 9, dtype: 'float64' })
      .numpy()
      .tolist() as number[][];
    expect(w[0]).toEqual([0, 0, 0]);
    expect(w[2].map((v) => Number(v.toFixed(6)))).toEqual([0.295263, 0.704737, 0]);
    expect(() => tf.signal.linear_to_mel_weight_matrix({ upper_edge_hertz: 5000 })).toThrow('Nyquist');
    expect(tf.signal.mfccs_from_log_mel_spectrograms(tf.ones([2, 4])).shape).toEqual([2, 4]);
  });
});
