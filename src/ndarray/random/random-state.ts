import type { ArrayLike } from '../../core/coerce.js';
import { ArrayValue } from '../../core/array.js';
import { type DTypeLike, float64, int64 } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError, warn } from '../../core/errors.js';
import { hidden, inspectable } from '../../core/inspect.js';
import { type GaussBits, POISSON_MAX } from '../../core/random/distributions/index.js';
import type { Stream } from '../../core/random/stream.js';
import { sizeOf } from '../../core/view.js';
import { newArray } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import { type BitGenerator, type BitGeneratorState, isBitGenerator, MT19937 } from './bit-generator.js';
import { legacyChoice } from './choice.js';
import { drawFrom, drawRandom, rowOf, sizeArgument, type Source } from './draw.js';
import { commonRows, distributionRow, sharedRows } from './generator.js';
import { drawBytes, drawIntegers, plain } from './integers.js';
import { addMethods, bound, callable } from './method.js';
import { legacyMultivariateNormal } from './multivariate-normal.js';
import { permutation, shuffle } from './order.js';
import type { Distributions, Draws0, Draws1, Size } from './types.js';
import { asIndex, readInt, viewOf } from './values.js';

/** `np.random.RandomState`: the streams of NumPy before generators, frozen for ever. */

/** A stream with the second value of the polar method beside it. */
class Legacy implements GaussBits {
  hasGauss = false;
  gauss = 0;
  hi = 0;
  lo = 0;
  constructor(readonly stream: Stream) {}
  nextDouble(): number {
    return this.stream.nextDouble();
  }
  nextFloat(): number {
    return this.stream.nextFloat();
  }
  nextUint32(): number {
    return this.stream.nextUint32();
  }
  nextUint64(): void {
    this.stream.nextUint64();
    this.hi = this.stream.hi;
    this.lo = this.stream.lo;
  }
}

export type LegacyState = [algorithm: string, key: NDArray<'uint32'>, pos: number, has_gauss: number, cached: number];

export interface RandintKeywords {
  high?: ArrayLike | null;
  size?: Size | null;
  dtype?: DTypeLike;
}

/** Methods of RandomState. */
export interface RandomStateMethods extends Distributions {
  /** Uniform values in [0, 1). */
  random_sample: Draws0;
  /** Uniform values in [0, 1). */
  random: Draws0;
  /** Uniform values in [0, 1), of the given shape; one where none is given. */
  rand(): number;
  rand(...shape: (number | bigint)[]): NDArray<'float64'>;
  /** Standard normal values of the given shape; one where none is given. */
  randn(): number;
  randn(...shape: (number | bigint)[]): NDArray<'float64'>;
  /** Integers from `low` up to, but without, `high`; of 0 … low where `high` is not given. */
  randint(low: number | bigint, high?: number | bigint | null): number;
  randint(
    low: ArrayLike | (RandintKeywords & { low: ArrayLike }),
    high?: ArrayLike | null | RandintKeywords,
    ...rest: any[]
  ): any;
  /** Integers from `low` to `high`, both included. Deprecated. */
  random_integers(
    low: number | bigint,
    high?: number | bigint | null | { size?: Size | null },
    size?: Size | null,
  ): any;
  /** Integers from 0 to 2⁶³ − 1. */
  tomaxint(size?: Size | null): any;
  standard_normal: Draws0;
  standard_exponential: Draws0;
  standard_gamma: Draws1<'shape'>;
  /** A random sample of a range or of a list. */
  choice(
    a: ArrayLike,
    size?: Size | null | { size?: Size | null; replace?: boolean; p?: ArrayLike | null },
    ...rest: any[]
  ): any;
  /** Random bytes. */
  bytes(length: number | bigint): Uint8Array;
  /** Puts the entries of an array, or the members of a list, in random order. */
  shuffle(x: ArrayLike | unknown[]): null;
  /** A range, or a copy of an array, in random order. */
  permutation(x: ArrayLike): NDArray;
  /** Normal vectors, of a mean and a covariance. */
  multivariate_normal(
    mean: ArrayLike,
    cov: ArrayLike,
    size?: Size | null | Record<string, unknown>,
    ...rest: any[]
  ): NDArray;
  /** Seeds anew: with an integer below 2³², or a list of these. */
  seed(seed?: ArrayLike | null): null;
  /** The state: as NumPy's tuple, or (`legacy` false) as a dictionary. */
  get_state(legacy?: true | { legacy?: true }): LegacyState;
  get_state(legacy: boolean | { legacy?: boolean }): BitGeneratorState;
  /** Puts the generator into a state that `get_state` gave. */
  set_state(state: LegacyState | BitGeneratorState): null;
}

