import { type ArrayLike, toArray } from '../../core/coerce.js';
import { diagonalOf, readOnly } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import type { Like } from '../ufunc.js';
import { integer } from './common.js';

export interface Diagonal {
  <A extends ArrayLike>(a: A, offset?: number, axis1?: number, axis2?: number): Like<A>;
  <A extends ArrayLike>(a: A, kw: { offset?: number; axis1?: number; axis2?: number }): Like<A>;
}

/**
 * The diagonals over two axes, as a read-only view: the other axes first, the diagonal last.
 *
 * @param offset 0: the main diagonal; positive: above it
 * @throws ValueError `diag requires an array of at least two dimensions`
 * @example np.diagonal([[1, 2], [3, 4]]) // → [1 4]
 */
export const diagonal: Diagonal = /*@__PURE__*/ fn(
  'diagonal',
  'a, offset=0, axis1=0, axis2=1',
  (a, offset, axis1, axis2) => readOnly(diagonalOf(toArray(a), integer(offset, 'diagonal'), axis1, axis2)),
  'primitive',
);
