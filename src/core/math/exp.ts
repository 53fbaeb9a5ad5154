import { abs, add, copysign, div, type Expr, gt, le, lt, mul, not, rare, select, shr, sub } from '../ir/expr.js';
import {
  fastTwoSum,
  like,
  native as real,
  nearest,
  negated,
  poly,
  pow2,
  quotient,
  type Real,
  scaleNormal,
  twoSum,
  unbiased,
} from './parts.js';
import { isSingle } from './precision.js';

/**
 * Exponentials and hyperbolic functions.
 *
 * x = k ln2 + r with |r| <= ln2 / 2, ln2 split in two so that k times its upper part is exact (Cody & Waite, Software Manual
 * for the Elementary Functions, 1980); exp(r) is a polynomial found by Remez exchange, 2^k goes into the exponent field.
 * expm1 and the hyperbolic functions keep the sums as pairs until the last addition.
 */

export const LN2 = 0.6931471805599453;
/** ln2 minus its nearest float64. */
export const LN2_REST = 2.3190468138462996e-17;

/** What the functions of this file need to know of a precision. */
interface Numbers {
  readonly log2e: number;
  readonly ln2: number;
  /** ln2 in two parts, the first so short that its product with an exponent is exact. */
  readonly ln2Upper: number;
  readonly ln2Lower: number;
  /** ln2 minus its nearest number. */
  readonly ln2Rest: number;
  /** (exp(r) - 1 - r - r^2/2) / r^3 on |r| <= 0.3467, for exp: to 2^-57 and 2^-28. */
  readonly exp: readonly number[];
  /** The same for exp(r) - 1: to 2^-61 and 2^-31 of that. */
  readonly expm1: readonly number[];
  /** (sinh x - x) / x^3 as a polynomial in x^2, |x| <= 1: to 2^-63 and 2^-34. */
  readonly sinh: readonly number[];
  /** The largest |x| for which 2^k is normal for both signs; where exp overflows, where exp(x) / 2 does, and where exp vanishes. */
  readonly normal: number;
  readonly overflow: number;
  readonly halfOverflow: number;
  readonly underflow: number;
  /** The same three for 2^x. */
  readonly powers: readonly [number, number, number];
  /** Where tanh(x / 2) is 1. */
  readonly flat: number;
}

const WIDE: Numbers = {
  log2e: 1.4426950408889634,
  ln2: LN2,
  ln2Upper: 0.6931471803691238,
  ln2Lower: 1.9082149292705877e-10,
  ln2Rest: LN2_REST,
  exp: [
    0.16666666666666433, 0.041666666666604, 0.008333333333500066, 0.001388888892677759, 0.00019841269466006523,
    2.4801508706845533e-5, 2.7557641172099305e-6, 2.762517681352655e-7, 2.4978250383518205e-8,
  ],
  expm1: [
    0.16666666666666677, 0.04166666666666669, 0.0083333333333217, 0.0013888888888870144, 0.00019841269885969562,
    2.48015873560985e-5, 2.7557244355485906e-6, 2.7557245599470677e-7, 2.510898845504894e-8, 2.0923751423153683e-9,
  ],
  sinh: [
    0.16666666666666669, 0.008333333333333139, 0.00019841269841437697, 2.7557319155333e-6, 2.5052123399047294e-8,
    1.60572403111938e-10, 7.759312898415627e-13,
  ],
  normal: 708,
  overflow: 709.79,
  halfOverflow: 710.5,
  underflow: -745.14,
  powers: [1021, 1024, -1075],
  flat: 44,
};

const NARROW: Numbers = {
  log2e: 1.4426950216293335,
  ln2: 0.6931471824645996,
  ln2Upper: 0.693145751953125,
  ln2Lower: 1.428606765330187e-6,
  ln2Rest: -1.9046542121259336e-9,
  exp: [0.166665339439, 0.041667238261, 0.008367491186, 0.001386376352],
  expm1: [0.166666667738, 0.041666481891, 0.008333281704, 0.001393332834, 0.000199099631],
  sinh: [0.166666664886, 0.008333350601, 0.000198360657, 2.817441782099195e-6],
  normal: 87,
  overflow: 88.73,
  halfOverflow: 89.42,
  underflow: -103.98,
  powers: [125, 128, -150],
  flat: 20,
};

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);

/** exp(r) - 1 - r, given what r lost when it was rounded. */
export const tail = (r: Expr, rest: Expr | null, coefficients: readonly number[] = numbersOf(r).exp): Expr => {
  const q = mul(mul(r, r), add(0.5, mul(r, poly(r, coefficients))));
  return rest ? add(rest, q) : q;
};

/**
 * exp(r + rest) for |r| <= ln2 / 2. Of float64 the sum 1 + r is kept as a pair, so that the error is hardly more than half an ulp and the
 * last digit nearly always that of other careful libraries.
 */
export function expNear(r: Expr, rest: Expr): Expr {
  if (isSingle(r)) return add(1, add(r, tail(r, rest)));
  const { h, l } = fastTwoSum(like(r, 1), r);
  return add(h, add(l, tail(r, mul(rest, h), numbersOf(r).expm1)));
}

interface Reduced {
  /** The integer multiple of ln2, with the precision's `magicBits` added. */
  readonly n: Expr;
  readonly r: Expr;
  /** The rounding error of r. */
  readonly rest: Expr;
}

