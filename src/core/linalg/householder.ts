import { gemm, gemvT, norm2 } from './product.js';
import type { Work } from './work.js';

/**
 * Elementary reflectors H = I - tau v v^T with v[0] = 1, and products of several of them in the compact WY form I - V T V^T of Schreiber and Van Loan
 * (LAPACK's larfg, larft and larfb).
 */

/** The smallest number whose reciprocal does not overflow, over the relative precision: below it reflectors lose accuracy. */
const SMALL = 2 ** -1022 / 2 ** -53;

/** Columns that are reduced before the rest of the matrix is updated. */
export const PANEL = 32;

/**
 * Makes the reflector that maps (alpha, x) to (beta, 0): f[alpha] becomes beta, x the rest of v. Returns tau; zero where x is zero.
 * beta has the sign opposite to alpha's, as LAPACK's larfg gives it.
 */
export function reflector(f: Float64Array, n: number, alpha: number, x: number, inc: number): number {
  if (n <= 1) return 0;
  let norm = norm2(f, n - 1, x, inc);
  if (norm === 0) return 0;
  let a = f[alpha];
  let beta = a >= 0 && !Object.is(a, -0) ? -hypot(a, norm) : hypot(a, norm);
  let times = 0;
  while (Math.abs(beta) < SMALL && times < 20) {
    times++;
    for (let i = 0, p = x; i < n - 1; i++, p += inc) f[p] /= SMALL;
    beta /= SMALL;
    a /= SMALL;
    if (!(Math.abs(beta) < SMALL) || times === 20) {
      norm = norm2(f, n - 1, x, inc);
      beta = a >= 0 ? -hypot(a, norm) : hypot(a, norm);
    }
  }
  const tau = (beta - a) / beta;
  const scale = 1 / (a - beta);
  for (let i = 0, p = x; i < n - 1; i++, p += inc) f[p] *= scale;
  for (; times > 0; times--) beta *= SMALL;
  f[alpha] = beta;
  return tau;
}

/** sqrt(x^2 + y^2) without overflow, made as LAPACK's lapy2 does. */
export function hypot(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const big = a > b ? a : b;
  const low = a > b ? b : a;
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  if (low === 0 || big === Infinity) return big;
  const q = low / big;
  return big * Math.sqrt(1 + q * q);
}

/** T of the product of k reflectors, the columns of V (m rows, with their ones and zeros written out); `t` has leading dimension PANEL. */
export function blockFactor(w: Work, m: number, k: number, v: number, ldv: number, tau: number, t: number): void {
  const f = w.f;
  for (let i = 0; i < k; i++) {
    const ti = f[tau + i];
    const col = t + i * PANEL;
    // t[0:i, i] = -tau T[0:i, 0:i] (V[:, 0:i]^T v_i)
    gemvT(w, m, i, v, ldv, v + i * ldv, col);
    for (let r = 0; r < i; r++) {
      let s = 0;
      for (let q = r; q < i; q++) s += f[t + r + q * PANEL] * f[col + q];
      f[col + r] = -ti * s;
    }
    f[col + i] = ti;
    for (let r = i + 1; r < k; r++) f[col + r] = 0;
  }
}

/** C = (I - V T V^T) C, with the transpose of T where `transpose`; `work` has room for PANEL rows and n columns. */
export function applyLeft(
  w: Work,
  transpose: boolean,
  m: number,
  n: number,
  k: number,
  v: number,
  ldv: number,
  t: number,
  c: number,
  ldc: number,
  work: number,
): void {
  if (m <= 0 || n <= 0 || k <= 0) return;
  const f = w.f;
  f.fill(0, work, work + PANEL * n);
  gemm(w, true, false, k, n, m, 1, v, ldv, c, ldc, work, PANEL);
  for (let j = 0; j < n; j++) {
    const x = work + j * PANEL;
    if (transpose) {
      for (let r = k - 1; r >= 0; r--) {
        let s = 0;
        for (let q = 0; q <= r; q++) s += f[t + q + r * PANEL] * f[x + q];
        f[x + r] = s;
      }
    } else {
      for (let r = 0; r < k; r++) {
        let s = 0;
        for (let q = r; q < k; q++) s += f[t + r + q * PANEL] * f[x + q];
        f[x + r] = s;
      }
    }
  }
  gemm(w, false, false, m, n, k, -1, v, ldv, work, PANEL, c, ldc);
}

/**
 * C = H1 H2 ... Hk C for the reflectors below row `shift` of the columns of V (ones are implied at [j + shift, j]), panel by panel from the last:
 * C becomes Q where it was I. With `transpose`, C = Hk ... H1 C.
 */
export function applyReflectors(
  w: Work,
  transpose: boolean,
  m: number,
  n: number,
  k: number,
  v: number,
  ldv: number,
  shift: number,
  tau: number,
  c: number,
  ldc: number,
  fromIdentity = false,
): void {
  const f = w.f;
  const mark = w.mark();
  const t = w.take(PANEL * PANEL);
  const panel = w.take(m * PANEL + PANEL);
  const work = w.take(PANEL * n);
  const panels = Math.ceil(k / PANEL);
  for (let step = 0; step < panels; step++) {
    const j0 = (transpose ? step : panels - 1 - step) * PANEL;
    const kk = Math.min(PANEL, k - j0);
    const r0 = j0 + shift;
    const rows = m - r0;
    for (let j = 0; j < kk; j++) {
      const to = panel + j * rows;
      f.fill(0, to, to + j);
      f[to + j] = 1;
      const from = v + (j0 + j) * ldv + r0;
      f.copyWithin(to + j + 1, from + j + 1, from + rows);
    }
    blockFactor(w, rows, kk, panel, rows, tau + j0, t);
    // Left of the panel's rows the columns are still those of I.
    const c0 = fromIdentity ? Math.min(n, r0) : 0;
    applyLeft(w, transpose, rows, n - c0, kk, panel, rows, t, c + r0 + c0 * ldc, ldc, work);
  }
  w.release(mark);
}
