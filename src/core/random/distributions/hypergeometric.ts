import type { Bits } from '../bits.js';
import { log } from '../libm/index.js';
import { logFactorial, logGamma } from './log-gamma.js';
import { whole } from './whole.js';

/**
 * The hypergeometric distributions: by drawing one object after the other where the sample is small, else by a ratio of uniforms
 * (HRUA; Stadlober, The Ratio of Uniforms Approach for Generating Discrete Random Variates, J. Comp. Appl. Math. 31, 1990).
 */

/** A uniform integer of [0, max], by rejection under the next power of two; one word a try. */
export function interval(bits: Bits, max: number): number {
  if (max === 0) return 0;
  if (max <= 0xffffffff) {
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (bits.nextUint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }
  const mask = 0xffffffff >>> Math.clz32(max / 0x100000000);
  for (;;) {
    bits.nextUint64();
    const value = ((bits.hi & mask) >>> 0) * 0x100000000 + bits.lo;
    if (value <= max) return value;
  }
}

function counted(bits: Bits, good: number, bad: number, sample: number): number {
  const total = good + bad;
  const half = Math.floor(total / 2);
  let draws = sample > half ? total - sample : sample;
  let left = total;
  let goodLeft = good;
  while (draws > 0 && goodLeft > 0 && left > goodLeft) {
    left--;
    if (interval(bits, left) < goodLeft) goodLeft--;
    draws--;
  }
  if (left === goodLeft) goodLeft -= draws;
  return sample > half ? goodLeft : good - goodLeft;
}

/** 2 sqrt(2 / e) and 3 - 2 sqrt(3 / e). */
const D1 = 1.7155277699214135;
const D2 = 0.8989161620588988;

/** What the ratio of uniforms needs of its parameters. */
interface Setup {
  readonly good: number;
  readonly bad: number;
  readonly sample: number;
  readonly old: boolean;
  /** The smaller of the sample and its complement, of good and bad, and the larger of these. */
  readonly n: number;
  readonly less: number;
  readonly more: number;
  readonly centre: number;
  readonly width: number;
  readonly bound: number;
  readonly top: number;
}

/** Minus the logarithm of a count's probability, but for a constant. */
function weight(less: number, more: number, n: number, old: boolean, k: number): number {
  if (old) return logGamma(k + 1) + logGamma(less - k + 1) + logGamma(n - k + 1) + logGamma(more - n + k + 1);
  return logFactorial(k) + logFactorial(less - k) + logFactorial(n - k) + logFactorial(more - n + k);
}

/** RandomState's variance is rounded in another order, and of the whole sample. */
function setUp(good: number, bad: number, sample: number, old: boolean): Setup {
  const total = good + bad;
  const n = Math.min(sample, total - sample);
  const less = Math.min(good, bad);
  const more = Math.max(good, bad);
  const p = less / total;
  const q = old ? 1 - p : more / total;
  const centre = n * p + 0.5;
  const deviation = Math.sqrt(((total - n) * (old ? sample : n) * p * q) / (total - 1) + 0.5);
  const mode = Math.floor(((n + 1) * (less + 1)) / (total + 2));
  return {
    good,
    bad,
    sample,
    old,
    n,
    less,
    more,
    centre,
    width: D1 * deviation + D2,
    bound: Math.min(Math.min(n, less) + 1, Math.floor(centre + 16 * deviation)),
    top: weight(less, more, n, old, mode),
  };
}

let kept: Setup = /*@__PURE__*/ setUp(20, 20, 10, false);

function ratioOfUniforms(bits: Bits, good: number, bad: number, sample: number, old: boolean): number {
  if (kept.good !== good || kept.bad !== bad || kept.sample !== sample || kept.old !== old)
    kept = setUp(good, bad, sample, old);
  const { n, less, more, centre, width, bound, top } = kept;
  for (;;) {
    const u = bits.nextDouble();
    const v = bits.nextDouble();
    const x = centre + (width * (v - 0.5)) / u;
    if (x < 0 || x >= bound) continue;
    const k = Math.floor(x);
    const t = top - weight(less, more, n, old, k);
    if (u * (4 - u) - 3 > t && (u * (u - t) >= 1 || 2 * log(u) > t)) continue;
    const low = good > bad ? n - k : k;
    return n < sample ? good - low : low;
  }
}

export function hypergeometric(bits: Bits, good: number, bad: number, sample: number): number {
  if (sample >= 10 && sample <= good + bad - 10) return ratioOfUniforms(bits, good, bad, sample, false);
  return counted(bits, good, bad, sample);
}

function countedLegacy(bits: Bits, good: number, bad: number, sample: number): number {
  const less = Math.min(bad, good);
  const rest = bad + good - sample;
  let y = less;
  for (let k = sample; y > 0 && k > 0; k--) y -= Math.floor(bits.nextDouble() + y / (rest + k));
  const z = whole(less - y);
  return good > bad ? sample - z : z;
}

export function hypergeometricLegacy(bits: Bits, good: number, bad: number, sample: number): number {
  if (sample > 10) return ratioOfUniforms(bits, good, bad, sample, true);
  return sample > 0 ? countedLegacy(bits, good, bad, sample) : 0;
}

/** Where the variates of a multivariate hypergeometric distribution go: `colors.length` numbers a variate. */
interface Variates {
  [index: number]: number;
}

function complement(colors: ArrayLike<number>, out: Variates, at: number): void {
  for (let k = 0; k < colors.length; k++) out[at + k] = colors[k] - out[at + k];
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
};

/**
 * `method='count'`: the objects themselves are shuffled. The shuffled order is kept between the variates of one call, so that they are
 * drawn together. `out` must hold zeros.
 */
export function multivariateCount(
  bits: Bits,
  colors: ArrayLike<number>,
  sample: number,
  variates: number,
  out: Variates,
): void {
  const total = sum(colors);
  if (total === 0 || sample === 0) return;
  const choices = new Float64Array(total);
  for (let i = 0, k = 0; i < colors.length; i++) for (let j = 0; j < colors[i]; j++) choices[k++] = i;
  const most = sample > Math.floor(total / 2);
  const draws = most ? total - sample : sample;
  for (let v = 0, at = 0; v < variates; v++, at += colors.length) {
    for (let j = 0; j < draws; j++) {
      const k = j + interval(bits, total - j - 1);
      const kept = choices[k];
      choices[k] = choices[j];
      choices[j] = kept;
    }
    for (let j = 0; j < draws; j++) out[at + choices[j]] += 1;
    if (most) complement(colors, out, at);
  }
}

/** `method='marginals'`: one colour against the rest after the other. `out` must hold zeros. */
export function multivariateMarginals(
  bits: Bits,
  colors: ArrayLike<number>,
  sample: number,
  variates: number,
  out: Variates,
): void {
  const total = sum(colors);
  if (total === 0 || sample === 0) return;
  const most = sample > Math.floor(total / 2);
  const last = colors.length - 1;
  for (let v = 0, at = 0; v < variates; v++, at += colors.length) {
    let draws = most ? total - sample : sample;
    let left = total;
    for (let j = 0; draws > 0 && j < last; j++) {
      left -= colors[j];
      const count = hypergeometric(bits, colors[j], left, draws);
      out[at + j] = count;
      draws -= count;
    }
    if (draws > 0) out[at + last] = draws;
    if (most) complement(colors, out, at);
  }
}
