import type { Work } from './work.js';

/** Multiplies f[at ..] by to / from without overflow or underflow on the way (LAPACK's lascl). */
export function rescale(f: Float64Array, at: number, n: number, inc: number, from: number, to: number): void {
  const SMALL = 2 ** -1022;
  const BIG = 1 / SMALL;
  let cf = from;
  let ct = to;
  for (let done = false; !done; ) {
    const cf1 = cf * SMALL;
    const ct1 = ct / BIG;
    let mul: number;
    if (cf1 === cf) {
      mul = ct / cf;
      done = true;
    } else if (ct1 === ct) {
      mul = ct;
      done = true;
      cf = 1;
    } else if (Math.abs(cf1) > Math.abs(ct) && ct !== 0) {
      mul = SMALL;
      cf = cf1;
    } else if (Math.abs(ct1) > Math.abs(cf)) {
      mul = BIG;
      ct = ct1;
    } else {
      mul = ct / cf;
      done = true;
    }
    for (let i = 0, p = at; i < n; i++, p += inc) f[p] *= mul;
  }
}

/** The largest magnitude among n numbers; NaN where there is one. */
export function largest(f: Float64Array, at: number, n: number): number {
  let top = 0;
  for (let i = at; i < at + n; i++) {
    const v = Math.abs(f[i]);
    if (v > top || Number.isNaN(v)) top = v;
    if (Number.isNaN(top)) return NaN;
  }
  return top;
}

/** The same for complex or real numbers. */
export function largestNumber(w: Work, at: number, n: number): number {
  if (w.im === 0) return largest(w.f, at, n);
  let top = 0;
  for (let i = at; i < at + n; i++) {
    const v = Math.hypot(w.f[i], w.f[i + w.im]);
    if (Number.isNaN(v)) return NaN;
    if (v > top) top = v;
  }
  return top;
}

/** The magnitude that a matrix is scaled to before it is reduced, or its own where that is harmless; `low` and `high` bound the harmless ones. */
export function target(norm: number, low: number, high: number): number {
  if (norm > 0 && norm < low) return low;
  return norm > high ? high : norm;
}
