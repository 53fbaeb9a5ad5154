import { hypot } from './householder.js';
import { found, rotation, type Sweeps } from './rotations.js';
import { rescale, target } from './scale.js';

/**
 * Eigenvalues of a symmetric tridiagonal matrix by implicit QL and QR with Wilkinson's shift, as LAPACK's steqr: blocks are split off, and each is worked from
 * the end with the smaller diagonal. Rotations go to `sweeps`. Eigenvalues are left in d, unsorted; false where they did not converge.
 */
export function tridiagonalQL(f: Float64Array, n: number, d: number, e: number, sweeps: Sweeps | null): boolean {
  const EPS = 2 ** -53;
  const EPS2 = EPS * EPS;
  const SAFE_MIN = 2 ** -1022;
  const HIGH = Math.sqrt(1 / SAFE_MIN) / 3;
  const LOW = Math.sqrt(SAFE_MIN) / EPS2;
  const most = 30 * n;
  let total = 0;
  let next = 0;
  while (next < n) {
    if (next > 0) f[e + next - 1] = 0;
    let m = next;
    for (; m < n - 1; m++) {
      const v = Math.abs(f[e + m]);
      if (v === 0) break;
      if (v <= Math.sqrt(Math.abs(f[d + m])) * Math.sqrt(Math.abs(f[d + m + 1])) * EPS) {
        f[e + m] = 0;
        break;
      }
    }
    const start = next;
    const stop = m;
    next = m + 1;
    if (stop === start) continue;
    let norm = 0;
    for (let i = start; i <= stop; i++) {
      const x = Math.abs(f[d + i]);
      const y = i < stop ? Math.abs(f[e + i]) : 0;
      if (!(x <= norm)) norm = x;
      if (!(y <= norm)) norm = y;
    }
    if (norm === 0) continue;
    const scaled = target(norm, LOW, HIGH);
    const scale = (from: number, to: number): void => {
      if (from === to || Number.isNaN(from)) return;
      rescale(f, d + start, stop - start + 1, 1, from, to);
      rescale(f, e + start, stop - start, 1, from, to);
    };
    scale(norm, scaled);
    const ql = !(Math.abs(f[d + stop]) < Math.abs(f[d + start]));
    // Both directions are one loop: `dir` is the way from the end that is worked on to the other; the off-diagonal between i and i + dir is at i + off.
    const dir = ql ? 1 : -1;
    const off = ql ? e : e - 1;
    let l = ql ? start : stop;
    const end = ql ? stop : start;
    while (ql ? l <= end : l >= end) {
      let q = l;
      while (q !== end) {
        const v = Math.abs(f[off + q]);
        if (v * v <= EPS2 * Math.abs(f[d + q]) * Math.abs(f[d + q + dir]) + SAFE_MIN) break;
        q += dir;
      }
      if (q !== end) f[off + q] = 0;
      let p = f[d + l];
      if (q === l) {
        l += dir;
        continue;
      }
      if (q === l + dir) {
        const lo = Math.min(l, q);
        symmetric2(f[d + lo], f[e + lo], f[d + lo + 1]);
        if (sweeps !== null) {
          sweeps.begin(lo, 1, !ql);
          sweeps.add(pair[2], pair[3]);
        }
        f[d + lo] = pair[0];
        f[d + lo + 1] = pair[1];
        f[e + lo] = 0;
        l += 2 * dir;
        continue;
      }
      if (total === most) break;
      total++;
      const el = f[off + l];
      let g = (f[d + l + dir] - p) / (2 * el);
      let r = hypot(g, 1);
      g = f[d + q] - p + el / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      p = 0;
      const count = Math.abs(q - l);
      sweeps?.begin(Math.min(q, l), count, !ql);
      for (let k = 1; k <= count; k++) {
        const i = q - k * dir;
        const h = s * f[off + i];
        const b = c * f[off + i];
        rotation(g, h);
        c = found[0];
        s = found[1];
        if (k > 1) f[off + i + dir] = found[2];
        g = f[d + i + dir] - p;
        r = (f[d + i] - g) * s + 2 * c * b;
        p = s * r;
        f[d + i + dir] = g + p;
        g = c * r - b;
        sweeps?.add(c, ql ? -s : s);
      }
      f[d + l] -= p;
      f[off + l] = g;
    }
    scale(scaled, norm);
    if (total >= most) {
      for (let i = 0; i < n - 1; i++) if (f[e + i] !== 0) return false;
    }
  }
  return true;
}

/** What `symmetric2` found: the larger and the smaller eigenvalue in magnitude, and (c, s), the vector of the former. */
const pair = new Float64Array(4);

/** Eigenvalues and vectors of [[a, b], [b, c]] (LAPACK's laev2). */
function symmetric2(a: number, b: number, c: number): void {
  const sum = a + c;
  const diff = a - c;
  const ad = Math.abs(diff);
  const tb = b + b;
  const ab = Math.abs(tb);
  const big = Math.abs(a) > Math.abs(c) ? a : c;
  const low = Math.abs(a) > Math.abs(c) ? c : a;
  let rt: number;
  if (ad > ab) rt = ad * Math.sqrt(1 + (ab / ad) * (ab / ad));
  else if (ad < ab) rt = ab * Math.sqrt(1 + (ad / ab) * (ad / ab));
  else rt = ab * Math.SQRT2;
  let sign1 = 1;
  if (sum < 0) {
    pair[0] = 0.5 * (sum - rt);
    sign1 = -1;
    pair[1] = (big / pair[0]) * low - (b / pair[0]) * b;
  } else if (sum > 0) {
    pair[0] = 0.5 * (sum + rt);
    pair[1] = (big / pair[0]) * low - (b / pair[0]) * b;
  } else {
    pair[0] = 0.5 * rt;
    pair[1] = -0.5 * rt;
  }
  let sign2 = 1;
  let cs: number;
  if (diff >= 0) cs = diff + rt;
  else {
    cs = diff - rt;
    sign2 = -1;
  }
  let cosine: number;
  let sine: number;
  if (Math.abs(cs) > ab) {
    const ct = -tb / cs;
    sine = 1 / Math.sqrt(1 + ct * ct);
    cosine = ct * sine;
  } else if (ab === 0) {
    cosine = 1;
    sine = 0;
  } else {
    const tn = -cs / tb;
    cosine = 1 / Math.sqrt(1 + tn * tn);
    sine = tn * cosine;
  }
  if (sign1 === sign2) {
    const tn = cosine;
    cosine = -sine;
    sine = tn;
  }
  pair[2] = cosine;
  pair[3] = sine;
}
