/// <reference lib="esnext.disposable" preserve="true" />
import { inspectable } from '../core/inspect.js';
import { ArrayValue, type Face, setArrayFace } from '../core/array.js';
import { fromScalar, toArray } from '../core/coerce.js';
import { Complex, complex } from '../core/complex.js';
import { cpu } from '../core/device/cpu/index.js';
import { accessor, CONTAINER, type TypedArray, typedView } from '../core/device/access.js';
import { elementsOf, watchObjects } from '../core/device/elements.js';
import type { DeviceBuffer, HostBuffer } from '../core/device/device.js';
import { openMemoryDoor } from '../core/door.js';
import { registerDevice } from '../core/device/registry.js';
import type { DType, DTypeName, DTypeText, NameOf, DTypeLike } from '../core/dtype.js';
import { IndexError, TypeError, ValueError, AttributeError, warn } from '../core/errors.js';
import { Storage } from '../core/memory.js';
import { itemOf } from '../core/scalars/index.js';
import { cStrides, sizeOf, byteBounds, reshapeStrides } from '../core/view.js';
import { resolveShape } from '../core/ops/move.js';
import { ArrayFlags } from './array-flags.js';
import { array_repr, array_str } from './print/index.js';
import { formatArray } from './print/format.js';

registerDevice('cpu:0', () => cpu);

/** A dtype's name in types; where it could be any of them, `any`, so that arrays of unknown dtype go wherever arrays are taken. */
export type Known<N extends DTypeText> = DTypeName extends N ? any : NameOf<N>;

/** What one element of a dtype reads as: 64-bit integers are numbers where exact, bigints otherwise. Of an unknown dtype, anything. */
export type Scalar<N extends DTypeName = any> = DTypeName extends N
  ? any
  : N extends 'bool'
    ? boolean
    : N extends 'complex64' | 'complex128'
      ? Complex
      : N extends 'int64' | 'uint64'
        ? number | bigint
        : N extends 'datetime64'
          ? Date | number | bigint | null
          : N extends 'timedelta64'
            ? number | bigint | null
            : N extends 'str'
              ? string
              : N extends 'bytes'
                ? Uint8Array
                : N extends 'object' | 'void'
                  ? any
                  : number;

/**
 * NumPy's ndarray: a dtype and a strided view of memory that may be written.
 *
 * Arrays are made by `np.array`, `np.zeros` and their like, not by this constructor. Memory is given back by itself when the array
 * is no longer reachable; `dispose()`, `using` and `np.tidy` give it back at once.
 * @example np.zeros(2) instanceof np.NDArray // → true
 */
export class NDArray<N extends DTypeName = any> extends ArrayValue {
  /** The cell that this array and all its views share; see core/memory.ts. */
  readonly storage: Storage;
  override readonly offset: number;
  // Behind accessors, since assigning to them has conditions: see layout.ts.
  private _dtype: DType<Known<N>>;
  private _shape: readonly number[];
  private _strides: readonly number[];
  /** The array whose memory this one views, or null when it owns its memory. */
  readonly base: NDArray | null;
  /** Whether elements may be written; see `setflags`. */
  writeable: boolean;

  constructor(
    storage: Storage,
    dtype: DType<N>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
    base: NDArray | null,
    writeable: boolean,
  ) {
    super();
    this.storage = storage;
    this._dtype = dtype as DType<Known<N>>;
    this._shape = shape;
    this._strides = strides;
    this.offset = offset;
    this.base = base;
    this.writeable = writeable;
    if (base === null && scope !== null) scope.add(this);
    if (base === null && dtype.hasobject) watchObjects(storage.buffer, dtype);
    if (!dtype.isnative) openMemoryDoor();
  }

  override get dtype(): DType<Known<N>> {
    return this._dtype;
  }
  /** Reads the same memory as another dtype, as `view` does. @throws ValueError as `view` */
  override set dtype(dtype: DTypeLike) {
    const v = (this as unknown as NDArray & { view(d: DTypeLike): NDArray }).view(dtype);
    this.relay(v.shape, v.strides, v.dtype as DType<Known<N>>);
  }

  /** Length of each axis. */
  override get shape(): readonly number[] {
    return this._shape;
  }
  /**
   * Another shape over the same elements in C order.
   * @throws AttributeError where that would need a copy, ValueError for another number of elements
   */
  override set shape(shape: number | readonly number[]) {
    const dims = resolveShape(lengths(shape), this.size);
    const strides = reshapeStrides(this._shape, this._strides, dims, this.itemsize);
    if (strides === null) {
      throw new AttributeError(
        'Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.',
      );
    }
    this.relay(dims, strides, this._dtype);
  }

