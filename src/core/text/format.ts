import { ValueError } from '../errors.js';
import { pyFloatRepr } from './dragon.js';
import { exponentialText, fixedText, generalText } from './fixed.js';

/** Python's `format(value, spec)` of numbers and text: its mini-language, as in f-strings. */

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  /** Whether what is rounded to zero has no sign. */
  readonly plainZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  /** -1 where none is given. */
  readonly precision: number;
  readonly type: string;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** @throws ValueError for what is no specification */
function parse(text: string, typeName: string): Spec {
  const m = SPEC.exec(text);
  if (m === null) {
    if (/\.(?!\d)/.test(text)) throw new ValueError('Format specifier missing precision');
    throw new ValueError(`Invalid format specifier '${text}' for object of type '${typeName}'`);
  }
  const [, fill, align, sign, z, alternate, zero, width, grouping, precision, type] = m;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined || typeName === 'str' ? '' : '='),
    sign: sign ?? '-',
    plainZero: z !== undefined,
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? -1 : Number(precision),
    type: type ?? '',
  };
}

const unknownCode = (s: Spec, typeName: string): ValueError =>
  new ValueError(`Unknown format code '${s.type}' for object of type '${typeName}'`);

function aligned(body: string, s: Spec, usual: string): string {
  const n = s.width - [...body].length;
  if (n <= 0) return body;
  const align = s.align || usual;
  if (align === '<') return body + s.fill.repeat(n);
  const before = align === '^' ? Math.floor(n / 2) : n;
  return s.fill.repeat(before) + body + s.fill.repeat(n - before);
}

/** Digits in groups from the right. */
function grouped(digits: string, s: Spec, each: number): string {
  if (s.grouping === '') return digits;
  return digits.replace(new RegExp(`\\B(?=(?:.{${each}})+$)`, 'g'), s.grouping);
}

/** A number's parts: sign, prefix, the digits that are grouped, and what follows them. */
function assembled(negative: boolean, prefix: string, digits: string, rest: string, s: Spec, each = 3): string {
  const lead = (negative ? '-' : s.sign === '-' ? '' : s.sign) + prefix;
  const number = /^[0-9a-f]/i.test(digits) && !/^(inf|nan)$/i.test(digits);
  let whole = number ? grouped(digits, s, each) : digits;
  if (s.align === '=') {
    const room = s.width - lead.length - rest.length;
    if (s.fill === '0' && s.grouping !== '' && number)
      for (let d = digits; whole.length < room; whole = grouped(d, s, each)) d = `0${d}`;
    else whole = s.fill.repeat(Math.max(0, room - whole.length)) + whole;
  }
  return aligned(lead + whole + rest, s, '>');
}

/** A number that is finite and not negative, as its type of presentation says. */
function floatDigits(v: number, s: Spec): string {
  const p = s.precision < 0 ? 6 : s.precision;
  switch (s.type.toLowerCase()) {
    case 'f':
    case '%':
      return fixedText(v, p) + (s.alternate && p === 0 ? '.' : '');
    case 'e':
      return s.alternate && p === 0 ? exponentialText(v, 0).replace('e', '.e') : exponentialText(v, p);
    case 'g':
    case 'n':
      return generalText(v, p, s.alternate);
    default: {
      if (s.precision < 0) return pyFloatRepr(v);
      const digits = Math.max(1, p);
      const e = v === 0 ? 0 : Number(exponentialText(v, digits - 1).split('e')[1]);
      // As g, but with at least one digit after the point, which takes one of those that there are.
      if (e < -4 || e >= digits - 1) {
        const [mantissa, exponent] = exponentialText(v, digits - 1).split('e');
        return `${mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa}e${exponent}`;
      }
      const text = generalText(v, digits, false);
      return text.includes('.') ? text : `${text}.0`;
    }
  }
}

function formatFloat(x: number, s: Spec): string {
  if (!'fFeEgGn%'.includes(s.type)) throw unknownCode(s, 'float');
  const v = s.type === '%' ? x * 100 : x;
  const finite = Number.isFinite(v);
  let text = finite ? floatDigits(Math.abs(v), s) : Number.isNaN(v) ? 'nan' : 'inf';
  if (s.type === '%') text += '%';
  if (/[FEG]/.test(s.type)) text = text.toUpperCase();
  const negative = (v < 0 || Object.is(v, -0)) && !(s.plainZero && finite && !/[1-9]/.test(text.split(/e/i)[0]));
  const end = finite ? text.search(/[^0-9]/) : text.length;
  const at = end < 0 ? text.length : end;
  return assembled(negative, '', text.slice(0, at), text.slice(at), s);
}

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

function formatInteger(v: bigint, s: Spec): string {
  if (s.type !== '' && 'eEfFgG%'.includes(s.type)) return formatFloat(Number(v), s);
  if (s.precision >= 0) throw new ValueError('Precision not allowed in integer format specifier');
  if (s.type === 'c') {
    if (s.sign !== '-') throw new ValueError("Sign not allowed with integer format specifier 'c'");
    return aligned(String.fromCodePoint(Number(v)), s, '<');
  }
  const base = BASES[s.type];
  if (base === undefined && !'dn'.includes(s.type)) throw unknownCode(s, 'int');
  if (base !== undefined && s.grouping === ',') throw new ValueError(`Cannot specify ',' with '${s.type}'.`);
  let digits = (v < 0n ? -v : v).toString(base ?? 10);
  if (s.type === 'X') digits = digits.toUpperCase();
  return assembled(
    v < 0n,
    s.alternate && base !== undefined ? `0${s.type}` : '',
    digits,
    '',
    s,
    base === undefined ? 3 : 4,
  );
}

function formatText(x: string, s: Spec, typeName: string): string {
  if (s.type !== '' && s.type !== 's') throw unknownCode(s, typeName);
  if (s.grouping !== '') throw new ValueError(`Cannot specify '${s.grouping}' with 's'.`);
  if (s.sign !== '-') throw new ValueError('Sign not allowed in string format specifier');
  if (s.align === '=') throw new ValueError("'=' alignment not allowed in string format specifier");
  return aligned(s.precision < 0 ? x : [...x].slice(0, s.precision).join(''), s, '<');
}

function formatComplex({ re, im }: { readonly re: number; readonly im: number }, s: Spec): string {
  if (s.type !== '' && !'fFeEgGn'.includes(s.type)) throw unknownCode(s, 'complex');
  if (s.align === '=') throw new ValueError("'=' alignment flag is not allowed in complex format specifier");
  const bare: Spec = { ...s, width: 0, type: s.type || 'g' };
  return aligned(`${formatFloat(re, bare)}${formatFloat(im, { ...bare, sign: '+' })}j`, s, '>');
}

/**
 * `format(value, spec)` of a float (a number), an int (a bigint), text, or a complex number.
 * @throws ValueError as Python
 */
export function formatted(
  value: number | bigint | string | { readonly re: number; readonly im: number },
  spec: string,
  typeName = 'str',
): string {
  if (typeof value === 'number') return formatFloat(value, parse(spec, 'float'));
  if (typeof value === 'bigint') return formatInteger(value, parse(spec, 'int'));
  if (typeof value === 'string') return formatText(value, parse(spec, 'str'), typeName);
  return formatComplex(value, parse(spec, 'complex'));
}
