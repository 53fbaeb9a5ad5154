import { FLOAT, fused, WORDS } from './fused.js';
import { LOG_CENTRE, LOG_INVERSE } from './tables.js';

/**
 * The natural logarithm of glibc, to the bit: x = 2^k z, log x = k ln2 + log c + log(z / c) with c from a table of 128; near 1 a
 * polynomial in x - 1 whose first terms are kept as a pair.
 */

const LN2_UPPER = 0.6931471805598903;
const LN2_LOWER = 5.497923018708371e-14;
const A1 = 0.33333333331825593;
const A2 = -0.2499999999622955;
const A3 = 0.20000304511814496;
const A4 = -0.16667054827627667;
const HALF_AND_LAST = -0.5000000000000001;

function nearOne(x: number): number {
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  const c1 = fused(r2, 0.19999999999320328, fused(r, -0.24999999999998432, 0.3333333333333352));
  const c2 = -0.16666666669929706 + r * 0.14285715076560868 + r2 * -0.12499997863982555;
  const c3 = 0.11110712032936046 + r * -0.10000486757818193 + r2 * 0.09181994006195467 + r3 * -0.08328363062289341;
  const c = fused(r3, fused(r3, c3, c2), c1);
  const shifted = r * 134217728 + r;
  const rh = shifted - r * 134217728;
  const rl = r - rh;
  const square = rh * rh * -0.5;
  const high = r + square;
  const low = fused(-0.5 * rl, r + rh, r - high + square);
  return fused(c, r3, low) + high;
}

export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return x === 1 ? 0 : nearOne(x);
  if (!(x >= 2 ** -1022 && x < Number.POSITIVE_INFINITY)) {
    if (!(x > 0 && x < 1)) return Math.log(x);
    FLOAT[0] = x * 2 ** 52;
    WORDS[1] -= 52 << 20;
  } else FLOAT[0] = x;
  const high = WORDS[1];
  const from = (high - 0x3fe60000) | 0;
  const i = (from >>> 13) & 127;
  const k = from >> 20;
  WORDS[1] = high - (from & 0xfff00000);
  const r = fused(FLOAT[0], LOG_INVERSE[i], -1);
  const w = k * LN2_UPPER + LOG_CENTRE[i];
  const h = w + r;
  const r2 = r * r;
  const low = fused(r2, HALF_AND_LAST, w - h + r + k * LN2_LOWER);
  return low + r * r2 * (A1 + r * A2 + r2 * (A3 + r * A4)) + h;
}
