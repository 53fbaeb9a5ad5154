import { runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/rows.js';
import * as np from '../../ndarray/index.js';
import type { TensorLike } from '../convert.js';
import { eye } from '../creation.js';
import type { Tensor } from '../tensor.js';
import { identity, last, linalg, matrices, squares, tensor, times } from './common.js';
import { triangular_solve } from './solving.js';

/** LU decompositions, and what is computed from them. */

const FAILED = 'the factors do not fit';

/**
 * LU decompositions with partial pivoting: `lu` holds both triangles, `p` the permutation of rows.
 * @throws InvalidArgumentError for a singular matrix
 * @example tf.linalg.lu([[0, 2], [4, 1]])[1].numpy() // → array([1, 0], dtype=int32)
 */
export const lu = (input: TensorLike): [lu: Tensor, p: Tensor] =>
  linalg('lu', 'Input is not invertible.', () => [...runRow(rows.lu, [squares('lu', input)])] as never);
const lower = (t: Tensor): Tensor => tensor(np.add(np.tril(t as never, -1 as never), identity(last(t), t)));
/** Rows in the order that undoes a permutation. */
const undone = (p: Tensor): Tensor => tensor(np.argsort(p, { axis: -1 }));
const rowsBy = (t: Tensor, p: Tensor): Tensor =>
  tensor(np.take_along_axis(t, np.expand_dims(p, { axis: -1 }) as never, { axis: -2 } as never));
/** The matrix of an LU decomposition. @example tf.linalg.lu_reconstruct(...tf.linalg.lu([[0, 2], [4, 1]])).numpy().tolist() // → [ [ 0, 2 ], [ 4, 1 ] ] */
export const lu_reconstruct = (lower_upper: TensorLike, perm: TensorLike): Tensor =>
  linalg('lu_reconstruct', FAILED, () => {
    const t = squares('lu_reconstruct', lower_upper);
    return rowsBy(times(lower(t), np.triu(t as never)), undone(perm as Tensor));
  });
/** Solves with an LU decomposition. @example tf.linalg.lu_solve(...tf.linalg.lu([[0, 2], [4, 1]]), [[2], [5]]).numpy().tolist() // → [ [ 1 ], [ 1 ] ] */
export const lu_solve = (lower_upper: TensorLike, perm: TensorLike, rhs: TensorLike): Tensor =>
  linalg('lu_solve', 'Input is not invertible.', () => {
    const t = squares('lu_solve', lower_upper);
    const b = rowsBy(matrices('lu_solve', rhs), perm as Tensor);
    return triangular_solve(t, triangular_solve(lower(t), b), { lower: false });
  });
/** Inverses from an LU decomposition. @example tf.linalg.lu_matrix_inverse(...tf.linalg.lu([[0, 2], [4, 0]])).numpy().tolist() // → [ [ 0, 0.25 ], [ 0.5, 0 ] ] */
export const lu_matrix_inverse = (lower_upper: TensorLike, perm: TensorLike): Tensor => {
  const t = squares('lu_matrix_inverse', lower_upper);
  return lu_solve(t, perm, eye(last(t), last(t), t.shape.slice(0, -2) as never, t.dtype as never) as never);
};
