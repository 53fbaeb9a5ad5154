import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { ValueError, ZeroDivisionError } from '../../core/errors.js';
import { reshapeTo, withDtype } from '../../core/ops/move.js';
import { normalizeAxis } from '../../core/view.js';
import { array } from '../creation/convert.js';
import { ones, zeros } from '../creation/fill.js';
import { stack } from '../manipulation/join.js';
import { moveaxis } from '../manipulation/transpose.js';
import type { NDArray } from '../ndarray.js';
import { sort } from '../sorting/index.js';
import { all } from '../statistics/index.js';
import {
  asSeries,
  floating,
  integer,
  isZero,
  joined,
  listed,
  minus,
  nth,
  over,
  part,
  plus,
  times,
  trimmed,
  type Value,
} from './algebra.js';
import type { Basis, Family, Rows } from './family.js';
import { leastSquares } from './fitting.js';
import { eigenvalues, symmetricEigenvalues } from './solvers.js';

/** The functions of one family over plain arguments, made from its row. */
export interface Functions {
  readonly add: (c1: unknown, c2: unknown) => NDArray;
  readonly sub: (c1: unknown, c2: unknown) => NDArray;
  readonly mulx: (c: unknown) => NDArray;
  readonly mul: (c1: unknown, c2: unknown) => NDArray;
  readonly div: (c1: unknown, c2: unknown) => [quotient: NDArray, remainder: NDArray];
  readonly pow: (c: unknown, pow: unknown, maxpower: unknown) => NDArray;
  readonly line: (off: Value, scl: Value) => NDArray;
  readonly val: (x: Value, c: unknown, tensor?: unknown) => any;
  readonly valnd: (c: unknown, ...x: unknown[]) => NDArray;
  readonly gridnd: (c: unknown, ...x: unknown[]) => NDArray;
  readonly der: (c: unknown, m: unknown, scl: unknown, axis: unknown) => NDArray;
  readonly int: (c: unknown, m: unknown, k: unknown, lbnd: unknown, scl: unknown, axis: unknown) => NDArray;
  readonly vander: (x: unknown, deg: unknown) => NDArray;
  readonly vandernd: (points: readonly unknown[], deg: unknown) => NDArray;
  readonly fit: (x: unknown, y: unknown, deg: unknown, rcond: unknown, full: unknown, w: unknown) => any;
  readonly companion: (c: unknown) => NDArray;
  readonly roots: (c: unknown) => NDArray;
  readonly fromroots: (roots: unknown) => NDArray;
  readonly toPowers: (c: unknown) => NDArray;
  readonly fromPowers: (c: unknown) => NDArray;
  readonly gauss: (deg: unknown) => [x: NDArray, w: NDArray];
}

/** The sum of two series. */
export function addSeries(c1: unknown, c2: unknown): NDArray {
  const [a, b] = asSeries([c1, c2]);
  const [long, short] = a.size > b.size ? [a, b] : [b, a];
  part(long, 0, short.size).iadd(short);
  return trimmed(long);
}

/** The difference of two series. */
export function subSeries(c1: unknown, c2: unknown): NDArray {
  const [a, given] = asSeries([c1, c2]);
  if (a.size > given.size) {
    part(a, 0, given.size).isub(given);
    return trimmed(a);
  }
  const b = given.neg() as NDArray;
  part(b, 0, a.size).iadd(a);
  return trimmed(b);
}

/** Quotient and remainder by repeated products with basis polynomials. */
function longDivision(f: Functions, a: NDArray, b: NDArray): [NDArray, NDArray] {
  const n = a.size - b.size;
  const quotient: NDArray[] = [];
  let rest = a;
  for (let i = n; i >= 0; i--) {
    const p = f.mul([...Array<number>(i).fill(0), 1], b);
    const q = over(nth(rest, -1), nth(p, -1)) as NDArray;
    rest = minus(part(rest, 0, rest.size - 1), times(q, part(p, 0, p.size - 1)));
    quotient.unshift(q);
  }
  return [joined(...quotient).astype(a.dtype) as NDArray, trimmed(rest)];
}

