import * as a from '../core/ops/ufuncs/arithmetic.js';
import * as e from '../core/ops/ufuncs/elementary.js';
import * as l from '../core/ops/ufuncs/logic.js';
import { type BinaryUfunc, type BinaryUfunc2, ufunc, type UnaryUfunc, type UnaryUfunc2 } from './ufunc.js';

/** The ufuncs of the np namespace, one line each: what they compute is in their rows. */

// Arithmetic
/** Sum, element by element; of booleans logical or. @example np.add([1, 2], 10) // → array([11., 12.]) */
export const add: BinaryUfunc = /*@__PURE__*/ ufunc(a.add);
/** Difference. @throws TypeError for booleans @example np.subtract([5, 6], [1, 2]) // → array([4., 4.]) */
export const subtract: BinaryUfunc = /*@__PURE__*/ ufunc(a.subtract);
/**
 * Product; of booleans logical and. Integers wrap.
 * @example np.multiply([1, 2], [[2], [3]]) // → array([[2., 4.],
 * //          [3., 6.]])
 */
export const multiply: BinaryUfunc = /*@__PURE__*/ ufunc(a.multiply);
/** Quotient in floating point; of integers in float64. By zero: inf or nan. @example np.divide([1, 4], 2) // → array([0.5, 2. ]) */
export const divide: BinaryUfunc = /*@__PURE__*/ ufunc(a.divide);
/** The same as {@link divide}. @example np.true_divide(np.arange(3), 2) // → array([0. , 0.5, 1. ]) */
export const true_divide: BinaryUfunc = divide;
/** Quotient rounded toward -inf; integers by zero give 0. @example np.floor_divide([7, -7], 2) // → array([ 3., -4.]) */
export const floor_divide: BinaryUfunc = /*@__PURE__*/ ufunc(a.floor_divide);
/** Remainder with the sign of the divisor, as Python's `%`. @example np.remainder([7, -7], 3) // → array([1., 2.]) */
export const remainder: BinaryUfunc = /*@__PURE__*/ ufunc(a.remainder);
/** The same as {@link remainder}. @example np.mod([7, -7], 3) // → array([1., 2.]) */
export const mod: BinaryUfunc = remainder;
/** Remainder with the sign of the dividend, as in C. @example np.fmod([7, -7], 3) // → array([ 1., -1.]) */
export const fmod: BinaryUfunc = /*@__PURE__*/ ufunc(a.fmod);
/** Floor quotient and remainder at once. @example np.divmod([7, -7], 3) // → [ array([ 2., -3.]), array([1., 2.]) ] */
export const divmod: BinaryUfunc2 = /*@__PURE__*/ ufunc(a.divmod);
/** Power. @throws ValueError for integers to a negative integer power @example np.power([2, 3], [3, 2]) // → array([8., 9.]) */
export const power: BinaryUfunc = /*@__PURE__*/ ufunc(a.power);
/** The same as {@link power}. @example np.pow([2, 3], 2) // → array([4., 9.]) */
export const pow: BinaryUfunc = power;
/** Power in float64 or complex128, whatever the operands are. @example np.float_power(np.arange(3), 2) // → array([0., 1., 4.]) */
export const float_power: BinaryUfunc = /*@__PURE__*/ ufunc(a.float_power);
/** The negative. @throws TypeError for booleans @example np.negative([1, -2]) // → array([-1.,  2.]) */
export const negative: UnaryUfunc = /*@__PURE__*/ ufunc(a.negative);
/** A copy of the values. @example np.positive([1, -2]) // → array([ 1., -2.]) */
export const positive: UnaryUfunc = /*@__PURE__*/ ufunc(a.positive);
/** Absolute value; of complex numbers the modulus, as a real array. @example np.absolute([-1.5, 2]) // → array([1.5, 2. ]) */
export const absolute: UnaryUfunc = /*@__PURE__*/ ufunc(a.absolute);
/** The same as {@link absolute}. @example np.abs([-1.5, 2]) // → array([1.5, 2. ]) */
export const abs: UnaryUfunc = absolute;
/** Absolute value as a float, real operands only. @example np.fabs([-1, 2]) // → array([1., 2.]) */
export const fabs: UnaryUfunc = /*@__PURE__*/ ufunc(a.fabs);
/** -1, 0 or 1; nan for nan; of complex numbers z / |z|. @example np.sign([-5, 0, 3]) // → array([-1.,  0.,  1.]) */
export const sign: UnaryUfunc = /*@__PURE__*/ ufunc(a.sign);
/** x * x. @example np.square([2, -3]) // → array([4., 9.]) */
export const square: UnaryUfunc = /*@__PURE__*/ ufunc(a.square);
/** 1 / x; of integers truncated. @example np.reciprocal([2, 4]) // → array([0.5 , 0.25]) */
export const reciprocal: UnaryUfunc = /*@__PURE__*/ ufunc(a.reciprocal);
/** Complex conjugate. @example np.conjugate([np.complex(1, 2)]) // → array([1.-2.j]) */
export const conjugate: UnaryUfunc = /*@__PURE__*/ ufunc(a.conjugate);
/** The same as {@link conjugate}. @example np.conj([np.complex(1, 2)]) // → array([1.-2.j]) */
export const conj: UnaryUfunc = conjugate;
/** Greatest common divisor of integers. @example np.gcd(np.array([12, 18], 'int64'), 8) // → array([4, 2]) */
export const gcd: BinaryUfunc = /*@__PURE__*/ ufunc(a.gcd);
/** Least common multiple of integers. @example np.lcm(np.array([4, 6], 'int64'), 10) // → array([20, 30]) */
export const lcm: BinaryUfunc = /*@__PURE__*/ ufunc(a.lcm);
/** The larger of two; nan where either is nan. @example np.maximum([1, NaN], [2, 2]) // → array([ 2., nan]) */
export const maximum: BinaryUfunc = /*@__PURE__*/ ufunc(a.maximum);
/** The smaller of two; nan where either is nan. @example np.minimum([1, NaN], [2, 2]) // → array([ 1., nan]) */
export const minimum: BinaryUfunc = /*@__PURE__*/ ufunc(a.minimum);
/** The larger of two; a nan gives way to the other. @example np.fmax([1, NaN], [2, 2]) // → array([2., 2.]) */
export const fmax: BinaryUfunc = /*@__PURE__*/ ufunc(a.fmax);
/** The smaller of two; a nan gives way to the other. @example np.fmin([1, NaN], [2, 2]) // → array([1., 2.]) */
export const fmin: BinaryUfunc = /*@__PURE__*/ ufunc(a.fmin);

