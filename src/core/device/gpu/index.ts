import type { DType, NumericName } from '../../dtype.js';
import { MemoryError } from '../../errors.js';
import type { Program } from '../../ir/expr.js';
import { beforeFresh, handOut, search } from '../cpu/reclaim.js';
import type { AnyOperand, DeviceBuffer, Kernel, Routines, Transfers } from '../device.js';
import { lacking } from '../types.js';
import { registerDevice } from '../registry.js';
import type { GpuBackend } from './backend.js';
import { GpuBuffer, type GpuHome, gpuBuffer, live } from './buffer.js';
import { narrow, ratioOf, toWords, widen } from './cells.js';
import type { AdapterInfo } from './commands.js';
import { openBackend } from './open.js';

/** So many buffers, however small, are made at most before dead ones are looked for: each costs some kilobytes in the driver. */
const SEARCHED = 10_000;

/** A program's kernel on the backend that is in use: callers keep kernels for longer than a device may last. */
class AnyBackendKernel implements Kernel {
  private made: Kernel;
  private of: GpuBackend;
  constructor(
    private readonly home: GpuHome,
    private readonly program: Program,
  ) {
    this.of = home.backend();
    this.made = this.of.prepare(program);
  }
  private now(): Kernel {
    const backend = this.home.backend();
    if (backend !== this.of) {
      this.made = backend.prepare(this.program);
      this.of = backend;
    }
    return this.made;
  }
  flat(n: number, operands: readonly AnyOperand[]): void {
    this.now().flat(n, operands);
  }
  run(
    shape: readonly number[],
    operands: readonly AnyOperand[],
    strides: readonly (readonly number[])[],
    reduced?: readonly boolean[],
  ): void {
    this.now().run(shape, operands, strides, reduced);
  }
}

/**
 * The gpu device: memory and programs of whatever backend is to be had. After a loss of the device a new one is opened at the next use; what
 * lived on the lost one is an error where it is read.
 */
class GpuDevice implements GpuHome {
  private current: GpuBackend | null = null;
  private readonly kernels = new WeakMap<Program, Kernel>();

  /** Buffers since the last search for dead ones. */
  private taken = 0;

  constructor(readonly name: string) {}

  backend(): GpuBackend {
    if (this.current === null || this.current.lost !== null) {
      this.current = openBackend(this.name);
    }
    return this.current;
  }
  get dtypes(): ReadonlySet<NumericName> {
    return this.backend().dtypes;
  }
  get sync(): boolean {
    return this.backend().readNow !== undefined;
  }
  get info(): AdapterInfo {
    return this.backend().info;
  }
  get routines(): Routines {
    return this.backend().routines;
  }

  allocate(nbytes: number): DeviceBuffer {
    if (nbytes / 4 > 2 ** 31)
      throw new MemoryError(`Unable to allocate ${nbytes} bytes on ${this.name}, whose buffers have at most 8 GiB`);
    return new GpuBuffer(this, nbytes);
  }
  handOut(bytes: number): void {
    handOut(bytes);
    if (++this.taken < SEARCHED && !beforeFresh()) return;
    if (this.taken >= SEARCHED) search();
    this.taken = 0;
  }

  prepare(program: Program): Kernel {
    const backend = this.backend();
    let kernel = this.kernels.get(program);
    if (kernel === undefined) {
      for (const d of program.operands)
        if (!backend.dtypes.has(d)) throw lacking(this, program.name, d, 'an operand has dtype');
      for (const r of program.results)
        if (!backend.dtypes.has(r.dtype)) throw lacking(this, program.name, r.dtype, 'the result has dtype');
      this.kernels.set(program, (kernel = new AnyBackendKernel(this, program)));
    }
    return kernel;
  }

  readonly transfers: Transfers = {
    check: (d: DType, by: string): void => {
      if (!this.dtypes.has(d.name as NumericName))
        throw lacking(this, by, d.name as NumericName, 'an operand has dtype');
    },
    upload: (bytes: Uint8Array, d: DType): DeviceBuffer => {
      const b = new GpuBuffer(this, bytes.byteLength);
      const id = b.words(d, 'upload');
      if (bytes.byteLength > 0) b.home('upload').write(id, widen(bytes, d), d);
      return b;
    },
    download: async (from: DeviceBuffer, d: DType, offset: number, nbytes: number): Promise<Uint8Array> => {
      const b = gpuBuffer(from, 'download');
      const id = b.words(d, 'download');
      return narrow(await b.home('download').read(id, toWords(offset, d), nbytes / ratioOf(d), d), d);
    },
    downloadNow: (from: DeviceBuffer, d: DType, offset: number, nbytes: number): Uint8Array | null => {
      const b = gpuBuffer(from, 'download');
      const id = b.words(d, 'download');
      const backend = b.home('download');
      return backend.readNow === undefined
        ? null
        : narrow(backend.readNow(id, toWords(offset, d), nbytes / ratioOf(d), d), d);
    },
  };
}

const device = new GpuDevice('gpu:0');
registerDevice('gpu:0', () => {
  device.backend();
  return device;
});

/** What is known of the gpu, or null where there is none. */
export function gpuInfo(): AdapterInfo | null {
  try {
    return device.info;
  } catch {
    return null;
  }
}
/** Bytes on the gpu: held by buffers, and kept for later ones. */
export const gpuUsage = (): { readonly live: number; readonly kept: number } =>
  device.backend().usage?.() ?? { live: live.bytes, kept: 0 };
/** Gives the gpu back; what lived there is lost, and a later use opens it again. */
export const closeGpu = (): void => device.backend().close();
