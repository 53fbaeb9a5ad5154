import { NotImplementedError } from '../../core/errors.js';
import type { NDArray } from '../ndarray.js';
import type { Source } from './draw.js';

/** Normal vectors. */
export function multivariateNormal(_s: Source, ..._rest: unknown[]): NDArray {
  throw new NotImplementedError('multivariate_normal needs numpy.linalg');
}
export const legacyMultivariateNormal: typeof multivariateNormal = multivariateNormal;
