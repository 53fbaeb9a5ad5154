import { type DType, isFloat, isUnsigned } from '../../dtype.js';
import { TypeError, ValueError } from '../../errors.js';
import * as x from '../../ir/expr.js';
import type { Expr, Pair } from '../../ir/expr.js';
import * as c from '../../math/complex.js';
import * as m from '../../math/index.js';
import { noLoop, over, type OperandType, row, type UfuncRow } from '../row.js';
import { sqrt } from './elementary.js';

/** Arithmetic: each export is a row. */

const INTS = 'bBhHiIlL';
const FLOATS = 'efd';
const COMPLEX = 'FD';

const allBool = (types: readonly OperandType[], asked: DType | null = null): boolean =>
  asked?.kind === 'b' || types.every((t) => typeof t === 'object' && t.kind === 'b');
const isInteger = (t: OperandType): boolean =>
  t === 'int' || (typeof t === 'object' && (t.kind === 'i' || t.kind === 'u' || t.kind === 'b'));

export const add: UfuncRow = row('add', 2, 1, {
  types: over(`?${INTS}${FLOATS}${COMPLEX}`, '$$->$'),
  real: (a: Expr, b: Expr) => x.add(a, b),
  bool: (a: Expr, b: Expr) => x.or(a, b),
  complex: (a: Pair, b: Pair) => c.add(a, b),
  identity: 0,
  reorderable: true,
  order: 'pairwise',
  doc: 'Add arguments element-wise.',
});

export const subtract: UfuncRow = row('subtract', 2, 1, {
  types: over(`${INTS}${FLOATS}${COMPLEX}`, '$$->$'),
  real: (a: Expr, b: Expr) => x.sub(a, b),
  complex: (a: Pair, b: Pair) => c.sub(a, b),
  refuse: (types, asked) => {
    if (allBool(types, asked)) {
      throw new TypeError(
        'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
      );
    }
  },
  doc: 'Subtract arguments, element-wise.',
});

export const multiply: UfuncRow = row('multiply', 2, 1, {
  types: over(`?${INTS}${FLOATS}${COMPLEX}`, '$$->$'),
  real: (a: Expr, b: Expr) => x.mul(a, b),
  bool: (a: Expr, b: Expr) => x.and(a, b),
  complex: (a: Pair, b: Pair) => c.mul(a, b),
  identity: 1,
  reorderable: true,
  doc: 'Multiply arguments element-wise.',
});

export const divide: UfuncRow = row('divide', 2, 1, {
  types: over(FLOATS + COMPLEX, '$$->$'),
  real: (a: Expr, b: Expr) => x.div(a, b),
  complex: (a: Pair, b: Pair) => c.div(a, b),
  // Integers of any width divide in float64.
  pick: (types) => (types.every(isInteger) ? 'dd->d' : null),
  doc: 'Divide arguments element-wise.',
});

export const negative: UfuncRow = row('negative', 1, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$->$'),
  real: (a: Expr) => x.neg(a),
  complex: (a: Pair) => ({ re: x.neg(a.re), im: x.neg(a.im) }),
  refuse: (types, asked) => {
    if (allBool(types, asked))
      throw new TypeError(
        'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.',
      );
  },
  doc: 'Numerical negative, element-wise.',
});

/** For ufuncs that do not take booleans as small integers. */
const noBool =
  (name: string) =>
  (types: readonly OperandType[], asked: DType | null): void => {
    if (allBool(types, asked)) throw noLoop(name, types, asked);
  };

export const positive: UfuncRow = row('positive', 1, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$->$'),
  real: (a: Expr) => a,
  complex: (a: Pair) => a,
  refuse: noBool('positive'),
  doc: 'Numerical positive, element-wise.',
});

export const absolute: UfuncRow = row('absolute', 1, 1, {
  types: [...over(`?${INTS}${FLOATS}`, '$->$'), 'F->f', 'D->d'],
  real: (a: Expr) => x.abs(a),
  bool: (a: Expr) => a,
  complex: (a: Pair) => c.abs(a),
  doc: 'Calculate the absolute value element-wise.',
});

export const fabs: UfuncRow = row('fabs', 1, 1, {
  types: over(FLOATS, '$->$'),
  real: (a: Expr) => x.abs(a),
  doc: 'Compute the absolute values element-wise, as floats.',
});

