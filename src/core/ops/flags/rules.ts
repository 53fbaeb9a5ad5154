import { DIVIDE, INVALID, OVER, UNDER } from '../../errstate.js';
import * as x from '../../ir/expr.js';
import type { Expr, Pair } from '../../ir/expr.js';
import * as m from '../../math/index.js';
import { isPair, type Loop, type UfuncRow, type Value } from '../row.js';
import {
  allFlags,
  bit,
  both,
  either,
  flagsWithin,
  isfinite,
  isinf,
  isTiny,
  madeInfinite,
  madeNaN,
  NO_FLAGS,
  quotientLost,
} from './steps.js';

/**
 * Which floating-point errors a ufunc reports, by its name: a column of the table of ufuncs that lies here, since it is only read
 * while errors are watched.
 *
 * There are three kinds of rows. Most functions have the general rule: NaN made of numbers is invalid, an infinity made of finite
 * numbers an overflow, or, where the row names them, a division by zero at poles, and an underflow where it says so. Where NumPy's loop is
 * plain arithmetic, the errors are those of the steps of the row's own body. The rest is written out.
 */

/** Operands in the types that the loop computes with, and results before they are rounded to float16. */
type Rule = (ins: readonly Value[], outs: readonly Value[], loop: Loop) => Expr;

const partsOf = (v: Value): readonly Expr[] => (isPair(v) ? [v.re, v.im] : [v]);
const real = (f: (a: Expr, b: Expr, r: Expr, loop: Loop) => Expr): Rule => {
  return ([a, b], [r], loop) => f(a as Expr, b as Expr, r as Expr, loop);
};

const never: Rule = () => NO_FLAGS;

/** The errors of the body's own steps. */
const stepwise: Rule = (_ins, outs) => {
  const seen = new Map<Expr, Expr>();
  return allFlags(outs.flatMap(partsOf).map((e) => flagsWithin(e, seen)));
};

interface Special {
  /** Where the result is a pole: infinite by a division by zero. */
  readonly pole?: (a: Expr, b: Expr) => Expr;
  /** Where the result is too small for what it should be. */
  readonly under?: (a: Expr, b: Expr, r: Expr) => Expr;
}

/** The general rule, over real or complex values. */
const general =
  ({ pole, under }: Special = {}): Rule =>
  (ins, outs) => {
    const operands = ins.flatMap(partsOf).filter((e) => e.type.startsWith('float'));
    const results = outs.flatMap(partsOf).filter((e) => e.type.startsWith('float'));
    if (operands.length === 0 || results.length === 0) return NO_FLAGS;
    const invalid = bit(INVALID, madeNaN(results, operands));
    const infinite = madeInfinite(results, operands);
    if (isPair(ins[0])) return x.or(invalid, bit(OVER, infinite));
    const [a, b, r] = [ins[0] as Expr, ins[1] as Expr, outs[0] as Expr];
    const at = pole?.(a, b);
    return allFlags([
      invalid,
      at === undefined ? NO_FLAGS : bit(DIVIDE, at),
      bit(OVER, at === undefined ? infinite : x.and(infinite, x.not(at))),
      under === undefined ? NO_FLAGS : bit(UNDER, under(a, b, r)),
    ]);
  };

const zero = (a: Expr): Expr => x.eq(a, 0);
/** Not zero, and below the normal numbers. */
const subnormal = (_a: Expr, _b: Expr, r: Expr): Expr => x.and(isTiny(r), x.ne(r, 0));
/** Too small, of finite operands that are not zero. */
const vanishing = (a: Expr, _b: Expr, r: Expr): Expr => both(isTiny(r), isfinite(a), x.ne(a, 0));

/** A logarithm of complex numbers has a pole at 0; of real numbers as well. */
const logarithm: Rule = (ins, outs, loop) => {
  const [a] = ins;
  if (!isPair(a)) return general({ pole: zero })(ins, outs, loop);
  return bit(DIVIDE, x.and(zero(a.re), zero(a.im)));
};

