import { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike } from '../../core/coerce.js';
import { ARRAY } from '../../core/dispatch.js';
import { bool } from '../../core/dtype.js';
import { IndexError, ValueError, warn } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { cells } from '../../core/ops/cells.js';
import { assignTo } from '../../core/ops/copy.js';
import { type Entry, parseIndex, resolveSlice } from '../../core/ops/entries.js';
import { gatherCells, walk } from '../../core/ops/gather.js';
import { nonzeroOf } from '../../core/ops/index.js';
import { evened, isOdd } from '../../core/ops/odd-memory.js';
import { setElement } from '../../core/ops/assign.js';
import { cStrides } from '../../core/view.js';
import { type NDArray, readScalar, type Scalar } from '../ndarray.js';
import { equal, greater, greater_equal, less, less_equal, not_equal } from '../ufuncs.js';
import { flatPositions, numbersOf } from './integers.js';
import { elementAt } from './item.js';
import { putFlat } from './put.js';

/** `a.flat`: an array read in C order as if it had one axis. */

const NOT_AN_INDEX = 'only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices';

/** Byte offset of the element at a place in C order. */
function offsetOf(a: NDArray, place: number): number {
  let k = place;
  let at = a.offset;
  for (let d = a.ndim - 1; d >= 0; d--) {
    const q = Math.floor(k / a.shape[d]);
    at += (k - q * a.shape[d]) * a.strides[d];
    k = q;
  }
  return at;
}

/** A number that is no integer, as an index: NumPy cuts it off and warns. */
function whole(x: unknown): unknown {
  if (typeof x === 'number' && Number.isFinite(x) && !Number.isInteger(x)) {
    warn(
      'DeprecationWarning',
      'Invalid non-array indices for iterator objects are deprecated and will be removed in a future version. (Deprecated NumPy 2.4)',
    );
    return Math.trunc(x);
  }
  return Array.isArray(x) ? x.map(whole) : x;
}

const holdsBoolean = (x: unknown): boolean => typeof x === 'boolean' || (Array.isArray(x) && x.some(holdsBoolean));

/**
 * An array read in C order as if it had one axis, whatever its layout: `a.flat`. Reading gives copies, writing goes to the array.
 * Iterating it goes on from `index`; an index of one integer lets it begin again.
 * @example [...np.arange(4).reshape(2, 2).flat] // → [ 0, 1, 2, 3 ]
 */
export class FlatIterator implements IterableIterator<Scalar> {
  private passed = 0;

  /** @param view the array with the axes that are gone through, where those are not its own (in a broadcast) */
  constructor(
    readonly base: NDArray,
    private readonly view: NDArray = base,
  ) {}

  /** Number of elements. */
  get length(): number {
    return this.view.size;
  }
  get size(): number {
    return this.view.size;
  }
  /** How many elements have been passed. */
  get index(): number {
    return this.passed;
  }
  /** The index of the next element. */
  get coords(): number[] {
    const { shape } = this.view;
    const out = new Array<number>(shape.length).fill(0);
    let k = this.passed;
    for (let d = shape.length - 1; d >= 0 && shape[d] > 0; d--) {
      out[d] = d === 0 ? k : k % shape[d];
      k = Math.floor(k / shape[d]);
    }
    return out;
  }

  /** One element as a JavaScript value. @throws IndexError `index 10 is out of bounds for size 6` */
  item(place: number): Scalar {
    return readScalar(this.view, offsetOf(this.view, this.place(place)), false) as Scalar;
  }

  /**
   * Elements at an integer, slice, `'...'`, mask or integer array.
   * @throws IndexError out of bounds, for several indices, and for lists of booleans
   */
  at(...index: readonly unknown[]): NDArray {
    const only = this.entry(index);
    const a = only.kind === 'int' || !this.view.dtype.isnative ? this.view : (evened(this.view) as NDArray);
    this.passed = 0;
    if (only.kind === 'int') return elementAt(a, offsetOf(a, this.place(only.value)));
    const { places, shape } = this.places(only);
    if (index[0] === true && places.length > 0) return elementAt(a, a.offset);
    const p = flatPositions(a, places).slice();
    const out = allocate(shape, a.dtype, a.face) as NDArray;
    if (p.length > 0) {
      const c = cells(a, 'flat');
      gatherCells(c, cells(out, 'flat'), walk(a.shape, c, [], []), p);
    }
    return out;
  }

