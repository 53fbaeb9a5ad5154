import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { bool, type DType, int64, NAT } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { assignTo, inOrder } from '../../core/ops/copy.js';
import { broadcastTo, castTo } from '../../core/ops/move.js';
import { canCast } from '../../core/promote.js';
import { dateOf } from '../../core/scalars/calendar.js';
import { isKeywords } from '../../core/signature.js';
import { broadcastShapes, broadcastStrides, kOrder, sameShape } from '../../core/view.js';
import { hosted, newArray, toNDArray } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import {
  asDays,
  BusdayCalendar,
  type BusdayCalendarType,
  type BusinessCalendar,
  calendarFrom,
  DAYS,
  type WeekMask,
} from './calendar.js';
import { counts } from './counts.js';

/** Business days: whether a day is one, how many there are, and the one some days later. */

/**
 * A calendar of business days: a week mask and holidays, read once for the functions that count with them.
 *
 * @param weekmask '1111100', 'Mon Tue Wed', or seven truth values from Monday on
 * @param holidays days that are no business days
 * @throws ValueError for a week mask without a day, or that is none
 * @example String(np.busdaycalendar('Mon Tue').weekmask) // → '[ True  True False False False False False]'
 */
export const busdaycalendar: BusdayCalendarType = /*@__PURE__*/ (() => {
  const make = (...args: unknown[]): BusdayCalendar => {
    const kw = isKeywords(args[args.length - 1]) ? (args.pop() as Record<string, unknown>) : {};
    if (args.length > 2) throw new TypeError(`busdaycal() takes at most 2 arguments (${args.length} given)`);
    return new BusdayCalendar((args[0] ?? kw.weekmask ?? '1111100') as WeekMask, args[1] ?? kw.holidays ?? null);
  };
  return new Proxy(BusdayCalendar, {
    apply: (_target, _self, args: unknown[]) => make(...args),
    construct: (_target, args: unknown[]) => make(...args),
  }) as unknown as BusdayCalendarType;
})();

/** Keywords of the functions over business days. */
export interface BusdayKeywords {
  weekmask?: WeekMask;
  holidays?: ArrayLike | null;
  busdaycal?: BusdayCalendar | null;
  out?: ArrayValue | null;
}

/** Results of a function of days (and counts), one for each element of the operands' common shape. */
function each(operands: readonly NDArray[], dtype: DType, out: unknown, f: (...v: bigint[]) => unknown): NDArray {
  const shape = broadcastShapes(operands.map((a) => a.shape));
  const result = newArray(shape, dtype);
  const steps = operands.map((a) => broadcastStrides(a.shape, a.strides, shape));
  const values = operands.map((a) => counts(sameShape(a.shape, shape) ? a : broadcastTo(a, shape)));
  const { set } = elementsOf(result.buffer as HostBuffer, dtype);
  for (let i = 0, at = result.offset; i < result.size; i++, at += dtype.itemsize)
    set(at, f(...values.map((v) => v[i])));
  if (out === null || out === undefined) return inOrder(result, kOrder(shape, steps)) as NDArray;
  if (!(out instanceof ArrayValue)) throw new ValueError("busday: must provide a NumPy array for 'out'");
  if (!canCast(dtype, out.dtype, 'safe'))
    throw new TypeError(
      `Iterator requested dtype could not be cast from ${dtype.repr()} to ${out.dtype.repr()}, the operand ${operands.length} dtype, according to the rule 'safe'`,
    );
  out.face.beforeWrite(out, 'out');
  assignTo(out, result);
  return out as NDArray;
}

/** Arguments that were not given are told from those that were, since a calendar excludes them. */
const calendarOf = (name: string, place: number, mask: unknown, holidays: unknown, given: unknown): BusinessCalendar =>
  calendarFrom(
    name,
    place,
    given !== null && mask === '1111100' ? undefined : mask,
    given !== null && (holidays === null || (Array.isArray(holidays) && holidays.length === 0)) ? undefined : holidays,
    given,
  );

export interface IsBusday {
  (dates: ArrayLike, kw?: BusdayKeywords): NDArray<'bool'>;
  (
    dates: ArrayLike,
    weekmask?: WeekMask,
    holidays?: ArrayLike | null,
    busdaycal?: BusdayCalendar | null,
    out?: ArrayValue | null,
  ): NDArray<'bool'>;
}

/**
 * Whether days are business days.
 *
 * @param weekmask which days of the week are: '1111100', 'Mon Tue Wed', or seven truth values
 * @param holidays days that are none
 * @throws TypeError for dates finer than days; ValueError for week masks that are none
 * @example np.is_busday(['2011-07-01', '2011-07-02'], { holidays: ['2011-07-04'] }) // → array([ True, False])
 */
