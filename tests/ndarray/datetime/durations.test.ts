import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setWarningHandler } from '../../../src/core/errors.js';
import { np } from '../../../src/index.js';

type Row = readonly [name: string, count: string, dtype: string, other: string, results: string[], warnings: string[]];
const golden: { divided: Row[]; texts: [string, string][]; casts: [string, string, string[]][] } = JSON.parse(
  readFileSync(join(__dirname, '../../golden/durations.json'), 'utf8'),
);

const valueOf = (text: string, dtype: string): unknown => {
  if (dtype !== 'f8') return text === 'NaT' ? null : BigInt(text);
  return text === 'nan' ? Number.NaN : text === 'inf' ? Number.POSITIVE_INFINITY : Number(text);
};

describe('divided durations', () => {
  let warnings: string[] = [];
  let before: ReturnType<typeof np.seterr>;
  let handler: ReturnType<typeof setWarningHandler>;
  beforeEach(() => {
    before = np.seterr({ divide: 'warn', over: 'warn', invalid: 'warn' });
    handler = setWarningHandler((_category, message) => void warnings.push(message));
  });
  afterEach(() => {
    np.seterr(before);
    setWarningHandler(handler);
  });
  for (const name of new Set(golden.divided.map((r) => r[0])))
    test(`np.${name} gives NumPy's values and reports NumPy's errors`, () => {
      for (const [f, count, dtype, other, results, told] of golden.divided) {
        if (f !== name) continue;
        warnings = [];
        const a = np.array([valueOf(count, 'm8')] as any, 'm8[s]');
        const v = valueOf(other, dtype);
        const b = np.array((dtype === 'i8' ? v : [v]) as any, dtype as 'f8');
        const r = (np as any)[f](a, b);
        const list: np.NDArray[] = Array.isArray(r) ? r : [r];
        expect([f, count, dtype, other, list.map((e) => `${e.dtype.name} ${e}`), warnings]).toEqual([
          f,
          count,
          dtype,
          other,
          results,
          told,
        ]);
      }
    });
});

describe('units of dates', () => {
  test.each(golden.texts)('the dtype written %s is read as by NumPy', (text, told) => {
    let got: string;
    try {
      got = np.dtype(text as 'M8').str;
    } catch (e) {
      got = `${(e as Error).name}: ${(e as Error).message}`;
    }
    expect(got).toBe(told);
  });
  test('units from seconds down that count the same are the same to casts', () => {
    for (const [a, b, rules] of golden.casts)
      expect([
        a,
        b,
        ['no', 'equiv', 'safe', 'same_kind'].filter((c) => np.can_cast(a as 'M8', b as 'M8', c as 'no')),
      ]).toEqual([a, b, rules]);
  });
  test('a rule of casting that is none is refused for dates as for numbers', () => {
    expect(() => np.can_cast('M8[D]', 'M8[s]', 'foo' as 'no')).toThrow("casting must be one of 'no'");
  });
  test('a unit may come as bytes', () => {
    const five = new TextEncoder().encode('5ms');
    expect(np.datetime64('2000', five as unknown as string).dtype.str).toBe('<M8[5ms]');
  });
  test('a number as the end of a range of dates is its length', () => {
    expect(np.arange('1969' as any, 18, 3, { dtype: 'M8' }).shape).toEqual([6]);
  });
});
