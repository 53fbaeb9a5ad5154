import { add, and, copysign, div, type Expr, eq, mul, rare, select, shl, sub } from '../ir/expr.js';
import {
  fastTwoSum,
  flip,
  like,
  native as real,
  poly,
  type Real,
  signOf,
  type Two,
  twoProduct,
  upperQuarter,
} from './parts.js';
import { isSingle } from './precision.js';
import { type Angle, isLarge, reduceLarge, reduceModerate } from './reduction.js';

/**
 * sin, cos and tan over the full range, from polynomials on |y| <= pi/4 that Remez exchange found. The low part of the reduced
 * angle enters to first order.
 */

interface Numbers {
  /** (sin y - y) / y^3 in y^2: the first coefficient (of float64 without SIXTH), and the rest. To 2^-66 and 2^-28. */
  readonly sin1: number;
  readonly sin: readonly number[];
  /** (cos y - 1 + y^2/2) / y^4 in y^2, to 2^-64 and 2^-33. */
  readonly cos: readonly number[];
}

const WIDE: Numbers = {
  sin1: -1.0172526041666654e-5,
  sin: [
    0.008333333333333331, -0.00019841269841264968, 2.755731921926441e-6, -2.5052106206531682e-8, 1.605852751943773e-10,
    -7.586455940017973e-13,
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

/** -1/6 to a quarter of a significand. */
const SIXTH = -5461 / 32768;

const numbersOf = (x: Expr): Numbers => (isSingle(x) ? NARROW : WIDE);

/** y.h - sin y: +0 for either zero, so that subtracting it from y.h keeps the sign. */
function sinTail({ h, l }: Two): Expr {
  const c = numbersOf(h);
  const z = mul(h, h);
  const v = mul(z, h);
  return sub(sub(mul(z, sub(mul(0.5, l), mul(v, poly(z, c.sin)))), l), mul(v, like(h, c.sin1)));
}

/**
 * sin y as y + c y^3 rounded, and the rest. Of float64 c and the cube are taken in two parts, of which the first are exact: the error is
 * hardly more than half an ulp.
 */
function sinParts(y: Two): Two {
  const { h, l } = y;
  if (isSingle(h)) {
    const t = sinTail(y);
    const s = sub(h, t);
    return { h: s, l: sub(sub(h, s), t) };
  }
  const { sin1, sin } = numbersOf(h);
  const q = upperQuarter(h);
  const qq = mul(q, q);
  const s = fastTwoSum(h, mul(mul(qq, q), SIXTH));
  const z = mul(h, h);
  const cubeRest = mul(mul(sub(h, q), add(mul(h, add(h, q)), qq)), SIXTH);
  const higher = mul(mul(z, h), poly(z, [sin1, ...sin]));
  const rest = add(sub(l, mul(z, mul(0.5, l))), add(cubeRest, higher));
  return { h: s.h, l: add(s.l, rest) };
}

/** cos y as 1 - y^2/2 rounded, and the rest. */
function cosParts({ h, l }: Two): Two {
  const z = mul(h, h);
  const single = isSingle(h);
  const q = single ? h : upperQuarter(h);
  const half = mul(0.5, single ? z : mul(q, q));
  const w = sub(1, half);
  const higher = sub(mul(mul(z, z), poly(z, numbersOf(h).cos)), mul(h, l));
  const rest = single ? higher : sub(higher, mul(mul(0.5, sub(h, q)), add(h, q)));
  return { h: w, l: add(sub(sub(1, w), half), rest) };
}

/** Moves bit `i` of n to the sign bit. */
const toSign = (n: Expr, i: number): Expr => shl(and(n, 1 << i), (isSingle(n) ? 31 : 63) - i);

/** sin(n pi/2 + y): by quadrant, sin y, cos y, -sin y, -cos y. */
function sinOf({ y, n }: Angle): Expr {
  const c = cosParts(y);
  const s = sinParts(y);
  const value = select(
    eq(and(n, 1), 0),
    isSingle(y.h) ? sub(y.h, sinTail(y)) : copysign(add(s.h, s.l), y.h),
    add(c.h, c.l),
  );
  return flip(value, toSign(n, 1));
}

const next = ({ y, n }: Angle): Angle => ({ y, n: add(n, 1) });

/** NaN for infinities and NaN, else zero. */
const invalid = (x: Expr): Expr => sub(x, x);

/** Sine. Error below 1 ulp over the full range, of float64 hardly more than half. */
export const sin: Real = /*@__PURE__*/ real((x) => {
  const large = add(flip(sinOf(reduceLarge(x)), signOf(x)), invalid(x));
  return rare(isLarge(x), large, sinOf(reduceModerate(x)));
});

/** Cosine. Error as that of the sine. */
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
  const s0 = sinParts(y);
  const sum = fastTwoSum(s0.h, s0.l);
  const s = isSingle(y.h) ? s0 : { h: copysign(sum.h, y.h), l: sum.l };
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
