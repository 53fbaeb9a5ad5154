import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';

const { InvalidArgumentError } = tf.errors;
const i32 = (x: unknown): InstanceType<typeof tf.Tensor> => tf.constant(x as never, 'int32');

describe('what TensorFlow refuses', () => {
  const cases: [string, () => unknown, string, string][] = [
    [
      'tensors of two dtypes',
      () => tf.concat([i32([1]), tf.constant([2])], 0),
      'InvalidArgumentError',
      'different dtypes: int32 and float32',
    ],
    [
      'a list of tensors of another dtype',
      () => tf.concat([i32([1]), [1, tf.constant(2)]] as never, 0),
      'ValueError',
      'requested dtype int32 for a list of tensors with dtype float32',
    ],
    [
      'an array that would lose values',
      () => tf.add(i32([1]), np.array([1.5])),
      'TypeError',
      'Cannot convert an array of dtype float64',
    ],
    [
      'booleans among numbers',
      () => tf.constant([true, 1] as never),
      'TypeError',
      'Cannot convert 1 to EagerTensor of dtype bool',
    ],
    [
      'a step away from the limit',
      () => tf.range(5, 1),
      'InvalidArgumentError',
      'Requires start <= limit when delta > 0: 5/1',
    ],
    ['a step of zero', () => tf.range(0, 1, 0), 'InvalidArgumentError', 'Requires delta != 0: 0'],
    ['no values in a linspace', () => tf.linspace(0, 1, 0), 'ValueError', 'Requires num > 0: 0'],
    ['a fill of a vector', () => tf.fill([2], [1]), 'InvalidArgumentError', 'value must be a scalar'],
    ['an axis that is not there', () => tf.reduce_sum([1], 3), 'InvalidArgumentError', 'axis 3 is out of bounds'],
    [
      'a squeeze of a longer axis',
      () => tf.squeeze([[1, 2]], 1),
      'InvalidArgumentError',
      'Can not squeeze dim[1], expected a dimension of 1, got 2',
    ],
    [
      'a stack of two shapes',
      () => tf.stack([[1], [1, 2]]),
      'InvalidArgumentError',
      'Shapes of all inputs must match: values[0].shape = [1] != values[1].shape = [2]',
    ],
    ['unequal parts', () => tf.split([1, 2, 3], 2), 'InvalidArgumentError', 'evenly divide the split dimension'],
    [
      'a tile of another rank',
      () => tf.tile([1], [2, 2]),
      'InvalidArgumentError',
      'vector of length 1 but got length 2',
    ],
    [
      'a reflection past the tensor',
      () => tf.pad([1, 2], [[0, 2]], 'REFLECT'),
      'InvalidArgumentError',
      'paddings must be less than the dimension size',
    ],
    ['one choice', () => tf.where([true], [1]), 'ValueError', 'x and y should both be non-None or both be None.'],
    ['a scalar mask', () => tf.boolean_mask([1], true), 'ValueError', 'mask cannot be scalar.'],
    [
      'updates of another shape',
      () => tf.scatter_nd([[0]], [1, 2], [3]),
      'InvalidArgumentError',
      'Must have updates.shape',
    ],
    [
      'places outside',
      () => tf.tensor_scatter_nd_add([1], [[1]], [1]),
      'InvalidArgumentError',
      'indices = 1 is not in [0, 1)',
    ],
    [
      'segments that go back',
      () => tf.math.segment_sum([1, 2], [1, 0]),
      'InvalidArgumentError',
      'segment ids are not increasing',
    ],
    [
      'segments past the number',
      () => tf.math.unsorted_segment_sum([1], [2], 2),
      'InvalidArgumentError',
      'segment_ids = 2 is out of range [0, 2)',
    ],
    ['too few values', () => tf.math.top_k([1], 2), 'InvalidArgumentError', 'Had 1, needed 2'],
    [
      'a permutation with a double',
      () => tf.math.invert_permutation(i32([0, 0])),
      'InvalidArgumentError',
      '0 is duplicated in the input.',
    ],
    ['negative counts', () => tf.math.bincount(i32([-1])), 'InvalidArgumentError', 'Input arr must be non-negative!'],
    [
      'an empty range',
      () => tf.histogram_fixed_width([1], [1, 1]),
      'InvalidArgumentError',
      'value_range[0] < value_range[1]',
    ],
    ['moments of integers', () => tf.math.reduce_std(i32([1])), 'TypeError', 'Input must be either real or complex'],
    ['integers to negative powers', () => tf.pow(i32([2]), -1), 'InvalidArgumentError', 'negative integer powers'],
    ['no tensors to add', () => tf.add_n([]), 'ValueError', 'at least one Tensor'],
    [
      'an unknown keyword',
      () => tf.cumsum([1], { axes: 1 } as never),
      'TypeError',
      "unexpected keyword argument 'axes'",
    ],
  ];
  for (const [title, f, name, text] of cases) {
    test(title, () => {
      let e: Error | null = null;
      try {
        f();
      } catch (x) {
        e = x as Error;
      }
      expect([e?.name, e?.message]).toEqual([name, expect.stringContaining(text)]);
    });
  }
  test('errors have the classes and numbers of tf.errors', () => {
    const e = new InvalidArgumentError('x');
    expect([e instanceof tf.errors.OpError, e.error_code, e.error_code === tf.errors.INVALID_ARGUMENT]).toEqual([
      true,
      3,
      true,
    ]);
    expect(new tf.errors.OutOfRangeError('x').error_code).toBe(tf.errors.OUT_OF_RANGE);
    expect(new tf.errors.OutOfRangeError('x').name).toBe('OutOfRangeError');
  });
  test('a traced function checks indices whenever it runs', () => {
    const pick = tf.function((i: any) => tf.gather([10, 20], i));
    expect(pick(i32([1])).tolist()).toEqual([20]);
    expect(() => pick(i32([2]))).toThrow(InvalidArgumentError);
  });
});

