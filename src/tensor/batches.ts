import { asDtype, int32, int64 } from '../core/dtype.js';
import { InvalidArgumentError, shapeText } from '../core/errors.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { decisive, placeDtype } from './elsewhere.js';
import { checked } from './hosted.js';
import { op, PlainValueError } from './op.js';
import { scatterRows } from './scatter.js';
import { dims, pad, type ShapeLike } from './shapes.js';
import { asIndices, checkIndices } from './slicing.js';
import { Tensor } from './tensor.js';

/** Entries moved between the batch and other axes, and tensors taken apart and put together by number. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
const pairs = (x: readonly (readonly number[])[] | Tensor): number[][] =>
  (x instanceof Tensor ? (x.tolist() as number[][]) : x).map((p) => p.map(Number));

/**
 * Blocks of the axes after the first moved into the batch, after padding these axes.
 * @throws InvalidArgumentError where blocks do not divide the padded axes
 * @example tf.space_to_batch([[[1], [2]], [[3], [4]]], [2], [[0, 0]]).tolist() // → [ [ [ 1 ] ], [ [ 3 ] ], [ [ 2 ] ], [ [ 4 ] ] ]
 */
export const space_to_batch = (
  input: TensorLike,
  block_shape: ShapeLike,
  paddings: readonly (readonly number[])[] | Tensor,
): Tensor =>
  op('space_to_batch', () => {
    const t = asTensor(input);
    const block = dims(block_shape);
    const by = pairs(paddings);
    const rest = t.ndim - 1 - block.length;
    if (rest < 0 || by.length !== block.length)
      throw new InvalidArgumentError(
        `tf.space_to_batch: blocks [${block.join(', ')}] and paddings do not fit shape ${shapeText(t.shape)}`,
      );
    const wide = pad(t, [[0, 0], ...by, ...Array.from({ length: rest }, () => [0, 0])]);
    const inner = wide.shape.slice(1, 1 + block.length);
    if (inner.some((n, d) => block[d] < 1 || n % block[d] !== 0))
      throw new InvalidArgumentError(
        `tf.space_to_batch: padded shape ${shapeText(wide.shape)} is not divisible by block_shape [${block.join(', ')}]`,
      );
    const tail = wide.shape.slice(1 + block.length);
    const apart = wide.reshape(t.shape[0], ...inner.flatMap((n, d) => [n / block[d], block[d]]), ...tail);
    const blocks = block.map((_, d) => 2 + 2 * d);
    const places = block.map((_, d) => 1 + 2 * d);
    const others = tail.map((_, d) => 1 + 2 * block.length + d);
    const turned = apart.transpose([...blocks, 0, ...places, ...others]);
    const count = block.reduce((a, b) => a * b, 1);
    return turned.reshape(t.shape[0] * count, ...inner.map((n, d) => n / block[d]), ...tail);
  });

/**
 * The inverse of {@link space_to_batch}: parts of the batch as blocks of the axes after the first, which are then cropped.
 * @throws InvalidArgumentError where the batch is no multiple of the blocks, or crops are too large
 * @example tf.batch_to_space([[[1]], [[3]], [[2]], [[4]]], [2], [[0, 0]]).tolist() // → [ [ [ 1 ], [ 2 ] ], [ [ 3 ], [ 4 ] ] ]
 */
