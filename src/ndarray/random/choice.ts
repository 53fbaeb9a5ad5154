import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { describe } from '../../core/device/access.js';
import { float16, float32, float64 } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../../core/errors.js';
import { castTo } from '../../core/ops/move.js';
import type { Stream } from '../../core/random/stream.js';
import { readShape } from '../creation/make.js';
import { take } from '../indexing/take.js';
import type { NDArray } from '../ndarray.js';
import { drawIntegers } from './integers.js';
import { asIndices, permutation } from './order.js';
import { indexOf, valuesAs, viewOf } from './values.js';

/** Random samples of a population, with and without replacement, evenly or by probabilities. */

/** Texts in which Generator and RandomState differ. */
interface Words {
  readonly notOne: string;
  readonly notSame: string;
  readonly nan: string;
  readonly negative: string;
  readonly sum: string;
}
const MODERN: Words = {
  notOne: 'p must be 1-dimensional',
  notSame: 'a and p must have same size',
  nan: 'Probabilities contain NaN',
  negative: 'Probabilities are not non-negative',
  sum: 'Probabilities do not sum to 1. See Notes section of docstring for more information.',
};
const LEGACY: Words = {
  notOne: "'p' must be 1-dimensional",
  notSame: "'a' and 'p' must have same size",
  nan: 'probabilities contain NaN',
  negative: 'probabilities are not non-negative',
  sum: 'probabilities do not sum to 1',
};

const FEWER = 'Fewer non-zero entries in p than size';

/** A sum whose rounding errors are carried along. */
export function kahanSum(x: ArrayLike<number>, n: number = x.length, from = 0): number {
  if (n <= 0) return 0;
  let sum = x[from];
  let carried = 0;
  for (let i = 1; i < n; i++) {
    const y = x[from + i] - carried;
    const t = sum + y;
    carried = t - sum - y;
    sum = t;
  }
  return sum;
}

/** The probabilities, checked. */
function probabilities(given: unknown, population: number, w: Words): Float64Array {
  // None counts as NaN.
  const a = toArray(Array.isArray(given) ? given.map((v) => v ?? Number.NaN) : given);
  if (a.ndim === 0) throw new TypeError("object of type 'float' has no len()");
  let tolerance = Math.sqrt(2 ** -52);
  if (given instanceof ArrayValue) {
    if (a.dtype === float32) tolerance = Math.max(tolerance, Math.fround(Math.sqrt(2 ** -23)));
    else if (a.dtype === float16) tolerance = Math.max(tolerance, Math.sqrt(2 ** -10));
  }
  if (!'biuf'.includes(a.dtype.kind))
    throw new TypeError(
      `Cannot cast array data from ${a.dtype.repr()} to ${float64.repr()} according to the rule 'safe'`,
    );
  if (a.ndim !== 1) throw new ValueError(w.notOne);
  if (a.size !== population) throw new ValueError(w.notSame);
  const p = valuesAs<Float64Array>(castTo(a, float64, 'C'), float64).slice();
  const sum = kahanSum(p);
  if (Number.isNaN(sum)) throw new ValueError(w.nan);
  if (p.some((v) => v < 0)) throw new ValueError(w.negative);
  if (Math.abs(sum - 1) > tolerance) throw new ValueError(w.sum);
  return p;
}

/** Cumulative probabilities, the last of which is one. */
function cumulative(p: Float64Array): Float64Array {
  const out = new Float64Array(p.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum = i === 0 ? p[0] : sum + p[i];
    out[i] = sum;
  }
  for (let i = 0; i < p.length; i++) out[i] /= sum;
  return out;
}

