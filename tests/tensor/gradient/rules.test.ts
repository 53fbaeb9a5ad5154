import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';
import * as arithmetic from '../../../src/core/ops/ufuncs/arithmetic.js';
import * as elementary from '../../../src/core/ops/ufuncs/elementary.js';
import * as logic from '../../../src/core/ops/ufuncs/logic.js';
import * as shaping from '../../../src/core/ops/ufuncs/shaping.js';
import type { UfuncRow } from '../../../src/core/ops/row.js';
import { BY_ROW, DERIVATIVES, SPLIT, STEPS } from '../../../src/tensor/gradient/elementwise.js';
import { FOLDS } from '../../../src/tensor/gradient/folding.js';
import { RULES } from '../../../src/tensor/gradient/rules.js';
import { chain, portion } from '../../../src/tensor/gradient/safe.js';
import { besselI1 } from '../../../src/ndarray/statistics/special.js';
import { beta_density, gamma_density } from '../../../src/tensor/special/ufuncs.js';
import { applyRow } from '../../../src/core/ops/execute.js';
import { check, type Tolerance, type Value, weights } from './check.js';

type Case = readonly [f: (...x: Value[]) => Value, data: readonly unknown[], options?: Tolerance];

/** Numbers without a sign, around 1.5; in -1 … 1; and of both signs. */
const P = [
  [1.3, 1.7, 2.2],
  [1.9, 2.5, 1.4],
];
const U = [
  [0.3, 0.7, -0.2],
  [0.9, -0.5, 0.4],
];
const UNIT = [
  [0.3, 0.5, 0.2],
  [0.6, 0.7, 0.4],
];
const S = [
  [0.5, -1.25, 1.5],
  [1.2, 0.8, -0.6],
];
const v = [0.3, -0.8, 0.5];
const MASK = np.array([
  [true, false, true],
  [true, true, false],
]);
const Z = weights([2, 2], true, 1);
const Y = weights([2, 2], true, 5);

const one = (f: (x: Value) => Value, ...data: unknown[]): Case[] => data.map((x) => [f, [x]] as const);
/** Of two operands of one shape, and of shapes that are broadcast. */
const two = (f: (x: Value, y: Value) => Value, a: unknown, b: unknown, c: unknown = [0.5, 1.6, 2.7]): Case[] => [
  [f, [a, b]],
  [f, [a, c]],
  [f, [1.7, b]],
];
const N = np as Value;
const ufunc = (name: string, ...data: unknown[]): [string, Case[]] => [name, one((x) => N[name](x), ...data)];
const pair = (name: string, a: unknown, b: unknown, c?: unknown): [string, Case[]] => [
  name,
  two((x, y) => N[name](x, y), a, b, c),
];
/** Functions of tf.math by their names. */
const special = (names: string, ...data: unknown[]): [string, Case[]][] =>
  names.split(' ').map((name) => {
    const math = tf.math as Value;
    return [name, one((x) => (math[name] ?? math.special[name])(x), ...data)];
  });
const row = (r: UfuncRow, ...x: Value[]): Value => applyRow(r, x);

