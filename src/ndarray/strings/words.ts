import { showAs } from '../../core/dispatch.js';
import { ArrayValue } from '../../core/array.js';
import type { ArrayLike } from '../../core/coerce.js';
import { bytesDtype, type DType, objectDtype, strDtype } from '../../core/dtype.js';
import { AttributeError, TypeError, ValueError } from '../../core/errors.js';
import { itemOf, pythonText, textOf } from '../../core/scalars/index.js';
import { bytesRepr } from '../../core/scalars/text.js';
import { fn, isKeywords } from '../../core/signature.js';
import { decode as decodeBytes, encode as encodeText } from '../../core/strings/codecs.js';
import { percent, type Texts } from '../../core/strings/percent.js';
import { latin, unlatin } from '../../core/strings/points.js';
import { textRepr } from '../../core/strings/repr.js';
import { ASCII, type Rules, UNICODE } from '../../core/strings/rules.js';
import * as search from '../../core/strings/search.js';
import type { NDArray } from '../ndarray.js';
import { each, gathered, integerArray, stringsOnly, textArray, type TextLike } from './common.js';

/** What Python's own methods of str and bytes do, element by element: cases, formats, encodings, words and lines. */

/** A function of strings as one of elements of text or bytes. */
const onText = (d: DType, f: (r: Rules, s: string) => string): ((v: any) => unknown) =>
  d.kind === 'U' ? (s) => f(UNICODE, s) : (b) => unlatin(f(ASCII, latin(b)));

const casing = (name: 'upper' | 'lower' | 'title' | 'capitalize' | 'swapcase'): ((a: TextLike) => NDArray) =>
  fn(
    name,
    'a',
    (a) => {
      const x = stringsOnly(a);
      return each(
        [x],
        x.dtype,
        onText(x.dtype, (r, s) => r[name](s)),
      );
    },
    'host',
  );
/** In capitals, cut to the dtype's length. @throws TypeError for what is no text @example np.strings.upper(['a1', 'b']) // → array(['A1', 'B'], dtype='<U2') */
export const upper: (a: TextLike) => NDArray = /*@__PURE__*/ casing('upper');
/** In small letters. @throws TypeError for what is no text @example np.strings.lower(['A1', 'B']) // → array(['a1', 'b'], dtype='<U2') */
export const lower: (a: TextLike) => NDArray = /*@__PURE__*/ casing('lower');
/** Words with a capital in front. @throws TypeError for what is no text @example np.strings.title(['ab cd']) // → array(['Ab Cd'], dtype='<U5') */
export const title: (a: TextLike) => NDArray = /*@__PURE__*/ casing('title');
/** A capital in front, the rest in small letters. @throws TypeError for what is no text @example np.strings.capitalize(['aB']) // → array(['Ab'], dtype='<U2') */
export const capitalize: (a: TextLike) => NDArray = /*@__PURE__*/ casing('capitalize');
/** Capitals for small letters and the reverse. @throws TypeError for what is no text @example np.strings.swapcase(['aB']) // → array(['Ab'], dtype='<U2') */
export const swapcase: (a: TextLike) => NDArray = /*@__PURE__*/ casing('swapcase');

const SCALAR: Readonly<Record<string, string>> = { U: 'str_', S: 'bytes_' };
/** How elements of a dtype read inside of a format. */
function textsOf(d: DType): Texts {
  const name = SCALAR[d.kind] ?? d.name;
  const object = d.kind === 'O';
  const quote = (x: unknown): string =>
    typeof x === 'string'
      ? textRepr(x)
      : x instanceof Uint8Array
        ? bytesRepr(x)
        : object
          ? pythonText(x)
          : textOf(x, d);
  return {
    str: (x) => (typeof x === 'string' ? x : object ? pythonText(x) : textOf(x, d)),
    repr: (x) => (object ? quote(x) : `np.${d.kind === 'b' ? `${textOf(x, d)}_` : `${name}(${quote(x)})`}`),
    type: (x) => (object ? (typeof x === 'string' ? 'str' : x === null ? 'NoneType' : typeof x) : `numpy.${name}`),
  };
}

/**
 * Formats filled with values, as Python's `%`: one value (or a list of them in an array of objects) for each format.
 * @throws TypeError, ValueError as Python's
 * @example np.strings.mod(['%d', '%5.2f'], 3) // → array(['3', ' 3.00'], dtype='<U5')
 */
