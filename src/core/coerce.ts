import { ArrayValue, defaultFace, type Face } from './array.js';
import { isComplex } from './complex.js';
import { accessor, describe, type TypedArray } from './device/access.js';
import { elementsOf, zeroObjects } from './device/elements.js';
import type { HostBuffer } from './device/device.js';
import { hostDevice } from './device/registry.js';
import { ARRAY, type ArrayFunctionProtocol } from './dispatch.js';
import {
  asDtype,
  bool,
  byName,
  bytesDtype,
  complex128,
  type DType,
  type DTypeLike,
  float64,
  int64,
  isTime,
  objectDtype,
  strDtype,
  timeDtype,
  uint64,
  voidDtype,
} from './dtype.js';
import { MemoryError, TypeError, ValueError } from './errors.js';
import { floatErrors } from './errstate.js';
import { emptyKind, type ForeignMatrix, isMatrix, sparseNumbers } from './matrices.js';
import { type NeighbourArray, neighbourOf } from './neighbours.js';
import { axesAbove, deepest, isArrayish, isList, nesting, ragged, regularShape } from './nesting.js';
import { promote } from './promote.js';
import { elementFrom, itemOf } from './scalars/index.js';
import { settled } from './scalars/settle.js';
import { codePoints } from './scalars/text.js';
import { announce } from './transfers.js';
import { asShape, cStrides, sizeOf } from './view.js';

/**
 * From JavaScript data to arrays: numbers, bigints, booleans, complex objects, nested lists, typed arrays, and objects
 * with the array protocol.
 */

/** What can stand for an array wherever one is taken. */
export type ArrayLike =
  | ArrayValue
  | number
  | bigint
  | boolean
  | string
  | null
  | Date
  | { readonly re: number; readonly im: number }
  | TypedArray
  | readonly ArrayLike[]
  | { readonly [ARRAY]: unknown }
  | ArrayFunctionProtocol
  | NeighbourArray;

/** What an object with the array protocol gives: memory as it lies, without a copy. */
export interface ArrayInterface {
  readonly data: ArrayBufferView | ArrayBufferLike;
  readonly shape: readonly number[];
  /** Bytes; C order when absent. */
  readonly strides?: readonly number[];
  readonly dtype: DTypeLike;
  /** Bytes from the start of data to the first element. */
  readonly offset?: number;
  /** Elements must not be written. */
  readonly readonly?: boolean;
}

const TYPED: Record<string, DType> = {
  Int8Array: byName.int8,
  Uint8Array: byName.uint8,
  Uint8ClampedArray: byName.uint8,
  Int16Array: byName.int16,
  Uint16Array: byName.uint16,
  Int32Array: byName.int32,
  Uint32Array: byName.uint32,
  Float16Array: byName.float16,
  Float32Array: byName.float32,
  Float64Array: byName.float64,
  BigInt64Array: int64,
  BigUint64Array: uint64,
  Buffer: byName.uint8,
};

/** The dtype of a typed array, by the name of its class (so that those of another realm count). */
export function typedArrayDtype(x: unknown): DType | null {
  if (!ArrayBuffer.isView(x) && Object.prototype.toString.call(x) !== '[object Uint8Array]') return null;
  return TYPED[Object.prototype.toString.call(x).slice(8, -1)] ?? null;
}

/** An array over a user's memory: shared, not copied. Byte offsets that are no multiple of the element size cannot be shared. */
export function wrapMemory(
  data: ArrayBufferView | ArrayBufferLike,
  dtype: DType,
  shape: readonly number[],
  strides?: readonly number[],
  offset = 0,
): ArrayValue {
  if (dtype.hasobject) throw new ValueError('cannot create an OBJECT array from memory buffer');
  const view = ArrayBuffer.isView(data) ? data : null;
  const memory = (view ? view.buffer : data) as ArrayBufferLike;
  const start = (view ? view.byteOffset : 0) + offset;
  const length = (view ? view.byteLength : memory.byteLength) - offset;
  const bytes = new Uint8Array(memory, start, length);
  const face = defaultFace();
  const buffer = (hostDevice().wrap as (b: Uint8Array) => HostBuffer)(bytes);
  // What is given may itself be a window on an array's memory, which lives as long as the window does.
  (buffer as { holds?: unknown }).holds = data;
  return face.fresh(buffer, dtype, [...shape], strides ? [...strides] : undefined);
}

