import { toArray } from '../../core/coerce.js';
import { EOFError, NotImplementedError, ValueError } from '../../core/errors.js';
import { bytesOf, deliver, isPath, type Path, type Sink, whenRead } from '../../core/files.js';
import { fn } from '../../core/signature.js';
import type { ArrayLike } from '../../core/coerce.js';
import type { NDArray } from '../ndarray.js';
import { isNpy, LONGEST_HEADER, npyBytes, readNpy } from './npy.js';
import { isZip, NpzFile, npzBytes } from './npz.js';

/** np.save, np.load and archives. */

/** What is read instead of a file's path: bytes, or something that gives bytes later. */
export type Source = Path | Uint8Array | ArrayBuffer | { read(): unknown };
export type LateSource = Blob | Response | Promise<unknown>;

export interface LoadKeywords {
  mmap_mode?: null;
  allow_pickle?: boolean;
  fix_imports?: boolean;
  encoding?: string;
  /** Longer headers are refused: parsing them may take long. */
  max_header_size?: number;
}
export interface Load {
  (file: LateSource, kw?: LoadKeywords): Promise<any>;
  (file: Source, kw?: LoadKeywords): any;
}

/**
 * The array of a .npy file, or the arrays of a .npz file (an {@link NpzFile}), from a path, from bytes, or, as a promise, from a Blob or a Response.
 *
 * @throws FileNotFoundError; ValueError for broken files and for pickled objects; EOFError for empty files
 * @example
 * const bytes = [];
 * np.save({ write: (b) => bytes.push(b) }, np.arange(3));
 * np.load(bytes[0]) // → array([0, 1, 2])
 */
export const load: Load = /*@__PURE__*/ fn<Load>(
  'load',
  "file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=10000",
  (file: unknown, mmap: unknown, pickles: boolean, _fix: unknown, encoding: string, given: number | bigint) => {
    if (!['ASCII', 'latin1', 'bytes'].includes(encoding))
      throw new ValueError("encoding must be 'ASCII', 'latin1', or 'bytes'");
    if (mmap !== null) throw new NotImplementedError('load: files cannot be mapped into memory; leave out mmap_mode');
    const longest = pickles ? Number.POSITIVE_INFINITY : Number(given ?? LONGEST_HEADER);
    return whenRead(bytesOf(file, 'load'), (b) => {
      if (b.length === 0) throw new EOFError('No data left in file');
      if (isZip(b)) return new NpzFile(b, isPath(file) ? String(file) : 'object', longest);
      if (isNpy(b)) return readNpy(b, longest);
      throw new ValueError(
        'This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`.',
      );
    });
  },
  'conversion',
);

/**
 * Writes an array in the format .npy, as NumPy does byte for byte: to a path, to which '.npy' is added where it does not end so, or to something with
 * a method `write`.
 *
 * @throws ValueError for arrays of objects; OSError
 * @example
 * let size = 0;
 * np.save({ write: (bytes) => { size = bytes.length; } }, np.zeros(2));
 * size // → 144
 */
export const save: (file: Path | Sink, arr: ArrayLike, kw?: { allow_pickle?: boolean }) => void = /*@__PURE__*/ fn(
  'save',
  'file, arr, allow_pickle=True',
  (file: unknown, arr: unknown) => {
    deliver(file, '.npy', npyBytes(toArray(arr) as NDArray), 'save');
  },
  'host',
);

const archive =
  (by: string, compress: boolean) =>
  (file: unknown, arrays: readonly unknown[], _pickle: unknown, named: Readonly<Record<string, unknown>>): void => {
    const all: Record<string, NDArray> = {};
    for (const [k, v] of Object.entries(named)) all[k] = toArray(v) as NDArray;
    arrays.forEach((v, i) => {
      if (Object.hasOwn(all, `arr_${i}`)) throw new ValueError(`Cannot use un-named variables and keyword arr_${i}`);
      all[`arr_${i}`] = toArray(v) as NDArray;
    });
    deliver(file, '.npz', npzBytes(all, compress), by);
  };
export type SaveArchive = (
  file: Path | Sink,
  ...arrays: readonly (ArrayLike | Readonly<Record<string, ArrayLike>>)[]
) => void;

/**
 * Writes several arrays into one archive, .npz: by the names of keywords, others as arr_0, arr_1, …
 * @throws ValueError for arrays of objects, and names given twice; OSError
 * @example
 * const chunks = [];
 * np.savez({ write: (b) => chunks.push(b) }, np.arange(2), { x: np.ones(1) });
 * np.load(chunks[0]).files // → [ 'x', 'arr_0' ]
 */
export const savez: SaveArchive = /*@__PURE__*/ fn(
  'savez',
  'file, *args, allow_pickle=True, **kwds',
  archive('savez', false),
  'host',
);

/**
 * Writes several arrays into one compressed archive, .npz.
 * @throws ValueError for arrays of objects, and names given twice; OSError
 * @example
 * const chunks = [];
 * np.savez_compressed({ write: (b) => chunks.push(b) }, { x: np.zeros(1000) });
 * np.load(chunks[0]).get('x').shape // → [ 1000 ]
 */
export const savez_compressed: SaveArchive = /*@__PURE__*/ fn(
  'savez_compressed',
  'file, *args, allow_pickle=True, **kwds',
  archive('savez_compressed', true),
  'host',
);
