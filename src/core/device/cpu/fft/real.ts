/**
 * Passes of transforms of real points, after FFTPACK (Swarztrauber, Vectorizing the FFTs, 1982): what symmetry makes known is neither kept nor
 * computed, and points lie as re 0, re 1, im 1, re 2, … . The order of the operations is that of NumPy's library, on which the last places depend.
 *
 * A pass reads an array of (radix, l1, ido) and writes one of (l1, radix, ido), all within one Float64Array; the way back does
 * the reverse. `w` is where its twiddle factors begin: for each multiple j of the angle (ido - 1) / 2 of them.
 */
export type RealPass = (h: Float64Array, cc: number, ch: number, l1: number, ido: number, w: number) => void;

const TAU = 0.8660254037844386;
const C1 = 0.30901699437494745;
const S1 = 0.9510565162951535;
const C2 = -0.8090169943749475;
const S2 = 0.5877852522924731;

const forward2: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  for (let k = 0; k < l1; k++) {
    const a = cc + ido * k;
    const b = a + next;
    const c = ch + 2 * ido * k;
    const d = c + ido;
    const [x, y] = [h[a], h[b]];
    h[c] = x + y;
    h[d + ido - 1] = x - y;
    if (ido % 2 === 0) {
      h[d] = -h[b + ido - 1];
      h[c + ido - 1] = h[a + ido - 1];
    }
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const [p, q] = [h[w + i - 2], h[w + i - 1]];
      const [re, im] = [h[b + i - 1], h[b + i]];
      const tr = p * re + q * im;
      const ti = p * im - q * re;
      const [ar, ai] = [h[a + i - 1], h[a + i]];
      h[c + i - 1] = ar + tr;
      h[d + m - 1] = ar - tr;
      h[c + i] = ti + ai;
      h[d + m] = ti - ai;
    }
  }
};

const forward3: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  const w2 = w + ido - 1;
  for (let k = 0; k < l1; k++) {
    const a = cc + ido * k;
    const b = a + next;
    const c = b + next;
    const d = ch + 3 * ido * k;
    const e = d + ido;
    const f = e + ido;
    const [x, y, z] = [h[a], h[b], h[c]];
    const sum = y + z;
    h[d] = x + sum;
    h[f] = TAU * (z - y);
    h[e + ido - 1] = x + -0.5 * sum;
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const [p, q] = [h[w + i - 2], h[w + i - 1]];
      const [u, v] = [h[w2 + i - 2], h[w2 + i - 1]];
      const [br, bi] = [h[b + i - 1], h[b + i]];
      const [cr, ci] = [h[c + i - 1], h[c + i]];
      const dr2 = p * br + q * bi;
      const di2 = p * bi - q * br;
      const dr3 = u * cr + v * ci;
      const di3 = u * ci - v * cr;
      const sr = dr2 + dr3;
      const si = di2 + di3;
      const [ar, ai] = [h[a + i - 1], h[a + i]];
      h[d + i - 1] = ar + sr;
      h[d + i] = ai + si;
      const tr2 = ar + -0.5 * sr;
      const ti2 = ai + -0.5 * si;
      const tr3 = TAU * (di2 - di3);
      const ti3 = TAU * (dr3 - dr2);
      h[f + i - 1] = tr2 + tr3;
      h[e + m - 1] = tr2 - tr3;
      h[f + i] = ti3 + ti2;
      h[e + m] = ti3 - ti2;
    }
  }
};

