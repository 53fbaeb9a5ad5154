import { zeros } from '../creation/fill.js';
import { arange } from '../creation/range.js';
import type { NDArray } from '../ndarray.js';
import { cumprod, max } from '../statistics/index.js';
import { absolute, exp, sqrt } from '../ufuncs.js';
import { joined, minus, minusOf, nth, over, part, plus, ramp, times, type Value } from './algebra.js';
import type { Family, GaussTools, Rows } from './family.js';

/**
 * Legendre, Hermite, Hermite-e and Laguerre series. Recurrences, derivatives and companion matrices are those of Abramowitz and Stegun,
 * Handbook of Mathematical Functions, chapter 22; companion matrices are scaled to be symmetric where the basis allows it (J. P. Boyd,
 * Solving Transcendental Equations, SIAM 2014, chapter 21).
 */

/** An array of float64 from one integer up to another. */
export const counted = (from: number, to: number): NDArray =>
  arange(from, to, { dtype: 'float64' } as never) as unknown as NDArray;

/** An n × n matrix with the same values above and below its diagonal. */
export function tridiagonal(n: number, c: NDArray, side: NDArray, diagonal: NDArray | null = null): NDArray {
  const m = zeros([n, n], { dtype: c.dtype }) as NDArray;
  const flat = m.reshape(-1) as NDArray;
  flat.set([`1::${n + 1}`], side);
  flat.set([`${n}::${n + 1}`], side);
  if (diagonal !== null) flat.set([`0::${n + 1}`], diagonal);
  return m;
}

/** Takes a column from the last one of a companion matrix. */
export function lessLastColumn(m: NDArray, column: Value): NDArray {
  (m.at(':', -1) as NDArray).isub(column);
  return m;
}

const lower = (c: NDArray): NDArray => part(c, 0, c.size - 1);
const lead = (c: NDArray): NDArray => nth(c, -1);
/** The root of two coefficients. */
export const linearRoot = (c: NDArray): NDArray => over(minusOf(part(c, 0, 1)), nth(c, 1));

/** c with the products of its rest by x: raised by one degree, and lowered by one degree. */
function spread(head: readonly Value[], raised: Value, lowered: Value): NDArray {
  const r = joined(...head, raised);
  const n = (lowered as NDArray).size;
  if (n > 0) part(r, 0, n).iadd(lowered);
  return r;
}

/** One Newton step on the nodes, and weights of quadrature symmetric about 0. */
function improved(x: NDArray, dy: NDArray, df: NDArray): NDArray {
  x.isub(over(dy, df));
  return x;
}
const scaled = (v: NDArray): NDArray => over(v, max(absolute(v) as NDArray));
const mirrored = (v: NDArray): NDArray => v.at('::-1') as NDArray;
const even = (w: NDArray): NDArray => over(plus(w, mirrored(w)), 2);
const odd = (x: NDArray): NDArray => over(minus(x, mirrored(x)), 2);
const summingTo = (w: NDArray, total: number): NDArray => times(w, over(total, w.sum()));
const basisOf = (deg: number): number[] => [...Array<number>(deg).fill(0), 1];

const legendreGauss = (deg: number, f: GaussTools): [NDArray, NDArray] => {
  const c = basisOf(deg);
  let x = f.eigenvalues(f.companion(c));
  let df = f.val(x, f.der(c));
  x = improved(x, f.val(x, c), df);
  const fm = scaled(f.val(x, c.slice(1)));
  df = scaled(df);
  return [odd(x), summingTo(even(over(1, times(fm, df))), 2)];
};

