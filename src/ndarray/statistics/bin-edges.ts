import { toArray } from '../../core/coerce.js';
import { byName, type DType, float64 } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { roundHalf } from '../../core/ir/evaluate.js';
import { castTo } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import { maximum, minimum } from '../../core/ops/ufuncs/arithmetic.js';
import { resultType } from '../../core/promote.js';
import { pythonText } from '../../core/scalars/index.js';
import { linspace } from '../creation/index.js';
import { floats } from './binning.js';
import { ArrayValue } from '../../core/array.js';
import { isInexact, type NDArray } from './common.js';
import { mean, std } from './moments.js';
import { percentile } from './quantile.js';

/** Edges of histogram bins: given, of equal width, or estimated from the data. */

const ALL = { axis: null, dtype: null, out: null, keepdims: false, initial: undefined, where: null } as const;

/** Data ready to be counted. Bool is read as uint8, with a warning, as NumPy does. */
export function countable(x: unknown): ArrayValue {
  const a = toArray(x);
  if (a.dtype.kind !== 'b') return a;
  warn('RuntimeWarning', "Converting input from bool to <class 'numpy.uint8'> for compatibility.");
  return castTo(a, byName.uint8);
}

export type Range = readonly [number, number] | null;

/** Lowest and highest edge, and the dtypes they come with: those of the data, or none for numbers. */
interface Outer {
  readonly first: number;
  readonly last: number;
  readonly dtype: DType | null;
}

const name = (v: number): string => pythonText(v);

export function outerEdges(a: ArrayValue, range: Range): Outer {
  let [first, last] = [0, 1];
  let dtype: DType | null = null;
  if (range !== null) {
    const given = Array.isArray(range) ? range : toArray(range);
    const pair: ArrayLike<unknown> = Array.isArray(given) ? given : floats(given);
    [first, last] = [Number(pair[0]), Number(pair[1])];
    const strong = (Array.isArray(given) ? given : [given]).filter((v) => v instanceof ArrayValue);
    if (strong.length > 0) dtype = resultType(strong.map((v) => v.dtype));
    if (first > last) throw new ValueError('max must be larger than min in range parameter.');
    if (!Number.isFinite(first) || !Number.isFinite(last))
      throw new ValueError(`supplied range of [${name(first)}, ${name(last)}] is not finite`);
  } else if (a.size > 0) {
    const [low, high] = [reduceRow(minimum, a, ALL), reduceRow(maximum, a, ALL)];
    first = Number(low.valueOf());
    last = Number(high.valueOf());
    dtype = a.dtype;
    if (!Number.isFinite(first) || !Number.isFinite(last))
      throw new ValueError(`autodetected range of [${name(first)}, ${name(last)}] is not finite`);
  }
  if (first === last) {
    first -= 0.5;
    last += 0.5;
    if (dtype !== null && !isInexact(dtype)) dtype = float64;
  }
  return { first, last, dtype };
}

type Estimator = (x: ArrayValue, values: Float64Array, span: number, range: readonly [number, number]) => number;

const scalar = (v: unknown): number => Number((v as { valueOf(): unknown }).valueOf());

const sturges: Estimator = (_, v, span) => span / (Math.log2(v.length) + 1);
const root: Estimator = (_, v, span) => span / Math.sqrt(v.length);
const freedman: Estimator = (x, v) => {
  const q = floats(percentile(x as NDArray, [75, 25]) as ArrayValue);
  return 2 * (q[0] - q[1]) * v.length ** (-1 / 3);
};

const stone: Estimator = (_, v, span, range) => {
  const n = v.length;
  if (n <= 1 || span === 0) return 0;
  const most = Math.max(100, Math.trunc(Math.sqrt(n)));
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let bins = 1; bins <= most; bins++) {
    const h = span / bins;
    const counts = new Float64Array(bins);
    const width = (range[1] - range[0]) / bins;
    for (const x of v) counts[Math.min(bins - 1, Math.floor((x - range[0]) / width))]++;
    let s = 0;
    for (const c of counts) s += (c / n) ** 2;
    const loss = (2 - (n + 1) * s) / h;
    if (loss < least) {
      least = loss;
      best = bins;
    }
  }
  if (best === most) warn('RuntimeWarning', 'The number of bins estimated may be suboptimal.');
  return span / best;
};

