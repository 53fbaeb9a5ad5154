import { FLOAT, fused, powerOfTwo, WORDS } from './fused.js';
import { EXPANSIONS, ROOTS } from './tables-arccosine.js';

/**
 * The arccosine of glibc, to the bit (IBM's Accurate Mathematical Library without its slow paths): pi / 2 less the arcsine, by its
 * series near 0, by expansions about the middles of intervals, and by a square root near 1.
 */

const HALF_PI = 1.5707963267948966;
const HALF_PI_REST = 6.123233995736766e-17;

/** (asin x - x) / x^3 in x^2. */
function series(xx: number): number {
  let p = fused(0.018138290340456505, xx, 0.022355121102652562);
  p = fused(p, xx, 0.03038212685821193);
  p = fused(p, xx, 0.044642856142105974);
  p = fused(p, xx, 0.07500000000261227);
  return fused(p, xx, 0.1666666666666641);
}

/** Where a section's intervals begin: its first upper word, the bits below an interval, its first row and a row's length. */
const SECTIONS: readonly (readonly [number, number, number, number])[] = [
  [0x3fc00000, 15, 0, 8],
  [0x3fd00000, 14, 256, 8],
  [0x3fe00000, 13, 768, 9],
  [0x3fe80000, 13, 1344, 10],
  [0x3fed8000, 13, 1784, 11],
  [0x3fee8000, 13, 1872, 12],
];

function expanded(x: number, word: number): number {
  let section = SECTIONS.length - 1;
  while (word < SECTIONS[section][0]) section--;
  const [first, shift, row, width] = SECTIONS[section];
  const from = row + ((word - first) >> shift) * width;
  WORDS[0] = 0;
  WORDS[1] = (word & -(1 << shift)) | (1 << (shift - 1));
  const r = Math.abs(x) - FLOAT[0];
  const terms = width - 2;
  let p = EXPANSIONS[from + terms - 1];
  for (let i = terms - 2; i > 0; i--) p = fused(p, r, EXPANSIONS[from + i]);
  p = fused(p, r * r, EXPANSIONS[from + terms]);
  const t = fused(r, EXPANSIONS[from], p);
  const upper = EXPANSIONS[from + terms + 1];
  return x > 0 ? HALF_PI_REST - t + (HALF_PI - upper) : HALF_PI_REST + t + (HALF_PI + upper);
}

function nearOne(x: number): number {
  const z = 0.5 * (x > 0 ? 1 - x : 1 + x);
  FLOAT[0] = z;
  const word = WORDS[1];
  let t = ROOTS[(word >> 14) & 127] * powerOfTwo(511 - (word >> 21));
  const r = fused(-(t * t), z, 1);
  const q = fused(
    fused(fused(r, 0.31252362655451865, 0.3750175008673452), r, 0.4999999994959554),
    r,
    0.9999999998599908,
  );
  t = q * t;
  const c = t * z;
  const shifted = c * 134217728 + c;
  const y = shifted - c * 134217728;
  const rest = fused(-y, y, z) / fused(fused(-0.5 * t, c, 1.5), c, y);
  const p = series(z) * z * (y + rest);
  const half = x > 0 ? rest + p + y : HALF_PI_REST - rest - p + (HALF_PI - y);
  return half + half;
}

export function acos(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1)) return x === 1 ? 0 : x === -1 ? Math.PI : Number.NaN;
  FLOAT[0] = size;
  const word = WORDS[1];
  if (word < 0x3c880000) return HALF_PI;
  if (word < 0x3fc00000) {
    const xx = x * x;
    const r = HALF_PI - x;
    return r + fused(-series(xx), x * xx, HALF_PI - r - x + HALF_PI_REST);
  }
  return word < 0x3fef0000 ? expanded(x, word) : nearOne(x);
}
