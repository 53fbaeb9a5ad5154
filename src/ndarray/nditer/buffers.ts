import { allocate } from '../../core/coerce.js';
import { assignTo } from '../../core/ops/copy.js';
import { copyto } from '../indexing/put.js';
import type { NDArray } from '../ndarray.js';
import type { Axis } from './axes.js';
import type { Prepared } from './operands.js';

/**
 * Buffered iteration. Elements are gone through in chunks; an operand that must be converted, or that has no even steps over a chunk, is
 * copied to a buffer for each chunk and back again. In *reduce* mode a chunk is a double loop, so that an operand with step 0 along the
 * inner or the outer loop holds each element once.
 */

/** NumPy's default, in elements. */
const DEFAULT_SIZE = 8192;

/** How the buffers of an operand are used. */
interface OperandBuffer {
  buffered: boolean;
  reduce: boolean;
  /** One step says where all elements of a chunk are. */
  even: boolean;
  inner: number;
  outer: number;
  array: NDArray | null;
  /** The last chunk was whole, and may serve again for the same elements. */
  reusable: boolean;
}

interface Plan {
  core: number;
  outerAxis: number;
  size: number;
  reducing: boolean;
  ops: OperandBuffer[];
}

/** Finds the chunk that costs least: few chunks, few operands to be copied. */
function plan(p: Prepared, asked: number, grow: boolean): Plan {
  const { axes, ndim } = p.layout;
  const { states } = p;
  const most = asked <= 0 ? DEFAULT_SIZE : asked;
  const evenAxes = states.map(() => 1);
  const reduceAxis = states.map(() => 0);
  let cost = 1 + states.filter((s) => s.cast).length;
  let outerReduce = 0;
  let size = axes[0].length;
  const best = { axis: 0, cost, size, core: 1 };
  for (let d = 1; d < ndim && outerReduce === 0; d++) {
    if (size >= most && (cost > 1 || !grow)) break;
    const [before, now] = [axes[d - 1], axes[d]];
    states.forEach((s, i) => {
      if (evenAxes[i] === d) {
        if (before.steps[i] * before.length === now.steps[i]) {
          evenAxes[i]++;
          return;
        }
        if (!s.cast) cost++;
      }
      if (s.reduce && (now.steps[i] === 0 || before.steps[i] === 0)) {
        reduceAxis[i] = d;
        outerReduce = d;
      }
    });
    const core = size;
    size *= now.length;
    if (size === 0) break;
    const held = size > most && (cost > 1 || !grow) ? most : size;
    if (cost * best.size <= best.cost * held) Object.assign(best, { axis: d, cost, size, core });
  }
  const reducing = outerReduce !== 0 && best.axis === outerReduce;
  const outer = axes[outerReduce];
  let must = false;
  const ops = states.map((s, i): OperandBuffer => {
    let buffered = s.cast;
    const noZero = s.flags.has('contig') && !s.write;
    const reduce =
      reducing &&
      (reduceAxis[i] === best.axis ||
        (evenAxes[i] === best.axis && !buffered) ||
        (outer.steps[i] === 0 && evenAxes[i] <= best.axis && !noZero));
    const even = evenAxes[i] + (reduce ? 1 : 0) > best.axis;
    if (!even) buffered = true;
    const width = p.dtypes[i].itemsize;
    let steps: [number, number];
    if (!buffered) steps = [axes[0].steps[i], outer.steps[i]];
    else if (reduce) steps = outer.steps[i] === 0 ? [width, 0] : [0, width];
    else steps = even && axes[0].steps[i] === 0 && !noZero ? [0, 0] : [width, width * best.core];
    must ||= buffered;
    return { buffered, reduce, even, inner: steps[0], outer: steps[1], array: null, reusable: false };
  });
  let chunk = best.size;
  if ((must || !grow) && most < chunk) chunk = best.core * Math.max(1, Math.floor(most / best.core));
  return { core: best.core, outerAxis: best.axis, size: chunk, reducing, ops };
}

