import { type ArrayValue, isCContiguous } from '../../core/array.js';
import { allocate, type ArrayLike } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { RuntimeError, TypeError, ValueError } from '../../core/errors.js';
import { typedView } from '../../core/device/access.js';
import { amongAt } from '../../core/device/cpu/counting.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { integerRange } from '../../core/integers.js';
import { bool, type DType, int64, isText, isTime, objectDtype } from '../../core/dtype.js';
import { concatenateTo } from '../../core/ops/join.js';
import { keyed, orderOf, sortLanes } from '../../core/ops/sort.js';
import { laneOf } from '../../core/ops/order.js';
import { release } from '../../core/ops/operand.js';
import { orderingOf } from '../../core/ops/ordering.js';
import { resultType } from '../../core/promote.js';
import { equals } from '../../core/python/compare.js';
import { fn } from '../../core/signature.js';
import { asNDArray, type NDArray } from '../ndarray.js';
import { boolArray, changes, componentsOf, flagged, flatCopy, indexArray, isNaNAt, ravelled, take } from './flat.js';
import { prepared, search } from './search.js';
import { distinct } from './unique.js';

/** Arrays as sets of their elements. */

const VALUES = { index: false, inverse: false, counts: false };

/** Both flattened, one after the other, in their common dtype. */
function joined(a: ArrayValue, b: ArrayValue): ArrayValue {
  return concatenateTo([ravelled(a), ravelled(b)], 0, resultType([a.dtype, b.dtype]));
}

export type SetOperation = (
  ar1: ArrayLike,
  ar2: ArrayLike,
  assume_unique?: boolean | { assume_unique?: boolean },
) => NDArray;

/** Sorted distinct elements of two arrays together. @example np.union1d([3, 1], [1, 2]) // → array([1., 2., 3.]) */
export const union1d: ((ar1: ArrayLike, ar2: ArrayLike) => NDArray) & FunctionFacts = /*@__PURE__*/ fn<
  (ar1: ArrayLike, ar2: ArrayLike) => NDArray
>('union1d', 'ar1, ar2', (x, y) => distinct(joined(asNDArray(x), asNDArray(y)), VALUES).values, 'host');

/** Keywords of `intersect1d`. */
export interface IntersectKeywords {
  /** The inputs are known to have no element twice. */
  assume_unique?: boolean;
  /** Also the indices of the first occurrences in both inputs. */
  return_indices?: boolean;
}
export interface Intersect {
  (ar1: ArrayLike, ar2: ArrayLike, assume_unique?: boolean | (IntersectKeywords & { return_indices?: false })): NDArray;
  (ar1: ArrayLike, ar2: ArrayLike, assume_unique: boolean, return_indices: true): [NDArray, NDArray, NDArray];
  (ar1: ArrayLike, ar2: ArrayLike, kw: IntersectKeywords & { return_indices: true }): [NDArray, NDArray, NDArray];
}

/**
 * Sorted distinct elements that are in both arrays; with `return_indices`, the list [values, indices in ar1, indices in ar2].
 * @example np.intersect1d([3, 1, 2], [2, 3]) // → array([2., 3.])
 */
export const intersect1d: Intersect & FunctionFacts = /*@__PURE__*/ fn<Intersect>(
  'intersect1d',
  'ar1, ar2, assume_unique=False, return_indices=False',
  (x, y, assume, indices) => {
    const a = asNDArray(x);
    const b = asNDArray(y);
    const pick = { index: Boolean(indices), inverse: false, counts: false };
    const da = assume ? null : distinct(a, pick);
    const db = assume ? null : distinct(b, pick);
    const first = da === null ? ravelled(a) : da.values;
    const all = joined(first, db === null ? b : db.values);
    const order = indices ? orderOf(all) : null;
    if (order === null) sortLanes(all, 0);
    const sorted = order === null ? all : take(all, order);
    const differs = changes(sorted);
    const both = new Uint8Array(sorted.size);
    for (let i = 0; i + 1 < both.length; i++) both[i] = differs[i + 1] === 0 ? 1 : 0;
    const at = flagged(both);
    const values = take(sorted, at);
    if (order === null) return values;
    let left = at.map((i) => order[i]);
    let right = at.map((i) => order[i + 1] - first.size);
    if (da?.index) left = left.map((i) => (da.index as Uint32Array)[i]);
    if (db?.index) right = right.map((i) => (db.index as Uint32Array)[i]);
    return [values, indexArray(left), indexArray(right)];
  },
  'host',
);

