import { isCContiguous } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { openMemoryDoor } from '../../core/door.js';
import { ValueError } from '../../core/errors.js';
import { readOnly, strided } from '../../core/ops/move.js';
import { isAligned } from '../../core/ops/odd-memory.js';
import { fn } from '../../core/signature.js';
import { cStrides } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { axisTuple, integers } from './common.js';

/** Views with strides of one's own: `np.lib.stride_tricks`. */

export interface AsStrided {
  <A extends ArrayLike>(
    x: A,
    shape?: readonly number[] | null,
    strides?: readonly number[] | null,
    subok?: boolean,
    writeable?: boolean,
  ): Like<A>;
  <A extends ArrayLike>(
    x: A,
    kw: { shape?: readonly number[] | null; strides?: readonly number[] | null; subok?: boolean; writeable?: boolean },
  ): Like<A>;
}

/**
 * A view of the array's memory with any shape and strides (in bytes). Elements may overlap: writing to such a view needs care.
 *
 * @throws ValueError when the view would reach outside of the array's memory, or between its elements
 * @example np.lib.stride_tricks.as_strided(np.arange(4), [3, 2], [8, 8]) // → array([[0, 1],
 * //          [1, 2],
 * //          [2, 3]])
 */
export const as_strided: AsStrided = /*@__PURE__*/ fn(
  'as_strided',
  'x, shape=None, strides=None, subok=False, writeable=True',
  (x, shape, strides, _subok, writeable) => {
    const a = toArray(x);
    const dims = shape === null ? a.shape : integers(shape, 'as_strided');
    const packed = strides === null && isCContiguous(a);
    const steps = packed
      ? cStrides(dims, a.dtype.itemsize)
      : strides === null
        ? a.strides
        : integers(strides, 'as_strided');
    if (dims.length !== steps.length) throw new ValueError('mismatch in length of strides and shape');
    if (dims.some((n) => n < 0)) throw new ValueError('negative dimensions are not allowed');
    // Elements may lie at any byte; those of objects are handles, which are read whole.
    const unit = a.dtype.hasobject ? 8 : 1;
    // Along an axis of one element nothing is ever taken.
    if (steps.some((s, i) => s % unit !== 0 && dims[i] > 1))
      throw new ValueError(`as_strided: strides must be multiples of ${unit} bytes`);
    const out = strided(a, dims, steps);
    if (!isAligned(out)) openMemoryDoor();
    return writeable ? out : readOnly(out);
  },
  'primitive',
);

export interface SlidingWindowView {
  <A extends ArrayLike>(
    x: A,
    window_shape: number | readonly number[],
    axis?: number | readonly number[] | null,
    kw?: { subok?: boolean; writeable?: boolean },
  ): Like<A>;
  <A extends ArrayLike>(
    x: A,
    window_shape: number | readonly number[],
    kw: { axis?: number | readonly number[] | null; subok?: boolean; writeable?: boolean },
  ): Like<A>;
}

/**
 * A view of all windows of a shape that slide over the array: the windows' own axes come last.
 *
 * @param axis axes that windows slide along; all of them unless given
 * @throws ValueError `window shape cannot be larger than input array shape`
 * @example np.lib.stride_tricks.sliding_window_view(np.arange(5), 3).shape // → [ 3, 3 ]
 */
export const sliding_window_view: SlidingWindowView = /*@__PURE__*/ fn(
  'sliding_window_view',
  'x, window_shape, axis=None, *, subok=False, writeable=False',
  (x, windowShape, axis, _subok, writeable) => {
    const a = toArray(x);
    const window = integers(windowShape, 'sliding_window_view');
    if (window.some((n) => n < 0)) throw new ValueError('`window_shape` cannot contain negative values');
    let axes: number[];
    if (axis === null) {
      axes = a.shape.map((_, i) => i);
      if (window.length !== axes.length) {
        throw new ValueError(
          `Since axis is \`None\`, must provide window_shape for all dimensions of \`x\`; got ${window.length} window_shape elements and \`x.ndim\` is ${a.ndim}.`,
        );
      }
    } else {
      axes = axisTuple(axis, a.ndim, undefined, true);
      if (window.length !== axes.length) {
        throw new ValueError(
          `Must provide matching length window_shape and axis; got ${window.length} window_shape elements and ${axes.length} axes elements.`,
        );
      }
    }
    const shape = [...a.shape];
    axes.forEach((k, i) => {
      if (shape[k] < window[i]) throw new ValueError('window shape cannot be larger than input array shape');
      shape[k] -= window[i] - 1;
    });
    const out = strided(a, [...shape, ...window], [...a.strides, ...axes.map((k) => a.strides[k])]);
    return writeable ? out : readOnly(out);
  },
  'primitive',
);
