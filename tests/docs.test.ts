import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runSnippet } from './snippets.js';

/**
 * Runs the examples of the documentation: each block that opens with ```ts run, compared as snippets.ts says. Blocks of one page with a
 * name behind that go on where the one before ended.
 */
const root = join(__dirname, '..');
const pages = [
  'README.md',
  ...(existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true }).map((f) => `docs/${f}`)
    : []),
].filter((f) => f.endsWith('.md'));

interface Block {
  readonly line: number;
  readonly title: string;
  readonly code: string;
}

function blocksOf(page: string): Block[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  const out: Block[] = [];
  const before = new Map<string | undefined, string[]>();
  let title = page;
  for (let i = 0; i < lines.length; i++) {
    const heading = /^#+\s+(.*)/.exec(lines[i]);
    if (heading) title = heading[1];
    const opening = /^```ts run(?: (\w+))?\s*$/.exec(lines[i]);
    if (opening === null) continue;
    const end = lines.indexOf('```', i + 1);
    const name = opening[1];
    const code = [...(before.get(name) ?? []), ...lines.slice(i + 1, end)];
    if (name !== undefined) before.set(name, code);
    out.push({ line: i + 1, title, code: code.join('\n') });
    i = end;
  }
  return out;
}

for (const page of pages) {
  const blocks = blocksOf(page);
  if (blocks.length === 0) continue;
  describe(`the examples of ${page}`, () => {
    for (const block of blocks) {
      test(`line ${block.line}, ${block.title}, prints what it says`, async () => {
        const { got, expected } = await runSnippet(block.code);
        expect(got.map((g) => g.trimEnd())).toEqual(expected.map((e) => e.text.trimEnd()));
      });
    }
  });
}
