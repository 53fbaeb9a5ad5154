import { hidden, inspectable } from '../core/inspect.js';
import { ArrayValue, type Face } from '../core/array.js';
import type { ArrayLike } from '../core/coerce.js';
import { isHost } from '../core/device/access.js';
import { isDescribed } from '../core/device/shapes.js';
import type { DeviceBuffer, HostBuffer } from '../core/device/device.js';
import {
  ARRAY_FUNCTION,
  type ArrayFunctionProtocol,
  type Interpreter,
  NotImplemented,
  type PublicFunction,
} from '../core/dispatch.js';
import { asDtype, type DType, type DTypeLike, type DTypeName } from '../core/dtype.js';
import { shapeText, TypeError, ValueError } from '../core/errors.js';
import { TensorShape, type TensorShapeLike } from './tensor-shape.js';
import { Storage } from '../core/memory.js';
import type { UfuncRow } from '../core/ops/row.js';
import { boundCall } from '../core/ops/ufunc.js';
import { bindFor } from '../core/signature.js';
import { getitem } from '../core/ops/index.js';
import { asPermutation, castTo, permute, reshapeTo, resolveShape } from '../core/ops/move.js';
import { getDevice } from '../core/device/registry.js';
import { downloaded, downloadedNow } from '../core/ops/place.js';
import { moveTo } from '../core/ops/journey.js';
import { announce, caller, runAs } from '../core/transfers.js';
import { cStrides } from '../core/view.js';
import { namespaceFor } from '../ndarray/array-api.js';
import { CPU_DEVICE, type DLPackCapsule, type DLPackKeywords, toCapsule } from '../ndarray/creation/dlpack.js';
import type { IndexEntry } from '../ndarray/indexing/index.js';
import { array_repr, array_str } from '../ndarray/print/index.js';
import { insideOperation, recorderOf } from './gradient/recording.js';
import { hostTracer, noValue, origin, traceOf } from './graph/symbols.js';
import { deviceElsewhere, requireOneDevice } from './elsewhere.js';
import { callElsewhere, callHost, inForm, isInterpreted } from './hosts.js';
import { NDArray, readScalar, type Scalar } from '../ndarray/ndarray.js';
import type { Operators } from '../ndarray/operators.js';

/**
 * An immutable value on a device: a dtype, a shape, a view of a buffer that is never written.
 *
 * Every np function takes tensors and gives tensors; tf functions take arrays and give tensors. Conversions on the same device and in
 * the same dtype share the buffer (see Storage for what happens when the array is written later).
 * @example tf.constant([[1, 2], [3, 4]]) // → <tf.Tensor: shape=(2, 2), dtype=float32, numpy=
 * //   array([[1., 2.],
 * //          [3., 4.]], dtype=float32)>
 */
export class Tensor<N extends DTypeName = any> extends ArrayValue {
  override readonly dtype: DType<N>;
  override readonly shape: readonly number[];
  override readonly strides: readonly number[];
  override readonly offset: number;
  override readonly buffer: DeviceBuffer;
  private disposed = false;

