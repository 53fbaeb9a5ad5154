import { asSeries, nth, over, part, plus, times, trimmed, type Value } from './algebra.js';
import { convolve } from '../statistics/correlation.js';
import { zeros } from '../creation/fill.js';
import type { NDArray } from '../ndarray.js';
import { mulxPowers } from './derived.js';
import type { Family } from './family.js';
import { lessLastColumn, linearRoot } from './rows.js';

/** Series of powers of x. */
export const powers: Family = {
  prefix: 'poly',
  className: 'Polynomial',
  basisName: null,
  domain: [-1, 1],
  x: [0, 1],
  line: (off, scl) => [off, scl],
  mulx: mulxPowers,
  down: (c1) => times(c1, 0),
  up: (c1, _, b) => b.mulx(c1),
  last: (c1, b) => b.mulx(c1),
  values: { down: (c1) => times(c1, 0), up: (c1, x) => times(c1, x), last: (c1, x) => times(c1, x) },
  derive: (c) => c.slice(1).map((v, j) => times(j + 1, v)),
  integrate: (c) => [times(c[0], 0), c[0], ...c.slice(1).map((v, j) => over(v, j + 2))],
  first: (x) => x,
  next: (v1, _, x) => times(v1, x),
  companion: (c, n) => {
    const m = zeros([n, n], { dtype: c.dtype }) as NDArray;
    (m.reshape(-1) as NDArray).set([`${n}::${n + 1}`], 1);
    return lessLastColumn(m, over(part(c, 0, n), nth(c, -1)));
  },
  root: linearRoot,
  turned: false,
  maxpower: null,
  mul: (c1, c2) => {
    const [a, b] = asSeries([c1, c2]);
    return trimmed(convolve(a, b));
  },
  div: (a, b) => {
    const scale = nth(b, -1);
    const divisor = over(part(b, 0, b.size - 1), scale) as NDArray;
    const m = divisor.size;
    let top = a.size - 1;
    for (let i = a.size - b.size; i >= 0; i--, top--) part(a, i, i + m).isub(times(divisor, nth(a, top)));
    return [over(part(a, top + 1), scale), trimmed(part(a, 0, top + 1))];
  },
  pow: (c, power) => {
    let product = c;
    for (let i = 2; i <= power; i++) product = convolve(product, c);
    return product;
  },
  // Horner's rule.
  val: (x, c) => {
    let r: Value = plus(nth(c, -1), times(x, 0));
    for (let i = c.shape[0] - 2; i >= 0; i--) r = plus(nth(c, i), times(r, x));
    return r;
  },
};
