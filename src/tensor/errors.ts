/** tf.errors: the error classes TensorFlow names, as far as the operations here raise them. */
export { InvalidArgumentError } from '../core/errors.js';
