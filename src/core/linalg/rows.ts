import { doubles, integers, take } from './arena.js';
import { type LinalgRoutine, linalgRow } from './frame.js';
import { exp, log } from './logarithm.js';

/** The rows of linear algebra that factor and solve. */

const SINGULAR = 'Singular matrix';

/** Solves for matrices on the right-hand side. */
export const solve: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'solve',
  signature: '(m,m),(m,n)->(m,n)',
  types: ['dd->d', 'DD->D'],
  failure: SINGULAR,
  shares: [1],
  run: (l, { d: { m, n }, ins: [a, b] }) => l.gesv(m, n, a, m, take(m), b, m),
});

/** Solves for a vector on the right-hand side. */
export const solve1: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'solve1',
  signature: '(m,m),(m)->(m)',
  types: ['dd->d', 'DD->D'],
  failure: SINGULAR,
  shares: [1],
  run: (l, { d: { m }, ins: [a, b] }) => l.gesv(m, 1, a, m, take(m), b, m),
});

/** Inverses. */
export const inv: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'inv',
  signature: '(m,m)->(m,m)',
  types: ['d->d', 'D->D'],
  failure: SINGULAR,
  run: (l, { d: { m }, ins: [a], outs: [b] }) => l.inverse(m, a, b),
});

/** The sign of the determinant, a complex number of length 1 for complex matrices, and the logarithm of its absolute value. */
function signAndLog(width: 1 | 2, n: number, a: number, ipiv: number): { re: number; im: number; log: number } {
  const H = doubles();
  const I = integers();
  let re = 1;
  let im = 0;
  let total = 0;
  for (let i = 0; i < n; i++) if (I[2 * ipiv + i] !== i + 1) re = -re;
  for (let i = 0; i < n; i++) {
    const p = a + width * (i + i * n);
    if (width === 1) {
      const v = H[p];
      if (v < 0) re = -re;
      total += log(Math.abs(v));
    } else {
      const size = Math.hypot(H[p], H[p + 1]);
      const [x, y] = [H[p] / size, H[p + 1] / size];
      [re, im] = [re * x - im * y, re * y + im * x];
      total += log(size);
    }
  }
  return { re, im, log: total };
}

/** Sign and logarithm of determinants; 0 and -inf for singular matrices. */
export const slogdet: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'slogdet',
  signature: '(m,m)->(),()',
  types: ['d->dd', 'D->Dd'],
  run: (l, { d: { m }, ins: [a], outs: [sign, size] }) => {
    const H = doubles();
    const ipiv = take(m);
    const singular = l.getrf(m, m, a, m, ipiv) !== 0;
    const r = singular ? { re: 0, im: 0, log: Number.NEGATIVE_INFINITY } : signAndLog(l.width, m, a, ipiv);
    H[sign] = r.re;
    if (l.width === 2) H[sign + 1] = r.im;
    H[size] = r.log;
    return 0;
  },
});

/** Determinants; as NumPy has them, from sign and logarithm. */
export const det: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'det',
  signature: '(m,m)->()',
  types: ['d->d', 'D->D'],
  run: (l, { d: { m }, ins: [a], outs: [out] }) => {
    const H = doubles();
    const ipiv = take(m);
    const singular = l.getrf(m, m, a, m, ipiv) !== 0;
    const r = singular ? { re: 0, im: 0, log: Number.NEGATIVE_INFINITY } : signAndLog(l.width, m, a, ipiv);
    const size = exp(r.log);
    H[out] = r.re * size;
    if (l.width === 2) H[out + 1] = r.im * size;
    return 0;
  },
});

/** Zeros on one side of the diagonal of a matrix. */
function clear(side: 'above' | 'below', width: 1 | 2, m: number, n: number, a: number, lda: number): void {
  const H = doubles();
  for (let j = 0; j < n; j++) {
    const c = a + width * j * lda;
    const d = Math.min(m, side === 'above' ? j : j + 1);
    if (side === 'above') H.fill(0, c, c + width * d);
    else H.fill(0, c + width * d, c + width * m);
  }
}

