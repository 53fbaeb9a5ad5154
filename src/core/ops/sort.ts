import type { ArrayValue } from '../array.js';
import { accessor, CONTAINER, forEachOffset, halfToNumber, type TypedArray, typedView } from '../device/access.js';
import { heap } from '../device/cpu/heap.js';
import { KEY_SIZE, type KeyKind, type KeySize, radixKernels } from '../device/cpu/radix.js';
import { orderingOf } from './ordering.js';
import { withScratch } from '../device/cpu/scratch.js';
import type { HostBuffer } from '../device/device.js';
import { type DType, int64, isTime, nativeOf, type ScalarType } from '../dtype.js';
import { assignTo, copyAs } from './copy.js';
import { ranks, laneOf, orderOfColumns } from './order.js';
import { textKeys } from './text-keys.js';

/**
 * Sorting of lanes in the host's memory. Every sort is stable; NaN comes last, zeros of both signs are equal, complex numbers
 * are ordered by real and then imaginary part, those with a NaN in them last.
 */

/** Elements along one axis: byte offset of the first, bytes from one to the next. */
export interface Lane {
  readonly array: ArrayValue;
  readonly part: ScalarType;
  readonly at: number;
  readonly step: number;
  readonly n: number;
}

const KINDS: { readonly [T in ScalarType]: KeyKind | null } = {
  bool: null,
  int8: null,
  uint8: null,
  int16: null,
  uint16: null,
  float16: null,
  int32: 'i32',
  uint32: 'u32',
  int64: 'i64',
  uint64: 'u64',
  float32: 'f32',
  float64: 'f64',
};

export const keySizeOf = (part: ScalarType): KeySize => {
  const kind = KINDS[part];
  return kind === null ? 4 : KEY_SIZE[kind];
};

const viewOf = (l: Lane, part: ScalarType): { array: TypedArray; at: number; step: number } => {
  const { array, base } = typedView(l.array.buffer as HostBuffer, CONTAINER[part]);
  const unit = array.BYTES_PER_ELEMENT;
  return { array, at: base + l.at / unit, step: l.step / unit };
};

/** Key of a narrow element, given its value or (for float16) its bits. */
function narrowKey(part: ScalarType, v: number, merge: boolean): number {
  switch (part) {
    case 'bool':
      return v !== 0 ? 1 : 0;
    case 'int8':
      return v + 0x80;
    case 'int16':
      return v + 0x8000;
    case 'float16':
      if ((v & 0x7fff) > 0x7c00) return 0xfe00;
      if (merge && v === 0x8000) return 0x8000;
      return v & 0x8000 ? ~v & 0xffff : v | 0x8000;
    default:
      return v;
  }
}

function narrowElement(part: ScalarType, k: number): number {
  switch (part) {
    case 'int8':
      return k - 0x80;
    case 'int16':
      return k - 0x8000;
    case 'float16':
      return k & 0x8000 ? k & 0x7fff : ~k & 0xffff;
    default:
      return k;
  }
}

/** Writes a lane's keys to the heap and returns how many elements are negative zeros. */
export function loadKeys(l: Lane, dst: number, merge: boolean): number {
  const kind = KINDS[l.part];
  if (kind === null) {
    const { array, at, step } = viewOf(l, l.part);
    const to = heap().u32;
    let zeros = 0;
    for (let i = 0, p = at, q = dst / 4; i < l.n; i++, p += step, q++) {
      const v = array[p] as number;
      if (v === 0x8000) zeros++;
      to[q] = narrowKey(l.part, v, merge);
    }
    return l.part === 'float16' ? zeros : 0;
  }
  const keys = radixKernels().keys[kind];
  const { address } = l.array.buffer as HostBuffer;
  if (address >= 0) return keys(address + l.at, l.step, l.n, dst, merge ? 1 : 0);
  const size = KEY_SIZE[kind];
  const { array, at, step } = viewOf(l, 'int32');
  const from = array as Int32Array;
  const to = heap().i32;
  for (let i = 0, p = at, q = dst / 4; i < l.n; i++, p += step) {
    to[q++] = from[p];
    if (size === 8) to[q++] = from[p + 1];
  }
  return keys(dst, size, l.n, dst, merge ? 1 : 0);
}

/** Writes the elements of keys into a lane. */
function storeElements(l: Lane, src: number): void {
  const kind = KINDS[l.part];
  if (kind === null) {
    const { array, at, step } = viewOf(l, l.part);
    const from = heap().u32;
    for (let i = 0, p = at, q = src / 4; i < l.n; i++, p += step, q++)
      (array as Uint16Array)[p] = narrowElement(l.part, from[q]);
    return;
  }
  const elements = radixKernels().elements[kind];
  const { address } = l.array.buffer as HostBuffer;
  if (address >= 0) {
    elements(src, l.n, address + l.at, l.step);
    return;
  }
  const size = KEY_SIZE[kind];
  elements(src, l.n, src, size);
  const { array, at, step } = viewOf(l, 'int32');
  const to = array as Int32Array;
  const from = heap().i32;
  for (let i = 0, p = at, q = src / 4; i < l.n; i++, p += step) {
    to[p] = from[q++];
    if (size === 8) to[p + 1] = from[q++];
  }
}

