import type { DType, Kind } from '../dtype.js';
import { ValueError } from '../errors.js';
import { compare, equals, less, truthy } from '../python/compare.js';
import { NAT } from '../scalars/time.js';
import { compareBytes, compareText } from '../strings/points.js';
import { fieldNamed } from './structures.js';

/** Order and equality of single elements, as `elementsOf` reads them: one row for each kind of dtype. */

export interface Ordering {
  /** Below, equal to or above zero. */
  readonly compare: (a: any, b: any) => number;
  readonly less: (a: any, b: any) => boolean;
  /** Where it is not `less` the other way round: which of two values an error names first depends on it. */
  readonly greater: (a: any, b: any) => boolean;
  /** What `==` says: NaN and NaT equal nothing. */
  readonly equal: (a: any, b: any) => boolean;
}

/** An order in which what compares as 0 is equal. */
const comparing = (
  compare: Ordering['compare'],
  equal: Ordering['equal'] = (a, b) => compare(a, b) === 0,
): Ordering => ({ compare, less: (a, b) => compare(a, b) < 0, greater: (a, b) => compare(a, b) > 0, equal });

const objects: Ordering = {
  compare: (a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0),
  less,
  greater: (a, b) => truthy(compare('>', a, b)),
  equal: equals,
};

/** NaN comes last. */
const byNumber = (a: any, b: any): number => (a < b ? -1 : a > b ? 1 : (a !== a ? 1 : 0) - (b !== b ? 1 : 0));
const numbers = comparing(byNumber, (a, b) => a === b);

type Z = { re: number; im: number };
const nans = (z: Z): number => (z.re !== z.re ? 2 : 0) + (z.im !== z.im ? 1 : 0);
const complexes = comparing(
  (a: Z, b: Z) => nans(a) - nans(b) || byNumber(a.re, b.re) || byNumber(a.im, b.im),
  (a: Z, b: Z) => a.re === b.re && a.im === b.im,
);

/** NaT comes last, though it is the least of counts. */
const times = comparing(
  (a: bigint, b: bigint) => (a === b ? 0 : a === NAT ? 1 : b === NAT || a < b ? -1 : 1),
  (a: bigint, b: bigint) => a === b && a !== NAT,
);

const ORDERINGS: { readonly [K in Kind]: Ordering } = {
  b: numbers,
  i: numbers,
  u: numbers,
  f: numbers,
  c: complexes,
  M: times,
  m: times,
  U: comparing(compareText),
  S: comparing(compareBytes),
  V: comparing(compareBytes),
  O: objects,
};

const composed = new WeakMap<DType, Ordering>();

/** The order of a dtype's elements: structures by their fields in turn, sub-arrays by their elements. */
export function orderingOf(d: DType): Ordering {
  if (d.layout === null && d.subdtype === null) return ORDERINGS[d.kind];
  let found = composed.get(d);
  if (found === undefined) {
    const parts = d.subdtype !== null ? null : (d.layout ?? []).map((f) => orderingOf(f.dtype));
    found =
      parts === null
        ? elementwise(d.subdtype as readonly [DType, readonly number[]])
        : comparing(byFields(d, [...parts.keys()]), (x, y) => parts.every((p, i) => p.equal(x[i], y[i])));
    composed.set(d, found);
  }
  return found;
}

function elementwise([base, shape]: readonly [DType, readonly number[]]): Ordering {
  const { compare, equal } = orderingOf(base);
  const flat = (x: any): any[] => x.flat(shape.length - 1);
  return comparing(
    (a, b) => {
      const [x, y] = [flat(a), flat(b)];
      for (let i = 0; i < x.length; i++) {
        const c = compare(x[i], y[i]);
        if (c !== 0) return c;
      }
      return 0;
    },
    (a, b) => {
      const y = flat(b);
      return flat(a).every((x, i) => equal(x, y[i]));
    },
  );
}

function byFields(d: DType, places: readonly number[]): Ordering['compare'] {
  const each = (d.layout ?? []).map((f) => orderingOf(f.dtype).compare);
  return (a, b) => {
    for (const i of places) {
      const c = each[i](a[i], b[i]);
      if (c !== 0) return c;
    }
    return 0;
  };
}

/**
 * The order of structures when the fields named are compared first, then the others.
 * @throws ValueError `unknown field name: x`, `duplicate field name: x`
 */
export function orderedBy(d: DType, order: string | readonly string[]): Ordering {
  if (d.layout === null) throw new ValueError('Cannot specify order when the array has no fields.');
  const layout = d.layout;
  const first = (typeof order === 'string' ? [order] : order).map((name) => {
    const f = fieldNamed(d, name);
    if (f === null) throw new ValueError(`unknown field name: ${name}`);
    return layout.indexOf(f);
  });
  first.forEach((k, i) => {
    if (first.indexOf(k) !== i) throw new ValueError(`duplicate field name: ${layout[k].name}`);
  });
  return comparing(byFields(d, [...first, ...layout.map((_, i) => i).filter((i) => !first.includes(i))]));
}
