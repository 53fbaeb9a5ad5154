import { type ArrayLike, toArray } from '../../core/coerce.js';
import { EOFError, ValueError } from '../../core/errors.js';
import { deliver, deliverLater, isPath, type Path, type Sink, told, type Written } from '../../core/files.js';
import { fn } from '../../core/signature.js';
import { finish, latePathSource, openSource, pathSource, type Progress, reading, take } from '../../core/source.js';
import type { NDArray } from '../ndarray.js';
import { isNpy, LONGEST_HEADER } from './header.js';
import { openMemmap } from './memmap.js';
import { npyPieces, readNpy } from './npy.js';
import { npzBytes, openNpz } from './npz.js';
import { isZip } from './zip.js';

/** np.save, np.load and archives. */

/** What is read instead of a file's path: bytes, or something that gives them. */
export type Source = Path | Uint8Array | ArrayBuffer | { read(n: number): unknown };
/** What gives bytes later, which makes a promise of what is read. */
export type LateSource =
  | Blob
  | Response
  | ReadableStream
  | AsyncIterable<Uint8Array>
  | { readonly fd: number }
  | Promise<unknown>;
/** What is written to while other things go on. */
export type LateSink = Path | WritableStream | { write(data: Uint8Array): unknown };

export interface LoadKeywords {
  /** Opens a .npy file as a {@link memmap}. */
  mmap_mode?: 'r' | 'r+' | 'w+' | 'c' | null;
  allow_pickle?: boolean;
  fix_imports?: boolean;
  encoding?: string;
  /** Longer headers are refused: parsing them may take long. */
  max_header_size?: number;
  /** Told how many bytes were read, and of how many, where that is known. An error that it throws ends the reading. */
  progress?: Progress | null;
}
export interface Load {
  (file: LateSource, kw?: LoadKeywords): Promise<any>;
  (file: Source, kw?: LoadKeywords): any;
}
export type LoadLate = (file: Source | LateSource, kw?: LoadKeywords) => Promise<any>;

const LOAD = "file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=10000";
export const WATCHED: Readonly<Record<string, unknown>> = { progress: null };

const loadBy =
  (by: string, open: typeof pathSource | typeof latePathSource) =>
  (
    file: unknown,
    mmap: unknown,
    pickles: boolean,
    _fix: unknown,
    encoding: string,
    given: number | bigint,
    progress: Progress | null,
  ): unknown => {
    if (!['ASCII', 'latin1', 'bytes'].includes(encoding))
      throw new ValueError("encoding must be 'ASCII', 'latin1', or 'bytes'");
    const longest = pickles ? Number.MAX_SAFE_INTEGER : Number(given ?? LONGEST_HEADER);
    return finish(
      reading(openSource(file, by, open), progress, function* (s) {
        const magic = yield* take(s, 0, 6);
        if (magic.length === 0) throw new EOFError('No data left in file');
        if (isZip(magic)) return yield* openNpz(s, file, longest);
        if (isNpy(magic)) {
          if (mmap === null) return yield* readNpy(s, longest);
          if (!isPath(file))
            throw new ValueError(
              'Filename must be a string or a path-like object.  Memmap cannot use existing file handles.',
            );
          return openMemmap(file, mmap as string, longest);
        }
        throw new ValueError(
          'This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`.',
        );
      }),
    );
  };

/**
 * The array of a .npy file, or the arrays of a .npz file (an {@link NpzFile}), from a path, from bytes, from an object with a method `read`, or, as a
 * promise, from a Blob, a Response, a stream or a FileHandle. Elements are read into the array's own memory as they come.
 *
 * @param mmap_mode 'r', 'r+', 'c': opens a .npy file as an `np.memmap`
 * @throws FileNotFoundError; ValueError for broken files and for pickled objects; EOFError for empty files; BadZipFile for broken archives
 * @example
 * const file = new interop.BytesIO();
 * np.save(file, np.arange(3));
 * let seen = null;
 * np.load(file.getvalue(), { progress: (done, total) => { seen = [done, total]; } }) // → array([0, 1, 2])
 * seen // → [ 152, 152 ]
 */
export const load: Load = /*@__PURE__*/ fn<Load>('load', LOAD, loadBy('load', pathSource), 'conversion', WATCHED);

/**
 * The same as {@link load}, but a path is read while other things go on: always a promise.
 * @throws as load, by the promise
 * @example
 * const file = new interop.BytesIO();
 * np.save(file, np.arange(3));
 * await np.load_async(file.blob()) // → array([0, 1, 2])
 */
export const load_async: LoadLate = /*@__PURE__*/ late('load_async', LOAD, (by) => loadBy(by, latePathSource));

/** A function whose result is always a promise, which its errors come by, too. */
export function late<T extends (...args: any[]) => Promise<any>>(
  name: string,
  signature: string,
  body: (by: string) => (...bound: any[]) => unknown,
): T {
  const run = body(name);
  const call = fn(name, signature, async (...bound: unknown[]) => run(...bound), 'conversion', WATCHED);
  return call as never;
}

export interface SaveKeywords {
  allow_pickle?: boolean;
  /** Told how many bytes were written, and of how many. */
  progress?: Progress | null;
}

