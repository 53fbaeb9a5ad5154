import type { HostBuffer } from '../../core/device/device.js';
import { hostDevice } from '../../core/device/registry.js';
import { openMemoryDoor } from '../../core/door.js';
import type { DType, DTypeArg, DTypeName, DTypeText } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { Storage } from '../../core/memory.js';
import { fn } from '../../core/signature.js';
import { byteBounds, cStrides, fStrides, sizeOf } from '../../core/view.js';
import { type Known, NDArray } from '../ndarray.js';
import { frombuffer } from './from.js';
import { asLayout, dtypeOr, newArray, readShape, type ShapeLike } from './make.js';

/** `np.ndarray`: the class of arrays, and NumPy's low-level way to make one. */

/** Keywords of `np.ndarray`. */
export interface NDArrayKeywords<N extends DTypeText = DTypeName> {
  dtype?: DTypeArg<N> | null;
  /** Memory that the array shares. */
  buffer?: NDArray | ArrayBufferView | ArrayBufferLike | null;
  /** Bytes in front of the first element. */
  offset?: number;
  /** Bytes from one element to the next along each axis. */
  strides?: number | readonly number[] | null;
  order?: 'C' | 'F' | null;
}

export interface MakeNDArray {
  <N extends DTypeText = 'float64'>(
    shape: ShapeLike,
    dtype?: DTypeArg<N> | null,
    buffer?: NDArrayKeywords['buffer'],
    offset?: number,
    strides?: NDArrayKeywords['strides'],
    order?: 'C' | 'F' | null,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(shape: ShapeLike, kw: NDArrayKeywords<N>): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(kw: NDArrayKeywords<N> & { shape: ShapeLike }): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    shape: ShapeLike,
    dtype: DTypeArg<N> | null | undefined,
    kw: NDArrayKeywords,
  ): NDArray<Known<N>>;
}

const sized = (type: DType, dims: readonly number[]): number => sizeOf(dims) * type.itemsize;

/** @throws ValueError for strides that lead outside of the memory */
function checkStrides(
  type: DType,
  dims: readonly number[],
  steps: readonly number[],
  length: number,
  at: number,
): void {
  if (steps.length !== dims.length) throw new ValueError('strides, if given, must be the same length as shape');
  if (sizeOf(dims) === 0) return;
  const [lo, hi] = byteBounds(dims, steps, at, type.itemsize);
  if (lo < 0 || hi > length)
    throw new ValueError('strides is incompatible with shape of requested array and size of buffer');
}

const make = /*@__PURE__*/ fn(
  'ndarray',
  'shape, dtype=None, buffer=None, offset=0, strides=None, order=None',
  (shape, dtype, buffer, offset, strides, order) => {
    const type = dtypeOr(dtype);
    const whole = buffer !== null && (shape === -1 || (Array.isArray(shape) && shape.length === 1 && shape[0] === -1));
    const layout = asLayout(order ?? 'C');
    const steps: readonly number[] | null = typeof strides === 'number' ? [strides] : strides;
    if (buffer === null) {
      const dims = readShape(shape);
      const fresh = type.itemsize > 0 ? newArray(dims, type, layout) : empty(type, dims);
      if (steps === null) return fresh;
      checkStrides(type, dims, steps, sized(type, dims), 0);
      return new NDArray(fresh.storage, type, dims, [...steps], fresh.offset, null, true);
    }
    const length = buffer instanceof NDArray ? buffer.nbytes : (buffer as ArrayBufferLike).byteLength;
    const dims = whole ? [Math.floor((length - offset) / type.itemsize)] : readShape(shape);
    if (!Number.isSafeInteger(sized(type, dims)) && sized(type, dims) >= 2 ** 63)
      throw new ValueError(
        'array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.',
      );
    if (steps !== null) checkStrides(type, dims, steps, length, offset);
    else if (length < offset + sized(type, dims)) throw new TypeError('buffer is too small for requested array');
    if (type.hasobject) {
      if (sizeOf(dims) === 0) return newArray(dims, type, layout);
      throw new ValueError('cannot create an OBJECT array from memory buffer');
    }
    const bytes = frombuffer(buffer, 'uint8');
    const base = buffer instanceof NDArray ? buffer : bytes;
    const [element, inner] = type.subdtype ?? [type, []];
    const shaped = [...dims, ...inner];
    const packed = (layout === 'F' ? fStrides : cStrides)(shaped, element.itemsize);
    const all = steps === null ? packed : [...steps, ...cStrides(inner, element.itemsize)];
    const at = bytes.offset + offset;
    if ([at, ...all].some((n) => n % element.alignment !== 0)) openMemoryDoor();
    return new NDArray(bytes.storage, element, shaped, all, at, base, base.writeable);
  },
  'conversion',
);

/** An array whose elements have no bytes. */
const empty = (type: DType, dims: readonly number[]): NDArray =>
  new NDArray(new Storage(hostDevice().allocate(0) as HostBuffer), type, dims, cStrides(dims, 0), 0, null, true);

/** The factory with the class behind it: `x instanceof np.ndarray` asks for the class, `new` makes no difference. */
function withClass(): typeof NDArray & MakeNDArray {
  function ndarray(...args: unknown[]): NDArray {
    return (make as (...a: unknown[]) => NDArray)(...args);
  }
  Object.defineProperty(ndarray, 'prototype', { value: NDArray.prototype });
  Object.setPrototypeOf(ndarray, NDArray);
  return Object.assign(ndarray, { signature: make.signature }) as never;
}

/**
 * The class of arrays, which makes one over memory: fresh memory that is not initialised, or a buffer's, with an offset and strides in bytes.
 *
 * @param buffer memory to share: an array, a typed array, an ArrayBuffer
 * @throws TypeError `buffer is too small for requested array`; ValueError for strides that lead outside of it
 * @example np.ndarray([2, 2], 'uint8', { buffer: new Uint8Array([1, 2, 3, 4]), offset: 1, strides: [1, 1] }) // → array([[2, 3],
 * //          [3, 4]], dtype=uint8)
 */
export const ndarray: typeof NDArray & MakeNDArray = /*@__PURE__*/ withClass();
export type ndarray<N extends DTypeName = any> = NDArray<N>;
