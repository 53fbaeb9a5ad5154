import { doubles } from '../arena.js';
import type { Uplo } from '../lapack.js';
import type { Kit } from './kit.js';
import { trsm } from './trsm.js';

/** Cholesky factors: recursive in halves (LAPACK's dpotrf2), column by column where they are small (dpotf2). */

const BASE = 24;
/** Columns of a symmetric update that are computed at a time: what lies on the other side of the diagonal is thrown away. */
const STRIP = 64;

/** @returns 0, or the order of the first leading minor that is not positive */
export function potrf(kit: Kit, uplo: Uplo, n: number, a: number, lda: number): number {
  if (n <= BASE) return oneByOne(kit, uplo, n, a, lda);
  const w = kit.width;
  const half = Math.ceil(n / 2 / 8) * 8;
  const rest = n - half;
  const info = potrf(kit, uplo, half, a, lda);
  if (info !== 0) return info;
  const off = uplo === 'L' ? a + w * half : a + w * half * lda;
  const corner = a + w * (half + half * lda);
  if (uplo === 'L') trsm(kit, 'R', 'L', 'C', 'N', rest, half, a, lda, off, lda);
  else trsm(kit, 'L', 'U', 'C', 'N', half, rest, a, lda, off, lda);
  for (let j = 0; j < rest; j += STRIP) {
    const width = Math.min(STRIP, rest - j);
    const from = w * j;
    if (uplo === 'L')
      kit.gemm(
        'N',
        'C',
        rest - j,
        width,
        half,
        -1,
        off + from,
        lda,
        off + from,
        lda,
        1,
        corner + from * (1 + lda),
        lda,
      );
    else kit.gemm('C', 'N', j + width, width, half, -1, off, lda, off + from * lda, lda, 1, corner + from * lda, lda);
  }
  const second = potrf(kit, uplo, rest, corner, lda);
  return second === 0 ? 0 : second + half;
}

function oneByOne(kit: Kit, uplo: Uplo, n: number, a: number, lda: number): number {
  const H = doubles();
  const w = kit.width;
  // The factor's rows are read as columns where the upper triangle holds it, so that inner products run along columns.
  for (let j = 0; j < n; j++) {
    const d = a + w * (j + j * lda);
    const above = a + w * j * lda;
    const left = a + w * j;
    const size = uplo === 'U' ? kit.dot(true, j, above, 1, above, 1) : kit.dot(true, j, left, lda, left, lda);
    const pivot = H[d] - size;
    H[d] = pivot;
    if (w === 2) H[d + 1] = 0;
    // NaN goes on, as in OpenBLAS: all that depends on it becomes NaN.
    if (pivot <= 0) return j + 1;
    const root = Math.sqrt(pivot);
    H[d] = root;
    if (uplo === 'U') {
      for (let i = j + 1; i < n; i++) {
        const c = a + w * i * lda;
        const re = kit.dot(true, j, above, 1, c, 1);
        H[c + w * j] = (H[c + w * j] - re) / root;
        if (w === 2) H[c + w * j + 1] = (H[c + w * j + 1] - kit.imaginary) / root;
      }
      continue;
    }
    kit.eliminate(true, n - j - 1, j, left + w, lda, left, lda, d + w);
    for (let p = d + w; p < d + w * (n - j); p++) H[p] /= root;
  }
  return 0;
}
