import type { ArrayValue } from '../../core/array.js';
import { isDescribed } from '../../core/device/shapes.js';
import { bind } from '../../core/dispatch.js';
import { shapeText, TypeError, ValueError } from '../../core/errors.js';
import { broadcastShapes } from '../../core/view.js';
import { convert_to_tensor } from '../convert.js';
import { call, Callable } from '../graph/callable.js';
import { Trace, whileTracing } from '../graph/trace.js';
import { flatten, isNest, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { isDifferentiable } from './backward.js';
import { type CustomAttrs, customPrimitive } from './own.js';
import { noteRead } from './reads.js';
import { readsDuring, silently } from './recording.js';
import { GradientTape } from './tape.js';

/** Functions whose gradient is given by the user. */

/** From gradients of the results to those of the arguments, in their order; of a single argument the gradient alone may be returned. */
export type GradientFunction = (...gradients: any[]) => unknown;

/** Whether an argument is data that becomes a tensor: numbers, arrays, lists of numbers. */
const isData = (x: unknown): boolean =>
  x instanceof Variable ||
  typeof x === 'number' ||
  ArrayBuffer.isView(x) ||
  (typeof x === 'object' && x !== null && 'dtype' in x && 'shape' in x) ||
  (Array.isArray(x) && x.length > 0 && x.every((e) => typeof e === 'number' || (Array.isArray(e) && isData(e))));
const tensorOf = (x: unknown): unknown => {
  if (isData(x)) return convert_to_tensor(x as never);
  if (!isNest(x)) return x;
  return Array.isArray(x) ? x.map(tensorOf) : Object.fromEntries(Object.entries(x).map(([k, v]) => [k, tensorOf(v)]));
};

/** What the user's gradient function gave, as a flat list of as many gradients as there are tensors. */
function listed(given: unknown, count: number, of: readonly ArrayValue[]): (ArrayValue | null)[] {
  const flat = flatten(given);
  if (flat.length !== count)
    throw new ValueError(
      `custom_gradient function expected to return ${count} gradients, but returned ${flat.length} instead.`,
    );
  return flat.map((v, k) => {
    if (v === null || v === undefined) return null;
    const g = (v instanceof Tensor ? v : convert_to_tensor(v as never)) as unknown as ArrayValue;
    let fits = true;
    try {
      fits = broadcastShapes([g.shape, of[k].shape]).length === g.ndim || g.ndim === 0;
    } catch {
      fits = false;
    }
    if (!fits)
      throw new ValueError(
        `custom_gradient: gradient ${k} has shape ${shapeText(g.shape)} and dtype ${g.dtype.name}, which does not fit an argument of shape ${shapeText(of[k].shape)} and dtype ${of[k].dtype.name}`,
      );
    return g;
  });
}

/**
 * The user's gradient in a traced function, as a graph that is called: what it reads of the traced function are values of another call by
 * then, which the operation is given.
 */
function asGraph(
  grad: (gradients: readonly ArrayValue[]) => readonly (ArrayValue | null)[],
  ends: readonly ArrayValue[],
): { back: CustomAttrs['grad']; read: readonly ArrayValue[] } {
  const trace = new Trace('custom_gradient');
  let gives: readonly boolean[] = [];
  const graph = whileTracing(trace, () => {
    const found = grad(ends.map((t, i) => trace.argument(i, t)));
    gives = found.map((v) => v !== null);
    return trace.graph(found.filter((v): v is ArrayValue => v !== null));
  });
  const callable = new Callable(graph);
  const places = new Map<unknown, number>();
  const read: ArrayValue[] = [];
  for (const n of callable.entrances) if (n.source?.kind === 'capture') places.set(n, read.push(n.source.value) - 1);
  return {
    read,
    back: (gradients, values) => {
      const given = callable.entrances.map((n) => {
        if (n.source?.kind === 'argument') return gradients[n.source.place];
        if (n.source?.kind === 'variable') return n.source.variable.value();
        return values[places.get(n) as number];
      });
      // Into a graph that is being made it goes operation by operation.
      const traced = given.some((t) => isDescribed(t.buffer));
      const found = [...(traced ? callable.replay(given) : call(callable, given))];
      return gives.map((there) => (there ? (found.shift() as ArrayValue) : null));
    },
  };
}

/**
 * A function whose gradient is computed by one of its own. `f` returns the result and a function from the gradient of the result to that of the
 * argument; of several arguments to the list of theirs. Where `f` reads trainable variables, that function gets `{ variables }` behind the
 * gradients, and returns a pair: the gradients of the arguments, and a list with those of the variables.
 *
 * @throws TypeError for an `f` that returns no such pair, or whose gradients leave out variables; ValueError for another number of gradients
 *   than arguments
 * @example
 * const log1pexp = tf.custom_gradient((x) => {
 *   const e = tf.exp(x);
 *   return [tf.math.log1p(e), (upstream) => tf.multiply(upstream, tf.subtract(1, tf.divide(1, tf.add(e, 1))))];
 * });
 * tf.grad(log1pexp)(tf.constant(100)).item() // → 1
 */
export function custom_gradient<A extends readonly any[], R>(
  f: (...args: A) => readonly [result: R, grad: GradientFunction],
): (...args: any[]) => R {
  if (typeof f !== 'function') throw new TypeError(`custom_gradient: expected a function, got ${typeof f}`);
  return (...given: unknown[]) => {
    const args = given.map(tensorOf);
    const tensors = flatten(args).filter((t): t is Tensor => t instanceof Tensor);
    // What f does is recorded, so that gradients of the gradient find what that reads; the result's own gradient is the user's.
    const [pair, reads] = readsDuring(() => f(...(args as unknown as A)));
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[1] !== 'function')
      throw new TypeError(
        'custom_gradient: the function must return a pair of its result and a function for gradients',
      );
    const [result, back] = pair as [unknown, GradientFunction];
    const own = new Set(flatten(given));
    const variables = [...reads.keys()].filter((v) => !own.has(v)) as Variable[];
    const held = variables.map((v) => (reads.get(v) as ArrayValue[])[0]);
    variables.forEach((v, i) => {
      noteRead(v, held[i]);
    });
    const leaves = flatten(result).map((t) => (t instanceof Variable ? t.value() : t));
    const ends = leaves.filter((t): t is Tensor => t instanceof Tensor);
    const sources = [...(tensors as unknown as ArrayValue[]), ...held];
    const grad = (gradients: readonly ArrayValue[]): (ArrayValue | null)[] => {
      const wanted = gradients.filter((_, i) => isDifferentiable(ends[i]));
      if (variables.length === 0) return listed(back(...wanted), tensors.length, sources);
      const both = back(...wanted, { variables });
      if (!Array.isArray(both) || both.length !== 2)
        throw new TypeError(
          "If using @custom_gradient with a function that uses variables, then grad_fn must accept a 'variables' keyword argument, and return a pair of the arguments' and the variables' gradients.",
        );
      return [
        ...listed(both[0], tensors.length, sources),
        ...listed(both[1], variables.length, sources.slice(tensors.length)),
      ];
    };
    const results = ends as unknown as ArrayValue[];
    const symbolic = [...sources, ...results].some((t) => isDescribed(t.buffer));
    const { back: made, read } = symbolic ? asGraph(grad, results) : { back: grad, read: [] };
    const attrs: CustomAttrs = { grad: made, count: sources.length, ends: ends.length };
    const outs = [...(bind(customPrimitive, [...sources, ...results, ...read], attrs) as ArrayValue[])];
    return packed(
      result,
      leaves.map((t) => (t instanceof Tensor ? outs.shift() : t)),
    ) as R;
  };
}

