import { asDtype, type DType, type DTypeLike, float64 } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { whenRead } from '../../core/files.js';
import { fn } from '../../core/signature.js';
import { array } from '../creation/convert.js';
import { checkLike } from '../creation/make.js';
import { atleast_1d, atleast_2d, squeeze } from '../manipulation/shape.js';
import type { NDArray } from '../ndarray.js';
import type { LateSource, Source } from './arrays.js';
import { linesOf } from './lines.js';
import { columnsOf, fieldsOf, nested, quotedRows, reader, unreadable } from './tokens.js';

/** np.loadtxt: tables of numbers, every row of which has the same columns. */

/** A function from a field's text to a value, or one for each of some columns. */
export type Converters =
  | ((field: string) => unknown)
  | Readonly<Record<number, (field: string) => unknown>>
  | Map<number, (field: string) => unknown>;

export interface LoadTextKeywords {
  dtype?: DTypeLike;
  comments?: string | readonly string[] | null;
  delimiter?: string | null;
  converters?: Converters | null;
  skiprows?: number;
  usecols?: number | readonly number[] | null;
  unpack?: boolean;
  ndmin?: 0 | 1 | 2;
  encoding?: string | null;
  max_rows?: number | null;
  quotechar?: string | null;
  like?: unknown;
}
export interface LoadText {
  (fname: LateSource, kw?: LoadTextKeywords): Promise<any>;
  (fname: Source | Iterable<string>, dtype: DTypeLike, kw?: LoadTextKeywords): any;
  (fname: Source | Iterable<string>, kw?: LoadTextKeywords): any;
}

function nonNegative(x: unknown): number {
  const n = Number(x);
  if (!Number.isInteger(n)) throw new TypeError('argument must be an integer');
  if (n < 0) throw new ValueError('argument must be nonnegative');
  return n;
}

function character(x: unknown): string | null {
  if (x === null || x === undefined) return null;
  if (typeof x !== 'string' || [...x].length !== 1)
    throw new TypeError(
      `Text reading control character must be a single unicode character or None; but got: '${String(x)}'`,
    );
  return x;
}

function commentsOf(given: unknown, quote: string | null, delimiter: string | null): readonly string[] {
  if (given === null || given === undefined) return [];
  const list = (Array.isArray(given) ? given : [given]).map(String);
  if (list.includes(''))
    throw new ValueError('comments cannot be an empty string. Use comments=None to disable comments.');
  if (list.length > 1 && delimiter !== null && list.includes(delimiter))
    throw new TypeError(`Comment characters '${list}' cannot include the delimiter '${delimiter}'`);
  if ((list.length > 1 || list[0]?.length > 1) && quote !== null)
    throw new ValueError(
      'when multiple comments or a multi-character comment is given, quotes are not supported.  In this case quotechar must be set to None.',
    );
  return list;
}

/** Rows of fields: without comments and empty lines. */
function* rowsOf(
  lines: readonly string[],
  delimiter: string | null,
  comments: readonly string[],
  quote: string | null,
): Generator<string[]> {
  if (quote !== null) {
    for (const row of quotedRows(lines, delimiter, quote, comments[0] ?? null)) if (row.length > 0) yield row;
    return;
  }
  for (const line of lines) {
    let text = line;
    for (const c of comments) {
      const at = text.indexOf(c);
      if (at >= 0) text = text.slice(0, at);
    }
    if (text === '' || (delimiter === null && text.trim() === '')) continue;
    yield fieldsOf(text, delimiter);
  }
}

const converterOf = (c: unknown, column: number): ((s: string) => unknown) | undefined => {
  if (c === null || c === undefined) return undefined;
  if (typeof c === 'function') return c as (s: string) => unknown;
  return c instanceof Map ? c.get(column) : (c as Record<number, (s: string) => unknown>)[column];
};

/** One value, or as many as there are columns. */
function shaped(values: readonly unknown[], rows: number, columns: number, d: DType): NDArray {
  if (d === float64) return (array(Float64Array.from(values as number[])) as NDArray).reshape(rows, columns) as NDArray;
  const list = Array.from({ length: rows }, (_, r) => values.slice(r * columns, (r + 1) * columns));
  return array(list as never, d as never) as NDArray;
}

/** A table with at least `ndmin` axes: beyond that those of one go, and what has one axis becomes a column of two. */
export function withAxes(a: NDArray, ndmin: number): NDArray {
  const r = a.ndim > ndmin ? (squeeze(a) as NDArray) : a;
  if (r.ndim >= ndmin) return r;
  return (ndmin === 1 ? atleast_1d(r) : (atleast_2d(r) as NDArray).T) as NDArray;
}

