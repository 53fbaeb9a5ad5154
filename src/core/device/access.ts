import type { ScalarType } from '../dtype.js';
import { TypeError } from '../errors.js';
import type { DeviceBuffer, HostBuffer } from './device.js';
import { caller } from '../transfers.js';
import { isDescribed, refuseValues } from './shapes.js';

/**
 * Element access to host memory from JavaScript: for routines that work on values one at a time (building from lists,
 * printing, sorting, gathering). Kernels do not come this way.
 */

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

type TypedArrayConstructor = {
  new (buffer: ArrayBufferLike, offset?: number, length?: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
};

/** The typed array that holds each scalar type. float16 is held as its bits. */
export const CONTAINER: { readonly [T in ScalarType]: TypedArrayConstructor } = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};

export const isHost = (b: DeviceBuffer): b is HostBuffer => b.device.sync && 'bytes' in b;

/** The buffer as host memory. @throws TypeError naming the device whose memory JavaScript cannot reach */
export function host(b: DeviceBuffer, by: string): HostBuffer {
  if (isHost(b)) return b;
  throw unreachable(b, by);
}

/** The bytes of what is taken for host memory. @throws TypeError where it is none, naming the public function that runs */
export function bytesIn(b: HostBuffer): Uint8Array {
  const bytes: Uint8Array | undefined = b.bytes;
  if (bytes === undefined) throw unreachable(b, caller.name ?? 'reading values');
  return bytes;
}

function unreachable(b: DeviceBuffer, by: string): Error {
  if (isDescribed(b)) return refuseValues(b, by);
  return new TypeError(
    `${by}: needs values in the host's memory, but the operand lives on ${b.device.name}; move it with t.to('cpu') or await t.data() first`,
  );
}

// One view of each kind over the whole of an ArrayBuffer: making a typed array costs more than reading a few elements.
const views = new WeakMap<ArrayBufferLike, Map<TypedArrayConstructor, TypedArray>>();

// Nearly all arrays lie in the cpu device's heap, of which there is one.
let heapMemory: ArrayBufferLike | null = null;
let heapKinds: Map<TypedArrayConstructor, TypedArray> = new Map();
function kindsOf(memory: ArrayBufferLike, inHeap: boolean): Map<TypedArrayConstructor, TypedArray> {
  if (inHeap && memory === heapMemory) return heapKinds;
  let kinds = views.get(memory);
  if (kinds === undefined) {
    kinds = new Map();
    views.set(memory, kinds);
  }
  if (inHeap) {
    heapMemory = memory;
    heapKinds = kinds;
  }
  return kinds;
}

/** A typed array over all of the memory that holds the buffer, and the index in it of the buffer's first byte's element. */
export function typedView(b: HostBuffer, make: TypedArrayConstructor): { array: TypedArray; base: number } {
  const memory = b.memory ?? bytesIn(b).buffer;
  const start = b.base ?? b.bytes.byteOffset;
  const kinds = kindsOf(memory, b.address >= 0);
  let array = kinds.get(make);
  const size = make.BYTES_PER_ELEMENT;
  if (array === undefined) {
    array = new make(memory, 0, Math.floor(memory.byteLength / size));
    kinds.set(make, array);
  }
  return { array, base: start / size };
}

/** Elements of one scalar type in a buffer, addressed by byte offset from the buffer's start. */
export interface Accessor {
  get(byte: number): number | bigint;
  set(byte: number, value: number | bigint): void;
}

const ones = new Map<TypedArrayConstructor, TypedArray>();
/** Room for one element. */
function one(make: TypedArrayConstructor): TypedArray {
  let a = ones.get(make);
  if (a === undefined) ones.set(make, (a = new make(new ArrayBuffer(8), 0, 1)));
  return a;
}

/** The element at a byte that is no multiple of its size, moved out of the memory of a typed array, or into it. */
function oddBytes(of: TypedArray, at: number, write: boolean, element?: TypedArray): TypedArray {
  const e = element ?? one(of.constructor as TypedArrayConstructor);
  const bytes = new Uint8Array(e.buffer, e.byteOffset, of.BYTES_PER_ELEMENT);
  const there = new Uint8Array(of.buffer, at, of.BYTES_PER_ELEMENT);
  if (write) there.set(bytes);
  else bytes.set(there);
  return e;
}

