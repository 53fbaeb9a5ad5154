import { applyLeft, extendFactor, PANEL, reflector } from './householder.js';
import { ADJOINT, addProduct, adjointTimes, multiply, PLAIN, scaleBy } from './product.js';
import type { Work } from './work.js';

/** Numbers of memory that `hessenberg` takes. */
export const hessenbergWork = (n: number): number => PANEL * (3 * n + PANEL + 8);

/**
 * Reduces rows and columns lo to hi to upper Hessenberg form Q^H A Q: LAPACK's gehrd with its panels (lahr2; Quintana-Orti and van de Geijn). The vectors come to the
 * columns of `v`, ones and zeros written out, their factors to tau; A has zeros below its subdiagonal.
 */
export function hessenberg(
  w: Work,
  n: number,
  lo: number,
  hi: number,
  a: number,
  lda: number,
  v: number,
  ldv: number,
  tau: number,
): void {
  const { f, im: z } = w;
  const mark = w.mark();
  const t = w.take(PANEL * PANEL);
  const y = w.take(n * PANEL);
  const s1 = w.take(PANEL);
  const s2 = w.take(PANEL);
  const work = w.take(2 * PANEL * n);
  const parts = z > 0 ? [0, z] : [0];
  for (let p = lo; p < hi - 1; p += PANEL) {
    const nb = Math.min(PANEL, hi - 1 - p);
    const k = p + 1;
    const rows = hi + 1 - k;
    // The panel's reflectors, from row k on.
    const vk = v + k + p * ldv;
    for (let i = 0; i < nb; i++) {
      const c = p + i;
      const col = a + k + c * lda;
      if (i > 0) {
        addProduct(w, rows, i, -1, y + k, n, v + c + p * ldv, ldv, true, col);
        // Then from the left: I - V T^H V^H.
        adjointTimes(w, rows, i, vk, ldv, col, s1);
        adjointTimes(w, i, i, t, PANEL, s1, s2);
        addProduct(w, rows, i, -1, vk, ldv, s2, 1, false, col);
      }
      const alpha = col + i;
      reflector(w, rows - i, alpha, alpha + 1, 1, tau + c);
      const vi = v + k + i + c * ldv;
      for (const part of parts) {
        f.copyWithin(vi + 1 + part, alpha + 1 + part, alpha + rows - i + part);
        f.fill(0, alpha + 1 + part, alpha + rows - i + part);
        f[vi + part] = part === 0 ? 1 : 0;
      }
      const yi = y + k + i * n;
      for (const part of parts) f.fill(0, yi + part, yi + part + rows);
      addProduct(w, rows, rows - i, 1, a + k + (k + i) * lda, lda, vi, 1, false, yi);
      adjointTimes(w, rows, i, vk, ldv, v + k + c * ldv, s1);
      addProduct(w, rows, i, -1, y + k, n, s1, 1, false, yi);
      scaleBy(w, rows, yi, 1, f[tau + c], z > 0 ? f[tau + c + z] : 0);
      extendFactor(w, i, s1, tau + c, t);
    }
    // Rows above: Y = A V T.
    for (const part of parts) {
      f.fill(0, work + part, work + part + k * nb);
      for (let i = 0; i < nb; i++) f.fill(0, y + i * n + part, y + i * n + part + k);
    }
    multiply(w, PLAIN, PLAIN, k, nb, rows, 1, a + k * lda, lda, vk, ldv, work, k);
    multiply(w, PLAIN, PLAIN, k, nb, nb, 1, work, k, t, PANEL, y, n);
    multiply(w, PLAIN, ADJOINT, k, rows, nb, -1, y, n, vk, ldv, a + k * lda, lda);
    // What is right of the panel, from both sides.
    const q = p + nb;
    multiply(w, PLAIN, ADJOINT, rows, hi + 1 - q, nb, -1, y + k, n, v + q + p * ldv, ldv, a + k + q * lda, lda);
    applyLeft(w, true, rows, n - q, nb, vk, ldv, t, a + k + q * lda, lda, work);
  }
  w.release(mark);
}
