import { beforeFresh, coldTouched, handOut, unaided, whenFull } from './reclaim.js';

/**
 * The cpu device's memory: one WebAssembly.Memory, reserved whole when it is first needed and never grown, because growing
 * would detach every view that a user holds. Reserving costs no resident memory; pages become real when they are written.
 *
 * The allocator keeps blocks in order of address and joins free neighbours at once. Freed blocks are used before memory
 * that was never touched: they are warm, and touching fresh pages is what makes allocation slow.
 */

const PAGE = 65536;
/** What engines agree to reserve at most. */
const MOST = 4 * 1024 * 1024 * 1024;

/** Views over the whole memory. */
export interface Views {
  readonly memory: WebAssembly.Memory;
  readonly bytes: number;
  readonly i8: Int8Array<ArrayBuffer>;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly i16: Int16Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly i32: Int32Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly i64: BigInt64Array<ArrayBuffer>;
  readonly u64: BigUint64Array<ArrayBuffer>;
  readonly f32: Float32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
}

/** Parts of the memory that have fixed places, before the allocator's. */
export const PARAMS: number = 1024;
export const PARAMS_BYTES: number = 31 * 1024;
/** One slot of 16 bytes for each immediate operand of a run. */
export const IMMEDIATES: number = PARAMS + PARAMS_BYTES;
export const IMMEDIATE_SLOTS: number = 256;
/** One slot for each small operand that lives outside of the heap. */
export const STAGE: number = IMMEDIATES + IMMEDIATE_SLOTS * 16;
export const STAGE_SLOT: number = 32 * 1024 + 64;
export const STAGE_SLOTS: number = 32;
/** Tiles of large operands that live outside of the heap. */
export const TILES: number = Math.ceil((STAGE + STAGE_SLOT * STAGE_SLOTS) / 4096) * 4096;
export const TILES_BYTES: number = 1024 * 1024;
/** Running values of reductions. */
export const ROWS: number = TILES + TILES_BYTES;
export const ROWS_BYTES: number = 512 * 1024;
/** Tables of constants. */
export const TABLES: number = ROWS + ROWS_BYTES;
export const TABLES_BYTES: number = 512 * 1024;
/** Where the allocator's memory begins. */
const START = TABLES + TABLES_BYTES;

const settings = { bytes: 0, limit: 0 };

/** Sets the size of the heap. To be called before anything is computed; mostly for tests. */
export function configure(options: { readonly heapBytes: number }): void {
  if (views !== null) throw new Error('cpu: the heap is already in use; configure it before the first array is made');
  settings.bytes = Math.max(START + PAGE * 4, options.heapBytes);
}

interface HostProcess {
  readonly env?: Record<string, string | undefined>;
  readonly availableMemory?: () => number;
}

let views: Views | null = null;

function reserve(): Views {
  const proc = (globalThis as { process?: HostProcess }).process;
  const asked = Number(proc?.env?.NUMBRIDGE_HEAP_MB ?? 0) * 1024 * 1024;
  let pages = Math.ceil(Math.min(MOST, settings.bytes || asked || MOST) / PAGE);
  pages = Math.max(pages, Math.ceil(START / PAGE) + 4);
  for (;;) {
    try {
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
      const b = memory.buffer as ArrayBuffer;
      // Arrays may not fill the machine's memory: a synchronous loop cannot give any back. Beyond the limit they are
      // ordinary ArrayBuffers, which the engine collects.
      const available = proc?.availableMemory?.() ?? 0;
      settings.limit =
        settings.bytes || asked || available === 0
          ? b.byteLength
          : Math.min(b.byteLength, Math.max(256 * 1024 * 1024, available / 2));
      return {
        memory,
        bytes: b.byteLength,
        i8: new Int8Array(b),
        u8: new Uint8Array(b),
        i16: new Int16Array(b),
        u16: new Uint16Array(b),
        i32: new Int32Array(b),
        u32: new Uint32Array(b),
        i64: new BigInt64Array(b),
        u64: new BigUint64Array(b),
        f32: new Float32Array(b),
        f64: new Float64Array(b),
      };
    } catch (e) {
      if (pages <= Math.ceil(START / PAGE) + 4) throw e;
      pages = Math.max(pages >> 1, Math.ceil(START / PAGE) + 4);
    }
  }
}

/** The memory, reserved on first use. */
export function heap(): Views {
  return views ?? (views = reserve());
}

/** A stretch of the heap, in a list in order of address. Free ones are also in the list of their size class. */
export class Block {
  free = false;
  before: Block | null = null;
  after: Block | null = null;
  /** From this address on nobody has written, so that there are zeros. */
  clean: number = Infinity;
  private left: Block | null = null;
  private right: Block | null = null;

  constructor(
    public address: number,
    public size: number,
  ) {}

  /** Joins the free list of its class, first in line: it is the warmest. */
  enlist(): void {
    const c = classOf(this.size);
    this.free = true;
    this.left = null;
    this.right = bins[c];
    if (this.right) this.right.left = this;
    bins[c] = this;
    if (c >= topBin) topBin = c + 1;
  }

  delist(): void {
    this.free = false;
    if (this.left) this.left.right = this.right;
    else bins[classOf(this.size)] = this.right;
    if (this.right) this.right.left = this.left;
  }

