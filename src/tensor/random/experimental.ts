/** tf.random.experimental: the names that these had first. */
export {
  Algorithms as Algorithm,
  create_rng_state,
  Generator,
  get_global_generator,
  set_global_generator,
} from './generator.js';
export { fold_in as stateless_fold_in, split as stateless_split, stateless_shuffle } from './stateless.js';