/**
 * Distinct elements of the first array that are not in the second, sorted (as they are, where they are known to be distinct).
 * @example np.setdiff1d([3, 1, 2], [2]) // → array([1., 3.])
 */
export const setdiff1d: SetOperation & FunctionFacts = /*@__PURE__*/ fn<SetOperation>(
  'setdiff1d',
  'ar1, ar2, assume_unique=False',
  (x, y, assume) => {
    const a = assume ? ravelled(asNDArray(x)) : distinct(asNDArray(x), VALUES).values;
    const b = asNDArray(y);
    const inside = contained(a, assume ? b : distinct(b, VALUES).values);
    return take(a, flagged(inside.map((v) => 1 - v)));
  },
  'host',
);

/** Sorted distinct elements that are in exactly one of two arrays. @example np.setxor1d([1, 2], [2, 3]) // → array([1., 3.]) */
export const setxor1d: SetOperation & FunctionFacts = /*@__PURE__*/ fn<SetOperation>(
  'setxor1d',
  'ar1, ar2, assume_unique=False',
  (x, y, assume) => {
    const a = asNDArray(x);
    const b = asNDArray(y);
    const all = assume ? joined(a, b) : joined(distinct(a, VALUES).values, distinct(b, VALUES).values);
    if (all.size === 0) return all;
    sortLanes(all, 0);
    const differs = changes(all);
    const n = differs.length;
    return take(all, flagged(differs.map((v, i) => (v !== 0 && (i + 1 === n || differs[i + 1] !== 0) ? 1 : 0))));
  },
  'host',
);

/** The difference between the largest and the smallest of some integers. */
function span(a: ArrayValue): bigint {
  const sorted = flatCopy(a);
  sortLanes(sorted, 0);
  const elements = elementsOf(sorted.buffer as HostBuffer, a.dtype);
  const at = (i: number): bigint => BigInt(elements.get(sorted.offset + i * a.dtype.itemsize) as number | bigint);
  const width = at(sorted.size - 1) - at(0);
  release(sorted);
  return width;
}

/** The same for objects, which need have no order. */
function containedObjects(a: ArrayValue, b: ArrayValue): Uint8Array {
  const list = (v: ArrayValue): unknown[] => {
    const c = prepared(v, objectDtype, []);
    return laneOf(c, c.offset, objectDtype.itemsize, c.size);
  };
  const among = list(b);
  return Uint8Array.from(list(a), (v) => (among.some((w) => equals(v, w)) ? 1 : 0));
}

/** Whether `==` of arrays of these dtypes has no loop, so that nothing is equal. */
function incomparable(a: DType, b: DType): boolean {
  if (a.kind === 'O' || b.kind === 'O') return false;
  if (isText(a) || isText(b)) return a.kind !== b.kind;
  // Integers of 64 bits without sign fit no duration.
  const apart = (d: DType): boolean => d.kind === 'f' || d.kind === 'c' || (d.kind === 'u' && d.itemsize === 8);
  return (a.kind === 'M') !== (b.kind === 'M') || (a.kind === 'm' && apart(b)) || (b.kind === 'm' && apart(a));
}

