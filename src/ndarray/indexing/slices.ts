import type { ArrayLike } from '../../core/coerce.js';
import { type Entry, IndexTuple, parseIndex, Slice } from '../../core/ops/entries.js';

/** The forms that an index may be written in. */

/**
 * One entry of an index: an integer, a slice, `null` (a new axis), a mask, integer indices as an array or nested list, or text: `'...'`,
 * `'1:3'`, `'::-1'`, or several of these with commas between them.
 */
export type IndexEntry = ArrayLike | Slice | IndexTuple<IndexEntry> | null | string;

/** An index as a list of entries, or one entry alone. */
export type Index = readonly IndexEntry[] | IndexEntry;

/** An index entry that stands for a new axis of length 1. */
export const newaxis = null;

/** A bound of a slice. */
export type SliceBound = number | bigint | null | { valueOf(): unknown };

export interface MakeSlice {
  (stop: SliceBound): Slice;
  (start: SliceBound, stop: SliceBound, step?: SliceBound): Slice;
}

/**
 * Python's slice: positions from `start` up to `stop` in steps of `step`, each of which may be null. One argument is the stop.
 * @example np.arange(5).at(np.slice(1, 3)) // → array([1, 2])
 */
export const slice: MakeSlice = (...args: unknown[]): Slice =>
  args.length === 1 ? new Slice(null, args[0]) : new Slice(args[0], args[1], args[2]);

const written = (e: Entry): IndexEntry => {
  switch (e.kind) {
    case 'int':
      return e.value;
    case 'slice':
      return e.slice;
    case 'ellipsis':
      return '...';
    case 'newaxis':
      return null;
    default:
      return e.array;
  }
};

/**
 * An index as a value, always as a tuple of entries. Text is read: `np.index_exp('1:3, ::2')` is two slices.
 *
 * @throws IndexError for text that is no index
 * @example np.arange(6).reshape(3, 2).at(...np.index_exp('1:3', 0)) // → array([2, 4])
 */
export const index_exp = (...entries: readonly IndexEntry[]): IndexTuple<IndexEntry> =>
  IndexTuple.from_(entries.flatMap((e) => (typeof e === 'string' ? parseIndex([e]).map(written) : [e])));

/**
 * NumPy's `s_`, called as a function: a single entry as itself, several as a tuple.
 *
 * @throws IndexError for text that is no index
 * @example np.arange(5).at(np.s_('::2')) // → array([0, 2, 4])
 */
export const s_ = (...entries: readonly IndexEntry[]): IndexEntry | IndexTuple<IndexEntry> => {
  const all = index_exp(...entries);
  return all.length === 1 && !String(entries[0]).includes(',') ? all[0] : all;
};

/**
 * Short for a slice: `np.s(i, j)` is Python's `i:j`, `np.s(i, j, k)` is `i:j:k` (null leaves a bound out), and text is read as it stands.
 *
 * @throws IndexError for text that is no index
 * @example np.arange(5).at(np.s('1:3')) // → array([1, 2])
 */
export const s = (...entries: readonly IndexEntry[]): IndexEntry | IndexTuple<IndexEntry> => {
  const bound = (e: IndexEntry): boolean => e === null || typeof e === 'number' || typeof e === 'bigint';
  if (entries.length >= 2 && entries.length <= 3 && entries.every(bound))
    return slice(...(entries as [number, number, number?]));
  return s_(...entries);
};

export { IndexTuple, Slice };
