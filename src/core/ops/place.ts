import { type ArrayValue, isCContiguous } from '../array.js';
import { isHost } from '../device/access.js';
import { type Device, type DeviceBuffer, type HostBuffer, Immediate } from '../device/device.js';
import { elementsOf } from '../device/elements.js';
import { hostDevice } from '../device/registry.js';
import { isDescribed } from '../device/shapes.js';
import type { DType, NumericName } from '../dtype.js';
import { setPlace } from '../dispatch.js';
import { NotImplementedError, RuntimeError, ValueError } from '../errors.js';
import { announce } from '../transfers.js';
import { sizeOf } from '../view.js';
import { castKernelOn } from './casts.js';

/**
 * Which device an operation's operands are on, and the way there. Operations of the library run where tensors are whose memory the host
 * does not reach: what the host has beside them (arrays, lists, the library's own constants) is copied there, and the ledger shows it.
 */

/** A copy in C order, with a cast, where the array is. */
function packedAs(a: ArrayValue, dtype: DType): ArrayValue {
  const { device } = a.buffer;
  const out = a.face.fresh(device.allocate(sizeOf(a.shape) * dtype.itemsize), dtype, a.shape);
  if (out.size > 0) castKernelOn(device, a.dtype, dtype).run(a.shape, [a, out], [a.strides, out.strides]);
  return out;
}

/** Bytes of a host array's elements in C order. */
function bytesOf(a: ArrayValue): Uint8Array {
  const whole = isCContiguous(a) ? a : packedAs(a, a.dtype);
  const { bytes } = whole.buffer as DeviceBuffer & { bytes: Uint8Array };
  return bytes.subarray(whole.offset, whole.offset + a.size * a.dtype.itemsize);
}

/** Tensors do not change: what was copied once is there. */
const copies = new WeakMap<ArrayValue, WeakMap<Device, ArrayValue>>();

/**
 * A host array on another device, in C order. The ledger shows the copy.
 * @throws TypeError for a dtype that the device does not have
 */
export function uploaded(a: ArrayValue, device: Device, by: string): ArrayValue {
  const known = copies.get(a)?.get(device);
  if (known !== undefined) return known;
  const made = movedTo(a, device, by);
  if (a.face.priority > 0) {
    let kept = copies.get(a);
    if (kept === undefined) copies.set(a, (kept = new WeakMap()));
    kept.set(device, made);
  }
  return made;
}

/** The same, anew at every call: the copy is the caller's. */
export function movedTo(a: ArrayValue, device: Device, by: string): ArrayValue {
  const { transfers } = device;
  if (transfers === undefined) throw new RuntimeError(`${by}: nothing can be moved to ${device.name}`);
  transfers.check(a.dtype, by);
  announce('device', a.size * a.dtype.itemsize, a.buffer.device.name, device.name);
  return a.face.fresh(transfers.upload(bytesOf(a), a.dtype), a.dtype, a.shape);
}

/** The host's copy of an array that lives elsewhere, from the bytes of its whole buffer. */
function homeOf(a: ArrayValue, bytes: Uint8Array): ArrayValue {
  const buffer = hostDevice().allocate(bytes.byteLength) as DeviceBuffer & { bytes: Uint8Array };
  buffer.bytes.set(bytes);
  const whole = a.face.fresh(buffer, a.dtype, [bytes.byteLength / a.dtype.itemsize]);
  return a.face.view(whole, a.dtype, a.shape, a.strides, a.offset);
}

/** Where a view shows a part of its buffer, that part alone: less to move. */
const packed = (a: ArrayValue): ArrayValue =>
  a.offset === 0 && a.buffer.nbytes === sizeOf(a.shape) * a.dtype.itemsize ? a : packedAs(a, a.dtype);

/** The array in the host's memory: at once where the device can wait, otherwise null. */
export function downloadedNow(a: ArrayValue): ArrayValue | null {
  if (isHost(a.buffer)) return a;
  const p = packed(a);
  const bytes = p.buffer.device.transfers?.downloadNow(p.buffer, a.dtype, 0, p.buffer.nbytes) ?? null;
  if (bytes === null) return null;
  announce('device', bytes.byteLength, a.buffer.device.name, hostDevice().name);
  return homeOf(p, bytes);
}

/** The array in the host's memory. */
export async function downloaded(a: ArrayValue): Promise<ArrayValue> {
  if (isHost(a.buffer)) return a;
  const p = packed(a);
  const { device } = p.buffer;
  if (device.transfers === undefined) throw new RuntimeError(`${device.name} cannot be read`);
  announce('device', a.size * a.dtype.itemsize, device.name, hostDevice().name);
  return homeOf(p, await device.transfers.download(p.buffer, a.dtype, 0, p.buffer.nbytes));
}

/** The error of an operation on two devices. */
export const apart = (by: string, a: Device, b: Device): ValueError =>
  new ValueError(`${by}: operands live on different devices, ${a.name} and ${b.name}; move one of them with t.to(…)`);

/** The device of operands whose memory the host does not reach; null where there are none, or where some are only described. */
export function elsewhere(values: readonly ArrayValue[], by: string): Device | null {
  let found: Device | null = null;
  for (const { buffer } of values) {
    if (isDescribed(buffer)) return null;
    if (isHost(buffer) || buffer.device === found) continue;
    if (found !== null) throw apart(by, found, buffer.device);
    found = buffer.device;
  }
  return found;
}

/**
 * Operands on one device: as they are, or those of the host copied to where the others are. What the device has no dtype for stays.
 * @throws ValueError for operands on two devices beside the host
 */
export function placed(values: readonly ArrayValue[], by: string): readonly ArrayValue[] {
  const n = values.length;
  if (n < 2) return values;
  const { device } = values[0].buffer;
  let i = 1;
  while (i < n && values[i].buffer.device === device) i++;
  if (i === n) return values;
  const there = elsewhere(values, by);
  return there === null ? values : values.map((v) => (isForeign(v, there) ? uploaded(v, there, by) : v));
}
setPlace(placed);

const isForeign = (v: ArrayValue, there: Device): boolean =>
  v.buffer.device !== there && there.dtypes.has(v.dtype.name as NumericName);

/**
 * An operand of the host as a kernel of another device takes it: a single number goes along with the call, anything else is copied.
 * @param dtype what it is read as
 */
export function lent(a: ArrayValue, dtype: DType, device: Device, by: string): ArrayValue | Immediate {
  if (!isHost(a.buffer) || device === hostDevice()) return a;
  const cast = a.dtype === dtype ? a : packedAs(a, dtype);
  if (a.size !== 1 || !device.dtypes.has(dtype.name as NumericName)) return uploaded(cast, device, by);
  const v = elementsOf(cast.buffer as HostBuffer, dtype).get(cast.offset);
  return new Immediate(dtype, typeof v === 'boolean' ? Number(v) : v);
}

/** The error of an operation for which a device has no routine. */
export const unable = (device: Device, by: string): NotImplementedError =>
  new NotImplementedError(`${by}: ${device.name} has no routine for it; move the operands with t.to('cpu') first`);
