import { IsADirectoryError, TypeError, ValueError } from './errors.js';
import { type FileHandle, isPath, MOST_AT_ONCE, nodeFiles, onPath, type Path, pathError } from './files.js';

/**
 * Where bytes come from: memory, files, Blobs, streams. A format is read by one function, a generator that yields what its source gives: numbers of
 * bytes, or promises of them. `finish` runs it, at once where nothing has to be waited for.
 */

/** Bytes at places. */
export interface ByteSource {
  /** How many there are; null where only the end will tell. */
  readonly size: number | null;
  /** The bytes themselves, where they are in memory. */
  readonly memory: Uint8Array | null;
  /** Whether bytes come one after the other, so that those before the last read are gone, save the first few. */
  readonly sequential: boolean;
  /** What a path or the user calls it. */
  readonly name: string | null;
  /** Reads up to as many bytes as fit; 0 at the end. */
  read(at: number, into: Uint8Array): number | Promise<number>;
  close(): void | Promise<void>;
}

/** A reader: what it yields is awaited where it is a promise, and given back to it. */
export type Reading<T> = Generator<unknown, T, any>;

const isPromise = (x: unknown): x is Promise<unknown> => typeof (x as { then?: unknown } | null)?.then === 'function';

/** Runs a reader: its result, or a promise of it from the first promise on that it meets. */
export function finish<T>(reading: Reading<T>): T | Promise<T> {
  let step = reading.next();
  while (step.done !== true) {
    const v = step.value;
    if (isPromise(v)) return later(reading, v);
    step = reading.next(v);
  }
  return step.value;
}

async function later<T>(reading: Reading<T>, first: unknown): Promise<T> {
  let v: unknown = first;
  for (;;) {
    let step: IteratorResult<unknown, T>;
    try {
      v = await v;
    } catch (e) {
      step = reading.throw(e);
      if (step.done === true) return step.value;
      v = step.value;
      continue;
    }
    step = reading.next(v);
    if (step.done === true) return step.value;
    v = step.value;
  }
}

/** Told how many bytes were read, and of how many, where that is known. An error that it throws ends the reading. */
export type Progress = (done: number, total: number | null) => void;

/** No more is asked for at once, so that what is told of progress is worth telling. */
export const PIECE: number = 4 * 1024 * 1024;
/** What is kept of a stream's beginning, for those who look at it before they read it. */
const KEPT = 64 * 1024;

const copyTo = (from: Uint8Array, at: number, into: Uint8Array): number => {
  const n = Math.max(0, Math.min(into.length, from.length - at));
  into.set(from.subarray(at, at + n));
  return n;
};

const inMemory = (memory: Uint8Array, name: string | null = null): ByteSource => ({
  size: memory.length,
  memory,
  sequential: false,
  name,
  read: (at, into) => copyTo(memory, at, into),
  close: () => {},
});
export { inMemory as memorySource };

let prepare: ((path: Path) => void) | null = null;
/** Has a function called before a file is read by its path. */
export function beforeReading(f: (path: Path) => void): void {
  prepare = f;
}

/** A file by its path, read where bytes are asked for. @throws FileNotFoundError and its like */
export function pathSource(path: Path, by: string): ByteSource {
  const fs = nodeFiles(by);
  prepare?.(path);
  const fd = onPath(path, () => fs.openSync(path, 'r'));
  const stat = fs.fstatSync(fd);
  if (stat.isDirectory()) {
    fs.closeSync(fd);
    throw new IsADirectoryError(`[Errno 21] Is a directory: '${String(path)}'`);
  }
  return {
    // Devices and pipes say that they are empty.
    size: stat.size === 0 ? null : stat.size,
    memory: null,
    sequential: false,
    name: String(path),
    read: (at, into) => onPath(path, () => fs.readSync(fd, into, 0, Math.min(into.length, MOST_AT_ONCE), at)),
    close: () => fs.closeSync(fd),
  };
}

async function handleSource(handle: FileHandle, name: string | null, own: boolean): Promise<ByteSource> {
  const stat = await handle.stat();
  if (stat.isDirectory()) throw new IsADirectoryError(`[Errno 21] Is a directory: '${name ?? ''}'`);
  return {
    size: stat.size === 0 ? null : stat.size,
    memory: null,
    sequential: false,
    name,
    read: (at, into) => handle.read(into, 0, Math.min(into.length, MOST_AT_ONCE), at).then((r) => r.bytesRead),
    close: () => (own ? handle.close() : undefined),
  };
}

