import { type ArrayValue, isCContiguous } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { copyAs, inNativeOrder } from '../../core/ops/copy.js';
import { movedAxis } from '../../core/ops/move.js';
import { orderOf, orderOfRows, sortLanes } from '../../core/ops/sort.js';
import { type Named, named } from '../named.js';
import type { Like } from '../ufunc.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis, sizeOf } from '../../core/view.js';
import { asNDArray, type NDArray } from '../ndarray.js';
import { changes, flagged, flatCopy, indexArray, isNaNAt, ravelled, take, takeRows } from './flat.js';

/** Distinct elements. */

/** Keywords of `unique`. */
export interface UniqueKeywords {
  /** Also the index of the first occurrence of each value. */
  return_index?: boolean;
  /** Also the index of each element's value. */
  return_inverse?: boolean;
  /** Also how often each value occurs. */
  return_counts?: boolean;
  /** Distinct slices along an axis; null: distinct elements. */
  axis?: number | null;
  /** Whether all NaNs are one value. */
  equal_nan?: boolean;
  /** Accepted; values always come sorted. */
  sorted?: boolean;
}

export interface Unique {
  <A extends ArrayLike>(
    ar: A,
    kw?: UniqueKeywords & { return_index?: false; return_inverse?: false; return_counts?: false },
  ): Like<A>;
  <A extends ArrayLike>(
    ar: A,
    return_index: false,
    return_inverse: false,
    return_counts: false,
    axis?: number | null | UniqueKeywords,
    kw?: UniqueKeywords,
  ): Like<A>;
  <A extends ArrayLike>(
    ar: A,
    return_index?: boolean | UniqueKeywords,
    return_inverse?: boolean | UniqueKeywords,
    return_counts?: boolean | UniqueKeywords,
    axis?: number | null | UniqueKeywords,
    kw?: UniqueKeywords,
  ): Like<A>[];
}

interface Wanted {
  readonly index: boolean;
  readonly inverse: boolean;
  readonly counts: boolean;
}

export interface Distinct {
  readonly values: ArrayValue;
  readonly index: Uint32Array | null;
  readonly inverse: Uint32Array | null;
  readonly counts: Uint32Array | null;
}

/** Indices, inverse and counts, from the flags of the sorted elements that begin a new value. */
function details(
  flags: Uint8Array,
  firsts: Uint32Array,
  order: Uint32Array | null,
  wanted: Wanted,
): Omit<Distinct, 'values'> {
  const n = flags.length;
  let index: Uint32Array | null = null;
  let inverse: Uint32Array | null = null;
  let counts: Uint32Array | null = null;
  if (wanted.index && order !== null) index = firsts.map((i) => order[i]);
  if (wanted.inverse && order !== null) {
    inverse = new Uint32Array(n);
    let value = -1;
    for (let i = 0; i < n; i++) {
      value += flags[i];
      inverse[order[i]] = value;
    }
  }
  if (wanted.counts) counts = firsts.map((at, i) => (i + 1 < firsts.length ? firsts[i + 1] : n) - at);
  return { index, inverse, counts };
}

/** Distinct elements of the flattened array, sorted. */
export function distinct(a: ArrayValue, wanted: Wanted, nansAreOne = true): Distinct {
  // Where nothing but values is asked for, NumPy tells dates (durations not) apart by their counts, and NaT has one.
  const equalNaN = nansAreOne || (a.dtype.kind === 'M' && !wanted.index && !wanted.inverse && !wanted.counts);
  const native = inNativeOrder(a);
  if (native !== a) {
    const d = distinct(native, wanted, equalNaN);
    return { ...d, values: copyAs(d.values, a.dtype, 'C') };
  }
  let order: Uint32Array | null = null;
  let sorted: ArrayValue;
  if (wanted.index || wanted.inverse) {
    const flat = ravelled(a);
    order = orderOf(flat);
    sorted = take(flat, order);
  } else {
    sorted = flatCopy(a);
    sortLanes(sorted, 0);
  }
  const n = sorted.size;
  const flags = changes(sorted);
  if (equalNaN && n > 0 && isNaNAt(sorted, n - 1)) {
    // NaNs are last: only the first of them counts.
    let i = n - 1;
    while (i > 0 && isNaNAt(sorted, i - 1)) flags[i--] = 0;
  }
  const firsts = flagged(flags);
  return { values: take(sorted, firsts), ...details(flags, firsts, order, wanted) };
}

