import { ArrayValue } from '../core/array.js';
import { type ArrayLike, fromScalar, toArray } from '../core/coerce.js';
import { Complex, complex as makeComplex } from '../core/complex.js';
import {
  asDtype,
  byName,
  type DType,
  type DTypeLike,
  type DTypeName,
  type StructuredLike,
  voidDtype,
} from '../core/dtype.js';
import { TypeError, ValueError } from '../core/errors.js';
import { castTo } from '../core/ops/move.js';
import { isKeywords } from '../core/signature.js';
import type { Known, NDArray } from './ndarray.js';

/** The scalar types: callables that make 0-d arrays, and stand for their dtype wherever one is taken. */

/** A scalar type: called with a value it gives a 0-d array of its dtype; anywhere a dtype is taken it stands for its own. */
export interface ScalarTypeOf<N extends DTypeName> {
  (value?: ArrayLike | string): NDArray<Known<N>>;
  readonly dtype: DType<N>;
}

const scalarType = <N extends DTypeName>(row: DType<N>): ScalarTypeOf<N> => {
  const make = (value: unknown = 0): NDArray<N> => {
    if (value instanceof ArrayValue || Array.isArray(value) || ArrayBuffer.isView(value)) {
      const a = toArray(value);
      return castTo(a, row) as NDArray<N>;
    }
    return fromScalar(typeof value === 'string' ? fromText(value, row) : value, row) as NDArray<N>;
  };
  Object.defineProperty(make, 'name', { value: row.name });
  return Object.assign(make, { dtype: row, toString: () => `<class 'numpy.${row.name}'>` });
};

/** A number from its text. @throws ValueError as Python's int and float do */
function fromText(text: string, row: DType): number | bigint {
  const t = text.trim().replace(/^([+-]?)inf(inity)?$/i, '$1Infinity');
  if (row.kind === 'i' || row.kind === 'u') {
    if (!/^[+-]?\d+$/.test(t)) throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
    return BigInt(t.replace(/^\+/, ''));
  }
  const v = /^[+-]?nan$/i.test(t) ? Number.NaN : Number(t);
  if (t === '' || (Number.isNaN(v) && !/nan$/i.test(t)))
    throw new ValueError(`could not convert string to float: '${text}'`);
  return v;
}

/** `np.bool(3)`; as a dtype argument, bool. */
export const bool: ScalarTypeOf<'bool'> = /*@__PURE__*/ scalarType(byName.bool);
export const bool_: ScalarTypeOf<'bool'> = bool;
export const int8: ScalarTypeOf<'int8'> = /*@__PURE__*/ scalarType(byName.int8);
export const uint8: ScalarTypeOf<'uint8'> = /*@__PURE__*/ scalarType(byName.uint8);
export const int16: ScalarTypeOf<'int16'> = /*@__PURE__*/ scalarType(byName.int16);
export const uint16: ScalarTypeOf<'uint16'> = /*@__PURE__*/ scalarType(byName.uint16);
export const int32: ScalarTypeOf<'int32'> = /*@__PURE__*/ scalarType(byName.int32);
export const uint32: ScalarTypeOf<'uint32'> = /*@__PURE__*/ scalarType(byName.uint32);
const int64Type: ScalarTypeOf<'int64'> = /*@__PURE__*/ scalarType(byName.int64);
const uint64Type: ScalarTypeOf<'uint64'> = /*@__PURE__*/ scalarType(byName.uint64);
const float16Type: ScalarTypeOf<'float16'> = /*@__PURE__*/ scalarType(byName.float16);
const float32Type: ScalarTypeOf<'float32'> = /*@__PURE__*/ scalarType(byName.float32);
const float64Type: ScalarTypeOf<'float64'> = /*@__PURE__*/ scalarType(byName.float64);
const complex128Type: ScalarTypeOf<'complex128'> = /*@__PURE__*/ scalarType(byName.complex128);
export const complex64: ScalarTypeOf<'complex64'> = /*@__PURE__*/ scalarType(byName.complex64);
export {
  complex128Type as complex128,
  float16Type as float16,
  float32Type as float32,
  float64Type as float64,
  int64Type as int64,
  uint64Type as uint64,
};
export const byte: ScalarTypeOf<'int8'> = int8;
export const ubyte: ScalarTypeOf<'uint8'> = uint8;
export const short: ScalarTypeOf<'int16'> = int16;
export const ushort: ScalarTypeOf<'uint16'> = uint16;
export const intc: ScalarTypeOf<'int32'> = int32;
export const uintc: ScalarTypeOf<'uint32'> = uint32;
export const int_: ScalarTypeOf<'int64'> = int64Type;
export const uint: ScalarTypeOf<'uint64'> = uint64Type;
export const intp: ScalarTypeOf<'int64'> = int64Type;
export const uintp: ScalarTypeOf<'uint64'> = uint64Type;
export const long: ScalarTypeOf<'int64'> = int64Type;
export const ulong: ScalarTypeOf<'uint64'> = uint64Type;
export const longlong: ScalarTypeOf<'int64'> = int64Type;
export const ulonglong: ScalarTypeOf<'uint64'> = uint64Type;
export const half: ScalarTypeOf<'float16'> = float16Type;
export const single: ScalarTypeOf<'float32'> = float32Type;
export const double: ScalarTypeOf<'float64'> = float64Type;
export const csingle: ScalarTypeOf<'complex64'> = complex64;
/** float64: there is no wider type here. */
export const longdouble: ScalarTypeOf<'float64'> = float64Type;
export const clongdouble: ScalarTypeOf<'complex128'> = complex128Type;
export const cdouble: ScalarTypeOf<'complex128'> = complex128Type;

