import { describe, expect, it } from '@jest/globals';
import { np } from '../../src/index.js';

describe('a bigint for a parameter that counts something', () => {
  const a = [
    [1, 2, 4],
    [8, 16, 32],
  ];
  const CALLS: Record<string, (n: (k: number) => any) => any> = {
    'gradient edge_order': (n) => np.gradient(a[0], { edge_order: n(2) }),
    'cov ddof': (n) => np.cov(a, { ddof: n(0) }),
    'triu_indices n, k': (n) => np.triu_indices(n(3), n(1))[0],
    'diag_indices ndim': (n) => np.diag_indices(n(2), n(3))[2],
    'trace offset': (n) => np.trace(a, n(1)),
    'diagonal offset': (n) => np.diagonal(a, n(1)),
    'tensordot axes': (n) => np.tensordot(a, a, [[n(0)], [n(0)]]),
    'rollaxis start': (n) => np.rollaxis(np.ones([2, 3, 4]), n(2), n(1)),
    'unwrap period': (n) => np.unwrap([0, 4, 8], { period: n(6) }),
    'percentile q': (n) => np.percentile(np.array(a, 'float32'), n(30)),
    'trapezoid dx': (n) => np.trapezoid(np.array(a, 'float32'), { dx: n(2) }),
  };
  for (const name of Object.keys(CALLS)) {
    it(`means the number: ${name}`, () => {
      expect(CALLS[name]((k) => BigInt(k)).repr()).toBe(CALLS[name]((k) => k).repr());
    });
  }

  it('is an integer quantile, whose place is whole', () => {
    expect(np.quantile(np.array([3n, 1n, 2n]), 1n as never).repr()).toBe('array(3)');
  });

  it('rolls by whole turns beyond what a number holds', () => {
    expect(np.roll([0, 1, 2, 3], (2n ** 100n + 1n) as never).tolist()).toEqual([3, 0, 1, 2]);
    expect(np.roll([0, 1, 2, 3], np.array(2n ** 63n + 2n, 'uint64') as never).tolist()).toEqual([2, 3, 0, 1]);
  });
});

describe('limits', () => {
  const deep = np.ones(new Array(64).fill(1));
  it('of 64 axes are refused with texts of NumPy', () => {
    expect(() => np.zeros(new Array(65).fill(1))).toThrow(
      'maximum supported dimension for an ndarray is currently 64, found 65',
    );
    expect(() => deep.at(null)).toThrow('number of dimensions must be within [0, 64], indexing result would have 65');
    expect(() => np.add.outer(deep, [1])).toThrow(
      'maximum supported dimension for an ndarray is 64, but `add.outer()` result would have 65.',
    );
    expect(() => deep.at(...new Array(64).fill(np.array([0n])))).toThrow(
      'cannot be above 63, but 64 index arrays found',
    );
  });

  it('of integers are kept by arrays that stand for axes and lengths', () => {
    expect(() => np.sum(a2, { axis: np.array(0.5) as never })).toThrow(
      "'numpy.float64' object cannot be interpreted as an integer",
    );
    expect(() => np.sum(a2, { axis: np.array([0n]) as never })).toThrow(
      'only integer scalar arrays can be converted to a scalar index',
    );
  });
  const a2 = np.ones([2, 2]);
});

describe('an output whose elements coincide', () => {
  it('is no place to read its own input from', () => {
    for (const d of ['int16', 'float64', 'complex128'] as const) {
      const x = np.array([5, 6, 7], d);
      const same = np.lib.stride_tricks.as_strided(x, [7], [0]);
      np.negative(same, { out: same });
      expect(np.real(x).astype('float64').tolist()).toEqual([-5, 6, 7]);
    }
  });
});
