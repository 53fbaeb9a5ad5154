import { bind1, primitive } from '../core/dispatch.js';
import { asDtype, type DType, type DTypeLike } from '../core/dtype.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { sideEffect } from './graph/opaque.js';
import { Tensor } from './tensor.js';
import { Variable } from './variable.js';

export { disable_check_numerics, enable_check_numerics } from './checking.js';

/**
 * tf.debugging: checks of values, ranks, shapes and dtypes. Those of values run whenever a traced function does; the others when it is traced.
 */

type Rest = readonly (string | number | null | undefined | { message?: string | null; summarize?: number | null })[];
interface Told {
  message: string | null;
  summarize: number | null;
}
const told = (fn: string, rest: Rest): Partial<Told> =>
  options<Told>(`debugging.${fn}`, ['message', 'summarize'], rest);

const run = (tensors: readonly Tensor[], test: (arrays: readonly NDArray[]) => void): null => {
  sideEffect('assert', tensors, (values) => test(values.map((t) => t.numpy() as unknown as NDArray)));
  return null;
};

const truth = (x: unknown): boolean => Boolean(typeof x === 'boolean' ? x : (x as NDArray).item());
const every = (x: unknown): boolean => truth(np.all(x as never));
const some = (x: unknown): boolean => truth(np.any(x as never));
/** How many entries a message shows: 3 unless told; all for a negative number. */
const shown = (n: number | null | undefined): number => (n === null || n === undefined ? 3 : n < 0 ? 1e9 : n);
const lines = (message: string | null | undefined, data: readonly unknown[]): string =>
  [...(message ? [message] : []), ...data.map(String)].join('\n');
const flat = (a: NDArray, n: number): unknown => (np.ravel(a) as unknown as { at(s: string): unknown }).at(`:${n}`);

type Compare = (x: never, y: never) => unknown;
/** What is said of two operands for which a condition does not hold. */
function difference(symbol: string, x: NDArray, y: NDArray, held: NDArray, summarize: number): unknown[] {
  const data: unknown[] = [`Condition x ${symbol} y did not hold.`];
  if (summarize <= 0) return data;
  if (x.shape.join() === y.shape.join() && x.ndim > 0) {
    const wrong = np.logical_not(held);
    const places = np.argwhere(wrong);
    const n = Math.min(summarize, places.shape[0]);
    const of = (a: NDArray): unknown => flat((a as unknown as { at(m: unknown): NDArray }).at(wrong), n);
    data.push(`Indices of first ${n} different values:`, (places as unknown as { at(s: string): unknown }).at(`:${n}`));
    data.push('Corresponding x values:', of(x), 'Corresponding y values:', of(y));
  }
  const [m, n] = [x, y].map((a) => Math.min(a.size, summarize));
  return [...data, `First ${m} elements of x:`, flat(x, m), `First ${n} elements of y:`, flat(y, n)];
}

export type BinaryAssert = (x: TensorLike, y: TensorLike, ...rest: Rest) => null;
const binary =
  (fn: string, symbol: string, compare: Compare): BinaryAssert =>
  (x, y, ...rest) => {
    const { message, summarize } = told(fn, rest);
    return run(together(fn, [x, y]), ([a, b]) => {
      const held = compare(a as never, b as never) as NDArray;
      if (every(held)) return;
      throw new InvalidArgumentError(lines(message, difference(symbol, a, b, held, shown(summarize))));
    });
  };
/** @throws InvalidArgumentError unless x == y everywhere @example tf.debugging.assert_equal([1, 2], [1, 2]) // → null */
export const assert_equal: BinaryAssert = binary('assert_equal', '==', np.equal as Compare);
/** @throws InvalidArgumentError unless x != y everywhere @example tf.debugging.assert_none_equal([1, 2], [3, 4]) // → null */
export const assert_none_equal: BinaryAssert = binary('assert_none_equal', '!=', np.not_equal as Compare);
/** @throws InvalidArgumentError unless x < y everywhere @example tf.debugging.assert_less([1, 2], 3) // → null */
export const assert_less: BinaryAssert = binary('assert_less', '<', np.less as Compare);
/** @throws InvalidArgumentError unless x <= y everywhere @example tf.debugging.assert_less_equal([1, 2], 2) // → null */
export const assert_less_equal: BinaryAssert = binary('assert_less_equal', '<=', np.less_equal as Compare);
/** @throws InvalidArgumentError unless x > y everywhere @example tf.debugging.assert_greater([1, 2], 0) // → null */
export const assert_greater: BinaryAssert = binary('assert_greater', '>', np.greater as Compare);
/** @throws InvalidArgumentError unless x >= y everywhere @example tf.debugging.assert_greater_equal([1, 2], 1) // → null */
export const assert_greater_equal: BinaryAssert = binary('assert_greater_equal', '>=', np.greater_equal as Compare);

