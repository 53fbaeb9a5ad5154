import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { interop, np, tf } from '../../src/index.js';

/** The text of a class, without its import. */
const textOf = (name: string): string =>
  readFileSync(join(__dirname, `third-party/${name}.ts`), 'utf8')
    .replace(/^import .*\n/, '')
    .trim();

/** The class of a file, as its text has it: what the page shows is what is tested. */
function load(file: string, name: string): any {
  const { code } = transformSync(textOf(file), { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } });
  return new Function('np', 'interop', `${code.replace(/^export .*/m, '')}\nreturn ${name};`)(np, interop);
}
const Quantity = load('quantity', 'Quantity');
const Lazy = load('lazy', 'Lazy');

const m = (x: np.ArrayLike, unit: Record<string, number> = { m: 1 }): any => new Quantity(np.asarray(x), unit);
const q = (x: unknown): [unknown, object] => {
  expect(x).toBeInstanceOf(Quantity);
  return [(x as any).value.tolist(), (x as any).unit];
};

describe('a class of quantities with units takes part', () => {
  const a = m([1, 2, 3]);
  const s = m([2, 2, 4], { s: 1 });
  test('in arithmetic, whose units follow', () => {
    expect(q(np.add(a, a))).toEqual([[2, 4, 6], { m: 1 }]);
    expect(q(np.divide(a, s))).toEqual([[0.5, 1, 0.75], { m: 1, s: -1 }]);
    expect(q(np.multiply(2, a))).toEqual([[2, 4, 6], { m: 1 }]);
    expect(q(np.divide(a, a))).toEqual([[1, 1, 1], {}]);
    expect(q(np.power(a, 2))).toEqual([[1, 4, 9], { m: 2 }]);
    expect(q(np.sqrt(np.square(a)))).toEqual([[1, 2, 3], { m: 1 }]);
    expect(q(np.matmul(a, s))).toEqual([18, { m: 1, s: 1 }]);
    expect(() => np.add(a, s)).toThrow('add: units');
    expect(() => np.exp(a)).toThrow('exp: units');
    expect(np.less(a, 2 as never)).toBeInstanceOf(np.NDArray);
  });
  test("in ufuncs' methods", () => {
    expect(q(np.add.reduce(a))).toEqual([6, { m: 1 }]);
    expect(q(np.add.accumulate(a))).toEqual([[1, 3, 6], { m: 1 }]);
    expect(q(np.multiply.outer(a, s))[1]).toEqual({ m: 1, s: 1 });
    expect(q(np.maximum.reduceat(a, [0, 1]))).toEqual([[1, 3], { m: 1 }]);
    const b = m([0, 0]);
    np.add.at(b as never, [0, 0], m(5));
    expect(q(b)).toEqual([[10, 0], { m: 1 }]);
    expect(() => np.multiply.reduce(a)).toThrow('multiply: units');
  });
  test('in out=, where= and initial=', () => {
    const out = m([0, 0, 0], {});
    expect(np.multiply(a, s, { out: out as never })).toBe(out);
    expect(q(out)).toEqual([[2, 4, 12], { m: 1, s: 1 }]);
    const plain = np.zeros(3);
    expect(np.add(a, a, { out: plain })).toBe(plain);
    expect(q(np.sum(a, { where: np.array([true, false, true]), initial: m(10) as never }))).toEqual([14, { m: 1 }]);
    expect(q(np.sum(a, { out: m(0) as never }))).toEqual([6, { m: 1 }]);
  });
  test('in functions of lists, and in those that give several arrays', () => {
    expect(q(np.concatenate([a, m([4])] as never))).toEqual([[1, 2, 3, 4], { m: 1 }]);
    expect(q(np.stack([a, a] as never))[1]).toEqual({ m: 1 });
    expect(() => np.concatenate([a, s] as never)).toThrow('units');
    expect((np.split(m([1, 2, 3, 4]) as never, 2) as unknown[]).map(q)).toEqual([
      [[1, 2], { m: 1 }],
      [[3, 4], { m: 1 }],
    ]);
    expect(q(np.block([[a, a]] as never))[0]).toEqual([[1, 2, 3, 1, 2, 3]]);
    expect(q(np.where([true, false, true], a, m(0)))).toEqual([[1, 0, 3], { m: 1 }]);
  });
  test('in reductions, sorting, linear algebra', () => {
    expect(q(np.mean(a))).toEqual([2, { m: 1 }]);
    expect(q(np.var(a))).toEqual([2 / 3, { m: 2 }]);
    expect(q(np.sort(m([3, 1])))).toEqual([[1, 3], { m: 1 }]);
    expect(np.argmax(a)).toBeInstanceOf(np.NDArray);
    expect(np.shape(a)).toEqual([3]);
    expect(q(np.linalg.solve(m([[2]], { s: 1 }), m([4])))).toEqual([[2], { m: 1, s: -1 }]);
    expect(q(np.linalg.norm(m([3, 4])))).toEqual([5, { m: 1 }]);
    expect(q(np.interp(m([1.5]), a, m([2, 2, 4]) as never))[0]).toEqual([2]);
  });
  test('in operators of arrays and tensors, and in creation', () => {
    expect(q(np.array([1, 2, 3]).mul(a as never))).toEqual([[1, 4, 9], { m: 1 }]);
    expect(q(np.zeros(2, { like: a }))).toEqual([[0, 0], { m: 1 }]);
    expect(q(np.array([5], { like: a }))).toEqual([[5], { m: 1 }]);
    expect(q(np.zeros_like(a))).toEqual([[0, 0, 0], { m: 1 }]);
    expect(() => tf.ones(3).add(a as never)).not.toThrow();
  });
});