  /**
   * Writes values to elements; they begin again when they run out.
   * @throws ValueError `Error setting single item of array.`, `underlying array is read-only`
   * @example
   * const a = np.arange(6).reshape(2, 3);
   * a.flat.set('1:4', [7, 8]);
   * a; // → array([[0, 7, 8],
   * //          [7, 4, 5]])
   */
  set(index: unknown, value: ArrayLike | FlatIterator): void {
    const a = this.view;
    if (!a.writeable) throw new ValueError('underlying array is read-only');
    a.face.beforeWrite(a, 'assignment');
    if (isOdd(a)) {
      const even = evened(a) as NDArray;
      new FlatIterator(even).set(index, value);
      assignTo(a, even);
      return;
    }
    const only = this.entry([index]);
    if (only.kind === 'int') {
      const at = offsetOf(a, this.place(only.value));
      this.passed = 0;
      if (value instanceof ArrayValue && value.size === 1) {
        putFlat(a, [this.place(only.value)], value);
        return;
      }
      try {
        setElement(a, at, value);
      } catch {
        throw new ValueError('Error setting single item of array.');
      }
      return;
    }
    putFlat(a, this.places(only).places, value instanceof FlatIterator ? value.copy() : value);
  }

  /** A one-dimensional copy of all elements. */
  copy(): NDArray {
    const a = this.view;
    const out = allocate([a.size], a.dtype, a.face) as NDArray;
    assignTo(out.viewOf(a.dtype, a.shape, cStrides(a.shape, a.dtype.itemsize), 0), a);
    return out;
  }

  /** `a.flat == other`, for each element. */
  eq(other: ArrayLike): NDArray {
    return equal(this.copy(), other) as NDArray;
  }
  /** `a.flat != other` */
  ne(other: ArrayLike): NDArray {
    return not_equal(this.copy(), other) as NDArray;
  }
  /** `a.flat < other` */
  lt(other: ArrayLike): NDArray {
    return less(this.copy(), other) as NDArray;
  }
  /** `a.flat <= other` */
  le(other: ArrayLike): NDArray {
    return less_equal(this.copy(), other) as NDArray;
  }
  /** `a.flat > other` */
  gt(other: ArrayLike): NDArray {
    return greater(this.copy(), other) as NDArray;
  }
  /** `a.flat >= other` */
  ge(other: ArrayLike): NDArray {
    return greater_equal(this.copy(), other) as NDArray;
  }

  next(): IteratorResult<Scalar> {
    if (this.passed >= this.view.size) return { done: true, value: undefined };
    return { done: false, value: readScalar(this.view, offsetOf(this.view, this.passed++), false) as Scalar };
  }
  [Symbol.iterator](): this {
    return this;
  }

  private place(k: number): number {
    const n = this.view.size;
    if (k < -n || k >= n) throw new IndexError(`index ${k} is out of bounds for size ${n}`);
    return k < 0 ? k + n : k;
  }

  private entry(index: readonly unknown[]): Entry {
    if (index.length === 0) return { kind: 'ellipsis' };
    if (index.length > 1) throw tooMany(index.length);
    const [given] = index;
    if (typeof given === 'boolean') {
      warn(
        'DeprecationWarning',
        'Indexing flat iterators with a 0-dimensional boolean index is deprecated and may be removed in a future version. (Deprecated NumPy 2.4)',
      );
      return { kind: 'slice', slice: { start: 0, stop: given ? 1 : 0, step: 1 } as never };
    }
    if (Array.isArray(given) && holdsBoolean(given))
      throw new IndexError(
        'boolean indices for iterators are not supported because of previous behavior that was confusing (valid boolean indices are expected to work in the future)',
      );
    if (given instanceof ArrayValue) {
      if (given.dtype === bool && given.ndim > 1) throw tooMany(given.ndim);
      if (!['b', 'i', 'u'].includes(given.dtype.kind))
        throw new IndexError('arrays used as indices must be of integer (or boolean) type');
    }
    const entries = parseIndex([whole(given)]);
    if (entries.length > 1) throw tooMany(entries.length);
    if (entries[0].kind === 'newaxis') throw new IndexError(NOT_AN_INDEX);
    return entries[0];
  }

  private places(e: Entry): { places: Float64Array; shape: readonly number[] } {
    const n = this.view.size;
    if (e.kind === 'array') {
      const places = numbersOf(e.array);
      for (let i = 0; i < places.length; i++) places[i] = this.place(places[i]);
      return { places, shape: e.array.shape };
    }
    if (e.kind === 'mask') {
      if (e.array.ndim !== 1 || e.array.size !== n) {
        throw new IndexError(
          `boolean index did not match indexed flat iterator along axis 0; size of axis is ${n} but size of corresponding boolean axis is ${e.array.size}`,
        );
      }
      const places = numbersOf(nonzeroOf(e.array)[0]);
      return { places, shape: [places.length] };
    }
    const [start, step, count] = e.kind === 'slice' ? resolveSlice(e.slice, n) : [0, 1, n];
    return { places: Float64Array.from({ length: count }, (_, i) => start + i * step), shape: [count] };
  }
}

export interface FlatIterator {
  readonly [ARRAY]: () => NDArray;
}

const tooMany = (n: number): IndexError =>
  new IndexError(`too many indices for flat iterator: flat iterator is 1-dimensional, but ${n} were indexed`);

// What `np.array(a.flat)` and every operation that is given one sees.
hidden(FlatIterator.prototype, ARRAY, function (this: FlatIterator) {
  return this.copy();
});
