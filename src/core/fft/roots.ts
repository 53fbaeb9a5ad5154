/**
 * Roots of unity to the last place. An angle is reduced to an eighth of a turn in integers, where nothing is rounded, and what
 * rounding it to a double loses is made up for: the error of a transform is then that of its additions.
 */

const QUARTER_PI = Math.PI / 4;
/** What π/4 has beyond its double. */
const QUARTER_PI_REST = 3.061616997868383e-17;
const SPLITTER = 134217729;

/** What the product of two doubles has beyond p, its rounded value. */
function productRest(a: number, b: number, p: number): number {
  const ta = a * SPLITTER;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = b * SPLITTER;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

const found = { cos: 1, sin: 0 };

/** cos and sin of x/n of an eighth of a turn, for integers 0 <= x <= n, into `found`. */
function eighth(x: number, n: number): void {
  const q = x / n;
  const p = q * n;
  const rest = (x - p - productRest(q, n, p)) / n;
  const angle = q * QUARTER_PI;
  const low = productRest(q, QUARTER_PI, angle) + q * QUARTER_PI_REST + rest * QUARTER_PI;
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  found.cos = c - low * s;
  found.sin = s + low * c;
}

/** The powers of exp(-2πi/n): `put(k, array, at)` writes the real and the imaginary part of the k-th, 0 <= k < n. */
export class Roots {
  /** Of n divisible by 4 those of an eighth of a turn, else those of half a turn. */
  private readonly table: Float64Array;

  constructor(readonly n: number) {
    const count = n % 4 === 0 ? Math.floor(n / 8) + 1 : Math.floor(n / 2) + 1;
    const table = new Float64Array(2 * count);
    for (let k = 0; k < count; k++) {
      if (n % 4 === 0) eighth(8 * k, n);
      else this.compute(k);
      table[2 * k] = found.cos;
      table[2 * k + 1] = found.sin;
    }
    this.table = table;
  }

  put(k: number, to: Float64Array, at: number): void {
    this.find(k);
    to[at] = found.cos;
    to[at + 1] = -found.sin;
  }

  private find(k: number): void {
    const { n, table } = this;
    if (n % 4 === 0) this.compute(k);
    else {
      const i = 2 * k > n ? n - k : k;
      found.cos = table[2 * i];
      found.sin = 2 * k > n ? -table[2 * i + 1] : table[2 * i + 1];
    }
  }

  /** x/n eighths of a turn, x <= n. */
  private first(x: number): void {
    const { n, table } = this;
    if (n % 4 !== 0) eighth(x, n);
    else {
      found.cos = table[x / 4];
      found.sin = table[x / 4 + 1];
    }
  }

  /** By symmetry from the first eighth. */
  private compute(k: number): void {
    const { n } = this;
    let x = 8 * k;
    const lower = x >= 4 * n;
    if (lower) x = 8 * n - x;
    const left = x >= 2 * n;
    if (left) x = 4 * n - x;
    if (x < n) this.first(x);
    else {
      this.first(2 * n - x);
      const c = found.cos;
      found.cos = found.sin;
      found.sin = c;
    }
    if (left) found.cos = -found.cos;
    if (lower) found.sin = -found.sin;
  }
}