/** The buffers of an iterator, and which part of the iteration they hold. */
export class Buffers {
  /** Elements of the inner loop at hand. */
  size = 0;
  /** One past the last element, in order of the iteration, that the inner loop at hand holds. */
  end = 0;
  /** Elements from the last boundary of the core to the beginning. */
  coreOffset = 0;
  reducePos = 0;
  outerSize = 0;
  readonly plan: Plan;
  private readonly outerAt: number[];

  constructor(
    private readonly p: Prepared,
    asked: number,
    grow: boolean,
  ) {
    this.plan = plan(p, asked, grow);
    this.outerAt = p.operands.map(() => 0);
  }

  /** Takes memory for the operands that need it. */
  allocate(): void {
    this.plan.ops.forEach((o, i) => {
      if (o.buffered) o.array = allocate([this.plan.size], this.p.dtypes[i], undefined, true) as NDArray;
    });
  }

  /** Buffers of the same layout over a copy of the walk. */
  copyFor(p: Prepared): Buffers {
    const out = Object.create(Buffers.prototype) as Buffers;
    Object.assign(out, this, { p, outerAt: [...this.outerAt], plan: { ...this.plan } });
    out.plan.ops = this.plan.ops.map((o) => ({ ...o, array: null, reusable: false }));
    if (this.plan.ops.some((o) => o.array !== null)) out.allocate();
    return out;
  }

  /** Moves on within a chunk in reduce mode; false at its end. */
  nextOuter(at: number[], iterindex: number): boolean {
    if (!this.plan.reducing || ++this.reducePos >= this.outerSize) return false;
    this.plan.ops.forEach((o, i) => {
      this.outerAt[i] += o.outer;
      at[i] = this.outerAt[i];
    });
    this.end = iterindex + this.size;
    return true;
  }

  /**
   * Fills the buffers for the chunk that begins here; `at` becomes where each operand's elements are.
   * @param places bytes from the beginning of each operand's memory to the element at hand
   * @param before where the chunk before began, when its contents may be used again
   */
  fill(
    at: number[],
    places: readonly number[],
    iterindex: number,
    iterend: number,
    before: readonly number[] | null,
  ): void {
    const { plan } = this;
    const { axes } = this.p.layout;
    const outer = axes[plan.outerAxis];
    let n = plan.size;
    let prior = before;
    if (this.coreOffset !== 0) {
      prior = null;
      n = plan.core - this.coreOffset;
    } else n = Math.min(n, plan.core * (outer.length - outer.index));
    n = Math.min(n, iterend - iterindex);
    this.size = n;
    this.end = iterindex + n;
    if (n <= 0) {
      this.size = 0;
      return;
    }
    if (plan.reducing) {
      this.outerSize = Math.max(1, Math.floor(n / plan.core));
      if (this.outerSize > 1) {
        this.size = plan.core;
        this.end = iterindex + plan.core;
      }
      this.reducePos = 0;
    }
    plan.ops.forEach((o, i) => {
      at[i] = o.buffered ? (o.array as NDArray).offset : places[i];
      this.outerAt[i] = at[i];
      if (!o.buffered || !this.p.states[i].read) return;
      const same = prior !== null && prior[i] === places[i];
      if (o.reusable && same) return;
      if (n === plan.size || (n >= plan.core && o.reduce && outer.steps[i] === 0)) o.reusable = true;
      else if (!same || this.coreOffset !== 0) o.reusable = false;
      this.transfer(i, places[i], n, (buffer, array) => assignTo(buffer, array));
    });
  }

