import { ArrayValue, type Face, faceOf, isCContiguous, isOrdered, isFContiguous } from '../array.js';
import { type AnyOperand, type Device, Immediate } from '../device/device.js';
import { isHost } from '../device/access.js';
import { elementsOf } from '../device/elements.js';
import { hostDevice } from '../device/registry.js';
import { bind, type Primitive } from '../dispatch.js';
import { type DType, isTime } from '../dtype.js';
import { memoryDoor } from '../door.js';
import { ValueError } from '../errors.js';
import { type Casting, fitsInteger } from '../promote.js';
import { broadcastShapes, broadcastStrides, kOrder, sameShape, sizeOf, stridesInOrder } from '../view.js';
import { conflicts, contiguousCopy, copyAs, repeats } from './copy.js';
import { narrowLoop } from './narrow.js';
import { checkNegative } from './negative.js';
import { elsewhere, placed } from './place.js';
import { storeResult, tightSpace } from './store.js';
import { beyond, deviceOf, immediate, release, type UfuncOperand, Weak } from './operand.js';
import { reportedAs } from '../errstate.js';
import { kernelOf, oddPlan, type Plan, plainPlan, signatureOf, typeOf, WEAK_CODE } from './plans.js';
import { resolve } from './loops/resolve.js';
import { checkOutput, type UfuncRow } from './row.js';
import { hasSwapped, throughNative } from './swapped.js';

/**
 * Running a ufunc: a loop is chosen, shapes are broadcast, and one kernel runs. The kernel is made from the row once for each
 * combination of dtypes in memory; layouts are the device's business.
 */

/** Everything a call may carry beside its operands. */
export interface UfuncOptions {
  readonly out: readonly (ArrayValue | null)[] | null;
  readonly where: ArrayValue | null;
  readonly dtype: DType | null;
  readonly signature: readonly (DType | null)[] | null;
  readonly casting: Casting;
  readonly order: string;
}

export const PLAIN: UfuncOptions = {
  out: null,
  where: null,
  dtype: null,
  signature: null,
  casting: 'same_kind',
  order: 'K',
};

/** Whether the axes of an operand already lie outermost first; stretched ones say nothing. */
function descending(strides: readonly number[]): boolean {
  let last = Number.POSITIVE_INFINITY;
  for (let i = 0; i < strides.length; i++) {
    const s = Math.abs(strides[i]);
    if (s === 0) continue;
    if (s > last) return false;
    last = s;
  }
  return true;
}

/** Fresh memory for a result, in the memory order that its operands have (NumPy's K order) or the one asked for. */
function freshLike(
  face: Face,
  device: Device,
  dtype: DType,
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  allC: boolean,
  order: string,
): ArrayValue {
  const buffer = device.allocate(sizeOf(shape) * dtype.itemsize);
  if (order === 'C' || (order !== 'F' && (allC || shape.length < 2 || strides.every(descending))))
    return face.fresh(buffer, dtype, shape);
  const perm = order === 'F' ? shape.map((_, i) => shape.length - 1 - i) : kOrder(shape, strides);
  return face.fresh(buffer, dtype, shape, stridesInOrder(shape, perm, dtype.itemsize));
}

