import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../src/index.js';

/** tf.linalg against its definitions: what is taken apart is put together again. */

const L = tf.linalg as any;
const rng = np.random.default_rng(3);
const R = (...s: number[]): any => tf.constant(rng.standard_normal(s) as never);
const [A, B, T, W] = [R(2, 4, 4), R(2, 4, 3), R(2, 5, 3), R(2, 3, 5)];
const mm = (a: any, b: any, o: any = {}): any => tf.matmul(a, b, o);
const S = tf.add(mm(A, A, { transpose_b: true }), tf.eye(4, 4, [2] as never, 'float64'));
const I = tf.eye(4, 4, [2] as never, 'float64');
const same = (a: any, b: any, tol = 1e-9): void => {
  const [x, y] = [a, b].map((t) => t.numpy?.() ?? t);
  expect(x.shape).toEqual(y.shape);
  expect(Number(np.max(np.abs(np.subtract(x, y)) as never))).toBeLessThan(tol);
};
const scaled = (m: any, d: any): any => tf.multiply(m, tf.expand_dims(d, -2));

describe('tf.linalg', () => {
  test('inverses and systems, of adjoints too', () => {
    same(mm(L.inv(A), A), I);
    same(mm(L.inv(A, { adjoint: true }), L.adjoint(A)), I);
    same(mm(A, L.solve(A, B)), B);
    same(mm(L.adjoint(A), L.solve(A, B, { adjoint: true })), B);
    same(mm(L.band_part(A, -1, 0), L.triangular_solve(A, B)), B);
    same(mm(L.band_part(A, 0, -1), L.triangular_solve(A, B, { lower: false })), B);
    same(L.matvec(A, tf.reduce_sum(B, 2)), tf.reduce_sum(mm(A, tf.reduce_sum(B, 2, true)), 2));
  });
  test('Cholesky, QR, SVD, eigenvalues', () => {
    const c = L.cholesky(S);
    same(mm(c, c, { transpose_b: true }), S);
    same(mm(S, L.cholesky_solve(c, B)), B);
    for (const full_matrices of [false, true]) {
      const [q, r] = L.qr(T, { full_matrices });
      same(mm(q, r), T);
    }
    const [s, u, v] = L.svd(T);
    same(mm(scaled(u, s), v, { adjoint_b: true }), T);
    expect(L.svd(W, { full_matrices: true }).map((t: any) => t.shape)).toEqual([
      [2, 3],
      [2, 3, 3],
      [2, 5, 5],
    ]);
    expect(L.svd(W, { compute_uv: false }).shape).toEqual([2, 3]);
    const [e, w] = L.eigh(S);
    same(mm(scaled(w, e), w, { adjoint_b: true }), S);
    same(L.eigvalsh(S), e);
    const [z, y] = L.eig(A);
    expect(z.dtype.name).toBe('complex128');
    same(mm(tf.cast(A, 'complex128'), y), scaled(y, z));
  });
  test('determinants', () => {
    const [sign, log] = L.slogdet(A);
    same(tf.multiply(sign, tf.exp(log)), L.det(A), 1e-8);
    same(L.logdet(S), tf.math.log(L.det(S)));
  });
  test('least squares and pseudo-inverses', () => {
    for (const [m, b] of [
      [T, R(2, 5, 2)],
      [W, R(2, 3, 2)],
    ]) {
      const want = np.matmul(np.linalg.pinv(m.numpy()), b.numpy());
      same(L.lstsq(m, b), want, 1e-7);
      same(L.lstsq(m, b, { fast: false }), want, 1e-7);
      same(L.pinv(m), np.linalg.pinv(m.numpy()));
    }
    const ridge = L.lstsq(T, R(2, 5, 2), { l2_regularizer: 1e6 });
    expect(Number(np.max(np.abs(ridge.numpy()) as never))).toBeLessThan(1e-4);
    expect(L.matrix_rank(T).numpy().tolist()).toEqual([3, 3]);
  });
  test('LU decompositions', () => {
    const [lu, p] = L.lu(A);
    expect(p.dtype.name).toBe('int32');
    same(L.lu_reconstruct(lu, p), A);
    same(mm(A, L.lu_solve(lu, p, B)), B);
    same(mm(A, L.lu_matrix_inverse(lu, p)), I);
  });
  test('functions of matrices', () => {
    const C = tf.cast(A, 'complex128');
    same(mm(L.sqrtm(S), L.sqrtm(S)), S);
    same(mm(L.sqrtm(C), L.sqrtm(C)), C, 1e-7);
    same(L.expm(L.logm(C)), C, 1e-7);
    same(
      L.expm([
        [0, 1],
        [-1, 0],
      ]),
      tf.constant([
        [Math.cos(1), Math.sin(1)],
        [-Math.sin(1), Math.cos(1)],
      ]),
      1e-6,
    );
    expect(
      L.sqrtm([
        [-1, 0],
        [0, 1],
      ])
        .numpy()
        .tolist()
        .flat()
        .every(Number.isNaN),
    ).toBe(true);
    expect(() => L.logm(A)).toThrow('float64 is not in the list of allowed values');
  });
  test('functions of matrices have gradients', () => {
    const h = 1e-6;
    for (const f of [L.expm, L.sqrtm]) {
      const x = tf.multiply((S as any).at(0), 0.1);
      const tape = new tf.GradientTape();
      tape.watch(x);
      const y = tf.reduce_sum(tf.square(f(x)));
      const g = (tape.gradient(y, x) as any).numpy();
      for (const [i, j] of [
        [0, 0],
        [1, 2],
        [3, 1],
      ]) {
        const at = (d: number): number => {
          const z = np.array(x.numpy() as never) as any;
          z.set([i, j], z.at(i, j).item() + d);
          return tf.reduce_sum(tf.square(f(tf.constant(z)))).item();
        };
        const slope = (at(h) - at(-h)) / (2 * h);
        expect(Math.abs(g.at(i, j).item() - slope) / (1 + Math.abs(slope))).toBeLessThan(1e-5);
      }
    }
    same(tf.function((v: any) => L.expm(v))(S), L.expm(S));
  });
  test('diagonals in ranges and alignments', () => {
    for (const align of ['RIGHT_LEFT', 'LEFT_RIGHT', 'LEFT_LEFT', 'RIGHT_RIGHT']) {
      const d = L.diag_part(W, { k: [-1, 2], align, padding_value: 7 });
      expect(d.shape).toEqual([2, 4, 3]);
      same(L.set_diag(tf.zeros_like(W), d, { k: [-1, 2], align }), L.band_part(W, 1, 2));
      same(L.diag(d, { k: [-1, 2], num_rows: 3, num_cols: 5, align }), L.band_part(W, 1, 2));
    }
    const m = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 8, 7, 6],
    ];
    expect(
      L.diag_part(m, { k: [-1, 2] })
        .numpy()
        .tolist(),
    ).toEqual([
      [0, 3, 8],
      [2, 7, 6],
      [1, 6, 7],
      [5, 8, 0],
    ]);
    expect(L.diag_part(m, { k: 1 }).numpy().tolist()).toEqual([2, 7, 6]);
    expect(L.diag([1, 2], { k: -1, padding_value: 9 }).numpy().tolist()).toEqual([
      [9, 9, 9],
      [1, 9, 9],
      [9, 2, 9],
    ]);
    expect(L.tensor_diag_part(L.tensor_diag(m)).numpy().tolist()).toEqual(m);
    expect(() => L.diag_part(m, { k: 9 })).toThrow('out of bounds');
  });
  test('tridiagonal matrices', () => {
    const d = R(2, 3, 4);
    const dense = L.diag(d, { k: [-1, 1], align: 'LEFT_RIGHT', num_rows: 4, num_cols: 4 });
    same(mm(dense, L.tridiagonal_solve(d, B)), B);
    same(L.tridiagonal_matmul(d, B), mm(dense, B));
    same(L.tridiagonal_matmul(dense, B, { diagonals_format: 'matrix' }), mm(dense, B));
  });
  test('norms', () => {
    same(tf.norm(A, { ord: 2, axis: [-2, -1] }), tf.reduce_max(L.svd(A, { compute_uv: false }), -1));
    same(tf.norm(L.normalize(A)[0]), tf.constant(1, 'float64'));
    expect(L.global_norm([[3], [4]]).item()).toBe(5);
  });
  test('what has no solution is an InvalidArgumentError', () => {
    expect(() =>
      L.cholesky([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow(tf.errors.InvalidArgumentError);
    expect(() =>
      L.inv([
        [1, 2],
        [2, 4],
      ]),
    ).toThrow('not invertible');
    expect(() => L.solve(A, R(2, 3, 1))).toThrow('incompatible');
    expect(() => L.det([[1, 2, 3]])).toThrow('must be square');
  });
});