const forward4: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  const w2 = w + ido - 1;
  const w3 = w2 + ido - 1;
  for (let k = 0; k < l1; k++) {
    const a = cc + ido * k;
    const b = a + next;
    const c = b + next;
    const d = c + next;
    const o0 = ch + 4 * ido * k;
    const o1 = o0 + ido;
    const o2 = o1 + ido;
    const o3 = o2 + ido;
    const odd = h[d] + h[b];
    const even = h[a] + h[c];
    h[o2] = h[d] - h[b];
    h[o1 + ido - 1] = h[a] - h[c];
    h[o0] = even + odd;
    h[o3 + ido - 1] = even - odd;
    if (ido % 2 === 0) {
      const l = ido - 1;
      const ti = -Math.SQRT1_2 * (h[b + l] + h[d + l]);
      const tr = Math.SQRT1_2 * (h[b + l] - h[d + l]);
      h[o0 + l] = h[a + l] + tr;
      h[o2 + l] = h[a + l] - tr;
      h[o3] = ti + h[c + l];
      h[o1] = ti - h[c + l];
    }
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const br = h[b + i - 1];
      const bi = h[b + i];
      const cr = h[c + i - 1];
      const ci = h[c + i];
      const dr = h[d + i - 1];
      const di = h[d + i];
      const cr2 = h[w + i - 2] * br + h[w + i - 1] * bi;
      const ci2 = h[w + i - 2] * bi - h[w + i - 1] * br;
      const cr3 = h[w2 + i - 2] * cr + h[w2 + i - 1] * ci;
      const ci3 = h[w2 + i - 2] * ci - h[w2 + i - 1] * cr;
      const cr4 = h[w3 + i - 2] * dr + h[w3 + i - 1] * di;
      const ci4 = h[w3 + i - 2] * di - h[w3 + i - 1] * dr;
      const tr1 = cr4 + cr2;
      const tr4 = cr4 - cr2;
      const ti1 = ci2 + ci4;
      const ti4 = ci2 - ci4;
      const tr2 = h[a + i - 1] + cr3;
      const tr3 = h[a + i - 1] - cr3;
      const ti2 = h[a + i] + ci3;
      const ti3 = h[a + i] - ci3;
      h[o0 + i - 1] = tr2 + tr1;
      h[o3 + m - 1] = tr2 - tr1;
      h[o0 + i] = ti1 + ti2;
      h[o3 + m] = ti1 - ti2;
      h[o2 + i - 1] = tr3 + ti4;
      h[o1 + m - 1] = tr3 - ti4;
      h[o2 + i] = tr4 + ti3;
      h[o1 + m] = tr4 - ti3;
    }
  }
};

const forward5: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  const [w2, w3, w4] = [w + ido - 1, w + 2 * (ido - 1), w + 3 * (ido - 1)];
  for (let k = 0; k < l1; k++) {
    const a = cc + ido * k;
    const [b, c, d, e] = [a + next, a + 2 * next, a + 3 * next, a + 4 * next];
    const o0 = ch + 5 * ido * k;
    const [o1, o2, o3, o4] = [o0 + ido, o0 + 2 * ido, o0 + 3 * ido, o0 + 4 * ido];
    const s2 = h[e] + h[b];
    const d5 = h[e] - h[b];
    const s3 = h[d] + h[c];
    const d4 = h[d] - h[c];
    const x = h[a];
    h[o0] = x + s2 + s3;
    h[o1 + ido - 1] = x + C1 * s2 + C2 * s3;
    h[o2] = S1 * d5 + S2 * d4;
    h[o3 + ido - 1] = x + C2 * s2 + C1 * s3;
    h[o4] = S2 * d5 - S1 * d4;
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const dr2 = h[w + i - 2] * h[b + i - 1] + h[w + i - 1] * h[b + i];
      const di2 = h[w + i - 2] * h[b + i] - h[w + i - 1] * h[b + i - 1];
      const dr3 = h[w2 + i - 2] * h[c + i - 1] + h[w2 + i - 1] * h[c + i];
      const di3 = h[w2 + i - 2] * h[c + i] - h[w2 + i - 1] * h[c + i - 1];
      const dr4 = h[w3 + i - 2] * h[d + i - 1] + h[w3 + i - 1] * h[d + i];
      const di4 = h[w3 + i - 2] * h[d + i] - h[w3 + i - 1] * h[d + i - 1];
      const dr5 = h[w4 + i - 2] * h[e + i - 1] + h[w4 + i - 1] * h[e + i];
      const di5 = h[w4 + i - 2] * h[e + i] - h[w4 + i - 1] * h[e + i - 1];
      const cr2 = dr5 + dr2;
      const ci5 = dr5 - dr2;
      const ci2 = di2 + di5;
      const cr5 = di2 - di5;
      const cr3 = dr4 + dr3;
      const ci4 = dr4 - dr3;
      const ci3 = di3 + di4;
      const cr4 = di3 - di4;
      const [ar, ai] = [h[a + i - 1], h[a + i]];
      h[o0 + i - 1] = ar + cr2 + cr3;
      h[o0 + i] = ai + ci2 + ci3;
      const tr2 = ar + C1 * cr2 + C2 * cr3;
      const ti2 = ai + C1 * ci2 + C2 * ci3;
      const tr3 = ar + C2 * cr2 + C1 * cr3;
      const ti3 = ai + C2 * ci2 + C1 * ci3;
      const tr5 = cr5 * S1 + cr4 * S2;
      const tr4 = cr5 * S2 - cr4 * S1;
      const ti5 = ci5 * S1 + ci4 * S2;
      const ti4 = ci5 * S2 - ci4 * S1;
      h[o2 + i - 1] = tr2 + tr5;
      h[o1 + m - 1] = tr2 - tr5;
      h[o2 + i] = ti5 + ti2;
      h[o1 + m] = ti5 - ti2;
      h[o4 + i - 1] = tr3 + tr4;
      h[o3 + m - 1] = tr3 - tr4;
      h[o4 + i] = ti4 + ti3;
      h[o3 + m] = ti4 - ti3;
    }
  }
};

