import type { ArrayLike } from '../../core/coerce.js';
import type { DTypeName } from '../../core/dtype.js';
import type { NDArray } from '../ndarray.js';

/** Types of the drawing functions. A lone value is drawn where all parameters are numbers and no size is given. */

export type Size = number | bigint | readonly (number | bigint)[];

interface Sized {
  size?: Size | null;
}

/** Without parameters. */
export interface Draws0<N extends DTypeName = 'float64'> {
  (size?: null): number;
  (kw: { size: Size }): NDArray<N>;
  (size: Size): NDArray<N>;
}

/** With one parameter, named A. */
export interface Draws1<A extends string, N extends DTypeName = 'float64'> {
  (a?: number | bigint, size?: null): number;
  (kw: { [K in A]?: number | bigint } & { size?: null }): number;
  (kw: { [K in A]?: ArrayLike } & Sized): NDArray<N>;
  (a: ArrayLike, size?: Size | Sized | null): NDArray<N>;
}

/** With two parameters. */
export interface Draws2<A extends string, B extends string, N extends DTypeName = 'float64'> {
  (a?: number | bigint, b?: number | bigint, size?: null): number;
  (kw: { [K in A | B]?: number | bigint } & { size?: null }): number;
  (kw: { [K in A | B]?: ArrayLike } & Sized): NDArray<N>;
  (a: ArrayLike, kw: { [K in B]?: ArrayLike } & Sized): NDArray<N>;
  (a: ArrayLike, b?: ArrayLike, size?: Size | Sized | null): NDArray<N>;
}

/** With three parameters. */
export interface Draws3<A extends string, B extends string, C extends string, N extends DTypeName = 'float64'> {
  (a: number | bigint, b: number | bigint, c: number | bigint, size?: null): number;
  (kw: { [K in A | B | C]: number | bigint } & { size?: null }): number;
  (kw: { [K in A | B | C]: ArrayLike } & Sized): NDArray<N>;
  (a: ArrayLike, kw: { [K in B | C]: ArrayLike } & Sized): NDArray<N>;
  (a: ArrayLike, b: ArrayLike, kw: { [K in C]: ArrayLike } & Sized): NDArray<N>;
  (a: ArrayLike, b: ArrayLike, c: ArrayLike, size?: Size | Sized | null): NDArray<N>;
}

/** The distributions that Generator and RandomState share. */
export interface Distributions {
  /** Beta, on [0, 1]. */
  beta: Draws2<'a', 'b'>;
  /** Successes among n trials, each of probability p. */
  binomial: Draws2<'n', 'p', 'int64'>;
  /** Sums of `df` squared standard normal values. */
  chisquare: Draws1<'df'>;
  /** Exponential, of mean `scale`. */
  exponential: Draws1<'scale'>;
  /** Fisher's F, of `dfnum` and `dfden` degrees of freedom. */
  f: Draws2<'dfnum', 'dfden'>;
  /** Gamma. */
  gamma: Draws2<'shape', 'scale'>;
  /** Trials up to, and with, the first success. */
  geometric: Draws1<'p', 'int64'>;
  /** Gumbel, of extreme values. */
  gumbel: Draws2<'loc', 'scale'>;
  /** Good ones in a sample without replacement. */
  hypergeometric: Draws3<'ngood', 'nbad', 'nsample', 'int64'>;
  /** Laplace: exponential to both sides. */
  laplace: Draws2<'loc', 'scale'>;
  /** Logistic. */
  logistic: Draws2<'loc', 'scale'>;
  /** Values whose logarithms are normal. */
  lognormal: Draws2<'mean', 'sigma'>;
  /** Logarithmic series. */
  logseries: Draws1<'p', 'int64'>;
  /** Failures before the n-th success. */
  negative_binomial: Draws2<'n', 'p', 'int64'>;
  /** Chi-square, not centred. */
  noncentral_chisquare: Draws2<'df', 'nonc'>;
  /** F, not centred. */
  noncentral_f: Draws3<'dfnum', 'dfden', 'nonc'>;
  /** Normal, of mean `loc` and standard deviation `scale`. */
  normal: Draws2<'loc', 'scale'>;
  /** Pareto II (Lomax). */
  pareto: Draws1<'a'>;
  /** Poisson, of mean `lam`. */
  poisson: Draws1<'lam', 'int64'>;
  /** Powers of uniform values: densities a·x^(a − 1) on [0, 1]. */
  power: Draws1<'a'>;
  /** Rayleigh. */
  rayleigh: Draws1<'scale'>;
  /** Cauchy, of mode 0. */
  standard_cauchy: Draws0;
  /** Student's t. */
  standard_t: Draws1<'df'>;
  /** Triangular, on [left, right] with its peak at mode. */
  triangular: Draws3<'left', 'mode', 'right'>;
  /** Uniform on [low, high). */
  uniform: Draws2<'low', 'high'>;
  /** Von Mises: normal on a circle. */
  vonmises: Draws2<'mu', 'kappa'>;
  /** Wald (inverse Gaussian). */
  wald: Draws2<'mean', 'scale'>;
  /** Weibull, of scale 1. */
  weibull: Draws1<'a'>;
  /** Zipf. */
  zipf: Draws1<'a', 'int64'>;
  /** Counts of the outcomes of n trials: the last axis has one for each of `pvals`. */
  multinomial(n: ArrayLike, pvals: ArrayLike | Record<string, unknown>, size?: Size | Sized | null): NDArray<'int64'>;
  /** Vectors of positive numbers that sum to one. */
  dirichlet(alpha: ArrayLike, size?: Size | Sized | null): NDArray<'float64'>;
}
