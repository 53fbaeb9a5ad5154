import type { ArrayLike } from '../core/coerce.js';
import type { DType } from '../core/dtype.js';
import type { NDArray } from './ndarray.js';
import { scalarTypeOf } from './scalar-class.js';
import type { UnitLike } from './time-scalars.js';

export { readUnit, type UnitLike } from './time-scalars.js';

/** The scalar types of dates and durations, which take a unit beside the value. */

/** `np.datetime64` and `np.timedelta64`: called with a value and a unit they give 0-d arrays; as a dtype they stand for any unit. */
export interface TimeTypeOf<N extends 'datetime64' | 'timedelta64'> {
  (value?: ArrayLike, unit?: UnitLike | null): NDArray<N>;
  readonly dtype: DType<N>;
}

/**
 * A date: from ISO text, a JavaScript Date, or a count of a unit since 1970; null, '' and 'NaT' are no time at all.
 *
 * @throws ValueError `Error parsing datetime string "x" at position 0`; TypeError for a unit that does not exist
 * @example np.datetime64('2020-02-29').toString() // → '2020-02-29'
 */
export const datetime64: TimeTypeOf<'datetime64'> = /*@__PURE__*/ scalarTypeOf('datetime64');

/**
 * A duration: a count of a unit, or of whatever unit stands beside it.
 *
 * @throws ValueError `Could not convert object to NumPy timedelta`; TypeError for a unit that does not exist
 * @example np.timedelta64(5, 'D').toString() // → '5 days'
 */
export const timedelta64: TimeTypeOf<'timedelta64'> = /*@__PURE__*/ scalarTypeOf('timedelta64');
