import type { Bits } from '../bits.js';
import { acos, cos, expm1, log, pow } from '../libm/index.js';
import { standardExponential } from './exponential.js';
import { beta, FAMILY } from './gamma.js';
import { standardNormal } from './normal.js';

/** Distributions that are a formula of a uniform, an exponential or a normal, the inverse Gaussian, von Mises's and Dirichlet's. */

/** From `low` and `high - low`. */
export function uniform(bits: Bits, low: number, range: number): number {
  return low + range * bits.nextDouble();
}

export function laplace(bits: Bits, loc: number, scale: number): number {
  for (;;) {
    const u = bits.nextDouble();
    if (u >= 0.5) return loc - scale * log(2 - u - u);
    if (u > 0) return loc + scale * log(u + u);
  }
}

export function gumbel(bits: Bits, loc: number, scale: number): number {
  for (;;) {
    const u = 1 - bits.nextDouble();
    if (u < 1) return loc - scale * log(-log(u));
  }
}

export function logistic(bits: Bits, loc: number, scale: number): number {
  for (;;) {
    const u = bits.nextDouble();
    if (u > 0) return loc + scale * log(u / (1 - u));
  }
}

export function triangular(bits: Bits, left: number, mode: number, right: number): number {
  const base = right - left;
  const below = mode - left;
  const u = bits.nextDouble();
  if (u <= below / base) return left + Math.sqrt(u * (below * base));
  return right - Math.sqrt((1 - u) * ((right - mode) * base));
}

export function pareto(bits: Bits, a: number): number {
  return expm1(standardExponential(bits) / a);
}

export function weibull(bits: Bits, a: number): number {
  return a === 0 ? 0 : pow(standardExponential(bits), 1 / a);
}

export function power(bits: Bits, a: number): number {
  return pow(-expm1(-standardExponential(bits)), 1 / a);
}

export function rayleigh(bits: Bits, scale: number): number {
  return scale * Math.sqrt(2 * standardExponential(bits));
}

/** Michael, Schucany & Haas (1976), with the smaller root written so that nothing cancels. */
export function wald(bits: Bits, mean: number, scale: number): number {
  const z = standardNormal(bits);
  const y = mean * z * z;
  const x = mean * (1 - 2 / (1 + Math.sqrt((4 * scale) / y + 1)));
  const u = bits.nextDouble();
  return u <= mean / (mean + x) ? x : (mean * mean) / x;
}

/** The parameter of the wrapped Cauchy envelope; an expansion where the formula has no digits left. */
function envelope(kappa: number): number {
  if (kappa < 1e-5) return 1 / kappa + kappa;
  const r = 1 + Math.sqrt(1 + 4 * kappa * kappa);
  const rho = (r - Math.sqrt(2 * r)) / (2 * kappa);
  return (1 + rho * rho) / (2 * rho);
}

/** Best & Fisher (Efficient Simulation of the von Mises Distribution, Applied Statistics 28, 1979). */
export function vonmisesLegacy(bits: Bits, mu: number, kappa: number): number {
  if (Number.isNaN(kappa)) return Number.NaN;
  if (kappa < 1e-8) return Math.PI * (2 * bits.nextDouble() - 1);
  const s = envelope(kappa);
  let w: number;
  for (;;) {
    const z = cos(Math.PI * bits.nextDouble());
    w = (1 + s * z) / (s + z);
    const y = kappa * (s - w);
    const v = bits.nextDouble();
    if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0) break;
  }
  const angle = acos(w);
  const turned = (bits.nextDouble() < 0.5 ? -angle : angle) + mu;
  const wrapped = ((Math.abs(turned) + Math.PI) % (2 * Math.PI)) - Math.PI;
  return turned < 0 ? -wrapped : wrapped;
}

/** Beyond a concentration of a million the normal distribution of the same variance, wrapped. */
export function vonmises(bits: Bits, mu: number, kappa: number): number {
  if (!(kappa > 1e6)) return vonmisesLegacy(bits, mu, kappa);
  const turned = mu + Math.sqrt(1 / kappa) * standardNormal(bits);
  if (turned < -Math.PI) return turned + 2 * Math.PI;
  return turned > Math.PI ? turned - 2 * Math.PI : turned;
}

/**
 * Writes one draw of Dirichlet's distribution to `out` from `at` on. Where every parameter is below a tenth the sum of the gammas
 * may vanish, and the stick is broken by betas instead (without any weight all are zero, and nothing is drawn); `sums[j]` is the sum of the parameters from j on.
 */
export function dirichlet(
  bits: Bits,
  alpha: ArrayLike<number>,
  sums: ArrayLike<number> | null,
  out: { [index: number]: number },
  at: number,
): void {
  const k = alpha.length;
  const { standardGamma } = FAMILY;
  if (sums && sums[0] === 0) {
    for (let j = 0; j < k; j++) out[at + j] = 0;
    return;
  }
  if (sums) {
    let left = 1;
    for (let j = 0; j < k - 1; j++) {
      const v = beta(bits, alpha[j], sums[j + 1]);
      out[at + j] = left * v;
      left *= 1 - v;
    }
    out[at + k - 1] = left;
    return;
  }
  let total = 0;
  for (let j = 0; j < k; j++) {
    const value = standardGamma(bits, alpha[j]);
    out[at + j] = value;
    total += value;
  }
  const inverse = 1 / total;
  for (let j = 0; j < k; j++) out[at + j] *= inverse;
}

/** The sums that {@link dirichlet} needs, or null where it draws gammas. */
export function dirichletSums(alpha: ArrayLike<number>): Float64Array | null {
  let most = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < alpha.length; j++) if (!(alpha[j] <= most)) most = alpha[j];
  if (!(alpha.length > 0 && most < 0.1)) return null;
  const sums = new Float64Array(alpha.length);
  let sum = 0;
  for (let j = alpha.length - 1; j >= 0; j--) {
    sum += alpha[j];
    sums[j] = sum;
  }
  return sums;
}
