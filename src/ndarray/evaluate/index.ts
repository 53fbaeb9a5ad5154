import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { asDtype, type DType, type DTypeLike } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { floatErrors } from '../../core/errstate.js';
import { runFusedInto } from '../../core/graph/fused.js';
import { restorer } from '../../core/graph/graph.js';
import { assignTo, conflicts, contiguousCopy, copyAs } from '../../core/ops/copy.js';
import { applyRow, PLAIN, type UfuncAttrs } from '../../core/ops/execute.js';
import { castTo } from '../../core/ops/move.js';
import { tightSpace } from '../../core/ops/store.js';
import type { Casting } from '../../core/promote.js';
import { readCasting } from '../../core/ops/ufunc.js';
import { isKeywords, unknownKeyword } from '../../core/signature.js';
import { runAs } from '../../core/transfers.js';
import { broadcastShapes, sameShape } from '../../core/view.js';
import { asNDArray, NDArray } from '../ndarray.js';
import { Binding, type Scope } from './bind.js';
import { checkCast, type Compiled, compiledFor, compose, fusedOf, operandsOf } from './compile.js';
import type { Operand } from './functions.js';
import { weakOf } from './lone.js';
import { parse } from './parse.js';

/** Expressions over whole arrays, as text: compiled to one kernel. */

/** What the names of an expression stand for. */
export type EvaluateScope = Readonly<Record<string, unknown>> | ReadonlyMap<string, ArrayLike>;

export interface EvaluateKeywords {
  /** Where the result is written; it may be one of the operands, or overlap them. */
  out?: NDArray<any> | null;
  /** How the result may be cast to the dtype of `out`, or to `dtype`: 'same_kind' unless given. */
  casting?: Casting;
  /** dtype of the result. */
  dtype?: DTypeLike | null;
}

type Others<V> = Exclude<Extract<V, ArrayValue>, NDArray<any>>;
/** A class of arrays that is no NDArray, where one is among the operands. */
export type Evaluated<S> =
  S extends ReadonlyMap<string, infer V>
    ? [Others<V>] extends [never]
      ? NDArray
      : Others<V>
    : [Others<S[keyof S]>] extends [never]
      ? NDArray
      : Others<S[keyof S]>;

const OPTIONS = ['out', 'casting', 'dtype'];

function optionsOf(given: unknown): { out: NDArray | null; casting: Casting; dtype: DType | null } {
  const o = (given ?? {}) as EvaluateKeywords;
  if (!isKeywords(o)) throw new TypeError('evaluate: options are a plain object');
  for (const k of Object.keys(o)) if (!OPTIONS.includes(k)) throw unknownKeyword('evaluate', k, OPTIONS);
  const out = o.out ?? null;
  if (out !== null && !(out instanceof NDArray)) throw new TypeError('return arrays must be of ArrayType');
  return {
    out,
    casting: readCasting(o.casting),
    dtype: (o.dtype ?? null) === null ? null : asDtype(o.dtype as DTypeLike),
  };
}

/** Writes a result where the caller wants it. */
function store(result: ArrayValue, out: NDArray, casting: Casting): NDArray {
  checkOut(result.dtype, result.shape, out, casting);
  out.face.beforeWrite(out, 'evaluate');
  assignTo(out, conflicts(out, result) ? contiguousCopy(result) : result);
  return out;
}

function checkOut(dtype: DType, shape: readonly number[], out: NDArray, casting: Casting): void {
  checkCast(dtype, out.dtype, casting);
  const all = broadcastShapes([shape, out.shape]);
  if (!sameShape(all, out.shape))
    throw new ValueError(
      `non-broadcastable output operand with shape ${tightSpace(out.shape)} doesn't match the broadcast shape ${tightSpace(all)}`,
    );
}

/** Runs a plan's only kernel on the memory of `out`; false where it has to be run on memory of its own. */
function straightInto(c: Compiled, given: readonly ArrayValue[], out: NDArray): boolean {
  if (c.single === null || c.result.dtype !== out.dtype || !sameShape(c.result.shape, out.shape)) return false;
  const args = c.single.inputs.map(({ node }) => {
    const source = node.source as { place: number; value?: ArrayValue };
    return source.value ?? given[source.place];
  });
  if (c.single.primitive?.name === 'ufunc') {
    const attrs = restorer(c.single.attrs)(args) as unknown as UfuncAttrs;
    applyRow(attrs.row, attrs.operands, { ...PLAIN, out: [out] });
    return true;
  }
  const fused = fusedOf(c);
  if (fused === null || fused.reduced !== null || floatErrors.watching || args.some((a) => !a.buffer.device.sync))
    return false;
  out.face.beforeWrite(out, 'evaluate');
  runFusedInto(
    args.map((a) => (conflicts(out, a) ? contiguousCopy(a) : a)),
    fused,
    out,
  );
  return true;
}

