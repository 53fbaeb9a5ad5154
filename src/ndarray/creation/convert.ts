import { asOrder } from '../../core/view.js';
import { ArrayValue, isCContiguous, isFContiguous } from '../../core/array.js';
import { type ArrayLike, toArray, toObjects } from '../../core/coerce.js';
import { ARRAY } from '../../core/dispatch.js';
import {
  asDtype,
  type DType,
  type DTypeLike,
  type DTypeName,
  isText,
  type DTypeArg,
  type DTypeText,
} from '../../core/dtype.js';
import { KeyError, ValueError } from '../../core/errors.js';
import { neighbourOf } from '../../core/neighbours.js';
import { accessor, forEachOffset } from '../../core/device/access.js';
import type { HostBuffer } from '../../core/device/device.js';
import { copyAs } from '../../core/ops/copy.js';
import { castTo } from '../../core/ops/move.js';
import { settled } from '../../core/scalars/settle.js';
import { fn } from '../../core/signature.js';
import { announce } from '../../core/transfers.js';
import { type Known, type NDArray, plainArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { checkDevice, direct, type Order, toNDArray } from './make.js';

/** From data to arrays, with or without a copy. Every copy that the caller did not ask for is announced. */

const NO_COPY =
  'Unable to avoid copy while creating an array as requested.\n' +
  'If using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\n' +
  'For more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.';

/** The most axes that an array has. */
const MOST_AXES = 64;

/** Whether an object brings memory of its own, which may be shared. */
const hasMemory = (x: unknown): boolean =>
  x instanceof ArrayValue ||
  ArrayBuffer.isView(x) ||
  (typeof x === 'object' && x !== null && !Array.isArray(x) && ARRAY in x);

/** Whether an array is already in a memory order. */
const inOrder = (a: ArrayValue, order: string): boolean =>
  order === 'C' ? isCContiguous(a) : order === 'F' ? isFContiguous(a) : true;

/**
 * The one way from data to an NDArray.
 * @param copy true: always; null: when needed; false: never
 */
export function convert(
  object: unknown,
  dtype: DType | null,
  copy: boolean | null,
  given: unknown,
  ndmin = 0,
  subok = false,
  ndmax: number = MOST_AXES,
): NDArray {
  let order = asOrder(given, 'K');
  if (ndmax < 0 || ndmax > MOST_AXES)
    throw new ValueError(`ndmax must be in the range [0, NPY_MAXDIMS (${MOST_AXES})] `);
  if (ndmin > ndmax) throw new ValueError(`ndmin must be <= ndmax (${ndmax})`);
  const bytes =
    dtype !== null &&
    (isText(dtype) || (dtype.kind === 'V' && dtype.layout === null && dtype.subdtype === null)) &&
    object instanceof Uint8Array;
  const brought = object instanceof ArrayValue || dtype?.kind === 'O' ? null : neighbourOf(object);
  if (brought !== null) {
    object = brought.array;
    if (!brought.shared) {
      if (copy === false) throw new ValueError(NO_COPY);
      // It is a copy already.
      if (copy === true) copy = null;
    }
  }
  const shared = !bytes && hasMemory(object);
  // Plain data is built in the dtype asked for: that is how it comes to be, not a copy. Its memory is ours already.
  if (!shared && copy === false) throw new ValueError(NO_COPY);
  const objects = dtype !== null && dtype.kind === 'O' && ndmax < MOST_AXES && Array.isArray(object) ? object : null;
  let a = toNDArray(objects !== null ? toObjects(objects, ndmax) : object, shared ? null : dtype);
  if (a.ndim > ndmax && !shared)
    throw new ValueError(
      `setting an array element with a sequence. The requested array would exceed the maximum number of dimension of ${ndmax}.`,
    );
  if (a.ndim > ndmax && dtype !== null && dtype !== a.dtype) throw new ValueError('object too deep for desired array');
  if (!subok) a = plainArray(a);
  // Data was built in the dtype asked for, its length or unit found from the values.
  const want = dtype === null || !shared ? a.dtype : settled(dtype, a);
  const cast = want !== a.dtype;
  // Where a copy is not asked for, 'A' keeps what is not in F order as it lies.
  if (order === 'A' && copy !== true && !isFContiguous(a)) order = 'K';
  const reorder = !inOrder(a, order);
  if (shared && (copy === true || cast || reorder)) {
    if (copy === false) throw new ValueError(NO_COPY);
    announce(copy === true ? 'requested' : cast ? 'dtype' : 'order', a.size * want.itemsize, 'cpu:0', 'cpu:0');
    a = copyAs(a, want, order) as NDArray;
  } else if (reorder || cast) a = copyAs(a, want, order) as NDArray;
  if (a.ndim < ndmin) {
    const lead = ndmin - a.ndim;
    const step = a.ndim === 0 ? a.itemsize : a.shape[0] * a.strides[0];
    const ones = new Array<number>(lead);
    const steps = new Array<number>(lead).fill(step);
    a = a.viewOf(a.dtype, [...ones.fill(1), ...a.shape], [...steps, ...a.strides], a.offset);
  }
  return a;
}

const orNull = (d: unknown): DType | null => (d === null || d === undefined ? null : asDtype(d as DTypeLike));

/** A copy argument. */
function readCopy(copy: unknown): boolean | null {
  if (copy === null || copy === undefined) return null;
  if (typeof copy === 'string')
    throw new ValueError("strings are not allowed for 'copy' keyword. Use True/False/None instead.");
  return Boolean(copy);
}

/** Keywords of `np.array`. */
export interface ArrayKeywords<N extends DTypeText = DTypeName> {
  dtype?: DTypeArg<N> | null;
  /** true: always a copy; null: only when needed; false: never, else ValueError. */
  copy?: boolean | null;
  order?: Order;
  subok?: boolean;
  /** Axes of length 1 are put in front until there are so many dimensions. */
  ndmin?: number;
  /** At most so many levels of lists are axes: deeper ones are elements of objects, and an error for all else. */
  ndmax?: number;
  like?: unknown;
}

/** Levels of lists that types look through. */
type Levels = [never, 0, 1, 2, 3, 4, 5, 6];

/** What nested lists hold; any where they are nested without end. */
type Leaf<X, Depth extends number = 6> = ArrayLike extends X
  ? any
  : X extends readonly (infer E)[]
    ? Depth extends 0
      ? any
      : Leaf<E, Levels[Depth]>
    : X;

/** dtypes of lone values and of objects that hold memory. */
type LeafDType<L> = 0 extends 1 & L
  ? any
  : [L] extends [never]
    ? 'float64'
    : [L] extends [boolean]
      ? 'bool'
      : [L] extends [number]
        ? 'float64'
        : [L] extends [bigint | boolean]
          ? 'int64'
          : [L] extends [number | bigint | boolean]
            ? 'float64'
            : [L] extends [string]
              ? 'str'
              : [L] extends [Date]
                ? 'datetime64'
                : [L] extends [NDArray<infer N>]
                  ? N
                  : [L] extends [Memory[keyof Memory]]
                    ? MemoryDType<L>
                    : [L] extends [number | bigint | boolean | { readonly re: number; readonly im: number }]
                      ? 'complex128'
                      : any;

/** Typed arrays by dtype. */
interface Memory {
  float64: Float64Array;
  float32: Float32Array;
  int8: Int8Array;
  uint8: Uint8Array | Uint8ClampedArray;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
}
type MemoryDType<L> = { [K in keyof Memory]: [L] extends [Memory[K]] ? K : never }[keyof Memory];

/** dtype of the array that JavaScript data becomes. */
export type DTypeOf<X> = LeafDType<Leaf<X>>;

export interface MakeArray {
  <const X extends ArrayLike>(object: X): NDArray<DTypeOf<X>>;
  <N extends DTypeText>(object: ArrayLike, dtype: DTypeArg<N>, kw?: Omit<ArrayKeywords, 'dtype'>): NDArray<Known<N>>;
  <N extends DTypeText>(object: ArrayLike, kw: ArrayKeywords<N> & { dtype: DTypeArg<N> }): NDArray<Known<N>>;
  <const X extends ArrayLike>(
    object: X,
    dtype: null | undefined,
    kw?: Omit<ArrayKeywords, 'dtype'>,
  ): NDArray<DTypeOf<X>>;
  <const X extends ArrayLike>(object: X, kw: ArrayKeywords): NDArray<DTypeOf<X>>;
}

/**
 * An array from data: nested lists, scalars, typed arrays, other arrays, tensors, objects with the array protocol.
 *
 * Numbers are float64, bigints int64 (uint64 beyond its range), booleans bool, unless `dtype` says otherwise; a typed array keeps its
 * type. A list of arrays stacks them. Always a copy, unless `copy` is null (only when needed) or false.
 *
 * @throws ValueError for ragged lists, and when `copy: false` cannot be kept; OverflowError for integers that do not fit
 * @example np.array([[1, 2], [3, 4]], 'int64') // → array([[1, 2],
 * //          [3, 4]])
 */
export const array: MakeArray = /*@__PURE__*/ direct(
  'array',
  "object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None",
  (object, dtype, copy, order, subok, ndmin, ndmax) =>
    convert(object, orNull(dtype), readCopy(copy), order, Number(ndmin), subok === true, Number(ndmax)),
  { ndmax: MOST_AXES },
);

/** Keywords of `np.asarray`. */
export interface AsArrayKeywords<N extends DTypeText = DTypeName> {
  dtype?: DTypeArg<N> | null;
  order?: Order | null;
  device?: 'cpu' | null;
  /** null: a copy when needed; true: always; false: never, else ValueError. */
  copy?: boolean | null;
  like?: unknown;
}

export interface AsArray {
  <const X extends ArrayLike>(a: X): NDArray<DTypeOf<X>>;
  <N extends DTypeText>(
    a: ArrayLike,
    dtype: DTypeArg<N>,
    order?: Order | null,
    kw?: AsArrayKeywords,
  ): NDArray<Known<N>>;
  <N extends DTypeText>(a: ArrayLike, kw: AsArrayKeywords<N> & { dtype: DTypeArg<N> }): NDArray<Known<N>>;
  <const X extends ArrayLike>(
    a: X,
    dtype: null | undefined,
    order?: Order | null,
    kw?: AsArrayKeywords,
  ): NDArray<DTypeOf<X>>;
  <const X extends ArrayLike>(a: X, kw: AsArrayKeywords): NDArray<DTypeOf<X>>;
}

const asArrayBody =
  (subok: boolean) =>
  (a: unknown, dtype: unknown, order: unknown, device: unknown, copy: unknown): NDArray => {
    checkDevice(device);
    return convert(a, orNull(dtype), readCopy(copy), (order ?? 'K') as string, 0, subok);
  };

/**
 * Data as an array, without a copy where it is one already: an NDArray is returned itself, a typed array's memory and a tensor's
 * buffer are shared.
 *
 * @throws ValueError when `copy: false` cannot be kept
 * @example
 * const memory = new Float32Array([1, 2]);
 * const a = np.asarray(memory);
 * memory[0] = 9;
 * a; // → array([9., 2.], dtype=float32)
 */
export const asarray: AsArray = /*@__PURE__*/ direct(
  'asarray',
  'a, dtype=None, order=None, *, device=None, copy=None, like=None',
  asArrayBody(false),
);

/** The same as {@link asarray}, but a matrix stays one. @example np.asanyarray([1, 2]) // → array([1., 2.]) */
export const asanyarray: AsArray = /*@__PURE__*/ direct(
  'asanyarray',
  'a, dtype=None, order=None, *, device=None, copy=None, like=None',
  asArrayBody(true),
);

export interface AsContiguous {
  <const X extends ArrayLike>(a: X, dtype?: null): NDArray<DTypeOf<X>>;
  <N extends DTypeText>(
    a: ArrayLike,
    dtype: DTypeArg<N> | { dtype?: DTypeArg<N> | null; like?: unknown },
  ): NDArray<Known<N>>;
}

/**
 * Data as an array in C order, of at least one dimension; a copy only when needed.
 * @example np.ascontiguousarray(np.ones([2, 3]).T).flags.c_contiguous // → true
 */
export const ascontiguousarray: AsContiguous = /*@__PURE__*/ direct(
  'ascontiguousarray',
  'a, dtype=None, *, like=None',
  (a, dtype) => convert(a, orNull(dtype), null, 'C', 1),
);

/**
 * Data as an array in Fortran order, of at least one dimension; a copy only when needed.
 * @example np.asfortranarray(np.ones([2, 3])).strides // → [ 8, 16 ]
 */
export const asfortranarray: AsContiguous = /*@__PURE__*/ direct(
  'asfortranarray',
  'a, dtype=None, *, like=None',
  (a, dtype) => convert(a, orNull(dtype), null, 'F', 1),
);

export interface Copy {
  <A extends ArrayLike>(a: A, order?: Order, subok?: boolean): Like<A>;
  <A extends ArrayLike>(a: A, kw: { order?: Order; subok?: boolean }): Like<A>;
}

/**
 * A copy of an array, of its class.
 *
 * @param order memory order of the copy; 'K' keeps the array's
 * @example
 * const a = np.arange(3);
 * const b = np.copy(a);
 * a.set([0], 9);
 * b; // → array([0, 1, 2])
 */
export const copy: Copy = /*@__PURE__*/ fn(
  'copy',
  "a, order='K', subok=False",
  (a, order) => {
    const x = toArray(a);
    const laid = asOrder(order, 'K');
    announce('requested', x.size * x.dtype.itemsize, x.buffer.device.name, x.buffer.device.name);
    return castTo(x, x.dtype, laid);
  },
  'primitive',
);

/**
 * Data as an array, checked to hold no NaN and no infinity.
 *
 * @throws ValueError `array must not contain infs or NaNs`
 * @example np.asarray_chkfinite([1, NaN]); // throws ValueError: array must not contain infs or NaNs
 */
export const asarray_chkfinite: AsArray = /*@__PURE__*/ direct(
  'asarray_chkfinite',
  'a, dtype=None, order=None',
  (a, dtype, order) => {
    const out = convert(a, orNull(dtype), null, order ?? 'K');
    if (out.dtype.kind === 'f' || out.dtype.kind === 'c') {
      const read = accessor(out.buffer as HostBuffer, out.dtype.part);
      const half = out.dtype.kind === 'c' ? out.dtype.itemsize / 2 : 0;
      forEachOffset(out.shape, out.strides, out.offset, (p) => {
        if (!Number.isFinite(read.get(p)) || !Number.isFinite(read.get(p + half)))
          throw new ValueError('array must not contain infs or NaNs');
      });
    }
    return out;
  },
);

const REQUIREMENTS: Record<string, string> = {
  C: 'C',
  C_CONTIGUOUS: 'C',
  CONTIGUOUS: 'C',
  F: 'F',
  F_CONTIGUOUS: 'F',
  FORTRAN: 'F',
  A: 'A',
  ALIGNED: 'A',
  W: 'W',
  WRITEABLE: 'W',
  O: 'O',
  OWNDATA: 'O',
  E: 'E',
  ENSUREARRAY: 'E',
};

export interface Require {
  <N extends DTypeText = DTypeName>(
    a: ArrayLike,
    dtype?: DTypeArg<N> | null,
    requirements?: string | readonly string[] | null,
  ): NDArray<Known<N>>;
  (
    a: ArrayLike,
    kw: { dtype?: DTypeLike | null; requirements?: string | readonly string[] | null; like?: unknown },
  ): NDArray;
}

/**
 * Data as an array that meets requirements: 'C' or 'F' order, 'A' aligned, 'W' writeable, 'O' owns its data, 'E' a base-class array.
 *
 * @throws KeyError for an unknown requirement; ValueError `Cannot specify both "C" and "F" order`
 * @example np.require([[1, 2], [3, 4]], 'float32', ['F', 'W']).strides // → [ 4, 8 ]
 */
export const require: Require = /*@__PURE__*/ direct(
  'require',
  'a, dtype=None, requirements=None, *, like=None',
  (a, dtype, requirements) => {
    const list: readonly string[] =
      requirements === null ? [] : typeof requirements === 'string' ? [...requirements] : (requirements as string[]);
    const wanted = new Set(
      list.map((r) => {
        const known = REQUIREMENTS[r.toUpperCase()];
        if (known === undefined) throw new KeyError(`'${r.toUpperCase()}'`);
        return known;
      }),
    );
    if (wanted.has('C') && wanted.has('F')) throw new ValueError('Cannot specify both "C" and "F" order');
    const order = wanted.has('F') ? 'F' : wanted.has('C') ? 'C' : 'A';
    let out = convert(a, orNull(dtype), null, order);
    if ((wanted.has('O') && !out.flags.owndata) || (wanted.has('W') && !out.writeable)) {
      announce('requested', out.nbytes, 'cpu:0', 'cpu:0');
      out = copyAs(out, out.dtype, order) as NDArray;
    }
    return out;
  },
);
