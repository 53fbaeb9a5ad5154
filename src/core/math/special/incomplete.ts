import {
  abs,
  add,
  and,
  div,
  type Expr,
  eq,
  floor,
  ge,
  gt,
  le,
  lookup,
  loop,
  lt,
  mul,
  ne,
  neg,
  not,
  or,
  select,
  sqrt,
  sub,
  Table,
} from '../../ir/expr.js';
import { exp } from '../exp.js';
import { log } from '../log.js';
import { cast } from '../../ir/expr.js';
import { f32via64x2, f64, INF, NAN, poly, type Real2 } from '../parts.js';
import { pow } from '../power.js';
import { erfc } from './error.js';
import { digamma, lgamma, stirling } from './gamma.js';

/** Incomplete gamma and beta functions, Hurwitz' zeta and the polygamma functions: series and continued fractions, run until they stand still. */

const EPS = 2 ** -53;
const ONE: Expr = /*@__PURE__*/ f64(1);
const finite = (x: Expr): Expr => lt(abs(x), INF);

/** m - log(1 + m), with all digits near zero, by the series of artanh; 1 + m is given, too, since m near -1 has not all of its digits. */
function deficit(m: Expr, more: Expr): Expr {
  const s = div(m, add(2, m));
  const z = mul(s, s);
  const terms = Array.from({ length: 12 }, (_, k) => 1 / (2 * k + 3));
  const near = sub(mul(m, s), mul(mul(2, mul(s, z)), poly(z, terms)));
  return select(lt(abs(m), 0.3), near, sub(m, log(more)));
}

/** x^a exp(-x) / gamma(a). From a = 10 on by the distance of x from a, so that large powers need not cancel. */
function density(a: Expr, x: Expr): Expr {
  const m = div(sub(x, a), a);
  const large = mul(mul(sqrt(a), 0.3989422804014327), exp(neg(add(mul(a, deficit(m, div(x, a))), stirling(a)))));
  const product = mul(mul(pow(x, a), exp(neg(x))), exp(neg(lgamma(a))));
  // A power that overflows meets an exponential that vanishes.
  const byLogs = exp(sub(sub(mul(a, log(x)), x), lgamma(a)));
  return select(lt(a, 10), select(lt(x, 700), product, byLogs), large);
}

/** The series of the lower function, over density / a: 1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + … */
function lowerSeries(a: Expr, x: Expr, run: Expr): Expr {
  const [, , sum] = loop([a, ONE, ONE], (n, term, total) => {
    const up = add(n, 1);
    const next = mul(term, div(x, up));
    return { while: and(run, gt(term, mul(total, EPS))), next: [up, next, add(total, next)] };
  });
  return sum;
}

/** The continued fraction of the upper function, over density, by Lentz' method. */
function upperFraction(a: Expr, x: Expr, run: Expr): Expr {
  const b0 = sub(add(x, 1), a);
  const d0 = div(1, b0);
  const [, , , , h] = loop([f64(0), b0, f64(1e300), d0, d0, f64(2)], (i, b, c, d, total, change) => {
    const n = add(i, 1);
    const an = neg(mul(n, sub(n, a)));
    const bn = add(b, 2);
    const dn = div(1, add(mul(an, d), bn));
    const cn = add(bn, div(an, c));
    const factor = mul(cn, dn);
    return {
      while: and(and(run, gt(abs(sub(change, 1)), EPS * 2)), lt(i, 1e5)),
      next: [n, bn, cn, dn, mul(total, factor), factor],
    };
  });
  return h;
}

/** The upper function for huge a: the normal distribution with its first two corrections (Temme 1979). */
function uniform(a: Expr, x: Expr, upper: boolean): Expr {
  const m = div(sub(x, a), a);
  const square = mul(2, deficit(m, div(x, a)));
  const root = sqrt(square);
  const eta = select(lt(m, 0), neg(root), root);
  const c0 = poly(eta, [-1 / 3, 1 / 12, -2 / 135, 1 / 864, 1 / 2835, -139 / 777600]);
  const c1 = poly(eta, [-1 / 540, -1 / 288, 1 / 378, -77 / 77760]);
  const e = mul(exp(neg(mul(mul(0.5, a), square))), div(0.3989422804014327, sqrt(a)));
  const rest = mul(e, add(c0, div(c1, a)));
  const z = mul(eta, sqrt(mul(0.5, a)));
  return upper ? add(mul(0.5, erfc(z)), rest) : sub(mul(0.5, erfc(neg(z))), rest);
}

