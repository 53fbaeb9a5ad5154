/** Reductions, statistics, rounding and comparison of arrays. */
export type { Axis, Out, Reduced, Truth } from './common.js';
export {
  allclose,
  array_equal,
  array_equiv,
  type CloseKeywords,
  type EqualKeywords,
  isclose,
  isneginf,
  isposinf,
} from './comparing.js';
export {
  cumprod,
  cumsum,
  cumulative_prod,
  cumulative_sum,
  type CumulativeKeywords,
  type RunningKeywords,
} from './cumulative.js';
export { type ArgKeywords, argmax, argmin } from './extremes.js';
export { median, type MedianKeywords, nanmedian } from './median.js';
export {
  average,
  type AverageKeywords,
  mean,
  type MeanKeywords,
  std,
  var_ as var,
  type VarianceKeywords,
} from './moments.js';
export {
  nanargmax,
  nanargmin,
  nancumprod,
  nancumsum,
  nanmax,
  nanmean,
  nanmin,
  nanprod,
  nanstd,
  nansum,
  nanvar,
} from './nan.js';
export {
  nanpercentile,
  nanquantile,
  percentile,
  quantile,
  type QuantileKeywords,
  type QuantileMethodName,
} from './quantile.js';
export {
  all,
  amax,
  amin,
  any,
  count_nonzero,
  type CountKeywords,
  type ExtremeKeywords,
  max,
  min,
  prod,
  ptp,
  type PtpKeywords,
  sum,
  type SumKeywords,
  type TruthKeywords,
} from './reductions.js';
export {
  around,
  clip,
  type ClipKeywords,
  fix,
  nan_to_num,
  type NanToNumKeywords,
  round,
  type RoundKeywords,
} from './rounding.js';
export {
  bincount,
  type BincountKeywords,
  digitize,
  type DigitizeKeywords,
  interp,
  type InterpKeywords,
} from './binning.js';
export { gradient, type GradientKeywords, trapezoid, type TrapezoidKeywords } from './calculus.js';
export { convolve, correlate, type SlidingMode } from './correlation.js';
export { corrcoef, type CorrKeywords, cov, type CovKeywords } from './covariance.js';
export {
  type BinEdgesKeywords,
  type BinRule,
  histogram,
  histogram2d,
  histogram_bin_edges,
  histogramdd,
  type HistogramddKeywords,
  type HistogramKeywords,
} from './histogram.js';
export { i0, sinc, unwrap, type UnwrapKeywords } from './special.js';
