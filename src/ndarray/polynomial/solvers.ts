import { inv, eigvals, eigvalsh, lstsq as leastSquares } from '../linalg/index.js';
import type { NDArray } from '../ndarray.js';

/** What series need of linear algebra. */

export const eigenvalues = (m: NDArray): NDArray => eigvals(m) as unknown as NDArray;
export const symmetricEigenvalues = (m: NDArray): NDArray => eigvalsh(m) as unknown as NDArray;
/** The least-squares solution, the sums of squared residuals, the rank and the singular values. */
export const lstsq = (a: NDArray, b: NDArray, rcond: number): readonly NDArray[] =>
  leastSquares(a, b, rcond) as unknown as readonly NDArray[];
export const inverse = (m: NDArray): NDArray => inv(m) as unknown as NDArray;
