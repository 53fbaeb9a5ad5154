import type { Bits } from '../bits.js';
import { exp, expf, log1p, log1pf } from '../libm/index.js';
import { DENSITY, DENSITY_SINGLE, INSIDE, INSIDE_SINGLE, WIDTH, WIDTH_SINGLE } from './tables-exponential.js';

/** The standard exponential distribution by the ziggurat and by inversion, in float64 and float32. */

/** Where the tail begins. */
const TAIL = 7.69711747013104972;
const TAIL_SINGLE: number = Math.fround(TAIL);

/** A 64-bit word gives the layer (bits 3 to 10) and the place in it (the 53 bits above). */
export function standardExponential(bits: Bits): number {
  for (;;) {
    bits.nextUint64();
    const { hi, lo } = bits;
    const layer = (lo >>> 3) & 0xff;
    const place = hi * 0x200000 + (lo >>> 11);
    const x = place * WIDTH[layer];
    if (place < INSIDE[layer]) return x;
    const u = bits.nextDouble();
    if (layer === 0) return TAIL - log1p(-u);
    if ((DENSITY[layer - 1] - DENSITY[layer]) * u + DENSITY[layer] < exp(-x)) return x;
  }
}

const { fround } = Math;

export function standardExponentialSingle(bits: Bits): number {
  for (;;) {
    const word = bits.nextUint32();
    const layer = (word >>> 1) & 0xff;
    const place = word >>> 9;
    const x = fround(place * WIDTH_SINGLE[layer]);
    if (place < INSIDE_SINGLE[layer]) return x;
    const u = bits.nextFloat();
    if (layer === 0) return fround(TAIL_SINGLE - log1pf(-u));
    const step = fround(DENSITY_SINGLE[layer - 1] - DENSITY_SINGLE[layer]);
    if (fround(fround(step * u) + DENSITY_SINGLE[layer]) < expf(-x)) return x;
  }
}

/** `method='inv'`: one uniform a draw, whatever happens. */
export function standardExponentialInverse(bits: Bits): number {
  return -log1p(-bits.nextDouble());
}

/** The logarithm is a double's here. */
export function standardExponentialInverseSingle(bits: Bits): number {
  return -fround(log1p(-bits.nextFloat()));
}

export function exponential(bits: Bits, scale: number): number {
  return scale * standardExponential(bits);
}
