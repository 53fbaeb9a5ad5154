import { TypeError, ValueError } from './errors.js';
import { inspectable } from './inspect.js';

/**
 * A file in memory, as Python's `io.BytesIO`: what `np.save` and its like write to, and `np.load` and its like read from where it stands. `blob()` gives
 * its bytes to a browser.
 * @example
 * const file = new interop.BytesIO();
 * np.save(file, np.arange(3));
 * np.save(file, np.ones(2));
 * file.seek(0);
 * np.load(file) // → array([0, 1, 2])
 * np.load(file) // → array([1., 1.])
 */
export class BytesIO {
  private memory: Uint8Array;
  private length: number;
  private position = 0;
  private open = true;

  /** @param initial what the file holds; the file has a copy */
  constructor(initial?: Uint8Array | ArrayBuffer) {
    const b =
      initial === undefined ? new Uint8Array(0) : new Uint8Array(initial instanceof ArrayBuffer ? initial : initial);
    this.memory = initial instanceof ArrayBuffer ? b.slice() : b;
    this.length = b.length;
  }

  private check(): void {
    if (!this.open) throw new ValueError('I/O operation on closed file.');
  }

  /** The next n bytes, or all that are left. */
  read(n: number | bigint | null = -1): Uint8Array {
    this.check();
    const wanted = n === null || Number(n) < 0 ? Number.POSITIVE_INFINITY : Number(n);
    const from = Math.min(this.position, this.length);
    const to = Math.min(this.length, from + wanted);
    if (to > from) this.position = to;
    return this.memory.slice(from, to);
  }

  /** The next line with its end, or what is left. */
  readline(): Uint8Array {
    this.check();
    const from = Math.min(this.position, this.length);
    const at = this.memory.subarray(from, this.length).indexOf(10);
    return this.read(at < 0 ? -1 : at + 1);
  }

  /** Writes where the file stands; gives how many bytes were written. @throws TypeError for what is no bytes */
  write(data: Uint8Array | ArrayBuffer | ArrayBufferView): number {
    this.check();
    if (typeof data === 'string') throw new TypeError("a bytes-like object is required, not 'str'");
    const b = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    const end = this.position + b.length;
    if (end > this.memory.length) {
      const more = new Uint8Array(Math.max(end, this.memory.length * 2, 64));
      more.set(this.memory.subarray(0, this.length));
      this.memory = more;
    }
    this.memory.set(b, this.position);
    this.position = end;
    this.length = Math.max(this.length, end);
    return b.length;
  }

  /** Goes to a place: from the start (0), from where it stands (1), or from the end (2). */
  seek(offset: number | bigint, whence: 0 | 1 | 2 = 0): number {
    this.check();
    const at = Number(offset) + (whence === 1 ? this.position : whence === 2 ? this.length : 0);
    if (at < 0) {
      if (whence === 0) throw new ValueError(`negative seek value ${offset}`);
      this.position = 0;
    } else this.position = at;
    return this.position;
  }
  tell(): number {
    this.check();
    return this.position;
  }
  /** Cuts the file off. */
  truncate(size: number = this.position): number {
    this.check();
    if (size < this.length) {
      this.memory.fill(0, size, this.length);
      this.length = size;
    }
    return size;
  }
  /** All bytes; a copy. */
  getvalue(): Uint8Array {
    this.check();
    return this.memory.slice(0, this.length);
  }
  /** All bytes as a Blob. */
  blob(type = 'application/octet-stream'): Blob {
    return new Blob([this.getvalue() as never], { type });
  }
  close(): void {
    this.open = false;
    this.memory = new Uint8Array(0);
    this.length = 0;
  }
  get closed(): boolean {
    return !this.open;
  }
  [Symbol.dispose](): void {
    this.close();
  }
  toString(): string {
    return `BytesIO of ${this.length} bytes at ${this.position}`;
  }
}
inspectable(BytesIO, 'BytesIO');
