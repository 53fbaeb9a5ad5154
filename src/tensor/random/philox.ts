/**
 * TensorFlow's source of random bits: Philox 4x32 of ten rounds (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, 2011), and
 * Threefry 2x32 of twenty.
 */

/** The upper word of a product of two 32-bit words. */
function high(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const mid = ah * bl + ((al * bl) >>> 16);
  // Below 2^33: numbers hold it, though not 32 bits do.
  const low = al * bh + (mid % 0x10000);
  return (ah * bh + Math.floor(mid / 0x10000) + Math.floor(low / 0x10000)) >>> 0;
}

const A = 0xd2511f53;
const B = 0xcd9e8d57;
const WEYL_A = 0x9e3779b9;
const WEYL_B = 0xbb67ae85;

/** Philox with a counter of 128 bits and a key of 64, lowest words first. */
export class Philox {
  private readonly block = new Uint32Array(4);
  private left = 0;

  constructor(
    readonly counter: Uint32Array,
    readonly key: Uint32Array,
  ) {}

  /** From two 64-bit seeds: the key, and the upper half of the counter. */
  static ofSeeds(key: bigint, counter: bigint): Philox {
    const words = new Uint32Array(4);
    words.set(halves(counter), 2);
    return new Philox(words, halves(key));
  }

  /** Itself, so many blocks of four words further; nothing is taken from the block that was begun. */
  skipped(blocks: bigint | number): Philox {
    const counter = this.counter.slice();
    if (typeof blocks === 'number') {
      // Below 2^53, as the numbers of elements are.
      let rest = blocks;
      for (let i = 0; i < 4 && rest > 0; i++) {
        const sum = (rest % 0x100000000) + counter[i];
        counter[i] = sum;
        rest = Math.floor(rest / 0x100000000) + (sum >= 0x100000000 ? 1 : 0);
      }
      return new Philox(counter, this.key);
    }
    let carry = blocks;
    for (let i = 0; i < 4 && carry > 0n; i++) {
      carry += BigInt(counter[i]);
      counter[i] = Number(carry & 0xffffffffn);
      carry >>= 32n;
    }
    return new Philox(counter, this.key);
  }

  /** Four words into an array. */
  next(out: Uint32Array, at: number): void {
    const { counter } = this;
    let [a, b, c, d] = counter as unknown as [number, number, number, number];
    let k0 = this.key[0];
    let k1 = this.key[1];
    for (let round = 0; round < 10; round++) {
      const ha = high(A, a);
      const hc = high(B, c);
      const la = Math.imul(A, a);
      const lc = Math.imul(B, c);
      a = (hc ^ b ^ k0) >>> 0;
      c = (ha ^ d ^ k1) >>> 0;
      b = lc >>> 0;
      d = la >>> 0;
      k0 = (k0 + WEYL_A) >>> 0;
      k1 = (k1 + WEYL_B) >>> 0;
    }
    out[at] = a;
    out[at + 1] = b;
    out[at + 2] = c;
    out[at + 3] = d;
    for (let i = 0; i < 4; i++) {
      counter[i]++;
      if (counter[i] !== 0) break;
    }
  }

  /** The next n words. */
  words(n: number): Uint32Array {
    const out = new Uint32Array(Math.ceil(n / 4) * 4);
    for (let i = 0; i < n; i += 4) this.next(out, i);
    return out;
  }

  /** One word. */
  word(): number {
    if (this.left === 0) {
      this.next(this.block, 0);
      this.left = 4;
    }
    return this.block[4 - this.left--];
  }
}

/** The two words of a 64-bit integer, signed or not. */
export const halves = (v: bigint): Uint32Array =>
  Uint32Array.of(Number(v & 0xffffffffn), Number((v >> 32n) & 0xffffffffn));

/** Threefry 2x32: two words for each value of a 64-bit counter; the first words of all, then the second. Its words are made by a kernel. */
export class Threefry {
  constructor(
    readonly counter: bigint,
    readonly key: Uint32Array,
  ) {}
}

/** A generator for a seed of two integers: they are mixed, so that it does not matter which of their bits differ. */
export function ofSeedPair(seed0: bigint, seed1: bigint): Philox {
  const counter = new Uint32Array(4);
  counter.set(halves(seed0), 0);
  counter.set(halves(seed1), 2);
  const mix = new Philox(counter, Uint32Array.of(0x3ec8f720, 0x02461e29)).words(4);
  return new Philox(Uint32Array.of(0, 0, mix[2], mix[3]), mix.slice(0, 2));
}
