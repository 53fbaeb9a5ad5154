import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

const LEAST = -(2n ** 63n);
const failure = (f: () => unknown): string => {
  try {
    f();
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message}`;
  }
  return 'nothing was thrown';
};

describe('values that an index with arrays writes', () => {
  const all = np.ones(3, 'bool');
  test('are cast, where they are arrays without axes', () => {
    for (const index of [all, np.arange(3)]) {
      const a = np.arange(3);
      a.set([index], np.array(1e30));
      expect(BigInt(a.at(0).item() as number)).toBe(LEAST);
      const small = np.zeros(3, 'int8');
      small.set([index], np.array(300n));
      expect(small.tolist()).toEqual([44, 44, 44]);
      np.errstate({ invalid: 'ignore' }, () => a.set([index], np.array(Number.NaN)));
      expect(BigInt(a.at(2).item() as number)).toBe(LEAST);
    }
  });
  test('are refused as lone values, and where the index has no arrays', () => {
    const a = np.arange(3);
    expect(failure(() => a.set([all], Number.NaN))).toBe('ValueError: cannot convert float NaN to integer');
    expect(failure(() => a.set(':', np.array(1e30)))).toMatch(/^OverflowError/);
  });
});

describe('np.putmask and np.place', () => {
  test('cast arrays safely only, and read lists', () => {
    const a = np.arange(3);
    const message =
      "TypeError: Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'";
    for (const mask of [np.ones(3, 'bool'), np.zeros(3, 'bool')]) {
      expect(failure(() => np.putmask(a, mask, np.array([1.5])))).toBe(message);
      expect(failure(() => np.place(a, mask, np.array([1.5])))).toBe(message);
    }
    np.putmask(a, [true, true, false], [7.5]);
    np.place(a, [false, false, true], [8]);
    expect(a.tolist()).toEqual([7, 7, 8]);
    np.putmask(a, [true, true, true], np.array([5], 'int32'));
    expect(a.tolist()).toEqual([5, 5, 5]);
  });
});