/** Runs a row now. This is the only way any ufunc computes. */
export function execute(
  row: UfuncRow,
  given: readonly UfuncOperand[],
  options: UfuncOptions,
): ArrayValue | ArrayValue[] {
  if (memoryDoor() !== null && hasSwapped(given, options)) return throughNative(row, given, options, execute);
  const operands = row.comparison === true ? beyond(given) : given;
  const values = operands.filter((o): o is ArrayValue => o instanceof ArrayValue);
  const simple = options === PLAIN;
  const all = simple || options.where === null ? values : [...values, options.where];
  if (all.length > 1 && !together(all)) {
    const moved = onOneDevice(row, given, options, values, all);
    if (moved !== null) return moved;
  }
  const device = deviceOf(values, row.name);
  const face = faceOf(values);
  if (row.shortcut !== undefined) {
    const [first, second] = operands;
    const repeated = first instanceof ArrayValue ? repeatedNumber(first, second) : null;
    if (repeated !== null && first instanceof ArrayValue && first.dtype.kind !== 'b' && first.dtype.index >= 0) {
      const wider = second instanceof ArrayValue && second.dtype.itemsize > first.dtype.itemsize ? second.dtype : null;
      const other = row.shortcut(repeated, wider ?? first.dtype);
      if (other !== null)
        return reportedAs(row.name, () => execute(other, [wider === null ? first : copyAs(first, wider)], options));
    }
  }

  if (simple) {
    const plan = plainPlan(row, operands, device);
    if (row.refuseNegative !== undefined) checkNegative(row, plan.loop, operands);
    const args: AnyOperand[] = new Array(row.nin + row.nout);
    // All operands of one shape and in C order, or single elements: no strides to think about.
    let shape: readonly number[] | null = null;
    let flat = true;
    for (let i = 0; i < operands.length; i++) {
      const o = operands[i];
      if (o instanceof Weak) {
        args[i] = immediate(o, plan.loop.ins[i], plan.loop.outs[0].kind === 'b' && row.name.startsWith('logical_'));
        continue;
      }
      args[i] = o;
      if (o.shape.length === 0) continue;
      if (shape === null) shape = o.shape;
      else if (!sameShape(shape, o.shape)) flat = false;
      if (flat && !isCContiguous(o)) flat = false;
    }
    if (flat) {
      const s = shape ?? [];
      const n = sizeOf(s);
      const outs: ArrayValue[] = [];
      for (let i = 0; i < row.nout; i++) {
        const d = plan.loop.outs[i];
        const out = face.fresh(device.allocate(n * d.itemsize), d, s);
        outs.push(out);
        args[row.nin + i] = out;
      }
      if (n > 0) kernelOf(row, plan).flat(n, args);
      return row.nout === 1 ? outs[0] : outs;
    }
    return runBroadcast(row, plan, operands, args, face, device);
  }

  // That an output may not be written is said before anything about types.
  if (options.out !== null)
    for (const o of options.out)
      if (o !== null && (o as { writeable?: boolean }).writeable === false) o.face.beforeWrite(o, 'out');

  const elsewhere = options.out === null ? null : throughNumbers(row, given, options);
  if (elsewhere !== null) return elsewhere;

  // Only an output is given: the plan is as quick to find, and often everything lies flat.
  if (
    options.out !== null &&
    row.nout === 1 &&
    options.where === null &&
    options.dtype === null &&
    options.signature === null &&
    options.casting === 'same_kind'
  ) {
    const out = options.out[0] as ArrayValue;
    const plan = plainPlan(row, operands, device, out.dtype);
    if (row.refuseNegative !== undefined) checkNegative(row, plan.loop, operands);
    const args: AnyOperand[] = new Array(row.nin + 1);
    let flat = isCContiguous(out);
    for (let i = 0; i < operands.length; i++) {
      const o = operands[i];
      if (o instanceof Weak) args[i] = immediate(o, plan.loop.ins[i]);
      else {
        args[i] = o;
        if (flat)
          flat =
            o.shape.length === 0
              ? o.buffer !== out.buffer
              : sameShape(o.shape, out.shape) &&
                isCContiguous(o) &&
                (o.buffer !== out.buffer || (o.offset === out.offset && o.dtype.itemsize === out.dtype.itemsize));
      }
    }
    if (flat) {
      out.face.beforeWrite(out, row.name);
      args[row.nin] = out;
      const n = out.size;
      if (n > 0) kernelOf(row, plan).flat(n, args);
      return out;
    }
    return runGeneral(row, plan, operands, args, options, face, device, options.out, [out.dtype]);
  }

  const want = signatureOf(row, options);
  // What compares as an infinity is cast to nothing.
  const casting = operands === given ? options.casting : 'same_kind';
  const asked = options.out?.map((o) => o?.dtype ?? null) ?? null;
  const loop = narrowLoop(row, resolve(row, operands.map(typeOf), casting, want, asked), device);
  if (row.refuseNegative !== undefined) checkNegative(row, loop, operands, options.where);
  const targets = options.out ?? [];
  const outTypes = loop.outs.map((d, i) => {
    const out = targets[i] ?? null;
    if (out === null) return d;
    checkOutput(row, i, d, out.dtype, options.casting);
    return out.dtype;
  });
  const read = operands.map((o, i) =>
    o instanceof Weak || loop.each !== undefined || isCounted(o.dtype) ? o : copyAs(o, loop.ins[i]),
  );
  const ins = read.map((o, i) => (o instanceof Weak ? loop.ins[i] : o.dtype));
  const plan = oddPlan(row, device, loop, ins, outTypes, options.where !== null);
  const args: AnyOperand[] = read.map((o, i) => (o instanceof Weak ? immediate(o, loop.ins[i]) : o));
  return runGeneral(row, plan, read, args, options, face, device, targets, outTypes);
}

