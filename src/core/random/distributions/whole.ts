/**
 * A double made an int64 as the processor does it: towards zero, and the least integer for everything that does not fit.
 */
export function whole(x: number): number {
  return x >= -(2 ** 63) && x < 2 ** 63 ? Math.trunc(x) : -(2 ** 63);
}

/** Stands for the largest int64, 2^63 - 1, which is no double. */
export const LARGEST: number = 2 ** 63;
