import type { ArrayValue } from '../core/array.js';
import { CONTAINER, host, type TypedArray } from '../core/device/access.js';
import { ValueError } from '../core/errors.js';
import { byteBounds } from '../core/view.js';
import { NDArray } from './ndarray.js';

/** Memory handed out to others, without a copy. */

/** Memory that was handed out lives as long as the window on it does. */
const kept = new WeakMap<object, ArrayValue>();
export function keep<W extends object>(window: W, a: ArrayValue): W {
  kept.set(window, a);
  return window;
}

/** Makes an array's memory its own, since somebody outside may write it from here on: it is shared with no tensor. */
export function handOut(a: ArrayValue, by: string): void {
  if (!(a instanceof NDArray)) throw new ValueError(`${by}: tensors are immutable, their memory cannot be handed out`);
  a.storage.own(by);
  a.buffer.exposed = true;
}

/**
 * The bytes that an array's elements lie in, and where among them the first one is.
 *
 * Who may write is given memory of the array's own: a tensor that shares it keeps what it had (a copy, which the ledger shows). Who only reads
 * shares with tensors, too.
 */
export function sharedBytes(a: ArrayValue, by: string, writes: boolean): { bytes: Uint8Array; offset: number } {
  if (writes) handOut(a, by);
  const { bytes } = host(a.buffer, by);
  const [lo, hi] = a.size === 0 ? [a.offset, a.offset] : byteBounds(a.shape, a.strides, a.offset, a.dtype.itemsize);
  return { bytes: keep(bytes.subarray(lo, hi), a), offset: a.offset - lo };
}

/** A typed array over the memory that an array lies in; distances are counted in its elements (for complex numbers: in halves). */
export interface SharedElements {
  readonly data: TypedArray;
  readonly offset: number;
  readonly strides: readonly number[];
}

/**
 * The same as a typed array of the dtype's container.
 * @throws ValueError where elements do not lie at multiples of their size, or are no numbers
 */
export function sharedElements(a: ArrayValue, by: string, writes: boolean): SharedElements {
  if (a.dtype.index < 0 || !a.dtype.isnative)
    throw new ValueError(
      `${by}: elements of dtype ${a.dtype.name} lie in no typed array; cast the array with a.astype(…) first`,
    );
  const { bytes, offset } = sharedBytes(a, by, writes);
  const make = CONTAINER[a.dtype.part];
  const size = make.BYTES_PER_ELEMENT;
  if ((bytes.byteOffset + offset) % size !== 0 || a.strides.some((s, d) => s % size !== 0 && a.shape[d] > 1))
    throw new ValueError(`${by}: elements do not lie at multiples of ${size} bytes; make a copy with a.copy() first`);
  const start = offset % size;
  const data = new make(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset + start,
    Math.floor((bytes.byteLength - start) / size),
  );
  return {
    data: keep(data as TypedArray, a),
    offset: (offset - start) / size,
    strides: a.strides.map((s) => s / size),
  };
}