// The methods are added below, by name.
// biome-ignore lint/correctness/noUnusedVariables: merged with the class of this name
interface RandomStateClass extends RandomStateMethods {}
class RandomStateClass implements Source {
  declare _bit_generator: BitGenerator;
  declare legacy: GaussBits;
  declare stream: Stream;

  constructor(...args: unknown[]) {
    const [seed] = bound('RandomState', 'seed=None', args);
    if (typeof seed === 'function')
      throw new ValueError('Invalid bit generator. The bit generator must be instantized.');
    let from: BitGenerator;
    if (isBitGenerator(seed)) from = seed;
    else {
      const mt = new MT19937();
      if (seed !== null) mt.legacySeed(seed);
      from = mt;
    }
    this.drawFrom(from);
  }

  /** Takes another bit generator. */
  drawFrom(from: BitGenerator): void {
    hidden(this, '_bit_generator', from);
    hidden(this, 'stream', from.stream);
    hidden(this, 'legacy', new Legacy(from.stream));
  }

  toString(): string {
    return `${this.constructor.name}(${this._bit_generator.constructor.name})`;
  }
}

/** A dictionary: no tuple, no array. */
const isDict = (x: unknown): x is BitGeneratorState =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && !(x instanceof ArrayValue);

function getState(self: RandomStateClass, legacy: unknown): LegacyState | BitGeneratorState {
  const state = self._bit_generator.state;
  const tuple = Boolean(legacy) && state.bit_generator === 'MT19937';
  if (legacy && !tuple)
    warn(
      'RuntimeWarning',
      'get_state and legacy can only be used with the MT19937 BitGenerator. To silence this warning, set `legacy` to False.',
    );
  const has_gauss = Number(self.legacy.hasGauss);
  const gauss = self.legacy.gauss;
  if (tuple) return [state.bit_generator, state.state.key, state.state.pos, has_gauss, gauss];
  return { ...state, has_gauss, gauss };
}

function setState(self: RandomStateClass, given: unknown): null {
  let state: BitGeneratorState;
  if (isDict(given)) {
    if (!('bit_generator' in given) || !('state' in given)) throw new ValueError('state dictionary is not valid.');
    state = given;
  } else {
    if (!Array.isArray(given)) throw new TypeError('state must be a dict or a tuple.');
    if (given.length === 0) throw new IndexError('tuple index out of range');
    if (given[0] !== 'MT19937') throw new ValueError('set_state can only be used with legacy MT19937 state instances.');
    if (given.length < 3 || given.length === 4) throw new IndexError('tuple index out of range');
    state = { bit_generator: given[0], state: { key: given[1], pos: given[2] } };
    if (given.length > 3) [state.has_gauss, state.gauss] = [given[3], given[4]];
  }
  self._bit_generator.state = state;
  self.legacy.hasGauss = Number(state.has_gauss ?? 0) !== 0;
  self.legacy.gauss = Number(state.gauss ?? 0);
  return null;
}

function randint(
  self: Source,
  low: unknown,
  high: unknown,
  size: unknown,
  dtype: unknown,
): number | bigint | boolean | NDArray {
  let d = dtype ?? 'int';
  if (typeof d === 'string' && d.startsWith('>')) {
    warn(
      'DeprecationWarning',
      'Providing a dtype with a non-native byteorder is not supported. If you require platform-independent byteorder, call byteswap when required.\nIn future version, providing byteorder will raise a ValueError',
    );
    d = d.slice(1);
  }
  return plain(drawIntegers(self.stream, 'randint', { low, high, size, dtype: d, closed: false }), size, d);
}

