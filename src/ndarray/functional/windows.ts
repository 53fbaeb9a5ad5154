import type { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { float64 } from '../../core/dtype.js';
import { fn } from '../../core/signature.js';
import { arange } from '../creation/range.js';
import { empty, ones } from '../creation/fill.js';
import { where } from '../indexing/where.js';
import { add, cos, divide, less_equal, multiply, power, sqrt, subtract } from '../ufuncs.js';
import { i0 } from '../statistics/special.js';
import type { NDArray } from '../ndarray.js';

/** Weights for the samples of a window. */

/** How many samples; fractions are allowed, as in NumPy. */
type Count = number | bigint | ArrayValue;

const number = (x: unknown): number => Number(toArray(x).valueOf());

/** Calls `f` with -(m-1), …, m-1 in steps of 2, unless there are fewer than two samples. */
function window(given: unknown, f: (n: NDArray, m: number) => NDArray): NDArray {
  const m = number(given);
  if (m < 1) return empty(0) as NDArray;
  if (m === 1) return ones(1) as NDArray;
  return f(arange(1 - m, m, 2, { dtype: float64 }) as NDArray, m);
}

/** cos(kπn / (m - 1)), in NumPy's order of operations. */
const wave = (n: NDArray, m: number, k: number): NDArray => cos(divide(multiply(k * Math.PI, n), m - 1));

/** Triangular window that ends in zeros. @example np.bartlett(5) // → array([0. , 0.5, 1. , 0.5, 0. ]) */
export const bartlett: (M: Count) => NDArray = /*@__PURE__*/ fn('bartlett', 'M', (m) =>
  window(m, (n, k) => {
    const slope = divide(n, k - 1);
    return where(less_equal(n, 0), add(1, slope), subtract(1, slope)) as NDArray;
  }),
);

/** Window of three cosines with small leakage. @example np.blackman(3) // → array([-1.38777878e-17,  1.00000000e+00, -1.38777878e-17]) */
export const blackman: (M: Count) => NDArray = /*@__PURE__*/ fn('blackman', 'M', (m) =>
  window(m, (n, k) => add(add(0.42, multiply(0.5, wave(n, k, 1))), multiply(0.08, wave(n, k, 2)))),
);

/** Raised cosine on a pedestal. @example np.hamming(3) // → array([0.08, 1.  , 0.08]) */
export const hamming: (M: Count) => NDArray = /*@__PURE__*/ fn('hamming', 'M', (m) => window(m, (n, k) => add(0.54, multiply(0.46, wave(n, k, 1)))));

/** Raised cosine that ends in zeros. @example np.hanning(5) // → array([0. , 0.5, 1. , 0.5, 0. ]) */
export const hanning: (M: Count) => NDArray = /*@__PURE__*/ fn('hanning', 'M', (m) => window(m, (n, k) => add(0.5, multiply(0.5, wave(n, k, 1)))));

export type Kaiser = (M: Count, beta: number | ArrayValue) => NDArray;

/**
 * Kaiser's window, of Bessel functions.
 *
 * @param beta its shape: 0 is rectangular, 5 like Hamming's, 6 like Hanning's, 8.6 like Blackman's
 * @example np.kaiser(3, 14) // → array([7.72686684e-06, 1.00000000e+00, 7.72686684e-06])
 */
export const kaiser: Kaiser = /*@__PURE__*/ fn<Kaiser>('kaiser', 'M, beta', (given, shape) => {
  const m = number(given);
  const beta = number(shape);
  if (m === 1) return ones(1);
  const alpha = (m - 1) / 2;
  const t = divide(subtract(arange(0, m, { dtype: float64 }) as NDArray, alpha), alpha);
  return divide(i0(multiply(beta, sqrt(subtract(1, power(t, 2))))), i0(beta));
});
