import { found, rotation, type Sweeps } from './rotations.js';

/** What `triangular2` found: smaller and larger singular value, sine and cosine on the right and on the left. */
const two = new Float64Array(6);
const sign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));

/** Singular values and vectors of [[f, g], [0, h]], signs and all (LAPACK's lasv2). */
function triangular2(f: number, g: number, h: number): void {
  let ft = f;
  let fa = Math.abs(f);
  let ht = h;
  let ha = Math.abs(h);
  let top = 1;
  const swap = ha > fa;
  if (swap) {
    top = 3;
    [ft, ht] = [ht, ft];
    [fa, ha] = [ha, fa];
  }
  const ga = Math.abs(g);
  let low: number;
  let high: number;
  let clt = 1;
  let crt = 1;
  let slt = 0;
  let srt = 0;
  if (ga === 0) {
    low = ha;
    high = fa;
  } else {
    if (ga > fa) top = 2;
    if (ga > fa && fa / ga < 2 ** -53) {
      high = ga;
      low = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
      slt = ht / g;
      srt = 1;
      crt = ft / g;
    } else {
      const dd = fa - ha;
      let l = dd === fa ? 1 : dd / fa;
      const m = g / ft;
      let t = 2 - l;
      const mm = m * m;
      const s = Math.sqrt(t * t + mm);
      const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + mm);
      const a = 0.5 * (s + r);
      low = ha / a;
      high = fa * a;
      if (mm === 0) {
        if (l === 0) t = sign(2, ft) * sign(1, g);
        else t = g / sign(dd, ft) + m / t;
      } else t = (m / (s + t) + m / (r + l)) * (1 + a);
      l = Math.sqrt(t * t + 4);
      crt = 2 / l;
      srt = t / l;
      clt = (crt + srt * m) / a;
      slt = ((ht / ft) * srt) / a;
    }
  }
  const [csl, snl, csr, snr] = swap ? [srt, crt, slt, clt] : [clt, slt, crt, srt];
  let s: number;
  if (top === 1) s = sign(1, csr) * sign(1, csl) * sign(1, f);
  else if (top === 2) s = sign(1, snr) * sign(1, csl) * sign(1, g);
  else s = sign(1, snr) * sign(1, snl) * sign(1, h);
  two[0] = sign(low, s * sign(1, f) * sign(1, h));
  two[1] = sign(high, s);
  two[2] = snr;
  two[3] = csr;
  two[4] = snl;
  two[5] = csl;
}

/** The smaller singular value of [[f, g], [0, h]] (LAPACK's las2). */
function smaller2(f: number, g: number, h: number): number {
  const fa = Math.abs(f);
  const ga = Math.abs(g);
  const ha = Math.abs(h);
  const low = Math.min(fa, ha);
  const high = Math.max(fa, ha);
  if (low === 0) return 0;
  const as = 1 + low / high;
  const at = (high - low) / high;
  if (ga < high) {
    const au = (ga / high) ** 2;
    return low * (2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au)));
  }
  const au = high / ga;
  if (au === 0) return (low * high) / ga;
  const c = 1 / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2));
  return 2 * (low * c * au);
}

/** Turns a real lower bidiagonal matrix into an upper one by rotations from the left, which go to `u`. */
export function lowerToUpper(f: Float64Array, n: number, d: number, e: number, u: Sweeps | null): void {
  if (n > 1) u?.begin(0, n - 1, true);
  for (let i = 0; i < n - 1; i++) {
    rotation(f[d + i], f[e + i]);
    const [c, s, r] = found;
    f[d + i] = r;
    f[e + i] = s * f[d + i + 1];
    f[d + i + 1] *= c;
    u?.add(c, s);
  }
}

/**
 * Singular values of a real upper bidiagonal matrix to high relative accuracy, by implicit QR with a shift of zero where another would cost accuracy
 * (Demmel and Kahan, "Accurate singular values of bidiagonal matrices"; LAPACK's bdsqr). Rotations of the left and right vectors go to `u` and `v`. The values
 * are left in d, unsorted and with signs; false where they did not converge.
 */
