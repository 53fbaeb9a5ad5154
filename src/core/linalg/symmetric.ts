import { applyReflectors, reflectorsWork } from './householder.js';
import { Sweeps, SWEEPS } from './rotations.js';
import { largestNumber, rescale, target } from './scale.js';
import { tridiagonalise } from './tridiagonal.js';
import { tridiagonalQL } from './tridiagonal-ql.js';
import { leading, withWork } from './work.js';

/** Magnitudes between which a matrix is reduced as it is. */
const LOW = Math.sqrt(2 ** -1022 / 2 ** -52);
const HIGH = 1 / LOW;

/** n numbers in the order that selection sort gives, and the places they came from. */
export function ascending(values: Float64Array): Int32Array {
  const n = values.length;
  const from = new Int32Array(n);
  for (let i = 0; i < n; i++) from[i] = i;
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    let p = values[i];
    for (let j = i + 1; j < n; j++)
      if (values[j] < p) {
        k = j;
        p = values[j];
      }
    if (k !== i) {
      values[k] = values[i];
      values[i] = p;
      const t = from[k];
      from[k] = from[i];
      from[i] = t;
    }
  }
  return from;
}

/**
 * Eigenvalues, ascending, and eigenvectors (columns, unless `vectors` is null) of a symmetric matrix given by its lower or upper triangle, column-major, or of
 * a Hermitian one: then `a` and `vectors` hold the imaginary parts after the real ones. The steps are those of LAPACK's syevd and heevd for small matrices:
 * sytrd, then implicit QL. False where it did not converge.
 */
export function symmetricEigen(
  n: number,
  complex: boolean,
  a: Float64Array,
  upper: boolean,
  values: Float64Array,
  vectors: Float64Array | null,
): boolean {
  if (n === 0) return true;
  const parts = complex ? [0, 1] : [0];
  if (n === 1) {
    values[0] = a[0];
    vectors?.fill(0);
    if (vectors) vectors[0] = 1;
    return true;
  }
  const ld = leading(n);
  return withWork((vectors ? 2 : 1) * n * ld + reflectorsWork(n, n) + SWEEPS + 8 * n, complex, (w) => {
    const { f, im: z } = w;
    const m = w.take(n * ld);
    // The upper triangle is reduced from its last column on: that is the lower one with rows and columns reversed.
    for (const part of parts)
      for (let j = 0; j < n; j++)
        for (let i = j; i < n; i++)
          f[m + i + j * ld + part * z] = a[part * n * n + (upper ? n - 1 - i + (n - 1 - j) * n : i + j * n)];
    if (complex) for (let i = 0; i < n; i++) f[m + i * (ld + 1) + z] = 0;
    const norm = largestNumber(w, m, n * ld);
    // NumPy's: infinities give NaN, and so does NaN in a matrix of two rows; in larger ones it does not converge.
    if (!(norm < Infinity)) {
      values.fill(NaN);
      vectors?.fill(NaN);
      return norm === Infinity || n === 2;
    }
    const scaled = target(norm, LOW, HIGH);
    if (scaled !== norm) for (const part of parts) rescale(f, m + part * z, n * ld, 1, norm, scaled);
    const d = w.take(n);
    const e = w.take(n);
    const tau = w.take(n);
    tridiagonalise(w, n, m, ld, d, e, tau);
    if (upper) {
      f.subarray(d, d + n).reverse();
      f.subarray(e, e + n - 1).reverse();
    }
    let q = 0;
    let sweeps: Sweeps | null = null;
    if (vectors) {
      q = w.take(n * ld);
      for (let i = 0; i < n; i++) f[q + i * (ld + 1)] = 1;
      applyReflectors(w, false, n, n, n - 1, m, ld, 1, tau, q, ld, true);
      if (upper) for (const part of parts) flip(f, n, q + part * z, ld);
      sweeps = new Sweeps(w, n, q, ld, n);
    }
    const ok = tridiagonalQL(f, n, d, e, sweeps);
    sweeps?.flush();
    if (!ok) return false;
    values.set(f.subarray(d, d + n));
    if (vectors) {
      const from = ascending(values);
      for (const part of parts)
        for (let j = 0; j < n; j++) {
          const at = q + from[j] * ld + part * z;
          vectors.set(f.subarray(at, at + n), part * n * n + j * n);
        }
    } else values.sort();
    if (scaled !== norm) rescale(values, 0, n, 1, scaled, norm);
    return true;
  });
}

/** Reverses rows and columns. */
function flip(f: Float64Array, n: number, q: number, ld: number): void {
  for (let j = 0; j < n >> 1; j++)
    for (let i = 0; i < n; i++) {
      const x = q + i + j * ld;
      const y = q + n - 1 - i + (n - 1 - j) * ld;
      const t = f[x];
      f[x] = f[y];
      f[y] = t;
    }
  if (n & 1) f.subarray(q + (n >> 1) * ld, q + (n >> 1) * ld + n).reverse();
}
