import type { ArrayValue } from '../../core/array.js';
import type { NDArray } from '../ndarray.js';
import { i0 } from '../statistics/special.js';
import * as u from '../ufuncs.js';
import { direct } from './make.js';
import { ones, zeros } from './fill.js';
import { arange } from './range.js';

/** Window functions of M points, float64. */

export interface Window {
  (M: number): NDArray<'float64'>;
}

/** Declares a window by its value at n = 1-M, 3-M, …, M-1. Windows of one point are 1, of none empty. */
const window = (name: string, at: (n: ArrayValue, M: number) => ArrayValue): Window =>
  direct(name, 'M', (given) => {
    const M = Number(given);
    if (M < 1) return zeros(0);
    if (M === 1) return ones(1);
    return at((arange as any)(1 - M, M, 2), M);
  });

const mul = (a: unknown, b: unknown): ArrayValue => (u.multiply as any)(a, b);
const add = (a: unknown, b: unknown): ArrayValue => (u.add as any)(a, b);
const wave = (n: ArrayValue, M: number, turns: number): ArrayValue =>
  u.cos(u.divide(mul(turns * Math.PI, n), M - 1)) as ArrayValue;

/** The Hanning window, a raised cosine. @example np.hanning(5) // → array([0. , 0.5, 1. , 0.5, 0. ]) */
export const hanning: Window = /*@__PURE__*/ window('hanning', (n, M) => add(0.5, mul(0.5, wave(n, M, 1))));

/** The Hamming window, a raised cosine that does not reach zero. @example np.hamming(5) // → array([0.08, 0.54, 1.  , 0.54, 0.08]) */
export const hamming: Window = /*@__PURE__*/ window('hamming', (n, M) => add(0.54, mul(0.46, wave(n, M, 1))));

/** The Blackman window, of three cosine terms. @example np.round(np.blackman(5), 3) // → array([-0.  ,  0.34,  1.  ,  0.34, -0.  ]) */
export const blackman: Window = /*@__PURE__*/ window('blackman', (n, M) =>
  add(add(0.42, mul(0.5, wave(n, M, 1))), mul(0.08, wave(n, M, 2))),
);

/** The Bartlett window, a triangle. @example np.bartlett(5) // → array([0. , 0.5, 1. , 0.5, 0. ]) */
export const bartlett: Window = /*@__PURE__*/ window(
  'bartlett',
  (n, M) => u.subtract(1, u.absolute(u.divide(n, M - 1))) as ArrayValue,
);

/**
 * The Kaiser window, from the Bessel function i0.
 *
 * @param beta how fast it falls: 0 is a rectangle
 * @example np.kaiser(3, 14) // → array([7.72686684e-06, 1.00000000e+00, 7.72686684e-06])
 */
export const kaiser: (M: number, beta: number) => NDArray<'float64'> = /*@__PURE__*/ direct(
  'kaiser',
  'M, beta',
  (given, beta) => {
    const M = Number(given);
    if (M === 1) return ones(1);
    const n = arange(0, M);
    const alpha = (M - 1) / 2;
    const x = u.divide(u.subtract(n, alpha), alpha);
    return u.divide((i0 as any)(mul(Number(beta), u.sqrt(u.subtract(1, u.square(x))))), (i0 as any)(Number(beta)));
  },
);