export type UnaryAssert = (x: TensorLike, ...rest: Rest) => null;
const unary =
  (fn: string, symbol: string, compare: Compare): UnaryAssert =>
  (x, ...rest) => {
    const { message } = told(fn, rest);
    return run([tensorOf(x)], ([a]) => {
      if (every(compare(a as never, 0 as never))) return;
      throw new InvalidArgumentError(
        lines(message, [
          `Condition x ${symbol} 0 did not hold element-wise:`,
          `x (shape=${shapeText(a.shape)} dtype=${a.dtype.name}) = `,
          a,
        ]),
      );
    });
  };
/** @throws InvalidArgumentError unless x < 0 everywhere @example tf.debugging.assert_negative([-1, -2]) // → null */
export const assert_negative: UnaryAssert = unary('assert_negative', '<', np.less as Compare);
/** @throws InvalidArgumentError unless x > 0 everywhere @example tf.debugging.assert_positive([1, 2]) // → null */
export const assert_positive: UnaryAssert = unary('assert_positive', '>', np.greater as Compare);
/** @throws InvalidArgumentError unless x >= 0 everywhere @example tf.debugging.assert_non_negative([0, 2]) // → null */
export const assert_non_negative: UnaryAssert = unary('assert_non_negative', '>=', np.greater_equal as Compare);
/** @throws InvalidArgumentError unless x <= 0 everywhere @example tf.debugging.assert_non_positive([0, -2]) // → null */
export const assert_non_positive: UnaryAssert = unary('assert_non_positive', '<=', np.less_equal as Compare);

/**
 * |x - y| <= atol + rtol |y| everywhere; both are ten times the precision unless given.
 * @throws InvalidArgumentError where it does not hold
 * @example tf.debugging.assert_near([1, 2], [1.0000001, 2]) // → null
 */
export function assert_near(
  x: TensorLike,
  y: TensorLike,
  ...rest: readonly (
    | number
    | string
    | null
    | undefined
    | { rtol?: number | null; atol?: number | null; message?: string | null; summarize?: number | null }
  )[]
): null {
  const o = options<Told & { rtol: number | null; atol: number | null }>(
    'debugging.assert_near',
    ['rtol', 'atol', 'message', 'summarize'],
    rest,
  );
  const [a, b] = together('assert_near', [x, y]);
  const eps = 10 * (np.finfo(a.dtype as never) as unknown as { eps: number }).eps;
  const [rtol, atol] = [o.rtol ?? eps, o.atol ?? eps];
  return run([a, b], ([p, q]) => {
    const limit = np.add(np.multiply(np.abs(q), rtol), atol);
    if (every(np.less_equal(np.abs(np.subtract(p, q)) as never, limit))) return;
    throw new InvalidArgumentError(
      lines(o.message, [`x and y not equal to tolerance rtol = ${rtol}, atol = ${atol}`, 'x', p, 'y', q]),
    );
  });
}

const numerics = primitive<{ readonly message: string; readonly effect: true }>(
  'check_numerics',
  ([t], { message }) => {
    const a = (t instanceof Tensor ? t.numpy() : t) as NDArray;
    const nan = some(np.isnan(a));
    const inf = some(np.isinf(a));
    if (nan || inf)
      throw new InvalidArgumentError(
        `${message} : Tensor had ${nan && inf ? 'Inf and NaN' : nan ? 'NaN' : 'Inf'} values`,
      );
    return t;
  },
  ([t]) => ({ shape: t.shape, dtype: t.dtype }),
);
/** The tensor itself. @throws InvalidArgumentError for NaN and infinities @example tf.debugging.check_numerics([1, 2], 'loss').numpy() // → array([1., 2.], dtype=float32) */
export function check_numerics(x: TensorLike, message: string): Tensor {
  const t = tensorOf(x);
  if (t.dtype.kind !== 'f' && t.dtype.kind !== 'c')
    throw new InvalidArgumentError(`tf.debugging.check_numerics: dtype ${t.dtype.name} is not allowed`);
  return bind1(numerics, [t], { message, effect: true }) as Tensor;
}
/** The tensor itself. @throws InvalidArgumentError unless all values are finite @example tf.debugging.assert_all_finite([1, 2], 'x').shape // → [ 2 ] */
export const assert_all_finite = (x: TensorLike, message: string): Tensor => check_numerics(x, message);

