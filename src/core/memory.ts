import { host } from './device/access.js';
import type { DeviceBuffer } from './device/device.js';
import { announce } from './transfers.js';

/**
 * Storage: the cell between arrays and memory. All views of an array point to one cell, the cell points to a buffer. A tensor
 * holds the buffer itself. When both do, the buffer has more than one owner, and the first write through the cell gives the
 * cell a copy of its own: arrays stay writable, tensors never change, and neither conversion copies.
 */
export class Storage {
  buffer: DeviceBuffer;
  private held = true;

  constructor(buffer: DeviceBuffer) {
    buffer.owners++;
    this.buffer = buffer;
  }

  /** To be called before a write: afterwards the buffer belongs to this cell alone. */
  own(by: string): void {
    const shared = this.buffer;
    if (shared.owners <= 1) return;
    announce('copy-on-write', shared.nbytes, shared.device.name, shared.device.name, by);
    const mine = shared.device.allocate(shared.nbytes);
    host(mine, by).bytes.set(host(shared, by).bytes);
    mine.owners++;
    shared.owners--;
    this.buffer = mine;
  }

  /** Lets go of the buffer; memory that nobody else holds is given back at once. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    if (--this.buffer.owners <= 0) this.buffer.free();
  }
}
