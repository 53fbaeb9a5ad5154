/** tf.data: sequences of elements, made when they are iterated. */
export { INFINITE_CARDINALITY, UNKNOWN_CARDINALITY } from './data/base.js';
export { Dataset } from './data/dataset.js';
import './data/regroup.js';
/** What TensorFlow calls "as many as is good". */
export const AUTOTUNE = -1;
