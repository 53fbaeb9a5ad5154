import { type DType, NAT, type TimeUnit, UNITS, type Unit } from '../../dtype.js';
import { OverflowError, ValueError } from '../../errors.js';
import * as x from '../../ir/expr.js';
import type { Expr } from '../../ir/expr.js';

/** Casts between dates, durations and numbers, as expressions over their counts. */

const nat = x.konst('int64', NAT);
const k = (v: number | bigint): Expr => x.konst('int64', BigInt(v));

/** Division by a positive number, rounded down. */
export function floorBy(a: Expr, by: bigint): Expr {
  if (by === 1n) return a;
  const q = x.quot(a, k(by));
  return x.select(x.lt(x.rem(a, k(by)), k(0)), x.sub(q, k(1)), q);
}

const times = (a: Expr, by: bigint | number): Expr => (BigInt(by) === 1n ? a : x.mul(a, k(by)));

/** The components of a value of one dtype in another, of which at least one counts time. */
export function castTime(parts: readonly Expr[], from: DType, to: DType): readonly Expr[] {
  if (from === to) return parts;
  const first = parts[0];
  if (from.unit === null) return [x.cast(first, 'int64')];
  if (to.unit === null) {
    if (to.kind === 'b') return [x.ne(first, k(0))];
    return to.kind === 'c' ? [x.cast(first, to.part), x.konst(to.part, 0)] : [x.cast(first, to.part)];
  }
  // Between dates and durations counts stay what they are.
  if (from.kind !== to.kind) return parts;
  return [convertUnit(first, from.unit, to.unit, from.kind as 'M' | 'm')];
}

/** A count of one unit as a count of another; NaT stays. @throws ValueError, OverflowError */
function convertUnit(a: Expr, from: TimeUnit, to: TimeUnit, kind: 'M' | 'm'): Expr {
  if (from.base === to.base && from.count === to.count) return a;
  if (from.base === 'generic') return a;
  if (to.base === 'generic')
    throw new ValueError('Cannot convert from specific units to generic units in NumPy datetimes or timedeltas');
  const { num, denom } = conversionFactor(from, to);
  const calendar = (u: TimeUnit): boolean => u.base === 'Y' || u.base === 'M';
  const changed = kind === 'M' && (calendar(from) || calendar(to)) ? byCalendar(a, from, to) : byFactor(a, num, denom);
  return changed === a ? a : x.select(x.eq(a, nat), nat, changed);
}

function byFactor(a: Expr, num: bigint, denom: bigint): Expr {
  const n = times(a, num);
  if (denom === 1n) return n;
  return x.select(x.lt(a, k(0)), x.quot(x.sub(n, k(denom - 1n)), k(denom)), x.quot(n, k(denom)));
}

