import { typeName } from '../../core/python/kind.js';
import { isFortran } from '../../core/array.js';
import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { host } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import {
  asDtype,
  type DType,
  type DTypeArg,
  type DTypeLike,
  type DTypeName,
  type DTypeText,
  swappedOf,
} from '../../core/dtype.js';
import { openMemoryDoor } from '../../core/door.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { Storage } from '../../core/memory.js';
import { assignTo } from '../../core/ops/copy.js';
import {
  asPermutation,
  asReadOrder,
  castTo,
  component,
  contiguousBytes,
  permute,
  reshapeTo,
  resolveShape,
} from '../../core/ops/move.js';
import { isAligned } from '../../core/ops/odd-memory.js';
import { viewField } from '../../core/ops/structures.js';
import { isKeywords } from '../../core/signature.js';
import { announce, caller, runAs } from '../../core/transfers.js';
import { cStrides, isC, isF, sizeOf, asOrder, type OrderName, fStrides } from '../../core/view.js';
import { direct, newArray } from '../creation/make.js';
import { type Known, NDArray, plainArray } from '../ndarray.js';
import { type AstypeCasting, cast } from './astype.js';
import { integers } from './common.js';
import { imagOf, realOf } from './complex.js';
import { repeated } from './repeat.js';
import { type Dims, flattened, type ReadOrder, squeeze } from './shape.js';
import { matrixTransposed, swapaxes } from './transpose.js';

/** Shape, dtype and memory as methods of the array. */

type Order = 'C' | 'F' | 'A' | 'K';

export interface ManipulationMethods<N extends DTypeName = DTypeName> {
  /** The same elements in another shape: `a.reshape(2, 3)`, `a.reshape([2, -1], {order: 'F'})`. A view where strides can say it. */
  reshape(shape: Dims, ...rest: (number | { order?: ReadOrder; copy?: boolean | null })[]): NDArray<N>;
  /** All elements in one dimension; a copy only when needed. */
  ravel(order?: Order | { order?: Order }): NDArray<N>;
  /** All elements in one dimension, always a copy. */
  flatten(order?: Order | { order?: Order }): NDArray<N>;
  /** A view with the axes reversed, or in the order given: `a.transpose(1, 0, 2)`, `a.transpose([1, 0, 2])`. */
  transpose(...axes: (number | readonly number[] | null)[]): NDArray<N>;
  /** A view with two axes exchanged. */
  swapaxes(axis1: number, axis2: number): NDArray<N>;
  /** A view without axes of length 1. */
  squeeze(axis?: number | readonly number[] | null | { axis?: number | readonly number[] | null }): NDArray<N>;
  /** Each element, or each entry along an axis, several times. */
  repeat(repeats: Dims | ArrayLike, axis?: number | null | { axis?: number | null }): NDArray<N>;
  /** Changes shape and size in place; new elements are zero. @throws ValueError when the array does not own its memory */
  resize(...shape: (number | readonly number[] | { refcheck?: boolean })[]): null;
  /**
   * A copy in another dtype.
   * @param casting 'no', 'equiv', 'safe', 'same_kind', 'unsafe' or 'same_value'
   * @throws TypeError `Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'`
   */
  astype<M extends DTypeText>(
    dtype: DTypeArg<M>,
    order?: Order | { order?: Order; casting?: AstypeCasting; subok?: boolean; copy?: boolean },
    casting?: AstypeCasting,
    subok?: boolean,
    copy?: boolean,
  ): NDArray<Known<M>>;
  /** A copy, in C order unless `order` says otherwise. */
  copy(order?: Order | { order?: Order }): NDArray<N>;
  /** The same memory read as another dtype; the last axis grows or shrinks with the size of the elements. @throws ValueError */
  view<M extends DTypeText = N>(dtype?: DTypeArg<M> | null): NDArray<Known<M>>;
  /** The real part: a view of a complex array, a real array itself. Assigning writes into it. */
  real: NDArray;
  /** The imaginary part: a view of a complex array, read-only zeros for a real one. */
  imag: NDArray;
  /** The last two axes exchanged, as a view. */
  readonly mT: NDArray<N>;
  /** A view of a part of every element: as another dtype, from a byte of it on. @throws ValueError when that is too large */
  getfield(dtype: DTypeLike, offset?: number | { offset?: number }): NDArray;
  /** Writes to such a part. */
  setfield(val: ArrayLike, dtype: DTypeLike, offset?: number | { offset?: number }): null;
  /** Elements with their bytes in reverse order, in a copy or in place. */
  byteswap(inplace?: boolean | { inplace?: boolean }): NDArray<N>;
  /** The elements' bytes in C order (or the order given), as a copy. */
  tobytes(order?: Order | { order?: Order }): Uint8Array;
  /** Makes the array read-only or writeable. @throws ValueError `cannot set WRITEABLE flag to True of this array` */
  setflags(kw?: { write?: boolean | null; align?: boolean | null; uic?: boolean | null } | boolean | null): null;
}

