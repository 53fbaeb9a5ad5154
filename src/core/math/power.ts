import {
  abs,
  add,
  and,
  bitcast,
  copysign,
  div,
  type Expr,
  eq,
  ge,
  gt,
  isnan,
  lt,
  mul,
  ne,
  not,
  or,
  rare,
  rint,
  select,
  shl,
  shr,
  sqrt,
  sub,
} from '../ir/expr.js';
import { exp, exp2, LN2, scaleAny, tail } from './exp.js';
import { log1p, log2Pair } from './log.js';
import {
  f32via64,
  f32via64x2,
  f64,
  INF,
  NAN,
  nearest,
  poly,
  type Real,
  type Real2,
  scaleNormal,
  small,
  upper,
} from './parts.js';
import { DOUBLE } from './precision.js';

/** Powers, roots, hypotenuse and sums of exponentials. */

const LN2_UPPER = 0.6931471526622772; // 25 bits
const LN2_LOWER = 2.7897668087737545e-8;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** 2^(h + l), 1 <= it without the scale < 2, and the biased integer exponent; h has at most 52 bits. */
function exp2Pair(h: Expr, l: Expr): { z: Expr; y: Expr; n: Expr } {
  const z = add(l, h);
  const { k, n } = nearest(z);
  const f = sub(h, k);
  const t = upper(add(l, f));
  const u = mul(t, LN2_UPPER);
  const v = add(mul(sub(l, sub(t, f)), LN2), mul(t, LN2_LOWER));
  const r = add(u, v);
  const rest = sub(v, sub(r, u));
  return { z, y: add(1, add(r, tail(r, add(rest, mul(rest, r))))), n };
}

/**
 * x^y as 2^(y log2 |x|), the logarithm and the product as pairs. Error below 1 ulp over the full range.
 * Special cases as C99's pow: x^0 = 1^y = 1 even for NaN; a negative base with an integral exponent has a sign, with another it is NaN.
 */
export const pow: Real2 = /*@__PURE__*/ f32via64x2((x, y) => {
  const ax = abs(x);
  const subnormal = lt(ax, SMALLEST_NORMAL);
  const log = log2Pair(select(subnormal, mul(ax, 2 ** 54), ax), select(subnormal, f64(-54), f64(0)));
  const yh = upper(y);
  const low = add(mul(sub(y, yh), log.h), mul(y, log.l));
  const e = exp2Pair(mul(yh, log.h), low);
  const usual = and(and(gt(x, 0), lt(x, INF)), lt(abs(e.z), 1021));
  const value = rare(not(usual), specialPower(x, y, ax, e), scaleNormal(e.y, e.n));
  // Squares and roots are expected to be the correctly rounded ones.
  const square = eq(y, 2);
  return rare(or(square, and(eq(y, 0.5), gt(x, 0))), select(square, mul(x, x), sqrt(x)), value);
});

function specialPower(x: Expr, y: Expr, ax: Expr, e: { z: Expr; y: Expr; n: Expr }): Expr {
  const magnitude = select(ge(e.z, 1025), INF, select(lt(e.z, -1080), 0, scaleAny(e.y, e.n)));
  const endless = or(or(eq(ax, 0), eq(ax, INF)), eq(abs(y), INF));
  const grows = eq(gt(ax, 1), gt(y, 0));
  const limit = select(eq(ax, 1), 1, select(grows, INF, 0));
  const value = select(or(isnan(x), isnan(y)), NAN, select(endless, limit, magnitude));
  const integral = eq(rint(y), y);
  const half = mul(y, 0.5);
  const odd = and(integral, ne(rint(half), half));
  const signed = select(odd, copysign(value, x), value);
  const undefinedRoot = and(and(lt(x, 0), lt(ax, INF)), not(integral));
  return select(or(eq(y, 0), eq(x, 1)), 1, select(undefinedRoot, NAN, signed));
}

/** r^(-1/3) about 1, for r the ratio of the first guess cubed to x; good to 2^-24. */
const CBRT = [1.8718413428292782, -1.8686881109581102, 1.5972472750813569, -0.7424653325141346, 0.14206481119640946];
/** Added to a third of the upper word this gives the upper word of a cube root within 3.2 percent. */
const THIRD = 715094663;

