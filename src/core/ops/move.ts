import { type ArrayValue, isCContiguous, isFContiguous } from '../array.js';
import type { HostBuffer } from '../device/device.js';
import { isHost } from '../device/access.js';
import { bind1, type Primitive, primitive } from '../dispatch.js';
import { byName, type DType, type NumericName, nativeOf, swappedOf } from '../dtype.js';
import { AxisError, ValueError } from '../errors.js';
import { announce } from '../transfers.js';
import {
  broadcastStrides,
  byteBounds,
  cStrides,
  fStrides,
  normalizeAxis,
  reshapeStrides,
  sameShape,
  sizeOf,
  tight,
  checkDims,
  asOrder,
} from '../view.js';
import { castKernelOn } from './casts.js';
import { copyAs } from './copy.js';

/**
 * Moving without computing: the primitives that give another view of the same elements (reshape, transpose, broadcast,
 * squeeze, slice, diagonal, the halves of complex numbers), and the cast. Every function that rearranges is written on these.
 */

export type Shape = readonly number[];

// ---- reshape -----------------------------------------------------------------------------------------------------------

export interface ReshapeAttrs {
  readonly [key: string]: unknown;
  readonly shape: Shape;
  readonly order: 'C' | 'F';
  /** null: copy when a view cannot do; true: always; false: never; 'order': always, but not because the call asked for a copy. */
  readonly copy: boolean | null | 'order';
}

/** A fresh copy of `a` whose elements, read in `order`, fill `shape` in the same order. */
function copyShaped(a: ArrayValue, shape: Shape, order: 'C' | 'F'): ArrayValue {
  const { device } = a.buffer;
  const w = a.dtype.itemsize;
  const buffer = device.allocate(a.size * w);
  const kernel = castKernelOn(device, a.dtype, a.dtype);
  if (order === 'C' && isCContiguous(a)) {
    const made = a.face.fresh(buffer, a.dtype, shape);
    if (a.size > 0) kernel.flat(a.size, [a, made]);
    return made;
  }
  const strides = order === 'C' ? cStrides(a.shape, w) : fStrides(a.shape, w);
  if (a.size > 0) kernel.run(a.shape, [a, { dtype: a.dtype, buffer, offset: 0 }], [a.strides, strides]);
  return a.face.fresh(buffer, a.dtype, shape, order === 'C' ? undefined : fStrides(shape, w));
}

export const reshapePrimitive: Primitive<ReshapeAttrs> = primitive('reshape', ([a], { shape, order, copy }) => {
  const strides =
    copy === true || copy === 'order' ? null : reshapeStrides(a.shape, a.strides, shape, a.dtype.itemsize, order);
  if (strides !== null) return a.face.view(a, a.dtype, shape, strides, a.offset);
  if (copy === false) throw new ValueError('Unable to avoid creating a copy while reshaping.');
  announce(
    copy === true ? 'requested' : 'order',
    a.size * a.dtype.itemsize,
    a.buffer.device.name,
    a.buffer.device.name,
  );
  return copyShaped(a, shape, order);
});

/** The same elements in another shape of the same size: a view where strides can say it, else a copy. */
export const reshapeTo = (
  a: ArrayValue,
  shape: Shape,
  order: 'C' | 'F' = 'C',
  copy: ReshapeAttrs['copy'] = null,
): ArrayValue => bind1(reshapePrimitive, [a], { shape, order, copy });

/**
 * The result of a computation that is laid out for the last step to be a plain reshape: materialises (a computation's own
 * work, not an implicit copy) and reshapes.
 */
export const packTo = (a: ArrayValue, shape: Shape): ArrayValue =>
  reshapeTo(a.interpreter === null && isCContiguous(a) ? a : castTo(a, a.dtype, 'C'), shape);

/**
 * A new shape with its unknown dimension (-1) found.
 * @throws ValueError `cannot reshape array of size 6 into shape (4,)`, `can only specify one unknown dimension`
 */
