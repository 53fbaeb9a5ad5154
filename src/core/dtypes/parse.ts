import { TypeError, ValueError } from '../errors.js';
import { DType, type DTypeName, type Field, type TimeUnit } from './class.js';
import {
  bool,
  complex64,
  complex128,
  DTYPES,
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
import {
  bytesDtype,
  charDtype,
  objectDtype,
  strDtype,
  structDtype,
  subarrayDtype,
  swappedOf,
  timeDtype,
  voidDtype,
} from './parametric.js';
import { parseBracket } from './units.js';

/** From what users write for a dtype to the dtype. */

/** Other spellings NumPy takes for the numeric dtypes (character codes, C names, Python's own types by name). */
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
  n: int64,
  N: uint64,
  q: int64,
  Q: uint64,
  g: float64,
  G: complex128,
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
for (const order of ['<', '>', '=', '|', '!']) {
  ALIASES[`${order}O`] = objectDtype;
  ALIASES[`${order}p`] = order === '>' || order === '!' ? swappedOf(int64) : int64;
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
  | `${'datetime64' | 'timedelta64'}[${string}]`
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

/** A structured dtype as it is written: a list of `[name, dtype]` or `[name, dtype, shape]`, or its parts by name. */
export type StructuredLike =
  | readonly (readonly unknown[])[]
  | { readonly names: readonly string[]; readonly formats: readonly unknown[]; readonly [more: string]: unknown };

/** What a dtype argument may be: a name or code, a dtype, or something that carries one (a scalar type such as `np.float32`). */
export type DTypeLike<N extends DTypeName = DTypeName> = N | DType<N> | { readonly dtype: DType<N> } | DTypeCode;

const TEXT = /^([<>=|!]?)([SaUVMm])(\d*)$/;
const TIME = /^(?:([<>=|!]?)(M8|m8|M|m)|(datetime64|timedelta64))(\[.*)?$/;
const BIG = (order: string): boolean => order === '>' || order === '!';

/** A dtype from its text, or null where it is none. */
function fromText(text: string): DType | null {
  const found = ALIASES[text];
  if (found && Object.hasOwn(ALIASES, text)) return found;
  const time = TIME.exec(text);
  if (time !== null) {
    const kind = (time[2] ?? time[3])[0] === 'M' || time[3] === 'datetime64' ? 'M' : 'm';
    const unit: TimeUnit = time[4] === undefined ? { base: 'generic', count: 1 } : parseBracket(time[4]);
    return timeDtype(kind, unit, BIG(time[1] ?? ''));
  }
  const m = TEXT.exec(text);
  if (m !== null && m[2] !== 'M' && m[2] !== 'm') {
    const n = m[3] === '' ? 0 : Number(m[3]);
    if (n * (m[2] === 'U' ? 4 : 1) > 0x7fffffff) return null;
    if (m[2] === 'U') return strDtype(n, BIG(m[1]));
    return m[2] === 'V' ? voidDtype(n) : bytesDtype(n);
  }
  return null;
}

const splitTop = (text: string): string[] => {
  const out: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (c === ',' && depth === 0) {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  out.push(text.slice(start));
  return out;
};

/** `f8, (2,3)i4`: fields f0, f1, … as text; one field alone, without a comma, is that dtype with a shape. */
function fromCommas(text: string): DType | null {
  const parts = splitTop(text);
  const last = parts[parts.length - 1];
  if (last.trim() === '' && parts.length > 1) parts.pop();
  const list: DType[] = [];
  for (const p of parts) {
    const m = /^\s*([<>=|!]?)\s*(?:(\d+)|\(([\d,\s]*)\))?\s*([<>=|!]?)([A-Za-z?][\w[\]]*)\s*$/.exec(p);
    if (m === null) return null;
    const d = fromText((m[1] || m[4]) + m[5]);
    if (d === null && list.length + parts.length > 1) throw new TypeError(`data type '${m[5]}' not understood`);
    if (d === null) return null;
    const shape =
      m[2] !== undefined
        ? [Number(m[2])]
        : m[3] !== undefined
          ? m[3]
              .split(',')
              .filter((s) => s.trim() !== '')
              .map(Number)
          : null;
    list.push(shape === null || (m[2] === '1' && shape.length === 1) ? d : subarrayDtype(d, shape));
  }
  if (list.length === 1 && !text.includes(',')) return list[0];
  if (list.length === 1 && parts.length === 1 && last === parts[0]) return list[0];
  return structure(
    list.map((dtype, i) => ({ name: `f${i}`, dtype, title: null })),
    false,
  );
}

/** Fields one after the other; `align` puts each at a multiple of its alignment, as a C compiler does. */
export function structure(
  fields: readonly { readonly name: string; readonly dtype: DType; readonly title: unknown }[],
  align: boolean,
): DType {
  const layout: Field[] = [];
  const seen = new Set<string>();
  let at = 0;
  let most = 1;
  for (const f of fields) {
    for (const key of typeof f.title === 'string' ? [f.name, f.title] : [f.name]) {
      if (seen.has(key)) throw new ValueError(`field '${key}' occurs more than once`);
      seen.add(key);
    }
    const a = align ? f.dtype.alignment : 1;
    most = Math.max(most, a);
    at = Math.ceil(at / a) * a;
    layout.push({ name: f.name, dtype: f.dtype, offset: at, title: f.title });
    at += f.dtype.itemsize;
  }
  return structDtype(layout, Math.ceil(at / most) * most, align);
}

const isShape = (x: unknown): x is number | readonly number[] =>
  typeof x === 'number' ||
  typeof x === 'bigint' ||
  (Array.isArray(x) && x.every((n) => typeof n === 'number' || typeof n === 'bigint'));
const shapeOf = (x: number | readonly number[]): number[] => (Array.isArray(x) ? x.map(Number) : [Number(x)]);

/** What Python's `repr` makes of a field that was written wrong. */
const tupleText = (x: unknown): string =>
  Array.isArray(x)
    ? `(${x.map(tupleText).join(', ')}${x.length === 1 ? ',' : ''})`
    : typeof x === 'string'
      ? `'${x}'`
      : String(x);

/** A list of fields: `[name, dtype]`, `[name, dtype, shape]`, with `[title, name]` for a name that has a title. */
function fromFields(list: readonly unknown[], align: boolean): DType {
  return structure(
    list.map((entry, i) => {
      if (!Array.isArray(entry) || entry.length < 2)
        throw new TypeError(`Field elements must be 2- or 3-tuples, got '${tupleText(entry)}'`);
      if (entry.length > 3)
        throw new TypeError(`Field elements must be tuples with at most 3 elements, got '${tupleText(entry)}'`);
      const [label, given, shape] = entry as unknown[];
      const name = Array.isArray(label) ? label[1] : label;
      if (typeof name !== 'string' || (Array.isArray(label) && label.length !== 2))
        throw new TypeError('First element of field tuple is neither a tuple nor str');
      const base = asDtype(given as DTypeLike, align);
      return {
        name: name === '' ? `f${i}` : name,
        dtype: shape === undefined || shape === null ? base : subarrayDtype(base, shapeOf(shape as number[])),
        title: Array.isArray(label) ? label[0] : null,
      };
    }),
    align,
  );
}

interface StructuredParts {
  readonly names?: readonly string[];
  readonly formats?: readonly unknown[];
  readonly offsets?: readonly number[] | null;
  readonly titles?: readonly unknown[] | null;
  readonly itemsize?: number;
  readonly aligned?: boolean;
}

/** The parts by name: `{names, formats, offsets?, titles?, itemsize?, aligned?}`, or `{name: [dtype, offset]}`. */
function fromParts(given: Record<string, unknown>, align: boolean): DType {
  const p = given as StructuredParts;
  if (p.names === undefined || p.formats === undefined) {
    const entries = Object.entries(given as Record<string, readonly unknown[]>).map(([name, v]) => {
      if (!Array.isArray(v) || v.length < 2)
        throw new ValueError(
          'entry not a 2- or 3- tuple, or dict-style dtype requires both "names" and "formats"'.replace(/,.*/, ''),
        );
      return { name, dtype: asDtype(v[0] as DTypeLike), offset: Number(v[1]), title: v[2] ?? null };
    });
    entries.sort((a, b) => a.offset - b.offset);
    const end = entries.reduce((m, e) => Math.max(m, e.offset + e.dtype.itemsize), 0);
    return structDtype(entries, end, align);
  }
  const aligned = p.aligned ?? align;
  const { names, formats } = p;
  if (
    names.length !== formats.length ||
    (p.offsets && p.offsets.length !== names.length) ||
    (p.titles && p.titles.length !== names.length)
  )
    throw new ValueError("'names', 'formats', 'offsets', and 'titles' dict entries must have the same length");
  const fields = names.map((name, i) => ({
    name,
    dtype: asDtype(formats[i] as DTypeLike, aligned),
    title: p.titles?.[i] ?? null,
  }));
  const plain = structure(fields, aligned).layout as readonly Field[];
  const layout = plain.map((f, i) => ({ ...f, offset: p.offsets ? Number(p.offsets[i]) : f.offset }));
  for (const f of layout) {
    if (f.offset < 0) throw new ValueError(`offset ${f.offset} cannot be negative`);
    if (aligned && f.offset % f.dtype.alignment !== 0)
      throw new ValueError(
        `offset ${f.offset} for NumPy dtype with fields is not divisible by the field alignment ${f.dtype.alignment} with align=True`,
      );
  }
  const end = layout.reduce((m, f) => Math.max(m, f.offset + f.dtype.itemsize), 0);
  const most = aligned ? layout.reduce((m, f) => Math.max(m, f.dtype.alignment), 1) : 1;
  const size = Math.ceil(end / most) * most;
  if (p.itemsize !== undefined && p.itemsize !== null) {
    if (p.itemsize < end)
      throw new ValueError(
        `NumPy dtype descriptor requires ${end} bytes, cannot override to smaller itemsize of ${p.itemsize}`,
      );
    if (aligned && p.itemsize % most !== 0)
      throw new ValueError(
        `NumPy dtype descriptor requires alignment of ${most} bytes, which is not divisible into the specified itemsize ${p.itemsize}`,
      );
    return structDtype(layout, p.itemsize, aligned);
  }
  return structDtype(layout, size, aligned);
}

const CONSTRUCTORS = new Map<unknown, () => DType>([
  [Number, () => float64],
  [Boolean, () => bool],
  [BigInt, () => int64],
  [String, () => strDtype(0)],
  [Date, () => timeDtype('M', { base: 'ms', count: 1 })],
  [Object, () => objectDtype],
  [Uint8Array, () => uint8],
]);

/**
 * The dtype a user named; null is float64.
 * @param align lays a structure out as a C compiler does
 * @throws TypeError `data type 'x' not understood`
 */
export function asDtype(d: DTypeLike | StructuredLike | (string & {}) | null, align = false): DType {
  if (d instanceof DType) return d;
  if (typeof d === 'string') {
    const found = fromText(d) ?? (/[,()\s]|^\d/.test(d) && d !== '' ? fromCommas(d) : null);
    if (found !== null) return found;
    throw new TypeError(`data type '${d}' not understood`);
  }
  const made = CONSTRUCTORS.get(d);
  if (made !== undefined) return made();
  if (Array.isArray(d)) {
    if (
      d.length === 2 &&
      isShape(d[1]) &&
      !(Array.isArray(d[1]) && d[1].length === 0 && Array.isArray(d[0]) && d[0].length === 0)
    ) {
      const base = asDtype(d[0] as unknown as DTypeLike, align);
      if (base.itemsize === 0 && base.kind !== 'V' && typeof d[1] === 'number') return asDtype(`${base.char}${d[1]}`);
      return subarrayDtype(base, shapeOf(d[1] as unknown as number[]));
    }
    return fromFields(d, align);
  }
  const inner = (d as { dtype?: unknown } | null | undefined)?.dtype;
  if (inner instanceof DType) return inner;
  if (typeof d === 'object' && d !== null && Object.getPrototypeOf(Object.getPrototypeOf(d) ?? {}) === null)
    return fromParts(d as unknown as Record<string, unknown>, align);
  throw new TypeError(`Cannot interpret '${String(d)}' as a data type`);
}
