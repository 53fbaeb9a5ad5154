/** numbridge: NumPy arrays (`np`), TensorFlow-style tensors (`tf`), and what joins them (`interop`). */
import { setNamespace } from './ndarray/array-api.js';
import * as np from './ndarray/index.js';

setNamespace(np);

export * as interop from './interop/index.js';
export * as tf from './tensor/index.js';
export { np };
