import type { Bits } from '../bits.js';
import { exp, log1p, log1pf } from '../libm/index.js';
import { DENSITY, DENSITY_SINGLE, INSIDE, INSIDE_SINGLE, WIDTH, WIDTH_SINGLE } from './tables-normal.js';

/** The standard normal distribution by the ziggurat, in float64 and float32. */

/** Where the tail begins, and its inverse. */
const TAIL = 3.654152885361009;
const INVERSE = 0.27366123732975828;
const TAIL_SINGLE: number = Math.fround(TAIL);
const INVERSE_SINGLE: number = Math.fround(INVERSE);

/** Beyond the last edge: the pair of exponentials of Marsaglia (1964). */
function tail(bits: Bits, negative: boolean): number {
  for (;;) {
    const x = -INVERSE * log1p(-bits.nextDouble());
    const y = -log1p(-bits.nextDouble());
    if (y + y > x * x) return negative ? -(TAIL + x) : TAIL + x;
  }
}

/** A 64-bit word gives the layer (8 bits), the sign (1) and the place in the layer (52). */
export function standardNormal(bits: Bits): number {
  for (;;) {
    bits.nextUint64();
    const { hi, lo } = bits;
    const layer = lo & 0xff;
    const place = (hi & 0x1fffffff) * 0x800000 + (lo >>> 9);
    const x = (lo & 0x100) === 0 ? place * WIDTH[layer] : -(place * WIDTH[layer]);
    if (place < INSIDE[layer]) return x;
    if (layer === 0) return tail(bits, (lo & 0x20000) !== 0);
    const u = bits.nextDouble();
    if ((DENSITY[layer - 1] - DENSITY[layer]) * u + DENSITY[layer] < exp(-0.5 * x * x)) return x;
  }
}

const { fround } = Math;

function tailSingle(bits: Bits, negative: boolean): number {
  for (;;) {
    const x = fround(-INVERSE_SINGLE * log1pf(-bits.nextFloat()));
    const y = -log1pf(-bits.nextFloat());
    if (fround(y + y) > fround(x * x)) return negative ? -fround(TAIL_SINGLE + x) : fround(TAIL_SINGLE + x);
  }
}

/** The same from a 32-bit word, every operation rounded to float32; only the exponential is a double's. */
export function standardNormalSingle(bits: Bits): number {
  for (;;) {
    const word = bits.nextUint32();
    const layer = word & 0xff;
    const place = word >>> 9;
    const x = (word & 0x100) === 0 ? fround(place * WIDTH_SINGLE[layer]) : -fround(place * WIDTH_SINGLE[layer]);
    if (place < INSIDE_SINGLE[layer]) return x;
    if (layer === 0) return tailSingle(bits, (place & 0x100) !== 0);
    const step = fround(DENSITY_SINGLE[layer - 1] - DENSITY_SINGLE[layer]);
    const height = fround(fround(step * bits.nextFloat()) + DENSITY_SINGLE[layer]);
    if (height < exp(-0.5 * x * x)) return x;
  }
}

export function normal(bits: Bits, loc: number, scale: number): number {
  return loc + scale * standardNormal(bits);
}

export function lognormal(bits: Bits, mean: number, sigma: number): number {
  return exp(normal(bits, mean, sigma));
}

export function standardCauchy(bits: Bits): number {
  const numerator = standardNormal(bits);
  return numerator / standardNormal(bits);
}
