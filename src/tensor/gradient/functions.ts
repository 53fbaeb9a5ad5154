import type { ArrayValue } from '../../core/array.js';
import { shapeText, TypeError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import { flatten, isNest, packed } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { isDifferentiable } from './backward.js';
import { stopped } from './parts.js';
import { GradientTape } from './tape.js';

/** Gradients of functions: a tape for each call. */

/** Which arguments a gradient is taken with respect to: the place of one, or a list of places. */
export type ArgNums = number | readonly number[];

/** A gradient in place of an argument. */
type GradientOf<X> = X extends Tensor | Variable
  ? Tensor
  : X extends readonly unknown[]
    ? { [K in keyof X]: GradientOf<X[K]> }
    : Tensor;
type At<A extends readonly unknown[], N> = N extends readonly number[]
  ? Tensor[]
  : N extends keyof A
    ? GradientOf<A[N]>
    : A extends readonly [infer F, ...unknown[]]
      ? GradientOf<F>
      : any;

const placesOf = (argnums: ArgNums): readonly number[] => (typeof argnums === 'number' ? [argnums] : argnums);

/** Numbers, arrays and lists of numbers as tensors, with respect to which gradients are taken; nests of tensors as they are. */
function asSource(name: string, x: unknown): unknown {
  const one = (v: unknown): Tensor | Variable => {
    const t = v instanceof Variable ? v : convert_to_tensor(v as TensorLike);
    if (!isDifferentiable(t))
      throw new TypeError(
        `${name}: requires real- or complex-valued arguments, got a tensor of dtype ${t.dtype.name} and shape ${shapeText(t.shape)}; cast it with tf.cast, or choose others by argnums`,
      );
    return t;
  };
  const holdsTensors = (v: unknown): boolean =>
    v instanceof Tensor || v instanceof Variable || (isNest(v) && Object.values(v).some(holdsTensors));
  if (!isNest(x) || (Array.isArray(x) && !holdsTensors(x))) return one(x);
  return packed(x, flatten(x).map(one));
}

/** Runs a function under a tape that watches some of its arguments. */
function taped(
  name: string,
  f: (...args: any[]) => unknown,
  argnums: ArgNums,
  args: readonly unknown[],
  persistent = false,
): { tape: GradientTape; value: unknown; target: Tensor; sources: unknown } {
  const given = [...args];
  const places = placesOf(argnums);
  for (const k of places) {
    if (!(k >= 0 && k < args.length))
      throw new TypeError(`${name}: there is no argument ${k} to take a gradient of: ${args.length} were given`);
    given[k] = asSource(name, given[k]);
  }
  const sources = typeof argnums === 'number' ? given[argnums] : places.map((k) => given[k]);
  const tape = GradientTape({ persistent });
  try {
    tape.watch(sources as Tensor);
    const value = f(...given);
    const target = value instanceof Variable ? value.value() : value;
    if (!(target instanceof Tensor))
      throw new TypeError(`${name}: the function must return a tensor, got ${value === null ? 'null' : typeof value}`);
    if (!isDifferentiable(target))
      throw new TypeError(
        `${name}: the function must return a floating tensor, got one of dtype ${target.dtype.name} and shape ${shapeText(target.shape)}`,
      );
    return { tape, value, target, sources };
  } finally {
    tape.stop();
  }
}

const ZERO = { unconnected_gradients: 'zero' } as const;

/**
 * The gradient of a function, as a function of the same arguments: of the sum of what it returns, where that is more than one number. Zeros
 * with respect to what the function does not depend on.
 *
 * @param argnums with respect to which argument, the first unless given; a list gives a list of gradients
 * @throws TypeError for integers, and for functions that return no floating tensor
 * @example
 * const df = tf.grad((x) => tf.reduce_sum(tf.pow(x, 3)));
 * df([1, 2]).numpy() // → array([ 3., 12.], dtype=float32)
 */
export function grad<A extends readonly any[], const N extends ArgNums = 0>(
  f: (...args: A) => Tensor,
  argnums?: N,
): (...args: A | any[]) => At<A, N> {
  return ((...args: unknown[]) =>
    runAs('tf.grad', () => {
      const { tape, target, sources } = taped('tf.grad', f, argnums ?? 0, args);
      return tape.gradient(target, sources as Tensor, ZERO);
    })) as never;
}

/**
 * As {@link grad}; the function gives both what `f` returns and the gradient.
 * @example
 * const [y, g] = tf.value_and_grad((x) => tf.square(x))(3);
 * [y.item(), g.item()] // → [ 9, 6 ]
 */
export function value_and_grad<A extends readonly any[], const N extends ArgNums = 0>(
  f: (...args: A) => Tensor,
  argnums?: N,
): (...args: A | any[]) => [value: Tensor, gradient: At<A, N>] {
  return ((...args: unknown[]) =>
    runAs('tf.value_and_grad', () => {
      const { tape, value, target, sources } = taped('tf.value_and_grad', f, argnums ?? 0, args);
      return [value, tape.gradient(target, sources as Tensor, ZERO)];
    })) as never;
}

/**
 * All second derivatives of a function: of shape y.shape + x.shape + x.shape. With a list of `argnums`, a list of lists: the entry [i][j] is
 * differentiated by argument i and then by argument j.
 * @example
 * const h = tf.hessian((x) => tf.reduce_sum(tf.pow(x, 3)));
 * h([1, 2]).numpy() // → array([[ 6.,  0.],
 * //          [ 0., 12.]], dtype=float32)
 */
export function hessian<A extends readonly any[], const N extends ArgNums = 0>(
  f: (...args: A) => Tensor,
  argnums?: N,
): (...args: A | any[]) => N extends readonly number[] ? Tensor[][] : Tensor {
  return ((...args: unknown[]) =>
    runAs('tf.hessian', () => {
      const list = placesOf(argnums ?? 0);
      const given = [...args];
      for (const k of list) if (k >= 0 && k < args.length) given[k] = asSource('tf.hessian', given[k]);
      const sources = list.map((k) => given[k]) as Tensor[];
      const outer = GradientTape({ persistent: true });
      try {
        for (const s of sources) if (s !== undefined) outer.watch(s);
        const { tape, target } = taped('tf.hessian', f, list, given, true);
        const firsts = sources.map((s) =>
          target.ndim === 0 ? tape.gradient(target, s, ZERO) : tape.jacobian(target, s, ZERO),
        );
        outer.stop();
        const rows = firsts.map((g) => sources.map((s) => outer.jacobian(g as Tensor, s, ZERO)));
        return typeof (argnums ?? 0) === 'number' ? rows[0][0] : rows;
      } finally {
        outer.stop();
      }
    })) as never;
}

/**
 * The tensor, through which no gradient comes.
 * @example
 * const f = (x) => tf.multiply(tf.stop_gradient(x), x);
 * tf.grad(f)(3).item() // → 3
 */
export function stop_gradient(input: TensorLike): Tensor {
  return runAs('tf.stop_gradient', () => stopped(convert_to_tensor(input) as unknown as ArrayValue) as Tensor);
}
