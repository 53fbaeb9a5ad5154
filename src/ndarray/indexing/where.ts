import { copyAs } from '../../core/ops/copy.js';
import { isOrdered, isCContiguous } from '../../core/array.js';
import type { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, fromScalar, toArray } from '../../core/coerce.js';
import { typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { bind1 } from '../../core/dispatch.js';
import { bool, type DType, int64 } from '../../core/dtype.js';
import { DTypePromotionError, TypeError, ValueError } from '../../core/errors.js';
import { IndexTuple } from '../../core/ops/entries.js';
import { coordinates, countTrue, maskBytes } from '../../core/ops/masks.js';
import { nonzeroOf } from '../../core/ops/index.js';
import { wherePrimitive } from '../../core/ops/masked.js';
import { operand, Weak } from '../../core/ops/operand.js';
import { weakDefault } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import type { NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { commonType } from './take.js';

/** Where elements are true, and choosing by a condition. */

/**
 * Indices of the elements that are not zero, as one int64 array for each axis, in C order.
 *
 * The list is a tuple of indices: `a.at(np.nonzero(a))` gives the elements.
 * @throws ValueError for an array of no dimensions
 * @example np.nonzero([[3, 0], [0, 4]]) // → IndexTuple(2) [ array([0, 1]), array([0, 1]) ]
 */
export const nonzero: <A extends ArrayLike>(a: A) => Like<A>[] = /*@__PURE__*/ fn(
  'nonzero',
  'a',
  (given) => {
    const a = toArray(given);
    if (a.ndim === 0)
      throw new ValueError(
        `Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.${a.dtype.kind === 'b' ? ' If the context of this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`.' : ''}`,
      );
    return IndexTuple.from_(nonzeroOf(a));
  },
  'host',
);

/**
 * Places, counted in C order, of the elements that are not zero: an int64 array.
 *
 * @example np.flatnonzero([[0, 5], [7, 0]]) // → array([1, 2])
 */
export const flatnonzero: <A extends ArrayLike>(a: A) => Like<A> = /*@__PURE__*/ fn(
  'flatnonzero',
  'a',
  (given) => {
    const a = toArray(given);
    const m = maskBytes(a, 'flatnonzero');
    const n = countTrue(m);
    return coordinates(m, n, [a.size], () => allocate([n], int64, a.face))[0];
  },
  'host',
);

/**
 * Indices of the elements that are not zero, one row each: an int64 array of shape (number of elements, number of axes).
 * @example np.argwhere([[0, 5], [7, 0]]) // → array([[0, 1],
 * //          [1, 0]])
 */
export const argwhere: <A extends ArrayLike>(a: A) => Like<A> = /*@__PURE__*/ fn(
  'argwhere',
  'a',
  (given) => {
    const a = toArray(given);
    if (a.ndim === 0) return allocate([maskBytes(a, 'argwhere')[0], 0], int64, a.face);
    const columns = nonzeroOf(a);
    const n = columns[0].size;
    const nd = columns.length;
    // A row of memory for each axis, as NumPy has it.
    const out = allocate([nd, n], int64, a.face);
    const to = typedView(out.buffer as HostBuffer, BigInt64Array);
    columns.forEach((column, d) => {
      const from = typedView(column.buffer as HostBuffer, BigInt64Array);
      (to.array as BigInt64Array).set(
        (from.array as BigInt64Array).subarray(from.base, from.base + n),
        to.base + d * n,
      );
    });
    return out.face.view(out, int64, [n, nd], [8, 8 * n], out.offset);
  },
  'host',
);

export interface Where {
  <A extends ArrayLike>(condition: A): Like<A>[];
  <C extends ArrayLike, X extends ArrayLike, Y extends ArrayLike>(
    condition: C,
    x: X,
    y: Y,
  ): X extends ArrayValue ? X : Y extends ArrayValue ? Y : Like<C>;
}

const whole = (o: ArrayValue | Weak, dtype: DType): ArrayValue =>
  o instanceof Weak ? fromScalar(o.value, dtype.kind === 'f' ? dtype : weakDefault(o.kind)) : o;

/**
 * Elements of `x` where a condition is true and of `y` elsewhere, all broadcast together. With the condition alone: `np.nonzero`.
 *
 * The dtype is that of x and y promoted; lone numbers take the dtype of the other.
 * @throws ValueError when only one of x and y is given, or shapes do not match
 * @example
 * const a = np.array([-1, 2]);
 * np.where(np.greater(a, 0), a, 0); // → array([0., 2.])
 */
export const where: Where = /*@__PURE__*/ fn(
  'where',
  'condition, x=None, y=None, /',
  (condition, x, y) => {
    if (x === undefined && y === undefined) return nonzero(condition);
    if (x === undefined || y === undefined) throw new ValueError('either both or neither of x and y should be given');
    const a = operand(x);
    const b = operand(y);
    const dtype = commonType([a, b]);
    return bind1(wherePrimitive, [toArray(condition), whole(a, dtype), whole(b, dtype)], { dtype });
  },
  'primitive',
  // null is a value here.
  { x: undefined, y: undefined },
);

/** @throws TypeError with what NumPy says of choices that have no dtype in common */
function commonOf(operands: readonly (ArrayValue | Weak)[]): ReturnType<typeof commonType> {
  try {
    return commonType(operands);
  } catch (e) {
    if (e instanceof DTypePromotionError)
      throw new TypeError(`Choicelist and default value do not have a common dtype: ${e.message}`);
    throw e;
  }
}

export interface Select {
  (condlist: readonly ArrayLike[], choicelist: readonly ArrayLike[], defaultValue?: ArrayLike): NDArray;
  (condlist: readonly ArrayLike[], choicelist: readonly ArrayLike[], kw: { default?: ArrayLike }): NDArray;
}

/**
 * For each place the element of the first choice whose condition is true there, or the default. Conditions, choices and default are broadcast together.
 *
 * @throws ValueError for lists of different lengths or none, TypeError for conditions that are not boolean
 * @example
 * const x = np.arange(6);
 * np.select([np.less(x, 3), np.greater(x, 3)], [x, np.square(x)], 42); // → array([ 0,  1,  2, 42, 16, 25])
 */
export const select: Select = /*@__PURE__*/ fn(
  'select',
  'condlist, choicelist, default=0',
  (condlist, choicelist, otherwise) => {
    const conditions = [...condlist].map((c) => toArray(c));
    const choices = [...choicelist].map((c) => operand(c));
    if (conditions.length !== choices.length)
      throw new ValueError('list of cases must be same length as list of conditions');
    if (conditions.length === 0) throw new ValueError('select with an empty condition list is not possible');
    conditions.forEach((c, i) => {
      if (c.dtype !== bool) throw new TypeError(`invalid entry ${i} in condlist: should be boolean ndarray`);
    });
    const last = operand(otherwise);
    const dtype = commonOf([...choices, last]);
    let out = whole(last, dtype);
    for (let i = conditions.length - 1; i >= 0; i--)
      out = bind1(wherePrimitive, [conditions[i], whole(choices[i], dtype), out], { dtype });
    // NumPy fills a result in C order.
    return isOrdered(out) && !isCContiguous(out) ? copyAs(out, dtype, 'C') : out;
  },
  'primitive',
);
