import { Complex } from '../core/complex.js';
import type { DTypeName } from '../core/dtype.js';
import { scalarTypeOf, type ScalarTypeOf } from './scalar-class.js';

/** Tables of the scalar types. */

/** Every name of a scalar type, in NumPy's order. */
const NAMES: Readonly<Record<string, DTypeName>> = {
  bool: 'bool',
  float16: 'float16',
  float32: 'float32',
  float64: 'float64',
  longdouble: 'float64',
  complex64: 'complex64',
  complex128: 'complex128',
  clongdouble: 'complex128',
  bytes_: 'bytes',
  str_: 'str',
  void: 'void',
  object_: 'object',
  datetime64: 'datetime64',
  timedelta64: 'timedelta64',
  int8: 'int8',
  byte: 'int8',
  uint8: 'uint8',
  ubyte: 'uint8',
  int16: 'int16',
  short: 'int16',
  uint16: 'uint16',
  ushort: 'uint16',
  int32: 'int32',
  intc: 'int32',
  uint32: 'uint32',
  uintc: 'uint32',
  int64: 'int64',
  long: 'int64',
  uint64: 'uint64',
  ulong: 'uint64',
  longlong: 'int64',
  ulonglong: 'uint64',
  intp: 'int64',
  uintp: 'uint64',
  double: 'float64',
  cdouble: 'complex128',
  single: 'float32',
  csingle: 'complex64',
  half: 'float16',
  bool_: 'bool',
  int_: 'int64',
  uint: 'uint64',
  float: 'float64',
  complex: 'complex128',
  object: 'object',
  bytes: 'bytes',
  a: 'bytes',
  int: 'int64',
  str: 'str',
  unicode: 'str',
};

/** The scalar types by all of their names. @example np.sctypeDict.double === np.float64 // → true */
export const sctypeDict: Readonly<Record<string, ScalarTypeOf<any>>> = /*@__PURE__*/ Object.fromEntries(
  /*@__PURE__*/ Object.entries(NAMES).map(([name, family]) => [name, scalarTypeOf(family)]),
);

const FAMILIES: readonly DTypeName[] = [
  'bool',
  'complex64',
  'complex128',
  'float16',
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'int64',
  'datetime64',
  'timedelta64',
  'object',
  'bytes',
  'str',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'void',
];

/**
 * JavaScript's classes of lone values, and the scalar types.
 * @example np.ScalarType.includes(np.int8) // → true
 */
export const ScalarType: readonly unknown[] = /*@__PURE__*/ Object.freeze([
  BigInt,
  Number,
  Complex,
  Boolean,
  Uint8Array,
  String,
  .../*@__PURE__*/ FAMILIES.map((f) => scalarTypeOf(f)),
]);
