import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { np } from '../../../src/index.js';

/** Small shapes, empty axes included. */
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });
const dtypes = fc.constantFrom(
  'bool',
  'int8',
  'int64',
  'float16',
  'float32',
  'float64',
  'complex64',
) as fc.Arbitrary<'int8'>;

const sizeOf = (shape: readonly number[]): number => shape.reduce((p, n) => p * n, 1);

/** An array whose elements tell where they are, in one of several layouts. */
const arrays = fc
  .record({ shape: shapes, dtype: dtypes, layout: fc.constantFrom('C', 'F', 'reversed') })
  .map(({ shape, dtype, layout }) => {
    const n = sizeOf(shape);
    const base = np.arange(n, { dtype: 'float64' }).astype(dtype);
    if (layout === 'C') return base.reshape(shape);
    if (layout === 'F') return base.reshape([...shape].reverse()).T;
    return np.flip(base.reshape(shape));
  });

const same = (a: any, b: any): void => {
  expect(b.shape).toEqual(a.shape);
  expect(b.dtype).toBe(a.dtype);
  expect(Buffer.compare(a.tobytes(), b.tobytes())).toBe(0);
};

describe('laws of rearranging', () => {
  test('concatenate undoes array_split', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 1, max: 6 }), fc.nat(), (a, parts, k) => {
        const axis = k % a.ndim;
        same(a, np.concatenate(np.array_split(a, parts, axis), axis));
      }),
    );
  });

  test('stack undoes unstack', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), (a, k) => {
        const axis = k % a.ndim;
        fc.pre(a.shape[axis] > 0);
        same(a, np.stack(np.unstack(a, { axis }), axis));
      }),
    );
  });

  test('reshaping to and fro gives the array back, in C and in F order', () => {
    fc.assert(
      fc.property(arrays, fc.constantFrom('C', 'F') as fc.Arbitrary<'C'>, (a, order) => {
        const line = np.ravel(a, order);
        expect(line.shape).toEqual([a.size]);
        same(a, line.reshape(a.shape, { order }));
        same(line, a.flatten(order));
      }),
    );
  });

  test('ravel in F order is ravel of the transpose', () => {
    fc.assert(fc.property(arrays, (a) => same(a.T.ravel(), a.ravel('F'))));
  });

  test('two flips, four quarter turns and a roll there and back change nothing', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: -7, max: 7 }), (a, shift) => {
        same(a, np.flip(np.flip(a)));
        same(a, np.roll(np.roll(a, shift), -shift));
        same(a, np.roll(np.roll(a, shift, 0), -shift, 0));
        if (a.ndim > 1) same(a, np.rot90(np.rot90(np.rot90(np.rot90(a)))));
      }),
    );
  });

  test('moveaxis is undone by moving back', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), fc.nat(), (a, i, j) => {
        const [from, to] = [i % a.ndim, j % a.ndim];
        same(a, np.moveaxis(np.moveaxis(a, from, to), to, from));
      }),
    );
  });

  test('pad grows each axis by its widths and keeps the array in the middle, in every mode', () => {
    const modes = [
      'constant',
      'edge',
      'linear_ramp',
      'maximum',
      'mean',
      'median',
      'minimum',
      'reflect',
      'symmetric',
      'wrap',
      'empty',
    ] as const;
    fc.assert(
      fc.property(
        arrays,
        fc.constantFrom(...modes),
        fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 4, maxLength: 4 }),
        (a, mode, all) => {
          fc.pre(a.size > 0 && !(mode === 'median' && a.dtype.kind === 'b'));
          const widths = all.slice(0, a.ndim);
          const p = np.pad(a, widths, mode);
          expect(p.dtype).toBe(a.dtype);
          expect(p.shape).toEqual(a.shape.map((n: number, i: number) => n + widths[i][0] + widths[i][1]));
          const middle = p.at(...a.shape.map((n: number, i: number) => np.slice(widths[i][0], widths[i][0] + n)));
          same(a, middle);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('tile is concatenation with itself, and repeat is take of each index often enough', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 1, max: 3 }), fc.nat(), (a, n, k) => {
        const axis = k % a.ndim;
        const reps = a.shape.map((_: number, i: number) => (i === axis ? n : 1));
        same(
          np.concatenate(
            Array.from({ length: n }, () => a),
            axis,
          ),
          np.tile(a, reps),
        );
        const counts = Array.from({ length: a.shape[axis] }, (_, i) => i % 3);
        const parts = counts.flatMap((c, i) =>
          Array.from({ length: c }, () => np.moveaxis(a, axis, 0).at(np.slice(i, i + 1))),
        );
        const want = parts.length === 0 ? np.moveaxis(a, axis, 0).at('0:0') : np.concatenate(parts, 0);
        if (counts.length !== 1) same(np.moveaxis(want, 0, axis), np.repeat(a, counts, axis));
      }),
    );
  });

  test('unpackbits undoes packbits', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.constantFrom('big', 'little') as fc.Arbitrary<'big'>, (shape, k, bitorder) => {
        const axis = k % shape.length;
        const a = np
          .mod(np.arange(sizeOf(shape)), 3)
          .astype('bool')
          .reshape(shape);
        const bits = np.unpackbits(np.packbits(a, axis, bitorder), { axis, count: shape[axis], bitorder });
        expect(np.array_equal(bits, a)).toBe(true);
      }),
    );
  });

  test('a view as bytes and back is the same array', () => {
    fc.assert(
      fc.property(arrays, (given) => {
        const a = given.copy();
        if (a.ndim > 0) same(a, a.view('uint8').view(a.dtype.name as 'int8'));
        same(a, np.frombuffer(a.tobytes(), a.dtype.name as 'int8').reshape(a.shape));
      }),
    );
  });

  test('astype to a wider dtype and back gives the array back', () => {
    fc.assert(
      fc.property(arrays, (a) =>
        same(
          a.copy(),
          a.astype('complex128').real.astype(a.dtype.kind === 'c' ? 'complex64' : (a.dtype.name as 'int8')),
        ),
      ),
    );
  });
});

