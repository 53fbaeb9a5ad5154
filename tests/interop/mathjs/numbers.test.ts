import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../../src/index.js';
import { close, math, plain, values } from './support.js';

/** The same numbers as mathjs' own matrices give. */

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
