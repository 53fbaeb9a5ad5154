import type { Face } from '../../core/array.js';
import { cpu } from '../../core/device/cpu/index.js';
import { openMemoryDoor } from '../../core/door.js';
import {
  asDtype,
  type DType,
  type DTypeArg,
  type DTypeLike,
  type DTypeName,
  type DTypeText,
  float64,
  uint8,
} from '../../core/dtype.js';
import { OverflowError, TypeError, ValueError, ZeroDivisionError } from '../../core/errors.js';
import { deliver, isPath, type Path } from '../../core/files.js';
import { hidden, inspectable } from '../../core/inspect.js';
import { finish, pathSource, reading } from '../../core/source.js';
import { typeName } from '../../core/python/kind.js';
import { asOrder, cStrides } from '../../core/view.js';
import { direct } from '../creation/make.js';
import { arrayFace, type Known, NDArray } from '../ndarray.js';
import { descrOf, headerBytes, readHeader, type Version } from './header.js';
import { type FilePart, type Mode, openPart, PartStorage } from './mapping.js';

/** `np.memmap`: arrays over a part of a file. */

/** Operations on maps give plain arrays; views of them are maps. */
const memmapFace: Face = { ...arrayFace, name: 'memmap', priority: -1, ordered: true };

/** The class of what `np.memmap` makes. */
export class Memmap<N extends DTypeName = any> extends NDArray<N> {
  /** The file's path, absolute; a URL where one was given. */
  declare readonly filename: string | URL;
  /** 'r', 'r+', 'w+' or 'c'. */
  declare readonly mode: Mode;

  constructor(
    storage: PartStorage,
    dtype: DType<N>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
    base: NDArray | null,
    writeable: boolean,
    filename: string | URL,
    mode: Mode,
  ) {
    super(storage, dtype, shape, strides, offset, base, writeable);
    hidden(this, 'filename', filename);
    hidden(this, 'mode', mode);
  }
  override get face(): Face {
    return memmapFace;
  }
  override viewOf<M extends DTypeName = N>(
    dtype: DType<M>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ): NDArray<M> {
    const base = (this.base ?? this) as unknown as NDArray;
    const storage = this.storage as PartStorage;
    return new Memmap<M>(storage, dtype, shape, strides, offset, base, this.writeable, this.filename, this.mode);
  }
  /** The part of the file that all views share. */
  get _mmap(): FilePart {
    return (this.storage as PartStorage).part;
  }
  /** Writes what was changed, here and in other views, to the file. @throws FileNotFoundError, OSError */
  flush(): void {
    this._mmap.flush(this.buffer.exposed);
  }
  /** Writes what was changed, and gives the memory back. */
  override dispose(): void {
    if (this.base !== null) return;
    if (this._mmap.writes) this._mmap.end();
    super.dispose();
  }
}
inspectable(Memmap, 'memmap');

const MODES: readonly string[] = ['r', 'c', 'r+', 'w+'];
const EQUIVALENTS: Readonly<Record<string, Mode>> = { readonly: 'r', copyonwrite: 'c', readwrite: 'r+', write: 'w+' };

function modeOf(given: unknown): Mode {
  const mode = typeof given === 'string' && Object.hasOwn(EQUIVALENTS, given) ? EQUIVALENTS[given] : given;
  if (!MODES.includes(mode as string))
    throw new ValueError(
      `mode must be one of [${[...MODES, ...Object.keys(EQUIVALENTS)].map((m) => `'${m}'`).join(', ')}] (got '${String(given)}')`,
    );
  return mode as Mode;
}

/** Lengths of axes as a list: of one for a number. */
function lengthsOf(given: unknown): number[] {
  const list = given instanceof NDArray ? (given.tolist() as unknown) : given;
  return (Array.isArray(list) ? list : [list]).map((n: unknown) => {
    if ((typeof n !== 'number' && typeof n !== 'bigint') || !Number.isInteger(Number(n)))
      throw new TypeError(
        `'${typeof n === 'number' ? 'float' : typeName(n)}' object cannot be interpreted as an integer`,
      );
    return Number(n);
  });
}

/** The path of a file as maps show it. */
function shownPath(file: Path): string | URL {
  if (file instanceof URL) return file;
  if (file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file)) return file;
  const p = (globalThis as { process?: { getBuiltinModule?: (name: string) => { resolve(p: string): string } } })
    .process;
  return p?.getBuiltinModule?.('node:path')?.resolve(file) ?? file;
}

interface Wanted {
  readonly file: unknown;
  readonly dtype: DType;
  readonly mode: Mode;
  readonly offset: number;
  readonly shape: readonly number[] | null;
  readonly fortran: boolean;
}

