import { allocateBlock, type Block, freeBlock, heap } from '../device/cpu/heap.js';
import { sizeText } from '../device/cpu/buffer.js';
import { MemoryError } from '../errors.js';

/**
 * Working memory for linear algebra: stretches of the heap, given out like a stack and taken back together. Places are counted in
 * doubles from the start of the heap (`H[place]`), since all routines compute in double precision, as NumPy's do.
 */

const FIXED = 1024 * 1024;
let fixed: Block | null = null;
/** First free double of the fixed stretch. */
let top = 0;
let end = 0;
/** Blocks of their own, for what the fixed stretch does not hold. */
const blocks: Block[] = [];

/** A state of the arena, to which it can be taken back. */
export interface Mark {
  readonly top: number;
  readonly blocks: number;
}

/**
 * Uninitialised memory for `doubles` doubles, on a boundary of 64 bytes.
 * @throws MemoryError
 */
export function take(doubles: number): number {
  if (fixed === null) {
    fixed = allocateBlock(FIXED);
    if (fixed !== null) {
      top = fixed.address / 8;
      end = top + FIXED / 8;
    }
  }
  const size = (doubles + 7) & ~7;
  if (fixed !== null && size <= end - top && doubles < FIXED / 8) {
    const at = top;
    top += size;
    return at;
  }
  const block = allocateBlock(Math.max(64, doubles * 8));
  if (block === null) throw new MemoryError(`Unable to allocate ${sizeText(doubles * 8)} for linear algebra`);
  blocks.push(block);
  return block.address / 8;
}

export const mark = (): Mark => ({ top, blocks: blocks.length });

/** Takes back all that was given out since the mark. */
export function release(m: Mark): void {
  if (fixed !== null && m.top > 0) top = m.top;
  else if (fixed !== null) top = fixed.address / 8;
  while (blocks.length > m.blocks) freeBlock(blocks.pop() as Block);
}

/** Runs a routine; the memory that it takes is taken back afterwards. */
export function scratch<T>(f: () => T): T {
  const m = mark();
  try {
    return f();
  } finally {
    release(m);
  }
}

/** The heap as doubles: `H()[place]`. */
export const doubles = (): Float64Array => heap().f64;
/** The heap as 32-bit integers: those at a place begin at `2 * place`. */
export const integers = (): Int32Array => heap().i32;
