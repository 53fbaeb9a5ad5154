import { NAT } from '../dtypes/units.js';
import type { TimeUnit } from '../dtype.js';

/**
 * The proleptic Gregorian calendar over counts of a unit since 1970. Counts are 64-bit and wrap, as NumPy's do; the arithmetic in
 * between is exact.
 */

/** A moment, taken apart. `rest` counts the ticks of `perDay` since midnight. */
export interface Moment {
  readonly year: bigint;
  /** 1 … 12 */
  readonly month: number;
  /** 1 … 31 */
  readonly day: number;
  /** Attoseconds since midnight. */
  readonly atto: bigint;
}

const DAY_ATTO = 86400n * 10n ** 18n;

/** Attoseconds of one unit, from hours down. */
export const ATTO: Readonly<Record<string, bigint>> = {
  D: DAY_ATTO,
  h: 3600n * 10n ** 18n,
  m: 60n * 10n ** 18n,
  s: 10n ** 18n,
  ms: 10n ** 15n,
  us: 10n ** 12n,
  ns: 10n ** 9n,
  ps: 10n ** 6n,
  fs: 1000n,
  as: 1n,
};

export const floorDiv = (a: bigint, b: bigint): bigint => {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
};
const wrap = (x: bigint): bigint => BigInt.asIntN(64, x);

export const isLeap = (year: bigint): boolean => year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n);
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const monthLength = (year: bigint, month: number): number =>
  month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1];

/** Days from 1970-01-01 to a date. The year begins in March, so that the leap day is its last. */
export function daysOf(year: bigint, month: number, day: number): bigint {
  const y = month > 2 ? year : year - 1n;
  const era = floorDiv(y, 400n);
  const inEra = y - era * 400n;
  const inYear = BigInt(Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1);
  return era * 146097n + inEra * 365n + inEra / 4n - inEra / 100n + inYear - 719468n;
}

/** The date of a day. */
export function dateOf(days: bigint): { year: bigint; month: number; day: number } {
  const z = days + 719468n;
  const era = floorDiv(z, 146097n);
  const d = Number(z - era * 146097n);
  const y = Math.floor((d - Math.floor(d / 1460) + Math.floor(d / 36524) - Math.floor(d / 146096)) / 365);
  const inYear = d - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * inYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: BigInt(y) + era * 400n + (month <= 2 ? 1n : 0n),
    month,
    day: inYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** The moment that a count of a unit stands for; not for NaT. */
export function momentOf(count: bigint, unit: TimeUnit): Moment {
  const c = wrap(count * BigInt(unit.count));
  switch (unit.base) {
    case 'Y':
      return { year: c + 1970n, month: 1, day: 1, atto: 0n };
    case 'M': {
      const years = floorDiv(c, 12n);
      return { year: years + 1970n, month: Number(c - years * 12n) + 1, day: 1, atto: 0n };
    }
    case 'W':
      return { ...dateOf(wrap(c * 7n)), atto: 0n };
    default: {
      const tick = ATTO[unit.base];
      const perDay = DAY_ATTO / tick;
      const days = floorDiv(c, perDay);
      return { ...dateOf(days), atto: (c - days * perDay) * tick };
    }
  }
}

/** The count of a unit for a moment, rounded down. */
export function countOf(t: Moment, unit: TimeUnit): bigint {
  return floorDiv(wrap(wholeCount(t, unit.base)), BigInt(unit.count));
}

function wholeCount(t: Moment, base: TimeUnit['base']): bigint {
  if (base === 'Y') return t.year - 1970n;
  if (base === 'M') return (t.year - 1970n) * 12n + BigInt(t.month - 1);
  const days = daysOf(t.year, t.month, t.day);
  if (base === 'W') return floorDiv(days, 7n);
  const tick = ATTO[base];
  return days * (DAY_ATTO / tick) + t.atto / tick;
}

/** The moment some minutes later. */
export function laterBy(t: Moment, minutes: bigint): Moment {
  const atto = t.atto + minutes * ATTO.m;
  const days = floorDiv(atto, DAY_ATTO);
  return { ...dateOf(daysOf(t.year, t.month, t.day) + days), atto: atto - days * DAY_ATTO };
}

/** Milliseconds since 1970 as JavaScript's dates count them, or null where they do not reach. */
export function millisecondsOf(count: bigint, unit: TimeUnit): number | null {
  if (count === NAT) return null;
  const t = momentOf(count, unit);
  const ms = daysOf(t.year, t.month, t.day) * 86400000n + t.atto / ATTO.ms;
  return ms >= -8640000000000000n && ms <= 8640000000000000n ? Number(ms) : null;
}
