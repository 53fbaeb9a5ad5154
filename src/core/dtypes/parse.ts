import { OverflowError, TypeError, ValueError, warn } from '../errors.js';
import { isClass } from '../inspect.js';
import { typeName } from '../python/kind.js';
import { ALIASES, type DTypeCode } from './aliases.js';
import { DType, type DTypeName, type Field, isNumeric, type TimeUnit } from './class.js';
import { bool, float64, int64, uint8 } from './numeric.js';
import {
  bytesDtype,
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

/** A structured dtype as it is written: a list of `[name, dtype]` or `[name, dtype, shape]`, or its parts by name. */
export type StructuredLike =
  | readonly (readonly unknown[])[]
  | { readonly names: readonly string[]; readonly formats: readonly unknown[]; readonly [more: string]: unknown };

/** What a dtype argument may be: a name or code, a dtype, or something that carries one (a scalar type such as `np.float32`). */
export type DTypeLike<N extends DTypeName = DTypeName> = N | DType<N> | { readonly dtype: DType<N> } | DTypeCode;

const TEXT = /^([<>=|!]?)([SaUVMm])(\d*)$/;
const TIME = /^(?:([<>=|!]?)(M8|m8|M|m)|([<>=|]?)(datetime64|timedelta64))(\[.*)?$/;
const BIG = (order: string): boolean => order === '>' || order === '!';

/** A dtype from its text, or null where it is none. */
function fromText(text: string): DType | null {
  if (/^[<>=|]?a\d*$/.test(text))
    warn('DeprecationWarning', "Data type alias 'a' was deprecated in NumPy 2.0. Use the 'S' alias instead.");
  const found = ALIASES[text];
  if (found && Object.hasOwn(ALIASES, text)) return found;
  const time = TIME.exec(text);
  if (time !== null) {
    const kind = time[2]?.[0] === 'M' || time[4] === 'datetime64' ? 'M' : 'm';
    const unit: TimeUnit = time[5] === undefined ? { base: 'generic', count: 1 } : parseBracket(time[5]);
    return timeDtype(kind, unit, BIG(time[1] ?? time[3] ?? ''));
  }
  // A letter with a byte order in front.
  if (/^[<>=|][a-zA-Z?]$/.test(text) && Object.hasOwn(ALIASES, text[1])) {
    const d = ALIASES[text[1]];
    return isNumeric(d) && BIG(text[0]) ? swappedOf(d) : d;
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

/** What NumPy reads as a list of dtypes: text that starts with a number or a shape, or has a comma outside of brackets. */
const isCommaText = (text: string): boolean => /^[<>=|!]?[\d(]/.test(text) || splitTop(text).length > 1;

const ITEM = /^\s*([<>=|!]?)\s*(?:(\d+)|\(([\d,\s]*)\))?\s*([<>=|!]?)([A-Za-z0-9?].*?)\s*$/;

/** `f8, (2,3)i4`: fields f0, f1, … as text; one field alone, without a comma, is that dtype with a shape. */
function fromCommas(text: string, align: boolean): DType | null {
  const parts = splitTop(text);
  const last = parts[parts.length - 1];
  if (last.trim() === '' && parts.length > 1) parts.pop();
  const list: DType[] = [];
  for (const p of parts) {
    const m = ITEM.exec(p);
    const single = m?.[3] !== undefined && m[3].trim() !== '' && !m[3].includes(',');
    if (m === null || (single && parts.length === 1 && last === parts[0])) return null;
    const rest = (m[1] || m[4]) + m[5];
    const d = rest !== p && m[5] !== p && /^\d/.test(m[5]) ? fromCommas(rest, align) : fromText(rest);
    if (d === null && list.length + parts.length > 1) throw new TypeError(`data type '${m[5]}' not understood`);
    if (d === null) return null;
    if (m[3] !== undefined && m[3].trim() !== '' && !m[3].includes(','))
      warn(
        'DeprecationWarning',
        'Passing in a parenthesized single number for repeats is deprecated; pass either a single number or indicate a tuple with a comma, like "(2,)".',
      );
    const shape =
      m[2] !== undefined
        ? [Number(m[2])]
        : (m[3]?.split(',').flatMap((n) => (n.trim() === '' ? [] : [Number(n)])) ?? null);
    // A number before text or raw memory of no size is its size.
    if (m[2] !== undefined && d.itemsize === 0 && d.layout === null && d.subdtype === null) {
      list.push(named([d, Number(m[2])], align));
      continue;
    }
    list.push(shape === null || (m[2] === '1' && shape.length === 1) ? d : subarrayDtype(d, shape));
  }
  if (list.length === 1 && last === parts[0]) return list[0];
  return structure(
    list.map((dtype, i) => ({ name: `f${i}`, dtype, title: null })),
    align,
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

const isWhole = (n: unknown): boolean => typeof n === 'bigint' || (typeof n === 'number' && Number.isInteger(n));
/** A shape as it is given: an integer, or a list (or an array) of them. */
const asList = (x: unknown): unknown => (typeof (x as any)?.tolist === 'function' ? (x as any).tolist() : x);
const isShape = (given: unknown): boolean => {
  const x = asList(given);
  return (
    typeof x === 'number' ||
    typeof x === 'bigint' ||
    (Array.isArray(x) && x.every((n) => typeof n === 'number' || typeof n === 'bigint'))
  );
};
/** @throws ValueError `invalid shape in fixed-type tuple.` */
const shapeOf = (given: unknown): number[] => {
  const x = asList(given);
  const list: readonly unknown[] = Array.isArray(x) ? x : [x];
  if (!list.every(isWhole)) throw new ValueError('invalid shape in fixed-type tuple.');
  return list.map(Number);
};

/** What Python's `repr` makes of a field that was written wrong. */
const tupleText = (x: unknown): string =>
  Array.isArray(x)
    ? `(${x.map(tupleText).join(', ')}${x.length === 1 ? ',' : ''})`
    : typeof x === 'string'
      ? `'${x}'`
      : String(x);

/** Text and raw memory of no length of their own take one, all else a shape. */
function shaped(base: DType, second: unknown): DType {
  if (base.itemsize > 0 || base.layout !== null || base.subdtype !== null || typeof second === 'object')
    return subarrayDtype(base, shapeOf(second));
  const most = base.kind === 'U' ? 0x1fffffff : 0x7fffffff;
  if (Number(second) < 0 || Number(second) > most) throw new ValueError('invalid itemsize in generic type tuple');
  return asDtype(`${base.char}${second}`);
}

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
      if (Array.isArray(label) && label.length !== 2)
        throw new TypeError(
          `If a tuple, the first element of a field tuple must have two elements, not ${label.length}`,
        );
      if (typeof name !== 'string') throw new TypeError('First element of field tuple is neither a tuple nor str');
      const base = named(given, align);
      return {
        name: name === '' ? `f${i}` : name,
        dtype: shape === undefined || shape === null ? base : shaped(base, shape),
        title: Array.isArray(label) ? label[0] : null,
      };
    }),
    align,
  );
}

interface StructuredParts {
  readonly names?: readonly string[];
  readonly formats?: readonly unknown[];
  readonly offsets?: readonly unknown[] | null;
  readonly titles?: readonly unknown[] | null;
  readonly itemsize?: unknown;
  readonly aligned?: boolean;
}

/** A place in memory. @throws TypeError, OverflowError */
function asPlace(given: unknown): number {
  const x = typeof given === 'object' && given !== null ? Number(given) : given;
  if (!isWhole(x)) throw new TypeError(`'${typeName(x)}' object cannot be interpreted as an integer`);
  if (!Number.isSafeInteger(Number(x))) throw new OverflowError('Python int too large to convert to C long');
  return Number(x);
}

/** The parts by name: `{names, formats, offsets?, titles?, itemsize?, aligned?}`, or `{name: [dtype, offset]}`. */
function fromParts(given: Record<string, unknown>, align: boolean): DType {
  const p = given as StructuredParts;
  if (p.names === undefined || p.formats === undefined) {
    const entries = Object.entries(given as Record<string, readonly unknown[]>).map(([name, v]) => {
      if (!Array.isArray(v) || v.length < 2 || v.length > 3) throw new ValueError('entry not a 2- or 3- tuple');
      if (typeof v[1] === 'string' || Array.isArray(v[1])) throw new ValueError('entry not a 2- or 3- tuple');
      return { name, dtype: named(v[0], align), offset: asPlace(v[1]), title: v[2] ?? null };
    });
    // A field that has a title stands under both in `dtype.fields`.
    const own = entries.filter((e) => !entries.some((o) => o !== e && o.title === e.name && o.offset === e.offset));
    own.sort((a, b) => a.offset - b.offset);
    return laidOut(own, align, undefined);
  }
  const aligned = p.aligned ?? align;
  const { names, formats } = p;
  for (const list of [names, formats, p.offsets, p.titles])
    if (list instanceof Set) throw new TypeError("'set' object is not subscriptable");
  if (
    names.length !== formats.length ||
    (p.offsets && p.offsets.length !== names.length) ||
    (p.titles && p.titles.length !== names.length)
  )
    throw new ValueError("'names', 'formats', 'offsets', and 'titles' dict entries must have the same length");
  const fields = names.map((name, i) => ({ name, dtype: named(formats[i], aligned), title: p.titles?.[i] ?? null }));
  const seen = new Set<unknown>();
  for (const f of fields) {
    if (typeof f.name !== 'string') throw new ValueError('field names must be strings');
    for (const key of typeof f.title === 'string' ? [f.name, f.title] : [f.name]) {
      if (seen.has(key)) throw new ValueError('name already used as a name or title');
      seen.add(key);
    }
  }
  const plain = structure(fields, aligned).layout as readonly Field[];
  return laidOut(
    plain.map((f, i) => ({ ...f, offset: p.offsets ? asPlace(p.offsets[i]) : f.offset })),
    aligned,
    p.itemsize ?? undefined,
  );
}

/** A structure whose fields lie where they were put. @throws ValueError, TypeError where they cannot */
function laidOut(layout: readonly Field[], aligned: boolean, itemsize: unknown): DType {
  for (const f of layout) {
    if (f.offset < 0) throw new ValueError(`offset ${f.offset} cannot be negative`);
    if (aligned && f.offset % f.dtype.alignment !== 0)
      throw new ValueError(
        `offset ${f.offset} for NumPy dtype with fields is not divisible by the field alignment ${f.dtype.alignment} with align=True`,
      );
  }
  for (const f of layout)
    if (
      f.dtype.hasobject &&
      layout.some((o) => o !== f && o.offset < f.offset + f.dtype.itemsize && f.offset < o.offset + o.dtype.itemsize)
    )
      throw new TypeError('Cannot create a NumPy dtype with overlapping object fields');
  const end = layout.reduce((m, f) => Math.max(m, f.offset + f.dtype.itemsize), 0);
  const most = aligned ? layout.reduce((m, f) => Math.max(m, f.dtype.alignment), 1) : 1;
  if (itemsize === undefined) return structDtype(layout, Math.ceil(end / most) * most, aligned);
  const size = asPlace(itemsize);
  if (size < end)
    throw new ValueError(
      `NumPy dtype descriptor requires ${end} bytes, cannot override to smaller itemsize of ${size}`,
    );
  if (aligned && size % most !== 0)
    throw new ValueError(
      `NumPy dtype descriptor requires alignment of ${most} bytes, which is not divisible into the specified itemsize ${size}`,
    );
  return structDtype(layout, size, aligned);
}

/** `[dtype, other]`: other names for the parts of a dtype's memory. @throws ValueError where the sizes differ */
function reinterpreted(base: DType, inner: DType): DType {
  if (base.kind === 'V' && base.layout === null && base.itemsize === 0)
    return inner.layout === null ? voidDtype(inner.itemsize) : inner;
  const fields = base.kind === 'O' ? inner.layout : null;
  const sameObject = fields?.length === 1 && fields[0].dtype.kind === 'O';
  if (base.itemsize === inner.itemsize && (base.hasobject || inner.hasobject) && !sameObject)
    throw new ValueError('dtypes of the form (old_dtype, new_dtype) containing the object dtype are not supported');
  if (base.itemsize !== inner.itemsize) throw new ValueError('mismatch in size of old and new data-descriptor');
  return inner.layout === null ? base : inner;
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

const BY_NUMBER = '?bBhHiIlLqQfdgFDGOSUVMme';
const NO_DIGITS = /^(bool8|int0|uint0|void0|object0|str0|bytes0)$/;

/** A dtype argument, with its metadata where it is a dtype that has them. */
const named = (d: unknown, align: boolean): DType => (d instanceof DType ? d : asDtype(d as DTypeLike, align));

/**
 * The dtype a user named; null is float64. Metadata are left behind: arrays and operations know none.
 * @param align lays a structure out as a C compiler does
 * @throws TypeError `data type 'x' not understood`
 */
export function asDtype(d: DTypeLike | StructuredLike | (string & {}) | null, align = false): DType {
  if (d instanceof DType) return d.plain;
  if (typeof d === 'string') {
    const found = isCommaText(d) ? fromCommas(d, align) : fromText(d);
    if (found !== null) return found;
    if (NO_DIGITS.test(d))
      throw new TypeError(`Alias '${d}' was removed in NumPy 2.0. Use a name without a digit at the end.`);
    throw new TypeError(`data type '${d}' not understood`);
  }
  const made = CONSTRUCTORS.get(d);
  if (made !== undefined) return made();
  if (Array.isArray(d)) {
    const [first, second] = d as readonly unknown[];
    const emptyList = Array.isArray(first) && first.length === 0;
    if (d.length === 2 && isShape(second) && !(Array.isArray(second) && second.length === 0 && emptyList)) {
      return shaped(named(first, align), second);
    }
    const isPair = d.length === 2 && (emptyList || !Array.isArray(first));
    if (isPair && (emptyList ? typeof second === 'string' : typeof second === 'object' && second !== null))
      return reinterpreted(named(first, align), named(second, align));
    return fromFields(d, align);
  }
  const inner = (d as { dtype?: unknown } | null | undefined)?.dtype;
  if (inner instanceof DType) return inner.plain;
  if (d instanceof Uint8Array) {
    // A byte below the letters is a dtype's number.
    if (d.length === 1 && d[0] < BY_NUMBER.length) return asDtype(BY_NUMBER[d[0]]);
    if ((d as Uint8Array).some((c: number) => c > 127)) throw new TypeError('data type not understood');
    return asDtype(String.fromCharCode(...(d as Uint8Array)), align);
  }
  if (typeof d === 'object' && d !== null && Object.getPrototypeOf(Object.getPrototypeOf(d) ?? {}) === null)
    return fromParts(d as unknown as Record<string, unknown>, align);
  if (typeof d === 'function' && (d as { prototype?: unknown }).prototype === DType.prototype)
    throw new TypeError('Cannot convert np.dtype into a dtype.');
  if (inner === undefined && isClass(d)) return objectDtype;
  if (inner !== undefined)
    throw new ValueError(`Could not convert ${String(d)} to a NumPy dtype (via \`.dtype\` value ${String(inner)}).`);
  throw new TypeError(`Cannot interpret '${String(d)}' as a data type`);
}
