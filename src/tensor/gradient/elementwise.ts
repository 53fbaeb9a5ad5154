import { ArrayValue } from '../../core/array.js';
import { LookupError, shapeText } from '../../core/errors.js';
import { Weak } from '../../core/ops/operand.js';
import type { UfuncAttrs } from '../../core/ops/execute.js';
import * as np from '../../ndarray/index.js';
import type { UfuncRow } from '../../core/ops/row.js';
import * as shaping from '../../core/ops/ufuncs/shaping.js';
import { besselI1 } from '../../ndarray/statistics/special.js';
import { add, conj, div, mul, neg, type Rule, sub, type Value } from './rule.js';
import { chain, portion } from './safe.js';
import { SPECIAL } from './special.js';

/**
 * Derivatives of ufuncs, a row each by the ufunc's name: for every operand, from the result's gradient, the operands and the result to the
 * operand's gradient. null says that there is none (steps, comparisons, integers). Functions of complex numbers are taken to be analytic:
 * as in TensorFlow the gradient is that of the result times the conjugate of the derivative.
 *
 * Products with a gradient are {@link chain}: where no gradient arrives none goes on, though the derivative be infinite there. So the gradient
 * of `where(x > 0, log(x), 0)` is 0 where x is.
 */
export type Partial = (g: Value, x: readonly Value[], y: Value) => Value;
type Row = readonly (Partial | null)[];

/** The gradient by a derivative of one operand. */
const by =
  (d: (x: Value, y: Value) => Value): Partial =>
  (g, [x], y) =>
    chain(conj(d(x, y)), g);
/** The gradient by the reciprocal of a derivative. */
const byReciprocal =
  (d: (x: Value, y: Value) => Value): Partial =>
  (g, [x], y) =>
    portion(g, conj(d(x, y)));
/** What a gradient is where a condition holds; zero elsewhere, also where the formula is not finite. */
const where = (c: Value, g: Value): Value => np.where(c, g, 0 as never);
const unless = (c: Value, g: Value): Value => np.where(c, 0 as never, g);
const square = (x: Value): Value => np.square(x);
const LN2 = Math.LN2;
const none = null;
const same: Partial = (g) => g;

/** A choice between two operands by a comparison: the second has what the first has not. */
const choice = (first: (a: Value, b: Value) => Value): Row => [
  (g, [a, b]) => where(first(a, b), g),
  (g, [a, b]) => unless(first(a, b), g),
];

/** a ** b with derivatives that stay finite where the power does: 0 ** 0 has the slope 0, and log of nothing is not taken. */
const power: Row = [
  // A lone number stays one, so that it takes the dtype of what stands beside it.
  (g, [a, b]) => {
    if (typeof b === 'number')
      return chain(conj(b === 0 ? np.zeros_like(a) : mul(b, np.power(a, (b - 1) as never))), g);
    return chain(conj(unless(np.equal(b, 0), mul(b, np.power(a, sub(b, 1))))), g);
  },
  (g, [a, b], y) => {
    const complex = y.dtype.kind === 'c';
    const fine = complex ? np.not_equal(a, 0) : np.greater(a, 0);
    const safe = np.where(fine, a, 1 as never);
    return where(fine, chain(conj(mul(y, np.log(safe as never))), g));
  },
];

/** z / |z| turns with z, and does not change along it. */
const direction: Partial = (g, [z], w) => {
  if (w.dtype.kind !== 'c') return mul(g, 0);
  const across = np.imag(mul(conj(w), g));
  return portion(mul(mul(w, np.complex(0, 1)), across), np.absolute(z));
};
const radius: Partial = (g, [x], y) => {
  if (x.dtype.kind !== 'c') return mul(g, np.sign(x));
  return mul(g, div(x, np.where(np.equal(y, 0), 1 as never, y)));
};
const leg = (k: 0 | 1): Partial => {
  return (g, x, y) => mul(g, div(x[k], np.where(np.equal(y, 0), 1 as never, y)));
};
const degrees: Row = [(g) => mul(g, 180 / Math.PI)];
const radians: Row = [(g) => mul(g, Math.PI / 180)];
const logarithm = (exp: (x: Value) => Value): Row => [
  (g, [a], y) => chain(exp(sub(a, y)), g),
  (g, [, b], y) => chain(exp(sub(b, y)), g),
];

