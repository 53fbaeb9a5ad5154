import { escaped } from './codecs.js';

/** Text as Python's `repr` writes it. */

const HIDDEN = /[^\P{C}]|[^\P{Z}]|[\\]/u;
const EVERY_HIDDEN = /[\p{C}\p{Z}\\]/gu;
const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\', ' ': ' ' };

/** `'it'`, `"it's"`, `'tab\\t'`. */
export function textRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  const body = HIDDEN.test(s) ? s.replace(EVERY_HIDDEN, (c) => SHORT[c] ?? escaped(c.codePointAt(0) as number)) : s;
  return quote + (quote === "'" && body.includes("'") ? body.replaceAll("'", "\\'") : body) + quote;
}
