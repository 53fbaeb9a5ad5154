/** CRC-32 as zip and gzip have it. */

let tables: Uint32Array[] | null = null;

function made(): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  const all = [first];
  // Four bytes at a time: each table is the one before, one byte on.
  for (let t = 1; t < 4; t++) all.push(all[t - 1].map((c) => (c >>> 8) ^ first[c & 255]));
  return all;
}

/** Goes on from the sum of what came before. */
export function crc32(b: Uint8Array, before = 0): number {
  tables ??= made();
  const [t0, t1, t2, t3] = tables;
  let c = ~before;
  let i = 0;
  for (; i + 4 <= b.length; i += 4) {
    c ^= b[i] | (b[i + 1] << 8) | (b[i + 2] << 16) | (b[i + 3] << 24);
    c = t3[c & 255] ^ t2[(c >>> 8) & 255] ^ t1[(c >>> 16) & 255] ^ t0[c >>> 24];
  }
  for (; i < b.length; i++) c = t0[(c ^ b[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}
