import type { ScalarType } from '../dtype.js';
import {
  abs,
  add,
  and,
  bitcast,
  cast,
  copysign,
  div,
  type Expr,
  eq,
  floor,
  ge,
  gt,
  isnan,
  konst,
  loop,
  lt,
  mul,
  neg,
  not,
  or,
  rare,
  rem,
  select,
  shl,
  shr,
  sub,
  trunc,
  xor,
} from '../ir/expr.js';
import { INF, pow2, twoProduct } from './parts.js';

/**
 * Functions of the representation, and those whose results are exact: remainders, parts, neighbours.
 * They take float32 as well as float64 unless it is said otherwise.
 */

const FRACTION = 0xfffffffffffffn;
const IMPLICIT = 0x10000000000000n;

const integerOf = (x: Expr): ScalarType => (x.type === 'float32' ? 'int32' : 'int64');

/** Whether the sign bit is set, of zeros and NaN too. */
export const signbit = (x: Expr): Expr => {
  const bits = bitcast(x, integerOf(x));
  return lt(bits, 0);
};

/** 2^n times an integral x below 2^53 for -1075 <= n <= 971, exactly where the result can be. */
function scaleExact(x: Expr, n: Expr): Expr {
  const half = shr(n, 1n);
  return mul(mul(x, pow2(half)), pow2(sub(n, half)));
}

/** The magnitude of a finite float64 as m 2^(e - 1075), both int64 (m as uint64). */
function integerParts(x: Expr): { m: Expr; e: Expr } {
  const bits = bitcast(abs(x), 'uint64');
  const e = shr(bits, 52n);
  const m = select(eq(e, 0n), shl(bits, 1n), or(and(bits, FRACTION), IMPLICIT));
  return { m, e: cast(e, 'int64') };
}

/** |a| mod |b| by long division of the significands, 11 bits a step: for any ratio. */
function longRemainder(a: Expr, b: Expr): Expr {
  const n = integerParts(a);
  const d = integerParts(b);
  const [r] = loop([rem(n.m, d.m), sub(n.e, d.e)], (r, left) => {
    const step = select(gt(left, 11n), konst('int64', 11), left);
    return { while: gt(left, 0n), next: [rem(shl(r, cast(step, 'uint64')), d.m), sub(left, step)] };
  });
  return scaleExact(cast(r, 'float64'), sub(d.e, 1075n));
}

/** C's fmod of float64: exact, with the sign of a. */
function fmod64(a: Expr, b: Expr): Expr {
  const aa = abs(a);
  const ab = abs(b);
  const q = trunc(div(aa, ab));
  // q may be one too large; a - q b is exact either way.
  const p = twoProduct(q, ab);
  const r = sub(sub(aa, p.h), p.l);
  const quick = select(lt(r, 0), add(r, ab), select(ge(r, ab), sub(r, ab), r));
  const safe = and(and(lt(q, 2 ** 52), lt(aa, 1e300)), and(gt(ab, 1e-270), lt(ab, INF)));
  const undefinedRemainder = or(or(eq(ab, 0), not(lt(aa, INF))), isnan(b));
  const slow = select(undefinedRemainder, Number.NaN, select(lt(aa, ab), aa, longRemainder(a, b)));
  return copysign(rare(not(safe), slow, quick), a);
}

/** C's fmod: the exact remainder of truncated division, with the sign of a; NaN for an infinite a or a zero b. */
export const fmod = (a: Expr, b: Expr): Expr =>
  a.type === 'float64' ? fmod64(a, b) : cast(fmod64(cast(a, 'float64'), cast(b, 'float64')), a.type);

/** Floor of the quotient and the remainder with the divisor's sign, computed together as CPython and NumPy do. */
export function divmod(a: Expr, b: Expr): [Expr, Expr] {
  const zero = konst(a.type, 0);
  const m = fmod(a, b);
  const exact = eq(m, 0);
  const opposite = and(not(exact), xor(lt(b, 0), lt(m, 0)));
  const quotient0 = div(sub(a, m), b);
  const quotient = select(opposite, sub(quotient0, 1), quotient0);
  const down = floor(quotient);
  const nearestWhole = select(gt(sub(quotient, down), 0.5), add(down, 1), down);
  const whole = select(eq(quotient, 0), copysign(zero, div(a, b)), nearestWhole);
  const byZero = eq(b, 0);
  const mod = select(exact, copysign(zero, b), select(opposite, add(m, b), m));
  return [select(byZero, div(a, b), whole), select(byZero, m, mod)];
}

