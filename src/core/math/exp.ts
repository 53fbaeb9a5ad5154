import { abs, add, copysign, div, type Expr, gt, le, lt, mul, not, rare, select, shr, sub } from '../ir/expr.js';
import { f64, fastTwoSum, INF, MAGIC_BITS, nearest, poly, pow2, quotient, scaleNormal, twoSum } from './parts.js';

/**
 * Exponentials and hyperbolic functions.
 *
 * x = k ln2 + r with |r| <= ln2 / 2, ln2 split in two so that k times its upper part is exact (Cody & Waite, Software Manual
 * for the Elementary Functions, 1980); exp(r) is a polynomial found by Remez exchange, 2^k goes into the exponent field.
 * expm1 and the hyperbolic functions keep the sums as pairs until the last addition.
 */

const LOG2E = 1.4426950408889634;
export const LN2 = 0.6931471805599453;
const LN2_UPPER = 0.6931471803691238; // 33 bits
const LN2_LOWER = 1.9082149292705877e-10;
/** ln2 minus its nearest float64. */
export const LN2_REST = 2.3190468138462996e-17;

/** (exp(r) - 1 - r - r^2/2) / r^3 on |r| <= 0.3467; exp is good to 2^-57. */
const EXP = [
  0.16666666666666433, 0.041666666666604, 0.008333333333500066, 0.001388888892677759, 0.00019841269466006523,
  2.4801508706845533e-5, 2.7557641172099305e-6, 2.762517681352655e-7, 2.4978250383518205e-8,
]; // biome-ignore format: a table

/** The same for exp(r) - 1, good to 2^-61 of that. */
const EXPM1 = [
  0.16666666666666677, 0.04166666666666669, 0.0083333333333217, 0.0013888888888870144, 0.00019841269885969562,
  2.48015873560985e-5, 2.7557244355485906e-6, 2.7557245599470677e-7, 2.510898845504894e-8, 2.0923751423153683e-9,
]; // biome-ignore format: a table

/** The largest |x| for which 2^k is normal for both signs. */
const NORMAL = 708;
const OVERFLOW = 709.79;
const UNDERFLOW = -745.14;

/** exp(r) - 1 - r, given what r lost when it was rounded. */
export const tail = (r: Expr, rest: Expr | null, coefficients: readonly number[] = EXP): Expr => {
  const q = mul(mul(r, r), add(0.5, mul(r, poly(r, coefficients))));
  return rest ? add(rest, q) : q;
};

interface Reduced {
  /** The integer multiple of ln2: as int64 with {@link MAGIC_BITS} added. */
  readonly n: Expr;
  readonly r: Expr;
  /** The rounding error of r. */
  readonly rest: Expr;
}

function reduce(x: Expr): Reduced {
  const { k, n } = nearest(mul(x, LOG2E));
  const upper = sub(x, mul(k, LN2_UPPER));
  const lower = mul(k, LN2_LOWER);
  const r = sub(upper, lower);
  return { n, r, rest: sub(sub(upper, r), lower) };
}

/** y * 2^k in two steps, so that the range is whole and a subnormal result is rounded once; `less`: an extra factor 2^-less. */
export function scaleAny(y: Expr, n: Expr, less = 0n): Expr {
  const k = sub(n, MAGIC_BITS);
  const half = shr(k, 1n);
  return mul(mul(y, pow2(half)), pow2(sub(sub(k, half), less)));
}

const scaled = (x: Expr, y: Expr, n: Expr, normal: number, overflow: number, underflow: number): Expr =>
  rare(
    not(le(abs(x), normal)),
    select(gt(x, overflow), INF, select(lt(x, underflow), 0, scaleAny(y, n))),
    scaleNormal(y, n),
  );

/** e^x. Error below 1 ulp. */
export function exp(x: Expr): Expr {
  const { n, r } = reduce(x);
  const y = add(1, add(r, tail(r, null)));
  return scaled(x, y, n, NORMAL, OVERFLOW, UNDERFLOW);
}

