import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { AttributeError, LinAlgError, ValueError } from '../../core/errors.js';
import { type LinalgTypes, linalgTypes, runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/spectral-rows.js';
import { castTo } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { typeName } from '../../core/python/kind.js';
import { imagOf, realOf } from '../manipulation/complex.js';
import { type Named, named } from '../named.js';
import { all } from '../statistics/reductions.js';
import type { Like } from '../ufunc.js';
import { equal, isfinite } from '../ufuncs.js';
import { checkSquare } from './common.js';

/** Eigenvalues and eigenvectors. */

const everyOne = all as unknown as (a: ArrayValue) => unknown;
const holds = (a: ArrayValue): boolean => {
  const v = everyOne(a);
  return typeof v === 'boolean' ? v : Boolean((v as { item(): unknown }).item());
};

/** Which triangle is read. @throws ValueError `UPLO argument must be 'L' or 'U'` */
function triangle(given: unknown): 'L' | 'U' {
  if (typeof given !== 'string') throw new AttributeError(`'${typeName(given)}' object has no attribute 'upper'`);
  const uplo = given.toUpperCase();
  if (uplo !== 'L' && uplo !== 'U') throw new ValueError("UPLO argument must be 'L' or 'U'");
  return uplo;
}

/** @throws LinAlgError `Array must not contain infs or NaNs` */
function checkFinite(a: ArrayValue): void {
  if (!holds(isfinite(a) as ArrayValue)) throw new LinAlgError('Array must not contain infs or NaNs');
}

/** What `eig` gives, as a list and by name. */
export type EigResult<A = ArrayLike> = Named<A, 'eigenvalues' | 'eigenvectors'>;

interface Eigh {
  <A extends ArrayLike>(a: A, UPLO?: 'L' | 'U' | 'l' | 'u' | { UPLO?: 'L' | 'U' | 'l' | 'u' }): EigResult<A>;
}
interface Eigvalsh {
  <A extends ArrayLike>(a: A, UPLO?: 'L' | 'U' | 'l' | 'u' | { UPLO?: 'L' | 'U' | 'l' | 'u' }): Like<A>;
}

/**
 * Eigenvalues (ascending, real) and eigenvectors (columns, orthonormal) of symmetric or Hermitian matrices: (…, m, m) gives (…, m) and (…, m, m). Only the
 * triangle `UPLO` is read.
 *
 * Householder's tridiagonal form in panels and implicit QL with Wilkinson's shift (LAPACK's sytrd and steqr; rotations in batches after Van Zee, van de Geijn and
 * Quintana-Ortí).
 * @throws LinAlgError `Eigenvalues did not converge`, `Last 2 dimensions of the array must be square`; ValueError for another UPLO; TypeError for float16
 * @example np.linalg.eigh([[2, 1], [1, 2]]).eigenvalues // → array([1., 3.])
 */
export const eigh: Eigh & FunctionFacts = /*@__PURE__*/ fn<Eigh>(
  'linalg.eigh',
  "a, UPLO='L'",
  (x, UPLO) => {
    const uplo = triangle(UPLO);
    const a = toArray(x);
    checkSquare(a);
    const [eigenvalues, eigenvectors] = runRow(uplo === 'L' ? rows.eighLower : rows.eighUpper, [a]);
    return named('EighResult', { eigenvalues, eigenvectors });
  },
  'primitive',
);

/**
 * Eigenvalues of symmetric or Hermitian matrices, ascending: (…, m, m) gives (…, m). Only the triangle `UPLO` is read.
 *
 * As {@link eigh}, without the vectors.
 * @throws LinAlgError `Eigenvalues did not converge`, `Last 2 dimensions of the array must be square`; ValueError for another UPLO; TypeError for float16
 * @example np.linalg.eigvalsh([[2, 1], [1, 2]]) // → array([1., 3.])
 */
export const eigvalsh: Eigvalsh & FunctionFacts = /*@__PURE__*/ fn<Eigvalsh>(
  'linalg.eigvalsh',
  "a, UPLO='L'",
  (x, UPLO) => {
    const uplo = triangle(UPLO);
    const a = toArray(x);
    checkSquare(a);
    return runRow(uplo === 'L' ? rows.eigvalshLower : rows.eigvalshUpper, [a])[0];
  },
  'primitive',
);

/** Real arrays where the matrices are real and all their eigenvalues are. */
function realWhereReal(types: LinalgTypes, w: ArrayValue, results: readonly ArrayValue[]): readonly ArrayValue[] {
  if (types.complex || !holds(equal(imagOf(w), 0) as ArrayValue)) return results;
  return results.map((r) => castTo(realOf(r), types.real));
}

/**
 * Eigenvalues and right eigenvectors (columns of length 1) of square matrices: (…, m, m) gives (…, m) and (…, m, m). Of real matrices the results are real unless some
 * eigenvalue is not. The largest component of a complex vector is real.
 *
 * Balancing, Hessenberg form in panels, Francis' implicit double shifts to Schur form and back substitution (LAPACK's gebal, gehrd, lahqr and trevc).
 * @throws LinAlgError `Array must not contain infs or NaNs`, `Eigenvalues did not converge`, `Last 2 dimensions of the array must be square`; TypeError for float16
 * @example np.linalg.eig([[2, 0], [0, 3]]).eigenvalues // → array([2., 3.])
 */
export const eig: (<A extends ArrayLike>(a: A) => EigResult<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(a: A) => EigResult<A>
>(
  'linalg.eig',
  'a',
  (x) => {
    const a = toArray(x);
    checkSquare(a);
    checkFinite(a);
    const types = linalgTypes([a]);
    const results = runRow(rows.eig, [a], types);
    const [eigenvalues, eigenvectors] = realWhereReal(types, results[0], results);
    return named('EigResult', { eigenvalues, eigenvectors });
  },
  'primitive',
);

/**
 * Eigenvalues of square matrices: (…, m, m) gives (…, m). Of real matrices the result is real unless some eigenvalue is not.
 *
 * As {@link eig}, without the vectors.
 * @throws LinAlgError `Array must not contain infs or NaNs`, `Eigenvalues did not converge`, `Last 2 dimensions of the array must be square`; TypeError for float16
 * @example np.linalg.eigvals([[2, 1], [0, 3]]) // → array([2., 3.])
 */
export const eigvals: (<A extends ArrayLike>(a: A) => Like<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(a: A) => Like<A>
>(
  'linalg.eigvals',
  'a',
  (x) => {
    const a = toArray(x);
    checkSquare(a);
    checkFinite(a);
    const types = linalgTypes([a]);
    const results = runRow(rows.eigvals, [a], types);
    return realWhereReal(types, results[0], results)[0];
  },
  'primitive',
);