export function resolveShape(shape: Shape, size: number): number[] {
  checkDims(shape.length);
  const out = [...shape];
  let unknown = -1;
  let known = 1;
  for (let i = 0; i < out.length; i++) {
    if (out[i] < 0) {
      if (unknown >= 0) throw new ValueError('can only specify one unknown dimension');
      unknown = i;
    } else known *= out[i];
  }
  const fits = unknown >= 0 ? known > 0 && size % known === 0 : known === size;
  if (!fits) {
    throw new ValueError(
      `cannot reshape array of size ${size} into shape ${unknown >= 0 ? withoutUnknown(shape) : tight(shape)}`,
    );
  }
  if (unknown >= 0) out[unknown] = size / known;
  return out;
}

/** NumPy leaves leading unknown dimensions out of its message and writes later ones as `newaxis`. */
function withoutUnknown(shape: Shape): string {
  let first = 0;
  while (first < shape.length && shape[first] < 0) first++;
  const rest = shape.slice(first).map((n) => (n < 0 ? 'newaxis' : String(n)));
  return shape.length === 1 && rest.length === 1 ? `(${rest[0]},)` : `(${rest.join(',')})`;
}

/** 'C' or 'F' from an order argument that may also be 'A': Fortran only for arrays that are so and not C-contiguous. */
export function asReadOrder(a: ArrayValue, order: unknown, by: string): 'C' | 'F' {
  const o = asOrder(order, 'C');
  if (o === 'C' || o === 'F') return o;
  if (o === 'A') return isFContiguous(a) && !isCContiguous(a) ? 'F' : 'C';
  throw new ValueError(`order 'K' is not permitted for ${by}`);
}

// ---- transpose ---------------------------------------------------------------------------------------------------------

export interface TransposeAttrs {
  readonly [key: string]: unknown;
  readonly axes: Shape;
}

export const transposePrimitive: Primitive<TransposeAttrs> = primitive('transpose', ([a], { axes }) =>
  a.face.view(
    a,
    a.dtype,
    axes.map((k) => a.shape[k]),
    axes.map((k) => a.strides[k]),
    a.offset,
  ),
);

/** Axis `axes[i]` becomes axis i. The axes are a permutation, counted from the front. */
export const permute = (a: ArrayValue, axes: Shape): ArrayValue => bind1(transposePrimitive, [a], { axes });

/** The axes argument of a transpose as a permutation. @throws ValueError `axes don't match array`, `repeated axis in transpose` */
export function asPermutation(axes: readonly number[] | null, ndim: number): number[] {
  if (axes === null) return Array.from({ length: ndim }, (_, i) => ndim - 1 - i);
  if (axes.length !== ndim) throw new ValueError("axes don't match array");
  const seen = new Set<number>();
  return axes.map((k) => {
    const n = normalizeAxis(k, ndim);
    if (seen.has(n)) throw new ValueError('repeated axis in transpose');
    seen.add(n);
    return n;
  });
}

/** The permutation that moves axis `from` to place `to` and keeps the others in order. */
export function movedAxis(ndim: number, from: number, to: number): number[] {
  const axes = Array.from({ length: ndim }, (_, i) => i).filter((i) => i !== from);
  axes.splice(to, 0, from);
  return axes;
}

// ---- broadcast ---------------------------------------------------------------------------------------------------------

export interface BroadcastAttrs {
  readonly [key: string]: unknown;
  readonly shape: Shape;
}

export const broadcastPrimitive: Primitive<BroadcastAttrs> = primitive('broadcast_to', ([a], { shape }) =>
  a.face.view(a, a.dtype, shape, broadcastStrides(a.shape, a.strides, shape), a.offset),
);

/** A view stretched to a larger shape. @throws ValueError with NumPy's text when the shape does not take it */
export function broadcastTo(a: ArrayValue, shape: Shape): ArrayValue {
  if (sameShape(a.shape, shape) && a.interpreter === null) return a.face.view(a, a.dtype, a.shape, a.strides, a.offset);
  if (a.ndim > shape.length)
    throw new ValueError('input operand has more dimensions than allowed by the axis remapping');
  checkDims(shape.length);
  const lead = shape.length - a.ndim;
  for (let i = 0; i < a.ndim; i++) {
    if (a.shape[i] !== shape[lead + i] && a.shape[i] !== 1) {
      throw new ValueError(
        `operands could not be broadcast together with remapped shapes [original->remapped]: ${tight(a.shape)}  and requested shape ${tight(shape)}`,
      );
    }
  }
  return bind1(broadcastPrimitive, [a], { shape });
}

