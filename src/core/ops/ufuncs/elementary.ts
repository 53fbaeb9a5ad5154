import * as x from '../../ir/expr.js';
import type { Expr, Pair } from '../../ir/expr.js';
import * as c from '../../math/complex.js';
import * as m from '../../math/index.js';
import { type Loop, over, row, type UfuncRow } from '../row.js';

/** Rounding, exponentials, trigonometry, the parts of floats: each export is a row. */

const REAL = 'efd';
const BOTH = 'efdFD';

const unary = (name: string, f: (a: Expr) => Expr, complexBody: (a: Pair) => Pair, doc: string): UfuncRow =>
  row(name, 1, 1, { types: over(BOTH, '$->$'), real: f, complex: complexBody, doc });

const realOnly = (name: string, f: (a: Expr) => Expr, doc: string): UfuncRow =>
  row(name, 1, 1, { types: over(REAL, '$->$'), real: f, doc });

const binary = (name: string, f: (a: Expr, b: Expr) => Expr, doc: string, more: Partial<UfuncRow> = {}): UfuncRow =>
  row(name, 2, 1, { types: over(REAL, '$$->$'), real: f, doc, ...more });

export const sqrt: UfuncRow = row('sqrt', 1, 1, {
  types: over(BOTH, '$->$'),
  real: (a: Expr) => x.sqrt(a),
  complex: (a: Pair) => c.sqrt(a),
  doc: 'Return the non-negative square-root of an array, element-wise.',
});
export const cbrt: UfuncRow = realOnly('cbrt', m.cbrt, 'Return the cube-root of an array, element-wise.');

export const exp: UfuncRow = unary(
  'exp',
  m.exp,
  c.exp,
  'Calculate the exponential of all elements in the input array.',
);
export const exp2: UfuncRow = unary('exp2', m.exp2, c.exp2, 'Calculate 2**p for all p in the input array.');
export const expm1: UfuncRow = unary('expm1', m.expm1, c.expm1, 'Calculate exp(x) - 1 for all elements in the array.');
export const log: UfuncRow = unary('log', m.log, c.log, 'Natural logarithm, element-wise.');
export const log2: UfuncRow = unary('log2', m.log2, c.log2, 'Base-2 logarithm of x.');
export const log10: UfuncRow = unary(
  'log10',
  m.log10,
  c.log10,
  'Return the base 10 logarithm of the input array, element-wise.',
);
export const log1p: UfuncRow = unary(
  'log1p',
  m.log1p,
  c.log1p,
  'Return the natural logarithm of one plus the input array, element-wise.',
);
export const sin: UfuncRow = unary('sin', m.sin, c.sin, 'Trigonometric sine, element-wise.');
export const cos: UfuncRow = unary('cos', m.cos, c.cos, 'Cosine element-wise.');
export const tan: UfuncRow = unary('tan', m.tan, c.tan, 'Compute tangent element-wise.');
export const arcsin: UfuncRow = unary('arcsin', m.arcsin, c.arcsin, 'Inverse sine, element-wise.');
export const arccos: UfuncRow = unary('arccos', m.arccos, c.arccos, 'Trigonometric inverse cosine, element-wise.');
export const arctan: UfuncRow = unary('arctan', m.arctan, c.arctan, 'Trigonometric inverse tangent, element-wise.');
export const sinh: UfuncRow = unary('sinh', m.sinh, c.sinh, 'Hyperbolic sine, element-wise.');
export const cosh: UfuncRow = unary('cosh', m.cosh, c.cosh, 'Hyperbolic cosine, element-wise.');
export const tanh: UfuncRow = unary('tanh', m.tanh, c.tanh, 'Compute hyperbolic tangent element-wise.');
export const arcsinh: UfuncRow = unary('arcsinh', m.arcsinh, c.arcsinh, 'Inverse hyperbolic sine element-wise.');
export const arccosh: UfuncRow = unary('arccosh', m.arccosh, c.arccosh, 'Inverse hyperbolic cosine, element-wise.');
export const arctanh: UfuncRow = unary('arctanh', m.arctanh, c.arctanh, 'Inverse hyperbolic tangent element-wise.');

export const arctan2: UfuncRow = binary(
  'arctan2',
  (a, b) => m.arctan2(a, b),
  'Element-wise arc tangent of x1/x2 choosing the quadrant correctly.',
);
export const hypot: UfuncRow = binary(
  'hypot',
  (a, b) => m.hypot(a, b),
  'Given the legs of a right triangle, return its hypotenuse.',
  { identity: 0, reorderable: true },
);
export const logaddexp: UfuncRow = binary(
  'logaddexp',
  (a, b) => m.logaddexp(a, b),
  'Logarithm of the sum of exponentiations of the inputs.',
  { identity: Number.NEGATIVE_INFINITY, reorderable: true },
);
export const logaddexp2: UfuncRow = binary(
  'logaddexp2',
  (a, b) => m.logaddexp2(a, b),
  'Logarithm of the sum of exponentiations of the inputs in base-2.',
  { identity: Number.NEGATIVE_INFINITY, reorderable: true },
);