  constructor(
    buffer: DeviceBuffer,
    dtype: DType<N>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ) {
    super();
    buffer.owners++;
    this.buffer = buffer;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  override get face(): Face {
    return tensorFace;
  }
  override get interpreter(): Interpreter | null {
    if (isDescribed(this.buffer)) return insideOperation() ? null : traceOf(this);
    return recorderOf(this);
  }

  /** `cpu:0`, … */
  get device(): string {
    return this.buffer.device.name;
  }
  /** Bytes of all elements. */
  get nbytes(): number {
    return this.size * this.dtype.itemsize;
  }
  /** The transposed tensor: a view. */
  get T(): Tensor<N> {
    return permute(this, asPermutation(null, this.ndim)) as unknown as Tensor<N>;
  }

  /** Its last two axes exchanged: a view. @throws ValueError for fewer than two axes */
  get mT(): Tensor<N> {
    const n = this.ndim;
    if (n < 2) throw new ValueError('matrix transpose with ndim < 2 is undefined');
    return permute(this, [...Array.from({ length: n - 2 }, (_, i) => i), n - 1, n - 2]) as unknown as Tensor<N>;
  }

  /**
   * Tensors do not change.
   * @throws TypeError always
   * @example tf.tensor_scatter_nd_update([1, 2], [[0]], [9]).numpy() // → array([9., 2.], dtype=float32)
   */
  set(..._given: readonly unknown[]): never {
    throw new TypeError(
      `'Tensor' object does not support item assignment (shape ${shapeText(this.shape)}, dtype ${this.dtype.name}): tensors are immutable; use tf.tensor_scatter_nd_update or tf.where, or a tf.Variable`,
    );
  }

  /**
   * The values as an NDArray that shares this tensor's memory: no copy. The tensor does not change when the array is written; the
   * array gets a copy of its own then, which the ledger shows as 'copy-on-write'.
   * @throws TypeError where the device cannot be read synchronously
   * @example tf.constant([1, 2]).numpy() // → array([1., 2.], dtype=float32)
   */
  numpy(): NDArray<N> {
    if (isDescribed(this.buffer)) throw noValue('Tensor.numpy', origin(this));
    if (!isHost(this.buffer)) {
      const here = downloadedNow(this) as Tensor<N> | null;
      if (here === null)
        throw new TypeError(
          `${caller.name ?? 'Tensor.numpy'}: the tensor lives on ${this.device}, which cannot be read synchronously; write \`await t.data()\` or \`await t.array()\``,
        );
      return here.numpy();
    }
    return new NDArray(new Storage(this.buffer), this.dtype, this.shape, this.strides, this.offset, null, true);
  }

  /** The values as an NDArray, whatever the device. */
  async array(): Promise<NDArray<N>> {
    if (isDescribed(this.buffer)) throw noValue('Tensor.array', origin(this));
    return ((await downloaded(this)) as Tensor<N>).numpy();
  }
  /** The values in C order as a typed array of the dtype (a copy). */
  async data(): Promise<ArrayBufferView> {
    return ((await this.array()) as unknown as { toTypedArray(): ArrayBufferView }).toTypedArray();
  }

  /** One element as a JavaScript value, as `NDArray.item`. */
  item(...index: (number | { bigint: boolean })[]): Scalar<N> {
    if (isDescribed(this.buffer)) throw noValue('Tensor.item', origin(this));
    if (this.size === 1 && index.length === 0 && isHost(this.buffer))
      return readScalar(this, this.offset, false) as Scalar<N>;
    return this.numpy().item(...index);
  }

  /** Nested lists of JavaScript values. */
  tolist(): any {
    return (this.numpy() as unknown as { tolist(): unknown }).tolist();
  }

  /**
   * `t[index]`, with the entries that `NDArray.at` takes. Integers, slices and new axes give views, masks and integer arrays fresh tensors.
   * @throws IndexError for an index out of bounds
   * @example tf.constant([[1, 2], [3, 4]]).at(':, 0') // → <tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 3.], dtype=float32)>
   */
  at(...index: readonly IndexEntry[]): Tensor<N> {
    return getitem(this, index) as unknown as Tensor<N>;
  }

  /** The same values in another shape, one length of which may be -1. @example tf.range(6).reshape(2, -1).shape // → [ 2, 3 ] */
  reshape(...shape: readonly (number | readonly number[])[]): Tensor<N> {
    return reshapeTo(this, resolveShape(shape.flat(), this.size)) as unknown as Tensor<N>;
  }
  /** One axis, in C order. @example tf.ones([2, 3]).ravel().shape // → [ 6 ] */
  ravel(): Tensor<N> {
    return this.reshape(-1);
  }
  /** Axes in the order given, or reversed: a view. @example tf.ones([2, 3, 4]).transpose(1, 0, 2).shape // → [ 3, 2, 4 ] */
  transpose(...axes: readonly (number | readonly number[])[]): Tensor<N> {
    return permute(this, asPermutation(axes.length === 0 ? null : axes.flat(), this.ndim)) as unknown as Tensor<N>;
  }
  /** The tensor in another dtype, as `tf.cast`. @example tf.constant([1.8]).astype('int32').item() // → 1 */
  astype<M extends DTypeName>(dtype: DTypeLike<M>): Tensor<M> {
    const d = asDtype(dtype);
    if (this.dtype === (d as DType)) return this as unknown as Tensor<M>;
    announce('requested', this.size * d.itemsize, this.dtype.name, d.name);
    return castTo(this, d) as unknown as Tensor<M>;
  }
  /**
   * The tensor on a device: itself where it is there already, else a copy, which the ledger shows as 'device'.
   * @throws ValueError for a device that does not exist, TypeError for a dtype that it does not have, or for a tensor whose device cannot be
   * read at once (`await t.array()` waits)
   */
  to(device: string): Tensor<N> {
    const there = getDevice(device);
    return there === this.buffer.device ? this : runAs('Tensor.to', () => moveTo(this, there) as unknown as Tensor<N>);
  }

  /** The same as `to`, by the name that the array API standard has for it. @throws ValueError for a stream */
  to_device(device: string, kw: { stream?: null } = {}): Tensor<N> {
    if (kw.stream !== undefined && kw.stream !== null)
      throw new ValueError('The stream argument in to_device() is not supported');
    return this.to(device === 'cpu' ? 'cpu:0' : device);
  }
  /** The np namespace, whose functions take tensors and give tensors. @throws ValueError for a version of the standard that np does not have */
  __array_namespace__(kw?: { api_version?: string | null }): any {
    return namespaceFor(kw);
  }
  /** The tensor as DLPack's capsule, whose memory must not be written. @throws BufferError for readers that cannot know that */
  __dlpack__(kw?: DLPackKeywords): DLPackCapsule {
    return toCapsule(this, kw);
  }
  /** `[1, 0]`: memory of the host; `[15, 0]`, which stands for WebGPU, on any other device. */
  __dlpack_device__(): readonly [number, number] {
    return isHost(this.buffer) ? CPU_DEVICE : [15, 0];
  }

  /** The shape as tf.TensorShape. @example tf.ones([2, 3]).get_shape().as_list() // → [ 2, 3 ] */
  get_shape(): TensorShape {
    return new TensorShape(this.shape);
  }
  /** Makes sure of the shape; null stands for any length. @throws ValueError where it is another one */
  set_shape(shape: TensorShapeLike): void {
    if (!this.get_shape().is_compatible_with(shape))
      throw new ValueError(
        `Tensor's shape ${shapeText(this.shape)} is not compatible with supplied shape ${new TensorShape(shape)}`,
      );
  }

  /** `JSON.stringify(t)` writes nested lists. */
  toJSON(): unknown {
    return this.tolist();
  }

  /** `tf.Tensor([1. 2.], shape=(2,), dtype=float32)`, as TensorFlow prints an eager tensor. */
  override toString(): string {
    if (isDescribed(this.buffer)) return this.repr();
    if (!isHost(this.buffer)) return (downloadedNow(this) as Tensor | null)?.toString() ?? this.repr();
    const text = array_str(this.numpy() as never);
    return `tf.Tensor(${text.includes('\n') ? '\n' : ''}${text}, shape=${shapeText(this.shape)}, dtype=${this.dtype.name})`;
  }

  /** `<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>` */
  repr(): string {
    if (isDescribed(this.buffer))
      return `<tf.Tensor: shape=${shapeText(this.shape)}, dtype=${this.dtype.name}, ${origin(this)}>`;
    if (!isHost(this.buffer)) {
      const here = downloadedNow(this) as Tensor | null;
      if (here !== null) return here.repr();
      return `<tf.Tensor: shape=${shapeText(this.shape)}, dtype=${this.dtype.name}, device=${this.device}>`;
    }
    const text = this.ndim === 0 ? array_str(this.numpy() as never) : array_repr(this.numpy() as never);
    return `<tf.Tensor: shape=${shapeText(this.shape)}, dtype=${this.dtype.name}, numpy=${text.includes('\n') ? '\n' : ''}${text}>`;
  }

  override valueOf(): number | bigint | boolean | object {
    if (isDescribed(this.buffer)) throw noValue('Tensor as a number', origin(this));
    return this.size === 1 ? (this.item() as number) : this;
  }
  [Symbol.toPrimitive](hint: string): number | string | bigint | boolean {
    if (isDescribed(this.buffer)) {
      if (hint === 'string') return this.repr();
      throw noValue('Tensor as a number', origin(this));
    }
    if (hint === 'string' || this.size !== 1) {
      if (hint === 'number') throw new TypeError('only 0-dimensional tensors can be converted to scalars');
      return this.toString();
    }
    const v = this.item();
    return typeof v === 'object' ? this.toString() : (v as number);
  }

  /** The first-axis entries, one tensor each. */
  *[Symbol.iterator](): IterableIterator<Tensor<N>> {
    if (this.ndim === 0) throw new TypeError('iteration over a 0-d tensor');
    for (let i = 0; i < this.shape[0]; i++) yield this.at(i);
  }

  /** Gives the memory back at once when nobody else holds it; never needed. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    if (--this.buffer.owners <= 0) this.buffer.free();
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
}
// biome-ignore lint/correctness/noUnusedVariables: a merged declaration has the class's own parameters
export interface Tensor<N extends DTypeName = any> extends Operators<Tensor>, ArrayFunctionProtocol {
  /** Matrix product. */
  matmul(other: ArrayLike): Tensor;
}
inspectable(Tensor, 'Tensor');

/**
 * Tensors take part in every np function: primitives and composites run on the tensor as they are; functions that need values in the
 * host's memory see a zero-copy array, and their results become tensors again.
 */
function arrayFunction(
  fn: PublicFunction,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown {
  if (hasForeign(args) || hasForeign(Object.values(kwargs))) return NotImplemented;
  if (holdsTensor(kwargs.out)) throw new TypeError(`${fn.functionName}: out must be an array; tensors are immutable`);
  if (caller.name !== null) return carriedOut(fn, args, kwargs);
  // Only here: what the library asks of itself on the way may have its own constants beside a tensor.
  requireOneDevice(fn.functionName, args, kwargs, isTensor);
  return runAs(fn.functionName, () => carriedOut(fn, args, kwargs));
}
hidden(Tensor.prototype, ARRAY_FUNCTION, arrayFunction);

function carriedOut(fn: PublicFunction, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): unknown {
  const row = (fn as PublicFunction & { row?: UfuncRow }).row;
  if (fn.kind === 'host') {
    const host = (a: readonly unknown[], k: Readonly<Record<string, unknown>>): unknown =>
      wrap(run(fn, row, a.map(unwrap), mapValues(k, unwrap)));
    const there = deviceElsewhere([...args, kwargs]);
    if (there !== null) return wrap(callElsewhere(fn, args, kwargs, there));
    const described = holdsDescribed([args, Object.values(kwargs)]);
    if (!described && !isInterpreted(args, kwargs)) return host(args, kwargs);
    const made = inForm(fn, args, kwargs);
    if (made !== undefined) return wrap(made);
    const tracer = described ? hostTracer() : null;
    return tracer === null ? wrap(callHost(fn, args, kwargs, host)) : tracer(fn.functionName, host, args, kwargs);
  }
  return wrap(run(fn, row, args, kwargs));
}

const isEmpty = (kwargs: object): boolean => {
  for (const _ in kwargs) return false;
  return true;
};

const run = (
  fn: PublicFunction,
  row: UfuncRow | undefined,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown =>
  row !== undefined
    ? boundCall(row, args, isEmpty(kwargs) ? null : { ...kwargs })
    : fn.body(...bindFor(fn, args, kwargs));

/** How tensors make tensors. */
export const tensorFace: Face = {
  name: 'Tensor',
  priority: 10,
  fresh: (buffer, dtype, shape, strides) =>
    new Tensor(buffer, dtype, shape, strides ?? cStrides(shape, dtype.itemsize), 0),
  view: (of, dtype, shape, strides, offset) => new Tensor(of.buffer, dtype, shape, strides, offset),
  beforeWrite: (_of, by) => {
    throw new TypeError(`${by}: out must be an array; tensors are immutable`);
  },
};

/**
 * A tensor over an array's memory: no copy, except from memory that the user can still write behind the library's back (a wrapped typed array),
 * since tensors must not change.
 */
export function fromArray<N extends DTypeName>(a: NDArray<N>): Tensor<N> {
  if (a.dtype.hasobject)
    throw new TypeError(
      'a tensor cannot hold JavaScript objects: cast the array of dtype object with a.astype(…) first',
    );
  if (!a.buffer.exposed) return new Tensor(a.buffer, a.dtype, a.shape, a.strides, a.offset);
  announce('external', a.buffer.nbytes, a.buffer.device.name, a.buffer.device.name);
  const mine = a.buffer.device.allocate(a.buffer.nbytes) as HostBuffer;
  mine.bytes.set((a.buffer as HostBuffer).bytes);
  return new Tensor(mine, a.dtype, a.shape, a.strides, a.offset);
}

const mapValues = (o: Readonly<Record<string, unknown>>, f: (x: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [k, f(v)]));

/** Tensors inside of arguments (lists included) as arrays over the same memory. */
function unwrap(x: unknown): unknown {
  if (x instanceof Tensor) return x.numpy();
  if (Array.isArray(x) && x.some((e) => typeof e === 'object' && e !== null)) return x.map(unwrap);
  return x;
}

/** A result with its arrays replaced, lists and named tuples included. */
export function mapArrays(x: unknown, f: (a: unknown) => unknown): unknown {
  if (x instanceof ArrayValue) return f(x);
  if (!Array.isArray(x) || !x.some((e) => typeof e === 'object' && e !== null)) return x;
  const out: unknown[] & Record<string, unknown> = x.map((e) => mapArrays(e, f)) as never;
  for (const key of Object.getOwnPropertyNames(x)) {
    if (key === 'length' || /^\d+$/.test(key)) continue;
    // A name of an entry is that entry's tensor, not a second one over the same memory.
    const value: unknown = (x as never)[key];
    const at = x.indexOf(value);
    hidden(out, key, at < 0 ? mapArrays(value, f) : out[at]);
  }
  return out;
}

/** Arrays inside of results as tensors over the same memory. */
const wrap = (x: unknown): unknown =>
  mapArrays(x, (a) => (a instanceof NDArray && !a.dtype.hasobject ? fromArray(a) : a));

const isTensor = (x: unknown): boolean => x instanceof Tensor;

const holdsTensor = (x: unknown): boolean => x instanceof Tensor || (Array.isArray(x) && x.some(holdsTensor));

const holdsDescribed = (x: unknown): boolean =>
  x instanceof Tensor ? isDescribed(x.buffer) : Array.isArray(x) && x.some(holdsDescribed);

/** Whether somebody else's class with its own say is among the arguments, or in lists of them: it is asked in turn. */
const hasForeign = (args: readonly unknown[]): boolean =>
  args.some((x) =>
    Array.isArray(x)
      ? typeof x[0] !== 'number' && hasForeign(x)
      : typeof x === 'object' && x !== null && !(x instanceof Tensor) && ARRAY_FUNCTION in x,
  );
