import { runAs } from '../core/transfers.js';
import { asDtype, type DTypeLike, float32, int32 } from '../core/dtype.js';
import { InvalidArgumentError, ValueError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { cast, constant, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { Tensor } from './tensor.js';

/** Making tensors, and changing their shape. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
type ShapeLike = number | readonly number[] | Tensor;
const dims = (shape: ShapeLike): number[] => (shape instanceof Tensor ? ([shape.tolist()].flat() as number[]) : typeof shape === 'number' ? [shape] : [...shape]);

/** All zeros. @example tf.zeros([2, 3]) */
export const zeros = (shape: ShapeLike, dtype: DTypeLike = float32): Tensor => asTensor(np.zeros(dims(shape), asDtype(dtype)));
export const ones = (shape: ShapeLike, dtype: DTypeLike = float32): Tensor => asTensor(np.ones(dims(shape), asDtype(dtype)));
/** A tensor filled with one value. */
export function fill(dim: ShapeLike, value: TensorLike): Tensor {
  const v = asTensor(value);
  return tensor(np.broadcast_to(v, dims(dim)));
}
export const zeros_like = (input: TensorLike, dtype?: DTypeLike): Tensor => {
  const t = asTensor(input);
  return zeros(t.shape, dtype ?? t.dtype);
};
export const ones_like = (input: TensorLike, dtype?: DTypeLike): Tensor => {
  const t = asTensor(input);
  return ones(t.shape, dtype ?? t.dtype);
};
export function eye(num_rows: number, num_columns: number | null = null, ...rest: [{ dtype?: DTypeLike }?]): Tensor {
  return asTensor(np.eye(num_rows, num_columns ?? num_rows, { dtype: asDtype(rest[0]?.dtype ?? float32) }));
}
/** `tf.range(limit)`, `tf.range(start, limit, delta)`: int32 for integral arguments unless a dtype is given. */
export function range(start: number, ...rest: (number | { limit?: number; delta?: number; dtype?: DTypeLike } | null)[]): Tensor {
  const o = options<{ limit: number; delta: number; dtype: DTypeLike }>('range', ['limit', 'delta', 'dtype'], rest);
  const [from, to] = o.limit === undefined || o.limit === null ? [0, start] : [start, o.limit];
  const step = o.delta ?? 1;
  const dtype = o.dtype ?? ([from, to, step].every(Number.isInteger) ? int32 : float32);
  return asTensor(np.arange(from, to, step, { dtype: asDtype(dtype) }));
}
export const linspace = (start: number, stop: number, num: number): Tensor => asTensor(np.linspace(start, stop, num, { dtype: float32 }));

/** 1 at the index, 0 elsewhere, along a new last axis; an index out of range gives a row of off values. */
export function one_hot(indices: TensorLike, depth: number, ...rest: (number | null | { on_value?: number; off_value?: number; axis?: number; dtype?: DTypeLike })[]): Tensor {
  return runAs('tf.one_hot', () => {
    const o = options<{ on_value: number; off_value: number; axis: number; dtype: DTypeLike }>('one_hot', ['on_value', 'off_value', 'axis', 'dtype'], rest as never);
    const t = asTensor(indices);
    const hit = np.equal(np.expand_dims(t, { axis: -1 }), asTensor(np.arange(depth)));
    const dtype = asDtype(o.dtype ?? float32);
    const out = tensor(np.where(hit, constant(o.on_value ?? 1, { dtype }), constant(o.off_value ?? 0, { dtype })));
    return o.axis === undefined || o.axis === null || o.axis === -1 ? out : tensor(np.moveaxis(out, -1, o.axis));
  });
}

/** The shape as an int32 tensor. */
export const shape = (input: TensorLike): Tensor => constant(asTensor(input).shape as number[], { dtype: int32 });
export const rank = (input: TensorLike): Tensor => constant(asTensor(input).ndim, { dtype: int32 });
export const size = (input: TensorLike): Tensor => constant(asTensor(input).size, { dtype: int32 });
export const identity = (input: TensorLike): Tensor => asTensor(input);

/** The same values in another shape; one length may be -1. */
export function reshape(t: TensorLike, newShape: ShapeLike): Tensor {
  return runAs('tf.reshape', () => {
    const x = asTensor(t);
    const to = dims(newShape);
    try {
      return tensor(np.reshape(x, to));
    } catch (e) {
      if (e instanceof ValueError) throw new InvalidArgumentError(`tf.reshape: input of shape (${x.shape.join(', ')}) has ${x.size} values, but the requested shape is (${to.join(', ')})`);
      throw e;
    }
  });
}
/** Axes in the order of `perm`, or reversed. */
export function transpose(a: TensorLike, ...rest: (readonly number[] | null | { perm?: readonly number[]; conjugate?: boolean })[]): Tensor {
  return runAs('tf.transpose', () => {
    const o = options<{ perm: readonly number[]; conjugate: boolean }>('transpose', ['perm', 'conjugate'], rest as never);
    const t = tensor(np.transpose(asTensor(a), o.perm ?? null));
    return o.conjugate ? tensor(np.conjugate(t)) : t;
  });
}
export const expand_dims = (input: TensorLike, axis: number): Tensor => tensor(np.expand_dims(asTensor(input), { axis }));
export function squeeze(input: TensorLike, ...rest: (number | readonly number[] | null | { axis?: number | readonly number[] })[]): Tensor {
  const o = options<{ axis: number }>('squeeze', ['axis'], rest as never);
  return tensor(np.squeeze(asTensor(input), { axis: o.axis ?? null }));
}
export const concat = (values: readonly TensorLike[], axis: number): Tensor => runAs('tf.concat', () => tensor(np.concatenate(together('concat', values), { axis })));
export function stack(values: readonly TensorLike[], ...rest: (number | { axis?: number })[]): Tensor {
  const o = options<{ axis: number }>('stack', ['axis'], rest);
  return runAs('tf.stack', () => tensor(np.stack(together('stack', values), { axis: o.axis ?? 0 })));
}
export function unstack(value: TensorLike, ...rest: (number | null | { num?: number; axis?: number })[]): Tensor[] {
  const o = options<{ num: number; axis: number }>('unstack', ['num', 'axis'], rest);
  return [...(np.moveaxis(asTensor(value), o.axis ?? 0, 0) as unknown as Iterable<Tensor>)];
}
/** Into equal parts (a number) or parts of given sizes (a list), along an axis. */
export function split(value: TensorLike, num_or_size_splits: number | readonly number[], ...rest: (number | { axis?: number })[]): Tensor[] {
  const o = options<{ axis: number }>('split', ['axis'], rest);
  const axis = o.axis ?? 0;
  const t = asTensor(value);
  if (typeof num_or_size_splits === 'number') return np.split(t, num_or_size_splits, { axis }) as unknown as Tensor[];
  const total = num_or_size_splits.reduce((a, b) => a + b, 0);
  const n = t.shape[axis < 0 ? axis + t.ndim : axis];
  if (total !== n) throw new InvalidArgumentError(`tf.split: sizes [${num_or_size_splits.join(', ')}] must sum to the length ${n} of axis ${axis}`);
  let at = 0;
  return np.split(t, num_or_size_splits.slice(0, -1).map((k) => (at += k)), { axis }) as unknown as Tensor[];
}
export const tile = (input: TensorLike, multiples: readonly number[]): Tensor => tensor(np.tile(asTensor(input), [...multiples]));
export const repeat = (input: TensorLike, repeats: number | readonly number[], axis: number | null = null): Tensor => tensor(np.repeat(asTensor(input), repeats as number, { axis }));
export const reverse = (t: TensorLike, axis: readonly number[]): Tensor => tensor(np.flip(asTensor(t), { axis: [...axis] }));
export const roll = (input: TensorLike, shift: number | readonly number[], axis: number | readonly number[]): Tensor => tensor(np.roll(asTensor(input), shift as number, { axis: axis as number }));
export const broadcast_to = (input: TensorLike, to: ShapeLike): Tensor => tensor(np.broadcast_to(asTensor(input), dims(to)));

/** Entries at integer indices along an axis. @throws IndexError when one is out of range */
export function gather(params: TensorLike, indices: TensorLike, ...rest: (number | null | { axis?: number })[]): Tensor {
  const o = options<{ axis: number }>('gather', ['axis'], rest);
  return runAs('tf.gather', () => {
    const i = asTensor(indices);
    return tensor(np.take(asTensor(params), i.dtype.kind === 'f' ? cast(i, 'int64') : i, { axis: o.axis ?? 0 }));
  });
}
/** Elements where the mask is true. */
export const boolean_mask = (t: TensorLike, mask: TensorLike): Tensor => tensor((asTensor(t) as unknown as { at(m: unknown): unknown }).at(asTensor(mask)));

/** With three arguments a choice per element; with one the indices of the true elements, one a row. */
export function where(condition: TensorLike, x?: TensorLike, y?: TensorLike): Tensor {
  return runAs('tf.where', () => {
    const c = asTensor(condition);
    if (x === undefined || y === undefined) return tensor(np.argwhere(c));
    const [a, b] = together('where', [x, y]);
    return tensor(np.where(c, a, b));
  });
}

const MODES = { CONSTANT: 'constant', REFLECT: 'reflect', SYMMETRIC: 'symmetric' } as const;
/** Pads each axis by [before, after]. */
export function pad(t: TensorLike, paddings: readonly (readonly number[])[], ...rest: (string | number | { mode?: string; constant_values?: number })[]): Tensor {
  const o = options<{ mode: string; constant_values: number }>('pad', ['mode', 'constant_values'], rest);
  const mode = MODES[(o.mode ?? 'CONSTANT').toUpperCase() as keyof typeof MODES];
  if (mode === undefined) throw new ValueError(`tf.pad: unknown mode '${o.mode}'; it is one of CONSTANT, REFLECT, SYMMETRIC`);
  return tensor(np.pad(asTensor(t), paddings as never, mode === 'constant' ? { mode, constant_values: o.constant_values ?? 0 } : { mode }));
}
