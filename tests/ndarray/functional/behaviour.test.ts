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

  test('vectorize remembers what it was made of', () => {
    const f = (x: number): number => x;
    const v = np.vectorize(f, { otypes: 'd', excluded: [1], doc: 'the same' });
    expect([v.pyfunc, v.otypes, [...v.excluded], v.__doc__, v.cache]).toEqual([f, 'd', [1], 'the same', false]);
  });

  test('functions of frompyfunc write in place at indices, and where they are told to', () => {
    const f = np.frompyfunc((a: number, b: number) => a + b, 2, 1);
    const a = np.zeros(3);
    f.at(a, [0, 0, 2], 1);
    expect(a.tolist()).toEqual([2, 0, 1]);
    f([1, 2, 3], 10, { out: a, where: [true, false, true], casting: 'unsafe' });
    expect(a.tolist()).toEqual([11, 0, 13]);
    expect(String(f)).toContain('(vectorized)');
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
    b.reset();
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

  test('writes buffers and copies back when it is closed', () => {
    const a = np.arange(6).astype('int32').reshape(2, 3).T;
    {
      using it = np.nditer(a, {
        flags: ['external_loop'],
        op_flags: ['readwrite', 'updateifcopy'],
        op_dtypes: 'float64',
        casting: 'unsafe',
      });
      for (const x of it) x.imul(2.5);
      expect(a.item(1, 0)).toBe(1);
    }
    expect(a.ravel('K').tolist()).toEqual([0, 2, 5, 7, 10, 12]);
    const it = np.nditer(a);
    it.close();
    expect(() => it.ndim).toThrow('Iterator is invalid');
    expect(it.next().done).toBe(true);
  });

  test('shows and takes operands by number', () => {
    const out = np.zeros(3);
    const it = np.nditer([np.arange(3), out], { op_flags: [['readonly'], ['writeonly']] });
    while (!it.finished) {
      it[1] = it[0].mul(3);
      it.iternext();
    }
    expect(out.tolist()).toEqual([0, 3, 6]);
    it.reset();
    expect(() => {
      it[0] = np.zeros([]);
    }).toThrow('Iterator operand 0 is not writeable');
    expect(() => it[5]).toThrow('Iterator operand index 5 is out of bounds');
    expect(it.operand(-1).item()).toBe(0);
  });

  test('jumps, goes over a range, and is copied where it stands', () => {
    const it = np.nditer(np.arange(12).reshape(3, 4), ['multi_index', 'ranged']);
    it.iterrange = [2, 5];
    expect([...it].map(Number)).toEqual([2, 3, 4]);
    expect(() => {
      it.iterrange = [3, 20];
    }).toThrow('Out-of-bounds range [3, 20) passed to ResetToIterIndexRange');
    it.iterrange = [0, 12];
    it.multi_index = [2, 1];
    const other = it.copy();
    it.iternext();
    expect([other.multi_index, it.multi_index, Number(other.value)]).toEqual([[2, 1], [2, 2], 9]);
    it.remove_axis(1);
    expect([...it].map(Number)).toEqual([0, 4, 8]);
  });

  test('writes through a mask only where that is true', () => {
    const a = np.arange(6).astype('float64').reshape(2, 3);
    const mask = np.array([
      [true, false, true],
      [false, true, false],
    ]);
    using it = np.nditer([a, mask], {
      flags: ['buffered'],
      op_flags: [
        ['readwrite', 'writemasked'],
        ['readonly', 'arraymask'],
      ],
      op_dtypes: ['int32', null],
      casting: 'unsafe',
    });
    for (const [x] of it) x.iadd(10);
    expect(a.tolist()).toEqual([
      [10, 1, 12],
      [3, 14, 5],
    ]);
  });

  test('prints what it knows of itself', () => {
    const said: unknown[] = [];
    const log = console.log;
    console.log = (text: unknown) => said.push(text);
    try {
      np.nditer([np.arange(50).reshape(10, 5), np.arange(5)], {
        flags: ['reduce_ok', 'buffered'],
        op_flags: [['readonly'], ['readwrite']],
      }).debug_print();
    } finally {
      console.log = log;
    }
    expect(String(said[0])).toMatch(
      /BEGIN ITERATOR DUMP[\s\S]*\| IterSize: 50\n[\s\S]*READ WRITE[\s\S]*END ITERATOR DUMP/,
    );
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
