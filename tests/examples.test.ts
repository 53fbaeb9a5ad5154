import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../src/index.js';
import { runSnippet } from './snippets.js';

/**
 * Runs every `@example` in the docstrings of the source, compared as snippets.ts says, and sees to it that every public function has a
 * docstring with an example that says what comes out.
 */
const root = join(__dirname, '../src');

interface Doc {
  readonly file: string;
  readonly line: number;
  /** The name that the line after the docstring declares, if it exports one. */
  readonly name: string | null;
  readonly words: string;
  readonly examples: readonly string[];
}

function docsOf(path: string): Doc[] {
  const source = readFileSync(path, 'utf8');
  const out: Doc[] = [];
  for (const m of source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?=([^\n]*))/g)) {
    const text = m[1].replace(/^[ \t]*\*[ \t]?/gm, '');
    const [words, ...tagged] = text.split(/(?<=^|\s)(?=@example\s)/);
    const examples = tagged.map((t) =>
      t
        .replace(/^@example[ \t]*\n?/, '')
        .replace(/\n@[a-z][\s\S]*$/, '')
        .trimEnd(),
    );
    const name = /^export (?:abstract )?(?:const|function\*?|class) (\w+)/.exec(m[2])?.[1] ?? null;
    out.push({
      file: relative(root, path),
      line: source.slice(0, m.index).split('\n').length,
      name,
      words: words.trim(),
      examples,
    });
  }
  return out;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const docs = files.flatMap((f) => docsOf(join(root, f)));

/** Names under which a module exports a declaration of another name: `export { delete_ as delete }`. */
const renamed = new Map(
  files.flatMap((f) =>
    [...readFileSync(join(root, f), 'utf8').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap((m) =>
      [...m[1].matchAll(/(\w+) as (\w+)/g)].map(([, from, to]) => [to, from] as const),
    ),
  ),
);

describe('the examples in docstrings', () => {
  const withExamples = docs.filter((d) => d.examples.length > 0);
  for (const file of new Set(withExamples.map((d) => d.file))) {
    test(`of ${file} give what they say`, async () => {
      for (const d of withExamples.filter((e) => e.file === file)) {
        for (const code of d.examples) {
          const { got, expected } = await runSnippet(code);
          const where = `${d.file}:${d.line}\n${code}`;
          expect({ where, texts: got.map((g) => g.trimEnd()) }).toEqual({
            where,
            texts: expected.map((e) => e.text.trimEnd()),
          });
        }
      }
    });
  }
});

describe('every public function has a docstring with an example', () => {
  const spaces: [string, object, string[]][] = [
    ['np', np, ['ndarray', 'core']],
    ['np.linalg', np.linalg, ['ndarray/linalg', 'core']],
    ['tf', tf, ['tensor']],
    ['tf.bitwise', tf.bitwise, ['tensor']],
    ['tf.config', tf.config, ['tensor']],
    ['tf.dtypes', tf.dtypes, ['tensor']],
    ['tf.linalg', tf.linalg, ['tensor']],
    ['tf.math', tf.math, ['tensor']],
    ['tf.nest', tf.nest, ['tensor']],
    ['tf.nn', tf.nn, ['tensor']],
    ['tf.losses', tf.losses, ['tensor']],
    ['tf.metrics', tf.metrics, ['tensor']],
    ['tf.optimizers', tf.optimizers, ['tensor']],
    ['tf.optimizers.schedules', tf.optimizers.schedules, ['tensor']],
    ['tf.data', tf.data, ['tensor']],
    ['interop', interop, ['interop', 'core']],
  ];
  for (const [space, members, folders] of spaces) {
    test(`in ${space}`, () => {
      const lacking = Object.entries(members)
        // The scalar types are callable, but are names of dtypes: ScalarTypeOf documents them. Complex is another package's class, DType
        // the class of what np.dtype and tf.as_dtype give.
        .filter(
          ([name, value]) =>
            typeof value === 'function' && !('dtype' in value) && name !== 'Complex' && name !== 'DType',
        )
        // Classes of errors are documented where they are thrown.
        .filter(([, value]) => !(value.prototype instanceof Error))
        .map(([name]) => name)
        .filter((name) => {
          const declared = new Set([name, renamed.get(name)]);
          const mine = docs.filter(
            (d) => d.name !== null && declared.has(d.name) && folders.some((f) => d.file.startsWith(`${f}/`)),
          );
          return !mine.some((d) => d.words.length > 4 && d.examples.some((e) => /\/\/ (→|throws) /.test(e)));
        });
      expect(lacking).toEqual([]);
    });
  }
});
