import { asDtype, type DTypeLike } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { asArray, copied, type Neighbour, over, type ReadOptions } from './neighbour.js';

/** Plain memory: ArrayBuffers, DataViews, and Blobs, which have to be waited for. Node's Buffers are typed arrays. */

const isBuffer = (x: any): boolean => {
  const tag = Object.prototype.toString.call(x);
  return tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]' || tag === '[object DataView]';
};
const isBlob = (x: any): boolean =>
  typeof x.arrayBuffer === 'function' && typeof x.size === 'number' && typeof x.slice === 'function';

/** How memory is read. */
export interface ByteOptions extends ReadOptions {
  /** uint8 unless given. */
  readonly dtype?: DTypeLike;
}

export const bytes: Neighbour = {
  name: 'memory',
  knows: isBuffer,
  read: (x: ArrayBuffer | DataView, { dtype }: ByteOptions) => {
    const d = asDtype(dtype ?? 'uint8');
    if (d.itemsize === 0 || x.byteLength % d.itemsize !== 0)
      throw new ValueError('buffer size must be a multiple of element size');
    return over({ data: x, shape: [x.byteLength / d.itemsize], dtype: d });
  },
};

/** Blobs and files; they are read by `to_array_async` only. */
export const blobs: Neighbour = {
  name: 'Blob',
  knows: isBlob,
  read: () => {
    throw new ValueError('to_array: a Blob cannot be read synchronously; write `await interop.to_array_async(blob)`');
  },
  wait: (x: Blob) => x.arrayBuffer(),
};

/**
 * The elements in C order as a Blob: a copy, since Blobs do not change.
 *
 * @param type its media type
 * @example interop.to_blob(np.arange(3, { dtype: 'uint8' })).size // → 3
 */
export function to_blob(x: unknown, type = 'application/octet-stream'): Blob {
  return runAs('interop.to_blob', () => {
    const a = asArray(x);
    copied('requested', a.nbytes, 'cpu:0', 'Blob');
    return new Blob([a.tobytes() as Uint8Array<ArrayBuffer>], { type });
  });
}
