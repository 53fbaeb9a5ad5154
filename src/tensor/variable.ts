import { hidden, inspectable } from '../core/inspect.js';
import { type ArrayLike, toArray } from '../core/coerce.js';
import { ARRAY_FUNCTION, type ArrayFunctionProtocol, type PublicFunction } from '../core/dispatch.js';
import { asDtype, type DType, type DTypeLike, type DTypeName, float32 } from '../core/dtype.js';
import { InvalidArgumentError, ValueError } from '../core/errors.js';
import type { IndexEntry } from '../ndarray/indexing/index.js';
import { TensorShape } from './tensor-shape.js';
import { isDescribed } from '../core/device/shapes.js';
import { isHost } from '../core/device/access.js';
import { withPlacement } from '../core/device/registry.js';
import { uploaded } from '../core/ops/place.js';
import { castTo } from '../core/ops/move.js';
import { announce, caller, runAs } from '../core/transfers.js';
import { sameShape } from '../core/view.js';
import type { NDArray } from '../ndarray/ndarray.js';
import { add, subtract } from '../ndarray/ufuncs.js';
import type { Operators } from '../ndarray/operators.js';
import { assignThrough, noteCreated, noteRead, readThrough } from './gradient/reads.js';
import { placedHere } from './elsewhere.js';
import { fromArray, Tensor } from './tensor.js';

/**
 * A named cell that holds a tensor: `assign` puts another one of the same shape and dtype in it. Tensors that were read before do not
 * change.
 * @example
 * const w = new tf.Variable([1, 2], { name: 'w' });
 * w.assign_add([1, 1]);
 * w.numpy(); // → array([2., 3.], dtype=float32)
 */
export class Variable<N extends DTypeName = DTypeName> {
  private current: Tensor<N>;
  readonly name: string;
  readonly trainable: boolean;

  /**
   * @example const w = new tf.Variable([[0, 0]], { name: 'w' }); w.assign_add([[1, 2]]); // → <tf.Variable 'w' shape=(1, 2), dtype=float32, numpy=array([[1., 2.]], dtype=float32)>
   */
  constructor(initial: ArrayLike, options: { dtype?: DTypeLike<N>; name?: string; trainable?: boolean } = {}) {
    const dtype = options.dtype === undefined ? null : asDtype(options.dtype);
    this.current = runAs('tf.Variable', () => cellOf(toTensor(initial, dtype))) as Tensor<N>;
    if (isDescribed(this.current.buffer))
      throw new ValueError(
        `tf.Variable: the initial value is ${this.current.repr()}, which has no value while a function is traced; make the variable outside of it`,
      );
    noteCreated(this);
    this.name = options.name ?? 'Variable:0';
    this.trainable = options.trainable ?? true;
  }

  get dtype(): DType<N> {
    return this.current.dtype;
  }
  get shape(): readonly number[] {
    return this.current.shape;
  }
  get ndim(): number {
    return this.current.ndim;
  }
  get size(): number {
    return this.current.size;
  }
  get device(): string {
    return this.current.device;
  }

  /** The tensor it holds now. */
  value(): Tensor<N> {
    const t = (readThrough(this) as Tensor<N> | null) ?? this.current;
    noteRead(this, t);
    return t;
  }
  read_value(): Tensor<N> {
    return this.value();
  }
  /** Parts of what it holds, as `Tensor.at`. */
  at(...index: readonly IndexEntry[]): Tensor<N> {
    return this.value().at(...index);
  }
  get_shape(): TensorShape {
    return new TensorShape(this.shape);
  }
  is_initialized(): boolean {
    return true;
  }
  /** The values as an array, without a copy. */
  numpy(): NDArray<N> {
    return this.current.numpy();
  }

  /** @internal What it holds, beside of tapes and traced functions. */
  get held(): Tensor<N> {
    return this.current;
  }
  /** @internal */
  set held(t: Tensor<N>) {
    this.current = t;
  }

  /** Holds another value from now on. @throws ValueError when the shape differs */
  assign(value: ArrayLike): this {
    return runAs('Variable.assign', () => this.put(value));
  }
  private put(value: ArrayLike): this {
    const t = this.beside(toTensor(value, this.dtype));
    if (t.dtype !== this.dtype)
      throw new ValueError(
        `${this.name}.assign: value has dtype ${t.dtype.name} but the variable has ${this.dtype.name}; use tf.cast`,
      );
    if (!sameShape(t.shape, this.shape)) {
      throw new ValueError(
        `Cannot assign value to variable '${this.name}': Shape mismatch. The variable shape (${this.shape.join(', ')}), and the assigned value shape (${t.shape.join(', ')}) are incompatible.`,
      );
    }
    if (!assignThrough(this, t)) this.current = cellOf(t) as Tensor<N>;
    return this;
  }
  assign_add(delta: ArrayLike): this {
    return runAs('Variable.assign_add', () => this.put(add(this.value(), this.change(delta)) as unknown as Tensor));
  }
  assign_sub(delta: ArrayLike): this {
    return runAs('Variable.assign_sub', () =>
      this.put(subtract(this.value(), this.change(delta)) as unknown as Tensor),
    );
  }
  /** A value of the host's on the device where the variable is. */
  private beside(t: Tensor): Tensor {
    const { device } = this.current.buffer;
    if (t.buffer.device === device || !isHost(t.buffer) || device.transfers === undefined) return t;
    return t.dtype === this.dtype ? (uploaded(t, device, `${this.name}.assign`) as Tensor) : t;
  }
  /** What is added: of the variable's own shape. */
  private change(delta: ArrayLike): Tensor {
    const d = this.beside(toTensor(delta, this.dtype));
    if (d.dtype !== this.dtype)
      throw new ValueError(
        `${this.name}: the value to add has dtype ${d.dtype.name} but the variable has ${this.dtype.name}; use tf.cast`,
      );
    if (!sameShape(d.shape, this.shape))
      throw new InvalidArgumentError(
        `Cannot update variable with shape [${this.shape.join(',')}] using a Tensor with shape [${d.shape.join(',')}], shapes must be equal.`,
      );
    return d;
  }

