import { FLOAT, fused, WORDS } from './fused.js';
import { SINES_COSINES } from './tables-cosine.js';

/**
 * The cosine of glibc on [0, pi], and its sine near zero, to the bit (IBM's Accurate Mathematical Library without its slow paths): a table of sines and
 * cosines every 1 / 128 and a short polynomial, about the nearest multiple of pi / 2.
 */

/** Adding it rounds to 1 / 128, and puts the multiple into the lowest bits. */
const STEP = 52776558133248;

const sinePart = (xx: number): number => fused(xx, 0.008333332142857223, -0.16666666666666488);
const cosinePart = (xx: number): number => xx * fused(xx, fused(xx, 0.001388888740079376, -0.04166666666666644), 0.5);

/** cos(x + dx) for |x| up to pi / 4 and a little more. */
function cosNear(x: number, dx: number): number {
  const size = Math.abs(x);
  FLOAT[0] = STEP + size;
  const r = size - (FLOAT[0] - STEP) + (x < 0 ? -dx : dx);
  const k = WORDS[0] * 4;
  const xx = r * r;
  const s = fused(r * xx, sinePart(xx), r);
  const c = cosinePart(xx);
  const rest = fused(-c, SINES_COSINES[k + 2], fused(-s, SINES_COSINES[k + 1], SINES_COSINES[k + 3]));
  return SINES_COSINES[k + 2] + fused(-s, SINES_COSINES[k], rest);
}

/** sin(x + dx) for the same. */
function sinNear(x: number, dx: number): number {
  const size = Math.abs(x);
  if (size < 0.126) {
    const xx = x * x;
    let p = fused(xx, -2.502201484831842e-8, 2.755729806860771e-6);
    p = fused(p, xx, -0.00019841269834414642);
    p = fused(p, xx, 0.008333333333332329);
    p = fused(p, xx, -0.16666666666666666);
    return x + fused(xx, fused(p, x, -0.5 * dx), dx);
  }
  FLOAT[0] = STEP + size;
  const r = size - (FLOAT[0] - STEP);
  const d = x <= 0 ? -dx : dx;
  const k = WORDS[0] * 4;
  const xx = r * r;
  const s = r + fused(r * xx, sinePart(xx), d);
  const c = fused(r, d, cosinePart(xx));
  const rest = fused(-c, SINES_COSINES[k], fused(s, SINES_COSINES[k + 3], SINES_COSINES[k + 1]));
  const sine = SINES_COSINES[k] + fused(s, SINES_COSINES[k + 2], rest);
  return x < 0 ? -sine : sine;
}

const HALF_PI = 1.5707963267948966;
const HALF_PI_REST = 6.123233995736766e-17;

/** The sine on [0, 0.85]. */
export const sin = (x: number): number => (x < 2 ** -26 ? x : sinNear(x, 0));

/** For x in [0, pi]; the ranges end where the upper words of the original's bounds do. */
export function cos(x: number): number {
  if (x < 2 ** -27) return 1;
  FLOAT[0] = x;
  const word = WORDS[1];
  if (word < 0x3feb6000) return cosNear(x, 0);
  if (word < 0x400368fd) {
    const y = HALF_PI - x;
    const a = y + HALF_PI_REST;
    return sinNear(a, y - a + HALF_PI_REST);
  }
  // x - pi, with pi in four parts.
  const y = x - 2 * 1.5707963407039642 - 2 * -1.3909067564377153e-8;
  const t1 = 2 * -4.9789962314799099e-17;
  const t2 = y - t1;
  const d = y - t2 - t1;
  const t3 = 2 * -1.9034889620193266e-25;
  const b = t2 - t3;
  return -cosNear(b, d + (t2 - b - t3));
}
