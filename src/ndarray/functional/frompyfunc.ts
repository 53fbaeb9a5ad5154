import { ArrayValue } from '../../core/array.js';
import { toOperand } from '../../core/coerce.js';
import { dispatch, type FunctionFacts, protocolArgs } from '../../core/dispatch.js';
import { TypeError, UFuncTypeError, ValueError } from '../../core/errors.js';
import { canCast, type Casting } from '../../core/promote.js';
import { getitem } from '../../core/ops/index.js';
import { listedOut, normalMethod, ufuncSide } from '../../core/ops/ufunc.js';
import { fn, isKeywords, unknownKeyword } from '../../core/signature.js';
import { normalizeAxes, normalizeAxis, shapeOfReduced, sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import { ramp } from '../indexing/integers.js';
import { copyto } from '../indexing/put.js';
import { integer, integers } from '../manipulation/common.js';
import type { NDArray } from '../ndarray.js';
import { noKeywords } from '../ufunc.js';
import { boxed, stretch, valuesOf } from './values.js';

/** Universal functions from functions of single values. */

/** What `np.frompyfunc` makes: it goes over arrays as ufuncs do, and has their methods. */
export interface PyUfunc extends FunctionFacts {
  (...args: any[]): any;
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  readonly types: readonly string[];
  readonly identity: unknown;
  reduce: (array: unknown, ...rest: any[]) => any;
  accumulate: (array: unknown, ...rest: any[]) => any;
  reduceat: (array: unknown, indices: unknown, ...rest: any[]) => any;
  outer: (a: unknown, b: unknown, ...rest: any[]) => any;
  at: (a: NDArray, indices: unknown, b?: unknown) => null;
  toString(): string;
}

export interface FromPyFunc {
  (func: (...args: any[]) => unknown, nin: number, nout: number, kw?: { identity?: unknown }): PyUfunc;
}

interface Spec {
  readonly func: (...args: any[]) => unknown;
  readonly name: string;
  readonly nin: number;
  readonly nout: number;
  readonly identity: unknown;
  /** Whether several axes may be folded at once: an identity was named, be it None. */
  readonly reorderable: boolean;
}

const OPTIONS = ['out', 'where', 'casting', 'order', 'dtype', 'subok', 'signature'];

/** Writes a result where the caller wants it. */
function deliver(s: Spec, made: NDArray, out: unknown, where: unknown, casting: Casting): unknown {
  if (out === null || out === undefined) return made;
  if (!(out instanceof ArrayValue)) throw new TypeError('return arrays must be of ArrayType');
  if (!canCast(made.dtype, out.dtype, casting))
    throw new UFuncTypeError(
      `Cannot cast ufunc '${s.name}' output from ${made.dtype.repr()} to ${out.dtype.repr()} with casting rule '${casting}'`,
    );
  copyto(out, made, { casting: 'unsafe', where: (where ?? true) as boolean });
  return out;
}

function call(s: Spec, args: unknown[]): unknown {
  const kw = isKeywords(args[args.length - 1]) ? (args.pop() as Record<string, any>) : {};
  for (const k in kw) if (!OPTIONS.includes(k)) throw unknownKeyword(s.name, k, OPTIONS);
  if (args.length < s.nin || args.length > s.nin + s.nout)
    throw new TypeError(
      `${s.name}() takes from ${s.nin} to ${s.nin + s.nout} positional arguments but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`,
    );
  const given = args.slice(s.nin);
  if (given.length > 0 && kw.out !== undefined && kw.out !== null)
    throw new TypeError(`cannot specify 'out' as both a positional and keyword argument`);
  const outs: unknown[] = given.length > 0 ? given : Array.isArray(kw.out) ? kw.out : [kw.out];
  for (const o of outs)
    if (o !== null && o !== undefined && o !== '...' && !(o instanceof ArrayValue))
      throw new TypeError('return arrays must be of ArrayType');
  const { shape, columns } = stretch(args.slice(0, s.nin).map((a) => toNDArray(toOperand(a))));
  const n = sizeOf(shape);
  const masked = kw.where !== undefined && kw.where !== true;
  const chosen = masked ? stretch([toNDArray(kw.where), ramp(n).reshape(shape) as NDArray]).columns[0] : null;
  const results: unknown[][] = Array.from({ length: s.nout }, () => new Array<unknown>(n).fill(null));
  const row = new Array<unknown>(s.nin);
  for (let i = 0; i < n; i++) {
    if (chosen !== null && chosen[i] !== true) continue;
    for (let k = 0; k < s.nin; k++) row[k] = columns[k][i];
    const r = s.func(...row);
    if (s.nout === 1) results[0][i] = r;
    else if (s.nout > 1) {
      if (!Array.isArray(r) || r.length !== s.nout)
        throw new ValueError(`${s.name}: the function must return a list of ${s.nout} values for every element`);
      for (let k = 0; k < s.nout; k++) results[k][i] = r[k];
    }
  }
  const lone = shape.length === 0 && outs.every((o) => o === null || o === undefined);
  const made = results.map((list, k) =>
    lone
      ? list[0]
      : deliver(s, boxed(list, shape), outs[k] === '...' ? null : outs[k], kw.where, kw.casting ?? 'same_kind'),
  );
  return s.nout === 1 ? made[0] : made;
}

function binary(s: Spec, what: string): void {
  if (s.nin !== 2) throw new ValueError(`${what} only supported for binary functions`);
  if (s.nout !== 1) throw new ValueError(`${what} only supported for functions returning a single value`);
}

/** Folds values with the function, from the left; `take` gives the value at a place of the folded axes. */
function fold(s: Spec, values: readonly unknown[], first: unknown): unknown {
  let acc = first;
  let from = 0;
  if (acc === undefined) {
    if (values.length === 0) {
      if (s.identity === null || s.identity === undefined)
        throw new ValueError(`zero-size array to reduction operation ${s.name} which has no identity`);
      return s.identity;
    }
    acc = values[0];
    from = 1;
  }
  for (let i = from; i < values.length; i++) acc = s.func(acc, values[i]);
  return acc;
}

/** The axes of an array that are kept, and behind them the others, with its values in that order. */
function turned(a: NDArray, last: readonly number[]): { kept: number[]; values: readonly unknown[]; n: number } {
  const others = a.shape.map((_, d) => d).filter((d) => !last.includes(d));
  const moved = a.transpose([...others, ...last]) as NDArray;
  return {
    kept: others.map((d) => a.shape[d]),
    values: valuesOf(moved),
    n: last.reduce((p, d) => p * a.shape[d], 1),
  };
}

const lineOf = <T>(values: readonly T[], line: number, n: number): readonly T[] =>
  values.slice(line * n, (line + 1) * n);

function reduce(s: Spec, bound: readonly any[]): unknown {
  binary(s, 'reduce');
  const [array, axis, , out, keepdims, initial, where] = bound;
  const a = toNDArray(array);
  const axes = a.ndim === 0 ? [] : normalizeAxes(axis === undefined ? 0 : axis, a.ndim);
  if (axes.length > 1 && !s.reorderable)
    throw new ValueError(`reduction operation '${s.name}' is not reorderable, so at most one axis may be specified`);
  const { kept, values, n } = turned(a, axes);
  const chosen = where === undefined || where === true ? null : turned(toNDArray(where).astype('bool'), axes).values;
  const lines = sizeOf(kept);
  const results = Array.from({ length: lines }, (_, i) => {
    const line = lineOf(values, i, n);
    return fold(s, chosen === null ? line : line.filter((_, k) => chosen[i * n + k] === true), initial);
  });
  const shape = shapeOfReduced(
    a.shape,
    a.shape.map((_, d) => axes.includes(d)),
    keepdims === true,
  );
  if (shape.length === 0 && (out === null || out === undefined)) return results[0];
  return deliver(s, boxed(results, shape), Array.isArray(out) ? out[0] : out, true, 'same_kind');
}

/** The results of each line along an axis, as many as `f` gives, back in the axis' place. */
function alongLines(
  s: Spec,
  a: NDArray,
  axis: number,
  f: (line: readonly unknown[]) => unknown[],
  out: unknown,
): unknown {
  const k = normalizeAxis(axis, a.ndim);
  const { kept, values, n } = turned(a, [k]);
  const parts = Array.from({ length: sizeOf(kept) }, (_, i) => f(lineOf(values, i, n)));
  const length = parts[0]?.length ?? n;
  const made = boxed(parts.flat(), [...kept, length]);
  const order = kept.map((_, d) => d);
  order.splice(k, 0, kept.length);
  return deliver(s, made.transpose(order) as NDArray, Array.isArray(out) ? out[0] : out, true, 'same_kind');
}

function accumulate(s: Spec, [array, axis, , out]: readonly any[]): unknown {
  binary(s, 'accumulate');
  const a = toNDArray(array);
  if (a.ndim === 0) throw new TypeError('cannot accumulate on a scalar');
  const steps = (line: readonly unknown[]): unknown[] => {
    let acc: unknown;
    return line.map((v, i) => {
      acc = i === 0 ? v : s.func(acc, v);
      return acc;
    });
  };
  return alongLines(s, a, axis ?? 0, steps, out);
}

function reduceat(s: Spec, [array, indices, axis, , out]: readonly any[]): unknown {
  binary(s, 'reduceat');
  const a = toNDArray(array);
  if (a.ndim === 0) throw new TypeError('cannot reduceat on a scalar');
  const starts = integers(indices, `${s.name}.reduceat`);
  const n = a.shape[normalizeAxis(axis ?? 0, a.ndim)];
  for (const i of starts)
    if (i < 0 || i >= n) throw new ValueError(`index ${i} out-of-bounds in ${s.name}.reduceat [0, ${n})`);
  const pieces = (line: readonly unknown[]): unknown[] =>
    starts.map((from, j) => {
      const to = j + 1 < starts.length ? starts[j + 1] : n;
      return fold(s, from < to ? line.slice(from, to) : [line[from]], undefined);
    });
  return alongLines(s, a, axis ?? 0, pieces, out);
}

function at(s: Spec, a: NDArray, indices: unknown, b: unknown): null {
  const all = ramp(a.size).reshape(a.shape) as NDArray;
  const places = getitem(all, [indices]) as NDArray;
  const columns = stretch(b === undefined ? [places] : [places, toNDArray(toOperand(b))]).columns;
  const flat = a.flat;
  columns[0].forEach((place, i) => {
    const old = flat.item(place as number);
    flat.set(place, (b === undefined ? s.func(old) : s.func(old, columns[1][i])) as number);
  });
  return null;
}

/**
 * A universal function that calls `func` for every element of its operands, broadcast together.
 *
 * @param nin how many arguments the function takes
 * @param nout how many values it gives: for more than one, a list of them
 * @returns a function with `reduce`, `accumulate`, `reduceat`, `outer` and `at`; operands without axes give the function's own result
 * @throws TypeError `function must be callable`; ValueError for more than 64 operands
 * @example np.frompyfunc((a: number, b: number) => Math.hypot(a, b), 2, 1)([3, 5], [4, 12]) // → array([5.0, 13.0], dtype=object)
 */
export const frompyfunc: FromPyFunc = /*@__PURE__*/ fn<FromPyFunc>(
  'frompyfunc',
  'func, /, nin, nout, **kwargs',
  (func: Spec['func'], ninGiven: unknown, noutGiven: unknown, kw: Record<string, unknown>) => {
    for (const k in kw)
      if (k !== 'identity') throw new TypeError(`'${k}' is an invalid keyword argument for frompyfunc()`);
    const nin = integer(ninGiven, 'frompyfunc');
    const nout = integer(noutGiven, 'frompyfunc');
    if (typeof func !== 'function') throw new TypeError('function must be callable');
    if (nin + nout > 64)
      throw new ValueError(
        `Cannot construct a ufunc with more than 64 operands (requested number were: inputs = ${nin} and outputs = ${nout})`,
      );
    const s: Spec = {
      func,
      name: `${func.name || '<lambda>'} (vectorized)`,
      nin,
      nout,
      identity: kw.identity ?? null,
      reorderable: 'identity' in kw,
    };
    const method = (name: string, signature: string, body: (...bound: any[]) => unknown): unknown => {
      const names = signature.split(', ').flatMap((p) => (p === '/' ? [] : [p.split('=')[0]]));
      const normal = normalMethod(names, name === 'reduceat' ? 2 : 1);
      return withUfunc(fn(`${s.name}.${name}`, signature, body, 'host'), { method: name, normal });
    };
    const withUfunc = (g: object, more: object): object =>
      Object.defineProperty(Object.assign(g, more), 'ufunc', { get: () => whole });
    const f = (...args: unknown[]): unknown => self(...args);
    const self = fn<(...args: unknown[]) => unknown>(
      s.name,
      '*args, **kwargs',
      (args: unknown[], options: Record<string, unknown>) =>
        call(s, Object.keys(options).length > 0 ? [...args, options] : [...args]),
      'host',
    );
    const outer = (a: unknown, b: unknown, kw2: Record<string, unknown> = {}): unknown => {
      binary(s, 'outer product');
      const takers = protocolArgs([a, b], kw2);
      if (takers.length > 0) return dispatch(whole.outer as never, takers, [a, b], listedOut(kw2));
      const left = toNDArray(toOperand(a));
      const right = toNDArray(toOperand(b));
      return self(left.reshape([...left.shape, ...right.shape.map(() => 1)]), right, kw2);
    };
    const whole: Record<string, unknown> = Object.assign(f, {
      functionName: s.name,
      kind: self.kind,
      signature: null,
      body: self.body,
      nin,
      nout,
      nargs: nin + nout,
      ntypes: 1,
      types: [`${'O'.repeat(Math.max(nin, 0))}->${'O'.repeat(Math.max(nout, 0))}`],
      identity: s.identity,
      reduce: method(
        'reduce',
        'array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True',
        (...bound) => reduce(s, bound),
      ),
      accumulate: method('accumulate', 'array, /, axis=0, dtype=None, out=None', (...bound) => accumulate(s, bound)),
      reduceat: method('reduceat', 'array, /, indices, axis=0, dtype=None, out=None', (...bound) => reduceat(s, bound)),
      outer: withUfunc(outer, {
        method: 'outer',
        functionName: `${s.name}.outer`,
        kind: self.kind,
        signature: 'A, B, /, **kwargs',
        body: outer,
      }),
      at: withUfunc(
        (...given: unknown[]) => {
          if (noKeywords(given)) given.pop();
          const takers = protocolArgs(given, null);
          if (takers.length > 0) return dispatch(whole.at as never, takers, given, {});
          return at(s, given[0] as NDArray, given[1], given[2]);
        },
        {
          method: 'at',
          functionName: `${s.name}.at`,
          kind: self.kind,
          signature: 'a, indices, b=<no value>, /',
          body: (a: NDArray, indices: unknown, b?: unknown) => at(s, a, indices, b),
        },
      ),
      toString: () => `<ufunc '${s.name}'>`,
    }) as never;
    self.shown = whole as never;
    Object.defineProperties(whole, Object.getOwnPropertyDescriptors(ufuncSide(s, () => whole)));
    return whole;
  },
  'conversion',
);
