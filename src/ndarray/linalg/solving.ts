import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/rows.js';
import { fn } from '../../core/signature.js';
import { type Named, named } from '../named.js';
import type { Like } from '../ufunc.js';
import { checkSquare } from './common.js';

/** Linear systems, inverses and determinants. */

type One = <A extends ArrayLike>(a: A) => Like<A>;
type Two = <A extends ArrayLike, B extends ArrayLike>(a: A, b: B) => A extends ArrayValue ? A : Like<B>;

/** What `slogdet` gives, as a list and by name. */
export type SlogdetResult<A = ArrayLike> = Named<A, 'sign' | 'logabsdet'>;

/**
 * Solves a x = b for x: (…, m, m) with (…, m, n) gives (…, m, n). A `b` with one axis is one vector; with more axes it is a stack of
 * matrices.
 *
 * LU factors with partial pivoting, in blocks (LAPACK's gesv; recursive, after Toledo, SIAM J. Matrix Anal. Appl. 18, 1997). Single
 * precision is computed in double, integers become double.
 * @throws LinAlgError `Singular matrix`, `Last 2 dimensions of the array must be square`; ValueError for lengths that differ; TypeError for float16
 * @example np.linalg.solve([[2, 1], [1, 3]], [3, 5]) // → array([0.8, 1.4])
 */
export const solve: Two & FunctionFacts = /*@__PURE__*/ fn<Two>(
  'linalg.solve',
  'a, b',
  (x, y) => {
    const a = toArray(x);
    checkSquare(a);
    const b = toArray(y);
    return runRow(b.ndim === 1 ? rows.solve1 : rows.solve, [a, b])[0];
  },
  'primitive',
);

/**
 * The inverse of square matrices: (…, m, m) gives (…, m, m).
 *
 * The solution of a x = 1 by LU factors with partial pivoting, as NumPy finds it.
 * @throws LinAlgError `Singular matrix`, `Last 2 dimensions of the array must be square`; TypeError for float16
 * @example np.linalg.inv([[1, 2], [3, 5]]) // → array([[-5.,  2.],
 * //          [ 3., -1.]])
 */
export const inv: One & FunctionFacts = /*@__PURE__*/ fn<One>(
  'linalg.inv',
  'a',
  (x) => {
    const a = toArray(x);
    checkSquare(a);
    return runRow(rows.inv, [a])[0];
  },
  'primitive',
);

/**
 * The determinant of square matrices: (…, m, m) gives (…).
 *
 * The product of the pivots of LU factors (LAPACK's getrf), taken through its logarithm as in NumPy.
 * @throws LinAlgError `Last 2 dimensions of the array must be square`; TypeError for float16
 * @example np.linalg.det([[2, 0], [0, 4]]) // → array(8.)
 */
export const det: One & FunctionFacts = /*@__PURE__*/ fn<One>(
  'linalg.det',
  'a',
  (x) => {
    const a = toArray(x);
    checkSquare(a);
    return runRow(rows.det, [a])[0];
  },
  'primitive',
);

/**
 * Sign of the determinant and logarithm of its absolute value: (…, m, m) gives (…) and (…), where the determinant itself may overflow.
 * The sign is 0 and the logarithm -inf for singular matrices; for complex matrices the sign has length 1.
 *
 * From the pivots of LU factors (LAPACK's getrf).
 * @throws LinAlgError `Last 2 dimensions of the array must be square`; TypeError for float16
 * @example np.linalg.slogdet([[0, 1], [1, 0]]).sign // → array(-1.)
 */
export const slogdet: (<A extends ArrayLike>(a: A) => SlogdetResult<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(a: A) => SlogdetResult<A>
>(
  'linalg.slogdet',
  'a',
  (x) => {
    const a = toArray(x);
    checkSquare(a);
    const [sign, logabsdet] = runRow(rows.slogdet, [a]);
    return named('SlogdetResult', { sign, logabsdet });
  },
  'primitive',
);