/** Positional arguments in front, keywords from a trailing plain object. */
function bound(args: readonly unknown[]): { list: unknown[]; kw: Record<string, unknown> } {
  const last = args[args.length - 1];
  return isKeywords(last) ? { list: args.slice(0, -1), kw: last } : { list: [...args], kw: {} };
}

/** An order argument, positional or by keyword. */
function orderOf(args: readonly unknown[], otherwise: OrderName): OrderName {
  const { list, kw } = bound(args);
  return asOrder(list[0] ?? kw.order, otherwise);
}

/** A list of integers given as one sequence or as several arguments. */
const spread = (list: readonly unknown[], by: string): number[] => integers(list.length === 1 ? list[0] : list, by);

const astypeCall = /*@__PURE__*/ direct(
  'astype',
  "a, dtype, order='K', casting='unsafe', subok=True, copy=True",
  (a, dtype, order, casting, _subok, copy) => cast(a, asDtype(dtype as DTypeLike), order, casting, Boolean(copy)),
);

const repeatCall = /*@__PURE__*/ direct('repeat', 'a, repeats, axis=None', (a, repeats, axis) =>
  repeated(a, repeats, axis),
);

/** The memory of an array read as another dtype. */
function reinterpret(a: NDArray, dtype: DType): NDArray {
  if (a.dtype !== dtype && (a.dtype.hasobject || dtype.hasobject))
    throw new TypeError('Cannot change data-type for array of references.');
  const from = a.itemsize;
  const to = dtype.itemsize;
  const shape = [...a.shape];
  const strides = [...a.strides];
  if (from !== to) {
    const k = a.ndim - 1;
    if (k < 0) throw new ValueError('Changing the dtype of a 0d array is only supported if the itemsize is unchanged');
    if (shape[k] !== 1 && a.size !== 0 && strides[k] !== from)
      throw new ValueError('To change to a dtype of a different size, the last axis must be contiguous');
    const bytes = shape[k] * from;
    if (to < from && from % to !== 0)
      throw new ValueError(
        'When changing to a smaller dtype, its size must be a divisor of the size of original dtype',
      );
    if (bytes % to !== 0) {
      throw new ValueError(
        'When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.',
      );
    }
    shape[k] = bytes / to;
    strides[k] = to;
  }
  host(a.buffer, 'view');
  if (a.dtype.hasobject !== dtype.hasobject || (dtype.hasobject && dtype !== a.dtype))
    throw new TypeError('Cannot change data-type for array of references.');
  const out = a.viewOf(dtype, shape, strides, a.offset);
  if (!isAligned(out)) openMemoryDoor();
  return out;
}

/** A view of a part of every element. */
function partOf(a: NDArray, dtype: DType, offset: number): NDArray {
  if (offset < 0) throw new ValueError('offset must be non-negative');
  if (dtype.itemsize > a.itemsize) throw new ValueError('new type is larger than original type');
  if (offset + dtype.itemsize > a.itemsize) throw new ValueError('new type plus offset is larger than original type');
  if (a.dtype.hasobject || dtype.hasobject) {
    const f = a.dtype.layout?.find((e) => e.offset === offset && e.dtype === dtype);
    if (f === undefined) throw new TypeError('Cannot get/set field of an object array');
  }
  return viewField(a, { name: '', title: null, dtype, offset }) as NDArray;
}

/** Reverses the bytes of every element of a contiguous block. */
function swapBytes(bytes: Uint8Array, width: number): void {
  for (let p = 0; p + width <= bytes.length; p += width) {
    for (let i = 0, j = width - 1; i < j; i++, j--) {
      const t = bytes[p + i];
      bytes[p + i] = bytes[p + j];
      bytes[p + j] = t;
    }
  }
}

