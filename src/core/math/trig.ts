import { add, and, copysign, div, type Expr, eq, mul, rare, select, shl, sub } from '../ir/expr.js';
import { fastTwoSum, flip, like, native as real, poly, type Real, signOf, type Two, twoProduct } from './parts.js';
import { isSingle } from './precision.js';
import { type Angle, isLarge, reduceLarge, reduceModerate } from './reduction.js';

/**
 * sin, cos and tan over the full range, from polynomials on |y| <= pi/4 that Remez exchange found. The low part of the reduced
 * angle enters to first order.
 */

interface Numbers {
  /** (sin y - y) / y^3 in y^2: the first coefficient, and the rest. To 2^-58 and 2^-28. */
  readonly sin1: number;
  readonly sin: readonly number[];
  /** (cos y - 1 + y^2/2) / y^4 in y^2, to 2^-64 and 2^-33. */
  readonly cos: readonly number[];
}

const WIDE: Numbers = {
  sin1: -0.16666666666666632,
  sin: [
    0.008333333333322415, -0.0001984126982980864, 2.755731369227902e-6, -2.5050758182060106e-8, 1.5896800072658134e-10,
  ],
  cos: [
    0.0416666666666666, -0.0013888888888874131, 2.480158728948678e-5, -2.7557314353657837e-7, 2.0875723453620827e-9,
    -1.1359657170387168e-11,
  ],
};

const NARROW: Numbers = {
  sin1: -0.16666654885,
  sin: [0.008332174412, -0.0001951678],
  cos: [0.041666646775, -0.00138873628, 2.443789526296314e-5],
};

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);

/** y.h - sin y: +0 for either zero, so that subtracting it from y.h keeps the sign. */
function sinTail({ h, l }: Two): Expr {
  const c = numbersOf(h);
  const z = mul(h, h);
  const v = mul(z, h);
  return sub(sub(mul(z, sub(mul(0.5, l), mul(v, poly(z, c.sin)))), l), mul(v, like(h, c.sin1)));
}

/** cos y as 1 - y^2/2 rounded, and the rest. */
function cosParts({ h, l }: Two): Two {
  const z = mul(h, h);
  const half = mul(0.5, z);
  const w = sub(1, half);
  return { h: w, l: add(sub(sub(1, w), half), sub(mul(mul(z, z), poly(z, numbersOf(h).cos)), mul(h, l))) };
}

/** Moves bit `i` of n to the sign bit. */
const toSign = (n: Expr, i: number): Expr => shl(and(n, 1 << i), (isSingle(n) ? 31 : 63) - i);

/** sin(n pi/2 + y): by quadrant, sin y, cos y, -sin y, -cos y. */
function sinOf({ y, n }: Angle): Expr {
  const c = cosParts(y);
  const value = select(eq(and(n, 1), 0), sub(y.h, sinTail(y)), add(c.h, c.l));
  return flip(value, toSign(n, 1));
}

const next = ({ y, n }: Angle): Angle => ({ y, n: add(n, 1) });

/** NaN for infinities and NaN, else zero. */
const invalid = (x: Expr): Expr => sub(x, x);

/** Sine. Error below 1 ulp over the full range. */
export const sin: Real = /*@__PURE__*/ real((x) => {
  const large = add(flip(sinOf(reduceLarge(x)), signOf(x)), invalid(x));
  return rare(isLarge(x), large, sinOf(reduceModerate(x)));
});

/** Cosine. Error below 1 ulp over the full range. */
export const cos: Real = /*@__PURE__*/ real((x) =>
  rare(isLarge(x), add(sinOf(next(reduceLarge(x))), invalid(x)), sinOf(next(reduceModerate(x)))),
);

/** Both, with one reduction; of float64. */
export function sincos(x: Expr): { sin: Expr; cos: Expr } {
  const usual = reduceModerate(x);
  const far = reduceLarge(x);
  const large = isLarge(x);
  return {
    sin: rare(large, add(flip(sinOf(far), signOf(x)), invalid(x)), sinOf(usual)),
    cos: rare(large, add(sinOf(next(far)), invalid(x)), sinOf(next(usual))),
  };
}

function tanOf({ y, n }: Angle): Expr {
  const t = sinTail(y);
  const sh = sub(y.h, t);
  const s = { h: sh, l: sub(sub(y.h, sh), t) };
  const c0 = cosParts(y);
  const c = fastTwoSum(c0.h, c0.l);
  const even = eq(and(n, 1), 0);
  const pick = (a: Expr, b: Expr): Expr => select(even, a, b);
  const top = pick(s.h, c.h);
  const bottom = pick(c.h, s.h);
  const inverse = div(1, bottom);
  const q = mul(top, inverse);
  const p = twoProduct(q, bottom);
  const rest = add(sub(sub(top, p.h), p.l), sub(pick(s.l, c.l), mul(q, pick(c.l, s.l))));
  // The correction may be +0 beside a quotient of -0.
  return flip(copysign(add(q, mul(rest, inverse)), q), toSign(n, 0));
}

/** Tangent. Error below 1 ulp over the full range. */
export const tan: Real = /*@__PURE__*/ real((x) => {
  const large = add(flip(tanOf(reduceLarge(x)), signOf(x)), invalid(x));
  return rare(isLarge(x), large, tanOf(reduceModerate(x)));
});
