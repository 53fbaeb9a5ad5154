/** tf.optimizers: the ways to change variables along gradients, and schedules of learning rates. */
export { Adadelta, Adagrad, Ftrl, Momentum, RMSprop, SGD } from './optimizers/slopes.js';
export { Adam, AdamW, Adamax, Nadam } from './optimizers/moments.js';
export { Adafactor, get, Lion } from './optimizers/light.js';
export { Optimizer } from './optimizers/optimizer.js';
export * as schedules from './optimizers/schedules.js';
