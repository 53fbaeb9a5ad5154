import { isFloat } from '../../dtype.js';
import type { Expr } from '../../ir/expr.js';

/**
 * Compilers of shaders reckon as if numbers were real: (x + c) - c becomes x, and two constants become one. Algorithms that live by what
 * rounding does need their steps as they are. This finds the steps whose results must be hidden from what uses them.
 */

const SUM: ReadonlySet<string> = new Set(['add', 'sub', 'neg']);
const PRODUCT: ReadonlySet<string> = new Set(['mul', 'div', 'neg']);

/** Whether a compiler may make one operation of two: they share an operand, or have a constant each. */
function mayMerge(inner: Expr, outer: Expr): boolean {
  if (!isFloat(inner.type)) return false;
  const alike = (SUM.has(inner.op) && SUM.has(outer.op)) || (PRODUCT.has(inner.op) && PRODUCT.has(outer.op));
  if (!alike) return false;
  return outer.args.some(
    (o) => o !== inner && inner.args.some((i) => i === o || (i.op === 'const' && o.op === 'const')),
  );
}

/** a·b + a·c, of which a compiler may make a·(b + c). */
const mayFactor = (e: Expr): boolean =>
  isFloat(e.type) &&
  (e.op === 'add' || e.op === 'sub') &&
  e.args.every((a) => a.op === 'mul') &&
  e.args[0].args.some((a) => e.args[1].args.includes(a));

/** The steps to hide. */
export function keptSteps(root: Expr): ReadonlySet<Expr> {
  const kept = new Set<Expr>();
  const seen = new Set<Expr>();
  const look = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    for (const a of e.args) {
      if (mayMerge(a, e)) kept.add(a);
      look(a);
    }
    if (mayFactor(e)) kept.add(e.args[0]);
    if (e.loop !== null) for (const x of [e.loop.cond, ...e.loop.next]) look(x);
  };
  look(root);
  return kept;
}
