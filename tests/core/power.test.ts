import { describe, expect, test } from '@jest/globals';
import { np } from '../../src/index.js';

describe('integer powers', () => {
  test('a negative exponent is refused only where it is used', () => {
    const base = np.array([2, 3], 'int64');
    const exponent = np.array([2, -1], 'int64');
    const out = np.zeros(2, 'int64');
    expect(() => np.power(base, exponent)).toThrow('Integers to negative integer powers are not allowed.');
    expect(() => np.power(base, -1)).toThrow('Integers to negative integer powers are not allowed.');
    expect(np.power(base, exponent, { where: [true, false], out }).tolist()).toEqual([4, 0]);
    expect(() => np.power(base, exponent, { where: [false, true], out })).toThrow('negative integer powers');
    expect(out.tolist()).toEqual([4, 0]);
  });
});
