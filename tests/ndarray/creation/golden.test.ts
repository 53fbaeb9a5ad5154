import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const f8 = np.arange(6, { dtype: 'float64' }).reshape(2, 3);
const names: Record<string, unknown> = {
  np,
  f8,
  i4: np.arange(6, { dtype: 'int32' }).reshape(2, 3),
  bytes8: Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7]),
  a: (x: any, d?: any) => (d === undefined ? np.array(x) : np.array(x, d)),
};

/** Grouped by the function that the expression calls first. */
const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('creation')) {
  const name = /np\.(\w+)/.exec(c.text)?.[1] ?? 'others';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('making arrays, as NumPy does', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
