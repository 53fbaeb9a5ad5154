import { halfToNumber, numberToHalf } from '../../core/device/access.js';
import { TypeError, ValueError } from '../../core/errors.js';
import type { FloatWidth } from '../../core/text/decimal.js';
import { type PositionalStyle, positional, type ScientificStyle, scientific } from '../../core/text/dragon.js';
import { type FloatMode, type LegacyMode, legacyVersion, printOptions, type SignMode } from './options.js';

/** One format for all the floats of an array: same notation, aligned points, same width. */

export interface FloatOptions {
  readonly precision: number;
  readonly floatmode: FloatMode;
  readonly suppress: boolean;
  readonly sign: SignMode;
  readonly legacy: LegacyMode;
}

/** A number rounded to a width: the arithmetic that picks the notation happens in the array's own dtype. */
const ROUND: { readonly [W in FloatWidth]: (x: number) => number } = {
  float16: (x) => halfToNumber(numberToHalf(Math.fround(x))),
  float32: Math.fround,
  float64: (x) => x,
};

/** Decimal digits that a width carries; from 10 to this power on (8 at most, and before NumPy 2.3 always) numbers get exponents. */
const DIGITS: { readonly [W in FloatWidth]: number } = { float16: 3, float32: 6, float64: 15 };

/** Whether an array's finite values are written with exponents: large, small, or far apart. */
function wantsExponent(finite: readonly number[], width: FloatWidth, suppress: boolean, legacy: number): boolean {
  let max = 0;
  let min = Number.POSITIVE_INFINITY;
  for (const x of finite) {
    const a = Math.abs(x);
    if (a === 0) continue;
    if (a > max) max = a;
    if (a < min) min = a;
  }
  if (max === 0) return false;
  if (max >= 10 ** (legacy <= 202 ? 8 : Math.min(8, DIGITS[width]))) return true;
  const round = ROUND[width];
  return !suppress && (min < round(0.0001) || round(max / min) > 1000);
}

/**
 * The format of the floats of an array.
 * @param values the elements that will be shown, which set the widths
 * @param alone whether the array has no axes
 * @throws ValueError `precision must be >= 0`
 */
export function floatFormat(
  values: readonly number[],
  width: FloatWidth,
  options: FloatOptions,
  alone = false,
): (x: number) => string {
  const { floatmode } = options;
  const legacy = legacyVersion(options);
  // NumPy 1.13 kept a column for the sign in every array.
  const old = legacy <= 113;
  const sign = old && !alone && options.sign === '-' ? ' ' : options.sign;
  const precision = floatmode === 'unique' ? -1 : options.precision;
  if (floatmode !== 'unique' && precision < 0) throw new ValueError('precision must be >= 0');
  const plus = sign === '+';
  const finite = values.filter(Number.isFinite);
  const fixed = floatmode === 'fixed';

  let padLeft = 0;
  let padRight = 0;
  let write: (x: number) => string = String;
  if (finite.length > 0 && wantsExponent(finite, width, options.suppress, legacy)) {
    const all = fixed || old;
    if (all && precision < 0) throw new TypeError('in non-unique mode `precision` must be supplied');
    const first: ScientificStyle = {
      precision,
      unique: !all,
      trim: all ? 'k' : '.',
      sign: plus,
      padLeft: -1,
      minDigits: -1,
      expDigits: -1,
    };
    let digits = 0;
    let expDigits = 0;
    for (const x of finite) {
      const s = scientific(x, width, first);
      const point = s.indexOf('.');
      const e = s.indexOf('e', point);
      padLeft = Math.max(padLeft, point);
      digits = Math.max(digits, e - point - 1);
      expDigits = Math.max(expDigits, s.length - e - 2);
    }
    padRight = expDigits + 2 + digits;
    if (old) padLeft = 3;
    else if (sign === ' ' && !finite.some(isNegative)) padLeft++;
    padLeft = widen(values, finite, padLeft, padRight, sign);
    const style: ScientificStyle = { ...first, precision: digits, minDigits: digits, trim: 'k', padLeft, expDigits };
    write = (x) => scientific(x, width, style);
  } else if (finite.length > 0) {
    const first: PositionalStyle = {
      precision,
      unique: !fixed,
      trim: fixed ? 'k' : '.',
      sign: plus,
      padLeft: -1,
      minDigits: -1,
      fractional: true,
      padRight: -1,
    };
    for (const x of finite) {
      const s = positional(x, width, first);
      const point = s.indexOf('.');
      padLeft = Math.max(padLeft, old ? point - (/^[-+]/.test(s) ? 1 : 0) + 1 : point);
      padRight = Math.max(padRight, s.length - point - 1);
    }
    if (!old && sign === ' ' && !finite.some(isNegative)) padLeft++;
    padLeft = widen(values, finite, padLeft, padRight, sign);
    const equal = fixed || floatmode === 'maxprec_equal';
    const style: PositionalStyle = equal
      ? { ...first, precision: padRight, minDigits: padRight, trim: 'k', padLeft, padRight }
      : { ...first, minDigits: 0, trim: '.', padLeft, padRight };
    write = (x) => positional(x, width, style);
  } else {
    if (!old && sign === ' ') padLeft++;
    padLeft = widen(values, finite, padLeft, padRight, sign);
  }

  const full = padLeft + padRight + 1;
  return (x) => {
    if (Number.isFinite(x)) return write(x);
    const { nanstr, infstr } = printOptions();
    const text = Number.isNaN(x) ? (plus ? '+' : '') + nanstr : (x < 0 ? '-' : plus ? '+' : '') + infstr;
    return text.padStart(full);
  };
}

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

/** Room before the point for nan and the infinities, where there are any. */
function widen(
  values: readonly number[],
  finite: readonly number[],
  padLeft: number,
  padRight: number,
  sign: SignMode,
): number {
  if (values.length === finite.length) return padLeft;
  const signed = sign !== '-' || values.includes(Number.NEGATIVE_INFINITY) ? 1 : 0;
  const { nanstr, infstr } = printOptions();
  const offset = padRight + 1;
  return Math.max(padLeft, nanstr.length - offset, infstr.length + signed - offset);
}
