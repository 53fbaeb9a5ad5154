import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { np } from '../../src/index.js';
import { check } from './interpret.js';
import { source } from './source.js';

/**
 * Programs that once went wrong, and a sample of random ones, with NumPy's answers. `npm run fuzz` finds new ones.
 */
interface Entry {
  /** What it showed, or that it is one of the sample. */
  readonly why: string;
  readonly p: readonly { readonly f?: string }[];
}
const corpus: readonly Entry[] = readFileSync(join(__dirname, 'corpus.json'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line.replace(/,$/, '')));
const reasons = [...new Set(corpus.map((e) => e.why))];

describe('random programs', () => {
  for (const wrapped of [false, true]) {
    for (const why of reasons) {
      test(`${why}${wrapped ? ', over typed arrays of the caller' : ''}`, () => {
        const failures: string[] = [];
        for (const e of corpus) {
          if (e.why !== why) continue;
          const found = check(np, e, {
            wrapped,
            soft: new Set(why.startsWith('a sample') ? ['message', 'order', 'strides'] : ['message']),
          });
          if (found !== null) failures.push(`${source(e.p)}\n  ${found.class}: ${found.text}`);
        }
        expect(failures).toEqual([]);
      });
    }
  }
});
