import { describe, expect, test } from '@jest/globals';
import { uploaded } from '../../src/core/ops/place.js';
import { np, tf } from '../../src/index.js';
import { counts, peek, remote } from '../core/remote/device.js';

/** np.evaluate: the same numbers as the functions one by one, to the bit, and nothing else reachable. */

const any = np as unknown as Record<string, (...args: any[]) => any>;

/** dtype, shape and the bytes of every element in C order. */
const bits = (x: any): string => {
  const a = np.ascontiguousarray(x);
  return `${a.dtype.name}(${x.shape.join()})${Buffer.from(a.tobytes()).toString('hex')}`;
};

function failure(f: () => unknown): any {
  try {
    f();
  } catch (e) {
    return e;
  }
  throw new Error('nothing was thrown');
}

// ---- random expressions ----------------------------------------------------------------------------------------------

interface Pair {
  readonly text: string;
  readonly value: () => any;
}

function randomly(seed: number): (n: number) => number {
  let s = seed * 2654435761 + 1;
  return (n) => {
    s = (Math.imul(s ^ (s >>> 15), 2246822519) + 3266489917) | 0;
    return ((s >>> 8) ^ (s << 3)) >>> 0 === 0 ? 0 : (((s >>> 4) ^ s) >>> 0) % n;
  };
}

const BINARY: readonly (readonly [string, string, number])[] = [
  ['+', 'add', 5],
  ['-', 'subtract', 5],
  ['*', 'multiply', 6],
  ['/', 'divide', 6],
  ['//', 'floor_divide', 6],
  ['%', 'remainder', 6],
  ['<', 'less', 0],
  ['>=', 'greater_equal', 0],
  ['==', 'equal', 0],
  ['!=', 'not_equal', 0],
];
const UNARY = ['sin', 'cos', 'exp', 'sqrt', 'abs', 'square', 'tanh', 'floor', 'sign', 'log1p'];
const REAL_ONLY = new Set(['//', '%', 'floor', 'log1p']);

/** An expression, and the same as calls of functions. Levels are Python's, and parentheses stand only where they must. */
function expression(
  r: (n: number) => number,
  names: Record<string, any>,
  depth: number,
  complex: boolean,
  float: boolean,
): Pair & { readonly level: number } {
  const keys = Object.keys(names);
  const again = (): Pair & { readonly level: number } => expression(r, names, depth - 1, complex, float);
  const under = (p: Pair & { readonly level: number }, least: number): string =>
    p.level < least ? `(${p.text})` : p.text;
  if (depth <= 0 || r(6) === 0) {
    const name = keys[r(keys.length)];
    return { text: name, value: () => names[name], level: 9 };
  }
  const kind = r(8);
  if (kind < 4) {
    const ops = complex ? BINARY.filter(([s]) => !REAL_ONLY.has(s)) : BINARY;
    const [symbol, name, level] = ops[r(ops.length)];
    const [a, b] = [again(), again()];
    const text = `${under(a, level === 0 ? 1 : level)} ${symbol} ${under(b, level + 1)}`;
    return { text, value: () => any[name](a.value(), b.value()), level };
  }
  if (kind === 4) {
    const a = again();
    const [text, n] = float ? (['2.5', 2.5] as const) : (['3', 3n] as const);
    return { text: `${text} * ${under(a, 7)}`, value: () => np.multiply(n as any, a.value()), level: 6 };
  }
  if (kind === 5) {
    const [c, a, b] = [again(), again(), again()];
    return {
      text: `where(${c.text}, ${a.text}, ${b.text})`,
      value: () => np.where(c.value(), a.value(), b.value()),
      level: 9,
    };
  }
  const names1 = complex ? UNARY.filter((n) => !REAL_ONLY.has(n)) : UNARY;
  const f = names1[r(names1.length)];
  const a = again();
  return { text: `${f}(${a.text})`, value: () => any[f](a.value()), level: 9 };
}

const special = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2.25,
  3,
  1e300,
  -1e-310,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

