import { doubles, take } from './arena.js';
import { type LinalgRoutine, linalgRow } from './frame.js';

/** The rows of linear algebra that find eigenvalues, singular values and least squares. */

const least = (d: Record<string, number>): void => {
  d.k = Math.min(d.m, d.n);
};
const SVD = 'SVD did not converge';
const EIGEN = 'Eigenvalues did not converge';

const svdWith = (name: string, signature: string, jobz: 'A' | 'S'): LinalgRoutine =>
  linalgRow({
    name,
    signature,
    types: ['d->ddd', 'D->DdD'],
    failure: SVD,
    dims: least,
    run: (l, { d: { m, n, k }, ins: [a], outs: [u, s, vt] }) =>
      l.gesdd(jobz, m, n, a, m, s, u, m, vt, jobz === 'A' ? n : k),
  });

/** Singular values with all vectors, with the first min(m, n), and alone. */
export const svdFull: LinalgRoutine = /*@__PURE__*/ svdWith('svd_f', '(m,n)->(m,m),(k),(n,n)', 'A');
export const svdThin: LinalgRoutine = /*@__PURE__*/ svdWith('svd_s', '(m,n)->(m,k),(k),(k,n)', 'S');
export const svdValues: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'svd',
  signature: '(m,n)->(k)',
  types: ['d->d', 'D->d'],
  failure: SVD,
  dims: least,
  run: (l, { d: { m, n }, ins: [a], outs: [s] }) => l.gesdd('N', m, n, a, m, s, 0, m, 0, n),
});

const eighWith = (name: string, uplo: 'L' | 'U'): LinalgRoutine =>
  linalgRow({
    name,
    signature: '(m,m)->(m),(m,m)',
    types: ['d->dd', 'D->dD'],
    failure: EIGEN,
    shares: [-1, 0],
    run: (l, { d: { m }, ins: [a], outs: [w] }) => l.syevd('V', uplo, m, a, m, w),
  });
const eigvalshWith = (name: string, uplo: 'L' | 'U'): LinalgRoutine =>
  linalgRow({
    name,
    signature: '(m,m)->(m)',
    types: ['d->d', 'D->d'],
    failure: EIGEN,
    run: (l, { d: { m }, ins: [a], outs: [w] }) => l.syevd('N', uplo, m, a, m, w),
  });

/** Eigenvalues and vectors of Hermitian matrices, from the lower or the upper triangle. */
export const eighLower: LinalgRoutine = /*@__PURE__*/ eighWith('eigh_lo', 'L');
export const eighUpper: LinalgRoutine = /*@__PURE__*/ eighWith('eigh_up', 'U');
export const eigvalshLower: LinalgRoutine = /*@__PURE__*/ eigvalshWith('eigvalsh_lo', 'L');
export const eigvalshUpper: LinalgRoutine = /*@__PURE__*/ eigvalshWith('eigvalsh_up', 'U');

/** Eigenvalues and right eigenvectors of general matrices; always complex. */
export const eig: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'eig',
  signature: '(m,m)->(m),(m,m)',
  types: ['d->DD', 'D->DD'],
  failure: EIGEN,
  run: (l, { d: { m }, ins: [a], outs: [w, v] }) => l.geev('V', m, a, m, w, v, m),
});
export const eigvals: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'eigvals',
  signature: '(m,m)->(m)',
  types: ['d->D', 'D->D'],
  failure: EIGEN,
  run: (l, { d: { m }, ins: [a], outs: [w] }) => l.geev('N', m, a, m, w, 0, m),
});

/** Least squares: solutions, sums of squares of what is left, ranks, singular values. The option `rcond` is a number. */
export const lstsq: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'lstsq',
  signature: '(m,n),(m,nrhs)->(n,nrhs),(nrhs),(),(k)',
  types: ['dd->ddid', 'DD->Ddid'],
  failure: 'SVD did not converge in Linear Least Squares',
  dims: least,
  run: (l, { d: { m, n, nrhs }, ins: [a, b], outs: [x, left, rank, s], options }) => {
    const H = doubles();
    const width = l.width;
    const rows = Math.max(m, n);
    const work = take(width * rows * nrhs);
    H.fill(0, work, work + width * rows * nrhs);
    for (let j = 0; j < nrhs; j++) H.copyWithin(work + width * j * rows, b + width * j * m, b + width * (j + 1) * m);
    const info = l.gelsd(m, n, nrhs, a, m, work, rows, s, options.rcond as number, rank);
    if (info !== 0) return info;
    for (let j = 0; j < nrhs; j++) {
      const column = work + width * j * rows;
      H.copyWithin(x + width * j * n, column, column + width * n);
      let sum = 0;
      for (let i = width * n; i < width * m; i++) sum += H[column + i] ** 2;
      H[left + j] = sum;
    }
    return 0;
  },
});
