/** tf.random: random values with TensorFlow's own generators of bits. */
export { categorical, gamma, normal, poisson, set_seed, shuffle, truncated_normal, uniform } from './stateful.js';
export {
  fold_in,
  split,
  stateless_binomial,
  stateless_categorical,
  stateless_gamma,
  stateless_normal,
  stateless_poisson,
  stateless_truncated_normal,
  stateless_uniform,
} from './stateless.js';
export {
  Algorithms as Algorithm,
  create_rng_state,
  Generator,
  get_global_generator,
  set_global_generator,
} from './generator.js';
export * as experimental from './experimental.js';
