import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../src/index.js';
import { deviation } from './deviations.js';
import { check, load, reproduction, withPlacement } from './runner.js';

/**
 * The golden calls again, their arrays in memory that typed arrays cannot read: fields of packed structures, and the other byte
 * order. The answers are the same.
 */
const np: any = namespace;

/** A copy whose elements lie at odd bytes, an odd number of bytes apart. */
const atOddBytes = (a: any, layout: string): any => {
  if (layout !== 'C' || a.itemsize === 1) return a;
  const wide = a.itemsize;
  const field = np
    .zeros(a.shape, [
      ['before', 'u1'],
      ['value', a.dtype],
      ['after', `V${wide}`],
    ])
    .at('value');
  field.set(['...'], a);
  if (field.size > 0) expect(field.flags.aligned).toBe(false);
  return field;
};

/** A copy in the other byte order. */
const swapped = (a: any, layout: string): any =>
  layout !== 'C' || a.itemsize === 1 ? a : a.astype(`>${a.dtype.str.slice(1)}`);

const FAMILIES = [
  'ufuncs',
  'reductions',
  'manipulation',
  'indexing',
  'contraction',
  'ordering',
  'statistics',
  'casting',
];

for (const [where, place] of [
  ['at odd bytes', atOddBytes],
  ['in the other byte order', swapped],
] as const) {
  for (const name of FAMILIES) {
    describe(`golden ${name} ${where}`, () => {
      const family = load(name);
      const functions = [...new Set(family.cases.map((c) => c[0]))];
      for (const f of functions) {
        // These tell of the memory itself.
        if (!f.includes(process.env.GOLDEN ?? '') || ['.view', '.strides'].includes(f)) continue;
        test(`${f} gives the same answers`, () => {
          const failures: string[] = [];
          for (const c of family.cases) {
            if (c[0] !== f || deviation(c, family.pool) !== null) continue;
            // A cast between byte orders is a cast, which this rule refuses.
            if (place === swapped && JSON.stringify(c).includes('"casting":"no"')) continue;
            const problem = withPlacement(place, () => check(c, family.pool));
            // Messages name dtypes and strides.
            if (problem !== null && !problem.startsWith('says '))
              failures.push(`${reproduction(c, family.pool)}\n    ${problem}`);
          }
          expect(failures.slice(0, 4)).toEqual([]);
        });
      }
    });
  }
}
