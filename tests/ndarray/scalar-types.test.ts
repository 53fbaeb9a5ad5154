import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

interface Told {
  readonly error?: string;
  readonly repr: string;
  readonly str: string;
  readonly dtype: string;
  readonly values: Record<string, string>;
}
const golden: {
  finfo: Record<string, Told>;
  iinfo: Record<string, Told>;
  types: Record<string, string>;
  below: Record<string, string[]>;
  same: Record<string, string[]>;
  sctypeDict: Record<string, string>;
} = JSON.parse(readFileSync(join(__dirname, '../golden/limits.json'), 'utf8'));
const codes = Object.keys(golden.types);
const dtypeOf = (code: string): np.DTypeFamily<any>['dtype'] =>
  np.dtype(
    code === 'i4,f4'
      ? [
          ['f0', 'i4'],
          ['f1', 'f4'],
        ]
      : (code as 'f4'),
  );

describe('limits of dtypes', () => {
  test.each(codes)('np.finfo of %s', (code) => {
    const want = golden.finfo[code];
    if (want.error !== undefined) expect(() => np.finfo(dtypeOf(code))).toThrow(want.error);
    else {
      const o = np.finfo(dtypeOf(code));
      expect([o.repr(), String(o), String(o.dtype)]).toEqual([want.repr, want.str, want.dtype]);
      for (const [k, v] of Object.entries(want.values)) expect([k, (o as any)[k]]).toEqual([k, Number(v)]);
      expect(np.finfo(dtypeOf(code))).toBe(o);
    }
  });

  test.each(codes)('np.iinfo of %s', (code) => {
    const want = golden.iinfo[code];
    if (want.error !== undefined) expect(() => np.iinfo(dtypeOf(code))).toThrow(want.error);
    else {
      const o = np.iinfo(dtypeOf(code));
      expect([o.repr(), String(o), String(o.dtype)]).toEqual([want.repr, want.str, want.dtype]);
      for (const [k, v] of Object.entries(want.values)) expect([k, String((o as any)[k])]).toEqual([k, v]);
    }
  });

  test('numbers and arrays without axes have limits; other arrays, lists and unknown names have none', () => {
    expect(np.finfo(1.5).bits).toBe(64);
    expect(np.finfo(np.float16(1)).bits).toBe(16);
    expect(np.iinfo(np.int8(1)).max).toBe(127);
    expect(np.iinfo(3).min).toBe(-(2n ** 63n));
    expect(() => np.finfo(np.zeros(3))).toThrow("data type <class 'numpy.object_'> not inexact");
    expect(() => np.iinfo('no dtype' as 'i4')).toThrow("Invalid integer data type 'U'.");
  });
});

describe('scalar types', () => {
  test('the type of a dtype has its name and place', () => {
    for (const code of codes) {
      const { type } = dtypeOf(code);
      expect([code, String(type)]).toEqual([code, `<class 'numpy.${golden.types[code]}'>`]);
      const kinds = ['generic', 'number', 'integer', 'signedinteger', 'unsignedinteger'].concat([
        'inexact',
        'floating',
        'complexfloating',
        'flexible',
        'character',
      ]);
      expect([code, kinds.filter((k) => np.issubdtype(dtypeOf(code), (np as any)[k]))]).toEqual([
        code,
        golden.below[code],
      ]);
      expect([code, codes.filter((c) => np.issubdtype(dtypeOf(code), dtypeOf(c)))]).toEqual([code, golden.same[code]]);
    }
    expect(np.dtype('>f4').type).toBe(np.float32);
  });

  test('np.sctypeDict has every name, and np.ScalarType every type', () => {
    const names = Object.fromEntries(Object.entries(np.sctypeDict).map(([k, v]) => [k, v.name]));
    const here: Record<string, string> = { longdouble: 'float64', clongdouble: 'complex128', longlong: 'int64' };
    const want = Object.entries(golden.sctypeDict).map(([k, v]) => [k, here[v] ?? v.replace('ulonglong', 'uint64')]);
    expect(names).toEqual(Object.fromEntries(want));
    for (const type of Object.values(np.sctypeDict)) expect(np.ScalarType).toContain(type);
  });

  test('arrays without axes are instances of their type and of what it belongs to', () => {
    const x: unknown = np.float32(2);
    expect([x instanceof np.float32, x instanceof np.floating, x instanceof np.generic]).toEqual([true, true, true]);
    expect([x instanceof np.float64, x instanceof np.integer, (2 as unknown) instanceof np.float64]).toEqual([
      false,
      false,
      false,
    ]);
    expect(np.zeros(2) instanceof np.float64).toBe(false);
    expect(tf.constant(1) instanceof np.float32).toBe(false);
    expect(np.array(true) instanceof np.bool).toBe(true);
    expect(np.array('a') instanceof np.character).toBe(true);
  });

  test('types make arrays without axes', () => {
    expect(np.float32('1.5').repr()).toBe('array(1.5, dtype=float32)');
    expect(np.dtype('U1').type('abc').repr()).toBe("array('abc', dtype='<U3')");
    expect(np.dtype('O').type(null).item()).toBe(null);
    expect(() => np.int8('x')).toThrow("invalid literal for int() with base 10: 'x'");
  });

  test('Node shows dtypes, types, functions and limits as Python does', () => {
    const shown = [
      np.dtype('f8'),
      np.float64,
      np.add,
      np.floating,
      np.iinfo('i1'),
      np.dtypes.Int8DType,
      np.dtype('>f4'),
    ];
    expect(shown.map((x) => inspect(x))).toEqual([
      "dtype('float64')",
      "<class 'numpy.float64'>",
      "<ufunc 'add'>",
      "<class 'numpy.floating'>",
      'iinfo(min=-128, max=127, dtype=int8)',
      "<class 'numpy.dtypes.Int8DType'>",
      "dtype('>f4')",
    ]);
    const a = np.array([[1n, 2n]], { ndmin: 2 });
    expect(inspect({ a: [np.concatenate([a, a])] })).toBe('{\n  a: [\n    array([[1, 2],\n           [1, 2]])\n  ]\n}');
  });
});

describe('flags', () => {
  const f = np.zeros([2, 3]).T.flags;
  test('are those of the layout, under all of their names', () => {
    expect([f.c_contiguous, f.f_contiguous, f.fnc, f.forc, f.farray, f.carray, f.behaved]).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
      true,
    ]);
    expect([f.C, f.F_CONTIGUOUS, f.O, f.W, f.num]).toEqual([false, true, false, true, 1282]);
    expect(String(f)).toBe(
      '  C_CONTIGUOUS : False\n  F_CONTIGUOUS : True\n  OWNDATA : False\n  WRITEABLE : True\n  ALIGNED : True\n  WRITEBACKIFCOPY : False\n',
    );
  });

  test('writeable can be set, and follows the array', () => {
    const a = np.zeros(2);
    const flags = a.flags;
    flags.writeable = false;
    expect(() => a.set(0, 1)).toThrow('assignment destination is read-only');
    a.setflags({ write: true });
    expect(flags.writeable).toBe(true);
    expect(() => {
      (flags as { c_contiguous: boolean }).c_contiguous = false;
    }).toThrow("attribute 'c_contiguous' of 'numpy._core.multiarray.flagsobj' objects is not writable");
    expect(() => {
      flags.writebackifcopy = true;
    }).toThrow('cannot set WRITEBACKIFCOPY flag to True');
  });
});
