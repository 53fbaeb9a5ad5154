import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';
import { FORMS } from '../../../src/tensor/host-forms.js';
import { check, type Tolerance, type Value, weights } from './check.js';

const N = np as Value;
const A = np.array([
  [0.3, 0.7, -0.2, 1.4],
  [0.9, -0.5, 0.4, 0.1],
]);
const GAPS = np.array([
  [0.3, Number.NaN, -0.2, 7],
  [Number.NaN, Number.NaN, 1, Number.NaN],
  [1, 2, 5, 4],
]);
const v = np.array([0.3, -0.8, 0.5, 2]);
const k = np.array([1, 0.5]);
const Z = weights([3], true);
const METHODS =
  'inverted_cdf averaged_inverted_cdf closest_observation interpolated_inverted_cdf hazen weibull linear median_unbiased normal_unbiased lower higher midpoint nearest'.split(
    ' ',
  );
const SEQUENCES: [Value, Value][] = [
  [v, k],
  [k, v],
  [v, v],
];
const MODES = ['full', 'same', 'valid'];

type Case = readonly [fn: unknown, f: (x: Value) => Value, data: Value, o?: Tolerance];
/** What needs values, as a mask or as counts, is not traced. */
const eager = { traced: false };

/** By the function: a call, and what it is given. */
const CASES: readonly Case[] = [
  ...[-1, 0, null].flatMap((axis): Case[] => [
    [np.sort, (x) => np.sort(x, axis), A],
    [np.partition, (x) => np.partition(x, 1, axis), A],
  ]),
  [np.sort_complex, (x) => np.sort_complex(x), v],
  [np.sort_complex, (x) => np.sort_complex(x), Z],
  [np.median, (x) => np.median(x), A],
  [np.median, (x) => np.median(x, 0, { keepdims: true }), A],
  [np.median, (x) => np.median(x, [0, 1], { keepdims: true }), A],
  [np.nanmedian, (x) => np.nanmedian(np.where(np.isnan(GAPS), Number.NaN, x), 1), np.arange(12).reshape(3, 4)],
  [np.nanquantile, (x) => np.nanquantile(np.where(np.isnan(GAPS), Number.NaN, x), 0.3, 1), np.arange(12).reshape(3, 4)],
  [np.nanpercentile, (x) => np.nanpercentile(x, 30, { axis: 1, keepdims: true }), A],
  ...METHODS.map(
    (method): Case => [np.quantile, (x) => np.quantile(x, [0.1, 0.25, 0.52, 0.77], { axis: 1, method } as never), A],
  ),
  [np.percentile, (x) => np.percentile(x, 40), A],
  [np.interp, (x) => np.interp(x, [-1, 0, 1], [1, 3, 2]), v],
  [np.interp, (x) => np.interp(x, [0.1, 0.9, 0.5], [1, 3, 2], { period: 1.5 }), v],
  [np.interp, (x) => np.interp([0.1, 0.2, 9], np.sort(x), x, { left: -7 }), v],
  ...MODES.flatMap((mode) =>
    SEQUENCES.flatMap(([a, b]): Case[] => [
      [np.convolve, (x) => N.convolve(x, b, mode), a],
      [np.correlate, (x) => N.correlate(x, b, mode), a],
      [np.correlate, (x) => N.correlate(b, x, mode), a],
    ]),
  ),
  [np.correlate, (x) => np.correlate(x, Z, 'same'), v],
  [np.correlate, (x) => np.correlate(k, x, 'full'), Z],
  [np.delete_, (x) => np.delete_(x, 1, 1), A],
  [np.delete_, (x) => N.delete_(x, [0, 2], null), A],
  [np.insert, (x) => np.insert(x, 1, 9, 1), A],
  [np.insert, (x) => np.insert([1, 2, 3], [0, 2], x.at(':2')), v],
  [np.apply_along_axis, (x) => np.apply_along_axis((l: Value) => np.multiply(np.sum(l), l), 0, x), A],
  [np.apply_along_axis, (x) => np.apply_along_axis((l: Value) => np.sum(np.square(l)), 1, x), A],
  [
    np.piecewise,
    (x) =>
      N.piecewise(x, [np.less(A, 0), np.greater(A, 0.4)], [(q: Value) => np.square(q), 3, (q: Value) => np.exp(q)]),
    A,
  ],
  [np.bincount, (x) => np.bincount([0, 2, 2, 1], x, 5), v],
  [np.real_if_close, (x) => np.real_if_close(np.multiply(x, np.complex(2, 0))), v, eager],
  [np.poly, (x) => np.poly(x), v],
];

describe('functions that need values, written with operations that tapes see', () => {
  test.each(CASES.map((c) => [String((c[0] as Value).functionName), c] as const))('%s', (_name, [, f, data, o]) => {
    const want = f(data);
    const x = tf.constant(data);
    const tape = tf.GradientTape();
    tape.watch(x);
    const y = f(x);
    tape.stop();
    // The same values as without a tape, but for a rounding.
    expect([y.dtype.name, y.shape]).toEqual([want.dtype.name, want.shape]);
    expect(np.allclose(y.numpy(), want, { rtol: 1e-14, atol: 1e-15, equal_nan: true })).toBe(true);
    check(f, [data], o);
  });
  test('every form has a case', () => {
    const held = new Set(CASES.map(([fn]) => fn));
    expect([...FORMS.keys()].filter((fn) => !held.has(fn)).map((fn) => (fn as Value).functionName)).toEqual([]);
  });
  test('NaN stays NaN', () => {
    const x = tf.constant(GAPS);
    const tape = tf.GradientTape();
    tape.watch(x);
    expect(String(np.median(x, 1).numpy())).toBe(String(np.median(GAPS, 1)));
    expect(String(np.quantile(x, 0.5, 0).numpy())).toBe(String(np.quantile(GAPS, 0.5, 0)));
    expect(String(np.nanmedian(x, 0).numpy())).toBe(String(np.nanmedian(GAPS, 0)));
    tape.stop();
  });
});

describe('functions without a gradient', () => {
  const through = (f: (x: Value) => Value): Value => {
    const x = tf.constant(v);
    const tape = tf.GradientTape();
    tape.watch(x);
    return tape.gradient(f(x), x);
  };
  test('say so when a gradient would have to come through them', () => {
    expect(() => through((x) => np.trim_zeros(x))).toThrow(
      "No gradient defined for operation 'np.trim_zeros' (operands float64(4,))",
    );
    expect(() => through((x) => np.unique_values(x))).toThrow("No gradient defined for operation 'np.unique_values'");
    expect(() => through((x) => np.histogram(x, 2, { weights: x })[0])).toThrow(/No gradient defined/);
    expect(() => through((x) => N.vectorize((e: number) => 2 * e)(x))).toThrow(/No gradient defined/);
  });
  test('are no hindrance beside the way, and integers have none', () => {
    expect(String(through((x) => np.multiply(x, tf.stop_gradient(np.trim_zeros(x)))).numpy())).toBe(
      '[ 0.3 -0.8  0.5  2. ]',
    );
    expect(through((x) => tf.cast(np.searchsorted(x, [0.1]), 'float64'))).toBeNull();
    expect(through((x) => tf.cast(np.digitize(x, [0.1]), 'float64'))).toBeNull();
  });
});