export const mod: (a: TextLike, values: ArrayLike) => NDArray = /*@__PURE__*/ fn(
  'mod',
  'a, values',
  (a, values) => {
    const x = stringsOnly(a);
    const v = textArray(values);
    const texts = textsOf(v.dtype);
    const whole = v.dtype.kind === 'i' || v.dtype.kind === 'u';
    const value = (e: any): unknown => (whole ? BigInt(e) : e);
    const kind = x.dtype.kind as 'U' | 'S';
    const run = (s: string, e: unknown): string => percent(s, value(e), texts);
    return gathered([x, v], kind, x.dtype, (s, e) =>
      kind === 'U' ? run(s, e) : unlatin(run(latin(s), v.dtype.kind === 'S' ? latin(e) : e)),
    );
  },
  'host',
);

/** A function between text and bytes: an encoding (utf-8 unless given), and what is done about what does not fit. */
export interface Code {
  (a: TextLike, encoding?: string | null, errors?: string | null): NDArray;
  (a: TextLike, kw: { encoding?: string | null; errors?: string | null }): NDArray;
}

/**
 * Text as bytes.
 * @throws UnicodeEncodeError, LookupError; AttributeError for bytes
 * @example np.strings.encode(['é', 'ab']).dtype.str // → '|S2'
 */
export const encode: Code = /*@__PURE__*/ fn(
  'encode',
  'a, encoding=None, errors=None',
  (a, encoding, errors) => {
    const x = stringsOnly(a);
    if (x.dtype.kind === 'S') throw new AttributeError("type object 'bytes' has no attribute 'encode'");
    return gathered([x], 'S', bytesDtype(1), (s) =>
      encodeText(s, encoding ?? undefined, encoding === null ? undefined : (errors ?? undefined)),
    );
  },
  'host',
);

/**
 * Bytes as text.
 * @throws UnicodeDecodeError, LookupError; AttributeError for text
 * @example np.strings.decode(np.array(['ab'], 'S')) // → array(['ab'], dtype='<U2')
 */
export const decode: Code = /*@__PURE__*/ fn(
  'decode',
  'a, encoding=None, errors=None',
  (a, encoding, errors) => {
    const x = stringsOnly(a);
    if (x.dtype.kind === 'U') throw new AttributeError("type object 'str' has no attribute 'decode'");
    return gathered([x], 'U', strDtype(1), (b) =>
      decodeBytes(b, encoding ?? undefined, encoding === null ? undefined : (errors ?? undefined)),
    );
  },
  'host',
);

/** What a translation makes of code points: text, another code point, or null for nothing; a string is looked up by place. */
export type Translation =
  | ReadonlyMap<number | string, string | number | null>
  | Readonly<Record<number | string, string | number | null>>
  | string
  | Uint8Array
  | null;

/** A code point's translation, undefined where there is none. */
function lookup(table: Translation): (c: string) => string | undefined {
  const points = typeof table === 'string' ? [...table] : null;
  const get = (n: number, c: string): string | number | null | undefined => {
    if (points !== null) return points[n];
    if (table instanceof Map)
      return table.has(n) ? table.get(n) : table.has(String(n)) ? table.get(String(n)) : table.get(c);
    const own = table as Record<string, string | number | null>;
    return own[n] === undefined ? own[c] : own[n];
  };
  return (c) => {
    const r = get(c.codePointAt(0) as number, c);
    if (r === undefined) return undefined;
    return r === null ? '' : typeof r === 'number' ? String.fromCodePoint(r) : r;
  };
}

function tableBytes(table: unknown): Uint8Array | null {
  if (table === null) return null;
  const t = typeof table === 'string' ? unlatin(table) : table instanceof ArrayValue ? bytesIn(table) : table;
  if (!(t instanceof Uint8Array)) throw new TypeError(`a bytes-like object is required, not '${typeof table}'`);
  if (t.length !== 256) throw new ValueError('translation table must be 256 characters long');
  return t;
}
const bytesIn = (a: ArrayValue): unknown => (a as unknown as NDArray).item();

const translateCall = /*@__PURE__*/ fn(
  'translate',
  'a, table, deletechars=None',
  (a, table, deletechars) => {
    const x = stringsOnly(a);
    if (x.dtype.kind === 'U') {
      const by = lookup((table instanceof ArrayValue ? bytesIn(table) : table) as Translation);
      return each([x], x.dtype, (s: string) => {
        let out = '';
        for (const c of s) out += by(c) ?? c;
        return out;
      });
    }
    const t = tableBytes(table);
    const gone = new Set<number>(
      typeof deletechars === 'string' ? unlatin(deletechars) : ((deletechars ?? []) as Iterable<number>),
    );
    return each([x], x.dtype, (b: Uint8Array) => b.filter((c) => !gone.has(c)).map((c) => (t === null ? c : t[c])));
  },
  'host',
);
/**
 * Characters replaced by a table: of text by code point (a Map, an object or a string), of bytes by a table of 256 bytes, without `deletechars`.
 * @throws ValueError for a table of bytes that has not 256
 * @example np.strings.translate(['abc'], new Map([[97, 'x'], [98, null]])) // → array(['xc'], dtype='<U3')
 */
