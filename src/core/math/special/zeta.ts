import {
  abs,
  add,
  and,
  cast,
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
  sub,
  Table,
} from '../../ir/expr.js';
import { f32via64x2, f64, INF, NAN, type Real2 } from '../parts.js';
import { pow } from '../power.js';
import { digamma } from './gamma.js';

/** Hurwitz' zeta function and the polygamma functions. */

const EPS = 2 ** -53;
const ONE: Expr = /*@__PURE__*/ f64(1);
const finite = (x: Expr): Expr => lt(abs(x), INF);

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
