import type { FunctionFacts } from '../../core/dispatch.js';
import { TypeError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { type BitGenerator as Bits, isBitGenerator, MT19937 } from './bit-generator.js';
import { RandomState } from './random-state.js';

/** The RandomState behind the functions of `np.random`, which is made when it is first drawn from. */

let one: RandomState | null = null;
const state = (): RandomState => one ?? (one = new RandomState());

/** A method of it as a function. */
export const legacy = <T>(name: string): T & FunctionFacts => {
  const facts = (RandomState.prototype as unknown as Record<string, { readonly signature: string }>)[name];
  const call = (...args: unknown[]): unknown =>
    (state() as unknown as Record<string, (...a: unknown[]) => unknown>)[name](...args);
  Object.defineProperty(call, 'name', { value: name });
  return Object.assign(call, {
    functionName: name,
    signature: facts.signature,
    kind: 'conversion',
    body: call,
  }) as never;
};

/** `np.random.seed`: other generators than the Mersenne Twister take the state of a new one. */
export function reseed(seed: unknown): null {
  const from = state()._bit_generator;
  if (from instanceof MT19937) return state().seed(seed as number);
  from.state = new (from.constructor as new (seed: unknown) => Bits)(seed).state;
  return null;
}

/**
 * The bit generator behind the functions of `np.random`.
 *
 * @example
 * np.random.seed(1);
 * np.random.get_bit_generator().state.bit_generator; // → 'MT19937'
 */
export const get_bit_generator: () => Bits = /*@__PURE__*/ fn(
  'get_bit_generator',
  '',
  () => state()._bit_generator,
  'conversion',
);

/**
 * Gives the functions of `np.random` another bit generator.
 *
 * @throws TypeError for anything that is no bit generator
 * @example
 * const before = np.random.get_bit_generator();
 * np.random.set_bit_generator(np.random.PCG64(1));
 * const x = np.random.rand();
 * np.random.set_bit_generator(before);
 * x; // → 0.5118216247002567
 */
export const set_bit_generator: (bitgen: Bits) => null = /*@__PURE__*/ fn(
  'set_bit_generator',
  'bitgen',
  (bitgen) => {
    if (!isBitGenerator(bitgen)) throw new TypeError('a bit generator is needed, such as np.random.PCG64()');
    state().drawFrom(bitgen);
    return null;
  },
  'conversion',
);
