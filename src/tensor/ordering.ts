import { asDtype, type DTypeLike, int32 } from '../core/dtype.js';
import { InvalidArgumentError, ValueError } from '../core/errors.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import type { Tensor } from './tensor.js';

/** Order and counting: sorting, distinct values, where values belong. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);

export interface SortOptions {
  axis?: number;
  direction?: 'ASCENDING' | 'DESCENDING';
  stable?: boolean;
}

function descending(name: string, direction: string | undefined): boolean {
  if (direction === undefined || direction === 'ASCENDING') return false;
  if (direction === 'DESCENDING') return true;
  throw new ValueError(
    `tf.${name}: Argument \`direction\` should be one of 'ASCENDING' or 'DESCENDING'. Received: ${direction}`,
  );
}

/**
 * Values in order along an axis, the last unless given.
 * @example tf.sort([3, 1, 2], { direction: 'DESCENDING' }).numpy() // → array([3., 2., 1.], dtype=float32)
 */
export function sort(values: TensorLike, ...rest: (number | string | SortOptions)[]): Tensor {
  return runAs('tf.sort', () => {
    const o = options<SortOptions>('sort', ['axis', 'direction'], rest);
    const axis = o.axis ?? -1;
    const up = tensor(np.sort(asTensor(values), { axis }));
    return descending('sort', o.direction) ? tensor(np.flip(up, { axis })) : up;
  });
}

/** Places of the values in order, equals in the order they stand in. */
function order(t: Tensor, axis: number, down: boolean): Tensor {
  if (!down) return tensor(np.argsort(t, { axis, kind: 'stable' }));
  const last = tensor(
    np.subtract(t.shape.at(axis)! - 1, tensor(np.argsort(tensor(np.flip(t, { axis })), { axis, kind: 'stable' }))),
  );
  return tensor(np.flip(last, { axis }));
}

/**
 * Where the values in order stand, as int32; equals keep their order.
 * @example tf.argsort([3, 1, 2]).numpy() // → array([1, 2, 0], dtype=int32)
 */
export function argsort(values: TensorLike, ...rest: (number | string | boolean | SortOptions)[]): Tensor {
  return runAs('tf.argsort', () => {
    const o = options<SortOptions>('argsort', ['axis', 'direction', 'stable'], rest);
    return cast(order(asTensor(values), o.axis ?? -1, descending('argsort', o.direction)), int32);
  });
}

/** Results by place and by name. */
const named = <T extends Record<string, Tensor>>(fields: T): Tensor[] & T =>
  Object.assign(Object.values(fields), fields);

/**
 * The k largest values along the last axis, in order, and where they stand; of equals the first ones.
 * @example tf.math.top_k([1, 9, 5], 2).indices.numpy() // → array([1, 2], dtype=int32)
 */
export function top_k(
  input: TensorLike,
  ...rest: (number | boolean | { k?: number; sorted?: boolean })[]
): Tensor[] & { values: Tensor; indices: Tensor } {
  return runAs('tf.math.top_k', () => {
    const k = options<{ k: number; sorted: boolean }>('math.top_k', ['k', 'sorted'], rest).k ?? 1;
    const t = asTensor(input);
    if (t.ndim === 0 || t.shape[t.ndim - 1] < k)
      throw new InvalidArgumentError(
        `tf.math.top_k: input must have at least k = ${k} columns, got ${t.ndim === 0 ? 0 : t.shape[t.ndim - 1]}`,
      );
    const indices = order(t, -1, true).at('...', np.slice(0, k));
    return named({ values: tensor(np.take_along_axis(t, indices, -1)), indices: cast(indices, int32) });
  });
}

/** Distinct values in the order they first stand in, with what np.unique tells about them. */
function distinct(x: TensorLike): { y: Tensor; idx: Tensor; count: Tensor } {
  const t = asTensor(x);
  if (t.ndim !== 1) throw new InvalidArgumentError('tf.unique: unique expects a 1D vector.');
  const all = np.unique_all(t.numpy());
  const first = np.argsort(all.indices);
  const place = np.argsort(first);
  return {
    y: asTensor(np.take(all.values, first)),
    idx: cast(np.take(place, all.inverse_indices), int32),
    count: cast(np.take(all.counts, first), int32),
  };
}

/**
 * The distinct values of a vector in the order they first stand in (`y`), and for each element the place of its value (`idx`, int32).
 * @example tf.unique([3, 1, 3]).idx.numpy() // → array([0, 1, 0], dtype=int32)
 */
export const unique = (x: TensorLike): Tensor[] & { y: Tensor; idx: Tensor } =>
  runAs('tf.unique', () => {
    const { y, idx } = distinct(x);
    return named({ y, idx });
  });

