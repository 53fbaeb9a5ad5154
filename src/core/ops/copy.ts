import { type ArrayValue, faceOf, isCContiguous } from '../array.js';
import { setAssign } from '../coerce.js';
import { type AnyOperand, Immediate } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { type DType, type Field, isNumber, isTime, nativeOf } from '../dtype.js';
import { ValueError } from '../errors.js';
import {
  broadcastStrides,
  byteBounds,
  cStrides,
  copyOrder,
  fStrides,
  isF,
  sameShape,
  sizeOf,
  stridesInOrder,
  tight,
} from '../view.js';
import { settled } from '../scalars/settle.js';
import { castKernelOn } from './casts.js';
import { elsewhere, lent } from './place.js';

/** Copies, with a cast where dtypes differ: the identity kernel of each pair of dtypes. */

/** Whether two views may touch the same bytes. */
export function mayOverlap(a: ArrayValue, b: ArrayValue): boolean {
  if (a.buffer !== b.buffer || a.size === 0 || b.size === 0) return false;
  const [alo, ahi] = byteBounds(a.shape, a.strides, a.offset, a.dtype.itemsize);
  const [blo, bhi] = byteBounds(b.shape, b.strides, b.offset, b.dtype.itemsize);
  return alo < bhi && blo < ahi;
}

/** Whether elements come several times, or share bytes: what is written to one is then also read again. */
export function repeats(a: ArrayValue): boolean {
  const { shape, strides } = a;
  let extent = a.dtype.itemsize;
  let d = shape.length - 1;
  for (; d >= 0; d--) {
    if (shape[d] < 2) continue;
    const step = Math.abs(strides[d]);
    if (step < extent) break;
    extent += step * (shape[d] - 1);
  }
  if (d < 0) return false;
  // Not in C order: each axis has to step over all that smaller steps reach.
  const axes = shape.flatMap((n, i) => (n > 1 ? [[Math.abs(strides[i]), n]] : [])).sort((p, q) => p[0] - q[0]);
  extent = a.dtype.itemsize;
  for (const [step, n] of axes) {
    if (step < extent) return true;
    extent += step * (n - 1);
  }
  return false;
}

/** Whether reading `src` while writing `dst` element by element, in any order, gives wrong results. */
export function conflicts(dst: ArrayValue, src: ArrayValue): boolean {
  if (dst.buffer !== src.buffer) return false;
  const same =
    dst.offset === src.offset &&
    dst.dtype.itemsize === src.dtype.itemsize &&
    sameShape(dst.shape, src.shape) &&
    sameShape(dst.strides, src.strides) &&
    !repeats(dst);
  return !same && mayOverlap(dst, src);
}

/** Writes `src`, broadcast and cast without asking, into `dst`. The memory of `dst` is the caller's to write. */
export function assignTo(dst: ArrayValue, given: ArrayValue | Immediate, by = 'copyto'): void {
  const there = elsewhere([dst], by);
  const src = there === null || given instanceof Immediate ? given : lent(given, dst.dtype, there, by);
  if (src instanceof Immediate) {
    const kernel = castKernelOn(there ?? hostDevice(), src.dtype, dst.dtype);
    if (dst.size > 0) kernel.run(dst.shape, [src, dst], [[], dst.strides]);
    return;
  }
  let from = src;
  if (!sameShape(src.shape, dst.shape)) checkFits(src.shape, dst.shape, by);
  if (conflicts(dst, src)) from = contiguousCopy(src);
  if (from.dtype === dst.dtype && hasGaps(dst.dtype)) {
    for (const f of dst.dtype.layout as readonly Field[]) assignTo(cellOf(dst, f), cellOf(from, f), by);
    return;
  }
  const kernel = castKernelOn(there ?? hostDevice(), from.dtype, dst.dtype);
  if (from.size === dst.size && isCContiguous(from) && isCContiguous(dst))
    kernel.flat(dst.size, [from, dst] as readonly AnyOperand[]);
  else
    kernel.run(
      dst.shape,
      [from, dst],
      [
        broadcastStrides(
          from.shape.slice(Math.max(0, from.ndim - dst.ndim)),
          from.strides.slice(Math.max(0, from.ndim - dst.ndim)),
          dst.shape,
        ),
        dst.strides,
      ],
    );
}

/** Whether bytes of a structure belong to no field of it: what lies there may be another view's, and is not written. */
export const hasGaps = (d: DType): boolean =>
  d.layout !== null &&
  (d.layout.reduce((n, f) => n + f.dtype.itemsize, 0) < d.itemsize || d.layout.some((f) => hasGaps(f.dtype)));

/** A view of one field, with a sub-array as one element. */
export const cellOf = (a: ArrayValue, f: Field): ArrayValue =>
  a.face.view(a, f.dtype, a.shape, a.strides, a.offset + f.offset);

