import { asDtype, type DType, type DTypeLike, int32, int64 } from '../core/dtype.js';
import { AxisError, InvalidArgumentError, shapeText } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { decisive, placeDtype } from './elsewhere.js';
import { hosted } from './hosted.js';
import { op, PlainValueError } from './op.js';
import { placesFor, ranksAlong } from './ranking.js';
import { Tensor } from './tensor.js';

/** Order: sorting, the largest, distinct values, where values belong. */

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
  throw new PlainValueError(
    `tf.${name}: Argument \`direction\` should be one of 'ASCENDING' or 'DESCENDING'. Received: ${direction}`,
  );
}

/**
 * Values in order along an axis, the last unless given.
 * @example tf.sort([3, 1, 2], { direction: 'DESCENDING' }).numpy() // → array([3., 2., 1.], dtype=float32)
 */
export function sort(values: TensorLike, ...rest: (number | string | SortOptions)[]): Tensor {
  return op('sort', () => {
    const o = options<SortOptions>('sort', ['axis', 'direction'], rest);
    const t = asTensor(values);
    const axis = o.axis ?? -1;
    return along(t, order(t, axis, descending('sort', o.direction)), axis);
  });
}

const places = hosted<{ axis: number; down: boolean }>(
  'argsort',
  ([a], { axis, down }) => {
    if (!down) return np.argsort(a, { axis, kind: 'stable' });
    const turned = np.argsort(np.flip(a, { axis }), { axis, kind: 'stable' });
    return np.flip(np.subtract(a.shape.at(axis)! - 1, turned), { axis });
  },
  ([t]) => ({ shape: t.shape, dtype: int64 }),
  ([t], { axis, down }) => ranksAlong(t, axis, down),
);
/** Places of the values in order, equals in the order they stand in. */
function order(t: Tensor, axis: number, down: boolean): Tensor {
  if (axis >= t.ndim || axis < -t.ndim) throw new AxisError(axis, t.ndim);
  return places([t], { axis, down });
}
/** What stands in places along an axis. */
const along = (t: Tensor, at: Tensor, axis: number): Tensor => tensor(np.take_along_axis(t, at, axis));

/**
 * Where the values in order stand, as int32; equals keep their order.
 * @example tf.argsort([3, 1, 2]).numpy() // → array([1, 2, 0], dtype=int32)
 */
export function argsort(values: TensorLike, ...rest: (number | string | boolean | SortOptions)[]): Tensor {
  return op('argsort', () => {
    const o = options<SortOptions>('argsort', ['axis', 'direction', 'stable'], rest);
    return cast(order(asTensor(values), o.axis ?? -1, descending('argsort', o.direction)), int32);
  });
}

/** Results by place and by name. */
const named = <T extends Record<string, Tensor>>(fields: T): Tensor[] & T =>
  Object.assign(Object.values(fields), fields);

/** The k first of the order along an axis, with where they stand. */
function best(name: string, t: Tensor, given: number | Tensor, axis: number, down: boolean, index: DType) {
  const k = Number(given instanceof Tensor ? given.item() : given);
  const n = t.ndim === 0 ? 0 : t.shape.at(axis);
  if (n === undefined) throw new AxisError(axis, t.ndim);
  if (k < 0) throw new InvalidArgumentError(`tf.${name}: Need k >= 0, got ${k}`);
  if (t.ndim === 0 || n < k)
    throw new InvalidArgumentError(`tf.${name}: input must have at least k columns. Had ${n}, needed ${k}`);
  const all = order(t, axis, down);
  const lead = (axis < 0 ? axis + t.ndim : axis) as number;
  const first = all.at(...Array.from({ length: lead }, () => np.slice(null)), np.slice(0, k));
  return named({ values: along(t, first, axis), indices: cast(first, index) });
}

/**
 * The k largest values along the last axis, in order, and where they stand; of equals the first ones.
 * @throws InvalidArgumentError where there are fewer than k
 * @example tf.math.top_k([1, 9, 5], 2).indices.numpy() // → array([1, 2], dtype=int32)
 */
export function top_k(
  input: TensorLike,
  ...rest: (number | boolean | Tensor | DTypeLike | { k?: number | Tensor; sorted?: boolean; index_type?: DTypeLike })[]
): Tensor[] & { values: Tensor; indices: Tensor } {
  return op('math.top_k', () => {
    const o = options<{ k: number | Tensor; sorted: boolean; index_type: DTypeLike }>(
      'math.top_k',
      ['k', 'sorted', 'index_type'],
      rest,
    );
    return best('math.top_k', asTensor(input), o.k ?? 1, -1, true, asDtype(o.index_type ?? int32));
  });
}