/** @throws InvalidArgumentError with the data unless the condition holds @example tf.debugging.Assert(true, ['x']) // → null */
export function Assert(condition: TensorLike, data: readonly unknown[], summarize: number | null = null): null {
  const values = data.map((d) => (d instanceof Variable ? d.value() : d));
  const tensors = values.filter((d): d is Tensor => d instanceof Tensor);
  return run([tensorOf(condition), ...tensors], ([c, ...given]) => {
    if (every(c)) return;
    let k = 0;
    const text = values.map((d) => (d instanceof Tensor ? String(flat(given[k++], shown(summarize))) : String(d)));
    throw new InvalidArgumentError(`Expected '${String(c)}' to be true. Summarized data: ${text.join('\n')}`);
  });
}

// ---- what is known without values ----------------------------------------------------------------------------------

const tensorOf = (x: TensorLike): Tensor => convert_to_tensor(x as never) as Tensor;
const prefix = (message: string | null | undefined): string => (message ? `${message}.  ` : '');
type Message = readonly (string | null | undefined | { message?: string | null })[];
const messageOf = (fn: string, rest: Message): string =>
  prefix(options<{ message: string | null }>(`debugging.${fn}`, ['message'], rest).message);

/** @throws ValueError unless x has this many axes @example tf.debugging.assert_rank([[1]], 2) // → null */
export function assert_rank(x: TensorLike, rank: number, ...rest: Message): null {
  const t = tensorOf(x);
  if (t.ndim !== rank)
    throw new ValueError(
      `${messageOf('assert_rank', rest)}Tensor must have rank ${rank}.  Received rank ${t.ndim}, shape ${shapeText(t.shape)}`,
    );
  return null;
}
/** @throws ValueError unless x has at least this many axes @example tf.debugging.assert_rank_at_least([[1]], 1) // → null */
export function assert_rank_at_least(x: TensorLike, rank: number, ...rest: Message): null {
  const t = tensorOf(x);
  if (t.ndim < rank)
    throw new ValueError(
      `${messageOf('assert_rank_at_least', rest)}Tensor must have rank at least ${rank}.  Received rank ${t.ndim}, shape ${shapeText(t.shape)}`,
    );
  return null;
}
/** @throws ValueError unless the number of axes of x is one of these @example tf.debugging.assert_rank_in([[1]], [1, 2]) // → null */
export function assert_rank_in(x: TensorLike, ranks: readonly number[], ...rest: Message): null {
  const t = tensorOf(x);
  if (!ranks.includes(t.ndim))
    throw new ValueError(
      `${messageOf('assert_rank_in', rest)}Tensor must have rank in (${ranks.join(', ')}).  Received rank ${t.ndim}, shape ${shapeText(t.shape)}`,
    );
  return null;
}
/** The tensor. @throws ValueError unless it has no axes @example tf.debugging.assert_scalar(3).shape // → [] */
export function assert_scalar(x: TensorLike, ...rest: Message): Tensor {
  const t = tensorOf(x);
  if (t.ndim !== 0)
    throw new ValueError(`${messageOf('assert_scalar', rest)}Expected scalar shape, saw shape: ${shapeText(t.shape)}.`);
  return t;
}
/** @throws TypeError unless x has this dtype @example tf.debugging.assert_type([1], 'float32') // → null */
export function assert_type(x: TensorLike, tf_type: DTypeLike, ...rest: Message): null {
  const t = tensorOf(x);
  const d = asDtype(tf_type);
  if (t.dtype !== d)
    throw new TypeError(`${messageOf('assert_type', rest)}Tensor must be of type tf.${d.name}; got tf.${t.dtype.name}`);
  return null;
}
/** @throws TypeError unless x holds integers @example tf.debugging.assert_integer(tf.constant([1], 'int32')) // → null */
export function assert_integer(x: TensorLike, ...rest: Message): null {
  const t = tensorOf(x);
  if (t.dtype.kind !== 'i' && t.dtype.kind !== 'u')
    throw new TypeError(
      `${messageOf('assert_integer', rest)}Expected "x" to be integer type.  Found: tf.${t.dtype.name}`,
    );
  return null;
}
/** The floating dtype that all tensors have. @throws ValueError when they differ or are not floating @example tf.debugging.assert_same_float_dtype([tf.constant(1), tf.constant(2)]).name // → 'float32' */
export function assert_same_float_dtype(tensors: readonly TensorLike[] = [], dtype: DTypeLike | null = null): DType {
  let expected: DType | null = dtype === null ? null : asDtype(dtype);
  for (const x of tensors) {
    const t = tensorOf(x);
    expected ??= t.dtype;
    if (t.dtype !== expected)
      throw new ValueError(`Tensor must be of the same type: tf.${expected.name}.  Received: tf.${t.dtype.name}`);
  }
  const found = expected ?? asDtype('float32');
  if (found.kind !== 'f') throw new ValueError(`Expected floating point type, got tf.${found.name}.`);
  return found;
}
/** @throws TypeError for what can be iterated though it is no list: tensors, arrays, text, objects @example tf.debugging.assert_proper_iterable([1, 2]) // → null */
export function assert_proper_iterable(values: unknown): null {
  const bad =
    values instanceof Tensor || values instanceof Variable || typeof values === 'string' || ArrayBuffer.isView(values);
  if (bad || typeof (values as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] !== 'function')
    throw new TypeError(`Expected argument "values" to be a "proper" iterable.  Found: ${typeof values}`);
  return null;
}
/** Whether something is a tensor of numbers. @example tf.debugging.is_numeric_tensor(tf.constant([1])) // → true */
export const is_numeric_tensor = (x: unknown): boolean => x instanceof Tensor && 'iufc'.includes(x.dtype.kind);