/**
 * The one number that a second operand is for all elements. NumPy finds arrays that repeat their element by the stride, which one element
 * that meets one has not, unless neither has axes.
 */
function repeatedNumber(first: ArrayValue, second: UfuncOperand): number | null {
  if (second instanceof Weak) return typeof second.value === 'number' ? second.value : null;
  if (second.dtype.kind !== 'f' || first.dtype.kind !== 'f') return null;
  if (!isOrdered(second) || !isHost(second.buffer) || second.ndim > first.ndim || second.size === 0) return null;
  if (second.ndim > 0 && first.size === 1 && second.size === 1) return null;
  const before = first.ndim - second.ndim;
  for (let i = 0; i < second.ndim; i++) {
    const n = second.shape[i];
    if (n > 1 && (n !== first.shape[before + i] || second.strides[i] !== 0)) return null;
  }
  return elementsOf(second.buffer, second.dtype).get(second.offset) as number;
}

const together = (values: readonly ArrayValue[]): boolean => {
  const { device } = values[0].buffer;
  for (let i = 1; i < values.length; i++) if (values[i].buffer.device !== device) return false;
  return true;
};

/** A number of the host's in the dtype of what it meets on a device: it goes along with the call, as a lone one does. */
function lone(o: ArrayValue, values: readonly ArrayValue[]): Weak | null {
  if (o.ndim > 0 || !isHost(o.buffer) || o.dtype.kind === 'b') return null;
  if (!values.every((v) => v.dtype === o.dtype) || values.every((v) => isHost(v.buffer))) return null;
  const value = elementsOf(o.buffer, o.dtype).get(o.offset) as number | bigint;
  return new Weak(value, o.dtype.kind === 'f' ? 'float' : 'int');
}

/** The call with operands in their copies on the device where the others are; null where they stay where they are. */
function onOneDevice(
  row: UfuncRow,
  given: readonly UfuncOperand[],
  options: UfuncOptions,
  values: readonly ArrayValue[],
  all: readonly ArrayValue[],
): ArrayValue | ArrayValue[] | null {
  if (elsewhere(all, row.name) === null) return null;
  const light = given.map((o) => (o instanceof Weak ? o : (lone(o, values) ?? o)));
  const rest = light.filter((o): o is ArrayValue => o instanceof ArrayValue);
  const there = placed(options.where === null ? rest : [...rest, options.where], row.name);
  const moved = light.map((o) => (o instanceof Weak ? o : there[rest.indexOf(o)]));
  if (moved.every((o, i) => o === given[i]) && there[rest.length] === (options.where ?? undefined)) return null;
  return execute(row, moved, options.where === null ? options : { ...options, where: there[rest.length] });
}

/** Whether kernels made of expressions read and write a dtype. */
const isCounted = (d: DType): boolean => d.index >= 0 || (isTime(d) && d.isnative);

/**
 * A call whose loop computes with numbers and whose output takes something else: the results are made first and then stored as any other
 * value is. Null where this is not such a call.
 */
function throughNumbers(
  row: UfuncRow,
  operands: readonly UfuncOperand[],
  options: UfuncOptions,
): ArrayValue | ArrayValue[] | null {
  const targets = options.out as readonly (ArrayValue | null)[];
  if (targets.every((o) => o === null || isCounted(o.dtype))) return null;
  const want = signatureOf(row, options);
  const loop = resolve(
    row,
    operands.map(typeOf),
    options.casting,
    want,
    targets.map((o) => o?.dtype ?? null),
  );
  if (loop.each !== undefined) return null;
  for (const [i, o] of targets.entries()) if (o !== null) checkOutput(row, i, loop.outs[i], o.dtype, options.casting);
  const made = execute(row, operands, { ...options, out: null, where: null });
  const list = Array.isArray(made) ? made : [made];
  const outs = list.map((value, i) => {
    const out = targets[i] ?? null;
    if (out === null) return value;
    storeResult(row.name, value, out, options.where);
    return out;
  });
  return row.nout === 1 ? outs[0] : outs;
}

