import type { Expr, Loop } from './expr.js';

/**
 * Replaces nodes of an expression: `f` gives what stands for a node, or null where only its operands change. States of
 * loops stay the nodes they are. One memo serves several expressions that share parts.
 */
export function rewriter(f: (e: Expr) => Expr | null): (e: Expr) => Expr {
  const memo = new Map<Expr, Expr>();
  const loops = new Map<Loop, Loop>();
  const visit = (e: Expr): Expr => {
    const known = memo.get(e);
    if (known !== undefined) return known;
    let out = f(e);
    if (out === null) {
      const args = e.args.map(visit);
      const loop = e.loop === null ? null : visitLoop(e.loop);
      out = loop === e.loop && args.every((a, i) => a === e.args[i]) ? e : { ...e, args, loop };
    }
    memo.set(e, out);
    return out;
  };
  const visitLoop = (l: Loop): Loop => {
    let out = loops.get(l);
    if (out === undefined) {
      const cond = visit(l.cond);
      const next = l.next.map(visit);
      out = cond === l.cond && next.every((n, i) => n === l.next[i]) ? l : { states: l.states, cond, next };
      loops.set(l, out);
    }
    return out;
  };
  return visit;
}
