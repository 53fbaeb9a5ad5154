import { bidiagonalise } from './bidiagonal.js';
import { bidiagonalQR, lowerToUpper } from './bidiagonal-qr.js';
import { applyReflectors, householderQR, reflectorsWork } from './householder.js';
import { Sweeps, SWEEPS } from './rotations.js';
import { largestNumber, rescale, target } from './scale.js';
import { leading, type Work, withWork } from './work.js';

const LOW = Math.sqrt(2 ** -1022) / 2 ** -52;
const HIGH = 1 / LOW;

/**
 * Singular values, descending, of an m by n matrix a, column-major (the imaginary parts after all real ones), and with `u` and `v` their vectors: the columns
 * of u (m by m, or m by k for the k = min(m, n) first) and of v (n by n or n by k), so that a = u diag(s) v^H. The steps are those of LAPACK's gesdd for small
 * matrices: QR first where the matrix is tall, bidiagonal form, implicit QR. False where it did not converge.
 */
export function singularValues(
  m: number,
  n: number,
  complex: boolean,
  a: Float64Array,
  s: Float64Array,
  u: Float64Array | null,
  v: Float64Array | null,
  full: boolean,
): boolean {
  const rows = Math.max(m, n);
  const k = Math.min(m, n);
  const wide = m < n;
  // A wide matrix is taken by its adjoint: `left` are then the vectors of v.
  const left = wide ? v : u;
  const right = wide ? u : v;
  const leftColumns = full ? rows : k;
  if (k === 0) {
    for (const [side, size, columns] of [
      [u, m, full ? m : 0],
      [v, n, full ? n : 0],
    ] as const)
      if (side) for (let i = 0; i < columns; i++) side[i * (size + 1)] = 1;
    return true;
  }
  const vectors = u !== null;
  // The first step of gesdd: 11/6 for real, 17/9 for complex matrices.
  const tall = rows >= Math.trunc((k * (complex ? 17 : 11)) / (complex ? 9 : 6)) && rows > k;
  const ld = leading(rows);
  const lk = leading(k);
  const size =
    ld * k +
    lk * k * 2 +
    (vectors ? 2 * ld * leftColumns + lk * k + 2 * SWEEPS : 0) +
    (tall ? lk * k + rows * 40 : 0) +
    reflectorsWork(rows, Math.max(k, leftColumns)) +
    80 * rows +
    2048;
  return withWork(size, complex, (w) => {
    const { f, im: z } = w;
    const parts = complex ? [0, 1] : [0];
    const x = w.take(ld * k);
    for (const part of parts)
      for (let j = 0; j < k; j++)
        for (let i = 0; i < rows; i++) {
          const value = a[part * m * n + (wide ? j + i * m : i + j * m)];
          f[x + i + j * ld + part * z] = part === 1 && wide ? -value : value;
        }
    const norm = largestNumber(w, x, ld * k);
    if (Number.isNaN(norm)) return false;
    if (norm === Number.POSITIVE_INFINITY) {
      for (const out of [s, u, v]) out?.fill(Number.NaN);
      return true;
    }
    const scaled = target(norm, LOW, HIGH);
    if (scaled !== norm) for (const part of parts) rescale(f, x + part * z, ld * k, 1, norm, scaled);
    // Where the matrix is tall, R takes its place; where it is wide and long, L, whose left vectors are those of the matrix.
    const flipped = wide && !tall;
    let b = x;
    let ldb = ld;
    let height = rows;
    const tau = w.take(k);
    if (tall) {
      householderQR(w, rows, k, x, ld, tau);
      b = w.take(lk * k);
      ldb = lk;
      height = k;
      // R itself, or its adjoint L where the matrix is wide.
      for (const part of parts)
        for (let j = 0; j < k; j++)
          for (let i = 0; i <= j; i++) {
            const value = f[x + i + j * ld + part * z];
            f[b + (wide ? j + i * lk : i + j * lk) + part * z] = wide && part === 1 ? -value : value;
          }
    }
    const p = w.take(lk * k);
    const d = w.take(k);
    const e = w.take(k);
    const tauq = w.take(k);
    const taup = w.take(k);
    bidiagonalise(w, height, k, b, ldb, p, lk, d, e, tauq, taup);
    let q = 0;
    let ldq = ld;
    let r = 0;
    let qs: Sweeps | null = null;
    let rs: Sweeps | null = null;
    const qColumns = tall ? k : leftColumns;
    if (vectors) {
      ldq = tall ? lk : ld;
      q = w.take(ldq * qColumns);
      for (let i = 0; i < qColumns; i++) f[q + i * (ldq + 1)] = 1;
      applyReflectors(w, false, height, qColumns, k, b, ldb, 0, tauq, q, ldq, true);
      r = w.take(lk * k);
      for (let i = 0; i < k; i++) f[r + i * (lk + 1)] = 1;
      applyReflectors(w, false, k, k, k - 1, p, lk, 1, taup, r, lk, true);
      qs = new Sweeps(w, height, q, ldq, k);
      rs = new Sweeps(w, k, r, lk, k);
    }
    if (k === 1) {
      // As dbdsdc has it, the sign goes to u.
      if (f[d] < 0 && vectors)
        for (const part of parts) negate(f, flipped ? r + part * z : q + part * z, flipped ? 1 : height);
      f[d] = Math.abs(f[d]);
    } else {
      // The adjoint of an upper bidiagonal matrix is a lower one, which is turned up again: its left vectors are those of P.
      if (flipped) lowerToUpper(f, k, d, e, rs);
      const [us, vs] = flipped ? [rs, qs] : [qs, rs];
      if (!bidiagonalQR(f, k, d, e, us, vs)) return false;
      us?.flush();
      vs?.flush();
      const [at, ldv, length] = flipped ? [q, ldq, height] : [r, lk, k];
      for (let i = 0; i < k; i++) {
        if (f[d + i] < 0 || Object.is(f[d + i], -0)) {
          if (f[d + i] < 0 && vectors) for (const part of parts) negate(f, at + i * ldv + part * z, length);
          f[d + i] = Math.abs(f[d + i]);
        }
      }
    }
    const order = descending(f, k, d);
    for (let i = 0; i < k; i++) s[i] = f[d + i];
    if (scaled !== norm) rescale(s, 0, k, 1, scaled, norm);
    if (!vectors || !left || !right) return true;
    if (!tall) {
      put(w, k, k, r, lk, order, right, k, parts);
      put(w, rows, leftColumns, q, ldq, order, left, leftColumns, parts);
      return true;
    }
    // Q of the first step times the vectors on its side.
    const [small, inner] = wide ? [q, r] : [r, q];
    put(w, k, k, small, lk, order, right, k, parts);
    const y = w.take(ld * leftColumns);
    for (const part of parts)
      for (let j = 0; j < k; j++)
        f.copyWithin(y + j * ld + part * z, inner + j * lk + part * z, inner + j * lk + part * z + k);
    for (let j = k; j < leftColumns; j++) f[y + j * (ld + 1)] = 1;
    applyReflectors(w, false, rows, leftColumns, k, x, ld, 0, tau, y, ld);
    put(w, rows, leftColumns, y, ld, order, left, leftColumns, parts);
    return true;
  });
}

