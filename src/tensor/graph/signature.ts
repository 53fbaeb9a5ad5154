import { ArrayValue } from '../../core/array.js';
import { asDtype, type DType, type DTypeLike } from '../../core/dtype.js';
import { TypeError } from '../../core/errors.js';
import { hidden } from '../../core/inspect.js';
import { isKeywords } from '../../core/signature.js';
import { convert_to_tensor } from '../convert.js';
import { isNest } from '../nest.js';
import { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { identity } from '../../core/graph/keys.js';

/** What arguments of traced functions are: descriptions of tensors, and the keys under which traces are kept. */

const shapeOf = (shape: readonly (number | null)[] | null): string =>
  shape === null ? '<unknown>' : `(${shape.map((n) => n ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`;

/**
 * A description of tensors: shape (null: any length, or any shape at all) and dtype.
 * @example new tf.TensorSpec([null, 3], 'float32').is_compatible_with(tf.ones([2, 3])) // → true
 */
export class TensorSpec {
  readonly shape: readonly (number | null)[] | null;
  readonly dtype: DType;
  readonly name: string | null;
  constructor(
    shape: readonly (number | null)[] | null,
    dtype: DTypeLike | { dtype?: DTypeLike; name?: string } = 'float32',
    name: string | null = null,
  ) {
    const keyed = isKeywords(dtype) && ('dtype' in dtype || 'name' in dtype) && !('itemsize' in dtype);
    const o = (keyed ? dtype : { dtype, name }) as { dtype?: DTypeLike; name?: string | null };
    this.shape = shape;
    this.dtype = asDtype(o.dtype ?? 'float32');
    this.name = o.name ?? null;
  }
  static from_tensor(t: Tensor, name: string | null = null): TensorSpec {
    return new TensorSpec(t.shape, t.dtype, name);
  }
  is_compatible_with(t: { readonly shape: readonly (number | null)[] | null; readonly dtype: DType }): boolean {
    if (t.dtype !== this.dtype) return false;
    const [mine, other] = [this.shape, t.shape];
    if (mine === null || other === null) return true;
    return mine.length === other.length && mine.every((n, i) => n === null || other[i] === null || n === other[i]);
  }
  toString(): string {
    return `TensorSpec(shape=${shapeOf(this.shape)}, dtype=tf.${this.dtype.name}, name=${this.name === null ? 'None' : `'${this.name}'`})`;
  }
  repr(): string {
    return this.toString();
  }
}
hidden(TensorSpec, 'name', 'TensorSpec');

/** One argument in the key of a trace: tensors by dtype and shape, plain values by value, objects and variables by identity. */
export function keyOfArgument(x: unknown): string {
  if (x instanceof Tensor || x instanceof TensorSpec)
    return `T${x.dtype.name}[${x.shape === null ? '?' : x.shape.map((n) => n ?? '?').join()}]`;
  if (x instanceof Variable) return `V${identity(x)}`;
  if (Array.isArray(x)) return `(${x.map(keyOfArgument).join()})`;
  if (typeof x === 'object' && x !== null) {
    if (!isKeywords(x)) return identity(x);
    return `{${Object.keys(x)
      .sort()
      .map((k) => `${JSON.stringify(k)}:${keyOfArgument(x[k])}`)
      .join()}}`;
  }
  if (typeof x === 'function') return identity(x);
  if (typeof x === 'symbol') return x.toString();
  return `${typeof x}:${Object.is(x, -0) ? '-0' : typeof x === 'string' ? JSON.stringify(x) : String(x)}`;
}

/** Arrays among arguments as tensors; all else as it is. */
export function asTensors(x: unknown): unknown {
  if (x instanceof Tensor || x instanceof Variable || x instanceof TensorSpec) return x;
  if (x instanceof ArrayValue ? !x.dtype.hasobject : ArrayBuffer.isView(x)) return convert_to_tensor(x as never);
  if (Array.isArray(x)) return x.map(asTensors);
  return isKeywords(x) ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, asTensors(v)])) : x;
}

/** Arguments as an input signature has them. @throws TypeError naming what does not fit */
export function bound(name: string, signature: readonly unknown[], args: readonly unknown[]): unknown[] {
  if (args.length !== signature.length)
    throw new TypeError(
      `Binding inputs to tf.function failed due to: ${name} takes ${signature.length} arguments by its input_signature, but ${args.length} were given`,
    );
  const fit = (spec: unknown, x: unknown): unknown => {
    if (spec instanceof TensorSpec) {
      if (x instanceof TensorSpec ? spec.is_compatible_with(x) : false) return x;
      const t =
        x instanceof Variable
          ? x.value()
          : x instanceof Tensor
            ? x
            : convert_to_tensor(x as never, { dtype: spec.dtype } as never);
      if (!spec.is_compatible_with(t))
        throw new TypeError(
          `Binding inputs to tf.function failed due to: Can not cast TensorSpec(shape=${shapeOf(t.shape)}, dtype=tf.${t.dtype.name}, name=None) to ${spec.toString()}`,
        );
      return t;
    }
    if (isNest(spec)) {
      const same = Array.isArray(spec)
        ? Array.isArray(x) && x.length === spec.length
        : isNest(x) && !Array.isArray(x) && Object.keys(spec).every((k) => k in x);
      if (!same)
        throw new TypeError(
          `Binding inputs to tf.function failed due to: an argument of ${name} has another structure than its input_signature`,
        );
      return Array.isArray(spec)
        ? spec.map((s, i) => fit(s, (x as unknown[])[i]))
        : Object.fromEntries(Object.entries(spec).map(([k, s]) => [k, fit(s, (x as Record<string, unknown>)[k])]));
    }
    return x;
  };
  return signature.map((s, i) => fit(s, args[i]));
}
