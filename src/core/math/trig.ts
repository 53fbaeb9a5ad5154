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
  ge,
  konst,
  lookup,
  lt,
  mul,
  not,
  or,
  rare,
  select,
  shl,
  shr,
  sub,
  Table,
} from '../ir/expr.js';
import { fastTwoSum, flip, INF, nearest, poly, signOf, type Two, twoProduct } from './parts.js';

/**
 * sin, cos and tan over the full range.
 *
 * x = n pi/2 + y with |y| <= pi/4, y as a pair. For |x| below 1.6e6 pi/2 is taken in four parts of 33 bits so that n times each
 * of the first three is exact (Cody & Waite 1980); beyond, the bits of 2/pi that matter are multiplied by the
 * significand of x as integers (Payne & Hanek, Radian reduction for trigonometric functions, 1983). The polynomials
 * on |y| <= pi/4 are from Remez exchange.
 */

const TWO_OVER_PI = 0.6366197723675814;
const PI2_1 = 1.5707963267341256;
const PI2_2 = 6.077100506303966e-11;
const PI2_3 = 2.0222662487111665e-21;
const PI2_4 = 8.4784276603689e-32;
const PI2 = 1.5707963267948966;
const PI2_REST = 6.123233995736766e-17;

/** Where n would need more than 20 bits. */
const LARGE = 1600000;

/** (sin y - y) / y^3 in y^2: the first coefficient stands alone, since the low part of y enters there. */
const SIN1 = -0.16666666666666632;
const SIN = [
  0.008333333333322415, -0.0001984126982980864, 2.755731369227902e-6, -2.5050758182060106e-8, 1.5896800072658134e-10,
]; // biome-ignore format: a table
/** (cos y - 1 + y^2/2) / y^4 in y^2. */
const COS = [
  0.0416666666666666, -0.0013888888888874131, 2.480158728948678e-5, -2.7557314353657837e-7, 2.0875723453620827e-9,
  -1.1359657170387168e-11,
]; // biome-ignore format: a table

/** An angle reduced: y as a pair, and an int64 whose two low bits are the quadrant. */
interface Angle {
  readonly y: Two;
  readonly n: Expr;
}

function reduceModerate(x: Expr): Angle {
  const { k, n } = nearest(mul(x, TWO_OVER_PI));
  const a = sub(x, mul(k, PI2_1));
  const w = mul(k, PI2_2);
  const b = sub(a, w);
  const lost = sub(sub(a, b), w);
  const v = sub(mul(k, PI2_3), lost);
  const h = sub(b, v);
  return { y: { h, l: sub(sub(sub(b, h), v), mul(k, PI2_4)) }, n };
}

/** 1184 bits of 2/pi after the binary point. */
const BITS =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484' +
  'e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b' +
  '3d0739f78a5292ea6bfb5fb11f8d5d0856033046';

/** The same in words of 32 bits after 64 bits of zeros. */
const words = (): Float64Array => {
  const padded = '0'.repeat(16) + BITS;
  return Float64Array.from({ length: padded.length / 8 }, (_, i) =>
    Number.parseInt(padded.slice(8 * i, 8 * i + 8), 16),
  );
};
const TWO_OVER_PI_WORDS: Table = /*@__PURE__*/ new Table('2/pi', /*@__PURE__*/ words());

const LOW32 = 0xffffffffn;

/**
 * The reduced angle of |x| for a finite |x| >= LARGE (other x give some angle). With x = m 2^s, the bits of 2/pi heavier than 2^(2-s)
 * only add multiples of four quadrants; of the product of m with the next 160 bits the top two are the quadrant and 126 more the
 * fraction, twice as many as the closest approach of a float64 to a multiple of pi/2 takes away.
 */