function operands(r: (n: number) => number, dtypes: readonly string[]): Record<string, any> {
  const shapes = [[4, 3], [4, 3], [3], [4, 1], [], [1, 3]];
  const make = (i: number): any => {
    const dtype = dtypes[r(dtypes.length)];
    const shape = i === 0 ? [4, 3] : shapes[r(shapes.length)];
    const count = shape.reduce((a, b) => a * b, 1);
    const whole = !/float|complex/.test(dtype);
    const list = Array.from({ length: 2 * count }, () => (whole ? BigInt(r(9)) : special[r(special.length)]));
    const flat = np.array(list as any).astype(dtype as any, { casting: 'unsafe' } as any);
    const kind = r(4);
    if (kind === 0) return (flat.at('::2') as any).reshape(shape);
    if (kind === 1) return (flat.at(`${count}:`) as any).reshape([...shape].reverse()).T;
    if (kind === 2 && count > 0) return (flat.at(`:${count}`) as any).at('::-1').reshape(shape);
    return (flat.at(`:${count}`) as any).reshape(shape);
  };
  return { a: make(0), b: make(1), c: make(2) };
}

describe('an expression has the bits of the functions one by one', () => {
  const groups: readonly [string, readonly string[]][] = [
    ['float64', ['float64']],
    ['float32 and float64', ['float32', 'float64']],
    ['integers', ['int64', 'int32', 'uint8']],
    ['everything real', ['bool', 'int8', 'uint16', 'int64', 'float16', 'float32', 'float64']],
    ['complex', ['complex64', 'complex128', 'float64']],
  ];
  for (const [title, dtypes] of groups)
    test(`of ${title}, in every layout, broadcast`, () => {
      for (let seed = 1; seed <= 120; seed++) {
        const r = randomly(seed + 1000 * dtypes.length);
        const names = operands(r, dtypes);
        const complex = dtypes.some((d) => d.startsWith('complex'));
        const e = expression(
          r,
          names,
          4,
          complex,
          dtypes.every((d) => /float|complex/.test(d)),
        );
        let expected: any;
        let error: any = null;
        try {
          expected = e.value();
        } catch (x) {
          error = x;
        }
        if (error !== null) {
          expect([e.text, failure(() => np.evaluate(e.text, names)).message]).toEqual([e.text, error.message]);
          continue;
        }
        const got = np.evaluate(e.text, names);
        expect([e.text, bits(got)]).toEqual([e.text, bits(expected)]);
        // The same plan once more, into memory that there is.
        const out = np.zeros_like(expected);
        expect(np.evaluate(e.text, names, { out })).toBe(out);
        expect([e.text, bits(out)]).toEqual([e.text, bits(expected)]);
      }
    });

  test('of the parts of complex numbers', () => {
    const z = np.array([np.complex(1, -2), np.complex(0, Number.NaN), np.complex(Number.POSITIVE_INFINITY, 3)]);
    const r = np.array([1, 2, Number.NaN]);
    for (const [text, expected] of [
      ['real(2*z) + 1', np.add(np.real(np.multiply(2, z)), 1)],
      ['imag(z*z)', np.imag(np.multiply(z, z))],
      ['real(z)**2 + imag(z)**2', np.add(np.power(np.real(z), 2), np.power(np.imag(z), 2))],
      ['real(r) - imag(r)', np.subtract(np.real(r), np.imag(r))],
      ['real(sum(z*1j, axis=0)) + r', np.add(np.real(np.sum(np.multiply(z, np.complex(0, 1)), 0)), r)],
      ['imag(conj(z)) // 2', np.floor_divide(np.imag(np.conj(z)), 2)],
    ] as const)
      expect([text, bits(np.evaluate(text, { z, r }))]).toEqual([text, bits(expected)]);
    const w = tf.constant(np.array([np.complex(1, 2)]));
    const tape = new tf.GradientTape();
    tape.watch(w);
    expect((tape.gradient(np.evaluate('sum(real(w)**2)', { w }), w) as any).numpy().tolist()[0].re).toBe(2);
  });
  test('of nothing', () => {
    const a = np.zeros([0, 3]);
    expect(np.evaluate('2*a + sin(a)', { a }).shape).toEqual([0, 3]);
    expect(np.evaluate('sum(a + 1)', { a }).item()).toBe(0);
    expect(failure(() => np.evaluate('max(a)', { a })).name).toBe('ValueError');
  });
  test('of tensors, which give tensors, also under tapes and inside of traced functions', () => {
    const x = tf.constant([1, 2, 3]);
    const y = np.evaluate('2*x + x**2', { x });
    expect(y).toBeInstanceOf(tf.Tensor);
    expect(y.numpy().tolist()).toEqual([3, 8, 15]);
    const tape = new tf.GradientTape();
    tape.watch(x);
    const z = np.evaluate('sum(x**3 / 2)', { x });
    expect((tape.gradient(z, x) as any).numpy().tolist()).toEqual([1.5, 6, 13.5]);
    const f = tf.function((t: any) => np.evaluate('where(t > 1, t * 2, -t)', { t }));
    expect((f(x) as any).numpy().tolist()).toEqual([-1, 4, 6]);
    expect((np.evaluate('v * 2', { v: new tf.Variable([1, 2]) }) as any).numpy().tolist()).toEqual([2, 4]);
  });
  test('of tensors on another device, in one kernel there', () => {
    const [a, b] = [tf.constant([1, 2, 3]), tf.constant([4, 5, 6])].map((t) => uploaded(t as never, remote, 'to'));
    const before = counts.kernels;
    const r = np.evaluate('2*a + k*b', { a, b, k: 0.5 }) as any;
    expect([counts.kernels - before, r.device]).toEqual([1, 'remote:0']);
    expect([...new Float32Array(peek(r.buffer).slice().buffer)]).toEqual([4, 6.5, 9]);
  });
  test('of objects, text and dates, which no kernel computes with', () => {
    expect(np.evaluate('a + b', { a: np.array(['x', 'y']), b: np.array(['1', '2']) }).tolist()).toEqual(['x1', 'y2']);
    expect(np.evaluate('a * 2 + 1', { a: np.array([1n, 2n], { dtype: 'object' }) }).tolist()).toEqual([3n, 5n]);
    const d = np.array(['2024-01-01', '2024-01-05'], 'datetime64[D]');
    expect(
      np
        .evaluate('d - e', { d, e: np.array('2024-01-01', 'datetime64[D]') })
        .astype('int64')
        .tolist(),
    ).toEqual([0, 4]);
  });
});

