import type { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { float64 } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { castTo, reshapeTo } from '../../core/ops/move.js';
import { allclose } from '../statistics/comparing.js';
import { matmul } from '../contraction/index.js';
import type { NDArray } from '../ndarray.js';
import { abs, add, multiply, sqrt } from '../ufuncs.js';
import { cholesky, eigh, svd } from './decompositions.js';
import { drawFrom, rowOf, sizeIndex, type Source } from './draw.js';
import { viewOf } from './values.js';

/** Normal vectors: standard normal values, multiplied by a factor of the covariance. */

const NOT_VALID = 'covariance is not symmetric positive-semidefinite.';
const turned = (a: NDArray): NDArray => a.T as NDArray;
/** Columns of a matrix, each times a number. */
const scaled = (a: NDArray, by: NDArray): NDArray => multiply(a, by) as NDArray;

interface Problem {
  readonly mean: NDArray;
  readonly cov: NDArray;
  /** Standard normal values, a row for each vector. */
  readonly x: NDArray;
  readonly shape: readonly number[];
}

/** The arguments, checked, and the standard normal values, which are drawn before anything is decomposed. */
function problem(s: Source, givenMean: unknown, givenCov: unknown, size: unknown): Problem {
  const [mean, cov] = [toArray(givenMean), toArray(givenCov)];
  if (s.legacy === null && (mean.dtype.kind === 'c' || cov.dtype.kind === 'c'))
    throw new TypeError('mean and cov must not be complex');
  const one = sizeIndex(size);
  const outer = size === null || size === undefined ? [] : one !== null ? [one] : [...(size as number[])].map(Number);
  if (mean.ndim !== 1) throw new ValueError('mean must be 1 dimensional');
  if (cov.ndim !== 2 || cov.shape[0] !== cov.shape[1]) throw new ValueError('cov must be 2 dimensional and square');
  const n = mean.shape[0];
  if (n !== cov.shape[0]) throw new ValueError('mean and cov must have same length');
  const shape = [...outer, n];
  const x = drawFrom(rowOf('standard_normal'), s, [], shape) as NDArray;
  return {
    mean: mean as NDArray,
    cov: castTo(cov, float64, 'C') as NDArray,
    x: reshapeTo(x, [n === 0 ? 0 : x.size / n, n], 'C') as NDArray,
    shape,
  };
}

/** What is done about a covariance that is none. */
function judge(check: unknown, valid: () => boolean): void {
  if (check === 'ignore') return;
  if (check !== 'warn' && check !== 'raise')
    throw new ValueError("check_valid must equal 'warn', 'raise', or 'ignore'");
  if (valid()) return;
  if (check === 'raise') throw new ValueError(NOT_VALID);
  warn('RuntimeWarning', NOT_VALID);
}

/** Whether the two sides of a singular value decomposition give the covariance back. */
const symmetric = (cov: NDArray, s: NDArray, vh: NDArray, tol: number) => (): boolean =>
  allclose(matmul(scaled(turned(vh), s), vh), cov, { rtol: tol, atol: tol }) as boolean;

export function multivariateNormal(
  source: Source,
  givenMean: unknown,
  givenCov: unknown,
  size: unknown,
  check: unknown,
  tol: number,
  method: unknown,
): NDArray {
  if (method !== 'svd' && method !== 'eigh' && method !== 'cholesky')
    throw new ValueError("method must be one of {'eigh', 'svd', 'cholesky'}");
  const { mean, cov, x, shape } = problem(source, givenMean, givenCov, size);
  let factor: NDArray;
  if (method === 'svd') {
    const [u, s, vh] = svd(cov);
    judge(check, symmetric(cov, s, vh, tol));
    factor = scaled(u, sqrt(s) as NDArray);
  } else if (method === 'eigh') {
    const [s, u] = eigh(cov);
    judge(check, () => viewOf(castTo(s, float64, 'C'), Float64Array).every((v) => v >= -tol));
    factor = scaled(u, sqrt(abs(s)) as NDArray);
  } else factor = cholesky(cov);
  return reshapeTo(add(mean, matmul(x, turned(factor))) as unknown as ArrayValue, shape, 'C') as NDArray;
}

export function legacyMultivariateNormal(
  source: Source,
  givenMean: unknown,
  givenCov: unknown,
  size: unknown,
  check: unknown,
  tol: number,
): NDArray {
  const { mean, cov, x, shape } = problem(source, givenMean, givenCov, size);
  const [, s, vh] = svd(cov);
  judge(check, symmetric(cov, s, vh, tol));
  const rows = reshapeTo(sqrt(s) as unknown as ArrayValue, [shape[shape.length - 1], 1], 'C') as NDArray;
  return reshapeTo(add(matmul(x, scaled(vh, rows)), mean) as unknown as ArrayValue, shape, 'C') as NDArray;
}
