import { TypeError } from '../errors.js';
import { inspectable } from '../inspect.js';

/**
 * What a dtype is. A dtype is one frozen object that carries what every layer needs to know: kind, size, NumPy's codes, and for
 * the parametric ones their unit, fields or sub-array. There is one object for each dtype, so dtypes are compared by identity.
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
/** The dtypes that kernels compute with. */
export type NumericName = ScalarType | ComplexName;
/** The families of the others: text, bytes, dates and durations, JavaScript values, raw or structured memory. */
export type OtherName = 'str' | 'bytes' | 'datetime64' | 'timedelta64' | 'object' | 'void';
export type DTypeName = NumericName | OtherName;

/** NumPy's kind codes: b bool, i signed, u unsigned integer, f float, c complex, U text, S bytes, M date, m duration, O object, V void. */
export type Kind = 'b' | 'i' | 'u' | 'f' | 'c' | 'U' | 'S' | 'M' | 'm' | 'O' | 'V';

/** The unit of a date or duration: `count` times `base`. 'generic' has not been settled. */
export interface TimeUnit {
  readonly base: 'generic' | 'Y' | 'M' | 'W' | 'D' | 'h' | 'm' | 's' | 'ms' | 'us' | 'ns' | 'ps' | 'fs' | 'as';
  readonly count: number;
}

/** One field of a structured dtype. */
export interface Field {
  readonly name: string;
  readonly dtype: DType;
  /** Bytes from the start of an element. */
  readonly offset: number;
  /** A second name, or any other remark. */
  readonly title: unknown;
}

/** What a dtype is made from. */
export interface DTypeSpec<N extends DTypeName = DTypeName> {
  readonly family: N;
  readonly name: string;
  readonly kind: Kind;
  readonly char: string;
  readonly num: number;
  readonly itemsize: number;
  readonly index: number;
  readonly alignment: number;
  /** The numeric dtype whose kernels can move (and, for dates, compute with) the elements' bits; null where none fits. */
  readonly carrier: NumericName | null;
  readonly str: string;
  readonly byteorder: string;
  readonly isnative?: boolean;
  readonly unit?: TimeUnit | null;
  readonly layout?: readonly Field[] | null;
  readonly subdtype?: readonly [DType, readonly number[]] | null;
  readonly hasobject?: boolean;
  readonly isalignedstruct?: boolean;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly plain?: DType | null;
}

export class DType<N extends DTypeName = DTypeName> {
  /** The dtype without its parameters: its name for numbers; `str`, `datetime64`, … for the others. */
  readonly family: N;
  /** NumPy's `dtype.name`: `float64`, `str160`, `datetime64[ms]`. */
  readonly name: N extends NumericName ? N : string;
  readonly kind: Kind;
  /** NumPy's one-letter code. */
  readonly char: string;
  /** NumPy's type number. */
  readonly num: number;
  /** Bytes of one element. */
  readonly itemsize: number;
  /** Dense index among the numeric dtypes, 0 … 13; unique and negative for all others, so that no table of numbers is entered with it. */
  readonly index: number;
  /** Components of one element: 1, or 2 for complex. */
  readonly parts: 1 | 2;
  /** The scalar type of one component: itself, or the float type of a complex dtype's halves. Only where kernels compute with it. */
  readonly part: ScalarType;
  readonly alignment: number;
  /** NumPy's `dtype.str`, with `|` where there is no byte order: `<f8`, `|b1`. */
  readonly str: string;
  readonly byteorder: string;
  readonly isnative: boolean;
  readonly carrier: NumericName | null;
  readonly unit: TimeUnit | null;
  /** The fields of a structured dtype, in order. */
  readonly layout: readonly Field[] | null;
  readonly subdtype: readonly [DType, readonly number[]] | null;
  readonly hasobject: boolean;
  readonly isalignedstruct: boolean;
  /** What a user attached; arrays and operations know nothing of it. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** The dtype without metadata: itself, mostly. */
  readonly plain: DType;

  constructor(s: DTypeSpec<N>) {
    this.family = s.family;
    this.name = s.name as never;
    this.kind = s.kind;
    this.char = s.char;
    this.num = s.num;
    this.itemsize = s.itemsize;
    this.index = s.index;
    this.parts = s.kind === 'c' && s.index >= 0 ? 2 : 1;
    this.alignment = s.alignment;
    this.str = s.str;
    this.byteorder = s.byteorder;
    this.isnative = s.isnative ?? true;
    this.carrier = s.carrier;
    this.unit = s.unit ?? null;
    this.layout = s.layout ?? null;
    this.subdtype = s.subdtype ?? null;
    this.hasobject = s.hasobject ?? s.kind === 'O';
    this.isalignedstruct = s.isalignedstruct ?? false;
    this.metadata = s.metadata ?? null;
    this.plain = s.plain ?? this;
    if (s.index >= 0) this.part = (s.kind === 'c' ? (s.itemsize === 8 ? 'float32' : 'float64') : s.name) as ScalarType;
    else if (s.isnative !== false && (s.kind === 'M' || s.kind === 'm')) this.part = 'int64';
    else this.part = undefined as never;
    Object.freeze(this);
  }