/** A fresh C-contiguous array; its memory is not initialised unless `zero`. */
export function allocate(outer: readonly number[], given: DType, face: Face = defaultFace(), zero = false): ArrayValue {
  const dtype = given.base;
  const shape = given.subdtype === null ? outer : [...outer, ...given.subdtype[1]];
  const nbytes = sizeOf(shape) * dtype.itemsize;
  if (!Number.isSafeInteger(nbytes) && nbytes < 2 ** 63)
    throw new MemoryError(`Unable to allocate an array of ${nbytes} bytes`);
  if (!Number.isSafeInteger(nbytes))
    throw new ValueError('array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.');
  const device = hostDevice();
  const buffer = device.allocate(nbytes) as HostBuffer;
  // Memory of objects holds handles, and what was there before are none.
  if (zero && dtype.hasobject) zeroObjects(buffer, dtype);
  else if (zero || dtype.hasobject) buffer.bytes.fill(0);
  return face.fresh(buffer, dtype, shape);
}

const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** dtype of one JavaScript scalar in data. */
function scalarDtype(x: unknown): DType | null {
  switch (typeof x) {
    case 'number':
      return float64;
    case 'boolean':
      return bool;
    case 'bigint':
      // Integers of any size are objects.
      if (x > UINT64_MAX || x < -(2n ** 63n)) return objectDtype;
      return x > INT64_MAX ? uint64 : int64;
    case 'string':
      return strDtype(codePoints(x));
    case 'undefined':
      return null;
    case 'object':
      if (isComplex(x)) return complex128;
      if (x instanceof Date) return timeDtype('M', { base: 'ms', count: 1 });
      return objectDtype;
    default:
      return objectDtype;
  }
}

interface Discovered {
  readonly shape: number[];
  dtype: DType | null;
}

const NEVER = (): boolean => false;
/** Which values are one element where a dtype is asked for: bytes, although they are a typed array. */
const bytesFor = (d: DType): ((x: unknown) => boolean) =>
  d.kind === 'S' || d.kind === 'U' || (d.kind === 'V' && d.layout === null && d.subdtype === null)
    ? (x) => x instanceof Uint8Array
    : NEVER;

/**
 * Shape and dtype of nested lists, found in one walk. Where a dtype is asked for whose elements are lists themselves (a structure, an
 * object), only so many levels are axes.
 * @throws ValueError for ragged lists
 */
function discover(data: unknown, asked: DType | null): Discovered {
  if (asked !== null && asked.kind === 'O') return { shape: regularShape(data), dtype: asked };
  const single = asked === null ? NEVER : bytesFor(asked);
  if (asked !== null && asked.layout !== null)
    return { shape: regularShape(data).slice(0, axesAbove(data, asked)), dtype: asked };
  const shape: number[] = [];
  let leaf: unknown = data;
  for (;;) {
    if (isList(leaf)) {
      shape.push(leaf.length);
      if (leaf.length === 0) break;
      leaf = leaf[0];
    } else if (isArrayish(leaf) && !single(leaf)) {
      shape.push(...toArray(leaf).shape);
      break;
    } else break;
    if (shape.length > 64)
      throw new ValueError(
        'setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 64.',
      );
  }
  const found: Discovered = { shape, dtype: null };
  let sawInt = false;
  let sawUint = false;
  const irregular = (depth: number): never => {
    throw ragged(shape, depth);
  };
  const meet = (d: DType): void => {
    if (asked !== null) return;
    if (d === int64) sawInt = true;
    if (d === uint64) sawUint = true;
    found.dtype = found.dtype === null ? d : found.dtype === d ? d : promote(found.dtype, d);
  };
  const walk = (x: unknown, depth: number): void => {
    if (isList(x)) {
      if (depth >= shape.length || x.length !== shape[depth]) irregular(depth);
      if (depth === shape.length - 1) {
        for (let i = 0; i < x.length; i++) {
          const e = x[i];
          if (typeof e === 'number') {
            if (found.dtype !== float64) meet(float64);
          } else walk(e, depth + 1);
        }
      } else for (let i = 0; i < x.length; i++) walk(x[i], depth + 1);
    } else if (isArrayish(x) && !single(x)) {
      const a = toArray(x);
      if (a.ndim !== shape.length - depth || a.shape.some((n, i) => n !== shape[depth + i])) irregular(depth);
      meet(a.dtype);
    } else {
      const d = single(x) ? (asked as DType) : scalarDtype(x);
      if (d === null) throw new TypeError(`array: cannot make an array from an element of type '${describe(x)}'`);
      if (depth !== shape.length) irregular(depth);
      meet(d);
    }
  };
  walk(data, 0);
  // A list of bigints of which some need uint64 is uint64, as NumPy finds for Python ints, unless others are negative.
  if (sawInt && sawUint && found.dtype === float64 && !hasNegative(data)) found.dtype = uint64;
  return found;
}

