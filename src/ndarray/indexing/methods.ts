import { isKeywords } from '../../core/signature.js';
import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, fromObject } from '../../core/coerce.js';
import type { TypedArray } from '../../core/device/access.js';
import { RuntimeError, TypeError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { isArrayData, setitem } from '../../core/ops/assign.js';
import { NDArray } from '../ndarray.js';
import { bigCopy, listOf, type Nested, sharedData, typedCopy } from './data.js';
import { FlatIterator } from './flat.js';
import { rowsOf } from './iterate.js';
import { getIndex, setIndex } from './item.js';
import { put } from './put.js';
import type { Index, IndexEntry } from './slices.js';
import { choose, compress, take } from './take.js';
import { nonzero } from './where.js';
import type { Mode } from './integers.js';

/** The most axes that NumPy's flat iterators go over. */
const FLAT_AXES = 32;

/** Reading, writing and leaving arrays by index. */
export interface IndexingMethods {
  /**
   * `a[index]`. Entries are integers, slices (`np.slice(1, 3)`, `'1:3'`), `'...'`, `np.newaxis`, masks, and integer arrays or lists; or
   * the whole index is one text. Integers and slices give views, masks and integer arrays copies; an integer for every axis gives
   * one element as an array of no dimensions.
   *
   * @throws IndexError as NumPy
   * @example
   * const a = np.arange(12).reshape(3, 4);
   * a.at(0, '1:3'); // → array([1, 2])
   * a.at('::-1, ..., 0'); // → array([8, 4, 0])
   * a.at(np.greater(a, 8)); // → array([ 9, 10, 11])
   * a.at([0, 2], 1);
   */
  at(...index: readonly IndexEntry[]): NDArray;
  /**
   * `a[index] = value`. The index is a list of entries (as `at` takes them) or one entry alone; the value is broadcast and cast.
   *
   * @throws IndexError, ValueError and OverflowError as NumPy; nothing is written then
   * @example
   * const a = np.arange(6).reshape(2, 3);
   * a.set([0, '1:3'], 50);
   * a.set(np.less(a, 4), 0);
   * a; // → array([[ 0, 50, 50],
   * //          [ 0,  4,  5]])
   */
  set(index: Index, value: ArrayLike): NDArray;
  /**
   * `a[index] = f(a[index])`.
   * @example
   * const a = np.arange(4);
   * a.update(['::2'], (x) => np.multiply(x, 10));
   * a; // → array([ 0,  1, 20,  3])
   */
  update(index: Index, f: (part: NDArray) => ArrayLike): NDArray;
  /** See `np.take`. */
  take(indices: ArrayLike, axis?: number | null, out?: ArrayValue | null, mode?: Mode): NDArray;
  take(indices: ArrayLike, kw: { axis?: number | null; out?: ArrayValue | null; mode?: Mode }): NDArray;
  /** See `np.put`. */
  put(indices: ArrayLike, values: ArrayLike, mode?: Mode | { mode?: Mode }): null;
  /** See `np.choose`. */
  choose(choices: ArrayLike, kw?: { out?: ArrayValue | null; mode?: Mode }): NDArray;
  /** With the choices one by one. */
  choose(
    first: ArrayLike,
    second: ArrayLike,
    ...rest: (ArrayLike | { out?: ArrayValue | null; mode?: Mode })[]
  ): NDArray;
  /** See `np.compress`. */
  compress(condition: ArrayLike, axis?: number | null, out?: ArrayValue | null): NDArray;
  compress(condition: ArrayLike, kw: { axis?: number | null; out?: ArrayValue | null }): NDArray;
  /** See `np.nonzero`. */
  nonzero(): NDArray[];
  /** Nested lists of the values; 64-bit integers are numbers where exact and bigints otherwise, or bigints always with `{bigint: true}`. */
  tolist(options?: { bigint?: boolean }): any;
  /** Writes one value to all elements. @throws OverflowError, ValueError for a value that does not fit */
  fill(value: ArrayLike): null;
  /** The elements in C order, copied, in the typed array of the dtype (bits for float16, both halves in turn for complex). */
  toTypedArray(): TypedArray;
  /** The elements in C order, copied, as 64-bit integers. */
  toBigInt64Array(): BigInt64Array;
  /** The array as one axis in C order. Assigning writes all elements, values beginning again when they run out. */
  get flat(): FlatIterator;
  set flat(value: ArrayLike | FlatIterator);
  /** The memory itself as a typed array, shared. @throws ValueError when the array is not C-contiguous */
  readonly data: TypedArray;
  /** The entries of the first axis. @throws TypeError `iteration over a 0-d array` */
  [Symbol.iterator](): Iterator<NDArray>;
}

export const indexingMethods: ThisType<NDArray> & IndexingMethods = {
  at(...index) {
    return getIndex(this as unknown as NDArray, index);
  },
  set(index, value) {
    setIndex(this as unknown as NDArray, index, value);
    return this as unknown as NDArray;
  },
  update(index, f) {
    const a = this as unknown as NDArray;
    const entries = Array.isArray(index) ? (index as readonly unknown[]) : [index];
    const part = getIndex(a, entries);
    // A copy of one element is read-only elsewhere; here it is on its way back.
    if (part.base === null) part.writeable = true;
    setIndex(a, index, f(part));
    return a;
  },
  take(indices: ArrayLike, ...rest: unknown[]): NDArray {
    return (take as (...args: unknown[]) => NDArray)(this, indices, ...rest);
  },
  put(indices, values, ...rest) {
    return (put as (...args: unknown[]) => null)(this, indices, values, ...rest);
  },
  choose(...args: any[]): NDArray {
    const kw: unknown[] = isKeywords(args[args.length - 1]) ? [args.pop()] : [];
    return (choose as (...args: unknown[]) => NDArray)(this, args.length === 1 ? args[0] : args, ...kw);
  },
  compress(condition: ArrayLike, ...rest: unknown[]): NDArray {
    return (compress as (...args: unknown[]) => NDArray)(condition, this, ...rest);
  },
  nonzero() {
    return nonzero(this as unknown as NDArray);
  },
  tolist(options) {
    return listOf(this as unknown as NDArray, options?.bigint ?? false) as Nested;
  },
  fill(value) {
    const self = this as unknown as NDArray;
    if (self.dtype.kind === 'O') {
      self.face.beforeWrite(self, 'assignment');
      const whole = (value as unknown) instanceof NDArray && (value as unknown as NDArray).ndim === 0;
      assignTo(self, whole ? (value as unknown as NDArray) : fromObject(value));
      return null;
    }
    if (
      (Array.isArray(value) && self.dtype.kind !== 'V') ||
      (!Array.isArray(value) && isArrayData(value) && (value as { ndim?: number }).ndim !== 0)
    ) {
      throw new TypeError("float() argument must be a string or a real number, not 'list'");
    }
    setitem(this as unknown as NDArray, ['...'], value);
    return null;
  },
  toTypedArray() {
    return typedCopy(this as unknown as NDArray);
  },
  toBigInt64Array() {
    return bigCopy(this as unknown as NDArray);
  },
  get flat(): FlatIterator {
    if (this.ndim > FLAT_AXES)
      throw new RuntimeError(
        `this function only supports up to ${FLAT_AXES} dimensions but the array has ${this.ndim}.`,
      );
    return new FlatIterator(this as unknown as NDArray);
  },
  set flat(value: ArrayLike | FlatIterator) {
    new FlatIterator(this as unknown as NDArray).set('...', value instanceof FlatIterator ? value.copy() : value);
  },
  get data(): TypedArray {
    return sharedData(this as unknown as NDArray);
  },
  [Symbol.iterator]() {
    return rowsOf(this as unknown as NDArray);
  },
};