/** Ordering complex numbers compares real parts, and imaginary ones where those are equal: NaN in either is invalid. */
const ordering: Rule = (ins) => {
  const [a, b] = ins;
  if (!isPair(a)) return NO_FLAGS;
  const other = b as Pair;
  const tied = both(x.eq(a.re, other.re), either(x.isnan(a.im), x.isnan(other.im)));
  return bit(INVALID, either(x.isnan(a.re), x.isnan(other.re), tied));
};

const isInteger = (e: Expr): boolean => !e.type.startsWith('float');

const leastOf = (e: Expr): Expr | null => {
  const least: Record<string, number | bigint> = {
    int8: -128,
    int16: -32768,
    int32: -(2 ** 31),
    int64: -(2n ** 63n),
  };
  return e.type in least ? x.konst(e.type, least[e.type]) : null;
};

/** Quotients of integers: by zero, and the one that is beyond the largest integer. */
function integerQuotient(a: Expr, b: Expr, overflows: boolean): Expr {
  const byZero = bit(DIVIDE, zero(b));
  const least = leastOf(a);
  return overflows && least !== null ? x.or(byZero, bit(OVER, both(x.eq(a, least), x.eq(b, -1)))) : byZero;
}

/** Remainders: of integers by zero a division by zero, of floats invalid. */
const remainders: Rule = (ins, outs, loop) => {
  const [a, b] = ins as readonly Expr[];
  return isInteger(a) ? integerQuotient(a, b, false) : general()(ins, outs, loop);
};

/** Floors of quotients. NumPy takes (a - fmod(a, b)) / b and corrects it, which makes NaN of an infinity. */
const floors = (withRemainder: boolean): Rule =>
  ((ins, _outs, loop) => {
    const [a, b] = ins as readonly Expr[];
    if (isInteger(a)) return integerQuotient(a, b, true);
    const whole = both(isfinite(a), isfinite(b), x.ne(b, 0));
    const quotient = x.div(x.sub(a, m.fmod(a, b)), b);
    const over = both(whole, isinf(quotient));
    const invalid = [
      both(zero(a), zero(b)),
      both(isinf(a), x.not(x.isnan(b)), withRemainder ? x.konst('bool', 1) : x.ne(b, 0)),
      over,
    ];
    if (withRemainder) invalid.push(both(zero(b), x.not(x.isnan(a))));
    const sameSign = x.eq(x.lt(a, 0), x.lt(b, 0));
    const flags = [
      bit(DIVIDE, both(zero(b), x.ne(a, 0), isfinite(a))),
      bit(OVER, over),
      bit(UNDER, both(sameSign, whole, quotientLost(a, b, x.div(a, b)))),
      bit(
        INVALID,
        invalid.reduce((p, q) => x.or(p, q)),
      ),
    ];
    return loop.ins[0].part === 'float16' ? allFlags([flags[0], flags[3]]) : allFlags(flags);
  }) satisfies Rule;

/** x + log1p(exp(-|x - y|)), in a base: what is too small is the exponential; comparing NaN is invalid. */
const logarithmOfSum = (exp: (e: Expr) => Expr): Rule =>
  real((a, b) => {
    const apart = x.abs(x.sub(a, b));
    const finite = both(isfinite(a), isfinite(b));
    return allFlags([
      bit(INVALID, x.or(x.isnan(a), x.isnan(b))),
      bit(OVER, both(finite, isinf(apart))),
      bit(UNDER, both(isfinite(apart), isTiny(exp(x.neg(apart))))),
    ]);
  });

const POWER: Rule = general({
  pole: (a, b) => both(zero(a), x.lt(b, 0), isfinite(b)),
  under: (a, b, r) => both(vanishing(a, b, r), isfinite(b)),
});

