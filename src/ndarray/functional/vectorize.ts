import { toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { asDtype, byName, bytesDtype, type DType, type DTypeLike, isText, strDtype } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { fn, isKeywords } from '../../core/signature.js';
import { sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import { applyCore, type Core, readCore } from './core-axes.js';
import { gather, stretch } from './values.js';

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
  /** Which axes the function itself takes and gives, as in `'(m,n),(n)->(m)'`: it is called for the others. */
  signature?: string | null;
}

/** A function that takes arrays: one array comes back, or a list of them when the function returns a list. */
export type Vectorized<F extends AnyFunction> = ((
  ...args: any[]
) => ReturnType<F> extends readonly any[] ? NDArray[] : NDArray) &
  FunctionFacts & {
    readonly pyfunc: F;
    /** May be set, and counts from the next call on. */
    otypes: string | readonly DTypeLike[] | null;
    /** May be set, too. */
    cache: boolean;
    /** The `signature` it was made with. */
    readonly vectorizedSignature: string | null;
    readonly excluded: ReadonlySet<number | string>;
    readonly __doc__: string | null;
  };

export interface Vectorize {
  <F extends AnyFunction>(
    pyfunc: F,
    otypes?: VectorizeKeywords['otypes'] | VectorizeKeywords,
    kw?: VectorizeKeywords,
  ): Vectorized<F>;
  /** Without a function: what makes one, as Python's decorators do. */
  (kw: VectorizeKeywords): <F extends AnyFunction>(pyfunc: F) => Vectorized<F>;
}

/** Of text only the kind counts: how long it is, the results say. Counts of times need the unit that was named. */
const generalOf = (d: DType): DType => (isText(d) ? asDtype(d.char) : d);

/** The dtypes of an `otypes` argument. */
function readTypes(otypes: unknown): DType[] | null {
  if (otypes === null || otypes === undefined) return null;
  if (typeof otypes === 'string') {
    return [...otypes].map((c) => {
      const d = Object.values(byName).find((row) => row.char === c);
      if (d === undefined && !ALIASES[c]) throw new ValueError(`Invalid otype specified: ${c}`);
      return d ?? byName[ALIASES[c]];
    });
  }
  if (Array.isArray(otypes)) return otypes.map((d) => generalOf(asDtype(d as DTypeLike)));
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

function apply(
  f: AnyFunction,
  types: DType[] | null,
  excluded: ReadonlySet<number | string>,
  once: boolean,
  core: Core | null,
  positional: readonly unknown[],
  keywords: Readonly<Record<string, unknown>>,
): NDArray | NDArray[] {
  const taken = positional.map((_, i) => i).filter((i) => !excluded.has(i));
  const names = Object.keys(keywords);
  const keys = names.filter((k) => !excluded.has(k));
  const arrays = [...taken.map((i) => toNDArray(positional[i])), ...keys.map((k) => toNDArray(keywords[k]))];
  const row = [...positional];
  const invoke = (values: readonly unknown[]): unknown => {
    taken.forEach((at, k) => {
      row[at] = values[k];
    });
    if (names.length === 0) return f(...row);
    const kw = { ...keywords };
    keys.forEach((key, k) => {
      kw[key] = values[taken.length + k];
    });
    return f(...row, kw);
  };
  if (core !== null) return applyCore(core, invoke, arrays, types);
  // Nothing to go over: the function's own result.
  if (arrays.length === 0) return invoke([]) as NDArray;
  const { shape, columns } = stretch(arrays);
  const n = sizeOf(shape);
  if (n === 0 && types === null)
    throw new ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set');
  const call = (i: number): unknown => invoke(columns.map((c) => c[i]));
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
 * @throws ValueError for arguments without elements when there are no `otypes`; with a `signature`, for axes
 * that do not fit it
 * @example np.vectorize((a: number, b: number) => (a > b ? a - b : a + b))([1, 2, 3, 4], 2) // → array([3., 4., 1., 2.])
 */
export const vectorize: Vectorize = ((...args: unknown[]): unknown => {
  const kw = isKeywords(args[args.length - 1]) ? (args[args.length - 1] as VectorizeKeywords) : {};
  const given = isKeywords(args[args.length - 1]) ? args.slice(0, -1) : args;
  for (const key in kw)
    if (!['otypes', 'doc', 'excluded', 'cache', 'signature'].includes(key))
      throw new TypeError(`vectorize.__init__() got an unexpected keyword argument '${key}'`);
  const [pyfunc, otypes = kw.otypes, doc = kw.doc, excluded = kw.excluded, cache = kw.cache, signature = kw.signature] =
    given as [AnyFunction?, unknown?, (string | null)?, VectorizeKeywords['excluded']?, boolean?, string?];
  const core = signature === undefined || signature === null ? null : readCore(signature);
  const types = readTypes(otypes);
  const skipped = new Set([...(excluded ?? [])].map((e) => (typeof e === 'bigint' ? Number(e) : e)));
  const make = (f: AnyFunction): unknown => {
    if (typeof f !== 'function') throw new TypeError('When used as a decorator, only accepts keyword arguments.');
    const call = fn(
      f.name || 'vectorize',
      '*args, **kwargs',
      (list: unknown[], keywords: Record<string, unknown>) =>
        apply(f, readTypes(made.otypes), skipped, made.cache, core, list, keywords),
      'host',
    );
    const made = Object.assign(call, {
      pyfunc: f,
      otypes: (typeof otypes === 'string' ? otypes : types) as Vectorized<AnyFunction>['otypes'],
      cache: cache === true,
      vectorizedSignature: signature ?? null,
      excluded: skipped,
      __doc__: doc ?? null,
    });
    return made;
  };
  return pyfunc === undefined ? make : make(pyfunc);
}) as Vectorize;
