import * as x from '../../core/ir/expr.js';
import type { Expr, Pair } from '../../core/ir/expr.js';
import * as c from '../../core/math/complex.js';
import { over, row, type UfuncRow } from '../../core/ops/row.js';
import { boundCall } from '../../core/ops/ufunc.js';
import type { Value } from './rule.js';

/** Products and quotients of gradients, which are zero where the gradient is, whatever the other number. */

const isZero = (v: Pair): Expr => x.and(x.eq(v.re, 0), x.eq(v.im, 0));
const unless = (zero: Expr, v: Pair): Pair => ({
  re: x.select(zero, x.konst(v.re.type, 0), v.re),
  im: x.select(zero, x.konst(v.im.type, 0), v.im),
});

export const multiplyNoNan: UfuncRow = row('multiply_no_nan', 2, 1, {
  types: over('efdFD', '$$->$'),
  real: (a: Expr, g: Expr) => x.select(x.eq(g, 0), x.konst(g.type, 0), x.mul(a, g)),
  complex: (a: Pair, g: Pair) => unless(isZero(g), c.mul(a, g)),
  doc: 'The product, and 0 where the second operand is 0.',
});
export const portionRow: UfuncRow = row('portion', 2, 1, {
  types: over('efdFD', '$$->$'),
  real: (g: Expr, b: Expr) => x.select(x.eq(g, 0), x.konst(g.type, 0), x.div(g, b)),
  complex: (g: Pair, b: Pair) => unless(isZero(g), c.div(g, b)),
  doc: 'The quotient, and 0 where the first operand is 0.',
});

/** A derivative times a gradient. */
export const chain = (d: Value, g: Value): Value => boundCall(multiplyNoNan, [d, g], null);
/** A gradient over the reciprocal of a derivative. */
export const portion = (g: Value, d: Value): Value => boundCall(portionRow, [g, d], null);
