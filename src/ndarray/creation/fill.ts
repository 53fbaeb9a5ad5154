import { type ArrayValue, faceOf, isFortran } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import {
  asDtype,
  type DType,
  type DTypeLike,
  type DTypeName,
  float32,
  float64,
  isText,
  type DTypeArg,
  type DTypeText,
} from '../../core/dtype.js';
import { CONTAINER, isHost, typedView } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { zeroObjects } from '../../core/device/elements.js';
import { assignTo, orderedStrides } from '../../core/ops/copy.js';
import { isDescribed } from '../../core/device/shapes.js';
import { hostDevice } from '../../core/device/registry.js';
import { deviceOf } from '../../core/ops/operand.js';
import { settled } from '../../core/scalars/settle.js';
import { fn } from '../../core/signature.js';
import { asOrder, sizeOf, strideLike } from '../../core/view.js';
import type { Known, NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import {
  asLayout,
  checkDevice,
  direct,
  dtypeOr,
  newArray,
  type Order,
  readShape,
  type ShapeKeywords,
  type ShapeLike,
} from './make.js';

/** Arrays of one value: zeros, ones, empty, full, and their forms that take shape and dtype from another array. */

export interface FillShape {
  <N extends DTypeText = 'float64'>(shape: ShapeLike, dtype?: DTypeArg<N> | null, order?: 'C' | 'F'): NDArray<Known<N>>;
  <N extends DTypeText = 'float64'>(shape: ShapeLike, kw: ShapeKeywords<N>): NDArray<Known<N>>;
}

/**
 * New array of the given shape, filled with zeros.
 *
 * @param shape length of each axis, or one length
 * @param dtype float64 unless given
 * @throws ValueError `negative dimensions are not allowed`; MemoryError when the memory cannot be had
 * @example np.zeros([2, 3], 'int32') // → array([[0, 0, 0],
 * //          [0, 0, 0]], dtype=int32)
 */
export const zeros: FillShape = /*@__PURE__*/ direct(
  'zeros',
  "shape, dtype=None, order='C', *, device=None, like=None",
  (shape, dtype, order, device) => {
    checkDevice(device);
    return newArray(readShape(shape), dtypeOr(dtype), asLayout(order), true);
  },
);

/**
 * New array of the given shape whose memory is not initialised: it holds whatever was there.
 *
 * @throws ValueError `negative dimensions are not allowed`; MemoryError
 * @example np.empty([2, 2]).shape // → [ 2, 2 ]
 */
export const empty: FillShape = /*@__PURE__*/ direct(
  'empty',
  "shape, dtype=None, order='C', *, device=None, like=None",
  (shape, dtype, order, device) => {
    checkDevice(device);
    return newArray(readShape(shape), dtypeOr(dtype), asLayout(order));
  },
);

/**
 * New array of the given shape, filled with ones.
 *
 * @throws ValueError `negative dimensions are not allowed`; MemoryError
 * @example np.ones([2, 2], { dtype: 'bool' }) // → array([[ True,  True],
 * //          [ True,  True]])
 */
export const ones: FillShape = /*@__PURE__*/ direct(
  'ones',
  "shape, dtype=None, order='C', *, device=None, like=None",
  (shape, dtype, order, device) => {
    checkDevice(device);
    return filled(newArray(readShape(shape), dtypeOr(dtype), asLayout(order)), ONE);
  },
);

/** The integer, which as text is '1'. */
const ONE = 1n;

/** Writes one value (an array-like that broadcasts) into all of a fresh array. */
function filled<A extends ArrayValue>(out: A, value: unknown): A {
  const { dtype } = out;
  const fits = dtype === float64 || (dtype === float32 && Number.isFinite(Math.fround(Number(value))));
  if ((typeof value === 'number' || value === ONE) && fits && isHost(out.buffer)) {
    // Fresh memory has no gaps.
    const { array, base } = typedView(out.buffer, CONTAINER[dtype.part]);
    (array as Float64Array).fill(Number(value), base, base + out.size);
    return out;
  }
  // Integers are checked against the dtype's range; fractions and infinities are cast, as C casts them.
  const checked =
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    Number.isInteger(value) ||
    out.dtype.kind === 'c' ||
    isText(out.dtype);
  // As text a lone integral number has no point.
  const spelt = isText(out.dtype) || out.dtype.layout !== null;
  const lone = spelt && typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
  // Raw memory takes the bytes of an integer, which as a value of its own it refuses.
  const raw = out.dtype.kind === 'V' && !spelt && typeof value === 'bigint';
  // Integers become dates as a cast makes them, which wants no unit.
  const count = out.dtype.kind === 'M' && checked && typeof value !== 'boolean';
  const v = count
    ? toArray(BigInt(value as number))
    : raw
      ? toArray(value)
      : checked
        ? toArray(lone, out.dtype)
        : toArray(value);
  assignTo(out, v);
  return out;
}

export interface Full {
  <N extends DTypeText = DTypeName>(
    shape: ShapeLike,
    fill_value: ArrayLike,
    dtype?: DTypeArg<N> | null,
    order?: 'C' | 'F',
  ): NDArray<Known<N>>;
  <N extends DTypeText = DTypeName>(shape: ShapeLike, fill_value: ArrayLike, kw: ShapeKeywords<N>): NDArray<Known<N>>;
}

/**
 * New array of the given shape, filled with a value.
 *
 * @param fill_value a scalar, or an array-like that broadcasts to the shape
 * @param dtype the value's own unless given: numbers are float64, bigints int64, booleans bool
 * @throws OverflowError when the value does not fit an integer dtype; ValueError when it does not broadcast
 * @example np.full([2, 2], 7, 'int64') // → array([[7, 7],
 * //          [7, 7]])
 */
export const full: Full = /*@__PURE__*/ direct(
  'full',
  "shape, fill_value, dtype=None, order='C', *, device=None, like=None",
  (shape, value, dtype, order, device) => {
    checkDevice(device);
    const type = dtype === null ? toArray(value).dtype : asDtype(dtype as DTypeLike);
    return filled(newArray(readShape(shape), settled(type, value), asLayout(order)), value);
  },
);

/** Keywords of the `_like` functions. */
export interface LikeKeywords<N extends DTypeText = DTypeName> {
  dtype?: DTypeArg<N> | null;
  /** 'K' keeps the memory order of the prototype. */
  order?: Order;
  subok?: boolean;
  /** Another shape than the prototype's. */
  shape?: ShapeLike | null;
  device?: 'cpu' | null;
}

export interface FillLike {
  <A extends ArrayLike>(
    a: A,
    dtype?: DTypeLike | null,
    order?: Order,
    subok?: boolean,
    shape?: ShapeLike | null,
  ): Like<A>;
  <A extends ArrayLike>(a: A, kw: LikeKeywords): Like<A>;
}

/** Fresh memory of the prototype's class and device, in its memory order where the order says so. */
function emptyAs(a: ArrayValue, dtype: DType, given: unknown, shape: unknown, zero: boolean): ArrayValue {
  const order = asOrder(given, 'K');
  const same = shape === null || shape === undefined;
  const dims = same ? a.shape : readShape(shape);
  // Of a value that is only described, real memory: what it is filled with is known now.
  const device = isDescribed(a.buffer) ? hostDevice() : deviceOf([a], 'empty_like');
  const strides = same
    ? orderedStrides(a, order, dtype.itemsize)
    : dims.length === a.ndim && order === 'K'
      ? strideLike(a, a.dtype.itemsize, dims, dtype.itemsize)
      : orderedStrides(
          { shape: dims, strides: [], dtype },
          order === 'F' || (order === 'A' && isFortran(a)) ? 'F' : 'C',
          dtype.itemsize,
        );
  const buffer = device.allocate(sizeOf(dims) * dtype.itemsize);
  const out = faceOf([a]).fresh(buffer, dtype, dims, strides);
  if (dtype.hasobject) {
    if (zero) zeroObjects(buffer as HostBuffer, dtype);
    else (buffer as HostBuffer).bytes.fill(0);
  } else if (zero) {
    if ('bytes' in buffer) (buffer as unknown as { bytes: Uint8Array }).bytes.fill(0);
    else assignTo(out, toArray(0, dtype));
  }
  return out;
}

const likeType = (a: ArrayValue, dtype: unknown): DType =>
  dtype === null ? a.dtype : settled(asDtype(dtype as DTypeLike), []);

/**
 * Zeros in the shape, dtype and class of another array.
 * @example np.zeros_like(np.arange(3), { dtype: 'float32' }) // → array([0., 0., 0.], dtype=float32)
 */
export const zeros_like: FillLike = /*@__PURE__*/ fn(
  'zeros_like',
  "a, dtype=None, order='K', subok=True, shape=None, *, device=None",
  (a, dtype, order, _subok, shape, device) => {
    checkDevice(device);
    const like = toArray(a);
    return emptyAs(like, likeType(like, dtype), order, shape, true);
  },
  'primitive',
);

/** Ones in the shape, dtype and class of another array. @example np.ones_like(np.arange(3)) // → array([1, 1, 1]) */
export const ones_like: FillLike = /*@__PURE__*/ fn(
  'ones_like',
  "a, dtype=None, order='K', subok=True, shape=None, *, device=None",
  (a, dtype, order, _subok, shape, device) => {
    checkDevice(device);
    const like = toArray(a);
    return filled(emptyAs(like, likeType(like, dtype), order, shape, false), ONE);
  },
  'primitive',
);

/** Uninitialised memory in the shape, dtype and class of another array. @example np.empty_like(np.arange(3)).dtype.name // → 'int64' */
export const empty_like: FillLike = /*@__PURE__*/ fn(
  'empty_like',
  "prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None",
  (a, dtype, order, _subok, shape, device) => {
    checkDevice(device);
    const like = toArray(a);
    return emptyAs(like, likeType(like, dtype), order, shape, false);
  },
  'primitive',
);

export interface FullLike {
  <A extends ArrayLike>(
    a: A,
    fill_value: ArrayLike,
    dtype?: DTypeLike | null,
    order?: Order,
    subok?: boolean,
    shape?: ShapeLike | null,
  ): Like<A>;
  <A extends ArrayLike>(a: A, fill_value: ArrayLike, kw: LikeKeywords): Like<A>;
}

/**
 * One value in the shape, dtype and class of another array.
 *
 * @throws OverflowError when the value does not fit an integer dtype
 * @example np.full_like(np.arange(3), 0.5, { dtype: 'float64' }) // → array([0.5, 0.5, 0.5])
 */
export const full_like: FullLike = /*@__PURE__*/ fn(
  'full_like',
  "a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None",
  (a, value, dtype, order, _subok, shape, device) => {
    checkDevice(device);
    const like = toArray(a);
    return filled(emptyAs(like, likeType(like, dtype), order, shape, false), value);
  },
  'primitive',
);
