import { doubles, mark, release, take } from '../arena.js';
import { product } from './gemm.js';
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
    } else for (let p = x; p < x + n; p++) H[p] /= re;
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
  eliminate(m, k, a, lda, column) {
    const H = doubles();
    const start = mark();
    const t = take(m);
    for (let i = t; i < t + m; i++) H[i] = 0;
    for (let j = 0; j < k; j++) {
      const u = (H[column + j] -= H[t + j]);
      const l = a + j * lda;
      for (let i = j + 1; i < m; i++) H[t + i] += u * H[l + i];
    }
    for (let i = k; i < m; i++) H[column + i] -= H[t + i];
    release(start);
  },
  project(m, n, a, lda, v, w) {
    const H = doubles();
    for (let j = 0; j < n; j++) {
      const c = a + j * lda;
      let s = 0;
      for (let i = 0; i < m; i++) s += H[c + i] * H[v + i];
      H[w + j] = s;
    }
  },
  rank1(m, n, re, _im, v, w, a, lda) {
    const H = doubles();
    for (let j = 0; j < n; j++) {
      const s = re * H[w + j];
      const c = a + j * lda;
      for (let i = 0; i < m; i++) H[c + i] -= s * H[v + i];
    }
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
