import { SPARE, type Work } from './work.js';

/**
 * Level 2 and 3 of the BLAS, as far as the factorisations need them, on column-major memory. Sums over k are made in order, in blocks of 256.
 */

const M_BLOCK = 256;
const N_BLOCK = 128;
const K_BLOCK = 256;
/** Below this many multiplications packing costs more than it saves. */
const SIMPLE = 2000;

/** C += alpha op(A) op(B), where op is the transpose where `ta`, `tb`. alpha is 1 or -1. */
function gemm(
  w: Work,
  ta: boolean,
  tb: boolean,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  c: number,
  ldc: number,
): void {
  if (m <= 0 || n <= 0 || k <= 0) return;
  const f = w.f;
  const ai = ta ? lda : 1;
  const ak = ta ? 1 : lda;
  const bk = tb ? ldb : 1;
  const bj = tb ? 1 : ldb;
  if (m * n * k <= SIMPLE && k <= K_BLOCK) {
    for (let j = 0; j < n; j++)
      for (let i = 0; i < m; i++) {
        let s = 0;
        let p = a + i * ai;
        let q = b + j * bj;
        for (let l = 0; l < k; l++) {
          s += f[p] * f[q];
          p += ak;
          q += bk;
        }
        f[c + i + j * ldc] += alpha * s;
      }
    return;
  }
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const kk = Math.min(K_BLOCK, k - k0);
    for (let i0 = 0; i0 < m; i0 += M_BLOCK) {
      const mm = Math.min(M_BLOCK, m - i0);
      pack(f, w.packB, a + i0 * ai + k0 * ak, ai, ak, mm, kk, 1);
      for (let j0 = 0; j0 < n; j0 += N_BLOCK) {
        const nn = Math.min(N_BLOCK, n - j0);
        pack(f, w.packA, b + j0 * bj + k0 * bk, bj, bk, nn, kk, alpha);
        block(w, mm, nn, kk, c + i0 + j0 * ldc, ldc);
      }
    }
  }
}

/** Tiles of four (rows of A or columns of B), k by k; the last is filled with zeros. */
function pack(
  f: Float64Array,
  to: number,
  from: number,
  step: number,
  stepK: number,
  n: number,
  k: number,
  alpha: number,
): void {
  let at = to;
  for (let i = 0; i < n; i += 4) {
    let p = from + i * step;
    if (i + 4 <= n) {
      for (let l = 0; l < k; l++) {
        f[at] = alpha * f[p];
        f[at + 1] = alpha * f[p + step];
        f[at + 2] = alpha * f[p + 2 * step];
        f[at + 3] = alpha * f[p + 3 * step];
        at += 4;
        p += stepK;
      }
    } else {
      for (let l = 0; l < k; l++) {
        for (let r = 0; r < 4; r++) f[at + r] = i + r < n ? alpha * f[p + r * step] : 0;
        at += 4;
        p += stepK;
      }
    }
  }
}

function block(w: Work, m: number, n: number, k: number, c: number, ldc: number): void {
  const f = w.f;
  const a = w.packA * 8;
  const b = w.packB * 8;
  const mt = m >> 2;
  const nt = n >> 2;
  const tile = 4 * k * 8;
  if (mt > 0 && nt > 0) w.k.panels(a, b, c * 8, nt, mt, k, 0, ldc * 8, 4 * ldc * 8, 32);
  const e = w.edge;
  if (n & 3) {
    const tiles = (m + 3) >> 2;
    const ld = tiles * 4;
    w.k.panels(a + nt * tile, b, e * 8, 1, tiles, k, 1, ld * 8, 0, 32);
    for (let j = 4 * nt; j < n; j++) for (let i = 0; i < m; i++) f[c + i + j * ldc] += f[e + i + (j - 4 * nt) * ld];
  }
  if (m & 3) {
    for (let t = 0; t < nt; t++) {
      w.k.panels(a + t * tile, b + mt * tile, e * 8, 1, 1, k, 1, 32, 0, 0);
      for (let j = 0; j < 4; j++)
        for (let i = 4 * mt; i < m; i++) f[c + i + (4 * t + j) * ldc] += f[e + (i - 4 * mt) + j * 4];
    }
  }
}

/** y += alpha A x, over n columns of m rows. */
function gemvN(
  w: Work,
  m: number,
  n: number,
  alpha: number,
  a: number,
  lda: number,
  x: number,
  incx: number,
  y: number,
): void {
  if (m <= 0) return;
  const f = w.f;
  const c = w.coefficients;
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    for (let r = 0; r < 4; r++) f[c + r] = alpha * f[x + (j + r) * incx];
    w.k.axpy4((a + j * lda) * 8, lda * 8, c * 8, y * 8, m);
  }
  for (; j < n; j++) {
    f[c] = alpha * f[x + j * incx];
    w.k.axpy1((a + j * lda) * 8, lda * 8, c * 8, y * 8, m);
  }
}

/** y = A^T x, over n columns of m rows. */
function gemvT(w: Work, m: number, n: number, a: number, lda: number, x: number, y: number): void {
  let j = 0;
  for (; j + 4 <= n; j += 4) w.k.dot4((a + j * lda) * 8, lda * 8, x * 8, (y + j) * 8, m);
  for (; j < n; j++) w.k.dot1((a + j * lda) * 8, lda * 8, x * 8, (y + j) * 8, m);
}

