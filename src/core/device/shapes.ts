import { DTYPES } from '../dtype.js';
import type { Device, DeviceBuffer, Kernel } from './device.js';

/**
 * A device without memory. Operations on it find the shapes, strides and dtypes of their results as on every device, and compute nothing:
 * what a traced function's operations are run on while it is traced.
 */

const idle: Kernel = { flat() {}, run() {} };

class NoMemory implements DeviceBuffer {
  owners = 0;
  exposed = false;
  constructor(readonly nbytes: number) {}
  get device(): Device {
    return shapesDevice;
  }
  free(): void {}
}

export const shapesDevice: Device = {
  name: 'graph',
  dtypes: new Set(DTYPES.map((d) => d.name)),
  sync: false,
  allocate: (nbytes) => new NoMemory(nbytes),
  prepare: () => idle,
  routines: { matmul() {} },
};

/** Whether a buffer is that of a value which is only described. */
export const isDescribed = (b: DeviceBuffer): boolean => b.device === shapesDevice;
