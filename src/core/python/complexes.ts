import { type Complex, complex } from '../complex.js';
import { ZeroDivisionError } from '../errors.js';

/** Python's arithmetic of single complex numbers. */

type Z = { readonly re: number; readonly im: number };

export const addComplex = (a: Z, b: Z): Complex => complex(a.re + b.re, a.im + b.im);
export const subComplex = (a: Z, b: Z): Complex => complex(a.re - b.re, a.im - b.im);
export const mulComplex = (a: Z, b: Z): Complex => complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);

export function divComplex(a: Z, b: Z): Complex {
  if (b.re === 0 && b.im === 0) throw new ZeroDivisionError('complex division by zero');
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const r = b.im / b.re;
    const d = b.re + b.im * r;
    return complex((a.re + a.im * r) / d, (a.im - a.re * r) / d);
  }
  const r = b.re / b.im;
  const d = b.re * r + b.im;
  return complex((a.re * r + a.im) / d, (a.im * r - a.re) / d);
}

function wholePower(a: Z, n: number): Complex {
  let out: Z = complex(1, 0);
  let p: Z = a;
  for (let k = Math.abs(n); k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) out = mulComplex(out, p);
    p = mulComplex(p, p);
  }
  return n < 0 ? divComplex(complex(1, 0), out) : complex(out.re, out.im);
}

export function powComplex(a: Z, b: Z): Complex {
  if (b.re === 0 && b.im === 0) return complex(1, 0);
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) throw new ZeroDivisionError('0.0 to a negative or complex power');
    return complex(0, 0);
  }
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 100) return wholePower(a, b.re);
  const size = Math.hypot(a.re, a.im);
  const angle = Math.atan2(a.im, a.re);
  let length = size ** b.re;
  let phase = angle * b.re;
  if (b.im !== 0) {
    length *= Math.exp(-angle * b.im);
    phase += b.im * Math.log(size);
  }
  return complex(length * Math.cos(phase), length * Math.sin(phase));
}
