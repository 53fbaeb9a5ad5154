import { ArrayValue } from '../core/array.js';
import { allocate, toArray } from '../core/coerce.js';
import { CONTAINER, typedView } from '../core/device/access.js';
import type { HostBuffer } from '../core/device/device.js';
import type { DType } from '../core/dtype.js';
import { elementsOf } from '../core/device/elements.js';
import { IndexError, TypeError, ValueError } from '../core/errors.js';
import { floatErrors, reportedAs } from '../core/errstate.js';
import { cells, CHUNK, unitOf } from '../core/ops/cells.js';
import { converter } from '../core/ops/casts.js';
import { memoryDoor } from '../core/door.js';
import { assignTo } from '../core/ops/copy.js';
import { evened, isOdd } from '../core/ops/odd-memory.js';
import { asIntegers } from '../core/ops/entries.js';
import { gatherCells, scatterCells, walk } from '../core/ops/gather.js';
import { reduceRow } from '../core/ops/reduce.js';
import { resolve } from '../core/ops/loops/resolve.js';
import type { UfuncRow, Loop } from '../core/ops/row.js';
import { operand, release, type UfuncOperand, Weak, immediate } from '../core/ops/operand.js';
import { boundCall } from '../core/ops/ufunc.js';
import { weakDefault } from '../core/promote.js';
import { broadcastStrides, isC } from '../core/view.js';
import { NDArray } from './ndarray.js';

/**
 * `ufunc.at`: in place at indices, repeated indices applied one after the other, a[i] = f(…f(f(a[i], b1), b2)…).
 *
 * What JavaScript's arithmetic does exactly as the row does is done where elements lie. For the rest, entries are put into rounds: the k-th round has the k-th entry of each
 * target, so that within a round targets differ and the row's own kernel does all at once. When few targets are left with many
 * entries each, every one of them is folded by a reduction.
 */

/** Where indices of `ufunc.at` point, as distances in components from the array's first element; given by the indexing module, which stands above this file. */
export type Scatter = (
  a: NDArray,
  indices: unknown,
) => { readonly shape: readonly number[]; readonly places: Int32Array | Float64Array };
type Places = Int32Array | Float64Array;
let scatter: Scatter | null = null;
export function setScatter(s: Scatter): void {
  scatter = s;
}

/** Below this many entries a round costs more than folding the targets one by one. */
const FEW = 32;

export function at(row: UfuncRow, a: NDArray, indices: unknown, given: unknown): null {
  if (!(a instanceof NDArray)) throw new TypeError('first operand must be array');
  if (scatter === null) throw new IndexError('ufunc.at: indexing is not loaded');
  if (row.nout !== 1) throw new ValueError('Only single output ufuncs supported at this time');
  if (row.nin > 2) throw new ValueError('Only unary and binary ufuncs supported at this time');
  if (row.nin === 2 && given === undefined) throw new ValueError('second operand needed for ufunc');
  if (row.nin === 1 && given !== undefined) throw new ValueError('second operand provided when ufunc is unary');
  a.face.beforeWrite(a, row.name);
  if (memoryDoor() !== null && (isOdd(a) || (given instanceof ArrayValue && isOdd(given)))) {
    const even = evened(a) as NDArray;
    at(row, even, indices, given instanceof ArrayValue ? evened(given) : given);
    if (even !== a) assignTo(a, even);
    return null;
  }
  const { shape, places } = scatter(a, indices);
  const second = row.nin === 2 ? secondOf(given, a.dtype) : null;
  const loop = resolve(
    row,
    second === null ? [a.dtype] : [a.dtype, second instanceof Weak ? second.kind : second.dtype],
    'unsafe',
    null,
    [a.dtype],
  );
  if (second instanceof ArrayValue) checkFits(second.shape, shape);
  if (places.length === 0) return null;
  if (loop.each !== undefined) {
    oneByOne(loop, a, places, shape, second);
    return null;
  }
  const same = a.dtype.index >= 0 && loop.outs[0] === a.dtype && loop.ins.every((d) => d === a.dtype);
  if (!floatErrors.watching) {
    if (!same || second === null || !inPlace(row.name, a, places, shape, second))
      inRounds(row, a, places, shape, second, same && row.nin === 2);
    return null;
  }
  const name = same && isIndexed(row, a, indices, second) ? row.name : 'at';
  reportedAs(name, () => inRounds(row, a, places, shape, second, same && row.nin === 2));
  return null;
}

