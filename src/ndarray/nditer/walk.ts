import { IndexError, ValueError } from '../../core/errors.js';
import { coalesce } from './axes.js';
import { Buffers } from './buffers.js';
import { type Prepared, prepare } from './operands.js';
import type { Request } from './request.js';

/** The walk through the elements, with its buffers and the walks inside of it. */

const INVALID = 'Iterator is invalid';

/** Where an iterator stands, and how it gets elsewhere. */
export class Walk {
  protected p: Prepared | null;
  protected readonly flags: Set<string>;
  protected readonly grow: boolean;
  protected buffers: Buffers | null = null;
  protected delayed = false;
  protected started = false;
  protected done = false;
  protected iterAt = 0;
  protected start = 0;
  protected end: number;
  /** Where each operand's memory begins for this iterator: its own beginning, or where an outer iterator stands. */
  protected origins: number[];
  /** Bytes to the elements at hand in the operands, and behind them the flat index. */
  protected places: number[] = [];
  /** Bytes to what the loop sees: `places`, or places in the buffers. */
  protected at: number[] = [];
  protected child: Walk | null = null;

  constructor(r: Request) {
    const p = prepare(r);
    this.p = p;
    this.flags = new Set(r.flags);
    this.grow = r.flags.has('grow_inner');
    this.origins = p.operands.map((o) => o.offset);
    this.end = p.layout.itersize;
    if (p.layout.ndim > 1 && !this.flags.has('multi_index')) coalesce(p.layout);
    if (this.flags.has('buffered')) {
      this.buffers = new Buffers(p, r.buffersize, this.grow);
      this.delayed = this.flags.has('delay_bufalloc');
      if (!this.delayed) this.buffers.allocate();
    }
    this.go(0);
    if (!this.delayed) this.refill(null);
    this.rewind(p.layout.itersize === 0);
  }

  protected valid(): Prepared {
    if (this.p === null) throw new ValueError(INVALID);
    return this.p;
  }
  protected current(): Prepared {
    if (this.p === null || this.done) throw new ValueError('Iterator is past the end');
    return this.p;
  }
  protected rewind(empty: boolean): void {
    this.started = empty;
    this.done = empty;
  }

  protected inRange(at: number, message: string): void {
    if (at < this.start || at >= this.end) throw new IndexError(message);
  }

  /** Stands at an element; buffers are not looked at. */
  protected go(iterindex: number): void {
    const { axes, base } = (this.p as Prepared).layout;
    this.iterAt = iterindex;
    const nop = this.origins.length;
    const places = base.map((b, i) => (i < nop ? this.origins[i] + b : b));
    let rest = iterindex;
    for (const a of axes) {
      a.index = a.length === 0 ? 0 : rest % a.length;
      rest = a.length === 0 ? 0 : Math.floor(rest / a.length);
      if (a.index !== 0)
        a.steps.forEach((s, i) => {
          places[i] += a.index * s;
        });
    }
    this.places = places;
    if (this.buffers !== null) this.buffers.coreOffset = iterindex % this.buffers.plan.core;
    else this.at = places;
  }

  protected refill(before: readonly number[] | null): void {
    if (this.buffers === null) return;
    this.at = [...this.places];
    this.buffers.fill(this.at, this.places, this.iterAt, this.end, before);
  }

  protected jump(iterindex: number): void {
    if (this.buffers !== null) this.buffers.flush(this.places);
    this.go(iterindex);
    this.refill(null);
    this.rewind(false);
    this.resetChildren();
  }

  protected restart(): void {
    const b = this.buffers;
    if (b !== null) {
      if (this.delayed) {
        b.allocate();
        this.delayed = false;
      } else {
        if (this.iterAt === this.start && b.end <= this.end && b.size > 0) return;
        b.flush(this.places);
      }
    }
    this.go(this.start);
    this.refill(null);
  }

  /** Steps on; false at the end. */
  protected step(): boolean {
    const b = this.buffers;
    const loop = this.flags.has('external_loop');
    if (b === null) {
      const { axes } = (this.p as Prepared).layout;
      this.iterAt += loop ? axes[0].length : 1;
      if (this.iterAt >= this.end) return false;
      for (let d = loop ? 1 : 0; d < axes.length; d++) {
        const a = axes[d];
        const more = ++a.index < a.length;
        for (let i = 0; i < a.steps.length; i++) this.places[i] += more ? a.steps[i] : -(a.length - 1) * a.steps[i];
        if (more) break;
        a.index = 0;
      }
      return true;
    }
    if (loop) this.iterAt += b.size;
    else if (++this.iterAt < b.end) {
      b.plan.ops.forEach((o, i) => {
        this.at[i] += o.inner;
      });
      return true;
    }
    if (b.nextOuter(this.at, this.iterAt)) return true;
    const before = this.places;
    b.flush(before);
    if (this.iterAt >= this.end) {
      b.size = 0;
      return false;
    }
    this.go(this.iterAt);
    this.refill(before);
    return true;
  }

  /** Iterators inside of this one go on from where it stands now. */
  protected resetChildren(): void {
    for (let outer: Walk = this; outer.child !== null; outer = outer.child) {
      const inner: Walk = outer.child;
      const b = inner.buffers;
      if (b !== null) {
        if (inner.delayed) {
          b.allocate();
          inner.delayed = false;
        } else b.flush(inner.places);
      }
      inner.origins = outer.at.slice(0, inner.origins.length);
      inner.go(inner.start);
      inner.refill(null);
      inner.rewind((inner.p as Prepared).layout.itersize === 0);
    }
  }

  /** Makes another iterator an inner one of this. */
  nest(child: Walk): void {
    this.child = child;
    this.resetChildren();
  }
}
