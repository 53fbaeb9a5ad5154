import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np } from '../../../src/index.js';

const list = (a: any): any[] => a.tolist();
const DTYPES = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float16', 'float32', 'float64'];
/** NaN last, zeros equal. */
const compare = (x: number, y: number): number =>
  Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : Number.isNaN(y) ? -1 : x < y ? -1 : x > y ? 1 : 0;

const numbers = fc.array(
  fc.oneof(fc.double(), fc.integer({ min: -20, max: 20 }), fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity)),
  { maxLength: 300 },
);

describe('sorting', () => {
  test('puts any numbers in order, stably, with the signs of zeros', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const a = np.array(values, 'float64');
        const want = values.map((v, i) => ({ v, i })).sort((p, q) => compare(p.v, q.v) || p.i - q.i);
        expect(list(np.sort(a))).toEqual(want.map((w) => w.v));
        expect(list(np.argsort(a))).toEqual(want.map((w) => w.i));
        const b = a.copy();
        b.sort();
        expect(list(b)).toEqual(want.map((w) => w.v));
      }),
      { numRuns: 150 },
    );
  });

  for (const dtype of DTYPES) {
    test(`of ${dtype} agrees with a comparison sort at sizes on either side of every method`, () => {
      for (const n of [0, 1, 2, 39, 40, 41, 300, 5000]) {
        const a = np
          .array(
            Array.from({ length: n }, (_, i) => Math.imul(i + 1, 2654435761) / 7 - (i % 5)),
            'float64',
          )
          .astype(dtype as 'int64');
        const plain = list(a) as number[];
        const order = plain.map((v, i) => ({ v, i })).sort((p, q) => compare(p.v, q.v) || p.i - q.i);
        expect(list(np.sort(a))).toEqual(order.map((o) => o.v));
        expect(list(np.argsort(a))).toEqual(order.map((o) => o.i));
      }
    });
  }

  test('of 64-bit integers tells neighbours beyond 2^53 apart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1, maxLength: 120 }),
        (values) => {
          const near = [...values, ...values.map((v) => BigInt.asIntN(64, v + 1n))];
          const want = [...near].sort((p, q) => (p < q ? -1 : p > q ? 1 : 0));
          const got = np.sort(np.array(near, 'int64'));
          expect(want.map((_, i) => got.item(i, { bigint: true } as never))).toEqual(want);
          const unsigned = near.map((v) => BigInt.asUintN(64, v));
          const wantU = [...unsigned].sort((p, q) => (p < q ? -1 : p > q ? 1 : 0));
          const gotU = np.sort(np.array(unsigned, 'uint64'));
          expect(wantU.map((_, i) => gotU.item(i, { bigint: true } as never))).toEqual(wantU);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of keys that agree in their high bytes, in many or few values, and of sorted and reversed ones', () => {
    const n = 70000;
    const kinds: Record<string, (i: number) => number> = {
      'low bytes only': (i) => 1 + ((i * 7919) % n) * 2 ** -52,
      'few values': (i) => (i * 7919) % 3,
      sorted: (i) => i / 3,
      reversed: (i) => (n - i) / 3,
      wide: (i) => ((i * 7919) % n) ** 5 * (i % 2 ? 1 : -1),
    };
    for (const [name, f] of Object.entries(kinds)) {
      const values = Float64Array.from({ length: n }, (_, i) => f(i));
      const got = np.sort(np.array(values));
      const want = values.slice().sort();
      expect([name, Buffer.compare(Buffer.from(got.tobytes()), Buffer.from(want.buffer))]).toEqual([name, 0]);
      const order = np.argsort(np.array(values));
      expect([name, np.array_equal(np.take(np.array(values), order), got)]).toEqual([name, true]);
    }
  });

  test('along any axis of any layout sorts each lane by itself', () => {
    const a = np.array(Array.from({ length: 120 }, (_, i) => (i * 37) % 41)).reshape(4, 5, 6);
    for (const view of [a, a.T, a.at('::-1', ':', '::2'), np.broadcast_to(a.at(0), [3, 5, 6])]) {
      for (let axis = 0; axis < 3; axis++) {
        const s = np.sort(view, axis);
        expect(np.all(np.greater_equal(np.diff(s, 1, axis), 0))).toBe(true);
        expect(np.array_equal(np.take_along_axis(view, np.argsort(view, axis), axis), s)).toBe(true);
      }
    }
  });

  test('in place writes a view of the array and nothing beside it', () => {
    const a = np.array([9, 5, 8, 4, 7, 3]);
    a.at('::2').sort();
    expect(list(a)).toEqual([7, 5, 8, 4, 9, 3]);
    a.at('::-1').sort();
    expect(list(a)).toEqual([9, 8, 7, 5, 4, 3]);
    a.partition(2);
    expect(a.item(2)).toBe(5);
    const fixed = np.broadcast_to(np.array([2, 1]), [2, 2]);
    expect(() => fixed.sort()).toThrow('sort array is read-only');
  });

  test('of memory of the user sorts a copy, or that memory itself', () => {
    const mine = new Float64Array([3, 1, 2]);
    expect(list(np.sort(mine))).toEqual([1, 2, 3]);
    expect([...mine]).toEqual([3, 1, 2]);
    np.asarray(mine).sort();
    expect([...mine]).toEqual([1, 2, 3]);
    const wide = new BigInt64Array([3n, -1n, 2n]);
    np.asarray(wide).sort();
    expect([...wide]).toEqual([-1n, 2n, 3n]);
  });
});

