import { doubles, integers, mark, release, take } from '../arena.js';
import type { Kit } from './kit.js';
import { trsm } from './trsm.js';

/**
 * LU factors with partial pivoting: recursive in halves of the columns (Toledo 1997; LAPACK's dgetrf2), so that nearly all of the work is
 * in matrix products, down to blocks of columns that are factored one by one, left-looking: the products for an element are summed
 * before they are subtracted, in the order of OpenBLAS.
 */

const BASE = 16;

/** Exchanges rows k0 … k1-1 of n columns with those that pivots (counted from 1) name; `backward` undoes it. */
export function laswp(
  kit: Kit,
  n: number,
  a: number,
  lda: number,
  k0: number,
  k1: number,
  ipiv: number,
  backward = false,
): void {
  const I = integers();
  const H = doubles();
  const w = kit.width;
  for (let j = 0; j < n; j++) {
    const c = a + w * j * lda;
    for (let s = k0; s < k1; s++) {
      const i = backward ? k0 + k1 - 1 - s : s;
      const p = I[2 * ipiv + i] - 1;
      if (p === i) continue;
      const x = c + w * i;
      const y = c + w * p;
      const t = H[x];
      H[x] = H[y];
      H[y] = t;
      if (w === 2) {
        const u = H[x + 1];
        H[x + 1] = H[y + 1];
        H[y + 1] = u;
      }
    }
  }
}

/** @returns 0, or the number of the first pivot that is zero */
export function getrf(kit: Kit, m: number, n: number, a: number, lda: number, ipiv: number): number {
  return factor(kit, m, n, a, lda, ipiv, 0);
}

/** Factors m by n; pivots are written from `at`, counted from this part's first row. */
function factor(kit: Kit, m: number, n: number, a: number, lda: number, ipiv: number, at: number): number {
  const w = kit.width;
  const least = Math.min(m, n);
  if (least === 0) return 0;
  if (least <= BASE) {
    const info = oneByOne(kit, m, least, a, lda, ipiv, at);
    if (n > least) {
      const right = a + w * least * lda;
      shiftedSwap(kit, n - least, right, lda, least, ipiv, at);
      trsm(kit, 'L', 'L', 'N', 'U', least, n - least, a, lda, right, lda);
    }
    return info;
  }
  const half = Math.ceil(least / 2 / 8) * 8;
  const right = a + w * half * lda;
  let info = factor(kit, m, half, a, lda, ipiv, at);
  shiftedSwap(kit, n - half, right, lda, half, ipiv, at);
  trsm(kit, 'L', 'L', 'N', 'U', half, n - half, a, lda, right, lda);
  const corner = right + w * half;
  kit.gemm('N', 'N', m - half, n - half, half, -1, a + w * half, lda, right, lda, 1, corner, lda);
  const second = factor(kit, m - half, n - half, corner, lda, ipiv, at + half);
  if (info === 0 && second > 0) info = second + half;
  const I = integers();
  shiftedSwap(kit, half, a + w * half, lda, least - half, ipiv, at + half);
  for (let i = half; i < least; i++) I[2 * ipiv + at + i] += half;
  return info;
}

/** `laswp` by pivots that stand behind others. */
function shiftedSwap(kit: Kit, n: number, a: number, lda: number, k: number, ipiv: number, at: number): void {
  const I = integers();
  const H = doubles();
  const w = kit.width;
  const first = 2 * ipiv + at;
  for (let j = 0; j < n; j++) {
    const c = a + w * j * lda;
    for (let i = 0; i < k; i++) {
      const p = I[first + i] - 1;
      if (p === i) continue;
      for (let r = 0; r < w; r++) {
        const t = H[c + w * i + r];
        H[c + w * i + r] = H[c + w * p + r];
        H[c + w * p + r] = t;
      }
    }
  }
}

function oneByOne(kit: Kit, m: number, n: number, a: number, lda: number, ipiv: number, at: number): number {
  const H = doubles();
  const I = integers();
  const w = kit.width;
  let info = 0;
  for (let j = 0; j < n; j++) {
    const column = a + w * j * lda;
    // What earlier columns did to the order of the rows.
    for (let i = 0; i < j; i++) {
      const p = I[2 * ipiv + at + i] - 1;
      if (p !== i) kit.swap(1, column + w * i, 1, column + w * p, 1);
    }
    // Rows above the diagonal depend on each other, those below only on them.
    for (let i = 1; i < j; i++) {
      const row = column + w * i;
      H[row] -= kit.dot(false, i, a + w * i, lda, column, 1);
      if (w === 2) H[row + 1] -= kit.imaginary;
    }
    kit.eliminate(false, m - j, j, a + w * j, lda, column, 1, column + w * j);
    const p = j + kit.iamax(m - j, column + w * j);
    I[2 * ipiv + at + j] = p + 1;
    const v = column + w * p;
    if (H[v] !== 0 || (w === 2 && H[v + 1] !== 0)) {
      if (p !== j) kit.swap(j + 1, a + w * j, lda, a + w * p, lda);
      const d = column + w * j;
      kit.divide(m - j - 1, H[d], w === 2 ? H[d + 1] : 0, d + w);
    } else if (info === 0) info = j + 1;
  }
  return info;
}

/** Solves A X = B in place of B, leaving the factors in place of A. */
export function gesv(
  kit: Kit,
  n: number,
  nrhs: number,
  a: number,
  lda: number,
  ipiv: number,
  b: number,
  ldb: number,
): number {
  const info = getrf(kit, n, n, a, lda, ipiv);
  if (info !== 0) return info;
  laswp(kit, nrhs, b, ldb, 0, n, ipiv);
  trsm(kit, 'L', 'L', 'N', 'U', n, nrhs, a, lda, b, ldb);
  trsm(kit, 'L', 'U', 'N', 'N', n, nrhs, a, lda, b, ldb);
  return 0;
}

/**
 * The inverse, as `gesv` solves for it with the unit matrix on the right: L⁻¹ first, as the triangle that it is, with its columns put
 * where row exchanges would have put them; then one solution with U. The inverse goes to b.
 */
export function inverse(kit: Kit, n: number, a: number, b: number): number {
  const start = mark();
  const ipiv = take(n);
  const info = getrf(kit, n, n, a, n, ipiv);
  if (info === 0) {
    const H = doubles();
    const I = integers();
    const w = kit.width;
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n; i++) {
      const p = I[2 * ipiv + i] - 1;
      const t = order[i];
      order[i] = order[p];
      order[p] = t;
    }
    H.fill(0, b, b + w * n * n);
    // Column order[i] of the right-hand side, whose rows are exchanged, is the i-th unit vector.
    const l = take(w * n * n);
    H.fill(0, l, l + w * n * n);
    for (let i = 0; i < n; i++) H[l + w * (i + i * n)] = 1;
    unitLower(kit, n, a, n, l, n);
    for (let i = 0; i < n; i++) H.copyWithin(b + w * order[i] * n, l + w * i * n, l + w * (i + 1) * n);
    trsm(kit, 'L', 'U', 'N', 'N', n, n, a, n, b, n);
  }
  release(start);
  return info;
}

/** L⁻¹ in place of a unit matrix: what a triangular solution gives, without the columns that are still zero. */
function unitLower(kit: Kit, n: number, a: number, lda: number, b: number, ldb: number): void {
  const w = kit.width;
  const BLOCK = 64;
  for (let j = 0; j < n; j += BLOCK) {
    const at = w * (j + j * lda);
    trsm(kit, 'L', 'L', 'N', 'U', n - j, Math.min(BLOCK, n - j), a + at, lda, b + w * (j + j * ldb), ldb);
  }
}
