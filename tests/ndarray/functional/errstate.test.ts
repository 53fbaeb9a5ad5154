import { afterEach, describe, expect, test } from '@jest/globals';
import { FloatingPointError, setWarningHandler } from '../../../src/core/errors.js';
import { np as namespace } from '../../../src/index.js';

/** How floating-point errors are treated; which there are is compared with NumPy in tests/golden/flags.test.ts. */

const np: any = namespace;
const IGNORED = { divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' };

afterEach(() => {
  expect(np.geterr()).toEqual(IGNORED);
  expect(np.geterrcall()).toBeNull();
  expect(np.getbufsize()).toBe(8192);
});

const raising = (f: () => unknown): unknown => np.errstate({ all: 'raise' }, f);
const zeros = (): any => np.array([1, 0, -1]);
const byZero = (): any => np.divide(zeros(), np.zeros(3));

function warnings(f: () => unknown): string[] {
  const seen: string[] = [];
  const before = setWarningHandler((category, message) => void seen.push(`${category}: ${message}`));
  try {
    f();
  } finally {
    setWarningHandler(before);
  }
  return seen;
}

describe('each way to treat errors', () => {
  test('ignore is how it starts', () => {
    expect(warnings(() => expect(byZero().tolist()).toEqual([Infinity, NaN, -Infinity]))).toEqual([]);
  });

  test('warn gives a warning for each kind', () => {
    expect(warnings(() => np.errstate({ all: 'warn' }, byZero))).toEqual([
      'RuntimeWarning: divide by zero encountered in divide',
      'RuntimeWarning: invalid value encountered in divide',
    ]);
  });

  test('raise throws the first kind, with the output written', () => {
    const out = np.ones(3);
    expect(() => raising(() => np.divide(zeros(), 0, { out }))).toThrow(FloatingPointError);
    expect(out.tolist()).toEqual([Infinity, NaN, -Infinity]);
    const a = zeros();
    expect(() => raising(() => a.idiv(0))).toThrow('divide by zero encountered in divide');
    expect(a.tolist()).toEqual([Infinity, NaN, -Infinity]);
  });

  test('call passes the kind and the bits of all kinds', () => {
    const calls: unknown[] = [];
    const call = (kind: string, flags: number): void => void calls.push([kind, flags]);
    np.errstate({ all: 'call', call }, () => np.multiply([1e300, 1e-300, Infinity], [1e300, 1e-300, 0]));
    expect(calls).toEqual([
      ['overflow', 14],
      ['underflow', 14],
      ['invalid value', 14],
    ]);
  });

  test('log writes to an object, a plain one included', () => {
    const lines: string[] = [];
    const log = { write: (line: string) => lines.push(line) };
    expect(np.seterrcall(log)).toBeNull();
    np.errstate({ divide: 'log' }, byZero);
    expect(np.seterrcall(null)).toBe(log);
    expect(lines).toEqual(['Warning: divide by zero encountered in divide\n']);
  });

  test('print writes to standard error', () => {
    const { write } = process.stderr;
    const seen: string[] = [];
    process.stderr.write = ((text: string) => seen.push(text)) as never;
    try {
      np.errstate({ invalid: 'print' }, byZero);
    } finally {
      process.stderr.write = write;
    }
    expect(seen).toEqual(['Warning: invalid value encountered in divide\n']);
  });

  test('call and log need something to call', () => {
    expect(() => np.errstate({ divide: 'call' }, byZero)).toThrow(
      'python callback specified for divide by zero (in  divide) but no function found.',
    );
    expect(() => np.errstate({ divide: 'log' }, byZero)).toThrow(
      'log specified for divide by zero (in divide) but no object with write method found.',
    );
    expect(() => np.seterrcall(3)).toThrow('python object must be callable or have a callable write method');
    expect(() =>
      np.errstate(
        {
          all: 'call',
          call: new (class Log {
            write(): void {}
          })(),
        },
        byZero,
      ),
    ).toThrow("'Log' object is not callable");
    expect(() => np.errstate({ all: 'log', call: () => {} }, byZero)).toThrow(
      "'function' object has no attribute 'write'",
    );
  });
});

describe('settings', () => {
  test('seterr returns what was set, and leaves what is not given', () => {
    expect(np.seterr('warn', 'raise')).toEqual(IGNORED);
    expect(np.seterr({ over: null, all: 'ignore' })).toEqual({
      divide: 'raise',
      over: 'warn',
      under: 'warn',
      invalid: 'warn',
    });
  });

  test('unknown modes and kinds are refused', () => {
    expect(() => np.seterr({ divide: 'foo' })).toThrow("invalid error mode 'foo'");
    expect(() => np.seterr({ divide: 3 })).toThrow('invalid error mode 3');
    expect(() => np.errstate({ divide: true })).toThrow('invalid error mode True');
    expect(() => np.errstate({ foo: 'warn' })).toThrow("errstate.__init__() got an unexpected keyword argument 'foo'");
  });

  test('errstate nests, and restores after a throw', () => {
    np.errstate({ all: 'raise' }, () => {
      np.errstate({ divide: 'ignore' }, () => {
        expect(np.geterr()).toEqual({ divide: 'ignore', over: 'raise', under: 'raise', invalid: 'raise' });
        expect(np.divide(1, np.zeros(1)).item()).toBe(Infinity);
      });
      expect(() => np.divide(1, np.zeros(1))).toThrow(FloatingPointError);
      expect(() =>
        np.errstate({ invalid: 'ignore' }, () => {
          throw new Error('mine');
        }),
      ).toThrow('mine');
      expect(np.geterr().invalid).toBe('raise');
    });
  });

  test('errstate restores seterr, seterrcall and setbufsize inside of it', () => {
    np.errstate({}, () => {
      np.seterr({ all: 'raise' });
      np.seterrcall(() => {});
      expect(np.setbufsize(160)).toBe(8192);
    });
  });

  test('errstate without a function holds until it is disposed of', () => {
    {
      using context = np.errstate({ all: 'raise' });
      expect(context).toBeDefined();
      expect(byZero).toThrow(FloatingPointError);
    }
    expect(byZero).not.toThrow();
  });

  test('buffer sizes are checked', () => {
    for (const [size, text] of [
      [4, 'Buffer size, 4, is too small'],
      [-1, 'buffer size must be non-negative'],
      [100, 'Buffer size, 100, is not a multiple of 16'],
      [10_000_016, 'Buffer size, 10000016, is too big'],
      [1.5, "'float' object cannot be interpreted as an integer"],
      [true, 'an integer is required'],
      ['a', "'<' not supported between instances of 'str' and 'int'"],
      [2n ** 70n, 'Python int too large to convert to C long'],
    ] as const)
      expect(() => np.setbufsize(size)).toThrow(text);
  });
});

describe('what errors are called', () => {
  const big = (): any => np.array([1e308, 1e308]);
  const cases: [string, () => unknown, string][] = [
    ['a power by name', () => np.power(np.array([1e200]), 2), 'overflow encountered in power'],
    ['the operator', () => np.array([1e200]).pow(2), 'overflow encountered in square'],
    ['sums', () => np.sum(big()), 'overflow encountered in reduce'],
    ['sums along an axis', () => np.sum(np.full([2, 3], 1e308), { axis: 0 }), 'overflow encountered in reduce'],
    ['running sums', () => np.cumsum(big()), 'overflow encountered in accumulate'],
    ['sums of slices', () => np.add.reduceat(big(), [0]), 'overflow encountered in reduceat'],
    ['in place at indices', () => np.add.at(big(), [0], 1e308), 'overflow encountered in add'],
    [
      'in place at integer indices',
      () => np.floor_divide.at(np.array([1n]), [0], 0n),
      'divide by zero encountered in floor_divide',
    ],
    [
      'at indices of two axes',
      () => np.add.at(np.full([1, 1], 1e308), [0], big().at(':1')),
      'overflow encountered in at',
    ],
    ['at indices, with a cast', () => np.divide.at(np.ones(1), [0], 0), 'divide by zero encountered in at'],
    ['at indices, of other functions', () => np.power.at(np.array([1e300]), [0], 3.5), 'overflow encountered in at'],
    [
      'in place through a view',
      () => np.full([4, 4], 1e308).at('::2, 1:').imul(10),
      'overflow encountered in multiply',
    ],
    ['outer', () => np.multiply.outer([1e300], [1e300]), 'overflow encountered in multiply'],
    ['casts', () => np.array([1e300]).astype('float32'), 'overflow encountered in cast'],
    ['assignment', () => np.zeros(2, 'float32').set([':'], big()), 'overflow encountered in cast'],
    ['joining', () => np.concatenate([big()], { dtype: 'float32', casting: 'unsafe' }), 'overflow encountered in cast'],
    ['lone numbers stored', () => np.zeros(2, 'float32').set([0], 1e300), 'overflow encountered in cast'],
    ['arrays filled', () => np.zeros(2, 'float16').fill(65520), 'overflow encountered in cast'],
    ['lists read', () => np.array([[1, -1e300]], 'complex64'), 'overflow encountered in cast'],
    ['text read', () => np.array(['1e39'], 'float32'), 'overflow encountered in cast'],
    ['objects cast', () => np.array([10n ** 39n], 'object').astype('float32'), 'overflow encountered in cast'],
    ['operands cast', () => np.add(big(), 1, { dtype: 'float32' }), 'overflow encountered in cast'],
    ['lone operands cast', () => np.add(np.ones(1, 'float32'), 1e300), 'overflow encountered in cast'],
    ['results cast', () => np.add(big(), 0.5, { out: np.zeros(2, 'float32') }), 'overflow encountered in add'],
    [
      'products of matrices',
      () => np.matmul(np.full([2, 2], 1e200), np.full([2, 2], 1e200)),
      'overflow encountered in matmul',
    ],
    ['dot', () => np.dot(big(), big()), 'overflow encountered in dot'],
    ['integers', () => np.floor_divide(np.array([1n]), 0), 'divide by zero encountered in floor_divide'],
    ['differences', () => np.diff([Infinity, Infinity]), 'invalid value encountered in subtract'],
    ['strided operands', () => np.log(np.arange(6).at('::-2').sub(1)), 'divide by zero encountered in log'],
    ['stretched operands', () => np.divide(np.ones([3, 4]), np.zeros(4)), 'divide by zero encountered in divide'],
  ];
  test.each(cases)('%s', (_title, f, text) => {
    expect(() => raising(f)).toThrow(text);
  });

  test('what is stored raises no more than NumPy says: no underflow, no infinity that was one', () => {
    const a = raising(() => np.array([1e-60, Infinity, -Infinity, NaN, 3.4028235e38], 'float32')) as any;
    expect(a.tolist()).toEqual([0, Infinity, -Infinity, NaN, 3.4028234663852886e38]);
    expect((raising(() => np.array([65519], 'float16')) as any).tolist()).toEqual([65504]);
  });

  test('casts under a mask look at what the mask lets through', () => {
    const a = np.zeros(3, 'float32');
    const source = np.array([1, 1e300, 2]);
    raising(() => np.copyto(a, source, { casting: 'unsafe', where: [true, false, true] }));
    expect(a.tolist()).toEqual([1, 0, 2]);
    expect(() => raising(() => np.copyto(a, source, { casting: 'unsafe', where: [false, true, true] }))).toThrow(
      'overflow encountered in cast',
    );
    const strided = np.zeros([3, 2], 'int32').at(':, 0');
    const holes = np.array([NaN, 1, NaN]);
    raising(() => np.copyto(strided, holes, { casting: 'unsafe', where: [false, true, false] }));
    expect(() => raising(() => np.copyto(strided, holes, { casting: 'unsafe', where: [true, false, false] }))).toThrow(
      'invalid value encountered in cast',
    );
  });

  test('elements left out by a mask raise nothing', () => {
    const mask = np.array([false, true]);
    const out = np.zeros(2);
    raising(() => np.divide([1, 1], [0, 1], { where: mask, out }));
    expect(out.tolist()).toEqual([0, 1]);
    expect((raising(() => np.add.reduce([1e308, 1e308], { where: mask })) as any).item()).toBe(1e308);
  });

  test('what NumPy ignores by itself stays ignored, and its own warnings come whatever is set', () => {
    const seen = warnings(() =>
      raising(() => {
        expect(np.nanmean([NaN]).item()).toBeNaN();
        expect(np.nanvar([NaN]).item()).toBeNaN();
        expect(np.isclose([Infinity, NaN], [-Infinity, 1]).tolist()).toEqual([false, false]);
        expect(() => np.mean([])).toThrow('invalid value encountered in divide');
        expect(() => np.var([1], { ddof: 1 })).toThrow('invalid value encountered in divide');
        expect(() => np.average([1], { weights: [0] })).toThrow("Weights sum to zero, can't be normalized");
        expect(String(np.array([NaN, Infinity, 5e-324]))).toContain('inf');
      }),
    );
    expect(seen).toEqual([
      'RuntimeWarning: Mean of empty slice',
      'RuntimeWarning: Degrees of freedom <= 0 for slice.',
      'RuntimeWarning: Mean of empty slice',
      'RuntimeWarning: Degrees of freedom <= 0 for slice',
    ]);
  });

  test('every size of array is looked at, to the last element', () => {
    for (const n of [1, 7, 64, 1000, 100_000]) {
      const a = np.ones(n);
      raising(() => np.log(a));
      a.set([n - 1], 0);
      expect(() => raising(() => np.log(a))).toThrow('divide by zero encountered in log');
    }
  });
});
