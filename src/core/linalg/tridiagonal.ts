import { PANEL, reflector } from './householder.js';
import { ADJOINT, addProduct, adjointTimes, hermitianTimes, multiply, PLAIN, scaleBy } from './product.js';
import type { Work } from './work.js';

/**
 * Reduces a symmetric or Hermitian matrix, of which the lower triangle is read, to real tridiagonal form by reflectors: LAPACK's sytrd and hetrd with
 * their panels (latrd). The vectors of the reflectors stay below the subdiagonal, their ones written out; d has n numbers, e and tau n - 1.
 */
export function tridiagonalise(w: Work, n: number, a: number, lda: number, d: number, e: number, tau: number): void {
  const { f, im: z } = w;
  const mark = w.mark();
  const wm = w.take(n * PANEL);
  const t = w.take(PANEL);
  for (let p = 0; p < n; p += PANEL) {
    const nb = Math.min(PANEL, n - p);
    for (let i = p; i < p + nb; i++) {
      const k = i - p;
      const col = a + i + i * lda;
      const rows = n - i;
      const left = a + i + p * lda;
      if (z > 0) f[col + z] = 0;
      addProduct(w, rows, k, -1, left, lda, wm + i, n, true, col);
      addProduct(w, rows, k, -1, wm + i, n, left, lda, true, col);
      if (z > 0) f[col + z] = 0;
      f[d + i] = f[col];
      if (i === n - 1) break;
      const v = col + 1;
      reflector(w, rows - 1, v, v + 1, 1, tau + i);
      f[e + i] = f[v];
      f[v] = 1;
      const y = wm + i + 1 + k * n;
      const below = rows - 1;
      hermitianTimes(w, below, a + (i + 1) * (lda + 1), lda, v, y);
      adjointTimes(w, below, k, wm + i + 1, n, v, t);
      addProduct(w, below, k, -1, left + 1, lda, t, 1, false, y);
      adjointTimes(w, below, k, left + 1, lda, v, t);
      addProduct(w, below, k, -1, wm + i + 1, n, t, 1, false, y);
      const tr = f[tau + i];
      const ti = z > 0 ? f[tau + i + z] : 0;
      scaleBy(w, below, y, 1, tr, ti);
      // y -= (tau / 2) (y^H v) v
      adjointTimes(w, below, 1, y, n, v, t);
      scaleBy(w, 1, t, 1, -0.5 * tr, -0.5 * ti);
      addProduct(w, below, 1, 1, v, lda, t, 1, false, y);
    }
    const q = p + nb;
    // The lower triangle of what is left, a strip of columns at a time.
    const strip = 2 * PANEL;
    for (let j = q; j < n; j += strip) {
      const nj = Math.min(strip, n - j);
      const to = a + j + j * lda;
      multiply(w, PLAIN, ADJOINT, n - j, nj, nb, -1, a + j + p * lda, lda, wm + j, n, to, lda);
      multiply(w, PLAIN, ADJOINT, n - j, nj, nb, -1, wm + j, n, a + j + p * lda, lda, to, lda);
    }
  }
  w.release(mark);
}
