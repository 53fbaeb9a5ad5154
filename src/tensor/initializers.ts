import { asDtype, type DTypeLike } from '../core/dtype.js';
import { hidden } from '../core/inspect.js';
import { ValueError } from '../core/errors.js';
import { runAs } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import { Callable } from './callable.js';
import { cast, convert_to_tensor, options, type TensorLike } from './convert.js';
import { drawnDtype, shapeFrom, type Shape } from './random/draw.js';
import { normal, truncated_normal, uniform } from './random/stateful.js';
import type { Tensor } from './tensor.js';

/** tf.initializers: first values of variables. An initializer is called with a shape. */

const tensor = (x: unknown): Tensor => x as Tensor;

export interface Initializer {
  /** Values of a shape. */
  (shape: Shape, ...rest: (DTypeLike | null | { dtype?: DTypeLike | null })[]): Tensor;
}
/**
 * What all initializers are. One of one's own says in `values` what a tensor of a shape holds.
 * @example
 * class Halves extends tf.initializers.Initializer {
 *   values(shape, dtype) { return tf.fill(shape, tf.constant(0.5, dtype)); }
 * }
 * new Halves()([2]).numpy() // → array([0.5, 0.5], dtype=float32)
 */
export abstract class Initializer extends Callable {
  abstract values(shape: readonly number[], dtype: string): Tensor;
  /** What it was made with. */
  get_config(): Record<string, unknown> {
    return {};
  }
  override invoke(shape: Shape, ...rest: (DTypeLike | null | { dtype?: DTypeLike | null })[]): Tensor {
    const name = this.constructor.name;
    const o = options<{ dtype: DTypeLike | null }>(`initializers.${name}`, ['dtype'], rest);
    return runAs(`tf.initializers.${name}`, () =>
      this.values(shapeFrom(`initializers.${name}`, shape), asDtype(o.dtype ?? 'float32').name),
    );
  }
}
hidden(Initializer, 'name', 'Initializer');

type Values<O> = (o: O, shape: readonly number[], dtype: string) => Tensor;
export interface InitializerClass<O extends object = object> {
  new (...args: (number | boolean | string | null | TensorLike | O)[]): Initializer;
}
/** A class from its options, in order, with their defaults. */
function made<O extends object>(name: string, defaults: O, values: Values<O>): InitializerClass<Partial<O>> {
  const c = class extends Initializer {
    declare readonly options: O;
    constructor(...args: unknown[]) {
      super();
      hidden(this, 'options', {
        ...defaults,
        ...options<O>(`initializers.${name}`, Object.keys(defaults) as (keyof O & string)[], args),
      });
    }
    override values(shape: readonly number[], dtype: string): Tensor {
      return values(this.options, shape, dtype);
    }
    override get_config(): Record<string, unknown> {
      return { ...this.options } as Record<string, unknown>;
    }
  };
  hidden(c, 'name', name);
  return c as unknown as InitializerClass<Partial<O>>;
}
type Seed = number | null;
const floatOf = (name: string, dtype: string): string => drawnDtype(dtype as DTypeLike).name || name;
const full = (shape: readonly number[], value: number, dtype: string): Tensor =>
  convert_to_tensor(np.full(shape, value, { dtype } as never) as never) as Tensor;

/** Zeros. @example new tf.initializers.Zeros()([2]).numpy() // → array([0., 0.], dtype=float32) */
export const Zeros: InitializerClass = made('Zeros', {}, (_, shape, dtype) => full(shape, 0, dtype));
/** Ones. @example new tf.initializers.Ones()([2], 'int32').numpy() // → array([1, 1], dtype=int32) */
export const Ones: InitializerClass = made('Ones', {}, (_, shape, dtype) => full(shape, 1, dtype));
/** One value, or a list in the shape. @throws ValueError for a list of another size @example new tf.initializers.Constant(3)([2]).numpy() // → array([3., 3.], dtype=float32) */
export const Constant: InitializerClass<{ value?: TensorLike }> = made(
  'Constant',
  { value: 0 as TensorLike },
  ({ value }, shape, dtype) => {
    const t = cast(convert_to_tensor(value as never) as Tensor, dtype as never) as Tensor;
    if (t.size === 1) return tensor(np.broadcast_to(np.reshape(t, []) as never, shape as never));
    if (t.size !== shape.reduce((a, b) => a * b, 1))
      throw new ValueError(`Constant: ${t.size} values do not fill the shape (${shape.join(', ')})`);
    return tensor(np.reshape(t, shape as never));
  },
);
/** Uniform values. @example new tf.initializers.RandomUniform(0, 1, 3)([2]).shape // → [ 2 ] */
export const RandomUniform: InitializerClass<{ minval?: number; maxval?: number; seed?: Seed }> = made(
  'RandomUniform',
  { minval: -0.05, maxval: 0.05, seed: null as Seed },
  ({ minval, maxval, seed }, shape, dtype) => uniform(shape, { minval, maxval, seed, dtype } as never),
);
/** Normal values. @example new tf.initializers.RandomNormal(0, 1, 3)([2]).shape // → [ 2 ] */
export const RandomNormal: InitializerClass<{ mean?: number; stddev?: number; seed?: Seed }> = made(
  'RandomNormal',
  { mean: 0, stddev: 0.05, seed: null as Seed },
  ({ mean, stddev, seed }, shape, dtype) =>
    normal(shape, { mean, stddev, seed, dtype: floatOf('RandomNormal', dtype) } as never),
);
/** Normal values within two standard deviations. @example new tf.initializers.TruncatedNormal(0, 1, 3)([2]).shape // → [ 2 ] */
export const TruncatedNormal: InitializerClass<{ mean?: number; stddev?: number; seed?: Seed }> = made(
  'TruncatedNormal',
  { mean: 0, stddev: 0.05, seed: null as Seed },
  ({ mean, stddev, seed }, shape, dtype) =>
    truncated_normal(shape, { mean, stddev, seed, dtype: floatOf('TruncatedNormal', dtype) } as never),
);