/** @throws ValueError `could not broadcast input array from shape (3,) into shape (2,)` */
export function checkFits(from: readonly number[], into: readonly number[], _by = 'copyto'): void {
  let s = from;
  while (s.length > into.length && s[0] === 1) s = s.slice(1);
  const lead = into.length - s.length;
  let ok = lead >= 0;
  for (let i = 0; ok && i < s.length; i++) ok = s[i] === 1 || s[i] === into[lead + i];
  if (!ok) throw new ValueError(`could not broadcast input array from shape ${tight(from)} into shape ${tight(into)}`);
}

setAssign((dst, src) => assignTo(dst, src));

/** A fresh C-contiguous copy in the same dtype, of the library's own: to be freed by who asked for it. */
export function contiguousCopy(a: ArrayValue): ArrayValue {
  return copyAs(a, a.dtype, 'C');
}

/** Whether elements are numbers or times in the other byte order. */
export const isSwapped = (d: DType): boolean => !d.isnative && (isNumber(d) || isTime(d));

/** A number or a time in the machine's byte order, with which kernels compute: the array itself where it has that. */
export const inNativeOrder = (a: ArrayValue): ArrayValue => (isSwapped(a.dtype) ? onceAs(a, nativeOf(a.dtype)) : a);

/** A copy in a dtype that repeats what `a` repeats: the order of results follows from strides, also from those of no bytes. */
export function onceAs(a: ArrayValue, dtype: DType): ArrayValue {
  if (!repeats(a) || a.size === 0) return copyAs(a, dtype);
  const still = a.shape.map((n, d) => a.strides[d] === 0 && n > 1);
  const shape = a.shape.map((n, d) => (still[d] ? 1 : n));
  const made = copyAs(a.face.view(a, a.dtype, shape, a.strides, a.offset), dtype);
  const strides = made.strides.map((s, d) => (still[d] ? 0 : s));
  return made.face.view(made, made.dtype, a.shape, strides, made.offset);
}

/** Strides of a fresh array like `a` in the given memory order. */
export function orderedStrides(
  a: { readonly shape: readonly number[]; readonly strides: readonly number[]; readonly dtype: DType },
  order: string,
  itemsize: number,
): number[] {
  switch (order) {
    case 'C':
      return cStrides(a.shape, itemsize);
    case 'F':
      return fStrides(a.shape, itemsize);
    case 'A':
      return isF(a.shape, a.strides, a.dtype.itemsize) && !(a.shape.length < 2)
        ? fStrides(a.shape, itemsize)
        : cStrides(a.shape, itemsize);
    case 'K':
      return stridesInOrder(a.shape, copyOrder(a.strides), itemsize);
    default:
      throw new ValueError(`order must be one of 'C', 'F', 'A', or 'K' (got '${order}')`);
  }
}

/** A fresh array whose axes lie in memory in the order given, outermost first: itself where they do. */
export function inOrder<A extends ArrayValue>(a: A, order: readonly number[]): A {
  if (order.every((d, i) => d === i)) return a;
  const made = copyAs(a, a.dtype, 'C');
  const out = made.face.view(made, a.dtype, a.shape, stridesInOrder(a.shape, order, a.dtype.itemsize), made.offset);
  assignTo(out, a);
  return out as A;
}

/** Whether strides are those that a fresh array in C order has, also those of axes that have no second element. */
function liesFresh({ shape, strides, dtype }: ArrayValue): boolean {
  let step = dtype.itemsize;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (strides[d] !== step || shape[d] === 0) return false;
    step *= shape[d];
  }
  return true;
}

/** A fresh copy of `a` in a dtype and memory order. */
export function copyAs(a: ArrayValue, asked: DType, order = 'K'): ArrayValue {
  if (asked.index >= 0 && (order === 'K' || order === 'C') && liesFresh(a)) {
    const { device } = a.buffer;
    const made = faceOf([a]).fresh(device.allocate(a.size * asked.itemsize), asked, a.shape);
    castKernelOn(device, a.dtype, asked).flat(a.size, [a, made]);
    return made;
  }
  const dtype = asked.index < 0 ? settled(asked, a) : asked;
  const strides = orderedStrides(a, order, dtype.itemsize);
  const buffer = a.buffer.device.allocate(sizeOf(a.shape) * dtype.itemsize);
  // An array of sub-arrays has their axes behind its own.
  const [base, inner] = dtype.subdtype ?? [dtype, []];
  const shape = [...a.shape, ...inner];
  const made = faceOf([a]).fresh(buffer, base, shape, [...strides, ...cStrides(inner, base.itemsize)]);
  const out = inner.length === 0 ? made : made.face.view(made, dtype, a.shape, strides, 0);
  const kernel = castKernelOn(a.buffer.device, a.dtype, dtype);
  if (a.size > 0) {
    if (isCContiguous(a) && isCContiguous(out)) kernel.flat(a.size, [a, out]);
    else kernel.run(a.shape, [a, out], [a.strides, out.strides]);
  }
  return made;
}
