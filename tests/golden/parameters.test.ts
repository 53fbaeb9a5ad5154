import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkMany, checkOne, DISTRIBUTIONS, type Distribution } from '../../src/core/random/distributions/index.js';

/** The distributions refuse the parameters that NumPy's refuse, with its words; see parameters.py. */

type Given = number | string | (number | string)[];
type Case = ['modern' | 'legacy', string, Given[], string | null];

const cases = JSON.parse(readFileSync(new URL('./data/parameters.json', import.meta.url), 'utf8')) as Case[];

const value = (x: number | string): number => (x === 'inf' ? Number.POSITIVE_INFINITY : Number(x));

/** Each parameter by itself, then all together, as a wrapper does it. */
function check(row: Distribution, old: boolean, given: readonly (number | number[])[]): void {
  const many = given.some((g) => typeof g !== 'number');
  const together = (old ? row.legacyTogether : row.together) ?? [];
  const all = (): void => {
    const n = Math.max(...given.map((g) => (typeof g === 'number' ? 1 : g.length)));
    for (const one of together)
      for (let i = 0; i < n; i++) one(...given.map((g) => (typeof g === 'number' ? g : g[i % g.length])));
  };
  if (row.togetherFirst) all();
  given.forEach((g, i) => {
    const { name, constraint, legacyConstraint } = row.parameters[i];
    const rule = (old ? legacyConstraint : undefined) ?? constraint;
    if (many) checkMany(rule, name, typeof g === 'number' ? [g] : g);
    else checkOne(rule, name, g as number);
  });
  if (!row.togetherFirst) all();
}

describe('parameters', () => {
  test.each([...DISTRIBUTIONS.values()].map((row) => [row.name, row] as const))(
    '%s refuses what NumPy refuses, in the same words',
    (name, row) => {
      for (const [kind, , given, want] of cases.filter((c) => c[1] === name)) {
        const values = given.map((g) => (Array.isArray(g) ? g.map(value) : value(g)));
        let got: string | null = null;
        try {
          check(row, kind === 'legacy', values);
        } catch (e) {
          got = `${(e as Error).name}: ${(e as Error).message}`;
        }
        expect({ kind, given, error: got }).toEqual({ kind, given, error: want });
      }
    },
  );
});
