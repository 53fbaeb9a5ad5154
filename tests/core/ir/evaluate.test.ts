import { describe, expect, test } from '@jest/globals';
import type { ScalarType } from '../../../src/core/dtype.js';
import { applyOp, evaluate, roundHalf, type Value } from '../../../src/core/ir/evaluate.js';
import * as x from '../../../src/core/ir/expr.js';
import { embeds, simplify } from '../../../src/core/ir/simplify.js';

const cast = (v: Value, from: ScalarType, to: ScalarType): Value => applyOp('cast', from, to, [v]);

describe('casts are those that NumPy makes on x86-64', () => {
  test('floats to narrow integers go through int32', () => {
    expect([300, -1, -129, 127.9, 3e9, Number.NaN].map((v) => cast(v, 'float64', 'int8'))).toEqual([
      44, -1, 127, 127, 0, 0,
    ]);
    expect([300, -1, 65536.5, 70000].map((v) => cast(v, 'float64', 'uint16'))).toEqual([300, 65535, 0, 4464]);
  });
  test('floats out of range give the least int32 and int64', () => {
    expect([2147483647.9, 2147483648, -2147483649, Number.NaN].map((v) => cast(v, 'float64', 'int32'))).toEqual([
      2147483647, -2147483648, -2147483648, -2147483648,
    ]);
    expect([9.2e18, 2 ** 63, Infinity, Number.NaN].map((v) => cast(v, 'float64', 'int64'))).toEqual([
      9200000000000000000n,
      -(2n ** 63n),
      -(2n ** 63n),
      -(2n ** 63n),
    ]);
  });
  test('floats to unsigned integers', () => {
    expect([-1, 4294967297, 1e20, Number.NaN].map((v) => cast(v, 'float64', 'uint32'))).toEqual([4294967295, 1, 0, 0]);
    expect([-1, 1e19, 2 ** 64, Infinity, -Infinity, Number.NaN].map((v) => cast(v, 'float64', 'uint64'))).toEqual([
      2n ** 64n - 1n,
      10n ** 19n,
      0n,
      0n,
      2n ** 63n,
      2n ** 63n,
    ]);
  });
  test('64-bit integers to float32 round once', () => {
    expect(cast(2n ** 60n + 2n ** 36n + 1n, 'int64', 'float32')).toBe(2 ** 60 + 2 ** 37);
    expect(cast(2n ** 60n + 2n ** 36n, 'int64', 'float32')).toBe(2 ** 60);
  });
  test('float64 to float16 rounds once, half to even', () => {
    expect([65519.99, 65520, 2 ** -25, 2 ** -25 * 1.0000001, 2049, 2051].map(roundHalf)).toEqual([
      65504,
      Infinity,
      0,
      2 ** -24,
      2048,
      2052,
    ]);
  });
});

describe('operations', () => {
  test('division by zero gives 0, and the least integer by -1 wraps', () => {
    expect(applyOp('quot', 'int32', 'int32', [-2147483648, -1])).toBe(-2147483648);
    expect(applyOp('rem', 'int64', 'int64', [-(2n ** 63n), -1n])).toBe(0n);
    expect(applyOp('quot', 'uint8', 'uint8', [7, 0])).toBe(0);
  });
  test('extremes of floats know NaN and the sign of zero', () => {
    expect(applyOp('max', 'float64', 'float64', [Number.NaN, 1])).toBeNaN();
    expect(applyOp('min', 'float64', 'float64', [0, -0])).toBe(-0);
  });
  test('a loop replaces its states all at once', () => {
    const [a] = x.loop([x.konst('int32', 0), x.konst('int32', 1), x.konst('int32', 10)], (p, q, n) => ({
      while: x.gt(n, 0),
      next: [q, x.add(p, q), x.sub(n, 1)],
    }));
    expect(evaluate(a)).toBe(55);
  });
});

describe('simplification keeps every value', () => {
  const a = x.arg(0, 'float64');
  const one = (e: x.Expr): x.Expr => simplify([e])[0];
  test('steps that do nothing disappear', () => {
    expect(one(x.mul(a, 1))).toBe(one(a));
    expect(one(x.sub(a, 0))).toBe(one(a));
    expect(one(x.neg(x.neg(a)))).toBe(one(a));
    expect(one(x.select(x.konst('bool', 1), a, 2))).toBe(one(a));
  });
  test('adding zero is kept, since it makes 0 of -0', () => {
    expect(one(x.add(a, 0)).op).toBe('add');
    expect(one(x.add(a, -0)).op).toBe('arg');
  });
  test('constants are folded in their own type', () => {
    const e = one(x.mul(x.konst('float32', 0.1), x.konst('float32', 3)));
    expect(e.op).toBe('const');
    expect(e.value).toBe(Math.fround(Math.fround(0.1) * 3));
  });
  test('equal parts become one node', () => {
    const [p, q] = simplify([x.add(x.mul(a, a), 1), x.sqrt(x.add(x.mul(a, a), 1))]);
    expect(q.args[0]).toBe(p);
  });
  test('casts there and back vanish only where nothing is lost', () => {
    const i = x.arg(0, 'int32');
    expect(one(x.cast(x.cast(i, 'float64'), 'int32')).op).toBe('arg');
    expect(one(x.cast(x.cast(i, 'float32'), 'int32')).op).toBe('cast');
    expect(embeds('uint32', 'float64')).toBe(true);
    expect(embeds('int64', 'float64')).toBe(false);
  });
});
