import { ArrayValue } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { type DType, float64, objectDtype } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { castTo, reshapeTo, sliceAxis } from '../../core/ops/move.js';
import { str } from '../../core/python/repr.js';
import { arange } from '../creation/range.js';
import { concatenate } from '../manipulation/join.js';
import type { NDArray } from '../ndarray.js';
import { common_type } from '../promotion.js';
import { add, divide, multiply, negative, not_equal, subtract } from '../ufuncs.js';

/**
 * What the families of series compute with: arrays of coefficients, the lowest degree first, and values that are arrays, plain numbers or
 * series themselves (a series of a series is a substitution).
 */

/** An array, a plain number, or an object with operators of its own. */
export type Value = any;

/** What marks objects with operators of their own. */
export const OPERATORS: unique symbol = Symbol('operators');

const hasOperators = (x: Value): boolean => typeof x === 'function' && x[OPERATORS] === true;

/** An operator: by a series' own method where one takes part, plain between plain numbers (which stay weak), else the ufunc. */
const operator =
  (name: string, plain: (a: number, b: number) => number, f: (a: Value, b: Value) => Value) =>
  (a: Value, b: Value): Value => {
    if (typeof a === 'number' && typeof b === 'number') return plain(a, b);
    if (hasOperators(a)) return a[name](b);
    return hasOperators(b) ? b[`r${name}`](a) : f(a, b);
  };

export const plus: (a: Value, b: Value) => Value = operator('add', (a, b) => a + b, add as Value);
export const minus: (a: Value, b: Value) => Value = operator('sub', (a, b) => a - b, subtract as Value);
export const times: (a: Value, b: Value) => Value = operator('mul', (a, b) => a * b, multiply as Value);
export const over: (a: Value, b: Value) => Value = operator('div', (a, b) => a / b, divide as Value);
export const minusOf = (a: Value): Value =>
  typeof a === 'number' ? -a : hasOperators(a) ? a.neg() : (negative as Value)(a);

/** An array of at least one axis. */
export function listed(x: unknown): NDArray {
  const a = toArray(x);
  return (a.ndim === 0 ? reshapeTo(a, [1]) : a) as NDArray;
}

/** The i-th of what the first axis holds, from the end for negative i. */
export const nth = (c: ArrayValue, i: number): NDArray => {
  const at = i < 0 ? i + c.shape[0] : i;
  return reshapeTo(sliceAxis(c, 0, at, at + 1), c.shape.slice(1)) as NDArray;
};

/** The part from one place to another along the first axis; a view. */
export const part = (c: ArrayValue, from: number, to: number = c.shape[0]): NDArray =>
  sliceAxis(c, 0, from, to) as NDArray;

/** Elements and lists of them in a row. */
export const joined = (...parts: readonly Value[]): NDArray => concatenate(parts.map(listed)) as NDArray;

/** from, from + 1, … in the dtype of the series it multiplies: every such integer is exact there. */
export const ramp = (from: number, to: number, dtype: DType): NDArray =>
  castTo(arange(from, Math.max(from, to)) as unknown as ArrayValue, dtype) as NDArray;

/** Whether an element is zero; NaN is not. */
export function isZero(c: NDArray, i: number): boolean {
  if (c.dtype === objectDtype) return !(not_equal as Value)(nth(c, i), 0).item();
  const v = c.item(i) as unknown;
  return typeof v === 'object' && v !== null
    ? (v as { re: number }).re === 0 && (v as { im: number }).im === 0
    : Number(v) === 0;
}

/** A series without zeros at its end; its first coefficient stays. */
export function trimmed(c: NDArray): NDArray {
  let n = c.shape[0];
  if (n === 0 || !isZero(c, n - 1)) return c;
  while (n > 1 && isZero(c, n - 1)) n--;
  return part(c, 0, n);
}

/**
 * Copies of series in the floating dtype they have in common, or as objects where there is none.
 * @throws ValueError for empty lists, more than one dimension, or no common dtype
 */
export function asSeries(given: readonly unknown[], trim = true): NDArray[] {
  let arrays = given.map(listed);
  for (const a of arrays) {
    if (a.size === 0) throw new ValueError('Coefficient array is empty');
    if (a.ndim !== 1) throw new ValueError('Coefficient array is not 1-d');
  }
  if (trim) arrays = arrays.map(trimmed);
  let dtype: DType | null = null;
  try {
    dtype = (common_type(...arrays) as unknown as { readonly dtype: DType }).dtype;
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    if (!arrays.some((a) => a.dtype === objectDtype)) throw new ValueError('Coefficient arrays have no common type');
  }
  return arrays.map((a) => a.astype(dtype ?? objectDtype) as NDArray);
}

/** An integer, as Python's `operator.index` takes one. @throws TypeError naming what the number is for */
export function integer(x: unknown, what: string): number {
  const v = x instanceof ArrayValue && x.ndim === 0 && 'iub'.includes(x.dtype.kind) ? (x as NDArray).item() : x;
  if (typeof v === 'bigint' || (typeof v === 'number' && Number.isInteger(v))) return Number(v);
  if (typeof v === 'boolean') return v ? 1 : 0;
  throw new TypeError(`${what} must be an integer, received ${str(x)}`);
}

/** Coefficients of which integers and booleans became float64. */
export const floating = (c: ArrayValue): ArrayValue =>
  '?bBhHiIlLqQpP'.includes(c.dtype.char) ? castTo(c, float64) : c;
