import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reference } from '../../../src/core/device/reference/index.js';
import { withHostDevice } from '../../../src/core/device/registry.js';
import { systemLibrary } from '../../../src/core/device/blas/library.js';
import { np } from '../../../src/index.js';

const bytes = (a: any): string => Buffer.from(a.tobytes()).toString('base64');
/** The same bits, where the sum is the library's own; with a system's library as close as sums in another order. */
const sameSums = (a: any, b: any): void => {
  if (systemLibrary() === null || a.dtype.kind === 'i') expect(bytes(a)).toBe(bytes(b));
  else
    expect(
      np.allclose(a, b, { rtol: 0, atol: a.dtype.itemsize < 8 || a.dtype.name === 'complex64' ? 1e-4 : 1e-12 }),
    ).toBe(true);
};
const filled = (shape: number[], dtype: string, seed: number): any => {
  let s = seed + 1;
  const next = (): number => {
    s = (Math.imul(s, 1103515245) + 12345) >>> 0;
    return (s >>> 8) / 2 ** 24;
  };
  const n = shape.reduce((a, b) => a * b, 1);
  const complex = dtype.startsWith('complex');
  const whole = !dtype.startsWith('float') && !complex;
  const one = (): number => (whole ? Math.floor(next() * 100) - (dtype.startsWith('u') ? 0 : 50) : next() * 2 - 1);
  return np
    .array(Array.from({ length: n }, () => (complex ? np.complex(one(), one()) : one())) as never, dtype as 'int64')
    .reshape(shape);
};
const DTYPES = [
  'bool',
  'int8',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
  'complex64',
  'complex128',
];

/** The same values in other places. */
const LAYOUTS: Record<string, (a: any) => any> = {
  contiguous: (a) => a,
  transposed: (a) => np.swapaxes(np.swapaxes(a, -1, -2).copy(), -1, -2),
  reversed: (a) => np.flip(np.flip(a).copy()),
  strided: (a) => np.repeat(a, 2, -1).at('...', '::2'),
  'of the user': (a) => {
    const mine = np.asarray(new Float64Array(Array.from({ length: a.size }, (_, i) => a.item(i) as number)));
    return a.dtype.name === 'float64' ? mine.reshape(a.shape) : a;
  },
};
const SIZES = [
  [1, 1, 1],
  [2, 3, 4],
  [4, 4, 4],
  [7, 300, 5],
  [33, 40, 35],
  [1, 700, 1],
  [1, 2100, 1],
  [70, 520, 1],
  [1, 300, 45],
  [50, 40, 49],
  [140, 30, 9],
];