export const legendre: Family = {
  prefix: 'leg',
  className: 'Legendre',
  basisName: 'P',
  domain: [-1, 1],
  x: [0, 1],
  line: (off, scl) => [off, scl],
  mulx: (c) => {
    const n = c.size;
    const [rest, i, j] = [part(c, 1), ramp(1, n, c.dtype), ramp(2, n + 1, c.dtype)];
    const s = plus(i, j);
    return spread([times(nth(c, 0), 0), nth(c, 0)], over(times(rest, j), s), over(times(rest, i), s));
  },
  down: (c1, n) => over(times(c1, n - 1), n),
  up: (c1, n, b) => over(times(b.mulx(c1), 2 * n - 1), n),
  last: (c1, b) => b.mulx(c1),
  values: {
    down: (c1, n) => times(c1, (n - 1) / n),
    up: (c1, x, _, n) => times(times(c1, x), (2 * n - 1) / n),
    last: (c1, x) => times(c1, x),
  },
  derive: (c) => {
    const d: Rows = [];
    for (let j = c.length - 1; j > 0; j--) {
      d[j - 1] = j === 1 ? c[1] : times(2 * j - 1, c[j]);
      if (j > 2) c[j - 2] = plus(c[j - 2], c[j]);
    }
    return d;
  },
  integrate: (c) => {
    const r: Rows = [times(c[0], 0), c[0]];
    if (c.length > 1) r[2] = over(c[1], 3);
    for (let j = 2; j < c.length; j++) {
      r[j + 1] = over(c[j], 2 * j + 1);
      r[j - 1] = minus(r[j - 1], r[j + 1]);
    }
    return r;
  },
  first: (x) => x,
  next: (v1, v2, x, i) => over(minus(times(times(v1, x), 2 * i - 1), times(v2, i - 1)), i),
  companion: (c, n) => {
    const scale = over(1, sqrt(plus(times(2, counted(0, n)), 1))) as NDArray;
    const side = times(times(counted(1, n), part(scale, 0, n - 1)), part(scale, 1));
    return lessLastColumn(
      tridiagonal(n, c, side),
      times(times(over(lower(c), lead(c)), over(scale, lead(scale))), n / (2 * n - 1)),
    );
  },
  root: linearRoot,
  turned: true,
  maxpower: 16,
  gauss: legendreGauss,
  weight: (x) => plus(times(x, 0), 1),
};

/** Values of the Hermite function of degree n without its exponential: no overflow at high degrees. `a` is 2 for H, 1 for He. */
function normed(x: NDArray, n: number, a: 1 | 2): NDArray {
  const start = 1 / Math.sqrt(Math.sqrt(a === 2 ? Math.PI : 2 * Math.PI));
  if (n === 0) return plus(times(x, 0), start);
  let c0: Value = 0;
  let c1: Value = start;
  for (let d = n; d > 1; d--) {
    const kept = c0;
    c0 = times(minusOf(c1), Math.sqrt((d - 1) / d));
    c1 = plus(kept, times(times(c1, x), Math.sqrt(a / d)));
  }
  return plus(c0, a === 2 ? times(times(c1, x), Math.sqrt(2)) : times(c1, x));
}

const hermiteGauss =
  (a: 1 | 2) =>
  (deg: number, f: GaussTools): [NDArray, NDArray] => {
    let x = f.eigenvalues(f.companion(basisOf(deg)));
    x = improved(x, normed(x, deg, a), times(normed(x, deg - 1, a), Math.sqrt(a * deg)));
    const fm = scaled(normed(x, deg - 1, a));
    return [odd(x), summingTo(even(over(1, times(fm, fm))), Math.sqrt(a === 2 ? Math.PI : 2 * Math.PI))];
  };

/** The scaling that makes Hermite companion matrices symmetric: products of 1 / sqrt(a·k) for k from n - 1 down, turned around. */
const hermiteScale = (n: number, a: 1 | 2): NDArray =>
  (cumprod(joined(1, over(1, sqrt(times(a, counted(1, n).at('::-1'))))) as NDArray) as NDArray).at('::-1') as NDArray;

export const hermite: Family = {
  prefix: 'herm',
  className: 'Hermite',
  basisName: 'H',
  domain: [-1, 1],
  x: [0, 1 / 2],
  line: (off, scl) => [off, over(scl, 2)],
  mulx: (c) => {
    const rest = part(c, 1);
    return spread([times(nth(c, 0), 0), over(nth(c, 0), 2)], over(rest, 2), times(rest, ramp(1, c.size, c.dtype)));
  },
  down: (c1, n) => times(c1, 2 * (n - 1)),
  up: (c1, _, b) => times(b.mulx(c1), 2),
  last: (c1, b) => times(b.mulx(c1), 2),
  values: {
    argument: (x) => times(x, 2),
    down: (c1, n) => times(c1, 2 * (n - 1)),
    up: (c1, _, y) => times(c1, y),
    last: (c1, _, y) => times(c1, y),
  },
  derive: (c) => c.slice(1).map((v, j) => times(2 * (j + 1), v)),
  integrate: (c) => [times(c[0], 0), over(c[0], 2), ...c.slice(1).map((v, j) => over(v, 2 * (j + 2)))],
  first: (x) => times(x, 2),
  next: (v1, v2, x, i) => minus(times(v1, times(x, 2)), times(v2, 2 * (i - 1))),
  companion: (c, n) =>
    lessLastColumn(
      tridiagonal(n, c, sqrt(times(0.5, counted(1, n))) as NDArray),
      over(times(hermiteScale(n, 2), lower(c)), times(2, lead(c))),
    ),
  root: (c) => over(times(-0.5, part(c, 0, 1)), nth(c, 1)),
  turned: true,
  maxpower: 16,
  gauss: hermiteGauss(2),
  weight: (x) => (exp as Value)(minusOf(times(x, x))),
};

