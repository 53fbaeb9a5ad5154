import { ArrayValue } from '../core/array.js';
import { allocate, toArray } from '../core/coerce.js';
import { type TypedArray, typedView } from '../core/device/access.js';
import type { HostBuffer } from '../core/device/device.js';
import type { DType } from '../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../core/errors.js';
import { assignTo } from '../core/ops/copy.js';
import { asIntegers } from '../core/ops/entries.js';
import { reduceRow } from '../core/ops/reduce.js';
import { resolveLoop, type UfuncRow } from '../core/ops/row.js';
import { boundCall, operand, release, type UfuncOperand, Weak } from '../core/ops/ufunc.js';
import { weakDefault } from '../core/promote.js';
import { broadcastStrides, isC } from '../core/view.js';
import { NDArray } from './ndarray.js';

/**
 * `ufunc.at`: in place at indices, repeated indices applied one after the other, a[i] = f(…f(f(a[i], b1), b2)…).
 *
 * Sums and differences are added up where they lie. For the rest, entries are put into rounds: the k-th round has the k-th entry of each
 * target, so that within a round targets differ and the row's own kernel does all at once. When few targets are left with many
 * entries each, every one of them is folded by a reduction.
 */

/** Indices of `ufunc.at` as byte offsets into an array's buffer; given by the indexing module, which stands above this file. */
export interface Scatter {
  (a: NDArray, indices: unknown): { readonly shape: readonly number[]; readonly offsets: Float64Array };
}
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
  const { shape, offsets } = scatter(a, indices);
  const second = row.nin === 2 ? secondOf(given, a.dtype) : null;
  const loop = resolveLoop(row, second === null ? [a.dtype] : [a.dtype, second instanceof Weak ? second.kind : second.dtype], 'unsafe', null);
  if (second instanceof ArrayValue) checkFits(second.shape, shape);
  if (offsets.length === 0) return null;
  const same = loop.outs[0] === a.dtype && loop.ins.every((d) => d === a.dtype);
  if (same && second !== null && (row.name === 'add' || row.name === 'subtract') && addUp(a, offsets, shape, second, row.name === 'subtract')) return null;
  inRounds(row, a, offsets, shape, second, same && row.nin === 2);
  return null;
}

/** The second operand: a lone number stays weak, a list of integral numbers beside integers is one of integers. */
function secondOf(given: unknown, d: DType): UfuncOperand {
  const o = operand(given);
  if (o instanceof ArrayValue && Array.isArray(given) && (d.kind === 'i' || d.kind === 'u')) return asIntegers(o) ?? o;
  return o;
}

function checkFits(from: readonly number[], to: readonly number[]): void {
  const lead = to.length - from.length;
  if (lead < 0 || from.some((n, i) => n !== 1 && n !== to[lead + i])) throw new ValueError('array is not broadcastable to correct shape');
}

/** The second operand over all entries, in C order without gaps, in a dtype: in memory of its own, or as it is. */
function spreadOver(b: UfuncOperand, shape: readonly number[], d: DType, apart: ArrayValue): { values: ArrayValue; own: boolean } {
  const v = b instanceof Weak ? toArray(b.value, weakDefault(b.kind)) : b;
  if (v.dtype === d && v.buffer !== apart.buffer && v.ndim === shape.length && v.shape.every((n, i) => n === shape[i]) && isC(v.shape, v.strides, d.itemsize)) {
    return { values: v, own: false };
  }
  const values = allocate(shape, d);
  assignTo(values, v.face.view(v, v.dtype, shape, broadcastStrides(v.shape, v.strides, shape), v.offset));
  return { values, own: true };
}

// ---- sums ------------------------------------------------------------------------------------------------------------

function addFloat64(t: Float64Array, base: number, offsets: Float64Array, v: Float64Array, at: number, sign: number): void {
  for (let i = 0; i < offsets.length; i++) t[base + offsets[i] / 8] += sign * v[at + i];
}
function addFloat32(t: Float32Array, base: number, offsets: Float64Array, v: Float32Array, at: number, sign: number): void {
  for (let i = 0; i < offsets.length; i++) t[base + offsets[i] / 4] += sign * v[at + i];
}
function addInt32(t: Int32Array, base: number, offsets: Float64Array, v: Int32Array, at: number, sign: number): void {
  for (let i = 0; i < offsets.length; i++) t[base + offsets[i] / 4] += sign * v[at + i];
}
/** 64-bit integers as two words with a carry. */
function addInt64(t: Int32Array, base: number, offsets: Float64Array, v: Int32Array, at: number, sign: number): void {
  for (let i = 0, j = at; i < offsets.length; i++, j += 2) {
    const p = base + offsets[i] / 4;
    const low = (t[p] >>> 0) + sign * (v[j] >>> 0);
    t[p] = low;
    t[p + 1] += sign * v[j + 1] + Math.floor(low / 4294967296);
  }
}
function addNarrow(t: TypedArray, base: number, width: number, offsets: Float64Array, v: TypedArray, at: number, sign: number): void {
  for (let i = 0; i < offsets.length; i++) (t as Int16Array)[base + offsets[i] / width] += sign * (v as Int16Array)[at + i];
}