function reduce(x: Expr): Reduced {
  const c = numbersOf(x);
  const { k, n } = nearest(mul(x, like(x, c.log2e)));
  const upper = sub(x, mul(k, like(x, c.ln2Upper)));
  const lower = mul(k, like(x, c.ln2Lower));
  const r = sub(upper, lower);
  return { n, r, rest: sub(sub(upper, r), lower) };
}

/** y * 2^k in two steps, so that the range is whole and a subnormal result is rounded once; `less`: an extra factor 2^-less. */
export function scaleAny(y: Expr, n: Expr, less = 0): Expr {
  const k = unbiased(n);
  const half = shr(k, 1);
  return mul(mul(y, pow2(half)), pow2(sub(sub(k, half), less)));
}

const scaled = (x: Expr, y: Expr, n: Expr, [normal, overflow, underflow]: readonly number[]): Expr =>
  rare(
    not(le(abs(x), normal)),
    select(
      gt(x, like(x, overflow)),
      like(x, Number.POSITIVE_INFINITY),
      select(lt(x, like(x, underflow)), 0, scaleAny(y, n)),
    ),
    scaleNormal(y, n),
  );

/** e^x. Error below 1 ulp, of float64 hardly more than half. */
export const exp: Real = /*@__PURE__*/ real((x) => {
  const c = numbersOf(x);
  const { n, r, rest } = reduce(x);
  const y = isSingle(r) ? add(1, add(r, tail(r, null))) : expNear(r, rest);
  return scaled(x, y, n, [c.normal, c.overflow, c.underflow]);
});

/** 2^x. Error below 1 ulp; exact at integers. */
export const exp2: Real = /*@__PURE__*/ real((x) => {
  const c = numbersOf(x);
  const { k, n } = nearest(x);
  const f = sub(x, k);
  const r = mul(f, like(x, c.ln2));
  return scaled(x, expNear(r, mul(f, like(x, c.ln2Rest))), n, c.powers);
});

/**
 * exp(x) - 1 = 2^k (h + l) within the normal range, as the pair and k. The integer part 1 - 2^-k is added to r without loss, so that
 * nothing cancels.
 */
function expm1Parts(x: Expr): { h: Expr; l: Expr; n: Expr; r: Expr; q: Expr } {
  const { n, r, rest } = reduce(x);
  const q = tail(r, rest, numbersOf(x).expm1);
  const s = fastTwoSum(sub(1, pow2(negated(n))), r);
  return { h: s.h, l: add(s.l, q), n, r, q };
}

/** e^x - 1, with all digits near zero. Error below 1 ulp; keeps the sign of zero. */
export const expm1: Real = /*@__PURE__*/ real((x) => {
  const c = numbersOf(x);
  const { h, l, n, r, q } = expm1Parts(x);
  const large = scaleAny(add(1, add(r, q)), n);
  const infinity = like(x, Number.POSITIVE_INFINITY);
  return copysign(
    rare(
      not(le(abs(x), c.normal)),
      select(gt(x, like(x, c.overflow)), infinity, select(lt(x, -c.normal), -1, large)),
      mul(add(h, l), pow2(unbiased(n))),
    ),
    x,
  );
});

/** tanh x = E / (E + 2) with E = exp(2|x|) - 1, both as pairs. Error below 1 ulp. */
export const tanh: Real = /*@__PURE__*/ real((x) => {
  const { flat } = numbersOf(x);
  const twice = mul(abs(x), 2);
  const { h, l, n } = expm1Parts(select(gt(twice, flat), flat, twice));
  const top = fastTwoSum(h, l);
  const bottom = twoSum(top.h, pow2(negated(n, 1n)));
  const t = quotient(top, { h: bottom.h, l: add(bottom.l, top.l) });
  return copysign(add(t.h, t.l), x);
});

/** exp(|x|) = 2^k (h + l). */
function expParts(x: Expr): { h: Expr; l: Expr; n: Expr } {
  const { n, r, rest } = reduce(abs(x));
  return { ...fastTwoSum(like(x, 1), add(r, tail(r, rest))), n };
}

/** exp(|x|) / 2 beyond the normal range: only half of it may be finite. */
const halfExp = (x: Expr, h: Expr, n: Expr): Expr =>
  select(gt(abs(x), like(x, numbersOf(x).halfOverflow)), like(x, Number.POSITIVE_INFINITY), scaleAny(h, n, 1));

/** (exp|x| - exp(-|x|)) / 2 with the sign of x; a polynomial below 1. Error below 1 ulp. */
export const sinh: Real = /*@__PURE__*/ real((x) => {
  const c = numbersOf(x);
  const { h, l, n } = expParts(x);
  const scale = pow2(unbiased(n));
  const e = mul(h, scale);
  const usual = mul(0.5, add(e, sub(mul(l, scale), div(1, e))));
  const xx = mul(x, x);
  const near = add(x, mul(mul(x, xx), poly(xx, c.sinh)));
  const far = rare(not(le(abs(x), c.normal)), halfExp(x, h, n), usual);
  return select(lt(abs(x), 1), near, copysign(far, x));
});

/** (exp|x| + exp(-|x|)) / 2. Error below 1 ulp. */
export const cosh: Real = /*@__PURE__*/ real((x) => {
  const { h, l, n } = expParts(x);
  const scale = pow2(unbiased(n));
  const e = mul(h, scale);
  const usual = mul(0.5, add(e, add(mul(l, scale), div(1, e))));
  return rare(not(le(abs(x), numbersOf(x).normal)), halfExp(x, h, n), usual);
});
