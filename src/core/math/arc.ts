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
  not,
  or,
  rare,
  select,
  sqrt,
  sub,
} from '../ir/expr.js';
import {
  f32via64,
  f32via64x2,
  f64,
  INF,
  NAN,
  poly,
  type Real,
  type Real2,
  twoProduct,
  upper,
} from './parts.js';

/** Inverse trigonometric functions: polynomials from Remez exchange after the reductions of FDLIBM. */

const PI = 3.141592653589793;
const PI2 = 1.5707963267948966;
const PI2_REST = 6.123233995736766e-17;
const PI4 = 0.7853981633974483;
const PI4_REST = 3.061616997868383e-17;
const ATAN_HALF = 0.4636476090008061;
const ATAN_HALF_REST = 2.2698777452961687e-17;
const ATAN_3_2 = 0.982793723247329;
const ATAN_3_2_REST = 1.3903311031230998e-17;

/** (asin x - x) / x^3 in x^2 <= 1/4, good to 2^-59. */
const ASIN = [
  0.16666666666666763, 0.07499999999970097, 0.04464285717528659, 0.030381942675271938, 0.022372215905820756,
  0.017351595505664612, 0.013981018429094685, 0.011397294177358838, 0.010789313741171775, 0.003672215982210041,
  0.021790567102630668, -0.021116601353425683, 0.03270208624814446,
]; // biome-ignore format: a table

/** (atan t - t) / t^3 in t^2, |t| <= 7/16, good to 2^-57. */
const ATAN = [
  -0.33333333333332926, 0.19999999999875578, -0.1428571427242518, 0.11111110402020122, -0.09090887045273144,
  0.07691874798368706, -0.06661058736608001, 0.05833475536177337, -0.049764926427616284, 0.03652271415786238,
  -0.01627703877526888,
]; // biome-ignore format: a table

/**
 * asin s = s + s p, where s is |x| below one half and sqrt((1 - |x|) / 2) above, there with what the square root lost.
 */
function arcParts(x: Expr): { a: Expr; near: Expr; s: Expr; sh: Expr; lost: Expr; p: Expr } {
  const a = abs(x);
  const near = lt(a, 0.5);
  const z = select(near, mul(a, a), mul(0.5, sub(1, a)));
  const s = sqrt(z);
  const sh = upper(s);
  // The tiny addend keeps 0 / 0 out at |x| = 1.
  const lost = div(sub(z, mul(sh, sh)), add(add(s, sh), 1e-300));
  return { a, near, s, sh, lost, p: mul(z, poly(z, ASIN)) };
}

/** Inverse sine: x + x p below one half, pi/2 - 2 asin(s) above. Error below 1 ulp; NaN outside of [-1, 1]. */
export const arcsin: Real = /*@__PURE__*/ f32via64((x) => {
  const { a, near, s, sh, lost, p } = arcParts(x);
  const t = sub(mul(mul(2, s), p), sub(PI2_REST, mul(2, lost)));
  const far = sub(PI4, sub(t, sub(PI4, mul(2, sh))));
  return copysign(select(near, add(a, mul(a, p)), far), x);
});

/** Inverse cosine. Error below 1 ulp; NaN outside of [-1, 1]. */
export const arccos: Real = /*@__PURE__*/ f32via64((x) => {
  const { near, s, sh, lost, p } = arcParts(x);
  const middle = sub(PI2, sub(x, sub(PI2_REST, mul(x, p))));
  const left = mul(2, sub(PI2, add(s, sub(mul(s, p), PI2_REST))));
  const right = mul(2, add(sh, add(mul(s, p), lost)));
  return select(near, middle, select(lt(x, 0), left, right));
});

/** One of five values by where a ratio lies among 7/16, 11/16, 19/16, 39/16. */
const among = (below: (bound: number) => Expr) => {
  const c = [7 / 16, 11 / 16, 19 / 16, 39 / 16].map(below);
  return (v: readonly [Expr | number, number, number, number, Expr | number]): Expr => {
    let e = v[4];
    for (let i = 3; i >= 0; i--) e = select(c[i], lift(v[i]), lift(e));
    return e as Expr;
  };
};
const lift = (v: Expr | number): Expr => (typeof v === 'number' ? f64(v) : v);