describe('the matrix product', () => {
  for (const dtype of DTYPES) {
    test(`of ${dtype} is the definition bit for bit, whatever the size and layout`, () => {
      for (const [m, k, n] of SIZES) {
        if (m * k * n > 20000 && (dtype !== 'float64' || m * k * n > 100000)) continue;
        const a = filled([m, k], dtype, m + k);
        const b = filled([k, n], dtype, k + n);
        const want = withHostDevice(reference, () => bytes(np.matmul(a, b)));
        for (const [name, lay] of Object.entries(LAYOUTS)) {
          expect(`${name} ${m} ${k} ${n} ${bytes(np.matmul(lay(a), lay(b)))}`).toBe(`${name} ${m} ${k} ${n} ${want}`);
        }
      }
    });
  }

  test('of a row is that row of the product of the whole matrix', () => {
    for (const k of [5, 255, 256, 257, 1000]) {
      const a = filled([67, k], 'float64', k);
      const b = filled([k, 53], 'float64', k + 1);
      const whole = np.matmul(a, b);
      for (const i of [0, 3, 64, 66]) sameSums(np.matmul(a.at(i), b), whole.at(i));
      for (const j of [0, 31, 52]) sameSums(np.matmul(a, b.at(':', j)), whole.at(':', j).copy());
      sameSums(np.dot(a.at(5), b.at(':', 7)), whole.at(5, 7));
    }
  });

  test('of transposes is the transpose of the product', () => {
    for (const dtype of ['float64', 'float32', 'complex128', 'int64']) {
      for (const [m, k, n] of [
        [3, 4, 5],
        [40, 300, 17],
        [64, 64, 64],
      ]) {
        const a = filled([m, k], dtype, 1);
        const b = filled([k, n], dtype, 2);
        sameSums(np.matmul(b.T, a.T), np.matmul(a, b).T.copy());
      }
    }
  });

  test('is associative up to rounding', () => {
    const [a, b, c] = [filled([20, 30], 'float64', 1), filled([30, 40], 'float64', 2), filled([40, 10], 'float64', 3)];
    expect(np.allclose(np.matmul(np.matmul(a, b), c), np.matmul(a, np.matmul(b, c)), 1e-12, 1e-12)).toBe(true);
    const [x, y, z] = [filled([9, 8], 'int64', 1), filled([8, 7], 'int64', 2), filled([7, 6], 'int64', 3)];
    expect(bytes(np.matmul(np.matmul(x, y), z))).toBe(bytes(np.matmul(x, np.matmul(y, z))));
  });

  test('of batches is the product of each pair', () => {
    for (const dtype of ['float64', 'float32', 'int32', 'int64', 'complex64', 'bool', 'float16']) {
      for (const [m, k, n] of [
        [2, 3, 4],
        [17, 20, 9],
        [1, 12, 1],
        [5, 300, 1],
      ]) {
        const a = filled([3, 1, m, k], dtype, 1);
        const b = filled([2, k, n], dtype, 2);
        const c = np.matmul(a, b);
        expect(c.shape).toEqual([3, 2, m, n]);
        for (let i = 0; i < 3; i++)
          for (let j = 0; j < 2; j++) expect(bytes(c.at(i, j).copy())).toBe(bytes(np.matmul(a.at(i, 0), b.at(j))));
      }
    }
  });

  test('of 64-bit integers is exact modulo 2^64', () => {
    const x = [2n ** 62n + 12345n, -(2n ** 61n) + 7n, 9007199254740993n, -1n];
    const y = [3n, 2n ** 63n - 1n, -(2n ** 33n) - 5n, 2n ** 40n];
    const want = BigInt.asIntN(
      64,
      x.reduce((s, v, i) => s + v * y[i], 0n),
    );
    const big = (v: unknown): bigint => BigInt(v as number);
    expect(big(np.dot(np.array(x), np.array(y)).item({ bigint: true }))).toBe(want);
    const a = np.array(x).reshape(4, 1);
    expect(big(np.matmul(a.T, np.array(y).reshape(4, 1)).item({ bigint: true }))).toBe(want);
    const wide = np.tile(np.array(x), [40, 40]).astype('int64');
    expect(big(np.matmul(wide, np.tile(np.array(y), [3, 40]).T).item(1, 1) as never)).toBe(
      BigInt.asIntN(64, want * 40n),
    );
  });

  test('writes into out, also when out is an operand', () => {
    const a = filled([30, 30], 'float64', 4);
    const want = bytes(np.matmul(a, a));
    const out = np.zeros([30, 30]);
    expect(np.matmul(a, a, out)).toBe(out);
    expect(bytes(out)).toBe(want);
    const b = a.copy();
    np.matmul(b, b, { out: b });
    expect(bytes(b)).toBe(want);
    const turned = np.zeros([30, 30]);
    np.matmul(a, a, { out: turned.T });
    expect(bytes(turned.T.copy())).toBe(want);
  });

  test('does not change what it reads, and spreads NaN and infinity to their rows only', () => {
    const a = np.zeros([6, 300]);
    a.set([2, 7], Number.NaN);
    a.set([4, 1], Number.POSITIVE_INFINITY);
    const b = np.ones([300, 6]);
    const c = np.matmul(a, b);
    const rows = Array.from({ length: 6 }, (_, i) => c.item(i, 5));
    expect(rows).toEqual([0, 0, Number.NaN, 0, Number.POSITIVE_INFINITY, 0]);
  });
});