/** An integral number that no integer holds is a float. */
const isLarge = ({ kind, value }: Weak): boolean => kind === 'int' && Math.abs(Number(value)) >= 2 ** 63;

/** Whether NumPy has a loop that takes indices for this: errors are then the ufunc's, and else those of 'at'. */
function isIndexed(row: UfuncRow, a: NDArray, indices: unknown, second: UfuncOperand | null): boolean {
  if (a.ndim !== 1 || second === null) return false;
  const added = Array.isArray(indices) && indices.includes(null);
  const dtype = second instanceof Weak ? weakDefault(isLarge(second) ? 'float' : second.kind) : second.dtype;
  if (added || dtype !== a.dtype || (second instanceof ArrayValue && second.ndim > 1)) return false;
  if (row.name === 'divide' || row.name === 'floor_divide') return a.dtype.kind !== 'c';
  return row.name === 'add' || row.name === 'subtract' || row.name === 'multiply';
}

/** The second operand: a lone number stays weak, a list of integral numbers beside integers is one of integers. */
function secondOf(given: unknown, d: DType): UfuncOperand {
  const o = operand(given);
  // NumPy makes an array of it first, which shows where the two do not agree.
  if (o instanceof Weak && (o.kind === 'int' ? d.name === 'uint64' : d.kind !== 'f' && d.kind !== 'c'))
    return toArray(o.value, weakDefault(o.kind));
  if (o instanceof ArrayValue && Array.isArray(given) && (d.kind === 'i' || d.kind === 'u')) return asIntegers(o) ?? o;
  return o;
}

function checkFits(from: readonly number[], to: readonly number[]): void {
  const lead = to.length - from.length;
  if (lead < 0 || from.some((n, i) => n !== 1 && n !== to[lead + i]))
    throw new ValueError('array is not broadcastable to correct shape');
}

/** The second operand over all entries, in C order without gaps, in a dtype: in memory of its own, or as it is. */
function spreadOver(
  b: UfuncOperand,
  shape: readonly number[],
  d: DType,
  apart: ArrayValue,
): { values: ArrayValue; own: boolean } {
  const v = b instanceof Weak ? toArray(b.value, weakDefault(isLarge(b) ? 'float' : b.kind)) : b;
  if (
    v.dtype === d &&
    v.buffer !== apart.buffer &&
    v.ndim === shape.length &&
    v.shape.every((n, i) => n === shape[i]) &&
    isC(v.shape, v.strides, d.itemsize)
  ) {
    return { values: v, own: false };
  }
  const values = allocate(shape, d);
  assignTo(values, v.face.view(v, v.dtype, shape, broadcastStrides(v.shape, v.strides, shape), v.offset));
  return { values, own: true };
}

// ---- where a loop is a function of elements -----------------------------------------------------------------------

function oneByOne(loop: Loop, a: NDArray, places: Places, shape: readonly number[], b: UfuncOperand | null): void {
  const each = loop.each as (...elements: unknown[]) => unknown;
  const { get, set } = elementsOf(a.buffer as HostBuffer, a.dtype);
  const load = converter(a.dtype, loop.ins[0]);
  const store = converter(loop.outs[0], a.dtype);
  const same = loop.ins[0] === a.dtype;
  let other: ((i: number) => unknown) | null = null;
  if (b instanceof Weak) {
    const { re } = immediate(b, loop.ins[1]);
    other = () => re;
  } else if (b !== null) {
    const { values } = spreadOver(b, shape, loop.ins[1], a);
    const from = elementsOf(values.buffer as HostBuffer, values.dtype);
    other = (i) => from.get(values.offset + i * values.dtype.itemsize);
  }
  for (let i = 0; i < places.length; i++) {
    const at = a.offset + places[i] * a.dtype.itemsize;
    const v = same ? get(at) : load(get(at));
    const r = other === null ? each(v) : each(v, other(i));
    set(at, loop.outs[0] === a.dtype ? r : store(r));
  }
}

