import { cos, sin } from '../random/libm/cosine.js';

/**
 * Roots of unity with the bits that NumPy's library for Fourier transforms (pocketfft) has: angles are reduced to an eighth of a turn in integers,
 * and of n roots only some 2 sqrt(n) are computed, by the C library; each root is the product of two of those. Transforms then
 * differ from NumPy's in nothing, the noise beside zeros included.
 */

/** pi/4 as a long double of x86: a significand of 64 bits, times 2^-64. */
const QUARTER_PI = 0xc90fdaa22168c235n;

/** An integer rounded to so many bits, ties to even. */
function rounded(x: bigint, bits: number, sticky: boolean): { significand: bigint; shift: number } {
  const shift = x.toString(2).length - bits;
  if (shift <= 0) return { significand: x, shift: 0 };
  const s = BigInt(shift);
  const whole = x >> s;
  const rest = x - (whole << s);
  const half = 1n << (s - 1n);
  const up = rest > half || (rest === half && (sticky || (whole & 1n) === 1n));
  return { significand: up ? whole + 1n : whole, shift };
}

/** pi/4 divided by n in long doubles, then as a double. */
function eighthOfTurn(n: number): number {
  const top = QUARTER_PI << 128n;
  const divisor = BigInt(n);
  const first = rounded(top / divisor, 64, top % divisor !== 0n);
  const second = rounded(first.significand, 53, false);
  return Number(second.significand) * 2 ** (second.shift + first.shift - 128 - 64);
}

const found = { cos: 1, sin: 0 };

/** The k-th root, by symmetry from the first eighth of a turn. */
function compute(k: number, n: number, eighth: number): void {
  let x = 8 * k;
  const lower = x >= 4 * n;
  if (lower) x = 8 * n - x;
  const left = x >= 2 * n;
  if (left) x -= 2 * n;
  const steep = x >= n;
  const angle = (steep ? 2 * n - x : x) * eighth;
  let c = cos(angle);
  let s = sin(angle);
  if (steep) [c, s] = [s, c];
  if (left) [c, s] = [-s, c];
  found.cos = c;
  found.sin = lower ? -s : s;
}

/** The powers of exp(-2πi/n): `put(k, array, at)` writes the real and the imaginary part of the k-th, 0 <= k < n. */
export class Roots {
  private readonly shift: number;
  /** The first roots, and every so manieth. */
  private readonly fine: Float64Array;
  private readonly coarse: Float64Array;

  constructor(readonly n: number) {
    const eighth = eighthOfTurn(n);
    const half = Math.floor((n + 2) / 2);
    let shift = 1;
    while (4 ** shift < half) shift++;
    const step = 2 ** shift;
    this.shift = shift;
    const list = (count: number, each: number): Float64Array => {
      const table = new Float64Array(2 * count);
      for (let i = 0; i < count; i++) {
        if (i === 0) [found.cos, found.sin] = [1, 0];
        else compute(i * each, n, eighth);
        table[2 * i] = found.cos;
        table[2 * i + 1] = found.sin;
      }
      return table;
    };
    this.fine = list(step, 1);
    this.coarse = list(Math.floor((half + step - 1) / step), step);
  }

  put(k: number, to: Float64Array, at: number): void {
    const { n, shift, fine, coarse } = this;
    const lower = 2 * k > n;
    const index = lower ? n - k : k;
    const a = 2 * (index & (2 ** shift - 1));
    const b = 2 * (index >> shift);
    const s = fine[a] * coarse[b + 1] + fine[a + 1] * coarse[b];
    to[at] = fine[a] * coarse[b] - fine[a + 1] * coarse[b + 1];
    to[at + 1] = lower ? s : -s;
  }
}
