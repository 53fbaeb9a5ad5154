import { ArrayValue } from '../core/array.js';
import { type ArrayLike, toArray } from '../core/coerce.js';
import type { HostBuffer } from '../core/device/device.js';
import { accessor, forEachOffset } from '../core/device/access.js';
import type { PublicFunction } from '../core/dispatch.js';
import { asDtype, bool, type DTypeLike } from '../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../core/errors.js';
import { assignTo } from '../core/ops/copy.js';
import { accumulateRow, reduceatRow, reduceRow } from '../core/ops/reduce.js';
import type { UfuncRow } from '../core/ops/row.js';
import { boundCall, callRow } from '../core/ops/ufunc.js';
import { fn } from '../core/signature.js';
import { broadcastShapes, broadcastStrides } from '../core/view.js';
import type { NDArray } from './ndarray.js';

/** The public face of a row: a callable with NumPy's attributes and methods. */

/** Keywords that every ufunc takes beside its operands. */
export interface UfuncKeywords {
  /** Where results are written, instead of into fresh arrays. */
  out?: ArrayValue | null | readonly (ArrayValue | null)[];
  /** Compute only where this is true; elsewhere `out` keeps what it has. */
  where?: ArrayLike;
  /** How operands and results may be cast: 'same_kind' unless given. */
  casting?: 'no' | 'equiv' | 'safe' | 'same_kind' | 'unsafe';
  /** Memory order of fresh results. */
  order?: 'K' | 'C' | 'F' | 'A';
  /** dtype of the computation and its results. */
  dtype?: DTypeLike;
  subok?: boolean;
  signature?: string | readonly (DTypeLike | null)[];
}

/** Same class in, same class out; plain data gives NDArrays. */
export type Like<A> = A extends ArrayValue ? A : NDArray;

export interface UfuncMethods extends PublicFunction {
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  readonly types: readonly string[];
  readonly identity: number | boolean | null;
  readonly row: UfuncRow;
  /** Folds an axis (or several, or all): `np.add.reduce` is sum. */
  reduce: (array: ArrayLike, ...rest: any[]) => any;
  /** Folds an axis and keeps every step: `np.add.accumulate` is cumsum. */
  accumulate: (array: ArrayLike, ...rest: any[]) => any;
  /** Folds the slices between consecutive indices. */
  reduceat: (array: ArrayLike, indices: ArrayLike, ...rest: any[]) => any;
  /** The operation on all pairs of elements of two operands. */
  outer: (a: ArrayLike, b: ArrayLike, ...rest: any[]) => any;
  /** The operation in place at indices, repeated indices included: `np.add.at(a, indices, 1)`. */
  at: (a: NDArray, indices: unknown, b?: ArrayLike) => null;
}

export interface UnaryUfunc extends UfuncMethods {
  <A extends ArrayLike>(x: A, out?: ArrayValue | null | UfuncKeywords, kw?: UfuncKeywords): Like<A>;
}
export interface BinaryUfunc extends UfuncMethods {
  <A extends ArrayLike, B extends ArrayLike>(x1: A, x2: B, out?: ArrayValue | null | UfuncKeywords, kw?: UfuncKeywords): A extends ArrayValue ? A : Like<B>;
}
export interface UnaryUfunc2 extends UfuncMethods {
  <A extends ArrayLike>(x: A, ...rest: any[]): [Like<A>, Like<A>];
}
export interface BinaryUfunc2 extends UfuncMethods {
  <A extends ArrayLike>(x1: A, x2: ArrayLike, ...rest: any[]): [Like<A>, Like<A>];
}

/** Indices of `ufunc.at` as byte offsets into an array; given by the indexing module, which stands above this file. */
export interface Scatter {
  (a: NDArray, indices: unknown): { readonly shape: readonly number[]; readonly offsets: Float64Array };
}
let scatter: Scatter | null = null;
export function setScatter(s: Scatter): void {
  scatter = s;
}

