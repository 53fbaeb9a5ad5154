import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { NAT, nativeOf } from '../../core/dtype.js';
import { TypeError, warn } from '../../core/errors.js';
import { allocate } from '../../core/coerce.js';
import { applyRow } from '../../core/ops/execute.js';
import { copyAs } from '../../core/ops/copy.js';
import { permute } from '../../core/ops/move.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { counts } from '../datetime/counts.js';
import type { ArrayValue, NDArray } from './common.js';

/** Medians and quantiles of dates and durations: counts, exact, with products and quotients as ufuncs make them. */

/** Sorted counts of every stretch along some axes, NaT last; `good` of them are times. */
interface Stretch {
  readonly sorted: BigInt64Array;
  readonly good: number;
}

function stretches(a: NDArray, axes: readonly number[]): Stretch[] {
  const kept = a.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const moved = permute(a, [...kept, ...axes]);
  const all = counts(copyAs(moved, nativeOf(a.dtype), 'C'));
  const n = axes.reduce((p, k) => p * a.shape[k], 1);
  const rows = kept.reduce((p, k) => p * a.shape[k], 1);
  return Array.from({ length: rows }, (_, i) => {
    const part = all.slice(i * n, (i + 1) * n);
    const sorted = BigInt64Array.from(part.filter((v) => v !== NAT)).sort();
    return { sorted, good: sorted.length };
  });
}

function write(out: NDArray, values: readonly bigint[]): NDArray {
  const { set } = elementsOf(out.buffer as HostBuffer, out.dtype);
  values.forEach((v, i) => {
    set(out.offset + i * out.itemsize, v);
  });
  return out;
}

/** The median along axes; a NaT makes it NaT, or is passed over. @throws UFuncTypeError for dates, which have no sum */
export function timeMedian(a: NDArray, axes: readonly number[], shape: readonly number[], skip: boolean): NDArray {
  const n = axes.reduce((p, k) => p * a.shape[k], 1);
  const all = stretches(a, axes);
  // Dates have no mean; where all are NaT and passed over, none is taken.
  if (a.dtype.kind === 'M' && (!skip || all.some(({ good }) => good > 0))) applyRow(arithmetic.add, [a, a]);
  const values = all.map(({ sorted, good }) => {
    if (good === 0 || (good < n && !skip)) return NAT;
    const h = good >> 1;
    if (good % 2 === 1) return sorted[h];
    return BigInt.asIntN(64, sorted[h - 1] + sorted[h]) / 2n;
  });
  if (n === 0) warn('RuntimeWarning', 'Mean of empty slice');
  return write(allocate(shape, nativeOf(a.dtype)) as NDArray, values);
}

/** What a quantile needs to know of its method; see quantile-methods.ts. */
interface Method {
  place(n: number, q: number, r: (x: number) => number): number;
  readonly part: ((t: number, place: number) => number) | null;
}

/** A count times a fraction, as durations are multiplied. */
const scaled = (v: bigint, t: number): bigint => {
  const f = Number(v) * t;
  return f >= -(2 ** 63) && f < 2 ** 63 ? BigInt(Math.trunc(f)) : NAT;
};

/** Quantiles along axes, those of the fractions first. */
export function timeQuantiles(
  a: NDArray,
  q: { readonly values: readonly number[]; readonly shape: readonly number[] },
  axes: readonly number[],
  shape: readonly number[],
  skip: boolean,
  m: Method,
): NDArray {
  const n = axes.reduce((p, k) => p * a.shape[k], 1);
  const exact = (x: number): number => x;
  const parts = stretches(a, axes);
  const values = q.values.flatMap((f) =>
    parts.map(({ sorted, good }) => {
      if (good === 0 || (good < n && !skip)) return NAT;
      const place = m.place(good, f, exact);
      const i = place >= good - 1 ? good - 1 : place < 0 ? 0 : Math.floor(place);
      if (m.part === null) return sorted[i];
      const j = place >= good - 1 || place < 0 ? i : i + 1;
      const t = m.part(place - (place >= good - 1 ? -1 : i), place);
      const diff = BigInt.asIntN(64, sorted[j] - sorted[i]);
      return t >= 0.5 ? sorted[j] - scaled(diff, 1 - t) : sorted[i] + scaled(diff, t);
    }),
  );
  const out = allocate([...q.shape, ...shape], nativeOf(a.dtype)) as NDArray;
  return write(out, values);
}

/** @throws TypeError for dates and durations where float64 is needed */
export function refuseTimes(...arrays: readonly ArrayValue[]): void {
  for (const a of arrays)
    if (a.dtype.unit !== null)
      throw new TypeError(
        `Cannot cast array data from ${a.dtype.repr()} to dtype('float64') according to the rule 'safe'`,
      );
}
