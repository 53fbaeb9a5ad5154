import type { ArrayValue } from './array.js';
import type { DType } from './dtype.js';
import { TypeError } from './errors.js';

/**
 * The protocol that joins classes of arrays.
 *
 * `ARRAY_FUNCTION` is the door for whole functions (as NEP 18 in Python): a public function that is given an object with
 * this member hands the call to it. `ARRAY` is the door for data. `bind` is the door for primitives: below every
 * public function there are primitives, and the highest interpreter among their operands decides what happens to them.
 */
export const ARRAY_FUNCTION: unique symbol = Symbol.for('numbridge.array_function') as never;
export const ARRAY: unique symbol = Symbol.for('numbridge.array') as never;

/** What an implementer of ARRAY_FUNCTION returns when it does not know the function or the other types. */
export const NotImplemented: unique symbol = Symbol.for('numbridge.NotImplemented') as never;

/**
 * How a function treats arrays that are not NDArrays:
 * - `primitive`: its body works on any ArrayValue through `bind`;
 * - `composite`: its body is an expression of other functions, and so works on whatever they work on;
 * - `host`: its body needs values in the host's memory;
 * - `conversion`: it makes NDArrays out of anything and is never handed to its arguments' classes (`np.asarray(x)`), as in NumPy.
 */
export type FunctionKind = 'primitive' | 'composite' | 'host' | 'conversion';

/** What a public function tells about itself. */
export interface FunctionFacts {
  /** NumPy's name. */
  readonly functionName: string;
  readonly kind: FunctionKind;
  /** NumPy's signature text; of ufuncs what NumPy has under this name, the core dimensions or null. */
  readonly signature: string | null;
  /** NumPy's signature text, of ufuncs. */
  readonly signatureText?: string;
  /** Values of parameters that are left out, where they are others than the text has. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** The body, with arguments already bound in order of the signature. */
  readonly body: (...bound: any[]) => any;
}

/** A public function as the protocol sees it. */
export interface PublicFunction extends FunctionFacts {
  (...args: any[]): any;
}

/** What takes over the calls it is given to; `R` is the class of array that such calls give. */
export interface ArrayFunctionProtocol<R = any> {
  [ARRAY_FUNCTION](fn: PublicFunction, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): R;
}

/** Those among arguments (and among the members of list arguments) that implement the protocol, one of each class, subclasses first. */
export function protocolArgs(
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>> | null,
): ArrayFunctionProtocol[] {
  let found: ArrayFunctionProtocol[] | null = null;
  const add = (x: ArrayFunctionProtocol): void => {
    found ??= [];
    if (found.some((f) => f.constructor === x.constructor)) return;
    const at = found.findIndex((f) => x instanceof (f.constructor as new () => object));
    if (at >= 0) found.splice(at, 0, x);
    else found.push(x);
  };
  const scan = (x: unknown, depth: number): void => {
    if (typeof x !== 'object' || x === null) return;
    if (Array.isArray(x)) {
      if (depth > 0 && typeof x[0] !== 'number') for (const e of x) scan(e, depth - 1);
    } else if ((x as Partial<ArrayFunctionProtocol>)[ARRAY_FUNCTION] !== undefined) add(x as ArrayFunctionProtocol);
  };
  for (let i = 0; i < args.length; i++) scan(args[i], 2);
  if (kwargs !== null) for (const k in kwargs) scan(kwargs[k], 2);
  return found ?? [];
}

/**
 * Offers a call to the implementers in turn.
 * @throws TypeError naming all the types when none of them takes it
 */
export function dispatch(
  fn: PublicFunction,
  takers: readonly ArrayFunctionProtocol[],
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown {
  for (const t of takers) {
    const r = t[ARRAY_FUNCTION](fn, args, kwargs);
    if (r !== NotImplemented) return r;
  }
  throw new TypeError(
    `no implementation found for 'numpy.${fn.functionName}' on types that implement numbridge.array_function: [${takers
      .map((t) => t.constructor?.name ?? 'object')
      .join(', ')}]`,
  );
}

/** The metadata of a primitive's call: everything that is not an array. */
export type Attrs = Readonly<Record<string, unknown>>;

/** An operation that devices and interpreters know by name. */
export interface Primitive<A extends Attrs = Attrs> {
  readonly name: string;
  /** Runs now, on the operands' device; results have the operands' face. */
  readonly run: (args: readonly ArrayValue[], attrs: A) => ArrayValue | readonly ArrayValue[];
  /** The result's shape and dtype, where `run` reads values and so cannot be asked on a device without memory. */
  readonly infer?: (args: readonly ArrayValue[], attrs: A) => { shape: readonly number[]; dtype: DType };
  /** It takes operands from several devices, and says itself what becomes of them. */
  readonly anywhere?: boolean;
}

/** What stands between a primitive and its execution: a gradient tape records and passes on, a graph records only. */
export interface Interpreter {
  /** Higher levels see a call first. */
  readonly level: number;
  process(primitive: Primitive<any>, args: readonly ArrayValue[], attrs: Attrs): ArrayValue | readonly ArrayValue[];
}

export const primitive = <A extends Attrs>(
  name: string,
  run: Primitive<A>['run'],
  infer?: Primitive<A>['infer'],
): Primitive<A> => ({ name, run, infer });

type Place = (values: readonly ArrayValue[], by: string) => readonly ArrayValue[];
let place: Place = (values) => values;
/** Given by ops/place.ts, which stands above this file. */
export function setPlace(f: Place): void {
  place = f;
}

/** Runs a primitive, beside all interpreters, on the device where its operands are. */
export const runNow = <A extends Attrs>(
  p: Primitive<A>,
  args: readonly ArrayValue[],
  attrs: A,
): ArrayValue | readonly ArrayValue[] =>
  p.run(args.length < 2 || p.anywhere === true ? args : place(args, p.name), attrs);

/** Applies a primitive: the highest interpreter among the operands decides; without any it runs now. */
export function bind<A extends Attrs>(
  p: Primitive<A>,
  args: readonly ArrayValue[],
  attrs: A,
): ArrayValue | readonly ArrayValue[] {
  let top: Interpreter | null = null;
  for (const a of args)
    if (a.interpreter !== null && (top === null || a.interpreter.level > top.level)) top = a.interpreter;
  return top === null ? runNow(p, args, attrs) : top.process(p, args, attrs);
}

/** `bind` for primitives with one result. */
export const bind1 = <A extends Attrs>(p: Primitive<A>, args: readonly ArrayValue[], attrs: A): ArrayValue =>
  bind(p, args, attrs) as ArrayValue;
