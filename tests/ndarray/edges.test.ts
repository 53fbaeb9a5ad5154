import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../src/index.js';
import { loadPairs, run } from '../golden/pairs.js';

const np: any = namespace;

const names: Record<string, unknown> = {
  np,
  folded: (a: any, out: any, dtype: string) => {
    np.add.reduce(np.array(a, 'float64'), { out, dtype });
    return Number(out.item());
  },
  shifted: () => {
    const x = np.arange(1n, 9n).astype('int16');
    const a = np.lib.stride_tricks.as_strided(x, [7], [1]);
    np.invert(a, { out: a });
    return x;
  },
};

describe('edges that NumPy has, too', () => {
  for (const c of loadPairs('edges')) test(`${c.text} agrees with NumPy`, () => expect(run(c, names)).toBeNull());
});

describe('a mask without an output', () => {
  const warned = (f: () => unknown): string[] => {
    const seen: string[] = [];
    const before = np.exceptions.setWarningHandler((category: string) => seen.push(category));
    f();
    np.exceptions.setWarningHandler(before);
    return seen;
  };
  test('is warned of, unless `out` is named or nothing is masked', () => {
    const a = np.arange(3);
    expect(warned(() => np.add(a, a, { where: [true, false, true] }))).toEqual(['UserWarning']);
    expect(warned(() => np.add(a, a, { where: [true, false, true], out: null }))).toEqual([]);
    expect(warned(() => np.add(a, a, { where: [true, false, true], out: a.copy() }))).toEqual([]);
    expect(warned(() => np.add(a, a, { where: true }))).toEqual([]);
  });
});

describe('shapes near 2^63', () => {
  test('are too much memory below it, and no dimensions from there on', () => {
    expect(() => np.empty(2n ** 63n - 1n, 'u1')).toThrow('Unable to allocate 8.00 EiB');
    expect(() => np.empty([2n ** 62n - 1n, 2], 'u1')).toThrow('Unable to allocate 8.00 EiB');
    expect(() => np.empty(2n ** 63n, 'u1')).toThrow('Maximum allowed dimension exceeded');
  });
});

describe('text of dtypes', () => {
  test('that has an order and a number only is refused by name', () => {
    for (const d of ['<08', '<3', '>0', '2,<3']) expect(() => np.dtype(d)).toThrow('not understood');
  });
});

describe('series', () => {
  test('are cut off after a degree that is a bigint, too', () => {
    expect(np.polynomial.Polynomial([1, 2, 3]).cutdeg(1n).coef.tolist()).toEqual([1, 2]);
    expect(() => np.polynomial.Polynomial([1, 2, 3]).cutdeg(0.5)).toThrow('size must be a positive integer');
  });
});

describe('offsets of diagonals', () => {
  test.each(['trace', 'diagonal', 'diag', 'eye'])('that are no integers are refused by %s', (name) => {
    const call = (offset: unknown): unknown =>
      name === 'eye' ? np.eye(3, 3, offset) : np[name](np.arange(9).reshape(3, 3), offset);
    for (const [offset, type] of [
      [1.5, 'float'],
      ['x', 'str'],
      [null, 'NoneType'],
      [[[1]], 'list'],
    ])
      expect(() => call(offset)).toThrow(`'${type}' object cannot be interpreted as an integer`);
    expect(() => call(true)).not.toThrow();
  });
});