// ---- squeeze, slice ----------------------------------------------------------------------------------------------------

export interface SqueezeAttrs {
  readonly [key: string]: unknown;
  /** Axes of length 1, counted from the front. */
  readonly axes: Shape;
}

export const squeezePrimitive: Primitive<SqueezeAttrs> = primitive('squeeze', ([a], { axes }) => {
  const keep = (_: number, i: number): boolean => !axes.includes(i);
  return a.face.view(a, a.dtype, a.shape.filter(keep), a.strides.filter(keep), a.offset);
});

export const squeezeAxes = (a: ArrayValue, axes: Shape): ArrayValue => bind1(squeezePrimitive, [a], { axes });

/** New axes of length 1 at the given places of the result (counted from the front, ascending). */
export function expandAxes(a: ArrayValue, axes: Shape): ArrayValue {
  checkDims(a.ndim + axes.length);
  const shape: number[] = [];
  let k = 0;
  for (let i = 0; i < a.ndim + axes.length; i++) shape.push(axes.includes(i) ? 1 : a.shape[k++]);
  return reshapeTo(a, shape);
}

export interface SliceAttrs {
  readonly [key: string]: unknown;
  /** Per axis: the first index, how many, and the step (of either sign). */
  readonly start: Shape;
  readonly shape: Shape;
  readonly step: Shape;
}

export const slicePrimitive: Primitive<SliceAttrs> = primitive('slice', ([a], { start, shape, step }) => {
  let { offset } = a;
  // An empty result keeps the first element's place: an index past the end must not be turned into an address.
  if (!shape.includes(0)) for (let i = 0; i < start.length; i++) offset += start[i] * a.strides[i];
  return a.face.view(
    a,
    a.dtype,
    shape,
    a.strides.map((s, i) => s * step[i]),
    offset,
  );
});

/** A basic slice of every axis. Indices are within bounds. */
export const slice = (a: ArrayValue, start: Shape, shape: Shape, step: Shape): ArrayValue =>
  bind1(slicePrimitive, [a], { start, shape, step });

/** `a[..., from:to:step, ...]` along one axis; `from` and `to` within [0, n], or for a negative step [-1, n-1]. */
export function sliceAxis(a: ArrayValue, axis: number, from: number, to: number, step = 1): ArrayValue {
  const n = Math.max(0, Math.ceil((to - from) / step));
  const start = new Array<number>(a.ndim).fill(0);
  const steps = new Array<number>(a.ndim).fill(1);
  const shape = [...a.shape];
  start[axis] = from;
  steps[axis] = step;
  shape[axis] = n;
  return slice(a, start, shape, steps);
}

/** The axes given, each read backwards. */
export function flipAxes(a: ArrayValue, axes: readonly number[]): ArrayValue {
  const start = new Array<number>(a.ndim).fill(0);
  const step = new Array<number>(a.ndim).fill(1);
  for (const k of axes) {
    start[k] = Math.max(0, a.shape[k] - 1);
    step[k] = -1;
  }
  return slice(a, start, a.shape, step);
}

// ---- diagonal, strided views -------------------------------------------------------------------------------------------

export interface DiagonalAttrs {
  readonly [key: string]: unknown;
  readonly offset: number;
  readonly axis1: number;
  readonly axis2: number;
}

export const diagonalPrimitive: Primitive<DiagonalAttrs> = primitive('diagonal', ([a], { offset, axis1, axis2 }) => {
  const rows = a.shape[axis1];
  const columns = a.shape[axis2];
  const n = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
  const first = n === 0 ? 0 : offset >= 0 ? offset * a.strides[axis2] : -offset * a.strides[axis1];
  const others = (_: number, i: number): boolean => i !== axis1 && i !== axis2;
  return a.face.view(
    a,
    a.dtype,
    [...a.shape.filter(others), n],
    [...a.strides.filter(others), a.strides[axis1] + a.strides[axis2]],
    a.offset + first,
  );
});

