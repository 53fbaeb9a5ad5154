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
import { exp, exp2, expNear, LN2, scaleAny, tail } from './exp.js';
import { log1p, log2Pair } from './log.js';
import {
  f32via64x2,
  like,
  native as real,
  native2 as real2,
  nearest,
  poly,
  type Real,
  type Real2,
  scaleNormal,
  small,
  unbiased,
  upper,
} from './parts.js';
import { isSingle, precisionOf } from './precision.js';

/** Powers, roots, hypotenuse and sums of exponentials. */

interface Numbers {
  readonly ln2: number;
  /** ln2 in two parts, the first of half a significand. */
  readonly ln2Upper: number;
  readonly ln2Lower: number;
  /** Exponents of powers: up to where results are normal both ways, from where they overflow, below where they vanish. */
  readonly normal: number;
  readonly overflow: number;
  readonly vanish: number;
  /** r^(-1/3) about 1, for r the ratio of the first guess cubed to x: to 2^-24 and 2^-14. */
  readonly cbrt: readonly number[];
  /** Bits cut off for the guess, and what is added to a third of the rest to give the bits of a cube root within 3.2 percent. */
  readonly cut: number;
  readonly third: number;
  /** A cube that makes subnormals normal, and the inverse of its root. */
  readonly lift: number;
  readonly unlift: number;
  /** Where squares are safe, and the scales for larger and smaller numbers. */
  readonly safe: readonly [number, number];
  readonly down: number;
  readonly up: number;
}

const WIDE: Numbers = {
  ln2: LN2,
  ln2Upper: 0.6931471526622772,
  ln2Lower: 2.7897668087737545e-8,
  normal: 1021,
  overflow: 1025,
  vanish: -1080,
  cbrt: [1.8718413428292782, -1.8686881109581102, 1.5972472750813569, -0.7424653325141346, 0.14206481119640946],
  cut: 32,
  third: 715094663,
  lift: 2 ** 54,
  unlift: 2 ** -18,
  safe: [2 ** -450, 2 ** 510],
  down: 2 ** -600,
  up: 2 ** 600,
};

const NARROW: Numbers = {
  ln2: 0.6931471824645996,
  ln2Upper: 0.693115234375,
  ln2Lower: 3.194618329871446e-5,
  normal: 125,
  overflow: 129,
  vanish: -155,
  cbrt: [1.555143769, -0.7757953565, 0.2206563787],
  cut: 9,
  third: 1386645,
  lift: 2 ** 27,
  unlift: 2 ** -9,
  safe: [2 ** -50, 2 ** 60],
  down: 2 ** -70,
  up: 2 ** 100,
};

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);
const INF = Number.POSITIVE_INFINITY;

interface Exponential {
  readonly z: Expr;
  readonly y: Expr;
  readonly n: Expr;
}

/** 2^(h + l) as y 2^n, n biased; h has few enough bits to leave the difference from an integer exact. */
function exp2Pair(h: Expr, l: Expr): Exponential {
  const c = numbersOf(h);
  const z = add(l, h);
  const { k, n } = nearest(z);
  const f = sub(h, k);
  const t = upper(add(l, f));
  const u = mul(t, like(h, c.ln2Upper));
  const v = add(mul(sub(l, sub(t, f)), like(h, c.ln2)), mul(t, like(h, c.ln2Lower)));
  const r = add(u, v);
  const rest = sub(v, sub(r, u));
  return { z, y: isSingle(r) ? add(1, add(r, tail(r, add(rest, mul(rest, r))))) : expNear(r, rest), n };
}

/**
 * x^y as 2^(y log2 |x|), the logarithm and the product as pairs. Error about 1 ulp over the full range; squares, inverses, and square
 * roots of positive numbers, are correctly rounded. Special cases as C99's pow: x^0 = 1^y = 1 even for NaN; a negative base with
 * an integral exponent has a sign, with another it is NaN.
 */
export const pow: Real2 = /*@__PURE__*/ real2((x, y) => {
  const { lift, liftBits, smallestNormal } = precisionOf(x);
  const ax = abs(x);
  const subnormal = lt(ax, smallestNormal);
  const log = log2Pair(select(subnormal, mul(ax, lift), ax), select(subnormal, like(x, -Number(liftBits)), like(x, 0)));
  const yh = upper(y);
  const low = add(mul(sub(y, yh), log.h), mul(y, log.l));
  const e = exp2Pair(mul(yh, log.h), low);
  const usual = and(and(gt(x, 0), lt(x, INF)), lt(abs(e.z), numbersOf(x).normal));
  const value = rare(not(usual), specialPower(x, y, ax, e), scaleNormal(e.y, e.n));
  const square = eq(y, 2);
  const inverse = eq(y, -1);
  const simple = or(or(square, inverse), and(eq(y, 0.5), gt(x, 0)));
  return rare(simple, select(square, mul(x, x), select(inverse, div(1, x), sqrt(x))), value);
});

