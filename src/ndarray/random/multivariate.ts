import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { type DType, float64, int64 } from '../../core/dtype.js';
import { MemoryError, TypeError, ValueError, shapeText } from '../../core/errors.js';
import { broadcastTo, castTo } from '../../core/ops/move.js';
import { canCast } from '../../core/promote.js';
import { checkMany, checkOne, type Draw } from '../../core/random/distributions/index.js';
import { sameShape, sizeOf } from '../../core/view.js';
import { newArray, readShape } from '../creation/make.js';
import { commonShape } from '../manipulation/broadcast.js';
import type { NDArray } from '../ndarray.js';
import { kahanSum } from './choice.js';
import { rowOf, sizeIndex, type Source } from './draw.js';
import { bigintsOf, indexOf, valuesAs, viewOf, writeInt64 } from './values.js';

/** Distributions of vectors: counts of outcomes, colours of samples, parts of a whole. */

const drawOf = (s: Source, name: string): Draw =>
  s.legacy !== null ? (rowOf(name).legacy as Draw) : rowOf(name).modern;

/** Real values in C order. @throws TypeError as NumPy's safe casts */
function reals(x: unknown, dtype: DType, most = 64): ArrayValue {
  const a = Array.isArray(x) ? toArray(x, dtype) : toArray(x);
  if (a.size > 0 && !canCast(a.dtype, dtype, 'safe') && !(typeof x === 'number'))
    throw new TypeError(
      `Cannot cast array data from ${a.dtype.repr()} to ${dtype.repr()} according to the rule 'safe'`,
    );
  if (a.ndim > most)
    throw new ValueError(
      `setting an array element with a sequence. The requested array would exceed the maximum number of dimension of ${most}.`,
    );
  return castTo(a, dtype, 'C');
}

/** The shape of results: the size, then the length of a vector. */
function outer(size: unknown, last: number): number[] {
  if (size === null || size === undefined) return [last];
  if (typeof size === 'number' && !Number.isInteger(size)) throw new TypeError("'float' object is not iterable");
  const one = sizeIndex(size);
  return [...readShape(one ?? size), last];
}

/** One vector of counts: binomial draws, each of what is left. */
function multinomialOnce(
  s: Source,
  n: number,
  p: Float64Array,
  from: number,
  d: number,
  write: (j: number, v: number) => void,
): void {
  const binomial = rowOf('binomial').modern;
  let left = n;
  let chance = 1;
  for (let j = 0; j < d - 1; j++) {
    const v = binomial(s.stream, left, p[from + j] / chance);
    write(j, v);
    left -= v;
    if (left <= 0) break;
    chance -= p[from + j];
  }
  if (left > 0) write(d - 1, left);
}

