import { asDtype, type DTypeLike } from '../core/dtype.js';
import { countingDtype } from './elsewhere.js';
import { InvalidArgumentError, TypeError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike } from './convert.js';
import { log, truncatediv } from './math.js';
import { op } from './op.js';
import type { Tensor } from './tensor.js';

/** Reductions under TensorFlow's names. The result has the operand's dtype (sums of int32 are int32), as TensorFlow has it. */

export interface ReduceOptions {
  axis?: number | readonly number[] | null;
  keepdims?: boolean;
}
export type ReduceOp = (
  input_tensor: TensorLike,
  ...rest: [axis?: number | readonly number[] | null | ReduceOptions, keepdims?: boolean]
) => Tensor;

type Body = (t: Tensor, o: { axis: number | readonly number[] | null; keepdims: boolean }) => Tensor;

const reduction =
  (name: string, kinds: string, body: Body): ReduceOp =>
  (x, ...rest) =>
    op(name, () => {
      const o = options<ReduceOptions>(name, ['axis', 'keepdims'], rest);
      const t = convert_to_tensor(x as never);
      if (!kinds.includes(t.dtype.kind))
        throw new InvalidArgumentError(`tf.${name}: dtype ${t.dtype.name} is not allowed`);
      return body(t, { axis: o.axis ?? null, keepdims: o.keepdims ?? false });
    });

const tensor = (x: unknown): Tensor => x as Tensor;

/** The sum, over all axes or those given, in the operand's dtype. @example tf.reduce_sum([[1, 2], [3, 4]], [0, 1]).item() // → 10 */
export const reduce_sum: ReduceOp = reduction('reduce_sum', 'iufc', (t, o) => {
  // Sums of floating numbers keep their dtype anyway; without options the way is shorter.
  if (!'fc'.includes(t.dtype.kind)) return tensor(np.sum(t, { ...o, dtype: t.dtype }));
  return tensor(o.axis === null && !o.keepdims ? np.sum(t) : np.sum(t, o));
});
/** The product, in the operand's dtype. @example tf.reduce_prod([2, 3, 4]).item() // → 24 */
export const reduce_prod: ReduceOp = reduction('reduce_prod', 'iufc', (t, o) =>
  tensor(np.prod(t, { ...o, dtype: t.dtype })),
);
/** Where nothing is reduced, the largest value is the least that the dtype has. */
const extreme = (
  name: 'max' | 'min',
  t: Tensor,
  o: { axis: number | readonly number[] | null; keepdims: boolean },
): Tensor => {
  if (t.size > 0) return tensor(np[name](t, o));
  const limit = name === 'max' ? 'min' : 'max';
  const initial = t.dtype.kind === 'f' ? (name === 'max' ? -Infinity : Infinity) : np.iinfo(t.dtype)[limit];
  return tensor(np[name](t, { ...o, initial: initial as never }));
};
/**
 * The largest value, over all axes or those given.
 * @example tf.reduce_max([[1, 2], [3, 4]], 0).numpy() // → array([3., 4.], dtype=float32)
 */
export const reduce_max: ReduceOp = reduction('reduce_max', 'iuf', (t, o) => extreme('max', t, o));
/** The smallest value, over all axes or those given. @example tf.reduce_min([[1, 2], [3, 4]], [0, 1]).item() // → 1 */
export const reduce_min: ReduceOp = reduction('reduce_min', 'iuf', (t, o) => extreme('min', t, o));
/**
 * Whether all are true, over all axes or those given; bool.
 * @example tf.reduce_all([[true, false], [true, true]], 1).numpy() // → array([False,  True])
 */
export const reduce_all: ReduceOp = reduction('reduce_all', 'b', (t, o) => tensor(np.logical_and.reduce(t, o)));
/**
 * Whether any is true, over all axes or those given; bool.
 * @example tf.reduce_any([[false, false], [true, true]], 1).numpy() // → array([False,  True])
 */
export const reduce_any: ReduceOp = reduction('reduce_any', 'b', (t, o) => tensor(np.logical_or.reduce(t, o)));
/**
 * The mean; that of integers is an integer, rounded toward zero.
 * @example tf.reduce_mean([[1, 2], [3, 4]], { axis: 0, keepdims: true }).numpy() // → array([[2., 3.]], dtype=float32)
 */
