import { describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../../src/index.js';
import { failure, make, math, plain, values } from './support.js';

/** Arrays as a type of mathjs, and what its instance does with all else. */

describe('arrays as a type of mathjs', () => {
  const A = np.array([
    [1, 2],
    [3, 4],
  ]);
  test('results are arrays of np, and keep dtypes', () => {
    expect(math.add(np.array([1n, 2n]), 2).dtype.name).toBe('int64');
    expect(math.multiply(np.array([1, 2], 'float32'), 2).dtype.name).toBe('float32');
    expect(math.typeOf(A)).toBe('NDArray');
    expect(math.typeOf(tf.constant([1]))).toBe('Tensor');
    expect(math.format(A)).toBe('[[1, 2], [3, 4]]');
    expect(math.format(math.divide(A, 3), { precision: 3 })).toBe('[[0.333, 0.667], [1, 1.33]]');
    expect(math.print('$a', { a: A })).toBe('[[1, 2], [3, 4]]');
    expect(math.matrix(A).valueOf()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(math.sparse(A).type).toBe('SparseMatrix');
    expect(math.chain(A).add(2).multiply(2).done().tolist()).toEqual([
      [6, 8],
      [10, 12],
    ]);
    expect(math.add(A, A, A).tolist()).toEqual([
      [3, 6],
      [9, 12],
    ]);
  });
  test('parts are arrays of their own, and are written in place', () => {
    const a = np.array([
      [1, 2],
      [3, 4],
    ]);
    const p = math.evaluate('a[1, :]', { a });
    p.set([0], 9);
    expect(a.tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    math.evaluate('a[1, 1] = 7', { a });
    expect(a.tolist()).toEqual([
      [7, 2],
      [3, 4],
    ]);
    const b = math.subset(a, math.index(0, 0), 5);
    expect([a.at(0, 0).item(), b.at(0, 0).item()]).toEqual([7, 5]);
    const t = tf.constant([
      [1, 2],
      [3, 4],
    ]);
    const scope = { t };
    math.evaluate('t[1, 1] = 7', scope);
    expect([t.numpy().tolist(), (scope.t as any).numpy().tolist()]).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [7, 2],
        [3, 4],
      ],
    ]);
    expect(failure(() => math.evaluate('a[3, 1]', { a })).message).toMatch(/out of bounds|out of range/);
    expect(failure(() => math.evaluate('a[1]', { a })).message).toMatch(/Dimension mismatch/);
  });
  test('tensors stay tensors, under tapes and in traced functions', () => {
    const x = tf.constant([1, 2]);
    const w = tf.constant([
      [1, 2],
      [3, 4],
    ]);
    const tape = new tf.GradientTape();
    tape.watch(x);
    const y = math.evaluate('sum(w * x .^ 2)', { w, x });
    expect(y).toBeInstanceOf(tf.Tensor);
    expect((tape.gradient(y, x) as any).numpy().tolist()).toEqual([8, 24]);
    const f = tf.function((t: any) => math.evaluate('w * t + 1', { w, t }));
    expect((f(x) as any).numpy().tolist()).toEqual([6, 12]);
    expect(math.add(x, np.array([1, 1]))).toBeInstanceOf(tf.Tensor);
  });
  test('BigNumbers, Fractions, Units and Complex numbers meet arrays', () => {
    expect(String(math.add(A, math.bignumber('0.1')).at(0, 0).item())).toBe('1.1');
    expect(
      math
        .multiply(np.array([1, 2]), math.unit('5 cm'))
        .tolist()
        .map(String),
    ).toEqual(['5 cm', '10 cm']);
    const f = math.add(np.array([math.fraction(1, 3)], { dtype: 'object' }), math.fraction(1, 6));
    expect(f.at(0).item().toFraction()).toBe('1/2');
    expect(math.multiply(np.array([1, 2]), math.complex(0, 1)).dtype.name).toBe('complex128');
    expect(failure(() => math.smaller(math.multiply(A, math.complex(0, 1)), 1)).name).toBe('TypeError');
  });
  test('where real results end, results are complex; an instance that is predictable gives NaN', () => {
    expect(values(math.sqrt(np.array([-4, 9])))).toEqual([
      [0, 2],
      [3, 0],
    ]);
    expect(values(math.sqrt(np.array([4, 9])))).toEqual([2, 3]);
    const strict = interop.mathjs(make({ predictable: true }));
    expect(values(strict.sqrt(np.array([-4, 9])))).toEqual([Number.NaN, 3]);
    expect(values(math.sqrt(tf.constant([-4, 9])))).toEqual([Number.NaN, 3]);
  });
  test('errors are named', () => {
    expect(failure(() => math.multiply(A, np.ones(3))).message).toMatch(/Dimension mismatch/);
    expect(failure(() => math.inv(np.ones([2, 3]))).message).toMatch(/square/);
    expect(failure(() => math.pow(A, 0.5)).message).toMatch(/integer/);
    expect(failure(() => math.pow(np.ones(2), 2)).message).toMatch(/must be square/);
    expect(failure(() => math.bitAnd(np.array([1.5]), 1)).message).toMatch(/Integers expected/);
    expect(failure(() => interop.mathjs({} as never)).name).toBe('TypeError');
    expect(failure(() => interop.mathjs(null as never)).name).toBe('TypeError');
  });
});

