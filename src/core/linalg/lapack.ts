/**
 * The routines that linear algebra is made of, in the terms of LAPACK: matrices lie in column-major order, `lda` elements from one
 * column to the next. Memory is named by places in the heap, counted in doubles (see arena.ts); a complex number is two doubles. Pivots
 * and ranks are 32-bit integers. Working memory is the routine's own affair.
 *
 * There is one table for real and one for complex matrices. The library's own routines fill both; others, of a system's library,
 * can take the place of each by itself (`replaceRoutines` in routines.ts).
 */
export interface Lapack {
  /** Doubles in an element: 1 or 2. */
  readonly width: 1 | 2;
  /** C = alpha * op(A) * op(B) + beta * C, with op by 'N' (nothing), 'T' (transposed) or 'C' (conjugated, too); C is m by n. */
  gemm(
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
  ): void;
  /** B = op(A)⁻¹ * B ('L') or B * op(A)⁻¹ ('R') with A triangular and B m by n; 'U' as `diag`: ones on A's diagonal. */
  trsm(
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
  ): void;
  /** LU factors with partial pivoting, in place. Pivots count from 1. Gives 0, or the number of the first pivot that is zero. */
  getrf(m: number, n: number, a: number, lda: number, ipiv: number): number;
  /** Solves A X = B in place of B; A becomes its factors. Gives what `getrf` gives. */
  gesv(n: number, nrhs: number, a: number, lda: number, ipiv: number, b: number, ldb: number): number;
  /** The solution of A X = 1, n by n without gaps, to b; A is overwritten. Gives what `getrf` gives. */
  inverse(n: number, a: number, b: number): number;
  /** The Cholesky factor in one triangle, which is the only one read. Gives 0, or the order of the leading minor that is not positive. */
  potrf(uplo: Uplo, n: number, a: number, lda: number): number;
  /** Householder vectors below the diagonal, R on and above it, factors in tau. */
  geqrf(m: number, n: number, a: number, lda: number, tau: number): void;
  /** The first n columns of the product of k reflectors that `geqrf` left: orgqr and ungqr. */
  orgqr(m: number, n: number, k: number, a: number, lda: number, tau: number): void;
  /** Singular values in descending order, and with 'A' all vectors, with 'S' the first min(m, n), with 'N' none. Overwrites A. Gives 0 or a number > 0 where it does not converge. */
  gesdd(
    jobz: 'A' | 'S' | 'N',
    m: number,
    n: number,
    a: number,
    lda: number,
    s: number,
    u: number,
    ldu: number,
    vt: number,
    ldvt: number,
  ): number;
  /** Eigenvalues of a symmetric or Hermitian matrix in ascending order; with 'V' its vectors in place of A. */
  syevd(jobz: 'N' | 'V', uplo: Uplo, n: number, a: number, lda: number, w: number): number;
  /** Eigenvalues as complex numbers in w, whatever A is; with 'V' right eigenvectors as complex numbers in vr. Overwrites A. */
  geev(jobvr: 'N' | 'V', n: number, a: number, lda: number, w: number, vr: number, ldvr: number): number;
  /** Least squares by singular values: the solution in the first n rows of B (which has max(m, n)), singular values in s, the rank as an integer at `rank`. */
  gelsd(
    m: number,
    n: number,
    nrhs: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    s: number,
    rcond: number,
    rank: number,
  ): number;
}
export type Trans = 'N' | 'T' | 'C';
export type Uplo = 'L' | 'U';