/** A file by its path, read while other things go on. */
export async function latePathSource(path: Path, by: string): Promise<ByteSource> {
  prepare?.(path);
  let handle: FileHandle;
  try {
    handle = await nodeFiles(by).promises.open(path, 'r');
  } catch (e) {
    throw pathError(path, e);
  }
  return handleSource(handle, String(path), true);
}

/** Something that gives its next bytes whenever it is asked, null at its end. */
function nextSource(
  next: (most: number) => Uint8Array | null | Promise<Uint8Array | null>,
  close: () => void | Promise<void>,
): ByteSource {
  let head = new Uint8Array(0);
  let position = 0;
  let rest: Uint8Array | null = null;
  let ended = false;
  const take = (got: Uint8Array | null): void => {
    if (got === null) ended = true;
    else rest = got;
  };
  const hand = (at: number, into: Uint8Array): number | null => {
    if (at < position) {
      if (at >= head.length) throw new ValueError('a stream cannot be read again');
      return copyTo(head, at, into);
    }
    if (rest === null) return ended ? 0 : null;
    // What is left out is passed over.
    const skip = Math.min(at - position, rest.length);
    const n = copyTo(rest, skip, into);
    const used = rest.subarray(0, skip + n);
    if (position < KEPT) {
      const more = new Uint8Array(Math.min(KEPT, position + used.length));
      more.set(head);
      more.set(used.subarray(0, more.length - head.length), head.length);
      head = more;
    }
    position += used.length;
    rest = used.length < rest.length ? rest.subarray(used.length) : null;
    return n > 0 || into.length === 0 ? n : null;
  };
  const read = (at: number, into: Uint8Array): number | Promise<number> => {
    for (;;) {
      const n = hand(at, into);
      if (n !== null) return n;
      const got = next(Math.max(into.length, at - position));
      if (isPromise(got))
        return got.then((b) => {
          take(b as Uint8Array | null);
          return read(at, into);
        });
      take(got as Uint8Array | null);
    }
  };
  return { size: null, memory: null, sequential: true, name: null, read, close };
}

/** Bytes of what streams and file objects hand out. @throws TypeError */
export function asBytes(x: unknown, by: string): Uint8Array {
  if (x instanceof Uint8Array) return x;
  if (x instanceof ArrayBuffer) return new Uint8Array(x);
  if (ArrayBuffer.isView(x)) return new Uint8Array(x.buffer, x.byteOffset, x.byteLength);
  if (typeof x === 'string') return new TextEncoder().encode(x);
  throw new TypeError(`${by}: expected bytes, got '${typeof x}'`);
}

interface Reader {
  read(): Promise<{ done?: boolean; value?: unknown }>;
  cancel?(): Promise<void>;
}

function streamSource(stream: { getReader(): Reader }, by: string): ByteSource {
  const reader = stream.getReader();
  let ended = false;
  return nextSource(
    async () => {
      const { done, value } = await reader.read();
      if (done === true) {
        ended = true;
        return null;
      }
      return asBytes(value, by);
    },
    () => (ended ? undefined : reader.cancel?.()),
  );
}

function iteratedSource(it: AsyncIterator<unknown>, by: string): ByteSource {
  let ended = false;
  return nextSource(
    async () => {
      const { done, value } = await it.next();
      if (done === true) {
        ended = true;
        return null;
      }
      return asBytes(value, by);
    },
    async () => {
      if (!ended) await it.return?.();
    },
  );
}

const blobSource = (blob: Blob): ByteSource => ({
  size: blob.size,
  memory: null,
  sequential: false,
  name: null,
  read: (at, into) =>
    blob
      .slice(at, at + into.length)
      .arrayBuffer()
      .then((b) => copyTo(new Uint8Array(b), 0, into)),
  close: () => {},
});

/** Members by which things are told apart that bytes come from. */
interface Shape {
  readonly then?: unknown;
  readonly fd?: unknown;
  readonly stat?: unknown;
  readonly slice?: unknown;
  readonly size?: unknown;
  readonly body?: unknown;
  readonly arrayBuffer?: () => Promise<ArrayBuffer>;
  readonly getReader?: unknown;
  readonly read?: (n: number) => unknown;
}

/** Whether bytes can come from something, other than a list of lines. */
export function isSource(x: unknown): boolean {
  if (isPath(x) || ArrayBuffer.isView(x) || x instanceof ArrayBuffer) return true;
  if (typeof x !== 'object' || x === null) return false;
  return Symbol.asyncIterator in x || ['then', 'arrayBuffer', 'getReader', 'read'].some((k) => k in x);
}

