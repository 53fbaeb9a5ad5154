import { ADJOINT, addProduct, adjointTimes, multiply, norm2, PLAIN, scaleBy } from './product.js';
import type { Work } from './work.js';

/**
 * Elementary reflectors H = I - tau v v^H with v[0] = 1, and products of several of them in the compact WY form I - V T V^H of Schreiber and Van Loan
 * (LAPACK's larfg, larft and larfb), real or complex.
 */

/** The smallest number whose reciprocal does not overflow, over the relative precision: below it reflectors lose accuracy. */
const SMALL = 2 ** -1022 / 2 ** -53;

/** Columns that are reduced before the rest of the matrix is updated. */
export const PANEL = 32;

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

/** The 2-norm of n complex or real numbers. */
export function vectorNorm(w: Work, n: number, x: number, inc: number): number {
  const re = norm2(w.f, n, x, inc);
  return w.im === 0 ? re : hypot(re, norm2(w.f, n, x + w.im, inc));
}

/**
 * Makes the reflector with H^H (alpha, x) = (beta, 0): alpha becomes beta, which is real, x the rest of v; tau is written. tau is zero where there is
 * nothing to do. beta has the sign opposite to that of alpha's real part.
 */
export function reflector(w: Work, n: number, alpha: number, x: number, inc: number, tau: number): void {
  const { f, im: z } = w;
  f[tau] = 0;
  if (z > 0) f[tau + z] = 0;
  if (n <= 0) return;
  let norm = vectorNorm(w, n - 1, x, inc);
  let ar = f[alpha];
  let ai = z > 0 ? f[alpha + z] : 0;
  if (norm === 0 && ai === 0) return;
  const size = (): number => {
    const h = ai === 0 ? hypot(ar, norm) : hypot(hypot(ar, ai), norm);
    return ar < 0 || Object.is(ar, -0) ? h : -h;
  };
  let beta = size();
  let times = 0;
  while (Math.abs(beta) < SMALL && times < 20) {
    times++;
    scaleBy(w, n - 1, x, inc, 1 / SMALL, 0);
    beta /= SMALL;
    ar /= SMALL;
    ai /= SMALL;
    if (!(Math.abs(beta) < SMALL)) {
      norm = vectorNorm(w, n - 1, x, inc);
      beta = size();
    }
  }
  f[tau] = (beta - ar) / beta;
  if (z === 0) scaleBy(w, n - 1, x, inc, 1 / (ar - beta), 0);
  else {
    f[tau + z] = -ai / beta;
    const [re, im] = divide(1, 0, ar - beta, ai);
    scaleBy(w, n - 1, x, inc, re, im);
    f[alpha + z] = 0;
  }
  for (; times > 0; times--) beta *= SMALL;
  f[alpha] = beta;
}

/** (a + bi) / (c + di), by Smith's method. */
export function divide(a: number, b: number, c: number, d: number): [number, number] {
  if (Math.abs(d) < Math.abs(c)) {
    const e = d / c;
    const g = c + d * e;
    return [(a + b * e) / g, (b - a * e) / g];
  }
  const e = c / d;
  const g = d + c * e;
  return [(b + a * e) / g, (-a + b * e) / g];
}

/** Writes column i of T, given V[:, 0:i]^H v_i in `product` (i numbers, spoiled). T has leading dimension PANEL and zeros below its diagonal. */
export function extendFactor(w: Work, i: number, product: number, tau: number, t: number): void {
  const { f, im: z } = w;
  const col = t + i * PANEL;
  const tr = f[tau];
  f.fill(0, col, col + PANEL);
  if (z > 0) f.fill(0, col + z, col + z + PANEL);
  addProduct(w, i, i, -1, t, PANEL, product, 1, false, col);
  scaleBy(w, i, col, 1, tr, z > 0 ? f[tau + z] : 0);
  f[col + i] = tr;
  if (z > 0) f[col + i + z] = f[tau + z];
}

/** C = (I - V T V^H) C, or with the adjoint of T; `work` has room for 2 PANEL n numbers. */
export function applyLeft(
  w: Work,
  adjoint: boolean,
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
  const { f, im: z } = w;
  const second = work + PANEL * n;
  for (const part of z > 0 ? [0, z] : [0]) f.fill(0, work + part, work + part + 2 * PANEL * n);
  multiply(w, ADJOINT, PLAIN, k, n, m, 1, v, ldv, c, ldc, work, PANEL);
  multiply(w, adjoint ? ADJOINT : PLAIN, PLAIN, k, n, k, 1, t, PANEL, work, PANEL, second, PANEL);
  multiply(w, PLAIN, PLAIN, m, n, k, -1, v, ldv, second, PANEL, c, ldc);
}

