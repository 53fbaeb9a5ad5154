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
  lt,
  mul,
  not,
  rare,
  select,
  shr,
  sqrt,
  sub,
} from '../ir/expr.js';
import {
  fastTwoSum,
  like,
  native as real,
  poly,
  quotient,
  type Real,
  root,
  small,
  square,
  type Two,
  twoProduct,
  twoSum,
  upper,
} from './parts.js';
import { isSingle, precisionOf } from './precision.js';

/**
 * Logarithms and the inverse hyperbolic functions.
 *
 * x = 2^k m with m in [sqrt(1/2), sqrt 2); with f = m - 1 and s = f / (2 + f), log m = 2 atanh s, whose series after the first
 * term is a polynomial found by Remez exchange, arranged so that f itself is added last (Muller, Elementary Functions, 3rd ed., chapter 11;
 * the arrangement is that of FDLIBM).
 */

/** What the functions of this file need to know of a precision: constants in two parts, the first short enough for exact products. */
interface Numbers {
  readonly ln2: readonly [number, number];
  readonly log2e: readonly [number, number];
  readonly log10e: readonly [number, number];
  readonly log10of2: readonly [number, number];
  /** (log((1+s)/(1-s)) - 2s) / s^3 as a polynomial in s^2, |s| <= 0.1716; log is good to 2^-59 and 2^-30. */
  readonly series: readonly number[];
  /** The bits of sqrt(1/2): subtracting them puts the boundary between exponents there. */
  readonly sqrtHalf: bigint;
}

const WIDE: Numbers = {
  ln2: [0.6931471803691238, 1.9082149292705877e-10],
  log2e: [1.4426950216293335, 1.9259629911266175e-8],
  log10e: [0.4342944771051407, 4.798111141615973e-9],
  log10of2: [0.3010299955494702, 1.1451100898021838e-10],
  series: [
    0.6666666666666734, 0.3999999999941453, 0.28571428742421234, 0.22222198569605228, 0.18183564516966083,
    0.1531404557439921, 0.14796000343319257,
  ],
  sqrtHalf: 0x3fe6a09e667f3bcdn,
};

const NARROW: Numbers = {
  ln2: [0.693145751953125, 1.428606765330187e-6],
  log2e: [1.4423828125, 0.00031222839606925845],
  log10e: [0.4342041015625, 9.038033749675378e-5],
  log10of2: [0.301025390625, 4.605039066518657e-6],
  series: [0.66666776494, 0.39977526653, 0.298721562438],
  sqrtHalf: 0x3f3504f3n,
};

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);

/** x = 2^k m for a positive normal x; k is increased by `more`. */
export function splitExponent(x: Expr, more: bigint | Expr = 0n): { k: Expr; m: Expr } {
  const p = precisionOf(x);
  const bits = bitcast(x, p.int);
  const from = sub(bits, numbersOf(x).sqrtHalf);
  const k = shr(from, p.fractionBits);
  const exponent = -(1n << BigInt(p.fractionBits));
  return { k: small(more ? add(k, more) : k), m: bitcast(sub(bits, and(from, exponent)), p.type) };
}

/** log m = f - (half - s * (half + rest)), with f = m - 1 and half = f^2 / 2. */
function series(m: Expr): { f: Expr; half: Expr; tail: Expr } {
  const f = sub(m, 1);
  const s = div(f, add(2, f));
  const z = mul(s, s);
  const half = mul(mul(0.5, f), f);
  return { f, half, tail: mul(s, add(half, mul(z, poly(z, numbersOf(m).series)))) };
}

/** log(x + e) for a positive normal x and |e| at most its last bit; `relative` is e / x. The result is shifted by `more` ln2. */
export function natural(x: Expr, relative: Expr | null, more: bigint | Expr = 0n): Expr {
  const [ln2, ln2Lower] = numbersOf(x).ln2;
  const { k, m } = splitExponent(x, more);
  const { f, half, tail } = series(m);
  const lower = mul(k, like(x, ln2Lower));
  const rest = add(tail, relative ? add(lower, relative) : lower);
  const main = mul(k, like(x, ln2));
  if (isSingle(x)) return sub(main, sub(sub(half, rest), f));
  // The sums of the large terms as pairs, and f^2 to twice the digits: the error is hardly more than half an ulp.
  const z = square(f);
  const a = fastTwoSum(main, f);
  const b = fastTwoSum(a.h, mul(-0.5, z.h));
  return add(b.h, add(b.l, sub(add(rest, a.l), mul(0.5, z.l))));
}