describe('searching and sets', () => {
  test('searchsorted keeps an array sorted', () => {
    fc.assert(
      fc.property(numbers, numbers, (values, keys) => {
        const a = np.sort(np.array(values, 'float64'));
        const sorted = list(a) as number[];
        const v = np.array(keys, 'float64');
        const left = list(np.searchsorted(a, v)) as number[];
        const right = list(np.searchsorted(a, v, 'right')) as number[];
        keys.forEach((k, i) => {
          expect(left[i]).toBe(sorted.filter((s) => compare(s, k) < 0).length);
          expect(right[i]).toBe(sorted.filter((s) => compare(s, k) <= 0).length);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('unique gives back the array from its values and the inverse, and counts every element', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const a = np.array(values, 'float64');
        const [u, index, inverse, counts] = np.unique(a, true, true, true);
        expect(np.array_equal(np.take(u, inverse), a, { equal_nan: true })).toBe(true);
        expect(np.array_equal(np.take(a, index), u, { equal_nan: true })).toBe(true);
        expect((list(counts) as number[]).reduce((s, n) => s + n, 0)).toBe(values.length);
        expect(list(np.unique(a))).toEqual(list(u));
      }),
      { numRuns: 80 },
    );
  });

  test('set operations agree with those of JavaScript sets', () => {
    const small = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 30 });
    fc.assert(
      fc.property(small, small, fc.constantFrom('int8', 'int64', 'float32', 'float64'), (x, y, dtype) => {
        const [a, b] = [np.array(x, dtype), np.array(y, dtype)];
        const [s, t] = [new Set(x), new Set(y)];
        const sorted = (v: Iterable<number>): number[] => [...new Set(v)].sort((p, q) => p - q);
        expect(list(np.union1d(a, b))).toEqual(sorted([...x, ...y]));
        expect(list(np.intersect1d(a, b))).toEqual(sorted(x.filter((v) => t.has(v))));
        expect(list(np.setdiff1d(a, b))).toEqual(sorted(x.filter((v) => !t.has(v))));
        expect(list(np.setxor1d(a, b))).toEqual(sorted([...x.filter((v) => !t.has(v)), ...y.filter((v) => !s.has(v))]));
        expect(list(np.isin(a, b))).toEqual(x.map((v) => t.has(v)));
      }),
      { numRuns: 80 },
    );
  });

  test('named results are lists with names', () => {
    const r = np.unique_all([3, 1, 3]);
    const [values, , inverse] = r;
    expect(list(r.values)).toEqual(list(values));
    expect(list(inverse)).toEqual([1, 0, 1]);
    expect(list(r.counts)).toEqual([1, 2]);
    expect(r.length).toBe(4);
  });
});