describe('einsum', () => {
  test('equals tensordot, matmul, outer, trace and transposition', () => {
    const a = filled([3, 4, 5], 'float64', 1);
    const b = filled([4, 5, 6], 'float64', 2);
    const eq = (x: any, y: any): void => {
      expect(x.shape).toEqual(y.shape);
      expect(bytes(x.copy())).toBe(bytes(y.copy()));
    };
    eq(np.einsum('ijk,jkl->il', a, b), np.tensordot(a, b, 2));
    eq(np.einsum('ijk,jkl->il', a, b), np.matmul(a.reshape(3, 20), b.reshape(20, 6)));
    eq(np.einsum('ij,jk', a.at(0), b.at(0)), np.matmul(a.at(0), b.at(0)));
    eq(np.einsum('ijk->kij', a), np.transpose(a, [2, 0, 1]));
    const m = filled([4, 4], 'int64', 3);
    expect(np.einsum('ii', m).item()).toBe(np.trace(m).item());
    eq(np.einsum('i,j->ij', m.at(0), m.at(1)), np.outer(m.at(0), m.at(1)));
  });

  test('of integers is the sum over all indices, for any labels', () => {
    const label = fc.constantFrom('i', 'j', 'k', 'l');
    const operand = fc.array(label, { minLength: 0, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(operand, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 15 }),
        (inputs, mask) => {
          const size: Record<string, number> = { i: 2, j: 3, k: 2, l: 1 };
          const used = [...new Set(inputs.flat())];
          const output = used.filter((_, i) => mask & (1 << i)).reverse();
          const arrays = inputs.map((labels, i) =>
            filled(
              labels.map((l) => size[l]),
              'int64',
              i + 1,
            ),
          );
          const got = np.einsum(`${inputs.map((l) => l.join('')).join(',')}->${output.join('')}`, ...arrays);
          expect(got.shape).toEqual(output.map((l) => size[l]));
          const sums = new Map<string, number>();
          const walk = (index: Record<string, number>, rest: string[]): void => {
            if (rest.length > 0) {
              for (let v = 0; v < size[rest[0]]; v++) walk({ ...index, [rest[0]]: v }, rest.slice(1));
              return;
            }
            const term = arrays.reduce((p, a, i) => p * (a.item(...inputs[i].map((l) => index[l])) as number), 1);
            const key = output.map((l) => index[l]).join(',');
            sums.set(key, (sums.get(key) ?? 0) + term);
          };
          walk({}, used);
          for (const [key, want] of sums)
            expect(got.item(...(key === '' ? [] : key.split(',').map(Number)))).toBe(want);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('gives a view of a single operand whose labels all stay, and it can be written', () => {
    const a = np.zeros([3, 3]);
    np.einsum('ii->i', a).set(['...'], 1);
    expect(bytes(a)).toBe(bytes(np.eye(3)));
    expect(np.einsum('ij->ji', a).base).toBe(a);
  });
});

describe('lists of labels', () => {
  test('may be arrays, and labels and paths may be bigints', () => {
    const a = np.arange(4).reshape(2, 2);
    expect(np.einsum(a, np.array([0n, 0n]) as any).item()).toBe(3);
    expect(np.einsum(a, [0n, 1n], [1n, 0n]).tolist()).toEqual(a.T.tolist());
    expect(np.einsum_path('ij,jk->ik', a, a, { optimize: ['einsum_path', [0n, 1n]] as any })[0]).toEqual([
      'einsum_path',
      [0, 1],
    ]);
  });
});

describe('diagonal', () => {
  test('is a view that may not be written', () => {
    const a = np.arange(9).reshape(3, 3);
    const d = np.diagonal(a);
    expect(d.flags.writeable).toBe(false);
    a.set([1, 1], 40);
    expect(d.item(1)).toBe(40);
    expect(() => d.set([0], 1)).toThrow('assignment destination is read-only');
  });
});
