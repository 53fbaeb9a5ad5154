import { asDtype, type DTypeLike } from '../../core/dtype.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike } from '../convert.js';
import { Tensor } from '../tensor.js';
import { drawFrom, drawnDtype, parameter, seedPair, type Shape, shapeFrom } from './draw.js';
import { categoricalFrom, type Drawer, gammaFrom, normalFrom, uniformFrom } from './shared.js';

/** Random values that their seed, two integers, determines: the same ones at every call. */

const by = (seed: TensorLike): Drawer => {
  const s = seedPair(seed);
  return (kind, shape, dtype, params) => drawFrom('seed', s, kind, shape, dtype, params);
};
type Rest<T> = readonly (T | TensorLike | DTypeLike | null | undefined)[];
interface Uniform {
  seed: TensorLike;
  minval: TensorLike | null;
  maxval: TensorLike | null;
  dtype: DTypeLike;
  alg: string;
}
/**
 * Uniform values, in [0, 1) or [minval, maxval); integers of the whole range of their dtype when both are null.
 * @throws ValueError for integers with one bound, InvalidArgumentError for a seed of another shape, or unless minval < maxval
 * @example tf.random.stateless_uniform([2], [1, 2]).shape // → [ 2 ]
 */
export function stateless_uniform(shape: Shape, ...rest: Rest<Partial<Uniform>>): Tensor {
  const o = options<Uniform>('random.stateless_uniform', ['seed', 'minval', 'maxval', 'dtype', 'alg'], rest);
  return runAs('tf.random.stateless_uniform', () =>
    uniformFrom(
      by(o.seed as TensorLike),
      shapeFrom('stateless_uniform', shape),
      o.minval === undefined ? 0 : o.minval,
      o.maxval ?? null,
      o.dtype ?? 'float32',
      true,
    ),
  );
}
interface Normal {
  seed: TensorLike;
  mean: TensorLike;
  stddev: TensorLike;
  dtype: DTypeLike;
  alg: string;
}
const NORMAL = ['seed', 'mean', 'stddev', 'dtype', 'alg'] as const;
const normal =
  (name: string, kind: 'normal' | 'truncated') =>
  (shape: Shape, ...rest: Rest<Partial<Normal>>): Tensor => {
    const o = options<Normal>(`random.${name}`, NORMAL, rest);
    return runAs(`tf.random.${name}`, () =>
      normalFrom(
        by(o.seed as TensorLike),
        kind,
        shapeFrom(name, shape),
        o.mean ?? 0,
        o.stddev ?? 1,
        o.dtype ?? 'float32',
      ),
    );
  };
/** Normal values. @example tf.random.stateless_normal([3], [1105988140, 1738052849]).shape // → [ 3 ] */
export const stateless_normal: (shape: Shape, ...rest: Rest<Partial<Normal>>) => Tensor = normal(
  'stateless_normal',
  'normal',
);
/** Normal values within two standard deviations of the mean. @example tf.random.stateless_truncated_normal([2], [1, 2]).shape // → [ 2 ] */
export const stateless_truncated_normal: (shape: Shape, ...rest: Rest<Partial<Normal>>) => Tensor = normal(
  'stateless_truncated_normal',
  'truncated',
);

/**
 * Numbers of successes: `counts` trials of probability `probs`, whose shapes broadcast to the end of `shape`.
 * @example tf.random.stateless_binomial([2], [1, 2], { counts: [10, 0], probs: [1, 0.5] }).numpy() // → array([10,  0], dtype=int32)
 */
