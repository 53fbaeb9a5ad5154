import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';
import { as_strided, sliding_window_view } from '../../../src/ndarray/manipulation/strides.js';
import { setWarningHandler } from '../../../src/core/errors.js';
import { loadPairs, run } from '../../golden/pairs.js';

const f8 = np.arange(6, { dtype: 'float64' }).reshape(2, 3);

/** The formula of the generator. */
function values(d: string, n: number): any {
  const base = np.array(
    Array.from({ length: n }, (_, i) => ((i * 37) % 23) - (d.startsWith('u') || d === 'bool' ? 0 : 7)),
  );
  return base.astype(d as 'float64');
}

const names: Record<string, unknown> = {
  np,
  f8,
  i4: np.arange(6, { dtype: 'int32' }).reshape(2, 3),
  z: np.array([np.complex(1, 2), np.complex(3, -4), np.complex(-0, -5)]),
  t: np.arange(24, { dtype: 'float64' }).reshape(2, 3, 4),
  b: np.array([true, false, true, true, false, false, false, true, true]),
  one: np.zeros([1, 3, 1]),
  values,
  as_strided,
  windows: sliding_window_view,
  a: (x: any, d?: any) => (d === undefined ? np.array(x) : np.array(x, d)),
  fill: (vector: any, width: [number, number], axis: number, kwargs: Record<string, number>) => {
    const value = kwargs.padder ?? 10;
    vector.set([`:${width[0]}`], value + axis);
    vector.set([`${vector.shape[0] - width[1]}:`], value - axis);
  },
  resized: (a: any, shape: number[]) => {
    const out = a.copy();
    out.resize(shape);
    return out;
  },
  setpart: (a: any, part: 'real' | 'imag', value: unknown) => {
    const out = a.copy();
    out[part] = value;
    return out;
  },
  swapped: (a: any) => {
    const out = a.copy();
    out.byteswap(true);
    return out;
  },
};

const groups = new Map<string, ReturnType<typeof loadPairs>>();
for (const c of loadPairs('manipulation')) {
  const name = /(?:^|np)\.(\w+)/.exec(c.text)?.[1] ?? /\.(\w+)\(/.exec(c.text)?.[1] ?? 'others';
  groups.set(name, [...(groups.get(name) ?? []), c]);
}

describe('rearranging arrays, as NumPy does', () => {
  for (const [name, cases] of groups) {
    test(`${name} agrees with NumPy on ${cases.length} expressions`, () => {
      const old = setWarningHandler(() => {});
      try {
        expect(cases.map((c) => run(c, names)).filter((d) => d !== null)).toEqual([]);
      } finally {
        setWarningHandler(old);
      }
    });
  }
});
