/** Copying blocks of host memory several times over: what repeat and tile come to on contiguous arrays. */

/** How often entry i comes: one number for all entries, or one for each. */
export type Counts = number | readonly number[];

type Words = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** One loop for each kind of unit, so that each is compiled for its own. */
function units<W extends Words>(src: W, dst: W, outer: number, length: number, counts: Counts): void {
  let p = 0;
  let q = 0;
  if (counts === 2) {
    for (; p < src.length; p++, q += 2) {
      const v = src[p];
      dst[q] = v;
      dst[q + 1] = v;
    }
    return;
  }
  if (typeof counts === 'number') {
    for (; p < src.length; p++) for (let k = counts, v = src[p]; k > 0; k--) dst[q++] = v;
    return;
  }
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < length; i++, p++) for (let k = counts[i], v = src[p]; k > 0; k--) dst[q++] = v;
}

/** Elements of eight bytes that must keep their bits, as pairs of words: bigints are slow, and floats may lose a NaN's payload. */
function pairs(src: Uint32Array, dst: Uint32Array, outer: number, length: number, counts: Counts): void {
  let p = 0;
  let q = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < length; i++, p += 2) {
      const low = src[p];
      const high = src[p + 1];
      for (let k = typeof counts === 'number' ? counts : counts[i]; k > 0; k--) {
        dst[q++] = low;
        dst[q++] = high;
      }
    }
  }
}

const window = <W extends Words>(
  Make: new (b: ArrayBuffer, o: number, n: number) => W,
  b: Uint8Array,
  size: number,
): W => new Make(b.buffer as ArrayBuffer, b.byteOffset, b.length / size);

/**
 * Writes each of `outer` × `length` blocks of `block` bytes as often as its count says, one after the other.
 *
 * @param floats whether the blocks are floats of eight bytes, whose values count rather than their bits
 */
export function repeatBlocks(
  from: Uint8Array,
  to: Uint8Array,
  outer: number,
  length: number,
  block: number,
  counts: Counts,
  floats: boolean,
): void {
  if (from.byteOffset % block === 0 && to.byteOffset % block === 0) {
    switch (block) {
      case 1:
        return units(from, to, outer, length, counts);
      case 2:
        return units(window(Uint16Array, from, 2), window(Uint16Array, to, 2), outer, length, counts);
      case 4:
        return units(window(Uint32Array, from, 4), window(Uint32Array, to, 4), outer, length, counts);
      case 8:
        if (floats) return units(window(Float64Array, from, 8), window(Float64Array, to, 8), outer, length, counts);
        return pairs(window(Uint32Array, from, 4), window(Uint32Array, to, 4), outer, length, counts);
    }
  }
  let q = 0;
  for (let o = 0, p = 0; o < outer; o++) {
    for (let i = 0; i < length; i++, p += block) {
      const piece = from.subarray(p, p + block);
      for (let k = typeof counts === 'number' ? counts : counts[i]; k > 0; k--, q += block) to.set(piece, q);
    }
  }
}
