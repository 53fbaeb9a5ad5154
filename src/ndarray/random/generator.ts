import type { DTypeLike } from '../../core/dtype.js';
import type { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { hidden, inspectable } from '../../core/inspect.js';
import {
  DISTRIBUTIONS,
  type Distribution,
  type GaussBits,
  POISSON_MAX,
} from '../../core/random/distributions/index.js';
import {
  standardExponentialInverse,
  standardExponentialInverseSingle,
} from '../../core/random/distributions/exponential.js';
import type { Stream } from '../../core/random/stream.js';
import type { NDArray } from '../ndarray.js';
import { type BitGenerator, isBitGenerator, PCG64 } from './bit-generator.js';
import { choice } from './choice.js';
import { drawFrom, drawRandom, drawUniform, floatDtype, rowOf, type Source } from './draw.js';
import { drawBytes, drawIntegers, plain } from './integers.js';
import { addMethods, bound, callable, type MethodRow } from './method.js';
import { dirichlet, multinomial, multivariateHypergeometric } from './multivariate.js';
import { multivariateNormal } from './multivariate-normal.js';
import { permutation, permuted, shuffle } from './order.js';
import type { Entropy, ISeedSequence } from './seed-sequence.js';
import type { Distributions, Draws1, Size } from './types.js';
import { asIndex } from './values.js';

/** `np.random.Generator` and `np.random.default_rng`. */

export interface IntegersKeywords {
  high?: ArrayLike | null;
  size?: Size | null;
  dtype?: DTypeLike;
  endpoint?: boolean;
}
export interface FloatsKeywords {
  size?: Size | null;
  dtype?: 'float64' | 'float32' | DTypeLike;
  out?: ArrayValue | null;
}
export interface ChoiceKeywords {
  size?: Size | null;
  replace?: boolean;
  p?: ArrayLike | null;
  axis?: number;
  shuffle?: boolean;
}
export interface Floats {
  (): number;
  (kw: { dtype: DTypeLike; size?: null; out?: null }): number;
  (
    size: Size | null | FloatsKeywords,
    dtype?: DTypeLike | FloatsKeywords,
    out?: ArrayValue | null | FloatsKeywords,
  ): NDArray;
}

/** Methods of Generator beside the distributions that RandomState has, too. */
export interface GeneratorMethods extends Distributions {
  /** Uniform values in [0, 1), of float64 or float32. */
  random: Floats;
  /** Normal values of mean 0 and standard deviation 1. */
  standard_normal: Floats;
  /** Exponential values of mean 1, by the ziggurat or ('inv') by the inverse of the distribution. */
  standard_exponential(
    size?: Size | null | (FloatsKeywords & { method?: 'zig' | 'inv' }),
    dtype?: DTypeLike | (FloatsKeywords & { method?: 'zig' | 'inv' }),
    method?: 'zig' | 'inv' | FloatsKeywords,
    out?: ArrayValue | null | FloatsKeywords,
  ): any;
  /** Gamma values of scale 1. */
  standard_gamma: Draws1<'shape'> & ((shape: ArrayLike, ...rest: any[]) => any);
  /** Integers from `low` up to, but without, `high` (with it, where `endpoint`); of 0 … low where `high` is not given. */
  integers(
    low: ArrayLike | (IntegersKeywords & { low: ArrayLike }),
    high?: ArrayLike | null | IntegersKeywords,
    ...rest: any[]
  ): NDArray;
  /** A random sample of a range or of the entries along an axis. */
  choice(a: ArrayLike, size?: Size | null | ChoiceKeywords, ...rest: any[]): any;
  /** Random bytes. */
  bytes(length: number | bigint): Uint8Array;
  /** Puts the entries along an axis, or the members of a list, in random order. */
  shuffle(x: ArrayLike | unknown[], axis?: number | { axis?: number }): null;
  /** A range, or a copy of an array, in random order. */
  permutation(x: ArrayLike, axis?: number | { axis?: number }): NDArray;
  /** A copy whose lanes along an axis are shuffled one by one. */
  permuted(x: ArrayLike, kw?: { axis?: number | null; out?: ArrayValue | null }): NDArray;
  /** Normal vectors, of a mean and a covariance. */
  multivariate_normal(
    mean: ArrayLike,
    cov: ArrayLike,
    size?: Size | null | Record<string, unknown>,
    ...rest: any[]
  ): NDArray;
  /** Colours of samples without replacement. */
  multivariate_hypergeometric(
    colors: ArrayLike,
    nsample: number | bigint,
    size?: Size | null | { size?: Size | null; method?: 'count' | 'marginals' },
    method?: 'count' | 'marginals' | { method?: 'count' | 'marginals' },
  ): NDArray<'int64'>;
  /** Generators with streams of their own, made from this one's seed. */
  spawn(n_children: number | bigint): Generator[];
}

// The methods are added below, by name.
// biome-ignore lint/correctness/noUnusedVariables: merged with the class of this name
interface GeneratorClass extends GeneratorMethods {}
class GeneratorClass implements Source {
  /** Where the bits come from. */
  declare readonly bit_generator: BitGenerator;
  declare readonly stream: Stream;
  declare readonly legacy: null;

  constructor(...args: unknown[]) {
    const [from] = bound('Generator', 'bit_generator', args);
    if (!isBitGenerator(from)) {
      if (typeof from === 'function')
        throw new ValueError('Invalid bit generator. The bit generator must be instantiated.');
      throw new TypeError('a bit generator is needed, such as np.random.PCG64()');
    }
    hidden(this, 'bit_generator', from);
    hidden(this, 'stream', from.stream);
    hidden(this, 'legacy', null);
  }

  toString(): string {
    return `${this.constructor.name}(${this.bit_generator.constructor.name})`;
  }
}

/** The signature text of a distribution, and its body. */
export function distributionRow(row: Distribution): MethodRow {
  const parts = row.parameters.map((p) =>
    p.initial === undefined ? p.name : `${p.name}=${Number.isInteger(p.initial) ? `${p.initial}.0` : p.initial}`,
  );
  return [
    row.name,
    [...parts, 'size=None'].join(', '),
    (self: Source, ...b) => drawFrom(row, self, b, b[b.length - 1]),
  ];
}

/** Distributions whose methods are not of the common form. */
const OTHER = new Set(['uniform', 'standard_normal', 'standard_exponential', 'standard_gamma']);
export const commonRows = (): MethodRow[] =>
  [...DISTRIBUTIONS.values()].filter((r) => !OTHER.has(r.name)).map(distributionRow);

/** Rows of both classes. */
export const sharedRows: readonly MethodRow[] = [
  ['uniform', 'low=0.0, high=1.0, size=None', drawUniform],
  ['multinomial', 'n, pvals, size=None', multinomial],
  ['dirichlet', 'alpha, size=None', dirichlet],
];

/** `standard_exponential` with method 'inv'. */
const INVERSE: Distribution = {
  ...rowOf('standard_exponential'),
  name: 'inverse exponential',
  modern: standardExponentialInverse,
  single: standardExponentialInverseSingle,
};

const standard = (name: string) => (self: Source, size: unknown, dtype: unknown, out: unknown) =>
  drawFrom(rowOf(name), self, [], size, floatDtype(dtype, name), out);

addMethods(GeneratorClass, [
  ...commonRows(),
  ...sharedRows,
  [
    'random',
    "size=None, dtype='float64', out=None",
    (self: Source, size, dtype, out) => drawRandom(self, size, floatDtype(dtype, 'random'), out),
  ],
  ['standard_normal', "size=None, dtype='float64', out=None", standard('standard_normal')],
  [
    'standard_exponential',
    "size=None, dtype='float64', method='zig', out=None",
    (self: Source, size, dtype, how, out) =>
      drawFrom(
        how === 'zig' ? rowOf('standard_exponential') : INVERSE,
        self,
        [],
        size,
        floatDtype(dtype, 'standard_exponential'),
        out,
      ),
  ],
  [
    'standard_gamma',
    "shape, size=None, dtype='float64', out=None",
    (self: Source, shape, size, dtype, out) =>
      drawFrom(rowOf('standard_gamma'), self, [shape], size, floatDtype(dtype, 'standard_gamma'), out),
  ],
  [
    'integers',
    "low, high=None, size=None, dtype='int64', endpoint=False",
    (self: Source, low, high, size, dtype, endpoint) =>
      plain(drawIntegers(self.stream, 'integers', { low, high, size, dtype, closed: Boolean(endpoint) }), size, dtype),
  ],
  ['bytes', 'length', (self: Source, n) => drawBytes(self.stream, Number(asIndex(n)))],
  [
    'choice',
    'a, size=None, replace=True, p=None, axis=0, shuffle=True',
    (self: Source, a, size, replace, p, axis, mix) =>
      choice(self.stream, a, size, Boolean(replace), p, Number(axis), Boolean(mix)),
  ],
  ['shuffle', 'x, axis=0', (self: Source, x, axis) => shuffle(self.stream, x, axis)],
  ['permutation', 'x, axis=0', (self: Source, x, axis) => permutation(self.stream, x, axis, false)],
  ['permuted', 'x, *, axis=None, out=None', (self: Source, x, axis, out) => permuted(self.stream, x, axis, out)],
  ['multivariate_normal', "mean, cov, size=None, check_valid='warn', tol=1e-08, *, method='svd'", multivariateNormal],
  ['multivariate_hypergeometric', "colors, nsample, size=None, method='marginals'", multivariateHypergeometric],
  [
    'spawn',
    'n_children',
    (self: GeneratorClass, n) =>
      self.bit_generator.spawn(n).map((b) => new (self.constructor as typeof GeneratorClass)(b)),
  ],
]);
hidden(GeneratorClass.prototype, '_poisson_lam_max', POISSON_MAX);
inspectable(GeneratorClass, 'Generator');

/**
 * Draws from distributions, by the bits of a bit generator; `np.random.default_rng(seed)` makes one.
 *
 * @param bit_generator such as `np.random.PCG64(seed)`
 * @throws TypeError, ValueError for anything that is no bit generator
 * @example String(np.random.Generator(np.random.PCG64(1))) // → 'Generator(PCG64)'
 */
export const Generator: typeof GeneratorClass & ((...args: any[]) => GeneratorClass) =
  /*@__PURE__*/ callable(GeneratorClass);
export type Generator = GeneratorClass;

export type Seed = Entropy | ISeedSequence | BitGenerator | Generator | { readonly legacy: GaussBits } | null;

/** Whatever can be the seed of a Generator. A Generator is given back as it is. */
export function makeRng(seed: unknown): Generator {
  if (isBitGenerator(seed)) return new GeneratorClass(seed);
  if (seed instanceof GeneratorClass) return seed;
  const state = seed as { readonly _bit_generator?: unknown } | null;
  if (typeof state === 'object' && state !== null && isBitGenerator(state._bit_generator))
    return new GeneratorClass(state._bit_generator);
  return new GeneratorClass(new PCG64(seed));
}
