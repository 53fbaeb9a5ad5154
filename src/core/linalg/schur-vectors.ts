import { divide } from './householder.js';
import type { Work } from './work.js';

const SAFE_MIN = 2 ** -1022;
const ULP = 2 ** -52;

/** Solutions of small complex systems: re and im of each unknown. */
const x = new Float64Array(4);

/** (a - w) x = b for complex w and b, with a - w kept away from zero; gives the factor that b was scaled by. */
function solve1(a: number, wr: number, wi: number, br: number, bi: number, least: number, most: number): number {
  let cr = a - wr;
  let ci = -wi;
  let size = Math.abs(cr) + Math.abs(ci);
  if (size < least) {
    cr = least;
    ci = 0;
    size = least;
  }
  const b = Math.abs(br) + Math.abs(bi);
  const scale = size < 1 && b > 1 && b > most * size ? 1 / b : 1;
  if (ci === 0) {
    x[0] = (br * scale) / cr;
    x[1] = (bi * scale) / cr;
  } else [x[0], x[1]] = divide(br * scale, bi * scale, cr, ci);
  return scale;
}

const cabs = (re: number, im: number): number => Math.abs(re) + Math.abs(im);

/** The same for [[a, b], [c, d]], by elimination with complete pivoting (LAPACK's laln2). */
function solve2(
  a: number,
  b: number,
  c: number,
  d: number,
  wr: number,
  wi: number,
  rhs: readonly number[],
  least: number,
  most: number,
): number {
  // Entries by rows, real parts; the imaginary ones are -wi on the diagonal.
  const re = [a - wr, b, c, d - wr];
  const im = [-wi, 0, 0, -wi];
  let at = 0;
  for (let i = 1; i < 4; i++) if (cabs(re[i], im[i]) > cabs(re[at], im[at])) at = i;
  const high = cabs(re[at], im[at]);
  let [b1r, b1i, b2r, b2i] = rhs;
  const size = Math.max(cabs(b1r, b1i), cabs(b2r, b2i));
  if (high < least) {
    const scale = least < 1 && size > 1 && size > most * least ? 1 / size : 1;
    for (let i = 0; i < 4; i++) x[i] = (scale * rhs[i]) / least;
    return scale;
  }
  const rowSwap = at >= 2;
  const columnSwap = (at & 1) === 1;
  const other = at ^ 1;
  const below = at ^ 2;
  const cross = at ^ 3;
  if (rowSwap) [b1r, b1i, b2r, b2i] = [b2r, b2i, b1r, b1i];
  const [lr, li] = divide(re[below], im[below], re[at], im[at]);
  let ur = re[cross] - (lr * re[other] - li * im[other]);
  let ui = im[cross] - (lr * im[other] + li * re[other]);
  if (cabs(ur, ui) < least) {
    ur = least;
    ui = 0;
  }
  b2r -= lr * b1r - li * b1i;
  b2i -= lr * b1i + li * b1r;
  const u = cabs(ur, ui);
  const bound = Math.max((cabs(b1r, b1i) * u) / high, cabs(b2r, b2i));
  const scale = bound > 1 && u < 1 && bound >= most * u ? 1 / bound : 1;
  const [yr, yi] = divide(b2r * scale, b2i * scale, ur, ui);
  const tr = b1r * scale - (re[other] * yr - im[other] * yi);
  const ti = b1i * scale - (re[other] * yi + im[other] * yr);
  const [zr, zi] = divide(tr, ti, re[at], im[at]);
  x.set(columnSwap ? [yr, yi, zr, zi] : [zr, zi, yr, yi]);
  return scale;
}

/** Makes the largest element of a vector 1, so that products with it do not overflow. */
function unit(f: Float64Array, n: number, re: number, im: number): void {
  let top = 0;
  for (let i = 0; i < n; i++) top = Math.max(top, im < 0 ? Math.abs(f[re + i]) : cabs(f[re + i], f[im + i]));
  if (top === 0) return;
  for (let i = 0; i < n; i++) {
    f[re + i] /= top;
    if (im >= 0) f[im + i] /= top;
  }
}

/**
 * Right eigenvectors of a quasi-triangular matrix T (a real Schur form) by back substitution, LAPACK's trevc: real ones in one column of `out`, real and imaginary
 * parts of a pair in two. Columns are scaled on the way where they would overflow.
 */
