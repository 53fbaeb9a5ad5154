import type { ArrayValue } from '../array.js';
import { allocate } from '../coerce.js';
import { bool, type Field, isText } from '../dtype.js';
import { DTypePromotionError, TypeError } from '../errors.js';
import { promote } from '../promote.js';
import { broadcastShapes, broadcastStrides } from '../view.js';
import { assignTo, copyAs } from './copy.js';
import { eachKernel } from './each.js';
import { applyRow } from './execute.js';
import { reduceRow } from './reduce.js';
import { orderingOf } from './ordering.js';
import { viewField } from './structures.js';
import { equal, logical_and, logical_not } from './ufuncs/logic.js';

/** `==` and `!=` between structures (all fields are equal) and between raw memory (all bytes are). */

/** One value for each element: sub-arrays are equal where all of their elements are. */
function whole(a: ArrayValue, ndim: number): ArrayValue {
  if (a.ndim <= ndim) return a;
  const axis = Array.from({ length: a.ndim - ndim }, (_, i) => ndim + i);
  return reduceRow(logical_and, a, { axis, dtype: null, out: null, keepdims: false, initial: undefined, where: null });
}

/** A view of an array over a larger shape. */
function stretched(a: ArrayValue, shape: readonly number[]): ArrayValue {
  return a.face.view(a, a.dtype, shape, broadcastStrides(a.shape, a.strides, shape), a.offset);
}

function sameText(a: ArrayValue, b: ArrayValue): ArrayValue {
  const type = promote(a.dtype, b.dtype);
  return mapped(copyAs(a, type), copyAs(b, type), orderingOf(type).compare);
}

/** Where elements compare as equal. */
function mapped(a: ArrayValue, b: ArrayValue, compare: (x: any, y: any) => number): ArrayValue {
  const out = allocate(a.shape, bool);
  const kernel = eachKernel('equal', [a.dtype, b.dtype], [bool], (x, y) => compare(x, y) === 0);
  kernel.run(a.shape, [a, b, out], [a.strides, b.strides, out.strides]);
  return out;
}

function sameBytes(a: ArrayValue, b: ArrayValue): ArrayValue {
  if (a.dtype.itemsize !== b.dtype.itemsize)
    throw new TypeError(
      'cannot compare unstructured voids of different length. Use bytes to compare. (This may return array of False in the future.)',
    );
  return mapped(a, b, orderingOf(a.dtype).compare);
}

function sameElements(a: ArrayValue, b: ArrayValue): ArrayValue {
  if (a.dtype.layout === null || b.dtype.layout === null) {
    if (a.dtype.layout !== b.dtype.layout) throw noCommon();
    if (a.dtype.kind === 'V') return sameBytes(a, b);
    return isText(a.dtype) && isText(b.dtype) ? sameText(a, b) : (applyRow(equal, [a, b]) as ArrayValue);
  }
  let common = a.dtype;
  try {
    common = promote(a.dtype, b.dtype);
  } catch (e) {
    if (e instanceof DTypePromotionError || e instanceof TypeError) throw noCommon();
    throw e;
  }
  const x = a.dtype === common ? a : copyAs(a, common);
  const y = b.dtype === common ? b : copyAs(b, common);
  let all: ArrayValue | null = null;
  for (const f of common.layout as readonly Field[]) {
    const same = whole(sameElements(viewField(x, f), viewField(y, f)), a.ndim);
    all = all === null ? same : (applyRow(logical_and, [all, same]) as ArrayValue);
  }
  if (all !== null) return all;
  const out = allocate(a.shape, bool);
  assignTo(out, applyRow(logical_not, [allocate([], bool, a.face, true)]) as ArrayValue);
  return out;
}

const noCommon = (): TypeError =>
  new TypeError(
    'Cannot compare structured arrays unless they have a common dtype.  I.e. `np.result_type(arr1, arr2)` must be defined.',
  );

/**
 * Which elements of structures or raw memory are equal.
 * @throws TypeError where they have no common dtype
 */
export function equalStructures(a: ArrayValue, b: ArrayValue): ArrayValue {
  if (a.dtype.kind !== 'V' || b.dtype.kind !== 'V')
    throw new TypeError('Cannot compare structured or void to non-void arrays.');
  const shape = broadcastShapes([a.shape, b.shape]);
  return sameElements(stretched(a, shape), stretched(b, shape));
}

/** The same for `!=`. */
export const unequalStructures = (a: ArrayValue, b: ArrayValue): ArrayValue =>
  applyRow(logical_not, [equalStructures(a, b)]) as ArrayValue;
