import { ArrayValue, isCContiguous } from '../../core/array.js';
import type { DType } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { assignTo, mayOverlap } from '../../core/ops/copy.js';
import { release } from '../../core/ops/operand.js';
import { broadcastShapes, sameShape, tight } from '../../core/view.js';

/** Results that go to an array of the user's. */

/** Makes `out` writeable, and says whether a computation may write into it directly. */
export function directly(
  out: ArrayValue,
  operands: readonly ArrayValue[],
  dtype: DType,
  shape: readonly number[],
  by: string,
): boolean {
  out.face.beforeWrite(out, by);
  return out.dtype === dtype && sameShape(out.shape, shape) && !operands.some((o) => mayOverlap(o, out));
}

/**
 * Computes into `out`: in place where that can be, else through a temporary that is then cast and broadcast.
 * @param compute is called with the memory to use, or null, and gives what it computed
 */
export function deliver(
  out: ArrayValue,
  operands: readonly ArrayValue[],
  dtype: DType,
  shape: readonly number[],
  by: string,
  compute: (into: ArrayValue | null) => ArrayValue,
): ArrayValue {
  if (!sameShape(out.shape, shape)) {
    let whole: readonly number[] | null = null;
    try {
      whole = broadcastShapes([out.shape, shape]);
    } catch {
      // Told below.
    }
    if (whole === null || !sameShape(whole, out.shape)) {
      throw new ValueError(
        `non-broadcastable output operand with shape ${tight(out.shape)} doesn't match the broadcast shape ${tight(whole ?? shape)}`,
      );
    }
  }
  const into = directly(out, operands, dtype, shape, by) ? out : null;
  const result = compute(into);
  if (result !== out) {
    assignTo(out, result);
    release(result);
  }
  return out;
}

/**
 * The out argument of `dot`, which takes only what it would have made itself.
 * @throws ValueError
 */
export function exactOut(out: unknown, dtype: DType, shape: readonly number[]): ArrayValue | null {
  if (out === null || out === undefined) return null;
  if (!(out instanceof ArrayValue)) throw new TypeError("'out' must be an array");
  if (out.dtype !== dtype || out.ndim !== shape.length || !isCContiguous(out)) {
    throw new ValueError(
      'output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)',
    );
  }
  if (!sameShape(out.shape, shape)) throw new ValueError('output array has wrong dimensions');
  return out;
}
