import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSignature } from '../../src/core/signature.js';
import { interop, np, tf } from '../../src/index.js';

/** Notes the calls that it is given, and answers them with itself. */
class Spy {
  calls: { fn: unknown; args: readonly unknown[]; kwargs: Record<string, unknown>; types: readonly unknown[] }[] = [];
  declare [interop.array_function]: never;
  get last() {
    return this.calls[this.calls.length - 1];
  }
}
Object.defineProperty(Spy.prototype, interop.array_function, {
  value(this: Spy, fn: unknown, args: readonly unknown[], kwargs: Record<string, unknown>, types: readonly unknown[]) {
    this.calls.push({ fn, args, kwargs, types });
    return this;
  },
});
/** A class that takes none of the calls. */
const refusing = (name: string, parent: new () => object = Object, seen: string[] = []): (new () => any) => {
  const C = { [name]: class extends parent {} }[name];
  Object.defineProperty(C.prototype, interop.array_function, {
    value: () => {
      seen.push(name);
      return interop.NotImplemented;
    },
  });
  return C;
};

const called = (name: string): any => name.split('.').reduce((o, k) => o[k], np as any);
/** A call by identity: the function, positional arguments, keywords. */
const same = (spy: Spy, fn: unknown, args: readonly unknown[], kwargs: Record<string, unknown> = {}): void => {
  expect(spy.last.fn === fn).toBe(true);
  expect(spy.last.args.length).toBe(args.length);
  args.forEach((x, i) => {
    if (typeof x === 'object') expect(spy.last.args[i] === x).toBe(true);
    else expect(spy.last.args[i]).toBe(x);
  });
  expect(Object.keys(spy.last.kwargs).sort()).toEqual(Object.keys(kwargs).sort());
  for (const [k, v] of Object.entries(kwargs)) {
    const got = spy.last.kwargs[k];
    if (Array.isArray(v)) expect((got as unknown[]).map((x, i) => x === v[i])).toEqual(v.map(() => true));
    else expect(got === v).toBe(true);
  }
};
const golden: Record<string, string[]> = JSON.parse(readFileSync(join(__dirname, '../golden/protocol.json'), 'utf8'));

