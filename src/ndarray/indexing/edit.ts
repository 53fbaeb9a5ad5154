import { newArray } from '../creation/make.js';
import { ArrayValue, isCContiguous, isFortran } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import { bool, type DType } from '../../core/dtype.js';
import { IndexError, ValueError } from '../../core/errors.js';
import { assignTo, copyAs, inNativeOrder } from '../../core/ops/copy.js';
import { asIntegers, resolveSlice, Slice } from '../../core/ops/entries.js';
import { getitem, nonzeroOf } from '../../core/ops/index.js';
import { assignable, setitem } from '../../core/ops/assign.js';
import { concatenateTo } from '../../core/ops/join.js';
import { applyRow, PLAIN } from '../../core/ops/execute.js';
import { not_equal } from '../../core/ops/ufuncs/logic.js';
import { reshapeTo } from '../../core/ops/move.js';
import { Immediate } from '../../core/device/device.js';
import { operand, Weak } from '../../core/ops/operand.js';
import { resultType, weakDefault } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { int64Array, numbersOf } from './integers.js';
import { nonzero } from './where.js';

/** Arrays with elements put in, left out, or added at the end. */

const flat = (a: ArrayValue): ArrayValue => (a.ndim === 1 ? a : reshapeTo(a, [a.size]));

/** What an `obj` argument names: places along an axis, and whether it was one integer alone. */
function places(
  obj: unknown,
  n: number,
): { at: Float64Array; alone: boolean; kind: 'slice' | 'mask' | 'integers'; ndim: number; size: number } {
  if (typeof obj === 'string') {
    const text = obj.split(':');
    if (text.length > 1) return places(new Slice(...text.map((t) => (t.trim() === '' ? null : Number(t)))), n);
  }
  if (obj instanceof Slice) {
    const [start, step, count] = resolveSlice(obj, n);
    return {
      at: Float64Array.from({ length: count }, (_, i) => start + i * step),
      alone: false,
      kind: 'slice',
      ndim: 1,
      size: count,
    };
  }
  let a = toArray(obj);
  const { ndim, size } = a;
  if (a.dtype === bool) {
    if (ndim === 0) return { at: new Float64Array(0), alone: true, kind: 'mask', ndim, size };
    return {
      at: ndim === 1 ? numbersOf(nonzeroOf(a)[0]) : new Float64Array(0),
      alone: false,
      kind: 'mask',
      ndim,
      size,
    };
  }
  if (a.dtype.kind !== 'i' && a.dtype.kind !== 'u') {
    const whole = obj instanceof ArrayValue ? null : asIntegers(a);
    if (whole === null) throw new IndexError('arrays used as indices must be of integer (or boolean) type');
    a = whole;
  }
  return { at: numbersOf(a), alone: ndim === 0, kind: 'integers', ndim, size };
}

const whole = (nd: number, axis: number, entry: unknown): unknown[] =>
  Array.from({ length: nd }, (_, d) => (d === axis ? entry : new Slice()));

/** Values to insert as an array in the dtype that receives them. */
function valuesFor(values: unknown, d: DType): ArrayValue {
  const v = assignable(values, d);
  if (!(v instanceof Immediate)) return v;
  const out = allocate([], d);
  assignTo(out, v);
  return out;
}

export type Insert = <A extends ArrayLike>(
  arr: A,
  obj: ArrayLike | Slice | string,
  values: ArrayLike,
  axis?: number | null | { axis?: number | null },
) => Like<A>;

/**
 * A copy of an array with values put in before the given places of an axis; without an axis, of the array read in C order.
 *
 * @param obj an integer, integers, a slice, or a mask: places in the array as it was
 * @param values cast to the array's dtype; broadcast over what is put in
 * @throws IndexError for places out of bounds
 * @example np.insert([1, 2, 3], 1, 9) // → array([1., 9., 2., 3.])
 */
