import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { halfToNumber } from '../../../src/core/device/access.js';
import { float16, float32, float64 } from '../../../src/core/dtype.js';
import {
  format_float_positional,
  format_float_scientific,
  pyFloatRepr,
  scalarStr,
  shortest,
} from '../../../src/ndarray/print/index.js';

const number = (d: { digits: string; exponent: number }): number =>
  Number(`${d.digits}e${d.exponent - d.digits.length + 1}`);
const finite64 = fc.double({ noNaN: true, noDefaultInfinity: true });
const finite32 = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('digits of floats', () => {
  test('the shortest digits of a float64 read back as it, in every notation', () => {
    fc.assert(
      fc.property(finite64, (x) => {
        expect(number(shortest(Math.abs(x), 'float64'))).toBe(Math.abs(x));
        expect(Number(pyFloatRepr(x))).toBe(x);
        expect(Number(scalarStr(x, float64))).toBe(x);
        expect(Number(format_float_scientific(x))).toBe(x);
        expect(Number(format_float_positional(x))).toBe(x);
      }),
    );
  });

  test('the shortest digits of a float32 read back as it, and one digit fewer does not', () => {
    fc.assert(
      fc.property(finite32, (x) => {
        const a = Math.abs(x);
        const d = shortest(a, 'float32');
        expect(Math.fround(number(d))).toBe(a);
        const n = d.digits.length;
        if (n > 1) expect(Math.fround(Number(a.toExponential(n - 2)))).not.toBe(a);
        expect(Math.fround(Number(scalarStr(x, float32)))).toBe(x);
      }),
      { numRuns: 500 },
    );
  });

  test('all positive float16 values have at most five digits, all different', () => {
    const seen = new Set<string>();
    for (let bits = 0; bits < 0x7c00; bits++) {
      const d = shortest(halfToNumber(bits), 'float16');
      expect(d.digits.length).toBeLessThanOrEqual(5);
      seen.add(`${d.digits}e${d.exponent}`);
    }
    expect(seen.size).toBe(0x7c00);
    expect(scalarStr(halfToNumber(0x2e66), float16)).toBe('0.1');
  });

  test('digits asked for are rounded half to even, on the exact binary value', () => {
    expect(format_float_positional(0.5, 0)).toBe('0.');
    expect(format_float_positional(1.5, 0)).toBe('2.');
    expect(format_float_positional(2.5, 0)).toBe('2.');
    expect(format_float_positional(0.125, 2)).toBe('0.12');
    expect(format_float_positional(0.375, 2)).toBe('0.38');
    expect(format_float_positional(1.005, 2)).toBe('1.00');
    expect(format_float_positional(9.995, 2)).toBe('9.99');
    expect(format_float_scientific(0.1, 30, false)).toBe('1.000000000000000055511151231258e-01');
  });

  test('fixed digits agree with exact integer arithmetic', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 12 }),
        (m, shift, p) => {
          const x = m / 2 ** shift;
          const scaled = BigInt(m) * 10n ** BigInt(p);
          const den = 1n << BigInt(shift);
          let n = scaled / den;
          const twice = 2n * (scaled - n * den);
          if (twice > den || (twice === den && n % 2n === 1n)) n += 1n;
          const text = n.toString().padStart(p + 1, '0');
          const want = `${text.slice(0, text.length - p)}.${text.slice(text.length - p)}`;
          expect(format_float_positional(x, p, false)).toBe(want);
          expect(Number(format_float_positional(x, p))).toBe(Number(want));
        },
      ),
    );
  });

  test('a 0-d array brings its own width, and anything but a real number is refused', () => {
    const tenth = { dtype: float32, shape: [], size: 1, values: () => [Math.fround(0.1)] };
    expect(format_float_positional(tenth)).toBe('0.1');
    expect(format_float_positional(Math.fround(0.1))).toBe('0.10000000149011612');
    expect(format_float_positional(5n)).toBe('5.');
    expect(() => format_float_positional('1' as never)).toThrow('must be real number, not str');
    expect(() => format_float_positional({ ...tenth, shape: [1] })).toThrow(
      'only 0-dimensional arrays can be converted to Python scalars',
    );
    expect(() => format_float_positional(1, 0, true, false)).toThrow(
      'precision must be greater than 0 if fractional=False',
    );
    expect(() => format_float_positional(1.5, null, false)).toThrow('in non-unique mode `precision` must be supplied');
  });
});

test('digits and blanks beyond what NumPy makes room for are refused', () => {
  const large = 'Float formatting result too large';
  expect(() => format_float_positional(1.047, 2 ** 31 - 1, false)).toThrow(large);
  expect(() => format_float_positional(1.047, 2, true, true, 'k', false, 100000)).toThrow(large);
  expect(() => format_float_positional(1.047, 2, true, true, 'k', false, null, 100000)).toThrow(large);
  expect(format_float_positional(1, null, true, true, 'k', false, 16382)).toHaveLength(16383);
  expect(format_float_positional(1, 2 ** 31 - 1)).toBe('1.');
});
