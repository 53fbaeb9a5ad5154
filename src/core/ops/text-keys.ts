import type { ArrayValue } from '../array.js';
import { host } from '../device/access.js';

/**
 * Text and bytes as numbers in the order of the texts: characters side by side, as many as fit into 32 bits. Shorter texts end in zeros, which
 * stand before every character, so that no text needs to be looked at as a text.
 */

/** Beyond this many characters it is quicker to compare texts. */
const LONGEST = 32;

/** Keys of a lane of text, the most significant last; null where the elements are something else, or long. */
export function textKeys(a: ArrayValue, at: number, step: number, n: number): Uint32Array[] | null {
  const { kind, itemsize } = a.dtype;
  const wide = kind === 'U';
  if ((!wide && kind !== 'S') || (wide && !a.dtype.isnative)) return null;
  const chars = wide ? itemsize / 4 : itemsize;
  if (chars > LONGEST) return null;
  const { bytes } = host(a.buffer, 'sort');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The bits that the largest character needs.
  let all = 0;
  if (wide)
    for (let i = 0, p = at; i < n; i++, p += step)
      for (let k = 0; k < itemsize; k += 4) all |= view.getUint32(p + k, true);
  const bits = !wide || all >>> 8 === 0 ? 8 : all >>> 16 === 0 ? 16 : 32;
  const each = 32 / bits;
  const keys: Uint32Array[] = [];
  for (let end = Math.ceil(chars / each) * each; end > 0; end -= each) {
    const key = new Uint32Array(n);
    let differ = false;
    for (let i = 0, p = at; i < n; i++, p += step) {
      let word = 0;
      for (let c = end - each; c < end; c++) {
        const x = c >= chars ? 0 : wide ? view.getUint32(p + 4 * c, true) : view.getUint8(p + c);
        word = bits === 32 ? x : (word << bits) | x;
      }
      key[i] = word;
      if (key[i] !== key[0]) differ = true;
    }
    if (differ) keys.push(key);
  }
  return keys.length > 0 ? keys : [new Uint32Array(n)];
}
