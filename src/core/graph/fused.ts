import { type ArrayValue, type Face, faceOf, isCContiguous } from '../array.js';
import type { AnyOperand, Device, Kernel } from '../device/device.js';
import { hostDevice } from '../device/registry.js';
import { goesThrough } from '../device/types.js';
import type { Attrs, Primitive } from '../dispatch.js';
import { PyError } from '../errors.js';
import { floatErrors } from '../errstate.js';
import type { MapProgram, ReduceProgram } from '../ir/expr.js';
import { elsewhere, lent } from '../ops/place.js';
import { broadcastStrides, kOrder, sameShape, sizeOf, stridesInOrder } from '../view.js';
import { endsOf, type Graph, type Spec } from './graph.js';
import { direct, walk } from './run.js';

/** Operations that fusion makes: one kernel for a chain of elementwise operations, or for a reduction with what stands before and behind it. */

export interface FusedAttrs extends Attrs {
  readonly label: string;
  readonly program: MapProgram | ReduceProgram;
  /** The same on a device, which may lack types that the program above goes through. */
  readonly programOn: (device: Device) => MapProgram | ReduceProgram;
  /** What is gone through. */
  readonly shape: readonly number[];
  /** Of a reduction: the axes that it goes over. */
  readonly reduced: readonly boolean[] | null;
  readonly outputs: readonly Spec[];
  /** The operations themselves, for layouts in which they would compute in another order, and where floating-point errors are looked for. */
  readonly body: Graph;
}

const apart = (args: readonly ArrayValue[], body: Graph): readonly ArrayValue[] => {
  const valueOf = walk(body, args, direct);
  return endsOf(body).map(valueOf);
};

/** The result's memory: a dead operand's where one fits, else fresh. */
function target(
  face: Face,
  device: Device,
  spec: Spec,
  donor: ArrayValue | null,
  strides?: readonly number[],
): ArrayValue {
  const buffer = donor?.buffer ?? device.allocate(sizeOf(spec.shape) * spec.dtype.itemsize);
  return face.fresh(buffer, spec.dtype, spec.shape, strides);
}

/** Whether an operand that is no longer needed has memory of its own in which this result fits. */
const fits = (a: ArrayValue, spec: Spec): boolean =>
  a.buffer.owners === 1 &&
  !a.buffer.exposed &&
  a.offset === 0 &&
  a.dtype.itemsize === spec.dtype.itemsize &&
  a.buffer.nbytes === sizeOf(spec.shape) * spec.dtype.itemsize &&
  sameShape(a.shape, spec.shape);

/** Whether axes already lie outermost first; stretched ones say nothing. */
function descending(strides: readonly number[]): boolean {
  let last = Number.POSITIVE_INFINITY;
  for (const s of strides) {
    const n = Math.abs(s);
    if (n === 0) continue;
    if (n > last) return false;
    last = n;
  }
  return true;
}

/** Whether all operands but single elements lie in the same order. */
function alike(args: readonly ArrayValue[], shape: readonly number[]): boolean {
  let first: ArrayValue | null = null;
  for (const a of args) {
    if (a.size === 1) continue;
    if (!sameShape(a.shape, shape)) return false;
    const like: ArrayValue = (first ??= a);
    if (a.strides.some((s, i) => s * like.dtype.itemsize !== like.strides[i] * a.dtype.itemsize)) return false;
  }
  return true;
}

const refused = new WeakMap<object, WeakSet<Device>>();
/** The program's kernel; null where a device other than the host's cannot run it as a whole (a type that single operations go round). */
function ready(device: Device, attrs: FusedAttrs): Kernel | null {
  if (device === hostDevice()) return device.prepare(attrs.program);
  const program = attrs.programOn(device);
  if (refused.get(program)?.has(device) === true) return null;
  try {
    // Types that a device only imitates make one operation as much text as its compiler takes.
    if (device.dtypes.has('float64') || !goesThrough(program, 'float64')) return device.prepare(program);
  } catch (e) {
    if (!(e instanceof PyError)) throw e;
  }
  let devices = refused.get(program);
  if (devices === undefined) refused.set(program, (devices = new WeakSet()));
  devices.add(device);
  return null;
}