export function stateless_binomial(
  shape: Shape,
  ...rest: Rest<{ seed?: TensorLike; counts?: TensorLike; probs?: TensorLike; output_dtype?: DTypeLike }>
): Tensor {
  const o = options<{ seed: TensorLike; counts: TensorLike; probs: TensorLike; output_dtype: DTypeLike }>(
    'random.stateless_binomial',
    ['seed', 'counts', 'probs', 'output_dtype'],
    rest,
  );
  return runAs('tf.random.stateless_binomial', () => {
    const params = [o.counts, o.probs].map((x) => convert_to_tensor(x as never) as Tensor);
    return by(o.seed as TensorLike)(
      'binomial',
      shapeFrom('stateless_binomial', shape),
      asDtype(o.output_dtype ?? 'int32'),
      params,
    );
  });
}
/** Poisson values of rates `lam`. @example tf.random.stateless_poisson([2], [1, 2], { lam: [0, 0] }).numpy() // → array([0, 0], dtype=int32) */
export function stateless_poisson(
  shape: Shape,
  ...rest: Rest<{ seed?: TensorLike; lam?: TensorLike; dtype?: DTypeLike }>
): Tensor {
  const o = options<{ seed: TensorLike; lam: TensorLike; dtype: DTypeLike }>(
    'random.stateless_poisson',
    ['seed', 'lam', 'dtype'],
    rest,
  );
  return runAs('tf.random.stateless_poisson', () =>
    by(o.seed as TensorLike)('poisson', shapeFrom('stateless_poisson', shape), drawnDtype(o.dtype ?? 'int32', 'fi'), [
      convert_to_tensor(o.lam as never) as Tensor,
    ]),
  );
}
/** Gamma values of concentration `alpha` and rate `beta`. @example tf.random.stateless_gamma([3, 2], [1, 2], { alpha: [0.5, 1.5] }).shape // → [ 3, 2 ] */
export function stateless_gamma(
  shape: Shape,
  ...rest: Rest<{ seed?: TensorLike; alpha?: TensorLike; beta?: TensorLike | null; dtype?: DTypeLike }>
): Tensor {
  const o = options<{ seed: TensorLike; alpha: TensorLike; beta: TensorLike | null; dtype: DTypeLike }>(
    'random.stateless_gamma',
    ['seed', 'alpha', 'beta', 'dtype'],
    rest,
  );
  return runAs('tf.random.stateless_gamma', () => {
    const d = drawnDtype(o.dtype ?? 'float32');
    const beta = o.beta === undefined || o.beta === null ? null : parameter(o.beta, d);
    const alpha = parameter(o.alpha as TensorLike, d);
    return gammaFrom(by(o.seed as TensorLike), shapeFrom('stateless_gamma', shape), alpha, beta, d);
  });
}
/** Indices drawn with the weights exp(logits), so many for each row. @example tf.random.stateless_categorical([[0, -1000]], 3, [1, 2]).numpy() // → array([[0, 0, 0]]) */
export function stateless_categorical(
  logits: TensorLike,
  num_samples: number,
  ...rest: Rest<{ seed?: TensorLike; dtype?: DTypeLike }>
): Tensor {
  const o = options<{ seed: TensorLike; dtype: DTypeLike }>('random.stateless_categorical', ['seed', 'dtype'], rest);
  return runAs('tf.random.stateless_categorical', () =>
    categoricalFrom(by(o.seed as TensorLike), logits, num_samples, o.dtype ?? null),
  );
}

/** A seed, or data for one, in the dtype that it has as integers. */
const whole = (x: TensorLike): Tensor =>
  x instanceof Tensor ? x : (convert_to_tensor(x as never, { dtype: 'int32' } as never) as Tensor);
/**
 * `num` new seeds of one.
 * @example tf.random.split([1, 2], 3).numpy() // → array([[1105988140, 1738052849],
 * //          [-335576002,  370444179],
 * //          [  10670227, -246211131]], dtype=int32)
 */
export function split(seed: TensorLike, num = 2): Tensor {
  const s = whole(seed);
  return stateless_uniform([num, 2], { seed: s, minval: null, maxval: null, dtype: s.dtype });
}
/** A new seed of one and a number. @example tf.random.fold_in([1, 2], 3).numpy() // → array([1105988140,          3], dtype=int32) */
export function fold_in(seed: TensorLike, data: TensorLike): Tensor {
  const d = whole(data);
  const first = stateless_uniform([], { seed: whole(seed), minval: null, maxval: null, dtype: d.dtype });
  return np.stack([first, d]) as unknown as Tensor;
}
/** The first axis permuted, as the seed determines. @example tf.random.experimental.stateless_shuffle([1, 2, 3], [1, 2]).shape // → [ 3 ] */
export function stateless_shuffle(value: TensorLike, seed: TensorLike): Tensor {
  return runAs('tf.random.experimental.stateless_shuffle', () => {
    const t = convert_to_tensor(value as never) as Tensor;
    return np.take(t, by(seed)('permutation', [t.shape[0]], drawnDtype('int32', 'i')), {
      axis: 0,
    }) as unknown as Tensor;
  });
}