const infinity = (x: Expr): Expr => like(x, Number.POSITIVE_INFINITY);
const minusInfinity = (x: Expr): Expr => like(x, Number.NEGATIVE_INFINITY);

/** A logarithm by its formula for positive normal numbers: subnormals are scaled up; zero, negative, infinite, NaN as C99 says. */
const logarithm = (x: Expr, formula: (x: Expr, more?: bigint) => Expr): Expr => {
  const { lift, liftBits, smallestNormal } = precisionOf(x);
  const usual = and(ge(x, smallestNormal), lt(x, infinity(x)));
  const nan = like(x, Number.NaN);
  const subnormal = formula(mul(x, lift), -liftBits);
  const positive = select(eq(x, infinity(x)), x, select(gt(x, 0), subnormal, nan));
  return rare(not(usual), select(eq(x, 0), minusInfinity(x), positive), formula(x));
};

/** Natural logarithm. Error below 1 ulp, of float64 hardly more than half. */
export const log: Real = /*@__PURE__*/ real((x) => logarithm(x, (v, more) => natural(v, null, more)));

/** The leading digits of log m in half a significand, and the rest. */
function splitLog(m: Expr): Two {
  const { f, half, tail } = series(m);
  const h = upper(sub(f, half));
  return { h, l: add(sub(sub(f, h), half), tail) };
}

function binary(x: Expr, more = 0n): Expr {
  const { k, m } = splitExponent(x, more);
  const { h, l } = splitLog(m);
  const [a, b] = numbersOf(x).log2e;
  const top = fastTwoSum(k, mul(h, like(x, a)));
  return add(top.h, add(top.l, add(mul(add(l, h), like(x, b)), mul(l, like(x, a)))));
}

/** Base 2 logarithm. Error below 1 ulp; exact at powers of two. */
export const log2: Real = /*@__PURE__*/ real((x) => logarithm(x, binary));

function decimal(x: Expr, more = 0n): Expr {
  const { k, m } = splitExponent(x, more);
  const { h, l } = splitLog(m);
  const c = numbersOf(x);
  const top = fastTwoSum(mul(k, like(x, c.log10of2[0])), mul(h, like(x, c.log10e[0])));
  const low = add(mul(add(l, h), like(x, c.log10e[1])), mul(l, like(x, c.log10e[0])));
  return add(top.h, add(top.l, add(mul(k, like(x, c.log10of2[1])), low)));
}

/** Base 10 logarithm. Error below 1 ulp. */
export const log10: Real = /*@__PURE__*/ real((x) => logarithm(x, decimal));

/** log(1 + x), with all digits near zero. Error below 1 ulp; keeps the sign of zero. */
export const log1p: Real = /*@__PURE__*/ real((x) => {
  const { h, l } = twoSum(like(x, 1), x);
  const special = select(eq(x, -1), minusInfinity(x), select(eq(x, infinity(x)), x, like(x, Number.NaN)));
  return copysign(rare(not(and(gt(x, -1), lt(x, infinity(x)))), special, natural(h, div(l, h))), x);
});

/** log(1 + w) for a pair w >= 0. */
function log1pPair(w: Two): Expr {
  const u = twoSum(like(w.h, 1), w.h);
  return natural(u.h, div(add(u.l, w.l), u.h));
}

/** Where x^2 would overflow. */
const hugeOf = (x: Expr): number => (isSingle(x) ? 2 ** 62 : 2 ** 511);
const zero = (x: Expr): Expr => like(x, 0);

/** arsinh x = log(a + sqrt(a^2 + 1)) for a = |x|, as log1p(a + a^2 / (1 + sqrt(a^2 + 1))). Error below 1.2 ulp. */
export const arcsinh: Real = /*@__PURE__*/ real((x) => {
  const a = abs(x);
  const aa = mul(a, a);
  const w = twoSum(a, div(aa, add(1, sqrt(add(aa, 1)))));
  const large = select(lt(a, infinity(x)), natural(a, null, 1n), a);
  return copysign(rare(not(lt(a, hugeOf(x))), large, log1pPair(w)), x);
});

