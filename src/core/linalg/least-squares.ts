import { applyReflectors, householderQR, reflectorsWork } from './householder.js';
import { ADJOINT, multiply, PLAIN } from './product.js';
import { singularValues } from './singular.js';
import { leading, withWork } from './work.js';

/**
 * The least squares solution of smallest norm by singular values, as LAPACK's gelsd: `b` (max(m, n) by nrhs, column-major, imaginary parts after all real ones) becomes
 * the solution in its first n rows; where m > n, the others hold what is left of b, turned. Singular values up to rcond times the largest count as zero
 * (rcond < 0: the precision). Gives the rank, or -1 where the singular values did not converge.
 */
export function leastSquares(
  m: number,
  n: number,
  nrhs: number,
  complex: boolean,
  a: Float64Array,
  b: Float64Array,
  s: Float64Array,
  rcond: number,
): number {
  const k = Math.min(m, n);
  const rows = Math.max(m, n);
  const parts = complex ? [0, 1] : [0];
  const width = parts.length;
  // Without rows x is zero, without columns all of b is left.
  if (k === 0) {
    if (m === 0) b.fill(0);
    return 0;
  }
  const tall = m >= n;
  const ld = leading(m);
  const ldb = leading(rows);
  const size =
    ld * n + ldb * nrhs * 2 + 2 * rows * k + k * nrhs + 2 * reflectorsWork(m, Math.max(n, nrhs)) + 2 * n + 64;
  return withWork(size, complex, (w) => {
    const { f, im: z } = w;
    const x = w.take(ldb * nrhs);
    for (const part of parts)
      for (let j = 0; j < nrhs; j++)
        for (let i = 0; i < m; i++) f[x + i + j * ldb + part * z] = b[part * rows * nrhs + i + j * rows];
    let square = a;
    if (tall) {
      // R takes the place of A, and Q^H b that of b.
      const q = w.take(ld * n);
      const tau = w.take(n);
      for (const part of parts)
        for (let j = 0; j < n; j++)
          for (let i = 0; i < m; i++) f[q + i + j * ld + part * z] = a[part * m * n + i + j * m];
      householderQR(w, m, n, q, ld, tau);
      applyReflectors(w, true, m, nrhs, n, q, ld, 0, tau, x, ldb);
      square = new Float64Array(width * n * n);
      for (const part of parts)
        for (let j = 0; j < n; j++)
          for (let i = 0; i <= j; i++) square[part * n * n + i + j * n] = f[q + i + j * ld + part * z];
    }
    const u = new Float64Array(width * k * k);
    const v = new Float64Array(width * n * k);
    if (!singularValues(k, n, complex, square, s, u, v, false)) return -1;
    const least = Math.max((rcond >= 0 ? rcond : 2 ** -53) * s[0], 2 ** -1022);
    let rank = 0;
    while (rank < k && s[rank] > least) rank++;
    const um = w.take(k * k);
    const vm = w.take(n * k);
    for (const part of parts) {
      f.set(u.subarray(part * k * k, (part + 1) * k * k), um + part * z);
      f.set(v.subarray(part * n * k, (part + 1) * n * k), vm + part * z);
    }
    const c = w.take(k * nrhs);
    multiply(w, ADJOINT, PLAIN, k, nrhs, k, 1, um, k, x, ldb, c, k);
    for (const part of parts)
      for (let j = 0; j < nrhs; j++) {
        for (let i = 0; i < k; i++) {
          const at = c + i + j * k + part * z;
          f[at] = i < rank ? f[at] / s[i] : 0;
        }
        f.fill(0, x + j * ldb + part * z, x + j * ldb + n + part * z);
      }
    multiply(w, PLAIN, PLAIN, n, nrhs, rank, 1, vm, n, c, k, x, ldb);
    for (const part of parts)
      for (let j = 0; j < nrhs; j++) {
        const at = x + j * ldb + part * z;
        b.set(f.subarray(at, at + rows), part * rows * nrhs + j * rows);
      }
    return rank;
  });
}
