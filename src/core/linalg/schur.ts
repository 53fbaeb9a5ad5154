import { hypot } from './householder.js';
import { rotate } from './rotations.js';
import { PANEL_ROWS, type Work } from './work.js';

const ULP = 2 ** -52;
const SAFE_MIN = 2 ** -1022;
const sign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));

/** What `standard2` found: a, b, c, d, then the eigenvalues (re, im, re, im), then cosine and sine. */
const st = new Float64Array(10);

/** The Schur form of [[a, b], [c, d]]: c = 0, or a = d and b c < 0 (LAPACK's lanv2). */
function standard2(a: number, b: number, c: number, d: number): void {
  let cs = 1;
  let sn = 0;
  if (c === 0) {
    // Triangular already.
  } else if (b === 0) {
    cs = 0;
    sn = 1;
    [a, d] = [d, a];
    b = -c;
    c = 0;
  } else if (!(a - d === 0 && sign(1, b) !== sign(1, c))) {
    let temp = a - d;
    let p = 0.5 * temp;
    const high = Math.max(Math.abs(b), Math.abs(c));
    const low = Math.min(Math.abs(b), Math.abs(c)) * sign(1, b) * sign(1, c);
    const scale = Math.max(Math.abs(p), high);
    let z = (p / scale) * p + (high / scale) * low;
    if (z >= 4 * ULP) {
      z = p + sign(Math.sqrt(scale) * Math.sqrt(z), p);
      a = d + z;
      d -= (high / z) * low;
      const tau = hypot(c, z);
      cs = z / tau;
      sn = c / tau;
      b -= c;
      c = 0;
    } else {
      const sigma = b + c;
      const tau = hypot(sigma, temp);
      cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / tau));
      sn = -(p / (tau * cs)) * sign(1, sigma);
      const aa = a * cs + b * sn;
      const bb = -a * sn + b * cs;
      const cc = c * cs + d * sn;
      const dd = -c * sn + d * cs;
      a = aa * cs + cc * sn;
      b = bb * cs + dd * sn;
      c = -aa * sn + cc * cs;
      d = -bb * sn + dd * cs;
      temp = 0.5 * (a + d);
      a = temp;
      d = temp;
      if (c !== 0) {
        if (b === 0) {
          b = -c;
          c = 0;
          [cs, sn] = [-sn, cs];
        } else if (sign(1, b) === sign(1, c)) {
          const sab = Math.sqrt(Math.abs(b));
          const sac = Math.sqrt(Math.abs(c));
          p = sign(sab * sac, c);
          const t = 1 / Math.sqrt(Math.abs(b + c));
          a = temp + p;
          d = temp - p;
          b -= c;
          c = 0;
          const cs1 = sab * t;
          const sn1 = sac * t;
          [cs, sn] = [cs * cs1 - sn * sn1, cs * sn1 + sn * cs1];
        }
      }
    }
  }
  const im = c === 0 ? 0 : Math.sqrt(Math.abs(b)) * Math.sqrt(Math.abs(c));
  st.set([a, b, c, d, a, im, d, im === 0 ? 0 : -im, cs, sn]);
}

/** Doubles of an entry in a list of reflectors, as the kernels read it. */
const ENTRY = 6;
/** Reflectors that are kept before they are applied to the vectors. */
const KEPT = 4096;
/** Rows and columns beyond the matrix that the kernels may touch; they hold zeros. */
export const MARGIN = 8;

export const schurWork = (n: number): number => ENTRY * (2 * n + KEPT) + 64;

/**
 * The real Schur form of rows and columns lo to hi of an upper Hessenberg matrix, by Francis' implicit double shifts, as LAPACK's lahqr: T with `wantT`, else only
 * eigenvalues; transformations are applied to the columns of z unless it is negative. A sweep works on a band about the diagonal; what it does to the other
 * rows and columns is done afterwards by kernels. Matrices have MARGIN rows and columns to spare. False where eigenvalues did not converge.
 */