type Size = number | string | null;
/**
 * Shapes: a length is a number, a name (equal names are equal lengths), '.' or null for any; a leading '...' or '*' stands for any further axes.
 * @throws ValueError naming the tensor and the axis that does not fit
 * @example tf.debugging.assert_shapes([[tf.ones([2, 3]), ['N', 'Q']], [tf.ones([3]), ['Q']]]) // → null
 */
export function assert_shapes(
  shapes: readonly (readonly [TensorLike, string | readonly Size[]])[],
  ...rest: readonly (unknown | { message?: string | null })[]
): null {
  const o = options<{ data: unknown; summarize: unknown; message: string | null }>(
    'debugging.assert_shapes',
    ['data', 'summarize', 'message'],
    rest,
  );
  const known = new Map<string, number>();
  shapes.forEach(([x, given]) => {
    const t = tensorOf(x);
    let want = (typeof given === 'string' ? [...given] : [...given]) as Size[];
    let lengths = [...t.shape];
    const fail = (text: string): never => {
      throw new ValueError(`${prefix(o.message)}${text}`);
    };
    const open = (s: Size | undefined): boolean => s === '...' || s === '*';
    if (open(want[0])) {
      want = want.slice(1);
      if (lengths.length >= want.length) lengths = lengths.slice(lengths.length - want.length);
    } else if (open(want[want.length - 1])) {
      want = want.slice(0, -1);
      lengths = lengths.slice(0, want.length);
    }
    if (lengths.length !== want.length)
      fail(
        `Tensor with shape ${shapeText(t.shape)} must have rank ${want.length}.  Received rank ${t.ndim}, shape ${shapeText(t.shape)}`,
      );
    want.forEach((s, i) => {
      if (s === null || s === '.') return;
      if (typeof s === 'string' && !/^\d+$/.test(s)) {
        const before = known.get(s);
        if (before === undefined) known.set(s, lengths[i]);
        else if (before !== lengths[i])
          fail(
            `Specified by tensor with shape ${shapeText(t.shape)} dimension ${i}.  Tensor dimension ${i} must have size ${before} (${s}).  Received size ${lengths[i]}, shape ${shapeText(t.shape)}`,
          );
      } else if (Number(s) !== lengths[i])
        fail(
          `Specified explicitly.  Tensor dimension ${i} must have size ${s}.  Received size ${lengths[i]}, shape ${shapeText(t.shape)}`,
        );
    });
  });
  return null;
}
