import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const names: Record<string, unknown> = {
  np,
  i: (x: any) => np.array(x, 'int64'),
  f: (x: any) => np.array(x, 'float64'),
  R: (...shape: number[]) => np.arange(shape.reduce((a, b) => a * b, 1)).reshape(shape),
  setting: (a: any, index: any, value: any) => {
    a.flat.set(index, value);
    return a;
  },
  assigning: (a: any, value: any) => {
    a.flat = value;
    return a;
  },
  after: (it: any, n: number, ...attributes: string[]) => {
    for (let k = 0; k < n; k++) it.next();
    return [...attributes.map((name) => it[name]), [...it]];
  },
  as_strided: np.lib.stride_tricks.as_strided,
  sw: np.lib.stride_tricks.sliding_window_view,
};

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('iteration')) {
  const name = /np\.(matrix|vectorize|frompyfunc|lib\.Arrayterator|nested_iters|bmat)/.exec(c.text)?.[1] ?? 'the rest';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('iteration and what stands on it, as in NumPy', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
