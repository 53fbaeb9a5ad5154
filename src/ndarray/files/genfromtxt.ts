import { ArrayValue } from '../../core/array.js';
import { asDtype, bytesDtype, type DType, type DTypeLike, float64, isText, strDtype } from '../../core/dtype.js';
import { NotImplementedError, TypeError, ValueError, warn } from '../../core/errors.js';
import { fn, isKeywords, parseSignature } from '../../core/signature.js';
import { finish, type Progress, type Reading } from '../../core/source.js';
import { array } from '../creation/convert.js';
import { checkLike } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';
import { type LateSource, late, type Source, WATCHED } from './arrays.js';
import { eachLine } from './lines.js';
import { withAxes } from './loadtxt.js';
import { Column, type NameRules, numbered, splitter, validNames } from './table-columns.js';
import { columnsOf, latin1Bytes, nested } from './tokens.js';

/** np.genfromtxt: tables with names, gaps, and columns of several kinds. */

export interface GenFromTextKeywords {
  /** null: what each column's fields turn out to be. */
  dtype?: DTypeLike | null | readonly unknown[];
  comments?: string | null;
  /** What stands between fields, or their width, or a width for each. */
  delimiter?: string | number | readonly number[] | null;
  skip_header?: number;
  skip_footer?: number;
  converters?: Readonly<Record<string | number, (field: string) => unknown>> | null;
  missing_values?: unknown;
  filling_values?: unknown;
  usecols?: unknown;
  /** true: the first line has them. */
  names?: boolean | string | readonly string[] | null;
  excludelist?: readonly string[] | null;
  deletechars?: string | null;
  replace_space?: string;
  autostrip?: boolean;
  case_sensitive?: boolean | 'upper' | 'lower';
  defaultfmt?: string;
  unpack?: boolean | null;
  usemask?: boolean;
  loose?: boolean;
  invalid_raise?: boolean;
  max_rows?: number | null;
  encoding?: string | null;
  ndmin?: 0 | 1 | 2;
  like?: unknown;
  /** Told how many bytes were read, and of how many, where that is known. An error that it throws ends the reading. */
  progress?: Progress | null;
}
export type GenFromTextLate = (fname: Source | LateSource | Iterable<string>, kw?: GenFromTextKeywords) => Promise<any>;
export interface GenFromText {
  (fname: LateSource, kw?: GenFromTextKeywords): Promise<any>;
  (fname: Source | Iterable<string>, kw?: GenFromTextKeywords): any;
  (fname: Source | Iterable<string>, dtype: DTypeLike | null, kw?: GenFromTextKeywords): any;
}

interface Given extends Required<GenFromTextKeywords> {
  readonly fname: unknown;
}
type Options = Omit<Given, 'fname' | 'like' | 'progress'>;

const listOf = (x: unknown): unknown[] => (Array.isArray(x) ? x : [x]);

/** The place of a column by its name or number. */
const placeOf = (key: unknown, names: readonly string[] | null): number =>
  typeof key === 'string' && !/^-?\d+$/.test(key) ? (names ?? []).indexOf(key) : Number(key);

/** Texts that stand for nothing, for each column. */
function missingOf(
  given: unknown,
  n: number,
  names: string[] | null,
  usecols: readonly number[] | null,
): Set<string>[] {
  const sets = Array.from({ length: n }, () => new Set(['']));
  if (given === null || given === undefined) return sets;
  if (isKeywords(given) || given instanceof Map) {
    for (const [key, v] of given instanceof Map ? given : Object.entries(given)) {
      const texts = listOf(v).map(String);
      if (key === null || key === 'null') for (const s of sets) for (const t of texts) s.add(t);
      let at = placeOf(key, names);
      if (usecols?.includes(at)) at = usecols.indexOf(at);
      for (const t of texts) sets[at]?.add(t);
    }
  } else if (Array.isArray(given)) for (const [i, v] of given.slice(0, n).entries()) sets[i].add(String(v));
  else for (const s of sets) for (const t of typeof given === 'string' ? given.split(',') : [String(given)]) s.add(t);
  return sets;
}

/** What missing fields are filled with, for each column. */
function fillingOf(given: unknown, n: number, names: string[] | null, usecols: readonly number[] | null): unknown[] {
  const out: unknown[] = new Array<unknown>(n).fill(null);
  if (given === null || given === undefined) return out;
  if (isKeywords(given) || given instanceof Map) {
    for (const [key, v] of given instanceof Map ? given : Object.entries(given)) {
      let at = placeOf(key, names);
      if (usecols?.includes(at)) at = usecols.indexOf(at);
      if (at >= 0 && at < n) out[at] = v;
    }
    return out;
  }
  if (Array.isArray(given)) {
    given.slice(0, n).forEach((v, i) => {
      out[i] = v;
    });
    return out;
  }
  return out.fill(given);
}

