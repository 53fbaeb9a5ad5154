import type { Bits } from '../bits.js';
import { exp, log } from '../libm/index.js';
import { logGamma } from './log-gamma.js';
import { whole } from './whole.js';

/** Uniforms are multiplied until their product is below exp(-lam). */
function multiplied(bits: Bits, lam: number): number {
  const bound = exp(-lam);
  let product = bits.nextDouble();
  let k = 0;
  while (product > bound) {
    k++;
    product *= bits.nextDouble();
  }
  return k;
}

interface Setup {
  readonly lam: number;
  readonly logLam: number;
  readonly a: number;
  readonly b: number;
  readonly logInverseAlpha: number;
  readonly right: number;
}

function setUp(lam: number): Setup {
  const b = 0.931 + 2.53 * Math.sqrt(lam);
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const right = 0.9277 - 3.6224 / (b - 2);
  return { lam, logLam: log(lam), a: -0.059 + 0.02483 * b, b, logInverseAlpha: log(inverseAlpha), right };
}

/** Of the last mean, for the next draw. */
let kept: Setup = /*@__PURE__*/ setUp(10);

/** Transformed rejection with squeeze (Hormann, Insurance: Mathematics and Economics 12, 1993). */
function transformed(bits: Bits, lam: number): number {
  if (kept.lam !== lam) kept = setUp(lam);
  const { a, b, right } = kept;
  for (;;) {
    const u = bits.nextDouble() - 0.5;
    const v = bits.nextDouble();
    const us = 0.5 - Math.abs(u);
    const k = whole(Math.floor(((2 * a) / us + b) * u + lam + 0.43));
    if (us >= 0.07 && v <= right) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const height = log(v) + kept.logInverseAlpha - log(a / (us * us) + b);
    if (height <= -lam + k * kept.logLam - logGamma(k + 1)) return k;
  }
}

export function poisson(bits: Bits, lam: number): number {
  if (lam >= 10) return transformed(bits, lam);
  return lam === 0 ? 0 : multiplied(bits, lam);
}
