import { PANEL, reflector } from './householder.js';
import { ADJOINT, addProduct, adjointTimes, multiply, PLAIN, scaleBy } from './product.js';
import type { Work } from './work.js';

/**
 * Reduces an m by n matrix, m >= n, to real upper bidiagonal form Q^H A P by reflectors from both sides: LAPACK's gebrd with its panels (labrd). The vectors
 * of Q stay below the diagonal, their ones written out; those of P come to the columns of `p` (n by n), below its diagonal, ones written out. d has n
 * numbers, e n - 1.
 */
export function bidiagonalise(
  w: Work,
  m: number,
  n: number,
  a: number,
  lda: number,
  p: number,
  ldp: number,
  d: number,
  e: number,
  tauq: number,
  taup: number,
): void {
  const { f, im: z } = w;
  const mark = w.mark();
  const x = w.take(m * PANEL);
  const y = w.take(n * PANEL);
  const t = w.take(PANEL);
  for (let s = 0; s < n; s += PANEL) {
    const nb = Math.min(PANEL, n - s);
    for (let i = s; i < s + nb; i++) {
      const k = i - s;
      const rows = m - i;
      const col = a + i + i * lda;
      // This column, brought up to date.
      addProduct(w, rows, k, -1, a + i + s * lda, lda, y + i, n, true, col);
      addProduct(w, rows, k, -1, x + i, m, p + i + s * ldp, ldp, true, col);
      reflector(w, rows, col, col + 1, 1, tauq + i);
      f[d + i] = f[col];
      f[col] = 1;
      if (i === n - 1) break;
      const rest = n - i - 1;
      const yi = y + i + 1 + k * n;
      adjointTimes(w, rows, rest, col + lda, lda, col, yi);
      adjointTimes(w, rows, k, a + i + s * lda, lda, col, t);
      addProduct(w, rest, k, -1, y + i + 1, n, t, 1, false, yi);
      adjointTimes(w, rows, k, x + i, m, col, t);
      addProduct(w, rest, k, -1, p + i + 1 + s * ldp, ldp, t, 1, false, yi);
      scaleBy(w, rest, yi, 1, f[tauq + i], z > 0 ? f[tauq + i + z] : 0);
      // The conjugate of this row, as a column of P.
      const v = p + i + 1 + i * ldp;
      for (let j = 0; j < rest; j++) {
        f[v + j] = f[col + (j + 1) * lda];
        if (z > 0) f[v + j + z] = -f[col + (j + 1) * lda + z];
      }
      addProduct(w, rest, k + 1, -1, y + i + 1, n, a + i + s * lda, lda, true, v);
      addProduct(w, rest, k, -1, p + i + 1 + s * ldp, ldp, x + i, m, true, v);
      reflector(w, rest, v, v + 1, 1, taup + i);
      f[e + i] = f[v];
      f[v] = 1;
      const below = rows - 1;
      if (below === 0) continue;
      const xi = x + i + 1 + k * m;
      f.fill(0, xi, xi + below);
      if (z > 0) f.fill(0, xi + z, xi + z + below);
      addProduct(w, below, rest, 1, col + lda + 1, lda, v, 1, false, xi);
      adjointTimes(w, rest, k + 1, y + i + 1, n, v, t);
      addProduct(w, below, k + 1, -1, a + i + 1 + s * lda, lda, t, 1, false, xi);
      adjointTimes(w, rest, k, p + i + 1 + s * ldp, ldp, v, t);
      addProduct(w, below, k, -1, x + i + 1, m, t, 1, false, xi);
      scaleBy(w, below, xi, 1, f[taup + i], z > 0 ? f[taup + i + z] : 0);
    }
    const q = s + nb;
    if (q >= n) break;
    const to = a + q + q * lda;
    multiply(w, PLAIN, ADJOINT, m - q, n - q, nb, -1, a + q + s * lda, lda, y + q, n, to, lda);
    multiply(w, PLAIN, ADJOINT, m - q, n - q, nb, -1, x + q, m, p + q + s * ldp, ldp, to, lda);
  }
  w.release(mark);
}