export function multinomial(s: Source, n: unknown, pvals: unknown, size: unknown): NDArray {
  const legacy = s.legacy !== null;
  const p = reals(pvals, float64, legacy ? 1 : 64);
  const d = p.ndim > 0 ? p.shape[p.ndim - 1] : 0;
  if (d === 0 && !legacy)
    throw new ValueError(
      'pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0.',
    );
  const values = viewOf(p, Float64Array);
  checkMany('in [0, 1]', 'pvals', values);
  for (let at = 0; at < values.length; at += d)
    if (kahanSum(values, d - 1, at) > 1 + 1e-12) {
      const part = p.ndim > 1 ? '[...,:-1]' : '[:-1]';
      const narrow = pvals instanceof ArrayValue && pvals.dtype.kind === 'f' && pvals.dtype !== float64;
      throw new ValueError(
        narrow && values.reduce((a, b) => a + b, 0) < 1.0001
          ? `sum(pvals${part}.astype(np.float64)) > 1.0. The pvals array is cast to 64-bit floating point prior to checking the sum. Precision changes when casting may cause problems even if the sum of the original pvals is valid.`
          : `sum(pvals${part}) > 1.0`,
      );
    }
  const list = Array.isArray(n) || ArrayBuffer.isView(n) || (n instanceof ArrayValue && n.ndim > 0);
  if (legacy && list) throw new TypeError('an integer is required');
  const counts = typeof n === 'number' ? [Math.trunc(n)] : Array.from(viewOf(reals(n, int64), BigInt64Array), Number);
  if (list || p.ndim > 1) {
    checkMany('non-negative', 'n', counts);
    const own = toArray(n).shape;
    const rows = p.shape.slice(0, -1);
    const wanted = size === null || size === undefined ? null : outer(size, 0).slice(0, -1);
    const shape = commonShape(wanted === null ? [own, rows] : [own, rows, wanted]);
    if (wanted !== null && !sameShape(shape, wanted))
      throw new ValueError(
        `Output size ${shapeText(wanted)} is not compatible with broadcast dimensions of inputs ${shapeText(shape)}.`,
      );
    const spread = (values: readonly number[], from: readonly number[]): Float64Array => {
      const a = newArray(from, float64);
      viewOf(a, Float64Array).set(values);
      return valuesAs<Float64Array>(broadcastTo(a, shape), float64);
    };
    const ns = spread(list ? counts : [counts[0]], list ? own : []);
    const from = spread(
      Array.from({ length: sizeOf(rows) }, (_, i) => i * d),
      rows,
    );
    const out = newArray([...shape, d], int64, 'C', true);
    const words = viewOf(out, Int32Array);
    for (let i = 0; i < ns.length; i++)
      multinomialOnce(s, ns[i], values, from[i], d, (j, v) => writeInt64(words, i * d + j, v));
    return out;
  }
  const shape = outer(size, d);
  const out = newArray(shape, int64, 'C', true);
  checkOne('non-negative', 'n', counts[0]);
  const words = viewOf(out, Int32Array);
  for (let i = 0; d > 0 && i < out.size / d; i++)
    multinomialOnce(s, counts[0], values, 0, d, (j, v) => writeInt64(words, i * d + j, v));
  return out;
}

const MAX = 2n ** 63n - 1n;

/** The colours, checked. */
function colours(given: unknown): bigint[] {
  const refuse = (): never => {
    throw new ValueError(`colors must be a one-dimensional sequence of nonnegative integers not exceeding ${MAX}.`);
  };
  if (Array.isArray(given)) {
    if (given.some((v) => indexOf(v) === null)) refuse();
    const list = given.map((v) => indexOf(v) as bigint);
    if (list.some((v) => v < 0n || v > MAX)) refuse();
    return list;
  }
  const a = toArray(given);
  if (a.ndim !== 1 || (a.size > 0 && a.dtype.kind !== 'i' && a.dtype.kind !== 'u')) refuse();
  const list = a.size === 0 ? [] : bigintsOf(a);
  if (list.some((v) => v < 0n || v > MAX)) refuse();
  return list;
}

export function multivariateHypergeometric(
  s: Source,
  given: unknown,
  nsample: unknown,
  size: unknown,
  method: unknown,
): NDArray {
  if (method !== 'count' && method !== 'marginals') throw new ValueError('method must be "count" or "marginals".');
  const asked = indexOf(nsample);
  if (asked === null) throw new ValueError('nsample must be an integer');
  if (asked < 0n) throw new ValueError('nsample must be nonnegative.');
  if (asked > MAX) throw new ValueError(`nsample must not exceed ${MAX}`);
  const list = colours(given);
  const sum = list.reduce((a, b) => a + b, 0n);
  if (sum > MAX)
    throw new ValueError(`sum(colors) must not exceed the maximum value of a 64 bit signed integer (${MAX})`);
  if (method === 'marginals' && sum >= 1000000000n)
    throw new ValueError('When method is "marginals", sum(colors) must be less than 1000000000.');
  if (method === 'count' && sum > MAX / 8n)
    throw new ValueError(`When method is 'count', sum(colors) must not exceed ${MAX / 8n}`);
  if (asked > sum) throw new ValueError('nsample > sum(colors)');
  const k = list.length;
  const out = newArray(outer(size, k), int64, 'C', true);
  const total = Number(sum);
  if (k === 0 || total === 0 || asked === 0n) return out;
  // What is left out is drawn where that is less.
  const turned = 2n * asked > sum - (sum % 2n);
  const n = Number(turned ? sum - asked : asked);
  const amounts = list.map(Number);
  const words = viewOf(out, Int32Array);
  const once =
    method === 'count'
      ? countOnce(s, amounts, total, n)
      : (counts: Float64Array) => marginalsOnce(s, amounts, total, n, counts);
  const counts = new Float64Array(k);
  for (let i = 0; i < out.size; i += k) {
    counts.fill(0);
    once(counts);
    for (let j = 0; j < k; j++) writeInt64(words, i + j, turned ? amounts[j] - counts[j] : counts[j]);
  }
  return out;
}

