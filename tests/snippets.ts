import { formatWithOptions, inspect } from 'node:util';
import { transformSync } from '@swc/core';
import { interop, np, tf } from '../src/index.js';

/**
 * Runs pieces of documentation with np, tf and interop at hand. A line `// → text` must be what the statement above it printed with
 * console.log, or what console.log shows of the expression before it; `// throws Name: message` stands behind a statement that must
 * throw. A text of several lines is continued by lines that start with `//   `.
 */
export interface Expectation {
  readonly line: number;
  readonly kind: 'value' | 'throws';
  readonly text: string;
}

/** Takes the expectations out of the code and puts calls in their place that report what was printed since the last one. */
export function instrument(code: string): { source: string; expected: Expectation[] } {
  const lines = code.split('\n').filter((l) => !/^\s*import\s.*from\s+'numbridge[^']*';?\s*$/.test(l));
  const expected: Expectation[] = [];
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const m = /^(.*?)\s*\/\/ (→|throws) ?(.*)$/.exec(lines[i]);
    if (!m) {
      out.push(lines[i]);
      continue;
    }
    const text = [m[3]];
    while (i + 1 < lines.length && /^\s*\/\/ {2,3}/.test(lines[i + 1]))
      text.push(lines[++i].replace(/^\s*\/\/ {2,3}/, ''));
    const index = expected.length;
    const statement = m[1].trim();
    expected.push({ line: i + 1, kind: m[2] === '→' ? 'value' : 'throws', text: text.join('\n') });
    if (m[2] === 'throws') out.push(`$throws(${index}, () => { ${statement} });`);
    else if (statement === '' || /^console\.log\(/.test(statement)) out.push(`${statement} $printed(${index});`);
    else if (/^(const|let|var)\s/.test(statement))
      out.push(`${statement} $value(${index}, ${/^\w+\s+(\w+)/.exec(statement)![1]});`);
    else out.push(`$value(${index}, ${statement.replace(/;$/, '')});`);
  }
  return { source: out.join('\n'), expected };
}

/** As the console of Node shows values. */
const show = (...x: unknown[]): string => formatWithOptions({ colors: false }, ...(x as [unknown]));

/** Runs a piece of TypeScript and gives what it printed at each expectation, and what was expected there. */
export async function runSnippet(snippet: string): Promise<{ got: string[]; expected: Expectation[] }> {
  const { source, expected } = instrument(snippet);
  const { code } = transformSync(`export default async () => {\n${source}\n};`, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: false,
  });
  const got: string[] = [];
  let printed: string[] = [];
  const log = { ...console, log: (...args: unknown[]) => printed.push(show(...args)) };
  const $printed = (i: number): void => {
    got[i] = printed.join('\n');
    printed = [];
  };
  const $value = (i: number, x: unknown): void => {
    got[i] = typeof x === 'string' ? inspect(x) : show(x);
    printed = [];
  };
  const $throws = (i: number, f: () => void): void => {
    try {
      f();
      got[i] = 'nothing';
    } catch (e) {
      got[i] = `${(e as Error).name}: ${(e as Error).message}`;
    }
  };
  const exports: { default?: () => Promise<void> } = {};
  const names = { np, tf, interop, console: log, exports, require, $printed, $value, $throws };
  new Function(...Object.keys(names), code)(...Object.values(names));
  await exports.default!();
  return { got, expected };
}
