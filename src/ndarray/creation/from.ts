import { accessor } from '../../core/device/access.js';
import { elementsOf } from '../../core/device/elements.js';
import type { HostBuffer } from '../../core/device/device.js';
import { toElement, wrapMemory } from '../../core/coerce.js';
import {
  asDtype,
  type DType,
  type DTypeLike,
  type DTypeName,
  float64,
  isText,
  type DTypeArg,
  type DTypeText,
} from '../../core/dtype.js';
import { AttributeError, TypeError, ValueError } from '../../core/errors.js';
import { castTo } from '../../core/ops/move.js';
import { typeName } from '../../core/python/kind.js';
import { elementFrom } from '../../core/scalars/index.js';
import { openMemoryDoor } from '../../core/door.js';
import { cStrides } from '../../core/view.js';
import { type Known, NDArray } from '../ndarray.js';
import { direct, dtypeOr, newArray, readShape, type ShapeLike } from './make.js';

/** Arrays from memory, iterators and functions of the indices. */

export interface FromBuffer {
  <N extends DTypeText = 'float64'>(
    buffer: ArrayBufferView | ArrayBufferLike,
    dtype?: DTypeArg<N> | null,
    count?: number,
    offset?: number,
  ): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(
    buffer: ArrayBufferView | ArrayBufferLike,
    kw: { dtype?: DTypeArg<N> | null; count?: number; offset?: number; like?: unknown },
  ): NDArray<Known<N>>;
}

/**
 * A one-dimensional array over memory: shared with the buffer where the address is a multiple of the element size, else copied.
 *
 * @param count number of elements; -1: all
 * @param offset bytes to skip
 * @throws ValueError when the buffer's size does not fit
 * @example np.frombuffer(new Uint8Array([1, 2, 3, 4]).buffer, 'uint16') // → array([ 513, 1027], dtype=uint16)
 */
export const frombuffer: FromBuffer = /*@__PURE__*/ direct(
  'frombuffer',
  'buffer, dtype=None, count=-1, offset=0, *, like=None',
  (source, dtype, count, offset) => {
    const type = dtypeOr(dtype);
    if (type.hasobject) throw new ValueError('cannot create an OBJECT array from memory buffer');
    const whole = source instanceof NDArray ? source : null;
    let data = source as ArrayBufferView | ArrayBufferLike;
    let isView = ArrayBuffer.isView(data);
    if (!isView && typeof (data as ArrayBufferLike | null)?.byteLength !== 'number') {
      const a = source as NDArray;
      if (!(source instanceof NDArray)) {
        if (typeof source === 'string' || typeof source !== 'object' || source === null || Array.isArray(source))
          throw new TypeError(
            `a bytes-like object is required, not '${typeof source === 'string' ? 'str' : Array.isArray(source) ? 'list' : typeof source}'`,
          );
        throw new AttributeError('a bytes-like object is required');
      }
      if (!a.flags.c_contiguous) throw new ValueError('ndarray is not C-contiguous');
      data = (a.buffer as HostBuffer).bytes.subarray(a.offset, a.offset + a.nbytes);
      isView = true;
    }
    if (type.itemsize === 0 && count < 0) throw new ValueError('itemsize cannot be zero in type');
    const length = data.byteLength;
    if (offset < 0 || offset > length)
      throw new ValueError(`offset must be non-negative and no greater than buffer length (${length})`);
    const rest = length - offset;
    let n = count as number;
    if (n < 0) {
      if (rest % type.itemsize !== 0) throw new ValueError('buffer size must be a multiple of element size');
      n = rest / type.itemsize;
    } else if (n * type.itemsize > rest) throw new ValueError('buffer is smaller than requested size');
    if (whole !== null) {
      if ((whole.offset + offset) % type.alignment !== 0) openMemoryDoor();
      const at = whole.offset + offset;
      const [base, inner] = subarray(type);
      const shape = [n, ...inner];
      return new NDArray(whole.storage, base, shape, cStrides(shape, base.itemsize), at, whole, whole.writeable);
    }
    const start = (isView ? (data as ArrayBufferView).byteOffset : 0) + offset;
    const memory = (isView ? (data as ArrayBufferView).buffer : data) as ArrayBufferLike;
    const bytes = new Uint8Array(memory, start, n * type.itemsize);
    if (type.hasobject) throw new ValueError('cannot create an OBJECT array from memory buffer');
    if (start % type.alignment !== 0) openMemoryDoor();
    const [base, inner] = subarray(type);
    return wrapMemory(bytes, base, [n, ...inner]);
  },
);

