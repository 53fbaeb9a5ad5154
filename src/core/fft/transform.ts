import { type ArrayValue, faceOf } from '../array.js';
import { isHost } from '../device/access.js';
import { isDescribed } from '../device/shapes.js';
import type { FourierTransform } from '../device/device.js';
import { bind1, type Primitive, primitive } from '../dispatch.js';
import { byName, type DType } from '../dtype.js';
import { NotImplementedError } from '../errors.js';
import { assignTo, copyAs, mayOverlap } from '../ops/copy.js';
import { deviceOf, release } from '../ops/operand.js';
import { announce } from '../transfers.js';
import { copyOrder, sizeOf, stridesInOrder } from '../view.js';
import { plainFourier } from './plain.js';

/** The discrete Fourier transform along one axis, as a primitive; see {@link FourierTransform} for what is computed. */
export interface FourierAttrs {
  readonly [key: string]: unknown;
  readonly kind: FourierTransform['kind'];
  /** Points of the transform: the axis is cut, or filled up with zeros, to this length (to n/2 + 1 of Hermitian input). */
  readonly n: number;
  /** Not negative. */
  readonly axis: number;
  readonly backward: boolean;
  /** What results are multiplied by. */
  readonly factor: number;
  /** Memory for the result, of the right shape and any dtype. */
  readonly into?: ArrayValue | null;
}

/** Whether a dtype is computed, and its results given, in single precision. */
const isSingle = (d: DType): boolean => d.part === 'float16' || d.part === 'float32';

/** The dtype in which operands are read: floats as they are, or complex. */
function readAs(d: DType): DType {
  if (d.kind === 'c') return isSingle(d) ? byName.complex64 : byName.complex128;
  return isSingle(d) ? byName.float32 : byName.float64;
}

/** The dtype of results. */
export function fourierDtype(d: DType, kind: FourierTransform['kind']): DType {
  if (kind === 'hermitian') return isSingle(d) ? byName.float32 : byName.float64;
  return isSingle(d) ? byName.complex64 : byName.complex128;
}

/** Points along the axis of the result. */
export const fourierLength = (n: number, kind: FourierTransform['kind']): number =>
  kind === 'real' ? Math.floor(n / 2) + 1 : n;

function runFourier(x: ArrayValue, attrs: FourierAttrs): ArrayValue {
  const { kind, n, axis, backward, factor } = attrs;
  const device = deviceOf([x], 'fft');
  const routine = device.routines?.fourier ?? (isHost(x.buffer) ? plainFourier : null);
  const described = isDescribed(x.buffer);
  if (routine === null && !described)
    throw new NotImplementedError(
      `fft: ${device.name} has no Fourier transform; move the operand with t.to('cpu') first`,
    );
  const read = readAs(x.dtype);
  let a = x;
  if (x.dtype !== read) {
    announce('dtype', x.size * read.itemsize, x.dtype.name, read.name);
    a = copyAs(x, read);
  }
  const d = fourierDtype(x.dtype, kind);
  const shape = x.shape.map((m, i) => (i === axis ? fourierLength(n, kind) : m));
  const into = attrs.into ?? null;
  const direct = into !== null && into.dtype === d && !mayOverlap(into, a);
  // In the operand's memory order, as NumPy's results are.
  const out = direct
    ? into
    : faceOf([x]).fresh(
        device.allocate(sizeOf(shape) * d.itemsize),
        d,
        shape,
        stridesInOrder(shape, copyOrder(x.strides), d.itemsize),
      );
  const others = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== axis);
  if (out.size > 0 && !described)
    (routine as NonNullable<typeof routine>)({
      kind,
      n,
      backward,
      factor,
      batch: others(shape),
      length: x.shape[axis],
      from: { dtype: read, buffer: a.buffer, offset: a.offset, step: a.strides[axis], batch: others(a.strides) },
      to: { dtype: d, buffer: out.buffer, offset: out.offset, step: out.strides[axis], batch: others(out.strides) },
    });
  if (a !== x) release(a);
  if (into === null || direct) return out;
  assignTo(into, out);
  release(out);
  return into;
}

export const fourierPrimitive: Primitive<FourierAttrs> = primitive('fft', ([x], attrs) => runFourier(x, attrs));

/** The transform of numbers along one axis. */
export const fourierOf = (x: ArrayValue, attrs: FourierAttrs): ArrayValue => bind1(fourierPrimitive, [x], attrs);
