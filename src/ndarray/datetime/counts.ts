import type { ArrayValue } from '../../core/array.js';
import { forEachOffset } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';

/** The counts of an array of dates, durations or 64-bit integers, in C order. */
export function counts(a: ArrayValue): bigint[] {
  const out: bigint[] = [];
  const { get } = elementsOf(a.buffer as HostBuffer, a.dtype);
  forEachOffset(a.shape, a.strides, a.offset, (at) => out.push(BigInt(get(at))));
  return out;
}