// Comparison and logic
/** x1 == x2, as bool. @example np.equal([1, 2], [1, 3]) // → array([ True, False]) */
export const equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.equal);
/** x1 != x2, as bool. @example np.not_equal([1, 2], [1, 3]) // → array([False,  True]) */
export const not_equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.not_equal);
/** x1 < x2, as bool. @example np.less([1, 2], 2) // → array([ True, False]) */
export const less: BinaryUfunc = /*@__PURE__*/ ufunc(l.less);
/** x1 <= x2, as bool. @example np.less_equal([1, 2], 1) // → array([ True, False]) */
export const less_equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.less_equal);
/** x1 > x2, as bool. @example np.greater([1, 2], 1) // → array([False,  True]) */
export const greater: BinaryUfunc = /*@__PURE__*/ ufunc(l.greater);
/** x1 >= x2, as bool. @example np.greater_equal([1, 2], 2) // → array([False,  True]) */
export const greater_equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.greater_equal);
/** Both are true (not zero), as bool. @example np.logical_and([true, false], true) // → array([ True, False]) */
export const logical_and: BinaryUfunc = /*@__PURE__*/ ufunc(l.logical_and);
/** At least one is true, as bool. @example np.logical_or([true, false], false) // → array([ True, False]) */
export const logical_or: BinaryUfunc = /*@__PURE__*/ ufunc(l.logical_or);
/** Exactly one is true, as bool. @example np.logical_xor([true, false], true) // → array([False,  True]) */
export const logical_xor: BinaryUfunc = /*@__PURE__*/ ufunc(l.logical_xor);
/** True where the value is false or zero. @example np.logical_not([0, 3]) // → array([ True, False]) */
export const logical_not: UnaryUfunc = /*@__PURE__*/ ufunc(l.logical_not);
/** True where nan. @example np.isnan([1, NaN]) // → array([False,  True]) */
export const isnan: UnaryUfunc = /*@__PURE__*/ ufunc(l.isnan);
/** True where inf or -inf. @example np.isinf([1, -Infinity]) // → array([False,  True]) */
export const isinf: UnaryUfunc = /*@__PURE__*/ ufunc(l.isinf);
/** True where neither inf nor nan. @example np.isfinite([1, NaN, Infinity]) // → array([ True, False, False]) */
export const isfinite: UnaryUfunc = /*@__PURE__*/ ufunc(l.isfinite);
/**
 * Not-a-time, which no dtype here has. @throws TypeError always
 * @example np.isnat([1]); // throws TypeError: ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.
 */
