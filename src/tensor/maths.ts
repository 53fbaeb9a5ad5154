/** tf.math: the element-wise functions and reductions under their full names. */
export * from './math.js';
export * from './reduce.js';
export { l2_normalize, log_sigmoid, log_softmax, softmax, softplus } from './nn.js';
export { bincount, confusion_matrix, count_nonzero, top_k } from './ordering.js';
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