describe('all of np is handed to classes of others where NumPy does so', () => {
  for (const [name, parameters] of Object.entries(golden)) {
    test(`np.${name}: ${parameters.join(', ')}`, () => {
      const f = called(name);
      const all = parseSignature(f.signatureText ?? f.signature).filter((p) => p.kind !== 'extra');
      for (const parameter of parameters) {
        const spy = new Spy();
        const asked = parameter.replace(/[[\]]/g, '');
        const value = asked === parameter ? spy : [spy, 0];
        const args: unknown[] = [];
        const kwargs: Record<string, unknown> = {};
        let skipped = false;
        for (const p of all) {
          const given = p.name === asked ? value : 0;
          if (p.name !== asked && !p.required) skipped = true;
          else if (p.kind === 'positional' || p.kind === 'rest' || (p.kind === 'normal' && !skipped)) args.push(given);
          else kwargs[p.name] = given;
        }
        const result = f(...args, kwargs);
        expect([parameter, result]).toEqual([parameter, spy]);
        expect(spy.last.fn).toBe(f);
        expect(spy.last.types).toEqual([Spy]);
        if (asked === 'like') expect(spy.last.kwargs).toEqual({});
      }
    });
  }
  test('functions that NumPy does not hand over make arrays of objects, or of what the array protocol gives', () => {
    const spy = new Spy();
    expect(np.asarray(spy as never).dtype.name).toBe('object');
    expect(np.full(2, spy as never).dtype.name).toBe('object');
    expect([np.isscalar(spy), np.iterable(spy), np.iterable(tf.ones([2])), np.isscalar(tf.ones([]))]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(spy.calls.length).toBe(0);
  });
});

describe('methods of ufuncs', () => {
  const a = np.array([1, 2, 3]);
  test('name the ufunc and the method', () => {
    const spy = new Spy();
    np.add(spy as never, a);
    same(spy, np.add, [spy, a]);
    for (const [method, args] of [
      ['reduce', [spy]],
      ['accumulate', [spy]],
      ['reduceat', [spy, [0, 1]]],
      ['outer', [a, spy]],
      ['at', [a, [0], spy]],
      ['at', [spy, [0], 1]],
    ] as [string, unknown[]][]) {
      const f = (np.add as any)[method];
      expect(f(...args)).toBe(spy);
      same(spy, f, args);
      expect([f.method, f.ufunc]).toEqual([method, np.add]);
    }
    expect([np.add.method, np.add.ufunc]).toEqual(['__call__', np.add]);
    expect([np.matmul.method, np.matmul.ufunc]).toEqual(['__call__', np.matmul]);
  });
  test('give positional arguments beside the operands by name, and out as a list', () => {
    const spy = new Spy();
    np.add(a, 1, spy as never);
    same(spy, np.add, [a, 1], { out: [spy] });
    np.add(spy as never, 1, { out: a, where: true });
    same(spy, np.add, [spy, 1], { out: [a], where: true });
    np.add(spy as never, 1, null);
    np.add(spy as never, 1, { out: null });
    expect(spy.last.kwargs).toEqual({});
    np.modf(a, null as never, spy as never);
    same(spy, np.modf, [a], { out: [null, spy] });
    np.divmod(spy as never, 1, { out: [a, null] } as never);
    same(spy, np.divmod, [spy, 1], { out: [a, null] });
    np.add.reduce(spy as never, 0, null, a, true);
    same(spy, np.add.reduce, [spy], { axis: 0, dtype: null, out: [a], keepdims: true });
    const starts = [0];
    np.add.reduceat(spy as never, starts, 1);
    same(spy, np.add.reduceat, [spy, starts], { axis: 1 });
    np.add.accumulate(spy as never, 0, null, null);
    expect(spy.last.kwargs).toEqual({ axis: 0, dtype: null });
    np.matmul(spy as never, a, a);
    same(spy, np.matmul, [spy, a], { out: [a] });
  });
  test('refuse what the ufunc cannot take before anybody is asked', () => {
    const spy = new Spy();
    expect(() => (np.add as any)(spy)).toThrow('add() takes from 2 to 3 positional arguments but 1 was given');
    expect(() => (np.add as any)(spy, 1, a, { out: a })).toThrow(
      "cannot specify 'out' as both a positional and keyword argument",
    );
    expect(() => (np.add.reduce as any)(spy, 0, { axis: 0 })).toThrow(/by name \('axis'\) and position/);
    expect(() => np.sin.reduce(spy as never)).toThrow();
    expect(spy.calls.length).toBe(0);
  });
  test('of np.frompyfunc are the same', () => {
    const spy = new Spy();
    const f = np.frompyfunc((x: number, y: number) => x + y, 2, 1);
    for (const [g, args] of [
      [f, [spy, 1]],
      [f.reduce, [spy]],
      [f.outer, [spy, 1]],
      [f.at, [spy, [0], 1]],
    ] as [any, unknown[]][]) {
      expect(g(...args)).toBe(spy);
      same(spy, g, args);
      expect(g.ufunc).toBe(f);
    }
  });
  test('where= takes part', () => {
    const spy = new Spy();
    expect(np.add(a, 1, { where: spy as never })).toBe(spy);
    expect(np.sum(a, { where: spy as never })).toBe(spy);
    expect(np.add.reduce(a, { where: spy })).toBe(spy);
  });
});

describe('who is asked', () => {
  const seen: string[] = [];
  const A = refusing('A', Object, seen);
  const B = refusing('B', Object, seen);
  const A1 = refusing('A1', A, seen);
  const A2 = refusing('A2', A1, seen);
  const asked = (...args: unknown[]): string[] => {
    seen.length = 0;
    expect(() => np.concatenate(args as never)).toThrow('no implementation found');
    return [...seen];
  };
  test('each class once, from left to right, subclasses before what they extend', () => {
    expect(asked(new A(), new B())).toEqual(['A', 'B']);
    expect(asked(new B(), new A(), new B(), new A())).toEqual(['B', 'A']);
    expect(asked(new A(), new A1())).toEqual(['A1', 'A']);
    expect(asked(new A(), new B(), new A1())).toEqual(['A1', 'A', 'B']);
    expect(asked(new A(), new A1(), new A2())).toEqual(['A2', 'A1', 'A']);
    expect(asked(new A2(), new A(), new A1())).toEqual(['A2', 'A1', 'A']);
  });
  test('plain objects are of one type where they bring the same hook', () => {
    let calls = 0;
    const hook = (): unknown => {
      calls++;
      return interop.NotImplemented;
    };
    const [x, y] = [{ [interop.array_function]: hook }, { [interop.array_function]: hook }];
    const other = { [interop.array_function]: () => 'other' };
    const bare = Object.assign(Object.create(null), { [interop.array_function]: () => 'bare' });
    expect(np.concatenate([x, y, other] as never)).toBe('other');
    expect(calls).toBe(1);
    expect(np.concatenate([x, bare] as never)).toBe('bare');
  });
  test('NotImplemented falls through to the next class', () => {
    const spy = new Spy();
    expect(np.concatenate([new A(), spy, np.ones(1)] as never)).toBe(spy);
    expect(spy.last.types).toEqual([A, Spy]);
    expect(np.add(new B(), spy as never)).toBe(spy);
  });
  test('when nobody takes the call, the error names the types', () => {
    expect(() => np.sum(new A())).toThrow(
      "no implementation found for 'numpy.sum' on types that implement numbridge.array_function: [A]",
    );
    expect(() => np.concatenate([new A(), np.ones(2), tf.ones(2)] as never)).toThrow('[A, Tensor, NDArray]');
    expect(() => np.linalg.norm(new A())).toThrow("for 'numpy.linalg.norm'");
    expect(() => np.add(new A(), 1)).toThrow(
      "operand type(s) all returned NotImplemented from numbridge.array_function(<ufunc 'add'>, '__call__'): 'A', 'number'",
    );
    expect(() => np.add.at(np.ones(2), 0, new A())).toThrow(/<ufunc 'add'>, 'at'\): 'NDArray', 'number', 'A'/);
    expect(() => np.multiply(1, 2, { out: new A() })).toThrow(/'number', 'number', 'A'/);
    expect(() => np.ones(2).add(new A())).toThrow(/<ufunc 'add'>, '__call__'\): 'NDArray', 'A'/);
    expect(() => np.zeros(2, { like: new A() })).toThrow("for 'numpy.zeros'");
  });
  test('tensors leave the call to others in either order, in functions and operators', () => {
    const spy = new Spy();
    expect(np.add(tf.ones(2), spy as never)).toBe(spy);
    expect(np.add(spy as never, tf.ones(2))).toBe(spy);
    expect(np.concatenate([tf.ones(2), spy] as never)).toBe(spy);
    expect(tf.ones(2).add(spy as never)).toBe(spy);
    expect(new tf.Variable([1, 2]).mul(spy as never)).toBe(spy);
    expect(np.ones(2).matmul(spy as never)).toBe(spy);
    const a = np.ones(2);
    expect(a.iadd(spy as never)).toBe(spy);
    same(spy, np.add, [a, spy], { out: [a] });
  });
});

