import type { GaussBits } from '../../../src/core/random/distributions/index.js';

/** PCG64 and MT19937 written for the tests alone, as plainly as the definitions, to be compared with the library's by its results. */

const M64 = (1n << 64n) - 1n;
const M128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

abstract class Stream implements GaussBits {
  hi = 0;
  lo = 0;
  hasGauss = false;
  gauss = 0;
  abstract nextUint32(): number;
  abstract nextUint64(): void;
  abstract nextDouble(): number;
  /** As `random_raw` gives it. */
  abstract raw(): bigint;
  nextFloat(): number {
    return (this.nextUint32() >>> 8) / 0x1000000;
  }
}

export class Pcg64 extends Stream {
  private kept: number | null = null;
  constructor(
    private state: bigint,
    private readonly inc: bigint,
  ) {
    super();
  }
  raw(): bigint {
    this.state = (this.state * MULTIPLIER + this.inc) & M128;
    const word = (this.state >> 64n) ^ (this.state & M64);
    const turn = this.state >> 122n;
    return ((word >> turn) | (word << (64n - turn))) & M64;
  }
  nextUint64(): void {
    const word = this.raw();
    this.hi = Number(word >> 32n);
    this.lo = Number(word & 0xffffffffn);
  }
  nextUint32(): number {
    if (this.kept !== null) {
      const kept = this.kept;
      this.kept = null;
      return kept;
    }
    const word = this.raw();
    this.kept = Number(word >> 32n);
    return Number(word & 0xffffffffn);
  }
  nextDouble(): number {
    return Number(this.raw() >> 11n) / 2 ** 53;
  }
}

export class Mt19937 extends Stream {
  private readonly key = new Uint32Array(624);
  private at = 624;
  constructor(seed: number) {
    super();
    this.key[0] = seed;
    for (let i = 1; i < 624; i++) this.key[i] = Math.imul(1812433253, this.key[i - 1] ^ (this.key[i - 1] >>> 30)) + i;
  }
  private twist(): void {
    const { key } = this;
    for (let i = 0; i < 624; i++) {
      const y = (key[i] & 0x80000000) | (key[(i + 1) % 624] & 0x7fffffff);
      key[i] = key[(i + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }
  nextUint32(): number {
    if (this.at === 624) this.twist();
    let y = this.key[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }
  nextUint64(): void {
    this.hi = this.nextUint32();
    this.lo = this.nextUint32();
  }
  nextDouble(): number {
    const upper = this.nextUint32() >>> 5;
    return (upper * 67108864 + (this.nextUint32() >>> 6)) / 9007199254740992;
  }
  raw(): bigint {
    return BigInt(this.nextUint32());
  }
}
