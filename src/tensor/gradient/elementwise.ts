import { ArrayValue } from '../../core/array.js';
import { LookupError } from '../../core/errors.js';
import { Weak } from '../../core/ops/operand.js';
import type { UfuncAttrs } from '../../core/ops/execute.js';
import * as np from '../../ndarray/index.js';
import { add, conj, div, mul, neg, type Rule, sub, type Value } from './rule.js';
import { SPECIAL } from './special.js';

/**
 * Derivatives of ufuncs, a row each by the ufunc's name: for every operand, from the result's gradient, the operands and the result to the
 * operand's gradient. null says that there is none (steps, comparisons, integers). Functions of complex numbers are taken to be analytic:
 * as in TensorFlow the gradient is that of the result times the conjugate of the derivative.
 */
type Partial = (g: Value, x: readonly Value[], y: Value) => Value;

/** The gradient by a derivative of one operand. */
const by =
  (d: (x: Value, y: Value) => Value): Partial =>
  (g, [x], y) =>
    mul(g, conj(d(x, y)));
/** What a gradient is where a condition holds; zero elsewhere, also where the formula is not finite. */
const where = (c: Value, g: Value): Value => np.where(c, g, 0 as never);
const square = (x: Value): Value => np.square(x);
const LN2 = Math.LN2;
const none = null;

/** A choice between two operands by a comparison: the second has what the first has not. */
const choice = (first: (a: Value, b: Value) => Value): readonly Partial[] => [
  (g, [a, b]) => where(first(a, b), g),
  (g, [a, b]) => where(np.logical_not(first(a, b)), g),
];

/** a ** b with derivatives that stay finite where the power does: 0 ** 0 has the slope 0, and log of nothing is not taken. */
const power: readonly Partial[] = [
  (g, [a, b]) => mul(g, conj(where(np.not_equal(b, 0), mul(b, np.power(a, sub(b, 1)))))),
  (g, [a, b], y) => {
    const complex = y.dtype.kind === 'c';
    const fine = complex ? np.not_equal(a, 0) : np.greater(a, 0);
    const safe = np.where(fine, a, 1 as never);
    return where(fine, mul(g, conj(mul(y, np.log(safe as never)))));
  },
];

const hypotenuse: readonly Partial[] = [(g, [a], y) => mul(g, div(a, y)), (g, [, b], y) => mul(g, div(b, y))];

