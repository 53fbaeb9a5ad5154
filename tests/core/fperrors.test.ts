import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { np } from '../../src/index.js';
import { setWarningHandler } from '../../src/core/errors.js';

/** Floating-point flags, against those that NumPy raised (tests/golden/fperrors.py). */
const golden: {
  floats: string[];
  complex: string[];
  ints: Record<string, string[]>;
  ufuncs: Record<string, Record<string, string>>;
  casts: Record<string, string>;
} = JSON.parse(readFileSync(join(__dirname, '..', 'golden', 'fperrors.json'), 'utf8'));

function values(code: string): any[] {
  if (golden.ints[code]) return golden.ints[code].map((t) => np.array([BigInt(t)], code as 'int8'));
  const part = code === 'complex64' ? 'float32' : code === 'complex128' ? 'float64' : code;
  const info = np.finfo(part as 'float64') as any;
  const named: Record<string, number> = {
    max: Number(info.max),
    '-max': Number(info.min),
    tiny: Number(info.tiny),
    sub: Number(info.smallest_subnormal),
  };
  const texts = code.startsWith('complex') ? golden.complex : golden.floats;
  const special: Record<string, [number, number]> = { '1j': [0, 1], '1+1j': [1, 1], '0.5j': [0, 0.5] };
  return texts.map((t) => {
    const v = named[t] ?? (t === 'inf' ? Infinity : t === '-inf' ? -Infinity : Number(t));
    if (!code.startsWith('complex')) return np.array([v]).astype(code as 'float64');
    const [re, im] = special[t] ?? [t === 'nan' ? NaN : v, 0];
    return np.array([np.complex(re, im)]).astype(code as 'complex64');
  });
}

function flagsOf(f: () => unknown): number {
  let seen = 0;
  np.errstate({ all: 'call', call: (_text: string, bits: number) => (seen = bits) }, f);
  return seen;
}

/** Underflow is looked for in products, quotients, powers and exponentials only, and casts: elsewhere it is left out. */
const withoutUnderflow = (flags: number): number => flags & ~4;

/**
 * Cases that depend on the machine in NumPy: comparisons of NaN inside of complex loops and of logaddexp raise 'invalid' with some
 * instructions; powers with infinite or huge exponents raise what the C library likes.
 */
const byMachine = (ufunc: string, code: string, operands: string): boolean =>
  (operands.includes('nan') && (code.startsWith('complex') || ufunc.startsWith('logaddexp'))) ||
  (ufunc.endsWith('power') && /inf|max/.test(operands));

const name = (i: number, code: string, n: number): string => {
  const texts = golden.ints[code] ?? (code.startsWith('complex') ? golden.complex : golden.floats);
  return n === texts.length ? texts[i] : `${texts[Math.floor(i / texts.length)]}, ${texts[i % texts.length]}`;
};

