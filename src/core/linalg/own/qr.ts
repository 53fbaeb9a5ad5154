import { doubles, mark, release, take } from '../arena.js';
import { ladiv, quotient } from './complex.js';
import { EPS, type Kit, SAFE_MIN } from './kit.js';

/**
 * QR factors by Householder reflections, H = 1 - tau v vᴴ with v beginning with 1 (Golub and Van Loan, Matrix Computations, 5.1 and 5.2),
 * in blocks of columns whose reflections are joined to 1 - V T Vᴴ (Schreiber and Van Loan, SIAM J. Sci. Stat. Comput. 10, 1989; LAPACK's
 * dlarft and dlarfb). Signs are those of LAPACK's dlarfg.
 */

const BLOCK = 32;

/**
 * Makes a reflector whose conjugate transpose takes (alpha, x) to (beta, 0), with beta real: alpha becomes beta, x the rest of v. `tau` is
 * a place.
 */
export function larfg(kit: Kit, n: number, alpha: number, x: number, tau: number): void {
  const H = doubles();
  const w = kit.width;
  H[tau] = 0;
  if (w === 2) H[tau + 1] = 0;
  if (n <= 0 || (w === 1 && n === 1)) return;
  let norm = kit.nrm2(n - 1, x);
  let re = H[alpha];
  let im = w === 2 ? H[alpha + 1] : 0;
  if (norm === 0 && im === 0) return;
  const length = (): number => {
    const l = w === 1 ? Math.hypot(re, norm) : Math.hypot(re, im, norm);
    return re < 0 || Object.is(re, -0) ? l : -l;
  };
  let beta = length();
  // Where all is tiny, the vector is scaled up first.
  const least = SAFE_MIN / EPS;
  let scaled = 0;
  while (Math.abs(beta) < least && scaled < 20) {
    scaled++;
    kit.scal(n - 1, 1 / least, 0, x, 1);
    re /= least;
    im /= least;
    beta /= least;
    if (Math.abs(beta) >= least || scaled === 20) {
      norm = kit.nrm2(n - 1, x);
      beta = length();
    }
  }
  H[tau] = (beta - re) / beta;
  if (w === 2) H[tau + 1] = -im / beta;
  const r = w === 1 ? 1 / (re - beta) : ladiv(1, 0, re - beta, im);
  kit.scal(n - 1, r, w === 1 ? 0 : quotient.im, x, 1);
  for (; scaled > 0; scaled--) beta *= least;
  H[alpha] = beta;
  if (w === 2) H[alpha + 1] = 0;
}

/** Reflections column by column. */
function geqr2(kit: Kit, m: number, n: number, a: number, lda: number, tau: number): void {
  const H = doubles();
  const w = kit.width;
  const start = mark();
  const work = take(w * n);
  for (let i = 0; i < Math.min(m, n); i++) {
    const d = a + w * (i + i * lda);
    const t = tau + w * i;
    larfg(kit, m - i, d, i + 1 < m ? d + w : d, t);
    if (i + 1 >= n || (H[t] === 0 && (w === 1 || H[t + 1] === 0))) continue;
    const saved = H[d];
    const savedIm = w === 2 ? H[d + 1] : 0;
    H[d] = 1;
    if (w === 2) H[d + 1] = 0;
    // C - conj(tau) v (Cᴴ v)ᴴ; `project` gives Cᴴ v.
    kit.project(m - i, n - i - 1, d + w * lda, lda, d, work);
    kit.rank1(m - i, n - i - 1, H[t], w === 2 ? -H[t + 1] : 0, d, work, d + w * lda, lda);
    H[d] = saved;
    if (w === 2) H[d + 1] = savedIm;
  }
  release(start);
}

