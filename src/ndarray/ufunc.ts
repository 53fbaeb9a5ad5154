import { ArrayValue } from '../core/array.js';
import { type ArrayLike, toArray } from '../core/coerce.js';
import type { HostBuffer } from '../core/device/device.js';
import { accessor, forEachOffset } from '../core/device/access.js';
import { type ArrayFunctionProtocol, dispatch, type FunctionFacts, protocolArgs, showAs } from '../core/dispatch.js';
import { asDtype, type DType, type DTypeLike, int64 } from '../core/dtype.js';
import { TypeError, ValueError } from '../core/errors.js';
import { reportedAs } from '../core/errstate.js';
import { MAX_DIMS } from '../core/view.js';
import { canCast } from '../core/promote.js';
import { accumulateRow, reduceatRow } from '../core/ops/along.js';
import { reduceRow, requireBinary } from '../core/ops/reduce.js';
import type { UfuncRow } from '../core/ops/row.js';
import { boundCall, callRow, listedOut, normalMethod, readMask, readOut, ufuncSide } from '../core/ops/ufunc.js';
import { shownTypes } from '../core/ops/shown-types.js';
import { fn, isKeywords } from '../core/signature.js';
import type { NDArray } from './ndarray.js';
import { at } from './ufunc-at.js';
import { asUfunc, docOf, resolveDtypes, typesOf, Ufunc, type UfuncFacts } from './ufunc-class.js';

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

export interface UfuncMethods extends FunctionFacts, UfuncFacts {
  readonly signature: string | null;
  readonly row: UfuncRow;
  /** Folds an axis (or several, or all): `np.add.reduce` is sum. */
  reduce: <A extends ArrayLike>(array: A, ...rest: any[]) => Like<A>;
  /** Folds an axis and keeps every step: `np.add.accumulate` is cumsum. */
  accumulate: <A extends ArrayLike>(array: A, ...rest: any[]) => Like<A>;
  /** Folds the slices between consecutive indices. */
  reduceat: <A extends ArrayLike>(array: A, indices: ArrayLike, ...rest: any[]) => Like<A>;
  /** The operation on all pairs of elements of two operands. */
  outer: (...args: any[]) => any;
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
  return readOut({ name: by, nin: 1, nout: 1 }, out, [])?.[0] ?? null;
}

export const maskOf: (where: unknown) => ArrayValue | null = readMask;

/** The `out=` of a method, where a tuple has to hold an array. */
function methodOut(row: UfuncRow, out: unknown): ArrayValue | null {
  if (Array.isArray(out) && out.length === 1 && out[0] === null)
    throw new TypeError('return arrays must be of ArrayType');
  return readOut({ name: row.name, nin: 2, nout: 1 }, out, [])?.[0] ?? null;
}

const dtypeOf = (dtype: unknown): DType | null =>
  dtype === null || dtype === undefined ? null : asDtype(dtype as DTypeLike);

/** An `axis=` of a method; Python's booleans are no axes. */
function axisOf(axis: any): any {
  if (axis === undefined) return 0;
  if (axis === true || axis === false) throw new TypeError('an integer is required');
  return axis;
}

/** Whether a call ends in keywords of which there are none: `f(...args, kwargs)` is how calls are handed on. */
export function noKeywords(args: readonly unknown[]): boolean {
  const last = args[args.length - 1];
  if (!isKeywords(last)) return false;
  if (Object.keys(last).length > 0) throw new TypeError('at() takes no keyword arguments');
  return true;
}

type Method = (...args: unknown[]) => unknown;

/** A method that folds: what the ufunc cannot do is said before anything about the arguments. */
function folding(row: UfuncRow, name: string, signature: string, body: (...bound: any[]) => unknown): Method {
  const f = fn(`${row.name}.${name}`, signature, body, 'primitive');
  const names = signature.split(', ').flatMap((p) => (p === '/' ? [] : [p.split('=')[0]]));
  const out = names.indexOf('out');
  const guarded = (...args: unknown[]): unknown => {
    requireBinary(row, name);
    if (name === 'reduceat' && args.length === 1)
      throw new TypeError("reduceat() missing required argument 'indices' (pos 1)");
    if (args.length === 0) throw new TypeError(`${name}() missing required argument 'array' (pos 0)`);
    if (args[out] === '...') throw new TypeError('out=... is only allowed as a keyword argument.');
    return f(...args);
  };
  Object.defineProperty(guarded, 'name', { value: name });
  return showAs(guarded, f, { method: name, normal: normalMethod(names, name === 'reduceat' ? 2 : 1) });
}

function outerOf(row: UfuncRow): Method {
  const outer = fn(
    `${row.name}.outer`,
    'A, B, /, **kwargs',
    (a, b, kwargs) => {
      const left = data(a);
      const right = data(b);
      if (left.ndim + right.ndim > MAX_DIMS)
        throw new ValueError(
          `maximum supported dimension for an ndarray is ${MAX_DIMS}, but \`${row.name}.outer()\` result would have ${left.ndim + right.ndim}.`,
        );
      const stretched = left.face.view(
        left,
        left.dtype,
        [...left.shape, ...new Array<number>(right.ndim).fill(1)],
        [...left.strides, ...new Array<number>(right.ndim).fill(0)],
        left.offset,
      );
      return boundCall(row, [stretched, right], kwargs);
    },
    'primitive',
  );
  const guarded = (...args: unknown[]): unknown => {
    if (row.nin !== 2) throw new ValueError('outer product only supported for binary functions');
    const given = args.length - (isKeywords(args[args.length - 1]) ? 1 : 0);
    if (given !== 2) throw new TypeError('exactly two arguments expected');
    return outer(...args);
  };
  const normal = (args: readonly unknown[], kw: object) => [args, listedOut(kw as never)];
  return showAs(guarded, outer, { method: 'outer', normal });
}

