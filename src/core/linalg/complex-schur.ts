import { divide, hypot, reflector } from './householder.js';
import type { Work } from './work.js';

const ULP = 2 ** -52;
const SAFE_MIN = 2 ** -1022;
const abs = Math.abs;

/** The principal square root of a complex number. */
function root(re: number, im: number): [number, number] {
  if (re === 0 && im === 0) return [0, im];
  const s = Math.sqrt((abs(re) + hypot(re, im)) / 2);
  if (re >= 0) return [s, im / (2 * s)];
  return [abs(im) / (2 * s), im < 0 || Object.is(im, -0) ? -s : s];
}

/**
 * The Schur form of rows and columns lo to hi of a complex upper Hessenberg matrix by single shifts, as LAPACK's lahqr: T with `wantT`, else only eigenvalues, which come
 * to `values`; transformations are applied to the columns of z unless it is negative. False where eigenvalues did not converge.
 */
export function complexSchur(
  w: Work,
  n: number,
  wantT: boolean,
  lo: number,
  hi: number,
  h: number,
  ld: number,
  z: number,
  values: number,
): boolean {
  const { f, im: q } = w;
  const keep = (i: number): void => {
    f[values + i] = f[h + i * (ld + 1)];
    f[values + i + q] = f[h + i * (ld + 1) + q];
  };
  if (lo === hi) {
    keep(lo);
    return true;
  }
  const mark = w.mark();
  const v = w.take(2);
  const tau = w.take(1);
  const at = (i: number, j: number): number => h + i + j * ld;
  const size = (p: number): number => abs(f[p]) + abs(f[p + q]);
  const scale = (m: number, p: number, inc: number, re: number, im: number): void => {
    for (let i = 0; i < m; i++, p += inc) {
      const a = f[p];
      const b = f[p + q];
      f[p] = a * re - b * im;
      f[p + q] = a * im + b * re;
    }
  };
  // Subdiagonals are kept real.
  for (let i = lo + 1; i <= hi; i++) {
    const p = at(i, i - 1);
    if (f[p + q] === 0) continue;
    const c = size(p);
    const cr = f[p] / c;
    const ci = -f[p + q] / c;
    const m = hypot(cr, ci);
    const [sr, si] = [cr / m, ci / m];
    f[p] = hypot(f[p], f[p + q]);
    f[p + q] = 0;
    const first = wantT ? 0 : lo;
    const last = wantT ? n - 1 : hi;
    scale(last - i + 1, at(i, i), ld, sr, si);
    scale(Math.min(last, i + 1) - first + 1, at(first, i), 1, sr, -si);
    if (z >= 0) scale(n, z + i * ld, 1, sr, -si);
  }
  const small = SAFE_MIN * ((hi - lo + 1) / ULP);
  const most = 30 * Math.max(10, hi - lo + 1);
  let deflation = 0;
  for (let i = hi; i >= lo; ) {
    let l = lo;
    for (let its = 0; ; its++) {
      if (its > most) return false;
      let k = i;
      for (; k > l; k--) {
        const p = at(k, k - 1);
        if (size(p) <= small) break;
        const d = at(k, k);
        const e = at(k - 1, k - 1);
        let tst = size(e) + size(d);
        if (tst === 0) {
          if (k - 2 >= lo) tst += abs(f[at(k - 1, k - 2)]);
          if (k + 1 <= hi) tst += abs(f[at(k + 1, k)]);
        }
        if (abs(f[p]) <= ULP * tst) {
          const sub = size(p);
          const sup = size(at(k - 1, k));
          const ab = Math.max(sub, sup);
          const ba = Math.min(sub, sup);
          const diff = abs(f[e] - f[d]) + abs(f[e + q] - f[d + q]);
          const aa = Math.max(size(d), diff);
          const bb = Math.min(size(d), diff);
          const s = aa + ab;
          if (ba * (ab / s) <= Math.max(small, ULP * (bb * (aa / s)))) break;
        }
      }
      l = k;
      if (l > lo) {
        f[at(l, l - 1)] = 0;
        f[at(l, l - 1) + q] = 0;
      }
      if (l >= i) break;
      deflation++;
      const first = wantT ? 0 : l;
      const last = wantT ? n - 1 : i;
      let tr = f[at(i, i)];
      let ti = f[at(i, i) + q];
      if (deflation % 20 === 0) tr += 0.75 * abs(f[at(i, i - 1)]);
      else if (deflation % 10 === 0) {
        tr = f[at(l, l)] + 0.75 * abs(f[at(l + 1, l)]);
        ti = f[at(l, l) + q];
      } else {
        const [ar, ai] = root(f[at(i - 1, i)], f[at(i - 1, i) + q]);
        const [br, bi] = root(f[at(i, i - 1)], f[at(i, i - 1) + q]);
        const ur = ar * br - ai * bi;
        const ui = ar * bi + ai * br;
        let s = abs(ur) + abs(ui);
        if (s !== 0) {
          const xr = 0.5 * (f[at(i - 1, i - 1)] - tr);
          const xi = 0.5 * (f[at(i - 1, i - 1) + q] - ti);
          const sx = abs(xr) + abs(xi);
          s = Math.max(s, sx);
          const [pr, pi] = [xr / s, xi / s];
          const [or, oi] = [ur / s, ui / s];
          let [yr, yi] = root(pr * pr - pi * pi + or * or - oi * oi, 2 * (pr * pi + or * oi));
          yr *= s;
          yi *= s;
          if (sx > 0 && (xr / sx) * yr + (xi / sx) * yi < 0) {
            yr = -yr;
            yi = -yi;
          }
          const [gr, gi] = divide(ur, ui, xr + yr, xi + yi);
          tr -= ur * gr - ui * gi;
          ti -= ur * gi + ui * gr;
        }
      }
      // A small subdiagonal lets the sweep begin lower.
      let m = i - 1;
      for (; ; m--) {
        const d = at(m, m);
        const e = at(m + 1, m + 1);
        let hr = f[d] - tr;
        let hi2 = f[d + q] - ti;
        let sub = f[at(m + 1, m)];
        const s = abs(hr) + abs(hi2) + abs(sub);
        hr /= s;
        hi2 /= s;
        sub /= s;
        f[v] = hr;
        f[v + q] = hi2;
        f[v + 1] = sub;
        f[v + 1 + q] = 0;
        if (m === l) break;
        const up = f[at(m, m - 1)];
        if (abs(up) * abs(sub) <= ULP * ((abs(hr) + abs(hi2)) * (size(d) + size(e)))) break;
      }
      for (k = m; k < i; k++) {
        const p = at(k, k - 1);
        if (k > m) {
          f[v] = f[p];
          f[v + q] = f[p + q];
          f[v + 1] = f[p + 1];
          f[v + 1 + q] = f[p + 1 + q];
        }
        reflector(w, 2, v, v + 1, 1, tau);
        if (k > m) {
          f[p] = f[v];
          f[p + q] = f[v + q];
          f[p + 1] = 0;
          f[p + 1 + q] = 0;
        }
        const vr = f[v + 1];
        const vi = f[v + 1 + q];
        const ar = f[tau];
        const ai = f[tau + q];
        const t2 = ar * vr - ai * vi;
        for (let j = k, c = at(k, k); j <= last; j++, c += ld) {
          const sr = ar * f[c] + ai * f[c + q] + t2 * f[c + 1];
          const si = ar * f[c + q] - ai * f[c] + t2 * f[c + 1 + q];
          f[c] -= sr;
          f[c + q] -= si;
          f[c + 1] -= sr * vr - si * vi;
          f[c + 1 + q] -= sr * vi + si * vr;
        }
        const turn = (c: number, count: number): void => {
          for (const end = c + count; c < end; c++) {
            const e = c + ld;
            const sr = ar * f[c] - ai * f[c + q] + t2 * f[e];
            const si = ar * f[c + q] + ai * f[c] + t2 * f[e + q];
            f[c] -= sr;
            f[c + q] -= si;
            f[e] -= sr * vr + si * vi;
            f[e + q] -= si * vr - sr * vi;
          }
        };
        turn(at(first, k), Math.min(k + 2, i) - first + 1);
        if (z >= 0) turn(z + k * ld, n);
        if (k === m && m > l) {
          // The sweep began at two small subdiagonals: the one above it stays real.
          let er = 1 - ar;
          let ei = -ai;
          const s = hypot(er, ei);
          er /= s;
          ei /= s;
          scale(1, at(m + 1, m), 1, er, -ei);
          if (m + 2 <= i) scale(1, at(m + 2, m + 1), 1, er, ei);
          for (let j = m; j <= i; j++) {
            if (j === m + 1) continue;
            if (last > j) scale(last - j, at(j, j + 1), ld, er, ei);
            scale(j - first, at(first, j), 1, er, -ei);
            if (z >= 0) scale(n, z + j * ld, 1, er, -ei);
          }
        }
      }
      const p = at(i, i - 1);
      if (f[p + q] !== 0) {
        const s = hypot(f[p], f[p + q]);
        const [er, ei] = [f[p] / s, f[p + q] / s];
        f[p] = s;
        f[p + q] = 0;
        if (last > i) scale(last - i, at(i, i + 1), ld, er, -ei);
        scale(i - first, at(first, i), 1, er, ei);
        if (z >= 0) scale(n, z + i * ld, 1, er, ei);
      }
    }
    keep(i);
    deflation = 0;
    i = l - 1;
  }
  w.release(mark);
  return true;
}
