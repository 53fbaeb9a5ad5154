import type { DType } from '../dtype.js';
import { ValueError } from '../errors.js';
import type { ScalarKind } from './kind.js';

/** Text (`U`) and bytes (`S`). Elements of text are strings, elements of bytes are Uint8Arrays. */

/** Bytes of a text of ASCII characters. @throws UnicodeEncodeError (a ValueError) */
export function asciiBytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127)
      throw new ValueError(
        `'ascii' codec can't encode character '${escaped(text.codePointAt(i) as number)}' in position ${i}: ordinal not in range(128)`,
      );
    out[i] = c;
  }
  return out;
}

const escaped = (c: number): string =>
  c < 256
    ? `\\x${c.toString(16).padStart(2, '0')}`
    : c < 65536
      ? `\\u${c.toString(16).padStart(4, '0')}`
      : `\\U${c.toString(16).padStart(8, '0')}`;

/** Text of bytes. @throws UnicodeDecodeError (a ValueError) */
export function asciiText(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] > 127)
      throw new ValueError(
        `'ascii' codec can't decode byte 0x${bytes[i].toString(16)} in position ${i}: ordinal not in range(128)`,
      );
    out += String.fromCharCode(bytes[i]);
  }
  return out;
}

/** Bytes as Python writes them: `b'a\\x00'`. */
export function bytesRepr(bytes: Uint8Array): string {
  let out = '';
  for (const c of bytes) {
    if (c === 9) out += '\\t';
    else if (c === 10) out += '\\n';
    else if (c === 13) out += '\\r';
    else if (c === 92) out += '\\\\';
    else if (c < 32 || c > 126) out += `\\x${c.toString(16).padStart(2, '0')}`;
    else out += String.fromCharCode(c);
  }
  return out.includes("'") && !out.includes('"') ? `b"${out}"` : `b'${out.replaceAll("'", "\\'")}'`;
}

/** Number of code points. */
export const codePoints = (s: string): number => {
  let n = s.length;
  for (let i = 0; i + 1 < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) {
      const e = s.charCodeAt(i + 1);
      if (e >= 0xdc00 && e < 0xe000) {
        n--;
        i++;
      }
    }
  }
  return n;
};

/** A value as Python's `str` writes it; arrays of other kinds are turned to text by their own kind. */
export function plainText(x: unknown, numberText: (v: number) => string): string {
  if (typeof x === 'string') return x;
  if (typeof x === 'number') return numberText(x);
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  if (x === null || x === undefined) return 'None';
  if (x instanceof Uint8Array) return asciiText(x);
  return String(x);
}

export const makeTexts = (str: (x: unknown) => string): { text: ScalarKind; bytes: ScalarKind } => ({
  text: {
    from: (x) => str(x),
    item: (v) => v,
    text: (v) => v as string,
  },
  bytes: {
    from: (x, _d: DType) => (x instanceof Uint8Array ? x : asciiBytes(str(x))),
    item: (v) => v,
    text: (v) => bytesRepr(v as Uint8Array),
  },
});