function mapped({ file, dtype, mode, offset, shape: given, fortran }: Wanted): Memmap {
  if (!isPath(file)) throw new TypeError(`expected str, bytes or os.PathLike object, not ${typeName(file)}`);
  if (mode === 'w+' && given === null) throw new ValueError("shape must be given if mode == 'w+'");
  if (dtype.hasobject) throw new ValueError("Array can't be memory-mapped: Python objects in dtype.");
  const [base, inner] =
    dtype.subdtype === null
      ? [dtype, [] as readonly number[]]
      : (dtype.subdtype as unknown as [DType, readonly number[]]);
  let shape = given ?? [];
  const part = openPart(file, mode, offset, (length) => {
    if (given === null) {
      if (dtype.itemsize === 0) throw new ZeroDivisionError('integer modulo by zero');
      if ((length - offset) % dtype.itemsize !== 0)
        throw new ValueError('Size of available data is not a multiple of the data-type size.');
      shape = [(length - offset) / dtype.itemsize];
    }
    const bytes = shape.reduce((a, b) => a * b, dtype.itemsize);
    if (given !== null && offset + bytes < 0 && mode !== 'r+' && mode !== 'w+')
      throw new OverflowError('memory mapped length must be positive');
    if (shape.some((n) => n < 0)) throw new ValueError('negative dimensions are not allowed');
    if (shape.length + inner.length > 64)
      throw new ValueError(
        `maximum supported dimension for an ndarray is currently 64, found ${shape.length + inner.length}`,
      );
    const end = offset + bytes;
    if (!Number.isSafeInteger(end)) throw new OverflowError('Python int too large to convert to C long');
    return end;
  });
  const full = [...shape, ...inner];
  const strides = fortran ? cStrides([...full].reverse(), base.itemsize).reverse() : cStrides(full, base.itemsize);
  if (offset % base.alignment !== 0) openMemoryDoor();
  const buffer = (cpu.wrap as NonNullable<typeof cpu.wrap>)(part.bytes);
  // Nobody but the library has this memory.
  buffer.exposed = false;
  const storage = new PartStorage(buffer, part);
  return new Memmap(storage, base, full, strides, offset, null, mode !== 'r', shownPath(file), mode);
}

export interface MemmapKeywords<N extends DTypeText = DTypeName> {
  dtype?: DTypeArg<N> | null;
  /** 'r': read only; 'r+' (unless given): read and write; 'w+': a new file; 'c': changes stay in memory. */
  mode?: Mode | 'readonly' | 'readwrite' | 'write' | 'copyonwrite';
  /** Where the array begins in the file, in bytes. */
  offset?: number;
  /** All of the file, as one axis, unless given. */
  shape?: number | readonly number[] | null;
  order?: 'C' | 'F';
}
export interface MemmapConstructor {
  <N extends DTypeText = 'uint8'>(
    filename: Path,
    dtype?: DTypeArg<N> | null,
    mode?: MemmapKeywords['mode'],
    offset?: number,
    shape?: MemmapKeywords['shape'],
    order?: 'C' | 'F',
  ): Memmap<Known<N>>;
  <N extends DTypeText = 'uint8'>(filename: Path, kw: MemmapKeywords<N>): Memmap<Known<N>>;
  new <N extends DTypeText = 'uint8'>(filename: Path, kw?: MemmapKeywords<N>): Memmap<Known<N>>;
  readonly prototype: Memmap;
}
export type memmap = Memmap;

const make = /*@__PURE__*/ direct(
  'memmap',
  "filename, dtype=<class 'numpy.uint8'>, mode='r+', offset=0, shape=None, order='C'",
  (file, dtype, mode, offset, shape, order) =>
    mapped({
      file,
      dtype: dtype === null || dtype === undefined ? (dtype === null ? float64 : uint8) : asDtype(dtype as DTypeLike),
      mode: modeOf(mode),
      offset: Number(offset),
      shape: shape === null || shape === undefined ? null : lengthsOf(shape),
      fortran: asOrder(order, 'C') === 'F',
    }),
);

/**
 * An array over a part of a file (Node only). The part is read when the map is made, and what is written to the array or to views of it goes to the file
 * with `flush()`, `dispose()` or `using`, before numbridge reads the file by its path, when nothing holds the map any more, and at the end of the program.
 * What others write to the file meanwhile is not seen, and is not overwritten where the array was not written.
 *
 * @param dtype uint8 unless given
 * @param mode 'r': read only; 'r+' (unless given): read and write; 'w+': a new file; 'c': changes stay in memory
 * @param offset where the array begins in the file, in bytes
 * @param shape all of the file, as one axis, unless given; a file that is too short becomes longer in the modes 'r+' and 'w+'
 * @throws ValueError for an unknown mode, a size that is no multiple of the dtype's, a file that is too short, objects; FileNotFoundError
 * @example
 * const path = `${require('node:os').tmpdir()}/numbridge-example-${process.pid}`;
 * using map = np.memmap(path, { dtype: 'int16', mode: 'w+', shape: [2, 2] });
 * map.set(['...'], 7);
 * map.flush();
 * np.fromfile(path, 'int16') // → array([7, 7, 7, 7], dtype=int16)
 */
export const memmap: MemmapConstructor = /*@__PURE__*/ Object.assign(
  function (...args: unknown[]): Memmap {
    return make(...args) as Memmap;
  },
  { prototype: Memmap.prototype },
) as never;

/** A .npy file as a map. @throws ValueError for what is none */
export function openMemmap(file: Path, mode: string, longest: number): Memmap {
  const h = finish(reading(pathSource(file, 'memmap'), null, (s) => readHeader(s, 0, longest)));
  const { dtype, shape, fortran, start } = h as Exclude<typeof h, Promise<unknown>>;
  if (dtype.hasobject) throw new ValueError("Array can't be memory-mapped: Python objects in dtype.");
  return mapped({ file, dtype, mode: modeOf(mode), offset: start, shape, fortran });
}

/** A new .npy file as a map. */
export function createMemmap(
  file: Path,
  dtype: DType,
  shape: readonly number[],
  fortran: boolean,
  version: Version | null,
): Memmap {
  const header = headerBytes({ descr: descrOf(dtype), fortran_order: fortran, shape }, version);
  deliver(file, '', [header], 'open_memmap');
  return mapped({ file, dtype, mode: 'r+', offset: header.length, shape, fortran });
}
