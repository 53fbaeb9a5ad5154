import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { sideEffect } from './graph/opaque.js';
import { convert_to_tensor, type TensorLike, together } from './convert.js';
import type { Tensor } from './tensor.js';

/** tf.debugging: checks of values, which in a traced function are made whenever it runs. */

export interface AssertOptions {
  message?: string | null;
  /** How many elements a message shows. */
  summarize?: number | null;
  name?: string;
}

const shown = (a: NDArray, most: number): string => {
  const list = (a.reshape(-1) as unknown as { tolist(): unknown[] }).tolist();
  return `[${list.slice(0, most).map(String).join(' ')}${list.length > most ? '...' : ''}]`;
};

function check(
  name: string,
  tensors: readonly Tensor[],
  holds: (arrays: readonly NDArray[]) => boolean,
  what: string,
  o: AssertOptions,
): void {
  sideEffect(name, tensors, (values) => {
    const arrays = values.map((t) => t.numpy() as unknown as NDArray);
    if (holds(arrays)) return;
    const parts = arrays.map(
      (a, i) => `${'xy'[i]} (shape=${shapeText(a.shape)} dtype=${a.dtype.name}) = ${shown(a, o.summarize ?? 3)}`,
    );
    throw new InvalidArgumentError([o.message ?? '', what, ...parts].filter((s) => s !== '').join('\n'));
  });
}

type Binary = (x: TensorLike, y: TensorLike, options?: AssertOptions | string) => void;
type Unary = (x: TensorLike, options?: AssertOptions | string) => void;
const optionsOf = (o: AssertOptions | string | undefined): AssertOptions =>
  typeof o === 'string' ? { message: o } : (o ?? {});
const truth = (a: unknown): boolean =>
  Boolean(typeof a === 'object' && a !== null ? (a as { item(): unknown }).item() : a);
const all = (a: unknown): boolean => truth(np.all(a as never));

const binary =
  (name: string, test: (a: never, b: never) => unknown, what: string): Binary =>
  (x, y, options) =>
    check(
      name,
      together(name, [x, y]),
      ([a, b]) => all(test(a as never, b as never)),
      `Condition x ${what} y did not hold.`,
      optionsOf(options),
    );
const unary =
  (name: string, test: (a: never, b: never) => unknown, what: string): Unary =>
  (x, options) =>
    check(
      name,
      [convert_to_tensor(x as never) as Tensor],
      ([a]) => all(test(a as never, 0 as never)),
      `Condition x ${what} 0 did not hold element-wise:`,
      optionsOf(options),
    );

/** @throws InvalidArgumentError where elements differ @example tf.debugging.assert_equal([1, 2], [1, 2]) // → undefined */
export const assert_equal: Binary = binary('assert_equal', np.equal as never, '==');
/** @throws InvalidArgumentError when all elements are equal @example tf.debugging.assert_none_equal([1, 2], [2, 1]) // → undefined */
export const assert_none_equal: Binary = binary('assert_none_equal', np.not_equal as never, '!=');
/** @throws InvalidArgumentError unless x < y @example tf.debugging.assert_less([1], [2]) // → undefined */
export const assert_less: Binary = binary('assert_less', np.less as never, '<');
/** @throws InvalidArgumentError unless x <= y @example tf.debugging.assert_less_equal([1], [1]) // → undefined */
export const assert_less_equal: Binary = binary('assert_less_equal', np.less_equal as never, '<=');
/** @throws InvalidArgumentError unless x > y @example tf.debugging.assert_greater([2], [1]) // → undefined */
export const assert_greater: Binary = binary('assert_greater', np.greater as never, '>');
/** @throws InvalidArgumentError unless x >= y @example tf.debugging.assert_greater_equal([2], [2]) // → undefined */
export const assert_greater_equal: Binary = binary('assert_greater_equal', np.greater_equal as never, '>=');
/** @throws InvalidArgumentError unless x > 0 @example tf.debugging.assert_positive([1]) // → undefined */
export const assert_positive: Unary = unary('assert_positive', np.greater as never, '>');
/** @throws InvalidArgumentError unless x < 0 @example tf.debugging.assert_negative([-1]) // → undefined */
export const assert_negative: Unary = unary('assert_negative', np.less as never, '<');
/** @throws InvalidArgumentError unless x >= 0 @example tf.debugging.assert_non_negative([0]) // → undefined */
export const assert_non_negative: Unary = unary('assert_non_negative', np.greater_equal as never, '>=');
/** @throws InvalidArgumentError unless x <= 0 @example tf.debugging.assert_non_positive([0]) // → undefined */
export const assert_non_positive: Unary = unary('assert_non_positive', np.less_equal as never, '<=');

