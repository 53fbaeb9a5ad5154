import { type Unzipped, unzipSync, zipSync } from 'fflate';
import { KeyError, ValueError } from '../../core/errors.js';
import { inspectable } from '../../core/inspect.js';
import { textRepr } from '../../core/python/repr.js';
import type { NDArray } from '../ndarray.js';
import { isNpy, npyBytes, readNpy } from './npy.js';

/** Archives of arrays, .npz: zip files of .npy files. */

/** Files of at most this many bytes are unpacked from each byte of an archive: deflate reaches about a thousand, a bomb more by nesting. */
const GREATEST_RATIO = 1100;

export const isZip = (b: Uint8Array): boolean =>
  b[0] === 0x50 && b[1] === 0x4b && ((b[2] === 3 && b[3] === 4) || (b[2] === 5 && b[3] === 6));

/** Packs arrays by name. */
export function npzBytes(arrays: Readonly<Record<string, NDArray>>, compress: boolean): Uint8Array {
  const entries = Object.entries(arrays).map(
    ([name, a]) => [`${name}.npy`, [npyBytes(a), { level: compress ? 6 : 0 }]] as const,
  );
  // The earliest date that zip files know: the same arrays give the same bytes.
  return zipSync(Object.fromEntries(entries) as never, { mtime: new Date(1980, 0, 1) });
}

/**
 * What `np.load` makes of an archive: arrays by name, each read when it is asked for.
 * @example
 * const chunks = [];
 * np.savez({ write: (b) => chunks.push(b) }, { x: np.arange(2) });
 * const file = np.load(chunks[0]);
 * file.files // → [ 'x' ]
 * file.get('x') // → array([0, 1])
 */
export class NpzFile implements Iterable<string> {
  /** Names of the arrays. */
  readonly files: string[];
  private archive: Uint8Array | null;
  private readonly paths = new Map<string, string>();
  private readonly source: string;
  private readonly longest: number;

  /** @throws ValueError for what is no zip file */
  constructor(archive: Uint8Array, source: string, longest: number) {
    this.archive = archive;
    this.source = source;
    this.longest = longest;
    const names: string[] = [];
    this.unpacked((name) => {
      names.push(name);
      return false;
    });
    this.files = names.map((n) => n.replace(/\.npy$/, ''));
    names.forEach((n, i) => {
      this.paths.set(n, n);
      this.paths.set(this.files[i], n);
    });
  }

  private unpacked(wanted: (name: string) => boolean): Unzipped {
    if (this.archive === null) throw new ValueError('I/O operation on closed file');
    const { length } = this.archive;
    try {
      return unzipSync(this.archive, {
        filter: (f) => {
          if (!wanted(f.name)) return false;
          if (f.originalSize > length * GREATEST_RATIO)
            throw new ValueError(`${f.name}: the archive says that ${f.originalSize} bytes come of ${length}`);
          return true;
        },
      });
    } catch (e) {
      if (e instanceof ValueError) throw e;
      throw new ValueError(`File is not a zip file: ${(e as Error).message}`);
    }
  }

  /** The array of a name, or the bytes of what is no array. @throws KeyError */
  get(name: string): NDArray {
    const path = this.paths.get(name);
    if (path === undefined) throw new KeyError(`'${name} is not a file in the archive'`);
    const bytes = this.unpacked((n) => n === path)[path];
    return isNpy(bytes) ? readNpy(bytes, this.longest) : (bytes as never);
  }
  /** `npz[name]` */
  at(name: string): NDArray {
    return this.get(name);
  }
  has(name: string): boolean {
    return this.paths.has(name);
  }
  keys(): string[] {
    return [...this.files];
  }
  values(): NDArray[] {
    return this.files.map((f) => this.get(f));
  }
  items(): [string, NDArray][] {
    return this.files.map((f) => [f, this.get(f)]);
  }
  entries(): [string, NDArray][] {
    return this.items();
  }
  get length(): number {
    return this.files.length;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.files[Symbol.iterator]();
  }
  close(): void {
    this.archive = null;
  }
  [Symbol.dispose](): void {
    this.close();
  }
  repr(): string {
    return `NpzFile ${textRepr(this.source)} with keys: ${this.files.slice(0, 5).join(', ')}${this.files.length > 5 ? '...' : ''}`;
  }
  toString(): string {
    return this.repr();
  }
}
inspectable(NpzFile, 'NpzFile');