/** Lanes this short are sorted by insertion. */
const SHORT = 40;
const TABLE_BYTES = 8 * 1024;

/** Scratch memory for keys (and indices) twice over, and counters. */
interface Room {
  readonly keys: number;
  readonly other: number;
  readonly indices: number;
  readonly otherIndices: number;
  readonly table: number;
}

const aligned = (n: number): number => (n + 63) & ~63;

const roomBytes = (n: number, size: KeySize, pairs: boolean): number =>
  2 * aligned(n * size) + (pairs ? 2 * aligned(n * 4) : 0) + TABLE_BYTES;

function roomAt(address: number, n: number, size: KeySize, pairs: boolean): Room {
  const bytes = aligned(n * size);
  const index = pairs ? aligned(n * 4) : 0;
  return {
    table: address,
    keys: address + TABLE_BYTES,
    other: address + TABLE_BYTES + bytes,
    indices: address + TABLE_BYTES + 2 * bytes,
    otherIndices: address + TABLE_BYTES + 2 * bytes + index,
  };
}

/**
 * Sorts n keys, and indices with them where `pairs`, from `keys`/`indices`; gives where they end up.
 *
 * Bytes that all keys share are skipped. Where many bytes differ, only the highest are sorted by: what is left to do after
 * them is usually little, and insertion does it; if it turns out to be much, all bytes are.
 */
function sortKeys(r: Room, n: number, size: KeySize, pairs: boolean): { keys: number; indices: number } {
  const k = radixKernels().of[size];
  const here = { keys: r.keys, indices: r.indices };
  const insert = (budget: number): boolean =>
    (pairs ? k.insertPairs(here.keys, here.indices, n, budget) : k.insert(here.keys, n, budget)) === 0;
  if (n <= SHORT) {
    insert(0x7fffffff);
    return here;
  }
  const { u32, i32 } = heap();
  const t = r.table / 4;
  u32.fill(0, t, t + size * 256);
  k.count(r.keys, n, r.table);
  let live: number[] = [];
  for (let d = 0; d < size; d++) {
    const byte = heap().u8[r.keys + d];
    if (u32[t + d * 256 + byte] !== n) live.push(d);
  }
  const pass = (d: number): void => {
    // Counters become places.
    let place = 0;
    for (let b = t + d * 256, e = b + 256; b < e; b++) {
      const c = u32[b];
      i32[b] = place;
      place += c * size;
    }
    const keys = here.keys === r.keys ? r.other : r.keys;
    const indices = here.indices === r.indices ? r.otherIndices : r.indices;
    if (pairs) k.scatterPairs(here.keys, keys, here.indices, indices, n, 8 * d, r.table + d * 1024);
    else k.scatter(here.keys, keys, n, 8 * d, r.table + d * 1024);
    here.keys = keys;
    here.indices = indices;
  };
  const enough = n < 65536 ? 3 : 4;
  if (live.length > enough + 1) {
    const high = live.slice(-enough);
    for (const d of high) pass(d);
    if (insert(4 * n)) return here;
    // The counters of the bytes used are places now; they are counted again.
    u32.fill(0, t, t + size * 256);
    k.count(here.keys, n, r.table);
    live = live.slice();
  }
  for (const d of live) pass(d);
  return here;
}

function identity(indices: number, n: number): void {
  const { u32 } = heap();
  for (let i = 0, q = indices / 4; i < n; i++) u32[q + i] = i;
}

/** Zeros of both signs are equal, but their keys are not: puts the signs of a sorted lane's zeros into the order they came in. */
function zeroSigns(l: Lane): (() => void) | null {
  const { array, at, step } = viewOf(l, l.part);
  const half = l.part === 'float16';
  const signs: number[] = [];
  let below = 0;
  let negative = 0;
  for (let i = 0, p = at; i < l.n; i++, p += step) {
    const v = half ? halfToNumber(array[p] as number) : (array[p] as number);
    if (v < 0) below++;
    else if (v === 0) {
      const s = Object.is(v, -0);
      if (s) negative++;
      signs.push(half ? (s ? 0x8000 : 0) : s ? -0 : 0);
    }
  }
  if (negative === signs.length) return null;
  return () => {
    for (let i = 0, p = at + below * step; i < signs.length; i++, p += step) (array as Float64Array)[p] = signs[i];
  };
}

