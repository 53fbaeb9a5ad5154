import { ArrayValue } from '../../core/array.js';
import type { DType } from '../../core/dtype.js';
import { asDtype, type DTypeLike } from '../../core/dtype.js';
import { hidden } from '../../core/inspect.js';
import { shapeText, TypeError } from '../../core/errors.js';
import { isKeywords } from '../../core/signature.js';
import { convert_to_tensor } from '../convert.js';
import { flatten, packed } from '../nest.js';
import { setTracing } from '../gradient/reads.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import type { Graph } from './graph.js';
import { runGraph } from './run.js';
import { currentTrace, Trace, whileTracing } from './trace.js';

/** tf.function: a function that is run once for each kind of arguments, on described tensors, and as a graph from then on. */

setTracing({
  read(variable) {
    const trace = currentTrace();
    const v = variable as Variable;
    return trace === null ? null : trace.read(v, { shape: v.held.shape, dtype: v.held.dtype });
  },
  assign(variable, value) {
    const trace = currentTrace();
    if (trace === null) return false;
    trace.assign(variable as Variable, value as Tensor);
    return true;
  },
});

/** A description of tensors: shape (null: any length, or any shape at all) and dtype. */
export class TensorSpec {
  readonly shape: readonly (number | null)[] | null;
  readonly dtype: DType;
  readonly name: string | null;
  constructor(shape: readonly (number | null)[] | null, dtype: DTypeLike = 'float32', name: string | null = null) {
    this.shape = shape;
    this.dtype = asDtype(dtype);
    this.name = name;
  }
  static from_tensor(t: Tensor, name: string | null = null): TensorSpec {
    return new TensorSpec(t.shape, t.dtype, name);
  }
  is_compatible_with(t: { readonly shape: readonly (number | null)[] | null; readonly dtype: DType }): boolean {
    if (t.dtype !== this.dtype) return false;
    const [mine, other] = [this.shape, t.shape];
    if (mine === null || other === null) return true;
    return mine.length === other.length && mine.every((n, i) => n === null || other[i] === null || n === other[i]);
  }
  toString(): string {
    const shape =
      this.shape === null
        ? '<unknown>'
        : `(${this.shape.map((n) => n ?? 'None').join(', ')}${this.shape.length === 1 ? ',' : ''})`;
    return `TensorSpec(shape=${shape}, dtype=tf.${this.dtype.name}, name=${this.name === null ? 'None' : `'${this.name}'`})`;
  }
  repr(): string {
    return this.toString();
  }
}
hidden(TensorSpec, 'name', 'TensorSpec');

/** A traced function for one kind of arguments. */
export class ConcreteFunction {
  constructor(
    readonly graph: Graph,
    /** The form of the results: a nest whose tensors stand for the graph's results, in order. */
    private readonly form: unknown,
  ) {}

  /** Runs the graph on the tensors among the arguments. */
  run(tensors: readonly Tensor[]): unknown {
    const { results, assigned } = runGraph(this.graph, tensors);
    this.graph.assigns.forEach(({ variable }, i) => {
      variable.assign(assigned[i] as Tensor);
    });
    const left = [...results];
    return packed(
      this.form,
      flatten(this.form).map((leaf) => (leaf instanceof Tensor ? left.shift() : leaf)),
    );
  }
}

export interface FunctionOptions {
  /** What the tensor arguments must be: one trace for all that fit. */
  input_signature?: readonly TensorSpec[] | null;
  /** What the function is called in messages and pictures. */
  name?: string;
  /** Accepted and without effect: JavaScript's control flow runs at trace time. */
  autograph?: boolean;
  jit_compile?: boolean | null;
  reduce_retracing?: boolean;
}

export type TracedFunction<F extends (...args: any[]) => any> = F & {
  /** The plain function. */
  readonly python_function: F;
  /** How often it has been traced. */
  experimental_get_tracing_count(): number;
  /** The traced function for arguments of this kind; TensorSpecs stand for tensors. */
  get_concrete_function(...args: any[]): ConcreteFunction;
  readonly input_signature: readonly TensorSpec[] | null;
};

let eagerly = false;
/** Runs traced functions as they are written, operation by operation: for looking into them. */
export function run_functions_eagerly(on: boolean): void {
  eagerly = on;
}
export const functions_run_eagerly = (): boolean => eagerly;

let ids = 0;
const identities = new WeakMap<object, number>();
const identity = (x: object): string => {
  let id = identities.get(x);
  if (id === undefined) identities.set(x, (id = ++ids));
  return `#${id}`;
};

/** One argument in the key of a trace: tensors by dtype and shape, plain values by value, objects by identity. */
function keyOf(x: unknown): string {
  if (x instanceof Tensor || x instanceof TensorSpec)
    return `T${x.dtype.name}[${x.shape === null ? '?' : x.shape.join()}]`;
  if (x instanceof Variable) return `V${identity(x)}`;
  if (Array.isArray(x)) return `(${x.map(keyOf).join()})`;
  if (typeof x === 'object' && x !== null) {
    if (!isKeywords(x)) return identity(x);
    return `{${Object.keys(x)
      .sort()
      .map((k) => `${k}:${keyOf(x[k])}`)
      .join()}}`;
  }
  if (typeof x === 'function') return identity(x);
  return `${typeof x}:${Object.is(x, -0) ? '-0' : String(x)}`;
}

