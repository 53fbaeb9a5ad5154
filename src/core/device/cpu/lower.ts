import type { ScalarType } from '../../dtype.js';
import type { Expr, Loop, Table } from '../../ir/expr.js';
import { numberToHalf } from '../access.js';
import type { Func, ValueType } from './asm.js';
import { countUses } from './analysis.js';
import { allocateTable, heap } from './heap.js';
import { bitcastScalar, castScalar, literal, machineType, type Push, SCALAR } from './scalar.js';

/**
 * From expressions to instructions. An expression that is used twice is computed once, into a local; where control
 * flow starts (the slow side of `rare`, the body of a loop), what was computed inside is forgotten outside.
 */

/** Where leaves come from. */
export interface Leaves {
  /** Pushes an arg, acc, val or position: a scalar, or a vector (for bool the bytes 0 and 1). */
  push(e: Expr): void;
  /** Whether it is the same in every iteration of the kernel's loop, and so may be loaded before. */
  fixed(e: Expr): boolean;
}

const tables = new Map<Table, number>();

/** Address of a table of constants. */
export function tableAddress(t: Table): number {
  let at = tables.get(t);
  if (at === undefined) {
    at = allocateTable(t.data.length * 8);
    heap().f64.set(t.data, at / 8);
    tables.set(t, at);
  }
  return at;
}

/** What the value of a literal is in a register: the bits of a float16, the number itself otherwise. */
export const literalValue = (e: Expr): number | bigint =>
  e.type === 'float16' ? numberToHalf(Number(e.value)) : e.value;

export abstract class Compiler {
  protected computed: Map<Expr, number> = new Map();
  private loops = new Map<Loop, readonly number[]>();
  private readonly fixedNodes = new Map<Expr, boolean>();
  /** Whether code is going into the hole now. */
  protected ahead = false;
  protected readonly uses: Map<Expr, number>;

  constructor(
    readonly f: Func,
    protected readonly leaves: Leaves,
    roots: readonly Expr[],
    /** Where code goes that runs once, before the loop; -1: nowhere. */
    private readonly hole: number,
  ) {
    this.uses = countUses(roots);
  }

  /** Forgets what belongs to one iteration. */
  nextIteration(): void {
    for (const e of [...this.computed.keys()]) if (!this.isFixed(e)) this.computed.delete(e);
    this.loops = new Map();
  }

  /** Code that runs once, before the loop. */
  protected before(build: () => void): void {
    const outer = this.ahead;
    this.ahead = true;
    this.f.into(this.hole, build);
    this.ahead = outer;
  }

  /** Whether a node is the same in every iteration. */
  protected isFixed(e: Expr): boolean {
    if (this.hole < 0) return false;
    let known = this.fixedNodes.get(e);
    if (known === undefined) {
      if (e.op === 'arg' || e.op === 'acc' || e.op === 'val' || e.op === 'position') known = this.leaves.fixed(e);
      else known = e.op !== 'state' && e.op !== 'loop' && e.args.every((a) => this.isFixed(a));
      this.fixedNodes.set(e, known);
    }
    return known;
  }

  /** Pushes the value of an expression (of a bool: 0 or 1 as a scalar, a mask of its natural width as a vector). */
  push(e: Expr): void {
    const { f } = this;
    const at = this.computed.get(e);
    if (at !== undefined) {
      f.get(at);
      return;
    }
    if (e.op === 'const') {
      this.literal(e);
      return;
    }
    if (e.op === 'loop') {
      f.get(this.loopResults(e)[e.index]);
      return;
    }
    if (this.isFixed(e)) {
      const l = f.local(this.valueType(e.type));
      this.before(() => {
        this.node(e);
        f.set(l);
      });
      this.computed.set(e, l);
      f.get(l);
      return;
    }
    this.node(e);
    if ((this.uses.get(e) ?? 0) > 1) {
      const l = f.local(this.valueType(e.type));
      f.tee(l);
      this.computed.set(e, l);
    }
  }

  /** Computes an expression into a local, for a caller that needs it later. */
  settle(e: Expr): number {
    const l = this.f.local(this.valueType(e.type));
    this.push(e);
    this.f.set(l);
    return l;
  }

  /** Runs `body` in a conditional part: what it computes is not known afterwards. */
  protected inside(body: () => void): void {
    const saved = new Map(this.computed);
    const loops = new Map(this.loops);
    body();
    // What is the same everywhere was computed before the loop, and stays known; unless that code itself had this condition.
    if (!this.ahead) for (const [e, l] of this.computed) if (!saved.has(e) && this.isFixed(e)) saved.set(e, l);
    this.computed = saved;
    this.loops = loops;
  }