export interface VoidType {
  (
    value: unknown,
    dtype?: DTypeLike | StructuredLike | null | { dtype?: DTypeLike | StructuredLike | null },
  ): NDArray<'void'>;
  readonly dtype: DType<'void'>;
}

/**
 * Raw memory: so many zero bytes, the bytes of a value, or a structure's element.
 * @example np.void(3).dtype.str // → '|V3'
 */
const voidType: VoidType = /*@__PURE__*/ Object.assign(
  (value: unknown, given?: unknown): NDArray<'void'> => {
    const asked = isKeywords(given) && 'dtype' in given ? given.dtype : given;
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    if (asked !== undefined && asked !== null) {
      const d = asDtype(asked as DTypeLike);
      if (d.kind !== 'V') throw new TypeError(`void: descr must be a \`void\` that is not an array (got ${d.repr()})`);
      return fromScalar(
        bytes,
        d.itemsize === 0 && bytes instanceof Uint8Array ? voidDtype(bytes.length) : d,
      ) as NDArray<'void'>;
    }
    const n =
      typeof value === 'number' || typeof value === 'bigint'
        ? Number(value)
        : value instanceof ArrayValue && (value.dtype.kind === 'i' || value.dtype.kind === 'u') && value.ndim === 0
          ? Number(value)
          : null;
    if (n !== null) {
      if (!Number.isInteger(n) || n < 0 || n > 0x7fffffff)
        throw new (Number.isInteger(n) ? ValueError : TypeError)(
          Number.isInteger(n)
            ? `size must be non-negative and not greater than ${0x7fffffff}`
            : `a bytes-like object is required, not 'float'`,
        );
      return fromScalar(new Uint8Array(n), voidDtype(n)) as NDArray<'void'>;
    }
    if (value instanceof ArrayValue && value.dtype.kind === 'V') return castTo(value, value.dtype) as NDArray<'void'>;
    if (!(bytes instanceof Uint8Array))
      throw new TypeError(
        `a bytes-like object is required, not '${Array.isArray(value) ? 'tuple' : value === null ? 'NoneType' : typeof value}'`,
      );
    return fromScalar(bytes, voidDtype(bytes.length)) as NDArray<'void'>;
  },
  { dtype: voidDtype(0), toString: () => "<class 'numpy.void'>" },
);
Object.defineProperty(voidType, 'name', { value: 'void' });
export { voidType as void };

/**
 * A complex number, as a value: `np.complex(1, 2)` is 1+2j, an object of the package complex.js.
 * @example np.array([np.complex(1, 2)]) // → array([1.+2.j])
 */
export const complex: (re: number, im?: number) => Complex = (re, im = 0) => makeComplex(re, im);
export { Complex };
