import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { ValueError, warn } from '../../core/errors.js';
import { linalgTypes, runRow } from '../../core/linalg/frame.js';
import * as rows from '../../core/linalg/rows.js';
import { permute } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import { type Named, named } from '../named.js';
import type { Like } from '../ufunc.js';
import { checkSquare, checkStacked } from './common.js';

/** Factors of matrices. */

type Cholesky = <A extends ArrayLike>(a: A, kw?: { upper?: boolean }) => Like<A>;

/**
 * The Cholesky factor of symmetric or Hermitian positive-definite matrices: (…, m, m) gives (…, m, m), lower triangular L with
 * a = L Lᴴ; with `upper` U with a = Uᴴ U. Only that triangle of `a` is read.
 *
 * Recursive in halves, so that the work is in matrix products (LAPACK's potrf; Gustavson, IBM J. Res. Dev. 41, 1997).
 * @throws LinAlgError `Matrix is not positive definite`, `Last 2 dimensions of the array must be square`; TypeError for float16
 * @example np.linalg.cholesky([[4, 2], [2, 5]]) // → array([[2., 0.],
 * //          [1., 2.]])
 */
export const cholesky: Cholesky & FunctionFacts = /*@__PURE__*/ fn<Cholesky>(
  'linalg.cholesky',
  'a, /, *, upper=False',
  (x, upper) => {
    const a = toArray(x);
    checkSquare(a);
    return runRow(upper ? rows.choleskyUpper : rows.choleskyLower, [a])[0];
  },
  'primitive',
);

/** What `qr` gives, as a list and by name. */
export type QRResult<A = ArrayLike> = Named<A, 'Q' | 'R'>;
/** What of the factors is wanted. */
export type QRMode = 'reduced' | 'complete' | 'r' | 'raw';

interface QR {
  <A extends ArrayLike>(a: A, mode?: 'reduced' | 'complete' | { mode?: 'reduced' | 'complete' }): QRResult<A>;
  <A extends ArrayLike>(a: A, mode: 'r' | { mode: 'r' }): Like<A>;
  <A extends ArrayLike>(a: A, mode: 'raw' | { mode: 'raw' }): [h: Like<A>, tau: Like<A>];
  <A extends ArrayLike>(a: A, mode?: QRMode | { mode?: QRMode }): any;
}

const OLD: Readonly<Record<string, readonly [mode: string, message: string]>> = {
  full: [
    'reduced',
    "The 'full' option is deprecated in favor of 'reduced'.\nFor backward compatibility let mode default.",
  ],
  economic: ['economic', "The 'economic' option is deprecated."],
};

/**
 * QR factors a = q r: Q with orthonormal columns, R upper triangular. With k = min(m, n), (…, m, n) gives
 * - 'reduced': Q (…, m, k) and R (…, k, n);
 * - 'complete': Q (…, m, m) and R (…, m, n);
 * - 'r': R (…, k, n) alone;
 * - 'raw': the transposed matrix of reflectors h (…, n, m) and their factors tau (…, k).
 *
 * Householder reflections in blocks (LAPACK's geqrf and orgqr; Schreiber and Van Loan, SIAM J. Sci. Stat. Comput. 10, 1989).
 * @throws LinAlgError for fewer than two axes; ValueError `Unrecognized mode 'x'`; TypeError for float16
 * @example np.linalg.qr([[3, 1], [4, 2]]).R // → array([[-5. , -2.2],
 * //          [ 0. ,  0.4]])
 */
export const qr: QR & FunctionFacts = /*@__PURE__*/ fn<QR>(
  'linalg.qr',
  "a, mode='reduced'",
  (x, asked) => {
    let mode = asked;
    const old = OLD[asked === 'f' ? 'full' : asked === 'e' ? 'economic' : asked];
    if (old !== undefined) {
      warn('DeprecationWarning', old[1]);
      mode = old[0];
    } else if (!['reduced', 'complete', 'r', 'raw'].includes(mode)) throw new ValueError(`Unrecognized mode '${mode}'`);
    const a = toArray(x);
    checkStacked(a);
    const types = linalgTypes([a]);
    if (mode === 'r') return runRow(rows.qrR, [a], types)[0];
    if (mode === 'raw' || mode === 'economic') {
      const [h, tau] = runRow(rows.qrRaw, [a], types);
      return mode === 'raw' ? [transposed(h), tau] : h;
    }
    const [Q, R] = runRow(mode === 'complete' ? rows.qrComplete : rows.qrReduced, [a], types);
    return named('QRResult', { Q, R });
  },
  'primitive',
);

/** A view with the last two axes exchanged. */
function transposed(a: ArrayValue): ArrayValue {
  const axes = [...a.shape.keys()];
  const n = axes.length;
  [axes[n - 2], axes[n - 1]] = [axes[n - 1], axes[n - 2]];
  return permute(a, axes);
}
