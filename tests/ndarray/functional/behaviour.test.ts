import { describe, expect, test } from '@jest/globals';
import { np, tf } from '../../../src/index.js';

describe('functions that take functions', () => {
  test('vectorize calls the function once more for the first elements unless results are cached or dtypes known', () => {
    let calls = 0;
    const f = (x: number): number => {
      calls++;
      return x;
    };
    np.vectorize(f)(np.zeros(3));
    expect(calls).toBe(4);
    np.vectorize(f, { cache: true })(np.zeros(3));
    expect(calls).toBe(7);
    np.vectorize(f, 'd')(np.zeros(3));
    expect(calls).toBe(10);
  });

  test('vectorize without a function makes what takes one', () => {
    const half = np.vectorize({ otypes: ['float32'] })((x: number) => x / 2);
    expect(half([1, 3]).repr()).toBe('array([0.5, 1.5], dtype=float32)');
  });

  test('vectorize gives 64-bit integers beyond 2^53 as bigints', () => {
    const seen: unknown[] = [];
    np.vectorize((x: unknown) => seen.push(x), 'd')(np.array([1n, 2n ** 60n]));
    expect(seen).toEqual([1, 2n ** 60n]);
  });

  test('a signature is refused by name', () => {
    expect(() => np.vectorize((x: number) => x, { signature: '(n)->()' })).toThrow('signature');
  });

  test('tensors come back as tensors', () => {
    const t = tf.constant([
      [1, 2],
      [3, 4],
    ]);
    expect(np.vectorize((x: number) => x * 2)(t)).toBeInstanceOf(tf.Tensor);
    expect(np.apply_along_axis((line: any) => line.sum(), 0, t)).toBeInstanceOf(tf.Tensor);
    expect(np.apply_over_axes(np.sum, t, [0, 1])).toBeInstanceOf(tf.Tensor);
    expect(np.piecewise(t, [np.greater(t, 2)], [1, 0])).toBeInstanceOf(tf.Tensor);
    expect(np.polyval([1, 0, 1], t).toString()).toContain('17.');
    expect(np.polyadd(tf.constant([1, 2]), [1])).toBeInstanceOf(tf.Tensor);
  });
});

describe('floating-point errors', () => {
  test('are ignored, and asking for anything else says so', () => {
    expect(np.geterr()).toEqual({ divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' });
    expect(np.seterr({ all: 'ignore' })).toEqual(np.geterr());
    for (const mode of ['warn', 'raise', 'call', 'print', 'log'] as const) {
      expect(() => np.errstate({ divide: mode })).toThrow(/errstate: divide='\w+' is not supported/);
    }
    expect(() => np.seterr('raise')).toThrow('seterr');
  });

  test('errstate runs a function, or is disposed of', () => {
    expect(np.errstate({ divide: 'ignore' }, () => np.divide(1, np.zeros(1)).item())).toBe(Infinity);
    using context = np.errstate({ all: 'ignore' });
    expect(context).toBeDefined();
  });
});

describe('what the namespace says of itself', () => {
  test('ufuncs and broadcasts are known as such', () => {
    expect(np.add instanceof np.ufunc).toBe(true);
    expect((np.sum as unknown) instanceof np.ufunc).toBe(false);
    expect(np.broadcast([1, 2], 3) instanceof (np.broadcast as unknown as new () => object)).toBe(true);
    expect(np.zeros(2) instanceof np.ndarray).toBe(true);
  });

  test('a broadcast begins again after reset, and gives one iterator for each array', () => {
    const b = np.broadcast([[1], [2]], [3, 4]);
    expect([...b].length).toBe(4);
    expect([...b].length).toBe(0);
    b.reset();
    expect([...b].length).toBe(4);
    expect(b.iters.map((i) => [...i])).toEqual([
      [1, 1, 2, 2],
      [3, 4, 3, 4],
    ]);
  });

  test('show_config names the device', () => {
    expect(np.show_config('dicts')?.Device.name).toBe('cpu:0');
  });

  test('the search for shared memory stops at max_work', () => {
    const z = np.zeros(1000000, 'int8');
    const a = np.lib.stride_tricks.as_strided(z, [50, 50, 50], [7, 131, 2003]);
    const b = np.lib.stride_tricks.as_strided(z.at('3:'), [50, 50, 50], [11, 1009, 4001]);
    expect(np.may_share_memory(a, b, { max_work: 1 })).toBe(true);
  });
});

describe('nditer', () => {
  test('writes where it may, and only there', () => {
    const a = np.arange(4).reshape(2, 2);
    for (const x of np.nditer(a, { op_flags: ['readwrite'] })) x.set('...', x.mul(2));
    expect(a.tolist()).toEqual([
      [0, 2],
      [4, 6],
    ]);
    expect(() => {
      for (const x of np.nditer(a)) x.set('...', 1);
    }).toThrow('assignment destination is read-only');
  });

  test('makes the arrays that are asked for with null', () => {
    const it = np.nditer([np.arange(3), null]);
    for (const [x, y] of it) y.set('...', x.pow(2));
    expect(it.operands[1].tolist()).toEqual([0, 1, 4]);
  });

  test('goes step by step with iternext', () => {
    const it = np.nditer(np.arange(3), ['c_index']);
    const seen: number[] = [];
    do seen.push(it.value.item() * 10 + it.index);
    while (it.iternext());
    expect(seen).toEqual([0, 11, 22]);
    expect(() => it.value).toThrow('Iterator is past the end');
    it.reset();
    expect(it.finished).toBe(false);
  });

  test('says what it does not do', () => {
    expect(() => np.nditer([1, 2], { flags: ['buffered'] })).toThrow('buffered');
  });
});

describe('elements read by a full index', () => {
  test('are read-only copies, so that writing to one is no silent loss', () => {
    const a = np.zeros(3);
    expect(() => a.at(1).iadd(5)).toThrow('a.update(index, f)');
    expect(() => {
      for (const x of a) x.imul(2);
    }).toThrow('output array is read-only');
    a.update(1, (x) => x.iadd(5));
    a.update(2, (x) => x.sub(1));
    expect(a.tolist()).toEqual([0, 5, -1]);
    expect(a.sum().iadd(1).item()).toBe(5);
  });
});
