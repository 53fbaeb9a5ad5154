import { add, and, bitcast, cast, div, type Expr, konst, mul, shl, sqrt, sub, xor } from '../ir/expr.js';
import { precisionOf } from './precision.js';

/**
 * Building blocks of the elementary functions: polynomials, error-free transformations and scaling by powers of two.
 *
 * There is no fused multiply-add in the basis, so exact products split their factors by masking off the low half of the
 * significand (one bit operation, no overflow), where Dekker (1971) multiplies by 2^27 + 1. The other error-free
 * transformations are Knuth's two-sum and Dekker's fast two-sum; see Muller et al., Handbook of Floating-Point
 * Arithmetic, chapters 4 and 5.
 *
 * All of it works in float64 and in float32; integers that hold bits are int64 or int32 with them.
 */

/** An unevaluated sum of two numbers, the second small beside the first. */
export interface Two {
  readonly h: Expr;
  readonly l: Expr;
}

export const f64 = (value: number): Expr => konst('float64', value);
/** A literal of the type of another expression, rounded to it. */
export const like = (x: Expr, value: number): Expr => konst(x.type, x.type === 'float32' ? Math.fround(value) : value);
export const i64 = (value: bigint): Expr => konst('int64', value);

export const INF: Expr = /*@__PURE__*/ f64(Number.POSITIVE_INFINITY);
export const NAN: Expr = /*@__PURE__*/ f64(Number.NaN);

/** Coefficients from the constant term up, evaluated by Estrin's scheme: pairs first, so that the chains stay short. */
export function poly(x: Expr, coefficients: readonly (number | Expr)[]): Expr {
  const c = coefficients.map((v) => (typeof v === 'number' ? like(x, v) : v));
  let terms: Expr[] = [];
  for (let i = 0; i < c.length; i += 2) terms.push(i + 1 < c.length ? add(c[i], mul(x, c[i + 1])) : c[i]);
  for (let power = x; terms.length > 1; ) {
    power = mul(power, power);
    const next: Expr[] = [];
    for (let i = 0; i < terms.length; i += 2)
      next.push(i + 1 < terms.length ? add(terms[i], mul(power, terms[i + 1])) : terms[i]);
    terms = next;
  }
  return terms[0];
}

/** The upper half of the significand (26 or 12 bits); `x - upper(x)` is exact, and so is the product of two uppers. */
export const upper = (x: Expr): Expr => {
  const p = precisionOf(x);
  return bitcast(and(bitcast(x, p.int), p.upperMask), p.type);
};

/** The upper quarter of the significand (13 or 6 bits): products of four such numbers are exact. */
export const upperQuarter = (x: Expr): Expr => {
  const p = precisionOf(x);
  return bitcast(and(bitcast(x, p.int), p.quarterMask), p.type);
};

/** a + b exactly, for |a| >= |b| (or a = 0). */
export function fastTwoSum(a: Expr, b: Expr): Two {
  const h = add(a, b);
  return { h, l: add(sub(a, h), b) };
}

/** a + b exactly, whatever their order. */
export function twoSum(a: Expr, b: Expr): Two {
  const h = add(a, b);
  const t = sub(h, a);
  return { h, l: add(sub(a, sub(h, t)), sub(b, t)) };
}

/** a * b exactly (but for the last bit of the product of the two low halves). */
export function twoProduct(a: Expr, b: Expr): Two {
  const h = mul(a, b);
  const ah = upper(a);
  const al = sub(a, ah);
  if (a === b) {
    const cross = mul(ah, al);
    return { h, l: add(add(sub(mul(ah, ah), h), add(cross, cross)), mul(al, al)) };
  }
  const bh = upper(b);
  const bl = sub(b, bh);
  return { h, l: add(add(add(sub(mul(ah, bh), h), mul(ah, bl)), mul(al, bh)), mul(al, bl)) };
}

/** x^2 as an exact square of the upper half, and the rest. */
export function square(x: Expr): Two {
  const h = upper(x);
  return { h: mul(h, h), l: mul(sub(x, h), add(x, h)) };
}

/** n / d as a pair, with one division; both pairs normalised, d and its reciprocal normal. */
export function quotient(n: Two, d: Two): Two {
  const inverse = div(1, d.h);
  const q = mul(n.h, inverse);
  const p = twoProduct(q, d.h);
  const rest = add(sub(sub(n.h, p.h), p.l), sub(n.l, mul(q, d.l)));
  return { h: q, l: mul(rest, inverse) };
}

/** The square root of a positive pair, as a pair. */
export function root(x: Two): Two {
  const r = sqrt(x.h);
  const p = twoProduct(r, r);
  return { h: r, l: div(add(sub(sub(x.h, p.h), p.l), x.l), add(r, r)) };
}

/** The nearest integer of a small x: as a float, and as an integer with the precision's `magicBits` still added. */
export function nearest(x: Expr): { k: Expr; n: Expr } {
  const p = precisionOf(x);
  const t = add(x, p.magic);
  return { k: sub(t, p.magic), n: bitcast(t, p.int) };
}

/** Takes the `magicBits` away: MAGIC - n is `negated`. */
export const unbiased = (n: Expr): Expr => sub(n, precisionOf(n).magicBits);
export const negated = (n: Expr, plus = 0n): Expr => sub(precisionOf(n).magicBits + plus, n);

/** A small integer (|n| < 2^51, or 2^22 in float32) as a float, without a lane-wise conversion. */
export const small = (n: Expr): Expr => {
  const p = precisionOf(n);
  return sub(bitcast(add(n, p.magicBits), p.type), p.magic);
};

/** 2^n for an integer within the exponents of normal numbers. */
export const pow2 = (n: Expr): Expr => {
  const p = precisionOf(n);
  return bitcast(shl(add(n, p.bias), p.fractionBits), p.type);
};

/** x * 2^n for the biased n of {@link nearest}, where both x and the result are normal. */
export const scaleNormal = (x: Expr, n: Expr): Expr => {
  const p = precisionOf(x);
  return bitcast(add(bitcast(x, p.int), shl(n, p.fractionBits)), p.type);
};

/** A number with the sign bit of another flipped in: `x` where s >= 0, `-x` where the sign bit of s is set. */
export const flip = (x: Expr, signBits: Expr): Expr => bitcast(xor(bitcast(x, signBits.type), signBits), x.type);

/** The sign bit of x alone, as an integer. */
export const signOf = (x: Expr): Expr => {
  const p = precisionOf(x);
  return and(bitcast(x, p.int), p.sign);
};

export type Real = (x: Expr) => Expr;
export type Real2 = (x: Expr, y: Expr) => Expr;

/** A function written for float64, for any float: narrower ones are computed in float64 and rounded once at the end. */
export const f32via64 =
  (f: Real): Real =>
  (x) =>
    x.type === 'float64' ? f(x) : cast(f(cast(x, 'float64')), x.type);

/** The same for two operands of one type. */
export const f32via64x2 =
  (f: Real2): Real2 =>
  (x, y) =>
    x.type === 'float64' ? f(x, y) : cast(f(cast(x, 'float64'), cast(y, 'float64')), x.type);

/** A function written for float64 and float32; float16 is computed in float32. */
export const native =
  (f: Real): Real =>
  (x) =>
    x.type === 'float16' ? cast(f(cast(x, 'float32')), 'float16') : f(x);

/** The same for two operands. */
export const native2 =
  (f: Real2): Real2 =>
  (x, y) =>
    x.type === 'float16' ? cast(f(cast(x, 'float32'), cast(y, 'float32')), 'float16') : f(x, y);
