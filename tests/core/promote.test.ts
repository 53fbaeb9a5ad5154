import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asDtype, byName, DTYPES } from '../../src/core/dtype.js';
import { canCast, integerRange, promote, resultType } from '../../src/core/promote.js';

const anyDtype = fc.constantFrom(...DTYPES);

describe('promotion', () => {
  test('is commutative, idempotent, and safe from both sides', () => {
    fc.assert(
      fc.property(anyDtype, anyDtype, (a, b) => {
        const p = promote(a, b);
        expect(promote(b, a)).toBe(p);
        expect(promote(p, a)).toBe(p);
        expect(canCast(a, p, 'safe') && canCast(b, p, 'safe')).toBe(true);
      }),
    );
  });
  test('weak scalars adapt to arrays of their kind or above, and lift those below', () => {
    const { int8, float32, float64, bool, int64, complex64, complex128, uint8 } = byName;
    expect(resultType([int8], ['int'])).toBe(int8);
    expect(resultType([uint8], ['float'])).toBe(float64);
    expect(resultType([float32], ['float'])).toBe(float32);
    expect(resultType([bool], ['int'])).toBe(int64);
    expect(resultType([float32], ['complex'])).toBe(complex64);
    expect(resultType([int8], ['complex'])).toBe(complex128);
    expect(resultType([], ['int', 'float'])).toBe(float64);
  });
  test('integer ranges are those of their width', () => {
    expect(integerRange(byName.int8)).toEqual([-128n, 127n]);
    expect(integerRange(byName.uint64)).toEqual([0n, 18446744073709551615n]);
  });
});

describe('naming a dtype', () => {
  test('codes, aliases and byte orders name the same rows as in NumPy', () => {
    for (const [text, name] of [
      ['f4', 'float32'],
      ['<f8', 'float64'],
      ['?', 'bool'],
      ['i', 'int32'],
      ['l', 'int64'],
      ['u1', 'uint8'],
      ['|u1', 'uint8'],
      ['D', 'complex128'],
      ['half', 'float16'],
      ['intp', 'int64'],
    ] as const)
      expect(asDtype(text).name).toBe(name);
  });
  test('an unknown name is a TypeError with the words of NumPy', () => {
    expect(() => asDtype('f9')).toThrow("data type 'f9' not understood");
    expect(() => asDtype('toString')).toThrow("data type 'toString' not understood");
  });
});
