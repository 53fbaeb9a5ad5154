import { describe, expect, test } from '@jest/globals';
import { type Case, check, load, reproduction } from './runner.js';
import { deviation } from './deviations.js';

/**
 * Thousands of calls with NumPy's answers. Each test is one function of one family; a failure lists calls that reproduce it.
 * GOLDEN=text runs only the functions whose `family/name` contains the text.
 */
const FAMILIES = [
  'ufuncs',
  'reductions',
  'creation',
  'manipulation',
  'indexing',
  'contraction',
  'ordering',
  'statistics',
  'casting',
  'errors',
];
const SHOWN = Number(process.env.GOLDEN_SHOWN ?? 5);
const only = process.env.GOLDEN ?? '';

for (const name of FAMILIES) {
  describe(`golden ${name}`, () => {
    const family = load(name);
    const byFunction = new Map<string, Case[]>();
    for (const c of family.cases) {
      if (!`${name}/${c[0]}`.includes(only)) continue;
      const list = byFunction.get(c[0]);
      if (list) list.push(c);
      else byFunction.set(c[0], [c]);
    }
    if (byFunction.size === 0) test.skip('nothing was chosen', () => {});
    for (const [f, cases] of byFunction) {
      test(`${f} agrees with NumPy on ${cases.length} calls`, () => {
        const failures: string[] = [];
        for (const c of cases) {
          if (deviation(c, family.pool) !== null) continue;
          const problem = check(c, family.pool);
          if (problem !== null) failures.push(`${reproduction(c, family.pool)}\n    ${problem}`);
        }
        if (failures.length > 0) {
          const rest = failures.length > SHOWN ? `\n  and ${failures.length - SHOWN} more` : '';
          throw new Error(
            `${failures.length} of ${cases.length} calls differ:\n  ${failures.slice(0, SHOWN).join('\n  ')}${rest}`,
          );
        }
        expect(failures).toEqual([]);
      });
    }
  });
}
