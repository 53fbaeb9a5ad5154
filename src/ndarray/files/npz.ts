import { zipSync } from 'fflate';
import { KeyError, OverflowError, TypeError, ValueError } from '../../core/errors.js';
import { isPath } from '../../core/files.js';
import { inspectable } from '../../core/inspect.js';
import { textRepr } from '../../core/python/repr.js';
import { isKeywords } from '../../core/signature.js';
import {
  type ByteSource,
  collected,
  fill,
  finish,
  memorySource,
  openSource,
  pathSource,
  reading,
  type Reading,
  take,
  takeAll,
} from '../../core/source.js';
import type { NDArray } from '../ndarray.js';
import { isNpy, LONGEST_HEADER } from './header.js';
import { joined, npyPieces, readNpy } from './npy.js';
import { type Member, members, memberSource } from './zip.js';

/** Archives of arrays, .npz: zip files of .npy files. */

/** Zip files written here have sizes of 32 bits. */
const LONGEST = 0xffffffff;

/** Packs arrays by name. @throws OverflowError for more than 4 GiB */
export function npzBytes(arrays: ReadonlyMap<string, NDArray>, compress: boolean): Uint8Array {
  const entries: Record<string, unknown> = Object.create(null);
  let total = 0;
  for (const [name, a] of arrays) {
    const b = joined(npyPieces(a));
    total += b.length + 200 + 2 * name.length * 3;
    if (total > LONGEST)
      throw new OverflowError('archives of more than 4 GiB are not written; save the arrays one by one');
    entries[`${name}.npy`] = [b, { level: compress ? 6 : 0 }];
  }
  // The earliest date that zip files know: the same arrays give the same bytes.
  return zipSync(entries as never, { mtime: new Date(1980, 0, 1) });
}

export interface NpzKeywords {
  own_fid?: boolean;
  allow_pickle?: boolean;
  pickle_kwargs?: unknown;
  max_header_size?: number;
}

/** The directory of an archive, and where its bytes are to be had. */
interface Opened {
  /** Opens the archive anew where it is a file, so that none stays open. */
  readonly source: () => ByteSource;
  readonly list: readonly Member[];
}

/** Reads an archive's directory; of what can only be read in order, all. */
export function* openNpz(s: ByteSource, file: unknown, longest: number): Reading<NpzFile> {
  if (!s.sequential && s.memory === null && isPath(file) && s.size !== null) {
    const list = yield* members(s);
    return NpzFile.over({ source: () => pathSource(file, 'load'), list }, String(file), longest);
  }
  const all = yield* collected(s);
  const memory = all.memory as Uint8Array;
  return NpzFile.over(
    { source: () => memorySource(memory), list: yield* members(all) },
    isPath(file) ? String(file) : 'object',
    longest,
  );
}

/**
 * What `np.load` makes of an archive: arrays by name, each read when it is asked for. Of a file only its directory is in memory.
 *
 * `npz.at(name)` is NumPy's `npz[name]`, `npz.f.name` an attribute; `has`, `keys`, `values`, `items`, iterating and `length` are as of a mapping.
 * It is closed by `close()` or `using`.
 * @example
 * const file = new interop.BytesIO();
 * np.savez(file, { x: np.arange(2) });
 * const npz = np.load(file.getvalue());
 * npz.files // → [ 'x' ]
 * npz.at('x') // → array([0, 1])
 */
export class NpzFile implements Iterable<string> {
  /** Names of the arrays. */
  readonly files: string[];
  /** The open file, as NumPy has it until it is closed: here files are read at once, and none stays open. */
  readonly fid: null = null;
  readonly allow_pickle: boolean = false;
  readonly max_header_size: number;
  private opened: Opened | null;
  private readonly paths: ReadonlyMap<string, Member>;
  private readonly source: string;
  private attributes: Readonly<Record<string, NDArray>> | null = null;

  /** @param fid a path, bytes, or an object with a method `read` @throws BadZipFile for what is no zip file */
  constructor(
    fid: unknown,
    own_fid?: boolean | NpzKeywords,
    allow_pickle?: boolean,
    pickle_kwargs?: unknown,
    kw?: NpzKeywords,
  ) {
    const given = [own_fid, allow_pickle, pickle_kwargs, kw].find((x) => isKeywords(x)) as NpzKeywords | undefined;
    this.max_header_size = given?.max_header_size ?? LONGEST_HEADER;
    let found: Opened;
    if (isOpened(fid)) {
      found = fid;
      this.source = String((given as { source?: string } | undefined)?.source ?? 'object');
    } else {
      const source = openSource(fid, 'NpzFile');
      const read = finish(
        reading(source, null, function* (s) {
          const memory = (yield* collected(s)).memory as Uint8Array;
          return { source: () => memorySource(memory), list: yield* members(memorySource(memory)) };
        }),
      );
      if (read instanceof Promise) throw new TypeError('NpzFile: what arrives later is read by np.load');
      found = read;
      this.source = isPath(fid) ? String(fid) : 'object';
    }
    this.opened = found;
    this.files = found.list.map((m) => m.name.replace(/\.npy$/, ''));
    const paths = new Map<string, Member>();
    // A name that is there twice is the last one's, and a whole name goes before one without its ending.
    found.list.forEach((m, i) => void paths.set(this.files[i], m));
    for (const m of found.list) paths.set(m.name, m);
    this.paths = paths;
  }

  static over(opened: object, source: string, longest: number): NpzFile {
    return new NpzFile(opened, { source, max_header_size: longest } as NpzKeywords);
  }

  /** `npz[name]`: the array of a name, or the bytes of what is no array. @throws KeyError; ValueError, BadZipFile and EOFError for what is broken */
  at(name: string): any {
    const m = this.paths.get(String(name));
    if (m === undefined) throw new KeyError(`'${name} is not a file in the archive'`);
    if (this.opened === null) throw new ValueError('I/O operation on closed file');
    const longest = this.max_header_size;
    return finish(
      reading(this.opened.source(), null, function* (s) {
        const inner = yield* memberSource(s, m);
        const magic = yield* take(inner, 0, 6);
        if (!isNpy(magic)) return yield* takeAll(inner);
        const a = yield* readNpy(inner, longest);
        // What stands behind the array counts for the sum.
        if (inner.sequential) yield* pass(inner);
        return a;
      }),
    );
  }
  /** The array of a name, or what is given instead where there is none. */
  get(name: string, otherwise: any = null): any {
    return this.has(name) ? this.at(name) : otherwise;
  }
  has(name: string): boolean {
    return this.paths.has(name);
  }
  /** Arrays as members: `npz.f.x`. */
  get f(): any {
    if (this.attributes === null) {
      const out: Record<string, NDArray> = Object.create(null);
      for (const name of this.files)
        Object.defineProperty(out, name, { enumerable: true, configurable: true, get: () => this.at(name) });
      this.attributes = out;
    }
    return this.attributes;
  }
  keys(): string[] {
    return [...this.files];
  }
  values(): any[] {
    return this.files.map((f) => this.at(f));
  }
  items(): [string, any][] {
    return this.files.map((f) => [f, this.at(f)]);
  }
  entries(): [string, any][] {
    return this.items();
  }
  get length(): number {
    return this.files.length;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.files[Symbol.iterator]();
  }
  close(): void {
    this.opened = null;
    this.attributes = null;
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

const isOpened = (x: unknown): x is Opened =>
  typeof (x as Opened | null)?.source === 'function' && 'list' in (x as object);

/** Reads to the end, for what the end tells. */
function* pass(s: ByteSource): Reading<void> {
  yield* fill(s, s.size as number, new Uint8Array(1));
}
