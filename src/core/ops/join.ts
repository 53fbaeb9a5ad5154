import { type ArrayValue, faceOf, isCContiguous, isFortran, isOrdered } from '../array.js';
import { type DeviceBuffer, Immediate } from '../device/device.js';
import { host, isHost } from '../device/access.js';
import { heap } from '../device/cpu/heap.js';
import { zeroObjects } from '../device/elements.js';
import { countingType } from '../device/types.js';
import { bind1, type Primitive, primitive } from '../dispatch.js';
import { type DType, float64, int32, int64, kernelName } from '../dtype.js';
import { ValueError } from '../errors.js';
import * as x from '../ir/expr.js';
import type { MapProgram } from '../ir/expr.js';
import { cStrides, fStrides, joinOrder, kOrder, sizeOf, stridesInOrder } from '../view.js';
import { repeatBlocks } from './blocks.js';
import { castKernelOn } from './casts.js';
import { argParts } from './row.js';
import { deviceOf } from './operand.js';
import { contiguousBytes, type Shape } from './move.js';

/** Primitives that make one array out of the elements of others: concatenate, pad, repeat, the diagonal matrix and the triangles. */

/** Copies `src`, with a cast, into the place of a result: same iteration shape, given strides and offset. */
function place(src: ArrayValue, buffer: DeviceBuffer, dtype: DType, strides: Shape, offset: number): void {
  if (src.size === 0) return;
  castKernelOn(src.buffer.device, src.dtype, dtype).run(
    src.shape,
    [src, { dtype, buffer, offset }],
    [src.strides, strides],
  );
}

/** Fills memory with zero bytes, on any device. */
function zeroFill(buffer: DeviceBuffer, dtype: DType, n: number): void {
  if (n === 0) return;
  if (isHost(buffer)) {
    if (dtype.hasobject) zeroObjects(buffer, dtype);
    else buffer.bytes.fill(0);
  } else
    castKernelOn(buffer.device, dtype, dtype).run(
      [n],
      [zeroOf(dtype), { dtype, buffer, offset: 0 }],
      [[], [dtype.itemsize]],
    );
}

const zeroOf = (d: DType): Immediate => new Immediate(d, d.kind !== 'f' && d.kind !== 'c' && d.itemsize === 8 ? 0n : 0);

// ---- concatenate -------------------------------------------------------------------------------------------------------

export interface ConcatenateAttrs {
  readonly [key: string]: unknown;
  readonly axis: number;
  readonly dtype: DType;
  /** Axes of the result as they lie in memory, outermost first; without, as in the parts. */
  readonly order?: readonly number[];
}

/** Result shape. @throws ValueError with NumPy's texts when the arrays do not go together */
export function joinedShape(arrays: readonly ArrayValue[], axis: number): number[] {
  const first = arrays[0].shape;
  const shape = [...first];
  let total = 0;
  for (let i = 0; i < arrays.length; i++) {
    const s = arrays[i].shape;
    if (s.length !== first.length) {
      throw new ValueError(
        `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.length} dimension(s) and the array at index ${i} has ${s.length} dimension(s)`,
      );
    }
    for (let d = 0; d < s.length; d++) {
      if (d !== axis && s[d] !== first[d]) {
        throw new ValueError(
          `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${d}, the array at index 0 has size ${first[d]} and the array at index ${i} has size ${s[d]}`,
        );
      }
    }
    total += s[axis];
  }
  shape[axis] = total;
  return shape;
}

/** Writes arrays one after the other along `axis` into memory laid out by `strides`. */
export function joinInto(
  arrays: readonly ArrayValue[],
  axis: number,
  buffer: DeviceBuffer,
  dtype: DType,
  strides: Shape,
  offset: number,
): void {
  let at = offset;
  for (const a of arrays) {
    place(a, buffer, dtype, strides, at);
    at += a.shape[axis] * strides[axis];
  }
}

export const concatenatePrimitive: Primitive<ConcatenateAttrs> = primitive(
  'concatenate',
  (arrays, { axis, dtype, order }) => {
    const shape = joinedShape(arrays, axis);
    const device = deviceOf(arrays, 'concatenate');
    const w = dtype.itemsize;
    const buffer = device.allocate(sizeOf(shape) * w);
    const face = faceOf(arrays);
    if (order === undefined && arrays.every(isCContiguous)) {
      // Blocks of memory one after the other: plain copies of bytes where nothing is cast.
      const outer = shape.slice(0, axis).reduce((p, n) => p * n, 1);
      if (outer === 1 && isHost(buffer) && arrays.every((a) => a.dtype === dtype)) {
        let at = 0;
        for (const a of arrays) {
          const n = a.size * w;
          const from = isHost(a.buffer) ? a.buffer.address : -1;
          if (buffer.address >= 0 && from >= 0)
            heap().u8.copyWithin(buffer.address + at, from + a.offset, from + a.offset + n);
          else buffer.bytes.set(contiguousBytes(a) as Uint8Array, at);
          at += n;
        }
        return face.fresh(buffer, dtype, shape);
      }
      joinInto(arrays, axis, buffer, dtype, cStrides(shape, w), 0);
      return face.fresh(buffer, dtype, shape);
    }
    const strides = stridesInOrder(shape, order ?? joinOrder(arrays), w);
    joinInto(arrays, axis, buffer, dtype, strides, 0);
    return face.fresh(buffer, dtype, shape, strides);
  },
);