/** Operands of several shapes or layouts, into fresh results: the common case, kept short. */
function runBroadcast(
  row: UfuncRow,
  plan: Plan,
  operands: readonly UfuncOperand[],
  args: AnyOperand[],
  face: Face,
  device: Device,
): ArrayValue | ArrayValue[] {
  const shapes: (readonly number[])[] = [];
  for (const o of operands) if (o instanceof ArrayValue) shapes.push(o.shape);
  const shape = shapes.length === 1 ? shapes[0] : broadcastShapes(shapes);
  const strides: (readonly number[])[] = [];
  const known: (readonly number[])[] = [];
  for (const o of operands) {
    if (o instanceof Weak) strides.push(NONE);
    else {
      const s = o.shape === shape ? o.strides : broadcastStrides(o.shape, o.strides, shape);
      strides.push(s);
      known.push(s);
    }
  }
  const outs: ArrayValue[] = [];
  for (let i = 0; i < row.nout; i++) {
    const out = freshLike(face, device, plan.loop.outs[i], shape, known, false, 'K');
    outs.push(out);
    args[row.nin + i] = out;
    strides.push(out.strides);
  }
  if (sizeOf(shape) > 0) kernelOf(row, plan).run(shape, args, strides);
  return row.nout === 1 ? outs[0] : outs;
}

const NONE: readonly number[] = [];

function runGeneral(
  row: UfuncRow,
  plan: Plan,
  operands: readonly UfuncOperand[],
  args: AnyOperand[],
  options: UfuncOptions,
  face: Face,
  device: Device,
  given: readonly (ArrayValue | null)[],
  outTypes: readonly DType[],
): ArrayValue | ArrayValue[] {
  const arrays = operands.filter((o): o is ArrayValue => o instanceof ArrayValue);
  const where = options.where;
  const shapes = arrays.map((a) => a.shape);
  if (where !== null) shapes.push(where.shape);
  let shape: readonly number[];
  const outShapes = given.filter((o): o is ArrayValue => o !== null).map((o) => o.shape);
  shape = broadcastShapes([...shapes, ...outShapes]);
  for (const s of outShapes) {
    if (!sameShape(s, shape)) {
      throw new ValueError(
        `non-broadcastable output operand with shape ${tightSpace(s)} doesn't match the broadcast shape ${tightSpace(shape)}`,
      );
    }
  }
  const temporaries: ArrayValue[] = [];
  const inStrides = operands.map((o) => (o instanceof Weak ? [] : broadcastStrides(o.shape, o.strides, shape)));
  const arrayStrides = inStrides.filter((_, i) => operands[i] instanceof ArrayValue);
  const allC = arrays.every((a) => isCContiguous(a) && sameShape(a.shape, shape));
  // Outputs first: making a shared buffer ours changes what inputs that are views of it read.
  const outs: ArrayValue[] = [];
  for (let i = 0; i < row.nout; i++) {
    const out = given[i] ?? null;
    if (out !== null) {
      out.face.beforeWrite(out, row.name);
      outs.push(out);
    } else {
      const d = outTypes[i] ?? plan.loop.outs[i];
      const order = options.order !== 'A' ? options.order : !allC && arrays.every(isFContiguous) ? 'F' : 'C';
      const fresh = freshLike(face, device, d, shape, arrayStrides, allC, order);
      if (where !== null && 'bytes' in fresh.buffer) (fresh.buffer as { bytes: Uint8Array }).bytes.fill(0);
      outs.push(fresh);
    }
  }
  const reads: AnyOperand[] = args.slice(0, row.nin);
  const strides: (readonly number[])[] = inStrides.slice();
  for (let i = 0; i < operands.length; i++) {
    const o = operands[i];
    if (o instanceof Weak) continue;
    for (let k = 0; k < row.nout; k++) {
      if ((given[k] ?? null) !== null && clash(outs[k], o, strides[i], shape)) {
        const copy = contiguousCopy(o);
        temporaries.push(copy);
        reads[i] = copy;
        strides[i] = broadcastStrides(copy.shape, copy.strides, shape);
        break;
      }
    }
  }
  if (where !== null) {
    let mask = where;
    if (outs.some((o) => conflicts(o, where))) {
      mask = contiguousCopy(where);
      temporaries.push(mask);
    }
    reads.push(mask);
    strides.push(broadcastStrides(mask.shape, mask.strides, shape));
    for (const o of outs) {
      reads.push(o);
      strides.push(o.strides);
    }
  }
  for (const o of outs) {
    reads.push(o);
    strides.push(o.strides);
  }
  if (sizeOf(shape) > 0) kernelOf(row, plan).run(shape, reads, strides);
  for (const t of temporaries) release(t);
  return row.nout === 1 ? outs[0] : outs;
}