export const DERIVATIVES: Readonly<Record<string, Row>> = {
  ...SPECIAL,
  add: [same, same],
  subtract: [same, (g) => neg(g)],
  multiply: [(g, [, b]) => chain(conj(b), g), (g, [a]) => chain(conj(a), g)],
  divide: [(g, [, b]) => portion(g, conj(b)), (g, [, b], y) => neg(portion(chain(conj(y), g), conj(b)))],
  power,
  float_power: power,
  negative: [(g) => neg(g)],
  positive: [same],
  conjugate: [(g) => conj(g)],
  absolute: [radius],
  fabs: [radius],
  sign: [direction],
  sqrt: [by((_, y) => div(0.5, y))],
  square: [by((x) => mul(2, x))],
  cbrt: [by((_, y) => div(1, mul(3, square(y))))],
  reciprocal: [by((_, y) => neg(square(y)))],
  exp: [by((_, y) => y)],
  exp2: [by((_, y) => mul(y, LN2))],
  expm1: [by((_, y) => add(y, 1))],
  log: [byReciprocal((x) => x)],
  log2: [byReciprocal((x) => mul(x, LN2))],
  log10: [byReciprocal((x) => mul(x, Math.LN10))],
  log1p: [byReciprocal((x) => add(x, 1))],
  sin: [by((x) => np.cos(x))],
  cos: [by((x) => neg(np.sin(x)))],
  tan: [by((_, y) => add(square(y), 1))],
  arcsin: [byReciprocal((x) => np.sqrt(sub(1, square(x))))],
  arccos: [byReciprocal((x) => neg(np.sqrt(sub(1, square(x)))))],
  arctan: [byReciprocal((x) => add(square(x), 1))],
  sinh: [by((x) => np.cosh(x))],
  cosh: [by((x) => np.sinh(x))],
  tanh: [by((_, y) => sub(1, square(y)))],
  arcsinh: [byReciprocal((_, y) => np.cosh(y))],
  arccosh: [byReciprocal((_, y) => np.sinh(y))],
  arctanh: [byReciprocal((x) => sub(1, square(x)))],
  deg2rad: radians,
  radians,
  rad2deg: degrees,
  degrees,
  hypot: [leg(0), leg(1)],
  arctan2: [
    (g, [a, b]) => chain(div(b, add(square(a), square(b))), g),
    (g, [a, b]) => chain(div(neg(a), add(square(a), square(b))), g),
  ],
  maximum: choice((a, b) => np.greater_equal(a, b)),
  minimum: choice((a, b) => np.less_equal(a, b)),
  fmax: choice((a, b) => np.logical_or(np.greater_equal(a, b), np.isnan(b))),
  fmin: choice((a, b) => np.logical_or(np.less_equal(a, b), np.isnan(b))),
  logaddexp: logarithm((x) => np.exp(x)),
  logaddexp2: logarithm((x) => np.exp2(x)),
  remainder: [same, (g, [a, b]) => neg(chain(np.floor(div(a, b)), g))],
  fmod: [same, (g, [a, b]) => neg(chain(np.trunc(div(a, b)), g))],
  copysign: [(g, [a, b]) => mul(g, mul(np.copysign(1 as never, a), np.copysign(1 as never, b))), none],
  heaviside: [none, (g, [x]) => where(np.equal(x, 0), g)],
  nextafter: [same, none],
  ldexp: [(g, [, n]) => np.ldexp(g, n), none],
  clip: [
    (g, [a, lo, hi]) => where(np.logical_and(np.greater_equal(a, lo), np.less_equal(a, hi)), g),
    (g, [a, lo]) => where(np.less(a, lo), g),
    (g, [a, lo, hi]) => where(np.logical_and(np.greater(a, hi), np.greater_equal(a, lo)), g),
  ],
  nan_to_num: [(g, [x]) => where(np.isfinite(x), g), none, none, none],
  replace_nan: [(g, [x]) => unless(np.isnan(x), g), (g, [x]) => where(np.isnan(x), g)],
  or_else: [(g, [x]) => unless(np.equal(x, 0), g), (g, [x]) => where(np.equal(x, 0), g)],
  choose: [none, (g, [c]) => where(c, g), (g, [c]) => unless(c, g)],
  complex: [same, (g) => np.imag(g)],
  i0: [by((x) => besselI1(x))],
  i1: [
    by((x, y) =>
      sub(np.i0(x), np.where(np.equal(x, 0), 0.5 as never, div(y, np.where(np.equal(x, 0), 1 as never, x)))),
    ),
  ],
  multiply_no_nan: [(g, [, b]) => chain(conj(b), g), (g, [a]) => chain(conj(a), g)],
  portion: [(g, [, b]) => portion(g, conj(b)), (g, [, b], y) => neg(portion(chain(conj(y), g), conj(b)))],
};