/**
 * Numbers (or text, dates, structures) of a text file, of which every row has as many columns.
 *
 * @param fname a path (.gz is unpacked), bytes, a list or an iterator of lines; a Blob or a Response gives a promise
 * @param usecols columns that are read, counted from the end where negative
 * @param unpack whether columns come first
 * @throws ValueError for what is no value of the dtype, and rows of other lengths; FileNotFoundError
 * @example np.loadtxt(['1 2', '3 4 # a comment']) // → array([[1., 2.],
 * //          [3., 4.]])
 */
export const loadtxt: LoadText = /*@__PURE__*/ fn<LoadText>(
  'loadtxt',
  "fname, dtype=<class 'float'>, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None",
  (
    fname: unknown,
    given: unknown,
    comment,
    mark,
    converters,
    skip,
    cols,
    unpack,
    min,
    encoding,
    most,
    quotechar,
    like,
  ) => {
    checkLike(like);
    const dtype = given === null || given === undefined ? float64 : asDtype(given as DTypeLike);
    const delimiter = character(mark);
    const quote = character(quotechar);
    const comments = commentsOf(comment, quote, delimiter);
    const ndmin = Number(min);
    if (![0, 1, 2].includes(ndmin)) throw new ValueError(`Illegal value of ndmin keyword: ${ndmin}`);
    const skipped = nonNegative(skip);
    const limit = most === null || most === undefined ? Number.POSITIVE_INFINITY : nonNegative(most);
    const usecols =
      cols === null || cols === undefined
        ? null
        : (Array.isArray(cols)
            ? cols
            : Array.from((cols as Iterable<unknown>)?.[Symbol.iterator] ? (cols as Iterable<unknown>) : [cols])
          ).map(Number);
    return whenRead(linesOf(fname, encoding, 'loadtxt') as never, (all) => {
      const lines = all as unknown as string[];
      const table = read(lines.slice(skipped), dtype, { delimiter, comments, quote, limit, usecols, converters });
      const a = withAxes(table, ndmin);
      if (a.ndim > 0 && a.shape[0] === 0)
        warn('UserWarning', `loadtxt: input contained no data: "${typeof fname === 'string' ? fname : 'object'}"`);
      if (!unpack) return a;
      return a.dtype.names !== null ? a.dtype.names.map((n) => a.at(n)) : a.T;
    });
  },
  'conversion',
);

interface Table {
  readonly delimiter: string | null;
  readonly comments: readonly string[];
  readonly quote: string | null;
  readonly limit: number;
  readonly usecols: readonly number[] | null;
  readonly converters: unknown;
}

function read(lines: readonly string[], dtype: DType, t: Table): NDArray {
  const flat = columnsOf(dtype);
  const structured = dtype.layout !== null || dtype.subdtype !== null;
  const values: unknown[] = [];
  let rows = 0;
  let columns = -1;
  const read = flat.map(reader);
  for (const fields of rowsOf(lines, t.delimiter, t.comments, t.quote)) {
    if (rows >= t.limit) break;
    const places = t.usecols === null ? fields.map((_, i) => i) : t.usecols.map((c) => (c < 0 ? c + fields.length : c));
    if (columns < 0) columns = places.length;
    if (structured && places.length !== flat.length)
      throw new ValueError(
        `the dtype passed requires ${flat.length} columns but ${t.usecols === null ? `${places.length} were found at row ${rows + 1}; use \`usecols\` to select a subset and avoid this error` : `${places.length} are selected by usecols`}`,
      );
    if (t.usecols === null && fields.length !== columns)
      throw new ValueError(
        `the number of columns changed from ${columns} to ${fields.length} at row ${rows + 1}; use \`usecols\` to select a subset and avoid this error`,
      );
    places.forEach((at, k) => {
      if (at < 0 || at >= fields.length)
        throw new ValueError(
          `invalid column index ${(t.usecols as readonly number[])[k]} at row ${rows + 1} with ${fields.length} columns`,
        );
      const kind = structured ? k : 0;
      const convert =
        converterOf(t.converters, at) ??
        (t.usecols === null ? undefined : converterOf(t.converters, at - fields.length));
      const v = convert === undefined ? read[kind](fields[at]) : convert(fields[at]);
      values.push(v === undefined ? unreadable(fields[at], flat[kind], rows, at + 1) : v);
    });
    rows++;
  }
  if (structured) {
    let k = 0;
    const list = Array.from({ length: rows }, () => nested(dtype, () => values[k++]));
    return array(list as never, dtype as never) as NDArray;
  }
  if (rows === 0) return array([], dtype as never) as NDArray;
  return shaped(values, rows, Math.max(0, columns), dtype);
}
