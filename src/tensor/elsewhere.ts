import { ArrayValue } from '../core/array.js';
import { isHost } from '../core/device/access.js';
import type { Device } from '../core/device/device.js';
import { isDescribed } from '../core/device/shapes.js';
import { type DType, int32, int64 } from '../core/dtype.js';
import { TypeError } from '../core/errors.js';

/** Values that live where the host does not reach them, as functions that look at values meet them. */

/** The device of the first value among arguments (lists and plain objects included) that the host cannot read; null without any. */
export function deviceElsewhere(x: unknown): Device | null {
  if (x instanceof ArrayValue) return isHost(x.buffer) || isDescribed(x.buffer) ? null : x.buffer.device;
  if (Array.isArray(x)) {
    if (typeof x[0] === 'number') return null;
    for (const e of x) {
      const found = deviceElsewhere(e);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof x !== 'object' || x === null || Object.getPrototypeOf(x) !== Object.prototype) return null;
  return deviceElsewhere(Object.values(x));
}

/** The error of a function that needs values on the host. */
export const hostOnly = (name: string, device: Device): TypeError =>
  new TypeError(
    `${name}: needs values in the host's memory, but a tensor lives on ${device.name}; move it with t.to('cpu'), or await t.data()`,
  );

/** The dtype in which places and counts of a tensor's elements are told: int32 where its device has no int64. */
export const countingDtype = (x: ArrayValue): DType => (x.buffer.device.dtypes.has('int64') ? int64 : int32);

/** The dtype in which numbers of places are computed: their own, where that is int32 or int64. */
export const placeDtype = (x: ArrayValue): DType =>
  x.dtype === int32 || x.dtype === int64 ? x.dtype : 'iu'.includes(x.dtype.kind) ? countingDtype(x) : int32;
