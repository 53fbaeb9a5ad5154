import type { ScalarType } from '../../dtype.js';
import { MemoryError } from '../../errors.js';
import { CONTAINER, type TypedArray } from '../access.js';
import type { Device, HostBuffer } from '../device.js';
import { allocateBlock, type Block, freeBlock, heap, usage, type Views } from './heap.js';
import { search, unwatch, type Watched, watch } from './reclaim.js';

/**
 * Buffers of the cpu device.
 *
 * Large ones are blocks of the heap that a FinalizationRegistry gives back. Registering costs more than adding ten numbers, and
 * so does every ArrayBuffer; small ones therefore share slabs, and only slabs are registered. A slab lives as long as
 * one of its buffers. When the heap is full everything becomes ordinary ArrayBuffers; kernels reach those through copies.
 */

/** The memory behind one or many buffers: a block of the heap, or an ArrayBuffer. */
class Store {
  private views: TypedArray[] = [];

  constructor(
    readonly memory: ArrayBufferLike,
    /** Of the first byte in the heap, or -1. */
    readonly address: number,
    readonly block: Block | null,
  ) {}

  view(type: ScalarType): TypedArray {
    const make = CONTAINER[type];
    for (const v of this.views) if (v.constructor === make) return v;
    const v = new make(this.memory, 0, Math.floor(this.memory.byteLength / make.BYTES_PER_ELEMENT));
    this.views.push(v);
    return v;
  }
}

/** A block and the buffer that owns it, for whoever learns of the buffer's death first. */
class Owned implements Watched {
  constructor(
    readonly ref: WeakRef<object>,
    readonly block: Block,
    readonly bytes: number,
    private readonly slab: boolean,
  ) {}
  release(): void {
    registry.unregister(this);
    this.giveBack();
  }
  giveBack(): void {
    if (this.slab) inSlabs -= this.block.size;
    freeBlock(this.block);
  }
}

const registry = new FinalizationRegistry<Owned>((o) => {
  unwatch(o);
  o.giveBack();
});

function own(target: object, block: Block, slab = false): Owned {
  const o = new Owned(new WeakRef(target), block, block.size, slab);
  registry.register(target, o, o);
  watch(o);
  return o;
}

/** Heap bytes in slabs whose death is not known yet. */
let inSlabs = 0;

/** Slabs take at most this much of the heap at a time: a synchronous loop over small arrays must not fill it for ever. */
const SLAB_BUDGET = 512 * 1024 * 1024;

/** Memory that hands out its bytes from the bottom up. */
class Slab {
  used = 0;
  /** Buffers that were not given back explicitly. */
  live = 0;
  constructor(
    readonly store: Store,
    readonly size: number,
  ) {}
}

/** Buffers of up to `most` bytes share slabs of `size` bytes. */
class SlabClass {
  current: Slab | null = null;
  constructor(
    readonly most: number,
    readonly size: number,
  ) {}

  renew(): Slab {
    // Between searches slabs stay below the budget by themselves; past it even a search found too little.
    const block = inSlabs < SLAB_BUDGET || search() ? allocateBlock(this.size) : null;
    if (block === null) this.current = new Slab(new Store(ordinary(this.size), -1, null), this.size);
    else {
      this.current = new Slab(new HeapStore(heap().memory.buffer, block.address, block), this.size);
      inSlabs += block.size;
      own(this.current, block, true);
    }
    return this.current;
  }
}

const TINY = new SlabClass(256, 16 * 1024);
const LITTLE = new SlabClass(4096, 64 * 1024);
const MIDDLE = new SlabClass(32 * 1024, 256 * 1024);

/** An ArrayBuffer whose length is a multiple of 16, so that every typed array fits over it. */
function ordinary(nbytes: number): ArrayBuffer {
  try {
    const memory = new ArrayBuffer(Math.ceil(nbytes / 16) * 16);
    // Engines make larger memory than their typed arrays reach.
    new Uint8Array(memory);
    return memory;
  } catch {
    throw new MemoryError(`Unable to allocate ${sizeText(nbytes)}`);
  }
}

/** `8.00 GiB`, as NumPy's message prints sizes. */
export function sizeText(nbytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let u = 0;
  let n = nbytes;
  while (n >= 1024 && u < units.length - 1) {
    n /= 1024;
    u++;
  }
  return u === 0 ? `${n} bytes` : `${n < 10 ? n.toFixed(2) : n < 100 ? n.toFixed(1) : n.toFixed(0)} ${units[u]}`;
}

export class CpuBuffer implements HostBuffer {
  owners = 0;
  exposed = false;
  private cached: Uint8Array | null = null;
  /** The block that dies with this buffer. */
  owned: Owned | null = null;

