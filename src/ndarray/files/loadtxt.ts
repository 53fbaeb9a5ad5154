import { asDtype, type DType, type DTypeLike, float64, isTime } from '../../core/dtype.js';
import { OverflowError, TypeError, ValueError, warn } from '../../core/errors.js';
import { integerOf } from '../../core/integer-argument.js';
import { typeName } from '../../core/python/kind.js';
import { repr } from '../../core/python/repr.js';
import { fn } from '../../core/signature.js';
import { finish, type Progress, type Reading } from '../../core/source.js';
import { array } from '../creation/convert.js';
import { zeros } from '../creation/fill.js';
import { checkLike } from '../creation/make.js';
import { atleast_1d, atleast_2d, squeeze } from '../manipulation/shape.js';
import type { NDArray } from '../ndarray.js';
import { concatenate } from '../manipulation/join.js';
import { type LateSource, late, type Source, WATCHED } from './arrays.js';
import { eachLine } from './lines.js';
import {
  columnsOf,
  fieldsOf,
  isOpen,
  latin1Bytes,
  nested,
  oneLine,
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
  const n = integerOf(x);
  if (n === null) throw new TypeError('argument must be an integer');
  if (n < 0) throw new ValueError('argument must be nonnegative');
  return n;
}

/** @throws TypeError for what is not one character */
function character(x: unknown): string | null {
  if (x === null || x === undefined) return null;
  if (typeof x !== 'string' || [...x].length !== 1)
    throw new TypeError(
      `Text reading control character must be a single unicode character or None; but got: ${repr(x)}`,
    );
  return x;
}

/** Python's name of a type, where an integral number is an int. */
const named = (x: unknown): string => typeName(Number.isInteger(x) ? BigInt(x as number) : x);
const latin1 = (x: unknown): unknown => (x instanceof Uint8Array ? String.fromCharCode(...x) : x);

function commentsOf(given: unknown, quote: unknown, delimiter: unknown): readonly string[] {
  if (given === null || given === undefined) return [];
  const lone = typeof given === 'string' || given instanceof Uint8Array;
  if (!lone && typeof (given as Iterable<unknown>)[Symbol.iterator] !== 'function')
    throw new TypeError(`'${named(given)}' object is not iterable`);
  const list = (lone ? [given] : [...(given as Iterable<unknown>)]).map(latin1);
  for (const c of list) if (typeof c !== 'string') throw new TypeError(`must be str or None, not ${named(c)}`);
  if (list.includes(''))
    throw new ValueError('comments cannot be an empty string. Use comments=None to disable comments.');
  if (list.length > 1 && list.includes(delimiter))
    throw new TypeError(
      `Comment characters '(${list.map(repr).join(', ')})' cannot include the delimiter '${delimiter}'`,
    );
  if ((list.length > 1 || [...((list[0] as string) ?? '')].length > 1) && quote !== null)
    throw new ValueError(
      'when multiple comments or a multi-character comment is given, quotes are not supported.  In this case quotechar must be set to None.',
    );
  return list as string[];
}

/** @throws TypeError for characters that are to mean two things, or end lines */
function checkControls(comment: string | null, quote: string | null, delimiter: string | null): void {
  const unlike = (one: string, other: string): never => {
    throw new TypeError(`The values for control characters '${one}' and '${other}' are incompatible`);
  };
  const given = Object.entries({ comment, quotechar: quote, delimiter }).filter(([, c]) => c !== null);
  given.forEach(([name, c], i) => {
    if (c === '\r' || c === '\n')
      throw new TypeError(`control character '${name}' cannot be a newline (\`\\r\` or \`\\n\`).`);
    for (const [other, o] of given.slice(i + 1)) if (o === c) unlike(name, other);
  });
  if (delimiter !== null) return;
  for (const [name, c] of given) if (stripped(c as string) === '') unlike('delimiter', name);
}

