import { allocate, toArray } from '../../core/coerce.js';
import { complex128, float64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { component, permute, reshapeTo, withDtype } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import { applyRow } from '../../core/ops/execute.js';
import { add, divide } from '../../core/ops/ufuncs/arithmetic.js';
import { canCast } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { sameShape } from '../../core/view.js';
import { linspace } from '../creation/index.js';
import { diff } from '../manipulation/diff.js';
import { type Bins, binsOf, countable, outerEdges, type Range, roundingOf } from './bin-edges.js';
import { float64Of, floats, floatsOf, int64Of, rank, ranks } from './binning.js';
import { type ArrayLike, type ArrayValue, isInexact, type NDArray, sizeOf } from './common.js';
import { writer } from './lanes.js';
import { Steps } from './steps.js';

/** Histograms. */

/** Names of the rules that estimate the width of bins from the data. */
export type BinRule = 'auto' | 'fd' | 'doane' | 'scott' | 'stone' | 'rice' | 'sturges' | 'sqrt';

/** Keywords of `histogram`. */
export interface HistogramKeywords {
  /** How many bins of one width, their edges, or the rule that finds their width. */
  bins?: number | BinRule | ArrayLike;
  /** The ends of the first and the last bin; those of the data unless given. */
  range?: readonly [number, number] | null;
  /** Divides by the total and the widths, so that the integral is 1. */
  density?: boolean | null;
  weights?: ArrayLike | null;
}
export type HistogramFunction = (
  a: ArrayLike,
  bins?: number | BinRule | ArrayLike | HistogramKeywords,
  range?: readonly [number, number] | null | HistogramKeywords,
  density?: boolean | null | HistogramKeywords,
  weights?: ArrayLike | null | HistogramKeywords,
  kw?: HistogramKeywords,
) => [NDArray, NDArray];

/** Values that NumPy counts together; sums of weights begin anew with each block. */
const BLOCK = 65536;

const ALL = { axis: null, dtype: null, out: null, keepdims: false, initial: undefined, where: null } as const;

/** The bin of each value among bins of one width, or -1 outside; found by division and then set right at the edges. */
function evenPlaces(v: Float64Array, b: Bins): Int32Array {
  const { first, last, count } = b.even as NonNullable<Bins['even']>;
  const r = roundingOf(b.edges.dtype);
  const span = r(last - first);
  const { values: edges } = b;
  const out = new Int32Array(v.length);
  for (let i = 0; i < v.length; i++) {
    const x = v[i];
    if (!(x >= first && x <= last)) {
      out[i] = -1;
      continue;
    }
    let k = Math.trunc(r(r(r(r(x) - first) / span) * count));
    if (k === count) k--;
    if (x < edges[k]) k--;
    else if (x >= edges[k + 1] && k !== count - 1) k++;
    out[i] = k;
  }
  return out;
}

/** The bin of each value among any bins, or -1 outside. The last bin includes its right edge. */
function places(v: Float64Array, edges: Float64Array): Int32Array {
  const top = edges[edges.length - 1];
  const at = ranks(edges, v, true);
  const out = new Int32Array(v.length);
  for (let i = 0; i < out.length; i++) {
    const x = v[i];
    out[i] = x !== x || x > top ? -1 : x === top ? edges.length - 2 : at[i] - 1;
  }
  return out;
}

/** Sums of weights block by block. Without bins of one width NumPy takes differences of running sums over sorted values. */
function weighted(v: Float64Array, at: Int32Array, w: Float64Array, b: Bins, r: (x: number) => number): Float64Array {
  const n = b.values.length - 1;
  const out = new Float64Array(n);
  if (b.even !== null) {
    for (let from = 0; from < v.length; from += BLOCK) {
      const part = new Float64Array(n);
      for (let i = from; i < Math.min(v.length, from + BLOCK); i++) if (at[i] >= 0) part[at[i]] += w[i];
      for (let k = 0; k < n; k++) out[k] = r(out[k] + r(part[k]));
    }
    return out;
  }
  const total = new Float64Array(n + 1);
  for (let from = 0; from < v.length; from += BLOCK) {
    const to = Math.min(v.length, from + BLOCK);
    const order = Array.from({ length: to - from }, (_, i) => from + i).sort((i, j) =>
      v[i] < v[j] ? -1 : v[i] > v[j] ? 1 : Number(Number.isNaN(v[i])) - Number(Number.isNaN(v[j])) || i - j,
    );
    const sorted = Float64Array.from(order, (i) => v[i]);
    const sums = new Float64Array(order.length + 1);
    order.forEach((i, k) => {
      sums[k + 1] = r(sums[k] + w[i]);
    });
    for (let k = 0; k <= n; k++) total[k] = r(total[k] + sums[rank(sorted, b.values[k], k === n)]);
  }
  for (let k = 0; k < n; k++) out[k] = r(total[k + 1] - total[k]);
  return out;
}

/** Counts in bins of one width, in double precision; what {@link evenPlaces} finds, without a list of places. */
function evenCounts(v: Float64Array, b: Bins): Int32Array {
  const { first, last, count } = b.even as NonNullable<Bins['even']>;
  const span = last - first;
  const { values: edges } = b;
  const out = new Int32Array(count);
  for (let i = 0; i < v.length; i++) {
    const x = v[i];
    if (!(x >= first && x <= last)) continue;
    let k = (((x - first) / span) * count) | 0;
    if (k === count) k--;
    if (x < edges[k]) k--;
    else if (x >= edges[k + 1] && k !== count - 1) k++;
    out[k]++;
  }
  return out;
}

function counted(v: Float64Array, weights: ArrayValue | null, b: Bins): NDArray {
  const n = b.values.length - 1;
  if (weights === null && b.even !== null && b.edges.dtype === float64 && n < 2 ** 31)
    return int64Of(evenCounts(v, b), [n]);
  const at = b.even === null ? places(v, b.values) : evenPlaces(v, b);
  if (weights === null) {
    const count = new Float64Array(n);
    for (let i = 0; i < at.length; i++) if (at[i] >= 0) count[at[i]]++;
    return int64Of(count, [n]);
  }
  const type = weights.dtype;
  const out = allocate([n], type) as NDArray;
  const put = writer(out);
  if (type.kind === 'c') {
    const wide = withDtype(weights, complex128);
    const [re, im] = [0, 1].map((k) => weighted(v, at, floats(component(wide, k as 0 | 1)), b, (x) => x));
    for (let k = 0; k < n; k++) put(k, re[k], im[k]);
    return out;
  }
  const sums = weighted(v, at, floats(weights), b, roundingOf(type));
  for (let k = 0; k < n; k++) put(k, type.itemsize === 8 && !isInexact(type) ? BigInt(sums[k]) : sums[k]);
  return out;
}

function weightsOf(a: ArrayValue, weights: unknown): ArrayValue | null {
  if (weights === null) return null;
  const w = toArray(weights);
  if (!sameShape(w.shape, a.shape)) throw new ValueError('weights should have the same shape as a.');
  return w;
}

/**
 * Counts values in bins.
 *
 * Bins include their left edge and not their right one, except for the last, which includes both. NaN and values outside are not counted.
 *
 * @returns [counts, edges]: int64 counts (or sums in the weights' dtype, or float64 densities), and one edge more than there are bins
 * @throws ValueError for bins that do not ascend, an infinite range, or weights of another shape
 * @example np.histogram([1, 2, 1], [0, 1, 2, 3]) // → [ array([0, 2, 1]), array([0., 1., 2., 3.]) ]
 */
export const histogram: HistogramFunction = /*@__PURE__*/ fn<HistogramFunction>(
  'histogram',
  'a, bins=10, range=None, density=None, weights=None',
  (x, bins, range, density, weights) => {
    const a = countable(x);
    const w = weightsOf(a, weights);
    const b = binsOf(a, bins, range as Range, w !== null);
    const counts = counted(floatsOf(a), w, b);
    if (!density) return [counts, b.edges];
    const s = new Steps();
    s.own(counts);
    const widths = s.own(withDtype(diff(b.edges), float64));
    return [
      s.end(applyRow(divide, [s.do(divide, counts, widths), s.own(reduceRow(add, counts, ALL))]) as ArrayValue),
      b.edges,
    ];
  },
  'host',
);

/** Keywords of `histogram_bin_edges`. */
export type BinEdgesKeywords = Omit<HistogramKeywords, 'density'>;
export type BinEdgesFunction = (
  a: ArrayLike,
  bins?: number | BinRule | ArrayLike | BinEdgesKeywords,
  range?: readonly [number, number] | null | BinEdgesKeywords,
  weights?: ArrayLike | null | BinEdgesKeywords,
  kw?: BinEdgesKeywords,
) => NDArray;

/**
 * The edges of the bins that {@link histogram} would use.
 *
 * @throws ValueError for bins that do not ascend or an infinite range
 * @example np.histogram_bin_edges([0, 1, 4], 2) // → array([0., 2., 4.])
 */
export const histogram_bin_edges: BinEdgesFunction = /*@__PURE__*/ fn<BinEdgesFunction>(
  'histogram_bin_edges',
  'a, bins=10, range=None, weights=None',
  (x, bins, range, weights) => {
    const a = countable(x);
    return binsOf(a, bins, range as Range, weightsOf(a, weights) !== null).edges;
  },
  'host',
);

/** Bins of one dimension of several. */
function dimension(sample: ArrayValue, bins: unknown, range: Range, i: number): NDArray {
  const b = typeof bins === 'number' || typeof bins === 'bigint' ? null : toArray(bins);
  if (b === null || b.ndim === 0) {
    const count = Number(b === null ? bins : b.valueOf());
    if (count < 1) throw new ValueError(`\`bins[${i}]\` must be positive, when an integer`);
    if (!Number.isInteger(count)) throw new TypeError(`\`bins[${i}]\` must be an integer, when a scalar`);
    const { first, last } = outerEdges(sample, range);
    return linspace(first, last, count + 1) as unknown as NDArray;
  }
  if (b.ndim !== 1) throw new ValueError(`\`bins[${i}]\` must be a scalar or 1d array`);
  const v = floats(b);
  for (let k = 1; k < v.length; k++)
    if (v[k - 1] > v[k]) throw new ValueError(`\`bins[${i}]\` must be monotonically increasing, when an array`);
  return b as NDArray;
}

/** The number of entries of a `bins` argument, or null for one integer. */
const entries = (bins: unknown): number | null =>
  Array.isArray(bins)
    ? bins.length
    : typeof bins === 'number' || typeof bins === 'bigint'
      ? null
      : toArray(bins).ndim === 0
        ? null
        : toArray(bins).shape[0];

function multi(
  columns: readonly ArrayValue[],
  bins: unknown,
  range: unknown,
  density: unknown,
  weights: unknown,
): [NDArray, NDArray[]] {
  const D = columns.length;
  const m = entries(bins);
  if (m !== null && m !== D)
    throw new ValueError('The dimension of bins must be equal to the dimension of the sample x.');
  const list = m === null ? columns.map(() => bins) : Array.isArray(bins) ? bins : [...floats(toArray(bins))];
  const ranges = range === null ? columns.map(() => null) : (range as Range[]);
  if (ranges.length !== D) throw new ValueError('range argument must have one entry per dimension');
  const edges = columns.map((c, i) => dimension(c, list[i], ranges[i] ?? null, i));
  const shape = edges.map((e) => e.size - 1);
  if (shape.reduce((p, k) => p * (k + 2), 1) >= 2 ** 60)
    throw new ValueError('invalid dims: array size defined by dims is larger than the maximum possible size.');
  const n = columns[0]?.size ?? 0;
  const flat = new Float64Array(n);
  columns.forEach((c, i) => {
    const at = places(floatsOf(c), floats(edges[i]));
    for (let k = 0; k < n; k++) flat[k] = flat[k] < 0 || at[k] < 0 ? -1 : flat[k] * shape[i] + at[k];
  });
  let w: Float64Array | null = null;
  if (weights !== null) {
    const given = toArray(weights);
    if (!canCast(given.dtype, float64, 'safe'))
      throw new TypeError(
        `Cannot cast array data from ${given.dtype.repr()} to ${float64.repr()} according to the rule 'safe'`,
      );
    if (given.size !== n) throw new ValueError("The weights and list don't have the same length.");
    w = floats(given);
  }
  const sums = new Float64Array(sizeOf(shape));
  for (let k = 0; k < n; k++) if (flat[k] >= 0) sums[flat[k]] += w === null ? 1 : w[k];
  let hist: ArrayValue = float64Of(sums, shape);
  if (density) {
    const s = new Steps();
    const total = s.own(reduceRow(add, s.own(hist), ALL));
    edges.forEach((e, i) => {
      hist = s.do(
        divide,
        hist,
        reshapeTo(
          s.own(diff(e) as ArrayValue),
          shape.map((c, k) => (k === i ? c : 1)),
        ),
      );
    });
    hist = s.end(applyRow(divide, [hist, total]) as ArrayValue);
  }
  return [hist as NDArray, edges];
}

/** Keywords of `histogramdd`. */
export interface HistogramddKeywords {
  bins?: number | readonly (number | ArrayLike)[] | ArrayLike;
  range?: readonly (readonly [number, number] | null)[] | null;
  density?: boolean | null;
  weights?: ArrayLike | null;
}
export type HistogramddFunction = (
  sample: ArrayLike,
  bins?: HistogramddKeywords['bins'] | HistogramddKeywords,
  ...rest: any[]
) => [NDArray, NDArray[]];

/**
 * Counts points in a grid of bins.
 *
 * @param sample an array of shape (points, dimensions), or a list of one sequence for each dimension
 * @returns [counts as float64, list of the edges of each dimension]
 * @throws ValueError for bins or ranges that do not fit the dimensions
 * @example np.histogramdd([[0, 1, 1], [0, 0, 1]], 2)[0] // → array([[1., 0.],
 * //          [1., 1.]])
 */
export const histogramdd: HistogramddFunction = /*@__PURE__*/ fn<HistogramddFunction>(
  'histogramdd',
  'sample, bins=10, range=None, density=None, weights=None',
  (sample, bins, range, density, weights) => {
    const given = toArray(sample);
    // An array holds points in rows; a list holds one sequence for each dimension.
    const byPoint = sample === given && given.ndim === 2;
    const rows = byPoint ? permute(given, [1, 0]) : given.ndim < 2 ? reshapeTo(given, [1, given.size]) : given;
    const columns = Array.from({ length: rows.shape[0] }, (_, i) =>
      rows.face.view(rows, rows.dtype, [rows.shape[1]], [rows.strides[1]], rows.offset + i * rows.strides[0]),
    );
    return multi(columns, bins, range, density, weights);
  },
  'host',
);

export type Histogram2dFunction = (
  x: ArrayLike,
  y: ArrayLike,
  bins?: HistogramddKeywords['bins'] | HistogramddKeywords,
  ...rest: any[]
) => [NDArray, NDArray, NDArray];

/**
 * Counts points of a plane in a grid of bins.
 *
 * @param bins one number for both axes, [number or edges of x, of y], or the edges of both
 * @returns [counts as float64, edges of x, edges of y]
 * @throws ValueError when x and y differ in length
 * @example np.histogram2d([0, 1, 1], [0, 0, 1], 2)[0] // → array([[1., 0.],
 * //          [1., 1.]])
 */
export const histogram2d: Histogram2dFunction = /*@__PURE__*/ fn<Histogram2dFunction>(
  'histogram2d',
  'x, y, bins=10, range=None, density=None, weights=None',
  (x, y, bins, range, density, weights) => {
    const columns = [toArray(x), toArray(y)];
    if (columns[0].shape[0] !== columns[1].shape[0]) throw new ValueError('x and y must have the same length.');
    const n = entries(bins);
    const both = n !== null && n !== 1 && n !== 2 ? [bins, bins] : bins;
    const [hist, edges] = multi(columns, both, range, density, weights);
    return [hist, edges[0], edges[1]];
  },
  'host',
);
