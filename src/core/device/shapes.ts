import { DTYPES } from '../dtype.js';
import { NotImplementedError } from '../errors.js';
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
  /** What reads memory finds an error that says what was to be read, instead of numbers. */
  get bytes(): never {
    throw refusal(this, 'reading values');
  }
  get address(): never {
    throw refusal(this, 'computing with arrays');
  }
}

type Refusal = (b: DeviceBuffer, by: string) => Error;
let refusal: Refusal = (_, by) => new NotImplementedError(`${by}: the operand is only described, and has no values`);
/** Who can tell where a described value comes from says so in the error of what needs its values. */
export function setRefusal(f: Refusal): void {
  refusal = f;
}
/** The error of a routine that needs the values of a described operand. */
export const refuseValues = (b: DeviceBuffer, by: string): Error => refusal(b, by);

export const shapesDevice: Device = {
  name: 'graph',
  dtypes: new Set(DTYPES.map((d) => d.name)),
  sync: false,
  allocate: (nbytes) => new NoMemory(nbytes),
  prepare: () => idle,
  routines: { matmul() {}, fourier() {} },
};

/** Whether a buffer is that of a value which is only described. */
export const isDescribed = (b: DeviceBuffer): boolean => b.device === shapesDevice;
