import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { int64 } from '../../../src/core/dtype.js';
import { getitem } from '../../../src/core/ops/index.js';
import { scatterAdd } from '../../../src/core/ops/scatter.js';
import { np } from './support.js';

const range = (n: number, dtype = 'float64'): any => {
  const a = np.empty([n], dtype);
  a.set(
    '...',
    np.array(
      Array.from({ length: n }, (_, i) => i),
      dtype,
    ),
  );
  return a;
};

describe('reading by index', () => {
  const a = range(24).reshape([2, 3, 4]);

  test('the whole index may be one text, and entries may be text with blanks', () => {
    expect(a.at('1, 0:2, ::-1').tolist()).toEqual(a.at(1, np.slice(0, 2), np.slice(null, null, -1)).tolist());
    expect(a.at(' ... ', ' 1 : 3 ').shape).toEqual([2, 3, 2]);
    expect(a.at('newaxis, ..., None').shape).toEqual([1, 2, 3, 4, 1]);
  });

  test('an element is a copy, and a view is a view', () => {
    const b = range(4);
    const x = b.at(1);
    const view = b.at('1:3');
    const dotted = b.at('...', 1);
    b.set([1], 50);
    expect([x.item(), view.tolist(), dotted.item()]).toEqual([1, [50, 2], 50]);
    view.set([0], 7);
    expect(b.tolist()).toEqual([0, 7, 2, 3]);
  });

  test('an integer that comes as an array gives a copy', () => {
    const b = range(6).reshape([2, 3]);
    const row = b.at(np.array(1n));
    b.set([1, 0], 99);
    expect(row.tolist()).toEqual([3, 4, 5]);
  });

  test('lists of numbers are integers, and float arrays are refused', () => {
    const b = range(4);
    expect(b.at([3, 0]).tolist()).toEqual([3, 0]);
    expect(b.at([]).tolist()).toEqual([]);
    expect(() => b.at(np.array([1, 0]))).toThrow('arrays used as indices must be of integer (or boolean) type');
    expect(() => b.at([1.5])).toThrow('only integers, slices (`:`), ellipsis (`...`)');
    expect(() => b.at(undefined)).toThrow('only integers, slices');
    expect(() => b.at('1;2')).toThrow('only integers, slices');
  });

  test('typed arrays and bigints are indices', () => {
    const b = range(4);
    expect(b.at(Int32Array.of(2, -1)).tolist()).toEqual([2, 3]);
    expect(b.at(BigInt64Array.of(0n)).tolist()).toEqual([0]);
    expect(b.at(3n).item()).toBe(3);
    expect(b.at([3n, 0n]).tolist()).toEqual([3, 0]);
  });

  test('what nonzero, ix_ and index_exp give is a tuple of entries', () => {
    expect(a.at(np.nonzero(np.greater(a, 20))).tolist()).toEqual([21, 22, 23]);
    expect(
      a
        .at(0)
        .at(np.ix_([0, 2], [1, 3]))
        .tolist(),
    ).toEqual([
      [1, 3],
      [9, 11],
    ]);
    expect(a.at(np.index_exp('1, 0:2', 0)).tolist()).toEqual([12, 16]);
    expect(a.at(np.s('1:'), 0, 0).tolist()).toEqual([12]);
    expect(np.s('1:3') instanceof np.Slice).toBe(true);
    expect(np.s_('1:3, 2')).toHaveLength(2);
    expect(String(np.slice(1, 3))).toBe('slice(1, 3, None)');
    expect(np.slice(5, 0, -2).indices(4)).toEqual([3, -1, -2]);
    expect(np.newaxis).toBe(null);
  });

  test('64-bit integers keep all their bits through every way of moving them', () => {
    const odd = [
      0x7ff0000000000001n,
      -0x000fffffffffffffn,
      0x7ff4000000000000n,
      -4503599627370495n,
      2n ** 63n - 1n,
      -(2n ** 63n),
    ];
    const b = np.array(odd, 'int64');
    const all = Array.from({ length: odd.length }, (_, i) => i);
    const list = (x: any): bigint[] => x.tolist({ bigint: true });
    expect(list(b.at(all))).toEqual(odd);
    expect(list(b.at(odd.map(() => true)))).toEqual(odd);
    expect(list(b.reshape([2, 3]).at(':', [0, 1, 2]).reshape([6]))).toEqual(odd);
    const c = np.zeros([6], 'int64');
    c.set([all], b);
    expect(list(c)).toEqual(odd);
    expect([...c.toBigInt64Array()]).toEqual(odd);
    expect(list(np.take(b, all))).toEqual(odd);
  });

  test('float16 and complex elements are moved whole', () => {
    const z = np.array([
      { re: 1, im: 2 },
      { re: 3, im: 4 },
      { re: 5, im: 6 },
    ]);
    expect(
      z
        .at([2, 0])
        .tolist()
        .map((v: any) => [v.re, v.im]),
    ).toEqual([
      [5, 6],
      [1, 2],
    ]);
    const h = np.array([1, 2.5, 3], 'float16');
    h.set([[0, 2]], [0.5, -1]);
    expect(h.tolist()).toEqual([0.5, 2.5, -1]);
    z.set([[true, false, true]], 0);
    expect(z.tolist().map((v: any) => v.re)).toEqual([0, 3, 0]);
  });
});

