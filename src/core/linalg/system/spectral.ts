import { letter, number, readInteger } from '../../device/blas/arguments.js';
import { doubles, integers, mark, release, take } from '../arena.js';
import type { Lapack } from '../lapack.js';
import { at, find, finite, info, int, outcome, room } from './call.js';

/** Eigenvalues, singular values and least squares of the system's LAPACK. Matrices with infinities and NaN are left to this library's own. */

type Spectral = Partial<Pick<Lapack, 'gesdd' | 'syevd' | 'geev' | 'gelsd'>>;

export function systemSpectral(width: 1 | 2, own: Lapack): Spectral {
  const complex = width === 2;
  const p = complex ? 'z' : 'd';
  const table: { -readonly [K in keyof Spectral]: Spectral[K] } = {};
  const regular = (m: number, n: number, a: number, lda: number): boolean => finite(width * m, a, width * lda, n);

  const gesdd = find(`${p}gesdd`, complex ? 15 : 14, 1);
  if (gesdd !== null)
    table.gesdd = (jobz, m, n, a, lda, s, u, ldu, vt, ldvt) => {
      if (m === 0 || n === 0 || !regular(m, n, a, lda)) return own.gesdd(jobz, m, n, a, lda, s, u, ldu, vt, ldvt);
      const start = mark();
      const [least, most] = m < n ? [m, n] : [n, m];
      const run = (work: number, size: number, reals: number, ints: number): void => {
        const front = [letter(jobz), int(2, m), int(3, n), at(a), int(4, lda), at(s), at(u), int(5, ldu), at(vt)];
        const middle = [int(6, Math.max(1, ldvt)), work, int(7, size)];
        gesdd(...front, ...middle, ...(complex ? [reals] : []), ints, info());
      };
      const reals =
        jobz === 'N' ? 7 * least : Math.max(5 * least * (least + 1), 2 * most * least + 2 * least * least + least);
      const r = room(`${p}gesdd ${jobz} ${m} ${n}`, width, run, complex ? reals : 0, 8 * least);
      run(r.work, r.size, r.reals, r.integers);
      release(start);
      return outcome();
    };

  const syevd = find(complex ? 'zheevd' : 'dsyevd', complex ? 13 : 11, 2);
  if (syevd !== null)
    table.syevd = (jobz, uplo, n, a, lda, w) => {
      if (n === 0 || !regular(n, n, a, lda)) return own.syevd(jobz, uplo, n, a, lda, w);
      const start = mark();
      const run = (work: number, size: number, reals: number, ints: number, rsize = -1, isize = -1): void => {
        const front = [letter(jobz), letter(uplo), int(2, n), at(a), int(3, lda), at(w), work, int(4, size)];
        syevd(...front, ...(complex ? [reals, int(5, rsize)] : []), ints, int(6, isize), info());
      };
      const r = room(`${p}syevd ${jobz} ${uplo} ${n}`, width, run);
      run(r.work, r.size, r.reals, r.integers, r.realCount, r.integerCount);
      release(start);
      return outcome();
    };

  const geev = find(`${p}geev`, 14, 2);
  if (geev !== null)
    table.geev = (jobvr, n, a, lda, w, vr, ldvr) => {
      if (n === 0 || !regular(n, n, a, lda)) return own.geev(jobvr, n, a, lda, w, vr, ldvr);
      const start = mark();
      const vectors = jobvr === 'V';
      // Real matrices have real and imaginary parts apart, and pairs of conjugate vectors in two columns.
      const wr = complex ? w : take(n);
      const wi = complex ? w : take(n);
      const v = complex ? vr : vectors ? take(n * n) : wr;
      const ldv = complex ? Math.max(1, ldvr) : n;
      const run = (work: number, size: number, reals: number): void => {
        const front = [letter('N'), letter(jobvr), int(2, n), at(a), int(3, lda), at(wr)];
        const sides = [at(wr), int(4, Math.max(1, n)), at(v), int(5, ldv), work, int(6, size)];
        geev(...front, ...(complex ? [] : [at(wi)]), ...sides, ...(complex ? [reals] : []), info());
      };
      const r = room(`${p}geev ${jobvr} ${n}`, width, run, complex ? 2 * n : 0);
      run(r.work, r.size, r.reals);
      const result = outcome();
      if (!complex && result === 0) join(n, wr, wi, vectors ? v : -1, w, vr, ldvr);
      release(start);
      return result;
    };

  const gelsd = find(`${p}gelsd`, complex ? 15 : 14, 0);
  if (gelsd !== null)
    table.gelsd = (m, n, nrhs, a, lda, b, ldb, s, rcond, rank) => {
      if (m === 0 || n === 0 || nrhs === 0 || !regular(m, n, a, lda) || !regular(m, nrhs, b, ldb))
        return own.gelsd(m, n, nrhs, a, lda, b, ldb, s, rcond, rank);
      const start = mark();
      const run = (work: number, size: number, reals: number, ints: number): void => {
        const front = [int(2, m), int(3, n), int(4, nrhs), at(a), int(5, lda), at(b), int(6, ldb), at(s)];
        gelsd(...front, number(0, rcond, 0), int(8, 0), work, int(7, size), ...(complex ? [reals] : []), ints, info());
      };
      const r = room(`${p}gelsd ${m} ${n} ${nrhs}`, width, run);
      run(r.work, r.size, r.reals, r.integers);
      integers()[2 * rank] = readInteger(8);
      release(start);
      return outcome();
    };
  return table;
}

/** Eigenvalues, and vectors unless v is -1, of a real matrix as complex numbers; the conjugate of a value stands behind it. */
function join(n: number, wr: number, wi: number, v: number, w: number, vr: number, ldvr: number): void {
  const H = doubles();
  for (let j = 0; j < n; j++) {
    H[w + 2 * j] = H[wr + j];
    H[w + 2 * j + 1] = H[wi + j];
    if (v < 0) continue;
    const pair = H[wi + j] !== 0;
    const first = !pair || H[wi + j] > 0;
    const re = v + (first ? j : j - 1) * n;
    const to = vr + 2 * j * ldvr;
    for (let i = 0; i < n; i++) {
      H[to + 2 * i] = H[re + i];
      H[to + 2 * i + 1] = pair ? (first ? H[re + n + i] : -H[re + n + i]) : 0;
    }
  }
}
