import { reference } from '../../../src/core/device/reference/index.js';
import type { AnyOperand, Device, DeviceBuffer, Kernel, Movement, Strided } from '../../../src/core/device/device.js';
import { registerDevice } from '../../../src/core/device/registry.js';
import type { DType, NumericName } from '../../../src/core/dtype.js';
import { lacking, requireTypes } from '../../../src/core/device/types.js';
import { plainProduct } from '../../../src/core/device/product.js';
import type { Program } from '../../../src/core/ir/expr.js';

/**
 * A device like those whose memory the host does not reach: the reference device's kernels behind buffers that show no bytes, four dtypes
 * without 64-bit types, and values that come back by promises. What reads memory in JavaScript finds the error that every such device gives.
 */

const memory = new WeakMap<DeviceBuffer, DeviceBuffer>();

class RemoteBuffer implements DeviceBuffer {
  owners = 0;
  exposed = false;
  freed = false;
  constructor(
    readonly nbytes: number,
    inner: DeviceBuffer,
  ) {
    memory.set(this, inner);
  }
  get device(): Device {
    return remote;
  }
  free(): void {
    this.freed = true;
  }
}

/** What lies behind a buffer of this device. */
function behind(b: DeviceBuffer): DeviceBuffer {
  const inner = memory.get(b);
  if (inner === undefined) throw new Error(`remote: a buffer of ${b.device.name} among the operands`);
  if ((b as RemoteBuffer).freed) throw new Error('remote: a buffer that was given back is read');
  return inner;
}
const operand = (o: AnyOperand): AnyOperand =>
  o.buffer === null
    ? o
    : { dtype: o.dtype, buffer: behind(o.buffer), offset: o.offset, size: (o as { size?: number }).size };

const kernels = new WeakMap<Program, Kernel>();

/** How often kernels and routines ran. */
export const counts: { kernels: number; uploads: number; downloads: number } = { kernels: 0, uploads: 0, downloads: 0 };

const strided = <S extends Strided>(s: S): S => ({ ...s, buffer: behind(s.buffer) });
const moved = <M extends Movement>(m: M): M => ({
  ...m,
  table: strided(m.table),
  list: strided(m.list),
  places: m.places.map(strided),
});

const bytesOf = (b: DeviceBuffer): Uint8Array => (behind(b) as unknown as { bytes: Uint8Array }).bytes.slice();

/** Whether the device is one for which the host can wait. */
export const patience = { waits: false };

export const remote: Device = {
  name: 'remote:0',
  dtypes: new Set<NumericName>(['bool', 'int32', 'uint32', 'float32']),
  sync: false,
  allocate: (nbytes) => new RemoteBuffer(nbytes, reference.allocate(nbytes)),
  transfers: {
    check(dtype, by) {
      if (!remote.dtypes.has(dtype.name as NumericName))
        throw lacking(remote, by, dtype.name as NumericName, 'an operand has dtype');
    },
    upload(bytes: Uint8Array, _dtype: DType) {
      counts.uploads++;
      const inner = reference.allocate(bytes.byteLength);
      (inner as unknown as { bytes: Uint8Array }).bytes.set(bytes);
      return new RemoteBuffer(bytes.byteLength, inner);
    },
    async download(buffer, _dtype, offset, nbytes) {
      counts.downloads++;
      return bytesOf(buffer).subarray(offset, offset + nbytes);
    },
    downloadNow: (buffer, _dtype, offset, nbytes) =>
      patience.waits ? bytesOf(buffer).subarray(offset, offset + nbytes) : null,
  },
  prepare(program) {
    let k = kernels.get(program);
    if (k === undefined) {
      requireTypes(remote, program);
      const inner = reference.prepare(program);
      k = {
        flat(n, operands) {
          counts.kernels++;
          inner.flat(n, operands.map(operand));
        },
        run(shape, operands, strides, reduced) {
          counts.kernels++;
          inner.run(shape, operands.map(operand), strides, reduced);
        },
      };
      kernels.set(program, k);
    }
    return k;
  },
  routines: {
    matmul(p) {
      counts.kernels++;
      plainProduct({ ...p, left: part(p.left), right: part(p.right), out: part(p.out) });
    },
    gather(m) {
      counts.kernels++;
      reference.routines?.gather?.(moved(m));
    },
    scatter(m) {
      counts.kernels++;
      reference.routines?.scatter?.(moved(m));
    },
  },
};
const part = <M extends { readonly buffer: DeviceBuffer }>(m: M): M => ({ ...m, buffer: behind(m.buffer) });

registerDevice('remote:0', () => remote);

/** The bytes of a buffer, for tests that cannot wait. */
export const peek = (b: DeviceBuffer): Uint8Array => bytesOf(b);