export const sign: UfuncRow = row('sign', 1, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$->$'),
  real: (a: Expr) => {
    const ordered = x.select(
      x.gt(a, 0),
      x.konst(a.type, 1),
      x.select(x.lt(a, 0), isUnsigned(a.type) ? x.konst(a.type, 0) : x.konst(a.type, -1), x.konst(a.type, 0)),
    );
    return isFloat(a.type) ? x.select(x.isnan(a), a, ordered) : ordered;
  },
  complex: (a: Pair) => c.sign(a),
  refuse: noBool('sign'),
  doc: 'Returns an element-wise indication of the sign of a number; for complex numbers x / |x|.',
});

export const square: UfuncRow = row('square', 1, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$->$'),
  real: (a: Expr) => x.mul(a, a),
  complex: (a: Pair) => c.square(a),
  doc: 'Return the element-wise square of the input.',
});

export const reciprocal: UfuncRow = row('reciprocal', 1, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$->$'),
  real: (a: Expr) => {
    if (isFloat(a.type)) return x.div(1, a);
    // The quotient 1.0 / 0 is an infinity, whose cast to a 32 or 64-bit integer is the smallest one, as for NumPy.
    const zero = a.type === 'int32' ? -(2 ** 31) : a.type === 'int64' ? -(2n ** 63n) : 0;
    return x.select(x.eq(a, 0), x.konst(a.type, zero), x.quot(1, a));
  },
  complex: (a: Pair) => c.reciprocal(a),
  doc: 'Return the reciprocal of the argument, element-wise.',
});

export const conjugate: UfuncRow = row('conjugate', 1, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$->$'),
  real: (a: Expr) => a,
  complex: (a: Pair) => ({ re: a.re, im: x.neg(a.im) }),
  doc: 'Return the complex conjugate, element-wise.',
});

/** Floor of the quotient for integers, with Python's signs. */
export const intFloorDivide = (a: Expr, b: Expr): Expr => {
  const q = x.quot(a, b);
  if (isUnsigned(a.type)) return q;
  const inexact = x.and(x.ne(x.rem(a, b), 0), x.xor(x.lt(a, 0), x.lt(b, 0)));
  return x.select(inexact, x.sub(q, 1), q);
};

/** Remainder with the divisor's sign. */
export const intRemainder = (a: Expr, b: Expr): Expr => {
  const r = x.rem(a, b);
  if (isUnsigned(a.type)) return r;
  return x.select(x.and(x.ne(r, 0), x.xor(x.lt(r, 0), x.lt(b, 0))), x.add(r, b), r);
};

export const floor_divide: UfuncRow = row('floor_divide', 2, 1, {
  types: over(INTS + FLOATS, '$$->$'),
  real: (a: Expr, b: Expr) => (isFloat(a.type) ? m.floorDivide(a, b) : intFloorDivide(a, b)),
  doc: 'Return the largest integer smaller or equal to the division of the inputs.',
});

export const remainder: UfuncRow = row('remainder', 2, 1, {
  types: over(INTS + FLOATS, '$$->$'),
  real: (a: Expr, b: Expr) => (isFloat(a.type) ? m.remainder(a, b) : intRemainder(a, b)),
  doc: "Returns the element-wise remainder of division, with the divisor's sign.",
});

export const divmod: UfuncRow = row('divmod', 2, 2, {
  types: over(INTS + FLOATS, '$$->$$'),
  real: (a: Expr, b: Expr) =>
    isFloat(a.type) ? [m.floorDivide(a, b), m.remainder(a, b)] : [intFloorDivide(a, b), intRemainder(a, b)],
  doc: 'Return element-wise quotient and remainder simultaneously.',
});

export const fmod: UfuncRow = row('fmod', 2, 1, {
  types: over(INTS + FLOATS, '$$->$'),
  real: (a: Expr, b: Expr) => (isFloat(a.type) ? m.fmod(a, b) : x.rem(a, b)),
  doc: "Returns the element-wise remainder of division, with the dividend's sign.",
});

