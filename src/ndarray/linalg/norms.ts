import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { float64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { permute, reshapeTo, withDtype } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { normalizeAxes, normalizeAxis, sizeOf } from '../../core/view.js';
import { dot } from '../contraction/products.js';
import { imag, real } from '../manipulation/complex.js';
import { ravel } from '../manipulation/shape.js';
import { max, min, sum } from '../statistics/reductions.js';
import type { Like } from '../ufunc.js';
import { absolute, add, conjugate, multiply, not_equal, power, sqrt } from '../ufuncs.js';
import { singularValues } from './singular.js';

/** Norms of vectors and of matrices. */

/** Which norm: of vectors any number, 0 counts what is not zero; of matrices 1, -1, 2, -2, ±Infinity, 'fro' and 'nuc'. */
export type Order = number | 'fro' | 'nuc' | 'f' | null;

export interface NormKeywords {
  ord?: Order;
  /** One axis: norms of vectors; two: norms of matrices; null: of all elements. */
  axis?: number | readonly number[] | null;
  keepdims?: boolean;
}
type Norm = <A extends ArrayLike>(
  x: A,
  ord?: Order | NormKeywords,
  axis?: number | readonly number[] | null | NormKeywords,
  keepdims?: boolean | NormKeywords,
  kw?: NormKeywords,
) => Like<A>;

type F = (...args: any[]) => ArrayValue;
const [maxOf, minOf, sumOf, abs, root, flat] = [max, min, sum, absolute, sqrt, ravel] as unknown as F[];

/** |x|² of each element: the real part of its product with its conjugate. */
const squares = (x: ArrayValue): ArrayValue =>
  x.dtype.kind === 'c' ? (real(multiply(conjugate(x), x)) as ArrayValue) : (multiply(conjugate(x), x) as ArrayValue);

/** A number, also one that stands in an array or is a bigint; text and null as they are. */
const plainOrder = (ord: unknown): unknown =>
  ord === null || ord === undefined ? null : typeof ord === 'string' ? ord : Number(ord);

function vectorNorm(x: ArrayValue, ord: unknown, axis: number, keepdims: boolean): ArrayValue {
  const o = { axis, keepdims };
  if (ord === Number.POSITIVE_INFINITY) return maxOf(abs(x), { ...o, initial: 0 });
  if (ord === Number.NEGATIVE_INFINITY) return minOf(abs(x), o);
  if (ord === 0) {
    const part = x.dtype.kind === 'c' ? (real(x) as ArrayValue).dtype : x.dtype;
    return sumOf(withDtype(not_equal(x, 0) as ArrayValue, part), o);
  }
  if (ord === 1) return sumOf(abs(x), o);
  if (ord === null || ord === 2) return root(sumOf(squares(x), o));
  if (typeof ord === 'string') throw new ValueError(`Invalid norm order '${ord}' for vectors`);
  return power(sumOf(power(abs(x), ord as number), o), 1 / (ord as number)) as ArrayValue;
}

function matrixNorm(x: ArrayValue, ord: unknown, row: number, column: number): ArrayValue {
  // After the sum over one of the axes the other has moved up.
  const left = (kept: number, summed: number): number => (kept > summed ? kept - 1 : kept);
  const sums = (summed: number): ArrayValue => sumOf(abs(x), { axis: summed });
  const values = (): ArrayValue => {
    const n = x.ndim;
    const rest = Array.from({ length: n }, (_, i) => i).filter((i) => i !== row && i !== column);
    return singularValues(permute(x, [...rest, row, column]));
  };
  switch (ord) {
    case 2:
      return maxOf(values(), { axis: -1, initial: 0 });
    case -2:
      return minOf(values(), { axis: -1 });
    case 'nuc':
      return sumOf(values(), { axis: -1 });
    case 1:
      return maxOf(sums(row), { axis: left(column, row), initial: 0 });
    case Number.POSITIVE_INFINITY:
      return maxOf(sums(column), { axis: left(row, column), initial: 0 });
    case -1:
      return minOf(sums(row), { axis: left(column, row) });
    case Number.NEGATIVE_INFINITY:
      return minOf(sums(column), { axis: left(row, column) });
    case null:
    case 'fro':
    case 'f':
      return root(sumOf(squares(x), { axis: [row, column] }));
    default:
      throw new ValueError('Invalid norm order for matrices.');
  }
}

/** The axes that a norm is over, from what was given. */
function axesOf(axis: unknown, ndim: number): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: ndim }, (_, i) => i);
  if (Array.isArray(axis)) return axis.map(Number);
  const n = typeof axis === 'string' ? Number.NaN : Math.trunc(Number(axis));
  if (Number.isNaN(n)) throw new TypeError("'axis' must be None, an integer or a tuple of integers");
  return [n];
}

