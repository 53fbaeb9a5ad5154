import {
  FileNotFoundError,
  IsADirectoryError,
  NotImplementedError,
  OSError,
  PermissionError,
  PyError,
  TypeError,
} from './errors.js';

/** Files: Node's, reached when they are needed, so that browsers never look for them. */

/** Node reads and writes fewer than 2 GiB at once. */
export const MOST_AT_ONCE: number = 2 ** 30;

/** What is used of `node:fs`. */
export interface NodeFiles {
  readFileSync(path: string | URL): Uint8Array;
  writeFileSync(path: string | URL, data: Uint8Array | string): void;
  openSync(path: string | URL, flags: string): number;
  closeSync(fd: number): void;
  readSync(fd: number, into: Uint8Array, offset: number, length: number, at: number): number;
  writeSync(fd: number, from: Uint8Array, offset: number, length: number, at: number | null): number;
  fstatSync(fd: number): { readonly size: number; isDirectory(): boolean };
  ftruncateSync(fd: number, length: number): void;
  realpathSync(path: string | URL): string;
  readonly promises: { open(path: string | URL, flags: string): Promise<FileHandle> };
}

/** What is used of Node's `FileHandle`. */
export interface FileHandle {
  readonly fd: number;
  read(into: Uint8Array, offset: number, length: number, at: number | null): Promise<{ bytesRead: number }>;
  write(from: Uint8Array, offset: number, length: number, at?: number | null): Promise<{ bytesWritten: number }>;
  stat(): Promise<{ readonly size: number; isDirectory(): boolean }>;
  close(): Promise<void>;
}

export function nodeFiles(by: string): NodeFiles {
  const p = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  const fs = p?.getBuiltinModule?.('node:fs') as NodeFiles | undefined;
  if (fs === undefined)
    throw new NotImplementedError(`${by}: there are no files here; give bytes (a Uint8Array), a Blob or a Response`);
  return fs;
}

/** A place in the file system. */
export type Path = string | URL;
export const isPath = (x: unknown): x is Path => typeof x === 'string' || x instanceof URL;

const ERRORS: Readonly<Record<string, readonly [new (m: string) => Error, string]>> = {
  ENOENT: [FileNotFoundError, '[Errno 2] No such file or directory'],
  EISDIR: [IsADirectoryError, '[Errno 21] Is a directory'],
  EACCES: [PermissionError, '[Errno 13] Permission denied'],
  EPERM: [PermissionError, '[Errno 1] Operation not permitted'],
};

/** The error of a file system by Python's name. */
export function pathError(path: Path, e: unknown): Error {
  if (e instanceof PyError) return e;
  const { code, message } = e as { code?: string; message: string };
  const row = ERRORS[code ?? ''];
  return row === undefined ? new OSError(message) : new row[0](`${row[1]}: '${String(path)}'`);
}

/** What is done with a file, whose errors get Python's names. */
export function onPath<T>(path: Path, f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw pathError(path, e);
  }
}

export const writeFile = (path: Path, data: Uint8Array | string, by: string): void => {
  const fs = nodeFiles(by);
  onPath(path, () => fs.writeFileSync(path, data));
};

/** Something that takes bytes as they come: Python's file objects, Node's streams. */
export interface Sink {
  write(data: Uint8Array): unknown;
}

/** A path with an ending, which is added where it is not there. */
export const withEnding = (file: Path, ending: string): Path =>
  String(file).endsWith(ending) ? file : file instanceof URL ? new URL(`${String(file)}${ending}`) : file + ending;

/**
 * Writes pieces one after the other to a path, which ends as asked, or to something that takes bytes.
 * @throws TypeError for anything else
 */
export function deliver(file: unknown, ending: string, pieces: Iterable<Uint8Array>, by: string): void {
  if (isPath(file)) {
    const path = withEnding(file, ending);
    const fs = nodeFiles(by);
    onPath(path, () => {
      const fd = fs.openSync(path, 'w');
      try {
        for (const b of pieces)
          for (let at = 0; at < b.length; ) at += fs.writeSync(fd, b, at, Math.min(b.length - at, MOST_AT_ONCE), null);
      } finally {
        fs.closeSync(fd);
      }
    });
  } else if (typeof (file as Sink | null)?.write === 'function') {
    for (const b of pieces) (file as Sink).write(b);
  } else throw new TypeError(`${by}: file must be a path, or have a method write`);
}

/** Told of what was written. An error that it throws ends the writing. */
export type Written = ((done: number, total: number | null) => void) | null | undefined;

/** Pieces that tell how many bytes went by. */
export function* told(pieces: Iterable<Uint8Array>, total: number | null, progress: Written): Generator<Uint8Array> {
  let done = 0;
  for (const b of pieces) {
    yield b;
    done += b.length;
    progress?.(done, total);
  }
}

/** Members of what can be written to while other things go on. */
interface LateSink {
  readonly fd?: unknown;
  readonly stat?: unknown;
  readonly getWriter?: () => { write(b: Uint8Array): Promise<void>; releaseLock(): void };
  readonly write?: (b: Uint8Array) => unknown;
  readonly once?: (event: string, f: (e?: unknown) => void) => void;
  readonly off?: (event: string, f: (e?: unknown) => void) => void;
}

/** One piece to a stream of Node's, which says when it can take more. */
function drained(stream: LateSink, b: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (e: unknown): void => reject(e);
    stream.once?.('error', failed);
    const done = (): void => {
      stream.off?.('error', failed);
      resolve();
    };
    if (stream.write?.(b) === false) stream.once?.('drain', done);
    else done();
  });
}

/**
 * Writes pieces one after the other, each when the one before has gone: to a path, Node's FileHandle or stream, a WritableStream, or something with a
 * method `write`, whose promises are awaited. What was given open stays open.
 * @throws TypeError for anything else
 */
export async function deliverLater(
  given: unknown,
  ending: string,
  pieces: Iterable<Uint8Array>,
  by: string,
): Promise<void> {
  const file = (await given) as LateSink | Path | null;
  const toHandle = async (h: FileHandle): Promise<void> => {
    for (const b of pieces) for (let at = 0; at < b.length; ) at += (await h.write(b, at, b.length - at)).bytesWritten;
  };
  if (isPath(file)) {
    const path = withEnding(file, ending);
    let handle: FileHandle;
    try {
      handle = await nodeFiles(by).promises.open(path, 'w');
    } catch (e) {
      throw pathError(path, e);
    }
    try {
      await toHandle(handle);
    } finally {
      await handle.close();
    }
  } else if (typeof file?.fd === 'number' && typeof file.stat === 'function') await toHandle(file as never);
  else if (typeof file?.getWriter === 'function') {
    const writer = file.getWriter();
    try {
      // Memory is handed over for good: a stream may keep it.
      for (const b of pieces) await writer.write(b.slice());
    } finally {
      writer.releaseLock();
    }
  } else if (typeof file?.write === 'function') {
    for (const b of pieces) {
      if (typeof file.once === 'function') await drained(file, b.slice());
      else await file.write(b);
    }
  } else throw new TypeError(`${by}: file must be a path, a stream, or have a method write`);
}