const hasNegative = (x: unknown): boolean => (isList(x) ? x.some(hasNegative) : typeof x === 'bigint' ? x < 0n : true);

/** A value that stands for itself: the element of a one-element array. */
const unwrapped = (x: unknown): unknown => (x instanceof ArrayValue && x.size === 1 ? scalarOf(x) : x);

/**
 * Checks and converts one JavaScript scalar for storage in a dtype of numbers.
 * @throws OverflowError `Python integer 300 out of bounds for uint8`, ValueError for NaN to integer, TypeError for complex to real
 */
export function toElement(x: unknown, dtype: DType): { re: number | bigint; im: number } {
  if (dtype.index < 0) throw new TypeError(`an element of dtype ${dtype.repr()} is no number`);
  const v = elementFrom(unwrapped(x), dtype) as number | bigint | boolean | { re: number; im: number };
  if (typeof v === 'object') return { re: v.re, im: v.im };
  return { re: typeof v === 'boolean' ? Number(v) : v, im: 0 };
}

/** The single element of a one-element host array, as users read it. */
export function scalarOf(a: ArrayValue): any {
  return itemOf(elementsOf(a.buffer as HostBuffer, a.dtype).get(a.offset), a.dtype);
}

/** Units of which a count is read as it is; dates and durations in others read as Python's own, which are no integers. */
const COUNTED = /^(ns|ps|fs|as|generic)$/;

/**
 * The value of an array without axes that is to become a signed integer as a lone value would, so that what does not fit is refused.
 * Undefined for all that is cast without asking.
 * @throws TypeError for dates and durations
 */
export function scalarFor(a: ArrayValue, into: DType): unknown {
  if (a.ndim !== 0 || a.dtype === into || into.kind !== 'i') return undefined;
  const { kind, unit } = a.dtype;
  if (kind !== 'i' && kind !== 'u' && kind !== 'f' && unit === null) return undefined;
  const v = scalarOf(a);
  if (unit === null) return v;
  if (v !== null && COUNTED.test(unit.base)) return undefined;
  const name = v === null ? 'NoneType' : kind === 'M' ? 'datetime.datetime' : 'datetime.timedelta';
  throw new TypeError(`int() argument must be a string, a bytes-like object or a real number, not '${name}'`);
}

/** Writes nested lists into a fresh C-contiguous array. */
function fill(out: ArrayValue, data: unknown, copyInto: (dst: ArrayValue, src: ArrayValue) => void): void {
  const { dtype, shape } = out;
  const step = dtype.itemsize;
  const elements = elementsOf(out.buffer as HostBuffer, dtype);
  const write = dtype.index >= 0 ? accessor(out.buffer as HostBuffer, dtype.part) : elements;
  const strides = cStrides(shape, step);
  const plain = dtype.kind === 'f' && dtype.index >= 0 && !(floatErrors.watching && dtype.itemsize < 8);
  const single = bytesFor(dtype);
  const put = (x: unknown, depth: number, at: number): void => {
    if (isList(x) && depth < shape.length) {
      const s = strides[depth];
      if (plain && depth === shape.length - 1) {
        for (let i = 0, p = at; i < x.length; i++, p += s) {
          const e = x[i];
          if (typeof e === 'number') write.set(p, e);
          else put(e, depth + 1, p);
        }
      } else for (let i = 0, p = at; i < x.length; i++, p += s) put(x[i], depth + 1, p);
    } else if (isArrayish(x) && !single(x) && (dtype.kind !== 'O' || depth < shape.length)) {
      const a = toArray(x);
      const e = scalarFor(a, dtype);
      if (e !== undefined) elements.set(at, elementFrom(e, dtype));
      else copyInto(out.face.view(out, dtype, shape.slice(depth), strides.slice(depth), at), a);
    } else {
      elements.set(at, elementFrom(unwrapped(x), dtype));
    }
  };
  put(data, 0, 0);
}

