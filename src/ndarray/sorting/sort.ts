import type { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { byName, type DType, int64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { typeName } from '../../core/python/kind.js';
import { copyAs } from '../../core/ops/copy.js';
import { orderLanes, sortLanes } from '../../core/ops/sort.js';
import { orderElements, sortElements } from '../../core/ops/order.js';
import { orderedBy } from '../../core/ops/ordering.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, sameShape } from '../../core/view.js';
import { asNDArray, type NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { flatCopy, positions, ravelled } from './flat.js';

/** Sorting. Every sort is stable, whatever `kind` says. */

export type SortKind = 'quicksort' | 'heapsort' | 'mergesort' | 'stable';

/** Fields by which structures are sorted. */
export type FieldOrder = string | readonly string[] | null;

/** Keywords of `sort` and `argsort`. */
export interface SortKeywords {
  /** The axis to sort along; null sorts the flattened array. */
  axis?: number | null;
  /** Accepted; every sort is stable. */
  kind?: SortKind | null;
  /** Fields of a structure, the one that counts most first; those that are not named break ties. */
  order?: FieldOrder;
  stable?: boolean | null;
}
/** Keywords of `partition` and `argpartition`. */
export interface PartitionKeywords {
  axis?: number | null;
  kind?: 'introselect';
  /** Fields of a structure, the one that counts most first; those that are not named break ties. */
  order?: FieldOrder;
}

export type Sort = <A extends ArrayLike>(
  a: A,
  axis?: number | null | SortKeywords,
  kind?: SortKind | null | SortKeywords,
  order?: FieldOrder | SortKeywords,
  kw?: SortKeywords,
) => Like<A>;
export type ArgSort = <A extends ArrayLike>(
  a: A,
  axis?: number | null | SortKeywords,
  kind?: SortKind | null | SortKeywords,
  order?: FieldOrder | SortKeywords,
  kw?: SortKeywords,
) => A extends NDArray ? NDArray : Like<A>;
export type Partition = <A extends ArrayLike>(
  a: A,
  kth: number | ArrayLike,
  axis?: number | null | PartitionKeywords,
  kind?: 'introselect' | PartitionKeywords,
  order?: FieldOrder | PartitionKeywords,
  kw?: PartitionKeywords,
) => Like<A>;

/** @throws ValueError, TypeError for what `kind`, `order` and `stable` may not be */
export function checkKind(kind: unknown, order: unknown, stable: unknown = null, dtype: DType | null = null): void {
  if (order !== null && order !== undefined && dtype?.layout == null)
    throw new ValueError('Cannot specify order when the array has no fields.');
  if (kind === null || kind === undefined) return;
  if (stable !== null && stable !== undefined)
    throw new ValueError("`kind` and keyword parameters can't be provided at the same time. Use only one of them.");
  if (typeof kind !== 'string')
    throw new TypeError(`sort kind must be str, not ${typeof kind === 'number' ? 'int' : typeof kind}`);
  if (!/^[qhms]/i.test(kind))
    throw new ValueError(`sort kind must be one of 'quick', 'heap', or 'stable' (got '${kind}')`);
}

/** Makes an array writeable for sorting in place. */
export function ownForSort(a: NDArray, what: string): void {
  if (!a.writeable) throw new ValueError(`${what} array is read-only`);
  a.face.beforeWrite(a, what);
}

/** A fresh copy to be sorted, and the axis along which. */
function fresh(x: unknown, axis: number | null): [ArrayValue, number] {
  const a = asNDArray(x);
  if (axis === null) return [flatCopy(a), 0];
  const k = normalizeAxis(axis, a.ndim);
  return [copyAs(a, a.dtype, 'K'), k];
}

/** Orders along an axis; a scalar counts as one element, and null flattens. */
function orders(x: unknown, axis: number | null, order: string | null = null): NDArray<'int64'> {
  let a: ArrayValue = asNDArray(x);
  if (axis === null || a.ndim === 0) a = ravelled(a);
  const k = axis === null ? 0 : normalizeAxis(axis, a.ndim);
  const out = allocate(a.shape, int64);
  if (order === null) orderLanes([a], k, out);
  else orderElements(a, k, out, orderedBy(a.dtype, order));
  return out as NDArray<'int64'>;
}

/**
 * A sorted copy. NaN comes last; complex numbers are ordered by real, then imaginary part.
 *
 * @param axis along which to sort; null sorts the flattened array
 * @throws AxisError
 * @example np.sort([3, 1, 2]) // → array([1., 2., 3.])
 */
export const sort: Sort & FunctionFacts = /*@__PURE__*/ fn<Sort>(
  'sort',
  'a, axis=-1, kind=None, order=None, *, stable=None',
  (x, axis, kind, order, stable) => {
    checkKind(kind, order, stable, asNDArray(x).dtype);
    const [a, k] = fresh(x, axis);
    if (order === null) sortLanes(a, k);
    else sortElements(a, k, orderedBy(a.dtype, order));
    return a;
  },
  'host',
);

/**
 * Indices that would sort an array, int64. Equal elements keep their order.
 * @throws AxisError
 * @example np.argsort([3, 1, 2]) // → array([1, 2, 0])
 */
export const argsort: ArgSort & FunctionFacts = /*@__PURE__*/ fn<ArgSort>(
  'argsort',
  'a, axis=-1, kind=None, order=None, *, stable=None',
  (x, axis, kind, order, stable) => {
    checkKind(kind, order, stable, asNDArray(x).dtype);
    return orders(x, axis, order);
  },
  'host',
);

/** @throws ValueError `kth(=5) out of bounds (3)`, TypeError */
export function checkPartition(kth: unknown, n: number, kind: unknown, order: unknown, dtype: DType): void {
  if (typeof kind !== 'string') throw new TypeError(`select kind must be str, not ${typeName(kind)}`);
  if (kind !== 'introselect') throw new ValueError(`select kind must be 'introselect' (got '${String(kind)}')`);
  checkKind(null, order, null, dtype);
  const plain = typeof kth === 'number' || (Array.isArray(kth) && kth.every((e) => typeof e === 'number'));
  const places = plain ? Float64Array.from([kth].flat() as number[]) : positions(requireInteger(toArray(kth)));
  for (const p of places) {
    if (!Number.isInteger(p)) throw new TypeError('Partition index must be integer');
    const k = p < 0 ? p + n : p;
    if (n > 0 && (k < 0 || k >= n)) throw new ValueError(`kth(=${k}) out of bounds (${n})`);
  }
}

function requireInteger(a: ArrayValue): ArrayValue {
  if (a.dtype.kind === 'b') throw new ValueError('Booleans unacceptable as partition index');
  if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u') throw new TypeError('Partition index must be integer');
  if (a.ndim > 1) throw new ValueError('kth must be one dimensional');
  return a;
}

/**
 * A copy in which the elements at the given places are where sorting would put them, with none larger before and none smaller after.
 * (All elements are sorted, which is one such arrangement.)
 *
 * @param kth a place, or several; negative ones count from the end
 * @throws ValueError `kth(=5) out of bounds (3)`, AxisError
 * @example np.partition([3, 4, 2, 1], 1).at(1) // → array(2.)
 */
export const partition: Partition & FunctionFacts = /*@__PURE__*/ fn<Partition>(
  'partition',
  "a, kth, axis=-1, kind='introselect', order=None",
  (x, kth, axis, kind, order) => {
    const [a, k] = fresh(x, axis);
    checkPartition(kth, a.shape[k], kind, order, a.dtype);
    if (order === null) sortLanes(a, k);
    else sortElements(a, k, orderedBy(a.dtype, order));
    return a;
  },
  'host',
);

/**
 * Indices of such an arrangement as `partition` makes.
 * @throws ValueError `kth(=5) out of bounds (3)`, AxisError
 * @example np.argpartition([3, 4, 2, 1], 1).at(0) // → array(3)
 */
export const argpartition: Partition & FunctionFacts = /*@__PURE__*/ fn<Partition>(
  'argpartition',
  "a, kth, axis=-1, kind='introselect', order=None",
  (x, kth, axis, kind, order) => {
    const a = asNDArray(x);
    const n = axis === null ? a.size : a.ndim === 0 ? 1 : a.shape[normalizeAxis(axis, a.ndim)];
    checkPartition(kth, n, kind, order, a.dtype);
    return orders(a, axis, order);
  },
  'host',
);

export type LexSort = (keys: ArrayLike | readonly ArrayLike[], axis?: number | { axis?: number }) => NDArray;

/**
 * Indices that sort by several keys: the last one decides first.
 * @param keys arrays of one shape, as a list or as the rows of an array
 * @throws ValueError `all keys need to be the same shape`, TypeError when there are none, AxisError
 * @example np.lexsort([[1, 2, 0], [0, 0, -1]]) // → array([2, 0, 1])
 */
export const lexsort: LexSort & FunctionFacts = /*@__PURE__*/ fn<LexSort>(
  'lexsort',
  'keys, axis=-1',
  (given, axis) => {
    let keys: ArrayValue[];
    if (Array.isArray(given)) keys = given.map((k) => asNDArray(k));
    else {
      const whole = asNDArray(given);
      keys = Array.from({ length: whole.ndim === 0 ? 0 : whole.shape[0] }, (_, i) =>
        whole.viewOf(whole.dtype, whole.shape.slice(1), whole.strides.slice(1), whole.offset + i * whole.strides[0]),
      );
    }
    if (keys.length === 0) throw new TypeError('need sequence of keys with len > 0 in lexsort');
    for (const k of keys)
      if (!sameShape(k.shape, keys[0].shape)) throw new ValueError('all keys need to be the same shape');
    const nd = keys[0].ndim;
    if (nd === 0) {
      // A key without axes passes for one with a single element.
      normalizeAxis(axis, 1);
      return allocate([], int64, undefined, true);
    }
    const k = normalizeAxis(axis, nd);
    const out = allocate(keys[0].shape, int64);
    orderLanes(keys, k, out);
    return out;
  },
  'host',
);

export type SortComplex = (a: ArrayLike) => NDArray;

/**
 * A copy as complex numbers, sorted by real and then imaginary part along the last axis. Integers of 8 and 16 bits become
 * complex64, other real numbers complex128.
 * @example np.sort_complex([3, 1]) // → array([1.+0.j, 3.+0.j])
 */
export const sort_complex: SortComplex & FunctionFacts = /*@__PURE__*/ fn<SortComplex>(
  'sort_complex',
  'a',
  (x) => {
    const a = asNDArray(x);
    const k = normalizeAxis(-1, a.ndim);
    const d = a.dtype;
    const to =
      d.kind === 'c' ? d : (d.kind === 'i' || d.kind === 'u') && d.itemsize < 4 ? byName.complex64 : byName.complex128;
    const out = copyAs(a, d, 'K');
    sortLanes(out, k);
    return to === d ? out : copyAs(out, to, 'K');
  },
  'host',
);
