import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { uint32, uint64 } from '../../core/dtype.js';
import { KeyError, NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { hidden, inspectable } from '../../core/inspect.js';
import {
  advanceStream,
  jumpMt,
  PLACE,
  readWords,
  SEED_WORDS,
  seedByArray,
  seedGenrand,
  seedStream,
  writeWords,
} from '../../core/random/seeding.js';
import { MT_WORDS } from '../../core/random/layout.js';
import { Stream } from '../../core/random/stream.js';
import type { Algorithm } from '../../core/random/steppers.js';
import { newArray, readShape } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import { bound, callable } from './method.js';
import { type Entropy, type ISeedSequence, SeedlessSequence, SeedSequence } from './seed-sequence.js';
import { asIndex, bigintsOf, readInt, viewOf, words64 } from './values.js';

/** The bit generators: what makes the bits that distributions are made of. */

/** The state of a bit generator as NumPy's dictionaries have it. */
export type BitGeneratorState = Record<string, any>;

/** A member of a dictionary. @throws KeyError */
function member(d: BitGeneratorState, key: string): any {
  if (d === null || typeof d !== 'object' || !(key in d)) throw new KeyError(`'${key}'`);
  return d[key];
}

/** What all bit generators have in common. It makes none. */
class BitGeneratorClass {
  /** The bits themselves. */
  declare readonly stream: Stream;
  /** What the generator was seeded with. */
  seed_seq: ISeedSequence;

  constructor(algorithm: Algorithm | unknown = null, seed: unknown = null) {
    if (new.target === BitGeneratorClass || typeof algorithm !== 'string' || !(algorithm in SEED_WORDS))
      throw new NotImplementedError('BitGenerator is a base class and cannot be instantized');
    hidden(this, 'stream', new Stream(algorithm as Algorithm));
    this.seed_seq =
      seed !== null && typeof seed === 'object' && typeof (seed as Partial<ISeedSequence>).generate_state === 'function'
        ? (seed as ISeedSequence)
        : new SeedSequence(seed as Entropy);
    hidden(this, 'seed_seq', this.seed_seq);
    this.reseed();
  }

  private reseed(): void {
    if (this.seed_seq instanceof SeedlessSequence) return;
    const [n, bits] = SEED_WORDS[this.stream.algorithm];
    const words = this.seed_seq.generate_state(n, bits === 64 ? uint64 : uint32);
    seedStream(this.stream, viewOf(words, Uint32Array));
  }

  /** The state as a dictionary, which may be assigned to a generator of the same class. */
  get state(): BitGeneratorState {
    const w = this.stream.words();
    const name = this.stream.algorithm;
    const half = { has_uint32: w[PLACE.has], uinteger: w[PLACE.half] };
    const array = (place: number, n: number): NDArray =>
      words64(Array.from({ length: n }, (_, i) => readWords(w, place + 2 * i, 2)));
    switch (name) {
      case 'PCG64':
      case 'PCG64DXSM':
        return {
          bit_generator: name,
          state: { state: readWords(w, PLACE.own, 4), inc: readWords(w, PLACE.own + 4, 4) },
          ...half,
        };
      case 'SFC64':
        return { bit_generator: name, state: { state: array(PLACE.own, 4) }, ...half };
      case 'Philox':
        return {
          bit_generator: name,
          state: { counter: array(PLACE.own, 4), key: array(PLACE.philoxKey, 2) },
          buffer: array(PLACE.philoxBuffer, 4),
          buffer_pos: w[PLACE.philoxPlace],
          ...half,
        };
      default: {
        const key = newArray([MT_WORDS], uint32);
        viewOf(key, Uint32Array).set(w.subarray(PLACE.own, PLACE.own + MT_WORDS));
        return { bit_generator: name, state: { key, pos: w[PLACE.mtPlace] } };
      }
    }
  }

  set state(given: BitGeneratorState) {
    const name = this.stream.algorithm;
    let value = given;
    if (name === 'MT19937' && Array.isArray(given)) {
      if (given[0] !== 'MT19937' || (given.length !== 3 && given.length !== 5))
        throw new ValueError('state is not a legacy MT19937 state');
      value = { bit_generator: 'MT19937', state: { key: given[1], pos: given[2] } };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof ArrayValue)
      throw new TypeError('state must be a dict');
    if (value.bit_generator !== name) throw new ValueError(`state must be for a ${name} RNG`);
    const inner = member(value, 'state');
    const w = this.stream.words();
    const next = w.slice();
    const array = (place: number, n: number, from: unknown): void => {
      const values = bigintsOf(integersOf(from));
      if (values.length < n) throw new ValueError(`state must hold ${n} words`);
      for (let i = 0; i < n; i++) writeWords(next, place + 2 * i, 2, values[i]);
    };
    if (name === 'MT19937') {
      const key = bigintsOf(integersOf(member(inner, 'key')));
      if (key.length !== MT_WORDS) throw new ValueError(`key must have ${MT_WORDS} elements`);
      for (let i = 0; i < MT_WORDS; i++) next[PLACE.own + i] = Number(key[i] & 0xffffffffn);
      next[PLACE.mtPlace] = Number(asIndex(member(inner, 'pos')));
    } else {
      if (name === 'SFC64') array(PLACE.own, 4, member(inner, 'state'));
      else if (name === 'Philox') {
        array(PLACE.own, 4, member(inner, 'counter'));
        array(PLACE.philoxKey, 2, member(inner, 'key'));
        array(PLACE.philoxBuffer, 4, member(value, 'buffer'));
        next[PLACE.philoxPlace] = Number(asIndex(member(value, 'buffer_pos')));
      } else {
        writeWords(next, PLACE.own, 4, asIndex(member(inner, 'state')));
        writeWords(next, PLACE.own + 4, 4, asIndex(member(inner, 'inc')));
      }
      next[PLACE.has] = Number(asIndex(member(value, 'has_uint32')));
      next[PLACE.half] = Number(asIndex(member(value, 'uinteger')));
    }
    w.set(next);
    this.stream.written();
  }

  /** Raw words: one, or an array of them; with `output` false they are drawn and thrown away. */
  random_raw(...args: any[]): number | bigint | NDArray | null {
    const [size, output] = bound('random_raw', 'size=None, output=True', args);
    const narrow = this.stream.algorithm === 'MT19937';
    const shape = size === null ? [] : readShape(size);
    const n = size === null ? 1 : shape.reduce((p, k) => p * k, 1);
    const words = narrow ? new Uint32Array(n) : new BigUint64Array(n);
    this.stream.fillWords(words);
    if (output === false) return null;
    if (size === null) return readInt(BigInt(words[0]));
    const out = newArray(shape, uint64);
    viewOf(out, BigUint64Array).set(
      narrow ? BigUint64Array.from(words as Uint32Array, (v) => BigInt(v)) : (words as BigUint64Array),
    );
    return out;
  }

  /** Generators of the same class, seeded from this one's sequence. @throws TypeError where that cannot spawn */
  spawn(n_children: number | bigint): this[] {
    if (typeof this.seed_seq.spawn !== 'function')
      throw new TypeError('The underlying SeedSequence does not implement spawning.');
    const make = this.constructor as new (seed: unknown) => this;
    return this.seed_seq.spawn(Number(n_children)).map((s) => new make(s));
  }

  toString(): string {
    return `<numpy.random.${this.constructor.name}>`;
  }
}
inspectable(BitGeneratorClass, 'BitGenerator');

/** Integers of a state: an array, or a list of numbers and bigints. */
function integersOf(x: unknown): ArrayValue {
  const a = Array.isArray(x) ? words64(x.map((v) => BigInt(v as number))) : toArray(x);
  if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u') throw new TypeError('state must hold integers');
  return a;
}

/** A generator whose sequence can be moved along: a copy far ahead, for streams that do not overlap. */
abstract class Jumping extends BitGeneratorClass {
  protected abstract jump(times: bigint): void;

  /** A copy, moved ahead as if very many values had been drawn, `jumps` times over. */
  jumped(...args: any[]): this {
    const [jumps] = bound('jumped', 'jumps=1', args);
    const made = new (this.constructor as new () => this)();
    made.state = this.state;
    made.jump(asIndex(jumps));
    return made;
  }
}

/** A generator that moves by any number of steps, also backwards. */
abstract class Advancing extends Jumping {
  /** Steps of one jump. */
  protected abstract readonly stride: bigint;
  /** Moves the generator as if `delta` values had been drawn; what was left of the last word is dropped. */
  advance(delta: number | bigint): this {
    advanceStream(this.stream, asIndex(delta));
    return this;
  }
  protected jump(times: bigint): void {
    this.advance(this.stride * times);
  }
}

/** (√5 − 1)/2 of 2¹²⁸. */
const GOLDEN = 0x9e3779b97f4a7c15f39cc0605cedc835n;

class PCG64Class extends Advancing {
  constructor(...args: unknown[]) {
    super('PCG64', bound('PCG64', 'seed=None', args)[0]);
  }
  protected get stride(): bigint {
    return GOLDEN;
  }
}
class PCG64DXSMClass extends Advancing {
  constructor(...args: unknown[]) {
    super('PCG64DXSM', bound('PCG64DXSM', 'seed=None', args)[0]);
  }
  protected get stride(): bigint {
    return GOLDEN;
  }
}
class SFC64Class extends BitGeneratorClass {
  constructor(...args: unknown[]) {
    super('SFC64', bound('SFC64', 'seed=None', args)[0]);
  }
}

/** An integer of `bits` bits, or its 64-bit words. */
function wide(x: unknown, name: string, bits: number): bigint {
  if (Array.isArray(x) || (x instanceof ArrayValue && x.ndim > 0) || ArrayBuffer.isView(x)) {
    const words = bigintsOf(integersOf(x));
    if (words.length !== bits / 64)
      throw new ValueError(`${name} must have ${bits / 64} elements when using array form`);
    return words.reduceRight((v, word) => (v << 64n) | BigInt.asUintN(64, word), 0n);
  }
  const v = asIndex(x);
  if (v < 0n || v >> BigInt(bits)) throw new ValueError(`${name} must be positive and less than 2**${bits}.`);
  return v;
}

class PhiloxClass extends Advancing {
  constructor(...args: unknown[]) {
    const [seed, counter, key] = bound('Philox', 'seed=None, counter=None, key=None', args);
    if (seed !== null && key !== null) throw new ValueError('seed and key cannot be both used');
    super('Philox', key === null ? seed : new SeedlessSequence());
    const w = this.stream.words();
    if (key !== null) {
      writeWords(w, PLACE.philoxKey, 4, wide(key, 'key', 128));
      w[PLACE.philoxPlace] = 4;
    }
    if (counter !== null) writeWords(w, PLACE.own, 8, wide(counter, 'counter', 256));
    this.stream.written();
  }
  protected get stride(): bigint {
    return 1n << 128n;
  }
}

class MT19937Class extends Jumping {
  constructor(...args: unknown[]) {
    super('MT19937', bound('MT19937', 'seed=None', args)[0]);
  }
  protected jump(times: bigint): void {
    for (let i = 0n; i < times; i++) jumpMt(this.stream);
  }
  /** Seeds as the legacy functions do: with an integer below 2³², or a list of these. */
  legacySeed(seed: unknown): void {
    hidden(this, 'seed_seq', new SeedlessSequence());
    if (seed === null || seed === undefined) {
      seedStream(this.stream, viewOf(new SeedSequence().generate_state(MT_WORDS), Uint32Array));
      return;
    }
    const outside = 'Seed must be between 0 and 2**32 - 1';
    const list =
      Array.isArray(seed) ||
      ArrayBuffer.isView(seed) ||
      (seed instanceof ArrayValue && (seed.ndim > 0 || seed.dtype.kind === 'f'));
    if (!list) {
      const v = asIndex(seed);
      if (v < 0n || v > 0xffffffffn) throw new ValueError(outside);
      seedGenrand(this.stream, Number(v));
      return;
    }
    const a =
      Array.isArray(seed) && seed.every((v) => typeof v === 'number' || typeof v === 'bigint')
        ? seed.map(asIndex)
        : fromArray(toArray(seed));
    if (a.length === 0) throw new ValueError('Seed must be non-empty');
    if (a.some((v) => v < 0n || v > 0xffffffffn)) throw new ValueError(outside);
    if (!Array.isArray(seed) && a.length === 1) seedGenrand(this.stream, Number(a[0]));
    else seedByArray(this.stream, Uint32Array.from(a, Number));
  }
}

function fromArray(a: ArrayValue): bigint[] {
  if (a.size > 0 && !'iub'.includes(a.dtype.kind))
    throw new TypeError(`Cannot cast array data from ${a.dtype.repr()} to dtype('int64') according to the rule 'safe'`);
  if (a.size > 0 && a.ndim !== 1) throw new ValueError('Seed array must be 1-d');
  return bigintsOf(a);
}

type Made<T extends abstract new (...args: any[]) => object> = T & ((...args: any[]) => InstanceType<T>);

inspectable(PCG64Class, 'PCG64');
inspectable(PCG64DXSMClass, 'PCG64DXSM');
inspectable(SFC64Class, 'SFC64');
inspectable(PhiloxClass, 'Philox');
inspectable(MT19937Class, 'MT19937');

/**
 * The class of all bit generators. It makes none.
 *
 * @throws NotImplementedError
 * @example np.random.PCG64(1) instanceof np.random.BitGenerator // → true
 */
export const BitGenerator: typeof BitGeneratorClass = BitGeneratorClass;
export type BitGenerator = BitGeneratorClass;

/**
 * PCG-64 (XSL-RR), the generator of `np.random.default_rng`.
 *
 * @param seed an integer, a list of integers, a SeedSequence, or null for entropy of the machine
 * @throws TypeError, ValueError for seeds that are no non-negative integers
 * @example np.random.PCG64(1).random_raw() // → 9441442522235856127n
 */
export const PCG64: Made<typeof PCG64Class> = /*@__PURE__*/ callable(PCG64Class);
export type PCG64 = PCG64Class;

/**
 * PCG-64 with the DXSM output function, for very many streams at once.
 *
 * @example np.random.PCG64DXSM(1).random_raw(2).dtype.name // → 'uint64'
 */
export const PCG64DXSM: Made<typeof PCG64DXSMClass> = /*@__PURE__*/ callable(PCG64DXSMClass);
export type PCG64DXSM = PCG64DXSMClass;

/**
 * SFC-64: small, fast, with a counter.
 *
 * @example np.random.SFC64(1).state.has_uint32 // → 0
 */
export const SFC64: Made<typeof SFC64Class> = /*@__PURE__*/ callable(SFC64Class);
export type SFC64 = SFC64Class;

/**
 * Philox 4×64-10: a counter, enciphered; streams with different keys have nothing in common.
 *
 * @param counter where to begin: an integer below 2²⁵⁶, or its four words
 * @param key an integer below 2¹²⁸, or its two words, in place of a seed
 * @example np.random.Philox({ key: 5 }).state.state.key // → array([5, 0], dtype=uint64)
 */
export const Philox: Made<typeof PhiloxClass> = /*@__PURE__*/ callable(PhiloxClass);
export type Philox = PhiloxClass;

/**
 * The Mersenne Twister, the generator of the legacy functions.
 *
 * @example np.random.MT19937(1).random_raw() // → 1033693557
 */
export const MT19937: Made<typeof MT19937Class> = /*@__PURE__*/ callable(MT19937Class);
export type MT19937 = MT19937Class;

/** Whether something can be drawn from: an instance, not the class. */
export const isBitGenerator = (x: unknown): x is BitGenerator => x instanceof BitGeneratorClass;