describe('like=', () => {
  test('is taken out of the keywords', () => {
    const spy = new Spy();
    expect(np.zeros([2, 3], { dtype: 'float32', like: spy })).toBe(spy);
    expect(spy.last).toMatchObject({ fn: np.zeros, args: [[2, 3]], kwargs: { dtype: 'float32' } });
  });
  test('arrays and matrices leave the call to the function, tensors make tensors', () => {
    expect(np.ones(2, { like: np.zeros(3) })).toBeInstanceOf(np.NDArray);
    expect(np.array([1, 2], { like: np.matrix('1 2') }).ndim).toBe(1);
    expect(np.arange(3, { like: tf.zeros(1) })).toBeInstanceOf(tf.Tensor);
  });
  test('is refused where it does not implement the protocol', () => {
    for (const like of [5, [1], { a: 1 }])
      expect(() => np.zeros(2, { like })).toThrow(
        'The `like` argument must be an array-like that implements the `__array_function__` protocol.',
      );
  });
});

describe('a class that stands apart', () => {
  class Apart {
    radd(a: np.NDArray): string {
      return `radd ${a.size}`;
    }
    rmatmul(): string {
      return 'rmatmul';
    }
    gt(): string {
      return 'gt';
    }
  }
  Object.defineProperty(Apart.prototype, interop.array_function, { value: null });
  const x = new Apart() as never;
  const a = np.ones(2);
  test('is refused by functions', () => {
    for (const f of [() => np.add(a, x), () => np.sum(x), () => np.add(1, 2, x), () => np.concatenate([a, x])])
      expect(f).toThrow("operand 'Apart' does not support np functions (numbridge.array_function is null)");
  });
  test('is left operators of arrays and tensors, by its own methods', () => {
    expect(a.add(x)).toBe('radd 2');
    expect(a.iadd(x)).toBe('radd 2');
    expect(a.lt(x)).toBe('gt');
    expect(a.matmul(x)).toBe('rmatmul');
    expect(tf.ones(2).add(x)).toBe('radd 2');
    expect(a.eq(x)).toBe(false);
    expect(a.ne(x)).toBe(true);
  });
  test('is an error by name where it has no method', () => {
    expect(() => a.sub(x)).toThrow("unsupported operand type(s) for -: 'NDArray' and 'Apart'");
    expect(() => a.isub(x)).toThrow("unsupported operand type(s) for -=: 'NDArray' and 'Apart'");
    expect(() => a.pow(x)).toThrow("unsupported operand type(s) for ** or pow(): 'NDArray' and 'Apart'");
    expect(() => a.ge(x)).toThrow("'>=' not supported between instances of 'NDArray' and 'Apart'");
  });
});

