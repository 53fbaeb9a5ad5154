import {
  abs,
  add,
  and,
  copysign,
  div,
  type Expr,
  eq,
  ge,
  gt,
  lt,
  mul,
  neg,
  not,
  or,
  rint,
  select,
  sub,
} from '../../ir/expr.js';
import { exp } from '../exp.js';
import { log, log1p } from '../log.js';
import { f32via64, INF, NAN, type Real } from '../parts.js';
import { sin, tan } from '../trig.js';
import { DIGAMMA, DIGAMMA_FAR, EI, EI_FAR, LGAMMA, SPENCE, STIRLING } from './gamma-tables.js';
import { at } from './pieces.js';

/** The logarithm of the gamma function and its derivative; the exponential integral and the dilogarithm. */

const HALF_LOG_TAU = 0.9189385332046728;

/** x - n for the nearest integer n: sin and tan of pi x are those of pi times this, up to the sign. */
const fraction = (x: Expr): Expr => sub(x, rint(x));

/** Stirling's correction: lgamma x - ((x - 1/2) log x - x + log(tau) / 2), for x >= 9. */
export function stirling(x: Expr): Expr {
  const u = div(1, x);
  return mul(u, at(STIRLING, mul(81, mul(u, u))));
}

/** lgamma(1 + a) for 0 <= a <= 1, with all digits near zero. */
export const lgamma1p = (a: Expr): Expr => mul(mul(a, sub(a, 1)), at(LGAMMA, add(a, 1)));

/** log x - digamma x, for x >= 9. */
export function digammaRest(x: Expr): Expr {
  const u = div(1, x);
  const square = mul(u, u);
  return add(mul(0.5, u), mul(square, at(DIGAMMA_FAR, mul(81, square))));
}

/** lgamma of a positive number. */
function lgammaPositive(x: Expr): Expr {
  // Below 3/2 by the number one further: its distances from 1 and 2 are known exactly.
  const low = lt(x, 1.5);
  const v = select(low, add(x, 1), x);
  const first = select(low, x, sub(x, 1));
  const second = select(low, sub(x, 1), sub(x, 2));
  const near = mul(mul(first, second), at(LGAMMA, v));
  const large = select(lt(x, 9), 9, x);
  const far = add(mul(sub(large, 0.5), sub(log(large), 1)), add(HALF_LOG_TAU - 0.5, stirling(large)));
  return select(lt(x, 9), select(low, sub(near, log(x)), near), select(lt(x, INF), far, x));
}

/** log |gamma x|; inf at zero, the negative integers and both infinities. */
export const lgamma: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const positive = gt(x, 0);
  const value = lgammaPositive(a);
  // gamma(-a) gamma(a) = -pi / (a sin(pi a))
  const s = abs(sin(mul(fraction(a), Math.PI)));
  const tiny = lt(a, 1e-17);
  const reflected = select(tiny, neg(log(a)), sub(neg(log(mul(mul(s, a), 1 / Math.PI))), value));
  const pole = and(not(positive), or(eq(rint(x), x), eq(a, INF)));
  return select(pole, INF, select(positive, value, reflected));
});

/** digamma of a positive number. */
function digammaPositive(x: Expr): Expr {
  const low = lt(x, 1);
  const v = select(low, add(x, 1), x);
  const fromRoot = sub(sub(v, 1.4616321449683622), 9.549995429965697e-17);
  const near = mul(fromRoot, at(DIGAMMA, v));
  const large = select(lt(x, 9), 9, x);
  const far = sub(log(large), digammaRest(x));
  return select(lt(x, 9), select(low, sub(near, div(1, x)), near), select(lt(x, INF), far, x));
}

/** The logarithmic derivative of gamma; NaN at the negative integers and at -inf, an infinity at zero. */
export const digamma: Real = /*@__PURE__*/ f32via64((x) => {
  const positive = gt(x, 0);
  const value = digammaPositive(select(positive, x, sub(1, x)));
  const reflected = sub(value, div(Math.PI, tan(mul(fraction(x), Math.PI))));
  const pole = and(not(positive), eq(rint(x), x));
  return select(pole, select(eq(x, 0), copysign(INF, neg(x)), NAN), select(positive, value, reflected));
});

/** The exponential integral Ei of positive numbers; -inf at zero, NaN below. */
export const expint: Real = /*@__PURE__*/ f32via64((x) => {
  const fromRoot = sub(sub(x, 0.3725074107813666), 1.3140183414386028e-17);
  const ratio = mul(fromRoot, 1 / 0.3725074107813666);
  const logarithm = select(lt(abs(ratio), 0.5), log1p(ratio), log(mul(x, 1 / 0.3725074107813666)));
  const near = add(logarithm, mul(fromRoot, at(EI, x)));
  const u = div(1, x);
  const half = exp(mul(0.5, x));
  const scaled = mul(u, at(EI_FAR, mul(4, u)));
  const far = select(lt(x, 700), mul(exp(x), scaled), mul(half, mul(half, scaled)));
  return select(gt(x, 0), select(lt(x, 6), near, select(lt(x, INF), far, x)), select(eq(x, 0), -Infinity, NAN));
});

const PI2_6 = Math.PI ** 2 / 6;
/** Spence's integral, the dilogarithm of 1 - x; NaN below zero. By its symmetries the argument comes to lie between 1/2 and 3/2. */
export const spence: Real = /*@__PURE__*/ f32via64((x) => {
  const large = gt(x, 1.5);
  const u = select(large, div(1, x), x);
  const small = lt(u, 0.5);
  const core = mul(select(small, u, sub(1, u)), at(SPENCE, select(small, sub(1, u), u)));
  const logs = select(gt(u, 0), mul(log(u), log1p(neg(u))), 0);
  const value = select(small, sub(sub(PI2_6, logs), core), core);
  const lx = log(x);
  return select(ge(x, 0), select(large, neg(add(mul(mul(0.5, lx), lx), value)), value), NAN);
});
