import { Complex, complex as makeComplex } from '../core/complex.js';
import { scalarTypeOf, type ScalarTypeOf } from './scalar-class.js';
import type { DType, DTypeLike, StructuredLike } from '../core/dtype.js';
import type { NDArray } from './ndarray.js';

/** The scalar types: callables that make 0-d arrays, and stand for their dtype wherever one is taken. */

export type { ScalarTypeOf } from './scalar-class.js';

/** `np.bool(3)`; as a dtype argument, bool. */
export const bool: ScalarTypeOf<'bool'> = /*@__PURE__*/ scalarTypeOf('bool');
export const bool_: ScalarTypeOf<'bool'> = bool;
export const int8: ScalarTypeOf<'int8'> = /*@__PURE__*/ scalarTypeOf('int8');
export const uint8: ScalarTypeOf<'uint8'> = /*@__PURE__*/ scalarTypeOf('uint8');
export const int16: ScalarTypeOf<'int16'> = /*@__PURE__*/ scalarTypeOf('int16');
export const uint16: ScalarTypeOf<'uint16'> = /*@__PURE__*/ scalarTypeOf('uint16');
export const int32: ScalarTypeOf<'int32'> = /*@__PURE__*/ scalarTypeOf('int32');
export const uint32: ScalarTypeOf<'uint32'> = /*@__PURE__*/ scalarTypeOf('uint32');
const int64Type: ScalarTypeOf<'int64'> = /*@__PURE__*/ scalarTypeOf('int64');
const uint64Type: ScalarTypeOf<'uint64'> = /*@__PURE__*/ scalarTypeOf('uint64');
const float16Type: ScalarTypeOf<'float16'> = /*@__PURE__*/ scalarTypeOf('float16');
const float32Type: ScalarTypeOf<'float32'> = /*@__PURE__*/ scalarTypeOf('float32');
const float64Type: ScalarTypeOf<'float64'> = /*@__PURE__*/ scalarTypeOf('float64');
const complex128Type: ScalarTypeOf<'complex128'> = /*@__PURE__*/ scalarTypeOf('complex128');
export const complex64: ScalarTypeOf<'complex64'> = /*@__PURE__*/ scalarTypeOf('complex64');
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
export const str_: ScalarTypeOf<'str'> = /*@__PURE__*/ scalarTypeOf('str');
/**
 * Bytes as an array without axes, from a Uint8Array or a text (ASCII unless an encoding is named).
 * @throws UnicodeEncodeError
 * @example np.bytes_('abc').dtype.str // → '|S3'
 */
export const bytes_: ScalarTypeOf<'bytes'> = /*@__PURE__*/ scalarTypeOf('bytes');
/**
 * An array without axes that holds any value.
 * @example np.object_('abc') // → array('abc', dtype=object)
 */
export const object_: ScalarTypeOf<'object'> = /*@__PURE__*/ scalarTypeOf('object');
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
const voidType = /*@__PURE__*/ scalarTypeOf('void') as unknown as VoidType;
export { voidType as void };

/**
 * A complex number, as a value: `np.complex(1, 2)` is 1+2j, an object of the package complex.js.
 * @example np.array([np.complex(1, 2)]) // → array([1.+2.j])
 */
export const complex: (re: number, im?: number) => Complex = (re, im = 0) => makeComplex(re, im);
export { Complex };
