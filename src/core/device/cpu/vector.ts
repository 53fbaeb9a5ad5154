import type { ScalarType } from '../../dtype.js';
import type { Expr } from '../../ir/expr.js';
import { constantOf } from '../../ir/simplify.js';
import { type Func, V128, type ValueType } from './asm.js';
import { Compiler, type Leaves, literalValue, tableAddress } from './lower.js';
import { type BasicOp, type Push, SIZE } from './scalar.js';
import { anyLane, convertMask, lanewise, maskWidth, onlyUsed, shapeOf, splatBytes, type Vec } from './lanes.js';
import { castVector, MASKS, maskToNumber, shiftAll, truthMask, VECTOR } from './simd.js';

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
        // A choice between something and zero is one instruction.
        const zero = (x: Expr): boolean => x.op === 'const' && Object.is(Number(x.value), 0);
        if (zero(c) || zero(b)) {
          side(zero(c) ? b : c)();
          this.mask(a, w);
          f.v(zero(c) ? 'v128_and' : 'v128_andnot');
          return;
        }
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
    // Code before the loop runs once, before doubts are collected: it decides for itself.
    if (this.doubts >= 0 && !this.ahead) {
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
