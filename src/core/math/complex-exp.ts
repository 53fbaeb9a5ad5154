import {
  abs,
  add,
  and,
  copysign,
  div,
  type Expr,
  eq,
  ge,
  gt,
  isnan,
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
import { arctan2 } from './arc.js';
import { cosh, exp, expm1, LN2, sinh, tanh } from './exp.js';
import { log, natural } from './log.js';
import { f32via64, f32via64x2, f64, i64, INF, NAN, twoProduct, twoSum } from './parts.js';
import { cases, isfinite, isinf, wide } from './pair.js';
import { hypot } from './power.js';
import { sincos, cos as cosReal, sin as sinReal } from './trig.js';

/**
 * Complex exponentials, logarithms, square root, and circular and hyperbolic functions. Special values are those of C99's
 * annex G. In ordinary ranges each half is good to a few ulp.
 */

/** Below the overflow of exp: larger arguments take one factor exp(STEP) out. */
const STEP = 709;
const EXP_STEP = 8.218407461554972e307;
const NEG_INF = f64(Number.NEGATIVE_INFINITY);

/** e^x * (c, s) * share, where e^x alone may overflow. */
function expTimes(x: Expr, c: Expr, s: Expr, share = 1): Pair {
  const large = gt(x, STEP);
  const e = exp(select(large, sub(x, STEP), x));
  const rest = share === 1 ? e : mul(e, share);
  const factor = select(large, f64(EXP_STEP), f64(1));
  return { re: mul(mul(c, factor), rest), im: mul(mul(s, factor), rest) };
}

/** e^z. */
export const cexp: (z: Pair) => Pair = wide(({ re: x, im: y }) => {
  const { sin, cos } = sincos(y);
  const size = select(gt(x, 0), INF, 0);
  const finite = isfinite(y);
  return cases(
    [
      [eq(y, 0), exp(x), y],
      [and(isinf(x), finite), copysign(size, cos), copysign(size, sin)],
      [eq(x, INF), INF, NAN],
      [eq(x, NEG_INF), 0, copysign(f64(0), y)],
      [or(not(finite), isnan(x)), NAN, NAN],
    ],
    expTimes(x, cos, sin),
  );
});

/** 2^z as e^(z ln2), the product in the precision of z, as in NumPy. */
export function cexp2(z: Pair): Pair {
  const ln2 = z.re.type === 'float32' ? Math.fround(LN2) : LN2;
  return cexp({ re: mul(z.re, ln2), im: mul(z.im, ln2) });
}

/** e^z - 1 without cancellation near zero, by NumPy's formula in the precision of z. */
export function cexpm1({ re: x, im: y }: Pair): Pair {
  const half = f32via64(sinReal)(mul(y, 0.5));
  return {
    re: sub(mul(f32via64(expm1)(x), f32via64(cosReal)(y)), mul(mul(half, 2), half)),
    im: mul(f32via64(exp)(x), f32via64(sinReal)(y)),
  };
}

/** log |z|: half the logarithm of x^2 + y^2, the sum as a pair, so that all digits are kept near the unit circle. */
export function logAbs(x: Expr, y: Expr): Expr {
  const ax = abs(x);
  const ay = abs(y);
  const swap = gt(ay, ax);
  const a = select(swap, ay, ax);
  const b = select(swap, ax, ay);
  const middle = and(gt(a, 2 ** -450), lt(a, 2 ** 510));
  const usual = halfLog(a, b, f64(1), null);
  const down = gt(a, 1);
  const scaled = halfLog(a, b, select(down, f64(2 ** -600), f64(2 ** 600)), select(down, i64(1200n), i64(-1200n)));
  const infinite = or(isinf(x), isinf(y));
  const special = select(infinite, INF, select(or(isnan(x), isnan(y)), NAN, select(eq(a, 0), NEG_INF, scaled)));
  return rare(not(middle), special, select(isinf(b), INF, usual));
}

function halfLog(a: Expr, b: Expr, scale: Expr, more: Expr | null): Expr {
  const u = more ? mul(a, scale) : a;
  const v = more ? mul(b, scale) : b;
  const p = twoProduct(u, u);
  // What underflows here is too small to matter beside the larger square.
  const q = twoProduct(v, v);
  const s = twoSum(p.h, q.h);
  const low = add(s.l, add(p.l, q.l));
  return mul(0.5, more ? natural(s.h, div(low, s.h), more) : natural(s.h, div(low, s.h)));
}

/** log z, the imaginary part in [-pi, pi]. */
export const clog: (z: Pair) => Pair = wide(({ re, im }) => ({ re: logAbs(re, im), im: arctan2(im, re) }));

const scaledLog =
  (factor: number): ((z: Pair) => Pair) =>
  (z) => {
    const l = clog(z);
    return { re: mul(l.re, factor), im: mul(l.im, factor) };
  };
export const clog2: (z: Pair) => Pair = wide(scaledLog(1.4426950408889634));
export const clog10: (z: Pair) => Pair = wide(scaledLog(0.4342944819032518));

/** log(1 + z), by NumPy's formula in the precision of z: small real parts lose their digits. */
export function clog1p({ re, im }: Pair): Pair {
  const x = add(re, 1);
  return { re: f32via64(log)(f32via64x2(hypot)(x, im)), im: f32via64x2(arctan2)(im, x) };
}

/** The square root with a non-negative real part. */
export const csqrt: (z: Pair) => Pair = wide(({ re: x, im: y }) => {
  const a0 = abs(x);
  const b0 = abs(y);
  const big = select(gt(b0, a0), b0, a0);
  const huge = gt(big, 1e300);
  const tiny = lt(big, 1e-290);
  const scale = select(huge, f64(2 ** -104), select(tiny, f64(2 ** 200), f64(1)));
  const back = select(huge, f64(2 ** 52), select(tiny, f64(2 ** -100), f64(1)));
  const a = mul(a0, scale);
  const b = mul(b0, scale);
  const t = sqrt(mul(0.5, add(a, hypot(a, b))));
  const main = mul(t, back);
  const other = div(b0, add(main, main));
  const right = ge(x, 0);
  const imInf = isinf(y);
  return cases(
    [
      [imInf, INF, y],
      [eq(x, INF), INF, select(isnan(y), y, copysign(f64(0), y))],
      [eq(x, NEG_INF), select(isnan(y), NAN, 0), copysign(INF, y)],
      [and(eq(x, 0), eq(y, 0)), 0, y],
      [or(isnan(x), isnan(y)), NAN, NAN],
    ],
    { re: select(right, main, other), im: copysign(select(right, other, main), y) },
  );
});

/** exp|x| / 2 times (c, s) for a finite |x| > 708; a zero s stays what it is. */
function halfExpTimes(x: Expr, c: Expr, s: Expr): Pair {
  const { re, im } = expTimes(abs(x), c, s, 0.5);
  return { re, im: select(eq(s, 0), s, im) };
}
const signOne = (x: Expr): Expr => copysign(f64(1), x);

/** sinh(x + iy) = sinh x cos y + i cosh x sin y. */
function sinhParts(x: Expr, y: Expr): Pair {
  const { sin, cos } = sincos(y);
  const far = halfExpTimes(x, mul(cos, signOne(x)), sin);
  const large = gt(abs(x), 708);
  const finite = isfinite(y);
  return cases(
    [
      [and(isinf(x), eq(y, 0)), x, y],
      [and(isinf(x), finite), copysign(INF, mul(cos, signOne(x))), copysign(INF, sin)],
      [and(isinf(x), not(finite)), INF, NAN],
      [and(eq(x, 0), not(finite)), x, NAN],
      [eq(y, 0), sinh(x), y],
      [or(not(finite), isnan(x)), NAN, NAN],
    ],
    {
      re: rare(large, far.re, mul(sinh(x), cos)),
      im: rare(large, far.im, mul(cosh(x), sin)),
    },
  );
}

/** cosh(x + iy) = cosh x cos y + i sinh x sin y. */
function coshParts(x: Expr, y: Expr): Pair {
  const { sin, cos } = sincos(y);
  const far = halfExpTimes(x, cos, mul(sin, signOne(x)));
  const large = gt(abs(x), 708);
  const finite = isfinite(y);
  return cases(
    [
      [and(isinf(x), eq(y, 0)), INF, mul(y, signOne(x))],
      [and(isinf(x), finite), copysign(INF, cos), copysign(INF, mul(sin, signOne(x)))],
      [and(isinf(x), not(finite)), INF, NAN],
      [and(eq(x, 0), not(finite)), NAN, 0],
      [and(isnan(x), eq(y, 0)), NAN, y],
      [or(not(finite), isnan(x)), NAN, NAN],
    ],
    { re: rare(large, far.re, mul(cosh(x), cos)), im: rare(large, far.im, mul(sinh(x), sin)) },
  );
}

/** tanh(x + iy) = (sinh x cosh x + i sin y cos y) / (sinh^2 x + cos^2 y). */
function tanhParts(x: Expr, y: Expr): Pair {
  const { sin, cos } = sincos(y);
  const far = gt(abs(x), 350);
  const bounded = select(far, f64(350), x);
  const sh = sinh(bounded);
  const d = add(mul(sh, sh), mul(cos, cos));
  const product = mul(sin, cos);
  const beyond = mul(mul(4, product), exp(mul(abs(x), -2)));
  const finite = isfinite(y);
  return cases(
    [
      [and(isinf(x), and(finite, gt(abs(y), 1))), signOne(x), copysign(f64(0), product)],
      [isinf(x), signOne(x), copysign(f64(0), y)],
      [eq(y, 0), tanh(x), y],
      [and(eq(x, 0), not(finite)), x, NAN],
      [or(not(finite), isnan(x)), NAN, NAN],
    ],
    {
      re: select(far, signOne(x), div(mul(sh, cosh(bounded)), d)),
      im: select(far, beyond, div(product, d)),
    },
  );
}

export const csinh: (z: Pair) => Pair = wide(({ re, im }) => sinhParts(re, im));
export const ccosh: (z: Pair) => Pair = wide(({ re, im }) => coshParts(re, im));
export const ctanh: (z: Pair) => Pair = wide(({ re, im }) => tanhParts(re, im));

/** sin z = -i sinh(iz). */
export const csin: (z: Pair) => Pair = wide(({ re, im }) => {
  const s = sinhParts(neg(im), re);
  // NumPy's sign, where C leaves it open.
  return cases([[and(isinf(im), not(isfinite(re))), NAN, INF]], { re: s.im, im: neg(s.re) });
});
/** cos z = cosh(iz). */
export const ccos: (z: Pair) => Pair = wide(({ re, im }) => coshParts(neg(im), re));
/** tan z = -i tanh(iz). */
export const ctan: (z: Pair) => Pair = wide(({ re, im }) => {
  const t = tanhParts(neg(im), re);
  return { re: t.im, im: neg(t.re) };
});