const STEP: Readonly<Record<string, bigint>> = { Y: 12n, M: 1n, W: 7n, D: 24n, h: 60n, m: 60n };
/** How many of a finer unit make one of a coarser, both of fixed length; null where 56 bits do not hold it, which NumPy calls an overflow. */
function unitsFactor(from: Unit, to: Unit): bigint | null {
  let f = 1n;
  for (let i = UNITS.indexOf(from); i < UNITS.indexOf(to); i++) {
    f *= STEP[UNITS[i]] ?? 1000n;
    if (f >= 1n << 56n) return null;
  }
  return f;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** The fraction by which counts are multiplied. Years and months count with their mean length. */
function conversionFactor(from: TimeUnit, to: TimeUnit): { num: bigint; denom: bigint } {
  const swapped = UNITS.indexOf(from.base as Unit) > UNITS.indexOf(to.base as Unit);
  const [coarse, fine] = (swapped ? [to.base, from.base] : [from.base, to.base]) as [Unit, Unit];
  let num: bigint | null = 1n;
  let denom = 1n;
  if (coarse !== fine) {
    if (coarse === 'Y' || coarse === 'M') {
      if (fine === 'M') num = 12n;
      else {
        denom = coarse === 'Y' ? 400n : 4800n;
        const f = fine === 'W' ? 1n : unitsFactor('D', fine);
        num = f === null ? null : (97n + 400n * 365n) * f;
        if (fine === 'W') denom *= 7n;
      }
    } else num = unitsFactor(coarse, fine);
  }
  if (num === null)
    throw new OverflowError(
      `Integer overflow while computing the conversion factor between NumPy datetime units ${coarse} and ${fine}`,
    );
  // Products of these wrap, as NumPy's do.
  const word = (v: bigint): bigint => BigInt.asUintN(64, v);
  const [a, b] = swapped ? [denom, num] : [num, denom];
  const n = word(word(a) * BigInt(from.count));
  const d = word(word(b) * BigInt(to.count));
  const g = gcd(n, d);
  return { num: BigInt.asIntN(64, n / g), denom: BigInt.asIntN(64, d / g) };
}

/** Ticks of a unit from days down in one day. */
function perDay(base: TimeUnit['base']): bigint {
  let f = 1n;
  for (let i = UNITS.indexOf('D'); i < UNITS.indexOf(base as Unit); i++) f *= STEP[UNITS[i]] ?? 1000n;
  return f;
}

/** Year and month (1 … 12) of a day since 1970; the year begins in March, so that the leap day is its last. */
function dateOfDays(days: Expr): { year: Expr; month: Expr } {
  const z = x.add(days, k(719468));
  const era = floorBy(z, 146097n);
  const d = x.sub(z, times(era, 146097));
  const q = (a: Expr, by: number): Expr => x.quot(a, k(by));
  const y = q(x.sub(x.add(x.sub(d, q(d, 1460)), q(d, 36524)), q(d, 146096)), 365);
  const inYear = x.sub(d, x.sub(x.add(times(y, 365), q(y, 4)), q(y, 100)));
  const m = q(x.add(times(inYear, 5), k(2)), 153);
  const month = x.add(m, x.select(x.lt(m, k(10)), k(3), k(-9)));
  return { month, year: x.add(x.add(y, times(era, 400)), x.select(x.le(month, k(2)), k(1), k(0))) };
}

/**
 * Days from 1970 to the first of a month (1 … 12) of a year. Leap days are counted from 1970 on and backwards, each way by a rule of its
 * own, as NumPy does: where 64 bits are not enough, results agree as well.
 */
function daysOfMonth(year: Expr, month: Expr): Expr {
  const y = x.sub(year, k(1970));
  const plain = times(y, 365);
  const ahead = x.ge(plain, k(0));
  const q = (a: Expr, by: number): Expr => x.quot(a, k(by));
  const from = x.add(y, x.select(ahead, k(1), k(-2)));
  const century = x.add(from, x.select(ahead, k(68), k(-28)));
  const cycle = x.add(century, x.select(ahead, k(300), k(0)));
  const leapDays = x.add(x.sub(q(from, 4), q(century, 100)), q(cycle, 400));
  const divides = (by: number): Expr => x.eq(x.rem(year, k(by)), k(0));
  const leap = x.and(divides(4), x.or(x.not(divides(100)), divides(400)));
  const late = x.select(x.gt(month, k(2)), x.select(leap, k(-1), k(-2)), k(0));
  const before = x.add(q(x.sub(times(month, 367), k(362)), 12), late);
  return x.add(x.add(plain, leapDays), before);
}

/** Dates where one of the units is years or months: by way of the calendar. */
function byCalendar(a: Expr, from: TimeUnit, to: TimeUnit): Expr {
  const c = times(a, from.count);
  let months: Expr;
  if (from.base === 'Y' && to.base !== 'M') {
    if (to.base === 'Y') return floorBy(c, BigInt(to.count));
    return daysIn(daysOfMonth(x.add(c, k(1970)), k(1)), to);
  }
  if (from.base === 'Y') months = times(c, 12);
  else if (from.base === 'M') months = c;
  else {
    const days = from.base === 'W' ? times(c, 7) : floorBy(c, perDay(from.base));
    const { year, month } = dateOfDays(days);
    months = x.add(times(x.sub(year, k(1970)), 12), x.sub(month, k(1)));
  }
  if (to.base === 'M') return floorBy(months, BigInt(to.count));
  if (to.base === 'Y') return floorBy(floorBy(months, 12n), BigInt(to.count));
  const years = floorBy(months, 12n);
  return daysIn(daysOfMonth(x.add(years, k(1970)), x.add(x.sub(months, times(years, 12)), k(1))), to);
}

/** Days as counts of a unit of at most a week. */
const daysIn = (days: Expr, to: TimeUnit): Expr =>
  floorBy(to.base === 'W' ? floorBy(days, 7n) : times(days, perDay(to.base)), BigInt(to.count));
