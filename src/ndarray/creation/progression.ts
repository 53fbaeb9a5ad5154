import { CONTAINER, typedView } from '../../core/device/access.js';
import { type HostBuffer, Immediate, type Kernel } from '../../core/device/device.js';
import { hostDevice } from '../../core/device/registry.js';
import { type DType, kernelName, type NumericName } from '../../core/dtype.js';
import * as x from '../../core/ir/expr.js';
import type { MapProgram } from '../../core/ir/expr.js';
import type { NDArray } from '../ndarray.js';

/** Element i is start + i * step: in a loop for few elements, in a kernel by position for many. Both round alike. */

const programs = new Map<NumericName, MapProgram>();

/** Dtypes whose arithmetic the kernel does as the loop does. */
const BY_KERNEL: readonly NumericName[] = ['int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'];
const MANY = 1024;

function kernelOf(d: DType): Kernel {
  let program = programs.get(kernelName(d));
  if (program === undefined) {
    const type = d.part;
    const value = x.add(x.arg(0, type), x.mul(x.cast(x.position, type), x.arg(1, type)));
    program = {
      kind: 'map',
      name: 'progression',
      operands: [kernelName(d), kernelName(d)],
      results: [{ dtype: kernelName(d), parts: [value] }],
    };
    programs.set(kernelName(d), program);
  }
  return hostDevice().prepare(program);
}

/** Whether {@link byKernel} takes an array of this dtype and length. */
export const suits = (d: DType, n: number): boolean => n >= MANY && BY_KERNEL.includes(d.name as NumericName);

/** Fills a contiguous array. 64-bit integers take bigints. */
export function byKernel(out: NDArray, start: number | bigint, step: number | bigint): void {
  kernelOf(out.dtype).flat(out.shape[0], [new Immediate(out.dtype, start), new Immediate(out.dtype, step), out]);
}

/** Fills an array of 64-bit integers whose values are exact as numbers: as pairs of 32-bit words, since bigints are slow. */
export function fillWords(out: NDArray, start: number, step: number): void {
  const n = out.shape[0];
  if (suits(out.dtype, n)) return byKernel(out, BigInt(start), BigInt(step));
  const { array, base } = typedView(out.buffer as HostBuffer, Int32Array);
  const words = array as Int32Array;
  let v = start;
  for (let i = 0, p = base; i < n; i++, p += 2, v += step) {
    words[p] = v;
    words[p + 1] = Math.floor(v / 4294967296);
  }
}

/** Fills an array of a real dtype that typed arrays hold as numbers. */
export function fillNumbers(out: NDArray, start: number, step: number): void {
  const n = out.shape[0];
  if (suits(out.dtype, n)) return byKernel(out, start, step);
  const { array, base } = typedView(out.buffer as HostBuffer, CONTAINER[out.dtype.part]);
  const write = array as Float64Array;
  for (let i = 0; i < n; i++) write[base + i] = start + i * step;
}
