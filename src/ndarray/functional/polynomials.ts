import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, fromScalar, toArray } from '../../core/coerce.js';
import { float64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { reshapeTo, sliceAxis } from '../../core/ops/move.js';
import { applyRow } from '../../core/ops/execute.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { resultType } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { full, zeros, zeros_like } from '../creation/fill.js';
import { arange } from '../creation/range.js';
import { trim_zeros } from '../indexing/edit.js';
import { concatenate } from '../manipulation/join.js';
import { atleast_1d } from '../manipulation/shape.js';
import type { NDArray } from '../ndarray.js';
import type { Reduced } from '../statistics/common.js';
import { convolve } from '../statistics/correlation.js';
import { real } from '../statistics/steps.js';
import { add, divide, multiply, subtract } from '../ufuncs.js';

/** Polynomials as one-dimensional arrays of coefficients, the highest power first. */

/** A result of two operands: of the class of the one that is no plain data. */
type Both<A, B> = A extends ArrayValue ? Reduced<A> : Reduced<B>;
export type PolynomialPair = <A extends ArrayLike, B extends ArrayLike>(a1: A, a2: B) => Both<A, B>;

const list = (x: unknown): ArrayValue => (atleast_1d as unknown as (x: ArrayValue) => ArrayValue)(toArray(x));

/** Coefficients without zeros in front, of which at least one stays. @throws ValueError for more than one dimension */
function trimmed(x: unknown): ArrayValue {
  const p = list(x);
  if (p.ndim > 1) throw new ValueError('Polynomial must be 1d only.');
  const t = (trim_zeros as unknown as (p: ArrayValue, trim: string) => ArrayValue)(p, 'f');
  return t.size > 0 ? t : sliceAxis(concatenate([p, zeros_like(sliceAxis(p, 0, 0, 1))]) as ArrayValue, 0, 0, 1);
}

/** Both lists with zeros in front of the shorter one. */
function levelled(a1: unknown, a2: unknown): [ArrayValue, ArrayValue] {
  const [a, b] = [list(a1), list(a2)];
  const missing = b.shape[0] - a.shape[0];
  const longer = (p: ArrayValue, n: number): ArrayValue =>
    n <= 0 ? p : (concatenate([zeros(n, { dtype: p.dtype }), p]) as ArrayValue);
  return [longer(a, missing), longer(b, -missing)];
}

/** Values of a polynomial at the places `x`, by Horner's rule. @example np.polyval([3, 0, 1], 5) // → array(76.) */
export const polyval: <P extends ArrayLike, A extends ArrayLike>(p: P, x: A) => Both<A, P> = /*@__PURE__*/ fn(
  'polyval',
  'p, x',
  (p: unknown, x: unknown) => {
    const coefficients = toArray(p);
    if (coefficients.ndim === 0) throw new TypeError('iteration over a 0-d array');
    const at = toArray(x);
    let y = zeros_like(at) as ArrayValue;
    for (let i = 0; i < coefficients.shape[0]; i++) {
      const c = reshapeTo(sliceAxis(coefficients, 0, i, i + 1), coefficients.shape.slice(1));
      y = add(multiply(y, at), c) as ArrayValue;
    }
    return y;
  },
);

/** The sum of two polynomials. @example np.polyadd([1, 2], [9, 5, 4]) // → array([9., 6., 6.]) */
export const polyadd: PolynomialPair = /*@__PURE__*/ fn<PolynomialPair>('polyadd', 'a1, a2', (a1, a2) =>
  add(...levelled(a1, a2)),
);

/** The difference of two polynomials. @example np.polysub([2, 10, -2], [3, 10, -4]) // → array([-1.,  0.,  2.]) */
export const polysub: PolynomialPair = /*@__PURE__*/ fn<PolynomialPair>('polysub', 'a1, a2', (a1, a2) =>
  subtract(...levelled(a1, a2)),
);

/** The product of two polynomials. @example np.polymul([1, 2, 3], [9, 5, 1]) // → array([ 9., 23., 38., 17.,  3.]) */
export const polymul: PolynomialPair = /*@__PURE__*/ fn<PolynomialPair>('polymul', 'a1, a2', (a1, a2) =>
  convolve(trimmed(a1), trimmed(a2)),
);

/** Quotient and remainder of two polynomials. @example np.polydiv([3, 5, 2], [2, 1]) // → [ array([1.5 , 1.75]), array([0.25]) ] */
export const polydiv: (u: ArrayLike, v: ArrayLike) => [quotient: NDArray, remainder: NDArray] = /*@__PURE__*/ fn(
  'polydiv',
  'u, v',
  (given: unknown, by: unknown) => {
    const u = applyRow(arithmetic.add, [list(given), real(0)]) as NDArray;
    const v = applyRow(arithmetic.add, [list(by), real(0)]) as NDArray;
    const dtype = resultType([u.dtype, v.dtype]);
    const [m, n] = [u.size - 1, v.size - 1];
    const scale = divide(1, v.at(0)) as NDArray;
    const q = zeros(Math.max(m - n + 1, 1), { dtype }) as NDArray;
    let r = u.astype(dtype) as NDArray;
    for (let k = 0; k <= m - n; k++) {
      const d = multiply(scale, r.at(k)) as NDArray;
      q.set(k, d);
      const part = `${k}:${k + n + 1}`;
      r.set([part], subtract(r.at(part), multiply(d, v)));
    }
    // What is left of the leading coefficients is rounding: below 1e-8, as allclose has it.
    let first = 0;
    while (first < r.size - 1 && Number(r.at(first).abs()) <= 1e-8) first++;
    r = r.at(`${first}:`);
    return [q, r];
  },
  'host',
);

export interface PolynomialStep {
  <A extends ArrayLike>(p: A, m?: number): Reduced<A>;
  <A extends ArrayLike>(p: A, kw: { m?: number }): Reduced<A>;
}

/** n, n - 1, …, 1: what powers bring down. */
const powers = (n: number): ArrayValue => arange(n, 0, -1) as unknown as ArrayValue;

/**
 * The m-th derivative of a polynomial.
 * @throws ValueError for a negative order
 * @example np.polyder([1, 1, 1, 1]) // → array([3., 2., 1.])
 */
export const polyder: PolynomialStep = /*@__PURE__*/ fn<PolynomialStep>(
  'polyder',
  'p, m=1',
  (given: unknown, m: number) => {
    if (m < 0) throw new ValueError('Order of derivative must be positive (see polyint)');
    let p = toArray(given);
    for (let k = 0; k < m; k++) {
      const n = Math.max(0, (p.shape[0] ?? 0) - 1);
      p = multiply(sliceAxis(p, 0, 0, n), powers(n)) as ArrayValue;
    }
    return p;
  },
);

export interface PolynomialIntegral {
  <A extends ArrayLike>(p: A, m?: number, k?: ArrayLike | null): Reduced<A>;
  <A extends ArrayLike>(p: A, kw: { m?: number; k?: ArrayLike | null }): Reduced<A>;
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
  (given: unknown, m: number, constants: unknown) => {
    if (m < 0) throw new ValueError('Order of integral must be positive (see polyder)');
    let k: ArrayValue = constants === null ? (zeros(m) as ArrayValue) : list(constants);
    if (k.shape[0] === 1 && m > 1) k = multiply(sliceAxis(k, 0, 0, 1), full(m, fromScalar(1, float64))) as ArrayValue;
    if (k.shape[0] < m) throw new ValueError('k must be a scalar or a rank-1 array of length 1 or >m.');
    let p = toArray(given);
    for (let i = 0; i < m; i++)
      p = concatenate([divide(p, powers(p.shape[0])) as ArrayValue, sliceAxis(k, 0, i, i + 1)]) as ArrayValue;
    return p;
  },
);
