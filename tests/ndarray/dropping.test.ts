import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../src/core/errors.js';
import { np } from '../../src/index.js';

const told: [string, string][] = [];
beforeEach(() => {
  told.length = 0;
  setWarningHandler((category, message) => void told.push([category, message]));
});
afterEach(() => void setWarningHandler(null));

describe('what NumPy is about to drop', () => {
  test('a third positional argument of maximum and minimum is an output, with a warning', () => {
    const out = np.zeros(2);
    expect(np.maximum([1, 4], [3, 2], out as never)).toBe(out);
    expect(np.minimum(np.array([1, 4]), np.array([3, 2]), out as never)).toBe(out);
    expect(out.tolist()).toEqual([1, 2]);
    expect(told.map(([c]) => c)).toEqual(['DeprecationWarning', 'DeprecationWarning']);
    expect(told[0][1]).toMatch(
      /^Passing more than 2 positional arguments to np\.maximum and np\.minimum is deprecated/,
    );
    np.maximum([1, 4], [3, 2], { out });
    np.add([1, 4], [3, 2], out as never);
    expect(told.length).toBe(2);
  });
  test('the letter a for bytes still names them', () => {
    expect(np.dtype('a5' as never)).toBe(np.dtype('S5'));
    expect(np.dtype('a' as never)).toBe(np.dtype('S'));
    const text = "Data type alias 'a' was deprecated in NumPy 2.0. Use the 'S' alias instead.";
    expect(told).toEqual([
      ['DeprecationWarning', text],
      ['DeprecationWarning', text],
    ]);
  });
  test('finfo of nothing is that of float64', () => {
    expect(np.finfo(null as never)).toBe(np.finfo('float64'));
    expect(told).toEqual([
      [
        'DeprecationWarning',
        'finfo() dtype cannot be None. This behavior will raise an error in the future. (Deprecated in NumPy 1.25)',
      ],
    ]);
  });
  test('alignment that is no truth value counts as one', () => {
    expect(np.dtype('i1,i8' as never, 1 as never).itemsize).toBe(16);
    expect(np.dtype('i1,i8' as never, { align: 0 as never }).itemsize).toBe(9);
    expect(told.map(([c, m]) => [c, m.slice(0, 83)])).toEqual(
      [1, 0].map((n) => [
        'VisibleDeprecationWarning',
        `dtype(): align should be passed as Python or NumPy boolean but got \`align=${n}\`. Did y`,
      ]),
    );
    expect(np.dtype('i1,i8' as never, { align: true }).itemsize).toBe(16);
    expect(np.dtype('i1,i8' as never, { align: np.bool(true) as never }).itemsize).toBe(16);
    expect(np.dtype('f8', { align: 0 as never, copy: 1 as never })).toBe(np.dtype('f8'));
    expect(told.length).toBe(2);
  });
  test('lists that bincount has to cast are cast', () => {
    expect(np.bincount(['0', '1', '1'] as never).tolist()).toEqual([1, 2]);
    expect(np.bincount([1.5, 2.5]).tolist()).toEqual([0, 1, 1]);
    expect(told.map(([c]) => c)).toEqual(['DeprecationWarning', 'DeprecationWarning']);
    expect(np.bincount([0, 1, 1, 3]).tolist()).toEqual([1, 2, 0, 1]);
    expect(told.length).toBe(2);
    expect(() => np.bincount(['0', 'x'] as never)).toThrow("invalid literal for int() with base 10: 'x'");
    expect(() => np.bincount([Number.NaN])).toThrow('cannot convert float NaN to integer');
    expect(() => np.bincount(np.array([1.5]))).toThrow(
      "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'",
    );
  });
});

describe('scalar types as functions', () => {
  test('a list of objects keeps what lies in it', () => {
    expect(np.object_([null, {}, []] as never).repr()).toBe('array([None, {}, list([])], dtype=object)');
  });
  test('numbers that are functions of one value refuse what comes with an index', () => {
    expect(() => [1, 2].map(np.complex64 as never)).toThrow('function takes at most 2 arguments (3 given)');
    expect(() => [1, 2].map(np.float64 as never)).toThrow('float expected at most 1 argument, got 3');
  });
});
