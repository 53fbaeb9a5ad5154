/** np.linalg: linear algebra. */
export { LinAlgError } from '../../core/errors.js';
export * from './factors.js';
export * from './solving.js';
