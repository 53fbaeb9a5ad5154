import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { loadPairs, run } from '../../golden/pairs.js';

/** The numbers of Park and Miller's generator, in [-1, 1), as the generator of the golden data makes them. */
function numbers(seed: number, n: number): number[] {
  const out: number[] = [];
  let x = seed * 7919 + 1;
  for (let i = 0; i < n; i++) {
    x = (x * 16807) % 2147483647;
    out.push(x / 1073741823.5 - 1);
  }
  return out;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function R(d: string, seed: number, ...shape: number[]): any {
  const n = size(shape);
  const a = np.array(numbers(seed, n)).reshape(shape);
  if (d.startsWith('complex'))
    return a
      .add(
        np
          .array(numbers(seed + 1, n))
          .reshape(shape)
          .mul(np.complex(0, 1)),
      )
      .astype(d as 'complex64');
  if (d === 'bool') return a.gt(0);
  return (/int/.test(d) ? np.rint(a.mul(9)) : a).astype(d as 'float32');
}
const P = (d: string, seed: number, n: number, ...lead: number[]): any => {
  const a = R(d.startsWith('complex') ? 'complex128' : 'float64', seed, ...lead, n, n);
  return np
    .matmul(a, np.conj(np.swapaxes(a, -1, -2)))
    .add(np.eye(n))
    .astype(d as 'float32');
};
const D = (d: string, seed: number, n: number): any =>
  R(d, seed, n, n)
    .add(np.eye(n).mul(n / 4))
    .astype(d as 'float32');

const names: Record<string, unknown> = {
  np,
  R,
  P,
  D,
  L: np.linalg,
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
};

// Single precision is computed in double: it is off by a few roundings, if at all (the tolerance is that of double precision).
const tolerance = (text: string): number => (/float32|complex64/.test(text) ? 1e-15 : 4000 * 2 ** -52);

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of [...loadPairs('linalg'), ...loadPairs('spectral')]) {
  const name = /L\.(\w+)/.exec(c.text)?.[1] as string;
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('np.linalg, as NumPy computes it', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      expect(cases.map((c) => run(c, names, tolerance(c.text))).filter((d) => d !== null)).toEqual([]);
    });
  }
});
