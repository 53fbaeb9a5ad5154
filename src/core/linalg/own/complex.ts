import { doubles, mark, release, take } from '../arena.js';
import { product } from './gemm.js';
import { type Kit, SAFE_MIN } from './kit.js';
import { norm2 } from './real.js';

/** The quotient of two complex numbers, without overflow on the way (Smith 1962); the imaginary part is left in `quotient.im`. */
export const quotient: { im: number } = { im: 0 };
export function ladiv(ar: number, ai: number, br: number, bi: number): number {
  if (Math.abs(bi) <= Math.abs(br)) {
    const r = bi / br;
    const d = br + bi * r;
    quotient.im = (ai - ar * r) / d;
    return (ar + ai * r) / d;
  }
  const r = br / bi;
  const d = bi + br * r;
  quotient.im = (ai * r - ar) / d;
  return (ar * r + ai) / d;
}

/** Steps over complex numbers. */
export const complexKit: Kit = {
  width: 2,
  imaginary: 0,
  iamax(n, x) {
    const H = doubles();
    let best = 0;
    let most = Math.abs(H[x]) + Math.abs(H[x + 1]);
    for (let i = 1; i < n; i++) {
      const v = Math.abs(H[x + 2 * i]) + Math.abs(H[x + 2 * i + 1]);
      if (v > most) {
        most = v;
        best = i;
      }
    }
    return best;
  },
  scal(n, re, im, x, incx) {
    const H = doubles();
    for (let i = 0, p = x; i < n; i++, p += 2 * incx) {
      const a = H[p];
      const b = H[p + 1];
      H[p] = a * re - b * im;
      H[p + 1] = a * im + b * re;
    }
  },
  divide(n, re, im, x) {
    if (Math.max(Math.abs(re), Math.abs(im)) >= SAFE_MIN) {
      const r = ladiv(1, 0, re, im);
      complexKit.scal(n, r, quotient.im, x, 1);
      return;
    }
    if (Number.isNaN(re) || Number.isNaN(im)) return;
    const H = doubles();
    for (let i = 0, p = x; i < n; i++, p += 2) {
      H[p] = ladiv(H[p], H[p + 1], re, im);
      H[p + 1] = quotient.im;
    }
  },
  nrm2(n, x) {
    return norm2(doubles(), x, 2 * n);
  },
  swap(n, x, incx, y, incy) {
    const H = doubles();
    for (let i = 0, p = x, q = y; i < n; i++, p += 2 * incx, q += 2 * incy) {
      const a = H[p];
      const b = H[p + 1];
      H[p] = H[q];
      H[p + 1] = H[q + 1];
      H[q] = a;
      H[q + 1] = b;
    }
  },
  axpy(n, re, im, x, incx, y, incy) {
    const H = doubles();
    for (let i = 0, p = x, q = y; i < n; i++, p += 2 * incx, q += 2 * incy) {
      const a = H[p];
      const b = H[p + 1];
      H[q] += a * re - b * im;
      H[q + 1] += a * im + b * re;
    }
  },
  dot(conjugate, n, x, incx, y, incy) {
    const H = doubles();
    const sign = conjugate ? -1 : 1;
    let re = 0;
    let im = 0;
    for (let i = 0, p = x, q = y; i < n; i++, p += 2 * incx, q += 2 * incy) {
      const a = H[p];
      const b = sign * H[p + 1];
      re += a * H[q] - b * H[q + 1];
      im += a * H[q + 1] + b * H[q];
    }
    complexKit.imaginary = im;
    return re;
  },
  conjugate(n, x, incx) {
    const H = doubles();
    for (let i = 0, p = x + 1; i < n; i++, p += 2 * incx) H[p] = -H[p];
  },
  gemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
    product(2, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
  },
  eliminate(conjugate, m, k, a, lda, x, incx, y) {
    const H = doubles();
    const start = mark();
    const t = take(2 * m);
    for (let i = t; i < t + 2 * m; i++) H[i] = 0;
    for (let j = 0; j < k; j++) {
      const re = H[x + 2 * j * incx];
      const im = conjugate ? -H[x + 2 * j * incx + 1] : H[x + 2 * j * incx + 1];
      const l = a + 2 * j * lda;
      for (let i = 0; i < 2 * m; i += 2) {
        const u = H[l + i];
        const v = H[l + i + 1];
        H[t + i] += re * u - im * v;
        H[t + i + 1] += re * v + im * u;
      }
    }
    for (let i = 0; i < 2 * m; i++) H[y + i] -= H[t + i];
    release(start);
  },
  triangle(upper, unit, m, n, a, lda, b, ldb) {
    const H = doubles();
    for (let j = 0; j < n; j++) {
      const x = b + 2 * j * ldb;
      for (let s = 0; s < m; s++) {
        const k = upper ? m - 1 - s : s;
        const at = x + 2 * k;
        const column = a + 2 * k * lda;
        if (!unit) {
          H[at] = ladiv(H[at], H[at + 1], H[column + 2 * k], H[column + 2 * k + 1]);
          H[at + 1] = quotient.im;
        }
        const [from, count] = upper ? [0, k] : [k + 1, m - 1 - k];
        complexKit.axpy(count, -H[at], -H[at + 1], column + 2 * from, 1, x + 2 * from, 1);
      }
    }
  },
  project(m, n, a, lda, v, w) {
    const H = doubles();
    for (let j = 0; j < n; j++) {
      const c = a + 2 * j * lda;
      let re = 0;
      let im = 0;
      for (let i = 0; i < 2 * m; i += 2) {
        const x = H[c + i];
        const y = -H[c + i + 1];
        re += x * H[v + i] - y * H[v + i + 1];
        im += x * H[v + i + 1] + y * H[v + i];
      }
      H[w + 2 * j] = re;
      H[w + 2 * j + 1] = im;
    }
  },
  rank1(m, n, re, im, v, w, a, lda) {
    const H = doubles();
    for (let j = 0; j < n; j++) {
      const wr = H[w + 2 * j];
      const wi = -H[w + 2 * j + 1];
      const sr = re * wr - im * wi;
      const si = re * wi + im * wr;
      const c = a + 2 * j * lda;
      for (let i = 0; i < 2 * m; i += 2) {
        const x = H[v + i];
        const y = H[v + i + 1];
        H[c + i] -= sr * x - si * y;
        H[c + i + 1] -= sr * y + si * x;
      }
    }
  },
};
