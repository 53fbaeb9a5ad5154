import { ArrayValue } from './array.js';
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
  /** Of ufuncs and their methods: the ufunc, and `'__call__'`, `'reduce'`, `'accumulate'`, `'reduceat'`, `'outer'` or `'at'`. */
  readonly ufunc?: PublicFunction;
  readonly method?: string;
  /** The function that users call, where this one is only a part of it. */
  shown?: PublicFunction;
  /** Brings arguments into the form that those who take part are given, where they have another one. */
  readonly normal?: (
    args: readonly unknown[],
    kwargs: Readonly<Record<string, unknown>>,
  ) => [readonly unknown[], Readonly<Record<string, unknown>>];
}

/** A public function as the protocol sees it. */
export interface PublicFunction extends FunctionFacts {
  (...args: any[]): any;
}

/** What takes over the calls it is given to; `R` is the class of array that such calls give. */
export interface ArrayFunctionProtocol<R = any> {
  /**
   * @param fn the function that was called: `np.sum`, `np.add`, `np.add.reduce`, …
   * @param args positional arguments. Of ufuncs and their methods only the operands: all else is in `kwargs`, `out` as a list
   * @param kwargs keyword arguments, without `like`
   * @param types the classes that take part, in the order in which they are asked
   * @returns the result, or NotImplemented to have the next class asked
   */
  [ARRAY_FUNCTION](
    fn: PublicFunction,
    args: readonly unknown[],
    kwargs: Readonly<Record<string, unknown>>,
    types: readonly unknown[],
  ): R;
}

/** How deep lists are searched for those who take part: `np.block` takes nested ones. */
const LEVELS = 4;

type Takers = ArrayFunctionProtocol[];

/** What makes two objects ones of the same type: their class, or of plain objects the hook that they bring. */
const typeOf = (x: ArrayFunctionProtocol): unknown => {
  const proto = Object.getPrototypeOf(x);
  return proto === Object.prototype || proto === null ? x[ARRAY_FUNCTION] : proto;
};

const inherits = (x: object, from: object): boolean => {
  const proto = Object.getPrototypeOf(from);
  return proto !== null && proto !== Object.prototype && Object.prototype.isPrototypeOf.call(proto, x);
};

const className = (x: unknown): string =>
  x === null ? 'null' : typeof x === 'object' ? (x.constructor?.name ?? 'object') : typeof x;

function meet(x: ArrayFunctionProtocol, found: Takers | null): Takers {
  if (found === null) return [x];
  const type = typeOf(x);
  if (found.some((f) => typeOf(f) === type)) return found;
  const at = found.findIndex((f) => inherits(x, f));
  if (at >= 0) found.splice(at, 0, x);
  else found.push(x);
  return found;
}

/** @throws TypeError for one that says by null that it takes part in nothing */
function search(x: unknown, depth: number, found: Takers | null): Takers | null {
  if (typeof x !== 'object' || x === null) return found;
  if (Array.isArray(x)) {
    if (depth > 0)
      for (let i = 0; i < x.length; i++) {
        const e = x[i];
        if (typeof e === 'object' && e !== null) found = search(e, depth - 1, found);
      }
    return found;
  }
  const hook = (x as Partial<ArrayFunctionProtocol>)[ARRAY_FUNCTION];
  if (hook === undefined) return found;
  if (hook === null)
    throw new TypeError(`operand '${className(x)}' does not support np functions (numbridge.array_function is null)`);
  return meet(x as ArrayFunctionProtocol, found);
}

/** A member that is true on functions which take part in no ufunc, though in other functions: series, whose operators are their own. */
export const NO_UFUNC: unique symbol = Symbol.for('numbridge.no_ufunc') as never;
const takesNoUfunc = (x: unknown): x is object =>
  typeof x === 'function' && (x as { [NO_UFUNC]?: unknown })[NO_UFUNC] === true;

/** @throws TypeError for operands that take part in no ufunc */
export function refuseFunctions(args: readonly unknown[]): void {
  for (const x of args)
    if (takesNoUfunc(x))
      throw new TypeError(`operand '${x.constructor.name}' does not support ufuncs (__array_ufunc__=None)`);
}

/** Whether a value says that it takes part in no function, or no ufunc: operators then leave the operation to it. */
export const standsApart = (x: unknown): x is object =>
  takesNoUfunc(x) ||
  (typeof x === 'object' && x !== null && (x as { [ARRAY_FUNCTION]?: unknown })[ARRAY_FUNCTION] === null);

const NOBODY: readonly ArrayFunctionProtocol[] = [];

/**
 * Those among arguments (and among the members of list arguments) that implement the protocol, one of each class: from left to right, but
 * subclasses before the classes they extend.
 */
export function protocolArgs(
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>> | null,
): readonly ArrayFunctionProtocol[] {
  let found: Takers | null = null;
  for (let i = 0; i < args.length; i++) found = search(args[i], LEVELS, found);
  if (kwargs !== null) for (const k in kwargs) found = search(kwargs[k], LEVELS, found);
  return found ?? NOBODY;
}

/** Makes `shown` the public face of a function: what it tells of itself, and what those who take part are given. */
export function showAs<F extends (...args: any[]) => unknown>(
  shown: F,
  f: PublicFunction,
  more: object = {},
): F & PublicFunction {
  const { functionName, kind, signature, body, defaults } = f;
  const face = Object.assign(shown, { functionName, kind, signature, body, defaults }, more);
  f.shown = face;
  return face;
}

/** The classes of all arrays among arguments, for a message. */
function classes(
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  takers: readonly object[],
): string {
  const names = takers.map(className);
  const add = (x: unknown, depth: number): void => {
    if (Array.isArray(x)) {
      if (depth > 0) for (const e of x) add(e, depth - 1);
    } else if (x instanceof ArrayValue && !names.includes(className(x))) names.push(className(x));
  };
  for (const x of [...args, ...Object.values(kwargs)]) add(x, LEVELS);
  return names.join(', ');
}

/**
 * Offers a call to the implementers in turn.
 * @throws TypeError naming all the types when none of them takes it
 */
export function dispatch(
  called: PublicFunction,
  takers: readonly ArrayFunctionProtocol[],
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown {
  let fn = called;
  while (fn.shown !== undefined) fn = fn.shown;
  if (fn.normal !== undefined) [args, kwargs] = fn.normal(args, kwargs);
  const types = takers.map((t) => t.constructor);
  for (const t of takers) {
    const r = t[ARRAY_FUNCTION](fn, args, kwargs, types);
    if (r !== NotImplemented) return r;
  }
  if (fn.ufunc !== undefined) {
    const outs = Array.isArray(kwargs.out) ? kwargs.out : [];
    throw new TypeError(
      `operand type(s) all returned NotImplemented from numbridge.array_function(<ufunc '${fn.ufunc.functionName}'>, '${fn.method}'): ` +
        [...args, ...outs].map((x) => `'${className(x)}'`).join(', '),
    );
  }
  throw new TypeError(
    `no implementation found for 'numpy.${fn.functionName}' on types that implement numbridge.array_function: [${classes(args, kwargs, takers)}]`,
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
