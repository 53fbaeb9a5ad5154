import type { FunctionFacts } from './dispatch.js';

/**
 * The door for memory that routines do not read as it lies: elements at odd bytes, or in the other byte order. It stays shut until the
 * first such array is made, so that calls without any cost nothing.
 */
export type MemoryDoor = (f: FunctionFacts, names: readonly string[], bound: unknown[]) => unknown;

let open: MemoryDoor | null = null;
let ready: MemoryDoor | null = null;

/** Given by ops/odd-memory.ts, which stands above this file. */
export function setMemoryDoor(d: MemoryDoor): void {
  ready = d;
}
/** Called where such an array is made. */
export function openMemoryDoor(): void {
  open = ready;
}
export const memoryDoor = (): MemoryDoor | null => open;
