import type { FunctionFacts } from '../../core/dispatch.js';
import { asDtype, type DType, type DTypeLike, float64, isNumber } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { complex } from '../../core/complex.js';
import { array } from '../creation/convert.js';
import { checkLike } from '../creation/make.js';
import type { NDArray } from '../ndarray.js';

/** Numbers read from text. */

const INTEGER = /[+-]?\d+/y;
const UNSIGNED = /\+?\d+/y;
const FLOAT = /[+-]?(?:nan(?:\(\w*\))?|inf(?:inity)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy;

/** A real part, an imaginary part, or both with a sign between them; nothing stands between a number and its `j`. */
const COMPLEX = new RegExp(`${FLOAT.source}(?:j|[+-]${FLOAT.source.replace('[+-]?', '')}j)?`, 'iy');

function complexOf(text: string): unknown {
  FLOAT.lastIndex = 0;
  const first = FLOAT.exec(text)?.[0] ?? '';
  const rest = text.slice(first.length);
  if (rest === '') return complex(numberOf(first), 0);
  return /^j$/i.test(rest) ? complex(0, numberOf(first)) : complex(numberOf(first), numberOf(rest.slice(0, -1)));
}

function numberOf(text: string): number {
  const t = text.toLowerCase();
  if (t.includes('nan')) return Number.NaN;
  if (t.includes('inf')) return t.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

/** The end of white space that begins at a place. */
function skip(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at])) at++;
  return at;
}

const UNREAD = 'string or file could not be read to its end due to unmatched data';
const half = (text: string, at: number): number => /^e[+-]?(?!\d)/i.exec(text.slice(at, at + 3))?.[0].length ?? 0;

/** Numbers with a separator between them, and perhaps one at the end. @throws ValueError at what is neither */
function read(text: string, sep: string, form: RegExp, count: number, file: boolean): unknown[] {
  const mark = sep.trim();
  const out: unknown[] = [];
  let at = skip(text, 0);
  // Files of white space only are refused, texts are not.
  if (file && form !== INTEGER && form !== UNSIGNED && at > 0 && at === text.length && count !== 0)
    throw new ValueError(UNREAD);
  while (at < text.length && (count < 0 || out.length < count)) {
    form.lastIndex = at;
    const found = form.exec(text)?.[0];
    if (found === undefined) break;
    out.push(form === COMPLEX ? complexOf(found) : form !== FLOAT ? BigInt(found.replace('+', '')) : numberOf(found));
    // A number in a file may begin an exponent that does not come.
    const length = found.length + (file && form !== INTEGER && form !== UNSIGNED ? half(text, at + found.length) : 0);
    const end = skip(text, at + length);
    const next = mark === '' ? end : text.startsWith(mark, end) ? skip(text, end + mark.length) : -1;
    if (next < 0 || (mark === '' && end === at + length)) {
      at = next < 0 ? end : next;
      break;
    }
    at = next;
  }
  if (at < text.length && (count < 0 || out.length < count)) throw new ValueError(UNREAD);
  return out;
}

const SIGNED_MOST = 2n ** 63n - 1n;
const UNSIGNED_MOST = 2n ** 64n - 1n;

/** The numbers of a text, or of a file. @throws ValueError */
export function numbersIn(text: string, type: DType, count: number, sep: string, file: boolean): NDArray {
  if (!isNumber(type) && type.unit === null)
    throw new ValueError("don't know how to read character strings with that array type");
  if (type.kind === 'c') return array(read(text, sep, COMPLEX, count, file) as number[], 'complex128').astype(type);
  if (type.kind !== 'i' && type.kind !== 'u')
    return array(read(text, sep, FLOAT, count, file) as number[], 'float64').astype(type);
  const values = read(text, sep, type.kind === 'u' ? UNSIGNED : INTEGER, count, file) as bigint[];
  // What does not fit 64 bits is the greatest number that does, as in C.
  const most = type.kind === 'u' ? UNSIGNED_MOST : SIGNED_MOST;
  return array(
    values.map((v) => BigInt.asIntN(64, v > most || v < -SIGNED_MOST - 1n ? most : v)),
    'int64',
  ).astype(type);
}

export interface FromString {
  (string: string, dtype?: DTypeLike | null, count?: number, kw?: { sep?: string; like?: unknown }): NDArray;
  (string: string, kw: { dtype?: DTypeLike | null; count?: number; sep?: string; like?: unknown }): NDArray;
}

/**
 * An array of the numbers in a text, which `sep` stands between; a space stands for any white space.
 *
 * @param count how many numbers to read; all unless given
 * @throws ValueError for text that is not such a list, and without `sep`: bytes are read by `np.frombuffer`
 * @example np.fromstring('1, 2, 3.5', { sep: ',' }) // → array([1. , 2. , 3.5])
 */
export const fromstring: FromString & FunctionFacts = /*@__PURE__*/ fn<FromString>(
  'fromstring',
  "string, dtype=None, count=-1, *, sep='', like=None",
  (given: unknown, dtype: DTypeLike | null, count: number, sep: string, like: unknown) => {
    checkLike(like);
    if (sep === '') throw new ValueError('The binary mode of fromstring is removed, use frombuffer instead');
    const text = given instanceof Uint8Array ? String.fromCharCode(...given) : given;
    if (typeof text !== 'string') throw new TypeError('fromstring: the text must be a string');
    const type = dtype === null ? float64 : asDtype(dtype);
    if (type.kind === 'O') throw new ValueError('Cannot create an object array from a string');
    return numbersIn(text, type, count, sep, false);
  },
  'host',
);
