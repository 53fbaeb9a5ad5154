import { allocateTable, heap } from '../cpu/heap.js';
import { inHeap, systemLibrary } from './library.js';

/**
 * Arguments of Fortran routines, all of which are passed by address: slots at a fixed place in the heap for numbers, and one for each letter.
 */

const SLOTS = 24;
const LETTERS = 'NTCLUASVR';
let place = -1;

function table(): number {
  if (place < 0) {
    place = allocateTable(16 * SLOTS + 64);
    const { u8 } = heap();
    for (let i = 0; i < LETTERS.length; i++) u8[place + 16 * SLOTS + i] = LETTERS.charCodeAt(i);
  }
  return place;
}

/** Address of a letter. */
export const letter = (c: string): number => inHeap(table() + 16 * SLOTS + LETTERS.indexOf(c));

/** Puts an integer in a slot, 64 bits wide, which routines with narrower integers read the first half of. Gives its address. */
export function integer(slot: number, value: number): number {
  const at = table() + 16 * slot;
  const { i32 } = heap();
  i32[at / 4] = value;
  i32[at / 4 + 1] = value < 0 ? -1 : 0;
  return inHeap(at);
}

/** Puts a number, complex where `im` is given, in a slot. */
export function number(slot: number, re: number, im: number, single = false): number {
  const at = table() + 16 * slot;
  const h = heap();
  if (single) {
    h.f32[at / 4] = re;
    h.f32[at / 4 + 1] = im;
  } else {
    h.f64[at / 8] = re;
    h.f64[at / 8 + 1] = im;
  }
  return inHeap(at);
}

/** What a routine left in a slot. */
export const readInteger = (slot: number): number => heap().i32[(table() + 16 * slot) / 4];
export const readNumber = (slot: number): number => heap().f64[(table() + 16 * slot) / 8];

/** 32-bit integers out of `n` of the library's at a place of 32-bit words, where they were written. */
export function narrow(words: number, n: number): void {
  if (systemLibrary()?.wide !== true) return;
  const { i32 } = heap();
  for (let i = 0; i < n; i++) i32[words + i] = i32[words + 2 * i];
}
