import { type ArrayLike, toArray } from '../../core/coerce.js';
import { asDtype, type DType, type DTypeLike, float64 } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { isPath, type Path, type Sink } from '../../core/files.js';
import { fn, isKeywords } from '../../core/signature.js';
import { type ByteSource, finish, openSource, reading, type Reading } from '../../core/source.js';
import type { NDArray } from '../ndarray.js';
import type { Source } from './arrays.js';
import {
  ALIGN,
  checkVersion,
  descrOf,
  dtypeFrom,
  GROWTH,
  type Header,
  headerBytes,
  type HeaderData,
  LONGEST_HEADER,
  MAGIC,
  readHeaderOf,
  readMagic,
  type Version,
} from './header.js';
import { createMemmap, type Memmap, openMemmap } from './memmap.js';
import { headerData, npyPieces, readNpy } from './npy.js';

/**
 * np.lib.format: the format .npy in its parts. Files are objects with methods `read(n)` and `write(bytes)` that stand where the next part is, as
 * `interop.BytesIO`; what is read may be bytes or a path as well.
 */

/** What a .npy file begins with. */
export const MAGIC_PREFIX: Uint8Array = MAGIC.slice();
export const MAGIC_LEN = 8;
/** Elements begin at a multiple of this. */
export const ARRAY_ALIGN: number = ALIGN;
export const BUFFER_SIZE: number = 2 ** 18;
export const GROWTH_AXIS_MAX_DIGITS: number = GROWTH;
export const EXPECTED_KEYS: ReadonlySet<string> = new Set(['descr', 'fortran_order', 'shape']);

/** What a reader makes of a file, from where it stands on. */
const readFrom = <T>(fp: unknown, by: string, f: (s: ByteSource) => Reading<T>): T =>
  finish(reading(openSource(fp, by), null, f)) as T;

/**
 * The magic number of a version.
 * @throws ValueError for numbers that are no byte
 * @example np.lib.format.magic(1, 0) // → Uint8Array(8) [
 * //     147, 78, 85, 77,
 * //      80, 89,  1,  0
 * //   ]
 */
export const magic: (major: number, minor: number) => Uint8Array = /*@__PURE__*/ fn(
  'magic',
  'major, minor',
  (...given: (number | bigint)[]) => {
    const [major, minor] = given.map(Number);
    if (major < 0 || major > 255) throw new ValueError('major version must be 0 <= major < 256');
    if (minor < 0 || minor > 255) throw new ValueError('minor version must be 0 <= minor < 256');
    return Uint8Array.of(...MAGIC, major, minor);
  },
  'conversion',
);

/**
 * The version that a file says it has.
 * @throws ValueError where it is no .npy file
 * @example np.lib.format.read_magic(np.lib.format.magic(2, 0)) // → [ 2, 0 ]
 */
export const read_magic: (fp: Source) => Version = /*@__PURE__*/ fn(
  'read_magic',
  'fp',
  (fp: unknown) => readFrom(fp, 'read_magic', (s) => readMagic(s, 0)),
  'conversion',
);

/**
 * What a header has of a dtype: its code, or the list of its fields.
 * @example np.lib.format.dtype_to_descr(np.dtype('float32')) // → '<f4'
 */
export const dtype_to_descr: (dtype: DTypeLike) => any = /*@__PURE__*/ fn(
  'dtype_to_descr',
  'dtype',
  (given: DTypeLike) => {
    const d = asDtype(given);
    const plain = bare(d);
    if (plain !== d)
      warn(
        'UserWarning',
        'metadata on a dtype is not saved to an npy/npz. Use another format (such as pickle) to store it.',
      );
    return descrOf(plain);
  },
  'conversion',
);

/**
 * The dtype that a description stands for: fields without a name that are raw memory are gaps.
 * @throws TypeError, ValueError
 * @example np.lib.format.descr_to_dtype([['x', '<i4'], ['', '|V4'], ['y', '<f8']]).itemsize // → 16
 */
export const descr_to_dtype: (descr: unknown) => DType = /*@__PURE__*/ fn(
  'descr_to_dtype',
  'descr',
  (descr: unknown) => dtypeFrom(descr),
  'conversion',
);

/**
 * The dtype without metadata, which files do not keep.
 * @example np.lib.format.drop_metadata(np.dtype('i4')) // → dtype('int32')
 */
export const drop_metadata: (dtype: DType) => DType = /*@__PURE__*/ fn(
  'drop_metadata',
  'dtype, /',
  (d: DType) => bare(d),
  'conversion',
);