/** A dtype's elements, and the axes that it adds. */
const subarray = (d: DType): [DType, readonly number[]] =>
  d.subdtype === null ? [d, []] : (d.subdtype as unknown as [DType, readonly number[]]);

export interface FromIter {
  <N extends DTypeText = DTypeName>(iter: Iterable<unknown>, dtype: DTypeArg<N>, count?: number): NDArray<Known<N>>;
  <N extends DTypeText = DTypeName>(
    iter: Iterable<unknown>,
    dtype: DTypeArg<N>,
    kw: { count?: number; like?: unknown },
  ): NDArray<Known<N>>;
}

/**
 * A one-dimensional array of what an iterable gives.
 *
 * @param count how many to take; -1: all
 * @throws ValueError `iterator too short: Expected 5 but iterator had only 3 items.`
 * @example np.fromiter(new Set([1, 2]), 'int64') // → array([1, 2])
 */
export const fromiter: FromIter = /*@__PURE__*/ direct(
  'fromiter',
  'iter, dtype, count=-1, *, like=None',
  (iter, dtype, count) => {
    const type = asDtype(dtype as DTypeLike);
    if (typeof (iter as Iterable<unknown> | null)?.[Symbol.iterator] !== 'function')
      throw new TypeError(`'${typeName(iter)}' object is not iterable`);
    const values: unknown[] = [];
    if (count !== 0) {
      for (const v of iter as Iterable<unknown>) {
        values.push(v);
        if (count > 0 && values.length >= count) break;
      }
    }
    if (values.length < count)
      throw new ValueError(`iterator too short: Expected ${count} but iterator had only ${values.length} items.`);
    if (type.itemsize === 0 && (isText(type) || (type.kind === 'V' && type.layout === null)))
      throw new ValueError('Must specify length when using variable-size data-type.');
    const out = newArray([values.length], type);
    if (type.index < 0) {
      const elements = elementsOf(out.buffer as HostBuffer, type);
      for (let i = 0; i < values.length; i++) elements.set(i * type.itemsize, elementFrom(values[i], type));
      return out;
    }
    const write = accessor(out.buffer as HostBuffer, type.part);
    const half = type.itemsize / 2;
    for (let i = 0; i < values.length; i++) {
      const v = toElement(values[i], type);
      write.set(i * type.itemsize, v.re);
      if (type.kind === 'c') write.set(i * type.itemsize + half, v.im);
    }
    return out;
  },
);

export interface FromFunction {
  <R>(f: (...indices: NDArray[]) => R, shape: ShapeLike, kw?: { dtype?: DTypeLike | null; like?: unknown }): R;
}
/**
 * The array that a function gives for the arrays of indices: `f(i, j, …)`, called once, with arrays of the shape.
 *
 * @param dtype dtype of the index arrays, float64 unless given
 * @example np.fromfunction((i, j) => np.add(i, j), [2, 3], { dtype: 'int64' }) // → array([[0, 1, 2],
 * //          [1, 2, 3]])
 */
export const fromfunction: FromFunction = /*@__PURE__*/ direct(
  'fromfunction',
  "function, shape, *, dtype=<class 'float'>, like=None, **kwargs",
  (f, shape, dtype, _like, extra) => {
    const indices = indexArrays(readShape(shape), dtypeOr(dtype, float64));
    return Object.keys(extra).length > 0 ? f(...indices, extra) : f(...indices);
  },
);

/** One full array of indices per axis. */
function indexArrays(shape: readonly number[], dtype: NDArray['dtype']): NDArray[] {
  return shape.map((n, axis) => {
    const line = newArray([n], float64);
    const data = accessor(line.buffer as HostBuffer, 'float64');
    for (let i = 0; i < n; i++) data.set(i * 8, i);
    const stretched = line.viewOf(
      float64,
      shape,
      shape.map((_, d) => (d === axis ? 8 : 0)),
      0,
    );
    return castTo(stretched, dtype, 'C') as NDArray;
  });
}
