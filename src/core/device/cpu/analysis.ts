import type { Expr, Loop } from '../../ir/expr.js';
import { SIZE } from './scalar.js';
import { castWidth } from './simd.js';

/** What is known of expressions before they are lowered. */

/** How often each node is used, counting loops' bodies. */
export function countUses(roots: readonly Expr[]): Map<Expr, number> {
  const uses = new Map<Expr, number>();
  const loops = new Set<Loop>();
  const use = (e: Expr): void => {
    const n = uses.get(e) ?? 0;
    uses.set(e, n + 1);
    if (n > 0) return;
    for (const a of e.args) use(a);
    if (e.loop !== null && !loops.has(e.loop)) {
      loops.add(e.loop);
      use(e.loop.cond);
      for (const x of e.loop.next) use(x);
    }
  };
  for (const r of roots) use(r);
  return uses;
}

/** Widest type that occurs in an expression or on the way to its value. */
export function widestOf(roots: readonly Expr[]): number {
  let w = 1;
  const seen = new Set<Expr>();
  const look = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    w = Math.max(w, SIZE[e.type]);
    if (e.op === 'cast') w = Math.max(w, castWidth(e.args[0].type, e.type));
    else if (HALF_ARITHMETIC.has(e.op) && e.args[0]?.type === 'float16') w = Math.max(w, 4);
    for (const a of e.args) look(a);
    if (e.loop !== null) for (const x of [e.loop.cond, ...e.loop.next]) look(x);
  };
  for (const r of roots) look(r);
  return w;
}
/** What is done with float16 by way of float32. */
const HALF_ARITHMETIC = new Set('add sub mul div sqrt floor ceil trunc rint min max eq ne lt le gt ge'.split(' '));
