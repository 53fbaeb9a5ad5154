import { complex, isComplex } from '../complex.js';
import { byName, type DType, type NumericName, type ScalarType } from '../dtype.js';
import { bytesIn, halfToNumber, isHost, numberToHalf } from './access.js';
import type { DeviceBuffer, HostBuffer } from './device.js';
import { holdObjects, slotOf, valueIn } from './objects.js';

/**
 * Elements of any dtype as JavaScript values, one at a time, at any byte and in either byte order. Numbers are numbers (64-bit integers
 * bigints beyond 2^53), truth values booleans, complex numbers Complex; dates and durations bigints (their counts); text a string,
 * bytes and raw memory a Uint8Array, a structure the list of its fields' values, a sub-array nested lists, an object itself.
 */
export interface Elements<T = unknown> {
  get(byte: number): T;
  /** Writes a value of the kind that `get` gives; values are not checked. */
  set(byte: number, value: T): void;
}

type Reader = (v: DataView, at: number, little: boolean) => unknown;
type Writer = (v: DataView, at: number, x: any, little: boolean) => void;

const narrow = (x: bigint): number | bigint => {
  const n = Number(x);
  return Number.isSafeInteger(n) ? n : x;
};

/** How a scalar type lies in memory. */
const SCALARS: { readonly [T in ScalarType]: readonly [Reader, Writer] } = {
  bool: [(v, p) => v.getUint8(p) !== 0, (v, p, x) => v.setUint8(p, x ? 1 : 0)],
  int8: [(v, p) => v.getInt8(p), (v, p, x) => v.setInt8(p, Number(x))],
  uint8: [(v, p) => v.getUint8(p), (v, p, x) => v.setUint8(p, Number(x))],
  int16: [(v, p, l) => v.getInt16(p, l), (v, p, x, l) => v.setInt16(p, Number(x), l)],
  uint16: [(v, p, l) => v.getUint16(p, l), (v, p, x, l) => v.setUint16(p, Number(x), l)],
  int32: [(v, p, l) => v.getInt32(p, l), (v, p, x, l) => v.setInt32(p, Number(x), l)],
  uint32: [(v, p, l) => v.getUint32(p, l), (v, p, x, l) => v.setUint32(p, Number(x), l)],
  int64: [(v, p, l) => narrow(v.getBigInt64(p, l)), (v, p, x, l) => v.setBigInt64(p, BigInt(x), l)],
  uint64: [(v, p, l) => narrow(v.getBigUint64(p, l)), (v, p, x, l) => v.setBigUint64(p, BigInt(x), l)],
  float16: [(v, p, l) => halfToNumber(v.getUint16(p, l)), (v, p, x, l) => v.setUint16(p, numberToHalf(Number(x)), l)],
  float32: [(v, p, l) => v.getFloat32(p, l), (v, p, x, l) => v.setFloat32(p, Number(x), l)],
  float64: [(v, p, l) => v.getFloat64(p, l), (v, p, x, l) => v.setFloat64(p, Number(x), l)],
};

const dataViews = new WeakMap<ArrayBufferLike, DataView>();
function dataView(b: HostBuffer): { view: DataView; base: number } {
  const bytes = bytesIn(b);
  let view = dataViews.get(bytes.buffer);
  if (view === undefined) dataViews.set(bytes.buffer, (view = new DataView(bytes.buffer)));
  return { view, base: bytes.byteOffset };
}

const pointText = (c: number): string =>
  c <= 0xffff ? String.fromCharCode(c) : c <= 0x10ffff ? String.fromCodePoint(c) : '\ufffd';

/** Text as its code points lie in memory, four bytes each; lone surrogates stay what they are. */
function readText(view: DataView, at: number, chars: number, little: boolean): string {
  let n = chars;
  while (n > 0 && view.getUint32(at + 4 * n - 4, little) === 0) n--;
  if (n === 1) return pointText(view.getUint32(at, little));
  let out = '';
  let i = 0;
  // Four at a time where they are units of their own.
  for (; i + 4 <= n; i += 4) {
    const p = at + 4 * i;
    const a = view.getUint32(p, little);
    const b = view.getUint32(p + 4, little);
    const c = view.getUint32(p + 8, little);
    const d = view.getUint32(p + 12, little);
    if ((a | b | c | d) >>> 16 !== 0) break;
    out += String.fromCharCode(a, b, c, d);
  }
  for (; i < n; i++) out += pointText(view.getUint32(at + 4 * i, little));
  return out;
}
function writeText(view: DataView, at: number, chars: number, text: string, little: boolean): void {
  let i = 0;
  for (let k = 0; k < text.length && i < chars; k++) {
    let c = text.charCodeAt(k);
    if (c >= 0xd800 && c < 0xdc00) {
      c = text.codePointAt(k) as number;
      if (c > 0xffff) k++;
    }
    view.setUint32(at + 4 * i++, c, little);
  }
  for (; i < chars; i++) view.setUint32(at + 4 * i, 0, little);
}

/** How elements of a dtype are read and written, given a view of memory and a place in it. */
interface Access {
  readonly read: (view: DataView, at: number) => any;
  readonly write: (view: DataView, at: number, value: any) => void;
}
const accesses = new Map<DType, Access>();

function accessOf(d: DType): Access {
  let a = accesses.get(d);
  if (a === undefined) accesses.set(d, (a = makeAccess(d)));
  return a;
}