/** By the name of the row: its first and second derivatives. */
const UFUNCS: Readonly<Record<string, Case[]>> = Object.fromEntries([
  pair('add', P, S),
  pair('subtract', P, S),
  [
    'multiply',
    [...two(np.multiply, P, S), [np.multiply, [Z, Y]], [(z: Value) => z.mul(np.complex(1, 2)), [Z]]] as Case[],
  ],
  [
    'divide',
    [...two(np.divide, P, S), [np.divide, [Z, Y]], [(x: Value, z: Value) => np.divide(x, z), [[1.5, 2], Z]]] as Case[],
  ],
  [
    'power',
    [
      ...two(np.power, P, S),
      [np.power, [Z, Y]],
      ...one((x) => np.power(x, 3), S, Z),
      ...one((x) => np.power(x, 2), S),
      ...one((x) => np.power(2.5, x), S),
    ] as Case[],
  ],
  pair('float_power', P, S),
  ufunc('negative', S, Z),
  ufunc('positive', S, Z),
  ufunc('conjugate', S, Z),
  ufunc('absolute', S, Z),
  ufunc('fabs', S),
  ufunc('sign', S, Z),
  ufunc('sqrt', P, Z),
  ufunc('square', S, Z),
  ufunc('cbrt', P),
  ufunc('reciprocal', S, Z),
  ...'exp exp2 expm1 sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arctanh'
    .split(' ')
    .map((name) => ufunc(name, U, np.multiply(0.3, Z))),
  ...'log log2 log10 log1p arccosh'.split(' ').map((name) => ufunc(name, P, Z)),
  ...'deg2rad radians rad2deg degrees'.split(' ').map((name) => ufunc(name, S)),
  pair('hypot', P, S),
  pair('arctan2', P, S),
  ...'maximum minimum fmax fmin'.split(' ').map((name) => pair(name, P, S, [0.51, 1.65, 2.74])),
  pair('logaddexp', P, S),
  pair('logaddexp2', P, S),
  ...'remainder fmod'.split(' ').map((name) => pair(name, P, S, [0.51, 1.65, 2.74])),
  ['copysign', one((x) => np.copysign(x, S), P)],
  ['heaviside', one((h) => np.heaviside([0, 0, 1], h), v)],
  // A step to a neighbour is nothing beside the steps of differences.
  ['nextafter', one((x) => np.nextafter(x, S), P)],
  ['ldexp', one((x) => np.ldexp(x, np.array([1n, 2n, -1n])), P)],
  [
    'clip',
    [
      [(x: Value) => np.clip(x, -0.55, 0.45), [U]],
      [np.clip, [U, [[-0.1], [-0.2]], [0.35, 0.6, 0.8]]],
    ] as Case[],
  ],
  ['nan_to_num', one((x) => np.nan_to_num(np.where(np.array([true, false, true]), x, Number.NaN)), U)],
  [
    'replace_nan',
    one((x) => np.nansum(np.where(np.array([true, false, true]), x, Number.NaN), { axis: 0 }), U).concat([
      [
        (x: Value, by: Value) => row(shaping.replace_nan, np.where(np.array([true, false, true]), x, Number.NaN), by),
        [U, v],
      ],
    ]),
  ],
  ['or_else', one((x) => np.sinc(x), U, Z)],
  ['choose', one((x) => np.unwrap(x), [0.3, -0.8, 4, 9])],
  ['complex', [[(x: Value) => np.round(np.multiply(x, np.complex(1, 2)), 1), [U], { second: false }]] as Case[]],
  ['i0', one((x) => np.i0(x), S, [9, 12, -8.5])],
  ['i1', one((x) => besselI1(x), S, [9, 12, -8.5])],
  ['multiply_no_nan', [...two(chain, P, S), [chain, [Z, Y]]] as Case[]],
  ['portion', [...two(portion, P, S), [portion, [Z, Y]]] as Case[]],
  ...special(
    'erf erfc dawsn fresnel_cos fresnel_sin sigmoid bessel_i0 bessel_i0e bessel_i1 bessel_i1e bessel_j0 bessel_j1',
    S,
  ),
  ...special('lgamma digamma expint spence bessel_k0 bessel_k0e bessel_k1 bessel_k1e bessel_y0 bessel_y1', P),
  ...special('erfinv', U),
  ...special(
    'erfcinv',
    P.map((r) => r.map((x) => x / 2)),
  ),
  ...special(
    'ndtri',
    P.map((r) => r.map((x) => x / 3)),
  ),
  ['polygamma', one((x) => tf.math.polygamma(np.full([2, 3], 1), x), P)],
  ['zeta', one((x) => tf.math.zeta(np.full([2, 3], 2.5), x), P)],
  ['gamma_density', [[(a: Value, x: Value) => gamma_density(a, x), [P, P]]]],
  ['beta_density', [[(a: Value, b: Value, x: Value) => beta_density(a, b, x), [P, P, UNIT]]]],
  ['igamma', one((x) => tf.math.igamma(np.full([2, 3], 1.5), x), P)],
  ['igammac', one((x) => tf.math.igammac(np.full([2, 3], 1.5), x), P)],
  ['betainc', one((x) => tf.math.betainc(np.full([2, 3], 1.5), np.full([2, 3], 2.5), x), UNIT)],
  ['check_numerics', one((x) => tf.debugging.check_numerics(x, 'x'), S)],
  ['modf', one((x) => np.modf(x)[0], S)],
  ['divmod', two((x, y) => np.divmod(x, y)[1], P, S, [0.51, 1.65, 2.74])],
  ['frexp', one((x) => np.frexp(x)[0], P)],
]);

/** Rows with derivatives of their own. */
const ROWS: ReadonlyMap<UfuncRow, Case[]> = new Map([
  [
    shaping.deviation,
    one((x) => np.nanvar(np.where(MASK, x, Number.NaN), { axis: 1 }), P).concat([
      [(x: Value, m: Value) => row(shaping.deviation, x, m), [P, v]],
    ]),
  ],
  [shaping.square_magnitude, one((x) => np.var(x), P, Z)],
  [shaping.divide_count, one((x) => np.mean(x, 0), P, Z)],
  [
    shaping.divide_count_half,
    one((x) => np.mean(tf.cast(tf.cast(x, 'float16'), 'float64')), [[1, 2]]).map(
      ([f, d]) => [f, d, { second: false, h: 0.125, rtol: 1e-3 }] as Case,
    ),
  ],
  [shaping.divide_count_half_scalar, []],
]);

