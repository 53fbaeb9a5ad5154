import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const names: Record<string, unknown> = {
  np,
  i: (x: any) => np.array(x, 'int64'),
  f: (x: any) => np.array(x, 'float64'),
  R: (...shape: number[]) => np.arange(shape.reduce((a, b) => a * b, 1)).reshape(shape),
};

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('functional')) {
  const name = /np\.(\w+)/.exec(c.text)?.[1] ?? 'others';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('functions of functions, polynomials and the rest, as in NumPy', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