const SAVE = 'file, arr, allow_pickle=True';
const arrayPieces = (arr: unknown, progress: Written): Iterable<Uint8Array> => {
  const a = toArray(arr) as NDArray;
  const pieces = [...npyPieces(a)];
  return told(pieces, pieces[0].length + a.nbytes, progress);
};

/**
 * Writes an array in the format .npy, as NumPy does byte for byte: to a path, to which '.npy' is added where it does not end so, or to something with
 * a method `write`.
 *
 * @throws ValueError for arrays of objects; OSError
 * @example
 * const file = new interop.BytesIO();
 * np.save(file, np.zeros(2));
 * file.getvalue().length // → 144
 */
export const save: (file: Path | Sink, arr: ArrayLike, kw?: SaveKeywords) => void = /*@__PURE__*/ fn(
  'save',
  SAVE,
  (file: unknown, arr: unknown, _pickle: boolean, progress: Written) => {
    deliver(file, '.npy', arrayPieces(arr, progress), 'save');
  },
  'host',
  WATCHED,
);

/**
 * The same as {@link save}, but written while other things go on, also to a WritableStream, a FileHandle or a stream of Node's. The array must not change
 * meanwhile.
 * @throws as save, by the promise
 * @example
 * const file = new interop.BytesIO();
 * await np.save_async(file, np.zeros(2));
 * file.getvalue().length // → 144
 */
export const save_async: (file: LateSink | Promise<unknown>, arr: ArrayLike, kw?: SaveKeywords) => Promise<void> =
  /*@__PURE__*/ late(
    'save_async',
    SAVE,
    (by) => (file, arr, _pickle, progress) => deliverLater(file, '.npy', arrayPieces(arr, progress), by),
  );

/** Arrays by the names of keywords, others as arr_0, arr_1, … */
function named(arrays: readonly unknown[], keywords: Readonly<Record<string, unknown>>): Map<string, NDArray> {
  const all = new Map<string, NDArray>();
  for (const [k, v] of Object.entries(keywords)) all.set(k, toArray(v) as NDArray);
  arrays.forEach((v, i) => {
    if (all.has(`arr_${i}`)) throw new ValueError(`Cannot use un-named variables and keyword arr_${i}`);
    all.set(`arr_${i}`, toArray(v) as NDArray);
  });
  return all;
}

const SAVEZ = 'file, *args, allow_pickle=True, **kwds';
const archive =
  (by: string, compress: boolean) =>
  (file: unknown, arrays: readonly unknown[], _pickle: unknown, keywords: Readonly<Record<string, unknown>>): void =>
    deliver(file, '.npz', [npzBytes(named(arrays, keywords), compress)], by);
export type SaveArchive = (
  file: Path | Sink,
  ...arrays: readonly (ArrayLike | Readonly<Record<string, ArrayLike>>)[]
) => void;
export type SaveArchiveLate = (
  file: LateSink | Promise<unknown>,
  ...arrays: readonly (ArrayLike | Readonly<Record<string, ArrayLike>>)[]
) => Promise<void>;

/**
 * Writes several arrays into one archive, .npz: by the names of keywords, others as arr_0, arr_1, …
 * @throws ValueError for arrays of objects, and names given twice; OverflowError for more than 4 GiB; OSError
 * @example
 * const file = new interop.BytesIO();
 * np.savez(file, np.arange(2), { x: np.ones(1) });
 * np.load(file.getvalue()).files // → [ 'x', 'arr_0' ]
 */
export const savez: SaveArchive = /*@__PURE__*/ fn('savez', SAVEZ, archive('savez', false), 'host');

/**
 * Writes several arrays into one compressed archive, .npz.
 * @throws ValueError for arrays of objects, and names given twice; OverflowError for more than 4 GiB; OSError
 * @example
 * const file = new interop.BytesIO();
 * np.savez_compressed(file, { x: np.zeros(1000) });
 * np.load(file.getvalue()).at('x').shape // → [ 1000 ]
 */
export const savez_compressed: SaveArchive = /*@__PURE__*/ fn(
  'savez_compressed',
  SAVEZ,
  archive('savez_compressed', true),
  'host',
);

const lateArchive = (name: string, compress: boolean): SaveArchiveLate =>
  fn(
    name,
    SAVEZ,
    async (file: unknown, arrays: readonly unknown[], _pickle: unknown, keywords: Readonly<Record<string, unknown>>) =>
      deliverLater(file, '.npz', [npzBytes(named(arrays, keywords), compress)], name),
    'conversion',
  ) as never;

/**
 * The same as {@link savez}, also to a WritableStream, a FileHandle or a stream of Node's.
 * @throws as savez, by the promise
 * @example
 * const file = new interop.BytesIO();
 * await np.savez_async(file, { x: np.ones(1) });
 * np.load(file.getvalue()).files // → [ 'x' ]
 */
export const savez_async: SaveArchiveLate = /*@__PURE__*/ lateArchive('savez_async', false);

/**
 * The same as {@link savez_compressed}, also to a WritableStream, a FileHandle or a stream of Node's.
 * @throws as savez_compressed, by the promise
 * @example
 * const file = new interop.BytesIO();
 * await np.savez_compressed_async(file, { x: np.zeros(1000) });
 * file.getvalue().length < 1000 // → true
 */
export const savez_compressed_async: SaveArchiveLate = /*@__PURE__*/ lateArchive('savez_compressed_async', true);
