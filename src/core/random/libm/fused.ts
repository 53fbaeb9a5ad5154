/**
 * Fused multiply-add without the instruction: a * b + c rounded once.
 *
 * The product is split exactly (Dekker, 1971), the sum of its upper part and c as well (Knuth's two-sum), and the two small rests
 * are added last. The result is that of the instruction except where the rest lies within 2^-52 of itself from a tie, which does
 * not happen in practice; a and b must be far from overflow and their product far from underflow.
 */
export function fused(a: number, b: number, c: number): number {
  const product = a * b;
  const ta = 134217729 * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = 134217729 * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  const lost = ah * bh - product + ah * bl + al * bh + al * bl;
  const sum = product + c;
  const part = sum - product;
  return sum + (product - (sum - part) + (c - part) + lost);
}

/** What the rounding of a * b loses. */
export function productRest(a: number, b: number, product: number): number {
  const ta = 134217729 * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = 134217729 * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return ah * bh - product + ah * bl + al * bh + al * bl;
}

/** One float64 and its two halves, for reading and writing bits. Little-endian, as every engine of JavaScript is. */
export const FLOAT: Float64Array = /*@__PURE__*/ new Float64Array(1);
export const WORDS: Int32Array = /*@__PURE__*/ new Int32Array(FLOAT.buffer);

/** 2^k for the exponents of normal numbers. */
export function powerOfTwo(k: number): number {
  WORDS[0] = 0;
  WORDS[1] = (k + 1023) << 20;
  return FLOAT[0];
}