/** Floor of the quotient of floats. */
export const floorDivide = (a: Expr, b: Expr): Expr => divmod(a, b)[0];
/** Remainder of floats with the divisor's sign. */
export const remainder = (a: Expr, b: Expr): Expr => divmod(a, b)[1];

/** x = m 2^e with 1/2 <= |m| < 1, for a float64; zero, infinities and NaN are their own mantissa with e = 0. The exponent is int32. */
export function frexp(x: Expr): [Expr, Expr] {
  const tiny = lt(abs(x), 2.2250738585072014e-308);
  const bits = bitcast(select(tiny, mul(x, 2 ** 54), x), 'int64');
  const biased = and(shr(bits, 52n), 0x7ffn);
  const none = or(eq(x, 0), not(lt(abs(x), INF)));
  const e = sub(biased, select(tiny, konst('int64', 1076), konst('int64', 1022)));
  const m = bitcast(or(and(bits, -0x7ff0000000000001n), 0x3fe0000000000000n), 'float64');
  return [select(none, x, m), cast(select(none, konst('int64', 0), e), 'int32')];
}

/** x 2^n for a float64 and an integer of any type, rounded once where the result is subnormal. */
export function ldexp(x: Expr, n: Expr): Expr {
  const wide = cast(n, 'int64');
  const bounded = select(gt(wide, 5000n), konst('int64', 5000), select(lt(wide, -5000n), konst('int64', -5000), wide));
  const [m, e] = frexp(x);
  const total = add(cast(e, 'int64'), bounded);
  const k = select(gt(total, 1030n), konst('int64', 1030), select(lt(total, -1080n), konst('int64', -1080), total));
  return scaleExact(m, k);
}

/** The next float64 or float32 after x away from zero (`away`) or towards it; x neither zero nor NaN. */
const step = (x: Expr, away: Expr): Expr => {
  const type = integerOf(x);
  return bitcast(add(bitcast(x, type), select(away, konst(type, 1), konst(type, -1))), x.type);
};

/** Distance of float16 neighbours above |x| in a float32 that holds a finite float16. */
function halfUlp(x: Expr): Expr {
  // The exponent field alone is 2^e; below 2^-14 the spacing stays 2^-24.
  const power = bitcast(and(bitcast(x, 'int32'), 0x7f800000), 'float32');
  const ulp = mul(power, 2 ** -10);
  return select(lt(ulp, 2 ** -24), konst('float32', 2 ** -24), ulp);
}

/**
 * The next value after x towards y in the precision `native`; with float16 the operands are float32 that hold float16 values.
 */
export function nextafter(x: Expr, y: Expr, native: 'float16' | 'float32' | 'float64' = x.type as 'float64'): Expr {
  const up = lt(x, y);
  const away = eq(up, gt(x, 0));
  const smallest = { float16: 2 ** -24, float32: 2 ** -149, float64: 5e-324 }[native];
  const fromZero = copysign(konst(x.type, smallest), y);
  let moved: Expr;
  if (native === 'float16' && x.type === 'float32') {
    const a = abs(x);
    // Towards zero from a power of two the step is half as large: the spacing just below x.
    const below = halfUlp(bitcast(sub(bitcast(a, 'int32'), 1), 'float32'));
    const outward = select(ge(a, 65504), konst('float32', Number.POSITIVE_INFINITY), add(a, halfUlp(a)));
    const inward = select(eq(a, Number.POSITIVE_INFINITY), konst('float32', 65504), sub(a, below));
    moved = copysign(select(away, outward, inward), x);
  } else {
    moved = step(x, away);
  }
  const value = select(eq(x, y), native === 'float16' ? x : y, select(eq(x, 0), fromZero, moved));
  return select(or(isnan(x), isnan(y)), konst(x.type, Number.NaN), value);
}

/**
 * The distance from x to its neighbour away from zero, negative for negative x; NaN for infinities. For float16 NumPy means
 * the neighbour above: always positive, infinite at 65504.
 */
export function spacing(x: Expr, native: 'float16' | 'float32' | 'float64' = x.type as 'float64'): Expr {
  const a = abs(x);
  const finite = lt(a, Number.POSITIVE_INFINITY);
  const none = konst(x.type, Number.NaN);
  if (native === 'float16' && x.type === 'float32') {
    const below = halfUlp(bitcast(sub(bitcast(a, 'int32'), 1), 'float32'));
    const gap = select(lt(x, 0), below, select(eq(x, 65504), konst('float32', Number.POSITIVE_INFINITY), halfUlp(a)));
    return select(finite, gap, none);
  }
  const gap = sub(step(a, eq(a, a)), a);
  return select(finite, select(lt(x, 0), neg(gap), gap), none);
}
