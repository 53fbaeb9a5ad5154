import * as a from '../core/ops/ufuncs/arithmetic.js';
import * as e from '../core/ops/ufuncs/elementary.js';
import * as l from '../core/ops/ufuncs/logic.js';
import { type BinaryUfunc, type BinaryUfunc2, ufunc, type UnaryUfunc, type UnaryUfunc2 } from './ufunc.js';

/** The ufuncs of the np namespace, one line each: what they compute is in their rows. */

// Arithmetic
export const add: BinaryUfunc = /*@__PURE__*/ ufunc(a.add);
export const subtract: BinaryUfunc = /*@__PURE__*/ ufunc(a.subtract);
export const multiply: BinaryUfunc = /*@__PURE__*/ ufunc(a.multiply);
export const divide: BinaryUfunc = /*@__PURE__*/ ufunc(a.divide);
export const true_divide: BinaryUfunc = divide;
export const floor_divide: BinaryUfunc = /*@__PURE__*/ ufunc(a.floor_divide);
export const remainder: BinaryUfunc = /*@__PURE__*/ ufunc(a.remainder);
export const mod: BinaryUfunc = remainder;
export const fmod: BinaryUfunc = /*@__PURE__*/ ufunc(a.fmod);
export const divmod: BinaryUfunc2 = /*@__PURE__*/ ufunc(a.divmod);
export const power: BinaryUfunc = /*@__PURE__*/ ufunc(a.power);
export const pow: BinaryUfunc = power;
export const float_power: BinaryUfunc = /*@__PURE__*/ ufunc(a.float_power);
export const negative: UnaryUfunc = /*@__PURE__*/ ufunc(a.negative);
export const positive: UnaryUfunc = /*@__PURE__*/ ufunc(a.positive);
export const absolute: UnaryUfunc = /*@__PURE__*/ ufunc(a.absolute);
export const abs: UnaryUfunc = absolute;
export const fabs: UnaryUfunc = /*@__PURE__*/ ufunc(a.fabs);
export const sign: UnaryUfunc = /*@__PURE__*/ ufunc(a.sign);
export const square: UnaryUfunc = /*@__PURE__*/ ufunc(a.square);
export const reciprocal: UnaryUfunc = /*@__PURE__*/ ufunc(a.reciprocal);
export const conjugate: UnaryUfunc = /*@__PURE__*/ ufunc(a.conjugate);
export const conj: UnaryUfunc = conjugate;
export const gcd: BinaryUfunc = /*@__PURE__*/ ufunc(a.gcd);
export const lcm: BinaryUfunc = /*@__PURE__*/ ufunc(a.lcm);
export const maximum: BinaryUfunc = /*@__PURE__*/ ufunc(a.maximum);
export const minimum: BinaryUfunc = /*@__PURE__*/ ufunc(a.minimum);
export const fmax: BinaryUfunc = /*@__PURE__*/ ufunc(a.fmax);
export const fmin: BinaryUfunc = /*@__PURE__*/ ufunc(a.fmin);

// Comparison and logic
export const equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.equal);
export const not_equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.not_equal);
export const less: BinaryUfunc = /*@__PURE__*/ ufunc(l.less);
export const less_equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.less_equal);
export const greater: BinaryUfunc = /*@__PURE__*/ ufunc(l.greater);
export const greater_equal: BinaryUfunc = /*@__PURE__*/ ufunc(l.greater_equal);
export const logical_and: BinaryUfunc = /*@__PURE__*/ ufunc(l.logical_and);
export const logical_or: BinaryUfunc = /*@__PURE__*/ ufunc(l.logical_or);
export const logical_xor: BinaryUfunc = /*@__PURE__*/ ufunc(l.logical_xor);
export const logical_not: UnaryUfunc = /*@__PURE__*/ ufunc(l.logical_not);
export const isnan: UnaryUfunc = /*@__PURE__*/ ufunc(l.isnan);
export const isinf: UnaryUfunc = /*@__PURE__*/ ufunc(l.isinf);
export const isfinite: UnaryUfunc = /*@__PURE__*/ ufunc(l.isfinite);
export const isnat: UnaryUfunc = /*@__PURE__*/ ufunc(l.isnat);
export const signbit: UnaryUfunc = /*@__PURE__*/ ufunc(l.signbit);

// Bits
export const bitwise_and: BinaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_and);
export const bitwise_or: BinaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_or);
export const bitwise_xor: BinaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_xor);
export const invert: UnaryUfunc = /*@__PURE__*/ ufunc(l.invert);
export const bitwise_not: UnaryUfunc = invert;
export const bitwise_invert: UnaryUfunc = invert;
export const left_shift: BinaryUfunc = /*@__PURE__*/ ufunc(l.left_shift);
export const bitwise_left_shift: BinaryUfunc = left_shift;
export const right_shift: BinaryUfunc = /*@__PURE__*/ ufunc(l.right_shift);
export const bitwise_right_shift: BinaryUfunc = right_shift;
export const bitwise_count: UnaryUfunc = /*@__PURE__*/ ufunc(l.bitwise_count);

