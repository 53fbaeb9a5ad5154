import { ArrayValue, isCContiguous, isFortran } from '../../core/array.js';
import { type ArrayLike, allocate, toArray } from '../../core/coerce.js';
import { host } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { bool, uint8 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { castTo, contiguousBytes, movedAxis, packTo, permute, reshapeTo } from '../../core/ops/move.js';
import { addressOf, placeKernels } from '../../core/device/cpu/places.js';
import { fn } from '../../core/signature.js';
import { normalizeAxis } from '../../core/view.js';
import type { Like } from '../ufunc.js';
import { integer } from './common.js';

/** Booleans packed eight to a byte, and back. */

const littleOf = (bitorder: unknown): boolean => {
  if (bitorder !== 'big' && bitorder !== 'little') throw new ValueError("'order' must be either 'little' or 'big'");
  return bitorder === 'little';
};

/** The array with the axis last and all others merged: rows of bytes. */
function rows(
  a: ArrayValue,
  axis: unknown,
): { bytes: Uint8Array; length: number; count: number; shape: number[]; k: number } {
  let x = a;
  let k = 0;
  if (axis === null) x = packTo(a, [a.size]);
  else {
    k = normalizeAxis(axis as number, Math.max(1, a.ndim));
    if (a.ndim === 0) x = reshapeTo(a, [1]);
  }
  const turned = k === x.ndim - 1 ? x : permute(x, movedAxis(x.ndim, k, x.ndim - 1));
  host(turned.buffer, 'packbits');
  const moved = isCContiguous(turned) ? turned : castTo(turned, turned.dtype, 'C');
  const length = x.shape[k];
  return {
    bytes: contiguousBytes(moved) as Uint8Array,
    length,
    count: length === 0 ? 0 : x.size / length,
    shape: [...moved.shape],
    k,
  };
}

/** Rows of a result put back with the axis in its place. */
function back(out: ArrayValue, k: number, order: 'C' | 'F'): ArrayValue {
  const axes = movedAxis(out.ndim, out.ndim - 1, k);
  const turned = k === out.ndim - 1 ? out : permute(out, axes);
  return order === 'C' && turned === out ? out : castTo(turned, out.dtype, order);
}

export interface Packbits {
  <A extends ArrayLike>(a: A, axis?: number | null, bitorder?: 'big' | 'little'): Like<A>;
  <A extends ArrayLike>(a: A, kw: { axis?: number | null; bitorder?: 'big' | 'little' }): Like<A>;
}

/**
 * Non-zero elements as set bits, eight to a uint8, along an axis or of the flattened array; the last byte is filled with zeros.
 *
 * @throws TypeError `Expected an input array of integer or boolean data type`
 * @example np.packbits([true, false, true]) // → array([160], dtype=uint8)
 */
export const packbits: Packbits = /*@__PURE__*/ fn(
  'packbits',
  "a, /, axis=None, bitorder='big'",
  (a, axis, bitorder) => {
    let x = toArray(a);
    const little = littleOf(bitorder);
    if (x.dtype.kind === 'f' && !(a instanceof ArrayValue) && !ArrayBuffer.isView(a) && isIntegral(a))
      x = castTo(x, bool);
    if (!'biu'.includes(x.dtype.kind)) throw new TypeError('Expected an input array of integer or boolean data type');
    const { bytes, length, count, shape, k } = rows(x.dtype.kind === 'b' ? x : castTo(x, bool), axis);
    const packed = Math.ceil(length / 8);
    shape[shape.length - 1] = packed;
    const out = allocate(shape, uint8);
    const to = (out.buffer as HostBuffer).bytes;
    let q = 0;
    const from = length < 64 ? -1 : addressOf(bytes);
    const at = length < 64 ? -1 : addressOf(to);
    for (let r = 0, p = 0; r < count; r++) {
      const end = p + length;
      if (from >= 0 && at >= 0) {
        const whole = length - (length % 8);
        placeKernels().pack(from + p, whole, at + q, little ? 0 : 1);
        p += whole;
        q += whole / 8;
      } else if (little)
        for (; p + 8 <= end; p += 8)
          to[q++] = eight(
            bytes[p + 7],
            bytes[p + 6],
            bytes[p + 5],
            bytes[p + 4],
            bytes[p + 3],
            bytes[p + 2],
            bytes[p + 1],
            bytes[p],
          );
      else
        for (; p + 8 <= end; p += 8)
          to[q++] = eight(
            bytes[p],
            bytes[p + 1],
            bytes[p + 2],
            bytes[p + 3],
            bytes[p + 4],
            bytes[p + 5],
            bytes[p + 6],
            bytes[p + 7],
          );
      if (p < end) {
        let byte = 0;
        for (let b = 0; p < end; b++, p++) if (bytes[p] !== 0) byte |= little ? 1 << b : 128 >> b;
        to[q++] = byte;
      }
    }
    return back(out, k, isFortran(x) ? 'F' : 'C');
  },
  'host',
);

/** A byte from eight truth values, the highest bit first: all but 0 are true. */
const eight = (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number): number =>
  ((-a >>> 31) << 7) |
  ((-b >>> 31) << 6) |
  ((-c >>> 31) << 5) |
  ((-d >>> 31) << 4) |
  ((-e >>> 31) << 3) |
  ((-f >>> 31) << 2) |
  ((-g >>> 31) << 1) |
  (-h >>> 31);

/** Whether a list of plain numbers holds integers only: they stand for ints here. */
const isIntegral = (x: unknown): boolean =>
  Array.isArray(x) ? x.every(isIntegral) : Number.isInteger(x) || typeof x === 'boolean';

export interface Unpackbits {
  <A extends ArrayLike>(a: A, axis?: number | null, count?: number | null, bitorder?: 'big' | 'little'): Like<A>;
  <A extends ArrayLike>(
    a: A,
    kw: { axis?: number | null; count?: number | null; bitorder?: 'big' | 'little' },
  ): Like<A>;
}

/**
 * The bits of uint8 elements as uint8 zeros and ones, along an axis or of the flattened array.
 *
 * @param count how many bits to give: beyond the end they are zero; negative leaves out so many at the end
 * @throws TypeError `Expected an input array of unsigned byte data type`
 * @example np.unpackbits(np.uint8([160]), {count: 3}) // → array([1, 0, 1], dtype=uint8)
 */
export const unpackbits: Unpackbits = /*@__PURE__*/ fn(
  'unpackbits',
  "a, /, axis=None, count=None, bitorder='big'",
  (a, axis, count, bitorder) => {
    const x = toArray(a);
    const little = littleOf(bitorder);
    if (x.dtype !== uint8) throw new TypeError('Expected an input array of unsigned byte data type');
    const { bytes, length, count: lines, shape, k } = rows(x, axis);
    const bits = length * 8;
    let n = bits;
    if (count !== null) {
      n = integer(count, 'unpackbits');
      if (n < 0) {
        if (-n > bits) throw new ValueError('-count larger than number of elements');
        n += bits;
      }
    }
    shape[shape.length - 1] = n;
    const out = allocate(shape, uint8, undefined, true);
    const to = (out.buffer as HostBuffer).bytes;
    const stop = Math.min(n, bits);
    for (let r = 0; r < lines; r++) {
      const p = r * length;
      const q = r * n;
      const whole = stop >> 3;
      const turn = little ? 0 : 7;
      let o = q;
      for (let i = 0; i < whole; i++, o += 8) {
        const v = bytes[p + i];
        to[o + turn] = v & 1;
        to[o + (turn ^ 1)] = (v >> 1) & 1;
        to[o + (turn ^ 2)] = (v >> 2) & 1;
        to[o + (turn ^ 3)] = (v >> 3) & 1;
        to[o + (turn ^ 4)] = (v >> 4) & 1;
        to[o + (turn ^ 5)] = (v >> 5) & 1;
        to[o + (turn ^ 6)] = (v >> 6) & 1;
        to[o + (turn ^ 7)] = v >> 7;
      }
      for (let i = whole * 8; i < stop; i++) to[q + i] = (bytes[p + (i >> 3)] >> (little ? i & 7 : 7 - (i & 7))) & 1;
    }
    return back(out, k, isFortran(x) ? 'F' : 'C');
  },
  'host',
);
