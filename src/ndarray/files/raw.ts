import { asDtype, type DTypeLike, float64 } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { bytesOf, whenRead } from '../../core/files.js';
import { fn } from '../../core/signature.js';
import { array } from '../creation/convert.js';
import { checkLike } from '../creation/make.js';
import { fromstring } from '../functional/fromstring.js';
import type { NDArray } from '../ndarray.js';
import type { LateSource, Source } from './arrays.js';
import { textOf } from './lines.js';
import { fromBytes } from './npy.js';

/** np.fromfile and np.fromregex. */

export interface FromFileKeywords {
  dtype?: DTypeLike | null;
  count?: number;
  sep?: string;
  offset?: number;
  like?: unknown;
}
export interface FromFile {
  (file: LateSource, kw?: FromFileKeywords): Promise<NDArray>;
  (file: Source, kw?: FromFileKeywords): NDArray;
  (file: Source, dtype: DTypeLike | null, count?: number, sep?: string, offset?: number): NDArray;
}

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
  "file, dtype=None, count=-1, sep='', offset=0, *, like=None",
  (file: unknown, given: DTypeLike | null, count: number, sep: string, offset: number, like: unknown) => {
    checkLike(like);
    const dtype = given === null ? float64 : asDtype(given);
    if (dtype.hasobject) throw new ValueError('Cannot read into object array');
    if (sep !== '' && Number(offset) !== 0) throw new TypeError("'offset' argument only permitted for binary files");
    if (sep !== '')
      return whenRead(bytesOf(file, 'fromfile'), (b) =>
        fromstring(new TextDecoder('iso-8859-1').decode(b), dtype as never, Number(count), { sep }),
      );
    if (dtype.itemsize === 0) throw new ValueError('The elements are 0-sized.');
    return whenRead(bytesOf(file, 'fromfile'), (all) => {
      const b = all.subarray(Math.min(Number(offset), all.length));
      const there = Math.floor(b.length / dtype.itemsize);
      const n = Number(count) < 0 ? there : Math.min(there, Number(count));
      return fromBytes(b.slice(0, n * dtype.itemsize), dtype, n);
    });
  },
  'conversion',
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
        ? new RegExp(regexp, 'g')
        : new RegExp(regexp.source, [...new Set(`${regexp.flags}g`)].join(''));
    const value = (text: string, i: number): unknown => {
      const { kind } = layout[i].dtype;
      if ('iu'.includes(kind)) return BigInt(text.trim());
      return kind === 'f' ? Number(text) : text;
    };
    return whenRead(textOf(file, encoding, 'fromregex') as never, (text) => {
      const rows = [...(text as unknown as string).matchAll(form)].map((m) =>
        (m.length > 1 ? m.slice(1) : [m[0]]).map((t, i) => value(t ?? '', i)),
      );
      return array(rows as never, dtype as never);
    });
  },
  'conversion',
);
