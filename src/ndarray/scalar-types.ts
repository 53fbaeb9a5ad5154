import { ArrayValue } from '../core/array.js';
import { type ArrayLike, fromScalar, scalarOf, toArray } from '../core/coerce.js';
import { Complex, complex as makeComplex } from '../core/complex.js';
import { byName, bytesDtype, type DType, type DTypeName, strDtype } from '../core/dtype.js';
import { ValueError } from '../core/errors.js';
import { castTo } from '../core/ops/move.js';
import { pythonText } from '../core/scalars/index.js';
import { decode, encode } from '../core/strings/codecs.js';
import type { Known, NDArray } from './ndarray.js';

/** The scalar types: callables that make 0-d arrays, and stand for their dtype wherever one is taken. */

/** A scalar type: called with a value it gives a 0-d array of its dtype; anywhere a dtype is taken it stands for its own. */
export interface ScalarTypeOf<N extends DTypeName> {
  (value?: ArrayLike | string | Uint8Array, encoding?: string, errors?: string): NDArray<Known<N>>;
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

/** The scalar types of text: a value and how it is encoded become text or bytes of its own length. */
function flexible<N extends 'str' | 'bytes'>(
  row: DType<N>,
  name: string,
  make: (value: unknown, encoding?: string, errors?: string) => string | Uint8Array,
): ScalarTypeOf<N> {
  const call = (value: unknown = '', encoding?: string, errors?: string): NDArray<any> => {
    const v = value instanceof ArrayValue && value.ndim === 0 ? scalarOf(value) : value;
    return fromScalar(make(v, encoding, errors), row) as NDArray<any>;
  };
  Object.defineProperty(call, 'name', { value: name });
  return Object.assign(call, { dtype: row, toString: () => `<class 'numpy.${name}'>` }) as unknown as ScalarTypeOf<N>;
}

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
/**
 * Text as an array without axes; anything else as Python's `str` of it.
 * @example np.str_('abc') // → array('abc', dtype='<U3')
 */
export const str_: ScalarTypeOf<'str'> = /*@__PURE__*/ flexible(strDtype(0), 'str_', (v, encoding, errors) =>
  v instanceof Uint8Array && encoding !== undefined ? decode(v, encoding, errors) : pythonText(v),
);
/**
 * Bytes as an array without axes, from a Uint8Array or a text (ASCII unless an encoding is named).
 * @throws UnicodeEncodeError
 * @example np.bytes_('abc').dtype.str // → '|S3'
 */
export const bytes_: ScalarTypeOf<'bytes'> = /*@__PURE__*/ flexible(bytesDtype(0), 'bytes_', (v, encoding, errors) =>
  v instanceof Uint8Array ? v : encode(pythonText(v), encoding ?? 'ascii', errors),
);
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

/**
 * A complex number, as a value: `np.complex(1, 2)` is 1+2j, an object of the package complex.js.
 * @example np.array([np.complex(1, 2)]) // → array([1.+2.j])
 */
export const complex: (re: number, im?: number) => Complex = (re, im = 0) => makeComplex(re, im);
export { Complex };