function atOf(row: UfuncRow): Method {
  const scatter = showAs(
    (...args: unknown[]): unknown => {
      if (noKeywords(args)) args.pop();
      if (row.nout !== 1) throw new ValueError('Only single output ufuncs supported at this time');
      if (args.length < 2) throw new TypeError(`at() takes at least 2 arguments (${args.length} given)`);
      if (args.length > 3) throw new TypeError(`at() takes at most 3 arguments (${args.length} given)`);
      const takers = protocolArgs(args, null);
      if (takers.length > 0) return dispatch(scatter, takers, args, {});
      return at(row, args[0] as NDArray, args[1], args[2]);
    },
    fn(`${row.name}.at`, 'a, indices, b=<no value>, /', (a, indices, b) => at(row, a, indices, b), 'primitive'),
    { method: 'at' },
  );
  return scatter;
}

/** The methods of a ufunc that is a row. */
const METHODS: Readonly<Record<'reduce' | 'accumulate' | 'reduceat' | 'outer' | 'at', (row: UfuncRow) => Method>> = {
  reduce: (row) =>
    folding(
      row,
      'reduce',
      'array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True',
      (a, axis, dtype, out, keepdims, initial, where) =>
        reduceRow(row, data(a), {
          axis: axisOf(axis),
          dtype: dtypeOf(dtype),
          out: methodOut(row, out),
          keepdims: Boolean(keepdims),
          initial,
          where: readMask(where),
        }),
    ),
  accumulate: (row) =>
    folding(row, 'accumulate', 'array, /, axis=0, dtype=None, out=None', (a, axis, dtype, out) =>
      accumulateRow(row, data(a), axisOf(axis), dtypeOf(dtype), methodOut(row, out)),
    ),
  reduceat: (row) =>
    folding(row, 'reduceat', 'array, /, indices, axis=0, dtype=None, out=None', (a, indices, axis, dtype, out) =>
      reportedAs('reduceat', () =>
        reduceatRow(row, data(a), integers(indices), axisOf(axis), dtypeOf(dtype), methodOut(row, out)),
      ),
    ),
  outer: outerOf,
  at: atOf,
};

/** What the ufuncs of rows inherit. A method is made when it is first asked for: there are hundreds, and a program uses few. */
const rowUfunc = /*@__PURE__*/ (() => {
  const prototype = Object.create(Ufunc.prototype) as object;
  for (const [name, make] of Object.entries(METHODS))
    Object.defineProperty(prototype, name, {
      get(this: { readonly row: UfuncRow }) {
        const value = Object.defineProperty(make(this.row), 'ufunc', { value: this });
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
        return value;
      },
      configurable: true,
    });
  return prototype;
})();

/** Makes the public ufunc of a row. */
export function ufunc<U extends UfuncMethods>(row: UfuncRow): U {
  const call = (...args: unknown[]): unknown => callRow(row, self, args);
  const self = Object.assign(call, {
    functionName: row.name,
    kind: 'primitive' as const,
    signatureText: signatureOf(row),
    body: (...bound: unknown[]) => boundCall(row, bound, null),
    row,
  }) as never as Method & FunctionFacts;
  Object.defineProperties(self, Object.getOwnPropertyDescriptors(ufuncSide(row, () => self)));
  return asUfunc(
    self,
    {
      name: row.name,
      nin: row.nin,
      nout: row.nout,
      types: () => shownTypes(row, typesOf(row.name, row.types)),
      identity: row.identity,
      signature: null,
      doc: () => docOf(row, row.doc),
      resolve_dtypes: (dtypes, kw) => resolveDtypes(row, dtypes, kw),
    },
    rowUfunc,
  ) as unknown as U;
}

/** Data as an array; lone integral numbers are integers, as everywhere in operations. */
const data = (x: unknown): ArrayValue =>
  typeof x === 'number' && Number.isInteger(x) ? toArray(x, int64) : toArray(x);

/** The indices of `reduceat`, as numbers. */
function integers(given: unknown): number[] {
  const a = toArray(given);
  // Lists of JavaScript numbers arrive as float64; integral values stand for integers.
  const listed = !(given instanceof ArrayValue) && a.dtype.kind === 'f';
  if (!listed && !canCast(a.dtype, int64, 'same_kind'))
    throw new TypeError(
      `Cannot cast array data from ${a.dtype.repr()} to ${int64.repr()} according to the rule 'safe'`,
    );
  if (a.ndim === 0) throw new ValueError('object of too small depth for desired array');
  if (a.ndim > 1) throw new ValueError('object too deep for desired array');
  const out: number[] = [];
  const read = accessor(a.buffer as HostBuffer, a.dtype.part);
  forEachOffset(a.shape, a.strides, a.offset, (p) => {
    const v = Number(read.get(p));
    if (!Number.isInteger(v))
      throw new TypeError(
        `Cannot cast array data from ${a.dtype.repr()} to ${int64.repr()} according to the rule 'safe'`,
      );
    out.push(v);
  });
  return out;
}
