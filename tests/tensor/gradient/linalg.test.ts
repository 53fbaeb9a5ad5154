import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';
import { RULES } from '../../../src/tensor/gradient/rules.js';
import { check, type Value, weights } from './check.js';

const real = (shape: readonly number[], salt = 0): Value => weights(shape, false, salt);
const complex = (shape: readonly number[], salt = 0): Value => weights(shape, true, salt);
/** Matrices that are far from singular. */
const square = (m: Value): Value => np.add(m, np.multiply(2, np.eye(m.shape[m.ndim - 1])));
const adjoint = (a: Value): Value => np.conj(np.swapaxes(a, -1, -2));
/** A positive definite matrix of any. */
const definite = (a: Value): Value => np.add(np.matmul(a, adjoint(a)), np.eye(a.shape[a.ndim - 1]));
const hermitian = (a: Value): Value => np.add(a, adjoint(a));
const L = np.linalg as Value;

/** What does not depend on the phases of vectors. */
const projections = (v: Value): Value => np.square(np.absolute(v));

const both = (
  name: string,
  rules: string,
  f: (...x: Value[]) => Value,
  shapes: readonly (readonly number[])[],
  o: Value = {},
): [string, string, (kind: 'real' | 'complex') => void][] => {
  const made = (kind: 'real' | 'complex'): void =>
    check(
      f,
      shapes.map((s, i) => (kind === 'real' ? real(s, i) : complex(s, i))),
      o,
    );
  return [[name, rules, made]];
};

const CASES = [
  ...both('inv', 'linalg.inv', (a) => L.inv(square(a)), [[3, 3]]),
  ...both('inv of a stack', 'linalg.inv', (a) => L.inv(square(a)), [[2, 2, 2]]),
  ...both('solve', 'linalg.solve', (a, b) => L.solve(square(a), b), [
    [3, 3],
    [3, 2],
  ]),
  ...both('solve, broadcast', 'linalg.solve', (a, b) => L.solve(square(a), b), [
    [2, 2],
    [2, 2, 3],
  ]),
  ...both('solve of a vector', 'linalg.solve1', (a, b) => L.solve(square(a), b), [[3, 3], [3]]),
  ...both('det', 'linalg.det', (a) => L.det(square(a)), [[2, 3, 3]]),
  ...both('slogdet', 'linalg.slogdet', (a) => [...L.slogdet(square(a))], [[2, 3, 3]]),
  ...both('cholesky', 'linalg.cholesky_lo', (a) => L.cholesky(definite(a)), [[2, 3, 3]]),
  ...both('cholesky, upper', 'linalg.cholesky_up', (a) => L.cholesky(definite(a), { upper: true }), [[3, 3]]),
  ...both('qr of a deep matrix', 'linalg.qr_reduced', (a) => [...L.qr(a)], [[4, 2]]),
  ...both('qr of square matrices', 'linalg.qr_reduced', (a) => [...L.qr(square(a))], [[2, 3, 3]]),
  ...both('qr of a wide matrix', 'linalg.qr_reduced', (a) => [...L.qr(a)], [[2, 4]]),
  ...both('qr, complete', 'linalg.qr_complete', (a) => [...L.qr(a, 'complete')], [[2, 3]]),
  ...both('R of qr', 'linalg.qr_r', (a) => L.qr(a, 'r'), [[3, 2]]),
  ...both('lu', 'linalg.lu', (a) => tf.linalg.lu(square(a))[0], [[2, 3, 3]]),
  ...both(
    'lu where rows move',
    'linalg.lu',
    (a) =>
      tf.linalg.lu(
        np.matmul(
          [
            [0, 0, 4],
            [0, 3, 0],
            [2, 0, 0],
          ],
          np.add(np.multiply(a, 0.1), np.eye(3)),
        ),
      )[0],
    [[3, 3]],
  ),
  ...both(
    'what is made of lu',
    'linalg.lu',
    (a) => [
      tf.linalg.lu_reconstruct(...tf.linalg.lu(square(a))),
      tf.linalg.lu_matrix_inverse(...tf.linalg.lu(square(a))),
    ],
    [[3, 3]],
  ),
  ...both(
    'eigh',
    'linalg.eigh_lo',
    (a) => {
      const [w, v] = L.eigh(hermitian(a));
      return [w, projections(v)];
    },
    [[3, 3]],
  ),
  ...both(
    'eigh of the upper triangle',
    'linalg.eigh_up',
    (a) => {
      const [w, v] = L.eigh(hermitian(a), 'U');
      return [w, projections(v)];
    },
    [[2, 2, 2]],
  ),
  ...both('eigvalsh', 'linalg.eigvalsh_lo', (a) => L.eigvalsh(hermitian(a)), [[2, 3, 3]]),
  ...both('eigvalsh of the upper triangle', 'linalg.eigvalsh_up', (a) => L.eigvalsh(hermitian(a), 'U'), [[3, 3]]),
  ...both(
    'eig',
    'linalg.eig',
    (a) => {
      const [w, v] = L.eig(a);
      return [w, projections(v)];
    },
    [[3, 3]],
    { traced: false },
  ),
  ...both('eigvals', 'linalg.eigvals', (a) => L.eigvals(a), [[3, 3]], { traced: false }),
  ...both(
    'svd',
    'linalg.svd_s',
    (a) => {
      const [u, s, vh] = L.svd(a, { full_matrices: false });
      return [np.matmul(np.multiply(u, np.expand_dims(np.exp(s), -2)), vh), s, projections(u)];
    },
    [[2, 3, 2]],
  ),
  ...both(
    'svd of a wide matrix',
    'linalg.svd_s',
    (a) => {
      const [u, s, vh] = L.svd(a, { full_matrices: false });
      return [np.matmul(np.multiply(u, np.expand_dims(np.exp(s), -2)), vh), s, projections(vh)];
    },
    [[2, 4]],
  ),
  ...both(
    'svd with full matrices',
    'linalg.svd_f',
    (a) => {
      const [u, s, vh] = L.svd(a);
      return [np.matmul(np.multiply(u, np.expand_dims(np.exp(s), -2)), vh), projections(u)];
    },
    [[3, 3]],
  ),
  ...both('singular values', 'linalg.svd', (a) => L.svdvals(a), [[2, 3, 2]]),
  ...both(
    'lstsq',
    'linalg.lstsq',
    (a, b) => {
      const [x, left, , s] = L.lstsq(a, b);
      return [x, left, s];
    },
    [
      [4, 2],
      [4, 2],
    ],
    { traced: false },
  ),
  ...both('lstsq with more unknowns', 'linalg.lstsq', (a, b) => L.lstsq(a, b)[0], [[2, 3], [2]], { traced: false }),
  ...both('pinv', 'linalg.pinv', (a) => L.pinv(a), [[3, 2]]),
  ...both('pinv of a wide matrix', 'linalg.pinv', (a) => L.pinv(a), [[2, 2, 3]]),
  ...both('matrix_power', 'linalg.inv', (a) => [L.matrix_power(square(a), -2), L.matrix_power(a, 3)], [[2, 2]]),
  ...both('norms', 'linalg.svd', (a) => [L.norm(a), L.norm(a, 'nuc'), L.norm(a, 2), L.norm(a, 1), L.norm(a, 3, 0)], [
    [3, 2],
  ]),
  ...both('cond', 'linalg.svd', (a) => L.cond(square(a)), [[3, 3]], { traced: false }),
  ...both('multi_dot', 'matmul', (a, b, c) => L.multi_dot([a, b, c]), [
    [2, 3],
    [3, 2],
    [2, 2],
  ]),
  ...both('fft', 'fft', (x) => np.fft.fft(x), [[2, 5]]),
  ...both('fft, filled up and cut', 'fft', (x) => [np.fft.fft(x, 7), np.fft.fft(x, 3), np.fft.ifft(x, 4, 0)], [[2, 5]]),
  ...both('ifft', 'fft', (x) => np.fft.ifft(x, { norm: 'ortho' }), [[4]]),
  ...both('fft2', 'fft', (x) => np.fft.fft2(x), [[2, 3]]),
  ...both('irfft', 'fft', (x) => [np.fft.irfft(x), np.fft.irfft(x, 5), np.fft.irfft(x, 9), np.fft.hfft(x, 7)], [
    [2, 4],
  ]),
];

