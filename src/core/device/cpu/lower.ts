import type { ScalarType } from '../../dtype.js';
import type { Expr, Loop, Table } from '../../ir/expr.js';
import { constantOf } from '../../ir/simplify.js';
import { numberToHalf } from '../access.js';
import { type Func, V128, type ValueType } from './asm.js';
import { countUses } from './analysis.js';
import { allocateTable, heap } from './heap.js';
import { type BasicOp, bitcastScalar, castScalar, literal, machineType, type Push, SCALAR, SIZE } from './scalar.js';
import { anyLane, convertMask, lanewise, maskWidth, onlyUsed, shapeOf, splatBytes, type Vec } from './lanes.js';
import { castVector, MASKS, maskToNumber, shiftAll, truthMask, VECTOR } from './simd.js'; // biome-ignore format: one line

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
const literalValue = (e: Expr): number | bigint => (e.type === 'float16' ? numberToHalf(Number(e.value)) : e.value);

abstract class Compiler {
  protected computed: Map<Expr, number> = new Map();
  private loops = new Map<Loop, readonly number[]>();
  private readonly fixedNodes = new Map<Expr, boolean>();
  /** Whether code is going into the hole now. */
  private ahead = false;
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

/** Lowers to vector code. */
export class VectorCompiler extends Compiler implements Vec {
  private readonly constants = new Map<string, number>();
  /** A local where the conditions of `rare` are collected, in place of branches: values are those of the fast sides. -1: none. */
  doubts = -1;
  private readonly widths = new Map<Expr, number>();
  private readonly guards = new Map<Expr, number>();

  constructor(
    f: Func,
    leaves: Leaves,
    roots: readonly Expr[],
    private readonly constantHole: number,
    hole: number,
    readonly lanes: number,
  ) {
    super(f, leaves, roots, hole);
  }

  protected valueType(): ValueType {
    return V128;
  }

  constant(bytes: Uint8Array): void {
    const key = bytes.join();
    let l = this.constants.get(key);
    if (l === undefined) {
      const local = this.f.local(V128);
      l = local;
      this.f.into(this.constantHole, () => {
        this.f.v128(bytes).set(local);
      });
      this.constants.set(key, l);
    }
    this.f.get(l);
  }

  protected literal(e: Expr): void {
    if (e.type === 'bool') this.constant(new Uint8Array(16).fill(e.value ? 0xff : 0));
    else this.constant(splatBytes(e.type, literalValue(e)));
  }

  /** The width of the mask that a bool expression gives when it is computed. 0: a literal, which has any. */
  private natural(e: Expr): number {
    let w = this.widths.get(e);
    if (w !== undefined) return w;
    const of = (xs: readonly Expr[]): number => xs.reduce((m, x) => Math.max(m, this.natural(x)), 0);
    if (e.op === 'const') w = 0;
    else if (e.op === 'cast') w = SIZE[e.args[0].type];
    else if (e.op === 'select' || e.op === 'rare') w = of(e.args.slice(1)) || this.natural(e.args[0]);
    else if (e.args.length > 0 && e.op !== 'loop')
      w = e.args[0].type === 'bool' ? of(e.args) : maskWidth(e.args[0].type);
    else w = 1;
    this.widths.set(e, w);
    return w;
  }

  /** Pushes a bool expression as a mask of the given width. */
  mask(e: Expr, width: number): void {
    this.push(e);
    const w = this.natural(e);
    if (w !== 0) convertMask(this, w, width);
  }

