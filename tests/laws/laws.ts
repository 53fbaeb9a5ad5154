import { describe, expect, test } from '@jest/globals';
import { np as namespace } from '../../src/index.js';
import { CASES, type Operands } from './cases.js';

/**
 * One suite for every implementation of arrays: the same calls give the same answers, and the laws of the algebra hold.
 * An implementation that cannot do something names the tests it skips, with the reason.
 */

const np: any = namespace;

export interface Implementation {
  readonly name: string;
  /** An array of this implementation from values in C order. */
  make(values: readonly unknown[], dtype: string, shape: readonly number[]): any;
  /** Its contents as an ordinary array. */
  read(x: any): any;
  /** Whether x is what functions of this implementation should give. */
  owns(x: any): boolean;
  /** Runs the body of a test in whatever surroundings the implementation needs. */
  run<T>(f: () => T): T;
  /** The dtypes it has, where not all: laws over several dtypes are checked for these. */
  readonly dtypes?: readonly string[];
  /** Whether the cases are left out, which are then compared elsewhere in other dtypes. */
  readonly withoutCases?: boolean;
  /** How far what is nearly equal may be off, 1e-12 unless given. */
  readonly tolerance?: number;
  readonly skip: readonly { readonly reason: string; readonly tests: readonly string[] }[];
}

/** A sequence of numbers that looks random and is always the same. */
export function numbers(seed: number, n: number, low: number, high: number): number[] {
  let s = seed >>> 0;
  return Array.from({ length: n }, () => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return low + ((s >>> 8) / 2 ** 24) * (high - low);
  });
}
const whole = (seed: number, n: number, low: number, high: number): number[] =>
  numbers(seed, n, low, high + 1).map(Math.floor);
const isArray = (x: any): boolean =>
  typeof x === 'object' && x !== null && x.dtype !== undefined && x.shape !== undefined;

/** The operands that all cases draw from. */
export function operands(make: Implementation['make']): Operands {
  const complexes = numbers(7, 24, -3, 3);
  return {
    v: make(numbers(1, 7, -3, 3), 'float64', [7]),
    m: make(numbers(2, 12, -3, 3), 'float64', [3, 4]),
    n: make(numbers(3, 12, -3, 3), 'float64', [3, 4]),
    t: make(numbers(4, 24, -3, 3), 'float64', [2, 3, 4]),
    p: make(numbers(5, 12, 0.1, 4), 'float64', [3, 4]),
    u: make(numbers(6, 12, -0.95, 0.95), 'float64', [3, 4]),
    s: make(numbers(8, 12, -3, 3), 'float32', [3, 4]),
    h: make(numbers(9, 12, -3, 3), 'float16', [3, 4]),
    q: make(numbers(10, 16, -3, 3), 'float64', [4, 4]),
    i: make(whole(11, 12, -9, 9), 'int32', [3, 4]),
    j: make(whole(12, 12, 1, 9), 'int32', [3, 4]),
    k: make(whole(13, 6, 0, 2), 'int64', [6]),
    l: make(whole(14, 12, -9, 9), 'int64', [3, 4]),
    o: make(whole(15, 12, 0, 200), 'uint8', [3, 4]),
    b: make(whole(16, 12, 0, 1), 'bool', [3, 4]),
    c: make(
      Array.from({ length: 12 }, (_, e) => np.complex(complexes[2 * e], complexes[2 * e + 1])),
      'complex128',
      [3, 4],
    ),
    w: make([1, Number.NaN, 3, -2, Number.NaN, 5, 0, 2, -7, 4, Number.NaN, 6], 'float64', [3, 4]),
    z: make([], 'float64', [0, 3]),
    d: make([3, 1, 2, 3, 1, 1, 2], 'int64', [7]),
    e: make([1.5], 'float64', []),
  };
}

/** A result in a form that compares: dtype, shape and text of every element, so that -0 and NaN count. */
export function describeResult(x: any, read: Implementation['read']): unknown {
  if (Array.isArray(x)) return x.map((e) => describeResult(e, read));
  if (!isArray(x)) return typeof x === 'bigint' ? `${x}n` : Object.is(x, -0) ? '-0' : x;
  const a = read(x);
  // A truth without an axis is a boolean for arrays and a tensor for tensors.
  if (a.dtype.name === 'bool' && a.ndim === 0) return a.item();
  return { dtype: a.dtype.name, shape: [...a.shape], values: spell(a.tolist()) };
}
function spell(x: any): unknown {
  if (Array.isArray(x)) return x.map(spell);
  if (typeof x === 'number') return Object.is(x, -0) ? '-0' : String(x);
  return typeof x === 'object' && x !== null ? `${spell(x.re)} ${spell(x.im)}j` : String(x);
}

