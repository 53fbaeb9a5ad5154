import { ArrayValue } from '../core/array.js';
import { type ArrayLike, toArray, typedArrayDtype } from '../core/coerce.js';
import { asDtype, type DType, type DTypeLike, type DTypeName, float32 } from '../core/dtype.js';
import { InvalidArgumentError, shapeText, TypeError, ValueError } from '../core/errors.js';
import { broadcastTo, castTo, reshapeTo } from '../core/ops/move.js';
import { announce, runAs } from '../core/transfers.js';
import { asShape, sizeOf } from '../core/view.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { installOperators } from '../ndarray/operators.js';
import { fromArray, Tensor } from './tensor.js';
import { Variable } from './variable.js';

/** The ways into tensors, and TensorFlow's dtype rule. */

/** Anything a tf function takes where TensorFlow says "tensor". */
export type TensorLike = ArrayLike | Variable | readonly TensorLike[];

/** Whether plain data is all numbers, and so float32; what holds a bigint, boolean or complex somewhere has a dtype of its own. */
const onlyNumbers = (x: unknown): boolean => typeof x === 'number' || (Array.isArray(x) && x.every(onlyNumbers));

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

/** Variables inside of a list as the tensors they hold. */
const readVariables = (x: unknown): unknown =>
  x instanceof Variable ? x.value() : Array.isArray(x) && typeof x[0] !== 'number' ? x.map(readVariables) : x;

/** The first number with a fraction in plain data. */
function fractional(x: unknown): number | undefined {
  if (typeof x === 'number') return Number.isInteger(x) ? undefined : x;
  if (!Array.isArray(x)) return undefined;
  for (const e of x) {
    const f = fractional(e);
    if (f !== undefined) return f;
  }
  return undefined;
}

/** Plain data in the dtype TensorFlow would give it; tensors inside of lists are packed into one. */
function fromData(value: unknown, dtype: DType | null): NDArray {
  if (dtype?.kind === 'i' || dtype?.kind === 'u') {
    const f = fractional(value);
    if (f !== undefined) throw new TypeError(`Cannot convert ${f} to EagerTensor of dtype ${dtype.name}`);
  }
  let natural: DType | null = null;
  if (Array.isArray(value)) {
    natural = dtypeInside(value);
    if (natural !== null) value = readVariables(value);
    if (natural !== null && dtype !== null && natural !== dtype) {
      throw new ValueError(
        `Tensor conversion requested dtype ${dtype.name} for a list of tensors with dtype ${natural.name}; use tf.cast`,
      );
    }
  }
  if (natural === null && onlyNumbers(value)) natural = float32;
  try {
    return toArray(value, dtype ?? natural) as NDArray;
  } catch (e) {
    if (e instanceof ValueError && Array.isArray(value) && e.message.includes('inhomogeneous'))
      throw new ValueError("Can't convert non-rectangular Python sequence to Tensor.");
    throw e;
  }
}

/** The value in another dtype: itself where it has it, else one copy that the ledger shows. */
export function inDtype(t: Tensor, dtype: DType): Tensor {
  if (t.dtype === dtype) return t;
  announce('dtype', t.size * dtype.itemsize, t.dtype.name, dtype.name);
  return castTo(t, dtype) as Tensor;
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
        throw new ValueError(
          `Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${value.dtype.name}: ${value.toString()}; use tf.cast`,
        );
      }
      return value as Tensor as Tensor<N>;
    }
    if (value instanceof ArrayValue) return inDtype(fromArray(value as NDArray), dtype ?? value.dtype) as Tensor<N>;
    if (typedArrayDtype(value) !== null)
      return inDtype(fromArray(toArray(value) as NDArray), dtype ?? (typedArrayDtype(value) as DType)) as Tensor<N>;
    const t = fromArray(fromData(value, dtype));
    return t as Tensor as Tensor<N>;
  });
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
  const t =
    value instanceof Tensor && o.dtype ? cast(value, o.dtype) : convert_to_tensor(value, { dtype: o.dtype ?? null });
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
  return values.map((v) =>
    convert_to_tensor(
      v instanceof Variable ? v.value() : v,
      v instanceof Tensor || v instanceof Variable ? {} : { dtype },
    ),
  );
}

// Operators follow the same rule: `t.add(other)` is `tf.add(t, other)`, whereas `np.add(t, other)` promotes.
for (const c of [Tensor, Variable])
  installOperators(
    c.prototype,
    false,
    (name, self, other) => together(name, [self, other] as never) as [Tensor, Tensor],
  );
