import { Gunzip, Gzip } from 'fflate';
import { BadGzipFile, EOFError, TypeError, UnicodeDecodeError, UnicodeError, ValueError } from '../../core/errors.js';
import { isPath, type Path, type Written } from '../../core/files.js';
import {
  asBytes,
  type ByteSource,
  isSource,
  latePathSource,
  openSource,
  pathSource,
  type Progress,
  reading,
  type Reading,
  take,
} from '../../core/source.js';
import { decode, encode } from '../../core/strings/codecs.js';
import { crc32 } from './crc.js';

/** Text files: their lines, read and written piece by piece. */

/** So many bytes are read, unpacked and taken apart at once. */
const STEP = 256 * 1024;
/** A line that is longer is none: something else was taken for text. */
const LONGEST_LINE = 2 ** 28;

/** Turns bytes that come in pieces into text. @throws UnicodeDecodeError, LookupError */
function decoder(encoding: string | null): (b: Uint8Array, last: boolean) => string {
  // 'bytes' is about converters: files are as they are without an encoding.
  const name = (encoding === null || encoding === 'bytes' ? 'utf-8' : encoding).toLowerCase().replaceAll('_', '-');
  if (['utf-8', 'utf8', 'utf-8-sig'].includes(name)) {
    const d = new TextDecoder('utf-8', { fatal: true, ignoreBOM: name !== 'utf-8-sig' });
    return (b, last) => {
      try {
        return d.decode(b, { stream: !last });
      } catch {
        decode(b);
        throw new UnicodeDecodeError("'utf-8' codec can't decode bytes: unexpected end of data");
      }
    };
  }
  decode(new Uint8Array(0), name);
  if (!/^(u|utf-?)(16|32)/.test(name)) return (b) => decode(b, name);
  const all: Uint8Array[] = [];
  const marked = /^(u|utf-?)(16|32)$/.test(name);
  return (b, last) => {
    all.push(b.slice());
    if (!last) return '';
    const whole = new Uint8Array(all.reduce((n, x) => n + x.length, 0));
    let at = 0;
    for (const x of all) {
      whole.set(x, at);
      at += x.length;
    }
    const mark = `${whole[0]},${whole[1]}`;
    if (marked && whole.length > 0 && mark !== '255,254' && mark !== '254,255' && mark !== '0,0')
      throw new UnicodeError(`UTF-${name.endsWith('16') ? 16 : 32} stream does not start with BOM`);
    return decode(whole, name);
  };
}

/** The same for lines that come one by one as bytes: each is a text of its own. */
function lineDecoder(given: string | null): (b: Uint8Array) => string {
  const encoding = given === null || given === 'bytes' ? 'latin1' : given;
  const one = decoder(encoding);
  return /16|32/.test(encoding) ? (b) => decoder(encoding)(b, true) : (b) => one(b, true);
}

/** Takes a line, and what ended it (nothing, the last one); true: no more are needed. */
export type TakeLine = (text: string, ending: string) => boolean;

/** Takes text apart into lines as it comes; `true` from the one who takes them: no more. */
function splitter(line: TakeLine): (text: string, last: boolean) => boolean {
  let rest = '';
  return (given, last) => {
    // The end of one line may come in two pieces.
    let text = given;
    if (rest.endsWith('\r')) {
      text = `\r${text}`;
      rest = rest.slice(0, -1);
    }
    const held = !last && text.endsWith('\r');
    const pieces = (held ? text.slice(0, -1) : text).split(/\r\n|\n|\r/);
    pieces[0] = rest + pieces[0];
    const final = pieces.pop() as string;
    for (const p of pieces) if (line(p, '\n')) return true;
    rest = held ? `${final}\r` : final;
    if (rest.length > LONGEST_LINE) throw new ValueError(`a line of more than ${LONGEST_LINE} characters is no text`);
    return last && rest !== '' ? line(rest, '') : false;
  };
}

