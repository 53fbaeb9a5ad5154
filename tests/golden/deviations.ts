import { type Case, components, type PoolEntry } from './runner.js';

/**
 * Calls on which the library answers otherwise than NumPy on purpose. Each has its reason, and each is on the page of
 * deviations in the docs.
 */
interface Deviation {
  readonly reason: string;
  readonly matches: (c: Case, pool: readonly PoolEntry[]) => boolean;
}

/** Whether the first argument holds zeros of both signs. */
function bothZeros(c: Case, pool: readonly PoolEntry[]): boolean {
  const at = (c[1][0] as { a?: number } | null)?.a;
  if (at === undefined) return false;
  const [dtype, , base64] = pool[at];
  const values = components(dtype, Uint8Array.from(Buffer.from(base64, 'base64')));
  return values.some((v) => Object.is(v, 0)) && values.some((v) => Object.is(v, -0));
}

const DEVIATIONS: readonly Deviation[] = [
  {
    reason:
      'every sort is stable here; NumPy leaves the order of equal elements (0 and -0) open unless a stable sort is asked for',
    matches: (c, pool) => c[0] === 'np.sort' && (c[2] === 0 || c[2].kind === undefined) && bothZeros(c, pool),
  },
  {
    reason: 'distinct values come sorted; NumPy leaves the order of unique_values open',
    matches: (c) => c[0] === 'np.unique_values',
  },
  {
    reason: 'a partition is a full sort here; NumPy leaves open what lies on either side of the chosen place',
    matches: (c) => c[0] === 'np.partition' && typeof c[1][1] === 'number',
  },
];

/** The reason why a case is not compared, or null when it is. */
export function deviation(c: Case, pool: readonly PoolEntry[]): string | null {
  return DEVIATIONS.find((d) => d.matches(c, pool))?.reason ?? null;
}