  constructor(
    readonly device: Device,
    readonly nbytes: number,
    /** Address in the heap, or -1. */
    readonly address: number,
    /** Byte offset in the store's memory. */
    readonly base: number,
    private store: Store | null,
    private slab: Slab | null,
  ) {}

  get bytes(): Uint8Array {
    return this.cached ?? (this.cached = new Uint8Array(this.memory, this.base, this.nbytes));
  }

  /** All of the memory that the buffer is a part of. */
  get memory(): ArrayBufferLike {
    return this.live().memory;
  }

  private live(): Store {
    if (this.store === null) throw new Error('cpu: the buffer was freed');
    return this.store;
  }

  /** A typed array over that memory; the buffer's first element has index `base / itemsize` in it. */
  typed(type: ScalarType): TypedArray {
    return this.live().view(type);
  }

  free(): void {
    const { slab, store } = this;
    if (store === null) return;
    this.store = null;
    this.cached = null;
    if (slab !== null) {
      this.slab = null;
      // The one that was handed out last makes room for the next; an empty slab starts again.
      if (--slab.live === 0) slab.used = 0;
      else if (slab.used === this.base - Math.max(0, slab.store.address) + align(this.nbytes))
        slab.used -= align(this.nbytes);
    } else if (this.owned !== null) {
      unwatch(this.owned);
      this.owned.release();
      this.owned = null;
    }
  }
}

const align = (nbytes: number): number => (nbytes + 15) & ~15;

/** Stores of the heap's blocks differ in their block only; views over the heap are shared. */
let heapViews: { readonly [T in ScalarType]: TypedArray } | null = null;
function heapView(h: Views, type: ScalarType): TypedArray {
  heapViews ??= {
    bool: h.u8,
    int8: h.i8,
    uint8: h.u8,
    int16: h.i16,
    uint16: h.u16,
    int32: h.i32,
    uint32: h.u32,
    int64: h.i64,
    uint64: h.u64,
    float16: h.u16,
    float32: h.f32,
    float64: h.f64,
  };
  return heapViews[type];
}

class HeapStore extends Store {
  override view(type: ScalarType): TypedArray {
    return heapView(heap(), type);
  }
}

/** Uninitialised memory. @throws MemoryError `Unable to allocate 8.00 GiB` */
export function allocate(device: Device, nbytes: number): CpuBuffer {
  if (nbytes <= 32 * 1024) {
    const c = nbytes <= 256 ? TINY : nbytes <= 4096 ? LITTLE : MIDDLE;
    const size = (nbytes + 15) & ~15;
    let slab = c.current;
    if (slab === null || slab.used + size > slab.size) slab = c.renew();
    const at = slab.used;
    slab.used = at + size;
    slab.live++;
    const a = slab.store.address;
    return new CpuBuffer(device, nbytes, a < 0 ? -1 : a + at, a < 0 ? at : a + at, slab.store, slab);
  }
  const block = allocateBlock(nbytes);
  if (block === null) return new CpuBuffer(device, nbytes, -1, 0, new Store(ordinary(nbytes), -1, null), null);
  const b = new CpuBuffer(
    device,
    nbytes,
    block.address,
    block.address,
    new HeapStore(heap().memory.buffer, block.address, block),
    null,
  );
  b.owned = own(b, block);
  return b;
}

/** Memory filled with zeros. */
export function allocateZeroed(device: Device, nbytes: number): CpuBuffer {
  const b = allocate(device, nbytes);
  const clean = b.owned?.block.clean ?? Infinity;
  if (b.address >= 0) heap().u8.fill(0, b.address, Math.min(b.address + nbytes, clean));
  else b.bytes.fill(0);
  return b;
}

const wrapped = new WeakMap<ArrayBufferLike, Store>();

/** A user's memory as a buffer, without a copy. It stays the user's: writes can come from either side. */
export function wrap(device: Device, data: ArrayBufferLike | ArrayBufferView): CpuBuffer {
  const view = ArrayBuffer.isView(data);
  const memory = view ? data.buffer : data;
  const offset = view ? data.byteOffset : 0;
  const nbytes = data.byteLength;
  let b: CpuBuffer;
  const h = heap();
  if (memory === h.memory.buffer)
    b = new CpuBuffer(device, nbytes, offset, offset, new HeapStore(memory, 0, null), null);
  else {
    let store = wrapped.get(memory);
    if (store === undefined) wrapped.set(memory, (store = new Store(memory, -1, null)));
    b = new CpuBuffer(device, nbytes, -1, offset, store, null);
  }
  b.exposed = true;
  return b;
}

/** What the device holds: bytes of heap blocks in use, the mark up to which the heap was touched, and the most it may take. */
export const stats = (): { readonly live: number; readonly top: number; readonly limit: number } => usage();