// Rounding and the parts of floats
export const floor: UnaryUfunc = /*@__PURE__*/ ufunc(e.floor);
export const ceil: UnaryUfunc = /*@__PURE__*/ ufunc(e.ceil);
export const trunc: UnaryUfunc = /*@__PURE__*/ ufunc(e.trunc);
export const rint: UnaryUfunc = /*@__PURE__*/ ufunc(e.rint);
export const modf: UnaryUfunc2 = /*@__PURE__*/ ufunc(e.modf);
export const frexp: UnaryUfunc2 = /*@__PURE__*/ ufunc(e.frexp);
export const ldexp: BinaryUfunc = /*@__PURE__*/ ufunc(e.ldexp);
export const copysign: BinaryUfunc = /*@__PURE__*/ ufunc(e.copysign);
export const nextafter: BinaryUfunc = /*@__PURE__*/ ufunc(e.nextafter);
export const spacing: UnaryUfunc = /*@__PURE__*/ ufunc(e.spacing);
export const heaviside: BinaryUfunc = /*@__PURE__*/ ufunc(e.heaviside);

// Exponentials, logarithms, roots
export const sqrt: UnaryUfunc = /*@__PURE__*/ ufunc(e.sqrt);
export const cbrt: UnaryUfunc = /*@__PURE__*/ ufunc(e.cbrt);
export const exp: UnaryUfunc = /*@__PURE__*/ ufunc(e.exp);
export const exp2: UnaryUfunc = /*@__PURE__*/ ufunc(e.exp2);
export const expm1: UnaryUfunc = /*@__PURE__*/ ufunc(e.expm1);
export const log: UnaryUfunc = /*@__PURE__*/ ufunc(e.log);
export const log2: UnaryUfunc = /*@__PURE__*/ ufunc(e.log2);
export const log10: UnaryUfunc = /*@__PURE__*/ ufunc(e.log10);
export const log1p: UnaryUfunc = /*@__PURE__*/ ufunc(e.log1p);
export const logaddexp: BinaryUfunc = /*@__PURE__*/ ufunc(e.logaddexp);
export const logaddexp2: BinaryUfunc = /*@__PURE__*/ ufunc(e.logaddexp2);

// Trigonometry
export const sin: UnaryUfunc = /*@__PURE__*/ ufunc(e.sin);
export const cos: UnaryUfunc = /*@__PURE__*/ ufunc(e.cos);
export const tan: UnaryUfunc = /*@__PURE__*/ ufunc(e.tan);
export const arcsin: UnaryUfunc = /*@__PURE__*/ ufunc(e.arcsin);
export const asin: UnaryUfunc = arcsin;
export const arccos: UnaryUfunc = /*@__PURE__*/ ufunc(e.arccos);
export const acos: UnaryUfunc = arccos;
export const arctan: UnaryUfunc = /*@__PURE__*/ ufunc(e.arctan);
export const atan: UnaryUfunc = arctan;
export const arctan2: BinaryUfunc = /*@__PURE__*/ ufunc(e.arctan2);
export const atan2: BinaryUfunc = arctan2;
export const hypot: BinaryUfunc = /*@__PURE__*/ ufunc(e.hypot);
export const sinh: UnaryUfunc = /*@__PURE__*/ ufunc(e.sinh);
export const cosh: UnaryUfunc = /*@__PURE__*/ ufunc(e.cosh);
export const tanh: UnaryUfunc = /*@__PURE__*/ ufunc(e.tanh);
export const arcsinh: UnaryUfunc = /*@__PURE__*/ ufunc(e.arcsinh);
export const asinh: UnaryUfunc = arcsinh;
export const arccosh: UnaryUfunc = /*@__PURE__*/ ufunc(e.arccosh);
export const acosh: UnaryUfunc = arccosh;
export const arctanh: UnaryUfunc = /*@__PURE__*/ ufunc(e.arctanh);
export const atanh: UnaryUfunc = arctanh;
export const degrees: UnaryUfunc = /*@__PURE__*/ ufunc(e.degrees);
export const rad2deg: UnaryUfunc = /*@__PURE__*/ ufunc(e.rad2deg);
export const radians: UnaryUfunc = /*@__PURE__*/ ufunc(e.radians);
export const deg2rad: UnaryUfunc = /*@__PURE__*/ ufunc(e.deg2rad);
