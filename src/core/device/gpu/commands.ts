/**
 * What the gpu device tells its executor to do. The device (the synchronous face) writes commands over numbers that stand for buffers and
 * programs; an executor carries them out in order, in a worker thread (Node) or in the page.
 */

/** Words of a command's code; each is followed by the words named here. */
export const CODE = {
  /** id, bytes: memory for a buffer, whose contents are undefined. */
  allocate: 1,
  /** id: the buffer is not used by any later command. */
  free: 2,
  /** id, byte offset, index of the bytes in `blobs`. */
  write: 3,
  /** id, byte offset, id of the source, its byte offset, bytes. The buffers differ, all numbers are multiples of 4. */
  copy: 4,
  /**
   * id of a program, index of its WGSL text in `texts`, count of its storage buffers, bits of those that are written. Its entry point is `main`; group 0 has the
   * buffers from binding 1 on, and words as a uniform at binding 0.
   */
  pipeline: 5,
  /** id of a program, groups along x, y, z; count of buffers, their ids in the order of the bindings; count of words, the words for binding 0. */
  dispatch: 6,
  /** id of a program, index in `texts` of JSON: `{source, settings}` of a gpu.js kernel. */
  kernel: 7,
  /**
   * id of a gpu.js kernel, id of the buffer that holds its results from now on, its elements; count of arguments, and two words for each: 0 and the id of a
   * buffer of floats, 1 and an integer, 2 and the bits of a float.
   */
  call: 8,
} as const;

/** Commands in the order in which they are to be carried out. */
export interface Batch {
  readonly words: Int32Array;
  readonly texts: readonly string[];
  readonly blobs: readonly Uint8Array[];
}

/** What is known of an adapter once a device was had of it. */
export interface AdapterInfo {
  /** `webgpu` or `webgl2`. */
  readonly backend: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly limits: AdapterLimits;
}
export interface AdapterLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxStorageBuffersPerShaderStage: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** Carries out commands. Made by `makeExecutor`; what it does not understand is an error at the next read. */
export interface Executor {
  readonly info: AdapterInfo;
  run(batch: Batch): void;
  /** Bytes of a buffer, after all commands before. Rejects with the first error since the last time. */
  read(id: number, offset: number, nbytes: number): Promise<ArrayBuffer>;
  /** Resolves when the commands before have been carried out; rejects as `read` does. */
  sync(): Promise<void>;
  /** Bytes of memory that are held: in buffers, and kept for later ones. */
  usage(): { readonly live: number; readonly kept: number };
  /** Resolves with the reason when the device is lost. */
  readonly lost: Promise<string>;
  destroy(): void;
}

/** How commands get to an executor, and values back. */
export interface Transport {
  readonly info: AdapterInfo;
  post(batch: Batch): void;
  read(id: number, offset: number, nbytes: number): Promise<ArrayBuffer>;
  sync(): Promise<void>;
  /** The same while the caller waits; only where that is possible. @throws RuntimeError with the first error of a command */
  readonly now?: {
    read(id: number, offset: number, nbytes: number): ArrayBuffer;
    sync(): void;
  };
  /** As the executor's, now. */
  usage(): { readonly live: number; readonly kept: number };
  /** Set once the device is lost, with the reason. */
  readonly lost: string | null;
  close(): void;
}

/** An argument of a gpu.js kernel: the number of a buffer of floats, or a number. */
export type KernelArgument = { readonly buffer: number } | { readonly integer: number } | { readonly float: number };
const scratch = new DataView(new ArrayBuffer(4));

/** Commands being written down. */
export class Writer {
  private words = new Int32Array(4096);
  private at = 0;
  private texts: string[] = [];
  private blobs: Uint8Array[] = [];
  count = 0;
  /** Bytes in blobs. */
  bytes = 0;

  /** Makes room for a command of n words, and gives the place of its first. */
  private room(n: number): number {
    const from = this.at;
    if (from + n > this.words.length) {
      const more = new Int32Array(Math.max(2 * this.words.length, from + n));
      more.set(this.words.subarray(0, from));
      this.words = more;
    }
    this.at += n;
    this.count++;
    return from;
  }
  put(...words: readonly number[]): void {
    const from = this.room(words.length);
    this.words.set(words, from);
  }
  write(id: number, offset: number, bytes: Uint8Array): void {
    this.put(CODE.write, id, offset, this.blobs.push(bytes) - 1);
    this.bytes += bytes.byteLength;
  }
  pipeline(id: number, wgsl: string, written: readonly boolean[]): void {
    const bits = written.reduce((t, w, i) => t | (w ? 1 << i : 0), 0);
    this.put(CODE.pipeline, id, this.texts.push(wgsl) - 1, written.length, bits);
  }
  kernel(id: number, description: string): void {
    this.put(CODE.kernel, id, this.texts.push(description) - 1);
  }
  call(id: number, result: number, elements: number, given: readonly KernelArgument[]): void {
    const words = given.flatMap((a) => {
      if ('buffer' in a) return [0, a.buffer];
      if ('integer' in a) return [1, a.integer];
      scratch.setFloat32(0, a.float);
      return [2, scratch.getInt32(0)];
    });
    this.put(CODE.call, id, result, elements, given.length, ...words);
  }
  dispatch(id: number, groups: readonly [number, number, number], buffers: readonly number[], words: Int32Array): void {
    const n = buffers.length;
    const from = this.room(7 + n + words.length);
    const w = this.words;
    w[from] = CODE.dispatch;
    w[from + 1] = id;
    w[from + 2] = groups[0];
    w[from + 3] = groups[1];
    w[from + 4] = groups[2];
    w[from + 5] = n;
    for (let i = 0; i < n; i++) w[from + 6 + i] = buffers[i];
    w[from + 6 + n] = words.length;
    w.set(words, from + 7 + n);
  }
  /** What was written down, which begins anew. */
  take(): Batch {
    const batch = { words: this.words.slice(0, this.at), texts: this.texts, blobs: this.blobs };
    this.at = 0;
    this.count = 0;
    this.bytes = 0;
    this.texts = [];
    this.blobs = [];
    return batch;
  }
}
