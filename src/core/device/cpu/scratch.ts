import { allocateBlock, type Block, freeBlock } from './heap.js';

/** Scratch memory in the heap for routines, for the length of one call. */

let fixed: Block | null = null;
const FIXED = 640 * 1024;

/** Runs `f` with the address of scratch memory in the heap; false when there is none. */
export function withScratch(bytes: number, f: (address: number) => void): boolean {
  if (bytes <= FIXED) {
    fixed ??= allocateBlock(FIXED);
    if (fixed !== null) {
      f(fixed.address);
      return true;
    }
  }
  const block = allocateBlock(bytes);
  if (block === null) return false;
  try {
    f(block.address);
  } finally {
    freeBlock(block);
  }
  return true;
}
