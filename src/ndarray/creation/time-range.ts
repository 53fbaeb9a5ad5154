import { ArrayValue } from '../../core/array.js';
import { typedView } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { type DType, isTime, NAT, timeDtype, type TimeUnit } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { copyAs } from '../../core/ops/copy.js';
import { canCast } from '../../core/promote.js';
import { commonUnit } from '../../core/promote-other.js';
import { elementFrom } from '../../core/scalars/index.js';
import { parseTime } from '../../core/scalars/iso.js';
import type { NDArray } from '../ndarray.js';
import { newArray } from './make.js';

/** `arange` over dates and durations. */

const isTimeArray = (x: unknown): x is ArrayValue => x instanceof ArrayValue && isTime(x.dtype);
const isDate = (x: unknown): boolean => x instanceof Date || (isTimeArray(x) && x.dtype.kind === 'M');

/** Whether a range is one of dates or durations. */
export const isTimeRange = (args: readonly unknown[], dtype: DType | null): boolean =>
  dtype === null ? args.some((x) => isTimeArray(x) || x instanceof Date) : isTime(dtype);

/** What kind of time an argument stands for in a place that takes `kind`. */
function kindOf(x: unknown, kind: 'M' | 'm'): 'M' | 'm' {
  return kind === 'm' ? 'm' : isDate(x) || typeof x === 'string' ? 'M' : 'm';
}

/** The unit that an argument brings. */
function unitOf(x: unknown, kind: 'M' | 'm'): TimeUnit {
  if (isTimeArray(x)) return x.dtype.unit as TimeUnit;
  if (x instanceof Date) return { base: 'ms', count: 1 };
  if (typeof x === 'string' && kind === 'M') return { base: parseTime(x).unit, count: 1 };
  return { base: 'generic', count: 1 };
}

/** An argument as a count. @throws TypeError where its unit does not go with the one asked for */
function countIn(x: unknown, d: DType): bigint {
  if (x instanceof ArrayValue) {
    if (x.size !== 1) throw new TypeError('arange: arguments must be scalars');
    if (!isTime(x.dtype)) return elementFrom(x.valueOf(), d);
    if (x.dtype.kind !== d.kind)
      throw new ValueError(`Could not convert object to NumPy ${d.kind === 'M' ? 'datetime' : 'timedelta'}`);
    if (!canCast(x.dtype, d, 'same_kind')) {
      const bracket = (u: TimeUnit): string => `[${u.count === 1 ? '' : u.count}${u.base}]`;
      throw new TypeError(
        `Cannot cast NumPy ${d.family} scalar from metadata ${bracket(x.dtype.unit as TimeUnit)} to ${bracket(d.unit as TimeUnit)} according to the rule 'same_kind'`,
      );
    }
    const c = copyAs(x, d, 'C');
    return elementsOf(c.buffer as HostBuffer, d).get(c.offset);
  }
  return elementFrom(x, d);
}

/**
 * Evenly spaced dates or durations from start up to, but without, stop. `step` is a duration or an integer.
 * @throws ValueError for dates without a stop, a step of zero, NaT; TypeError for units that do not go together
 */
export function timeRange(first: unknown, second: unknown, by: unknown, dtype: DType | null): NDArray {
  const single = second === null || second === undefined;
  const kind: 'M' | 'm' = dtype !== null ? (dtype.kind as 'M' | 'm') : isDate(first) || isDate(second) ? 'M' : 'm';
  if (kind === 'M' && single)
    throw new ValueError('arange requires both a start and a stop for NumPy datetime64 ranges');
  const start = single ? null : first;
  const stop = single ? first : second;
  if (isDate(by)) throw new ValueError('cannot use a datetime as a step in arange');
  const stopKind = kind === 'm' ? 'm' : typeof stop === 'number' || typeof stop === 'bigint' ? 'm' : kindOf(stop, kind);
  const lengthGiven = stopKind === 'm' && kind === 'M';
  let unit: TimeUnit = dtype?.unit ?? { base: 'generic', count: 1 };
  if (unit.base === 'generic') {
    const parts: [unknown, 'M' | 'm'][] = [
      [start, kind],
      [stop, stopKind],
      [by, 'm'],
    ];
    // NumPy meets the step first: the texts of its errors show it.
    for (const [x, k] of parts.reverse()) unit = commonUnit(unit, unitOf(x, k), k === 'm' && kind === 'm' ? 'm' : k);
  }
  const type = timeDtype(kind, unit);
  const delta = timeDtype('m', unit);
  const from = start === null ? 0n : countIn(start, type);
  const step = by === null || by === undefined ? 1n : countIn(by, delta);
  let to = countIn(stop, lengthGiven ? delta : type);
  if (from === NAT || to === NAT || step === NAT)
    throw new ValueError('arange: cannot use NaT (not-a-time) datetime values');
  if (lengthGiven) to += from;
  if (step === 0n) throw new ValueError('arange: step cannot be zero');
  const n =
    step > 0n ? (to > from ? (to - from + step - 1n) / step : 0n) : to < from ? (from - to - step - 1n) / -step : 0n;
  const out = newArray([Number(n)], type);
  const { array, base } = typedView(out.buffer as HostBuffer, BigInt64Array);
  let v = from;
  for (let i = 0; i < out.shape[0]; i++, v += step) (array as BigInt64Array)[base + i] = v;
  return out;
}