export const DERIVATIVES: Readonly<Record<string, readonly (Partial | null)[]>> = {
  ...SPECIAL,
  add: [(g) => g, (g) => g],
  subtract: [(g) => g, (g) => neg(g)],
  multiply: [(g, [, b]) => mul(g, conj(b)), (g, [a]) => mul(g, conj(a))],
  divide: [(g, [, b]) => div(g, conj(b)), (g, [, b], y) => neg(div(mul(g, conj(y)), conj(b)))],
  power,
  float_power: power,
  negative: [(g) => neg(g)],
  positive: [(g) => g],
  conjugate: [(g) => conj(g)],
  absolute: [
    (g, [x], y) => {
      if (x.dtype.kind !== 'c') return mul(g, np.sign(x));
      const unit = div(x, np.where(np.equal(y, 0), 1 as never, y));
      return mul(g, unit);
    },
  ],
  fabs: [(g, [x]) => mul(g, np.sign(x))],
  sign: [(g) => mul(g, 0)],
  sqrt: [by((_, y) => div(0.5, y))],
  square: [by((x) => mul(2, x))],
  cbrt: [by((_, y) => div(1, mul(3, square(y))))],
  reciprocal: [by((_, y) => neg(square(y)))],
  exp: [by((_, y) => y)],
  exp2: [by((_, y) => mul(y, LN2))],
  expm1: [by((_, y) => add(y, 1))],
  log: [by((x) => div(1, x))],
  log2: [by((x) => div(1 / LN2, x))],
  log10: [by((x) => div(1 / Math.LN10, x))],
  log1p: [by((x) => div(1, add(x, 1)))],
  sin: [by((x) => np.cos(x))],
  cos: [by((x) => neg(np.sin(x)))],
  tan: [by((_, y) => add(square(y), 1))],
  arcsin: [by((x) => div(1, np.sqrt(sub(1, square(x)))))],
  arccos: [by((x) => div(-1, np.sqrt(sub(1, square(x)))))],
  arctan: [by((x) => div(1, add(square(x), 1)))],
  sinh: [by((x) => np.cosh(x))],
  cosh: [by((x) => np.sinh(x))],
  tanh: [by((_, y) => sub(1, square(y)))],
  arcsinh: [by((_, y) => div(1, np.cosh(y)))],
  arccosh: [by((_, y) => div(1, np.sinh(y)))],
  arctanh: [by((x) => div(1, sub(1, square(x))))],
  deg2rad: [(g) => mul(g, Math.PI / 180)],
  radians: [(g) => mul(g, Math.PI / 180)],
  rad2deg: [(g) => mul(g, 180 / Math.PI)],
  degrees: [(g) => mul(g, 180 / Math.PI)],
  hypot: hypotenuse,
  arctan2: [
    (g, [a, b]) => mul(g, div(b, add(square(a), square(b)))),
    (g, [a, b]) => neg(mul(g, div(a, add(square(a), square(b))))),
  ],
  maximum: choice((a, b) => np.greater_equal(a, b)),
  minimum: choice((a, b) => np.less_equal(a, b)),
  fmax: choice((a, b) => np.logical_or(np.greater_equal(a, b), np.isnan(b))),
  fmin: choice((a, b) => np.logical_or(np.less_equal(a, b), np.isnan(b))),
  logaddexp: [(g, [a], y) => mul(g, np.exp(sub(a, y))), (g, [, b], y) => mul(g, np.exp(sub(b, y)))],
  logaddexp2: [(g, [a], y) => mul(g, np.exp2(sub(a, y))), (g, [, b], y) => mul(g, np.exp2(sub(b, y)))],
  remainder: [(g) => g, (g, [a, b]) => neg(mul(g, np.floor(div(a, b))))],
  fmod: [(g) => g, (g, [a, b]) => neg(mul(g, np.trunc(div(a, b))))],
  copysign: [(g, [a, b]) => mul(g, mul(np.copysign(1 as never, a), np.copysign(1 as never, b))), none],
  ldexp: [(g, [, b]) => np.ldexp(g, b), none],
  clip: [
    (g, [a, lo, hi]) => where(np.logical_and(np.greater_equal(a, lo), np.less_equal(a, hi)), g),
    (g, [a, lo]) => where(np.less(a, lo), g),
    (g, [a, lo, hi]) => where(np.logical_and(np.greater(a, hi), np.greater_equal(a, lo)), g),
  ],
  nan_to_num: [(g, [x]) => where(np.isfinite(x), g)],
  replace_nan: [(g, [x]) => where(np.logical_not(np.isnan(x)), g)],
};
/** Ufuncs that are constant wherever they have a derivative: no gradient comes through them. */
export const STEPS: ReadonlySet<string> = new Set(
  `floor ceil trunc rint heaviside floor_divide nextafter spacing equal not_equal less less_equal greater greater_equal
  logical_and logical_or logical_xor logical_not isnan isinf isfinite isnat signbit isclose bitwise_and bitwise_or bitwise_xor invert
  left_shift right_shift bitwise_count gcd lcm`.split(/\s+/),
);

/** Operands as the derivative's formula takes them: lone numbers as numbers. */
const plain = (o: unknown): Value => (o instanceof Weak ? o.value : o);

export const ufuncRule: Rule = (g, { inputs, outputs, attrs, needs }) => {
  const { row, operands, options } = attrs as UfuncAttrs;
  if (STEPS.has(row.name)) return inputs.map(() => null);
  const partials = row.nout === 1 ? DERIVATIVES[row.name === 'true_divide' ? 'divide' : row.name] : SPLIT[row.name];
  if (partials === undefined) throw missing(row.name);
  const x = operands.map(plain);
  const grad = row.nout === 1 ? g[0] : g;
  let k = 0;
  return operands
    .map((o, i) => {
      if (!(o instanceof ArrayValue)) return undefined;
      const wanted = needs[k++];
      const partial = partials[i] as Partial | null;
      if (!wanted || partial === null || grad === null) return null;
      const r = partial(grad, x, outputs[0]);
      // What a mask left out has no part in the result.
      return r !== null && options.where !== null ? where(options.where, r) : r;
    })
    .filter((r) => r !== undefined);
};

/** Ufuncs of two results: the gradient is a list. */
const SPLIT: Readonly<Record<string, readonly (Partial | null)[]>> = {
  modf: [(g) => g[0]],
  divmod: [(g) => g[1], (g, [a, b]) => (g[1] === null ? null : neg(mul(g[1], np.floor(div(a, b)))))],
  frexp: [
    (g, [x], y) =>
      g[0] === null
        ? null
        : mul(g[0], np.where(np.equal(x, 0), 1 as never, div(y, np.where(np.equal(x, 0), 1 as never, x)))),
  ],
};

/** @internal */
export const missing = (name: string): LookupError => new LookupError(`No gradient defined for operation '${name}'`);