/** Arrays of one dimensionality joined along an axis (counted from the front), cast to `dtype`. */
export const concatenateTo = (
  arrays: readonly ArrayValue[],
  axis: number,
  dtype: DType,
  order?: readonly number[],
): ArrayValue => bind1(concatenatePrimitive, arrays, { axis, dtype, order });

// ---- pad ---------------------------------------------------------------------------------------------------------------

export interface PadAttrs {
  readonly [key: string]: unknown;
  readonly before: Shape;
  readonly after: Shape;
  /** The constant around the array, as an element of its dtype; null leaves the border as memory has it. */
  readonly value: Immediate | null;
}

export const padPrimitive: Primitive<PadAttrs> = primitive('pad', ([a], { before, after, value }) => {
  const shape = a.shape.map((n, i) => n + before[i] + after[i]);
  const { device } = a.buffer;
  const { dtype } = a;
  const w = dtype.itemsize;
  const n = sizeOf(shape);
  const buffer = device.allocate(n * w);
  if (value === null || (Number(value.re) === 0 && !Object.is(value.re, -0) && value.im === 0))
    zeroFill(buffer, dtype, n);
  else if (n > 0) castKernelOn(device, dtype, dtype).run([n], [value, { dtype, buffer, offset: 0 }], [[], [w]]);
  const strides = isOrdered(a) && isFortran(a) ? fStrides(shape, w) : cStrides(shape, w);
  place(
    a,
    buffer,
    dtype,
    strides,
    before.reduce((t, k, i) => t + k * strides[i], 0),
  );
  return a.face.fresh(buffer, dtype, shape, strides);
});

/** `a` in the middle of a larger array of one constant. */
export const padWith = (a: ArrayValue, before: Shape, after: Shape, value: Immediate | null): ArrayValue =>
  bind1(padPrimitive, [a], { before, after, value });

// ---- repeat ------------------------------------------------------------------------------------------------------------

export interface RepeatAttrs {
  readonly [key: string]: unknown;
  readonly axis: number;
  /** How often each entry along the axis comes: one count for each, or one for all. */
  readonly counts: Shape | number;
}

export const repeatPrimitive: Primitive<RepeatAttrs> = primitive('repeat', ([a], { axis, counts }) => {
  const total = typeof counts === 'number' ? counts * a.shape[axis] : counts.reduce((t, n) => t + n, 0);
  const shape = a.shape.map((n, i) => (i === axis ? total : n));
  const { device } = a.buffer;
  const { dtype } = a;
  const w = dtype.itemsize;
  const buffer = device.allocate(sizeOf(shape) * w);
  const out = a.face.fresh(buffer, dtype, shape);
  const block = a.shape.slice(axis + 1).reduce((p, n) => p * n, w);
  const outer = a.shape.slice(0, axis).reduce((p, n) => p * n, 1);
  const bytes = contiguousBytes(a);
  if (bytes !== null && isHost(buffer)) {
    repeatBlocks(bytes, buffer.bytes, outer, a.shape[axis], block, counts, dtype === float64 && block === w);
    return out;
  }
  // Entry by entry: each is broadcast over as many places as it fills.
  const kernel = castKernelOn(device, dtype, dtype);
  let at = 0;
  const each = typeof counts === 'number' ? new Array<number>(a.shape[axis]).fill(counts) : counts;
  each.forEach((n, i) => {
    const piece = a.shape.map((m, d) => (d === axis ? n : m));
    if (sizeOf(piece) > 0) {
      const from = a.strides.map((s, d) => (d === axis ? 0 : s));
      kernel.run(
        piece,
        [
          { dtype, buffer: a.buffer, offset: a.offset + i * a.strides[axis] },
          { dtype, buffer, offset: at * out.strides[axis] },
        ],
        [from, out.strides],
      );
    }
    at += n;
  });
  return out;
});

export const repeatAlong = (a: ArrayValue, axis: number, counts: Shape | number): ArrayValue =>
  bind1(repeatPrimitive, [a], { axis, counts });

// ---- matrices ----------------------------------------------------------------------------------------------------------