/** Cube root of a normal number: the exponent divided by three in the bits, a polynomial, one step of Newton's iteration (after Kahan). */
function cubeRoot(x: Expr): Expr {
  const a = bitcast(abs(x), 'int64');
  const word = bitcast(add(mul(small(shr(a, 32n)), 1 / 3), DOUBLE.magic + THIRD), 'int64');
  const guess = bitcast(shl(sub(word, DOUBLE.magicBits), 32n), 'float64');
  const ax = abs(x);
  const ratio = mul(mul(guess, guess), div(guess, ax));
  // 26 bits, so that its square is exact.
  const t = upper(mul(guess, poly(ratio, CBRT)));
  const q = div(ax, mul(t, t));
  const step = div(sub(q, t), add(add(t, t), q));
  return copysign(add(t, mul(t, step)), x);
}

/** Cube root, with the sign of x. Error below 1 ulp. */
export const cbrt: Real = /*@__PURE__*/ f32via64((x) => {
  const ax = abs(x);
  const ordinary = and(ge(ax, SMALLEST_NORMAL), lt(ax, INF));
  const special = select(or(eq(x, 0), not(lt(ax, INF))), x, mul(cubeRoot(mul(x, 2 ** 54)), 2 ** -18));
  return rare(not(ordinary), special, cubeRoot(x));
});

/** sqrt(a^2 + b^2) for a >= b >= 0 away from the ends of the range, corrected once (Borges, Algorithm 1014, ACM TOMS 46, 2020). */
function hypotenuse(a: Expr, b: Expr): Expr {
  const h = sqrt(add(mul(a, a), mul(b, b)));
  const wide = not(gt(h, mul(b, 2)));
  const d = sub(h, select(wide, b, a));
  const twice = add(d, d);
  const first = select(wide, mul(a, sub(twice, a)), mul(twice, sub(a, mul(b, 2))));
  const second = select(wide, mul(sub(d, mul(2, sub(a, b))), d), add(mul(sub(mul(4, d), b), b), mul(d, d)));
  return sub(h, div(add(first, second), add(h, h)));
}

/** sqrt(x^2 + y^2) without overflow or underflow on the way. Error below 1 ulp; infinite where either is, even beside NaN. */
export const hypot: Real2 = /*@__PURE__*/ f32via64x2((x, y) => {
  const ax = abs(x);
  const ay = abs(y);
  const swap = gt(ay, ax);
  const a = select(swap, ay, ax);
  const b = select(swap, ax, ay);
  const middle = and(gt(a, 2 ** -450), lt(a, 2 ** 510));
  const down = gt(a, 1);
  const scale = select(down, f64(2 ** -600), f64(2 ** 600));
  const back = select(down, f64(2 ** 600), f64(2 ** -600));
  const scaled = mul(hypotenuse(mul(a, scale), mul(b, scale)), back);
  const infinite = or(eq(ax, INF), eq(ay, INF));
  const zero = and(eq(ax, 0), eq(ay, 0));
  return rare(not(middle), select(infinite, INF, select(zero, 0, scaled)), select(eq(b, INF), INF, hypotenuse(a, b)));
});

/** log(exp(x) + exp(y)); where both are the same (infinities too) x + log 2. */
export const logaddexp: Real2 = /*@__PURE__*/ f32via64x2((x, y) => {
  const d = sub(x, y);
  const larger = select(gt(d, 0), x, y);
  const apart = add(larger, log1p(exp(mul(abs(d), -1))));
  return select(eq(x, y), add(x, LN2), select(isnan(d), d, apart));
});

/** log2(2^x + 2^y); where both are the same x + 1. */
export const logaddexp2: Real2 = /*@__PURE__*/ f32via64x2((x, y) => {
  const d = sub(x, y);
  const larger = select(gt(d, 0), x, y);
  const apart = add(larger, mul(log1p(exp2(mul(abs(d), -1))), 1.4426950408889634));
  return select(eq(x, y), add(x, 1), select(isnan(d), d, apart));
});