export const hermiteE: Family = {
  prefix: 'herme',
  className: 'HermiteE',
  basisName: 'He',
  domain: [-1, 1],
  x: [0, 1],
  line: (off, scl) => [off, scl],
  mulx: (c) => {
    const rest = part(c, 1);
    return spread([times(nth(c, 0), 0), nth(c, 0)], rest, times(rest, ramp(1, c.size, c.dtype)));
  },
  down: (c1, n) => times(c1, n - 1),
  up: (c1, _, b) => b.mulx(c1),
  last: (c1, b) => b.mulx(c1),
  values: {
    down: (c1, n) => times(c1, n - 1),
    up: (c1, x) => times(c1, x),
    last: (c1, x) => times(c1, x),
  },
  derive: (c) => c.slice(1).map((v, j) => times(j + 1, v)),
  integrate: (c) => [times(c[0], 0), c[0], ...c.slice(1).map((v, j) => over(v, j + 2))],
  first: (x) => x,
  next: (v1, v2, x, i) => minus(times(v1, x), times(v2, i - 1)),
  companion: (c, n) =>
    lessLastColumn(
      tridiagonal(n, c, sqrt(counted(1, n)) as NDArray),
      over(times(hermiteScale(n, 1), lower(c)), lead(c)),
    ),
  root: linearRoot,
  turned: true,
  maxpower: 16,
  gauss: hermiteGauss(1),
  weight: (x) => (exp as Value)(times(-0.5, times(x, x))),
  leavesAxis: true,
};

export const laguerre: Family = {
  prefix: 'lag',
  className: 'Laguerre',
  basisName: 'L',
  domain: [0, 1],
  x: [1, -1],
  line: (off, scl) => [plus(off, scl), minusOf(scl)],
  mulx: (c) => {
    const n = c.size;
    const [rest, i] = [part(c, 1), ramp(1, n, c.dtype)];
    const r = joined(nth(c, 0), minusOf(nth(c, 0)), times(minusOf(rest), plus(i, 1)));
    part(r, 1, n).iadd(times(rest, plus(times(i, 2), 1)));
    part(r, 0, n - 1).isub(times(rest, i));
    return r;
  },
  down: (c1, n) => over(times(c1, n - 1), n),
  up: (c1, n, b) => over(b.sub(times(2 * n - 1, c1), b.mulx(c1)), n),
  last: (c1, b) => b.sub(c1, b.mulx(c1)),
  values: {
    down: (c1, n) => over(times(c1, n - 1), n),
    up: (c1, x, _, n) => over(times(c1, minus(2 * n - 1, x)), n),
    last: (c1, x) => times(c1, minus(1, x)),
  },
  derive: (c) => {
    const d: Rows = [];
    for (let j = c.length - 1; j > 0; j--) {
      d[j - 1] = minusOf(c[j]);
      if (j > 1) c[j - 1] = plus(c[j - 1], c[j]);
    }
    return d;
  },
  integrate: (c) => {
    const r: Rows = [c[0], minusOf(c[0])];
    for (let j = 1; j < c.length; j++) {
      r[j] = plus(r[j], c[j]);
      r[j + 1] = minusOf(c[j]);
    }
    return r;
  },
  first: (x) => minus(1, x),
  next: (v1, v2, x, i) => over(minus(times(v1, minus(2 * i - 1, x)), times(v2, i - 1)), i),
  companion: (c, n) => {
    const m = tridiagonal(n, c, minusOf(counted(1, n)), plus(times(2, counted(0, n)), 1));
    (m.at(':', -1) as NDArray).iadd(times(over(lower(c), lead(c)), n));
    return m;
  },
  root: (c) => plus(1, over(part(c, 0, 1), nth(c, 1))),
  turned: true,
  maxpower: 16,
  gauss: (deg, f) => {
    const c = basisOf(deg);
    let x = f.eigenvalues(f.companion(c));
    let df = f.val(x, f.der(c));
    x = improved(x, f.val(x, c), df);
    const fm = scaled(f.val(x, c.slice(1)));
    df = scaled(df);
    const w = over(1, times(fm, df)) as NDArray;
    return [x, over(w, w.sum())];
  },
  weight: (x) => (exp as Value)(minusOf(x)),
};
