import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
/** Values in no order, many of them several times: the twin of `mix` in sorting.py. */
function mix(d: string, ...shape: number[]): unknown {
  const less = d === 'bool' || d.startsWith('uint') ? 0 : 11;
  const complex = d.startsWith('complex');
  const values = Array.from({ length: size(shape) }, (_, i) => {
    const x = (((i * 7919 + 13) % 101) % 23) - less;
    return complex ? np.complex(x, (i * 31) % 5) : x;
  });
  return np.array(values as never, d as 'int64').reshape(shape);
}
const cnan = [
  [1, Number.NaN],
  [Number.NaN, 1],
  [Number.NaN, 0],
  [2, 0],
  [1, 5],
  [Number.NaN, Number.NaN],
  [0, Number.NaN],
];
const names: Record<string, unknown> = {
  np,
  A: mix,
  a: (x: any, d?: any) => (d === undefined ? np.array(x) : np.array(x, d)),
  cnan: np.array(cnan.map(([re, im]) => np.complex(re, im)) as never),
};

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('sorting')) {
  const name = /np\.(\w+)/.exec(c.text)?.[1] ?? 'methods';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('sorting, searching and sets, as in NumPy', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
