import { ValueError } from '../errors.js';
import { byName } from './numeric.js';
import { DType, type DTypeSpec, type Field, isNumeric, type NumericName, type TimeUnit } from './class.js';

/**
 * The dtypes with parameters: text and bytes of a length, dates and durations of a unit, raw memory, structures, sub-arrays, and
 * every dtype in the byte order that is not the machine's. Each is made once and found again by its key.
 */

const known = new Map<string, DType>();
let made = 0;
/** What tells dtypes with metadata apart in the keys of structures that have them as fields. */
const tags = new WeakMap<DType, number>();

/** The dtype of a key, made when it is first asked for. */
function intern(key: string, spec: () => Omit<DTypeSpec, 'index'>): DType<any> {
  let d = known.get(key);
  if (d === undefined) known.set(key, (d = new DType({ ...spec(), index: -1000 - made++ })));
  return d;
}

/** Carriers by size, for moving elements as bits. */
const BITS: Readonly<Record<number, NumericName>> = { 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'int64' };

/** Text of `n` code points, four bytes each (`<U5`). */
export const strDtype = (n: number, swap = false): DType<'str'> =>
  intern(`${swap ? '>' : '<'}U${n}`, () => ({
    family: 'str',
    name: n === 0 ? 'str' : `str${n * 32}`,
    kind: 'U',
    char: 'U',
    num: 19,
    itemsize: 4 * n,
    alignment: 4,
    carrier: BITS[4 * n] ?? null,
    str: `${swap ? '>' : '<'}U${n}`,
    byteorder: swap ? '>' : '=',
    isnative: !swap,
  }));

/** Bytes of a length (`|S5`), without those that are zero at the end. */
export const bytesDtype = (n: number): DType<'bytes'> =>
  intern(`|S${n}`, () => ({
    family: 'bytes',
    name: n === 0 ? 'bytes' : `bytes${n * 8}`,
    kind: 'S',
    char: 'S',
    num: 18,
    itemsize: n,
    alignment: 1,
    carrier: BITS[n] ?? null,
    str: `|S${n}`,
    byteorder: '|',
  }));

/** Single bytes as the old Numeric package had them: `c`, which is `S1` under another letter. */
export const charDtype: DType<'bytes'> = intern('c', () => ({
  family: 'bytes',
  name: 'bytes8',
  kind: 'S',
  char: 'c',
  num: 18,
  itemsize: 1,
  alignment: 1,
  carrier: 'uint8',
  str: '|S1',
  byteorder: '|',
}));

/** Memory without meaning (`|V8`). */
export const voidDtype = (n: number): DType<'void'> =>
  intern(`|V${n}`, () => ({
    family: 'void',
    name: n === 0 ? 'void' : `void${n * 8}`,
    kind: 'V',
    char: 'V',
    num: 20,
    itemsize: n,
    alignment: 1,
    carrier: BITS[n] ?? null,
    str: `|V${n}`,
    byteorder: '|',
  }));

/** JavaScript values of any kind, held by handles. */
export const objectDtype: DType<'object'> = intern('|O', () => ({
  family: 'object',
  name: 'object',
  kind: 'O',
  char: 'O',
  num: 17,
  itemsize: 8,
  alignment: 8,
  carrier: 'int64',
  str: '|O',
  byteorder: '|',
  hasobject: true,
}));

/** `[25s]`, or nothing where the unit has not been settled. */
export const unitText = (u: TimeUnit): string =>
  u.base === 'generic' ? '' : `[${u.count === 1 ? '' : u.count}${u.base}]`;

/** Dates (`M`) or durations (`m`): a signed 64-bit count of a unit, its smallest value standing for NaT. */
export const timeDtype = (kind: 'M' | 'm', unit: TimeUnit, swap = false): DType<any> =>
  intern(`${swap ? '>' : '<'}${kind}8${unitText(unit)}`, () => ({
    family: kind === 'M' ? 'datetime64' : 'timedelta64',
    name: (kind === 'M' ? 'datetime64' : 'timedelta64') + unitText(unit),
    kind,
    char: kind,
    num: kind === 'M' ? 21 : 22,
    itemsize: 8,
    alignment: 8,
    carrier: 'int64',
    str: `${swap ? '>' : '<'}${kind}8${unitText(unit)}`,
    byteorder: swap ? '>' : '=',
    isnative: !swap,
    unit: Object.freeze({ ...unit }),
  }));

/** A number in the other byte order (`>f8`). */
const swappedNumber = (d: DType): DType =>
  intern(`>${d.kind}${d.itemsize}`, () => ({
    family: d.family,
    name: d.name,
    kind: d.kind,
    char: d.char,
    num: d.num,
    itemsize: d.itemsize,
    alignment: d.alignment,
    carrier: BITS[d.itemsize] ?? null,
    str: `>${d.kind}${d.itemsize}`,
    byteorder: '>',
    isnative: false,
  }));

