import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { isHost } from '../../core/device/access.js';
import { asDtype, type DType, type DTypeLike } from '../../core/dtype.js';
import { release } from '../../core/ops/operand.js';
import { sizeOf } from '../../core/view.js';
import { NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';

/** What reductions have in common: argument types, and small services. */

/** One axis, several, or (null) all of them. Negative axes count from the end. */
export type Axis = number | readonly number[] | null;

/** An array to write results into. */
export type Out = ArrayValue | null;

/** Same class in, same class out; the dtype may be another. */
export type Reduced<A> = A extends NDArray<any> ? NDArray : Like<A>;

/** For functions that give one boolean for arrays and a tensor for tensors. */
export type Truth<A> = A extends NDArray<any> ? boolean : A extends ArrayValue ? A : boolean;

/** A dtype argument; None and absent are null. */
export const dtypeOf = (d: DTypeLike | null | undefined): DType | null =>
  d === null || d === undefined ? null : asDtype(d);

/** The axes of an argument as it stands, with arrays of one integer read as integers. */
export const axisOf = (axis: unknown): number | readonly number[] | null =>
  axis === undefined ? null : (axis as number | readonly number[] | null);

/** Frees a temporary of the library's own. Values that other classes of arrays made may be recorded by a tape, and stay. */
export function discard(a: ArrayValue, ...keep: readonly unknown[]): void {
  if (a instanceof NDArray && !keep.includes(a)) release(a);
}

/** Whether values can be looked at: they are there, and in the host's memory. */
export const readable = (a: ArrayValue): boolean => a.interpreter === null && isHost(a.buffer);

/** Elements along axes. */
export const countAlong = (a: ArrayValue, axes: readonly number[]): number => axes.reduce((n, k) => n * a.shape[k], 1);

/** The value of a boolean result without axes: a JavaScript boolean for arrays, unchanged for other classes. */
export const truth = (r: ArrayValue): unknown => (r instanceof NDArray ? r.item() : r);

export const isInexact = (d: DType): boolean => d.kind === 'f' || d.kind === 'c';

export { type ArrayLike, ArrayValue, NDArray, sizeOf };
