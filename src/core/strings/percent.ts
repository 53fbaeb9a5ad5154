import { TypeError, ValueError } from '../errors.js';
import { exponentialText, fixedText, generalText } from '../text/fixed.js';

/** Python's `%`: a format and its values as text. */

/** What the caller knows of a value: Python's `str` and `repr` of it, and the name of its type. */
export interface Texts {
  str(x: unknown): string;
  repr(x: unknown): string;
  type(x: unknown): string;
}

const SPEC = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d+)?)?([hlL]?)([\s\S]?)/g;

interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number;
  readonly conversion: string;
}

/** Fills a number's text up to the width; zeros go behind the sign and the prefix. */
function padded(sign: string, prefix: string, body: string, s: Spec, zeros = true): string {
  const lead = sign + prefix;
  const n = s.width - lead.length - body.length;
  if (n <= 0) return lead + body;
  if (s.flags.includes('-')) return lead + body + ' '.repeat(n);
  return zeros && s.flags.includes('0') ? lead + '0'.repeat(n) + body : ' '.repeat(n) + lead + body;
}

const signOf = (negative: boolean, flags: string): string =>
  negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';

/** An integer from a value. @throws TypeError `%d format: a real number is required, not str` */
function integerOf(x: unknown, s: Spec, texts: Texts): bigint {
  const v = typeof x === 'boolean' ? Number(x) : x;
  if (typeof v === 'bigint') return v;
  const decimal = 'diu'.includes(s.conversion);
  if (typeof v === 'number' && (decimal || Number.isInteger(v))) {
    if (Number.isNaN(v)) throw new ValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(v)) throw new ValueError('cannot convert float infinity to integer');
    return BigInt(Math.trunc(v));
  }
  throw new TypeError(
    `%${s.conversion} format: ${decimal ? 'a real number' : 'an integer'} is required, not ${texts.type(x)}`,
  );
}

function integer(x: unknown, s: Spec, texts: Texts): string {
  const v = integerOf(x, s, texts);
  const base = s.conversion === 'o' ? 8 : s.conversion === 'x' || s.conversion === 'X' ? 16 : 10;
  let body = (v < 0n ? -v : v).toString(base).padStart(Math.max(0, s.precision), '0');
  let prefix = s.flags.includes('#') && base !== 10 ? (base === 8 ? '0o' : '0x') : '';
  if (s.conversion === 'X') {
    body = body.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  return padded(signOf(v < 0n, s.flags), prefix, body, s);
}

function float(x: unknown, s: Spec, texts: Texts): string {
  const v = typeof x === 'boolean' || typeof x === 'bigint' ? Number(x) : x;
  if (typeof v !== 'number') throw new TypeError(`must be real number, not ${texts.type(x)}`);
  const precision = s.precision < 0 ? 6 : s.precision;
  const kind = s.conversion.toLowerCase();
  const a = Math.abs(v);
  let body = Number.isNaN(v)
    ? 'nan'
    : a === Number.POSITIVE_INFINITY
      ? 'inf'
      : kind === 'f'
        ? fixedText(a, precision)
        : kind === 'e'
          ? exponentialText(a, precision)
          : generalText(a, precision, s.flags.includes('#'));
  if (s.conversion !== kind) body = body.toUpperCase();
  return padded(signOf(v < 0 || Object.is(v, -0), s.flags), '', body, s, Number.isFinite(v));
}

function character(x: unknown): string {
  if (typeof x === 'string' && [...x].length === 1) return x;
  if (typeof x === 'bigint' || (typeof x === 'number' && Number.isInteger(x))) return String.fromCodePoint(Number(x));
  throw new TypeError('%c requires int or char');
}

/**
 * A format with values in it.
 * @param values a list (a tuple in Python), an object of values by name, or one value
 * @throws TypeError, ValueError as Python's `%`
 */
export function percent(format: string, values: unknown, texts: Texts): string {
  const list = Array.isArray(values) ? (values as unknown[]) : [values];
  const byName =
    typeof values === 'object' && values !== null && Object.getPrototypeOf(values) === Object.prototype
      ? (values as Record<string, unknown>)
      : null;
  let next = 0;
  let named = false;
  const take = (): unknown => {
    if (next >= list.length) throw new TypeError('not enough arguments for format string');
    return list[next++];
  };
  const star = (given: string | undefined): number => {
    if (given === undefined) return -1;
    if (given !== '*') return Number(given);
    const n = take();
    if (typeof n !== 'bigint' && !(typeof n === 'number' && Array.isArray(values))) throw new TypeError('* wants int');
    return Number(n);
  };
  const out = format.replace(SPEC, (whole: string, name, flags, width, precision, _size, conversion, at: number) => {
    if (conversion === '') throw new ValueError('incomplete format');
    if (conversion === '%') return '%';
    let w = star(width);
    const dot = /\./.test(whole.slice(1, -1).replace(/^\([^)]*\)/, ''));
    const p = dot ? Math.max(0, star(precision)) : -1;
    let f = flags as string;
    if (w < 0 && width === '*') {
      w = -w;
      f += '-';
    }
    const s: Spec = { flags: f, width: w, precision: p, conversion };
    if (!'diuoxXeEfFgGcrsa'.includes(conversion)) {
      const c = (conversion as string).codePointAt(0) as number;
      throw new ValueError(
        `unsupported format character '${conversion}' (0x${c.toString(16)}) at index ${at + whole.length - 1}`,
      );
    }
    let v: unknown;
    if (name === undefined) v = take();
    else {
      if (byName === null) throw new TypeError('format requires a mapping');
      v = byName[name];
      named = true;
    }
    if ('diuoxX'.includes(conversion)) return integer(v, s, texts);
    if ('eEfFgG'.includes(conversion)) return float(v, s, texts);
    const text = conversion === 'c' ? character(v) : conversion === 's' ? texts.str(v) : texts.repr(v);
    return padded('', '', p >= 0 && conversion !== 'c' ? [...text].slice(0, p).join('') : text, s, false);
  });
  if (next < list.length && !named && byName === null && Array.isArray(values))
    throw new TypeError('not all arguments converted during string formatting');
  return out;
}
