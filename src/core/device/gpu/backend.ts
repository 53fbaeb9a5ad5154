import type { DType, NumericName } from '../../dtype.js';
import type { Program } from '../../ir/expr.js';
import type { Kernel, Routines } from '../device.js';
import type { GpuBuffer } from './buffer.js';
import type { AdapterInfo } from './commands.js';

/**
 * What stands behind the gpu device: memory in words of four bytes, and a way to make programs ready. There is one over WebGPU
 * (`webgpu.ts`) and one over WebGL2. The device asks for it when it is first used, and again after one was lost.
 */
export interface GpuBackend {
  readonly info: AdapterInfo;
  /** What elements may be; all others are refused by name. */
  readonly dtypes: ReadonlySet<NumericName>;
  /** Why it is of no use any more, or null. */
  readonly lost: string | null;
  /** Memory under a number of its own; nothing may be known of its contents. */
  allocate(words: number): number;
  free(id: number): void;
  /** Elements of a dtype, as words (cells.ts). */
  write(id: number, words: Uint8Array, d: DType): void;
  /** `count` words from word `first` on, as those of elements of a dtype. */
  read(id: number, first: number, count: number, d: DType): Promise<ArrayBuffer>;
  /** The same while the caller waits; only where that is possible. */
  readNow?(id: number, first: number, count: number, d: DType): ArrayBuffer;
  /** Resolves when all that was asked for is done. */
  sync(): Promise<void>;
  syncNow?(): void;
  /** Bytes of memory on the device, as far as they are known. */
  usage?(): { readonly live: number; readonly kept: number };
  /**
   * Makes a program ready. Operands are `GpuBuffer`s of this backend, or Immediates: before anything is read or written
   * `buffer.words(dtype)` gives the number under which the backend knows it.
   * @throws TypeError for a program with types that it does not compute with
   */
  prepare(program: Program): Kernel;
  readonly routines: Routines;
  close(): void;
}

/** The backend's buffer of an operand. */
export type BufferOf = GpuBuffer;