function negate(f: Float64Array, at: number, n: number): void {
  for (let i = at; i < at + n; i++) f[i] = -f[i];
}

/** Sorts into descending order as gesdd does, in three steps whose exchanges show where values are equal; gives the places that the values came from. */
function descending(f: Float64Array, n: number, d: number): Int32Array {
  const from = Int32Array.from({ length: n }, (_, i) => i);
  const exchange = (i: number, j: number): void => {
    if (i === j) return;
    [f[d + i], f[d + j]] = [f[d + j], f[d + i]];
    [from[i], from[j]] = [from[j], from[i]];
  };
  // bdsqr: the last of the smallest to the end.
  for (let end = n - 1; end > 0; end--) {
    let k = 0;
    for (let j = 1; j <= end; j++) if (f[d + j] <= f[d + k]) k = j;
    exchange(k, end);
  }
  // lasdq: ascending.
  for (let i = 0; i < n; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (f[d + j] < f[d + k]) k = j;
    exchange(k, i);
  }
  // bdsdc: descending.
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (f[d + j] > f[d + k]) k = j;
    exchange(k, i);
  }
  return from;
}

/** Columns in their order; those beyond the ordered ones as they are. */
function put(
  w: Work,
  rows: number,
  columns: number,
  q: number,
  ld: number,
  order: Int32Array,
  to: Float64Array,
  all: number,
  parts: number[],
): void {
  for (const part of parts)
    for (let j = 0; j < columns; j++) {
      const at = q + (j < order.length ? order[j] : j) * ld + part * w.im;
      to.set(w.f.subarray(at, at + rows), part * rows * all + j * rows);
    }
}