/** Integers below 2^31 in size as numbers, in C order: a view where they lie so, else a copy; null where there are larger ones. */
function smallIntegers(a: ArrayValue): Int32Array | null {
  const out = new Int32Array(a.size);
  const c = ravelled(a);
  const { array, at } = componentsOf(c);
  if (a.dtype.itemsize < 8) {
    if (a.dtype.kind === 'u' && a.dtype.itemsize === 4) {
      for (let i = 0; i < out.length; i++) {
        out[i] = (array as Uint32Array)[at + i];
        if (out[i] < 0) return null;
      }
    } else if (a.dtype.kind === 'b') for (let i = 0; i < out.length; i++) out[i] = array[at + i] === 0 ? 0 : 1;
    else out.set((array as Int32Array).subarray(at, at + out.length));
    return out;
  }
  const words = typedView(c.buffer as HostBuffer, Int32Array);
  const w = words.array as Int32Array;
  const signed = a.dtype.kind === 'i';
  let far = 0;
  for (let i = 0, p = words.base + c.offset / 4; i < out.length; i++, p += 2) {
    out[i] = w[p];
    far |= w[p + 1] ^ (signed ? w[p] >> 31 : w[p] & -2147483648);
  }
  return far === 0 ? out : null;
}

/** Integers among integers by a table of those that there are, where they do not lie too far apart; null otherwise. */
function inTable(a: ArrayValue, b: ArrayValue): Uint8Array | null {
  const whole = (v: ArrayValue): boolean => 'biu'.includes(v.dtype.kind) && v.dtype.isnative;
  if (!whole(a) || !whole(b)) return null;
  const among = smallIntegers(b);
  if (among === null) return null;
  let least = among[0];
  let most = among[0];
  for (let i = 1; i < among.length; i++) {
    const v = among[i];
    if (v < least) least = v;
    else if (v > most) most = v;
  }
  // As far as NumPy goes, too.
  if (most - least > 6 * (a.size + b.size)) return null;
  const table = new Uint8Array(most - least + 1);
  for (let i = 0; i < among.length; i++) table[among[i] - least] = 1;
  const out = new Uint8Array(a.size);
  if (a.dtype.itemsize === 8) {
    const c = ravelled(a);
    const { array, base } = typedView(c.buffer as HostBuffer, Int32Array);
    const w = array as Int32Array;
    const signed = a.dtype.kind === 'i';
    for (let i = 0, p = base + c.offset / 4; i < out.length; i++, p += 2) {
      const k = w[p] - least;
      if (k >= 0 && k < table.length && w[p + 1] === w[p] >> 31 && (signed || w[p] >= 0)) out[i] = table[k];
    }
    return out;
  }
  const values = smallIntegers(a);
  if (values === null) return null;
  for (let i = 0; i < out.length; i++) {
    const k = values[i] - least;
    if (k >= 0 && k < table.length) out[i] = table[k];
  }
  return out;
}

/** The same for int64 numbers in the heap, by kernels. */
function amongInHeap(a: ArrayValue, b: ArrayValue, hit: 0 | 1): NDArray<'bool'> | null {
  const at = (v: ArrayValue): number => {
    const { address } = v.buffer as HostBuffer;
    return v.dtype === int64 && v.size > 0 && address >= 0 && isCContiguous(v) ? address + v.offset : -1;
  };
  const [x, y] = [at(a), at(b)];
  if (x < 0 || y < 0) return null;
  const out = allocate(a.shape, bool) as NDArray<'bool'>;
  const z = (out.buffer as HostBuffer).address;
  const numbers = { at: x, n: a.size, others: y, count: b.size };
  if (z >= 0 && amongAt(numbers, 6 * (a.size + b.size), hit, z + out.offset)) return out;
  release(out);
  return null;
}

