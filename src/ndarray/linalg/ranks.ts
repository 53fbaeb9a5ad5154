import type { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import { bind1, type FunctionFacts, type Primitive, primitive } from '../../core/dispatch.js';
import { float64 } from '../../core/dtype.js';
import { LinAlgError, ValueError } from '../../core/errors.js';
import { linalgTypes, runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/rows.js';
import { lstsq as lstsqRow } from '../../core/linalg/spectral-rows.js';
import { expandAxes, sliceAxis, squeezeAxes, withDtype } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { sizeOf } from '../../core/view.js';
import { matmul } from '../contraction/gufuncs.js';
import { errstate } from '../functional/errors.js';
import { where } from '../indexing/where.js';
import { finfo } from '../limits.js';
import { matrix_transpose } from '../manipulation/transpose.js';
import { all, any, count_nonzero, max } from '../statistics/reductions.js';
import type { Like } from '../ufunc.js';
import { conjugate, divide, equal, greater, isnan, logical_and, logical_not, multiply } from '../ufuncs.js';
import { check2d, checkSquare } from './common.js';
import { norm, type Order } from './norms.js';
import { singularValues, svd } from './singular.js';

/** What follows from singular values: ranks, pseudo-inverses, condition numbers, least squares. */

type F = (...args: any[]) => ArrayValue;
const [chosen, turned, most, count, product, normOf] = [
  where,
  matrix_transpose,
  max,
  count_nonzero,
  matmul,
  norm,
] as unknown as F[];
const [conj, over, above, nan, both, not, times, same] = [
  conjugate,
  divide,
  greater,
  isnan,
  logical_and,
  logical_not,
  multiply,
  equal,
] as unknown as F[];
const truth = (f: unknown, a: ArrayValue): boolean => {
  const v = (f as F)(a) as unknown;
  return typeof v === 'boolean' ? v : Boolean((v as { item(): unknown }).item());
};

const sides = (a: ArrayValue): number[] => a.shape.slice(-2);
const isEmpty = (a: ArrayValue): boolean => a.ndim >= 2 && sizeOf(sides(a)) === 0;
/** A tolerance for each matrix, to be compared with all of its values. */
const beside = (t: unknown): ArrayValue => {
  const a = toArray(t as ArrayLike);
  return expandAxes(a, [a.ndim]);
};

interface RankKeywords {
  tol?: ArrayLike | null;
  hermitian?: boolean;
  rtol?: ArrayLike | null;
}
type Rank = <A extends ArrayLike>(
  A: A,
  tol?: ArrayLike | null | RankKeywords,
  hermitian?: boolean | RankKeywords,
  kw?: RankKeywords,
) => Like<A>;

/**
 * The rank of matrices: how many singular values are larger than `tol`, or than `rtol` times the largest, which is max(m, n) times the precision unless given. (…, m, n)
 * gives (…); of fewer axes it is 0 or 1. `hermitian` finds the values by eigenvalues.
 *
 * The criterion of Golub and Van Loan, Matrix Computations, 5.4.
 * @throws ValueError for `tol` with `rtol`; LinAlgError `SVD did not converge`
 * @example np.linalg.matrix_rank([[1, 2], [2, 4]]) // → array(1)
 */
export const matrix_rank: Rank & FunctionFacts = /*@__PURE__*/ fn<any>(
  'linalg.matrix_rank',
  'A, tol=None, hermitian=False, *, rtol=None',
  (x: ArrayLike, tol: unknown, hermitian: unknown, rtol: unknown) => {
    if (rtol !== null && tol !== null) throw new ValueError("`tol` and `rtol` can't be both set.");
    const a = toArray(x);
    if (a.ndim < 2) return truth(all, same(a, 0)) ? 0 : 1;
    const s = singularValues(a, Boolean(hermitian));
    let least: ArrayValue;
    if (tol === null) {
      const relative = rtol === null ? Math.max(...sides(a)) * finfo(s.dtype).eps : beside(rtol);
      least = times(most(s, { axis: -1, keepdims: true, initial: 0 }), relative);
    } else least = beside(tol);
    return count(above(s, least), { axis: -1 });
  },
  'composite',
) as Rank & FunctionFacts;

/** The pseudo-inverse is an operation of its own for gradients, since singular vectors of equal values have none. */
const pinvPrimitive: Primitive<{ readonly rcond: unknown; readonly hermitian: boolean }> = primitive(
  'linalg.pinv',
  ([a], { rcond, hermitian }) => {
    const [u, s, vt] = svd(conj(a), { full_matrices: false, hermitian }) as unknown as ArrayValue[];
    const cutoff = times(beside(rcond), most(s, { axis: -1, keepdims: true }));
    const inverse = withDtype(chosen(above(s, cutoff), over(1, s), 0), s.dtype);
    return product(turned(vt), times(expandAxes(inverse, [inverse.ndim]), turned(u)));
  },
  ([a]) => ({ shape: [...a.shape.slice(0, -2), ...sides(a).reverse()], dtype: linalgTypes([a]).dtype }),
);

interface PinvKeywords {
  rcond?: ArrayLike | null;
  hermitian?: boolean;
  rtol?: ArrayLike | null;
}
type Pinv = <A extends ArrayLike>(
  a: A,
  rcond?: ArrayLike | null | PinvKeywords,
  hermitian?: boolean | PinvKeywords,
  kw?: PinvKeywords,
) => Like<A>;

/**
 * The pseudo-inverse of Moore and Penrose: (…, m, n) gives (…, n, m). Singular values up to `rcond` (1e-15 unless given) times the largest count as zero; `rtol` is
 * the same with another default, max(m, n) times the precision, for null.
 *
 * By singular values (Golub and Van Loan, Matrix Computations, 5.5).
 * @throws LinAlgError `SVD did not converge`; ValueError for `rtol` with `rcond`
 * @example np.linalg.pinv([[2, 0], [0, 0]]) // → array([[0.5, 0. ],
 * //          [0. , 0. ]])
 */
export const pinv: Pinv & FunctionFacts = /*@__PURE__*/ fn<any>(
  'linalg.pinv',
  'a, rcond=None, hermitian=False, *, rtol=<no value>',
  (x: ArrayLike, given: unknown, hermitian: unknown, rtol: unknown) => {
    const a = toArray(x);
    let rcond = given;
    if (rcond === null) {
      if (rtol === undefined) rcond = 1e-15;
      else rcond = rtol === null ? Math.max(...sides(a)) * finfo(a.dtype).eps : rtol;
    } else if (rtol !== undefined) throw new ValueError("`rtol` and `rcond` can't be both set.");
    if (isEmpty(a)) {
      const [m, n] = sides(a);
      return allocate([...a.shape.slice(0, -2), n, m], a.dtype, a.face);
    }
    return bind1(pinvPrimitive, [a], { rcond, hermitian: Boolean(hermitian) });
  },
  'composite',
) as Pinv & FunctionFacts;

type Cond = <A extends ArrayLike>(x: A, p?: Order | { p?: Order }) => Like<A>;

/**
 * The condition number of matrices in the norm `p`, 2 unless given: (…, m, n) gives (…). By 2 and -2 the ratio of the largest singular value to the smallest and the
 * inverse of that; by others ‖a‖ ‖a⁻¹‖ of square matrices. Infinite where a matrix is singular, NaN only where it holds NaN.
 *
 * The definitions of Golub and Van Loan, Matrix Computations, 2.6.
 * @throws LinAlgError `cond is not defined on empty arrays`, `Last 2 dimensions of the array must be square`; ValueError for another norm
 * @example np.linalg.cond([[2, 0], [0, 4]]) // → array(2.)
 */
export const cond: Cond & FunctionFacts = /*@__PURE__*/ fn<any>(
  'linalg.cond',
  'x, p=None',
  (given: ArrayLike, asked: unknown) => {
    const x = toArray(given);
    const p = (asked === null || typeof asked === 'string' ? asked : Number(asked)) as Order;
    if (isEmpty(x)) throw new LinAlgError('cond is not defined on empty arrays');
    const r = errstate({ all: 'ignore' }, () => {
      if (p === null || p === 2 || p === -2) {
        const s = singularValues(x);
        const last = s.ndim - 1;
        const end = (i: number): ArrayValue => squeezeAxes(sliceAxis(s, last, i, i + 1), [last]);
        const [high, low] = [end(0), end(s.shape[last] - 1)];
        return p === -2 ? over(low, high) : over(high, low);
      }
      checkSquare(x);
      const types = linalgTypes([x]);
      const inverse = runRow(rows.inv, [x], { ...types, single: false }, {}, 'nan')[0];
      const axis = [-2, -1];
      return withDtype(times(normOf(x, p, axis), normOf(inverse, p, axis)), types.real);
    });
    const unknown = nan(r);
    if (!truth(any, unknown)) return r;
    // A matrix without NaN whose number is NaN is singular.
    const own = (any as unknown as F)(nan(x), { axis: [-2, -1] });
    return withDtype(chosen(both(unknown, not(own)), Number.POSITIVE_INFINITY, r), r.dtype);
  },
  'composite',
) as Cond & FunctionFacts;

/** What `lstsq` gives. */
export type LstsqResult<A = ArrayLike> = [x: Like<A>, residuals: Like<A>, rank: Like<A>, s: Like<A>];
type Lstsq = <A extends ArrayLike, B extends ArrayLike>(
  a: A,
  b: B,
  rcond?: number | null | { rcond?: number | null },
) => LstsqResult<A>;

/**
 * Least squares: the x of smallest norm among those that make ‖b - a x‖ smallest, for a (m, n) and b (m) or (m, k). Gives x (n) or (n, k); for each column of b the sum of squares of
 * what is left, or nothing where m <= n or the rank is below n; the rank; the singular values of a. Those up to `rcond` (max(m, n) times the precision unless
 * given) times the largest count as zero.
 *
 * QR for m >= n, then singular values (LAPACK's gelsd).
 * @throws LinAlgError `Incompatible dimensions`, `SVD did not converge in Linear Least Squares`, `1-dimensional array given. Array must be two-dimensional`
 * @example np.linalg.lstsq([[0, 1], [1, 1], [2, 1]], [-1, 1, 3])[0] // → array([ 2., -1.])
 */
export const lstsq: Lstsq & FunctionFacts = /*@__PURE__*/ fn<any>(
  'linalg.lstsq',
  'a, b, rcond=None',
  (x: ArrayLike, y: ArrayLike, given: unknown) => {
    const a = toArray(x);
    let b = toArray(y);
    const one = b.ndim === 1;
    if (one) b = expandAxes(b, [1]);
    check2d(a, b);
    const [m, n] = a.shape;
    if (m !== b.shape[0]) throw new LinAlgError('Incompatible dimensions');
    const types = linalgTypes([a, b]);
    const rcond = given === null ? finfo(float64).eps * Math.max(n, m) : Number(given);
    const [solution, left, rank, s] = runRow(lstsqRow, [a, b], types, { rcond });
    const full = Number((rank as unknown as { item(): unknown }).item()) === n && m > n;
    return [one ? squeezeAxes(solution, [1]) : solution, full ? left : allocate([0], types.real, a.face), rank, s];
  },
  'primitive',
) as Lstsq & FunctionFacts;
