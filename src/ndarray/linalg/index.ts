/** np.linalg: linear algebra. */
export { LinAlgError } from '../../core/errors.js';
export * from './factors.js';
export * from './norms.js';
export * from './products.js';
export { cond, type LstsqResult, lstsq, matrix_rank, pinv } from './ranks.js';
export { type SVDResult, svd, svdvals } from './singular.js';
export * from './solving.js';
export * from './spectral.js';
