import type { ArrayLike } from '../../core/coerce.js';
import { broadcastTo } from '../../core/ops/move.js';
import { sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import { commonShape } from '../manipulation/broadcast.js';
import type { NDArray, Scalar } from '../ndarray.js';

/** Arrays stretched to a common shape, gone through together. */
class Broadcast implements IterableIterator<Scalar[]> {
  readonly shape: readonly number[];
  readonly size: number;
  /** How many elements have been visited. */
  index = 0;
  private readonly arrays: readonly NDArray[];

  constructor(args: readonly unknown[]) {
    const arrays = args.map((a) => toNDArray(a));
    this.shape = commonShape(arrays.map((a) => a.shape));
    this.size = sizeOf(this.shape);
    this.arrays = arrays.map((a) => broadcastTo(a, this.shape) as NDArray);
  }

  get nd(): number {
    return this.shape.length;
  }
  get ndim(): number {
    return this.shape.length;
  }
  /** How many arrays there are. */
  get numiter(): number {
    return this.arrays.length;
  }
  /** One iterator over the elements of each stretched array. */
  get iters(): IterableIterator<Scalar>[] {
    return this.arrays.map((a) => a.flat[Symbol.iterator]() as IterableIterator<Scalar>);
  }

  /** Begins again. */
  reset(): void {
    this.index = 0;
  }

  next(): IteratorResult<Scalar[]> {
    if (this.index >= this.size) return { done: true, value: undefined };
    const at = this.index++;
    return { done: false, value: this.arrays.map((a) => a.flat.item(at)) };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * Stretches arrays to their common shape; iterating gives their elements together, in C order. `shape`, `size`, `ndim`, `index`.
 *
 * @throws ValueError `shape mismatch: objects cannot be broadcast to a single shape. …`
 * @example [...np.broadcast([[1], [2]], [3, 4])] // → [ [ 1, 3 ], [ 1, 4 ], [ 2, 3 ], [ 2, 4 ] ]
 */
export const broadcast: BroadcastConstructor = /*@__PURE__*/ Object.assign(
  function (...args: readonly ArrayLike[]) {
    return new Broadcast(args);
  },
  // A class in NumPy: instances are to be known as such.
  { prototype: Broadcast.prototype },
) as never;
export type broadcast = Broadcast;

export interface BroadcastConstructor {
  (...args: readonly ArrayLike[]): broadcast;
  readonly prototype: broadcast;
}
