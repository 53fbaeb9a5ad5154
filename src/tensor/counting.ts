import { asDtype, type DType, type DTypeLike, int32 } from '../core/dtype.js';
import { InvalidArgumentError, shapeText } from '../core/errors.js';
import { countOf } from '../core/ops/fold.js';
import { scatterAdd } from '../core/ops/scatter.js';
import { sameShape } from '../core/view.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { countingDtype, decisive, placeDtype } from './elsewhere.js';
import { checked } from './hosted.js';
import { op, PlainValueError } from './op.js';
import type { Tensor } from './tensor.js';

/** Counting: how often numbers, classes and values of an interval are there. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
const counted = (weights: Tensor, at: readonly Tensor[], shape: readonly number[]): Tensor => {
  const axes = at.map((_, k) => k);
  return scatterAdd(weights, at, { shape, axes, at: 0, names: axes }) as Tensor;
};
/** Ones for everything that is counted. */
const onesFor = (at: Tensor, dtype: DType): Tensor => asTensor(np.broadcast_to(np.ones([], dtype), at.shape));

export interface BincountOptions {
  weights?: TensorLike | null;
  minlength?: number | null;
  maxlength?: number | null;
  dtype?: DTypeLike;
  axis?: number | null;
  binary_output?: boolean;
}
/**
 * How often each number 0, 1, … stands in the tensor, as int32; or the sums of its weights. With `axis: -1` the rows of a matrix are counted
 * each on its own; numbers from `maxlength` on are left out.
 * @throws InvalidArgumentError for negative numbers
 * @example tf.math.bincount([0, 1, 1, 3]).numpy() // → array([1, 2, 0, 1], dtype=int32)
 */
export function bincount(
  arr: TensorLike,
  ...rest: (TensorLike | null | DTypeLike | boolean | BincountOptions)[]
): Tensor {
  return op('math.bincount', () => {
    const o = options<BincountOptions>(
      'math.bincount',
      ['weights', 'minlength', 'maxlength', 'dtype', 'name' as never, 'axis', 'binary_output'],
      rest,
    );
    const given = asTensor(arr);
    const values = checked(cast(given, placeDtype(given)), (a) => {
      if (np.any(np.less(a, 0))) throw new InvalidArgumentError('tf.math.bincount: Input arr must be non-negative!');
    });
    const axis = o.axis ?? null;
    if (axis !== null && axis !== 0 && axis !== -1)
      throw new PlainValueError(`Unsupported value for argument axis=${axis}. Only 0 and -1 are currently supported.`);
    const w = o.weights === undefined || o.weights === null ? null : asTensor(o.weights);
    if (w !== null && !sameShape(w.shape, given.shape))
      throw new InvalidArgumentError(
        `tf.math.bincount: weights ${shapeText(w.shape)} must have the shape of arr ${shapeText(given.shape)}`,
      );
    if (w !== null && o.binary_output === true)
      throw new InvalidArgumentError(
        'Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.',
      );
    const { minlength = null, maxlength = null } = o;
    // The length depends on values unless it is given.
    const fixed = minlength !== null && minlength === maxlength;
    const highest = fixed || given.size === 0 ? -1 : Number(np.max(decisive(values)));
    const n = Math.max(minlength ?? 0, Math.min(maxlength ?? Number.POSITIVE_INFINITY, highest + 1));
    const rows = axis === -1 && values.ndim === 2;
    const flat = rows ? values : values.reshape(-1);
    // Those that are left out are counted behind the end.
    const at = tensor(np.minimum(flat, n as never));
    const dtype = w === null ? asDtype(o.dtype ?? int32) : w.dtype;
    const weights = w === null ? onesFor(at, dtype) : rows ? w : w.reshape(-1);
    const places = rows
      ? [tensor(np.broadcast_to(asTensor(np.expand_dims(np.arange(at.shape[0]), { axis: 1 })), at.shape)), at]
      : [at];
    const all = counted(weights, places, rows ? [at.shape[0], n + 1] : [n + 1]).at('...', np.slice(0, n));
    return o.binary_output === true ? cast(tensor(np.greater(all, 0)), dtype) : all;
  });
}

export interface ConfusionOptions {
  num_classes?: number | Tensor | null;
  weights?: TensorLike | null;
  dtype?: DTypeLike;
}
/**
 * How often each label (row) was predicted as each class (column), as int32, or the sums of weights.
 * @throws InvalidArgumentError for labels that are no class
 * @example tf.math.confusion_matrix([0, 1, 1], [0, 1, 0]).numpy() // → array([[1, 0],
 * //          [1, 1]], dtype=int32)
 */
