import type { DType, DTypeName } from './class.js';
import type { DTypeCode } from './aliases.js';

/** The dtypes that codes stand for, in types: `'f4'` is `'float32'`. */

/** The names of NumPy's codes and of the older spellings, without byte order. */
interface Codes {
  '?': 'bool';
  b1: 'bool';
  bool_: 'bool';
  b: 'int8';
  i1: 'int8';
  byte: 'int8';
  B: 'uint8';
  u1: 'uint8';
  ubyte: 'uint8';
  h: 'int16';
  i2: 'int16';
  short: 'int16';
  H: 'uint16';
  u2: 'uint16';
  ushort: 'uint16';
  i: 'int32';
  i4: 'int32';
  intc: 'int32';
  I: 'uint32';
  u4: 'uint32';
  uintc: 'uint32';
  l: 'int64';
  q: 'int64';
  p: 'int64';
  i8: 'int64';
  int: 'int64';
  int_: 'int64';
  intp: 'int64';
  long: 'int64';
  longlong: 'int64';
  L: 'uint64';
  Q: 'uint64';
  P: 'uint64';
  u8: 'uint64';
  uint: 'uint64';
  uintp: 'uint64';
  ulong: 'uint64';
  ulonglong: 'uint64';
  e: 'float16';
  f2: 'float16';
  half: 'float16';
  f: 'float32';
  f4: 'float32';
  single: 'float32';
  d: 'float64';
  f8: 'float64';
  g: 'float64';
  double: 'float64';
  float: 'float64';
  float_: 'float64';
  longdouble: 'float64';
  float128: 'float64';
  F: 'complex64';
  c8: 'complex64';
  csingle: 'complex64';
  D: 'complex128';
  c16: 'complex128';
  G: 'complex128';
  cdouble: 'complex128';
  complex: 'complex128';
  complex_: 'complex128';
  clongdouble: 'complex128';
  complex256: 'complex128';
  O: 'object';
  object_: 'object';
  str_: 'str';
  bytes_: 'bytes';
  c: 'bytes';
}

type Native<C> = C extends `${'<' | '>' | '=' | '|' | '@'}${infer R}` ? R : C;

/** The dtype's name that a name or code stands for. */
export type NameOf<C> = C extends DTypeName
  ? C
  : Native<C> extends infer R
    ? R extends DTypeName
      ? R
      : R extends keyof Codes
        ? Codes[R]
        : R extends `U${string}`
          ? 'str'
          : R extends `${'S' | 'a'}${string}`
            ? 'bytes'
            : R extends `V${string}`
              ? 'void'
              : R extends `${'M' | 'datetime64'}${string}`
                ? 'datetime64'
                : R extends `${'m' | 'timedelta64'}${string}`
                  ? 'timedelta64'
                  : never
    : never;

/** What names a dtype: its name, or a code. */
export type DTypeText = DTypeName | DTypeCode;

/** A dtype argument whose text can be told from its type: its `NameOf` is the dtype of the result. */
export type DTypeArg<N extends DTypeText = DTypeText> =
  | N
  | (DType & { readonly family: N })
  | { readonly dtype: DType & { readonly family: N } };
