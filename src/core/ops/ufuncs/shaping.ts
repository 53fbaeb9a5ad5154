import type { DType } from '../../dtype.js';
import * as x from '../../ir/expr.js';
import type { Expr, Pair } from '../../ir/expr.js';
import * as c from '../../math/complex.js';
import { isPair, type Loop, over, row, type UfuncRow, type Value } from '../row.js';

/**
 * Elementwise steps that NumPy makes of several passes and that have no ufunc of their own: rounding to decimals,
 * dividing a sum by its count, putting numbers in the place of NaN. As rows they are one pass, for every dtype and layout.
 */

const INTS = 'bBhHiIlL';

/** Rounds an intermediate value to the loop's own precision: float16 loops compute in float32, step by step. */
const settle = (e: Expr, d: DType): Expr => (d.part === 'float16' ? x.cast(x.cast(e, 'float16'), 'float32') : e);

const onParts =
  (f: (v: Expr, by: Expr, d: DType) => Expr) =>
  (v: Value, by: Value, loop: Loop): Value =>
    isPair(v)
      ? { re: f(v.re, (by as Pair).re, loop.ins[0]), im: f(v.im, (by as Pair).re, loop.ins[0]) }
      : f(v, by as Expr, loop.ins[0]);

const scaled = (
  name: string,
  first: (a: Expr, b: Expr) => Expr,
  second: (a: Expr, b: Expr) => Expr,
  doc: string,
): UfuncRow => {
  const onFloat = onParts((v, by, d) => second(settle(x.rint(settle(first(v, by), d)), d), by));
  return row(name, 2, 1, {
    types: [...over(INTS, '$d->$'), ...over('efdFD', '$$->$')],
    // Integers are rounded as float64.
    real: (v: Expr, by: Expr, loop: Loop) =>
      loop.ins[0].kind === 'f'
        ? onFloat(v, by, loop)
        : x.cast(second(x.rint(first(x.cast(v, 'float64'), by)), by), v.type),
    complex: onFloat,
    doc,
  });
};

/** round(x, n) for n > 0: the second operand is 10^n. */
export const round_scaled: UfuncRow = scaled(
  'round',
  x.mul,
  x.div,
  'Rounds to a number of decimals: rint(x * 10^n) / 10^n.',
);
/** round(x, -n) for n > 0: the second operand is 10^n. */
export const round_tens: UfuncRow = scaled(
  'round',
  x.div,
  x.mul,
  'Rounds to tens, hundreds, …: rint(x / 10^n) * 10^n.',
);

const quotient = (v: Expr, n: Expr): Expr => x.div(x.cast(v, 'float64'), x.cast(n, 'float64'));
const halves = (v: Pair, n: Pair | Expr): Pair => {
  const by = isPair(n) ? n.re : x.cast(n, 'float64');
  return c.div({ re: x.cast(v.re, 'float64'), im: x.cast(v.im, 'float64') }, { re: by, im: x.konst('float64', 0) });
};

/** A sum over a count. The quotient is made in double precision and rounded once to the sum's dtype, whatever that is. */
export const divide_count: UfuncRow = row('true_divide', 2, 1, {
  types: [...over(`?${INTS}efdFD`, '$l->$'), ...over(`?${INTS}efdFD`, '$d->$')],
  real: quotient,
  // Loops over bool and integers write back into that dtype, as `casting='unsafe'` does.
  bool: quotient,
  complex: (v: Pair, n: Value) => halves(v, n),
  doc: 'Divides sums by counts.',
});

/** The same for the mean of float16 values, whose sum is a float32: over one axis NumPy rounds to float32 first. */
export const divide_count_half: UfuncRow = row('true_divide', 2, 1, {
  types: ['fl->e', 'fd->e'],
  real: (v: Expr, n: Expr) => x.cast(quotient(v, n), 'float32'),
  doc: 'Divides float32 sums of float16 values by counts.',
});
/** For a single mean it rounds once. */
export const divide_count_half_scalar: UfuncRow = row('true_divide', 2, 1, {
  types: ['fl->e', 'fd->e'],
  real: quotient,
  doc: 'Divides one float32 sum of float16 values by its count.',
});

