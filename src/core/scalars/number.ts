import { isComplex } from '../complex.js';
import type { DType } from '../dtype.js';
import { OverflowError, TypeError, ValueError } from '../errors.js';
import { floatErrors, OVER, overflowsTo, reportFlags } from '../errstate.js';
import { integerRange } from '../integers.js';
import { truthy } from '../python/compare.js';
import { toFloat } from '../python/integers.js';
import { methodOf, typeName } from '../python/kind.js';
import { complexText, floatText } from '../text/dragon.js';
import { textRepr } from '../strings/repr.js';
import type { FloatWidth } from '../text/decimal.js';
import type { ScalarKind } from './kind.js';
import { bytesRepr } from './text.js';

/** Numbers and truth values: what may be stored in them, and how they read. */

const isInteger = (d: DType): boolean => d.kind === 'i' || d.kind === 'u';

/** An integer for an integer dtype. @throws OverflowError `Python integer 300 out of bounds for uint8` */
function integerFor(v: number | bigint, d: DType): number | bigint {
  let n = v;
  if (typeof n === 'number') {
    if (Number.isNaN(n)) throw new ValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(n)) throw new OverflowError('cannot convert float infinity to integer');
    n = Math.trunc(n);
  }
  const [lo, hi] = integerRange(d);
  if (n < lo || n > hi) {
    if (n >= 2n ** 64n || n < -(2n ** 63n) || (d.itemsize === 8 && !(d.kind === 'u' && n < 0)))
      throw new OverflowError('Python int too large to convert to C long');
    throw new OverflowError(`Python integer ${BigInt(n)} out of bounds for ${d.name}`);
  }
  return d.itemsize === 8 ? BigInt(n) : Number(n);
}

/** Digits of Python's literals: one underscore may stand between two. */
const DIGITS = '\\d(?:_?\\d)*';
const FLOAT_TEXT = new RegExp(`^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`, 'i');

/** A float from its text. @throws ValueError as Python's float does, with the text as `shown` */
export function floatFrom(text: string, shown: string = textRepr(text)): number {
  const t = text.trim();
  if (/^[+-]?inf(inity)?$/i.test(t)) return t[0] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/i.test(t)) return Number.NaN;
  if (!FLOAT_TEXT.test(t)) throw new ValueError(`could not convert string to float: ${shown}`);
  return Number(t.replaceAll('_', ''));
}

/** An integer from its text. @throws ValueError as Python's int does, with the text as `shown` */
export function integerFrom(text: string, shown: string = textRepr(text)): bigint {
  const t = text.trim();
  if (!/^[+-]?\d(_?\d)*$/.test(t)) throw new ValueError(`invalid literal for int() with base 10: ${shown}`);
  return BigInt(t.replaceAll('_', '').replace(/^\+/, ''));
}

/** A complex number from its text. @throws ValueError */
export function complexFrom(text: string): { re: number; im: number } {
  const t = text
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  const m = /^(.*?[^eE])??([+-]?[^+-]*(?:[eE][+-]?\d+)?)[jJ]$/.exec(t);
  try {
    if (m === null) return { re: floatFrom(t), im: 0 };
    const im = m[2] === '' || m[2] === '+' ? 1 : m[2] === '-' ? -1 : floatFrom(m[2]);
    return { re: m[1] === undefined || m[1] === '' ? 0 : floatFrom(m[1]), im };
  } catch {
    throw new ValueError(`complex() arg is a malformed string`);
  }
}

/** A float that is to be stored: an overflow is reported where that is asked for, before anything is written. */
function told(v: number, d: DType): number {
  if (floatErrors.watching && overflowsTo(v, d.part)) reportFlags(OVER, 'cast');
  return v;
}

function toldComplex<T extends { readonly re: number; readonly im: number }>(v: T, d: DType): T {
  told(v.re, d);
  told(v.im, d);
  return v;
}

