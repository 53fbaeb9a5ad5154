import type { Expr } from '../../ir/expr.js';

/**
 * Compilers of shaders reckon as if numbers were real: (x + c) - c becomes x, two constants become one, a·b + a·c becomes a·(b + c), and a product may be rounded
 * together with one of the sums that it goes into and alone for another. Algorithms that live by what rounding does need their steps as they
 * are. This finds the steps whose results must be hidden from what uses them: by an exclusive or with a zero that only the running program knows.
 */

const PRODUCT: ReadonlySet<string> = new Set(['mul', 'div', 'neg']);
const isSum = (e: Expr): boolean => e.op === 'add' || e.op === 'sub';
/** A sum, or one turned round, which changes no bit. */
const isTerm = (e: Expr): boolean => isSum(e) || (e.op === 'neg' && isSum(e.args[0]));

/** Whether a compiler may make one operation of two: sums of sums, and products that share a factor or have a constant each. */
function mayMerge(inner: Expr, outer: Expr): boolean {
  if (isSum(outer)) return isTerm(inner);
  if (!PRODUCT.has(outer.op) || !PRODUCT.has(inner.op)) return false;
  return outer.args.some(
    (o) => o !== inner && inner.args.some((i) => i === o || (i.op === 'const' && o.op === 'const')),
  );
}

/** a·b + a·c. */
const mayFactor = (e: Expr): boolean =>
  isSum(e) && e.args.every((a) => a.op === 'mul') && e.args[0].args.some((a) => e.args[1].args.includes(a));

/** The steps to hide in the expressions that were surveyed. */
export class Kept {
  private readonly hidden = new Set<Expr>();
  private readonly seen = new Set<Expr>();
  /** Products that are read. */
  private readonly products = new Set<Expr>();

  survey(e: Expr): void {
    if (this.seen.has(e)) return;
    this.seen.add(e);
    for (const a of e.args) {
      this.survey(a);
      if (a.type !== 'float32') continue;
      if (mayMerge(a, e) || (a.op === 'mul' && this.products.has(a))) this.hidden.add(a);
      if (a.op === 'mul') this.products.add(a);
    }
    if (e.type === 'float32' && mayFactor(e)) this.hidden.add(e.args[0]);
    if (e.loop !== null) for (const x of [e.loop.cond, ...e.loop.next]) this.survey(x);
  }
  has(e: Expr): boolean {
    return this.hidden.has(e);
  }
}
