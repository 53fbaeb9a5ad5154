import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as np from '../../../src/ndarray/index.js';
import { setWarningHandler, type WarningHandler } from '../../../src/core/errors.js';

/** What golden data does not show: JavaScript booleans, outputs, masks, methods, keywords, warnings. */

const list = (a: any): unknown => a.tolist();
const warnings: string[] = [];
let old: WarningHandler;
beforeEach(() => {
  warnings.length = 0;
  old = setWarningHandler((category, message) => {
    warnings.push(`${category}: ${message}`);
  });
});
afterEach(() => {
  setWarningHandler(old);
});

const m = np.array([
  [1, 5, 2],
  [4, 0, 3],
]);

describe('truth values', () => {
  test('all and any without an axis are JavaScript booleans', () => {
    expect(np.all(m)).toBe(false);
    expect(np.any(m)).toBe(true);
    expect(np.all([])).toBe(true);
    expect(np.any([])).toBe(false);
    expect(np.all([Number.NaN])).toBe(true);
    expect(np.all(m, { where: np.array([true, false, true]) })).toBe(true);
  });

  test('with an axis or keepdims they are bool arrays', () => {
    expect(list(np.all(m, 0))).toEqual([true, false, true]);
    expect(list(np.any(m, { axis: 1 }))).toEqual([true, true]);
    expect((np.all(m, { keepdims: true }) as any).shape).toEqual([1, 1]);
    expect(m.all()).toBe(false);
    expect(list(m.any(1))).toEqual([true, true]);
  });

  test('whole-array comparisons are booleans', () => {
    expect(np.array_equal([1, 2], [1, 2])).toBe(true);
    expect(np.array_equal([1, 2], [1, 2, 3])).toBe(false);
    expect(np.array_equal([1, Number.NaN], [1, Number.NaN])).toBe(false);
    expect(np.array_equal([1, Number.NaN], [1, Number.NaN], { equal_nan: true })).toBe(true);
    expect(np.array_equal(np.array([1], 'int8'), np.array([1], 'float32'))).toBe(true);
    expect(np.array_equal([1, [2]] as any, [1, 2])).toBe(false);
    expect(
      np.array_equiv(
        [1, 2],
        [
          [1, 2],
          [1, 2],
        ],
      ),
    ).toBe(true);
    expect(np.array_equiv([1, 2], [1, 2, 3])).toBe(false);
    expect(np.allclose([1, 1e-9], [1, 0])).toBe(true);
    expect(np.allclose([1, 1.1], [1, 1])).toBe(false);
    expect(np.allclose([Number.NaN], [Number.NaN], { equal_nan: true })).toBe(true);
  });
});

