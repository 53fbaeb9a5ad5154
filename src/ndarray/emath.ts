/** np.emath, also np.lib.scimath: functions that give complex results where real ones do not exist. */
import type { ArrayLike } from '../core/coerce.js';
import { fromScalar, toArray } from '../core/coerce.js';
import type { ArrayValue } from '../core/array.js';
import { complex128, complex64, float64, int64 } from '../core/dtype.js';
import { withDtype } from '../core/ops/move.js';
import { fn } from '../core/signature.js';
import * as u from './ufuncs.js';
import { any } from './statistics/index.js';
import { isreal } from './manipulation/complex.js';
import type { Like } from './ufunc.js';

type Unary = <A extends ArrayLike>(x: A) => Like<A>;

/** Narrow integers and floats become complex64, all others complex128. */
const toComplex = (a: ArrayValue): ArrayValue => withDtype(a, 'bhBHfF'.includes(a.dtype.char) ? complex64 : complex128);

/** An array, complex where one of its real elements is outside of a function's real domain. */
const widened =
  (outside: (a: ArrayValue) => ArrayValue, widen: (a: ArrayValue) => ArrayValue = toComplex) =>
  (x: unknown): ArrayValue => {
    // A lone whole number is an integer, as in every operation.
    const a = typeof x === 'number' && Number.isInteger(x) ? fromScalar(x, int64) : toArray(x);
    // Of tensors the answer is one, too.
    return Number(any(u.logical_and(isreal(a), outside(a)))) !== 0 ? widen(a) : a;
  };
const belowZero = (a: ArrayValue): ArrayValue => u.less(a, 0) as ArrayValue;
const negatives = widened(belowZero);
const powers = widened(belowZero, (a) => ('?bhilqBHILQ'.includes(a.dtype.char) ? withDtype(a, float64) : a));
const beyondOne = widened((a) => u.greater(u.absolute(a), 1) as ArrayValue);

const unary = (name: string, f: (x: ArrayValue) => unknown, domain: (x: unknown) => ArrayValue): Unary =>
  fn<Unary>(name, 'x', (x: unknown) => f(domain(x)), 'composite');

/** Square roots, imaginary for negative numbers. @example np.emath.sqrt([-1, 4]) // → array([0.+1.j, 2.+0.j]) */
export const sqrt: Unary = /*@__PURE__*/ unary('sqrt', u.sqrt, negatives);
/** Natural logarithms, complex for negative numbers. @example np.emath.log([1, -1]) // → array([0.+0.j        , 0.+3.14159265j]) */
export const log: Unary = /*@__PURE__*/ unary('log', u.log, negatives);
/** Logarithms to base 2, complex for negative numbers. @example np.emath.log2([8, 4]) // → array([3., 2.]) */
export const log2: Unary = /*@__PURE__*/ unary('log2', u.log2, negatives);
/** Logarithms to base 10, complex for negative numbers. @example np.emath.log10([100, 10]) // → array([2., 1.]) */
export const log10: Unary = /*@__PURE__*/ unary('log10', u.log10, negatives);
/** Arc cosines, complex beyond [-1, 1]. @example np.emath.arccos([1, 2]) // → array([0.-0.j       , 0.-1.3169579j]) */
export const arccos: Unary = /*@__PURE__*/ unary('arccos', u.arccos, beyondOne);
/** Arc sines, complex beyond [-1, 1]. @example np.emath.arcsin([0, 1]) // → array([0.        , 1.57079633]) */
export const arcsin: Unary = /*@__PURE__*/ unary('arcsin', u.arcsin, beyondOne);
/** Inverse hyperbolic tangents, complex beyond [-1, 1]. @example np.emath.arctanh([0, 0.5]) // → array([0.        , 0.54930614]) */
export const arctanh: Unary = /*@__PURE__*/ unary('arctanh', u.arctanh, beyondOne);

/** Logarithms to base n, complex for negative numbers. @example np.emath.logn(2, [4, 8]) // → array([2., 3.]) */
export const logn: (n: ArrayLike, x: ArrayLike) => ArrayValue = /*@__PURE__*/ fn(
  'logn',
  'n, x',
  (n: unknown, x: unknown) => u.divide(u.log(negatives(x)), u.log(negatives(n))),
  'composite',
);

/** x to the power of p, complex for negative x. @example np.emath.power([2, 4], -2) // → array([0.25  , 0.0625]) */
export const power: (x: ArrayLike, p: ArrayLike) => ArrayValue = /*@__PURE__*/ fn(
  'power',
  'x, p',
  (x: unknown, p: unknown) => u.power(negatives(x), powers(p)),
  'composite',
);
