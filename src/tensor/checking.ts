import { isDescribed } from '../core/device/shapes.js';
import { InvalidArgumentError, shapeText } from '../core/errors.js';
import { watchResults } from '../core/transfers.js';
import * as np from '../ndarray/index.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { sideEffect } from './graph/opaque.js';
import { mapArrays, Tensor } from './tensor.js';

/** Looking for NaN and infinities in everything that functions give. */

const count = (x: unknown): number => Number((np.sum(x as never) as unknown as { item(): unknown }).item());

/** @throws InvalidArgumentError for a tensor with values that are not finite */
function refuse(name: string, k: number, t: Tensor): void {
  const a = t.numpy() as unknown as NDArray;
  const [nan, inf] = [count(np.isnan(a)), count(np.isinf(a))];
  if (nan + inf === 0) return;
  const what = nan === 0 ? 'Infinity' : inf === 0 ? 'NaN' : 'Infinity and NaN';
  throw new InvalidArgumentError(
    `!!! Detected ${what} in output ${k} of operation "${name}" !!!\n  dtype: tf.${t.dtype.name}\n  shape: ${shapeText(t.shape)}\n  # of Inf elements: ${inf}\n  # of NaN elements: ${nan}`,
  );
}

/**
 * From here on a function that gives a tensor with NaN or an infinity in it throws an InvalidArgumentError that names it; functions that are traced
 * from here on do so whenever they run.
 * @example
 * tf.debugging.enable_check_numerics();
 * try { tf.math.log(0); } catch (e) { console.log(e.message.split('\n')[0]); }
 * // → !!! Detected Infinity in output 0 of operation "tf.log" !!!
 * tf.debugging.disable_check_numerics();
 */
export function enable_check_numerics(): void {
  watchResults((name, result) => {
    let k = 0;
    const look = (x: unknown): unknown => {
      const place = k++;
      if (!(x instanceof Tensor) || !'fc'.includes(x.dtype.kind)) return x;
      if (isDescribed(x.buffer)) sideEffect('check_numerics', [x], ([v]) => refuse(name, place, v));
      else refuse(name, place, x);
      return x;
    };
    if (result instanceof Tensor || Array.isArray(result)) mapArrays(result, look as never);
    return result;
  });
}
/** Looks no more. @example tf.debugging.disable_check_numerics() // → undefined */
export const disable_check_numerics = (): void => watchResults(null);