/** @throws TypeError, OverflowError for what are no columns */
function columnNumbers(given: unknown): number[] | null {
  if (given === null || given === undefined) return null;
  const many = typeof given === 'string' || (given as { [Symbol.iterator]?: unknown })[Symbol.iterator] !== undefined;
  const list = many && (given as NDArray).ndim !== 0 ? [...(given as Iterable<unknown>)] : [given];
  return list.map((x) => {
    if (typeof x === 'bigint' && BigInt.asIntN(64, x) !== x)
      throw new OverflowError("cannot fit 'int' into an index-sized integer");
    const n = typeof x === 'boolean' ? Number(x) : integerOf(x);
    if (n === null)
      throw new TypeError(
        `usecols must be an int or a sequence of ints but it contains at least one element of type '${typeName(x)}'`,
      );
    return n;
  });
}

/** Rows of fields, without comments. */
function rowsOf(delimiter: string | null, comments: readonly string[], quote: string | null): Rows {
  if (quote !== null) return quotedRows(delimiter, quote, comments[0] ?? null);
  return {
    line(line) {
      let text = line;
      for (const c of comments) {
        const at = text.indexOf(c);
        if (at >= 0) text = text.slice(0, at);
      }
      if (text === '' || (delimiter === null && stripped(text) === '')) return [];
      return fieldsOf(oneLine(text), delimiter);
    },
    end: () => null,
  };
}

type Convert = (field: string) => unknown;

/**
 * The converter of each column of the result.
 * @throws TypeError, ValueError for what are no converters, and those of columns that are not there
 */