describe('a class of lazy values takes part', () => {
  test('in calls, which are noted and made when the value is needed', () => {
    let reads = 0;
    const source = new Lazy(
      ((): np.NDArray => {
        reads++;
        return np.arange(4);
      }) as never,
      [],
    );
    const sum = np.sum(np.multiply(source, 2)) as any;
    expect(sum).toBeInstanceOf(Lazy);
    expect(reads).toBe(0);
    expect(Number(sum.compute())).toBe(12);
    expect(Number(sum.compute())).toBe(12);
    expect(reads).toBe(1);
  });
  test("in ufuncs' methods, lists, out=, in place, several results, creation", () => {
    const a = Lazy.of([1, 2, 3, 4]);
    const value = (x: unknown): unknown => (np.asarray(x as never) as np.NDArray).tolist();
    expect(value(np.add.reduce(a))).toBe(10);
    expect(value(np.add.outer(a, [1]))).toEqual([[2], [3], [4], [5]]);
    expect(value(np.concatenate([a, Lazy.of([5])] as never))).toEqual([1, 2, 3, 4, 5]);
    const out = np.zeros(4);
    expect(np.add(a, 1, { out })).toBe(out);
    expect(out.tolist()).toEqual([2, 3, 4, 5]);
    np.add.at(out, [0, 0], Lazy.of([10, 10]) as never);
    expect(out.item(0)).toBe(22);
    np.copyto(out, Lazy.of(7) as never);
    expect(out.tolist()).toEqual([7, 7, 7, 7]);
    const [x, y] = np.split(a as never, 2) as unknown as np.NDArray[];
    expect([x.tolist(), y.tolist()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(String(np.add(np.ones(2, { like: a }), 1))).toBe('add(ones(2), 1)');
    expect(value(np.ones(2).add(Lazy.of([1, 2]) as never))).toEqual([2, 3]);
    expect(value(np.linalg.inv(Lazy.of([[2]])))).toEqual([[0.5]]);
  });
  test('as plain memory through the array protocol', () => {
    expect(
      np
        .array([1, 2])
        .dot(np.asarray(Lazy.of([3, 4]) as never))
        .item(),
    ).toBe(11);
    expect(tf.convert_to_tensor(Lazy.of(np.array([1, 2])) as never).tolist()).toEqual([1, 2]);
    expect(np.array([Lazy.of([1, 2]), [3, 4]] as never).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('the page about the protocol', () => {
  const page = readFileSync(join(__dirname, '../../docs/protocol.md'), 'utf8');
  for (const name of ['quantity', 'lazy'])
    test(`shows ${name}.ts as it is tested, in under a hundred lines`, () => {
      expect(textOf(name).split('\n').length).toBeLessThan(100);
      expect(page).toContain(textOf(name));
    });
});
