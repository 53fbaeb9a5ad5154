import { cholesky as choleskyOf, eigh as eighOf, svd as svdOf } from '../linalg/index.js';
import type { NDArray } from '../ndarray.js';

/** The decompositions of a covariance that normal vectors are made with: those of `np.linalg`. */

/** u, s and the rows of v of a singular value decomposition. */
export const svd = (a: NDArray): readonly [NDArray, NDArray, NDArray] =>
  svdOf(a) as unknown as readonly [NDArray, NDArray, NDArray];
/** Eigenvalues in rising order, and eigenvectors. */
export const eigh = (a: NDArray): readonly [NDArray, NDArray] => eighOf(a) as unknown as readonly [NDArray, NDArray];
/** The lower factor. */
export const cholesky = (a: NDArray): NDArray => choleskyOf(a) as unknown as NDArray;
