import type { Bits } from '../bits.js';
import { log, pow } from '../libm/index.js';
import { poisson } from './poisson.js';

/**
 * The gamma distribution and those made of it, over a normal and an exponential distribution: the ziggurat's in a Generator, the polar
 * method's and the inverse's in a RandomState. Shapes above 1 by Marsaglia & Tsang (A Simple Method for Generating Gamma Variables,
 * ACM TOMS 26(3), 2000), shapes below 1 by rejection from a power and an exponential (Ahrens & Dieter, 1974).
 */
export interface GammaFamily<B extends Bits> {
  readonly standardGamma: (bits: B, shape: number) => number;
  readonly gamma: (bits: B, shape: number, scale: number) => number;
  readonly chisquare: (bits: B, df: number) => number;
  readonly noncentralChisquare: (bits: B, df: number, nonc: number) => number;
  readonly f: (bits: B, dfnum: number, dfden: number) => number;
  readonly noncentralF: (bits: B, dfnum: number, dfden: number, nonc: number) => number;
  readonly standardT: (bits: B, df: number) => number;
  readonly negativeBinomial: (bits: B, n: number, p: number) => number;
}

export function gammaFamily<B extends Bits>(
  exponential: (bits: B) => number,
  normal: (bits: B) => number,
  old: boolean,
): GammaFamily<B> {
  function small(bits: B, shape: number): number {
    const rest = 1 - shape;
    const power = 1 / shape;
    for (;;) {
      const u = bits.nextDouble();
      const v = exponential(bits);
      if (u <= rest) {
        const x = pow(u, power);
        if (x <= v) return x;
      } else {
        const y = -log((1 - u) / shape);
        const x = pow(rest + shape * y, power);
        if (x <= v + y) return x;
      }
    }
  }

  function large(bits: B, shape: number): number {
    const b = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * b);
    for (;;) {
      let x: number;
      let v: number;
      do {
        x = normal(bits);
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = bits.nextDouble();
      if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
      if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
    }
  }

  function standardGamma(bits: B, shape: number): number {
    if (shape === 1) return exponential(bits);
    if (shape === 0) return 0;
    return shape < 1 ? small(bits, shape) : large(bits, shape);
  }

  const chisquare = (bits: B, df: number): number => 2 * standardGamma(bits, df / 2);

  /** RandomState looks for NaN only after it has drawn. */
  function noncentralChisquare(bits: B, df: number, nonc: number): number {
    if (!old && Number.isNaN(nonc)) return Number.NaN;
    if (nonc === 0) return chisquare(bits, df);
    if (df > 1) {
      const central = chisquare(bits, df - 1);
      const n = normal(bits) + Math.sqrt(nonc);
      return central + n * n;
    }
    const drawn = chisquare(bits, df + 2 * poisson(bits, nonc / 2));
    return Number.isNaN(nonc) ? Number.NaN : drawn;
  }

  return {
    standardGamma,
    gamma: (bits, shape, scale) => scale * standardGamma(bits, shape),
    chisquare,
    noncentralChisquare,
    f: (bits, dfnum, dfden) => {
      const numerator = chisquare(bits, dfnum) * dfden;
      return numerator / (chisquare(bits, dfden) * dfnum);
    },
    noncentralF: (bits, dfnum, dfden, nonc) => {
      const numerator = noncentralChisquare(bits, dfnum, nonc) * dfden;
      return numerator / (chisquare(bits, dfden) * dfnum);
    },
    standardT: (bits, df) => {
      const numerator = normal(bits);
      const denominator = standardGamma(bits, df / 2);
      return (Math.sqrt(df / 2) * numerator) / Math.sqrt(denominator);
    },
    negativeBinomial: (bits, n, p) => poisson(bits, ((1 - p) / p) * standardGamma(bits, n)),
  };
}
