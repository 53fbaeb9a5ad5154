import { balance, unbalance } from './balance.js';
import { complexSchur } from './complex-schur.js';
import { hessenberg, hessenbergWork } from './hessenberg.js';
import { applyReflectors, reflectorsWork, vectorNorm } from './householder.js';
import { multiply, PLAIN, scaleBy } from './product.js';
import { found, rotate, rotation } from './rotations.js';
import { largestNumber, rescale, target } from './scale.js';
import { MARGIN, schur, schurWork } from './schur.js';
import { schurVectors, triangularVectors } from './schur-vectors.js';
import { leading, type Work, withWork } from './work.js';

const LOW = Math.sqrt(2 ** -1022) / 2 ** -52;
const HIGH = 1 / LOW;

/**
 * Eigenvalues of a general matrix a, column-major (imaginary parts after all real ones), as `re` and `im`, and with `vectors` right eigenvectors of length 1 in its columns:
 * complex ones, imaginary parts after all real parts. The steps are those of LAPACK's geev: balancing, Hessenberg form, QR to Schur form, back substitution. The largest
 * component of a complex vector is real. False where eigenvalues did not converge.
 */
export function generalEigen(
  n: number,
  complex: boolean,
  a: Float64Array,
  re: Float64Array,
  im: Float64Array,
  vectors: Float64Array | null,
): boolean {
  if (n === 0) return true;
  const ld = leading(n + MARGIN);
  const square = ld * (n + MARGIN);
  const size = (vectors ? 4 : 2) * square + hessenbergWork(n) + reflectorsWork(n, n) + schurWork(n) + 8 * n + 64;
  return withWork(size, complex, (w) => {
    const { f, im: z } = w;
    const parts = complex ? [0, 1] : [0];
    const h = w.take(square);
    for (const part of parts)
      for (let j = 0; j < n; j++)
        for (let i = 0; i < n; i++) f[h + i + j * ld + part * z] = a[part * n * n + i + j * n];
    const norm = largestNumber(w, h, square);
    const scaled = target(norm, LOW, HIGH);
    if (scaled !== norm) for (const part of parts) rescale(f, h + part * z, square, 1, norm, scaled);
    const balanced = balance(w, n, h, ld);
    const { lo, hi } = balanced;
    const tau = w.take(n);
    const v = w.take(square);
    hessenberg(w, n, lo, hi, h, ld, v, ld, tau);
    const wr = w.take(n);
    const wi = w.take(n);
    let q = -1;
    if (vectors) {
      q = w.take(square);
      for (let i = 0; i < n; i++) f[q + i * (ld + 1)] = 1;
      const rows = hi - lo + 1;
      applyReflectors(w, false, rows, rows, rows - 1, v + lo * (ld + 1), ld, 1, tau + lo, q + lo * (ld + 1), ld, true);
    }
    // What balancing split off is triangular.
    for (let i = 0; i < n; i++) {
      f[wr + i] = f[h + i * (ld + 1)];
      if (complex) f[wr + i + z] = f[h + i * (ld + 1) + z];
    }
    const wantT = vectors !== null;
    const ok = complex ? complexSchur(w, n, wantT, lo, hi, h, ld, q, wr) : schur(w, n, wantT, lo, hi, h, ld, q, wr, wi);
    if (!ok) return false;
    re.set(f.subarray(wr, wr + n));
    im.set(complex ? f.subarray(wr + z, wr + z + n) : f.subarray(wi, wi + n));
    if (vectors) {
      const x = v;
      const y = w.take(square);
      (complex ? triangularVectors : schurVectors)(w, n, h, ld, x, ld);
      multiply(w, PLAIN, PLAIN, n, n, n, 1, q, ld, x, ld, y, ld);
      unbalance(w, n, balanced, y, ld);
      if (complex) complexUnits(w, n, y, ld, vectors);
      else realUnits(w, n, y, ld, im, vectors);
    }
    if (scaled !== norm) {
      rescale(re, 0, n, 1, scaled, norm);
      rescale(im, 0, n, 1, scaled, norm);
    }
    return true;
  });
}

/** Divides a column by its norm. */
function shrink(w: Work, n: number, at: number, norm: number): void {
  scaleBy(w, n, at, 1, 1 / norm, 0);
}

function complexUnits(w: Work, n: number, y: number, ld: number, out: Float64Array): void {
  const { f, im: z } = w;
  for (let j = 0; j < n; j++) {
    const c = y + j * ld;
    shrink(w, n, c, vectorNorm(w, n, c, 1));
    let k = 0;
    let top = -1;
    for (let i = 0; i < n; i++) {
      const s = f[c + i] ** 2 + f[c + i + z] ** 2;
      if (s > top) {
        top = s;
        k = i;
      }
    }
    const root = Math.sqrt(top);
    scaleBy(w, n, c, 1, f[c + k] / root, -f[c + k + z] / root);
    f[c + k + z] = 0;
    out.set(f.subarray(c, c + n), j * n);
    out.set(f.subarray(c + z, c + z + n), n * n + j * n);
  }
}

function realUnits(w: Work, n: number, y: number, ld: number, im: Float64Array, out: Float64Array): void {
  const { f } = w;
  for (let j = 0; j < n; j++) {
    const c = y + j * ld;
    if (im[j] === 0) {
      shrink(w, n, c, vectorNorm(w, n, c, 1));
      out.set(f.subarray(c, c + n), j * n);
      out.fill(0, n * n + j * n, n * n + (j + 1) * n);
      continue;
    }
    const d = c + ld;
    const norm = Math.hypot(vectorNorm(w, n, c, 1), vectorNorm(w, n, d, 1));
    shrink(w, n, c, norm);
    shrink(w, n, d, norm);
    let k = 0;
    let top = -1;
    for (let i = 0; i < n; i++) {
      const s = f[c + i] ** 2 + f[d + i] ** 2;
      if (s > top) {
        top = s;
        k = i;
      }
    }
    rotation(f[c + k], f[d + k]);
    rotate(f, n, c, 1, d, 1, found[0], found[1]);
    f[d + k] = 0;
    for (const [column, sign] of [
      [j, 1],
      [j + 1, -1],
    ]) {
      out.set(f.subarray(c, c + n), column * n);
      for (let i = 0; i < n; i++) out[n * n + column * n + i] = sign * f[d + i];
    }
    j++;
  }
}
