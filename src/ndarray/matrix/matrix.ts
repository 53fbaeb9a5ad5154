import { ArrayValue, type Face } from '../../core/array.js';
import { type ArrayLike, toOperand } from '../../core/coerce.js';
import type { DeviceBuffer } from '../../core/device/device.js';
import { ARRAY_FUNCTION, type PublicFunction } from '../../core/dispatch.js';
import { asDtype, type DType, type DTypeLike, type DTypeName } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { hidden, inspectable } from '../../core/inspect.js';
import { Storage } from '../../core/memory.js';
import { parseIndex } from '../../core/ops/entries.js';
import { bindFor, isKeywords } from '../../core/signature.js';
import { cStrides } from '../../core/view.js';
import { dot } from '../contraction/products.js';
import { convert } from '../creation/convert.js';
import { direct } from '../creation/make.js';
import { getIndex } from '../indexing/item.js';
import * as linalg from '../linalg/index.js';
import { setitem } from '../../core/ops/assign.js';
import { arrayFace, NDArray, plainArray } from '../ndarray.js';
import { array_repr } from '../print/index.js';
import { all, any, argmax, argmin, max, mean, min, prod, ptp, std, sum, var as var_ } from '../statistics/index.js';
import { rowsOfText } from './parse.js';

/** `np.matrix`: arrays that always have two axes, and whose `mul` is the matrix product. */

/** How matrices make matrices. What has not two axes is an array. */
const matrixFace: Face = {
  name: 'matrix',
  priority: 10,
  fresh: (buffer: DeviceBuffer, dtype, shape, strides) =>
    shape.length === 2
      ? new Matrix(new Storage(buffer), dtype, shape, strides ?? cStrides(shape, dtype.itemsize), 0, null, true)
      : arrayFace.fresh(buffer, dtype, shape, strides),
  view: (of, dtype, shape, strides, offset) => (of as NDArray).viewOf(dtype, shape, strides, offset),
  beforeWrite: arrayFace.beforeWrite,
};

/** The class of what `np.matrix` makes. */
export class Matrix<N extends DTypeName = any> extends NDArray<N> {
  override get face(): Face {
    return matrixFace;
  }
  override viewOf<M extends DTypeName = N>(
    dtype: DType<M>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ): NDArray<M> {
    if (shape.length !== 2) return plainArray(this).viewOf(dtype, shape, strides, offset);
    const base = (this.base ?? this) as unknown as NDArray;
    return new Matrix<M>(this.storage, dtype, shape, strides, offset, base, this.writeable);
  }
  override repr(): string {
    return array_repr(this as unknown as ArrayValue, null, null, null, 'matrix');
  }

  /** The same elements as an array. */
  get A(): NDArray<N> {
    return plainArray(this);
  }
  /** The elements as an array with one axis. */
  get A1(): NDArray<N> {
    return plainArray(this).ravel() as NDArray<N>;
  }
  /** The conjugate transpose. */
  get H(): Matrix<N> {
    return (this.dtype.kind === 'c' ? this.T.conj() : this.T) as Matrix<N>;
  }
  /** The inverse, of matrices that are not square the pseudo-inverse. @throws LinAlgError `Singular matrix` */
  get I(): Matrix {
    const find = (
      this.shape[0] === this.shape[1] ? linalg.inv : (linalg as Record<string, unknown>).pinv
    ) as AnyFunction;
    return finalize(find(plainArray(this)) as NDArray) as Matrix;
  }
  getA(): NDArray<N> {
    return this.A;
  }
  getA1(): NDArray<N> {
    return this.A1;
  }
  getH(): Matrix<N> {
    return this.H;
  }
  getI(): Matrix {
    return this.I;
  }
  getT(): Matrix<N> {
    return this.T as Matrix<N>;
  }
}
inspectable(Matrix, 'matrix');

