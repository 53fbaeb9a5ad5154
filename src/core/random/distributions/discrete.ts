import type { Bits } from '../bits.js';
import { exp, expm1, log, log1p, pow } from '../libm/index.js';
import { standardExponential } from './exponential.js';
import { LARGEST, whole } from './whole.js';

/** The discrete distributions of one or two parameters, and those of RandomState that differ. */

/** Adds up the probabilities until they reach a uniform. */
function geometricSearch(bits: Bits, p: number): number {
  const u = bits.nextDouble();
  const q = 1 - p;
  let x = 1;
  let product = p;
  let sum = p;
  while (u > sum) {
    product *= q;
    sum += product;
    x++;
  }
  return x;
}

const SEARCHED = 1 / 3;

export function geometric(bits: Bits, p: number): number {
  if (p >= SEARCHED) return geometricSearch(bits, p);
  const x = Math.ceil(-standardExponential(bits) / log1p(-p));
  return x >= LARGEST ? LARGEST : whole(x);
}

export function geometricLegacy(bits: Bits, p: number): number {
  if (p >= SEARCHED) return geometricSearch(bits, p);
  return whole(Math.ceil(log1p(-bits.nextDouble()) / log(1 - p)));
}

/** Of the last parameter, for the next draw; the least uniform is that of the largest int64. */
let kept: { readonly a: number; readonly b: number; readonly least: number } = { a: 0, b: 0, least: 0 };

/** Rejection under a Pareto density (Devroye, Non-Uniform Random Variate Generation, 1986, chapter 10), cut at int64's range. */
function zipfFrom(bits: Bits, a: number, old: boolean): number {
  if (kept.a !== a) kept = { a, b: pow(2, a - 1), least: pow(LARGEST, 1 - a) };
  const { b, least } = kept;
  const power = a - 1;
  for (;;) {
    const uniform = bits.nextDouble();
    const u = old ? 1 - uniform : uniform * least + (1 - uniform);
    const v = bits.nextDouble();
    const x = Math.floor(pow(u, -1 / power));
    if (x > LARGEST || x < 1) continue;
    const t = pow(1 + 1 / x, power);
    if ((v * x * (t - 1)) / (b - 1) <= t / b) return whole(x);
  }
}

/** Above it 2^(a - 1) overflows, and every draw is 1. */
const ZIPF_ONES = 1025;

export function zipf(bits: Bits, a: number): number {
  return a >= ZIPF_ONES ? 1 : zipfFrom(bits, a, false);
}

export function zipfLegacy(bits: Bits, a: number): number {
  return zipfFrom(bits, a, true);
}

/** Kemp's second accelerated generator (Kemp, Efficient Generation of Logarithmically Distributed Variables, 1981). */
function logseriesFrom(bits: Bits, p: number, r: number, old: boolean): number {
  for (;;) {
    const v = bits.nextDouble();
    if (v >= p) return 1;
    const u = bits.nextDouble();
    const q = old ? 1 - exp(r * u) : -expm1(r * u);
    if (v <= q * q) {
      const x = whole(Math.floor(1 + log(v) / log(q)));
      if (x >= 1 && v !== 0) return x;
      continue;
    }
    return v >= q ? 1 : 2;
  }
}

export function logseries(bits: Bits, p: number): number {
  return logseriesFrom(bits, p, log1p(-p), false);
}

export function logseriesLegacy(bits: Bits, p: number): number {
  return logseriesFrom(bits, p, log(1 - p), true);
}