/** Sorts a real lane in place. */
function sortReal(l: Lane): void {
  const size = keySizeOf(l.part);
  const done = withScratch(roomBytes(l.n, size, false), (address) => {
    const room = roomAt(address, l.n, size, false);
    const zeros = loadKeys(l, room.keys, false);
    const fix = zeros > 0 ? zeroSigns(l) : null;
    const { keys } = sortKeys(room, l.n, size, false);
    storeElements(l, keys);
    fix?.();
  });
  if (!done) permuteLane(l, l.array.dtype, slowOrder([l]));
}

/** Lanes that `order` sorts by, the most significant last; complex lanes are three. */
type Keys = readonly (Lane | Uint8Array | Uint32Array)[];
const isList = (k: Lane | Uint8Array | Uint32Array): k is Uint8Array | Uint32Array =>
  k instanceof Uint8Array || k instanceof Uint32Array;

function keysOf(a: ArrayValue, at: number, step: number, n: number): Keys {
  const d = a.dtype;
  if (d.part === undefined) return textKeys(a, at, step, n) ?? [ranks(a, at, step, n)];
  if (d.kind !== 'c') return [{ array: a, part: d.part, at, step, n }];
  const re: Lane = { array: a, part: d.part, at, step, n };
  const im: Lane = { ...re, at: at + d.itemsize / 2 };
  const x = viewOf(re, d.part);
  const y = viewOf(im, d.part);
  let some = 0;
  const classes = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const u = x.array[x.at + i * x.step] as number;
    const v = y.array[y.at + i * y.step] as number;
    classes[i] = (u !== u ? 2 : 0) + (v !== v ? 1 : 0);
    some |= classes[i];
  }
  return some === 0 ? [im, re] : [im, re, classes];
}

/** The stable order of positions 0 … n-1 by keys, of which the last is the most significant; handed out while it is in the heap. */
function order(keys: Keys, n: number, use: (indices: Uint32Array, from: number) => void): void {
  const done = withScratch(roomBytes(n, 8, true), (address) => {
    const room = roomAt(address, n, 8, true);
    identity(room.indices, n);
    let indices = room.indices;
    keys.forEach((key, i) => {
      const size = isList(key) ? 4 : keySizeOf(key.part);
      if (isList(key)) heap().u32.set(key, room.other / 4);
      else loadKeys(key, i === 0 ? room.keys : room.other, true);
      if (i > 0 || isList(key)) radixKernels().of[size].gather(room.other, room.keys, indices, n);
      const otherIndices = indices === room.indices ? room.otherIndices : room.indices;
      ({ indices } = sortKeys({ ...room, indices, otherIndices }, n, size, true));
    });
    use(heap().u32, indices / 4);
  });
  if (!done) use(slowOrder(keys), 0);
}

/** The same without scratch memory in the heap: by comparisons. */
function slowOrder(keys: Keys): Uint32Array {
  const n = isList(keys[0]) ? keys[0].length : keys[0].n;
  const columns = keys.map((k): ((i: number) => number | bigint) => {
    if (isList(k)) return (i) => k[i];
    const read = accessor(k.array.buffer as HostBuffer, k.part);
    return (i) => read.get(k.at + i * k.step);
  });
  columns.reverse();
  return Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => {
    for (const c of columns) {
      const x = c(i);
      const y = c(j);
      const nx = x !== x;
      const ny = y !== y;
      if (nx !== ny) return nx ? 1 : -1;
      if (x < y) return -1;
      if (x > y) return 1;
    }
    return i - j;
  });
}

/** Rearranges a lane by the order of its elements. */
function permuteLane(l: Lane, d: DType, indices: Uint32Array, from = 0): void {
  const w = d.itemsize;
  const { bytes } = l.array.buffer as HostBuffer;
  const copy = new Uint8Array(l.n * w);
  for (let i = 0, p = 0; i < l.n; i++) {
    const q = l.at + indices[from + i] * l.step;
    for (let k = 0; k < w; k++) copy[p++] = bytes[q + k];
  }
  if (l.step === w) {
    bytes.set(copy, l.at);
    return;
  }
  for (let i = 0, p = 0; i < l.n; i++) for (let k = 0, q = l.at + i * l.step; k < w; k++) bytes[q + k] = copy[p++];
}

/** Visits every lane of an array along an axis. */
function forEachLane(a: ArrayValue, axis: number, visit: (at: number) => void): void {
  const others = (_: number, i: number): boolean => i !== axis;
  forEachOffset(a.shape.filter(others), a.strides.filter(others), a.offset, visit);
}

/** Counts of time, moved by one in place: one less, NaT wraps to the largest integer, and so comes last. */
function shiftTimes(a: ArrayValue, by: bigint): void {
  const { array, base } = typedView(a.buffer as HostBuffer, BigInt64Array);
  const counts = array as BigInt64Array;
  forEachOffset(a.shape, a.strides, a.offset, (at) => {
    counts[base + at / 8] += by;
  });
}

