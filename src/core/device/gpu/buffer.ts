import type { DType } from '../../dtype.js';
import { RuntimeError, TypeError } from '../../errors.js';
import { unwatch, type Watched, watch } from '../cpu/reclaim.js';
import type { Device, DeviceBuffer } from '../device.js';
import type { GpuBackend } from './backend.js';
import { ratioOf } from './cells.js';

/**
 * Memory of the gpu device. Elements take other numbers of bytes there than the host counts with (cells.ts), so that memory is had when
 * a dtype is first written; until then a buffer is a size.
 */

/** Memory that was had, for whoever learns first that nobody reads it any more. */
class Held implements Watched {
  constructor(
    readonly ref: WeakRef<object>,
    readonly backend: GpuBackend,
    readonly id: number,
    readonly bytes: number,
  ) {}
  release(): void {
    registry.unregister(this);
    this.giveBack();
  }
  giveBack(): void {
    live.bytes -= this.bytes;
    if (this.backend.lost === null) this.backend.free(this.id);
  }
}

const registry = new FinalizationRegistry<Held>((h) => {
  unwatch(h);
  h.giveBack();
});

/** Bytes of all buffers that are not known to be dead. */
export const live: { bytes: number } = { bytes: 0 };

/** What a buffer asks of its device. */
export interface GpuHome extends Device {
  /** The backend in use, a new one where the last was lost. */
  backend(): GpuBackend;
  /** Looks for dead buffers when enough was handed out. */
  handOut(bytes: number): void;
}

export class GpuBuffer implements DeviceBuffer {
  owners = 0;
  readonly exposed: boolean = false;
  private held: Held | null = null;
  private ratio = 0;
  private freed = false;

  constructor(
    readonly device: GpuHome,
    readonly nbytes: number,
  ) {}

  /** The number under which the backend knows this memory, which is had now if it was not before. */
  words(d: DType, by: string): number {
    const { held } = this;
    if (held === null) return this.take(d, by);
    if (held.backend.lost !== null) throw this.gone(by, held.backend.lost);
    if (this.ratio !== ratioOf(d) && this.nbytes > 0)
      throw new TypeError(
        `${by}: memory on ${this.device.name} cannot be read as ${d.name}, whose elements have another size there; move it with t.to('cpu') first`,
      );
    return held.id;
  }

  private take(d: DType, by: string): number {
    if (this.freed) throw new RuntimeError(`${by}: the memory was given back`);
    const backend = this.device.backend();
    this.ratio = ratioOf(d);
    const words = Math.max(1, Math.ceil(this.nbytes / this.ratio));
    const bytes = words * 4;
    this.device.handOut(bytes);
    const held = new Held(new WeakRef(this), backend, backend.allocate(words), bytes);
    live.bytes += held.bytes;
    registry.register(this, held, held);
    watch(held);
    this.held = held;
    return held.id;
  }

  /** The backend that has this memory. */
  home(by: string): GpuBackend {
    const backend = this.held?.backend ?? this.device.backend();
    if (backend.lost !== null) throw this.gone(by, backend.lost);
    return backend;
  }

  private gone(by: string, reason: string): RuntimeError {
    return new RuntimeError(
      `${by}: the operand lived on ${this.device.name}, which was lost (${reason}); make it anew from values of the host`,
    );
  }

  free(): void {
    this.freed = true;
    const { held } = this;
    if (held === null) return;
    this.held = null;
    unwatch(held);
    held.release();
  }
}

/** The gpu's memory of an operand. @throws TypeError for memory of another device */
export function gpuBuffer(b: DeviceBuffer | null, by: string): GpuBuffer {
  if (b instanceof GpuBuffer) return b;
  throw new TypeError(`${by}: an operand lives on ${b?.device.name ?? 'no device'} and not on the gpu`);
}