describe('gradients where TensorFlow has a rule of its own', () => {
  const gradient = (f: (x: any) => any, x: number[]): unknown => {
    const t = tf.constant(x);
    const tape = new tf.GradientTape();
    tape.watch(t);
    const g = tape.gradient(f(t), t) as any;
    return g === null ? null : g.tolist();
  };
  test('equal extremes of a segment share it', () => {
    expect(gradient((x) => tf.math.segment_max(x, [0, 0, 1]), [3, 3, 1])).toEqual([0.5, 0.5, 1]);
    expect(gradient((x) => tf.math.unsorted_segment_min(x, [1, 1, 0], 3), [3, 3, 1])).toEqual([0.5, 0.5, 1]);
  });
  test('what stands there shares it with equal updates', () => {
    expect(gradient((x) => tf.tensor_scatter_nd_max(x, [[0]], [3]), [3, 1])).toEqual([0.5, 1]);
  });
  test('the second factor of multiply_no_nan has the first one where it is zero', () => {
    expect(gradient((x) => tf.math.multiply_no_nan([5, 2], x), [0, 3])).toEqual([5, 2]);
  });
  test('overwritten entries have none', () => {
    expect(gradient((x) => tf.tensor_scatter_nd_update(x, [[0]], [9]), [3, 1])).toEqual([0, 1]);
  });
  test('a list of tensors packed by tf.constant has none', () => {
    expect(gradient((x) => tf.constant([x, x]), [1])).toBeNull();
    expect(gradient((x) => tf.stack([x, x]), [1])).toEqual([2]);
    expect(() => tf.function((x: any) => tf.constant([x, x]))(tf.constant(1))).toThrow(
      'use tf.stack or tf.convert_to_tensor',
    );
  });
  test('sigmoid has finite ones at the ends', () => {
    expect(gradient((x) => tf.sigmoid(x), [-500, 0, 500])).toEqual([0, 0.25, 0]);
  });
  test('a norm of zeros is no nan', () => {
    expect(gradient((x) => tf.clip_by_norm(x, 1), [0, 0])).toEqual([1, 1]);
  });
});

describe('what cannot be', () => {
  test('a tensor is written', () => {
    const t: any = tf.constant([1, 2, 3]);
    expect(() => t.set([0], 5)).toThrow(/does not support item assignment.*shape \(3,\), dtype float32.*immutable/);
    expect(() => np.add(t, 1, { out: t } as never)).toThrow(/tensors are immutable/);
    const a = t.numpy();
    a.set([0], 9);
    expect(t.tolist()).toEqual([1, 2, 3]);
  });
  test('a variable takes another shape or dtype, or nothing becomes a tensor', () => {
    const v = new tf.Variable([1, 2, 3]);
    expect(() => v.assign([1, 2])).toThrow(
      /Shape mismatch. The variable shape \(3\), and the assigned value shape \(2\)/,
    );
    expect(() => v.assign_add(tf.constant([1, 2, 3], 'int32') as never)).toThrow(
      /dtype int32 but the variable has float32/,
    );
    expect(() => tf.add(undefined as never, 1)).toThrow(/unsupported type/);
    expect(() => tf.constant(null as never)).toThrow(/Attempt to convert a value \(None\)/);
  });
  test('indices are no integers, and equations do not fit', () => {
    expect(() => tf.one_hot([0.5], 3)).toThrow(/indices must be integers/);
    expect(() => tf.einsum('ij,jk->ik', tf.ones([2, 3]), tf.ones([2, 3]))).toThrow(tf.errors.InvalidArgumentError);
  });
});
