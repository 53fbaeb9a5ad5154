import * as x from '../../ir/expr.js';
import type { Expr, Pair } from '../../ir/expr.js';
import * as c from '../../math/complex.js';
import * as m from '../../math/index.js';
import { isUnsigned, isWide } from '../../dtype.js';
import { TypeError } from '../../errors.js';
import { isPair, over, row, type UfuncRow, type Value } from '../row.js';

/** Comparison, logic, bits: each export is a row. */

const INTS = 'bBhHiIlL';
const ALL = `?${INTS}efdFD`;

/**
 * Compares an int64 with a uint64 exactly, which no common dtype could do: a negative value is below everything; the others
 * compare as unsigned.
 */
const mixed =
  (f: (a: Expr, b: Expr) => Expr, name: string) =>
  (a: Expr, b: Expr): Expr => {
    if (a.type === b.type) return f(a, b);
    const [s, u, flipped] = isUnsigned(a.type) ? [b, a, true] : [a, b, false];
    const negative = x.lt(s, 0);
    const same = x.cast(s, 'uint64');
    const plain = flipped ? f(u, same) : f(same, u);
    const below = name === 'not_equal' || (flipped ? name.startsWith('greater') : name.startsWith('less'));
    return x.select(negative, x.konst('bool', below), plain);
  };

const comparison = (
  name: string,
  f: (a: x.E, b: x.E) => Expr,
  complexBody: (a: Pair, b: Pair) => Expr,
  doc: string,
): UfuncRow =>
  row(name, 2, 1, {
    types: [...over(`?${INTS}`, '$$->?'), 'lL->?', 'Ll->?', ...over('efdFD', '$$->?')],
    real: mixed(f, name),
    complex: complexBody,
    doc,
    comparison: true,
    // Both exact loops for mixed 64-bit integers come into question only for just those two dtypes.
    pick: (types) => {
      const [a, b] = types;
      if (
        typeof a === 'object' &&
        typeof b === 'object' &&
        isWide(a.part) &&
        isWide(b.part) &&
        a !== b &&
        a.kind !== 'c' &&
        b.kind !== 'c'
      )
        return `${a.char}${b.char}->?`;
      return null;
    },
  });

export const equal: UfuncRow = comparison(
  'equal',
  x.eq,
  (a, b) => x.and(x.eq(a.re, b.re), x.eq(a.im, b.im)),
  'Return (x1 == x2) element-wise.',
);
export const not_equal: UfuncRow = comparison(
  'not_equal',
  x.ne,
  (a, b) => x.or(x.ne(a.re, b.re), x.ne(a.im, b.im)),
  'Return (x1 != x2) element-wise.',
);
export const less: UfuncRow = comparison('less', x.lt, c.lt, 'Return the truth value of (x1 < x2) element-wise.');
export const less_equal: UfuncRow = comparison(
  'less_equal',
  x.le,
  c.le,
  'Return the truth value of (x1 <= x2) element-wise.',
);
export const greater: UfuncRow = comparison(
  'greater',
  x.gt,
  (a, b) => c.lt(b, a),
  'Return the truth value of (x1 > x2) element-wise.',
);
export const greater_equal: UfuncRow = comparison(
  'greater_equal',
  x.ge,
  (a, b) => c.le(b, a),
  'Return the truth value of (x1 >= x2) element-wise.',
);

/** Truth of a value: not zero (NaN is true). */
const truth = (v: Value): Expr => (isPair(v) ? x.or(x.ne(v.re, 0), x.ne(v.im, 0)) : v.type === 'bool' ? v : x.ne(v, 0));

const logical = (name: string, f: (a: Expr, b: Expr) => Expr, identity: boolean, doc: string): UfuncRow => {
  const body = (a: Value, b: Value): Expr => f(truth(a), truth(b));
  return row(name, 2, 1, {
    types: over(ALL, '$$->?'),
    real: body,
    complex: body,
    identity,
    reorderable: true,
    order: 'any',
    doc,
  });
};

export const logical_and: UfuncRow = logical(
  'logical_and',
  x.and,
  true,
  'Compute the truth value of x1 AND x2 element-wise.',
);
export const logical_or: UfuncRow = logical(
  'logical_or',
  x.or,
  false,
  'Compute the truth value of x1 OR x2 element-wise.',
);
export const logical_xor: UfuncRow = logical(
  'logical_xor',
  x.xor,
  false,
  'Compute the truth value of x1 XOR x2, element-wise.',
);
export const logical_not: UfuncRow = row('logical_not', 1, 1, {
  types: over(ALL, '$->?'),
  real: (a: Expr) => x.not(truth(a)),
  complex: (a: Pair) => x.not(truth(a)),
  doc: 'Compute the truth value of NOT x element-wise.',
});

