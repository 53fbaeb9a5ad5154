import type { ScalarType } from '../../dtype.js';
import { CONTAINER, type TypedArray, typedView } from '../access.js';
import type { DeviceBuffer, HostBuffer, MatrixOperand, MatrixProduct } from '../device.js';
import { groupOffsets, SUM_BLOCK } from '../product.js';

/** Small products, and batches of them, in plain loops: packing would cost more than it saves. */

/** A buffer's memory as a typed array, and the index in it of the buffer's first element. */
export function memoryOf(b: DeviceBuffer, type: ScalarType): { array: TypedArray; base: number } {
  const own = b as unknown as { typed?: (t: ScalarType) => TypedArray; base: number };
  if (own.typed !== undefined) {
    const array = own.typed(type);
    return { array, base: own.base / array.BYTES_PER_ELEMENT };
  }
  return typedView(b as HostBuffer, CONTAINER[type]);
}

/** One operand: its memory, the element in front, and steps in elements (of the typed array). */
interface Strided {
  readonly array: TypedArray;
  at: number;
  readonly start: number;
  readonly row: number;
  readonly column: number;
  readonly batch: Int32Array | Float64Array | null;
}

function strided(o: MatrixOperand, p: MatrixProduct, type: ScalarType, unit: number): Strided {
  const { array, base } = memoryOf(o.buffer, type);
  const step = (strides: readonly number[]): number => (strides.length === 0 ? 0 : strides[0] / unit);
  const start = base + o.offset / unit;
  return {
    array,
    at: start,
    start,
    row: step(o.rows),
    column: step(o.columns),
    batch: p.batch.length === 0 ? null : groupOffsets(p.batch, o.batch, unit),
  };
}

type Loop = (m: number, k: number, n: number, x: Strided, y: Strided, z: Strided) => void;

const lengthOf = (group: readonly number[]): number => (group.length === 0 ? 1 : group[0]);

/** Makes every product of a batch; false where a group has more than one axis, or the dtype has no loop here. */
export function tinyProducts(p: MatrixProduct): boolean {
  if (p.m.length > 1 || p.k.length > 1 || p.n.length > 1) return false;
  const { part, kind } = p.dtype;
  let loop: Loop;
  let type: ScalarType = part;
  if (kind === 'c') loop = part === 'float64' ? complexDoubles : complexSingles;
  else if (part === 'float64') loop = doubles;
  else if (part === 'float32') loop = singles;
  else if (part === 'float16') return false;
  else if (part === 'int64' || part === 'uint64') {
    loop = wides;
    type = 'int32';
  } else loop = kind === 'b' ? bools : integers;
  const unit = CONTAINER[type].BYTES_PER_ELEMENT;
  const x = strided(p.left, p, type, unit);
  const y = strided(p.right, p, type, unit);
  const z = strided(p.out, p, type, unit);
  const [m, k, n] = [lengthOf(p.m), lengthOf(p.k), lengthOf(p.n)];
  if (x.batch === null || y.batch === null || z.batch === null) loop(m, k, n, x, y, z);
  else {
    for (let g = 0; g < z.batch.length; g++) {
      x.at = x.start + x.batch[g];
      y.at = y.start + y.batch[g];
      z.at = z.start + z.batch[g];
      loop(m, k, n, x, y, z);
    }
  }
  return true;
}

function doubles(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const a = x.array as Float64Array;
  const b = y.array as Float64Array;
  const c = z.array as Float64Array;
  const dx = x.column;
  const dy = y.row;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let total = 0;
      for (let from = 0; from < k; from += SUM_BLOCK) {
        let s = 0;
        for (let l = Math.min(k - from, SUM_BLOCK); l > 0; l--) {
          s += a[p] * b[q];
          p += dx;
          q += dy;
        }
        total = from === 0 ? s : total + s;
      }
      c[z.at + i * z.row + j * z.column] = total;
    }
  }
}

function singles(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const a = x.array as Float32Array;
  const b = y.array as Float32Array;
  const c = z.array as Float32Array;
  const dx = x.column;
  const dy = y.row;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let total = Math.fround(0);
      for (let from = 0; from < k; from += SUM_BLOCK) {
        let s = Math.fround(0);
        for (let l = Math.min(k - from, SUM_BLOCK); l > 0; l--) {
          s = Math.fround(s + Math.fround(a[p] * b[q]));
          p += dx;
          q += dy;
        }
        total = from === 0 ? s : Math.fround(total + s);
      }
      c[z.at + i * z.row + j * z.column] = total;
    }
  }
}

