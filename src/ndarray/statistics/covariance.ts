import { toArray } from '../../core/coerce.js';
import { bool, type DTypeLike, float64 } from '../../core/dtype.js';
import { RuntimeError, TypeError, ValueError, warn } from '../../core/errors.js';
import { DIVIDE, reportFlags } from '../../core/errstate.js';
import { concatenateTo } from '../../core/ops/join.js';
import { component, diagonalOf, permute, reshapeTo, squeezeAxes, withDtype } from '../../core/ops/move.js';
import { reduceRow } from '../../core/ops/reduce.js';
import { applyRow } from '../../core/ops/execute.js';
import * as arithmetic from '../../core/ops/ufuncs/arithmetic.js';
import { rint, sqrt } from '../../core/ops/ufuncs/elementary.js';
import * as logic from '../../core/ops/ufuncs/logic.js';
import { resultType } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { dot } from '../contraction/index.js';
import { setComponents } from './components.js';
import { type ArrayLike, type ArrayValue, discard, dtypeOf, readable, type Reduced } from './common.js';
import { average } from './moments.js';
import { real, Steps } from './steps.js';

/** Covariances and correlations. */

/** Keywords of `cov`. */
export interface CovKeywords {
  y?: ArrayLike | null;
  /** Whether rows are variables and columns observations (true), or the other way round. */
  rowvar?: boolean;
  /** Whether to divide by N instead of N - 1. */
  bias?: boolean;
  ddof?: number | null;
  /** How often each observation counts, as integers. */
  fweights?: ArrayLike | null;
  /** How much each observation weighs. */
  aweights?: ArrayLike | null;
  dtype?: DTypeLike | null;
}
export type CovFunction = <A extends ArrayLike>(
  m: A,
  y?: ArrayLike | null | CovKeywords,
  rowvar?: boolean | CovKeywords,
  bias?: boolean | CovKeywords,
  ddof?: number | null | CovKeywords,
  fweights?: ArrayLike | null | CovKeywords,
  aweights?: ArrayLike | null | CovKeywords,
  kw?: CovKeywords,
) => Reduced<A>;

const ALL = { axis: null, dtype: null, out: null, keepdims: false, initial: undefined, where: null } as const;

/** Whether a 0-d bool value is true; unknown values count as false. */
function holds(v: ArrayValue): boolean {
  if (!readable(v)) return false;
  const r = Boolean(v.valueOf());
  discard(v);
  return r;
}

const numberOf = (v: ArrayValue): number => Number(v.valueOf());

/** One kind of observation weights as float64, checked. */
function observationWeights(given: unknown, name: 'fweights' | 'aweights', count: number): ArrayValue {
  const w = withDtype(toArray(given), float64);
  if (name === 'fweights') {
    const s = new Steps();
    const off = s.end(reduceRow(logic.logical_or, s.do(logic.not_equal, w, s.do(rint, w)), { ...ALL, dtype: bool }));
    if (holds(off)) throw new TypeError('fweights must be integer');
  }
  if (w.ndim > 1) throw new RuntimeError(`cannot handle multidimensional ${name}`);
  if (w.shape[0] !== count) throw new RuntimeError(`incompatible numbers of samples and ${name}`);
  const s = new Steps();
  if (holds(s.end(reduceRow(logic.logical_or, s.do(logic.less, w, real(0)), { ...ALL, dtype: bool }))))
    throw new ValueError(`${name} cannot be negative`);
  return w;
}

const asRows = (a: ArrayValue): ArrayValue => (a.ndim < 2 ? reshapeTo(a, a.ndim === 0 ? [1, 1] : [1, a.shape[0]]) : a);