export function schur(
  w: Work,
  n: number,
  wantT: boolean,
  lo: number,
  hi: number,
  h: number,
  ld: number,
  z: number,
  wr: number,
  wi: number,
): boolean {
  const { f } = w;
  if (lo === hi) {
    f[wr + lo] = f[h + lo * (ld + 1)];
    f[wi + lo] = 0;
    return true;
  }
  const mark = w.mark();
  const list = w.take(ENTRY * (n + 2));
  const keptList = w.take(ENTRY * (n + KEPT));
  let kept = 0;
  const flush = (): void => {
    if (kept > 0) for (let r = 0; r < n; r += PANEL_ROWS) w.k.reflect((z + r) * 8, ld * 8, keptList * 8, kept);
    kept = 0;
  };
  const small = SAFE_MIN * ((hi - lo + 1) / ULP);
  const most = 30 * Math.max(10, hi - lo + 1);
  const abs = Math.abs;
  const v = new Float64Array(3);
  let deflation = 0;
  for (let i = hi; i >= lo; ) {
    let l = lo;
    let its = 0;
    for (; ; its++) {
      if (its > most) return false;
      let k = i;
      for (; k > l; k--) {
        const d = h + k + k * ld;
        const sub = abs(f[d - ld]);
        if (sub <= small) break;
        let tst = abs(f[d - ld - 1]) + abs(f[d]);
        if (tst === 0) {
          if (k - 2 >= lo) tst += abs(f[d - 1 - 2 * ld]);
          if (k + 1 <= hi) tst += abs(f[d + 1]);
        }
        if (sub <= ULP * tst) {
          const sup = abs(f[d - 1]);
          const ab = Math.max(sub, sup);
          const ba = Math.min(sub, sup);
          const diff = abs(f[d - ld - 1] - f[d]);
          const aa = Math.max(abs(f[d]), diff);
          const bb = Math.min(abs(f[d]), diff);
          const s = aa + ab;
          if (ba * (ab / s) <= Math.max(small, ULP * (bb * (aa / s)))) break;
        }
      }
      l = k;
      if (l > lo) f[h + l + (l - 1) * ld] = 0;
      if (l >= i - 1) break;
      deflation++;
      const first = wantT ? 0 : l;
      const last = wantT ? n - 1 : i;
      // Shifts.
      let h11: number;
      let h21: number;
      let h12: number;
      let h22: number;
      const di = h + i + i * ld;
      const dl = h + l + l * ld;
      if (deflation % 10 === 0) {
        // A shift out of order, when nothing has converged for long.
        const bottom = deflation % 20 === 0;
        const s = bottom ? abs(f[di - ld]) + abs(f[di - 1 - 2 * ld]) : abs(f[dl + 1]) + abs(f[dl + 2 + ld]);
        h11 = 0.75 * s + (bottom ? f[di] : f[dl]);
        h12 = -0.4375 * s;
        h21 = s;
        h22 = h11;
      } else {
        h11 = f[di - ld - 1];
        h21 = f[di - ld];
        h12 = f[di - 1];
        h22 = f[di];
      }
      let s = abs(h11) + abs(h12) + abs(h21) + abs(h22);
      let rt1r = 0;
      let rt1i = 0;
      let rt2r = 0;
      let rt2i = 0;
      if (s !== 0) {
        h11 /= s;
        h21 /= s;
        h12 /= s;
        h22 /= s;
        const tr = (h11 + h22) / 2;
        const det = (h11 - tr) * (h22 - tr) - h12 * h21;
        const root = Math.sqrt(abs(det));
        if (det >= 0) {
          rt1r = tr * s;
          rt2r = rt1r;
          rt1i = root * s;
          rt2i = -rt1i;
        } else {
          rt1r = tr + root;
          rt2r = tr - root;
          rt1r = (abs(rt1r - h22) <= abs(rt2r - h22) ? rt1r : rt2r) * s;
          rt2r = rt1r;
        }
      }
      // Two small subdiagonals in a row let the sweep begin lower.
      let m = i - 2;
      for (; ; m--) {
        const d = h + m + m * ld;
        let sub = f[d + 1];
        s = abs(f[d] - rt2r) + abs(rt2i) + abs(sub);
        sub /= s;
        v[0] = sub * f[d + ld] + (f[d] - rt1r) * ((f[d] - rt2r) / s) - rt1i * (rt2i / s);
        v[1] = sub * (f[d] + f[d + ld + 1] - rt1r - rt2r);
        v[2] = sub * f[d + ld + 2];
        s = abs(v[0]) + abs(v[1]) + abs(v[2]);
        v[0] /= s;
        v[1] /= s;
        v[2] /= s;
        if (m === l) break;
        const up = abs(f[d - ld]);
        const near = abs(f[d - ld - 1]) + abs(f[d]) + abs(f[d + ld + 1]);
        if (up * (abs(v[1]) + abs(v[2])) <= ULP * abs(v[0]) * near) break;
      }
      // The sweep, on a band; columns up to `entered` are up to date.
      let entered = Math.min(m + 3, last);
      for (k = m; k < i; k++) {
        const three = k < i - 1;
        const d = h + k + k * ld;
        if (k > m) {
          v[0] = f[d - ld];
          v[1] = f[d - ld + 1];
          v[2] = three ? f[d - ld + 2] : 0;
        } else if (!three) v[2] = 0;
        const t1 = reflect3(v);
        if (k > m) {
          f[d - ld] = v[0];
          f[d - ld + 1] = 0;
          if (three) f[d - ld + 2] = 0;
        } else if (m > l) f[d - ld] *= 1 - t1;
        const v2 = v[1];
        const v3 = three ? v[2] : 0;
        const t2 = t1 * v2;
        const t3 = t1 * v3;
        const e = list + ENTRY * (k - m);
        w.i[2 * e] = k * ld * 8;
        f[e + 1] = v2;
        f[e + 2] = v3;
        f[e + 3] = t1;
        f[e + 4] = t2;
        f[e + 5] = t3;
        if (k + 3 > entered && entered < last) {
          w.k.rows4((h + m + (entered + 1) * ld) * 8, ld * 8, list * 8, k - m);
          entered += 4;
        }
        const columns = Math.min(entered, n + MARGIN - 1);
        for (let j = k, p = d; j <= columns; j++, p += ld) {
          const sum = f[p] + v2 * f[p + 1] + v3 * f[p + 2];
          f[p] -= sum * t1;
          f[p + 1] -= sum * t2;
          f[p + 2] -= sum * t3;
        }
        const end = Math.min(k + 3, i);
        for (let r = k, p = d; r <= end; r++, p++) {
          const sum = f[p] + v2 * f[p + ld] + v3 * f[p + 2 * ld];
          f[p] -= sum * t1;
          f[p + ld] -= sum * t2;
          f[p + 2 * ld] -= sum * t3;
        }
      }
      const count = i - m;
      for (let j = entered + 1; j <= last; j += 4) w.k.rows4((h + m + j * ld) * 8, ld * 8, list * 8, count);
      // The rows above each reflector.
      for (let r = first; r < i - 1; r += PANEL_ROWS) {
        const from = Math.max(0, r + PANEL_ROWS - m);
        for (let q = 0; q < Math.min(from, count); q++) {
          const e = list + ENTRY * q;
          for (let x = r; x < m + q; x++) {
            const p = h + x + (m + q) * ld;
            const sum = f[p] + f[e + 1] * f[p + ld] + f[e + 2] * f[p + 2 * ld];
            f[p] -= sum * f[e + 3];
            f[p + ld] -= sum * f[e + 4];
            f[p + 2 * ld] -= sum * f[e + 5];
          }
        }
        if (from < count) w.k.reflect((h + r) * 8, ld * 8, (list + ENTRY * from) * 8, count - from);
      }
      if (z >= 0) {
        f.copyWithin(keptList + ENTRY * kept, list, list + ENTRY * count);
        kept += count;
        if (kept >= KEPT) flush();
      }
    }
    if (l === i) {
      f[wr + i] = f[h + i + i * ld];
      f[wi + i] = 0;
    } else {
      const d = h + i - 1 + (i - 1) * ld;
      standard2(f[d], f[d + ld], f[d + 1], f[d + ld + 1]);
      f[d] = st[0];
      f[d + ld] = st[1];
      f[d + 1] = st[2];
      f[d + ld + 1] = st[3];
      f[wr + i - 1] = st[4];
      f[wi + i - 1] = st[5];
      f[wr + i] = st[6];
      f[wi + i] = st[7];
      const cs = st[8];
      const sn = st[9];
      if (wantT) {
        rotate(f, n - 1 - i, d + 2 * ld, ld, d + 2 * ld + 1, ld, cs, sn);
        rotate(f, i - 1, h + (i - 1) * ld, 1, h + i * ld, 1, cs, sn);
      }
      if (z >= 0) {
        flush();
        rotate(f, n, z + (i - 1) * ld, 1, z + i * ld, 1, cs, sn);
      }
    }
    deflation = 0;
    i = l - 1;
  }
  flush();
  w.release(mark);
  return true;
}

/** The reflector of three numbers, in place: beta, v2, v3; gives tau. */
function reflect3(v: Float64Array): number {
  let norm = hypot(v[1], v[2]);
  if (norm === 0) return 0;
  let a = v[0];
  const LEAST = SAFE_MIN / 2 ** -53;
  let beta = -sign(hypot(a, norm), a);
  let times = 0;
  while (Math.abs(beta) < LEAST && times < 20) {
    times++;
    v[1] /= LEAST;
    v[2] /= LEAST;
    a /= LEAST;
    norm = hypot(v[1], v[2]);
    beta = -sign(hypot(a, norm), a);
  }
  const tau = (beta - a) / beta;
  const s = 1 / (a - beta);
  v[1] *= s;
  v[2] *= s;
  for (; times > 0; times--) beta *= LEAST;
  v[0] = beta;
  return tau;
}