/** Whether the expression can be compiled: numbers alone, and nothing that watches or traces. */
const compiles = (b: Binding, dtype: DType | null): boolean =>
  !b.foreign &&
  (dtype === null || dtype.index >= 0) &&
  b.root.kind !== 'lone' &&
  (b.arrays as ArrayValue[]).every((a) => a.dtype.index >= 0 && a.interpreter === null);

function run(text: string, scope: Scope, keywords: unknown): unknown {
  const { out, casting, dtype } = optionsOf(keywords);
  const b = new Binding(parse(text), scope, text);
  if (!compiles(b, dtype)) {
    const root = b.root;
    let made = root.kind === 'lone' ? weakOf(root.value) : compose(root, (i) => b.arrays[i] as Operand);
    if (root.kind === 'lone') made = asNDArray(typeof made === 'boolean' ? made : lonely(made));
    if (made instanceof ArrayValue) {
      if (dtype !== null && made.dtype !== dtype) {
        checkCast(made.dtype, dtype, casting);
        made = castTo(made as ArrayValue, dtype);
      } else if (root.kind === 'array' && made instanceof NDArray) made = copyAs(made, made.dtype);
      if (out !== null) return store(made as ArrayValue, out, casting);
    } else if (out !== null) throw new TypeError('evaluate: out= takes results of arrays only');
    return made;
  }
  const c = compiledFor(text, b, dtype, casting);
  const args = operandsOf(c, b);
  if (out !== null) {
    checkOut(c.result.dtype, c.result.shape, out, casting);
    if (straightInto(c, args, out)) return out;
  }
  const [made] = c.plan.run(args);
  if (out !== null) return store(made, out, casting);
  // What is an operand, or a view of one, is copied, so that arrays are always new.
  return made instanceof NDArray && args.some((a) => a.buffer === made.buffer) ? copyAs(made, made.dtype) : made;
}

/** A lone number as np.asarray takes it: floats stay floats. */
const lonely = (w: unknown): never => {
  const { value, kind } = w as { value: unknown; kind: string };
  return (kind === 'int' ? BigInt(value as bigint) : value) as never;
};

/**
 * The value of an expression over whole arrays, given as text, as Python's operators and np's functions have it, and to the same bits.
 *
 * The operations become one kernel, so that nothing between them is written to memory; kernels are kept by expression, dtypes and shapes. Operators and their
 * order are Python's: `+ - * / // % ** & | ^ ~ << >> < <= > >= == !=`. Functions are the ufuncs of np with one result, `where`,
 * `real`, `imag`, and the reductions `sum prod min max mean std var all any` with `axis` and `keepdims`. Names are looked up in the
 * scope, which may hold arrays, tensors and numbers; `pi e inf nan` are known. Text cannot reach anything else. It is read by mathjs' parser.
 *
 * @param expression the text
 * @param scope values by name: a plain object or a Map
 * @param keywords `out`, `casting`, `dtype`
 * @returns an NDArray; a tensor where one is among the operands; `out` where it is given
 * @throws SyntaxError and NameError with the place, TypeError and ValueError as the operations, ImportError where mathjs is not installed
 * @example np.evaluate('2*a + 3*b', { a: np.array([1, 2]), b: np.array([10, 20]) }) // → array([32., 64.])
 */
export function evaluate<S extends EvaluateScope = Readonly<Record<string, never>>>(
  expression: string,
  scope?: S,
  keywords?: EvaluateKeywords,
): Evaluated<S> {
  if (typeof expression !== 'string')
    throw new TypeError(
      `evaluate: the expression must be text, not ${expression === null ? 'null' : typeof expression}`,
    );
  const names = (scope ?? {}) as Scope;
  if (typeof names !== 'object' || names === null || Array.isArray(names) || names instanceof ArrayValue)
    throw new TypeError('evaluate: the scope is a plain object or a Map of names and values');
  return runAs('evaluate', () => run(expression, names, keywords)) as Evaluated<S>;
}
