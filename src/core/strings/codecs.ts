import { LookupError, TypeError, UnicodeDecodeError, UnicodeEncodeError } from '../errors.js';

/** Text to bytes and back by Python's names of encodings, with its ways to meet what does not fit. */

type Handler =
  | 'strict'
  | 'ignore'
  | 'replace'
  | 'xmlcharrefreplace'
  | 'backslashreplace'
  | 'surrogatepass'
  | 'surrogateescape';
const HANDLERS: ReadonlySet<string> = new Set([
  'strict',
  'ignore',
  'replace',
  'xmlcharrefreplace',
  'backslashreplace',
  'surrogatepass',
  'surrogateescape',
]);

/** A code point as Python escapes it: `\xe9`, `\u20ac`, `\U0001f600`. */
export const escaped = (c: number): string =>
  c < 256
    ? `\\x${c.toString(16).padStart(2, '0')}`
    : c < 65536
      ? `\\u${c.toString(16).padStart(4, '0')}`
      : `\\U${c.toString(16).padStart(8, '0')}`;

/** Characters of windows-1252 at 0x80 … 0x9f; U+0000 stands for none. */
const CP1252 =
  '\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178';

/** An encoding of one byte for each character. */
interface Table {
  readonly name: string;
  readonly reason: string;
  readonly decodeReason: string;
  byte(c: number): number;
  char(b: number): number;
}
const plainTable = (name: string, limit: number): Table => ({
  name,
  reason: `ordinal not in range(${limit})`,
  decodeReason: `ordinal not in range(${limit})`,
  byte: (c) => (c < limit ? c : -1),
  char: (b) => (b < limit ? b : -1),
});
const TABLES: Readonly<Record<string, Table>> = {
  ascii: plainTable('ascii', 128),
  'latin-1': plainTable('latin-1', 256),
  cp1252: {
    name: 'charmap',
    reason: 'character maps to <undefined>',
    decodeReason: 'character maps to <undefined>',
    byte: (c) =>
      c < 128 || (c >= 160 && c < 256)
        ? c
        : c > 0 && CP1252.includes(String.fromCodePoint(c))
          ? 128 + CP1252.indexOf(String.fromCodePoint(c))
          : -1,
    char: (b) => (b < 128 || b >= 160 ? b : CP1252.charCodeAt(b - 128) || -1),
  },
};

const NAMES: Readonly<Record<string, string>> = {
  ascii: 'ascii',
  us_ascii: 'ascii',
  '646': 'ascii',
  utf_8: 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  latin_1: 'latin-1',
  latin1: 'latin-1',
  latin: 'latin-1',
  l1: 'latin-1',
  iso_8859_1: 'latin-1',
  iso8859_1: 'latin-1',
  '8859': 'latin-1',
  cp1252: 'cp1252',
  windows_1252: 'cp1252',
  utf_16: 'utf-16',
  utf16: 'utf-16',
  u16: 'utf-16',
  utf_16_le: 'utf-16-le',
  utf_16le: 'utf-16-le',
  utf_16_be: 'utf-16-be',
  utf_16be: 'utf-16-be',
  utf_32: 'utf-32',
  utf32: 'utf-32',
  utf_32_le: 'utf-32-le',
  utf_32le: 'utf-32-le',
  utf_32_be: 'utf-32-be',
  utf_32be: 'utf-32-be',
};

function codecOf(encoding: unknown): string {
  if (typeof encoding !== 'string') throw new TypeError(`argument 'encoding' must be str, not ${typeof encoding}`);
  const name = NAMES[encoding.toLowerCase().replace(/[^a-z0-9]+/g, '_')];
  if (name === undefined) throw new LookupError(`unknown encoding: ${encoding}`);
  return name;
}

function handlerOf(errors: string): Handler {
  if (!HANDLERS.has(errors)) throw new LookupError(`unknown error handler name '${errors}'`);
  return errors as Handler;
}

const isSurrogate = (c: number): boolean => c >= 0xd800 && c <= 0xdfff;

function utf8(c: number, out: number[]): void {
  if (c < 0x80) out.push(c);
  else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
  else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
}

/** Writes numbers of 2 or 4 bytes. */
const wide = (n: number, size: 2 | 4, big: boolean, out: number[]): void => {
  for (let k = 0; k < size; k++) out.push((n >>> (8 * (big ? size - 1 - k : k))) & 255);
};

function wideChar(c: number, size: 2 | 4, big: boolean, out: number[]): void {
  if (size === 2 && c > 0xffff) {
    wide(0xd800 + ((c - 0x10000) >> 10), 2, big, out);
    wide(0xdc00 + ((c - 0x10000) & 1023), 2, big, out);
  } else wide(c, size, big, out);
}

