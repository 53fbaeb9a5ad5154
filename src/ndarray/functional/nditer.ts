import { allocate, type ArrayLike } from '../../core/coerce.js';
import type { DType } from '../../core/dtype.js';
import { NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { broadcastTo } from '../../core/ops/move.js';
import { resultType } from '../../core/promote.js';
import { isKeywords } from '../../core/signature.js';
import { broadcastShapes, cStrides, sizeOf, asOrder } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';

/** Going through the elements of several arrays together, in the order of their memory. */

type Order = 'C' | 'F' | 'A' | 'K';
type OpFlags = readonly string[] | readonly (readonly string[])[];

/** Keywords of `nditer`. */
export interface NditerKeywords {
  /** 'external_loop', 'multi_index', 'c_index', 'f_index', 'zerosize_ok', and those that change nothing here. */
  flags?: readonly string[] | null;
  /** 'readonly', 'readwrite' or 'writeonly' (and 'allocate'), for all operands or a list for each. */
  op_flags?: OpFlags | null;
  /** 'K' goes through memory in its own order, 'C' and 'F' by the indices. */
  order?: Order;
}

const FLAGS = [
  'external_loop',
  'multi_index',
  'c_index',
  'f_index',
  'zerosize_ok',
  'refs_ok',
  'common_dtype',
  'copy_if_overlap',
  'delay_bufalloc',
  'grow_inner',
  'growinner',
  'reduce_ok',
  'ranged',
];
const OP_FLAGS = [
  'readonly',
  'readwrite',
  'writeonly',
  'allocate',
  'copy',
  'updateifcopy',
  'nbo',
  'aligned',
  'contig',
  'no_broadcast',
  'no_subtype',
  'virtual',
  'arraymask',
  'writemasked',
  'overlap_assume_elementwise',
];

/** One axis of the walk: how far each operand moves, and which axis of the indices it is. */
interface Axis {
  readonly length: number;
  readonly steps: readonly number[];
  readonly axis: number;
  readonly reversed: boolean;
}

/** The axes in the order of the walk, the slowest first. */
function arrange(shape: readonly number[], operands: readonly NDArray[], order: Order): Axis[] {
  const axes: Axis[] = shape.map((length, axis) => ({
    length,
    axis,
    steps: operands.map((o) => o.strides[axis]),
    reversed: false,
  }));
  const fortran =
    order === 'F' || (order === 'A' && operands.every((o) => o.flags.f_contiguous && !o.flags.c_contiguous));
  if (order !== 'K') return fortran ? axes.reverse() : axes;
  const turned = axes.map((a) => {
    const back = a.steps.some((s) => s < 0) && a.steps.every((s) => s <= 0);
    return back ? { ...a, steps: a.steps.map((s) => -s), reversed: true } : a;
  });
  // Larger steps go outside, where all operands that move on both axes agree; else the order of the indices stays.
  const out: Axis[] = [];
  for (const a of turned) {
    let at = out.length;
    for (let k = out.length - 1; k >= 0; k--) {
      const both = a.steps
        .map((s, i) => [Math.abs(s), Math.abs(out[k].steps[i])])
        .filter(([p, q]) => p !== 0 && q !== 0);
      if (both.length === 0) continue;
      if (!both.every(([p, q]) => p > q)) break;
      at = k;
    }
    out.splice(at, 0, a);
  }
  return out;
}

/** Joins neighbouring axes that all operands walk in even steps. */
function coalesce(axes: readonly Axis[]): Axis[] {
  const out: Axis[] = [];
  for (const a of axes.filter((x) => x.length !== 1)) {
    const last = out[out.length - 1];
    if (last?.steps.every((s, i) => s === a.length * a.steps[i]))
      out[out.length - 1] = { ...a, length: last.length * a.length };
    else out.push(a);
  }
  return out;
}

class Nditer implements Iterable<any> {
  /** The arrays, those that were made for null included. */
  readonly operands: readonly NDArray[];
  readonly shape: readonly number[];
  readonly itersize: number;
  private readonly views: readonly NDArray[];
  private readonly axes: readonly Axis[];
  private readonly starts: readonly number[];
  private readonly inner: Axis | null;
  private readonly writes: readonly boolean[];
  private readonly place: number[];
  private readonly flags: readonly string[];
  private at = 0;

  constructor(ops: readonly unknown[], kw: NditerKeywords) {
    this.flags = kw.flags ?? [];
    const order = asOrder(kw.order, 'K');
    if (this.flags.includes('buffered'))
      throw new NotImplementedError("nditer: 'buffered' is not supported: no conversions are made on the way");
    for (const f of this.flags) if (!FLAGS.includes(f)) throw new ValueError(`Unexpected iterator global flag "${f}"`);
    const tracked = this.flags.some((f) => f.endsWith('_index'));
    const chunks = this.flags.includes('external_loop');
    if (tracked && chunks)
      throw new ValueError('Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked');
    const given = kw.op_flags ?? null;
    const flagsOf = (i: number): readonly string[] =>
      given === null
        ? [ops[i] === null ? 'writeonly' : 'readonly']
        : Array.isArray(given[0])
          ? ((given as string[][])[i] ?? [])
          : (given as string[]);
    ops.forEach((_, i) => {
      for (const f of flagsOf(i))
        if (!OP_FLAGS.includes(f)) throw new ValueError(`Unexpected per-op iterator flag "${f}"`);
    });
    const known = ops.filter((o) => o !== null).map((o) => toNDArray(o));
    if (known.length === 0) throw new ValueError('At least one iterator operand must be non-NULL');
    this.shape = broadcastShapes(known.map((a) => a.shape));
    this.itersize = sizeOf(this.shape);
    if (this.itersize === 0 && !this.flags.includes('zerosize_ok'))
      throw new ValueError('Iteration of zero-sized operands is not enabled');
    const type: DType = resultType(known.map((a) => a.dtype));
    this.operands = ops.map((o) => (o === null ? (allocate(this.shape, type) as NDArray) : toNDArray(o)));
    this.writes = ops.map((_, i) => flagsOf(i).some((f) => f === 'readwrite' || f === 'writeonly'));
    this.operands.forEach((o, i) => {
      if (!this.writes[i]) return;
      if (String(o.shape) !== String(this.shape))
        throw new ValueError(
          `non-broadcastable operand with shape (${o.shape.join(',')}) doesn't match the broadcast shape (${this.shape.join(',')})`,
        );
      if (!o.writeable) throw new ValueError('output array is read-only');
    });
    this.views = this.operands.map((o) => broadcastTo(o, this.shape) as NDArray);
    const all = arrange(this.shape, this.views, order);
    this.starts = this.views.map((v, i) =>
      all.reduce((p, a) => (a.reversed ? p - (a.length - 1) * a.steps[i] : p), v.offset),
    );
    const joined = tracked ? all : coalesce(all);
    const whole: Axis = { length: 1, steps: ops.map((_, i) => this.views[i].itemsize), axis: 0, reversed: false };
    this.inner = chunks ? (joined.length > 0 ? joined[joined.length - 1] : whole) : null;
    this.axes = chunks ? joined.slice(0, -1) : joined;
    this.place = new Array<number>(this.axes.length).fill(0);
  }

  get ndim(): number {
    return this.shape.length;
  }
  /** How many operands there are. */
  get nop(): number {
    return this.operands.length;
  }
  get finished(): boolean {
    return this.at >= this.steps;
  }
  private get steps(): number {
    return this.itersize === 0 ? 0 : this.itersize / (this.inner?.length ?? 1);
  }

  /** The index of the current element. @throws ValueError without the flag 'multi_index' */
  get multi_index(): number[] {
    if (!this.flags.includes('multi_index')) throw new ValueError('Iterator is not tracking a multi-index');
    return this.indices();
  }
  /** The place of the current element in C order, or in F order with the flag 'f_index'. */
  get index(): number {
    if (!this.flags.includes('c_index') && !this.flags.includes('f_index'))
      throw new ValueError('Iterator does not have an index');
    const f = this.flags.includes('f_index');
    const steps = f ? cStrides([...this.shape].reverse(), 1).reverse() : cStrides(this.shape, 1);
    return this.indices().reduce((p, k, d) => p + k * steps[d], 0);
  }
  private indices(): number[] {
    const out = new Array<number>(this.shape.length).fill(0);
    this.axes.forEach((a, d) => {
      out[a.axis] = a.reversed ? a.length - 1 - this.place[d] : this.place[d];
    });
    return out;
  }

  /** What the loop sees at the current step: an array without axes (or a stretch of them), or one for each operand. */
  get value(): any {
    if (this.finished) throw new ValueError('Iterator is past the end');
    const parts = this.operands.map((o, i) => {
      const at = this.axes.reduce((p, a, d) => p + this.place[d] * a.steps[i], this.starts[i]);
      const view =
        this.inner === null
          ? o.viewOf(o.dtype, [], [], at)
          : o.viewOf(o.dtype, [this.inner.length], [this.inner.steps[i]], at);
      if (!this.writes[i]) view.writeable = false;
      return view;
    });
    return parts.length === 1 ? parts[0] : parts;
  }

  /** Steps on; false at the end. */
  iternext(): boolean {
    this.at++;
    for (let d = this.axes.length - 1; d >= 0 && ++this.place[d] === this.axes[d].length; d--) this.place[d] = 0;
    return !this.finished;
  }
  /** Begins again. */
  reset(): void {
    this.at = 0;
    this.place.fill(0);
  }

  *[Symbol.iterator](): Generator<any> {
    for (this.reset(); !this.finished; this.iternext()) yield this.value;
  }
}

export interface NditerConstructor {
  (op: ArrayLike | readonly (ArrayLike | null)[], kw?: NditerKeywords): nditer;
  (op: ArrayLike | readonly (ArrayLike | null)[], flags?: readonly string[] | null, kw?: NditerKeywords): nditer;
  readonly prototype: nditer;
}
export type nditer = Nditer;

/**
 * Goes through arrays element by element, in the order of memory unless `order` says otherwise. Each step gives a view without axes of
 * one array, or a list of such views for a list of arrays (broadcast together; null is an array to be made). With 'readwrite' in
 * `op_flags` the views may be written: `x.set('...', value)`.
 *
 * @throws ValueError for unknown flags, and for arrays without elements unless `flags` has 'zerosize_ok'; NotImplementedError for
 * 'buffered' and conversions
 * @example [...np.nditer(np.arange(4).reshape(2, 2).T)].map(Number) // → [ 0, 1, 2, 3 ]
 */
export const nditer: NditerConstructor = /*@__PURE__*/ Object.assign(
  function (op: unknown, ...rest: unknown[]): Nditer {
    const last = rest[rest.length - 1];
    const kw: NditerKeywords & Record<string, unknown> = isKeywords(last) ? { ...(last as NditerKeywords) } : {};
    if (rest.length > 0 && !isKeywords(rest[0]) && rest[0] !== undefined) kw.flags = rest[0] as string[] | null;
    for (const key in kw) {
      if (['op_dtypes', 'casting', 'op_axes', 'itershape', 'buffersize'].includes(key))
        throw new NotImplementedError(`nditer: '${key}' is not supported; convert or reshape the operands first`);
      if (!['flags', 'op_flags', 'order'].includes(key))
        throw new TypeError(`nditer() got an unexpected keyword argument '${key}'`);
    }
    const several = Array.isArray(op) && op.some((e) => e === null || typeof e === 'object');
    return new Nditer(several ? (op as unknown[]) : [op], kw);
  },
  { prototype: Nditer.prototype },
) as never;