/**
 * A function that keeps nothing of what it computes for its gradient, and computes it again when a gradient is taken: less memory for more
 * time.
 * @example
 * const f = tf.recompute_grad((x) => tf.sin(tf.square(x)));
 * tf.grad(f)(tf.constant(2, 'float64')).item() // → -2.6145744834544478
 */
export function recompute_grad<F extends (...args: any[]) => any>(f: F): F {
  return custom_gradient((...args: any[]) => {
    const result = silently(() => f(...args));
    const back = (...given: any[]): unknown => {
      const last = given[given.length - 1];
      const variables: Variable[] = isNest(last) && 'variables' in last ? (given.pop(), (last as any).variables) : [];
      const tensors = flatten(args).filter((t): t is Tensor => t instanceof Tensor);
      const tape = GradientTape();
      const again = tape.with(() => {
        tape.watch(tensors);
        return f(...args);
      });
      const ends = flatten(again).filter((t): t is Tensor => t instanceof Tensor && isDifferentiable(t));
      const found = tape.gradient(ends, [...tensors, ...variables], { output_gradients: given }) as unknown[];
      const own = found.slice(0, tensors.length);
      return variables.length > 0 ? [own, found.slice(tensors.length)] : own;
    };
    return [result, back];
  }) as unknown as F;
}

/**
 * The function with the gradient of the identity: what comes back goes on as it is, to the first argument.
 * @example
 * const f = tf.grad_pass_through((x) => tf.round(x));
 * tf.grad(f)(1.7).item() // → 1
 */
export function grad_pass_through<F extends (...args: any[]) => any>(f: F): F {
  return custom_gradient((...args: any[]) => {
    const back = (...given: any[]): unknown => {
      const last = given[given.length - 1];
      const variables: Variable[] = isNest(last) && 'variables' in last ? (given.pop(), (last as any).variables) : [];
      const own = given.length === 1 ? given[0] : given;
      return variables.length > 0 ? [own, variables.map(() => null)] : own;
    };
    return [silently(() => f(...args)), back];
  }) as unknown as F;
}
