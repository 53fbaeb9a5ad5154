import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { np } from '../../../src/index.js';

const told: [string, string][] = [];
beforeEach(() => {
  told.length = 0;
  setWarningHandler((category, message) => void told.push([category, message]));
});
afterEach(() => void setWarningHandler(null));

/** A file that gives lines, as those of Python do. */
const lined = (lines: readonly Uint8Array[]): any => {
  const left = [...lines];
  return { readline: () => left.shift() ?? new Uint8Array(0), read: () => new Uint8Array(0) };
};
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));

describe('converters of loadtxt', () => {
  const failing = (): never => {
    throw new np.exceptions.KeyError("'x'");
  };
  test('what they throw is the cause of an error that names the place', () => {
    let error = new Error('nothing was thrown');
    try {
      np.loadtxt(['1 2', '3 4'], { converters: { 1: failing } });
    } catch (e) {
      error = e as Error;
    }
    expect(error.name).toBe('ValueError');
    expect(error.message).toBe("could not convert string '2' to float64 at row 0, column 2.");
    expect((error.cause as Error).name).toBe('KeyError');
  });
  test('what they give has to fit the column', () => {
    const read = (dtype: string, f: (s: string) => unknown): unknown =>
      np.loadtxt(['3.7'], { dtype: dtype as never, converters: f }).tolist();
    expect(read('i1', Number)).toBe(3);
    expect(read('U2', Number)).toBe('3.');
    expect(read('U', Number)).toBe('3.7');
    expect(read('f8', () => null)).toBeNaN();
    expect(read('f8', () => undefined)).toBeNaN();
    expect(read('U3', () => Uint8Array.of(97, 98))).toBe('ab');
    expect(() => read('f8', () => [1, 2])).toThrow("could not convert string '3.7' to float64 at row 0, column 1.");
    expect(() => read('i1', () => 300)).toThrow("could not convert string '3.7' to int8 at row 0, column 1.");
    expect(() => read('c8', () => 'z')).toThrow("could not convert string '3.7' to complex64 at row 0, column 1.");
  });
  test('columns are counted from the end where their numbers are negative, as usecols has them', () => {
    const nothing = (s: string): number => (s === 'XXX' ? Number.NaN : Number(s));
    expect((np.loadtxt as any)(['1,2', '3,XXX'], { delimiter: ',', converters: { '-1': nothing } }).tolist()).toEqual([
      [1, 2],
      [3, Number.NaN],
    ]);
    const lines = ['1,2,3', '3,4,XXX,5,XXX'];
    expect(
      np.loadtxt(lines, { delimiter: ',', usecols: [0, -1], converters: new Map([[-1, nothing]]) }).tolist(),
    ).toEqual([
      [1, 3],
      [3, Number.NaN],
    ]);
    expect(np.loadtxt(['1 2'], { usecols: [0], converters: { 3: 1 } as never }).tolist()).toBe(1);
  });
  test('they are one function, or functions by columns that are there', () => {
    const load = (converters: unknown) => (): unknown => np.loadtxt(['1 2'], { converters: converters as never });
    const form = 'converters must be a dictionary mapping columns to converter functions or a single callable.';
    for (const c of [0, '', [Number]]) expect(load(c)).toThrow(form);
    expect(load({ a: Number })).toThrow("keys of the converters dictionary must be integers; got 'a'");
    expect(load({ 3: Number })).toThrow(
      'converter specified for column 3, which is invalid for the number of fields 2.',
    );
    expect(load({ '-3': Number })).toThrow(
      'converter specified for column -3, which is invalid for the number of fields 2.',
    );
    expect(load({ 0: 1 })).toThrow(
      'values of the converters dictionary must be callable, but the value associated with key 0 is not',
    );
  });
});