function normOf(given: ArrayValue, asked: unknown, axis: unknown, keepdims: boolean): ArrayValue {
  const ord = plainOrder(asked);
  const { kind } = given.dtype;
  const x = kind === 'f' || kind === 'c' || kind === 'O' ? given : withDtype(given, float64);
  const nd = x.ndim;
  if (axis === null || axis === undefined) {
    const whole = ord === null || ((ord === 'f' || ord === 'fro') && nd === 2) || (ord === 2 && nd === 1);
    if (whole) {
      const v = flat(x, { order: 'K' });
      const product = dot as unknown as F;
      const [re, im] = kind === 'c' ? [real(v), imag(v)] : [v, null];
      const size = im === null ? product(re, re) : (add(product(re, re), product(im, im)) as ArrayValue);
      const out = root(size);
      return keepdims
        ? reshapeTo(
            out,
            x.shape.map(() => 1),
          )
        : out;
    }
  }
  const axes = axesOf(axis, nd);
  if (axes.length === 1) return vectorNorm(x, ord, axes[0], keepdims);
  if (axes.length !== 2) throw new ValueError('Improper number of dimensions to norm.');
  const [row, column] = axes.map((k) => normalizeAxis(k, nd));
  if (row === column) throw new ValueError('Duplicate axes given.');
  const out = matrixNorm(x, ord, row, column);
  if (!keepdims) return out;
  return reshapeTo(
    out,
    x.shape.map((n, i) => (i === row || i === column ? 1 : n)),
  );
}

/**
 * The norm of vectors or matrices. Without `axis` and `ord`, the Euclidean norm of all elements.
 *
 * Of vectors (one axis): `ord` is 2 unless given; ±Infinity the largest and smallest absolute value, 0 the number of elements that are not
 * zero, else (Σ|x|^ord)^(1/ord). Of matrices (two axes): 'fro' unless given; ±1 the largest and smallest sum of a column, ±Infinity of a row,
 * ±2 the largest and smallest singular value, 'nuc' their sum. The axes are left out of the result, or have length 1 with `keepdims`.
 *
 * The definitions of Golub and Van Loan, Matrix Computations, 2.2 and 2.3.
 * @throws ValueError `Invalid norm order for matrices.`, `Improper number of dimensions to norm.`; AxisError
 * @example np.linalg.norm([3, 4]) // → array(5.)
 */
export const norm: Norm & FunctionFacts = /*@__PURE__*/ fn<Norm>(
  'linalg.norm',
  'x, ord=None, axis=None, keepdims=False',
  (x, ord, axis, keepdims) => normOf(toArray(x), ord, axis, Boolean(keepdims)),
  'composite',
);

type MatrixNorm = <A extends ArrayLike>(x: A, kw?: { ord?: Order; keepdims?: boolean }) => Like<A>;

/**
 * Norms of the matrices in the last two axes: 'fro' unless `ord` says otherwise, as in {@link norm}.
 * @throws ValueError `Invalid norm order for matrices.`; AxisError for fewer than two axes
 * @example np.linalg.matrix_norm([[1, 2], [3, 4]], {ord: 1}) // → array(6.)
 */
export const matrix_norm: MatrixNorm & FunctionFacts = /*@__PURE__*/ fn<MatrixNorm>(
  'linalg.matrix_norm',
  "x, /, *, keepdims=False, ord='fro'",
  (x, keepdims, ord) => normOf(toArray(x), ord, [-2, -1], Boolean(keepdims)),
  'composite',
);

type VectorNorm = <A extends ArrayLike>(
  x: A,
  kw?: { axis?: number | readonly number[] | null; keepdims?: boolean; ord?: number },
) => Like<A>;

/**
 * Norms of vectors: of all elements, along one axis, or over several axes taken as one. `ord` as in {@link norm}, 2 unless given.
 * @throws AxisError; ValueError `Invalid norm order 'fro' for vectors`
 * @example np.linalg.vector_norm([[3, 4], [6, 8]], {axis: 1}) // → array([ 5., 10.])
 */
export const vector_norm: VectorNorm & FunctionFacts = /*@__PURE__*/ fn<VectorNorm>(
  'linalg.vector_norm',
  'x, /, *, axis=None, keepdims=False, ord=2',
  (given, axis, keepdims, ord) => {
    let x = toArray(given);
    const { shape, ndim } = x;
    let along = axis;
    if (axis === null) {
      x = flat(x);
      along = 0;
    } else if (Array.isArray(axis)) {
      const first = axis.map((k) => normalizeAxis(k, ndim));
      if (new Set(first).size < first.length) throw new ValueError('repeated axis');
      const rest = Array.from({ length: ndim }, (_, i) => i).filter((i) => !first.includes(i));
      x = reshapeTo(permute(x, [...first, ...rest]), [
        sizeOf(first.map((i) => shape[i])),
        ...rest.map((i) => shape[i]),
      ]);
      along = 0;
    }
    const out = normOf(x, ord, along, false);
    if (!keepdims) return out;
    const kept = normalizeAxes(axis, ndim);
    return reshapeTo(
      out,
      shape.map((n, i) => (kept.includes(i) ? 1 : n)),
    );
  },
  'composite',
);
