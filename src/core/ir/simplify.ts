import { isFloat, isUnsigned, isWide, type ScalarType } from '../dtype.js';
import { applyOp, bitsOf, fitValue } from './evaluate.js';
import { type Expr, konst, type Loop, type ScalarOp, type Table } from './expr.js';

/**
 * Rewrites expressions into smaller ones with exactly the same values: constants are folded, steps that do nothing are dropped, and
 * equal parts become one node. NaN payloads aside, no result changes by a bit.
 */
export class Simplifier {
  private readonly known = new Map<string, Expr>();
  private readonly done = new Map<Expr, Expr>();
  private readonly ids = new Map<Expr, number>();
  private readonly tables = new Map<Table, number>();
  private readonly loops = new Map<Loop, Loop>();

  /** The simplified form; the same object for equal expressions given to one simplifier. */
  simplify(e: Expr): Expr {
    const before = this.done.get(e);
    if (before !== undefined) return before;
    const out = this.visit(e);
    this.done.set(e, out);
    return out;
  }

  private visit(e: Expr): Expr {
    if (e.op === 'state') return e;
    if (e.op === 'const') return this.intern({ ...e, value: fitValue(e.type, e.value) });
    const args = e.args.map((a) => this.simplify(a));
    if (e.op === 'loop') {
      const loop = this.loop(e.loop!);
      return this.intern({ ...e, args, loop });
    }
    const same = args.every((a, i) => a === e.args[i]);
    return this.intern(reduce(same ? e : { ...e, args }));
  }

  private loop(l: Loop): Loop {
    let out = this.loops.get(l);
    if (out === undefined) {
      out = { states: l.states, cond: this.simplify(l.cond), next: l.next.map((n) => this.simplify(n)) };
      this.loops.set(l, out);
    }
    return out;
  }

  private id(e: Expr): number {
    let n = this.ids.get(e);
    if (n === undefined) this.ids.set(e, (n = this.ids.size));
    return n;
  }

  private intern(e: Expr): Expr {
    // States stand for themselves, and loops are as different as their bodies' objects.
    if (e.op === 'state') return e;
    let key = `${e.op} ${e.type} ${e.index} ${e.part}`;
    for (const a of e.args) key += ` ${this.id(a)}`;
    if (e.op === 'const') key += typeof e.value === 'number' && Object.is(e.value, -0) ? ' -0' : ` ${e.value}`;
    if (e.table !== null) {
      let t = this.tables.get(e.table);
      if (t === undefined) this.tables.set(e.table, (t = this.tables.size));
      key += ` t${t}`;
    }
    if (e.loop !== null) key += ` l${this.id(e.loop as unknown as Expr)}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    this.known.set(key, e);
    return e;
  }
}

const isConst = (e: Expr): boolean => e.op === 'const';
const isValue = (e: Expr, n: number): boolean =>
  e.op === 'const' && Number(e.value) === n && !Object.is(e.value, n === 0 ? -0 : Number.NaN);
const isMinusZero = (e: Expr): boolean => e.op === 'const' && Object.is(e.value, -0);

/** Every value of `from` is a value of `to`, so that a cast and back loses nothing. */
export function embeds(from: ScalarType, to: ScalarType): boolean {
  if (from === to || from === 'bool') return true;
  if (to === 'bool') return false;
  const bf = bitsOf(from);
  const bt = bitsOf(to);
  if (isFloat(from)) return isFloat(to) && bf <= bt;
  if (isFloat(to)) return (to === 'float64' ? 53 : to === 'float32' ? 24 : 11) >= bf;
  if (isUnsigned(from)) return isUnsigned(to) ? bf <= bt : bf < bt;
  return !isUnsigned(to) && bf <= bt;
}

/** One node, whose operands are simple already. */
function reduce(e: Expr): Expr {
  const [a, b, c] = e.args;
  const op = e.op;
  if (e.args.length > 0 && op !== 'lookup' && e.args.every(isConst)) {
    const from = op === 'select' || op === 'rare' ? e.type : a.type;
    return konst(
      e.type,
      applyOp(
        op as Exclude<ScalarOp, 'lookup'>,
        from,
        e.type,
        e.args.map((x) => x.value),
      ),
    );
  }
  const float = isFloat(e.type);
  switch (op) {
    case 'add':
      if (float ? isMinusZero(b) : isValue(b, 0)) return a;
      if (float ? isMinusZero(a) : isValue(a, 0)) return b;
      break;
    case 'sub':
      if (isValue(b, 0)) return a;
      break;
    case 'mul':
      if (isValue(b, 1)) return a;
      if (isValue(a, 1)) return b;
      if (!float && isValue(a, 0)) return a;
      if (!float && isValue(b, 0)) return b;
      break;
    case 'div':
      if (isValue(b, 1)) return a;
      break;
    case 'quot':
      if (isValue(b, 1)) return a;
      break;
    case 'neg':
    case 'not':
      if (a.op === op) return a.args[0];
      break;
    case 'abs':
      if (isUnsigned(e.type) || a.op === 'abs') return a;
      if (a.op === 'neg') return { ...e, args: a.args };
      break;
    case 'and':
      if (a === b) return a;
      if (isValue(a, 0) || (e.type === 'bool' && isValue(b, 1))) return a;
      if (isValue(b, 0) || (e.type === 'bool' && isValue(a, 1))) return b;
      break;
    case 'or':
      if (a === b) return a;
      if (isValue(a, 0) || (e.type === 'bool' && isValue(b, 1))) return b;
      if (isValue(b, 0) || (e.type === 'bool' && isValue(a, 1))) return a;
      break;
    case 'xor':
    case 'shl':
    case 'shr':
      if (isValue(b, 0)) return a;
      break;
    case 'min':
    case 'max':
      if (a === b) return a;
      break;
    case 'select':
    case 'rare':
      if (isConst(a)) return a.value ? b : c;
      if (b === c) return b;
      if (e.type === 'bool' && isValue(b, 1) && isValue(c, 0)) return a;
      break;
    case 'bitcast':
      if (a.op === 'bitcast') {
        const x = a.args[0];
        return x.type === e.type ? x : { ...e, args: a.args };
      }
      break;
    case 'cast':
      if (a.type === e.type) return a;
      if (a.op === 'cast') {
        const x = a.args[0];
        if (embeds(x.type, a.type)) {
          if (x.type === e.type) return x;
          // A longer way through types that hold every value: the direct cast gives the same.
          if (e.type === 'bool' || isFloat(x.type) === isFloat(a.type) || (isFloat(e.type) && embeds(x.type, e.type)))
            return { ...e, args: a.args };
        }
      }
      break;
  }
  return e;
}

/** Simplifies several expressions, sharing what they have in common. */
export function simplify(roots: readonly Expr[]): Expr[] {
  const s = new Simplifier();
  return roots.map((r) => s.simplify(r));
}

/** Whether a count of a shift is known. */
export const constantOf = (e: Expr): number | null =>
  e.op === 'const' ? (isWide(e.type) ? Number(BigInt.asIntN(64, BigInt(e.value))) : Number(e.value)) : null;
