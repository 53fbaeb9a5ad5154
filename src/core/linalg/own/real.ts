import { doubles } from '../arena.js';
import { product } from './gemm.js';
import { stepKernels } from './kernels.js';
import { type Kit, SAFE_MIN } from './kit.js';

/** Steps over real numbers. */
export const real: Kit = {
  width: 1,
  imaginary: 0,
  iamax(n, x) {
    const H = doubles();
    let best = 0;
    let most = Math.abs(H[x]);
    for (let i = 1; i < n; i++) {
      const v = Math.abs(H[x + i]);
      if (v > most) {
        most = v;
        best = i;
      }
    }
    return best;
  },
  scal(n, re, _im, x, incx) {
    const H = doubles();
    for (let i = 0, p = x; i < n; i++, p += incx) H[p] *= re;
  },
  divide(n, re, _im, x) {
    const H = doubles();
    if (Math.abs(re) >= SAFE_MIN) {
      const r = 1 / re;
      for (let p = x; p < x + n; p++) H[p] *= r;
    } else if (!Number.isNaN(re)) for (let p = x; p < x + n; p++) H[p] /= re;
  },
  nrm2(n, x) {
    return norm2(doubles(), x, n);
  },
  swap(n, x, incx, y, incy) {
    const H = doubles();
    for (let i = 0, p = x, q = y; i < n; i++, p += incx, q += incy) {
      const t = H[p];
      H[p] = H[q];
      H[q] = t;
    }
  },
  axpy(n, re, _im, x, incx, y, incy) {
    const H = doubles();
    if (incx === 1 && incy === 1) for (let i = 0; i < n; i++) H[y + i] += re * H[x + i];
    else for (let i = 0, p = x, q = y; i < n; i++, p += incx, q += incy) H[q] += re * H[p];
  },
  dot(_conjugate, n, x, incx, y, incy) {
    const H = doubles();
    let s = 0;
    if (incx === 1 && incy === 1) for (let i = 0; i < n; i++) s += H[x + i] * H[y + i];
    else for (let i = 0, p = x, q = y; i < n; i++, p += incx, q += incy) s += H[p] * H[q];
    return s;
  },
  conjugate() {},
  gemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
    product(1, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
  },
  eliminate(_conjugate, m, k, a, lda, x, incx, y) {
    if (m > 0 && k > 0) stepKernels().gemv(m, k, a * 8, lda * 8, x * 8, incx * 8, y * 8);
  },
  triangle(upper, unit, m, n, a, lda, b, ldb) {
    const kernels = stepKernels();
    // One vector is divided by the diagonal, several are multiplied by its reciprocals, as in OpenBLAS.
    (upper ? kernels.upper : kernels.lower)(m, n, a * 8, lda * 8, b * 8, ldb * 8, unit ? 1 : n === 1 ? 2 : 0);
  },
  project(m, n, a, lda, v, w) {
    stepKernels().project(m, n, a * 8, lda * 8, v * 8, w * 8);
  },
  rank1(m, n, re, _im, v, w, a, lda) {
    stepKernels().rank1(m, n, re, v * 8, w * 8, a * 8, lda * 8);
  },
};

/** Sums of squares in one pass, where they neither overflow nor lose digits; else scaled by the largest value. */
export function norm2(H: Float64Array, x: number, n: number): number {
  let s = 0;
  for (let p = x; p < x + n; p++) s += H[p] * H[p];
  if (s > 1e-280 && s < Number.POSITIVE_INFINITY) return Math.sqrt(s);
  let most = 0;
  for (let p = x; p < x + n; p++) {
    const v = Math.abs(H[p]);
    if (!(v <= most)) most = v;
  }
  if (most === 0 || !Number.isFinite(most)) return most;
  s = 0;
  for (let p = x; p < x + n; p++) {
    const v = H[p] / most;
    s += v * v;
  }
  return most * Math.sqrt(s);
}
