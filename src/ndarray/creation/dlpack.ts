import { ArrayValue } from '../../core/array.js';
import { fromInterface } from '../../core/coerce.js';
import { describe } from '../../core/device/access.js';
import { byName, type DType } from '../../core/dtype.js';
import { AttributeError, BufferError, RuntimeError, TypeError } from '../../core/errors.js';
import { NDArray, plainArray } from '../ndarray.js';
import { sharedBytes } from '../shared.js';
import { checkDevice, direct, toNDArray } from './make.js';

/**
 * DLPack: arrays handed from one library to another without a copy. In Python a capsule holds a pointer; here it is an object with the same
 * fields, whose `data` are the bytes.
 */

/** `[1, 0]`: memory of the host, the first of its kind. */
export const CPU_DEVICE: readonly [number, number] = [1, 0];
const VERSION: readonly [number, number] = [1, 0];

/** DLPack's tensor: the fields of its C structure. */
export interface DLPackCapsule {
  readonly version: readonly [number, number];
  /** Bytes that the elements lie in. */
  readonly data: Uint8Array;
  readonly device: readonly [number, number];
  /** `code`: 0 integers, 1 unsigned ones, 2 floats, 5 complex numbers, 6 booleans. */
  readonly dtype: { readonly code: number; readonly bits: number; readonly lanes: number };
  readonly shape: readonly number[];
  /** In elements. */
  readonly strides: readonly number[] | null;
  readonly byte_offset: number;
  readonly readonly: boolean;
}

/** Keywords of `__dlpack__`. */
export interface DLPackKeywords {
  stream?: null;
  /** The newest version that the caller understands: without one, arrays that must not be written are refused. */
  max_version?: readonly [number, number] | null;
  dl_device?: readonly [number, number] | null;
  /** true: always a copy; null and false: never. */
  copy?: boolean | null;
}

/** What `np.from_dlpack` takes. */
export interface DLPackSource {
  __dlpack__(kw?: DLPackKeywords): DLPackCapsule;
  __dlpack_device__(): readonly [number, number];
}

const CODES: Readonly<Record<string, number>> = { i: 0, u: 1, f: 2, c: 5, b: 6 };

/** An array as a capsule. @throws BufferError for what DLPack cannot say, RuntimeError for a stream */
export function toCapsule(a: ArrayValue, kw: DLPackKeywords = {}): DLPackCapsule {
  const { stream = null, max_version = null, dl_device = null, copy = null } = kw;
  if (stream !== null) throw new RuntimeError('NumPy only supports stream=None.');
  if (max_version !== null && !(Array.isArray(max_version) && max_version.length === 2))
    throw new TypeError('max_version must be None or a tuple with two elements.');
  if (dl_device !== null && (dl_device[0] !== 1 || dl_device[1] !== 0))
    throw new BufferError('unsupported device requested');
  const readonly = !(a instanceof NDArray) || !a.writeable;
  if (readonly && copy !== true && (max_version === null || max_version[0] < 1))
    throw new BufferError(
      'Cannot export readonly array since signalling readonly is unsupported by DLPack (supported by newer DLPack version).',
    );
  if (!(a.dtype.kind in CODES))
    throw new BufferError('DLPack only supports signed/unsigned integers, float and complex dtypes.');
  if (!a.dtype.isnative) throw new BufferError('DLPack only supports native byte order.');
  const { itemsize } = a.dtype;
  if (a.strides.some((s, d) => s % itemsize !== 0 && a.shape[d] > 1))
    throw new BufferError('DLPack only supports strides which are a multiple of itemsize.');
  const given = copy === true ? toNDArray(a).copy() : a;
  const { bytes, offset } = sharedBytes(given, '__dlpack__', given instanceof NDArray && !(readonly && copy !== true));
  return {
    version: VERSION,
    data: bytes,
    device: CPU_DEVICE,
    dtype: { code: CODES[a.dtype.kind], bits: a.dtype.kind === 'b' ? 8 : itemsize * 8, lanes: 1 },
    shape: [...given.shape],
    strides: given.strides.map((s) => s / itemsize),
    byte_offset: offset,
    readonly: readonly && copy !== true,
  };
}

