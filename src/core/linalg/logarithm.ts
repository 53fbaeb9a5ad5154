/**
 * Logarithm and exponential, rounded correctly but for very few values, as the C library's are. Determinants go through both (as
 * NumPy's do), where an error in the last place of the engine's functions would show: `det` of small integers would print other digits.
 *
 * Sums of two doubles, hi + lo (Dekker, Numer. Math. 18, 1971); tables and short series (Tang, ACM Trans. Math. Softw. 16, 1990).
 */

const LN2_HI = 0.6931471803691238;
const LN2_LO = 1.9082149292705877e-10;

/** At 0 the low part of the last sum or product; at 1 a number whose bits are looked at. */
const cell = new Float64Array(2);
const words = new Uint32Array(cell.buffer);

function sum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  cell[0] = a - (s - t) + (b - t);
  return s;
}

function product(a: number, b: number): number {
  const p = a * b;
  const x = 134217729 * a;
  const ah = x - (x - a);
  const al = a - ah;
  const y = 134217729 * b;
  const bh = y - (y - b);
  const bl = b - bh;
  cell[0] = ah * bh - p + ah * bl + al * bh + al * bl;
  return p;
}

/** exp(y) as hi + lo, with lo left in the cell, before scaling by 2^k. */
function exponential(y: number, k: number): number {
  // y = k ln 2 + 16 r
  let h = sum(y - k * LN2_HI, -k * LN2_LO) / 16;
  let l = cell[0] / 16;
  const r = h;
  const rest = r * r * r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r / 40320)))));
  const square = product(r, r);
  const squareLow = cell[0];
  h = sum(r, square / 2);
  l += cell[0] + squareLow / 2 + r * l + rest;
  h = sum(h, l);
  l = cell[0];
  // exp - 1 of twice the argument is 2 e + e².
  for (let i = 0; i < 4; i++) {
    const p = product(h, h);
    const pl = cell[0] + 2 * h * l;
    const s = sum(2 * h, p);
    const low = cell[0] + 2 * l + pl;
    h = sum(s, low);
    l = cell[0];
  }
  const s = sum(1, h);
  return sum(s, cell[0] + l);
}

export function exp(y: number): number {
  // Subnormal results and those near overflow are rounded by the engine.
  if (!(Math.abs(y) < 700)) return Math.exp(y);
  const k = Math.round(y / Math.LN2);
  const m = exponential(y, k);
  cell[1] = 1;
  words[3] += k * 1048576;
  return m * cell[1];
}

const STEPS = 128;
let table: Float64Array | null = null;

/** Logarithms of the middles of the steps from 1 to 2, as hi and lo. */
function makeTable(): Float64Array {
  const t = new Float64Array(2 * STEPS);
  for (let i = 0; i < STEPS; i++) {
    const c = 1 + (i + 0.5) / STEPS;
    const y = Math.log(c);
    const scale = y > 0.35 ? 2 : 1;
    const h = exponential(y, scale - 1) * scale;
    const l = cell[0] * scale;
    // One step of Newton's method, from an error in the last place.
    t[2 * i] = sum(y, (c - h - l) / c);
    t[2 * i + 1] = cell[0];
  }
  return t;
}

/** The logarithm of a number > 0; of others what Math.log gives. */
export function log(x: number): number {
  if (!(x > 2.3e-308 && x < Number.POSITIVE_INFINITY) || Math.abs(x - 1) < 1e-6) return Math.log(x);
  table ??= makeTable();
  cell[1] = x;
  const k = (words[3] >>> 20) - 1023;
  words[3] = (words[3] & 0xfffff) | 0x3ff00000;
  const m = cell[1];
  const i = Math.floor((m - 1) * STEPS);
  const c = 1 + (i + 0.5) / STEPS;
  const d = m - c;
  const z = d / c;
  const back = product(z, c);
  const zl = (d - back - cell[0]) / c;
  const square = product(z, z);
  const squareLow = cell[0];
  let low =
    zl -
    z * zl -
    squareLow / 2 +
    square * z * (1 / 3 - z * (1 / 4 - z * (1 / 5 - z * (1 / 6 - z * (1 / 7 - z * (1 / 8 - z / 9))))));
  let h = sum(k * LN2_HI, table[2 * i]);
  low += cell[0] + table[2 * i + 1] + k * LN2_LO;
  h = sum(h, z);
  low += cell[0];
  h = sum(h, -square / 2);
  return h + (low + cell[0]);
}