/** A whole number that is a power. @throws ValueError */
export function powerOf(pow: unknown, maxpower: unknown): number {
  const p = Number(pow);
  if (!Number.isInteger(p) || p < 0) throw new ValueError('Power must be a non-negative integer.');
  if (maxpower !== null && maxpower !== undefined && p > Number(maxpower)) throw new ValueError('Power is too large');
  return p;
}

const lineOf =
  (row: Family) =>
  (off: Value, scl: Value): NDArray =>
    array(Number(isScalarZero(scl)) ? [off] : [...row.line(off, scl)]) as NDArray;
const isScalarZero = (x: Value): boolean => (x instanceof ArrayValue ? isZero(listed(x), 0) : Number(x) === 0);

/** What a derivation and an integration share: the axis in front, the order, and what comes back to its place. */
function alongAxis(
  given: unknown,
  order: unknown,
  axis: unknown,
  what: string,
  steps: (c: NDArray, count: number, back: (c: NDArray) => NDArray) => NDArray,
): NDArray {
  const c = floating((listed(given) as NDArray).copy()) as NDArray;
  const count = integer(order, `the order of ${what}`);
  const at = integer(axis, 'the axis');
  if (count < 0) throw new ValueError(`The order of ${what} must be non-negative`);
  const place = normalizeAxis(at, c.ndim);
  if (count === 0) return c;
  return steps(moveaxis(c, place, 0) as NDArray, count, (r) => moveaxis(r, 0, place) as NDArray);
}

const rowsOf = (c: NDArray): Rows => Array.from({ length: c.shape[0] }, (_, i) => nth(c, i));
const stacked = (rows: Rows, like: NDArray): NDArray =>
  withDtype(stack(rows, 0) as unknown as ArrayValue, like.dtype) as NDArray;