const signatureOf = (row: UfuncRow): string => {
  const x = row.nin === 1 ? 'x' : Array.from({ length: row.nin }, (_, i) => `x${i + 1}`).join(', ');
  const out = row.nout === 1 ? 'None' : `(${new Array(row.nout).fill('None').join(', ')})`;
  return `${x}, /, out=${out}, *, where=True, casting='same_kind', order='K', dtype=None, subok=True, signature=None`;
};

/** A single array of an `out=` argument that may be a one-tuple. */
export function singleOut(out: unknown, by: string): ArrayValue | null {
  let o = out;
  if (Array.isArray(o)) {
    if (o.length !== 1) throw new ValueError("The 'out' tuple must have exactly one entry");
    o = o[0];
  }
  if (o === null || o === undefined) return null;
  if (!(o instanceof ArrayValue)) throw new TypeError(`${by}: return arrays must be of ArrayType`);
  return o;
}

export function maskOf(where: unknown): ArrayValue | null {
  if (where === undefined || where === true) return null;
  const m = toArray(where);
  if (m.dtype !== bool) throw new TypeError(`Cannot cast array data from ${m.dtype.repr()} to ${bool.repr()} according to the rule 'safe'`);
  return m;
}

/** Makes the public ufunc of a row. */
export function ufunc<U extends UfuncMethods>(row: UfuncRow): U {
  const call = (...args: unknown[]): unknown => callRow(row, self, args);
  const method = (name: string, signature: string, body: (...bound: any[]) => unknown): unknown => fn(`${row.name}.${name}`, signature, body, 'primitive');
  const self = Object.assign(call, {
    functionName: row.name,
    kind: 'primitive' as const,
    signature: signatureOf(row),
    body: (...bound: unknown[]) => boundCall(row, bound, null),
    row,
    nin: row.nin,
    nout: row.nout,
    nargs: row.nin + row.nout,
    ntypes: row.types.length,
    types: row.types,
    identity: row.identity,
    reduce: method('reduce', 'array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True', (a, axis, dtype, out, keepdims, initial, where) =>
      reduceRow(row, toArray(a), {
        axis: axis === undefined ? 0 : axis,
        dtype: dtype === null ? null : asDtype(dtype),
        out: singleOut(out, `${row.name}.reduce`),
        keepdims: Boolean(keepdims),
        initial,
        where: maskOf(where),
      }),
    ),
    accumulate: method('accumulate', 'array, /, axis=0, dtype=None, out=None', (a, axis, dtype, out) =>
      accumulateRow(row, toArray(a), axis, dtype === null ? null : asDtype(dtype), singleOut(out, `${row.name}.accumulate`)),
    ),
    reduceat: method('reduceat', 'array, /, indices, axis=0, dtype=None, out=None', (a, indices, axis, dtype, out) =>
      reduceatRow(row, toArray(a), integers(toArray(indices), `${row.name}.reduceat`), axis, dtype === null ? null : asDtype(dtype), singleOut(out, `${row.name}.reduceat`)),
    ),
    outer: (a: unknown, b: unknown, kw: Record<string, unknown> = {}) => {
      if (row.nin !== 2) throw new ValueError('outer product only supported for binary functions');
      const left = toArray(a);
      const right = toArray(b);
      const stretched = left.face.view(left, left.dtype, [...left.shape, ...new Array<number>(right.ndim).fill(1)], [...left.strides, ...new Array<number>(right.ndim).fill(0)], left.offset);
      return call(stretched, right, kw);
    },
    at: (a: NDArray, indices: unknown, b?: unknown) => at(row, a, indices, b),
  });
  Object.defineProperty(call, 'name', { value: row.name });
  return self as unknown as U;
}

