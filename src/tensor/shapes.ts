import { runAs } from '../core/transfers.js';
import { type DTypeLike, int32 } from '../core/dtype.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../core/errors.js';
import { sameShape } from '../core/view.js';
import * as np from '../ndarray/index.js';
import { constant, convert_to_tensor, options, sameDevice, type TensorLike, together } from './convert.js';
import { op, PlainValueError } from './op.js';
import { Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** Tensors in another shape, joined and taken apart. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
/** A list of integers, some of which may be tensors, or a tensor of them. */
export type ShapeLike = number | bigint | readonly (number | bigint | Tensor)[] | Tensor;
/** Its lengths. @internal */
export const dims = (shape: ShapeLike): number[] =>
  (shape instanceof Tensor ? [shape.tolist()].flat() : Array.isArray(shape) ? shape : [shape]).map((n) =>
    Number(n instanceof Tensor ? n.item() : n),
  );

/** The shape as an int32 tensor. @example tf.shape([[1, 2]]).numpy() // → array([1, 2], dtype=int32) */
export const shape = (input: TensorLike, ...rest: (DTypeLike | { out_type?: DTypeLike })[]): Tensor =>
  constant(asTensor(input).shape as number[], {
    dtype: options<{ out_type: DTypeLike }>('shape', ['out_type'], rest).out_type ?? int32,
  });
/** The number of axes, as an int32 tensor. @example tf.rank([[1, 2]]).item() // → 2 */
export const rank = (input: TensorLike): Tensor => constant(asTensor(input).ndim, { dtype: int32 });
/** The number of elements, as an int32 tensor unless `out_type` says otherwise. @example tf.size([[1, 2]]).item() // → 2 */
export const size = (input: TensorLike, ...rest: (DTypeLike | { out_type?: DTypeLike })[]): Tensor =>
  constant(asTensor(input).size, {
    dtype: options<{ out_type: DTypeLike }>('size', ['out_type'], rest).out_type ?? int32,
  });
/** The tensor itself. @example tf.identity([1]).numpy() // → array([1.], dtype=float32) */
export const identity = (input: TensorLike): Tensor => asTensor(input);

/**
 * The same values in another shape; one length may be -1.
 * @example tf.reshape([1, 2, 3, 4], [2, -1]).numpy() // → array([[1., 2.],
 * //          [3., 4.]], dtype=float32)
 */
export function reshape(t: TensorLike, newShape: ShapeLike): Tensor {
  return runAs('tf.reshape', () => {
    const x = asTensor(t);
    const to = dims(newShape);
    try {
      return tensor(np.reshape(x, to));
    } catch (e) {
      if (to.filter((n) => n === -1).length > 1)
        throw new InvalidArgumentError('tf.reshape: Only one input size may be -1');
      if (e instanceof ValueError)
        throw new InvalidArgumentError(
          `tf.reshape: input of shape ${shapeText(x.shape)} has ${x.size} values, but the requested shape is ${shapeText(to)}`,
        );
      throw e;
    }
  });
}
/** Axes in the order of `perm`, or reversed. @example tf.transpose([[1, 2, 3]]).shape // → [ 3, 1 ] */
export function transpose(
  a: TensorLike,
  ...rest: (readonly number[] | null | { perm?: readonly number[]; conjugate?: boolean })[]
): Tensor {
  return op('transpose', () => {
    const o = options<{ perm: readonly number[]; conjugate: boolean }>(
      'transpose',
      ['perm', 'conjugate'],
      rest as never,
    );
    const t = tensor(np.transpose(asTensor(a), o.perm ?? null));
    return o.conjugate ? tensor(np.conjugate(t)) : t;
  });
}
/** A new axis of length 1: a view. @example tf.expand_dims([1, 2], { axis: 0 }).shape // → [ 1, 2 ] */
export const expand_dims = (input: TensorLike, ...rest: (number | { axis: number })[]): Tensor =>
  op('expand_dims', () => {
    const { axis } = options<{ axis: number }>('expand_dims', ['axis'], rest);
    if (axis === undefined) throw new TypeError("tf.expand_dims() missing 1 required positional argument: 'axis'");
    return tensor(np.expand_dims(asTensor(input), { axis }));
  });
/** Without the axes of length 1, all or those given: a view. @example tf.squeeze([[[1, 2]]], 0).shape // → [ 1, 2 ] */
export function squeeze(
  input: TensorLike,
  ...rest: (number | readonly number[] | null | { axis?: number | readonly number[] })[]
): Tensor {
  return op('squeeze', () => {
    const { axis } = options<{ axis: number | readonly number[] }>('squeeze', ['axis'], rest as never);
    const t = asTensor(input);
    // An empty list stands for all axes, as none at all.
    const which = axis === undefined || (Array.isArray(axis) && axis.length === 0) ? null : axis;
    for (const k of which === null ? [] : [which].flat())
      if (t.shape.at(k) !== undefined && t.shape.at(k) !== 1)
        throw new InvalidArgumentError(
          `tf.squeeze: Can not squeeze dim[${k}], expected a dimension of 1, got ${t.shape.at(k)}`,
        );
    return tensor(np.squeeze(t, { axis: which as number }));
  });
}
/**
 * Tensors of one dtype end to end along an axis. @throws InvalidArgumentError where other lengths differ
 * @example tf.concat([[1, 2], [3]], 0).numpy() // → array([1., 2., 3.], dtype=float32)
 */
export function concat(values: readonly TensorLike[], ...rest: (number | { axis: number })[]): Tensor {
  return op('concat', () => {
    const { axis } = options<{ axis: number }>('concat', ['axis'], rest);
    if (axis === undefined) throw new TypeError("tf.concat() missing 1 required positional argument: 'axis'");
    const all = together('concat', Array.isArray(values) ? values : [values as never]);
    if (all.length === 0) throw new PlainValueError('tf.concat: needs at least one tensor');
    if (all[0].ndim === 0 || axis >= all[0].ndim || axis < -all[0].ndim)
      throw new InvalidArgumentError(
        `tf.concat: Expected concatenating dimensions in the range [${-all[0].ndim}, ${all[0].ndim}), but got ${axis}`,
      );
    const k = axis < 0 ? axis + all[0].ndim : axis;
    for (const t of all) {
      if (t.ndim !== all[0].ndim || t.shape.some((n, d) => d !== k && n !== all[0].shape[d])) {
        throw new InvalidArgumentError(
          `tf.concat: Dimensions of inputs should match: shape[0] = [${all[0].shape.join(',')}] vs. shape[${all.indexOf(t)}] = [${t.shape.join(',')}]`,
        );
      }
    }
    return tensor(np.concatenate(all, { axis }));
  });
}
/**
 * Tensors of one shape and dtype along a new axis.
 * @example tf.stack([[1, 2], [3, 4]], { axis: 1 }).numpy() // → array([[1., 3.],
 * //          [2., 4.]], dtype=float32)
 */
export function stack(values: readonly TensorLike[], ...rest: (number | { axis?: number })[]): Tensor {
  const o = options<{ axis: number }>('stack', ['axis'], rest);
  return op('stack', () => {
    const all = together('stack', values);
    const odd = all.findIndex((t) => !sameShape(t.shape, all[0].shape));
    if (odd >= 0)
      throw new InvalidArgumentError(
        `tf.stack: Shapes of all inputs must match: values[0].shape = [${all[0].shape.join(',')}] != values[${odd}].shape = [${all[odd].shape.join(',')}]`,
      );
    return tensor(np.stack(all, { axis: o.axis ?? 0 }));
  });
}
/**
 * The entries along an axis, one tensor each: views.
 * @example tf.unstack([[1, 2], [3, 4]])[1].numpy() // → array([3., 4.], dtype=float32)
 */
export function unstack(value: TensorLike, ...rest: (number | null | { num?: number; axis?: number })[]): Tensor[] {
  return op('unstack', () => {
    const o = options<{ num: number; axis: number }>('unstack', ['num', 'axis'], rest);
    const t = asTensor(value);
    const k = o.axis ?? 0;
    const n = t.shape.at(k);
    if (n === undefined || t.ndim === 0)
      throw new PlainValueError(`Argument \`axis\` = ${k} not in range [${-t.ndim}, ${t.ndim})`);
    if (o.num !== undefined && o.num !== null && o.num !== n)
      throw new InvalidArgumentError(
        `tf.unstack: Input shape axis ${k} must equal ${o.num}, got shape [${t.shape.join(',')}]`,
      );
    return [...(np.moveaxis(t, k, 0) as unknown as Iterable<Tensor>)];
  });
}
/**
 * Into equal parts (a number) or parts of given sizes (a list), along an axis.
 * @example tf.split([1, 2, 3, 4], [1, 3])[1].numpy() // → array([2., 3., 4.], dtype=float32)
 */
export function split(
  value: TensorLike,
  num_or_size_splits: number | Tensor | readonly number[],
  ...rest: (number | null | { axis?: number; num?: number | null })[]
): Tensor[] {
  return op('split', () => {
    const axis = options<{ axis: number; num: number }>('split', ['axis', 'num'], rest).axis ?? 0;
    const t = asTensor(value);
    const n = t.shape.at(axis);
    if (n === undefined || t.ndim === 0)
      throw new InvalidArgumentError(
        `tf.split: -input rank(-${t.ndim}) <= split_dim < input rank (${t.ndim}), but got ${axis}`,
      );
    const given =
      num_or_size_splits instanceof Tensor ? (num_or_size_splits.tolist() as number | number[]) : num_or_size_splits;
    if (typeof given === 'number' || typeof given === 'bigint') {
      const k = Number(given);
      if (k <= 0 || n % k !== 0)
        throw new InvalidArgumentError(
          `tf.split: Number of ways to split should evenly divide the split dimension, but got split_dim ${axis} (size = ${n}) and num_split ${k}`,
        );
      return np.split(t, k, { axis }) as unknown as Tensor[];
    }
    const sizes = (given as readonly number[]).map(Number);
    const known = sizes.filter((k) => k !== -1).reduce((a, b) => a + b, 0);
    // One size may be what is left.
    const all = sizes.map((k) => (k === -1 ? n - known : k));
    if (
      sizes.length - sizes.filter((k) => k !== -1).length > 1 ||
      all.some((k) => k < 0) ||
      all.reduce((a, b) => a + b, 0) !== n
    )
      throw new InvalidArgumentError(
        `tf.split: sizes [${sizes.join(', ')}] must sum to the length ${n} of axis ${axis}`,
      );
    let at = 0;
    const ends = all.slice(0, -1).map((k) => (at += k));
    return np.split(t, ends, { axis }) as unknown as Tensor[];
  });
}
/** The tensor repeated whole along each axis. @example tf.tile([1, 2], [2]).numpy() // → array([1., 2., 1., 2.], dtype=float32) */
export const tile = (input: TensorLike, multiples: ShapeLike): Tensor =>
  op('tile', () => {
    const t = asTensor(input);
    const times = dims(multiples);
    if (times.length !== t.ndim)
      throw new InvalidArgumentError(
        `tf.tile: Expected multiples argument to be a vector of length ${t.ndim} but got length ${times.length}`,
      );
    if (times.some((n) => n < 0))
      throw new InvalidArgumentError(`tf.tile: Expected multiples >= 0, but got [${times.join(', ')}]`);
    return tensor(np.tile(t, times));
  });
/**
 * Each entry several times along an axis, or along the flattened tensor.
 * @example tf.repeat([1, 2], 2).numpy() // → array([1., 1., 2., 2.], dtype=float32)
 */
export const repeat = (
  input: TensorLike,
  repeats: ShapeLike,
  ...rest: (number | null | { axis?: number | null })[]
): Tensor =>
  op('repeat', () => {
    const { axis } = options<{ axis: number }>('repeat', ['axis'], rest as never);
    const list = dims(repeats);
    return tensor(np.repeat(asTensor(input), (list.length === 1 ? list[0] : list) as number, { axis: axis ?? null }));
  });
/** Whether a value is a tensor or a variable. @example tf.is_tensor(np.zeros(2)) // → false */
export const is_tensor = (x: unknown): boolean => x instanceof Tensor || x instanceof Variable;
/**
 * The tensor itself. @throws InvalidArgumentError unless it has the shape; null stands for any length
 * @example tf.ensure_shape([[1, 2]], [null, 2]).shape // → [ 1, 2 ]
 */
export function ensure_shape(x: TensorLike, to: readonly (number | null)[]): Tensor {
  const t = asTensor(x);
  if (t.ndim !== to.length || to.some((n, d) => n !== null && n !== t.shape[d])) {
    throw new InvalidArgumentError(
      `tf.ensure_shape: Shape of tensor x is not compatible with expected shape: [${t.shape.join(',')}] vs. [${to.map((n) => n ?? '?').join(',')}]`,
    );
  }
  return t;
}
/** The order reversed along the axes given: a view. @example tf.reverse([1, 2, 3], [0]).numpy() // → array([3., 2., 1.], dtype=float32) */
export const reverse = (t: TensorLike, axis: ShapeLike): Tensor =>
  op('reverse', () => tensor(np.flip(asTensor(t), { axis: dims(axis) })));
/**
 * Entries moved along axes, those that leave coming in at the other end.
 * @example tf.roll([1, 2, 3], 1, 0).numpy() // → array([3., 1., 2.], dtype=float32)
 */
export const roll = (input: TensorLike, shift: ShapeLike, axis: ShapeLike): Tensor =>
  op('roll', () => {
    const [by, along] = [dims(shift), dims(axis)];
    if (by.length !== along.length)
      throw new InvalidArgumentError(
        `tf.roll: shift and axis must have the same size, got ${by.length} and ${along.length}`,
      );
    return tensor(np.roll(asTensor(input), by as never, { axis: along as never }));
  });
/**
 * The tensor stretched to a shape: a view. @throws InvalidArgumentError where it does not fit
 * @example tf.broadcast_to([1, 2], [2, 2]).numpy() // → array([[1., 2.],
 * //          [1., 2.]], dtype=float32)
 */
export const broadcast_to = (input: TensorLike, to: ShapeLike): Tensor => {
  const t = asTensor(input);
  const target = dims(to);
  if (t.ndim > target.length || t.shape.some((n, d) => n !== 1 && n !== target[d + target.length - t.ndim])) {
    throw new InvalidArgumentError(
      `tf.broadcast_to: Incompatible shapes: [${t.shape.join(',')}] vs. [${target.join(',')}]`,
    );
  }
  return tensor(np.broadcast_to(t, target));
};

/**
 * With three arguments a choice per element; with one the indices of the true elements, one a row.
 * @example tf.where([true, false], [1, 2], 0).numpy() // → array([1., 0.], dtype=float32)
 */
export function where(condition: TensorLike, x?: TensorLike, y?: TensorLike): Tensor {
  return op('where', () => {
    const c = asTensor(condition);
    const given = [x, y].filter((v) => v !== undefined && v !== null);
    if (given.length === 1) throw new PlainValueError('x and y should both be non-None or both be None.');
    if (given.length === 0) return tensor(np.argwhere(c));
    if (c.dtype.kind !== 'b') throw new InvalidArgumentError(`tf.where: condition must be bool, got ${c.dtype.name}`);
    const [a, b] = together('where', given);
    sameDevice('where', condition, a, b);
    return tensor(np.where(c, a, b));
  });
}

const MODES = { CONSTANT: 'constant', REFLECT: 'reflect', SYMMETRIC: 'symmetric' } as const;
/**
 * Pads each axis by [before, after]: with a value, or what is reflected at the edges ('REFLECT' without the edge, 'SYMMETRIC' with it).
 * @throws InvalidArgumentError for paddings that do not fit the tensor
 * @example tf.pad([1, 2], [[1, 2]]).numpy() // → array([0., 1., 2., 0., 0.], dtype=float32)
 */
export function pad(
  t: TensorLike,
  paddings: readonly (readonly number[])[] | Tensor,
  ...rest: (string | number | bigint | Tensor | { mode?: string; constant_values?: number | bigint | Tensor })[]
): Tensor {
  return op('pad', () => {
    const o = options<{ mode: string; constant_values: number }>('pad', ['mode', 'constant_values'], rest as never);
    const mode = MODES[(o.mode ?? 'CONSTANT').toUpperCase() as keyof typeof MODES];
    if (mode === undefined)
      throw new PlainValueError(
        `Value of argument \`mode\` expected to be one of "CONSTANT", "REFLECT", or "SYMMETRIC". Received \`mode\` = ${o.mode}`,
      );
    const x = asTensor(t);
    const by = (paddings instanceof Tensor ? (paddings.tolist() as number[][]) : paddings).map((p) => p.map(Number));
    if (by.length !== x.ndim || by.some((p) => p.length !== 2))
      throw new InvalidArgumentError(
        `tf.pad: The first dimension of paddings must be the rank of inputs: ${by.length} for shape ${shapeText(x.shape)}`,
      );
    if (by.flat().some((n) => n < 0)) throw new InvalidArgumentError('tf.pad: Paddings must be non-negative');
    by.forEach((p, d) => {
      const most = x.shape[d] - (mode === 'reflect' ? 1 : 0);
      if (mode !== 'constant' && Math.max(...p) > most)
        throw new InvalidArgumentError(
          `tf.pad: paddings must be ${mode === 'reflect' ? 'less' : 'no greater'} than the dimension size: ${p[0]}, ${p[1]} for ${x.shape[d]}`,
        );
    });
    if (x.ndim === 0) return x;
    const value = o.constant_values as unknown;
    const fill = value instanceof Tensor ? value.item() : (value ?? 0);
    return tensor(np.pad(x, by as never, mode === 'constant' ? { mode, constant_values: fill as never } : { mode }));
  });
}
/** The tensors of a list, as they are. @example tf.identity_n([[1], 2])[1].item() // → 2 */
export const identity_n = (input: readonly TensorLike[]): Tensor[] => input.map(asTensor);
/** The shapes of several tensors. @example tf.shape_n([[1, 2], [[3]]])[1].numpy() // → array([1, 1], dtype=int32) */
export const shape_n = (input: readonly TensorLike[], ...rest: (DTypeLike | { out_type?: DTypeLike })[]): Tensor[] =>
  input.map((t) => shape(t, ...rest));
/** Tensors of one shape and dtype along a new first axis. @example tf.parallel_stack([[1, 2], [3, 4]]).shape // → [ 2, 2 ] */
export const parallel_stack = (values: readonly TensorLike[]): Tensor => stack(values);
