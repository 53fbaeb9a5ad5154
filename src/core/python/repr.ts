import { ArrayValue } from '../array.js';
import { isComplex } from '../complex.js';
import { bytesRepr } from '../scalars/text.js';
import { pyComplexRepr, pyFloatRepr } from '../text/dragon.js';
import { kindOf, methodOf, typeName } from './kind.js';

/** Python's `repr` and `str` of JavaScript values. */

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
/** What Python does not print: controls, formats, surrogates, what is unassigned, and every space but the common one. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}\\]/u;

function escaped(c: string): string {
  const named = NAMED[c];
  if (named !== undefined) return named;
  if (c === ' ' || !UNPRINTABLE.test(c)) return c;
  const code = c.codePointAt(0) as number;
  if (code < 256) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 65536 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Text in quotes: single ones, unless only those occur in it. */
export function textRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = '';
  for (const c of s) out += c === quote ? `\\${c}` : escaped(c);
  return quote + out + quote;
}

function dateRepr(d: Date): string {
  const parts = [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes()];
  const micro = d.getUTCMilliseconds() * 1000;
  if (d.getUTCSeconds() !== 0 || micro !== 0) parts.push(d.getUTCSeconds());
  if (micro !== 0) parts.push(micro);
  return `datetime.datetime(${parts.join(', ')})`;
}

/** Lists and dicts that are being written, so that one within itself ends. */
const open: unknown[] = [];

function within(x: unknown, self: string, text: () => string): string {
  if (open.includes(x)) return self;
  open.push(x);
  try {
    return text();
  } finally {
    open.pop();
  }
}

const pairs = (entries: Iterable<readonly [unknown, unknown]>): string =>
  `{${[...entries].map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(', ')}}`;

/** An object of a class: as it describes itself, or by its class. */
function objectText(x: object, own: readonly string[]): string {
  const f = methodOf(x, own);
  if (f !== null) return String(f.call(x));
  const text = (x as { toString?: unknown }).toString;
  if (typeof x === 'function') return `<function ${(x as { name: string }).name || '<lambda>'}>`;
  if (typeof text === 'function' && text !== Object.prototype.toString && text !== Error.prototype.toString)
    return String(text.call(x));
  return x instanceof Error ? `${x.name}(${textRepr(x.message)})` : `<${typeName(x)} object>`;
}

/** Python's `repr(x)`. */
export function repr(x: unknown): string {
  switch (kindOf(x)) {
    case 'none':
      return 'None';
    case 'bool':
      return x === true ? 'True' : 'False';
    case 'int':
      return String(x);
    case 'float':
      return pyFloatRepr(x as number);
    case 'complex':
      return pyComplexRepr(x as { re: number; im: number });
    case 'str':
      return textRepr(x as string);
    case 'bytes':
      return bytesRepr(x as Uint8Array);
    case 'list':
      return within(x, '[...]', () => `[${(x as unknown[]).map(repr).join(', ')}]`);
    case 'dict':
      return within(x, '{...}', () => pairs(Object.entries(x as object)));
    case 'array':
      return within(x, 'array(...)', () => (methodOf(x, ['repr']) as () => string).call(x));
    case 'math':
      return String(x);
    default:
  }
  if (x instanceof Date) return dateRepr(x);
  if (x instanceof Map) return within(x, '{...}', () => pairs(x));
  if (x instanceof Set) return x.size === 0 ? 'set()' : within(x, '{...}', () => `{${[...x].map(repr).join(', ')}}`);
  if (typeof x === 'symbol') return x.toString();
  return objectText(x as object, ['__repr__', 'repr']);
}

/** Python's `str(x)`. */
export function str(x: unknown): string {
  if (typeof x === 'string') return x;
  if (x instanceof ArrayValue) return x.toString();
  if (kindOf(x) !== 'other' || isComplex(x)) return repr(x);
  if (x instanceof Date) return x.toISOString().replace('T', ' ').replace('Z', '').replace('.000', '');
  if (x instanceof Map || x instanceof Set || typeof x === 'symbol') return repr(x);
  return objectText(x as object, ['__str__', '__repr__']);
}
