import { doubles, integers } from '../arena.js';
import { generalEigen } from '../general.js';
import type { Lapack } from '../lapack.js';
import { leastSquares } from '../least-squares.js';
import { singularValues } from '../singular.js';
import { symmetricEigen } from '../symmetric.js';

/** Eigenvalues, singular values and least squares in LAPACK's terms: they are computed on real and imaginary parts apart. */

type Spectral = Pick<Lapack, 'gesdd' | 'syevd' | 'geev' | 'gelsd'>;

function read(width: 1 | 2, m: number, n: number, a: number, lda: number): Float64Array {
  const H = doubles();
  const out = new Float64Array(width * m * n);
  for (let j = 0; j < n; j++) {
    const from = a + width * j * lda;
    if (width === 1) out.set(H.subarray(from, from + m), j * m);
    else
      for (let i = 0; i < m; i++) {
        out[i + j * m] = H[from + 2 * i];
        out[m * n + i + j * m] = H[from + 2 * i + 1];
      }
  }
  return out;
}

/** Writes the columns of x, or the rows of its conjugate. */
function write(width: 1 | 2, m: number, n: number, x: Float64Array, a: number, lda: number, adjoint = false): void {
  const H = doubles();
  for (let j = 0; j < n; j++)
    for (let i = 0; i < m; i++) {
      const to = a + width * (adjoint ? j + i * lda : i + j * lda);
      H[to] = x[i + j * m];
      if (width === 2) H[to + 1] = adjoint ? -x[m * n + i + j * m] : x[m * n + i + j * m];
    }
}

export function spectral(width: 1 | 2): Spectral {
  const complex = width === 2;
  return {
    gesdd(jobz, m, n, a, lda, s, u, ldu, vt, ldvt) {
      const k = Math.min(m, n);
      const values = new Float64Array(k);
      const full = jobz === 'A';
      const left = jobz === 'N' ? null : new Float64Array(width * m * (full ? m : k));
      const right = jobz === 'N' ? null : new Float64Array(width * n * (full ? n : k));
      if (!singularValues(m, n, complex, read(width, m, n, a, lda), values, left, right, full)) return 1;
      doubles().set(values, s);
      if (left) write(width, m, full ? m : k, left, u, ldu);
      if (right) write(width, n, full ? n : k, right, vt, ldvt, true);
      return 0;
    },
    syevd(jobz, uplo, n, a, lda, w) {
      const values = new Float64Array(n);
      const vectors = jobz === 'V' ? new Float64Array(width * n * n) : null;
      if (!symmetricEigen(n, complex, read(width, n, n, a, lda), uplo === 'U', values, vectors)) return 1;
      doubles().set(values, w);
      if (vectors) write(width, n, n, vectors, a, lda);
      return 0;
    },
    geev(jobvr, n, a, lda, w, vr, ldvr) {
      const re = new Float64Array(n);
      const im = new Float64Array(n);
      const vectors = jobvr === 'V' ? new Float64Array(2 * n * n) : null;
      if (!generalEigen(n, complex, read(width, n, n, a, lda), re, im, vectors)) return 1;
      const H = doubles();
      for (let i = 0; i < n; i++) {
        H[w + 2 * i] = re[i];
        H[w + 2 * i + 1] = im[i];
      }
      if (vectors) write(2, n, n, vectors, vr, ldvr);
      return 0;
    },
    gelsd(m, n, nrhs, a, lda, b, ldb, s, rcond, rank) {
      const rows = Math.max(m, n);
      const values = new Float64Array(Math.min(m, n));
      const x = read(width, rows, nrhs, b, ldb);
      const r = leastSquares(m, n, nrhs, complex, read(width, m, n, a, lda), x, values, rcond);
      if (r < 0) return 1;
      doubles().set(values, s);
      write(width, rows, nrhs, x, b, ldb);
      integers()[2 * rank] = r;
      return 0;
    },
  };
}
