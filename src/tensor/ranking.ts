import type { ArrayValue } from '../core/array.js';
import { int32 } from '../core/dtype.js';
import { ranksElsewhere } from '../core/ops/network.js';
import { castTo, reshapeTo } from '../core/ops/move.js';
import { normalizeAxis } from '../core/view.js';
import * as np from '../ndarray/index.js';

/** Order on devices that the host does not reach: by a sorting network and by binary search, as int32. */

type Value = any;

/** Where the values in order stand along an axis; of a flattened array without one. */
export function ranksAlong(a: ArrayValue, axis: number | null, down: boolean): ArrayValue {
  if (axis === null) return ranksElsewhere(reshapeTo(a, [a.size]), down);
  const k = normalizeAxis(axis, a.ndim);
  const turned = np.moveaxis(a as Value, k as never, -1 as never) as Value;
  return np.moveaxis(ranksElsewhere(turned, down) as Value, -1 as never, k as never) as Value;
}

/** Where values belong in ordered rows (the last axis; rows of both go together, or one row is there for all). */
export function placesFor(ordered: ArrayValue, values: ArrayValue, right: boolean): ArrayValue {
  const n = ordered.shape[ordered.ndim - 1];
  const one = ordered.ndim === 1;
  const v: Value = one ? reshapeTo(values, [values.size]) : values;
  const zero: Value = castTo(np.zeros_like(v) as Value, int32);
  let [low, high]: Value[] = [zero, np.add(zero, n)];
  for (let size = n; size > 0; size >>= 1) {
    const open: Value = np.less(low, high);
    const middle: Value = np.right_shift(np.add(low, high), 1);
    const there: Value = (np.take_along_axis as Value)(ordered, np.minimum(middle, n - 1), -1);
    // NaN goes behind all others.
    const [a, b] = right ? [v, there] : [there, v];
    const behind =
      v.dtype.kind === 'f'
        ? np.logical_or(np.less(a, b), np.logical_and(np.isnan(b), np.logical_not(np.isnan(a))))
        : np.less(a, b);
    const after = np.logical_and(open, right ? np.logical_not(behind) : behind);
    const up = np.where(after, np.add(middle, 1), low);
    high = np.where(np.logical_and(open, np.logical_not(after)), middle, high);
    low = up;
  }
  return one ? reshapeTo(low, values.shape) : low;
}