  /** The next free block of the class. */
  get next(): Block | null {
    return this.right;
  }
}

const bins: (Block | null)[] = new Array<Block | null>(160).fill(null);
let topBin = 0;
let last: Block | null = null;
let top = START;
/** Up to where memory was ever handed out: what lies below is warm, also where no block describes it any more. */
let mark = START;
let live = 0;

/** Four classes to each power of two. */
function classOf(size: number): number {
  const e = 31 - Math.clz32(size / 64);
  return e * 4 + (Math.floor(size / 2 ** (e + 4)) & 3);
}

const round = (nbytes: number): number =>
  nbytes > 1 << 20 ? Math.ceil(nbytes / 4096) * 4096 : Math.ceil(nbytes / 64) * 64;

/** Rests smaller than this stay with the block they are left over from. */
const SPLIT = 4096;

function take(block: Block, size: number): Block {
  block.delist();
  if (block.size - size >= SPLIT) {
    const rest = new Block(block.address + size, block.size - size);
    block.size = size;
    rest.before = block;
    rest.after = block.after;
    if (rest.after) rest.after.before = rest;
    else last = rest;
    block.after = rest;
    rest.enlist();
  }
  live += block.size;
  return block;
}

let searching = false;

/** Memory for nbytes > 0, 64-byte aligned, or null when the heap has no room for it. */
export function allocateBlock(nbytes: number): Block | null {
  const size = round(nbytes);
  heap();
  if (size > settings.limit) return null;
  const c = classOf(size);
  // In the own class blocks may be too small; the best of the first few will do.
  let best: Block | null = null;
  let tries = 8;
  for (let b = bins[c]; b !== null && tries > 0; b = b.next, tries--) {
    if (b.size >= size && (best === null || b.size < best.size)) best = b;
  }
  for (let k = c + 1; best === null && k < topBin; k++) best = bins[k];
  if (best !== null) {
    handOut(size);
    press(size);
    return take(best, size);
  }
  // Before cold memory is taken, or none is left, dead buffers are looked for.
  const cold = top + size > mark;
  if (!searching && (size > settings.limit - top ? whenFull(size) : cold && beforeFresh())) {
    searching = true;
    try {
      return allocateBlock(nbytes);
    } finally {
      searching = false;
    }
  }
  if (size > settings.limit - top) return null;
  handOut(size);
  press(size);
  const block = new Block(top, size);
  if (cold) {
    block.clean = Math.max(top, mark);
    touch(block.clean, top + size);
    mark = top + size;
  }
  top += size;
  block.before = last;
  if (last) last.after = block;
  last = block;
  live += size;
  return block;
}

/** Bytes that are touched to learn what cold memory costs, and the size of the system's pages. */
const SAMPLE = 256 * 1024;
const SYSTEM_PAGE = 4096;

/** Times the first touch of some pages of cold memory. They would be touched at once anyway. */
function touch(from: number, to: number): void {
  if (to - from < 4 * SAMPLE || unaided()) return;
  const { u8 } = heap();
  const end = from + SAMPLE;
  const start = performance.now();
  for (let at = from; at < end; at += SYSTEM_PAGE) u8[at] = 0;
  coldTouched(performance.now() - start, SAMPLE);
}

/** Gives a block back. */
export function freeBlock(block: Block): void {
  if (block.free) throw new Error('cpu: a block was freed twice');
  live -= block.size;
  block.clean = Infinity;
  const { before, after } = block;
  if (before?.free) {
    before.delist();
    block.address = before.address;
    block.size += before.size;
    block.before = before.before;
    if (block.before) block.before.after = block;
  }
  if (after?.free) {
    after.delist();
    block.size += after.size;
    block.after = after.after;
    if (block.after) block.after.before = block;
    else last = block;
  }
  if (block === last) {
    // Back to the memory that no block describes.
    last = block.before;
    if (last) last.after = null;
    top = block.address;
    block.free = true;
    return;
  }
  block.enlist();
}

/**
 * The engine does not know that small objects hold large blocks, and would wait too long before it looks for dead ones. So
 * where nobody else asks it to (`reclaim.ts`), now and then an ArrayBuffer of the same size is made and dropped; nothing touches it, so it costs no memory, but it counts.
 */
const PRESSURE = 64 * 1024 * 1024;
let unreported = 0;

function press(size: number): void {
  unreported += size;
  if (unreported < PRESSURE || !unaided()) return;
  try {
    new ArrayBuffer(unreported);
  } catch {
    // Then memory is short, and the collector knows it.
  }
  unreported = 0;
}

/** Bytes in use and bytes that were ever touched. */
export const usage = (): { live: number; top: number; limit: number } => ({
  live,
  top: mark - START,
  limit: settings.limit,
});

let tableTop = TABLES;

/** Room for a table of constants, for ever. */
export function allocateTable(nbytes: number): number {
  const size = Math.ceil(nbytes / 64) * 64;
  if (tableTop + size <= TABLES + TABLES_BYTES) {
    tableTop += size;
    return tableTop - size;
  }
  const block = allocateBlock(size);
  if (block === null) throw new Error('cpu: no memory for a table of constants');
  return block.address;
}