export const isnat: UnaryUfunc = /*@__PURE__*/ ufunc(l.isnat);
/** True where the sign bit is set, -0 and -nan included. @example np.signbit([-0, 0]) // → array([ True, False]) */
export const signbit: UnaryUfunc = /*@__PURE__*/ ufunc(l.signbit);

// Bits
/** Bits set in both; integers and booleans. @example np.bitwise_and(np.array([12, 10], 'int64'), 6) // → array([4, 2]) */
export const bitwise_and: BinaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_and);
/** Bits set in either. @example np.bitwise_or(np.array([12, 10], 'int64'), 1) // → array([13, 11]) */
export const bitwise_or: BinaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_or);
/** Bits set in exactly one. @example np.bitwise_xor(np.array([12, 10], 'int64'), 6) // → array([10, 12]) */
export const bitwise_xor: BinaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_xor);
/** All bits flipped; of booleans logical not. @example np.invert(np.array([0, 5], 'int64')) // → array([-1, -6]) */
export const invert: UnaryUfunc = /*@__PURE__*/ ufunc(l.invert);
/** The same as {@link invert}. @example np.bitwise_not([true, false]) // → array([False,  True]) */
export const bitwise_not: UnaryUfunc = invert;
/** The same as {@link invert}. @example np.bitwise_invert(np.array([1], 'uint8')) // → array([254], dtype=uint8) */
export const bitwise_invert: UnaryUfunc = invert;
/** x1 * 2**x2 in integers; bits that leave are lost. @example np.left_shift(np.array([1, 3], 'int64'), 2) // → array([ 4, 12]) */
export const left_shift: BinaryUfunc = /*@__PURE__*/ ufunc(l.left_shift);
/** The same as {@link left_shift}. @example np.bitwise_left_shift(np.array([1], 'int64'), 4) // → array([16]) */
export const bitwise_left_shift: BinaryUfunc = left_shift;
/** x1 / 2**x2 in integers, rounded toward -inf. @example np.right_shift(np.array([8, -1], 'int64'), 2) // → array([ 2, -1]) */
export const right_shift: BinaryUfunc = /*@__PURE__*/ ufunc(l.right_shift);
/** The same as {@link right_shift}. @example np.bitwise_right_shift(np.array([16], 'int64'), 4) // → array([1]) */
export const bitwise_right_shift: BinaryUfunc = right_shift;
/**
 * How many bits of the absolute value are set, as uint8.
 * @example np.bitwise_count(np.array([7, -8], 'int64')) // → array([3, 1], dtype=uint8)
 */
export const bitwise_count: UnaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_count);

// Rounding and the parts of floats
/** Largest integer not above; the dtype stays. @example np.floor([1.7, -1.2]) // → array([ 1., -2.]) */
export const floor: UnaryUfunc = /*@__PURE__*/ ufunc(e.floor);
/** Smallest integer not below. @example np.ceil([1.2, -1.7]) // → array([ 2., -1.]) */
export const ceil: UnaryUfunc = /*@__PURE__*/ ufunc(e.ceil);
/** Rounded toward zero. @example np.trunc([1.7, -1.7]) // → array([ 1., -1.]) */
export const trunc: UnaryUfunc = /*@__PURE__*/ ufunc(e.trunc);
/** Nearest integer, halves to even. @example np.rint([0.5, 1.5]) // → array([0., 2.]) */
export const rint: UnaryUfunc = /*@__PURE__*/ ufunc(e.rint);
/**
 * Fractional and integral part, both with the sign of x.
 * @example np.modf([1.5, -2.25]) // → [ array([ 0.5 , -0.25]), array([ 1., -2.]) ]
 */
