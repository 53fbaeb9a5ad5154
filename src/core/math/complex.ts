import {
  type Expr,
  and,
  cast,
  copysign,
  eq,
  ge,
  gt,
  isnan,
  konst,
  le,
  lt,
  neg,
  ne,
  not,
  or,
  type Pair,
  select,
} from '../ir/expr.js';
import * as x from '../ir/expr.js';
import { cexp, clog } from './complex-exp.js';
import { f32via64x2, f64, INF } from './parts.js';
import { hypot } from './power.js';
import { cases, isinf, wide2 } from './pair.js';

/**
 * Complex arithmetic on pairs of real expressions, in the precision of the operands, with NumPy's formulas and NumPy's
 * (lexicographic) order. The elementary functions are computed in complex128 and rounded; they are re-exported here under
 * NumPy's names.
 */

export {
  carccos as arccos,
  carccosh as arccosh,
  carcsin as arcsin,
  carcsinh as arcsinh,
  carctan as arctan,
  carctanh as arctanh,
} from './complex-arc.js';
export {
  ccos as cos,
  ccosh as cosh,
  cexp as exp,
  cexp2 as exp2,
  cexpm1 as expm1,
  clog as log,
  clog10 as log10,
  clog1p as log1p,
  clog2 as log2,
  csin as sin,
  csinh as sinh,
  csqrt as sqrt,
  ctan as tan,
  ctanh as tanh,
} from './complex-exp.js';

export const add = (a: Pair, b: Pair): Pair => ({ re: x.add(a.re, b.re), im: x.add(a.im, b.im) });
export const sub = (a: Pair, b: Pair): Pair => ({ re: x.sub(a.re, b.re), im: x.sub(a.im, b.im) });
export const conj = (a: Pair): Pair => ({ re: a.re, im: neg(a.im) });

export const mul = (a: Pair, b: Pair): Pair => ({
  re: x.sub(x.mul(a.re, b.re), x.mul(a.im, b.im)),
  im: x.add(x.mul(a.re, b.im), x.mul(a.im, b.re)),
});

export const square = (a: Pair): Pair => ({
  re: x.sub(x.mul(a.re, a.re), x.mul(a.im, a.im)),
  im: x.add(x.mul(a.re, a.im), x.mul(a.im, a.re)),
});

/** Smith's division (Communications of the ACM 5, 1962): by the larger half of the divisor first. By zero both halves are divided by it. */
export function div(a: Pair, b: Pair): Pair {
  const wide = ge(x.abs(b.re), x.abs(b.im));
  const large = select(wide, b.re, b.im);
  const small = select(wide, b.im, b.re);
  const ratio = x.div(small, large);
  const scale = x.div(1, x.add(large, x.mul(small, ratio)));
  const re = select(wide, x.add(a.re, x.mul(a.im, ratio)), x.add(x.mul(a.re, ratio), a.im));
  const im = select(wide, x.sub(a.im, x.mul(a.re, ratio)), x.sub(x.mul(a.im, ratio), a.re));
  const zero = and(eq(b.re, 0), eq(b.im, 0));
  const magnitude = x.abs(b.re);
  return cases([[zero, x.div(a.re, magnitude), x.div(a.im, magnitude)]], {
    re: x.mul(re, scale),
    im: x.mul(im, scale),
  });
}

/** 1 / a, in the order of operations of NumPy's reciprocal. */
export function reciprocal(a: Pair): Pair {
  const wide = le(x.abs(a.im), x.abs(a.re));
  const ratio = x.div(select(wide, a.im, a.re), select(wide, a.re, a.im));
  const d = select(wide, x.add(a.re, x.mul(a.im, ratio)), x.add(x.mul(a.re, ratio), a.im));
  const one = konst(a.re.type, 1);
  return { re: x.div(select(wide, one, ratio), d), im: x.div(select(wide, neg(ratio), neg(one)), d) };
}

const wideHypot: (a: Expr, b: Expr) => Expr = /*@__PURE__*/ f32via64x2(hypot);

/** |a|, without overflow on the way. */
export const abs = (a: Pair): Expr => hypot(a.re, a.im);

export const isnanPair = (a: Pair): Expr => or(isnan(a.re), isnan(a.im));

/** a / |a|; of zero it is zero, along a single infinite half the unit of its sign (even beside NaN), NaN for two infinities. */
export function sign(a: Pair): Pair {
  const size = wideHypot(a.re, a.im);
  const type = a.re.type;
  const one = konst(type, 1);
  const nan = konst(type, Number.NaN);
  const infiniteRe = isinf(a.re);
  const infiniteIm = isinf(a.im);
  return cases(
    [
      [and(infiniteRe, infiniteIm), nan, nan],
      [infiniteRe, copysign(one, a.re), 0],
      [infiniteIm, 0, copysign(one, a.im)],
      [isnanPair(a), nan, nan],
      [eq(size, 0), 0, 0],
      // A length beyond the greatest number counts as if the imaginary part were infinite.
      [isinf(size), 0, copysign(one, a.im)],
    ],
    { re: x.div(a.re, size), im: x.div(a.im, size) },
  );
}