// ---- where JavaScript's arithmetic is the row's own ------------------------------------------------------------------

type Step = (t: any, base: number, p: Places, v: any, at: number, from: number, to: number) => void;

const add: Step = (t: Float64Array, base, p, v: Float64Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] += v[at + i];
};
const subtract: Step = (t: Float64Array, base, p, v: Float64Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] -= v[at + i];
};
const multiply: Step = (t: Float64Array, base, p, v: Float64Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] *= v[at + i];
};
const divide: Step = (t: Float64Array, base, p, v: Float64Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] /= v[at + i];
};
// NaN if either is NaN, and -0 below +0: what the scalar basis says of max and min.
const maximum: Step = (t: Float64Array, base, p, v: Float64Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] = Math.max(t[base + p[i]], v[at + i]);
};
const minimum: Step = (t: Float64Array, base, p, v: Float64Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] = Math.min(t[base + p[i]], v[at + i]);
};
const multiplyInts: Step = (t: Int32Array, base, p, v: Int32Array, at, from, to) => {
  for (let i = from; i < to; i++) t[base + p[i]] = Math.imul(t[base + p[i]], v[at + i]);
};
/** 64-bit integers as two words with a carry. */
const addWide: Step = (t: Int32Array, base, p, v: Int32Array, at, from, to) => {
  for (let i = from, j = at + 2 * from; i < to; i++, j += 2) {
    const q = base + 2 * p[i];
    const low = (t[q] >>> 0) + (v[j] >>> 0);
    t[q] = low;
    t[q + 1] += v[j + 1] + (low > 0xffffffff ? 1 : 0);
  }
};
const subtractWide: Step = (t: Int32Array, base, p, v: Int32Array, at, from, to) => {
  for (let i = from, j = at + 2 * from; i < to; i++, j += 2) {
    const q = base + 2 * p[i];
    const low = (t[q] >>> 0) - (v[j] >>> 0);
    t[q] = low;
    t[q + 1] -= v[j + 1] + (low < 0 ? 1 : 0);
  }
};

const FLOAT_STEPS: Record<string, Step> = { add, subtract, multiply, divide, maximum, minimum };
const INT_STEPS: Record<string, Step> = { add, subtract, multiply: multiplyInts, maximum, minimum };
const WIDE_STEPS: Record<string, Step> = { add: addWide, subtract: subtractWide };

/** Applies a row entry by entry where elements lie; false for rows and dtypes that JavaScript has no arithmetic for. */
function inPlace(name: string, a: NDArray, places: Places, shape: readonly number[], b: UfuncOperand): boolean {
  const d = a.dtype;
  if (d.kind === 'b' || d.kind === 'c' || d.name === 'float16') return false;
  const wide = d.kind !== 'f' && d.itemsize === 8;
  const steps = d.kind === 'f' ? FLOAT_STEPS : wide ? WIDE_STEPS : INT_STEPS;
  if (!Object.hasOwn(steps, name)) return false;
  const { values, own } = spreadOver(b, shape, d, a);
  const make = wide ? Int32Array : CONTAINER[d.part];
  const w = make.BYTES_PER_ELEMENT;
  const to = typedView(a.buffer as HostBuffer, make as never);
  const from = typedView(values.buffer as HostBuffer, make as never);
  const base = to.base + a.offset / w;
  const at = from.base + values.offset / w;
  for (let i = 0; i < places.length; i += CHUNK)
    steps[name](to.array, base, places, from.array, at, i, Math.min(places.length, i + CHUNK));
  if (own) release(values);
  return true;
}

// ---- rounds ----------------------------------------------------------------------------------------------------------

