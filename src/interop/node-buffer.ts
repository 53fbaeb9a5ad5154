import { type ArrayLike, toArray } from '../core/coerce.js';
import { type DTypeArg, type DTypeName, type DTypeText, uint8 } from '../core/dtype.js';
import { isCContiguous } from '../core/array.js';
import { castTo } from '../core/ops/move.js';
import { NotImplementedError, TypeError } from '../core/errors.js';
import { announce, runAs } from '../core/transfers.js';
import { frombuffer } from '../ndarray/creation/from.js';
import { sharedData } from '../ndarray/indexing/data.js';
import type { Known, NDArray } from '../ndarray/ndarray.js';

/** Node's Buffers: bytes without a dtype. */

/** What is used of a Buffer. */
export type BufferLike = Uint8Array;
interface BufferClass {
  from(memory: ArrayBufferLike, offset: number, length: number): BufferLike;
}

/**
 * A Buffer's bytes as an array of a dtype and a shape (one axis unless given), without a copy: writes go both ways. A Buffer may begin anywhere in the memory
 * that it shares with others; elements may lie unaligned.
 * @throws TypeError for what is no bytes; ValueError where the size does not fit
 * @example
 * const buffer = Buffer.from([1, 0, 2, 0]);
 * const a = interop.from_buffer(buffer, 'int16');
 * a.set([0], 7);
 * [a, buffer[0]] // → [ array([7, 2], dtype=int16), 7 ]
 */
export function from_buffer<N extends DTypeText = 'uint8'>(
  buffer: BufferLike,
  dtype?: DTypeArg<N>,
  shape?: readonly number[],
): NDArray<Known<N>> {
  if (!(buffer instanceof Uint8Array)) throw new TypeError('from_buffer: expected a Buffer or a Uint8Array');
  const flat = frombuffer(buffer, (dtype ?? 'uint8') as never) as NDArray;
  return (shape === undefined ? flat : flat.reshape(shape as number[])) as NDArray<Known<N>>;
}

/**
 * An array's bytes in C order as a Buffer (Node), without a copy where they lie so: writes go both ways.
 * @throws NotImplementedError where there are no Buffers; TypeError for objects
 * @example
 * const a = np.arange(3, { dtype: 'uint8' });
 * const buffer = interop.to_buffer(a);
 * buffer[0] = 9;
 * [a, buffer.length] // → [ array([9, 1, 2], dtype=uint8), 3 ]
 */
export function to_buffer(x: ArrayLike): BufferLike {
  return runAs('to_buffer', () => {
    const Class = (globalThis as { Buffer?: BufferClass }).Buffer;
    if (Class === undefined)
      throw new NotImplementedError('to_buffer: there are no Buffers here; take a.tobytes() or a.data');
    let a = toArray(x) as NDArray<DTypeName>;
    if (a.dtype.hasobject) throw new TypeError('to_buffer: objects have no bytes');
    if (!isCContiguous(a)) {
      announce('order', a.nbytes, 'cpu:0', 'cpu:0');
      a = castTo(a, a.dtype, 'C') as NDArray;
    }
    const window = sharedData(a.viewOf(uint8, [a.nbytes], [1], a.offset) as NDArray);
    const out = Class.from(window.buffer, window.byteOffset, window.byteLength);
    kept.set(out, a);
    return out;
  });
}

/** Memory that was handed out lives as long as the window on it does. */
const kept = new WeakMap<object, NDArray>();
