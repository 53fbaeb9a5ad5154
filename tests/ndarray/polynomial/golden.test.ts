import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

const names: Record<string, unknown> = {
  np,
  i: (x: any) => np.array(x, 'int64'),
  f: (x: any) => np.array(x, 'float64'),
  g: (x: any) => np.array(x, 'float32'),
  z: (x: number[][]) => np.array(x.map(([re, im]) => np.complex(re, im))),
  R: (...shape: number[]) => {
    const n = shape.reduce((a, b) => a * b, 1);
    return np.arange(n).mod(7).sub(2.5).reshape(shape);
  },
};

/** What NumPy computes with fused operations, a BLAS or a C library of its own: long convolutions, complex quotients, elementary functions. */
const ROUNDS = /emath|pow\(|poly1d\(.*\)\(np|div\(|lagval\(z|weight|mod\(/;
const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of [...loadPairs('polynomial'), ...loadPairs('series')]) {
  const name = /np\.((?:polynomial\.)?\w+)/.exec(c.text)?.[1] ?? 'others';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('polynomials as in NumPy', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names, ROUNDS.test(c.text) ? 4e-15 : 0)).filter((d) => d !== null)).toEqual([]);
    });
  }
});
