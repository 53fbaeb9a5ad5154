import {
  abs,
  add,
  and,
  bitcast,
  cast,
  type Expr,
  eq,
  ge,
  konst,
  lookup,
  lt,
  mul,
  not,
  or,
  select,
  shl,
  shr,
  sub,
  Table,
} from '../ir/expr.js';
import { fastTwoSum, like, nearest, type Two, twoProduct } from './parts.js';
import { isSingle, SINGLE } from './precision.js';

/**
 * Reduction of angles for sin, cos and tan: x = n pi/2 + y with |y| <= pi/4, y as a pair.
 *
 * Below LARGE pi/2 is taken in four parts, of which n times each of the first three is exact (Cody & Waite 1980). Beyond, the bits
 * of 2/pi that matter are multiplied by the significand of x as integers (Payne & Hanek, Radian reduction for
 * trigonometric functions, ACM SIGNUM Newsletter 18, 1983).
 */

/** An angle reduced: y as a pair, and an integer whose two low bits are the quadrant. */
export interface Angle {
  readonly y: Two;
  readonly n: Expr;
}

interface Numbers {
  readonly large: number;
  readonly twoOverPi: number;
  /** pi/2 in parts: of 33 bits for n below 2^20, of 11 bits for n below 2^13. */
  readonly parts: readonly [number, number, number, number];
  /** pi/2 and what its nearest number leaves. */
  readonly half: readonly [number, number];
}

const WIDE: Numbers = {
  large: 1600000,
  twoOverPi: 0.6366197723675814,
  parts: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32],
  half: [1.5707963267948966, 6.123233995736766e-17],
};

const NARROW: Numbers = {
  large: 10000,
  twoOverPi: 0.6366197466850281,
  parts: [1.5703125, 0.0004837512969970703, 7.549533620476723e-8, 2.5633440682570896e-12],
  half: [1.5707963705062866, -4.371138828673793e-8],
};

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);

export const isLarge = (x: Expr): Expr => not(lt(abs(x), numbersOf(x).large));

export function reduceModerate(x: Expr): Angle {
  const c = numbersOf(x);
  const [p1, p2, p3, p4] = c.parts.map((p) => like(x, p));
  const { k, n } = nearest(mul(x, like(x, c.twoOverPi)));
  const a = sub(x, mul(k, p1));
  const w = mul(k, p2);
  const b = sub(a, w);
  const lost = sub(sub(a, b), w);
  const v = sub(mul(k, p3), lost);
  const h = sub(b, v);
  return { y: { h, l: sub(sub(sub(b, h), v), mul(k, p4)) }, n };
}

/** 1184 bits of 2/pi after the binary point. */
const BITS =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484' +
  'e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b' +
  '3d0739f78a5292ea6bfb5fb11f8d5d0856033046';

/** The same in words of 32 bits after some words of zeros. */
function words(zeros: number): number[] {
  const digits = '0'.repeat(8 * zeros) + BITS;
  return Array.from({ length: digits.length / 8 }, (_, i) => Number.parseInt(digits.slice(8 * i, 8 * i + 8), 16));
}
const TWO_OVER_PI: Table = /*@__PURE__*/ new Table('2/pi', /*@__PURE__*/ Float64Array.from(/*@__PURE__*/ words(2)));

/** pi/2 times a fraction of a quadrant, as a pair. */
function angleOf(f: Two): Two {
  const [pi2, rest] = numbersOf(f.h).half.map((p) => like(f.h, p));
  const p = twoProduct(f.h, pi2);
  return fastTwoSum(p.h, add(p.l, add(mul(f.h, rest), mul(f.l, pi2))));
}

/** The bits of |x| where it is large and finite, else of some other large number: every lane must stay in range. */
function largeBits(x: Expr, type: 'uint64' | 'uint32'): Expr {
  const a = abs(x);
  const proper = and(ge(a, numbersOf(x).large), lt(a, Number.POSITIVE_INFINITY));
  return bitcast(select(proper, a, 2 ** 30), type);
}

const LOW32 = 0xffffffffn;

/**
 * The reduced angle of |x|. With x = m 2^s, the bits of 2/pi heavier than 2^(2-s) only add multiples of four quadrants; of the
 * product of m with the next 160 bits the top two are the quadrant and 126 more the fraction, twice as many as the closest approach
 * of a float64 to a multiple of pi/2 takes away.
 */
function reduceLargeDouble(x: Expr): Angle {
  const bits = largeBits(x, 'uint64');
  const start = sub(shr(bits, 52n), 1013n);
  const index = cast(shr(start, 5n), 'int32');
  const shift = and(start, 31n);
  const word = Array.from({ length: 6 }, (_, i) => cast(lookup(TWO_OVER_PI, add(index, i)), 'uint64'));
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
  return { y: angleOf(f), n };
}

/** The upper 32 bits of the product of a uint32 and a number below 2^24. */
function upperProduct(word: Expr, m: Expr): Expr {
  const [wh, wl, mh, ml] = [shr(word, 16), and(word, 0xffff), shr(m, 16), and(m, 0xffff)];
  const hl = mul(mh, wl);
  const lh = mul(ml, wh);
  const middle = add(shr(mul(ml, wl), 16), add(and(hl, 0xffff), and(lh, 0xffff)));
  return add(add(mul(mh, wh), shr(middle, 16)), add(shr(hl, 16), shr(lh, 16)));
}

/** The same for float32 in 32-bit arithmetic alone, so that no lane is lost: 62 bits of the fraction. */
function reduceLargeSingle(x: Expr): Angle {
  const bits = largeBits(x, 'uint32');
  const start = sub(shr(bits, 23), 120);
  const index = shr(start, 5);
  const shift = and(start, 31);
  const table = words(1);
  const word = (j: number): Expr => {
    let w = konst('uint32', table[4 + j]);
    for (let i = 3; i >= 0; i--) w = select(eq(index, i), table[i + j], w);
    return w;
  };
  const p = [0, 1, 2].map((j) => or(shl(word(j), shift), shr(shr(word(j + 1), 1), sub(31, shift))));
  const m = or(and(bits, 0x7fffff), 0x800000);
  const middle = mul(p[1], m);
  const low = add(middle, upperProduct(p[2], m));
  const carry = select(lt(low, middle), konst('uint32', 1), konst('uint32', 0));
  const top = add(add(mul(p[0], m), upperProduct(p[1], m)), carry);
  const n = shr(add(top, 0x20000000), 30);
  const signed = cast(sub(top, shl(n, 30)), 'int32');
  const real = (w: Expr, scale: number): Expr => mul(cast(cast(w, 'int32'), 'float32'), 2 ** scale);
  const lead = fastTwoSum(real(shr(signed, 16), -14), real(and(signed, 0xffff), -30));
  const f = fastTwoSum(lead.h, add(lead.l, add(real(shr(low, 16), -46), real(and(low, 0xffff), -62))));
  return { y: angleOf(f), n: cast(n, SINGLE.int) };
}

/** The reduced angle of |x|, for finite x beyond the moderate ones (other x give some angle). */
export const reduceLarge = (x: Expr): Angle => (isSingle(x) ? reduceLargeSingle(x) : reduceLargeDouble(x));
