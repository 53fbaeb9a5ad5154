import { runAs } from '../core/transfers.js';
import { asDtype, type DTypeLike, float32, int32 } from '../core/dtype.js';
import { InvalidArgumentError, TypeError, ValueError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { constant, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** Making tensors, and changing their shape. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
type ShapeLike = number | readonly number[] | Tensor;
const dims = (shape: ShapeLike): number[] =>
  shape instanceof Tensor ? ([shape.tolist()].flat() as number[]) : typeof shape === 'number' ? [shape] : [...shape];

/** All zeros. @example tf.zeros([2], 'int32').numpy() // → array([0, 0], dtype=int32) */
export const zeros = (shape: ShapeLike, dtype: DTypeLike = float32): Tensor =>
  asTensor(np.zeros(dims(shape), asDtype(dtype)));
/** All ones. @example tf.ones([2]).numpy() // → array([1., 1.], dtype=float32) */
export const ones = (shape: ShapeLike, dtype: DTypeLike = float32): Tensor =>
  asTensor(np.ones(dims(shape), asDtype(dtype)));
/** A tensor filled with one value. @example tf.fill([2], 7).numpy() // → array([7., 7.], dtype=float32) */
export function fill(dim: ShapeLike, value: TensorLike): Tensor {
  const v = asTensor(value);
  return tensor(np.broadcast_to(v, dims(dim)));
}
/** Zeros in the shape and dtype of another tensor. @example tf.zeros_like([1, 2]).numpy() // → array([0., 0.], dtype=float32) */
export const zeros_like = (input: TensorLike, dtype?: DTypeLike): Tensor => {
  const t = asTensor(input);
  return zeros(t.shape, dtype ?? t.dtype);
};
/** Ones in the shape and dtype of another tensor. @example tf.ones_like([1, 2]).numpy() // → array([1., 1.], dtype=float32) */
export const ones_like = (input: TensorLike, dtype?: DTypeLike): Tensor => {
  const t = asTensor(input);
  return ones(t.shape, dtype ?? t.dtype);
};
/**
 * Identity matrices, float32 unless a dtype is given.
 * @example tf.eye(2).numpy() // → array([[1., 0.],
 * //          [0., 1.]], dtype=float32)
 */
export function eye(
  num_rows: number,
  ...rest: (
    | number
    | readonly number[]
    | DTypeLike
    | null
    | { num_columns?: number | null; batch_shape?: readonly number[] | null; dtype?: DTypeLike }
  )[]
): Tensor {
  const o = options<{ num_columns: number; batch_shape: readonly number[]; dtype: DTypeLike }>(
    'eye',
    ['num_columns', 'batch_shape', 'dtype'],
    rest as never,
  );
  const columns = o.num_columns ?? num_rows;
  const one = asTensor(np.eye(num_rows, columns, { dtype: asDtype(o.dtype ?? float32) }));
  return o.batch_shape ? tensor(np.broadcast_to(one, [...o.batch_shape, num_rows, columns])) : one;
}
/**
 * `tf.range(limit)`, `tf.range(start, limit, delta)`: int32 for integral arguments unless a dtype is given.
 * @example tf.range(2, 8, 3).numpy() // → array([2, 5], dtype=int32)
 */
export function range(
  start: number,
  ...rest: (number | { limit?: number; delta?: number; dtype?: DTypeLike } | null)[]
): Tensor {
  const o = options<{ limit: number; delta: number; dtype: DTypeLike }>('range', ['limit', 'delta', 'dtype'], rest);
  const [from, to] = o.limit === undefined || o.limit === null ? [0, start] : [start, o.limit];
  const step = o.delta ?? 1;
  const dtype = o.dtype ?? ([from, to, step].every(Number.isInteger) ? int32 : float32);
  return asTensor(np.arange(from, to, step, { dtype: asDtype(dtype) }));
}
/**
 * `num` evenly spaced values from start to stop, both included; float32.
 * @example tf.linspace(0, 1, 3).numpy() // → array([0. , 0.5, 1. ], dtype=float32)
 */
export const linspace = (start: number, stop: number, num: number): Tensor =>
  asTensor(np.linspace(start, stop, num, { dtype: float32 }));

/**
 * 1 at the index, 0 elsewhere, along a new last axis; an index out of range gives a row of off values.
 * @example tf.one_hot(tf.constant([0, 2], 'int32'), 3).numpy() // → array([[1., 0., 0.],
 * //          [0., 0., 1.]], dtype=float32)
 */
export function one_hot(
  indices: TensorLike,
  depth: number,
  ...rest: (number | null | { on_value?: number; off_value?: number; axis?: number; dtype?: DTypeLike })[]
): Tensor {
  return runAs('tf.one_hot', () => {
    const o = options<{ on_value: number; off_value: number; axis: number; dtype: DTypeLike }>(
      'one_hot',
      ['on_value', 'off_value', 'axis', 'dtype'],
      rest as never,
    );
    const t = asTensor(indices);
    const hit = np.equal(np.expand_dims(t, { axis: -1 }), asTensor(np.arange(depth)));
    const dtype = asDtype(o.dtype ?? float32);
    const out = tensor(np.where(hit, constant(o.on_value ?? 1, { dtype }), constant(o.off_value ?? 0, { dtype })));
    return o.axis === undefined || o.axis === null || o.axis === -1 ? out : tensor(np.moveaxis(out, -1, o.axis));
  });
}

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
      if (e instanceof ValueError)
        throw new InvalidArgumentError(
          `tf.reshape: input of shape (${x.shape.join(', ')}) has ${x.size} values, but the requested shape is (${to.join(', ')})`,
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
  return runAs('tf.transpose', () => {
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
export const expand_dims = (input: TensorLike, ...rest: (number | { axis: number })[]): Tensor => {
  const { axis } = options<{ axis: number }>('expand_dims', ['axis'], rest);
  if (axis === undefined) throw new TypeError("tf.expand_dims() missing 1 required positional argument: 'axis'");
  return tensor(np.expand_dims(asTensor(input), { axis }));
};
/** Without the axes of length 1, all or those given: a view. @example tf.squeeze([[[1, 2]]], 0).shape // → [ 1, 2 ] */
export function squeeze(
  input: TensorLike,
  ...rest: (number | readonly number[] | null | { axis?: number | readonly number[] })[]
): Tensor {
  const o = options<{ axis: number }>('squeeze', ['axis'], rest as never);
  return tensor(np.squeeze(asTensor(input), { axis: o.axis ?? null }));
}
/**
 * Tensors of one dtype end to end along an axis. @throws InvalidArgumentError where other lengths differ
 * @example tf.concat([[1, 2], [3]], 0).numpy() // → array([1., 2., 3.], dtype=float32)
 */
export function concat(values: readonly TensorLike[], ...rest: (number | { axis: number })[]): Tensor {
  return runAs('tf.concat', () => {
    const { axis } = options<{ axis: number }>('concat', ['axis'], rest);
    if (axis === undefined) throw new TypeError("tf.concat() missing 1 required positional argument: 'axis'");
    const all = together('concat', values);
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
  return runAs('tf.stack', () => tensor(np.stack(together('stack', values), { axis: o.axis ?? 0 })));
}
/**
 * The entries along an axis, one tensor each: views.
 * @example tf.unstack([[1, 2], [3, 4]])[1].numpy() // → array([3., 4.], dtype=float32)
 */
export function unstack(value: TensorLike, ...rest: (number | null | { num?: number; axis?: number })[]): Tensor[] {
  const o = options<{ num: number; axis: number }>('unstack', ['num', 'axis'], rest);
  return [...(np.moveaxis(asTensor(value), o.axis ?? 0, 0) as unknown as Iterable<Tensor>)];
}
/**
 * Into equal parts (a number) or parts of given sizes (a list), along an axis.
 * @example tf.split([1, 2, 3, 4], [1, 3])[1].numpy() // → array([2., 3., 4.], dtype=float32)
 */
export function split(
  value: TensorLike,
  num_or_size_splits: number | readonly number[],
  ...rest: (number | { axis?: number })[]
): Tensor[] {
  const o = options<{ axis: number }>('split', ['axis'], rest);
  const axis = o.axis ?? 0;
  const t = asTensor(value);
  if (typeof num_or_size_splits === 'number') return np.split(t, num_or_size_splits, { axis }) as unknown as Tensor[];
  const total = num_or_size_splits.reduce((a, b) => a + b, 0);
  const n = t.shape[axis < 0 ? axis + t.ndim : axis];
  if (total !== n)
    throw new InvalidArgumentError(
      `tf.split: sizes [${num_or_size_splits.join(', ')}] must sum to the length ${n} of axis ${axis}`,
    );
  let at = 0;
  return np.split(
    t,
    num_or_size_splits.slice(0, -1).map((k) => (at += k)),
    { axis },
  ) as unknown as Tensor[];
}
/** The tensor repeated whole along each axis. @example tf.tile([1, 2], [2]).numpy() // → array([1., 2., 1., 2.], dtype=float32) */
export const tile = (input: TensorLike, multiples: readonly number[]): Tensor =>
  tensor(np.tile(asTensor(input), [...multiples]));
/**
 * Each entry several times along an axis, or along the flattened tensor.
 * @example tf.repeat([1, 2], 2).numpy() // → array([1., 1., 2., 2.], dtype=float32)
 */
export const repeat = (input: TensorLike, repeats: number | readonly number[], axis: number | null = null): Tensor =>
  tensor(np.repeat(asTensor(input), repeats as number, { axis }));
/**
 * Grids of coordinates, one tensor for each vector given.
 * @example tf.meshgrid([1, 2], [3, 4])[0].numpy() // → array([[1., 2.],
 * //          [1., 2.]], dtype=float32)
 */
export const meshgrid = (...args: (TensorLike | { indexing?: 'xy' | 'ij' })[]): Tensor[] => {
  const last = args.at(-1);
  const keyed = typeof last === 'object' && last !== null && 'indexing' in last;
  const axes = (keyed ? args.slice(0, -1) : args).map(asTensor);
  return np.meshgrid(...axes, {
    indexing: (keyed ? (last as { indexing?: 'xy' | 'ij' }).indexing : undefined) ?? 'xy',
  }) as unknown as Tensor[];
};
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
export const reverse = (t: TensorLike, axis: readonly number[]): Tensor =>
  tensor(np.flip(asTensor(t), { axis: [...axis] }));
/**
 * Entries moved along axes, those that leave coming in at the other end.
 * @example tf.roll([1, 2, 3], 1, 0).numpy() // → array([3., 1., 2.], dtype=float32)
 */
export const roll = (input: TensorLike, shift: number | readonly number[], axis: number | readonly number[]): Tensor =>
  tensor(np.roll(asTensor(input), shift as number, { axis: axis as number }));
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
  return runAs('tf.where', () => {
    const c = asTensor(condition);
    if (x === undefined || y === undefined) return tensor(np.argwhere(c));
    const [a, b] = together('where', [x, y]);
    return tensor(np.where(c, a, b));
  });
}

const MODES = { CONSTANT: 'constant', REFLECT: 'reflect', SYMMETRIC: 'symmetric' } as const;
/** Pads each axis by [before, after]. @example tf.pad([1, 2], [[1, 2]]).numpy() // → array([0., 1., 2., 0., 0.], dtype=float32) */
export function pad(
  t: TensorLike,
  paddings: readonly (readonly number[])[],
  ...rest: (string | number | { mode?: string; constant_values?: number })[]
): Tensor {
  const o = options<{ mode: string; constant_values: number }>('pad', ['mode', 'constant_values'], rest);
  const mode = MODES[(o.mode ?? 'CONSTANT').toUpperCase() as keyof typeof MODES];
  if (mode === undefined)
    throw new ValueError(`tf.pad: unknown mode '${o.mode}'; it is one of CONSTANT, REFLECT, SYMMETRIC`);
  return tensor(
    np.pad(
      asTensor(t),
      paddings as never,
      mode === 'constant' ? { mode, constant_values: o.constant_values ?? 0 } : { mode },
    ),
  );
}

/**
 * Rows that are true in their first so many places and false after, `maxlen` wide (the largest length unless given).
 * @example tf.sequence_mask([1, 3], 4).numpy() // → array([[ True, False, False, False],
 * //          [ True,  True,  True, False]])
 */
export function sequence_mask(
  lengths: TensorLike,
  ...rest: (number | null | DTypeLike | { maxlen?: number | null; dtype?: DTypeLike })[]
): Tensor {
  const o = options<{ maxlen: number; dtype: DTypeLike }>('sequence_mask', ['maxlen', 'dtype'], rest as never);
  const t = asTensor(lengths);
  const width = o.maxlen ?? (t.size === 0 ? 0 : Number(np.max(t)));
  const mask = tensor(np.less(asTensor(np.arange(width)), np.expand_dims(t, { axis: -1 })));
  return o.dtype === undefined ? mask : mask.astype(o.dtype);
}