function resizeInPlace(a: NDArray, shape: readonly number[]): void {
  if (shape.some((n) => n < 0)) throw new ValueError('negative dimensions not allowed');
  if (!isC(a.shape, a.strides, a.itemsize) && !isF(a.shape, a.strides, a.itemsize))
    throw new ValueError('resize only works on single-segment arrays');
  const n = sizeOf(shape);
  const self = a as { -readonly [K in keyof NDArray]: NDArray[K] };
  if (n !== a.size) {
    if (a.itemsize > 0 && (a.base !== null || a.buffer.exposed))
      throw new ValueError('cannot resize this array: it does not own its data');
    const made = newArray([n], a.dtype, 'C', true);
    const old = (a.buffer as HostBuffer).bytes;
    const size = Math.min(n, a.size) * a.itemsize;
    (made.buffer as HostBuffer).bytes.set(old.subarray(a.offset, a.offset + size));
    // The array moves to memory of its own; views of the old memory keep that.
    self.storage = new Storage(made.buffer);
    made.buffer.owners--;
    self.offset = 0;
  }
  a.relay([...shape], isFortran(a) ? fStrides(shape, a.itemsize) : cStrides(shape, a.itemsize));
}

/** Merged into the array's prototype by property descriptors, so that getters stay getters. */
export const manipulationMethods: ThisType<NDArray> & ManipulationMethods = {
  reshape(...args: any[]): NDArray {
    // Plain lengths of a contiguous array: nothing to bind.
    let n = 1;
    for (let i = 0; i < args.length; i++) n = typeof args[i] === 'number' && args[i] >= 0 ? n * args[i] : Number.NaN;
    if (n === this.size && isC(this.shape, this.strides, this.dtype.itemsize))
      return this.viewOf(this.dtype, args, cStrides(args, this.dtype.itemsize), this.offset);
    const { list, kw } = bound(args);
    for (const key in kw)
      if (key !== 'order' && key !== 'copy')
        throw new TypeError(`reshape() got an unexpected keyword argument '${key}'`);
    if (list.length === 0) throw new TypeError('reshape() takes exactly 1 argument (0 given)');
    // NumPy's second positional argument of the function form is its order: a.reshape([2, 3], 'F') is refused, as a list of integers.
    const order = asReadOrder(this, kw.order ?? 'C', 'reshaping');
    const copy = kw.copy === undefined || kw.copy === null ? null : Boolean(kw.copy);
    const shape = resolveShape(spread(list, 'reshape'), this.size);
    return runAs('reshape', () => reshapeTo(this, shape, order, copy)) as NDArray;
  },
  ravel(...args: any[]): NDArray {
    return runAs('ravel', () => flattened(this, orderOf(args, 'C'), false)) as NDArray;
  },
  flatten(...args: any[]): NDArray {
    return runAs('flatten', () => flattened(this, orderOf(args, 'C'), true)) as NDArray;
  },
  transpose(...axes: any[]): NDArray {
    const all = axes.length === 0 || (axes.length === 1 && axes[0] === null);
    return permute(this, asPermutation(all ? null : spread(axes, 'transpose'), this.ndim)) as NDArray;
  },
  swapaxes(axis1: number, axis2: number): NDArray {
    return swapaxes(this as NDArray, axis1, axis2);
  },
  squeeze(axis?: any): NDArray {
    return axis === undefined ? squeeze(this as NDArray) : squeeze(this as NDArray, axis);
  },
  repeat(...args: any[]): NDArray {
    return repeatCall(this, ...args);
  },
  resize(...args: any[]): null {
    const { list, kw } = bound(args);
    const others = Object.keys(kw).filter((k) => k !== 'refcheck');
    if (Object.keys(kw).length > 1)
      throw new TypeError(`function takes at most 1 keyword argument (${Object.keys(kw).length} given)`);
    if (others.length > 0) throw new TypeError(`'${others[0]}' is an invalid keyword argument for this function`);
    if ('refcheck' in kw && !['boolean', 'bigint'].includes(typeof kw.refcheck) && !Number.isInteger(kw.refcheck))
      throw new TypeError(`'${typeName(kw.refcheck)}' object cannot be interpreted as an integer`);
    if (list.length > 0 && list[0] !== null) resizeInPlace(this as NDArray, spread(list, 'resize'));
    return null;
  },
  astype(...args: any[]): any {
    if (args.length === 0) throw new TypeError("astype() missing required argument 'dtype' (pos 0)");
    return astypeCall(this, ...args);
  },
  copy(...args: any[]): NDArray {
    const order = orderOf(args, 'C');
    announce('requested', this.nbytes, this.buffer.device.name, this.buffer.device.name, caller.name ?? 'copy');
    return castTo(this, this.dtype, order) as NDArray;
  },
  view(dtype?: any): any {
    const given = isKeywords(dtype) && !('names' in dtype) ? dtype.dtype : dtype;
    const prototype: unknown = typeof given === 'function' ? (given as { prototype?: unknown }).prototype : undefined;
    if (prototype === NDArray.prototype)
      return plainArray(this.viewOf(this.dtype, this.shape, this.strides, this.offset) as NDArray);
    // A class of arrays that is made as arrays are: the same memory as one of its own.
    if (prototype instanceof NDArray && prototype.constructor.length === NDArray.length) {
      const Class = prototype.constructor as typeof NDArray;
      const base = (this.base ?? this) as NDArray;
      return new Class(this.storage, this.dtype, this.shape, this.strides, this.offset, base, this.writeable);
    }
    return given === undefined || given === null
      ? this.viewOf(this.dtype, this.shape, this.strides, this.offset)
      : reinterpret(this as NDArray, asDtype(given as DTypeLike));
  },
  get real(): NDArray {
    return realOf(this as unknown as NDArray) as NDArray;
  },
  set real(value: ArrayLike) {
    const self = this as unknown as NDArray;
    self.face.beforeWrite(self, 'assignment');
    assignTo(realOf(self), toArray(value));
  },
  get imag(): NDArray {
    return imagOf(this as unknown as NDArray) as NDArray;
  },
  set imag(value: ArrayLike) {
    const self = this as unknown as NDArray;
    if (self.dtype.kind !== 'c') throw new TypeError('array does not have imaginary part to set');
    self.face.beforeWrite(self, 'assignment');
    assignTo(component(self, 1), toArray(value));
  },
  get mT(): NDArray {
    const self = this as unknown as NDArray;
    if (self.ndim < 2) throw new ValueError('matrix transpose with ndim < 2 is undefined');
    return matrixTransposed(self) as NDArray;
  },
  getfield(dtype: any, offset?: any): NDArray {
    const type = asDtype(isKeywords(dtype) ? (dtype.dtype as DTypeLike) : dtype);
    return partOf(this as unknown as NDArray, type, Number((isKeywords(offset) ? offset.offset : offset) ?? 0));
  },
  setfield(val: ArrayLike, dtype: any, offset?: any): null {
    const self = this as unknown as NDArray;
    self.face.beforeWrite(self, 'assignment');
    partOf(self, asDtype(dtype), Number((isKeywords(offset) ? offset.offset : offset) ?? 0)).set(['...'], val);
    return null;
  },
  byteswap(inplace?: any): NDArray {
    const here = isKeywords(inplace) ? inplace.inplace : inplace;
    const swapped = castTo(this, this.dtype, isFortran(this) ? 'F' : 'C') as NDArray;
    const { base: d } = this.dtype;
    if (d.layout !== null) swapped.set(['...'], swapped.viewOf(swappedOf(d), swapped.shape, swapped.strides, 0));
    else if (d.kind !== 'S' && d.kind !== 'V' && d.kind !== 'O')
      swapBytes(
        contiguousBytes(swapped.T) ?? (contiguousBytes(swapped) as Uint8Array),
        d.kind === 'U' ? 4 : d.kind === 'c' ? d.itemsize / 2 : d.itemsize,
      );
    if (!here) return swapped;
    this.face.beforeWrite(this, 'byteswap');
    assignTo(this, swapped);
    return this as NDArray;
  },
  tobytes(...args: any[]): Uint8Array {
    const order = orderOf(args, 'C');
    const f = order === 'F' || (order === 'A' && asReadOrder(this, 'A', 'tobytes') === 'F');
    announce('requested', this.nbytes, this.buffer.device.name, this.buffer.device.name, caller.name ?? 'tobytes');
    const source: ArrayValue = f ? permute(this, asPermutation(null, this.ndim)) : this;
    const bytes = contiguousBytes(source) ?? contiguousBytes(castTo(source, this.dtype, 'C'));
    if (bytes === null)
      throw new TypeError(
        `tobytes: needs values in the host's memory, but the array lives on ${this.buffer.device.name}`,
      );
    // A copy in memory of its own: never a window into the library's heap.
    const out = new Uint8Array(bytes.length);
    out.set(bytes);
    return out;
  },
  setflags(...args: any[]): null {
    const { list, kw } = bound(args);
    const write = list[0] ?? kw.write ?? null;
    if (kw.align === false || kw.uic === true)
      throw new ValueError(
        kw.uic === true
          ? 'cannot set WRITEBACKIFCOPY flag to True'
          : 'cannot set aligned flag of mis-aligned array to True',
      );
    if (write === null) return null;
    if (write && !this.writeable && this.base !== null && !this.base.writeable)
      throw new ValueError('cannot set WRITEABLE flag to True of this array');
    this.writeable = Boolean(write);
    return null;
  },
};