describe('gradients of linear algebra and Fourier transforms', () => {
  for (const kind of ['real', 'complex'] as const)
    test.each(CASES)(`%s of ${kind} operands (%s)`, (_name, _rule, run) => run(kind));
  test('rfft and ihfft', () => {
    check(
      (x) => [np.fft.rfft(x), np.fft.rfft(x, 4), np.fft.rfft(x, 9, { norm: 'forward' }), np.fft.ihfft(x)],
      [real([2, 6])],
    );
  });
  test('every rule has a case', () => {
    const cases = new Set(CASES.map(([, rule]) => rule));
    const rules = Object.keys(RULES).filter((name) => name.startsWith('linalg.') || name === 'fft');
    expect(rules.filter((name) => !cases.has(name))).toEqual([]);
  });
  test('the determinant of a singular matrix has a gradient', () => {
    check(
      (a) => L.det(a),
      [
        [
          [1, 2],
          [2, 4],
        ],
      ],
      { second: false, traced: false },
    );
    check(
      (a) => L.det(a),
      [
        [
          [0, 0, 1],
          [0, 0, 2],
          [3, 1, 1],
        ],
      ],
      { second: false, traced: false },
    );
  });
  test('the pseudo-inverse of an orthogonal matrix has a gradient, though its singular values are equal', () => {
    check(
      (a) => L.pinv(a),
      [
        [
          [0, 1],
          [-1, 0],
        ],
      ],
      { second: false },
    );
  });
  test('vectors that are not determined have no gradient', () => {
    const x = tf.constant(real([3, 2]));
    for (const f of [(a: Value) => L.svd(a)[0], (a: Value) => L.qr(a, 'complete')[0]]) {
      const tape = tf.GradientTape();
      tape.watch(x);
      const y = f(x);
      expect(() => tape.gradient(y, x)).toThrow(/not determined/);
    }
  });
});