export const modf: UnaryUfunc2 = /*@__PURE__*/ ufunc(e.modf);
/** Mantissa in [0.5, 1) and int32 exponent of two. @example np.frexp([8, 0.3]) // → [ array([0.5, 0.6]), array([ 4, -1], dtype=int32) ] */
export const frexp: UnaryUfunc2 = /*@__PURE__*/ ufunc(e.frexp);
/** x1 * 2**x2 for integers x2. @example np.ldexp([0.5, 3], np.array([4, 1], 'int32')) // → array([8., 6.]) */
export const ldexp: BinaryUfunc = /*@__PURE__*/ ufunc(e.ldexp);
/** |x1| with the sign of x2. @example np.copysign([1, 2], [-0, 5]) // → array([-1.,  2.]) */
export const copysign: BinaryUfunc = /*@__PURE__*/ ufunc(e.copysign);
/** The next float after x1 toward x2. @example np.nextafter(np.array(1, 'float32'), 2).item() - 1 // → 1.1920928955078125e-7 */
export const nextafter: BinaryUfunc = /*@__PURE__*/ ufunc(e.nextafter);
/** Distance to the next float away from zero. @example np.spacing([1]) // → array([2.22044605e-16]) */
export const spacing: UnaryUfunc = /*@__PURE__*/ ufunc(e.spacing);
/** 0 below zero, x2 at zero, 1 above. @example np.heaviside([-1, 0, 2], 0.5) // → array([0. , 0.5, 1. ]) */
export const heaviside: BinaryUfunc = /*@__PURE__*/ ufunc(e.heaviside);

// Exponentials, logarithms, roots
/** Square root; nan below zero, unless complex. @example np.sqrt([4, 2]) // → array([2.        , 1.41421356]) */
export const sqrt: UnaryUfunc = /*@__PURE__*/ ufunc(e.sqrt);
/** Cube root. @example np.cbrt([27, -8]) // → array([ 3., -2.]) */
export const cbrt: UnaryUfunc = /*@__PURE__*/ ufunc(e.cbrt);
/** e**x. @example np.exp([0, 1]) // → array([1.        , 2.71828183]) */
export const exp: UnaryUfunc = /*@__PURE__*/ ufunc(e.exp);
/** 2**x. @example np.exp2([3, -1]) // → array([8. , 0.5]) */
export const exp2: UnaryUfunc = /*@__PURE__*/ ufunc(e.exp2);
/** exp(x) - 1, exact near zero. @example np.expm1([1e-10]) // → array([1.e-10]) */
export const expm1: UnaryUfunc = /*@__PURE__*/ ufunc(e.expm1);
/** Natural logarithm; -inf at zero, nan below, unless complex. @example np.log([1, Math.E]) // → array([0., 1.]) */
export const log: UnaryUfunc = /*@__PURE__*/ ufunc(e.log);
/** Logarithm to base 2. @example np.log2([8, 1]) // → array([3., 0.]) */
export const log2: UnaryUfunc = /*@__PURE__*/ ufunc(e.log2);
/** Logarithm to base 10. @example np.log10([1000, 1]) // → array([3., 0.]) */
export const log10: UnaryUfunc = /*@__PURE__*/ ufunc(e.log10);
/** log(1 + x), exact near zero. @example np.log1p([1e-10]) // → array([1.e-10]) */
export const log1p: UnaryUfunc = /*@__PURE__*/ ufunc(e.log1p);
/** log(exp(x1) + exp(x2)), safe from overflow. @example np.logaddexp([0, 1000], [0, 1000]) // → array([6.93147181e-01, 1.00069315e+03]) */
export const logaddexp: BinaryUfunc = /*@__PURE__*/ ufunc(e.logaddexp);
/** log2(2**x1 + 2**x2), safe from overflow. @example np.logaddexp2([3], [3]) // → array([4.]) */
export const logaddexp2: BinaryUfunc = /*@__PURE__*/ ufunc(e.logaddexp2);

