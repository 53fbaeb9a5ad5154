import { arange } from '../creation/range.js';
import { concatenate } from '../manipulation/join.js';
import type { NDArray } from '../ndarray.js';
import { convolve } from '../statistics/correlation.js';
import { cos, sqrt } from '../ufuncs.js';
import { asSeries, joined, minus, nth, over, part, plus, times, trimmed, type Value } from './algebra.js';
import type { Family, Rows } from './family.js';
import { counted, lessLastColumn, linearRoot, tridiagonal } from './rows.js';

/**
 * Chebyshev series. With x = (z + 1/z)/2 a series in T_n(x) is a symmetric Laurent series in z, so that products are convolutions
 * (J. C. Mason and D. C. Handscomb, Chebyshev Polynomials, 2003).
 */

const mirrored = (c: NDArray): NDArray => c.at('::-1') as NDArray;

/** The Laurent series of a Chebyshev series: half of every coefficient on both sides, the first one whole. */
function toLaurent(c: NDArray): NDArray {
  const half = over(c, 2) as NDArray;
  const right = concatenate([times(part(half, 1), 0), half]) as NDArray;
  return plus(right, mirrored(right));
}

function fromLaurent(z: NDArray): NDArray {
  const c = part(z, (z.size - 1) / 2).copy() as NDArray;
  part(c, 1).imul(2);
  return c;
}

/** Quotient and remainder of symmetric Laurent series: both ends at a time. */
function divideLaurent(z1: NDArray, z2: NDArray): [NDArray, NDArray] {
  const scale = nth(z2, 0);
  const [n, divisor] = [z2.size, over(z2, scale) as NDArray];
  const last = z1.size - n;
  const rest = z1.copy() as NDArray;
  const quotient = part(z1, 0, last + 1).copy() as NDArray;
  for (let i = 0, j = last; i <= j; i++, j--) {
    const r = nth(rest, i).copy() as NDArray;
    part(quotient, i, i + 1).set([':'], r);
    part(quotient, j, j + 1).set([':'], r);
    const product = times(r, divisor);
    part(rest, i, i + n).isub(product);
    if (i < j) part(rest, j, j + n).isub(product);
  }
  const middle = last / 2;
  return [over(quotient, scale), part(rest, middle + 1, middle - 1 + n).copy() as NDArray];
}

export const chebyshev: Family = {
  prefix: 'cheb',
  className: 'Chebyshev',
  basisName: 'T',
  domain: [-1, 1],
  x: [0, 1],
  line: (off, scl) => [off, scl],
  mulx: (c) => {
    const half = over(part(c, 1), 2) as NDArray;
    const r = joined(times(nth(c, 0), 0), nth(c, 0), half);
    part(r, 0, half.size).iadd(half);
    return r;
  },
  down: (c1) => c1,
  up: (c1, _, b) => times(b.mulx(c1), 2),
  last: (c1, b) => b.mulx(c1),
  values: {
    argument: (x) => times(2, x),
    down: (c1) => c1,
    up: (c1, _, y) => times(c1, y),
    last: (c1, x) => times(c1, x),
  },
  derive: (c) => {
    const d: Rows = [];
    for (let j = c.length - 1; j > 0; j--) {
      d[j - 1] = j === 1 ? c[1] : times(2 * j, c[j]);
      if (j > 2) c[j - 2] = plus(c[j - 2], over(times(j, c[j]), j - 2));
    }
    return d;
  },
  integrate: (c) => {
    const r: Rows = [times(c[0], 0), c[0]];
    if (c.length > 1) r[2] = over(c[1], 4);
    for (let j = 2; j < c.length; j++) {
      r[j + 1] = over(c[j], 2 * (j + 1));
      r[j - 1] = minus(r[j - 1], over(c[j], 2 * (j - 1)));
    }
    return r;
  },
  first: (x) => x,
  next: (v1, v2, x) => minus(times(v1, times(2, x)), v2),
  companion: (c, n) => {
    const scale = joined(1, times(plus(times(counted(1, n), 0), 1), Math.sqrt(0.5)));
    const side = joined(Math.sqrt(0.5), plus(times(counted(2, n), 0), 0.5));
    return lessLastColumn(
      tridiagonal(n, c, side),
      times(times(over(part(c, 0, n), nth(c, -1)), over(scale, nth(scale, -1))), 0.5),
    );
  },
  root: linearRoot,
  turned: true,
  maxpower: 16,
  mul: (c1, c2) => {
    const [a, b] = asSeries([c1, c2]);
    return trimmed(fromLaurent(convolve(toLaurent(a), toLaurent(b))));
  },
  div: (a, b) => {
    const [q, r] = divideLaurent(toLaurent(a), toLaurent(b));
    return [trimmed(fromLaurent(q)), trimmed(fromLaurent(r))];
  },
  pow: (c, power) => {
    const z = toLaurent(c);
    let product = z;
    for (let i = 2; i <= power; i++) product = convolve(product, z);
    return fromLaurent(product);
  },
  gauss: (deg) => [
    cos(over(times(Math.PI, arange(1, 2 * deg, 2, { dtype: 'float64' } as never)), 2 * deg)) as NDArray,
    times(plus(times(counted(0, deg), 0), 1), Math.PI / deg),
  ],
  weight: (x) => over(1, times((sqrt as Value)(plus(1, x)), (sqrt as Value)(minus(1, x)))),
};
