import type { Case, PoolEntry } from './runner.js';

/**
 * Calls on which the library answers otherwise than NumPy on purpose. Each has its reason, and each is on the page of
 * deviations in the docs.
 */
interface Deviation {
  readonly reason: string;
  readonly matches: (c: Case, pool: readonly PoolEntry[]) => boolean;
}

const DEVIATIONS: readonly Deviation[] = [];

/** The reason why a case is not compared, or null when it is. */
export function deviation(c: Case, pool: readonly PoolEntry[]): string | null {
  return DEVIATIONS.find((d) => d.matches(c, pool))?.reason ?? null;
}