/** A dtype with names as they must be. */
function namedDtype(given: unknown, names: readonly string[] | null, rules: NameRules, format: string): DType {
  let d: DType;
  try {
    d = asDtype(given as DTypeLike);
  } catch (e) {
    if (!(e instanceof TypeError) || !Array.isArray(given)) throw e;
    const list = validNames(
      given.map((_, i) => names?.[i] ?? ''),
      rules,
      format,
    );
    return asDtype({ names: list, formats: given } as never);
  }
  if (names !== null && d.names === null) return asDtype(validNames(names, rules, format).map((n) => [n, d]) as never);
  if (d.names === null) return d;
  const numbered = d.names.every((n, i) => n === `f${i}`);
  const wanted =
    names !== null
      ? d.names.map((_, i) => names[i] ?? '')
      : numbered && format !== 'f%i'
        ? d.names.map(() => '')
        : d.names;
  return d.renamed(validNames(wanted, rules, format));
}

function table(lines: readonly string[], o: Options, title: string): NDArray | NDArray[] {
  const rules: NameRules = {
    exclude: o.excludelist,
    remove: o.deletechars,
    caseSensitive: o.case_sensitive,
    space: o.replace_space,
  };
  const split = splitter(o.delimiter, o.comments, o.autostrip);
  let at = Number(o.skip_header);
  let first: string[] = [];
  let firstLine: string | null = null;
  while (first.length === 0 && at < lines.length) {
    let line = lines[at++];
    if (o.names === true && o.comments !== null && line.includes(o.comments))
      line = line.split(o.comments).slice(1).join('');
    first = split(line);
    firstLine = line;
  }
  if (first.length === 0) warn('UserWarning', `genfromtxt: Empty input file: "${title}"`);
  if (
    o.names === true &&
    o.comments !== null &&
    first.length > 0 &&
    o.comments.includes(first[0].trim()) &&
    first[0].trim() !== ''
  )
    first.shift();
  let usecols =
    o.usecols === null || o.usecols === undefined
      ? null
      : typeof o.usecols === 'string'
        ? o.usecols.split(',').map((s) => s.trim())
        : listOf(o.usecols instanceof ArrayValue ? (o.usecols as NDArray).tolist() : o.usecols);
  const columns = usecols?.length ? usecols.length : first.length;
  let names: string[] | null = null;
  if (o.names === true) {
    names = validNames(
      first.map((s) => s.trim()),
      rules,
      'f%i',
    );
    firstLine = null;
  } else if (typeof o.names === 'string')
    names = validNames(
      o.names.split(',').map((s) => s.trim()),
      rules,
      'f%i',
    );
  else if (Array.isArray(o.names) && o.names.length > 0) names = validNames(o.names as string[], rules, 'f%i');

  let dtype = o.dtype === null ? null : namedDtype(o.dtype, names, rules, o.defaultfmt);
  let places: number[] | null = null;
  if (usecols !== null && usecols.length > 0) {
    places = usecols.map((c) => {
      const p = placeOf(c, names);
      if (typeof c === 'string' && p < 0) throw new ValueError(`'${c}' is not in list`);
      return p < 0 ? p + first.length : p;
    });
    if (dtype?.names && dtype.names.length > columns) {
      const d = dtype;
      dtype = asDtype(
        places.map((p) => [
          (d.names as readonly string[])[p],
          (d.layout as never as { dtype: DType }[])[p].dtype,
        ]) as never,
      );
      names = [...(dtype.names as readonly string[])];
    } else if (names !== null && names.length > columns) {
      names = places.map((p) => (names as string[])[p]);
      if (dtype?.names?.length === names.length) dtype = dtype.renamed(names);
    }
  } else if (names !== null && dtype !== null) names = dtype.names === null ? names : [...dtype.names];
  usecols = null;

  const missing = missingOf(o.missing_values, columns, names, places);
  const filling = fillingOf(o.filling_values, columns, names, places);
  const flat = dtype === null ? null : columnsOf(dtype);
  const cols = Array.from(
    { length: columns },
    (_, i) =>
      new Column(flat === null ? null : flat.length > 1 ? (flat[i] ?? flat[0]) : flat[0], missing[i], filling[i]),
  );
  if (
    flat?.some((d) => d.kind === 'O') &&
    dtype?.layout?.some((f) => f.dtype.names !== null || f.dtype.subdtype !== null)
  )
    throw new NotImplementedError('Nested fields involving objects are not supported...');
  const own = new Set<number>();
  const converters: Iterable<[string | number, (field: string) => unknown]> =
    o.converters instanceof Map ? o.converters : Object.entries(o.converters ?? {});
  for (const [name, given] of converters) {
    const key = String(name);
    const f = o.encoding === 'bytes' ? (field: string) => given(latin1Bytes(field) as never) : given;
    const j = placeOf(key, names);
    const i = places === null ? j : /^-?\d+$/.test(key) ? places.indexOf(j) : j;
    if (i < 0 || cols[i] === undefined) continue;
    cols[i].use(f, firstLine === null ? null : (first[j] ?? null));
    own.add(i);
  }

  const rows: string[][] = [];
  let invalid: [number, number][] = [];
  const most = o.max_rows === null ? Number.POSITIVE_INFINITY : Number(o.max_rows);
  const rest = firstLine === null ? ['', ...lines.slice(at)] : [firstLine, ...lines.slice(at)];
  for (let i = 0; i < rest.length && rows.length < most; i++) {
    const fields = split(rest[i]);
    if (fields.length === 0) continue;
    const taken = places === null ? fields : places.map((p) => fields[p]);
    if (places === null ? fields.length !== columns : taken.includes(undefined as never))
      invalid.push([i + Number(o.skip_header) + 1, fields.length]);
    else rows.push(taken);
  }
  if (dtype === null)
    for (const [i, c] of cols.entries()) {
      if (!own.has(i)) c.fit(rows.map((r) => r[i]));
      else for (const [k, r] of rows.entries()) c.check(r[i], i, k + 1 + Number(o.skip_header));
    }
  let footer = Number(o.skip_footer);
  if (invalid.length > 0) {
    const total = rows.length + invalid.length - footer;
    if (footer > 0) {
      const kept = invalid.filter(([line]) => line <= total + Number(o.skip_header));
      footer -= invalid.length - kept.length;
      invalid = kept;
    }
    if (invalid.length > 0) {
      const text = [
        'Some errors were detected !',
        ...invalid.map(([line, n]) => `    Line #${line} (got ${n} columns instead of ${columns})`),
      ].join('\n');
      if (o.invalid_raise) throw new ValueError(text);
      warn('ConversionWarning', text);
    }
  }
  if (footer > 0) rows.splice(Math.max(0, rows.length - footer));
  const fields = names !== null || dtype?.names ? (dtype === null ? names?.length : flat?.length) : undefined;
  if (fields !== undefined && rows.length > 0 && (fields > columns || (fields === 1 && columns > 1)))
    throw new ValueError(`could not assign tuple of length ${columns} to structure with ${fields} fields.`);
  const values = rows.map((r) => r.map((f, i) => cols[i].of(f, !o.loose)));
  const result = assembled(values, dtype, cols, names, o, own);
  const a = withAxes(result, Number(o.ndmin));
  if (!o.unpack) return a;
  if (a.dtype.names === null) return a.T as NDArray;
  return a.dtype.names.length === 1
    ? (a.at(a.dtype.names[0]) as NDArray)
    : a.dtype.names.map((n) => a.at(n) as NDArray);
}