const isnanPair = (v: Pair): Expr => x.or(x.isnan(v.re), x.isnan(v.im));

/** Values in the place of NaN. */
export const replace_nan: UfuncRow = row('replace_nan', 2, 1, {
  types: over('efdFD', '$$->$'),
  real: (v: Expr, by: Expr) => x.select(x.isnan(v), by, v),
  complex: (v: Pair, by: Pair) => ({
    re: x.select(isnanPair(v), by.re, v.re),
    im: x.select(isnanPair(v), by.im, v.im),
  }),
  doc: 'x where it is not NaN, else a value.',
});

const wider = (a: Expr, b: Expr): Expr => {
  const t = a.type === 'float64' || b.type === 'float64' ? 'float64' : 'float32';
  return x.sub(x.cast(a, t), x.cast(b, t));
};

/** x - mean in the dtype of x, and 0 where x is NaN. */
export const deviation: UfuncRow = row('subtract', 2, 1, {
  types: ['ee->e', 'ef->e', 'ed->e', 'ff->f', 'fd->f', 'dd->d', 'FF->F', 'FD->F', 'DD->D'],
  real: (v: Expr, mean: Expr) => {
    const d = wider(v, mean);
    return x.select(x.isnan(v), x.konst(d.type, 0), d);
  },
  complex: (v: Pair, mean: Pair) => {
    const [re, im] = [wider(v.re, mean.re), wider(v.im, mean.im)];
    const zero = x.konst(re.type, 0);
    return { re: x.select(isnanPair(v), zero, re), im: x.select(isnanPair(v), zero, im) };
  },
  doc: 'Deviations from a mean, with 0 for NaN.',
});

const finite = (v: Expr, nan: Expr, high: Expr, low: Expr): Expr =>
  x.select(
    x.isnan(v),
    nan,
    x.select(x.eq(v, Number.POSITIVE_INFINITY), high, x.select(x.eq(v, Number.NEGATIVE_INFINITY), low, v)),
  );

/** Numbers in the place of NaN and the infinities; complex numbers half by half. */
export const finite_values: UfuncRow = row('nan_to_num', 4, 1, {
  types: over('efdFD', '$$$$->$'),
  real: (v: Expr, nan: Expr, high: Expr, low: Expr) => finite(v, nan, high, low),
  complex: (v: Pair, nan: Pair, high: Pair, low: Pair) => ({
    re: finite(v.re, nan.re, high.re, low.re),
    im: finite(v.im, nan.re, high.re, low.re),
  }),
  doc: 'x with NaN and infinities replaced.',
});

const squareOf = (e: Expr, d: DType): Expr => settle(x.mul(e, e), d);

/** |x|², as a real number: what the variance adds up. */
export const square_magnitude: UfuncRow = row('square', 1, 1, {
  types: [...over(`${INTS}efd`, '$->$'), 'F->f', 'D->d'],
  real: (v: Expr, loop: Loop) => squareOf(v, loop.ins[0]),
  complex: (v: Pair) => x.add(x.mul(v.re, v.re), x.mul(v.im, v.im)),
  doc: 'The square of the absolute value.',
});

const close = (equalNaN: boolean): UfuncRow =>
  row('isclose', 4, 1, {
    types: ['ffff->?', 'dddd->?'],
    real: (a: Expr, b: Expr, rtol: Expr, atol: Expr) => {
      const within = x.le(x.abs(x.sub(a, b)), x.add(atol, x.mul(rtol, x.abs(b))));
      const same = x.or(x.and(within, x.lt(x.abs(b), Number.POSITIVE_INFINITY)), x.eq(a, b));
      return equalNaN ? x.or(same, x.and(x.isnan(a), x.isnan(b))) : same;
    },
    doc: '|a - b| <= atol + rtol * |b|, or a == b.',
  });

/** Closeness of floats of one dtype; the tolerances are the third and fourth operand. */
export const close_floats: UfuncRow = close(false);
/** The same, where NaN equals NaN. */
export const close_floats_or_nan: UfuncRow = close(true);
