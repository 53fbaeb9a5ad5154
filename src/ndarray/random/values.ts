import type { ArrayValue } from '../../core/array.js';
import { accessor, CONTAINER, forEachOffset, host, type TypedArray, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { type DType, uint64 } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import { castTo } from '../../core/ops/move.js';
import { newArray } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';

/** Values in and out of arrays. */

/** A typed array over the elements of an array without gaps. */
export function viewOf<T extends TypedArray>(
  a: ArrayValue,
  make: { new (b: ArrayBufferLike, at?: number, n?: number): T; readonly BYTES_PER_ELEMENT: number },
): T {
  const { array } = typedView(a.buffer as HostBuffer, make as never);
  const bytes = (a.buffer as HostBuffer).bytes;
  const start = (bytes.byteOffset + a.offset) / make.BYTES_PER_ELEMENT;
  return array.subarray(start, start + (a.size * a.dtype.itemsize) / make.BYTES_PER_ELEMENT) as T;
}

/** The elements of an integer array in C order. */
export function bigintsOf(a: ArrayValue): bigint[] {
  const { get } = accessor(host(a.buffer, 'random'), a.dtype.part);
  const out: bigint[] = [];
  forEachOffset(a.shape, a.strides, a.offset, (p) => out.push(BigInt(get(p))));
  return out;
}

/** The elements of an array in C order, as another dtype. */
export function valuesAs<T extends TypedArray>(a: ArrayValue, dtype: DType): T {
  return viewOf(castTo(a, dtype, 'C'), CONTAINER[dtype.part] as never) as never;
}

/** An array of 64-bit words. */
export function words64(values: readonly bigint[]): NDArray<'uint64'> {
  const out = newArray([values.length], uint64);
  viewOf(out, BigUint64Array).set(values.map((v) => BigInt.asUintN(64, v)));
  return out;
}

/** An integer of Python's: a number without fraction, a bigint, an integer array without axes; null for anything else. */
export function indexOf(x: unknown): bigint | null {
  if (typeof x === 'bigint') return x;
  if (typeof x === 'boolean') return x ? 1n : 0n;
  if (typeof x === 'number') return Number.isInteger(x) ? BigInt(x) : null;
  const a = x as NDArray & { item?: (o: object) => unknown };
  if (
    x !== null &&
    typeof x === 'object' &&
    typeof a.item === 'function' &&
    a.ndim === 0 &&
    'iu'.includes(a.dtype.kind)
  )
    return bigintsOf(a)[0];
  return null;
}

/** @throws TypeError `'float' object cannot be interpreted as an integer` */
export function asIndex(x: unknown): bigint {
  const v = indexOf(x);
  if (v === null)
    throw new TypeError(
      `'${typeof x === 'number' ? 'float' : typeof x === 'string' ? 'str' : x === null ? 'NoneType' : 'object'}' object cannot be interpreted as an integer`,
    );
  return v;
}

/** What a lone draw of 64-bit integers reads as: a number where exact, a bigint otherwise. */
export const readInt = (v: bigint): number | bigint =>
  v <= 9007199254740991n && v >= -9007199254740991n ? Number(v) : v;

/** Writes whole numbers as int64, without a bigint for each; 2⁶³ stands for the largest. */
export function writeInt64(out: Int32Array, i: number, v: number): void {
  if (v === (v | 0)) {
    out[2 * i] = v;
    out[2 * i + 1] = v >> 31;
    return;
  }
  if (v >= 2 ** 63) {
    out[2 * i] = -1;
    out[2 * i + 1] = 0x7fffffff;
    return;
  }
  const hi = Math.floor(v / 4294967296);
  out[2 * i] = v - hi * 4294967296;
  out[2 * i + 1] = hi;
}

/** A whole number as `writeInt64` has it. */
export const asInt64 = (v: number): number | bigint =>
  Number.isSafeInteger(v) ? v : v >= 2 ** 63 ? 2n ** 63n - 1n : BigInt(v);
