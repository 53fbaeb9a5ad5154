import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as np from '../../../src/ndarray/index.js';

/** What tests/golden/fft_bits.py says about the bytes of NumPy's transforms. */

const golden = JSON.parse(readFileSync(join(__dirname, '../../golden/fft_bits.json'), 'utf8'));

/** Numbers between -1 and 1, as the generator makes them. */
function numbers(seed: number, count: number): Float64Array {
  let x = seed;
  return Float64Array.from({ length: count }, () => {
    x = (x * 48271) % 2147483647;
    return ((x % 2000001) - 1000000) / 2 ** 20;
  });
}

const points = (n: number, count: number): np.NDArray => np.array(numbers(n, 2 * count)).view('complex128');
const calls: Record<string, (n: number) => np.NDArray> = {
  fft: (n) => np.fft.fft(points(n, n)),
  ifft: (n) => np.fft.ifft(points(n, n)),
  rfft: (n) => np.fft.rfft(np.array(numbers(n, n))),
  irfft: (n) => np.fft.irfft(points(n, Math.floor(n / 2) + 1), n),
};

describe('Fourier transforms', () => {
  test.each(Object.keys(calls))('%s has the bits of NumPy where the length has small factors', (name) => {
    const lengths = Object.keys(golden[name]);
    const wrong = lengths.filter((n) => {
      const bytes = calls[name](Number(n)).tobytes();
      return createHash('sha1').update(bytes).digest('hex').slice(0, 12) !== golden[name][n];
    });
    expect(lengths.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  test('noise beside zeros is printed as NumPy prints it', () => {
    const t = np.arange(32).div(32);
    expect(String(np.fft.fft(np.sin(t.mul(2 * Math.PI * 3))))).toBe(golden.sine);
  });
});
