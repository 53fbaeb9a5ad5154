import { InvalidArgumentError, shapeText, ValueError } from '../core/errors.js';
import { isDescribed } from '../core/device/shapes.js';
import { scatterAdd } from '../core/ops/scatter.js';
import { type ScatterStep, scatterFold } from '../core/ops/scatter-fold.js';
import { runAs } from '../core/transfers.js';
import { sizeOf } from '../core/view.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, type TensorLike } from './convert.js';
import { decisive, placeDtype } from './elsewhere.js';
import { checked } from './hosted.js';
import { truncatediv } from './math.js';
import { asIndices } from './slicing.js';
import { Tensor } from './tensor.js';

/** Folds of entries that go by the number of their segment, along the first axis or axes. */

export type SegmentOp = (data: TensorLike, segment_ids: TensorLike, name?: string) => Tensor;
export type UnsortedSegmentOp = (
  data: TensorLike,
  segment_ids: TensorLike,
  num_segments: number | Tensor,
  name?: string,
) => Tensor;

const tensor = (x: unknown): Tensor => x as Tensor;
type Fold = 'sum' | 'mean' | 'sqrt_n' | 'prod' | 'max' | 'min';

/** What a fold begins with, and so what a segment without entries has. */
function empty(kind: 'max' | 'min' | 'prod', t: Tensor): number | bigint {
  if (kind === 'prod') return 1;
  const limits = t.dtype.kind === 'f' ? np.finfo(t.dtype) : np.iinfo(t.dtype);
  return kind === 'max' ? (limits.min as number | bigint) : (limits.max as number | bigint);
}
const STEP: Readonly<Record<'max' | 'min' | 'prod', ScatterStep>> = {
  max: 'maximum',
  min: 'minimum',
  prod: 'multiply',
};

/** Entries folded into `n` segments, after one more for those that belong to none. */
function folded(fold: Fold, given: Tensor, ids: Tensor, n: number): Tensor {
  const rest = given.shape.slice(ids.ndim);
  const data = tensor(np.reshape(given, [ids.size, ...rest]));
  const places = tensor(np.reshape(ids, [ids.size]));
  const at = tensor(np.where(np.less(places, 0), n, places));
  const kept = (t: Tensor): Tensor => t.at(np.slice(0, n));
  const sum = (x: Tensor): Tensor =>
    scatterAdd(x, [at], { shape: [n + 1, ...x.shape.slice(1)], axes: [0], at: 0, names: [0] }) as Tensor;
  if (fold === 'sum') return kept(sum(data));
  if (fold === 'mean' || fold === 'sqrt_n') {
    const ones = tensor(np.ones([ids.size, ...rest.map(() => 1)], data.dtype));
    const count = np.maximum(sum(convert_to_tensor(ones as never) as Tensor), 1 as never);
    const total = sum(data);
    if ('iu'.includes(data.dtype.kind)) return kept(truncatediv(total, count as never));
    return kept(tensor(np.divide(total, fold === 'mean' ? count : (np.sqrt(count) as never))));
  }
  const base = np.full([n + 1, ...rest], empty(fold, data) as never, data.dtype);
  return kept(
    scatterFold(convert_to_tensor(base as never) as Tensor, data, [at], { step: STEP[fold], neutral: true }) as Tensor,
  );
}

/** @throws InvalidArgumentError for a dtype that the fold does not take */
function checkKind(name: string, fold: Fold, t: Tensor): void {
  const { kind } = t.dtype;
  const ordered = fold === 'max' || fold === 'min';
  const floating = fold === 'sqrt_n' || (fold === 'mean' && name.startsWith('unsorted'));
  if (kind === 'b' || (ordered && kind === 'c') || (floating && kind !== 'f' && kind !== 'c'))
    throw new InvalidArgumentError(`tf.math.${name}: dtype ${t.dtype.name} is not allowed`);
}
const integers = (name: string, x: TensorLike): Tensor => {
  const i = asIndices(x);
  if (!'iu'.includes(i.dtype.kind))
    throw new InvalidArgumentError(`tf.math.${name}: segment_ids must be int32 or int64, got ${i.dtype.name}`);
  return cast(i, placeDtype(i));
};

const unsorted = (name: string, fold: Fold): UnsortedSegmentOp => {
  return (given, segment_ids, num_segments) =>
    runAs(`tf.math.${name}`, () => {
      const t = convert_to_tensor(given) as Tensor;
      checkKind(name, fold, t);
      const n = Number(num_segments instanceof Tensor ? num_segments.item() : num_segments);
      if (!Number.isInteger(n) || n < 0)
        throw new InvalidArgumentError(`tf.math.${name}: num_segments must not be negative, got ${n}`);
      const ids = integers(name, segment_ids);
      if (ids.ndim > t.ndim || ids.shape.some((k, d) => k !== t.shape[d]))
        throw new InvalidArgumentError(
          `tf.math.${name}: data.shape = ${shapeText(t.shape)} does not start with segment_ids.shape = ${shapeText(ids.shape)}`,
        );
      const fine = checked(ids, (a) => {
        const top = Number(np.max(a));
        if (top >= n) throw new InvalidArgumentError(`tf.math.${name}: segment_ids = ${top} is out of range [0, ${n})`);
      });
      return folded(fold, t, fine, n);
    });
};

