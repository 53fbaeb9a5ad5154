import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const names: Record<string, unknown> = {
  np,
  o: (...shape: number[]) => np.ones(shape),
  A: (d: string, ...shape: number[]) => {
    const less = d === 'bool' || d.startsWith('uint') ? 0 : 3;
    return np
      .array(
        Array.from({ length: size(shape) }, (_, i) => (i % 7) - less),
        d as 'int64',
      )
      .reshape(shape);
  },
};

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('contraction')) {
  const name = /np\.(\w+)/.exec(c.text)?.[1] ?? 'methods';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('contractions, as NumPy makes them', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
