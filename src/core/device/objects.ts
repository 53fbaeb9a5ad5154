/**
 * JavaScript values in arrays. An element of dtype object is eight bytes with the number of a slot in one table, so that objects are
 * moved, sliced and gathered as bits, like everything else. Slots that no array holds any more are found by a search through the arrays of
 * objects that are alive. It runs where the library holds no memory of its own: between tasks, or at the start of an outermost call.
 */

/** Slot 0 is None: memory of zeros is an array of None. */
const slots: unknown[] = [null];
const free: number[] = [];
/** Slots in use at which the next search is due. */
const FIRST = 1 << 16;
let limit = FIRST;
let scheduled = false;

/** Where the handles lie in a buffer: byte offsets within an item, and the item's size. */
interface Holder {
  readonly ref: WeakRef<{ readonly bytes: Uint8Array }>;
  readonly offsets: readonly number[];
  readonly itemsize: number;
}
const holders = new Set<Holder>();
const seen = new WeakSet<object>();

/** Registers memory that holds handles. */
export function holdObjects(
  buffer: { readonly bytes: Uint8Array },
  offsets: readonly number[],
  itemsize: number,
): void {
  if (seen.has(buffer)) return;
  seen.add(buffer);
  holders.add({ ref: new WeakRef(buffer), offsets, itemsize });
}

/** The slot of a value. */
export function slotOf(v: unknown): number {
  if (v === null || v === undefined) return 0;
  const k = free.pop();
  if (k !== undefined) {
    slots[k] = v;
    return k;
  }
  slots.push(v);
  if (slots.length > limit) schedule();
  return slots.length - 1;
}

/** The value in a slot; what was never an object reads as None. */
export const valueIn = (k: number): unknown => slots[k] ?? null;

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  const timer = setTimeout(() => {
    if (scheduled) findFreeSlots();
  }, 0) as unknown as { unref?: () => void };
  timer.unref?.();
}

/** Whether a search is due. */
export const searchDue = (): boolean => scheduled;

/** Asks the host's collector to run, where there is such a door: within synchronous code only then is known what is dead. */
let collect: () => void = () => undefined;
export function setCollector(f: () => void): void {
  collect = f;
}

/** Arrays within arrays die one level at a time; what is deeper is left for later searches. */
const LEVELS = 4;

/** Searches now. The caller holds no handles but those in memory that was registered. */
export function searchNow(): void {
  for (let i = 0; i < LEVELS; i++) {
    const before = slotsInUse();
    collect();
    findFreeSlots();
    const used = slotsInUse();
    if (used === before || used < slots.length / 2) return;
  }
}

/** Frees the slots that no living array holds. */
export function findFreeSlots(): void {
  scheduled = false;
  const used = new Uint8Array(slots.length);
  used[0] = 1;
  for (const h of holders) {
    const buffer = h.ref.deref();
    if (buffer === undefined) {
      holders.delete(h);
      continue;
    }
    const { bytes } = buffer;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + h.itemsize <= bytes.byteLength; at += h.itemsize)
      for (const o of h.offsets) {
        const k = view.getUint32(at + o, true);
        if (k < used.length) used[k] = 1;
      }
  }
  free.length = 0;
  for (let k = slots.length - 1; k > 0; k--) {
    if (used[k] === 1) continue;
    slots[k] = null;
    free.push(k);
  }
  const live = slots.length - free.length;
  limit = Math.max(FIRST, slots.length, 2 * live);
  // A table that is nearly full would be searched again at once.
  if (free.length < slots.length / 4) limit = slots.length * 2;
}

/** For tests: slots in use. */
export const slotsInUse = (): number => slots.length - free.length;