/** upper + lower + atan t, |t| <= 7/16. */
function assemble(t: Expr, high: Expr, low: Expr): Expr {
  const z = mul(t, t);
  return sub(high, sub(sub(mul(mul(t, -1), mul(z, poly(z, ATAN))), low), t));
}

const HIGH = [0, ATAN_HALF, PI4, ATAN_3_2, PI2] as const;
const LOW = [0, ATAN_HALF_REST, PI4_REST, ATAN_3_2_REST, PI2_REST] as const;

/** Inverse tangent: atan c + atan((|x| - c) / (1 + c|x|)) with the nearest c of 0, 1/2, 1, 3/2, inf. Error below 1 ulp. */
export const arctan: Real = /*@__PURE__*/ f32via64((x) => {
  const a = abs(x);
  const choose = among((bound) => lt(a, bound));
  const c = choose([0, 0.5, 1, 1.5, 0]);
  const last = ge(a, 39 / 16);
  const t = div(select(last, -1, sub(a, c)), select(last, a, add(1, mul(c, a))));
  const value = assemble(t, choose(HIGH), choose(LOW));
  return copysign(select(isnan(x), x, value), x);
});

/**
 * The angle of the point (x, y), in [-pi, pi]: atan of the smaller over the larger magnitude, put into its octant.
 * Error below 1 ulp. Signed zeros and infinities as in C99's atan2.
 */
export const arctan2: Real2 = /*@__PURE__*/ f32via64x2((y, x) => {
  const ay = abs(y);
  const ax = abs(x);
  const steep = gt(ay, ax);
  const big0 = select(steep, ay, ax);
  const small0 = select(steep, ax, ay);
  // Far from 1 both are scaled, so that neither c times one nor the sum overflows or loses bits.
  const ordinary = and(lt(big0, 1e300), gt(big0, 1e-280));
  const factor = rare(not(ordinary), select(gt(big0, 1), f64(2 ** -60), f64(2 ** 120)), f64(1));
  const equalInfinite = eq(small0, INF);
  const b = rare(or(eq(big0, 0), equalInfinite), 1, mul(big0, factor));
  const s = rare(or(eq(big0, 0), equalInfinite), select(equalInfinite, f64(1), f64(0)), mul(small0, factor));
  const low = lt(s, mul(b, 7 / 16));
  const mid = lt(s, mul(b, 11 / 16));
  const pick = (p: number, q: number, r: number): Expr => select(low, p, select(mid, f64(q), f64(r)));
  const c = pick(0, 0.5, 1);
  // Where the larger is infinite and the smaller finite the products stay clear of 0 * inf, since c is 0 there: guard it.
  const infinite = eq(b, INF);
  const n = sub(s, select(low, 0, mul(c, b)));
  const d = add(b, mul(c, s));
  const ratio = div(n, d);
  const t = select(infinite, 0, ratio);
  // What the division lost counts where the angle is just below a power of two and the ratio above.
  const back = twoProduct(ratio, d);
  const lost = select(or(infinite, lt(abs(ratio), 2 ** -20)), 0, div(sub(sub(n, back.h), back.l), d));
  // angle = base ± (atan c + atan t): pi/2 - … where steep, pi - … where x is negative.
  const negative = lt(bitcast(x, 'int64'), 0n);
  const baseHigh = select(steep, PI2, select(negative, f64(PI), f64(0)));
  const baseLow = select(steep, PI2_REST, select(negative, f64(2 * PI2_REST), f64(0)));
  const direction = select(steep, select(negative, f64(1), f64(-1)), select(negative, f64(-1), f64(1)));
  const high = mul(direction, pick(0, ATAN_HALF, PI4));
  const lower = mul(direction, pick(0, ATAN_HALF_REST, PI4_REST));
  const z = mul(t, t);
  const u = mul(direction, t);
  const tail = add(mul(u, mul(z, poly(z, ATAN))), mul(direction, lost));
  const first = add(baseHigh, high);
  const lostFirst = add(sub(baseHigh, first), high);
  const value = add(first, add(u, add(tail, add(lostFirst, add(baseLow, lower)))));
  return copysign(select(or(isnan(x), isnan(y)), NAN, value), y);
});
