import { doubles } from '../arena.js';
import type { Trans, Uplo } from '../lapack.js';
import { ladiv, quotient } from './complex.js';
import type { Kit } from './kit.js';

/** Triangular systems: halves of the triangle until it is small, and products between them. */

const BASE = 32;

export function trsm(
  kit: Kit,
  side: 'L' | 'R',
  uplo: Uplo,
  trans: Trans,
  diag: 'N' | 'U',
  m: number,
  n: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
): void {
  const order = side === 'L' ? m : n;
  if (m === 0 || n === 0) return;
  if (order <= BASE) {
    if (side === 'L') fromLeft(kit, uplo, trans, diag, m, n, a, lda, b, ldb);
    else fromRight(kit, uplo, trans, diag, m, n, a, lda, b, ldb);
    return;
  }
  const w = kit.width;
  const half = Math.ceil(order / 2 / 8) * 8;
  const rest = order - half;
  const corner = a + w * (half + half * lda);
  const off = uplo === 'L' ? a + w * half : a + w * half * lda;
  const second = side === 'L' ? b + w * half : b + w * half * ldb;
  // Which half comes first: the one that does not depend on the other.
  const lower = (uplo === 'L') === (trans === 'N');
  if (side === 'L') {
    if (lower) {
      trsm(kit, side, uplo, trans, diag, half, n, a, lda, b, ldb);
      kit.gemm(trans, 'N', rest, n, half, -1, off, lda, b, ldb, 1, second, ldb);
      trsm(kit, side, uplo, trans, diag, rest, n, corner, lda, second, ldb);
    } else {
      trsm(kit, side, uplo, trans, diag, rest, n, corner, lda, second, ldb);
      kit.gemm(trans, 'N', half, n, rest, -1, off, lda, second, ldb, 1, b, ldb);
      trsm(kit, side, uplo, trans, diag, half, n, a, lda, b, ldb);
    }
  } else if (lower) {
    trsm(kit, side, uplo, trans, diag, m, rest, corner, lda, second, ldb);
    kit.gemm('N', trans, m, half, rest, -1, second, ldb, off, lda, 1, b, ldb);
    trsm(kit, side, uplo, trans, diag, m, half, a, lda, b, ldb);
  } else {
    trsm(kit, side, uplo, trans, diag, m, half, a, lda, b, ldb);
    kit.gemm('N', trans, m, rest, half, -1, b, ldb, off, lda, 1, second, ldb);
    trsm(kit, side, uplo, trans, diag, m, rest, corner, lda, second, ldb);
  }
}

/** x = x / op(d) for the element at a place. */
function divideBy(kit: Kit, H: Float64Array, x: number, d: number, conjugate: boolean): void {
  if (kit.width === 1) H[x] /= H[d];
  else {
    H[x] = ladiv(H[x], H[x + 1], H[d], conjugate ? -H[d + 1] : H[d + 1]);
    H[x + 1] = quotient.im;
  }
}

function fromLeft(
  kit: Kit,
  uplo: Uplo,
  trans: Trans,
  diag: 'N' | 'U',
  m: number,
  n: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
): void {
  if (trans === 'N') {
    kit.triangle(uplo === 'U', diag === 'U', m, n, a, lda, b, ldb);
    return;
  }
  const H = doubles();
  const w = kit.width;
  const conjugate = trans === 'C';
  const forward = uplo === 'U';
  for (let j = 0; j < n; j++) {
    const x = b + w * j * ldb;
    for (let s = 0; s < m; s++) {
      const k = forward ? s : m - 1 - s;
      const at = x + w * k;
      const column = a + w * k * lda;
      // The elements that are known already: before k going forward, behind it going backward.
      const [from, count] = forward ? [0, k] : [k + 1, m - 1 - k];
      const re = kit.dot(conjugate, count, column + w * from, 1, x + w * from, 1);
      H[at] -= re;
      if (w === 2) H[at + 1] -= kit.imaginary;
      if (diag === 'N') divideBy(kit, H, at, column + w * k, conjugate);
    }
  }
}

function fromRight(
  kit: Kit,
  uplo: Uplo,
  trans: Trans,
  diag: 'N' | 'U',
  m: number,
  n: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
): void {
  const H = doubles();
  const w = kit.width;
  const conjugate = trans === 'C';
  // Column j of the result needs those before it where op(A) is upper triangular.
  const forward = (uplo === 'U') === (trans === 'N');
  for (let s = 0; s < n; s++) {
    const j = forward ? s : n - 1 - s;
    const x = b + w * j * ldb;
    const [from, to] = forward ? [0, j] : [j + 1, n];
    const f = trans === 'N' ? a + w * (from + j * lda) : a + w * (j + from * lda);
    kit.eliminate(conjugate, m, to - from, b + w * from * ldb, ldb, f, trans === 'N' ? 1 : lda, x);
    if (diag === 'N') {
      const d = a + w * (j + j * lda);
      for (let i = 0; i < m; i++) divideBy(kit, H, x + w * i, d, conjugate);
    }
  }
}
