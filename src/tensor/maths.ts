/** tf.math: the element-wise functions and reductions under their full names. */
export * from './math.js';
export * from './reduce.js';
export { l2_normalize, log_sigmoid, log_softmax, softmax, softplus } from './nn.js';
export { bincount, confusion_matrix, count_nonzero, top_k } from './ordering.js';
