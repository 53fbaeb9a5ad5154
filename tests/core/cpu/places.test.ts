import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

/** Sizes about the steps of the kernels: 16 mask bytes, 4 indices, and what is left over. */
const SIZES = [127, 128, 129, 143, 144, 255, 1000, 9000, 20000];
const DTYPES = [
  'bool',
  'int8',
  'float16',
  'int16',
  'float32',
  'int32',
  'float64',
  'int64',
  'complex64',
  'complex128',
] as const;

let state = 7;
const random = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const list = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i));
/** Small integers, which every dtype holds. */
const values = (n: number): number[] => list(n, () => Math.floor(random() * 2));
const asList = (a: { astype(d: string): { tolist(): unknown } }): number[] => a.astype('float64').tolist() as number[];

describe('moving elements by index and by mask', () => {
  test.each(DTYPES)('picks and puts elements of dtype %s as plain loops do', (dtype) => {
    for (const n of SIZES) {
      const v = values(n);
      const a = np.array(v).astype(dtype);
      const k = list(n, () => Math.floor(random() * 2 * n) - n);
      const ix = np.array(k).astype('int64');
      const at = (i: number): number => (i < 0 ? i + n : i);
      expect(asList(np.take(a, ix).real as never)).toEqual(k.map((i) => v[at(i)]));
      expect(asList(a.at(ix).real as never)).toEqual(k.map((i) => v[at(i)]));
      // A source that is not contiguous, backwards.
      expect(asList(a.at('::-1').at(ix).real as never)).toEqual(k.map((i) => v[n - 1 - at(i)]));
      const w = values(n);
      const target = np.zeros(n, dtype);
      target.set([ix], np.array(w).astype(dtype));
      const expected = list(n, () => 0);
      k.forEach((i, j) => {
        expected[at(i)] = w[j];
      });
      expect(asList(target.real as never)).toEqual(expected);
      target.set([ix], 1);
      for (const i of k) expected[at(i)] = 1;
      expect(asList(target.real as never)).toEqual(expected);
    }
  });

  test.each(DTYPES)('masks of every density pick elements of dtype %s', (dtype) => {
    for (const n of SIZES) {
      for (const share of [0, 0.01, 0.2, 0.5, 0.95, 1]) {
        const v = values(n);
        const bits = list(n, () => (random() < share ? 1 : 0));
        const m = np.array(bits).astype('bool');
        const a = np.array(v).astype(dtype);
        expect(asList(a.at(m).real as never)).toEqual(v.filter((_, i) => bits[i] === 1));
        expect(asList(a.at('::-1').at(m).real as never)).toEqual(
          list(n, (i) => v[n - 1 - i]).filter((_, i) => bits[i] === 1),
        );
      }
    }
  });

  test('places and counts of true elements are those of a loop, and packing keeps the bits', () => {
    for (const n of SIZES) {
      for (const share of [0, 0.01, 0.5, 1]) {
        const bits = list(n, () => (random() < share ? 1 : 0));
        const m = np.array(bits).astype('bool');
        expect(asList(np.nonzero(m)[0] as never)).toEqual(bits.flatMap((b, i) => (b ? [i] : [])));
        expect(Number(np.count_nonzero(m).item())).toBe(bits.reduce((s, b) => s + b, 0));
        for (const order of ['big', 'little'] as const) {
          const back = np.unpackbits(np.packbits(m, { bitorder: order }), { bitorder: order, count: n });
          expect(asList(back as never)).toEqual(bits);
        }
      }
    }
  });

  test('two index arrays meet element by element', () => {
    const a = np.arange(10000).reshape([100, 100]);
    const [i, j] = [list(500, () => Math.floor(random() * 200) - 100), list(500, () => Math.floor(random() * 100))];
    const got = a.at(np.array(i).astype('int64'), np.array(j).astype('int64'));
    expect(asList(got as never)).toEqual(i.map((r, q) => (r < 0 ? r + 100 : r) * 100 + j[q]));
  });

  test('an index out of bounds is named, wherever it stands', () => {
    const a = np.arange(1000);
    for (const n of [100, 20000]) {
      for (const at of [0, 1, 5, n - 1]) {
        for (const wrong of [1000, -1001, 2 ** 40]) {
          const ix = np.array(list(n, (i) => (i === at ? wrong : i % 1000))).astype('int64');
          const message = `index ${wrong} is out of bounds for axis 0 with size 1000`;
          expect(() => np.take(a, ix)).toThrow(message);
          expect(() => a.set([ix], 0)).toThrow(message);
        }
      }
    }
  });
});

describe('kernels that leave rare values for later', () => {
  const special = [
    0,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    5e-324,
    1e308,
    -1e308,
    -750,
    710,
    1e22,
  ];

  test.each(['exp', 'log', 'sin', 'tan', 'cbrt', 'log1p', 'tanh'] as const)(
    '%s of rare values among usual ones is that of each alone',
    (name) => {
      const f = np[name] as (x: unknown) => { at(i: number): unknown; tolist(): number[] };
      for (const every of [1, 7, 64]) {
        const v = list(203, (i) => (i % every === 0 ? special[i % special.length] : random() * 3));
        const all = f(np.array(v)).tolist();
        v.forEach((x, i) => {
          expect(all[i]).toBe((f(np.array([x])).tolist() as number[])[0]);
        });
      }
    },
  );

  test.each(['float64', 'float32'] as const)(
    'one bound for all elements of %s keeps NaN and the signs of zero',
    (dtype) => {
      const round = dtype === 'float32' ? Math.fround : (x: number): number => x;
      const v = [...special, ...special, 1, -1].map(round);
      const a = np.array(v).astype(dtype);
      for (const limit of [...special, 0.5]) {
        const c = np.array(round(limit)).astype(dtype);
        const check = (got: unknown, want: (x: number) => number): void => {
          (got as { tolist(): number[] }).tolist().forEach((x, i) => {
            expect(Object.is(x, want(v[i]))).toBe(true);
          });
        };
        check(np.maximum(a, c), (x) => Math.max(x, round(limit)));
        check(np.maximum(c, a), (x) => Math.max(x, round(limit)));
        check(np.minimum(a, c), (x) => Math.min(x, round(limit)));
        check(np.minimum(c, a), (x) => Math.min(x, round(limit)));
      }
    },
  );
});