// Angles scale in the loop's own precision, as NumPy's loops do.
const scaled = (name: string, factor: number, single: number, doc: string): UfuncRow =>
  row(name, 1, 1, {
    types: over(REAL, '$->$'),
    real: (a: Expr) => x.mul(a, a.type === 'float32' ? single : factor),
    doc,
  });
// The factors are quotients of float32, which are not the nearest to the true ones.
const PI32 = Math.fround(Math.PI);
const DEGREES32 = Math.fround(180 / PI32);
const RADIANS32 = Math.fround(PI32 / 180);
export const degrees: UfuncRow = scaled('degrees', 180 / Math.PI, DEGREES32, 'Convert angles from radians to degrees.');
export const rad2deg: UfuncRow = scaled('rad2deg', 180 / Math.PI, DEGREES32, 'Convert angles from radians to degrees.');
export const radians: UfuncRow = scaled('radians', Math.PI / 180, RADIANS32, 'Convert angles from degrees to radians.');
export const deg2rad: UfuncRow = scaled('deg2rad', Math.PI / 180, RADIANS32, 'Convert angles from degrees to radians.');

const INTS = '?bBhHiIlL';
/** Rounding leaves integers as they are. */
const rounding = (name: string, f: (a: Expr) => Expr, doc: string): UfuncRow =>
  row(name, 1, 1, {
    types: over(INTS + REAL, '$->$'),
    real: (a: Expr) => (a.type === 'float64' || a.type === 'float32' ? f(a) : a),
    doc,
  });
export const floor: UfuncRow = rounding('floor', x.floor, 'Return the floor of the input, element-wise.');
export const ceil: UfuncRow = rounding('ceil', x.ceil, 'Return the ceiling of the input, element-wise.');
export const trunc: UfuncRow = rounding('trunc', x.trunc, 'Return the truncated value of the input, element-wise.');
export const rint: UfuncRow = row('rint', 1, 1, {
  types: over(BOTH, '$->$'),
  real: (a: Expr) => x.rint(a),
  complex: (a: Pair) => ({ re: x.rint(a.re), im: x.rint(a.im) }),
  doc: 'Round elements of the array to the nearest integer.',
});

export const copysign: UfuncRow = row('copysign', 2, 1, {
  types: over(REAL, '$$->$'),
  real: (a: Expr, b: Expr) => x.copysign(a, b),
  doc: 'Change the sign of x1 to that of x2, element-wise.',
});

export const heaviside: UfuncRow = row('heaviside', 2, 1, {
  types: over(REAL, '$$->$'),
  real: (a: Expr, h: Expr) =>
    x.select(x.isnan(a), a, x.select(x.eq(a, 0), h, x.select(x.lt(a, 0), x.konst(a.type, 0), x.konst(a.type, 1)))),
  doc: 'Compute the Heaviside step function.',
});

/** Fractional part with the sign of the number, and integral part. */
export const modf: UfuncRow = row('modf', 1, 2, {
  types: over(REAL, '$->$$'),
  real: (a: Expr) => {
    const whole = x.trunc(a);
    const finite = x.lt(x.abs(a), Number.POSITIVE_INFINITY);
    const part = x.select(finite, x.sub(a, whole), x.select(x.isnan(a), a, x.konst(a.type, 0)));
    return [x.copysign(part, a), whole];
  },
  doc: 'Return the fractional and integral parts of an array, element-wise.',
});

export const frexp: UfuncRow = row('frexp', 1, 2, {
  types: ['e->ei', 'f->fi', 'd->di'],
  real: (a: Expr) => {
    const [mantissa, exponent] = m.frexp(x.cast(a, 'float64'));
    return [x.cast(mantissa, a.type), exponent];
  },
  doc: 'Decompose the elements of x into mantissa and twos exponent.',
});

export const ldexp: UfuncRow = row('ldexp', 2, 1, {
  types: ['ei->e', 'fi->f', 'el->e', 'fl->f', 'di->d', 'dl->d'],
  // Two lone numbers are as arrays of their own would be: float64 and int64.
  pick: ([a, n]) => (typeof a !== 'object' && a !== 'complex' && n === 'int' ? 'dl->d' : null),
  // From float64 to a narrower float there is one rounding only, since ldexp itself is exact there.
  real: (a: Expr, n: Expr) => x.cast(m.ldexp(x.cast(a, 'float64'), n), a.type),
  doc: 'Returns x1 * 2**x2, element-wise.',
});

/** The type whose neighbours are meant: float16 loops compute in float32, but their steps are float16's. */
const native = (loop: Loop): 'float16' | 'float32' | 'float64' => loop.ins[0].part as 'float16';

export const nextafter: UfuncRow = row('nextafter', 2, 1, {
  types: over(REAL, '$$->$'),
  real: (a: Expr, b: Expr, loop: Loop) => m.nextafter(a, b, native(loop)),
  doc: 'Return the next floating-point value after x1 towards x2, element-wise.',
});

export const spacing: UfuncRow = row('spacing', 1, 1, {
  types: over(REAL, '$->$'),
  real: (a: Expr, loop: Loop) => m.spacing(a, native(loop)),
  doc: 'Return the distance between x and the nearest adjacent number.',
});
