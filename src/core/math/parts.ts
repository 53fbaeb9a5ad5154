import {
  add, and, bitcast, cast, div, type Expr, konst, mul, shl, sqrt, sub, xor,
} from '../ir/expr.js'; // biome-ignore format: a list

/**
 * Building blocks of the elementary functions: polynomials, error-free transformations and scaling by powers of two.
 *
 * There is no fused multiply-add in the basis, so exact products split their factors by masking off the low half of the
 * significand (one bit operation, no overflow), where Dekker (1971) multiplies by 2^27 + 1. The other error-free
 * transformations are Knuth's two-sum and Dekker's fast two-sum; see Muller et al., Handbook of Floating-Point
 * Arithmetic, chapters 4 and 5.
 *
 * All expressions here are float64 unless the type says otherwise.
 */

/** An unevaluated sum of two numbers, the second small beside the first. */
export interface Two {
  readonly h: Expr;
  readonly l: Expr;
}

export const f64 = (value: number): Expr => konst('float64', value);
export const i64 = (value: bigint): Expr => konst('int64', value);

export const INF: Expr = f64(Number.POSITIVE_INFINITY);
export const NAN: Expr = f64(Number.NaN);

/** Coefficients from the constant term up, evaluated by Estrin's scheme: pairs first, so that the chains stay short. */
export function poly(x: Expr, coefficients: readonly number[]): Expr {
  let terms: Expr[] = [];
  for (let i = 0; i < coefficients.length; i += 2) {
    const even = f64(coefficients[i]);
    terms.push(i + 1 < coefficients.length ? add(even, mul(x, coefficients[i + 1])) : even);
  }
  for (let power = x; terms.length > 1; ) {
    power = mul(power, power);
    const next: Expr[] = [];
    for (let i = 0; i < terms.length; i += 2)
      next.push(i + 1 < terms.length ? add(terms[i], mul(power, terms[i + 1])) : terms[i]);
    terms = next;
  }
  return terms[0];
}

/** The upper 26 bits of the significand; `x - upper(x)` is exact, and so is the product of two uppers. */
export const upper = (x: Expr): Expr => bitcast(and(bitcast(x, 'int64'), -134217728n), 'float64');

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

/** n / d as a pair, good to about 100 bits; both pairs normalised, d neither zero nor infinite. */
export function quotient(n: Two, d: Two): Two {
  const q = div(n.h, d.h);
  const p = twoProduct(q, d.h);
  const rest = add(sub(sub(n.h, p.h), p.l), sub(n.l, mul(q, d.l)));
  return { h: q, l: div(rest, d.h) };
}

/** The square root of a positive pair, as a pair. */
export function root(x: Two): Two {
  const r = sqrt(x.h);
  const p = twoProduct(r, r);
  return { h: r, l: div(add(sub(sub(x.h, p.h), p.l), x.l), add(r, r)) };
}

/** a times b as a pair, for pairs. */
export function product(a: Two, b: Two): Two {
  const p = twoProduct(a.h, b.h);
  return fastTwoSum(p.h, add(p.l, add(mul(a.h, b.l), mul(a.l, b.h))));
}

/** 1.5 * 2^52: adding it rounds to an integer and leaves that integer in the low bits. */
export const MAGIC = 6755399441055744;
export const MAGIC_BITS = 0x4338000000000000n;

/** The nearest integer of x (|x| < 2^51): as a float64, and as an int64 with {@link MAGIC_BITS} still added. */
export function nearest(x: Expr): { k: Expr; n: Expr } {
  const t = add(x, MAGIC);
  return { k: sub(t, MAGIC), n: bitcast(t, 'int64') };
}

/** A small int64 (|n| < 2^51) as a float64, without a lane-wise conversion. */
export const small = (n: Expr): Expr => sub(bitcast(add(n, MAGIC_BITS), 'float64'), MAGIC);

/** 2^n for an int64 -1022 <= n <= 1023. */
export const pow2 = (n: Expr): Expr => bitcast(shl(add(n, 1023n), 52n), 'float64');

/** x * 2^n for the biased n of {@link nearest}, where both x and the result are normal. */
export const scaleNormal = (x: Expr, n: Expr): Expr => bitcast(add(bitcast(x, 'int64'), shl(n, 52n)), 'float64');

/** A number with the sign bit of another flipped in: `x` where s >= 0, `-x` where the sign bit of s is set. */
export const flip = (x: Expr, signBits: Expr): Expr => bitcast(xor(bitcast(x, 'int64'), signBits), 'float64');

const SIGN = -0x8000000000000000n;
/** The sign bit of x alone, as int64. */
export const signOf = (x: Expr): Expr => and(bitcast(x, 'int64'), SIGN);

/** Applies a float64 function to a narrower float: computed in float64, rounded once at the end. */
export const f32via64 =
  (f: (x: Expr) => Expr): ((x: Expr) => Expr) =>
  (x) =>
    x.type === 'float64' ? f(x) : cast(f(cast(x, 'float64')), x.type);

/** The same for two operands of one type. */
export const f32via64x2 =
  (f: (x: Expr, y: Expr) => Expr): ((x: Expr, y: Expr) => Expr) =>
  (x, y) =>
    x.type === 'float64' ? f(x, y) : cast(f(cast(x, 'float64'), cast(y, 'float64')), x.type);