/** How many values go into each result, and each value into how many. */
function fans(shape: readonly number[]): [into: number, out: number] {
  const n = shape.length;
  if (n === 0) return [1, 1];
  if (n === 1) return [shape[0], shape[0]];
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return [shape[n - 2] * field, shape[n - 1] * field];
}
interface Scaling {
  scale: number;
  mode: string;
  distribution: string;
  seed: Seed;
}
/** The deviation of a standard normal that is cut off at two. */
const CUT = 0.8796256610342398;
const scaled: Values<Scaling> = ({ scale, mode, distribution, seed }, shape, dtype) => {
  const [into, out] = fans(shape);
  const n = { fan_in: into, fan_out: out, fan_avg: (into + out) / 2 }[mode];
  if (n === undefined)
    throw new ValueError(`Invalid \`mode\` argument: ${mode}. Please use one of 'fan_in', 'fan_out', 'fan_avg'.`);
  if (!(scale > 0)) throw new ValueError(`\`scale\` must be positive float. Received: scale=${scale}.`);
  const variance = scale / Math.max(1, n);
  const d = floatOf('VarianceScaling', dtype);
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return uniform(shape, { minval: -limit, maxval: limit, seed, dtype: d } as never);
  }
  if (distribution === 'untruncated_normal')
    return normal(shape, { stddev: Math.sqrt(variance), seed, dtype: d } as never);
  if (distribution !== 'truncated_normal' && distribution !== 'normal')
    throw new ValueError(
      `Invalid \`distribution\` argument: ${distribution}. Please use one of 'uniform', 'truncated_normal', 'untruncated_normal'.`,
    );
  return truncated_normal(shape, { stddev: Math.sqrt(variance) / CUT, seed, dtype: d } as never);
};
/**
 * Values whose deviation depends on the shape: the root of scale / n, where n is how many values go into a result (`mode` 'fan_in'), each value into
 * how many ('fan_out'), or the mean of both ('fan_avg'). @throws ValueError for what is none of these
 * @example new tf.initializers.VarianceScaling({ mode: 'fan_out', distribution: 'uniform' })([2, 3]).shape // → [ 2, 3 ]
 */
export const VarianceScaling: InitializerClass<Partial<Scaling>> = made(
  'VarianceScaling',
  { scale: 1, mode: 'fan_in', distribution: 'truncated_normal', seed: null as Seed },
  scaled,
);
const scaling = (name: string, scale: number, mode: string, distribution: string): InitializerClass<{ seed?: Seed }> =>
  made(name, { seed: null as Seed }, ({ seed }, shape, dtype) =>
    scaled({ scale, mode, distribution, seed }, shape, dtype),
  );
/** Uniform values of Glorot and Bengio. @example new tf.initializers.GlorotUniform({ seed: 1 })([2, 3]).shape // → [ 2, 3 ] */
export const GlorotUniform: InitializerClass<{ seed?: Seed }> = scaling('GlorotUniform', 1, 'fan_avg', 'uniform');
/** Normal values of Glorot and Bengio. @example new tf.initializers.GlorotNormal({ seed: 1 })([2, 3]).shape // → [ 2, 3 ] */
export const GlorotNormal: InitializerClass<{ seed?: Seed }> = scaling(
  'GlorotNormal',
  1,
  'fan_avg',
  'truncated_normal',
);
/** Uniform values of He. @example new tf.initializers.HeUniform({ seed: 1 })([2, 3]).shape // → [ 2, 3 ] */
export const HeUniform: InitializerClass<{ seed?: Seed }> = scaling('HeUniform', 2, 'fan_in', 'uniform');
/** Normal values of He. @example new tf.initializers.HeNormal({ seed: 1 })([2, 3]).shape // → [ 2, 3 ] */
export const HeNormal: InitializerClass<{ seed?: Seed }> = scaling('HeNormal', 2, 'fan_in', 'truncated_normal');
/** Uniform values of LeCun. @example new tf.initializers.LecunUniform({ seed: 1 })([2, 3]).shape // → [ 2, 3 ] */
export const LecunUniform: InitializerClass<{ seed?: Seed }> = scaling('LecunUniform', 1, 'fan_in', 'uniform');
/** Normal values of LeCun. @example new tf.initializers.LecunNormal({ seed: 1 })([2, 3]).shape // → [ 2, 3 ] */
export const LecunNormal: InitializerClass<{ seed?: Seed }> = scaling('LecunNormal', 1, 'fan_in', 'truncated_normal');