const doane: Estimator = (x, v, span) => {
  const n = v.length;
  if (n <= 2) return 0;
  const sg = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const sigma = scalar(std(x as NDArray));
  if (!(sigma > 0)) return 0;
  const center = scalar(mean(x as NDArray));
  let s = 0;
  for (const e of v) s += ((e - center) / sigma) ** 3;
  return span / (1 + Math.log2(n) + Math.log2(1 + Math.abs(s / n) / sg));
};

/** Widths of bins, by the names of their rules. */
const ESTIMATORS: Readonly<Record<string, Estimator>> = {
  stone,
  auto: (x, v, span, range) =>
    Math.min(Math.max(freedman(x, v, span, range), root(x, v, span, range) / 2), sturges(x, v, span, range)),
  doane,
  fd: freedman,
  rice: (_, v, span) => span / (2 * v.length ** (1 / 3)),
  scott: (x, v) => ((24 * Math.PI ** 0.5) / v.length) ** (1 / 3) * scalar(std(x as NDArray)),
  sqrt: root,
  sturges,
};

/** How the bins lie: their edges, and when they have one width its ends and their number. */
export interface Bins {
  readonly edges: NDArray;
  readonly values: Float64Array;
  readonly even: { readonly first: number; readonly last: number; readonly count: number } | null;
}

export const roundingOf = (d: DType): ((x: number) => number) =>
  d.name === 'float32' ? Math.fround : d.name === 'float16' ? roundHalf : (x) => x;

function estimated(a: ArrayValue, name: string, range: Range): number {
  if (!Object.hasOwn(ESTIMATORS, name)) throw new ValueError(`'${name}' is not a valid estimator for \`bins\``);
  const { first, last } = outerEdges(a, range);
  let v = floats(a);
  let x = a;
  if (range !== null && !v.every((e) => e >= first && e <= last)) {
    v = v.filter((e) => e >= first && e <= last);
    x = toArray(v);
  }
  if (v.length === 0) return 1;
  const span = v.reduce((p, q) => Math.max(p, q), v[0]) - v.reduce((p, q) => Math.min(p, q), v[0]);
  let width = ESTIMATORS[name](x, v, span, [first, last]);
  if (!width) return 1;
  if (!isInexact(a.dtype) && width < 1) width = 1;
  return Math.ceil((last - first) / width);
}

/** The bins of a histogram. */
export function binsOf(a: ArrayValue, bins: unknown, range: Range, weighted: boolean): Bins {
  let count: number;
  if (typeof bins === 'string') {
    if (weighted && Object.hasOwn(ESTIMATORS, bins))
      throw new TypeError('Automated estimation of the number of bins is not supported for weighted data');
    count = estimated(a, bins, range);
  } else {
    const b = typeof bins === 'number' || typeof bins === 'bigint' ? null : toArray(bins);
    if (b === null || b.ndim === 0) {
      count = b === null ? Number(bins) : Number(b.valueOf());
      if (!Number.isInteger(count)) throw new TypeError('`bins` must be an integer, a string, or an array');
      if (count < 1) throw new ValueError('`bins` must be positive, when an integer');
    } else {
      if (b.ndim !== 1) throw new ValueError('`bins` must be 1d, when an array');
      const values = floats(b);
      for (let i = 1; i < values.length; i++)
        if (values[i - 1] > values[i]) throw new ValueError('`bins` must increase monotonically, when an array');
      return { edges: b as NDArray, values, even: null };
    }
  }
  const { first, last, dtype } = outerEdges(a, range);
  let type = dtype === null ? resultType([a.dtype], ['float']) : resultType([dtype, a.dtype]);
  if (!isInexact(type)) type = resultType([type, float64]);
  // Integers stay numbers: as 64-bit ones the greatest of them would not fit.
  const strong = (v: number): unknown => (dtype === null || !isInexact(dtype) ? v : castTo(toArray(v), dtype));
  const edges = linspace(strong(first) as number, strong(last) as number, {
    num: count + 1,
    endpoint: true,
    dtype: type,
  }) as unknown as NDArray;
  const values = floats(edges);
  for (let i = 1; i < values.length; i++) {
    if (values[i - 1] >= values[i])
      throw new ValueError(`Too many bins for data range. Cannot create ${count} finite-sized bins.`);
  }
  return { edges, values, even: { first, last, count } };
}
