import { letter, narrow, number } from '../../device/blas/arguments.js';
import { systemLibrary } from '../../device/blas/library.js';
import { doubles, mark, release, take } from '../arena.js';
import type { Lapack } from '../lapack.js';
import { at, find, finite, info, int, outcome, room } from './call.js';
import { systemSpectral } from './spectral.js';

/**
 * Routines of the system's LAPACK, at every size: they are what NumPy calls, so that results agree with a NumPy over the same library. Where the
 * library lacks a routine, that of this library stays; so it does for matrices with infinities and NaN, about which versions differ.
 */

const factors = (width: 1 | 2, own: Lapack): Partial<Lapack> => {
  const p = width === 1 ? 'd' : 'z';
  const regular = (m: number, n: number, a: number, lda: number): boolean => finite(width * m, a, width * lda, n);
  const table: { -readonly [K in keyof Lapack]?: Lapack[K] } = {};
  const gemm = find(`${p}gemm`, 13, 2);
  if (gemm !== null)
    table.gemm = (transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) =>
      gemm(
        letter(transA),
        letter(transB),
        int(2, m),
        int(3, n),
        int(4, k),
        number(0, alpha, 0),
        at(a),
        int(5, lda),
        at(b),
        int(6, ldb),
        number(1, beta, 0),
        at(c),
        int(7, ldc),
      );
  const trsm = find(`${p}trsm`, 11, 4);
  if (trsm !== null)
    table.trsm = (side, uplo, trans, diag, m, n, a, lda, b, ldb) =>
      trsm(
        letter(side),
        letter(uplo),
        letter(trans),
        letter(diag),
        int(2, m),
        int(3, n),
        number(0, 1, 0),
        at(a),
        int(4, lda),
        at(b),
        int(5, ldb),
      );
  const getrf = find(`${p}getrf`, 6, 0);
  if (getrf !== null)
    table.getrf = (m, n, a, lda, ipiv) => {
      if (!regular(m, n, a, lda)) return own.getrf(m, n, a, lda, ipiv);
      const k = Math.min(m, n);
      getrf(int(2, m), int(3, n), at(a), int(4, Math.max(1, lda)), at(ipiv), info());
      narrow(2 * ipiv, k);
      return outcome();
    };
  const gesv = find(`${p}gesv`, 8, 0);
  if (gesv !== null) {
    table.gesv = (n, nrhs, a, lda, ipiv, b, ldb) => {
      if (!regular(n, n, a, lda)) return own.gesv(n, nrhs, a, lda, ipiv, b, ldb);
      gesv(int(2, n), int(3, nrhs), at(a), int(4, Math.max(1, lda)), at(ipiv), at(b), int(5, Math.max(1, ldb)), info());
      narrow(2 * ipiv, n);
      return outcome();
    };
    // As NumPy: the equations with the columns of 1 on the right.
    table.inverse = (n, a, b) => {
      if (!regular(n, n, a, n)) return own.inverse(n, a, b);
      const H = doubles();
      const start = mark();
      const ipiv = take(n);
      H.fill(0, b, b + width * n * n);
      for (let i = 0; i < n; i++) H[b + width * i * (n + 1)] = 1;
      gesv(int(2, n), int(2, n), at(a), int(4, Math.max(1, n)), at(ipiv), at(b), int(4, Math.max(1, n)), info());
      release(start);
      return outcome();
    };
  }
  const potrf = find(`${p}potrf`, 5, 1);
  if (potrf !== null)
    table.potrf = (uplo, n, a, lda) => {
      potrf(letter(uplo), int(2, n), at(a), int(3, Math.max(1, lda)), info());
      return outcome();
    };
  const geqrf = find(`${p}geqrf`, 8, 0);
  if (geqrf !== null)
    table.geqrf = (m, n, a, lda, tau) => {
      const start = mark();
      const run = (work: number, size: number): void =>
        geqrf(int(2, m), int(3, n), at(a), int(4, Math.max(1, lda)), at(tau), work, int(5, size), info());
      const r = room(`${p}geqrf ${m} ${n}`, width, run);
      run(r.work, r.size);
      release(start);
    };
  const orgqr = find(width === 1 ? 'dorgqr' : 'zungqr', 9, 0);
  if (orgqr !== null)
    table.orgqr = (m, n, k, a, lda, tau) => {
      const start = mark();
      const run = (work: number, size: number): void =>
        orgqr(int(2, m), int(3, n), int(4, k), at(a), int(5, Math.max(1, lda)), at(tau), work, int(6, size), info());
      const r = room(`${p}orgqr ${m} ${n} ${k}`, width, run);
      run(r.work, r.size);
      release(start);
    };
  return table;
};

/** Routines of the system's library, as far as there is one; `own` are those that stand in where its answers are undefined. */
export function systemRoutines(width: 1 | 2, own: Lapack): Partial<Lapack> {
  return systemLibrary() === null ? {} : { ...factors(width, own), ...systemSpectral(width, own) };
}
