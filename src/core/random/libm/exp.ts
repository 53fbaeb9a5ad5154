import { fused, powerOfTwo } from './fused.js';
import { POWERS, POWERS_REST } from './tables.js';

/**
 * The exponential of glibc, to the bit: x = (k / 128) ln2 + r, exp x = 2^(k / 128) (1 + tail + r + r^2 ...), where the C library
 * was compiled with fused multiply-adds. The fused ones that can change the last bit are fused here; in the others the second
 * rounding is too small to be seen.
 */

const STEPS = 184.6649652337873;
const LN2_UPPER = -0.005415212348111709;
const LN2_LOWER = -1.2864023111638346e-14;
const C2 = 0.49999999999996786;
const C3 = 0.16666666666665886;
const C4 = 0.0416666808410674;
const C5 = 0.008333335853059549;
/** Adding it rounds to an integer. */
const SHIFT = 6755399441055744;
const TINY = 2 ** -54;

/** Beyond |x| = 512 the scale may leave the range of normal numbers: the result is rounded once, then scaled. */
function scaled(tail: number, s: number, e: number): number {
  if (e > 0) return powerOfTwo(e - 1009) * fused(s, tail, s) * 2 ** 1009;
  const scale = s * powerOfTwo(e + 1022);
  const product = scale * tail;
  let y = scale + product;
  if (y < 1) {
    const low = scale - y + product;
    const high = 1 + y;
    y = high + (1 - high + y + low) - 1;
  }
  return y * 2 ** -1022;
}

/** exp(x + rest), where the rest is below the last bits of r. */
export function expSum(x: number, rest: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY)) return 1 + x;
  if (size >= 1024) return x > 0 ? Number.POSITIVE_INFINITY : 0;
  const k = x * STEPS + SHIFT - SHIFT;
  const r = x + k * LN2_UPPER + k * LN2_LOWER + rest;
  const i = k & 127;
  const e = (k - i) / 128;
  const r2 = r * r;
  const tail = fused(fused(r, C3, C2), r2, POWERS_REST[i] + r) + r2 * r2 * (C4 + r * C5);
  const s = POWERS[i];
  return size >= 512 ? scaled(tail, s, e) : fused(s, tail, s) * powerOfTwo(e);
}

export function exp(x: number): number {
  return expSum(x, 0);
}