/** What an array is ordered by: itself, or, for counts of time, integers in the order of its elements, NaT last. */
export function keyed(a: ArrayValue): ArrayValue {
  if (!isTime(a.dtype)) return a.dtype.isnative ? a : copyAs(a, nativeOf(a.dtype), 'C');
  const t = copyAs(a, nativeOf(a.dtype), 'C');
  shiftTimes(t, -1n);
  return t.face.view(t, int64, t.shape, t.strides, t.offset);
}
/** Whether a dtype's elements are put in order one by one. */
const ordered = (d: DType): boolean => d.kind === 'O';

/** Sorts every lane along an axis in place. The memory is the caller's to write. */
export function sortLanes(a: ArrayValue, axis: number): void {
  const n = a.shape[axis];
  const step = a.strides[axis];
  if (n < 2) return;
  if (!a.dtype.isnative) {
    const t = copyAs(a, nativeOf(a.dtype), 'C');
    sortLanes(t, axis);
    assignTo(a, t);
    return;
  }
  if (isTime(a.dtype)) {
    shiftTimes(a, -1n);
    sortLanes(a.face.view(a, int64, a.shape, a.strides, a.offset), axis);
    shiftTimes(a, 1n);
    return;
  }
  // Elements that no kernel sorts are put where an order of theirs says.
  const complex = a.dtype.kind === 'c' || a.dtype.part === undefined;
  const ordering = a.dtype.kind === 'O' ? orderingOf(a.dtype) : null;
  forEachLane(a, axis, (at) => {
    const lane: Lane = { array: a, part: a.dtype.part, at, step, n };
    if (ordering !== null) {
      permuteLane(lane, a.dtype, orderOfColumns([{ values: laneOf(a, at, step, n), ordering }], n));
      return;
    }
    if (complex) order(keysOf(a, at, step, n), n, (indices, from) => permuteLane(lane, a.dtype, indices, from));
    else sortReal(lane);
  });
}

/**
 * Writes, for every lane, the order of its elements into `out`, an int64 array of the same shape.
 * @param given arrays of one shape, the most significant last
 */
export function orderLanes(given: readonly ArrayValue[], axis: number, out: ArrayValue): void {
  const keys = given.map(keyed);
  const [first] = keys;
  const n = first.shape[axis];
  if (n === 0 || first.size === 0) return;
  const { array, base } = typedView(out.buffer as HostBuffer, Int32Array);
  const to = array as Int32Array;
  const step = out.strides[axis] / 4;
  const starts = keys.map((k) => {
    const list: number[] = [];
    forEachLane(k, axis, (at) => list.push(at));
    return list;
  });
  let lane = 0;
  const write = (at: number, indices: Uint32Array, from: number): void => {
    for (let i = 0, p = base + at / 4; i < n; i++, p += step) {
      to[p] = indices[from + i];
      to[p + 1] = 0;
    }
  };
  if (keys.some((k) => ordered(k.dtype))) {
    forEachLane(out, axis, (at) => {
      const columns = keys.map((k, i) => ({
        values: laneOf(k, starts[i][lane], k.strides[axis], n),
        ordering: orderingOf(k.dtype),
      }));
      lane++;
      write(at, orderOfColumns(columns, n), 0);
    });
    return;
  }
  forEachLane(out, axis, (at) => {
    const parts = keys.flatMap((k, i) => [...keysOf(k, starts[i][lane], k.strides[axis], n)]);
    lane++;
    order(parts, n, (indices, from) => write(at, indices, from));
  });
}

/** The stable order of a one-dimensional array's elements. */
export function orderOf(given: ArrayValue): Uint32Array {
  const a = keyed(given);
  const n = a.shape[0];
  if (ordered(a.dtype))
    return orderOfColumns([{ values: laneOf(a, a.offset, a.strides[0], n), ordering: orderingOf(a.dtype) }], n);
  let out = new Uint32Array(0);
  if (n > 0) {
    order(keysOf(a, a.offset, a.strides[0], n), n, (indices, from) => {
      out = indices.slice(from, from + n);
    });
  }
  return out;
}

/** The stable order of the rows of a two-dimensional array, by their first elements, then their second, and so on. */
export function orderOfRows(given: ArrayValue): Uint32Array {
  const a = keyed(given);
  const [n, columns] = a.shape;
  let out = Uint32Array.from({ length: n }, (_, i) => i);
  if (n > 1 && columns > 0) {
    const keys: (Lane | Uint8Array | Uint32Array)[] = [];
    for (let c = columns - 1; c >= 0; c--) keys.push(...keysOf(a, a.offset + c * a.strides[1], a.strides[0], n));
    order(keys, n, (indices, from) => {
      out = indices.slice(from, from + n);
    });
  }
  return out;
}
