import type { Device } from '../../core/device/device.js';
import { placedOn } from '../../core/device/registry.js';
import { isDescribed } from '../../core/device/shapes.js';
import { ValueError, warn } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { sameShape } from '../../core/view.js';
import { flatten } from '../nest.js';
import { setTracing } from '../gradient/reads.js';
import { Tensor } from '../tensor.js';
import type { Variable } from '../variable.js';
import { type ConcreteFunction, traced } from './concrete.js';
import { identity } from '../../core/graph/keys.js';
import { asTensors, bound, keyOfArgument, type TensorSpec } from './signature.js';
import { currentTrace } from './trace.js';

/** tf.function: a function that is run once for each kind of arguments, on described tensors, and as a graph from then on. */

setTracing({
  read: (variable) => currentTrace()?.read(variable as Variable) ?? null,
  assign(variable, value) {
    const trace = currentTrace();
    if (trace === null) return false;
    trace.assign(variable as Variable, value as Tensor);
    return true;
  },
  created(variable) {
    currentTrace()?.created.push(variable as Variable);
  },
});

export interface FunctionOptions {
  /** What the tensor arguments must be. */
  input_signature?: readonly unknown[] | null;
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
  readonly input_signature: readonly unknown[] | null;
};

let eagerly = false;
/**
 * Runs traced functions as they are written, operation by operation: for looking into them.
 * @example
 * tf.config.run_functions_eagerly(true);
 * tf.function((x) => x.item())(tf.constant(2)) // → 2
 * tf.config.run_functions_eagerly(false);
 */
export function run_functions_eagerly(on: boolean): void {
  eagerly = on;
}
/** Whether traced functions run as they are written. @example tf.config.functions_run_eagerly() // → false */
export const functions_run_eagerly = (): boolean => eagerly;

/** Says so when most calls of a function trace it again, as TensorFlow does. */
class Retracing {
  private readonly calls: number[] = [];
  private said = false;
  constructor(private readonly name: string) {}

  called(tracedNow: boolean): void {
    const last = this.calls.length - 1;
    if (!tracedNow) {
      if (last >= 0) this.calls[last]++;
      return;
    }
    this.calls.push(1);
    let sum = this.calls.reduce((a, b) => a + b, 0);
    while (sum > 10 && this.calls.length > 1) sum -= this.calls.shift() as number;
    if (this.calls.length < 6 || this.said) return;
    this.said = true;
    warn(
      'UserWarning',
      `${this.calls.length - 1} out of the last ${sum - 1} calls to <function ${this.name}> triggered tf.function retracing. Tracing is expensive and the excessive number of tracings could be due to (1) creating tf.function repeatedly in a loop, (2) passing tensors with different shapes, (3) passing JavaScript values instead of tensors.`,
    );
  }
}

const MADE = 1000;

/**
 * A function that is traced: run once for each kind of arguments on described tensors, of which what is done to them is kept as a graph; calls
 * run the graph. A new trace is made for tensors of another dtype or shape, for other numbers, strings and objects. What the function does
 * besides operations on tensors (printing, counters) happens when it is traced.
 *
 * @param func the function, or options, of which a decorator is made
 * @throws TypeError for arguments that do not fit the `input_signature`; ValueError for variables made in a call after the first
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
  const usesThis = /\bthis\b/.test(Function.prototype.toString.call(f));
  const made = new Map<string, ConcreteFunction>();
  const retracing = new Retracing(name);
  let tracings = 0;
  let stateless = false;
  const trace = (self: unknown, args: readonly unknown[]): ConcreteFunction => {
    const run = (...a: unknown[]): unknown => f.apply(self, a);
    tracings++;
    const c = traced(name, run, args);
    if (c.created.length === 0) return c;
    // Variables may be made once, by the first call: a second trace shows whether they are.
    const again = stateless ? c : traced(name, run, args);
    if (again.created.length > 0)
      throw new ValueError(
        `tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only created once or created outside tf.function. ('${name}' made ${again.created.map((v) => `'${v.name}'`).join(', ')})`,
      );
    return again;
  };
  const concrete = (self: unknown, args: readonly unknown[]): ConcreteFunction => {
    const own = usesThis && typeof self === 'object' && self !== null ? identity(self) : '';
    // What a trace makes lies on the device of its time.
    const key = `${placedOn()?.name ?? ''}|${own}${keyOfArgument(args)}`;
    let c = made.get(key);
    const fresh = c === undefined || !c.alive;
    if (fresh) {
      if (made.size >= MADE) made.delete(made.keys().next().value as string);
      made.set(key, (c = trace(self, args)));
      stateless = true;
    }
    if (signature === null) retracing.called(fresh);
    return c as ConcreteFunction;
  };
  // What the last call ran, where it was given tensors alone: most calls are of the same kind, and need no key.
  let last: {
    readonly specs: readonly Pick<Tensor, 'dtype' | 'shape'>[];
    readonly place: Device | null;
    readonly run: ConcreteFunction;
  } | null = null;
  const again = (given: readonly unknown[]): boolean => {
    const specs = last?.specs;
    if (specs === undefined || given.length !== specs.length || last?.place !== placedOn()) return false;
    for (let i = 0; i < given.length; i++) {
      const t = given[i];
      if (!(t instanceof Tensor) || t.dtype !== specs[i].dtype || !sameShape(t.shape, specs[i].shape)) return false;
    }
    return true;
  };
  const call = function (this: unknown, ...given: unknown[]): unknown {
    if (eagerly) return f.apply(this, given);
    if (again(given)) {
      retracing.called(false);
      return (last as { run: ConcreteFunction }).run.run(given as Tensor[]);
    }
    const args = signature !== null ? bound(name, signature, given) : (asTensors(given) as unknown[]);
    const c = concrete(this, args);
    if (
      !usesThis &&
      signature === null &&
      !c.captures &&
      given.every((t) => t instanceof Tensor && !isDescribed(t.buffer))
    )
      last = {
        specs: (given as Tensor[]).map((t) => ({ dtype: t.dtype, shape: t.shape })),
        place: placedOn(),
        run: c,
      };
    return c.run(flatten(args).filter((t): t is Tensor => t instanceof Tensor));
  };
  Object.assign(call, {
    python_function: f,
    input_signature: signature,
    experimental_get_tracing_count: () => tracings,
    get_concrete_function: (...args: unknown[]) => {
      const given = args.length === 0 && signature !== null ? signature : args;
      return concrete(undefined, signature !== null ? bound(name, signature, given) : (asTensors(given) as unknown[]));
    },
  });
  hidden(call, 'name', name);
  return call;
}

export type { TensorSpec };

/** Whether a function is being traced. @example tf.function(() => tf.constant(tf.inside_function()))().item() // → true */
export const inside_function = (): boolean => currentTrace() !== null;
/** Whether operations run at once. @example tf.executing_eagerly() // → true */
export const executing_eagerly = (): boolean => !inside_function();