  /** Bytes of one element, under TensorFlow's name for it. */
  get size(): number {
    return this.itemsize;
  }
  /** Names of a structured dtype's fields, in order. */
  get names(): readonly string[] | null {
    return this.layout?.map((f) => f.name) ?? null;
  }
  /** A structured dtype's fields by name (and title): dtype, offset and, where there is one, the title. */
  get fields(): Readonly<Record<string, readonly [DType, number] | readonly [DType, number, unknown]>> | null {
    if (this.layout === null) return null;
    const out: Record<string, readonly [DType, number] | readonly [DType, number, unknown]> = {};
    for (const f of this.layout) {
      out[f.name] = f.title === null ? [f.dtype, f.offset] : [f.dtype, f.offset, f.title];
      if (typeof f.title === 'string') out[f.title] = out[f.name];
    }
    return out;
  }
  /** The shape of a sub-array dtype, else empty. */
  get shape(): readonly number[] {
    return this.subdtype?.[1] ?? [];
  }
  get ndim(): number {
    return this.shape.length;
  }
  /** The dtype of a sub-array's elements, else this dtype. */
  get base(): DType {
    return this.subdtype?.[0] ?? this;
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

  /** What Python's `str(dtype)` gives: `float64`, `<U5`. */
  toString(): string {
    return describeDtype(this, false);
  }

  /** What Python's `repr(dtype)` gives: `dtype('float64')`. */
  repr(): string {
    return `dtype(${describeDtype(this, true)}${this.isalignedstruct ? ', align=True' : ''})`;
  }
}
inspectable(DType, 'DType');

const quoted = (s: string): string => `'${s.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const tuple = (s: readonly number[]): string => (s.length === 1 ? `(${s[0]},)` : `(${s.join(', ')})`);

/** A dtype as it stands inside of `dtype(…)` (quoted), or as `str(dtype)` prints it. */
function describeDtype(d: DType, inRepr: boolean): string {
  const q = (s: string): string => (inRepr ? quoted(s) : s);
  if (d.subdtype !== null) {
    const base = d.subdtype[0];
    const inner =
      base.layout !== null ? describeDtype(base, true) : quoted(base.index >= 0 ? base.str : shortStr(base));
    return `(${inner}, ${tuple(d.subdtype[1])})`;
  }
  if (d.layout !== null) return describeFields(d, !inRepr);
  if (d.index >= 0 || d.kind === 'O') return q(d.kind === 'O' && inRepr ? 'O' : d.name);
  if ((d.kind === 'M' || d.kind === 'm') && d.isnative) return q(inRepr ? d.str : d.name);
  return q(inRepr ? shortStr(d) : d.str);
}

/** A dtype's text without the mark that it has no byte order, and without a length of 0. */
const shortStr = (d: DType): string =>
  (d.itemsize === 0 && d.layout === null ? d.str.slice(0, -1) : d.str).replace('|', '');

/** A field's dtype as the description of a structured dtype has it. */
const fieldType = (d: DType): string => {
  if (d.subdtype !== null) return `${fieldType(d.subdtype[0])}, ${tuple(d.subdtype[1])}`;
  return d.layout !== null ? describeFields(d) : quoted(d.kind === 'b' ? '?' : shortStr(d));
};

/** Whether fields lie one after the other without gaps (or, aligned, where alignment puts them), so that a list of them says all. */
export function isPlainLayout(d: DType): boolean {
  let at = 0;
  for (const f of d.layout as readonly Field[]) {
    if (d.isalignedstruct) at = Math.ceil(at / f.dtype.alignment) * f.dtype.alignment;
    if (f.offset !== at) return false;
    at += f.dtype.itemsize;
  }
  if (d.isalignedstruct) at = Math.ceil(at / d.alignment) * d.alignment;
  return at === d.itemsize;
}

/** @param says whether the text tells of alignment, which a list of fields cannot */
function describeFields(d: DType, says = false): string {
  const layout = d.layout as readonly Field[];
  if (isPlainLayout(d) && !(says && d.isalignedstruct)) {
    const list = layout.map((f) => {
      const name = f.title === null ? quoted(f.name) : `(${quoted(String(f.title))}, ${quoted(f.name)})`;
      return `(${name}, ${fieldType(f.dtype)})`;
    });
    return `[${list.join(', ')}]`;
  }
  const one = (f: Field): string => (f.dtype.subdtype !== null ? `(${fieldType(f.dtype)})` : fieldType(f.dtype));
  const titles = layout.some((f) => f.title !== null)
    ? `, 'titles': [${layout.map((f) => (f.title === null ? 'None' : quoted(String(f.title)))).join(', ')}]`
    : '';
  return (
    `{'names': [${layout.map((f) => quoted(f.name)).join(', ')}], 'formats': [${layout.map(one).join(', ')}], ` +
    `'offsets': [${layout.map((f) => f.offset).join(', ')}]${titles}, 'itemsize': ${d.itemsize}${says && d.isalignedstruct ? ", 'aligned': True" : ''}}`
  );
}

/** Whether a dtype is a number that kernels compute with as it lies in memory. */
export const isNumeric = (d: DType): d is DType<NumericName> => d.index >= 0;
/** Whether a dtype is a number of either byte order. */
export const isNumber = (d: DType): boolean =>
  d.kind === 'b' || d.kind === 'i' || d.kind === 'u' || d.kind === 'f' || d.kind === 'c';
/** Dates and durations. */
export const isTime = (d: DType): boolean => d.kind === 'M' || d.kind === 'm';
/** Text and bytes. */
export const isText = (d: DType): boolean => d.kind === 'U' || d.kind === 'S';

/** The dtype by which kernels know a dtype's elements. @throws TypeError where they know none */
export function kernelName(d: DType): NumericName {
  if (d.carrier === null) throw new TypeError(`elements of dtype ${d.repr()} are not computed with by kernels`);
  return d.carrier;
}
