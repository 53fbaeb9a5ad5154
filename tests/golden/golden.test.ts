import { describe, expect, test } from '@jest/globals';
import { reference } from '../../src/core/device/reference/index.js';
import { withHostDevice } from '../../src/core/device/registry.js';
import { type Case, check, load, reproduction } from './runner.js';
import { deviation } from './deviations.js';

/**
 * Thousands of calls with NumPy's answers. Each test is one function of one family; a failure lists calls that reproduce it.
 * GOLDEN=text runs only the functions whose `family/name` contains the text, GOLDEN_SHOWN=n shows that many failures, and
 * GOLDEN_DEVICE=reference runs on the slow device that defines the operations: what fails there is not the kernels' fault.
 */
const FAMILIES = [
  'ufuncs',
  'ufunc_calls',
  'ufunc_specials',
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
const run = <T>(f: () => T): T => (process.env.GOLDEN_DEVICE === 'reference' ? withHostDevice(reference, f) : f());

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
          const problem = run(() => check(c, family.pool));
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