const factor = (name: string, uplo: 'L' | 'U'): LinalgRoutine =>
  linalgRow({
    name,
    signature: '(m,m)->(m,m)',
    types: ['d->d', 'D->D'],
    failure: 'Matrix is not positive definite',
    shares: [0],
    run: (l, { d: { m }, ins: [a] }) => {
      const info = l.potrf(uplo, m, a, m);
      if (info === 0) clear(uplo === 'L' ? 'above' : 'below', l.width, m, m, a, m);
      return info;
    },
  });

/** Cholesky factors, lower and upper. */
export const choleskyLower: LinalgRoutine = /*@__PURE__*/ factor('cholesky_lo', 'L');
export const choleskyUpper: LinalgRoutine = /*@__PURE__*/ factor('cholesky_up', 'U');

const least = (d: Record<string, number>): void => {
  d.k = Math.min(d.m, d.n);
};

/** Householder vectors and R in one matrix, and the factors of the reflections. */
export const qrRaw: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'qr_r_raw',
  signature: '(m,n)->(m,n),(k)',
  types: ['d->dd', 'D->DD'],
  shares: [0, -1],
  dims: least,
  run: (l, { d: { m, n }, ins: [a], outs: [, tau] }) => {
    l.geqrf(m, n, a, m, tau);
    return 0;
  },
});

/** R alone. */
export const qrR: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'qr_r',
  signature: '(m,n)->(k,n)',
  types: ['d->d', 'D->D'],
  dims: least,
  run: (l, { d: { m, n, k }, ins: [a], outs: [r] }) => {
    l.geqrf(m, n, a, m, take(k * l.width));
    triangle(l.width, k, n, a, m, r);
    return 0;
  },
});

/** The first rows of a matrix with zeros below its diagonal. */
function triangle(width: 1 | 2, rows: number, n: number, a: number, lda: number, to: number): void {
  const H = doubles();
  for (let j = 0; j < n; j++) {
    const from = a + width * j * lda;
    const size = width * Math.min(rows, j + 1);
    const c = to + width * j * rows;
    H.copyWithin(c, from, from + size);
    H.fill(0, c + size, c + width * rows);
  }
}

const qr = (name: string, signature: string, columns: 'k' | 'm'): LinalgRoutine =>
  linalgRow({
    name,
    signature,
    types: ['d->dd', 'D->DD'],
    dims: least,
    run: (l, { d, ins: [a], outs: [q, r] }) => {
      const { m, n, k } = d;
      const w = l.width;
      const tau = take(k * w);
      l.geqrf(m, n, a, m, tau);
      triangle(w, d[columns], n, a, m, r);
      doubles().copyWithin(q, a, a + w * m * k);
      l.orgqr(m, d[columns], k, q, m, tau);
      return 0;
    },
  });

/** Q with as many columns as there are in the smaller side, or with all; and R. */
export const qrReduced: LinalgRoutine = /*@__PURE__*/ qr('qr_reduced', '(m,n)->(m,k),(k,n)', 'k');
export const qrComplete: LinalgRoutine = /*@__PURE__*/ qr('qr_complete', '(m,n)->(m,m),(m,n)', 'm');

/** LU factors in one matrix, and the permutation that partial pivoting made of the rows, counted from 0. */
export const lu: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'lu',
  signature: '(m,m)->(m,m),(m)',
  types: ['d->di', 'D->Di'],
  failure: 'Singular matrix',
  shares: [0, -1],
  run: (l, { d: { m }, ins: [a], outs: [, order] }) => {
    const ipiv = take(m);
    const info = l.getrf(m, m, a, m, ipiv);
    const I = integers();
    for (let i = 0; i < m; i++) I[2 * order + i] = i;
    for (let i = 0; i < m; i++) {
      const p = I[2 * ipiv + i] - 1;
      const held = I[2 * order + i];
      I[2 * order + i] = I[2 * order + p];
      I[2 * order + p] = held;
    }
    return info;
  },
});