/** Unpacks what gzip packed, in pieces. @throws BadGzipFile, EOFError */
function unpacker(take: (b: Uint8Array) => void): (b: Uint8Array, last: boolean) => void {
  let several = 0;
  let crc = 0;
  let length = 0;
  let tail = new Uint8Array(0);
  const gunzip = new Gunzip((b) => {
    crc = crc32(b, crc);
    length += b.length;
    take(b);
  });
  gunzip.onmember = () => {
    several++;
  };
  return (b, last) => {
    const both = new Uint8Array(tail.length + b.length);
    both.set(tail);
    both.set(b, tail.length);
    tail = both.slice(-8);
    let error: Error | null = null;
    try {
      gunzip.push(b, last);
    } catch (e) {
      error = e as Error;
    }
    if (error !== null) {
      // What the taker of the text threw is its own.
      if (!/^(unexpected EOF|invalid |no )/.test(error.message)) throw error;
      if (/EOF/.test(error.message))
        throw new EOFError('Compressed file ended before the end-of-stream marker was reached');
      throw new BadGzipFile(`Not a gzipped file: ${error.message}`);
    }
    if (!last || several > 0) return;
    if (tail.length < 8) throw new EOFError('Compressed file ended before the end-of-stream marker was reached');
    const v = new DataView(tail.buffer);
    if (v.getUint32(0, true) !== crc) throw new BadGzipFile('CRC check failed');
    if (v.getUint32(4, true) !== length % 2 ** 32) throw new BadGzipFile('Incorrect length of data produced');
  };
}

/** Hands out a source's lines. */
function* linesFrom(s: ByteSource, encoding: string | null, line: TakeLine): Reading<void> {
  const decoded = decoder(encoding);
  const split = splitter(line);
  let done = false;
  const text = (b: Uint8Array, last: boolean): void => {
    if (!done) done = split(decoded(b, last), last);
  };
  const start = yield* take(s, 0, 2);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const unpack = packed
    ? unpacker((b) => {
        for (let at = 0; at < b.length && !done; at += STEP) text(b.subarray(at, at + STEP), false);
      })
    : text;
  // What is packed is fed in little pieces, since much may come of each.
  const most = packed ? 4096 : STEP;
  for (let at = 0; !done; ) {
    const b = yield* take(s, at, most);
    at += b.length;
    if (b.length > 0) unpack(b, false);
    if (b.length < most) {
      if (!done) unpack(new Uint8Array(0), true);
      if (packed && !done) text(new Uint8Array(0), true);
      return;
    }
  }
}

/** How lines are read: where a path is opened, who is told of progress. */
export interface LineReading {
  readonly by: string;
  readonly late: boolean;
  readonly encoding: string | null;
  readonly progress: Progress | null;
}

/**
 * Hands out the lines of a text, until the taker says that it needs no more: of a file by its path (unpacked where gzip packed it), of bytes, a Blob, a
 * Response, a stream, an object with a method `read`, or the strings of a list or an iterator.
 * @throws FileNotFoundError as NumPy words it; ValueError for anything else
 */