/** arcosh x = log1p(t + sqrt(t (t + 2))) with t = x - 1, the square root as a pair. Error below 1 ulp; NaN below 1. */
export const arccosh: Real = /*@__PURE__*/ real((x) => {
  const t = sub(x, 1);
  const tt = twoProduct(t, t);
  const sum = twoSum(tt.h, mul(t, 2));
  const r = root({ h: sum.h, l: add(sum.l, tt.l) });
  const w = twoSum(t, r.h);
  const near = log1pPair({ h: w.h, l: add(w.l, select(eq(r.h, 0), 0, r.l)) });
  const nan = like(x, Number.NaN);
  const far = select(eq(x, infinity(x)), x, select(ge(x, 1), natural(x, null, 1n), nan));
  return rare(not(and(ge(x, 1), lt(x, hugeOf(x)))), far, near);
});

/** artanh x = log1p(2a / (1 - a)) / 2 for a = |x|, the quotient as a pair. Error below 1 ulp; ±1 give ±inf, beyond is NaN. */
export const arctanh: Real = /*@__PURE__*/ real((x) => {
  const a = abs(x);
  const w = quotient({ h: add(a, a), l: zero(x) }, fastTwoSum(like(x, 1), mul(a, -1)));
  const special = select(eq(a, 1), infinity(x), like(x, Number.NaN));
  return copysign(rare(not(lt(a, 1)), special, mul(0.5, log1pPair(w))), x);
});

interface PowNumbers {
  /** 3 atanh(s) / s - 3 - s^2, over s^4, as a polynomial in s^2: log is good to 2^-66 and 2^-36. */
  readonly series: readonly number[];
  /** 2 / (3 ln2), and the same in two parts, the first of half a significand. */
  readonly cp: number;
  readonly cpUpper: number;
  readonly cpLower: number;
}

const POW_WIDE: PowNumbers = {
  series: [
    0.6000000000000338, 0.42857142855149405, 0.33333333779858476, 0.27272676554424785, 0.23080135763963444,
    0.19885233292830815, 0.19794420808916882,
  ],
  cp: 0.9617966939259756,
  cpUpper: 0.9617966860532761,
  cpLower: 7.872699542894897e-9,
};

const POW_NARROW: PowNumbers = {
  series: [0.6000022844, 0.4282068084, 0.3512836546],
  cp: 0.9617967009544373,
  cpUpper: 0.961669921875,
  cpLower: 0.00012677205086220056,
};

/**
 * log2 x for the power function, as a pair whose first member has half a significand, good to about 2^-65 (2^-35) of itself; x
 * positive and normal, `more` added to the exponent. log2 m = (2 / 3 ln2) s (3 + s^2 + r), each factor in two parts.
 */
export function log2Pair(x: Expr, more: Expr): Two {
  const c = isSingle(x) ? POW_NARROW : POW_WIDE;
  const { k: k0, m } = splitExponent(x);
  const k = add(k0, more);
  const f = sub(m, 1);
  const d = add(m, 1);
  const dl = sub(m, sub(d, 1));
  const s = div(f, d);
  const sh = upper(s);
  const dh = upper(d);
  const dr = add(sub(d, dh), dl);
  const sl = div(sub(sub(f, mul(sh, dh)), mul(sh, dr)), d);
  const z = mul(s, s);
  const r = add(mul(mul(z, z), poly(z, c.series)), mul(sl, add(sh, s)));
  const sq = mul(sh, sh);
  const th = upper(add(add(3, sq), r));
  const tl = sub(r, sub(sub(th, 3), sq));
  const u = mul(sh, th);
  const v = add(mul(sl, th), mul(tl, s));
  const ph = upper(add(u, v));
  const pl = sub(v, sub(ph, u));
  const zh = mul(like(x, c.cpUpper), ph);
  const zl = add(mul(like(x, c.cpLower), ph), mul(pl, like(x, c.cp)));
  const h = upper(add(add(zh, zl), k));
  return { h, l: sub(zl, sub(sub(h, k), zh)) };
}