const backward2: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  for (let k = 0; k < l1; k++) {
    const c = cc + 2 * ido * k;
    const d = c + ido;
    const a = ch + ido * k;
    const b = a + next;
    const l = ido - 1;
    const [x, y] = [h[c], h[d + l]];
    h[a] = x + y;
    h[b] = x - y;
    if (ido % 2 === 0) {
      h[a + l] = 2 * h[c + l];
      h[b + l] = -2 * h[d];
    }
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      h[a + i - 1] = h[c + i - 1] + h[d + m - 1];
      const tr = h[c + i - 1] - h[d + m - 1];
      const ti = h[c + i] + h[d + m];
      h[a + i] = h[c + i] - h[d + m];
      h[b + i] = h[w + i - 2] * ti + h[w + i - 1] * tr;
      h[b + i - 1] = h[w + i - 2] * tr - h[w + i - 1] * ti;
    }
  }
};

const backward3: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  const w2 = w + ido - 1;
  for (let k = 0; k < l1; k++) {
    const d = cc + 3 * ido * k;
    const e = d + ido;
    const f = e + ido;
    const a = ch + ido * k;
    const b = a + next;
    const c = b + next;
    const twice = 2 * h[e + ido - 1];
    const near = h[d] + -0.5 * twice;
    h[a] = h[d] + twice;
    const turned = 2 * TAU * h[f];
    h[c] = near + turned;
    h[b] = near - turned;
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const tr2 = h[f + i - 1] + h[e + m - 1];
      const ti2 = h[f + i] - h[e + m];
      const cr2 = h[d + i - 1] + -0.5 * tr2;
      const ci2 = h[d + i] + -0.5 * ti2;
      h[a + i - 1] = h[d + i - 1] + tr2;
      h[a + i] = h[d + i] + ti2;
      const cr3 = TAU * (h[f + i - 1] - h[e + m - 1]);
      const ci3 = TAU * (h[f + i] + h[e + m]);
      const dr3 = cr2 + ci3;
      const dr2 = cr2 - ci3;
      const di2 = ci2 + cr3;
      const di3 = ci2 - cr3;
      h[b + i] = h[w + i - 2] * di2 + h[w + i - 1] * dr2;
      h[b + i - 1] = h[w + i - 2] * dr2 - h[w + i - 1] * di2;
      h[c + i] = h[w2 + i - 2] * di3 + h[w2 + i - 1] * dr3;
      h[c + i - 1] = h[w2 + i - 2] * dr3 - h[w2 + i - 1] * di3;
    }
  }
};