/** Distinct slices along an axis. NaNs all differ here, as in NumPy. */
function distinctSlices(a: NDArray, axis: number, wanted: Wanted): Distinct {
  const perm = movedAxis(a.ndim, axis, 0);
  const shape = perm.map((k) => a.shape[k]);
  const moved = a.viewOf(
    a.dtype,
    shape,
    perm.map((k) => a.strides[k]),
    a.offset,
  );
  const whole = isCContiguous(moved) ? moved : copyAs(moved, a.dtype, 'C');
  const [n] = shape;
  const width = sizeOf(shape.slice(1));
  const w = a.dtype.itemsize;
  const rows = whole.face.view(whole, a.dtype, [n, width], [width * w, w], whole.offset);
  const order = orderOfRows(rows);
  const sorted = takeRows(rows, order, width, [n, width]);
  const flags = new Uint8Array(n);
  // A row differs from the one before it where any of its elements does.
  for (let c = 0; c < width && n > 0; c++) {
    const column = copyAs(sorted.face.view(sorted, a.dtype, [n], [width * w], c * w), a.dtype, 'C');
    const differs = changes(column);
    for (let i = 0; i < n; i++) flags[i] |= differs[i];
  }
  if (n > 0) flags[0] = 1;
  const firsts = flagged(flags);
  const kept = takeRows(sorted, firsts, width, [firsts.length, ...shape.slice(1)]);
  const back = movedAxis(a.ndim, 0, axis);
  const values = kept.face.view(
    kept,
    a.dtype,
    back.map((k) => kept.shape[k]),
    back.map((k) => kept.strides[k]),
    0,
  );
  return { values, ...details(flags, firsts, order, wanted) };
}

/**
 * Sorted distinct elements; with more asked for, a list of them and what was asked.
 *
 * The result is one array, or the list [values, index?, inverse?, counts?]. Without an axis the inverse has the shape of `ar`;
 * with one it has one dimension.
 * @throws AxisError
 * @example np.unique([3, 1, 3]) // → array([1., 3.])
 */
export const unique: Unique & FunctionFacts = /*@__PURE__*/ fn<Unique>(
  'unique',
  'ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True',
  (ar, index, inverse, counts, axis, equalNaN) => {
    const a = asNDArray(ar);
    const wanted = { index: Boolean(index), inverse: Boolean(inverse), counts: Boolean(counts) };
    const along = axis === null ? 0 : normalizeAxis(axis, a.ndim);
    // Slices of one dimension are elements.
    const d = axis === null || a.ndim === 1 ? distinct(a, wanted, equalNaN) : distinctSlices(a, along, wanted);
    if (!wanted.index && !wanted.inverse && !wanted.counts) return d.values;
    const out: ArrayValue[] = [d.values];
    if (d.index !== null) out.push(indexArray(d.index));
    if (d.inverse !== null) out.push(indexArray(d.inverse, axis === null ? a.shape : [d.inverse.length]));
    if (d.counts !== null) out.push(indexArray(d.counts));
    return out;
  },
  'host',
);

export type UniqueAllResult<A = NDArray> = Named<A, 'values' | 'indices' | 'inverse_indices' | 'counts'>;
export type UniqueCountsResult<A = NDArray> = Named<A, 'values' | 'counts'>;
export type UniqueInverseResult<A = NDArray> = Named<A, 'values' | 'inverse_indices'>;

/**
 * Distinct elements with first indices, inverse indices and counts, as a list and by name. Every NaN is a value of its own.
 * @example np.unique_all([3, 1, 3]).inverse_indices // → array([1, 0, 1])
 */
export const unique_all: (<A extends ArrayLike>(x: A) => UniqueAllResult<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(x: A) => UniqueAllResult<A>
>(
  'unique_all',
  'x',
  (x) => {
    const a = asNDArray(x);
    const d = distinct(a, { index: true, inverse: true, counts: true }, false);
    return named('UniqueAllResult', {
      values: d.values as NDArray,
      indices: indexArray(d.index as Uint32Array),
      inverse_indices: indexArray(d.inverse as Uint32Array, a.shape),
      counts: indexArray(d.counts as Uint32Array),
    });
  },
  'host',
);

/**
 * Distinct elements and how often each occurs. Every NaN is a value of its own.
 * @example
 * const { values, counts } = np.unique_counts([3, 1, 3]);
 * console.log(values, counts);
 * // → array([1., 3.]) array([1, 2])
 */
export const unique_counts: (<A extends ArrayLike>(x: A) => UniqueCountsResult<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(x: A) => UniqueCountsResult<A>
>(
  'unique_counts',
  'x',
  (x) => {
    const d = distinct(asNDArray(x), { index: false, inverse: false, counts: true }, false);
    return named('UniqueCountsResult', { values: d.values as NDArray, counts: indexArray(d.counts as Uint32Array) });
  },
  'host',
);

/**
 * Distinct elements and, for each element, the index of its value. Every NaN is a value of its own.
 * @example np.unique_inverse([3, 1, 3]).inverse_indices // → array([1, 0, 1])
 */
export const unique_inverse: (<A extends ArrayLike>(x: A) => UniqueInverseResult<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(x: A) => UniqueInverseResult<A>
>(
  'unique_inverse',
  'x',
  (x) => {
    const a = asNDArray(x);
    const d = distinct(a, { index: false, inverse: true, counts: false }, false);
    return named('UniqueInverseResult', {
      values: d.values as NDArray,
      inverse_indices: indexArray(d.inverse as Uint32Array, a.shape),
    });
  },
  'host',
);

/** Distinct elements, sorted. Every NaN is a value of its own. @example np.unique_values([3, 1, 3]) // → array([1., 3.]) */
export const unique_values: (<A extends ArrayLike>(x: A) => Like<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(x: A) => Like<A>
>(
  'unique_values',
  'x',
  (x) => distinct(asNDArray(x), { index: false, inverse: false, counts: false }, false).values,
  'host',
);