describe('an instance that knows arrays does what it did with all else', () => {
  test('doing it twice does nothing', () => {
    const once = math.add;
    expect(interop.mathjs(math)).toBe(math);
    expect(math.add).toBe(once);
  });
  test('calls and expressions with its own values', () => {
    const texts = [
      '1 + 2 * 3',
      '5 cm + 2 inch',
      'mean([1, 2; 3, 4], 1)',
      'sum([1, 2; 3, 4], 2)',
      'sum(1, 2, 3)',
      'max([1, 2; 3, 4], 1)',
      'std([1, 2, 3])',
      'concat([1, 2], [3, 4], 1)',
      'row([1, 2; 3, 4], 1)',
      'subset([1, 2, 3], index(2))',
      '[1, 2, 3][2:3]',
      'range(1, 3)',
      'a = [1, 2]; a[2] = 5; a',
      '{a: 1}.a',
      'false and (x = 5)',
      'true or nosuch',
      'null ?? 3',
      'bitAnd(5, 3)',
      'map([1, 2], f(x) = x + 1)',
      'filter([1, 2, 3], x > 1)',
      'quantileSeq([1, 2, 3, 4], 0.5)',
      'cumsum([1, 2; 3, 4], 1)',
      'diff([1, 4, 9])',
      'bignumber(1) / 3',
      'fraction(1, 3) + 1',
      'sqrt(-4)',
      'i * i',
      '"text"[2:3]',
      'print("$a", {a: 5})',
      'det([1, 2; 3, 4])',
      'inv([1, 2; 3, 4])',
      '[1, 2; 3, 4]^2',
      "[1, 2; 3, 4]'",
      'format(1/3, 3)',
      'sort([3, 1, 2])',
      'typeOf([1, 2])',
      '[[1, 2], [3, 4]]',
      'sin(45 deg)',
      'erf(0.5)',
      'derivative("x^2", "x")',
      'simplify("2x + x")',
    ];
    const text = (m: any, t: string): string => {
      try {
        return m.format(m.evaluate(t));
      } catch (e) {
        return `${(e as Error).name}: ${(e as Error).message}`;
      }
    };
    for (const t of texts) expect([t, text(math, t)]).toEqual([t, text(plain, t)]);
  });
  test('functions have the signatures that they had, and some more', () => {
    for (const name of Object.keys(plain)) {
      if (!plain.typed.isTypedFunction(plain[name])) continue;
      const now = new Set(Object.keys(math[name].signatures));
      expect([name, Object.keys(plain[name].signatures).filter((s) => !now.has(s))]).toEqual([name, []]);
    }
  });
  test('two instances do not know of each other', () => {
    const other = make();
    expect(() => other.add(np.ones(2), 1)).toThrow();
    expect(interop.mathjs(other).add(np.ones(2), 1).tolist()).toEqual([2, 2]);
  });
});
