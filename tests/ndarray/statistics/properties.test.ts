import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as np from '../../../src/ndarray/index.js';
import { selectAll } from '../../../src/ndarray/statistics/select.js';

/** Against the plain definitions, on random data. */

const numbers = fc.array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), {
  minLength: 1,
  maxLength: 700,
});
const sorted = (v: readonly number[]): number[] => [...v].sort((a, b) => a - b);

describe('order statistics', () => {
  test('selectAll puts at each place what sorting would', () => {
    fc.assert(
      fc.property(numbers, fc.array(fc.nat(699), { minLength: 1, maxLength: 14 }), (v, at) => {
        const ks = [...new Set(at.map((k) => k % v.length))].sort((a, b) => a - b);
        const a = Float64Array.from(v);
        selectAll(a, 0, a.length - 1, ks);
        const want = Float64Array.from(v).sort();
        for (const k of ks) expect(a[k] === want[k]).toBe(true);
        expect(a.slice().sort()).toEqual(want);
      }),
      { numRuns: 200 },
    );
  });
  test('selectAll is not slowed down by sorted, equal or organ-pipe input', () => {
    const n = 30000;
    for (const f of [
      (i: number) => i,
      (i: number) => -i,
      () => 1,
      (i: number) => Math.min(i, n - i),
      (i: number) => i % 3,
    ]) {
      const a = Float64Array.from({ length: n }, (_, i) => f(i));
      const want = a.slice().sort();
      selectAll(a, 0, n - 1, [0, n >> 1, (n >> 1) + 1, n - 1]);
      for (const k of [0, n >> 1, (n >> 1) + 1, n - 1]) expect(a[k] === want[k]).toBe(true);
    }
  });
  test('the median is the middle of the sorted values', () => {
    fc.assert(
      fc.property(numbers, (v) => {
        const s = sorted(v);
        const h = s.length >> 1;
        const want = s.length % 2 === 1 ? s[h] : (s[h - 1] + s[h]) / 2;
        expect(Number(np.median(v)) === want).toBe(true);
      }),
    );
  });
  test('quantiles grow with q and stay within the data', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom('linear', 'hazen', 'weibull', 'median_unbiased', 'inverted_cdf', 'nearest'),
        (v, method) => {
          const q = (
            np.quantile(v, [0, 0.1, 0.3, 0.5, 0.77, 1], { method: method as 'linear' }) as any
          ).tolist() as number[];
          const s = sorted(v);
          expect(q[0] >= s[0] && q[q.length - 1] <= s[s.length - 1]).toBe(true);
          for (let i = 1; i < q.length; i++) expect(q[i] >= q[i - 1]).toBe(true);
        },
      ),
    );
  });
});

describe('positions', () => {
  const first = (v: readonly number[], better: (a: number, b: number) => boolean): number => {
    let at = 0;
    for (let i = 1; i < v.length && !Number.isNaN(v[at]); i++) if (Number.isNaN(v[i]) || better(v[i], v[at])) at = i;
    return at;
  };
  test.each(['float64', 'float32', 'int32', 'int64', 'uint8', 'float16'] as const)(
    'argmax and argmin of long %s arrays are the first extreme',
    (dtype) => {
      let seed = 7;
      const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
      for (const [n, hole] of [
        [3000, -1],
        [4096, -1],
        [5000, -1],
        [9001, 4500],
        [9001, 9000],
        [8193, 0],
      ]) {
        for (const range of [3, 250]) {
          const v = Array.from({ length: n }, (_, i) =>
            i === hole && dtype.startsWith('float') ? Number.NaN : Math.floor(random() * range),
          );
          const a = np.array(v, dtype);
          expect(Number(np.argmax(a))).toBe(first(v, (x, y) => x > y));
          expect(Number(np.argmin(a))).toBe(first(v, (x, y) => x < y));
          const two = np.array([...v, ...v.map((x) => (range - x) % 256)], dtype).reshape(2, n);
          expect((np.argmax(two, 1) as any).tolist()).toEqual([
            first(v, (x, y) => x > y),
            first(
              v.map((x) => (range - x) % 256),
              (x, y) => x > y,
            ),
          ]);
        }
      }
    },
  );
});