describe('lines of text', () => {
  test('what is no text among them is refused', () => {
    expect(() => np.loadtxt(['1 2', 3] as never)).toThrow('non-string returned while reading data');
  });
  test('that a file gives as bytes are texts of their own, and end with the file', () => {
    const lines = [utf16('1 2\n'), utf16('3 4\n')];
    expect(np.loadtxt(lined(lines) as Iterable<string>, { encoding: 'utf-16' }).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(np.genfromtxt(lined(lines) as Iterable<string>, { encoding: 'utf-16' }).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
  test('a line within quotes counts when its row ends', () => {
    const kw = { delimiter: ',', quotechar: '"', dtype: 'O', max_rows: 2 } as const;
    expect(np.loadtxt(['1,"2\r\n"\r\n', '3,"4\r\n', '1"\r\n'], kw as never).tolist()).toEqual([
      ['1', '2\r\n'],
      ['3', '4\r\n1'],
    ]);
    expect(told).toEqual([]);
  });
  test('empty ones are told of where rows are counted', () => {
    expect(np.loadtxt(['1', '', '2'], { max_rows: 2 }).tolist()).toEqual([1, 2]);
    expect(told.map(([c, m]) => [c, m.slice(0, 76)])).toEqual([
      ['UserWarning', 'Input line 2 contained no data and will not be counted towards `max_rows=2`.'],
    ]);
  });
});

describe('genfromtxt', () => {
  test('leaves lines of other lengths out, with a warning, where it is told to', () => {
    expect(np.genfromtxt(['1 2', '1 2 3'], { invalid_raise: false }).tolist()).toEqual([1, 2]);
    expect(told).toEqual([
      ['ConversionWarning', 'Some errors were detected !\n    Line #2 (got 3 columns instead of 2)'],
    ]);
  });
  test('refuses what a converter does not take where it finds out the dtypes', () => {
    const number = (s: string): number => {
      if (!/^\d+$/.test(s)) throw new np.exceptions.ValueError('no number');
      return Number(s);
    };
    expect(() => np.genfromtxt(['1 2', '1 x'], { converters: { 1: number }, dtype: null })).toThrow(
      "Converter #1 is locked and cannot be upgraded: (occurred line #2 for value 'x')",
    );
  });
  test('told to read bytes it warns of text, and leaves it text where a character is no byte', () => {
    expect(np.genfromtxt(['a,1', 'b,2'], { delimiter: ',', dtype: null, encoding: 'bytes' }).dtype.str).toBe('|V9');
    const mixed = np.genfromtxt(['a,ϖ', 'b,c'], { delimiter: ',', dtype: null, encoding: 'bytes' });
    expect(mixed.tolist()).toEqual([
      ['a', 'ϖ'],
      ['b', 'c'],
    ]);
    expect(told.map(([c]) => c)).toEqual(['VisibleDeprecationWarning', 'VisibleDeprecationWarning']);
  });
  test('takes columns from an array', () => {
    expect(np.genfromtxt(['1 2 3'], { usecols: np.array([1n, 2n]) as never }).tolist()).toEqual([2, 3]);
  });
});

test('an archive that was read has no open file', () => {
  const parts: number[] = [];
  np.savez({ write: (b: Uint8Array) => void parts.push(...b) } as never, np.arange(2));
  expect(np.load(Uint8Array.from(parts)).fid).toBeNull();
});

test('letters in patterns of fromregex are those of all scripts, unless the pattern asks for ASCII', () => {
  const text = new TextEncoder().encode('1.5 fooϖ\n2 bar-ж\n');
  const dt = [
    ['num', 'f8'],
    ['val', 'U5'],
  ] as const;
  const read = (pattern: string): unknown => np.fromregex(text, pattern, dt, 'utf-8').at('val').tolist();
  expect(read(String.raw`([0-9.]+)\s+([\w-]+)`)).toEqual(['fooϖ', 'bar-ж']);
  expect(read(String.raw`(?u)([0-9.]+)\s+(\w+)`)).toEqual(['fooϖ', 'bar']);
  expect(read(String.raw`(?a)([\d.]+)\s+(\w+)`)).toEqual(['foo', 'bar']);
});
