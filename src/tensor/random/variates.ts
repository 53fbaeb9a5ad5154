import { double, Doubles } from './doubles.js';
import type { Philox } from './philox.js';

/** Distributions by rejection. Each value begins 256 blocks after the one before, so that how often one was rejected does not matter to the next. */

const apart = (source: Philox, index: number): Doubles => new Doubles(source.skipped(256 * index));

/** log k! */
function logFactorial(k: number): number {
  if (k < 2) return 0;
  if (k < 32) {
    let s = 0;
    for (let i = 2; i <= k; i++) s += Math.log(i);
    return s;
  }
  const x = k + 1;
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046728 + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
}

/** A gamma variate (Marsaglia and Tsang 2000); below 1 by that of one more. */
export function gamma(source: Philox, index: number, alpha: number): number {
  const d = apart(source, index);
  if (!(alpha > 0)) return Number.NaN;
  if (alpha === 1) return -Math.log1p(-d.nextUniform());
  const shift = alpha + (alpha < 1 ? 2 / 3 : -1 / 3);
  const c = 1 / 3 / Math.sqrt(shift);
  for (;;) {
    const x = d.nextNormal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root ** 3;
    const u = d.nextUniform();
    if (u < 1 - 0.0331 * x ** 4 || Math.log(u) < 0.5 * x * x + shift * (1 - v + Math.log(v)))
      return shift * v * (alpha < 1 ? d.nextUniform() ** (1 / alpha) : 1);
  }
}

/** A Poisson variate: a product of uniforms below 10, else by transformed rejection (Hörmann 1993). */
export function poisson(source: Philox, index: number, rate: number): number {
  if (!(rate >= 0) || rate === Number.POSITIVE_INFINITY) return Number.NaN;
  const d = apart(source, index);
  if (rate < 10) {
    const limit = Math.exp(-rate);
    for (let k = 0, product = 1; ; k++) {
      product *= d.nextUniform();
      if (product <= limit) return k;
    }
  }
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  for (;;) {
    const u = d.nextUniform() - 0.5;
    const v = d.nextUniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverse) / (a / (us * us) + b)) <= k * Math.log(rate) - rate - logFactorial(k)) return k;
  }
}

/** Stirling's correction to log k!. */
const correction = (k: number): number => {
  const x = k + 1;
  return logFactorial(k) - ((k + 0.5) * Math.log(x) - x + 0.9189385332046728);
};

/** A binomial variate: by waiting times where few successes are expected, else by transformed rejection (Hörmann 1993). */
export function binomial(source: Philox, index: number, count: number, probability: number): number {
  if (!(count >= 0) || !(probability >= 0) || probability > 1) return Number.NaN;
  const d = apart(source, index);
  const n = Math.floor(count);
  const p = Math.min(probability, 1 - probability);
  const turned = (k: number): number => (probability > 0.5 ? n - k : k);
  if (p === 0 || n === 0) return turned(0);
  if (n * p < 10) {
    const scale = Math.log1p(-p);
    for (let k = 0, trials = 0; ; k++) {
      trials += Math.ceil(Math.log1p(-d.nextUniform()) / scale);
      if (trials > n) return turned(k);
    }
  }
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const r = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const m = Math.floor((n + 1) * p);
  for (;;) {
    const u = d.nextUniform() - 0.5;
    const v = d.nextUniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return turned(k);
    if (k < 0 || k > n) continue;
    const bound =
      (m + 0.5) * Math.log((m + 1) / (r * (n - m + 1))) +
      (n + 1) * Math.log((n - m + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((r * (n - k + 1)) / (k + 1)) +
      (correction(m) + correction(n - m) - correction(k) - correction(n - k));
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return turned(k);
  }
}

/** Indices drawn by weights exp(logits), which are cumulated in double precision. */
export function categories(
  source: Philox,
  logits: ArrayLike<number>,
  samples: number,
  put: (value: number) => void,
): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) if (Number.isFinite(logits[i])) largest = Math.max(largest, logits[i]);
  const ends = new Float64Array(logits.length);
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    if (Number.isFinite(logits[i])) total += Math.exp(logits[i] - largest);
    ends[i] = total;
  }
  for (let k = 0; k < samples; k++) {
    const a = source.word();
    const find = double(a, source.word()) * total;
    let low = 0;
    let high = ends.length;
    // The first that is beyond.
    while (low < high) {
      const mid = (low + high) >> 1;
      if (ends[mid] <= find) low = mid + 1;
      else high = mid;
    }
    put(low);
  }
}

/** A permutation of 0 … n-1 (Fisher and Yates). */
export function permutation(source: Philox, n: number): Int32Array {
  const p = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < n - 1; i++) {
    const k = i + (source.word() % (n - i));
    [p[i], p[k]] = [p[k], p[i]];
  }
  return p;
}
