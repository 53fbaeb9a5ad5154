import { byName, type DType, type NumericName } from '../../dtype.js';

/** How elements lie in the device's memory, which is made of words of four bytes: narrow integers and truth values have a word of their own. */

/** Words of an element. */
export const wordsOf = (d: DType): number => Math.max(1, d.itemsize / 4);

/** Bytes in the host's memory for each word of the device's. Views of one buffer must agree in it. */
export const ratioOf = (d: DType): number => d.itemsize / wordsOf(d);

/** A number of the host's bytes as one of words. */
export const toWords = (bytes: number, d: DType): number => bytes / ratioOf(d);

/** Elements as the device holds them: bytes as they are, or widened to words. */
export function widen(bytes: Uint8Array, d: DType): Uint8Array {
  const ratio = ratioOf(d);
  if (ratio === 4) return bytes;
  const n = bytes.byteLength / ratio;
  const whole = bytes.byteOffset % ratio === 0 ? bytes : bytes.slice();
  const from = new (
    { b: Uint8Array, i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array }[
      d.kind === 'b' ? 'b' : (`${d.kind}${ratio}` as 'i1')
    ] as Int8ArrayConstructor
  )(whole.buffer as ArrayBuffer, whole.byteOffset, n);
  const to = new Int32Array(n);
  if (d.kind === 'b') for (let i = 0; i < n; i++) to[i] = from[i] === 0 ? 0 : 1;
  else to.set(from);
  return new Uint8Array(to.buffer);
}

/** The way back; the bytes may be those given. */
export function narrow(words: ArrayBuffer, d: DType): Uint8Array {
  const ratio = ratioOf(d);
  if (ratio === 4) return new Uint8Array(words);
  const from = new Int32Array(words);
  const to = ratio === 1 ? new Uint8Array(from.length) : new Uint16Array(from.length);
  to.set(from);
  return new Uint8Array(to.buffer);
}

/** dtypes whose elements the device can hold, by the names of the types of their parts. */
export const dtypesOf = (types: readonly string[]): ReadonlySet<NumericName> =>
  new Set(
    Object.values(byName as Record<NumericName, DType>)
      .filter((d) => types.includes(d.part))
      .map((d) => d.name as NumericName),
  );
