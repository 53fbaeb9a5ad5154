import type { ArrayValue } from '../../core/array.js';
import { drawnOn, isCounted } from '../../core/random/counted.js';
import { isDescribed } from '../../core/device/shapes.js';
import { bind1, type Primitive, primitive } from '../../core/dispatch.js';
import { type DType, float32, float64 } from '../../core/dtype.js';
import { InvalidArgumentError, shapeText, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import type { Generator } from '../../ndarray/random/generator.js';
import { cast, convert_to_tensor, type TensorLike, together } from '../convert.js';
import { deviceElsewhere } from '../elsewhere.js';
import { gather } from '../slicing.js';
import type { Tensor } from '../tensor.js';
import { fromArray } from '../tensor.js';
import { asTensor, floating, named, tensor } from './frame.js';

/** Rows of tables, entries left out by chance, and whether a class is among the best. */

/** Rows of a table. In a graph a number below zero is one that there is not, too: it is refused when the graph runs. */
function rowsOf(table: Tensor, given: Tensor): Tensor {
  const ids = given.dtype.kind === 'f' ? cast(given, 'int32') : given;
  if (!isDescribed(ids.buffer)) return gather(table, ids, 0);
  const safe = np.where(np.less(ids, 0), table.shape[0] as never, ids as never);
  return tensor(np.take(table, safe as never, { axis: 0 }));
}

/**
 * Rows of a table by number. With `max_norm` rows that are longer than that are shortened to it.
 * @throws InvalidArgumentError for a number outside of the table
 * @example tf.nn.embedding_lookup([[1, 2], [3, 4]], [1, 1]).numpy() // → array([[3., 4.],
 * //          [3., 4.]], dtype=float32)
 */
export function embedding_lookup(
  params: TensorLike,
  ids: TensorLike,
  ...rest: (number | null | { max_norm?: number | null })[]
): Tensor {
  const o = named<{ max_norm: number | null }>('embedding_lookup', ['max_norm'], rest);
  return runAs('tf.nn.embedding_lookup', () => {
    const table = asTensor(params);
    const found = rowsOf(table, asTensor(ids));
    const most = o.max_norm ?? null;
    if (most === null) return found;
    const axes = Array.from({ length: table.ndim - 1 }, (_, i) => found.ndim - 1 - i);
    const norms = np.sqrt(np.sum(np.square(found), { axis: axes, keepdims: true }) as never);
    return tensor(np.divide(np.multiply(found, most), np.maximum(norms, most)));
  });
}

/**
 * Whether the target class of each row is among its k largest predictions. @example tf.nn.in_top_k([1, 0], [[0.1, 0.9], [0.2, 0.8]], 1).numpy() // → array([ True, False])
 */
export function in_top_k(targets: TensorLike, predictions: TensorLike, k: number): Tensor {
  return runAs('tf.nn.in_top_k', () => {
    const p = asTensor(predictions);
    if (p.ndim !== 2) throw new InvalidArgumentError('predictions must be 2-dimensional');
    const given = asTensor(targets);
    const t = given.dtype.kind === 'f' ? cast(given, 'int64') : given;
    const inside = np.logical_and(np.greater_equal(t, 0), np.less(t, p.shape[1]));
    const safe = np.where(inside, t, 0 as never);
    const mine = np.take_along_axis(p, np.expand_dims(safe as never, { axis: 1 }) as never, 1);
    const better = np.sum(np.greater(p, mine as never) as never, { axis: 1, dtype: 'int32' } as never);
    const fine = np.logical_and(inside, np.squeeze(np.isfinite(mine as never) as never, { axis: 1 as never }) as never);
    return tensor(np.logical_and(np.less(better as never, k), fine as never));
  });
}

interface Draws {
  readonly [key: string]: unknown;
  readonly generator: Generator;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Every run draws anew: graphs keep it, and keep it apart from others. */
  readonly effect: true;
}
/** Numbers in [0, 1), drawn when the operation runs; the operand says where. */
const uniformPrimitive: Primitive<Draws> = primitive(
  'uniform',
  ([like], { generator, shape, dtype }) => {
    const device = deviceElsewhere(like);
    if (device !== null && isCounted('uniform', dtype)) {
      const bits = generator.integers(0, 2 ** 32, { size: 6, dtype: 'uint32' } as never) as unknown as NDArray;
      const words = bits.toTypedArray() as unknown as Uint32Array;
      return drawnOn(device, 'uniform', shape, dtype, words.subarray(0, 2), words.subarray(2), like.face);
    }
    const drawn = generator.random(shape as never, { dtype: dtype === float32 ? 'float32' : 'float64' } as never);
    const t = fromArray(drawn as never) as unknown as ArrayValue;
    return t.dtype === dtype ? t : copyAs(t, dtype);
  },
  (_, { shape, dtype }) => ({ shape, dtype }),
);

let global: Generator | null = null;

/**
 * Each element is zero with the probability `rate`, and else divided by 1 - rate, so that the mean stays. In a traced function every run draws
 * anew.
 *
 * @param noise_shape the shape of what is drawn, which is broadcast: lengths of 1 drop together
 * @param seed makes the sequence of draws of this call's place reproducible: an integer, or a generator of `np.random`
 * @throws ValueError unless 0 <= rate < 1
 * @example tf.nn.dropout([1, 2, 3], 0).numpy() // → array([1., 2., 3.], dtype=float32)
 */
export function dropout(
  x: TensorLike,
  ...rest: (
    | number
    | readonly (number | null)[]
    | null
    | { rate?: number; noise_shape?: readonly (number | null)[] | null; seed?: number | Generator | null }
  )[]
): Tensor {
  const o = named<{ rate: number; noise_shape: readonly (number | null)[] | null; seed: number | Generator | null }>(
    'dropout',
    ['rate', 'noise_shape', 'seed'],
    rest,
  );
  return runAs('tf.nn.dropout', () => {
    const t = floating('dropout', x);
    const rate = o.rate;
    if (typeof rate !== 'number' || !(rate >= 0 && rate < 1))
      throw new ValueError(
        `\`rate\` must be a scalar tensor or a float in the range [0, 1). Received: rate=${String(rate)}`,
      );
    if (rate === 0) return t;
    const shape = (o.noise_shape ?? t.shape).map((n, i) => n ?? t.shape[i]);
    if (shape.length !== t.ndim || shape.some((n, i) => n !== 1 && n !== t.shape[i]))
      throw new InvalidArgumentError(
        `tf.nn.dropout: Incompatible shapes: ${shapeText(t.shape)} vs. ${shapeText(shape)}`,
      );
    const dtype = t.dtype === float64 ? float64 : float32;
    let generator: Generator;
    if (o.seed === undefined || o.seed === null) generator = global ??= np.random.default_rng();
    else generator = typeof o.seed === 'number' ? np.random.default_rng(o.seed) : o.seed;
    const drawn = bind1(uniformPrimitive, [t], { generator, shape, dtype, effect: true });
    const kept = np.greater_equal(drawn as never, rate);
    return tensor(np.where(kept as never, np.multiply(t, 1 / (1 - rate)) as never, 0 as never));
  });
}

/** A vector added along the channels. @example tf.nn.bias_add([[1, 2]], [10, 20]).numpy() // → array([[11., 22.]], dtype=float32) */
export function bias_add(
  value: TensorLike,
  bias: TensorLike,
  ...rest: (string | null | { data_format?: string | null })[]
): Tensor {
  return runAs('tf.nn.bias_add', () => {
    const format = named<{ data_format: string | null }>('bias_add', ['data_format'], rest).data_format ?? null;
    const [v, b] = together('bias_add', [value, bias]);
    if (format !== null && !/^N(.*C|C.*)$/.test(format))
      throw new ValueError('`data_format` must be of the form `N...C` or `NC...`');
    const first = format?.startsWith('NC') === true && format !== 'NC';
    const axis = first ? 1 : v.ndim - 1;
    if (v.ndim < 2) throw new InvalidArgumentError(`Input tensor must be at least 2D: ${shapeText(v.shape)}`);
    if (b.ndim !== 1) throw new InvalidArgumentError(`Biases must be 1D: ${shapeText(b.shape)}`);
    if (b.shape[0] !== v.shape[axis])
      throw new InvalidArgumentError(
        `Must provide as many biases as the last dimension of the input tensor: ${shapeText(b.shape)} vs. ${shapeText(v.shape)}`,
      );
    const shape = v.shape.map((_, i) => (i === axis ? b.shape[0] : 1));
    return tensor(np.add(v, first ? tensor(np.reshape(b, shape)) : b));
  });
}

/** The fraction of values that are zero, as float32. @example tf.nn.zero_fraction([0, 1, 0, 2]).item() // → 0.5 */
export const zero_fraction = (value: TensorLike): Tensor =>
  tensor(np.mean(np.equal(convert_to_tensor(value as never), 0), { dtype: 'float32' }));