export const batch_to_space = (
  input: TensorLike,
  block_shape: ShapeLike,
  crops: readonly (readonly number[])[] | Tensor,
): Tensor =>
  op('batch_to_space', () => {
    const t = asTensor(input);
    const block = dims(block_shape);
    const by = pairs(crops);
    const count = block.reduce((a, b) => a * b, 1);
    if (t.ndim < 1 + block.length || by.length !== block.length || t.shape[0] % count !== 0)
      throw new InvalidArgumentError(
        `tf.batch_to_space: blocks [${block.join(', ')}] and crops do not fit shape ${shapeText(t.shape)}`,
      );
    const m = block.length;
    const batch = t.shape[0] / count;
    const apart = t.reshape(...block, batch, ...t.shape.slice(1));
    const order = [m, ...block.flatMap((_, d) => [m + 1 + d, d])];
    const others = t.shape.slice(1 + m).map((_, d) => 2 * m + 1 + d);
    const wide = block.map((b, d) => t.shape[1 + d] * b);
    const whole = apart.transpose([...order, ...others]).reshape(batch, ...wide, ...t.shape.slice(1 + m));
    if (by.some(([a, b], d) => a < 0 || b < 0 || a + b > wide[d]))
      throw new InvalidArgumentError(`tf.batch_to_space: crops ${JSON.stringify(by)} do not fit ${shapeText(wide)}`);
    return whole.at(np.slice(null), ...by.map(([a, b], d) => np.slice(a, wide[d] - b)));
  });

export interface ReverseSequenceOptions {
  seq_axis?: number;
  batch_axis?: number;
}
/**
 * The first entries of each part of a batch in reverse order, as many as `seq_lengths` says.
 * @throws InvalidArgumentError for lengths that are negative, or past the axis
 * @example tf.reverse_sequence([[1, 2, 3], [4, 5, 6]], [2, 3], 1).tolist() // → [ [ 2, 1, 3 ], [ 6, 5, 4 ] ]
 */
export const reverse_sequence = (
  input: TensorLike,
  seq_lengths: TensorLike,
  ...rest: (number | null | ReverseSequenceOptions)[]
): Tensor =>
  op('reverse_sequence', () => {
    const o = options<ReverseSequenceOptions>('reverse_sequence', ['seq_axis', 'batch_axis'], rest);
    const t = asTensor(input);
    const axis = (k: number): number => (k < 0 ? k + t.ndim : k);
    const [along, batch] = [axis(o.seq_axis ?? 0), axis(o.batch_axis ?? 0)];
    const n = t.shape[along];
    if (along === batch) throw new InvalidArgumentError(`tf.reverse_sequence: batch_axis == seq_axis == ${along}`);
    const lengths = asIndices(seq_lengths);
    const counts = cast(lengths, placeDtype(lengths));
    if (counts.ndim !== 1 || counts.size !== t.shape[batch])
      throw new InvalidArgumentError(
        `tf.reverse_sequence: Length of seq_lengths ${shapeText(counts.shape)} != input.dims(${batch}) (${t.shape[batch]})`,
      );
    const fine = checked(counts, (a) => {
      if (np.any(np.less(a, 0)) || np.any(np.greater(a, n)))
        throw new InvalidArgumentError('tf.reverse_sequence: seq_lens(…) < 0, or > input.dims(seq_axis)');
    });
    const form = (d: number): number[] => t.shape.map((m, k) => (k === d ? m : 1));
    const k = asTensor(np.reshape(np.arange(n, { dtype: counts.dtype } as never), form(along)));
    const length = fine.reshape(form(batch));
    const turned = np.where(np.less(k, length), np.subtract(np.subtract(length, 1), k), k as never);
    const index = np.broadcast_to(turned as never, t.shape);
    return tensor(np.take_along_axis(t, index as never, along));
  });

/**
 * The entries of a tensor by the number of the part that they belong to.
 * @throws InvalidArgumentError for a number that is no part
 * @example tf.dynamic_partition([10, 20, 30], [1, 0, 1], 2).map((t) => t.tolist()) // → [ [ 20 ], [ 10, 30 ] ]
 */
export const dynamic_partition = (data: TensorLike, partitions: TensorLike, num_partitions: number): Tensor[] =>
  op('dynamic_partition', () => {
    const t = asTensor(data);
    const p = asIndices(partitions);
    if (p.ndim > t.ndim || p.shape.some((n, d) => n !== t.shape[d]))
      throw new InvalidArgumentError(
        `tf.dynamic_partition: data.shape ${shapeText(t.shape)} must start with partitions.shape ${shapeText(p.shape)}`,
      );
    const list = checkIndices('dynamic_partition', p, num_partitions);
    return Array.from({ length: num_partitions }, (_, k) => t.at(np.equal(list, k) as never));
  });

