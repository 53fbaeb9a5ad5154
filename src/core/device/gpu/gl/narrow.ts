import { cast, type Expr, konst } from '../../../ir/expr.js';
import { rewriter } from '../../../ir/rewrite.js';

/**
 * Steps in float64 whose results are float32 anyway, done in float32: one operation on numbers that float32 holds, rounded to float64 and then to
 * float32, is the operation rounded to float32 (S. A. Figueroa, When is double rounding innocuous?, 1995). Integers above 2^24 are rounded
 * before instead of after. What takes two steps in float64 stays what it is.
 */

const EXACT: ReadonlySet<string> = new Set(['neg', 'abs', 'min', 'max', 'floor', 'ceil', 'trunc', 'rint', 'copysign']);
const ROUNDED: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'sqrt']);
const COMPARED: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);

export function narrow(root: Expr): Expr {
  /** A float64 as the same number in float32, or null. */
  const single = (e: Expr): Expr | null => {
    if (e.type !== 'float64') return null;
    if (e.op === 'const') {
      const v = Number(e.value);
      return Object.is(Math.fround(v), v) ? konst('float32', v) : null;
    }
    if (e.op === 'cast')
      return e.args[0].type === 'float16' || e.args[0].type === 'uint64' ? null : cast(visit(e.args[0]), 'float32');
    if (EXACT.has(e.op)) return all(e);
    if (e.op === 'select' || e.op === 'rare') {
      const [, a, b] = e.args;
      const [x, y] = [single(a), single(b)];
      return x === null || y === null ? null : { ...e, type: 'float32', args: [visit(e.args[0]), x, y] };
    }
    return null;
  };
  const all = (e: Expr): Expr | null => {
    const args = e.args.map(single);
    return args.every((a): a is Expr => a !== null)
      ? { ...e, type: e.type === 'bool' ? 'bool' : 'float32', args }
      : null;
  };
  const visit: (e: Expr) => Expr = rewriter((e) => {
    if (COMPARED.has(e.op) && e.args[0].type === 'float64') return all(e);
    if (e.op !== 'cast' || e.args[0].type !== 'float64' || e.type !== 'float32') return null;
    const [inner] = e.args;
    return single(inner) ?? (ROUNDED.has(inner.op) ? all(inner) : null);
  });
  return visit(root);
}