export const power: UfuncRow = row('power', 2, 1, {
  types: over(INTS + FLOATS + COMPLEX, '$$->$'),
  real: (a: Expr, b: Expr) => (isFloat(a.type) ? m.pow(a, b) : m.intPow(a, b)),
  complex: (a: Pair, b: Pair) => c.pow(a, b),
  shortcut: (second, first) =>
    second === 2 ? square : second === 0.5 && first.kind === 'f' && first.itemsize > 2 ? sqrt : null,
  refuseNegative: () => {
    throw new ValueError('Integers to negative integer powers are not allowed.');
  },
  doc: 'First array elements raised to powers from second array, element-wise.',
});

export const float_power: UfuncRow = row('float_power', 2, 1, {
  types: ['dd->d', 'DD->D'],
  real: (a: Expr, b: Expr) => m.pow(a, b),
  complex: (a: Pair, b: Pair) => c.pow(a, b),
  doc: 'First array elements raised to powers from second array, element-wise, in at least float64.',
});

export const gcd: UfuncRow = row('gcd', 2, 1, {
  types: over(INTS, '$$->$'),
  real: (a: Expr, b: Expr) => m.gcd(a, b),
  identity: 0,
  reorderable: true,
  refuse: noBool('gcd'),
  doc: 'Returns the greatest common divisor of |x1| and |x2|.',
});

export const lcm: UfuncRow = row('lcm', 2, 1, {
  types: over(INTS, '$$->$'),
  real: (a: Expr, b: Expr) => m.lcm(a, b),
  refuse: noBool('lcm'),
  doc: 'Returns the lowest common multiple of |x1| and |x2|.',
});

const ALL = `?${INTS}${FLOATS}${COMPLEX}`;

/** The larger (or smaller) of two values; a NaN in either gives that NaN. */
export const maximum: UfuncRow = row('maximum', 2, 1, {
  types: over(ALL, '$$->$'),
  real: (a: Expr, b: Expr) => x.max(a, b),
  complex: (a: Pair, b: Pair) => c.maximum(a, b),
  reorderable: true,
  order: 'any',
  doc: 'Element-wise maximum of array elements. NaNs are propagated.',
});

export const minimum: UfuncRow = row('minimum', 2, 1, {
  types: over(ALL, '$$->$'),
  real: (a: Expr, b: Expr) => x.min(a, b),
  complex: (a: Pair, b: Pair) => c.minimum(a, b),
  reorderable: true,
  order: 'any',
  doc: 'Element-wise minimum of array elements. NaNs are propagated.',
});

const ignoringNaN = (f: (a: Expr, b: Expr) => Expr) => (a: Expr, b: Expr) =>
  isFloat(a.type) ? x.select(x.isnan(a), b, x.select(x.isnan(b), a, f(a, b))) : f(a, b);

export const fmax: UfuncRow = row('fmax', 2, 1, {
  types: over(ALL, '$$->$'),
  real: ignoringNaN(x.max),
  complex: (a: Pair, b: Pair) => c.fmax(a, b),
  reorderable: true,
  order: 'any',
  doc: 'Element-wise maximum of array elements, ignoring NaNs.',
});

export const fmin: UfuncRow = row('fmin', 2, 1, {
  types: over(ALL, '$$->$'),
  real: ignoringNaN(x.min),
  complex: (a: Pair, b: Pair) => c.fmin(a, b),
  reorderable: true,
  order: 'any',
  doc: 'Element-wise minimum of array elements, ignoring NaNs.',
});

/** A complex number or its bound, compared by parts; the imaginary part of a bound is looked at where the real parts are equal only. */
function limit(a: Pair, bound: Pair, beyond: (p: Expr, q: Expr) => Expr): Pair {
  const nan = x.or(x.isnan(a.re), x.isnan(a.im));
  const keeps = x.or(nan, x.or(beyond(a.re, bound.re), x.and(x.eq(a.re, bound.re), beyond(a.im, bound.im))));
  return { re: x.select(keeps, a.re, bound.re), im: x.select(keeps, a.im, bound.im) };
}

/** clip is a ufunc of three operands inside of NumPy too; NaN bounds and values propagate. */
export const clip: UfuncRow = row('clip', 3, 1, {
  types: over(ALL, '$$$->$'),
  real: (a: Expr, lo: Expr, hi: Expr) => x.min(x.max(a, lo), hi),
  complex: (a: Pair, lo: Pair, hi: Pair) => limit(limit(a, lo, x.gt), hi, x.lt),
  doc: 'Limit the values to an interval.',
});

export type { DType };
