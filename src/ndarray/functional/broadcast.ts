import type { ArrayLike } from '../../core/coerce.js';
import { ValueError } from '../../core/errors.js';
import { broadcastTo } from '../../core/ops/move.js';
import { isKeywords } from '../../core/signature.js';
import { sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import { FlatIterator } from '../indexing/flat.js';
import { commonShape } from '../manipulation/broadcast.js';
import type { NDArray, Scalar } from '../ndarray.js';

const MOST = 64;

/** Arrays stretched to a common shape, gone through together. */
class Broadcast implements IterableIterator<Scalar[]> {
  readonly shape: readonly number[];
  readonly size: number;
  /** How many elements have been visited. */
  index = 0;
  /** One iterator over the elements of each stretched array. */
  iters: readonly FlatIterator[];

  constructor(args: readonly unknown[]) {
    if (args.some(isKeywords)) throw new ValueError('keyword arguments not accepted.');
    const arrays = args.flatMap((a): NDArray[] =>
      a instanceof Broadcast ? a.iters.map((i) => i.base) : [toNDArray(a)],
    );
    if (arrays.length > MOST) throw new ValueError(`Need at least 0 and at most ${MOST} array objects.`);
    this.shape = commonShape(arrays.map((a) => a.shape));
    this.size = sizeOf(this.shape);
    this.iters = arrays.map((a) => new FlatIterator(a, broadcastTo(a, this.shape) as NDArray));
  }

  get nd(): number {
    return this.shape.length;
  }
  get ndim(): number {
    return this.shape.length;
  }
  /** How many arrays there are. */
  get numiter(): number {
    return this.iters.length;
  }

  /** Begins again. */
  reset(): void {
    this.index = 0;
    this.iters = this.iters.map((i) => new FlatIterator(i.base, broadcastTo(i.base, this.shape) as NDArray));
  }

  next(): IteratorResult<Scalar[]> {
    if (this.index >= this.size) return { done: true, value: undefined };
    this.index++;
    return { done: false, value: this.iters.map((i) => i.next().value) };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * Stretches arrays to their common shape; iterating gives their elements together, in C order. `shape`, `size`, `ndim`, `index`.
 *
 * @throws ValueError `shape mismatch: objects cannot be broadcast to a single shape. …`, and for more than 64 arrays
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
