/** `np.random`. */
export { BitGenerator, type BitGeneratorState, MT19937, PCG64, PCG64DXSM, Philox, SFC64 } from './bit-generator.js';
export { default_rng } from './default-rng.js';
export { Generator } from './generator.js';
export * from './global.js';
export { RandomState } from './random-state.js';
export { SeedSequence } from './seed-sequence.js';
export { get_bit_generator, set_bit_generator } from './singleton.js';