/** An array of any shape as a matrix: with more than two axes where others than two have length 1. */
function finalize(a: NDArray): NDArray {
  if (a instanceof Matrix) return a;
  let shape = a.shape;
  let strides = a.strides;
  if (a.ndim > 2) {
    shape = a.shape.filter((n) => n > 1);
    strides = a.strides.filter((_, d) => a.shape[d] > 1);
    if (shape.length > 2) throw new ValueError('shape too large to be a matrix.');
  }
  const lead = new Array<number>(2 - shape.length).fill(1);
  const first = shape.length === 1 ? shape[0] * strides[0] : a.itemsize;
  return new Matrix(
    a.storage,
    a.dtype,
    [...lead, ...shape],
    [...lead.map(() => first), ...strides],
    a.offset,
    a.base,
    a.writeable,
  );
}

/** Functions whose results are arrays whatever they are given, as in NumPy. */
const PLAIN: ReadonlySet<string> = new Set(
  `argwhere array asarray asarray_chkfinite ascontiguousarray asfortranarray broadcast_arrays copy corrcoef cov cross diag
  diag_indices_from diagonal digitize einsum expand_dims extract flatnonzero histogram histogram_bin_edges i0 intersect1d iscomplex
  isin lexsort nonzero outer pad poly polyint ravel resize select setdiff1d setxor1d sinc sort_complex tensordot trace tril
  tril_indices_from triu triu_indices_from unique unique_all unique_counts unique_inverse unique_values unwrap where union1d interp
  convolve correlate bincount searchsorted linalg.eigvals linalg.eigvalsh linalg.svdvals linalg.det linalg.slogdet linalg.norm
  linalg.matrix_norm linalg.cond linalg.matrix_rank linalg.tensorinv linalg.outer linalg.cross linalg.diagonal linalg.trace
  linalg.tensordot`.split(/\s+/),
);

/** Functions whose results are as one of their arguments is, by its position. */
const AS_ARGUMENT: Readonly<Record<string, number>> = { 'linalg.solve': 1, 'linalg.lstsq': 1, 'linalg.tensorsolve': 0 };
/** Results among several that are arrays whatever was given, by their position. */
const PLAIN_PARTS: Readonly<Record<string, readonly number[]>> = {
  'linalg.eig': [0],
  'linalg.eigh': [0],
  'linalg.svd': [1],
  'linalg.lstsq': [2, 3],
};

type AnyFunction = (...args: any[]) => any;

/** Reductions, which keep both axes. */
const REDUCTIONS: Readonly<Record<string, AnyFunction>> = {
  sum,
  prod,
  mean,
  std,
  var: var_,
  any,
  all,
  max,
  min,
  argmax,
  argmin,
  ptp,
};
/** Those whose method takes the axes 0 and 1 only. */
const ALIGNED: readonly string[] = ['argmax', 'argmin', 'ptp'];
const ALIASES: Readonly<Record<string, string>> = { amax: 'max', amin: 'min' };

function reduced(name: string, m: Matrix, rest: readonly unknown[]): unknown {
  const last = rest[rest.length - 1];
  const kw = isKeywords(last) ? last : {};
  const positional = isKeywords(last) ? rest.slice(0, -1) : rest;
  const axis = positional.length > 0 ? positional[0] : kw.axis;
  if (ALIGNED.includes(name) && axis !== undefined && axis !== null && axis !== 0 && axis !== 1)
    throw new ValueError('unsupported axis');
  const keep = axis === undefined || axis === null ? {} : { keepdims: true };
  const result = REDUCTIONS[name](plainArray(m), ...positional, { ...unwrapAll(kw), ...keep });
  return result instanceof NDArray && result.ndim > 0 ? finalize(result) : result;
}

const unwrap = (x: unknown): unknown => (x instanceof Matrix ? plainArray(x) : Array.isArray(x) ? x.map(unwrap) : x);
const unwrapAll = (kw: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(kw).map(([k, v]) => [k, unwrap(v)]));
/** Arrays as matrices, also in lists, whose names they keep. */
function wrap(x: unknown, plain: readonly number[] = []): unknown {
  if (x instanceof NDArray) return x.ndim === 0 ? x : finalize(x);
  if (!Array.isArray(x)) return x;
  const out: unknown[] = x.map((e, i) => (plain.includes(i) ? e : wrap(e)));
  for (const key of Object.getOwnPropertyNames(x)) {
    if (key === 'length' || /^\d+$/.test(key)) continue;
    const at = x.indexOf((x as never)[key]);
    if (at >= 0) hidden(out, key, out[at]);
  }
  return out;
}

