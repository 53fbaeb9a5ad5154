import { toArray } from '../../core/coerce.js';
import type { DTypeLike } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { concatenateTo } from '../../core/ops/join.js';
import { broadcastTo, reshapeTo, sliceAxis, withDtype } from '../../core/ops/move.js';
import { accumulateRow } from '../../core/ops/along.js';
import type { UfuncRow } from '../../core/ops/row.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, copyOrder } from '../../core/view.js';
import { singleOut } from '../ufunc.js';
import { type ArrayLike, type ArrayValue, dtypeOf, type Out, type Reduced } from './common.js';

/** Running sums and products. */

/** Keywords of `cumsum` and `cumprod`. */
export interface RunningKeywords {
  axis?: number | null;
  dtype?: DTypeLike | null;
  out?: Out;
}
export type RunningFunction = <A extends ArrayLike>(
  a: A,
  axis?: number | null | RunningKeywords,
  dtype?: DTypeLike | null | RunningKeywords,
  out?: Out | RunningKeywords,
  kw?: RunningKeywords,
) => Reduced<A>;

const running = (name: string, row: UfuncRow): RunningFunction =>
  fn<RunningFunction>(
    name,
    'a, axis=None, dtype=None, out=None',
    (a, axis, dtype, out) => {
      const v = toArray(a);
      const scalar = v.ndim === 0 && (axis === null || axis === 0 || axis === -1);
      const flat = scalar || (axis === null && v.ndim !== 1) ? reshapeTo(v, [v.size]) : v;
      if (Array.isArray(axis)) throw new TypeError("'tuple' object cannot be interpreted as an integer");
      return accumulateRow(
        row,
        flat,
        scalar || axis === null ? 0 : normalizeAxis(axis, flat.ndim),
        dtypeOf(dtype),
        singleOut(out, name),
      );
    },
    'primitive',
  );

/**
 * Cumulative sum along an axis, or of the flattened array. Elements are added strictly in order; dtypes are as for `sum`.
 *
 * @returns an array of the operand's shape (of one axis when none is named)
 * @throws AxisError
 * @example np.cumsum([[1, 2, 3], [4, 5, 6]], {axis: 0}) // → array([[1., 2., 3.],
 * //          [5., 7., 9.]])
 */
export const cumsum: RunningFunction = /*@__PURE__*/ running('cumsum', arithmetic.add);

/**
 * Cumulative product along an axis, or of the flattened array. dtypes are as for `prod`.
 *
 * @returns an array of the operand's shape (of one axis when none is named)
 * @throws AxisError
 * @example np.cumprod([1, 2, 3]) // → array([1., 2., 6.])
 */
export const cumprod: RunningFunction = /*@__PURE__*/ running('cumprod', arithmetic.multiply);

/** Keywords of `cumulative_sum` and `cumulative_prod`. */
export interface CumulativeKeywords extends RunningKeywords {
  /** Starts with the identity, so that the axis is longer by one. */
  include_initial?: boolean;
}
export type CumulativeFunction = <A extends ArrayLike>(x: A, kw?: CumulativeKeywords) => Reduced<A>;

const cumulative = (name: string, row: UfuncRow): CumulativeFunction =>
  fn<CumulativeFunction>(
    name,
    'x, /, *, axis=None, dtype=None, out=None, include_initial=False',
    (x, axis, dtype, out, include) => {
      let v = toArray(x);
      if (v.ndim === 0) v = reshapeTo(v, [1]);
      if (axis === null && v.ndim >= 2)
        throw new ValueError('For arrays which have more than one dimension ``axis`` argument is required.');
      const k = normalizeAxis(axis ?? 0, v.ndim);
      const target = singleOut(out, name);
      const type = dtypeOf(dtype);
      const identity = toArray(row.identity);
      if (target !== null && include) {
        accumulateRow(row, v, k, type, sliceAxis(target, k, 1, target.shape[k]));
        target.face.beforeWrite(target, name);
        assignTo(sliceAxis(target, k, 0, 1), identity);
        return target;
      }
      const r = accumulateRow(row, v, k, type, target);
      if (!include) return r;
      const first = broadcastTo(
        withDtype(identity, r.dtype),
        r.shape.map((n, i) => (i === k ? 1 : n)),
      );
      return concatenateTo([first as ArrayValue, r], k, r.dtype, copyOrder(r.strides));
    },
    'primitive',
  );

/**
 * Cumulative sum, as the Array API has it: the axis must be named unless there is only one.
 *
 * @throws ValueError when `axis` is missing for several axes
 * @example np.cumulative_sum([1, 2, 3], {include_initial: true}) // → array([0., 1., 3., 6.])
 */
export const cumulative_sum: CumulativeFunction = /*@__PURE__*/ cumulative('cumulative_sum', arithmetic.add);

/**
 * Cumulative product, as the Array API has it: the axis must be named unless there is only one.
 *
 * @throws ValueError when `axis` is missing for several axes
 * @example np.cumulative_prod([1, 2, 3], {include_initial: true}) // → array([1., 1., 2., 6.])
 */
export const cumulative_prod: CumulativeFunction = /*@__PURE__*/ cumulative('cumulative_prod', arithmetic.multiply);
