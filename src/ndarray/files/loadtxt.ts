import { asDtype, type DType, type DTypeLike, float64 } from '../../core/dtype.js';
import { TypeError, ValueError, warn } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { finish, type Progress, type Reading } from '../../core/source.js';
import { array } from '../creation/convert.js';
import { checkLike } from '../creation/make.js';
import { atleast_1d, atleast_2d, squeeze } from '../manipulation/shape.js';
import type { NDArray } from '../ndarray.js';
import { concatenate } from '../manipulation/join.js';
import { type LateSource, late, type Source, WATCHED } from './arrays.js';
import { eachLine } from './lines.js';
import {
  columnsOf,
  fieldsOf,
  latin1Bytes,
  nested,
  quotedRows,
  reader,
  type Rows,
  stripped,
  unreadable,
} from './tokens.js';

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
  /** Told how many bytes were read, and of how many, where that is known. An error that it throws ends the reading. */
  progress?: Progress | null;
}
export type LoadTextLate = (fname: Source | LateSource | Iterable<string>, kw?: LoadTextKeywords) => Promise<any>;
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
  const list = (Array.isArray(given) ? given : [given]).map((c) =>
    c instanceof Uint8Array ? String.fromCharCode(...c) : String(c),
  );
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
function rowsOf(delimiter: string | null, comments: readonly string[], quote: string | null): Rows {
  if (quote !== null) {
    const rows = quotedRows(delimiter, quote, comments[0] ?? null);
    const some = (r: string[] | null): string[] | null => (r !== null && r.length > 0 ? r : null);
    return { line: (l) => some(rows.line(l)), end: (ended) => some(rows.end(ended)) };
  }
  return {
    line(line) {
      let text = line;
      for (const c of comments) {
        const at = text.indexOf(c);
        if (at >= 0) text = text.slice(0, at);
      }
      return text === '' || (delimiter === null && stripped(text) === '') ? null : fieldsOf(text, delimiter);
    },
    end: () => null,
  };
}

const converterOf = (c: unknown, column: number): ((s: string) => unknown) | undefined => {
  if (c === null || c === undefined) return undefined;
  if (typeof c === 'function') return c as (s: string) => unknown;
  return c instanceof Map ? c.get(column) : (c as Record<number, (s: string) => unknown>)[column];
};

/** A table with at least `ndmin` axes: beyond that those of one go, and what has one axis becomes a column of two. */
export function withAxes(a: NDArray, ndmin: number): NDArray {
  const r = a.ndim > ndmin ? (squeeze(a) as NDArray) : a;
  if (r.ndim >= ndmin) return r;
  return (ndmin === 1 ? atleast_1d(r) : (atleast_2d(r) as NDArray).T) as NDArray;
}

const LOADTXT =
  "fname, dtype=<class 'float'>, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None";

const loadBy =
  (by: string, isLate: boolean) =>
  (...bound: any[]): unknown => {
    const [
      fname,
      given,
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
      progress,
    ] = bound;
    checkLike(like);
    const dtype = given === null || given === undefined ? float64 : asDtype(given as DTypeLike);
    const delimiter = character(mark);
    const quote = character(quotechar);
    const comments = commentsOf(comment, quote, delimiter);
    const ndmin = Number(min);
    if (min === null || ![0, 1, 2].includes(ndmin))
      throw new ValueError(`Illegal value of ndmin keyword: ${min === null ? 'None' : ndmin}`);
    const skipped = nonNegative(skip);
    const limit = most === null || most === undefined ? Number.POSITIVE_INFINITY : nonNegative(most);
    const usecols =
      cols === null || cols === undefined
        ? null
        : (Array.isArray(cols)
            ? cols
            : Array.from(
                (cols as Iterable<unknown>)?.[Symbol.iterator] && (cols as NDArray).ndim !== 0
                  ? (cols as Iterable<unknown>)
                  : [cols],
              )
          ).map(Number);
    const table = new Table(dtype, {
      delimiter,
      comments,
      quote,
      limit,
      skipped,
      usecols,
      converters,
      bytes: encoding === 'bytes',
    });
    const how = { by, late: isLate, encoding, progress };
    return finish(
      (function* (): Reading<unknown> {
        let n = 0;
        if (limit > 0) yield* eachLine(fname, how, (text, ended) => (n++ < skipped ? false : table.line(text, ended)));
        const a = withAxes(table.finish(), ndmin);
        if (a.ndim > 0 && a.shape[0] === 0)
          warn('UserWarning', `loadtxt: input contained no data: "${typeof fname === 'string' ? fname : 'object'}"`);
        if (!unpack) return a;
        return a.dtype.names !== null ? a.dtype.names.map((name) => a.at(name)) : a.T;
      })(),
    );
  };

/**
 * Numbers (or text, dates, structures) of a text file, of which every row has as many columns.
 *
 * The text is read line by line: memory holds the numbers, not the text. A path may be of a text packed by gzip.
 *
 * @param fname a path, bytes, a list or an iterator of lines, an object with a method `read`; a Blob, a Response, a stream or a FileHandle gives a promise
 * @param usecols columns that are read, counted from the end where negative
 * @param unpack whether columns come first
 * @throws ValueError for what is no value of the dtype, and rows of other lengths; FileNotFoundError
 * @example np.loadtxt(['1 2', '3 4 # a comment']) // → array([[1., 2.],
 * //          [3., 4.]])
 */
export const loadtxt: LoadText = /*@__PURE__*/ fn<LoadText>(
  'loadtxt',
  LOADTXT,
  loadBy('loadtxt', false),
  'conversion',
  WATCHED,
);

/**
 * The same as {@link loadtxt}, but a path is read while other things go on: always a promise.
 * @throws as loadtxt, by the promise
 * @example await np.loadtxt_async(new Blob(['1 2'])) // → array([1., 2.])
 */
