import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { toArray } from '../../core/coerce.js';
import { asDtype, type DTypeLike, uint32, uint64 } from '../../core/dtype.js';
import { NotImplementedError, TypeError, ValueError } from '../../core/errors.js';
import { hidden, inspectable } from '../../core/inspect.js';
import { mixEntropy, wordsFrom, wordsOf } from '../../core/random/seed-sequence.js';
import { newArray } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import { bound, callable } from './method.js';
import { bigintsOf, viewOf } from './values.js';

/** Integers that seed generators, and how more of them come from a few. */

/** What has `generate_state` can seed a bit generator, and what has `spawn`, too, can make more of them. */
export interface ISeedSequence {
  generate_state(n_words: number, dtype?: DTypeLike): NDArray;
  spawn?(n_children: number): ISeedSequence[];
}

export type Entropy = number | bigint | readonly (number | bigint | string)[] | ArrayLike;

const SHOWN = (x: unknown): string =>
  Array.isArray(x)
    ? `[${x.map(SHOWN).join(', ')}]`
    : x instanceof ArrayValue
      ? (x as NDArray & { repr(): string }).repr()
      : String(x);

/** The 32-bit words of an integer, of digits, or of a list of these. */
function coerce(x: unknown): number[] {
  if (typeof x === 'boolean') return [x ? 1 : 0];
  if (typeof x === 'number' && !Number.isInteger(x)) throw new TypeError('seed must be integer');
  if (typeof x === 'number' || typeof x === 'bigint') {
    if (x < 0) throw new ValueError('expected non-negative integer');
    return wordsOf(BigInt(x));
  }
  if (typeof x === 'string') {
    if (/^0x[0-9a-f]+$/i.test(x) || /^[0-9]+$/.test(x)) return wordsOf(BigInt(x));
    throw new ValueError('unrecognized seed string');
  }
  if (x instanceof ArrayValue || ArrayBuffer.isView(x)) {
    const a = toArray(x);
    if (a.size > 0 && a.dtype.kind !== 'i' && a.dtype.kind !== 'u' && a.dtype.kind !== 'b') {
      if (a.dtype.kind === 'O' || a.dtype.kind === 'U')
        return ((a as NDArray & { tolist(): unknown[] }).tolist() as unknown[]).flatMap(coerce);
      throw new TypeError('seed must be integer');
    }
    return bigintsOf(a).flatMap((v) => coerce(v));
  }
  if (Array.isArray(x))
    return x.flatMap((v) => {
      if (Array.isArray(v) || (v instanceof ArrayValue && v.ndim > 0))
        throw new TypeError('SeedSequence does not accept nested sequences.');
      return coerce(v);
    });
  throw new TypeError(`SeedSequence expects int or sequence of ints for entropy not ${SHOWN(x)}`);
}

/** Fresh random words from the machine. */
export function machineEntropy(n: number): bigint {
  const words = new Uint32Array(n);
  globalThis.crypto.getRandomValues(words);
  return words.reduce((v, w) => (v << 32n) | BigInt(w), 0n);
}

/**
 * Mixes entropy into words that seed generators, so that similar seeds give unrelated streams.
 *
 * @param entropy an integer of any size, a list of integers, or null for entropy of the machine
 * @param spawn_key the place in the tree of sequences that `spawn` makes
 * @param pool_size how many 32-bit words of entropy are kept, at least 4
 * @throws TypeError, ValueError for entropy that is no non-negative integers
 * @example np.random.SeedSequence(12345).generate_state(2) // → array([2688385916, 3048105090], dtype=uint32)
 */
class SeedSequenceClass implements ISeedSequence {
  readonly entropy: Entropy;
  readonly spawn_key: readonly (number | bigint)[];
  readonly pool_size: number;
  n_children_spawned: number;
  private readonly words: Uint32Array;

  constructor(...args: unknown[]) {
    const [entropy, key, size, spawned] = bound(
      'SeedSequence',
      'entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0',
      args,
    );
    if (size < 4) throw new ValueError('The size of the entropy pool should be at least 4');
    this.pool_size = Number(size);
    this.entropy = entropy ?? machineEntropy(this.pool_size);
    this.spawn_key = [...key];
    this.n_children_spawned = Number(spawned);
    if (typeof entropy === 'string' || (typeof entropy === 'number' && !Number.isInteger(entropy)))
      throw new TypeError(`SeedSequence expects int or sequence of ints for entropy not ${String(entropy)}`);
    const run = coerce(this.entropy);
    const more = coerce(this.spawn_key);
    // Zeros keep what was spawned from meeting what was seeded with the same words.
    if (more.length > 0) while (run.length < this.pool_size) run.push(0);
    this.words = mixEntropy([...run, ...more], this.pool_size);
    hidden(this, 'words', this.words);
  }

  /** The mixed entropy. */
  get pool(): NDArray<'uint32'> {
    const out = newArray([this.pool_size], uint32);
    viewOf(out, Uint32Array).set(this.words);
    return out;
  }

  /** What the sequence was made of. */
  get state(): Record<string, unknown> {
    const { entropy, spawn_key, pool_size, n_children_spawned } = this;
    return { entropy, spawn_key: [...spawn_key], pool_size, n_children_spawned };
  }

  /** Words to seed a generator with. @throws ValueError for a dtype other than uint32 and uint64 */
  generate_state(...args: any[]): NDArray {
    const [n, given] = bound('generate_state', "n_words, dtype='uint32'", args);
    const dtype = asDtype(given as DTypeLike);
    if (dtype !== uint32 && dtype !== uint64) throw new ValueError('only support uint32 or uint64');
    const out = newArray([Number(n)], dtype);
    const words = wordsFrom(this.words, (Number(n) * dtype.itemsize) / 4);
    new Uint8Array(viewOf(out, Uint8Array).buffer, viewOf(out, Uint8Array).byteOffset, words.byteLength).set(
      new Uint8Array(words.buffer),
    );
    return out;
  }

  /** New sequences, unrelated to this one and to each other. */
  spawn(n_children: number | bigint): SeedSequenceClass[] {
    const { entropy, pool_size } = this;
    const from = this.n_children_spawned;
    const n = Number(n_children);
    this.n_children_spawned += n;
    return Array.from(
      { length: n },
      (_, i) => new SeedSequenceClass(entropy, { spawn_key: [...this.spawn_key, from + i], pool_size }),
    );
  }

  repr(): string {
    const lines = ['SeedSequence(', `    entropy=${SHOWN(this.entropy)},`];
    const key = this.spawn_key;
    if (key.length > 0) lines.push(`    spawn_key=(${key.join(', ')}${key.length === 1 ? ',' : ''}),`);
    if (this.pool_size !== 4) lines.push(`    pool_size=${this.pool_size},`);
    if (this.n_children_spawned !== 0) lines.push(`    n_children_spawned=${this.n_children_spawned},`);
    return [...lines, ')'].join('\n');
  }
  toString(): string {
    return this.repr();
  }
}
inspectable(SeedSequenceClass, 'SeedSequence');

export type SeedSequence = SeedSequenceClass;
export const SeedSequence: typeof SeedSequenceClass & ((...args: any[]) => SeedSequenceClass) =
  /*@__PURE__*/ callable(SeedSequenceClass);

/** A sequence for generators whose state was given: it has none to give, and spawns itself. */
export class SeedlessSequence implements ISeedSequence {
  generate_state(): NDArray {
    throw new NotImplementedError('seedless SeedSequences cannot generate state');
  }
  spawn(n: number): ISeedSequence[] {
    return new Array(Number(n)).fill(this);
  }
}
