import {
  FileNotFoundError,
  IsADirectoryError,
  NotImplementedError,
  OSError,
  PermissionError,
  TypeError,
} from './errors.js';

/** Files: Node's, reached when they are needed, so that browsers never look for them. */

interface NodeFiles {
  readFileSync(path: string | URL): Uint8Array;
  writeFileSync(path: string | URL, data: Uint8Array | string): void;
}

function files(by: string): NodeFiles {
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

function translated<T>(path: Path, f: () => T): T {
  try {
    return f();
  } catch (e) {
    const { code, message } = e as { code?: string; message: string };
    const row = ERRORS[code ?? ''];
    if (row === undefined) throw new OSError(message);
    throw new row[0](`${row[1]}: '${String(path)}'`);
  }
}

/** All bytes of a file. @throws FileNotFoundError and its like */
export const readFile = (path: Path, by: string): Uint8Array => translated(path, () => files(by).readFileSync(path));
export const writeFile = (path: Path, data: Uint8Array | string, by: string): void =>
  translated(path, () => files(by).writeFileSync(path, data));

/** Something that takes bytes as they come: Python's file objects, Node's streams. */
export interface Sink {
  write(data: Uint8Array): unknown;
}

/** Writes to a path, which ends as asked, or to something that takes bytes. @throws TypeError for anything else */
export function deliver(file: unknown, ending: string, data: Uint8Array, by: string): void {
  if (isPath(file)) {
    const text = String(file);
    writeFile(
      text.endsWith(ending) ? file : file instanceof URL ? new URL(`${text}${ending}`) : text + ending,
      data,
      by,
    );
  } else if (typeof (file as Sink | null)?.write === 'function') (file as Sink).write(data);
  else throw new TypeError(`${by}: file must be a path, or have a method write`);
}

/** Bytes of what is given instead of a file: memory now, a Blob or a Response once they have arrived. */
export function bytesOf(file: unknown, by: string): Uint8Array | Promise<Uint8Array> {
  if (isPath(file)) return readFile(file, by);
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const arriving = file as { arrayBuffer?: () => Promise<ArrayBuffer>; then?: unknown } | null;
  if (typeof arriving?.then === 'function') return (file as Promise<unknown>).then((f) => bytesOf(f, by));
  if (typeof arriving?.arrayBuffer === 'function') return arriving.arrayBuffer().then((b) => new Uint8Array(b));
  const read = (file as { read?: () => unknown } | null)?.read;
  if (typeof read === 'function') {
    const got = read.call(file);
    if (got instanceof Uint8Array) return got;
    if (typeof got === 'string') return new TextEncoder().encode(got);
  }
  throw new TypeError(`${by}: expected a path, bytes, a Blob or a Response`);
}

/** What is done with bytes, when they are there. */
export const whenRead = <T>(bytes: Uint8Array | Promise<Uint8Array>, f: (b: Uint8Array) => T): T | Promise<T> =>
  typeof (bytes as Promise<Uint8Array>).then === 'function'
    ? (bytes as Promise<Uint8Array>).then(f)
    : f(bytes as Uint8Array);