describe('floating-point flags', () => {
  for (const [ufunc, codes] of Object.entries(golden.ufuncs)) {
    test(`${ufunc} raises those that NumPy raises`, () => {
      const wrong: string[] = [];
      for (const [code, row] of Object.entries(codes)) {
        const v = values(code);
        for (let i = 0; i < row.length; i++) {
          const args = row.length === v.length ? [v[i]] : [v[Math.floor(i / v.length)], v[i % v.length]];
          const expected = Number.parseInt(row[i], 16);
          const got = flagsOf(() => (np as any)[ufunc](...args));
          if (byMachine(ufunc, code, name(i, code, row.length))) continue;
          if (withoutUnderflow(got) !== withoutUnderflow(expected))
            wrong.push(`${ufunc}(${name(i, code, row.length)}: ${code}): ${got}, not ${expected}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  }
  test('casts raise those that NumPy raises', () => {
    const wrong: string[] = [];
    for (const [pair, row] of Object.entries(golden.casts)) {
      const [from, to] = pair.split('->');
      const v = values(from);
      for (let i = 0; i < row.length; i++) {
        const got = flagsOf(() => v[i].astype(to));
        if (got !== Number.parseInt(row[i], 16))
          wrong.push(`${name(i, from, row.length)}: ${pair}: ${got}, not ${row[i]}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('what is done about floating-point errors', () => {
  afterEach(() => {
    np.seterr({ all: 'ignore' });
    np.seterrcall(null);
    setWarningHandler(null);
  });
  const zero = np.zeros(3);
  const big = np.full(3, 1e308);

  test('nothing, to begin with', () => {
    expect(np.geterr()).toEqual({ divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' });
    expect(np.divide(1, zero).tolist()).toEqual([Infinity, Infinity, Infinity]);
  });
  test("'raise' throws after the results were written", () => {
    const out = np.zeros(3);
    expect(() => np.errstate({ over: 'raise' }, () => np.multiply(big, 10, { out }))).toThrow(
      'overflow encountered in multiply',
    );
    expect(out.tolist()).toEqual([Infinity, Infinity, Infinity]);
  });
  test('operations in place, strided, masked and folded are looked at as well', () => {
    np.seterr({ all: 'raise' });
    const a = np.full([4, 4], 1e308);
    expect(() => a.at('::2, 1:').imul(10)).toThrow('overflow encountered in multiply');
    expect(() => np.sum(big)).toThrow('overflow encountered in reduce');
    expect(() => np.cumsum(big)).toThrow('overflow encountered in accumulate');
    expect(() => np.add.reduceat(big, [0])).toThrow('overflow encountered in reduce');
    expect(() => np.sum(np.array([Infinity, -Infinity]))).toThrow('invalid value encountered in reduce');
    const mask = np.array([true, false, true]);
    const halves = np.array([1, 0, 2]);
    expect(np.divide(1, halves, { where: mask, out: np.zeros(3) }).tolist()).toEqual([1, 0, 0.5]);
    expect(() => np.divide(1, halves, { where: np.invert(mask) })).toThrow('divide by zero encountered in divide');
    expect(() => np.array([1e300]).astype('float32')).toThrow('overflow encountered in cast');
  });
  test("'warn', 'call', 'log' and 'print' tell of all kinds, in NumPy's words", () => {
    const heard: string[] = [];
    setWarningHandler((category, message) => heard.push(`${category}: ${message}`));
    const x = np.array([0, 1]);
    np.errstate({ all: 'warn' }, () => np.divide(x, zero.at(':2')));
    expect(heard).toEqual([
      'RuntimeWarning: divide by zero encountered in divide',
      'RuntimeWarning: invalid value encountered in divide',
    ]);
    const calls: [string, number][] = [];
    np.errstate({ all: 'call', call: (text: string, flags: number) => calls.push([text, flags]) }, () => np.log(x));
    expect(calls).toEqual([['divide by zero', 1]]);
    let log = '';
    np.errstate({ all: 'log', call: { write: (text: string) => (log += text) } }, () => np.log(x));
    expect(log).toBe('Warning: divide by zero encountered in log\n');
    expect(() => np.errstate({ all: 'call' }, () => np.log(x))).toThrow(
      'python callback specified for divide by zero (in  log) but no function found.',
    );
  });
  test('settings nest, and come back after an error and at the end of a block', () => {
    const before = np.seterr({ divide: 'warn' });
    expect(before.divide).toBe('ignore');
    expect(() =>
      np.errstate({ divide: 'raise' }, () =>
        np.errstate({ over: 'raise' }, () => {
          expect(np.geterr()).toMatchObject({ divide: 'raise', over: 'raise' });
          np.log(zero);
        }),
      ),
    ).toThrow('divide by zero encountered in log');
    expect(np.geterr()).toMatchObject({ divide: 'warn', over: 'ignore' });
    {
      using _ = np.errstate({ invalid: 'raise' });
      expect(np.geterr().invalid).toBe('raise');
    }
    expect(np.geterr().invalid).toBe('ignore');
  });
  test('unknown modes and callbacks are refused, and change nothing', () => {
    expect(() => np.seterr({ all: 'foo' as 'warn' })).toThrow("invalid error mode 'foo'");
    expect(() => np.errstate({ divided: 'warn' } as never)).toThrow("unexpected keyword argument 'divided'");
    expect(() => np.seterrcall(3 as never)).toThrow('python object must be callable or have a callable write method');
    expect(np.geterr().over).toBe('ignore');
  });
  test('the size of buffers is kept', () => {
    expect(np.setbufsize(32)).toBe(8192);
    expect(np.setbufsize(8192)).toBe(32);
    expect(() => np.setbufsize(17)).toThrow('Buffer size, 17, is not a multiple of 16');
  });
});