  /** Writes the buffers back to the arrays. The walk stands at the beginning of the chunk. */
  flush(places: readonly number[]): void {
    if (this.size === 0) return;
    const n = this.plan.reducing ? this.size * this.outerSize : this.size;
    const { mask, states, operands } = this.p;
    this.plan.ops.forEach((o, i) => {
      if (!o.buffered || o.array === null || !states[i].write) return;
      operands[i].face.beforeWrite(operands[i], 'nditer');
      if (!states[i].flags.has('writemasked')) {
        this.transfer(i, places[i], n, (buffer, array) => assignTo(array, buffer));
        return;
      }
      const m = this.plan.ops[mask];
      const holder = m.buffered ? (m.array as NDArray) : operands[mask];
      const from = m.buffered ? holder.offset : places[mask];
      this.runs(i, places[i], n, (buffer, array, first) => {
        const where = holder.viewOf(holder.dtype, array.shape, [m.inner], from + first * m.inner);
        copyto(array, buffer, { casting: 'unsafe', where: where.astype('bool') });
      });
    });
  }

  /** Calls `move` with pieces of a buffer and of its array that hold the same elements. */
  private transfer(i: number, place: number, n: number, move: (buffer: NDArray, array: NDArray) => void): void {
    const { axes } = this.p.layout;
    const o = this.plan.ops[i];
    const buffer = o.array as NDArray;
    const array = this.p.operands[i];
    const line = (count: number, inBuffer: number, inArray: number): void =>
      move(
        buffer.viewOf(buffer.dtype, [count], [inBuffer], buffer.offset),
        array.viewOf(array.dtype, [count], [inArray], place),
      );
    const outer = axes[this.plan.outerAxis];
    if (o.reduce && outer.steps[i] !== 0) {
      line(this.outerSize, o.outer, outer.steps[i]);
      return;
    }
    const count = o.reduce ? Math.min(n, this.plan.core) : n;
    if (o.even) {
      const step = axes[0].steps[i];
      if (step === 0 && o.inner === 0) line(1, 0, 0);
      else line(count, o.inner, step);
      return;
    }
    const box = this.box(o.reduce ? this.plan.outerAxis - 1 : this.plan.outerAxis, count);
    if (box === null) {
      this.runs(i, place, count, move);
      return;
    }
    const shape = box.map(([length]) => length).reverse();
    const flat = buffer.viewOf(buffer.dtype, [count], [buffer.itemsize], buffer.offset);
    move(
      flat.reshape(shape) as NDArray,
      array.viewOf(array.dtype, shape, box.map(([, a]) => a.steps[i]).reverse(), place),
    );
  }

  /** The axes of a chunk that is a whole block: all of the inner axes and a stretch of the one at `top`. */
  private box(top: number, n: number): [number, Axis][] | null {
    const out: [number, Axis][] = [];
    let inside = 1;
    for (let d = 0; d < top; d++) {
      const a = this.p.layout.axes[d];
      if (a.index !== 0) return null;
      out.push([a.length, a]);
      inside *= a.length;
    }
    const a = this.p.layout.axes[top];
    const k = n / inside;
    if (!Number.isInteger(k) || k > a.length - a.index) return null;
    out.push([k, a]);
    return out;
  }

  /** Goes through n elements in stretches of the fastest axis. */
  private runs(
    i: number,
    place: number,
    n: number,
    move: (buffer: NDArray, array: NDArray, first: number) => void,
  ): void {
    const { axes } = this.p.layout;
    const buffer = this.plan.ops[i].array as NDArray;
    const array = this.p.operands[i];
    const index = axes.map((a) => a.index);
    let at = place;
    for (let done = 0; done < n; ) {
      const count = Math.min(axes[0].length - index[0], n - done);
      move(
        buffer.viewOf(buffer.dtype, [count], [buffer.itemsize], buffer.offset + done * buffer.itemsize),
        array.viewOf(array.dtype, [count], [axes[0].steps[i]], at),
        done,
      );
      done += count;
      at -= index[0] * axes[0].steps[i];
      index[0] = 0;
      for (let d = 1; d < axes.length; d++) {
        at += axes[d].steps[i];
        if (++index[d] < axes[d].length) break;
        at -= axes[d].length * axes[d].steps[i];
        index[d] = 0;
      }
    }
  }
}