/** Every np function sees plain arrays in place of matrices; most of what they give is made matrices again. */
hidden(
  Matrix.prototype,
  ARRAY_FUNCTION,
  (fn: PublicFunction, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): unknown => {
    const name = ALIASES[fn.functionName] ?? fn.functionName;
    if (name === 'array_repr' && args[0] instanceof Matrix) {
      const [m, width, precision, suppress] = bindFor(fn, args, kwargs) as [ArrayValue, number, number, boolean];
      return array_repr(m, width, precision, suppress, 'matrix');
    }
    const rest = Object.keys(kwargs).length > 0 ? [kwargs] : [];
    // Matrices do not say of what class arrays made `like` them are.
    if (fn.signature?.endsWith('like=None')) return fn(...args, ...rest);
    if (Object.hasOwn(REDUCTIONS, name) && name !== 'ptp' && args[0] instanceof Matrix && kwargs.out === undefined)
      return reduced(name, args[0], [...args.slice(1), ...rest]);
    // NumPy's median takes means by the matrix' own method.
    const keep = name === 'median' && (args[1] ?? kwargs.axis ?? null) !== null ? { keepdims: true } : {};
    const result = fn(...args.map(unwrap), { ...unwrapAll(kwargs), ...keep });
    const out = Array.isArray(kwargs.out) && kwargs.out.length === 1 ? kwargs.out[0] : kwargs.out;
    if (out instanceof ArrayValue) return out;
    if (PLAIN.has(name)) return result;
    const as = AS_ARGUMENT[name];
    if (as !== undefined && !(args[as] instanceof Matrix)) return result;
    // The reflections' factors of a raw QR are an array.
    const raw = name === 'linalg.qr' && (args[1] ?? kwargs.mode) === 'raw' ? [1] : [];
    return wrap(result, PLAIN_PARTS[name] ?? raw);
  },
);

// ---- methods of matrices that differ from those of arrays -----------------------------------------------------------------

/** The product: other operands are matrices, numbers scale. */
function product(m: Matrix, other: unknown): NDArray {
  const right = toOperand(other) as NDArray;
  return finalize(
    dot(plainArray(m), right.ndim === 0 ? (other as number) : plainArray(asMatrix(right, null, false))) as NDArray,
  );
}

const power = (m: Matrix, exponent: unknown): NDArray =>
  finalize(linalg.matrix_power(plainArray(m), exponent as number) as NDArray);

/** An index: two axes are kept, a column where the second entry is one integer. */
function at(m: Matrix, index: readonly unknown[]): NDArray {
  const out = getIndex(plainArray(m), index);
  if (out.ndim === 0) return out;
  if (out.ndim !== 1) return out.ndim === 2 ? finalize(out) : out;
  const entries = parseIndex(index);
  if (entries.length > 1 && entries[1].kind === 'int')
    return finalize(out.viewOf(out.dtype, [out.shape[0], 1], [out.strides[0], out.itemsize], out.offset));
  return finalize(out);
}

/** Methods that give matrices where functions of the same name, or the operations below them, give arrays. */
const KEEPING: readonly string[] =
  'ravel flatten diagonal trace copy astype reshape repeat take compress choose cumsum cumprod round clip swapaxes argsort argpartition'.split(
    ' ',
  );

