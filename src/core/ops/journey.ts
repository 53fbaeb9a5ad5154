import type { ArrayValue } from '../array.js';
import { isHost } from '../device/access.js';
import type { Device } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { bind1, type Primitive } from '../dispatch.js';
import { TypeError } from '../errors.js';
import { downloadedNow, movedTo } from './place.js';

/** Going from one device to another, as an operation that tapes and graphs see. */

export interface MoveAttrs {
  readonly [key: string]: unknown;
  readonly device: Device;
}

/** A copy on another device; by way of the host, which waits for the device that the operand is on. */
export const movePrimitive: Primitive<MoveAttrs> = {
  name: 'move',
  run: ([a], { device }) => {
    if (a.buffer.device === device) return a.face.view(a, a.dtype, a.shape, a.strides, a.offset);
    const home = downloadedNow(a);
    if (home === null)
      throw new TypeError(`Tensor.to: ${a.buffer.device.name} cannot be read synchronously; write \`await t.array()\``);
    return device === hostDevice() || (isHost(a.buffer) && device.transfers === undefined)
      ? home
      : movedTo(home, device, 'Tensor.to');
  },
  infer: ([a]) => ({ shape: a.shape, dtype: a.dtype }),
};
export const moveTo = (a: ArrayValue, device: Device): ArrayValue => bind1(movePrimitive, [a], { device });