describe('operators are those of Python', () => {
  const names = { a: np.array([5n, -3n, 2n]), f: np.array([1.5, -2, 4]) };
  const cases: readonly [string, unknown[]][] = [
    ['-f**2', [-2.25, -4, -16]],
    ['2**-f', [0.3535533905932738, 4, 2 ** -4]],
    ['2**3**0*f', [3, -4, 8]],
    ['a & 1 == 0', [false, false, true]],
    ['a & 3 | 4 ^ 1', [5, 5, 7]],
    ['a % 3', [2, 0, 2]],
    ['-a % 3', [1, 0, 1]],
    ['a // 2 * 2', [4, -4, 2]],
    ['~a + 1', [-5, 3, -2]],
    ['1 << a % 4 >> 1', [1, 1, 2]],
    ['f > 0 ', [true, false, true]],
    ['(f > 0) & ~(a == 2)', [true, false, false]],
    ['a - 1 - 1', [3, -5, 0]],
    ['12 / f / 2', [4, -3, 1.5]],
    ['- -f', [1.5, -2, 4]],
    ['0x1F + 0b1 + 1e0 + .5 - 0o7 + 0*f', [26.5, 26.5, 26.5]],
  ];
  for (const [text, expected] of cases)
    test(text, () => {
      expect(np.evaluate(text, names).tolist()).toEqual(expected);
    });

  test('lone numbers follow Python, and are weak beside arrays', () => {
    const f4 = np.array([1, 2], 'float32');
    expect(np.evaluate('2*0.5*x', { x: f4 }).dtype.name).toBe('float32');
    expect(np.evaluate('k*0.5*x', { x: f4, k: 3 }).dtype.name).toBe('float32');
    expect(np.evaluate('2.0*x', { x: np.array([1n]) }).dtype.name).toBe('float64');
    expect(np.evaluate('2*x', { x: np.array([1n]) }).dtype.name).toBe('int64');
    expect(np.evaluate('7//2 + 2**10').item()).toBe(1027);
    expect(np.evaluate('sin(0.5)*x', { x: f4 }).dtype.name).toBe('float64');
    expect(failure(() => np.evaluate('x + 1/0', { x: f4 })).name).toBe('ZeroDivisionError');
    expect(failure(() => np.evaluate('x + 300', { x: np.array([1], 'uint8') })).name).toBe('OverflowError');
  });
  test('numbers of the scope may change from call to call', () => {
    const x = np.array([1, 2]);
    for (const k of [0.5, 3, -1, 2n])
      expect(np.evaluate('k*x + 1', { x, k }).tolist()).toEqual([Number(k) + 1, 2 * Number(k) + 1]);
    for (const k of [2, 3, 0.5]) expect(np.evaluate('x**k', { x, k }).tolist()).toEqual([1, 2 ** k]);
    const u = np.array([1, 200], 'uint8');
    expect(np.evaluate('u + k', { u, k: 5 }).tolist()).toEqual([6, 205]);
    expect(failure(() => np.evaluate('u + k', { u, k: 500 })).message).toBe(
      'Python integer 500 out of bounds for uint8',
    );
    expect(np.evaluate('u < k', { u, k: 500 }).tolist()).toEqual([true, true]);
    expect(np.evaluate('u < k', { u, k: 100 }).tolist()).toEqual([true, false]);
  });
  test('names of the scope come before constants, and a Map is a scope', () => {
    expect(np.evaluate('e', { e: np.array([7]) }).tolist()).toEqual([7]);
    expect(np.evaluate('2*pi').item()).toBe(2 * Math.PI);
    expect(np.evaluate('x + 1', new Map([['x', np.array([1])]])).tolist()).toEqual([2]);
    expect(np.evaluate('mod + to', { mod: np.array([1]), to: 2 }).tolist()).toEqual([3]);
  });
  test('reductions take an axis and keepdims, and stand anywhere', () => {
    const a = np.arange(6).reshape(2, 3);
    expect(np.evaluate('sum(a*2, axis=0)', { a }).tolist()).toEqual([6, 10, 14]);
    expect(np.evaluate('a - mean(a, axis=-1, keepdims=True)', { a }).tolist()).toEqual([
      [-1, 0, 1],
      [-1, 0, 1],
    ]);
    expect(np.evaluate('max(a, 1)', { a }).tolist()).toEqual([2, 5]);
    expect(bits(np.evaluate('sum((a - mean(a))**2) / 6', { a }))).toBe(bits(np.var(a)));
    expect(np.evaluate('any(a > 4) & all(a >= 0)', { a }).item()).toBe(true);
  });
});