  /** Bytes from one element to the next along each axis. */
  override get strides(): readonly number[] {
    return this._strides;
  }
  /** Deprecated, as in NumPy. @throws ValueError for strides that leave the array's memory */
  override set strides(given: number | readonly number[]) {
    warn(
      'DeprecationWarning',
      'Setting the strides on a NumPy array has been deprecated in NumPy 2.4.\nAs an alternative, you can create a new view using np.lib.stride_tricks.as_strided.',
    );
    if (given === null) throw new TypeError('invalid strides');
    const strides = typeof given === 'number' ? [given] : given;
    if (strides.length !== this.ndim) throw new ValueError(`strides must be  same length as shape (${this.ndim})`);
    const [lo, hi] = byteBounds(this._shape, strides, this.offset, this.itemsize);
    if (lo < 0 || hi > this.buffer.nbytes) throw new ValueError('strides is not compatible with available memory');
    this.relay(this._shape, [...strides], this._dtype);
  }

  /** Lays the array out anew over its memory. */
  relay(shape: readonly number[], strides: readonly number[], dtype: DType<Known<N>> = this._dtype): void {
    this._shape = shape;
    this._strides = strides;
    this._dtype = dtype;
  }

  override get buffer(): DeviceBuffer {
    return this.storage.buffer;
  }
  override get face(): Face {
    return arrayFace;
  }
  override get interpreter(): null {
    return null;
  }

  /** Bytes of one element. */
  get itemsize(): number {
    return this.dtype.itemsize;
  }
  /** Bytes of all elements. */
  get nbytes(): number {
    return this.size * this.dtype.itemsize;
  }
  /** `cpu`, as the Array API names it. */
  get device(): string {
    return 'cpu';
  }

  /** How the array lies in memory, and whether it may be written. */
  get flags(): ArrayFlags {
    return new ArrayFlags(this);
  }

  /** Another view of this memory. */
  viewOf<M extends DTypeName = N>(
    dtype: DType<M>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ): NDArray<M> {
    return new NDArray<M>(
      this.storage,
      dtype,
      shape,
      strides,
      offset,
      this.base ?? (this as unknown as NDArray),
      this.writeable,
    );
  }

  /** The transposed view. */
  get T(): NDArray<N> {
    return this.viewOf(this.dtype, [...this.shape].reverse(), [...this.strides].reverse(), this.offset);
  }

  /**
   * One element as a JavaScript value: a number, boolean or Complex; 64-bit integers as numbers where exact and as bigints otherwise.
   *
   * - `a.item()`: the only element; `a.item(i)`: element i in C order; `a.item(i, j)`: by index.
   * - `{bigint: true}` as a last argument gives integers as bigints always.
   * @throws ValueError `can only convert an array of size 1 to a Python scalar`, IndexError when out of bounds
   * @example np.arange(6).reshape(2, 3).item(1, 2) // → 5
   */
  item(...args: (number | { bigint: boolean })[]): Scalar<N> {
    let big = false;
    const last = args[args.length - 1];
    if (typeof last === 'object' && last !== null && 'bigint' in last) {
      big = last.bigint;
      args.pop();
    }
    return readScalar(this, this.offsetOf(args as number[]), big) as Scalar<N>;
  }

  /** Byte offset of an element given as `item` takes it. */
  private offsetOf(index: readonly (number | readonly number[])[]): number {
    const { shape, strides } = this;
    const nd = shape.length;
    const ix = (index.length === 1 && Array.isArray(index[0]) ? index[0] : index) as readonly number[];
    if (ix.length === 0) {
      if (this.size !== 1) throw new ValueError('can only convert an array of size 1 to a Python scalar');
      return this.offset;
    }
    if (ix.length === 1 && nd !== 1) {
      const n = this.size;
      let k = Number(ix[0]);
      if (!Number.isInteger(k)) throw new TypeError(`item: index must be an integer, got ${String(ix[0])}`);
      if (k < -n || k >= n) throw new IndexError(`index ${k} is out of bounds for size ${n}`);
      if (k < 0) k += n;
      let at = this.offset;
      for (let d = nd - 1; d >= 0; d--) {
        at += (k % shape[d]) * strides[d];
        k = Math.floor(k / shape[d]);
      }
      return at;
    }
    if (ix.length !== nd) throw new ValueError('incorrect number of indices for array');
    let at = this.offset;
    for (let d = 0; d < nd; d++) {
      let k = Number(ix[d]);
      if (!Number.isInteger(k)) throw new TypeError(`item: index must be an integer, got ${String(ix[d])}`);
      if (k < -shape[d] || k >= shape[d])
        throw new IndexError(`index ${k} is out of bounds for axis ${d} with size ${shape[d]}`);
      if (k < 0) k += shape[d];
      at += k * strides[d];
    }
    return at;
  }

