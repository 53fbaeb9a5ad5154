import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { CONTAINER, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { type DType, float64, int64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { concatenateTo } from '../../core/ops/join.js';
import { broadcastTo, castTo, expandAxes, packTo, reshapeTo } from '../../core/ops/move.js';
import { resultType } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { broadcastShapes } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { direct, newArray } from './make.js';
import { arange } from './range.js';
import { type GridSlice, readKey } from './slices.js';

/** Coordinate grids. */

export interface MeshgridKeywords {
  copy?: boolean;
  sparse?: boolean;
  indexing?: 'xy' | 'ij';
}
export interface Meshgrid {
  <A extends ArrayLike>(...xi: A[]): Like<A>[];
  (...xi: [...ArrayLike[], MeshgridKeywords]): NDArray[];
}

/**
 * Coordinate matrices from coordinate vectors.
 *
 * @param indexing 'xy': the second axis runs along the first vector, as plots do; 'ij': axes in order
 * @param sparse vectors with axes of length 1 that broadcast to the grid, instead of full matrices
 * @param copy false: full matrices are broadcast views
 * @returns as many arrays as vectors
 * @throws ValueError ``Valid values for `indexing` are 'xy' and 'ij'.``
 * @example np.meshgrid([0, 1, 2], [0, 1])[1] // → array([[0., 0., 0.],
 * //          [1., 1., 1.]])
 */
export const meshgrid: Meshgrid = /*@__PURE__*/ fn(
  'meshgrid',
  "*xi, copy=True, sparse=False, indexing='xy'",
  (xi: unknown[], copy, sparse, indexing) => {
    if (indexing !== 'xy' && indexing !== 'ij') throw new ValueError("Valid values for `indexing` are 'xy' and 'ij'.");
    const n = xi.length;
    const swap = indexing === 'xy' && n > 1;
    let out = xi.map((given, i) => {
      const a = toArray(given);
      const shape = new Array<number>(n).fill(1);
      shape[swap && i < 2 ? 1 - i : i] = a.size;
      return packTo(a, shape);
    });
    if (!sparse) {
      const shape = broadcastShapes(out.map((a) => a.shape));
      out = out.map((a) => broadcastTo(a, shape));
    }
    return copy ? out.map((a) => castTo(a, a.dtype, 'C')) : out;
  },
);

/** The positions of one slice as a vector in the grid's dtype. */
function lineOf(s: GridSlice, dtype: DType): NDArray {
  if (s.stop === null) throw new TypeError("unsupported operand type(s) for -: 'NoneType' and 'int'");
  const { start, stop } = s;
  const n = s.points ?? Math.max(0, Math.ceil((stop.value - start.value) / s.step.value));
  const step = s.points === null ? s.step.value : s.points === 1 ? 1 : (stop.value - start.value) / (s.points - 1);
  const out = newArray([n], float64);
  const { array, base } = typedView(out.buffer as HostBuffer, CONTAINER.float64);
  for (let i = 0; i < n; i++) array[base + i] = i * step + start.value;
  return dtype === float64 ? out : (castTo(out, dtype) as NDArray);
}

const gridType = (slices: readonly GridSlice[]): DType =>
  resultType(
    slices.flatMap((s) => [s.start, s.stop, s.step].flatMap((b) => (b?.dtype ? [b.dtype] : []))),
    slices.flatMap((s) => [
      ...[s.start, s.stop, s.step].flatMap((b) =>
        b && !b.dtype ? [b.float ? ('float' as const) : ('int' as const)] : [],
      ),
      ...(s.points === null ? [] : ['float' as const]),
    ]),
  );

/** A key that is a single slice gives its line itself. */
function single(s: GridSlice): NDArray {
  if (s.points !== null) return lineOf(s, float64);
  const type = [s.start, s.stop, s.step].some((b) => b?.float) ? float64 : int64;
  return s.stop === null
    ? (arange as any)(s.start.value, null, s.step.value, type)
    : (arange as any)(s.start.value, s.stop.value, s.step.value, type);
}

/** What a grid maker takes: slices (text such as `'0:5'` or `'0:1:5j'`, or `np.slice`), or one text with commas. */
export type GridKey = readonly (string | { readonly start: unknown; readonly stop: unknown; readonly step: unknown })[];

/** The open grid's vectors, each along its own axis. */
const openGrid = (slices: readonly GridSlice[]): NDArray[] => {
  const type = gridType(slices);
  return slices.map((s, k) => {
    const line = lineOf(s, type);
    return reshapeTo(
      line,
      slices.map((_, d) => (d === k ? line.size : 1)),
    ) as NDArray;
  });
};

/**
 * A dense grid: for k slices, an array of k coordinate matrices stacked along a first axis. A step of `5j` means five points, ends included.
 * A single slice gives the vector itself.
 *
 * @throws ValueError for text that is no slice
 * @example np.mgrid('0:5, 0:3').shape // → [ 2, 5, 3 ]
 */
export const mgrid: (...key: GridKey) => NDArray = /*@__PURE__*/ direct('mgrid', '*key', (key: unknown[]) => {
  const { slices, single: one } = readKey(key);
  if (one) return single(slices[0]);
  if (
    slices.some(
      (s) => s.points === null && s.stop !== null && Math.ceil((s.stop.value - s.start.value) / s.step.value) < 0,
    )
  )
    throw new ValueError('negative dimensions are not allowed');
  const open = openGrid(slices);
  const shape = open.map((a) => a.size);
  const full: ArrayValue[] = open.map((a) => expandAxes(broadcastTo(a, shape), [0]));
  // Broadcast lines are copied straight to their place in C order.
  const packed = full.map((a) => castTo(a, a.dtype, 'C'));
  return concatenateTo(packed, 0, open[0].dtype);
});

/**
 * An open grid: for k slices, k arrays that broadcast to the dense grid. A single slice gives the vector itself.
 * @example np.ogrid('0:5, 0:3')[1] // → array([[0, 1, 2]])
 */
export const ogrid: (...key: GridKey) => any = /*@__PURE__*/ direct('ogrid', '*key', (key: unknown[]) => {
  const { slices, single: one } = readKey(key);
  return one ? single(slices[0]) : openGrid(slices);
});