/** Rows whose name says less than they do. */
export const BY_ROW: ReadonlyMap<UfuncRow, Row> = new Map<UfuncRow, Row>([
  [shaping.deviation, [(g, [x]) => unless(np.isnan(x), g), (g, [x]) => neg(unless(np.isnan(x), g))]],
  [shaping.square_magnitude, [(g, [x]) => mul(mul(2, x), g)]],
  [shaping.divide_count, [(g, [, n]) => div(g, n), none]],
  [shaping.divide_count_half, [(g, [, n]) => div(g, n), none]],
  [shaping.divide_count_half_scalar, [(g, [, n]) => div(g, n), none]],
]);

/** Ufuncs of two results: the gradient is a list. */
export const SPLIT: Readonly<Record<string, Row>> = {
  modf: [(g) => g[0]],
  divmod: [(g) => g[1], (g, [a, b]) => (g[1] === null ? null : neg(chain(np.floor(div(a, b)), g[1])))],
  frexp: [
    (g, [x], y) => {
      if (g[0] === null) return null;
      const nothing = np.equal(x, 0);
      return mul(g[0], np.where(nothing, 1 as never, div(y, np.where(nothing, 1 as never, x))));
    },
  ],
};
/** Ufuncs that are constant wherever they have a derivative: no gradient comes through them. */
export const STEPS: ReadonlySet<string> = new Set(
  `floor ceil trunc rint round floor_divide spacing equal not_equal less less_equal greater greater_equal
  logical_and logical_or logical_xor logical_not isnan isinf isfinite isnat signbit isclose bitwise_and bitwise_or bitwise_xor invert
  left_shift right_shift bitwise_count gcd lcm`.split(/\s+/),
);

/** The derivatives of a row, or undefined where it has none. */
export function derivativesOf(row: UfuncRow): Row | undefined {
  if (row.nout > 1) return SPLIT[row.name];
  return BY_ROW.get(row) ?? DERIVATIVES[row.name];
}

/** Operands as the derivative's formula takes them: lone numbers as numbers. */
const plain = (o: unknown): Value => (o instanceof Weak ? o.value : o);

export const ufuncRule: Rule = (g, { inputs, outputs, attrs, needs }) => {
  const { row, operands, options } = attrs as UfuncAttrs;
  if (STEPS.has(row.name)) return inputs.map(() => null);
  const partials = derivativesOf(row);
  if (partials === undefined) throw missing(row.name, operands);
  const x = operands.map(plain);
  const grad = row.nout === 1 ? g[0] : g;
  let k = 0;
  return operands
    .map((o, i) => {
      if (!(o instanceof ArrayValue)) return undefined;
      const wanted = needs[k++];
      const partial = partials[i];
      if (!wanted || partial === null || partial === undefined || grad === null) return null;
      const r = partial(grad, x, outputs[0]);
      // What a mask left out has no part in the result.
      return r !== null && options.where !== null ? where(options.where, r) : r;
    })
    .filter((r) => r !== undefined);
};

/** @internal */
export const missing = (name: string, of: readonly unknown[] = []): LookupError => {
  const operands = of
    .filter((x): x is ArrayValue => x instanceof ArrayValue)
    .map((x) => `${x.dtype.name}${shapeText(x.shape)}`);
  return new LookupError(
    `No gradient defined for operation '${name}'${operands.length === 0 ? '' : ` (operands ${operands.join(', ')})`}`,
  );
};
