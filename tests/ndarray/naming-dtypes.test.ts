import { describe, expect, test } from '@jest/globals';
import { np } from '../../src/index.js';

const textOf = (f: () => unknown): string => {
  try {
    return String((f() as { repr?: () => string }).repr?.() ?? f());
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message}`;
  }
};
const dtype = np.dtype as unknown as (...args: unknown[]) => ReturnType<typeof np.dtype>;

describe('what names a dtype, with the texts of NumPy', () => {
  test.each<[unknown[], string]>([
    [[Uint8Array.from([102, 56])], "dtype('float64')"],
    [[Uint8Array.from([255])], 'TypeError: data type not understood'],
    [['int0'], "TypeError: Alias 'int0' was removed in NumPy 2.0. Use a name without a digit at the end."],
    [['(2)f4'], "TypeError: data type '(2)f4' not understood"],
    [['M8[D],datetime64[Y],i8'], "dtype([('f0', '<M8[D]'), ('f1', '<M8[Y]'), ('f2', '<i8')])"],
    [['(2,)3S,3S2'], "dtype([('f0', 'S3', (2,)), ('f1', 'S2', (3,))])"],
    [['i4, i1', { align: true }], "dtype([('f0', '<i4'), ('f1', 'i1')], align=True)"],
    [[{ a: ['i4', 0], b: ['u1', 4] }, { align: true }], "dtype([('a', '<i4'), ('b', 'u1')], align=True)"],
    [[{ dtype: 'f4' }], "dtype('float32')"],
    [[{ formats: ['i4'], f0: ['i4', 0] }], 'ValueError: entry not a 2- or 3- tuple'],
    [
      [{ names: ['a'], formats: ['i4'], offsets: [2.5] }],
      "TypeError: 'float' object cannot be interpreted as an integer",
    ],
    [
      [{ names: ['a', 'b'], formats: ['O', 'i1'], offsets: [0, 2] }],
      'TypeError: Cannot create a NumPy dtype with overlapping object fields',
    ],
    [[{ names: ['a', 'a'], formats: ['i4', 'i4'] }], 'ValueError: name already used as a name or title'],
    [[['i4', [['a', 'i8']]]], 'ValueError: mismatch in size of old and new data-descriptor'],
    [[[['a', 'i4', 'x']]], 'ValueError: invalid shape in fixed-type tuple.'],
    [[np.dtype], 'TypeError: Cannot convert np.dtype into a dtype.'],
    [['f8', { metadata: 'm' }], 'TypeError: dtype() argument 4 must be dict, not str'],
  ])('%j', (args, want) => {
    expect(textOf(() => dtype(...args))).toBe(want);
  });

  test('metadata stay with dtypes and their structures, and arrays have none', () => {
    const d = dtype('f8', { metadata: { unit: 'm' } });
    expect(d.metadata).toEqual({ unit: 'm' });
    expect(d.equals('f8')).toBe(true);
    expect(dtype([['x', d]]).field('x').metadata).toEqual({ unit: 'm' });
    expect(np.ones(2, d).dtype).toBe(np.dtype('f8'));
    expect(np.zeros(2, dtype([['x', d]])).dtype).toBe(dtype([['x', 'f8']]));
  });

  test('a lone dtype comes out of result_type in the order of the machine and without gaps', () => {
    expect(np.result_type(np.dtype('>i4'))).toBe(np.dtype('i4'));
    expect(np.result_type(dtype('>i4,<i1,i8').field(['f0', 'f2'])).repr()).toBe(
      "dtype([('f0', '<i4'), ('f2', '<i8')])",
    );
  });
});

describe('casts', () => {
  test.each([
    [[255], 'u1', 'i1'],
    [[-1], 'i1', 'u1'],
    [[2 ** 63], 'f8', 'i8'],
    [[2n ** 53n + 1n], 'i8', 'f8'],
    [[Number.NaN], 'f8', 'i4'],
    [[0.1], 'f8', 'f4'],
  ] as [number[], 'u1', 'i1'][])('%p of %s are not of the same value as %s', (values, from, to) => {
    expect(() => np.array(values, from).astype(to, { casting: 'same_value' })).toThrow("could not cast 'same_value'");
  });

  test('keep NaN, infinities and truth values where values are to be the same', () => {
    expect(np.array([Number.NaN, Number.NEGATIVE_INFINITY]).astype('f4', { casting: 'same_value' }).tolist()).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(np.array([0.5, 0]).astype('bool', { casting: 'same_value' }).tolist()).toEqual([true, false]);
  });

  test('spread every element over a sub-array', () => {
    const d = dtype('(2,)f4') as never;
    expect((np.array([1, 2]) as any).astype(d).tolist()).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});