const backward4: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  const w2 = w + ido - 1;
  const w3 = w2 + ido - 1;
  for (let k = 0; k < l1; k++) {
    const i0 = cc + 4 * ido * k;
    const i1 = i0 + ido;
    const i2 = i1 + ido;
    const i3 = i2 + ido;
    const a = ch + ido * k;
    const b = a + next;
    const c = b + next;
    const d = c + next;
    const l = ido - 1;
    const sum = h[i0] + h[i3 + l];
    const difference = h[i0] - h[i3 + l];
    const twice = 2 * h[i1 + l];
    const turned = 2 * h[i2];
    h[a] = sum + twice;
    h[c] = sum - twice;
    h[d] = difference + turned;
    h[b] = difference - turned;
    if (ido % 2 === 0) {
      const ti1 = h[i3] + h[i1];
      const ti2 = h[i3] - h[i1];
      const tr2 = h[i0 + l] + h[i2 + l];
      const tr1 = h[i0 + l] - h[i2 + l];
      h[a + l] = tr2 + tr2;
      h[b + l] = Math.SQRT2 * (tr1 - ti1);
      h[c + l] = ti2 + ti2;
      h[d + l] = -Math.SQRT2 * (tr1 + ti1);
    }
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const tr2 = h[i0 + i - 1] + h[i3 + m - 1];
      const tr1 = h[i0 + i - 1] - h[i3 + m - 1];
      const ti1 = h[i0 + i] + h[i3 + m];
      const ti2 = h[i0 + i] - h[i3 + m];
      const tr4 = h[i2 + i] + h[i1 + m];
      const ti3 = h[i2 + i] - h[i1 + m];
      const tr3 = h[i2 + i - 1] + h[i1 + m - 1];
      const ti4 = h[i2 + i - 1] - h[i1 + m - 1];
      h[a + i - 1] = tr2 + tr3;
      const cr3 = tr2 - tr3;
      h[a + i] = ti2 + ti3;
      const ci3 = ti2 - ti3;
      const cr4 = tr1 + tr4;
      const cr2 = tr1 - tr4;
      const ci2 = ti1 + ti4;
      const ci4 = ti1 - ti4;
      h[b + i] = h[w + i - 2] * ci2 + h[w + i - 1] * cr2;
      h[b + i - 1] = h[w + i - 2] * cr2 - h[w + i - 1] * ci2;
      h[c + i] = h[w2 + i - 2] * ci3 + h[w2 + i - 1] * cr3;
      h[c + i - 1] = h[w2 + i - 2] * cr3 - h[w2 + i - 1] * ci3;
      h[d + i] = h[w3 + i - 2] * ci4 + h[w3 + i - 1] * cr4;
      h[d + i - 1] = h[w3 + i - 2] * cr4 - h[w3 + i - 1] * ci4;
    }
  }
};

