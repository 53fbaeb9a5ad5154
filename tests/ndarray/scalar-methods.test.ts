import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { setWarningHandler } from '../../src/core/errors.js';
import { np } from '../../src/index.js';

describe('methods of scalars', () => {
  test('the two integers of as_integer_ratio have the value as their quotient, in lowest terms', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (v) => {
        const [n, d] = np.float64(v).as_integer_ratio().map(BigInt);
        expect(d > 0n && (d & (d - 1n)) === 0n).toBe(true);
        expect(d === 1n || (n & 1n) === 1n).toBe(true);
        // Scaled to integers both sides can be compared without rounding.
        const scale = 2n ** 1074n;
        let exact = v;
        let k = 0n;
        while (!Number.isInteger(exact)) {
          exact *= 2;
          k++;
        }
        expect((n * scale) / d).toBe((BigInt(exact) * scale) / 2n ** k);
      }),
    );
  });
  test('what has no ratio is refused', () => {
    expect(() => np.float32(Number.NaN).as_integer_ratio()).toThrow('cannot convert NaN to integer ratio');
    expect(() => np.float32(Number.NEGATIVE_INFINITY).as_integer_ratio()).toThrow(
      'cannot convert Infinity to integer ratio',
    );
    expect(() => np.ones(2).is_integer()).toThrow("'numpy.ndarray' object has no attribute 'is_integer'");
    expect(() => np.float64(1).bit_count()).toThrow("'numpy.float64' object has no attribute 'bit_count'");
  });
  test('whole numbers and set bits', () => {
    expect([2, -0.5, Number.POSITIVE_INFINITY, Number.NaN].map((v) => np.float16(v).is_integer())).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(np.uint64(2n ** 64n - 1n).bit_count()).toBe(64);
    expect(np.int64(-(2n ** 63n)).bit_count()).toBe(1);
  });
});

describe('overflow of integers without axes', () => {
  const told = (f: () => unknown): string[] => {
    const seen: string[] = [];
    const before = setWarningHandler((_category, message) => void seen.push(message));
    try {
      np.errstate({ over: 'warn' }, f);
    } finally {
      setWarningHandler(before);
    }
    return seen;
  };
  test('an operator reports a result that its dtype does not hold', () => {
    expect(told(() => np.int8(127).add(1))).toEqual(['overflow encountered in add']);
    expect(told(() => np.uint8(3).sub(np.uint8(5)))).toEqual(['overflow encountered in subtract']);
    expect(told(() => np.int64(2n ** 62n).mul(4))).toEqual(['overflow encountered in multiply']);
    expect(told(() => np.uint8(8).neg())).toEqual(['overflow encountered in negative']);
    expect(told(() => np.int16(-32768).abs())).toEqual(['overflow encountered in absolute']);
  });
  test('results that fit, arrays with axes, floats and functions report nothing', () => {
    expect(told(() => np.int8(100).add(27))).toEqual([]);
    expect(told(() => np.array([127], 'int8').add(1))).toEqual([]);
    expect(told(() => np.int8(127).add(1.5))).toEqual([]);
    expect(told(() => np.add(np.int8(127), np.int8(1)))).toEqual([]);
    expect(told(() => np.uint8(0).neg())).toEqual([]);
  });
});
