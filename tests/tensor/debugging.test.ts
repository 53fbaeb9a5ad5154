import { describe, expect, test } from '@jest/globals';
import { tf } from '../../src/index.js';

/** tf.debugging: what holds passes, what does not is named. */

const D = tf.debugging;
const Bad = tf.errors.InvalidArgumentError;

describe('tf.debugging', () => {
  test('comparisons show the places that differ', () => {
    expect(D.assert_equal([1, 2], [1, 2])).toBe(null);
    expect(() => D.assert_equal([1, 2], [1, 3], 'msg')).toThrow(
      'msg\nCondition x == y did not hold.\nIndices of first 1 different values:\n[[1]]\nCorresponding x values:\n[2.]\nCorresponding y values:\n[3.]\nFirst 2 elements of x:\n[1. 2.]\nFirst 2 elements of y:\n[1. 3.]',
    );
    for (const f of [D.assert_less, D.assert_less_equal, D.assert_none_equal]) {
      expect(f([1, 2], 3)).toBe(null);
      expect(() => f([1, 5], f === D.assert_none_equal ? 5 : 3)).toThrow(Bad);
    }
    for (const f of [D.assert_greater, D.assert_greater_equal]) expect(() => f([1, 5], 3)).toThrow('did not hold');
  });
  test('signs', () => {
    expect([
      D.assert_positive([1]),
      D.assert_negative([-1]),
      D.assert_non_negative([0]),
      D.assert_non_positive([0]),
    ]).toEqual([null, null, null, null]);
    for (const f of [D.assert_positive, D.assert_negative]) expect(() => f([0])).toThrow('did not hold element-wise:');
  });
  test('nearness and finiteness', () => {
    expect(D.assert_near([1], [1])).toBe(null);
    expect(() => D.assert_near([1], [1.1])).toThrow('not equal to tolerance');
    expect(D.assert_near([1], [1.1], { atol: 0.2 })).toBe(null);
    expect(() => D.check_numerics([1, Number.NaN], 'loss')).toThrow('loss : Tensor had NaN values');
    expect(() => D.assert_all_finite([1, Number.POSITIVE_INFINITY], 'x')).toThrow('x : Tensor had Inf values');
  });
  test('ranks, shapes and dtypes', () => {
    const x = tf.ones([2, 3]);
    expect([D.assert_rank(x, 2), D.assert_rank_at_least(x, 1), D.assert_rank_in(x, [1, 2])]).toEqual([
      null,
      null,
      null,
    ]);
    expect(() => D.assert_rank(x, 1, 'm')).toThrow('m.  Tensor must have rank 1.  Received rank 2, shape (2, 3)');
    expect(() => D.assert_scalar(x)).toThrow('Expected scalar shape');
    expect(() => D.assert_type(x, 'int32')).toThrow('must be of type tf.int32; got tf.float32');
    expect(() => D.assert_integer(x)).toThrow('Expected "x" to be integer type');
    expect(
      D.assert_shapes([
        [x, ['N', 'Q']],
        [tf.ones([3]), ['Q']],
        [x, ['...', 3]],
      ]),
    ).toBe(null);
    expect(() =>
      D.assert_shapes([
        [x, ['N', 'Q']],
        [tf.ones([4]), ['Q']],
      ]),
    ).toThrow('must have size 3 (Q).  Received size 4');
    expect(D.assert_same_float_dtype([x], 'float32').name).toBe('float32');
  });
  test('Assert shows its data', () => {
    expect(() => tf.Assert(false, [tf.constant([1, 2]), 'and'])).toThrow('Summarized data: [1. 2.]\nand');
  });
  test('traced functions check whenever they run, and gradients come through', () => {
    const f = tf.function((z: any) => {
      D.assert_positive(z);
      return D.check_numerics(tf.multiply(z, 2), 'x');
    });
    expect((f(tf.constant([1, 2])) as any).numpy().tolist()).toEqual([2, 4]);
    expect(() => f(tf.constant([1, -2]))).toThrow('Condition x > 0 did not hold');
    const x = tf.constant([1, 2]);
    const tape = new tf.GradientTape();
    tape.watch(x);
    const y = tf.reduce_sum(tf.square(D.check_numerics(x, 'x')));
    expect((tape.gradient(y, x) as any).numpy().tolist()).toEqual([2, 4]);
  });
});
