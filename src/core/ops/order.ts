import type { ArrayValue } from '../array.js';
import { forEachOffset, host } from '../device/access.js';
import { elementsOf } from '../device/elements.js';
import type { HostBuffer } from '../device/device.js';
import { type Ordering, orderingOf } from './ordering.js';

/** Sorting, ranking and searching by the order of single elements, for what kernels do not compare. Every sort is stable. */

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

const keep =
  (axis: number) =>
  (_: unknown, i: number): boolean =>
    i !== axis;

/** Sorts every lane along an axis in place. */
export function sortElements(a: ArrayValue, axis: number, ordering: Ordering): void {
  const { set } = elementsOf(host(a.buffer, 'sort'), a.dtype);
  const n = a.shape[axis];
  const step = a.strides[axis];
  forEachOffset(a.shape.filter(keep(axis)), a.strides.filter(keep(axis)), a.offset, (at) => {
    const values = laneOf(a, at, step, n);
    orderOfColumns([{ values, ordering }], n).forEach((p, i) => {
      set(at + i * step, values[p]);
    });
  });
}

/** Writes the order of every lane along an axis into an int64 array of the same shape. */
export function orderElements(a: ArrayValue, axis: number, out: ArrayValue, ordering: Ordering): void {
  const { set } = elementsOf(host(out.buffer, 'argsort'), out.dtype);
  const n = a.shape[axis];
  const starts: number[] = [];
  forEachOffset(out.shape.filter(keep(axis)), out.strides.filter(keep(axis)), out.offset, (at) => starts.push(at));
  let lane = 0;
  forEachOffset(a.shape.filter(keep(axis)), a.strides.filter(keep(axis)), a.offset, (at) => {
    const values = laneOf(a, at, a.strides[axis], n);
    const to = starts[lane++];
    orderOfColumns([{ values, ordering }], n).forEach((p, i) => {
      set(to + i * out.strides[axis], p);
    });
  });
}

const SURROGATE = /[\ud800-\udfff]/;

/** How known elements compare: text without surrogates is in the engine's own order, which is quicker to ask for. */
function comparerFor(a: ArrayValue, values: readonly unknown[]): Ordering['compare'] {
  if (a.dtype.kind !== 'U' || (values as readonly string[]).some((v) => SURROGATE.test(v)))
    return orderingOf(a.dtype).compare;
  return (x: string, y: string) => (x < y ? -1 : x === y ? 0 : 1);
}

/** Ranks of a lane's elements, alike for equal ones, so that what sorts numbers sorts them. */
export function ranks(a: ArrayValue, at: number, step: number, n: number): Uint32Array {
  const values = laneOf(a, at, step, n);
  const compare = comparerFor(a, values);
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => compare(values[i], values[j]));
  const out = new Uint32Array(n);
  let rank = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0 && compare(values[order[k - 1]], values[order[k]]) !== 0) rank++;
    out[order[k]] = rank;
  }
  return out;
}

/**
 * For each key the first place (after equal elements where `right`) at which it keeps sorted elements sorted.
 * @param place where the i-th of the sorted elements stands
 */
export function searchElements(
  a: ArrayValue,
  v: ArrayValue,
  right: boolean,
  place: (i: number) => number,
): Uint32Array {
  const { less } = orderingOf(a.dtype);
  const w = a.dtype.itemsize;
  const values = laneOf(a, a.offset, w, a.size);
  return Uint32Array.from(laneOf(v, v.offset, w, v.size), (key) => {
    let lo = 0;
    let hi = values.length;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      const e = values[place(mid)];
      if (right ? !less(key, e) : less(e, key)) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  });
}

/** The place of the largest (or smallest) of a lane's elements, the first of equal ones. */
export function extremeAt(a: ArrayValue, at: number, step: number, n: number, largest: boolean): number {
  const { less, greater } = orderingOf(a.dtype);
  const beats = largest ? greater : less;
  const { get } = elementsOf(host(a.buffer, 'argmax'), a.dtype);
  let best = 0;
  let value = get(at);
  for (let i = 1; i < n; i++) {
    const v = get(at + i * step);
    if (beats(v, value)) {
      best = i;
      value = v;
    }
  }
  return best;
}
