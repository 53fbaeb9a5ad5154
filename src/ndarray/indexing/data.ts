import type { ArrayValue } from '../../core/array.js';
import { complex } from '../../core/complex.js';
import { CONTAINER, halfToNumber, type TypedArray, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { type DType, type DTypeName, int64 } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { contiguousCopy, copyAs } from '../../core/ops/copy.js';
import { evened, isAligned } from '../../core/ops/odd-memory.js';
import { release } from '../../core/ops/operand.js';
import { announce } from '../../core/transfers.js';
import { itemOf } from '../../core/scalars/index.js';
import { isC } from '../../core/view.js';
import { elementsOf } from '../../core/device/elements.js';
import type { NDArray } from '../ndarray.js';
import { handOut, keep } from '../shared.js';

/** Elements as JavaScript's own data: nested lists and typed arrays. */

/** Nested lists of values, as deep as the array has axes. */
export type Nested = unknown;

/** The typed array that holds a dtype's elements (the bits, for float16; both halves in turn, for complex). */
type Containers = {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  complex64: Float32Array;
  complex128: Float64Array;
};
export type TypedArrayOf<N extends DTypeName> = N extends keyof Containers ? Containers[N] : Uint8Array;

/** The array itself when it lies in C order without gaps, else a copy of it that does; `own` for the copy. */
function inOrder(a: ArrayValue): { a: ArrayValue; own: boolean } {
  return isC(a.shape, a.strides, a.dtype.itemsize) && isAligned(a)
    ? { a, own: false }
    : { a: contiguousCopy(a), own: true };
}

/** A window on the memory of a C-contiguous array. */
function windowOf(a: ArrayValue): TypedArray {
  // Elements that no typed array has are handed out as their bytes.
  if (a.dtype.part === undefined)
    return (a.buffer as HostBuffer).bytes.subarray(a.offset, a.offset + a.size * a.dtype.itemsize);
  const make = CONTAINER[a.dtype.part];
  const { array, base } = typedView(a.buffer as HostBuffer, make);
  const at = base + a.offset / make.BYTES_PER_ELEMENT;
  return array.subarray(at, at + a.size * a.dtype.parts) as TypedArray;
}

/** Converts one row of elements of a window. */
type Row = (from: number, n: number) => Nested[];

/** A loop of our own is several times as fast as `Array.from`. */
function numbersIn(w: Float64Array, from: number, n: number): number[] {
  // Beyond some millions a list that is made with its length is a dictionary.
  const out = n < 1 << 24 ? new Array<number>(n) : [];
  for (let i = 0; i < n; i++) out[i] = w[from + i];
  return out;
}

function rowReader(a: ArrayValue, big: boolean): Row {
  if (a.dtype.index < 0) {
    const elements = elementsOf(a.buffer as HostBuffer, a.dtype);
    const { itemsize } = a.dtype;
    return (from, n) =>
      Array.from({ length: n }, (_, i) => itemOf(elements.get(a.offset + (from + i) * itemsize), a.dtype));
  }
  const w = windowOf(a) as Float64Array;
  const d: DType = a.dtype;
  switch (d.kind) {
    case 'b':
      return (from, n) => {
        const out = new Array<boolean>(n);
        for (let i = 0; i < n; i++) out[i] = w[from + i] !== 0;
        return out;
      };
    case 'c':
      return (from, n) => Array.from({ length: n }, (_, i) => complex(w[2 * (from + i)], w[2 * (from + i) + 1]));
    case 'f':
      if (d.itemsize === 2) return (from, n) => Array.from({ length: n }, (_, i) => halfToNumber(w[from + i]));
      return (from, n) => numbersIn(w, from, n);
    default: {
      if (d.itemsize < 8)
        return big ? (from, n) => Array.from(w.subarray(from, from + n), BigInt) : (from, n) => numbersIn(w, from, n);
      const wide = w as unknown as BigInt64Array;
      if (big) return (from, n) => Array.from(wide.subarray(from, from + n));
      const words = new Int32Array(wide.buffer, wide.byteOffset, wide.length * 2);
      const low = d === int64 ? -0x200000 : 0;
      return (from, n) => {
        const out = new Array<number | bigint>(n);
        for (let i = 0; i < n; i++) {
          const hi = d === int64 ? words[2 * (from + i) + 1] : words[2 * (from + i) + 1] >>> 0;
          const lo = words[2 * (from + i)] >>> 0;
          // Within ±2^53, the high word is between -2^21 and 2^21 - 1; -2^53 itself is no safe integer.
          out[i] =
            hi < 0x200000 && hi >= low && !(hi === -0x200000 && lo === 0) ? hi * 4294967296 + lo : wide[from + i];
        }
        return out;
      };
    }
  }
}

/**
 * Nested lists of an array's values. 64-bit integers are numbers where those are exact and bigints otherwise.
 * @param big integers are bigints always
 */
export function listOf(given: ArrayValue, big = false): Nested {
  const { a, own } = inOrder(given);
  const row = rowReader(a, big);
  const nd = a.ndim;
  const build = (d: number, from: number): Nested[] => {
    const n = a.shape[d];
    if (d === nd - 1) return row(from, n);
    let step = 1;
    for (let k = d + 1; k < nd; k++) step *= a.shape[k];
    const out: Nested[] = [];
    for (let i = 0; i < n; i++) out.push(build(d + 1, from + i * step));
    return out;
  };
  const out = nd === 0 ? row(0, 1)[0] : build(0, 0);
  if (own) release(a);
  return out;
}

/** The elements in C order as a typed array of their own. */
export function typedCopy(source: ArrayValue): TypedArray {
  const given = evened(source);
  announce('requested', given.size * given.dtype.itemsize, given.buffer.device.name, 'js');
  const { a, own } = inOrder(given);
  const out = windowOf(a).slice() as TypedArray;
  if (own) release(a);
  return out;
}

/** The elements in C order as 64-bit integers. */
export function bigCopy(given: ArrayValue): BigInt64Array {
  announce('requested', given.size * 8, given.buffer.device.name, 'js');
  const a = given.dtype === int64 && isC(given.shape, given.strides, 8) ? given : copyAs(given, int64, 'C');
  const out = (windowOf(a) as BigInt64Array).slice();
  if (a !== given) release(a);
  return out;
}

/**
 * The elements as they lie in memory, shared: writes go both ways.
 * @throws ValueError when they do not lie in C order without gaps
 */
export function sharedData(a: NDArray): TypedArray {
  if (!isC(a.shape, a.strides, a.dtype.itemsize)) {
    throw new ValueError(
      'data: the array is not C-contiguous, so that its memory is no plain typed array; take np.ascontiguousarray(a).data or a.toTypedArray()',
    );
  }
  // Whoever holds the window may write at any time: from here on the memory is shared with no tensor.
  handOut(a, 'data');
  return keep(windowOf(a), a);
}
