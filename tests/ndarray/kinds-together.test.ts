import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler, type WarningHandler } from '../../src/core/errors.js';
import * as np from '../../src/ndarray/index.js';

/** Where dtypes, byte orders and huge numbers meet in one call. */

const a = np.arange(3);
const warnings: string[] = [];
let old: WarningHandler;
beforeEach(() => {
  warnings.length = 0;
  old = setWarningHandler((category, message) => {
    warnings.push(`${category}: ${message}`);
  });
});
afterEach(() => {
  setWarningHandler(old);
});

describe('ufuncs', () => {
  test('a byte order is no dtype that can be asked for', () => {
    expect(() => np.add(a, a, { dtype: '>i8' })).toThrow(/only select the general DType/);
    expect(() => np.sqrt(np.zeros(2, '>f4'), { casting: 'no' })).toThrow(
      "Cannot cast ufunc 'sqrt' input from dtype('>f4') to dtype('float32') with casting rule 'no'",
    );
    expect(np.sqrt(np.ones(2, '>f4'), { casting: 'equiv' }).tolist()).toEqual([1, 1]);
  });

  test('lone integers that no dtype holds compare as what they are', () => {
    expect(np.greater(2n ** 200n, -(2n ** 200n)).item()).toBe(true);
    expect(np.equal(2n ** 70n, 2n ** 70n).item()).toBe(true);
    expect(np.less(2n ** 70n, 3n).item()).toBe(false);
  });

  test('integers beyond all floats are refused', () => {
    expect(() => np.add(np.zeros(2), 2n ** 2000n)).toThrow('int too large to convert to float');
    expect(np.add(np.zeros(1, 'f4'), 2n ** 200n).tolist()).toEqual([Infinity]);
  });

  test('an exclusive or of objects gives truth values where they are asked for', () => {
    const texts = np.array(['a', '', 'b'], 'O');
    expect(np.logical_xor(texts, np.array(['a', 'a', ''], 'O'), { dtype: 'bool' }).tolist()).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('text is compared with bytes where a signature says so', () => {
    const pair = [np.array(['a', 'c'], 'U'), np.array(['a', 'b'], 'S')] as const;
    expect(np.equal(...pair, { signature: 'UU->?', casting: 'unsafe' } as never).tolist()).toEqual([true, false]);
    expect(() => np.equal(...pair)).toThrow(/did not contain a loop/);
  });

  test('text longer than strings can be is an OverflowError', () => {
    expect(() => np.array(['ab']).imul(10n ** 18n)).toThrow('Overflow detected in string multiply');
  });
});

describe('text of any length as a dtype', () => {
  test('the like-functions take one character, joins what their arrays need', () => {
    expect(np.zeros_like(a, { dtype: 'U' } as never).dtype.str).toBe('<U1');
    expect(np.concatenate([a, [1.5]], { dtype: 'S', casting: 'unsafe' }).dtype.str).toBe('|S32');
  });

  test('complex numbers become text without a warning', () => {
    expect(
      np
        .array([np.complex(1, 2)])
        .astype('U')
        .tolist(),
    ).toEqual(['(1+2j)']);
    expect(warnings).toEqual([]);
  });
});

describe('nothing but NaN', () => {
  test('medians of durations warn once for each', () => {
    np.nanmedian(np.full([2, 2], 'NaT', 'm8[D]'), { axis: 0 });
    expect(warnings).toEqual(Array(2).fill('RuntimeWarning: All-NaN slice encountered'));
  });

  test('objects give NaN and a warning', () => {
    const objects = np.array([[NaN, NaN], [1n, 2n]], 'O'); // biome-ignore format: rows
    const r = np.nanmax(objects, { axis: 1 }).tolist() as unknown[];
    expect(r[0]).toBeNaN();
    expect(Number(r[1])).toBe(2);
    expect(warnings).toEqual(['RuntimeWarning: All-NaN axis encountered']);
  });
});

test('of objects, what equals zero is trimmed', () => {
  expect(np.trim_zeros(np.array([0n, null, 1n, '', 0n], 'O')).size).toBe(3);
});

test('the range of a histogram may be an array', () => {
  expect(np.histogram([1, 2], 1, np.array([0, 4]) as never)[1].tolist()).toEqual([0, 4]);
  expect(() => np.histogram([1], 1, [NaN, 2])).toThrow('supplied range of [nan, 2.0] is not finite');
  expect(() => np.histogramdd(np.ones([1, 10]), { bins: 2 ** 10 })).toThrow(/larger than the maximum possible size/);
});
