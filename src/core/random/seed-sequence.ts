/** Mixing of entropy into words that seed generators: the algorithm of numpy.random.SeedSequence, over 32-bit words. */

const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_L = 0xca01f9dd;
const MIX_R = 0x4973f715;

/** 32-bit words of a non-negative integer, lowest first; zero has one. */
export function wordsOf(n: bigint): number[] {
  const out: number[] = [];
  for (let v = n; v > 0n || out.length === 0; v >>= 32n) out.push(Number(v & 0xffffffffn));
  return out;
}

/** The pool that entropy is mixed into. */
export function mixEntropy(entropy: readonly number[], poolSize: number): Uint32Array {
  const pool = new Uint32Array(poolSize);
  let hash = INIT_A;
  const hashmix = (value: number): number => {
    let v = value ^ hash;
    hash = Math.imul(hash, MULT_A);
    v = Math.imul(v, hash);
    return (v ^ (v >>> 16)) >>> 0;
  };
  const mix = (x: number, y: number): number => {
    const r = (Math.imul(MIX_L, x) - Math.imul(MIX_R, y)) | 0;
    return (r ^ (r >>> 16)) >>> 0;
  };
  for (let i = 0; i < poolSize; i++) pool[i] = hashmix(i < entropy.length ? entropy[i] : 0);
  // Late words affect early ones.
  for (let from = 0; from < poolSize; from++)
    for (let to = 0; to < poolSize; to++) if (from !== to) pool[to] = mix(pool[to], hashmix(pool[from]));
  for (let from = poolSize; from < entropy.length; from++)
    for (let to = 0; to < poolSize; to++) pool[to] = mix(pool[to], hashmix(entropy[from]));
  return pool;
}

/** Words drawn from a pool. */
export function wordsFrom(pool: Uint32Array, n: number): Uint32Array {
  const out = new Uint32Array(n);
  let hash = INIT_B;
  for (let i = 0; i < n; i++) {
    let v = pool[i % pool.length] ^ hash;
    hash = Math.imul(hash, MULT_B);
    v = Math.imul(v, hash);
    out[i] = v ^ (v >>> 16);
  }
  return out;
}