/** Reads and writes one scalar type: numbers, or bigints for the 64-bit integers. Writing converts modulo the width, as the typed arrays do. */
export function accessor(b: HostBuffer, type: ScalarType): Accessor {
  const make = CONTAINER[type];
  const { array, base } = typedView(b, make);
  const shift = Math.log2(make.BYTES_PER_ELEMENT);
  if (type === 'float16') {
    const bits = array as Uint16Array;
    return {
      get: (byte) => halfToNumber(bits[base + byte / 2] ?? (oddBytes(bits, 2 * base + byte, false)[0] as number)),
      set: (byte, v) => {
        const h = numberToHalf(Number(v));
        const i = base + byte / 2;
        if (Number.isInteger(i)) bits[i] = h;
        else oddBytes(bits, 2 * i, true, Uint16Array.of(h));
      },
    };
  }
  const at = array as Float64Array;
  const step = 2 ** shift;
  if (type === 'bool') {
    // Memory that was something else may hold any byte.
    return {
      get: (byte) => (at[base + byte] === 0 ? 0 : 1),
      set: (byte, v) => {
        at[base + byte] = v as number;
      },
    };
  }
  // Between its elements a typed array has nothing: there a view of single bytes reads and writes.
  return {
    get: (byte) => at[base + byte / step] ?? (oddBytes(at, (base + byte / step) * step, false)[0] as number),
    set: (byte, v) => {
      const i = base + byte / step;
      if (Number.isInteger(i)) at[i] = v as number;
      else {
        one(make)[0] = v as number;
        oddBytes(at, i * step, true, one(make));
      }
    },
  };
}

const f64 = new Float64Array(1);
const u64 = new BigUint64Array(f64.buffer);

/** The value of float16 bits. */
export function halfToNumber(h: number): number {
  const sign = h & 0x8000 ? -1 : 1;
  const e = (h >> 10) & 31;
  const m = h & 1023;
  if (e === 0) return sign * m * 2 ** -24;
  if (e === 31) return m === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + m / 1024) * 2 ** (e - 15);
}

/** float16 bits of a number, rounded once, half to even; overflow gives infinity. */
export function numberToHalf(x: number): number {
  f64[0] = x;
  const sign = Number(u64[0] >> 63n) << 15;
  if (Number.isNaN(x)) return sign | 0x7e00;
  const a = Math.abs(x);
  if (a >= 65520) return sign | 0x7c00;
  if (a < 2 ** -14) return sign | roundEven(a * 2 ** 24);
  const e = Math.floor(Math.log2(a));
  const exp = a >= 2 ** (e + 1) ? e + 1 : a < 2 ** e ? e - 1 : e;
  return sign | (((exp + 15) << 10) + roundEven((a / 2 ** exp - 1) * 1024));
}

/** Half to even, for non-negative values far below 2^52. */
function roundEven(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 === 1 ? r - 1 : r;
}

/** Calls `visit` with the byte offset of every element of a view, in C order. */
export function forEachOffset(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  visit: (byte: number) => void,
): void {
  const nd = shape.length;
  for (let i = 0; i < nd; i++) if (shape[i] === 0) return;
  if (nd === 0) {
    visit(offset);
    return;
  }
  const index = new Array<number>(nd).fill(0);
  const inner = shape[nd - 1];
  const step = strides[nd - 1];
  let at = offset;
  for (;;) {
    for (let i = 0, p = at; i < inner; i++, p += step) visit(p);
    let d = nd - 2;
    for (; d >= 0; d--) {
      at += strides[d];
      if (++index[d] < shape[d]) break;
      at -= strides[d] * shape[d];
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/** Whether a user's value can stand for an element of this dtype at all (numbers, bigints, booleans; complex objects for complex). */
export function describe(x: unknown): string {
  if (x === null) return 'NoneType';
  if (Array.isArray(x)) return 'list';
  const t = typeof x;
  if (t === 'string') return 'str';
  if (t === 'number') return 'float';
  if (t === 'bigint') return 'int';
  if (t === 'boolean') return 'bool';
  if (t === 'object') return (x as object).constructor?.name ?? 'object';
  return t;
}