function randomIntegers(self: Source, low: unknown, high: unknown, size: unknown): unknown {
  const text = (x: unknown): string => String(x);
  const [from, to] = high === null ? [1, low] : [low, high];
  warn(
    'DeprecationWarning',
    high === null
      ? `This function is deprecated. Please call randint(1, ${text(low)} + 1) instead`
      : `This function is deprecated. Please call randint(${text(low)}, ${text(high)} + 1) instead`,
  );
  const end = typeof to === 'number' && !Number.isInteger(to) ? Math.trunc(to) : asIndex(to);
  return drawIntegers(self.stream, 'randint', { low: from, high: BigInt(end) + 1n, size, dtype: null, closed: false });
}

/** 63 bits of each word. */
function tomaxint(self: Source, size: unknown): number | bigint | NDArray {
  const shape = sizeArgument(size);
  const words = new BigUint64Array(shape === null ? 1 : sizeOf(shape));
  self.stream.fillBounded(words, 0n, 2n ** 64n - 1n, 'masked');
  for (let i = 0; i < words.length; i++) words[i] >>= 1n;
  if (shape === null) return readInt(words[0]);
  const out = newArray(shape, int64);
  viewOf(out, BigUint64Array).set(words);
  return out;
}

const sample = (self: Source, size: unknown): number | NDArray => drawRandom(self, size, float64, null);
const shapeOf = (dims: readonly unknown[]): unknown => (dims.length === 0 ? null : dims.map((n) => Number(asIndex(n))));

addMethods(RandomStateClass, [
  ...commonRows(),
  ...sharedRows,
  ...['standard_normal', 'standard_exponential', 'standard_gamma'].map((name) => distributionRow(rowOf(name))),
  ['random_sample', 'size=None', sample],
  ['random', 'size=None', sample],
  ['rand', '*args', (self: Source, dims) => sample(self, shapeOf(dims))],
  ['randn', '*args', (self: Source, dims) => drawFrom(rowOf('standard_normal'), self, [], shapeOf(dims))],
  ['randint', "low, high=None, size=None, dtype=<class 'int'>", randint],
  ['random_integers', 'low, high=None, size=None', randomIntegers],
  ['tomaxint', 'size=None', tomaxint],
  [
    'choice',
    'a, size=None, replace=True, p=None',
    (self: Source, a, size, replace, p) => legacyChoice(self.stream, a, size, Boolean(replace), p),
  ],
  ['bytes', 'length', (self: Source, n) => drawBytes(self.stream, Number(asIndex(n)))],
  ['shuffle', 'x', (self: Source, x) => shuffle(self.stream, x, 0)],
  ['permutation', 'x', (self: Source, x) => permutation(self.stream, x, 0, true)],
  ['multivariate_normal', "mean, cov, size=None, check_valid='warn', tol=1e-08", legacyMultivariateNormal],
  [
    'seed',
    'seed=None',
    (self: RandomStateClass, seed) => {
      const from = self._bit_generator;
      if (!(from instanceof MT19937)) throw new TypeError('can only re-seed a MT19937 BitGenerator');
      from.legacySeed(seed);
      self.legacy.hasGauss = false;
      self.legacy.gauss = 0;
      return null;
    },
  ],
  ['get_state', 'legacy=True', getState],
  ['set_state', 'state', setState],
]);
hidden(RandomStateClass.prototype, '_poisson_lam_max', POISSON_MAX);
inspectable(RandomStateClass, 'RandomState');

/**
 * The Mersenne Twister with the distributions that NumPy had before generators: the same seeds give the same numbers for ever.
 *
 * @param seed an integer below 2³², a list of these, a bit generator, or null for entropy of the machine
 * @throws ValueError `Seed must be between 0 and 2**32 - 1`
 * @example np.random.RandomState(0).rand(2) // → array([0.5488135 , 0.71518937])
 */
export const RandomState: typeof RandomStateClass & ((...args: any[]) => RandomStateClass) =
  /*@__PURE__*/ callable(RandomStateClass);
export type RandomState = RandomStateClass;