const backward5: RealPass = (h, cc, ch, l1, ido, w) => {
  const next = ido * l1;
  const [w2, w3, w4] = [w + ido - 1, w + 2 * (ido - 1), w + 3 * (ido - 1)];
  for (let k = 0; k < l1; k++) {
    const i0 = cc + 5 * ido * k;
    const [i1, i2, i3, i4] = [i0 + ido, i0 + 2 * ido, i0 + 3 * ido, i0 + 4 * ido];
    const a = ch + ido * k;
    const [b, c, d, e] = [a + next, a + 2 * next, a + 3 * next, a + 4 * next];
    const l = ido - 1;
    const t5 = h[i2] + h[i2];
    const t4 = h[i4] + h[i4];
    const t2 = h[i1 + l] + h[i1 + l];
    const t3 = h[i3 + l] + h[i3 + l];
    const x = h[i0];
    h[a] = x + t2 + t3;
    const c2 = x + C1 * t2 + C2 * t3;
    const c3 = x + C2 * t2 + C1 * t3;
    const c5 = t5 * S1 + t4 * S2;
    const c4 = t5 * S2 - t4 * S1;
    h[e] = c2 + c5;
    h[b] = c2 - c5;
    h[d] = c3 + c4;
    h[c] = c3 - c4;
    for (let i = 2; i < ido; i += 2) {
      const m = ido - i;
      const tr2 = h[i2 + i - 1] + h[i1 + m - 1];
      const tr5 = h[i2 + i - 1] - h[i1 + m - 1];
      const ti5 = h[i2 + i] + h[i1 + m];
      const ti2 = h[i2 + i] - h[i1 + m];
      const tr3 = h[i4 + i - 1] + h[i3 + m - 1];
      const tr4 = h[i4 + i - 1] - h[i3 + m - 1];
      const ti4 = h[i4 + i] + h[i3 + m];
      const ti3 = h[i4 + i] - h[i3 + m];
      const [ar, ai] = [h[i0 + i - 1], h[i0 + i]];
      h[a + i - 1] = ar + tr2 + tr3;
      h[a + i] = ai + ti2 + ti3;
      const cr2 = ar + C1 * tr2 + C2 * tr3;
      const ci2 = ai + C1 * ti2 + C2 * ti3;
      const cr3 = ar + C2 * tr2 + C1 * tr3;
      const ci3 = ai + C2 * ti2 + C1 * ti3;
      const cr5 = tr5 * S1 + tr4 * S2;
      const cr4 = tr5 * S2 - tr4 * S1;
      const ci5 = ti5 * S1 + ti4 * S2;
      const ci4 = ti5 * S2 - ti4 * S1;
      const dr4 = cr3 + ci4;
      const dr3 = cr3 - ci4;
      const di3 = ci3 + cr4;
      const di4 = ci3 - cr4;
      const dr5 = cr2 + ci5;
      const dr2 = cr2 - ci5;
      const di2 = ci2 + cr5;
      const di5 = ci2 - cr5;
      h[b + i] = h[w + i - 2] * di2 + h[w + i - 1] * dr2;
      h[b + i - 1] = h[w + i - 2] * dr2 - h[w + i - 1] * di2;
      h[c + i] = h[w2 + i - 2] * di3 + h[w2 + i - 1] * dr3;
      h[c + i - 1] = h[w2 + i - 2] * dr3 - h[w2 + i - 1] * di3;
      h[d + i] = h[w3 + i - 2] * di4 + h[w3 + i - 1] * dr4;
      h[d + i - 1] = h[w3 + i - 2] * dr4 - h[w3 + i - 1] * di4;
      h[e + i] = h[w4 + i - 2] * di5 + h[w4 + i - 1] * dr5;
      h[e + i - 1] = h[w4 + i - 2] * dr5 - h[w4 + i - 1] * di5;
    }
  }
};

type Radix = 2 | 3 | 4 | 5;
export const FORWARD: Readonly<Record<Radix, RealPass>> = { 2: forward2, 3: forward3, 4: forward4, 5: forward5 };
export const BACKWARD: Readonly<Record<Radix, RealPass>> = { 2: backward2, 3: backward3, 4: backward4, 5: backward5 };

/** The radices of the passes of a length, the first that the way back has first; null where one is not a radix of a pass. */
export function realFactors(n: number): Radix[] | null {
  const out: Radix[] = [];
  let rest = n;
  for (; rest % 4 === 0; rest /= 4) out.push(4);
  if (rest % 2 === 0) {
    rest /= 2;
    out.push(2);
    [out[0], out[out.length - 1]] = [2, out[0]];
  }
  for (const r of [3, 5] as const) for (; rest % r === 0; rest /= r) out.push(r);
  return rest === 1 ? out : null;
}
