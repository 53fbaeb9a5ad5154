import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../../src/index.js';
import { failure, math, plain, values } from './support.js';

/** Matrices both ways. */

describe('matrices', () => {
  test('dense ones become arrays of the dtype of their elements', () => {
    expect(
      np
        .asarray(
          plain.matrix([
            [1, 2],
            [3, 4],
          ]),
        )
        .repr(),
    ).toBe('array([[1., 2.],\n       [3., 4.]])');
    expect(np.asarray(plain.matrix([true, false])).dtype.name).toBe('bool');
    expect(np.asarray(plain.matrix([1n, 2n])).dtype.name).toBe('int64');
    expect(np.asarray(plain.matrix([plain.complex(1, 2), 3])).dtype.name).toBe('complex128');
    expect(np.asarray(plain.matrix(['a', 'bc'])).tolist()).toEqual(['a', 'bc']);
    expect(np.asarray(plain.matrix([[[1], [2]]])).shape).toEqual([1, 2, 1]);
    expect(np.add(plain.matrix([1, 2]) as never, 1).tolist()).toEqual([2, 3]);
    expect(np.asarray(plain.matrix([[1, 2]]) as never, 'int32').dtype.name).toBe('int32');
  });
  test('empty ones keep their size', () => {
    expect(np.asarray(plain.matrix([]) as never).shape).toEqual([0]);
    expect(np.asarray(plain.zeros(0, 3) as never).shape).toEqual([0, 3]);
    expect(interop.to_mathjs(np.zeros([0, 3])).size()).toEqual([0, 3]);
    expect(interop.to_mathjs(np.zeros([2, 0])).size()).toEqual([2, 0]);
  });
  test('sparse ones are filled with zeros, of any elements', () => {
    const s = plain.sparse([
      [1, 0, 2],
      [0, 0, 3],
    ]);
    expect(interop.to_array(s).tolist()).toEqual([
      [1, 0, 2],
      [0, 0, 3],
    ]);
    expect(
      interop
        .to_array(plain.sparse([[plain.complex(0, 1), 0]]))
        .tolist()
        .map(values),
    ).toEqual([
      [
        [0, 1],
        [0, 0],
      ],
    ]);
    const f = interop.to_array(plain.sparse([[plain.fraction(1, 3), 0]]));
    expect([f.dtype.name, String((f.at(0, 0) as any).item())]).toEqual(['object', '0.(3)']);
  });
  test('arrays become dense and sparse ones', () => {
    const a = np.array([
      [1, 0],
      [0, 2.5],
    ]);
    const d = interop.to_mathjs(a);
    expect([d.type, d.size(), d.datatype(), d.valueOf()]).toEqual([
      'DenseMatrix',
      [2, 2],
      'number',
      [
        [1, 0],
        [0, 2.5],
      ],
    ]);
    const s = interop.to_mathjs(a, { sparse: true });
    expect(s.type).toBe('SparseMatrix');
    expect(s.toJSON()).toMatchObject({ values: [1, 2.5], index: [0, 1], ptr: [0, 1, 2], size: [2, 2] });
    expect(plain.deepEqual(plain.multiply(s, s), plain.multiply(d, d))).toBe(true);
    expect(failure(() => interop.to_mathjs(np.ones(3), { sparse: true })).name).toBe('ValueError');
    expect(interop.to_mathjs(np.array(5))).toBe(5);
    expect(interop.to_mathjs(tf.constant([1, 2])).valueOf()).toEqual([1, 2]);
    expect(
      interop
        .to_mathjs(
          np.array([
            [1, 2],
            [3, 4],
          ]).T,
        )
        .valueOf(),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(interop.to_mathjs(a, { math }).constructor).toBe(math.DenseMatrix);
  });
  test('integers, truth values, complex numbers and objects keep what they are', () => {
    expect(interop.to_mathjs(np.array([1n, -2n])).valueOf()).toEqual([1, -2]);
    expect(interop.to_mathjs(np.array([1n, 2n ** 60n])).valueOf()).toEqual([1n, 2n ** 60n]);
    expect(interop.to_mathjs(np.array([true])).valueOf()).toEqual([true]);
    const z = interop.to_mathjs(np.array([np.complex(Number.NaN, -0)])).valueOf()[0];
    expect([plain.typeOf(z), z.re, z.im]).toEqual(['Complex', Number.NaN, -0]);
    const objects = [plain.fraction(1, 3), plain.bignumber('0.1'), plain.unit('5 cm')];
    expect(interop.to_mathjs(np.array(objects as never, { dtype: 'object' })).valueOf()).toEqual(objects);
    expect(interop.to_array(plain.matrix(objects)).tolist()).toEqual(objects);
    expect(failure(() => interop.to_mathjs(np.array(['2024-01-01'], 'datetime64[D]'))).name).toBe('TypeError');
  });
  test('there and back again is the same array', () => {
    for (const dtype of ['float64', 'bool', 'complex128'] as const) {
      const a = np
        .array([
          [0, 1, -2],
          [3, 0, 5],
        ])
        .astype(dtype);
      for (const sparse of [false, true]) {
        const b = np.asarray(interop.to_mathjs(a, { sparse }));
        expect(np.array_equal(a, b)).toBe(true);
        if (!sparse) expect(b.dtype.name).toBe(dtype);
      }
    }
  });
  test('the ledger shows the copies', () => {
    const m = plain.matrix([
      [1, 2],
      [3, 4],
    ]);
    expect(interop.profile(() => np.asarray(m)).records[0]).toMatchObject({
      reason: 'external',
      bytes: 32,
      from: 'mathjs',
    });
    expect(interop.profile(() => interop.to_mathjs(np.ones(4))).records[0]).toMatchObject({
      reason: 'requested',
      bytes: 32,
      to: 'mathjs',
    });
    expect(failure(() => interop.policy('forbid', () => np.add(m, 1))).name).toBe('RuntimeError');
    expect(failure(() => np.asarray(m, { copy: false } as never)).name).toBe('ValueError');
  });
});