const NAMES: Readonly<Record<number, string>> = { 0: 'int', 1: 'uint', 2: 'float', 5: 'complex' };

/** The dtype of a capsule. @throws BufferError for one that is not here */
function dtypeOf({ code, bits, lanes }: DLPackCapsule['dtype']): DType {
  const name = code === 6 && bits === 8 ? 'bool' : `${NAMES[code] ?? 'unknown '}${bits}`;
  if (lanes !== 1 || !Object.hasOwn(byName, name))
    throw new BufferError(`from_dlpack: unsupported dtype (code ${code}, ${bits} bits, ${lanes} lanes)`);
  return (byName as Record<string, DType>)[name];
}

/** The array over a capsule's memory. */
function fromCapsule(c: DLPackCapsule): NDArray {
  if (typeof c !== 'object' || c === null || typeof c.dtype !== 'object')
    throw new BufferError(
      'from_dlpack: __dlpack__ gave no capsule: {data, dtype: {code, bits, lanes}, shape, strides, byte_offset}',
    );
  if (c.version !== undefined && c.version[0] > VERSION[0])
    throw new BufferError(
      'from_dlpack: the exported DLPack major version is too high to be imported by this version of NumPy.',
    );
  const dtype = dtypeOf(c.dtype);
  return fromInterface({
    data: c.data,
    shape: c.shape,
    strides: c.strides?.map((s) => s * dtype.itemsize),
    dtype,
    offset: c.byte_offset,
    readonly: c.readonly,
  }) as NDArray;
}

export interface FromDlpack {
  (x: ArrayValue | DLPackSource, kw?: { device?: 'cpu' | null; copy?: boolean | null }): NDArray;
}

/**
 * An array over the memory of another library's array, of another array, or of a tensor (whose memory is copied at the first write).
 * Anything takes part that has `__dlpack__()`, which gives a capsule (DLPack's fields in an object, the bytes in `data`), and
 * `__dlpack_device__()`, which says `[1, 0]` for memory of the host.
 *
 * @param copy true: always a copy; null: only when needed, which is never; false: never
 * @throws AttributeError for what has no `__dlpack__`; BufferError for dtypes and devices that are not here
 * @example
 * const a = np.zeros(2);
 * np.from_dlpack(a).set(0, 5);
 * a; // → array([5., 0.])
 */
export const from_dlpack: FromDlpack = /*@__PURE__*/ direct<FromDlpack>(
  'from_dlpack',
  'x, /, *, device=None, copy=None',
  (x, device, copy) => {
    checkDevice(device);
    if (!(x instanceof ArrayValue)) {
      if (typeof (x as Partial<DLPackSource> | null)?.__dlpack__ !== 'function')
        throw new AttributeError(`'${describe(x)}' object has no attribute '__dlpack__'`);
      const source = x as DLPackSource;
      if (typeof source.__dlpack_device__ === 'function') {
        const place = source.__dlpack_device__();
        if (place[0] !== 1)
          throw new BufferError(
            `from_dlpack: unsupported device [${place.join(', ')}]; only memory of the host, [1, 0], can be read`,
          );
      }
      return fromCapsule(
        source.__dlpack__({ dl_device: device === null ? null : CPU_DEVICE, copy: copy ?? null, max_version: VERSION }),
      );
    }
    if (!'biufc'.includes(x.dtype.kind))
      throw new BufferError('DLPack only supports signed/unsigned integers, float and complex dtypes.');
    if (!x.dtype.isnative) throw new BufferError('DLPack only supports native byte order.');
    const a = plainArray(toNDArray(x));
    return copy === true ? a.copy() : a.viewOf(a.dtype, a.shape, a.strides, a.offset);
  },
);