/** Segments in a row: their number is one more than the last id, and ids that are left out have segments without entries. */
const sorted = (name: string, fold: Fold): SegmentOp => {
  return (given, segment_ids) =>
    runAs(`tf.math.${name}`, () => {
      const t = convert_to_tensor(given) as Tensor;
      checkKind(name, fold, t);
      const ids = integers(name, segment_ids);
      if (ids.ndim !== 1 || t.ndim === 0 || ids.size !== t.shape[0])
        throw new InvalidArgumentError(
          `tf.math.${name}: segment_ids should be the same size as dimension 0 of input: ${shapeText(ids.shape)} and ${shapeText(t.shape)}`,
        );
      if (isDescribed(ids.buffer))
        throw new ValueError(
          `tf.math.${name}: the number of segments depends on values; in a traced function use tf.math.unsorted_${name}, which is told it`,
        );
      const list = decisive(ids);
      const n = ids.size === 0 ? 0 : Number(list.at(-1)) + 1;
      if (ids.size > 0 && (Number(list.at(0)) < 0 || np.any(np.less(np.diff(list), 0))))
        throw new InvalidArgumentError(`tf.math.${name}: segment ids are not increasing`);
      const out = folded(fold, t, ids, n);
      if (fold !== 'max' && fold !== 'min') return out;
      // A segment that is left out has zeros here, whereas unsorted ones have the least of the dtype.
      const there = np.isin(np.arange(n), list);
      const mask = np.reshape(there, [n, ...out.shape.slice(1).map(() => 1)]);
      return sizeOf(out.shape) === 0 || np.all(there) ? out : tensor(np.where(mask, out, np.zeros_like(out)));
    });
};

/**
 * Sums of entries along the first axis, by ascending segment ids. @throws InvalidArgumentError for ids that do not ascend
 * @example tf.math.segment_sum([[1, 2], [3, 4], [5, 6]], [0, 0, 1]).tolist() // → [ [ 4, 6 ], [ 5, 6 ] ]
 */
export const segment_sum: SegmentOp = sorted('segment_sum', 'sum');
/** Means by ascending segment ids. @example tf.math.segment_mean([1, 3, 5], [0, 0, 1]).tolist() // → [ 2, 5 ] */
export const segment_mean: SegmentOp = sorted('segment_mean', 'mean');
/** Products by ascending segment ids. @example tf.math.segment_prod([2, 3, 5], [0, 0, 1]).tolist() // → [ 6, 5 ] */
export const segment_prod: SegmentOp = sorted('segment_prod', 'prod');
/** The largest by ascending segment ids; equal ones share the gradient. @example tf.math.segment_max([2, 3, 5], [0, 0, 1]).tolist() // → [ 3, 5 ] */
export const segment_max: SegmentOp = sorted('segment_max', 'max');
/** The smallest by ascending segment ids; equal ones share the gradient. @example tf.math.segment_min([2, 3, 5], [0, 0, 1]).tolist() // → [ 2, 5 ] */
export const segment_min: SegmentOp = sorted('segment_min', 'min');
/**
 * Sums of entries by segment ids in any order; negative ids belong to none. @throws InvalidArgumentError for an id past the number of segments
 * @example tf.math.unsorted_segment_sum([1, 3, 5], [1, 0, 1], 3).tolist() // → [ 3, 6, 0 ]
 */
export const unsorted_segment_sum: UnsortedSegmentOp = unsorted('unsorted_segment_sum', 'sum');
/** Means by segment ids in any order, 0 where there is no entry. @example tf.math.unsorted_segment_mean([1, 3, 5], [1, 0, 1], 3).tolist() // → [ 3, 3, 0 ] */
export const unsorted_segment_mean: UnsortedSegmentOp = unsorted('unsorted_segment_mean', 'mean');
/** Sums divided by the square root of the number of entries. @example tf.math.unsorted_segment_sqrt_n([1, 3, 5, 5, 5], [1, 0, 1, 1, 1], 2).tolist() // → [ 3, 8 ] */
export const unsorted_segment_sqrt_n: UnsortedSegmentOp = unsorted('unsorted_segment_sqrt_n', 'sqrt_n');
/** Products by segment ids in any order, 1 where there is no entry. @example tf.math.unsorted_segment_prod([2, 3, 5], [1, 0, 1], 3).tolist() // → [ 3, 10, 1 ] */
export const unsorted_segment_prod: UnsortedSegmentOp = unsorted('unsorted_segment_prod', 'prod');
/**
 * The largest by segment ids in any order, the least value of the dtype where there is no entry. Equal ones share the gradient.
 * @example tf.math.unsorted_segment_max([2, 3, 5], [1, 0, 1], 2).tolist() // → [ 3, 5 ]
 */
export const unsorted_segment_max: UnsortedSegmentOp = unsorted('unsorted_segment_max', 'max');
/**
 * The smallest by segment ids in any order, the largest value of the dtype where there is no entry. Equal ones share the gradient.
 * @example tf.math.unsorted_segment_min([2, 3, 5], [1, 0, 1], 2).tolist() // → [ 3, 2 ]
 */
export const unsorted_segment_min: UnsortedSegmentOp = unsorted('unsorted_segment_min', 'min');