/** For each element of `a`, 1 where it is among those of `b`. NaN is not. */
function contained(a: ArrayValue, b: ArrayValue): Uint8Array {
  const out = new Uint8Array(a.size);
  if (b.size === 0 || a.size === 0) return out;
  // Few elements NumPy compares one by one, and text is not equal to bytes; more it joins in one dtype.
  const few = b.size < 10 * a.size ** 0.145;
  if (few && (a.dtype.kind === 'V') !== (b.dtype.kind === 'V'))
    throw new TypeError('Cannot compare structured or void to non-void arrays.');
  if (few && incomparable(a.dtype, b.dtype)) return out;
  const known = inTable(a, b);
  if (known !== null) return known;
  const d = resultType([a.dtype, b.dtype]);
  if (d.hasobject) return containedObjects(a, b);
  const temporaries: ArrayValue[] = [];
  const x = prepared(a, d, temporaries);
  const flat = x.face.view(x, d, [x.size], [d.itemsize], x.offset);
  const cast = prepared(b, d, temporaries);
  const sorted = flatCopy(cast);
  sortLanes(sorted, 0);
  const found = isTime(d) ? search(keyed(sorted), keyed(flat), false, null) : search(sorted, flat, false, null);
  const n = sorted.size;
  if (d.part === undefined) {
    const { equal } = orderingOf(d);
    const values = laneOf(sorted, sorted.offset, d.itemsize, n);
    laneOf(flat, flat.offset, d.itemsize, flat.size).forEach((v, i) => {
      out[i] = found[i] < n && equal(values[found[i]], v) ? 1 : 0;
    });
    for (const t of temporaries) release(t);
    return out;
  }
  const p = componentsOf(flat);
  const q = componentsOf(sorted);
  const half = d.part === 'float16';
  const equal = (i: number, j: number): boolean => {
    const u = p.array[i];
    const v = q.array[j];
    if (half) return u === v ? ((u as number) & 0x7fff) <= 0x7c00 : (((u as number) | (v as number)) & 0x7fff) === 0;
    return u === v;
  };
  if (d.parts === 1 && d.kind !== 'm' && d.kind !== 'M' && !half) {
    // What is equal to itself is no NaN.
    const [u, v] = [p.array as Float64Array, q.array as Float64Array];
    for (let i = 0; i < out.length; i++) out[i] = found[i] < n && u[p.at + i] === v[q.at + found[i]] ? 1 : 0;
    for (const t of temporaries) release(t);
    return out;
  }
  for (let i = 0; i < out.length; i++) {
    const j = found[i];
    if (j >= n || isNaNAt(flat, i)) continue;
    const same =
      d.parts === 1
        ? equal(p.at + i, q.at + j)
        : equal(p.at + 2 * i, q.at + 2 * j) && equal(p.at + 2 * i + 1, q.at + 2 * j + 1);
    out[i] = same ? 1 : 0;
  }
  for (const t of temporaries) release(t);
  return out;
}

/** Keywords of `isin`. */
export interface IsInKeywords {
  assume_unique?: boolean;
  /** Whether elements are *not* in the other array, instead. */
  invert?: boolean;
  /** Accepted; one method serves all. */
  kind?: 'sort' | 'table' | null;
}
export type IsIn = (
  element: ArrayLike,
  test_elements: ArrayLike,
  assume_unique?: boolean | IsInKeywords,
  invert?: boolean | IsInKeywords,
  kw?: IsInKeywords,
) => NDArray<'bool'>;

/**
 * For each element, whether it is among the elements of another array; a bool array of the first one's shape.
 * @throws ValueError for a `kind` that there is not, or that the dtypes cannot have
 * @example np.isin([1, 2, 3], [2, 9]) // → array([False,  True, False])
 */
export const isin: IsIn & FunctionFacts = /*@__PURE__*/ fn<IsIn>(
  'isin',
  'element, test_elements, assume_unique=False, invert=False, *, kind=None',
  (x, y, _assume, invert, kind) => {
    const a = asNDArray(x);
    const b = asNDArray(y);
    if (kind !== null && kind !== 'sort' && kind !== 'table')
      throw new ValueError(`Invalid kind: '${String(kind)}'. Please use None, 'sort' or 'table'.`);
    const whole = (v: ArrayValue): boolean => 'biu'.includes(v.dtype.kind);
    if (kind === 'table' && !(whole(a) && whole(b))) {
      throw new ValueError(
        "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.",
      );
    }
    if (kind === 'table' && b.size > 0 && b.dtype.kind !== 'b' && span(b) > integerRange(b.dtype)[1])
      throw new RuntimeError(
        "You have specified kind='table', but the range of values in `ar2` or `ar1` exceed the maximum integer of the datatype. " +
          "Please set `kind` to None or 'sort'.",
      );
    const quick = amongInHeap(a, b, invert ? 0 : 1);
    if (quick !== null) return quick;
    const inside = contained(a, b);
    return boolArray(invert ? inside.map((v) => 1 - v) : inside, a.shape);
  },
  'host',
);
