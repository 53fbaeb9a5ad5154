import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

/** Expressions and the text of what NumPy answers to their twins: see tests/golden/objects.py. */
const cases = JSON.parse(readFileSync(join(__dirname, '../../golden/objects.json'), 'utf8')) as [
  string,
  string | { e: string; m: string },
][];

/** An array of these elements, whatever they are. */
function O(...elements: unknown[]): unknown {
  const a = np.empty(elements.length, 'object');
  elements.forEach((x, i) => {
    a.set([i], x as never);
  });
  return a;
}

function show(x: any): string {
  if (Array.isArray(x)) return `[${x.map(show).join(', ')}]`;
  if (typeof x === 'string') return x;
  if (x === null) return 'None';
  if (typeof x === 'boolean') return show(np.array(x));
  if (x instanceof np.NDArray) return `${x.repr()} ${x.dtype.name}`;
  return typeof x?.repr === 'function' ? x.repr() : show(np.array(x, { dtype: 'object' }));
}

const groups = new Map<string, typeof cases>();
for (const c of cases) {
  const name = /^np\.(\w+)/.exec(c[0])?.[1] ?? 'arrays themselves';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('arrays of objects, as in NumPy', () => {
  for (const [name, list] of groups) {
    test(`${name} agrees with NumPy on ${list.length} expressions`, () => {
      const wrong: string[] = [];
      for (const [text, want] of list) {
        let got: unknown;
        try {
          got = show(new Function('np', 'O', `return (${text});`)(np, O));
        } catch (e) {
          got = { e: (e as Error).name, m: (e as Error).message };
        }
        if (JSON.stringify(got) !== JSON.stringify(want))
          wrong.push(`${text}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
      }
      expect(wrong).toEqual([]);
    });
  }
});