// Trigonometry
/** Sine of radians. @example np.sin([0, Math.PI / 2]) // → array([0., 1.]) */
export const sin: UnaryUfunc = /*@__PURE__*/ ufunc(e.sin);
/** Cosine of radians. @example np.cos([0, Math.PI]) // → array([ 1., -1.]) */
export const cos: UnaryUfunc = /*@__PURE__*/ ufunc(e.cos);
/** Tangent of radians. @example np.tan([0, 1]) // → array([0.        , 1.55740772]) */
export const tan: UnaryUfunc = /*@__PURE__*/ ufunc(e.tan);
/** Inverse sine in [-π/2, π/2]; nan outside [-1, 1], unless complex. @example np.arcsin([0, 1]) // → array([0.        , 1.57079633]) */
export const arcsin: UnaryUfunc = /*@__PURE__*/ ufunc(e.arcsin);
/** The same as {@link arcsin}. @example np.asin([0, 1]) // → array([0.        , 1.57079633]) */
export const asin: UnaryUfunc = arcsin;
/** Inverse cosine in [0, π]; nan outside [-1, 1], unless complex. @example np.arccos([1, -1]) // → array([0.        , 3.14159265]) */
export const arccos: UnaryUfunc = /*@__PURE__*/ ufunc(e.arccos);
/** The same as {@link arccos}. @example np.acos([1, -1]) // → array([0.        , 3.14159265]) */
export const acos: UnaryUfunc = arccos;
/** Inverse tangent in [-π/2, π/2]. @example np.arctan([0, 1]) // → array([0.        , 0.78539816]) */
export const arctan: UnaryUfunc = /*@__PURE__*/ ufunc(e.arctan);
/** The same as {@link arctan}. @example np.atan([0, 1]) // → array([0.        , 0.78539816]) */
export const atan: UnaryUfunc = arctan;
/** Angle of the point (x2, x1) in [-π, π]. @example np.arctan2([1, -1], [1, -1]) // → array([ 0.78539816, -2.35619449]) */
export const arctan2: BinaryUfunc = /*@__PURE__*/ ufunc(e.arctan2);
/** The same as {@link arctan2}. @example np.atan2([1], [-1]) // → array([2.35619449]) */
export const atan2: BinaryUfunc = arctan2;
/** sqrt(x1**2 + x2**2), safe from overflow. @example np.hypot([3, 1e200], [4, 1e200]) // → array([5.00000000e+000, 1.41421356e+200]) */
export const hypot: BinaryUfunc = /*@__PURE__*/ ufunc(e.hypot);
/** Hyperbolic sine. @example np.sinh([0, 1]) // → array([0.        , 1.17520119]) */
export const sinh: UnaryUfunc = /*@__PURE__*/ ufunc(e.sinh);
/** Hyperbolic cosine. @example np.cosh([0, 1]) // → array([1.        , 1.54308063]) */
export const cosh: UnaryUfunc = /*@__PURE__*/ ufunc(e.cosh);
/** Hyperbolic tangent. @example np.tanh([0, 1]) // → array([0.        , 0.76159416]) */
export const tanh: UnaryUfunc = /*@__PURE__*/ ufunc(e.tanh);
/** Inverse hyperbolic sine. @example np.arcsinh([0, 1]) // → array([0.        , 0.88137359]) */
export const arcsinh: UnaryUfunc = /*@__PURE__*/ ufunc(e.arcsinh);
/** The same as {@link arcsinh}. @example np.asinh([0, 1]) // → array([0.        , 0.88137359]) */
export const asinh: UnaryUfunc = arcsinh;
/** Inverse hyperbolic cosine; nan below 1, unless complex. @example np.arccosh([1, 2]) // → array([0.       , 1.3169579]) */
export const arccosh: UnaryUfunc = /*@__PURE__*/ ufunc(e.arccosh);
/** The same as {@link arccosh}. @example np.acosh([1, 2]) // → array([0.       , 1.3169579]) */
export const acosh: UnaryUfunc = arccosh;
/** Inverse hyperbolic tangent; nan outside [-1, 1], unless complex. @example np.arctanh([0, 0.5]) // → array([0.        , 0.54930614]) */
export const arctanh: UnaryUfunc = /*@__PURE__*/ ufunc(e.arctanh);
/** The same as {@link arctanh}. @example np.atanh([0, 0.5]) // → array([0.        , 0.54930614]) */
export const atanh: UnaryUfunc = arctanh;
/** Radians in degrees. @example np.degrees([Math.PI]) // → array([180.]) */
export const degrees: UnaryUfunc = /*@__PURE__*/ ufunc(e.degrees);
/** The same as {@link degrees}. @example np.rad2deg([Math.PI / 2]) // → array([90.]) */
export const rad2deg: UnaryUfunc = /*@__PURE__*/ ufunc(e.rad2deg);
/** Degrees in radians. @example np.radians([180]) // → array([3.14159265]) */
export const radians: UnaryUfunc = /*@__PURE__*/ ufunc(e.radians);
/** The same as {@link radians}. @example np.deg2rad([90]) // → array([1.57079633]) */
export const deg2rad: UnaryUfunc = /*@__PURE__*/ ufunc(e.deg2rad);
