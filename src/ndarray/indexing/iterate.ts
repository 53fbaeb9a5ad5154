import type { ArrayLike } from '../../core/coerce.js';
import { TypeError } from '../../core/errors.js';
import { asShape, sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import type { NDArray, Scalar } from '../ndarray.js';
import { FlatIterator } from './flat.js';
import { elementAt, getIndex, isRecord } from './item.js';

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

/** What `np.ndindex` makes: the indices that are still to come. */
class NDIndex implements IterableIterator<number[]> {
  private readonly index: number[];
  private left: number;

  constructor(private readonly dims: readonly number[]) {
    this.index = dims.map(() => 0);
    this.left = sizeOf(dims);
  }
  next(): IteratorResult<number[]> {
    if (this.left === 0) return { done: true, value: undefined };
    this.left--;
    const { index, dims } = this;
    const value = index.slice();
    for (let d = dims.length - 1; d >= 0 && ++index[d] === dims[d]; d--) index[d] = 0;
    return { done: false, value };
  }
  [Symbol.iterator](): this {
    return this;
  }
}

export interface NDIndexConstructor {
  (...shape: readonly (number | readonly number[])[]): IterableIterator<number[]>;
  readonly prototype: IterableIterator<number[]>;
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
export const ndindex: NDIndexConstructor = /*@__PURE__*/ Object.assign(
  function (...shape: readonly (number | readonly number[])[]) {
    return new NDIndex(
      asShape((shape.length === 1 && typeof shape[0] === 'object' ? shape[0] : shape) as readonly number[]),
    );
  },
  // A class in NumPy: instances are to be known as such.
  { prototype: NDIndex.prototype },
) as never;

/** What `np.ndenumerate` makes. */
class NDEnumerate implements IterableIterator<[number[], Scalar]> {
  /** The iterator over the elements. */
  readonly iter: FlatIterator;

  constructor(arr: ArrayLike) {
    this.iter = new FlatIterator(toNDArray(arr));
  }
  next(): IteratorResult<[number[], Scalar]> {
    const index = this.iter.coords;
    const { done, value } = this.iter.next();
    return done ? { done, value: undefined } : { done: false, value: [index, value] };
  }
  [Symbol.iterator](): this {
    return this;
  }
}
export type ndenumerate = NDEnumerate;

export interface NDEnumerateConstructor {
  (arr: ArrayLike): ndenumerate;
  readonly prototype: ndenumerate;
}

/**
 * All elements with their indices, in C order: pairs of a list of numbers and a value.
 * @example
 * for (const [index, x] of np.ndenumerate([[1, 2]])) console.log(index, x);
 * // → [ 0, 0 ] 1
 * //   [ 0, 1 ] 2
 */
export const ndenumerate: NDEnumerateConstructor = /*@__PURE__*/ Object.assign(
  function (arr: ArrayLike) {
    return new NDEnumerate(arr);
  },
  { prototype: NDEnumerate.prototype },
) as never;