/** An identity matrix, times `gain`. @throws ValueError for other than two axes @example new tf.initializers.Identity(2)([2, 2]).numpy().tolist() // → [ [ 2, 0 ], [ 0, 2 ] ] */
export const Identity: InitializerClass<{ gain?: number }> = made('Identity', { gain: 1 }, ({ gain }, shape, dtype) => {
  if (shape.length !== 2)
    throw new ValueError(
      `Identity matrix initializer can only be used for 2D matrices. Received: shape=(${shape.join(', ')}) of rank ${shape.length}.`,
    );
  return convert_to_tensor(np.multiply(np.eye(shape[0], shape[1]), gain).astype(dtype as never) as never) as Tensor;
});
/**
 * A matrix whose rows or columns are orthogonal, times `gain`. @throws ValueError for fewer than two axes
 * @example
 * const q = new tf.initializers.Orthogonal({ seed: 1 })([2, 4]);
 * np.allclose(tf.matmul(q, q, { transpose_b: true }).numpy(), np.eye(2), { atol: 1e-6 }) // → true
 */
export const Orthogonal: InitializerClass<{ gain?: number; seed?: Seed }> = made(
  'Orthogonal',
  { gain: 1, seed: null as Seed },
  ({ gain, seed }, shape, dtype) => {
    if (shape.length < 2)
      throw new ValueError(
        `The tensor to initialize must be at least two-dimensional. Received: shape=(${shape.join(', ')}) of rank ${shape.length}.`,
      );
    const columns = shape[shape.length - 1];
    const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const flat = [Math.max(rows, columns), Math.min(rows, columns)];
    const [q, r] = np.linalg.qr(
      normal(flat, { seed, dtype: floatOf('Orthogonal', dtype) } as never) as never,
    ) as unknown as [unknown, unknown];
    // With the signs of the diagonal every orthogonal matrix is as likely as any other.
    let m: unknown = np.multiply(q as never, np.sign(np.diagonal(r as never) as never) as never);
    if (rows < columns) m = np.transpose(m as never);
    return tensor(np.multiply(np.reshape(m as never, shape as never), gain));
  },
);

export {
  Constant as constant,
  GlorotNormal as glorot_normal,
  GlorotUniform as glorot_uniform,
  HeNormal as he_normal,
  HeUniform as he_uniform,
  Identity as identity,
  LecunNormal as lecun_normal,
  LecunUniform as lecun_uniform,
  Ones as ones,
  Orthogonal as orthogonal,
  RandomNormal as random_normal,
  RandomUniform as random_uniform,
  TruncatedNormal as truncated_normal,
  VarianceScaling as variance_scaling,
  Zeros as zeros,
};

const CLASSES: Readonly<Record<string, InitializerClass>> = Object.fromEntries(
  [
    Zeros,
    Ones,
    Constant,
    RandomUniform,
    RandomNormal,
    TruncatedNormal,
    VarianceScaling,
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LecunUniform,
    LecunNormal,
    Identity,
    Orthogonal,
  ].flatMap((c) => {
    const { name } = c as unknown as { name: string };
    const snake = name.replace(/(?!^)([A-Z])/g, '_$1').toLowerCase();
    return [
      [name, c],
      [snake, c],
    ];
  }),
);
interface Saved {
  class_name: string;
  config: Record<string, unknown>;
}
/** An initializer from its name, from what `serialize` gave, or itself. @throws ValueError for another name @example tf.initializers.get('ones')([1]).item() // → 1 */
export function get(identifier: string | Saved | Initializer | null): Initializer | null {
  if (identifier === null || typeof identifier === 'function') return identifier as Initializer | null;
  return deserialize(typeof identifier === 'string' ? { class_name: identifier, config: {} } : (identifier as Saved));
}
/** The name of an initializer and what it was made with. @example tf.initializers.serialize(new tf.initializers.Constant(2)).config // → { value: 2 } */
export const serialize = (initializer: Initializer): Saved => ({
  class_name: initializer.constructor.name,
  config: initializer.get_config(),
});
/** The reverse of {@link serialize}. @example tf.initializers.deserialize({ class_name: 'Constant', config: { value: 2 } })([]).item() // → 2 */
export function deserialize({ class_name, config }: Saved): Initializer {
  const c = CLASSES[class_name];
  if (c === undefined) throw new ValueError(`Could not interpret initializer identifier: ${class_name}`);
  return new c(config as never);
}