/** Integers of up to 32 bits: they wrap when they are stored. */
function integers(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const a = x.array as Int32Array;
  const b = y.array as Int32Array;
  const c = z.array as Int32Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let s = 0;
      for (let l = 0; l < k; l++) {
        s = (s + Math.imul(a[p], b[q])) | 0;
        p += x.column;
        q += y.row;
      }
      c[z.at + i * z.row + j * z.column] = s;
    }
  }
}

function bools(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const a = x.array as Uint8Array;
  const b = y.array as Uint8Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let s = 0;
      for (let l = 0; l < k && s === 0; l++) {
        if (a[p] !== 0 && b[q] !== 0) s = 1;
        p += x.column;
        q += y.row;
      }
      (z.array as Uint8Array)[z.at + i * z.row + j * z.column] = s;
    }
  }
}

/** 64-bit integers as pairs of words; steps count words. */
function wides(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const a = x.array as Int32Array;
  const b = y.array as Int32Array;
  const c = z.array as Int32Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let low = 0;
      let high = 0;
      for (let l = 0; l < k; l++) {
        const al = a[p];
        const bl = b[q];
        // The low words' product in full, from halves of words; of the others only the low word counts.
        const a0 = al & 0xffff;
        const a1 = al >>> 16;
        const b0 = bl & 0xffff;
        const b1 = bl >>> 16;
        const p00 = a0 * b0;
        const p01 = a0 * b1;
        const p10 = a1 * b0;
        const mid = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
        const sum = low + (((mid << 16) | (p00 & 0xffff)) >>> 0);
        const carry = sum >= 4294967296 ? 1 : 0;
        low = sum >>> 0;
        high =
          (high +
            carry +
            Math.imul(a1, b1) +
            (p01 >>> 16) +
            (p10 >>> 16) +
            (mid >>> 16) +
            Math.imul(al, b[q + 1]) +
            Math.imul(a[p + 1], bl)) |
          0;
        p += x.column;
        q += y.row;
      }
      const o = z.at + i * z.row + j * z.column;
      c[o] = low;
      c[o + 1] = high;
    }
  }
}

/** The four real products of a complex one are summed apart. Steps count real numbers. */
function complexDoubles(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const a = x.array as Float64Array;
  const b = y.array as Float64Array;
  const c = z.array as Float64Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let rr = 0;
      let ri = 0;
      let ir = 0;
      let ii = 0;
      for (let from = 0; from < k; from += SUM_BLOCK) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let l = Math.min(k - from, SUM_BLOCK); l > 0; l--) {
          s0 += a[p] * b[q];
          s1 += a[p] * b[q + 1];
          s2 += a[p + 1] * b[q];
          s3 += a[p + 1] * b[q + 1];
          p += x.column;
          q += y.row;
        }
        rr = from === 0 ? s0 : rr + s0;
        ri = from === 0 ? s1 : ri + s1;
        ir = from === 0 ? s2 : ir + s2;
        ii = from === 0 ? s3 : ii + s3;
      }
      const o = z.at + i * z.row + j * z.column;
      c[o] = rr - ii;
      c[o + 1] = ri + ir;
    }
  }
}

function complexSingles(m: number, k: number, n: number, x: Strided, y: Strided, z: Strided): void {
  const f = Math.fround;
  const a = x.array as Float32Array;
  const b = y.array as Float32Array;
  const c = z.array as Float32Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = x.at + i * x.row;
      let q = y.at + j * y.column;
      let rr = f(0);
      let ri = f(0);
      let ir = f(0);
      let ii = f(0);
      for (let from = 0; from < k; from += SUM_BLOCK) {
        let s0 = f(0);
        let s1 = f(0);
        let s2 = f(0);
        let s3 = f(0);
        for (let l = Math.min(k - from, SUM_BLOCK); l > 0; l--) {
          s0 = f(s0 + f(a[p] * b[q]));
          s1 = f(s1 + f(a[p] * b[q + 1]));
          s2 = f(s2 + f(a[p + 1] * b[q]));
          s3 = f(s3 + f(a[p + 1] * b[q + 1]));
          p += x.column;
          q += y.row;
        }
        rr = from === 0 ? s0 : f(rr + s0);
        ri = from === 0 ? s1 : f(ri + s1);
        ir = from === 0 ? s2 : f(ir + s2);
        ii = from === 0 ? s3 : f(ii + s3);
      }
      const o = z.at + i * z.row + j * z.column;
      c[o] = f(rr - ii);
      c[o + 1] = f(ri + ir);
    }
  }
}