export const translate: (a: TextLike, table: Translation, deletechars?: string | Uint8Array | null) => NDArray =
  /*@__PURE__*/ showAs(
    (a: TextLike, table: Translation, ...rest: unknown[]) =>
      translateCall(a, isKeywords(table) && !('table' in table) ? new Map(Object.entries(table)) : table, ...rest),
    translateCall,
  );

// ---- functions whose results are lists; np.char has them --------------------------------------------------------------

/** The characters of `seq` with `sep` between them. @example np.char.join('-', ['abc', 'xy']) // → array(['a-b-c', 'x-y'], dtype='<U5') */
export const join: (sep: TextLike, seq: TextLike) => NDArray = /*@__PURE__*/ fn(
  'join',
  'sep, seq',
  (sep, seq) => {
    const s = stringsOnly(sep);
    const q = textArray(seq);
    if (q.dtype.kind !== s.dtype.kind)
      throw new TypeError(
        `sequence item 0: expected ${s.dtype.kind === 'U' ? 'str' : 'a bytes-like object'} instance, ${q.dtype.kind === 'U' ? 'str' : 'int'} found`,
      );
    return gathered([s, q], q.dtype.kind as 'U', q.dtype, (a, b) =>
      typeof a === 'string' ? [...(b as string)].join(a) : unlatin([...latin(b)].join(latin(a))),
    );
  },
  'host',
);

type Splitter = (r: Rules, s: string, sep: string | null, most: number) => string[];

/** A function that splits text into lists. */
export interface Split {
  (a: TextLike, sep?: TextLike | null, maxsplit?: ArrayLike | null): NDArray;
  (a: TextLike, kw: { sep?: TextLike | null; maxsplit?: ArrayLike | null }): NDArray;
}

const splitting = (name: string, f: Splitter): Split =>
  fn(
    name,
    'a, sep=None, maxsplit=None',
    (a, sep, maxsplit) => {
      const x = stringsOnly(a);
      const s = sep === null ? null : textArray(sep);
      const text = x.dtype.kind === 'U';
      if (s !== null && s.dtype.kind !== x.dtype.kind)
        throw new TypeError(
          text
            ? `must be str or None, not numpy.${SCALAR[s.dtype.kind] ?? s.dtype.name}`
            : "a bytes-like object is required, not 'numpy.str_'",
        );
      const most = integerArray(maxsplit ?? -1, 'maxsplit');
      return each(s === null ? [x, most] : [x, most, s], objectDtype, (v, n, c) => {
        const by = s === null ? null : text ? (c as string) : latin(c);
        return text ? f(UNICODE, v, by, Number(n)) : f(ASCII, latin(v), by, Number(n)).map(unlatin);
      });
    },
    'host',
  );
/** The words of texts (or what lies between separators), as lists. @example np.char.split(['a b']).item(0) // → [ 'a', 'b' ] */
export const split: Split = /*@__PURE__*/ splitting('split', search.split);
/** The same, with cuts counted from the right. @example np.char.rsplit(['a,b,c'], ',', 1).item(0) // → [ 'a,b', 'c' ] */
export const rsplit: Split = /*@__PURE__*/ splitting('rsplit', search.rsplit);
/** The lines of texts, as lists. @example np.char.splitlines(['a\nb']).item(0) // → [ 'a', 'b' ] */
export const splitlines: (a: TextLike, keepends?: boolean | null | { keepends?: boolean | null }) => NDArray =
  /*@__PURE__*/ fn(
    'splitlines',
    'a, keepends=None',
    (a, keepends) => {
      const x = stringsOnly(a);
      const keep = Boolean(keepends instanceof ArrayValue ? itemOf(bytesIn(keepends), keepends.dtype) : keepends);
      return each([x], objectDtype, (v) =>
        x.dtype.kind === 'U'
          ? search.splitlines(UNICODE, v, keep)
          : search.splitlines(ASCII, latin(v), keep).map(unlatin),
      );
    },
    'host',
  );
