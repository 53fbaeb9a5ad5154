import type { Bits } from '../bits.js';
import { exp, log, log1p } from '../libm/index.js';
import { whole } from './whole.js';

/**
 * The binomial distribution: by inversion where n p <= 30, else by BTPE (Kachitvichyanukul & Schmeiser, Binomial Random Variate
 * Generation, Comm. ACM 31, 1988). Both keep what depends on n and p alone for the next draw.
 *
 * n is a number: the draws are NumPy's for n up to 2^53, and the nearest that a number can be for the n above that are numbers.
 */

interface Setup {
  readonly n: number;
  readonly p: number;
  readonly q: number;
  readonly m: number;
  readonly p1: number;
  readonly xm: number;
  readonly xl: number;
  readonly xr: number;
  readonly c: number;
  readonly laml: number;
  readonly lamr: number;
  readonly p2: number;
  readonly p3: number;
  readonly p4: number;
  readonly variance: number;
}

function setUp(n: number, p: number): Setup {
  const q = 1 - p;
  const fm = n * p + p;
  const m = whole(Math.floor(fm));
  const variance = n * p * q;
  const p1 = Math.floor(2.195 * Math.sqrt(variance) - 4.6 * q) + 0.5;
  const xm = m + 0.5;
  const xl = xm - p1;
  const xr = xm + p1;
  const c = 0.134 + 20.5 / (15.3 + m);
  const left = (fm - xl) / (fm - xl * p);
  const laml = left * (1 + left / 2);
  const right = (xr - fm) / (xr * q);
  const lamr = right * (1 + right / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / laml;
  return { n, p, q, m, p1, xm, xl, xr, c, laml, lamr, p2, p3, p4: p3 + c / lamr, variance };
}

let kept: Setup = /*@__PURE__*/ setUp(100, 0.5);

/** -k * k as int64 arithmetic gives it, wrapping beyond 2^63. */
const minusSquare = (k: number): number =>
  k <= 3037000499 ? -k * k : Number(BigInt.asIntN(64, -BigInt(k) * BigInt(k)));

/** A term of Stirling's series, as BTPE writes it. */
function correction(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

/** The ratio of the probabilities of y and m, by recurrence. */
function ratio(s: Setup, y: number): number {
  const odds = s.p / s.q;
  const a = odds * (s.n + 1);
  let product = 1;
  // Counted from the mode: beyond 2^53 a counter that is itself the trial would stand still.
  for (let d = 1; d <= y - s.m; d++) product *= a / (s.m + d) - odds;
  for (let d = 1; d <= s.m - y; d++) product /= a / (y + d) - odds;
  return product;
}

/** Whether y with the height v lies under the distribution. */
function accepted(s: Setup, y: number, v: number): boolean {
  const { n, p, q, m, xm, variance } = s;
  const k = Math.abs(y - m);
  if (!(k > 20 && k < variance / 2 - 1)) return v <= ratio(s, y);
  const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
  const t = minusSquare(k) / (2 * variance);
  const height = log(v);
  if (height < t - rho) return true;
  if (height > t + rho) return false;
  const x1 = y + 1;
  const f1 = m + 1;
  const z = n + 1 - m;
  const w = n - y + 1;
  const main = xm * log(f1 / x1) + (n - m + 0.5) * log(z / w) + (y - m) * log((w * p) / (x1 * q));
  return !(height > main + correction(f1) + correction(z) + correction(x1) + correction(w));
}

function btpe(bits: Bits, n: number, p: number): number {
  if (kept.n !== n || kept.p !== p) kept = setUp(n, p);
  const s = kept;
  const { m, p1, c, p2, p3, laml, lamr } = s;
  for (;;) {
    const u = bits.nextDouble() * s.p4;
    let v = bits.nextDouble();
    let y: number;
    if (u <= p1) return whole(Math.floor(s.xm - p1 * v + u));
    if (u <= p2) {
      const x = s.xl + (u - p1) / c;
      v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
      if (v > 1) continue;
      y = whole(Math.floor(x));
    } else if (u <= p3) {
      y = whole(Math.floor(s.xl + log(v) / laml));
      if (y < 0 || v === 0) continue;
      v = v * (u - p2) * laml;
    } else {
      y = whole(Math.floor(s.xr - log(v) / lamr));
      if (y > n || v === 0) continue;
      v = v * (u - p3) * lamr;
    }
    if (accepted(s, y, v)) return y;
  }
}

interface Start {
  readonly n: number;
  readonly p: number;
  readonly old: boolean;
  /** The probability of 0. */
  readonly zero: number;
  /** Beyond it the search starts again. */
  readonly bound: number;
}

function start(n: number, p: number, old: boolean): Start {
  const q = 1 - p;
  const np = n * p;
  const bound = np + 10 * Math.sqrt(q * np + 1);
  return { n, p, old, zero: exp(n * (old ? log(q) : log1p(-p))), bound: whole(n < bound ? n : bound) };
}

let started: Start = { n: -1, p: 0, old: false, zero: 0, bound: 0 };

function inversion(bits: Bits, n: number, p: number, old: boolean): number {
  if (started.n !== n || started.p !== p || started.old !== old) started = start(n, p, old);
  const { zero, bound } = started;
  const q = 1 - p;
  let x = 0;
  let px = zero;
  let u = bits.nextDouble();
  while (u > px) {
    x++;
    if (x > bound) {
      x = 0;
      px = zero;
      u = bits.nextDouble();
    } else {
      u -= px;
      px = ((n - x + 1) * p * px) / (x * q);
    }
  }
  return x;
}

function draw(bits: Bits, n: number, p: number, old: boolean): number {
  if (p <= 0.5) return p * n <= 30 ? inversion(bits, n, p, old) : btpe(bits, n, p);
  const q = 1 - p;
  return n - (q * n <= 30 ? inversion(bits, n, q, old) : btpe(bits, n, q));
}

export function binomial(bits: Bits, n: number, p: number): number {
  return n === 0 || p === 0 ? 0 : draw(bits, n, p, false);
}

/** RandomState's: always draws, and starts its search from another rounding of (1 - p)^n. */
export function binomialLegacy(bits: Bits, n: number, p: number): number {
  return draw(bits, n, p, true);
}

/** Writes counts of n trials among the `probabilities` to `out` from `at` on; the same for RandomState. */
export function multinomial(
  bits: Bits,
  n: number,
  probabilities: ArrayLike<number>,
  out: { [index: number]: number },
  at: number,
): void {
  const last = probabilities.length - 1;
  let left = n;
  let rest = 1;
  for (let j = 0; j <= last; j++) out[at + j] = 0;
  for (let j = 0; j < last; j++) {
    const count = binomial(bits, left, probabilities[j] / rest);
    out[at + j] = count;
    left -= count;
    if (left <= 0) break;
    rest -= probabilities[j];
  }
  if (left > 0) out[at + last] = left;
}