  /** Pushes a result as it is stored: bool as bytes 0 and 1. */
  stored(e: Expr): void {
    if (e.type !== 'bool') {
      this.push(e);
      return;
    }
    this.mask(e, 1);
    maskToNumber(this, 'uint8');
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
        if (e.type === 'bool') truthMask(this, 'uint8');
        return;
      case 'state':
      case 'loop':
      case 'const':
        throw new Error(`lower: ${e.op} out of place`);
      case 'lookup':
        lanewise(this, ['int32'], [put(a)], 'float64', 0, (i) => {
          i();
          f.i32(3).op('i32_shl').mem('f64_load', tableAddress(e.table!));
        });
        return;
      case 'bitcast':
        this.push(a);
        return;
      case 'cast':
        if (a.type === 'bool') {
          this.mask(a, SIZE[e.type]);
          maskToNumber(this, e.type);
        } else {
          this.push(a);
          if (e.type === 'bool') truthMask(this, a.type);
          else castVector(this, a.type, e.type);
        }
        return;
      case 'select': {
        const w = e.type === 'bool' ? this.natural(e) : SIZE[e.type];
        const side = (x: Expr): Push => (e.type === 'bool' ? () => this.mask(x, w) : put(x));
        VECTOR.select(this, e.type, side(b), side(c), () => this.mask(a, w));
        return;
      }
      case 'rare':
        this.rare(e);
        return;
      case 'shl':
      case 'shr': {
        const count = constantOf(b);
        if (count !== null) {
          shiftAll(this, e.type, e.op, put(a), count);
          return;
        }
        break;
      }
    }
    const op = e.op as BasicOp;
    if ((op === 'min' || op === 'max') && (e.type === 'float64' || e.type === 'float32')) {
      const [fa, fb] = [this.isFixed(a), this.isFixed(b)];
      if (fa !== fb) {
        this.bound(e, op, fa ? b : a, fa ? a : b);
        return;
      }
    }
    if (a.type === 'bool') {
      const w = this.natural(e);
      if (op === 'not') {
        this.push(a);
        f.v('v128_not');
        return;
      }
      const rule = MASKS[op];
      if (rule === undefined) throw new Error(`lower: ${op} of bool`);
      rule(
        f,
        () => this.mask(a, w),
        () => this.mask(b, w),
      );
      return;
    }
    VECTOR[op](this, a.type, put(a), put(b), put(c));
  }

  /**
   * min or max with a bound that is the same all along. The processor's own instruction gives the first operand for NaN and for zeros of
   * either sign; what a bound that is itself NaN or zero changes is one more operation, with a vector made before the loop.
   */
  private bound(e: Expr, op: 'min' | 'max', x: Expr, limit: Expr): void {
    const { f } = this;
    const shape = shapeOf(e.type);
    this.push(x);
    this.push(limit);
    f.v(`${shape}_p${op}`);
    if (limit.op === 'const' && Number(limit.value) !== 0 && !Number.isNaN(Number(limit.value))) return;
    let guard = this.guards.get(e);
    if (guard === undefined) {
      const int: ScalarType = e.type === 'float64' ? 'int64' : 'int32';
      const local = (guard = f.local(V128));
      const sign = (): void => this.constant(splatBytes(e.type, -0));
      this.before(() => {
        const l = f.local(V128);
        this.push(limit);
        f.set(l);
        sign();
        f.get(l);
        // max: -0 is added, which changes nothing, or 0, which makes zero of -0; min: the sign of a bound of -0 is set.
        if (op === 'max') this.constant(new Uint8Array(16));
        else sign();
        f.v(`${shapeOf(int)}_eq`)
          .v(op === 'max' ? 'v128_andnot' : 'v128_and')
          .get(l)
          .get(l)
          .v(`${shape}_ne`)
          .v('v128_or')
          .set(local);
      });
      this.guards.set(e, guard);
    }
    f.get(guard).v(op === 'max' ? `${shape}_add` : 'v128_or');
  }

  /** The slow side runs when any lane needs it. */
  private rare(e: Expr): void {
    const { f } = this;
    const [cond, slow, fast] = e.args;
    const bool = e.type === 'bool';
    const w = bool ? this.natural(e) : SIZE[e.type];
    const side = (x: Expr): void => (bool ? this.mask(x, w) : this.push(x));
    if (this.doubts >= 0) {
      const width = this.natural(cond) || 1;
      this.push(cond);
      onlyUsed(this, width);
      f.get(this.doubts).v('v128_or').set(this.doubts);
      side(fast);
      return;
    }
    const m = this.settle(cond);
    const r = f.local(V128);
    side(fast);
    f.set(r);
    const cw = this.natural(cond);
    f.get(m);
    anyLane(this, cw || 1);
    f.if(() => {
      this.inside(() => {
        side(slow);
        f.get(r).get(m);
        if (cw !== 0) convertMask(this, cw, w);
        f.v('v128_bitselect').set(r);
      });
    });
    f.get(r);
  }

  /** Masks of loops' states are one byte wide. */
  protected stateValue(e: Expr, t: ScalarType): void {
    if (t === 'bool') this.mask(e, 1);
    else this.push(e);
  }

  /** Lanes that are done keep their states; a condition on the same states stays false for them. */
  protected loopCondition(cond: Expr): number {
    const m = this.f.local(V128);
    this.mask(cond, 1);
    this.f.tee(m);
    anyLane(this, 1);
    return m;
  }

  protected advance(state: number, next: number, cond: number, t: ScalarType): void {
    const { f } = this;
    f.get(next).get(state).get(cond);
    convertMask(this, 1, t === 'bool' ? 1 : SIZE[t]);
    f.v('v128_bitselect').set(state);
  }
}