/** Integer indices as numbers. */
function integers(a: ArrayValue, by: string): number[] {
  if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u' && !(a.dtype.kind === 'f' && a.size === 0)) {
    // Lists of JavaScript numbers arrive as float64; integral values stand for integers.
    if (a.dtype.kind !== 'f') throw new TypeError(`${by}: indices must be integers`);
  }
  const out: number[] = [];
  const read = accessor(a.buffer as HostBuffer, a.dtype.part);
  forEachOffset(a.shape, a.strides, a.offset, (p) => {
    const v = Number(read.get(p));
    if (!Number.isInteger(v)) throw new TypeError(`${by}: indices must be integers`);
    out.push(v);
  });
  return out;
}

/**
 * In place at indices, with repeated indices applied one after the other. Entries are grouped by target, and each group is
 * folded in order by the row's own kernel: a[i] = f(…f(f(a[i], b1), b2)…).
 */
function at(row: UfuncRow, a: NDArray, indices: unknown, b: unknown): null {
  if (scatter === null) throw new IndexError('ufunc.at: indexing is not loaded');
  if (row.nout !== 1 || row.nin > 2) throw new ValueError(`${row.name}.at: only ufuncs of one or two operands and one result`);
  if (row.nin === 2 && b === undefined) throw new ValueError('second operand needed for ufunc');
  a.face.beforeWrite(a, row.name);
  const { shape, offsets } = scatter(a, indices);
  const n = offsets.length;
  if (n === 0) return null;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => offsets[i] - offsets[j] || i - j);
  // Rank of each entry among those with its target: entries of one rank have different targets and can be done at once.
  const rounds: number[][] = [];
  let rank = 0;
  for (let k = 0; k < n; k++) {
    rank = k > 0 && offsets[order[k]] === offsets[order[k - 1]] ? rank + 1 : 0;
    (rounds[rank] ??= []).push(order[k]);
  }
  const second = row.nin === 2 ? toArray(b) : null;
  const spread = second === null ? null : materialise(second, broadcastShapes([shape, second.shape]), n, shape);
  for (const round of rounds) {
    round.sort((i, j) => i - j);
    const targets = Float64Array.from(round, (i) => offsets[i]);
    const current = gatherAt(a, targets);
    const args: ArrayValue[] = [current];
    if (spread !== null) args.push(pick(spread, round));
    const result = boundCall(row, args, { casting: 'same_kind', out: current }) as ArrayValue;
    scatterAt(a, targets, result);
  }
  return null;
}

function materialise(b: ArrayValue, full: readonly number[], n: number, shape: readonly number[]): ArrayValue {
  if (full.length !== shape.length || full.some((m, i) => m !== shape[i])) throw new ValueError('array is not broadcastable to correct shape');
  const out = b.face.fresh(b.buffer.device.allocate(n * b.dtype.itemsize), b.dtype, shape);
  assignTo(out, b.face.view(b, b.dtype, shape, broadcastStrides(b.shape, b.strides, shape), b.offset));
  return out.face.view(out, b.dtype, [n], [b.dtype.itemsize], 0);
}

const bytesOf = (a: ArrayValue): Uint8Array => (a.buffer as HostBuffer).bytes;

function gatherAt(a: ArrayValue, offsets: Float64Array): ArrayValue {
  const w = a.dtype.itemsize;
  const out = a.face.fresh(a.buffer.device.allocate(offsets.length * w), a.dtype, [offsets.length]);
  const from = bytesOf(a);
  const to = bytesOf(out);
  for (let i = 0; i < offsets.length; i++) for (let k = 0; k < w; k++) to[i * w + k] = from[offsets[i] + k];
  return out;
}

function scatterAt(a: ArrayValue, offsets: Float64Array, values: ArrayValue): void {
  const w = a.dtype.itemsize;
  const from = bytesOf(values);
  const to = bytesOf(a);
  for (let i = 0; i < offsets.length; i++) for (let k = 0; k < w; k++) to[offsets[i] + k] = from[i * w + k];
}

function pick(b: ArrayValue, entries: readonly number[]): ArrayValue {
  const w = b.dtype.itemsize;
  return gatherAt(b, Float64Array.from(entries, (i) => i * w + b.offset));
}
