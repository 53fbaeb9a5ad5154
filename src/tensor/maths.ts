/** tf.math: the element-wise functions and reductions under their full names. */
export * from './math.js';
export * from './no-nan.js';
export * from './reduce.js';
export * from './segments.js';
export { l2_normalize, log_sigmoid, log_softmax, softmax, softplus, softsign, zero_fraction } from './nn.js';
export { bincount, confusion_matrix, count_nonzero } from './counting.js';
export {
  approx_max_k,
  approx_min_k,
  in_top_k,
  invert_permutation,
  is_non_decreasing,
  is_strictly_increasing,
  top_k,
} from './ordering.js';
export {
  bessel_i0,
  bessel_i0e,
  bessel_i1,
  bessel_i1e,
  digamma,
  erf,
  erfc,
  erfcinv,
  erfinv,
  lgamma,
  ndtri,
} from './special/one.js';
export * from './special/more.js';
export * as special from './special/index.js';
