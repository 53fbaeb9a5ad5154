import {
  abs,
  add,
  and,
  bitcast,
  copysign,
  div,
  type Expr,
  eq,
  gt,
  isnan,
  lt,
  mul,
  not,
  or,
  rare,
  select,
  sqrt,
  sub,
} from '../ir/expr.js';
import { like, native as real, native2 as real2, poly, type Real, type Real2, twoProduct, upper } from './parts.js';
import { isSingle, precisionOf } from './precision.js';

/** Inverse trigonometric functions: polynomials from Remez exchange after the reductions of FDLIBM. */

/** A constant as its nearest number and what that leaves. */
type Constant = readonly [number, number];

interface Numbers {
  readonly pi: Constant;
  readonly pi2: Constant;
  readonly pi4: Constant;
  readonly atanHalf: Constant;
  readonly atan3Halves: Constant;
  /** (asin x - x) / x^3 in x^2 <= 1/4: to 2^-59 and 2^-31. */
  readonly asin: readonly number[];
  /** (atan t - t) / t^3 in t^2, |t| <= 7/16: to 2^-57 and 2^-29. */
  readonly atan: readonly number[];
  /** Small enough to vanish beside any square root that occurs. */
  readonly speck: number;
  /** For arctan2: beyond which magnitudes to scale, by how much, and below which ratio the division's own error does not count. */
  readonly far: { above: number; below: number; down: number; up: number; faint: number };
}

const WIDE: Numbers = {
  pi: [3.141592653589793, 1.2246467991473532e-16],
  pi2: [1.5707963267948966, 6.123233995736766e-17],
  pi4: [0.7853981633974483, 3.061616997868383e-17],
  atanHalf: [0.4636476090008061, 2.2698777452961687e-17],
  atan3Halves: [0.982793723247329, 1.3903311031230998e-17],
  asin: [
    0.16666666666666763, 0.07499999999970097, 0.04464285717528659, 0.030381942675271938, 0.022372215905820756,
    0.017351595505664612, 0.013981018429094685, 0.011397294177358838, 0.010789313741171775, 0.003672215982210041,
    0.021790567102630668, -0.021116601353425683, 0.03270208624814446,
  ],
  atan: [
    -0.33333333333332926, 0.19999999999875578, -0.1428571427242518, 0.11111110402020122, -0.09090887045273144,
    0.07691874798368706, -0.06661058736608001, 0.05833475536177337, -0.049764926427616284, 0.03652271415786238,
    -0.01627703877526888,
  ],
  speck: 1e-300,
  far: { above: 1e300, below: 1e-280, down: 2 ** -60, up: 2 ** 120, faint: 2 ** -20 },
};

const NARROW: Numbers = {
  pi: [3.1415927410125732, -8.742277657347586e-8],
  pi2: [1.5707963705062866, -4.371138828673793e-8],
  pi4: [0.7853981852531433, -2.1855694143368964e-8],
  atanHalf: [0.46364760398864746, 5.01215868808913e-9],
  atan3Halves: [0.9827937483787537, -2.5131424052915463e-8],
  asin: [0.1666665985, 0.07500512114, 0.04451546673, 0.03181988476, 0.01439351274, 0.03757858411],
  atan: [-0.3333330332, 0.1999772563, -0.1422928985, 0.104883918, -0.05812645025],
  speck: 1e-30,
  far: { above: 1e37, below: 1e-30, down: 2 ** -20, up: 2 ** 60, faint: 2 ** -10 },
};

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);

/**
 * asin s = s + s p, where s is |x| below one half and sqrt((1 - |x|) / 2) above, there with what the square root lost.
 */
function arcParts(x: Expr): { a: Expr; near: Expr; s: Expr; sh: Expr; lost: Expr; p: Expr } {
  const c = numbersOf(x);
  const a = abs(x);
  const near = lt(a, 0.5);
  const z = select(near, mul(a, a), mul(0.5, sub(1, a)));
  const s = sqrt(z);
  const sh = upper(s);
  // The speck keeps 0 / 0 out at |x| = 1.
  const lost = div(sub(z, mul(sh, sh)), add(add(s, sh), like(x, c.speck)));
  return { a, near, s, sh, lost, p: mul(z, poly(z, c.asin)) };
}

/** Inverse sine: x + x p below one half, pi/2 - 2 asin(s) above. Error below 1 ulp; NaN outside of [-1, 1]. */
export const arcsin: Real = /*@__PURE__*/ real((x) => {
  const { pi2, pi4 } = numbersOf(x);
  const { a, near, s, sh, lost, p } = arcParts(x);
  const t = sub(mul(mul(2, s), p), sub(like(x, pi2[1]), mul(2, lost)));
  const quarter = like(x, pi4[0]);
  const far = sub(quarter, sub(t, sub(quarter, mul(2, sh))));
  return copysign(select(near, add(a, mul(a, p)), far), x);
});

