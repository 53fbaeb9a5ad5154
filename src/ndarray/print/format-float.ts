import { isComplex } from '../../core/complex.js';
import { ArrayValue } from '../../core/array.js';
import { describe } from '../../core/device/access.js';
import { RuntimeError, TypeError, ValueError, warn } from '../../core/errors.js';
import type { FloatWidth } from '../../core/text/decimal.js';
import { positional, scientific, type Trim } from '../../core/text/dragon.js';
import { type PrintSource, printableOf } from './of-array.js';
import type { PrintValue } from './printable.js';

/** NumPy's two functions that format one float. */

/** A lone number: of JavaScript, or a 0-d array, whose dtype then says how many digits identify it. */
export type FloatLike = number | bigint | boolean | PrintSource;

function floatOf(x: FloatLike, by: string): { value: number; width: FloatWidth } {
  if (typeof x === 'number' || typeof x === 'bigint' || typeof x === 'boolean')
    return { value: Number(x), width: 'float64' };
  const printable =
    x instanceof ArrayValue || (typeof x === 'object' && x !== null && typeof x.values === 'function' && 'shape' in x);
  if (!printable) throw new TypeError(`must be real number, not ${isComplex(x) ? 'complex' : describe(x)}`);
  const a = printableOf(x, by);
  if (a.shape.length > 0) throw new TypeError('only 0-dimensional arrays can be converted to Python scalars');
  const v: PrintValue = a.values([])[0];
  if (a.dtype.kind === 'c') {
    warn('ComplexWarning', 'Casting complex values to real discards the imaginary part');
    return { value: v.re, width: 'float64' };
  }
  if (typeof v === 'object') throw new TypeError(`must be real number, not ${a.dtype.name}`);
  const name = a.dtype.name;
  return { value: Number(v), width: name === 'float16' || name === 'float32' ? name : 'float64' };
}

/** NumPy writes a number into this many characters, with room for a point. */
const LONGEST = 16383;

function count(x: number | bigint | null | undefined, name: string): number {
  if (x === null || x === undefined) return -1;
  if (x < 0) throw new ValueError(`${name} must be >= 0`);
  const n = Number(x);
  if (!Number.isInteger(n)) throw new TypeError('integer argument expected, got float');
  return n;
}

function checked(unique: boolean, precision: number, minDigits: number, trim: string): Trim {
  if (minDigits > 0 && precision > 0 && minDigits > precision)
    throw new ValueError('min_digits must be less than or equal to precision');
  if (trim !== 'k' && trim !== '.' && trim !== '0' && trim !== '-') {
    throw new TypeError(`if supplied, trim must be 'k', '.', '0' or '-' found \`${String(trim)}\``);
  }
  if (!unique && precision < 0) throw new TypeError('in non-unique mode `precision` must be supplied');
  return trim;
}

/**
 * One float in positional notation, `0.000123`.
 *
 * @param precision most digits to print (all of them where `unique` is false); null: as many as identify the value
 * @param fractional whether precision and min_digits count digits after the point, or significant ones
 * @param trim 'k' keeps trailing zeros, '.' removes them, '0' leaves one after the point, '-' removes a bare point as well
 * @throws ValueError for negative counts, TypeError for values that are not real numbers
 * Example: format_float_positional(Math.PI, 3) // '3.142'
 */
export function format_float_positional(
  x: FloatLike,
  precision?: number | null,
  unique = true,
  fractional = true,
  trim: Trim = 'k',
  sign = false,
  pad_left?: number | null,
  pad_right?: number | null,
  min_digits?: number | null,
): string {
  const p = count(precision, 'precision');
  const padLeft = count(pad_left, 'pad_left');
  const padRight = count(pad_right, 'pad_right');
  const minDigits = count(min_digits, 'min_digits');
  if (!fractional && p === 0) throw new ValueError('precision must be greater than 0 if fractional=False');
  if (padLeft >= LONGEST || padRight >= LONGEST - 1 || (!unique && p >= LONGEST - 1))
    throw new RuntimeError('Float formatting result too large');
  const style = {
    precision: p,
    unique,
    fractional,
    trim: checked(unique, p, minDigits, trim),
    sign,
    padLeft,
    padRight,
    minDigits,
  };
  const { value, width } = floatOf(x, 'format_float_positional');
  return positional(value, width, style);
}

/**
 * One float in scientific notation, `1.23e-04`.
 *
 * @param precision most digits after the point (all of them where `unique` is false); null: as many as identify the value
 * @param exp_digits digits of the exponent, filled with zeros; null: at least 2
 * @throws ValueError for negative counts, TypeError for values that are not real numbers
 * Example: format_float_scientific(Math.PI, 3) // '3.142e+00'
 */
export function format_float_scientific(
  x: FloatLike,
  precision?: number | null,
  unique = true,
  trim: Trim = 'k',
  sign = false,
  pad_left?: number | null,
  exp_digits?: number | null,
  min_digits?: number | null,
): string {
  const p = count(precision, 'precision');
  const padLeft = count(pad_left, 'pad_left');
  const expDigits = count(exp_digits, 'exp_digits');
  const minDigits = count(min_digits, 'min_digits');
  const style = {
    precision: p,
    unique,
    trim: checked(unique, p, minDigits, trim),
    sign,
    padLeft,
    expDigits,
    minDigits,
  };
  const { value, width } = floatOf(x, 'format_float_scientific');
  return scientific(value, width, style);
}
