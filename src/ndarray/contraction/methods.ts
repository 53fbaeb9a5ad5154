import type { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import type { DTypeLike } from '../../core/dtype.js';
import type { NDArray } from '../ndarray.js';
import { diagonal, type DiagonalKeywords, trace, type TraceKeywords } from './diagonal.js';
import { matmul, type ProductKeywords } from './gufuncs.js';
import { dot } from './products.js';

/** Contractions as methods of arrays: the functions with the array in front. */
export interface ContractionMethods {
  /** Dot product; see `np.dot`. */
  dot(b: ArrayLike, out?: ArrayValue | null | { out?: ArrayValue | null }): NDArray;
  /** Matrix product, Python's `a @ b`; see `np.matmul`. */
  matmul(b: ArrayLike, out?: ArrayValue | null | ProductKeywords, kw?: ProductKeywords): NDArray;
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
    return call(matmul, this as unknown as NDArray, args);
  },
  trace(...args) {
    return call(trace, this as unknown as NDArray, args);
  },
  diagonal(...args) {
    return call(diagonal, this as unknown as NDArray, args);
  },
};