const bitwise = (name: string, f: (a: x.E, b: x.E) => Expr, identity: number, doc: string): UfuncRow =>
  row(name, 2, 1, {
    types: over(`?${INTS}`, '$$->$'),
    real: (a: Expr, b: Expr) => f(a, b),
    identity,
    reorderable: true,
    order: 'any',
    doc,
  });

export const bitwise_and: UfuncRow = bitwise(
  'bitwise_and',
  x.and,
  -1,
  'Compute the bit-wise AND of two arrays element-wise.',
);
export const bitwise_or: UfuncRow = bitwise(
  'bitwise_or',
  x.or,
  0,
  'Compute the bit-wise OR of two arrays element-wise.',
);
export const bitwise_xor: UfuncRow = bitwise(
  'bitwise_xor',
  x.xor,
  0,
  'Compute the bit-wise XOR of two arrays element-wise.',
);

export const invert: UfuncRow = row('invert', 1, 1, {
  types: over(`?${INTS}`, '$->$'),
  real: (a: Expr) => x.not(a),
  doc: 'Compute bit-wise inversion, or bit-wise NOT, element-wise.',
});

const BITS: Record<string, number> = {
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
};

/** Whether a shift count lies in 0 … bits - 1; anything else shifts everything out. */
const inRange = (n: Expr): Expr => {
  const below = x.lt(n, BITS[n.type]);
  return isUnsigned(n.type) ? below : x.and(below, x.ge(n, 0));
};

export const left_shift: UfuncRow = row('left_shift', 2, 1, {
  types: over(INTS, '$$->$'),
  real: (a: Expr, n: Expr) => x.select(inRange(n), x.shl(a, n), x.konst(a.type, 0)),
  doc: 'Shift the bits of an integer to the left.',
});

export const right_shift: UfuncRow = row('right_shift', 2, 1, {
  types: over(INTS, '$$->$'),
  real: (a: Expr, n: Expr) => {
    const out = isUnsigned(a.type) ? x.konst(a.type, 0) : x.select(x.lt(a, 0), x.konst(a.type, -1), x.konst(a.type, 0));
    return x.select(inRange(n), x.shr(a, n), out);
  },
  doc: 'Shift the bits of an integer to the right.',
});

export const bitwise_count: UfuncRow = row('bitwise_count', 1, 1, {
  types: over(INTS, '$->B'),
  real: (a: Expr) => x.popcnt(isUnsigned(a.type) ? a : x.abs(a)),
  doc: 'Computes the number of 1-bits in the absolute value of x.',
});

const classify = (
  name: string,
  f: (a: Expr) => Expr,
  integers: boolean,
  join: (a: Expr, b: Expr) => Expr,
  doc: string,
): UfuncRow =>
  row(name, 1, 1, {
    types: over(ALL, '$->?'),
    real: (a: Expr) => (a.type === 'float64' || a.type === 'float32' ? f(a) : x.konst('bool', integers)),
    complex: (a: Pair) => join(f(a.re), f(a.im)),
    doc,
  });

export const isnan: UfuncRow = classify(
  'isnan',
  (a) => x.ne(a, a),
  false,
  x.or,
  'Test element-wise for NaN and return result as a boolean array.',
);
export const isinf: UfuncRow = classify(
  'isinf',
  (a) => x.eq(x.abs(a), Number.POSITIVE_INFINITY),
  false,
  x.or,
  'Test element-wise for positive or negative infinity.',
);
export const isfinite: UfuncRow = classify(
  'isfinite',
  (a) => x.lt(x.abs(a), Number.POSITIVE_INFINITY),
  true,
  x.and,
  'Test element-wise for finiteness (not infinity and not Not a Number).',
);

export const isnat: UfuncRow = row('isnat', 1, 1, {
  types: [],
  real: (a: Expr) => x.ne(a, a),
  refuse: () => {
    throw new TypeError("ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.");
  },
  doc: 'Test element-wise for NaT (not a time) and return result as a boolean array.',
});

export const signbit: UfuncRow = row('signbit', 1, 1, {
  types: over('efd', '$->?'),
  real: (a: Expr) => m.signbit(a),
  doc: 'Returns element-wise True where signbit is set (less than zero).',
});
