import type { DType } from '../dtype.js';
import { decode, encode } from '../strings/codecs.js';
import type { ScalarKind } from './kind.js';

/** Text (`U`) and bytes (`S`). Elements of text are strings, elements of bytes are Uint8Arrays. */

/** Bytes of a text of ASCII characters. @throws UnicodeEncodeError */
export function asciiBytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < out.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) return encode(text, 'ascii');
    out[i] = c;
  }
  return out;
}

/** Text of bytes. @throws UnicodeDecodeError */
export function asciiText(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] > 127) return decode(bytes, 'ascii');
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
export { lengthOf as codePoints } from '../strings/points.js';

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
