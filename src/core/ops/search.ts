import type { ArrayValue } from '../array.js';
import { heap } from '../device/cpu/heap.js';
import { type KeySize, radixKernels } from '../device/cpu/radix.js';
import { withScratch } from '../device/cpu/scratch.js';
import { searchKernels, TOGETHER } from '../device/cpu/searching.js';
import type { ScalarType } from '../dtype.js';
import { keySizeOf, loadKeys } from './sort.js';

/** Places of many numbers among sorted ones, by their keys: NaN is behind all numbers, zeros of both signs are equal. */

const aligned = (n: number): number => (n + 63) & ~63;

/** @param load writes the keys of the table (0) and of what is searched (1) to an address; null where there is no memory for them */
function searchWith(
  n: number,
  count: number,
  size: KeySize,
  right: boolean,
  load: (which: 0 | 1, to: number) => void,
): Uint32Array | null {
  const all = Math.ceil(count / TOGETHER) * TOGETHER;
  let found: Uint32Array | null = null;
  withScratch(aligned(n * size) + aligned(all * size) + all * 4, (table) => {
    const keys = table + aligned(n * size);
    const out = keys + aligned(all * size);
    load(0, table);
    load(1, keys);
    searchKernels()[right ? 'right' : 'left'][size](table, n, keys, all, out);
    found = heap().u32.slice(out / 4, out / 4 + count);
  });
  return found;
}

/**
 * For each element of `v` how many of `a` are before it (less; or, on the right, also equal), both one-dimensional or contiguous, and of one real dtype.
 * Null where the heap has no room.
 */
export function searchElementsByKey(a: ArrayValue, v: ArrayValue, right: boolean): Uint32Array | null {
  if (a.size === 0 || v.size === 0) return new Uint32Array(v.size);
  const part: ScalarType = a.dtype.part;
  const step = a.dtype.itemsize;
  return searchWith(a.size, v.size, keySizeOf(part), right, (which, to) => {
    const array = which === 0 ? a : v;
    loadKeys({ array, part, at: array.offset, step, n: array.size }, to, true);
  });
}

/** The same of numbers outside of arrays. */
export function searchNumbersByKey(a: Float64Array, v: Float64Array, right: boolean): Uint32Array | null {
  if (a.length === 0 || v.length === 0) return new Uint32Array(v.length);
  return searchWith(a.length, v.length, 8, right, (which, to) => {
    const numbers = which === 0 ? a : v;
    heap().f64.set(numbers, to / 8);
    radixKernels().keys.f64(to, 8, numbers.length, to, 1);
  });
}
