import { faceOf } from '../../core/array.js';
import { hostDevice } from '../../core/device/registry.js';
import { bool, type DType, nativeOf, uint8 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { canCast, type Casting, resultType } from '../../core/promote.js';
import { sameShape, sizeOf } from '../../core/view.js';
import { may_share_memory } from '../manipulation/memory.js';
import { arrayFace, type NDArray } from '../ndarray.js';
import { type Layout, layOut, type OperandState } from './axes.js';
import { checkGlobalFlags, checkOpFlags } from './flags.js';
import { plainAxis, REDUCTION, type Request } from './request.js';

/** The operands of an iteration made ready: dtypes settled, arrays made, copies taken where they are allowed. */

export interface Prepared {
  readonly layout: Layout;
  readonly states: OperandState[];
  readonly operands: NDArray[];
  readonly dtypes: DType[];
  /** Which operand says what may be written, or -1. */
  readonly mask: number;
  /** Copies that go back to their arrays when the iterator is closed. */
  readonly writebacks: (NDArray | null)[];
}

function stateOf(r: Request, i: number): OperandState {
  const flags = r.opFlags[i];
  checkOpFlags(flags);
  const state: OperandState = {
    flags,
    read: !flags.has('writeonly'),
    write: !flags.has('readonly'),
    reduce: false,
    cast: false,
  };
  const o = r.ops[i];
  if (o === null) {
    if (!flags.has('allocate') && !flags.has('virtual'))
      throw new ValueError('Iterator operand was NULL, but neither the ALLOCATE nor the VIRTUAL flag was specified');
    if (flags.has('allocate')) {
      if (!state.write)
        throw new ValueError(
          "Automatic allocation was requested for an iterator operand, but it wasn't flagged for writing",
        );
      if (r.flags.has('buffered') && !r.flags.has('delay_bufalloc') && state.read)
        throw new ValueError(
          'Automatic allocation was requested for an iterator operand, and it was flagged as readable, but buffering  without delayed allocation was enabled',
        );
    }
    return state;
  }
  if (flags.has('virtual'))
    throw new ValueError('Iterator operand flag VIRTUAL was specified, but the operand was not NULL');
  if (state.write && !o.writeable) throw new ValueError('operand array with iterator write flag set is read-only');
  if (!r.flags.has('zerosize_ok') && o.size === 0)
    throw new ValueError('Iteration of zero-sized operands is not enabled');
  if (!r.flags.has('refs_ok') && (o.dtype.hasobject || r.opDtypes[i]?.hasobject))
    throw new TypeError(
      'Iterator operand or requested dtype holds references, but the NPY_ITER_REFS_OK flag was not enabled',
    );
  return state;
}

function readStates(r: Request): { states: OperandState[]; mask: number } {
  let mask = -1;
  const states = r.ops.map((_, i) => {
    if (r.opFlags[i].has('arraymask')) {
      checkOpFlags(r.opFlags[i]);
      if (mask >= 0) throw new ValueError('Only one iterator operand may receive an ARRAYMASK flag');
      mask = i;
    }
    return stateOf(r, i);
  });
  const masked = r.opFlags.some((f) => f.has('writemasked'));
  if (masked && mask < 0)
    throw new ValueError(
      'An iterator operand was flagged as WRITEMASKED, but no ARRAYMASK operand was given to supply the mask',
    );
  if (!masked && mask >= 0)
    throw new ValueError(
      'An iterator operand was flagged as the ARRAYMASK, but no WRITEMASKED operands were given to use the mask',
    );
  return { states, mask };
}

/** The dtype that each operand is seen in. */
function settle(r: Request, states: readonly OperandState[]): DType[] {
  const known = r.ops.map((o, i) => {
    const asked = r.opDtypes[i];
    if (o !== null) return r.opFlags[i].has('nbo') ? nativeOf(asked ?? o.dtype) : (asked ?? o.dtype);
    return (r.opFlags[i].has('allocate') ? asked : null) ?? (r.opFlags[i].has('arraymask') ? bool : null);
  });
  const all = r.flags.has('common_dtype');
  if (!all && !known.includes(null)) return known as DType[];
  const among = known.filter((d, i): d is DType => d !== null && (all || states[i].read));
  if (among.length === 0) throw new TypeError('no arrays or types available to calculate result type');
  const common = among.length === 1 ? among[0] : resultType(among);
  return known.map((d) => (all ? common : (d ?? common)));
}

function checkCasts(r: Request, states: readonly OperandState[], dtypes: readonly DType[], casting: Casting): void {
  r.ops.forEach((o, i) => {
    if (o === null) return;
    if (states[i].flags.has('aligned') && !o.flags.aligned) states[i].cast = true;
    if (o.dtype === dtypes[i]) return;
    const [from, to] = [o.dtype, dtypes[i]];
    if (states[i].read && !canCast(from, to, casting))
      throw new TypeError(
        `Iterator operand ${i} dtype could not be cast from ${from.repr()} to ${to.repr()} according to the rule '${casting}'`,
      );
    if (states[i].write && !canCast(to, from, casting))
      throw new TypeError(
        `Iterator requested dtype could not be cast from ${to.repr()} to ${from.repr()}, the operand ${i} dtype, according to the rule '${casting}'`,
      );
    states[i].cast = true;
  });
}

/** Whether writing this operand could change what another is yet to be read as. */
function overlaps(r: Request, states: readonly OperandState[], i: number, forced: ReadonlySet<number>): boolean {
  const o = r.ops[i];
  if (o === null || !states[i].write) return false;
  return r.ops.some((other, k) => {
    if (k === i || other === null || !states[k].read || forced.has(k)) return false;
    const inStep = r.opFlags[i].has('overlap_assume_elementwise') && r.opFlags[k].has('overlap_assume_elementwise');
    const same =
      o.buffer === other.buffer &&
      o.offset === other.offset &&
      sameShape(o.shape, other.shape) &&
      sameShape(o.strides, other.strides) &&
      o.dtype === other.dtype &&
      o.shape.every((n, d) => n < 2 || o.strides[d] !== 0);
    return !(inStep && same) && (may_share_memory(o, other, { max_work: 1 }) as boolean);
  });
}

/** Which axis of an operand an axis of the iteration is; negative for none. */
const axisOf = (r: Request, i: number, axis: number, ndim: number, opNdim: number): number =>
  r.opAxes?.[i] ? plainAxis((r.opAxes[i] as readonly number[])[axis]) : axis - (ndim - opNdim);

/** A fresh array whose elements lie in the order of the walk. With a shape it stands for an operand of that shape. */
function alike(
  r: Request,
  i: number,
  l: Layout,
  given: readonly number[] | null,
  dtype: DType,
  plain: boolean,
): NDArray {
  const opNdim = given?.length ?? l.ndim;
  const axes = r.opAxes?.[i] ?? null;
  const shape: number[] = [...(given ?? [])];
  const strides: (number | undefined)[] = new Array(opNdim).fill(undefined);
  let step = dtype.itemsize;
  let used = 0;
  if (opNdim > 0) {
    for (const a of l.axes.slice(0, l.ndim)) {
      const k = axisOf(r, i, a.axis, l.ndim, opNdim);
      if (k < 0) continue;
      used++;
      if (given === null) {
        if (k >= l.ndim)
          throw new ValueError(
            `automatically allocated output array specified with an inconsistent axis mapping; the axis mapping cannot include dimension ${k} which is too large for the iterator dimension of ${l.ndim}.`,
          );
        shape[k] = axes !== null && axes[a.axis] >= REDUCTION - 1 ? 1 : a.length;
      }
      strides[k] = step;
      step *= shape[k];
    }
  }
  if (given === null) {
    for (let d = 0; d < used; d++)
      if (strides[d] === undefined)
        throw new ValueError(
          `automatically allocated output array specified with an inconsistent axis mapping; the axis mapping is missing an entry for dimension ${d}.`,
        );
    shape.length = used;
    strides.length = used;
  } else if (strides.includes(undefined)) {
    // Axes outside of the iteration lie innermost.
    let inner = dtype.itemsize;
    let factor = 1;
    const own = [...strides];
    for (let d = opNdim - 1; d >= 0; d--) {
      if (strides[d] !== undefined) continue;
      own[d] = inner;
      inner *= shape[d];
      factor *= shape[d];
    }
    own.forEach((s, d) => {
      strides[d] = strides[d] === undefined ? s : (s as number) * factor;
    });
  }
  const face = plain
    ? arrayFace
    : faceOf(r.ops.filter((o, k): o is NDArray => o !== null && !r.opFlags[k].has('writeonly')));
  const buffer = hostDevice().allocate(sizeOf(shape) * dtype.itemsize);
  return face.fresh(buffer, dtype, shape, strides as number[]) as NDArray;
}

/** Lets the walk go through another array in an operand's place. */
function replace(r: Request, i: number, l: Layout, array: NDArray): void {
  l.base[i] = 0;
  const opNdim = array.ndim;
  for (const a of l.axes.slice(0, l.ndim)) {
    const k = axisOf(r, i, a.axis, l.ndim, r.opAxes?.[i] ? l.ndim : opNdim);
    if (k < 0 || k >= opNdim || array.shape[k] === 1) continue;
    a.steps[i] = a.flipped ? -array.strides[k] : array.strides[k];
    if (a.flipped) l.base[i] += array.strides[k] * (array.shape[k] - 1);
  }
}

/** Makes everything ready for the first step. */
export function prepare(r: Request): Prepared {
  checkGlobalFlags(r.flags);
  const { states, mask } = readStates(r);
  const layout = layOut(r, states);
  const dtypes = settle(r, states);
  checkCasts(r, states, dtypes, r.casting);
  const forced = new Set<number>();
  if (r.flags.has('copy_if_overlap'))
    r.ops.forEach((_, i) => {
      if (overlaps(r, states, i, forced)) forced.add(i);
    });
  const writebacks: (NDArray | null)[] = r.ops.map(() => null);
  const buffered = r.flags.has('buffered');
  const operands = r.ops.map((o, i) => {
    const s = states[i];
    let out: NDArray;
    if (o === null) {
      out = alike(r, i, layout, null, dtypes[i], s.flags.has('no_subtype'));
      replace(r, i, layout, out);
    } else if (
      (s.cast && ((s.read && !s.write && o.ndim === 0) || s.flags.has('copy') || s.flags.has('updateifcopy'))) ||
      forced.has(i)
    ) {
      out = alike(r, i, layout, o.shape, dtypes[i], true);
      if (s.read) assignTo(out, o);
      if (s.write) writebacks[i] = o;
      replace(r, i, layout, out);
      s.cast = false;
    } else {
      if (s.cast && !buffered)
        throw new TypeError(
          'Iterator operand required copying or buffering, but neither copying nor buffering was enabled',
        );
      out = o;
    }
    if (s.flags.has('contig') && layout.axes[0].steps[i] !== dtypes[i].itemsize) {
      s.cast = true;
      if (!buffered)
        throw new TypeError(
          'Iterator operand required buffering, to be contiguous as requested, but buffering is not enabled',
        );
    }
    return out;
  });
  states.forEach((s, i) => {
    if (s.cast && s.flags.has('writemasked') && dtypes[mask] !== bool && dtypes[mask] !== uint8)
      throw new TypeError('Only bool and uint8 masks are supported.');
    if (s.reduce && s.flags.has('writemasked') && layout.axes.some((a) => a.steps[mask] !== 0 && a.steps[i] === 0))
      throw new ValueError(
        'Iterator reduction operand is WRITEMASKED, but also broadcasts to multiple mask values. There can be only one mask value per WRITEMASKED element.',
      );
  });
  return { layout, states, operands, dtypes, mask, writebacks };
}