export function functionsOf(row: Family): Functions {
  const basis: Basis = {
    mulx: (c) => f.mulx(c),
    sub: (a, b) => f.sub(a, b),
  };

  /** Clenshaw's recurrence over coefficients, of which `times` gives the i-th. */
  const clenshaw = (n: number, term: (i: number) => NDArray, b: Basis, add: Functions['add']): NDArray => {
    let c0 = term(n - 2);
    let c1 = term(n - 1);
    for (let d = n - 1; d > 1; d--) {
      const kept = c0;
      c0 = b.sub(term(d - 2), row.down(c1, d));
      c1 = add(kept, row.up(c1, d, b));
    }
    return add(c0, row.last(c1, b));
  };

  const f: Functions = {
    add: addSeries,
    sub: subSeries,
    mulx(given) {
      const [c] = asSeries([given]);
      return c.size === 1 && isZero(c, 0) ? c : row.mulx(c);
    },
    mul:
      row.mul ??
      ((c1, c2) => {
        const [a, b] = asSeries([c1, c2]);
        const [c, xs] = a.size > b.size ? [b, a] : [a, b];
        const term = (i: number): NDArray => times(nth(c, i), xs);
        // A lone coefficient meets the recurrence's end with a second one of zero, which is float64.
        if (c.size === 1) return f.add(term(0), row.last(asSeries([0])[0], basis));
        return clenshaw(c.size, term, basis, f.add);
      }),
    div(c1, c2) {
      const [a, b] = asSeries([c1, c2]);
      if (isZero(b, -1)) throw new ZeroDivisionError('');
      if (a.size < b.size) return [times(part(a, 0, 1), 0), a];
      if (b.size === 1) return [over(a, nth(b, -1)), times(part(a, 0, 1), 0)];
      return row.div === undefined ? longDivision(f, a, b) : row.div(a, b);
    },
    pow(given, pow, maxpower) {
      const [c] = asSeries([given]);
      const p = powerOf(pow, maxpower);
      if (p === 0) return ones(1, { dtype: c.dtype }) as NDArray;
      if (p === 1) return c;
      if (row.pow !== undefined) return row.pow(c, p);
      let product = c;
      for (let i = 2; i <= p; i++) product = f.mul(product, c);
      return product;
    },
    line: lineOf(row),
    val(at, given, tensor = true) {
      let c = floating(listed(given));
      const x = Array.isArray(at) || ArrayBuffer.isView(at) ? toArray(at) : typeof at === 'bigint' ? safely(at) : at;
      if (x instanceof ArrayValue && tensor) c = reshapeTo(c, [...c.shape, ...x.shape.map(() => 1)]);
      if (row.val !== undefined) return row.val(x, c);
      const v = row.values;
      const y = v.argument === undefined ? x : v.argument(x);
      const n = c.shape[0];
      let c0: Value = nth(c, n > 1 ? -2 : 0);
      let c1: Value = n > 1 ? nth(c, -1) : 0;
      for (let d = n - 1; d > 1; d--) {
        const kept = c0;
        c0 = minus(nth(c, d - 2), v.down(c1, d));
        c1 = plus(kept, v.up(c1, x, y, d));
      }
      return plus(c0, v.last(c1, x, y));
    },
    valnd(c, ...given) {
      const x = given.map((a) => toArray(a));
      if (x.some((a) => a.shape.length !== x[0].shape.length || a.shape.some((n, i) => n !== x[0].shape[i])))
        throw new ValueError(
          x.length === 3
            ? 'x, y, z are incompatible'
            : x.length === 2
              ? 'x, y are incompatible'
              : 'ordinates are incompatible',
        );
      return x.reduce<any>((v, a, i) => f.val(a, v, i === 0), c);
    },
    gridnd: (c, ...x) => x.reduce<any>((v, a) => f.val(a, v), c),
    der: (given, m, scl, axis) =>
      alongAxis(given, m, axis, 'derivation', (c, count, back) => {
        if (count >= c.shape[0]) {
          const none = times(part(c, 0, Math.min(1, c.shape[0])), 0);
          return row.leavesAxis ? none : back(none);
        }
        let r = c;
        for (let i = 0; i < count; i++) r = stacked(row.derive(rowsOf(r.imul(scl as never) as NDArray)), c);
        return back(r);
      }),
    int(given, m, k, lbnd, scl, axis) {
      const scalar = (v: unknown): boolean => toArray(v).ndim === 0;
      const constants: unknown[] = scalar(k) ? [k] : Array.isArray(k) ? k : rowsOf(toArray(k) as NDArray);
      return alongAxis(given, m, axis, 'integration', (c, count, back) => {
        if (constants.length > count) throw new ValueError('Too many integration constants');
        if (!scalar(lbnd)) throw new ValueError('lbnd must be a scalar.');
        if (!scalar(scl)) throw new ValueError('scl must be a scalar.');
        let r = c;
        for (let i = 0; i < count; i++) {
          const constant = (i < constants.length ? constants[i] : 0) as Value;
          r.imul(scl as never);
          if (r.shape[0] === 1 && all((nth(r, 0) as Value).eq(0))) part(r, 0, 1).iadd(constant);
          else {
            r = stacked(row.integrate(rowsOf(r)), c);
            part(r, 0, 1).iadd(minus(constant, f.val(lbnd, r)));
          }
        }
        return back(r);
      });
    },
    vander(given, deg) {
      const d = integer(deg, 'deg');
      if (d < 0) throw new ValueError('deg must be non-negative');
      const x = plus(listed(given), 0.0) as NDArray;
      // In C order, whatever lay there: each degree fills one stretch of memory.
      const read = floating(x) as NDArray;
      const at = read.flags.c_contiguous ? read : (read.copy() as NDArray);
      const v: Value[] = [plus(times(at, 0), 1)];
      if (d > 0) v.push(row.first(at));
      for (let i = 2; i <= d; i++) v.push(row.next(v[i - 1], v[i - 2], at, i));
      return moveaxis(stacked(v, at), 0, -1) as NDArray;
    },
    vandernd(given, deg) {
      const degrees = Array.isArray(deg) ? deg : ((toArray(deg) as NDArray).tolist() as unknown[]);
      const n = given.length;
      if (!Array.isArray(degrees) || degrees.length !== n)
        throw new ValueError(`Expected ${n} dimensions of degrees, got ${Array.isArray(degrees) ? degrees.length : 0}`);
      const points = toArray(given.map((p) => toArray(p))) as NDArray;
      const each = degrees.map((d, i) => {
        const v = f.vander(nth(points, i), d);
        const shape = degrees.map((_, j) => (j === i ? v.shape[v.ndim - 1] : 1));
        return v.reshape([...v.shape.slice(0, -1), ...shape]) as NDArray;
      });
      const v = each.reduce((a, b) => times(a, b));
      return v.reshape([...v.shape.slice(0, -n), -1]) as NDArray;
    },
    fit: (x, y, deg, rcond, full, w) => leastSquares(f.vander, x, y, deg, rcond, full, w),
    companion(given) {
      const [c] = asSeries([given]);
      if (c.size < 2) throw new ValueError('Series must have maximum degree of at least 1.');
      return c.size === 2 ? (row.root(c).reshape([1, 1]) as NDArray) : row.companion(c, c.size - 1);
    },
    roots(given) {
      const [c] = asSeries([given]);
      if (c.size < 2) return zeros(0, { dtype: c.dtype }) as NDArray;
      if (c.size === 2) return row.root(c).reshape([1]) as NDArray;
      const m = row.companion(c, c.size - 1);
      const found = eigenvalues(row.turned ? (m.at('::-1', '::-1') as NDArray) : m) as NDArray;
      found.sort();
      return found;
    },
    fromroots(given) {
      if (toArray(given).size === 0) return ones(1) as NDArray;
      const [roots] = asSeries([given], false);
      let p = rowsOf(sort(roots) as NDArray).map((r) => f.line(r.neg(), 1));
      // Products of halves keep the degrees alike, and the errors small.
      while (p.length > 1) {
        const m = p.length >> 1;
        const products = Array.from({ length: m }, (_, i) => f.mul(p[i], p[i + m]));
        if (p.length % 2 === 1) products[0] = f.mul(products[0], p[p.length - 1]);
        p = products;
      }
      return p[0];
    },
    toPowers(given) {
      const [c] = asSeries([given]);
      if (c.size === 1 || (c.size === 2 && row.x.length === 2 && row.x[0] === 0 && row.x[1] === 1)) return c;
      return clenshaw(c.size, (i) => part(c, i, i + 1), powers, addSeries);
    },
    fromPowers(given) {
      const [c] = asSeries([given]);
      let r: unknown = 0;
      for (let i = c.size - 1; i >= 0; i--) r = f.add(f.mulx(r), nth(c, i));
      return r as NDArray;
    },
    gauss(deg) {
      const d = integer(deg, 'deg');
      if (d <= 0) throw new ValueError('deg must be a positive integer');
      return row.gauss!(d, {
        companion: f.companion,
        val: (x, c) => f.val(x, c),
        der: (c) => f.der(c, 1, 1, 0),
        eigenvalues: symmetricEigenvalues,
      });
    },
  };
  return f;
}

/** Multiplication by x of a series of powers. */
export const mulxPowers = (c: NDArray): NDArray => joined(times(part(c, 0, 1), 0), c);

/** The basis of powers of x. */
const powers: Basis = {
  mulx: (given) => {
    const [c] = asSeries([given]);
    return c.size === 1 && isZero(c, 0) ? c : mulxPowers(c);
  },
  sub: subSeries,
};

/** A bigint as a number where that holds it: plain numbers are weak, as Python's are. */
const safely = (x: bigint): number | bigint => (Number.isSafeInteger(Number(x)) ? Number(x) : x);