describe('isclose', () => {
  test('the tolerance is relative to the second operand', () => {
    expect(list(np.isclose([100, 100.1], 100.1, { rtol: 0, atol: 0.05 }))).toEqual([false, true]);
    expect(list(np.isclose(0.9, 1, { rtol: 0.1, atol: 0 }))).toBe(true);
    expect(list(np.isclose(1, 0.9, { rtol: 0.1, atol: 0 }))).toBe(false);
  });
  test('infinities are close to themselves only', () => {
    expect(list(np.isclose([Infinity, -Infinity, Infinity, 1], [Infinity, Infinity, 1, Infinity]))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
  test('integers are compared as floats, and tolerances may be arrays', () => {
    const big = np.array([-128, 100], 'int8');
    expect(list(np.isclose(big, np.array([127, 100], 'int8')))).toEqual([false, true]);
    expect(list(np.isclose(big, 1000))).toEqual([false, false]);
    expect(list(np.isclose([1, 1], [2, 2], { atol: [1, 0.5] }))).toEqual([true, false]);
  });
  test('a tolerance that is not finite is warned of', () => {
    np.isclose([1], [1], Number.NaN);
    expect(warnings).toEqual(['RuntimeWarning: One of rtol or atol is not valid, atol: 1e-8, rtol: NaN']);
  });
});

describe('outputs', () => {
  test('results are written into out, which is returned', () => {
    const out = np.zeros([3]);
    expect(np.sum(m, 0, null, out)).toBe(out);
    expect(list(out)).toEqual([5, 5, 5]);
    expect(np.mean(m, { axis: 0, out })).toBe(out);
    expect(list(out)).toEqual([2.5, 2.5, 2.5]);
    expect(np.std(m, { axis: 0, out })).toBe(out);
    expect(list(out)).toEqual([1.5, 2.5, 0.5]);
    expect(np.median(m, { axis: 0, out })).toBe(out);
    expect(np.quantile(m, 0.5, { axis: 0, out })).toBe(out);
    expect(list(out)).toEqual([2.5, 2.5, 2.5]);
    const at = np.zeros([3], 'int64');
    expect(np.argmax(m, 0, at)).toBe(at);
    expect(list(at)).toEqual([1, 0, 1]);
    const narrow = np.zeros([], 'int32');
    expect(np.argmin(m, null, narrow)).toBe(narrow);
    expect(narrow.item()).toBe(4);
    expect(list(np.clip(m, 1, 3, m.astype('float64')))).toEqual([
      [1, 3, 2],
      [3, 1, 3],
    ]);
    const half = np.zeros([2], 'float32');
    expect(np.round([1.26, 2.34], 1, half)).toBe(half);
    expect(list(half)).toEqual([Math.fround(1.3), Math.fround(2.3)]);
  });

  test('an out of the wrong shape or dtype is refused', () => {
    expect(() => np.argmax(m, 0, np.zeros([2], 'int64'))).toThrow('output array does not match result of np.argmax.');
    expect(() => np.sum(m, 0, null, np.zeros([2]))).toThrow(/output parameter for reduction operation add/);
    expect(() => np.quantile(m, 0.5, { axis: 0, out: np.zeros([3], 'int64') })).toThrow(
      "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'",
    );
    expect(() => np.mean(m, { axis: 0, out: np.zeros([2]) })).toThrow();
  });

  test('reducing into a part of the operand itself gives what a copy would', () => {
    const a = np.array([
      [1, 2],
      [3, 4],
    ]);
    np.sum(a, 0, null, a.at(0));
    expect(list(a)).toEqual([
      [4, 6],
      [3, 4],
    ]);
  });
});

describe('masks and starts', () => {
  const mask = np.array([
    [true, false, true],
    [false, true, true],
  ]);
  test('elements outside of the mask do not take part', () => {
    expect(np.sum(m, { where: mask }).item()).toBe(6);
    expect(np.max(m, { where: mask, initial: -1 }).item()).toBe(3);
    expect(list(np.mean(m, { axis: 1, where: mask }))).toEqual([1.5, 1.5]);
    expect(list(np.var(m, { axis: 1, where: mask, ddof: 1 }))).toEqual([0.5, 4.5]);
    expect(np.prod(m, { where: mask, initial: 10 }).item()).toBe(0);
  });
  test('a maximum under a mask needs a start', () => {
    expect(() => np.max(m, { where: mask })).toThrow(
      "reduction operation 'maximum' does not have an identity, so to use a where mask one has to specify 'initial'",
    );
    expect(() => np.max([])).toThrow('zero-size array to reduction operation maximum which has no identity');
    expect(np.max([], { initial: 3 }).item()).toBe(3);
  });
  test('var takes a mean that is known', () => {
    const mean = np.mean(m, { axis: 1, keepdims: true });
    expect(list(np.var(m, { axis: 1, mean }))).toEqual(list(np.var(m, 1)));
  });
});

describe('warnings', () => {
  test.each([
    ['mean of nothing', () => np.mean([]), 'Mean of empty slice'],
    ['var of nothing', () => np.var([]), 'Degrees of freedom <= 0 for slice'],
    ['std of one with ddof 1', () => np.std([1], { ddof: 1 }), 'Degrees of freedom <= 0 for slice'],
    ['nanmax of NaN', () => np.nanmax([Number.NaN]), 'All-NaN slice encountered'],
    ['nanmean of NaN', () => np.nanmean([Number.NaN]), 'Mean of empty slice'],
    ['nanvar of NaN', () => np.nanvar([Number.NaN]), 'Degrees of freedom <= 0 for slice.'],
    ['nanmedian of NaN', () => np.nanmedian([Number.NaN]), 'All-NaN slice encountered'],
    ['median of nothing', () => np.median([]), 'Mean of empty slice'],
    ['nanquantile of NaN', () => np.nanquantile([Number.NaN], 0.5), 'All-NaN slice encountered'],
    [
      'histogram of bool',
      () => np.histogram([true, false], 2),
      "Converting input from bool to <class 'numpy.uint8'> for compatibility.",
    ],
    ['cov of one observation', () => np.cov([[1], [2]]), 'Degrees of freedom <= 0 for slice'],
  ] as const)('%s warns once', (_, call, message) => {
    call();
    expect(warnings).toEqual([`RuntimeWarning: ${message}`]);
  });
  test('nothing is said where there is nothing to say', () => {
    np.mean(m);
    np.nanmax([1, Number.NaN]);
    np.nanvar([1, 2, Number.NaN]);
    expect(warnings).toEqual([]);
  });
});

describe('methods', () => {
  test('take positional and keyword arguments as the functions do', () => {
    expect(list(m.sum(0))).toEqual([5, 5, 5]);
    expect(list(m.sum({ axis: 1, keepdims: true }))).toEqual([[8], [7]]);
    expect(m.prod().item()).toBe(0);
    expect(m.max().item()).toBe(5);
    expect(list(m.min(1))).toEqual([1, 0]);
    expect(m.mean().item()).toBe(2.5);
    expect(list(m.var(0))).toEqual([2.25, 6.25, 0.25]);
    expect(list(m.std(0, null, null, 0, true))).toEqual([[1.5, 2.5, 0.5]]);
    expect(m.argmax().item()).toBe(1);
    expect(list(m.argmin({ axis: 1, keepdims: true }))).toEqual([[0], [1]]);
    expect(list(m.cumsum(1))).toEqual([
      [1, 6, 8],
      [4, 4, 7],
    ]);
    expect(list(m.cumprod())).toEqual([1, 5, 10, 40, 0, 0]);
    expect(list(np.array([1.25, 2.35]).round(1))).toEqual([1.2, 2.4]);
  });
  test('clip of an array may leave a bound out', () => {
    expect(list(m.clip(2))).toEqual([
      [2, 5, 2],
      [4, 2, 3],
    ]);
    expect(list(m.clip(null, 2))).toEqual([
      [1, 2, 2],
      [2, 0, 2],
    ]);
    expect(list(m.clip({ max: 3 }))).toEqual([
      [1, 3, 2],
      [3, 0, 3],
    ]);
    expect(() => m.clip(1, { min: 2 })).toThrow("clip() got multiple values for argument 'min'");
    expect(() => np.clip(m, 1)).toThrow("clip() missing 1 required positional argument: 'a_max'");
  });
  test('an unknown keyword is named, with the nearest that exists', () => {
    expect(() => np.sum(m, { axes: 1 } as any)).toThrow(
      "sum() got an unexpected keyword argument 'axes'. Did you mean 'axis'?",
    );
    expect(() => np.argmax(m, { dtype: 'int8' } as any)).toThrow(
      /argmax\(\) got an unexpected keyword argument 'dtype'/,
    );
  });
});

describe('clip', () => {
  test('integer bounds that cannot be reached are no bounds, others that do not fit are refused', () => {
    const a = np.array([0, 100, 255], 'uint8');
    expect(list(np.clip(a, -5, 300))).toEqual([0, 100, 255]);
    expect(np.clip(a, -5, 300).dtype.name).toBe('uint8');
    expect(() => np.clip(a, 300, 400)).toThrow('Python integer 300 out of bounds for uint8');
    expect(np.clip(a, 0.5, null).dtype.name).toBe('float64');
    expect(list(np.clip([1, Number.NaN, 9], 2, 6))).toEqual([2, Number.NaN, 6]);
    expect(np.clip([1, 5], { min: 2, dtype: 'float32' }).dtype.name).toBe('float32');
  });
});

describe('nan_to_num', () => {
  test('replaces in place when no copy is asked for', () => {
    const a = np.array([Number.NaN, 1]);
    expect(np.nan_to_num(a, false)).toBe(a);
    expect(list(a)).toEqual([0, 1]);
    const i = np.array([1, 2], 'int64');
    expect(np.nan_to_num(i, { copy: false })).toBe(i);
    expect(np.nan_to_num(i)).not.toBe(i);
    expect(list(np.nan_to_num([Number.NaN, Number.NaN], { nan: [1, 2] }))).toEqual([1, 2]);
  });
});

describe('percentiles', () => {
  test('a lone q keeps the precision of floats, an array of q brings its own', () => {
    const a = np.array([1, 2, 4], 'float32');
    expect(np.percentile(a, 30).dtype.name).toBe('float32');
    expect(np.percentile(a, [30, 60]).dtype.name).toBe('float64');
    expect(np.percentile(a, np.array([30], 'float32')).dtype.name).toBe('float32');
    expect(np.quantile(np.array([1, 2, 4], 'int64'), 0.5).dtype.name).toBe('float64');
    expect(np.quantile(np.array([1, 2, 4], 'int64'), 0.5, { method: 'nearest' }).dtype.name).toBe('int64');
  });
  test('64-bit integers beyond 2^53 are exact where a value is chosen', () => {
    const a = np.array([2n ** 62n + 1n, 2n ** 62n, 2n ** 62n + 3n]);
    expect(np.quantile(a, 0.5, { method: 'lower' }).item()).toBe(2n ** 62n + 1n);
    expect(np.median(a).item()).toBe(2 ** 62);
  });
  test('weights count values', () => {
    const a = np.array([1, 2, 3]);
    expect(np.quantile(a, 0.4, { method: 'inverted_cdf', weights: [0, 1, 1] }).item()).toBe(2);
    expect(np.quantile(a, 0, { method: 'inverted_cdf', weights: [0, 1, 1] }).item()).toBe(2);
    expect(
      list(
        np.percentile(
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          50,
          { axis: 1, method: 'inverted_cdf', weights: [1, 1, 3] },
        ),
      ),
    ).toEqual([3, 6]);
    expect(np.nanquantile([1, Number.NaN, 3], 0.9, { method: 'inverted_cdf', weights: [1, 5, 1] }).item()).toBe(3);
    expect(() => np.quantile(a, 0.4, { method: 'inverted_cdf', weights: [0, 0, 0] })).toThrow(
      'Weights included NaN, inf or were all zero.',
    );
    expect(() => np.quantile(a, 0.4, { method: 'inverted_cdf', weights: [0, -1, 0] })).toThrow(
      'Weights must be non-negative.',
    );
  });
  test('the operand is not rearranged', () => {
    const a = np.array([3, 1, 2, 9, 5, 4]);
    np.median(a, { overwrite_input: true });
    np.percentile(a, 30);
    expect(list(a)).toEqual([3, 1, 2, 9, 5, 4]);
  });
});

describe('the two-result forms', () => {
  test('average returns its weights when asked', () => {
    const [avg, sum] = np.average(
      [
        [1, 2],
        [3, 4],
      ],
      { axis: 1, weights: [1, 3], returned: true },
    );
    expect(list(avg)).toEqual([1.75, 3.75]);
    expect(list(sum)).toEqual([4, 4]);
    const [mean, count] = np.average(m, { returned: true });
    expect(mean.item()).toBe(2.5);
    expect(count.item()).toBe(6);
  });
  test('gradient gives an array for one axis and a list for several', () => {
    expect(list(np.gradient([1, 2, 4]))).toEqual([1, 1.5, 2]);
    expect((np.gradient(m) as any[]).map(list)).toEqual([
      [
        [3, -5, 1],
        [3, -5, 1],
      ],
      [
        [4, 0.5, -3],
        [-4, -0.5, 3],
      ],
    ]);
    expect(list(np.gradient([1, 2, 4], [0, 1, 4]))).toEqual([1, 0.9166666666666665, 0.6666666666666666]);
  });
  test('cumulative sums may start with the identity', () => {
    expect(list(np.cumulative_sum([1, 2], { include_initial: true }))).toEqual([0, 1, 3]);
    const out = np.zeros([3]);
    expect(np.cumulative_prod([2, 3], { include_initial: true, out })).toBe(out);
    expect(list(out)).toEqual([1, 2, 6]);
    expect(() => np.cumulative_sum(m)).toThrow(
      'For arrays which have more than one dimension ``axis`` argument is required.',
    );
  });
});

describe('arrays for the results of quantiles and medians', () => {
  test('a quantile between values fills a larger array, one that is chosen wants the very shape', () => {
    const out = np.zeros([2, 3]);
    np.percentile(np.ones([5, 3]), 5, { axis: 0, out });
    expect(list(out)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(() => np.percentile(np.ones(5), 5, { out: np.zeros(1), method: 'lower' })).toThrow(
      'output array does not match result of ndarray.take',
    );
    expect(() => np.percentile(np.ones([5, 3]), 5, { axis: 0, out: np.zeros(1) })).toThrow(
      "non-broadcastable output operand with shape (1,) doesn't match the broadcast shape (3,)",
    );
  });
  test('a median is a reduction', () => {
    expect(() => np.median(np.ones(5), { out: np.zeros(1) })).toThrow(
      'output parameter for reduction operation add has the wrong number of dimensions: Found 1 but expected 0',
    );
    const one = np.zeros(1);
    np.nanmedian(np.ones(5), { out: one });
    expect(list(one)).toEqual([1]);
  });
  test('the median of nothing is a division of nothing by nothing', () => {
    np.errstate({ invalid: 'warn' }, () => np.median([]));
    expect(warnings).toEqual([
      'RuntimeWarning: Mean of empty slice',
      'RuntimeWarning: invalid value encountered in divide',
    ]);
  });
  test('dividing by no degrees of freedom is told once', () => {
    np.errstate({ all: 'warn' }, () => np.nanvar(np.array([[1, 2, 3]]), { axis: 1, ddof: 3 }));
    expect(warnings).toEqual(['RuntimeWarning: Degrees of freedom <= 0 for slice.']);
  });
});

describe('nested lists of blocks', () => {
  test('an empty list is one of a depth before it is found to be empty', () => {
    expect(() => np.block([[], []] as any)).toThrow('List at arrays[1] cannot be empty');
    expect(() => np.block([1, []] as any)).toThrow(
      'List depths are mismatched. First element was at depth 1, but there is an element at depth 2 (arrays[1])',
    );
  });
});

test('text that tabs would make too long is refused', () => {
  expect(() => np.strings.expandtabs('a\tb', 2 ** 31)).toThrow('new string is too long');
});