const ordered = (a: Pair, b: Pair): Expr => not(or(isnan(a.im), isnan(b.im)));
export const lt2 = (a: Pair, b: Pair): Expr =>
  or(and(lt(a.re, b.re), ordered(a, b)), and(eq(a.re, b.re), lt(a.im, b.im)));
const le2 = (a: Pair, b: Pair): Expr => or(and(lt(a.re, b.re), ordered(a, b)), and(eq(a.re, b.re), le(a.im, b.im)));

export { le2 as le, lt2 as lt };

const pick = (c: Expr, a: Pair, b: Pair): Pair => ({ re: select(c, a.re, b.re), im: select(c, a.im, b.im) });

/** The larger in lexicographic order; a NaN in either half of either operand wins, the first operand's first. */
export const maximum = (a: Pair, b: Pair): Pair => pick(or(isnanPair(a), le2(b, a)), a, b);
export const minimum = (a: Pair, b: Pair): Pair => pick(or(isnanPair(a), le2(a, b)), a, b);
/** The larger, where a NaN loses. */
export const fmax = (a: Pair, b: Pair): Pair => pick(or(isnanPair(b), le2(b, a)), a, b);
export const fmin = (a: Pair, b: Pair): Pair => pick(or(isnanPair(b), le2(a, b)), a, b);

/** a^n for an integral |n| < 100 given as float: squarings and products in NumPy's order. */
function integerPower(a: Pair, n: Expr): Pair {
  const type = a.re.type;
  const count = cast(x.abs(n), 'int32');
  const one: Pair = { re: konst(type, 1), im: konst(type, 0) };
  let result = one;
  let power = a;
  for (let bit = 1; bit < 128; bit *= 2) {
    const set = ne(and(count, bit), 0);
    result = pick(set, mul(result, power), result);
    power = mul(power, power);
  }
  const cube = mul(a, square(a));
  const general = pick(lt(n, 0), div(one, result), result);
  return pick(eq(n, 1), a, pick(eq(n, 2), square(a), pick(eq(n, 3), cube, general)));
}

const zeroIfNaN = (v: Expr): Expr => select(isnan(v), copysign(f64(0), v), v);
const unitIfInfinite = (v: Expr): Expr => copysign(select(isinf(v), f64(1), f64(0)), v);

/** The product as C99 (annex G) defines it: an infinity times a non-zero is infinite, even where a half is NaN. */
function infiniteProduct(a: Pair, b: Pair): Pair {
  const plain = mul(a, b);
  const bothNaN = and(isnan(plain.re), isnan(plain.im));
  const infiniteA = or(isinf(a.re), isinf(a.im));
  const infiniteB = or(isinf(b.re), isinf(b.im));
  const overflow = [x.mul(a.re, b.re), x.mul(a.im, b.im), x.mul(a.re, b.im), x.mul(a.im, b.re)].map(isinf).reduce(or);
  const box = (v: Expr, infinite: Expr): Expr => select(infinite, unitIfInfinite(v), zeroIfNaN(v));
  const again = mul(
    { re: box(a.re, infiniteA), im: box(a.im, infiniteA) },
    { re: box(b.re, infiniteB), im: box(b.im, infiniteB) },
  );
  const recover = and(bothNaN, or(or(infiniteA, infiniteB), overflow));
  return cases([[recover, x.mul(again.re, INF), x.mul(again.im, INF)]], plain);
}

/**
 * a^b: 1 for b = 0; products for a real integral exponent below 100; else exp(b log a), whose relative error grows with |b log a|.
 * Zero to a power with a positive real part is zero, to another NaN.
 */
export function pow(a: Pair, b: Pair): Pair {
  const type = a.re.type;
  const zero = and(eq(a.re, 0), eq(a.im, 0));
  const integral = and(and(eq(b.im, 0), eq(x.trunc(b.re), b.re)), lt(x.abs(b.re), 100));
  const products = integerPower(a, select(integral, b.re, konst(type, 1)));
  const general = wide2((u, v) => cexp(infiniteProduct(v, clog(u))))(a, b);
  const nan = konst(type, Number.NaN);
  const vanishes = gt(b.re, 0);
  return cases(
    [
      [and(eq(b.re, 0), eq(b.im, 0)), 1, 0],
      [and(zero, vanishes), 0, 0],
      [zero, nan, nan],
      [integral, products.re, products.im],
    ],
    general,
  );
}