export function confusion_matrix(
  labels: TensorLike,
  predictions: TensorLike,
  ...rest: (TensorLike | null | DTypeLike | ConfusionOptions)[]
): Tensor {
  return op('math.confusion_matrix', () => {
    const o = options<ConfusionOptions>('math.confusion_matrix', ['num_classes', 'weights', 'dtype'], rest);
    let [y, p] = [labels, predictions].map((x) => {
      const t = asTensor(x);
      return cast(t, placeDtype(t));
    });
    // A last axis of length 1 that only one of the two has is none.
    if (y.ndim === p.ndim + 1 && y.shape.at(-1) === 1) y = tensor(np.squeeze(y, { axis: -1 }));
    else if (p.ndim === y.ndim + 1 && p.shape.at(-1) === 1) p = tensor(np.squeeze(p, { axis: -1 }));
    if (y.ndim !== 1 || !sameShape(y.shape, p.shape))
      throw new InvalidArgumentError(
        `tf.math.confusion_matrix: labels and predictions must be vectors of one length, got ${shapeText(y.shape)} and ${shapeText(p.shape)}`,
      );
    const top = (t: Tensor): number => (t.size === 0 ? -1 : Number(np.max(decisive(t))));
    const n =
      o.num_classes === undefined || o.num_classes === null
        ? Math.max(top(y), top(p)) + 1
        : Number(typeof o.num_classes === 'number' ? o.num_classes : o.num_classes.item());
    const fine = (t: Tensor, name: string): Tensor =>
      checked(t, (a) => {
        if (np.any(np.less(a, 0)))
          throw new InvalidArgumentError(`tf.math.confusion_matrix: \`${name}\` contains negative values`);
        if (np.any(np.greater_equal(a, n)))
          throw new InvalidArgumentError(`tf.math.confusion_matrix: \`${name}\` out of bound`);
      });
    const dtype = asDtype(o.dtype ?? int32);
    const w = o.weights === undefined || o.weights === null ? onesFor(y, dtype) : cast(asTensor(o.weights), dtype);
    if (!sameShape(w.shape, y.shape))
      throw new InvalidArgumentError(
        `tf.math.confusion_matrix: weights ${shapeText(w.shape)} must have the shape of labels ${shapeText(y.shape)}`,
      );
    return counted(w, [fine(y, 'labels'), fine(p, 'predictions')], [n, n]);
  });
}

/** How many values are not zero, as int64 (int32 on devices without that). @example tf.math.count_nonzero([0, 1, 7]).item() // → 2 */
export const count_nonzero = (
  input: TensorLike,
  ...rest: (
    | number
    | readonly number[]
    | boolean
    | null
    | DTypeLike
    | { axis?: number | readonly number[] | null; keepdims?: boolean; dtype?: DTypeLike }
  )[]
): Tensor =>
  op('math.count_nonzero', () => {
    const o = options<{ axis: number; keepdims: boolean; dtype: DTypeLike }>(
      'math.count_nonzero',
      ['axis', 'keepdims', 'dtype'],
      rest as never,
    );
    const t = asTensor(input);
    const dtype = asDtype(o.dtype ?? countingDtype(t));
    const n = countOf(t, { what: 'nonzero', axis: o.axis ?? null, keepdims: o.keepdims ?? false });
    return cast(n as never, dtype);
  });

/** For each value the number of its bin; values outside belong to the first or last one. */
function bins(name: string, values: TensorLike, value_range: TensorLike, nbins: number | Tensor): [Tensor, number] {
  const n = Number(typeof nbins === 'number' ? nbins : nbins.item());
  if (!(n > 0)) throw new InvalidArgumentError(`tf.${name}: nbins should be a positive number, but got '${n}'`);
  const [v, range] = together(name, [values, value_range]);
  if (range.size !== 2 || range.ndim !== 1)
    throw new InvalidArgumentError(
      `tf.${name}: value_range should be a 1D Tensor of size 2, got ${shapeText(range.shape)}`,
    );
  const fine = checked(range, (a) => {
    const [lo, hi] = (a.tolist() as unknown as (number | bigint)[]).map(Number);
    if (!(lo < hi))
      throw new InvalidArgumentError(
        `tf.${name}: value_range should satisfy value_range[0] < value_range[1], but got '[${lo}, ${hi}]'`,
      );
  });
  const [lo, hi] = [fine.at(0), fine.at(1)];
  const wide = 'iu'.includes(v.dtype.kind) ? cast(tensor(np.subtract(v, lo)), 'float64') : np.subtract(v, lo);
  const span = 'iu'.includes(v.dtype.kind) ? cast(tensor(np.subtract(hi, lo)), 'float64') : np.subtract(hi, lo);
  const place = np.floor(np.multiply(np.divide(wide as never, span as never), n));
  return [cast(tensor(np.clip(place, 0, n - 1)), int32), n];
}
/**
 * For each value the number of its bin among `nbins` equal ones over `value_range`; values outside belong to the first or last one.
 * @throws InvalidArgumentError for an empty range or no bins
 * @example tf.histogram_fixed_width_bins([-1, 0, 1.5, 2, 5, 15], [0, 5], { nbins: 5 }).tolist() // → [ 0, 0, 1, 2, 4, 4 ]
 */
export function histogram_fixed_width_bins(
  values: TensorLike,
  value_range: TensorLike,
  ...rest: (number | DTypeLike | { nbins?: number | Tensor; dtype?: DTypeLike })[]
): Tensor {
  return op('histogram_fixed_width_bins', () => {
    const name = 'histogram_fixed_width_bins';
    const o = options<{ nbins: number; dtype: DTypeLike }>(name, ['nbins', 'dtype'], rest as never);
    return cast(bins(name, values, value_range, o.nbins ?? 100)[0], asDtype(o.dtype ?? int32));
  });
}
/**
 * How many values fall into each of `nbins` equal bins over `value_range`; values outside belong to the first or last one.
 * @throws InvalidArgumentError for an empty range or no bins
 * @example tf.histogram_fixed_width([-1, 0, 1.5, 2, 5, 15], [0, 5], { nbins: 5 }).tolist() // → [ 2, 1, 1, 0, 2 ]
 */
export function histogram_fixed_width(
  values: TensorLike,
  value_range: TensorLike,
  ...rest: (number | DTypeLike | { nbins?: number | Tensor; dtype?: DTypeLike })[]
): Tensor {
  return op('histogram_fixed_width', () => {
    const name = 'histogram_fixed_width';
    const o = options<{ nbins: number; dtype: DTypeLike }>(name, ['nbins', 'dtype'], rest as never);
    const [at, n] = bins(name, values, value_range, o.nbins ?? 100);
    const dtype = asDtype(o.dtype ?? int32);
    const flat = at.reshape(-1);
    return counted(onesFor(flat, dtype), [flat], [n]);
  });
}
