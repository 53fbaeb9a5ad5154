import { IndexError, InvalidArgumentError, shapeText, TypeError } from '../core/errors.js';
import { sameShape } from '../core/view.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike } from './convert.js';
import { checked } from './hosted.js';
import { PlainValueError } from './op.js';
import { Tensor } from './tensor.js';

/** Parts of tensors: slices, entries at indices, and tensors with entries replaced. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
type Integers = readonly number[] | Tensor;
const integers = (x: Integers): number[] => (x instanceof Tensor ? [x.tolist()].flat().map(Number) : [...x]);

/** Indices as an integer tensor. */
export const asIndices = (x: TensorLike): Tensor => {
  const i = asTensor(x);
  return i.dtype.kind === 'f' ? cast(i, 'int64') : i;
};

/** The indices. @throws InvalidArgumentError for one outside of 0 … n - 1 */
export const checkIndices = (name: string, indices: Tensor, n: number): Tensor =>
  checked(indices, (a) => {
    for (const end of [np.min(a), np.max(a)]) {
      const k = Number(end);
      if (k < 0 || k >= n) throw new InvalidArgumentError(`tf.${name}: indices = ${k} is not in [0, ${n})`);
    }
  });

/**
 * `size[d]` entries from `begin[d]` along each axis, -1 for all that are left: a view. @throws InvalidArgumentError when that reaches outside
 * @example tf.slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, -1]).numpy() // → array([[2., 3.],
 * //          [5., 6.]], dtype=float32)
 */
export function slice(input_: TensorLike, begin: Integers, size: Integers): Tensor {
  return runAs('tf.slice', () => {
    const t = asTensor(input_);
    const from = integers(begin);
    const count = integers(size);
    if (from.length !== t.ndim || count.length !== t.ndim) {
      throw new InvalidArgumentError(
        `tf.slice: Expected begin and size arguments to be 1-D tensors of size ${t.ndim}, but got lengths ${from.length} and ${count.length} instead.`,
      );
    }
    const index = from.map((b, d) => {
      const n = t.shape[d];
      const k = count[d] === -1 ? n - b : count[d];
      if (b < 0 || b > n) throw new InvalidArgumentError(`tf.slice: Expected begin[${d}] in [0, ${n}], but got ${b}`);
      if (k < 0 || b + k > n)
        throw new InvalidArgumentError(`tf.slice: Expected size[${d}] in [0, ${n - b}], but got ${k}`);
      return np.slice(b, b + k);
    });
    return t.at(...index, '...');
  });
}

export interface StridedSliceOptions {
  strides?: Integers | null;
  begin_mask?: number;
  end_mask?: number;
  ellipsis_mask?: number;
  new_axis_mask?: number;
  shrink_axis_mask?: number;
}

/**
 * Entries `begin[d]` up to `end[d]` in steps, as Python slices; bit d of a mask frees an end, makes a new axis, or takes axis d away.
 * @example tf.strided_slice([1, 2, 3, 4], [3], [0], [-1]).numpy() // → array([4., 3., 2.], dtype=float32)
 */
export function strided_slice(
  input_: TensorLike,
  begin: Integers,
  end: Integers,
  ...rest: (Integers | number | null | StridedSliceOptions)[]
): Tensor {
  return runAs('tf.strided_slice', () => {
    const o = options<StridedSliceOptions>(
      'strided_slice',
      ['strides', 'begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'],
      rest,
    );
    const from = integers(begin);
    const to = integers(end);
    const step = o.strides ? integers(o.strides) : from.map(() => 1);
    if (from.length !== to.length || from.length !== step.length)
      throw new InvalidArgumentError(
        `tf.strided_slice: begin, end and strides must be of one length, got ${from.length}, ${to.length} and ${step.length}`,
      );
    const bit = (mask: number | undefined, d: number): boolean => ((mask ?? 0) & (1 << d)) !== 0;
    const index = from.map((b, d) => {
      if (bit(o.ellipsis_mask, d)) return '...';
      if (bit(o.new_axis_mask, d)) return np.newaxis;
      if (bit(o.shrink_axis_mask, d)) return b;
      if (step[d] === 0) throw new InvalidArgumentError(`tf.strided_slice: strides[${d}] must be non-zero`);
      return np.slice(bit(o.begin_mask, d) ? null : b, bit(o.end_mask, d) ? null : to[d], step[d]);
    });
    try {
      return asTensor(input_).at(...index);
    } catch (e) {
      if (e instanceof IndexError) throw new InvalidArgumentError(`tf.strided_slice: slice ${e.message}`);
      throw e;
    }
  });
}

/**
 * Entries at integer indices along an axis, the first unless given; with `batch_dims` the leading axes of both go together. @throws InvalidArgumentError when an index is out of range
 * @example tf.gather([10, 20, 30], [2, 0]).numpy() // → array([30., 10.], dtype=float32)
 */
