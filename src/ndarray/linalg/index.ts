/** np.linalg: linear algebra. */
export { LinAlgError } from '../../core/errors.js';
export * from './factors.js';
export * from './norms.js';
export * from './products.js';
export * from './solving.js';
