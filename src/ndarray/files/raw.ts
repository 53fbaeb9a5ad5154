import { asDtype, type DTypeLike, float64 } from '../../core/dtype.js';
import { OSError, TypeError, ValueError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import {
  finish,
  latePathSource,
  openSource,
  pathSource,
  type Progress,
  reading,
  type Reading,
  take,
  takeAll,
} from '../../core/source.js';
import { array } from '../creation/convert.js';
import { checkLike } from '../creation/make.js';
import { numbersIn } from '../functional/fromstring.js';
import type { NDArray } from '../ndarray.js';
import { type LateSource, late, type Source, WATCHED } from './arrays.js';
import { wholeText } from './lines.js';
import { fromBytes } from './npy.js';

/** np.fromfile and np.fromregex. */

export interface FromFileKeywords {
  dtype?: DTypeLike | null;
  count?: number;
  sep?: string;
  offset?: number;
  like?: unknown;
  /** Told how many bytes were read, and of how many, where that is known. An error that it throws ends the reading. */
  progress?: Progress | null;
}
export type FromFileLate = (file: Source | LateSource, kw?: FromFileKeywords) => Promise<NDArray>;
export interface FromFile {
  (file: LateSource, kw?: FromFileKeywords): Promise<NDArray>;
  (file: Source, kw?: FromFileKeywords): NDArray;
  (file: Source, dtype: DTypeLike | null, count?: number, sep?: string, offset?: number): NDArray;
}

/** A pattern with Python's flags in front: `(?im)…`. */
function pythonPattern(text: string): RegExp {
  const flags = /^\(\?([aiLmsux]+)\)/.exec(text);
  const kept = ['i', 'm', 's'].filter((f) => flags?.[1].includes(f)).join('');
  const body = text.slice(flags?.[0].length ?? 0);
  if (flags?.[1].includes('a') !== true)
    try {
      return new RegExp(ofAllScripts(body), `gu${kept}`);
    } catch {
      // An escape that JavaScript has only without Unicode.
    }
  return new RegExp(body, `g${kept}`);
}

/** Letters and digits are those of all scripts, as in Python's patterns of text. */
function ofAllScripts(body: string): string {
  const classes: Readonly<Record<string, string>> = { w: '\\p{L}\\p{N}_', d: '\\p{Nd}' };
  let inside = false;
  return body.replace(/\\.|[[\]]/gsu, (m) => {
    if (m === '[') inside = true;
    else if (m === ']') inside = false;
    const c = classes[m[1]];
    return m[0] !== '\\' || c === undefined ? m : inside ? c : `[${c}]`;
  });
}

const FROMFILE = "file, dtype=None, count=-1, sep='', offset=0, *, like=None";

const fromBy =
  (by: string, open: typeof pathSource | typeof latePathSource) =>
  (
    file: unknown,
    given: DTypeLike | null,
    count: number,
    sep: string,
    offset: number,
    like: unknown,
    progress: Progress | null,
  ): unknown => {
    checkLike(like);
    const dtype = given === null ? float64 : asDtype(given);
    const n = Number(count);
    const start = Number(offset);
    if (dtype.hasobject) throw new ValueError('Cannot read into object array');
    if (sep !== '' && start !== 0) throw new TypeError("'offset' argument only permitted for binary files");
    if (sep === '' && dtype.itemsize === 0) throw new ValueError('The elements are 0-sized.');
    if (start < 0) throw new OSError('[Errno 22] Invalid argument');
    return finish(
      reading(openSource(file, by, open), progress, function* (s): Reading<NDArray> {
        if (sep !== '') {
          const text = new TextDecoder('iso-8859-1').decode(yield* takeAll(s));
          return numbersIn(text, dtype, n, sep, true);
        }
        const whole = n < 0 ? Number.MAX_SAFE_INTEGER - start : n * dtype.itemsize;
        const b = yield* take(s, start, Math.min(whole, Number.MAX_SAFE_INTEGER - start));
        return fromBytes(b, dtype, Math.floor(b.length / dtype.itemsize));
      }),
    );
  };

/**
 * The elements of a file as `tofile` writes them: bytes, or with `sep` their texts.
 *
 * @param count how many elements to read; all unless given
 * @param offset bytes to leave out
 * @throws ValueError, TypeError, FileNotFoundError
 * @example np.fromfile(Uint8Array.of(1, 0, 2, 0), 'int16') // → array([1, 2], dtype=int16)
 */
export const fromfile: FromFile = /*@__PURE__*/ fn<FromFile>(
  'fromfile',
  FROMFILE,
  fromBy('fromfile', pathSource),
  'conversion',
  WATCHED,
);

/**
 * The same as {@link fromfile}, but a path is read while other things go on: always a promise.
 * @throws as fromfile, by the promise
 * @example await np.fromfile_async(new Blob([Uint8Array.of(1, 0, 2, 0)]), { dtype: 'int16' }) // → array([1, 2], dtype=int16)
 */
export const fromfile_async: FromFileLate = /*@__PURE__*/ late('fromfile_async', FROMFILE, (by) =>
  fromBy(by, latePathSource),
);

/**
 * A structure of what groups of a regular expression find in a text, one element for each match.
 *
 * @throws TypeError for a dtype without fields; FileNotFoundError
 * @example
 * const text = new TextEncoder().encode('1312 foo\n1534 bar');
 * np.fromregex(text, /(\d+)\s+(...)/, [['num', 'i8'], ['key', 'U3']]).at('key') // → array(['foo', 'bar'], dtype='<U3')
 */
export const fromregex: (
  file: Source | LateSource,
  regexp: string | RegExp,
  dtype: DTypeLike | readonly (readonly unknown[])[],
  encoding?: string | null,
) => any = /*@__PURE__*/ fn(
  'fromregex',
  'file, regexp, dtype, encoding=None',
  (file: unknown, regexp: string | RegExp, given: unknown, encoding: string | null) => {
    const dtype = asDtype(given as DTypeLike);
    if (dtype.names === null) throw new TypeError('dtype must be a structured datatype.');
    const layout = dtype.layout as readonly { readonly dtype: { readonly kind: string } }[];
    const form =
      typeof regexp === 'string'
        ? pythonPattern(regexp)
        : new RegExp(regexp.source, [...new Set(`${regexp.flags}g`)].join(''));
    const value = (text: string, i: number): unknown => {
      const { kind } = layout[i].dtype;
      if ('iu'.includes(kind)) return BigInt(text.trim());
      return kind === 'f' ? Number(text) : text;
    };
    return finish(
      (function* (): Reading<unknown> {
        const text = yield* wholeText(file, encoding, 'fromregex');
        const rows = [...text.matchAll(form)].map((m) =>
          (m.length > 1 ? m.slice(1) : [m[0]]).map((t, i) => value(t ?? '', i)),
        );
        return array(rows as never, dtype as never);
      })(),
    );
  },
  'conversion',
);
