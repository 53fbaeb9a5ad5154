import { describe, expect, test } from '@jest/globals';
import { np as numpy } from '../../../src/index.js';

const np: any = numpy;

const close = (x: any, y: any, bound = 1e-14): void =>
  expect(Number(np.max(np.abs(np.subtract(x, y))))).toBeLessThan(bound * Math.max(1, Number(np.max(np.abs(y)))));

describe('results of Fourier transforms in memory of the user', () => {
  test('out takes the result, in its own layout and dtype', () => {
    const x = np.arange(24).reshape([4, 6]);
    const want = np.fft.fft(x);
    for (const out of [
      np.empty([4, 6], 'complex128'),
      np.empty([4, 6], { dtype: 'complex128', order: 'F' }),
      np.empty([4, 12], 'complex128').at(':, ::2'),
      np.empty([4, 6], 'complex64'),
    ]) {
      expect(np.fft.fft(x, { out })).toBe(out);
      close(out, want, 1e-6);
    }
    const rows = np.empty([3, 4, 6], 'complex128');
    np.fft.fft(x.reshape([1, 4, 6]), { out: rows });
    close(rows.at(2), want);
    const real = np.empty([4, 6], 'complex128');
    np.fft.irfft(want, 6, { out: real });
    close(real, np.fft.irfft(want, 6).astype('complex128'));
  });

  test('a transform may be written over its operand', () => {
    for (const shape of [[12], [64, 3], [5, 97]]) {
      for (let axis = 0; axis < shape.length; axis++) {
        const x = np.fft.fft(np.cos(np.arange(shape.reduce((a, b) => a * b)))).reshape(shape);
        const want = np.fft.fft(x, { axis });
        np.fft.fft(x, { axis, out: x });
        close(x, want);
      }
    }
  });

  test('every step of a transform of several axes writes to out', () => {
    const x = np.sin(np.arange(30)).reshape([5, 6]);
    const out = np.empty([5, 6], 'complex128');
    expect(np.fft.fftn(x, { out })).toBe(out);
    close(out, np.fft.fftn(x));
    const half = np.empty([5, 4], 'complex128');
    expect(np.fft.rfftn(x, { out: half })).toBe(half);
    close(half, np.fft.rfftn(x));
    expect(np.fft.ihfft(x, { out: half })).toBe(half);
    close(half, np.fft.ihfft(x));
  });

  test('memory that is not writeable is refused', () => {
    const out = np.empty(3, 'complex128');
    out.flags.writeable = false;
    expect(() => np.fft.fft([1, 2, 3], { out })).toThrow(/read-only/);
    expect(() => np.fft.fft([1, 2, 3], { out: 1 })).toThrow('return arrays must be of ArrayType');
  });

  test('operands outside of the heap, at odd bytes and in the other byte order are read as they are', () => {
    const n = 30;
    const x = np.cos(np.arange(n));
    const want = np.fft.fft(x);
    const outside = np.frombuffer(new Uint8Array(x.tobytes()), 'float64');
    close(np.fft.fft(outside), want);
    close(np.fft.fft(outside.at('::-1')), np.fft.fft(x.at('::-1').copy()));
    close(np.fft.rfft(outside), np.fft.rfft(x));
    const z = np.frombuffer(new Uint8Array(want.tobytes()), 'complex128');
    close(np.fft.ifft(z), np.fft.ifft(want));
    close(np.fft.irfft(z.at(':16'), 30), np.fft.irfft(want.at(':16').copy(), 30));
    close(np.fft.irfft(z.at(':15'), 29), np.fft.irfft(want.at(':15').copy(), 29));
    close(np.fft.fft(x.astype('>f8')), want);
    const packed = np.zeros(n, [
      ['a', 'i1'],
      ['x', 'f8'],
    ]);
    packed.at('x').set(['...'], x);
    close(np.fft.fft(packed.at('x')), want);
  });
});

describe('Fourier transforms of unusual values', () => {
  const parts = (a: any): [number[], number[]] => [a.real.tolist(), a.imag.tolist()];

  test('what is not a number reaches every point', () => {
    for (const n of [8, 9, 17, 1021]) {
      const x = np.ones(n);
      x.set([3], Number.NaN);
      expect(np.all(np.isnan(np.fft.fft(x)))).toBe(true);
      expect(np.all(np.isnan(np.fft.rfft(x)))).toBe(true);
      expect(np.all(np.isnan(np.fft.ifft(x.astype('complex64'))))).toBe(true);
    }
  });

  test('infinities are as in NumPy where a sum decides them', () => {
    expect(parts(np.fft.rfft([1, Number.POSITIVE_INFINITY, 2, 3]))).toEqual([
      [Number.POSITIVE_INFINITY, -1, Number.NEGATIVE_INFINITY],
      [0, Number.NEGATIVE_INFINITY, 0],
    ]);
  });

  test('the largest and the smallest numbers are kept', () => {
    for (const n of [2, 3, 4, 8, 12, 31, 64]) {
      const x = np.zeros(n);
      x.set([0], 1.7e308);
      expect(np.fft.rfft(x).real.tolist()).toEqual(new Array(Math.floor(n / 2) + 1).fill(1.7e308));
      x.set([0], 1e-310);
      expect(Math.max(...np.abs(np.subtract(np.fft.fft(x).real, 1e-310)).tolist())).toBeLessThan(1e-322);
    }
  });

  test('single precision overflows to infinity only at the end', () => {
    const y = np.fft.fft(np.array([3e38, 3e38, -3e38], 'float32'));
    expect(y.dtype.name).toBe('complex64');
    expect(y.real.tolist()[0]).toBeCloseTo(3e38, -33);
  });

  test('lengths without small factors, many of them, give what they give again later', () => {
    const first: any[] = [];
    const lengths = Array.from({ length: 120 }, (_, i) => 50 + 7 * i);
    for (const n of lengths) first.push(np.fft.fft(np.cos(np.arange(n))));
    for (const [i, n] of lengths.entries())
      expect(np.array_equal(np.fft.fft(np.cos(np.arange(n))), first[i])).toBe(true);
  });
});
