import {
  HAS_UINT32,
  MT_PLACE,
  MT_WORDS,
  OWN,
  PHILOX_BUFFER,
  PHILOX_KEY,
  PHILOX_PLACE,
  STATE,
  UINTEGER,
} from './layout.js';
import { JUMP } from './mt-jump.js';
import type { Stream } from './stream.js';
import type { Algorithm } from './steppers.js';

/** States of the generators: how they come from seeds, and how they are moved along their sequences. Words are 32 bits. */

const at = (place: number): number => (place - STATE) / 4;

/** Places of the parts in the words of a stream. */
export const PLACE: Readonly<
  Record<'has' | 'half' | 'own' | 'mtPlace' | 'philoxKey' | 'philoxBuffer' | 'philoxPlace', number>
> = {
  has: at(HAS_UINT32),
  half: at(UINTEGER),
  own: at(OWN),
  mtPlace: at(MT_PLACE),
  philoxKey: at(PHILOX_KEY),
  philoxBuffer: at(PHILOX_BUFFER),
  philoxPlace: at(PHILOX_PLACE),
};

/** An integer of n words, lowest first. */
export function readWords(words: Uint32Array, place: number, n: number): bigint {
  let v = 0n;
  for (let i = n - 1; i >= 0; i--) v = (v << 32n) | BigInt(words[place + i]);
  return v;
}

export function writeWords(words: Uint32Array, place: number, n: number, value: bigint): void {
  for (let i = 0, v = value; i < n; i++, v >>= 32n) words[place + i] = Number(v & 0xffffffffn);
}

const ALL_128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
/** PCG64DXSM steps with a short multiplier, though it is seeded with the long one. */
const STEP: Partial<Record<Algorithm, bigint>> = { PCG64: MULTIPLIER, PCG64DXSM: 0xda942042e4dd58b5n };

/** No half of a word is left over. */
export function clearHalf(words: Uint32Array): void {
  words[PLACE.has] = 0;
  words[PLACE.half] = 0;
}

/** How many 32-bit words of a seed sequence each algorithm asks for, how many bits each word has. */
export const SEED_WORDS: Readonly<Record<Algorithm, readonly [number, 32 | 64]>> = {
  PCG64: [4, 64],
  PCG64DXSM: [4, 64],
  SFC64: [3, 64],
  Philox: [2, 64],
  MT19937: [MT_WORDS, 32],
};

/** The seeding of a stream from the words of a seed sequence. */
export function seedStream(s: Stream, seed: Uint32Array): void {
  const w = s.words();
  w.fill(0);
  const word = (i: number): bigint => readWords(seed, 2 * i, 2);
  switch (s.algorithm) {
    case 'PCG64':
    case 'PCG64DXSM': {
      const inc = ((((word(2) << 64n) | word(3)) << 1n) & ALL_128) | 1n;
      const start = (word(0) << 64n) | word(1);
      writeWords(w, PLACE.own, 4, ((inc + start) * MULTIPLIER + inc) & ALL_128);
      writeWords(w, PLACE.own + 4, 4, inc);
      break;
    }
    case 'SFC64': {
      w.set(seed.subarray(0, 6), PLACE.own);
      w[PLACE.own + 6] = 1;
      s.written();
      for (let i = 0; i < 12; i++) s.nextUint64();
      return;
    }
    case 'Philox':
      w.set(seed.subarray(0, 4), PLACE.philoxKey);
      w[PLACE.philoxPlace] = 4;
      break;
    case 'MT19937':
      w.set(seed.subarray(0, MT_WORDS), PLACE.own);
      w[PLACE.own] = 0x80000000;
      w[PLACE.mtPlace] = MT_WORDS - 1;
      break;
  }
  s.written();
}

/** MT19937 seeded with one word, as the legacy functions do. */
export function seedGenrand(s: Stream, seed: number): void {
  const w = s.words();
  let v = seed >>> 0;
  for (let i = 0; i < MT_WORDS; i++) {
    w[PLACE.own + i] = v;
    v = (Math.imul(1812433253, v ^ (v >>> 30)) + i + 1) >>> 0;
  }
  w[PLACE.mtPlace] = MT_WORDS;
  s.written();
}

