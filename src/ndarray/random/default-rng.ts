import { fn } from '../../core/signature.js';
import { type Generator, makeRng, type Seed } from './generator.js';

/**
 * A generator of random numbers, by PCG64: the one to use in new programs.
 *
 * @param seed an integer of any size, a list of integers, a SeedSequence, a bit generator, a RandomState, or null for entropy of the machine; a Generator is
 * given back as it is
 * @throws TypeError, ValueError for seeds that are no non-negative integers
 * @example
 * const rng = np.random.default_rng(12345);
 * rng.random(); // → 0.22733602246716966
 * rng.integers(0, 10, 3); // → array([7, 3, 2])
 */
export const default_rng: (seed?: Seed | { seed: Seed }) => Generator = /*@__PURE__*/ fn(
  'default_rng',
  'seed=None',
  makeRng,
  'conversion',
);