function convertersOf(given: unknown, n: number, usecols: readonly number[] | null): (Convert | undefined)[] {
  const found: (Convert | undefined)[] = new Array(n);
  if (given === null || given === undefined) return found;
  if (typeof given === 'function') return found.fill(given as Convert);
  if (typeof given !== 'object' || Symbol.iterator in given !== given instanceof Map)
    throw new TypeError('converters must be a dictionary mapping columns to converter functions or a single callable.');
  const entries: Iterable<[unknown, unknown]> = given instanceof Map ? given : Object.entries(given);
  for (const [key, f] of entries) {
    const column = typeof key === 'string' && /^-?\d+$/.test(key) ? Number(key) : integerOf(key);
    if (column === null) throw new TypeError(`keys of the converters dictionary must be integers; got ${repr(key)}`);
    const at = usecols === null ? (column < 0 ? column + n : column) : usecols.indexOf(column);
    if (at < 0 || at >= n) {
      if (usecols !== null) continue;
      throw new ValueError(`converter specified for column ${column}, which is invalid for the number of fields ${n}.`);
    }
    if (typeof f !== 'function')
      throw new TypeError(
        `values of the converters dictionary must be callable, but the value associated with key ${column} is not`,
      );
    found[at] = f as Convert;
  }
  return found;
}

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
    const ndmin = Number(min);
    if (min === null || ![0, 1, 2].includes(ndmin))
      throw new ValueError(`Illegal value of ndmin keyword: ${min === null ? 'None' : ndmin}`);
    const comments = commentsOf(comment, quotechar, latin1(mark));
    const skipped = nonNegative(skip);
    const limit = most === null || most === undefined ? Number.POSITIVE_INFINITY : nonNegative(most);
    const delimiter = character(latin1(mark));
    const quote = character(quotechar);
    checkControls(comments.length === 1 && comments[0].length === 1 ? comments[0] : null, quote, delimiter);
    if (encoding !== null && typeof encoding !== 'string') throw new TypeError('encoding must be a unicode string.');
    const usecols = columnNumbers(cols);
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
        if (limit > 0)
          yield* eachLine(fname, how, (text, ending) => (n++ < skipped ? false : table.line(text, ending)));
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
  /** Rows that are not in a block yet. */
  private waiting = 0;
  private length = 0;
  private count = 0;
  private warned: boolean;
  private columns = -1;
  private converters: readonly (Convert | undefined)[] = [];
  private readonly places = new Map<DType, NDArray>();

  constructor(
    private readonly dtype: DType,
    private readonly form: Form,
  ) {
    this.rows = rowsOf(form.delimiter, form.comments, form.quote);
    this.flat = columnsOf(dtype);
    this.read = this.flat.map(reader);
    this.structured = dtype.layout !== null || dtype.subdtype !== null;
    this.numbers = dtype === float64 ? new Float64Array(256) : null;
    this.warned = form.limit === Number.POSITIVE_INFINITY;
    if (this.structured && form.usecols !== null && form.usecols.length !== this.flat.length)
      throw new TypeError(
        `If a structured dtype is used, the number of columns in \`usecols\` must match the effective number of fields. But ${form.usecols.length} usecols were given and the number of fields is ${this.flat.length}.`,
      );
  }

  /** Takes a line; true where no more are needed. */
  line(text: string, ending: string): boolean {
    const fields = this.rows.line(text, ending);
    if (fields !== null) this.row(fields);
    return this.count >= this.form.limit;
  }

  private row(fields: readonly string[]): void {
    if (fields.length === 0) {
      if (!this.warned) warn('UserWarning', notCounted(this.form.skipped + this.count + 1, this.form.limit));
      this.warned = true;
      return;
    }
    const { usecols } = this.form;
    const row = this.count;
    if (this.columns < 0) {
      this.columns = usecols?.length ?? (this.structured ? this.flat.length : fields.length);
      this.converters = convertersOf(this.form.converters, this.columns, usecols);
    }
    const n = this.columns;
    if (usecols === null && fields.length !== n)
      throw new ValueError(
        `${this.structured ? `the dtype passed requires ${n} columns but ${fields.length} were found` : `the number of columns changed from ${n} to ${fields.length}`} at row ${row + 1}; use \`usecols\` to select a subset and avoid this error`,
      );
    for (let k = 0; k < n; k++) {
      const given = usecols === null ? k : usecols[k];
      const at = given < 0 ? given + fields.length : given;
      if (at < 0 || at >= fields.length)
        throw new ValueError(`invalid column index ${given} at row ${row + 1} with ${fields.length} columns`);
      const kind = this.structured ? k : 0;
      const convert = this.converters[k];
      if (convert !== undefined) this.push(this.converted(convert, fields[at], this.flat[kind], row, at + 1));
      else {
        const v = this.read[kind](fields[at]);
        if (v === undefined) unreadable(fields[at], this.flat[kind], row, at + 1);
        this.push(isTime(this.flat[kind]) ? this.converted(() => v, fields[at], this.flat[kind], row, at + 1) : v);
      }
    }
    this.count++;
    this.waiting++;
    if (this.values.length >= BLOCK) this.pack();
  }

  /** What a converter gives, if a column can hold it. @throws ValueError for that, and for what it throws */
  private converted(convert: Convert, field: string, d: DType, row: number, column: number): unknown {
    try {
      const given = convert(this.form.bytes ? (latin1Bytes(field) as never) : field) ?? null;
      const v = 'SOV'.includes(d.kind) ? given : latin1(given);
      if (isOpen(d) || d.kind === 'O' || (d === float64 && typeof v === 'number')) return v;
      let place = this.places.get(d);
      if (place === undefined) {
        place = zeros([], d as never) as NDArray;
        this.places.set(d, place);
      }
      place.set([], v as never);
      return v;
    } catch (e) {
      return unreadable(field, d, row, column, e);
    }
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
    let k = 0;
    const list = Array.from({ length: this.waiting }, () =>
      this.structured ? nested(dtype, () => values[k++]) : values.slice(k, (k += columns)),
    );
    this.blocks.push(array(list as never, dtype as never) as NDArray);
    this.values = [];
    this.waiting = 0;
  }

  /** The whole table. */
  finish(): NDArray {
    const last = this.rows.end();
    if (last !== null && this.count < this.form.limit) this.row(last);
    if (this.count === 0) {
      const none = array([], this.dtype as never) as NDArray;
      return this.structured ? none : (none.reshape(0, this.form.usecols?.length ?? 1) as NDArray);
    }
    if (this.numbers !== null)
      return (array(this.numbers.subarray(0, this.length)) as NDArray).reshape(this.count, this.columns) as NDArray;
    if (this.values.length > 0 || this.blocks.length === 0) this.pack();
    return (this.blocks.length === 1 ? this.blocks[0] : concatenate(this.blocks)) as NDArray;
  }
}
