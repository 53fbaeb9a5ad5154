import { type DType, int64, isTime, nativeOf, timeDtype } from '../../core/dtype.js';
import { UFuncNoLoopError, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import type { ArrayValue } from '../../core/array.js';
import { className } from '../../core/promote-other.js';

/** Products of durations: NumPy's old functions multiply their counts and forget the unit, its newer ones have no loop for them. */

const OPEN: DType = timeDtype('m', { base: 'generic', count: 1 });

/** A duration's counts as the integers that they are; a view where the memory allows. */
const plain = (a: ArrayValue): ArrayValue => {
  if (a.dtype.kind !== 'm') return a;
  const n = a.dtype.isnative ? a : copyAs(a, nativeOf(a.dtype), 'C');
  return n.face.view(n, int64, n.shape, n.strides, n.offset);
};

const counted = (a: ArrayValue): boolean => a.dtype.kind === 'm' || a.dtype.kind === 'i' || a.dtype.kind === 'b';

/**
 * A product of durations, or null where there are none among the operands.
 * @throws ValueError for dates
 */
export function productOfTimes(
  a: ArrayValue,
  b: ArrayValue,
  product: (a: ArrayValue, b: ArrayValue) => ArrayValue,
  refusal = 'dot not available for this type',
): ArrayValue | null {
  if (!isTime(a.dtype) && !isTime(b.dtype)) return null;
  if (!counted(a) || !counted(b)) throw new ValueError(refusal);
  const r = product(plain(a), plain(b));
  return r.face.view(r, OPEN, r.shape, r.strides, r.offset);
}

/** @throws UFuncTypeError for dates and durations, of which `matmul` and its like make nothing */
export function refuseTimes(name: string, operands: readonly ArrayValue[]): void {
  if (!operands.some((a) => isTime(a.dtype))) return;
  const list = operands.map((a) => `<class 'numpy.dtypes.${className(a.dtype)}'>`).join(', ');
  throw new UFuncNoLoopError(`ufunc '${name}' did not contain a loop with signature matching types (${list}) -> None`);
}
