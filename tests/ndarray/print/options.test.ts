import { afterEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { reference } from '../../../src/core/device/reference/index.js';
import { float64, int64 } from '../../../src/core/dtype.js';
import * as np from '../../../src/ndarray/print/index.js';
import { ArrayValue } from '../../../src/core/array.js';

const array = (values: readonly np.PrintValue[], dtype: np.PrintDType = float64): np.Printable => ({
  dtype,
  shape: [values.length],
  size: values.length,
  values: ([pick]) => pick.map((i) => values[i]),
});

afterEach(() => np.set_printoptions(8, 1000, 3, 75, false, 'nan', 'inf', null, '-', 'maxprec'));

describe('print options', () => {
  test('the defaults are those of NumPy, in its order', () => {
    const options = np.get_printoptions();
    expect(Object.entries(options).join(' ')).toBe(
      'edgeitems,3 threshold,1000 floatmode,maxprec precision,8 suppress,false linewidth,75 nanstr,nan infstr,inf sign,- formatter, legacy,false override_repr,',
    );
  });

  test('setting options changes those given only, but always resets formatter and override', () => {
    np.set_printoptions(3, null, null, null, null, null, null, { float: () => 'x' });
    expect(np.array_str(array([1]))).toBe('[x]');
    np.set_printoptions(null, 5);
    expect(np.get_printoptions()).toMatchObject({ precision: 3, threshold: 5, formatter: null });
    np.set_printoptions(null, null, null, null, null, null, null, null, null, null, null, () => 'mine');
    expect(np.array_repr(array([1]))).toBe('mine');
    np.set_printoptions();
    expect(np.array_repr(array([1]))).toBe('array([1.])');
  });

  test('what get_printoptions returns is a copy', () => {
    (np.get_printoptions() as { precision: number }).precision = 1;
    expect(np.get_printoptions().precision).toBe(8);
  });

  test('printoptions holds for a callback, also when it throws or is asynchronous', async () => {
    expect(np.printoptions({ precision: 2 }, (o) => [o.precision, np.array_str(array([1 / 3]))])).toEqual([
      2,
      '[0.33]',
    ]);
    expect(np.get_printoptions().precision).toBe(8);
    expect(() =>
      np.printoptions({ precision: 2 }, () => {
        throw new Error('out');
      }),
    ).toThrow('out');
    expect(np.get_printoptions().precision).toBe(8);
    const later = np.printoptions({ precision: 2 }, async () => {
      await Promise.resolve();
      return np.array_str(array([1 / 3]));
    });
    expect(await later).toBe('[0.33]');
    expect(np.get_printoptions().precision).toBe(8);
  });

  test('printoptions without a callback holds until it is disposed of', () => {
    const outer = np.printoptions({ precision: 2 });
    const inner = np.printoptions({ sign: '+' });
    expect(inner.options).toMatchObject({ precision: 2, sign: '+' });
    expect(np.array_str(array([1 / 3]))).toBe('[+0.33]');
    inner[Symbol.dispose]();
    expect(np.array_str(array([1 / 3]))).toBe('[0.33]');
    outer[Symbol.dispose]();
    expect(np.array_str(array([1 / 3]))).toBe('[0.33333333]');
  });

  test('values that NumPy refuses are refused in its words', () => {
    const set = (options: object) => () => np.printoptions(options as np.PrintOptionsLike, () => null);
    expect(set({ floatmode: 'x' })).toThrow(
      'floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"',
    );
    expect(set({ sign: 'x' })).toThrow("sign option must be one of ' ', '+', or '-'");
    expect(set({ threshold: 'x' })).toThrow('threshold must be numeric');
    expect(set({ threshold: Number.NaN })).toThrow(
      'threshold must be non-NAN, try sys.maxsize for untruncated representation',
    );
    expect(set({ precision: 1.5 })).toThrow('precision must be an integer');
    expect(set({ presicion: 1 })).toThrow("unexpected keyword argument 'presicion'. Did you mean 'precision'?");
    expect(() => np.array2string(array([1]), null, -1)).toThrow('precision must be >= 0');
    expect(np.get_printoptions().precision).toBe(8);
  });

  test('what a formatter gives must be text, and not empty', () => {
    const a = array([1, 2]);
    const text = (f: () => unknown): string =>
      np.printoptions({ formatter: { all: f as never } }, () => np.array_str(a));
    expect(text(() => 'x')).toBe('[x x]');
    expect(() => text(() => 3)).toThrow("'int' object has no attribute 'splitlines'");
    expect(() => text(() => null)).toThrow("'NoneType' object has no attribute 'splitlines'");
    expect(() => text(() => '')).toThrow('max() arg is an empty sequence');
    const repr = (f: () => unknown): string =>
      np.printoptions({ formatter: { all: f as never } }, () =>
        np.array_repr({ dtype: float64, shape: [], size: 1, values: () => [1] }),
      );
    expect(() => repr(() => 3)).toThrow('can only concatenate str (not "int") to str');
  });

  test('an old mode stays until another is set, and 1.13 has no sign', () => {
    np.printoptions({ legacy: '1.13', sign: '+' }, (o) => expect([o.legacy, o.sign]).toEqual(['1.13', '-']));
    expect(np.get_printoptions().legacy).toBe(false);
  });

  test('legacy=false is taken, and unknown modes only warn', () => {
    const seen: string[] = [];
    const before = setWarningHandler((category, message) => seen.push(`${category}: ${message}`));
    np.printoptions({ legacy: false }, () => null);
    expect(seen).toEqual([]);
    np.printoptions({ legacy: '9.9' as never }, () => null);
    setWarningHandler(before);
    expect(seen[0]).toMatch(/^UserWarning: legacy printing option can currently only be/);
  });
});

describe('printing arrays', () => {
  test('a summarised array of 1e8 elements is asked for its edges only', () => {
    const asked: number[] = [];
    const text = np.array_repr({
      dtype: int64,
      shape: [10000, 10000],
      size: 1e8,
      values(mesh) {
        const out = mesh[0].flatMap((i) => mesh[1].map((j) => i * 10000 + j));
        asked.push(out.length);
        return out;
      },
    });
    expect(asked).toEqual([36]);
    expect(text.split('\n')).toHaveLength(8);
    expect(text).toContain('[99990000, 99990001, 99990002, ..., 99999997, 99999998, 99999999]]');
    expect(text.endsWith('\n      shape=(10000, 10000))')).toBe(true);
  });

  test('64-bit integers are exact, and formatters get numbers where nothing is lost', () => {
    const a = array([2n ** 63n - 1n, -(2n ** 63n), 1n], int64);
    expect(np.array_str(a)).toBe('[ 9223372036854775807 -9223372036854775808                    1]');
    const types = np.array2string(a, null, null, null, ' ', '', { int: (v) => typeof v });
    expect(types).toBe('[bigint bigint number]');
  });

  test('a formatter for the type goes before one for the kind, and that before one for all', () => {
    const text = (f: np.Formatters) => np.array2string(array([1]), null, null, null, ' ', '', f);
    expect(text({ all: () => 'all', float_kind: () => 'kind', float: () => 'type' })).toBe('[type]');
    expect(text({ all: () => 'all', float_kind: () => 'kind', float: null })).toBe('[kind]');
    expect(text({ all: () => 'all', int: () => 'int' })).toBe('[all]');
    expect(text({ int: () => 'int' })).toBe('[1.]');
  });

  test('columns count characters as Python does', () => {
    const f = { all: () => '🙂' };
    expect(np.array2string(array([1, 2, 3, 4, 5]), 10, null, null, ' ', '', f)).toBe('[🙂 🙂 🙂 🙂\n 🙂]');
  });

  test('arrays are read through their strides', () => {
    const buffer = reference.allocate(48);
    const bytes = (buffer as unknown as { bytes: Uint8Array }).bytes;
    new Float64Array(bytes.buffer, bytes.byteOffset, 6).set([1, 2, 3, 4, 5, 6.5]);
    class View extends ArrayValue {
      override readonly dtype = float64;
      override readonly shape = [3, 2];
      override readonly strides = [-8, 24];
      override readonly offset = 16;
      override readonly buffer = buffer;
      override readonly interpreter = null;
      override get face(): never {
        throw new Error('printing needs no face');
      }
    }
    expect(np.array_repr(new View())).toBe('array([[3. , 6.5],\n       [2. , 5. ],\n       [1. , 4. ]])');
    expect(np.array_str(new View(), null, 0)).toBe('[[3. 6.]\n [2. 5.]\n [1. 4.]]');
  });

  test('another class puts its own name in front', () => {
    expect(np.array_repr(array([1, 2]), null, null, null, 'Tensor')).toBe('Tensor([1., 2.])');
  });
});
