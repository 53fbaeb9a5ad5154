import { PANEL, reflector } from './householder.js';
import { dot, gemm, gemvN, gemvT, symv } from './product.js';
import type { Work } from './work.js';

/**
 * Reduces a symmetric matrix, of which the lower triangle is read, to tridiagonal form by reflectors: LAPACK's sytrd with its panels (latrd). The vectors
 * of the reflectors stay below the subdiagonal, their ones written out; d has n numbers, e and tau n - 1.
 */
export function tridiagonalise(w: Work, n: number, a: number, lda: number, d: number, e: number, tau: number): void {
  const f = w.f;
  const mark = w.mark();
  const wm = w.take(n * PANEL);
  const t = w.take(PANEL);
  for (let p = 0; p < n; p += PANEL) {
    const nb = Math.min(PANEL, n - p);
    for (let i = p; i < p + nb; i++) {
      const k = i - p;
      const col = a + i + i * lda;
      const rows = n - i;
      gemvN(w, rows, k, -1, a + i + p * lda, lda, wm + i, n, col);
      gemvN(w, rows, k, -1, wm + i, n, a + i + p * lda, lda, col);
      f[d + i] = f[col];
      if (i === n - 1) break;
      const v = col + 1;
      const ti = reflector(f, rows - 1, v, v + 1, 1);
      f[e + i] = f[v];
      f[v] = 1;
      f[tau + i] = ti;
      const y = wm + i + 1 + k * n;
      const below = rows - 1;
      symv(w, below, a + (i + 1) * (lda + 1), lda, v, y);
      gemvT(w, below, k, wm + i + 1, n, v, t);
      gemvN(w, below, k, -1, a + i + 1 + p * lda, lda, t, 1, y);
      gemvT(w, below, k, a + i + 1 + p * lda, lda, v, t);
      gemvN(w, below, k, -1, wm + i + 1, n, t, 1, y);
      for (let r = 0; r < below; r++) f[y + r] *= ti;
      f[t] = -0.5 * ti * dot(w, below, y, v);
      gemvN(w, below, 1, 1, v, lda, t, 1, y);
    }
    const q = p + nb;
    // The lower triangle of what is left, a strip of columns at a time.
    const strip = 2 * PANEL;
    for (let j = q; j < n; j += strip) {
      const nj = Math.min(strip, n - j);
      gemm(w, false, true, n - j, nj, nb, -1, a + j + p * lda, lda, wm + j, n, a + j + j * lda, lda);
      gemm(w, false, true, n - j, nj, nb, -1, wm + j, n, a + j + p * lda, lda, a + j + j * lda, lda);
    }
  }
  w.release(mark);
}
