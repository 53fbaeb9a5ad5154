import type { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { standsApart } from '../../core/dispatch.js';
import type { DTypeLike } from '../../core/dtype.js';
import { AxisError, ValueError } from '../../core/errors.js';
import type { NDArray } from '../ndarray.js';
import { leaveTo } from '../operators.js';
import { diagonal, type DiagonalKeywords, trace, type TraceKeywords } from './diagonal.js';
import { matmul, type ProductKeywords } from './gufuncs.js';
import { dot } from './products.js';

/** Contractions as methods of arrays: the functions with the array in front. */
export interface ContractionMethods {
  /** Dot product; see `np.dot`. */
  dot(b: ArrayLike, out?: ArrayValue | null | { out?: ArrayValue | null }): NDArray;
  /** Matrix product, Python's `a @ b`; see `np.matmul`. */
  matmul(b: ArrayLike, out?: ArrayValue | null | ProductKeywords, kw?: ProductKeywords): NDArray;
  /**
   * `a @= b`: the matrix product, written into the array.
   * @throws ValueError for operands of too few axes, and where the product has another shape
   */
  imatmul(b: ArrayLike): NDArray;
  /** Sum along the diagonal; see `np.trace`. */
  trace(
    offset?: number | TraceKeywords,
    axis1?: number | TraceKeywords,
    axis2?: number | TraceKeywords,
    dtype?: DTypeLike | null | TraceKeywords,
    out?: ArrayValue | null | TraceKeywords,
    kw?: TraceKeywords,
  ): NDArray;
  /** The diagonal, as a view that may not be written; see `np.diagonal`. */
  diagonal(
    offset?: number | DiagonalKeywords,
    axis1?: number | DiagonalKeywords,
    axis2?: number | DiagonalKeywords,
    kw?: DiagonalKeywords,
  ): NDArray;
}

const call = (f: (...args: any[]) => any, self: NDArray, args: unknown[]): any => f(self, ...args);

export const contractionMethods: ThisType<NDArray> & ContractionMethods = {
  dot(...args) {
    return call(dot, this as unknown as NDArray, args);
  },
  matmul(...args) {
    if (standsApart(args[0])) return leaveTo('matmul', this, args[0]);
    return call(matmul, this as unknown as NDArray, args);
  },
  imatmul(b) {
    if (standsApart(b)) return leaveTo('matmul', this, b, true);
    const a = this as unknown as NDArray;
    const axes = a.ndim === 1 ? [[-1], [-2, -1], [-1]] : new Array(3).fill([-2, -1]);
    try {
      return call(matmul, a, [b, { out: a, axes }]);
    } catch (e) {
      if (!(e instanceof AxisError)) throw e;
      throw new ValueError(
        'inplace matrix multiplication requires the first operand to have at least one and the second at least two dimensions.',
      );
    }
  },
  trace(...args) {
    return call(trace, this as unknown as NDArray, args);
  },
  diagonal(...args) {
    return call(diagonal, this as unknown as NDArray, args);
  },
};
