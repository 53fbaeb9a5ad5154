/**
 * A stream of random bits, as every distribution sees it. The five bit generators differ in how they make these values
 * (a generator of 64-bit words hands out 32-bit values as the lower and then the upper half of one word; MT19937 has 32-bit
 * words and joins two of them), and each does it exactly as NumPy's does, so that the state after any draws is the same.
 */
export interface Bits {
  /** 53 random bits as a float64 in [0, 1). */
  nextDouble(): number;
  /** 24 random bits as a float32 in [0, 1), from one 32-bit value. */
  nextFloat(): number;
  /** A 32-bit value, 0 … 2³² − 1. */
  nextUint32(): number;
  /** Draws a 64-bit value into `hi` and `lo`, its halves, each 0 … 2³² − 1. */
  nextUint64(): void;
  hi: number;
  lo: number;
}