/** Both regularized incomplete gamma functions; the smaller is computed, the other is what is left of 1. */
function gammas(a: Expr, x: Expr): { lower: Expr; upper: Expr } {
  const fine = and(and(gt(a, 0), gt(x, 0)), and(finite(a), finite(x)));
  const huge = gt(a, 1e6);
  const right = gt(x, select(lt(a, 1), 1, a));
  const d = density(a, x);
  const p = mul(div(d, a), lowerSeries(a, x, and(fine, and(not(huge), not(right)))));
  const q = mul(d, upperFraction(a, x, and(fine, and(not(huge), right))));
  const bad = or(not(gt(a, 0)), not(ge(x, 0)));
  const at = (upper: boolean): Expr => {
    const own = upper ? q : p;
    const other = sub(1, upper ? p : q);
    const inside = select(huge, uniform(a, x, upper), select(right, upper ? q : other, upper ? other : own));
    // One of them vanishes at zero, the other at infinity.
    const edge = select(or(eq(x, 0), not(finite(a))), f64(upper ? 1 : 0), f64(upper ? 0 : 1));
    const both = and(not(finite(a)), not(finite(x)));
    return select(or(bad, both), NAN, select(fine, inside, edge));
  };
  return { lower: at(false), upper: at(true) };
}

/** The regularized lower incomplete gamma function P(a, x). */
export const igamma: Real2 = /*@__PURE__*/ f32via64x2((a, x) => gammas(a, x).lower);
/** The regularized upper incomplete gamma function Q(a, x) = 1 - P. */
export const igammac: Real2 = /*@__PURE__*/ f32via64x2((a, x) => gammas(a, x).upper);

/** The derivative of P(a, x) by a: that of its series, term by term. */
export const igammaGradA: Real2 = /*@__PURE__*/ f32via64x2((a, x) => {
  const fine = and(and(gt(a, 0), gt(x, 0)), and(finite(a), finite(x)));
  const slope0 = sub(log(x), digamma(add(a, 1)));
  const [, , , sum] = loop([a, ONE, slope0, slope0], (n, term, slope, total) => {
    const up = add(n, 1);
    const next = mul(term, div(x, up));
    const steeper = sub(slope, div(1, up));
    const more = mul(next, steeper);
    return {
      while: and(and(fine, lt(sub(n, a), 1e5)), or(lt(n, x), gt(abs(more), mul(abs(total), EPS)))),
      next: [up, next, steeper, add(total, more)],
    };
  });
  return select(fine, mul(div(density(a, x), a), sum), select(and(gt(a, 0), ge(x, 0)), 0, NAN));
});

/** x^a (1 - x)^b / beta(a, b), with y = 1 - x. */
function betaDensity(a: Expr, b: Expr, x: Expr, y: Expr): Expr {
  const s = add(a, b);
  const off = sub(mul(x, b), mul(y, a));
  const near = add(
    mul(a, deficit(div(off, a), div(mul(x, s), a))),
    mul(b, deficit(div(neg(off), b), div(mul(y, s), b))),
  );
  const corrections = sub(sub(stirling(s), stirling(a)), stirling(b));
  const root = sqrt(mul(mul(div(a, s), b), 0.15915494309189535));
  const large = mul(root, exp(sub(corrections, near)));
  const logBeta = sub(sub(lgamma(s), lgamma(a)), lgamma(b));
  const usual = exp(add(add(mul(a, log(x)), mul(b, log(y))), logBeta));
  const small = mul(mul(pow(x, a), pow(y, b)), exp(logBeta));
  const modest = and(lt(a, 50), lt(b, 50));
  return select(and(ge(a, 10), ge(b, 10)), large, select(modest, small, usual));
}

/** The continued fraction of the incomplete beta function, by Lentz' method. */
function betaFraction(a: Expr, b: Expr, x: Expr, run: Expr): Expr {
  const s = add(a, b);
  const up = add(a, 1);
  const down = sub(a, 1);
  const d0 = div(1, sub(1, div(mul(s, x), up)));
  const [, , , h] = loop([f64(1), ONE, d0, d0, f64(2)], (m, c, d, total, change) => {
    const m2 = add(m, m);
    const even = div(mul(mul(m, sub(b, m)), x), mul(add(down, m2), add(a, m2)));
    const d1 = div(1, add(1, mul(even, d)));
    const c1 = add(1, div(even, c));
    const odd = neg(div(mul(mul(add(a, m), add(s, m)), x), mul(add(a, m2), add(up, m2))));
    const d2 = div(1, add(1, mul(odd, d1)));
    const c2 = add(1, div(odd, c1));
    const factor = mul(d2, c2);
    return {
      while: and(and(run, gt(abs(sub(change, 1)), EPS * 2)), lt(m, 1e5)),
      next: [add(m, 1), c2, d2, mul(mul(total, mul(d1, c1)), factor), factor],
    };
  });
  return h;
}