/** Whether an input cannot be read while the output is written: they share memory but are not the same elements in the same places. */
function clash(out: ArrayValue, input: ArrayValue, strides: readonly number[], shape: readonly number[]): boolean {
  if (out.buffer !== input.buffer) return false;
  const same =
    out.offset === input.offset &&
    sameShape(out.strides, strides) &&
    !repeats(out) &&
    out.dtype.itemsize === input.dtype.itemsize &&
    sameShape(out.shape, shape);
  return !same && (conflicts(out, input) || !sameShape(input.shape, out.shape));
}

/**
 * The shortest way, for arrays of one shape in C order whose kernel was used before: nothing is looked up but the kernel. Null where
 * any of this does not hold; `execute` then does the same at leisure.
 */
export function straight(row: UfuncRow, a: ArrayValue, b: ArrayValue | null): ArrayValue | null {
  const key = b === null ? a.dtype.index + 1 : (a.dtype.index + 1) * 18 + b.dtype.index + 1;
  const plan = row.ready[key] as Plan | undefined;
  if (plan === undefined || row.nout !== 1 || row.refuseNegative !== undefined || plan.device !== hostDevice())
    return null;
  const { shape } = a;
  if (row.shortcut !== undefined && shape.length === 0) return null;
  if (!isCContiguous(a) || (b !== null && ((b.shape !== shape && !sameShape(b.shape, shape)) || !isCContiguous(b))))
    return null;
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  const d = plan.loop.outs[0];
  const out = a.face.fresh(plan.device.allocate(n * d.itemsize), d, shape);
  if (n > 0) kernelOf(row, plan).flat(n, b === null ? [a, out] : [a, b, out]);
  return out;
}

/** The same with a lone number in the second place. */
export function straightScalar(row: UfuncRow, a: ArrayValue, b: number): ArrayValue | null {
  const plan = row.ready[(a.dtype.index + 1) * 18 + (Number.isInteger(b) ? WEAK_CODE.int : WEAK_CODE.float)] as
    | Plan
    | undefined;
  if (
    plan === undefined ||
    row.nout !== 1 ||
    row.shortcut !== undefined ||
    plan.device !== hostDevice() ||
    !isCContiguous(a)
  )
    return null;
  const to = plan.loop.ins[1];
  if (to.kind !== 'f' && (to.itemsize === 8 || !fitsInteger(b, to))) return null;
  const n = a.size;
  const d = plan.loop.outs[0];
  const out = a.face.fresh(plan.device.allocate(n * d.itemsize), d, a.shape);
  if (n > 0) kernelOf(row, plan).flat(n, [a, new Immediate(to, b), out]);
  return out;
}

/** The primitive that every ufunc is, as interpreters see it. */
export interface UfuncAttrs {
  readonly [key: string]: unknown;
  readonly row: UfuncRow;
  readonly operands: readonly UfuncOperand[];
  readonly options: UfuncOptions;
}
const apply: Primitive<UfuncAttrs> = {
  name: 'ufunc',
  anywhere: true,
  run: (_args, { row, operands, options }) => execute(row, operands, options),
};

/** Applies a row to operands already coerced, through `bind`. */
export function applyRow(
  row: UfuncRow,
  operands: readonly UfuncOperand[],
  options: UfuncOptions = PLAIN,
): ArrayValue | ArrayValue[] {
  for (const o of operands) {
    if (o instanceof ArrayValue && o.interpreter !== null) {
      const values = operands.filter((v): v is ArrayValue => v instanceof ArrayValue);
      return bind(apply, values, { row, operands, options }) as ArrayValue | ArrayValue[];
    }
  }
  return execute(row, operands, options);
}
