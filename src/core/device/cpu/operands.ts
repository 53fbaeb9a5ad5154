import type { ScalarType } from '../../dtype.js';
import { bytesIn, numberToHalf } from '../access.js';
import type { AnyOperand, HostBuffer, Immediate, Operand } from '../device.js';
import { heap, IMMEDIATE_SLOTS, IMMEDIATES, STAGE, STAGE_SLOT, STAGE_SLOTS } from './heap.js';

/**
 * Getting operands to where kernels can reach them: numbers into slots, small memory outside of the heap into staging
 * slots and back, larger memory tile by tile.
 */

/** A buffer of the host, with its place inside of some memory. */
export interface Placed extends HostBuffer {
  readonly memory?: ArrayBufferLike;
  readonly base?: number;
}

/** Writes a component of a scalar operand. */
function writeScalar(t: ScalarType, at: number, value: number | bigint): void {
  const h = heap();
  switch (t) {
    case 'float64':
      h.f64[at >>> 3] = Number(value);
      return;
    case 'float32':
      h.f32[at >>> 2] = Number(value);
      return;
    case 'int64':
    case 'uint64':
      h.i64[at >>> 3] = typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
      return;
    case 'int32':
    case 'uint32':
      h.i32[at >>> 2] = Number(value);
      return;
    case 'int16':
    case 'uint16':
      h.i16[at >>> 1] = Number(value);
      return;
    case 'float16':
      h.u16[at >>> 1] = numberToHalf(Number(value));
      return;
    case 'bool':
      h.u8[at] = value ? 1 : 0;
      return;
    default:
      h.i8[at] = Number(value);
  }
}

/** Puts a lone number into a slot; gives its address. */
export function placeImmediate(o: Immediate, slot: number): number {
  if (slot >= IMMEDIATE_SLOTS) throw new Error('cpu: too many operands');
  const at = IMMEDIATES + slot * 16;
  const d = o.dtype;
  writeScalar(d.part, at, o.re);
  if (d.parts === 2) writeScalar(d.part, at + (d.itemsize >> 1), o.im);
  return at;
}

/** A range of bytes of a buffer that is not in the heap, as a fresh view. */
export function bytesOf(b: Placed, from: number, to: number): Uint8Array {
  if (b.memory !== undefined && b.base !== undefined) return new Uint8Array(b.memory, b.base + from, to - from);
  return bytesIn(b).subarray(from, to);
}

/** Whether the buffer fits into a staging slot. */
export const isSmall = (nbytes: number): boolean => nbytes <= STAGE_SLOT - 64;

/** Copies n bytes from `offset` of a buffer into a staging slot; gives its address. */
export function stage(b: Placed, offset: number, n: number, slot: number, copy: boolean): number {
  if (slot >= STAGE_SLOTS) throw new Error('cpu: too many operands');
  const at = STAGE + slot * STAGE_SLOT;
  if (copy) heap().u8.set(bytesOf(b, offset, offset + n), at);
  return at;
}

/** Copies n bytes from an address back into a buffer. */
export function unstage(b: Placed, offset: number, n: number, at: number): void {
  bytesOf(b, offset, offset + n).set(heap().u8.subarray(at, at + n));
}

/** Copies a box of elements between strided memory and packed memory. `pack`: from the strided side to the packed one. */
export function moveBox(
  strided: Uint8Array,
  at: number,
  packed: Uint8Array,
  to: number,
  itemsize: number,
  shape: readonly number[],
  strides: readonly number[],
  packedStrides: readonly number[],
  pack: boolean,
): void {
  const nd = shape.length;
  const walk = (d: number, s: number, p: number): void => {
    const n = shape[d];
    const step = strides[d];
    const pstep = packedStrides[d];
    if (d < nd - 1) {
      const times = pstep === 0 && (pack || step === 0) ? 1 : n;
      for (let i = 0; i < times; i++) walk(d + 1, s + i * step, p + i * pstep);
      return;
    }
    if (pstep === 0 && (pack || step === 0)) {
      if (pack) packed.set(strided.subarray(s, s + itemsize), p);
      else strided.set(packed.subarray(p, p + itemsize), s);
      return;
    }
    if (step === itemsize && pstep === itemsize) {
      const bytes = n * itemsize;
      if (pack) packed.set(strided.subarray(s, s + bytes), p);
      else strided.set(packed.subarray(p, p + bytes), s);
      return;
    }
    moveRow(strided, s, step, packed, p, pstep, n, itemsize, pack);
  };
  if (nd === 0) {
    if (pack) packed.set(strided.subarray(at, at + itemsize), to);
    else strided.set(packed.subarray(to, to + itemsize), at);
    return;
  }
  walk(0, at, to);
}

/** One row of a box, in the largest units that everything is a multiple of. */
function moveRow(
  strided: Uint8Array,
  s: number,
  step: number,
  packed: Uint8Array,
  p: number,
  pstep: number,
  n: number,
  itemsize: number,
  pack: boolean,
): void {
  const all = (strided.byteOffset + s) | step | (packed.byteOffset + p) | pstep | itemsize;
  const unit = all & 1 ? 1 : all & 2 ? 2 : 4;
  const make = unit === 4 ? Uint32Array : unit === 2 ? Uint16Array : Uint8Array;
  const whole = (a: Uint8Array): Uint8Array | Uint16Array | Uint32Array =>
    new make(a.buffer as ArrayBuffer, 0, Math.floor(a.buffer.byteLength / unit));
  const S = whole(strided);
  const P = whole(packed);
  const words = itemsize / unit;
  let i = (strided.byteOffset + s) / unit;
  let k = (packed.byteOffset + p) / unit;
  const di = step / unit;
  const dk = pstep / unit;
  for (let e = 0; e < n; e++, i += di, k += dk) {
    if (pack) for (let w = 0; w < words; w++) P[k + w] = S[i + w];
    else for (let w = 0; w < words; w++) S[i + w] = P[k + w];
  }
}

export const isOperand = (o: AnyOperand): o is Operand => o.buffer !== null;