/** The regularized incomplete beta function I_x(a, b). */
export function betainc(a0: Expr, b0: Expr, x0: Expr): Expr {
  const [a, b, x] = [a0, b0, x0].map((v) => cast(v, 'float64'));
  const y = sub(1, x);
  const swap = gt(x, div(add(a, 1), add(add(a, b), 2)));
  const [p, q] = [select(swap, b, a), select(swap, a, b)];
  const [u, v] = [select(swap, y, x), select(swap, x, y)];
  const valid = and(and(gt(a, 0), gt(b, 0)), and(finite(a), finite(b)));
  const fine = and(valid, and(gt(x, 0), lt(x, 1)));
  const part = mul(div(betaDensity(p, q, u, v), p), betaFraction(p, q, u, fine));
  const inside = select(swap, sub(1, part), part);
  const edge = select(and(valid, or(eq(x, 0), eq(x, 1))), x, NAN);
  return cast(select(fine, inside, edge), x0.type);
}

/** (2k)! / B(2k), for the Euler-Maclaurin formula. */
const EULER_MACLAURIN = [
  12,
  -720,
  30240,
  -1209600,
  47900160,
  -1307674368000 / 691,
  74724249600,
  -10670622842880000 / 3617,
  5109094217170944000 / 43867,
  -802857662698291200000 / 174611,
  14101100039391805440000 / 77683,
  -1693824136731743669452800000 / 236364091,
];

/** Hurwitz' zeta function: the sum of (q + k)^-x. Some terms as they are, the rest by the Euler-Maclaurin formula. */
export const zeta: Real2 = /*@__PURE__*/ f32via64x2((x, q) => {
  const whole = eq(floor(q), q);
  const defined = or(gt(q, 0), and(eq(floor(x), x), and(not(whole), gt(q, -1e6))));
  const fine = and(and(gt(x, 1), defined), and(finite(x), finite(q)));
  const first = pow(q, neg(x));
  const [, last, term, sum] = loop([f64(0), q, first, first], (i, a, t, s) => {
    const next = add(a, 1);
    const value = pow(next, neg(x));
    return {
      while: and(and(fine, or(lt(i, 9), le(a, 9))), and(gt(abs(t), mul(abs(s), EPS)), finite(s))),
      next: [add(i, 1), next, value, add(s, value)],
    };
  });
  let rest = sub(div(mul(term, last), sub(x, 1)), mul(0.5, term));
  let rising = ONE;
  let power = term;
  EULER_MACLAURIN.forEach((c, i) => {
    rising = mul(rising, add(x, 2 * i));
    power = div(power, last);
    rest = add(rest, mul(mul(rising, power), 1 / c));
    rising = mul(rising, add(x, 2 * i + 1));
    power = div(power, last);
  });
  const all = select(gt(abs(term), mul(abs(sum), EPS)), add(sum, rest), sum);
  const pole = or(eq(x, 1), and(gt(x, 1), and(le(q, 0), whole)));
  return select(pole, INF, select(fine, all, select(and(gt(x, 1), eq(q, INF)), 0, NAN)));
});

const FACTORIALS: Table = /*@__PURE__*/ new Table(
  'factorials',
  /*@__PURE__*/ Float64Array.from({ length: 171 }, (_, n) => {
    let f = 1n;
    for (let k = 2n; k <= n; k++) f *= k;
    return Number(f);
  }),
);
/** The n-th derivative of digamma; NaN for an order that is no natural number. */
export const polygamma: Real2 = /*@__PURE__*/ f32via64x2((n, x) => {
  const up = add(n, 1);
  const odd = ne(mul(floor(mul(n, 0.5)), 2), n);
  // Beyond the table the factorial overflows, and so it is for orders that are none.
  const inside = and(ge(n, 0), le(n, 170));
  const factorial = select(inside, lookup(FACTORIALS, cast(select(inside, n, 0), 'int32')), INF);
  const size = mul(factorial, zeta(up, x));
  const value = select(odd, size, neg(size));
  const order = and(eq(floor(n), n), ge(n, 0));
  return select(order, select(eq(n, 0), digamma(x), value), NAN);
});
