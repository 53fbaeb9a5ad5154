import * as np from '../../ndarray/index.js';
import * as s from '../special/ufuncs.js';
import { add, div, mul, neg, type Rule, sub, type Value } from './rule.js';
import { chain } from './safe.js';

/** Derivatives of the special functions, as {@link DERIVATIVES} has them: a row each by the ufunc's name; null says that there is none. */

type Partial = (g: Value, x: readonly Value[], y: Value) => Value;

const by =
  (d: (x: Value, y: Value) => Value): Partial =>
  (g, [x], y) =>
    chain(d(x, y), g);
const square = (x: Value): Value => np.square(x);
const exp = (x: Value): Value => np.exp(x);
/** A formula with a removable singularity where something is zero: a value stands there instead. */
const except = (zero: Value, value: number, formula: (safe: Value) => Value): Value => {
  const there = np.equal(zero, 0);
  return np.where(there, value as never, formula(np.where(there, 1 as never, zero)));
};
const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const HALF_ROOT_PI = Math.sqrt(Math.PI) / 2;
/** Half of pi times x^2, without whole turns. */
const turn = (x: Value): Value => mul(Math.PI / 2, np.fmod(square(x), 4 as never));

export const SPECIAL: Readonly<Record<string, readonly (Partial | null)[]>> = {
  erf: [by((x) => mul(TWO_OVER_ROOT_PI, exp(neg(square(x)))))],
  erfc: [by((x) => mul(-TWO_OVER_ROOT_PI, exp(neg(square(x)))))],
  erfinv: [by((_, y) => mul(HALF_ROOT_PI, exp(square(y))))],
  erfcinv: [by((_, y) => mul(-HALF_ROOT_PI, exp(square(y))))],
  ndtri: [by((_, y) => mul(Math.sqrt(2 * Math.PI), exp(mul(0.5, square(y)))))],
  sigmoid: [by((_, y) => mul(y, sub(1, y)))],
  lgamma: [by((x) => s.digamma(x))],
  digamma: [by((x) => s.polygamma(1 as never, x))],
  polygamma: [null, (g, [n, x]) => mul(g, s.polygamma(add(n, 1), x))],
  zeta: [null, (g, [x, q]) => neg(mul(g, mul(x, s.zeta(add(x, 1), q))))],
  igamma: [(g, [a, x]) => mul(g, s.igamma_grad_a(a, x)), (g, [a, x]) => mul(g, s.gamma_density(a, x))],
  igammac: [(g, [a, x]) => neg(mul(g, s.igamma_grad_a(a, x))), (g, [a, x]) => neg(mul(g, s.gamma_density(a, x)))],
  gamma_density: [
    (g, [a, x], y) => chain(mul(y, sub(np.log(x), s.digamma(a))), g),
    (g, [a, x], y) => chain(mul(y, sub(div(sub(a, 1), x), 1)), g),
  ],
  betainc: [null, null, (g, [a, b, x]) => mul(g, s.beta_density(a, b, x))],
  beta_density: [
    (g, [a, b, x], y) => chain(mul(y, add(np.log(x), sub(s.digamma(add(a, b)), s.digamma(a)))), g),
    (g, [a, b, x], y) => chain(mul(y, add(np.log1p(neg(x)), sub(s.digamma(add(a, b)), s.digamma(b)))), g),
    (g, [a, b, x], y) => chain(mul(y, sub(div(sub(a, 1), x), div(sub(b, 1), sub(1, x)))), g),
  ],
  bessel_i0: [by((x) => s.bessel_i1(x))],
  bessel_i0e: [by((x, y) => sub(s.bessel_i1e(x), mul(np.sign(x), y)))],
  bessel_i1: [by((x, y) => except(x, 0.5, (v) => sub(s.bessel_i0(v), div(y, v))))],
  bessel_i1e: [by((x, y) => except(x, 0.5, (v) => sub(s.bessel_i0e(v), mul(y, add(np.sign(v), div(1, v))))))],
  bessel_j0: [by((x) => neg(s.bessel_j1(x)))],
  bessel_j1: [by((x, y) => except(x, 0.5, (v) => sub(s.bessel_j0(v), div(y, v))))],
  bessel_y0: [by((x) => neg(s.bessel_y1(x)))],
  bessel_y1: [by((x, y) => sub(s.bessel_y0(x), div(y, x)))],
  bessel_k0: [by((x) => neg(s.bessel_k1(x)))],
  bessel_k0e: [by((x, y) => sub(y, s.bessel_k1e(x)))],
  bessel_k1: [by((x, y) => neg(add(s.bessel_k0(x), div(y, x))))],
  bessel_k1e: [by((x, y) => sub(mul(y, sub(1, div(1, x))), s.bessel_k0e(x)))],
  dawsn: [by((x, y) => sub(1, mul(2, mul(x, y))))],
  expint: [by((x) => div(exp(x), x))],
  fresnel_sin: [by((x) => np.sin(turn(x)))],
  fresnel_cos: [by((x) => np.cos(turn(x)))],
  spence: [by((x) => except(sub(1, x), -1, (d) => div(np.log(sub(1, d)), d)))],
};

/** Gamma variates follow their concentration, the value of the distribution function held; nothing else that is drawn has a gradient. */
export const randomRule: Rule = ([g], { inputs, outputs: [y], attrs }) => {
  const last = inputs.length - 1;
  if (g === null || (attrs as { kind: string }).kind !== 'gamma') return inputs.map(() => null);
  const a = inputs[last];
  return inputs.map((_, i) => (i === last ? chain(s.gamma_growth(np.broadcast_to(a, y.shape), y), g) : null));
};
