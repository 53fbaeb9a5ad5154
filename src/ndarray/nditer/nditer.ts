/// <reference lib="esnext.disposable" preserve="true" />
import type { ArrayLike } from '../../core/coerce.js';
import type { DType, DTypeLike } from '../../core/dtype.js';
import { IndexError, RuntimeError, TypeError, ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { setitem } from '../../core/ops/assign.js';
import type { Casting } from '../../core/promote.js';
import { direct } from '../creation/make.js';
import { integer } from '../manipulation/common.js';
import type { NDArray } from '../ndarray.js';
import { coalesce } from './axes.js';
import { dump } from './dump.js';
import type { NditerFlag, NditerOpFlag } from './flags.js';
import type { Prepared } from './operands.js';
import { type Order, type Request, readRequest } from './request.js';
import { Walk } from './walk.js';

/** Going through the elements of several arrays together, in the order of their memory. */

/** Keywords of `nditer`. */
export interface NditerKeywords {
  flags?: readonly NditerFlag[] | null;
  /** For all operands, or a list for each: 'readonly', 'readwrite' or 'writeonly', and what else may be done with it. */
  op_flags?: readonly NditerOpFlag[] | readonly (readonly NditerOpFlag[])[] | null;
  /** The dtypes in which operands are seen: one for all, or one for each. Needs 'buffered', or 'copy' for the operand. */
  op_dtypes?: DTypeLike | readonly (DTypeLike | null)[] | null;
  /** 'K' goes through memory in its own order, 'C' and 'F' by the indices. */
  order?: Order;
  casting?: Casting;
  /** For each operand its axes in order of the iteration; null or -1 is a new axis. */
  op_axes?: readonly (readonly (number | null)[] | null)[] | null;
  itershape?: number | readonly number[] | null;
  /** Elements in a buffer; 0: as many as is good. */
  buffersize?: number;
}

const DELAYED = 'Iterator construction used delayed buffer allocation, and no reset has been done yet';

/** What `np.nditer` makes. */
export class Nditer extends Walk implements IterableIterator<any> {
  constructor(r: Request) {
    super(r);
    slots(this.length);
  }

  // ---- what it is ------------------------------------------------------------------------------------------------------

  get ndim(): number {
    return this.valid().layout.ndim;
  }
  /** How many operands there are. */
  get nop(): number {
    return this.valid().operands.length;
  }
  get length(): number {
    return this.p?.operands.length ?? 0;
  }
  get itersize(): number {
    return this.valid().layout.itersize;
  }
  /** The shape that is gone through; without 'multi_index' the joined axes, the fastest first. */
  get shape(): number[] {
    const { axes, ndim } = this.current().layout;
    const out = axes.slice(0, ndim).map((a) => a.length);
    if (this.flags.has('multi_index')) for (const a of axes.slice(0, ndim)) out[a.axis] = a.length;
    return out;
  }
  /** The arrays, those that were made included. */
  get operands(): NDArray[] {
    return [...this.valid().operands];
  }
  /** The operands as views with the axes of the iteration. */
  get itviews(): NDArray[] {
    const p = this.valid();
    if (this.buffers !== null) throw new ValueError('cannot provide an iterator view when buffering is enabled');
    const axes = p.layout.axes.slice(0, p.layout.ndim).reverse();
    return p.operands.map((o, i) => {
      const view = o.viewOf(
        o.dtype,
        axes.map((a) => a.length),
        axes.map((a) => a.steps[i]),
        this.origins[i] + p.layout.base[i],
      );
      view.writeable = p.states[i].write;
      return view;
    });
  }
  /** The dtypes in which the operands are seen. */
  get dtypes(): DType[] {
    return [...this.valid().dtypes];
  }
  get finished(): boolean {
    return this.p !== null && this.done;
  }
  get has_index(): boolean {
    this.valid();
    return this.flags.has('c_index') || this.flags.has('f_index');
  }
  get has_multi_index(): boolean {
    this.valid();
    return this.flags.has('multi_index');
  }
  get has_delayed_bufalloc(): boolean {
    this.valid();
    return this.delayed;
  }
  /** Whether steps handle references to objects. */
  get iterationneedsapi(): boolean {
    const p = this.valid();
    return p.dtypes.some((d) => d.hasobject) || p.operands.some((o) => o.dtype.hasobject);
  }

  // ---- where it is -----------------------------------------------------------------------------------------------------

  /** The index of the current element. @throws ValueError without the flag 'multi_index' */
  get multi_index(): number[] {
    const { axes, ndim } = this.current().layout;
    if (!this.flags.has('multi_index')) throw new ValueError('Iterator is not tracking a multi-index');
    if (this.delayed) throw new ValueError(DELAYED);
    const out = new Array<number>(ndim);
    for (const a of axes.slice(0, ndim)) out[a.axis] = a.flipped ? a.length - 1 - a.index : a.index;
    return out;
  }
  set multi_index(value: readonly number[]) {
    const { axes, ndim } = this.valid().layout;
    if (!this.flags.has('multi_index')) throw new ValueError('Iterator is not tracking a multi-index');
    if (!Array.isArray(value)) throw new ValueError('multi_index must be set with a sequence');
    if (value.length !== ndim) throw new ValueError('Wrong number of indices');
    const index = value.map((v) => integer(v, 'nditer'));
    if (this.buffers !== null) throw new ValueError('Cannot call GotoMultiIndex on an iterator which is buffered');
    let at = 0;
    let step = 1;
    for (const a of axes.slice(0, ndim)) {
      const k = a.flipped ? a.length - 1 - index[a.axis] : index[a.axis];
      if (k < 0 || k >= a.length)
        throw new IndexError('Iterator GotoMultiIndex called with an out-of-bounds multi-index');
      at += step * k;
      step *= a.length;
    }
    this.inRange(at, 'Iterator GotoMultiIndex called with a multi-index outside the restricted iteration range');
    this.jump(at);
  }

  /** The place of the current element in C order, or in F order with the flag 'f_index'. */
  get index(): number {
    this.current();
    if (!this.has_index) throw new ValueError('Iterator does not have an index');
    return this.places[this.places.length - 1];
  }
  set index(value: number) {
    const { axes, ndim, itersize } = this.valid().layout;
    if (!this.has_index) throw new ValueError('Iterator does not have an index');
    const flat = integer(value, 'nditer');
    if (this.buffers !== null) throw new ValueError('Cannot call GotoIndex on an iterator which is buffered');
    if (flat < 0 || flat >= itersize) throw new IndexError('Iterator GotoIndex called with an out-of-bounds index');
    let at = 0;
    let step = 1;
    for (const a of axes.slice(0, ndim)) {
      const own = a.steps[a.steps.length - 1];
      const k = own === 0 ? 0 : Math.floor(flat / Math.abs(own)) % a.length;
      at += step * (own < 0 ? a.length - 1 - k : k);
      step *= a.length;
    }
    this.inRange(at, 'Iterator GotoIndex called with an index outside the restricted iteration range.');
    this.jump(at);
  }

  /** How many elements the walk has passed. */
  get iterindex(): number {
    this.current();
    return this.iterAt;
  }
  set iterindex(value: number) {
    this.valid();
    const at = integer(value, 'nditer');
    if (this.flags.has('external_loop'))
      throw new ValueError('Cannot call GotoIterIndex on an iterator which has the flag EXTERNAL_LOOP');
    this.inRange(at, 'Iterator GotoIterIndex called with an iterindex outside the iteration range.');
    const b = this.buffers;
    if (b !== null && !b.plan.reducing && at < b.end && at >= b.end - b.size) {
      const moved = at - this.iterAt;
      b.plan.ops.forEach((o, i) => {
        this.at[i] += moved * o.inner;
      });
      this.iterAt = at;
      this.rewind(false);
      this.resetChildren();
    } else this.jump(at);
  }

  /** The part of the iteration that is gone through, in steps. It is set only with the flag 'ranged'. */
  get iterrange(): [number, number] {
    this.valid();
    return [this.start, this.end];
  }
  set iterrange(value: readonly [number, number]) {
    const { itersize } = this.valid().layout;
    if (!Array.isArray(value) || value.length !== 2)
      throw new TypeError(`function takes exactly 2 arguments (${Array.isArray(value) ? value.length : 1} given)`);
    const [start, end] = value.map((v) => integer(v, 'nditer'));
    if (!this.flags.has('ranged'))
      throw new ValueError(
        'Cannot call ResetToIterIndexRange on an iterator without requesting ranged iteration support in the constructor',
      );
    if (start < 0 || end > itersize)
      throw new ValueError(`Out-of-bounds range [${start}, ${end}) passed to ResetToIterIndexRange`);
    if (end < start) throw new ValueError(`Invalid range [${start}, ${end}) passed to ResetToIterIndexRange`);
    this.start = start;
    this.end = end;
    this.restart();
    this.rewind(start >= end);
    this.resetChildren();
  }

  // ---- moving ----------------------------------------------------------------------------------------------------------

  /** Steps on; false at the end. */
  iternext(): boolean {
    if (this.p !== null && !this.done && this.step()) {
      this.resetChildren();
      return true;
    }
    this.done = true;
    return false;
  }
  next(): IteratorResult<any> {
    if (this.p === null || this.done) return { done: true, value: undefined };
    if (this.started) {
      if (!this.step()) {
        this.done = true;
        return { done: true, value: undefined };
      }
      this.resetChildren();
    }
    this.started = true;
    return { done: false, value: this.value };
  }
  [Symbol.iterator](): this {
    return this;
  }

  /** Begins again; takes the memory of buffers whose allocation was delayed. */
  reset(): void {
    const p = this.valid();
    this.restart();
    this.rewind(p.layout.itersize === 0);
    this.resetChildren();
  }

  /** Another iterator that stands where this one does. */
  copy(): Nditer {
    const p = this.valid();
    const out = Object.create(Nditer.prototype) as Nditer;
    const layout = { ...p.layout, axes: p.layout.axes.map((a) => ({ ...a, steps: [...a.steps] })) };
    const q: Prepared = { ...p, layout, states: p.states.map((s) => ({ ...s })) };
    const own = { p: q, flags: new Set(this.flags), origins: [...this.origins], places: [...this.places] };
    Object.assign(out, this, own, { at: [...this.at], child: null, buffers: this.buffers?.copyFor(q) ?? null });
    if (out.buffers === null) out.at = out.places;
    else if (out.buffers.size > 0) {
      out.go(out.iterAt);
      out.refill(null);
    }
    return out;
  }

  /** Takes an axis out of the iteration, which stays at its beginning. @throws RuntimeError, ValueError where that cannot be */
  remove_axis(axis: number): void {
    const { layout, operands } = this.valid();
    const k = integer(axis, 'nditer');
    if (!this.flags.has('multi_index'))
      throw new RuntimeError('Iterator RemoveAxis may only be called if a multi-index is being tracked');
    if (this.has_index) throw new RuntimeError('Iterator RemoveAxis may not be called on an index is being tracked');
    if (this.buffers !== null) throw new RuntimeError('Iterator RemoveAxis may not be called on a buffered iterator');
    if (k < 0 || k >= layout.ndim) throw new ValueError('axis out of bounds in iterator RemoveAxis');
    const at = layout.axes.findIndex((a) => a.axis === k);
    const [gone] = layout.axes.splice(at, 1);
    if (gone.flipped)
      operands.forEach((_, i) => {
        layout.base[i] += (gone.length - 1) * gone.steps[i];
      });
    for (const a of layout.axes) if (a.axis > k) a.axis--;
    layout.ndim--;
    layout.itersize = layout.axes.reduce((n, a) => n * a.length, 1);
    this.end = layout.itersize;
    if (layout.ndim === 0)
      layout.axes.push({ length: 1, index: 0, steps: gone.steps.map(() => 0), axis: 0, flipped: false });
    this.go(this.start);
    this.rewind(layout.itersize === 0);
  }

  /** No longer keeps the index of elements, so that axes can be joined. */
  remove_multi_index(): void {
    const { layout } = this.valid();
    this.restart();
    if (this.flags.delete('multi_index')) {
      coalesce(layout);
      this.go(this.iterAt);
      this.refill(null);
    }
    this.rewind(layout.itersize === 0);
  }

  /** From here on each step gives a stretch of elements, as with the flag 'external_loop'. */
  enable_external_loop(): void {
    const { layout } = this.valid();
    if (this.has_index || this.flags.has('multi_index'))
      throw new ValueError('Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked');
    if (this.flags.has('ranged') && this.flags.has('external_loop') && this.buffers === null)
      throw new ValueError(
        'Iterator flag EXTERNAL_LOOP cannot be used with ranged iteration unless buffering is also enabled',
      );
    this.flags.add('external_loop');
    this.restart();
    this.rewind(layout.itersize === 0);
  }

  /** Prints what the iterator knows of itself. */
  debug_print(): void {
    console.log(
      this.p === null
        ? 'Iterator: (nil)'
        : dump(this.p, this.flags, this.buffers, this.delayed, [this.start, this.end, this.iterAt]),
    );
  }

  /** Writes what is still in buffers and copies back to the operands; the iterator is of no use afterwards. */
  close(...rest: never[]): void {
    if (rest.length > 0) throw new TypeError(`nditer.close() takes no arguments (${rest.length} given)`);
    const p = this.p;
    if (p === null) return;
    if (this.buffers !== null && !this.delayed) this.buffers.flush(this.places);
    p.writebacks.forEach((to, i) => {
      if (to === null) return;
      to.face.beforeWrite(to, 'nditer');
      assignTo(to, p.operands[i]);
    });
    this.p = null;
    this.child = null;
  }
  [Symbol.dispose](): void {
    this.close();
  }

  // ---- what the loop sees ----------------------------------------------------------------------------------------------

  /** The current elements: an array without axes (or a stretch of them), or one for each operand. */
  get value(): any {
    const { operands } = this.current();
    return operands.length === 1 ? this.seen(0) : operands.map((_, i) => this.seen(i));
  }

  private seen(i: number): NDArray {
    const p = this.current();
    if (this.delayed) throw new ValueError(DELAYED);
    const nop = p.operands.length;
    const k = i < 0 ? i + nop : i;
    if (k < 0 || k >= nop) throw new IndexError(`Iterator operand index ${i} is out of bounds`);
    const b = this.buffers;
    const from = b?.plan.ops[k].array ?? p.operands[k];
    const loop = this.flags.has('external_loop');
    const shape = loop ? [b === null ? p.layout.axes[0].length : b.size] : [];
    const steps = loop ? [b === null ? p.layout.axes[0].steps[k] : b.plan.ops[k].inner] : [];
    if (p.states[k].write) from.face.beforeWrite(from, 'nditer');
    const view = from.viewOf(p.dtypes[k], shape, steps, this.at[k]);
    view.writeable = p.states[k].write;
    return view;
  }

  /** What the loop sees of one operand; negative numbers count from the last. */
  operand(i: number): NDArray {
    if (typeof i !== 'number' || !Number.isInteger(i)) throw new TypeError('invalid index type for iterator indexing');
    return this.seen(i);
  }
  /** Writes to the current element, or stretch, of an operand. */
  setOperand(i: number, value: ArrayLike): void {
    const view = this.operand(i);
    if (!view.writeable) throw new RuntimeError(`Iterator operand ${i} is not writeable`);
    setitem(view, ['...'], value);
  }
}

/** `it[0]`, `it[1]`, …: as many as any iterator has had operands. */
export interface Nditer {
  [operand: number]: NDArray;
}

let ready = 0;
/** Makes `it[i]` and `it[i] = value` work, for as many operands as there are. */
function slots(n: number): void {
  for (; ready < Math.max(n + 1, 8); ready++) {
    const i = ready;
    Object.defineProperty(Nditer.prototype, i, {
      configurable: true,
      get(this: Nditer): NDArray {
        return this.operand(i);
      },
      set(this: Nditer, value: ArrayLike) {
        this.setOperand(i, value);
      },
    });
  }
}

export interface NditerConstructor {
  (op: ArrayLike | readonly (ArrayLike | null)[] | null, kw?: NditerKeywords): nditer;
  (
    op: ArrayLike | readonly (ArrayLike | null)[] | null,
    flags?: readonly NditerFlag[] | null,
    ...rest: readonly (NditerKeywords[keyof NditerKeywords] | NditerKeywords)[]
  ): nditer;
  readonly prototype: nditer;
}
export type nditer = Nditer;

const make = /*@__PURE__*/ direct<(...args: unknown[]) => Nditer>(
  'nditer',
  "op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None, buffersize=0",
  (...bound: unknown[]) => new Nditer(readRequest(bound)),
);

/**
 * Goes through arrays element by element, in the order of memory unless `order` says otherwise. Each step gives a view without axes of
 * one array, or a list of such views for a list of arrays (broadcast together; null is an array to be made). With 'readwrite' in
 * `op_flags` the views may be written: `x.set('...', value)`. A JavaScript array is a list of operands.
 *
 * Iterators that write to copies or buffers must be closed: with `using it = …`, or by `it.close()`.
 *
 * @throws ValueError for unknown flags, shapes that do not go together, and arrays without elements unless `flags` has 'zerosize_ok';
 * TypeError for conversions without 'buffered' or 'copy', or that `casting` does not allow
 * @example [...np.nditer(np.arange(4).reshape(2, 2).T)].map(Number) // → [ 0, 1, 2, 3 ]
 */
export const nditer: NditerConstructor = /*@__PURE__*/ Object.assign(
  function (...args: unknown[]): Nditer {
    return make(...args);
  },
  { prototype: Nditer.prototype },
) as never;
