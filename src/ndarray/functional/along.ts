import type { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import { ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { movedAxis, permute } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, sizeOf } from '../../core/view.js';
import { toNDArray } from '../creation/make.js';
import { ndindex } from '../indexing/iterate.js';
import { expand_dims } from '../manipulation/shape.js';
import type { NDArray } from '../ndarray.js';
import type { Reduced } from '../statistics/common.js';

/** Functions of one dimension, or of one axis, applied to whole arrays. */

/** The function gets one-dimensional arrays and gives a number, an array or a list; further arguments are handed on to it. */
export type ApplyAlongAxis = <A extends ArrayLike>(
  func1d: (line: NDArray, ...args: any[]) => ArrayLike,
  axis: number,
  arr: A,
  ...args: any[]
) => Reduced<A>;

/**
 * Calls a function with every line of an array along an axis; what it returns takes the place of that axis.
 *
 * The dtype is that of the first result; the others are cast to it.
 * @throws AxisError; ValueError when an axis to go over is empty, or when results differ in shape
 * @example np.apply_along_axis((line) => np.ptp(line), 1, [[1, 5, 2], [8, 3, 3]]) // → array([4., 5.])
 */
export const apply_along_axis: ApplyAlongAxis = /*@__PURE__*/ fn<ApplyAlongAxis>(
  'apply_along_axis',
  'func1d, axis, arr, *args, **kwargs',
  (
    func1d: (...args: unknown[]) => unknown,
    axis: number,
    arr: unknown,
    args: unknown[],
    kwargs: Record<string, unknown>,
  ) => {
    const a = toNDArray(arr);
    const k = normalizeAxis(axis, a.ndim);
    const turned = permute(a, movedAxis(a.ndim, k, a.ndim - 1)) as NDArray;
    const outer = turned.shape.slice(0, -1);
    if (sizeOf(outer) === 0) throw new ValueError('Cannot apply_along_axis when any iteration dimensions are 0');
    const rest = Object.keys(kwargs).length > 0 ? [...args, kwargs] : args;
    const n = a.shape[k];
    let out: NDArray | null = null;
    for (const index of ndindex(outer)) {
      const at = index.reduce((p, i, d) => p + i * turned.strides[d], turned.offset);
      const line = turned.viewOf(turned.dtype, [n], turned.strides.slice(-1), at);
      const part = toArray(func1d(line, ...rest));
      out ??= allocate([...outer, ...part.shape], part.dtype) as NDArray;
      const place = index.reduce((p, i, d) => p + i * (out as NDArray).strides[d], 0);
      assignTo(out.viewOf(out.dtype, out.shape.slice(outer.length), out.strides.slice(outer.length), place), part);
    }
    const made = out as unknown as NDArray;
    // The axes of a result stand where the axis stood.
    const own = made.shape.map((_, d) => d).slice(outer.length);
    const others = outer.map((_, d) => d);
    return permute(made, [...others.slice(0, k), ...own, ...others.slice(k)]);
  },
  'host',
);

export type ApplyOverAxes = <A extends ArrayLike>(
  func: (a: any, axis: number) => ArrayLike,
  a: A,
  axes: number | readonly number[],
) => Reduced<A>;

/**
 * Applies a function of an array and an axis to one axis after the other; reduced axes stay with length 1.
 *
 * @throws ValueError `function is not returning an array of the correct shape`
 * @example np.apply_over_axes(np.sum, np.ones([2, 3, 4]), [0, 2]) // → array([[[8.],
 * //           [8.],
 * //           [8.]]])
 */
export const apply_over_axes: ApplyOverAxes = /*@__PURE__*/ fn<ApplyOverAxes>(
  'apply_over_axes',
  'func, a, axes',
  (func: (a: unknown, axis: number) => unknown, a: unknown, axes: unknown) => {
    let value: ArrayValue = toArray(a);
    const nd = value.ndim;
    const list = typeof axes === 'number' ? [axes] : [...(axes as Iterable<unknown>)].map(Number);
    for (const given of list) {
      const axis = given < 0 ? nd + given : given;
      let next = toArray(func(value, axis));
      if (next.ndim !== value.ndim) next = expand_dims(next, axis) as ArrayValue;
      if (next.ndim !== value.ndim) throw new ValueError('function is not returning an array of the correct shape');
      value = next;
    }
    return value;
  },
);
