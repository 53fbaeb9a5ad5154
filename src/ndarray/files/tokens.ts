import { complex, type Complex } from '../../core/complex.js';
import { type DType, isText } from '../../core/dtype.js';
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

/** Takes lines one by one, and gives a row where one ends with the line. */
export interface Rows {
  line(text: string): string[] | null;
  /** The row that the end of the text ends; `ended`: after the end of a line. */
  end(ended: boolean): string[] | null;
}

/** Rows of a text in which quotes keep delimiters, comments and ends of lines from being such; two of them are one. */
export function quotedRows(delimiter: string | null, quote: string, comment: string | null): Rows {
  let row: string[] = [];
  let field = '';
  let inside = false;
  let quoted = false;
  const end = (): void => {
    if (delimiter !== null || field !== '' || quoted) row.push(field);
    field = '';
    quoted = false;
  };
  const whole = (): string[] => {
    const out = row;
    row = [];
    return out;
  };
  return {
    line(line) {
      if (inside) field += '\n';
      for (let i = 0; i < line.length; i++) {
        const c = line[i];
        if (inside) {
          if (c !== quote) field += c;
          else if (line[i + 1] === quote) field += line[++i];
          else inside = false;
        } else if (c === quote && field.trim() === '' && !quoted) {
          inside = true;
          quoted = true;
          field = '';
        } else if (comment !== null && c === comment) break;
        else if (delimiter === null ? /\s/.test(c) : c === delimiter) end();
        else field += c;
      }
      if (inside) return null;
      if (delimiter === null || row.length > 0 || field !== '' || quoted) end();
      return whole();
    },
    end(ended) {
      if (!inside) return null;
      if (ended) field += '\n';
      end();
      return whole();
    },
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

/** How a field becomes a value of a dtype: undefined where it cannot. */
export function reader(d: DType): (field: string) => unknown {
  switch (d.kind) {
    case 'f':
      return toFloat;
    case 'c':
      return toComplex;
    case 'b':
      return (t) => {
        const v = toInteger(t);
        return v === undefined ? undefined : v !== 0n;
      };
    case 'i':
    case 'u': {
      const [low, high] = integerRange(d);
      return (t) => {
        const v = toInteger(t);
        return v === undefined || v < low || v > high ? undefined : v;
      };
    }
    case 'V':
      return () => undefined;
    case 'S':
      return latin1Bytes;
    default:
      return isText(d) || d.kind === 'O' || d.unit !== null ? (t) => t : (t) => t;
  }
}

/** @throws ValueError */
export const unreadable = (field: string, d: DType, row: number, column: number): never => {
  throw new ValueError(
    `could not convert string ${textRepr(field)} to ${d.isnative ? d.name : d.str} at row ${row}, column ${column}.`,
  );
};
