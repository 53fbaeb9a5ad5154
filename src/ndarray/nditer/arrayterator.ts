import type { ArrayLike } from '../../core/coerce.js';
import { ARRAY } from '../../core/dispatch.js';
import type { DType } from '../../core/dtype.js';
import { hidden } from '../../core/inspect.js';
import { type Entry, parseIndex, Slice } from '../../core/ops/entries.js';
import { getitem } from '../../core/ops/index.js';
import { direct, toNDArray } from '../creation/make.js';
import { FlatIterator } from '../indexing/flat.js';
import type { NDArray, Scalar } from '../ndarray.js';

/** Large arrays in small blocks: `np.lib.Arrayterator`. */

/** What `np.lib.Arrayterator` makes. */
export class BlockIterator implements Iterable<NDArray> {
  readonly start: number[];
  readonly stop: number[];
  readonly step: number[];

  constructor(
    readonly var_: NDArray,
    readonly buf_size: number | null,
  ) {
    this.start = var_.shape.map(() => 0);
    this.stop = [...var_.shape];
    this.step = var_.shape.map(() => 1);
  }
  /** The array that is gone through. */
  get var(): NDArray {
    return this.var_;
  }
  get ndim(): number {
    return this.var_.ndim;
  }
  get dtype(): DType {
    return this.var_.dtype;
  }
  /** The shape of the part that is gone through. */
  get shape(): number[] {
    return this.start.map((from, d) => Math.floor((this.stop[d] - from - 1) / this.step[d]) + 1);
  }
  /** All elements of the part, one after the other. */
  get flat(): Generator<Scalar> {
    return everyElement(this);
  }

  /** Another iterator, over a part of this one's: slices and integers, which keep their axis. */
  at(...index: readonly unknown[]): BlockIterator {
    const entries = parseIndex(index);
    const nd = this.ndim;
    const whole: Entry = { kind: 'slice', slice: new Slice() };
    const fixed: Entry[] = entries.flatMap((e) =>
      e.kind === 'ellipsis' ? new Array<Entry>(nd - entries.length + 1).fill(whole) : [e],
    );
    while (fixed.length < nd) fixed.push(whole);
    const out = new BlockIterator(this.var_, this.buf_size);
    fixed.slice(0, nd).forEach((e, d) => {
      const s = e.kind === 'int' ? new Slice(e.value, e.value + 1, 1) : e.kind === 'slice' ? e.slice : new Slice();
      out.start[d] = this.start[d] + Number(s.start ?? 0);
      out.step[d] = this.step[d] * (Number(s.step ?? 1) || 1);
      out.stop[d] = Math.min(this.stop[d], this.start[d] + (Number(s.stop ?? 0) || this.stop[d] - this.start[d]));
    });
    return out;
  }

  private part(start: readonly number[], stop: readonly number[]): NDArray {
    return getitem(
      this.var_,
      start.map((from, d) => new Slice(from, stop[d], this.step[d])),
    ) as NDArray;
  }
  /** The part that is gone through, whole. */
  whole(): NDArray {
    return this.part(this.start, this.stop);
  }

  *[Symbol.iterator](): Generator<NDArray> {
    const { shape, step, ndim } = this;
    if (shape.some((n) => n <= 0)) return;
    const start = [...this.start];
    const stop = [...this.stop];
    for (;;) {
      let count = this.buf_size || shape.reduce((p, n) => p * n, 1);
      let running = 0;
      for (let d = ndim - 1; d >= 0; d--) {
        if (count === 0) stop[d] = start[d] + 1;
        else if (count <= shape[d]) {
          stop[d] = start[d] + count * step[d];
          running = d;
        } else stop[d] = this.stop[d];
        stop[d] = Math.min(this.stop[d], stop[d]);
        count = Math.floor(count / shape[d]);
      }
      yield this.part(start, stop);
      if (ndim === 0) return;
      start[running] = stop[running];
      for (let d = ndim - 1; d > 0; d--) {
        if (start[d] < this.stop[d]) continue;
        start[d] = this.start[d];
        start[d - 1] += step[d - 1];
      }
      if (start[0] >= this.stop[0]) return;
    }
  }
}
export interface BlockIterator {
  readonly [ARRAY]: () => NDArray;
}
hidden(BlockIterator.prototype, ARRAY, function (this: BlockIterator) {
  return this.whole();
});

function* everyElement(blocks: BlockIterator): Generator<Scalar> {
  for (const block of blocks) yield* new FlatIterator(block);
}

export interface ArrayteratorConstructor {
  (array: ArrayLike, buf_size?: number | null | { buf_size?: number | null }): BlockIterator;
  readonly prototype: BlockIterator;
}

const make = /*@__PURE__*/ direct<(...args: unknown[]) => BlockIterator>(
  'Arrayterator',
  'var, buf_size=None',
  (array, size) => new BlockIterator(toNDArray(array), size),
);

/**
 * Goes through an array in blocks of at most `buf_size` elements, each a view. `at` gives an iterator over a part of the array, `flat`
 * goes through single elements.
 *
 * @example [...np.lib.Arrayterator(np.arange(6).reshape(2, 3), 2)].map((block) => block.shape) // → [ [ 1, 2 ], [ 1, 1 ], [ 1, 2 ], [ 1, 1 ] ]
 */
export const Arrayterator: ArrayteratorConstructor = /*@__PURE__*/ Object.assign(
  function (...args: unknown[]): BlockIterator {
    return make(...args);
  },
  { prototype: BlockIterator.prototype },
) as never;
