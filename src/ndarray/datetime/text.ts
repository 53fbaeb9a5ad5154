import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import {
  asDtype,
  type DType,
  type DTypeLike,
  NAT,
  strDtype,
  timeDtype,
  type TimeUnit,
  type Unit,
  UNITS,
} from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { canCast, type Casting } from '../../core/promote.js';
import { ATTO, daysOf, laterBy, type Moment, momentOf } from '../../core/scalars/calendar.js';
import { isoOf, isoWidth } from '../../core/scalars/iso.js';
import { direct, hosted, newArray } from '../creation/make.js';
import { inOrder } from '../../core/ops/copy.js';
import { copyOrder } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import { readUnit } from '../time-types.js';
import { counts } from './counts.js';

/** Dates as text, and the unit of a dtype. */

/**
 * The unit of a date's or duration's dtype, and how many of it make one step.
 *
 * @throws TypeError `cannot get datetime metadata from non-datetime type`
 * @example np.datetime_data('M8[25s]') // → [ 's', 25 ]
 */
export const datetime_data: (dtype: DTypeLike) => [unit: string, count: number] = /*@__PURE__*/ direct(
  'datetime_data',
  'dtype, /',
  (d) => {
    if (d instanceof ArrayValue && d.ndim > 0) throw new TypeError('Cannot construct a dtype from an array');
    const type: DType = d instanceof ArrayValue ? d.dtype : asDtype(d as DTypeLike);
    if (type.unit === null) throw new TypeError('cannot get datetime metadata from non-datetime type');
    return [type.unit.base, type.unit.count];
  },
);

/** The coarsest unit that shows all of a moment, as `unit='auto'` finds it. */
function plainestUnit(t: Moment): Unit {
  if (t.atto === 0n) return 'D';
  for (const u of ['m', 's', 'ms', 'us', 'ns', 'ps', 'fs'] as const) if (t.atto % ATTO[u] === 0n) return u;
  return 'as';
}

/** Minutes by which local time is ahead of UTC at a moment. */
function localOffset(t: Moment): number {
  const ms = Number(daysOf(t.year, t.month, t.day) * 86400000n + t.atto / ATTO.ms);
  const d = new Date(ms);
  return Number.isNaN(d.getTime()) ? 0 : -d.getTimezoneOffset();
}

function zoneText(minutes: number): string {
  const m = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(m / 60))}${two(m % 60)}`;
}

export type TimeZoneName = 'naive' | 'UTC' | 'local';
export interface DatetimeAsStringKeywords {
  unit?: string | null;
  timezone?: TimeZoneName;
  casting?: Casting;
}
export interface DatetimeAsString {
  (arr: ArrayLike, kw?: DatetimeAsStringKeywords): NDArray<'str'>;
  (arr: ArrayLike, unit: string | null, kw?: DatetimeAsStringKeywords): NDArray<'str'>;
  (arr: ArrayLike, unit: string | null, timezone: TimeZoneName, casting?: Casting): NDArray<'str'>;
}

/**
 * Dates as ISO 8601 text.
 *
 * @param unit down to which the text goes: the dates' own unless given, 'auto' for the coarsest that shows each
 * @param timezone 'naive': without one; 'UTC': with a Z; 'local': in local time, with its offset
 * @throws TypeError for units that `casting` does not allow, and for what is no date
 * @example np.datetime_as_string(np.array(['2020-02-29T12:30'], 'M8[m]'), { timezone: 'UTC' }).tolist() // → [ '2020-02-29T12:30Z' ]
 */
export const datetime_as_string: DatetimeAsString = /*@__PURE__*/ hosted(
  'datetime_as_string',
  "arr, unit=None, timezone='naive', casting='same_kind'",
  (arr, unit, timezone, casting) => {
    if (!(arr instanceof ArrayValue) || arr.dtype.kind !== 'M')
      throw new TypeError('input must have type NumPy datetime');
    if (timezone !== 'naive' && timezone !== 'UTC' && timezone !== 'local')
      throw new ValueError(`Unsupported timezone input string "${String(timezone)}"`);
    const own = arr.dtype.unit as TimeUnit;
    let base: TimeUnit['base'] | 'auto' = own.base;
    if (unit === 'auto') base = 'auto';
    else if (unit !== null) {
      if (typeof unit !== 'string') throw new TypeError('bad argument type for built-in operation');
      const given = readUnit(unit);
      if (given.count !== 1 || /\d/.test(unit)) throw new TypeError(`Invalid datetime unit "${unit}" in metadata`);
      base = given.base;
      if (!canCast(arr.dtype, timeDtype('M', { base, count: 1 }), casting as Casting))
        throw new TypeError(
          `Cannot create a datetime string as units '${base}' from a NumPy datetime with units '${own.base}' according to the rule '${String(casting)}'`,
        );
    }
    const texts = counts(arr).map((n) => (n === NAT ? 'NaT' : textOf(n, own, base, timezone, casting as Casting)));
    const room = isoWidth({ base: base === 'auto' ? 'as' : base, count: 1 }) + (base === 'auto' ? 5 : 0);
    const width = timezone === 'local' && base !== 'auto' ? room + 4 : room;
    const longest = texts.reduce((m, t) => Math.max(m, t.length), 1);
    const out = newArray(arr.shape, strDtype(arr.ndim === 0 ? longest : Math.max(width, longest)));
    const { set } = elementsOf(out.buffer as HostBuffer, out.dtype);
    texts.forEach((t, i) => {
      set(out.offset + i * out.itemsize, t);
    });
    return inOrder(out, copyOrder(arr.strides));
  },
);

function textOf(
  count: bigint,
  own: TimeUnit,
  base: TimeUnit['base'] | 'auto',
  timezone: TimeZoneName,
  casting: Casting,
): string {
  const t = momentOf(count, own);
  const shown = base === 'auto' ? plainestUnit(t) : base;
  const date = shown === 'D' || shown === 'W' || UNITS.indexOf(shown as Unit) < 2;
  if (timezone !== 'local') return isoOf(t, shown) + (timezone === 'UTC' && !date ? 'Z' : '');
  if (date && casting !== 'unsafe' && base !== 'auto')
    throw new TypeError(
      "Cannot create a local timezone-based date string from a NumPy datetime without forcing 'unsafe' casting",
    );
  const offset = localOffset(t);
  return isoOf(laterBy(t, BigInt(offset)), shown) + (date ? '' : zoneText(offset));
}
