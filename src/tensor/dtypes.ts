/** tf.dtypes: dtypes by name, and conversions between them. */
import { asDtype, type DType, type DTypeLike, kernelName, type NumericName } from '../core/dtype.js';
import { InvalidArgumentError, shapeText, TypeError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { cast, convert_to_tensor, type TensorLike } from './convert.js';
import * as expr from '../core/ir/expr.js';
import type { MapProgram } from '../core/ir/expr.js';
import { hostOnly } from './elsewhere.js';
import { hosted } from './hosted.js';
import { op } from './op.js';
import type { Tensor } from './tensor.js';

export { cast } from './convert.js';
export { complex } from './math.js';
export { DType } from '../core/dtype.js';
export {
  bool,
  complex64,
  complex128,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
} from '../core/dtype.js';
export { float64 as double, float16 as half } from '../core/dtype.js';

/** The dtype that a name or another description means. @throws TypeError for what is none @example tf.as_dtype('float32') === tf.float32 // → true */
export function as_dtype(type_value: DTypeLike): DType {
  const names: Readonly<Record<string, string>> = { half: 'float16', float: 'float32', double: 'float64' };
  const d = asDtype(typeof type_value === 'string' ? (names[type_value] ?? type_value) : type_value) as DType;
  if (d.index < 0)
    throw new TypeError(`Cannot convert the argument \`type_value\`: ${String(type_value)} to a TensorFlow DType.`);
  return d;
}

/** The least and largest number of a dtype that another dtype can hold, too. */
function bounds(from: DType, to: DType): [number | bigint, number | bigint] {
  const of = (d: DType): [bigint | number, bigint | number] =>
    d.kind === 'b'
      ? [0, 1]
      : d.kind === 'f'
        ? [Number(np.finfo(d).min), Number(np.finfo(d).max)]
        : [BigInt(np.iinfo(d).min as never), BigInt(np.iinfo(d).max as never)];
  let [lo, hi] = of(to);
  const [least, most] = of(from);
  if (least > lo) lo = least;
  if (most < hi) hi = most;
  if (from.kind !== 'f') return [lo, hi];
  // The largest integer may be rounded up in a floating dtype, past what the integer dtype holds.
  const inward = (v: number | bigint, toward: number): number => {
    const near = np.asarray(Number(v), from as never);
    const over =
      toward < 0 ? BigInt(Math.trunc(Number(near))) > BigInt(v) : BigInt(Math.trunc(Number(near))) < BigInt(v);
    return Number(over ? np.nextafter(near, np.asarray(0, from as never)) : near);
  };
  return typeof lo === 'bigint' || typeof hi === 'bigint' ? [inward(lo, 1), inward(hi, -1)] : [lo, hi];
}

/**
 * The tensor in another dtype, values that it cannot hold as the nearest that it can.
 * @example tf.saturate_cast([-1.5, 300], 'uint8').numpy() // → array([  0, 255], dtype=uint8)
 */
export const saturate_cast = (value: TensorLike, dtype: DTypeLike): Tensor =>
  op('saturate_cast', () => {
    const d = as_dtype(dtype);
    let t = convert_to_tensor(value) as Tensor;
    if (t.dtype === d || d.kind === 'c') return cast(t, d);
    if (t.dtype.kind === 'c') t = np.real(t) as unknown as Tensor;
    const [lo, hi] = bounds(t.dtype, d);
    const edge = (v: number | bigint): Tensor =>
      convert_to_tensor(np.asarray(t.dtype.kind === 'f' ? Number(v) : (v as never), t.dtype as never)) as Tensor;
    const kept = t.dtype.kind === 'b' ? t : np.minimum(np.maximum(t, edge(lo)), edge(hi));
    return cast(kept as never, d);
  });

/** The shape in which bytes of one dtype are elements of another. */
function castShape(shape: readonly number[], from: DType, to: DType): number[] {
  if (from.itemsize === to.itemsize) return [...shape];
  if (from.itemsize > to.itemsize) return [...shape, from.itemsize / to.itemsize];
  const k = to.itemsize / from.itemsize;
  if (shape.at(-1) !== k)
    throw new InvalidArgumentError(
      `tf.bitcast: Cannot bitcast from ${from.name} to ${to.name}: shape ${shapeText(shape)} must end in ${k}`,
    );
  return shape.slice(0, -1);
}
const bits = hosted<{ dtype: DType }>(
  'bitcast',
  ([a], { dtype }) => {
    const flat = np.ascontiguousarray(a).reshape(-1).view(dtype);
    return flat.reshape(castShape(a.shape, a.dtype, dtype)) as never;
  },
  ([t], { dtype }) => ({ shape: castShape(t.shape, t.dtype, dtype), dtype }),
  ([t], { dtype }) => {
    const { device } = t.buffer;
    if (t.dtype.itemsize !== 4 || dtype.itemsize !== 4 || !device.dtypes.has(dtype.name as NumericName))
      throw hostOnly('tf.bitcast', device);
    const out = t.face.fresh(device.allocate(t.size * 4), dtype, t.shape);
    if (t.size > 0) device.prepare(bitsProgram(t.dtype, dtype)).run(t.shape, [t, out], [t.strides, out.strides]);
    return out;
  },
);
const programs = new Map<string, MapProgram>();
function bitsProgram(from: DType, to: DType): MapProgram {
  const key = from.char + to.char;
  let p = programs.get(key);
  if (p === undefined) {
    const parts = [expr.bitcast(expr.arg(0, from.part), to.part)];
    p = { kind: 'map', name: 'bitcast', operands: [kernelName(from)], results: [{ dtype: kernelName(to), parts }] };
    programs.set(key, p);
  }
  return p;
}
/**
 * The bytes as elements of another dtype: a smaller one has a further last axis, a larger one takes the last axis together.
 * @throws InvalidArgumentError where the last axis does not fit
 * @example tf.bitcast(tf.constant([1, -1], 'float32'), 'uint32').numpy() // → array([1065353216, 3212836864], dtype=uint32)
 */
export const bitcast = (input: TensorLike, type: DTypeLike): Tensor =>
  op('bitcast', () => {
    const t = convert_to_tensor(input) as Tensor;
    const dtype = as_dtype(type);
    castShape(t.shape, t.dtype, dtype);
    return bits([t], { dtype });
  });
