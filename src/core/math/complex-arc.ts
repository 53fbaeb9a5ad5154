import {
  abs,
  add,
  and,
  copysign,
  div,
  type Expr,
  eq,
  gt,
  isnan,
  le,
  lt,
  mul,
  neg,
  not,
  or,
  type Pair,
  rare,
  select,
  sqrt,
  sub,
} from '../ir/expr.js';
import { arccos, arcsin, arctan, arctan2 } from './arc.js';
import { logAbs } from './complex-exp.js';
import { LN2 } from './exp.js';
import { log, log1p } from './log.js';
import { cases, isfinite, isinf, wide } from './pair.js';
import { f64, INF, NAN } from './parts.js';
import { hypot } from './power.js';

/**
 * Inverse circular and hyperbolic functions of complex numbers. Arcsine and arccosine follow Hull, Fairgrieve & Tang, Implementing the
 * complex arcsine and arccosine functions using exception handling, ACM TOMS 23 (1997), with the small terms factored so
 * that nothing underflows; special values are those of C99's annex G.
 */

const PI = 3.141592653589793;
const PI2 = 1.5707963267948966;
const PI4 = 0.7853981633974483;
/** Above it the larger of x and y leaves no digit of 1 behind. */
const FAR = 2 ** 500;

/**
 * For x, y >= 0 finite: asin(x + iy) = angle + i height, acos(x + iy) = rest - i height.
 */
function quarter(x: Expr, y: Expr): { angle: Expr; rest: Expr; height: Expr } {
  const r = hypot(add(x, 1), y);
  const s = hypot(sub(x, 1), y);
  const a = add(mul(0.5, r), mul(0.5, s));
  const ratio = div(x, a);
  const inner = lt(x, 1);
  const outerSum = add(r, add(x, 1));
  const gap = select(inner, add(s, sub(1, x)), add(s, sub(x, 1)));
  const sum = add(a, x);
  // cos of the angle times a, where the ratio is near 1.
  const fromInside = sqrt(mul(mul(0.5, sum), add(mul(y, div(y, outerSum)), add(s, sub(1, x)))));
  const fromOutside = mul(y, sqrt(mul(0.5, add(div(sum, outerSum), div(sum, gap)))));
  const side = select(le(x, 1), fromInside, fromOutside);
  const plain = le(ratio, 0.6417);
  const angle = select(plain, arcsin(ratio), arctan(div(x, side)));
  const rest = select(plain, arccos(ratio), arctan(div(side, x)));
  // a - 1, as y^2 g inside of the unit strip.
  const g = mul(0.5, add(div(1, outerSum), div(1, gap)));
  const excessInside = mul(y, mul(y, g));
  const rootInside = mul(y, sqrt(mul(g, add(a, 1))));
  const twice = add(mul(y, div(y, outerSum)), gap);
  const excessOutside = mul(0.5, twice);
  const rootOutside = sqrt(mul(twice, mul(0.5, add(a, 1))));
  const near = log1p(select(inner, add(excessInside, rootInside), add(excessOutside, rootOutside)));
  const height = select(le(a, 1.5), near, log(add(a, sqrt(sub(mul(a, a), 1)))));
  const far = or(gt(x, FAR), gt(y, FAR));
  return {
    angle: rare(far, arctan2(x, y), angle),
    rest: rare(far, arctan2(y, x), rest),
    height: rare(far, add(logAbs(x, y), LN2), height),
  };
}

/** arsinh(x + iy): the height over the imaginary axis and the angle from it. */
function arcsinhParts(x: Expr, y: Expr): Pair {
  const q = quarter(abs(y), abs(x));
  const finiteX = isfinite(x);
  const finiteY = isfinite(y);
  const big = copysign(INF, x);
  return cases(
    [
      [and(isinf(x), isinf(y)), big, copysign(f64(PI4), y)],
      [and(isinf(x), finiteY), x, copysign(f64(0), y)],
      [isinf(x), x, NAN],
      [and(finiteX, isinf(y)), big, copysign(f64(PI2), y)],
      [and(isnan(x), isinf(y)), INF, NAN],
      [and(isnan(x), eq(y, 0)), NAN, y],
      [or(isnan(x), isnan(y)), NAN, NAN],
    ],
    { re: copysign(q.height, x), im: copysign(q.angle, y) },
  );
}