/** @throws InvalidArgumentError unless |x - y| <= atol + rtol * |y| @example tf.debugging.assert_near([1], [1]) // → undefined */
export function assert_near(
  x: TensorLike,
  y: TensorLike,
  options: AssertOptions & { rtol?: number | null; atol?: number | null } = {},
): void {
  const [a, b] = together('assert_near', [x, y]);
  const eps = 10 * Number(np.finfo(a.dtype as never).eps);
  const [rtol, atol] = [options.rtol ?? eps, options.atol ?? eps];
  const near = ([p, q]: readonly NDArray[]): boolean =>
    all(
      np.less_equal(
        np.absolute(np.subtract(p as never, q as never) as never),
        np.add(np.multiply(np.absolute(q as never), rtol), atol) as never,
      ),
    );
  check('assert_near', [a, b], near, `x and y not equal to tolerance rtol = ${rtol}, atol = ${atol}`, options);
}

/**
 * The tensor itself.
 * @throws InvalidArgumentError when it holds NaN or infinity
 * @example tf.debugging.check_numerics(tf.constant(1), 'bad').item() // → 1
 */
export function check_numerics(tensor: TensorLike, message: string, _name: string | null = null): Tensor {
  const t = convert_to_tensor(tensor as never) as Tensor;
  if (!'fc'.includes(t.dtype.kind))
    throw new TypeError(`check_numerics: dtype ${t.dtype.name} is not a floating dtype`);
  sideEffect('check_numerics', [t], ([v]) => {
    const a = v.numpy();
    const some = (f: (x: never) => unknown): boolean => truth(np.any(f(a as never) as never));
    const found = [some(np.isinf as never) ? 'Inf' : '', some(np.isnan as never) ? 'NaN' : ''].filter((s) => s !== '');
    if (found.length > 0) throw new InvalidArgumentError(`${message} : Tensor had ${found.join(' and ')} values`);
  });
  return t;
}
/** The same, as an assertion. @example tf.debugging.assert_all_finite(tf.constant([1]), 'bad').shape // → [ 1 ] */
export const assert_all_finite = (x: TensorLike, message: string): Tensor => check_numerics(x, message);

/** @throws ValueError unless the tensor has this many axes @example tf.debugging.assert_rank([[1]], 2) // → undefined */
export function assert_rank(x: TensorLike, rank: number, options: AssertOptions = {}): void {
  const t = convert_to_tensor(x as never) as Tensor;
  if (t.ndim !== rank)
    throw new ValueError(
      `${options.message ?? ''} Tensor must have rank ${rank}.  Received rank ${t.ndim}, shape ${shapeText(t.shape)}`.trim(),
    );
}
/** @throws TypeError unless the tensor has this dtype @example tf.debugging.assert_type([1], 'float32') // → undefined */
export function assert_type(tensor: TensorLike, tf_type: string | { readonly name: string }): void {
  const t = convert_to_tensor(tensor as never) as Tensor;
  const name = typeof tf_type === 'string' ? tf_type : tf_type.name;
  if (t.dtype.name !== name) throw new TypeError(`tensor must be of type tf.${name}; got tf.${t.dtype.name}`);
}
/** @throws InvalidArgumentError unless the condition is true @example tf.debugging.Assert(true, ['never shown']) // → undefined */
export function Assert(condition: TensorLike | boolean, data: readonly unknown[], options: AssertOptions = {}): void {
  const tensors = [
    convert_to_tensor(condition as never) as Tensor,
    ...data.map((d) => convert_to_tensor(d as never) as Tensor),
  ].filter((t) => t !== undefined);
  sideEffect('Assert', tensors, ([c, ...rest]) => {
    if (!all(c.numpy()))
      throw new InvalidArgumentError(
        `assertion failed: ${rest.map((t) => shown(t.numpy() as unknown as NDArray, options.summarize ?? 3)).join(' ')}`,
      );
  });
}
