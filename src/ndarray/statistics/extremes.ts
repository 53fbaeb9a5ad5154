import { toArray } from '../../core/coerce.js';
import { argExtreme } from '../../core/ops/fold.js';
import { fn } from '../../core/signature.js';
import { singleOut } from '../ufunc.js';
import type { ArrayLike, Out, Reduced } from './common.js';

/** Positions of the largest and smallest elements. */

/** Keywords of `argmax` and `argmin`. */
export interface ArgKeywords {
  axis?: number | null;
  out?: Out;
  keepdims?: boolean;
}
export type ArgFunction = <A extends ArrayLike>(
  a: A,
  axis?: number | null | ArgKeywords,
  out?: Out | ArgKeywords,
  kw?: ArgKeywords,
) => Reduced<A>;

const position = (name: string, largest: boolean): ArgFunction =>
  fn<ArgFunction>(
    name,
    'a, axis=None, out=None, *, keepdims=<no value>',
    (a, axis, out, keepdims) =>
      argExtreme(toArray(a), { largest, axis: axis ?? null, out: singleOut(out, name), keepdims: Boolean(keepdims) }),
    'primitive',
  );

/**
 * Index of the largest element along an axis (without one: in the flattened array), as int64. Of several the first; the
 * first NaN before all numbers.
 *
 * @throws ValueError `attempt to get argmax of an empty sequence`, AxisError
 * @example np.argmax([[10, 11, 12], [13, 14, 15]], {axis: 0}) // → array([1, 1, 1])
 */
export const argmax: ArgFunction = /*@__PURE__*/ position('argmax', true);

/**
 * Index of the smallest element along an axis (without one: in the flattened array), as int64. Of several the first; the
 * first NaN before all numbers.
 *
 * @throws ValueError `attempt to get argmin of an empty sequence`, AxisError
 * @example np.argmin([[10, 11, 12], [13, 14, 15]], {axis: 1}) // → array([0, 0])
 */
export const argmin: ArgFunction = /*@__PURE__*/ position('argmin', false);
