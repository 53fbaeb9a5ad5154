import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { asDtype, type DTypeLike } from '../../core/dtype.js';
import { asInteger } from '../../core/integer-argument.js';
import { diagonalOf, readOnly } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import { add } from '../../core/ops/ufuncs/arithmetic.js';
import { fn } from '../../core/signature.js';
import { type Like, singleOut } from '../ufunc.js';

/** Which diagonal, and over which axes. */
export interface DiagonalKeywords {
  /** 0 is the main diagonal; above it is positive, below it negative. */
  offset?: number;
  axis1?: number;
  axis2?: number;
}
export interface TraceKeywords extends DiagonalKeywords {
  /** dtype of the sum. By default that of the array, but at least int64 for integers and bool. */
  dtype?: DTypeLike | null;
  out?: ArrayValue | null;
}

type Diagonal = <A extends ArrayLike>(
  a: A,
  offset?: number | DiagonalKeywords,
  axis1?: number | DiagonalKeywords,
  axis2?: number | DiagonalKeywords,
  kw?: DiagonalKeywords,
) => Like<A>;
type Trace = <A extends ArrayLike>(
  a: A,
  offset?: number | TraceKeywords,
  axis1?: number | TraceKeywords,
  axis2?: number | TraceKeywords,
  dtype?: DTypeLike | null | TraceKeywords,
  out?: ArrayValue | null | TraceKeywords,
  kw?: TraceKeywords,
) => Like<A>;

/**
 * Diagonals over two axes, as a last axis: a view, which may not be written.
 * @throws ValueError `diag requires an array of at least two dimensions`, AxisError
 * @example np.diagonal([[1, 2], [3, 4]]) // → array([1., 4.])
 */
export const diagonal: Diagonal & FunctionFacts = /*@__PURE__*/ fn<Diagonal>(
  'diagonal',
  'a, offset=0, axis1=0, axis2=1',
  (a, offset, axis1, axis2) => readOnly(diagonalOf(toArray(a), asInteger(offset), axis1, axis2)),
  'primitive',
);

/**
 * Sums along diagonals over two axes.
 * @throws ValueError `diag requires an array of at least two dimensions`, AxisError
 * @example np.trace([[1, 2], [3, 4]]) // → array(5.)
 */
export const trace: Trace & FunctionFacts = /*@__PURE__*/ fn<Trace>(
  'trace',
  'a, offset=0, axis1=0, axis2=1, dtype=None, out=None',
  (a, offset, axis1, axis2, dtype, out) =>
    reduceRow(add, diagonalOf(toArray(a), asInteger(offset), axis1, axis2), {
      axis: -1,
      dtype: dtype === null ? null : asDtype(dtype),
      out: singleOut(out, 'trace'),
      keepdims: false,
      initial: undefined,
      where: null,
    }),
  'primitive',
);