describe('views and copies', () => {
  const shares = (a: any, b: any): boolean => a.storage === b.storage;

  test('what can be a view is one', () => {
    const a = np.arange(24).reshape(2, 3, 4);
    for (const v of [
      a.reshape(6, 4),
      a.ravel(),
      a.T,
      a.swapaxes(0, 2),
      np.moveaxis(a, 0, 2),
      np.expand_dims(a, 1),
      np.flip(a),
      np.rot90(a),
      a.reshape(2, 1, 3, 4).squeeze(),
      a.view(),
      np.split(a, 2)[1],
      np.broadcast_to(a, [2, 2, 3, 4]),
      a.at(0),
      a.mT,
    ]) {
      expect(shares(a, v)).toBe(true);
    }
    for (const c of [
      a.flatten(),
      a.copy(),
      a.T.ravel(),
      np.roll(a, 1),
      np.tile(a, 1),
      np.repeat(a, 1),
      np.concatenate([a]),
      np.pad(a, 0),
      np.resize(a, [24]),
    ]) {
      expect(shares(a, c)).toBe(false);
    }
  });

  test('writing through a reshaped or transposed view writes the array', () => {
    const a = np.zeros([2, 3]);
    a.reshape(3, 2).set([2, 1], 5);
    a.T.set([0, 1], 7);
    expect(a.tolist()).toEqual([
      [0, 0, 0],
      [7, 0, 5],
    ]);
  });

  test('broadcast_to, diagonal, imag of a real array and sliding windows may not be written', () => {
    const a = np.arange(9, { dtype: 'float64' }).reshape(3, 3);
    for (const v of [np.broadcast_to(a, [2, 3, 3]), np.diag(a), a.imag]) {
      expect(v.writeable).toBe(false);
      expect(() => v.set([0], 1)).toThrow('read-only');
    }
  });

  test('the halves of a complex array are views that may be written', () => {
    const z = np.zeros([2], 'complex128');
    z.real.set([0], 3);
    z.imag = np.array([1, 2]);
    expect(String(z)).toBe('[3.+1.j 0.+2.j]');
    const r = np.zeros(2);
    expect(r.real).toBe(r);
  });

  test('concatenate with an out array that overlaps its inputs reads them first', () => {
    const a = np.arange(6, { dtype: 'float64' });
    np.concatenate([a.at('3:'), a.at(':3')], { out: a });
    expect(a.tolist()).toEqual([3, 4, 5, 0, 1, 2]);
  });

  test('resize in place grows with zeros, and leaves views of the old memory as they were', () => {
    const a = np.arange(4, { dtype: 'float64' });
    const view = a.at('1:3');
    a.resize(2, 3);
    expect(a.tolist()).toEqual([
      [0, 1, 2],
      [3, 0, 0],
    ]);
    expect(view.tolist()).toEqual([1, 2]);
    expect(() => a.at(0).resize(9)).toThrow('cannot resize this array: it does not own its data');
  });

  test('setflags makes arrays read-only and back, but not past a read-only base', () => {
    const a = np.zeros(3);
    a.setflags({ write: false });
    expect(() => a.set([0], 1)).toThrow('read-only');
    const v = a.at('1:');
    expect(() => v.setflags({ write: true })).toThrow('cannot set WRITEABLE flag to True of this array');
    a.setflags({ write: true });
    a.set([0], 1);
    expect(a.item(0)).toBe(1);
  });

  test('byteswap of a complex array swaps its halves each for itself', () => {
    const z = np.array([np.complex(1, 2)]);
    expect([...z.byteswap().tobytes()]).toEqual([
      ...new Uint8Array(new Float64Array([1]).buffer).reverse(),
      ...new Uint8Array(new Float64Array([2]).buffer).reverse(),
    ]);
  });
});