/** MT19937 seeded with many words. */
export function seedByArray(s: Stream, key: Uint32Array): void {
  seedGenrand(s, 19650218);
  const w = s.words();
  const mt = w.subarray(PLACE.own, PLACE.own + MT_WORDS);
  let [i, j] = [1, 0];
  const wrap = (): void => {
    if (i < MT_WORDS) return;
    mt[0] = mt[MT_WORDS - 1];
    i = 1;
  };
  for (let k = Math.max(MT_WORDS, key.length); k > 0; k--) {
    mt[i] = (mt[i] ^ Math.imul(mt[i - 1] ^ (mt[i - 1] >>> 30), 1664525)) + key[j] + j;
    i++;
    j = (j + 1) % key.length;
    wrap();
  }
  for (let k = MT_WORDS - 1; k > 0; k--) {
    mt[i] = (mt[i] ^ Math.imul(mt[i - 1] ^ (mt[i - 1] >>> 30), 1566083941)) - i;
    i++;
    wrap();
  }
  mt[0] = 0x80000000;
  s.written();
}

/** Moves a stream as if `delta` of its steps had been made: of PCG64 words, of Philox four words each. */
export function advanceStream(s: Stream, delta: bigint): void {
  const w = s.words();
  if (s.algorithm === 'Philox') {
    const all = (1n << 256n) - 1n;
    writeWords(w, PLACE.own, 8, (readWords(w, PLACE.own, 8) + delta) & all);
    w.fill(0, PLACE.philoxBuffer, PLACE.philoxBuffer + 8);
    w[PLACE.philoxPlace] = 4;
  } else {
    let multiplier = STEP[s.algorithm] as bigint;
    let plus = readWords(w, PLACE.own + 4, 4);
    let [m, p] = [1n, 0n];
    for (let d = delta & ALL_128; d > 0n; d >>= 1n) {
      if (d & 1n) {
        m = (m * multiplier) & ALL_128;
        p = (p * multiplier + plus) & ALL_128;
      }
      plus = ((multiplier + 1n) * plus) & ALL_128;
      multiplier = (multiplier * multiplier) & ALL_128;
    }
    writeWords(w, PLACE.own, 4, (m * readWords(w, PLACE.own, 4) + p) & ALL_128);
  }
  clearHalf(w);
  s.written();
}

/**
 * Moves MT19937 by 2¹²⁸ steps: the polynomial x^(2¹²⁸) modulo the generator's characteristic one, with the step of the state for x,
 * evaluated by Horner's rule. The state is a ring that begins at `from`.
 */
export function jumpMt(s: Stream): void {
  const w = s.words();
  const state = w.slice(PLACE.own, PLACE.own + MT_WORDS);
  const place = w[PLACE.mtPlace] >= MT_WORDS ? 0 : w[PLACE.mtPlace];
  const sum = state.slice();
  const powers = JUMP();
  let from = place;
  const step = (): void => {
    const next = from + 1 === MT_WORDS ? 0 : from + 1;
    const far = from + 397 >= MT_WORDS ? from + 397 - MT_WORDS : from + 397;
    const y = (sum[from] & 0x80000000) | (sum[next] & 0x7fffffff);
    sum[from] = sum[far] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    from = next;
  };
  const add = (): void => {
    for (let k = 0, a = from, b = place; k < MT_WORDS; k++) {
      sum[a] ^= state[b];
      if (++a === MT_WORDS) a = 0;
      if (++b === MT_WORDS) b = 0;
    }
  };
  let i = powers.length * 8 - 1;
  const has = (k: number): boolean => ((powers[k >> 3] >> (k & 7)) & 1) === 1;
  while (!has(i)) i--;
  step();
  for (i--; i > 0; i--) {
    if (has(i)) add();
    step();
  }
  if (has(0)) add();
  w.set(sum, PLACE.own);
  w[PLACE.mtPlace] = from;
  s.written();
}
