import { ArrayValue } from '../core/array.js';
import { type ArrayLike, toArray, typedArrayDtype } from '../core/coerce.js';
import { isHost } from '../core/device/access.js';
import type { Device } from '../core/device/device.js';
import { hostDevice, withPlacement } from '../core/device/registry.js';
import { isDescribed } from '../core/device/shapes.js';
import { ARRAY_FUNCTION } from '../core/dispatch.js';
import { asDtype, type DType, type DTypeLike, type DTypeName, float32 } from '../core/dtype.js';
import { neighbourOf } from '../core/neighbours.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../core/errors.js';
import { concatenateTo } from '../core/ops/join.js';
import { broadcastTo, castTo, reshapeTo } from '../core/ops/move.js';
import { announce, caller, runAs } from '../core/transfers.js';
import { asShape, sameShape, sizeOf } from '../core/view.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { iinfo } from '../ndarray/limits.js';
import { installOperators } from '../ndarray/operators.js';
import { max as reduceMax, min as reduceMin } from '../ndarray/statistics/index.js';
import { unrecorded } from './gradient/recording.js';
import { placedHere } from './elsewhere.js';
import { PlainValueError } from './op.js';
import { fromArray, Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** The ways into tensors, and TensorFlow's dtype rule. */

/** Anything a tf function takes where TensorFlow says "tensor". */
export type TensorLike = ArrayLike | Variable | readonly TensorLike[];

/** The first entry of plain data that a test holds for. */
function firstOf(x: unknown, test: (e: unknown) => boolean): unknown {
  if (!Array.isArray(x)) return test(x) ? x : undefined;
  for (const e of x) {
    const found = firstOf(e, test);
    if (found !== undefined) return found;
  }
  return undefined;
}
const isA =
  (...types: string[]) =>
  (x: unknown): boolean =>
    types.includes(typeof x);
/**
 * Numbers are float32, with bigints among them, too; what holds nothing but bigints, booleans or complex numbers has a dtype of its own.
 * @throws TypeError for booleans among numbers
 */
function naturalOf(x: unknown): DType | null {
  const number = firstOf(x, isA('number', 'bigint'));
  if (number !== undefined && firstOf(x, isA('boolean')) !== undefined)
    throw new TypeError(`Cannot convert ${String(number)} to EagerTensor of dtype bool`);
  const plain = firstOf(x, (e) => typeof e !== 'number' && typeof e !== 'bigint') === undefined;
  return plain && (firstOf(x, isA('number')) !== undefined || firstOf(x, isA('bigint')) === undefined) ? float32 : null;
}

/** The dtype of the tensors inside of a list, or null when there are none. @throws InvalidArgumentError when they differ */
function dtypeInside(list: readonly unknown[]): DType | null {
  let found: DType | null = null;
  for (const x of list) {
    const d =
      x instanceof Tensor || x instanceof Variable
        ? x.dtype
        : Array.isArray(x) && typeof x[0] !== 'number'
          ? dtypeInside(x)
          : null;
    if (d === null) continue;
    if (found !== null && found !== d)
      throw new InvalidArgumentError(
        `cannot pack tensors of different dtypes into one: ${found.name} and ${d.name}; use tf.cast to bring them to one`,
      );
    found = d;
  }
  return found;
}

/** The first number with a fraction in plain data. */
const fractional = (x: unknown): unknown => firstOf(x, (e) => typeof e === 'number' && !Number.isInteger(e));

const RAGGED = "Can't convert non-rectangular Python sequence to Tensor.";

/** Plain data in the dtype TensorFlow would give it. */
function fromData(value: unknown, dtype: DType | null): Tensor {
  if (dtype?.kind === 'i' || dtype?.kind === 'u') {
    const f = fractional(value);
    if (f !== undefined) throw new TypeError(`Cannot convert ${String(f)} to EagerTensor of dtype ${dtype.name}`);
  }
  try {
    return fromArray(toArray(value, dtype ?? naturalOf(value)) as NDArray);
  } catch (e) {
    if (e instanceof ValueError && Array.isArray(value) && e.message.includes('inhomogeneous'))
      throw new PlainValueError(RAGGED);
    throw e;
  }
}

/** A list that holds tensors somewhere, packed into one tensor: operations, as tapes and graphs see them. */
function packList(list: readonly unknown[], dtype: DType): Tensor {
  const parts = list.map((x) =>
    Array.isArray(x) && dtypeInside(x) !== null ? packList(x, dtype) : asTensorOf(x, dtype),
  );
  if (parts.some((t) => !sameShape(t.shape, parts[0].shape))) throw new PlainValueError(RAGGED);
  const rows = parts.map((t) => reshapeTo(t, [1, ...t.shape]));
  return concatenateTo(rows, 0, dtype) as Tensor;
}
const asTensorOf = (x: unknown, dtype: DType): Tensor => {
  if (x instanceof Variable) return x.value() as Tensor;
  if (x instanceof Tensor) return x;
  return x instanceof ArrayValue ? adopted(x, dtype) : fromData(x, dtype);
};

/** A list, packed where tensors are inside of it. */
function fromList(value: unknown, dtype: DType | null): Tensor {
  const natural = Array.isArray(value) ? dtypeInside(value) : null;
  if (natural === null) return fromData(value, dtype);
  if (dtype !== null && natural !== dtype) {
    throw new PlainValueError(
      `Tensor conversion requested dtype ${dtype.name} for a list of tensors with dtype ${natural.name}; use tf.cast`,
    );
  }
  return packList(value as readonly unknown[], natural);
}

/** The value in another dtype: itself where it has it, else one copy that the ledger shows. */
export function inDtype(t: Tensor, dtype: DType): Tensor {
  if (t.dtype === dtype) return t;
  announce('dtype', t.size * dtype.itemsize, t.dtype.name, dtype.name);
  return castTo(t, dtype) as Tensor;
}

/**
 * An array as a tensor of a dtype: integers as floats, floats as complex numbers, and dtypes of one kind as each other.
 * @throws TypeError where values would be lost: a float as an integer, or an integer that does not fit
 */
function adopted(a: ArrayValue, dtype: DType | null): Tensor {
  const t = fromArray(a as NDArray);
  if (dtype === null || t.dtype === dtype) return t;
  const order = 'biufc';
  const level = (d: DType): number => order.indexOf(d.kind === 'u' ? 'i' : d.kind);
  const whole = dtype.kind === 'i' || dtype.kind === 'u';
  const fits = (): boolean => {
    if (!whole || t.size === 0 || t.dtype.kind === 'b') return true;
    const { min, max } = iinfo(dtype);
    const [least, most] = [reduceMin(t.numpy()), reduceMax(t.numpy())].map((x) => BigInt(x.item() as never));
    return least >= BigInt(min as never) && most <= BigInt(max as never);
  };
  if (level(t.dtype) > level(dtype) || !fits())
    throw new TypeError(
      `Cannot convert an array of dtype ${t.dtype.name} to EagerTensor of dtype ${dtype.name}; use tf.cast`,
    );
  return inDtype(t, dtype);
}

export interface ConvertOptions {
  dtype?: DTypeLike | null;
  dtype_hint?: DTypeLike | null;
  name?: string | null;
}

const isOptions = (x: unknown): x is ConvertOptions =>
  typeof x === 'object' &&
  x !== null &&
  Object.getPrototypeOf(x) === Object.prototype &&
  !('dtype' in x && 'name' in x && 'itemsize' in x);

/** A trailing options object, or positional arguments under these names. @throws TypeError for an unknown keyword */
export function options<T extends object>(
  fn: string,
  names: readonly (keyof T & string)[],
  rest: readonly unknown[],
): Partial<T> {
  const out: Record<string, unknown> = {};
  rest.forEach((v, i) => {
    if (i === rest.length - 1 && isOptions(v)) {
      for (const [k, w] of Object.entries(v)) {
        if (k !== 'name' && !(names as readonly string[]).includes(k)) {
          throw new TypeError(`tf.${fn}() got an unexpected keyword argument '${k}'; it takes ${names.join(', ')}`);
        }
        if (w !== undefined) out[k] = w;
      }
    } else if (i >= names.length)
      throw new TypeError(`tf.${fn}() takes at most ${names.length} more arguments but ${rest.length} were given`);
    else if (v !== undefined) out[names[i]] = v;
  });
  return out as Partial<T>;
}

/**
 * The tensor of a value: arrays and tensors without a copy (one, in the ledger, when `dtype` differs); lists and numbers as float32,
 * bigints as int64, booleans as bool.
 * @throws ValueError when a tensor already has another dtype than the one asked for, as TensorFlow does
 * @example tf.convert_to_tensor(np.array([1, 2]), { dtype: 'float32' }) // → <tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>
 */
export function convert_to_tensor<N extends DTypeName = DTypeName>(
  value: TensorLike,
  ...rest: [dtype?: DTypeLike<N> | null | (ConvertOptions & { dtype?: DTypeLike<N> | null })]
): Tensor<N> {
  const o = options<ConvertOptions>('convert_to_tensor', ['dtype', 'dtype_hint'], rest);
  const dtype = o.dtype === undefined || o.dtype === null ? null : asDtype(o.dtype);
  return runAs('tf.convert_to_tensor', () => {
    if (value instanceof Variable) value = value.value();
    if (value instanceof Tensor) {
      if (dtype !== null && value.dtype !== dtype) {
        throw new PlainValueError(
          `Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${value.dtype.name}: ${value.toString()}; use tf.cast`,
        );
      }
      return value as Tensor as Tensor<N>;
    }
    if (value instanceof ArrayValue) return placedHere(adopted(value, dtype)) as Tensor<N>;
    if (value === null || value === undefined)
      throw new PlainValueError(
        `Attempt to convert a value (${value === null ? 'None' : 'undefined'}) with an unsupported type to a Tensor.`,
      );
    const brought = neighbourOf(value);
    if (brought !== null) return placedHere(adopted(brought.array, dtype)) as Tensor<N>;
    if (typedArrayDtype(value) !== null) return placedHere(adopted(toArray(value), dtype)) as Tensor<N>;
    return placedHere(fromList(value, dtype)) as Tensor as Tensor<N>;
  });
}

/** A constant is a value: what a list of tensors holds now. */
function valueOf(value: TensorLike, o: ConvertOptions): Tensor {
  if (!Array.isArray(value) || dtypeInside(value) === null) return convert_to_tensor(value, o);
  const t = unrecorded(() => convert_to_tensor(value, o)) as Tensor;
  if (isDescribed(t.buffer))
    throw new TypeError(
      'tf.constant: the list holds symbolic tensors, which have no value while the function is traced; use tf.stack or tf.convert_to_tensor',
    );
  return t;
}

/**
 * A constant tensor; `shape` broadcasts a single value or reshapes a list.
 * @example tf.constant([[1, 2], [3, 4]], { dtype: 'int32' }).numpy() // → array([[1, 2],
 * //          [3, 4]], dtype=int32)
 */
export function constant<N extends DTypeName = DTypeName>(
  value: TensorLike,
  ...rest: [
    dtype?: DTypeLike<N> | null | { dtype?: DTypeLike<N> | null; shape?: readonly number[] | null; name?: string },
    shape?: readonly number[] | null,
  ]
): Tensor<N> {
  const o = options<{ dtype: DTypeLike | null; shape: readonly number[] | null }>('constant', ['dtype', 'shape'], rest);
  const dtype = o.dtype ?? null;
  const t = value instanceof Tensor && dtype !== null ? cast(value, dtype) : valueOf(value, { dtype });
  if (!o.shape) return t as Tensor as Tensor<N>;
  const shape = asShape(o.shape);
  if (t.size === 1) return broadcastTo(reshapeTo(t, []), shape) as unknown as Tensor<N>;
  if (t.size !== sizeOf(shape))
    throw new TypeError(
      `Eager execution of tf.constant with unsupported shape. Tensor has ${t.size} elements, but got \`shape\` ${shapeText(shape)} with ${sizeOf(shape)} elements).`,
    );
  return reshapeTo(t, shape) as unknown as Tensor<N>;
}

/**
 * The tensor in another dtype.
 * @example tf.cast(tf.constant([1.8, 2.2]), 'int32') // → <tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>
 */
export function cast<N extends DTypeName>(x: TensorLike, dtype: DTypeLike<N>): Tensor<N> {
  return runAs('tf.cast', () => {
    const t = convert_to_tensor(x);
    const d = asDtype(dtype);
    if (t.dtype === d) return t as Tensor as Tensor<N>;
    announce('requested', t.size * d.itemsize, t.dtype.name, d.name);
    return castTo(t, d) as unknown as Tensor<N>;
  });
}

/** Whether a value is of somebody else's class, with a say of its own. */
const isForeign = (x: unknown): boolean =>
  typeof x === 'object' && x !== null && !(x instanceof ArrayValue) && !(x instanceof Variable) && ARRAY_FUNCTION in x;

/**
 * The device of the tensors among operands, where it is none of the host's.
 * @throws InvalidArgumentError for tensors on two devices
 */
export function deviceTogether(op: string, values: readonly TensorLike[]): Device | null {
  let first: Device | null = null;
  for (const v of values) {
    const t = v instanceof Variable ? v.held : v;
    if (!(t instanceof Tensor) || isDescribed(t.buffer)) continue;
    const { device } = t.buffer;
    // A single number of the host's goes along.
    if (t.ndim === 0 && isHost(t.buffer)) continue;
    if (first === null) first = device;
    else if (first !== device)
      throw new InvalidArgumentError(
        `cannot compute ${op} as the operands live on different devices: ${first.name} and ${device.name}; use t.to(…) to bring them to one`,
      );
  }
  return first === hostDevice() ? null : first;
}

/**
 * Refuses operands that differ in dtype by their meaning (values and places, a condition and values) where they live on two devices. Only what the
 * user gives is asked: other functions have their own constants beside a tensor.
 * @throws InvalidArgumentError for tensors on two devices
 */
export function sameDevice(op: string, ...values: readonly TensorLike[]): void {
  if (caller.name === `tf.${op}`) deviceTogether(op, values);
}

/**
 * Operands of one TensorFlow op: tensors must have one dtype; arrays and numbers adopt it.
 * @throws InvalidArgumentError naming both dtypes
 */
export function together(op: string, values: readonly TensorLike[]): Tensor[] {
  let dtype: DType | null = null;
  for (const v of values) {
    const d = v instanceof Tensor || v instanceof Variable ? v.dtype : null;
    if (d === null) continue;
    if (dtype === null) dtype = d;
    else if (dtype !== d) {
      throw new InvalidArgumentError(
        `cannot compute ${op} as the operands have different dtypes: ${dtype.name} and ${d.name}; use tf.cast to bring them to one`,
      );
    }
  }
  if (dtype === null) {
    const first = values.find((v) => v instanceof ArrayValue) as ArrayValue | undefined;
    dtype = first?.dtype ?? null;
  }
  const there = deviceTogether(op, values);
  const all = (): Tensor[] =>
    values.map((v) =>
      convert_to_tensor(
        v instanceof Variable ? v.value() : v,
        v instanceof Tensor || v instanceof Variable ? {} : { dtype },
      ),
    );
  // What stands beside a tensor goes where that is.
  return there === null ? all() : withPlacement(null, all);
}

// Operators follow the same rule: `t.add(other)` is `tf.add(t, other)`, whereas `np.add(t, other)` promotes.
for (const c of [Tensor, Variable])
  installOperators(
    c.prototype,
    false,
    (name, self, other) =>
      // Classes of others are asked in their turn.
      (isForeign(other) ? [self, other] : together(name, [self, other] as never)) as [Tensor, Tensor],
  );
