import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { isComplex } from '../../core/complex.js';
import type { DType } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { concatenateTo } from '../../core/ops/join.js';
import { permute, reshapeTo, withDtype } from '../../core/ops/move.js';
import { resultType, type WeakKind, weakKindOf } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import { arange } from './range.js';
import { isSlice, readSlice } from './slices.js';
import { linspace } from './spaced.js';

/** `r_` and `c_`: arrays, scalars and slices joined in one call. */

/** What may stand in the list: arrays, scalars, slices (text or `np.slice`), and as a first entry a directive. */
export type Piece = ArrayLike | string | { readonly start: unknown; readonly stop: unknown; readonly step: unknown };

export interface Concatenator {
  (...key: readonly Piece[]): NDArray;
}

/** Axes of length 1 in front until there are `ndmin`. */
const atLeast = (a: ArrayValue, ndmin: number): ArrayValue =>
  a.ndim >= ndmin ? a : reshapeTo(a, [...new Array<number>(ndmin - a.ndim).fill(1), ...a.shape]);

const isScalar = (x: unknown): boolean =>
  typeof x === 'number' ||
  typeof x === 'bigint' ||
  typeof x === 'boolean' ||
  (isComplex(x) && !((x as object) instanceof ArrayValue));

const weakOf = (x: unknown): WeakKind => (typeof x === 'number' || typeof x === 'bigint' ? weakKindOf(x) : 'complex');

/** The line of a slice: arange, or linspace for an imaginary step. */
function sliceLine(x: unknown): ArrayValue {
  const s = readSlice(x);
  if (s.points !== null) return (linspace as any)(s.start.value, s.stop?.value ?? 0, { num: s.points });
  const type = s.start.float || s.step.float || s.stop?.float ? 'float64' : 'int64';
  return s.stop === null
    ? (arange as any)(s.start.value, null, s.step.value, type)
    : (arange as any)(s.start.value, s.stop.value, s.step.value, type);
}

function join(key: readonly unknown[], axis0: number, ndmin0: number, trans0: number): ArrayValue {
  let axis = axis0;
  let ndmin = ndmin0;
  let trans = trans0;
  let matrix: 'r' | 'c' | null = null;
  const pieces: (ArrayValue | number | bigint | boolean)[] = [];
  const strong: DType[] = [];
  const weak: WeakKind[] = [];
  key.forEach((item, k) => {
    if ((typeof item === 'string' && item.includes(':')) || isSlice(item)) {
      let line = atLeast(sliceLine(item), ndmin);
      if (ndmin > 1 && trans !== -1) {
        const axes = Array.from({ length: line.ndim }, (_, i) => i);
        const t = normalizeAxis(trans, line.ndim);
        [axes[line.ndim - 1], axes[t]] = [axes[t], axes[line.ndim - 1]];
        line = permute(line, axes);
      }
      pieces.push(line);
      strong.push(line.dtype);
    } else if (typeof item === 'string') {
      if (k !== 0) throw new ValueError('special directives must be the first entry.');
      if (item === 'r' || item === 'c') matrix = item;
      else if (item.includes(',')) {
        const numbers = item.split(',').map((t) => (/^\s*[+-]?\d+\s*$/.test(t) ? Number(t) : Number.NaN));
        if (numbers.slice(0, 3).some(Number.isNaN)) throw new ValueError(`unknown special directive '${item}'`);
        [axis, ndmin] = numbers;
        if (numbers.length === 3) trans = numbers[2];
      } else if (/^\s*[+-]?\d+\s*$/.test(item)) axis = Number(item);
      else throw new ValueError('unknown special directive');
    } else if (isScalar(item)) {
      pieces.push(item as number);
      if (typeof item === 'boolean') strong.push(toArray(item).dtype);
      else weak.push(weakOf(item));
    } else {
      const a = toArray(item);
      let lifted = atLeast(a, ndmin);
      if (trans !== -1 && a.ndim < ndmin) {
        const added = ndmin - a.ndim;
        const at = trans < 0 ? trans + added + 1 : trans;
        const axes = Array.from({ length: ndmin }, (_, i) => i);
        lifted = permute(lifted, [...axes.slice(0, at), ...axes.slice(added), ...axes.slice(at, added)]);
      }
      pieces.push(lifted);
      strong.push(lifted.dtype);
    }
  });
  if (pieces.length === 0) throw new ValueError('need at least one array to concatenate');
  const dtype = resultType(strong, weak);
  const arrays = pieces.map((p) => (p instanceof ArrayValue ? withDtype(p, dtype) : atLeast(toArray(p, dtype), ndmin)));
  if (arrays[0].ndim === 0) throw new ValueError('zero-dimensional arrays cannot be concatenated');
  const out = concatenateTo(arrays, normalizeAxis(axis, arrays[0].ndim), dtype);
  if (matrix === null) return out;
  const two = out.ndim === 1 ? reshapeTo(out, [1, out.size]) : out;
  return matrix === 'c' && out.ndim === 1 ? permute(two, [1, 0]) : two;
}

/**
 * Joins arrays, scalars and slices along the first axis.
 *
 * A first entry of text that is no slice is a directive: `'0,2'` joins along axis 0 and makes every piece at least two-dimensional, a third
 * number says where a piece's own axes go, `'r'` and `'c'` give a row or a column matrix.
 *
 * @throws ValueError `unknown special directive`, and as concatenate
 * @example np.r_('1:5', [7, 8], 0) // → array([1., 2., 3., 4., 7., 8., 0.])
 */
export const r_: Concatenator = /*@__PURE__*/ fn('r_', '*key', (key: unknown[]) => join(key, 0, 1, -1));

/**
 * Joins pieces as columns: vectors become columns of a matrix, `r_('-1,2,0', …)`.
 * @example np.c_([1, 2, 3], [4, 5, 6]) // → array([[1., 4.],
 * //          [2., 5.],
 * //          [3., 6.]])
 */
export const c_: Concatenator = /*@__PURE__*/ fn('c_', '*key', (key: unknown[]) => join(key, -1, 2, 0));
