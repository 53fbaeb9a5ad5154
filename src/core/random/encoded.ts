/** Tables of numbers written as base64 of their little-endian bytes: a quarter of the length of decimal digits, and no rounding. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function bytes(text: string): DataView {
  const size = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  const out = new Uint8Array(size);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    for (let j = 0; j < 4; j++) group = group * 64 + Math.max(0, ALPHABET.indexOf(text[i + j]));
    for (let shift = 16; shift >= 0 && at < size; shift -= 8) out[at++] = group >> shift;
  }
  return new DataView(out.buffer);
}

export function doubles(text: string): Float64Array {
  const view = bytes(text);
  return Float64Array.from({ length: view.byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true));
}

export function singles(text: string): Float32Array {
  const view = bytes(text);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
