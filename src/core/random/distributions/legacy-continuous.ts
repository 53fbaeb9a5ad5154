import type { Bits } from '../bits.js';
import { log } from '../libm/index.js';

/** The continuous distributions as RandomState draws them: frozen for ever, so that old seeds give old numbers. */

/** A stream that keeps the second value of the polar method until the next call. RandomState's state holds both. */
export interface GaussBits extends Bits {
  hasGauss: boolean;
  gauss: number;
}

/** The polar method (Marsaglia & Bray, 1964): two values at a time, the second returned first. */
export function gauss(bits: GaussBits): number {
  if (bits.hasGauss) {
    const kept = bits.gauss;
    bits.hasGauss = false;
    bits.gauss = 0;
    return kept;
  }
  for (;;) {
    const x = 2 * bits.nextDouble() - 1;
    const y = 2 * bits.nextDouble() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const factor = Math.sqrt((-2 * log(square)) / square);
    bits.gauss = factor * x;
    bits.hasGauss = true;
    return factor * y;
  }
}

export function standardExponential(bits: GaussBits): number {
  return -log(1 - bits.nextDouble());
}

export function normal(bits: GaussBits, loc: number, scale: number): number {
  return loc + scale * gauss(bits);
}

export function exponential(bits: GaussBits, scale: number): number {
  return scale * standardExponential(bits);
}