export function* eachLine(file: unknown, how: LineReading, line: TakeLine): Reading<void> {
  const { by, encoding } = how;
  const x = file as { [Symbol.iterator]?: unknown; next?: unknown } | null;
  const isLines =
    typeof x === 'object' &&
    x !== null &&
    !isPath(x) &&
    !ArrayBuffer.isView(x) &&
    !(Symbol.asyncIterator in x) &&
    !('readline' in x) &&
    (Symbol.iterator in x || typeof x.next === 'function');
  if (isLines) {
    const decoded = lineDecoder(encoding);
    const it = (Symbol.iterator in x ? (x as Iterable<unknown>)[Symbol.iterator]() : x) as Iterator<unknown>;
    // An iterator that is not at its end stays where it is: its other lines may be wanted, too.
    for (let next = it.next(); next.done !== true; next = it.next()) {
      const l = next.value;
      const text = l instanceof Uint8Array ? decoded(l) : l;
      if (typeof text !== 'string')
        throw new TypeError(
          by.startsWith('gen')
            ? `${by}: lines must be strings, got '${typeof l}'`
            : 'non-string returned while reading data',
        );
      const bare = text.replace(/\r?\n$|\r$/, '');
      if (line(bare, text.slice(bare.length))) return;
    }
    return;
  }
  const readline = (x as { readline?: unknown } | null)?.readline;
  if (typeof readline === 'function') {
    // Line by line, so that the file stands behind what was taken.
    const decoded = lineDecoder(encoding);
    for (;;) {
      const l: unknown = readline.call(x);
      const raw = typeof l === 'string' ? l : asBytes(l, by);
      if (raw.length === 0) return;
      const text = typeof raw === 'string' ? raw : decoded(raw);
      const bare = text.replace(/\r?\n$|\r$/, '');
      if (line(bare, text.slice(bare.length))) return;
    }
  }
  if (!isSource(file)) {
    const got = `Got <class '${pythonClass(file)}'> instead.`;
    throw by.startsWith('gen')
      ? new TypeError(`fname must be a string, a filehandle, a sequence of strings,\nor an iterator of strings. ${got}`)
      : new ValueError(`fname must be a string, filehandle, list of strings,\nor generator. ${got}`);
  }
  const open = (path: Path): ByteSource | Promise<ByteSource> => (how.late ? latePathSource : pathSource)(path, by);
  try {
    yield* reading(openSource(file, by, open as never), how.progress, (s) => linesFrom(s, encoding, line));
  } catch (e) {
    if ((e as Error).name === 'FileNotFoundError' && isPath(file)) (e as Error).message = `${String(file)} not found.`;
    throw e;
  }
}

const pythonClass = (x: unknown): string =>
  x === null || x === undefined
    ? 'NoneType'
    : typeof x === 'number'
      ? Number.isInteger(x)
        ? 'int'
        : 'float'
      : typeof x === 'bigint'
        ? 'int'
        : typeof x === 'boolean'
          ? 'bool'
          : typeof x === 'object'
            ? 'dict'
            : typeof x;

/** The whole text, with the ends of its lines. */
export function* wholeText(file: unknown, encoding: string | null, by: string): Reading<string> {
  return yield* reading(openSource(file, by), null, function* (s) {
    const decoded = decoder(encoding);
    let out = '';
    for (let at = 0; ; ) {
      const b = yield* take(s, at, STEP);
      at += b.length;
      out += decoded(b, b.length < STEP);
      if (b.length < STEP) return out;
    }
  });
}

/** Text in pieces of a size that is worth writing. */
function* gathered(text: Iterable<string>): Generator<string> {
  let out = '';
  for (const t of text) {
    out += t;
    if (out.length < STEP) continue;
    yield out;
    out = '';
  }
  if (out !== '') yield out;
}

/** Text as bytes in an encoding, packed where the path says so. @throws UnicodeEncodeError, LookupError */
export function* textPieces(
  file: unknown,
  text: Iterable<string>,
  encoding: string | null,
  progress?: Written,
): Generator<Uint8Array> {
  const name = encoding ?? 'utf-8';
  // Some encodings begin with a mark, which stands there once.
  const parts = /(16|32)/.test(name) ? [[...text].join('')] : gathered(text);
  const ready: Uint8Array[] = [];
  const gzip = isPath(file) && String(file).endsWith('.gz') ? new Gzip((b) => ready.push(b)) : null;
  let done = 0;
  for (const t of parts) {
    const b = encoding === null ? new TextEncoder().encode(t) : encode(t, name);
    if (gzip === null) yield b;
    else {
      gzip.push(b);
      yield* ready.splice(0);
    }
    done += b.length;
    progress?.(done, null);
  }
  if (gzip === null) return;
  gzip.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}

/** Writes text to an object with a method `write`: as text, or as bytes to one that does not take text. */
export function writeText(
  sink: { write(x: string | Uint8Array): unknown },
  text: Iterable<string>,
  encoding: string | null,
): void {
  let asBytes = false;
  for (const t of gathered(text)) {
    if (!asBytes) {
      try {
        sink.write(t);
        continue;
      } catch (e) {
        if (!['TypeError'].includes((e as Error).name)) throw e;
        asBytes = true;
      }
    }
    sink.write(encode(t, encoding ?? 'latin1'));
  }
}
