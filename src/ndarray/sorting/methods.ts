import type { ArrayLike } from '../../core/coerce.js';
import { sortLanes } from '../../core/ops/sort.js';
import { sortElements } from '../../core/ops/order.js';
import { orderedBy } from '../../core/ops/ordering.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import { searchsorted, type SearchKeywords, type Side } from './search.js';
import {
  argpartition,
  argsort,
  checkKind,
  checkPartition,
  ownForSort,
  type FieldOrder,
  type PartitionKeywords,
  type SortKeywords,
  type SortKind,
} from './sort.js';

/** Sorting as methods of arrays. `sort` and `partition` change the array itself. */
export interface SortingMethods {
  /** Sorts the array in place along an axis; see `np.sort` for a sorted copy. */
  sort(
    axis?: number | SortKeywords,
    kind?: SortKind | null | SortKeywords,
    order?: FieldOrder | SortKeywords,
    kw?: SortKeywords,
  ): null;
  /** Indices that would sort the array; see `np.argsort`. */
  argsort(
    axis?: number | null | SortKeywords,
    kind?: SortKind | null | SortKeywords,
    order?: FieldOrder | SortKeywords,
    kw?: SortKeywords,
  ): NDArray;
  /** Brings the elements at given places to where sorting would put them, in place; see `np.partition`. */
  partition(
    kth: number | ArrayLike,
    axis?: number | PartitionKeywords,
    kind?: 'introselect' | PartitionKeywords,
    order?: FieldOrder | PartitionKeywords,
    kw?: PartitionKeywords,
  ): null;
  /** Indices of such an arrangement; see `np.argpartition`. */
  argpartition(
    kth: number | ArrayLike,
    axis?: number | null | PartitionKeywords,
    kind?: 'introselect' | PartitionKeywords,
    order?: FieldOrder | PartitionKeywords,
    kw?: PartitionKeywords,
  ): NDArray;
  /** Where elements would go in this sorted array; see `np.searchsorted`. */
  searchsorted(
    v: ArrayLike,
    side?: Side | SearchKeywords,
    sorter?: ArrayLike | null | SearchKeywords,
    kw?: SearchKeywords,
  ): NDArray;
}

const sortInPlace = /*@__PURE__*/ fn(
  'sort',
  'self, /, axis=-1, kind=None, order=None, *, stable=None',
  (a: NDArray, axis: number, kind: unknown, order: unknown, stable: unknown) => {
    checkKind(kind, order, stable, a.dtype);
    const k = normalizeAxis(axis, a.ndim);
    ownForSort(a, 'sort');
    if (order === null) sortLanes(a, k);
    else sortElements(a, k, orderedBy(a.dtype, order as string));
    return null;
  },
  'host',
);

const partitionInPlace = /*@__PURE__*/ fn(
  'partition',
  "self, /, kth, axis=-1, kind='introselect', order=None",
  (a: NDArray, kth: unknown, axis: number, kind: unknown, order: unknown) => {
    const k = normalizeAxis(axis, a.ndim);
    checkPartition(kth, a.shape[k], kind, order, a.dtype);
    ownForSort(a, 'partition');
    if (order === null) sortLanes(a, k);
    else sortElements(a, k, orderedBy(a.dtype, order as string));
    return null;
  },
  'host',
);

const call = (f: (...args: any[]) => any, self: NDArray, args: unknown[]): any => f(self, ...args);

export const sortingMethods: ThisType<NDArray> & SortingMethods = {
  sort(...args) {
    return call(sortInPlace, this as unknown as NDArray, args);
  },
  argsort(...args) {
    return call(argsort, this as unknown as NDArray, args);
  },
  partition(...args) {
    return call(partitionInPlace, this as unknown as NDArray, args);
  },
  argpartition(...args) {
    return call(argpartition, this as unknown as NDArray, args);
  },
  searchsorted(...args) {
    return call(searchsorted, this as unknown as NDArray, args);
  },
};