/** The first place whose cumulative probability is above x. */
function placeOf(cdf: Float64Array, x: number): number {
  let [lo, hi] = [0, cdf.length];
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (x < cdf[mid]) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

/** Different places, by probabilities: as many as are missing are drawn, those that came before are left out, and so on. */
function differentBy(s: Stream, p: Float64Array, n: number): number[] {
  let possible = 0;
  for (const v of p) if (v > 0) possible++;
  if (possible < n) throw new ValueError(FEWER);
  const left = p.slice();
  const found: number[] = [];
  while (found.length < n) {
    const x = new Float64Array(n - found.length);
    s.fillUniform(x);
    for (const k of found) left[k] = 0;
    const cdf = cumulative(left);
    for (const k of new Set(Array.from(x, (v) => placeOf(cdf, v)))) found.push(k);
  }
  return found;
}

/** Different places, evenly: a shuffle of the population's end where many are wanted, Floyd's algorithm where few are. */
function different(s: Stream, population: number, n: number, mix: boolean): Uint32Array {
  const swap = (x: Uint32Array) => (i: number, j: number) => {
    const kept = x[j];
    x[j] = x[i];
    x[i] = kept;
  };
  if (population > 10000 && n > Math.floor(population / (mix ? 50 : 20))) {
    const all = new Uint32Array(population);
    for (let i = 0; i < population; i++) all[i] = i;
    s.shuffle(population, Math.max(population - n, 1), 'lemire', swap(all));
    return all.subarray(population - n);
  }
  const out = new Uint32Array(n);
  const taken = new Set<number>();
  for (let j = population - n; j < population; j++) {
    const v = s.below(j, 'lemire');
    const kept = taken.has(v) ? j : v;
    taken.add(kept);
    out[j - population + n] = kept;
  }
  if (mix) s.shuffle(n, 1, 'lemire', swap(out));
  return out;
}

const product = (shape: readonly number[]): number => shape.reduce((n, k) => n * k, 1);

/** How many are asked for; sizes are read before they are known to be shapes. */
function count(size: unknown): number {
  if (size === null || size === undefined) return 1;
  return Array.isArray(size) ? product(size.map(Number)) : Number(indexOf(size) ?? 1n);
}

/** The sampled places as the caller wants them: places, or what is there. */
function picked(
  a: ArrayValue,
  idx: ArrayLike<number> | NDArray,
  shape: readonly number[],
  axis: number,
  lone: boolean,
): unknown {
  const places = idx instanceof ArrayValue ? idx : asIndices(idx, shape);
  if (a.ndim === 0) return lone ? Number(places.item()) : places;
  const found = take(a as never, places, axis) as unknown as NDArray & { item(): unknown };
  // A lone object is given itself.
  return lone && found.ndim === 0 && found.dtype.kind === 'O' ? found.item() : found;
}

/** `Generator.choice`. */
export function choice(
  s: Stream,
  given: unknown,
  size: unknown,
  replace: boolean,
  p: unknown,
  axis: number,
  mix: boolean,
): unknown {
  const n = indexOf(given);
  const a = n === null ? toArray(given) : toArray(0);
  let population: number;
  if (n !== null) {
    population = Number(n);
    if (population <= 0 && count(size) !== 0)
      throw new ValueError('a must be a positive integer unless no samples are taken');
  } else if (a.ndim === 0)
    throw new ValueError(
      `a must be a sequence or an integer, not <class '${typeof given === 'string' ? 'str' : typeof given === 'number' ? 'float' : describe(given)}'>`,
    );
  else {
    const at = axis < 0 ? axis + a.ndim : axis;
    if (at < 0 || at >= a.ndim) throw new IndexError('tuple index out of range');
    population = a.shape[at];
    if (population === 0 && count(size) !== 0) throw new ValueError('a cannot be empty unless no samples are taken');
  }
  const weights = p === null || p === undefined ? null : probabilities(p, population, MODERN);
  const lone = size === null || size === undefined;
  if (!lone && !replace && count(size) > population)
    throw new ValueError('Cannot take a larger sample than population when replace is False');
  const shape = lone ? [] : readShape(size);
  const total = product(shape);
  let idx: ArrayLike<number> | NDArray;
  if (replace) {
    if (weights !== null) idx = byWeights(s, weights, total);
    else
      idx = drawIntegers(s, 'integers', {
        low: 0,
        high: Math.max(population, 0),
        size: shape,
        dtype: null,
        closed: false,
      });
  } else if (total > population)
    throw new ValueError('Cannot take a larger sample than population when replace is False');
  else idx = weights !== null ? differentBy(s, weights, total) : different(s, population, total, mix);
  return picked(a, idx, shape, axis, lone);
}

/** Places by cumulative probabilities, with replacement. */
function byWeights(s: Stream, p: Float64Array, n: number): Float64Array {
  const x = new Float64Array(n);
  s.fillUniform(x);
  const cdf = cumulative(p);
  for (let i = 0; i < n; i++) x[i] = placeOf(cdf, x[i]);
  return x;
}

/** Values of an int64 array that are known to be below 2³². */
function lowWords(a: NDArray): Float64Array {
  const words = viewOf(a, Uint32Array);
  return Float64Array.from({ length: words.length / 2 }, (_, i) => words[2 * i] + words[2 * i + 1] * 4294967296);
}

/** `RandomState.choice`, which knows no axes and shuffles whole populations. */
export function legacyChoice(s: Stream, given: unknown, size: unknown, replace: boolean, p: unknown): unknown {
  const n = indexOf(given);
  const a = n === null ? toArray(given) : toArray(0);
  let population: number;
  if (n !== null) {
    population = Number(n);
    if (population <= 0 && count(size) !== 0)
      throw new ValueError('a must be greater than 0 unless no samples are taken');
  } else if (a.ndim === 0) throw new ValueError('a must be 1-dimensional or an integer');
  else if (a.ndim !== 1) throw new ValueError('a must be 1-dimensional');
  else {
    population = a.shape[0];
    if (population === 0 && count(size) !== 0) throw new ValueError("'a' cannot be empty unless no samples are taken");
  }
  const weights = p === null || p === undefined ? null : probabilities(p, population, LEGACY);
  const lone = size === null || size === undefined;
  const shape = lone ? [] : replace ? readShape(size) : null;
  const total = shape === null ? count(size) : product(shape);
  let idx: ArrayLike<number> | NDArray;
  if (replace) {
    if (weights !== null) idx = byWeights(s, weights, total);
    else idx = drawIntegers(s, 'randint', { low: 0, high: population, size: shape, dtype: null, closed: false });
    return picked(a, idx, shape as number[], 0, lone);
  }
  if (total > population) throw new ValueError("Cannot take a larger sample than population when 'replace=False'");
  if (total < 0) throw new ValueError('Negative dimensions are not allowed');
  if (weights !== null) idx = differentBy(s, weights, total);
  else idx = lowWords(permutation(s, BigInt(population), 0, true)).subarray(0, total);
  return picked(a, idx, lone ? [] : readShape(size), 0, lone);
}