export interface DiagonalMatrixAttrs {
  readonly [key: string]: unknown;
  readonly k: number;
}

export const diagonalMatrixPrimitive: Primitive<DiagonalMatrixAttrs> = primitive('diagonal_matrix', ([v], { k }) => {
  const n = v.size + Math.abs(k);
  const w = v.dtype.itemsize;
  const buffer = v.buffer.device.allocate(n * n * w);
  zeroFill(buffer, v.dtype, n * n);
  place(v, buffer, v.dtype, [(n + 1) * w], (k >= 0 ? k : -k * n) * w);
  return v.face.fresh(buffer, v.dtype, [n, n]);
});

/** The square matrix with a vector on its k-th diagonal. */
export const diagonalMatrix = (v: ArrayValue, k: number): ArrayValue => bind1(diagonalMatrixPrimitive, [v], { k });

export interface TriangleAttrs {
  readonly [key: string]: unknown;
  readonly k: number;
  /** Keep what is on and below the k-th diagonal, or on and above it. */
  readonly keep: 'lower' | 'upper';
}

const triangles = new Map<string, MapProgram>();

/** `keep ? element : 0` by position: operands are the element, the number of rows, of columns, and k. */
function triangleProgram(d: DType, keep: 'lower' | 'upper', counting: 'int64' | 'int32'): MapProgram {
  const key = d.name + keep + counting;
  let made = triangles.get(key);
  if (made === undefined) {
    const rows = x.arg(1, counting);
    const columns = x.arg(2, counting);
    const k = x.arg(3, counting);
    const place = x.cast(x.position, counting);
    const row = x.rem(x.quot(place, columns), rows);
    const limit = x.add(row, k);
    const column = x.rem(place, columns);
    const inside = keep === 'lower' ? x.le(column, limit) : x.ge(column, limit);
    made = {
      kind: 'map',
      name: keep === 'lower' ? 'tril' : 'triu',
      operands: [kernelName(d), counting, counting, counting],
      results: [
        {
          dtype: kernelName(d),
          parts: argParts(0, d).map((e) =>
            x.select(inside, e, x.konst(d.part, d.itemsize === 8 && d.kind !== 'f' && d.kind !== 'c' ? 0n : 0)),
          ),
        },
      ],
    };
    triangles.set(key, made);
  }
  return made;
}

const count = (n: number, counting: 'int64' | 'int32'): Immediate =>
  counting === 'int64' ? new Immediate(int64, BigInt(n)) : new Immediate(int32, n);

export const trianglePrimitive: Primitive<TriangleAttrs> = primitive('triangle', ([a], { k, keep }) => {
  const { dtype } = a;
  const { device } = a.buffer;
  const w = dtype.itemsize;
  const rows = a.shape[a.ndim - 2];
  const columns = a.shape[a.ndim - 1];
  const buffer = device.allocate(a.size * w);
  // As where(mask, a, 0) lays it: the mask of the last two axes is in C order.
  const mask = a.shape.map((_, i) => (i === a.ndim - 1 ? 1 : i === a.ndim - 2 ? columns : 0));
  const order = isOrdered(a) && !isCContiguous(a) ? kOrder(a.shape, [mask, a.strides]) : null;
  const out = a.face.fresh(buffer, dtype, a.shape, order === null ? undefined : stridesInOrder(a.shape, order, w));
  if (a.size === 0) return out;
  if (!isHost(buffer) || (!isCContiguous(out) && !dtype.hasobject)) {
    const counting = countingType(device);
    const [m, n, at] = [rows, columns, k].map((x) => count(x, counting));
    device
      .prepare(triangleProgram(dtype, keep, counting))
      .run(a.shape, [a, m, n, at, out], [a.strides, [], [], [], out.strides]);
    return out;
  }
  // On the host: copy all, then clear a stretch of each row.
  place(a, buffer, dtype, out.strides, 0);
  const { bytes } = host(buffer, 'tril');
  const total = a.size / columns;
  for (let r = 0; r < total; r++) {
    const edge = (r % rows) + k;
    const from = keep === 'lower' ? Math.min(columns, Math.max(0, edge + 1)) : 0;
    const to = keep === 'lower' ? columns : Math.min(columns, Math.max(0, edge));
    if (to <= from) continue;
    const part = bytes.subarray((r * columns + from) * w, (r * columns + to) * w);
    if (dtype.hasobject) zeroObjects({ bytes: part }, dtype);
    else part.fill(0);
  }
  return out;
});

/** The last two axes as matrices, with zeros above (lower) or below (upper) the k-th diagonal. */
export const triangle = (a: ArrayValue, k: number, keep: 'lower' | 'upper'): ArrayValue =>
  bind1(trianglePrimitive, [a], { k, keep });
