import { afterEach, describe, expect, test } from '@jest/globals';
import { interop, np, tf } from '../../src/index.js';

afterEach(() => {
  interop.policy('allow');
});

describe('the ledger', () => {
  test('counts copies by reason and the function that caused them', () => {
    interop.reset_ledger();
    const a = np.arange(4).astype('float64');
    a.copy();
    np.asarray(a, 'float32');
    const l = interop.ledger();
    expect(l.byReason.requested.copies).toBe(2);
    expect(l.byReason.dtype).toEqual({ copies: 1, bytes: 16 });
    expect(String(l)).toMatch(/^reason +copies +size\n/);
    expect(l.copies).toBe(3);
  });
  test('a profile names each copy with its call site', () => {
    const a = np.arange(6).reshape(2, 3);
    const p = interop.profile(() => np.reshape(a.T, [6]));
    expect(p.records.length).toBe(1);
    expect(p.records[0]).toMatchObject({ reason: 'order', by: 'reshape', bytes: 48 });
    expect(p.records[0].site).toContain('ledger.test');
    expect(String(p)).toContain('reshape');
  });
  test('a profile of asynchronous code waits for it', async () => {
    const p = await interop.profile(async () => {
      await Promise.resolve();
      return np.zeros(3).copy();
    });
    expect(p.copies).toBe(1);
  });
});

describe('the policy', () => {
  test('forbids implicit copies before they are made, and leaves explicit ones alone', () => {
    const a = np.arange(6).reshape(2, 3);
    expect(() => interop.policy('forbid', () => np.ravel(a.T))).toThrow(
      /ravel: needs an implicit copy of 48 bytes .*order/,
    );
    expect(interop.policy('forbid', () => a.T.copy()).shape).toEqual([3, 2]);
    expect(interop.policy()).toBe('allow');
  });
  test('a forbidden copy-on-write leaves array and tensor as they were', () => {
    const a = np.array([1, 2]);
    const t = tf.constant(a);
    expect(() => interop.policy('forbid', () => a.set([0], 5))).toThrow('copy-on-write');
    expect(a.tolist()).toEqual([1, 2]);
    expect(t.tolist()).toEqual([1, 2]);
  });
  test('an unknown policy is refused by name', () => {
    expect(() => interop.policy('never' as never)).toThrow("policy: must be 'allow', 'log' or 'forbid' (got 'never')");
  });
});

describe('the protocol for other classes', () => {
  class Metres {
    constructor(readonly values: np.NDArray) {}
  }
  Object.defineProperty(Metres.prototype, interop.array_function, {
    value(fn: interop.PublicFunction, args: readonly unknown[], kwargs: Record<string, unknown>) {
      if (!['add', 'sum'].includes(fn.functionName)) return interop.NotImplemented;
      return new Metres(fn(...args.map((x) => (x instanceof Metres ? x.values : x)), kwargs));
    },
  });
  test('a class of the user takes part in np functions', () => {
    const m = new Metres(np.array([1, 2]));
    expect((np.add(m as never, m as never) as unknown as Metres).values.tolist()).toEqual([2, 4]);
    expect(Number((np.sum(m as never) as unknown as Metres).values)).toBe(3);
  });
  test('what it does not take is a TypeError that names the types', () => {
    expect(() => np.prod(new Metres(np.array([1])) as never)).toThrow(
      "no implementation found for 'numpy.prod' on types that implement numbridge.array_function: [Metres]",
    );
  });
  test('memory offered through the array protocol is read without a copy', () => {
    const data = new Float64Array([0, 1, 2, 3, 4, 5]);
    const other = { [interop.array]: { data, shape: [2, 2], strides: [24, 8], dtype: 'float64', offset: 8 } };
    const a = np.asarray(other);
    expect(a.tolist()).toEqual([
      [1, 2],
      [4, 5],
    ]);
    data[1] = 100;
    expect(a.item(0, 0)).toBe(100);
    const liar = { [interop.array]: { data, shape: [100], dtype: 'float64' } };
    expect(() => np.asarray(liar)).toThrow('reach outside of the data');
  });
});
