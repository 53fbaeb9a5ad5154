import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { castTo } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { outer } from '../contraction/products.js';
import { dot } from '../contraction/products.js';
import { vander } from '../creation/matrices.js';
import { finfo } from '../limits.js';
import type { NDArray } from '../ndarray.js';
import type { Reduced } from '../statistics/common.js';
import { sqrt } from '../ufuncs.js';
import { over, plus, times, type Value } from './algebra.js';
import { derivativeOf, differenceOf, integralOf, productOf, quotientOf, sumOf, valueOf } from './coefficients.js';
import { Poly1d, poly1d } from './poly1d.js';
import { coefficientsOfRoots, rootsOf } from './roots.js';
import { inverse, lstsq } from './solvers.js';

/** The functions over polynomials with the highest power first. Where a `poly1d` takes part, the result is one. */

/** A result of two operands: a polynomial where one takes part, else of the class of the one that is no plain data. */
type Both<A, B> = A extends Poly1d
  ? Poly1d
  : B extends Poly1d
    ? Poly1d
    : A extends ArrayValue
      ? A
      : B extends ArrayLike
        ? Reduced<B>
        : NDArray;
/** Coefficients, or a polynomial. */
export type PolynomialLike = ArrayLike | Poly1d;
export type PolynomialPair = <A extends PolynomialLike, B extends PolynomialLike>(a1: A, a2: B) => Both<A, B>;

const isPolynomial = (...x: readonly unknown[]): boolean => x.some((p) => p instanceof Poly1d);
const alike = (result: unknown, ...from: readonly unknown[]): any =>
  isPolynomial(...from) ? poly1d(result as ArrayLike) : result;

/** Values of a polynomial at the places `x`, by Horner's rule; of a polynomial, the substitution. @example np.polyval([3, 0, 1], 5) // → array(76.) */
export const polyval: <P extends PolynomialLike, A extends PolynomialLike>(p: P, x: A) => Both<A, A> = /*@__PURE__*/ fn(
  'polyval',
  'p, x',
  (p: unknown, x: unknown) => alike(valueOf(p, x), x),
);

/** The sum of two polynomials. @example np.polyadd([1, 2], [9, 5, 4]) // → array([9., 6., 6.]) */
export const polyadd: PolynomialPair = /*@__PURE__*/ fn<PolynomialPair>('polyadd', 'a1, a2', (a1, a2) =>
  alike(sumOf(a1, a2), a1, a2),
);

/** The difference of two polynomials. @example np.polysub([2, 10, -2], [3, 10, -4]) // → array([-1.,  0.,  2.]) */
export const polysub: PolynomialPair = /*@__PURE__*/ fn<PolynomialPair>('polysub', 'a1, a2', (a1, a2) =>
  alike(differenceOf(a1, a2), a1, a2),
);

/** The product of two polynomials. @example np.polymul([1, 2, 3], [9, 5, 1]) // → array([ 9., 23., 38., 17.,  3.]) */
export const polymul: PolynomialPair = /*@__PURE__*/ fn<PolynomialPair>('polymul', 'a1, a2', (a1, a2) =>
  alike(productOf(a1, a2), a1, a2),
);

/** Quotient and remainder of two polynomials. @example np.polydiv([3, 5, 2], [2, 1]) // → [ array([1.5 , 1.75]), array([0.25]) ] */
export const polydiv: <U extends PolynomialLike, V extends PolynomialLike>(
  u: U,
  v: V,
) => [quotient: Both<U, V>, remainder: Both<U, V>] = /*@__PURE__*/ fn(
  'polydiv',
  'u, v',
  (u: unknown, v: unknown) => quotientOf(u, v).map((p) => alike(p, u, v)),
  'host',
);

export interface PolynomialStep {
  <A extends PolynomialLike>(p: A, m?: number | { m?: number }): Both<A, A>;
}

/**
 * The m-th derivative of a polynomial.
 * @throws ValueError for a negative order
 * @example np.polyder([1, 1, 1, 1]) // → array([3., 2., 1.])
 */
export const polyder: PolynomialStep = /*@__PURE__*/ fn<PolynomialStep>('polyder', 'p, m=1', (p: unknown, m: number) =>
  alike(derivativeOf(p, Math.trunc(m)), p),
);

export interface PolynomialIntegral {
  <A extends PolynomialLike>(p: A, m?: number, k?: ArrayLike | null): Both<A, A>;
  <A extends PolynomialLike>(p: A, kw: { m?: number; k?: ArrayLike | null }): Both<A, A>;
}

/**
 * The m-th antiderivative of a polynomial.
 *
 * @param k constants of integration, zeros unless given: one for all steps, or one for each
 * @throws ValueError for a negative order or too few constants
 * @example np.polyint([6, 2]) // → array([3., 2., 0.])
 */
export const polyint: PolynomialIntegral = /*@__PURE__*/ fn<PolynomialIntegral>(
  'polyint',
  'p, m=1, k=None',
  (p: unknown, m: number, k: unknown) => alike(integralOf(p, Math.trunc(m), k), p),
);

