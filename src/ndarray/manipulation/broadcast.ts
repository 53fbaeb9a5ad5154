import { type ArrayLike, toArray } from '../../core/coerce.js';
import { broadcastTo, readOnly } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { shapeText, ValueError } from '../../core/errors.js';
import type { Like } from '../ufunc.js';
import { integers } from './common.js';
import type { Dims } from './shape.js';

/** Stretching arrays to common shapes, as views. */

/** The common shape. @throws ValueError naming the two shapes that do not go together, as NumPy does */
export function commonShape(shapes: readonly (readonly number[])[]): number[] {
  const nd = Math.max(0, ...shapes.map((s) => s.length));
  const out = new Array<number>(nd).fill(1);
  const from = new Array<number>(nd).fill(-1);
  shapes.forEach((s, at) => {
    for (let i = 0; i < s.length; i++) {
      const k = nd - s.length + i;
      if (s[i] === 1 || s[i] === out[k]) continue;
      if (out[k] !== 1) {
        throw new ValueError(
          `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${from[k]} with shape ${shapeText(shapes[from[k]])} and arg ${at} with shape ${shapeText(s)}.`,
        );
      }
      out[k] = s[i];
      from[k] = at;
    }
  });
  return out;
}

export interface BroadcastTo {
  <A extends ArrayLike>(array: A, shape: Dims, subok?: boolean): Like<A>;
  <A extends ArrayLike>(array: A, shape: Dims, kw: { subok?: boolean }): Like<A>;
}

/**
 * A read-only view of an array stretched to a shape.
 *
 * @throws ValueError when the shape does not take it
 * @example np.broadcast_to([1, 2, 3], [2, 3]) // → array([[1., 2., 3.],
 * //          [1., 2., 3.]])
 */
export const broadcast_to: BroadcastTo = /*@__PURE__*/ fn(
  'broadcast_to',
  'array, shape, subok=False',
  (array, shape) => {
    const a = toArray(array);
    const dims = integers(shape, 'broadcast_to');
    if (dims.some((n) => n < 0)) throw new ValueError('all elements of broadcast shape must be non-negative');
    if (dims.length === 0 && a.ndim > 0) throw new ValueError(`cannot broadcast a non-scalar to a scalar array`);
    return readOnly(broadcastTo(a, dims));
  },
  'primitive',
);

/**
 * Views of arrays stretched to their common shape.
 *
 * @throws ValueError `shape mismatch: objects cannot be broadcast to a single shape. …`
 * @example np.broadcast_arrays([[1], [2]], [1, 2, 3])[0] // → array([[1., 1., 1.],
 * //          [2., 2., 2.]])
 */
export const broadcast_arrays: <A extends ArrayLike>(...args: readonly A[]) => Like<A>[] = /*@__PURE__*/ fn(
  'broadcast_arrays',
  '*args, subok=False',
  (args: unknown[]) => {
    const arrays = args.map((a) => toArray(a));
    const shape = commonShape(arrays.map((a) => a.shape));
    return arrays.map((a) =>
      a.ndim === shape.length && a.shape.every((n, i) => n === shape[i]) ? a : readOnly(broadcastTo(a, shape)),
    );
  },
);

/**
 * The shape that arrays of these shapes broadcast to.
 *
 * @throws ValueError `shape mismatch: objects cannot be broadcast to a single shape. …`
 * @example np.broadcast_shapes([2, 1], [3]) // → [ 2, 3 ]
 */
export const broadcast_shapes: (...args: readonly Dims[]) => number[] = /*@__PURE__*/ fn(
  'broadcast_shapes',
  '*args',
  (args: unknown[]) =>
    commonShape(
      args.map((s) => {
        const shape = integers(s, 'broadcast_shapes');
        if (shape.some((n) => n < 0)) throw new ValueError('negative dimensions are not allowed');
        return shape;
      }),
    ),
);