/**
 * Entries of several tensors put into the places that index tensors name; of a place that is named more than once the last one counts.
 * @example tf.dynamic_stitch([[0, 2], [1]], [[10, 30], [20]]).tolist() // → [ 10, 20, 30 ]
 */
export const dynamic_stitch = (indices: readonly TensorLike[], data: readonly TensorLike[]): Tensor =>
  runAs('tf.dynamic_stitch', () => {
    if (indices.length === 0 || indices.length !== data.length)
      throw new PlainValueError('tf.dynamic_stitch: indices and data must be lists of one length');
    const at = indices.map((i) => cast(asIndices(i), int64));
    const values = together('dynamic_stitch', data);
    const rest = values[0].shape.slice(at[0].ndim);
    const flat = at.map((i) => i.reshape(-1));
    const rows = values.map((v, k) => v.reshape(at[k].size, ...rest));
    const all = tensor(np.concatenate(flat));
    const n = all.size === 0 ? 0 : Number(np.max(decisive(all))) + 1;
    const base = tensor(np.zeros_like(values[0], { shape: [n, ...rest] } as never));
    return n === 0 ? base : scatterRows('dynamic_stitch', 'update', base, all, tensor(np.concatenate(rows)));
  });

/**
 * Flat positions as positions along each axis of a shape: one row an axis.
 * @throws InvalidArgumentError for a position outside
 * @example tf.unravel_index(tf.constant([2, 5, 7], 'int32'), [3, 3]).tolist() // → [ [ 0, 1, 2 ], [ 2, 2, 1 ] ]
 */
export const unravel_index = (indices: TensorLike, lengths: ShapeLike): Tensor =>
  op('unravel_index', () => {
    const i = asIndices(indices);
    const shape = dims(lengths);
    const total = shape.reduce((a, b) => a * b, 1);
    let left = checkIndices('unravel_index', i, total);
    const parts: Tensor[] = [];
    for (const n of [...shape].reverse()) {
      parts.unshift(tensor(np.remainder(left, n)));
      left = tensor(np.floor_divide(left, n));
    }
    return cast(tensor(np.stack(parts)), i.dtype === int64 ? int64 : asDtype(i.dtype ?? int32));
  });

/**
 * The least paddings, not below `base_paddings`, with which blocks divide a shape, and the crops that take them away again.
 * @throws ValueError for lists of different lengths
 * @example tf.required_space_to_batch_paddings([5], [2]).map((t) => t.tolist()) // → [ [ [ 0, 1 ] ], [ [ 0, 1 ] ] ]
 */
export function required_space_to_batch_paddings(
  input_shape: ShapeLike,
  block_shape: ShapeLike,
  base_paddings: readonly (readonly number[])[] | Tensor | null = null,
): [paddings: Tensor, crops: Tensor] {
  return op('required_space_to_batch_paddings', () => {
    const [shape, block] = [dims(input_shape), dims(block_shape)];
    const base = base_paddings === null ? shape.map(() => [0, 0]) : pairs(base_paddings);
    if (shape.length !== block.length || shape.length !== base.length)
      throw new PlainValueError('input_shape, block_shape and base_paddings must have the same length');
    const more = shape.map((n, d) => (block[d] - ((n + base[d][0] + base[d][1]) % block[d])) % block[d]);
    const paddings = base.map(([a, b], d) => [a, b + more[d]]);
    const crops = more.map((n) => [0, n]);
    return [paddings, crops].map((x) => convert_to_tensor(x, { dtype: int32 })) as [Tensor, Tensor];
  });
}
