import type { Expr } from '../../../ir/expr.js';

/** Whether anything in expressions, loops included, passes a test. */
export function some(roots: readonly Expr[], test: (e: Expr) => boolean): boolean {
  const seen = new Set<Expr>();
  const look = (e: Expr): boolean => {
    if (seen.has(e)) return false;
    seen.add(e);
    return test(e) || e.args.some(look) || (e.loop !== null && (look(e.loop.cond) || e.loop.next.some(look)));
  };
  return roots.some(look);
}
export const usesPosition = (roots: readonly Expr[]): boolean => some(roots, (e) => e.op === 'position');