describe('writing by index', () => {
  test('overlapping parts of one array are read before they are written', () => {
    const a = range(5);
    a.set('1:', a.at(':-1'));
    expect(a.tolist()).toEqual([0, 0, 1, 2, 3]);
    const b = range(5);
    b.set([[0, 1, 2, 3]], b.at('1:'));
    expect(b.tolist()).toEqual([1, 2, 3, 4, 4]);
    const c = range(4, 'int64');
    c.set([c], 3);
    expect(c.tolist()).toEqual([3, 3, 3, 3]);
    const d = np.array([true, false, true]);
    d.set([d], false);
    expect(d.tolist()).toEqual([false, false, false]);
  });

  test('of repeated indices the last one wins', () => {
    const a = np.zeros([3]);
    a.set([[0, 0, 1]], [1, 2, 3]);
    expect(a.tolist()).toEqual([2, 3, 0]);
  });

  test('scalars that do not fit are refused, arrays are cast', () => {
    const u = np.zeros([3], 'uint8');
    expect(() => u.set([0], 300)).toThrow('Python integer 300 out of bounds for uint8');
    expect(() => u.set([[0, 1]], [1, -1])).toThrow('Python integer -1 out of bounds for uint8');
    expect(() => u.set('...', Number.NaN)).toThrow('cannot convert float NaN to integer');
    expect(u.tolist()).toEqual([0, 0, 0]);
    u.set('...', np.array([257, 1.9, 3]));
    expect(u.tolist()).toEqual([1, 1, 3]);
  });

  test('update applies a function to what an index names', () => {
    const a = range(6).reshape([2, 3]);
    expect(a.update([0, '::2'], (x: any) => np.multiply(x, 10)).tolist()).toEqual([
      [0, 1, 20],
      [3, 4, 5],
    ]);
    expect(a.update(np.greater(a, 4), (x: any) => np.negative(x)).tolist()).toEqual([
      [0, 1, -20],
      [3, 4, -5],
    ]);
  });

  test('read-only arrays refuse before anything else', () => {
    const a = range(3);
    a.writeable = false;
    for (const index of [[0], [7], [[0]], '...'])
      expect(() => a.set(index, 1)).toThrow('assignment destination is read-only');
    expect(() => np.put(a, [0], 1)).toThrow('read-only');
  });

  test('any part of any array can be written: a random mask or index array behaves as a loop does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -7, max: 6 }), fc.integer({ min: -99, max: 99 })), { maxLength: 30 }),
        fc.constantFrom('int8', 'int16', 'int32', 'int64', 'float32', 'float64'),
        (pairs, dtype) => {
          const a = range(14, dtype).at('::2');
          const want = a.tolist();
          for (const [i, v] of pairs) want[i < 0 ? i + 7 : i] = v;
          a.set(
            [pairs.map(([i]) => i)],
            pairs.map(([, v]) => v),
          );
          expect(a.tolist()).toEqual(want);
        },
      ),
    );
  });
});