const methods: Readonly<Record<string, (this: Matrix, ...args: any[]) => unknown>> = {
  mul(other) {
    return product(this, other);
  },
  imul(other) {
    setitem(this, ['...'], product(this, other));
    return this;
  },
  pow(exponent) {
    return power(this, exponent);
  },
  ipow(exponent) {
    setitem(this, ['...'], power(this, exponent));
    return this;
  },
  at(...index) {
    return at(this, index);
  },
  tolist(options) {
    return plainArray(this).tolist(options);
  },
  ...Object.fromEntries(
    KEEPING.map((name) => [
      name,
      function (this: Matrix, ...args: unknown[]): unknown {
        const own = (plainArray(this) as unknown as Record<string, AnyFunction>)[name](...args);
        return own instanceof NDArray ? finalize(own) : own;
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.keys(REDUCTIONS).map((name) => [
      name,
      function (this: Matrix, ...rest: unknown[]): unknown {
        return reduced(name, this, rest);
      },
    ]),
  ),
};
for (const [name, f] of Object.entries(methods)) hidden(Matrix.prototype, name, f);
hidden(Matrix.prototype, Symbol.iterator, function* (this: Matrix): Generator<NDArray> {
  for (let i = 0; i < this.shape[0]; i++) yield at(this, [i]);
});

// ---- making matrices -------------------------------------------------------------------------------------------------------

function asMatrix(data: unknown, dtype: DType | null, copy: boolean): Matrix {
  if (data instanceof Matrix) {
    if ((dtype === null || dtype === data.dtype) && !copy) return data;
    return data.astype(dtype ?? data.dtype) as Matrix;
  }
  if (data instanceof NDArray) {
    const cast = dtype !== null && dtype !== data.dtype;
    if (cast) return finalize(data.astype(dtype) as NDArray) as Matrix;
    return finalize(copy ? (data.copy() as NDArray) : plainView(data)) as Matrix;
  }
  const given = typeof data === 'string' ? rowsOfText(data) : data;
  const a =
    typeof given === 'number' && dtype === null
      ? (toOperand(given) as NDArray)
      : convert(given, dtype, copy || null, 'K');
  if (a.ndim > 2) throw new ValueError('matrix must be 2-dimensional');
  return finalize(a) as Matrix;
}

/** Another array over the same memory. */
const plainView = (a: NDArray): NDArray => a.viewOf(a.dtype, a.shape, a.strides, a.offset);

const orNull = (d: unknown): DType | null => (d === null || d === undefined ? null : asDtype(d as DTypeLike));

export interface MatrixConstructor {
  (data: ArrayLike | string, dtype?: DTypeLike | null, copy?: boolean): Matrix;
  (data: ArrayLike | string, kw: { dtype?: DTypeLike | null; copy?: boolean }): Matrix;
  readonly prototype: Matrix;
}
export type matrix = Matrix;

const make = /*@__PURE__*/ direct<AnyFunction>('matrix', 'data, dtype=None, copy=True', (data, dtype, copy) =>
  asMatrix(data, orNull(dtype), copy !== false),
);

/**
 * A matrix: an array that always has two axes, whose `mul` is the matrix product and whose `pow` multiplies it by itself. Text has
 * semicolons between rows and spaces or commas between columns. `A` is the same as an array, `H` the conjugate transpose, `I` the inverse.
 *
 * @throws ValueError `matrix must be 2-dimensional`, `Rows not the same size.`
 * @example np.matrix('1 2; 3 4').mul(np.matrix('1; 1')) // → matrix([[3],
 * //           [7]])
 */
export const matrix: MatrixConstructor = /*@__PURE__*/ Object.assign(
  function (...args: unknown[]): Matrix {
    return make(...args);
  },
  // A class in NumPy: instances are to be known as such.
  { prototype: Matrix.prototype },
) as never;

/**
 * Data as a matrix, without a copy where it is an array.
 * @throws ValueError `matrix must be 2-dimensional`
 * @example np.asmatrix([1, 2]) // → matrix([[1., 2.]])
 */
export const asmatrix: (data: ArrayLike | string, dtype?: DTypeLike | null | { dtype?: DTypeLike | null }) => Matrix =
  /*@__PURE__*/ direct('asmatrix', 'data, dtype=None', (data, dtype) => asMatrix(data, orNull(dtype), false));