const RULES: Readonly<Record<string, Rule>> = {
  add: stepwise,
  subtract: stepwise,
  multiply: stepwise,
  divide: stepwise,
  true_divide: stepwise,
  square: stepwise,
  sqrt: stepwise,
  degrees: stepwise,
  radians: stepwise,
  deg2rad: stepwise,
  rad2deg: stepwise,
  reciprocal: (ins, outs, loop) =>
    isPair(ins[0]) || !isInteger(ins[0]) ? stepwise(ins, outs, loop) : bit(DIVIDE | INVALID, zero(ins[0])),
  floor_divide: floors(false),
  divmod: floors(true),
  remainder: remainders,
  fmod: remainders,
  power: (ins, outs, loop) => (!isPair(ins[0]) && isInteger(ins[0]) ? NO_FLAGS : POWER(ins, outs, loop)),
  float_power: POWER,
  exp: general({ under: (a, _b, r) => both(isTiny(r), isfinite(a)) }),
  exp2: general({ under: (a, _b, r) => both(isTiny(r), isfinite(a)) }),
  expm1: (ins, outs, loop) => {
    const flags = general({ under: subnormal })(ins, outs, loop);
    if (!isPair(ins[0])) return flags;
    return x.or(flags, bit(OVER, both(isfinite(ins[0].re), isinf(m.exp(ins[0].re)))));
  },
  log: logarithm,
  log2: logarithm,
  log10: logarithm,
  log1p: general({ pole: (a) => x.eq(a, -1), under: subnormal }),
  sin: general({ under: subnormal }),
  tan: general({ under: subnormal }),
  arcsin: general({ under: subnormal }),
  arctan: (ins, outs, loop) => {
    if (!isPair(ins[0])) return general({ under: subnormal })(ins, outs, loop);
    return bit(DIVIDE, both(zero(ins[0].re), x.eq(x.abs(ins[0].im), 1)));
  },
  sinh: general({ under: subnormal }),
  tanh: general({ under: subnormal }),
  arcsinh: general({ under: subnormal }),
  arctanh: (ins, outs, loop) =>
    isPair(ins[0])
      ? bit(DIVIDE, both(x.eq(x.abs(ins[0].re), 1), zero(ins[0].im)))
      : general({ pole: (a) => x.eq(x.abs(a), 1), under: subnormal })(ins, outs, loop),
  hypot: general({ under: (a, b, r) => both(isTiny(r), x.ne(a, 0), x.ne(b, 0)) }),
  arctan2: general({ under: (a, b, r) => both(vanishing(a, b, r), isfinite(b)) }),
  logaddexp: logarithmOfSum(m.exp),
  logaddexp2: logarithmOfSum(m.exp2),
  ldexp: real((a, n, r) => {
    const back = m.ldexp(x.cast(r, 'float64'), x.neg(n));
    const lost = either(zero(r), x.ne(back, x.cast(a, 'float64')));
    return x.or(bit(OVER, madeInfinite([r], [a])), bit(UNDER, both(vanishing(a, n, r), lost)));
  }),
  nextafter: real((a, b, r, loop) => {
    const stays = either(x.eq(a, b), x.isnan(a), x.isnan(b));
    const over = bit(OVER, both(isinf(r), isfinite(a)));
    return loop.ins[0].part === 'float16' ? over : x.or(over, bit(UNDER, both(isTiny(r), x.not(stays))));
  }),
  spacing: real((a, _b, _r, loop) => {
    if (loop.ins[0].part === 'float16') return x.or(bit(INVALID, x.not(isfinite(a))), bit(OVER, x.eq(a, 65504)));
    const largest = a.type === 'float32' ? 2 ** 128 - 2 ** 104 : Number.MAX_VALUE;
    return x.or(bit(OVER, x.eq(x.abs(a), largest)), bit(UNDER, subnormal(a, a, a)));
  }),
  less: ordering,
  less_equal: ordering,
  greater: ordering,
  greater_equal: ordering,
  // z / |z|, of which only |z| can go wrong.
  sign: ([a]) => (isPair(a) ? bit(OVER, both(isfinite(a.re), isfinite(a.im), isinf(m.hypot(a.re, a.im)))) : NO_FLAGS),
  absolute: (ins, outs, loop) => (isPair(ins[0]) ? NO_FLAGS : general()(ins, outs, loop)),
};

const USUAL: Rule = general();

/** The errors of a row's loop, but for those of rounding its results to float16. */
export function ruleOf(row: UfuncRow, loop: Loop): Rule {
  // Of booleans and integers into the same there is nothing to report, unless the row says so.
  if (row.name in RULES) return RULES[row.name];
  if (row.silent === true) return never;
  return loop.outs.some((d) => d.kind === 'f' || d.kind === 'c') ? USUAL : never;
}