export function laws(implementation: Implementation): void {
  const { name, make, read, owns, run, skip, tolerance = 1e-12 } = implementation;
  const reasons = new Map(skip.flatMap((s) => s.tests.map((t) => [t, s.reason] as const)));
  const law = (title: string, body: () => void): void => {
    if (reasons.has(title)) test.skip(`${title} (${reasons.get(title)})`, () => {});
    else test(title, () => run(body));
  };
  const same = (got: any, want: any): void => expect(describeResult(got, read)).toEqual(describeResult(want, read));
  const close = (got: any, want: any): void => {
    expect([...read(got).shape]).toEqual([...read(want).shape]);
    expect(np.allclose(read(got), read(want), { rtol: tolerance, atol: tolerance, equal_nan: true })).toBe(true);
  };
  const each = (
    dtypes: readonly string[],
    f: (make2: (n: number, shape?: readonly number[]) => any, dtype: string) => void,
  ): void => {
    for (const dtype of dtypes.filter((d) => implementation.dtypes?.includes(d) !== false)) {
      const values = (n: number): unknown[] =>
        dtype === 'bool'
          ? whole(n, 60, 0, 1)
          : dtype.startsWith('u')
            ? whole(n, 60, 0, 9)
            : dtype.startsWith('f')
              ? whole(n, 60, -16, 16).map((x) => x / 4)
              : whole(n, 60, -9, 9);
      f(
        (n, shape = [3, 4, 5]) =>
          make(
            values(n).slice(
              0,
              shape.reduce((a, b) => a * b, 1),
            ),
            dtype,
            shape,
          ),
        dtype,
      );
    }
  };
  const DTYPES = [
    'bool',
    'int8',
    'uint8',
    'int32',
    'int64',
    'uint64',
    'float16',
    'float32',
    'float64',
    'complex64',
    'complex128',
  ];
  const NUMBERS = DTYPES.slice(1);
  const REAL = ['int8', 'uint8', 'int32', 'int64', 'float32', 'float64'];

  const cases = implementation.withoutCases === true ? [] : Object.entries(CASES);
  if (cases.length > 0)
    describe(`${name}: every function gives what it gives on arrays`, () => {
      for (const [title, call] of cases) {
        law(title, () => {
          const got: any = call(np, operands(make));
          const plain = (values: readonly unknown[], dtype: string, shape: readonly number[]): any =>
            np.array([...values], dtype).reshape([...shape]);
          same(got, call(np, operands(plain)));
          for (const part of Array.isArray(got) ? got : [got]) if (isArray(part)) expect(owns(part)).toBe(true);
        });
      }
    });

  describe(`${name}: sums and products`, () => {
    law('the sum over an empty axis is zero, and the product is one', () => {
      for (const dtype of DTYPES.filter((d) => implementation.dtypes?.includes(d) !== false)) {
        const empty = make([], dtype, [0, 3]);
        expect(read(np.sum(empty, 0)).tolist().map(Number)).toEqual([0, 0, 0]);
        expect(read(np.prod(empty, 0)).tolist().map(Number)).toEqual([1, 1, 1]);
      }
    });
    law('the maximum over an empty axis is an error', () => {
      expect(() => np.max(make([], 'float64', [0, 3]), 0)).toThrow(
        'zero-size array to reduction operation maximum which has no identity',
      );
    });
    law('addition and multiplication commute', () => {
      each(DTYPES, (x) => {
        same(np.add(x(1), x(2)), np.add(x(2), x(1)));
        same(np.multiply(x(1), x(2)), np.multiply(x(2), x(1)));
      });
    });
    law('addition of exact numbers is associative, and multiplication distributes over it', () => {
      each(['int8', 'int64', 'uint64', 'float64'], (x) => {
        same(np.add(np.add(x(1), x(2)), x(3)), np.add(x(1), np.add(x(2), x(3))));
        same(np.multiply(x(1), np.add(x(2), x(3))), np.add(np.multiply(x(1), x(2)), np.multiply(x(1), x(3))));
      });
    });
    law('summing axis after axis is summing all', () => {
      each(NUMBERS, (x) => {
        same(np.sum(np.sum(np.sum(x(1), 0), 0), 0), np.sum(x(1)));
        same(np.sum(np.sum(x(1), 2), 0), np.sum(x(1), [0, 2]));
      });
    });
    law('the last of a running sum is the sum, and differences undo it', () => {
      each(['int64', 'float64', 'float32'], (x) => {
        const c = np.cumsum(x(1), 1);
        same(np.take(c, -1, 1), np.sum(x(1), 1));
        same(np.diff(c, { axis: 1, prepend: np.zeros_like(np.take(c, [0], 1)) }), x(1));
      });
    });
    law('the sum does not depend on the layout when it is exact', () => {
      each(NUMBERS, (x) => {
        same(np.sum(np.transpose(x(1))), np.sum(x(1)));
        same(np.sum(np.flip(x(1))), np.sum(x(1)));
      });
    });
    law('negating twice and subtracting from itself', () => {
      each(NUMBERS, (x) => {
        same(np.negative(np.negative(x(1))), x(1));
        same(np.subtract(x(1), x(1)), np.zeros_like(x(1)));
      });
    });
  });

  describe(`${name}: division`, () => {
    law('a number is its quotient times the divisor plus the remainder', () => {
      each(['int8', 'int32', 'int64', 'uint8'], (x) => {
        const d = np.where(np.equal(x(2), 0), np.ones_like(x(2)), x(2));
        same(np.add(np.multiply(np.floor_divide(x(1), d), d), np.remainder(x(1), d)), x(1));
        const [q, r] = np.divmod(x(1), d);
        same(q, np.floor_divide(x(1), d));
        same(r, np.remainder(x(1), d));
      });
    });
    law('the remainder has the sign of the divisor', () => {
      const a = make([-7, -7, 7, 7], 'int64', [4]);
      const b = make([3, -3, 3, -3], 'int64', [4]);
      expect(read(np.remainder(a, b)).tolist()).toEqual([2, -1, 1, -2]);
      expect(read(np.floor_divide(a, b)).tolist()).toEqual([-3, 2, 2, -3]);
      expect(read(np.fmod(a, b)).tolist()).toEqual([-1, -1, 1, 1]);
    });
  });

  describe(`${name}: order`, () => {
    law('exactly one of less, equal and greater holds', () => {
      each(['bool', ...REAL], (x) => {
        const counts = np.add(
          np.add(np.astype(np.less(x(1), x(2)), 'int8'), np.astype(np.equal(x(1), x(2)), 'int8')),
          np.astype(np.greater(x(1), x(2)), 'int8'),
        );
        same(np.min(counts), np.array(1, 'int8'));
        same(np.max(counts), np.array(1, 'int8'));
      });
    });
    law('minimum and maximum add up to both operands', () => {
      each(REAL, (x) => same(np.add(np.minimum(x(1), x(2)), np.maximum(x(1), x(2))), np.add(x(1), x(2))));
    });
    law('NaN wins in maximum and minimum and loses in fmax and fmin', () => {
      const a = make([1, Number.NaN, 3], 'float64', [3]);
      const b = make([Number.NaN, 2, 1], 'float64', [3]);
      expect(read(np.maximum(a, b)).tolist()).toEqual([Number.NaN, Number.NaN, 3]);
      expect(read(np.fmin(a, b)).tolist()).toEqual([1, 2, 1]);
      expect(read(np.argmax(a)).item()).toBe(1);
      expect(read(np.max(a)).item()).toBe(Number.NaN);
    });
    law('sorting is a permutation in ascending order, and taking by argsort sorts', () => {
      each(REAL, (x) => {
        const v = x(1, [60]);
        const s = np.sort(v);
        expect(np.all(np.less_equal(read(s).at(':-1'), read(s).at('1:')))).toBe(true);
        same(np.take(v, np.argsort(v, { kind: 'stable' })), s);
        same(np.sum(s), np.sum(v));
      });
    });
    law('the maximum is the element at argmax', () => {
      each(REAL, (x) => same(np.take(np.ravel(x(1)), np.argmax(x(1))), np.max(x(1))));
    });
  });

  describe(`${name}: shapes`, () => {
    law('transposing twice, flipping twice and rolling back give the array', () => {
      each(DTYPES, (x) => {
        same(np.transpose(np.transpose(x(1))), x(1));
        same(np.flip(np.flip(x(1), 1), 1), x(1));
        same(np.roll(np.roll(x(1), 5), -5), x(1));
        same(np.swapaxes(np.swapaxes(x(1), 0, 2), 2, 0), x(1));
        same(np.rot90(np.rot90(np.rot90(np.rot90(x(1))))), x(1));
      });
    });
    law('concatenating what was split gives the array', () => {
      each(DTYPES, (x) => {
        same(np.concatenate(np.split(x(1), [1, 3], 1), 1), x(1));
        same(np.concatenate(np.array_split(x(1), 2, 2), 2), x(1));
        same(np.stack(np.unstack(x(1)), 0), x(1));
      });
    });
    law('reshaping keeps the elements in C order', () => {
      each(DTYPES, (x) => {
        same(np.ravel(np.reshape(x(1), [5, 12])), np.ravel(x(1)));
        same(np.reshape(np.transpose(x(1)), -1), np.ravel(np.transpose(x(1)), { order: 'C' }));
        same(np.ravel(x(1), { order: 'F' }), np.ravel(np.transpose(x(1))));
      });
    });
    law('expanding and squeezing, moving axes there and back', () => {
      each(['int8', 'float64'], (x) => {
        same(np.squeeze(np.expand_dims(x(1), [0, 2]), [0, 2]), x(1));
        same(np.moveaxis(np.moveaxis(x(1), 0, 2), 2, 0), x(1));
      });
    });
    law('repeating is tiling of a transposed pile', () => {
      each(['int8', 'float64'], (x) => {
        const v = x(1, [6]);
        same(np.repeat(v, 3), np.ravel(np.transpose(np.reshape(np.tile(v, 3), [3, 6]))));
      });
    });
    law('broadcasting stands for repetition', () => {
      each(['int32', 'float64', 'complex128'], (x) => {
        const row = x(1, [5]);
        same(np.add(x(2), row), np.add(x(2), np.tile(row, [3, 4, 1])));
        same(
          np.add(x(2), np.reshape(x(3, [4]), [4, 1])),
          np.add(x(2), np.broadcast_to(np.reshape(x(3, [4]), [4, 1]), [3, 4, 5])),
        );
      });
    });
    law('shapes that do not broadcast are an error that shows both', () => {
      expect(() => np.add(make([1, 2, 3], 'float64', [3]), make([1, 2], 'float64', [2]))).toThrow('(3,) (2,)');
    });
  });

  describe(`${name}: products of matrices`, () => {
    law('matrix products associate, and the transpose of a product is the product of the transposes in reverse', () => {
      each(['int64', 'float64', 'complex128', 'float32'], (x) => {
        const [a, b, c] = [x(1, [3, 4]), x(2, [4, 5]), x(3, [5, 2])];
        same(np.matmul(np.matmul(a, b), c), np.matmul(a, np.matmul(b, c)));
        same(np.transpose(np.matmul(a, b)), np.matmul(np.transpose(b), np.transpose(a)));
      });
    });
    law('dot, matmul, einsum, tensordot and inner agree', () => {
      each(['int32', 'float64'], (x) => {
        const [a, b] = [x(1, [3, 4]), x(2, [4, 5])];
        const want = np.matmul(a, b);
        same(np.dot(a, b), want);
        same(np.einsum('ij,jk->ik', a, b), want);
        same(np.tensordot(a, b, 1), want);
        same(np.inner(a, np.transpose(b)), want);
      });
    });
    law('multiplying by the identity changes nothing', () => {
      each(['int32', 'float64'], (x, dtype) =>
        same(np.matmul(x(1, [4, 5]), make(np.eye(5).ravel().tolist(), dtype, [5, 5])), x(1, [4, 5])),
      );
    });
    law('the trace is invariant under a cyclic shift of factors', () => {
      each(['int64', 'float64'], (x) =>
        same(np.trace(np.matmul(x(1, [3, 5]), x(2, [5, 3]))), np.trace(np.matmul(x(2, [5, 3]), x(1, [3, 5])))),
      );
    });
  });

  describe(`${name}: bits and casts`, () => {
    law("de Morgan's laws hold for bits", () => {
      each(['int8', 'uint8', 'int64', 'uint64', 'bool'], (x) => {
        same(np.invert(np.bitwise_and(x(1), x(2))), np.bitwise_or(np.invert(x(1)), np.invert(x(2))));
        same(np.bitwise_xor(np.bitwise_xor(x(1), x(2)), x(2)), x(1));
      });
    });
    law('64-bit integers are exact beyond the safe integers of JavaScript', () => {
      const a = make([2n ** 62n + 1n, -(2n ** 53n) - 1n, 2n ** 53n + 1n], 'int64', [3]);
      const got = read(np.add(np.multiply(a, 2), 1))
        .tolist()
        .map(BigInt);
      expect(got).toEqual([BigInt.asIntN(64, 2n ** 63n + 3n), -(2n ** 54n) - 1n, 2n ** 54n + 3n]);
      expect(read(np.floor_divide(a, 3)).tolist().map(BigInt)).toEqual([
        (2n ** 62n + 1n) / 3n,
        -3002399751580331n,
        3002399751580331n,
      ]);
    });
    law('casting to a wider type and back changes nothing', () => {
      for (const [narrow, wide] of [
        ['int8', 'int64'],
        ['uint8', 'int16'],
        ['float16', 'float32'],
        ['float32', 'float64'],
        ['float32', 'complex64'],
        ['int32', 'float64'],
        ['bool', 'int8'],
      ])
        each([narrow], (x) => same(np.astype(np.astype(x(1), wide), narrow), x(1)));
    });
    law('unsigned integers wrap around', () => {
      expect(read(np.subtract(make([0, 5], 'uint8', [2]), make([1, 6], 'uint8', [2]))).tolist()).toEqual([255, 255]);
      expect(
        read(np.multiply(make([2 ** 31 - 1, 65536], 'int32', [2]), make([2, 65536], 'int32', [2]))).tolist(),
      ).toEqual([-2, 0]);
    });
  });

  describe(`${name}: elementary functions`, () => {
    law('the logarithm undoes the exponential, and the tangent is sine over cosine', () => {
      const x = make(numbers(21, 40, -3, 3), 'float64', [40]);
      close(np.log(np.exp(x)), x);
      close(np.tan(x), np.divide(np.sin(x), np.cos(x)));
      close(np.add(np.square(np.sin(x)), np.square(np.cos(x))), np.ones_like(x));
      close(np.arctan2(np.sin(x), np.cos(x)), x);
      close(np.sinh(x), np.divide(np.subtract(np.exp(x), np.exp(np.negative(x))), 2));
    });
    law('a square root squared is the number, and powers add up', () => {
      const x = make(numbers(22, 40, 0.1, 9), 'float64', [40]);
      close(np.square(np.sqrt(x)), x);
      close(np.multiply(np.power(x, 1.5), np.power(x, 2)), np.power(x, 3.5));
      close(np.cbrt(np.power(x, 3)), x);
    });
    law('hypot and logaddexp do not overflow', () => {
      const big = make([1e200, 3e300], 'float64', [2]);
      close(np.divide(np.hypot(big, big), big), np.full([2], Math.SQRT2));
      close(np.logaddexp(make([1000], 'float64', [1]), make([1000], 'float64', [1])), np.array([1000 + Math.LN2]));
    });
  });

  describe(`${name}: selection`, () => {
    law('where chooses, and its parts add up', () => {
      each(['int32', 'float64', 'complex128'], (x) => {
        const mask = np.greater(np.real(x(1)), 0);
        const zero = np.zeros_like(x(1));
        same(np.add(np.where(mask, x(1), zero), np.where(mask, zero, x(1))), x(1));
      });
    });
    law('clip is minimum of maximum', () => {
      each(['int32', 'float64', 'float32'], (x) => same(np.clip(x(1), -1, 2), np.minimum(np.maximum(x(1), -1), 2)));
    });
    law('taking all places is the identity', () => {
      each(DTYPES, (x) => same(np.take(x(1), np.arange(4), 1), x(1)));
    });
    law('the number of true elements is the sum of the mask', () => {
      each(['int32', 'float64'], (x) => {
        const mask = np.greater(x(1), 0);
        expect(Number(np.count_nonzero(mask))).toBe(Number(read(np.sum(mask)).item()));
      });
    });
  });
}
