import { TypeError } from './errors.js';

/**
 * A dtype is one frozen row of the table below. Rows carry what every layer needs to know (kind, size, NumPy's codes);
 * nothing outside of this file switches on a dtype's name to learn such facts.
 */

/** The real machine types: what one scalar of a kernel can be. A complex number is a pair of these. */
export type ScalarType =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64';

export type ComplexName = 'complex64' | 'complex128';
export type DTypeName = ScalarType | ComplexName;

/** b bool, i signed integer, u unsigned integer, f float, c complex: NumPy's kind codes. */
export type Kind = 'b' | 'i' | 'u' | 'f' | 'c';

export class DType<N extends DTypeName = DTypeName> {
  /** NumPy's `dtype.str` without the byte order for one-byte types' `|`: `<f8`, `|b1`. */
  readonly str: string;
  /** The scalar type of one component: itself, or the float type of a complex dtype's halves. */
  readonly part: ScalarType;
  /** Components of one element: 1, or 2 for complex. */
  readonly parts: 1 | 2;
  readonly alignment: number;
  readonly byteorder: string;
  readonly isnative = true;
  readonly ndim = 0;
  readonly shape: readonly number[] = [];
  readonly names: null = null;
  readonly fields: null = null;
  readonly hasobject = false;

  constructor(
    readonly name: N,
    readonly kind: Kind,
    /** NumPy's one-letter code. */
    readonly char: string,
    /** NumPy's type number. */
    readonly num: number,
    /** Bytes of one element. */
    readonly itemsize: number,
    /** Dense index of the row, 0 … 13, in order of the table. */
    readonly index: number,
  ) {
    this.parts = kind === 'c' ? 2 : 1;
    this.part = (kind === 'c' ? (itemsize === 8 ? 'float32' : 'float64') : name) as ScalarType;
    this.alignment = itemsize / this.parts;
    this.str = `${itemsize === 1 ? '|' : '<'}${kind}${itemsize}`;
    this.byteorder = itemsize === 1 ? '|' : '=';
    Object.freeze(this);
  }

  /** Bytes of one element, under TensorFlow's name for it. */
  get size(): number {
    return this.itemsize;
  }

  /** Questions that TensorFlow asks of a dtype. */
  get is_bool(): boolean {
    return this.kind === 'b';
  }
  get is_integer(): boolean {
    return this.kind === 'i' || this.kind === 'u';
  }
  get is_floating(): boolean {
    return this.kind === 'f';
  }
  get is_complex(): boolean {
    return this.kind === 'c';
  }

  /** `float64` — what Python's `str(dtype)` gives. */
  toString(): string {
    return this.name;
  }

  /** `dtype('float64')` — what Python's `repr(dtype)` gives. */
  repr(): string {
    return `dtype('${this.name}')`;
  }
}

let rows = 0;
const row = <N extends DTypeName>(name: N, kind: Kind, char: string, num: number, itemsize: number): DType<N> =>
  new DType(name, kind, char, num, itemsize, rows++);

export const bool: DType<'bool'> = row('bool', 'b', '?', 0, 1);
export const int8: DType<'int8'> = row('int8', 'i', 'b', 1, 1);
export const uint8: DType<'uint8'> = row('uint8', 'u', 'B', 2, 1);
export const int16: DType<'int16'> = row('int16', 'i', 'h', 3, 2);
export const uint16: DType<'uint16'> = row('uint16', 'u', 'H', 4, 2);
export const int32: DType<'int32'> = row('int32', 'i', 'i', 5, 4);
export const uint32: DType<'uint32'> = row('uint32', 'u', 'I', 6, 4);
export const int64: DType<'int64'> = row('int64', 'i', 'l', 7, 8);
export const uint64: DType<'uint64'> = row('uint64', 'u', 'L', 8, 8);
export const float16: DType<'float16'> = row('float16', 'f', 'e', 23, 2);
export const float32: DType<'float32'> = row('float32', 'f', 'f', 11, 4);
export const float64: DType<'float64'> = row('float64', 'f', 'd', 12, 8);
export const complex64: DType<'complex64'> = row('complex64', 'c', 'F', 14, 8);
export const complex128: DType<'complex128'> = row('complex128', 'c', 'D', 15, 16);

/** Every dtype, by its dense index. */
export const DTYPES: readonly DType[] = [
  bool,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float16,
  float32,
  float64,
  complex64,
  complex128,
];

export const byName: { readonly [N in DTypeName]: DType<N> } = Object.fromEntries(
  DTYPES.map((d) => [d.name, d]),
) as never;

/** Other spellings NumPy takes for these dtypes (character codes, C names, Python's own types by name). */
const ALIASES: Record<string, DType> = {
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
  p: int64,
  P: uint64,
  q: int64,
  Q: uint64,
  g: float64,
  G: complex128,
  float128: float64,
  complex256: complex128,
};
for (const d of DTYPES) {
  ALIASES[d.name] = d;
  ALIASES[d.char] = d;
  const code = `${d.kind}${d.itemsize}`;
  for (const order of ['', '<', '=', '|']) ALIASES[order + code] = d;
  for (const order of ['<', '=', '|', '@']) ALIASES[order + d.char] = d;
  if (d.itemsize === 1) {
    ALIASES['>' + code] = d;
    ALIASES['>' + d.char] = d;
  }
}

type Sized = 'b1' | 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f2' | 'f4' | 'f8' | 'c8' | 'c16';
type Letter = '?' | 'b' | 'B' | 'h' | 'H' | 'i' | 'I' | 'l' | 'L' | 'e' | 'f' | 'd' | 'F' | 'D';
/** The spellings of dtypes beside their names: NumPy's codes with and without byte order, its older names, and Python's types by name. */
export type DTypeCode =
  | `${'' | '<' | '=' | '|'}${Sized}`
  | `${'' | '<' | '=' | '|' | '@'}${Letter}`
  | `>${'b1' | 'i1' | 'u1' | '?' | 'b' | 'B'}`
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

/** What a dtype argument may be: a name or code, a dtype, or something that carries one (a scalar type such as `np.float32`). */
export type DTypeLike<N extends DTypeName = DTypeName> = N | DType<N> | { readonly dtype: DType<N> } | DTypeCode;

/**
 * The dtype a user named.
 * @throws TypeError `data type 'x' not understood`
 */
export function asDtype(d: DTypeLike | (string & {})): DType {
  if (d instanceof DType) return d;
  if (typeof d === 'string') {
    const found = ALIASES[d];
    if (found && Object.hasOwn(ALIASES, d)) return found;
    throw new TypeError(`data type '${d}' not understood`);
  }
  if (d === (Number as unknown)) return float64;
  if (d === (Boolean as unknown)) return bool;
  if (d === (BigInt as unknown)) return int64;
  const inner = (d as { dtype?: unknown } | null | undefined)?.dtype;
  if (inner instanceof DType) return inner;
  throw new TypeError(`Cannot interpret '${String(d)}' as a data type`);
}

/** Whether values of this scalar type are BigInt when read exactly. */
export const isWide = (t: ScalarType): boolean => t === 'int64' || t === 'uint64';
export const isFloat = (t: ScalarType): boolean => t === 'float64' || t === 'float32' || t === 'float16';
export const isUnsigned = (t: ScalarType): boolean => t.charCodeAt(0) === 117; /* u */
