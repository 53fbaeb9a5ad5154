import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np } from '../../../src/index.js';

test('places in shapes of more elements than float64 counts are exact, there and back', () => {
  const dims = [2 ** 40, 2 ** 20, 3];
  fc.assert(
    fc.property(
      fc.bigInt(0n, 2n ** 40n - 1n),
      fc.bigInt(0n, 2n ** 20n - 1n),
      fc.bigInt(0n, 2n),
      fc.constantFrom('C' as const, 'F' as const),
      (i, j, k, order) => {
        const place = order === 'C' ? (i * 2n ** 20n + j) * 3n + k : (k * 2n ** 20n + j) * 2n ** 40n + i;
        const r = np.ravel_multi_index([[i], [j], [k]], dims, { order });
        expect(r.tolist({ bigint: true })).toEqual([place]);
        expect(np.unravel_index(r, dims, { order }).map((c) => c.tolist({ bigint: true }))).toEqual([[i], [j], [k]]);
      },
    ),
  );
  expect(() => np.unravel_index([2n ** 62n], dims)).toThrow('is out of bounds for array with size 3458764513820540928');
  expect(() => np.ravel_multi_index([[0], [0]], [2 ** 40, 2 ** 30])).toThrow('larger than the maximum possible size');
});
