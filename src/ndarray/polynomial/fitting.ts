import { type ArrayLike, toArray } from '../../core/coerce.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { zeros } from '../creation/fill.js';
import { finfo } from '../limits.js';
import type { NDArray } from '../ndarray.js';
import { sort } from '../sorting/index.js';
import { sqrt, square } from '../ufuncs.js';
import { over, plus, times } from './algebra.js';
import { lstsq } from './solvers.js';

/** Keywords of the classes. */
export interface SeriesKeywords {
  domain?: ArrayLike | null;
  window?: ArrayLike | null;
  symbol?: string;
}

export interface FitKeywords extends SeriesKeywords {
  rcond?: number | null;
  /** Gives what the fit knows of itself, too. */
  full?: boolean;
  /** Weights of the residuals, not squared. */
  w?: ArrayLike | null;
}

/** What a fit knows of itself, with `full`: sums of squared residuals, rank, singular values and the relative condition number used. */
export type FitStatus = [residuals: NDArray, rank: NDArray, singular_values: NDArray, rcond: number];

const floats = (x: unknown): NDArray => {
  const a = toArray(x) as NDArray;
  return ('iub'.includes(a.dtype.kind) ? a.astype('float64') : plus(a, 0)) as NDArray;
};

/**
 * The least-squares fit of a series: the Vandermonde matrix with columns scaled to length 1, through the singular value decomposition.
 * @throws TypeError for data of other shapes, ValueError for negative degrees
 */
export function leastSquares(
  vander: (x: NDArray, deg: number) => NDArray,
  given: unknown,
  values: unknown,
  degrees: unknown,
  rcond: unknown,
  full: unknown,
  weights: unknown,
): NDArray | [NDArray, FitStatus] {
  const x = floats(given);
  const y = floats(values);
  const asked = toArray(degrees) as NDArray;
  const list = integers(asked);
  if (Math.min(...list) < 0) throw new ValueError('expected deg >= 0');
  if (x.ndim !== 1) throw new TypeError('expected 1D vector for x');
  if (x.size === 0) throw new TypeError('expected non-empty vector for x');
  if (y.ndim < 1 || y.ndim > 2) throw new TypeError('expected 1D or 2D array for y');
  if (x.shape[0] !== y.shape[0]) throw new TypeError('expected x and y to have same length');
  const terms = (asked.ndim === 0 ? null : sort(toArray(BigInt64Array.from(list, BigInt)))) as NDArray | null;
  const most = Math.max(...list);
  let left = vander(x, most);
  if (terms !== null) left = left.at(':', terms) as NDArray;
  const order = terms === null ? most + 1 : list.length;
  left = left.T as NDArray;
  let right = y.T as NDArray;
  if (weights !== null && weights !== undefined) {
    const w = floats(weights);
    if (w.ndim !== 1) throw new TypeError('expected 1D vector for w');
    if (x.shape[0] !== w.shape[0]) throw new TypeError('expected x and w to have same length');
    left = times(left, w);
    right = times(right, w);
  }
  const cut = rcond === null || rcond === undefined ? x.shape[0] * finfo(x.dtype).eps : Number(rcond);
  const squares = (
    left.dtype.kind === 'c' ? plus(square(left.real as NDArray), square(left.imag as NDArray)) : square(left)
  ) as NDArray;
  const scale = sqrt(squares.sum(1)) as NDArray;
  scale.set([scale.eq(0) as NDArray], 1);
  const [found, residuals, rank, singular] = lstsq(over(left.T, scale), right.T as NDArray, cut);
  let c = (over(found.T, scale) as NDArray).T as NDArray;
  if (terms !== null) {
    const all = zeros([most + 1, ...c.shape.slice(1)], { dtype: c.dtype }) as NDArray;
    all.set([terms], c);
    c = all;
  }
  if (full) return [c, [residuals, rank, singular, cut]];
  if (Number(rank.item()) !== order) warn('RankWarning', 'The fit may be poorly conditioned');
  return c;
}

/** Degrees as whole numbers. @throws TypeError for anything else */
function integers(deg: NDArray): number[] {
  const list = (deg.ndim === 0 ? [deg.item()] : deg.tolist()) as unknown[];
  const whole =
    deg.ndim < 2 &&
    deg.size > 0 &&
    list.every((v) => typeof v === 'bigint' || Number.isInteger(v)) &&
    deg.dtype.kind !== 'b';
  if (!whole) throw new TypeError('deg must be an int or non-empty 1-D array of int');
  return list.map(Number);
}
