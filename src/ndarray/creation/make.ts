import { ArrayValue, defaultFace, type Face } from '../../core/array.js';
import { toArray } from '../../core/coerce.js';
import { isHost } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { zeroObjects } from '../../core/device/elements.js';
import { hostDevice } from '../../core/device/registry.js';
import { ARRAY_FUNCTION, type PublicFunction } from '../../core/dispatch.js';
import {
  type DTypeArg,
  type DTypeText,
  asDtype,
  type DType,
  type DTypeLike,
  type DTypeName,
  float64,
  isNumber,
  nativeOf,
} from '../../core/dtype.js';
import { MemoryError, TypeError, ValueError } from '../../core/errors.js';
import { repr } from '../../core/python/repr.js';
import { Storage } from '../../core/memory.js';
import { castTo } from '../../core/ops/move.js';
import { settled } from '../../core/scalars/settle.js';
import { fn, parseSignature } from '../../core/signature.js';
import { asShape, fStrides, sizeOf, asOrder } from '../../core/view.js';
import { NDArray } from '../ndarray.js';

/** What the functions that make arrays share. */

export type ShapeLike = number | bigint | readonly (number | bigint)[];
export type Order = 'C' | 'F' | 'A' | 'K';

/** Keywords of the functions that fill a shape. */
export interface ShapeKeywords<N extends DTypeText = DTypeName> {
  dtype?: DTypeArg<N> | null;
  order?: 'C' | 'F';
  /** Only 'cpu', as in NumPy. */
  device?: 'cpu' | null;
  like?: unknown;
}

/** Declares a public function that makes NDArrays out of anything, whatever the classes of its arguments. */
export const direct = <T extends (...args: any[]) => any>(
  name: string,
  signature: string,
  body: (...bound: any[]) => any,
  defaults?: Readonly<Record<string, unknown>>,
): T & PublicFunction => {
  const made = NATIVE_FIRST.has(name) ? nativeFirst(signature, body) : body;
  return fn<T>(name, signature, /\blike=None$/.test(signature) ? likeChecked(made) : made, 'conversion', defaults);
};

/** Declares a public function that reads values in the host's memory. */
export const hosted = <T extends (...args: any[]) => any>(
  name: string,
  signature: string,
  body: (...bound: any[]) => any,
): T & PublicFunction => fn<T>(name, signature, body, 'host');

/** Arrays and tensors are all that has the protocol here. @throws TypeError for any other `like` */
export function checkLike(like: unknown): void {
  if (like === null || like === undefined || like instanceof ArrayValue) return;
  if (typeof like !== 'object' || !(ARRAY_FUNCTION in like))
    throw new TypeError('The `like` argument must be an array-like that implements the `__array_function__` protocol.');
}

/** `like` comes last. */
const likeChecked =
  (body: (...bound: any[]) => any): ((...bound: any[]) => any) =>
  (...bound) => {
    checkLike(bound[bound.length - 1]);
    return body(...bound);
  };

/** Functions that compute elements where they go: for the other byte order they compute native ones, which are then turned. */
const NATIVE_FIRST: ReadonlySet<string> = /*@__PURE__*/ new Set(['arange', 'eye', 'tri', 'identity', 'fromiter']);

function nativeFirst(signature: string, body: (...bound: any[]) => any): (...bound: any[]) => any {
  let at = -1;
  return (...bound) => {
    if (at < 0) at = parseSignature(signature).findIndex((p) => p.name === 'dtype');
    const given = bound[at];
    const d = given === null || given === undefined ? null : asDtype(given as DTypeLike);
    if (d === null || d.isnative || !isNumber(d)) return body(...bound);
    const args = bound.slice();
    args[at] = nativeOf(d);
    return castTo(body(...args), d);
  };
}

/** A dtype argument; null and undefined mean float64. */
export const dtypeOr = (d: unknown, otherwise: DType = float64): DType =>
  d === null || d === undefined ? otherwise : asDtype(d as DTypeLike);

/** @throws ValueError for a device that is not 'cpu' */
export function checkDevice(device: unknown): void {
  if (device !== null && device !== undefined && device !== 'cpu')
    throw new ValueError(`Device not understood. Only "cpu" is allowed, but received: ${String(device)}`);
}