function reduceLarge(x: Expr): Angle {
  const a = abs(x);
  const bits = bitcast(select(and(ge(a, LARGE), lt(a, INF)), a, 2 ** 30), 'uint64');
  const start = sub(shr(bits, 52n), 1013n);
  const index = cast(shr(start, 5n), 'int32');
  const shift = and(start, 31n);
  const word = Array.from({ length: 6 }, (_, i) => cast(lookup(TWO_OVER_PI_WORDS, add(index, i)), 'uint64'));
  // p5 … p1, heaviest first.
  const p = Array.from({ length: 5 }, (_, i) => shr(shl(or(shl(word[i], 32n), word[i + 1]), shift), 32n));
  const m = or(and(bits, 0xfffffffffffffn), 0x10000000000000n);
  const mh = shr(m, 32n);
  const ml = and(m, LOW32);
  const low = p.map((q) => mul(q, ml));
  const high = p.map((q) => mul(q, mh));
  let carry = add(shr(low[4], 32n), high[4]);
  const columns: Expr[] = [];
  for (let j = 3; j >= 0; j--) {
    const column = add(carry, and(low[j], LOW32));
    columns.unshift(and(column, LOW32));
    carry = add(add(shr(column, 32n), shr(low[j], 32n)), high[j]);
  }
  const top = cast(or(shl(columns[0], 32n), columns[1]), 'int64');
  const n = shr(add(top, 0x2000000000000000n), 62n);
  const signed = sub(top, shl(n, 62n));
  const real = (w: Expr, scale: number): Expr => mul(cast(w, 'float64'), 2 ** scale);
  const lead = fastTwoSum(real(shr(signed, 32n), -30), real(and(signed, LOW32), -62));
  const f = fastTwoSum(lead.h, add(lead.l, add(real(columns[2], -94), real(columns[3], -126))));
  const product = twoProduct(f.h, konst('float64', PI2));
  const y = fastTwoSum(product.h, add(product.l, add(mul(f.h, PI2_REST), mul(f.l, PI2))));
  return { y, n };
}

/** y.h - sin y: +0 for either zero, so that subtracting it from y.h keeps the sign. */
function sinTail({ h, l }: Two): Expr {
  const z = mul(h, h);
  const v = mul(z, h);
  return sub(sub(mul(z, sub(mul(0.5, l), mul(v, poly(z, SIN)))), l), mul(v, SIN1));
}

/** cos y as 1 - y^2/2 rounded, and the rest. */
function cosParts({ h, l }: Two): Two {
  const z = mul(h, h);
  const half = mul(0.5, z);
  const w = sub(1, half);
  return { h: w, l: add(sub(sub(1, w), half), sub(mul(mul(z, z), poly(z, COS)), mul(h, l))) };
}

/** sin(n pi/2 + y): by quadrant, sin y, cos y, -sin y, -cos y. */
function sinOf({ y, n }: Angle): Expr {
  const c = cosParts(y);
  const value = select(eq(and(n, 1n), 0n), sub(y.h, sinTail(y)), add(c.h, c.l));
  return flip(value, shl(and(n, 2n), 62n));
}

/** NaN for infinities and NaN, else zero. */
const invalid = (x: Expr): Expr => sub(x, x);

/** Sine. Error below 1 ulp over the full range. */
export function sin(x: Expr): Expr {
  const large = add(flip(sinOf(reduceLarge(x)), signOf(x)), invalid(x));
  return rare(isLarge(x), large, sinOf(reduceModerate(x)));
}

/** Cosine. Error below 1 ulp over the full range. */
export function cos(x: Expr): Expr {
  const later = ({ y, n }: Angle): Expr => sinOf({ y, n: add(n, 1n) });
  return rare(isLarge(x), add(later(reduceLarge(x)), invalid(x)), later(reduceModerate(x)));
}

/** Both, with one reduction. */
export function sincos(x: Expr): { sin: Expr; cos: Expr } {
  const usual = reduceModerate(x);
  const far = reduceLarge(x);
  const large = isLarge(x);
  const next = ({ y, n }: Angle): Angle => ({ y, n: add(n, 1n) });
  return {
    sin: rare(large, add(flip(sinOf(far), signOf(x)), invalid(x)), sinOf(usual)),
    cos: rare(large, add(sinOf(next(far)), invalid(x)), sinOf(next(usual))),
  };
}

const isLarge = (x: Expr): Expr => not(lt(abs(x), LARGE));

function tanOf({ y, n }: Angle): Expr {
  const t = sinTail(y);
  const sh = sub(y.h, t);
  const s = { h: sh, l: sub(sub(y.h, sh), t) };
  const c0 = cosParts(y);
  const c = fastTwoSum(c0.h, c0.l);
  const even = eq(and(n, 1n), 0n);
  const pick = (a: Expr, b: Expr): Expr => select(even, a, b);
  const dh = pick(c.h, s.h);
  const q = div(pick(s.h, c.h), dh);
  const p = twoProduct(q, dh);
  const rest = add(sub(sub(pick(s.h, c.h), p.h), p.l), sub(pick(s.l, c.l), mul(q, pick(c.l, s.l))));
  // The correction may be +0 beside a quotient of -0.
  return flip(copysign(add(q, div(rest, dh)), q), shl(and(n, 1n), 63n));
}

/** Tangent. Error below 1 ulp over the full range. */
export function tan(x: Expr): Expr {
  const large = add(flip(tanOf(reduceLarge(x)), signOf(x)), invalid(x));
  return rare(isLarge(x), large, tanOf(reduceModerate(x)));
}