export const reduce_mean: ReduceOp = reduction('reduce_mean', 'iufc', (t, o) => {
  if ('fc'.includes(t.dtype.kind)) return tensor(t.size > 0 ? np.mean(t, o) : np.divide(np.sum(t, o), 0));
  const sum = tensor(np.sum(t, { ...o, dtype: t.dtype }));
  const n = sum.size === 0 ? 1 : t.size / sum.size;
  return n === 0 ? sum : truncatediv(sum, convert_to_tensor(BigInt(n) as never, { dtype: t.dtype }));
});
/** Moments have no rule for integers in TensorFlow. */
const real = (f: Body): Body => {
  return (t, o) => {
    if (!'fc'.includes(t.dtype.kind))
      throw new TypeError(`Input must be either real or complex. Received integer type ${t.dtype.name}.`);
    return f(t, o);
  };
};
/** Variance, of floating dtypes. @throws TypeError for integers @example tf.math.reduce_variance([1, 3]).item() // → 1 */
export const reduce_variance: ReduceOp = reduction(
  'reduce_variance',
  'iufc',
  real((t, o) => tensor(np.var(t, o))),
);
/** Standard deviation, of floating dtypes. @throws TypeError for integers @example tf.math.reduce_std([1, 3]).item() // → 1 */
export const reduce_std: ReduceOp = reduction(
  'reduce_std',
  'iufc',
  real((t, o) => tensor(np.std(t, o))),
);
/** Square root of the sum of squares. @example tf.math.reduce_euclidean_norm([3, 4]).item() // → 5 */
export const reduce_euclidean_norm: ReduceOp = reduction('reduce_euclidean_norm', 'iufc', (t, o) =>
  cast(tensor(np.sqrt(np.sum(np.square(np.abs(t)), o))), t.dtype),
);
/** log(sum(exp(x))), safe from overflow. @example tf.reduce_logsumexp([1000, 1000]).item() // → 1000.6931762695312 */
export const reduce_logsumexp: ReduceOp = reduction('reduce_logsumexp', 'f', (t, o) => {
  const top = extreme('max', t, { axis: o.axis, keepdims: true });
  const safe = tensor(np.where(np.isfinite(top), top, np.zeros_like(top)));
  const sum = log(tensor(np.sum(np.exp(np.subtract(t, safe)), { ...o, keepdims: true })));
  const out = tensor(np.add(sum, safe));
  if (o.keepdims) return out;
  return tensor(o.axis === null ? np.reshape(out, []) : np.squeeze(out, { axis: o.axis as number }));
});

export interface ArgOptions {
  axis?: number | null;
  output_type?: DTypeLike;
}
type ArgOp = (input: TensorLike, ...rest: [axis?: number | null | ArgOptions, output_type?: DTypeLike]) => Tensor;
const arg =
  (name: 'argmax' | 'argmin'): ArgOp =>
  (x, ...rest) =>
    op(name, () => {
      const o = options<ArgOptions>(name, ['axis', 'output_type'], rest);
      const r = tensor(np[name](convert_to_tensor(x as never), { axis: o.axis ?? 0 }));
      const d = asDtype(o.output_type ?? countingDtype(r));
      return r.dtype === d ? r : cast(r, d);
    });
/**
 * Index of the largest value along an axis (0 unless given); the first of equals.
 * @example tf.argmax([[1, 9], [5, 2]], { axis: 1 }).numpy() // → array([1, 0])
 */
export const argmax: ArgOp = arg('argmax');
/**
 * Index of the smallest value along an axis (0 unless given); the first of equals.
 * @example tf.argmin([[1, 9], [5, 2]]).numpy() // → array([0, 1])
 */
export const argmin: ArgOp = arg('argmin');

export interface CumOptions {
  axis?: number;
  exclusive?: boolean;
  reverse?: boolean;
}
type CumOp = (x: TensorLike, ...rest: [axis?: number | CumOptions, exclusive?: boolean, reverse?: boolean]) => Tensor;
const cumulative =
  (name: string, kinds: string, f: (t: Tensor, axis: number) => Tensor, neutral: (t: Tensor) => number): CumOp =>
  (x, ...rest) =>
    op(name, () => {
      const o = options<CumOptions>(name, ['axis', 'exclusive', 'reverse'], rest);
      let t = convert_to_tensor(x as never);
      if (!kinds.includes(t.dtype.kind))
        throw new InvalidArgumentError(`tf.${name}: dtype ${t.dtype.name} is not allowed`);
      const axis = o.axis ?? 0;
      if (axis >= t.ndim || axis < -t.ndim)
        throw new InvalidArgumentError(
          `tf.${name}: Expected scan axis in the range [${-t.ndim}, ${t.ndim}), but got ${axis}`,
        );
      if (o.reverse) t = tensor(np.flip(t, { axis }));
      let out = f(t, axis);
      if (o.exclusive) {
        const k = axis < 0 ? axis + t.ndim : axis;
        const n = t.shape[k];
        const edge = t.shape.map((m, i) => (i === k ? Math.min(1, m) : m));
        const head = tensor(np.full_like(t, neutral(t), { shape: edge }));
        out = tensor(np.concatenate([head, np.take(out, np.arange(Math.max(0, n - 1)), { axis })], { axis }));
      }
      return o.reverse ? tensor(np.flip(out, { axis })) : out;
    });
/**
 * Sums along an axis up to each element; `exclusive` leaves the element itself out, `reverse` starts at the end.
 * @example tf.cumsum([1, 2, 3], { exclusive: true }).numpy() // → array([0., 1., 3.], dtype=float32)
 */
export const cumsum: CumOp = cumulative(
  'cumsum',
  'iufc',
  (t, axis) => tensor(np.cumsum(t, { axis, dtype: t.dtype })),
  () => 0,
);
/**
 * Products along an axis up to each element; `exclusive` leaves the element itself out, `reverse` starts at the end.
 * @example tf.math.cumprod([1, 2, 3]).numpy() // → array([1., 2., 6.], dtype=float32)
 */
export const cumprod: CumOp = cumulative(
  'cumprod',
  'iufc',
  (t, axis) => tensor(np.cumprod(t, { axis, dtype: t.dtype })),
  () => 1,
);
/**
 * log(sum(exp(x))) along an axis up to each element, safe from overflow. What `exclusive` puts first is the least value of the dtype.
 * @example tf.math.cumulative_logsumexp([0, 0]).numpy() // → array([0.       , 0.6931472], dtype=float32)
 */
export const cumulative_logsumexp: CumOp = cumulative(
  'math.cumulative_logsumexp',
  'f',
  (t, axis) => tensor(np.logaddexp.accumulate(t, axis)),
  (t) => Number(np.finfo(t.dtype).min),
);
