import { type ArrayLike, toArray } from '../core/coerce.js';
import type { DTypeArg, DTypeText } from '../core/dtype.js';
import { TypeError } from '../core/errors.js';
import { rawPieces } from '../ndarray/files/npy.js';
import { frombuffer } from '../ndarray/creation/from.js';
import type { Known, NDArray } from '../ndarray/ndarray.js';

/** Blobs: bytes without a dtype that a browser holds. Files in them are read by `np.load` and its like. */

/**
 * A Blob's bytes as an array of a dtype and a shape (one axis unless given). The browser hands the bytes over once; the array lies over them.
 * @throws TypeError for what is no Blob; ValueError where the size does not fit, by the promise
 * @example await interop.from_blob(new Blob([Uint8Array.of(1, 0, 2, 0)]), 'int16') // → array([1, 2], dtype=int16)
 */
export const from_blob = async <N extends DTypeText = 'uint8'>(
  blob: Blob,
  dtype?: DTypeArg<N>,
  shape?: readonly number[],
): Promise<NDArray<Known<N>>> => {
  if (typeof blob?.arrayBuffer !== 'function') throw new TypeError('from_blob: expected a Blob');
  const flat = frombuffer(await blob.arrayBuffer(), (dtype ?? 'uint8') as never) as NDArray;
  return (shape === undefined ? flat : flat.reshape(shape as number[])) as NDArray<Known<N>>;
};

/**
 * An array's bytes in C order as a Blob, which has a copy of them.
 * @param type the kind of data that the Blob says it holds
 * @throws TypeError for objects
 * @example interop.to_blob(np.arange(3, { dtype: 'int16' })).size // → 6
 */
export function to_blob(x: ArrayLike, type = 'application/octet-stream'): Blob {
  const a = toArray(x) as NDArray;
  if (a.dtype.hasobject) throw new TypeError('to_blob: objects have no bytes');
  return new Blob([...rawPieces(a)] as never, { type });
}
