import { ArrayValue, faceOf, isCContiguous } from '../array.js';
import { type AnyOperand, type Device, Immediate, type Kernel } from '../device/device.js';
import type { Attrs, Primitive } from '../dispatch.js';
import { bool, type DType, type Field, isText, kernelName } from '../dtype.js';
import { floatErrors } from '../errstate.js';
import * as x from '../ir/expr.js';
import type { MapProgram } from '../ir/expr.js';
import { broadcastShapes, broadcastStrides, kOrder, sameShape, sizeOf, stridesInOrder } from '../view.js';
import { bitsOf } from './casts.js';
import { cellOf, conflicts, contiguousCopy, copyAs, hasGaps } from './copy.js';
import { eachKernel } from './each.js';
import { watchedChoice } from './flags/watch.js';
import { argParts, castParts } from './row.js';
import { deviceOf, release } from './operand.js';
import { elsewhere, lent } from './place.js';
import { storeResult } from './store.js';

/** Choosing between elements by a condition, as elementwise programs. */

/** The truth of operand `index`, of any dtype. */
const truth = (index: number, d: DType): x.Expr => castParts(argParts(index, d), d, bool)[0];

const choices = new Map<number, MapProgram>();
const moves = new Map<DType, Map<DType, Kernel>>();

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
      operands: [kernelName(condition), kernelName(a), kernelName(b)],
      results: [{ dtype: kernelName(to), parts: yes.map((e, k) => x.select(c, e, no[k])) }],
    };
    choices.set(key, p);
  }
  return p;
}

/** A kernel of that program; dtypes that kernels do not compute with are chosen between as bits, and all three are one dtype. */
export function chooseKernelOn(device: Device, condition: DType, a: DType, b: DType, to: DType): Kernel {
  if (a.index >= 0 && b.index >= 0 && to.index >= 0 && condition.index >= 0) {
    const kernel = device.prepare(chooseProgram(condition, a, b, to));
    return floatErrors.watching ? watchedChoice(condition, [a, b], to, device, kernel) : kernel;
  }
  const bits = bitsOf(to);
  if (bits.index >= 0) return device.prepare(chooseProgram(condition, bits, bits, bits));
  let row = moves.get(condition);
  if (row === undefined) moves.set(condition, (row = new Map()));
  let k = row.get(bits);
  if (k === undefined)
    row.set(bits, (k = eachKernel('where', [condition, bits, bits], [bits], (c, x, y) => (isTrue(c) ? x : y))));
  return k;
}

const isTrue = (c: unknown): boolean =>
  typeof c === 'object'
    ? (c as { re: number; im: number }).re !== 0 || (c as { im: number }).im !== 0
    : c === true || (c !== false && c !== 0);

/** An operand in a dtype that it must have to be chosen as bits: itself, or a temporary. */
function inBits(a: ArrayValue, to: DType, own: ArrayValue[]): ArrayValue {
  if (a.dtype === to || (a.dtype.index >= 0 && to.index >= 0)) return a;
  const cast = copyAs(a, to);
  own.push(cast);
  return cast;
}

/** `dst = src` where the mask is true. Both are broadcast (the caller has checked that they fit); the memory of `dst` is the caller's to write. */
export function assignWhere(dst: ArrayValue, src: ArrayValue | Immediate, mask: ArrayValue): void {
  if (dst.size === 0) return;
  if (hasGaps(dst.dtype) && !(src instanceof Immediate)) {
    const whole = src.dtype === dst.dtype ? src : copyAs(src, dst.dtype);
    for (const f of dst.dtype.layout as readonly Field[]) assignWhere(cellOf(dst, f), cellOf(whole, f), mask);
    return;
  }
  const own: ArrayValue[] = [];
  const apart = (a: ArrayValue): ArrayValue => {
    if (!conflicts(dst, a)) return a;
    const copy = contiguousCopy(a);
    own.push(copy);
    return copy;
  };
  const m = apart(mask);
  // Where a cast may be refused, only what is written is cast.
  if (src instanceof ArrayValue && src.dtype !== dst.dtype && (isText(src.dtype) || src.dtype.kind === 'O')) {
    storeResult('copyto', apart(src), dst, m);
    for (const o of own) release(o);
    return;
  }
  const s = src instanceof Immediate ? src : inBits(apart(src), dst.dtype, own);
  const device = deviceOf(s instanceof Immediate ? [m, dst] : [m, s, dst], 'where');
  const kernel = chooseKernelOn(device, m.dtype, s.dtype, dst.dtype, dst.dtype);
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
export const wherePrimitive: Primitive<WhereAttrs> = {
  name: 'where',
  anywhere: true,
  run: (args, { dtype }) => {
    const there = elsewhere(args, 'where');
    return there === null ? chosen(args, dtype) : chosenOn(there, args, dtype);
  },
};

/** The same where operands are on a device: lone numbers go along with the call. */
function chosenOn(device: Device, args: readonly ArrayValue[], dtype: DType): ArrayValue {
  const shape = broadcastShapes(args.map((v) => v.shape));
  const operands = args.map((v, i) => lent(v, i === 0 ? bool : dtype, device, 'where'));
  const out = faceOf(args).fresh(device.allocate(sizeOf(shape) * dtype.itemsize), dtype, shape);
  const strides = operands.map((v) => (v instanceof Immediate ? [] : broadcastStrides(v.shape, v.strides, shape)));
  const [c, a, b] = operands.map((v) => v.dtype);
  if (out.size > 0) chooseKernelOn(device, c, a, b, dtype).run(shape, [...operands, out], [...strides, out.strides]);
  return out;
}

function chosen(args: readonly ArrayValue[], dtype: DType): ArrayValue {
  const own: ArrayValue[] = [];
  const [condition, x, y] = args;
  const c = condition.dtype.part === undefined ? copyAs(condition, bool) : condition;
  if (c !== condition) own.push(c);
  const a = inBits(x, dtype, own);
  const b = inBits(y, dtype, own);
  const device = deviceOf(args, 'where');
  const operands = [c, a, b];
  const shape = broadcastShapes(args.map((v) => v.shape));
  const strides = operands.map((v) => broadcastStrides(v.shape, v.strides, shape));
  const flat = operands.every((v) => v.size === 1 || (sameShape(v.shape, shape) && isCContiguous(v)));
  const n = sizeOf(shape);
  const order = flat || shape.length < 2 ? null : kOrder(shape, strides);
  const out = faceOf(args).fresh(
    device.allocate(n * dtype.itemsize),
    dtype,
    shape,
    order === null ? undefined : stridesInOrder(shape, order, dtype.itemsize),
  );
  if (n > 0) {
    const kernel = chooseKernelOn(device, c.dtype, a.dtype, b.dtype, dtype);
    if (flat) kernel.flat(n, [c, a, b, out]);
    else kernel.run(shape, [c, a, b, out], [...strides, out.strides]);
  }
  for (const o of own) release(o);
  return out;
}
