import { OverflowError, ValueError } from '../errors.js';
import { lengthOf, placesOf } from './points.js';

/** Texts of other lengths: padded, repeated, with tabs filled up, cut. Lengths are code points. */

/** The text in the middle of `width` places. */
export function center(s: string, width: number, fill: string): string {
  const pad = width - lengthOf(s);
  if (pad <= 0) return s;
  const left = (pad >> 1) + (pad & width & 1);
  return fill.repeat(left) + s + fill.repeat(pad - left);
}
export const ljust = (s: string, width: number, fill: string): string =>
  s + fill.repeat(Math.max(0, width - lengthOf(s)));
export const rjust = (s: string, width: number, fill: string): string =>
  fill.repeat(Math.max(0, width - lengthOf(s))) + s;

/** Zeros in front, behind a sign. */
export function zfill(s: string, width: number): string {
  const zeros = '0'.repeat(Math.max(0, width - lengthOf(s)));
  return zeros !== '' && (s[0] === '+' || s[0] === '-') ? s[0] + zeros + s.slice(1) : zeros + s;
}

/** Tabs as blanks up to the next multiple of `size`. */
export function expandtabs(s: string, size: number): string {
  let out = '';
  let column = 0;
  for (const c of s) {
    if (c === '\t') {
      if (size > 0) {
        const n = size - (column % size);
        out += ' '.repeat(n);
        column += n;
      }
    } else {
      out += c;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

/** The longest that texts may become. */
const LONGEST = 2 ** 31 - 1;

/**
 * The length that NumPy makes room for: of text, it counts the bytes of what is no tab.
 * @throws OverflowError `new string is too long`
 */
export function expandedLength(s: string, size: number, unit: number): number {
  let length = 0;
  let column = 0;
  for (const c of s) {
    if (c === '\t') {
      const n = size > 0 ? size - (column % size) : 0;
      column += n;
      length += n;
      if (length > LONGEST) throw new OverflowError('new string is too long');
    } else {
      length += unit;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return length;
}

/** `s[start:stop:step]`. */
export function slice(s: string, start: number, stop: number, step: number): string {
  if (step === 0) throw new ValueError('slice step cannot be zero');
  const p = placesOf(s);
  const n = p.length;
  const [lo, hi] = step > 0 ? [0, n] : [-1, n - 1];
  const clamp = (i: number): number => Math.min(hi, Math.max(lo, i < 0 ? i + n : i));
  const from = clamp(start);
  const to = clamp(stop);
  if (step === 1) return from < to ? s.slice(p.unit(from), p.unit(to)) : '';
  let out = '';
  for (let i = from; step > 0 ? i < to : i > to; i += step) out += s.slice(p.unit(i), p.unit(i + 1));
  return out;
}
