import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np } from '../../../src/index.js';

/** Many keys are searched by kernels, few one by one: both must say what counting says. */
const special = fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, -1);
const number = fc.oneof(special, fc.integer({ min: -20, max: 20 }), fc.double());
const precedes = (x: number, y: number): boolean => x < y || (Number.isNaN(y) && !Number.isNaN(x));

describe('binary search of many keys', () => {
  for (const dtype of [
    'float64',
    'float32',
    'float16',
    'int8',
    'uint16',
    'int32',
    'uint32',
    'int64',
    'uint64',
    'bool',
  ] as const)
    test(`${dtype}: gives how many elements are before each key`, () => {
      fc.assert(
        fc.property(
          fc.array(number, { maxLength: 40 }),
          fc.array(number, { minLength: 33, maxLength: 80 }),
          (xs, ys) => {
            const whole = (v: number): number => Math.abs(Math.trunc(Number.isFinite(v) ? v % 100 : 7));
            const make = (v: number[]): any =>
              dtype[0] === 'f' ? np.array(v).astype(dtype) : np.array(v.map(whole)).astype(dtype);
            const a = np.sort(make(xs));
            const v = make(ys);
            const [p, q] = [a, v].map((x) => x.astype('float64').tolist() as number[]);
            expect(np.searchsorted(a, v).tolist()).toEqual(q.map((y) => p.filter((x) => precedes(x, y)).length));
            expect(np.searchsorted(a, v, 'right').tolist()).toEqual(
              q.map((y) => p.filter((x) => !precedes(y, x)).length),
            );
          },
        ),
        { numRuns: 40 },
      );
    });

  test('keeps 64-bit integers apart that no float64 does', () => {
    const big = 2n ** 62n;
    const a = np.array([big, big + 1n, big + 2n]);
    const keys = np.array(Array.from({ length: 40 }, (_, i) => big + BigInt(i % 4)));
    expect(np.searchsorted(a, keys).tolist()).toEqual(Array.from({ length: 40 }, (_, i) => i % 4));
  });
});

describe('isin of integers', () => {
  const integer = fc.oneof(
    fc.integer({ min: -30, max: 30 }),
    fc.constantFrom(2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 40, -(2 ** 33)),
  );
  const kinds = ['int8', 'uint8', 'int32', 'uint32', 'int64', 'uint64', 'bool'] as const;
  for (const left of kinds)
    for (const right of kinds)
      test(`${left} among ${right} says what a set says`, () => {
        fc.assert(
          fc.property(fc.array(integer, { maxLength: 30 }), fc.array(integer, { maxLength: 30 }), (xs, ys) => {
            const a = np.array(xs.map(BigInt), 'int64').astype(left);
            const b = np.array(ys.map(BigInt), 'int64').astype(right);
            const numbers = (x: any): bigint[] => (x.tolist() as (number | bigint | boolean)[]).map(BigInt);
            const among = new Set(numbers(b));
            expect(np.isin(a, b).tolist()).toEqual(numbers(a).map((v) => among.has(v)));
            expect(np.isin(a, b, { invert: true }).tolist()).toEqual(numbers(a).map((v) => !among.has(v)));
          }),
          { numRuns: 25 },
        );
      });
});

test('isin at the ends of int64', () => {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  const a = np.array([most, least, 0n, least + 1n, most - 1n]);
  expect(np.isin(a, [most, most - 1n]).tolist()).toEqual([true, false, false, false, true]);
  expect(np.isin(a, [least, least + 1n]).tolist()).toEqual([false, true, false, true, false]);
  expect(np.isin(a, [least, most]).tolist()).toEqual([true, true, false, false, false]);
  expect(np.isin(a, [-1n, 1n]).tolist()).toEqual([false, false, false, false, false]);
});

describe('counting', () => {
  test('bincount of many integers, with and without weights, says what a loop says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 50 }), (xs) => {
        const count = new Array<number>(Math.max(...xs) + 1).fill(0);
        const sums = count.slice();
        xs.forEach((x, i) => {
          count[x]++;
          sums[x] += i / 2;
        });
        const a = np.array(xs).astype('int64');
        expect(np.bincount(a).tolist()).toEqual(count);
        expect(
          np
            .bincount(
              a,
              xs.map((_, i) => i / 2),
            )
            .tolist(),
        ).toEqual(sums);
      }),
    );
  });

  test('convolve of sequences of any lengths says what its definition says', () => {
    const sequence = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(sequence, sequence, fc.constantFrom('full', 'same', 'valid'), (x, y, mode) => {
        const full = Array.from({ length: x.length + y.length - 1 }, (_, k) =>
          x.reduce((s, v, i) => s + v * (y[k - i] ?? 0), 0),
        );
        const [n, m] = [Math.max(x.length, y.length), Math.min(x.length, y.length)];
        const from = mode === 'full' ? 0 : mode === 'valid' ? m - 1 : (m - 1) >> 1;
        const length = mode === 'full' ? full.length : mode === 'valid' ? n - m + 1 : n;
        expect(np.convolve(x, y, mode as 'full').tolist()).toEqual(full.slice(from, from + length).map((v) => v + 0));
      }),
    );
  });
});