describe('where results go', () => {
  test('out= may be an operand, or overlap one', () => {
    const x = np.arange(6);
    np.evaluate('2*a + b', { a: x.at(':5'), b: x.at('1:') }, { out: x.at('1:') });
    expect(x.tolist()).toEqual([0, 1, 4, 7, 10, 13]);
    const y = np.array([1, 2, 3]);
    np.evaluate('y*y + 1', { y }, { out: y });
    expect(y.tolist()).toEqual([2, 5, 10]);
    const r = np.array([1, 2, 3]);
    np.evaluate('r + r.size'.replace('.size', ''), { r }, { out: r.at('::-1') });
    expect(r.tolist()).toEqual([6, 4, 2]);
  });
  test('out= is broadcast to, cast to, and checked', () => {
    const a = np.array([1.5, 2.5]);
    const out = np.zeros([3, 2]);
    np.evaluate('a*2 + 1', { a }, { out });
    expect(out.tolist()).toEqual([
      [4, 6],
      [4, 6],
      [4, 6],
    ]);
    const small = np.zeros(2, 'float32');
    np.evaluate('a*2 + 1', { a }, { out: small });
    expect(small.tolist()).toEqual([4, 6]);
    const whole = np.zeros(2, 'int64');
    expect(failure(() => np.evaluate('a*2 + 1', { a }, { out: whole })).name).toBe('TypeError');
    np.evaluate('a + 0.25', { a }, { out: whole, casting: 'unsafe' });
    expect(whole.tolist()).toEqual([1, 2]);
    expect(failure(() => np.evaluate('a*2 + 1', { a }, { out: np.zeros(3) })).name).toBe('ValueError');
    const fixed = np.zeros(2);
    fixed.flags.writeable = false;
    expect(failure(() => np.evaluate('a*2 + 1', { a }, { out: fixed })).message).toContain('read-only');
    expect(failure(() => np.evaluate('a', { a }, { nonsense: 1 } as any)).name).toBe('TypeError');
  });
  test('a tensor that shares memory with out= does not change', () => {
    const a = np.array([1, 2]);
    const t = tf.convert_to_tensor(a);
    np.evaluate('a*3 + 1', { a }, { out: a });
    expect(a.tolist()).toEqual([4, 7]);
    expect(t.numpy().tolist()).toEqual([1, 2]);
  });
  test('the result is always new', () => {
    const a = np.array([1, 2]);
    for (const text of ['a', 'a*1', '+a', 'real(a)', '(a)']) {
      const r = np.evaluate(text, { a });
      r.set([0], 9);
      expect([text, a.tolist()]).toEqual([text, [1, 2]]);
    }
  });
  test('dtype= is that of the result', () => {
    const a = np.array([1.5, 2.5]);
    expect(np.evaluate('a*2', { a }, { dtype: 'float32' }).dtype.name).toBe('float32');
    expect(failure(() => np.evaluate('a*2', { a }, { dtype: 'int8' })).name).toBe('TypeError');
  });
});

