import type { ArrayLike } from '../../core/coerce.js';
import { TypeError } from '../../core/errors.js';
import { isKeywords } from '../../core/signature.js';
import type { NDArray } from '../ndarray.js';
import type { Axis, Out } from './common.js';
import { cumprod, cumsum, type RunningKeywords } from './cumulative.js';
import { type ArgKeywords, argmax, argmin } from './extremes.js';
import { mean, type MeanKeywords, std, var_, type VarianceKeywords } from './moments.js';
import {
  all,
  any,
  type ExtremeKeywords,
  max,
  min,
  prod,
  sum,
  type SumKeywords,
  type TruthKeywords,
} from './reductions.js';
import { clip, type ClipKeywords, round, type RoundKeywords } from './rounding.js';
import { asDtype, bool, type DTypeLike } from '../../core/dtype.js';
import type { UfuncMethods } from '../ufunc.js';
import { logical_and, logical_or } from '../ufuncs.js';

/** Reductions as methods of arrays: the functions with the array in front. */
export interface StatisticsMethods {
  /** Sum of elements along axes; see `np.sum`. */
  sum(
    axis?: Axis | SumKeywords,
    dtype?: DTypeLike | null | SumKeywords,
    out?: Out | SumKeywords,
    ...rest: any[]
  ): NDArray;
  /** Product of elements along axes; see `np.prod`. */
  prod(
    axis?: Axis | SumKeywords,
    dtype?: DTypeLike | null | SumKeywords,
    out?: Out | SumKeywords,
    ...rest: any[]
  ): NDArray;
  /** Largest element along axes; see `np.max`. */
  max(axis?: Axis | ExtremeKeywords, out?: Out | ExtremeKeywords, ...rest: any[]): NDArray;
  /** Smallest element along axes; see `np.min`. */
  min(axis?: Axis | ExtremeKeywords, out?: Out | ExtremeKeywords, ...rest: any[]): NDArray;
  /** Mean along axes; see `np.mean`. */
  mean(
    axis?: Axis | MeanKeywords,
    dtype?: DTypeLike | null | MeanKeywords,
    out?: Out | MeanKeywords,
    ...rest: any[]
  ): NDArray;
  /** Variance along axes; see `np.var`. */
  var(
    axis?: Axis | VarianceKeywords,
    dtype?: DTypeLike | null | VarianceKeywords,
    out?: Out | VarianceKeywords,
    ...rest: any[]
  ): NDArray;
  /** Standard deviation along axes; see `np.std`. */
  std(
    axis?: Axis | VarianceKeywords,
    dtype?: DTypeLike | null | VarianceKeywords,
    out?: Out | VarianceKeywords,
    ...rest: any[]
  ): NDArray;
  /** Whether all elements are true; see `np.all`. */
  all(): boolean;
  all(axis: null | { where: ArrayLike }): boolean;
  all(axis: Axis | TruthKeywords, out?: Out | TruthKeywords, ...rest: any[]): NDArray<'bool'>;
  /** Whether any element is true; see `np.any`. */
  any(): boolean;
  any(axis: null | { where: ArrayLike }): boolean;
  any(axis: Axis | TruthKeywords, out?: Out | TruthKeywords, ...rest: any[]): NDArray<'bool'>;
  /** Index of the largest element; see `np.argmax`. */
  argmax(axis?: number | null | ArgKeywords, out?: Out | ArgKeywords, kw?: ArgKeywords): NDArray;
  /** Index of the smallest element; see `np.argmin`. */
  argmin(axis?: number | null | ArgKeywords, out?: Out | ArgKeywords, kw?: ArgKeywords): NDArray;
  /** Cumulative sum; see `np.cumsum`. */
  cumsum(
    axis?: number | null | RunningKeywords,
    dtype?: DTypeLike | null | RunningKeywords,
    out?: Out | RunningKeywords,
    kw?: RunningKeywords,
  ): NDArray;
  /** Cumulative product; see `np.cumprod`. */
  cumprod(
    axis?: number | null | RunningKeywords,
    dtype?: DTypeLike | null | RunningKeywords,
    out?: Out | RunningKeywords,
    kw?: RunningKeywords,
  ): NDArray;
  /** Limits values to an interval; see `np.clip`. */
  clip(
    min?: ArrayLike | null | ClipKeywords,
    max?: ArrayLike | null | ClipKeywords,
    out?: Out | ClipKeywords,
    kw?: ClipKeywords,
  ): NDArray;
  /** Rounds to decimals; see `np.round`. */
  round(decimals?: number | RoundKeywords, out?: Out | RoundKeywords, kw?: RoundKeywords): NDArray;
}

/** A function of an array and the same arguments that its method takes. */
const call = (f: (...args: any[]) => any, self: NDArray, args: unknown[]): any => f(self, ...args);

/** `a.any(…, dtype=…)`, which the function does not have: the fold in that dtype. */
function truthMethod(f: (...args: any[]) => any, ufunc: UfuncMethods, self: NDArray, args: unknown[]): any {
  const last = args[args.length - 1];
  if (!isKeywords(last) || !('dtype' in last)) return call(f, self, args);
  const { dtype, ...rest } = last;
  if ((dtype ?? null) === null || asDtype(dtype as DTypeLike) === bool)
    return call(f, self, [...args.slice(0, -1), rest]);
  return ufunc.reduce(self, { axis: args.length > 1 ? args[0] : null, ...rest, dtype });
}

/** `a.clip(min=None, max=None, out=None, **kwargs)`: the bounds have other names than in the function, and may be left out. */
function clipMethod(self: NDArray, args: unknown[]): NDArray {
  const last = args[args.length - 1];
  const kw: Record<string, unknown> = isKeywords(last) ? { ...(args.pop() as Record<string, unknown>) } : {};
  if (args.length > 3) throw new TypeError(`clip() takes at most 3 positional arguments (${args.length} given)`);
  const names = ['min', 'max', 'out'];
  args.forEach((value, i) => {
    if (names[i] in kw) throw new TypeError(`clip() got multiple values for argument '${names[i]}'`);
    kw[names[i]] = value;
  });
  return (clip as (...a: any[]) => NDArray)(self, kw);
}

export const statisticsMethods: ThisType<NDArray> & StatisticsMethods = {
  sum(...args: unknown[]) {
    return call(sum, this, args);
  },
  prod(...args: unknown[]) {
    return call(prod, this, args);
  },
  max(...args: unknown[]) {
    return call(max, this, args);
  },
  min(...args: unknown[]) {
    return call(min, this, args);
  },
  mean(...args: unknown[]) {
    return call(mean, this, args);
  },
  var(...args: unknown[]) {
    return call(var_, this, args);
  },
  std(...args: unknown[]) {
    return call(std, this, args);
  },
  all(...args: unknown[]) {
    return truthMethod(all, logical_and, this, args);
  },
  any(...args: unknown[]) {
    return truthMethod(any, logical_or, this, args);
  },
  argmax(...args: unknown[]) {
    return call(argmax, this, args);
  },
  argmin(...args: unknown[]) {
    return call(argmin, this, args);
  },
  cumsum(...args: unknown[]) {
    return call(cumsum, this, args);
  },
  cumprod(...args: unknown[]) {
    return call(cumprod, this, args);
  },
  clip(...args: unknown[]) {
    return clipMethod(this, args);
  },
  round(...args: unknown[]) {
    return call(round, this, args);
  },
};
