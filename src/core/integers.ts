import { type DType, DTYPES } from './dtype.js';

/** Ranges of the integer dtypes. */

const RANGES: readonly (readonly [bigint, bigint])[] = DTYPES.map((d) => {
  const bits = BigInt(d.itemsize * 8);
  if (d.kind === 'b') return [0n, 1n];
  return d.kind === 'u' ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
});
const NEAR: readonly (readonly [number, number])[] = RANGES.map(([lo, hi]) => [Number(lo), Number(hi)]);

/** The row of an integer dtype of either byte order. */
const rowOf = (d: DType): number => (d.index >= 0 ? d.index : DTYPES.findIndex((r) => r.name === d.family));

/** Smallest and largest value of an integer dtype. */
export const integerRange = (d: DType): readonly [bigint, bigint] => RANGES[rowOf(d)];

/** Whether an integer fits an integer dtype. */
export function fitsInteger(v: number | bigint, d: DType): boolean {
  const row = rowOf(d);
  if (typeof v === 'number' && d.itemsize < 8) {
    const [lo, hi] = NEAR[row];
    return v >= lo && v <= hi;
  }
  if (typeof v === 'number' && Number.isSafeInteger(v)) return d.kind === 'i' || v >= 0;
  const [lo, hi] = RANGES[row];
  return v >= lo && v <= hi;
}