/** Lists as an array of sub-arrays: a level of lists is an axis down to what fits an element, which is broadcast into its own. */
function fillSubarrays(data: readonly unknown[], d: DType): ArrayValue {
  const inner = (d.subdtype as readonly [DType, readonly number[]])[1];
  // All axes of an array are axes, as those of lists are.
  const axes = isArrayish(deepest(data)) ? nesting(data) : Math.max(1, axesAbove(data, d));
  const shape: number[] = [];
  let leaf: unknown = data;
  for (; isList(leaf) && shape.length < axes; leaf = leaf[0]) shape.push(leaf.length);
  if (shape.length < axes && isArrayish(leaf)) shape.push(...toArray(leaf).shape);
  const out = allocate(shape, d);
  const put = (x: unknown, depth: number, at: number): void => {
    if (isList(x) && depth < axes) {
      if (x.length !== shape[depth]) throw ragged(shape, depth);
      for (let i = 0; i < x.length; i++) put(x[i], depth + 1, at + i * out.strides[depth]);
      return;
    }
    const a = toArray(x, d.base);
    const each = a.ndim > 0 && a.ndim === shape.length - depth ? inner : [];
    const from = a.face.view(
      a,
      a.dtype,
      [...a.shape, ...each.map(() => 1)],
      [...a.strides, ...each.map(() => 0)],
      a.offset,
    );
    assign(out.face.view(out, out.dtype, out.shape.slice(depth), out.strides.slice(depth), at), from);
  };
  put(data, 0, 0);
  return out;
}

let assign: (dst: ArrayValue, src: ArrayValue) => void = () => {
  throw new Error('no assignment is registered');
};
/** Given by ops/copy.ts, which stands above this file. */
export function setAssign(f: typeof assign): void {
  assign = f;
}

/** The old dtype 'c' takes text apart: its characters are an axis. */
const characters = (x: unknown): unknown =>
  Array.isArray(x) ? x.map(characters) : typeof x === 'string' ? Array.from(x) : x;

/** What an object with a door for data gives. */
function throughDoor(x: object): ArrayValue {
  const given = (x as { [ARRAY]: ArrayInterface | (() => ArrayInterface) })[ARRAY];
  const i = typeof given === 'function' ? given.call(x) : given;
  return (i as unknown) instanceof ArrayValue ? (i as unknown as ArrayValue) : fromInterface(i);
}

/**
 * Any array-like as an array value, without a copy where it already is one (arrays, tensors, typed arrays, the array protocol).
 * `dtype` only steers how plain data is read; arrays keep theirs.
 */
export function toArray(x: unknown, dtype: DType | null = null): ArrayValue {
  if (x instanceof ArrayValue) return x;
  switch (typeof x) {
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'string':
      if (dtype?.char === 'c') return toArray(characters(x), bytesDtype(1));
      return fromScalar(x, dtype ?? (scalarDtype(x) as DType));
    case 'function':
      // A function may be an array, too: a polynomial is.
      return ARRAY in x ? throughDoor(x) : fromScalar(x, dtype ?? objectDtype);
    case 'object': {
      if (x === null) return fromScalar(x, dtype ?? objectDtype);
      if (Array.isArray(x)) {
        if (dtype?.char === 'c') return toArray(characters(x), bytesDtype(1));
        if (dtype !== null && dtype.subdtype !== null) return fillSubarrays(x, dtype);
        const found = discover(x, dtype);
        const wanted = settled(dtype ?? found.dtype ?? float64, x);
        // Raw memory of no size given is as large as an element of the default dtype, where no value says more.
        const out = allocate(found.shape, wanted === voidDtype(0) && found.shape.includes(0) ? voidDtype(8) : wanted);
        if (out.size > 0) fill(out, x, assign);
        return out;
      }
      const typed = typedArrayDtype(x);
      if (typed !== null && dtype !== null && bytesFor(dtype)(x)) return fromScalar(x, dtype);
      if (typed !== null) return wrapMemory(x as ArrayBufferView, typed, [(x as Uint8Array).length]);
      if (ARRAY in x) return throughDoor(x);
      if (isMatrix(x)) return fromMatrix(x, dtype);
      // Objects that are elements are no arrays of somebody else.
      const brought = dtype !== null && dtype.kind === 'O' ? null : neighbourOf(x);
      if (brought !== null) return brought.array;
      return fromScalar(x, dtype ?? (scalarDtype(x) as DType));
    }
    case 'symbol':
      return fromScalar(x, dtype ?? objectDtype);
  }
  throw new TypeError(`cannot make an array from a value of type '${describe(x)}'`);
}