/** The bytes of a text. @throws UnicodeEncodeError, LookupError */
export function encode(text: string, encoding = 'utf-8', errors = 'strict'): Uint8Array {
  const codec = codecOf(encoding);
  const table = TABLES[codec];
  const points = Array.from(text, (c) => c.codePointAt(0) as number);
  const out: number[] = [];
  const unit = codec.startsWith('utf-16') ? 2 : codec.startsWith('utf-32') ? 4 : 1;
  const big = codec.endsWith('-be');
  if (codec === 'utf-16' || codec === 'utf-32') wideChar(0xfeff, unit as 2, false, out);
  const fits = (c: number): boolean => (table !== undefined ? table.byte(c) >= 0 : !isSurrogate(c));
  const put = (c: number): void => {
    if (table !== undefined) out.push(table.byte(c));
    else if (unit === 1) utf8(c, out);
    else wideChar(c, unit as 2, big, out);
  };
  for (let i = 0; i < points.length; i++) {
    const c = points[i];
    if (fits(c)) {
      put(c);
      continue;
    }
    let end = i + 1;
    while (end < points.length && !fits(points[end])) end++;
    const handler = handlerOf(errors);
    if (handler === 'ignore') continue;
    if (handler === 'replace') put(63);
    else if (handler === 'xmlcharrefreplace') for (const d of `&#${c};`) put(d.charCodeAt(0));
    else if (handler === 'backslashreplace') for (const d of escaped(c)) put(d.charCodeAt(0));
    else if (handler === 'surrogatepass' && table === undefined) put(c);
    else if (handler === 'surrogateescape' && c >= 0xdc80 && c <= 0xdcff && unit === 1) out.push(c - 0xdc00);
    else {
      const what =
        end - i === 1 ? `character '${escaped(c)}' in position ${i}` : `characters in position ${i}-${end - 1}`;
      const reason = table === undefined ? 'surrogates not allowed' : table.reason;
      throw new UnicodeEncodeError(`'${table?.name ?? codec}' codec can't encode ${what}: ${reason}`);
    }
  }
  return Uint8Array.from(out);
}

/** One character read: its code point, or what is wrong with how many bytes. */
type Read = { readonly c: number; readonly n: number } | { readonly bad: number; readonly reason: string };

function readUtf8(b: Uint8Array, i: number): Read {
  const x = b[i];
  if (x < 0x80) return { c: x, n: 1 };
  if (x < 0xc2 || x > 0xf4) return { bad: 1, reason: 'invalid start byte' };
  const n = x < 0xe0 ? 2 : x < 0xf0 ? 3 : 4;
  let c = x & (n === 2 ? 31 : n === 3 ? 15 : 7);
  for (let k = 1; k < n; k++) {
    if (i + k >= b.length) return { bad: k, reason: 'unexpected end of data' };
    const y = b[i + k];
    const lo = k === 1 ? (x === 0xe0 ? 0xa0 : x === 0xf0 ? 0x90 : 0x80) : 0x80;
    const hi = k === 1 ? (x === 0xed ? 0x9f : x === 0xf4 ? 0x8f : 0xbf) : 0xbf;
    if (y < lo || y > hi) return { bad: k, reason: 'invalid continuation byte' };
    c = (c << 6) | (y & 63);
  }
  return { c, n };
}

function readWide(b: Uint8Array, i: number, size: 2 | 4, big: boolean): Read {
  const at = (p: number): number => {
    let v = 0;
    for (let k = 0; k < size; k++) v += b[p + k] * 2 ** (8 * (big ? size - 1 - k : k));
    return v;
  };
  if (i + size > b.length) return { bad: b.length - i, reason: 'truncated data' };
  const c = at(i);
  if (size === 4) {
    if (c > 0x10ffff) return { bad: 4, reason: 'code point not in range(0x110000)' };
    return isSurrogate(c) ? { bad: 4, reason: 'code point in surrogate code point range' } : { c, n: 4 };
  }
  if (!isSurrogate(c)) return { c, n: 2 };
  if (c >= 0xdc00) return { bad: 2, reason: 'illegal encoding' };
  if (i + 4 > b.length) return { bad: b.length - i, reason: 'unexpected end of data' };
  const d = at(i + 2);
  if (d < 0xdc00 || d > 0xdfff) return { bad: 2, reason: 'illegal UTF-16 surrogate' };
  return { c: 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00), n: 4 };
}

/** The text of bytes. @throws UnicodeDecodeError, LookupError */
export function decode(bytes: Uint8Array, encoding = 'utf-8', errors = 'strict'): string {
  const codec = codecOf(encoding);
  const table = TABLES[codec];
  const unit = codec.startsWith('utf-16') ? 2 : codec.startsWith('utf-32') ? 4 : 1;
  let big = codec.endsWith('-be');
  let i = 0;
  let name: string = table?.name ?? codec;
  if (codec === 'utf-16' || codec === 'utf-32') {
    const first = readWide(bytes, 0, unit as 2, false);
    if ('c' in first && first.c === 0xfeff) i = unit;
    else if (bytes[unit - 2] === 0xfe && bytes[unit - 1] === 0xff) {
      big = true;
      i = unit;
    }
    name = `${codec}-${big ? 'be' : 'le'}`;
  }
  let out = '';
  while (i < bytes.length) {
    const c = table === undefined ? -1 : table.char(bytes[i]);
    const r: Read =
      table !== undefined
        ? c < 0
          ? { bad: 1, reason: table.decodeReason }
          : { c, n: 1 }
        : unit === 1
          ? readUtf8(bytes, i)
          : readWide(bytes, i, unit as 2, big);
    if ('c' in r) {
      out += String.fromCodePoint(r.c);
      i += r.n;
      continue;
    }
    const handler = handlerOf(errors);
    if (handler === 'replace') out += '\ufffd';
    else if (handler === 'backslashreplace') for (let k = 0; k < r.bad; k++) out += escaped(bytes[i + k]);
    else if (handler === 'surrogateescape')
      for (let k = 0; k < r.bad; k++) out += String.fromCharCode(0xdc00 + bytes[i + k]);
    else if (handler !== 'ignore') {
      const what =
        r.bad === 1
          ? `byte 0x${bytes[i].toString(16).padStart(2, '0')} in position ${i}`
          : `bytes in position ${i}-${i + r.bad - 1}`;
      throw new UnicodeDecodeError(`'${name}' codec can't decode ${what}: ${r.reason}`);
    }
    i += r.bad;
  }
  return out;
}
