import { abs, cast, type Expr, eq, lt, type Pair, select } from '../ir/expr.js';

/** Helpers shared by the complex functions. */

const widen = (z: Pair): Pair => ({ re: cast(z.re, 'float64'), im: cast(z.im, 'float64') });

/** A function of complex128, used for complex64 through a cast: computed wide, rounded once. */
export const wide =
  (f: (z: Pair) => Pair): ((z: Pair) => Pair) =>
  (z) => {
    if (z.re.type === 'float64') return f(z);
    const r = f(widen(z));
    return { re: cast(r.re, z.re.type), im: cast(r.im, z.re.type) };
  };

export const wide2 =
  (f: (a: Pair, b: Pair) => Pair): ((a: Pair, b: Pair) => Pair) =>
  (a, b) => {
    if (a.re.type === 'float64') return f(a, b);
    const r = f(widen(a), widen(b));
    return { re: cast(r.re, a.re.type), im: cast(r.im, a.re.type) };
  };

export const isinf = (x: Expr): Expr => eq(abs(x), Number.POSITIVE_INFINITY);
export const isfinite = (x: Expr): Expr => lt(abs(x), Number.POSITIVE_INFINITY);

/** The first case whose condition holds, else the last value, by component. */
export function cases(rows: readonly (readonly [Expr, Expr | number, Expr | number])[], otherwise: Pair): Pair {
  let { re, im } = otherwise;
  for (let i = rows.length - 1; i >= 0; i--) {
    const [c, r, m] = rows[i];
    re = select(c, r, re);
    im = select(c, m, im);
  }
  return { re, im };
}
