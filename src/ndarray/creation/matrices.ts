import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray, toElement } from '../../core/coerce.js';
import { CONTAINER, typedView } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { bool, type DType, int64, isText, nativeOf, type DTypeArg, type DTypeText } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { concatenateTo, diagonalMatrix, triangle } from '../../core/ops/join.js';
import { broadcastTo, castTo, diagonalOf, expandAxes, packTo, readOnly, withDtype } from '../../core/ops/move.js';
import { promote } from '../../core/promote.js';
import { elementFrom } from '../../core/scalars/index.js';
import { fn } from '../../core/signature.js';
import { sizeOf } from '../../core/view.js';
import { asInteger } from '../../core/integer-argument.js';
import type { Known, NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import * as u from '../ufuncs.js';
import { asLayout, checkDevice, direct, dtypeOr, newArray } from './make.js';
import { ones_like } from './fill.js';
import { counted, firstDiagonal, lastDiagonal } from './triangles.js';

/** Matrices with ones, or given values, on and beside the diagonal. */

/** Writes ones along a straight line of elements: `count` of them, from element `first` with a step. */
function ones(out: NDArray, first: number, step: number, count: number): void {
  const d: DType = out.dtype;
  if (d.index < 0) {
    const elements = elementsOf(out.buffer as HostBuffer, d);
    const one = elementFrom(1n, d);
    for (let i = 0, k = first; i < count; i++, k += step) elements.set(k * d.itemsize, one);
    return;
  }
  const one = toElement(1, d).re;
  const { array, base } = typedView(out.buffer as HostBuffer, CONTAINER[d.part]);
  const bits = d.name === 'float16' ? 0x3c00 : one;
  const write = array as Float64Array;
  for (let i = 0, p = base + first * d.parts; i < count; i++, p += step * d.parts) write[p] = bits as number;
}

export interface Eye {
  <N extends DTypeText = 'float64'>(
    N: number,
    M?: number | null,
    k?: number,
    dtype?: DTypeArg<N> | null,
    order?: 'C' | 'F',
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    N: number,
    kw: { M?: number | null; k?: number; dtype?: DTypeArg<N> | null; order?: 'C' | 'F'; device?: 'cpu' | null },
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    N: number,
    M: number | null,
    kw: { k?: number; dtype?: DTypeArg<N> | null; order?: 'C' | 'F'; device?: 'cpu' | null },
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    N: number,
    M: number | null,
    k: number,
    kw: { dtype?: DTypeArg<N> | null; order?: 'C' | 'F'; device?: 'cpu' | null },
  ): NDArray<Known<N>>;
}

/**
 * Ones on the k-th diagonal of an N by M matrix, zeros elsewhere.
 *
 * @param M columns; N unless given
 * @param k 0 is the main diagonal, positive above, negative below
 * @throws ValueError `negative dimensions are not allowed`
 * @example np.eye(2) // → array([[1., 0.],
 * //          [0., 1.]])
 */
export const eye: Eye = /*@__PURE__*/ direct(
  'eye',
  "N, M=None, k=0, dtype=<class 'float'>, order='C', *, device=None, like=None",
  (N, M, k, dtype, order, device) => {
    checkDevice(device);
    const rows = asInteger(N);
    const columns = M === null ? rows : asInteger(M);
    const shift = asInteger(k);
    if (rows < 0 || columns < 0) throw new ValueError('negative dimensions are not allowed');
    const layout = asLayout(order);
    const out = newArray([rows, columns], dtypeOr(dtype), layout, true);
    const count = Math.max(0, shift >= 0 ? Math.min(rows, columns - shift) : Math.min(rows + shift, columns));
    const [down, right] = layout === 'C' ? [columns, 1] : [1, rows];
    ones(out, shift >= 0 ? shift * right : -shift * down, down + right, count);
    return out;
  },
);

export interface Identity {
  <N extends DTypeText = 'float64'>(n: number, dtype?: DTypeArg<N> | null): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(n: number, kw: { dtype?: DTypeArg<N> | null; like?: unknown }): NDArray<Known<N>>;
}

/**
 * The identity matrix of n rows.
 * @example np.identity(2, 'int64') // → array([[1, 0],
 * //          [0, 1]])
 */
export const identity: Identity = /*@__PURE__*/ direct('identity', 'n, dtype=None, *, like=None', (n, dtype) =>
  (eye as any)(n, { dtype }),
);

export interface Tri {
  <N extends DTypeText = 'float64'>(
    N: number,
    M?: number | null,
    k?: number,
    dtype?: DTypeArg<N> | null,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    N: number,
    kw: { M?: number | null; k?: number; dtype?: DTypeArg<N> | null },
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    N: number,
    M: number | null,
    kw: { k?: number; dtype?: DTypeArg<N> | null },
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    N: number,
    M: number | null,
    k: number,
    kw: { dtype?: DTypeArg<N> | null },
  ): NDArray<Known<N>>;
}

/**
 * Ones on and below the k-th diagonal of an N by M matrix.
 * @example np.tri(3, { dtype: 'int64' }) // → array([[1, 0, 0],
 * //          [1, 1, 0],
 * //          [1, 1, 1]])
 */
export const tri: Tri = /*@__PURE__*/ direct(
  'tri',
  "N, M=None, k=0, dtype=<class 'float'>, *, like=None",
  (N, M, k, dtype) => {
    const rows = counted(N);
    const columns = M === null ? rows : counted(M);
    const shift = lastDiagonal(k);
    const asked = dtypeOr(dtype);
    // Text is of the truth values that the others are numbers of.
    const out = newArray([rows, columns], isText(asked) || asked.kind === 'O' ? bool : asked, 'C', true);
    for (let r = 0; r < rows; r++) ones(out, r * columns, 1, Math.min(columns, Math.max(0, r + shift + 1)));
    return isText(asked) || asked.kind === 'O' ? castTo(out, asked) : out;
  },
);

export interface Diag {
  <A extends ArrayLike>(v: A, k?: number): Like<A>;
  <A extends ArrayLike>(v: A, kw: { k?: number }): Like<A>;
}

/**
 * A vector's matrix, or a matrix's diagonal.
 *
 * @param v a vector: the result has it on its k-th diagonal; a matrix: the result is its k-th diagonal, a read-only view
 * @throws ValueError `Input must be 1- or 2-d.`
 * @example np.diag([1, 2, 3]) // → array([[1., 0., 0.],
 * //          [0., 2., 0.],
 * //          [0., 0., 3.]])
 */
export const diag: Diag = /*@__PURE__*/ fn('diag', 'v, k=0', (v, k) => {
  const a = toArray(v);
  if (a.ndim === 1) return diagonalMatrix(a, asInteger(k));
  if (a.ndim === 2) return readOnly(diagonalOf(a, asInteger(k), 0, 1));
  throw new ValueError('Input must be 1- or 2-d.');
});

/**
 * The square matrix with all elements of an array, read in C order, on its k-th diagonal.
 * @example np.diagflat([[1, 2], [3, 4]]) // → array([[1., 0., 0., 0.],
 * //          [0., 2., 0., 0.],
 * //          [0., 0., 3., 0.],
 * //          [0., 0., 0., 4.]])
 */
export const diagflat: Diag = /*@__PURE__*/ fn('diagflat', 'v, k=0', (v, k) => {
  const a = toArray(v);
  return diagonalMatrix(packTo(a, [a.size]), asInteger(k));
});

/** Text is written in the machine's order, as numbers are by every function that computes. */
const native = (m: ArrayValue): ArrayValue => (m.dtype.isnative ? m : copyAs(m, nativeOf(m.dtype)));

/** At least two axes, so that there are matrices: NumPy takes a vector's outer triangle. */
function asMatrices(m: ArrayValue): ArrayValue {
  if (m.ndim >= 2) return m;
  if (m.ndim === 0) throw new TypeError("tri() missing 1 required positional argument: 'N'");
  return broadcastTo(m, [m.size, m.size]);
}

function part(m: unknown, k: number, keep: 'lower' | 'upper'): ArrayValue {
  const a = asMatrices(native(toArray(m as ArrayLike)));
  const [rows, columns] = a.shape.slice(-2);
  return triangle(a, Math.max(-rows, Math.min(columns, k)), keep);
}

/**
 * The lower triangle: elements above the k-th diagonal of the last two axes are zero in the copy.
 * @example np.tril([[1, 2], [3, 4]]) // → array([[1., 0.],
 * //          [3., 4.]])
 */
export const tril: Diag = /*@__PURE__*/ fn('tril', 'm, k=0', (m, k) => part(m, lastDiagonal(k), 'lower'));

/**
 * The upper triangle: elements below the k-th diagonal of the last two axes are zero in the copy.
 * @example np.triu([[1, 2], [3, 4]]) // → array([[1., 2.],
 * //          [0., 4.]])
 */
export const triu: Diag = /*@__PURE__*/ fn('triu', 'm, k=0', (m, k) => part(m, firstDiagonal(k), 'upper'));

export interface Vander {
  <A extends ArrayLike>(x: A, N?: number | null, increasing?: boolean): Like<A>;
  <A extends ArrayLike>(x: A, kw: { N?: number | null; increasing?: boolean }): Like<A>;
}

/**
 * The Vandermonde matrix: columns are powers of x, falling unless `increasing`.
 *
 * @param N number of columns; the length of x unless given
 * @throws ValueError `x must be a one-dimensional array or sequence.`
 * @example np.vander([1, 2, 3], 3) // → array([[1., 1., 1.],
 * //          [4., 2., 1.],
 * //          [9., 3., 1.]])
 */
export const vander: Vander = /*@__PURE__*/ fn('vander', 'x, N=None, increasing=False', (x, N, increasing) => {
  const a = toArray(x);
  if (a.ndim !== 1) throw new ValueError('x must be a one-dimensional array or sequence.');
  const n = N === null ? a.shape[0] : asInteger(N);
  const dtype = promote(a.dtype, int64);
  if (n < 0) throw new ValueError('negative dimensions are not allowed');
  const base = withDtype(a, dtype);
  const columns: ArrayValue[] = [];
  let power = (ones_like as any)(base) as ArrayValue;
  for (let i = 0; i < n; i++) {
    if (i > 0) power = i === 1 ? base : (u.multiply(power, base) as ArrayValue);
    columns.push(expandAxes(power, [1]));
  }
  if (n === 0) return newArray([sizeOf(a.shape), 0], dtype);
  return concatenateTo(increasing ? columns : columns.reverse(), 1, dtype);
});