export const carcsinh: (z: Pair) => Pair = wide(({ re, im }) => arcsinhParts(re, im));

/** arcsin z = -i arsinh(iz). */
export const carcsin: (z: Pair) => Pair = wide(({ re, im }) => {
  const s = arcsinhParts(neg(im), re);
  return cases([[and(isinf(re), isnan(im)), NAN, INF]], { re: s.im, im: neg(s.re) });
});

/** arccos z, the real part in [0, pi]. */
function arccosParts(x: Expr, y: Expr): Pair {
  const q = quarter(abs(x), abs(y));
  const left = lt(x, 0);
  const down = neg(copysign(INF, y));
  return cases(
    [
      [and(isinf(x), isinf(y)), select(left, f64(3 * PI4), f64(PI4)), down],
      [and(isinf(x), isnan(y)), NAN, neg(INF)],
      [isinf(x), select(left, f64(PI), f64(0)), down],
      [and(isinf(y), isfinite(x)), PI2, down],
      [isinf(y), NAN, down],
      [and(eq(x, 0), isnan(y)), PI2, NAN],
      [or(isnan(x), isnan(y)), NAN, NAN],
    ],
    { re: select(left, sub(PI, q.rest), q.rest), im: neg(copysign(q.height, y)) },
  );
}

export const carccos: (z: Pair) => Pair = wide(({ re, im }) => arccosParts(re, im));

/** arcosh z = ±i arccos z, the real part not negative. */
export const carccosh: (z: Pair) => Pair = wide(({ re, im }) => {
  const c = arccosParts(re, im);
  return { re: abs(c.im), im: copysign(c.re, im) };
});

/** artanh(x + iy): log1p(4x / ((1 - x)^2 + y^2)) / 4 and half the angle of (1 - x^2 - y^2) + 2iy, for x >= 0. */
function arctanhParts(re: Expr, im: Expr): Pair {
  const x = abs(re);
  const y = abs(im);
  const gap = sub(1, x);
  const d = add(mul(gap, gap), mul(y, y));
  const height = mul(0.25, log1p(div(mul(4, x), d)));
  // At x = 1 the square of a small y may vanish.
  const corner = and(eq(x, 1), lt(y, 1e-150));
  const cornerHeight = mul(0.5, sub(LN2, log(y)));
  const angle = mul(0.5, arctan2(add(y, y), sub(mul(gap, add(1, x)), mul(y, y))));
  const far = or(gt(x, 1e150), gt(y, 1e150));
  // x / (x^2 + y^2), by the larger of the two first.
  const wider = gt(x, y);
  const large = select(wider, x, y);
  const small = select(wider, y, x);
  const t = div(small, large);
  const inverse = div(div(select(wider, f64(1), t), add(1, mul(t, t))), large);
  const finiteX = isfinite(re);
  const finiteY = isfinite(im);
  const up = copysign(f64(PI2), im);
  return cases(
    [
      [isinf(im), copysign(f64(0), re), up],
      [and(isinf(re), isnan(im)), copysign(f64(0), re), NAN],
      [isinf(re), copysign(f64(0), re), up],
      [and(eq(re, 0), not(finiteY)), re, NAN],
      [not(and(finiteX, finiteY)), NAN, NAN],
    ],
    {
      re: copysign(rare(or(far, corner), select(far, inverse, cornerHeight), height), re),
      im: select(far, up, copysign(angle, im)),
    },
  );
}

export const carctanh: (z: Pair) => Pair = wide(({ re, im }) => arctanhParts(re, im));

/** arctan z = -i artanh(iz). */
export const carctan: (z: Pair) => Pair = wide(({ re, im }) => {
  const t = arctanhParts(neg(im), re);
  return { re: t.im, im: neg(t.re) };
});
