import { describe, expect, test } from '@jest/globals';
import { all, create } from 'mathjs';
import { interop, np, tf } from '../../src/index.js';

/** Matrices both ways, and arrays as a type of mathjs: the same numbers as its own matrices give. */

const make = (config?: object): any => create(all as never, config as never) as any;
const plain = make();
const math = interop.mathjs(make());

function failure(f: () => unknown): any {
  try {
    f();
  } catch (e) {
    return e;
  }
  throw new Error('nothing was thrown');
}

/** Nested lists of real and imaginary parts, for comparing to rounding. */
const values = (x: any): unknown => {
  if (x === null || x === undefined) return x;
  if (x instanceof np.NDArray || x instanceof tf.Tensor) return values((x as any).tolist());
  if (Array.isArray(x)) return x.map(values);
  if (x.isMatrix === true) return values(x.valueOf());
  if (typeof x === 'boolean') return Number(x);
  if (typeof x === 'bigint') return Number(x);
  if (typeof x === 'object' && 're' in x) return [x.re, x.im];
  return x;
};
const isNaNs = (x: any): boolean =>
  Array.isArray(x) ? x.length === 2 && x.some((e) => !Number.isFinite(e)) : Number.isNaN(x);
function close(a: any, b: any, path = ''): void {
  // Of NaN mathjs makes complex ones at times.
  if (isNaNs(a) && isNaNs(b) && !(Array.isArray(a) && a.some(Array.isArray))) return;
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    for (const [i, e] of a.entries()) close(e, b[i], `${path}.${i}`);
    return;
  }
  // A real number beside complex ones is complex in an array.
  if (Array.isArray(a) && a.length === 2 && typeof b === 'number') return close(a, [b, 0], path);
  if (Number.isNaN(a) && Number.isNaN(b)) return;
  if (a === b) return;
  const d = Math.abs(a - b);
  if (!(d <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))))
    throw new Error(`${path}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
}

describe('matrices', () => {
  test('dense ones become arrays of the dtype of their elements', () => {
    expect(
      np
        .asarray(
          plain.matrix([
            [1, 2],
            [3, 4],
          ]),
        )
        .repr(),
    ).toBe('array([[1., 2.],\n       [3., 4.]])');
    expect(np.asarray(plain.matrix([true, false])).dtype.name).toBe('bool');
    expect(np.asarray(plain.matrix([1n, 2n])).dtype.name).toBe('int64');
    expect(np.asarray(plain.matrix([plain.complex(1, 2), 3])).dtype.name).toBe('complex128');
    expect(np.asarray(plain.matrix(['a', 'bc'])).tolist()).toEqual(['a', 'bc']);
    expect(np.asarray(plain.matrix([[[1], [2]]])).shape).toEqual([1, 2, 1]);
    expect(np.add(plain.matrix([1, 2]) as never, 1).tolist()).toEqual([2, 3]);
    expect(np.asarray(plain.matrix([[1, 2]]) as never, 'int32').dtype.name).toBe('int32');
  });
  test('empty ones keep their size', () => {
    expect(np.asarray(plain.matrix([]) as never).shape).toEqual([0]);
    expect(np.asarray(plain.zeros(0, 3) as never).shape).toEqual([0, 3]);
    expect(interop.to_mathjs(np.zeros([0, 3])).size()).toEqual([0, 3]);
    expect(interop.to_mathjs(np.zeros([2, 0])).size()).toEqual([2, 0]);
  });
  test('sparse ones are filled with zeros, of any elements', () => {
    const s = plain.sparse([
      [1, 0, 2],
      [0, 0, 3],
    ]);
    expect(interop.to_array(s).tolist()).toEqual([
      [1, 0, 2],
      [0, 0, 3],
    ]);
    expect(
      interop
        .to_array(plain.sparse([[plain.complex(0, 1), 0]]))
        .tolist()
        .map(values),
    ).toEqual([
      [
        [0, 1],
        [0, 0],
      ],
    ]);
    const f = interop.to_array(plain.sparse([[plain.fraction(1, 3), 0]]));
    expect([f.dtype.name, String((f.at(0, 0) as any).item())]).toEqual(['object', '0.(3)']);
  });
  test('arrays become dense and sparse ones', () => {
    const a = np.array([
      [1, 0],
      [0, 2.5],
    ]);
    const d = interop.to_mathjs(a);
    expect([d.type, d.size(), d.datatype(), d.valueOf()]).toEqual([
      'DenseMatrix',
      [2, 2],
      'number',
      [
        [1, 0],
        [0, 2.5],
      ],
    ]);
    const s = interop.to_mathjs(a, { sparse: true });
    expect(s.type).toBe('SparseMatrix');
    expect(s.toJSON()).toMatchObject({ values: [1, 2.5], index: [0, 1], ptr: [0, 1, 2], size: [2, 2] });
    expect(plain.deepEqual(plain.multiply(s, s), plain.multiply(d, d))).toBe(true);
    expect(failure(() => interop.to_mathjs(np.ones(3), { sparse: true })).name).toBe('ValueError');
    expect(interop.to_mathjs(np.array(5))).toBe(5);
    expect(interop.to_mathjs(tf.constant([1, 2])).valueOf()).toEqual([1, 2]);
    expect(
      interop
        .to_mathjs(
          np.array([
            [1, 2],
            [3, 4],
          ]).T,
        )
        .valueOf(),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(interop.to_mathjs(a, { math }).constructor).toBe(math.DenseMatrix);
  });
  test('integers, truth values, complex numbers and objects keep what they are', () => {
    expect(interop.to_mathjs(np.array([1n, -2n])).valueOf()).toEqual([1, -2]);
    expect(interop.to_mathjs(np.array([1n, 2n ** 60n])).valueOf()).toEqual([1n, 2n ** 60n]);
    expect(interop.to_mathjs(np.array([true])).valueOf()).toEqual([true]);
    const z = interop.to_mathjs(np.array([np.complex(Number.NaN, -0)])).valueOf()[0];
    expect([plain.typeOf(z), z.re, z.im]).toEqual(['Complex', Number.NaN, -0]);
    const objects = [plain.fraction(1, 3), plain.bignumber('0.1'), plain.unit('5 cm')];
    expect(interop.to_mathjs(np.array(objects as never, { dtype: 'object' })).valueOf()).toEqual(objects);
    expect(interop.to_array(plain.matrix(objects)).tolist()).toEqual(objects);
    expect(failure(() => interop.to_mathjs(np.array(['2024-01-01'], 'datetime64[D]'))).name).toBe('TypeError');
  });
  test('there and back again is the same array', () => {
    for (const dtype of ['float64', 'bool', 'complex128'] as const) {
      const a = np
        .array([
          [0, 1, -2],
          [3, 0, 5],
        ])
        .astype(dtype);
      for (const sparse of [false, true]) {
        const b = np.asarray(interop.to_mathjs(a, { sparse }));
        expect(np.array_equal(a, b)).toBe(true);
        if (!sparse) expect(b.dtype.name).toBe(dtype);
      }
    }
  });
  test('the ledger shows the copies', () => {
    const m = plain.matrix([
      [1, 2],
      [3, 4],
    ]);
    expect(interop.profile(() => np.asarray(m)).records[0]).toMatchObject({
      reason: 'external',
      bytes: 32,
      from: 'mathjs',
    });
    expect(interop.profile(() => interop.to_mathjs(np.ones(4))).records[0]).toMatchObject({
      reason: 'requested',
      bytes: 32,
      to: 'mathjs',
    });
    expect(failure(() => interop.policy('forbid', () => np.add(m, 1))).name).toBe('RuntimeError');
    expect(failure(() => np.asarray(m, { copy: false } as never)).name).toBe('ValueError');
  });
});

// ---- the same numbers as mathjs ----------------------------------------------------------------------------------------

const DATA: Readonly<Record<string, unknown>> = {
  positive: [
    [0.5, 2, 1],
    [3, 0.25, 7],
  ],
  mixed: [
    [-1.5, 2, 0],
    [3, -0.25, -7],
  ],
  halves: [
    [2.5, -2.5, 0.5],
    [-0.5, 3.4999, 1.0000000000000002],
  ],
  inside: [
    [0.5, -0.25],
    [0, 1],
  ],
  whole: [
    [1, -2, 3],
    [4, 5, -6],
  ],
  counts: [
    [4, 6, 9],
    [12, 8, 15],
  ],
  truth: [
    [true, false],
    [false, true],
  ],
  special: [
    [0, Number.NaN],
    [1, 0.25],
  ],
  ends: [
    [0, Number.POSITIVE_INFINITY],
    [1, 4],
  ],
  vector: [3, -1, 2],
  other: [1, 4, -2],
  square: [
    [4, 1, 2],
    [1, 3, 0],
    [2, 0, 5],
  ],
  squareTwo: [
    [1, 2, 0],
    [-1, 1, 3],
    [2, 2, 1],
  ],
  row: [[1, 2, 3]],
};

/** Calls with names of data, or values in the place of operands. */
const CALLS: readonly (readonly [string, ...unknown[]])[] = [
  ...[
    'abs',
    'cbrt',
    'cos',
    'cosh',
    'cube',
    'exp',
    'expm1',
    'asinh',
    'atan',
    'sign',
    'sin',
    'sinh',
    'square',
    'tan',
    'tanh',
    'unaryMinus',
    'unaryPlus',
    'conj',
    're',
    'im',
    'arg',
  ].map((f) => [f, 'mixed'] as const),
  ...['sqrt', 'log', 'log2', 'log10', 'log1p', 'acos', 'asin', 'atanh', 'acosh'].flatMap(
    (f) =>
      [
        [f, 'mixed'],
        [f, 'positive'],
        [f, 'special'],
      ] as const,
  ),
  ...['sqrt', 'log', 'log2', 'log10', 'log1p', 'exp', 'atan', 'tanh', 'abs'].map((f) => [f, 'ends'] as const),
  ...['sec', 'csc', 'cot', 'sech', 'csch', 'coth', 'asec', 'acsc', 'acot', 'acsch'].map(
    (f) => [f, 'positive'] as const,
  ),
  ...['ceil', 'floor', 'round', 'fix'].flatMap(
    (f) =>
      [
        [f, 'halves'],
        [f, 'mixed'],
        [f, 'whole'],
      ] as const,
  ),
  ...[
    'add',
    'subtract',
    'dotMultiply',
    'dotDivide',
    'atan2',
    'smaller',
    'smallerEq',
    'larger',
    'largerEq',
    'equal',
    'unequal',
    'compare',
    'mod',
  ].flatMap(
    (f) =>
      [
        [f, 'mixed', 'positive'],
        [f, 'positive', 'mixed'],
        [f, 'mixed', 2],
        [f, 3, 'mixed'],
      ] as const,
  ),
  [
    'equal',
    'halves',
    [
      [2.5, -2.5, 0.5 + 1e-14],
      [-0.5, 3.5, 1],
    ],
  ],
  [
    'smaller',
    'halves',
    [
      [2.5 + 1e-14, 0, 1],
      [0, 4, 1],
    ],
  ],
  ['dotPow', 'positive', 'mixed'],
  ['dotPow', 'mixed', 2],
  ['dotPow', 'mixed', 0.5],
  ['dotPow', 2, 'mixed'],
  ['dotPow', 'whole', -1],
  ...['bitAnd', 'bitOr', 'bitXor', 'gcd', 'lcm'].flatMap(
    (f) =>
      [
        [f, 'counts', 6],
        [f, 'counts', 'counts'],
      ] as const,
  ),
  ['leftShift', 'counts', 2],
  ['rightArithShift', 'counts', 1],
  ['bitNot', 'whole'],
  ...['and', 'or', 'xor'].flatMap(
    (f) =>
      [
        [f, 'truth', true],
        [f, 'truth', 'truth'],
        [f, 'whole', 'whole'],
      ] as const,
  ),
  ['not', 'truth'],
  ['multiply', 'mixed', 'square'],
  ['multiply', 'mixed', 'vector'],
  ['multiply', 'vector', 'square'],
  ['multiply', 'vector', 'other'],
  ['multiply', 'mixed', 2.5],
  ['multiply', 2.5, 'mixed'],
  ['divide', 'mixed', 4],
  ['divide', 'mixed', 'square'],
  ['divide', 2, 'square'],
  ['pow', 'square', 3],
  ['pow', 'square', -2],
  ['pow', 'square', 0],
  ['dot', 'vector', 'other'],
  ['cross', 'vector', 'other'],
  ['kron', 'inside', 'mixed'],
  ...[
    'transpose',
    'ctranspose',
    'flatten',
    'squeeze',
    'size',
    'count',
    'sum',
    'prod',
    'mean',
    'median',
    'max',
    'min',
    'std',
    'variance',
  ].map((f) => [f, 'mixed'] as const),
  ...['sum', 'mean', 'max', 'min', 'std', 'variance', 'cumsum'].flatMap(
    (f) =>
      [
        [f, 'mixed', 0],
        [f, 'mixed', 1],
      ] as const,
  ),
  ['std', 'vector', 'uncorrected'],
  ['variance', 'mixed', 'biased'],
  ['variance', 'mixed', 1, 'uncorrected'],
  ['cumsum', 'vector'],
  ['diff', 'vector'],
  ['diff', 'mixed', 1],
  ...['det', 'inv', 'trace', 'pinv', 'diag', 'expm', 'sqrtm'].map((f) => [f, 'square'] as const),
  ['det', 'squareTwo'],
  ['inv', 'squareTwo'],
  ['diag', 'vector'],
  ['diag', 'square', 1],
  ...[1, 2, 'inf', 'fro'].flatMap(
    (p) =>
      [
        ['norm', 'vector', p],
        ['norm', 'square', p],
      ] as const,
  ),
  ['norm', 'vector'],
  ['reshape', 'mixed', [3, 2]],
  ['reshape', 'mixed', [-1, 2]],
  ['concat', 'mixed', 'positive'],
  ['concat', 'mixed', 'positive', 0],
  ['row', 'mixed', 1],
  ['column', 'mixed', 2],
  ['lusolve', 'square', 'vector'],
  ['sort', 'vector', 'desc'],
  ['quantileSeq', 'vector', 0.25],
  ['mode', 'whole'],
  ['mad', 'vector'],
  ['log', 'positive', 3],
  ['round', 'positive', 1],
  ['factorial', 'counts'],
  ['deepEqual', 'mixed', 'mixed'],
  ['rotate', [1, 0], 0.5],
];

describe('functions give the numbers of mathjs on the same data', () => {
  for (const [name, ...operands] of CALLS) {
    const title = `${name}(${operands.map((o) => JSON.stringify(o)).join(', ')})`;
    test(title, () => {
      const data = (wrap: (x: unknown) => unknown): unknown[] =>
        operands.map((o) =>
          typeof o === 'string' && Object.hasOwn(DATA, o)
            ? wrap(DATA[o])
            : Array.isArray(o) && name !== 'reshape'
              ? wrap(o)
              : o,
        );
      let expected: unknown;
      try {
        expected = plain[name](...data((x) => plain.matrix(x)));
      } catch {
        // Of matrices mathjs wants map() for some functions of elements.
        expected = plain.map(plain.matrix(DATA[operands[0] as string]), (v: unknown) =>
          plain[name](v, ...operands.slice(1)),
        );
      }
      const got = math[name](...data((x) => np.array(x as never)));
      close(values(got), values(expected));
      // Lone numbers are lone numbers, arrays are arrays.
      expect(got instanceof np.NDArray).toBe((expected as { isMatrix?: boolean }).isMatrix === true);
      // Beside a matrix of mathjs, on either side.
      const names = operands.filter((o) => typeof o === 'string' && Object.hasOwn(DATA, o));
      if (names.length === 2 && operands.length === 2) {
        close(
          values(math[name](np.array(DATA[names[0] as string] as never), math.matrix(DATA[names[1] as string]))),
          values(expected),
        );
        close(
          values(math[name](math.matrix(DATA[names[0] as string]), np.array(DATA[names[1] as string] as never))),
          values(expected),
        );
      }
    });
  }
});

describe('random matrices of every size', () => {
  const r = np.random.default_rng(7);
  const sizes = (n: number): number => Number(r.integers(1, n + 1).item());
  const random = (shape: number[]): any => np.round(r.normal(0, 3, shape), 1);
  const pairs = [
    'add',
    'subtract',
    'dotMultiply',
    'dotDivide',
    'atan2',
    'smaller',
    'largerEq',
    'equal',
    'compare',
    'mod',
    'dotPow',
  ];
  test.each(pairs)('%s, broadcast', (name) => {
    for (let k = 0; k < 12; k++) {
      const [m, n] = [sizes(4), sizes(4)];
      const a = random([m, n]);
      const b = [random([m, n]), random([1, n]), random([m, 1]), random([n])][k % 4];
      close(values(math[name](a, b)), values(plain[name](interop.to_mathjs(a), interop.to_mathjs(b))));
    }
  });
  test.each(['multiply', 'divide'])('%s', (name) => {
    for (let k = 0; k < 20; k++) {
      const [m, n, p] = [sizes(5), sizes(5), sizes(5)];
      const a = random([m, n]);
      const b =
        name === 'divide' ? np.add(random([n, n]), np.multiply(20, np.eye(n))) : random(k % 3 === 0 ? [n] : [n, p]);
      close(values(math[name](a, b)), values(plain[name](interop.to_mathjs(a), interop.to_mathjs(b))));
    }
  });
  test.each(['det', 'inv', 'transpose', 'trace', 'sum', 'mean', 'std', 'max', 'norm', 'cumsum', 'median', 'flatten'])(
    '%s',
    (name) => {
      for (let k = 0; k < 12; k++) {
        const n = sizes(5);
        const a = np.add(random([n, n]), np.multiply(25, np.eye(n)));
        close(values(math[name](a)), values(plain[name](interop.to_mathjs(a))));
      }
    },
  );
});

const EXPRESSIONS: readonly string[] = [
  'A * x + 1',
  'A .* B ./ 2 .^ 2',
  'A * B - B * A',
  'A^2 + A^-1',
  "A' * A",
  'A / B',
  '2 / A',
  '-A + +B',
  'A > 1 and B < 2',
  'A == B or A != 2',
  'not (A > 1)',
  'A[1, 2]',
  'A[1:2, :]',
  'A[end, :]',
  'A[:, end]',
  'A[[1, 3], 2:3]',
  'A[2, end - 1]',
  'x[2:end]',
  'x[x > 1]',
  'mean(A, 1)',
  'sum(A, 2)',
  'max(A, 1) - min(A, 1)',
  'std(A, 1)',
  'cumsum(A, 2)',
  'concat(A, B, 1)',
  'concat(A, B)',
  'row(A, 2)',
  'column(A, 3)',
  'size(A)',
  'det(A) * inv(A)',
  'abs(A * B + 1) .^ 2',
  'sum(A[:, 1]) / 3',
  'map(x, f(t) = t * 2)',
  'filter(x, f(t) = t > 1)',
  'diff(x)',
  'dot(x, x)',
  'norm(x)',
  '[x, x]',
  'A * [1; 2; 3]',
  '[1, 2, 3] * A',
  'subset(A, index(1, 1:3))',
  'f(t) = t .* 2; f(A)',
  'C = A; C[1, 1] = 9; C',
  'C = A + 0; C[2, :] = [7, 8, 9]; C',
  'C = A + 0; C[:, 1] = 0; C',
  'bitAnd(x, 1)',
  'sort(x)',
  'x[1] < x[2] ? A : B',
  'mod(A, 3)',
  'floor(A / 2)',
];

describe('expressions give the numbers of mathjs on the same data', () => {
  const A = [
    [4, 1, 2],
    [1, 3, 0],
    [2, 0, 5],
  ];
  const B = [
    [1, 2, 0],
    [-1, 1, 3],
    [2, 2, 1],
  ];
  const x = [3, 1, 2];
  const last = (r: any): any =>
    r?.type === 'ResultSet' || r?.isResultSet === true ? r.entries[r.entries.length - 1] : r;
  for (const text of EXPRESSIONS)
    test(text, () => {
      const scope = (wrap: (v: unknown) => unknown): object => ({ A: wrap(A), B: wrap(B), x: wrap(x) });
      const expected = last(
        plain.evaluate(
          text,
          scope((v) => plain.matrix(v)),
        ),
      );
      close(
        values(
          last(
            math.evaluate(
              text,
              scope((v) => np.array(v as never)),
            ),
          ),
        ),
        values(expected),
      );
      // Tensors too, in double precision; they decide nothing.
      if (text.includes('?')) return;
      close(
        values(
          last(
            math.evaluate(
              text,
              scope((v) => tf.constant(v as never, { dtype: 'float64' })),
            ),
          ),
        ),
        values(expected),
      );
    });
});

describe('arrays as a type of mathjs', () => {
  const A = np.array([
    [1, 2],
    [3, 4],
  ]);
  test('results are arrays of np, and keep dtypes', () => {
    expect(math.add(np.array([1n, 2n]), 2).dtype.name).toBe('int64');
    expect(math.multiply(np.array([1, 2], 'float32'), 2).dtype.name).toBe('float32');
    expect(math.typeOf(A)).toBe('NDArray');
    expect(math.typeOf(tf.constant([1]))).toBe('Tensor');
    expect(math.format(A)).toBe('[[1, 2], [3, 4]]');
    expect(math.format(math.divide(A, 3), { precision: 3 })).toBe('[[0.333, 0.667], [1, 1.33]]');
    expect(math.print('$a', { a: A })).toBe('[[1, 2], [3, 4]]');
    expect(math.matrix(A).valueOf()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(math.sparse(A).type).toBe('SparseMatrix');
    expect(math.chain(A).add(2).multiply(2).done().tolist()).toEqual([
      [6, 8],
      [10, 12],
    ]);
    expect(math.add(A, A, A).tolist()).toEqual([
      [3, 6],
      [9, 12],
    ]);
  });
  test('parts are arrays of their own, and are written in place', () => {
    const a = np.array([
      [1, 2],
      [3, 4],
    ]);
    const p = math.evaluate('a[1, :]', { a });
    p.set([0], 9);
    expect(a.tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    math.evaluate('a[1, 1] = 7', { a });
    expect(a.tolist()).toEqual([
      [7, 2],
      [3, 4],
    ]);
    const b = math.subset(a, math.index(0, 0), 5);
    expect([a.at(0, 0).item(), b.at(0, 0).item()]).toEqual([7, 5]);
    const t = tf.constant([
      [1, 2],
      [3, 4],
    ]);
    const scope = { t };
    math.evaluate('t[1, 1] = 7', scope);
    expect([t.numpy().tolist(), (scope.t as any).numpy().tolist()]).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [7, 2],
        [3, 4],
      ],
    ]);
    expect(failure(() => math.evaluate('a[3, 1]', { a })).message).toMatch(/out of bounds|out of range/);
    expect(failure(() => math.evaluate('a[1]', { a })).message).toMatch(/Dimension mismatch/);
  });
  test('tensors stay tensors, under tapes and in traced functions', () => {
    const x = tf.constant([1, 2]);
    const w = tf.constant([
      [1, 2],
      [3, 4],
    ]);
    const tape = new tf.GradientTape();
    tape.watch(x);
    const y = math.evaluate('sum(w * x .^ 2)', { w, x });
    expect(y).toBeInstanceOf(tf.Tensor);
    expect((tape.gradient(y, x) as any).numpy().tolist()).toEqual([8, 24]);
    const f = tf.function((t: any) => math.evaluate('w * t + 1', { w, t }));
    expect((f(x) as any).numpy().tolist()).toEqual([6, 12]);
    expect(math.add(x, np.array([1, 1]))).toBeInstanceOf(tf.Tensor);
  });
  test('BigNumbers, Fractions, Units and Complex numbers meet arrays', () => {
    expect(String(math.add(A, math.bignumber('0.1')).at(0, 0).item())).toBe('1.1');
    expect(
      math
        .multiply(np.array([1, 2]), math.unit('5 cm'))
        .tolist()
        .map(String),
    ).toEqual(['5 cm', '10 cm']);
    const f = math.add(np.array([math.fraction(1, 3)], { dtype: 'object' }), math.fraction(1, 6));
    expect(f.at(0).item().toFraction()).toBe('1/2');
    expect(math.multiply(np.array([1, 2]), math.complex(0, 1)).dtype.name).toBe('complex128');
    expect(failure(() => math.smaller(math.multiply(A, math.complex(0, 1)), 1)).name).toBe('TypeError');
  });
  test('where real results end, results are complex; an instance that is predictable gives NaN', () => {
    expect(values(math.sqrt(np.array([-4, 9])))).toEqual([
      [0, 2],
      [3, 0],
    ]);
    expect(values(math.sqrt(np.array([4, 9])))).toEqual([2, 3]);
    const strict = interop.mathjs(make({ predictable: true }));
    expect(values(strict.sqrt(np.array([-4, 9])))).toEqual([Number.NaN, 3]);
    expect(values(math.sqrt(tf.constant([-4, 9])))).toEqual([Number.NaN, 3]);
  });
  test('errors are named', () => {
    expect(failure(() => math.multiply(A, np.ones(3))).message).toMatch(/Dimension mismatch/);
    expect(failure(() => math.inv(np.ones([2, 3]))).message).toMatch(/square/);
    expect(failure(() => math.pow(A, 0.5)).message).toMatch(/integer/);
    expect(failure(() => math.pow(np.ones(2), 2)).message).toMatch(/must be square/);
    expect(failure(() => math.bitAnd(np.array([1.5]), 1)).message).toMatch(/Integers expected/);
    expect(failure(() => interop.mathjs({} as never)).name).toBe('TypeError');
    expect(failure(() => interop.mathjs(null as never)).name).toBe('TypeError');
  });
});

describe('an instance that knows arrays does what it did with all else', () => {
  test('doing it twice does nothing', () => {
    const once = math.add;
    expect(interop.mathjs(math)).toBe(math);
    expect(math.add).toBe(once);
  });
  test('calls and expressions with its own values', () => {
    const texts = [
      '1 + 2 * 3',
      '5 cm + 2 inch',
      'mean([1, 2; 3, 4], 1)',
      'sum([1, 2; 3, 4], 2)',
      'sum(1, 2, 3)',
      'max([1, 2; 3, 4], 1)',
      'std([1, 2, 3])',
      'concat([1, 2], [3, 4], 1)',
      'row([1, 2; 3, 4], 1)',
      'subset([1, 2, 3], index(2))',
      '[1, 2, 3][2:3]',
      'range(1, 3)',
      'a = [1, 2]; a[2] = 5; a',
      '{a: 1}.a',
      'false and (x = 5)',
      'true or nosuch',
      'null ?? 3',
      'bitAnd(5, 3)',
      'map([1, 2], f(x) = x + 1)',
      'filter([1, 2, 3], x > 1)',
      'quantileSeq([1, 2, 3, 4], 0.5)',
      'cumsum([1, 2; 3, 4], 1)',
      'diff([1, 4, 9])',
      'bignumber(1) / 3',
      'fraction(1, 3) + 1',
      'sqrt(-4)',
      'i * i',
      '"text"[2:3]',
      'print("$a", {a: 5})',
      'det([1, 2; 3, 4])',
      'inv([1, 2; 3, 4])',
      '[1, 2; 3, 4]^2',
      "[1, 2; 3, 4]'",
      'format(1/3, 3)',
      'sort([3, 1, 2])',
      'typeOf([1, 2])',
      '[[1, 2], [3, 4]]',
      'sin(45 deg)',
      'erf(0.5)',
      'derivative("x^2", "x")',
      'simplify("2x + x")',
    ];
    const text = (m: any, t: string): string => {
      try {
        return m.format(m.evaluate(t));
      } catch (e) {
        return `${(e as Error).name}: ${(e as Error).message}`;
      }
    };
    for (const t of texts) expect([t, text(math, t)]).toEqual([t, text(plain, t)]);
  });
  test('functions have the signatures that they had, and some more', () => {
    for (const name of Object.keys(plain)) {
      if (!plain.typed.isTypedFunction(plain[name])) continue;
      const now = new Set(Object.keys(math[name].signatures));
      expect([name, Object.keys(plain[name].signatures).filter((s) => !now.has(s))]).toEqual([name, []]);
    }
  });
  test('two instances do not know of each other', () => {
    const other = make();
    expect(() => other.add(np.ones(2), 1)).toThrow();
    expect(interop.mathjs(other).add(np.ones(2), 1).tolist()).toEqual([2, 2]);
  });
});
