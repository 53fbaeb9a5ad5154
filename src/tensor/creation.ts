import { asDtype, type DType, type DTypeLike, float32, int32 } from '../core/dtype.js';
import { Immediate } from '../core/device/device.js';
import { placedOn } from '../core/device/registry.js';
import { assignTo } from '../core/ops/copy.js';
import { freshOn } from '../core/ops/movement.js';
import { InvalidArgumentError, shapeText } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { constant, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { decisive, deviceElsewhere } from './elsewhere.js';
import { checked } from './hosted.js';
import { ramp } from './ramp.js';
import { op, PlainValueError } from './op.js';
import { dims, type ShapeLike } from './shapes.js';
import { Tensor, tensorFace } from './tensor.js';
import { Variable } from './variable.js';

/** Making tensors. */

const tensor = (x: unknown): Tensor => x as Tensor;
const asTensor = (x: unknown): Tensor => convert_to_tensor(x as never);
type DtypeArgument = DTypeLike | null | { dtype?: DTypeLike | null };
const dtypeOf = (name: string, rest: readonly DtypeArgument[], fallback: DType): DType =>
  asDtype(options<{ dtype: DTypeLike }>(name, ['dtype'], rest).dtype ?? fallback) as DType;
/** @throws InvalidArgumentError for a negative length */
function lengths(name: string, shape: ShapeLike): number[] {
  const to = dims(shape);
  if (to.some((n) => n < 0))
    throw new InvalidArgumentError(`tf.${name}: Dimension ${to.find((n) => n < 0)} must be >= 0`);
  return to;
}

/** A tensor of one number on the device that tf.device names, without a way through the host; null where it names none. */
function madeThere(name: string, shape: readonly number[], dtype: DType, value: number): Tensor | null {
  const there = placedOn();
  if (there === null) return null;
  there.transfers?.check(dtype, name);
  const out = freshOn(there, shape, { dtype, face: tensorFace });
  assignTo(out, new Immediate(dtype, value));
  return out as Tensor;
}

/** All zeros. @example tf.zeros([2], 'int32').numpy() // → array([0, 0], dtype=int32) */
export const zeros = (shape: ShapeLike, ...rest: DtypeArgument[]): Tensor =>
  op('zeros', () => {
    const [dims, dtype] = [lengths('zeros', shape), dtypeOf('zeros', rest, float32)];
    return madeThere('tf.zeros', dims, dtype, 0) ?? asTensor(np.zeros(dims, dtype));
  });
/** All ones. @example tf.ones([2]).numpy() // → array([1., 1.], dtype=float32) */
export const ones = (shape: ShapeLike, ...rest: DtypeArgument[]): Tensor =>
  op('ones', () => {
    const [dims, dtype] = [lengths('ones', shape), dtypeOf('ones', rest, float32)];
    return madeThere('tf.ones', dims, dtype, 1) ?? asTensor(np.ones(dims, dtype));
  });
/**
 * A tensor filled with one value. @throws InvalidArgumentError for a value that is no scalar, or a negative length
 * @example tf.fill([2], 7).numpy() // → array([7., 7.], dtype=float32)
 */
export const fill = (dim: ShapeLike, value: TensorLike): Tensor =>
  op('fill', () => {
    const v = asTensor(value);
    if (v.ndim !== 0)
      throw new InvalidArgumentError(`tf.fill: value must be a scalar. Got shape [${v.shape.join(',')}]`);
    return tensor(np.broadcast_to(v, lengths('fill', dim)));
  });
/** Zeros in the shape and dtype of another tensor. @example tf.zeros_like([1, 2]).numpy() // → array([0., 0.], dtype=float32) */
export const zeros_like = (input: TensorLike, ...rest: DtypeArgument[]): Tensor => {
  const t = asTensor(input);
  const dtype = dtypeOf('zeros_like', rest, t.dtype);
  return deviceElsewhere(t) === null ? zeros(t.shape, dtype) : tensor(np.zeros_like(t, { dtype }));
};
/** Ones in the shape and dtype of another tensor. @example tf.ones_like([1, 2]).numpy() // → array([1., 1.], dtype=float32) */
export const ones_like = (input: TensorLike, ...rest: DtypeArgument[]): Tensor => {
  const t = asTensor(input);
  const dtype = dtypeOf('ones_like', rest, t.dtype);
  return deviceElsewhere(t) === null ? ones(t.shape, dtype) : tensor(np.ones_like(t, { dtype }));
};
/**
 * Identity matrices, float32 unless a dtype is given.
 * @example tf.eye(2).numpy() // → array([[1., 0.],
 * //          [0., 1.]], dtype=float32)
 */
export function eye(
  num_rows: number | Tensor,
  ...rest: (
    | number
    | readonly number[]
    | DTypeLike
    | null
    | { num_columns?: number | null; batch_shape?: ShapeLike | null; dtype?: DTypeLike }
  )[]
): Tensor {
  return op('eye', () => {
    const o = options<{ num_columns: number; batch_shape: ShapeLike; dtype: DTypeLike }>(
      'eye',
      ['num_columns', 'batch_shape', 'dtype'],
      rest as never,
    );
    const rows = dims(num_rows)[0];
    const columns = o.num_columns ?? rows;
    const one = asTensor(np.eye(rows, columns, { dtype: asDtype(o.dtype ?? float32) }));
    return o.batch_shape ? tensor(np.broadcast_to(one, [...dims(o.batch_shape), rows, columns])) : one;
  });
}

/** Dtypes in which tf.range counts: of several the last one. */
const COUNTING = ['int32', 'int64', 'float16', 'float32', 'float64'];
const naturalDtype = (x: unknown): string => {
  if (x instanceof Tensor || x instanceof Variable) return x.dtype.name;
  if (typeof x === 'bigint') return 'int64';
  return Number.isInteger(x) ? 'int32' : 'float32';
};
type RangeArgument = number | bigint | Tensor;
/**
 * `tf.range(limit)`, `tf.range(start, limit, delta)`: int32 for integral arguments unless a dtype is given.
 * @throws InvalidArgumentError for steps of zero, or steps that lead away from the limit
 * @example tf.range(2, 8, 3).numpy() // → array([2, 5], dtype=int32)
 */
export function range(
  start: RangeArgument,
  ...rest: (RangeArgument | DTypeLike | null | { limit?: RangeArgument; delta?: RangeArgument; dtype?: DTypeLike })[]
): Tensor {
  return op('range', () => {
    const o = options<{ limit: RangeArgument; delta: RangeArgument; dtype: DTypeLike }>(
      'range',
      ['limit', 'delta', 'dtype'],
      rest as never,
    );
    const given = o.limit === undefined || o.limit === null ? [0, start] : [start, o.limit];
    const all = [...given, o.delta ?? 1];
    const dtype = asDtype(
      o.dtype ?? COUNTING[Math.max(...all.map((x) => COUNTING.indexOf(naturalDtype(x))))] ?? float32,
    ) as DType;
    const values = all.map((x: unknown) =>
      x instanceof Tensor || x instanceof Variable ? x.numpy().item() : x,
    ) as number[];
    const [from, to, step] = values;
    if (Number(step) === 0) throw new InvalidArgumentError(`tf.range: Requires delta != 0: ${step}`);
    if (step > 0 ? from > to : from < to)
      throw new InvalidArgumentError(
        `tf.range: Requires start ${step > 0 ? '<=' : '>='} limit when delta ${step > 0 ? '>' : '<'} 0: ${from}/${to}`,
      );
    return asTensor(np.arange(from, to, step, { dtype }));
  });
}

/**
 * `num` evenly spaced values from start to stop, both included, along a new axis; the dtype of the ends, float32 for numbers.
 * @throws InvalidArgumentError for ends of two dtypes
 * @example tf.linspace(0, 1, 3).numpy() // → array([0. , 0.5, 1. ], dtype=float32)
 */
export const linspace = (
  start: TensorLike,
  stop: TensorLike,
  num: number | Tensor,
  ...rest: (string | number | null | { axis?: number })[]
): Tensor =>
  op('linspace', () => {
    const o = options<{ axis: number }>('linspace', ['name' as never, 'axis'], rest as never);
    const [a, b] = together('linspace', [start, stop]);
    const n = dims(num)[0];
    if (n <= 0) throw new PlainValueError(`Requires num > 0: ${n}`);
    if (a.dtype.kind !== 'f') throw new InvalidArgumentError(`tf.linspace: dtype ${a.dtype.name} is not allowed`);
    const [from, to] = np.broadcast_arrays(a, b) as unknown as Tensor[];
    const [first, last] = [np.expand_dims(from, { axis: 0 }), np.expand_dims(to, { axis: 0 })];
    if (n === 1) return tensor(np.moveaxis(first, 0, o.axis ?? 0));
    const k = asTensor(np.reshape(np.arange(1, n - 1, { dtype: a.dtype }), [n - 2, ...from.shape.map(() => 1)]));
    const step = np.divide(np.subtract(last, first), n - 1);
    const inner = np.add(first, np.multiply(step, k));
    return tensor(np.moveaxis(np.concatenate([first, inner, last] as never), 0, o.axis ?? 0));
  });

/** The dtype in which a tensor's values are compared with 0, 1, …. */
const comparable = (t: Tensor): DType => ('iuf'.includes(t.dtype.kind) && t.dtype.itemsize >= 4 ? t.dtype : int32);

export interface OneHotOptions {
  on_value?: TensorLike | null;
  off_value?: TensorLike | null;
  axis?: number | null;
  dtype?: DTypeLike | null;
}
/**
 * 1 at the index, 0 elsewhere, along a new last axis; an index out of range gives a row of off values.
 * @throws TypeError where values and dtype disagree
 * @example tf.one_hot(tf.constant([0, 2], 'int32'), 3).numpy() // → array([[1., 0., 0.],
 * //          [0., 0., 1.]], dtype=float32)
 */
export function one_hot(
  indices: TensorLike,
  depth: number | Tensor,
  ...rest: (TensorLike | null | DTypeLike | OneHotOptions)[]
): Tensor {
  return op('one_hot', () => {
    const o = options<OneHotOptions>('one_hot', ['on_value', 'off_value', 'axis', 'dtype'], rest);
    const t = checked(asTensor(indices), (a) => {
      // Lists of numbers are floats here; what is no integer has no place.
      if (a.dtype.kind === 'f' && !np.all(np.equal(a, np.rint(a))))
        throw new InvalidArgumentError('tf.one_hot: indices must be integers');
    });
    const n = dims(depth)[0];
    if (n < 0) throw new InvalidArgumentError(`tf.one_hot: depth must be non-negative, got: ${n}`);
    const hit = np.equal(np.expand_dims(t, { axis: -1 }), ramp(n, comparable(t)) as never);
    const dtype = o.dtype ?? null;
    const value = (v: TensorLike | null | undefined, otherwise: number): TensorLike =>
      v === undefined || v === null ? otherwise : v;
    const pair = [value(o.on_value, 1), value(o.off_value, 0)];
    const [on, off] =
      dtype === null ? together('one_hot', pair) : pair.map((v) => convert_to_tensor(v, { dtype: asDtype(dtype) }));
    const out = tensor(np.where(hit, on as never, off as never));
    return o.axis === undefined || o.axis === null || o.axis === -1 ? out : tensor(np.moveaxis(out, -1, o.axis));
  });
}

/**
 * Grids of coordinates, one tensor for each vector given.
 * @example tf.meshgrid([1, 2], [3, 4])[0].numpy() // → array([[1., 2.],
 * //          [1., 2.]], dtype=float32)
 */
export const meshgrid = (...args: (TensorLike | { indexing?: 'xy' | 'ij' })[]): Tensor[] => {
  const last = args.at(-1);
  const keyed = typeof last === 'object' && last !== null && 'indexing' in last;
  const axes = (keyed ? args.slice(0, -1) : args).map(asTensor);
  const indexing = (keyed ? (last as { indexing?: 'xy' | 'ij' }).indexing : undefined) ?? 'xy';
  if (indexing !== 'xy' && indexing !== 'ij')
    throw new PlainValueError(`Argument \`indexing\` parameter must be either 'xy' or 'ij', got '${String(indexing)}'`);
  return np.meshgrid(...axes, { indexing }) as unknown as Tensor[];
};

/**
 * Rows that are true in their first so many places and false after, `maxlen` wide (the largest length unless given).
 * @example tf.sequence_mask([1, 3], 4).numpy() // → array([[ True, False, False, False],
 * //          [ True,  True,  True, False]])
 */
export function sequence_mask(
  lengths: TensorLike,
  ...rest: (number | Tensor | null | DTypeLike | { maxlen?: number | Tensor | null; dtype?: DTypeLike })[]
): Tensor {
  return op('sequence_mask', () => {
    const o = options<{ maxlen: number | Tensor; dtype: DTypeLike }>(
      'sequence_mask',
      ['maxlen', 'dtype'],
      rest as never,
    );
    const t = asTensor(lengths);
    const width =
      o.maxlen !== undefined && o.maxlen !== null ? dims(o.maxlen)[0] : t.size === 0 ? 0 : Number(np.max(decisive(t)));
    const mask = tensor(np.less(ramp(width, comparable(t)), np.expand_dims(t, { axis: -1 }) as never));
    return o.dtype === undefined || o.dtype === null ? mask : mask.astype(o.dtype);
  });
}

/**
 * The values of a tensor as an array, or null where it has none yet, in a traced function.
 * @example tf.get_static_value(tf.constant([1, 2])) // → array([1., 2.], dtype=float32)
 */
export const get_static_value = (t: TensorLike): unknown => {
  const x = asTensor(t);
  return is_symbolic_tensor(x) ? null : x.numpy();
};
/** Whether a tensor has no value yet, in a traced function. @example tf.is_symbolic_tensor(tf.constant(1)) // → false */
export const is_symbolic_tensor = (t: Tensor): boolean => t.buffer.device.name === 'graph';

/** The shape to which two shapes broadcast. @throws ValueError where they do not @example tf.broadcast_static_shape([2, 1], [3]) // → [ 2, 3 ] */
export function broadcast_static_shape(shape_x: ShapeLike, shape_y: ShapeLike): number[] {
  const [a, b] = [dims(shape_x), dims(shape_y)];
  const out: number[] = [];
  for (let i = 1; i <= Math.max(a.length, b.length); i++) {
    const [m, n] = [a.at(-i) ?? 1, b.at(-i) ?? 1];
    if (m !== n && m !== 1 && n !== 1)
      throw new PlainValueError(`Incompatible shapes for broadcasting: ${shapeText(a)} and ${shapeText(b)}`);
    out.unshift(m === 1 ? n : m);
  }
  return out;
}
/** The shape to which two shapes broadcast, as a tensor. @throws InvalidArgumentError where they do not @example tf.broadcast_dynamic_shape([2, 1], [3]).tolist() // → [ 2, 3 ] */
export const broadcast_dynamic_shape = (shape_x: ShapeLike, shape_y: ShapeLike): Tensor =>
  op('broadcast_dynamic_shape', () => constant(broadcast_static_shape(shape_x, shape_y), { dtype: int32 }));

/** Seconds since 1970, as a float64 tensor. @example tf.timestamp().dtype.name // → 'float64' */
export const timestamp = (): Tensor => constant(Date.now() / 1000, { dtype: 'float64' });
