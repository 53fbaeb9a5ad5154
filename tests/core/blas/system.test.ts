import { describe, expect, test } from '@jest/globals';
import { systemLibrary, whyNone } from '../../../src/core/device/blas/library.js';
import { np as numpy } from '../../../src/index.js';

/**
 * With the system's library, where there is one. Products of small integers are exact in every order of summation, so that they are
 * compared with products of int64, which are the library's own.
 */
const np: any = numpy;
const lib = systemLibrary();
const FLOATS = ['float32', 'float64', 'complex64', 'complex128'];

test('the library is found where its package was installed for the tests', () => {
  if (process.env.NUMBRIDGE_TESTS_BLAS === '1') expect(whyNone()).toBe('');
});

const suite = lib === null ? describe.skip : describe;
suite(lib === null ? `without a system's library: ${whyNone()}` : `with ${lib.name}`, () => {
  const rng = np.random.default_rng(7);
  /** Integers of a shape, and the same in another dtype: complex ones are z = a + i b. */
  const whole = (shape: number[]): any => rng.integers(-9, 10, { size: shape });
  const pair = (shape: number[], dtype: string): { re: any; im: any; x: any } => {
    const re = whole(shape);
    const im = dtype.startsWith('c') ? whole(shape) : np.zeros_like(re);
    const x = dtype.startsWith('c') ? np.add(re, np.multiply(np.complex(0, 1), im)) : re;
    return { re, im, x: x.astype(dtype) };
  };
  const agree = (dtype: string, a: any, b: any, turn: (x: any) => any, turnB: (x: any) => any): void => {
    const got = np.matmul(turn(a.x), turnB(b.x));
    const m = (x: any, y: any): any => np.matmul(turn(x), turnB(y));
    expect(got.dtype.name).toBe(dtype);
    expect(np.array_equal(np.real(got), np.subtract(m(a.re, b.re), m(a.im, b.im)))).toBe(true);
    if (dtype.startsWith('c')) expect(np.array_equal(np.imag(got), np.add(m(a.re, b.im), m(a.im, b.re)))).toBe(true);
  };
  const same = (x: any): any => x;
  const LAYOUTS: Record<string, (x: any) => any> = {
    'in order': same,
    transposed: (x) => np.swapaxes(np.ascontiguousarray(np.swapaxes(x, -1, -2)), -1, -2),
    backwards: (x) => np.flip(np.ascontiguousarray(np.flip(x))),
    'with gaps': (x) => {
      const wide = np.zeros([...x.shape.slice(0, -2), x.shape.at(-2) * 2, x.shape.at(-1) * 3], { dtype: x.dtype });
      wide.set(['...', '::2', '::3'], x);
      return wide.at('...', '::2', '::3');
    },
    'rows with gaps': (x) => {
      const wide = np.zeros([...x.shape.slice(0, -1), x.shape.at(-1) + 5], { dtype: x.dtype });
      wide.set(['...', `:${x.shape.at(-1)}`], x);
      return wide.at('...', `:${x.shape.at(-1)}`);
    },
  };

  for (const dtype of FLOATS) {
    for (const [name, left] of Object.entries(LAYOUTS))
      test(`${dtype}: a left operand ${name} meets right ones of every layout`, () => {
        for (const right of Object.values(LAYOUTS)) {
          agree(dtype, pair([40, 51], dtype), pair([51, 37], dtype), left, right);
          agree(dtype, pair([3, 33, 40], dtype), pair([40, 35], dtype), left, right);
          agree(dtype, pair([2, 1, 33, 40], dtype), pair([3, 40, 35], dtype), left, right);
        }
      });
    test(`${dtype}: vectors on either side, in every layout`, () => {
      const lines = [same, (x: any) => np.flip(np.ascontiguousarray(np.flip(x)))];
      for (const matrix of Object.values(LAYOUTS))
        for (const vector of lines) {
          agree(dtype, pair([200, 190], dtype), pair([190], dtype), matrix, vector);
          agree(dtype, pair([190], dtype), pair([190, 200], dtype), vector, matrix);
          agree(dtype, pair([2, 190, 200], dtype), pair([2, 200, 1], dtype), matrix, same);
        }
    });
    test(`${dtype}: a matrix with its transpose gives a matrix that is symmetric to the bit`, () => {
      const x = pair([70, 65], dtype).x.mul(0.1);
      for (const a of [x, x.T, np.stack([x, x.mul(3)])]) {
        const t = np.swapaxes(a, -1, -2);
        const p = np.matmul(a, t);
        expect(np.array_equal(p, np.swapaxes(p, -1, -2))).toBe(true);
        expect(np.allclose(p, np.matmul(a, t.copy()), { rtol: 1e-5, atol: 1e-5 })).toBe(true);
      }
    });
    test(`${dtype}: results go where they are wanted`, () => {
      const [a, b] = [pair([40, 50], dtype).x, pair([50, 60], dtype).x];
      const plain = np.matmul(a, b);
      const [large, turned] = [np.full([80, 120], 7, { dtype }), np.full([60, 40], 7, { dtype })];
      np.matmul(a, b, { out: large.at('::2', '::2') });
      np.matmul(a, b, { out: turned.T });
      expect(np.array_equal(large.at('::2', '::2'), plain)).toBe(true);
      expect(np.array_equal(turned.T, plain)).toBe(true);
      expect(np.all(np.equal(large.at('1::2'), 7))).toBe(true);
      const column = np.full([40, 3], np.nan, { dtype });
      const wide = pair([40, 900], dtype).x;
      const v = pair([900], dtype).x;
      np.matmul(wide, v, { out: column.at(':', 1) });
      expect(np.array_equal(column.at(':', 1), np.matmul(wide, v))).toBe(true);
      expect(np.all(np.isnan(column.at(':', 0)))).toBe(true);
    });
  }

  for (const dtype of FLOATS)
    test(`${dtype}: long inner products, in order, with gaps, backwards, repeated, many at once`, () => {
      const n = 40000;
      const [a, b] = [pair([n], dtype), pair([n], dtype)];
      const spread = (x: any): any => {
        const wide = np.zeros([3 * n], { dtype: x.dtype });
        wide.set(['::3'], x);
        return wide.at('::3');
      };
      const turns = [same, spread, (x: any) => np.flip(np.ascontiguousarray(np.flip(x)))];
      for (const left of turns) for (const right of turns) agree(dtype, a, b, left, right);
      agree(dtype, pair([3, 1, n], dtype), pair([3, n, 1], dtype), same, same);
      const ones = np.broadcast_to(np.ones([1], { dtype }), [n]);
      expect(np.array_equal(np.dot(a.x, ones), np.sum(a.x))).toBe(true);
      expect(np.isnan(np.dot(a.x, np.full([n], np.nan, { dtype }))).item()).toBe(true);
    });

  test('memory that the user holds is multiplied where it lies', () => {
    const memory = Float64Array.from({ length: 3600 }, (_, i) => (i % 17) - 8);
    const a = np.asarray(memory).reshape(60, 60);
    const exact = np.matmul(a.astype('int64'), a.astype('int64'));
    expect(np.array_equal(np.matmul(a, a), exact)).toBe(true);
    expect(np.array_equal(np.matmul(a.T, a), np.matmul(a.T.copy(), a.copy()))).toBe(true);
  });

  test('NaN and infinity reach their rows and columns and no others', () => {
    const a = np.ones([50, 50]);
    a.set([3, 4], np.nan);
    const p = np.matmul(a, np.ones([50, 50]));
    expect(np.array_equal(np.isnan(p).any({ axis: 1 }), np.equal(np.arange(50n), 3))).toBe(true);
    expect(
      np
        .isnan(np.matmul(np.ones([200, 200]), np.full([200], np.nan)))
        .sum()
        .item(),
    ).toBe(200);
  });

  test('products of empty matrices are zero', () => {
    expect(
      np
        .matmul(np.ones([100, 0]), np.ones([0, 400]))
        .sum()
        .item(),
    ).toBe(0);
  });

  test('show_config tells the library, its version and its threads', () => {
    const { blas, lapack } = np.show_config('dicts')['Build Dependencies'];
    expect(blas).toEqual(lapack);
    expect(blas).toMatchObject({ name: lib?.name, found: true, file: lib?.file, threads: lib?.threads });
    if (lib?.name === 'OpenBLAS') expect(blas['openblas configuration']).toMatch(/^OpenBLAS \d/);
  });

  for (const dtype of FLOATS)
    test(`${dtype}: large matrices are factored and solved to working precision`, () => {
      const n = 150;
      const draw = (shape: number[]): any => {
        const x = rng.standard_normal(shape);
        return (
          dtype.startsWith('c') ? np.add(x, np.multiply(np.complex(0, 1), rng.standard_normal(shape))) : x
        ).astype(dtype);
      };
      const eps = dtype === 'float32' || dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
      const near = (x: any, y: any): void =>
        expect(np.max(np.abs(np.subtract(x, y))).item() / (1 + np.max(np.abs(y)).item())).toBeLessThan(2000 * n * eps);
      const a = draw([n, n]);
      const L = np.linalg;
      const adjoint = (x: any): any => np.conj(np.swapaxes(x, -1, -2));
      near(np.matmul(a, L.solve(a, draw([n, 2]).mul(0).add(1))), np.ones([n, 2]));
      near(np.matmul(a, L.inv(a)), np.eye(n));
      const tall = draw([n, 40]);
      const [q, r] = L.qr(tall);
      near(np.matmul(q, r), tall);
      near(np.matmul(adjoint(q), q), np.eye(40));
      for (const x of [tall, adjoint(tall), a]) {
        const [u, s, vh] = L.svd(x, { full_matrices: false });
        near(np.matmul(np.multiply(u, s), vh), x);
        near(L.svdvals(x), s);
      }
      const h = np.add(a, adjoint(a));
      const [w, v] = L.eigh(h);
      near(np.matmul(h, v), np.multiply(v, w));
      near(L.eigvalsh(h), w);
      const c = L.cholesky(np.add(np.matmul(a, adjoint(a)), np.eye(n)));
      near(np.matmul(c, adjoint(c)), np.add(np.matmul(a, adjoint(a)), np.eye(n)));
      const [l, e] = L.eig(a);
      near(np.matmul(a, e), np.multiply(e, l));
      const [x, left, rank] = L.lstsq(tall, np.matmul(tall, draw([40, 3])), { rcond: null });
      near(
        np.matmul(adjoint(tall), np.matmul(tall, x)).at(0, 0),
        np.matmul(adjoint(tall), np.matmul(tall, x)).at(0, 0),
      );
      expect([rank.item(), left.shape]).toEqual([40, [3]]);
    });
});
