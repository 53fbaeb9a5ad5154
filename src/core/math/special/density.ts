import { abs, add, and, div, type Expr, ge, gt, lt, mul, neg, not, select, sqrt, sub } from '../../ir/expr.js';
import { exp } from '../exp.js';
import { log, log1p, log2Pair } from '../log.js';
import { f64, fastTwoSum, poly, quotient, type Two, twoProduct, twoSum } from '../parts.js';
import { pow } from '../power.js';
import { lgamma1p, stirling } from './gamma.js';

/**
 * What the incomplete gamma and beta functions are multiples of: x^a exp(-x) / gamma(a) and x^a (1 - x)^b / beta(a, b). Exponents of large
 * numbers are pairs, since the last place of an exponent of 700 is the last ten bits of the result.
 */

const ZERO: Expr = /*@__PURE__*/ f64(0);
const whole = (h: Expr): Two => ({ h, l: ZERO });
const minus = (a: Two): Two => ({ h: neg(a.h), l: neg(a.l) });
function plus(a: Two, b: Two): Two {
  const s = twoSum(a.h, b.h);
  return fastTwoSum(s.h, add(s.l, add(a.l, b.l)));
}
function times(a: Two, b: Two): Two {
  const p = twoProduct(a.h, b.h);
  return fastTwoSum(p.h, add(p.l, add(mul(a.h, b.l), mul(a.l, b.h))));
}
const constant = (h: number, l: number): Two => ({ h: f64(h), l: f64(l) });
const LN2 = /*@__PURE__*/ constant(0.6931471805599453, 2.3190468138462996e-17);
const TWO_THIRDS = /*@__PURE__*/ constant(0.6666666666666666, 3.700743415417188e-17);

/** m - log(1 + m), with all digits near zero, by the series of artanh; 1 + m is given, too, since m near -1 has not all of its digits. */
export function deficit(m: Expr, more: Expr): Expr {
  const s = div(m, add(2, m));
  const z = mul(s, s);
  const terms = Array.from({ length: 12 }, (_, k) => 1 / (2 * k + 3));
  const near = sub(mul(m, s), mul(mul(2, mul(s, z)), poly(z, terms)));
  return select(lt(abs(m), 0.3), near, sub(m, log(more)));
}

/** a (m - log(1 + m)) as a pair, for a m = d and 1 + m = r. */
function excess(a: Expr, d: Two, r: Two): Two {
  const m = quotient(d, whole(a));
  const s = quotient(m, plus(constant(2, 0), m));
  const z = times(s, s);
  const terms = Array.from({ length: 11 }, (_, k) => 2 / (2 * k + 5));
  const rest = mul(mul(s.h, mul(z.h, z.h)), poly(z.h, terms));
  const near = times(whole(a), plus(times(m, s), plus(minus(times(TWO_THIRDS, times(s, z))), whole(neg(rest)))));
  const usual = and(gt(r.h, 1e-300), lt(r.h, 1e300));
  const binary = log2Pair(select(usual, r.h, 1), ZERO);
  const logarithm = plus(times(fastTwoSum(binary.h, binary.l), LN2), whole(div(r.l, r.h)));
  const far = plus(d, minus(times(whole(a), logarithm)));
  const close = lt(abs(m.h), 0.3);
  // Beyond what logarithms are taken of the result vanishes.
  const pick = (n: Expr, f: Expr, end: number): Expr => select(close, n, select(usual, f, end));
  return { h: pick(near.h, far.h, 1e4), l: pick(near.l, far.l, 0) };
}
/** exp(-(e + more)) for a pair and a small number. */
const decay = (e: Two, more: Expr): Expr =>
  select(lt(e.h, 1e3), mul(exp(neg(e.h)), exp(neg(add(e.l, more)))), select(ge(e.h, 1e3), 0, e.h));

/** 1 / gamma(a) for 0 < a < 20: from that of a number between 1 and 2. */
function reciprocalGamma(a: Expr): Expr {
  let product: Expr = f64(1);
  let left = a;
  for (let k = 1; k < 19; k++) {
    const next = sub(a, k);
    const more = ge(next, 1);
    product = mul(product, select(more, next, 1));
    left = select(more, next, left);
  }
  const small = lt(a, 1);
  return div(mul(select(small, a, 1), exp(neg(lgamma1p(select(small, a, sub(left, 1)))))), product);
}

/** x^a exp(-x) / gamma(a). */
export function gammaDensity(a: Expr, x: Expr): Expr {
  const d = twoSum(x, neg(a));
  const e = excess(a, d, quotient(whole(x), whole(a)));
  const large = mul(mul(sqrt(a), 0.3989422804014327), decay(e, stirling(select(lt(a, 9), 9, a))));
  // In two halves, so that a power that is large does not meet one that has vanished.
  const half = exp(mul(-0.5, x));
  const modest = mul(mul(half, mul(pow(x, a), reciprocalGamma(a))), half);
  return select(lt(a, 10), modest, large);
}

/** a (x / a - 1 - log(x / a)) as a pair. */
export const gammaExcess = (a: Expr, x: Expr): Two => excess(a, twoSum(x, neg(a)), quotient(whole(x), whole(a)));

/** a - (a + b) x. */
export const betaOffset = (a: Expr, b: Expr, x: Expr): Expr =>
  neg(plus(times(whole(x), twoSum(a, b)), whole(neg(a))).h);

/** A power of a pair. */
const power = (x: Two, a: Expr): Expr => mul(pow(x.h, a), exp(mul(a, div(x.l, x.h))));

/** x^a y^b / beta(a, b) for pairs x + y = 1. */
export function betaDensity(a: Expr, b: Expr, x: Two, y: Two): Expr {
  const swap = lt(b, a);
  const pick = (one: Expr, other: Expr): Expr => select(swap, other, one);
  const [p, q] = [pick(a, b), pick(b, a)];
  const u = { h: pick(x.h, y.h), l: pick(x.l, y.l) };
  const v = { h: pick(y.h, x.h), l: pick(y.l, x.l) };
  const s = twoSum(p, q);
  const us = times(u, s);
  const off = plus(us, whole(neg(p)));
  const e1 = excess(p, off, quotient(us, whole(p)));
  const e2 = excess(q, minus(off), quotient(times(v, s), whole(q)));
  const far = (n: Expr): Expr => stirling(select(lt(n, 9), 9, n));
  const qFar = sub(far(q), far(s.h));
  const root = sqrt(mul(mul(div(p, s.h), q), 0.15915494309189535));
  const large = mul(root, decay(plus(e1, e2), add(far(p), qFar)));
  // gamma(p + q) / gamma(q) by Stirling's formula for both.
  const t = div(p, q);
  const ratio = exp(neg(add(add(mul(q, deficit(t, add(1, t))), mul(0.5, log1p(t))), qFar)));
  const gp = reciprocalGamma(p);
  const mixed = mul(mul(power(us, p), mul(ratio, gp)), power(v, q));
  const small = mul(mul(power(u, p), power(v, q)), div(mul(gp, reciprocalGamma(q)), reciprocalGamma(s.h)));
  return select(not(lt(p, 10)), large, select(lt(q, 10), small, mixed));
}
