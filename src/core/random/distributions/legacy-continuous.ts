import type { Bits } from '../bits.js';
import { exp, log, log1p, pow } from '../libm/index.js';
import { type GammaFamily, gammaFamily } from './gamma-family.js';

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

export function standardExponential(bits: Bits): number {
  return -log(1 - bits.nextDouble());
}

export function normal(bits: GaussBits, loc: number, scale: number): number {
  return loc + scale * gauss(bits);
}

export function lognormal(bits: GaussBits, mean: number, sigma: number): number {
  return exp(normal(bits, mean, sigma));
}

export function standardCauchy(bits: GaussBits): number {
  const numerator = gauss(bits);
  return numerator / gauss(bits);
}

export function exponential(bits: Bits, scale: number): number {
  return scale * standardExponential(bits);
}

export const FAMILY: GammaFamily<GaussBits> = /*@__PURE__*/ gammaFamily(standardExponential, gauss, true);

const { standardGamma } = FAMILY;

export function beta(bits: GaussBits, a: number, b: number): number {
  if (!(a <= 1 && b <= 1)) {
    const x = standardGamma(bits, a);
    return x / (x + standardGamma(bits, b));
  }
  for (;;) {
    const u = bits.nextDouble();
    const v = bits.nextDouble();
    const x = pow(u, 1 / a);
    const sum = x + pow(v, 1 / b);
    if (!(sum <= 1)) continue;
    if (sum > 0) return x / sum;
    const logX = log(u) / a;
    const logY = log(v) / b;
    const larger = logX > logY ? logX : logY;
    return exp(logX - larger - log(exp(logX - larger) + exp(logY - larger)));
  }
}

export function pareto(bits: Bits, a: number): number {
  return exp(standardExponential(bits) / a) - 1;
}

export function weibull(bits: Bits, a: number): number {
  return a === 0 ? 0 : pow(standardExponential(bits), 1 / a);
}

export function power(bits: Bits, a: number): number {
  return pow(1 - exp(-standardExponential(bits)), 1 / a);
}

export function rayleigh(bits: Bits, scale: number): number {
  return scale * Math.sqrt(-2 * log1p(-bits.nextDouble()));
}

export function wald(bits: GaussBits, mean: number, scale: number): number {
  const ratio = mean / (2 * scale);
  const z = gauss(bits);
  const y = mean * z * z;
  const x = mean + ratio * (y - Math.sqrt(4 * scale * y + y * y));
  const u = bits.nextDouble();
  return u <= mean / (mean + x) ? x : (mean * mean) / x;
}

/** Writes one draw of Dirichlet's distribution to `out` from `at` on. */
export function dirichlet(
  bits: GaussBits,
  alpha: ArrayLike<number>,
  out: { [index: number]: number },
  at: number,
): void {
  let total = 0;
  for (let j = 0; j < alpha.length; j++) {
    const value = standardGamma(bits, alpha[j]);
    out[at + j] = value;
    total += value;
  }
  const inverse = 1 / total;
  for (let j = 0; j < alpha.length; j++) out[at + j] *= inverse;
}
