import { allocate, type ArrayLike } from '../../core/coerce.js';
import { IndexError, TypeError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { type Entry, parseIndex, resolveSlice } from '../../core/ops/entries.js';
import { cells } from '../../core/ops/cells.js';
import { gatherCells, walk } from '../../core/ops/gather.js';
import { evened, isOdd } from '../../core/ops/odd-memory.js';
import { nonzeroOf } from '../../core/ops/index.js';
import { asShape, sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import { type NDArray, readScalar, type Scalar } from '../ndarray.js';
import { flatPositions, normalise, numbersOf } from './integers.js';
import { elementAt, getIndex, isRecord } from './item.js';
import { putFlat } from './put.js';

/** Going through arrays and shapes one step after the other. */

/** The first axis, one entry at a time: what `for (const row of a)` visits. */
export function* rowsOf(a: NDArray): Generator<NDArray> {
  if (isRecord(a)) {
    for (let i = 0; i < a.dtype.length; i++) yield getIndex(a, [i]);
    return;
  }
  if (a.ndim === 0) throw new TypeError('iteration over a 0-d array');
  const n = a.shape[0];
  const shape = a.shape.slice(1);
  const strides = a.strides.slice(1);
  for (let i = 0; i < n; i++) {
    const at = a.offset + i * a.strides[0];
    yield shape.length === 0 ? elementAt(a, at) : a.viewOf(a.dtype, shape, strides, at);
  }
}

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

/**
 * An array read in C order as if it had one axis, whatever its layout: `a.flat`. Reading gives copies, writing goes to the array.
 * @example [...np.arange(4).reshape(2, 2).flat] // → [ 0, 1, 2, 3 ]
 */
export class FlatIterator implements Iterable<number | bigint | boolean | object> {
  constructor(readonly base: NDArray) {}

  /** Number of elements. */
  get length(): number {
    return this.base.size;
  }
  get size(): number {
    return this.base.size;
  }

  /** One element as a JavaScript value. @throws IndexError `index 10 is out of bounds for size 6` */
  item(place: number): Scalar {
    return readScalar(this.base, offsetOf(this.base, this.place(place)), false) as Scalar;
  }

  /** Elements at an integer, slice, `'...'`, mask or integer array. */
  at(index: unknown): NDArray {
    const [only] = this.entry(index);
    if (only.kind === 'int') return elementAt(this.base, offsetOf(this.base, this.place(only.value)));
    const { places, shape } = this.places(only);
    const a = this.base.dtype.isnative ? (evened(this.base) as NDArray) : this.base;
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
   * @example
   * const a = np.arange(6).reshape(2, 3);
   * a.set([0, '1:3'], 50);
   * a.set(np.less(a, 4), 0);
   * a; // → array([[ 0, 50, 50],
   * //          [ 0,  4,  5]])
   */
  set(index: unknown, value: ArrayLike): void {
    const a = this.base;
    a.face.beforeWrite(a, 'assignment');
    if (isOdd(a)) {
      const even = evened(a) as NDArray;
      new FlatIterator(even).set(index, value);
      assignTo(a, even);
      return;
    }
    const [only] = this.entry(index);
    putFlat(a, only.kind === 'int' ? [this.place(only.value)] : this.places(only).places, value);
  }

  /** A one-dimensional copy of all elements. */
  copy(): NDArray {
    const a = this.base;
    const out = allocate([a.size], a.dtype, a.face) as NDArray;
    assignTo(out.viewOf(a.dtype, a.shape, toStrides(a), 0), a);
    return out;
  }

  *[Symbol.iterator](): Generator<Scalar> {
    for (const at of offsets(this.base)) yield readScalar(this.base, at, false) as Scalar;
  }

  private place(k: number): number {
    const n = this.base.size;
    if (k < -n || k >= n) throw new IndexError(`index ${k} is out of bounds for size ${n}`);
    return k < 0 ? k + n : k;
  }

  private entry(index: unknown): readonly [Entry] {
    const entries = parseIndex([index]);
    if (entries.length !== 1 || entries[0].kind === 'newaxis') {
      if (entries.length > 1) throw new IndexError('unsupported iterator index');
      throw new IndexError(
        'only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices',
      );
    }
    return [entries[0]];
  }

  private places(e: Entry): { places: Float64Array; shape: readonly number[] } {
    const n = this.base.size;
    if (e.kind === 'array') return { places: normalise(numbersOf(e.array), n, 'raise'), shape: e.array.shape };
    if (e.kind === 'mask') {
      if (e.array.ndim !== 1 || e.array.size !== n) {
        throw new IndexError(
          `boolean index did not match indexed array along axis 0; size of axis is ${n} but size of corresponding boolean axis is ${e.array.size}`,
        );
      }
      const places = numbersOf(nonzeroOf(e.array)[0]);
      return { places, shape: [places.length] };
    }
    const [start, step, count] = e.kind === 'slice' ? resolveSlice(e.slice, n) : [0, 1, n];
    return { places: Float64Array.from({ length: count }, (_, i) => start + i * step), shape: [count] };
  }
}

const toStrides = (a: NDArray): number[] => {
  const out = new Array<number>(a.ndim);
  let step = a.dtype.itemsize;
  for (let d = a.ndim - 1; d >= 0; d--) {
    out[d] = step;
    step *= a.shape[d];
  }
  return out;
};

/** Byte offsets of all elements in C order. */
function* offsets(a: NDArray): Generator<number> {
  for (const index of ndindex(a.shape)) {
    let at = a.offset;
    for (let d = 0; d < index.length; d++) at += index[d] * a.strides[d];
    yield at;
  }
}

/**
 * All indices of a shape in C order, each a list of numbers.
 *
 * @throws ValueError `negative dimensions are not allowed`
 * @example
 * for (const index of np.ndindex(2, 1)) console.log(index);
 * // → [ 0, 0 ]
 * //   [ 1, 0 ]
 */
export function ndindex(...shape: readonly (number | readonly number[])[]): IterableIterator<number[]> {
  const dims = asShape((shape.length === 1 && typeof shape[0] === 'object' ? shape[0] : shape) as readonly number[]);
  return walkIndices(dims);
}

function* walkIndices(dims: readonly number[]): Generator<number[]> {
  const n = sizeOf(dims);
  const index = new Array<number>(dims.length).fill(0);
  for (let i = 0; i < n; i++) {
    yield index.slice();
    for (let d = dims.length - 1; d >= 0 && ++index[d] === dims[d]; d--) index[d] = 0;
  }
}

/**
 * All elements with their indices, in C order: pairs of a list of numbers and a value.
 * @example
 * for (const [index, x] of np.ndenumerate([[1, 2]])) console.log(index, x);
 * // → [ 0, 0 ] 1
 * //   [ 0, 1 ] 2
 */
export function* ndenumerate(arr: ArrayLike): Generator<[number[], Scalar]> {
  const a = toNDArray(arr);
  for (const index of ndindex(a.shape)) {
    let at = a.offset;
    for (let d = 0; d < index.length; d++) at += index[d] * a.strides[d];
    yield [index, readScalar(a, at, false) as Scalar];
  }
}
