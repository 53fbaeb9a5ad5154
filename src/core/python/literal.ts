import { SyntaxError } from '../errors.js';

/** Python's literals, as `ast.literal_eval` reads them: numbers, text, bytes, tuples, lists, dicts, True, False, None. Nothing is run. */

/** Bytes, which are no text. */
export class Bytes {
  constructor(readonly text: string) {}
  toString(): string {
    return `b'${this.text}'`;
  }
}

/** A tuple: a list that knows that it was written in parentheses. */
export class Tuple extends Array<unknown> {}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** Deeper nesting is no honest file's. */
const DEEPEST = 100;

/**
 * The value of a literal.
 * @param long whether integers may end in an L, as in Python 2
 * @throws SyntaxError at what is no literal
 */
export function parseLiteral(text: string, long = false): unknown {
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`invalid syntax at ${at}`);
  };
  const space = (): void => {
    for (;;) {
      while (at < text.length && /[ \t\n\r\f]/.test(text[at])) at++;
      if (text[at] !== '#') return;
      while (at < text.length && text[at] !== '\n') at++;
    }
  };
  const take = (c: string): boolean => {
    space();
    if (text[at] !== c) return false;
    at++;
    return true;
  };

  function string(raw: boolean): string {
    const quote = text[at++];
    let out = '';
    while (at < text.length && text[at] !== quote) {
      if (text[at] === '\n') fail();
      if (text[at] !== '\\') {
        out += text[at++];
        continue;
      }
      if (raw) {
        out += text.slice(at, at + 2);
        at += 2;
        continue;
      }
      const c = text[at + 1];
      const hex = /^(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/.exec(text.slice(at + 1, at + 10))?.[0];
      if (hex !== undefined) {
        const code = Number.parseInt(hex.slice(1), 16);
        if (code > 0x10ffff) fail();
        out += String.fromCodePoint(code);
        at += 1 + hex.length;
      } else if (/[0-7]/.test(c ?? '')) {
        const octal = (/^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4)) as RegExpExecArray)[0];
        out += String.fromCharCode(Number.parseInt(octal, 8));
        at += 1 + octal.length;
      } else {
        out += c in ESCAPES ? ESCAPES[c] : `\\${c}`;
        at += 2;
      }
    }
    if (text[at++] !== quote) fail();
    return out;
  }

  /** Members up to a closing bracket; `comma` tells whether one stood behind the last. */
  function members(close: string, depth: number): { list: unknown[]; comma: boolean } {
    const list: unknown[] = [];
    let comma = false;
    while (!take(close)) {
      if (list.length > 0 && !comma) fail();
      list.push(value(depth + 1));
      comma = take(',');
    }
    return { list, comma };
  }

  function value(depth: number): unknown {
    space();
    if (depth > DEEPEST || at >= text.length) fail();
    const c = text[at];
    if (c === '(') {
      at++;
      const { list, comma } = members(')', depth);
      return list.length === 1 && !comma ? list[0] : Tuple.from(list);
    }
    if (c === '[') {
      at++;
      return members(']', depth).list;
    }
    if (c === '{') {
      at++;
      const out = new Map<unknown, unknown>();
      let comma = true;
      while (!take('}')) {
        if (!comma) fail();
        const key = value(depth + 1);
        // Lists and dicts are no keys.
        if (key instanceof Map || (Array.isArray(key) && !(key instanceof Tuple))) fail();
        if (!take(':')) fail();
        out.set(key, value(depth + 1));
        comma = take(',');
      }
      return out;
    }
    const PREFIX = /^(?:[uU]|[bB]?[rR]?|[rR][bB])(?=['"])/;
    let prefix = PREFIX.exec(text.slice(at, at + 3));
    if (prefix !== null) {
      const bytes = /b/i.test(prefix[0]);
      let s = '';
      // Neighbours are one text.
      for (; prefix !== null; prefix = PREFIX.exec(text.slice(at, at + 3))) {
        if (/b/i.test(prefix[0]) !== bytes) fail();
        at += prefix[0].length;
        s += string(/r/i.test(prefix[0]));
        space();
      }
      return bytes ? new Bytes(s) : s;
    }
    const word = /^(?:True|False|None)\b/.exec(text.slice(at, at + 6))?.[0];
    if (word !== undefined) {
      at += word.length;
      return word === 'None' ? null : word === 'True';
    }
    const based = /^[+-]?0(?:[xX](?:_?[\da-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/.exec(
      text.slice(at, at + 400),
    )?.[0];
    if (based !== undefined) {
      at += based.length;
      const n = BigInt(based.replaceAll('_', '').replace(/^[+-]/, ''));
      return based.startsWith('-') ? -n : n;
    }
    const number = /^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/.exec(text.slice(at, at + 400))?.[0];
    if (number === undefined) return fail();
    at += number.length;
    if (!/^[+-]?\d+$/.test(number)) return Number(number);
    if (/^[+-]?0\d/.test(number) && !/^[+-]?0+$/.test(number)) fail();
    // Python 2 wrote long integers with an L.
    if (long && text[at] === 'L') at++;
    return BigInt(number.replace('+', ''));
  }

  const result = value(0);
  space();
  if (at < text.length) fail();
  return result;
}
