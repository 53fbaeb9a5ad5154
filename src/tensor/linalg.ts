/** tf.linalg: products, diagonals and norms of matrices. */
export {
  adjoint,
  band_part,
  diag,
  diag_part,
  einsum,
  matmul,
  matrix_transpose,
  norm,
  tensordot,
  trace,
} from './linear.js';
export { eye } from './creation.js';
export { global_norm } from './clipping.js';