/** Folds: reductions, running folds and folds of slices of each ufunc with two operands. */
const fold = (name: string, data: unknown, more: Case[] = []): [string, Case[]] => [
  name,
  [
    [(x: Value) => N[name].reduce(x, 0), [data]],
    [(x: Value) => N[name].reduce(x, { axis: 1, keepdims: true }), [data]],
    [(x: Value) => N[name].accumulate(x, 1), [data]],
    [(x: Value) => N[name].accumulate(x, 0), [data]],
    [(x: Value) => N[name].reduceat(x, [0, 2, 1], 1), [data]],
    ...more,
  ],
];
const D = [
  [1.3, 1.7, 2.2, 0.7],
  [1.9, 2.5, 1.4, 0.8],
  [1.1, 0.9, 1.6, 2.1],
];
const WITH_ZEROS = [
  [1.3, 0, 2.2],
  [0, 2.5, 0],
];
const REDUCTIONS: Readonly<Record<string, Case[]>> = Object.fromEntries([
  fold('add', D, [
    [(x: Value) => np.sum(x, { axis: [0, 1], initial: 2 }), [U]],
    [(x: Value) => np.sum(x, { where: MASK }), [U]],
    ...one((x) => np.sum(x, 0), Z),
  ]),
  fold('multiply', D, [
    ...one((x) => np.prod(x), U, WITH_ZEROS, Z),
    ...one((x) => np.prod(x, 1), WITH_ZEROS),
    ...one((x) => np.cumprod(x, 1), WITH_ZEROS),
    [(x: Value) => np.prod(x, { axis: 1, initial: 3, where: MASK }), [U]],
  ]),
  fold('maximum', D, [[(x: Value) => np.max(x, { axis: 1, initial: 0, where: MASK }), [U]]]),
  fold('minimum', D),
  fold('fmax', D),
  fold('fmin', D),
  fold('logaddexp', D),
  fold('logaddexp2', D),
  fold('hypot', D),
  fold('subtract', D, [[(x: Value) => N.subtract.reduce(x, { axis: 1, initial: 2 }), [U]]]),
  fold('divide', D),
  fold(
    'power',
    D.map((r) => r.map((x) => 0.5 + x / 4)),
  ),
  fold('arctan2', D),
  fold(
    'remainder',
    D.map((r) => r.map((x) => 3 * x)),
  ),
]);