/** A matrix of mathjs: its values are in lists (of sparse ones those that are not zero), so that they are copied. */
function fromMatrix(m: ForeignMatrix, dtype: DType | null): ArrayValue {
  const size = m.size();
  if (size.includes(0)) return allocate(size, dtype ?? asDtype(emptyKind(m)));
  const numbers = dtype === null || dtype === float64 ? sparseNumbers(m) : null;
  const a = numbers === null ? toArray(m.valueOf(), dtype) : allocate(size, float64);
  if (numbers !== null) (a.buffer as HostBuffer).bytes.set(new Uint8Array(numbers.buffer));
  announce('external', a.size * a.dtype.itemsize, 'mathjs', a.buffer.device.name);
  return a;
}

/** One object as an array without axes, whatever it is. */
export function fromObject(x: unknown): ArrayValue {
  const out = allocate([], objectDtype);
  elementsOf(out.buffer as HostBuffer, objectDtype).set(0, x === undefined ? null : x);
  return out;
}

/** Nested lists as an array of objects with at most so many axes; lists below them are elements. */
export function toObjects(data: readonly unknown[], most = 64): ArrayValue {
  const out = allocate(regularShape(data).slice(0, most), objectDtype);
  if (out.size > 0) fill(out, data, assign);
  return out;
}

/** An array over memory described by the array protocol, checked against the memory's size. */
export function fromInterface(i: ArrayInterface): ArrayValue {
  if (typeof i !== 'object' || i === null)
    throw new TypeError(`array protocol: expected {data, shape, dtype}, or an array, got ${describe(i)}`);
  const memory = i.data as ArrayBufferView | ArrayBufferLike | undefined;
  const available = memory?.byteLength;
  if (typeof available !== 'number')
    throw new TypeError('array protocol: data must be a typed array, a DataView or an ArrayBuffer');
  if (i.dtype === undefined || i.dtype === null) throw new TypeError('array protocol: dtype is missing');
  if (!Array.isArray(i.shape)) throw new TypeError('array protocol: shape must be a list of integers');
  const dtype = asDtype(i.dtype);
  const shape = asShape(i.shape);
  const strides = i.strides ?? cStrides(shape, dtype.itemsize);
  const offset = i.offset ?? 0;
  if (strides.length !== shape.length) throw new ValueError('array protocol: strides and shape differ in length');
  if (!strides.every(Number.isSafeInteger) || !Number.isSafeInteger(offset))
    throw new TypeError('array protocol: strides and offset must be integers');
  let lo = offset;
  let hi = lo + dtype.itemsize;
  for (let d = 0; d < shape.length; d++) {
    const span = (shape[d] - 1) * strides[d];
    if (span < 0) lo += span;
    else hi += span;
  }
  const empty = sizeOf(shape) === 0;
  if (!empty && (lo < 0 || hi > available))
    throw new ValueError('array protocol: shape and strides reach outside of the data');
  const whole = wrapMemory(i.data, dtype, shape, strides, 0);
  const a = offset === 0 || empty ? whole : whole.face.view(whole, dtype, shape, strides, offset);
  if (i.readonly === true) (a as { writeable?: boolean }).writeable = false;
  return a;
}

/** A 0-d array of one scalar. */
export function fromScalar(x: unknown, dtype: DType): ArrayValue {
  const time = x instanceof ArrayValue && x.size === 1 && isTime(x.dtype);
  const v = dtype.kind === 'O' ? x : time ? x : unwrapped(x);
  const d = settled(dtype, [v]);
  const out = allocate([], d);
  if (time && dtype.kind !== 'O') {
    // A count says nothing without its unit.
    assign(out, x.face.view(x, x.dtype, [], [], x.offset));
    return out;
  }
  elementsOf(out.buffer as HostBuffer, d).set(0, elementFrom(v, d));
  return out;
}

/**
 * An operand of an operation that has no weak scalars (a product, a join): arrays as they are, data as in `toArray`, but a
 * lone integral number as the int64 that Python's would be.
 */
export const toOperand = (x: unknown): ArrayValue =>
  typeof x === 'number' && Number.isInteger(x) ? fromScalar(x, Number.isSafeInteger(x) ? int64 : float64) : toArray(x);