export const insert: Insert = /*@__PURE__*/ fn(
  'insert',
  'arr, obj, values, axis=None',
  (given, obj, values, axis) => {
    let a = toArray(given);
    let k: number;
    if (axis === null) {
      a = flat(a);
      k = 0;
    } else k = normalizeAxis(axis, a.ndim);
    const n = a.shape[k];
    const { at, kind, ndim } = places(obj, n);
    if (kind === 'mask' && ndim !== 1)
      throw new ValueError('boolean array argument obj to insert must be one dimensional');
    if (ndim > 1) throw new ValueError('index array argument obj to insert must be one dimensional or scalar');
    if (at.length === 1) {
      let i = at[0];
      if (i < -n || i > n)
        throw new IndexError(`index ${placeText(obj)} is out of bounds for axis ${k} with size ${n}`);
      if (i < 0) i += n;
      let v = valuesFor(values, a.dtype);
      if (v.ndim < a.ndim) v = reshapeTo(v, [...new Array<number>(a.ndim - v.ndim).fill(1), ...v.shape]);
      if (ndim === 0) v = firstTo(v, k);
      const count = v.shape[k];
      const shape = a.shape.map((m, d) => (d === k ? m + count : m));
      const out = newArray(shape, a.dtype, isFortran(a) ? 'F' : 'C');
      setitem(out, whole(a.ndim, k, new Slice(null, i)), getitem(a, whole(a.ndim, k, new Slice(null, i))));
      setitem(out, whole(a.ndim, k, new Slice(i, i + count)), v);
      setitem(out, whole(a.ndim, k, new Slice(i + count, null)), getitem(a, whole(a.ndim, k, new Slice(i, null))));
      return out;
    }
    const count = at.length;
    for (let i = 0; i < count; i++) if (at[i] < 0) at[i] += n;
    const order = Array.from(at.keys()).sort((i, j) => at[i] - at[j] || i - j);
    order.forEach((i, rank) => {
      at[i] += rank;
    });
    const out = newArray(
      a.shape.map((m, d) => (d === k ? m + count : m)),
      a.dtype,
      isFortran(a) ? 'F' : 'C',
    );
    const old = new Uint8Array(n + count).fill(1);
    for (const i of at) {
      if (i < -(n + count) || i >= n + count)
        throw new IndexError(`index ${i} is out of bounds for axis ${k} with size ${n + count}`);
      old[i < 0 ? i + n + count : i] = 0;
    }
    setitem(out, whole(a.ndim, k, int64Array(at)), count === 0 ? [] : values);
    setitem(out, whole(a.ndim, k, maskArray(old)), a);
    return out;
  },
  'host',
);

const placeText = (obj: unknown): string =>
  typeof obj === 'object' && obj !== null ? (Array.isArray(obj) ? `[${obj.join(', ')}]` : String(obj)) : String(obj);

/** The first axis moved to a place. */
function firstTo(a: ArrayValue, to: number): ArrayValue {
  const move = (list: readonly number[]): number[] => [...list.slice(1, to + 1), list[0], ...list.slice(to + 1)];
  return a.face.view(a, a.dtype, move(a.shape), move(a.strides), a.offset);
}

function maskArray(bytes: Uint8Array): ArrayValue {
  const a = toArray(bytes);
  return a.face.view(a, bool, a.shape, a.strides, a.offset);
}

export type Delete = <A extends ArrayLike>(
  arr: A,
  obj: ArrayLike | Slice | string,
  axis?: number | null | { axis?: number | null },
) => Like<A>;

/**
 * A copy of an array without the given places of an axis; without an axis, of the array read in C order.
 *
 * @param obj an integer, integers, a slice, or a mask
 * @throws IndexError for places out of bounds, ValueError for a mask of another length
 * @example np.delete([1, 2, 3], 1) // → array([1., 3.])
 */
export const delete_: Delete = /*@__PURE__*/ fn(
  'delete',
  'arr, obj, axis=None',
  (given, obj, axis) => {
    let a = toArray(given);
    let k: number;
    if (axis === null) {
      a = flat(a);
      k = 0;
    } else k = normalizeAxis(axis, a.ndim);
    const n = a.shape[k];
    const { at, kind, ndim, size } = places(obj, n);
    if (kind === 'mask' && (ndim !== 1 || size !== n)) {
      throw new ValueError(
        `boolean array argument obj to delete must be one dimensional and match the axis length of ${n}`,
      );
    }
    const keep = new Uint8Array(n).fill(1);
    for (const i of at) {
      if (i < -n || i >= n) throw new IndexError(`index ${i} is out of bounds for axis ${k} with size ${n}`);
      keep[i < 0 ? i + n : i] = 0;
    }
    const order = isFortran(a) ? 'F' : 'C';
    if (at.length === 0) return copyAs(a, a.dtype, order);
    const left = getitem(a, whole(a.ndim, k, maskArray(keep)));
    // One place or a slice: NumPy copies what is before and behind it.
    if (kind === 'mask' || (kind === 'integers' && at.length > 1)) return left;
    return (order === 'C' ? isCContiguous(left) : false) ? left : copyAs(left, left.dtype, order);
  },
  'host',
);