export interface ApproxOptions {
  reduction_dimension?: number;
  recall_target?: number;
  reduction_input_size_override?: number;
  aggregate_to_topk?: boolean;
}
type ApproxOp = (
  operand: TensorLike,
  k: number | Tensor,
  ...rest: (number | boolean | ApproxOptions)[]
) => Tensor[] & { values: Tensor; indices: Tensor };
const approximate =
  (name: string, down: boolean): ApproxOp =>
  (operand, k, ...rest) =>
    op(`math.${name}`, () => {
      const names = ['reduction_dimension', 'recall_target', 'reduction_input_size_override', 'aggregate_to_topk'];
      const o = options<ApproxOptions>(`math.${name}`, names as never, rest);
      return best(`math.${name}`, asTensor(operand), k, o.reduction_dimension ?? -1, down, int32);
    });
/** The k largest values along an axis and where they stand: exact here. @example tf.math.approx_max_k([1, 9, 5], 2).values.tolist() // → [ 9, 5 ] */
export const approx_max_k: ApproxOp = approximate('approx_max_k', true);
/** The k smallest values along an axis and where they stand: exact here. @example tf.math.approx_min_k([1, 9, 5], 2).values.tolist() // → [ 1, 5 ] */
export const approx_min_k: ApproxOp = approximate('approx_min_k', false);

/**
 * For each row of predictions whether its target is among the k largest; equal ones at the edge count all. A row with a value that is not
 * finite, or a target that is no class, has none.
 * @example tf.math.in_top_k([1, 0], [[0.1, 0.8, 0.1], [0.2, 0.3, 0.5]], 2).tolist() // → [ true, false ]
 */
export function in_top_k(targets: TensorLike, predictions: TensorLike, k: number | Tensor): Tensor {
  return op('math.in_top_k', () => {
    const p = asTensor(predictions);
    const given = asTensor(targets);
    const y = cast(given, placeDtype(given));
    if (p.ndim !== 2) throw new InvalidArgumentError('tf.math.in_top_k: predictions must be 2-dimensional');
    if (y.ndim !== 1) throw new InvalidArgumentError('tf.math.in_top_k: targets must be 1-dimensional');
    if (p.shape[0] !== y.shape[0])
      throw new InvalidArgumentError(
        `tf.math.in_top_k: First dimension of predictions ${p.shape[0]} must match length of targets ${y.shape[0]}`,
      );
    const classes = p.shape[1];
    if (classes === 0) return asTensor(np.zeros(y.shape, 'bool'));
    const known = np.logical_and(np.greater_equal(y, 0), np.less(y, classes));
    const place = np.expand_dims(np.where(known, y, 0 as never), { axis: 1 });
    const mine = np.take_along_axis(p, place as never, 1);
    const above = np.sum(np.greater(p, mine as never), { axis: 1, dtype: int32 } as never);
    const fine = np.logical_and(known, np.logical_and.reduce(np.isfinite(p), { axis: 1 }) as never);
    return tensor(np.logical_and(fine, np.less(above as never, k as never)));
  });
}

/** Distinct values in the order they first stand in, with what np.unique tells about them. */
function distinct(x: TensorLike, out: DTypeLike = int32): { y: Tensor; idx: Tensor; count: Tensor } {
  const t = asTensor(x);
  if (t.ndim !== 1) throw new InvalidArgumentError('tf.unique: unique expects a 1D vector.');
  const all = np.unique_all(decisive(t));
  const first = np.argsort(all.indices);
  const place = np.argsort(first);
  return {
    y: asTensor(np.take(all.values, first)),
    idx: cast(np.take(place, all.inverse_indices), asDtype(out)),
    count: cast(np.take(all.counts, first), asDtype(out)),
  };
}

/**
 * The distinct values of a vector in the order they first stand in (`y`), and for each element the place of its value (`idx`, int32).
 * @example tf.unique([3, 1, 3]).idx.numpy() // → array([0, 1, 0], dtype=int32)
 */
export const unique = (
  x: TensorLike,
  ...rest: (DTypeLike | { out_idx?: DTypeLike })[]
): Tensor[] & { y: Tensor; idx: Tensor } =>
  op('unique', () => {
    const { y, idx } = distinct(x, options<{ out_idx: DTypeLike }>('unique', ['out_idx'], rest).out_idx);
    return named({ y, idx });
  });

/**
 * As {@link unique}, with how often each value stands there (`count`, int32).
 * @example tf.unique_with_counts([3, 1, 3]).count.numpy() // → array([2, 1], dtype=int32)
 */
export const unique_with_counts = (
  x: TensorLike,
  ...rest: (DTypeLike | { out_idx?: DTypeLike })[]
): Tensor[] & { y: Tensor; idx: Tensor; count: Tensor } =>
  op('unique_with_counts', () =>
    named(distinct(x, options<{ out_idx: DTypeLike }>('unique_with_counts', ['out_idx'], rest).out_idx)),
  );