/** Runs a fused operation. `dying` are the operands that nothing reads afterwards. */
export function runFused(
  args: readonly ArrayValue[],
  attrs: FusedAttrs,
  dying: readonly number[] = [],
): readonly ArrayValue[] {
  if (floatErrors.watching) return apart(args, attrs.body);
  const { shape, outputs } = attrs;
  const face = faceOf(args);
  const device = elsewhere(args, attrs.label) ?? hostDevice();
  const kernel = ready(device, attrs);
  if (kernel === null) return apart(args, attrs.body);
  const there = device === hostDevice() ? args : args.map((a) => lent(a, a.dtype, device, attrs.label));
  let flat = true;
  for (let i = 0; i < args.length && flat; i++) {
    const a = args[i];
    flat = a.size === 1 || (sameShape(a.shape, shape) && isCContiguous(a));
  }
  if (attrs.reduced !== null) {
    if (!flat) return apart(args, attrs.body);
    const out = target(face, device, outputs[0], null);
    const keeps = outputs[0].shape.length === shape.length;
    let k = 0;
    const steps = attrs.reduced.map((r) => (r ? (keeps && k++, 0) : out.strides[k++]));
    const strides = args.map((a) => broadcastStrides(a.shape, a.strides, shape));
    kernel.run(shape, [...there, out], [...strides, steps], attrs.reduced);
    return [out];
  }
  const n = sizeOf(shape);
  if (flat) {
    let donor: ArrayValue | null = null;
    if (outputs.length === 1)
      for (const i of dying)
        if (
          donor === null &&
          args[i] === there[i] &&
          fits(args[i], outputs[0]) &&
          args.indexOf(args[i]) === i &&
          args.lastIndexOf(args[i]) === i
        )
          donor = args[i];
    const operands: AnyOperand[] = there.slice();
    const outs: ArrayValue[] = [];
    for (const spec of outputs) {
      const out = target(face, device, spec, donor);
      outs.push(out);
      operands.push(out);
    }
    if (n > 0) kernel.flat(n, operands);
    return outs;
  }
  const strides = args.map((a) => broadcastStrides(a.shape, a.strides, shape));
  const plain = strides.every(descending);
  // Where operands lie in different orders, the operations one by one would lay their results out by the operands of each.
  if (!plain && !alike(args, shape)) return apart(args, attrs.body);
  const order = plain ? null : kOrder(shape, strides);
  const outs = outputs.map((spec) =>
    target(face, device, spec, null, order === null ? undefined : stridesInOrder(shape, order, spec.dtype.itemsize)),
  );
  if (n > 0) kernel.run(shape, [...there, ...outs], [...strides, ...outs.map((o) => o.strides)]);
  return outs;
}

/** Runs elementwise operations on memory that is there: of the result's shape and dtype, and in conflict with no operand. */
export function runFusedInto(args: readonly ArrayValue[], attrs: FusedAttrs, out: ArrayValue): void {
  const { shape } = attrs;
  const kernel = hostDevice().prepare(attrs.program);
  const n = sizeOf(shape);
  if (n === 0) return;
  if (isCContiguous(out) && args.every((a) => a.size === 1 || (sameShape(a.shape, shape) && isCContiguous(a))))
    kernel.flat(n, [...args, out]);
  else
    kernel.run(shape, [...args, out], [...args.map((a) => broadcastStrides(a.shape, a.strides, shape)), out.strides]);
}

export const fusedPrimitive: Primitive<FusedAttrs> = {
  name: 'fused',
  anywhere: true,
  run: (args, attrs) => runFused(args, attrs),
};