/**
 * The source of what is given instead of a file: a path, memory, an object with a method `read(n)`, as Python's files have one; a promise of the source
 * of a Promise. What has to be waited for (Blobs, Responses, streams, Node's FileHandles) has a source whose reads are promises.
 * @throws TypeError for anything else
 */
export function openSource(
  file: unknown,
  by: string,
  open: (path: Path, by: string) => ByteSource | Promise<ByteSource> = pathSource,
): ByteSource | Promise<ByteSource> {
  if (isPath(file)) return open(file, by);
  if (ArrayBuffer.isView(file) || file instanceof ArrayBuffer) return inMemory(asBytes(file, by));
  const x = file as Shape | null;
  if (typeof x === 'object' && x !== null) {
    if (isPromise(x)) return (x as Promise<unknown>).then((f) => openSource(f, by, open));
    if (typeof x.fd === 'number' && typeof x.stat === 'function')
      return handleSource(x as unknown as FileHandle, null, false);
    if (typeof x.arrayBuffer === 'function') {
      if (typeof x.slice === 'function' && typeof x.size === 'number') return blobSource(x as unknown as Blob);
      if (typeof (x.body as Shape | null | undefined)?.getReader === 'function')
        return streamSource(x.body as never, by);
      return x.arrayBuffer().then((b) => inMemory(new Uint8Array(b)));
    }
    if (typeof x.getReader === 'function') return streamSource(x as never, by);
    if (Symbol.asyncIterator in x) return iteratedSource((x as AsyncIterable<unknown>)[Symbol.asyncIterator](), by);
    // What takes no count, and does not know where it stands, gives all it has.
    if (typeof x.read === 'function' && x.read.length === 0 && typeof (x as { seek?: unknown }).seek !== 'function')
      return inMemory(asBytes((x.read as () => unknown)(), by));
    if (typeof x.read === 'function')
      return nextSource(
        (most) => {
          const b = asBytes((x.read as (n: number) => unknown)(most), by);
          return b.length === 0 ? null : b;
        },
        () => {},
      );
  }
  throw new TypeError(`${by}: expected a path, bytes, a Blob or a Response`);
}

/** A source whose reads are told of. */
function watched(s: ByteSource, progress: Progress): ByteSource {
  let done = 0;
  return {
    ...s,
    memory: null,
    read: (at, into) => {
      const tell = (n: number): number => {
        if (at + n > done) {
          done = at + n;
          progress(done, s.size);
        }
        return n;
      };
      const n = s.read(at, into);
      return typeof n === 'number' ? tell(n) : n.then(tell);
    },
  };
}

/** Opens a source, reads by it, and closes it whatever happens. */
export function* reading<T>(
  source: ByteSource | Promise<ByteSource>,
  progress: Progress | null | undefined,
  f: (s: ByteSource) => Reading<T>,
): Reading<T> {
  if (progress !== null && progress !== undefined && typeof progress !== 'function')
    throw new TypeError('progress must be a function');
  const s: ByteSource = yield source;
  try {
    return yield* f(progress === null || progress === undefined ? s : watched(s, progress));
  } finally {
    const closing = s.close();
    if (closing !== undefined) yield closing;
  }
}

/** Fills memory from a place on; gives how many bytes there were. */
export function* fill(s: ByteSource, at: number, into: Uint8Array): Reading<number> {
  let n = 0;
  while (n < into.length) {
    const got: number = yield s.read(at + n, into.subarray(n, Math.min(into.length, n + PIECE)));
    if (got === 0) break;
    n += got;
  }
  return n;
}

/**
 * Up to n bytes from a place on. Where nobody knows how many there are, memory grows with what comes, so that a number which lies costs nothing.
 */
export function* take(s: ByteSource, at: number, n: number): Reading<Uint8Array> {
  if (s.memory !== null) return s.memory.subarray(Math.min(at, s.memory.length), Math.min(at + n, s.memory.length));
  const most = s.size === null ? n : Math.max(0, Math.min(n, s.size - at));
  let out = new Uint8Array(s.size === null ? Math.min(most, KEPT) : most);
  let length = 0;
  for (;;) {
    length += yield* fill(s, at + length, out.subarray(length));
    if (length < out.length || length === most) return out.subarray(0, length);
    const more = new Uint8Array(Math.min(most, out.length * 2));
    more.set(out);
    out = more;
  }
}

/** All bytes from a place on. */
export const takeAll = (s: ByteSource, at = 0): Reading<Uint8Array> => take(s, at, Number.MAX_SAFE_INTEGER);

/** All in memory, where it has to be read in any order. */
export function* collected(s: ByteSource): Reading<ByteSource> {
  return s.memory !== null ? s : inMemory(yield* takeAll(s), s.name);
}
