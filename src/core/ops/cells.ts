import type { ArrayValue } from '../array.js';
import { host, type TypedArray, typedView } from '../device/access.js';
import { allocateBlock, type Block, freeBlock, heap } from '../device/cpu/heap.js';
import { type DType, float64 } from '../dtype.js';
import { byteBounds, sizeOf } from '../view.js';

/**
 * Memory of arrays in the units that elements are moved in: as bits, in the widest unit that is safe. A float64 is one unit, a
 * 64-bit integer two words of 32 bits (through a float its bits could change).
 */

/** How many elements a loop takes at a time: its positions then stay near, and its code is soon compiled as a whole. */
export const CHUNK = 8192;

/** Positions of elements in units, relative to the first element of a view. */
export type Positions = Int32Array | Float64Array;

export interface Unit {
  readonly make: Int32ArrayConstructor | Uint8ArrayConstructor | Uint16ArrayConstructor | Float64ArrayConstructor;
  /** Units of one element, next to each other. */
  readonly count: number;
}

/** Elements of other sizes: as bytes, or words of 32 bits where a dtype is made of them. */
const others = new Map<number, Unit>();
function otherUnit(size: number): Unit {
  let u = others.get(size);
  if (u === undefined) others.set(size, (u = { make: Uint8Array, count: size }));
  return u;
}

/** Units of the numeric dtypes by their size. */
const SIZES: Readonly<Record<number, Unit>> = {
  1: { make: Uint8Array, count: 1 },
  2: { make: Uint16Array, count: 1 },
  4: { make: Int32Array, count: 1 },
  16: { make: Float64Array, count: 2 },
};
const DOUBLE: Unit = { make: Float64Array, count: 1 };

export function unitOf(d: DType): Unit {
  if (d === float64) return DOUBLE;
  if (d.index < 0) return d.kind === 'O' || d.kind === 'M' || d.kind === 'm' ? PAIR : otherUnit(d.itemsize);
  return SIZES[d.itemsize] ?? PAIR;
}

const PAIR: Unit = { make: Int32Array, count: 2 };

/** Memory of a view in units: where its first element is, and its strides. */
export interface Cells {
  readonly array: TypedArray;
  readonly at: number;
  readonly strides: readonly number[];
  readonly unit: Unit;
}

export function cells(a: ArrayValue, by: string): Cells {
  const unit = unitOf(a.dtype);
  const { array, base } = typedView(host(a.buffer, by), unit.make as never);
  const w = unit.make.BYTES_PER_ELEMENT;
  return { array, at: base + a.offset / w, strides: a.strides.map((s) => s / w), unit };
}

/** Room for n positions in a view: 32-bit where they suffice. One scratch of 4 MB at most is kept, in the heap where kernels reach it. */
let scratch = new Int32Array(0);
function grow(n: number): void {
  const length = Math.min(1 << 20, Math.max(CHUNK, n * 2));
  const block = allocateBlock(length * 4);
  scratch = block === null ? new Int32Array(length) : new Int32Array(heap().memory.buffer, block.address, length);
  if (held !== null) freeBlock(held);
  held = block;
}
let held: Block | null = null;
export function roomFor(n: number, of: ArrayValue): Positions {
  const [lo, hi] = byteBounds(of.shape, of.strides, 0, of.dtype.itemsize);
  const w = unitOf(of.dtype).make.BYTES_PER_ELEMENT;
  if (hi / w > 0x7fffffff || lo / w < -0x7fffffff) return new Float64Array(n);
  if (n > 1 << 20) return new Int32Array(n);
  if (scratch.length < n) grow(n);
  return scratch.subarray(0, n);
}

/** Positions of every element of a shape, in C order. */
export function spread(shape: readonly number[], strides: readonly number[]): Positions {
  const n = sizeOf(shape);
  let reach = 0;
  for (let d = 0; d < shape.length; d++) reach += Math.abs(strides[d]) * (shape[d] - 1);
  const out = reach > 0x7fffffff ? new Float64Array(n) : new Int32Array(n);
  if (n === 0) return out;
  let filled = 1;
  out[0] = 0;
  // Grow from the innermost axis outwards: each further position repeats what is there, shifted.
  for (let d = shape.length - 1; d >= 0; d--) {
    const block = filled;
    for (let i = 1; i < shape[d]; i++) {
      const shift = i * strides[d];
      for (let k = 0; k < block; k++) out[filled++] = out[k] + shift;
    }
  }
  return out;
}