/** The diagonal over two axes, as a last axis. @throws ValueError, AxisError */
export function diagonalOf(a: ArrayValue, offset: number, axis1: number, axis2: number): ArrayValue {
  if (a.ndim < 2) throw new ValueError('diag requires an array of at least two dimensions');
  const i = axisNamed(axis1, a.ndim, 'axis1');
  const j = axisNamed(axis2, a.ndim, 'axis2');
  if (i === j) throw new ValueError('axis1 and axis2 cannot be the same');
  return bind1(diagonalPrimitive, [a], { offset, axis1: i, axis2: j });
}

/** An axis argument whose name goes in front of the message. */
export function axisNamed(axis: number, ndim: number, name: string): number {
  try {
    return normalizeAxis(axis, ndim);
  } catch (e) {
    if (e instanceof AxisError) throw new AxisError(e.axis, ndim, name);
    throw e;
  }
}

export interface StridedAttrs {
  readonly [key: string]: unknown;
  readonly shape: Shape;
  /** Bytes. */
  readonly strides: Shape;
}

export const stridedPrimitive: Primitive<StridedAttrs> = primitive('as_strided', ([a], { shape, strides }) => {
  const [lo, hi] = byteBounds(shape, strides, a.offset, a.dtype.itemsize);
  if (sizeOf(shape) > 0 && (lo < 0 || hi > a.buffer.nbytes)) {
    throw new ValueError(
      `as_strided: shape ${tight(shape)} with strides ${tight(strides)} reaches outside of the array's memory`,
    );
  }
  return a.face.view(a, a.dtype, shape, strides, a.offset);
});

export const strided = (a: ArrayValue, shape: Shape, strides: Shape): ArrayValue =>
  bind1(stridedPrimitive, [a], { shape, strides });

// ---- components and casts ----------------------------------------------------------------------------------------------

export interface ComponentAttrs {
  readonly [key: string]: unknown;
  readonly part: 0 | 1;
}

export const componentPrimitive: Primitive<ComponentAttrs> = primitive('component', ([a], { part }) => {
  const d = nativeOf(a.dtype);
  const half = a.dtype.isnative ? byName[d.part as NumericName] : swappedOf(byName[d.part as NumericName]);
  return a.face.view(a, half, a.shape, a.strides, a.offset + part * half.itemsize);
});

/** The real (0) or imaginary (1) halves of a complex array, as a view. */
export const component = (a: ArrayValue, part: 0 | 1): ArrayValue => bind1(componentPrimitive, [a], { part });

export interface CastAttrs {
  readonly [key: string]: unknown;
  readonly dtype: DType;
  readonly order: string;
}

export const castPrimitive: Primitive<CastAttrs> = primitive('cast', ([a], { dtype, order }) =>
  copyAs(a, dtype, order),
);

/** A fresh array with the values cast as C casts them. Announcing a copy is the caller's business. */
export const castTo = (a: ArrayValue, dtype: DType, order = 'K'): ArrayValue =>
  bind1(castPrimitive, [a], { dtype, order });

/** The same array where it has the dtype already, else a cast of it. */
export const withDtype = (a: ArrayValue, dtype: DType): ArrayValue => (a.dtype === dtype ? a : castTo(a, dtype));

/** Marks a fresh view as one that may not be written. Tensors are never written anyway. */
export function readOnly<A extends ArrayValue>(a: A): A {
  if ('writeable' in a) (a as { writeable: boolean }).writeable = false;
  return a;
}

/** Whether this array's elements lie in one block of host memory in C order, and that block. */
export function contiguousBytes(a: ArrayValue): Uint8Array | null {
  if (!isHost(a.buffer) || !isCContiguous(a)) return null;
  const from = a.size === 0 ? 0 : a.offset;
  return (a.buffer as HostBuffer).bytes.subarray(from, from + a.size * a.dtype.itemsize);
}
