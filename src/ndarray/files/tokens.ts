import { complex, type Complex } from '../../core/complex.js';
import { type DType, isText, isTime } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { integerRange } from '../../core/promote.js';
import { textRepr } from '../../core/python/repr.js';

/** Fields of lines, and values of fields. */

/** A column of a table as a structure has them one after the other: its dtype. */
export function columnsOf(d: DType): DType[] {
  if (d.layout !== null) return d.layout.flatMap((f) => columnsOf(f.dtype));
  if (d.subdtype !== null) {
    const [base, shape] = d.subdtype as unknown as [DType, readonly number[]];
    const n = shape.reduce((a, b) => a * b, 1);
    return Array.from({ length: n }, () => columnsOf(base)).flat();
  }
  return [d];
}

/** The values of one row as an element of a structure has them: lists within lists. */
export function nested(d: DType, next: () => unknown): unknown {
  if (d.layout !== null) return d.layout.map((f) => nested(f.dtype, next));
  if (d.subdtype === null) return next();
  const [base, shape] = d.subdtype as unknown as [DType, readonly number[]];
  const fill = (k: number): unknown =>
    k === shape.length ? nested(base, next) : Array.from({ length: shape[k] }, () => fill(k + 1));
  return fill(0);
}

/** Text as bytes, a character each. */
export const latin1Bytes = (t: string): Uint8Array => Uint8Array.from(t, (c) => c.charCodeAt(0));

/** White space as Python has it: with the separators of ASCII, without the mark of byte order. */
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const SPACES = new RegExp(`${SPACE}+`, 'u');
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'gu');
/** Text without white space at its ends. */
export const stripped = (text: string): string => text.replace(AROUND, '');
/** Words between white space. */
export const words = (text: string): string[] => {
  const t = stripped(text);
  return t === '' ? [] : t.split(SPACES);
};

/** Fields between white space, or between delimiters, of which empty ones count. */
export const fieldsOf = (line: string, delimiter: string | null): string[] =>
  delimiter === null ? words(line) : line.split(delimiter);

/** Takes lines one by one, with what ended each, and gives a row where one ends with the line: empty for a line without fields. */
export interface Rows {
  line(text: string, ending: string): string[] | null;
  /** The row that the end of the text ends. */
  end(): string[] | null;
}

const isSpace = (c: string): boolean => SPACES.test(c);

/** @throws ValueError for the end of a line within what was given as one */
export function oneLine(text: string): string {
  if (/[\r\n]/.test(text))
    throw new ValueError(
      'Found an unquoted embedded newline within a single line of input.  This is currently not supported.',
    );
  return text;
}

/**
 * Rows of a text in which quotes keep delimiters, comments and ends of lines from being such; two of them are one. A quote opens only where a
 * field begins, and what stands behind the closing one belongs to the field.
 */
export function quotedRows(delimiter: string | null, quote: string, comment: string | null): Rows {
  let row: string[] = [];
  let field = '';
  let inside = false;
  let firstQuoted = false;
  const whole = (): string[] => {
    row.push(field);
    // A lone empty field is an empty line; between white space there is none after the last, unless the first field was quoted.
    if ((row.length === 1 || delimiter === null) && !firstQuoted && field === '') row.pop();
    const out = row;
    row = [];
    field = '';
    inside = false;
    firstQuoted = false;
    return out;
  };
  return {
    line(text, ending) {
      let i = 0;
      let begins = !inside;
      while (i < text.length) {
        if (inside) {
          const at = text.indexOf(quote, i);
          field += text.slice(i, at < 0 ? undefined : at);
          if (at < 0) break;
          i = at + 1;
          if (text[i] === quote) {
            field += quote;
            i++;
          } else inside = false;
          continue;
        }
        if (begins) {
          while (delimiter === null && i < text.length && isSpace(text[i]) && text[i] !== '\r' && text[i] !== '\n') i++;
          begins = false;
          if (text[i] === quote) {
            inside = true;
            if (row.length === 0) firstQuoted = true;
            i++;
          }
          continue;
        }
        const c = text[i];
        if (c === '\r' || c === '\n') oneLine(c);
        if (c === comment) break;
        i++;
        if (delimiter === null ? isSpace(c) : c === delimiter) {
          row.push(field);
          field = '';
          begins = true;
        } else field += c;
      }
      if (!inside) return whole();
      field += ending;
      return null;
    },
    end: () => (inside ? whole() : null),
  };
}

