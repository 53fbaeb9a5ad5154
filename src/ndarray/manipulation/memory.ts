import { ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { forEachOffset } from '../../core/device/access.js';
import { TypeError } from '../../core/errors.js';
import { mayOverlap } from '../../core/ops/copy.js';
import { fn } from '../../core/signature.js';

/** Questions about arrays' memory. */

const arrays = (a: unknown, b: unknown): [ArrayValue, ArrayValue] => {
  if (!(a instanceof ArrayValue) || !(b instanceof ArrayValue)) throw new TypeError('expected two arrays');
  return [a, b];
};

/**
 * Whether the ranges of memory that two arrays lie in overlap.
 *
 * @example np.may_share_memory(a, a.T) // → true
 */
export const may_share_memory: (a: ArrayValue, b: ArrayValue, max_work?: number) => boolean = /*@__PURE__*/ fn(
  'may_share_memory',
  'a, b, /, max_work=0',
  (a, b) => mayOverlap(...arrays(a, b)),
  'primitive',
);

/**
 * Whether two arrays have an element's byte in common.
 *
 * @example np.shares_memory(a.at('::2'), a.at('1::2')) // → false
 */
export const shares_memory: (a: ArrayValue, b: ArrayValue, max_work?: number) => boolean = /*@__PURE__*/ fn(
  'shares_memory',
  'a, b, /, max_work=-1',
  (a, b) => {
    const [x, y] = arrays(a, b);
    if (!mayOverlap(x, y)) return false;
    if (isCContiguous(x) && isCContiguous(y)) return true;
    // Elements are aligned, so bytes in common mean whole units of the smaller element in common.
    const unit = Math.min(x.dtype.itemsize, y.dtype.itemsize);
    const taken = new Set<number>();
    forEachOffset(x.shape, x.strides, x.offset, (p) => {
      for (let k = 0; k < x.dtype.itemsize; k += unit) taken.add(Math.floor((p + k) / unit));
    });
    let shared = false;
    forEachOffset(y.shape, y.strides, y.offset, (p) => {
      for (let k = 0; k < y.dtype.itemsize && !shared; k += unit) shared = taken.has(Math.floor((p + k) / unit));
    });
    return shared;
  },
  'primitive',
);

/**
 * Whether an array is contiguous in Fortran order and not in C order.
 *
 * @example np.isfortran(np.zeros([2, 2], {order: 'F'})) // → true
 */
export const isfortran: (a: ArrayValue) => boolean = /*@__PURE__*/ fn(
  'isfortran',
  'a',
  (a) => isFContiguous(a) && !isCContiguous(a),
  'primitive',
);