describe('sums', () => {
  test('a histogram counts every value in its range once', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 40 }), (v, bins) => {
        // A range as narrow as a few of the smallest numbers has no room for bins, which NumPy refuses as well.
        const [low, high] = [Math.min(...v), Math.max(...v)];
        fc.pre(high === low || high - low > 1e-9 * Math.max(1, Math.abs(low), Math.abs(high)));
        const [counts, edges] = np.histogram(v, bins);
        expect(Number(np.sum(counts))).toBe(v.length);
        const e = edges.tolist() as number[];
        const c = counts.tolist() as number[];
        c.forEach((n, i) => {
          expect(v.filter((x) => x >= e[i] && (i === c.length - 1 ? x <= e[i + 1] : x < e[i + 1])).length).toBe(n);
        });
      }),
    );
  });
  test('bincount, digitize and histogram agree', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 100 }), (v) => {
        const edges = Array.from({ length: 32 }, (_, i) => i);
        const byBin = (np.bincount(np.digitize(v, edges), { minlength: 33 }) as any).tolist();
        expect(byBin.slice(1, 32)).toEqual((np.histogram(v, edges)[0] as any).tolist());
        expect(byBin.slice(1, 32)).toEqual((np.bincount(v, { minlength: 31 }) as any).tolist());
      }),
    );
  });
  test('bincount counts what a loop counts, in place, with gaps, and for few and many bins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 70 }),
        fc.constantFrom(1, 3, 100, 7000),
        fc.nat(60),
        (v, scale, minlength) => {
          const values = v.map((x) => x * scale);
          const want = new Array<number>(Math.max(minlength, ...values.map((x) => x + 1))).fill(0);
          for (const x of values) want[x]++;
          const wanted = np.array(want, 'int64');
          const a = np.array(values.map(BigInt)) as any;
          for (const given of [a, np.stack([a, a], 1).at(':', 0), a.at('::-1'), a.astype('int32')])
            expect(np.array_equal(np.bincount(given, { minlength }), wanted)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
  test('bincount refuses negative numbers wherever they stand, and more bins than there is memory for', () => {
    for (let n = 1; n < 7; n++)
      for (let i = 0; i < n; i++) {
        const v = new Array<bigint>(n).fill(2n);
        v[i] = -1n;
        expect(() => np.bincount(v)).toThrow('must have no negative elements');
        v[i] = -(2n ** 62n);
        expect(() => np.bincount(v)).toThrow('must have no negative elements');
        v[i] = 2n ** 42n;
        expect(() => np.bincount(v)).toThrow('Unable to allocate');
      }
  });
  test('sums of a convolution are made in order, one term after the other', () => {
    const x = fc.double({ noNaN: true, min: -10, max: 10 });
    const lists = fc.tuple(
      fc.array(x, { minLength: 1, maxLength: 60 }),
      fc.array(x, { minLength: 1, maxLength: 9 }),
      fc.constantFrom('full' as const, 'same' as const, 'valid' as const),
    );
    fc.assert(
      fc.property(lists, ([p, q, mode]) => {
        const [a, v] = p.length < q.length ? [q, p] : [p, q];
        const [n, m] = [a.length, v.length];
        const sum = (t: number): number => {
          let s = 0;
          for (let j = Math.max(0, m - 1 - t); j < Math.min(m, n + m - 1 - t); j++)
            s += a[t - m + 1 + j] * v[m - 1 - j];
          return s;
        };
        const first = mode === 'full' ? 0 : mode === 'same' ? m - 1 - (m >> 1) : m - 1;
        const count = mode === 'full' ? n + m - 1 : mode === 'same' ? n : n - m + 1;
        const want = Array.from({ length: count }, (_, k) => sum(first + k));
        const long = np.array(a) as any;
        for (const given of [long, np.stack([long, long], 1).at(':', 1)])
          expect((np.convolve(given, v, mode) as any).tolist()).toEqual(want);
      }),
    );
  });
  test('correlate is convolve with the second sequence reversed', () => {
    const ints = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(ints, ints, fc.constantFrom('full' as const), (a, v, mode) => {
        expect((np.correlate(a, v, mode) as any).tolist()).toEqual(
          (np.convolve(a, [...v].reverse(), mode) as any).tolist(),
        );
      }),
    );
  });
});
