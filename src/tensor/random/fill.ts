import { numberToHalf } from '../../core/device/access.js';
import type { Philox, Words } from './philox.js';

/** Distributions whose every value takes the same number of words: values from a run of words. */

/** What values are written into: a typed array of the dtype's memory. */
export type Into =
  | Float32Array
  | Float64Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;
export type FloatName = 'float16' | 'float32' | 'float64';

const { fround } = Math;

/** 23 bits of a word below the exponent of 1: a float32 in [1, 2), less 1. */
const single = (word: number): number => (word & 0x7fffff) / 0x800000;
/** 52 bits of two words likewise. */
const double = (a: number, b: number): number => ((a & 0xfffff) * 0x100000000 + b) / 2 ** 52;
const half = (word: number): number => (word & 0x3ff) / 0x400;

/** A pair of normals in single precision, by the method of Box and Muller. */
function normalPair(a: number, b: number): [number, number] {
  const u = Math.max(single(a), fround(1e-7));
  const angle = fround(2 * Math.PI * single(b));
  const radius = fround(Math.sqrt(fround(-2 * fround(Math.log(u)))));
  return [fround(fround(Math.sin(angle)) * radius), fround(fround(Math.cos(angle)) * radius)];
}
function normalPair64(a: number, b: number, c: number, d: number): [number, number] {
  const u = Math.max(double(a, b), 1e-7);
  const angle = 2 * Math.PI * double(c, d);
  const radius = Math.sqrt(-2 * Math.log(u));
  return [Math.sin(angle) * radius, Math.cos(angle) * radius];
}

export function uniforms(source: Words, dtype: FloatName, out: Into): void {
  const n = out.length;
  if (dtype === 'float64') {
    const w = source.words(2 * n);
    for (let i = 0; i < n; i++) out[i] = double(w[2 * i], w[2 * i + 1]);
    return;
  }
  const w = source.words(n);
  if (dtype === 'float16') for (let i = 0; i < n; i++) out[i] = numberToHalf(half(w[i]));
  else for (let i = 0; i < n; i++) out[i] = single(w[i]);
}

export function normals(source: Words, dtype: FloatName, out: Into): void {
  const n = out.length;
  const wide = dtype === 'float64';
  const each = wide ? 4 : 2;
  const w = source.words(Math.ceil(n / 2) * each);
  for (let i = 0, k = 0; i < n; i += 2, k += each) {
    const [a, b] = wide ? normalPair64(w[k], w[k + 1], w[k + 2], w[k + 3]) : normalPair(w[k], w[k + 1]);
    out[i] = dtype === 'float16' ? numberToHalf(a) : a;
    if (i + 1 < n) out[i + 1] = dtype === 'float16' ? numberToHalf(b) : b;
  }
}

/** Integers of the whole range of a dtype. */
export function integers(source: Words, out: Into): void {
  const n = out.length;
  if (out instanceof BigInt64Array || out instanceof BigUint64Array) {
    const w = source.words(2 * n);
    for (let i = 0; i < n; i++) out[i] = (BigInt(w[2 * i + 1]) << 32n) | BigInt(w[2 * i]);
  } else out.set(source.words(n).subarray(0, n));
}

/** Integers from `low` to below `high`: the remainders of words. */
export function bounded(source: Words, low: bigint, high: bigint, out: Into): void {
  const n = out.length;
  const range = high - low;
  if (out instanceof BigInt64Array || out instanceof BigUint64Array) {
    const all = new BigUint64Array(n);
    integers(source, all);
    for (let i = 0; i < n; i++) out[i] = low + (all[i] % range);
    return;
  }
  const w = source.words(n);
  const [l, r] = [Number(low), Number(range)];
  for (let i = 0; i < n; i++) out[i] = l + (w[i] % r);
}

/** Normals within two standard deviations: others are drawn again, each group of values from words of its own. */
export function truncated(source: Philox, dtype: FloatName, out: Into): void {
  const wide = dtype === 'float64';
  const group = wide ? 2 : 4;
  for (let start = 0; start < out.length; start += group) {
    const own = source.skipped(BigInt(start) * 64n);
    let k = 0;
    while (k < group) {
      const [a, b] = wide
        ? normalPair64(own.word(), own.word(), own.word(), own.word())
        : normalPair(own.word(), own.word());
      for (const v of [a, b])
        if (Math.abs(v) < 2 && k < group) {
          if (start + k < out.length) out[start + k] = dtype === 'float16' ? numberToHalf(v) : v;
          k++;
        }
    }
  }
}

/** Uniform and normal numbers in double precision, two at a time, the second of each two first. */
export class Doubles {
  private readonly uniform: number[] = [];
  private readonly normal: number[] = [];
  constructor(private readonly source: Philox) {}
  nextUniform(): number {
    if (this.uniform.length === 0) {
      const w = this.source.words(4);
      this.uniform.push(double(w[0], w[1]), double(w[2], w[3]));
    }
    return this.uniform.pop() as number;
  }
  nextNormal(): number {
    if (this.normal.length === 0) {
      const w = this.source.words(4);
      this.normal.push(...normalPair64(w[0], w[1], w[2], w[3]));
    }
    return this.normal.pop() as number;
  }
}
export { double };