describe('what an expression cannot do', () => {
  const refused: readonly [string, string, RegExp][] = [
    ['a +', 'SyntaxError', /position 3/],
    ['', 'SyntaxError', /empty/],
    ['a b', 'SyntaxError', /position 2/],
    ['2a', 'SyntaxError', /position 0/],
    ['2 a', 'SyntaxError', /position 2/],
    ['(a)(a)', 'SyntaxError', /operator is missing/],
    ['(a', 'SyntaxError', /too early/],
    ['a)', 'SyntaxError', /position 1/],
    ['a + * a', 'SyntaxError', /position 4/],
    ['a ~ a', 'SyntaxError', /position 2/],
    ['a < a < a', 'SyntaxError', /chain/],
    ['a and a', 'SyntaxError', /&/],
    ['a or a', 'SyntaxError', /\|/],
    ['not a', 'SyntaxError', /~/],
    ['a if a else a', 'SyntaxError', /where/],
    ['a ? a : a', 'SyntaxError', /where/],
    ['a @ a', 'SyntaxError', /matmul/],
    ['a = 1', 'SyntaxError', /assigned/],
    ['a := 1', 'SyntaxError', /position 2/],
    ['f(a) = a', 'SyntaxError', /defined|no function/],
    ['lambda x: x', 'SyntaxError', /lambda/],
    ['x + a', 'NameError', /position 0/],
    ['a + sin', 'NameError', /function/],
    ['nosuch(a)', 'SyntaxError', /position 0/],
    ['sin(a, a)', 'TypeError', /1 argument/],
    ['sin()', 'TypeError', /0 were given/],
    ['where(a, a)', 'TypeError', /3 arguments/],
    ['sin(a, axis=0)', 'SyntaxError', /axis/],
    ['sum(a, axis=a)', 'SyntaxError', /integer/],
    ['sum(a, out=a)', 'SyntaxError', /out/],
    ['sum(a, axis=0, axis=0)', 'SyntaxError', /repeated/],
    ['1.2.3', 'SyntaxError', /number/],
    ['007', 'SyntaxError', /zeros/],
    ['a.T', 'SyntaxError', /attributes/],
    ['a[0]', 'SyntaxError', /indexing/],
  ];
  for (const [text, name, message] of refused)
    test(`'${text}' is a ${name}`, () => {
      const e = failure(() => np.evaluate(text, { a: np.array([1, 2]) }));
      expect([e.name, e.message]).toEqual([name, expect.stringMatching(message)]);
    });

  const attacks = [
    'constructor',
    'constructor("return process")()',
    'a.constructor',
    'a.constructor.constructor("return 1")()',
    'a["constructor"]',
    '__proto__',
    '__proto__.polluted',
    'a.__proto__.polluted = 1',
    'prototype',
    'toString()',
    'valueOf',
    'hasOwnProperty("a")',
    '__import__("os")',
    '__class__',
    'import("fs")',
    'import({sin: 1})',
    'require("fs")',
    'eval("1")',
    'evaluate("1")',
    'parse("1")',
    'compile("1")',
    'parser()',
    'createUnit("a")',
    'simplify("a")',
    'derivative("a", "a")',
    'help(sin)',
    'process.exit(1)',
    'globalThis',
    'this',
    'window',
    'f(x) = x',
    'a = b = 1',
    '{a: 1}',
    '{}["constructor"]',
    '[1,2].map',
    '[a for a in a]',
    '(() => 1)()',
    'x => x',
    '`1`',
    '"text"',
    "'text'",
    'a; a',
    'a, a',
    '(a, a)',
    'a\u0000b',
    'a\\u0062',
    '5 cm',
    'a to b',
    '5!',
    "a'",
    'a?.b',
    'a ?? 1',
    '1:3',
    'end',
    '#',
    '$',
    'ｅval(a)',
    'sum.constructor',
    'sum(a, __proto__=1)',
    'sum(a, constructor=1)',
    'where.call',
  ];
  for (const text of attacks)
    test(`'${text}' is refused`, () => {
      const e = failure(() => np.evaluate(text, { a: np.array([1, 2]) }));
      expect(['SyntaxError', 'NameError', 'TypeError']).toContain(e.name);
      expect(({} as any).polluted).toBeUndefined();
      expect(Object.hasOwn(e, 'message')).toBe(true);
    });

  test('names are looked up among own properties of the scope', () => {
    const scope = Object.create({ inherited: np.array([1]) });
    expect(failure(() => np.evaluate('inherited', scope)).name).toBe('NameError');
    expect(failure(() => np.evaluate('toString', {})).name).toBe('NameError');
    expect(failure(() => np.evaluate('f', { f: () => 1 } as any)).name).toBe('TypeError');
    expect(failure(() => np.evaluate('f()', { f: () => 1 } as any)).name).toBe('SyntaxError');
  });
  test('what is too large or too deep is refused before anything is made of it', () => {
    const a = np.array([1]);
    const bad = [
      `${'('.repeat(5000)}a${')'.repeat(5000)}`,
      `${'-'.repeat(100000)}a`,
      `a${'+a'.repeat(100000)}`,
      '9**9**9**9',
      '2**100000',
      '1 << 10**9',
      `${'sin('.repeat(500)}a${')'.repeat(500)}`,
      '9'.repeat(9000),
    ];
    for (const text of bad) {
      const e = failure(() => np.evaluate(text, { a }));
      expect(['NotImplementedError', 'TypeError', 'SyntaxError', 'OverflowError']).toContain(e.name);
    }
    expect(np.evaluate(`a${'+a'.repeat(300)}`, { a }).item()).toBe(301);
    expect(np.evaluate(`${'-'.repeat(300)}a`, { a }).item()).toBe(1);
    expect(np.evaluate(`1${'**a'.repeat(200)}`, { a }).item()).toBe(1);
  });
  test('arguments of other kinds are refused', () => {
    expect(failure(() => np.evaluate(5 as any)).name).toBe('TypeError');
    expect(failure(() => np.evaluate('a', [1] as any)).name).toBe('TypeError');
    expect(failure(() => np.evaluate('a', { a: null } as any)).message).toContain("'a' is null");
    expect(failure(() => np.evaluate('a + b', { a: np.ones(2), b: np.ones(3) })).message).toContain('broadcast');
  });
});
