import { NotImplementedError } from '../../core/errors.js';
import type { NDArray } from '../ndarray.js';

/** The decompositions of a covariance that normal vectors are made with: those of `np.linalg`. */

/** u, s and the rows of v of a singular value decomposition. */
export const svd = (_a: NDArray): readonly [NDArray, NDArray, NDArray] => {
  throw new NotImplementedError('multivariate_normal needs numpy.linalg.svd');
};
/** Eigenvalues in rising order, and eigenvectors. */
export const eigh = (_a: NDArray): readonly [NDArray, NDArray] => {
  throw new NotImplementedError('multivariate_normal needs numpy.linalg.eigh');
};
/** The lower factor. */
export const cholesky = (_a: NDArray): NDArray => {
  throw new NotImplementedError('multivariate_normal needs numpy.linalg.cholesky');
};