export const is_busday: IsBusday = /*@__PURE__*/ hosted(
  'is_busday',
  "dates, weekmask='1111100', holidays=None, busdaycal=None, out=None",
  (dates, mask, holidays, calendar, out) => {
    const c = calendarOf('is_busday', 4, mask, holidays, calendar);
    return each([asDays(dates, 0)], bool, out, (day) => c.isBusinessDay(day));
  },
);

export interface BusdayCount {
  (begindates: ArrayLike, enddates: ArrayLike, kw?: BusdayKeywords): NDArray<'int64'>;
  (
    begindates: ArrayLike,
    enddates: ArrayLike,
    weekmask?: WeekMask,
    holidays?: ArrayLike | null,
    busdaycal?: BusdayCalendar | null,
    out?: ArrayValue | null,
  ): NDArray<'int64'>;
}

/**
 * Number of business days from begin dates up to, but without, end dates; negative where the end is the earlier.
 *
 * @throws ValueError for NaT; TypeError for dates finer than days
 * @example Number(np.busday_count('2011-01', '2011-02')) // → 21
 */
export const busday_count: BusdayCount = /*@__PURE__*/ hosted(
  'busday_count',
  "begindates, enddates, weekmask='1111100', holidays=(), busdaycal=None, out=None",
  (begin, end, mask, holidays, calendar, out) => {
    const c = calendarOf('busday_count', 5, mask, holidays, calendar);
    return each([asDays(begin, 0), asDays(end, 1)], int64, out, (from, to) => {
      if (from === NAT || to === NAT)
        throw new ValueError('Cannot compute a business day count with a NaT (not-a-time) date');
      return c.count(from, to);
    });
  },
);

/** What becomes of a date that is no business day. */
export type BusdayRoll =
  | 'raise'
  | 'nat'
  | 'forward'
  | 'following'
  | 'backward'
  | 'preceding'
  | 'modifiedfollowing'
  | 'modifiedpreceding';

const ROLLS: readonly string[] = [
  'raise',
  'nat',
  'forward',
  'following',
  'backward',
  'preceding',
  'modifiedfollowing',
  'modifiedpreceding',
];

/** A day that is a business day, or NaT. @throws ValueError */
function rolled(c: BusinessCalendar, day: bigint, roll: string): bigint {
  if (day === NAT) {
    if (roll === 'raise') throw new ValueError('NaT input in busday_offset');
    return NAT;
  }
  if (c.isBusinessDay(day)) return day;
  if (roll === 'raise') throw new ValueError('Non-business day date in busday_offset');
  if (roll === 'nat') return NAT;
  const go = (step: bigint): bigint => {
    let d = day;
    while (!c.isBusinessDay(d)) d += step;
    return d;
  };
  const first = roll === 'forward' || roll === 'following' || roll === 'modifiedfollowing' ? 1n : -1n;
  const found = go(first);
  if (!roll.startsWith('modified') || dateOf(found).month === dateOf(day).month) return found;
  return go(-first);
}

export interface BusdayOffset {
  (dates: ArrayLike, offsets: ArrayLike, kw?: BusdayKeywords & { roll?: BusdayRoll }): NDArray<'datetime64'>;
  (
    dates: ArrayLike,
    offsets: ArrayLike,
    roll: BusdayRoll,
    weekmask?: WeekMask | BusdayKeywords,
    holidays?: ArrayLike | null,
    busdaycal?: BusdayCalendar | null,
    out?: ArrayValue | null,
  ): NDArray<'datetime64'>;
}

/**
 * The days some business days after dates, which are first rolled to a business day as `roll` says.
 *
 * @param roll 'raise', 'nat', 'forward' ('following'), 'backward' ('preceding'), 'modifiedfollowing', 'modifiedpreceding'
 * @throws ValueError for dates that are no business days, where `roll` is 'raise'
 * @example np.busday_offset('2011-10', 0, 'forward').toString() // → '2011-10-03'
 */
export const busday_offset: BusdayOffset = /*@__PURE__*/ hosted(
  'busday_offset',
  "dates, offsets, roll='raise', weekmask='1111100', holidays=None, busdaycal=None, out=None",
  (dates, offsets, roll, mask, holidays, calendar, out) => {
    if (!ROLLS.includes(roll)) throw new ValueError(`Invalid business day roll parameter "${String(roll)}"`);
    const c = calendarOf('busday_offset', 6, mask, holidays, calendar);
    const days = asDays(dates, 0);
    const by = castTo(toNDArray(offsets), int64, 'C') as NDArray;
    return each([days, by], DAYS, out, (day, n) => {
      const start = rolled(c, day, roll);
      return start === NAT ? NAT : c.later(start, n);
    });
  },
);
