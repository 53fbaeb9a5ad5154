import type { Trans } from '../lapack.js';

/**
 * The steps that factorisations are written in: operations on columns and rows of column-major matrices, once for real and once for
 * complex numbers. Places and strides as in LAPACK's interface: places count doubles, strides count elements. Scalars are
 * pairs of a real and an imaginary part, of which real steps look at the first.
 */
export interface Kit {
  /** Doubles in an element. */
  readonly width: 1 | 2;
  /** The index of the element of largest absolute value (of complex ones |re| + |im|, as LAPACK has it); the first of equals. */
  iamax(n: number, x: number): number;
  /** x = s * x. */
  scal(n: number, re: number, im: number, x: number, incx: number): void;
  /** x = x / s: by the reciprocal, unless that would overflow. Where s is NaN x stays as it is, as in OpenBLAS' getrf. */
  divide(n: number, re: number, im: number, x: number): void;
  /** The Euclidean norm, without overflow or underflow on the way. */
  nrm2(n: number, x: number): number;
  swap(n: number, x: number, incx: number, y: number, incy: number): void;
  /** y = y + s * x. */
  axpy(n: number, re: number, im: number, x: number, incx: number, y: number, incy: number): void;
  /** The sum of x * y, with x conjugated if asked for; its imaginary part is left in `imaginary`. */
  dot(conjugate: boolean, n: number, x: number, incx: number, y: number, incy: number): number;
  imaginary: number;
  /** x = conj(x). */
  conjugate(n: number, x: number, incx: number): void;
  /** C = alpha * op(A) * op(B) + beta * C. */
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
  /** y = y - A x with A m by k: products for each element are summed before they are subtracted. With `conjugate` by conj(x). */
  eliminate(conjugate: boolean, m: number, k: number, a: number, lda: number, x: number, incx: number, y: number): void;
  /** n columns of B = T⁻¹ B with T lower or upper triangular, m by m and small. */
  triangle(upper: boolean, unit: boolean, m: number, n: number, a: number, lda: number, b: number, ldb: number): void;
  /** w = conj(A)ᵀ v for the n columns of A, m long; w is contiguous. */
  project(m: number, n: number, a: number, lda: number, v: number, w: number): void;
  /** A = A - s * v * conj(w)ᵀ with A m by n. */
  rank1(m: number, n: number, re: number, im: number, v: number, w: number, a: number, lda: number): void;
}

/** The least number whose reciprocal does not overflow, as LAPACK's dlamch('S'). */
export const SAFE_MIN: number = 2 ** -1022;
export const EPS: number = 2 ** -53;