  private loopResults(e: Expr): readonly number[] {
    const l = e.loop!;
    const known = this.loops.get(l);
    if (known !== undefined) return known;
    const { f } = this;
    const states = l.states.map((s, i) => {
      const local = f.local(this.valueType(s.type));
      this.stateValue(e.args[i], s.type);
      f.set(local);
      return local;
    });
    this.hoist(l);
    this.inside(() => {
      l.states.forEach((s, i) => {
        this.computed.set(s, states[i]);
      });
      f.loop(() => {
        const done = this.loopCondition(l.cond);
        f.if(() => {
          const next = l.next.map((n) => {
            const local = f.local(this.valueType(n.type));
            this.stateValue(n, n.type);
            f.set(local);
            return local;
          });
          next.forEach((n, i) => {
            this.advance(states[i], n, done, l.states[i].type);
          });
          f.br(1);
        });
      });
    });
    this.loops.set(l, states);
    return states;
  }

  /** Computes what does not change in a loop before it. */
  private hoist(l: Loop): void {
    const varies = new Map<Expr, boolean>();
    const depends = (e: Expr): boolean => {
      let v = varies.get(e);
      if (v === undefined) {
        v = false;
        if (e.op === 'state') v = !this.computed.has(e);
        else {
          for (const a of e.args) if (depends(a)) v = true;
          if (e.loop !== null) for (const b of [e.loop.cond, ...e.loop.next]) if (depends(b)) v = true;
        }
        varies.set(e, v);
      }
      return v;
    };
    const seen = new Set<Expr>();
    const visit = (e: Expr): void => {
      if (seen.has(e)) return;
      seen.add(e);
      if (!depends(e)) {
        if (e.op === 'const' || e.op === 'loop' || e.op === 'state' || this.computed.has(e)) return;
        this.push(e);
        if (this.computed.has(e)) this.f.op('drop');
        else {
          const local = this.f.local(this.valueType(e.type));
          this.f.set(local);
          this.computed.set(e, local);
        }
        return;
      }
      for (const a of e.args) visit(a);
      if (e.loop !== null) for (const b of [e.loop.cond, ...e.loop.next]) visit(b);
    };
    for (const e of [l.cond, ...l.next]) visit(e);
  }

  protected abstract valueType(t: ScalarType): ValueType;
  protected abstract literal(e: Expr): void;
  protected abstract node(e: Expr): void;
  /** Pushes a value in the form in which loops keep their states. */
  protected abstract stateValue(e: Expr, t: ScalarType): void;
  /** Pushes whether to go on; gives what `advance` needs to know. */
  protected abstract loopCondition(cond: Expr): number;
  protected abstract advance(state: number, next: number, cond: number, t: ScalarType): void;
}

/** Lowers to scalar code: for the last few elements, and for what must be done in order. */
export class ScalarCompiler extends Compiler {
  protected valueType(t: ScalarType): ValueType {
    return machineType(t);
  }

  protected literal(e: Expr): void {
    literal(this.f, e.type, literalValue(e));
  }

  protected node(e: Expr): void {
    const { f } = this;
    const [a, b, c] = e.args;
    const put =
      (x: Expr | undefined): Push =>
      () => {
        if (x !== undefined) this.push(x);
      };
    switch (e.op) {
      case 'arg':
      case 'acc':
      case 'val':
      case 'position':
        this.leaves.push(e);
        return;
      case 'state':
      case 'loop':
      case 'const':
        throw new Error(`lower: ${e.op} out of place`);
      case 'lookup':
        this.push(a);
        f.i32(3).op('i32_shl').mem('f64_load', tableAddress(e.table!));
        return;
      case 'cast':
        this.push(a);
        castScalar(f, a.type, e.type);
        return;
      case 'bitcast':
        this.push(a);
        bitcastScalar(f, a.type, e.type);
        return;
      case 'rare':
        this.push(a);
        f.if(
          () => this.inside(() => this.push(b)),
          () => this.inside(() => this.push(c)),
          machineType(e.type),
        );
        return;
      case 'select':
        SCALAR.select(f, e.type, put(a), put(b), put(c));
        return;
      default:
        SCALAR[e.op](f, a.type, put(a), put(b), put(c));
    }
  }

  protected stateValue(e: Expr): void {
    this.push(e);
  }
  protected loopCondition(cond: Expr): number {
    this.push(cond);
    return 0;
  }
  protected advance(state: number, next: number): void {
    this.f.get(next).set(state);
  }
}
