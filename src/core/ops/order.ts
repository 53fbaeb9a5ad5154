import type { ArrayValue } from '../array.js';
import { host } from '../device/access.js';
import { elementsOf } from '../device/elements.js';
import type { DType, Kind } from '../dtype.js';
import { TypeError } from '../errors.js';
import { comparison } from './sort-structures.js';
import { compareBytes, compareText } from '../strings/points.js';

/** The order of elements that are no numbers: a row for each kind that has one. */

type Compare = (a: any, b: any) => number;

const COMPARE: Partial<Record<Kind, (d: DType) => Compare>> = {
  U: () => compareText,
  S: () => compareBytes,
  V: comparison,
};

/** How two elements of a dtype compare: below, equal to or above zero. @throws TypeError where elements have no order */
export function comparerOf(d: DType): Compare {
  const make = COMPARE[d.kind];
  if (make === undefined) throw new TypeError(`elements of dtype ${d.repr()} have no order`);
  return make(d);
}

const SURROGATE = /[\ud800-\udfff]/;

/** The same for known elements: text without surrogates is in the engine's own order, which is quicker to ask for. */
function comparerFor(d: DType, values: readonly unknown[]): Compare {
  if (d.kind !== 'U' || (values as readonly string[]).some((v) => SURROGATE.test(v))) return comparerOf(d);
  return (a: string, b: string) => (a < b ? -1 : a === b ? 0 : 1);
}

/** The elements of a lane. */
export function elementsAt(a: ArrayValue, at: number, step: number, n: number): unknown[] {
  const { get } = elementsOf(host(a.buffer, 'sort'), a.dtype);
  return Array.from({ length: n }, (_, i) => get(at + i * step));
}

/** Ranks of a lane's elements, alike for equal ones, so that what sorts numbers sorts them. */
export function ranks(a: ArrayValue, at: number, step: number, n: number): Uint32Array {
  const values = elementsAt(a, at, step, n);
  const compare = comparerFor(a.dtype, values);
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => compare(values[i], values[j]));
  const out = new Uint32Array(n);
  let rank = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0 && compare(values[order[k - 1]], values[order[k]]) !== 0) rank++;
    out[order[k]] = rank;
  }
  return out;
}

/** For each key the first place (after equal elements where `right`) at which it keeps sorted elements sorted. */
export function searchOther(a: ArrayValue, v: ArrayValue, right: boolean, place: (i: number) => number): Uint32Array {
  const compare = comparerOf(a.dtype);
  const w = a.dtype.itemsize;
  const values = elementsAt(a, a.offset, w, a.size);
  return Uint32Array.from(elementsAt(v, v.offset, w, v.size), (key) => {
    let lo = 0;
    let hi = values.length;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      const c = compare(values[place(mid)], key);
      if (right ? c <= 0 : c < 0) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  });
}

/** The place of the largest (or smallest) of a lane's elements, the first of equal ones. */
export function extremeAt(a: ArrayValue, at: number, step: number, n: number, largest: boolean): number {
  const compare = comparerOf(a.dtype);
  const { get } = elementsOf(host(a.buffer, 'argmax'), a.dtype);
  let best = 0;
  let value = get(at);
  for (let i = 1; i < n; i++) {
    const v = get(at + i * step);
    const c = compare(v, value);
    if (largest ? c > 0 : c < 0) {
      best = i;
      value = v;
    }
  }
  return best;
}