/** Adds (or subtracts) values in place, entry by entry; false for dtypes that are not added as JavaScript adds. */
function addUp(a: NDArray, offsets: Float64Array, shape: readonly number[], b: UfuncOperand, minus: boolean): boolean {
  const d = a.dtype;
  if (d.kind === 'b' || d.kind === 'c' || d.name === 'float16') return false;
  const { values, own } = spreadOver(b, shape, d, a);
  const sign = minus ? -1 : 1;
  const view = (make: any): [TypedArray, number, TypedArray, number] => {
    const to = typedView(a.buffer as HostBuffer, make);
    const from = typedView(values.buffer as HostBuffer, make);
    return [to.array, to.base, from.array, from.base + values.offset / make.BYTES_PER_ELEMENT];
  };
  const run = (make: any, add: (t: any, base: number, o: Float64Array, v: any, at: number, sign: number) => void): void => {
    const [t, base, v, from] = view(make);
    add(t, base, offsets, v, from, sign);
  };
  if (d.name === 'float64') run(Float64Array, addFloat64);
  else if (d.name === 'float32') run(Float32Array, addFloat32);
  else if (d.itemsize === 8) run(Int32Array, addInt64);
  else if (d.itemsize === 4) run(Int32Array, addInt32);
  else {
    const make = d.itemsize === 2 ? Int16Array : Int8Array;
    const [t, base, v, from] = view(make);
    addNarrow(t, base, d.itemsize, offsets, v, from, sign);
  }
  if (own) release(values);
  return true;
}

// ---- rounds ----------------------------------------------------------------------------------------------------------

/** For each entry, how many entries before it have the same target, and the order of entries by that. */
function byRank(offsets: Float64Array, width: number): { order: Uint32Array; starts: number[] } {
  const n = offsets.length;
  let lo = Number.POSITIVE_INFINITY;
  let hi = 0;
  for (let i = 0; i < n; i++) {
    if (offsets[i] < lo) lo = offsets[i];
    if (offsets[i] > hi) hi = offsets[i];
  }
  const span = (hi - lo) / width + 1;
  const rank = new Uint32Array(n);
  const sizes: number[] = [];
  const meet = (i: number, r: number): void => {
    rank[i] = r;
    if (r === sizes.length) sizes.push(1);
    else sizes[r]++;
  };
  if (span <= 16 * n + 65536) {
    const seen = new Uint32Array(span);
    for (let i = 0; i < n; i++) meet(i, seen[(offsets[i] - lo) / width]++);
  } else {
    const seen = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const r = seen.get(offsets[i]) ?? 0;
      seen.set(offsets[i], r + 1);
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

function inRounds(row: UfuncRow, a: NDArray, offsets: Float64Array, shape: readonly number[], b: UfuncOperand | null, foldable: boolean): void {
  const { order, starts } = byRank(offsets, a.dtype.itemsize);
  const weak = b instanceof Weak;
  const d = b === null ? a.dtype : foldable ? a.dtype : weak ? weakDefault(b.kind) : b.dtype;
  const all = b === null || (weak && !foldable) ? null : spreadOver(b, shape, d, a);
  let r = 0;
  for (; r < starts.length - 1; r++) {
    const entries = order.subarray(starts[r], starts[r + 1]);
    if (foldable && row.order !== 'pairwise' && entries.length < FEW && starts.length - r > FEW) break;
    const places = new Float64Array(entries.length);
    for (let i = 0; i < places.length; i++) places[i] = offsets[entries[i]];
    const current = gatherBytes(a, places);
    const picked = all === null ? null : gatherBytes(all.values, rowsAt(entries, all.values));
    const args: unknown[] = picked !== null ? [current, picked] : weak ? [current, b.value] : [current];
    boundCall(row, args, { casting: 'unsafe', out: current });
    scatterBytes(a, places, current);
    release(current);
    if (picked !== null) release(picked);
  }
  if (r < starts.length - 1 && all !== null) foldRest(row, a, offsets, order.subarray(starts[r]), all.values);
  if (all?.own) release(all.values);
}

const rowsAt = (entries: Uint32Array, v: ArrayValue): Float64Array => Float64Array.from(entries, (i) => v.offset + i * v.dtype.itemsize);

/** Folds what is left, target by target: entries are in order of rank, so those of one target come in their own order. */
function foldRest(row: UfuncRow, a: NDArray, offsets: Float64Array, entries: Uint32Array, values: ArrayValue): void {
  const groups = new Map<number, number[]>();
  for (const i of entries) {
    const g = groups.get(offsets[i]);
    if (g === undefined) groups.set(offsets[i], [i]);
    else g.push(i);
  }
  const w = a.dtype.itemsize;
  for (const [place, group] of groups) {
    const line = allocate([group.length + 1], a.dtype);
    scatterBytes(line, Float64Array.of(line.offset), gatherBytes(a, Float64Array.of(place)));
    scatterBytes(
      line,
      Float64Array.from(group, (_, k) => line.offset + (k + 1) * w),
      gatherBytes(values, rowsAt(Uint32Array.from(group), values)),
    );
    const folded = reduceRow(row, line, { axis: 0, dtype: a.dtype, out: null, keepdims: true, initial: undefined, where: null });
    scatterBytes(a, Float64Array.of(place), folded);
    release(line);
    release(folded);
  }
}

const bytesOf = (a: ArrayValue): Uint8Array => (a.buffer as HostBuffer).bytes;

function gatherBytes(a: ArrayValue, offsets: Float64Array): ArrayValue {
  const w = a.dtype.itemsize;
  const out = allocate([offsets.length], a.dtype);
  const to = bytesOf(out);
  const from = bytesOf(a);
  for (let i = 0, k = 0; i < offsets.length; i++) for (let j = 0; j < w; j++) to[k++] = from[offsets[i] + j];
  return out;
}

function scatterBytes(a: ArrayValue, offsets: Float64Array, values: ArrayValue): void {
  const w = a.dtype.itemsize;
  const from = bytesOf(values);
  const to = bytesOf(a);
  let k = values.offset;
  for (let i = 0; i < offsets.length; i++) for (let j = 0; j < w; j++) to[offsets[i] + j] = from[k++];
}

