import type { UnaryUfunc } from '../../ndarray/ufunc.js';
import { InvalidArgumentError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import type { UnaryOp } from '../math.js';
import type { Tensor } from '../tensor.js';
import * as s from './ufuncs.js';

/** tf.math.special: functions of one real variable, in the operand's dtype. */

/** A floating operand. @throws InvalidArgumentError for another dtype */
export function floating(name: string, x: TensorLike): Tensor {
  const t = convert_to_tensor(x as never) as Tensor;
  if (t.dtype.kind !== 'f')
    throw new InvalidArgumentError(
      `tf.math.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`,
    );
  return t;
}
const special =
  (name: string, f: UnaryUfunc): UnaryOp =>
  (x) =>
    runAs(`tf.math.${name}`, () => f(floating(name, x)) as unknown as Tensor);

/** The error function. @example tf.math.erf([0, 1]).numpy() // → array([0.       , 0.8427008], dtype=float32) */
export const erf: UnaryOp = /*@__PURE__*/ special('erf', s.erf);
/** 1 - erf(x), with all digits where that is small. @example tf.math.erfc([0, 1]).numpy() // → array([1.       , 0.1572992], dtype=float32) */
export const erfc: UnaryOp = /*@__PURE__*/ special('erfc', s.erfc);
/** The inverse of the error function; ±inf at ±1. @example tf.math.erfinv([0, 0.5]).numpy() // → array([0.        , 0.47693628], dtype=float32) */
export const erfinv: UnaryOp = /*@__PURE__*/ special('erfinv', s.erfinv);
/** The inverse of erfc; inf at 0, -inf at 2. @example tf.math.erfcinv([1, 0.5]).numpy() // → array([0.        , 0.47693628], dtype=float32) */
export const erfcinv: UnaryOp = /*@__PURE__*/ special('erfcinv', s.erfcinv);
/** The quantile of the standard normal distribution. @example tf.math.ndtri([0.5, 0.975]).numpy() // → array([0.       , 1.9599644], dtype=float32) */
export const ndtri: UnaryOp = /*@__PURE__*/ special('ndtri', s.ndtri);
/** log |gamma(x)|; inf at zero and the negative integers. @example tf.math.lgamma([1, 4]).numpy() // → array([0.       , 1.7917595], dtype=float32) */
export const lgamma: UnaryOp = /*@__PURE__*/ special('lgamma', s.lgamma);
/** The derivative of lgamma; nan at the negative integers. @example tf.math.digamma([1, 2]).numpy() // → array([-0.5772157 ,  0.42278433], dtype=float32) */
export const digamma: UnaryOp = /*@__PURE__*/ special('digamma', s.digamma);
/** Modified Bessel function of the first kind, order 0. @example tf.math.bessel_i0([0, 1]).numpy() // → array([1.       , 1.2660658], dtype=float32) */
export const bessel_i0: UnaryOp = /*@__PURE__*/ special('bessel_i0', s.bessel_i0);
/** exp(-|x|) bessel_i0(x). @example tf.math.bessel_i0e([0, 1]).numpy() // → array([1.       , 0.4657596], dtype=float32) */
export const bessel_i0e: UnaryOp = /*@__PURE__*/ special('bessel_i0e', s.bessel_i0e);
/** Modified Bessel function of the first kind, order 1. @example tf.math.bessel_i1([0, 1]).numpy() // → array([0.       , 0.5651591], dtype=float32) */
export const bessel_i1: UnaryOp = /*@__PURE__*/ special('bessel_i1', s.bessel_i1);
/** exp(-|x|) bessel_i1(x). @example tf.math.bessel_i1e([0, 1]).numpy() // → array([0.        , 0.20791042], dtype=float32) */
export const bessel_i1e: UnaryOp = /*@__PURE__*/ special('bessel_i1e', s.bessel_i1e);
/** Bessel function of the first kind, order 0. @example tf.math.special.bessel_j0([0, 1]).numpy() // → array([1.       , 0.7651977], dtype=float32) */
export const bessel_j0: UnaryOp = /*@__PURE__*/ special('bessel_j0', s.bessel_j0);
/** Bessel function of the first kind, order 1. @example tf.math.special.bessel_j1([0, 1]).numpy() // → array([0.        , 0.44005057], dtype=float32) */
export const bessel_j1: UnaryOp = /*@__PURE__*/ special('bessel_j1', s.bessel_j1);
/** Bessel function of the second kind, order 0. @example tf.math.special.bessel_y0([1, 2]).numpy() // → array([0.08825696, 0.5103757 ], dtype=float32) */
export const bessel_y0: UnaryOp = /*@__PURE__*/ special('bessel_y0', s.bessel_y0);
/** Bessel function of the second kind, order 1. @example tf.math.special.bessel_y1([1, 2]).numpy() // → array([-0.7812128 , -0.10703243], dtype=float32) */
export const bessel_y1: UnaryOp = /*@__PURE__*/ special('bessel_y1', s.bessel_y1);
/** Modified Bessel function of the second kind, order 0. @example tf.math.special.bessel_k0([1, 2]).numpy() // → array([0.42102444, 0.11389387], dtype=float32) */
export const bessel_k0: UnaryOp = /*@__PURE__*/ special('bessel_k0', s.bessel_k0);
/** exp(x) bessel_k0(x). @example tf.math.special.bessel_k0e([1, 2]).numpy() // → array([1.1444631 , 0.84156823], dtype=float32) */
export const bessel_k0e: UnaryOp = /*@__PURE__*/ special('bessel_k0e', s.bessel_k0e);
/** Modified Bessel function of the second kind, order 1. @example tf.math.special.bessel_k1([1, 2]).numpy() // → array([0.60190725, 0.13986588], dtype=float32) */
export const bessel_k1: UnaryOp = /*@__PURE__*/ special('bessel_k1', s.bessel_k1);
/** exp(x) bessel_k1(x). @example tf.math.special.bessel_k1e([1, 2]).numpy() // → array([1.6361535, 1.0334768], dtype=float32) */
export const bessel_k1e: UnaryOp = /*@__PURE__*/ special('bessel_k1e', s.bessel_k1e);
/** Dawson's integral, exp(-x^2) times the integral of exp(t^2) from 0 to x. @example tf.math.special.dawsn([0, 1]).numpy() // → array([0.       , 0.5380795], dtype=float32) */
export const dawsn: UnaryOp = /*@__PURE__*/ special('dawsn', s.dawsn);
/** The exponential integral Ei of positive numbers. @example tf.math.special.expint([1, 2]).numpy() // → array([1.8951178, 4.954234 ], dtype=float32) */
export const expint: UnaryOp = /*@__PURE__*/ special('expint', s.expint);
/** Fresnel's integral of sin(pi t^2 / 2). @example tf.math.special.fresnel_sin([0, 1]).numpy() // → array([0.        , 0.43825915], dtype=float32) */
export const fresnel_sin: UnaryOp = /*@__PURE__*/ special('fresnel_sin', s.fresnel_sin);
/** Fresnel's integral of cos(pi t^2 / 2). @example tf.math.special.fresnel_cos([0, 1]).numpy() // → array([0.       , 0.7798934], dtype=float32) */
export const fresnel_cos: UnaryOp = /*@__PURE__*/ special('fresnel_cos', s.fresnel_cos);
/** Spence's integral: minus the integral of log(t) / (t - 1) from 1 to x. @example tf.math.special.spence([1, 2]).numpy() // → array([ 0.      , -0.822467], dtype=float32) */
export const spence: UnaryOp = /*@__PURE__*/ special('spence', s.spence);