/** The same dtype in the machine's byte order. */
export function nativeOf(d: DType): DType {
  if (d.layout !== null)
    return d.layout.every((f) => nativeOf(f.dtype) === f.dtype)
      ? d
      : structDtype(
          d.layout.map((f) => ({ ...f, dtype: nativeOf(f.dtype) })),
          d.itemsize,
          d.isalignedstruct,
        );
  if (d.subdtype !== null) return subarrayDtype(nativeOf(d.subdtype[0]), d.subdtype[1]);
  if (d.isnative) return d;
  if (d.kind === 'U') return strDtype(d.itemsize / 4);
  if (d.kind === 'M' || d.kind === 'm') return timeDtype(d.kind, d.unit as TimeUnit);
  return byName[d.family as NumericName];
}

/** The same dtype in the other byte order than it has. Those without one are their own. */
export function swappedOf(d: DType): DType {
  if (d.layout !== null)
    return structDtype(
      d.layout.map((f) => ({ ...f, dtype: swappedOf(f.dtype) })),
      d.itemsize,
      d.isalignedstruct,
    );
  if (d.subdtype !== null) return subarrayDtype(swappedOf(d.subdtype[0]), d.subdtype[1]);
  if (!d.isnative) return nativeOf(d);
  if (d.kind === 'U') return strDtype(d.itemsize / 4, true);
  if (d.kind === 'M' || d.kind === 'm') return timeDtype(d.kind, d.unit as TimeUnit, true);
  return isNumeric(d) && d.itemsize > 1 ? swappedNumber(d) : d;
}

const keyOf = (d: DType): string =>
  d.metadata !== null
    ? `${keyOf(d.plain)}#${tags.get(d)}`
    : d.layout !== null
      ? structKey(d.layout, d.itemsize, d.isalignedstruct)
      : d.subdtype !== null
        ? `(${keyOf(d.subdtype[0])},${d.subdtype[1].join('x')})`
        : d.char === 'c'
          ? 'c'
          : d.str;
const structKey = (layout: readonly Field[], itemsize: number, aligned: boolean): string =>
  `{${layout
    .map(
      (f) =>
        `${JSON.stringify(f.name)}@${f.offset}:${keyOf(f.dtype)}${f.title === null ? '' : JSON.stringify(f.title)}`,
    )
    .join(';')}}${itemsize}${aligned ? 'a' : ''}`;

/** A structure. The layout has been checked by who made it. */
export const structDtype = (layout: readonly Field[], itemsize: number, aligned = false): DType<'void'> =>
  intern(structKey(layout, itemsize, aligned), () => ({
    family: 'void',
    name: `void${itemsize === 0 ? '' : itemsize * 8}`,
    kind: 'V',
    char: 'V',
    num: 20,
    itemsize,
    alignment: aligned ? layout.reduce((m, f) => Math.max(m, f.dtype.alignment), 1) : 1,
    carrier: BITS[itemsize] ?? null,
    str: `|V${itemsize}`,
    byteorder: '|',
    isnative: layout.every((f) => f.dtype.isnative),
    layout: Object.freeze(layout.map((f) => Object.freeze({ ...f }))),
    hasobject: layout.some((f) => f.dtype.hasobject),
    isalignedstruct: aligned,
    plain: layout.every((f) => f.dtype.plain === f.dtype)
      ? null
      : structDtype(
          layout.map((f) => ({ ...f, dtype: f.dtype.plain })),
          itemsize,
          aligned,
        ),
  }));

/** An array of a shape as one element; only fields have it, arrays of it gain the axes instead. */
export function subarrayDtype(base: DType, shape: readonly number[]): DType {
  if (shape.length === 0) return base;
  if (base.subdtype !== null) return subarrayDtype(base.subdtype[0], [...shape, ...base.subdtype[1]]);
  const n = shape.reduce((p, k) => p * k, 1);
  if (shape.some((k) => !Number.isInteger(k) || k < 0))
    throw new ValueError('invalid shape in fixed-type tuple: dimension smaller then zero.');
  const itemsize = n * base.itemsize;
  if (itemsize > 0x7fffffff)
    throw new ValueError('invalid shape in fixed-type tuple: dtype size in bytes must fit into a C int.');
  return intern(`(${keyOf(base)},${shape.join('x')})`, () => ({
    family: 'void',
    name: `void${itemsize === 0 ? '' : itemsize * 8}`,
    kind: 'V',
    char: 'V',
    num: 20,
    itemsize,
    alignment: base.alignment,
    carrier: BITS[itemsize] ?? null,
    str: `|V${itemsize}`,
    byteorder: '|',
    isnative: base.isnative,
    subdtype: [base, Object.freeze([...shape])],
    hasobject: base.hasobject,
    plain: base.plain === base ? null : subarrayDtype(base.plain, shape),
  }));
}

/** The same dtype with metadata, in addition to what it has. Each is an object of its own, since metadata can be anything. */
export function withMetadata(d: DType, metadata: Readonly<Record<string, unknown>>): DType {
  const all = { ...d.metadata, ...metadata };
  if (Object.keys(all).length === 0) return d;
  const tagged = new DType({ ...d, name: d.name as string, metadata: Object.freeze(all), plain: d.plain });
  tags.set(tagged, made++);
  return tagged;
}
