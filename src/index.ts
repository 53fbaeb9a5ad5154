/** numbridge: NumPy arrays (`np`), TensorFlow-style tensors (`tf`), and what joins them (`interop`). */
export * as interop from './interop/index.js';
export * as np from './ndarray/index.js';
export * as tf from './tensor/index.js';
