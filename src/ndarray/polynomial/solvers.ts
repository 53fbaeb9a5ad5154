import { NotImplementedError } from '../../core/errors.js';
import type { NDArray } from '../ndarray.js';

/** What series need of linear algebra. */

export const eigenvalues = (_m: NDArray): NDArray => {
  throw new NotImplementedError('eigvals');
};
export const symmetricEigenvalues: (m: NDArray) => NDArray = eigenvalues;
/** The least-squares solution, the sums of squared residuals, the rank and the singular values. */
export const lstsq = (_a: NDArray, _b: NDArray, _rcond: number): readonly NDArray[] => {
  throw new NotImplementedError('lstsq');
};
export const inverse: (m: NDArray) => NDArray = eigenvalues;