const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;
const PART = '(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|inf(?:inity)?|nan)';
const COMPLEX = new RegExp(`^\\(? *([+-]?${PART})?(?:([+-]?${PART})[ij])? *\\)?$`, 'i');
const INTEGER = /^[+-]?\d+$/;

/** A float, or undefined for other text. */
export function toFloat(given: string): number | undefined {
  const t = stripped(given);
  if (!FLOAT.test(t)) return undefined;
  const v = Number(t);
  if (v === v) return v;
  if (/nan/i.test(t)) return Number.NaN;
  return t.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** An integer, or undefined. */
export const toInteger = (given: string): bigint | undefined => {
  const t = stripped(given);
  return INTEGER.test(t) ? BigInt(t.replace('+', '')) : undefined;
};

/** A complex number, or undefined. */
export function toComplex(given: string): Complex | undefined {
  // A sign of its own may stand behind the plus between the parts.
  const t = stripped(given).replace(/(?<=[\d.])\+-/, '-');
  if (t.startsWith('(') !== t.endsWith(')')) return undefined;
  const imaginary = /^\(?([+-]?[^ij+]*?(?:e[+-]\d+)?)[ij]\)?$/i.exec(t);
  if (imaginary !== null) {
    const v = toFloat(imaginary[1]);
    if (v !== undefined) return complex(0, v);
  }
  const m = COMPLEX.exec(t);
  if (m === null || m[1] === undefined) return undefined;
  const re = toFloat(m[1]);
  const im = m[2] === undefined ? 0 : toFloat(m[2]);
  return re === undefined || im === undefined ? undefined : complex(re, im);
}

const PREFIX = /[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)/iy;

/** A complex number as `np.loadtxt` reads it: white space may stand within parentheses, and a sign behind the plus between the parts. */
export function complexField(given: string): Complex | undefined {
  let t = stripped(given);
  if (t.startsWith('(')) {
    if (!t.endsWith(')')) return undefined;
    t = stripped(t.slice(1, -1));
  }
  let at = 0;
  const float = (): number | undefined => {
    PREFIX.lastIndex = at;
    const m = PREFIX.exec(t);
    if (m === null) return undefined;
    at = PREFIX.lastIndex;
    return toFloat(m[0]);
  };
  const first = float();
  if (first === undefined) return undefined;
  if (at === t.length) return complex(first, 0);
  if (t[at] === 'j') return at + 1 === t.length ? complex(0, first) : undefined;
  if (t[at] === '+') at++;
  else if (t[at] !== '-') return undefined;
  const second = float();
  return second !== undefined && t[at] === 'j' && at + 1 === t.length ? complex(first, second) : undefined;
}

/** How a field becomes a value of a dtype: undefined where it cannot. */
export function reader(d: DType): (field: string) => unknown {
  switch (d.kind) {
    case 'f':
      return d.itemsize === 2 ? (t) => toFloat(t.replace(/(?<=\d)_(?=\d)/g, '')) : toFloat;
    case 'c':
      return complexField;
    case 'b':
      return (t) => {
        const v = toInteger(t);
        return v === undefined ? undefined : v !== 0n;
      };
    case 'i':
    case 'u': {
      const [low, high] = integerRange(d);
      return (t) => {
        const v = d.kind === 'u' && stripped(t).startsWith('-') ? undefined : toInteger(t);
        return v === undefined || v < low || v > high ? undefined : v;
      };
    }
    case 'V':
      return () => undefined;
    case 'S':
      return (t) => {
        const kept = d.itemsize === 0 ? t : t.slice(0, d.itemsize);
        return /[^\0-\xff]/.test(kept) ? undefined : latin1Bytes(kept);
      };
    default:
      return (t) => t;
  }
}

/** Whether a dtype gets its length or unit from the values: NumPy reads those as objects first. */
export const isOpen = (d: DType): boolean =>
  (d.itemsize === 0 && isText(d)) || (isTime(d) && d.unit?.base === 'generic');

/** @throws ValueError; `cause` is what a converter threw */
export const unreadable = (field: string, d: DType, row: number, column: number, cause?: unknown): never => {
  const error = new ValueError(
    `could not convert string ${textRepr(field)} to ${isOpen(d) ? 'object' : String(d)} at row ${row}, column ${column}.`,
  );
  if (cause !== undefined) (error as Error).cause = cause;
  throw error;
};
