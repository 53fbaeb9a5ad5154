import { FLOAT, fused, powerOfTwo, WORDS } from './fused.js';

/**
 * log(1 + x) and exp(x) - 1 of glibc, to the bit: FDLIBM's algorithms (Sun Microsystems, 1993) with their polynomials in parts, and
 * with the fused multiply-adds of the library that the streams were made with.
 */

const LN2_UPPER = 0.6931471803691238;
const LN2_LOWER = 1.9082149292705877e-10;

/** The rest of log(1 + f) after f - f^2 / 2: s (f^2 / 2 + R), with s = f / (2 + f). */
function series(f: number, half: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const r2 = fused(z, 0.2857142874366239, 0.3999999999940942);
  const r3 = fused(z, 0.1818357216161805, 0.22222198432149784);
  const r4 = 0.14798198605116586 * z + 0.15313837699209373;
  const z2 = z * z;
  const z4 = z2 * z2;
  const r = fused(z2 * z4, r4, fused(z4, r3, fused(z, 0.6666666666666735, z2 * r2)));
  return (r + half) * s;
}

export function log1p(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY)) return Math.log1p(x);
  const size = Math.abs(x);
  if (size < 2 ** -29) return size < 2 ** -54 ? x : x - x * x * 0.5;
  FLOAT[0] = x;
  const word = WORDS[1];
  // -0.2929 < x < 0.41422, by the upper halves.
  if (x > 0 ? word < 0x3fda827a : (word & 0x7fffffff) < 0x3fd2bec3 || word === (0xbfd2bec3 | 0)) {
    const half = 0.5 * x * x;
    return x - (half - series(x, half));
  }
  let c = 0;
  let u = x;
  let k: number;
  if (word < 0x43400000) {
    u = 1 + x;
    FLOAT[0] = u;
    k = (WORDS[1] >> 20) - 1023;
    c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
  } else k = (word >> 20) - 1023;
  FLOAT[0] = u;
  let high = WORDS[1] & 0xfffff;
  if (high < 0x6a09e) WORDS[1] = high | 0x3ff00000;
  else {
    k++;
    WORDS[1] = high | 0x3fe00000;
    high = (0x100000 - high) >> 2;
  }
  const f = FLOAT[0] - 1;
  const half = 0.5 * f * f;
  const lower = fused(k, LN2_LOWER, c);
  if (high === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_UPPER + lower;
    const r = half * fused(-0.6666666666666666, f, 1);
    return k === 0 ? f - r : k * LN2_UPPER - (r - lower - f);
  }
  const rest = series(f, half);
  return k === 0 ? f - (half - rest) : k * LN2_UPPER - (half - (rest + lower) - f);
}

const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;

/** y * 2^k through the exponent field, as the original does. */
function shifted(y: number, k: number): number {
  FLOAT[0] = y;
  WORDS[1] += k << 20;
  return FLOAT[0];
}

/** exp(x) - 1 for x = k ln2 + r, c what r lost. */
function fromParts(k: number, r: number, c: number): number {
  const hr = 0.5 * r;
  const h = r * hr;
  const h2 = h * h;
  const r1 = fused(h2 * h2, h * Q5 + Q4, fused(h2, fused(h, Q3, Q2), fused(h, Q1, 1)));
  const t = fused(-r1, hr, 3);
  let e = ((r1 - t) / fused(-t, r, 6)) * h;
  if (k === 0) return r - fused(e, r, -h);
  e = fused(e - c, r, -c) - h;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) return shifted(1 - (e - r), k) - 1;
  if (k < 20) return shifted(1 - 2 ** -k - (e - r), k);
  return shifted(r - (e + powerOfTwo(-k)) + 1, k);
}

export function expm1(x: number): number {
  const size = Math.abs(x);
  FLOAT[0] = x;
  const word = WORDS[1] & 0x7fffffff;
  if (word >= 0x4043687a) {
    if (x !== x || size === Number.POSITIVE_INFINITY) return x < 0 ? -1 : x;
    if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
    if (x < 0) return -1;
  }
  if (word <= 0x3fd62e42) return word < 0x3c900000 ? x : fromParts(0, x, 0);
  let k: number;
  let high: number;
  let low: number;
  if (word < 0x3ff0a2b2) {
    k = x > 0 ? 1 : -1;
    high = x - k * LN2_UPPER;
    low = k * LN2_LOWER;
  } else {
    k = Math.trunc(1.4426950408889634 * x + (x > 0 ? 0.5 : -0.5));
    high = x - k * LN2_UPPER;
    low = k * LN2_LOWER;
  }
  const r = high - low;
  return fromParts(k, r, high - r - low);
}
