import type { Bits } from '../bits.js';
import { exp, log, log1p, logf, pow, powf } from '../libm/index.js';
import { standardExponential, standardExponentialSingle } from './exponential.js';
import { type GammaFamily, gammaFamily } from './gamma-family.js';
import { standardNormal, standardNormalSingle } from './normal.js';

/** The gamma family of a Generator, its float32 form, and the beta distribution. */

export const FAMILY: GammaFamily<Bits> = /*@__PURE__*/ gammaFamily(standardExponential, standardNormal, false);

const { standardGamma } = FAMILY;

const { fround } = Math;
const SQUEEZE: number = fround(0.0331);
const THIRD: number = fround(1 / 3);

/** The same in float32, each operation rounded. */
export function standardGammaSingle(bits: Bits, shape: number): number {
  if (shape === 1) return standardExponentialSingle(bits);
  if (shape === 0) return 0;
  return shape < 1 ? smallSingle(bits, shape) : largeSingle(bits, shape);
}

function smallSingle(bits: Bits, shape: number): number {
  const rest = fround(1 - shape);
  const power = fround(1 / shape);
  for (;;) {
    const u = bits.nextFloat();
    const v = standardExponentialSingle(bits);
    if (u <= rest) {
      const x = powf(u, power);
      if (x <= v) return x;
    } else {
      const y = -logf(fround(fround(1 - u) / shape));
      const x = powf(fround(rest + fround(shape * y)), power);
      if (x <= fround(v + y)) return x;
    }
  }
}

function largeSingle(bits: Bits, shape: number): number {
  const b = fround(shape - THIRD);
  const c = fround(1 / fround(Math.sqrt(fround(9 * b))));
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = standardNormalSingle(bits);
      v = fround(1 + fround(c * x));
    } while (v <= 0);
    v = fround(fround(v * v) * v);
    const u = bits.nextFloat();
    const square = fround(x * x);
    if (u < fround(1 - fround(fround(SQUEEZE * square) * square))) return fround(b * v);
    const right = fround(fround(fround(0.5 * x) * x) + fround(b * fround(fround(1 - v) + logf(v))));
    if (logf(u) < right) return fround(b * v);
  }
}

/** Where both parameters are so small that even the logarithms of the powers fail: one side is chosen. */
const BETA_TINY = 3e-103;

/** Parameters up to 1 by Johnk's method, with logarithms where a power vanishes; else from two gammas. */
export function beta(bits: Bits, a: number, b: number): number {
  if (!(a <= 1 && b <= 1)) {
    const x = standardGamma(bits, a);
    return x / (x + standardGamma(bits, b));
  }
  if (a < BETA_TINY && b < BETA_TINY) return (a + b) * bits.nextDouble() < a ? 1 : 0;
  for (;;) {
    const u = bits.nextDouble();
    const v = bits.nextDouble();
    const x = pow(u, 1 / a);
    const y = pow(v, 1 / b);
    const sum = x + y;
    if (!(sum <= 1 && u + v > 0)) continue;
    if (x > 0 && y > 0) return x / sum;
    const difference = log(u) / a - log(v) / b;
    return difference > 0 ? exp(-log1p(exp(-difference))) : exp(difference - log1p(exp(difference)));
  }
}
