import {
  abs,
  add,
  and,
  cast,
  div,
  type Expr,
  eq,
  ge,
  gt,
  loop,
  lt,
  mul,
  neg,
  not,
  or,
  select,
  sqrt,
  sub,
} from '../../ir/expr.js';
import { exp, expm1 } from '../exp.js';
import { log, log1p } from '../log.js';
import { f32via64x2, f64, INF, NAN, poly, type Real2, type Two, twoProduct, twoSum } from '../parts.js';
import { pow } from '../power.js';
import { betaDensity, betaOffset, gammaDensity, gammaExcess } from './density.js';
import { erfc } from './error.js';
import { digamma, digammaRest, lgamma1p, stirling } from './gamma.js';

/** Incomplete gamma and beta functions: series and continued fractions, run until they stand still. */

const EPS = 2 ** -53;
const MOST = 1e5;
const ONE: Expr = /*@__PURE__*/ f64(1);
const ZERO: Expr = /*@__PURE__*/ f64(0);
const finite = (x: Expr): Expr => lt(abs(x), INF);
/** From here on expansions for large a are good to the last place. */
const HUGE = 1e5;

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
  const [, , , , h] = loop([ZERO, b0, f64(1e300), d0, d0, f64(2)], (i, b, c, d, total, change) => {
    const n = add(i, 1);
    const an = neg(mul(n, sub(n, a)));
    const bn = add(b, 2);
    const dn = div(1, add(mul(an, d), bn));
    const cn = add(bn, div(an, c));
    const factor = mul(cn, dn);
    return {
      while: and(and(run, gt(abs(sub(change, 1)), EPS * 2)), lt(i, MOST)),
      next: [n, bn, cn, dn, mul(total, factor), factor],
    };
  });
  return h;
}

/** The upper function for a below 1 and small x: 1 less the first term of the other series, and less its rest, both by themselves. */
function upperSeries(a: Expr, x: Expr, run: Expr): Expr {
  const [, , sum] = loop([ONE, neg(x), div(neg(x), add(a, 1))], (k, power, total) => {
    const n = add(k, 1);
    const next = div(mul(power, neg(x)), n);
    const more = div(next, add(a, n));
    return { while: and(run, and(gt(abs(next), mul(abs(total), EPS)), lt(k, 200))), next: [n, next, add(total, more)] };
  });
  const lead = sub(mul(a, log(x)), lgamma1p(select(lt(a, 1), a, 0)));
  return neg(add(expm1(lead), mul(exp(lead), mul(a, sum))));
}

/** Coefficients of the corrections, by powers of eta. */
const CENTRE = [
  -1 / 3,
  1 / 12,
  -2 / 135,
  1 / 864,
  1 / 2835,
  -139 / 777600,
  1 / 25515,
  -0.21854485106799922e-5,
  -0.185406221071516e-5,
];
const CENTRE_1 = [-1 / 540, -1 / 288, 1 / 378, -77 / 77760, 0.00020576131687242798];
const CENTRE_2 = [25 / 6048, -139 / 51840];

interface Central {
  /** log of x / a, and the variable that is like it in which the distribution is nearly normal. */
  readonly shift: Expr;
  readonly eta: Expr;
  readonly excess: Two;
}
function central(a: Expr, x: Expr): Central {
  const m = div(sub(x, a), a);
  const excess = gammaExcess(a, x);
  const root = sqrt(div(mul(2, excess.h), a));
  return { shift: m, eta: select(lt(m, 0), neg(root), root), excess };
}