/** A dtype made anew of its description, where something in it has metadata. */
function bare(d: DType): DType {
  const has = (x: DType): boolean =>
    (x as { metadata?: unknown }).metadata != null ||
    (x.subdtype !== null && has((x.subdtype as unknown as [DType])[0])) ||
    (x.layout?.some((f) => has(f.dtype)) ?? false);
  if (!has(d)) return d;
  if (d.subdtype !== null) {
    const [base, shape] = d.subdtype as unknown as [DType, readonly number[]];
    return asDtype([bare(base), shape] as never);
  }
  if (d.layout === null) return asDtype(d.str);
  return asDtype({
    names: d.names,
    formats: d.layout.map((f) => bare(f.dtype)),
    offsets: d.layout.map((f) => f.offset),
    titles: d.layout.map((f) => (f as { title?: unknown }).title ?? null),
    itemsize: d.itemsize,
  } as never);
}

/**
 * What the header of an array's file says: `descr`, `fortran_order`, `shape`.
 * @example np.lib.format.header_data_from_array_1_0(np.zeros([2, 3])).shape // → [ 2, 3 ]
 */
export const header_data_from_array_1_0: (array: ArrayLike) => HeaderData = /*@__PURE__*/ fn(
  'header_data_from_array_1_0',
  'array',
  (a: unknown) => headerData(toArray(a) as NDArray),
  'conversion',
);

const dictOf = (d: unknown): HeaderData => {
  const x = d as { descr?: unknown; fortran_order?: unknown; shape?: unknown } | Map<string, unknown>;
  const at = (k: 'descr' | 'fortran_order' | 'shape'): unknown => (x instanceof Map ? x.get(k) : x[k]);
  return {
    descr: at('descr'),
    fortran_order: Boolean(at('fortran_order')),
    shape: (at('shape') as readonly number[]).map(Number),
  };
};

const writer =
  (version: Version) =>
  (fp: Sink, d: unknown): void => {
    fp.write(headerBytes(dictOf(d), version));
  };
export type WriteHeader = (fp: Sink, d: HeaderData) => void;

/**
 * Writes a header of version 1.0, which has room for 64 KiB.
 * @throws ValueError where that is not enough
 * @example
 * const file = new interop.BytesIO();
 * np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(np.zeros(2)));
 * file.tell() // → 128
 */
// Keywords would be taken for a call's: the header is a plain object itself.
export const write_array_header_1_0: WriteHeader = /*@__PURE__*/ plain(
  'write_array_header_1_0',
  'fp, d',
  writer([1, 0]),
);

/**
 * Writes a header of version 2.0, which has room for 4 GiB.
 * @example
 * const file = new interop.BytesIO();
 * np.lib.format.write_array_header_2_0(file, np.lib.format.header_data_from_array_1_0(np.zeros(2)));
 * file.getvalue()[6] // → 2
 */
export const write_array_header_2_0: WriteHeader = /*@__PURE__*/ plain(
  'write_array_header_2_0',
  'fp, d',
  writer([2, 0]),
);

/** A function whose last argument is a plain object. */
function plain(name: string, signature: string, body: (fp: Sink, d: unknown) => void): any {
  const inner = fn(name, signature, body, 'conversion');
  const call = (...args: unknown[]): unknown => {
    if (args.length === 2 && isKeywords(args[1])) return body(args[0] as Sink, args[1]);
    return inner(...args);
  };
  Object.defineProperty(call, 'name', { value: name });
  return Object.assign(call, { functionName: name, kind: 'conversion', signature, body, defaults: undefined });
}

export interface HeaderKeywords {
  max_header_size?: number;
}
export type ReadHeader = (
  fp: Source,
  max_header_size?: number | HeaderKeywords,
) => [shape: number[], fortran_order: boolean, dtype: DType];
const headerReader = (name: string, version: Version): any =>
  fn(
    name,
    `fp, max_header_size=${LONGEST_HEADER}`,
    (fp: unknown, longest: number | bigint) => {
      const h: Header = readFrom(fp, name, (s) => readHeaderOf(s, 0, version, Number(longest)));
      return [[...h.shape], h.fortran, h.dtype];
    },
    'conversion',
  );

/**
 * Shape, order and dtype from a file that stands behind the magic number, of version 1.0.
 * @throws ValueError
 * @example
 * const file = new interop.BytesIO();
 * np.save(file, np.zeros([2, 3]));
 * file.seek(8);
 * np.lib.format.read_array_header_1_0(file) // → [ [ 2, 3 ], false, dtype('float64') ]
 */
export const read_array_header_1_0: ReadHeader = /*@__PURE__*/ headerReader('read_array_header_1_0', [1, 0]);
/**
 * Shape, order and dtype from a file that stands behind the magic number, of version 2.0.
 * @throws ValueError
 * @example
 * const file = new interop.BytesIO();
 * np.lib.format.write_array(file, np.zeros(4), [2, 0]);
 * file.seek(8);
 * np.lib.format.read_array_header_2_0(file)[0] // → [ 4 ]
 */
export const read_array_header_2_0: ReadHeader = /*@__PURE__*/ headerReader('read_array_header_2_0', [2, 0]);

