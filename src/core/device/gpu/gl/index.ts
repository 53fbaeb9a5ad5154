import type { DType, NumericName } from '../../../dtype.js';
import type { Program } from '../../../ir/expr.js';
import type { Kernel, Routines } from '../../device.js';
import { requireTypes } from '../../types.js';
import type { GpuBackend } from '../backend.js';
import type { AdapterInfo } from '../commands.js';
import { GlFold } from './fold.js';
import { type GpuJs, Machine } from './machine.js';
import { GlMap } from './map.js';
import { matmulOf } from './matmul.js';
import { Movements } from './movement.js';
import { DTYPE_NAMES, kindOf } from './program.js';
import { GlScan } from './scan.js';

/**
 * The backend over WebGL2, for browsers without WebGPU: kernels of gpu.js over textures of floats. It reads at once. Textures hold float32 and
 * nothing else: truths are 0 and 1 there, and integers of 32 bits are their halves, in two floats.
 */
class GlBackend implements GpuBackend {
  readonly dtypes: ReadonlySet<NumericName> = new Set<NumericName>(DTYPE_NAMES);
  readonly routines: Routines;

  constructor(private readonly machine: Machine) {
    const { gather, scatter } = new Movements(machine);
    this.routines = { matmul: matmulOf(machine), gather, scatter };
  }

  get info(): AdapterInfo {
    return this.machine.info;
  }
  get lost(): string | null {
    return this.machine.lost;
  }
  allocate(words: number): number {
    return this.machine.allocate(words);
  }
  free(id: number): void {
    this.machine.free(id);
  }
  write(id: number, words: Uint8Array, d: DType): void {
    const { buffer, byteOffset, byteLength } = words.byteOffset % 4 === 0 ? words : words.slice();
    const n = byteLength / 4;
    if (d.kind === 'f') this.machine.write(id, new Float32Array(buffer as ArrayBuffer, byteOffset, n));
    else {
      const all = new Uint32Array(buffer as ArrayBuffer, byteOffset, n);
      if (d.kind === 'b') this.machine.write(id, Float32Array.from(all));
      else
        this.machine.write(
          id,
          Float32Array.from(all, (x) => x >>> 16),
          Float32Array.from(all, (x) => x & 0xffff),
        );
    }
  }
  readNow(id: number, first: number, count: number, d: DType): ArrayBuffer {
    const values = this.machine.read(id, first, count, kindOf(d));
    return (d.kind === 'b' ? Int32Array.from(values) : values).buffer as ArrayBuffer;
  }
  async read(id: number, first: number, count: number, d: DType): Promise<ArrayBuffer> {
    return this.readNow(id, first, count, d);
  }
  async sync(): Promise<void> {
    this.machine.finish();
  }
  syncNow(): void {
    this.machine.finish();
  }
  usage(): { readonly live: number; readonly kept: number } {
    return this.machine.usage();
  }
  prepare(program: Program): Kernel {
    requireTypes({ name: 'gpu:0', dtypes: this.dtypes }, program);
    if (program.kind === 'map') return new GlMap(this.machine, program);
    return program.kind === 'reduce' ? new GlFold(this.machine, program) : new GlScan(this.machine, program);
  }
  close(): void {
    this.machine.close();
  }
}

/** @throws RuntimeError where there is no WebGL2 */
export const webgl2Backend = (gpujs: GpuJs): GpuBackend => new GlBackend(new Machine(gpujs));