  toString(): string {
    const text = this.current
      .repr()
      .replace(/^<tf\.Tensor: /, '')
      .replace(/>$/, '');
    return `<tf.Variable '${this.name}' ${text}>`;
  }
}
// biome-ignore lint/correctness/noUnusedVariables: a merged declaration has the class's own parameters
export interface Variable<N extends DTypeName = DTypeName>
  extends Operators<Tensor>,
    ArrayFunctionProtocol<Tensor>,
    ScatterMethods {}
inspectable(Variable, 'Variable');

/** In np functions a variable stands for the tensor it holds. */
hidden(
  Variable.prototype,
  ARRAY_FUNCTION,
  (fn: PublicFunction, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): unknown => {
    const read = (x: unknown): unknown => (x instanceof Variable ? x.value() : Array.isArray(x) ? x.map(read) : x);
    return fn(...args.map(read), Object.fromEntries(Object.entries(kwargs).map(([k, v]) => [k, read(v)])));
  },
);

/**
 * Entries of a larger tensor along its first axis: the values, and where each stands.
 * @example new tf.IndexedSlices(tf.constant([[1, 2]]), tf.constant([3], 'int64')).indices.tolist() // → [ 3 ]
 */
export class IndexedSlices {
  constructor(
    readonly values: Tensor,
    readonly indices: Tensor,
    /** The shape of the larger tensor, where it is known. */
    readonly dense_shape: Tensor | null = null,
  ) {}
  get dtype(): DType {
    return this.values.dtype;
  }
  get shape(): TensorShape {
    const whole = this.dense_shape?.tolist() as (number | bigint)[] | undefined;
    return new TensorShape(whole?.map(Number) ?? [null, ...this.values.shape.slice(1)]);
  }
}

hidden(IndexedSlices, 'name', 'IndexedSlices');

/** A variable of the library's own that counts in 64 bits: it stays with the host, whatever tf.device says. @internal */
export const hostVariable = (value: ArrayLike, options: { dtype?: DTypeLike; name?: string }): Variable =>
  withPlacement(null, () => new Variable(value, { ...options, trainable: false }));

type Change = (indices: ArrayLike, updates: ArrayLike) => Variable;
type SliceChange = (sparse_delta: IndexedSlices) => Variable;
/** Assignments to parts of what a variable holds; each gives the variable. */
export interface ScatterMethods {
  /** The updates in the places that rows of indices name. */
  scatter_nd_update: Change;
  scatter_nd_add: Change;
  scatter_nd_sub: Change;
  scatter_nd_max: Change;
  scatter_nd_min: Change;
  /** The values of slices in their places along the first axis. */
  scatter_update: SliceChange;
  scatter_add: SliceChange;
  scatter_sub: SliceChange;
  scatter_max: SliceChange;
  scatter_min: SliceChange;
  scatter_mul: SliceChange;
  scatter_div: SliceChange;
  /** The values of slices in their places along the last axis of the indices, batch by batch. */
  batch_scatter_update: SliceChange;
  /** The entries that rows of indices name. */
  gather_nd(indices: ArrayLike): Tensor;
  /** The entries along the first axis that indices name. */
  sparse_read(indices: ArrayLike): Tensor;
  /** `v[index] = value`: `v.set([0, ':'], value)`, with the entries that `at` takes. */
  set(index: IndexEntry | readonly IndexEntry[], value: ArrayLike): Variable;
}

const allNumbers = (x: unknown): boolean => typeof x === 'number' || (Array.isArray(x) && x.every(allNumbers));

/** A tensor of its own over the same memory: what a variable holds is no longer the result of an operation, for tapes. */
const cellOf = (t: Tensor): Tensor => t.face.view(t, t.dtype, t.shape, t.strides, t.offset) as Tensor;

/** Any value as a tensor of the dtype given (arrays adopt it; tensors keep theirs). */
function toTensor(value: unknown, dtype: DType | null): Tensor {
  if (value instanceof Variable) return value.value();
  if (value instanceof Tensor) return value;
  const a = toArray(value, dtype ?? (allNumbers(value) ? float32 : null)) as NDArray;
  const t = fromArray(a);
  if (dtype === null || t.dtype === dtype) return placedHere(t);
  announce('dtype', t.size * dtype.itemsize, t.dtype.name, dtype.name, caller.name ?? 'tf.Variable');
  return placedHere(castTo(t, dtype) as Tensor);
}