const isLatin1 = (t: unknown): boolean => typeof t === 'string' && /^[\0-\xff]*$/.test(t);

/** Text as wide as the widest of a column. */
function sized(d: DType, values: readonly unknown[]): DType {
  if (!isText(d) || d.itemsize > 0) return d;
  const most = values.reduce(
    (n: number, v) => Math.max(n, v instanceof Uint8Array ? v.length : [...String(v)].length),
    1,
  );
  return d.kind === 'S' ? bytesDtype(most) : strDtype(most);
}

function assembled(
  values: readonly (readonly unknown[])[],
  dtype: DType | null,
  cols: readonly Column[],
  names: readonly string[] | null,
  o: Options,
  own: ReadonlySet<number>,
): NDArray {
  const make = (data: unknown, d: unknown): NDArray => array(data as never, d as never) as NDArray;
  const column = (i: number): unknown[] => values.map((r) => r[i]);
  if (dtype === null) {
    // Text of one column that no byte holds leaves all as text.
    const latin = o.encoding === 'bytes' && cols.every((c, i) => !isText(c.dtype) || column(i).every(isLatin1));
    const bytes = cols.map((c, i) => latin && isText(c.dtype) && !own.has(i));
    if (o.encoding === 'bytes' && cols.some((c) => c.dtype.kind === 'U'))
      warn(
        'VisibleDeprecationWarning',
        'Reading unicode strings without specifying the encoding argument is deprecated. Set the encoding, use None for the system default.',
      );
    const types = cols.map((c, i) => {
      const d = sized(c.dtype, column(i));
      return bytes[i] ? asDtype(`S${d.itemsize / 4}`) : d;
    });
    const rows = !bytes.includes(true)
      ? values
      : values.map((r) => r.map((v, i) => (bytes[i] ? latin1Bytes(v as string) : v)));
    const kinds = new Set(cols.map((c) => c.dtype));
    if (names === null && kinds.size === 1) {
      const widest = types.reduce((a, b) => (b.itemsize > a.itemsize ? b : a), types[0]);
      return make(rows, widest);
    }
    const fields = types.map((d, i) => [names?.[i] ?? numbered(o.defaultfmt, i), d]);
    return make(rows, asDtype(fields as never));
  }
  if (columnsOf(dtype).length > 1 || dtype.names !== null) {
    const data = values.map((r) => {
      let k = 0;
      return nested(dtype, () => r[k++]);
    });
    return make(data, dtype);
  }
  if (own.size > 0 && cols.some((c, i) => own.has(i) && c.dtype !== dtype)) {
    const types = cols.map((c, i) => (own.has(i) ? sized(c.dtype, column(i)) : dtype));
    return make(values, types.length === 1 ? types[0] : asDtype(types.map((d, i) => [`f${i}`, d]) as never));
  }
  if (values.length === 0) return make([], dtype);
  return make(values, isText(dtype) && dtype.itemsize === 0 ? sized(dtype, values.flat()) : dtype);
}

