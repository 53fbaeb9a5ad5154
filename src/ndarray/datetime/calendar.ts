import { ArrayValue } from '../../core/array.js';
import { describe } from '../../core/device/access.js';
import { asDtype, type DType, NAT, timeDtype } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { castTo } from '../../core/ops/move.js';
import { canCast } from '../../core/promote.js';
import { inspectable } from '../../core/inspect.js';
import { convert } from '../creation/convert.js';
import type { NDArray } from '../ndarray.js';
import { counts } from './counts.js';

/** Which days are business days: the days of the week that are, and the days that are not for all that. */

export const DAYS: DType<any> = timeDtype('M', { base: 'D', count: 1 });

/** What a week mask may be: '1111100', 'Mon Tue Wed', or seven truth values from Monday on. */
export type WeekMask = string | readonly (number | boolean)[] | ArrayValue;

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function readMask(mask: unknown): boolean[] {
  if (typeof mask === 'string') {
    if (/^[01]{7}$/.test(mask)) return [...mask].map((c) => c === '1');
    const out = new Array<boolean>(7).fill(false);
    let rest = mask.trimStart();
    while (rest !== '') {
      const day = NAMES.indexOf(rest.slice(0, 3));
      if (day < 0) throw new ValueError(`Invalid business day weekmask string "${mask}"`);
      out[day] = true;
      rest = rest.slice(3).trimStart();
    }
    return out;
  }
  if (!Array.isArray(mask) && !(mask instanceof ArrayValue) && !ArrayBuffer.isView(mask))
    throw new ValueError("Couldn't convert object into a business day weekmask");
  const list = [...(mask as Iterable<unknown>)].map(Number);
  if (list.length !== 7) throw new ValueError('A business day weekmask array must have length 7');
  return list.map((v) => v !== 0);
}

/** Dates as an array of days. @throws TypeError where days are too coarse for them */
export function asDays(x: unknown, operand: number): NDArray {
  const a = x instanceof ArrayValue && x.dtype.kind === 'M' ? (x as NDArray) : convert(x, asDtype('M8'), null, 'K');
  if (!canCast(a.dtype, DAYS, 'safe'))
    throw new TypeError(
      `Iterator operand ${operand} dtype could not be cast from ${a.dtype.repr()} to ${DAYS.repr()} according to the rule 'safe'`,
    );
  return castTo(a, DAYS, 'C') as NDArray;
}

const weekday = (day: bigint): number => Number((((day - 4n) % 7n) + 7n) % 7n);

/**
 * Business days, ready to count with: `np.busdaycalendar('1111100', ['2011-07-04'])`.
 *
 * @throws ValueError for a week mask without a day, or that is none
 * @example String(new np.busdaycalendar('Mon Tue').weekmask) // → '[ True  True False False False False False]'
 */
export class BusinessCalendar {
  readonly days: readonly boolean[];
  /** Business days of a week. */
  readonly perWeek: bigint;
  /** Days that are none, ascending, among the days of the mask. */
  readonly off: readonly bigint[];

  constructor(weekmask: unknown, holidays: unknown, empty: string) {
    this.days = readMask(weekmask);
    this.perWeek = BigInt(this.days.filter(Boolean).length);
    if (this.perWeek === 0n) throw new ValueError(empty);
    let off: bigint[] = [];
    if (holidays !== null && holidays !== undefined && !(Array.isArray(holidays) && holidays.length === 0)) {
      const a = asDays(holidays, 0);
      if (a.ndim !== 1) throw new ValueError('holidays must be a provided as a one-dimensional array');
      off = [...new Set(counts(a))].filter((d) => d !== NAT && this.days[weekday(d)]);
      off.sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
    }
    this.off = off;
    Object.freeze(this);
  }

  /** Index of the first holiday on or after a day. */
  private at(day: bigint): number {
    let lo = 0;
    let hi = this.off.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.off[mid] < day) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }

  isBusinessDay(day: bigint): boolean {
    if (day === NAT || !this.days[weekday(day)]) return false;
    return this.off[this.at(day)] !== day;
  }

  /** Business days from one day up to, but without, another; negative where the second is the earlier. */
  count(from: bigint, to: bigint): bigint {
    if (from === to) return 0n;
    const back = from > to;
    const begin = back ? to + 1n : from;
    const end = back ? from + 1n : to;
    const weeks = (end - begin) / 7n;
    let n = weeks * this.perWeek - BigInt(this.at(end) - this.at(begin));
    for (let d = begin + weeks * 7n; d < end; d++) if (this.days[weekday(d)]) n++;
    return back ? -n : n;
  }

  /** The day some business days after a business day. */
  later(day: bigint, by: bigint): bigint {
    const step = by < 0n ? -1n : 1n;
    let date = day + (by / this.perWeek) * 7n;
    let left = by % this.perWeek;
    const crossed = step > 0n ? this.at(date + 1n) - this.at(day) : this.at(day + 1n) - this.at(date);
    left += step * BigInt(crossed);
    while (left !== 0n) {
      date += step;
      if (this.isBusinessDay(date)) left -= step;
    }
    return date;
  }
}

/**
 * A valid calendar of business days for the functions that count them: a week mask and holidays, read once.
 */
export class BusdayCalendar {
  readonly #calendar: BusinessCalendar;

  constructor(weekmask: WeekMask = '1111100', holidays: unknown = null) {
    this.#calendar = new BusinessCalendar(
      weekmask,
      holidays,
      'Cannot construct a numpy.busdaycal with a weekmask of all zeros',
    );
  }
  /** Seven truth values, from Monday on. */
  get weekmask(): NDArray<'bool'> {
    return convert(this.#calendar.days, asDtype('bool'), true, 'K') as NDArray<'bool'>;
  }
  /** The days off, sorted, without those that are no business days anyway. */
  get holidays(): NDArray<'datetime64'> {
    return convert([...this.#calendar.off], DAYS, true, 'K') as NDArray<'datetime64'>;
  }
  static calendarOf(c: BusdayCalendar): BusinessCalendar {
    return c.#calendar;
  }
  toString(): string {
    return '<numpy.busdaycalendar object>';
  }
}
inspectable(BusdayCalendar, 'busdaycalendar');

export interface BusdayCalendarType {
  new (weekmask?: WeekMask, holidays?: unknown): BusdayCalendar;
  (weekmask?: WeekMask, holidays?: unknown): BusdayCalendar;
  (kw: { weekmask?: WeekMask; holidays?: unknown }): BusdayCalendar;
}

/** The calendar that a function's arguments describe. @throws ValueError where they do so twice */
export function calendarFrom(
  name: string,
  place: number,
  mask: unknown,
  holidays: unknown,
  given: unknown,
): BusinessCalendar {
  if (given === null || given === undefined)
    return new BusinessCalendar(
      mask ?? '1111100',
      holidays,
      'the business day weekmask must have at least one valid business day',
    );
  if (!(given instanceof BusdayCalendar))
    throw new TypeError(
      `${name}() argument ${place} must be numpy.busdaycalendar, not ${Array.isArray(given) ? 'list' : describe(given)}`,
    );
  if (mask !== undefined || holidays !== undefined)
    throw new ValueError(`Cannot supply both the weekmask/holidays and the busdaycal parameters to ${name}()`);
  return BusdayCalendar.calendarOf(given);
}