/** Entries in order of how many before them have the same target, and where each such round starts. */
function byRank(places: Places): { order: Uint32Array; starts: number[] } {
  const n = places.length;
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    if (places[i] < lo) lo = places[i];
    if (places[i] > hi) hi = places[i];
  }
  const rank = new Uint32Array(n);
  const sizes: number[] = [];
  const meet = (i: number, r: number): void => {
    rank[i] = r;
    if (r === sizes.length) sizes.push(1);
    else sizes[r]++;
  };
  if (hi - lo <= 16 * n + 65536) {
    const seen = new Uint32Array(hi - lo + 1);
    for (let i = 0; i < n; i++) meet(i, seen[places[i] - lo]++);
  } else {
    const seen = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const r = seen.get(places[i]) ?? 0;
      seen.set(places[i], r + 1);
      meet(i, r);
    }
  }
  const starts = [0];
  for (const s of sizes) starts.push(starts[starts.length - 1] + s);
  const next = starts.slice();
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[next[rank[i]]++] = i;
  return { order, starts };
}

/** Elements at places, in order. */
function pick(a: ArrayValue, places: Places): ArrayValue {
  const out = allocate([places.length], a.dtype);
  const src = cells(a, 'at');
  gatherCells(src, cells(out, 'at'), walk(a.shape, src, [], []), inUnits(a, places));
  return out;
}

function drop(a: ArrayValue, places: Places, values: ArrayValue): void {
  const dst = cells(a, 'at');
  scatterCells(dst, walk(a.shape, dst, [], []), inUnits(a, places), cells(values, 'at'), false);
}

/** Places count components, positions the units that elements are moved in. */
function inUnits(a: ArrayValue, places: Places): Places {
  const scale = a.dtype.itemsize / a.dtype.parts / unitOf(a.dtype).make.BYTES_PER_ELEMENT;
  return scale === 1 ? places : places.map((p) => p * scale);
}

/** Places of rows in an array without gaps. */
const rows = (entries: Uint32Array, v: ArrayValue): Places => Float64Array.from(entries, (i) => i * v.dtype.parts);

function inRounds(
  row: UfuncRow,
  a: NDArray,
  places: Places,
  shape: readonly number[],
  b: UfuncOperand | null,
  foldable: boolean,
): void {
  const { order, starts } = byRank(places);
  const weak = b instanceof Weak;
  const d = b === null ? a.dtype : foldable ? a.dtype : weak ? weakDefault(b.kind) : b.dtype;
  const all = b === null || (weak && !foldable) ? null : spreadOver(b, shape, d, a);
  let r = 0;
  for (; r < starts.length - 1; r++) {
    const entries = order.subarray(starts[r], starts[r + 1]);
    if (foldable && row.order !== 'pairwise' && entries.length < FEW && starts.length - r > FEW) break;
    const targets = Float64Array.from(entries, (i) => places[i]);
    const current = pick(a, targets);
    const second = all === null ? null : pick(all.values, rows(entries, all.values));
    const args: unknown[] = second !== null ? [current, second] : weak ? [current, b.value] : [current];
    boundCall(row, args, { casting: 'unsafe', out: current });
    drop(a, targets, current);
    release(current);
    if (second !== null) release(second);
  }
  if (r < starts.length - 1 && all !== null) foldRest(row, a, places, order.subarray(starts[r]), all.values);
  if (all?.own) release(all.values);
}

/** Folds what is left, target by target: entries are in order of rank, so those of one target come in their own order. */
function foldRest(row: UfuncRow, a: NDArray, places: Places, entries: Uint32Array, values: ArrayValue): void {
  const groups = new Map<number, number[]>();
  for (const i of entries) {
    const g = groups.get(places[i]);
    if (g === undefined) groups.set(places[i], [i]);
    else g.push(i);
  }
  const { parts } = a.dtype;
  for (const [place, group] of groups) {
    const line = allocate([group.length + 1], a.dtype);
    const first = pick(a, Float64Array.of(place));
    const rest = pick(values, rows(Uint32Array.from(group), values));
    drop(line, Float64Array.of(0), first);
    drop(
      line,
      Float64Array.from(group, (_, k) => (k + 1) * parts),
      rest,
    );
    const folded = reduceRow(row, line, {
      axis: 0,
      dtype: a.dtype,
      out: null,
      keepdims: true,
      initial: undefined,
      where: null,
    });
    drop(a, Float64Array.of(place), folded);
    for (const t of [line, first, rest, folded]) release(t);
  }
}
