import { cpu } from '../../core/device/cpu/index.js';
import type { HostBuffer } from '../../core/device/device.js';
import type { DType } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { isCContiguous, isFContiguous } from '../../core/array.js';
import { castTo, contiguousBytes } from '../../core/ops/move.js';
import { type ByteSource, fill, PIECE, type Reading, take } from '../../core/source.js';
import { newArray } from '../creation/make.js';
import { arrayFace, type NDArray } from '../ndarray.js';
import { type HeaderData, type Header, descrOf, headerBytes, readHeader, tuple, type Version } from './header.js';

/** Files .npy: a header, and the elements' bytes in C or in Fortran order. */

/** What the header of an array's file says. */
export const headerData = (a: NDArray): HeaderData => ({
  descr: descrOf(a.dtype),
  fortran_order: isFContiguous(a) && !isCContiguous(a),
  shape: a.shape,
});

/** The elements' bytes in C order, in pieces; without a copy where they lie so. */
export function* rawPieces(a: NDArray): Generator<Uint8Array> {
  const whole = contiguousBytes(a) ?? (contiguousBytes(castTo(a, a.dtype, 'C')) as Uint8Array);
  for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
}

/** An array's file in pieces. @throws ValueError for arrays of objects, which NumPy pickles */
export function* npyPieces(a: NDArray, version: Version | null = null): Generator<Uint8Array> {
  if (a.dtype.hasobject)
    throw new ValueError('Object arrays cannot be saved when allow_pickle=False: pickles are written by Python only');
  const d = headerData(a);
  yield headerBytes(d, version);
  yield* rawPieces(d.fortran_order ? (a.T as NDArray) : a);
}

/** Pieces as one. */
export function joined(pieces: Iterable<Uint8Array>): Uint8Array {
  const all = [...pieces];
  const out = new Uint8Array(all.reduce((n, b) => n + b.length, 0));
  let at = 0;
  for (const b of all) {
    out.set(b, at);
    at += b.length;
  }
  return out;
}

/** Elements of a sequential source read at once, as NumPy does; its messages speak of them. */
const AT_ONCE = 262144;

/** The array that a header describes. Sizes are compared before anything is allocated: a header may lie about them. */
export function* readElements(s: ByteSource, { shape, fortran, dtype, start }: Header): Reading<NDArray> {
  if (dtype.hasobject)
    throw new ValueError('Object arrays cannot be loaded when allow_pickle=False: pickles are read by Python only');
  const count = shape.reduce((n, k) => n * BigInt(k), 1n);
  const bytes = count * BigInt(dtype.itemsize);
  const there = s.size === null ? null : BigInt(Math.max(0, s.size - start));
  if (there !== null && bytes > there) throw tooShort(shape, count, there / BigInt(Math.max(1, dtype.itemsize)));
  if (bytes > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ValueError('array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.');
  if (count > BigInt(Number.MAX_SAFE_INTEGER)) throw new ValueError('Maximum allowed dimension exceeded');
  let flat: NDArray;
  if (bytes === 0n) flat = nothing(dtype, Number(count));
  else if (there === null) flat = yield* ofUnknownLength(s, start, dtype, Number(count));
  else {
    flat = newArray([Number(count)], dtype);
    const got = yield* fill(
      s,
      start,
      (flat.buffer as HostBuffer).bytes.subarray(flat.offset, flat.offset + Number(bytes)),
    );
    if (got < Number(bytes)) throw tooShort(shape, count, BigInt(Math.floor(got / dtype.itemsize)));
  }
  if (!fortran) return flat.reshape(shape as number[]) as NDArray;
  return (flat.reshape([...shape].reverse()) as NDArray).T as NDArray;
}

const tooShort = (shape: readonly number[], count: bigint, there: bigint): ValueError =>
  new ValueError(
    `Failed to read all data for array. Expected ${tuple(shape)} = ${count} elements, could only read ${there} elements. (file seems not fully written?)`,
  );

function* ofUnknownLength(s: ByteSource, start: number, dtype: DType, count: number): Reading<NDArray> {
  const bytes = count * dtype.itemsize;
  const b = yield* take(s, start, bytes);
  if (b.length < bytes) {
    const each = Math.floor(AT_ONCE / Math.min(AT_ONCE, dtype.itemsize)) * dtype.itemsize;
    const at = Math.floor(b.length / each) * each;
    throw new ValueError(`EOF: reading array data, expected ${Math.min(each, bytes - at)} bytes got ${b.length - at}`);
  }
  return fromBytes(b, dtype, count);
}

/** The array of a file that begins at a place. */
export function* readNpy(s: ByteSource, longest: number, at = 0): Reading<NDArray> {
  return yield* readElements(s, yield* readHeader(s, at, longest));
}

/** Elements that have no bytes, or none: text without a length stays such. */
function nothing(dtype: DType, count: number): NDArray {
  if (dtype.itemsize > 0) return newArray([count], dtype);
  return arrayFace.fresh(cpu.allocate(0), dtype, [count]) as NDArray;
}

/** Elements in memory of the array's own. */
export function fromBytes(data: Uint8Array, dtype: DType, count: number): NDArray {
  if (count === 0 || dtype.itemsize === 0) return nothing(dtype, count);
  const out = newArray([count], dtype);
  (out.buffer as HostBuffer).bytes.set(data.subarray(0, count * dtype.itemsize), out.offset);
  return out;
}