function specialPower(x: Expr, y: Expr, ax: Expr, e: Exponential): Expr {
  const c = numbersOf(x);
  const nan = like(x, Number.NaN);
  const magnitude = select(ge(e.z, c.overflow), INF, select(lt(e.z, c.vanish), 0, scaleAny(e.y, e.n)));
  const endless = or(or(eq(ax, 0), eq(ax, INF)), eq(abs(y), INF));
  const grows = eq(gt(ax, 1), gt(y, 0));
  const limit = select(eq(ax, 1), 1, select(grows, like(x, INF), 0));
  const value = select(or(isnan(x), isnan(y)), nan, select(endless, limit, magnitude));
  const integral = eq(rint(y), y);
  const half = mul(y, 0.5);
  const odd = and(integral, ne(rint(half), half));
  const signed = select(odd, copysign(value, x), value);
  const undefinedRoot = and(and(lt(x, 0), lt(ax, INF)), not(integral));
  return select(or(eq(y, 0), eq(x, 1)), 1, select(undefinedRoot, nan, signed));
}

/** Cube root of a normal number: the exponent divided by three in the bits, a polynomial, one step of Newton's iteration (after Kahan). */
function cubeRoot(x: Expr): Expr {
  const c = numbersOf(x);
  const { int, magic, type } = precisionOf(x);
  const ax = abs(x);
  const word = small(shr(bitcast(ax, int), c.cut));
  const third = unbiased(bitcast(add(mul(word, like(x, 1 / 3)), magic + c.third), int));
  const guess = bitcast(shl(third, c.cut), type);
  const ratio = mul(mul(guess, guess), div(guess, ax));
  // Half a significand, so that its square is exact.
  const t = upper(mul(guess, poly(ratio, c.cbrt)));
  const q = div(ax, mul(t, t));
  const step = div(sub(q, t), add(add(t, t), q));
  return copysign(add(t, mul(t, step)), x);
}

/** Cube root, with the sign of x. Error below 1 ulp. */
export const cbrt: Real = /*@__PURE__*/ real((x) => {
  const c = numbersOf(x);
  const ax = abs(x);
  const ordinary = and(ge(ax, precisionOf(x).smallestNormal), lt(ax, INF));
  const special = select(or(eq(x, 0), not(lt(ax, INF))), x, mul(cubeRoot(mul(x, c.lift)), c.unlift));
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
export const hypot: Real2 = /*@__PURE__*/ real2((x, y) => {
  const c = numbersOf(x);
  const ax = abs(x);
  const ay = abs(y);
  const swap = gt(ay, ax);
  const a = select(swap, ay, ax);
  const b = select(swap, ax, ay);
  const middle = and(gt(a, c.safe[0]), lt(a, c.safe[1]));
  const large = gt(a, 1);
  const scale = select(large, like(x, c.down), like(x, c.up));
  const back = select(large, like(x, 1 / c.down), like(x, 1 / c.up));
  const scaled = mul(hypotenuse(mul(a, scale), mul(b, scale)), back);
  const infinite = or(eq(ax, INF), eq(ay, INF));
  const zero = and(eq(ax, 0), eq(ay, 0));
  const special = select(infinite, INF, select(zero, 0, scaled));
  return rare(not(middle), special, select(eq(b, INF), INF, hypotenuse(a, b)));
});

/** log(exp(x) + exp(y)); where both are the same (infinities too) x + log 2. In float64, since the sum may cancel. */
export const logaddexp: Real2 = /*@__PURE__*/ f32via64x2((x, y) => {
  const d = sub(x, y);
  const larger = select(gt(d, 0), x, y);
  const apart = add(larger, log1p(exp(mul(abs(d), -1))));
  return select(eq(x, y), add(x, like(x, LN2)), select(isnan(d), d, apart));
});

/** log2(2^x + 2^y); where both are the same x + 1. */
export const logaddexp2: Real2 = /*@__PURE__*/ f32via64x2((x, y) => {
  const d = sub(x, y);
  const larger = select(gt(d, 0), x, y);
  const apart = add(larger, mul(log1p(exp2(mul(abs(d), -1))), like(x, 1.4426950408889634)));
  return select(eq(x, y), add(x, 1), select(isnan(d), d, apart));
});