export function bidiagonalQR(
  f: Float64Array,
  n: number,
  d: number,
  e: number,
  u: Sweeps | null,
  v: Sweeps | null,
): boolean {
  const EPS = 2 ** -53;
  const UNDERFLOW = 2 ** -1022;
  const tol = Math.max(10, Math.min(100, EPS ** -0.125)) * EPS;
  const abs = Math.abs;
  let least = abs(f[d]);
  for (let i = 1, mu = least; i < n && least !== 0; i++) {
    mu = abs(f[d + i]) * (mu / (mu + abs(f[e + i - 1])));
    least = Math.min(least, mu);
  }
  least /= Math.sqrt(n);
  const thresh = Math.max(tol * least, 6 * (n * (n * UNDERFLOW)));
  const most = 6 * n * n;
  let steps = 0;
  let oldFirst = -1;
  let oldLast = -1;
  let down = true;
  let last = n - 1;
  const cs = new Float64Array(4 * n);
  while (last > 0) {
    if (steps > most) return false;
    // The unreduced block that ends at `last`.
    let first = last - 1;
    let high = abs(f[d + last]);
    let split = false;
    for (; first >= 0; first--) {
      const ae = abs(f[e + first]);
      if (ae <= thresh || ae === 0) {
        split = true;
        break;
      }
      high = Math.max(high, abs(f[d + first]), ae);
    }
    if (split) {
      f[e + first] = 0;
      if (first === last - 1) {
        last--;
        continue;
      }
    }
    first++;
    if (first === last - 1) {
      triangular2(f[d + first], f[e + first], f[d + last]);
      f[d + first] = two[1];
      f[e + first] = 0;
      f[d + last] = two[0];
      v?.begin(first, 1, true);
      v?.add(two[3], two[2]);
      u?.begin(first, 1, true);
      u?.add(two[5], two[4]);
      last -= 2;
      continue;
    }
    // From the larger end to the smaller one.
    if (first > oldLast || last < oldFirst) down = abs(f[d + first]) >= abs(f[d + last]);
    const [from, to] = down ? [first, last] : [last, first];
    const step = down ? 1 : -1;
    /** The off-diagonal between i and i + step is at off + i. */
    const off = down ? e : e - 1;
    if (abs(f[off + to - step]) <= tol * abs(f[d + to])) {
      f[off + to - step] = 0;
      continue;
    }
    let mu = abs(f[d + from]);
    let low = mu;
    let converged = false;
    for (let i = from; i !== to; i += step) {
      if (abs(f[off + i]) <= tol * mu) {
        f[off + i] = 0;
        converged = true;
        break;
      }
      mu = abs(f[d + i + step]) * (mu / (mu + abs(f[off + i])));
      low = Math.min(low, mu);
    }
    if (converged) continue;
    oldFirst = first;
    oldLast = last;
    let shift = 0;
    if (!(n * tol * (low / high) <= Math.max(EPS, 0.01 * tol))) {
      shift = down
        ? smaller2(f[d + last - 1], f[e + last - 1], f[d + last])
        : smaller2(f[d + first], f[e + first], f[d + first + 1]);
      const end = abs(f[d + from]);
      if (end > 0 && (shift / end) ** 2 < EPS) shift = 0;
    }
    const count = last - first;
    steps += count;
    let at = 0;
    // Rotations of the side that the bulge starts on, then of the other.
    if (shift === 0) {
      let c = 1;
      let oldC = 1;
      let oldS = 0;
      for (let i = from; i !== to; i += step) {
        rotation(f[d + i] * c, f[off + i]);
        c = found[0];
        const s = found[1];
        const r = found[2];
        if (i !== from) f[off + i - step] = oldS * r;
        rotation(oldC * r, f[d + i + step] * s);
        oldC = found[0];
        oldS = found[1];
        f[d + i] = found[2];
        cs[at++] = c;
        cs[at++] = s;
        cs[at++] = oldC;
        cs[at++] = oldS;
      }
      const h = f[d + to] * c;
      f[d + to] = h * oldC;
      f[off + to - step] = h * oldS;
    } else {
      let x = (abs(f[d + from]) - shift) * (sign(1, f[d + from]) + shift / f[d + from]);
      let g = f[off + from];
      for (let i = from; i !== to; i += step) {
        rotation(x, g);
        const c = found[0];
        const s = found[1];
        if (i !== from) f[off + i - step] = found[2];
        const di = f[d + i];
        const ei = f[off + i];
        x = c * di + s * ei;
        const en = c * ei - s * di;
        g = s * f[d + i + step];
        const dn = c * f[d + i + step];
        rotation(x, g);
        const c2 = found[0];
        const s2 = found[1];
        f[d + i] = found[2];
        x = c2 * en + s2 * dn;
        f[d + i + step] = c2 * dn - s2 * en;
        f[off + i] = en;
        if (i + step !== to) {
          g = s2 * f[off + i + step];
          f[off + i + step] *= c2;
        }
        cs[at++] = c;
        cs[at++] = s;
        cs[at++] = c2;
        cs[at++] = s2;
      }
      f[off + to - step] = x;
    }
    if (abs(f[off + to - step]) <= thresh) f[off + to - step] = 0;
    const flip = down ? 1 : -1;
    const [start, other] = down ? [v, u] : [u, v];
    start?.begin(first, count, down);
    if (start) for (let i = 0; i < at; i += 4) start.add(cs[i], flip * cs[i + 1]);
    other?.begin(first, count, down);
    if (other) for (let i = 0; i < at; i += 4) other.add(cs[i + 2], flip * cs[i + 3]);
  }
  return true;
}