  /** The only element as a number (a bigint where a number would be inexact), so that `+a`, `a < 3` and `Number(a)` work. */
  override valueOf(): number | bigint | boolean | object {
    return this.ndim === 0 ? (readScalar(this, this.offset, false) as number) : this;
  }

  [Symbol.toPrimitive](hint: string): number | string | bigint | boolean {
    if (hint === 'string') return this.toString();
    if (this.ndim !== 0) {
      if (hint === 'default') return this.toString();
      throw new TypeError('only 0-dimensional arrays can be converted to Python scalars');
    }
    const v = readScalar(this, this.offset, false);
    // Dates compare by their milliseconds, as JavaScript's do; NaT with nothing.
    if (this.dtype.unit !== null && hint !== 'default') {
      if (v === null) return Number.NaN;
      if (v instanceof Date) return v.getTime();
    }
    if (v instanceof Uint8Array && hint !== 'default' && this.dtype.kind === 'S') return String.fromCharCode(...v);
    if (typeof v === 'object') {
      if (hint === 'default') return this.toString();
      throw new TypeError('float() argument must be a string or a real number, not complex');
    }
    return v;
  }

  /** `JSON.stringify(a)` writes nested lists. Integers that no number holds exactly are refused by JSON itself. */
  toJSON(): unknown {
    return (this as unknown as { tolist(): unknown }).tolist();
  }

  /** What Python's `str(a)` and `print(a)` give. */
  override toString(): string {
    return array_str(this as unknown as ArrayValue);
  }
  /** What Python's `repr(a)` gives. */
  repr(): string {
    const { constructor } = this;
    const name = constructor === NDArray ? 'array' : constructor.name;
    return array_repr(this as unknown as ArrayValue, null, null, null, name);
  }

  /**
   * What Python's `format(a, spec)` gives, as in f-strings: of an array without axes its element by Python's mini-language (`'.3f'`, `'>8'`,
   * `',d'`, `'.2%'`); of others `str(a)`, for an empty specification only.
   * @throws TypeError for arrays with axes; ValueError for what is no specification
   * @example np.array(2.675).format('8.2f') // → '    2.67'
   */
  format(spec = ''): string {
    const value = this.ndim === 0 ? (this as unknown as { item(): unknown }).item() : null;
    return formatArray(this as unknown as ArrayValue, value, spec);
  }