/** Arrays among arguments as tensors; all else as it is. */
function asTensors(x: unknown): unknown {
  if (x instanceof Tensor || x instanceof Variable || x instanceof TensorSpec) return x;
  if (x instanceof ArrayValue || ArrayBuffer.isView(x)) return convert_to_tensor(x as never);
  if (Array.isArray(x)) return x.map(asTensors);
  return isKeywords(x) ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, asTensors(v)])) : x;
}

/** Traces a function on arguments of this kind. */
function traced(name: string, f: (...args: any[]) => any, args: readonly unknown[]): ConcreteFunction {
  const trace = new Trace(name);
  let place = 0;
  const leaves = flatten(args).map((x) =>
    x instanceof Tensor || x instanceof TensorSpec
      ? trace.argument(place++, { shape: fullShape(name, x.shape), dtype: x.dtype })
      : x,
  );
  const form = whileTracing(trace, () => {
    const result = f(...(packed(args, leaves) as unknown[]));
    // Results that are no tensors stay what they are: lists of numbers, null, strings.
    return packed(
      result,
      flatten(result).map((r) =>
        r instanceof Variable
          ? r.value()
          : r instanceof ArrayValue && !(r instanceof Tensor)
            ? convert_to_tensor(r as never)
            : r,
      ),
    );
  });
  const tensors = flatten(form).filter((t): t is Tensor => t instanceof Tensor);
  return new ConcreteFunction(trace.graph(tensors), form);
}

function fullShape(name: string, shape: readonly (number | null)[] | null): readonly number[] {
  if (shape === null || shape.includes(null))
    throw new TypeError(
      `${name}: a concrete function needs the length of every axis, got ${shape === null ? 'an unknown shape' : `(${shape.map((n) => n ?? 'None').join(', ')})`}`,
    );
  return shape as readonly number[];
}

/**
 * A function that is traced: run once for each kind of arguments on described tensors, of which what is done to them is kept as a graph; calls
 * run the graph. A new trace is made for tensors of another dtype or shape, for other numbers, strings and objects. What the function does
 * besides operations on tensors (printing, counters) happens when it is traced.
 *
 * @param func the function, or options, of which a decorator is made
 * @throws TypeError for arguments that do not fit the `input_signature`
 * @example
 * let traces = 0;
 * const f = tf.function((x) => { traces++; return tf.add(tf.multiply(x, x), 1); });
 * f(tf.constant([1, 2])).numpy() // → array([2., 5.], dtype=float32)
 * f(tf.constant([3, 4])).numpy() // → array([10., 17.], dtype=float32)
 * traces // → 1
 */
export function function_<F extends (...args: any[]) => any>(func: F, options?: FunctionOptions): TracedFunction<F>;
export function function_(options?: FunctionOptions): <F extends (...args: any[]) => any>(func: F) => TracedFunction<F>;
export function function_(func?: unknown, options: FunctionOptions = {}): unknown {
  if (typeof func !== 'function') return (f: (...args: any[]) => any) => function_(f, (func as FunctionOptions) ?? {});
  const f = func as (...args: any[]) => any;
  const name = options.name ?? (f.name || 'function');
  const signature = options.input_signature ?? null;
  const made = new Map<string, ConcreteFunction>();
  const concrete = (args: readonly unknown[]): ConcreteFunction => {
    const key = keyOf(args);
    let c = made.get(key);
    if (c === undefined) made.set(key, (c = traced(name, f, args)));
    return c;
  };
  const call = (...given: unknown[]): unknown => {
    if (eagerly) return f(...given);
    const args = asTensors(given) as unknown[];
    if (signature !== null) checkSignature(name, signature, args);
    return concrete(args).run(flatten(args).filter((t): t is Tensor => t instanceof Tensor));
  };
  Object.assign(call, {
    python_function: f,
    input_signature: signature,
    experimental_get_tracing_count: () => made.size,
    get_concrete_function: (...args: unknown[]) =>
      concrete(asTensors(args.length === 0 && signature !== null ? signature : args) as unknown[]),
  });
  hidden(call, 'name', name);
  return call;
}

function checkSignature(name: string, signature: readonly TensorSpec[], args: unknown[]): void {
  if (args.length !== signature.length)
    throw new TypeError(`${name} takes ${signature.length} arguments by its input_signature, got ${args.length}`);
  signature.forEach((spec, i) => {
    if (!(args[i] instanceof Tensor)) args[i] = convert_to_tensor(args[i] as never, { dtype: spec.dtype } as never);
    const t = args[i] as Tensor;
    if (!spec.is_compatible_with(t))
      throw new TypeError(
        `Binding inputs to tf.function failed due to: Can not cast TensorSpec(shape=${shapeText(t.shape)}, dtype=tf.${t.dtype.name}, name=None) to ${spec.toString()}`,
      );
  });
}