/**
 * As {@link unique}, with how often each value stands there (`count`, int32).
 * @example tf.unique_with_counts([3, 1, 3]).count.numpy() // → array([2, 1], dtype=int32)
 */
export const unique_with_counts = (x: TensorLike): Tensor[] & { y: Tensor; idx: Tensor; count: Tensor } =>
  runAs('tf.unique_with_counts', () => named(distinct(x)));

/**
 * Where values belong in an ordered vector, or row by row, as int32.
 * @example tf.searchsorted([1, 3, 5], [3, 4]).numpy() // → array([1, 2], dtype=int32)
 */
export function searchsorted(
  sorted_sequence: TensorLike,
  values: TensorLike,
  ...rest: (string | DTypeLike | { side?: 'left' | 'right'; out_type?: DTypeLike })[]
): Tensor {
  return runAs('tf.searchsorted', () => {
    const o = options<{ side: 'left' | 'right'; out_type: DTypeLike }>('searchsorted', ['side', 'out_type'], rest);
    const [s, v] = together('searchsorted', [sorted_sequence, values]);
    const found = (a: Tensor, b: Tensor): Tensor =>
      a.ndim === 1
        ? tensor(np.searchsorted(a, b, { side: o.side ?? 'left' }))
        : tensor(np.stack([...a].map((row, i) => found(row, b.at(i)))));
    return cast(found(s, v), asDtype(o.out_type ?? int32));
  });
}

/**
 * How often each number 0, 1, … stands in the tensor, as int32; or the sums of its weights.
 * @example tf.math.bincount([0, 1, 1, 3]).numpy() // → array([1, 2, 0, 1], dtype=int32)
 */
export function bincount(
  arr: TensorLike,
  ...rest: (number | null | { weights?: TensorLike | null; minlength?: number | null; maxlength?: number | null })[]
): Tensor {
  return runAs('tf.math.bincount', () => {
    const o = options<{ weights: TensorLike | null; minlength: number | null; maxlength: number | null }>(
      'math.bincount',
      ['weights', 'minlength', 'maxlength'],
      rest as never,
    );
    const t = asTensor(arr);
    const values = np.ravel(t.dtype.kind === 'f' ? cast(t, 'int64') : t);
    const w = o.weights ? asTensor(o.weights) : null;
    const n = tensor(np.bincount(values, w === null ? null : np.ravel(w), o.minlength ?? 0));
    const cut = o.maxlength === null || o.maxlength === undefined ? n : n.at(np.slice(0, o.maxlength));
    return cast(cut, w === null ? int32 : w.dtype);
  });
}

/**
 * How often each label (row) was predicted as each class (column), as int32.
 * @example tf.math.confusion_matrix([0, 1, 1], [0, 1, 0]).numpy() // → array([[1, 0],
 * //          [1, 1]], dtype=int32)
 */
export function confusion_matrix(
  labels: TensorLike,
  predictions: TensorLike,
  ...rest: (number | null | { num_classes?: number | null; dtype?: DTypeLike })[]
): Tensor {
  return runAs('tf.math.confusion_matrix', () => {
    const o = options<{ num_classes: number | null; dtype: DTypeLike }>(
      'math.confusion_matrix',
      ['num_classes', 'dtype'],
      rest as never,
    );
    const [y, p] = [labels, predictions].map((x) => cast(asTensor(x), 'int64'));
    if (y.ndim !== 1 || y.size !== p.size)
      throw new InvalidArgumentError(
        `tf.math.confusion_matrix: labels and predictions must be vectors of one length, got ${y.size} and ${p.size}`,
      );
    const highest = y.size === 0 ? -1 : Math.max(Number(np.max(y)), Number(np.max(p)));
    const n = o.num_classes ?? highest + 1;
    if (highest >= n)
      throw new InvalidArgumentError(`tf.math.confusion_matrix: class ${highest} is out of bound for ${n} classes`);
    const counts = tensor(np.bincount(tensor(np.add(np.multiply(y, n), p)), null, n * n));
    return cast(counts.reshape(n, n), asDtype(o.dtype ?? int32));
  });
}

/** How many values are not zero, as int64. @example tf.math.count_nonzero([0, 1, 7]).item() // → 2 */
export const count_nonzero = (
  input: TensorLike,
  ...rest: (
    | number
    | readonly number[]
    | boolean
    | null
    | { axis?: number | readonly number[] | null; keepdims?: boolean; dtype?: DTypeLike }
  )[]
): Tensor => {
  const o = options<{ axis: number; keepdims: boolean; dtype: DTypeLike }>(
    'math.count_nonzero',
    ['axis', 'keepdims', 'dtype'],
    rest as never,
  );
  const n = np.sum(np.not_equal(asTensor(input), 0), { axis: o.axis ?? null, keepdims: o.keepdims ?? false });
  return cast(n as never, asDtype(o.dtype ?? 'int64'));
};
