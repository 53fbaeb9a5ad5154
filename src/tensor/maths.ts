/** tf.math: the element-wise functions and reductions under their full names. */
export * from './math.js';
export * from './reduce.js';
export { softplus, softmax, log_softmax } from './nn.js';
export { bincount, confusion_matrix, count_nonzero, top_k } from './ordering.js';
