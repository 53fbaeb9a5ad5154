import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/spectral-rows.js';
import { expandAxes, flipAxes } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { take_along_axis } from '../indexing/take.js';
import { matrix_transpose } from '../manipulation/transpose.js';
import { type Named, named } from '../named.js';
import { argsort, sort } from '../sorting/sort.js';
import type { Like } from '../ufunc.js';
import { absolute, conjugate, copysign, multiply } from '../ufuncs.js';
import { checkStacked } from './common.js';
import { eigh, eigvalsh } from './spectral.js';

/** Singular values. */

type F = (...args: any[]) => ArrayValue;
const [pick, order, sorted, turned] = [take_along_axis, argsort, sort, matrix_transpose] as unknown as F[];
const [abs, sign, times, conj] = [absolute, copysign, multiply, conjugate] as unknown as F[];

/** Singular values, descending. */
export function singularValues(a: ArrayValue, hermitian = false): ArrayValue {
  if (hermitian) {
    const s = sorted(abs(eigvalsh(a)));
    return flipAxes(s, [s.ndim - 1]);
  }
  checkStacked(a);
  return runRow(rows.svdValues, [a])[0];
}

/** What `svd` gives, as a list and by name. */
export type SVDResult<A = ArrayLike> = Named<A, 'U' | 'S' | 'Vh'>;

interface SVDKeywords {
  full_matrices?: boolean;
  compute_uv?: boolean;
  hermitian?: boolean;
}
interface SVD {
  <A extends ArrayLike>(a: A, full_matrices: boolean | SVDKeywords, compute_uv: false, hermitian?: boolean): Like<A>;
  <A extends ArrayLike>(a: A, kw: SVDKeywords & { compute_uv: false }): Like<A>;
  <A extends ArrayLike>(
    a: A,
    full_matrices?: boolean | SVDKeywords,
    compute_uv?: boolean | SVDKeywords,
    hermitian?: boolean | SVDKeywords,
  ): SVDResult<A>;
}

/** Singular vectors and values of Hermitian matrices, from their eigenvalues: signs go to the vectors on the right. */
function fromEigenvalues(a: ArrayValue): { U: ArrayValue; S: ArrayValue; Vh: ArrayValue } {
  const [w, v] = eigh(a) as unknown as ArrayValue[];
  const size = abs(w);
  const by = order(size);
  const down = flipAxes(by, [by.ndim - 1]);
  const signs = pick(sign(1, w), down, -1);
  const S = pick(size, down, -1);
  const U = pick(v, expandAxes(down, [down.ndim - 1]), -1);
  const Vh = conj(turned(times(U, expandAxes(signs, [signs.ndim - 1]))));
  return { U, S, Vh };
}

/**
 * Singular values a = U diag(S) Vh, descending: (…, m, n) gives U (…, m, m), S (…, k) and Vh (…, n, n) with k = min(m, n); unless `full_matrices`, U (…, m, k) and
 * Vh (…, k, n). Without `compute_uv` the singular values alone. `hermitian` finds them by {@link eigh}, from the lower triangle.
 *
 * QR first for tall matrices, bidiagonal form in panels (LAPACK's gebrd), implicit QR to high relative accuracy (Demmel and Kahan, "Accurate singular
 * values of bidiagonal matrices").
 * @throws LinAlgError `SVD did not converge`, also for NaN; LinAlgError for fewer than two axes; TypeError for float16
 * @example np.linalg.svd([[3, 0], [4, 5]]).S // → array([6.70820393, 2.23606798])
 */
export const svd: SVD & FunctionFacts = /*@__PURE__*/ fn<any>(
  'linalg.svd',
  'a, full_matrices=True, compute_uv=True, hermitian=False',
  (x: ArrayLike, full: unknown, vectors: unknown, hermitian: unknown) => {
    const a = toArray(x);
    if (!vectors) return singularValues(a, Boolean(hermitian));
    if (hermitian) return named('SVDResult', fromEigenvalues(a));
    checkStacked(a);
    const [U, S, Vh] = runRow(full ? rows.svdFull : rows.svdThin, [a]);
    return named('SVDResult', { U, S, Vh });
  },
  'primitive',
) as SVD & FunctionFacts;

/**
 * Singular values, descending: (…, m, n) gives (…, min(m, n)).
 *
 * As {@link svd}, without the vectors.
 * @throws LinAlgError `SVD did not converge`, also for NaN; TypeError for float16
 * @example np.linalg.svdvals([[3, 0], [4, 5]]) // → array([6.70820393, 2.23606798])
 */
export const svdvals: (<A extends ArrayLike>(x: A) => Like<A>) & FunctionFacts = /*@__PURE__*/ fn<
  <A extends ArrayLike>(x: A) => Like<A>
>('linalg.svdvals', 'x, /', (x) => singularValues(toArray(x)), 'primitive');
