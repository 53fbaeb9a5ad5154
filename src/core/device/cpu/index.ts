import { DTYPES } from '../../dtype.js';
import type { Program } from '../../ir/expr.js';
import type { Device, Kernel } from '../device.js';
import { allocate, wrap } from './buffer.js';
import { fourier } from './fft/index.js';
import { MapKernel } from './map.js';
import { matmul } from './matmul.js';
import { FoldKernel } from './reduce.js';

/**
 * The cpu device: WebAssembly SIMD kernels, made at run time, over one heap.
 */

const kernels = new WeakMap<Program, Kernel>();

export const cpu: Device = {
  name: 'cpu:0',
  dtypes: new Set(DTYPES.map((d) => d.name)),
  sync: true,
  allocate: (nbytes) => allocate(cpu, nbytes),
  wrap: (bytes) => wrap(cpu, bytes),
  prepare(program) {
    let kernel = kernels.get(program);
    if (kernel === undefined) {
      kernel = program.kind === 'map' ? new MapKernel(program) : new FoldKernel(program);
      kernels.set(program, kernel);
    }
    return kernel;
  },
  routines: { matmul, fourier },
};

export { allocateZeroed, CpuBuffer, stats, wrap } from './buffer.js';
export { configure } from './heap.js';
