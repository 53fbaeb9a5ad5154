/**
 * Where things lie in the memory of an algorithm's kernels. Each algorithm has one small memory with room for the state of one generator; the
 * generator that draws is loaded into it (see stream.ts), so that generators themselves are ordinary arrays that the engine collects.
 */

/** A 64-bit result, low half first. */
export const RESULT = 0;
/** Of bounded integers: offset and range (64 bits each), mask, and what is left of the last word drawn for narrow types. */
export const OFFSET = 16;
export const RANGE = 24;
export const MASK = 32;
export const LEFT_COUNT = 40;
export const LEFT_BITS = 44;
/** The raw word at which a fill stopped since it needs the slow path of its algorithm. */
export const STOPPED = 48;

/** The state begins here: whether half a word is left over, that half, then what is the algorithm's own. */
export const STATE = 64;
export const HAS_UINT32: number = STATE;
export const UINTEGER: number = STATE + 4;
export const OWN: number = STATE + 8;

/** MT19937: 624 words and the place among them. */
export const MT_WORDS = 624;
export const MT_PLACE: number = OWN + 4 * MT_WORDS;
/** Philox: counter (4 words of 64 bits), key (2), the last results (4), the place among those. */
export const PHILOX_KEY: number = OWN + 32;
export const PHILOX_BUFFER: number = OWN + 48;
export const PHILOX_PLACE: number = OWN + 80;

/** Tables of the ziggurats, and where fills write. */
export const TABLES = 4096;
export const STAGE = 32768;
export const STAGE_BYTES = 32768;