describe('the two doors', () => {
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
    const [r] = [np.asarray({ [interop.array]: { data, shape: [2], dtype: 'float64', readonly: true } })];
    expect(() => r.set([0], 1)).toThrow('read-only');
    const liar = { [interop.array]: { data, shape: [100], dtype: 'float64' } };
    expect(() => np.asarray(liar)).toThrow('reach outside of the data');
  });
  test('memory that is described wrongly is refused, by what is wrong', () => {
    const data = new Float64Array(6);
    const read = (i: object | null): unknown => np.asarray({ [interop.array]: i } as never);
    for (const [i, message] of [
      [null, 'array protocol: expected {data, shape, dtype}, or an array'],
      [{ shape: [1], dtype: 'f8' }, 'data must be a typed array, a DataView or an ArrayBuffer'],
      [{ data: [1, 2], shape: [1], dtype: 'f8' }, 'data must be a typed array'],
      [{ data, shape: [1] }, 'dtype is missing'],
      [{ data, dtype: 'f8' }, 'shape must be a list of integers'],
      [{ data, shape: [-1], dtype: 'f8' }, ''],
      [{ data, shape: [1.5], dtype: 'f8' }, ''],
      [{ data, shape: [2], strides: [8, 8], dtype: 'f8' }, 'strides and shape differ in length'],
      [{ data, shape: [2], strides: [0.5], dtype: 'f8' }, 'strides and offset must be integers'],
      [{ data, shape: [2], offset: Number.NaN, dtype: 'f8' }, 'strides and offset must be integers'],
      [{ data, shape: [2], offset: -8, dtype: 'f8' }, 'reach outside of the data'],
      [{ data, shape: [2], strides: [-8], dtype: 'f8' }, 'reach outside of the data'],
      [{ data, shape: [2], strides: [2 ** 40], dtype: 'f8' }, 'reach outside of the data'],
      [{ data, shape: [2 ** 40], strides: [0], dtype: 'f8' }, null],
      [{ data, shape: [1], dtype: 'object' }, 'cannot create an OBJECT array from memory buffer'],
      [{ data, shape: [1], dtype: 'nonsense' }, ''],
    ] as [object | null, string | null][]) {
      if (message === null) expect((read(i) as np.NDArray).shape).toEqual([2 ** 40]);
      else expect(() => read(i)).toThrow(message);
    }
  });
  test('memory is read as it lies: backwards, broadcast, at odd bytes, empty, of any dtype', () => {
    const data = new Float64Array([1, 2, 3]);
    const read = (i: object): np.NDArray => np.asarray({ [interop.array]: i } as never);
    expect(read({ data, shape: [3], strides: [-8], offset: 16, dtype: 'f8' }).tolist()).toEqual([3, 2, 1]);
    expect(read({ data, shape: [2, 2], strides: [0, 8], dtype: 'f8' }).tolist()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(read({ data, shape: [0, 5], dtype: 'f8' }).shape).toEqual([0, 5]);
    expect(read({ data: data.buffer, shape: [], dtype: 'f8', offset: 8 }).item()).toBe(2);
    const bytes = new Uint8Array(9);
    new DataView(bytes.buffer).setFloat64(1, 5, true);
    expect(Number(np.add(read({ data: bytes, shape: [1], offset: 1, dtype: 'f8' }), 1).at(0))).toBe(6);
    const record = read({
      data: new Uint8Array([1, 0, 0, 0, 2, 0]),
      shape: [2],
      dtype: [
        ['x', 'u1'],
        ['y', '<u2'],
      ],
    });
    expect(record.at('y').tolist()).toEqual([0, 2]);
    expect(read({ data: new BigInt64Array([0n]), shape: [1], dtype: 'M8[s]' }).dtype.str).toBe('<M8[s]');
  });
  test('a door may be a method, or give an array', () => {
    const a = np.arange(3);
    expect(np.asarray({ [interop.array]: () => a } as never)).toBe(a);
    expect(np.add({ [interop.array]: a } as never, 1).tolist()).toEqual([1, 2, 3]);
    expect((np.stack([{ [interop.array]: a }, a] as never) as np.NDArray).shape).toEqual([2, 3]);
    const b = np.zeros(3);
    b.set(['...'], { [interop.array]: a } as never);
    expect(b.tolist()).toEqual([0, 1, 2]);
  });
});