export function gather(
  params: TensorLike,
  indices: TensorLike,
  ...rest: (number | null | { axis?: number; batch_dims?: number })[]
): Tensor {
  const o = options<{ axis: number | null; batch_dims: number }>('gather', ['axis', 'batch_dims'], rest);
  return runAs('tf.gather', () => {
    const t = asTensor(params);
    const i = asIndices(indices);
    const batch = o.batch_dims ?? 0;
    let axis = o.axis ?? batch;
    if (axis < 0) axis += t.ndim;
    if (axis < batch || axis >= t.ndim)
      throw new InvalidArgumentError(`tf.gather: axis ${axis} is not one of ${batch} … ${t.ndim - 1}`);
    const at = checkIndices('gather', i, t.shape[axis]);
    if (batch === 0) return tensor(np.take(t, at, { axis }));
    if (batch > at.ndim || !sameShape(t.shape.slice(0, batch), at.shape.slice(0, batch)))
      throw new InvalidArgumentError(
        `tf.gather: params ${shapeText(t.shape)} and indices ${shapeText(at.shape)} differ in their first ${batch} dimensions`,
      );
    // The axis right behind the batch, so that one gather with counters for the batch axes takes all.
    const near = tensor(np.moveaxis(t, axis, batch));
    const counters = batchCounters(at.shape, batch);
    const out = near.at(...counters, at);
    const rest = at.ndim - batch;
    const order = [
      ...span(0, batch),
      ...span(at.ndim, axis - batch),
      ...span(batch, rest),
      ...span(at.ndim + axis - batch, t.ndim - axis - 1),
    ];
    return tensor(np.transpose(out, order));
  });
}
const span = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
/** For each of the first axes of a shape its counter, in a form that broadcasts over the shape. */
const batchCounters = (shape: readonly number[], batch: number): Tensor[] =>
  span(0, batch).map((d) =>
    asTensor(
      np.reshape(
        np.arange(shape[d]),
        shape.map((n, k) => (k === d ? n : 1)),
      ),
    ),
  );

/** The places that rows of indices name, as one integer array for each of the leading axes they index. */
export function places(name: string, t: readonly number[], indices: Tensor): Tensor[] {
  const depth = indices.ndim === 0 ? 0 : indices.shape[indices.ndim - 1];
  if (depth === 0 || depth > t.length)
    throw new InvalidArgumentError(
      `tf.${name}: index innermost dimension length must be 1 … ${t.length} for shape ${shapeText(t)}, got ${depth}`,
    );
  return Array.from({ length: depth }, (_, d) => checkIndices(name, indices.at('...', d), t[d]));
}

/**
 * The entries, or slices, that rows of indices name; with `batch_dims` the leading axes of both go together. @throws InvalidArgumentError when an index is out of range
 * @example tf.gather_nd([[1, 2], [3, 4]], [[0, 1], [1, 0]]).numpy() // → array([2., 3.], dtype=float32)
 */
export const gather_nd = (
  params: TensorLike,
  indices: TensorLike,
  ...rest: (number | { batch_dims?: number })[]
): Tensor =>
  runAs('tf.gather_nd', () => {
    const t = asTensor(params);
    const i = asIndices(indices);
    const batch = options<{ batch_dims: number }>('gather_nd', ['batch_dims'], rest).batch_dims ?? 0;
    if (batch >= i.ndim || batch > t.ndim || !sameShape(t.shape.slice(0, batch), i.shape.slice(0, batch)))
      throw new InvalidArgumentError(
        `tf.gather_nd: params ${shapeText(t.shape)} and indices ${shapeText(i.shape)} differ in their first ${batch} dimensions`,
      );
    const found = places('gather_nd', t.shape.slice(batch), i);
    return t.at(...batchCounters(i.shape.slice(0, -1), batch), ...found);
  });

/**
 * Elements, or entries along axes from `axis` on, where the mask is true. @throws ValueError when the mask does not fit these axes
 * @example tf.boolean_mask([1, 2, 3], [true, false, true]).numpy() // → array([1., 3.], dtype=float32)
 */
export const boolean_mask = (
  tensor: TensorLike,
  mask: TensorLike,
  ...rest: (number | null | { axis?: number | null })[]
): Tensor =>
  runAs('tf.boolean_mask', () => {
    const x = asTensor(tensor);
    const m = asTensor(mask);
    const given = options<{ axis: number | null }>('boolean_mask', ['axis'], rest).axis ?? 0;
    const axis = given < 0 ? given + x.ndim : given;
    if (m.dtype.kind !== 'b') throw new TypeError(`tf.boolean_mask: mask must be bool, got ${m.dtype.name}`);
    if (m.ndim === 0) throw new PlainValueError('mask cannot be scalar.');
    if (axis + m.ndim > x.ndim || m.shape.some((n, d) => n !== x.shape[axis + d]))
      throw new PlainValueError(
        `Shapes ${shapeText(x.shape.slice(axis, axis + m.ndim))} and ${shapeText(m.shape)} are incompatible`,
      );
    return x.at(...span(0, axis).map(() => np.slice(null)), m);
  });