const bytesAt = (view: DataView, at: number, n: number): Uint8Array => new Uint8Array(view.buffer, at, n);

function makeAccess(d: DType): Access {
  const little = d.isnative;
  const n = d.itemsize;
  if (d.subdtype !== null) return subarrayAccess(d.subdtype[0], d.subdtype[1]);
  if (d.layout !== null) {
    const fields = d.layout.map((f) => ({ ...accessOf(f.dtype), offset: f.offset }));
    return {
      read: (v, p) => fields.map((f) => f.read(v, p + f.offset)),
      write: (v, p, x: readonly unknown[]) => {
        for (let i = 0; i < fields.length; i++) fields[i].write(v, p + fields[i].offset, x[i]);
      },
    };
  }
  switch (d.kind) {
    case 'c': {
      const [get, set] = SCALARS[n === 8 ? 'float32' : 'float64'];
      return {
        read: (v, p) => complex(get(v, p, little) as number, get(v, p + n / 2, little) as number),
        write: (v, p, x) => {
          const z = isComplex(x) ? x : { re: Number(x), im: 0 };
          set(v, p, z.re, little);
          set(v, p + n / 2, z.im, little);
        },
      };
    }
    case 'M':
    case 'm':
      return {
        read: (v, p) => v.getBigInt64(p, little),
        write: (v, p, x) => v.setBigInt64(p, BigInt(x), little),
      };
    case 'U':
      return {
        read: (v, p) => readText(v, p, n / 4, little),
        write: (v, p, x) => writeText(v, p, n / 4, x as string, little),
      };
    case 'S':
      return {
        read: (v, p) => {
          let k = n;
          while (k > 0 && v.getUint8(p + k - 1) === 0) k--;
          return bytesAt(v, p, k).slice();
        },
        write: (v, p, x: Uint8Array) => putBytes(bytesAt(v, p, n), x),
      };
    case 'V':
      return {
        read: (v, p) => bytesAt(v, p, n).slice(),
        write: (v, p, x: Uint8Array) => putBytes(bytesAt(v, p, n), x),
      };
    case 'O':
      return {
        read: (v, p) => valueIn(v.getUint32(p, true)),
        write: (v, p, x) => {
          v.setUint32(p, slotOf(x), true);
          v.setUint32(p + 4, 0, true);
        },
      };
    default: {
      const [get, set] = SCALARS[d.family as ScalarType];
      return { read: (v, p) => get(v, p, little), write: (v, p, x) => set(v, p, x, little) };
    }
  }
}

function putBytes(to: Uint8Array, x: Uint8Array): void {
  to.fill(0);
  to.set(x.length > to.length ? x.subarray(0, to.length) : x);
}

function subarrayAccess(base: DType, shape: readonly number[]): Access {
  const one = accessOf(base);
  const strides: number[] = [];
  let size = base.itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    strides[k] = size;
    size *= shape[k];
  }
  const read = (v: DataView, p: number, k: number): unknown =>
    k === shape.length
      ? one.read(v, p)
      : Array.from({ length: shape[k] }, (_, i) => read(v, p + i * strides[k], k + 1));
  const write = (v: DataView, p: number, x: any, k: number): void => {
    if (k === shape.length) one.write(v, p, x);
    else for (let i = 0; i < shape[k]; i++) write(v, p + i * strides[k], x[i], k + 1);
  };
  return { read: (v, p) => read(v, p, 0), write: (v, p, x) => write(v, p, x, 0) };
}

/** Elements of a dtype in a buffer, by byte offset from the buffer's start. */
export function elementsOf(b: HostBuffer, d: DType): Elements<any> {
  const { read, write } = accessOf(d);
  const { view, base } = dataView(b);
  return { get: (byte) => read(view, base + byte), set: (byte, value) => write(view, base + byte, value) };
}

/** Byte offsets of the handles of objects within one element. */
export function handleOffsets(d: DType): readonly number[] {
  if (d.kind === 'O') return [0];
  if (!d.hasobject) return [];
  if (d.layout !== null) return d.layout.flatMap((f) => handleOffsets(f.dtype).map((o) => o + f.offset));
  const [base, shape] = d.subdtype as readonly [DType, readonly number[]];
  const n = shape.reduce((p, k) => p * k, 1);
  const inner = handleOffsets(base);
  return Array.from({ length: n }, (_, i) => inner.map((o) => o + i * base.itemsize)).flat();
}

/** Zeros memory of objects: each is the int 0, and whatever is no object is zero bytes. */
export function zeroObjects(b: Pick<HostBuffer, 'bytes'>, d: DType): void {
  b.bytes.fill(0);
  const offsets = handleOffsets(d);
  const zero = slotOf(0n);
  const view = new DataView(b.bytes.buffer, b.bytes.byteOffset, b.bytes.byteLength);
  for (let at = 0; at + d.itemsize <= b.bytes.byteLength; at += d.itemsize)
    for (const o of offsets) view.setUint32(at + o, zero, true);
}

/** Tells that a buffer's memory holds handles of objects, where its dtype says so. */
export function watchObjects(b: DeviceBuffer, d: DType): void {
  if (d.hasobject && isHost(b)) holdObjects(b, handleOffsets(d), d.itemsize);
}

/** The numeric dtype that stands for another one where elements are moved as bits; null where there is none of that size. */
export const carrierOf = (d: DType): DType<NumericName> | null => (d.carrier === null ? null : byName[d.carrier]);
