import { expSum } from './exp.js';
import { FLOAT, fused, productRest, WORDS } from './fused.js';
import { POW_CENTRE, POW_CENTRE_REST, POW_INVERSE } from './tables.js';

/**
 * x^y for x >= 0 as glibc computes it: the logarithm to 2^-68 as a pair, times y as a pair, through the exponential's table.
 */

const LN2_UPPER = 0.6931471805598903;
const LN2_LOWER = 5.497923018708371e-14;
const A1 = -0.6666666666666679;
const A2 = 0.5000000000000007;
const A3 = 0.7999999995323976;
const A4 = -0.6666666663487739;
const A5 = -1.142909628459501;
const A6 = 1.0000415263675542;

export function pow(x: number, y: number): number {
  const size = Math.abs(y);
  // The exact cases and the errors agree with JavaScript's, but for 1^NaN and 1^inf.
  if (x === 1) return 1;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY) || !(size > 0 && size < Number.POSITIVE_INFINITY)) return x ** y;
  if (size < 2 ** -65) return x > 1 ? 1 + y : 1 - y;
  if (size >= 2 ** 63) return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  if (x < 2 ** -1022) {
    FLOAT[0] = x * 2 ** 52;
    WORDS[1] -= 52 << 20;
  } else FLOAT[0] = x;
  const high = WORDS[1];
  const from = (high - 0x3fe69555) | 0;
  const i = (from >>> 13) & 127;
  const k = from >> 20;
  WORDS[1] = high - (from & 0xfff00000);
  const r = fused(FLOAT[0], POW_INVERSE[i], -1);
  const t1 = k * LN2_UPPER + POW_CENTRE[i];
  const t2 = t1 + r;
  const low1 = k * LN2_LOWER + POW_CENTRE_REST[i];
  const low2 = t1 - t2 + r;
  const ar = -0.5 * r;
  const ar2 = r * ar;
  const h = t2 + ar2;
  const low3 = productRest(ar, r, ar2);
  const low4 = t2 - h + ar2;
  const p = r * ar2 * (A1 + r * A2 + ar2 * (A3 + r * A4 + ar2 * (A5 + r * A6)));
  const low = low1 + low2 + low3 + low4 + p;
  const log = h + low;
  const rest = h - log + low;
  const product = y * log;
  return expSum(product, y * rest + productRest(y, log, product));
}
