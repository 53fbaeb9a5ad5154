import { abs, add, div, type Expr, eq, gt, le, lt, mul, neg, select, sqrt, sub } from '../../ir/expr.js';
import { exp } from '../exp.js';
import { log } from '../log.js';
import { f32via64, INF, NAN, type Real } from '../parts.js';
import { cos, sin } from '../trig.js';
import * as t from './bessel-tables.js';
import { at, type Pieces } from './pieces.js';

/**
 * Bessel functions of orders 0 and 1: near zero by what is entire in them, far out by their asymptotic forms, each factor a piecewise
 * polynomial. Near their zeros those of the first kind and the second are good to the last place of 1, not of themselves.
 */

/** exp(-|x|) I0(x). */
export const i0e: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  return select(lt(a, 8), at(t.I0E, a), div(at(t.I0E_FAR, div(8, a)), sqrt(a)));
});
/** exp(-|x|) I1(x). */
export const i1e: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const far = div(at(t.I1E_FAR, div(8, a)), sqrt(a));
  return select(lt(a, 8), mul(x, at(t.I1E, a)), select(gt(x, 0), far, neg(far)));
});
/** A scaled function without its scale exp(-|x|), also where that alone would overflow. */
const unscaled = (f: Real): Real =>
  f32via64((x) => {
    const a = abs(x);
    const half = exp(mul(0.5, a));
    const usual = mul(f(x), exp(a));
    return select(lt(a, 700), usual, select(eq(a, INF), x, mul(mul(f(x), half), half)));
  });
/** The modified Bessel function of the first kind and order 0. */
export const i0: Real = /*@__PURE__*/ f32via64((x) => unscaled(i0e)(abs(x)));
/** The modified Bessel function of the first kind and order 1. */
export const i1: Real = /*@__PURE__*/ unscaled(i1e);

/** sin and cos of x - pi/4 times sqrt 2. */
function quarter(x: Expr): { s: Expr; c: Expr } {
  const s = sin(x);
  const c = cos(x);
  return { s: sub(s, c), c: add(s, c) };
}

/** J and Y beyond 8: a sum of sin and cos of x - (2n + 1) pi / 4 with factors P and Q. */
function far(x: Expr, order: 0 | 1): { j: Expr; y: Expr } {
  const u = div(1, x);
  const z = mul(64, mul(u, u));
  const p = at(order === 0 ? t.P0 : t.P1, z);
  const q = mul(u, at(order === 0 ? t.Q0 : t.Q1, z));
  const k = quarter(select(lt(x, INF), x, 0));
  // A quarter turn further for order 1.
  const { s, c } = order === 0 ? k : { s: neg(k.c), c: k.s };
  const scale = sqrt(mul(1 / Math.PI, u));
  return { j: mul(scale, sub(mul(p, c), mul(q, s))), y: mul(scale, add(mul(p, s), mul(q, c))) };
}

/** The Bessel function of the first kind and order 0. */
export const j0: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  return select(lt(a, 8), at(t.J0, a), far(a, 0).j);
});
/** The Bessel function of the first kind and order 1. */
export const j1: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const f = far(a, 1).j;
  return select(lt(a, 8), mul(x, at(t.J1, a)), select(lt(x, 0), neg(f), f));
});

/** Of the second kind, or modified of the second: -inf or inf at zero, NaN below. */
const positive = (x: Expr, value: Expr, pole: number): Expr => select(gt(x, 0), value, select(eq(x, 0), pole, NAN));

const TWO_PI = 2 / Math.PI;
/** The Bessel function of the second kind and order 0. */
export const y0: Real = /*@__PURE__*/ f32via64((x) => {
  const near = add(at(t.Y0, x), mul(TWO_PI, mul(log(x), at(t.J0, x))));
  return positive(x, select(lt(x, 8), near, far(x, 0).y), -Infinity);
});
/** The Bessel function of the second kind and order 1. */
export const y1: Real = /*@__PURE__*/ f32via64((x) => {
  const j = mul(x, at(t.J1, x));
  const near = add(mul(x, at(t.Y1, x)), mul(TWO_PI, sub(mul(log(x), j), div(1, x))));
  return positive(x, select(lt(x, 8), near, far(x, 1).y), -Infinity);
});

const unit = (x: Expr): Expr => mul(0.5, x);
/** K near zero: log(x / 2) times I, and an even function. I = exp(x) times its scaled form. */
const nearK0 = (x: Expr): Expr => sub(at(t.K0, mul(x, x)), mul(log(unit(x)), mul(exp(x), at(t.I0E, x))));
const nearK1 = (x: Expr): Expr =>
  add(div(at(t.K1, mul(x, x)), x), mul(log(unit(x)), mul(exp(x), mul(x, at(t.I1E, x)))));

const second = (near: (x: Expr) => Expr, table: Pieces, scaled: boolean): Real =>
  f32via64((x) => {
    const close = near(select(le(x, 2), x, 2));
    const distant = div(at(table, div(2, x)), sqrt(x));
    const n = scaled ? mul(close, exp(x)) : close;
    return positive(x, select(le(x, 2), n, scaled ? distant : mul(distant, exp(neg(x)))), Infinity);
  });
/** The modified Bessel function of the second kind and order 0. */
export const k0: Real = /*@__PURE__*/ second(nearK0, t.K0_FAR, false);
/** exp(x) K0(x). */
export const k0e: Real = /*@__PURE__*/ second(nearK0, t.K0_FAR, true);
/** The modified Bessel function of the second kind and order 1. */
export const k1: Real = /*@__PURE__*/ second(nearK1, t.K1_FAR, false);
/** exp(x) K1(x). */
export const k1e: Real = /*@__PURE__*/ second(nearK1, t.K1_FAR, true);