describe('ufunc.at', () => {
  test('agrees with a loop for every mixture of targets', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.integer({ min: -3, max: 3 })), { maxLength: 300 }),
        fc.constantFrom('add', 'subtract', 'maximum', 'multiply', 'fmin'),
        fc.constantFrom('int16', 'int64', 'uint32', 'float32', 'float64', 'float16'),
        (pairs, name, dtype) => {
          const small = name === 'multiply' ? pairs.map(([i, v]): [number, number] => [i, Math.sign(v) || 1]) : pairs;
          const values = dtype === 'uint32' ? small.map(([i, v]): [number, number] => [i, Math.abs(v)]) : small;
          if (dtype === 'uint32' && name === 'subtract') return;
          const a = range(5, dtype);
          const want = a.tolist();
          const f: Record<string, (x: number, y: number) => number> = {
            add: (x, y) => x + y,
            subtract: (x, y) => x - y,
            maximum: Math.max,
            multiply: (x, y) => x * y,
            fmin: Math.min,
          };
          for (const [i, v] of values) want[i] = f[name](want[i], v);
          np[name].at(
            a,
            values.map(([i]) => i),
            np.array(
              values.map(([, v]) => v),
              dtype,
            ),
          );
          expect(a.tolist().map((x: number) => x + 0)).toEqual(want.map((x: number) => x + 0));
        },
      ),
    );
  });

  test('64-bit sums carry between their words', () => {
    const a = np.array([4294967295n, -1n, 2n ** 40n], 'int64');
    np.add.at(a, [0, 1, 1, 2], np.array([1n, 1n, -5n, -1n], 'int64'));
    expect(a.tolist()).toEqual([4294967296, -5, 2 ** 40 - 1]);
    np.subtract.at(a, [0, 1, 2], np.array([1n, -6n, 2n ** 40n], 'int64'));
    expect(a.tolist()).toEqual([4294967295, 1, -1]);
  });

  test('a million sums take well under a second', () => {
    const n = 1e6;
    const k = np.empty([n], 'int64');
    k.set('...', np.array(Float64Array.from({ length: n }, (_, i) => (i * 7919) % 1000)));
    const counts = np.zeros([1000], 'int64');
    np.add.at(counts, k, 1);
    expect(counts.tolist().every((c: number) => c === 1000)).toBe(true);
  });
});

