import { ArrayValue } from '../../core/array.js';
import { allocate, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { asDtype, byName, bytesDtype, type DType, type DTypeLike, strDtype } from '../../core/dtype.js';
import { NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { setElement } from '../../core/ops/index.js';
import { broadcastTo, reshapeTo } from '../../core/ops/move.js';
import { settled } from '../../core/scalars/settle.js';
import { fn, isKeywords } from '../../core/signature.js';
import { broadcastShapes, sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import { listOf } from '../indexing/data.js';
import { elements, type NDArray } from '../ndarray.js';

/** Functions of single values, applied to arrays. */

type AnyFunction = (...args: any[]) => unknown;

/** Keywords of `vectorize`. */
export interface VectorizeKeywords {
  /** dtypes of the results: characters (`'dl'`) or a list. Unless given, the first result decides. */
  otypes?: string | readonly DTypeLike[] | null;
  doc?: string | null;
  /** Positions and names of arguments that are handed on whole. */
  excluded?: Iterable<number | string> | null;
  /** Do not call the function a second time for the first elements. */
  cache?: boolean;
  signature?: string | null;
}

/** A function that takes arrays: one array comes back, or a list of them when the function returns a list. */
export type Vectorized<F extends AnyFunction> = ((
  ...args: any[]
) => ReturnType<F> extends readonly any[] ? NDArray[] : NDArray) &
  FunctionFacts & { readonly pyfunc: F; readonly otypes: string | null };

export interface Vectorize {
  <F extends AnyFunction>(
    pyfunc: F,
    otypes?: VectorizeKeywords['otypes'] | VectorizeKeywords,
    kw?: VectorizeKeywords,
  ): Vectorized<F>;
  /** Without a function: what makes one, as Python's decorators do. */
  (kw: VectorizeKeywords): <F extends AnyFunction>(pyfunc: F) => Vectorized<F>;
}

/** The dtypes of an `otypes` argument. */
function readTypes(otypes: unknown): DType[] | null {
  if (otypes === null || otypes === undefined) return null;
  if (typeof otypes === 'string') {
    return [...otypes].map((c) => {
      const d = Object.values(byName).find((row) => row.char === c);
      if (d === undefined && !ALIASES[c]) throw new ValueError(`Invalid otype specified: ${otypes}`);
      return d ?? byName[ALIASES[c]];
    });
  }
  if (Array.isArray(otypes)) return otypes.map((d) => asDtype(d as DTypeLike));
  throw new ValueError('Invalid otype specification');
}

/** Codes of C types that are the same as others here. */
const ALIASES: Readonly<Record<string, 'int64' | 'uint64' | 'float64' | 'complex128'>> = {
  q: 'int64',
  Q: 'uint64',
  p: 'int64',
  P: 'uint64',
  g: 'float64',
  G: 'complex128',
};

/** Stretches arguments to their common shape and lists their values in C order. */
function stretch(arrays: readonly NDArray[]): { shape: number[]; columns: (readonly unknown[])[] } {
  const shape = broadcastShapes(arrays.map((a) => a.shape));
  const n = sizeOf(shape);
  return {
    shape: [...shape],
    columns: arrays.map((a) => listOf(reshapeTo(broadcastTo(a, shape), [n]) as NDArray, false) as unknown[]),
  };
}

/** An array of results in C order. It is written when all are known: memory may move while a user's function runs. */
function gather(results: readonly unknown[], shape: readonly number[], dtype: DType): NDArray {
  const out = allocate(shape, settled(dtype, results)) as NDArray;
  if (dtype.index < 0) {
    for (let i = 0; i < results.length; i++) setElement(out, i * out.itemsize, results[i]);
    return out;
  }
  const plain = dtype.kind === 'f' && dtype.itemsize > 2;
  const { array, base } = elements(out);
  for (let i = 0; i < results.length; i++) {
    const v = results[i];
    if (plain && typeof v === 'number') array[base + i] = v;
    else if (Array.isArray(v) || (v instanceof ArrayValue && v.ndim > 0))
      throw new ValueError('setting an array element with a sequence.');
    else setElement(out, i * dtype.itemsize, v);
  }
  return out;
}

function apply(
  f: AnyFunction,
  types: DType[] | null,
  excluded: ReadonlySet<number | string>,
  once: boolean,
  positional: readonly unknown[],
  keywords: Readonly<Record<string, unknown>>,
): NDArray | NDArray[] {
  const taken = positional.map((_, i) => i).filter((i) => !excluded.has(i));
  const names = Object.keys(keywords);
  const keys = names.filter((k) => !excluded.has(k));
  const { shape, columns } = stretch([
    ...taken.map((i) => toNDArray(positional[i])),
    ...keys.map((k) => toNDArray(keywords[k])),
  ]);
  const n = sizeOf(shape);
  if (n === 0 && types === null)
    throw new ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set');
  const row = [...positional];
  const call = (i: number): unknown => {
    taken.forEach((at, k) => {
      row[at] = columns[k][i];
    });
    if (names.length === 0) return f(...row);
    const kw = { ...keywords };
    keys.forEach((key, k) => {
      kw[key] = columns[taken.length + k][i];
    });
    return f(...row, kw);
  };
  let first: unknown;
  let dtypes = types;
  let several = types !== null && types.length > 1;
  if (dtypes === null) {
    first = call(0);
    several = Array.isArray(first);
    // Text is as long as the longest result.
    const open = (d: DType): DType => (d.kind === 'U' ? strDtype(0) : d.kind === 'S' ? bytesDtype(0) : d);
    dtypes = (several ? (first as unknown[]) : [first]).map((r) => open(toArray(r).dtype));
  }
  const known = types === null && once;
  const results = dtypes.map(() => new Array<unknown>(n));
  for (let i = 0; i < n; i++) {
    const r = i === 0 && known ? first : call(i);
    if (!several) results[0][i] = r;
    else {
      if (!(Array.isArray(r) && r.length === dtypes.length))
        throw new ValueError(`vectorize: the function must return a list of ${dtypes.length} values for every element`);
      for (let k = 0; k < results.length; k++) results[k][i] = r[k];
    }
  }
  const out = dtypes.map((d, k) => gather(results[k], shape, d));
  return several ? out : out[0];
}

/**
 * A function that calls `pyfunc` for every element of its arguments, broadcast together.
 *
 * Elements arrive as JavaScript values: numbers, booleans, Complex, and bigints for 64-bit integers that a number does not hold. The
 * dtype of the result is that of the first value returned (a number is float64, a bigint int64, a boolean bool) unless `otypes` says.
 * @throws ValueError for arguments without elements when there are no `otypes`; NotImplementedError for a `signature`
 * @example np.vectorize((a: number, b: number) => (a > b ? a - b : a + b))([1, 2, 3, 4], 2) // → array([3., 4., 1., 2.])
 */
export const vectorize: Vectorize = ((...args: unknown[]): unknown => {
  const kw = isKeywords(args[args.length - 1]) ? (args[args.length - 1] as VectorizeKeywords) : {};
  const given = isKeywords(args[args.length - 1]) ? args.slice(0, -1) : args;
  for (const key in kw)
    if (!['otypes', 'doc', 'excluded', 'cache', 'signature'].includes(key))
      throw new TypeError(`vectorize.__init__() got an unexpected keyword argument '${key}'`);
  const [pyfunc, otypes = kw.otypes, , excluded = kw.excluded, cache = kw.cache, signature = kw.signature] = given as [
    AnyFunction?,
    unknown?,
    unknown?,
    VectorizeKeywords['excluded']?,
    boolean?,
    string?,
  ];
  if (signature !== undefined && signature !== null)
    throw new NotImplementedError('vectorize: `signature` is not supported; loop over the outer axes instead');
  const types = readTypes(otypes);
  const skipped = new Set(excluded ?? []);
  for (const e of skipped)
    if (typeof e === 'number' && e < 0) throw new ValueError('excluded has non-integer or negative members');
  const make = (f: AnyFunction): unknown => {
    if (typeof f !== 'function') throw new TypeError('When used as a decorator, only accepts keyword arguments.');
    const call = fn(
      f.name || 'vectorize',
      '*args, **kwargs',
      (list: unknown[], keywords: Record<string, unknown>) => apply(f, types, skipped, cache === true, list, keywords),
      'host',
    );
    return Object.assign(call, { pyfunc: f, otypes: types?.map((d) => d.char).join('') ?? null });
  };
  return pyfunc === undefined ? make : make(pyfunc);
}) as Vectorize;
