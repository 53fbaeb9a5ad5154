import { ArrayValue } from '../core/array.js';
import { fromScalar } from '../core/coerce.js';
import { isTime, parseUnit, timeDtype, type TimeUnit } from '../core/dtype.js';
import { parseBracket } from '../core/dtypes/units.js';
import { TypeError, ValueError } from '../core/errors.js';
import { castTo } from '../core/ops/move.js';
import { elementFrom } from '../core/scalars/index.js';
import { parseTime } from '../core/scalars/iso.js';
import { canCast } from '../core/promote.js';
import type { NDArray } from './ndarray.js';

/** The scalar types of dates and durations, which take a unit beside the value. */

/** A unit: its name, with a count in front where it is not one (`'25s'`), or the name and the count. */
export type UnitLike =
  | string
  | readonly [unit: string, count?: number]
  | readonly [unit: string, count: number, divisor: number, event: null];

const OPEN: TimeUnit = { base: 'generic', count: 1 };

const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A unit as users write it. @throws TypeError `Invalid datetime unit "x" in metadata` */
export function readUnit(given: unknown): TimeUnit {
  const unit = given instanceof Uint8Array ? utf8(given) : given;
  if (typeof unit === 'string') return parseUnit(/^\[.*\]$/.test(unit) ? unit.slice(1, -1) : unit, unit);
  const name =
    Array.isArray(unit) && unit[0] instanceof Uint8Array ? utf8(unit[0]) : Array.isArray(unit) ? unit[0] : null;
  if (!Array.isArray(unit) || typeof name !== 'string')
    throw new TypeError('Invalid object for specifying NumPy datetime metadata');
  if (unit.length < 2 || unit.length > 4)
    throw new TypeError('Require tuple of size 2 to 4 for tuple to NumPy datetime metadata conversion');
  if (unit.length === 3 || (unit.length > 3 && typeof unit[1] === 'string'))
    throw new ValueError('Use (unit, num) with no event');
  if (unit.length === 4) {
    if (unit[3] !== null && unit[3] !== undefined)
      throw new ValueError('When passing a 4-tuple as (unit, num, den, event), the event argument must be None');
    if (unit[2] !== 1) return parseBracket(`[${unit[1]}${unit[0]}/${unit[2]}]`);
  }
  if (unit.length > 4)
    throw new TypeError('Require tuple of size 2 to 4 for tuple to NumPy datetime metadata conversion');
  const { base } = parseUnit(name, name);
  return { base, count: unit[1] === undefined ? 1 : Number(unit[1]) };
}

const bracket = (u: TimeUnit): string => `[${u.count === 1 ? '' : u.count}${u.base}]`;

/** Makes dates or durations without axes, of a value and a unit. */
export function timeMaker(kind: 'M' | 'm'): (value?: unknown, unit?: unknown) => NDArray {
  const open = timeDtype(kind, OPEN);
  return (...args) => {
    const value = args.length === 0 ? (kind === 'M' ? null : 0n) : args[0];
    const unit = args[1];
    const dtype = unit === undefined || unit === null ? open : timeDtype(kind, readUnit(unit));
    if (value instanceof ArrayValue && isTime(value.dtype)) {
      if (value.dtype.kind !== kind)
        throw new ValueError(`Could not convert object to NumPy ${kind === 'M' ? 'datetime' : 'timedelta'}`);
      if (dtype !== open && !canCast(value.dtype, dtype, 'same_kind'))
        throw new TypeError(
          `Cannot cast NumPy ${dtype.family} scalar from metadata ${bracket(value.dtype.unit as TimeUnit)} to ${bracket(dtype.unit as TimeUnit)} according to the rule 'same_kind'`,
        );
      return castTo(value, dtype, 'C') as NDArray;
    }
    if (Array.isArray(value) || (value instanceof ArrayValue && value.ndim > 0) || ArrayBuffer.isView(value))
      throw new ValueError(`Could not convert object to NumPy ${kind === 'M' ? 'datetime' : 'timedelta'}`);
    if (typeof value === 'string' && kind === 'M') {
      if (unit === undefined || unit === null)
        return fromScalar(value, timeDtype('M', { base: parseTime(value).unit, count: 1 })) as NDArray;
      if (dtype === open) elementFrom(value, open);
    }
    return fromScalar(value, dtype) as NDArray;
  };
}