/**
 * Writes an array with its header.
 * @param version [1, 0], [2, 0] or [3, 0]; the first that can hold it unless given
 * @throws ValueError for other versions, what a version cannot hold, and objects
 * @example
 * const file = new interop.BytesIO();
 * np.lib.format.write_array(file, np.arange(3), [2, 0]);
 * np.load(file.getvalue()) // → array([0, 1, 2])
 */
export const write_array: (
  fp: Sink,
  array: ArrayLike,
  version?: Version | null | { version?: Version | null; allow_pickle?: boolean; pickle_kwargs?: unknown },
  allow_pickle?: boolean,
  pickle_kwargs?: unknown,
) => void = /*@__PURE__*/ fn(
  'write_array',
  'fp, array, version=None, allow_pickle=True, pickle_kwargs=None',
  (fp: Sink, a: unknown, version: unknown) => {
    if (typeof fp?.write !== 'function') throw new TypeError('write_array: fp must have a method write');
    for (const b of npyPieces(toArray(a) as NDArray, checkVersion(version))) fp.write(b);
  },
  'conversion',
);

/**
 * The array that a file has next.
 * @throws ValueError for what is no array, and for objects
 * @example
 * const file = new interop.BytesIO();
 * np.lib.format.write_array(file, np.arange(3));
 * file.seek(0);
 * np.lib.format.read_array(file) // → array([0, 1, 2])
 */
export const read_array: (
  fp: Source,
  allow_pickle?: boolean | (HeaderKeywords & { allow_pickle?: boolean }),
  pickle_kwargs?: unknown,
  kw?: HeaderKeywords,
) => any = /*@__PURE__*/ fn(
  'read_array',
  `fp, allow_pickle=False, pickle_kwargs=None, *, max_header_size=${LONGEST_HEADER}`,
  (fp: unknown, pickles: boolean, _kw: unknown, longest: number | bigint) =>
    readFrom(fp, 'read_array', (s) => readNpy(s, pickles ? Number.MAX_SAFE_INTEGER : Number(longest))),
  'conversion',
);

export interface OpenMemmap {
  (filename: Path, kw?: OpenMemmapKeywords): Memmap;
  (
    filename: Path,
    mode: string,
    dtype?: DTypeLike | null,
    shape?: readonly number[] | null,
    fortran_order?: boolean,
    version?: Version | null,
    kw?: HeaderKeywords,
  ): Memmap;
  (filename: Path, mode: string, kw: OpenMemmapKeywords): Memmap;
}
export interface OpenMemmapKeywords extends HeaderKeywords {
  mode?: string;
  dtype?: DTypeLike | null;
  shape?: readonly number[] | number | null;
  fortran_order?: boolean;
  version?: Version | null;
}

/**
 * A .npy file as an {@link memmap}: one that is there, or with the mode 'w+' a new one of a dtype and a shape.
 * @throws ValueError for what is no .npy file, and for objects; FileNotFoundError
 * @example
 * const path = `${require('node:os').tmpdir()}/numbridge-example-${process.pid}.npy`;
 * using map = np.lib.format.open_memmap(path, 'w+', { dtype: 'int16', shape: [3] });
 * map.set([0], 5);
 * map.flush();
 * np.load(path) // → array([5, 0, 0], dtype=int16)
 */
export const open_memmap: OpenMemmap = /*@__PURE__*/ fn<OpenMemmap>(
  'open_memmap',
  `filename, mode='r+', dtype=None, shape=None, fortran_order=False, version=None, *, max_header_size=${LONGEST_HEADER}`,
  (
    file: unknown,
    mode: string,
    dtype: DTypeLike | null,
    shape: unknown,
    fortran: boolean,
    version: unknown,
    longest: number | bigint,
  ) => {
    if (!isPath(file))
      throw new ValueError(
        'Filename must be a string or a path-like object.  Memmap cannot use existing file handles.',
      );
    if (!mode.includes('w')) return openMemmap(file, mode, Number(longest));
    const v = checkVersion(version);
    const d = dtype === null ? float64 : asDtype(dtype);
    if (d.hasobject) throw new ValueError("Array can't be memory-mapped: Python objects in dtype.");
    if (shape === null) throw new TypeError("object of type 'NoneType' has no len()");
    return createMemmap(file, d, (Array.isArray(shape) ? shape : [shape]).map(Number), fortran, v);
  },
  'conversion',
);

/**
 * Whether something is an open file of the system, as Node's FileHandle.
 * @example np.lib.format.isfileobj(new Uint8Array(3)) // → false
 */
export const isfileobj: (f: unknown) => boolean = /*@__PURE__*/ fn(
  'isfileobj',
  'f',
  (f: unknown) => typeof (f as { fd?: unknown } | null)?.fd === 'number',
  'conversion',
);
