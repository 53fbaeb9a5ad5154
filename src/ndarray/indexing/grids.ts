import { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import { asDtype, bool, type DTypeLike, int64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { asIntegers, IndexTuple } from '../../core/ops/entries.js';
import { nonzeroOf } from '../../core/ops/index.js';
import { broadcastTo, reshapeTo } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { asShape, broadcastShapes, cStrides, fStrides, sizeOf } from '../../core/view.js';
import { counted, firstDiagonal, lastDiagonal } from '../creation/triangles.js';
import type { NDArray } from '../ndarray.js';
import { int64Array, type Mode, numbersOf, ramp } from './integers.js';
import { ravelVast, tooMany, unravelVast, VAST } from './vast.js';

/** Index arrays made from shapes, and conversion between places in C order and coordinates. */

/**
 * An open mesh: each one-dimensional argument along an axis of its own, so that indexing with the list picks their cross product.
 * Boolean arguments stand for the places where they are true.
 *
 * @throws ValueError `Cross index must be 1 dimensional`
 * @example np.arange(9).reshape(3, 3).at(np.ix_([0, 2], [1, 2])) // → array([[1, 2],
 * //          [7, 8]])
 */
export const ix_: (...args: readonly ArrayLike[]) => NDArray[] = /*@__PURE__*/ fn(
  'ix_',
  '*args',
  (args: unknown[]) =>
    IndexTuple.from_(
      args.map((given, k) => {
        let a = toArray(given);
        if (!(given instanceof ArrayValue)) a = asIntegers(a) ?? a;
        if (a.ndim !== 1) throw new ValueError('Cross index must be 1 dimensional');
        if (a.dtype === bool) [a] = nonzeroOf(a);
        return reshapeTo(
          a,
          args.map((_, d) => (d === k ? a.size : 1)),
        );
      }),
    ),
  'host',
);

const EMPTY =
  "indices must be integral: the provided empty sequence was inferred as float. Wrap it with 'np.array(indices, dtype=np.intp)'";

/** Integers for the two conversions, which take no bool and no float. */
function coordinatesOf(x: unknown): ArrayValue {
  const a = toArray(x);
  if (a.dtype.kind === 'i' || a.dtype.kind === 'u') return a;
  if (a.size === 0 && !(x instanceof ArrayValue)) throw new TypeError(EMPTY);
  const whole = x instanceof ArrayValue ? null : asIntegers(a);
  if (whole === null) throw new TypeError('only int indices permitted');
  return whole;
}

function asReading(order: unknown): 'C' | 'F' {
  if (order === 'C' || order === 'F') return order;
  if (order === 'A' || order === 'K') throw new ValueError("only 'C' or 'F' order is permitted");
  throw new ValueError(`order must be one of 'C', 'F', 'A', or 'K' (got '${String(order)}')`);
}

export interface UnravelIndex {
  (indices: ArrayLike, shape: number | readonly number[], order?: 'C' | 'F'): NDArray[];
  (indices: ArrayLike, shape: number | readonly number[], kw: { order?: 'C' | 'F' }): NDArray[];
}

/**
 * Coordinates of elements that are named by their place in C (or F) order: one int64 array for each axis.
 *
 * @throws ValueError `index 24 is out of bounds for array with size 24`, TypeError for indices that are not integers
 * @example np.unravel_index([22, 41, 37], [7, 6]) // → IndexTuple(2) [ array([3, 6, 6]), array([4, 5, 1]) ]
 */
export const unravel_index: UnravelIndex = /*@__PURE__*/ fn(
  'unravel_index',
  "indices, shape, order='C'",
  (indices, shape, order) => {
    const dims = asShape(shape);
    const reading = asReading(order);
    const ix = coordinatesOf(indices);
    const n = sizeOf(dims);
    if (tooMany(dims, n))
      throw new ValueError(
        "dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported.",
      );
    const outside = dims.length === 0 ? numbersOf(ix).find((k) => k !== 0) : undefined;
    if (outside !== undefined) throw new ValueError(`index ${outside} is out of bounds for array with size 1`);
    if (dims.length === 0 && ix.ndim > 0) throw new ValueError('multiple indices are not supported for 0d arrays');
    if (n >= VAST) return IndexTuple.from_(unravelVast(ix, dims, reading));
    const places = numbersOf(ix);
    for (const k of places)
      if (k < 0 || k >= n) throw new ValueError(`index ${k} is out of bounds for array with size ${n}`);
    const steps = reading === 'C' ? cStrides(dims, 1) : fStrides(dims, 1);
    return IndexTuple.from_(
      dims.map((m, d) => {
        const out = new Float64Array(places.length);
        for (let i = 0; i < out.length; i++) out[i] = Math.floor(places[i] / steps[d]) % m;
        return int64Array(out, ix.shape);
      }),
    );
  },
  'host',
);

export interface RavelMultiIndex {
  (
    multi_index: readonly ArrayLike[] | ArrayLike,
    dims: number | readonly number[],
    mode?: Mode | readonly Mode[],
    order?: 'C' | 'F',
  ): NDArray;
  (
    multi_index: readonly ArrayLike[] | ArrayLike,
    dims: number | readonly number[],
    kw: { mode?: Mode | readonly Mode[]; order?: 'C' | 'F' },
  ): NDArray;
}

/**
 * Places in C (or F) order of elements that are named by coordinates, one array of them for each axis; they are broadcast together.
 *
 * @param mode what happens to coordinates out of bounds, for all axes or each: 'raise', 'wrap' or 'clip'
 * @throws ValueError `invalid entry in coordinates array`, TypeError for coordinates that are not integers
 * @example np.ravel_multi_index([[3, 6, 6], [4, 5, 1]], [7, 6]) // → array([22, 41, 37])
 */
export const ravel_multi_index: RavelMultiIndex = /*@__PURE__*/ fn(
  'ravel_multi_index',
  "multi_index, dims, mode='raise', order='C'",
  (multi, dims, mode, order) => {
    const shape = asShape(dims);
    const reading = asReading(order);
    const given: unknown[] = Array.isArray(multi) ? multi : splitFirst(coordinatesOf(multi));
    if (given.length !== shape.length)
      throw new ValueError(`parameter multi_index must be a sequence of length ${shape.length}`);
    const modes: Mode[] = Array.isArray(mode) ? mode : shape.map(() => mode);
    const parts = given.map(coordinatesOf);
    const full = broadcastShapes(parts.map((p) => p.shape));
    const total = sizeOf(shape);
    if (tooMany(shape, total))
      throw new ValueError('invalid dims: array size defined by dims is larger than the maximum possible size.');
    if (total === 0 && sizeOf(full) > 0) throw new ValueError('cannot unravel if shape has zero entries (is empty).');
    if (total >= VAST) return ravelVast(parts, full, shape, modes, reading);
    const steps = reading === 'C' ? cStrides(shape, 1) : fStrides(shape, 1);
    const out = new Float64Array(sizeOf(full));
    parts.forEach((p, d) => {
      const n = shape[d];
      const m = modes[d];
      const values = numbersOf(broadcastTo(p, full));
      for (let i = 0; i < out.length; i++) {
        let k = values[i];
        if (k < 0 || k >= n) {
          if (m === 'raise') throw new ValueError('invalid entry in coordinates array');
          k = m === 'wrap' ? ((k % n) + n) % n : k < 0 ? 0 : n - 1;
        }
        out[i] += k * steps[d];
      }
    });
    return int64Array(out, full);
  },
  'host',
);

function splitFirst(a: ArrayValue): ArrayValue[] {
  if (a.ndim === 0) return [a];
  return Array.from({ length: a.shape[0] }, (_, i) =>
    a.face.view(a, a.dtype, a.shape.slice(1), a.strides.slice(1), a.offset + i * a.strides[0]),
  );
}

export interface Indices {
  (dimensions: readonly number[], dtype?: DTypeLike): NDArray;
  (dimensions: readonly number[], dtype: DTypeLike, sparse: true): NDArray[];
  (dimensions: readonly number[], kw: { dtype?: DTypeLike; sparse: true }): NDArray[];
  (dimensions: readonly number[], kw: { dtype?: DTypeLike; sparse?: false }): NDArray;
}

/**
 * The coordinates of a grid: an array of shape (number of axes, ...dimensions) whose k-th part varies along axis k alone; with `sparse` a list of
 * arrays that broadcast to it.
 * @example np.indices([2, 3]).shape // → [ 2, 2, 3 ]
 */
export const indices: Indices = /*@__PURE__*/ fn(
  'indices',
  "dimensions, dtype=<class 'int'>, sparse=False",
  (dimensions, dtype, sparse) => {
    const dims = asShape(dimensions);
    const type = dtype === undefined || dtype === null ? int64 : asDtype(dtype);
    const lines = dims.map((n, d) => {
      const line = ramp(n, dims.length, d);
      if (type === int64) return line;
      const cast = allocate(line.shape, type);
      assignTo(cast, line);
      return cast;
    });
    if (sparse) return IndexTuple.from_(lines);
    const out = allocate([dims.length, ...dims], type);
    lines.forEach((line, d) => {
      if (line.size > 0 && out.size > 0)
        assignTo(out.face.view(out, type, dims, out.strides.slice(1), d * out.strides[0]), line);
    });
    return out;
  },
  'host',
);

/**
 * Indices of the main diagonal of an array with `ndim` axes of length n.
 * @example
 * const a = np.zeros([2, 2]);
 * a.set(np.diag_indices(2), 7);
 * a; // → array([[7., 0.],
 * //          [0., 7.]])
 */
export const diag_indices: (n: number, ndim?: number | { ndim?: number }) => NDArray[] = /*@__PURE__*/ fn(
  'diag_indices',
  'n, ndim=2',
  (n, ndim) => {
    const line = ramp(asShape(n)[0]);
    return IndexTuple.from_(new Array<NDArray>(ndim).fill(line));
  },
  'host',
);

/**
 * Indices of the main diagonal of an array whose axes have one length.
 *
 * @throws ValueError for fewer than two axes, or axes of different lengths
 * @example np.diag_indices_from(np.zeros([3, 3]))[0] // → array([0, 1, 2])
 */
export const diag_indices_from: (arr: ArrayLike) => NDArray[] = /*@__PURE__*/ fn(
  'diag_indices_from',
  'arr',
  (arr) => {
    const { shape } = toArray(arr);
    if (shape.length < 2) throw new ValueError('input array must be at least 2-d');
    if (shape.some((n) => n !== shape[0])) throw new ValueError('All dimensions of input must be of equal length');
    return diag_indices(shape[0], shape.length);
  },
  'host',
);

/** Row and column numbers of the places of an n by m matrix where `keep(column - row)`. */
function triangle(n: number, m: number, first: (row: number) => number, last: (row: number) => number): NDArray[] {
  let count = 0;
  const from = (i: number): number => Math.min(m, Math.max(0, first(i)));
  const to = (i: number): number => Math.min(m, Math.max(0, last(i)));
  for (let i = 0; i < n; i++) count += Math.max(0, to(i) - from(i));
  const rows = new Float64Array(count);
  const columns = new Float64Array(count);
  let k = 0;
  for (let i = 0; i < n; i++) {
    const end = to(i);
    for (let j = from(i); j < end; j++) {
      rows[k] = i;
      columns[k++] = j;
    }
  }
  return IndexTuple.from_([int64Array(rows), int64Array(columns)]);
}

export interface TriangleIndices {
  (n: number, k?: number, m?: number | null): NDArray[];
  (n: number, kw: { k?: number; m?: number | null }): NDArray[];
}

/**
 * Row and column indices of the lower triangle of an n by m matrix, diagonal k included.
 * @example np.arange(9).reshape(3, 3).at(np.tril_indices(3)) // → array([0, 3, 4, 6, 7, 8])
 */
export const tril_indices: TriangleIndices = /*@__PURE__*/ fn(
  'tril_indices',
  'n, k=0, m=None',
  (n, k, m) => {
    const last = lastDiagonal(k);
    return triangle(
      counted(n),
      counted(m ?? n),
      () => 0,
      (i) => i + last + 1,
    );
  },
  'host',
);

/**
 * Row and column indices of the upper triangle of an n by m matrix, diagonal k included.
 * @example np.arange(9).reshape(3, 3).at(np.triu_indices(3, 1)) // → array([1, 2, 5])
 */
export const triu_indices: TriangleIndices = /*@__PURE__*/ fn(
  'triu_indices',
  'n, k=0, m=None',
  (n, k, m) => {
    const begin = firstDiagonal(k);
    return triangle(
      counted(n),
      counted(m ?? n),
      (i) => i + begin,
      () => Number.POSITIVE_INFINITY,
    );
  },
  'host',
);

function matrixShape(arr: unknown): readonly number[] {
  const { shape } = toArray(arr);
  if (shape.length !== 2) throw new ValueError('input array must be 2-d');
  return shape;
}

/**
 * Indices of the lower triangle of a matrix. @throws ValueError `input array must be 2-d`
 * @example np.tril_indices_from(np.zeros([2, 2]))[1] // → array([0, 0, 1])
 */
export const tril_indices_from: (arr: ArrayLike, k?: number | { k?: number }) => NDArray[] = /*@__PURE__*/ fn(
  'tril_indices_from',
  'arr, k=0',
  (arr, k) => {
    const [n, m] = matrixShape(arr);
    return tril_indices(n, k, m);
  },
  'host',
);

/**
 * Indices of the upper triangle of a matrix. @throws ValueError `input array must be 2-d`
 * @example np.triu_indices_from(np.zeros([2, 2]))[1] // → array([0, 1, 1])
 */
export const triu_indices_from: (arr: ArrayLike, k?: number | { k?: number }) => NDArray[] = /*@__PURE__*/ fn(
  'triu_indices_from',
  'arr, k=0',
  (arr, k) => {
    const [n, m] = matrixShape(arr);
    return triu_indices(n, k, m);
  },
  'host',
);

/**
 * Indices of the elements of an n by n matrix that a masking function such as `np.triu` keeps.
 *
 * @param mask_func called with a matrix of ones and k; what is not zero in its result counts
 * @example np.mask_indices(3, np.triu)[0] // → array([0, 0, 0, 1, 1, 2])
 */
export const mask_indices: (n: number, mask_func: (a: NDArray, k: any) => ArrayLike, k?: unknown) => NDArray[] =
  /*@__PURE__*/ fn(
    'mask_indices',
    'n, mask_func, k=0',
    (n, mask, k) => IndexTuple.from_(nonzeroOf(toArray(mask(int64Array(new Float64Array(n * n).fill(1), [n, n]), k)))),
    'host',
  );