/** The reflectors of k columns as a matrix of their own, with the ones and zeros that are not stored: m by k without gaps. */
function vectors(w: 1 | 2, m: number, k: number, a: number, lda: number): number {
  const H = doubles();
  const v = take(w * m * k);
  for (let j = 0; j < k; j++) {
    const c = v + w * j * m;
    H.fill(0, c, c + w * j);
    H[c + w * j] = 1;
    if (w === 2) H[c + w * j + 1] = 0;
    const from = a + w * (j + 1 + j * lda);
    if (j + 1 < m) H.copyWithin(c + w * (j + 1), from, from + w * (m - j - 1));
  }
  return v;
}

/** The triangle T of k joined reflections, k by k with zeros below its diagonal. */
function triangle(kit: Kit, m: number, k: number, v: number, tau: number): number {
  const H = doubles();
  const w = kit.width;
  const t = take(w * k * k);
  const gram = take(w * k * k);
  kit.gemm('C', 'N', k, k, m, 1, v, m, v, m, 0, gram, k);
  H.fill(0, t, t + w * k * k);
  for (let j = 0; j < k; j++) {
    const c = t + w * j * k;
    const re = H[tau + w * j];
    const im = w === 2 ? H[tau + w * j + 1] : 0;
    // T[0:j, j] = -tau_j * T[0:j, 0:j] * (V[:, 0:j]ᴴ v_j)
    for (let l = 0; l < j; l++) {
      const g = gram + w * (l + j * k);
      kit.axpy(l + 1, H[g], w === 2 ? H[g + 1] : 0, t + w * l * k, 1, c, 1);
    }
    kit.scal(j, -re, -im, c, 1);
    H[c + w * j] = re;
    if (w === 2) H[c + w * j + 1] = im;
  }
  return t;
}

/** C = (1 - V op(T) Vᴴ) C, with C m by n. */
function applyBlock(
  kit: Kit,
  trans: 'N' | 'C',
  m: number,
  n: number,
  k: number,
  v: number,
  t: number,
  c: number,
  ldc: number,
): void {
  const w = kit.width;
  const first = take(w * k * n);
  const second = take(w * k * n);
  kit.gemm('C', 'N', k, n, m, 1, v, m, c, ldc, 0, first, k);
  kit.gemm(trans, 'N', k, n, k, 1, t, k, first, k, 0, second, k);
  kit.gemm('N', 'N', m, n, k, -1, v, m, second, k, 1, c, ldc);
}

export function geqrf(kit: Kit, m: number, n: number, a: number, lda: number, tau: number): void {
  const w = kit.width;
  const least = Math.min(m, n);
  for (let i = 0; i < least; i += BLOCK) {
    const k = Math.min(BLOCK, least - i);
    const d = a + w * (i + i * lda);
    geqr2(kit, m - i, k, d, lda, tau + w * i);
    if (i + k >= n) continue;
    const start = mark();
    const v = vectors(w, m - i, k, d, lda);
    const t = triangle(kit, m - i, k, v, tau + w * i);
    applyBlock(kit, 'C', m - i, n - i - k, k, v, t, d + w * k * lda, lda);
    release(start);
  }
}

/** The first n columns (at least k) of the product of k reflections, in place of the vectors. */
export function orgqr(kit: Kit, m: number, n: number, k: number, a: number, lda: number, tau: number): void {
  const H = doubles();
  const w = kit.width;
  const unit = (j: number): void => {
    const c = a + w * j * lda;
    H.fill(0, c, c + w * m);
    H[c + w * j] = 1;
  };
  for (let j = k; j < n; j++) unit(j);
  for (let i = Math.floor((k - 1) / BLOCK) * BLOCK; i >= 0 && k > 0; i -= BLOCK) {
    const count = Math.min(BLOCK, k - i);
    const d = a + w * (i + i * lda);
    const start = mark();
    const v = vectors(w, m - i, count, d, lda);
    const t = triangle(kit, m - i, count, v, tau + w * i);
    for (let j = i; j < i + count; j++) unit(j);
    applyBlock(kit, 'N', m - i, n - i, count, v, t, d, lda);
    release(start);
  }
}
