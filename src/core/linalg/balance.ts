import { vectorNorm } from './householder.js';
import type { Work } from './work.js';

/** What `balance` did: rows and columns lo to hi are left, the others are triangular already. */
export interface Balance {
  readonly lo: number;
  readonly hi: number;
  /** Factors of the rows from lo to hi, elsewhere the row that was exchanged with this one. */
  readonly scale: Float64Array;
}

/**
 * Permutes a matrix so that eigenvalues that can be read off come to its ends, then scales rows and columns by powers of two until their norms are alike
 * (Parlett and Reinsch, "Balancing a matrix"; with the 2-norm as in James, Langou and Lowery; LAPACK's gebal).
 */
export function balance(w: Work, n: number, a: number, lda: number): Balance {
  const { f, im: z } = w;
  const parts = z > 0 ? [0, z] : [0];
  const scale = new Float64Array(n).fill(1);
  let lo = 0;
  let hi = n - 1;
  const zero = (at: number): boolean => f[at] === 0 && (z === 0 || f[at + z] === 0);
  const exchange = (i: number, j: number, to: number): void => {
    scale[to] = i;
    if (i === j) return;
    for (const part of parts) {
      for (let r = 0; r <= hi; r++) swap(f, a + r + i * lda + part, a + r + j * lda + part);
      for (let c = lo; c < n; c++) swap(f, a + i + c * lda + part, a + j + c * lda + part);
    }
  };
  for (let again = true; again; ) {
    again = false;
    for (let i = hi; i >= 0; i--) {
      let alone = true;
      for (let j = 0; alone && j <= hi; j++) alone = i === j || zero(a + i + j * lda);
      if (!alone) continue;
      exchange(i, hi, hi);
      again = true;
      if (hi === 0) return { lo: 0, hi: 0, scale };
      hi--;
    }
  }
  for (let again = true; again; ) {
    again = false;
    for (let j = lo; j <= hi; j++) {
      let alone = true;
      for (let i = lo; alone && i <= hi; i++) alone = i === j || zero(a + i + j * lda);
      if (!alone) continue;
      exchange(j, lo, lo);
      again = true;
      lo++;
    }
  }
  for (let i = lo; i <= hi; i++) scale[i] = 1;
  const LEAST = 2 ** -1022 / 2 ** -52;
  const MOST = 1 / LEAST;
  const LOW = LEAST * 2;
  const HIGH = 1 / LOW;
  const size = hi - lo + 1;
  const top = (n0: number, at: number, inc: number): number => {
    let v = 0;
    for (let i = 0, p = at; i < n0; i++, p += inc) v = Math.max(v, z > 0 ? Math.hypot(f[p], f[p + z]) : Math.abs(f[p]));
    return v;
  };
  for (let again = true; again; ) {
    again = false;
    for (let i = lo; i <= hi; i++) {
      let c = vectorNorm(w, size, a + lo + i * lda, 1);
      let r = vectorNorm(w, size, a + i + lo * lda, lda);
      let ca = top(hi + 1, a + i * lda, 1);
      let ra = top(n - lo, a + i + lo * lda, lda);
      if (c === 0 || r === 0) continue;
      let g = r / 2;
      let s = 1;
      const sum = c + r;
      while (c < g && Math.max(s, c, ca) < HIGH && Math.min(r, g, ra) > LOW) {
        s *= 2;
        c *= 2;
        ca *= 2;
        r /= 2;
        g /= 2;
        ra /= 2;
      }
      g = c / 2;
      while (g >= r && Math.max(r, ra) < HIGH && Math.min(s, c, g, ca) > LOW) {
        s /= 2;
        c /= 2;
        g /= 2;
        ca /= 2;
        r *= 2;
        ra *= 2;
      }
      if (c + r >= 0.95 * sum) continue;
      if (s < 1 && scale[i] < 1 && s * scale[i] <= LEAST) continue;
      if (s > 1 && scale[i] > 1 && scale[i] >= MOST / s) continue;
      scale[i] *= s;
      again = true;
      for (const part of parts) {
        for (let j = lo; j < n; j++) f[a + i + j * lda + part] /= s;
        for (let j = 0; j <= hi; j++) f[a + j + i * lda + part] *= s;
      }
    }
  }
  return { lo, hi, scale };
}

function swap(f: Float64Array, i: number, j: number): void {
  const t = f[i];
  f[i] = f[j];
  f[j] = t;
}

/** Turns vectors (the n columns of v) of the balanced matrix into those of the matrix itself. */
export function unbalance(w: Work, n: number, { lo, hi, scale }: Balance, v: number, ldv: number): void {
  const { f, im: z } = w;
  for (const part of z > 0 ? [0, z] : [0]) {
    const at = v + part;
    if (lo < hi)
      for (let i = lo; i <= hi; i++) if (scale[i] !== 1) for (let j = 0; j < n; j++) f[at + i + j * ldv] *= scale[i];
    const back = (i: number): void => {
      const k = scale[i];
      if (k !== i) for (let j = 0; j < n; j++) swap(f, at + i + j * ldv, at + k + j * ldv);
    };
    for (let i = lo - 1; i >= 0; i--) back(i);
    for (let i = hi + 1; i < n; i++) back(i);
  }
}