/** The upper function for huge a: the normal distribution with its first corrections (Temme 1979). */
function uniform(a: Expr, x: Expr, upper: boolean): Expr {
  const { eta, excess } = central(a, x);
  const density = mul(exp(neg(excess.h)), sub(1, excess.l));
  const e = mul(density, div(0.3989422804014327, sqrt(a)));
  const rest = mul(e, add(poly(eta, CENTRE), div(add(poly(eta, CENTRE_1), div(poly(eta, CENTRE_2), a)), a)));
  // erfc at the square root of the exponent: what the root lost is given back.
  const root = sqrt(excess.h);
  const z = upper ? select(lt(eta, 0), neg(root), root) : select(lt(eta, 0), root, neg(root));
  const square = twoProduct(root, root);
  const lost = add(sub(excess.h, square.h), sub(excess.l, square.l));
  const step = div(mul(0.5, lost), select(gt(root, 0), z, 1));
  const tail = sub(mul(0.5, erfc(z)), mul(mul(density, 0.5641895835477563), step));
  return upper ? add(tail, rest) : sub(tail, rest);
}

/** Both regularized incomplete gamma functions; the smaller is computed, the other is what is left of 1. */
function gammas(a: Expr, x: Expr): { lower: Expr; upper: Expr } {
  const fine = and(and(gt(a, 0), gt(x, 0)), and(finite(a), finite(x)));
  const huge = gt(a, HUGE);
  const near = and(lt(a, 1), not(gt(x, 1.1)));
  const right = and(not(near), gt(x, select(lt(a, 1), 1, a)));
  const d = gammaDensity(a, x);
  const p = mul(div(d, a), lowerSeries(a, x, and(fine, and(not(huge), not(right)))));
  const q = mul(d, upperFraction(a, x, and(fine, and(not(huge), right))));
  const small = upperSeries(a, x, and(fine, near));
  const bad = or(not(gt(a, 0)), not(ge(x, 0)));
  const at = (upper: boolean): Expr => {
    const own = select(right, upper ? q : sub(1, q), upper ? sub(1, p) : p);
    const inside = select(huge, uniform(a, x, upper), upper ? select(and(near, gt(p, 0.4)), small, own) : own);
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

/** log x - digamma(a). */
function logOver(x: Expr, a: Expr): Expr {
  const m = div(sub(x, a), a);
  const logarithm = select(lt(abs(m), 0.5), log1p(m), log(div(x, a)));
  return select(ge(a, 9), add(logarithm, digammaRest(select(ge(a, 9), a, 9))), sub(log(x), digamma(a)));
}

/** Minus the derivative of P(a, x) by a, over x^a exp(-x) / gamma(a). */
function slope(a: Expr, x: Expr): Expr {
  const fine = and(and(gt(a, 0), gt(x, 0)), and(finite(a), finite(x)));
  const huge = gt(a, HUGE);
  const right = gt(x, select(lt(a, 1), 1, a));
  // The series of the lower function, term by term.
  const slope0 = logOver(x, add(a, 1));
  const [, , , sum] = loop([a, ONE, slope0, slope0], (n, term, steep, total) => {
    const up = add(n, 1);
    const next = mul(term, div(x, up));
    const steeper = sub(steep, div(1, up));
    const more = mul(next, steeper);
    const going = or(lt(n, x), gt(abs(more), mul(abs(total), EPS)));
    return {
      while: and(and(fine, not(or(right, huge))), and(going, lt(sub(n, a), MOST))),
      next: [up, next, steeper, add(total, more)],
    };
  });
  // The fraction of the upper one, with the derivatives of all that it is made of; once it stands still these need some turns more.
  const b0 = sub(add(x, 1), a);
  const d0 = div(1, b0);
  const e0 = mul(d0, d0);
  const inits = [ZERO, b0, f64(1e300), ZERO, d0, e0, d0, e0, f64(MOST)];
  const [, , , , , , h, slopeH] = loop(inits, (i, b, c, cs, d, ds, total, totals, end) => {
    const n = add(i, 1);
    const an = neg(mul(n, sub(n, a)));
    const bn = add(b, 2);
    const dn = div(1, add(mul(an, d), bn));
    const cn = add(bn, div(an, c));
    const dns = neg(mul(mul(dn, dn), add(sub(mul(n, d), 1), mul(an, ds))));
    const cns = sub(sub(div(n, c), 1), div(mul(div(an, c), cs), c));
    const factor = mul(cn, dn);
    const factors = add(mul(cns, dn), mul(cn, dns));
    // Where a is an integer the fraction ends with it, its derivative does not.
    const slow = lt(mul(abs(factors), abs(total)), mul(abs(totals), EPS * 64));
    const enough = or(slow, gt(n, add(mul(20, sqrt(a)), 200)));
    const still = and(and(lt(abs(sub(factor, 1)), EPS * 4), enough), eq(end, MOST));
    return {
      while: and(and(fine, and(right, not(huge))), lt(i, end)),
      next: [
        n,
        bn,
        cn,
        cns,
        dn,
        dns,
        mul(total, factor),
        add(mul(totals, factor), mul(total, factors)),
        select(still, add(mul(n, 1.4), 8), end),
      ],
    };
  });
  const upper = add(mul(h, logOver(x, a)), slopeH);
  // The derivative of the normal distribution with its corrections.
  const { shift, eta } = central(a, x);
  const turn = select(eq(eta, 0), -1, sub(mul(0.5, eta), div(shift, select(eq(eta, 0), 1, eta))));
  const l = log1p(shift);
  const c0 = poly(eta, CENTRE);
  const c2 = div(poly(eta, CENTRE_2), mul(a, a));
  const c1 = div(poly(eta, CENTRE_1), a);
  const moved = select(eq(eta, 0), div(-1, a), neg(div(shift, mul(a, select(eq(eta, 0), 1, eta)))));
  const derivative = (c: readonly number[]): Expr =>
    poly(
      eta,
      c.slice(1).map((v, k) => v * (k + 1)),
    );
  const along = mul(add(derivative(CENTRE), div(derivative(CENTRE_1), a)), moved);
  const falling = add(div(c1, a), div(mul(2, c2), a));
  const corrections = sub(add(mul(add(c0, add(c1, c2)), sub(l, div(0.5, a))), along), falling);
  const normal = neg(mul(div(sub(turn, corrections), a), exp(stirling(select(huge, a, HUGE)))));
  return select(fine, select(huge, normal, select(right, upper, neg(div(sum, a)))), NAN);
}

/** The derivative of P(a, x) by a. */
export const igammaGradA: Real2 = /*@__PURE__*/ f32via64x2((a, x) => {
  const inside = and(gt(x, 0), finite(x));
  const d = gammaDensity(a, x);
  return select(inside, select(eq(d, 0), 0, neg(mul(d, slope(a, x)))), select(and(gt(a, 0), ge(x, 0)), 0, NAN));
});
/** How a gamma variate x grows with a, where its distribution function stays what it is: minus the derivative of P by a over that by x. */
export const gammaGrowth: Real2 = /*@__PURE__*/ f32via64x2((a, x) => mul(x, slope(a, x)));

/** The derivative of P(a, x) by x. */
export const gammaDensityAt: Real2 = /*@__PURE__*/ f32via64x2((a, x) => {
  const edge = select(gt(a, 1), 0, select(eq(a, 1), 1, select(gt(a, 0), INF, NAN)));
  const there = select(eq(x, 0), edge, select(and(gt(a, 0), eq(x, INF)), 0, NAN));
  return select(and(and(gt(a, 0), gt(x, 0)), and(finite(a), finite(x))), div(gammaDensity(a, x), x), there);
});

// ---- beta ------------------------------------------------------------------------------------------------------------------

/**
 * The continued fraction of the incomplete beta function under density (DiDonato and Morris 1992), by Lentz' method; `off` is a - (a + b) x,
 * which is small where the distribution is.
 */
function betaFraction(a: Expr, b: Expr, x: Expr, off: Expr, run: Expr): Expr {
  const more = add(off, 1);
  const b0 = div(mul(a, more), add(a, 1));
  const rest = sub(2, x);
  const [, , , h] = loop([ZERO, b0, ZERO, b0, f64(2)], (i, c, d, total, change) => {
    const m = add(i, 1);
    const low = sub(add(a, add(m, m)), 1);
    const part = div(mul(mul(m, sub(b, m)), x), low);
    const an = mul(div(mul(mul(add(a, i), add(add(a, b), i)), x), low), part);
    const bn = add(add(m, part), div(mul(add(a, m), add(more, mul(m, rest))), add(low, 2)));
    const dn = div(1, add(bn, mul(an, d)));
    const cn = add(bn, div(an, c));
    const factor = mul(cn, dn);
    return {
      while: and(and(run, gt(abs(sub(change, 1)), EPS * 2)), lt(i, MOST)),
      next: [m, cn, dn, mul(total, factor), factor],
    };
  });
  return h;
}

/** For b below 1, over density / (a (1 - x)^b): 1 + the sum of a (1 - b) (2 - b) … (n - b) / (n! (a + n)) x^n, whose terms are all positive. */
function betaSeries(a: Expr, b: Expr, x: Expr, run: Expr): Expr {
  const [, , , sum] = loop([ONE, ONE, ONE, ONE], (n, power, term, total) => {
    const next = mul(power, div(mul(sub(n, b), x), n));
    const more = mul(next, div(a, add(a, n)));
    return {
      while: and(and(run, gt(term, mul(total, EPS))), lt(n, MOST)),
      next: [add(n, 1), next, more, add(total, more)],
    };
  });
  return sum;
}

/** The regularized incomplete beta function I_x(a, b). */
export function betainc(a0: Expr, b0: Expr, x0: Expr): Expr {
  const [a, b, x] = [a0, b0, x0].map((v) => cast(v, 'float64'));
  const rest = twoSum(ONE, neg(x));
  const swap = gt(x, div(add(a, 1), add(add(a, b), 2)));
  const [p, q] = [select(swap, b, a), select(swap, a, b)];
  const u = select(swap, rest.h, x);
  const valid = and(and(gt(a, 0), gt(b, 0)), and(finite(a), finite(b)));
  const fine = and(valid, and(gt(x, 0), lt(x, 1)));
  const density = betaDensity(a, b, { h: x, l: ZERO }, rest);
  // What is left of 1 would have few digits where b is small: most of the distribution lies beyond.
  const beyond = and(swap, and(lt(b, 1), lt(x, 0.999)));
  const series = mul(mul(div(density, a), pow(rest.h, neg(b))), betaSeries(a, b, x, and(fine, beyond)));
  const off = betaOffset(a, b, x);
  const part = div(density, betaFraction(p, q, u, select(swap, neg(off), off), and(fine, not(beyond))));
  const inside = select(beyond, series, select(swap, sub(1, part), part));
  const edge = select(and(valid, or(eq(x, 0), eq(x, 1))), x, NAN);
  return cast(select(fine, inside, edge), x0.type);
}

/** The derivative of I_x(a, b) by x. */
export function betaDensityAt(a0: Expr, b0: Expr, x0: Expr): Expr {
  const [a, b, x] = [a0, b0, x0].map((v) => cast(v, 'float64'));
  const rest = twoSum(ONE, neg(x));
  const valid = and(and(gt(a, 0), gt(b, 0)), and(finite(a), finite(b)));
  const end = (near: Expr, other: Expr): Expr => select(gt(near, 1), 0, select(eq(near, 1), other, INF));
  const edge = select(eq(x, 0), end(a, b), select(eq(x, 1), end(b, a), NAN));
  const inside = div(div(betaDensity(a, b, { h: x, l: ZERO }, rest), x), rest.h);
  return cast(select(and(valid, and(gt(x, 0), lt(x, 1))), inside, select(valid, edge, NAN)), x0.type);
}