/**
 * The roots of a polynomial: the eigenvalues of its companion matrix (R. A. Horn and C. R. Johnson, Matrix Analysis, 1999, pp. 146-7).
 * @throws ValueError for more than one dimension
 * @example np.roots([1, -3, 2]) // → array([2., 1.])
 */
export const roots: (p: PolynomialLike) => NDArray = /*@__PURE__*/ fn('roots', 'p', rootsOf, 'host');

/**
 * The polynomial with the given roots and leading coefficient 1; of a square matrix its characteristic polynomial.
 * Without roots that is the number 1.
 * @throws ValueError for other shapes
 * @example np.poly([2, 3]) // → array([ 1., -5.,  6.])
 */
export const poly: (seq_of_zeros: ArrayLike) => NDArray | 1 = /*@__PURE__*/ fn(
  'poly',
  'seq_of_zeros',
  coefficientsOfRoots,
  'host',
);

export interface PolyfitKeywords {
  /** Singular values smaller than this part of the largest are taken for zero; by default the number of points times eps. */
  rcond?: number | null;
  /** Gives [coefficients, residuals, rank, singular values, rcond]. */
  full?: boolean;
  /** Weights of the residuals, not squared. */
  w?: ArrayLike | null;
  /** Gives the covariance matrix, too, scaled by the residuals unless 'unscaled'. */
  cov?: boolean | 'unscaled';
}
export interface Polyfit {
  (
    x: ArrayLike,
    y: ArrayLike,
    deg: number,
    kw: PolyfitKeywords & { full: true },
  ): [coefficients: NDArray, residuals: NDArray, rank: NDArray, singular_values: NDArray, rcond: number];
  (x: ArrayLike, y: ArrayLike, deg: number, kw: PolyfitKeywords & { cov: true | 'unscaled' }): [NDArray, NDArray];
  (x: ArrayLike, y: ArrayLike, deg: number, kw?: PolyfitKeywords): NDArray;
  (
    x: ArrayLike,
    y: ArrayLike,
    deg: number,
    rcond: number | null,
    full?: boolean,
    w?: ArrayLike | null,
    cov?: boolean | 'unscaled',
  ): any;
}

const floats = (x: unknown): NDArray => {
  const a = toArray(x) as NDArray;
  return ('iub'.includes(a.dtype.kind) ? castTo(a, finfo('float64').dtype) : plus(a, 0)) as NDArray;
};

/**
 * The least-squares fit of a polynomial of degree `deg` to values `y` at the places `x`, of one or several sets of data.
 *
 * @throws TypeError for data of other shapes, ValueError for a negative degree or too few points for `cov`
 * @example np.polyfit([0, 1, 2], [1, 3, 7], 2).round(6) // → array([1., 1., 1.])
 */
export const polyfit: Polyfit = /*@__PURE__*/ fn<Polyfit>(
  'polyfit',
  'x, y, deg, rcond=None, full=False, w=None, cov=False',
  (xs: unknown, ys: unknown, deg: unknown, rcond: unknown, full: unknown, weights: unknown, cov: unknown) => {
    const degree = Math.trunc(Number(deg));
    const order = degree + 1;
    const [x, y] = [floats(xs), floats(ys)];
    if (degree < 0) throw new ValueError('expected deg >= 0');
    if (x.ndim !== 1) throw new TypeError('expected 1D vector for x');
    if (x.size === 0) throw new TypeError('expected non-empty vector for x');
    if (y.ndim < 1 || y.ndim > 2) throw new TypeError('expected 1D or 2D array for y');
    if (x.shape[0] !== y.shape[0]) throw new TypeError('expected x and y to have same length');
    const cut = rcond === null ? x.size * finfo(x.dtype).eps : Number(rcond);
    let left = vander(x, order) as NDArray;
    let right = y;
    if (weights !== null) {
      const w = floats(weights);
      if (w.ndim !== 1) throw new TypeError('expected a 1-d array for weights');
      if (w.shape[0] !== y.shape[0]) throw new TypeError('expected w and y to have the same length');
      const column = w.reshape([-1, 1]) as NDArray;
      left = times(left, column);
      right = times(right, right.ndim === 2 ? column : w);
    }
    const scale = sqrt((times(left, left) as NDArray).sum(0)) as NDArray;
    left = over(left, scale);
    const [found, residuals, rank, singular] = lstsq(left, right, cut);
    const c = (over(found.T, scale) as NDArray).T as NDArray;
    if (Number(rank.item()) !== order && !full) warn('RankWarning', 'Polyfit may be poorly conditioned');
    if (full) return [c, residuals, rank, singular, cut];
    if (!cov) return c;
    const base = over(inverse(dot(left.T as NDArray, left) as NDArray), outer(scale, scale)) as NDArray;
    let factor: Value = 1;
    if (cov !== 'unscaled') {
      if (x.size <= order)
        throw new ValueError('the number of data points must exceed order to scale the covariance matrix');
      factor = over(residuals, x.size - order);
    }
    return [c, times(y.ndim === 1 ? base : base.reshape([...base.shape, 1]), factor)];
  },
  'host',
);
