import { gunzipSync, gzipSync } from 'fflate';
import { TypeError, ValueError } from '../../core/errors.js';
import { bytesOf, isPath, whenRead, writeFile } from '../../core/files.js';

/** Text files: their lines, and where they come from. */

/** Text of bytes in an encoding by Python's name; UTF-8 unless given. @throws ValueError for unknown encodings */
function decoded(bytes: Uint8Array, encoding: string | null): string {
  const name = (encoding ?? 'utf-8').toLowerCase().replace('_', '-');
  const label =
    { latin1: 'iso-8859-1', 'latin-1': 'iso-8859-1', ascii: 'utf-8', bytes: 'iso-8859-1', utf8: 'utf-8' }[name] ?? name;
  try {
    return new TextDecoder(label, { ignoreBOM: label === 'utf-8' }).decode(bytes);
  } catch {
    throw new ValueError(`unknown encoding: ${encoding}`);
  }
}

const split = (text: string): string[] => {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
};

/**
 * The lines of a text: of a file by its path (unpacked where it ends in .gz), of bytes, a Blob or a Response (then as a promise), or the strings of a
 * list or an iterator.
 * @throws FileNotFoundError as NumPy words it; ValueError for anything else
 */
export function linesOf(file: unknown, encoding: string | null, by: string): string[] | Promise<string[]> {
  const isLines =
    typeof file === 'object' &&
    file !== null &&
    !ArrayBuffer.isView(file) &&
    (Symbol.iterator in file || typeof (file as { next?: unknown }).next === 'function');
  if (isLines) {
    const list =
      Symbol.iterator in (file as object) ? [...(file as Iterable<unknown>)] : drained(file as Iterator<unknown>);
    return list.flatMap((l) => {
      const text = l instanceof Uint8Array ? decoded(l, encoding ?? 'latin1') : l;
      if (typeof text !== 'string') throw new TypeError(`${by}: lines must be strings, got '${typeof l}'`);
      return [text.replace(/\r?\n$/, '')];
    });
  }
  const known =
    isPath(file) ||
    (typeof file === 'object' && file !== null && ['arrayBuffer', 'then', 'read'].some((k) => k in file)) ||
    ArrayBuffer.isView(file) ||
    file instanceof ArrayBuffer;
  if (!known)
    throw new ValueError(
      `fname must be a string, filehandle, list of strings,\nor generator. Got ${typeof file} instead.`,
    );
  let bytes: Uint8Array | Promise<Uint8Array>;
  try {
    bytes = bytesOf(file, by);
  } catch (e) {
    if ((e as Error).name === 'FileNotFoundError') (e as Error).message = `${String(file)} not found.`;
    throw e;
  }
  return whenRead(bytes, (b) => split(decoded(b[0] === 0x1f && b[1] === 0x8b ? gunzipSync(b) : b, encoding)));
}

function drained(it: Iterator<unknown>): unknown[] {
  const out: unknown[] = [];
  for (let n = it.next(); n.done !== true; n = it.next()) out.push(n.value);
  return out;
}

/** The whole text. */
export const textOf = (file: unknown, encoding: string | null, by: string): string | Promise<string> =>
  whenRead(bytesOf(file, by), (b) => decoded(b, encoding));

/** Writes text to a path (packed where it ends in .gz), or to something with a method `write`. */
export function writeText(file: unknown, text: string, encoding: string | null, by: string): void {
  const latin = /^latin-?1$/i.test(encoding ?? '');
  const bytes = latin ? Uint8Array.from(text, (c) => c.charCodeAt(0)) : new TextEncoder().encode(text);
  if (isPath(file)) writeFile(file, String(file).endsWith('.gz') ? gzipSync(bytes) : bytes, by);
  else if (typeof (file as { write?: unknown } | null)?.write === 'function')
    (file as { write(s: string): unknown }).write(text);
  else throw new ValueError('fname must be a string or file handle');
}
