import type { ArrayValue } from './array.js';

/** Arrays of other libraries, known by their shape. What knows them stands above: interop/neighbours gives it here. */

/** An array read from another library's: over its memory, or a copy. */
export interface Brought {
  readonly array: ArrayValue;
  /** Whether the memory is the other library's. */
  readonly shared: boolean;
}

let find: ((x: object) => Brought | null) | null = null;
export function setNeighbours(f: (x: object) => Brought | null): void {
  find = f;
}

/** The array that an object of another library is; null for all other values. */
export const neighbourOf = (x: unknown): Brought | null =>
  find === null || typeof x !== 'object' || x === null || Array.isArray(x) ? null : find(x);
