/** tf.linalg: products, diagonals, decompositions, systems of equations and functions of matrices. */
export { adjoint, band_part, einsum, matmul, matrix_transpose, norm, tensordot, trace } from '../linear.js';
export { l2_normalize } from '../nn.js';
export { global_norm } from '../clipping.js';
export { eye } from '../creation.js';
export { expm, logm, sqrtm } from './analytic.js';
export { banded_triangular_solve, eigh_tridiagonal } from './banded.js';
export { diag, diag_part, set_diag, tensor_diag, tensor_diag_part } from './diagonals.js';
export {
  cross,
  eig,
  eigh,
  eigvals,
  eigvalsh,
  normalize,
  qr,
  svd,
} from './factors.js';
export {
  cholesky,
  cholesky_solve,
  det,
  inv,
  logdet,
  lstsq,
  matrix_rank,
  matvec,
  pinv,
  slogdet,
  solve,
  triangular_solve,
  tridiagonal_matmul,
  tridiagonal_solve,
} from './solving.js';
export { lu, lu_matrix_inverse, lu_reconstruct, lu_solve } from './lu.js';
