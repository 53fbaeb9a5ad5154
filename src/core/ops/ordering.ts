import type { ArrayValue } from '../array.js';
import { elementsOf } from '../device/elements.js';
import type { HostBuffer } from '../device/device.js';
import type { DType, Kind } from '../dtype.js';
import { compare, equals, less, truthy } from '../python/compare.js';

/** Order and equality of single elements, as `elementsOf` reads them: for dtypes that kernels do not compare. */

export interface Ordering {
  readonly less: (a: any, b: any) => boolean;
  /** Where it is not `less` the other way round: which of two values an error names first depends on it. */
  readonly greater: (a: any, b: any) => boolean;
  readonly equal: (a: any, b: any) => boolean;
}

const objects: Ordering = { less, greater: (a, b) => truthy(compare('>', a, b)), equal: equals };

/** NaN comes last. */
const numberLess = (a: any, b: any): boolean => a < b || (b !== b && a === a);
const numbers: Ordering = {
  less: numberLess,
  greater: (a, b) => numberLess(b, a),
  equal: (a, b) => a === b,
};

type Z = { re: number; im: number };
const rank = (z: Z): number => (z.re !== z.re ? 2 : 0) + (z.im !== z.im ? 1 : 0);
const complexLess = (a: Z, b: Z): boolean => {
  if (rank(a) !== rank(b)) return rank(a) < rank(b);
  return a.re < b.re || ((a.re === b.re || a.re !== a.re) && a.im < b.im);
};
const complexes: Ordering = {
  less: complexLess,
  greater: (a, b) => complexLess(b, a),
  equal: (a: Z, b: Z) => a.re === b.re && a.im === b.im,
};

/** One row a kind. Raw memory and text are ordered where their own rows are. */
const ORDERINGS: { readonly [K in Kind]?: Ordering } = {
  O: objects,
  b: numbers,
  i: numbers,
  u: numbers,
  f: numbers,
  c: complexes,
};

/** The order of a dtype's elements, or null where there is none here. */
export const orderingOf = (d: DType): Ordering | null => ORDERINGS[d.kind] ?? null;

const RUN = 16;

/** Rearranges places so that what they stand for is in order; equal ones stay as they were. */
export function sortPlaces(
  places: Uint32Array<ArrayBuffer>,
  before: (i: number, j: number) => boolean,
): Uint32Array<ArrayBuffer> {
  const n = places.length;
  for (let from = 0; from < n; from += RUN) {
    const to = Math.min(n, from + RUN);
    for (let i = from + 1; i < to; i++) {
      const p = places[i];
      let j = i;
      while (j > from && before(p, places[j - 1])) {
        places[j] = places[j - 1];
        j--;
      }
      places[j] = p;
    }
  }
  let a = places;
  let b = new Uint32Array(n);
  for (let width = RUN; width < n; width *= 2) {
    for (let from = 0; from < n; from += 2 * width) {
      const mid = Math.min(n, from + width);
      const to = Math.min(n, from + 2 * width);
      let i = from;
      let j = mid;
      for (let k = from; k < to; k++) b[k] = i < mid && (j >= to || !before(a[j], a[i])) ? a[i++] : a[j++];
    }
    [a, b] = [b, a];
  }
  return a;
}

/** The elements of one lane. */
export function laneOf(a: ArrayValue, at: number, step: number, n: number): unknown[] {
  const { get } = elementsOf(a.buffer as HostBuffer, a.dtype);
  return Array.from({ length: n }, (_, i) => get(at + i * step));
}

/** The stable order of n places by columns of elements, the most significant last. */
export function orderOfColumns(
  columns: readonly { values: readonly unknown[]; ordering: Ordering }[],
  n: number,
): Uint32Array<ArrayBuffer> {
  let places = Uint32Array.from({ length: n }, (_, i) => i);
  for (const { values, ordering } of columns)
    places = sortPlaces(places, (i, j) => ordering.less(values[i], values[j]));
  return places;
}