  /** Gives the memory back at once when nobody else holds it; the array must not be used afterwards. */
  dispose(): void {
    if (this.base === null) this.storage.release();
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Lengths of axes, of which one may be -1. */
function lengths(shape: unknown): number[] {
  return (Array.isArray(shape) ? shape : [shape]).map((n: unknown) => {
    if (typeof n === 'bigint') return Number(n);
    if (typeof n !== 'number' || !Number.isInteger(n)) {
      const type = typeof n === 'number' ? 'float' : typeof n === 'string' ? 'str' : typeof n;
      throw new TypeError(`'${type}' object cannot be interpreted as an integer`);
    }
    return n;
  });
}

// Node's console.log shows the repr.
inspectable(NDArray, 'NDArray');

/** Reads one element at a byte offset. */
export function readScalar(a: ArrayValue, at: number, big: boolean): any {
  if (a.dtype.index < 0) return itemOf(elementsOf(a.buffer as HostBuffer, a.dtype).get(at), a.dtype);
  const { part } = a.dtype;
  let v: number | bigint | undefined;
  // An element that lies where a typed array has one, of a dtype that one holds, needs no more.
  if (part !== 'float16') {
    const { array, base } = typedView(a.buffer as HostBuffer, CONTAINER[part]);
    v = (array as Float64Array)[base + at / array.BYTES_PER_ELEMENT];
    if (v !== undefined && a.dtype.kind === 'f') return v;
  }
  const read = accessor(a.buffer as HostBuffer, part);
  v ??= read.get(at);
  switch (a.dtype.kind) {
    case 'b':
      return v !== 0;
    case 'c':
      return complex(v as number, read.get(at + a.dtype.itemsize / 2) as number);
    case 'i':
    case 'u':
      if (typeof v === 'bigint') {
        if (big) return v;
        const n = Number(v);
        return Number.isSafeInteger(n) ? n : v;
      }
      return big ? BigInt(v) : v;
    default:
      return v;
  }
}

/** What messages call an array that a function writes. */
const WRITTEN: Readonly<Record<string, string>> = {
  assignment: 'assignment destination',
  concatenate: 'assignment destination',
  put: 'put: output array',
  putmask: 'putmask: output array',
  byteswap: 'array to be byte-swapped',
};

/** An element read by a full index is a copy: who writes to it meant the array. */
function readOnlyError(a: NDArray, by: string): ValueError {
  const hint =
    a.ndim === 0 && a.base === null
      ? ': an index of integers for every axis gives a copy of the element; write with a.set(index, value) or a.update(index, f)'
      : '';
  return new ValueError(`${WRITTEN[by] ?? 'output array'} is read-only${hint}`);
}

/** How arrays make arrays. */
export const arrayFace: Face = {
  name: 'NDArray',
  priority: 0,
  fresh: (buffer, dtype, shape, strides) =>
    new NDArray(new Storage(buffer), dtype, shape, strides ?? cStrides(shape, dtype.itemsize), 0, null, true),
  view: (of, dtype, shape, strides, offset) => (of as NDArray).viewOf(dtype, shape, strides, offset),
  beforeWrite: (of, by) => {
    const a = of as NDArray;
    if (!a.writeable) throw readOnlyError(a, by);
    a.storage.own(by);
  },
};
setArrayFace(arrayFace);

/** An array of a subclass as a plain one over the same memory. */
export const plainArray = <N extends DTypeName>(a: NDArray<N>): NDArray<N> =>
  a.face === arrayFace
    ? a
    : new NDArray<any>(a.storage, a.dtype, a.shape, a.strides, a.offset, (a.base ?? a) as NDArray, a.writeable);

// ---- scopes ----------------------------------------------------------------------------------------------------------

let scope: Set<NDArray> | null = null;

/**
 * Runs `f` and gives back the memory of every array made in it, except those it returns (directly, or in lists and plain
 * objects). Never needed for correctness: memory that is out of reach is found by itself; in long synchronous loops this
 * keeps it warm.
 * @example
 * const x = np.arange(4);
 * np.tidy(() => np.sum(np.square(np.subtract(x, 1)))).item(); // → 6
 */
export function tidy<T>(f: () => T): T {
  const outer = scope;
  const mine = new Set<NDArray>();
  scope = mine;
  let result: T;
  try {
    result = f();
    if (result instanceof Promise)
      throw new TypeError('tidy: the function must be synchronous, but it returned a Promise');
  } catch (e) {
    for (const a of mine) a.dispose();
    throw e;
  } finally {
    scope = outer;
  }
  const kept = new Set<Storage>();
  const keep = (x: unknown, depth: number): void => {
    if (x instanceof NDArray) kept.add(x.storage);
    else if (depth < 4 && typeof x === 'object' && x !== null) for (const v of Object.values(x)) keep(v, depth + 1);
  };
  keep(result, 0);
  for (const a of mine) {
    if (!kept.has(a.storage)) a.dispose();
    else outer?.add(a);
  }
  return result;
}

/** Any array-like as an NDArray, without a copy where it is one. Tensors are refused: the functions that take them have dealt with them before. */
export function asNDArray(x: unknown): NDArray {
  const a = toArray(x);
  if (a instanceof NDArray) return a;
  throw new TypeError(`expected an array, got ${a.constructor.name}`);
}

/** A fresh array over a typed array's memory, in elements: a zero-copy window for routines. */
export function elements(a: ArrayValue): { array: TypedArray; base: number; step: number } {
  const { array, base } = typedView(a.buffer as HostBuffer, CONTAINER[a.dtype.part]);
  return { array, base: base + a.offset / array.BYTES_PER_ELEMENT, step: array.BYTES_PER_ELEMENT };
}

export { Complex, fromScalar, sizeOf };
