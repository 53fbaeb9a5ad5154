import { type ArrayValue, faceOf, isCContiguous } from '../array.js';
import { type AnyOperand, Immediate, type Kernel } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { type Attrs, type Primitive, primitive } from '../dispatch.js';
import { bool, type DType } from '../dtype.js';
import * as x from '../ir/expr.js';
import type { MapProgram } from '../ir/expr.js';
import { broadcastShapes, broadcastStrides, kOrder, sameShape, sizeOf, stridesInOrder } from '../view.js';
import { conflicts, contiguousCopy } from './copy.js';
import { argParts, castParts } from './row.js';
import { deviceOf, release } from './operand.js';

/** Choosing between elements by a condition, as elementwise programs. */

/** The truth of operand `index`, of any dtype. */
const truth = (index: number, d: DType): x.Expr => castParts(argParts(index, d), d, bool)[0];

const choices = new Map<number, MapProgram>();

/** The program `out = (to) (condition ? a : b)`, operands (condition, a, b). */
export function chooseProgram(condition: DType, a: DType, b: DType, to: DType): MapProgram {
  const key = ((condition.index * 64 + a.index) * 64 + b.index) * 64 + to.index;
  let p = choices.get(key);
  if (p === undefined) {
    const yes = castParts(argParts(1, a), a, to);
    const no = castParts(argParts(2, b), b, to);
    const c = truth(0, condition);
    p = {
      kind: 'map',
      name: 'where',
      operands: [condition.name, a.name, b.name],
      results: [{ dtype: to.name, parts: yes.map((e, k) => x.select(c, e, no[k])) }],
    };
    choices.set(key, p);
  }
  return p;
}

export const chooseKernel = (condition: DType, a: DType, b: DType, to: DType): Kernel =>
  hostDevice().prepare(chooseProgram(condition, a, b, to));

/** `dst = src` where the mask is true. Both are broadcast (the caller has checked that they fit); the memory of `dst` is the caller's to write. */
export function assignWhere(dst: ArrayValue, src: ArrayValue | Immediate, mask: ArrayValue): void {
  if (dst.size === 0) return;
  const own: ArrayValue[] = [];
  const apart = (a: ArrayValue): ArrayValue => {
    if (!conflicts(dst, a)) return a;
    const copy = contiguousCopy(a);
    own.push(copy);
    return copy;
  };
  const m = apart(mask);
  const s = src instanceof Immediate ? src : apart(src);
  const kernel = chooseKernel(m.dtype, s.dtype, dst.dtype, dst.dtype);
  const args: AnyOperand[] = [m, s, dst, dst];
  const flat = (a: ArrayValue): boolean => a.size === 1 || (sameShape(a.shape, dst.shape) && isCContiguous(a));
  if (isCContiguous(dst) && flat(m) && (s instanceof Immediate || flat(s))) kernel.flat(dst.size, args);
  else {
    const over = (a: ArrayValue): number[] => {
      const lead = Math.max(0, a.ndim - dst.ndim);
      return broadcastStrides(a.shape.slice(lead), a.strides.slice(lead), dst.shape);
    };
    kernel.run(dst.shape, args, [over(m), s instanceof Immediate ? [] : over(s), dst.strides, dst.strides]);
  }
  for (const o of own) release(o);
}

// ---- where -----------------------------------------------------------------------------------------------------------

export interface WhereAttrs extends Attrs {
  /** dtype of the result; operands are cast to it without asking. */
  readonly dtype: DType;
}

/** Operands `[condition, x, y]`, broadcast together: x where the condition is true, else y. */
export const wherePrimitive: Primitive<WhereAttrs> = primitive('where', (args, { dtype }) => {
  const [c, a, b] = args;
  const device = deviceOf(args, 'where');
  const shape = broadcastShapes(args.map((v) => v.shape));
  const strides = args.map((v) => broadcastStrides(v.shape, v.strides, shape));
  const flat = args.every((v) => v.size === 1 || (sameShape(v.shape, shape) && isCContiguous(v)));
  const n = sizeOf(shape);
  const order = flat || shape.length < 2 ? null : kOrder(shape, strides);
  const out = faceOf(args).fresh(
    device.allocate(n * dtype.itemsize),
    dtype,
    shape,
    order === null ? undefined : stridesInOrder(shape, order, dtype.itemsize),
  );
  if (n > 0) {
    const kernel = device.prepare(chooseProgram(c.dtype, a.dtype, b.dtype, dtype));
    if (flat) kernel.flat(n, [c, a, b, out]);
    else kernel.run(shape, [c, a, b, out], [...strides, out.strides]);
  }
  return out;
});