function covariance(
  m: ArrayValue,
  given: unknown,
  rowvar: boolean,
  bias: boolean,
  ddofGiven: number | null,
  fw: unknown,
  aw: unknown,
  dtype: DTypeLike | null,
): ArrayValue {
  if (ddofGiven !== null && !Number.isInteger(Number(ddofGiven))) throw new ValueError('ddof must be integer');
  if (m.ndim > 2) throw new ValueError('m has more than 2 dimensions');
  const y = given === null ? null : toArray(given);
  if (y !== null && y.ndim > 2) throw new ValueError('y has more than 2 dimensions');
  const type = dtypeOf(dtype) ?? resultType(y === null ? [m.dtype, float64] : [m.dtype, y.dtype, float64]);
  let x = asRows(withDtype(m, type));
  if (!rowvar && m.ndim !== 1) x = permute(x, [1, 0]);
  if (x.shape[0] === 0) return reshapeTo(withDtype(toArray([]), float64), [0, 0]);
  if (y !== null) {
    let other = asRows(withDtype(y, type));
    if (!rowvar && other.shape[0] !== 1) other = permute(other, [1, 0]);
    x = concatenateTo([x, other], 0, type);
  }
  const ddof = ddofGiven ?? (bias ? 0 : 1);
  const n = x.shape[1];
  const s = new Steps();
  let w: ArrayValue | null = null;
  const weights = aw === null ? null : observationWeights(aw, 'aweights', n);
  if (fw !== null) w = observationWeights(fw, 'fweights', n);
  if (weights !== null) w = w === null ? weights : s.do(arithmetic.multiply, w, weights);
  const [mean, sums] = average(x, { axis: 1, weights: w, returned: true }) as [ArrayValue, ArrayValue];
  s.own(mean);
  s.own(sums);
  let factor = n - ddof;
  if (w !== null) {
    const total = numberOf(applyRow(arithmetic.add, [reduceRow(arithmetic.add, w, ALL), real(0)]) as ArrayValue);
    if (ddof === 0) factor = total;
    else if (weights === null) factor = total - ddof;
    else
      factor = total - (ddof * numberOf(reduceRow(arithmetic.add, s.do(arithmetic.multiply, w, weights), ALL))) / total;
  }
  if (factor <= 0) {
    warn('RuntimeWarning', 'Degrees of freedom <= 0 for slice');
    factor = 0;
    reportFlags(DIVIDE, 'divide');
  }
  const centered = s.do(arithmetic.subtract, x, reshapeTo(mean, [x.shape[0], 1]));
  const right = w === null ? centered : s.do(arithmetic.multiply, centered, w);
  const turned = permute(right, [1, 0]);
  const c = s.own(dot(centered, type.kind === 'c' ? s.do(arithmetic.conjugate, turned) : turned) as ArrayValue);
  const scaled = applyRow(arithmetic.multiply, [c, real(1 / factor)]) as ArrayValue;
  s.end(scaled);
  return scaled.shape[0] === 1 ? squeezeAxes(scaled, [0, 1]) : scaled;
}

/**
 * Covariance matrix: element (i, j) is the covariance of variables i and j, the rows of `m` (and then those of `y`).
 *
 * @returns float64 at least; 0-d for one variable
 * @throws ValueError, TypeError, RuntimeError for shapes and weights that do not fit
 * @example np.cov([[0, 1, 2], [2, 1, 0]]) // → array([[ 1., -1.],
 * //          [-1.,  1.]])
 */
export const cov: CovFunction = /*@__PURE__*/ fn<CovFunction>(
  'cov',
  'm, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None',
  (m, y, rowvar, bias, ddof, fweights, aweights, dtype) =>
    covariance(toArray(m), y, Boolean(rowvar), Boolean(bias), ddof, fweights, aweights, dtype),
  'composite',
);

/** Keywords of `corrcoef`. */
export interface CorrKeywords {
  y?: ArrayLike | null;
  rowvar?: boolean;
  dtype?: DTypeLike | null;
}
export type CorrFunction = <A extends ArrayLike>(
  x: A,
  y?: ArrayLike | null | CorrKeywords,
  rowvar?: boolean | CorrKeywords,
  kw?: CorrKeywords,
) => Reduced<A>;

/**
 * Correlation coefficients of variables: their covariances over the product of their standard deviations, within -1 … 1.
 *
 * @returns float64 at least; 0-d for one variable
 * @example np.corrcoef([0, 1, 2], [2, 1, 0]) // → array([[ 1., -1.],
 * //          [-1.,  1.]])
 */
export const corrcoef: CorrFunction = /*@__PURE__*/ fn<CorrFunction>(
  'corrcoef',
  'x, y=None, rowvar=True, *, dtype=None',
  (x, y, rowvar, dtype) => {
    const c = covariance(toArray(x), y, Boolean(rowvar), false, null, null, null, dtype);
    const s = new Steps();
    if (c.ndim === 0) return applyRow(arithmetic.divide, [c, c]);
    s.own(c);
    const variances = diagonalOf(c, 0, 0, 1);
    const sd = s.do(sqrt, c.dtype.kind === 'c' ? component(variances, 0) : variances);
    const n = c.shape[0];
    const scaled = s.do(arithmetic.divide, s.do(arithmetic.divide, c, reshapeTo(sd, [n, 1])), reshapeTo(sd, [1, n]));
    if (c.dtype.kind !== 'c') return s.end(applyRow(arithmetic.clip, [scaled, real(-1), real(1)]) as ArrayValue);
    return s.end(setComponents(scaled, (part) => applyRow(arithmetic.clip, [part, real(-1), real(1)]) as ArrayValue));
  },
  'composite',
);