describe('going through arrays', () => {
  const a = range(6).reshape([2, 3]);

  test('iteration gives the entries of the first axis, as views', () => {
    expect([...a].map((r: any) => r.tolist())).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect([...a.at(0)].map(Number)).toEqual([0, 1, 2]);
    expect(() => [...np.array(3)]).toThrow('iteration over a 0-d array');
  });

  test('flat reads and writes in C order, whatever the layout', () => {
    const t = range(6).reshape([2, 3]).T;
    expect([...t.flat]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([t.flat.length, t.flat.item(1), t.flat.at(-1).item()]).toEqual([6, 3, 5]);
    expect(t.flat.at('1:3').tolist()).toEqual([3, 1]);
    expect(t.flat.at([5, 0]).tolist()).toEqual([5, 0]);
    expect(t.flat.at(np.array([true, false, false, false, false, true])).tolist()).toEqual([0, 5]);
    t.flat.set('::2', [10, 20]);
    expect(t.tolist()).toEqual([
      [10, 3],
      [20, 4],
      [10, 5],
    ]);
    t.flat = [1, 2];
    expect(t.flat.copy().tolist()).toEqual([1, 2, 1, 2, 1, 2]);
    expect(() => t.flat.at(6)).toThrow('index 6 is out of bounds for size 6');
    expect(() => t.flat.at(null)).toThrow(
      'only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices',
    );
  });

  test('ndindex and ndenumerate visit all indices in C order', () => {
    expect([...np.ndindex(2, 2)]).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect([...np.ndindex([1, 2])]).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect([...np.ndindex()]).toEqual([[]]);
    expect([...np.ndindex(0, 3)]).toEqual([]);
    expect(() => np.ndindex(-1)).toThrow('negative dimensions are not allowed');
    expect([...np.ndenumerate(a.at(':, 1'))]).toEqual([
      [[0], 1],
      [[1], 4],
    ]);
  });
});

describe('elements as JavaScript data', () => {
  test('tolist gives numbers where exact and bigints otherwise', () => {
    const big = np.array(
      [1n, -1n, 2n ** 53n, -(2n ** 53n), 2n ** 53n - 1n, 2n ** 63n - 1n, -(2n ** 32n) - 1n],
      'int64',
    );
    expect(big.tolist()).toEqual([1, -1, 2n ** 53n, -(2n ** 53n), 2 ** 53 - 1, 2n ** 63n - 1n, -(2 ** 32) - 1]);
    expect(big.at('1:2').tolist({ bigint: true })).toEqual([-1n]);
    expect(np.array([2n ** 64n - 1n, 5n], 'uint64').tolist()).toEqual([2n ** 64n - 1n, 5]);
    expect(np.array([1, 2], 'int8').tolist({ bigint: true })).toEqual([1n, 2n]);
    expect(np.array([true, false]).tolist()).toEqual([true, false]);
    expect(np.array(2.5).tolist()).toBe(2.5);
    expect(np.zeros([2, 0]).tolist()).toEqual([[], []]);
    expect(np.array([1.5, -2], 'float16').tolist()).toEqual([1.5, -2]);
  });

  test('typed arrays are copies in C order, data is the memory itself', () => {
    const a = range(6).reshape([2, 3]);
    expect(a.T.toTypedArray()).toEqual(Float64Array.of(0, 3, 1, 4, 2, 5));
    expect(np.array([true]).toTypedArray()).toEqual(Uint8Array.of(1));
    expect(np.array([1, 2], 'int16').toBigInt64Array()).toEqual(BigInt64Array.of(1n, 2n));
    a.toTypedArray()[0] = 9;
    expect(a.item(0, 0)).toBe(0);
    a.data[0] = 9;
    expect(a.item(0, 0)).toBe(9);
    expect(a.at(1).data).toEqual(Float64Array.of(3, 4, 5));
    expect(() => a.T.data).toThrow('not C-contiguous');
    expect(a.flags.owndata).toBe(false);
  });

  test('fill writes one checked value everywhere', () => {
    const a = np.zeros([2, 2], 'uint8');
    expect(a.fill(3)).toBe(null);
    expect(a.tolist()).toEqual([
      [3, 3],
      [3, 3],
    ]);
    expect(() => a.fill(300)).toThrow('out of bounds for uint8');
    expect(() => a.fill([1])).toThrow('real number');
    a.fill(np.array(7.9));
    expect(a.item(0, 0)).toBe(7);
  });
});

describe('functions with an output or a mask of their own', () => {
  test('take and compress write into out', () => {
    const out = np.zeros([2]);
    expect(np.take(range(4), [3, 1], { out })).toBe(out);
    expect(out.tolist()).toEqual([3, 1]);
    expect(() => np.take(range(4), [3], { out })).toThrow('output array does not match result of ndarray.take');
    expect(() => np.take(range(4, 'int64'), [3, 1], { out })).toThrow(
      "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'",
    );
    expect(range(4).take([1, 1]).tolist()).toEqual([1, 1]);
    expect(range(4).compress([false, true]).tolist()).toEqual([1]);
    expect(
      np
        .array([1n, 0n])
        .choose([np.array([1, 2]), np.array([3, 4])])
        .tolist(),
    ).toEqual([3, 2]);
  });

  test('mask_indices asks the masking function', () => {
    expect(np.mask_indices(3, np.triu, 1).map((x: any) => x.tolist())).toEqual([
      [0, 0, 1],
      [1, 2, 2],
    ]);
  });

  test('insert and delete undo each other', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), (n, k) => {
        const a = range(n);
        const at = Math.min(n, k);
        expect(np.delete(np.insert(a, at, 99), at).tolist()).toEqual(a.tolist());
      }),
    );
  });

  test('scatterAdd is the transpose of gather', () => {
    const x = range(12).reshape([3, 4]);
    const i = np.array([0n, 2n, 2n], 'int64');
    const g = getitem(x, [':', i]);
    expect(i.dtype).toBe(int64);
    const back: any = scatterAdd(np.ones([3, 3]), [i], { shape: [3, 4], axes: [1], at: 1, names: [1] });
    expect(back.tolist()).toEqual([
      [1, 0, 2, 0],
      [1, 0, 2, 0],
      [1, 0, 2, 0],
    ]);
    // ⟨gather(x), g⟩ = ⟨x, scatterAdd(g)⟩
    const inner = (a: any, b: any): number => [...np.multiply(a, b).flat].reduce((s: number, v: any) => s + v, 0);
    expect(inner(g, g)).toBe(inner(x, scatterAdd(g, [i], { shape: [3, 4], axes: [1], at: 1, names: [1] })));
  });
});

describe('writing by index to an array from itself', () => {
  test('reads the values as they were, also where both lie in the same memory', () => {
    const a = np.arange(3);
    a.set([np.array([2n, 1n, 0n])], a);
    expect(a.tolist()).toEqual([2, 1, 0]);
    const b = np.arange(3).reshape(1, 3);
    b.set([0, np.array([2n, 1n, 0n])], b.at(0));
    expect(b.tolist()).toEqual([[2, 1, 0]]);
    const c = np.arange(4);
    c.set([np.ones(4, 'bool')], c.at('::-1'));
    expect(c.tolist()).toEqual([3, 2, 1, 0]);
  });
});