export function schurVectors(w: Work, n: number, t: number, ldt: number, out: number, ldo: number): void {
  const { f, k } = w;
  const least0 = SAFE_MIN * (n / ULP);
  const most = (1 - ULP) / least0;
  const minus = w.coefficients;
  const T = (i: number, j: number): number => f[t + i + j * ldt];
  // Norms of the columns above the diagonal, to foresee overflow.
  const norms = new Float64Array(n);
  for (let j = 1; j < n; j++) for (let i = 0; i < j; i++) norms[j] += Math.abs(T(i, j));
  const add = (j: number, factor: number, to: number, m: number): void => {
    f[minus] = factor;
    k.axpy1((t + j * ldt) * 8, 0, minus * 8, to * 8, m);
  };
  for (let ki = n - 1; ki >= 0; ki--) {
    const pair = ki > 0 && T(ki, ki - 1) !== 0;
    const wr = T(ki, ki);
    const wi = pair ? Math.sqrt(Math.abs(T(ki, ki - 1))) * Math.sqrt(Math.abs(T(ki - 1, ki))) : 0;
    const least = Math.max(ULP * (Math.abs(wr) + Math.abs(wi)), least0);
    const first = pair ? ki - 1 : ki;
    const re = out + first * ldo;
    const im = pair ? out + ki * ldo : -1;
    if (!pair) {
      for (let i = 0; i < ki; i++) f[re + i] = -T(i, ki);
      f[re + ki] = 1;
    } else {
      if (Math.abs(T(ki - 1, ki)) >= Math.abs(T(ki, ki - 1))) {
        f[re + ki - 1] = 1;
        f[im + ki] = wi / T(ki - 1, ki);
      } else {
        f[re + ki - 1] = -wi / T(ki, ki - 1);
        f[im + ki] = 1;
      }
      f[re + ki] = 0;
      f[im + ki - 1] = 0;
      for (let i = 0; i < ki - 1; i++) {
        f[re + i] = -f[re + ki - 1] * T(i, ki - 1);
        f[im + i] = -f[im + ki] * T(i, ki);
      }
    }
    for (let i = ki + 1; i < n; i++) {
      f[re + i] = 0;
      if (pair) f[im + i] = 0;
    }
    const shrink = (s: number): void => {
      if (s === 1) return;
      for (let i = 0; i <= ki; i++) {
        f[re + i] *= s;
        if (pair) f[im + i] *= s;
      }
    };
    for (let j = first - 1; j >= 0; j--) {
      if (j > 0 && T(j, j - 1) !== 0) {
        const i = j - 1;
        let s = solve2(
          T(i, i),
          T(i, j),
          T(j, i),
          T(j, j),
          wr,
          wi,
          [f[re + i], pair ? f[im + i] : 0, f[re + j], pair ? f[im + j] : 0],
          least,
          most,
        );
        const size = Math.max(cabs(x[0], x[1]), cabs(x[2], x[3]));
        if (size > 1 && Math.max(norms[i], norms[j]) > most / size) {
          for (let q = 0; q < 4; q++) x[q] /= size;
          s /= size;
        }
        shrink(s);
        f[re + i] = x[0];
        f[re + j] = x[2];
        add(i, -x[0], re, i);
        add(j, -x[2], re, i);
        if (pair) {
          f[im + i] = x[1];
          f[im + j] = x[3];
          add(i, -x[1], im, i);
          add(j, -x[3], im, i);
        }
        j--;
      } else {
        let s = solve1(T(j, j), wr, wi, f[re + j], pair ? f[im + j] : 0, least, most);
        const size = cabs(x[0], x[1]);
        if (size > 1 && norms[j] > most / size) {
          x[0] /= size;
          x[1] /= size;
          s /= size;
        }
        shrink(s);
        f[re + j] = x[0];
        add(j, -x[0], re, j);
        if (pair) {
          f[im + j] = x[1];
          add(j, -x[1], im, j);
        }
      }
    }
    unit(f, ki + 1, re, im);
    if (pair) ki--;
  }
}

/** The same for a complex triangular matrix. */
export function triangularVectors(w: Work, n: number, t: number, ldt: number, out: number, ldo: number): void {
  const { f, k, im: z } = w;
  const least0 = SAFE_MIN * (n / ULP);
  const most = (1 - ULP) / least0;
  const norms = new Float64Array(n);
  for (let j = 1; j < n; j++) for (let i = 0; i < j; i++) norms[j] += cabs(f[t + i + j * ldt], f[t + i + j * ldt + z]);
  const c = w.coefficients;
  for (let ki = n - 1; ki >= 0; ki--) {
    const d = t + ki * (ldt + 1);
    const least = Math.max(ULP * cabs(f[d], f[d + z]), least0);
    const v = out + ki * ldo;
    for (let i = 0; i < n; i++) {
      f[v + i] = i < ki ? -f[t + i + ki * ldt] : i === ki ? 1 : 0;
      f[v + i + z] = i < ki ? -f[t + i + ki * ldt + z] : 0;
    }
    for (let j = ki - 1; j >= 0; j--) {
      const e = t + j * (ldt + 1);
      let cr = f[e] - f[d];
      let ci = f[e + z] - f[d + z];
      let low = cabs(cr, ci);
      if (low < least) {
        cr = least;
        ci = 0;
        low = least;
      }
      const b = cabs(f[v + j], f[v + j + z]);
      let s = low < 1 && b > 1 && b > most * low ? 1 / b : 1;
      let [xr, xi] = divide(f[v + j] * s, f[v + j + z] * s, cr, ci);
      const size = cabs(xr, xi);
      if (size > 1 && norms[j] > most / size) {
        xr /= size;
        xi /= size;
        s /= size;
      }
      if (s !== 1)
        for (let i = 0; i <= ki; i++) {
          f[v + i] *= s;
          f[v + i + z] *= s;
        }
      f[v + j] = xr;
      f[v + j + z] = xi;
      const col = t + j * ldt;
      const add = (factor: number, from: number, to: number): void => {
        f[c] = factor;
        k.axpy1(from * 8, 0, c * 8, to * 8, j);
      };
      add(-xr, col, v);
      add(xi, col + z, v);
      add(-xi, col, v + z);
      add(-xr, col + z, v + z);
    }
    unit(f, ki + 1, v, v + z);
  }
}