/** Inverse cosine. Error below 1 ulp; NaN outside of [-1, 1]. */
export const arccos: Real = /*@__PURE__*/ real((x) => {
  const [half, rest] = numbersOf(x).pi2.map((v) => like(x, v));
  const { near, s, sh, lost, p } = arcParts(x);
  const middle = sub(half, sub(x, sub(rest, mul(x, p))));
  const left = mul(2, sub(half, add(s, sub(mul(s, p), rest))));
  const right = mul(2, add(sh, add(mul(s, p), lost)));
  return select(near, middle, select(lt(x, 0), left, right));
});

/** Inverse tangent: atan c + atan((|x| - c) / (1 + c|x|)) with the nearest c of 0, 1/2, 1, 3/2, inf. Error below 1 ulp. */
export const arctan: Real = /*@__PURE__*/ real((x) => {
  const n = numbersOf(x);
  const a = abs(x);
  const below = [7 / 16, 11 / 16, 19 / 16, 39 / 16].map((bound) => lt(a, bound));
  const choose = (values: readonly number[]): Expr =>
    below.reduceRight((rest, c, i) => select(c, like(x, values[i]), rest), like(x, values[4]));
  const centre = choose([0, 0.5, 1, 1.5, 0]);
  const t = div(select(below[3], sub(a, centre), -1), select(below[3], add(1, mul(centre, a)), a));
  const angles: readonly Constant[] = [[0, 0], n.atanHalf, n.pi4, n.atan3Halves, n.pi2];
  const z = mul(t, t);
  const minusTail = mul(mul(t, -1), mul(z, poly(z, n.atan)));
  const value = sub(choose(angles.map((v) => v[0])), sub(sub(minusTail, choose(angles.map((v) => v[1]))), t));
  return copysign(select(isnan(x), x, value), x);
});

/**
 * The angle of the point (x, y), in [-pi, pi]: atan of the smaller over the larger magnitude, put into its octant.
 * Error below 1 ulp. Signed zeros and infinities as in C99's atan2.
 */
export const arctan2: Real2 = /*@__PURE__*/ real2((y, x) => {
  const n = numbersOf(x);
  const v = (value: number): Expr => like(x, value);
  const ay = abs(y);
  const ax = abs(x);
  const steep = gt(ay, ax);
  const larger = select(steep, ay, ax);
  const smaller = select(steep, ax, ay);
  // Far from 1 both are scaled, so that neither c times one nor the sum overflows or loses bits.
  const { far } = n;
  const ordinary = and(lt(larger, v(far.above)), gt(larger, v(far.below)));
  const factor = rare(not(ordinary), select(gt(larger, 1), v(far.down), v(far.up)), v(1));
  const bothInfinite = eq(smaller, Number.POSITIVE_INFINITY);
  const degenerate = or(eq(larger, 0), bothInfinite);
  const b = rare(degenerate, 1, mul(larger, factor));
  const s = rare(degenerate, select(bothInfinite, v(1), v(0)), mul(smaller, factor));
  const low = lt(s, mul(b, 7 / 16));
  const mid = lt(s, mul(b, 11 / 16));
  const pick = (p: number, q: number, r: number): Expr => select(low, v(p), select(mid, v(q), v(r)));
  const c = pick(0, 0.5, 1);
  const top = sub(s, select(low, 0, mul(c, b)));
  const bottom = add(b, mul(c, s));
  const ratio = div(top, bottom);
  const infinite = eq(b, Number.POSITIVE_INFINITY);
  const t = select(infinite, 0, ratio);
  // What the division lost counts where the angle is just below a power of two and the ratio above.
  const back = twoProduct(ratio, bottom);
  const lost = select(or(infinite, lt(abs(ratio), far.faint)), 0, div(sub(sub(top, back.h), back.l), bottom));
  // angle = base ± (atan c + atan t): pi/2 - … where steep, pi - … where x is negative.
  const negative = lt(bitcast(x, precisionOf(x).int), 0);
  const baseHigh = select(steep, v(n.pi2[0]), select(negative, v(n.pi[0]), v(0)));
  const baseLow = select(steep, v(n.pi2[1]), select(negative, v(n.pi[1]), v(0)));
  const direction = select(steep, select(negative, v(1), v(-1)), select(negative, v(-1), v(1)));
  const high = mul(direction, pick(0, n.atanHalf[0], n.pi4[0]));
  const lower = mul(direction, pick(0, n.atanHalf[1], n.pi4[1]));
  const z = mul(t, t);
  const u = mul(direction, t);
  const tail = add(mul(u, mul(z, poly(z, n.atan))), mul(direction, lost));
  const first = add(baseHigh, high);
  const lostFirst = add(sub(baseHigh, first), high);
  const value = add(first, add(u, add(tail, add(lostFirst, add(baseLow, lower)))));
  return copysign(select(or(isnan(x), isnan(y)), v(Number.NaN), value), y);
});
