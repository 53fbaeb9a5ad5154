import { doubles, integers, take } from './arena.js';
import { type LinalgRoutine, linalgRow } from './frame.js';

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
  let log = 0;
  for (let i = 0; i < n; i++) if (I[2 * ipiv + i] !== i + 1) re = -re;
  for (let i = 0; i < n; i++) {
    const p = a + width * (i + i * n);
    if (width === 1) {
      const v = H[p];
      if (v < 0) re = -re;
      log += Math.log(Math.abs(v));
    } else {
      const size = Math.hypot(H[p], H[p + 1]);
      const [x, y] = [H[p] / size, H[p + 1] / size];
      [re, im] = [re * x - im * y, re * y + im * x];
      log += Math.log(size);
    }
  }
  return { re, im, log };
}

/** Sign and logarithm of determinants; 0 and -inf for singular matrices. */
export const slogdet: LinalgRoutine = /*@__PURE__*/ linalgRow({
  name: 'slogdet',
  signature: '(m,m)->(),()',
  types: ['d->dd', 'D->Dd'],
  run: (l, { d: { m }, ins: [a], outs: [sign, log] }) => {
    const H = doubles();
    const ipiv = take(m);
    const singular = l.getrf(m, m, a, m, ipiv) !== 0;
    const r = singular ? { re: 0, im: 0, log: Number.NEGATIVE_INFINITY } : signAndLog(l.width, m, a, ipiv);
    H[sign] = r.re;
    if (l.width === 2) H[sign + 1] = r.im;
    H[log] = r.log;
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
    const size = Math.exp(r.log);
    H[out] = r.re * size;
    if (l.width === 2) H[out + 1] = r.im * size;
    return 0;
  },
});