/** Samples from all members of the collection, which stays shuffled from one sample to the next. */
function countOnce(s: Source, amounts: readonly number[], total: number, n: number): (counts: Float64Array) => void {
  let members: Uint32Array;
  try {
    members = new Uint32Array(total);
  } catch {
    throw new MemoryError(
      `Insufficient memory for multivariate_hypergeometric with method='count' and sum(colors)=${total}`,
    );
  }
  let at = 0;
  amounts.forEach((m, j) => {
    members.fill(j, at, at + m);
    at += m;
  });
  return (counts) => {
    for (let j = 0; j < n; j++) {
      const k = j + s.stream.below(total - j - 1, 'masked');
      const kept = members[k];
      members[k] = members[j];
      members[j] = kept;
    }
    for (let j = 0; j < n; j++) counts[members[j]]++;
  };
}

function marginalsOnce(s: Source, amounts: readonly number[], total: number, n: number, counts: Float64Array): void {
  const draw = rowOf('hypergeometric').modern;
  let left = n;
  let rest = total;
  for (let j = 0; left > 0 && j + 1 < amounts.length; j++) {
    rest -= amounts[j];
    counts[j] = draw(s.stream, amounts[j], rest, left);
    left -= counts[j];
  }
  if (left > 0) counts[amounts.length - 1] = left;
}

export function dirichlet(s: Source, given: unknown, size: unknown): NDArray {
  const legacy = s.legacy !== null;
  if (!Array.isArray(given) && !ArrayBuffer.isView(given) && !(given instanceof ArrayValue && given.ndim > 0))
    throw new TypeError(`object of type '${typeof given === 'number' ? 'int' : typeof given}' has no len()`);
  const a = reals(given, float64, 1);
  const alpha = viewOf(a, Float64Array);
  const k = alpha.length;
  if (alpha.some((v) => (legacy ? v <= 0 : v < 0))) throw new ValueError(legacy ? 'alpha <= 0' : 'alpha < 0');
  const out = newArray(outer(size, k), float64, 'C', true);
  const values = viewOf(out, Float64Array);
  const bits = s.legacy ?? s.stream;
  if (!legacy && k > 0 && Math.max(...alpha) < 0.1) {
    sticks(s, alpha, values);
    return out;
  }
  const gamma = drawOf(s, 'standard_gamma');
  for (let i = 0; k > 0 && i < values.length; i += k) {
    let sum = 0;
    for (let j = 0; j < k; j++) {
      values[i + j] = gamma(bits, alpha[j]);
      sum += values[i + j];
    }
    const scale = 1 / sum;
    for (let j = 0; j < k; j++) values[i + j] *= scale;
  }
  return out;
}

/** For small alphas, whose gammas would all be zero: parts are broken off a stick. */
function sticks(s: Source, alpha: Float64Array, values: Float64Array): void {
  const k = alpha.length;
  const after = new Float64Array(k);
  let sum = 0;
  for (let j = k - 1; j >= 0; j--) {
    sum += alpha[j];
    after[j] = sum;
  }
  if (!(sum > 0)) return;
  const beta = rowOf('beta').modern;
  for (let i = 0; i < values.length; i += k) {
    let left = 1;
    for (let j = 0; j < k - 1; j++) {
      const v = beta(s.stream, alpha[j], after[j + 1]);
      values[i + j] = left * v;
      left *= 1 - v;
      if (after[j + 1] === 0) break;
    }
    values[i + k - 1] = left;
  }
}
