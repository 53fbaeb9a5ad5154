import {
  DTYPES,
  bool,
  complex64,
  complex128,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
} from './numeric.js';
import { bytesDtype, charDtype, objectDtype, strDtype, swappedOf, voidDtype } from './parametric.js';
import type { DType } from './class.js';

/** The spellings of dtypes beside their names. */

/** Other spellings NumPy takes for the numeric dtypes (character codes, C names, Python's own types by name). */
export const ALIASES: Record<string, DType> = {
  bool_: bool,
  int: int64,
  int_: int64,
  intp: int64,
  intc: int32,
  short: int16,
  byte: int8,
  ubyte: uint8,
  ushort: uint16,
  uintc: uint32,
  uint: uint64,
  uintp: uint64,
  long: int64,
  ulong: uint64,
  longlong: int64,
  ulonglong: uint64,
  half: float16,
  single: float32,
  double: float64,
  float: float64,
  float_: float64,
  longdouble: float64,
  csingle: complex64,
  cdouble: complex128,
  complex: complex128,
  complex_: complex128,
  clongdouble: complex128,
  float128: float64,
  complex256: complex128,
  str: strDtype(0),
  str_: strDtype(0),
  unicode: strDtype(0),
  bytes: bytesDtype(0),
  bytes_: bytesDtype(0),
  a: bytesDtype(0),
  c: charDtype,
  object: objectDtype,
  object_: objectDtype,
  O: objectDtype,
  O8: objectDtype,
  void: voidDtype(0),
};
for (const d of DTYPES) {
  ALIASES[d.name] = d;
  ALIASES[d.char] = d;
  const code = `${d.kind}${d.itemsize}`;
  for (const order of ['', '<', '=', '|']) ALIASES[order + code] = d;
  for (const order of ['<', '=', '|', '@']) ALIASES[order + d.char] = d;
  const other = swappedOf(d);
  for (const order of ['>', '!']) {
    ALIASES[order + code] = other;
    ALIASES[order + d.char] = other;
  }
}
/** Codes of C types that are the same as others. */
const C_CODES: Readonly<Record<string, DType>> = {
  p: int64,
  n: int64,
  q: int64,
  P: uint64,
  N: uint64,
  Q: uint64,
  g: float64,
  G: complex128,
};
for (const order of ['', '<', '>', '=', '|', '!']) {
  ALIASES[`${order}O`] = ALIASES[`${order}O8`] = objectDtype;
  ALIASES[`${order}c`] = charDtype;
  for (const [code, d] of Object.entries(C_CODES))
    ALIASES[order + code] = order === '>' || order === '!' ? swappedOf(d) : d;
}

type Sized = 'b1' | 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f2' | 'f4' | 'f8' | 'c8' | 'c16';
type Letter = '?' | 'b' | 'B' | 'h' | 'H' | 'i' | 'I' | 'l' | 'L' | 'e' | 'f' | 'd' | 'F' | 'D';
type Order = '' | '<' | '>' | '=' | '|';
/** Spellings of dtypes that are no numbers: text, bytes, raw memory, objects, dates and durations. */
export type OtherCode =
  | `${Order}${'U' | 'S' | 'V'}`
  | `${Order}${'U' | 'S' | 'V'}${number}`
  | `${Order}${'M8' | 'm8'}`
  | `${Order}${'M8' | 'm8'}[${string}]`
  | `${Order}${'datetime64' | 'timedelta64'}[${string}]`
  | 'U'
  | 'S'
  | 'V'
  | 'M'
  | 'm'
  | 'O'
  | 'a'
  | 'c'
  | 'str_'
  | 'bytes_'
  | 'object_';
/** The spellings of dtypes beside their names: NumPy's codes with and without byte order, its older names, and Python's types by name. */
export type DTypeCode =
  | `${Order}${Sized}`
  | `${Order | '@'}${Letter}`
  | OtherCode
  | 'p'
  | 'P'
  | 'q'
  | 'Q'
  | 'g'
  | 'G'
  | 'bool_'
  | 'int'
  | 'int_'
  | 'intp'
  | 'intc'
  | 'short'
  | 'byte'
  | 'ubyte'
  | 'ushort'
  | 'uintc'
  | 'uint'
  | 'uintp'
  | 'long'
  | 'ulong'
  | 'longlong'
  | 'ulonglong'
  | 'half'
  | 'single'
  | 'double'
  | 'float'
  | 'float_'
  | 'longdouble'
  | 'csingle'
  | 'cdouble'
  | 'complex'
  | 'complex_'
  | 'clongdouble'
  | 'float128'
  | 'complex256';
