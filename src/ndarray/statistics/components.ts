import type { ArrayValue } from '../../core/array.js';
import type * as x from '../../core/ir/expr.js';
import { component } from '../../core/ops/move.js';
import { row, type UfuncRow } from '../../core/ops/row.js';
import { applyRow } from '../../core/ops/execute.js';
import { discard } from './common.js';

/** A complex number from its halves. */
const pair: UfuncRow = /*@__PURE__*/ row('complex', 2, 1, {
  types: ['ff->F', 'dd->D'],
  real: (re: x.Expr, im: x.Expr) => ({ re, im }),
  doc: 're + 1j * im.',
});

/** Applies a real function to both halves of complex numbers. */
export function setComponents(z: ArrayValue, f: (part: ArrayValue) => ArrayValue): ArrayValue {
  const re = f(component(z, 0));
  const im = f(component(z, 1));
  const r = applyRow(pair, [re, im]) as ArrayValue;
  discard(re);
  discard(im);
  return r;
}