/** By the name of the primitive. */
const PRIMITIVES: Readonly<Record<string, Case[]>> = {
  overlap_add: one((x) => tf.signal.overlap_and_add(x, 2), P),
  ufunc: one((x) => np.exp(x), U),
  reduce: one((x) => [np.std(x), np.ptp(x, 0), np.average(x), np.nanmean(x)], U),
  accumulate: one((x) => np.cumsum(x), U),
  reduceat: one((x) => np.add.reduceat(x, [2, 0, 1]), v),
  reshape: one((x) => [np.reshape(x, [3, 2]), np.ravel(x, { order: 'F' })], U),
  transpose: one((x) => [x.T, np.moveaxis(np.stack([x, x]), 0, 2)], U, Z),
  broadcast_to: one((x) => np.broadcast_to(x, [2, 2, 3]), U, v),
  squeeze: one((x) => np.squeeze(np.expand_dims(x, 1)), U),
  slice: one((x) => [x.at('::-1, ::2'), x.at(':, 2:0:-1'), x.at(1), x.at(':, 1:1'), x.at(null, 1, '...')], U),
  diagonal: one((x) => [np.diagonal(x, 1), np.trace(x), np.diagonal(x, -1, 1, 0)], U),
  as_strided: one((x) => np.lib.stride_tricks.sliding_window_view(x, 2), v),
  component: one((z) => [np.real(z), np.square(np.imag(z)), np.angle(z)], Z).concat(
    one((z) => np.evaluate('imag(z) * imag(z) + real(z)', { z }), P, Z),
  ),
  cast: one((x) => [tf.cast(x, 'complex128'), np.array([1, 2, 3]).add(x.astype('complex128'))], U),
  concatenate: [[(x, y) => [np.concatenate([x, y], 1), np.stack([y, x]), np.hstack([x, y])], [U, S]]],
  pad: one(
    (x) => [
      np.pad(x, 1),
      np.pad(x, 1, { mode: 'reflect' }),
      np.pad(
        x,
        [
          [0, 1],
          [2, 0],
        ],
        { mode: 'edge' },
      ),
    ],
    U,
  ),
  repeat: one((x) => [np.repeat(x, 2, 1), np.repeat(x, [1, 0, 3], 1), np.tile(x, [2, 2])], U),
  diagonal_matrix: one((x) => [np.diag(x, 1), np.diag(x)], v),
  triangle: one((x) => [np.tril(x), np.triu(x, 1)], U),
  gather: one((x) => [x.at([0, 1, 0]), x.at([0, 1], [2, 0]), np.take(x, [2, 0, 2], 1), x.at(MASK)], U).map(
    // The places where a mask is true are not known to a graph.
    ([f, d]) => [f, d, { traced: false }] as Case,
  ),
  scatter_add: one(
    (x) =>
      np.square(
        np.take(
          np.square(x),
          [
            [0, 1],
            [1, 1],
          ],
          1,
        ),
      ),
    U,
  ),
  where: [[(x, y) => [np.where(np.greater(x, y), x, y), np.where(MASK, x, 2), np.select([MASK], [y], 1)], [U, S]]],
  matmul: [
    [(a, b) => np.matmul(a, b.T), [U, S]],
    [np.matmul, [U, v]],
    [np.matmul, [[1, 2], U]],
    [np.matmul, [v, [1, 2, 3]]],
    [(a, b) => np.matmul(np.stack([a, a]), b.T), [U, S]],
    [np.matmul, [Z, Y]],
    [(a, b) => [np.dot(a, b.T), np.inner(a, b), np.tensordot(a, b), np.kron(a, b)], [U, S]],
    [(a, b) => [np.outer(a, b), np.vdot(a, b), np.cross(a, b)], [v, [1, 2, 4]]],
  ],
  einsum: [
    [(a, b) => np.einsum('ij,kj->ik', a, b), [U, S]],
    [(a) => [np.einsum('ij->', a), np.einsum('ij->j', a), np.einsum('ij->ji', a)], [U]],
    [
      (a) => [np.einsum('ii->i', a), np.einsum('ii', a)],
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [(a, b) => [np.einsum('ij,j', a, b), np.einsum('ij,j->ij', a, b), np.einsum('ij,k->', a, b)], [U, v]],
    [(a, b, c) => np.einsum('ij,jk,kl->il', a, b, c), [U, [[1], [2], [3]], [[0.5, 2]]]],
    [(a, b) => np.einsum('ij,ij->j', a, b), [Z, Y]],
  ],
};
// Windows: nn.test.ts; scatters: ops/table.test.ts; functions of matrices: linalg.test.ts; check_numerics is among the ufuncs above.
const OTHERS = [
  'windows',
  'window_fold',
  'window_max_back',
  'scatter_fold',
  'matrix_function',
  'check_numerics',
  'stop_gradient',
  'held',
  'move',
  'custom_gradient',
  'argextreme',
  'count',
  'call',
  'branch',
  'loop',
  'loop_gradient',
  'random',
  'host',
];

const listed = (table: Readonly<Record<string, Case[]>>): [string, number, Case][] =>
  Object.entries(table).flatMap(([name, cases]) => cases.map((c, i): [string, number, Case] => [name, i, c]));

describe('every rule gives what central differences give, twice, eagerly and traced', () => {
  test.each(listed(UFUNCS))('%s, case %d', (_name, _i, [f, data, o]) => check(f, data, o));
  test.each([...ROWS].flatMap(([r, cases]) => cases.map((c): [string, Case] => [r.doc, c])))(
    '%s',
    (_doc, [f, data, o]) => check(f, data, o),
  );
  test.each(listed(REDUCTIONS))('folds of %s, case %d', (_name, _i, [f, data, o]) => check(f, data, o));
  test.each(listed(PRIMITIVES))('the primitive %s, case %d', (_name, _i, [f, data, o]) => check(f, data, o));
});

describe('no rule is without a case', () => {
  test('of ufuncs', () => {
    expect([...Object.keys(DERIVATIVES), ...Object.keys(SPLIT)].filter((name) => !(name in UFUNCS))).toEqual([]);
    expect([...BY_ROW.keys()].filter((r) => !ROWS.has(r))).toEqual([]);
  });
  test('of folds', () => {
    expect(Object.keys(FOLDS).filter((name) => !(name in REDUCTIONS))).toEqual([]);
  });
  test('of primitives, but those of linear algebra and what other files hold', () => {
    const elsewhere = (name: string): boolean => name.startsWith('linalg.') || name === 'fft' || OTHERS.includes(name);
    expect(Object.keys(RULES).filter((name) => !(name in PRIMITIVES) && !elsewhere(name))).toEqual([]);
  });
  test('every ufunc over numbers has derivatives, or is a step', () => {
    const rows = [arithmetic, elementary, logic, shaping].flatMap((m) =>
      Object.values(m).filter((r): r is UfuncRow => typeof r === 'object' && r !== null && 'nin' in r && 'real' in r),
    );
    const all = [
      ...rows,
      ...Object.values(N).flatMap((f: Value) => (f?.row !== undefined && f.row.types.length > 0 ? [f.row] : [])),
    ];
    expect(all.length).toBeGreaterThan(100);
    const known = (r: UfuncRow): boolean =>
      BY_ROW.has(r) || r.name in DERIVATIVES || r.name in SPLIT || STEPS.has(r.name);
    expect([...new Set(all.filter((r) => !known(r)).map((r) => r.name))]).toEqual([]);
  });
});

describe('steps', () => {
  const through = (f: (x: Value) => Value): Value => {
    const x = tf.constant(np.array([0.4, 1.6]));
    const tape = tf.GradientTape();
    tape.watch(x);
    return tape.gradient(f(x), x);
  };
  test('no gradient comes through what is constant between its jumps', () => {
    for (const name of ['floor', 'ceil', 'trunc', 'rint', 'round', 'spacing', 'signbit', 'isnan'])
      expect([name, through((x) => tf.cast(N[name](x), 'float64'))]).toEqual([name, null]);
    expect(through((x) => np.floor_divide(x, 2))).toBeNull();
    expect(through((x) => tf.cast(np.less(x, 1), 'float64'))).toBeNull();
    expect(through((x) => tf.cast(np.argsort(x), 'float64'))).toBeNull();
    expect(through((x) => tf.cast(np.argmax(x), 'float64'))).toBeNull();
  });
  test('beside a step the gradient of the rest stands', () => {
    expect(String(through((x) => np.multiply(np.floor(x), x)).numpy())).toBe('[0. 1.]');
  });
});

describe('where a formula is not finite', () => {
  const gradient = (f: (x: Value) => Value, data: number[]): string => {
    const x = tf.constant(np.array(data));
    const tape = tf.GradientTape();
    tape.watch(x);
    return String(tape.gradient(f(x), x)?.numpy());
  };
  test('what a condition leaves out has no gradient, though the other branch has none that is finite', () => {
    const cases: [(x: Value) => Value, string][] = [
      [(x) => np.where(np.greater(x, 0), np.log(x), 0), '[0.  0.  0.5]'],
      [(x) => np.where(np.greater(x, 0), np.sqrt(x), 0), '[0.         0.         0.35355339]'],
      [(x) => np.where(np.greater(x, 0), np.divide(1, x), 0), '[-0.   -0.   -0.25]'],
      [(x) => np.where(np.greater(x, 0), np.power(x, 0.5), 1), '[0.         0.         0.35355339]'],
      [(x) => tf.where(tf.greater(x, 0), tf.math.log(x), tf.zeros_like(x)), '[0.  0.  0.5]'],
      [(x) => np.select([np.greater(x, 0)], [np.log(x)], 0), '[0.  0.  0.5]'],
    ];
    for (const [f, want] of cases) expect(gradient(f, [-1, 0, 2])).toBe(want);
  });
  test('powers with nothing below them have finite gradients', () => {
    const a = tf.constant(np.array([0, 0, 2]));
    const b = tf.constant(np.array([0, 2, 0]));
    const tape = tf.GradientTape({ persistent: true });
    tape.watch([a, b]);
    const y = np.power(a, b);
    expect(String(tape.gradient(y, a)?.numpy())).toBe('[0. 0. 0.]');
    expect(String(tape.gradient(y, b)?.numpy())).toBe('[0.         0.         0.69314718]');
    tape.stop();
  });
  test('lengths and roots of nothing', () => {
    expect(gradient((x) => np.absolute(x), [0, 1])).toBe('[0. 1.]');
    expect(gradient((x) => np.hypot(x, 0), [0, 3])).toBe('[0. 1.]');
    expect(gradient((x) => np.sqrt(x), [0, 4])).toBe('[ inf 0.25]');
  });
  test('those that are equally the largest share the gradient', () => {
    expect(gradient((x) => np.max(x), [1, 3, 3, 2])).toBe('[0.  0.5 0.5 0. ]');
  });
});
