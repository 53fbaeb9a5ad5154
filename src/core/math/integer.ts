import type { ScalarType } from '../dtype.js';
import { abs, and, cast, type Expr, eq, gt, konst, loop, mul, ne, quot, rem, select, shr } from '../ir/expr.js';

/** Functions of integers that need iteration. */

/** a^b by repeated squaring, wrapping; b is not negative (NumPy refuses those before any loop runs). */
export function intPow(a: Expr, b: Expr): Expr {
  const one = konst(a.type, 1);
  return loop([one, a, b], (result, base, left) => ({
    while: gt(left, 0),
    next: [select(eq(and(left, 1), 1), mul(result, base), result), mul(base, base), shr(left, 1)],
  }))[0];
}

const unsignedOf = (t: ScalarType): ScalarType => (t.charCodeAt(0) === 105 /* i */ ? (`u${t}` as ScalarType) : t);

/** The magnitude in the unsigned type of the same width, where |MIN| exists. */
const magnitude = (x: Expr): Expr => {
  const type = unsignedOf(x.type);
  return type === x.type ? x : cast(abs(x), type);
};

/** Greatest common divisor of magnitudes by Euclid's algorithm, unsigned. */
const euclid = (a: Expr, b: Expr): Expr => loop([a, b], (m, n) => ({ while: ne(n, 0), next: [n, rem(m, n)] }))[0];

/** Greatest common divisor of |a| and |b|; of zero and b it is |b|. */
export const gcd = (a: Expr, b: Expr): Expr => cast(euclid(magnitude(a), magnitude(b)), a.type);

/** Least common multiple of |a| and |b|, wrapping; zero where either is zero. */
export function lcm(a: Expr, b: Expr): Expr {
  const m = magnitude(a);
  const n = magnitude(b);
  // The quotient of the basis by zero is zero, which is the answer where both are zero.
  return cast(mul(quot(m, euclid(m, n)), n), a.type);
}
