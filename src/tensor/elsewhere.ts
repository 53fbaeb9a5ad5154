import { ArrayValue } from '../core/array.js';
import { isHost } from '../core/device/access.js';
import type { Device } from '../core/device/device.js';
import { isDescribed } from '../core/device/shapes.js';
import { placedOn } from '../core/device/registry.js';
import { type DType, int32, int64, type NumericName } from '../core/dtype.js';
import { TypeError } from '../core/errors.js';
import { apart, movedTo } from '../core/ops/place.js';
import { caller } from '../core/transfers.js';

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

/** Which argument names places: those of the host are checked before they are copied to the values. */
const PLACES: Readonly<Record<string, number>> = { take: 1, take_along_axis: 1 };

/**
 * Refuses a call on tensors of two devices: which of them is to be moved is for the caller to say. Single numbers of the host go along, as do
 * places, and arrays, which have no device of their own.
 * @param isTensor tells tensors from arrays
 * @throws ValueError naming both devices
 */
export function requireOneDevice(
  name: string,
  args: readonly unknown[],
  kwargs: object | null,
  isTensor: (x: ArrayValue) => boolean,
): void {
  const there = deviceElsewhere(args) ?? deviceElsewhere(kwargs);
  if (there === null) return;
  const search = (x: unknown): void => {
    if (x instanceof ArrayValue) {
      const { buffer } = x;
      if (!isTensor(x) || isDescribed(buffer) || buffer.device === there) return;
      if (x.ndim > 0 || !isHost(buffer)) throw apart(name, there, buffer.device);
    } else if (Array.isArray(x)) {
      if (typeof x[0] !== 'number') x.forEach(search);
    } else if (typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype)
      Object.values(x).forEach(search);
  };
  for (let i = 0; i < args.length; i++) if (i !== PLACES[name]) search(args[i]);
  search(kwargs);
}

/** The error of a function that needs values on the host. */
export const hostOnly = (name: string, device: Device): TypeError =>
  new TypeError(
    `${name}: needs values in the host's memory, but a tensor lives on ${device.name}; move it with t.to('cpu'), or await t.data()`,
  );

/**
 * The values on which the shape of a result depends.
 * @throws TypeError for a tensor whose device would have to be waited for, which nobody asked for
 */
export function decisive<V>(t: ArrayValue & { numpy(): V }): V {
  const there = deviceElsewhere(t);
  if (there !== null) throw hostOnly(caller.name ?? 'tf', there);
  return t.numpy();
}

/** The dtype in which places and counts of a tensor's elements are told: int32 where its device has no int64. */
export const countingDtype = (x: ArrayValue): DType => (x.buffer.device.dtypes.has('int64') ? int64 : int32);

/** The dtype in which numbers of places are computed: their own, where that is int32 or int64. */
export const placeDtype = (x: ArrayValue): DType =>
  x.dtype === int32 || x.dtype === int64 ? x.dtype : 'iu'.includes(x.dtype.kind) ? countingDtype(x) : int32;

/** Functions that make tensors: what they make is placed as tf.device says, or refused. */
const MAKERS = /^tf\.(convert_to_tensor|constant|zeros|ones|fill|range|eye|linspace|Variable)$/;

/** A tensor made of the host's data, on the device that tf.device names; inside of other functions only where that has the dtype. */
export function placedHere<A extends ArrayValue>(t: A): A {
  const there = placedOn();
  if (there === null || !isHost(t.buffer)) return t;
  // Seeds and parameters of random numbers are read by the host; what is drawn is placed by who draws it.
  if (caller.name?.startsWith('tf.random.') === true) return t;
  if (!there.dtypes.has(t.dtype.name as NumericName) && !MAKERS.test(caller.name ?? '')) return t;
  return movedTo(t, there, caller.name ?? 'tf.constant') as A;
}