export const loadtxt_async: LoadTextLate = /*@__PURE__*/ late('loadtxt_async', LOADTXT, (by) => loadBy(by, true));

interface Form {
  readonly delimiter: string | null;
  readonly comments: readonly string[];
  readonly quote: string | null;
  readonly limit: number;
  readonly skipped: number;
  /** Whether converters get bytes. */
  readonly bytes: boolean;
  readonly usecols: readonly number[] | null;
  readonly converters: unknown;
}

const notCounted = (line: number, limit: number): string =>
  `Input line ${line} contained no data and will not be counted towards \`max_rows=${limit}\`.  This differs from the behaviour in NumPy <=1.22 which counted lines rather than rows.  If desired, the previous behaviour can be achieved by using \`itertools.islice\`.\nPlease see the 1.23 release notes for an example on how to do this.  If you wish to ignore this warning, use \`warnings.filterwarnings\`.  This warning is expected to be removed in the future and is given only once per \`loadtxt\` call.`;

/** So many values that are no plain numbers are kept as JavaScript's before they become an array. */
const BLOCK = 1 << 16;

/** A table that is given line by line. What was read is kept as arrays: numbers in one that grows, others in blocks. */
class Table {
  private readonly rows: Rows;
  private readonly flat: readonly DType[];
  private readonly read: readonly ((field: string) => unknown)[];
  private readonly structured: boolean;
  private numbers: Float64Array | null;
  private values: unknown[] = [];
  private readonly blocks: NDArray[] = [];
  private length = 0;
  private count = 0;
  private ended = false;
  private lines = 0;
  private warned = false;
  private columns = -1;

  constructor(
    private readonly dtype: DType,
    private readonly form: Form,
  ) {
    this.rows = rowsOf(form.delimiter, form.comments, form.quote);
    this.flat = columnsOf(dtype);
    this.read = this.flat.map(reader);
    this.structured = dtype.layout !== null || dtype.subdtype !== null;
    this.numbers = dtype === float64 ? new Float64Array(256) : null;
  }

  /** Takes a line; true where no more are needed. */
  line(text: string, ended: boolean): boolean {
    this.ended = ended;
    this.lines++;
    const fields = this.rows.line(text);
    if (fields !== null) this.row(fields);
    else if (this.form.limit !== Number.POSITIVE_INFINITY && !this.warned) {
      this.warned = true;
      warn('UserWarning', notCounted(this.form.skipped + this.lines, this.form.limit));
    }
    return this.count >= this.form.limit;
  }

  private row(fields: readonly string[]): void {
    const { usecols, converters } = this.form;
    const row = this.count;
    const n = usecols === null ? fields.length : usecols.length;
    if (this.columns < 0) this.columns = n;
    if (this.structured && n !== this.flat.length)
      throw new ValueError(
        `the dtype passed requires ${this.flat.length} columns but ${usecols === null ? `${n} were found at row ${row + 1}; use \`usecols\` to select a subset and avoid this error` : `${n} are selected by usecols`}`,
      );
    if (usecols === null && n !== this.columns)
      throw new ValueError(
        `the number of columns changed from ${this.columns} to ${n} at row ${row + 1}; use \`usecols\` to select a subset and avoid this error`,
      );
    for (let k = 0; k < n; k++) {
      const given = usecols === null ? k : usecols[k];
      const at = given < 0 ? given + fields.length : given;
      if (at < 0 || at >= fields.length)
        throw new ValueError(`invalid column index ${given} at row ${row + 1} with ${fields.length} columns`);
      const kind = this.structured ? k : 0;
      const convert =
        converters === null
          ? undefined
          : (converterOf(converters, at) ??
            (usecols === null ? undefined : converterOf(converters, at - fields.length)));
      const v =
        convert === undefined
          ? this.read[kind](fields[at])
          : convert(this.form.bytes ? (latin1Bytes(fields[at]) as never) : fields[at]);
      this.push(v === undefined ? unreadable(fields[at], this.flat[kind], row, at + 1) : v);
    }
    this.count++;
    if (this.values.length >= BLOCK) this.pack();
  }

  private push(v: unknown): void {
    if (this.numbers !== null && typeof v === 'number') {
      if (this.length === this.numbers.length) {
        const more = new Float64Array(2 * this.length);
        more.set(this.numbers);
        this.numbers = more;
      }
      this.numbers[this.length++] = v;
      return;
    }
    if (this.numbers !== null) {
      // A converter gave something else.
      this.values = [...this.numbers.subarray(0, this.length)];
      this.numbers = null;
    }
    this.values.push(v);
  }

  /** What was read since the last time, as an array: of rows, or of structures. */
  private pack(): void {
    const { values, columns, dtype } = this;
    const width = this.structured ? this.flat.length : columns;
    const rows = width === 0 ? 0 : values.length / width;
    let k = 0;
    const list = Array.from({ length: rows }, () =>
      this.structured ? nested(dtype, () => values[k++]) : values.slice(k, (k += width)),
    );
    this.blocks.push(array(list as never, dtype as never) as NDArray);
    this.values = [];
  }

  /** The whole table. */
  finish(): NDArray {
    const last = this.rows.end(this.ended);
    if (last !== null && this.count < this.form.limit) this.row(last);
    if (this.count === 0) return array([], this.dtype as never) as NDArray;
    if (this.numbers !== null)
      return (array(this.numbers.subarray(0, this.length)) as NDArray).reshape(this.count, this.columns) as NDArray;
    if (this.values.length > 0 || this.blocks.length === 0) this.pack();
    return (this.blocks.length === 1 ? this.blocks[0] : concatenate(this.blocks)) as NDArray;
  }
}
