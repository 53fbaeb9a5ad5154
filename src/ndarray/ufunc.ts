import { ArrayValue } from '../core/array.js';
import { type ArrayLike, toArray } from '../core/coerce.js';
import type { HostBuffer } from '../core/device/device.js';
import { accessor, forEachOffset } from '../core/device/access.js';
import type { ArrayFunctionProtocol, FunctionFacts } from '../core/dispatch.js';
import { asDtype, bool, type DTypeLike } from '../core/dtype.js';
import { TypeError, ValueError } from '../core/errors.js';
import { accumulateRow, reduceatRow, reduceRow } from '../core/ops/reduce.js';
import type { UfuncRow } from '../core/ops/row.js';
import { shownTypes } from '../core/ops/shown-types.js';
import { boundCall, callRow } from '../core/ops/ufunc.js';
import { fn } from '../core/signature.js';
import type { NDArray } from './ndarray.js';
import { at } from './ufunc-at.js';

/** The public face of a row: a callable with NumPy's attributes and methods. */

/** An array for results, nothing, or one of either for each result. */
export type UfuncOut = ArrayValue | null | readonly (ArrayValue | null)[];

/** Keywords that every ufunc takes beside its operands. */
export interface UfuncKeywords {
  /** Where results are written, instead of into fresh arrays. */
  out?: UfuncOut;
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

/** Same class in, same class out; plain data gives NDArrays. Of NDArrays the dtype may change. */
export type Like<A> =
  A extends NDArray<any> ? NDArray : A extends ArrayValue ? A : A extends ArrayFunctionProtocol<infer R> ? R : NDArray;

/** The class of a result of two operands: the one that is no NDArray, if there is one. */
export type Mixed<A, B> = Like<A> extends NDArray<any> ? Like<B> : Like<A>;

export interface UfuncMethods extends FunctionFacts {
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  readonly types: readonly string[];
  readonly identity: number | boolean | null;
  readonly row: UfuncRow;
  /** Folds an axis (or several, or all): `np.add.reduce` is sum. */
  reduce: <A extends ArrayLike>(array: A, ...rest: any[]) => Like<A>;
  /** Folds an axis and keeps every step: `np.add.accumulate` is cumsum. */
  accumulate: <A extends ArrayLike>(array: A, ...rest: any[]) => Like<A>;
  /** Folds the slices between consecutive indices. */
  reduceat: <A extends ArrayLike>(array: A, indices: ArrayLike, ...rest: any[]) => Like<A>;
  /** The operation on all pairs of elements of two operands. */
  outer: (a: ArrayLike, b: ArrayLike, ...rest: any[]) => any;
  /** The operation in place at indices, repeated indices included: `np.add.at(a, indices, 1)`. */
  at: (a: NDArray, indices: unknown, b?: ArrayLike) => null;
}

export interface UnaryUfunc extends UfuncMethods {
  <A extends ArrayLike>(x: A, out?: UfuncOut | UfuncKeywords, kw?: UfuncKeywords): Like<A>;
}
export interface BinaryUfunc extends UfuncMethods {
  <A extends ArrayLike, B extends ArrayLike>(
    x1: A,
    x2: B,
    out?: UfuncOut | UfuncKeywords,
    kw?: UfuncKeywords,
  ): Mixed<A, B>;
  outer: <A extends ArrayLike, B extends ArrayLike>(a: A, b: B, kw?: UfuncKeywords) => Mixed<A, B>;
}
export interface UnaryUfunc2 extends UfuncMethods {
  <A extends ArrayLike>(x: A, ...rest: (UfuncOut | UfuncKeywords)[]): [Like<A>, Like<A>];
}
export interface BinaryUfunc2 extends UfuncMethods {
  <A extends ArrayLike, B extends ArrayLike>(
    x1: A,
    x2: B,
    ...rest: (UfuncOut | UfuncKeywords)[]
  ): [Mixed<A, B>, Mixed<A, B>];
}

export { type Scatter, setScatter } from './ufunc-at.js';

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
  if (m.dtype !== bool)
    throw new TypeError(`Cannot cast array data from ${m.dtype.repr()} to ${bool.repr()} according to the rule 'safe'`);
  return m;
}

/** Makes the public ufunc of a row. */
export function ufunc<U extends UfuncMethods>(row: UfuncRow): U {
  const call = (...args: unknown[]): unknown => callRow(row, self, args);
  const method = (name: string, signature: string, body: (...bound: any[]) => unknown): unknown =>
    fn(`${row.name}.${name}`, signature, body, 'primitive');
  const self = Object.assign(call, {
    functionName: row.name,
    kind: 'primitive' as const,
    signature: signatureOf(row),
    body: (...bound: unknown[]) => boundCall(row, bound, null),
    row,
    nin: row.nin,
    nout: row.nout,
    nargs: row.nin + row.nout,
    ntypes: shownTypes(row).length,
    types: shownTypes(row),
    identity: row.identity,
    reduce: method(
      'reduce',
      'array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True',
      (a, axis, dtype, out, keepdims, initial, where) =>
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
      accumulateRow(
        row,
        toArray(a),
        axis,
        dtype === null ? null : asDtype(dtype),
        singleOut(out, `${row.name}.accumulate`),
      ),
    ),
    reduceat: method('reduceat', 'array, /, indices, axis=0, dtype=None, out=None', (a, indices, axis, dtype, out) =>
      reduceatRow(
        row,
        toArray(a),
        integers(toArray(indices), `${row.name}.reduceat`),
        axis,
        dtype === null ? null : asDtype(dtype),
        singleOut(out, `${row.name}.reduceat`),
      ),
    ),
    outer: (a: unknown, b: unknown, kw: Record<string, unknown> = {}) => {
      if (row.nin !== 2) throw new ValueError('outer product only supported for binary functions');
      const left = toArray(a);
      const right = toArray(b);
      const stretched = left.face.view(
        left,
        left.dtype,
        [...left.shape, ...new Array<number>(right.ndim).fill(1)],
        [...left.strides, ...new Array<number>(right.ndim).fill(0)],
        left.offset,
      );
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