/** Memory order of a fresh array: 'C' or 'F', nothing else. */
export function asLayout(order: unknown): 'C' | 'F' {
  const o = asOrder(order, 'C');
  if (o === 'C' || o === 'F') return o;
  throw new ValueError("only 'C' or 'F' order is permitted");
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `6.94 EiB`: a size as NumPy's memory errors have it. */
function sizeText(nbytes: number): string {
  let unit = 0;
  let n = nbytes;
  while (n >= 1024 && unit < UNITS.length - 1) {
    n /= 1024;
    unit++;
  }
  if (unit === 0) return `${n} bytes`;
  return `${n < 10 ? n.toFixed(2) : n < 100 ? n.toFixed(1) : n.toFixed(0)}. `.replace(/\. $/, '') + ` ${UNITS[unit]}`;
}

/**
 * Fresh memory for an array.
 * @throws MemoryError `Unable to allocate 6.94 EiB for an array with shape (…) and data type float64`
 */
export function newArray(
  outer: readonly number[],
  given: DType,
  order: 'C' | 'F' = 'C',
  zero = false,
  face: Face = defaultFace(),
): NDArray {
  // Text of no length given is of one character; an array of sub-arrays has their axes.
  const dtype = settled(given.base, []);
  const shape = given.subdtype === null ? outer : [...outer, ...given.subdtype[1]];
  const nbytes = sizeOf(shape) * dtype.itemsize;
  if (nbytes >= 2 ** 63)
    throw new ValueError('array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.');
  let buffer: HostBuffer;
  try {
    if (nbytes > 2 ** 46) throw new MemoryError('');
    buffer = hostDevice().allocate(nbytes) as HostBuffer;
  } catch (e) {
    if (!(e instanceof MemoryError) && !(e instanceof RangeError)) throw e;
    throw new MemoryError(
      `Unable to allocate ${sizeText(nbytes)} for an array with shape (${shape.join(', ')}${shape.length === 1 ? ',' : ''}) and data type ${dtype.name}`,
    );
  }
  if (zero && dtype.hasobject) zeroObjects(buffer, dtype);
  else if (zero || dtype.hasobject) buffer.bytes.fill(0);
  const f = order === 'F' && shape.length > 1;
  return face.fresh(buffer, dtype, shape, f ? fStrides(shape, dtype.itemsize) : undefined) as NDArray;
}

/** A shape argument. @throws TypeError `expected a sequence of integers or a single integer, got '2.5'` */
export function readShape(shape: unknown): number[] {
  if (typeof shape === 'number' && !Number.isInteger(shape))
    throw new TypeError(`expected a sequence of integers or a single integer, got '${shape}'`);
  if (shape === null || shape === undefined || typeof shape === 'string' || typeof shape === 'boolean') {
    throw new TypeError(
      `expected a sequence of integers or a single integer, got '${shape === undefined ? 'None' : typeof shape === 'string' ? shape : repr(shape)}'`,
    );
  }
  if (shape instanceof ArrayValue) {
    if (shape.dtype.kind !== 'i' && shape.dtype.kind !== 'u')
      throw new TypeError("'numpy.float64' object cannot be interpreted as an integer");
    if (shape.ndim === 0) return asShape(Number(shape.valueOf()));
    return asShape([...(shape as unknown as Iterable<number>)].map(Number));
  }
  return asShape(shape as number);
}

/**
 * Anything as an NDArray, without a copy where it is one. A tensor in host memory gives an array over the tensor's own buffer, which
 * is copied at the first write.
 * @throws TypeError for data that cannot be an array, and for tensors whose memory the host cannot reach
 */
export function toNDArray(x: unknown, dtype: DType | null = null): NDArray {
  const a = toArray(x, dtype);
  if (a instanceof NDArray) return a;
  if (!isHost(a.buffer)) {
    throw new TypeError(
      `array: the operand lives on ${a.buffer.device.name}; move it with t.to('cpu') or await t.data() first`,
    );
  }
  return new NDArray(new Storage(a.buffer), a.dtype, [...a.shape], [...a.strides], a.offset, null, true);
}