/** y += sign A x for a symmetric A of which the lower triangle is read, or for a skew one (`mirror` -1). */
function symv(w: Work, n: number, a: number, lda: number, x: number, y: number, sign: number, mirror: number): void {
  const f = w.f;
  const r = w.results;
  const c = w.coefficients;
  let j = 0;
  const corner = (q0: number, q1: number, d: number): void => {
    for (let q = q0; q < q1; q++) {
      if (mirror === 1) f[y + j + q] += sign * f[d + q + q * lda] * f[x + j + q];
      for (let p = q + 1; p < q1; p++) {
        const v = sign * f[d + p + q * lda];
        f[y + j + p] += v * f[x + j + q];
        f[y + j + q] += mirror * v * f[x + j + p];
      }
    }
  };
  for (; j + 4 < n; j += 4) {
    const d = a + j + j * lda;
    // The corner of four on the diagonal, then the rows below it.
    corner(0, 4, d);
    for (let q = 0; q < 4; q++) f[c + q] = sign * f[x + j + q];
    w.k.sym4((d + 4) * 8, lda * 8, (x + j + 4) * 8, r * 8, n - j - 4, c * 8, (y + j + 4) * 8);
    for (let q = 0; q < 4; q++) f[y + j + q] += mirror * sign * f[r + q];
  }
  corner(0, n - j, a + j + j * lda);
}

/** y = A x for a symmetric or Hermitian A of which the lower triangle is read. */
export function hermitianTimes(w: Work, n: number, a: number, lda: number, x: number, y: number): void {
  const { f, im } = w;
  f.fill(0, y, y + n);
  symv(w, n, a, lda, x, y, 1, 1);
  if (im === 0) return;
  f.fill(0, y + im, y + im + n);
  symv(w, n, a + im, lda, x + im, y, -1, -1);
  symv(w, n, a, lda, x + im, y + im, 1, 1);
  symv(w, n, a + im, lda, x, y + im, 1, -1);
}

/** How an operand of a product is read. */
export const PLAIN = 0;
export const TRANSPOSED = 1;
/** Conjugated and transposed. */
export const ADJOINT = 2;

/** C += alpha op(A) op(B) for real or complex matrices; alpha is 1 or -1. */
export function multiply(
  w: Work,
  opA: number,
  opB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  c: number,
  ldc: number,
): void {
  const ta = opA !== PLAIN;
  const tb = opB !== PLAIN;
  gemm(w, ta, tb, m, n, k, alpha, a, lda, b, ldb, c, ldc);
  const z = w.im;
  if (z === 0) return;
  const sa = opA === ADJOINT ? -alpha : alpha;
  const sb = opB === ADJOINT ? -1 : 1;
  gemm(w, ta, tb, m, n, k, -sa * sb, a + z, lda, b + z, ldb, c, ldc);
  gemm(w, ta, tb, m, n, k, alpha * sb, a, lda, b + z, ldb, c + z, ldc);
  gemm(w, ta, tb, m, n, k, sa, a + z, lda, b, ldb, c + z, ldc);
}

/** y += alpha A x, with the conjugate of x where `conjugate`. */
export function addProduct(
  w: Work,
  m: number,
  n: number,
  alpha: number,
  a: number,
  lda: number,
  x: number,
  incx: number,
  conjugate: boolean,
  y: number,
): void {
  gemvN(w, m, n, alpha, a, lda, x, incx, y);
  const z = w.im;
  if (z === 0) return;
  const s = conjugate ? -alpha : alpha;
  gemvN(w, m, n, -s, a + z, lda, x + z, incx, y);
  gemvN(w, m, n, s, a, lda, x + z, incx, y + z);
  gemvN(w, m, n, alpha, a + z, lda, x, incx, y + z);
}

/** y = A^H x. */
export function adjointTimes(w: Work, m: number, n: number, a: number, lda: number, x: number, y: number): void {
  const { f, im: z, spare: t } = w;
  gemvT(w, m, n, a, lda, x, y);
  if (z === 0) return;
  for (let j = 0; j < n; j += SPARE) {
    const nj = Math.min(SPARE, n - j);
    const aj = a + j * lda;
    gemvT(w, m, nj, aj + z, lda, x + z, t);
    for (let i = 0; i < nj; i++) f[y + j + i] += f[t + i];
    gemvT(w, m, nj, aj, lda, x + z, y + j + z);
    gemvT(w, m, nj, aj + z, lda, x, t);
    for (let i = 0; i < nj; i++) f[y + j + i + z] -= f[t + i];
  }
}

/** x *= s, a complex number. */
export function scaleBy(w: Work, n: number, x: number, inc: number, re: number, im: number): void {
  const { f, im: z } = w;
  if (z === 0) {
    for (let i = 0, p = x; i < n; i++, p += inc) f[p] *= re;
    return;
  }
  for (let i = 0, p = x; i < n; i++, p += inc) {
    const a = f[p];
    const b = f[p + z];
    f[p] = a * re - b * im;
    f[p + z] = a * im + b * re;
  }
}

/** Largest and smallest sums of squares that lost nothing to overflow or underflow. */
const BIG = 1e300;
const TINY = 1e-280;

/** The 2-norm, without overflow or harmful underflow. */
export function norm2(f: Float64Array, n: number, x: number, inc: number): number {
  let s = 0;
  for (let i = 0, p = x; i < n; i++, p += inc) s += f[p] * f[p];
  if (s < BIG && s > TINY) return Math.sqrt(s);
  let top = 0;
  for (let i = 0, p = x; i < n; i++, p += inc) {
    const v = Math.abs(f[p]);
    if (!(v <= top)) top = v;
  }
  if (top === 0 || !(top < Infinity)) return top;
  s = 0;
  for (let i = 0, p = x; i < n; i++, p += inc) {
    const v = f[p] / top;
    s += v * v;
  }
  return top * Math.sqrt(s);
}