const SIGNATURE =
  "fname, dtype=<class 'float'>, comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, missing_values=None, filling_values=None, usecols=None, names=None, excludelist=None, deletechars=\" !#$%&'()*+,-./:;<=>?@[\\\\]^{|}~\", replace_space='_', autostrip=False, case_sensitive=True, defaultfmt='f%i', unpack=None, usemask=False, loose=True, invalid_raise=True, max_rows=None, encoding=None, *, ndmin=0, like=None";
/** Names of the parameters, in order, as NumPy's text has them; last comes our own. */
const NAMES: readonly string[] = [...parseSignature(SIGNATURE).map((p) => p.name), 'progress'];

/** Tells when there are as many rows as are wanted, so that no line behind them is taken. */
function counter(o: Options): (line: string) => boolean {
  if (o.max_rows === null) return () => false;
  const split = splitter(o.delimiter, o.comments, o.autostrip);
  let lines = 0;
  let width = -1;
  let rows = 0;
  return (line) => {
    if (lines++ < Number(o.skip_header)) return false;
    const named = o.names === true && width < 0 && o.comments !== null && line.includes(o.comments);
    const fields = split(
      named
        ? line
            .split(o.comments as string)
            .slice(1)
            .join('')
        : line,
    );
    if (fields.length === 0) return false;
    if (width < 0) {
      width = fields.length;
      if (o.names === true) return false;
    }
    if (fields.length === width || (o.usecols !== null && o.usecols !== undefined)) rows++;
    return rows >= Number(o.max_rows);
  };
}

const readBy =
  (by: string, isLate: boolean) =>
  (...bound: unknown[]): unknown => {
    const given = Object.fromEntries(NAMES.map((name, i) => [name, bound[i]])) as unknown as Given;
    const { fname, dtype, ndmin, max_rows, encoding, progress } = given;
    checkLike(given.like);
    if (![0, 1, 2].includes(Number(ndmin))) throw new ValueError(`Illegal value of ndmin keyword: ${ndmin}`);
    if (max_rows !== null) {
      if (Number(given.skip_footer) > 0)
        throw new ValueError("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.");
      if (Number(max_rows) < 1) throw new ValueError("'max_rows' must be at least 1.");
    }
    if (given.usemask) throw new NotImplementedError('genfromtxt: there are no masked arrays; leave out usemask');
    const o: Options = { ...given, dtype: dtype === undefined ? float64 : dtype };
    return finish(
      (function* (): Reading<unknown> {
        const lines: string[] = [];
        const enough = counter(o);
        yield* eachLine(fname, { by, late: isLate, encoding, progress }, (l) => {
          lines.push(l);
          return enough(l);
        });
        return table(lines, o, typeof fname === 'string' ? fname : 'object');
      })(),
    );
  };

/**
 * A table of a text file, in which fields may be missing, columns of several kinds, and names in the first line.
 *
 * @param dtype of the elements, or of each column; null finds out what each column is
 * @throws ValueError for lines with another number of columns, unless `invalid_raise` is false; FileNotFoundError
 * @example np.genfromtxt(['1,2', '3,'], { delimiter: ',' }) // → array([[ 1.,  2.],
 * //          [ 3., nan]])
 */
export const genfromtxt: GenFromText = /*@__PURE__*/ fn<GenFromText>(
  'genfromtxt',
  SIGNATURE,
  readBy('genfromtxt', false),
  'conversion',
  WATCHED,
);

/**
 * The same as {@link genfromtxt}, but a path is read while other things go on: always a promise.
 * @throws as genfromtxt, by the promise
 * @example await np.genfromtxt_async(new Blob(['1,2']), { delimiter: ',' }) // → array([1., 2.])
 */
export const genfromtxt_async: GenFromTextLate = /*@__PURE__*/ late('genfromtxt_async', SIGNATURE, (by) =>
  readBy(by, true),
);