/** 2^x. Error below 1 ulp; exact at integers. */
export function exp2(x: Expr): Expr {
  const { k, n } = nearest(x);
  const f = sub(x, k);
  const r = mul(f, LN2);
  const y = add(1, add(r, tail(r, mul(f, LN2_REST))));
  return scaled(x, y, n, 1021, 1024, -1075);
}

/**
 * exp(x) - 1 = 2^k (h + l) for |x| <= 708, as the pair and k. The integer part 1 - 2^-k is added to r without loss, so that
 * nothing cancels.
 */
function expm1Parts(x: Expr): { h: Expr; l: Expr; n: Expr; r: Expr; q: Expr } {
  const { n, r, rest } = reduce(x);
  const q = tail(r, rest, EXPM1);
  const whole = sub(1, pow2(sub(MAGIC_BITS, n)));
  const s = fastTwoSum(whole, r);
  return { h: s.h, l: add(s.l, q), n, r, q };
}

/** e^x - 1, with all digits near zero. Error below 1 ulp; keeps the sign of zero. */
export function expm1(x: Expr): Expr {
  const { h, l, n, r, q } = expm1Parts(x);
  const large = scaleAny(add(1, add(r, q)), n);
  return copysign(
    rare(
      not(le(abs(x), NORMAL)),
      select(gt(x, OVERFLOW), INF, select(lt(x, -NORMAL), -1, large)),
      mul(add(h, l), pow2(sub(n, MAGIC_BITS))),
    ),
    x,
  );
}

/** tanh x = E / (E + 2) with E = exp(2|x|) - 1, both as pairs. Error below 1 ulp; ±1 beyond 22. */
export function tanh(x: Expr): Expr {
  const twice = mul(abs(x), 2);
  const { h, l, n } = expm1Parts(select(gt(twice, 44), 44, twice));
  const top = fastTwoSum(h, l);
  const bottom = twoSum(top.h, pow2(sub(MAGIC_BITS + 1n, n)));
  const t = quotient(top, { h: bottom.h, l: add(bottom.l, top.l) });
  return copysign(add(t.h, t.l), x);
}

/** exp(|x|) = 2^k (h + l). */
function expParts(x: Expr): { h: Expr; l: Expr; n: Expr } {
  const { n, r, rest } = reduce(abs(x));
  return { ...fastTwoSum(f64(1), add(r, tail(r, rest))), n };
}

/** exp(|x|) / 2 for |x| > 708: only half of it may be finite. */
const halfExp = (x: Expr, h: Expr, n: Expr): Expr => select(gt(abs(x), 710.5), INF, scaleAny(h, n, 1n));

/** (sinh x - x) / x^3 as a polynomial in x^2, |x| <= 1, good to 2^-63. */
const SINH = [
  0.16666666666666669, 0.008333333333333139, 0.00019841269841437697, 2.7557319155333e-6, 2.5052123399047294e-8,
  1.60572403111938e-10, 7.759312898415627e-13,
]; // biome-ignore format: a table

/** (exp|x| - exp(-|x|)) / 2 with the sign of x; a polynomial below 1. Error below 1 ulp. */
export function sinh(x: Expr): Expr {
  const { h, l, n } = expParts(x);
  const scale = pow2(sub(n, MAGIC_BITS));
  const e = mul(h, scale);
  const usual = mul(0.5, add(e, sub(mul(l, scale), div(1, e))));
  const square = mul(x, x);
  const near = add(x, mul(mul(x, square), poly(square, SINH)));
  const far = rare(not(le(abs(x), NORMAL)), halfExp(x, h, n), usual);
  return select(lt(abs(x), 1), near, copysign(far, x));
}

/** (exp|x| + exp(-|x|)) / 2. Error below 1 ulp. */
export function cosh(x: Expr): Expr {
  const { h, l, n } = expParts(x);
  const scale = pow2(sub(n, MAGIC_BITS));
  const e = mul(h, scale);
  const usual = mul(0.5, add(e, add(mul(l, scale), div(1, e))));
  return rare(not(le(abs(x), NORMAL)), halfExp(x, h, n), usual);
}
