import { InvalidArgumentError, shapeText } from '../core/errors.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { Tensor } from './tensor.js';

/** Parts of tensors: slices, entries at indices, and tensors with entries replaced. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
type Integers = readonly number[] | Tensor;
const integers = (x: Integers): number[] => (x instanceof Tensor ? [x.tolist()].flat().map(Number) : [...x]);

/** Indices as an integer tensor. */
const asIndices = (x: TensorLike): Tensor => {
  const i = asTensor(x);
  return i.dtype.kind === 'f' ? cast(i, 'int64') : i;
};

/** @throws InvalidArgumentError for an index outside of 0 … n - 1 */
function checkIndices(name: string, indices: Tensor, n: number): void {
  if (indices.size === 0) return;
  for (const end of [np.min(indices), np.max(indices)]) {
    const k = Number(end);
    if (k < 0 || k >= n) throw new InvalidArgumentError(`tf.${name}: indices = ${k} is not in [0, ${n})`);
  }
}

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
    return asTensor(input_).at(...index);
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
    checkIndices('gather', i, t.shape[axis]);
    const gathered = (p: Tensor, k: Tensor, depth: number): Tensor =>
      depth === 0
        ? tensor(np.take(p, k, { axis: axis - batch }))
        : tensor(np.stack([...p].map((row, n) => gathered(row, k.at(n), depth - 1))));
    return gathered(t, i, batch);
  });
}

/** The places that rows of indices name, as one integer array for each of the leading axes they index. */
function places(name: string, t: readonly number[], indices: Tensor): Tensor[] {
  const depth = indices.ndim === 0 ? 0 : indices.shape[indices.ndim - 1];
  if (depth === 0 || depth > t.length)
    throw new InvalidArgumentError(
      `tf.${name}: index innermost dimension length must be 1 … ${t.length} for shape ${shapeText(t)}, got ${depth}`,
    );
  return Array.from({ length: depth }, (_, d) => {
    const column = indices.at('...', d);
    checkIndices(name, column, t[d]);
    return column;
  });
}

/**
 * The entries, or slices, that rows of indices name. @throws InvalidArgumentError when an index is out of range
 * @example tf.gather_nd([[1, 2], [3, 4]], [[0, 1], [1, 0]]).numpy() // → array([2., 3.], dtype=float32)
 */
export const gather_nd = (params: TensorLike, indices: TensorLike): Tensor =>
  runAs('tf.gather_nd', () => {
    const t = asTensor(params);
    return t.at(...places('gather_nd', t.shape, asIndices(indices)));
  });

/**
 * The tensor with the updates in the places that rows of indices name.
 * @example tf.tensor_scatter_nd_update([1, 2, 3], [[0], [2]], [9, 8]).numpy() // → array([9., 2., 8.], dtype=float32)
 */
export function tensor_scatter_nd_update(t: TensorLike, indices: TensorLike, updates: TensorLike): Tensor {
  return runAs('tf.tensor_scatter_nd_update', () => {
    const [x, u] = together('tensor_scatter_nd_update', [t, updates]);
    const out = x.numpy().copy();
    out.set(
      np.index_exp(...places('tensor_scatter_nd_update', x.shape, asIndices(indices)).map((p) => p.numpy())) as never,
      u.numpy(),
    );
    return asTensor(out);
  });
}

/**
 * The tensor with the updates added in the places that rows of indices name, repeated ones included.
 * @example tf.tensor_scatter_nd_add([1, 2, 3], [[0], [0]], [9, 8]).numpy() // → array([18.,  2.,  3.], dtype=float32)
 */
export function tensor_scatter_nd_add(t: TensorLike, indices: TensorLike, updates: TensorLike): Tensor {
  return runAs('tf.tensor_scatter_nd_add', () => {
    const [x, u] = together('tensor_scatter_nd_add', [t, updates]);
    const out = x.numpy().copy();
    np.add.at(
      out,
      np.index_exp(...places('tensor_scatter_nd_add', x.shape, asIndices(indices)).map((p) => p.numpy())),
      u.numpy(),
    );
    return asTensor(out);
  });
}

/**
 * A tensor of zeros with the updates added at rows of indices. @throws InvalidArgumentError when an index is out of range
 * @example tf.scatter_nd([[1], [3], [1]], [5, 6, 7], [4]).numpy() // → array([ 0., 12.,  0.,  6.], dtype=float32)
 */
export const scatter_nd = (indices: TensorLike, updates: TensorLike, shape: Integers): Tensor => {
  const u = asTensor(updates);
  return runAs('tf.scatter_nd', () => tensor_scatter_nd_add(asTensor(np.zeros(integers(shape), u.dtype)), indices, u));
};

/**
 * Elements, or entries along leading axes, where the mask is true. @throws ValueError when the mask does not fit the leading axes
 * @example tf.boolean_mask([1, 2, 3], [true, false, true]).numpy() // → array([1., 3.], dtype=float32)
 */
export const boolean_mask = (t: TensorLike, mask: TensorLike): Tensor => {
  const x = asTensor(t);
  const m = asTensor(mask);
  if (m.dtype.kind !== 'b') throw new InvalidArgumentError(`tf.boolean_mask: mask must be bool, got ${m.dtype.name}`);
  if (m.ndim === 0 || m.ndim > x.ndim || m.shape.some((n, d) => n !== x.shape[d]))
    throw new InvalidArgumentError(
      `tf.boolean_mask: Shapes ${shapeText(x.shape.slice(0, m.ndim))} and ${shapeText(m.shape)} are incompatible`,
    );
  return x.at(m);
};
