import { describe, expect, test } from '@jest/globals';
import { np } from '../../../src/index.js';

describe('geomspace', () => {
  test('refuses zero at either end, in any dtype', () => {
    for (const zero of [0, 0n, np.array([0, 1]), np.array([0n, 1n]), np.array([0, 1], 'uint8')]) {
      expect(() => np.geomspace(zero as any, 10)).toThrow('Geometric sequence cannot include zero');
      expect(() => np.geomspace(10, zero as any)).toThrow('Geometric sequence cannot include zero');
    }
  });
});