/** Copies k reflectors out of the columns of `v` (unit entries implied on the diagonal) into `to`, with ones and zeros written out. */
export function unpackPanel(w: Work, rows: number, k: number, v: number, ldv: number, to: number): void {
  const { f, im: z } = w;
  for (const part of z > 0 ? [0, z] : [0])
    for (let j = 0; j < k; j++) {
      const at = to + j * rows + part;
      const from = v + j * ldv + part;
      f.fill(0, at, at + j);
      f[at + j] = part === 0 ? 1 : 0;
      f.copyWithin(at + j + 1, from + j + 1, from + rows);
    }
}

/** T of k reflectors written out in the columns of `v`; `spare` has room for PANEL numbers. */
export function blockFactor(
  w: Work,
  m: number,
  k: number,
  v: number,
  ldv: number,
  tau: number,
  t: number,
  spare: number,
): void {
  for (let i = 0; i < k; i++) {
    adjointTimes(w, m, i, v, ldv, v + i * ldv, spare);
    extendFactor(w, i, spare, tau + i, t);
  }
}

/** Numbers of memory that `applyReflectors` takes for m rows and n columns. */
export const reflectorsWork = (m: number, n: number): number => PANEL * (PANEL + m + 2 * n + 4);

/**
 * C = H1 H2 ... Hk C for the reflectors below row `shift` of the columns of V (ones are implied at [j + shift, j]), panel by panel from the last; or, with
 * `adjoint`, Hk^H ... H1^H C. `fromIdentity` says that C is I on entry, so that columns left of a panel need no work.
 */
export function applyReflectors(
  w: Work,
  adjoint: boolean,
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
  const mark = w.mark();
  const t = w.take(PANEL * PANEL);
  const panel = w.take(m * PANEL);
  const spare = w.take(PANEL);
  const work = w.take(2 * PANEL * n);
  const panels = Math.ceil(k / PANEL);
  for (let step = 0; step < panels; step++) {
    const j0 = (adjoint ? step : panels - 1 - step) * PANEL;
    const kk = Math.min(PANEL, k - j0);
    const r0 = j0 + shift;
    const rows = m - r0;
    unpackPanel(w, rows, kk, v + j0 * ldv + r0, ldv, panel);
    blockFactor(w, rows, kk, panel, rows, tau + j0, t, spare);
    const c0 = fromIdentity ? Math.min(n, r0) : 0;
    applyLeft(w, adjoint, rows, n - c0, kk, panel, rows, t, c + r0 + c0 * ldc, ldc, work);
  }
  w.release(mark);
}

/** A = Q R by panels of reflectors (LAPACK's geqrf): R above, the reflectors below the diagonal, tau beside. */
export function householderQR(w: Work, m: number, n: number, a: number, lda: number, tau: number): void {
  const { f, im: z } = w;
  const mark = w.mark();
  const t = w.take(PANEL * PANEL);
  const panel = w.take(m * PANEL);
  const spare = w.take(PANEL);
  const work = w.take(2 * PANEL * n);
  const k = Math.min(m, n);
  for (let p = 0; p < k; p += PANEL) {
    const nb = Math.min(PANEL, k - p);
    for (let j = p; j < p + nb; j++) {
      const col = a + j + j * lda;
      reflector(w, m - j, col, col + 1, 1, tau + j);
      const rest = p + nb - j - 1;
      if (rest === 0) continue;
      // H^H on the other columns of the panel.
      const top = f[col];
      f[col] = 1;
      adjointTimes(w, m - j, rest, col + lda, lda, col, spare);
      const tr = f[tau + j];
      const ti = z > 0 ? f[tau + j + z] : 0;
      for (let q = 0; q < rest; q++) {
        // spare = (column^H v); the factor is conj(tau) v^H column.
        const sr = f[spare + q];
        const si = z > 0 ? -f[spare + q + z] : 0;
        f[spare + q] = tr * sr + ti * si;
        if (z > 0) f[spare + q + z] = tr * si - ti * sr;
        addProduct(w, m - j, 1, -1, col, lda, spare + q, 1, false, col + (q + 1) * lda);
      }
      f[col] = top;
    }
    const rest = n - p - nb;
    if (rest > 0) {
      unpackPanel(w, m - p, nb, a + p + p * lda, lda, panel);
      blockFactor(w, m - p, nb, panel, m - p, tau + p, t, spare);
      applyLeft(w, true, m - p, rest, nb, panel, m - p, t, a + p + (p + nb) * lda, lda, work);
    }
  }
  w.release(mark);
}