/** A number or truth value from its text. @param shown the text as an error has it */
export function numberFromText(text: string, d: DType, shown?: string): unknown {
  if (isInteger(d)) return integerFor(integerFrom(text, shown), d);
  if (d.kind === 'c') return toldComplex(complexFrom(text), d);
  if (d.kind === 'b') return text !== '';
  return told(floatFrom(text, shown), d);
}

/** A number from the text of bytes, which an error shows as bytes. */
function fromBytes(v: Uint8Array, d: DType): unknown {
  try {
    return numberFromText(String.fromCharCode(...v), d, bytesRepr(v));
  } catch (e) {
    if (!(e instanceof ValueError) || d.kind === 'c') throw e;
    const what = isInteger(d) ? 'invalid literal for int() with base 10' : 'could not convert string to float';
    throw new ValueError(`${what}: ${bytesRepr(v)}`);
  }
}

/** What Python says of a value that `int` or `float` do not take. */
const notNumber = (d: DType, x: unknown): TypeError => {
  const name = typeName(x);
  if (d.kind === 'c') return new TypeError(`must be real number, not ${name}`);
  const wanted = isInteger(d)
    ? 'int() argument must be a string, a bytes-like object or a real number'
    : 'float() argument must be a string or a real number';
  return new TypeError(`${wanted}, not '${name}'`);
};

/** The number that an object stands for, by its own methods; null where it has none. */
function numberOf(x: unknown, d: DType): number | bigint | null {
  if (x === null || typeof x !== 'object' || x instanceof Date) return null;
  const m = x as { isBigNumber?: boolean; toFixed?: (places: number, rounding: number) => string };
  // Whole numbers of any length, without the fraction.
  if (m.isBigNumber === true && isInteger(d) && m.toFixed !== undefined) {
    const text = m.toFixed(0, 1);
    return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
  }
  if (m.isBigNumber === true) return Number(x);
  const python = methodOf(x, isInteger(d) ? ['__int__', '__index__'] : ['__float__', '__index__']);
  const own = python !== null ? python.call(x) : x.valueOf();
  return typeof own === 'number' || typeof own === 'bigint' ? own : null;
}

const widthOf = (d: DType): FloatWidth => {
  const n = d.kind === 'c' ? d.itemsize / 2 : d.itemsize;
  return n === 2 ? 'float16' : n === 4 ? 'float32' : 'float64';
};

export const numbers: ScalarKind = {
  from(x, d) {
    let v = x;
    if (typeof v === 'boolean') v = isInteger(d) ? BigInt(v) : Number(v);
    if (isComplex(v)) {
      if (d.kind === 'c') return toldComplex(v, d);
      if (d.kind === 'b') return v.re !== 0 || v.im !== 0;
      throw notNumber(d, v);
    }
    if (typeof v === 'string') return numberFromText(v, d);
    if (typeof v !== 'number' && typeof v !== 'bigint') {
      if (Array.isArray(v)) throw new ValueError('setting an array element with a sequence.');
      if (d.kind === 'b') return truthy(v);
      if (v instanceof Uint8Array) return fromBytes(v, d);
      // Of the floats, None is the one that is no number.
      if (v === null && d.kind === 'f') return Number.NaN;
      if (v === null && d.kind === 'c') return { re: Number.NaN, im: Number.NaN };
      const own = numberOf(v, d);
      if (own !== null) return numbers.from(own, d);
      throw notNumber(d, v);
    }
    if (d.kind === 'b') return Number(v) !== 0;
    if (isInteger(d)) return integerFor(v, d);
    const float = told(typeof v === 'bigint' ? toFloat(v) : v, d);
    return d.kind === 'c' ? { re: float, im: 0 } : float;
  },
  item: (v) => v,
  text(v, d) {
    if (d.kind === 'b') return v ? 'True' : 'False';
    if (d.kind === 'f') return floatText(v, widthOf(d));
    return d.kind === 'c' ? complexText(v.re, v.im, widthOf(d)) : String(v);
  },
};