/**
 * Where values belong in an ordered vector, or row by row, as int32.
 * @example tf.searchsorted([1, 3, 5], [3, 4]).numpy() // → array([1, 2], dtype=int32)
 */
export function searchsorted(
  sorted_sequence: TensorLike,
  values: TensorLike,
  ...rest: (string | DTypeLike | { side?: 'left' | 'right'; out_type?: DTypeLike })[]
): Tensor {
  return op('searchsorted', () => {
    const o = options<{ side: 'left' | 'right'; out_type: DTypeLike }>('searchsorted', ['side', 'out_type'], rest);
    const [s, v] = together('searchsorted', [sorted_sequence, values]);
    const side = o.side ?? 'left';
    if (side !== 'left' && side !== 'right')
      throw new PlainValueError(`side must be either 'right' or 'left'. Saw: ${String(side)}.`);
    if (s.ndim !== v.ndim && s.ndim !== 1)
      throw new InvalidArgumentError(
        `tf.searchsorted: the sequences ${shapeText(s.shape)} and the values ${shapeText(v.shape)} must have as many axes`,
      );
    if (s.ndim > 1 && s.shape.slice(0, -1).some((n, d) => n !== v.shape[d]))
      throw new InvalidArgumentError(
        `tf.searchsorted: Leading dim_size of both tensors must match: ${shapeText(s.shape)} and ${shapeText(v.shape)}`,
      );
    return cast(found([s, v], { side }), asDtype(o.out_type ?? int32));
  });
}
const rowsFound = (a: any, b: any, side: 'left' | 'right'): any =>
  a.ndim === 1
    ? np.searchsorted(a, b, { side })
    : a.shape[0] === 0
      ? np.zeros(b.shape, int64)
      : np.stack(Array.from({ length: a.shape[0] }, (_, i) => rowsFound(a.at(i), b.at(i), side)));
const found = hosted<{ side: 'left' | 'right' }>(
  'searchsorted',
  ([a, b], { side }) => rowsFound(a, b, side),
  ([, v]) => ({ shape: v.shape, dtype: int64 }),
  ([a, b], { side }) => placesFor(a, b, side === 'right'),
);

/**
 * The permutation that undoes one: `y[x[i]] = i`. @throws InvalidArgumentError for what is no permutation of 0, 1, …
 * @example tf.math.invert_permutation(tf.constant([2, 0, 1], 'int32')).numpy() // → array([1, 2, 0], dtype=int32)
 */
export const invert_permutation = (x: TensorLike): Tensor =>
  op('math.invert_permutation', () => {
    const t = asTensor(x);
    if (!'iu'.includes(t.dtype.kind) || t.ndim !== 1)
      throw new InvalidArgumentError('tf.math.invert_permutation expects a 1D vector of integers.');
    return cast(inverse([t], {}), t.dtype);
  });
const inverse = hosted<Record<string, never>>(
  'invert_permutation',
  ([a]) => {
    const n = a.size;
    const out = np.full([n], -1, int64);
    for (const k of (a.tolist() as (number | bigint)[]).map(Number)) {
      if (k < 0 || k >= n) throw new InvalidArgumentError(`tf.math.invert_permutation: ${k} is not between 0 and ${n}`);
      if (Number(out.at(k)) >= 0)
        throw new InvalidArgumentError(`tf.math.invert_permutation: ${k} is duplicated in the input.`);
      out.set([k], 0);
    }
    return np.argsort(a, { kind: 'stable' });
  },
  ([t]) => ({ shape: t.shape, dtype: int64 }),
  ([t]) => ranksAlong(t, 0, false),
);

const stepwise =
  (name: string, holds: (later: Tensor, earlier: Tensor) => unknown) =>
  (x: TensorLike): Tensor =>
    op(`math.${name}`, () => {
      const t = asTensor(x).reshape(-1);
      const n = Math.max(1, t.size);
      return tensor(np.logical_and.reduce(holds(t.at(np.slice(1, n)), t.at(np.slice(0, n - 1))) as never));
    });
/** Whether no value is below the one before it, in C order. @example tf.math.is_non_decreasing([1, 1, 2]).item() // → true */
export const is_non_decreasing: (x: TensorLike) => Tensor = stepwise('is_non_decreasing', (b, a) =>
  np.greater_equal(b, a),
);
/** Whether every value is above the one before it, in C order. @example tf.math.is_strictly_increasing([1, 1, 2]).item() // → false */
export const is_strictly_increasing: (x: TensorLike) => Tensor = stepwise('is_strictly_increasing', (b, a) =>
  np.greater(b, a),
);
