import { type Cutoff, digitsOf, type FloatWidth } from './decimal.js';

/**
 * Numbers as text in positional and scientific notation, with the controls that NumPy's formatting functions have.
 */

/**
 * What happens to trailing zeros: 'k' keeps them and pads to the precision, '.' removes them, '0' removes all but one after the point,
 * '-' removes them and a point left bare.
 */
export type Trim = 'k' | '.' | '0' | '-';

export interface FloatStyle {
  /** Digits after the point (or in all); negative: as many as identify the value. */
  readonly precision: number;
  readonly unique: boolean;
  readonly trim: Trim;
  /** Whether positive numbers get a '+'. */
  readonly sign: boolean;
  /** Characters before the point, filled with spaces; negative: none. */
  readonly padLeft: number;
  readonly minDigits: number;
}

export interface PositionalStyle extends FloatStyle {
  /** Whether precision counts digits after the point, or significant digits. */
  readonly fractional: boolean;
  readonly padRight: number;
}

export interface ScientificStyle extends FloatStyle {
  readonly expDigits: number;
}

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
const signOf = (x: number, plus: boolean): string => (isNegative(x) ? '-' : plus ? '+' : '');

/** nan and the infinities, which take a sign but no padding. */
function special(x: number, plus: boolean): string {
  return Number.isNaN(x) ? 'nan' : signOf(x, plus) + 'inf';
}

function stripped(fraction: string): string {
  let n = fraction.length;
  while (n > 0 && fraction.charCodeAt(n - 1) === 48) n--;
  return fraction.slice(0, n);
}

/** Digits after the point, by the rule for trailing zeros. */
function trimmed(fraction: string, trim: Trim, wanted: number): string {
  if (trim === 'k') return wanted > fraction.length ? fraction.padEnd(wanted, '0') : fraction;
  const rest = stripped(fraction);
  return trim === '0' && rest === '' ? '0' : rest;
}

/** `123.45`: all digits written out. `x` is a value of the given width. */
export function positional(x: number, width: FloatWidth, s: PositionalStyle): string {
  if (!Number.isFinite(x)) return special(x, s.sign);
  const cutoff: Cutoff = { mode: s.fractional ? 'fraction' : 'total', max: s.precision, min: s.minDigits };
  const { digits, exponent } = digitsOf(Math.abs(x), width, s.unique, cutoff);
  const sign = signOf(x, s.sign);
  const whole = exponent < 0 ? '0' : digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const raw = exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(exponent + 1);
  const add = s.unique ? s.minDigits : s.precision;
  const fraction = trimmed(raw, s.trim, s.fractional ? add : add - whole.length);
  let out = sign + whole;
  if (fraction !== '' || s.trim !== '-') out += '.' + fraction;
  else if (s.padRight >= 0) out += ' ';
  if (s.padRight > fraction.length) out += ' '.repeat(s.padRight - fraction.length);
  const left = s.padLeft - whole.length - sign.length;
  return left > 0 ? ' '.repeat(left) + out : out;
}

/** `1.2345e+02`. `x` is a value of the given width. */
export function scientific(x: number, width: FloatWidth, s: ScientificStyle): string {
  if (!Number.isFinite(x)) return special(x, s.sign);
  const max = s.precision < 0 ? -1 : s.precision + 1;
  const min = s.minDigits < 0 ? -1 : s.minDigits + 1;
  const { digits, exponent } = digitsOf(Math.abs(x), width, s.unique, { mode: 'total', max, min });
  const sign = signOf(x, s.sign);
  const raw = digits.slice(1);
  const fraction = trimmed(raw, s.trim, s.unique ? s.minDigits : s.precision);
  let out = sign + digits[0];
  // A point that had digits after it before they were trimmed stays, under every rule.
  if (raw !== '' || s.trim !== '-') out += '.' + fraction;
  const least = s.expDigits < 0 ? 2 : Math.min(s.expDigits, 5);
  const size = exponent === 0 ? '' : String(Math.abs(exponent));
  out += (exponent < 0 ? 'e-' : 'e+') + size.padStart(least, '0');
  const left = s.padLeft - 1 - sign.length;
  return left > 0 ? ' '.repeat(left) + out : out;
}

const PLAIN: FloatStyle = { precision: -1, unique: true, trim: '0', sign: false, padLeft: -1, minDigits: -1 };

/** From this magnitude on a lone number is written with an exponent. */
const LARGE: { readonly [W in FloatWidth]: number } = { float16: 1e3, float32: 1e6, float64: 1e16 };

/**
 * A lone float as NumPy's scalars print: `1.5`, `1e+16`, `1e-05`, `nan`.
 * @param bare leave out the `.0` of whole numbers, as within a complex number
 * @param large the magnitude from which on there is an exponent
 */
export function floatText(x: number, width: FloatWidth, bare = false, large: number = LARGE[width]): string {
  const a = Math.abs(x);
  // The engine writes the same digits.
  if (width === 'float64' && a >= 1e-4 && a < large && large <= 1e16)
    return bare || !Number.isInteger(x) ? String(x) : `${x}.0`;
  if (a === 0 || (a < large && a >= 1e-4)) {
    return positional(x, width, { ...PLAIN, trim: bare ? '-' : '0', fractional: true, padRight: -1 });
  }
  return scientific(x, width, { ...PLAIN, trim: '-', expDigits: -1 });
}

/** The parts of a complex number, joined as Python joins them: `(1+2j)`, `2j`, `(-0-1j)`, `(nan+0j)`. */
export function complexText(re: number, im: number, width: FloatWidth, large?: number): string {
  const tail = floatText(im, width, true, large) + 'j';
  if (Object.is(re, 0)) return tail;
  return `(${floatText(re, width, true, large)}${tail[0] === '-' ? '' : '+'}${tail})`;
}

/**
 * A number as Python's `repr(float)` has it: `1.0`, `1e+16`, `0.0001`, `1e-05`, `nan`, `-inf`.
 * Example: pyFloatRepr(0.1) // '0.1'
 */
export function pyFloatRepr(x: number): string {
  return floatText(x, 'float64');
}

/** A complex number as Python's `repr(complex)` has it: `(1+2j)`, `2j`. */
export function pyComplexRepr(z: { readonly re: number; readonly im: number }): string {
  return complexText(z.re, z.im, 'float64');
}
