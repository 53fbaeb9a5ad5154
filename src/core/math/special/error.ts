import { abs, add, copysign, div, type Expr, gt, le, lt, mul, neg, rint, select, sqrt, sub } from '../../ir/expr.js';
import { exp } from '../exp.js';
import { log, log1p } from '../log.js';
import { f32via64, INF, type Real, twoProduct } from '../parts.js';
import { cos, sin } from '../trig.js';
import {
  DAWSON,
  DAWSON_FAR,
  ERF,
  ERFCX,
  ERFINV,
  ERFINV_FAR,
  FRESNEL_C,
  FRESNEL_F,
  FRESNEL_G,
  FRESNEL_S,
} from './error-tables.js';
import { at } from './pieces.js';

/** The error function, its complement and inverses, and its relatives: Dawson's and Fresnel's integrals. All but the inverses are entire. */

/** exp(-x^2): the rounding error of the square is put back as a factor. */
function gaussian(x: Expr): Expr {
  const { h, l } = twoProduct(x, x);
  return mul(exp(neg(h)), sub(1, l));
}

/** erfc x for x >= 1: exp(-x^2) / x times a function of 1 / x. */
function complement(x: Expr): Expr {
  const u = div(1, x);
  return select(lt(x, 27.5), mul(gaussian(x), mul(u, at(ERFCX, u))), 0);
}

/** The error function. */
export const erf: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const near = mul(x, at(ERF, mul(x, x)));
  const far = copysign(sub(1, complement(select(gt(a, 1), a, 1))), x);
  return select(gt(a, 1), far, near);
});

/** 1 - erf x, with all digits where that is small. */
export const erfc: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const p = mul(x, at(ERF, mul(x, x)));
  // Near 1/2 the difference is exact up to the rounding of erf.
  const near = select(lt(x, 0.5), sub(1, p), add(0.5, sub(0.5, p)));
  const c = complement(select(gt(a, 1), a, 1));
  return select(le(a, 1), near, select(gt(a, 1), select(gt(x, 0), c, sub(2, c)), x));
});

/** erfinv(x) / x from w = -log(1 - x^2). */
const inverseRatio = (w: Expr): Expr => select(lt(w, 8), at(ERFINV, w), at(ERFINV_FAR, sqrt(w)));

/** The x with erf x = y; ±inf at ±1, NaN beyond. */
export const erfinv: Real = /*@__PURE__*/ f32via64((y) => {
  const a = abs(y);
  const w = neg(select(lt(a, 0.5), log1p(neg(mul(a, a))), log(mul(sub(1, a), add(1, a)))));
  return select(lt(a, 1), mul(y, inverseRatio(w)), select(le(a, 1), copysign(INF, y), Number.NaN));
});

/** The x with erfc x = p; inf at 0, -inf at 2, NaN beyond. */
export const erfcinv: Real = /*@__PURE__*/ f32via64((p) => {
  const y = sub(1, p);
  const a = abs(y);
  // The log of a product with a tiny factor, by its two factors.
  const far = select(lt(p, 1), add(log(p), log1p(sub(1, p))), add(log(sub(2, p)), log(p)));
  const w = neg(select(lt(a, 0.5), log1p(neg(mul(a, a))), far));
  const inside = mul(y, inverseRatio(w));
  const edge = select(le(a, 1), copysign(INF, y), Number.NaN);
  return select(gt(p, 0), select(lt(p, 2), inside, edge), edge);
});

/** The quantile of the standard normal distribution. */
export const ndtri: Real = /*@__PURE__*/ f32via64((p) => sub(0, mul(erfcinv(add(p, p)), Math.SQRT2)));

/** Dawson's integral exp(-x^2) times the integral of exp(t^2) up to x. */
export const dawsn: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const u = div(1, x);
  return select(lt(a, 8), mul(x, at(DAWSON, a)), mul(u, at(DAWSON_FAR, mul(64, mul(u, u)))));
});

/** sin and cos of pi x^2 / 2, of which whole turns are taken off exactly. */
function turns(x: Expr): { s: Expr; c: Expr } {
  const { h, l } = twoProduct(x, x);
  const whole = mul(4, rint(mul(h, 0.25)));
  const rest = add(sub(h, whole), l);
  const angle = mul(rest, Math.PI / 2);
  return { s: sin(angle), c: cos(angle) };
}

function fresnel(x: Expr): { s: Expr; c: Expr } {
  const a = abs(x);
  const square = mul(x, x);
  const near = { s: mul(mul(x, square), at(FRESNEL_S, a)), c: mul(x, at(FRESNEL_C, a)) };
  const u = div(1, a);
  const z = mul(4, mul(u, u));
  const f = mul(mul(u, 1 / Math.PI), at(FRESNEL_F, z));
  const g = mul(mul(u, mul(u, u)), mul(1 / Math.PI ** 2, at(FRESNEL_G, z)));
  const t = turns(select(lt(a, 1e8), a, 0));
  const far = { s: sub(0.5, add(mul(f, t.c), mul(g, t.s))), c: add(0.5, sub(mul(f, t.s), mul(g, t.c))) };
  const of = (k: 's' | 'c'): Expr =>
    select(lt(a, 2), near[k], select(le(a, INF), copysign(select(lt(a, 1e17), far[k], 0.5), x), x));
  return { s: of('s'), c: of('c') };
}
/** Fresnel's sine integral, of sin(pi t^2 / 2). */
export const fresnelSin: Real = /*@__PURE__*/ f32via64((x) => fresnel(x).s);
/** Fresnel's cosine integral, of cos(pi t^2 / 2). */
export const fresnelCos: Real = /*@__PURE__*/ f32via64((x) => fresnel(x).c);

/** 1 / (1 + exp(-x)). */
export const sigmoid: Real = (x) => div(1, add(1, exp(neg(x))));
