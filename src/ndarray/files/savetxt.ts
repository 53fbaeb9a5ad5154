import { type ArrayLike, toArray } from '../../core/coerce.js';
import { AttributeError, TypeError, ValueError } from '../../core/errors.js';
import { deliver, deliverLater, isPath, type Path, type Sink } from '../../core/files.js';
import { fn } from '../../core/signature.js';
import { percent } from '../../core/strings/percent.js';
import { typeName } from '../../core/python/kind.js';
import { repr, str } from '../../core/python/repr.js';
import type { NDArray } from '../ndarray.js';
import { type LateSink, late, WATCHED } from './arrays.js';
import { textPieces, writeText } from './lines.js';

/** np.savetxt. */

export interface SaveTextKeywords {
  /** A format of Python's `%` for all columns, for all of a row, or a list of one for each column. */
  fmt?: string | readonly string[];
  delimiter?: string;
  newline?: string;
  header?: string;
  footer?: string;
  /** Written before each line of header and footer. */
  comments?: string;
  encoding?: string | null;
  /** Told how many bytes were written; of how many, nobody knows. */
  progress?: ((done: number, total: number | null) => void) | null;
}

const TEXTS = { str, repr, type: typeName };

/** Elements of a row as `%` takes them: integers as bigints, complex numbers as their two parts. */
function elements(a: NDArray, row: number, complex: boolean): unknown[] {
  const entry = a.at(row) as NDArray;
  const list = (
    entry.ndim === 0 ? (Array.isArray(entry.item()) ? entry.item() : [entry.item()]) : entry.tolist()
  ) as unknown[];
  if (complex) return list.flatMap((z) => [(z as { re: number }).re, (z as unknown as { im: number }).im]);
  const whole = 'iu'.includes(a.dtype.kind);
  return list.map((v) => (whole ? BigInt(v as number) : v));
}

const SIGNATURE =
  "fname, X, fmt='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ', encoding=None";

/** The text line by line. Arguments are checked before the first. */
function linesOf(
  x: unknown,
  fmt: unknown,
  delimiter: string,
  newline: string,
  header: string,
  footer: string,
  comments: string,
): Iterable<string> {
  const a = toArray(x) as NDArray;
  if (a.ndim === 0 || a.ndim > 2) throw new ValueError(`Expected 1D or 2D array, got ${a.ndim}D array instead`);
  const columns = a.ndim === 2 ? a.shape[1] : (a.dtype.names?.length ?? 1);
  const complex = a.dtype.kind === 'c';
  const format = formatOf(fmt, columns, complex, delimiter);
  const ends = newline === '\\n' ? '\n' : newline;
  const remark = (text: string): string => comments + text.replaceAll('\n', `\n${comments}`) + ends;
  return (function* () {
    if (header !== '') yield remark(header);
    for (let r = 0; r < a.shape[0]; r++) {
      let line: string;
      try {
        line = percent(format, elements(a, r, complex), TEXTS);
      } catch (e) {
        if (!(e instanceof TypeError)) throw e;
        throw new TypeError(`Mismatch between array dtype ('${String(a.dtype)}') and format specifier ('${format}')`);
      }
      yield (complex ? line.replaceAll('+-', '-') : line) + ends;
    }
    if (footer !== '') yield remark(footer);
  })();
}

/**
 * Writes an array of one or two axes as text, a line for each row.
 *
 * @param fname a path (packed where it ends in .gz), or something with a method `write`
 * @throws ValueError for other dimensions and formats that do not fit the columns; TypeError for elements that a format does not take
 * @example
 * const lines = [];
 * np.savetxt({ write: (s) => lines.push(s) }, [[1, 2.5]], { fmt: '%.1f', delimiter: ',' });
 * lines.join('') // → '1.0,2.5\n'
 */
export const savetxt: (
  fname: Path | Sink | { write(s: string): unknown },
  X: ArrayLike,
  fmt?: string | readonly string[] | SaveTextKeywords,
  kw?: SaveTextKeywords,
) => void = /*@__PURE__*/ fn(
  'savetxt',
  SIGNATURE,
  (file, x, fmt, delimiter, newline, header, footer, comments, encoding, progress) => {
    const text = linesOf(x, fmt, delimiter, newline, header, footer, comments);
    if (isPath(file)) deliver(file, '', textPieces(file, text, encoding, progress), 'savetxt');
    else if (typeof (file as Sink | null)?.write === 'function') writeText(file as never, text, encoding);
    else throw new ValueError('fname must be a string or file handle');
  },
  'host',
  WATCHED,
);

/**
 * The same as {@link savetxt}, but written while other things go on, also to a WritableStream, a FileHandle or a stream of Node's, which get bytes.
 * @throws as savetxt, by the promise
 * @example
 * const file = new interop.BytesIO();
 * await np.savetxt_async(file, [[1, 2]], { fmt: '%d' });
 * await file.blob().text() // → '1 2\n'
 */
export const savetxt_async: (
  fname: LateSink | Promise<unknown>,
  X: ArrayLike,
  fmt?: string | readonly string[] | SaveTextKeywords,
  kw?: SaveTextKeywords,
) => Promise<void> = /*@__PURE__*/ late(
  'savetxt_async',
  SIGNATURE,
  (by) => (file, x, fmt, delimiter, newline, header, footer, comments, encoding, progress) =>
    deliverLater(
      file,
      '',
      textPieces(file, linesOf(x, fmt, delimiter, newline, header, footer, comments), encoding, progress),
      by,
    ),
);

function formatOf(fmt: unknown, columns: number, complex: boolean, delimiter: string): string {
  if (Array.isArray(fmt)) {
    if (fmt.length !== columns) throw new AttributeError(`fmt has wrong shape.  ${fmt}`);
    return fmt.join(delimiter);
  }
  if (typeof fmt !== 'string') throw new ValueError(`invalid fmt: ${String(fmt)}`);
  const n = fmt.split('%').length - 1;
  if (n === 1) return new Array<string>(columns).fill(complex ? ` (${fmt}+${fmt}j)` : fmt).join(delimiter);
  if (n !== (complex ? 2 * columns : columns)) throw new ValueError(`fmt has wrong number of % formats:  ${fmt}`);
  return fmt;
}