export type Append = <A extends ArrayLike>(
  arr: A,
  values: ArrayLike,
  axis?: number | null | { axis?: number | null },
) => Like<A>;

/**
 * A copy of an array with values added at the end of an axis; without an axis both are read in C order.
 *
 * @throws ValueError when shapes do not match
 * @example np.append([1, 2], [[3, 4]]) // → array([1., 2., 3., 4.])
 */
export const append: Append = /*@__PURE__*/ fn(
  'append',
  'arr, values, axis=None',
  (given, values, axis) => {
    const o = operand(values);
    let a = toArray(given);
    // Values that are a lone number have the dtype of such a number, integral or not; they are no operand.
    let v = o instanceof Weak ? toArray(o.value, weakDefault(o.kind)) : o;
    const dtype = resultType([a.dtype, v.dtype]);
    if (axis === null) {
      a = flat(a);
      v = flat(v);
    }
    if (a.ndim === 0) throw new ValueError('zero-dimensional arrays cannot be concatenated');
    return concatenateTo([a, v], normalizeAxis(axis ?? 0, a.ndim), dtype);
  },
  'composite',
);

export interface TrimZeros {
  <A extends ArrayLike>(
    filt: A,
    trim?: 'fb' | 'bf' | 'f' | 'b' | string,
    axis?: number | readonly number[] | null,
  ): A extends readonly unknown[] ? A : Like<A>;
  <A extends ArrayLike>(
    filt: A,
    kw: { trim?: string; axis?: number | readonly number[] | null },
  ): A extends readonly unknown[] ? A : Like<A>;
}

/**
 * A view of an array without the zeros at its edges. A flat list stays a list.
 *
 * @param trim 'f' for the front, 'b' for the back, 'fb' for both
 * @throws ValueError for any other `trim`
 * @example np.trim_zeros(np.array([0, 0, 1, 2, 0])) // → array([1., 2.])
 */
export const trim_zeros: TrimZeros = /*@__PURE__*/ fn(
  'trim_zeros',
  "filt, trim='fb', axis=None",
  (filt, trim, axis) => {
    const where = String(trim).toLowerCase();
    if (!['fb', 'bf', 'f', 'b'].includes(where))
      throw new ValueError(`unexpected character(s) in \`trim\`: '${String(trim)}'`);
    const a = toArray(filt);
    const axes = (axis === null ? a.shape.map((_, d) => d) : Array.isArray(axis) ? axis : [axis]).map((d: number) =>
      normalizeAxis(d, a.ndim, 'axis'),
    );
    if (axes.length === 0) return filt;
    // Of objects, what is not equal to zero stays: None and empty texts do.
    const filled =
      a.dtype.kind === 'O' ? (applyRow(not_equal, [a, new Weak(0n, 'int')], PLAIN) as ArrayValue) : inNativeOrder(a);
    const found = (nonzero(filled as NDArray) as ArrayValue[]).map((c) => numbersOf(c));
    const ranges = a.shape.map((n, d): [number, number] => {
      if (!axes.includes(d)) return [0, n];
      const c = found[d];
      if (c.length === 0) return [0, 0];
      let lo = n;
      let hi = 0;
      for (const i of c) {
        if (i < lo) lo = i;
        if (i >= hi) hi = i + 1;
      }
      return [where.includes('f') ? lo : 0, where.includes('b') ? hi : n];
    });
    if (Array.isArray(filt) && a.ndim === 1) return filt.slice(...ranges[0]);
    return getitem(
      a,
      ranges.map(([from, to]) => new Slice(from, to)),
    );
  },
  'host',
);
