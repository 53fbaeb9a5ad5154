import { kernels } from '../../device/cpu/gemm.js';
import { SUM_BLOCK } from '../../device/product.js';
import { doubles, mark, release, take } from '../arena.js';
import type { Trans } from '../lapack.js';
import { stepKernels } from './kernels.js';

/**
 * Products of column-major matrices, on the kernel that multiplies arrays. A column-major matrix is the transposed row-major one, so op(B)
 * is what that kernel calls the left operand and op(A) the right one.
 *
 * A complex product is a real one: each complex element of A stands for two steps of the sum, (re, im) to be multiplied by the real part
 * of B's element and (-im, re) by its imaginary part.
 */

/** Elements of a tile along each side. */
const TILE = 4;
/** Columns of C at a time. */
const COLUMNS = 128;

/** Packs op(A), m by k real or complex, as tiles of four doubles along m. */
function packLeft(
  width: number,
  trans: Trans,
  m: number,
  k0: number,
  k1: number,
  a: number,
  lda: number,
  to: number,
): void {
  const H = doubles();
  const along = (trans === 'N' ? 1 : lda) * width;
  const deep = (trans === 'N' ? lda : 1) * width;
  let q = to;
  if (width === 1) {
    const whole = trans === 'N' ? Math.floor(m / TILE) : 0;
    if (whole > 0) stepKernels().packRows(whole, k1 - k0, (a + k0 * lda) * 8, lda * 8, to * 8);
    q += whole * TILE * (k1 - k0);
    for (let i = whole * TILE; i < m; i += TILE) {
      let p = a + i * along + k0 * deep;
      if (i + TILE <= m) {
        const [b, c, d] = [along, 2 * along, 3 * along];
        for (let k = k0; k < k1; k++, p += deep, q += 4) {
          H[q] = H[p];
          H[q + 1] = H[p + b];
          H[q + 2] = H[p + c];
          H[q + 3] = H[p + d];
        }
      } else
        for (let k = k0; k < k1; k++, p += deep, q += 4)
          for (let r = 0; r < TILE; r++) H[q + r] = i + r < m ? H[p + r * along] : 0;
    }
    return;
  }
  const sign = trans === 'C' ? -1 : 1;
  for (let i = 0; i < m; i += 2) {
    let p = a + i * along + k0 * deep;
    const both = i + 1 < m;
    for (let k = k0; k < k1; k++, p += deep, q += 8) {
      const re = H[p];
      const im = sign * H[p + 1];
      const re2 = both ? H[p + along] : 0;
      const im2 = both ? sign * H[p + along + 1] : 0;
      H[q] = re;
      H[q + 1] = im;
      H[q + 2] = re2;
      H[q + 3] = im2;
      H[q + 4] = -im;
      H[q + 5] = re;
      H[q + 6] = -im2;
      H[q + 7] = re2;
    }
  }
}

/** Packs columns j0 to j1 of alpha * op(B), k by n, as tiles of four columns. */
function packRight(
  width: number,
  trans: Trans,
  j0: number,
  j1: number,
  k0: number,
  k1: number,
  alpha: number,
  b: number,
  ldb: number,
  to: number,
): void {
  const H = doubles();
  const along = (trans === 'N' ? ldb : 1) * width;
  const deep = (trans === 'N' ? 1 : ldb) * width;
  const sign = trans === 'C' ? -alpha : alpha;
  let q = to;
  const whole = width === 1 && trans === 'N' ? Math.floor((j1 - j0) / TILE) : 0;
  if (whole > 0) stepKernels().packColumns(whole, k1 - k0, (b + j0 * ldb + k0) * 8, ldb * 8, alpha, to * 8);
  q += whole * TILE * (k1 - k0);
  for (let j = j0 + whole * TILE; j < j1; j += TILE) {
    let p = b + j * along + k0 * deep;
    if (width === 1 && j + TILE <= j1) {
      const [c, d, e] = [along, 2 * along, 3 * along];
      for (let k = k0; k < k1; k++, p += deep, q += 4) {
        H[q] = alpha * H[p];
        H[q + 1] = alpha * H[p + c];
        H[q + 2] = alpha * H[p + d];
        H[q + 3] = alpha * H[p + e];
      }
      continue;
    }
    for (let k = k0; k < k1; k++, p += deep) {
      for (let r = 0; r < TILE; r++) H[q + r] = j + r < j1 ? alpha * H[p + r * along] : 0;
      q += 4;
      if (width === 2) {
        for (let r = 0; r < TILE; r++) H[q + r] = j + r < j1 ? sign * H[p + r * along + 1] : 0;
        q += 4;
      }
    }
  }
}

function scale(width: number, m: number, n: number, beta: number, c: number, ldc: number): void {
  const H = doubles();
  for (let j = 0; j < n; j++) {
    const p = c + j * ldc * width;
    if (beta === 0) H.fill(0, p, p + m * width);
    else for (let i = p; i < p + m * width; i++) H[i] *= beta;
  }
}

/** C = alpha * op(A) * op(B) + beta * C; `width` is the number of doubles in an element. */
export function product(
  width: 1 | 2,
  transA: Trans,
  transB: Trans,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
): void {
  if (m === 0 || n === 0) return;
  if (beta !== 1) scale(width, m, n, beta, c, ldc);
  if (k === 0 || alpha === 0) return;
  const H = doubles();
  const { panels } = kernels('f64');
  const start = mark();
  // Rows of the real product that is computed: two for a complex row.
  const rows = m * width;
  const tiles = Math.ceil(rows / TILE);
  const depth = Math.min(SUM_BLOCK / width, k);
  const left = take(tiles * TILE * depth * width);
  const right = take(Math.ceil(Math.min(n, COLUMNS) / TILE) * TILE * depth * width);
  const whole = Math.floor(rows / TILE);
  // A tile at the edge is computed apart and then added.
  const edge = take(TILE * (Math.min(n, COLUMNS) + TILE));
  const below = take(tiles * TILE * TILE);
  const row = ldc * width;
  for (let k0 = 0; k0 < k; k0 += depth) {
    const k1 = Math.min(k, k0 + depth);
    const kk = (k1 - k0) * width;
    packLeft(width, transA, m, k0, k1, a, lda, left);
    for (let j = 0; j < n; j += COLUMNS) {
      const j1 = Math.min(n, j + COLUMNS);
      packRight(width, transB, j, j1, k0, k1, alpha, b, ldb, right);
      const full = Math.floor((j1 - j) / TILE);
      const at = c + j * row;
      if (full > 0 && whole > 0) panels(right * 8, left * 8, at * 8, full, whole, kk, 0, row * 8, TILE * row * 8, 32);
      if (whole < tiles) {
        // The last rows, of all columns.
        const count = Math.ceil((j1 - j) / TILE);
        panels(right * 8, (left + whole * TILE * kk) * 8, edge * 8, count, 1, kk, 1, 32, TILE * 32, 32);
        for (let x = 0; x < j1 - j; x++)
          for (let i = whole * TILE; i < rows; i++) H[at + x * row + i] += H[edge + x * TILE + i - whole * TILE];
      }
      if (full * TILE < j1 - j && whole > 0) {
        // The last columns.
        panels((right + full * TILE * kk) * 8, left * 8, below * 8, 1, whole, kk, 1, whole * TILE * 8, 0, 32);
        for (let x = full * TILE; x < j1 - j; x++)
          for (let i = 0; i < whole * TILE; i++) H[at + x * row + i] += H[below + (x - full * TILE) * whole * TILE + i];
      }
    }
  }
  release(start);
}
